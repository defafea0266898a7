//! A run that keeps what the run before made gives the bytes of a clean one, whatever happened in between.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use support::{World, rows};

/// Bytes of all files, compared by name first: a failure that prints megabytes helps nobody.
fn assert_same(world: &World, one: &str, other: &str, what: &str) {
    for ((name, one), (_, other)) in world.files(one).into_iter().zip(world.files(other)) {
        assert!(one == other, "{what}: {name} differs");
    }
}

/// Runs into `out`, which has a state, and into a fresh folder; gives what the first run said.
fn refresh(world: &World, options: &str, what: &str) -> String {
    let (code, told) = world.run(&format!("extract in --out out {options}"));
    assert_eq!(code, 0, "{what}: {told}");
    let clean = world.path("clean");
    if clean.exists() {
        fs::remove_dir_all(clean).unwrap();
    }
    let options = options.replace("--verify", "");
    world.factline(&format!("extract in --out clean --no-state {options}")).assert().code(0);
    assert_same(world, "out", "clean", what);
    assert_eq!(world.names("clean"), support::FILES, "{what}");
    told
}

/// The line of the summary about the run before; empty if there is none.
fn line(told: &str) -> &str {
    told.lines().nth(1).filter(|line| !line.starts_with(' ')).unwrap_or_default()
}

const LETTER: &str =
    "Dear all,\n\nOn 3/4/2019 we paid $4,500 to 12 people in Paris. The United Nations paid 30 euros.\n";

fn set_modified(world: &World, name: &str, time: SystemTime) {
    File::options().write(true).open(world.path(name)).unwrap().set_modified(time).unwrap();
}

#[test]
fn whatever_changed_the_tables_are_those_of_a_clean_run() {
    let world = World::new(&[("a.txt", LETTER), ("b/c.md", "# Title\n\n5 km, 7 %\n"), ("d.html", "<p>1,234 yuan</p>")]);
    assert_eq!(line(&refresh(&world, "", "first")), "");
    assert_eq!(
        line(&refresh(&world, "--threads 1", "nothing changed")),
        "3 documents as in the last run, 0 new or changed (3 read to make sure)"
    );
    world.write("in/0.txt", "first of all: 100 kg");
    world.write("in/b/b.txt", LETTER);
    world.write("in/z.txt", "zero, one, two");
    assert!(line(&refresh(&world, "", "added")).starts_with("3 documents as in the last run, 3 new or changed"));
    world.write("in/b/c.md", "# Title\n\n6 km, 7 %\n");
    assert!(line(&refresh(&world, "", "changed")).starts_with("5 documents as in the last run, 1 new or changed"));
    fs::remove_file(world.path("in/a.txt")).unwrap();
    assert!(line(&refresh(&world, "", "removed")).starts_with("5 documents as in the last run, 0 new"));
    fs::rename(world.path("in/b/b.txt"), world.path("in/b/y.txt")).unwrap();
    let told = refresh(&world, "", "renamed");
    assert!(line(&told).starts_with("4 documents as in the last run, 1 new"), "ids hold the key: {told}");
    set_modified(&world, "in/d.html", SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000));
    assert!(line(&refresh(&world, "", "touched")).starts_with("5 documents as in the last run, 0 new"));
}

#[test]
fn other_options_rules_and_metadata_make_other_rows() {
    let world = World::new(&[("a.txt", LETTER), ("b.txt", "last week 5 km")]);
    refresh(&world, "", "first");
    for option in ["--currency EUR", "--date-order dmy", "--reference-date 2018-10-26"] {
        let told = refresh(&world, option, option);
        assert_eq!(line(&told), "options changed since the last run: all documents were worked on again");
    }
    let rates = "date,currency,rate,source\n2019-03-04,USD,2,ecb\n";
    world.write("rates.csv", rates);
    assert!(line(&refresh(&world, "--rates rates.csv", "rates")).starts_with("options changed"));
    world.write("rates.csv", rates.replace(",2,", ",4,"));
    assert!(line(&refresh(&world, "--rates rates.csv", "other rates")).starts_with("options changed"));
    world.write("rules/own.toml", "disable = [\"number.cardinal\"]\n");
    refresh(&world, "--rules rules", "rules");
    world.write("rules/own.toml", "disable = []\n");
    let told = refresh(&world, "--rules rules", "other rules");
    assert_eq!(line(&told), "rules or dictionaries changed since the last run: all documents were worked on again");
    refresh(&world, "", "no rules");
    world.write("about.csv", "document,published\nb.txt,2018-10-26\n");
    let about = "--metadata about.csv";
    assert!(line(&refresh(&world, about, "metadata")).starts_with("1 document as in the last run, 1 new or changed"));
    assert_eq!(rows(&world.path("out/dates.csv")).last().unwrap()["reference_date"], "2018-10-26");
    world.write("about.csv", "document,published,title\nb.txt,2018-10-27,\na.txt,,A\n");
    assert_eq!(line(&refresh(&world, about, "all rows")), "", "nothing is as it was");
    world.write("about.csv", "document,published\nb.txt,2018-10-27\n");
    assert!(line(&refresh(&world, about, "one row")).starts_with("1 document as in the last run, 1 new"));
    assert!(line(&refresh(&world, "", "no metadata")).starts_with("1 document as in the last run, 1 new"));
}

