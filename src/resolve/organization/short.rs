//! Short forms of names that no dictionary knows: the first words of a name, or its head noun. Only where one organization
//! of the document has them.

use rustc_hash::FxHashMap;

use super::Known;
use crate::lexicon::fold;
use crate::normalize::{Organization, OrganizationDraft};

/// The organization of a short form; none, where several have it.
type Index<'k> = FxHashMap<String, Option<&'k Organization>>;

/// What the names of a document are shortened to.
pub(super) struct ShortForms<'k> {
    first_words: Index<'k>,
    head: Index<'k>,
}

impl<'k> ShortForms<'k> {
    /// The short forms of the organizations that no dictionary knows.
    pub fn of(known: &'k Known) -> Self {
        let mut short = Self { first_words: Index::default(), head: Index::default() };
        for (_, organization) in known.unknown() {
            let name = fold(&organization.name);
            let words: Vec<&str> = name.split(' ').collect();
            for count in 1..words.len() {
                add(&mut short.first_words, words[..count].join(" "), organization);
            }
            if let [first, .., last] = words[..] {
                add(&mut short.head, last.to_owned(), organization);
                if first != last {
                    add(&mut short.head, first.to_owned(), organization);
                }
            }
        }
        short
    }

    /// The organization that a short form means. `way` is how it was shortened (a rule's constant `short`), `types` the types
    /// of organization that are shortened so; none: any.
    pub fn meaning(&self, way: &str, types: Option<&str>, draft: &OrganizationDraft) -> Option<&'k Organization> {
        let index = if way == "head" { &self.head } else { &self.first_words };
        let organization = (*index.get(&fold(&draft.surface))?)?;
        let own = organization.organization_type.as_deref();
        let fits = types.is_none_or(|types| own.is_none_or(|own| types.split(' ').any(|each| each == own)));
        fits.then_some(organization)
    }
}

fn add<'k>(index: &mut Index<'k>, form: String, organization: &'k Organization) {
    index.entry(form).and_modify(|known| *known = None).or_insert(Some(organization));
}
