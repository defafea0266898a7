//! The place names of a document, all mentions of one name together.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::gazetteer::{Level, Site, within};
use crate::lexicon::{Cutter, fold_into};
use crate::normalize::{Draft, Evidence, PlaceCandidate, PlaceDraft, Text};
use crate::resolve::Setting;

/// Two rows of one name this near each other (kilometres) are one place.
const SAME_PLACE: f64 = 50.0;

/// Rows of gazetteers; mostly one.
type Sites<'a> = SmallVec<[Site<'a>; 1]>;

/// A name with what it may mean and how it is used.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// What it may mean.
    pub sites: Sites<'a>,
    /// What the text says it lies in.
    pub within: Sites<'a>,
    /// Mentions.
    pub count: usize,
    /// Mentions that the words around them show to be a place.
    pub shown: usize,
    /// Persons of the document that have the name.
    pub persons: usize,
    /// Whether it is a place only if the document speaks of certain countries.
    pub conditional: bool,
}

/// All names.
#[derive(Debug, Default)]
pub(super) struct Mentions<'a> {
    pub groups: Vec<Group<'a>>,
    /// Group of each draft.
    pub group_of: Vec<usize>,
}

impl<'a> Mentions<'a> {
    /// The mentions of a document.
    pub fn of(setting: &Setting<'a>, places: &[(&Draft, &PlaceDraft)]) -> Self {
        let persons = person_words(setting);
        let mut mentions = Self::default();
        let mut by_surface: FxHashMap<&str, usize> = FxHashMap::default();
        let mut by_name: FxHashMap<Text, usize> = FxHashMap::default();
        let mut name = String::new();
        for (_, place) in places {
            let number = *by_surface.entry(&place.surface).or_insert_with(|| {
                fold_into(&place.surface, &mut name);
                if !place.about.is_empty() {
                    // "the North" is no mention of a place that is called North.
                    name.insert(0, '\u{0}');
                }
                if let Some(number) = by_name.get(name.as_str()) {
                    return *number;
                }
                let persons = persons.get(name.as_str()).copied().unwrap_or(0);
                mentions.groups.push(Group::new(setting, place, &name, persons));
                by_name.insert(name.as_str().into(), mentions.groups.len() - 1);
                mentions.groups.len() - 1
            });
            mentions.group_of.push(number);
            let group = &mut mentions.groups[number];
            group.count += 1;
            group.shown += usize::from(place.evidence == Evidence::Context);
            group.add_within(setting, &place.within);
        }
        mentions
    }
}

/// Words of the persons' names, folded, with the number of names that have them.
fn person_words(setting: &Setting<'_>) -> FxHashMap<Text, usize> {
    let text = setting.text();
    let mut words: FxHashMap<Text, usize> = FxHashMap::default();
    let mut word = String::new();
    for person in setting.persons {
        let name = person.span.of(text);
        for cut in Cutter::new(name, 0, name.len()) {
            fold_into(&name[cut.start..cut.end], &mut word);
            *words.entry(word.as_str().into()).or_default() += 1;
        }
    }
    words
}

impl<'a> Group<'a> {
    fn new(setting: &Setting<'a>, place: &PlaceDraft, name: &str, persons: usize) -> Self {
        let sites = sites(setting, &place.candidates, Some(name));
        let conditional = !place.about.is_empty();
        Self { sites: joined(sites), within: Sites::new(), count: 0, shown: 0, persons, conditional }
    }

    fn add_within(&mut self, setting: &Setting<'a>, within: &[PlaceCandidate]) {
        let containers = sites(setting, within, None);
        let fits = self.sites.is_empty()
            || containers.iter().any(|container| self.sites.iter().any(|site| site.lies_in(container)));
        if fits {
            self.within.extend(containers);
        }
    }

    /// Whether a mention of it is a place.
    pub fn stands(&self, place: &PlaceDraft) -> bool {
        // A word or two taken for a name of a person does not undo what is well known as a place.
        let known = self.sites.iter().any(|site| site.first().level == Level::Country || site.first().state);
        let is_person = self.persons > if known { self.count } else { self.shown };
        match place.evidence {
            Evidence::Context => true,
            Evidence::Name => !is_person,
            Evidence::Weak => self.shown > 0 && self.persons == 0,
        }
    }

    /// Whether it tells what the document is about.
    pub fn is_evidence(&self) -> bool {
        !self.conditional && (self.shown > 0 || self.persons == 0)
    }
}

/// The rows of a name, or of any name.
fn sites<'a>(setting: &Setting<'a>, candidates: &[PlaceCandidate], name: Option<&str>) -> Sites<'a> {
    let record = |each: &PlaceCandidate| setting.gazetteer.record(setting.ruleset, *each);
    let is_name = |folded: &str| name.is_none_or(|name| name == folded);
    candidates.iter().filter_map(record).map(|record| Site::new(record, is_name(&record.folded))).collect()
}

impl Site<'_> {
    /// Whether it is in the country, and the division, that `container` is.
    pub fn lies_in(&self, container: &Site<'_>) -> bool {
        let (own, other) = (self.first(), container.first());
        match other.level {
            Level::Admin1 => {
                own.level != Level::Admin1 && self.admin1().is_some() && self.admin1() == container.admin1()
            }
            Level::Country | Level::Region => {
                own.level != Level::Country && self.country().is_some() && self.country() == container.country()
            }
            _ => false,
        }
    }

    /// Whether another row is of the same place.
    fn is_same(&self, other: &Site<'_>) -> bool {
        let (one, two) = (self.first(), other.first());
        one.level == two.level
            && self.country() == other.country()
            && within(one.degrees, two.degrees, SAME_PLACE)
            && !(self.has_id() && other.has_id())
    }
}

/// Rows of one place made one: the first is kept, which is the hand-made one where there is one, and gets from the
/// others what it lacks.
fn joined(sites: Sites<'_>) -> Sites<'_> {
    if sites.len() < 2 {
        return sites;
    }
    let mut joined = Sites::with_capacity(sites.len());
    for site in sites {
        match joined.iter_mut().find(|each| each.is_same(&site)) {
            Some(twin) => twin.join(&site),
            None => joined.push(site),
        }
    }
    joined
}
