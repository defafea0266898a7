//! Numbers, quantities, ages and money: what a text becomes, one case a line.

#![allow(clippy::unwrap_used)] // a test may panic

use factline::document::{Document, parse_published};
use factline::extractor::{Extractor, Options};
use factline::normalize::{Amount, Kind, Value};
use factline::resolve::Extraction;
use factline::rules::Ruleset;
use factline::table;

fn extractor() -> &'static Extractor {
    static EXTRACTOR: std::sync::OnceLock<Extractor> = std::sync::OnceLock::new();
    EXTRACTOR.get_or_init(|| {
        let ruleset = Ruleset::shipped().unwrap_or_else(|errors| panic!("{errors:?}"));
        let options = Options { currency: "USD".to_owned(), ..Options::default() };
        Extractor::new(ruleset, options).unwrap_or_else(|errors| panic!("{errors:?}"))
    })
}

fn extract(text: &str, published: Option<&str>) -> (Document, Extraction) {
    let extractor = extractor();
    let read = Document::read(text.as_bytes().to_vec(), "case.txt", extractor.document_rules());
    let mut document = read.unwrap_or_else(|error| panic!("{error}"));
    document.metadata.published = published.and_then(|date| parse_published(date, "metadata"));
    let extraction = extractor.extract(&document);
    (document, extraction)
}

/// The facts of numbers and money with some cells, as `written=cell cell`, and flags behind `!`.
fn shown(text: &str, published: Option<&str>, columns: &[&str]) -> String {
    let (document, extraction) = extract(text, published);
    let facts = extraction.facts.iter().filter(|fact| matches!(fact.value.kind(), Kind::Number | Kind::Money));
    let lines = facts.map(|fact| {
        let cells = table::cells(&fact.value);
        let cell = |name: &&str| cells.iter().find(|(each, _)| each == name).map(|(_, cell)| cell.to_string());
        let values: Vec<String> = columns.iter().filter_map(cell).filter(|cell| !cell.is_empty()).collect();
        let flags: String = fact.flags.iter().map(|flag| format!(" !{flag}")).collect();
        format!("{}={}{flags}", fact.span.of(document.view_text()), values.join(" "))
    });
    lines.collect::<Vec<_>>().join(" | ")
}

#[test]
fn units_in_si() {
    let columns = ["value", "low", "high", "unit", "si_value", "si_low", "si_high", "si_unit"];
    for (text, expected) in [
        ("It is 3 miles off.", "3 miles=3 [mi_i] 4828.032 m"),
        ("It was 77 degrees Fahrenheit.", "77 degrees Fahrenheit=77 [degF] 298.15 K"),
        ("The frost went from -7 °C to -12 °C", "-7 °C to -12 °C=-12 -7 Cel 261.15 266.15 K !low-above-high"),
        ("a 5-km race", "5-km=5 km 5000 m"),
        ("They grow 2-3 tons of rice", "2-3 tons=2 3 [ston_av] 1814.36948 2721.55422 kg"),
        ("Half a kilogram of salt", "Half a kilogram=0.5 kg 0.5 kg"),
    ] {
        assert_eq!(shown(text, None, &columns), expected, "{text}");
    }
}

#[test]
fn what_is_counted_is_told_before() {
    let columns = ["value", "counted"];
    for (text, expected) in [
        ("Five harbours froze. Three of them thawed.", "Five=5 harbours | Three=3 harbours !counted-before"),
        ("They freed 90 pilots. Among the 90 was her son.", "90=90 pilots | 90=90 pilots !counted-before"),
        ("Three of them thawed.", "Three=3"),
    ] {
        assert_eq!(shown(text, None, &columns), expected, "{text}");
    }
}

#[test]
fn what_is_counted() {
    for (text, expected) in [
        ("Police freed 12 women on Friday.", "12=women"),
        ("There were 2,350 Baltic cannery workers in the halls.", "2,350=Baltic cannery workers"),
        ("Ten miners died there.", "Ten=miners"),
        ("He saw 300.", "300="),
        ("41% of the almost 9,400 rowers are novices.", "41%=rowers | 9,400=rowers"),
        ("Dozens of the city's old houses burned.", "Dozens=city's old houses !vague"),
        ("a three-part series", "three=part"),
        ("He met two. Guards came.", "two="),
    ] {
        assert_eq!(shown(text, None, &["counted"]), expected, "{text}");
    }
}

#[test]
fn qualifiers() {
    for (text, expected) in [
        ("more than 5,600 boats", "5,600=5600 more-than"),
        ("an estimated 7,800 boats", "7,800=7800 approximately"),
        ("as many as 4,700 boats", "4,700=4700 at-most"),
        ("20 boats or more", "20=20"),
        ("20 or more boats", "20=20 at-least"),
        ("divers as young as twelve", "twelve=12 at-least"),
        ("no fewer than 5 percent", "5 percent=5 at-least"),
    ] {
        assert_eq!(shown(text, None, &["value", "qualifier"]), expected, "{text}");
    }
}

