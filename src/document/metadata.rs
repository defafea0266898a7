//! What a document says about itself: title, publication date, address.
//!
//! Which names pages use for these is data, in `rules/document/metadata.toml`; the order of names there is the order of
//! trust. A date in the running text ("Posted on May 3") is no metadata: reading dates is the work of later rooms.

use std::collections::VecDeque;

use jiff::civil::{Date, DateTime, Time};
use serde::Deserialize;

use super::rules_error::RulesError;
use super::{Metadata, Published};
use crate::text::spaced;

/// Names under which documents give their title, date and address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MetadataNames {
    /// `name`, `property`, `itemprop` or `http-equiv` of HTML's `<meta>`.
    html_meta: FieldNames,
    /// Keys of JSON-LD objects.
    json_ld: FieldNames,
    /// Keys of Markdown's front matter.
    front_matter: FieldNames,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FieldNames {
    title: Vec<String>,
    published: Vec<String>,
    url: Vec<String>,
    place: Vec<String>,
}

impl MetadataNames {
    /// Reads `metadata.toml`.
    pub fn parse(file_name: &str, toml_text: &str) -> Result<Self, RulesError> {
        toml::from_str(toml_text).map_err(|error| RulesError::from_toml(file_name, toml_text, &error))
    }
}

/// Where a piece of metadata was found; of several, the first in this order counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    FrontMatter,
    /// `<title>`, `<link>`.
    HtmlElement,
    HtmlMeta,
    JsonLd,
    /// `<time pubdate>` before one in an article.
    HtmlTime,
    ArticleTime,
}

impl Origin {
    fn code(self) -> &'static str {
        match self {
            Self::FrontMatter => "front-matter",
            Self::HtmlElement => "html",
            Self::HtmlMeta => "html-meta",
            Self::JsonLd => "json-ld",
            Self::HtmlTime | Self::ArticleTime => "html-time",
        }
    }
}

/// The most trusted value seen so far.
#[derive(Debug)]
struct Best<T>(Option<((Origin, usize), T)>);

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Best<T> {
    /// Keeps a value if it is more trusted than what is known; of equals, the first stays.
    fn offer(&mut self, origin: Origin, rank: usize, value: impl FnOnce() -> Option<T>) {
        if self.0.as_ref().is_none_or(|(known, _)| (origin, rank) < *known)
            && let Some(value) = value()
        {
            self.0 = Some(((origin, rank), value));
        }
    }
}

/// What markup said about the document.
#[derive(Debug, Default)]
pub(super) struct Hints {
    title: Best<String>,
    published: Best<(DateTime, bool)>,
    url: Best<String>,
    place: Best<String>,
}

