//! The shape of a rule file (TOML).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_spanned::Spanned;

/// A rule file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// What the rules of the file are about, for readers of the file.
    #[serde(default, rename = "doc")]
    pub _doc: String,
    /// Dictionaries.
    #[serde(default)]
    pub dictionary: Vec<DictionaryDecl>,
    /// Named parts of patterns.
    #[serde(default)]
    pub fragment: Vec<FragmentDecl>,
    /// Rules.
    #[serde(default)]
    pub rule: Vec<RuleDecl>,
    /// Ids of rules of other files that are switched off.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub disable: Vec<Spanned<String>>,
}

/// A dictionary: a CSV file whose columns hold terms.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DictionaryDecl {
    /// Path of the CSV file below the rules' root.
    #[schemars(with = "String")]
    pub file: Spanned<String>,
    /// Class of the terms.
    pub class: Option<String>,
    /// Column that holds the class, instead.
    pub class_column: Option<String>,
    /// Put before the cells of `class-column`.
    #[serde(default)]
    pub class_prefix: String,
    /// Columns that hold terms; none: the file is a table that code reads.
    #[serde(default)]
    pub terms: Vec<TermDecl>,
    /// Columns that tell a row from the others, for a user's rows.
    pub key: Vec<String>,
    /// Whether its terms are no evidence by themselves.
    #[serde(default)]
    pub weak: bool,
    /// Class of the terms of rows with `weak = yes`, where rules must tell them from the others.
    pub weak_class: Option<String>,
    /// Of a gazetteer: what its places are among others (country, historical, region, admin1, admin2, feature, city, town).
    #[schemars(with = "Option<String>")]
    pub level: Option<Spanned<String>>,
    /// Of a gazetteer: the type of its places where no column `place_type` says it.
    pub place_type: Option<String>,
    /// Who uses its classes, where no rule does.
    #[serde(default)]
    pub read_by: String,
    /// Columns that no rule and no code reads: why a row is there, for those who look after the table.
    #[serde(default)]
    pub remarks: Vec<String>,
    /// What the cells of a column may hold.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, CellDecl>")]
    pub cells: BTreeMap<Spanned<String>, Spanned<CellDecl>>,
    /// Texts that show what its rows give.
    #[serde(default)]
    pub example: Vec<RowExampleDecl>,
    /// Texts that show what its rows keep from being a fact.
    #[serde(default)]
    pub counter: Vec<RowCounterDecl>,
}

/// What the cells of a column may hold. An empty cell is right wherever none is `required`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CellDecl {
    /// Whether the cell must not be empty.
    #[serde(default)]
    pub required: bool,
    /// Whether the cell is a list, with `|` between its parts; each is checked.
    #[serde(default)]
    pub list: bool,
    /// A closed list.
    #[serde(default)]
    pub one_of: Vec<String>,
    /// Regular expression that the whole of it matches.
    pub pattern: Option<String>,
    /// The pattern in words, for messages: "expected …".
    pub expected: Option<String>,
    /// Smallest and largest decimal.
    pub between: Option<[f64; 2]>,
    /// The dictionary and column that must hold it, such as `unit/units.csv:ucum`.
    pub known_in: Option<String>,
}

/// A column of terms.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum TermDecl {
    /// Any case.
    Name(String),
    /// With particulars.
    Full(TermParticulars),
}

/// What is special about a column of terms.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TermParticulars {
    /// Name of the column.
    pub column: String,
    /// fold, title or exact.
    #[serde(default)]
    pub case: CaseDecl,
    /// Whether these terms are no evidence by themselves.
    #[serde(default)]
    pub weak: bool,
    /// Class of these terms, where it differs.
    pub class: Option<String>,
}

/// Case under which a term is taken.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaseDecl {
    /// Any.
    #[default]
    Fold,
    /// First letter upper case; a name that begins with a small letter and has a capital is also taken as it is written.
    Title,
    /// As written.
    Exact,
}

/// A named part of patterns, first for the rules of the same folder.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FragmentDecl {
    /// Its name.
    #[schemars(with = "String")]
    pub name: Spanned<String>,
    /// Its pattern.
    #[schemars(with = "String")]
    pub pattern: Spanned<String>,
    /// What it is, for readers of the file.
    #[serde(default, rename = "doc")]
    pub _doc: String,
}

