//! The number words of a language, by role. The words are data (`rules/number/words.csv`); the grammar that joins them
//! is in [`super::spoken`].

use super::reduce::Reducer;
use super::{NUMBER_WORDS, NumberToken};
use crate::decimal::Decimal;
use crate::lexicon::{ClassId, Lexicon, TableError, WordId, fold};

/// What a word does in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// zero … nine
    Unit,
    /// ten … nineteen
    Teen,
    /// twenty … ninety
    Ten,
    /// hundred
    Hundred,
    /// thousand, million, lakh
    Scale,
    /// k, bn: scales written behind digits
    ScaleSuffix,
    /// dozen, gross
    Dozen,
    /// a, an
    Article,
    /// half
    Half,
    /// quarter, third, tenths: what a numerator counts
    Fraction,
    /// first … ninth
    OrdinalUnit,
    /// tenth … nineteenth
    OrdinalTeen,
    /// twentieth … ninetieth
    OrdinalTen,
    /// hundredth, thousandth
    OrdinalScale,
    /// and
    And,
    /// of
    Of,
    /// point
    Point,
    /// minus
    Minus,
    /// dozens, hundreds: the value is a low bound
    Vague,
    /// couple, before "of" and a scale
    Couple,
    /// twice, tenfold: not part of a number token, but of rules
    Multiplier,
    /// st, nd, rd, th behind digits
    OrdinalSuffix,
    /// to, –: between the bounds of a range
    Range,
}

const ROLES: [(&str, Role); 23] = [
    ("unit", Role::Unit),
    ("teen", Role::Teen),
    ("ten", Role::Ten),
    ("hundred", Role::Hundred),
    ("scale", Role::Scale),
    ("scale-suffix", Role::ScaleSuffix),
    ("dozen", Role::Dozen),
    ("article", Role::Article),
    ("half", Role::Half),
    ("fraction", Role::Fraction),
    ("ordinal-unit", Role::OrdinalUnit),
    ("ordinal-teen", Role::OrdinalTeen),
    ("ordinal-ten", Role::OrdinalTen),
    ("ordinal-scale", Role::OrdinalScale),
    ("and", Role::And),
    ("of", Role::Of),
    ("point", Role::Point),
    ("minus", Role::Minus),
    ("vague", Role::Vague),
    ("couple", Role::Couple),
    ("multiplier", Role::Multiplier),
    ("ordinal-suffix", Role::OrdinalSuffix),
    ("range", Role::Range),
];

/// One row of the table.
#[derive(Debug, Clone)]
pub struct NumberWord {
    /// What it does.
    pub role: Role,
    /// What it is worth.
    pub value: i128,
    /// The word as written, where the case counts.
    pub exact: Option<String>,
    /// For a scale suffix: the class that must stand before the number.
    pub after: Option<ClassId>,
    /// For a scale suffix: the class that must stand behind the number ("5m people").
    pub before: Option<ClassId>,
    /// Whether it is also an ordinary word.
    pub weak: bool,
}

/// What a word is as a number where nothing goes on.
#[derive(Debug, Clone, Default)]
pub(super) enum Alone {
    /// That hangs on its neighbours or on its case.
    #[default]
    Depends,
    /// No number.
    Nothing,
    /// This number.
    Number(NumberToken),
}

/// All that is known of a word.
#[derive(Debug, Default)]
struct Entry {
    meanings: Vec<NumberWord>,
    alone: Alone,
}

/// A place of the table.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    word: WordId,
    /// The roles that the word can have, as bits.
    roles: u32,
    entry: u32,
}

/// The table, by word.
#[derive(Debug, Default)]
pub struct NumberWords {
    /// At the places of the words' hashes; a power of two of places, most of them free.
    slots: Vec<Slot>,
    entries: Vec<Entry>,
}

/// Roles with which a number can begin.
const OPENING: u32 = bits(&[
    Role::Unit,
    Role::Teen,
    Role::Ten,
    Role::Hundred,
    Role::Scale,
    Role::Dozen,
    Role::Article,
    Role::Half,
    Role::Fraction,
    Role::OrdinalUnit,
    Role::OrdinalTeen,
    Role::OrdinalTen,
    Role::OrdinalScale,
    Role::Minus,
    Role::Vague,
    Role::Couple,
]);

/// The bits of some roles, see [`NumberWords::roles`].
pub(super) const fn bits(roles: &[Role]) -> u32 {
    let (mut bits, mut at) = (0, 0);
    while at < roles.len() {
        bits |= 1 << roles[at] as u32;
        at += 1;
    }
    bits
}

