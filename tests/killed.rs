//! A run that is killed loses nothing: the next one gives the bytes of a clean run.
#![cfg(unix)]
// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::{PLACED, World};

/// Documents of the input.
const DOCUMENTS: usize = 400;

fn start(world: &World) -> Child {
    begin(world, "extract in --out out --quiet")
}

fn begin(world: &World, words: &str) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin("factline"))
        .args(words.split(' '))
        .current_dir(world.path(""))
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn write(world: &World, night: usize) {
    for number in (0..DOCUMENTS).filter(|number| night == 0 || number % 9 == night % 9) {
        let text = format!("Night {night}: {number} people paid ${night}.50 in Paris on 3 May 2018.\n").repeat(20);
        world.write(&format!("in/{}/{number}.txt", number % 4), text);
    }
}

/// Kills runs at moments that go through the whole run. How fast this machine is decides which moments these are, never
/// whether the test passes.
#[test]
fn killed_at_many_moments_and_run_again() {
    let world = World::new(&[]);
    let mut took = Duration::ZERO;
    for night in [0, 13] {
        write(&world, night);
        let began = Instant::now();
        assert!(start(&world).wait().unwrap().success());
        took = began.elapsed();
    }
    let mut killed = 0;
    for night in 1..=12 {
        write(&world, night);
        let mut child = start(&world);
        // The first one before it has done anything, on whatever machine.
        std::thread::sleep(took * (night - 1) as u32 / 12);
        // It may have ended by itself.
        let _ = child.kill();
        killed += usize::from(!child.wait().unwrap().success());
        if night % 4 != 0 {
            // Killed once more on top of what the first left.
            let mut child = start(&world);
            std::thread::sleep(took * (12 - night) as u32 / 12 + Duration::from_millis(1));
            let _ = child.kill();
            child.wait().unwrap();
        }
        if night % 3 == 0 {
            let (code, told) = world.run("extract in --out out --quiet");
            assert_eq!((code, told.as_str()), (0, ""), "night {night}: no damage either");
            let _ = std::fs::remove_dir_all(world.path("clean"));
            world.factline("extract in --out clean --no-state").assert().code(0);
            for ((name, one), (_, other)) in world.files("out").into_iter().zip(world.files("clean")) {
                assert!(one == other, "night {night}: {name} differs");
            }
            assert_eq!(world.names("out"), PLACED);
            assert!(!world.path("out/.factline/tmp").exists());
        }
    }
    assert!(killed > 0, "a run that is killed at once does not end well");
    eprintln!("{killed} of 12 runs were killed, each took {took:?} when it was not");
}

/// All files in a folder and below, with what is in them.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let Ok(entries) = fs::read_dir(folder) else { return files };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(tree(&path));
        } else {
            files.insert(path.clone(), fs::read(path).unwrap());
        }
    }
    files
}

/// A report is the old one or the new one whenever its run is killed, or the next run makes it so; and at the end there is
/// nothing else in its folder.
#[test]
fn reports_killed_at_many_moments_and_made_again() {
    const REPORT: &str = "report out --out report --quiet";
    let world = World::new(&[]);
    let mut took = Duration::ZERO;
    let mut versions = Vec::new();
    for night in [0, 1] {
        write(&world, night);
        assert!(start(&world).wait().unwrap().success());
        let began = Instant::now();
        assert!(begin(&world, REPORT).wait().unwrap().success());
        took = began.elapsed();
        versions.push(tree(&world.path("report")));
    }
    assert!(versions[0] != versions[1] && versions[0].len() > DOCUMENTS);
    let mut killed = 0;
    for night in 2..=13 {
        write(&world, night);
        assert!(start(&world).wait().unwrap().success());
        let old = tree(&world.path("report"));
        let mut child = begin(&world, REPORT);
        std::thread::sleep(took * (night as u32 - 1) / 12);
        // It may have ended by itself.
        let _ = child.kill();
        killed += usize::from(!child.wait().unwrap().success());
        let visible = |path: &Path| path.components().all(|part| part.as_os_str() != ".factline-report");
        let left: BTreeMap<_, _> = tree(&world.path("report")).into_iter().filter(|(path, _)| visible(path)).collect();
        assert!(begin(&world, REPORT).wait().unwrap().success(), "night {night}");
        let new = tree(&world.path("report"));
        assert!(new.keys().all(|path| visible(path)), "night {night}: nothing is left of the killed run");
        // Killed while entries were exchanged, the folder holds some of both, and the next run has put that right.
        let is_one_of_both =
            left.iter().all(|(path, bytes)| old.get(path) == Some(bytes) || new.get(path) == Some(bytes));
        assert!(is_one_of_both, "night {night}");
        if night % 4 == 1 {
            world.factline("report out --out fresh --quiet").assert().code(0);
            let names = |files: BTreeMap<PathBuf, Vec<u8>>, folder: &str| -> Vec<_> {
                let folder = world.path(folder);
                files.into_iter().map(|(path, bytes)| (path.strip_prefix(&folder).unwrap().to_owned(), bytes)).collect()
            };
            assert!(names(new, "report") == names(tree(&world.path("fresh")), "fresh"), "night {night}");
            fs::remove_dir_all(world.path("fresh")).unwrap();
        }
    }
    eprintln!("{killed} of 12 reports were killed, each took {took:?} when it was not");
}
