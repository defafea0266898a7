//! Which organization of a document a part of a name means: its first words, its last words.

use rustc_hash::FxHashMap;

use crate::lexicon::fold;
use crate::normalize::Organization;

/// Parts of names, folded; none, where organizations of several names have one.
#[derive(Default)]
pub(super) struct Parts<'k>(FxHashMap<String, Option<&'k Organization>>);

impl<'k> Parts<'k> {
    /// Adds a part of an organization's name, folded.
    pub fn add(&mut self, part: String, organization: &'k Organization) {
        let known = self.0.entry(part).or_insert(Some(organization));
        if known.is_some_and(|known| known.name != organization.name) {
            *known = None;
        }
    }

    /// The only organization whose name has a part, as a text writes it.
    pub fn get(&self, part: &str) -> Option<&'k Organization> {
        self.0.get(&fold(part)).copied().flatten()
    }
}

/// The first words of a folded name and the words behind them, cut at every place.
pub(super) fn cuts(name: &str) -> impl Iterator<Item = (&str, &str)> {
    name.match_indices(' ').map(|(at, _)| (&name[..at], &name[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Organization {
        Organization { name: name.into(), ..Organization::default() }
    }

    #[test]
    fn a_part_of_several_names_means_none_and_one_of_a_name_told_twice_means_it() {
        let all = [named("Blue Anchor Institute"), named("Blue Pier Institute"), named("Blue Anchor Institute")];
        let mut parts = Parts::default();
        for organization in &all {
            let name = fold(&organization.name);
            cuts(&name).for_each(|(first, _)| parts.add(first.to_owned(), organization));
        }
        assert_eq!(parts.get("Blue Anchor").map(|each| each.name.as_str()), Some("Blue Anchor Institute"));
        assert!(parts.get("Blue").is_none() && parts.get("Anchor").is_none());
    }

    #[test]
    fn a_name_is_cut_between_its_words() {
        let all: Vec<_> = cuts("blue anchor institute").collect();
        assert_eq!(all, [("blue", "anchor institute"), ("blue anchor", "institute")]);
        assert_eq!(cuts("anchor").count(), 0);
    }
}
