//! Exact numbers, written plainly.
//!
//! Nearly every number of a text is a small fraction: 64 bits above, 64 bits below. Those are kept and reckoned with in
//! machine words, without allocation; what does not fit becomes a [big rational](big), and comes back when it fits
//! again. So a value has one form only, and equal values are equal bit by bit.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use num_rational::BigRational;

mod big;
mod text;

pub use text::grouped;

/// An exact rational number that is written as a plain decimal (`30000`, `0.15`; never `3e4`).
///
/// Rational, because thirds and unit factors such as 5/9 have no finite decimal. What has one is written in full; what
/// has none is rounded half up to [`Decimal::ROUNDED_DIGITS`] significant digits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Form);

/// In lowest terms; `Small` whenever it fits.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Small(i64, NonZeroU64),
    Big(Box<BigRational>),
}

const ONE: NonZeroU64 = NonZeroU64::MIN;

impl Decimal {
    /// Significant digits of a value that has no finite decimal.
    pub const ROUNDED_DIGITS: usize = 15;

    /// A whole number.
    pub const fn from_integer(value: i64) -> Self {
        Self(Form::Small(value, ONE))
    }

    /// `mantissa` × 10^-`scale`.
    pub fn from_scaled(mantissa: i128, scale: u32) -> Self {
        let (Ok(mut numerator), Some(_)) = (i64::try_from(mantissa), 10_u64.checked_pow(scale)) else {
            return big::scaled(mantissa.into(), scale);
        };
        if numerator == 0 {
            return Self::from_integer(0);
        }
        let twos = numerator.trailing_zeros().min(scale);
        numerator >>= twos;
        let mut fives = 0;
        while fives < scale && numerator % 5 == 0 {
            numerator /= 5;
            fives += 1;
        }
        Self::small(numerator, 5_u64.pow(scale - fives) << (scale - twos))
    }

    /// The number written by these ASCII digits, × 10^-`scale`; `None` for anything else.
    pub fn from_digits(digits: &str, scale: u32) -> Option<Self> {
        match digits.parse::<i128>() {
            Ok(mantissa) => Some(Self::from_scaled(mantissa, scale)),
            Err(_) => Some(big::scaled(digits.parse().ok()?, scale)),
        }
    }

    /// `numerator` / `denominator`; `None` for a zero denominator.
    pub fn from_ratio(numerator: &Self, denominator: &Self) -> Option<Self> {
        if denominator.is_zero() {
            return None;
        }
        let (Form::Small(above, below), Form::Small(by_above, by_below)) = (&numerator.0, &denominator.0) else {
            return Some((numerator.to_big() / denominator.to_big()).into());
        };
        let sign = i128::from(by_above.signum());
        Some(product((i128::from(*above), below.get()), (sign * i128::from(by_below.get()), by_above.unsigned_abs())))
    }

    /// 10^`exponent`.
    pub fn power_of_ten(exponent: i32) -> Self {
        match 10_i64.checked_pow(exponent.unsigned_abs()) {
            Some(power) if exponent < 0 => Self::small(1, power.unsigned_abs()),
            Some(power) => Self::from_integer(power),
            None => big::power_of_ten(exponent),
        }
    }

    /// Rounded half away from zero to so many decimals.
    pub fn rounded_to(&self, decimals: u32) -> Self {
        let small = || {
            let Form::Small(numerator, denominator) = &self.0 else { return None };
            let scaled = i128::from(*numerator).checked_mul(10_i128.checked_pow(decimals)?)?;
            let magnitude = rounded_quotient(scaled.unsigned_abs(), denominator.get().into())?;
            Some(Self::from_scaled(i128::try_from(magnitude).ok()? * scaled.signum(), decimals))
        };
        small().unwrap_or_else(|| big::rounded_to(&self.to_big(), decimals))
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Form::Small(_, denominator) => *denominator == ONE,
            Form::Big(value) => value.is_integer(),
        }
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Form::Small(0, _))
    }

    /// The value as a machine integer, if it is whole and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Small(value, ONE) => Some(*value),
            _ => None,
        }
    }

    /// The value as a wide machine integer, if it is whole and fits.
    pub fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Form::Small(value, ONE) => Some((*value).into()),
            Form::Small(..) => None,
            Form::Big(value) => big::to_i128(value),
        }
    }

    /// Writes the plain decimal, as [`Display`](fmt::Display) does.
    pub fn write_to(&self, out: &mut Vec<u8>) {
        let written = match &self.0 {
            Form::Small(value, ONE) => {
                out.extend_from_slice(itoa::Buffer::new().format(*value).as_bytes());
                true
            }
            Form::Small(numerator, denominator) => text::write_small(*numerator, denominator.get(), out),
            Form::Big(_) => false,
        };
        if !written {
            text::write_big(&self.to_big(), out);
        }
    }

    /// From what is in lowest terms.
    fn small(numerator: i64, denominator: u64) -> Self {
        Self(Form::Small(numerator, NonZeroU64::new(denominator).unwrap_or(ONE)))
    }

    /// From what is in lowest terms, of any size.
    fn reduced(numerator: i128, denominator: u128) -> Self {
        match (i64::try_from(numerator), u64::try_from(denominator)) {
            (Ok(numerator), Ok(denominator)) => Self::small(numerator, denominator),
            _ => Self(Form::Big(Box::new(BigRational::new_raw(numerator.into(), denominator.into())))),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Form::Small(numerator, denominator) => BigRational::new_raw((*numerator).into(), denominator.get().into()),
            Form::Big(value) => (**value).clone(),
        }
    }
}