#[test]
fn money_at_the_rate_of_the_day() {
    let columns = ["amount", "low", "high", "currency", "converted", "converted_low", "converted_high", "rate_date"];
    for (text, published, expected) in [
        ("It cost 100 euros.", Some("2016-05-08"), "100 euros=100 EUR 114.27 2016-05-06"),
        ("It cost 100 euros.", None, "100 euros=100 EUR !no-date"),
        ("It cost $5.", Some("2016-05-08"), "$5=5 USD 5 2016-05-08"),
        ("It cost 100 euros.", Some("1950-01-01"), "100 euros=100 EUR !no-rate"),
    ] {
        assert_eq!(shown(text, published, &columns), expected, "{text}");
    }
}

#[test]
fn stated_equivalents_are_linked() {
    for (text, links, flagged) in [
        ("He got 52,000 yuan (about $8,000) for it.", [Some(1), Some(0)], false),
        ("He got 52,000 yuan (about $80,000) for it.", [Some(1), Some(0)], true),
        ("He got 52,000 yuan and gave $8,000 away.", [None, None], false),
    ] {
        let (_, extraction) = extract(text, Some("2016-05-03"));
        let money: Vec<_> = extraction.facts.iter().filter(|fact| fact.value.kind() == Kind::Money).collect();
        let found: Vec<_> = money
            .iter()
            .map(|fact| match &fact.value {
                Value::Money(money) => money.equivalent,
                _ => None,
            })
            .collect();
        assert_eq!(found, links, "{text}");
        assert!(money.iter().all(|fact| fact.flags.contains("equivalent-rate-off") == flagged), "{text}");
    }
}

#[test]
fn money_at_the_rate_of_its_own_day() {
    let columns = ["converted", "rate_date"];
    for (text, published, expected) in [
        ("On 4 May 2016 they paid 90 euros.", Some("2018-10-26"), "90 euros=103.55 2016-05-04 !rate-of-own-day"),
        ("In 2014 they paid 90 euros.", Some("2018-10-26"), "90 euros=122.9 2014-07-02 !rate-of-own-year"),
        ("In 2014 they paid 90 euros.", None, "90 euros=122.9 2014-07-02 !rate-of-own-year"),
        ("In 2018 they paid 90 euros.", Some("2018-10-26"), "90 euros=102.11 2018-10-26"),
        ("In 2014 it rained. They paid 90 euros.", Some("2018-10-26"), "90 euros=102.11 2018-10-26"),
        ("In 2031 they will pay 90 euros.", Some("2018-10-26"), "90 euros=102.11 2018-10-26"),
        ("In 2014 they paid 90 dollars.", Some("2018-10-26"), "90 dollars=90 2018-10-26"),
    ] {
        assert_eq!(shown(text, published, &columns), expected, "{text} {published:?}");
    }
}

#[test]
fn a_document_has_one_decimal_sign() {
    let columns = ["value", "amount"];
    for (text, expected) in [
        (
            "Sie zahlte 12,50 Euro und 3,75 Euro an 1.250 Leute.",
            "1.250=1250 | 12,50 Euro=12.5 !no-date | 3,75 Euro=3.75 !no-date",
        ),
        (
            "She paid 12.50 euros to 1,250 people, of 1.250 t.",
            "1,250=1250 | 1.250 t=1.25 !unit-or-10-12 | 12.50 euros=12.5 !no-date",
        ),
    ] {
        assert_eq!(shown(text, None, &columns), expected, "{text}");
    }
}

#[test]
fn every_number_is_a_fact_or_has_a_reason() {
    let text = "First, see page 12 [3] at 12 Harbour Street, call (202) 555-0143: one of 14 lost 3-1 in A4 v1.2.3.";
    let (document, extraction) = extract(text, None);
    let reasons: Vec<_> = extraction
        .unclaimed
        .iter()
        .map(|each| format!("{}={}", each.span.of(document.view_text()), each.reason))
        .collect();
    let expected = "First=enumerator 12=reference-number 3=footnote 12=address 202=phone-number 555=phone-number \
                    0143=phone-number 3=score 1=score 4=part-of-code 1=version-number 2=version-number 3=version-number";
    assert_eq!(reasons.join(" "), expected);
    let one = extraction.facts.iter().any(|fact| {
        matches!(&fact.value, Value::Number(number) if matches!(&number.amount, Amount::Exact(value) if value.to_string() == "1"))
    });
    assert!(one, "one of 14 is a count");
}