#[test]
fn other_tables_are_made_anew() {
    let world = World::new(&[("a.txt", LETTER)]);
    for tables in ["money,dates", "numbers", "money,dates"] {
        world.factline(&format!("extract in --out out --tables {tables}")).assert().code(0);
        world.factline(&format!("extract in --out {tables} --tables {tables} --no-state")).assert().code(0);
        for name in world.names(tables) {
            assert_eq!(world.read(&format!("out/{name}")), world.read(&format!("{tables}/{name}")), "{tables}: {name}");
        }
    }
}

#[test]
fn a_file_that_looks_as_it_did_is_not_read() {
    let world = World::new(&[("a.txt", "5 apples"), ("b.txt", "6 pears")]);
    // What was written in the last two seconds may be written again with the same stamp.
    std::thread::sleep(Duration::from_millis(2_500));
    refresh(&world, "", "first");
    let told = refresh(&world, "", "again");
    assert_eq!(line(&told), "2 documents as in the last run, 0 new or changed");
    let told = refresh(&world, "--verify", "verified");
    assert_eq!(line(&told), "2 documents as in the last run, 0 new or changed (2 read to make sure)");
    let told = refresh(&world, "", "again");
    assert_eq!(line(&told), "2 documents as in the last run, 0 new or changed", "the stamp is still known");
    set_modified(&world, "in/a.txt", SystemTime::UNIX_EPOCH);
    let told = refresh(&world, "", "touched");
    assert_eq!(line(&told), "2 documents as in the last run, 0 new or changed (1 read to make sure)");
}

#[test]
fn a_change_that_leaves_size_and_time_is_seen_right_after_a_run() {
    let world = World::new(&[("a.txt", "5 apples")]);
    let time = fs::metadata(world.path("in/a.txt")).unwrap().modified().unwrap();
    refresh(&world, "", "first");
    for digit in 6..9 {
        world.write("in/a.txt", format!("{digit} apples"));
        set_modified(&world, "in/a.txt", time);
        refresh(&world, "", "changed");
        assert_eq!(rows(&world.path("out/numbers.csv"))[0]["value"], digit.to_string());
    }
}

#[test]
fn standard_input_is_kept_if_it_says_the_same() {
    let world = World::new(&[]);
    let run = |text: &str| {
        let assert = world.factline("extract - --out out").write_stdin(text.to_owned()).assert().code(0);
        let told = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        (line(&told).to_owned(), rows(&world.path("out/numbers.csv"))[0]["value"].clone())
    };
    assert_eq!(run("5 apples"), (String::new(), "5".to_owned()));
    let kept = "1 document as in the last run, 0 new or changed (1 read to make sure)";
    assert_eq!(run("5 apples"), (kept.to_owned(), "5".to_owned()));
    assert_eq!(run("6 apples"), (String::new(), "6".to_owned()));
}

#[test]
fn documents_that_cannot_be_read_are_told_every_time() {
    let world = World::new(&[("a.txt", "5 apples"), ("image.txt", "\u{0}\u{1}\u{2}")]);
    std::thread::sleep(Duration::from_millis(2_500));
    let first = world.run("extract in --out out -q");
    assert_eq!(first.0, 1, "{}", first.1);
    assert_eq!(world.run("extract in --out out -q"), first);
    let (_, told) = world.run("extract in --out out");
    assert_eq!(line(&told), "2 documents as in the last run, 0 new or changed", "what is in it was seen once");
}

#[cfg(unix)]
#[test]
fn a_file_that_could_not_be_opened_is_tried_again() {
    let world = World::new(&[("a.txt", "5 apples")]);
    std::os::unix::fs::symlink(world.path("elsewhere.txt"), world.path("in/link.txt")).unwrap();
    assert_eq!(world.run("extract in --out out -q").0, 1);
    world.write("elsewhere.txt", "6 pears");
    assert_eq!(world.run("extract in --out out -q").0, 0);
    refresh(&world, "", "with the link");
}

