//! How a file is read: by the end of its name, else by how its text begins.

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown (CommonMark with tables and front matter).
    Markdown,
    /// HTML.
    Html,
}

/// Ends of names, lower-case.
const EXTENSIONS: &[(&str, Format)] = &[
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("shtml", Format::Html),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("mkd", Format::Markdown),
    ("mdown", Format::Markdown),
];

/// Beginnings of HTML, lower-case. Saved pages often carry another extension or none, so these count for every name
/// that does not say Markdown.
const HTML_BEGINNINGS: &[&str] = &["<!doctype html", "<html", "<head>", "<head ", "<body>", "<body "];

impl Format {
    /// The word for `documents.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// The format of a document with this key and text.
    pub fn detect(key: &str, text: &str) -> Self {
        let name = key.rsplit(['/', '#']).next().unwrap_or(key);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let known = EXTENSIONS.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known));
        match known {
            Some((_, format)) => *format,
            None if begins_as_html(text) => Self::Html,
            None => Self::Text,
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

fn begins_as_html(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    // An XML declaration and comments may come first.
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?xml") => "?>",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    HTML_BEGINNINGS.iter().any(|start| rest.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_then_by_beginning() {
        let cases = [
            ("a/b.HTML", "5", Format::Html),
            ("notes.md", "<html>", Format::Markdown),
            ("notes.txt", "5 < 6", Format::Text),
            ("page.txt", "\u{feff}\n<!-- saved --> <!DOCTYPE html><p>", Format::Html),
            ("page", "<?xml version='1.0'?><html xmlns='x'>", Format::Html),
            ("crawl.tar#page.htm", "5", Format::Html),
            ("readme", "# Title", Format::Text),
            ("", "", Format::Text),
        ];
        for (key, text, format) in cases {
            assert_eq!(Format::detect(key, text), format, "{key} {text}");
        }
    }
}
