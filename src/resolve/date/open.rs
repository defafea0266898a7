//! Dates with an open end: `since 2006` starts and does not end, `before 2014` ends the day before it begins.

use compact_str::format_compact;

use super::calendar::plus_days;
use super::write::{Resolved, iso};
use crate::normalize::date::Modifier;
use crate::normalize::{Date, Text};

/// Opens the end of a date that a word beside it opens; one whose days are not known stays as it is.
///
/// `now` is the reference, for what lies within a length from it.
pub(super) fn opened(date: Date, resolved: &Resolved, bound: Option<Modifier>, now: Option<Resolved>) -> Date {
    let (Some(bound), Some((first, last)), Some((start, end))) = (bound, resolved.days(), resolved.ends()) else {
        return date;
    };
    let modifier = date.modifier.clone().or_else(|| Some(Text::const_new(bound.code())));
    let timed = resolved.clock.is_some();
    // A period of several parts cannot stand in an interval.
    let own = |end: &str| date.edtf.clone().filter(|edtf| !edtf.contains('/')).unwrap_or_else(|| Text::new(end));
    let (edtf, start, end) = match bound {
        Modifier::OnOrAfter => (format_compact!("{}/..", own(&start)), Some(start), None),
        // "Before the end of June" is in June.
        Modifier::Before if resolved.modifier == Some(Modifier::End) => (format_compact!("../{end}"), None, Some(end)),
        Modifier::OnOrBefore => {
            let start = now.as_ref().and_then(Resolved::ends).map(|(start, _)| start);
            let written = now.and_then(|now| now.edtf()).unwrap_or_else(|| Text::const_new(".."));
            (format_compact!("{written}/{}", own(&end)), start, Some(end))
        }
        Modifier::After if timed => (format_compact!("{}/..", own(&end)), Some(end), None),
        Modifier::Before if timed => (format_compact!("../{}", own(&start)), None, Some(start)),
        Modifier::After => match plus_days(last, 1) {
            Some(next) => (format_compact!("{}/..", iso(next)), Some(iso(next)), None),
            None => return date,
        },
        Modifier::Before => match plus_days(first, -1) {
            Some(previous) => (format_compact!("../{}", iso(previous)), None, Some(iso(previous))),
            None => return date,
        },
        _ => return date,
    };
    // A part of a day has no instant in EDTF.
    let edtf = if timed && date.edtf.is_none() { None } else { Some(edtf) };
    Date { edtf, start_date: start, end_date: end, modifier, ..date }
}
