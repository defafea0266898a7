//! What the user said: every word checked, nothing decided. Help, man page and completions come out of it.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use factline::normalize::Kind;
use factline::normalize::date::DateOrder;
use factline::table::schema::Table;
use jiff::civil::Date;

mod compare;
mod rules;

pub use compare::{Check, CheckFormat, Diff, DiffFormat, Score, ScoreFormat};
pub use rules::{CoverageFormat, ListFormat, Rules, RulesCoverage};

/// Structured facts from raw text: numbers, money, places, organizations and dates, as CSV tables for review.
#[derive(Debug, Parser)]
#[command(name = "factline", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    Extract(Extract),
    Explain(Explain),
    Diff(Diff),
    Check(Check),
    Score(Score),
    Report(Report),
    #[command(subcommand)]
    Review(super::review::args::Review),
    #[command(subcommand)]
    Rules(Rules),
    Completions(Completions),
    Man(Man),
}

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 done, but some documents could not be read (see documents.csv); 2 nothing done \
(wrong arguments or rules, or nowhere to write); 130 stopped with Ctrl-C, nothing done.";

const EXAMPLES: &str = "\
Examples:
  factline extract texts --out tables
      Read every document below the folder `texts`, write CSV tables into the folder `tables`.

  factline extract report.html minutes.md --out tables --tables money,dates --currency EUR
      Only amounts of money and dates; amounts converted to euros.

  factline extract texts --out tables --metadata about.csv
      `about.csv` tells when documents were published, so that \"last week\" means the right one:
          document,published
          2018/letter.txt,2018-10-26

  curl https://example.org/page.html | factline extract - --out tables
      Read standard input; the document is called `stdin`.

The tables numbers, money, places, organizations and dates hold a row per fact: its text, where it stands, what it \
means, and empty columns `review` and `note` for you. documents.csv lists every document, unclaimed.csv every number \
that is in no fact. datapackage.json describes all columns.";

/// Extract facts from documents into CSV tables
///
/// Reads text, Markdown and HTML in any common encoding. The same input and rules give the same bytes, on any number
/// of threads. Tables are put in place when the run is complete, all or none.
#[derive(Debug, Args)]
#[command(after_long_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"), after_help = "See `factline extract --help` for examples.")]
pub struct Extract {
    /// Files and folders to read, `-` for standard input
    ///
    /// Folders are read with all folders inside them and links followed; names that start with a dot are skipped. A
    /// document is called by its path below the deepest folder that holds all PATHs.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Folder to write the tables to; made if it is not there
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,

    /// Fact tables to write, separated by commas [default: all]
    ///
    /// documents.csv and unclaimed.csv are always written.
    #[arg(long, value_name = "TABLES", value_delimiter = ',', value_parser = table(), hide_default_value = true)]
    pub tables: Vec<Kind>,

    #[command(flatten)]
    pub basis: Basis,

    /// Read all documents again to see whether they are what they were
    ///
    /// Without it, a document is taken to be what it was if size and times of its file are as they were; then its rows
    /// are those of the run before, which lie in DIR/.factline. With it, its bytes are compared by their hash.
    #[arg(long, conflicts_with = "no_state")]
    pub verify: bool,

    /// Remember nothing for the next run
    ///
    /// Without it, the rows of all documents are kept in DIR/.factline, so that the next run into DIR works on new and
    /// changed documents only. The tables are the same bytes in any case.
    #[arg(long)]
    pub no_state: bool,

    /// CSV file with the decisions of reviewers [default: review/decisions.csv in DIR]
    ///
    /// `factline review collect` adds to it. Rejected rows stay out of the tables, corrected cells stand in their columns.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub decisions: Option<PathBuf>,

    /// Leave rejected rows in the tables
    #[arg(long)]
    pub show_rejected: bool,

    /// No progress, no summary; only warnings and errors
    #[arg(long, short)]
    pub quiet: bool,

    /// Overwrite tables even if they hold a reviewer's work that is not collected
    #[arg(long)]
    pub force: bool,
}

/// Show, for a line of a document, which rules fired, and why others did not
///
/// Prints the tokens of the line with their classes, every match with its captures and the steps from them to a value, what
/// became of it (where two overlap: who won, and by what), and the facts.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  factline explain input/01-news-article.txt:12\n  \
                        echo 'He paid 30,000 people.' | factline explain - --rule money.after")]
pub struct Explain {
    /// A document, or one of its lines; `-` for standard input
    #[arg(value_name = "FILE[:LINE]", value_hint = ValueHint::FilePath)]
    pub place: String,

    /// Write JSON
    #[arg(long)]
    pub json: bool,

    /// Only this rule, and how far it got from every token and what it wanted next
    #[arg(long, value_name = "ID")]
    pub rule: Option<String>,

    /// CSV file that says when documents were published, as for extract
    ///
    /// The document is called as extract calls it when it is given this one file: by its name, without folders.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub metadata: Option<PathBuf>,

    #[command(flatten)]
    pub from: RulesFrom,

    #[command(flatten)]
    pub dates: Dates,
}

/// Make pages of the tables, to be read in a browser
///
/// Writes a folder of HTML that needs no server and no network: an index with counts and a search, and for every document
/// its lines with all facts marked. Open its index.html.
#[derive(Debug, Args)]
#[command(after_help = "Example: factline report tables --input texts --out report")]
pub struct Report {
    /// Folder with the tables that extract wrote
    #[arg(value_name = "TABLES", value_hint = ValueHint::DirPath)]
    pub tables: PathBuf,

    /// Folder to write the pages to; made if it is not there
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,

