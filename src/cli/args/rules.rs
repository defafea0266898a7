//! What the user said to `rules`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum, ValueHint};
use factline::rules::RuleKind;

use super::RulesFrom;

/// List, check, test, measure and begin rules
#[derive(Debug, Subcommand)]
pub enum Rules {
    /// List the rules with their file and line
    List {
        /// Only rules whose id starts so (`date.`, `money.range`)
        #[arg(value_name = "PREFIX", default_value = "")]
        prefix: String,
        /// `markdown`: the page of all rules with their documentation and examples
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: ListFormat,
        #[command(flatten)]
        from: RulesFrom,
    },
    /// Check rules and dictionaries: mistakes, and what is probably not meant
    ///
    /// Exit codes: 0 nothing found, 1 warnings, 2 mistakes.
    Check {
        #[command(flatten)]
        from: RulesFrom,
    },
    /// Run the examples of the rules and of the dictionaries' rows, each against all rules together
    ///
    /// What fails is shown as a difference: `-` was expected, `+` was found.
    ///
    /// Exit codes: 0 all hold, 1 some fail, 2 the rules have mistakes.
    Test {
        /// Only rules whose id starts so, and dictionaries whose path does (`unit/names`)
        #[arg(value_name = "PREFIX", default_value = "")]
        prefix: String,
        #[command(flatten)]
        from: RulesFrom,
    },
    Coverage(RulesCoverage),
    /// Print a commented rule file to begin with
    ///
    /// It holds as it is: change it step by step, with `rules test` and `explain --rule`.
    #[command(after_help = "Example: factline rules new number.vessel > my-rules/vessels.toml")]
    New {
        /// Id of the rule: the kind, then what it is about, with full stops between
        #[arg(value_name = "ID")]
        id: String,
        /// Kind of the rule [default: the first part of the id]
        #[arg(long, value_name = "KIND", value_parser = rule_kind())]
        kind: Option<RuleKind>,
    },
    /// Make confidences from measurements: a file `confidence.csv` for a rules folder
    ///
    /// Each rule's confidence is the share of its facts that were right, drawn towards that of its table where they are few.
    #[command(after_help = "Example: factline rules calibrate score.json > my-rules/confidence.csv")]
    Calibrate {
        /// Scores, written by `factline score --format json`
        #[arg(value_name = "SCORE", value_hint = ValueHint::FilePath, required = true)]
        scores: Vec<PathBuf>,
    },
    /// Print the JSON Schema of rule files, by which an editor completes and checks them
    #[command(after_help = "Example: factline rules schema > my-rules/rules.schema.json\n\
                            A rule file beside it refers to it with the first line `#:schema rules.schema.json`.")]
    Schema,
}

/// Show which rules and dictionary rows some documents use, and which they never do
///
/// A rule counts where its match stands; a row where it is part of such a match in a class that the pattern names.
///
/// Exit codes: 0 done, 1 some documents could not be read, 2 nothing done.
#[derive(Debug, Args)]
#[command(after_help = "Example: factline rules coverage input")]
pub struct RulesCoverage {
    /// Files and folders to read, `-` for standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, required = true)]
    pub paths: Vec<PathBuf>,
    /// `csv` and `json` list every rule and row with its counts
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CoverageFormat,
    /// In the text: list the rows that no match used, too
    #[arg(long)]
    pub rows: bool,
    #[command(flatten)]
    pub from: RulesFrom,
}

/// How coverage is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    /// A summary.
    Text,
    /// A table.
    Csv,
    /// For a program.
    Json,
}

/// How rules are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A line for each.
    Text,
    /// A page.
    Markdown,
}

fn rule_kind() -> impl TypedValueParser<Value = RuleKind> {
    // The parser below only sees names that are in the list.
    PossibleValuesParser::new(RuleKind::ALL.map(|(name, _)| name))
        .try_map(|name| RuleKind::named(&name).ok_or("unknown kind"))
}
