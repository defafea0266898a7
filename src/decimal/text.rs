//! From a fraction to its plain decimal.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::{Decimal, rounded_quotient};

/// A count as a person reads it: `1,234,567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Writes a fraction in lowest terms; refuses, and writes nothing, where 128 bits are not enough.
pub(super) fn write_small(numerator: i64, denominator: u64, out: &mut Vec<u8>) -> bool {
    let magnitude = u128::from(numerator.unsigned_abs());
    let found = finite(magnitude, denominator).unwrap_or_else(|| rounded(magnitude, denominator.into()));
    let Some((digits, scale)) = found else { return false };
    match u64::try_from(digits) {
        Ok(digits) => write_digits(numerator < 0, itoa::Buffer::new().format(digits), scale as usize, out),
        Err(_) => write_digits(numerator < 0, itoa::Buffer::new().format(digits), scale as usize, out),
    }
    true
}

/// Writes a fraction of any size.
pub(super) fn write_big(value: &BigRational, out: &mut Vec<u8>) {
    let (digits, scale) = match value.is_integer() {
        true => (value.numer().clone(), 0),
        false => finite_big(value).unwrap_or_else(|| rounded_big(value)),
    };
    write_digits(digits.is_negative(), &digits.magnitude().to_string(), scale as usize, out);
}

fn write_digits(is_negative: bool, digits: &str, scale: usize, out: &mut Vec<u8>) {
    if is_negative {
        out.push(b'-');
    }
    let digits = digits.as_bytes();
    match digits.len().checked_sub(scale) {
        _ if scale == 0 => out.extend_from_slice(digits),
        Some(whole) if whole > 0 => {
            out.extend_from_slice(&digits[..whole]);
            out.push(b'.');
            out.extend_from_slice(&digits[whole..]);
        }
        _ => {
            out.extend_from_slice(b"0.");
            out.resize(out.len() + scale - digits.len(), b'0');
            out.extend_from_slice(digits);
        }
    }
}

/// Digits and scale of a fraction with a finite expansion. The outer `None` is for one without, the inner for too many
/// digits.
fn finite(numerator: u128, denominator: u64) -> Option<Option<(u128, u32)>> {
    let twos = denominator.trailing_zeros();
    let mut rest = denominator >> twos;
    let mut fives = 0;
    while rest.is_multiple_of(5) {
        rest /= 5;
        fives += 1;
    }
    if rest != 1 {
        return None;
    }
    let scale = twos.max(fives);
    // 10^scale / denominator
    let factor = 5_u128.checked_pow(scale - fives).and_then(|factor| factor.checked_mul(1 << (scale - twos)));
    Some(factor.and_then(|factor| numerator.checked_mul(factor)).map(|digits| (digits, scale)))
}

/// Digits and scale of the value rounded half up to [`Decimal::ROUNDED_DIGITS`] significant digits.
fn rounded(numerator: u128, denominator: u128) -> Option<(u128, u32)> {
    let digits = Decimal::ROUNDED_DIGITS as u32;
    let mut scale = match (numerator / denominator).checked_ilog10() {
        Some(before_last) => digits.saturating_sub(before_last + 1),
        None => {
            let (mut leading, mut probe) = (0, numerator);
            while probe < denominator {
                probe = probe.checked_mul(10)?;
                leading += 1;
            }
            digits + leading - 1
        }
    };
    let mut digits = rounded_quotient(numerator.checked_mul(10_u128.checked_pow(scale)?)?, denominator)?;
    while scale > 0 && digits % 10 == 0 {
        digits /= 10;
        scale -= 1;
    }
    Some((digits, scale))
}

/// As [`finite`], for any size.
fn finite_big(value: &BigRational) -> Option<(BigInt, u32)> {
    let mut rest = value.denom().clone();
    let mut count = |factor: u32| {
        let mut power = 0;
        while (&rest % factor).is_zero() {
            rest /= factor;
            power += 1;
        }
        power
    };
    let scale = count(2).max(count(5));
    rest.is_one().then(|| ((value * BigInt::from(10).pow(scale)).to_integer(), scale))
}

/// As [`rounded`], for any size.
fn rounded_big(value: &BigRational) -> (BigInt, u32) {
    let magnitude = value.abs();
    let whole = magnitude.to_integer();
    let mut scale = if whole.is_zero() {
        let mut leading = 0;
        let mut probe = magnitude.clone();
        while probe < BigRational::one() {
            probe *= BigInt::from(10);
            leading += 1;
        }
        Decimal::ROUNDED_DIGITS + leading - 1
    } else {
        Decimal::ROUNDED_DIGITS.saturating_sub(whole.to_string().len())
    };
    let mut digits = (value * BigInt::from(10).pow(scale as u32)).round().to_integer();
    while scale > 0 && (&digits % 10u32).is_zero() {
        digits /= 10u32;
        scale -= 1;
    }
    (digits, scale as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
