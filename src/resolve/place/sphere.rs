//! Points on the earth, and whether two of them are near each other.

/// Mean radius of the earth in kilometres.
const RADIUS: f64 = 6371.0;
/// Kilometres of a degree of latitude, rounded down.
const DEGREE: f64 = 111.0;

/// A point on the earth, ready to be compared with many others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    /// Degrees north of the equator.
    pub latitude: f64,
    /// The same point on a sphere of radius 1 around the earth's centre.
    unit: [f64; 3],
}

impl Point {
    /// The point at degrees of latitude and longitude.
    pub fn new(latitude: f64, longitude: f64) -> Self {
        let (north, east) = (latitude.to_radians(), longitude.to_radians());
        Self { latitude, unit: [north.cos() * east.cos(), north.cos() * east.sin(), north.sin()] }
    }

    /// Whether another point is less than a distance away. Most are not, as their latitudes tell.
    #[inline]
    pub fn is_within(&self, other: &Self, distance: Distance) -> bool {
        (self.latitude - other.latitude).abs() < distance.degrees && self.squared_chord(other) < distance.squared_chord
    }

    fn squared_chord(&self, other: &Self) -> f64 {
        let [x, y, z] = self.unit;
        let [other_x, other_y, other_z] = other.unit;
        (x - other_x).powi(2) + (y - other_y).powi(2) + (z - other_z).powi(2)
    }
}

/// A distance along the surface of the earth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Distance {
    /// Degrees of latitude that are as far, rounded up.
    pub degrees: f64,
    /// The straight way through the earth, of radius 1, squared.
    squared_chord: f64,
}

impl Distance {
    /// A distance of up to a thousand kilometres.
    pub const fn of(kilometres: f64) -> Self {
        let half = kilometres / RADIUS / 2.0;
        // The series of the sine; what is left out is less than a millimetre.
        let sine = half - half * half * half / 6.0 + half * half * half * half * half / 120.0;
        Self { degrees: kilometres / DEGREE, squared_chord: 4.0 * sine * sine }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        // Paris and London are 344 km apart, a degree of longitude at 60° north is 55.6 km, and the date line is no border.
        for (from, to, kilometres) in [
            ((48.85, 2.35), (51.51, -0.13), 344.0),
            ((60.0, 10.0), (60.0, 11.0), 55.6),
            ((0.0, 179.5), (0.0, -179.5), 111.2),
            ((89.9, 0.0), (89.9, 180.0), 22.24),
            ((1.0, 1.0), (1.0, 2.0), 111.18),
        ] {
            let (one, other) = (Point::new(from.0, from.1), Point::new(to.0, to.1));
            assert!(one.is_within(&other, Distance::of(kilometres * 1.005)), "{from:?} {to:?}");
            assert!(!one.is_within(&other, Distance::of(kilometres * 0.995)), "{from:?} {to:?}");
        }
        let here = Point::new(1.0, 1.0);
        assert!(here.is_within(&here, Distance::of(0.001)));
    }
}