impl Hints {
    /// A `<meta>` element.
    pub fn meta<'a>(&mut self, names: &MetadataNames, attribute: impl Fn(&str) -> Option<&'a str>) {
        let Some(content) = attribute("content") else { return };
        for key in ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(attribute) {
            self.field(Origin::HtmlMeta, &names.html_meta, key, content);
        }
    }

    /// A `<link>` element.
    pub fn link<'a>(&mut self, attribute: impl Fn(&str) -> Option<&'a str>) {
        if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
            && let Some(address) = attribute("href")
        {
            self.url.offer(Origin::HtmlElement, 0, || tidy(address));
        }
    }

    /// A `<time>` element.
    pub fn time<'a>(&mut self, attribute: impl Fn(&str) -> Option<&'a str>, in_article: bool) {
        let marked = attribute("pubdate").is_some() || attribute("itemprop") == Some("datePublished");
        if (marked || in_article)
            && let Some(value) = attribute("datetime")
        {
            let origin = if marked { Origin::HtmlTime } else { Origin::ArticleTime };
            self.published.offer(origin, 0, || date_time(value));
        }
    }

    /// The text of `<title>`.
    pub fn html_title(&mut self, text: &str) {
        self.title.offer(Origin::HtmlElement, 0, || tidy(text));
    }

    /// The text of a JSON-LD script. The object nearest to the top counts: pages list related ones further down.
    pub fn linked_data(&mut self, names: &MetadataNames, text: &str) {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(text.trim()) else { return };
        let mut queue = VecDeque::from([&value]);
        while let Some(value) = queue.pop_front() {
            match value {
                serde_json::Value::Array(values) => queue.extend(values),
                serde_json::Value::Object(object) => {
                    for (key, value) in object {
                        match value.as_str() {
                            Some(text) => self.field(Origin::JsonLd, &names.json_ld, key, text),
                            None => queue.push_back(value),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Front matter between `---` or `+++`: its top-level `key: value` or `key = "value"` lines.
    pub fn front_matter(&mut self, names: &MetadataNames, text: &str) {
        for line in text.lines().filter(|line| !line.starts_with([' ', '\t', '#', '-'])) {
            if let Some((key, value)) = line.split_once([':', '=']) {
                let value = value.trim().trim_matches(['"', '\'']);
                self.field(Origin::FrontMatter, &names.front_matter, key.trim().trim_matches('"'), value);
            }
        }
    }

    fn field(&mut self, origin: Origin, names: &FieldNames, key: &str, value: &str) {
        let rank = |names: &[String]| names.iter().position(|name| name.eq_ignore_ascii_case(key));
        if let Some(rank) = rank(&names.title) {
            self.title.offer(origin, rank, || tidy(value));
        }
        if let Some(rank) = rank(&names.published) {
            self.published.offer(origin, rank, || date_time(value));
        }
        if let Some(rank) = rank(&names.url) {
            self.url.offer(origin, rank, || tidy(value));
        }
        if let Some(rank) = rank(&names.place) {
            self.place.offer(origin, rank, || tidy(value));
        }
    }

    /// The document's metadata. `heading` is its first heading.
    pub fn finish(self, key: &str, heading: Option<&str>) -> Metadata {
        let published =
            self.published.0.map(|((origin, _), (date, has_time))| Published { date, has_time, from: origin.code() });
        let url = self.url.0.map(|(_, url)| url);
        let from_key = || {
            // The address is the publisher's own, the name of a file may be that of whoever kept it.
            let date = url.as_deref().and_then(date_in_key).or_else(|| date_in_key(key))?;
            Some(Published { date: date.to_datetime(Time::midnight()), has_time: false, from: "url-or-name" })
        };
        Metadata {
            title: self.title.0.map(|(_, title)| title).or_else(|| heading.and_then(tidy)),
            published: published.or_else(from_key),
            url,
            place: self.place.0.map(|(_, place)| place),
        }
    }
}

/// A value on one line, without white space around it; nothing if nothing is left.
fn tidy(text: &str) -> Option<String> {
    let text = spaced(text);
    (!text.is_empty()).then(|| text.into_string())
}

/// Reads a date, maybe with a time, as machines write them: ISO 8601 with its common variations, RFC 2822. An offset
/// is left out: the day that the publisher wrote is the day that "yesterday" in the text is counted from.
fn date_time(text: &str) -> Option<(DateTime, bool)> {
    let text = text.trim();
    if let Some((date, rest)) = iso_date(text) {
        let rest = rest.trim_start_matches(['T', 't', ' ']);
        return Some(match iso_time(rest) {
            Some(time) => (date.to_datetime(time), true),
            None => (date.to_datetime(Time::midnight()), false),
        });
    }
    let zoned = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok()?;
    Some((zoned.datetime(), true))
}

/// `2018-10-26`, `2018/10/26`, `2018.10.26` or `20181026` at the start of a text, and what follows it.
fn iso_date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text, 4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '_'));
    let after = |rest: &'_ str| match separator {
        Some(separator) => rest.strip_prefix(separator).map(str::len),
        None => Some(rest.len()),
    };
    let rest = &rest[rest.len() - after(rest)?..];
    let (month, rest) = number(rest, 2).or_else(|| separator.and_then(|_| number(rest, 1)))?;
    let rest = &rest[rest.len() - after(rest)?..];
    let (day, rest) = number(rest, 2).or_else(|| separator.and_then(|_| number(rest, 1)))?;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1000..=9999).contains(&year).then_some((date, rest))
}

