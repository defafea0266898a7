//! `factline explain`: what happened on a line.

use std::io::{self, Read};
use std::path::Path;

use factline::document::{Document, LineNumber};
use factline::explain::{Question, explain as tell};
use factline::rules::nearest;

use super::args::Explain;
use super::{Exit, engine, fail, print};

pub(super) fn explain(said: &Explain) -> Exit {
    let (path, line) = split(&said.place);
    let engine = match engine::load_rules(&said.from, &said.dates) {
        Ok(engine) => engine,
        Err(problem) => return fail(&problem),
    };
    let ruleset = engine.extractor.ruleset();
    let rule = match &said.rule {
        None => None,
        Some(id) => match ruleset.find(id) {
            Some(rule) => Some(rule),
            None => {
                let near = nearest(id, ruleset.rules.iter().map(|rule| &*rule.id));
                let hint =
                    near.map_or("see `factline rules list`".to_owned(), |near| format!("did you mean `{near}`?"));
                return fail(&format!("no rule is called `{id}`: {hint}"));
            }
        },
    };
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) => return fail(&format!("{path}: cannot read: {error}")),
    };
    let key = if path == STDIN { "stdin" } else { path };
    let document = match Document::read(bytes, key, engine.extractor.document_rules()) {
        Ok(document) => document,
        Err(error) => return fail(&format!("{path}: {error}")),
    };
    let lines = document.lines.count();
    if let Some(line) = line.filter(|line| line.0 as usize > lines || line.0 == 0) {
        return fail(&format!("{path}: expected a line from 1 to {lines}, found {line}"));
    }
    let story = tell(&engine.extractor, &document, &Question { line, rule });
    if !said.json {
        return print(story.text().as_bytes());
    }
    match serde_json::to_string_pretty(&story) {
        Ok(json) => print(format!("{json}\n").as_bytes()),
        Err(error) => fail(&format!("cannot write JSON: {error}")),
    }
}

/// Stands for standard input.
const STDIN: &str = "-";

fn read(path: &str) -> io::Result<Vec<u8>> {
    if path != STDIN {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
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
