//! The constants of rules that find organizations.

use crate::normalize::constant::{Constant, Values, YES, cell_of, cells_of, constant};

/// Least number of tokens of a name.
pub const WORDS: Constant = constant("words", Values::Whole, "Least number of tokens of a name.");
/// Whether the document must name the organization elsewhere.
pub const TENTATIVE: Constant =
    constant("tentative", YES, "Stands only if the document names the organization elsewhere.");
/// The same in headlines.
pub const PROSE: Constant = constant("prose", YES, "In headlines it stands only if the document names it elsewhere.");
/// What it is worth in headlines.
pub const HEADLINE: Constant = constant("headline", Values::OneOf(&["refuse"]), "Comes to nothing in headlines.");
/// What it is worth if it is also a person's name.
pub const PERSON: Constant = constant(
    "person",
    Values::OneOf(&["tentative"]),
    "Where the name is also a person's, it stands only if the document names the organization elsewhere.",
);
/// The type of organization.
pub const TYPE: Constant =
    constant("type", cell_of("organization/types", "type"), "Type of the organization, where no head noun says it.");
/// Whether a name with a head noun is not that of the dictionary.
pub const GENERIC: Constant = constant(
    "generic",
    YES,
    "A name with a head noun is not that of the dictionary's one body: there are many chambers of commerce.",
);
/// Whether what a place or a nickname names is a team.
pub const TEAM: Constant = constant("team", YES, "What a place or a nickname names is a team.");
/// How a name was shortened.
pub const SHORT: Constant = constant(
    "short",
    Values::OneOf(&["first-words", "head"]),
    "It is short for a name that the document gives in full: for its first words, or its head noun.",
);
/// Types of organization that are shortened so.
pub const TYPES: Constant =
    constant("types", cells_of("organization/types", "type", ' '), "Types of organization that are shortened so.");
/// Whether the rule names what bears a place's name.
pub const INSTEAD: Constant = constant(
    "instead",
    Values::OneOf(&["place"]),
    "The rule of facts that stand instead of places: mentions of a place that are its team's.",
);
/// The name of a mission.
pub const NAME: Constant = constant("name", Values::With(STATE), "The name, with `{state}` for the sending state.");
/// Where the name of the state comes in.
pub const STATE: &str = "{state}";

/// The constants of a name.
pub const OF_NAMES: &[Constant] =
    &[WORDS, TENTATIVE, PROSE, HEADLINE, PERSON, TYPE, GENERIC, TEAM, SHORT, TYPES, INSTEAD];