impl From<BigRational> for Decimal {
    /// The value must be in lowest terms, as all results of arithmetic are.
    fn from(value: BigRational) -> Self {
        match (value.numer().try_into(), value.denom().try_into()) {
            (Ok(numerator), Ok(denominator)) => Self::small(numerator, denominator),
            _ => Self(Form::Big(Box::new(value))),
        }
    }
}

/// The product of two fractions in lowest terms. Common factors can only be crosswise.
fn product((one, below_one): (i128, u64), (other, below_other): (i128, u64)) -> Decimal {
    if below_one == 1 && below_other == 1 {
        return Decimal::reduced(one * other, 1);
    }
    let first = common(one.unsigned_abs(), below_other);
    let second = common(other.unsigned_abs(), below_one);
    let numerator = (one / i128::from(first)) * (other / i128::from(second));
    Decimal::reduced(numerator, u128::from(below_one / second) * u128::from(below_other / first))
}

/// The sum of two fractions in lowest terms, whose denominators differ; `None` where 128 bits are not enough.
fn sum((one, below_one): (i64, u64), (other, below_other): (i64, u64)) -> Option<Decimal> {
    let shared = common(below_one.into(), below_other);
    let (factor, other_factor) = (below_other / shared, below_one / shared);
    let above = (i128::from(one) * i128::from(factor)).checked_add(i128::from(other) * i128::from(other_factor))?;
    // Whatever the sum and the common denominator share, the two denominators share.
    let divisor = common(above.unsigned_abs(), shared);
    Some(Decimal::reduced(above / i128::from(divisor), u128::from(other_factor) * u128::from(below_other / divisor)))
}

/// The greatest common divisor; a machine division first brings the larger number down.
fn common(large: u128, small: u64) -> u64 {
    if small == 1 {
        return 1;
    }
    let large = u64::try_from(large).unwrap_or_else(|_| (large % u128::from(small)) as u64);
    let (mut one, mut other) = (small, large);
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

/// A quotient rounded half up.
fn rounded_quotient(number: u128, by: u128) -> Option<u128> {
    let (quotient, rest) = (number / by, number % by);
    quotient.checked_add(u128::from(rest >= by - rest))
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Small(one, below_one), Form::Small(two, below_two)) if below_one == below_two => one.cmp(two),
            (Form::Small(one, below_one), Form::Small(two, below_two)) => {
                let cross = |above: &i64, below: &NonZeroU64| i128::from(*above) * i128::from(below.get());
                cross(one, below_two).cmp(&cross(two, below_one))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::with_capacity(32);
        self.write_to(&mut text);
        // Only ASCII is ever written.
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
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
        if fraction.is_empty() {
            return Self::from_digits(whole, 0).ok_or_else(error);
        }
        Self::from_digits(&format!("{whole}{fraction}"), fraction.len() as u32).ok_or_else(error)
    }
}

impl std::ops::Mul<&Decimal> for &Decimal {
    type Output = Decimal;
    fn mul(self, other: &Decimal) -> Decimal {
        match (&self.0, &other.0) {
            (Form::Small(one, below_one), Form::Small(two, below_two)) => {
                product(((*one).into(), below_one.get()), ((*two).into(), below_two.get()))
            }
            _ => (self.to_big() * other.to_big()).into(),
        }
    }
}

impl std::ops::Add<&Decimal> for &Decimal {
    type Output = Decimal;
    fn add(self, other: &Decimal) -> Decimal {
        match (&self.0, &other.0) {
            (Form::Small(one, ONE), Form::Small(two, ONE)) => Decimal::reduced(i128::from(*one) + i128::from(*two), 1),
            (Form::Small(one, below_one), Form::Small(two, below_two)) if below_one == below_two => {
                let (sum, below) = (i128::from(*one) + i128::from(*two), below_one.get());
                let divisor = common(sum.unsigned_abs(), below);
                Decimal::reduced(sum / i128::from(divisor), (below / divisor).into())
            }
            (_, Form::Small(0, _)) => self.clone(),
            (Form::Small(one, below_one), Form::Small(two, below_two)) => {
                sum((*one, below_one.get()), (*two, below_two.get()))
                    .unwrap_or_else(|| (self.to_big() + other.to_big()).into())
            }
            _ => (self.to_big() + other.to_big()).into(),
        }
    }
}

#[cfg(test)]
mod tests;
