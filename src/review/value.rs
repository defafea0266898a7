//! What a reviewer typed, as the cell of a column: checked by the column's type and constraints, and in the tables' own
//! form whatever the spreadsheet made of it.

use regex::Regex;
use rustc_hash::FxHashMap;

use super::codes::Codes;
use super::spreadsheet::{DecimalMark, Figure, Habits, Reading, iso, moments, readings, shortened};
use crate::rules::suggestion;
use crate::table::schema::{CellType, Constraint, Field, Table};
use crate::table::unguard;
use crate::text::spaced;

/// What is known of the file that cells come from.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Dialect {
    /// How it writes numbers and dates.
    pub(crate) habits: Habits,
    /// Whether its separator is the one of countries that write `1,5`.
    pub(crate) has_semicolons: bool,
}

impl Dialect {
    /// The sign before decimals; none where nothing tells.
    pub(crate) fn mark(&self) -> Option<DecimalMark> {
        self.habits.mark().or((!self.has_semicolons).then_some(DecimalMark::Point))
    }
}

/// Pairs of columns of which the first is not above the second.
const ORDERED: [(&str, &str); 4] =
    [("low", "high"), ("si_low", "si_high"), ("converted_low", "converted_high"), ("start_date", "end_date")];

/// Checks cells. Keeps the patterns of columns once they are compiled.
#[derive(Debug)]
pub(crate) struct Checker<'c> {
    patterns: FxHashMap<&'static str, Option<Regex>>,
    codes: &'c Codes,
}

impl<'c> Checker<'c> {
    pub(crate) fn new(codes: &'c Codes) -> Self {
        Self { patterns: FxHashMap::default(), codes }
    }

    /// The cell to be written for one that a reviewer typed; or what was expected and found.
    pub(crate) fn canonical(&mut self, field: &Field, typed: &str, dialect: &Dialect) -> Result<String, String> {
        let typed = unguard(typed.trim()).trim();
        let is_required = field.constraints.iter().any(|constraint| matches!(constraint, Constraint::Required));
        if typed.is_empty() {
            return if is_required {
                Err(format!("expected {}, found nothing", wanted(field)))
            } else {
                Ok(String::new())
            };
        }
        let cell = match field.cell_type {
            CellType::Number | CellType::Integer => number(field, typed, dialect)?,
            CellType::Ratio => ratio(field, typed, dialect)?,
            CellType::Date => day(field, typed, dialect)?,
            CellType::Text if takes_days(field) => day(field, typed, dialect)?,
            CellType::Text => spaced(typed).into_string(),
        };
        self.codes.known(field.name, self.meet(field, cell)?)
    }

    /// The cell, if it meets the constraints of its column.
    fn meet(&mut self, field: &Field, cell: String) -> Result<String, String> {
        for constraint in field.constraints {
            match constraint {
                Constraint::Required => {}
                Constraint::Minimum(least) => {
                    let is_met = Figure::plain(&cell).is_some_and(|number| number.to_f64() >= *least as f64);
                    expect(is_met, || format!("expected {least} or more, found `{}`", shortened(&cell)))?;
                }
                Constraint::Maximum(most) => {
                    let is_met = Figure::plain(&cell).is_some_and(|number| number.to_f64() <= *most as f64);
                    expect(is_met, || format!("expected {most} or less, found `{}`", shortened(&cell)))?;
                }
                Constraint::Pattern(pattern) if self.matches(pattern, &cell) => {}
                // A code in small letters is still that code.
                Constraint::Pattern(pattern) if self.matches(pattern, &cell.to_uppercase()) => {
                    return self.meet(field, cell.to_uppercase());
                }
                Constraint::Pattern(_) => {
                    return Err(format!("expected {}, found `{}`", wanted(field), shortened(&cell)));
                }
                Constraint::OneOf(codes) => {
                    let codes = codes();
                    if let Some(code) = codes.iter().find(|code| code.eq_ignore_ascii_case(&cell)) {
                        return Ok((*code).to_owned());
                    }
                    let advice = suggestion(&cell, codes.iter().copied());
                    let advice = advice.map(|advice| format!("; {advice}")).unwrap_or_default();
                    return Err(format!("expected one of {}, found `{}`{advice}", codes.join(", "), shortened(&cell)));
                }
            }
        }
        Ok(cell)
    }

    fn matches(&mut self, pattern: &'static str, cell: &str) -> bool {
        let regex = self.patterns.entry(pattern).or_insert_with(|| Regex::new(&format!("^(?:{pattern})$")).ok());
        regex.as_ref().is_some_and(|regex| regex.is_match(cell))
    }
}

fn expect(is_met: bool, problem: impl Fn() -> String) -> Result<(), String> {
    if is_met { Ok(()) } else { Err(problem()) }
}

/// What a column holds, for a message.
fn wanted(field: &Field) -> String {
    let what = match field.cell_type {
        CellType::Integer => "a whole number",
        CellType::Number => "a number such as 30000 or 0.15",
        CellType::Ratio => "a number such as 0.15, or a ratio such as 14:1",
        CellType::Date => "a day such as 2018-10-26",
        CellType::Text if takes_days(field) => "a day such as 2018-10-26, or a time such as 2016-11-07T16:00",
        CellType::Text => "",
    };
    let meaning = field.description.split(['.', ';']).next().unwrap_or_default();
    if what.is_empty() { format!("what `{}` holds ({meaning})", field.name) } else { what.to_owned() }
}

