//! The lexical classes that normalizers ask for: numbered once, so that a question costs no look-up by name.

use crate::lexicon::{ClassId, ClassSet, Classes};

macro_rules! classes {
    ($($class:ident = $name:literal),* $(,)?) => {
        /// A class that a normalizer asks for; its name is what dictionaries and rules call it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Class { $(#[doc = $name] $class),* }

        const NAMES: &[&str] = &[$($name),*];
    };
}

classes! {
    Capitalized = "capitalized", Lower = "lower", FunctionWord = "function-word",
    NumberMultiplier = "number-multiplier", AgeUnit = "age-unit",
    CountedStop = "counted-stop", CountedOf = "counted-of", CountedDeterminer = "counted-determiner",
    CountedPlural = "counted-plural", CountedDimension = "counted-dimension",
    QualifierBefore = "qualifier-before", QualifierAfter = "qualifier-after",
    UnitSymbol = "unit-symbol", UnitName = "unit-name", UnitPart = "unit-part", UnitRate = "unit-rate", UnitTime = "unit-time",
    CurrencySymbol = "currency-symbol", CurrencyCode = "currency-code", CurrencyName = "currency-name", OldCoin = "old-coin", CoinWord = "coin-word",
    Month = "month", Weekday = "weekday", Season = "season", TimeUnit = "time-unit",
    DateDeictic = "date-deictic", DateBack = "date-back", DateThen = "date-then",
    PerLead = "per-lead", PerNoun = "per-noun", PerWord = "per-word",
    Country = "country", Region = "region", Admin1 = "admin1", Feature = "feature", City = "city", WeakPlace = "weak-place",
    Town = "town",
    ApState = "ap-state", PostalState = "postal-state", Locode = "locode", Demonym = "demonym",
    GenericAfter = "generic-after", GenericBefore = "generic-before", GenericBoth = "generic-both",
    GenericDirection = "generic-direction", GenericWeak = "generic-weak",
    Organization = "organization", OrganizationGated = "organization-gated", Team = "team",
    HeadStart = "head-start", HeadStartWeak = "head-start-weak", HeadPublic = "head-public", HeadEnd = "head-end",
    HeadEndWeak = "head-end-weak", HeadBoth = "head-both", StopName = "stop-name",
    FirstName = "first-name", WeakFirstName = "weak-first-name", Surname = "surname", WeakSurname = "weak-surname",
}

/// The number of a class, and that of the tokens after the first in its terms.
#[derive(Debug, Clone, Copy)]
pub struct Numbered {
    /// Of the first token.
    pub first: ClassId,
    /// Of the others, if any term has several tokens.
    pub inside: Option<ClassId>,
}

/// The numbers of all classes of [`Class`]; none for those that no dictionary has.
#[derive(Debug)]
pub struct ClassTable(Vec<Option<Numbered>>);

impl ClassTable {
    /// The numbers that the classes of a lexicon have.
    pub fn new(classes: &Classes) -> Self {
        let numbered = |name: &&str| {
            let first = classes.get(name)?;
            Some(Numbered { first, inside: classes.inside(first) })
        };
        Self(NAMES.iter().map(numbered).collect())
    }

    /// The numbers of a class.
    pub fn get(&self, class: Class) -> Option<Numbered> {
        self.0[class as usize]
    }

    /// The set of some classes.
    pub fn set(&self, classes: &[Class]) -> ClassSet {
        let mut set = ClassSet::EMPTY;
        for numbered in classes.iter().filter_map(|class| self.get(*class)) {
            set.insert(numbered.first);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Ruleset;

    #[test]
    fn every_class_is_one_of_the_shipped_dictionaries() {
        let ruleset = Ruleset::shipped().unwrap();
        let unknown: Vec<_> = NAMES.iter().filter(|name| ruleset.lexicon.classes().get(name).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
