use num_bigint::BigInt;
use num_traits::Zero;
use proptest::prelude::*;

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

#[test]
fn a_number_is_two_words() {
    assert_eq!(size_of::<Decimal>(), 16);
}

/// Whole numbers of all sizes, those at the edges of machine words among them.
fn whole() -> impl Strategy<Value = i128> {
    let edge = prop::sample::select(vec![i64::MIN.into(), i64::MAX.into(), u64::MAX.into(), 1_i128 << 63, 1, 10_000]);
    prop_oneof![
        -1000..1000_i128,
        any::<i64>().prop_map(i128::from),
        any::<i128>(),
        (edge, -2..3_i128).prop_map(|(edge, by)| edge + by)
    ]
}

/// The value as arithmetic without bounds has it.
fn rational(numerator: i128, denominator: i128) -> (Decimal, BigRational) {
    let whole = |value: i128| Decimal::from_scaled(value, 0);
    let decimal = Decimal::from_ratio(&whole(numerator), &whole(denominator)).unwrap();
    (decimal, BigRational::new(numerator.into(), denominator.into()))
}

fn shown(value: &BigRational) -> String {
    let mut out = Vec::new();
    text::write_big(value, &mut out);
    String::from_utf8(out).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn small_numbers_are_reckoned_with_as_big_ones_are(
        one in whole(), below_one in whole(), two in whole(), below_two in whole(), decimals in 0..25_u32,
    ) {
        prop_assume!(below_one != 0 && below_two != 0);
        let ((one, big_one), (two, big_two)) = (rational(one, below_one), rational(two, below_two));
        for (small, big) in [
            (one.clone(), big_one.clone()),
            (&one * &two, &big_one * &big_two),
            (&one + &two, &big_one + &big_two),
            (&one + &one, &big_one + &big_one),
        ] {
            prop_assert_eq!(&small, &Decimal::from(big.clone()));
            prop_assert_eq!(small.to_string(), shown(&big));
            prop_assert_eq!(small.is_integer(), big.is_integer());
            prop_assert_eq!(small.is_zero(), big.is_zero());
        }
        prop_assert_eq!(one.cmp(&two), big_one.cmp(&big_two));
        if !big_two.is_zero() {
            prop_assert_eq!(Decimal::from_ratio(&one, &two), Some((&big_one / &big_two).into()));
        }
        let ten = BigInt::from(10).pow(decimals);
        prop_assert_eq!(one.rounded_to(decimals), Decimal::from((&big_one * &ten).round() / &ten));
    }

    #[test]
    fn a_scaled_number_is_a_fraction(mantissa in whole(), scale in 0..40_u32) {
        let big = BigRational::new(mantissa.into(), BigInt::from(10).pow(scale));
        prop_assert_eq!(Decimal::from_scaled(mantissa, scale).to_string(), shown(&big));
        prop_assert_eq!(Decimal::from_digits(&mantissa.to_string(), scale), Some(big.into()));
    }

    #[test]
    fn short_fractions_are_written_as_long_ones_are(numerator in any::<i32>(), denominator in 1..100_000_i64) {
        let (small, big) = rational(numerator.into(), denominator.into());
        prop_assert_eq!(small.to_string(), shown(&big));
    }
}

#[test]
fn powers_of_ten() {
    for exponent in -25..25_i32 {
        let power = BigRational::from_integer(BigInt::from(10).pow(exponent.unsigned_abs()));
        let power = if exponent < 0 { power.recip() } else { power };
        assert_eq!(Decimal::power_of_ten(exponent), power.into(), "{exponent}");
    }
}