/// Whether a column of text holds days and instants.
fn takes_days(field: &Field) -> bool {
    matches!(field.name, "start_date" | "end_date")
}

fn number(field: &Field, typed: &str, dialect: &Dialect) -> Result<String, String> {
    let readings: Vec<Reading> = readings(typed).into_iter().filter(|reading| !reading.is_percent).collect();
    let fits = |reading: &&Reading| reading.mark.is_none() || reading.mark == dialect.mark();
    let reading = match &readings[..] {
        [] => return Err(format!("expected {}, found `{}`", wanted(field), shortened(typed))),
        [one] => one,
        several => several.iter().find(fits).ok_or_else(|| {
            let ways: Vec<_> = several.iter().map(|reading| reading.figure.to_string()).collect();
            format!(
                "expected {}, found `{typed}`, which may be {}: write one of these",
                wanted(field),
                ways.join(" or ")
            )
        })?,
    };
    let number = reading.figure.to_string();
    match field.cell_type {
        CellType::Integer if number.contains('.') => Err(format!("expected a whole number, found `{number}`")),
        _ => Ok(number),
    }
}

fn ratio(field: &Field, typed: &str, dialect: &Dialect) -> Result<String, String> {
    if !typed.contains(':') {
        return number(field, typed, dialect);
    }
    let mut terms: Vec<&str> = typed.split(':').map(str::trim).collect();
    // A spreadsheet makes a time of 15:1, and shows it as 15:01:00.
    if let [first, second, "00"] = terms[..]
        && second.len() == 2
    {
        let short = |term: &'_ str| -> usize { term.len() - term.trim_start_matches('0').len().max(1) };
        terms = vec![&first[short(first)..], &second[short(second)..]];
    }
    Ok(terms.join(":"))
}

fn day(field: &Field, typed: &str, dialect: &Dialect) -> Result<String, String> {
    if iso(typed).is_some() || typed.starts_with('-') {
        return Ok(typed.to_owned());
    }
    let mut found = moments(typed);
    if let Some(order) = dialect.habits.order()
        && found.iter().any(|moment| moment.order == order)
    {
        found.retain(|moment| moment.order == order);
    }
    // Of years with two digits, the later.
    found.dedup_by_key(|moment| (moment.order, moment.date.month(), moment.date.day()));
    let write = |moment: &super::spreadsheet::Moment| match moment.time {
        Some(time) if field.cell_type == CellType::Text => {
            let (hours, minutes, seconds) = (time.seconds / 3600, time.seconds / 60 % 60, time.seconds % 60);
            let seconds = if seconds > 0 { format!(":{seconds:02}") } else { String::new() };
            format!("{}T{hours:02}:{minutes:02}{seconds}", moment.date)
        }
        _ => moment.date.to_string(),
    };
    let mut days: Vec<String> = found.iter().map(write).collect();
    days.dedup();
    match &days[..] {
        [one] => Ok(one.clone()),
        [] => Err(format!("expected {}, found `{}`", wanted(field), shortened(typed))),
        several => Err(format!(
            "expected {}, found `{typed}`, which may be {}: write one of these",
            wanted(field),
            several.join(" or ")
        )),
    }
}

