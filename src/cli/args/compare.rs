//! What the user said to `diff`, `check` and `score`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use factline::compare::score::Limit;
use factline::table::schema::Table;

use super::{Basis, any_table};

/// Compare the tables of two runs: which facts came, went or changed, and why
///
/// Facts are paired by their place in documents that did not change, else by id, then by text and sentence. That a fact of a
/// changed document only moved is no difference. Causes are told as far as run.json and the state of both folders do.
///
/// Exit codes: 0 the same, 1 different, 2 they could not be compared.
#[derive(Debug, Args)]
#[command(after_help = "Example: factline diff tables-of-monday tables")]
pub struct Diff {
    /// Folder with the tables of before
    #[arg(value_name = "OLD", value_hint = ValueHint::DirPath)]
    pub old: PathBuf,

    /// Folder with the tables of now
    #[arg(value_name = "NEW", value_hint = ValueHint::DirPath)]
    pub new: PathBuf,

    /// How to write the differences
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DiffFormat,

    /// Columns that do not matter, separated by commas, such as `confidence,context`
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Tables to compare, separated by commas [default: all that are there]
    #[arg(long, value_name = "TABLES", value_delimiter = ',', value_parser = any_table(), hide_default_value = true)]
    pub tables: Vec<Table>,
}

/// How differences are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// In words, with colours on a terminal.
    Text,
    /// A row for each cell that differs.
    Csv,
    /// For a program.
    Json,
    /// For a comment or a page.
    Markdown,
}

/// Extract, and compare with the expected tables that a repository keeps
///
/// Expected tables may have fewer columns than made ones: only what they have is compared. So a person can write them by hand;
/// `document`, and `line` and `text`, are enough to say that a fact must be there.
///
/// Exit codes: 0 all as expected, 1 something differs, 2 nothing could be checked.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  factline check texts --expected tests/expected\n  \
                        factline check texts --expected tests/expected --update\n  \
                        factline check texts --expected tests/expected --format github")]
pub struct Check {
    /// Files and folders to read, `-` for standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, default_value = "input")]
    pub paths: Vec<PathBuf>,

    /// Folder with the expected tables
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub expected: PathBuf,

    /// The facts listed must be there; others do not matter
    #[arg(long)]
    pub expected_only: bool,

    /// Accept: write what is found into the expected tables, in the columns that they have (all tables, if there is none)
    ///
    /// Refused where `review` or `note` is filled in one of them: an update would erase it.
    #[arg(long)]
    pub update: bool,

    /// How to write the differences
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CheckFormat,

    /// Columns that do not matter, separated by commas
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub ignore: Vec<String>,

    #[command(flatten)]
    pub basis: Basis,
}

/// How a check is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// In words, with colours on a terminal.
    Text,
    /// A row for each cell that differs.
    Csv,
    /// For a program.
    Json,
    /// For a comment or the summary of a build.
    Markdown,
    /// JUnit XML, which most build servers read.
    Junit,
    /// Workflow commands, which GitHub shows beside the lines.
    Github,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
}

/// Measure how good facts are against a gold: precision, recall, F1
///
/// The gold is a folder of tables. Made by hand, it holds all facts of the documents that it names, in the tables that it has.
/// If rows have a verdict in `review`, it is a reviewed output: accepted and corrected rows are true, rejected ones false, and
/// nothing else counts. Rejected rows that extract left out are counted by review/decisions.csv beside the tables; where that
/// file is kept elsewhere, make the tables with --show-rejected.
///
/// Exit codes: 0 done, and nothing below its limit; 1 something is below; 2 nothing could be measured.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  factline score texts --gold gold\n  \
                        factline score --made tables --gold reviewed --min places.f1=0.9 --min money.strict.precision=0.95\n  \
                        factline score texts --gold gold --format json > score.json\n  \
                        factline score texts --gold gold --baseline score.json --tolerance 0.005")]
pub struct Score {
    /// Files and folders to read, `-` for standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, required_unless_present = "tables")]
    pub paths: Vec<PathBuf>,

    /// Folder with the gold's tables
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub gold: PathBuf,

    /// Measure the tables of this folder, instead of extracting
    #[arg(long = "made", value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "paths")]
    pub tables: Option<PathBuf>,

    /// Least value of a measure: TABLE[.strict|.relaxed|.value].precision|recall|f1=NUMBER; may be given several times
    ///
    /// TABLE may also be a type (`dates:duration`), a rule (its precision only), or `all`. Without a group, `value` is meant: the
    /// span overlaps and the meaning is the same.
    #[arg(long = "min", value_name = "LIMIT")]
    pub limits: Vec<Limit>,

    /// A score written before with --format json: no F1 of a table or type may be lower
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,

    /// How much lower than the baseline is no difference
    #[arg(long, value_name = "NUMBER", default_value = "0.01", requires = "baseline", value_parser = tolerance)]
    pub tolerance: f64,

    /// How to write the score
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ScoreFormat,

    #[command(flatten)]
    pub basis: Basis,
}

/// How a score is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScoreFormat {
    /// In words.
    Text,
    /// For a program, and for --baseline.
    Json,
    /// For a page.
    Markdown,
}

fn tolerance(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "expected a number from 0 to 1".to_owned())
}
