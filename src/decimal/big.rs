//! What does not fit into machine words. Rare, so plain rather than fast.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::Decimal;

fn ten_to(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}

pub(super) fn scaled(mantissa: BigInt, scale: u32) -> Decimal {
    BigRational::new(mantissa, ten_to(scale)).into()
}

pub(super) fn power_of_ten(exponent: i32) -> Decimal {
    let power = BigRational::from_integer(ten_to(exponent.unsigned_abs()));
    if exponent < 0 { power.recip() } else { power }.into()
}

pub(super) fn rounded_to(value: &BigRational, decimals: u32) -> Decimal {
    let power = ten_to(decimals);
    ((value * &power).round() / power).into()
}

pub(super) fn to_i128(value: &BigRational) -> Option<i128> {
    value.is_integer().then(|| value.numer().try_into().ok()).flatten()
}
