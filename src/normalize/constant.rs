//! The constants that normalizers read from a rule's `set`, and what each may say. A constant that nothing reads would be
//! a typing error that nobody hears of.

use std::ops::Range;

use crate::decimal::Decimal;
use crate::rules::{Diagnostic, Rule, Ruleset, nearest};

/// A constant that a normalizer reads.
#[derive(Debug, Clone, Copy)]
pub struct Constant {
    /// Its name in `set`.
    pub name: &'static str,
    /// What it may say.
    pub values: Values,
    /// What it does, as a sentence.
    pub doc: &'static str,
}

/// What a constant may say.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A decimal or a fraction.
    Decimal,
    /// A whole number, maybe negative.
    Whole,
    /// A text with this in it.
    With(&'static str),
    /// The name of a table of this folder.
    TableOf(&'static str),
    /// A cell of a table.
    Cell(Cells),
}

/// The cells of a column of a table that the rules hold.
#[derive(Debug, Clone, Copy)]
pub struct Cells {
    /// Path below the rules' root, without extension; of a folder (with `/` at the end), all its tables are meant.
    pub table: &'static str,
    /// The constant of the same rule that names the table of the folder.
    pub table_by: Option<&'static str>,
    /// Column.
    pub column: &'static str,
    /// What stands between several.
    pub separator: Option<char>,
}

/// Constants that say no more than that they are there.
pub const YES: Values = Values::OneOf(&["yes"]);

/// A constant.
pub const fn constant(name: &'static str, values: Values, doc: &'static str) -> Constant {
    Constant { name, values, doc }
}

/// The values that are cells of a table.
pub const fn cell_of(table: &'static str, column: &'static str) -> Values {
    Values::Cell(Cells { table, table_by: None, column, separator: None })
}

/// The values that are cells of a table, several with a sign between.
pub const fn cells_of(table: &'static str, column: &'static str, separator: char) -> Values {
    Values::Cell(Cells { table, table_by: None, column, separator: Some(separator) })
}

/// What is wrong with a value: what was expected, and the nearest right one.
type Wrong = (String, Option<String>);

/// The constants of a rule that its normalizer does not read, or whose values it does not know.
pub fn check(ruleset: &Ruleset, rule: &Rule, known: &[Constant]) -> Vec<Diagnostic> {
    rule.set.iter().filter_map(|(name, value)| check_one(ruleset, rule, known, name, value)).collect()
}

fn check_one(ruleset: &Ruleset, rule: &Rule, known: &[Constant], name: &str, value: &str) -> Option<Diagnostic> {
    let site = rule.site.constants.get(name);
    let Some(constant) = known.iter().find(|each| each.name == name) else {
        let names: Vec<_> = known.iter().map(|each| each.name).collect();
        let message = match names.as_slice() {
            [] => format!("`{}` reads no constants, found `{name}`", reader(rule)),
            names => format!("`{}` reads the constants {}, not `{name}`", reader(rule), names.join(", ")),
        };
        let near = nearest(name, names.into_iter()).map(str::to_owned);
        return Some(error(rule, "unknown-constant", message, near, site.map(|at| &at.name)));
    };
    let (expected, near) = constant.values.check(ruleset, rule, value).err()?;
    let message = format!("set: {name}: expected {expected}, found `{value}`");
    Some(error(rule, "bad-constant", message, near, site.map(|at| &at.value)))
}

/// Who reads a rule's constants, for messages.
fn reader(rule: &Rule) -> &str {
    if rule.kind.is_fact() { &rule.make } else { rule.kind.name() }
}

fn error(
    rule: &Rule,
    code: &'static str,
    message: String,
    near: Option<String>,
    span: Option<&Range<usize>>,
) -> Diagnostic {
    let error = rule.error(code, format!("{}: {message}", rule.id));
    let error = match span {
        Some(span) => error.at(&rule.site.text, span.clone()),
        None => error,
    };
    error.near(near.as_deref())
}

impl Values {
    /// What is expected, in words.
    pub fn expected(self) -> String {
        match self {
            Values::OneOf([only]) => format!("`{only}`"),
            Values::OneOf(values) => format!("one of {}", values.join(", ")),
            Values::Decimal => "a decimal or a fraction, such as `0.5` or `1/2`".to_owned(),
            Values::Whole => "a whole number".to_owned(),
            Values::With(part) => format!("a text with `{part}` in it"),
            Values::TableOf(folder) => format!("the name of a table of {folder}"),
            Values::Cell(cells) => cells.expected(),
        }
    }

    fn check(self, ruleset: &Ruleset, rule: &Rule, value: &str) -> Result<(), Wrong> {
        let (holds, near) = match self {
            Values::OneOf(values) => (values.contains(&value), nearest(value, values.iter().copied())),
            Values::Decimal => (value.parse::<Decimal>().is_ok(), None),
            Values::Whole => (value.parse::<i32>().is_ok(), None),
            Values::With(part) => (value.contains(part), None),
            Values::TableOf(folder) => {
                let names = || tables(ruleset, folder).map(|(name, _)| name);
                (names().any(|name| name == value), nearest(value, names()))
            }
            Values::Cell(cells) => return cells.check(ruleset, rule, value),
        };
        if holds { Ok(()) } else { Err((self.expected(), near.map(str::to_owned))) }
    }
}

/// The tables of a folder, by their names in it.
fn tables<'r>(ruleset: &'r Ruleset, folder: &'r str) -> impl Iterator<Item = (&'r str, &'r crate::lexicon::Table)> {
    let name = move |file: &'r str| file.strip_prefix(folder)?.strip_suffix(".csv");
    ruleset.lexicon.tables().iter().filter_map(move |table| Some((name(table.file())?, table)))
}

