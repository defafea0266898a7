//! What holds for any input whatever: no panic, every text equals its slice, rows in order, no digit left behind.

#![allow(clippy::unwrap_used)] // a test may panic

use std::sync::OnceLock;

use factline::document::Document;
use factline::extractor::{Extractor, Options};
use factline::normalize::Kind;
use factline::rules::Ruleset;
use factline::table::schema::Table;
use factline::table::{DocumentRows, unguard};
use proptest::prelude::*;

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| Extractor::new(Ruleset::shipped().unwrap(), Options::default()).unwrap())
}

/// Rows of a table as cells by column name.
fn rows(rows: &DocumentRows, table: Table) -> Vec<std::collections::HashMap<String, String>> {
    let bytes = [table.header().as_bytes(), rows.table(table)].concat();
    csv::Reader::from_reader(bytes.as_slice()).deserialize().map(|row| row.unwrap()).collect()
}

/// A slice as the contract writes it: a line break is one space, a control character that no cell can hold U+FFFD.
fn as_written(slice: &str) -> String {
    let written = |character: char| match character {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        control if control.is_control() && control != '\t' => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    slice.replace("\r\n", "\n").chars().map(written).collect()
}

fn check(bytes: Vec<u8>, name: &str) -> Result<(), TestCaseError> {
    let Ok(document) = Document::read(bytes, name, extractor().document_rules()) else { return Ok(()) };
    let extraction = extractor().extract(&document);
    let made = DocumentRows::new(&document, &extraction, &Kind::ALL);
    let mut covered = vec![false; document.text.len()];
    for table in Kind::ALL.map(Table::Facts).into_iter().chain([Table::Unclaimed]) {
        let mut end_before = 0;
        for row in rows(&made, table) {
            let offset = |name: &str| row[name].parse::<usize>().unwrap();
            let (start, end) = (offset("start"), offset("end"));
            prop_assert!(start < end && end <= document.text.len(), "{row:?}");
            prop_assert!(start >= end_before, "overlap or disorder in {table:?}: {row:?}");
            end_before = end;
            let slice = &document.text[start..end];
            let shown = as_written(slice);
            prop_assert_eq!(unguard(&row["text"]), &shown, "{:?}", row);
            let (line, column) = document.lines.position(&document.text, start);
            prop_assert_eq!((line.to_string(), column.to_string()), (row["line"].clone(), row["column"].clone()));
            covered[start..end].fill(true);
        }
    }
    let view = document.view_text();
    for block in &document.blocks {
        for (at, character) in block.span.of(view).char_indices() {
            let at = block.span.start + at as u32;
            if character.is_ascii_digit() {
                let source = document.view.to_source(factline::document::ViewSpan::new(at, at + 1));
                prop_assert!(covered[source.start], "digit at {at} of {view:?} is in no fact and not unclaimed");
            }
        }
    }
    Ok(())
}

/// Pieces of text that rules look for, and what stands between them in real documents.
fn piece() -> impl Strategy<Value = String> {
    let fixed = [
        "30,000",
        "10 000",
        "1.5",
        "½",
        "two",
        "twenty-two",
        "a",
        "and",
        "half",
        "million",
        "dozen",
        "60-100,000",
        "$",
        "US$",
        "USD",
        "yuan",
        "won",
        "cents",
        "€",
        "per",
        "month",
        "km",
        "m",
        "°C",
        "%",
        "percent",
        "May",
        "March",
        "Nov.",
        "7",
        "2012",
        "1990s",
        "last",
        "year",
        "ago",
        "11",
        "a.m.",
        "between",
        "to",
        "from",
        "at least",
        "Paris",
        "Texas",
        "Reading",
        "North Korea",
        "U.S.",
        "the",
        "of",
        "Ministry",
        "University",
        "Labor",
        "(KFI)",
        "Korea Future Initiative",
        "Inc.",
        "Kim",
        "Mr.",
        "said",
        "first",
        "second",
        "one",
        "in",
        "St.",
        "Louis",
        "22-year-old",
        "14",
        "1",
        ":",
        "(",
        ")",
        "[Reuters]",
        "“",
        "”",
        "’s",
        "-",
        "–",
        "—",
        ",",
        ".",
        "!",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u{a0}",
        "\u{2009}",
        "\u{200b}",
        "\u{ad}",
        "|",
        "#",
        "*",
        "/",
        "&pound;5",
        "<b>",
        "</p>",
        "39°02'N",
        "125.75",
        "Continue reading »",
        "1 2 3",
        "Posted on",
        "e",
        "^",
        "×10",
        "²",
    ];
    prop_oneof![
        8 => proptest::sample::select(fixed.to_vec()).prop_map(str::to_owned),
        2 => "[0-9]{1,6}",
        1 => "[A-Z][a-z]{0,8}",
        1 => "[a-z]{1,8}",
        1 => "\\PC{1,3}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec((piece(), prop_oneof![3 => Just(" "), 1 => Just("")]), 1..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, space)| [piece, space.to_owned()]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(bytes, "a.txt")?;
    }

    #[test]
    fn any_text_of_what_rules_look_for(text in text()) {
        check(text.into_bytes(), "a.txt")?;
    }

    #[test]
    fn any_markup(text in text()) {
        check(text.clone().into_bytes(), "a.html")?;
        check(text.into_bytes(), "a.md")?;
    }
}

/// PROPTEST_CASES=100000 for a long run.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(200)
}
