//! Factors of units against an independent library: fend's own table of units.

#![allow(clippy::unwrap_used)] // a test may panic

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// Units of the same name that are others: UCUM's year and month are Julian, fend's tropical.
const OWN: [(&str, &str); 2] = [("year", "(365.25 day)"), ("month", "(30.4375 day)")];

/// Units that fend itself rounds.
const ROUNDED: [&str; 1] = ["shaku"];

/// How far two factors may be apart: fend's physical constants are of another year.
const TOLERANCE: f64 = 1e-6;

fn factor(text: &str) -> f64 {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let exact = |text: &str| {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits: BigInt = format!("{whole}{decimals}").parse().unwrap();
        BigRational::new(digits, BigInt::from(10).pow(u32::try_from(decimals.len()).unwrap()))
    };
    (exact(numerator) / exact(denominator)).to_f64().unwrap()
}

/// What fend says that one of a unit is in another; none where it knows one of them not, or not as the same dimension.
fn fend(context: &mut fend_core::Context, unit: &str, si: &str) -> Option<f64> {
    let result = fend_core::evaluate(&format!("((1 {unit}) / (1 {si})) to exact as a float in 30 sf"), context)
        .or_else(|_| fend_core::evaluate(&format!("((1 {unit}) / (1 {si})) to 30 sf"), context));
    result.ok()?.get_main_result().trim_start_matches("approx. ").replace([',', ' '], "").parse().ok()
}

/// A unit's name as fend writes it: "cubic foot per second" is `foot^3/(second)`.
fn expression(name: &str) -> String {
    let own = |name: &str| OWN.iter().fold(name.to_owned(), |name, (unit, days)| name.replace(unit, days));
    let (top, bottom) = name.split_once(" per ").unwrap_or((name, ""));
    let powered = |part: &str| {
        let power = |word: &str, power: u8| {
            part.strip_prefix(word).map(|rest| format!("({})^{power}", rest.replace(['-', ' '], "_")))
        };
        power("square ", 2).or_else(|| power("cubic ", 3)).unwrap_or_else(|| part.replace(['-', ' '], "_"))
    };
    match bottom {
        "" => own(&powered(top)),
        bottom => format!("{}/({})", powered(top), own(&powered(bottom))),
    }
}

/// UCUM of a coherent SI unit as fend writes it.
fn si(ucum: &str) -> Option<String> {
    let known: BTreeMap<&str, &str> =
        [("Ohm", "ohm"), ("By", "byte"), ("By/s", "byte/s"), ("rad", "radian"), ("Hz", "Hz")].into();
    let code = known.get(ucum).map_or(ucum.to_owned(), ToString::to_string);
    let ends = code.char_indices().map(|(at, each)| {
        let before = at.checked_sub(1).map(|at| code.as_bytes()[at]);
        match each {
            '.' => "*".to_owned(),
            digit if digit.is_ascii_digit() && before.is_some_and(|byte| byte.is_ascii_alphabetic()) => {
                format!("^{digit}")
            }
            '-' => "^-".to_owned(),
            _ => each.to_string(),
        }
    });
    (!code.contains(['{', '[', '(']) && code != "1" && code != "dB")
        .then(|| ends.collect::<String>().replace("^^", "^"))
}

#[test]
fn factors_agree_with_an_independent_library() {
    let mut context = fend_core::Context::new();
    let table = include_str!("../rules/unit/units.csv");
    let (mut compared, mut unknown, mut wrong) = (0, Vec::new(), Vec::new());
    for row in csv::Reader::from_reader(table.as_bytes()).records() {
        let row = row.unwrap();
        let (name, si_unit, offset) = (&row[1], &row[3], &row[5]);
        let Some(si_unit) = si(si_unit).filter(|_| offset.is_empty() && !ROUNDED.contains(&name)) else { continue };
        let Some(theirs) = fend(&mut context, &expression(name), &si_unit) else {
            unknown.push(name.to_owned());
            continue;
        };
        let ours = factor(&row[4]);
        compared += 1;
        if (theirs / ours - 1.0).abs() > TOLERANCE {
            wrong.push(format!("{name}: ours {ours}, fend's {theirs}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared >= 380, "only {compared} compared; unknown to fend: {}", unknown.join(", "));
}
