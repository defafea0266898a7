//! Coordinates that the text gives: decimal degrees, or degrees, minutes and seconds.

use super::super::{DraftValue, Evidence, Input, Made, PlaceDraft, Reason, Text};
use super::{mgrs, surface};
use crate::resolve::Flags;

/// Decimal places of the result: four are about ten metres, and more would be made up by the division.
const DECIMALS: usize = 4;

pub(super) fn coordinates(input: &Input<'_>) -> Made {
    let side = |name: &str, limit: f64| {
        let text = input.capture_text(name)?;
        degrees(text).filter(|degrees| degrees.abs() <= limit)
    };
    let (latitude, longitude) = (side("latitude", 90.0), side("longitude", 180.0));
    let (Some(latitude), Some(longitude)) = (latitude, longitude) else {
        return Err(Reason::new("not-on-earth"));
    };
    Ok((DraftValue::Place(drawn(input, "coordinates", plain(latitude), plain(longitude))), Flags::new()))
}

/// A reference of the military grid.
pub(super) fn grid(input: &Input<'_>) -> Made {
    let (latitude, longitude) = mgrs::degrees(&surface(input)).ok_or_else(|| Reason::new("not-on-earth"))?;
    Ok((DraftValue::Place(drawn(input, "coordinates", plain(latitude), plain(longitude))), Flags::new()))
}

/// A circle of latitude: a line, so it has no longitude.
pub(super) fn parallel(input: &Input<'_>) -> Made {
    let degrees = input.capture_text("latitude").and_then(self::degrees).filter(|degrees| degrees.abs() <= 90.0);
    let degrees = degrees.ok_or_else(|| Reason::new("not-on-earth"))?;
    let is_south = input.capture("south").is_some();
    let latitude = plain(if is_south { -degrees } else { degrees });
    Ok((DraftValue::Place(drawn(input, "parallel", latitude, Text::default())), Flags::new()))
}

fn drawn(input: &Input<'_>, place_type: &str, latitude: Text, longitude: Text) -> PlaceDraft {
    PlaceDraft {
        surface: surface(input),
        place_type: Some(place_type.into()),
        evidence: Evidence::Context,
        point: Some((latitude, longitude)),
        ..PlaceDraft::default()
    }
}

/// `40°26′46″N` as degrees; south and west are negative.
fn degrees(text: &str) -> Option<f64> {
    let parts: Vec<f64> = text
        .split(|character: char| !character.is_ascii_digit() && character != '.')
        .filter(|part| part.bytes().any(|byte| byte.is_ascii_digit()))
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let small = |part: Option<&f64>| part.is_none_or(|part| *part < 60.0);
    if parts.is_empty() || parts.len() > 3 || !small(parts.get(1)) || !small(parts.get(2)) {
        return None;
    }
    let value = parts.iter().zip([1.0, 60.0, 3600.0]).map(|(part, of)| part / of).sum::<f64>();
    let negative = text.starts_with(['-', '−', '–']) || text.contains(['S', 'W', 's', 'w']);
    Some(if negative { -value } else { value })
}

fn plain(degrees: f64) -> Text {
    let fixed = format!("{degrees:.DECIMALS$}");
    let short = fixed.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".into() } else { short.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_and_their_degrees() {
        for (text, expected) in [
            ("37.5665° N", Some("37.5665")),
            ("126.9780 E", Some("126.978")),
            ("40°26′46″N", Some("40.4461")),
            ("79°58'56\" W", Some("-79.9822")),
            ("-33.8678", Some("-33.8678")),
            ("33.8678° South", Some("-33.8678")),
            ("40°75′N", None),
            ("N", None),
        ] {
            assert_eq!(degrees(text).map(plain).as_deref(), expected, "{text}");
        }
    }
}
