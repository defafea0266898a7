//! datapackage.json: what the columns of the tables are, for programs.
//!
//! A [Tabular Data Package](https://specs.frictionlessdata.io/tabular-data-package/) made from the
//! [schema](super::schema). It holds no count, hash or date of the tables, so that it stays true while a reviewer fills
//! them in.

use serde_json::{Map, Value, json};

use super::schema::{Constraint, Field, Table};

/// What the guard against formulas does, for whoever reads a cell by program.
const GUARD: &str = "An apostrophe stands before a cell that a spreadsheet might take for a formula. To undo: in a cell \
                     that starts with an apostrophe, skip all apostrophes and white space; if `=`, `+`, `-`, `@` (or \
                     its full-width form) follows, or the white space starts with a tab, drop the first apostrophe.";

/// The descriptor of a package with these tables.
pub fn descriptor(tables: &[Table], version: &str) -> Value {
    json!({
        "profile": "tabular-data-package",
        "name": "factline",
        "title": "Facts extracted from documents",
        "description": format!(
            "Tables made by factline {version}. UTF-8, one header row; an empty cell means not known or not \
             applicable, never 0. {GUARD}"
        ),
        "resources": tables.iter().map(|table| resource(*table, tables)).collect::<Vec<_>>(),
    })
}

fn resource(table: Table, tables: &[Table]) -> Value {
    let mut schema = json!({
        "fields": table.fields().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if let Some(key) = table.primary_key() {
        schema["primaryKey"] = json!([key]);
    }
    let mut foreign_keys = Vec::new();
    if table != Table::Documents && tables.contains(&Table::Documents) {
        foreign_keys.push(foreign_key("document", Table::Documents.name(), "document"));
    }
    if table.fields().any(|field| field.name == "equivalent") {
        // The empty name is the table itself.
        foreign_keys.push(foreign_key("equivalent", "", "id"));
    }
    if !foreign_keys.is_empty() {
        schema["foreignKeys"] = Value::Array(foreign_keys);
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name(),
        "path": table.file_name(),
        "description": table.description(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "skipInitialSpace": false,
            "header": true,
        },
        "schema": schema,
    })
}

fn foreign_key(from: &str, resource: &str, to: &str) -> Value {
    json!({ "fields": [from], "reference": { "resource": resource, "fields": [to] } })
}

fn field(field: &Field) -> Value {
    let mut constraints = Map::new();
    for constraint in field.constraints {
        let (name, value) = match constraint {
            Constraint::Required => ("required", json!(true)),
            Constraint::Minimum(least) => ("minimum", json!(least)),
            Constraint::Maximum(most) => ("maximum", json!(most)),
            Constraint::Pattern(pattern) => ("pattern", json!(pattern)),
            Constraint::OneOf(codes) => ("enum", json!(codes())),
        };
        constraints.insert(name.to_owned(), value);
    }
    let mut description = json!({
        "name": field.name,
        "type": field.cell_type.frictionless(),
        "format": "default",
        "description": field.description,
    });
    if !constraints.is_empty() {
        description["constraints"] = Value::Object(constraints);
    }
    description
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_table_is_described() {
        let package = descriptor(&Table::ALL, "0.0.0");
        let resources = package["resources"].as_array().unwrap();
        assert_eq!(resources.len(), Table::ALL.len());
        for (resource, table) in resources.iter().zip(Table::ALL) {
            let names: Vec<_> = resource["schema"]["fields"]
                .as_array()
                .unwrap()
                .iter()
                .map(|field| field["name"].as_str().unwrap())
                .collect();
            assert_eq!(names.join(",") + "\n", table.header(), "{}", table.name());
        }
    }

    #[test]
    fn a_table_that_was_not_asked_for_is_not_described() {
        let package = descriptor(&[Table::Documents, Table::Unclaimed], "0.0.0");
        assert_eq!(package["resources"].as_array().unwrap().len(), 2);
        assert_eq!(
            package["resources"][1]["schema"]["foreignKeys"],
            json!([{ "fields": ["document"], "reference": { "resource": "documents", "fields": ["document"] } }])
        );
    }
}