impl NumberWords {
    /// Reads the table out of the lexicon; a ruleset without one knows no number words.
    pub fn load(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut words = Self::default();
        let table = NUMBER_WORDS.strip_suffix(".csv").and_then(|name| lexicon.table_named(name));
        let Some((_, table)) = table else { return Ok(words) };
        words.slots.resize((table.len() * 4).next_power_of_two(), Slot::default());
        for row in 0..table.len() {
            let term = table.get(row, "term");
            let role_name = table.get(row, "role");
            let Some((_, role)) = ROLES.iter().find(|(name, _)| *name == role_name) else {
                let known = ROLES.map(|(name, _)| name).join(", ");
                return Err(table.error(row, format!("role: expected one of {known}, found `{role_name}`")));
            };
            let value = match (table.get(row, "value"), role) {
                ("", _) | (_, Role::Half | Role::Multiplier) => 0,
                (text, _) => text
                    .parse::<Decimal>()
                    .ok()
                    .filter(Decimal::is_integer)
                    .and_then(|value| value.to_i128())
                    .ok_or_else(|| table.error(row, format!("value: expected a whole number, found `{text}`")))?,
            };
            let after =
                match table.get(row, "only_after") {
                    "" | "number" => None,
                    name => Some(lexicon.classes().get(name).ok_or_else(|| {
                        table.error(row, format!("only_after: no dictionary has the class `{name}`"))
                    })?),
                };
            let before =
                match table.get(row, "only_before") {
                    "" => None,
                    name => Some(lexicon.classes().get(name).ok_or_else(|| {
                        table.error(row, format!("only_before: no dictionary has the class `{name}`"))
                    })?),
                };
            let exact = (table.get(row, "case") == "exact").then(|| term.to_owned());
            let word = lexicon.word(&fold(term));
            if word == WordId::UNKNOWN {
                continue;
            }
            let weak = table.get(row, "weak") == "yes";
            words.add(word, NumberWord { role: *role, value, exact, after, before, weak });
        }
        words.find_alone(lexicon);
        Ok(words)
    }

    fn add(&mut self, word: WordId, meaning: NumberWord) {
        let place = self.place(word);
        let slot = &mut self.slots[place];
        if slot.word != word {
            *slot = Slot { word, roles: 0, entry: self.entries.len() as u32 };
            self.entries.push(Entry::default());
        }
        slot.roles |= bits(&[meaning.role]);
        self.entries[slot.entry as usize].meanings.push(meaning);
    }

    /// Notes what words are alone, as the grammar says.
    fn find_alone(&mut self, lexicon: &Lexicon) {
        // These look at what stands before, or at digits behind.
        const ASKING: u32 = bits(&[Role::Half, Role::Minus]);
        for slot in self.slots.iter().filter(|slot| slot.roles & OPENING != 0 && slot.roles & ASKING == 0) {
            let text = lexicon.word_text(slot.word);
            if self.entries[slot.entry as usize].meanings.iter().all(|meaning| meaning.exact.is_none()) {
                let number = Reducer::alone(self, lexicon, slot.word, text);
                self.entries[slot.entry as usize].alone = number.map_or(Alone::Nothing, Alone::Number);
            }
        }
    }

    /// Where a word stands, or would.
    #[inline]
    fn place(&self, word: WordId) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let mut at = word.0.wrapping_mul(0x9e37_79b9) as usize >> 16 & last;
        while self.slots.get(at).is_some_and(|slot| slot.word != word && slot.word != WordId::UNKNOWN) {
            at = (at + 1) & last;
        }
        at
    }

    /// What a word is as a number where nothing goes on.
    pub(super) fn alone(&self, word: WordId) -> &Alone {
        const NOTHING: &Alone = &Alone::Nothing;
        let slot = self.slots.get(self.place(word)).filter(|slot| slot.word == word);
        slot.map_or(NOTHING, |slot| &self.entries[slot.entry as usize].alone)
    }

    /// The roles that a word can have in some way of writing it, as bits.
    #[inline]
    pub(super) fn roles(&self, word: WordId) -> u32 {
        self.slots.get(self.place(word)).map_or(0, |slot| slot.roles)
    }

    /// Whether a number can begin with a word.
    #[inline]
    pub fn opens(&self, word: WordId) -> bool {
        self.roles(word) & OPENING != 0
    }

    /// The word in a role, if it can have it as written.
    pub fn find(&self, word: WordId, text: &str, role: Role) -> Option<&NumberWord> {
        self.all(word, text, role).next()
    }

    /// All meanings of a word in a role that it can have as written.
    pub fn all<'a, 't>(
        &'a self,
        word: WordId,
        text: &'t str,
        role: Role,
    ) -> impl Iterator<Item = &'a NumberWord> + use<'a, 't> {
        let slot = self.slots.get(self.place(word)).filter(|slot| slot.roles & bits(&[role]) != 0);
        let meanings = slot.map_or(&[][..], |slot| &self.entries[slot.entry as usize].meanings);
        meanings.iter().filter(move |each| each.role == role && each.exact.as_deref().is_none_or(|exact| exact == text))
    }
}
