//! Tables are put in place all or none, and never over a reviewer's work.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use factline::pipeline::RunError;
use support::{FILES, PLACED, World, toy};

const REVIEWED: &str = "id,document,review,note\nn1,a.txt,yes,\nn2,a.txt,,\nn3,a.txt,,see page 4\n";

#[test]
fn a_reviewed_table_is_not_overwritten() {
    let world = World::new(&[("a.txt", "A")]);
    world.write("out/money.csv", REVIEWED);
    let (code, told) = world.run("extract in --out out");
    assert_eq!(code, 2);
    assert_eq!(
        told,
        "error: `out/money.csv` holds the work of a reviewer: `review` or `note` is filled in 2 rows. Write to \
         another folder with --out, or overwrite it with --force\n"
    );
    assert_eq!((world.names("out"), world.read("out/money.csv").as_str()), (vec!["money.csv".to_owned()], REVIEWED));
    world.factline("extract in --out out --tables dates").assert().code(0);
    assert_eq!(world.read("out/money.csv"), REVIEWED, "not asked for, so not touched");
    world.factline("extract in --out out --force").assert().code(0);
    assert!(!world.read("out/money.csv").contains("page 4"));
}

#[test]
fn tables_without_a_review_are_refreshed() {
    let world = World::new(&[("a.txt", "A")]);
    for _ in 0..2 {
        world.factline("extract in --out out").assert().code(0);
    }
    world.write("out/money.csv", "");
    world.factline("extract in --out out").assert().code(0);
}

#[test]
fn a_file_of_someone_else_is_not_overwritten() {
    let world = World::new(&[("a.txt", "A")]);
    for text in ["day;weather\n1;rain\n", "id;name\nn1;Ann\n"] {
        world.write("out/dates.csv", text);
        let (code, told) = world.run("extract in --out out");
        assert_eq!(code, 2);
        assert!(
            told.starts_with("error: `out/dates.csv` is no table as factline writes it: expected columns"),
            "{told}"
        );
        assert_eq!(world.read("out/dates.csv"), text);
    }
    world.factline("extract in --out out --force").assert().code(0);
}

#[test]
fn a_folder_in_the_place_of_a_table_ends_the_run_before_it_starts() {
    let world = World::new(&[("a.txt", "A")]);
    world.write("out/run.json/keep.txt", "K");
    let (code, told) = world.run("extract in --out out --force");
    assert_eq!(code, 2);
    assert!(told.starts_with("error: `out/run.json` is in the way"), "{told}");
    assert_eq!(world.names("out"), ["run.json"]);
}

#[test]
fn if_one_table_cannot_be_put_in_place_none_is() {
    let world = World::new(&[("a.txt", "5 apples")]);
    toy::run_toy(&world.path("in"), &world.path("out"), 1).unwrap();
    let before: Vec<_> = FILES[1..].iter().map(|name| world.read(&format!("out/{name}"))).collect();
    world.write("in/a.txt", "6 pears");
    // A folder appears in the place of the last but one file while the run is at work.
    let obstacle = |document: &factline::document::Document| {
        fs::remove_file(world.path("out/datapackage.json")).unwrap();
        world.write("out/datapackage.json/keep.txt", "K");
        toy::extract(document)
    };
    let cancelled = AtomicBool::new(false);
    let error = toy::run_with(&world.path("in"), &world.path("out"), 1, &obstacle, &cancelled).unwrap_err();
    assert!(error.to_string().contains("`") && matches!(error, RunError::Output(_)), "{error}");
    let after: Vec<_> = FILES[1..].iter().map(|name| world.read(&format!("out/{name}"))).collect();
    assert_eq!(before, after);
    assert_eq!(world.names("out"), PLACED, "nothing temporary is left");
}

#[test]
fn a_review_that_is_made_during_the_run_is_kept() {
    let world = World::new(&[("a.txt", "5 apples")]);
    let reviewer = |document: &factline::document::Document| {
        world.write("out/money.csv", REVIEWED);
        toy::extract(document)
    };
    let cancelled = AtomicBool::new(false);
    let error = toy::run_with(&world.path("in"), &world.path("out"), 1, &reviewer, &cancelled).unwrap_err();
    assert!(error.to_string().contains("holds the work of a reviewer"), "{error}");
    assert_eq!(world.read("out/money.csv"), REVIEWED);
}

#[test]
fn a_run_that_is_stopped_leaves_nothing_behind() {
    let world = World::new(&[("a.txt", "A"), ("b.txt", "B")]);
    let cancelled = AtomicBool::new(false);
    let stop = |document: &factline::document::Document| {
        cancelled.store(true, Ordering::Relaxed);
        toy::extract(document)
    };
    let error = toy::run_with(&world.path("in"), &world.path("deep/out"), 2, &stop, &cancelled).unwrap_err();
    assert!(matches!(error, RunError::Stopped), "{error}");
    assert_eq!(world.names(""), ["in"], "not even the folders that were made for it");
}

#[test]
fn what_a_killed_run_left_is_cleaned_up() {
    let world = World::new(&[("a.txt", "A")]);
    world.factline("extract in --out out").assert().code(0);
    // Killed while it wrote.
    world.write("out/.factline/lock", "");
    world.write("out/.factline/tmp/new/money.csv", "half");
    world.factline("extract in --out out").assert().code(0);
    assert_eq!(world.names("out"), PLACED);
    // Killed while it exchanged: the old table is aside, the new one in its place.
    world.write("out/.factline/tmp/old/money.csv", REVIEWED);
    let (code, told) = world.run("extract in --out out");
    assert!(code == 2 && told.contains("holds the work of a reviewer"), "{told}");
    assert_eq!(world.names("out"), PLACED);
    assert_eq!(world.read("out/money.csv"), REVIEWED);
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let world = World::new(&[("a.txt", "A")]);
    let inner = AtomicBool::new(false);
    let second = |document: &factline::document::Document| {
        let (code, told) = world.run("extract in --out out");
        assert_eq!(code, 2, "{told}");
        assert!(told.contains("another run is writing there"), "{told}");
        inner.store(true, Ordering::Relaxed);
        toy::extract(document)
    };
    let summary = toy::run_with(&world.path("in"), &world.path("out"), 1, &second, &AtomicBool::new(false)).unwrap();
    assert_eq!(summary.failed, 0, "{:?}", summary.failures);
    assert!(inner.load(Ordering::Relaxed));
}

#[cfg(unix)]
#[test]
fn tables_that_cannot_be_written_to_the_end_leave_the_old_ones() {
    let world = World::new(&[("a.txt", "A")]);
    world.factline("extract in --out out").assert().code(0);
    let before = world.read("out/documents.csv");
    for number in 0..200 {
        world.write(&format!("in/{number}.txt"), "A");
    }
    // A limit on the size of files stands for the full disk: the same kind of error at the same place.
    let program = assert_cmd::cargo::cargo_bin("factline");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec {} extract in --out out", program.display());
    let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(world.path("")).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.starts_with("error: cannot write documents.csv in `out`: "), "{told}");
    assert!(told.ends_with("the tables there are as they were\n"), "{told}");
    assert_eq!((world.read("out/documents.csv"), world.names("out")), (before, PLACED.map(str::to_owned).to_vec()));
}
