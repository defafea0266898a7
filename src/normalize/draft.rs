//! A fact before its document is known as a whole.

use std::sync::Arc;

use smallvec::SmallVec;

use super::{Amount, Number, Qualifier, Text};
use crate::document::ViewSpan;
use crate::resolve::Flags;

/// A fact that the rest of the document may still decide.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The minimal expression that carries the value.
    pub span: ViewSpan,
    /// The sentence around it.
    pub sentence: ViewSpan,
    /// Number of the rule.
    pub rule: usize,
    /// What it means so far.
    pub value: DraftValue,
    /// What a reviewer should know.
    pub flags: Flags,
}

/// What a fact means before resolution.
#[derive(Debug, Clone)]
pub enum DraftValue {
    /// Needs nothing more.
    Number(Number),
    /// Currency and conversion may need the document.
    Money(MoneyDraft),
    /// Which place of that name is meant.
    Place(PlaceDraft),
    /// Which organization is meant.
    Organization(OrganizationDraft),
    /// Relative to which date.
    Date(super::date::Temporal),
}

/// An amount whose currency may still be open.
#[derive(Debug, Clone)]
pub struct MoneyDraft {
    /// How much.
    pub amount: Amount,
    /// Attached bounding word.
    pub qualifier: Option<Qualifier>,
    /// ISO 4217 codes that may be meant, likeliest first; one: certain.
    pub currencies: SmallVec<[Text; 1]>,
    /// Per what.
    pub per: Option<Text>,
}

/// A row of a gazetteer that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceCandidate {
    /// Dictionary.
    pub table: u16,
    /// Row.
    pub row: u32,
}

/// What speaks for a name being a place here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// It is no name of a place, but tells of one (`Norwegian`).
    Hint,
    /// Nothing: the name is also a common word or a person's. It stands only if the document shows it elsewhere.
    #[default]
    Weak,
    /// The name of a small place and maybe the words around it: it stands only if it lies near what else the document
    /// speaks of, or the document shows it elsewhere.
    Near,
    /// The name itself.
    Name,
    /// The words around it.
    Context,
}

/// A place name with all that it may mean.
#[derive(Debug, Clone, Default)]
pub struct PlaceDraft {
    /// The name as written, white space made single.
    pub surface: Text,
    /// Gazetteer rows of that name; none: only the pattern says that it is a place.
    pub candidates: SmallVec<[PlaceCandidate; 2]>,
    /// Type that the pattern shows (`river`, `street`).
    pub place_type: Option<Text>,
    /// Place that the text says it lies in ("Paris, Texas"): its candidates.
    pub within: SmallVec<[PlaceCandidate; 2]>,
    /// What speaks for it.
    pub evidence: Evidence,
    /// Codes of countries of which the document must speak, or it is none ("the North").
    pub about: Vec<Text>,
    /// Latitude and longitude in decimal degrees, where the text itself gives them.
    pub point: Option<(Text, Text)>,
}

/// A place that is named inside another name.
#[derive(Debug, Clone)]
pub struct NamedPlace {
    /// Its name, folded.
    pub name: Text,
    /// The gazetteer rows of that name.
    pub candidates: SmallVec<[PlaceCandidate; 2]>,
}

/// An organization's name with what its wording tells.
#[derive(Debug, Clone, Default)]
pub struct OrganizationDraft {
    /// The name as written, white space made single.
    pub surface: Text,
    /// Dictionary row of that name: table and row.
    pub entry: Option<(u16, u32)>,
    /// Type that the wording shows.
    pub organization_type: Option<Text>,
    /// Country that the wording shows.
    pub country: Option<Text>,
    /// Acronym that the text gives right after the name, in brackets.
    pub acronym: Option<Text>,
    /// Canonical name that the wording makes, where it differs from `surface`.
    pub name: Option<Text>,
    /// Names of places inside the name: they tell where the document is at home.
    pub places: Vec<NamedPlace>,
    /// Whether the wording alone proves nothing: it stands only if the document names the organization elsewhere.
    pub tentative: bool,
    /// Where the name stands, if that is less than the match's fact.
    pub span: Option<ViewSpan>,
    /// Whether the wording shows a team: what bears its name elsewhere in such a text is the team, and no place.
    pub team: bool,
}

/// Why a match is no fact: a kebab-case code that unclaimed.csv shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(pub Arc<str>);

impl Reason {
    /// A reason by its code.
    pub fn new(code: &str) -> Self {
        Self(code.into())
    }
}

/// What a normalizer gives.
pub type Made = Result<(DraftValue, Flags), Reason>;

impl DraftValue {
    /// The kind that decides the table.
    pub fn kind(&self) -> super::Kind {
        match self {
            DraftValue::Number(_) => super::Kind::Number,
            DraftValue::Money(_) => super::Kind::Money,
            DraftValue::Place(_) => super::Kind::Place,
            DraftValue::Organization(_) => super::Kind::Organization,
            DraftValue::Date(_) => super::Kind::Date,
        }
    }
}
