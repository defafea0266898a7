//! The index: what there is, where to look first, and every document.

use askama::Template;

use super::address::page_path;
use super::counts::{SORTS, Totals, columns, place};
use super::error::ReportError;
use super::mark::Sort;
use super::page::Page;
use super::tables::DocumentRow;
use super::visible::filters;
use crate::decimal::grouped;

/// Up to so many documents are all on the first page.
const ALL_SHOWN: usize = 1_000;
/// Of more, the first page has so many with most of each column.
const OF_EACH: usize = 50;
/// Documents of a page of the list of all.
const LISTED: usize = 1_000;
/// Bars of a chart.
const BARS: usize = 12;
/// Documents that could not be read, on the first page.
const FAILURES: usize = 50;
/// Length of the longest bar.
const FULL: u64 = 1_000;

/// A row of a chart.
struct Bar<'a> {
    name: &'a str,
    class: &'static str,
    count: String,
    /// Of these, with a flag.
    flagged: Option<String>,
    /// Lengths in thousandths of the longest bar.
    width: u64,
    flagged_width: u64,
}

/// A document in a list.
struct Line<'a> {
    path: String,
    row: &'a DocumentRow,
    /// As [`columns`], as a person reads them.
    counts: Vec<String>,
}

struct ListLink<'a> {
    file: String,
    first: &'a str,
    last: &'a str,
    is_shown: bool,
}

#[derive(Template)]
#[template(path = "index.html")]
struct IndexTemplate<'a> {
    root: &'static str,
    version: &'static str,
    documents: String,
    bytes: String,
    facts: String,
    flagged: String,
    reviewed: Option<String>,
    unclaimed: String,
    failed: String,
    failures: Vec<&'a DocumentRow>,
    tables: Vec<Bar<'a>>,
    flags: Vec<Bar<'a>>,
    reasons: Vec<Bar<'a>>,
    rules: Vec<Bar<'a>>,
    heads: Vec<&'static str>,
    lines: Vec<Line<'a>>,
    is_all: bool,
    lists: Vec<ListLink<'a>>,
}

#[derive(Template)]
#[template(path = "list.html")]
struct ListTemplate<'a> {
    root: &'static str,
    version: &'static str,
    number: usize,
    heads: Vec<&'static str>,
    lines: Vec<Line<'a>>,
    lists: Vec<ListLink<'a>>,
}

/// The index, and the list of all documents where they are too many for it.
pub(super) fn pages<'a>(documents: &'a [DocumentRow], totals: &'a Totals) -> Result<Vec<Page>, ReportError> {
    let is_all = documents.len() <= ALL_SHOWN;
    let chunks: Vec<_> = if is_all { Vec::new() } else { documents.chunks(LISTED).collect() };
    let lists = |folder: &str, shown: Option<usize>| -> Vec<ListLink<'a>> {
        let link = |(index, chunk): (usize, &&'a [DocumentRow])| {
            let key = |row: Option<&'a DocumentRow>| row.map_or("", |row| row.key.as_str());
            let file = format!("{folder}{}", list_name(index));
            ListLink { file, first: key(chunk.first()), last: key(chunk.last()), is_shown: shown == Some(index) }
        };
        chunks.iter().enumerate().map(link).collect()
    };
    let heads = heads();
    let all = &totals.all;
    let failed = || documents.iter().filter(|row| row.status == "failed");
    let index = IndexTemplate {
        root: "",
        version: env!("CARGO_PKG_VERSION"),
        documents: grouped(documents.len() as u64),
        bytes: size(documents.iter().map(|row| row.bytes).sum()),
        facts: grouped(all.facts()),
        flagged: grouped(all.all_flagged()),
        reviewed: Some(all.all_reviewed()).filter(|count| *count > 0).map(grouped),
        unclaimed: grouped(all.unclaimed()),
        failed: grouped(failed().count() as u64),
        failures: failed().take(FAILURES).collect(),
        tables: tables(totals),
        flags: bars(&totals.flags(BARS), "flag"),
        reasons: bars(&totals.reasons(BARS), "unclaimed"),
        rules: bars(&totals.rules(BARS), "rule"),
        heads: heads.clone(),
        lines: totals.leading(ALL_SHOWN, OF_EACH).into_iter().map(|at| line("", documents, totals, at)).collect(),
        is_all,
        lists: lists("documents/", None),
    };
    let mut pages = vec![Page { path: "index.html".to_owned(), markup: index.render()? }];
    for (number, chunk) in chunks.iter().enumerate() {
        let from = number * LISTED;
        let list = ListTemplate {
            root: "../",
            version: env!("CARGO_PKG_VERSION"),
            number: number + 1,
            heads: heads.clone(),
            lines: (from..from + chunk.len()).map(|at| line("../", documents, totals, at)).collect(),
            lists: lists("", Some(number)),
        };
        pages.push(Page { path: format!("documents/{}", list_name(number)), markup: list.render()? });
    }
    Ok(pages)
}

fn list_name(index: usize) -> String {
    format!("list-{}.html", index + 1)
}

/// The heads of [`columns`].
fn heads() -> Vec<&'static str> {
    let kinds = Sort::all().take(SORTS - 1).map(Sort::names);
    kinds.chain(["Flagged", "In no fact"]).collect()
}

fn line<'a>(root: &str, documents: &'a [DocumentRow], totals: &Totals, at: usize) -> Line<'a> {
    let row = &documents[at];
    let counts = columns(&totals.documents[at]).map(grouped).into();
    Line { path: format!("{root}{}", page_path(&row.key)), row, counts }
}

fn tables(totals: &Totals) -> Vec<Bar<'static>> {
    let most = totals.all.marks.iter().max().copied().unwrap_or_default();
    let bar = |sort: Sort| {
        let (count, flagged) = (totals.all.marks[place(sort)], totals.all.flagged[place(sort)]);
        let width = share(count, most);
        Bar {
            name: sort.names(),
            class: sort.class(),
            count: grouped(count),
            flagged: (sort != Sort::Unclaimed).then(|| grouped(flagged)),
            width,
            flagged_width: share(flagged, most),
        }
    };
    Sort::all().map(bar).collect()
}

fn bars<'a>(counts: &[(&'a str, u64)], class: &'static str) -> Vec<Bar<'a>> {
    let most = counts.first().map_or(0, |(_, count)| *count);
    let bar = |&(name, count): &(&'a str, u64)| {
        let width = share(count, most);
        Bar { name, class, count: grouped(count), flagged: None, width, flagged_width: 0 }
    };
    counts.iter().map(bar).collect()
}

/// Thousandths of the largest; what is there is at least to be seen.
fn share(count: u64, most: u64) -> u64 {
    if count == 0 { 0 } else { (count * FULL / most.max(1)).max(4) }
}

/// A number of bytes with three digits.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["bytes", "kB", "MB", "GB"];
    let mut size = bytes as f64;
    let mut unit = 0;
    while size >= 1000.0 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    let digits = if unit == 0 || size >= 100.0 { 0 } else { 1 };
    format!("{size:.digits$} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (bytes, text) in
            [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 kB"), (123_456_789, "123 MB"), (7_200_000_000, "7.2 GB")]
        {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn the_smallest_bar_can_be_seen() {
        assert_eq!((share(0, 9), share(1, 1_000_000), share(9, 9)), (0, 4, FULL));
    }
}
