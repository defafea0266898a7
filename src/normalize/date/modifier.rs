//! Codes that stand beside a date: TIMEX3 modifiers, and the order of day and month.

/// TIMEX3 modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// early
    Start,
    /// mid
    Mid,
    /// late
    End,
    /// about
    Approx,
    /// before
    Before,
    /// after
    After,
    /// until
    OnOrBefore,
    /// since
    OnOrAfter,
    /// at least
    EqualOrMore,
    /// at most
    EqualOrLess,
    /// more than
    MoreThan,
    /// less than
    LessThan,
}

impl Modifier {
    /// All with their TIMEX3 codes.
    pub const ALL: [(Modifier, &'static str); 12] = [
        (Modifier::Start, "START"),
        (Modifier::Mid, "MID"),
        (Modifier::End, "END"),
        (Modifier::Approx, "APPROX"),
        (Modifier::Before, "BEFORE"),
        (Modifier::After, "AFTER"),
        (Modifier::OnOrBefore, "ON_OR_BEFORE"),
        (Modifier::OnOrAfter, "ON_OR_AFTER"),
        (Modifier::EqualOrMore, "EQUAL_OR_MORE"),
        (Modifier::EqualOrLess, "EQUAL_OR_LESS"),
        (Modifier::MoreThan, "MORE_THAN"),
        (Modifier::LessThan, "LESS_THAN"),
    ];

    /// The TIMEX3 code.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(each, _)| *each == self).map_or("", |(_, code)| code)
    }

    /// The modifier of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, each)| *each == code).map(|(modifier, _)| *modifier)
    }
}

/// Whether day or month stands first in dates such as 3/4/2019.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 April
    DayFirst,
    /// March 4
    MonthFirst,
}

impl DateOrder {
    /// Both with their codes.
    pub const ALL: [(DateOrder, &'static str); 2] = [(DateOrder::DayFirst, "dmy"), (DateOrder::MonthFirst, "mdy")];

    /// The order of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, each)| *each == code).map(|(order, _)| *order)
    }

    /// The code.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(each, _)| *each == self).map_or("", |(_, code)| code)
    }
}
