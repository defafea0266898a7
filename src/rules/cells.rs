//! What the cells of dictionaries may hold: the checks that a `[[dictionary]]` declares, held against rows.
//!
//! A user's rows are checked whenever they are loaded, because a factor of `1;7` would otherwise be a wrong table of a
//! million rows. The shipped ones are checked by `rules check` and by the tests, so that no start pays for it.

use std::ops::Range;
use std::sync::Arc;

use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};

use super::diagnostic::line_span;
use super::file::{CellDecl, DictionaryDecl};
use super::{Diagnostic, Files, nearest};

/// Parts of a cell that is a list.
const SEPARATOR: char = '|';

/// Columns that gate a term by the class of its neighbour.
const GATES: [&str; 2] = ["only_after", "only_before"];

/// The files of the rules with what is read of them again and again.
pub(super) struct Checker<'a> {
    files: &'a Files,
    /// Classes that a pattern names.
    used: &'a FxHashSet<String>,
    /// The cells of a column, by `file:column`, in all layers.
    columns: FxHashMap<String, FxHashSet<String>>,
}

/// A declaration with where it stands.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    /// The dictionary.
    pub decl: &'a DictionaryDecl,
    /// Its rule file.
    pub file: &'a Arc<str>,
    /// The text of the rule file.
    pub text: &'a Arc<str>,
}

/// A check, ready to run.
struct Check<'d> {
    column: &'d str,
    decl: &'d CellDecl,
    pattern: Option<Regex>,
    known: Option<FxHashSet<String>>,
}

impl<'a> Checker<'a> {
    pub fn new(files: &'a Files, used: &'a FxHashSet<String>) -> Self {
        Self { files, used, columns: FxHashMap::default() }
    }

