//! Input and value on one line; what is written agrees with itself; where the reference date comes from.

use std::sync::OnceLock;

use jiff::civil::{Date as Day, DateTime};

use crate::document::{Document, parse_published};
use crate::extractor::{Extractor, Options};
use crate::normalize::{Date, Value};
use crate::resolve::Extraction;
use crate::rules::Ruleset;

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| Extractor::new(Ruleset::shipped().unwrap(), Options::default()).unwrap())
}

fn extract(text: &str, published: &str) -> Extraction {
    let mut document = Document::read(text.as_bytes().to_vec(), "test.txt", extractor().document_rules()).unwrap();
    document.metadata.published = parse_published(published, "metadata");
    extractor().extract(&document)
}

fn dates(extraction: &Extraction) -> Vec<&Date> {
    let facts = extraction.facts.iter();
    facts
        .filter_map(|fact| match &fact.value {
            Value::Date(date) => Some(date),
            _ => None,
        })
        .collect()
}

fn timexes(text: &str, published: &str) -> String {
    dates(&extract(text, published)).iter().map(|date| date.timex.clone()).collect::<Vec<_>>().join(" ")
}

/// Texts with the TIMEX3 values of all that is found in them, published on Friday, 26 October 2018.
const CASES: &[(&str, &str)] = &[
    ("It was signed on 12 June 2017.", "2017-06-12"),
    ("It was signed on June 12th, 2017.", "2017-06-12"),
    ("It was signed on Monday, June 12.", "2017-06-12"),
    ("It will be signed on June 12.", "2019-06-12"),
    ("It was signed on December 3.", "2017-12-03"),
    ("The deadline is November 3.", "2018-11-03"),
    ("He called on Friday.", "2018-10-26"),
    ("He called on Saturday.", "2018-10-20"),
    ("He will call on Saturday.", "2018-10-27"),
    ("He called last Friday.", "2018-10-19"),
    ("He called yesterday morning.", "2018-10-25TMO"),
    ("He called two days ago.", "2018-10-24"),
    ("He called three months ago.", "2018-07"),
    ("He called a decade ago.", "2008"),
    ("Sales fell last quarter.", "2018-Q3"),
    ("Sales fell in the first half of 2018.", "2018-H1"),
    ("It froze last winter.", "2017-WI"),
    ("It rained last weekend.", "2018-W42-WE"),
    ("He was born in 1953.", "1953"),
    ("The 1960s were calm.", "196X"),
    ("He lived from 1911 to 1985.", "1911/1985"),
    ("They rested for an hour and a half.", "PT1H30M"),
    ("They rested for two and a half years.", "P2.5Y"),
    ("They rested for five to six weeks.", "P5W/P6W"),
    ("They rested for several months.", "PXM"),
    ("They train every Tuesday.", "XXXX-WXX-2"),
    ("They train every other week.", "P2W"),
    ("The bell rings at half past ten.", "2018-10-26T10:30"),
    ("The bell rings at 8.15 p.m. on Sunday.", "2018-10-21T20:15"),
    ("She may march on, and the sun sat in the second fall.", ""),
    ("April Jones met June Smith.", ""),
    ("He is 44 years old.", ""),
    ("See pages 1998 to 2004 people.", ""),
];

#[test]
fn texts_and_their_values() {
    for (text, expected) in CASES {
        assert_eq!(timexes(text, "2018-10-26"), *expected, "{text}");
    }
}

#[test]
fn without_a_reference_date_values_stay_open() {
    for (text, expected) in [
        ("He called on Friday.", "XXXX-WXX-5"),
        ("He called yesterday.", "XXXX-XX-XX"),
        ("He called last year.", "XXXX"),
        ("He called last month.", "XXXX-XX"),
        ("He called last weekend.", "XXXX-WXX-WE"),
        ("He called fifty years ago.", "PAST_REF"),
        ("He called on October 22.", "XXXX-10-22"),
        ("He called at 3 p.m. today.", "XXXX-XX-XXT15:00"),
    ] {
        let extraction = extract(text, "");
        assert_eq!(dates(&extraction).first().map(|date| date.timex.as_str()), Some(expected), "{text}");
        assert!(extraction.facts.iter().any(|fact| fact.flags.contains("no-reference-date")), "{text}");
        assert!(dates(&extraction).iter().all(|date| date.start_date.is_none()), "{text}");
    }
}

