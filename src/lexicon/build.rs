//! From dictionary files to one trie.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::nature::{Known, Natures, by_itself};
use super::prefixes::Prefixes;
use super::trie::Growing;
use super::words;
use super::{
    Case, ClassId, Classes, CutKind, Cutter, Entry, Gate, Lexicon, NodeId, Table, TableError, WordId, fold, fold_into,
};

/// Where the class of a row's terms comes from.
#[derive(Debug, Clone)]
pub enum ClassSource {
    /// The same for all rows.
    Fixed(String),
    /// A column of the row, after a prefix.
    Column {
        /// Name of the column.
        column: String,
        /// Put before its cell.
        prefix: String,
    },
}

/// A column that holds terms, several in a cell separated by `|`.
#[derive(Debug, Clone)]
pub struct TermColumn {
    /// Name of the column.
    pub column: String,
    /// Case for terms of this column; a `case` cell of the row goes before it.
    pub case: Case,
    /// Whether terms of this column are weak in every row.
    pub weak: bool,
    /// Class of these terms, where it is not that of the dictionary.
    pub class: Option<String>,
}

/// How a dictionary file becomes terms.
#[derive(Debug, Clone)]
pub struct Binding {
    /// Class of the terms.
    pub class: ClassSource,
    /// Class of the terms of rows that say they are weak, where it is not `class`.
    pub weak_class: Option<String>,
    /// Columns that hold terms.
    pub terms: Vec<TermColumn>,
}

