//! The state of a run: what is kept, what is not, and what happens to a state that was cut, killed or damaged.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use factline::document::Document;
use factline::normalize::Kind;
use factline::pipeline::{StateUse, Summary};
use factline::review::Review;
use factline::review::decision::{About, Decision, Decisions, Step};
use factline::state::{Change, ContentHash, StateError, Store};
use factline::table::Verdict;
use factline::table::schema::Table;
use proptest::prelude::*;
use support::toy::{self, Settings};
use support::{FILES, PLACED, World};

/// Runs the toy into `out`; gives the summary and how many documents were worked on.
fn run(world: &World, settings: Settings) -> (Summary, usize) {
    let worked_on = AtomicUsize::new(0);
    let extract = |document: &Document| {
        worked_on.fetch_add(1, Ordering::Relaxed);
        toy::extract(document)
    };
    let (input, out) = (world.path("in"), world.path("out"));
    let summary = toy::run_as(&input, &out, settings, &extract, &AtomicBool::new(false)).unwrap();
    (summary, worked_on.into_inner())
}

/// The bytes of a clean run.
fn clean(world: &World) -> Vec<(&'static str, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { state: StateUse::None, ..Settings::default() };
    toy::run_as(&world.path("in"), folder.path(), settings, &toy::extract, &AtomicBool::new(false)).unwrap();
    FILES.map(|name| (name, fs::read(folder.path().join(name)).unwrap())).into()
}

fn assert_clean(world: &World, what: &str) {
    for ((name, one), (_, other)) in world.files("out").into_iter().zip(clean(world)) {
        assert!(one == other, "{what}: {name} differs");
    }
    assert_eq!(world.names("out"), PLACED, "{what}");
    assert!(!world.path("out/.factline/tmp").exists(), "{what}");
}

