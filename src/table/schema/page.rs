//! The output contract as a page for readers: docs/tables.md.

use std::fmt::Write;

use super::codes::{FLAGS, REASONS};
use super::{CellType, Constraint, Field, Table};
use crate::rules::Ruleset;
use crate::text::spaced;

/// The page, in Markdown.
pub fn page(ruleset: &Ruleset) -> String {
    let mut page = "# The tables\n\nEvery column of every table, and every code in them. Made from the schema in \
                    `src/table/schema/` by `UPDATE_EXPECTED=1 cargo test --test docs`; do not edit.\n\nAn empty cell \
                    means not known or not applicable. In `number` columns are exact plain decimals.\n"
        .to_owned();
    for table in Table::ALL {
        // Writing to a string does not fail.
        let _ = write!(page, "\n## {}\n\n{}\n\n", table.file_name(), table.description());
        page.push_str("| column | type | what it is |\n| --- | --- | --- |\n");
        table.fields().for_each(|field| page.push_str(&line(field)));
    }
    page.push_str(
        "\n## Types of organizations\n\nCodes in `organization_type`, the rows of rules/organization/types.csv.\n\n",
    );
    types(&mut page, ruleset);
    page.push_str("\n## Flags\n\nCodes in `flags`, which tell a reviewer where to look.\n\n");
    codes(&mut page, FLAGS);
    page.push_str("\n## Reasons\n\nCodes in `reason` of unclaimed.csv: why a number is in no fact.\n\n");
    codes(&mut page, REASONS);
    page.push_str("\nRules that say what is no fact give reasons of their own:\n\n");
    let mut rules: Vec<_> = ruleset.rules.iter().filter(|rule| !rule.reason.is_empty()).collect();
    rules.sort_by_key(|rule| (rule.reason.clone(), rule.id.clone()));
    page.push_str("| reason | rule | what it takes |\n| --- | --- | --- |\n");
    for rule in rules {
        let _ = writeln!(page, "| `{}` | `{}` | {} |", rule.reason, rule.id, cell(&rule.doc));
    }
    page
}

fn line(field: &Field) -> String {
    let cell_type = match field.cell_type {
        CellType::Text => "text",
        CellType::Ratio => "number or ratio",
        CellType::Integer => "whole number",
        CellType::Number => "number",
        CellType::Date => "date",
    };
    let mut shown = format!("| `{}` | {cell_type} | {}", field.name, cell(field.description));
    for constraint in field.constraints {
        if let Constraint::OneOf(codes) = constraint {
            let codes: Vec<_> = codes().into_iter().map(|code| format!("`{code}`")).collect();
            let _ = write!(shown, " One of {}.", codes.join(", "));
        }
    }
    shown.push_str(" |\n");
    shown
}

/// The closed list of types of organizations, which is data.
fn types(page: &mut String, ruleset: &Ruleset) {
    let Some((_, types)) = ruleset.lexicon.table_named("organization/types") else { return };
    codes(page, (0..types.len()).map(|row| (types.get(row, "type"), types.get(row, "meaning"))));
}

fn codes<'c>(page: &mut String, codes: impl IntoIterator<Item = (&'c str, &'c str)>) {
    page.push_str("| code | meaning |\n| --- | --- |\n");
    for (code, meaning) in codes {
        let _ = writeln!(page, "| `{code}` | {} |", cell(meaning));
    }
}

/// A text as a cell of a table in Markdown.
fn cell(text: &str) -> String {
    spaced(text).replace('|', "\\|")
}
