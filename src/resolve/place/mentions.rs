//! The place names of a document, all mentions of one name together.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};

use super::gazetteer::{Level, Site};
use super::sphere::Distance;
use crate::lexicon::{Cutter, fold_into};
use crate::normalize::{Draft, DraftValue, Evidence, NamedPlace, PlaceCandidate, PlaceDraft, Text};
use crate::resolve::Setting;

/// Two rows of one name this near each other are one place.
const SAME_PLACE: Distance = Distance::of(50.0);

/// A place this far from the middle of a second-level division may lie in it.
const ACROSS: Distance = Distance::of(80.0);

/// See [`Group::hearsay`].
const HEARSAY: f64 = 0.5;
/// That a document is at home somewhere says as much as so many mentions.
const AT_HOME: usize = 2;
/// So many groups of its sentences are remembered of a group.
const BESIDE: usize = 8;

/// Rows of gazetteers; mostly one.
type Sites<'a> = SmallVec<[Site<'a>; 1]>;

/// A name with what it may mean and how it is used.
#[derive(Debug, Default)]
pub(super) struct Group<'a> {
    /// Folded.
    pub name: Text,
    /// What it may mean.
    pub sites: Sites<'a>,
    /// What the text says it lies in.
    pub within: Sites<'a>,
    /// Mentions, those inside other names too.
    pub count: usize,
    /// Mentions that may be facts.
    pub drafts: usize,
    /// Mentions that the words around them show to be a place.
    pub shown: usize,
    /// Persons of the document that have the name.
    pub persons: usize,
    /// Whether it is a place only if the document speaks of certain countries.
    pub conditional: bool,
    /// Whether it can be nothing but a small place.
    pub small: bool,
    /// Whether the text says of another that it lies in the state of this name.
    pub contains: bool,
    /// Whether the blocklist has it.
    pub blocked: bool,
    /// Whether some mention of it stands only where the document is at home.
    pub asks_for_home: bool,
    /// Groups that stand in a sentence with it.
    pub beside: SmallVec<[usize; 4]>,
}

/// What bears one name: mostly one place, and several where the text itself tells them apart (`from Portland, Maine, to
/// Portland, Oregon`).
#[derive(Debug)]
struct Namesakes {
    groups: SmallVec<[usize; 1]>,
    /// The group that was mentioned last, which a mention of the mere name means, too.
    last: usize,
}

/// All names.
#[derive(Debug, Default)]
pub(super) struct Mentions<'a> {
    pub groups: Vec<Group<'a>>,
    /// Group of each draft.
    pub group_of: Vec<usize>,
    namesakes: Vec<Namesakes>,
    /// Groups of peoples, by the code of their country.
    peoples: FxHashMap<Text, usize>,
}

impl<'a> Mentions<'a> {
    /// The mentions of a document.
    pub fn of(setting: &Setting<'a>, places: &[(&Draft, &PlaceDraft)]) -> Self {
        let persons = person_words(setting);
        let mut mentions = Self::default();
        let mut by_surface: FxHashMap<&str, usize> = FxHashMap::default();
        let mut by_name: FxHashMap<Text, usize> = FxHashMap::default();
        let mut name = String::new();
        // Where the sentence at hand starts, and its first mention.
        let mut sentence = (0, 0);
        let mut states: FxHashSet<&str> = FxHashSet::default();
        for (draft, place) in places {
            if draft.sentence.start != sentence.0 {
                sentence = (draft.sentence.start, mentions.group_of.len());
            }
            if place.evidence == Evidence::Hint {
                let number = mentions.hint(setting, place);
                mentions.meet(number, sentence.1);
                continue;
            }
            let namesakes = *by_surface.entry(&place.surface).or_insert_with(|| {
                fold_into(&place.surface, &mut name);
                if !place.about.is_empty() {
                    // "the North" is no mention of a place that is called North.
                    name.insert(0, '\u{0}');
                }
                *by_name.entry(name.as_str().into()).or_insert_with(|| {
                    let persons = persons.get(name.as_str()).copied().unwrap_or(0);
                    mentions.begin(Group::new(setting, place, &name, persons))
                })
            });
            let containers = sites(setting, &place.within, None);
            let number = mentions.meant(setting, place, namesakes, &containers);
            mentions.meet(number, sentence.1);
            let group = &mut mentions.groups[number];
            group.count += 1;
            group.drafts += 1;
            group.shown += usize::from(place.evidence == Evidence::Context);
            group.asks_for_home |= place.evidence == Evidence::Near;
            states.extend(group.add_within(containers));
        }
        for group in mentions.groups.iter_mut().filter(|group| states.contains(group.name.as_str())) {
            group.contains = true;
        }
        mentions
    }