/// Files of the state, without the lock.
fn state_files(world: &World) -> Vec<PathBuf> {
    let names = world.names("out/.factline");
    let is_state = |name: &&String| *name == "index" || name.starts_with("rows-");
    names.iter().filter(is_state).map(|name| world.path("out/.factline").join(name)).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn only_new_and_changed_documents_are_worked_on() {
    let world = World::new(&[("a.txt", "1 7"), ("b.txt", "2"), ("c.txt", "3"), ("d.txt", "PANIC!")]);
    let (summary, worked_on) = run(&world, Settings::default());
    assert_eq!((summary.kept, summary.failed, worked_on), (0, 1, 4));
    world.write("in/b.txt", "22");
    world.write("in/bb.txt", "222");
    let (summary, worked_on) = run(&world, Settings { threads: 3, ..Settings::default() });
    assert_eq!((summary.documents, summary.kept, worked_on), (5, 2, 3), "two, and the one that failed by a bug");
    assert_eq!((summary.facts[0], summary.unclaimed, summary.failures.len()), (4, 1, 1));
    assert_clean(&world, "two changed");
    let (summary, _) = run(&world, Settings { version: "0.0.1", ..Settings::default() });
    assert_eq!((summary.kept, summary.changed), (0, Some(Change::Version)));
    let (summary, _) = run(&world, Settings { version: "0.0.1", rules_hash: "other", ..Settings::default() });
    assert_eq!((summary.kept, summary.changed), (0, Some(Change::Rules)));
    let (summary, _) =
        run(&world, Settings { version: "0.0.1", rules_hash: "other", currency: "EUR", ..Settings::default() });
    assert_eq!((summary.kept, summary.changed), (0, Some(Change::Options)));
}

#[test]
fn the_state_tells_of_the_run_and_its_documents() {
    let world = World::new(&[("a.txt", "1 7 $5"), ("b/c.txt", "2018-10-26"), ("d.txt", "\u{0}\u{1}")]);
    run(&world, Settings::default());
    let store = Store::open(&world.path("out")).unwrap();
    let run_facts = store.run();
    assert_eq!((run_facts.version.as_str(), run_facts.rules_hash.as_str()), ("0.0.0", "toy"));
    assert_eq!(run_facts.options["currency"], "USD");
    let documents: Vec<_> = store.documents().unwrap().map(Result::unwrap).collect();
    let keys: Vec<_> = documents.iter().map(|document| document.key()).collect();
    assert_eq!((store.len(), keys), (3, vec!["a.txt", "b/c.txt", "d.txt"]));
    assert_eq!(documents[0].content_sha256(), Some(ContentHash::of(b"1 7 $5")));
    assert_eq!(documents[0].counts().facts[Kind::Money as usize], 1);
    assert!(documents[2].counts().failure.is_some());
    for table in Table::ALL {
        let rows: Vec<u8> = documents.iter().flat_map(|document| document.rows(table).to_vec()).collect();
        let all = [table.header().as_bytes(), &rows].concat();
        assert_eq!(String::from_utf8(all).unwrap(), world.read(&format!("out/{}", table.file_name())));
        assert_eq!(documents[0].all_rows().table(table), documents[0].rows(table));
    }
    assert!(matches!(Store::open(&world.path("in")), Err(StateError::Missing(_))));
}

#[test]
fn no_one_reads_a_state_that_is_being_written() {
    let world = World::new(&[("a.txt", "1")]);
    run(&world, Settings::default());
    let out = world.path("out");
    let seen = AtomicUsize::new(0);
    let extract = |document: &Document| {
        seen.fetch_add(usize::from(matches!(Store::open(&out), Err(StateError::Busy(_)))), Ordering::Relaxed);
        toy::extract(document)
    };
    world.write("in/a.txt", "2");
    toy::run_with(&world.path("in"), &out, 1, &extract, &AtomicBool::new(false)).unwrap();
    assert_eq!(seen.into_inner(), 1);
    let _open = Store::open(&out).unwrap();
    let _with_another = Store::open(&out).unwrap();
    let (code, told) = world.run("extract in --out out");
    assert!(code == 2 && told.contains("another run is writing there"), "{told}");
}

/// The decisions of a reviewer who rejects all facts of some documents.
fn reject_all(world: &World, documents: &[&str]) -> Review {
    let lines: Vec<_> = Kind::ALL
        .into_iter()
        .flat_map(|kind| {
            let rows = support::rows(&world.path("first").join(Table::Facts(kind).file_name()));
            rows.into_iter().map(move |row| (kind, row))
        })
        .filter(|(_, row)| documents.contains(&&*row["document"]))
        .map(|(kind, row)| Decision {
            id: row["id"].clone(),
            kind,
            document: row["document"].clone(),
            step: Step::Verdict(Verdict::Reject),
            column: String::new(),
            old: String::new(),
            new: String::new(),
            reviewer: String::new(),
            date: "2026-01-01T00:00:00Z".to_owned(),
            note: String::new(),
            about: About::default(),
        })
        .collect();
    Review { decisions: Decisions::new(&lines), lines, ..Review::default() }
}

#[test]
fn decisions_change_what_is_written_and_not_what_is_kept() {
    let files: Vec<_> = (0..9).map(|number| (format!("{number}.txt"), format!("{number}0 $4"))).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let world = World::new(&files);
    let numbers = |world: &World| {
        let rows = support::rows(&world.path("out/numbers.csv"));
        rows.iter().map(|row| row["document"].chars().next().unwrap()).collect::<String>()
    };
    let decided =
        |documents: &[&str]| Settings { review: reject_all(&world, documents), force: true, ..Settings::default() };
    toy::run_toy(&world.path("in"), &world.path("first"), 1).unwrap();
    run(&world, Settings::default());
    for (documents, left) in [
        (&["0.txt", "3.txt", "4.txt"][..], "125678"),
        (&["8.txt"], "01234567"),
        (&["1.txt", "7.txt"], "0234568"),
        (&[], "012345678"),
    ] {
        let (summary, worked_on) = run(&world, decided(documents));
        assert_eq!((numbers(&world).as_str(), worked_on), (left, 0));
        assert_eq!((summary.facts[0], summary.kept), (left.len() as u64, 9), "counts are of what is written");
    }
    assert_clean(&world, "all decisions withdrawn");
    world.write("in/5.txt", "55 $4");
    run(&world, decided(&["4.txt"]));
    assert_eq!(numbers(&world), "01235678");
    run(&world, Settings { force: true, ..Settings::default() });
    assert_clean(&world, "withdrawn after a change");
}

#[test]
fn nights_do_not_pile_up() {
    let world = World::new(&[]);
    for number in 0..60 {
        world.write(&format!("in/{number:02}.txt"), format!("{number} 2018-10-26 $5"));
    }
    for night in 0..25 {
        world.write(&format!("in/{:02}.txt", night * 7 % 60), format!("{night}00 UN"));
        let (summary, worked_on) = run(&world, Settings { threads: 1 + night % 2, ..Settings::default() });
        assert_eq!(worked_on, if night == 0 { 60 } else { 1 });
        assert_eq!((summary.documents, summary.damage), (60, None));
        assert!(state_files(&world).len() <= 11, "night {night}: {:?}", state_files(&world));
    }
    assert_clean(&world, "after 25 nights");
    fs::remove_dir_all(world.path("in")).unwrap();
    world.write("in/a.txt", "1");
    run(&world, Settings::default());
    assert_eq!(state_files(&world).len(), 2, "nothing is left of what is gone");
}

#[test]
fn a_run_that_is_stopped_keeps_the_old_state() {
    let world = World::new(&[("a.txt", "1"), ("b.txt", "2")]);
    run(&world, Settings::default());
    let before: Vec<_> = state_files(&world).iter().map(|path| fs::read(path).unwrap()).collect();
    world.write("in/a.txt", "11");
    let cancelled = AtomicBool::new(false);
    let stop = |document: &Document| {
        cancelled.store(true, Ordering::Relaxed);
        toy::extract(document)
    };
    toy::run_with(&world.path("in"), &world.path("out"), 1, &stop, &cancelled).unwrap_err();
    let after: Vec<_> = state_files(&world).iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(before == after, "the segment of the stopped run is gone");
    assert_eq!(run(&world, Settings::default()).0.kept, 1);
    assert_clean(&world, "after the next run");
}

/// A person who saves a table while a run copies from it: what was copied may be anything, so nothing is put in place.
#[test]
fn a_table_that_is_saved_during_a_run_ends_the_run() {
    let world = World::new(&[("a.txt", "1 $5"), ("b.txt", "2"), ("c.txt", "3")]);
    run(&world, Settings::default());
    world.write("in/b.txt", "22");
    let table = world.path("out/numbers.csv");
    let saved = fs::read_to_string(&table).unwrap().replace("a.txt", "A.txt");
    let extract = |document: &Document| {
        fs::write(&table, &saved).unwrap();
        toy::extract(document)
    };
    let settings = Settings { force: true, ..Settings::default() };
    let error = toy::run_as(&world.path("in"), &world.path("out"), settings, &extract, &AtomicBool::new(false));
    let error = error.unwrap_err().to_string();
    assert!(error.contains("numbers.csv") && error.contains("it was changed while it was being refreshed"), "{error}");
    assert_eq!(fs::read_to_string(&table).unwrap(), saved);
    run(&world, Settings { force: true, ..Settings::default() });
    assert_clean(&world, "after the next run");
}

/// The states of the disk at which a run can be killed while it exchanges old files for new ones, made by hand: after each
/// of its steps.
#[test]
fn killed_at_any_step_of_the_exchange() {
    for has_old in [true, false] {
        let world = World::new(&[("a.txt", "1 $5"), ("b.txt", "2")]);
        if has_old {
            run(&world, Settings::default());
        } else {
            fs::create_dir(world.path("out")).unwrap();
        }
        copy(&world.path("out"), &world.path("before"));
        world.write("in/a.txt", "11 $6");
        run(&world, Settings::default());
        let state: Vec<_> = state_files(&world).iter().map(|path| path.file_name().unwrap().to_owned()).collect();
        let place = |name: &str| if name == "index" { ".factline/index".to_owned() } else { name.to_owned() };
        let names: Vec<&str> = FILES.into_iter().chain(["index"]).collect();
        let steps = 2 * names.len() + 1;
        for steps_done in 0..=steps {
            let out = world.path("killed");
            let _ = fs::remove_dir_all(&out);
            copy(&world.path("before"), &out);
            let temporary = out.join(".factline/tmp");
            fs::create_dir_all(temporary.join("new")).unwrap();
            // Segments are in their places before the exchange.
            for name in state.iter().filter(|name| *name != "index") {
                fs::copy(world.path("out/.factline").join(name), out.join(".factline").join(name)).unwrap();
            }
            for name in &names {
                fs::copy(world.path("out").join(place(name)), temporary.join("new").join(name)).unwrap();
            }
            let absent = if has_old { String::new() } else { names.iter().map(|name| format!("{name}\n")).collect() };
            fs::write(temporary.join("absent"), absent).unwrap();
            if steps_done > 0 {
                fs::create_dir(temporary.join("old")).unwrap();
            }
            for step in 1..steps_done {
                let name = names[(step - 1) / 2];
                if step % 2 == 0 {
                    fs::rename(temporary.join("new").join(name), out.join(place(name))).unwrap();
                } else if has_old {
                    fs::rename(out.join(place(name)), temporary.join("old").join(name)).unwrap();
                }
            }
            if steps_done > 0 {
                assert!(matches!(Store::open(&out), Err(StateError::Interrupted(_))));
            }
            let expected = clean(&world);
            let summary =
                toy::run_as(&world.path("in"), &out, Settings::default(), &toy::extract, &AtomicBool::new(false));
            assert_eq!(summary.unwrap().damage, None, "{has_old} {steps_done}");
            for (name, bytes) in expected {
                assert!(fs::read(out.join(name)).unwrap() == bytes, "{has_old} {steps_done}: {name}");
            }
            assert!(!temporary.exists());
            assert!(Store::open(&out).unwrap().documents().unwrap().all(|document| document.is_ok()));
        }
    }
}

/// What a run that starts without an old state puts in place and is killed before it counts is taken back.
#[test]
fn what_a_killed_first_run_put_in_place_is_taken_back() {
    let world = World::new(&[("a.txt", "1")]);
    world.write("out/.factline/tmp/absent", "money.csv\nindex\n");
    world.write("out/.factline/tmp/old/dates.csv", "old");
    world.write("out/dates.csv", "new");
    world.write("out/money.csv", "new");
    world.write("out/.factline/index", "new");
    let stop = AtomicBool::new(true);
    let error = toy::run_with(&world.path("in"), &world.path("out"), 1, &toy::extract, &stop).unwrap_err();
    assert!(error.to_string().contains("dates.csv` is no table as factline writes it"), "{error}");
    assert_eq!((world.names("out"), world.read("out/dates.csv").as_str()), (vec!["dates.csv".to_owned()], "old"));
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_state_is_not_followed() {
    let world = World::new(&[("a.txt", "1")]);
    world.write("precious/tmp/keep.txt", "K");
    fs::create_dir(world.path("out")).unwrap();
    std::os::unix::fs::symlink(world.path("precious"), world.path("out/.factline")).unwrap();
    let (code, told) = world.run("extract in --out out --force");
    assert!(code == 2 && told.contains("`out/.factline` is in the way"), "{told}");
    assert_eq!(world.read("precious/tmp/keep.txt"), "K");
}

#[test]
fn what_is_damaged_is_told_and_made_again() {
    let world = World::new(&[("a.txt", "1 $5"), ("b.txt", "2"), ("c.txt", "3")]);
    run(&world, Settings::default());
    world.write("in/b.txt", "22");
    run(&world, Settings::default());
    let files = state_files(&world);
    assert_eq!(files.len(), 3, "the index and two segments");
    for (file, worked_on) in files.iter().zip([3, 2, 1]) {
        let good = fs::read(file).unwrap();
        for bytes in [good[..good.len() - 1].to_vec(), [&good[..40], b"x", &good[41..]].concat(), Vec::new()] {
            fs::write(file, bytes).unwrap();
            let (summary, again) = run(&world, Settings::default());
            assert!(summary.damage.is_some() && again == worked_on, "{file:?}: {again} {summary:?}");
            assert_clean(&world, "damaged");
            // For the next turn the state is as it was at the beginning.
            fs::remove_dir_all(world.path("out/.factline")).unwrap();
            world.write("in/b.txt", "2");
            run(&world, Settings::default());
            world.write("in/b.txt", "22");
            run(&world, Settings::default());
        }
    }
    let (code, told) = world.run("extract in --out out");
    assert!(code == 0 && told.contains("the program changed since the last run"), "{told}");
    let index = fs::read(world.path("out/.factline/index")).unwrap();
    fs::write(world.path("out/.factline/index"), &index[..index.len() / 2]).unwrap();
    let (code, told) = world.run("extract in --out out");
    assert!(code == 0 && told.contains("warning: `out/.factline/index` is damaged: it breaks off"), "{told}");
}

/// A change of the state's files.
fn damage(world: &World, file: &prop::sample::Index, place: &prop::sample::Index, how: u8) -> String {
    let files = state_files(world);
    let path = file.get(&files);
    let mut bytes = fs::read(path).unwrap();
    let at = place.index(bytes.len());
    match how {
        0..=7 => bytes[at] ^= 1 << how,
        8 => bytes.truncate(at),
        9 => bytes.splice(at..at, *b"xyz").for_each(drop),
        _ => {
            fs::remove_file(path).unwrap();
            return format!("{path:?} is gone");
        }
    }
    fs::write(path, bytes).unwrap();
    format!("{path:?}, byte {at}: {how}")
}

/// PROPTEST_CASES=1000 for a long run. Few by default: each case is a dozen runs, and each of these waits for the disk.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(6)
}

#[derive(Debug, Clone)]
enum Edit {
    Write(u8, String),
    Remove(u8),
    Rename(u8, u8),
    Touch(u8),
    Metadata(BTreeMap<u8, String>),
    Damage(prop::sample::Index, prop::sample::Index, u8),
    Verify,
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["5", "12", "7", "$5", "$6", "UN", "Urumqi", "2018-10-26", "-3", "2:1", "and"]);
    prop_oneof![
        8 => prop::collection::vec(word, 0..12).prop_map(|words| words.join(" ")),
        // More rows than a block holds.
        1 => (1_u32..3).prop_map(|number| format!("{number} ").repeat(6_000)),
        1 => Just("\u{0}\u{1}\u{2}".to_owned()),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let document = 0..12_u8;
    prop_oneof![
        4 => (document.clone(), text()).prop_map(|(document, text)| Edit::Write(document, text)),
        1 => document.clone().prop_map(Edit::Remove),
        1 => (document.clone(), document.clone()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => document.clone().prop_map(Edit::Touch),
        1 => prop::collection::btree_map(document, "2018-10-2[0-9]", 0..3).prop_map(Edit::Metadata),
        2 => (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..11_u8)
            .prop_map(|(file, place, how)| Edit::Damage(file, place, how)),
        1 => Just(Edit::Verify),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_the_tables_are_those_of_a_clean_run(
        first in prop::collection::vec(text(), 1..10),
        nights in prop::collection::vec(prop::collection::vec(edit(), 0..4), 1..6),
    ) {
        let world = World::new(&[]);
        let name = |document: &u8| format!("in/{document:02}.txt");
        for (document, text) in first.iter().enumerate() {
            world.write(&name(&(document as u8)), text);
        }
        let mut metadata = None;
        run(&world, Settings::default());
        for (night, edits) in nights.iter().enumerate() {
            let (mut state, mut damages) = (StateUse::Keep, Vec::new());
            for edit in edits {
                match edit {
                    Edit::Write(document, text) => world.write(&name(document), text),
                    Edit::Remove(document) => drop(fs::remove_file(world.path(&name(document)))),
                    Edit::Rename(from, to) => drop(fs::rename(world.path(&name(from)), world.path(&name(to)))),
                    Edit::Touch(document) => {
                        if let Ok(file) = fs::File::options().append(true).open(world.path(&name(document))) {
                            file.set_modified(std::time::UNIX_EPOCH).unwrap();
                        }
                    }
                    Edit::Metadata(published) => {
                        let rows = published.iter().map(|(document, day)| format!("{document:02}.txt,{day}\n"));
                        world.write("about.csv", format!("document,published\n{}", rows.collect::<String>()));
                        metadata = Some(world.path("about.csv"));
                    }
                    Edit::Damage(file, place, how) => damages.push(damage(&world, file, place, *how)),
                    Edit::Verify => state = StateUse::Verify,
                }
            }
            let settings = |state| Settings { threads: 1 + night % 3, state, metadata: metadata.clone(), ..Settings::default() };
            let (summary, _) = run(&world, settings(state));
            let fresh = tempfile::tempdir().unwrap();
            let clean = settings(StateUse::None);
            toy::run_as(&world.path("in"), fresh.path(), clean, &toy::extract, &AtomicBool::new(false)).unwrap();
            for (name, bytes) in world.files("out") {
                prop_assert!(fs::read(fresh.path().join(name)).unwrap() == bytes, "{}: {:?} {:?}", name, damages, summary);
            }
            prop_assert!(!damages.is_empty() || summary.damage.is_none(), "{:?}", summary.damage);
            let store = Store::open(&world.path("out")).unwrap();
            prop_assert!(store.documents().unwrap().all(|document| document.is_ok()), "the state is whole again");
        }
    }
}
