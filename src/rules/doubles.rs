//! Rows that say what another row says, of their dictionary or of one with the same columns: their terms are the same once
//! case, accents, apostrophes and hyphens are folded, and so are all cells that anybody reads. Nothing would change without
//! them, but somebody who changes one of the two later would wonder why nothing happens.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Diagnostic, Ruleset};
use crate::lexicon::{Case, Entry, Lexicon};

/// Columns that say where a term is taken; the rows' terms are compared with that.
const GATES: [&str; 3] = ["case", "only_after", "weak"];

/// A row: dictionary and number.
type Row = (u16, u32);

/// A warning for each row without which no text could be read otherwise.
pub fn doubles(ruleset: &Ruleset) -> Vec<Diagnostic> {
    let lexicon = &ruleset.lexicon;
    let mut terms: FxHashMap<Row, usize> = FxHashMap::default();
    let mut covered: FxHashMap<(Row, Row), usize> = FxHashMap::default();
    for entries in lexicon.terms() {
        let rows: Vec<&[Entry]> = entries.chunk_by(|one, two| row_of(one) == row_of(two)).collect();
        for row in &rows {
            *terms.entry(row_of(&row[0])).or_default() += 1;
            let others = rows.iter().filter(|other| row_of(&other[0]) != row_of(&row[0]));
            for other in others.filter(|other| are_alike(lexicon, other, row) && covers(lexicon, other, row)) {
                *covered.entry((row_of(&row[0]), row_of(&other[0]))).or_default() += 1;
            }
        }
    }
    let is_covered = |row: Row, other: Row| covered.get(&(row, other)) == terms.get(&row);
    let mut found: Vec<(Row, Row)> = covered
        .keys()
        .copied()
        // Of two rows that cover each other the first stays.
        .filter(|(row, other)| is_covered(*row, *other) && !(is_covered(*other, *row) && row < other))
        .filter(|(row, other)| says_the_same(ruleset, *row, *other))
        .collect();
    found.sort_unstable();
    // One other row is enough to say; a file that two dictionaries read is told once.
    let mut told = FxHashSet::default();
    found.retain(|((table, row), _)| told.insert((lexicon.table(*table).file(), *row)));
    found.into_iter().map(|(row, other)| warning(ruleset, row, other)).collect()
}

fn row_of(entry: &Entry) -> Row {
    (entry.table, entry.row)
}

/// Whether rows are of one dictionary, or of two that have the same columns.
fn are_alike(lexicon: &Lexicon, other: &[Entry], row: &[Entry]) -> bool {
    let [other, row] = [other, row].map(|entries| entries[0].table);
    other == row || lexicon.table(other).columns() == lexicon.table(row).columns()
}

/// Whether wherever a row is taken for a term, another is too, as the same; both by their meanings of that term.
fn covers(lexicon: &Lexicon, other: &[Entry], row: &[Entry]) -> bool {
    let same_case = |other: &Entry, row: &Entry| match (other.gate.case, row.gate.case) {
        (Case::Fold, _) | (Case::Title, Case::Title) => true,
        (Case::Exact, Case::Exact) => lexicon.exact(other) == lexicon.exact(row),
        _ => false,
    };
    let same = |other: &Entry, row: &Entry| {
        let (gate, wanted) = (other.gate, row.gate);
        let after = gate.only_after.is_none() || gate.only_after == wanted.only_after;
        other.class == row.class && after && (wanted.weak || !gate.weak)
    };
    row.iter().all(|row| other.iter().any(|other| same(other, row) && same_case(other, row)))
}

/// Whether two rows are equal in all that is read of them besides their terms.
fn says_the_same(ruleset: &Ruleset, (table, row): Row, (of_other, other): Row) -> bool {
    let [table, of_other] = [table, of_other].map(|table| ruleset.lexicon.table(table));
    let Some(declared) = ruleset.dictionaries.iter().find(|each| each.path == table.file()) else { return false };
    let is_read = |column: &String| {
        !GATES.contains(&column.as_str()) && !declared.terms.contains(column) && !declared.remarks.contains(column)
    };
    let mut read = (0..).zip(table.columns()).filter(|(_, column)| is_read(column));
    read.all(|(column, _)| table.cell(row as usize, column) == of_other.cell(other as usize, column))
}

fn warning(ruleset: &Ruleset, (table, row): Row, (of_other, other): Row) -> Diagnostic {
    let [table, of_other] = [table, of_other].map(|table| ruleset.lexicon.table(table));
    let message = format!(
        "`{}` says what `{}` ({}:{}) says: the same once case, accents, apostrophes and hyphens are folded",
        table.cell(row as usize, 0),
        of_other.cell(other as usize, 0),
        of_other.file(),
        of_other.line(other as usize)
    );
    let warning = Diagnostic::error("row-twice", table.file(), message).warning();
    let warning = match ruleset.files.get(table.file()) {
        Some(bytes) => warning.at_line(bytes, table.line(row as usize)),
        None => warning,
    };
    warning.help("take the row out; columns that nobody reads are named by `remarks` in the [[dictionary]]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;

    /// What is told of the rows of a dictionary with the columns `term,code,why,case`, or with a gate instead of the last.
    fn told(rows: &str) -> Vec<String> {
        let rules = "[[dictionary]]\nfile = 'things.csv'\nclass = 'thing'\nterms = ['term']\nkey = ['term']\nread-by = 'tests'\n\
                     remarks = ['why']\n";
        let csv = if rows.starts_with("term") { rows.to_owned() } else { format!("term,code,why,case\n{rows}") };
        let files = RuleFiles::from_texts([("things.csv", csv.as_str()), ("rules.toml", rules)]);
        let found = doubles(&Ruleset::load(vec![files]).unwrap());
        found.iter().map(|each| format!("{} {}", each.line().unwrap(), each.message)).collect()
    }

    #[test]
    fn a_row_that_another_covers_is_told() {
        for (rows, line, names) in [
            ("đong,VND,,\nđồng,VND,spelled,\n", "3", "`đồng` says what `đong` (things.csv:2)"),
            ("kWh,J,,exact\nkwh,J,,\n", "2", "`kWh` says what `kwh` (things.csv:3)"),
            ("think tank,a,,\nthink-tank,a,,\n", "3", "`think-tank` says what `think tank` (things.csv:2)"),
            ("term,code,why,only_after\ndong,VND,,number\nđong,VND,,\n", "2", "`dong` says what `đong` (things.csv:3)"),
            ("term,code,why,weak\ndong,VND,,\nđong,VND,,yes\n", "3", "`đong` says what `dong` (things.csv:2)"),
            ("boat|ship,a,,\nship,a,,\n", "3", "`ship` says what `boat|ship` (things.csv:2)"),
        ] {
            let told = told(rows);
            assert!(told.len() == 1 && told[0].starts_with(&format!("{line} {names}")), "{rows}: {told:?}");
        }
    }

    #[test]
    fn a_row_that_says_anything_else_is_not() {
        for rows in [
            "dong,VND,,\nđồng,XXX,,\n",
            "MT,t,,exact\nmt,t,,exact\n",
            "term,code,why,only_after\ndong,VND,,number\nđong,VND,,thing\n",
            "Boat,a,,title\nboat,a,,exact\n",
            "boat|ship,a,,\nboat|raft,a,,\n",
            "boat,a,,\nlong boat,a,,\n",
        ] {
            assert_eq!(told(rows), Vec::<String>::new(), "{rows}");
        }
    }
}
