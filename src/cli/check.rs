//! `factline check`: what is found against what a repository expects.

use std::collections::BTreeSet;

use factline::compare::{Comparison, Folder, FolderError, Options, REVIEWER, compare, format};
use factline::staging::replace;
use factline::table::schema::Table;

use super::args::{Check, CheckFormat};
use super::colour::print_styled;
use super::made::{Tables, made};
use super::{Exit, fail, print, say};

pub(super) fn check(said: &Check) -> Exit {
    let options = match Options::ignoring(&said.ignore) {
        Ok(options) => Options { old_only: said.expected_only, old_tables_only: true, ..options },
        Err(error) => return fail(&format!("--ignore: {error}")),
    };
    let expected = match Folder::read(&said.expected, &Table::ALL) {
        Ok(expected) => Some(expected),
        // There is nothing yet: all that is found is accepted.
        Err(FolderError::NoTables { .. } | FolderError::NoFolder { .. }) if said.update && !said.expected.is_file() => {
            if said.expected_only {
                return fail(&format!(
                    "`{}`: expected tables with the facts to keep, found none: write them by hand (`document,line,text` and \
                     the columns that matter), or leave out --expected-only to accept all that is found",
                    said.expected.display()
                ));
            }
            None
        }
        Err(FolderError::NoTables { path, expected, .. }) => {
            let hint = ": write them by hand, or accept what is found with --update".to_owned();
            return fail(&FolderError::NoTables { path, expected, hint });
        }
        Err(error) => return fail(&error),
    };
    if let Some(work) = expected.as_ref().filter(|_| said.update).and_then(reviewed) {
        return fail(&work);
    }
    let tables = match made(&said.paths, &said.basis, &[&said.expected]) {
        Ok(tables) => tables,
        Err(problem) => return fail(&problem),
    };
    let Some(expected) = expected else {
        return accept(said, &tables, &Table::ALL.map(|table| (table, None)), &Comparison::default());
    };
    let comparison = compare(&expected, &tables.folder, &options);
    if said.update {
        let columns: Vec<_> = expected
            .tables
            .values()
            .map(|rows| (rows.table, Some(rows.fields().iter().map(|field| field.name).collect())))
            .collect();
        return accept(said, &tables, &columns, &comparison);
    }
    report(said, &tables, &comparison)
}

/// The first cell of a reviewer in expected tables, which an update would erase.
fn reviewed(expected: &Folder) -> Option<String> {
    expected.tables.values().find_map(|rows| {
        rows.iter().find_map(|row| {
            let column = REVIEWER.into_iter().find(|column| !row.cell(column).is_empty())?;
            Some(format!(
                "`{}`, line {}: expected an empty cell in `{column}`, found `{}`, which --update would erase: keep the reviewed \
                 tables in a folder of their own (`factline score --gold`), or empty the cell",
                expected.path.join(rows.table.file_name()).display(),
                row.file_line(),
                row.cell(column)
            ))
        })
    })
}

fn report(said: &Check, tables: &Tables, comparison: &Comparison) -> Exit {
    let file_of = |document: &str| tables.file_of(document);
    let written = match said.format {
        CheckFormat::Text => print_styled(&format::text(comparison)),
        CheckFormat::Markdown => print(format::markdown(comparison).as_bytes()),
        CheckFormat::Csv => format::csv(comparison).map_or_else(|error| fail(&error), |bytes| print(&bytes)),
        CheckFormat::Json => format::json(comparison).map_or_else(|error| fail(&error), |text| print(text.as_bytes())),
        CheckFormat::Junit => format::junit(comparison).map_or_else(|error| fail(&error), |bytes| print(&bytes)),
        CheckFormat::Github => print(format::github(comparison, &file_of).as_bytes()),
        CheckFormat::Sarif => {
            format::sarif(comparison, &file_of).map_or_else(|error| fail(&error), |text| print(text.as_bytes()))
        }
    };
    match written {
        Exit::Done if !comparison.is_same() => {
            if !matches!(said.format, CheckFormat::Text) {
                let [added, removed, changed] = comparison.counts();
                say(&format!("{added} added, {removed} removed, {changed} changed"));
            }
            Exit::Different
        }
        written => written,
    }
}

/// The columns of an expected table; none for all.
type Columns = Option<Vec<&'static str>>;

/// Writes what is found into the expected tables.
fn accept(said: &Check, tables: &Tables, columns: &[(Table, Columns)], comparison: &Comparison) -> Exit {
    // All tables are made before the first one is written: a mistake leaves all of them.
    let mut files = Vec::new();
    for (table, columns) in columns {
        let Some((_, bytes)) = tables.bytes.iter().find(|(own, _)| own == table) else { continue };
        let kept = said.expected_only.then(|| comparison.kept.get(table).cloned().unwrap_or_default());
        let path = said.expected.join(table.file_name());
        match accepted(bytes, columns.as_deref(), kept.as_ref()) {
            Ok(bytes) => files.push((path, bytes)),
            Err(error) => return fail(&format!("cannot make `{}`: {error}", path.display())),
        }
    }
    for (path, bytes) in &files {
        if let Err(error) = replace(path, bytes) {
            return fail(&format!("cannot write `{}`: {error}", path.display()));
        }
    }
    if comparison.documents.is_empty() {
        say(&format!("{} tables written to {}", columns.len(), said.expected.display()));
        return Exit::Done;
    }
    let [added, removed, changed] = comparison.counts();
    say(&format!(
        "accepted: {added} added, {removed} removed, {changed} changed: look at the difference in version control"
    ));
    Exit::Done
}

/// The rows of a made table that are kept, in some of its columns.
fn accepted(bytes: &[u8], columns: Option<&[&str]>, kept: Option<&BTreeSet<usize>>) -> Result<Vec<u8>, String> {
    let failed = |error: csv::Error| error.to_string();
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(failed)?.clone();
    let is_whole = columns.is_none_or(|columns| header.iter().eq(columns.iter().copied()));
    if is_whole && kept.is_none() {
        return Ok(bytes.to_vec());
    }
    let chosen: Vec<usize> = match columns {
        None => (0..header.len()).collect(),
        Some(columns) => columns.iter().filter_map(|name| header.iter().position(|own| own == *name)).collect(),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let cells =
        |record: &csv::StringRecord| -> csv::StringRecord { chosen.iter().filter_map(|at| record.get(*at)).collect() };
    writer.write_record(&cells(&header)).map_err(failed)?;
    for (number, record) in reader.records().enumerate() {
        let record = record.map_err(failed)?;
        if kept.is_none_or(|kept| kept.contains(&number)) {
            writer.write_record(&cells(&record)).map_err(failed)?;
        }
    }
    writer.into_inner().map_err(|error| error.to_string())
}
