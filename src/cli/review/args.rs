//! What the user said to `factline review`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use factline::review::file::is_date;

use crate::cli::args::RulesFrom;

/// Collect what reviewers decided in the tables, and see how far they are
///
/// A reviewer sets `review` to accept, reject or correct (and then edits the cells that are wrong), writes a `note`, and
/// saves the table in any spreadsheet. `collect` adds that to the decisions; the next `extract` writes them into the
/// tables.
#[derive(Debug, Subcommand)]
pub enum Review {
    Collect(Collect),
    Status(Status),
    Carry(Carry),
    Export(Export),
}

/// Add what reviewers changed in the tables to the decisions
///
/// Only what a person changed counts, whatever the spreadsheet did to separators, encodings, numbers and dates. What
/// cannot be taken is named with its line and column, and nothing else is lost by it.
///
/// Exit codes: 0 all is collected, 1 something could not be taken, 2 nothing done.
#[derive(Debug, Args)]
#[command(after_help = "Example: factline review collect tables --reviewer Ann")]
pub struct Collect {
    #[command(flatten)]
    pub of: Of,

    #[command(flatten)]
    pub signed: Signed,

    /// Collect from a workbook (.xlsx or .ods) instead of the tables
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "from")]
    pub xlsx: Option<PathBuf>,

    /// Collect from copies of the tables in another folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub from: Option<PathBuf>,

    #[command(flatten)]
    pub rules: RulesFrom,

    /// Only say what would be added
    #[arg(long)]
    pub dry_run: bool,
}

/// Show how far the review is: per table, per rule (with its precision as reviewed), per document
///
/// Also lists decisions whose fact is gone, with the likeliest successor, and writes them to review/orphans.csv in OUT.
#[derive(Debug, Args)]
#[command(after_help = "Example: factline review status tables")]
pub struct Status {
    #[command(flatten)]
    pub of: Of,

    /// All rules and documents, not only the first of them
    #[arg(long)]
    pub all: bool,
}

/// Carry a decision over to the fact that took the place of one that is gone
///
/// `factline review status` lists decisions whose fact is gone, with the likeliest successor.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  factline review carry tables n0123456789abcde nzyxwvtsrqpnmkjh\n  \
                        factline review carry tables --certain")]
pub struct Carry {
    #[command(flatten)]
    pub of: Of,

    /// The fact that is gone
    #[arg(value_name = "ID", required_unless_present = "certain", requires = "new")]
    pub old: Option<String>,

    /// The fact that took its place
    #[arg(value_name = "NEW_ID")]
    pub new: Option<String>,

    /// Carry all decisions over whose likeliest successor has the same words and the same value
    #[arg(long, conflicts_with_all = ["old", "new"])]
    pub certain: bool,

    #[command(flatten)]
    pub signed: Signed,
}

/// Write the tables as a workbook that is made for reviewing
///
/// A sheet per table with a frozen header, filters, a list of verdicts to choose from, rows with a flag in colour, the fact
/// in bold in its sentence, and a link to its line in the report. `factline review collect OUT --xlsx FILE` reads it back.
#[derive(Debug, Args)]
#[command(after_help = "Example: factline review export tables --xlsx review.xlsx --report report --only-flagged")]
pub struct Export {
    #[command(flatten)]
    pub of: Of,

    /// File to write
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub xlsx: PathBuf,

    /// Folder of the report (`factline report`) that lines are linked to
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub report: Option<PathBuf>,

    /// Only facts with a flag
    #[arg(long)]
    pub only_flagged: bool,

    /// Rejected rows too
    #[arg(long)]
    pub show_rejected: bool,

    /// Overwrite a file that is there
    #[arg(long)]
    pub force: bool,
}

/// Which tables and which decisions.
#[derive(Debug, Args)]
pub struct Of {
    /// Folder with the tables of `factline extract`
    #[arg(value_name = "OUT", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,

    /// CSV file with the decisions [default: review/decisions.csv in OUT]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub decisions: Option<PathBuf>,
}

/// Who decides, and when.
#[derive(Debug, Args)]
pub struct Signed {
    /// Who decided [default: the name of the user who is logged in]
    #[arg(long, value_name = "NAME")]
    pub reviewer: Option<String>,

    /// When it was decided, in UTC (2026-11-22 or 2026-11-22T02:45:10Z) [default: now]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<String>,
}

fn date(text: &str) -> Result<String, String> {
    let expected = || "expected a day or a time in UTC such as 2026-11-22 or 2026-11-22T02:45:10Z".to_owned();
    is_date(text).then(|| text.to_owned()).ok_or_else(expected)
}