    /// Checks the rows of a dictionary in the layers from `first` on.
    pub fn check(&mut self, declared: &Declared<'_>, first: usize) -> Vec<Diagnostic> {
        let decl = declared.decl;
        let path = decl.file.get_ref().as_str();
        if self.files.layers.iter().skip(first).all(|layer| layer.get(path).is_none()) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut checks = Vec::new();
        for (column, cell) in &decl.cells {
            match self.prepared(declared, column.get_ref(), cell.get_ref()) {
                Ok(check) => checks.push(check),
                Err(message) => found.push(
                    Diagnostic::error(
                        "dictionary-cells",
                        declared.file,
                        format!("cells.{}: {message}", column.get_ref()),
                    )
                    .at(declared.text, column.span()),
                ),
            }
        }
        let mut lower = Lower::default();
        for (number, layer) in self.files.layers.iter().enumerate() {
            let Some(text) = layer.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok()) else { continue };
            if number >= first {
                self.check_file(decl, &text.into(), &checks, &lower, &mut found);
            }
            lower.add(decl, text);
        }
        found
    }

    fn prepared<'d>(
        &mut self,
        declared: &Declared<'d>,
        column: &'d str,
        decl: &'d CellDecl,
    ) -> Result<Check<'d>, String> {
        let path = declared.decl.file.get_ref();
        if !self.has_column(path, column) {
            return Err(format!("{path} has no such column"));
        }
        let pattern = match &decl.pattern {
            None => None,
            Some(text) => Some(Regex::new(&format!("^(?:{text})$")).map_err(|_| {
                format!("pattern: expected a regular expression of the regex crate's syntax, found `{text}`")
            })?),
        };
        let known = match &decl.known_in {
            None => None,
            Some(place) => Some(self.column(place)?.clone()),
        };
        Ok(Check { column, decl, pattern, known })
    }

    fn has_column(&self, path: &str, column: &str) -> bool {
        let has = |bytes: &[u8]| {
            csv::Reader::from_reader(bytes).headers().is_ok_and(|all| all.iter().any(|each| each == column))
        };
        self.files.layers.iter().filter_map(|layer| layer.get(path)).any(has)
    }

    /// The cells of `file:column`.
    fn column(&mut self, place: &str) -> Result<&FxHashSet<String>, String> {
        if !self.columns.contains_key(place) {
            let mistake = || {
                format!(
                    "known-in: expected a dictionary and its column, such as `unit/units.csv:ucum`, found `{place}`"
                )
            };
            let (path, column) = place.rsplit_once(':').ok_or_else(mistake)?;
            let mut cells = FxHashSet::default();
            let mut is_there = false;
            for bytes in self.files.layers.iter().filter_map(|layer| layer.get(path)) {
                let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
                let at = reader.headers().ok().and_then(|all| all.iter().position(|each| each == column));
                let Some(at) = at else { continue };
                is_there = true;
                let rows = reader.records().filter_map(Result::ok);
                cells.extend(rows.filter_map(|row| row.get(at).map(str::to_owned)));
            }
            if !is_there {
                return Err(mistake());
            }
            self.columns.insert(place.to_owned(), cells);
        }
        Ok(&self.columns[place])
    }

    fn check_file(
        &self,
        decl: &DictionaryDecl,
        text: &Arc<str>,
        checks: &[Check<'_>],
        lower: &Lower,
        found: &mut Vec<Diagnostic>,
    ) {
        let path = decl.file.get_ref().as_str();
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        // What cannot be read as a table has been named already.
        let Ok(header) = reader.headers().cloned() else { return };
        let position = |name: &str| header.iter().position(|each| each == name);
        let off = position("off");
        let of_classes: Vec<_> =
            class_columns(decl).filter_map(|(column, prefix)| Some((column, prefix, position(column)?))).collect();
        let places: Vec<_> = checks.iter().map(|check| (check, position(check.column))).collect();
        for row in reader.records().filter_map(Result::ok) {
            if off.and_then(|at| row.get(at)).is_some_and(|cell| !cell.is_empty()) {
                continue;
            }
            let start = row.position().map_or(0, |position| position.byte() as usize);
            let mut wrong = |at: Option<usize>, code, column: &str, message: String, near: Option<&str>| {
                let span = at.map_or_else(|| line_span(text, start), |at| cell_span(text, start, at));
                let error = Diagnostic::error(code, path, format!("column `{column}`: {message}")).at(text, span);
                found.push(error.near(near));
            };
            for (check, at) in &places {
                match at {
                    Some(at) => {
                        let cell = row.get(*at).unwrap_or_default();
                        if let Err((message, near)) = check.holds(cell) {
                            wrong(Some(*at), "bad-cell", check.column, message, near);
                        }
                    }
                    None if check.decl.required && !lower.has_row(decl, &header, &row) => {
                        let message = "expected this column too: the row is new, and needs it".to_owned();
                        wrong(None, "cell-missing", check.column, message, None);
                    }
                    None => {}
                }
            }
            for (column, prefix, at) in &of_classes {
                let cell = row.get(*at).unwrap_or_default();
                if let Err((message, near)) = self.is_class(decl, column, prefix, cell, lower) {
                    wrong(Some(*at), "unknown-class", column, message, near.as_deref());
                }
            }
        }
    }

    /// Whether a class is one that some rule, or some row below, knows.
    fn is_class(
        &self,
        decl: &DictionaryDecl,
        column: &str,
        prefix: &str,
        cell: &str,
        lower: &Lower,
    ) -> Result<(), (String, Option<String>)> {
        let below = lower.classes.get(column);
        let is_free = below.is_none() && !decl.read_by.is_empty();
        let is_below = below.is_some_and(|below| below.contains(cell));
        if cell.is_empty() || is_free || is_below || self.used.contains(&format!("{prefix}{cell}")) {
            return Ok(());
        }
        let known = self.used.iter().filter_map(|used| used.strip_prefix(prefix));
        let known = below.into_iter().flatten().map(String::as_str).chain(known);
        let near = nearest(cell, known).map(str::to_owned);
        Err((format!("expected a class that rules use, found `{cell}`, which none does"), near))
    }
}

/// Columns that name classes, with what is put before their cells.
fn class_columns(decl: &DictionaryDecl) -> impl Iterator<Item = (&str, &str)> {
    let own = decl.class_column.as_deref().map(|column| (column, decl.class_prefix.as_str()));
    own.into_iter().chain(GATES.map(|column| (column, "")))
}