/// `09:30`, `09:30:00` or `09:30:00.123` at the start of a text.
fn iso_time(text: &str) -> Option<Time> {
    let (hour, rest) = number(text, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':').unwrap_or(rest), 2)?;
    let second = rest.strip_prefix(':').and_then(|rest| number(rest, 2)).map_or(0, |(second, _)| second);
    let part = |number: i16| i8::try_from(number).ok();
    Time::new(part(hour)?, part(minute)?, part(second)?.min(59), 0).ok()
}

/// Exactly so many digits at the start of a text.
fn number(text: &str, digits: usize) -> Option<(i16, &str)> {
    let (number, rest) = text.split_at_checked(digits)?;
    let all_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then_some(())?;
    Some((number.parse().ok()?, rest))
}

/// The date in an address or a file's name: `/2018/10/26/`, `2018-10-26-slug`, `20181026_report.txt`.
fn date_in_key(key: &str) -> Option<Date> {
    let starts = key.char_indices().filter(|&(at, c)| {
        c.is_ascii_digit() && !key[..at].ends_with(|before: char| before.is_alphanumeric() || before == '.')
    });
    starts.filter_map(|(at, _)| iso_date(&key[at..])).find_map(|(date, rest)| {
        let bounded = !rest.starts_with(char::is_alphanumeric);
        // A number of eight digits or a version may look like a date; publications of these years do not.
        (bounded && (1900..2100).contains(&date.year())).then_some(date)
    })
}

/// A publication date that the user gives, in any of the forms that documents use.
pub fn parse_published(text: &str, from: &'static str) -> Option<Published> {
    date_time(text).map(|(date, has_time)| Published { date, has_time, from })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn dates_of_machines() {
        let cases = [
            ("2018-10-26", "2018-10-26T00:00:00 false"),
            ("2018-10-26T09:30:15+09:00", "2018-10-26T09:30:15 true"),
            ("2018-10-26 09:30:00 +0900", "2018-10-26T09:30:00 true"),
            (" 2018-10-26T09:30Z ", "2018-10-26T09:30:00 true"),
            ("2018/10/26", "2018-10-26T00:00:00 false"),
            ("20181026", "2018-10-26T00:00:00 false"),
            ("20181026T0930", "2018-10-26T09:30:00 true"),
            ("Fri, 26 Oct 2018 09:30:00 +0900", "2018-10-26T09:30:00 true"),
            ("Fri, 26 Oct 2018 09:30:00 GMT", "2018-10-26T09:30:00 true"),
            ("2018-13-26", "none"),
            ("26.10.2018", "none"),
            ("yesterday", "none"),
            ("", "none"),
        ];
        for (text, expected) in cases {
            let found = date_time(text).map_or("none".to_owned(), |(date, has_time)| format!("{date} {has_time}"));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn dates_in_keys() {
        let cases = [
            ("news/2018/10/26/ferry.html", Some("2018-10-26")),
            ("2018-10-26-ferry.md", Some("2018-10-26")),
            ("notes/ferry_2018-10-26.txt", Some("2018-10-26")),
            ("20181026_ferry.txt", Some("2018-10-26")),
            ("https://example.org/2018/1/6/x", Some("2018-01-06")),
            ("ferry-12018-10-26.txt", None),
            ("000_db83ea2baecb76ce.txt", None),
            ("99181026.txt", None),
            ("2018/10/ferry.html", None),
            ("v1.2018.10.26.txt", None),
        ];
        for (key, expected) in cases {
            assert_eq!(date_in_key(key).map(|date| date.to_string()).as_deref(), expected, "{key}");
        }
    }

    fn duplicates(names: &FieldNames) -> Vec<&str> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let all = || names.title.iter().chain(&names.published).chain(&names.url).chain(&names.place);
        for name in all() {
            *seen.entry(name.to_lowercase()).or_default() += 1;
        }
        all().filter(|name| seen[&name.to_lowercase()] > 1).map(String::as_str).collect()
    }

    #[test]
    fn names_are_unique() {
        let names = MetadataNames::parse("metadata.toml", include_str!("../../rules/document/metadata.toml"))
            .expect("the project's own rules");
        for names in [&names.html_meta, &names.json_ld, &names.front_matter] {
            assert_eq!(duplicates(names), Vec::<&str>::new());
        }
    }
}
