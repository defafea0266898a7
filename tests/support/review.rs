//! A reviewer at work in a table.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{World, rows};

/// A table that is edited; the first row is the header.
pub struct Sheet {
    path: PathBuf,
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Opens a table of the folder `out`.
    pub fn open(world: &World, table: &str) -> Self {
        Self::read(&world.path(&format!("out/{table}.csv")))
    }

    /// Reads a file.
    pub fn read(path: &Path) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path).unwrap();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        Self { path: path.to_owned(), rows }
    }

    /// Where a column stands.
    pub fn column(&self, name: &str) -> usize {
        self.rows[0].iter().position(|title| title == name).unwrap_or_else(|| panic!("{name}"))
    }

    fn position(&self, text: &str) -> Option<usize> {
        let column = self.column("text");
        self.rows.iter().position(|row| row[column] == text)
    }

    /// Whether there is a row with these words.
    pub fn has(&self, text: &str) -> bool {
        self.position(text).is_some()
    }

    /// The row of a fact with these words.
    pub fn row(&self, text: &str) -> BTreeMap<String, String> {
        let at = self.position(text).unwrap_or_else(|| panic!("{text} in {:?}", self.rows));
        self.rows[0].iter().cloned().zip(self.rows[at].iter().cloned()).collect()
    }

    /// Edits cells in the row of a fact with these words.
    pub fn set(&mut self, text: &str, cells: &[(&str, &str)]) {
        let at = self.position(text).unwrap_or_else(|| panic!("{text} in {:?}", self.rows));
        for (name, cell) in cells {
            let column = self.column(name);
            self.rows[at][column] = (*cell).to_owned();
        }
    }

    /// Saves it where it came from.
    pub fn save(&self) {
        std::fs::write(&self.path, self.written(b',', false)).unwrap();
    }

    /// Its bytes with some separator, with all cells quoted or only those that need it.
    pub fn written(&self, separator: u8, quoted: bool) -> Vec<u8> {
        let style = if quoted { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut writer =
            csv::WriterBuilder::new().delimiter(separator).quote_style(style).flexible(true).from_writer(Vec::new());
        self.rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.into_inner().unwrap()
    }
}

/// `table|text|decision|column|old|new|note` of all decisions, sorted.
pub fn decisions(path: &Path) -> String {
    if !path.exists() {
        return String::new();
    }
    let columns = ["table", "text", "decision", "column", "old", "new", "note"];
    let mut lines: Vec<_> = rows(path).iter().map(|row| columns.map(|column| row[column].as_str()).join("|")).collect();
    lines.sort();
    lines.join("\n")
}

/// What LibreOffice makes of files: `format` as for its `--convert-to`, in a folder of the world. False where there is no
/// [LibreOffice](super::skip).
pub fn libreoffice(world: &World, files: &[PathBuf], format: &str, folder: &str) -> bool {
    let profile = format!("-env:UserInstallation=file://{}", world.path("profile").display());
    let converted = std::process::Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", format, "--outdir"])
        .arg(world.path(folder))
        .args(files)
        .output();
    match converted {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(error) => {
            super::skip("soffice", &error.to_string());
            false
        }
    }
}

/// The fact tables in a folder of the world, with an ending.
pub fn tables(world: &World, folder: &str, ending: &str) -> Vec<PathBuf> {
    ["numbers", "money", "places", "organizations", "dates"]
        .map(|table| world.path(&format!("{folder}/{table}.{ending}")))
        .to_vec()
}
