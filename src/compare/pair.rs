//! Which fact of one table is which of the other, in one document.
//!
//! Stages, each on what the ones before left. In a document that did not change, the span is the surest sign: the same
//! bytes with another value are a changed fact. In one that did, offsets say nothing, and the id comes first, which is made
//! to survive that; then text and sentence; then the text in the sentence that is most alike.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::rows::RowRef;
use super::words::likeness;
use crate::table::schema::Table;

/// Facts of two tables that are the same fact, and those that have no partner.
#[derive(Debug, Default)]
pub(super) struct Pairs<'o, 'n> {
    pub both: Vec<(RowRef<'o>, RowRef<'n>)>,
    pub old: Vec<RowRef<'o>>,
    pub new: Vec<RowRef<'n>>,
}

/// Least likeness of two sentences that facts of the same text may be one fact in.
const ALIKE: f64 = 0.3;
/// The same for facts of another text that the same rule made.
const VERY_ALIKE: f64 = 0.5;
/// Sentences that are compared one by one; of more with one text, those in the same place of the order are taken.
const MANY: usize = 10_000;

/// Pairs the rows of a document.
pub(super) fn pair<'o, 'n>(old: Vec<RowRef<'o>>, new: Vec<RowRef<'n>>, unchanged: bool) -> Pairs<'o, 'n> {
    let mut pairs = Pairs { both: Vec::new(), old, new };
    if pairs.old.first().or(pairs.new.first()).is_some_and(|row| row.table() == Table::Documents) {
        pairs.by(|row| Some(row.cell("document")));
    } else if unchanged {
        pairs.by(|row| Some((row.bytes()?, row.get("type"))));
        pairs.by(|row| row.bytes());
        pairs.by(|row| Some((filled(row, "line")?, filled(row, "column")?, filled(row, "text")?)));
        pairs.by(|row| filled(row, "id"));
        pairs.overlapping();
        // Of tables with few columns: where it starts, or what it says.
        let has_place = |row: RowRef<'_>| row.bytes().is_some() || row.get("column").is_some();
        if pairs.old.iter().all(|row| has_place(*row)) && pairs.new.iter().all(|row| has_place(*row)) {
            return pairs;
        }
        pairs.by(|row| Some((filled(row, "line")?, filled(row, "text")?)));
    } else {
        pairs.by(|row| filled(row, "id"));
    }
    pairs.by(|row| Some((filled(row, "text")?, filled(row, "context")?)));
    pairs.alike("text", ALIKE);
    pairs.by(|row| Some((filled(row, "line")?, filled(row, "column")?, filled(row, "context")?)));
    if unchanged {
        pairs.by(|row| filled(row, "text"));
    } else {
        pairs.alike("rule", VERY_ALIKE);
    }
    pairs
}

fn filled<'r>(row: RowRef<'r>, column: &str) -> Option<&'r str> {
    row.get(column).filter(|cell| !cell.is_empty())
}

impl<'o, 'n> Pairs<'o, 'n> {
    /// Pairs rows of equal keys, the first with the first and so on.
    fn by<'r, K: Eq + Hash>(&mut self, key: impl Fn(RowRef<'r>) -> Option<K>)
    where
        'o: 'r,
        'n: 'r,
    {
        if self.old.is_empty() || self.new.is_empty() {
            return;
        }
        let mut waiting: FxHashMap<K, Vec<RowRef<'n>>> = FxHashMap::default();
        for row in self.new.iter().rev() {
            if let Some(key) = key(*row) {
                waiting.entry(key).or_default().push(*row);
            }
        }
        let mut taken = Vec::new();
        let both = &mut self.both;
        self.old.retain(|row| {
            let Some(partner) = key(*row).and_then(|key| waiting.get_mut(&key)?.pop()) else { return true };
            both.push((*row, partner));
            taken.push(partner.number());
            false
        });
        self.without(taken);
    }

    fn without(&mut self, mut taken: Vec<usize>) {
        taken.sort_unstable();
        self.new.retain(|row| taken.binary_search(&row.number()).is_err());
    }

    /// Pairs rows whose spans share a byte, from left to right.
    fn overlapping(&mut self) {
        let mut taken = Vec::new();
        let spans: Vec<_> = self.new.iter().map(|row| row.bytes()).collect();
        let (new, both) = (&self.new, &mut self.both);
        let mut first = 0;
        self.old.retain(|row| {
            let Some((start, end)) = row.bytes() else { return true };
            while first < spans.len() && spans[first].is_none_or(|(_, other)| other <= start) {
                first += 1;
            }
            match spans.get(first).copied().flatten() {
                Some((other, _)) if other < end => {
                    both.push((*row, new[first]));
                    taken.push(new[first].number());
                    first += 1;
                    false
                }
                _ => true,
            }
        });
        self.without(taken);
    }

    /// Pairs rows of the same text (or rule), each with the one whose sentence is most alike.
    fn alike(&mut self, column: &str, least: f64) {
        let mut waiting: FxHashMap<&str, Vec<RowRef<'n>>> = FxHashMap::default();
        for row in &self.new {
            if let Some(key) = filled(*row, column) {
                waiting.entry(key).or_default().push(*row);
            }
        }
        let mut asking: FxHashMap<&str, usize> = FxHashMap::default();
        self.old.iter().for_each(|row| *asking.entry(row.cell(column)).or_default() += 1);
        let mut taken = Vec::new();
        let both = &mut self.both;
        self.old.retain(|row| {
            let key = row.cell(column);
            let Some(partners) = waiting.get_mut(key).filter(|partners| !partners.is_empty()) else { return true };
            let best = if partners.len() * asking[key] > MANY {
                Some(0)
            } else {
                let likeness = |at: usize| likeness(row.cell("context"), partners[at].cell("context"));
                let best = (0..partners.len())
                    .map(|at| (at, likeness(at)))
                    .reduce(|best, next| if next.1 > best.1 { next } else { best });
                best.filter(|(_, likeness)| *likeness >= least).map(|(at, _)| at)
            };
            let Some(best) = best else { return true };
            let partner = partners.remove(best);
            both.push((*row, partner));
            taken.push(partner.number());
            false
        });
        self.without(taken);
    }
}
