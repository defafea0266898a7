//! What the index counts.

use std::collections::HashMap;

use super::mark::{Mark, Sort};

/// How many sorts of marks there are.
pub(super) const SORTS: usize = 6;

/// Where a sort stands in an array of counts.
pub(super) fn place(sort: Sort) -> usize {
    match sort {
        Sort::Fact(kind) => kind as usize,
        Sort::Unclaimed => SORTS - 1,
    }
}

/// Counts of one document, or of all.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    /// Per sort, in the order of [`Sort::all`].
    pub marks: [u64; SORTS],
    /// Of these, with a flag.
    pub flagged: [u64; SORTS],
    /// Of these, with a reviewer's decision or note.
    pub reviewed: [u64; SORTS],
}

impl Counts {
    /// Of the marks of a document.
    pub(super) fn of(marks: &[Mark]) -> Self {
        let mut counts = Self::default();
        for mark in marks {
            let place = place(mark.sort);
            counts.marks[place] += 1;
            counts.flagged[place] += u64::from(mark.is_flagged());
            counts.reviewed[place] += u64::from(mark.is_reviewed());
        }
        counts
    }

    /// Facts of all kinds.
    pub(super) fn facts(&self) -> u64 {
        self.marks[..SORTS - 1].iter().sum()
    }

    /// Facts with a flag.
    pub(super) fn all_flagged(&self) -> u64 {
        self.flagged.iter().sum()
    }

    /// Facts that someone has looked at.
    pub(super) fn all_reviewed(&self) -> u64 {
        self.reviewed.iter().sum()
    }

    /// Numbers in no fact.
    pub(super) fn unclaimed(&self) -> u64 {
        self.marks[SORTS - 1]
    }

    fn add(&mut self, other: &Self) {
        for place in 0..SORTS {
            self.marks[place] += other.marks[place];
            self.flagged[place] += other.flagged[place];
            self.reviewed[place] += other.reviewed[place];
        }
    }
}

/// Counts of a whole report.
#[derive(Debug, Default)]
pub(super) struct Totals {
    /// All documents together.
    pub all: Counts,
    /// Per document, in order.
    pub documents: Vec<Counts>,
    flags: HashMap<String, u64>,
    reasons: HashMap<String, u64>,
    rules: HashMap<String, u64>,
}

impl Totals {
    /// Adds the next document.
    pub(super) fn add(&mut self, counts: Counts, marks: &[Mark]) {
        self.all.add(&counts);
        self.documents.push(counts);
        let count = |counts: &mut HashMap<String, u64>, code: &str| match counts.get_mut(code) {
            Some(count) => *count += 1,
            None => drop(counts.insert(code.to_owned(), 1)),
        };
        for mark in marks {
            mark.flags.split_whitespace().for_each(|flag| count(&mut self.flags, flag));
            match mark.sort {
                Sort::Unclaimed => count(&mut self.reasons, &mark.value),
                Sort::Fact(_) if !mark.rule.is_empty() => count(&mut self.rules, &mark.rule),
                Sort::Fact(_) => {}
            }
        }
    }

    /// The most frequent flags.
    pub(super) fn flags(&self, most: usize) -> Vec<(&str, u64)> {
        top(&self.flags, most)
    }

    /// The most frequent reasons why a number is in no fact.
    pub(super) fn reasons(&self, most: usize) -> Vec<(&str, u64)> {
        top(&self.reasons, most)
    }

    /// The rules that made most facts.
    pub(super) fn rules(&self, most: usize) -> Vec<(&str, u64)> {
        top(&self.rules, most)
    }

    /// The documents with most of each column of [`columns`], all in order; all documents if there are no more than `most`.
    pub(super) fn leading(&self, most: usize, each: usize) -> Vec<usize> {
        if self.documents.len() <= most {
            return (0..self.documents.len()).collect();
        }
        let mut leading = Vec::new();
        for column in 0..columns(&Counts::default()).len() {
            let count = |document: usize| columns(&self.documents[document])[column];
            let mut order: Vec<_> = (0..self.documents.len()).filter(|document| count(*document) > 0).collect();
            order.sort_by_key(|document| (u64::MAX - count(*document), *document));
            leading.extend(order.into_iter().take(each));
        }
        leading.sort_unstable();
        leading.dedup();
        leading
    }
}

/// The columns of a list of documents: every kind, flagged, in no fact.
pub(super) fn columns(counts: &Counts) -> [u64; SORTS + 1] {
    let mut columns = [0; SORTS + 1];
    columns[..SORTS - 1].copy_from_slice(&counts.marks[..SORTS - 1]);
    columns[SORTS - 1] = counts.all_flagged();
    columns[SORTS] = counts.unclaimed();
    columns
}

/// The largest counts, equal ones by name.
fn top(counts: &HashMap<String, u64>, most: usize) -> Vec<(&str, u64)> {
    let mut top: Vec<_> = counts.iter().map(|(code, count)| (code.as_str(), *count)).collect();
    top.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    top.truncate(most);
    top
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_has_its_place() {
        assert!(Sort::all().map(place).eq(0..SORTS));
    }

    #[test]
    fn the_leading_documents_are_those_with_most_of_each() {
        let counts = |marks| Counts { marks, ..Counts::default() };
        let mut totals = Totals::default();
        for document in 0..10u64 {
            totals.add(counts([document, 10 - document, 0, 0, 0, u64::from(document == 5)]), &[]);
        }
        assert_eq!(totals.leading(10, 1), (0..10).collect::<Vec<_>>());
        assert_eq!(totals.leading(9, 2), [0, 1, 5, 8, 9]);
    }
}
