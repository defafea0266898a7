//! `factline explain`: what happened on a line.

use std::path::{Path, PathBuf};

use factline::document::{Document, LineNumber};
use factline::explain::{Question, explain as tell};
use factline::extractor::Extractor;
use factline::pipeline::document;
use factline::rules::{Ruleset, suggestion};

use super::args::Explain;
use super::found::{Found, found};
use super::{Exit, Problem, boxed, engine, fail, print, say};

pub(super) fn explain(said: &Explain) -> Exit {
    explained(said).unwrap_or_else(|problem| fail(&problem))
}

fn explained(said: &Explain) -> Result<Exit, Problem> {
    let (path, line) = split(&said.place);
    let engine = engine::load_rules(&said.from, &said.dates)?;
    let rule = said.rule.as_deref().map(|id| rule_of(engine.extractor.ruleset(), id)).transpose()?;
    let document = read(path, said.metadata.as_deref(), &engine.extractor)?;
    let lines = document.lines.count();
    if let Some(line) = line.filter(|line| line.0 as usize > lines || line.0 == 0) {
        return Err(boxed(format!("{path}: expected a line from 1 to {lines}, found {line}")));
    }
    let story = tell(&engine.extractor, &document, &Question { line, rule });
    if !said.json {
        return Ok(print(story.text().as_bytes()));
    }
    let json = serde_json::to_string_pretty(&story).map_err(|error| boxed(format!("cannot write JSON: {error}")))?;
    Ok(print(format!("{json}\n").as_bytes()))
}

fn rule_of(ruleset: &Ruleset, id: &str) -> Result<usize, Problem> {
    ruleset.find(id).ok_or_else(|| {
        let hint = suggestion(id, ruleset.rules.iter().map(|rule| &*rule.id));
        let hint = hint.unwrap_or_else(|| "see `factline rules list`".to_owned());
        boxed(format!("no rule is called `{id}`: {hint}"))
    })
}

/// The document as `extract` reads it when it is given this very path, with what `--metadata` says about it.
fn read(path: &str, metadata: Option<&Path>, extractor: &Extractor) -> Result<Document, Problem> {
    let Found { sources, metadata } = found(&[PathBuf::from(path)], metadata, None)?;
    let source = match sources.documents.as_slice() {
        [source] if !Path::new(path).is_dir() => source,
        all => return Err(boxed(format!("{path}: expected a document, found a folder with {}", all.len()))),
    };
    // Of all its rows, those about other documents are right here.
    if metadata.sha256.is_some() && !metadata.is_about(&source.key) {
        say(&format!("warning: --metadata has no row about `{}`", source.key));
    }
    document(source, &metadata, extractor.document_rules()).map_err(|error| boxed(format!("{path}: {error}")))
}

/// `FILE:12` is line 12 of FILE, unless there is a file of that very name.
fn split(place: &str) -> (&str, Option<LineNumber>) {
    if Path::new(place).exists() {
        return (place, None);
    }
    match place.rsplit_once(':') {
        Some((path, line)) => line.parse().map_or((place, None), |line| (path, Some(LineNumber(line)))),
        None => (place, None),
    }
}
