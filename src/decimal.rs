//! Exact numbers, written plainly.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// An exact rational number that is written as a plain decimal (`30000`, `0.15`; never `3e4`).
///
/// Rational, because thirds and unit factors such as 5/9 have no finite decimal. What has one is written in full; what
/// has none is rounded half up to [`Decimal::ROUNDED_DIGITS`] significant digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub BigRational);

impl Decimal {
    /// Significant digits of a value that has no finite decimal.
    pub const ROUNDED_DIGITS: usize = 15;

    /// A whole number.
    pub fn from_integer(value: i64) -> Self {
        Self(BigRational::from_integer(BigInt::from(value)))
    }

    /// `mantissa` × 10^-`scale`.
    pub fn from_scaled(mantissa: BigInt, scale: u32) -> Self {
        Self(BigRational::new(mantissa, BigInt::from(10).pow(scale)))
    }

    /// `numerator` / `denominator`; `None` for a zero denominator.
    pub fn from_ratio(numerator: &Self, denominator: &Self) -> Option<Self> {
        (!denominator.0.is_zero()).then(|| Self(&numerator.0 / &denominator.0))
    }

    /// 10^`exponent`.
    pub fn power_of_ten(exponent: i32) -> Self {
        let power = BigRational::from_integer(BigInt::from(10).pow(exponent.unsigned_abs()));
        Self(if exponent < 0 { power.recip() } else { power })
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// The value as a machine integer, if it is whole and fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.is_integer().then(|| i64::try_from(self.0.to_integer()).ok()).flatten()
    }

    /// Finite expansion: digits and scale, or `None`.
    fn finite(&self) -> Option<(BigInt, u32)> {
        let mut rest = self.0.denom().clone();
        let mut count = |factor: u32| {
            let mut power = 0;
            while (&rest % factor).is_zero() {
                rest /= factor;
                power += 1;
            }
            power
        };
        let scale = count(2).max(count(5));
        rest.is_one().then(|| ((&self.0 * BigInt::from(10).pow(scale)).to_integer(), scale))
    }

    /// Digits and scale of the value rounded half up (away from zero) to [`Self::ROUNDED_DIGITS`] significant digits.
    fn rounded(&self) -> (BigInt, u32) {
        let magnitude = self.0.abs();
        let whole = magnitude.to_integer();
        let mut scale = if whole.is_zero() {
            let mut leading = 0;
            let mut probe = magnitude.clone();
            while probe < BigRational::one() {
                probe *= BigInt::from(10);
                leading += 1;
            }
            Self::ROUNDED_DIGITS + leading - 1
        } else {
            Self::ROUNDED_DIGITS.saturating_sub(whole.to_string().len())
        };
        let mut digits = (&self.0 * BigInt::from(10).pow(scale as u32)).round().to_integer();
        while scale > 0 && (&digits % 10u32).is_zero() {
            digits /= 10u32;
            scale -= 1;
        }
        (digits, scale as u32)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_integer() {
            return write!(f, "{}", self.0.numer());
        }
        let (digits, scale) = self.finite().unwrap_or_else(|| self.rounded());
        let sign = if digits.is_negative() { "-" } else { "" };
        let digits = digits.magnitude().to_string();
        let scale = scale as usize;
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(f, "{sign}{whole}{}{fraction}", if scale > 0 { "." } else { "" })
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not a plain decimal or a fraction of two.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("expected a number such as `30000`, `-0.15` or `5/9`, found `{0}`")]
pub struct NotANumber(String);

impl FromStr for Decimal {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let error = || NotANumber(text.to_owned());
        if let Some((numerator, denominator)) = text.split_once('/') {
            return Self::from_ratio(&numerator.parse()?, &denominator.parse()?).ok_or_else(error);
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if unsigned.is_empty() || !plain(unsigned) || !plain(fraction) || text.ends_with('.') {
            return Err(error());
        }
        let mantissa: BigInt = format!("{whole}{fraction}").parse().map_err(|_| error())?;
        Ok(Self::from_scaled(mantissa, fraction.len() as u32))
    }
}

impl std::ops::Mul<&Decimal> for &Decimal {
    type Output = Decimal;
    fn mul(self, other: &Decimal) -> Decimal {
        Decimal(&self.0 * &other.0)
    }
}

impl std::ops::Add<&Decimal> for &Decimal {
    type Output = Decimal;
    fn add(self, other: &Decimal) -> Decimal {
        Decimal(&self.0 + &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_decimals_round_trip() {
        for text in ["0", "30000", "-5", "0.15", "-0.001", "123456789012345678901234567890.5"] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn fractions_are_finite_or_rounded() {
        for (text, shown) in [
            ("3/4", "0.75"),
            ("1/3", "0.333333333333333"),
            ("2/3", "0.666666666666667"),
            ("100000/3", "33333.3333333333"),
            ("1/3000", "0.000333333333333333"),
        ] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), shown, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-", ".", "5.", "1e4", "1,5", "5/0", "+5", "٣"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }
}
