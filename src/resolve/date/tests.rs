//! Input and value on one line; what is written agrees with itself; where the reference date comes from.

use std::sync::OnceLock;

use jiff::civil::{Date as Day, DateTime};

use crate::document::{Document, parse_published};
use crate::extractor::{Extractor, Options};
use crate::normalize::date::DateOrder;
use crate::normalize::{Date, Text, Value};
use crate::resolve::Extraction;
use crate::rules::{RuleFiles, Ruleset};

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| Extractor::new(Ruleset::shipped().unwrap(), Options::default()).unwrap())
}

pub(super) fn extract(text: &str, published: &str) -> Extraction {
    let mut document = Document::read(text.as_bytes().to_vec(), "test.txt", extractor().document_rules()).unwrap();
    document.metadata.published = parse_published(published, "metadata");
    extractor().extract(&document)
}

pub(super) fn dates(extraction: &Extraction) -> Vec<&Date> {
    let facts = extraction.facts.iter();
    facts
        .filter_map(|fact| match &fact.value {
            Value::Date(date) => Some(date),
            _ => None,
        })
        .collect()
}

pub(super) fn timexes(text: &str, published: &str) -> String {
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
    ("He fell ill on Tuesday, May 3, 2016. The following Friday he died.", "2016-05-03 2016-05-06"),
    ("He fell ill on Tuesday, May 3, 2016. The preceding Friday he was well.", "2016-05-03 2016-04-29"),
    ("The vote was postponed until Monday.", "2018-10-29"),
    ("The vote was taken on Monday.", "2018-10-22"),
    ("The vote is on Monday.", "2018-10-29"),
    ("The boats may sail on Thursday.", "2018-11-01"),
    ("He said the mill would shut by March.", "2019-03"),
    ("He said the mill had shut in March.", "2018-03"),
    ("He invited the towns to a ceremony on Nov. 12 to mark it.", "2018-11-12"),
    ("He opened the mill on Nov. 12 to mark it.", "2017-11-12"),
    ("They agreed on a Nov. 12 deadline.", "2018-11-12"),
    ("They agreed on Nov. 12 boats.", "2017-11-12"),
    ("A fire on Monday, the ministry said.", "2018-10-22"),
    ("He said the mill would reopen on Monday.", "2018-10-29"),
    ("He said they would find out who made Monday's fire.", "2018-10-22"),
    ("Sales fell in the third quarter of 2018 from a year earlier.", "2018-Q3 2017-Q3"),
    ("Ten years later the mill was shut.", "FUTURE_REF"),
    ("Three months from now the mill will shut.", "2019-01-26"),
    ("He called yesterday morning.", "2018-10-25TMO"),
    ("He called two days ago.", "2018-10-24"),
    ("He called three months ago.", "2018-07"),
    ("He called a decade ago.", "2008"),
    ("Sales fell last quarter.", "2018-Q3"),
    ("Sales fell in the first half of 2018.", "2018-H1"),
    ("It froze last winter.", "2017-WI"),
    ("It rained last weekend.", "2018-W42-WE"),
    ("He was born in 1953.", "1953"),
    ("He left in November.", "2017-11"),
    ("The hall will be shut from October 1 to November 7.", "2018-10-01/2018-11-07"),
    ("The week of October 7 was calm.", "2018-W41"),
    ("Easter week was calm.", "2018-W13"),
    ("Nobody will come this May Day.", "2019-05-01"),
    ("Nobody came this May Day.", "2018-05-01"),
    ("Dinner with Ann over the weekend?", "2018-W43-WE"),
    ("He came on the second Sunday after Easter.", "2018-04-15"),
    ("He will come Monday two weeks from now.", "2018-11-05"),
    ("The 1960s were calm.", "196X"),
    ("He lived from 1911 to 1985.", "1911/1985"),
    ("They rested for an hour and a half.", "PT1H30M"),
    ("They rested for two and a half years.", "P2.5Y"),
    ("They rested for five to six weeks.", "P5W/P6W"),
    ("They rested for several months.", "PXM"),
    ("They train every Tuesday.", "XXXX-WXX-2"),
    ("They train every other week.", "P2W"),
    ("The bell rings at half past ten.", "T10:30"),
    ("The bell rang at half past ten.", "2018-10-26T10:30"),
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
///
/// An open end is empty; of several readings the first that is given stands.
fn edtf_days(text: &str) -> Option<(String, String)> {
    if let Some(start) = text.strip_suffix("/..") {
        return Some((edtf_days(start)?.0, String::new()));
    }
    if let Some(end) = text.strip_prefix("../") {
        return Some((String::new(), edtf_days(end)?.1));
    }
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
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let mut parts: Vec<i16> = digits.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts[0] *= sign;
    let months = |year: i16, first: i16, count: i64| {
        let start = Day::new(year, first as i8, 1).ok()?;
        let end = start.checked_add(jiff::Span::new().months(count)).ok()?.yesterday().ok()?;
        Some((super::write::iso(start).into(), super::write::iso(end).into()))
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
        "It has stood since 2006.",
        "It stood until May 2011.",
        "It was gone before 2014, and built again after June 3, 2015.",
        "It closed between mid-April and early June 2017.",
        "It was founded in 200 BC.",
        "Ramadan 2016 was hot.",
    ];
    for text in CASES.iter().map(|(text, _)| *text).chain(more) {
        for date in dates(&extract(text, "2018-10-26")) {
            let Some(edtf) = date.edtf.as_deref().filter(|edtf| !edtf.contains("XXXX")) else { continue };
            let cell = |cell: &Option<Text>| cell.as_deref().unwrap_or_default().to_owned();
            let (start, end) = (cell(&date.start_date), cell(&date.end_date));
            assert_eq!(edtf_days(edtf), Some((start.clone(), end.clone())), "{text}: {edtf}");
            assert!(start <= end || end.is_empty(), "{text}: {start} {end}");
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

/// A text, and per date its value, EDTF and flags.
const FLAGGED: &[(&str, &str, &str, &str)] = &[
    ("It was signed on Monday, June 13, 2017.", "2017-06-13", "2017-06-13", "weekday-mismatch"),
    ("It was signed on Tuesday, June 13, 2017.", "2017-06-13", "2017-06-13", ""),
    ("It was signed on February 30, 2017.", "2017-02-30", "", "no-such-day"),
    ("It was signed on 31 June.", "XXXX-06-31", "", "no-such-day"),
    ("It was signed on 2/29/2019.", "2019-02-29", "", "no-such-day"),
    ("Due 03/04/2019.", "2019-03-04", "[2019-03-04,2019-04-03]", "date-order"),
    ("Due 04/04/2019.", "2019-04-04", "2019-04-04", ""),
    ("Due 13/04/2019.", "2019-04-13", "2019-04-13", ""),
];

#[test]
fn what_a_reviewer_should_know() {
    for (text, timex, edtf, flags) in FLAGGED {
        let extraction = extract(text, "2018-10-26");
        let found: Vec<&Date> = dates(&extraction);
        assert_eq!(found.iter().map(|date| date.timex.as_str()).collect::<Vec<_>>(), [*timex], "{text}");
        assert_eq!(found[0].edtf.as_deref().unwrap_or_default(), *edtf, "{text}");
        let own: Vec<&str> = extraction.facts.iter().flat_map(|fact| fact.flags.iter()).collect();
        assert_eq!(own.join(" "), *flags, "{text}");
    }
}

#[test]
fn a_year_that_the_text_lends_is_flagged() {
    let extraction = extract("They crossed in September 2014. On October 26 she was caught.", "");
    let flags: Vec<bool> = extraction.facts.iter().map(|fact| fact.flags.contains("year-from-text")).collect();
    assert_eq!(flags, [false, true]);
}

#[test]
fn the_user_or_the_country_decides_the_order_of_day_and_month() {
    let options = |date_order| Options { date_order, ..Options::default() };
    let text = "Due 03/04/2019.";
    for (order, expected) in [(DateOrder::DayFirst, "2019-04-03"), (DateOrder::MonthFirst, "2019-03-04")] {
        let extractor = Extractor::new(Ruleset::shipped().unwrap(), options(Some(order))).unwrap();
        let document = Document::read(text.as_bytes().to_vec(), "test.txt", extractor.document_rules()).unwrap();
        let extraction = extractor.extract(&document);
        assert_eq!(dates(&extraction)[0].timex, expected);
        assert!(extraction.facts.iter().all(|fact| fact.flags.is_empty()), "{order:?}");
    }
    let extraction = extract("Offices in Leeds, Glasgow and Cardiff. Due 03/04/2019.", "");
    assert_eq!(dates(&extraction)[0].timex, "2019-04-03");
    assert!(extraction.facts.iter().any(|fact| fact.flags.contains("order-from-country")));
}

/// French in a folder of its own: dictionaries with the classes of the English ones, and rules for its word order.
const FRENCH: [(&str, &str); 4] = [
    (
        "date/fr/french.toml",
        r#"
doc = "French dates."
[[dictionary]]
file  = "date/fr/months.csv"
class = "month"
terms = ["name"]
key   = ["number"]
[[dictionary]]
file         = "date/fr/relative.csv"
class-column = "class"
terms        = ["term"]
key          = ["term"]
[[dictionary]]
file         = "date/fr/units.csv"
class-column = "class"
terms        = ["term"]
key          = ["term"]
[[rule]]
id      = "date.fr.period"
kind    = "date"
make    = "point"
pattern = '<time-unit> <date-deictic>'
[[rule.example]]
text    = "La semaine dernière il pleuvait."
fact    = "semaine dernière"
reference = "2018-10-26"
expect  = { timex = "2018-W42" }
"#,
    ),
    ("date/fr/months.csv", "number,name\n7,juillet\n8,août\n"),
    ("date/fr/relative.csv", "term,class,value,anchor\nhier,date-day,-1,document\ndernière,date-deictic,-1,document\n"),
    ("date/fr/units.csv", "term,unit,factor,class\nsemaine,week,1,time-unit\n"),
];

#[test]
fn a_second_language_is_a_folder() {
    let ruleset = Ruleset::load(vec![RuleFiles::shipped(), RuleFiles::from_texts(FRENCH)]).unwrap();
    let extractor = Extractor::new(ruleset, Options::default()).unwrap();
    let text = "Elle est partie le 14 juillet 1998. Hier il pleuvait, la semaine dernière aussi.";
    let mut document = Document::read(text.as_bytes().to_vec(), "test.txt", extractor.document_rules()).unwrap();
    document.metadata.published = parse_published("2018-10-26", "metadata");
    let found: Vec<Text> = dates(&extractor.extract(&document)).iter().map(|date| date.timex.clone()).collect();
    assert_eq!(found, ["1998-07-14", "2018-10-25", "2018-W42"]);
}

#[test]
fn words_that_only_look_like_dates() {
    for text in [
        "You may march in the second row.",
        "The sun sat low.",
        "Prices fall and spring back.",
        "May Wilson and April Rossi met on the March on Washington.",
        "They ran 10 students through it, 24/7.",
        "It ran on Windows 98.",
        "See pp. 1998-2004.",
        "They won 3-2 and lost 4-1.",
        "He is 44 years old, she is 9.",
    ] {
        assert_eq!(timexes(text, "2018-10-26"), "", "{text}");
    }
}

const FILLER: &str = "The old harbour has been quiet for long and nobody there wants to talk about the leak.";

#[test]
fn the_text_gives_its_own_date() {
    for text in [
        format!("Harbour closed\n\nMay 3, 2019\n\n{FILLER} It was closed yesterday."),
        format!("Harbour closed\n\nPosted on May 3, 2019\n\n{FILLER} It was closed yesterday."),
        format!("HAMBURG, May 3, 2019 (Agency) – {FILLER} It was closed yesterday."),
        format!("Minutes of the harbour board\n\nHamburg, May 3, 2019, 10 a.m.\n\n{FILLER} It was closed yesterday."),
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
fn each_entry_of_a_diary_has_its_own_date() {
    let text = format!("Mon. 4 May 1987. {FILLER} It leaked yesterday.\n\nWed. 6 May. {FILLER} It leaked yesterday.");
    assert_eq!(timexes(&text, ""), "1987-05-04 1987-05-03 1987-05-06 1987-05-05");
}

#[test]
fn a_heading_that_tells_of_the_past_is_no_date_of_the_text() {
    let text = format!("The mill, founded on May 3, 1911\n\n{FILLER} It leaked yesterday.");
    assert_eq!(timexes(&text, ""), "1911-05-03 XXXX-XX-XX");
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
