//! Short forms of names that no dictionary knows: the first words of a name, or its head noun. Only where one organization
//! of the document has them.

use super::Known;
use super::parts::{Parts, cuts};
use crate::lexicon::fold;
use crate::normalize::{Organization, OrganizationDraft};

/// What the names of a document are shortened to.
#[derive(Default)]
pub(super) struct ShortForms<'k> {
    first_words: Parts<'k>,
    head: Parts<'k>,
}

impl<'k> ShortForms<'k> {
    /// The short forms of the organizations that no dictionary knows.
    pub fn of(known: &'k Known) -> Self {
        let mut short = Self::default();
        for (_, organization) in known.unknown() {
            let name = fold(&organization.name);
            for (first_words, rest) in cuts(&name) {
                short.first_words.add(first_words.to_owned(), organization);
                // A head noun stands at either end: `Institute of Ropes`, `Rope Institute`.
                for word in [first_words, rest].into_iter().filter(|part| !part.contains(' ')) {
                    short.head.add(word.to_owned(), organization);
                }
            }
        }
        short
    }

    /// The organization that a short form means. `way` is how it was shortened (a rule's constant `short`), `types` the types
    /// of organization that are shortened so; none: any.
    pub fn meaning(&self, way: &str, types: Option<&str>, draft: &OrganizationDraft) -> Option<&'k Organization> {
        let index = if way == "head" { &self.head } else { &self.first_words };
        let organization = index.get(&draft.surface)?;
        let own = organization.organization_type.as_deref();
        let fits = types.is_none_or(|types| own.is_none_or(|own| types.split(' ').any(|each| each == own)));
        fits.then_some(organization)
    }
}