/// A rule.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleDecl {
    /// Its id: kind, then what it is about, with dots.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// number, money, place, organization, date; person for names of people, none for what is no fact.
    #[schemars(with = "String")]
    pub kind: Spanned<String>,
    /// Normalizer that makes the value.
    #[schemars(with = "Option<String>")]
    pub make: Option<Spanned<String>>,
    /// What it takes and why.
    #[serde(default)]
    pub doc: String,
    /// What it matches.
    #[schemars(with = "String")]
    pub pattern: Spanned<String>,
    /// What must stand before the match.
    #[schemars(with = "Option<String>")]
    pub before: Option<Spanned<String>>,
    /// What must stand after the match.
    #[schemars(with = "Option<String>")]
    pub after: Option<Spanned<String>>,
    /// What must not stand before the match.
    #[schemars(with = "Option<String>")]
    pub not_before: Option<Spanned<String>>,
    /// What must not stand after the match.
    #[schemars(with = "Option<String>")]
    pub not_after: Option<Spanned<String>>,
    /// Regex that must not match the text from 40 bytes before to 40 bytes after the match.
    #[schemars(with = "Option<String>")]
    pub veto: Option<Spanned<String>>,
    /// Comparisons of captured numbers that must hold.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub require: Vec<Spanned<String>>,
    /// What the text around the match must be about: a topic of text/topics.csv.
    #[schemars(with = "Option<String>")]
    pub topic: Option<Spanned<String>>,
    /// Constants for the normalizer.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub set: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Wins over rules of lower priority, whatever their length.
    #[serde(default)]
    pub priority: i32,
    /// How often it is right, from 0 to 1.
    #[schemars(with = "Option<f64>")]
    pub confidence: Option<Spanned<f64>>,
    /// Flags of its facts.
    #[serde(default)]
    pub flags: Vec<String>,
    /// Reason code, for rules of kind none or person.
    pub reason: Option<String>,
    /// Whether a match of nothing but weak tokens is enough.
    #[serde(default)]
    pub weak: bool,
    /// Whether it holds in page furniture too.
    #[serde(default)]
    pub in_furniture: bool,
    /// Texts that it must match.
    #[serde(default)]
    pub example: Vec<ExampleDecl>,
    /// Texts that it must not match.
    #[serde(default)]
    pub counter: Vec<CounterDecl>,
}

/// A cell as an example writes it; for the schema only, as all of them are read as text.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code)]
enum ExampleCell {
    /// `31`, `0.5`
    Number(f64),
    /// `"CNY"`; empty for an empty cell.
    Text(String),
}

/// A text that a rule must match.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExampleDecl {
    /// The text.
    #[schemars(with = "String")]
    pub text: Spanned<String>,
    /// The part that is the fact; none: some part.
    pub fact: Option<String>,
    /// Cells of the fact's row.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ExampleCell>")]
    pub expect: BTreeMap<String, toml::Value>,
    /// Reference date.
    pub reference: Option<String>,
}

/// A text that a rule must not match.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CounterDecl {
    /// The text.
    #[schemars(with = "String")]
    pub text: Spanned<String>,
    /// Why not.
    pub why: String,
}

/// A text in which a row of a dictionary gives a fact, or a cell of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RowExampleDecl {
    /// The text; some row of the dictionary stands in it.
    #[schemars(with = "String")]
    pub text: Spanned<String>,
    /// What is found in it: number, money, place, organization, date; person for a name, none for a number that is no fact.
    #[schemars(with = "String")]
    pub kind: Spanned<String>,
    /// The part that is found; none: some part.
    pub fact: Option<String>,
    /// Several parts instead, all of which are found.
    #[serde(default)]
    pub facts: Vec<String>,
    /// Cells of its row, or of each of their rows; `reason` where the kind is none.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ExampleCell>")]
    pub expect: BTreeMap<String, toml::Value>,
    /// Reference date.
    pub reference: Option<String>,
}

/// A text in which a row of a dictionary keeps something from being a fact.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RowCounterDecl {
    /// The text; some row of the dictionary stands in it.
    #[schemars(with = "String")]
    pub text: Spanned<String>,
    /// What must not be found in it.
    #[schemars(with = "String")]
    pub kind: Spanned<String>,
    /// The part that must not be found; none: any part.
    pub fact: Option<String>,
    /// Why not.
    pub why: String,
}
