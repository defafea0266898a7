//! What a temporal expression says before it is anchored: a small calendar algebra.
//!
//! An absolute date may lack fields (`October 26` has no year); a relative one is a path from an anchor (`two days before
//! Easter`). Nothing here knows any reference date: the resolve room walks the paths.

use super::modifier::Modifier;
use super::time_of_day::Clock;
use crate::normalize::DateType;

/// A temporal expression before it is anchored.
#[derive(Debug, Clone, PartialEq)]
pub struct Temporal {
    /// What it is.
    pub date_type: DateType,
    /// What it says.
    pub expression: Expression,
    /// Word that narrows or blurs it.
    pub modifier: Option<Modifier>,
    /// Which end of it words beside it open (`since 2006`).
    pub bound: Option<Modifier>,
    /// What the sentence tells about before or after the reference date.
    pub tense: Tense,
    /// Whether between a verb of the past and the expression another one leaves the time open ("decided to meet on May 3").
    pub planned: bool,
    /// Whether it stands as the date of what follows: a date line or a dateline.
    pub dates_text: bool,
    /// Whether day and month of a numeric date may change places.
    pub order: Order,
    /// Whether it is of no date: `the 23:04` is a train, `Mon-Fri` before opening hours are the days of every week.
    pub undated: bool,
}

/// Order of day and month in a numeric date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Nothing to decide.
    Certain,
    /// The month stands first, and it can be nothing else: evidence for the rest of the document.
    MonthFirst,
    /// The day stands first, and it can be nothing else.
    DayFirst,
    /// Both would be a date; read with the month first.
    Open,
}

/// What a temporal expression says.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A calendar date, a time, or both.
    Point(Point),
    /// A length of time, and where it lies, if told.
    Duration(Duration),
    /// A recurrence.
    Set(Recurrence),
    /// From one point to another, both inclusive; an open end is `None`.
    Interval(Option<Point>, Option<Point>),
}

/// A calendar date, a time of day, or both.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Point {
    /// The date.
    pub moment: Option<Moment>,
    /// The time of day.
    pub clock: Option<Clock>,
    /// Narrows the date (`late March`).
    pub modifier: Option<Modifier>,
    /// Which kind of year is meant, where a year is counted from here (`last fiscal year`).
    pub year_kind: YearKind,
}

/// A date as a path.
#[derive(Debug, Clone, PartialEq)]
pub enum Moment {
    /// Calendar fields; missing ones come from the reference date.
    Fields(Fields),
    /// So many units from an anchor, in the granularity of `unit`.
    Shift {
        /// From where.
        from: Anchor,
        /// Steps, each in its unit.
        steps: Vec<(i32, Unit)>,
        /// How coarse the result is.
        unit: Unit,
        /// Whether a calendar unit is named (`last year`) and not a distance (`a year ago`).
        named: bool,
    },
    /// The last, this or next thing of a kind (`next Friday`, `last May Day`).
    Directed {
        /// -1, 0 or 1.
        direction: i32,
        /// From where.
        from: Anchor,
        /// What.
        fields: Fields,
    },
    /// Fields inside a longer period (`October 22` of `last year`).
    Within(Box<Moment>, Fields),
    /// The n-th (from the end, if negative) of something inside a period.
    Nth {
        /// From 1, or from -1 backwards.
        rank: i32,
        /// Of what.
        what: Counted,
        /// Inside or, with `after`, behind what.
        of: Box<Moment>,
    },
    /// So many of a day of the week from an anchor (`three Fridays from now`, `the Sunday after Easter`), negative: back.
    Weekdays {
        /// From where.
        from: Anchor,
        /// How many.
        count: i32,
        /// 1 is Monday.
        weekday: u8,
    },
    /// The week, weekend … that a date is in (`the week of June 19`).
    Around(Unit, Box<Moment>),
    /// Past, present or future, no more.
    Vague(VagueTime),
}

/// What an ordinal counts inside a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// A day of the week, 1 is Monday.
    Weekday(u8),
    /// A calendar unit.
    Unit(Unit),
}

/// From where a relative expression counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Anchor {
    /// The reference date.
    Document,
    /// The date last spoken of.
    Spoken,
    /// Another expression.
    Moment(Box<Moment>),
}

/// Past, present, future.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VagueTime {
    /// recent weeks
    Past,
    /// these days
    Present,
    /// the future
    Future,
}