/// What does not agree among the cells of a row, by the column that is at fault: the one of the two that was `edited`.
pub(crate) fn disagreement<'c>(
    table: Table,
    edited: &[&str],
    cell: impl Fn(&str) -> &'c str,
) -> Option<(&'static str, String)> {
    let is_edited = |(low, high): &(&str, &str)| edited.contains(low) || edited.contains(high);
    let is_here = |(low, _): &(&str, &str)| table.own_fields().iter().any(|field| field.name == *low);
    ORDERED.into_iter().filter(|pair| is_edited(pair) && is_here(pair)).find_map(|(low, high)| {
        let (least, most) = (cell(low), cell(high));
        let is_above = match (Figure::plain(least), Figure::plain(most)) {
            (Some(least), Some(most)) => least.to_f64() > most.to_f64(),
            // Days and instants in ISO form sort as texts; what stands before year 0 is left alone.
            _ => iso(least).is_some() && iso(most).is_some() && least[..10] > most[..10],
        };
        is_above.then(|| match edited.contains(&high) {
            true => (high, format!("expected no less than `{low}`, which is {least}, found `{most}`")),
            false => (low, format!("expected no more than `{high}`, which is {most}, found `{least}`")),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Kind;

    fn canonical(kind: Kind, column: &str, typed: &str, dialect: &Dialect) -> String {
        let table = Table::Facts(kind);
        let field = table.fields().find(|field| field.name == column).unwrap();
        Checker::new(&Codes::default())
            .canonical(field, typed, dialect)
            .unwrap_or_else(|problem| format!("! {problem}"))
    }

    #[test]
    fn what_is_typed_becomes_the_tables_own_form() {
        for (kind, column, typed, cell) in [
            (Kind::Money, "amount", "3000", "3000"),
            (Kind::Money, "amount", " 3,000.50 ", "3000.5"),
            (Kind::Money, "amount", "3.000,50", "3000.5"),
            (Kind::Money, "amount", "$3,000", "3000"),
            (Kind::Money, "amount", "2.64E+06", "2640000"),
            (Kind::Money, "amount", "", ""),
            (Kind::Money, "amount", "-5", "-5"),
            (Kind::Money, "amount", "'-5", "-5"),
            (Kind::Money, "currency", "eur", "EUR"),
            (Kind::Money, "qualifier", "At-Least", "at-least"),
            (Kind::Money, "rate_date", "26.10.2018", "2018-10-26"),
            (Kind::Money, "rate_date", "26-Oct-18", "2018-10-26"),
            (Kind::Number, "value", "15:1", "15:1"),
            (Kind::Number, "value", "15:01:00", "15:1"),
            (Kind::Number, "value", "0,5", "0.5"),
            (Kind::Date, "start_date", "10/26/2018", "2018-10-26"),
            (Kind::Date, "start_date", "2018-10-26T16:00", "2018-10-26T16:00"),
            (Kind::Date, "start_date", "26.10.2018 16:00", "2018-10-26T16:00"),
            (Kind::Date, "timex", "2018-W43", "2018-W43"),
            (Kind::Place, "latitude", "-33.9", "-33.9"),
            (Kind::Place, "name", "New  York ", "New York"),
            (Kind::Place, "country", "fr", "FR"),
        ] {
            assert_eq!(canonical(kind, column, typed, &Dialect::default()), cell, "{column} {typed}");
        }
    }

    #[test]
    fn what_cannot_be_says_what_was_expected() {
        for (kind, column, typed, problem) in [
            (Kind::Money, "amount", "abc", "! expected a number such as 30000 or 0.15, found `abc`"),
            (Kind::Money, "amount", "78%", "! expected a number such as 30000 or 0.15, found `78%`"),
            (Kind::Money, "currency", "Dollars", "! expected what `currency` holds (ISO 4217 code), found `Dollars`"),
            (
                Kind::Money,
                "qualifier",
                "at least",
                "! expected one of approximately, at-least, at-most, more-than, less-than, almost, found `at least`; did you mean `at-least`?",
            ),
            (Kind::Money, "rate_date", "2018-02-30", "! expected a day such as 2018-10-26, found `2018-02-30`"),
            (
                Kind::Money,
                "rate_date",
                "3/4/2019",
                "! expected a day such as 2018-10-26, found `3/4/2019`, which may be 2019-04-03 or 2019-03-04: write one of these",
            ),
            (Kind::Number, "type", "", "! expected what `type` holds (What the number is), found nothing"),
            (Kind::Number, "value", "a:b", "! expected a number such as 0.15, or a ratio such as 14:1, found `a:b`"),
            (Kind::Place, "latitude", "91", "! expected 90 or less, found `91`"),
            (Kind::Place, "longitude", "-180.5", "! expected -180 or more, found `-180.5`"),
            (Kind::Place, "population", "1.5", "! expected a whole number, found `1.5`"),
            (
                Kind::Place,
                "country",
                "France",
                "! expected what `country` holds (ISO 3166-1 alpha-2 code), found `France`",
            ),
        ] {
            assert_eq!(canonical(kind, column, typed, &Dialect::default()), problem, "{column} {typed}");
        }
    }

    #[test]
    fn the_file_tells_what_a_sign_means() {
        let semicolons = Dialect { has_semicolons: true, ..Dialect::default() };
        assert_eq!(canonical(Kind::Money, "amount", "1.500", &Dialect::default()), "1.5");
        assert_eq!(canonical(Kind::Money, "amount", "1,500", &Dialect::default()), "1500");
        assert!(canonical(Kind::Money, "amount", "1.500", &semicolons).contains("1.5 or 1500"));
        let mut habits = Habits::default();
        let amount = Table::Facts(Kind::Money).fields().find(|field| field.name == "amount").unwrap();
        super::super::spreadsheet::compare(amount, "2.5", "2,5", true, &mut habits);
        assert_eq!(canonical(Kind::Money, "amount", "1.500", &Dialect { habits, ..semicolons }), "1500");
    }

    #[test]
    fn bounds_are_in_order() {
        let table = Table::Facts(Kind::Number);
        let row = |low: &'static str, high: &'static str, edited: &[&str]| {
            disagreement(table, edited, |column| match column {
                "low" => low,
                "high" => high,
                _ => "",
            })
        };
        let problem = |column, text: &str| Some((column, text.to_owned()));
        assert_eq!(row("5", "6", &["low"]), None);
        assert_eq!(row("", "6", &["high"]), None);
        assert_eq!(row("6", "5", &["value"]), None, "as made");
        assert_eq!(row("6", "5", &["high"]), problem("high", "expected no less than `low`, which is 6, found `5`"));
        assert_eq!(row("6", "5", &["low"]), problem("low", "expected no more than `high`, which is 5, found `6`"));
    }
}