impl Check<'_> {
    /// Whether a cell is as declared; else what was expected and found, and the nearest right cell.
    fn holds(&self, cell: &str) -> Result<(), (String, Option<&str>)> {
        if cell.is_empty() {
            return if self.decl.required {
                Err(("expected a cell with content, found none".to_owned(), None))
            } else {
                Ok(())
            };
        }
        let parts = if self.decl.list { cell.split(SEPARATOR).collect() } else { vec![cell] };
        parts.into_iter().try_for_each(|part| self.part_holds(part))
    }

    fn part_holds(&self, cell: &str) -> Result<(), (String, Option<&str>)> {
        let decl = self.decl;
        if !decl.one_of.is_empty() && !decl.one_of.iter().any(|each| each == cell) {
            let near = nearest(cell, decl.one_of.iter().map(String::as_str));
            return Err((format!("expected one of {}, found `{cell}`", decl.one_of.join(", ")), near));
        }
        if let Some(pattern) = self.pattern.as_ref().filter(|pattern| !pattern.is_match(cell)) {
            let expected = decl.expected.as_deref().unwrap_or_else(|| pattern.as_str());
            return Err((format!("expected {expected}, found `{cell}`"), None));
        }
        if let Some([low, high]) = decl.between
            && !cell.parse().is_ok_and(|number: f64| (low..=high).contains(&number))
        {
            return Err((format!("expected a decimal from {low} to {high}, found `{cell}`"), None));
        }
        if let Some(known) = self.known.as_ref().filter(|known| !known.contains(cell)) {
            let place = decl.known_in.as_deref().unwrap_or_default();
            let (file, column) = place.rsplit_once(':').unwrap_or((place, ""));
            let near = nearest(cell, known.iter().map(String::as_str));
            return Err((format!("expected a `{column}` of {file}, found `{cell}`"), near));
        }
        Ok(())
    }
}

/// What the layers below one hold of a dictionary.
#[derive(Default)]
struct Lower {
    /// Cells of columns that name classes, by column.
    classes: FxHashMap<String, FxHashSet<String>>,
    keys: FxHashSet<Vec<String>>,
}

impl Lower {
    fn add(&mut self, decl: &DictionaryDecl, text: &str) {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let Ok(header) = reader.headers().cloned() else { return };
        let position = |column| Some((column, header.iter().position(|each| each == column)?));
        let of_classes: Vec<_> = class_columns(decl).filter_map(|(column, _)| position(column)).collect();
        for row in reader.records().filter_map(Result::ok) {
            self.keys.extend(key(decl, &header, &row));
            for (column, at) in &of_classes {
                let cells = self.classes.entry((*column).to_owned()).or_default();
                cells.extend(row.get(*at).map(str::to_owned));
            }
        }
    }

    fn has_row(&self, decl: &DictionaryDecl, header: &csv::StringRecord, row: &csv::StringRecord) -> bool {
        key(decl, header, row).is_some_and(|key| self.keys.contains(&key))
    }
}

fn key(decl: &DictionaryDecl, header: &csv::StringRecord, row: &csv::StringRecord) -> Option<Vec<String>> {
    let cell = |name: &String| Some(row.get(header.iter().position(|each| each == name)?)?.to_owned());
    decl.key.iter().map(cell).collect()
}

/// The bytes of a cell of the row that starts at a byte.
fn cell_span(text: &str, start: usize, index: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    // The reader's position may lie on the line break before.
    let mut at = start + bytes[start..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    let mut left = index;
    let (mut begin, mut quoted) = (at, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted && left == 0 => break,
            b',' if !quoted => {
                left -= 1;
                begin = at + 1;
            }
            b'\n' | b'\r' if !quoted => break,
            _ => {}
        }
        at += 1;
    }
    begin..at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_in_its_row() {
        let text = "a,b\n\"x, \"\"y\"\"\",2\r\nlast,";
        let cell = |start, index| &text[cell_span(text, start, index)];
        assert_eq!([cell(4, 0), cell(4, 1)], ["\"x, \"\"y\"\"\"", "2"]);
        assert_eq!([cell(18, 0), cell(18, 1)], ["last", ""]);
    }
}
