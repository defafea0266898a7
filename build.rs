//! Joins the shipped dictionaries, so that no start has to: with the same code that joins a user's own at run time.
//!
//! Rules that are not right do not stop the build. Then nothing is prepared, and the binary says at its start what is wrong,
//! with file and line.

use std::collections::BTreeMap;
use std::path::Path;

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

/// What decides on the result.
const INPUTS: &[&str] = &[
    "build.rs",
    "rules",
    "src/lexicon",
    "src/rules/dictionaries.rs",
    "src/rules/file.rs",
    "src/rules/pattern.rs",
    "src/scan/builtin.rs",
];

type Files = BTreeMap<String, Vec<u8>>;

fn main() -> std::io::Result<()> {
    INPUTS.iter().for_each(|path| println!("cargo::rerun-if-changed={path}"));
    let mut files = Files::new();
    read(Path::new("rules"), "", &mut files)?;
    let (flat, hash) = match join(&files) {
        Some(flat) => {
            (flat, dictionaries::hash(files.iter().map(|(path, bytes)| (0, path.as_str(), bytes.as_slice()))))
        }
        None => Default::default(),
    };
    let out = std::env::var_os("OUT_DIR").unwrap_or_default();
    let numbers: Vec<u8> = flat.numbers.iter().flat_map(|number| number.to_ne_bytes()).collect();
    std::fs::write(Path::new(&out).join("lexicon.bin"), numbers)?;
    std::fs::write(Path::new(&out).join("lexicon.txt"), flat.text)?;
    std::fs::write(Path::new(&out).join("rules.sha256"), hash)
}

/// The files that the binary holds (`src/rules/source.rs`), by path.
fn read(folder: &Path, prefix: &str, files: &mut Files) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            if path != "sources" {
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
