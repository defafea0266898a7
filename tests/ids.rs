//! Ids of facts through the whole extractor: what does not touch a fact leaves its id as it was.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::OnceLock;

use factline::document::Document;
use factline::extractor::{Extractor, Options};
use factline::normalize::Kind;
use factline::rules::Ruleset;
use factline::table::DocumentRows;
use factline::table::id::Ids;
use factline::table::schema::Table;
use proptest::prelude::*;

/// Paragraphs that say something by themselves: no date is told from another, no name stands for one elsewhere, no two hold
/// an equal fact.
const PARAGRAPHS: [&str; 16] = [
    "The mill in Toulouse paid €1,250 to 31 weavers on 4 May 1987, and nothing more after that.",
    "About 640 kg of cocoa were shipped from Abidjan in June 2003, at a price of 912 US dollars for the lot.",
    "Between 6,000 and 8,000 people came to the fair in Helsinki on 12 September 1999.",
    "The World Health Organization counted 77 cases among travellers to Manila in the winter that followed.",
    "A survey by the University of Nairobi found that 43 percent of the farmers owned fewer than 3 goats.",
    "“We had 19 days of rain,” said the café owner, “and 2.5 metres of mud in the cellar.”",
    "The bridge is 118 m long; it was opened on 30 November 2011 and closed twice since.",
    "Some 52,000 yuan were found in a drawer in Chengdu, wrapped in a newspaper of March 1978.",
    "UNESCO listed the old town of Lviv in 1998. The restoration of its roofs took eleven years.",
    "He was 67 years old when he sold the farm for £88,000 and moved to Lisbon.",
    "The ratio of pupils to teachers was 23:1 in the villages around Cusco.",
    "Temperatures fell to -14 °C in Ulaanbaatar on 9 January 2006, the coldest night in 26 years.",
    "The European Central Bank bought bonds worth 750 million euros in the first quarter of 2013.",
    "Every 5th house in Baku had no water on 21 and 22 February 1994.",
    "The prize of 10,500 Swiss francs went to a choir from Montevideo with 36 singers.",
    "The parcel weighed 4.2 pounds and took from 2 April 2015 to 17 April 2015 to reach Perth.",
];

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| {
        let reference_date = Some(jiff::civil::date(2018, 10, 26));
        Extractor::new(Ruleset::shipped().unwrap(), Options { reference_date, ..Options::default() }).unwrap()
    })
}

/// Line and id of every fact.
fn facts(bytes: Vec<u8>) -> Vec<(usize, String)> {
    let document = Document::read(bytes, "a.txt", extractor().document_rules()).unwrap();
    let rows = DocumentRows::new(&document, &extractor().extract(&document), &Kind::ALL);
    let mut facts = Vec::new();
    for table in Kind::ALL.map(Table::Facts) {
        let bytes = [table.header().as_bytes(), rows.table(table)].concat();
        let rows = csv::Reader::from_reader(bytes.as_slice()).into_deserialize();
        facts.extend(rows.map(|row: Result<BTreeMap<String, String>, _>| {
            let row = row.unwrap();
            (row["line"].parse().unwrap(), row["id"].clone())
        }));
    }
    facts
}

fn ids(text: &str) -> BTreeSet<String> {
    facts(text.as_bytes().to_vec()).into_iter().map(|(_, id)| id).collect()
}

/// The ids of each paragraph's facts, where all stand in one text.
fn known() -> &'static [BTreeSet<String>] {
    static KNOWN: OnceLock<Vec<BTreeSet<String>>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = vec![BTreeSet::new(); PARAGRAPHS.len()];
        for (line, id) in facts(PARAGRAPHS.join("\n\n").into_bytes()) {
            assert!(known[(line - 1) / 2].insert(id));
        }
        known
    })
}

/// Breaks lines at spaces, after at most so many characters.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last().unwrap();
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(String::new());
        }
        let line = lines.last_mut().unwrap();
        line.extend([if line.is_empty() { "" } else { " " }, word]);
    }
    lines.join("\n")
}

#[derive(Debug, Clone, Copy)]
enum Encoding {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        ['\u{feff}']
            .into_iter()
            .chain(text.chars())
            .flat_map(|character| {
                let mut units = [0; 2];
                character.encode_utf16(&mut units).iter().flat_map(|unit| bytes(*unit)).collect::<Vec<u8>>()
            })
            .collect()
    };
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Bom => ["\u{feff}", text].concat().into_bytes(),
        Encoding::Utf16Le => utf16(u16::to_le_bytes),
        Encoding::Utf16Be => utf16(u16::to_be_bytes),
        Encoding::Windows1252 => {
            let (bytes, _, failed) = encoding_rs::WINDOWS_1252.encode(text);
            assert!(!failed, "{text}");
            bytes.into_owned()
        }
    }
}

