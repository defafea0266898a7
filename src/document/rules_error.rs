//! What is wrong in a rule file of this room, and where.

use super::LineMap;

/// A mistake in a rule file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct RulesError {
    /// The file's name, as given.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// The bytes of the file that are wrong.
    pub span: std::ops::Range<usize>,
    /// What was expected, what was found, what to do.
    pub message: String,
}

impl RulesError {
    /// A mistake at some bytes of a file.
    pub fn new(file: &str, text: &str, span: std::ops::Range<usize>, message: impl Into<String>) -> Self {
        let (line, column) = LineMap::new(text).position(text, span.start);
        Self { file: file.to_owned(), line: line.0, column: column.0, span, message: message.into() }
    }

    /// What the TOML reader found.
    pub fn from_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        Self::new(file, text, error.span().unwrap_or(0..0), error.message())
    }
}
