//! What is marked in a text: a fact, or a number that is in none.

use std::path::Path;

use super::error::ReportError;
use crate::normalize::Kind;
use crate::table::Verdict;
use crate::table::read::Row;
use crate::table::schema::Table;

/// What a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sort {
    /// A row of a fact table.
    Fact(Kind),
    /// A row of unclaimed.csv.
    Unclaimed,
}

impl Sort {
    /// Its class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Sort::Fact(kind) => kind.name(),
            Sort::Unclaimed => "unclaimed",
        }
    }

    /// What a reader calls one.
    pub(super) fn name(self) -> &'static str {
        match self {
            Sort::Fact(Kind::Number) => "Number",
            Sort::Fact(Kind::Money) => "Money",
            Sort::Fact(Kind::Place) => "Place",
            Sort::Fact(Kind::Organization) => "Organization",
            Sort::Fact(Kind::Date) => "Date",
            Sort::Unclaimed => "In no fact",
        }
    }

    /// What a reader calls many.
    pub(super) fn names(self) -> &'static str {
        match self {
            Sort::Fact(Kind::Number) => "Numbers",
            Sort::Fact(Kind::Money) => "Money",
            Sort::Fact(Kind::Place) => "Places",
            Sort::Fact(Kind::Organization) => "Organizations",
            Sort::Fact(Kind::Date) => "Dates",
            Sort::Unclaimed => "Numbers in no fact",
        }
    }

    /// All, in the order of the tables.
    pub(super) fn all() -> impl Iterator<Item = Sort> {
        Kind::ALL.into_iter().map(Sort::Fact).chain([Sort::Unclaimed])
    }
}

/// A row of a fact table or of unclaimed.csv, as a page shows it.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub sort: Sort,
    /// Line of the first character, from 1.
    pub line: u32,
    /// Bytes in the document's decoded text, end exclusive.
    pub start: usize,
    pub end: usize,
    pub text: String,
    /// What it means, in one line; for a number in no fact, the reason.
    pub value: String,
    /// The columns that are not in `value`, with their cells; none is empty.
    pub more: Vec<(String, String)>,
    pub context: String,
    pub rule: String,
    pub confidence: String,
    pub flags: String,
    /// A reviewer's decision and note.
    pub review: String,
    pub note: String,
}

impl Mark {
    /// A row of a table. Errors name the table by `path`.
    pub(super) fn of(row: &Row<'_>, table: Table, path: &Path) -> Result<Self, ReportError> {
        let cell = |column: &str| row.cell(column).unwrap_or_default();
        let number = |column: &'static str| {
            let wrong = |_| ReportError::Number {
                path: path.to_owned(),
                line: row.line(),
                column,
                found: cell(column).to_owned(),
            };
            cell(column).parse::<u32>().map_err(wrong)
        };
        let own = |column: &str| cell(column).to_owned();
        let (sort, value, shown): (_, _, &[&str]) = match table {
            Table::Facts(kind) => {
                let (value, shown) = meaning(kind, &cell);
                (Sort::Fact(kind), value, shown)
            }
            Table::Documents | Table::Unclaimed => (Sort::Unclaimed, own("reason"), &[]),
        };
        let more = table.own_fields().iter().filter(|field| !shown.contains(&field.name));
        let more = more.map(|field| (field.name.replace('_', " "), own(field.name)));
        let (start, end) = (number("start")? as usize, number("end")? as usize);
        Ok(Self {
            sort,
            line: number("line")?,
            start,
            end: end.max(start),
            text: own("text"),
            value,
            more: more.filter(|(_, cell)| !cell.is_empty()).collect(),
            context: own("context"),
            rule: own("rule"),
            confidence: own("confidence"),
            flags: own("flags"),
            review: own("review").trim().to_owned(),
            note: own("note").trim().to_owned(),
        })
    }

    /// Whether a reviewer should look at it.
    pub(super) fn is_flagged(&self) -> bool {
        !self.flags.is_empty()
    }

    /// Whether a reviewer wrote something.
    pub(super) fn is_reviewed(&self) -> bool {
        !self.review.is_empty() || !self.note.is_empty()
    }

    /// The class of a reviewer's decision in the style sheet.
    pub(super) fn decision(&self) -> &'static str {
        let noted = if self.is_reviewed() { "noted" } else { "" };
        Verdict::written(&self.review).map_or(noted, Verdict::code)
    }
}

