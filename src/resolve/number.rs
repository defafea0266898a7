//! What a number counts where its own noun is left out: "five cities … three of them", "among the 100".
//!
//! The noun is that of the last count of at least as many before it, not far away. Which words show that it is left
//! out is data (`rules/number/ellipsis.csv`).

use crate::document::{ViewSpan, floor_boundary};
use crate::normalize::{Amount, NumberType, Value};
use crate::resolve::{Fact, Setting};
use crate::text::spaced_lower_into;

/// Table of the words beside a number whose noun is left out.
const TABLE: &str = "number/ellipsis";
/// Bytes beside a number that are looked at.
const WINDOW: usize = 24;
/// Bytes that the noun may lie before the number.
const REACH: u32 = 400;

/// The words before and behind a number whose noun is left out.
#[derive(Debug, Default)]
struct Signs {
    before: Vec<String>,
    after: Vec<String>,
    /// The last bytes of those before, the first of those behind: beside most numbers stands another.
    edges: [Vec<u8>; 2],
}

impl Signs {
    fn of<'a>(setting: &Setting<'a>) -> &'a Self {
        setting.ruleset.prepared.get(|| {
            let [before, after] = setting.ruleset.lexicon.words_by(TABLE, "position", "before");
            let edges = [
                before.iter().filter_map(|words| words.bytes().last()).collect(),
                after.iter().filter_map(|words| words.bytes().next()).collect(),
            ];
            Self { before, after, edges }
        })
    }

    fn hold(&self, text: &str, span: ViewSpan, room: &mut String) -> bool {
        let (start, end) = (span.start as usize, span.end as usize);
        let (from, to) = (floor_boundary(text, start.saturating_sub(WINDOW)), floor_boundary(text, end + WINDOW));
        let (before, after) = (text[from..start].trim_end(), text[end..to].trim_start());
        let may = |edges: &[u8], byte: Option<&u8>| {
            byte.is_some_and(|byte| !byte.is_ascii() || edges.contains(&byte.to_ascii_lowercase()))
        };
        if may(&self.edges[0], before.as_bytes().last()) {
            spaced_lower_into(before, room);
            let begins = |rest: &str| !rest.ends_with(char::is_alphanumeric);
            if self.before.iter().any(|sign| room.strip_suffix(sign.as_str()).is_some_and(begins)) {
                return true;
            }
        }
        if !may(&self.edges[1], after.as_bytes().first()) {
            return false;
        }
        spaced_lower_into(after, room);
        let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        self.after.iter().any(|sign| room.strip_prefix(sign.as_str()).is_some_and(ends))
    }
}

/// Whether so many can be a part of so many.
fn is_part(part: &Amount, whole: &Amount) -> bool {
    match (part, whole) {
        (Amount::Exact(part), Amount::Exact(whole)) => part <= whole,
        _ => true,
    }
}

/// Fills in what counts without a noun of their own count; the facts are those of numbers, by position.
pub fn elliptical(setting: &Setting<'_>, facts: &mut [Fact]) {
    let signs = Signs::of(setting);
    let mut room = String::new();
    for at in 1..facts.len() {
        let (before, rest) = facts.split_at_mut(at);
        let fact = &mut rest[0];
        let Value::Number(number) = &mut fact.value else { continue };
        let is_count = matches!(number.number_type, NumberType::Cardinal | NumberType::Percent | NumberType::Ordinal);
        if !is_count || number.counted.is_some() || !signs.hold(setting.text(), fact.span, &mut room) {
            continue;
        }
        let noun =
            before.iter().rev().take_while(|each| each.span.end + REACH > fact.span.start).find_map(|each| match &each
                .value
            {
                Value::Number(other) if other.number_type == NumberType::Cardinal => {
                    other.counted.clone().filter(|_| is_part(&number.amount, &other.amount))
                }
                _ => None,
            });
        if noun.is_some() {
            number.counted = noun;
            fact.flags.insert("counted-before".into());
        }
    }
}
