//! Why a file could not be read as a document.

/// Why a file could not be read. Each variant has a stable [`code`](DocumentError::code) for `documents.csv`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Offsets in a view are 32 bits wide.
    #[error("expected at most {} bytes of text, found {bytes}; split the file into smaller ones", u32::MAX)]
    TooLarge {
        /// Length of the file, or of its text once decoded.
        bytes: u64,
    },
    /// The bytes are no text in any encoding that is read.
    #[error("expected text, found {found}; convert it to text, Markdown or HTML first")]
    Binary {
        /// What the bytes look like.
        found: String,
    },
    /// The bytes are text in an encoding that is not read.
    #[error("expected UTF-8, UTF-16 or a legacy encoding of the web, found {found}; convert the file to UTF-8 first")]
    UnsupportedEncoding {
        /// Name of the encoding.
        found: &'static str,
    },
}

impl DocumentError {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too-large",
            Self::Binary { .. } => "binary",
            Self::UnsupportedEncoding { .. } => "unsupported-encoding",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_expected_found_and_what_to_do() {
        let error = DocumentError::Binary { found: "a PDF file".to_owned() };
        assert_eq!(error.to_string(), "expected text, found a PDF file; convert it to text, Markdown or HTML first");
        let error = DocumentError::TooLarge { bytes: 5_000_000_000 };
        assert_eq!(
            error.to_string(),
            "expected at most 4294967295 bytes of text, found 5000000000; split the file into smaller ones"
        );
    }
}