#[test]
fn no_state_leaves_none() {
    let world = World::new(&[("a.txt", LETTER)]);
    refresh(&world, "", "first");
    world.factline("extract in --out out --no-state").assert().code(0);
    assert_eq!(world.names("out"), support::FILES, "a state that does not belong to the tables is gone");
    assert_eq!(line(&refresh(&world, "", "again")), "");
    let (code, told) = world.run("extract in --out out --no-state --verify");
    assert!(code == 2 && told.contains("cannot be used with"), "{told}");
}

#[test]
fn a_state_of_another_format_is_told_and_made_again() {
    let world = World::new(&[("a.txt", LETTER)]);
    refresh(&world, "", "first");
    world.write("out/.factline/index", "factline state 99\nxxxxxxxx");
    let told = refresh(&world, "", "foreign");
    let expected =
        "expected a state in the format of this program, found `factline state 99` instead of `factline state 2`";
    assert!(told.contains("warning: `out/.factline/index`: ") && told.contains(expected), "{told}");
    assert!(line(&refresh(&world, "", "again")).starts_with("1 document as in the last run"));
}

/// Whether a file is still the one that it was.
#[cfg(unix)]
fn inode(world: &World, name: &str) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(world.path(name)).unwrap().ino()
}

#[cfg(unix)]
#[test]
fn a_table_in_which_nothing_changed_stays_where_it_is() {
    let world = World::new(&[("a.txt", "$5 in Paris"), ("b.txt", "6 pears"), ("c.txt", "$7 in Paris")]);
    std::thread::sleep(Duration::from_millis(2_500));
    refresh(&world, "", "first");
    let tables = ["numbers", "money", "places", "documents"].map(|name| format!("out/{name}.csv"));
    let inodes = || tables.clone().map(|name| inode(&world, &name));
    let first = inodes();
    refresh(&world, "", "nothing changed");
    assert_eq!(inodes(), first);
    world.write("in/b.txt", "60 pears");
    refresh(&world, "", "a number changed");
    let second = inodes();
    // Open files keep their numbers: those of removed ones are given to new ones.
    let _held = tables.clone().map(|name| fs::File::open(world.path(&name)).unwrap());
    let stays: Vec<_> = first.iter().zip(second).map(|(one, other)| *one == other).collect();
    assert_eq!(stays, [false, true, true, false]);
    fs::remove_file(world.path("in/c.txt")).unwrap();
    refresh(&world, "", "the last one is gone");
    refresh(&world, "--verify", "verified");
    assert!(inodes().iter().zip(second).all(|(one, other)| *one != other), "written from rows that were checked");
}

/// What somebody may do to a table between two runs.
type Deed = fn(&World, &str, &[u8]);

const DEEDS: [(&str, Deed); 8] = [
    ("edited", |world, table, old| world.write(table, [old, b"more\n"].concat())),
    ("edited in place, with the old time", |world, table, old| {
        let time = fs::metadata(world.path(table)).unwrap().modified().unwrap();
        let mut new = old.to_vec();
        new.iter_mut().filter(|byte| byte.is_ascii_digit()).for_each(|byte| *byte = b'3');
        world.write(table, new);
        set_modified(world, table, time);
    }),
    ("touched", |world, table, _| set_modified(world, table, SystemTime::UNIX_EPOCH)),
    ("truncated", |world, table, old| world.write(table, &old[..old.len() - 9])),
    ("emptied", |world, table, _| world.write(table, "")),
    ("replaced by one of the same size", |world, table, old| {
        world.write("other", vec![b'x'; old.len()]);
        fs::rename(world.path("other"), world.path(table)).unwrap();
    }),
    ("replaced by one of the same size and time", |world, table, old| {
        let time = fs::metadata(world.path(table)).unwrap().modified().unwrap();
        world.write("other", vec![b'x'; old.len()]);
        set_modified(world, "other", time);
        fs::rename(world.path("other"), world.path(table)).unwrap();
    }),
    ("removed", |world, table, _| fs::remove_file(world.path(table)).unwrap()),
];

/// Rows are copied from the old tables only where these are surely as they were written.
#[test]
fn a_table_that_somebody_changed_is_not_copied() {
    let world = World::new(&[("a.txt", LETTER), ("b.txt", "6 pears"), ("c.txt", LETTER)]);
    std::thread::sleep(Duration::from_millis(2_500));
    refresh(&world, "", "first");
    for (number, (what, deed)) in DEEDS.into_iter().enumerate() {
        for (more, table) in ["out/numbers.csv", "out/documents.csv"].into_iter().enumerate() {
            deed(&world, table, &fs::read(world.path(table)).unwrap());
            world.write("in/b.txt", format!("{number}{more} pears"));
            let told = refresh(&world, "--force", what);
            assert!(line(&told).starts_with("2 documents as in the last run, 1 new or changed"), "{what}: {told}");
        }
    }
}
