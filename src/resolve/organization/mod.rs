//! One organization, one name: acronyms and short forms.
//!
//! What wording alone proves is known first; then what proves nothing by itself (an acronym, a name that is also a word) is
//! looked up in what the document says. Nothing goes from one document to another.

mod parts;
mod short;
mod team;

use compact_str::format_compact;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::{Fact, Setting};
use crate::lexicon::fold_into;
use crate::normalize::organization::constants;
use crate::normalize::{Draft, DraftValue, Organization, OrganizationDraft, Text, Value};
use short::ShortForms;
use team::Teams;

/// The facts of organization drafts and the place drafts that are left (all in order of position): in a report of a match, a
/// place's name that was shown to be its team's is the team's everywhere.
pub fn resolve<'d>(
    setting: &Setting<'_>,
    drafts: &[&'d Draft],
    mut places: Vec<&'d Draft>,
) -> (Vec<Fact>, Vec<&'d Draft>) {
    let organizations = || drafts.iter().filter_map(|draft| Some((*draft, organization(draft)?)));
    let (mut known, mut room) = (Known::default(), String::new());
    for (_, each) in organizations().filter(|(_, each)| !each.tentative) {
        known.learn(setting, each, &mut room);
    }
    known.join_parts();
    let short_way = |draft: &Draft| setting.ruleset.rules[draft.rule].constant(constants::SHORT.name);
    let is_short = |(draft, each): (&Draft, &OrganizationDraft)| each.tentative && short_way(draft).is_some();
    let short = organizations().any(is_short).then(|| ShortForms::of(&known));
    let teams = Teams::of(setting, drafts, &known);
    let fact = |(draft, each): (&Draft, &OrganizationDraft)| {
        let meaning = match (short_way(draft), &short) {
            (Some(way), Some(short)) if each.tentative => {
                let types = setting.ruleset.rules[draft.rule].constant(constants::TYPES.name);
                short.meaning(way, types, each).or_else(|| known.meaning(each, &mut room))?
            }
            _ => teams.full_name(each).or_else(|| known.meaning(each, &mut room))?,
        };
        let mut fact = setting.fact(draft, Value::Organization(meaning.clone()), draft.flags.clone());
        fact.span = each.span.unwrap_or(draft.span);
        Some(fact)
    };
    let mut facts: Vec<Fact> = organizations().filter_map(fact).collect();
    let found = facts.len();
    places.retain(|place| match teams.instead_of(setting, place) {
        Some(team) => {
            facts.push(team);
            false
        }
        None => true,
    });
    if facts.len() > found {
        facts.sort_by_key(|fact| fact.span);
    }
    (facts, places)
}

fn organization(draft: &Draft) -> Option<&OrganizationDraft> {
    match &draft.value {
        DraftValue::Organization(organization) => Some(organization),
        _ => None,
    }
}

/// The organizations that a document names.
#[derive(Default)]
struct Known {
    all: Vec<Organization>,
    /// Their names, folded.
    folded: Vec<Text>,
    /// By dictionary row.
    by_entry: FxHashMap<(u16, u32), usize>,
    /// By folded name.
    by_name: FxHashMap<Text, usize>,
    /// By acronym, as written.
    by_acronym: FxHashMap<Text, usize>,
    /// By acronym that the text itself gives, as written: it goes before any dictionary.
    defined: FxHashMap<Text, usize>,
}

impl Known {
    /// Takes in what one mention tells; `room` is where names are folded.
    fn learn(&mut self, setting: &Setting<'_>, draft: &OrganizationDraft, room: &mut String) {
        let by_entry = draft.entry.and_then(|entry| self.by_entry.get(&entry).copied());
        if let (Some(index), None) = (by_entry, &draft.acronym) {
            // The row told all it has when it was first named.
            return complete(&mut self.all[index], &draft.organization_type, &draft.country);
        }
        let told = told(setting, draft);
        fold_into(&told.name, room);
        let name = Text::new(room.as_str());
        let index = by_entry.or_else(|| self.by_name.get(&name).copied()).unwrap_or(self.all.len());
        if let Some(acronym) = &told.acronym {
            self.by_acronym.entry(acronym.clone()).or_insert(index);
        }
        if let Some(acronym) = &draft.acronym {
            self.defined.entry(acronym.clone()).or_insert(index);
        }
        if let Some(entry) = draft.entry {
            self.by_entry.entry(entry).or_insert(index);
        }
        let is_own_name = draft.entry.is_some() || told.name == draft.surface;
        match self.all.get_mut(index) {
            Some(known) => {
                fill(&mut known.acronym, &told.acronym);
                complete(known, &told.organization_type, &told.country);
            }
            None => {
                self.all.push(told);
                self.folded.push(name.clone());
            }
        }
        self.by_name.entry(name).or_insert(index);
        if !is_own_name {
            fold_into(&draft.surface, room);
            self.by_name.entry(room.as_str().into()).or_insert(index);
        }
    }

