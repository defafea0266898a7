//! Whether two facts mean the same.

use crate::compare::rows::RowRef;
use crate::normalize::Kind;
use crate::table::schema::Table;

/// Kilometres within which two points are one place, as is usual for toponyms (100 miles).
const SAME_PLACE: f64 = 161.0;

/// Whether a made fact means what the gold's does, as far as the gold tells.
pub(super) fn is_same(gold: RowRef<'_>, made: RowRef<'_>) -> bool {
    if gold.table() == Table::Facts(Kind::Place)
        && let Some(same) = same_point(gold, made)
    {
        return same;
    }
    let identity = gold.table().own_fields().iter().filter(|field| field.identity);
    identity
        .filter_map(|field| gold.get(field.name).map(|cell| (cell, made.cell(field.name))))
        .all(|(gold, made)| gold == made)
}

/// Whether two places are the same by GeoNames id or distance; none where one of them has neither.
fn same_point(gold: RowRef<'_>, made: RowRef<'_>) -> Option<bool> {
    let id = |row: RowRef<'_>| row.number_in("geonames_id");
    if let (Some(gold), Some(made)) = (id(gold), id(made))
        && gold == made
    {
        return Some(true);
    }
    let point = |row: RowRef<'_>| -> Option<(f64, f64)> {
        Some((row.cell("latitude").parse().ok()?, row.cell("longitude").parse().ok()?))
    };
    Some(distance(point(gold)?, point(made)?) <= SAME_PLACE)
}

/// Kilometres between two points in degrees, on a sphere.
fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    const RADIUS: f64 = 6371.0;
    let (first, second) = (one.0.to_radians(), other.0.to_radians());
    let (dy, dx) = (second - first, (other.1 - one.1).to_radians());
    let chord = (dy / 2.0).sin().powi(2) + first.cos() * second.cos() * (dx / 2.0).sin().powi(2);
    2.0 * RADIUS * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_on_the_globe() {
        let (seoul, busan) = ((37.566, 126.978), (35.18, 129.075));
        assert!((distance(seoul, busan) - 325.0).abs() < 5.0);
        assert!(distance(seoul, seoul) < 1e-9);
        assert!((distance((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.5);
    }
}
