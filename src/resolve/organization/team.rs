//! Teams that bear the names of places: `Boston` in a report of a match is not the town.
//!
//! Rules find the mentions that the words around them show (`Boston beat Chicago`); what those name is the team wherever such a
//! text has the name again, unless the words there show a place (`in Boston`).

use rustc_hash::FxHashMap;

use super::Known;
use super::parts::{Parts, cuts};
use crate::lexicon::fold;
use crate::normalize::organization::constants;
use crate::normalize::{Draft, DraftValue, Evidence, Organization, OrganizationDraft, Text, Value};
use crate::resolve::{Fact, Setting};

/// The teams of a document.
#[derive(Default)]
pub(super) struct Teams<'k> {
    /// By folded name, as the text has it.
    shown: FxHashMap<Text, &'k Organization>,
    /// By the first or the last words of a longer name.
    parts: Parts<'k>,
    /// Number of the rule by which a place's name becomes a team's.
    rule: Option<usize>,
}

impl<'k> Teams<'k> {
    /// The teams that the drafts of a document show.
    pub fn of(setting: &Setting<'_>, drafts: &[&Draft], known: &'k Known) -> Self {
        let mut teams = Self::default();
        let team = |draft: &&&'_ Draft| matches!(&draft.value, DraftValue::Organization(each) if each.team);
        if !drafts.iter().any(|draft| team(&draft)) {
            return teams;
        }
        teams.rule = setting.ruleset.rules.iter().position(|rule| rule.constant(constants::INSTEAD.name).is_some());
        let team_type = teams.rule.and_then(|rule| setting.ruleset.rules[rule].constant(constants::TYPE.name));
        for organization in
            known.all.iter().filter(|each| team_type.is_some() && each.organization_type.as_deref() == team_type)
        {
            let name = fold(&organization.name);
            for part in cuts(&name).flat_map(|(first, last)| [first, last]) {
                teams.parts.add(part.to_owned(), organization);
            }
        }
        let mut room = String::new();
        for draft in drafts.iter().filter(team) {
            if let DraftValue::Organization(each) = &draft.value
                && !each.tentative
                && let Some(meaning) = teams.full_name(each).or_else(|| known.meaning(each, &mut room))
            {
                teams.shown.entry(fold(&each.surface).into()).or_insert(meaning);
            }
        }
        teams
    }

    /// The only team of the document whose name begins or ends with that of a team that no dictionary knows: `Los Angeles`, where
    /// it speaks of the Los Angeles Dodgers.
    pub fn full_name(&self, draft: &OrganizationDraft) -> Option<&'k Organization> {
        let is_short = draft.team && draft.entry.is_none();
        is_short.then(|| self.parts.get(&draft.surface)).flatten()
    }

    /// The fact of a team, instead of a place that nothing but its name shows.
    pub fn instead_of(&self, setting: &Setting<'_>, draft: &Draft) -> Option<Fact> {
        let DraftValue::Place(place) = &draft.value else { return None };
        if place.evidence == Evidence::Context || !place.about.is_empty() || self.shown.is_empty() {
            return None;
        }
        let team = *self.shown.get(fold(&place.surface).as_str())?;
        let rule = self.rule?;
        let topic = setting.ruleset.rules[rule].topic?;
        if !setting.topics.is_about(topic, draft.span.start as usize) {
            return None;
        }
        let as_team = Draft { rule, ..draft.clone() };
        Some(setting.fact(&as_team, Value::Organization(team.clone()), draft.flags.clone()))
    }
}
