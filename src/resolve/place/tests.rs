//! Input and places on one line: which place a name means beside others.

use std::sync::OnceLock;

use crate::document::Document;
use crate::extractor::{Extractor, Options};
use crate::normalize::Value;
use crate::rules::Ruleset;

/// `name country admin1` of each place of a text.
fn places(text: &str) -> String {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    let extractor = EXTRACTOR.get_or_init(|| Extractor::new(Ruleset::shipped().unwrap(), Options::default()).unwrap());
    let document = Document::read(text.as_bytes().to_vec(), "test.txt", extractor.document_rules()).unwrap();
    let facts = extractor.extract(&document).facts;
    let shown = facts.iter().filter_map(|fact| match &fact.value {
        Value::Place(place) => {
            let cells = [Some(&place.name), place.country.as_ref(), place.admin1.as_ref()];
            Some(cells.into_iter().flatten().map(AsRef::as_ref).collect::<Vec<&str>>().join(" "))
        }
        _ => None,
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[test]
fn namesakes_are_told_apart_by_where_the_text_says_they_lie() {
    for (text, expected) in [
        (
            "She moved from Portland, Maine, to Portland, Oregon. Portland suited her.",
            "Portland US Maine, Maine US Maine, Portland US Oregon, Oregon US Oregon, Portland US Oregon",
        ),
        (
            "Portland was cold. He left Portland, Maine, in March.",
            "Portland US Maine, Portland US Maine, Maine US Maine",
        ),
        (
            "The bus from Paris, Texas, to Paris, Ontario, goes back to Paris, Texas.",
            "Paris US Texas, Texas US Texas, Paris CA Ontario, Ontario CA Ontario, Paris US Texas, Texas US Texas",
        ),
        (
            "Lyon, France, is far from Lyon, Auvergne-Rhône-Alpes.",
            "Lyon FR Auvergne-Rhône-Alpes, France FR, Lyon FR Auvergne-Rhône-Alpes, \
             Auvergne-Rhône-Alpes FR Auvergne-Rhône-Alpes",
        ),
    ] {
        assert_eq!(places(text), expected, "{text}");
    }
}

#[test]
fn a_name_behind_what_lies_in_it_is_told_apart_from_its_namesakes() {
    for (text, expected) in [
        (
            "He left Tbilisi, Georgia, for Atlanta, Georgia.",
            "Tbilisi GE Tbilisi, Georgia GE, Atlanta US Georgia, Georgia US Georgia",
        ),
        ("The firm in Puebla, Mexico, closed.", "Puebla MX Puebla, Mexico MX"),
        ("The state of Hidalgo, Mexico, is dry.", "Hidalgo MX Hidalgo, Mexico MX"),
    ] {
        assert_eq!(places(text), expected, "{text}");
    }
}

#[test]
fn a_town_that_no_gazetteer_has_lies_where_the_text_says() {
    assert_eq!(places("He was born in Hidalgo, Texas, in 1950."), "Hidalgo US Texas, Texas US Texas");
    assert_eq!(
        places("From Hidalgo, Mexico, he went to Hidalgo, Texas."),
        "Hidalgo MX Hidalgo, Mexico MX, Hidalgo US Texas, Texas US Texas"
    );
    // A country does not lie in a state.
    assert_eq!(places("Factories in Germany, Texas and Ohio closed."), "Germany DE, Texas US Texas, Ohio US Ohio");
}
