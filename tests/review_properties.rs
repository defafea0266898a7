//! Whatever is decided, what is collected is what was decided: no more, no less.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use factline::normalize::Kind;
use factline::review::apply::Rejected;
use factline::review::codes::Codes;
use factline::review::collect::{Collected, Reviewed, Signature, collect};
use factline::review::decision::{About, Decision, Step};
use factline::review::file::append;
use factline::review::shown::Memory;
use factline::review::{Review, decisions_path};
use factline::state::Store;
use factline::table::Verdict;
use proptest::prelude::*;
use support::review::Sheet;
use support::toy::{Settings, run_as};
use support::{World, rows, toy};

const TEXTS: [(&str, &str); 2] = [
    ("a.txt", "=1 In Urumqi \"so, so\" $30\r\n were 5 $60 and -12 things\n\non 2018-10-26 the  UN saw 14:1 and 7"),
    ("b.txt", "1.25 and 3 and 3 and 3 of $2640000 in Urumqi, UN said on 2016-02-29"),
];

fn run(world: &World, rejected: Rejected) -> Result<(), String> {
    let review = Review::read(&decisions_path(&world.path("out")), rejected).unwrap();
    let settings = Settings { review, ..Settings::default() };
    let done = run_as(&world.path("in"), &world.path("out"), settings, &toy::extract, &AtomicBool::new(false));
    done.map(|_| ()).map_err(|error| error.to_string())
}

fn collected(world: &World) -> Collected {
    let out = world.path("out");
    let store = Store::open(&out).unwrap();
    let review = Review::read(&decisions_path(&out), Rejected::Hidden).unwrap();
    let shown = Memory::of_tables(&out).read().unwrap();
    let signature = Signature { reviewer: "Ann".into(), date: "2026-01-02T00:00:00Z".into() };
    collect(
        &store,
        &Reviewed::Folder(out, Kind::ALL.to_vec()),
        &shown,
        &review.decisions,
        &signature,
        &Codes::default(),
    )
    .unwrap()
}

/// All facts: kind, document, id.
fn facts(world: &World) -> Vec<(Kind, String, String)> {
    let of = |kind: Kind| {
        let all = rows(&world.path(&format!("out/{}.csv", kind.table())));
        all.into_iter().map(move |row| (kind, row["document"].clone(), row["id"].clone()))
    };
    Kind::ALL.into_iter().flat_map(of).collect()
}

/// A column of each kind that is corrected, and what to.
fn correction(kind: Kind, number: u32) -> (&'static str, String) {
    match kind {
        Kind::Number => ("value", format!("-{number}.5")),
        Kind::Money => ("amount", (number * 1000).to_string()),
        Kind::Place => ("latitude", format!("{}.25", number % 90)),
        Kind::Organization => ("name", format!("=Name \"{number}\", Ltd")),
        Kind::Date => ("start_date", format!("2015-01-{:02}", number % 28 + 1)),
    }
}

