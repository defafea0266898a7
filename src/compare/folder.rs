//! A folder of tables, read back table by table.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::cause::RunInfo;
use super::rows::Rows;
use crate::table::read::{ReadError, reaches_the_end};
use crate::table::schema::Table;

/// Why a folder cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is no such folder.
    #[error("`{}`: expected a folder with tables, found {found}", .path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
        /// What is there.
        found: String,
    },
    /// The folder has none of the tables.
    #[error(
        "`{}`: expected some of {expected}, found none of them{hint}", .path.display()
    )]
    NoTables {
        /// The folder.
        path: PathBuf,
        /// The names that were looked for.
        expected: String,
        /// What to do.
        hint: String,
    },
    /// A table cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// The tables of a folder.
#[derive(Debug)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// The tables that it has, of those that were asked for.
    pub tables: BTreeMap<Table, Rows>,
    /// SHA-256 of each document by key, where documents.csv tells.
    pub documents: BTreeMap<String, String>,
    /// What its run.json tells.
    pub run: Option<RunInfo>,
}

impl Folder {
    /// Reads the tables of a folder that are asked for; those that are not there are left out.
    pub fn read(path: &Path, tables: &[Table]) -> Result<Self, FolderError> {
        Self::check(path)?;
        let mut folder = Self {
            path: path.to_owned(),
            tables: BTreeMap::new(),
            documents: BTreeMap::new(),
            run: RunInfo::read(path),
        };
        for table in tables {
            if path.join(table.file_name()).is_file() {
                folder.tables.insert(*table, folder.rows(*table)?);
            }
        }
        if folder.tables.is_empty() {
            let names: Vec<String> = tables.iter().map(|table| table.file_name()).collect();
            return Err(FolderError::NoTables {
                path: path.to_owned(),
                expected: names.join(", "),
                hint: ": make them with `factline extract … --out`".to_owned(),
            });
        }
        let documents = match folder.tables.get(&Table::Documents) {
            Some(_) => None,
            None if path.join(Table::Documents.file_name()).is_file() => Some(folder.rows(Table::Documents)?),
            None => None,
        };
        if let Some(rows) = folder.tables.get(&Table::Documents).or(documents.as_ref()) {
            folder.documents = sha256_of(rows);
            for table in folder.tables.values() {
                is_complete(path, table, rows)?;
            }
        }
        Ok(folder)
    }

    /// Tables that are in memory only.
    pub fn of_memory<'b>(tables: impl IntoIterator<Item = (Table, &'b [u8])>) -> Result<Self, FolderError> {
        let mut folder = Self { path: PathBuf::new(), tables: BTreeMap::new(), documents: BTreeMap::new(), run: None };
        for (table, bytes) in tables {
            folder.tables.insert(table, Rows::parse(Path::new(&table.file_name()), bytes, table)?);
        }
        folder.documents = folder.table(Table::Documents).map(sha256_of).unwrap_or_default();
        Ok(folder)
    }

    fn check(path: &Path) -> Result<(), FolderError> {
        let no_folder = |found: String| FolderError::NoFolder { path: path.to_owned(), found };
        match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => Ok(()),
            Ok(_) => Err(no_folder("a file".to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(no_folder("nothing".to_owned())),
            Err(error) => Err(no_folder(error.to_string())),
        }
    }

    fn rows(&self, table: Table) -> Result<Rows, ReadError> {
        Rows::read(&self.path.join(table.file_name()), table)
    }

    /// The rows of a table.
    pub fn table(&self, table: Table) -> Option<&Rows> {
        self.tables.get(&table)
    }
}

/// The hash of each document of documents.csv.
fn sha256_of(documents: &Rows) -> BTreeMap<String, String> {
    documents.iter().map(|row| (row.cell("document").to_owned(), row.cell("sha256").to_owned())).collect()
}

/// Whether a table has rows to the end of what documents.csv tells, if that tells.
fn is_complete(path: &Path, table: &Rows, documents: &Rows) -> Result<(), ReadError> {
    let Table::Facts(kind) = table.table else { return Ok(()) };
    if !documents.has(kind.table()) {
        return Ok(());
    }
    let counts = documents.iter().map(|row| {
        let document = row.cell("document");
        (document, row.number_in(kind.table()).unwrap_or_default(), table.of(document).len() as u64)
    });
    reaches_the_end(&path.join(table.table.file_name()), counts)
}
