//! When holidays are: on a fixed day, on a weekday of a month, so many days from Easter, or in a table of days by year.

use jiff::civil::Date;

use super::model::HolidayRule;
use crate::lexicon::Table;

/// Days of holidays that follow the moon, by the code of `holiday_days.csv`.
#[derive(Debug, Default)]
pub(crate) struct HolidayDays {
    lists: Vec<(String, Vec<Date>)>,
}

impl HolidayDays {
    /// The table's rows; a day that is none is refused by a test.
    pub fn of(table: &Table) -> Self {
        let days = |row| table.get(row, "days").split(' ').filter_map(|day| day.parse().ok()).collect();
        Self { lists: (0..table.len()).map(|row| (table.get(row, "holiday").to_owned(), days(row))).collect() }
    }

    /// The first day of a year in a list; some of the moon's holidays come twice in a year, some tables do not reach far.
    pub fn in_year(&self, list: u16, year: i32) -> Option<Date> {
        let (_, days) = self.lists.get(usize::from(list))?;
        let day = days.get(days.partition_point(|day| i32::from(day.year()) < year))?;
        (i32::from(day.year()) == year).then_some(*day)
    }

    /// `12-25`, `easter-2`, `11-thu-4` (fourth Thursday of November), `5-mon-last`, `11-thu-4+1` (the day after),
    /// `orthodox-easter+1`, `diwali-2` (two days before a day of the table), `04-27?sun-1` (the day before, if it is a Sunday).
    pub fn rule(&self, text: &str) -> Option<HolidayRule> {
        if let Some((day, moves)) = text.split_once('?') {
            return moved(day, moves);
        }
        self.base(text, 0).or_else(|| {
            let at = text.rfind(['+', '-']).filter(|at| *at > 0)?;
            self.base(&text[..at], text[at..].parse().ok()?)
        })
    }

    fn base(&self, text: &str, days: i16) -> Option<HolidayRule> {
        match text {
            "easter" => return Some(HolidayRule::Easter { orthodox: false, days }),
            "orthodox-easter" => return Some(HolidayRule::Easter { orthodox: true, days }),
            _ => {}
        }
        if let Some(list) = self.lists.iter().position(|(code, _)| code == text) {
            return Some(HolidayRule::Listed { list: u16::try_from(list).ok()?, days });
        }
        let mut parts = text.split('-');
        let month = parts.next()?.parse().ok()?;
        let second = parts.next()?;
        let Some(rank) = parts.next() else {
            return (days == 0).then_some(HolidayRule::Fixed(month, second.parse().ok()?));
        };
        let weekday = WEEKDAYS.iter().position(|name| *name == second)? as u8 + 1;
        let rank = if rank == "last" { -1 } else { rank.parse().ok()? };
        Some(HolidayRule::Weekday { month, weekday, rank, days })
    }
}

/// `04-27` and `sat-1?sun+1`.
fn moved(day: &str, moves: &str) -> Option<HolidayRule> {
    let (month, day) = day.split_once('-')?;
    let mut by = [0; 7];
    for one in moves.split('?') {
        let (weekday, days) = one.split_at_checked(3)?;
        by[WEEKDAYS.iter().position(|name| *name == weekday)?] = days.parse().ok()?;
    }
    Some(HolidayRule::Moved { month: month.parse().ok()?, day: day.parse().ok()?, by })
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> HolidayDays {
        HolidayDays::of(&Table::parse("days.csv", b"holiday,days\nnew-moon,2018-02-16 2019-02-05\n").unwrap())
    }

    #[test]
    fn rules_of_holidays() {
        for (rule, expected) in [
            ("12-25", Some(HolidayRule::Fixed(12, 25))),
            ("easter", Some(HolidayRule::Easter { orthodox: false, days: 0 })),
            ("easter-2", Some(HolidayRule::Easter { orthodox: false, days: -2 })),
            ("orthodox-easter+49", Some(HolidayRule::Easter { orthodox: true, days: 49 })),
            ("5-mon-last", Some(HolidayRule::Weekday { month: 5, weekday: 1, rank: -1, days: 0 })),
            ("11-thu-4+1", Some(HolidayRule::Weekday { month: 11, weekday: 4, rank: 4, days: 1 })),
            ("04-27?sun-1", Some(HolidayRule::Moved { month: 4, day: 27, by: [0, 0, 0, 0, 0, 0, -1] })),
            ("10-16?sat-1?sun+1", Some(HolidayRule::Moved { month: 10, day: 16, by: [0, 0, 0, 0, 0, -1, 1] })),
            ("10-16?xyz-1", None),
            ("new-moon", Some(HolidayRule::Listed { list: 0, days: 0 })),
            ("new-moon-2", Some(HolidayRule::Listed { list: 0, days: -2 })),
            ("full-moon", None),
            ("11-xyz-4", None),
            ("", None),
        ] {
            assert_eq!(lists().rule(rule), expected, "{rule}");
        }
    }

    #[test]
    fn days_of_a_list() {
        for (year, expected) in [(2018, Some("2018-02-16")), (2019, Some("2019-02-05")), (2017, None), (2020, None)] {
            assert_eq!(lists().in_year(0, year).map(|day| day.to_string()).as_deref(), expected, "{year}");
        }
    }
}
