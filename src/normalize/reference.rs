//! What a rule can name of the normalizers: as a page for readers, and in the schema of rule files for editors.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};

use super::{Constant, NORMALIZERS, Normalizer, Values};
use crate::rules;

const HEAD: &str = "\
# The normalizers

What `make` may name in a rule, the captures that each reads of its pattern (besides `fact`), and the constants that it reads of
its `set`. Made from the code by `UPDATE_EXPECTED=1 cargo test --test docs`; do not edit.
";

fn all() -> impl Iterator<Item = &'static Normalizer> {
    NORMALIZERS.iter().copied().flatten()
}

/// The page, in Markdown.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for room in NORMALIZERS {
        // Writing to a string does not fail.
        let _ = write!(page, "\n## {}\n\n", room.first().map_or("", |each| each.kind.name()));
        page.push_str("| make | captures | constants |\n| --- | --- | --- |\n");
        for each in *room {
            let constants = each.constants.iter().map(|constant| constant.name);
            let _ =
                writeln!(page, "| `{}` | {} | {} |", each.name, codes(each.captures.iter().copied()), codes(constants));
        }
        let constants = room.iter().flat_map(|each| each.constants);
        let by_name: BTreeMap<(&str, &str), &Constant> =
            constants.map(|constant| ((constant.name, constant.doc), constant)).collect();
        page.push('\n');
        for constant in by_name.values() {
            let _ = writeln!(page, "- `{}` ({}): {}", constant.name, constant.values.expected(), constant.doc);
        }
    }
    page
}

fn codes(names: impl Iterator<Item = &'static str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ")
}

/// The schema of rule files, as JSON text: that of the rules room with the names of the normalizers and their constants.
pub fn schema() -> String {
    let mut schema = rules::schema();
    if let Some(make) = schema.pointer_mut("/definitions/RuleDecl/properties/make") {
        let names: BTreeSet<&str> = all().map(|each| each.name).collect();
        make["enum"] = names.into_iter().map(Value::from).chain([Value::Null]).collect();
    }
    if let Some(set) = schema.pointer_mut("/definitions/RuleDecl/properties/set") {
        let names: BTreeSet<&str> = all().flat_map(|each| each.constants).map(|each| each.name).collect();
        set["properties"] = names.into_iter().map(|name| (name.to_owned(), property(name))).collect();
        set["additionalProperties"] = false.into();
    }
    format!("{schema:#}\n")
}

/// A constant for editors: what it means for rules of each kind, and its values where all of them are closed lists.
fn property(name: &str) -> Value {
    let constants = all().flat_map(|each| each.constants.iter().map(|constant| (each.kind, *constant)));
    let mut found: Vec<_> = constants.filter(|(_, each)| each.name == name).collect();
    found.sort_by_key(|(kind, each)| (*kind, each.doc));
    found.dedup_by_key(|(kind, each)| (*kind, each.doc));
    let told = found.iter().map(|(kind, each)| format!("{}: {}", kind.name(), each.doc)).collect::<Vec<_>>().join(" ");
    let mut values: BTreeSet<&str> = BTreeSet::new();
    let closed = found.iter().all(|(_, each)| match each.values {
        Values::OneOf(known) => {
            values.extend(known);
            true
        }
        _ => false,
    });
    let mut property = json!({ "type": "string", "description": told });
    if closed {
        property["enum"] = values.into_iter().map(Value::from).collect();
    }
    property
}
