//! Decisions whose fact is gone: the document was changed at that place, renamed or removed, or the rules were.
//!
//! None is dropped. For each, the likeliest successor is looked for: a fact of the same kind that says the same, in the
//! same document as near as may be; or, where the document is gone, in the one that took its place, if there is
//! [one](super::moved). No other document is looked at: that somewhere else the same words stand tells nothing.

use std::io;
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::collect::made_kinds;
use super::decision::{Decisions, Standing, is_decided, value_of};
use super::file::written;
use super::moved::Moved;
use crate::normalize::Kind;
use crate::staging::replace;
use crate::state::{StateError, Store};
use crate::table::parsed_rows;
use crate::table::schema::Table;

/// How alike a fact and its successor are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same words, the same value.
    Same,
    /// The same value in other words.
    Value,
    /// The same words, read as another value.
    Text,
}

impl Likeness {
    /// The code in the column `why`.
    pub fn code(self) -> &'static str {
        match self {
            Likeness::Same => "same-fact",
            Likeness::Value => "same-value",
            Likeness::Text => "same-text",
        }
    }
}

/// A fact that may have taken the place of one that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// Its id.
    pub id: String,
    /// Its document.
    pub document: String,
    /// Its line, from 1.
    pub line: u32,
    /// Its words.
    pub text: String,
    /// How alike they are.
    pub likeness: Likeness,
}

/// A decision whose fact is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// The fact.
    pub id: String,
    /// Its document.
    pub document: String,
    /// What was decided.
    pub standing: Standing,
    /// The likeliest successor, if there is any.
    pub successor: Option<Successor>,
}

/// Successors that are kept for an orphan: as many as may be taken away by orphans that are nearer.
const KEPT: usize = 16;

/// A successor on trial. In the order of fields: the least is the best.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    likeness: Likeness,
    /// Lines between the two.
    distance: u32,
    line: u32,
    id: String,
    text: String,
}

/// All orphans, in the order of documents and ids.
pub fn find(store: &Store, decisions: &Decisions) -> Result<Vec<Orphan>, StateError> {
    let mut search = Search::new(store, decisions)?;
    if !search.orphans.is_empty() {
        search.find_homes(store, decisions)?;
        search.look(store, decisions)?;
    }
    Ok(search.settled())
}

struct Search {
    orphans: Vec<Orphan>,
    /// The document of each orphan where its successor may be: its own, or the home of one that is gone.
    places: Vec<Option<String>>,
    /// Orphans by kind and what they say: their words, or their value.
    by_text: FxHashMap<(Kind, String), Vec<usize>>,
    by_value: FxHashMap<(Kind, String), Vec<usize>>,
    /// Candidates of each orphan, the best first.
    candidates: Vec<Vec<Candidate>>,
}

impl Search {
    /// Finds the orphans.
    fn new(store: &Store, decisions: &Decisions) -> Result<Self, StateError> {
        let kinds = made_kinds(store);
        let mut documents: FxHashSet<String> = FxHashSet::default();
        let mut present: FxHashSet<String> = FxHashSet::default();
        for document in store.documents()? {
            let document = document?;
            let Some(of) = decisions.of(document.key()) else { continue };
            documents.insert(document.key().to_owned());
            for kind in &kinds {
                let ids = parsed_rows(document.rows(Table::Facts(*kind)));
                let ids = ids.map(|(_, row)| row.get(0).unwrap_or_default().to_owned());
                present.extend(ids.filter(|id| of.contains_key(id)));
            }
        }
        let mut orphans = Vec::new();
        for (document, of) in decisions.documents() {
            let gone = of.iter().filter(|(id, standing)| {
                !standing.is_empty() && kinds.contains(&standing.kind) && !present.contains(*id)
            });
            orphans.extend(gone.map(|(id, standing)| Orphan {
                id: id.clone(),
                document: document.to_owned(),
                standing: standing.clone(),
                successor: None,
            }));
        }
        let place = |orphan: &Orphan| documents.get(&orphan.document).cloned();
        let places = orphans.iter().map(place).collect();
        let mut by_text: FxHashMap<(Kind, String), Vec<usize>> = FxHashMap::default();
        let mut by_value: FxHashMap<(Kind, String), Vec<usize>> = FxHashMap::default();
        for (at, Orphan { standing, .. }) in orphans.iter().enumerate() {
            for (map, said) in [(&mut by_text, &standing.about.text), (&mut by_value, &standing.about.value)] {
                if !said.is_empty() {
                    map.entry((standing.kind, said.clone())).or_default().push(at);
                }
            }
        }
        let candidates = vec![Vec::new(); orphans.len()];
        Ok(Self { orphans, places, by_text, by_value, candidates })
    }

