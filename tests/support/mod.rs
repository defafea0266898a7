//! What the tests of the command share.

// Each test program uses its own part of it.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

pub mod review;
pub mod toy;

/// A folder of its own for a test, with an input and a place for tables.
pub struct World {
    folder: tempfile::TempDir,
}

impl World {
    /// A world with these input files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(world.path("in")).unwrap();
        for (name, text) in files {
            world.write(&format!("in/{name}"), text);
        }
        world
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The command, run inside the world.
    pub fn factline(&self, words: &str) -> Command {
        let mut command = Command::cargo_bin("factline").unwrap();
        command.current_dir(self.folder.path()).args(words.split_whitespace());
        command
    }

    /// The bytes of all files of a run in a folder.
    pub fn files(&self, folder: &str) -> Vec<(&'static str, Vec<u8>)> {
        let read = |name| (name, fs::read(self.path(folder).join(name)).unwrap_or_default());
        FILES.map(read).into()
    }

    /// Commands that end with exit code 2 and a message.
    pub fn refused(&self, commands: &[(&str, &str)]) {
        for (words, message) in commands {
            let (code, said) = self.run(words);
            assert_eq!((code, said.contains(message)), (2, true), "{words}: {said}");
        }
    }

    /// Runs the command; gives its exit code and what it said on standard error.
    pub fn run(&self, words: &str) -> (i32, String) {
        let output = self.factline(words).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    /// Runs the command; gives its exit code and what it printed on standard output.
    pub fn output(&self, words: &str) -> (i32, String) {
        let output = self.factline(words).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }

    /// Names in a folder, hidden ones too.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// `key status` of the documents, one per line.
    pub fn documents(&self) -> String {
        let rows = rows(&self.path("out/documents.csv"));
        let shown: Vec<_> = rows.iter().map(|row| format!("{} {}", row["document"], row["status"])).collect();
        shown.join("\n")
    }
}

/// Says that something is not tested because a program is not here. Where `.ci/run` made sure that it is, that is a failure.
pub fn skip(program: &str, why: &str) {
    let promised = std::env::var("FACTLINE_TEST_PROGRAMS").unwrap_or_default();
    let is_promised = promised.split_whitespace().any(|each| each == program);
    assert!(!is_promised, "expected {program}, which FACTLINE_TEST_PROGRAMS names, found none: {why}");
    eprintln!("skipped: no {program} here: {why}");
}

/// The rows of a table, by column name.
pub fn rows(table: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(table).unwrap().deserialize().map(Result::unwrap).collect()
}

/// All that a run leaves in its output folder: the files, and the folder of the state.
pub const PLACED: [&str; 10] = {
    let mut placed = [".factline"; 10];
    let mut at = 0;
    while at < FILES.len() {
        placed[at + 1] = FILES[at];
        at += 1;
    }
    placed
};

/// All files of a run.
pub const FILES: [&str; 9] = [
    "datapackage.json",
    "dates.csv",
    "documents.csv",
    "money.csv",
    "numbers.csv",
    "organizations.csv",
    "places.csv",
    "run.json",
    "unclaimed.csv",
];
