//! `factline score`: how good facts are.

use std::path::Path;

use factline::compare::score::{self, below_baseline};
use factline::compare::{Folder, Gold};
use factline::normalize::Kind;
use factline::review::decisions_path;
use factline::table::schema::Table;

use super::args::{Score, ScoreFormat};
use super::colour::print_styled;
use super::made::made;
use super::{Exit, fail, print, say};

pub(super) fn score(said: &Score) -> Exit {
    let measured = measure(said);
    let (score, problems) = match measured {
        Ok(measured) => measured,
        Err(error) => return fail(&error),
    };
    let written = match said.format {
        ScoreFormat::Text => print_styled(&score::text(&score)),
        ScoreFormat::Markdown => print(score::markdown(&score).as_bytes()),
        ScoreFormat::Json => match serde_json::to_string_pretty(&score) {
            Ok(json) => print(format!("{json}\n").as_bytes()),
            Err(error) => fail(&error),
        },
    };
    problems.iter().for_each(|problem| say(problem));
    match written {
        Exit::Done if !problems.is_empty() => Exit::Different,
        written => written,
    }
}

/// The score, and what is below its limit.
fn measure(said: &Score) -> Result<(score::Score, Vec<String>), String> {
    let baseline = said.baseline.as_deref().map(read).transpose()?;
    let gold = Gold::read(&said.gold).map_err(|error| error.to_string())?;
    let folder = match &said.tables {
        Some(path) => {
            if gold.is_reviewed && decisions_path(path).is_file() {
                say(&format!(
                    "warning: `{}` was made with decisions of reviewers: what they rejected is left out and what they \
                     corrected is right, so this measures the tables as reviewed; name the documents to measure what is found",
                    path.display()
                ));
            }
            Folder::read(path, &Kind::ALL.map(Table::Facts)).map_err(|error| error.to_string())?
        }
        None => made(&said.paths, &said.basis, &[&said.gold]).map_err(|problem| problem.to_string())?.folder,
    };
    let missing = gold
        .documents
        .iter()
        .filter(|document| !folder.documents.is_empty() && !folder.documents.contains_key(document.as_str()));
    let missing: Vec<&str> = missing.map(String::as_str).collect();
    if missing.len() == gold.documents.len() {
        let known =
            folder.documents.keys().next().map_or(String::new(), |key| format!(" (the first is called `{key}`)"));
        return Err(format!(
            "expected documents of the gold, such as `{}`, found none of them{known}: keys are paths below the folder that is read",
            missing[0]
        ));
    }
    if let Some(first) = missing.first() {
        say(&format!("warning: {} documents of the gold were not read, the first is `{first}`", missing.len()));
    }
    for rows in gold.tables().filter(|rows| folder.table(rows.table).is_none()) {
        let table = rows.table.file_name();
        say(&format!("warning: {table} was not made, but the gold has it: all its facts count as missed"));
    }
    let score = score::score(&gold, &folder);
    let mut problems = Vec::new();
    for limit in &said.limits {
        problems.extend(limit.check(&score).map_err(|error| format!("--min: {error}"))?);
    }
    if let Some(baseline) = baseline {
        problems.extend(below_baseline(&score, &baseline, said.tolerance));
    }
    Ok((score, problems))
}

/// A score that was written before.
pub(super) fn read(path: &Path) -> Result<score::Score, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| {
        format!("`{}`: expected a score, as `factline score --format json` writes it: {error}", path.display())
    })
}
