//! What a number counts: the noun phrase behind it.
//!
//! Without a parser the end of a noun phrase is a guess: it ends before a word that cannot stand in one (prepositions,
//! auxiliaries, pronouns: `rules/number/counted.csv`), at punctuation and at the sentence's end; of what is left, words
//! behind the last plural are cut off ("10 workers died yesterday"). It fails on nouns that look like verbs and on verbs
//! that look like plurals, and then gives too much or nothing, never a wrong number.

use std::ops::Range;

use crate::lexicon::ClassId;
use crate::normalize::{Class, Input, Text, spaced};
use crate::scan::TokenKind;

/// Tokens that a noun phrase may have.
const LONGEST: usize = 9;
/// Tokens of one without a plural.
const LONGEST_SINGULAR: usize = 4;
/// Table of word endings below the rules' root, without extension.
const ENDINGS: &str = "number/counted_endings";

/// The classes and endings, looked up once.
#[derive(Debug)]
struct Words {
    stop: Option<ClassId>,
    of: Option<ClassId>,
    determiner: Option<ClassId>,
    plural: Option<ClassId>,
    /// Adjectives that end a measure ("40 m wide"); alone they are no noun phrase.
    dimension: Option<ClassId>,
    /// What points to a time if one of the classes after it stands behind: "last year", "next Friday".
    deictic: Option<ClassId>,
    times: [Option<ClassId>; 4],
    /// Qualifiers before a number: first token, and the tokens after it.
    qualifier: [Option<ClassId>; 2],
    /// Ending, whether it marks a plural (else a word that ends the phrase), and longer endings that it does not hold for.
    endings: Vec<(String, bool, Vec<String>)>,
}

/// What an ending says of a word.
#[derive(PartialEq, Eq)]
enum Looks {
    Plural,
    Verb,
    Plain,
}

impl Words {
    fn of<'a>(input: &Input<'a>) -> &'a Self {
        input.ruleset.prepared.get(|| Self::load(input))
    }

    fn load(input: &Input<'_>) -> Self {
        let endings = input.ruleset.lexicon.table_named(ENDINGS).map_or(Vec::new(), |(_, table)| {
            let not =
                |row| table.get(row, "not").split('|').filter(|each| !each.is_empty()).map(str::to_owned).collect();
            (0..table.len())
                .map(|row| (table.get(row, "ending").to_owned(), table.get(row, "says") == "plural", not(row)))
                .collect()
        });
        let qualifier = input.class(Class::QualifierBefore);
        Self {
            stop: input.class(Class::CountedStop),
            of: input.class(Class::CountedOf),
            determiner: input.class(Class::CountedDeterminer),
            plural: input.class(Class::CountedPlural),
            dimension: input.class(Class::CountedDimension),
            deictic: input.class(Class::DateDeictic),
            times: [Class::TimeUnit, Class::Month, Class::Weekday, Class::Season].map(|class| input.class(class)),
            qualifier: [qualifier, qualifier.and_then(|class| input.ruleset.lexicon.classes().inside(class))],
            endings,
        }
    }

    fn looks(&self, input: &Input<'_>, token: usize) -> Looks {
        if has(input, token, self.plural) {
            return Looks::Plural;
        }
        let word = input.text_of(token..token + 1);
        // A possessive ’s is no plural.
        if !word.starts_with(char::is_alphanumeric) {
            return Looks::Plain;
        }
        let ends = |ending: &str| {
            let start = word.len().checked_sub(ending.len()).filter(|start| *start > 1);
            start.and_then(|start| word.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
        };
        match self.endings.iter().find(|(ending, _, not)| ends(ending) && !not.iter().any(|each| ends(each))) {
            Some((_, true, _)) => Looks::Plural,
            Some(_) => Looks::Verb,
            None => Looks::Plain,
        }
    }
}

fn has(input: &Input<'_>, token: usize, class: Option<ClassId>) -> bool {
    class.is_some_and(|class| input.scanned.has(token, class))
}

/// The noun phrase that starts at the token `from`; only one with a plural where the number can count nothing else.
pub fn counted(input: &Input<'_>, from: usize, plural: bool) -> Option<Text> {
    let tokens = &input.scanned.tokens;
    if from >= tokens.len() || tokens[from].is_break() {
        return None;
    }
    let words = Words::of(input);
    let last = input.scanned.sentence(from).end.min(from + 2 * LONGEST);
    let is_part =
        |token: usize| tokens[token].glued && tokens[token].kind == TokenKind::Word && !has(input, token, words.stop);
    // What a 300-strong crowd counts stands behind the adjective.
    let mut start = after_of(input, words, from, last);
    if is_hyphen(input, from) && from + 1 < last && is_part(from + 1) {
        if !has(input, from + 1, words.dimension) {
            return Some(input.text_of(from + 1..from + 2).into());
        }
        start = from + 2;
    }
    let run = run(input, words, start, last.min(start + LONGEST));
    let phrase = cut(input, words, run, plural && start == from)?;
    let text = input.text_of(phrase);
    // A letter is no noun: 14% y/y.
    text.chars().nth(1).map(|_| spaced(text))
}

fn is_hyphen(input: &Input<'_>, token: usize) -> bool {
    input.scanned.tokens[token].glued && matches!(input.text_of(token..token + 1), "-" | "‐" | "‑")
}

/// The token behind "of the almost 20,000", if that stands at `from`.
fn after_of(input: &Input<'_>, words: &Words, from: usize, last: usize) -> usize {
    if !has(input, from, words.of) {
        return from;
    }
    let skips = |token: usize| {
        has(input, token, words.determiner)
            || words.qualifier.iter().any(|class| has(input, token, *class))
            || input.scanned.tokens[token].number().is_some()
    };
    (from + 1..last).find(|token| !skips(*token)).unwrap_or(last)
}

/// The tokens from `start` that may stand in one noun phrase.
fn run(input: &Input<'_>, words: &Words, start: usize, last: usize) -> Range<usize> {
    let mut end = start;
    while end < last {
        let token = &input.scanned.tokens[end];
        let goes_on = match token.kind {
            TokenKind::Word => {
                !has(input, end, words.stop) && (!token.glued || end > start) && !is_time(input, words, end)
            }
            TokenKind::Sign => {
                end > start
                    && is_hyphen(input, end)
                    && input.scanned.tokens.get(end + 1).is_some_and(|next| next.glued && next.kind == TokenKind::Word)
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    start..end
}

/// Whether a time is named from a token on, not what is counted.
fn is_time(input: &Input<'_>, words: &Words, token: usize) -> bool {
    has(input, token, words.deictic) && words.times.iter().any(|class| has(input, token + 1, *class))
}

/// The run without what stands behind its last plural; one without a plural ends before a verb, and must be short.
fn cut(input: &Input<'_>, words: &Words, run: Range<usize>, plural: bool) -> Option<Range<usize>> {
    if run.clone().all(|token| has(input, token, words.dimension) || is_hyphen(input, token)) {
        return None;
    }
    let mut end = None;
    for token in run.clone() {
        match words.looks(input, token) {
            Looks::Plural => end = Some(token + 1),
            Looks::Verb if end.is_some() => break,
            _ => {}
        }
    }
    if plural || end.is_some() {
        return end.map(|end| run.start..end);
    }
    let verb = run.clone().find(|token| words.looks(input, *token) == Looks::Verb).unwrap_or(run.end);
    let phrase = run.start..verb;
    (!phrase.is_empty() && phrase.len() <= LONGEST_SINGULAR).then_some(phrase)
}