impl Cells {
    fn expected(&self) -> String {
        let table = match self.table_by {
            Some(name) => format!("the table of {} that `{name}` names", self.table),
            None if self.table.ends_with('/') => format!("the tables of {}", self.table),
            None => format!("{}.csv", self.table),
        };
        let one = format!("a `{}` of {table}", self.column);
        match self.separator {
            None => one,
            Some(' ') => format!("{one}, or several with a space between"),
            Some(separator) => format!("{one}, or several with `{separator}` between"),
        }
    }

    fn check(&self, ruleset: &Ruleset, rule: &Rule, value: &str) -> Result<(), Wrong> {
        let table = match self.table_by {
            Some(name) => format!("{}{}", self.table, rule.constant(name).unwrap_or_default()),
            None => self.table.to_owned(),
        };
        let parts: Vec<&str> = self.separator.map_or(vec![value], |separator| value.split(separator).collect());
        let (folder, name) = table.split_at(table.rfind('/').map_or(0, |at| at + 1));
        let own = tables(ruleset, folder).filter(|(each, _)| name.is_empty() || *each == name);
        let mut own: Vec<_> = own.filter_map(|(_, table)| Some((table, table.column(self.column)?))).collect();
        // What is asked for is mostly in a short table, and this is done at every start.
        own.sort_by_key(|(table, _)| table.len());
        let known = || {
            let cells = own.iter().flat_map(|(table, column)| (0..table.len()).map(|row| table.cell(row, *column)));
            cells.filter(|cell| !cell.is_empty())
        };
        match parts.into_iter().find(|part| known().all(|cell| cell != *part)) {
            None => Ok(()),
            Some(wrong) => Err((self.expected(), nearest(wrong, known()).map(str::to_owned))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;

    /// Kind and normalizer of a rule, its constants; of what is wrong with it the code, the text under the caret, the advice.
    type Case = (&'static str, &'static str, &'static str, Option<(&'static str, &'static str, Option<&'static str>)>);

    const CASES: [Case; 21] = [
        ("organization", "organization", "tentatve = 'yes'", Some(("unknown-constant", "tentatve", Some("tentative")))),
        ("number", "percent", "width = '9'", Some(("unknown-constant", "width", None))),
        ("none", "", "share = 'groups'", Some(("unknown-constant", "share", None))),
        ("organization", "organization", "type = 'sprots'", Some(("bad-constant", "'sprots'", Some("sports")))),
        ("organization", "organization", "types = 'ngo medai'", Some(("bad-constant", "'ngo medai'", Some("media")))),
        ("organization", "organization", "words = 'many'", Some(("bad-constant", "'many'", None))),
        ("organization", "organization", "prose = 'no'", Some(("bad-constant", "'no'", None))),
        ("organization", "mission", "name = 'Embassy of state'", Some(("bad-constant", "'Embassy of state'", None))),
        ("place", "place", "evidence = 'contxt'", Some(("bad-constant", "'contxt'", Some("context")))),
        ("place", "place", "level = 'amdin2'", Some(("bad-constant", "'amdin2'", Some("admin2")))),
        ("place", "place", "type = 'sttreet'", Some(("bad-constant", "'sttreet'", Some("street")))),
        ("place", "short-form", "in = 'contries'", Some(("bad-constant", "'contries'", Some("countries")))),
        ("place", "short-form", "means = 'Kyrgyzstan', in = 'features'", Some(("bad-constant", "'Kyrgyzstan'", None))),
        ("place", "short-form", "means = 'Kyrgyzstan', in = 'countries'", None),
        ("place", "short-form", "about = 'KP|KKR'", Some(("bad-constant", "'KP|KKR'", Some("KR")))),
        ("number", "cardinal", "value = 'half'", Some(("bad-constant", "'half'", None))),
        ("number", "quantity", "unit = 'kkg'", Some(("bad-constant", "'kkg'", Some("kg")))),
        ("date", "numeric-date", "order = 'ydm'", Some(("bad-constant", "'ydm'", Some("ym")))),
        ("date", "numeric-date", "far = '2'", Some(("unknown-constant", "far", None))),
        ("date", "set", "anchor = 'spoken'", Some(("bad-constant", "'spoken'", None))),
        ("date", "point", "far = 'two'", Some(("bad-constant", "'two'", None))),
    ];

    #[test]
    fn a_constant_that_nothing_reads_and_a_value_that_its_reader_does_not_know_are_errors() {
        let rule = |(kind, make, set, _): &Case| {
            let made = if make.is_empty() { "reason = 'x'".to_owned() } else { format!("make = '{make}'") };
            format!(
                "[[rule]]\nid = \"{kind} {set}\"\nkind = '{kind}'\n{made}\npattern = '\"qoph\"'\nset = {{ {set} }}\n"
            )
        };
        let rules: String = CASES.iter().map(rule).collect();
        let user = RuleFiles::from_texts([("x.toml", rules.as_str())]);
        let ruleset = Ruleset::load(vec![RuleFiles::shipped(), user]).unwrap();
        let errors = crate::normalize::assign(&ruleset).err().unwrap();
        for (kind, _, set, expected) in CASES {
            let error = errors.iter().find(|error| error.message.starts_with(&format!("{kind} {set}:")));
            let found = error.map(|error| {
                let (text, span) = error.place.clone().unwrap();
                (error.code, text[span].to_owned(), error.help.clone())
            });
            let expected = expected.map(|(code, under, near)| {
                (code, under.to_owned(), near.map(|near| format!("did you mean `{near}`?")))
            });
            assert_eq!(found, expected, "{kind} {set}");
        }
    }

    #[test]
    fn all_that_is_wrong_with_a_rule_is_told() {
        let rule = "[[rule]]\nid = 'x'\nkind = 'date'\nmake = 'numeric-date'\npattern = '(?<dya>\"qoph\")'\nset = { far = '2', order = 'ydm' }\n";
        let user = RuleFiles::from_texts([("x.toml", rule)]);
        let ruleset = Ruleset::load(vec![RuleFiles::shipped(), user]).unwrap();
        let errors = crate::normalize::assign(&ruleset).err().unwrap();
        let codes: Vec<_> = errors.iter().map(|error| error.code).collect();
        assert_eq!(codes, ["unknown-capture", "unknown-constant", "bad-constant"]);
    }
}
