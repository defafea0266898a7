//! Whether a cell is still what it was, after a spreadsheet has had it.
//!
//! A spreadsheet guesses what a cell is, keeps that, and writes it as its owner's country does. So the question is not
//! whether two texts are equal, but whether the one found is among those that spreadsheets make of the one expected.
//! Where that cannot be told from one cell alone (`0.145` shown as `0.15`, because the column is shown with two
//! decimals, or because somebody typed it), the answer is a [`Doubt`], and the whole column decides.

use super::garbled::is_garbled;
use super::moment::{DAY, Order, Time, clock, iso, moments, partial, serial};
use super::number::{DecimalMark, Figure, readings};
use crate::table::schema::Field;
use crate::table::{guard, unguard};

/// What a cell is, compared with what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sameness {
    /// Nobody changed it.
    Same,
    /// Somebody changed it.
    Different,
    /// Only the whole column can tell.
    Doubtful(Doubt),
}

/// Why a cell alone does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// It is the number rounded to so many decimals: a format, or an edit.
    Rounded(usize),
    /// It is the number without its point: thousands by mistake, or an edit.
    LostPoint,
}

/// What the cells that nobody changed tell of how the spreadsheet writes numbers and dates.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Habits {
    points: u32,
    commas: u32,
    days_first: u32,
    months_first: u32,
}

