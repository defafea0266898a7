//! `factline diff`: two folders of tables.

use factline::compare::{Folder, Options, compare, format};
use factline::table::schema::Table;

use super::args::{Diff, DiffFormat};
use super::colour::print_styled;
use super::{Exit, fail, print};

pub(super) fn diff(said: &Diff) -> Exit {
    let tables = if said.tables.is_empty() { Table::ALL.to_vec() } else { said.tables.clone() };
    let options = match Options::ignoring(&said.ignore) {
        Ok(options) => options,
        Err(error) => return fail(&format!("--ignore: {error}")),
    };
    let folders = Folder::read(&said.old, &tables).and_then(|old| Ok((old, Folder::read(&said.new, &tables)?)));
    let (old, new) = match folders {
        Ok(folders) => folders,
        Err(error) => return fail(&error),
    };
    let comparison = compare(&old, &new, &options);
    let written = match said.format {
        DiffFormat::Text => print_styled(&format::text(&comparison)),
        DiffFormat::Markdown => print(format::markdown(&comparison).as_bytes()),
        DiffFormat::Csv => format::csv(&comparison).map_or_else(|error| fail(&error), |bytes| print(&bytes)),
        DiffFormat::Json => format::json(&comparison).map_or_else(|error| fail(&error), |text| print(text.as_bytes())),
    };
    match written {
        Exit::Done if !comparison.is_same() => Exit::Different,
        written => written,
    }
}
