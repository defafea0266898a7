//! Pages of texts without a fact of a type (`tests/counterexamples/TYPE.txt`, one a line): none may be found in any line.

#![allow(clippy::unwrap_used)] // a test may panic

use factline::document::Document;
use factline::extractor::{Extractor, Options};
use factline::rules::Ruleset;
use factline::table;

#[test]
fn no_line_of_a_page_has_a_fact_of_its_type() {
    let ruleset = Ruleset::shipped().unwrap_or_else(|errors| panic!("{errors:?}"));
    let extractor = Extractor::new(ruleset, Options::default()).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut found = Vec::new();
    let mut pages = 0;
    for page in std::fs::read_dir("tests/counterexamples").unwrap() {
        let page = page.unwrap().path();
        let of_page = page.file_stem().unwrap().to_string_lossy().into_owned();
        pages += 1;
        for line in std::fs::read_to_string(&page).unwrap().lines() {
            let read = Document::read(line.as_bytes().to_vec(), "line.txt", extractor.document_rules());
            let document = read.unwrap_or_else(|error| panic!("{error}"));
            for fact in extractor.extract(&document).facts {
                let cells = table::cells(&fact.value);
                let kind = fact.value.kind().table().to_owned();
                let fact_type =
                    cells.iter().find(|(name, _)| *name == "type").map_or(kind.clone(), |(_, cell)| cell.to_string());
                if of_page == kind || of_page == fact_type {
                    found.push(format!(
                        "{of_page}: `{}` in {line} ({})",
                        fact.span.of(document.view_text()),
                        fact.rule
                    ));
                }
            }
        }
    }
    assert!(pages >= 8, "only {pages} pages");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