impl Habits {
    /// The sign that stands before decimals, as far as is known.
    pub(crate) fn mark(&self) -> Option<DecimalMark> {
        match self.points.cmp(&self.commas) {
            std::cmp::Ordering::Greater => Some(DecimalMark::Point),
            std::cmp::Ordering::Less => Some(DecimalMark::Comma),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Whether the day stands before the month, as far as is known.
    pub(crate) fn order(&self) -> Option<Order> {
        match self.days_first.cmp(&self.months_first) {
            std::cmp::Ordering::Greater => Some(Order::DayFirst),
            std::cmp::Ordering::Less => Some(Order::MonthFirst),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// Characters of the longest text that a spreadsheet takes for a date or a number.
const GUESSED: usize = 40;

/// Compares a cell as found (with its guard, if there is one) with what it was (without), and learns from it.
///
/// `is_value` says whether a reviewer may correct the column. Where not, a text that a spreadsheet may have taken for a
/// date is given the benefit of the doubt.
pub(crate) fn compare(field: &Field, was: &str, found: &str, is_value: bool, habits: &mut Habits) -> Sameness {
    if was == found {
        return Sameness::Same;
    }
    let found = found.trim();
    if is_same_text(was, found) {
        return Sameness::Same;
    }
    // Numbers, dates and times are all that may differ further.
    if !was.contains(|character: char| character.is_ascii_digit()) {
        return Sameness::Different;
    }
    match as_number(field, was, found, habits) {
        Sameness::Different => {}
        other => return other,
    }
    let is_guessed =
        !is_value && was.chars().count() <= GUESSED && Figure::plain(was).is_none() && is_number_or_date(found);
    match is_guessed || as_date(was, found, habits) || as_ratio(was, found) {
        true => Sameness::Same,
        false => Sameness::Different,
    }
}

/// Whether the words are the same but for spaces, apostrophes of the guard, an encoding, or a column that was too narrow.
fn is_same_text(was: &str, found: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let plain = unguard(found);
    was == plain
        || guard(was) == found
        || words(was) == words(plain)
        || is_garbled(was, plain)
        || found.len() > 1 && found.bytes().all(|byte| byte == b'#')
        || matches!(plain, "TRUE" | "FALSE") && was.eq_ignore_ascii_case(plain)
}

fn as_number(field: &Field, was: &str, found: &str, habits: &mut Habits) -> Sameness {
    let is_numeric = field.cell_type.is_numeric();
    let numbers: Vec<Figure> = match Figure::plain(was) {
        Some(number) => vec![number],
        // A number in the document's words, `18,412`.
        None if !is_numeric => readings(was).into_iter().map(|reading| reading.figure).collect(),
        None => Vec::new(),
    };
    let readings = readings(found);
    let pairs = || numbers.iter().flat_map(|number| readings.iter().map(move |reading| (number, reading)));
    if let Some((_, reading)) = pairs().find(|(number, reading)| reading.shows(number)) {
        match reading.mark {
            Some(DecimalMark::Point) if is_numeric => habits.points += 1,
            Some(DecimalMark::Comma) if is_numeric => habits.commas += 1,
            _ => {}
        }
        return Sameness::Same;
    }
    if is_decimal_as_day(was, found) {
        return Sameness::Same;
    }
    if !is_numeric {
        return Sameness::Different;
    }
    // In the order of likelihood: `1.234` became 1234, or 1.
    if pairs().any(|(number, reading)| reading.lost_point(number)) {
        return Sameness::Doubtful(Doubt::LostPoint);
    }
    match pairs().find(|(number, reading)| reading.rounds(number)) {
        Some((_, reading)) => Sameness::Doubtful(Doubt::Rounded(reading.decimals)),
        None => Sameness::Different,
    }
}

/// Whether `12.5` became the twelfth of May.
fn is_decimal_as_day(was: &str, found: &str) -> bool {
    let Some((day, month)) = was.split_once('.') else { return false };
    let (Ok(day), Ok(month)) = (day.parse::<i8>(), month.parse::<i8>()) else { return false };
    moments(found).iter().any(|moment| (moment.date.day(), moment.date.month()) == (day, month))
        || partial(found).contains(&(None, Some(month), Some(day)))
}

fn as_date(was: &str, found: &str, habits: &mut Habits) -> bool {
    if let Some((date, time)) = iso(was) {
        let shown = moments(found);
        let Some(moment) = shown.iter().find(|moment| moment.shows(date, time)) else {
            return is_serial(serial(date) + time.map_or(0.0, |time| time.seconds as f64 / DAY as f64), found);
        };
        // A date such as 3/3/2018 tells no order.
        if shown.iter().filter(|other| other.shows(date, time)).count() == 1 {
            match moment.order {
                Order::DayFirst => habits.days_first += 1,
                Order::MonthFirst => habits.months_first += 1,
                Order::YearFirst | Order::Named => {}
            }
        }
        return true;
    }
    // A month.
    let Some((year, month)) = was.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2) else {
        return false;
    };
    let (Ok(year), Ok(month)) = (year.parse::<i16>(), month.parse::<i8>()) else { return false };
    let Ok(first) = jiff::civil::Date::new(year, month, 1) else { return false };
    moments(found).iter().any(|moment| moment.shows(first, None) && moment.order != Order::YearFirst)
        || partial(found).contains(&(Some(year), Some(month), None))
        || is_serial(serial(first), found)
}

/// Whether a ratio, `14:1`, became a time of day.
fn as_ratio(was: &str, found: &str) -> bool {
    let is_ratio = was.contains(':') && was.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let Some(time) = is_ratio.then(|| clock(was)).flatten() else { return false };
    let shows = |shown: Time| shown.seconds.rem_euclid(DAY) == time.seconds.rem_euclid(DAY);
    clock(found).is_some_and(shows)
        || moments(found).iter().any(|moment| moment.time.is_some_and(shows))
        || is_serial(time.seconds as f64 / DAY as f64, found)
}

/// Whether a cell is the number that a spreadsheet has for a day and time, to a second.
fn is_serial(serial: f64, found: &str) -> bool {
    readings(found).iter().any(|reading| (reading.figure.to_f64() - serial).abs() < 1.0 / DAY as f64)
}

/// Whether a cell is a number, a date or a time.
fn is_number_or_date(found: &str) -> bool {
    !readings(found).is_empty() || !moments(found).is_empty() || !partial(found).is_empty() || clock(found).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Kind;
    use crate::table::schema::Table;

    fn compared(column: &str, was: &str, found: &str) -> Sameness {
        let table = Table::ALL.into_iter().find(|table| table.fields().any(|field| field.name == column)).unwrap();
        let field = table.fields().find(|field| field.name == column).unwrap();
        let is_value = table.own_fields().iter().any(|own| own.name == column);
        compare(field, was, found, is_value, &mut Habits::default())
    }

    #[test]
    fn what_a_spreadsheet_makes_of_a_cell_is_the_same() {
        for (column, was, found) in [
            ("amount", "2640000", "2.64E+06"),
            ("amount", "2640000", "2,640,000.00"),
            ("amount", "1.5", "1,5"),
            ("amount", "-12", "(12)"),
            ("amount", "12.5", "12.05.2026"),
            ("amount", "12.5", "12-May"),
            ("latitude", "42.88820", "42.8882"),
            ("confidence", "0.90", "90%"),
            ("confidence", "0.90", "0,9"),
            ("rate_date", "2018-10-26", "26.10.2018"),
            ("rate_date", "2018-10-26", "10/26/18"),
            ("rate_date", "2018-10-26", "43399"),
            ("start_date", "1996-11-07T16:42:00", "1996-11-07T16:41:59"),
            ("start_date", "1996-11-07T16:42", "11/07/1996 04:42 PM"),
            ("timex", "2018-10", "Oct-18"),
            ("timex", "2018-10", "10/01/2018"),
            ("timex", "2018", "2018"),
            ("value", "14:1", "14:01:00"),
            ("value", "14:1", "02:01:00 PM"),
            ("value", "37:30", "37:30:00"),
            ("value", "37:30", "13:30:00"),
            ("value", "1:3", "0.04375"),
            ("text", "1/2", "02. Jan"),
            ("text", "1/2", "01/02/26"),
            ("text", "18,412", "18412"),
            ("text", "18,412", "18.412"),
            ("text", "22 October 2018", "22-Oct-18"),
            ("text", "5%", "5.00%"),
            ("text", "007", "7"),
            ("text", "$30", "$30.00"),
            ("context", "“Ten” he said", "â€œTenâ€\u{f19d} he said"),
            ("context", "one\r\ntwo", "one two"),
            ("context", "a  b", "a b"),
            ("text", "=cmd", "=cmd"),
            ("text", "=1", "'=1"),
            ("text", "'=1", "''=1"),
            ("counted", "true", "TRUE"),
            ("rate_date", "2018-10-26", "########"),
        ] {
            assert_eq!(compared(column, was, found), Sameness::Same, "{column}: {was} {found}");
        }
    }

    #[test]
    fn what_a_person_changed_is_not() {
        for (column, was, found) in [
            ("amount", "30000", "3000"),
            ("amount", "30000", ""),
            ("amount", "", "5"),
            ("amount", "2640000", "2.65E+06"),
            ("amount", "30", "CNY"),
            ("currency", "CNY", "TWD"),
            ("currency", "CNY", "cny"),
            ("rate_date", "2018-10-26", "27.10.2018"),
            ("start_date", "2018-10-26", "2018-10-27"),
            ("start_date", "2018-10-26T10:00", "2018-10-26"),
            ("timex", "2018-10", "2018-11"),
            ("timex", "2018-10", "2018-10-01"),
            ("timex", "XXXX-10-22", "2018-10-22"),
            ("value", "14:1", "15:01:00"),
            ("value", "14:1", "14"),
            ("text", "5", "6"),
            ("text", "five", "six"),
            ("name", "Malmö", "Malmø"),
            ("name", "United nations", "United Nations"),
            ("review", "", "accept"),
            ("note", "see", "see also"),
        ] {
            assert_eq!(compared(column, was, found), Sameness::Different, "{column}: {was} {found}");
        }
    }

    #[test]
    fn some_cells_alone_do_not_tell() {
        assert_eq!(compared("amount", "0.145", "0.15"), Sameness::Doubtful(Doubt::Rounded(2)));
        assert_eq!(compared("amount", "30.6", "31"), Sameness::Doubtful(Doubt::Rounded(0)));
        assert_eq!(compared("amount", "1234567.891", "1234567891"), Sameness::Doubtful(Doubt::LostPoint));
    }

    #[test]
    fn habits_are_learnt_from_cells_that_tell() {
        let mut habits = Habits::default();
        let field = |name| Table::Facts(Kind::Money).fields().find(|field| field.name == name).unwrap();
        assert_eq!((habits.mark(), habits.order()), (None, None));
        compare(field("amount"), "1.5", "1,5", true, &mut habits);
        compare(field("rate_date"), "2018-03-03", "3/3/2018", true, &mut habits);
        assert_eq!((habits.mark(), habits.order()), (Some(DecimalMark::Comma), None));
        compare(field("rate_date"), "2018-10-26", "26/10/2018", true, &mut habits);
        assert_eq!(habits.order(), Some(Order::DayFirst));
    }
}
