//! Where rule files come from: the ones inside the binary, and a user's directory laid over them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use rust_embed::RustEmbed;

use super::diagnostic::Diagnostic;

#[derive(RustEmbed)]
#[folder = "rules/"]
#[exclude = "sources/*"]
#[exclude = "*.md"]
struct Shipped;

/// Files of one rules root, by path below it with `/`.
#[derive(Debug, Default)]
pub struct RuleFiles {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    is_shipped: bool,
}

impl RuleFiles {
    /// The rules inside the binary.
    pub fn shipped() -> Self {
        let files =
            Shipped::iter().filter_map(|path| Shipped::get(&path).map(|file| (path.into_owned(), file.data))).collect();
        Self { files, is_shipped: true }
    }

    /// Whether these are the rules inside the binary.
    pub(super) fn is_shipped(&self) -> bool {
        self.is_shipped
    }

    /// The same files as if a user had written them, so that nothing prepared for the binary is used.
    #[cfg(test)]
    pub(super) fn into_a_users(self) -> Self {
        Self { is_shipped: false, ..self }
    }

    /// A user's directory: its `.toml`, `.csv` and `.zst` files, at any depth.
    pub fn read(root: &Path) -> Result<Self, Diagnostic> {
        let shown = root.display().to_string();
        let failed = |path: &str, error: &dyn std::fmt::Display| {
            Diagnostic::error("rules-not-readable", path, format!("expected a readable rules directory: {error}"))
        };
        if !root.is_dir() {
            let found = if root.exists() { "a file" } else { "nothing" };
            let message = format!("expected a folder with rules, found {found}: name one, or leave --rules out");
            return Err(Diagnostic::error("rules-not-readable", &shown, message));
        }
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name() {
            let entry = entry.map_err(|error| failed(&shown, &error))?;
            let is_rules = entry
                .path()
                .extension()
                .is_some_and(|extension| ["toml", "csv", "zst"].iter().any(|each| extension == *each));
            if !entry.file_type().is_file() || !is_rules {
                continue;
            }
            let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let path = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            let bytes =
                std::fs::read(entry.path()).map_err(|error| failed(&entry.path().display().to_string(), &error))?;
            files.insert(path, Cow::Owned(bytes));
        }
        if files.is_empty() {
            let message = format!("expected .toml or .csv files in {shown}, found none");
            return Err(Diagnostic::error("rules-empty", &shown, message));
        }
        Ok(Self { files, is_shipped: false })
    }

    /// Files from memory, for tests.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files =
            texts.into_iter().map(|(path, text)| (path.to_owned(), Cow::Owned(text.as_bytes().to_vec()))).collect();
        Self { files, is_shipped: false }
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// Paths with an ending, in order.
    pub fn paths<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a str> {
        self.files.keys().map(String::as_str).filter(move |path| path.ends_with(ending))
    }

    /// All files in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
    }
}