    /// The first group of a name; gives the number of its namesakes.
    fn begin(&mut self, group: Group<'a>) -> usize {
        let last = self.groups.len();
        self.groups.push(group);
        self.namesakes.push(Namesakes { groups: smallvec![last], last });
        self.namesakes.len() - 1
    }

    /// The group that a mention belongs to, of those that have its name, or a new one: where the text says that it lies in
    /// other places than those that were named before.
    fn meant(&mut self, setting: &Setting<'a>, place: &PlaceDraft, namesakes: usize, containers: &[Site<'a>]) -> usize {
        let all = &mut self.namesakes[namesakes];
        if containers.is_empty() || !self.groups[all.last].is_elsewhere(containers) {
            return all.last;
        }
        let fits = |group: &usize| !self.groups[*group].is_elsewhere(containers);
        all.last = all.groups.iter().copied().find(fits).unwrap_or_else(|| {
            let first = &self.groups[all.groups[0]];
            let mut group = Group::new(setting, place, &first.name, first.persons);
            if group.is_missing(containers) {
                group.sites.clear();
            }
            if first.count == 0 {
                self.groups[all.groups[0]] = group;
                return all.groups[0];
            }
            all.groups.push(self.groups.len());
            self.groups.push(group);
            self.groups.len() - 1
        });
        all.last
    }

    /// Takes in a mention of a group, in a sentence whose mentions begin with the one of a number.
    fn meet(&mut self, number: usize, sentence: usize) {
        for other in &self.group_of[sentence..] {
            if *other != number {
                self.groups[number].meet(*other);
                self.groups[*other].meet(number);
            }
        }
        self.group_of.push(number);
    }

    /// The group of a people's country.
    fn hint(&mut self, setting: &Setting<'a>, place: &PlaceDraft) -> usize {
        let code = place.about.first().map_or("", |code| code.as_str());
        let number = *self.peoples.entry(code.into()).or_insert_with(|| {
            let sites = setting.gazetteer.country(setting.ruleset, code).map(|record| Site::new(record, true));
            self.groups.push(Group { sites: sites.into_iter().collect(), ..Group::default() });
            self.groups.len() - 1
        });
        self.groups[number].count += 1;
        number
    }

    /// Takes in what names of organizations tell of places, "Ohio Supreme Court" is no place, but says where one is; and what
    /// the metadata tells.
    pub fn hear(&mut self, setting: &Setting<'a>, drafts: &[&Draft]) {
        let mut by_name: FxHashMap<Text, usize> =
            self.groups.iter().enumerate().map(|(number, group)| (group.name.clone(), number)).collect();
        let named = drafts.iter().filter_map(|draft| match &draft.value {
            DraftValue::Organization(organization) => Some(&organization.places),
            _ => None,
        });
        for place in named.flatten() {
            let number = *by_name.entry(place.name.clone()).or_insert_with(|| {
                self.groups.push(Group::hint(setting, place));
                self.groups.len() - 1
            });
            self.groups[number].count += 1;
        }
        for home in setting.home {
            // By itself: it shall speak for a name of the text that is its own.
            self.groups.push(Group { count: AT_HOME, ..Group::hint(setting, home) });
        }
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
        let sites = joined(sites(setting, &place.candidates, Some(name)));
        let conditional = !place.about.is_empty();
        let small = !sites.is_empty() && sites.iter().all(|site| site.first().level == Level::Town);
        Self {
            name: name.into(),
            sites,
            within: Sites::new(),
            count: 0,
            shown: 0,
            persons,
            conditional,
            small,
            blocked: setting.gazetteer.is_blocked(name),
            ..Self::default()
        }
    }

    /// Takes in that another group stands in a sentence with it.
    fn meet(&mut self, other: usize) {
        if self.beside.len() < BESIDE && !self.beside.contains(&other) {
            self.beside.push(other);
        }
    }

    /// A name inside a name of an organization.
    fn hint(setting: &Setting<'a>, place: &NamedPlace) -> Self {
        let sites = joined(sites(setting, &place.candidates, Some(&place.name)));
        Self { name: place.name.clone(), sites, ..Self::default() }
    }

    /// Whether the text says that it lies elsewhere: it may be in some of the containers, but then in none of those that were
    /// named before.
    fn is_elsewhere(&self, containers: &[Site<'_>]) -> bool {
        let lies_in = |site: &Site<'_>, any: &[Site<'_>]| any.iter().any(|container| site.lies_in(container));
        if self.sites.is_empty() {
            let is_one =
                |site: &Site<'_>| lies_in(site, containers) || containers.iter().any(|each| each.is_same(site));
            return !self.within.is_empty() && !self.within.iter().any(is_one);
        }
        let mut sites = self.sites.iter().filter(|site| lies_in(site, containers)).peekable();
        if sites.peek().is_none() {
            return self.is_missing(containers);
        }
        !self.within.is_empty() && !sites.any(|site| lies_in(site, &self.within))
    }

    /// Whether it is none of the places that are known: the text says which state it lies in, where all places from some
    /// hundred people up are known, and of its name there are only places elsewhere.
    fn is_missing(&self, containers: &[Site<'_>]) -> bool {
        let is_town =
            |site: &Site<'_>| !matches!(site.first().level, Level::Country | Level::Region | Level::Historical);
        let is_known =
            |site: &Site<'_>| site.first().state || containers.iter().any(|container| site.lies_in(container));
        containers.first().is_some_and(|container| container.first().state)
            && !self.sites.is_empty()
            && self.sites.iter().all(|site| is_town(site) && !is_known(site))
    }

    /// Takes in what the text says it lies in; gives the states among that, by name, where that can be.
    fn add_within(&mut self, containers: Sites<'a>) -> Option<&'a str> {
        let fits = |container: &&Site<'a>| self.sites.iter().any(|site| site.lies_in(container));
        if !self.sites.is_empty() && !containers.iter().any(|container| fits(&container)) {
            return None;
        }
        // Puebla, Mexico, lies in the country and not in the state of that name.
        let in_country = containers.iter().filter(fits).any(|container| container.first().level == Level::Country);
        let state = containers.iter().map(Site::first).find(|record| record.level == Level::Admin1 && !in_country);
        self.within.extend(containers);
        state.map(|record| record.folded.as_str())
    }

    /// Whether a mention of it is a place; `near` tells whether it lies near what else the document speaks of.
    pub fn stands(&self, place: &PlaceDraft, near: bool) -> bool {
        if self.blocked {
            return false;
        }
        // A word or two taken for a name of a person does not undo what is well known as a place.
        let known = self.sites.iter().any(|site| site.first().level == Level::Country || site.first().state);
        let is_person = self.persons > if known { self.count } else { self.shown };
        match place.evidence {
            Evidence::Hint => false,
            Evidence::Context => true,
            Evidence::Name => !is_person,
            Evidence::Near => (near || self.shown > 0) && self.persons == 0,
            Evidence::Weak => self.shown > 0 && self.persons == 0,
        }
    }

    /// What a small place tells of others that nothing shows to be a place: two of them near each other show each other.
    pub fn hearsay(&self) -> f64 {
        if self.small && self.persons == 0 && !self.blocked { HEARSAY } else { 0.0 }
    }

    /// Whether it tells what the document is about.
    pub fn is_evidence(&self) -> bool {
        !self.blocked && !self.conditional && (self.shown > 0 || self.persons == 0 && !self.small)
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
            Level::Admin2 => {
                own.level != Level::Admin2
                    && self.admin1() == container.admin1()
                    && own.point.is_within(&other.point, ACROSS)
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
            && one.point.is_within(&two.point, SAME_PLACE)
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