    /// Makes one of a name and the only longer name that it is a part of: `Refugees Rights Association` and `North Sea Refugees
    /// Rights Association of Norway`. A name of the dictionary stays its own.
    fn join_parts(&mut self) {
        let known: FxHashSet<usize> = self.by_entry.values().copied().collect();
        let is_part = |index: &usize| !known.contains(index) && self.folded[*index].contains(' ');
        // Each with its telling word.
        let telling = |part: usize| Some((part, self.folded[part].split_whitespace().max_by_key(|word| word.len())?));
        let parts: Vec<(usize, &str)> = (0..self.all.len()).filter(is_part).filter_map(telling).collect();
        if parts.is_empty() || self.all.len() < 2 {
            return;
        }
        let mut with_word: FxHashMap<&str, SmallVec<[usize; 4]>> =
            parts.iter().map(|(_, word)| (*word, SmallVec::new())).collect();
        for (index, name) in self.folded.iter().enumerate() {
            for word in name.split_whitespace() {
                if let Some(indices) = with_word.get_mut(word) {
                    indices.push(index);
                }
            }
        }
        let spaced = |index: usize| format_compact!(" {} ", self.folded[index]);
        let whole = |part: usize, telling: &str| {
            let others = with_word.get(telling)?.iter().copied().filter(|at| self.folded[*at] != self.folded[part]);
            let mut longer = others.filter(|at| spaced(*at).contains(spaced(part).as_str()));
            longer.next().filter(|first| longer.all(|other| other == *first))
        };
        let wholes: FxHashMap<usize, usize> =
            parts.iter().filter_map(|(part, telling)| Some((*part, whole(*part, telling)?))).collect();
        for index in self.by_name.values_mut().chain(self.by_acronym.values_mut()).chain(self.defined.values_mut()) {
            *index = wholes.get(index).copied().unwrap_or(*index);
        }
    }

    /// The organizations that no dictionary knows, each with the names that the text gives it.
    fn unknown(&self) -> impl Iterator<Item = (usize, &Organization)> {
        let known: FxHashSet<usize> = self.by_entry.values().copied().collect();
        let named: FxHashSet<usize> = self.by_name.values().copied().collect();
        let own = move |index: &usize| named.contains(index) && !known.contains(index);
        self.all.iter().enumerate().filter(move |(index, _)| own(index))
    }

    /// The organization that a mention means; none, if only the document could have told and did not.
    fn meaning(&self, draft: &OrganizationDraft, room: &mut String) -> Option<&Organization> {
        let by_entry = || self.by_entry.get(&draft.entry?);
        let by_acronym = || self.by_acronym.get(&draft.surface).filter(|_| draft.entry.is_none());
        let by_name = || {
            fold_into(draft.name.as_ref().unwrap_or(&draft.surface), room);
            self.by_name.get(room.as_str())
        };
        let index = self.defined.get(&draft.surface).or_else(by_entry).or_else(by_acronym).or_else(by_name)?;
        self.all.get(*index)
    }
}

/// What a mention tells by itself, with the dictionary's row.
fn told(setting: &Setting<'_>, draft: &OrganizationDraft) -> Organization {
    let cell = |column: &str| {
        let (table, row) = draft.entry?;
        let cell = setting.ruleset.lexicon.table(table).get(row as usize, column);
        (!cell.is_empty()).then(|| Text::new(cell))
    };
    let own = || draft.name.clone().unwrap_or_else(|| draft.surface.clone());
    Organization {
        name: cell("name").unwrap_or_else(own),
        acronym: cell("acronym").or_else(|| draft.acronym.clone()),
        organization_type: cell("type").or_else(|| draft.organization_type.clone()),
        country: cell("country").or_else(|| draft.country.clone()),
    }
}

/// Fills what is not known yet.
fn complete(known: &mut Organization, organization_type: &Option<Text>, country: &Option<Text>) {
    fill(&mut known.organization_type, organization_type);
    fill(&mut known.country, country);
}

fn fill(own: &mut Option<Text>, more: &Option<Text>) {
    if own.is_none() {
        own.clone_from(more);
    }
}