/// First and last day of an EDTF value of one part.
fn edtf_days(text: &str) -> Option<(String, String)> {
    let text = text.trim_end_matches('~');
    if let Some((from, to)) = text.split_once('/') {
        return Some((edtf_days(from)?.0, edtf_days(to)?.1));
    }
    if text.contains('T') {
        let instant: DateTime = text.trim_end_matches('Z').parse().ok()?;
        let short = instant.strftime("%Y-%m-%dT%H:%M").to_string();
        return Some((short.clone(), short));
    }
    if let Some(century) = text.strip_suffix("XX").filter(|it| it.len() == 2) {
        return Some((format!("{century}00-01-01"), format!("{century}99-12-31")));
    }
    if let Some(decade) = text.strip_suffix('X') {
        return Some((format!("{decade}0-01-01"), format!("{decade}9-12-31")));
    }
    let parts: Vec<i16> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let months = |year: i16, first: i16, count: i64| {
        let start = Day::new(year, first as i8, 1).ok()?;
        let end = start.checked_add(jiff::Span::new().months(count)).ok()?.yesterday().ok()?;
        Some((start.to_string(), end.to_string()))
    };
    match parts[..] {
        [year] => months(year, 1, 12),
        [year, month @ 1..=12] => months(year, month, 1),
        [year, season @ 21..=24] => months(year, (season - 20) * 3, 3),
        [year, quarter @ 33..=36] => months(year, (quarter - 33) * 3 + 1, 3),
        [year, half @ 40..=41] => months(year, (half - 40) * 6 + 1, 6),
        [year, month, day] => {
            let day = Day::new(year, month as i8, day as i8).ok()?.to_string();
            Some((day.clone(), day))
        }
        _ => None,
    }
}

#[test]
fn edtf_and_days_agree() {
    let mut compared = 0;
    let more = [
        "It began in early 2016.",
        "About June 2004 it ended.",
        "In the 1700s.",
        "In late May 2011.",
        "At 15:30 UTC on May 2, 2016.",
    ];
    for text in CASES.iter().map(|(text, _)| *text).chain(more) {
        for date in dates(&extract(text, "2018-10-26")) {
            let (Some(edtf), Some(start), Some(end)) = (&date.edtf, &date.start_date, &date.end_date) else { continue };
            assert_eq!(edtf_days(edtf), Some((start.clone(), end.clone())), "{text}: {edtf}");
            assert!(start <= end, "{text}: {start} {end}");
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn what_is_written_is_read_back() {
    for text in ["2018-10-26", "2018-10", "2018-10-26T15:30", "1999-12-31"] {
        assert_eq!(timexes(&format!("Value: {text}."), ""), text);
    }
    for (text, _) in CASES {
        for date in dates(&extract(text, "2018-10-26")) {
            // A day that was written must be read as the same day.
            if date.timex.len() == 10 && date.edtf.as_deref() == Some(&date.timex) {
                assert_eq!(timexes(&format!("Value: {}.", date.timex), ""), date.timex);
            }
        }
    }
}

const FILLER: &str = "The old harbour has been quiet for long and nobody there wants to talk about the leak.";

#[test]
fn the_text_gives_its_own_date() {
    for text in [
        format!("Harbour closed\n\nMay 3, 2019\n\n{FILLER} It was closed yesterday."),
        format!("Harbour closed\n\nPosted on May 3, 2019\n\n{FILLER} It was closed yesterday."),
        format!("HAMBURG, May 3, 2019 (Agency) – {FILLER} It was closed yesterday."),
    ] {
        let extraction = extract(&text, "");
        let published = extraction.published.as_ref().map(|it| (it.date.date().to_string(), it.from));
        assert_eq!(published, Some(("2019-05-03".to_owned(), "text")), "{text}");
        assert_eq!(dates(&extraction).last().map(|date| date.timex.as_str()), Some("2019-05-02"), "{text}");
    }
}

#[test]
fn each_post_of_a_page_has_its_own_date() {
    let text = format!("May 3, 2019\n\n{FILLER} It leaked yesterday.\n\nJune 9, 2019\n\n{FILLER} It leaked yesterday.");
    assert_eq!(timexes(&text, ""), "2019-05-03 2019-05-02 2019-06-09 2019-06-08");
}

#[test]
fn what_was_last_spoken_of_decides() {
    for (text, expected) in [
        ("They crossed in September 2018. On October 26 she was caught.", "2018-09 2018-10-26"),
        ("He fell on May 3, 2016. Two days later he rose.", "2016-05-03 2016-05-05"),
        ("He fell in May 2016. The following month he rose.", "2016-05 2016-06"),
        ("He fell in 2003. A year later he rose.", "2003 2004"),
    ] {
        assert_eq!(timexes(text, ""), expected, "{text}");
    }
}

#[test]
fn the_document_decides_the_order_of_day_and_month() {
    assert_eq!(timexes("Paid 26/03/2019. Due 03/04/2019.", ""), "2019-03-26 2019-04-03");
    assert_eq!(timexes("Paid 03/26/2019. Due 03/04/2019.", ""), "2019-03-26 2019-03-04");
    let open = extract("Due 03/04/2019.", "");
    assert!(open.facts.iter().any(|fact| fact.flags.contains("date-order")));
}
