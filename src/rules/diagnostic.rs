//! Errors and warnings that point into a rule file.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The rules work, but something in them is probably not meant.
    Warning,
    /// The rules cannot be used.
    Error,
}

/// Something wrong with the rules: a code, where it is, what was expected and found, and what to do.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Kebab-case code, unique per kind of mistake.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Path of the file below the rules' root.
    pub file: String,
    /// The file's text, and the bytes in it that are meant; none where the file as a whole is.
    pub place: Option<(std::sync::Arc<str>, Range<usize>)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error about a whole file.
    pub fn error(code: &'static str, file: &str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            file: file.to_owned(),
            place: None,
            help: None,
        }
    }

    /// The same, as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The same, pointing at bytes of the file's text.
    #[must_use]
    pub fn at(mut self, text: &std::sync::Arc<str>, span: Range<usize>) -> Self {
        self.place = Some((text.clone(), span));
        self
    }

    /// The same, pointing at a line of the file, counted from 1.
    #[must_use]
    pub fn at_line(self, bytes: &[u8], line: u64) -> Self {
        let text = String::from_utf8_lossy(bytes);
        match numbered_line(&text, line) {
            Some(span) => self.at(&text.as_ref().into(), span),
            None => self,
        }
    }

    /// The same, with advice: a known name that may be meant.
    #[must_use]
    pub fn near(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => self.help(meant(name)),
            None => self,
        }
    }

    /// The same, with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Line in the file, counted from 1, where it is known.
    pub fn line(&self) -> Option<usize> {
        let (text, span) = self.place.as_ref()?;
        Some(text[..span.start.min(text.len())].matches('\n').count() + 1)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.message.as_str()).id(self.code);
        let mut group = match &self.place {
            Some((text, span)) => {
                let end = span.end.clamp(span.start, text.len());
                let snippet = Snippet::source(text.as_ref())
                    .path(self.file.as_str())
                    .annotation(AnnotationKind::Primary.span(span.start.min(end)..end));
                title.element(snippet)
            }
            None => Group::with_title(title).element(annotate_snippets::Origin::path(self.file.as_str())),
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        write!(f, "{}", Renderer::plain().render(&[group]))
    }
}

/// The bytes of the line with a number, counted from 1.
fn numbered_line(text: &str, line: u64) -> Option<Range<usize>> {
    let before = usize::try_from(line.checked_sub(1)?).ok()?;
    let start = if before == 0 { 0 } else { text.match_indices('\n').nth(before - 1)?.0 + 1 };
    (start < text.len()).then(|| line_span(text, start))
}

/// The bytes of a line from `start` on.
pub(super) fn line_span(text: &str, start: usize) -> Range<usize> {
    let length = text[start..].find(['\n', '\r']).unwrap_or(text.len() - start);
    start..start + length
}

/// The known name that a misspelt one is nearest to: one letter is wrong, or a third of them.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|each| (strsim::damerau_levenshtein(name, each), each))
        .filter(|(distance, each)| *distance <= (each.len().min(name.len()) / 3).max(1))
        .min_by_key(|(distance, each)| (*distance, *each))
        .map(|(_, each)| each)
}

/// The question whether the nearest known name was meant.
pub fn suggestion<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(name, known).map(meant)
}

/// The question whether a name was meant.
pub(crate) fn meant(name: &str) -> String {
    format!("did you mean `{name}`?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_shows_the_line_a_caret_and_advice() {
        let text: std::sync::Arc<str> = "[[rule]]\npattern = '<mnoth>'\n".into();
        let diagnostic = Diagnostic::error("unknown-class", "date/x.toml", "no class `mnoth`")
            .at(&text, 21..26)
            .help("did you mean `month`?");
        insta::assert_snapshot!(diagnostic.to_string(), @r"
        error[unknown-class]: no class `mnoth`
         --> date/x.toml:2:13
          |
        2 | pattern = '<mnoth>'
          |             ^^^^^
          |
          = help: did you mean `month`?
        ");
        assert_eq!(diagnostic.line(), Some(2));
    }

    #[test]
    fn a_line_is_found_by_its_number() {
        let text = "a,b\n\"x, \"\"y\"\"\",2\r\nlast,";
        let lines = [1, 2, 3, 4].map(|line| numbered_line(text, line).map(|span| &text[span]));
        assert_eq!(lines, [Some("a,b"), Some("\"x, \"\"y\"\"\",2"), Some("last,"), None]);
    }

    #[test]
    fn nearest_names() {
        let known = ["month", "minute", "currency-name"];
        assert_eq!(nearest("mnoth", known.into_iter()), Some("month"));
        assert_eq!(nearest("curency-name", known.into_iter()), Some("currency-name"));
        assert_eq!(nearest("place", known.into_iter()), None);
        assert_eq!(nearest("foo", ["low"].into_iter()), None, "two of three letters are wrong");
        assert_eq!(suggestion("mont", known.into_iter()).as_deref(), Some("did you mean `month`?"));
    }
}