/// Random steps: which fact, what, with which number, with a note or not.
fn steps() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, u32, bool)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0_u8..5, 1_u32..90, any::<bool>()), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_decided_tables_as_written_hold_nothing_new(steps in steps(), shown in any::<bool>()) {
        let world = World::new(&TEXTS);
        run(&world, Rejected::Hidden).unwrap();
        let facts = facts(&world);
        let numbers = spans(&world, &["numbers", "money", "unclaimed"]);
        let mut lines = Vec::new();
        for (at, (fact, what, number, noted)) in steps.into_iter().enumerate() {
            let (kind, document, id) = fact.get(&facts).clone();
            let (column, new) = correction(kind, number);
            let is_correction = what == 2;
            let step = match what {
                0 => Step::Verdict(Verdict::Accept),
                1 => Step::Verdict(Verdict::Reject),
                2 => Step::Verdict(Verdict::Correct),
                3 => Step::Withdraw,
                _ => Step::Note,
            };
            lines.push(Decision {
                id, kind, document, step,
                column: if is_correction { column.to_owned() } else { String::new() },
                old: String::new(),
                new: if is_correction { new } else { String::new() },
                reviewer: "Bo".to_owned(),
                date: format!("2026-01-01T00:00:{at:02}Z"),
                note: if noted { format!("=note, \"{number}\"") } else { String::new() },
                about: About::default(),
            });
        }
        append(&decisions_path(&world.path("out")), &lines).unwrap();
        let rejected = if shown { Rejected::Shown } else { Rejected::Hidden };
        run(&world, rejected).unwrap();
        let found = collected(&world);
        prop_assert!(found.is_empty() && found.findings.is_empty(), "{:#?}", found);
        // And again, from the state.
        let before: Vec<String> = support::FILES.iter().map(|name| world.read(&format!("out/{name}"))).collect();
        run(&world, rejected).unwrap();
        let after: Vec<String> = support::FILES.iter().map(|name| world.read(&format!("out/{name}"))).collect();
        prop_assert!(before == after);
        // No number is lost by a rejection: what is in no fact any more is in unclaimed.csv.
        let left = spans(&world, &["numbers", "money", "places", "organizations", "dates", "unclaimed"]);
        for (document, start, end) in numbers {
            let is_held = left.iter().any(|(other, from, to)| *other == document && *from <= start && end <= *to);
            prop_assert!(is_held, "{} {}-{}", document, start, end);
        }
        let counted: usize = rows(&world.path("out/documents.csv")).iter().map(|row| row["numbers"].parse::<usize>().unwrap()).sum();
        prop_assert_eq!(counted, rows(&world.path("out/numbers.csv")).len());
    }

    #[test]
    fn what_a_person_edits_is_found_exactly(steps in steps(), separator in prop::sample::select(vec![b',', b';', b'\t']), sorted in any::<bool>()) {
        let world = World::new(&TEXTS);
        run(&world, Rejected::Hidden).unwrap();
        let facts = facts(&world);
        let mut wanted: BTreeMap<(Kind, String), (u8, u32, bool)> = BTreeMap::new();
        for (fact, what, number, noted) in steps {
            let (kind, _, id) = fact.get(&facts).clone();
            wanted.insert((kind, id), (what, number, noted));
        }
        let mut expected = Vec::new();
        for kind in Kind::ALL {
            let path = world.path(&format!("out/{}.csv", kind.table()));
            let mut sheet = Sheet::read(&path);
            let [id, review, note] = ["id", "review", "note"].map(|name| sheet.column(name));
            for row in 1..sheet.rows.len() {
                let Some((what, number, noted)) = wanted.get(&(kind, sheet.rows[row][id].clone())) else { continue };
                let (column, new) = correction(kind, *number);
                let position = sheet.column(column);
                let (code, is_correction) = match what {
                    0 => ("accept", false),
                    1 => ("reject", false),
                    2 if sheet.rows[row][position] != new => ("correct", true),
                    _ => ("", false),
                };
                sheet.rows[row][review] = code.to_owned();
                if *noted {
                    sheet.rows[row][note] = format!("note {number}");
                }
                if is_correction {
                    sheet.rows[row][position].clone_from(&new);
                }
                let step = if code.is_empty() { "note" } else { code };
                if !code.is_empty() || *noted {
                    let cell = |text: String| if is_correction { text } else { String::new() };
                    let note = if *noted { format!("note {number}") } else { String::new() };
                    expected.push((sheet.rows[row][id].clone(), step, cell(column.to_owned()), cell(new), note));
                }
            }
            if sorted {
                sheet.rows[1..].sort();
            }
            std::fs::write(&path, sheet.written(separator, sorted)).unwrap();
        }
        let found = collected(&world);
        prop_assert!(found.findings.is_empty(), "{:#?}", found.findings);
        let mut lines: Vec<_> = found
            .decisions
            .iter()
            .map(|line| (line.id.clone(), line.step.code(), line.column.clone(), line.new.clone(), line.note.clone()))
            .collect();
        lines.sort();
        expected.sort();
        prop_assert_eq!(&lines, &expected);
        // Not collected yet: a run refuses. Collected: it writes what was decided, and that is nothing new.
        prop_assert_eq!(run(&world, Rejected::Hidden).is_err(), !expected.is_empty());
        append(&decisions_path(&world.path("out")), &found.decisions).unwrap();
        Memory::of_tables(&world.path("out")).add(&found.shown).unwrap();
        prop_assert!(collected(&world).is_empty());
        run(&world, Rejected::Hidden).unwrap();
        prop_assert!(collected(&world).is_empty());
    }
}

/// Where the rows of tables stand: document, first byte, byte after the last.
fn spans(world: &World, tables: &[&str]) -> Vec<(String, usize, usize)> {
    let all = tables.iter().flat_map(|table| rows(&world.path(&format!("out/{table}.csv"))));
    all.map(|row| (row["document"].clone(), row["start"].parse().unwrap(), row["end"].parse().unwrap())).collect()
}