/// What can go wrong while dictionaries are joined.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A row or column is not as it must be.
    #[error(transparent)]
    Table(#[from] TableError),
    /// More classes than fit into a set.
    #[error(transparent)]
    Classes(#[from] super::TooManyClasses),
}

/// The ways in which a term is written: a name that begins with a small letter (`al-Qaeda`, `sub-Saharan Africa`, `eBay`) as it
/// stands, besides with a capital as other names.
fn ways(case: Case, text: &str) -> impl Iterator<Item = Case> {
    let is_small = text.starts_with(char::is_lowercase) && text.contains(char::is_uppercase);
    std::iter::once(case).chain((case == Case::Title && is_small).then_some(Case::Exact))
}

/// Collects dictionaries and words, then builds the [`Lexicon`].
#[derive(Debug, Default)]
pub struct Builder {
    words: words::Growing,
    trie: Growing,
    exact: Vec<Cow<'static, str>>,
    evidence: Option<ClassId>,
    counting: Option<&'static str>,
    quoted: FxHashSet<WordId>,
    tables: Vec<Table>,
    classes: Classes,
    folded: String,
}

impl Builder {
    /// A builder that starts with the given classes.
    pub fn new(classes: Classes) -> Self {
        Self { classes, ..Self::default() }
    }

    /// With a class of its own for all that a dictionary knows and does not call weak.
    pub fn evidence(mut self, class: ClassId) -> Self {
        self.evidence = Some(class);
        self
    }

    /// With the dictionary of number words, by its file.
    pub fn counting(mut self, file: &'static str) -> Self {
        self.counting = Some(file);
        self
    }

    /// The classes so far.
    pub fn classes(&mut self) -> &mut Classes {
        &mut self.classes
    }

    /// Number of a folded word while dictionaries are joined, made if there is none.
    fn word(&mut self, folded: &str) -> WordId {
        self.words.intern(folded)
    }

    /// Notes that some rule quotes a folded word.
    pub fn quote(&mut self, folded: &str) {
        let word = self.word(folded);
        self.quoted.insert(word);
    }

    /// Adds a dictionary. Gate columns: `case` (fold, title, exact), `only_after` (a class), `weak` (yes).
    pub fn add(&mut self, table: Table, binding: &Binding) -> Result<(), BuildError> {
        let number = u16::try_from(self.tables.len()).unwrap_or(u16::MAX);
        let class_column = match &binding.class {
            ClassSource::Column { column, .. } => Some(self.column(&table, column)?),
            ClassSource::Fixed(_) => None,
        };
        let columns =
            binding.terms.iter().map(|term| self.column(&table, &term.column)).collect::<Result<Vec<_>, _>>()?;
        if let ClassSource::Fixed(name) = &binding.class
            && !name.is_empty()
        {
            // A dictionary that is empty today has a class all the same.
            self.classes.intern(name)?;
        }
        let gates = ["case", "only_after", "weak"].map(|name| table.column(name));
        for row in 0..table.len() {
            let class = match (&binding.class, class_column) {
                (ClassSource::Fixed(name), _) => self.classes.intern(name)?,
                (ClassSource::Column { prefix, .. }, Some(column)) => {
                    self.classes.intern(&format!("{prefix}{}", table.cell(row, column)))?
                }
                (ClassSource::Column { .. }, None) => continue,
            };
            let class = match &binding.weak_class {
                Some(name) if gates[2].is_some_and(|weak| table.cell(row, weak) == "yes") => {
                    self.classes.intern(name)?
                }
                _ => class,
            };
            for (term, column) in binding.terms.iter().zip(&columns) {
                let cell = table.cell(row, *column);
                if cell.is_empty() {
                    continue;
                }
                let gate = self.gate(&table, row, gates, term)?;
                let class = match &term.class {
                    Some(name) => self.classes.intern(name)?,
                    None => class,
                };
                for text in cell.split('|').filter(|text| !text.trim().is_empty()) {
                    for case in ways(gate.case, text) {
                        let exact = self.exact.len() as u32;
                        let needs_upper = match case {
                            Case::Fold => false,
                            Case::Title => true,
                            Case::Exact => {
                                self.exact.push(text.to_owned().into());
                                text.contains(char::is_uppercase)
                            }
                        };
                        let gate = Gate { case, ..gate };
                        let entry = Entry { class, table: number, row: row as u32, gate, exact, needs_upper };
                        if !self.term(text, entry)? {
                            let problem = format!("the term `{text}` holds no word, digit or sign");
                            return Err(table.error(row, problem).into());
                        }
                    }
                }
            }
        }
        self.tables.push(table);
        Ok(())
    }

    fn column(&self, table: &Table, name: &str) -> Result<usize, TableError> {
        table.column(name).ok_or_else(|| TableError {
            file: table.file().to_owned(),
            line: 1,
            problem: format!("expected a column `{name}`, found {}", table.columns().join(",")),
        })
    }

    fn gate(
        &mut self,
        table: &Table,
        row: usize,
        [case, only_after, weak]: [Option<usize>; 3],
        term: &TermColumn,
    ) -> Result<Gate, BuildError> {
        let cell = |column: Option<usize>| column.map_or("", |column| table.cell(row, column));
        let case = match cell(case) {
            "" => term.case,
            "fold" => Case::Fold,
            "title" => Case::Title,
            "exact" => Case::Exact,
            other => {
                return Err(table.error(row, format!("case: expected fold, title or exact, found `{other}`")).into());
            }
        };
        let only_after = match cell(only_after) {
            "" => None,
            name => Some(self.classes.intern(name)?),
        };
        let weak = match cell(weak) {
            "" | "no" => term.weak,
            "yes" => true,
            other => return Err(table.error(row, format!("weak: expected yes or nothing, found `{other}`")).into()),
        };
        Ok(Gate { case, only_after, weak })
    }

    /// Puts one term into the trie; false if it holds nothing to look up. Signs that a text may leave out (hyphens, full
    /// stops inside) are left out, see [`is_optional`].
    fn term(&mut self, text: &str, entry: Entry) -> Result<bool, BuildError> {
        let cuts: Vec<_> = Cutter::new(text, 0, text.len()).collect();
        let mut node = Growing::ROOT;
        let mut length = 0;
        let mut folded = std::mem::take(&mut self.folded);
        for (index, cut) in cuts.iter().enumerate() {
            let inner = index > 0 && index + 1 < cuts.len();
            let piece = &text[cut.start..cut.end];
            if inner && cut.kind == CutKind::Sign && is_optional(piece) {
                continue;
            }
            fold_into(piece, &mut folded);
            let word = self.word(&folded);
            node = self.trie.child(node, word);
            length += 1;
        }
        self.folded = folded;
        if length > 1 {
            self.classes.intern_inside(entry.class)?;
        }
        if node == Growing::ROOT {
            return Ok(false);
        }
        self.trie.enter(node, entry);
        Ok(true)
    }

    /// The finished lexicon.
    pub fn build(self) -> Lexicon {
        let (mut words, renamed) = self.words.finish();
        let trie = self.trie.finish(&renamed);
        let quoted: FxHashSet<WordId> = self.quoted.iter().map(|word| renamed[word.0 as usize]).collect();
        let exact = |entry: &Entry| (entry.gate.case == Case::Exact).then(|| &*self.exact[entry.exact as usize]);
        let mut natures = Natures::default();
        let roots: FxHashMap<WordId, NodeId> = trie.roots().collect();
        for word in words.iter() {
            let root = roots.get(&word).copied();
            let entries = root.map_or(&[][..], |root| trie.entries_at(root));
            let (mut nature, mut flags) = by_itself(entries, exact, self.evidence, &mut natures);
            if quoted.contains(&word) {
                nature = nature.quoted(word);
            }
            if root.is_some_and(|root| trie.goes_on(root)) {
                flags |= Known::GOES_ON;
            }
            words.set_known(word, Known::new(root.unwrap_or_default(), natures.intern(nature), flags));
        }
        let counting = self.counting.and_then(|path| self.tables.iter().find(|table| table.file() == path));
        let counting = counting.map(|table| (0..table.len()).map(|row| words.get(&fold(table.get(row, "term")))));
        let counting = counting.into_iter().flatten().filter(|word| *word != WordId::UNKNOWN);
        let flagged = trie.inner_words().map(|word| (word, Known::INSIDE));
        for (word, flag) in flagged.chain(counting.map(|word| (word, Known::COUNTS))).collect::<Vec<_>>() {
            words.set_known(word, words.known(word).with(flag));
        }
        Lexicon {
            words,
            prefixes: Prefixes::new(&trie),
            trie,
            natures: natures.natures,
            after: natures.after,
            exact: self.exact,
            tables: self.tables,
            classes: self.classes,
        }
    }

    /// The class of a name, for callers that hold a builder.
    pub fn class(&mut self, name: &str) -> Result<ClassId, super::TooManyClasses> {
        self.classes.intern(name)
    }
}

/// Signs inside a term that a text may write or leave out: `Al-Jazeera` is `Al Jazeera`, `St. Louis` is `St Louis`.
pub(crate) fn is_optional(sign: &str) -> bool {
    matches!(sign, "-" | "." | "‐" | "‑")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(csv: &str) -> Lexicon {
        let mut builder = Builder::new(Classes::default());
        let binding = Binding {
            class: ClassSource::Fixed("thing".to_owned()),
            weak_class: None,
            terms: vec![TermColumn { column: "term".to_owned(), case: Case::Fold, weak: false, class: None }],
        };
        builder.add(Table::parse("things.csv", csv.as_bytes()).unwrap(), &binding).unwrap();
        builder.build()
    }

    #[test]
    fn terms_of_several_words_and_optional_signs() {
        let lexicon = lexicon("term\nAl-Jazeera|St. Louis\nal\n");
        let al = lexicon.root(lexicon.word("al")).unwrap();
        assert_eq!(lexicon.entries_at(al).len(), 1);
        let jazeera = lexicon.step(al, lexicon.word("jazeera")).unwrap();
        assert_eq!(lexicon.entries_at(jazeera).len(), 1);
        assert!(lexicon.step(lexicon.root(lexicon.word("st")).unwrap(), lexicon.word("louis")).is_some());
        assert!(lexicon.root(lexicon.word("jazeera")).is_none());
    }

    #[test]
    fn a_name_that_begins_small_is_also_written_so() {
        let cases = |text: &str| ways(Case::Title, text).collect::<Vec<_>>();
        assert_eq!(cases("al-Shabaab"), [Case::Title, Case::Exact]);
        assert_eq!((cases("Nampo"), cases("note")), (vec![Case::Title], vec![Case::Title]));
        assert_eq!(ways(Case::Fold, "al-Shabaab").count(), 1);
    }

    #[test]
    fn a_wrong_gate_is_named_with_its_line() {
        let mut builder = Builder::new(Classes::default());
        let binding = Binding {
            class: ClassSource::Fixed("thing".to_owned()),
            weak_class: None,
            terms: vec![TermColumn { column: "term".to_owned(), case: Case::Fold, weak: false, class: None }],
        };
        let table = Table::parse("things.csv", b"term,case\na,fold\nb,upper\n").unwrap();
        let error = builder.add(table, &binding).unwrap_err().to_string();
        assert_eq!(error, "things.csv:3: case: expected fold, title or exact, found `upper`");
    }
}
