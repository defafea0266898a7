//! A time of day before it is anchored to a date.

use super::clock::half_day;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    /// 0 to 24; none: only the part of the day is known.
    pub hour: Option<u8>,
    /// Minutes, if told.
    pub minute: Option<u8>,
    /// Seconds, if told.
    pub second: Option<u8>,
    /// Part of the day.
    pub part: Option<DayPart>,
    /// Minutes east of Greenwich, where a zone is told.
    pub offset: Option<i16>,
    /// Whether the hour may be meant twelve hours later.
    pub ambiguous: bool,
}

impl Clock {
    /// Moves the hour into a part of the day (`Saturday evening at 8`).
    pub fn within(&mut self, part: DayPart) {
        if self.ambiguous {
            self.hour = self.hour.map(|hour| half_day(hour, part, false));
        }
        self.ambiguous = false;
    }
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPart {
    /// TIMEX3 code, `TMO`.
    pub timex: &'static str,
    /// First hour.
    pub start: u8,
    /// Hour at which it has ended.
    pub end: u8,
    /// Whether hours up to twelve are meant after noon.
    pub afternoon: bool,
}
