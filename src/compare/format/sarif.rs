//! SARIF 2.1.0, which code hosts and editors show beside the line.

use serde::Serialize;

use super::{FileOf, sentence};
use crate::compare::{Change, ChangeKind, Comparison};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What can happen to a fact, as rules of the report.
const RULES: [(ChangeKind, &str, &str); 3] = [
    (ChangeKind::Removed, "fact-removed", "A fact that was expected is no longer found."),
    (ChangeKind::Added, "fact-added", "A fact is found that was not expected."),
    (ChangeKind::Changed, "fact-changed", "A fact means something else than expected."),
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    /// Columns are counted in code points, as in the tables.
    column_kind: &'a str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    short_description: Message,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u64>,
}

/// The comparison as a SARIF log.
pub fn sarif(comparison: &Comparison, file_of: &FileOf<'_>) -> Result<String, serde_json::Error> {
    let missing = comparison.one_sided.iter().map(|line| Outcome {
        rule_id: "fact-removed",
        level: "error",
        message: Message { text: line.clone() },
        locations: Vec::new(),
    });
    let results = comparison.changes.iter().map(|change| outcome(change, file_of)).chain(missing).collect();
    let rules =
        RULES.iter().map(|(_, id, text)| Descriptor { id, short_description: Message { text: (*text).to_owned() } });
    let driver = Driver { name: "factline", version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    let log = serde_json::to_string_pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })?;
    Ok(log + "\n")
}

fn outcome(change: &Change, file_of: &FileOf<'_>) -> Outcome {
    let rule_id = RULES.iter().find(|(kind, _, _)| *kind == change.change).map_or("", |(_, id, _)| id);
    let region = change.line.map(|start_line| Region { start_line, start_column: change.column });
    let artifact_location = ArtifactLocation { uri: uri(&file_of(&change.document)) };
    Outcome {
        rule_id,
        level: "error",
        message: Message { text: sentence(change) },
        locations: vec![Location { physical_location: PhysicalLocation { artifact_location, region } }],
    }
}

/// A relative path as a URI reference: all but unreserved characters and `/` percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
