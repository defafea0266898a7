//! "30,000 yuan (about $4,500)": two amounts that state each other.
//!
//! The second stands in brackets right behind the first, or behind "or", in the same sentence and another currency; what
//! may stand between them is data (`rules/money/equivalent.csv`). Both are linked, and where the text's own rate is far
//! from the historical one, flagged: one of the two is probably a slip.

use crate::decimal::Decimal;
use crate::document::ViewSpan;
use crate::normalize::{Amount, Value};
use crate::resolve::{Fact, Setting};
use crate::text::spaced_lower_into;

use super::convert::Converter;
use super::when::When;

/// Table of what may stand between two equivalent amounts.
const TABLE: &str = "money/equivalent";
/// Bytes between two amounts that are looked at.
const LONGEST_GAP: usize = 48;
/// How far the stated rate may be from the historical one, in percent.
const TOLERANCE: i64 = 15;

/// Links the equivalents among the facts of money, each with the day of its rate; the first has the index `first` among all
/// facts.
pub fn link(setting: &Setting<'_>, facts: &mut [Fact], days: &[Option<When>], first: usize, converter: &Converter<'_>) {
    let gaps = Gaps::of(setting);
    for second in 1..facts.len() {
        let (before, after) = (&facts[second - 1], &facts[second]);
        if before.sentence != after.sentence || !gaps.holds(setting.text(), before.span, after.span) {
            continue;
        }
        let Some(off) = compared(before, after, days[second - 1], converter) else { continue };
        for (one, other) in [(second - 1, second), (second, second - 1)] {
            if let Value::Money(money) = &mut facts[one].value {
                money.equivalent = Some(first + other);
            }
            if off {
                facts[one].flags.insert("equivalent-rate-off".into());
            }
        }
    }
}

/// Whether two amounts of different currencies are far from the historical rate; none if they cannot be equivalents.
fn compared(before: &Fact, after: &Fact, when: Option<When>, converter: &Converter<'_>) -> Option<bool> {
    let (Value::Money(one), Value::Money(two)) = (&before.value, &after.value) else { return None };
    let (from, to) = (one.currency.as_deref()?, two.currency.as_deref()?);
    if from == to || one.equivalent.is_some() {
        return None;
    }
    let stated = Decimal::from_ratio(&size(&two.amount)?, &size(&one.amount)?)?;
    let Some(rate) = when.and_then(|when| converter.rate(from, to, when.day)) else { return Some(false) };
    let ratio = Decimal::from_ratio(&stated, &rate.value)?;
    let bound = |percent: i64| Decimal::from_scaled(percent.into(), 2);
    Some(ratio < bound(100 - TOLERANCE) || ratio > bound(100 + TOLERANCE))
}

/// The value, or the lower bound of a range.
fn size(amount: &Amount) -> Option<Decimal> {
    match amount {
        Amount::Exact(value) => Some(value.clone()),
        Amount::Range { low, high } => low.clone().or_else(|| high.clone()),
        Amount::Ratio(_) => None,
    }
}

/// What may stand between: one of the openers, then any of the fillers.
#[derive(Debug, Default)]
struct Gaps {
    openers: Vec<String>,
    fillers: Vec<String>,
}

impl Gaps {
    fn of<'a>(setting: &Setting<'a>) -> &'a Self {
        setting.ruleset.prepared.get(|| {
            let [openers, fillers] = setting.ruleset.lexicon.words_by(TABLE, "role", "opener");
            let mut gaps = Self { openers, fillers };
            // The longest goes before what it starts with.
            for words in [&mut gaps.openers, &mut gaps.fillers] {
                words.sort_by_key(|each| std::cmp::Reverse(each.len()));
            }
            gaps
        })
    }

    fn holds(&self, text: &str, before: ViewSpan, after: ViewSpan) -> bool {
        let (start, end) = (before.end as usize, after.start as usize);
        if end <= start || end - start > LONGEST_GAP {
            return false;
        }
        let mut gap = String::new();
        spaced_lower_into(&text[start..end], &mut gap);
        let Some(mut rest) = stripped(&gap, &self.openers) else { return false };
        while !rest.is_empty() {
            match stripped(rest, &self.fillers) {
                Some(shorter) => rest = shorter,
                None => return false,
            }
        }
        true
    }
}

/// The text behind the first of the words that it starts with.
fn stripped<'t>(text: &'t str, words: &[String]) -> Option<&'t str> {
    let ends =
        |rest: &str, word: &str| !word.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric);
    words.iter().find_map(|word| {
        let rest = text.strip_prefix(word.as_str())?;
        ends(rest, word).then(|| rest.trim_start())
    })
}