    /// The documents: the same paths as were given to extract [default: where the last run found them]
    ///
    /// Of documents that are gone or have changed since, pages show the sentences around the facts.
    #[arg(long, short, value_name = "PATH", value_hint = ValueHint::AnyPath, num_args = 1..)]
    pub input: Vec<PathBuf>,

    /// Read no documents: pages show the sentences around the facts, and nothing else of the texts
    #[arg(long, conflicts_with = "input")]
    pub no_input: bool,

    /// Only warnings and errors
    #[arg(long, short)]
    pub quiet: bool,

    /// Put the report into a folder that holds other files
    #[arg(long)]
    pub force: bool,
}

/// Which rules.
#[derive(Debug, Args)]
pub struct RulesFrom {
    /// Folder with rules and dictionaries that extend or replace the built-in ones
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub rules: Option<PathBuf>,
}

/// What the tables depend on beside the documents, and how many threads make them.
#[derive(Debug, Args)]
pub struct Basis {
    #[command(flatten)]
    pub from: RulesFrom,

    /// CSV file that says when documents were published, and what they are called
    ///
    /// Columns: `document` (its key, as in documents.csv) and any of `published` (2018-10-26 or 2018-10-26T15:00,
    /// seconds and zone allowed), `title`, `url`, `place` (where it is at home: `Springfield, Ohio`). What it says counts
    /// more than what a document says of itself.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub metadata: Option<PathBuf>,

    #[command(flatten)]
    pub dates: Dates,

    /// Currency that amounts are converted to (ISO 4217)
    #[arg(long, value_name = "CODE", default_value = "USD", value_parser = currency)]
    pub currency: String,

    /// CSV file with exchange rates, instead of those of the ECB and the National Bank of Poland that are built in
    ///
    /// Columns: `date`, `currency`, `rate`, `source`; `source` says what a rate is: `ecb` units of the currency for a euro,
    /// `nbp` zloty for a unit, `ecb-fixed` units for a euro from that day on for ever.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub rates: Option<PathBuf>,

    /// Documents to work on at the same time [default: one per processor core]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<NonZeroUsize>,
}

impl Basis {
    /// Files and folders that are no documents, even where they lie among them.
    pub fn paths(&self) -> impl Iterator<Item = PathBuf> {
        [&self.metadata, &self.from.rules, &self.rates].into_iter().flatten().cloned()
    }
}

/// What dates are told from.
#[derive(Debug, Args)]
pub struct Dates {
    /// Day that "last week" is told from, in documents without a date of their own (2018-10-26)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub reference_date: Option<Date>,

    /// Order of day and month in dates such as 3/4/2019 (dmy or mdy), in documents that do not tell
    ///
    /// A date that can be read in one way only (26/3/2019) decides for its document; the country that most of its places are
    /// in decides last. Where nothing does, the month is taken to stand first, with the flag `date-order`.
    #[arg(long, value_name = "ORDER", value_parser = order)]
    pub date_order: Option<DateOrder>,
}

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example: factline completions bash > ~/.local/share/bash-completion/completions/factline")]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Print a man page
#[derive(Debug, Args)]
#[command(after_help = "Example: factline man extract | man -l -")]
pub struct Man {
    /// A subcommand; without it, the page of factline itself
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

fn table() -> impl TypedValueParser<Value = Kind> {
    // The parser below only sees names that are in the list.
    let kind = |name: String| Kind::ALL.into_iter().find(|kind| kind.table() == name).ok_or("unknown table");
    PossibleValuesParser::new(Kind::ALL.map(Kind::table)).try_map(kind)
}

fn any_table() -> impl TypedValueParser<Value = Table> {
    // The parser below only sees names that are in the list.
    let table = |name: String| Table::ALL.into_iter().find(|table| table.name() == name).ok_or("unknown table");
    PossibleValuesParser::new(Table::ALL.map(Table::name)).try_map(table)
}

fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse().ok().filter(|threads: &NonZeroUsize| threads.get() <= 1024);
    number.ok_or_else(|| "expected a number from 1 to 1024".to_owned())
}

fn day(text: &str) -> Result<Date, String> {
    let day = (text.len() == 10).then(|| text.parse().ok()).flatten();
    day.ok_or_else(|| "expected an ISO date such as 2018-10-26".to_owned())
}

fn order(text: &str) -> Result<DateOrder, String> {
    DateOrder::from_code(text).ok_or_else(|| "expected dmy (day first) or mdy (month first)".to_owned())
}

fn currency(text: &str) -> Result<String, String> {
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| text.to_uppercase()).ok_or_else(|| "expected three letters such as USD, EUR or CNY".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_of_the_arguments_is_sound() {
        Arguments::command().debug_assert();
    }

    fn extract(words: &str) -> Result<Extract, String> {
        let words = ["factline", "extract", "texts", "--out", "o"].into_iter().chain(words.split_whitespace());
        match Arguments::try_parse_from(words).map_err(|error| error.to_string())?.command {
            Command::Extract(said) => Ok(said),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn values_are_checked_word_by_word() {
        assert_eq!(extract("--tables money,dates").unwrap().tables, [Kind::Money, Kind::Date]);
        assert_eq!(extract("--currency eur").unwrap().basis.currency, "EUR");
        assert_eq!(
            extract("--reference-date 2018-10-26").unwrap().basis.dates.reference_date,
            Some(jiff::civil::date(2018, 10, 26))
        );
        for (words, message) in [
            ("--tables mony", "a similar value exists: 'money'"),
            ("--threads 0", "expected a number from 1 to 1024"),
            ("--reference-date 26.10.2018", "expected an ISO date such as 2018-10-26"),
            ("--currency euro", "expected three letters"),
            ("--date-order ymd", "expected dmy (day first) or mdy (month first)"),
        ] {
            let error = extract(words).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
    }
}