    /// Looks for the homes of documents that are gone.
    fn find_homes(&mut self, store: &Store, decisions: &Decisions) -> Result<(), StateError> {
        let gone = self.orphans.iter().zip(&self.places).filter(|(_, place)| place.is_none());
        let mut moved = Moved::new(
            gone.map(|(Orphan { document, standing, .. }, _)| (&**document, standing.kind, &standing.about)),
        );
        if moved.is_empty() {
            return Ok(());
        }
        for document in store.documents()? {
            let document = document?;
            moved.ask(&document, decisions.of(document.key()));
        }
        let homes = moved.homes();
        for (orphan, place) in self.orphans.iter().zip(&mut self.places).filter(|(_, place)| place.is_none()) {
            *place = homes.get(&*orphan.document).cloned();
        }
        Ok(())
    }

    /// Goes through the facts of all places for those that may be successors.
    fn look(&mut self, store: &Store, decisions: &Decisions) -> Result<(), StateError> {
        let places: FxHashSet<String> = self.places.iter().flatten().cloned().collect();
        for document in store.documents()? {
            let document = document?;
            if !places.contains(document.key()) {
                continue;
            }
            let of = decisions.of(document.key());
            for kind in Kind::ALL {
                for (_, row) in parsed_rows(document.rows(Table::Facts(kind))) {
                    if !is_decided(of, row.get(0).unwrap_or_default()) {
                        self.consider(kind, document.key(), &row);
                    }
                }
            }
        }
        Ok(())
    }

    fn consider(&mut self, kind: Kind, document: &str, row: &csv::StringRecord) {
        let table = Table::Facts(kind);
        let cell = |name: &str| table.cell(row, name);
        let text = cell("text");
        let value = value_of(table, cell);
        let of_text = self.by_text.get(&(kind, text.to_owned()));
        let of_value = self.by_value.get(&(kind, value.clone()));
        let mut alike: Vec<usize> = of_text.into_iter().chain(of_value).flatten().copied().collect();
        alike.sort_unstable();
        alike.dedup();
        for at in alike {
            if self.places[at].as_deref() != Some(document) {
                continue;
            }
            let about = &self.orphans[at].standing.about;
            let likeness = match (about.text == text, about.value == value) {
                (true, true) => Likeness::Same,
                (_, true) => Likeness::Value,
                _ => Likeness::Text,
            };
            let line: u32 = cell("line").parse().unwrap_or(0);
            let distance = about.line.map_or(0, |before| before.abs_diff(line));
            let candidate = Candidate { likeness, distance, line, id: cell("id").to_owned(), text: text.to_owned() };
            let all = &mut self.candidates[at];
            let place = all.partition_point(|better| *better < candidate);
            if place < KEPT {
                all.truncate(KEPT - 1);
                all.insert(place, candidate);
            }
        }
    }

    /// Gives each orphan the best successor that no nearer orphan has.
    fn settled(mut self) -> Vec<Orphan> {
        let all = self.candidates.into_iter().enumerate();
        let mut pairs: Vec<(Candidate, usize)> =
            all.flat_map(|(at, of)| of.into_iter().map(move |candidate| (candidate, at))).collect();
        pairs.sort();
        let mut taken: FxHashSet<String> = FxHashSet::default();
        for (candidate, at) in pairs {
            if self.orphans[at].successor.is_none() && taken.insert(candidate.id.clone()) {
                let document = self.places[at].clone().unwrap_or_default();
                let Candidate { likeness, line, id, text, .. } = candidate;
                self.orphans[at].successor = Some(Successor { id, document, line, text, likeness });
            }
        }
        self.orphans
    }
}

/// The columns of orphans.csv.
const COLUMNS: [&str; 15] = [
    "id",
    "table",
    "document",
    "decision",
    "reviewer",
    "date",
    "note",
    "line",
    "text",
    "value",
    "successor",
    "successor_document",
    "successor_line",
    "successor_text",
    "why",
];

/// Writes orphans.csv; without orphans there is no such file.
pub fn write(path: &Path, orphans: &[Orphan]) -> io::Result<()> {
    if orphans.is_empty() {
        return match std::fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
    }
    let header = COLUMNS.map(str::to_owned).to_vec();
    replace(path, &written([header].into_iter().chain(orphans.iter().map(cells)))?)
}

fn cells(orphan: &Orphan) -> Vec<String> {
    let Standing { kind, about, reviewer, date, note, .. } = &orphan.standing;
    let code = orphan.standing.code();
    let own = [
        orphan.id.as_str(),
        kind.table(),
        &orphan.document,
        if code.is_empty() { "note" } else { code },
        reviewer,
        date,
        note,
        &about.line.map(|line| line.to_string()).unwrap_or_default(),
        &about.text,
        &about.value,
    ]
    .map(str::to_owned);
    let successor = orphan.successor.as_ref().map_or_else(Default::default, |successor| {
        let Successor { id, document, line, text, likeness } = successor;
        [id.clone(), document.clone(), line.to_string(), text.clone(), likeness.code().to_owned()]
    });
    own.into_iter().chain(successor).collect()
}