/// What a fact means in one line, and the columns that say so.
fn meaning<'a>(kind: Kind, cell: &impl Fn(&str) -> &'a str) -> (String, &'static [&'static str]) {
    match kind {
        Kind::Number => (
            joined(&[&amount("value", cell), cell("unit"), cell("counted")], " "),
            &["value", "low", "high", "unit", "counted"],
        ),
        Kind::Money => {
            let per = if cell("per").is_empty() { String::new() } else { format!("/ {}", cell("per")) };
            (
                joined(&[&amount("amount", cell), cell("currency"), &per], " "),
                &["amount", "low", "high", "currency", "per"],
            )
        }
        Kind::Place => {
            let admin1 = if cell("admin1") == cell("name") { "" } else { cell("admin1") };
            (joined(&[cell("name"), admin1, cell("country")], ", "), &["name", "admin1", "country"])
        }
        Kind::Organization => {
            let is_acronym = cell("acronym").is_empty() || cell("acronym") == cell("name");
            let acronym = if is_acronym { String::new() } else { format!("({})", cell("acronym")) };
            (joined(&[cell("name"), &acronym], " "), &["name", "acronym"])
        }
        Kind::Date => (cell("timex").to_owned(), &["timex"]),
    }
}

/// A value, or the bounds of a range; an open end is an inequality.
fn amount<'a>(exact: &str, cell: &impl Fn(&str) -> &'a str) -> String {
    match (cell(exact), cell("low"), cell("high")) {
        ("", "", "") => String::new(),
        ("", low, "") => format!("≥ {low}"),
        ("", "", high) => format!("≤ {high}"),
        ("", low, high) => format!("{low} – {high}"),
        (value, _, _) => value.to_owned(),
    }
}

/// The parts that are not empty.
fn joined(parts: &[&str], between: &str) -> String {
    let parts: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_is_one_line() {
        let means = |kind, cells: &[(&str, &str)]| {
            let cell =
                |column: &str| cells.iter().find(|(name, _)| *name == column).map_or("", |(_, cell)| cell).to_owned();
            let cells: Vec<_> = [
                "value", "amount", "low", "high", "unit", "counted", "currency", "per", "name", "admin1", "country",
                "acronym", "timex",
            ]
            .into_iter()
            .map(|column| (column, cell(column)))
            .collect();
            let cell =
                |column: &str| cells.iter().find(|(name, _)| *name == column).map_or("", |(_, cell)| cell.as_str());
            meaning(kind, &cell).0
        };
        for (kind, cells, line) in [
            (Kind::Number, &[("value", "5"), ("unit", "km")][..], "5 km"),
            (Kind::Number, &[("low", "3"), ("high", "5"), ("counted", "men")], "3 – 5 men"),
            (Kind::Number, &[("low", "3")], "≥ 3"),
            (Kind::Money, &[("high", "5"), ("currency", "CNY"), ("per", "month")], "≤ 5 CNY / month"),
            (Kind::Place, &[("name", "Urumqi"), ("country", "CN")], "Urumqi, CN"),
            (Kind::Organization, &[("name", "United Nations"), ("acronym", "UN")], "United Nations (UN)"),
            (Kind::Organization, &[("name", "UN"), ("acronym", "UN")], "UN"),
            (Kind::Date, &[("timex", "2018-10")], "2018-10"),
        ] {
            assert_eq!(means(kind, cells), line);
        }
    }
}