impl VagueTime {
    /// All with their TIMEX3 codes.
    pub const ALL: [(VagueTime, &'static str); 3] =
        [(VagueTime::Past, "PAST_REF"), (VagueTime::Present, "PRESENT_REF"), (VagueTime::Future, "FUTURE_REF")];

    /// The TIMEX3 code.
    pub fn timex(self) -> &'static str {
        Self::ALL.iter().find(|(each, _)| *each == self).map_or("", |(_, code)| code)
    }
}

/// Calendar fields; what is `None` was not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fields {
    /// Before Christ: `year` counts backwards from 1.
    pub bc: bool,
    /// The years' first two digits (17 for the 1700s).
    pub century: Option<i32>,
    /// The years' first three digits (199 for the 1990s).
    pub decade: Option<i32>,
    /// The year.
    pub year: Option<i32>,
    /// A fiscal or school year, whose bounds the text does not tell.
    pub year_kind: YearKind,
    /// Month, week, quarter … of the year.
    pub part: Option<YearPart>,
    /// Day of the month.
    pub day: Option<u8>,
    /// Day of the week, 1 is Monday.
    pub weekday: Option<u8>,
    /// The weekend (of the week, if one is given).
    pub weekend: bool,
    /// A holiday.
    pub holiday: Option<Holiday>,
}

/// Which kind of year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum YearKind {
    /// January to December.
    #[default]
    Calendar,
    /// `FY2018`
    Fiscal,
    /// `SY2018`
    School,
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearPart {
    /// 1 to 12.
    Month(u8),
    /// ISO week, 1 to 53.
    Week(u8),
    /// 1 to 4.
    Quarter(u8),
    /// 1 or 2.
    Half(u8),
    /// A season.
    Season(Season),
}

/// A season: TIMEX3 code, first month (meteorological, northern), EDTF code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    /// `SP`, `SU`, `FA`, `WI`.
    pub timex: [u8; 2],
    /// First month.
    pub month: u8,
    /// EDTF's number for it.
    pub edtf: u8,
}

/// A holiday: its day, or its first and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    /// When it is, or begins.
    pub first: HolidayRule,
    /// When it ends, where it has several days.
    pub last: Option<HolidayRule>,
}

/// When a holiday is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayRule {
    /// The same month and day in every year.
    Fixed(u8, u8),
    /// A month and day, and by how many days it moves if it falls on a Monday, a Tuesday and so on.
    Moved {
        /// Month.
        month: u8,
        /// Day of the month.
        day: u8,
        /// Days from it, by weekday.
        by: [i8; 7],
    },
    /// The n-th (from the end, if negative) weekday of a month, and so many days after.
    Weekday {
        /// Month.
        month: u8,
        /// 1 is Monday.
        weekday: u8,
        /// Which one.
        rank: i8,
        /// Days after it.
        days: i16,
    },
    /// So many days after Easter Sunday.
    Easter {
        /// Of the Eastern churches.
        orthodox: bool,
        /// Days after it.
        days: i16,
    },
    /// So many days after a day of a table.
    Listed {
        /// Number of the list.
        list: u16,
        /// Days after it.
        days: i16,
    },
}

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// second
    Second,
    /// minute
    Minute,
    /// hour
    Hour,
    /// day
    Day,
    /// night: a day where lengths are told
    Night,
    /// one of the five days of a working week
    Workday,
    /// week
    Week,
    /// weekend
    Weekend,
    /// month
    Month,
    /// quarter of a year
    Quarter,
    /// half of a year
    Half,
    /// year
    Year,
    /// ten years
    Decade,
    /// hundred years
    Century,
    /// thousand years
    Millennium,
}

impl Unit {
    /// All units with their codes in `units.csv`.
    pub const ALL: [(Unit, &'static str); 15] = [
        (Unit::Second, "second"),
        (Unit::Minute, "minute"),
        (Unit::Hour, "hour"),
        (Unit::Day, "day"),
        (Unit::Night, "night"),
        (Unit::Workday, "workday"),
        (Unit::Week, "week"),
        (Unit::Weekend, "weekend"),
        (Unit::Month, "month"),
        (Unit::Quarter, "quarter"),
        (Unit::Half, "half"),
        (Unit::Year, "year"),
        (Unit::Decade, "decade"),
        (Unit::Century, "century"),
        (Unit::Millennium, "millennium"),
    ];

    /// Whether it is a unit of the clock.
    pub fn is_clock(self) -> bool {
        self <= Unit::Hour
    }
}

/// A length of time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Duration {
    /// Its parts, from coarse to fine.
    pub parts: Vec<(Count, Unit)>,
    /// Upper bound of a range, in the unit of the last part.
    pub to: Option<Count>,
    /// Where it lies: -1 before, 1 after the reference date.
    pub direction: i32,
}

/// How many of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many thousandths.
    Milli(i64),
    /// An unknown number (`a few`).
    Unknown,
}

impl Count {
    /// A whole count.
    pub fn whole(count: i64) -> Self {
        Self::Milli(count.saturating_mul(1000))
    }
}

/// A recurrence.
#[derive(Debug, Clone, PartialEq)]
pub enum Recurrence {
    /// Once in each length.
    Each(Duration),
    /// At each such date or time.
    At(Point),
}

/// What the sentence tells about before or after the reference date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tense {
    /// Nothing.
    #[default]
    Unknown,
    /// Verbs of the past.
    Past,
    /// Verbs of the future; or no words at all, as in an entry of a calendar.
    Future,
}
