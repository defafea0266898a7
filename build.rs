//! Joins the shipped dictionaries, so that no start has to: with the same code that joins a user's own at run time. And makes a
//! digest of the sources: what one build of the program has remembered of a run is not what another build would have made.
//!
//! Rules that are not right do not stop the build. Then nothing is prepared, and the binary says at its start what is wrong,
//! with file and line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[allow(dead_code, unused_imports)]
#[path = "src/scan/builtin.rs"]
mod builtin;
#[allow(dead_code)]
#[path = "src/rules/dictionaries.rs"]
mod dictionaries;
#[allow(dead_code)]
#[path = "src/rules/file.rs"]
mod file;
#[allow(dead_code, unused_imports)]
#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[allow(dead_code)]
#[path = "src/rules/pattern.rs"]
mod pattern;
mod scan {
    pub use crate::builtin::{Builtins, NUMBER_WORDS};
}

use file::RuleFile;
use pattern::Pattern;

/// What decides on the joined dictionaries.
const INPUTS: &[&str] = &[
    "build.rs",
    "rules",
    "src/lexicon",
    "src/rules/dictionaries.rs",
    "src/rules/file.rs",
    "src/rules/pattern.rs",
    "src/scan/builtin.rs",
];

/// What decides on the rows that the program makes, besides its rules.
const SOURCES: &[&str] = &["src", "Cargo.toml", "Cargo.lock"];

type Files = BTreeMap<String, Vec<u8>>;

fn main() -> std::io::Result<()> {
    INPUTS.iter().chain(SOURCES).for_each(|path| println!("cargo::rerun-if-changed={path}"));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let (build, known) = (digest(SOURCES)?, std::fs::read_to_string(out.join("build.txt")).unwrap_or_default());
    if build[..16] != known {
        std::fs::write(out.join("build.txt"), &build[..16])?;
    }
    // Sources change more often than rules: what was joined from the same inputs stays.
    let (inputs, made) = (digest(INPUTS)?, out.join("inputs.sha256"));
    if std::fs::read(&made).is_ok_and(|known| known == inputs.as_bytes()) {
        return Ok(());
    }
    join_shipped(&out)?;
    std::fs::write(made, inputs)
}

/// SHA-256 of files and folders, in hexadecimal.
fn digest(paths: &[&str]) -> std::io::Result<String> {
    let mut files = Files::new();
    for path in paths.iter().map(Path::new).filter(|path| path.exists()) {
        let name = path.display().to_string();
        if path.is_dir() {
            read(path, &format!("{name}/"), &mut files)?;
        } else {
            files.insert(name, std::fs::read(path)?);
        }
    }
    Ok(dictionaries::hash(files.iter().map(|(path, bytes)| (0, path.as_str(), bytes.as_slice()))))
}

fn join_shipped(out: &Path) -> std::io::Result<()> {
    let mut files = Files::new();
    read(Path::new("rules"), "", &mut files)?;
    let (flat, hash) = match join(&files) {
        Some(flat) => {
            (flat, dictionaries::hash(files.iter().map(|(path, bytes)| (0, path.as_str(), bytes.as_slice()))))
        }
        None => Default::default(),
    };
    let numbers: Vec<u8> = flat.numbers.iter().flat_map(|number| number.to_ne_bytes()).collect();
    std::fs::write(out.join("lexicon.bin"), numbers)?;
    std::fs::write(out.join("lexicon.txt"), flat.text)?;
    std::fs::write(out.join("rules.sha256"), hash)
}

/// The files that the binary holds (`src/rules/source.rs`), by path.
fn read(folder: &Path, prefix: &str, files: &mut Files) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            if path != "sources" && !path.ends_with("/sources") {
                read(&entry.path(), &format!("{path}/"), files)?;
            }
        } else if !path.ends_with(".md") {
            files.insert(path, std::fs::read(entry.path())?);
        }
    }
    Ok(())
}

fn join(files: &Files) -> Option<lexicon::Flat> {
    let mut parsed: Vec<RuleFile> = Vec::new();
    for (_, bytes) in files.iter().filter(|(path, _)| path.ends_with(".toml") && !path.starts_with("document/")) {
        parsed.push(toml::from_str(std::str::from_utf8(bytes).ok()?).ok()?);
    }
    let (mut builder, _) = dictionaries::builder().ok()?;
    for decl in parsed.iter().flat_map(|file| &file.dictionary) {
        let bytes = files.get(decl.file.get_ref()).map(Vec::as_slice);
        dictionaries::add(decl, bytes.into_iter(), &mut builder).ok()?;
    }
    let mut patterns: Vec<Pattern> = Vec::new();
    for fragment in parsed.iter().flat_map(|file| &file.fragment) {
        patterns.push(pattern::parse(fragment.pattern.get_ref()).ok()?);
    }
    let is_off = |id: &String| parsed.iter().flat_map(|file| &file.disable).any(|off| off.get_ref() == id);
    for rule in parsed.iter().flat_map(|file| &file.rule).filter(|rule| !is_off(rule.id.get_ref())) {
        patterns.push(pattern::parse(rule.pattern.get_ref()).ok()?);
        for context in dictionaries::contexts(rule).into_iter().flatten() {
            patterns.push(pattern::parse(context.get_ref()).ok()?);
        }
    }
    Some(dictionaries::finish(builder, &dictionaries::quoted(patterns.iter())).flat())
}
