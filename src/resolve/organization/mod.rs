//! One organization, one name: acronyms and short forms.
//!
//! What wording alone proves is known first; then what proves nothing by itself (an acronym, a name that is also a word) is
//! looked up in what the document says. Nothing goes from one document to another.

mod short;
mod team;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Fact, Setting};
use crate::lexicon::fold;
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
    let mut known = Known::default();
    for (_, each) in organizations().filter(|(_, each)| !each.tentative) {
        known.learn(setting, each);
    }
    known.join_parts();
    let short = ShortForms::of(&known);
    let teams = Teams::of(setting, drafts, &known);
    let fact = |(draft, each): (&Draft, &OrganizationDraft)| {
        let rule = &setting.ruleset.rules[draft.rule];
        let meaning = match rule.constant("short") {
            Some(way) if each.tentative => {
                short.meaning(way, rule.constant("types"), each).or_else(|| known.meaning(each))?
            }
            _ => teams.full_name(each).or_else(|| known.meaning(each))?,
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
    /// Takes in what one mention tells.
    fn learn(&mut self, setting: &Setting<'_>, draft: &OrganizationDraft) {
        let told = told(setting, draft);
        let name = Text::from(fold(&told.name));
        let by_entry = draft.entry.and_then(|entry| self.by_entry.get(&entry).copied());
        let index = by_entry.or_else(|| self.by_name.get(&name).copied()).unwrap_or(self.all.len());
        match self.all.get_mut(index) {
            Some(known) => complete(known, &told),
            None => self.all.push(told.clone()),
        }
        if let Some(entry) = draft.entry {
            self.by_entry.entry(entry).or_insert(index);
        }
        self.by_name.entry(name).or_insert(index);
        if draft.entry.is_none() {
            self.by_name.entry(fold(&draft.surface).into()).or_insert(index);
        }
        if let Some(acronym) = told.acronym {
            self.by_acronym.entry(acronym).or_insert(index);
        }
        if let Some(acronym) = &draft.acronym {
            self.defined.entry(acronym.clone()).or_insert(index);
        }
    }

    /// Makes one of a name and the only longer name that it is a part of: `Refugees Rights Association` and `North Sea Refugees
    /// Rights Association of Norway`. A name of the dictionary stays its own.
    fn join_parts(&mut self) {
        let folded: Vec<String> = self.all.iter().map(|each| format!(" {} ", fold(&each.name))).collect();
        let known: FxHashSet<usize> = self.by_entry.values().copied().collect();
        let mut with_word: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (index, name) in folded.iter().enumerate() {
            for word in name.split_whitespace() {
                with_word.entry(word).or_default().push(index);
            }
        }
        let whole = |part: usize| {
            let telling = folded[part].split_whitespace().max_by_key(|word| word.len())?;
            let others = with_word.get(telling)?.iter().copied().filter(|at| folded[*at] != folded[part]);
            let mut longer = others.filter(|at| folded[*at].contains(&folded[part]));
            longer.next().filter(|first| longer.all(|other| other == *first))
        };
        let parts: FxHashMap<usize, usize> = (0..folded.len())
            .filter(|part| !known.contains(part) && folded[*part].trim().contains(' '))
            .filter_map(|part| Some((part, whole(part)?)))
            .collect();
        for index in self.by_name.values_mut().chain(self.by_acronym.values_mut()).chain(self.defined.values_mut()) {
            *index = parts.get(index).copied().unwrap_or(*index);
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
    fn meaning(&self, draft: &OrganizationDraft) -> Option<&Organization> {
        let by_entry = || self.by_entry.get(&draft.entry?);
        let by_acronym = || self.by_acronym.get(&draft.surface).filter(|_| draft.entry.is_none());
        let by_name = || self.by_name.get(fold(draft.name.as_ref().unwrap_or(&draft.surface)).as_str());
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
fn complete(known: &mut Organization, told: &Organization) {
    let fill = |own: &mut Option<Text>, more: &Option<Text>| {
        if own.is_none() {
            own.clone_from(more);
        }
    };
    fill(&mut known.acronym, &told.acronym);
    fill(&mut known.organization_type, &told.organization_type);
    fill(&mut known.country, &told.country);
}
