//! References of the military grid (MGRS) on the WGS 84 ellipsoid: `18S UJ 23483 06479`.
//!
//! A reference checks itself: the letters of its square must be among those of its zone, and the point must lie in its
//! latitude band. So few other codes of digits and letters are taken for one.

/// Semi-major axis in metres and flattening of WGS 84.
const AXIS: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// Scale on the central meridian of a zone of UTM, and the false easting there in metres.
const SCALE: f64 = 0.9996;
const EASTING: f64 = 500_000.0;
/// Side of a lettered square, and after how many metres the letters of rows begin again.
const SQUARE: f64 = 100_000.0;
const CYCLE: f64 = 2_000_000.0;
/// False northing of the southern hemisphere in metres.
const NORTHING: f64 = 10_000_000.0;

const BANDS: &str = "CDEFGHJKLMNPQRSTUVWX";
const COLUMNS: [&str; 3] = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"];
const ROWS: &str = "ABCDEFGHJKLMNPQRSTUV";

/// Latitude and longitude, in degrees, of the middle of the square that a reference names; `None` if it is no reference.
pub(super) fn degrees(text: &str) -> Option<(f64, f64)> {
    let mut signs = text.chars().filter(|sign| !sign.is_whitespace()).peekable();
    let mut zone = 0;
    while let Some(digit) = signs.peek().and_then(|sign| sign.to_digit(10)) {
        zone = zone * 10 + digit as usize;
        signs.next();
        if zone > 60 {
            return None;
        }
    }
    let (band, column, row) = (signs.next()?, signs.next()?, signs.next()?);
    let digits: Vec<f64> = signs.map(|sign| sign.to_digit(10).map(f64::from)).collect::<Option<_>>()?;
    if zone == 0 || digits.len() % 2 == 1 || !(4..=10).contains(&digits.len()) {
        return None;
    }
    let half = digits.len() / 2;
    let step = SQUARE / 10f64.powi(half as i32);
    let metres = |digits: &[f64]| (digits.iter().fold(0.0, |sum, digit| sum * 10.0 + digit) + 0.5) * step;
    let column = COLUMNS[(zone - 1) % 3].find(column)? as f64 + 1.0;
    let row = (ROWS.find(row)? + if zone % 2 == 0 { ROWS.len() - 5 } else { 0 }) % ROWS.len();
    let east = column * SQUARE + metres(&digits[..half]) - EASTING;
    let north = row as f64 * SQUARE + metres(&digits[half..]);
    let band = BANDS.find(band)? as f64;
    let south = band * 8.0 - 80.0;
    let meridian = zone as f64 * 6.0 - 183.0;
    // The rows' letters come again every 2,000 km: the band tells which time is meant.
    let false_northing = if south < 0.0 { NORTHING } else { 0.0 };
    (0..5).find_map(|cycle| {
        let (latitude, longitude) = from_utm(east, north + f64::from(cycle) * CYCLE - false_northing);
        let height = if band > 18.0 { 12.0 } else { 8.0 };
        (latitude >= south - MARGIN && latitude < south + height + MARGIN && longitude.abs() < WIDE)
            .then_some((latitude, meridian + longitude))
    })
}

/// Degrees by which a square may reach over the edge of its band.
const MARGIN: f64 = 0.05;
/// Degrees from the central meridian beyond which no zone reaches, those of Norway and Svalbard not either.
const WIDE: f64 = 9.0;

/// Latitude, and longitude from the central meridian, in degrees, of metres east of it and north of the equator (Snyder, Map
/// Projections: A Working Manual, 1987, formulas 8-12 to 8-25).
fn from_utm(east: f64, north: f64) -> (f64, f64) {
    let e2 = FLATTENING * (2.0 - FLATTENING);
    let mu = north / SCALE / (AXIS * (1.0 - e2 / 4.0 - 3.0 * e2.powi(2) / 64.0 - 5.0 * e2.powi(3) / 256.0));
    let root = (1.0 - e2).sqrt();
    let e1 = (1.0 - root) / (1.0 + root);
    let foot = mu
        + (1.5 * e1 - 27.0 / 32.0 * e1.powi(3)) * (2.0 * mu).sin()
        + (21.0 / 16.0 * e1.powi(2) - 55.0 / 32.0 * e1.powi(4)) * (4.0 * mu).sin()
        + 151.0 / 96.0 * e1.powi(3) * (6.0 * mu).sin();
    let second = e2 / (1.0 - e2);
    let (sin, cos, tan) = (foot.sin(), foot.cos(), foot.tan());
    let (c, t) = (second * cos.powi(2), tan.powi(2));
    let bend = 1.0 - e2 * sin.powi(2);
    let (normal, meridian) = (AXIS / bend.sqrt(), AXIS * (1.0 - e2) / bend.powf(1.5));
    let d = east / (normal * SCALE);
    let latitude = foot
        - normal * tan / meridian
            * (d.powi(2) / 2.0 - (5.0 + 3.0 * t + 10.0 * c - 4.0 * c.powi(2) - 9.0 * second) * d.powi(4) / 24.0
                + (61.0 + 90.0 * t + 298.0 * c + 45.0 * t.powi(2) - 252.0 * second - 3.0 * c.powi(2)) * d.powi(6)
                    / 720.0);
    let longitude = (d - (1.0 + 2.0 * t + c) * d.powi(3) / 6.0
        + (5.0 - 2.0 * c + 28.0 * t - 3.0 * c.powi(2) + 8.0 * second + 24.0 * t.powi(2)) * d.powi(5) / 120.0)
        / cos;
    (latitude.to_degrees(), longitude.to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_their_degrees() {
        for (text, expected) in [
            // The Washington Monument, the Sydney Opera House.
            ("18SUJ2348306479", Some((38.8895, -77.0352))),
            ("56H LH 34897 52288", Some((-33.8568, 151.2153))),
            ("18SUJ23480647", Some((38.8895, -77.0352))),
            ("61SUJ2348306479", None),
            ("18SAJ2348306479", None),
            ("18CUJ2348306479", None),
            ("18SUJ234830647", None),
            ("18SUJ", None),
        ] {
            let found = degrees(text);
            let is_near = |(found, expected): ((f64, f64), (f64, f64))| {
                (found.0 - expected.0).abs() < 0.001 && (found.1 - expected.1).abs() < 0.001
            };
            assert!(found.zip(expected).map_or(found.is_none() && expected.is_none(), is_near), "{text}: {found:?}");
        }
    }
}
