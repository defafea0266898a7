//! Which dictionaries are gazetteers, and how they rank their places.

use rustc_hash::FxHashMap;

use super::cells::Declared;
use super::{Diagnostic, nearest};
use crate::lexicon::Lexicon;

/// How a gazetteer ranks its places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A state of today.
    Country,
    /// One that is no more.
    Historical,
    /// A part of the world, or of a country, that is no division.
    Region,
    /// A first-level division.
    Admin1,
    /// A second-level division.
    Admin2,
    /// A river, a mountain, a sea.
    Feature,
    /// A city, or what is as well known.
    City,
    /// A city that is too small to be meant by its name alone.
    Town,
}

impl Level {
    /// All levels with their names in rule files.
    pub const ALL: [(&'static str, Level); 8] = [
        ("country", Level::Country),
        ("historical", Level::Historical),
        ("region", Level::Region),
        ("admin1", Level::Admin1),
        ("admin2", Level::Admin2),
        ("feature", Level::Feature),
        ("city", Level::City),
        ("town", Level::Town),
    ];

    /// Whether its places are seldom meant by their name alone.
    pub fn is_small(self) -> bool {
        matches!(self, Level::Admin2 | Level::Town)
    }
}

/// A dictionary of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GazetteerDecl {
    /// How it ranks them.
    pub level: Level,
    /// Their type where no column says it; empty: nothing does.
    pub place_type: Box<str>,
}

/// The dictionaries of places, by number of the dictionary.
#[derive(Debug, Default)]
pub struct GazetteerDecls(FxHashMap<u16, GazetteerDecl>);

impl GazetteerDecls {
    /// Those of the declarations that have a level.
    pub(super) fn of<'d>(
        declared: impl Iterator<Item = Declared<'d>>,
        lexicon: &Lexicon,
    ) -> Result<Self, Vec<Diagnostic>> {
        let (mut all, mut errors) = (Self::default(), Vec::new());
        for each in declared {
            let Some(name) = &each.decl.level else { continue };
            let Some((_, level)) = Level::ALL.iter().find(|(known, _)| known == name.get_ref()) else {
                let known = Level::ALL.map(|(name, _)| name);
                let message = format!("level: expected one of {}, found `{}`", known.join(", "), name.get_ref());
                let error = Diagnostic::error("unknown-level", each.file, message).at(each.text, name.span());
                errors.push(error.near(nearest(name.get_ref(), known.into_iter())));
                continue;
            };
            let file = each.decl.file.get_ref();
            if let Some((number, _)) = lexicon.table_named(file.strip_suffix(".csv").unwrap_or(file)) {
                let place_type = each.decl.place_type.as_deref().unwrap_or_default().into();
                all.0.insert(number, GazetteerDecl { level: *level, place_type });
            }
        }
        if errors.is_empty() { Ok(all) } else { Err(errors) }
    }

    /// What a dictionary is as a gazetteer, if it is one.
    pub fn get(&self, table: u16) -> Option<&GazetteerDecl> {
        self.0.get(&table)
    }
}
