//! Temporal expressions: from captures to a [`Temporal`], which the resolve room anchors to a date.

use super::{Input, Made, Normalizer, Reason};
use crate::rules::RuleKind;

/// A temporal expression before it is anchored.
#[derive(Debug, Clone)]
pub struct Temporal {
    /// To be replaced by the date room.
    pub timex: String,
}

/// The normalizers of dates.
pub const NORMALIZERS: &[Normalizer] = &[Normalizer { name: "date", kind: RuleKind::Date, captures: &["year"], make }];

fn make(_input: &Input<'_>) -> Made {
    Err(Reason::new("not-yet"))
}
