//! Where a length lies that words count from the reference date: `the past 15 years`, `the next three days`.

use super::anchor::Context;
use super::calendar::{plus, plus_days};
use super::write::iso;
use crate::normalize::Text;
use crate::normalize::date::{Count, Duration, Tense, whole};

impl Context<'_> {
    /// First and last day; `None` where the length is vague or of hours, or a story is told whose time is not the document's.
    pub(super) fn stretch(&self, duration: &Duration) -> Option<(Text, Text)> {
        let today = self.today().filter(|_| !self.told_later)?;
        let elsewhere = self.spoken.is_some_and(|spoken| self.is_far(&spoken));
        let told = duration.direction > 0 && self.tense == Tense::Past;
        if duration.direction == 0 || duration.to.is_some() || elsewhere || told {
            return None;
        }
        let far = duration.parts.iter().try_fold(today, |day, (count, unit)| {
            let Count::Milli(count) = *count else { return None };
            let (count, unit) = whole(count, *unit).filter(|(_, unit)| !unit.is_clock())?;
            plus(day, i32::try_from(count).ok()? * duration.direction, unit)
        })?;
        // The reference day itself belongs to neither side.
        let beside = plus_days(today, duration.direction.into())?;
        Some(if duration.direction > 0 { (iso(beside), iso(far)) } else { (iso(far), iso(beside)) })
    }
}