fn expected(order: &[usize]) -> BTreeSet<String> {
    order.iter().flat_map(|paragraph| known()[*paragraph].iter().cloned()).collect()
}

/// Whether at least a quarter of the breaks inside paragraphs stand before a small letter.
fn small_breaks(text: &str) -> bool {
    let lines: Vec<_> = text.lines().collect();
    let breaks = lines.windows(2).filter(|pair| pair.iter().all(|line| !line.is_empty()));
    let (all, small) = breaks
        .fold((0, 0), |(all, small), pair| (all + 1, small + usize::from(pair[1].starts_with(char::is_lowercase))));
    small * 4 >= all
}

/// Some of the paragraphs, in any order.
fn order(at_least: usize) -> impl Strategy<Value = Vec<usize>> {
    let all: Vec<usize> = (0..PARAGRAPHS.len()).collect();
    prop::sample::subsequence(all, at_least..=PARAGRAPHS.len()).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn inserting_deleting_and_moving_other_paragraphs(order in order(1)) {
        let text: Vec<_> = order.iter().map(|paragraph| PARAGRAPHS[*paragraph]).collect();
        prop_assert_eq!(ids(&text.join("\n\n")), expected(&order));
    }

    #[test]
    fn changing_line_ends_and_encoding(
        order in order(1),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        between in 2..5_usize,
        encoding in prop::sample::select(vec![
            Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252,
        ]),
    ) {
        let text: Vec<_> = order.iter().map(|paragraph| PARAGRAPHS[*paragraph]).collect();
        let text = text.join(&line_end.repeat(between));
        let found: BTreeSet<_> = facts(encoded(&text, encoding)).into_iter().map(|(_, id)| id).collect();
        prop_assert_eq!(found, expected(&order), "{}", text);
    }

    // Whether a line goes on in the next is told by the width of all lines: so there must be some, and not nearly all of them
    // may happen to break before a name or a figure, as lists do.
    #[test]
    fn wrapping_lines_otherwise(order in order(8), width in 50..120_usize) {
        let text: Vec<_> = order.iter().map(|paragraph| wrapped(PARAGRAPHS[*paragraph], width)).collect();
        let text = text.join("\n\n");
        prop_assume!(small_breaks(&text));
        prop_assert_eq!(ids(&text), expected(&order), "{}", text);
    }

    #[test]
    fn editing_one_paragraph_leaves_the_others(edited in 0..PARAGRAPHS.len(), word in "[b-df-hj-np-tv-z]{9}", at: prop::sample::Index) {
        let mut texts = PARAGRAPHS.map(str::to_owned);
        let spaces: Vec<_> = texts[edited].match_indices(' ').map(|(place, _)| place).collect();
        texts[edited].insert_str(*at.get(&spaces), &format!(" {word}"));
        let found = ids(&texts.join("\n\n"));
        let others: Vec<_> = (0..PARAGRAPHS.len()).filter(|paragraph| *paragraph != edited).collect();
        prop_assert!(found.is_superset(&expected(&others)));
    }

    #[test]
    fn equal_facts_differ_by_occurrence(copies in 1..9_usize, before in order(1)) {
        // Equal facts anywhere between others: as many ids, and always the same ones.
        let mut text: Vec<_> = before.iter().map(|paragraph| PARAGRAPHS[*paragraph]).collect();
        (0..copies).for_each(|copy| text.insert((copy * 5) % (text.len() + 1), "They sold 321 ducks."));
        let ducks = |text: &[&str]| -> BTreeSet<String> { &ids(&text.join("\n\n")) - &expected(&before) };
        let found = ducks(&text);
        prop_assert_eq!(found.len(), copies);
        let alone = vec!["They sold 321 ducks."; copies];
        prop_assert_eq!(found, ids(&alone.join("\n\n")));
    }
}

#[test]
fn every_paragraph_has_facts() {
    for (paragraph, ids) in PARAGRAPHS.iter().zip(known()) {
        assert!(ids.len() >= 2, "{paragraph}: {ids:?}");
    }
}

#[test]
fn a_million_facts_have_a_million_ids() {
    let mut seen = HashSet::with_capacity(1 << 20);
    let mut ids = Ids::default();
    for document in 0..500 {
        ids.begin_document(&format!("{document}.txt"), 2_000);
        for fact in 0..2_000 {
            let kind = Kind::ALL[fact % Kind::ALL.len()];
            // Of each value four that are equal but for their occurrence.
            let value = (fact / 20).to_string();
            ids.begin(kind);
            ids.cell(value.as_bytes());
            seen.insert(ids.end(kind, &value));
        }
    }
    assert_eq!(seen.len(), 1_000_000);
}
