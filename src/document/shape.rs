//! What a single line looks like: a heading, a list's item, a table's row, a ruler.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// The longest line that is taken for a heading, in characters.
const LONGEST_HEADING: usize = 100;
/// The longest line whose columns may be set with spaces, in bytes.
const LONGEST_ROW: usize = 300;

/// What may set columns apart.
static GAP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("  "));

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Text.
    Line,
    /// Text after a list's marker.
    Item {
        /// Whether the marker is a number or a letter, which may also be part of a sentence.
        counted: bool,
    },
    /// Several cells.
    Row,
    /// Neither a letter nor a digit.
    Ruler,
}

/// The shape of a trimmed line.
pub(super) fn of(line: &str) -> Shape {
    let marker = item(line);
    if marker.is_none() && is_row(line) {
        return Shape::Row;
    }
    match marker {
        Some(counted) => Shape::Item { counted },
        None if is_ruler(line) => Shape::Ruler,
        None => Shape::Line,
    }
}

/// Whether a trimmed line that stands alone reads as a heading: short, begins with a capital or a digit, no final
/// punctuation.
pub(super) fn is_heading(line: &str) -> bool {
    if line.len() > LONGEST_HEADING * 4 || line.chars().nth(LONGEST_HEADING).is_some() {
        return false;
    }
    let quotes = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»');
    let inner = line.trim_matches(quotes);
    let begins = inner.chars().next().is_some_and(|c| c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase()));
    let ends = inner.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '%' | '+'));
    begins && ends && inner.chars().any(char::is_alphabetic)
}

fn is_ruler(line: &str) -> bool {
    !line.chars().any(char::is_alphanumeric)
}

/// Whether a trimmed line begins with a list's marker and text after it, and whether the marker counts.
fn item(line: &str) -> Option<bool> {
    let marker_end = line.char_indices().take(8).find(|(_, c)| c.is_whitespace())?.0;
    let marker = &line[..marker_end];
    if matches!(
        marker,
        "-" | "*" | "+" | "–" | "•" | "·" | "▪" | "◦" | "‣" | "●" | "○" | "■" | "►" | "➢" | "✓" | "\u{f0b7}"
    ) {
        let rest = &line[marker_end..];
        // "- - -" and "* * *" are rulers.
        return (!is_ruler(rest)).then_some(false);
    }
    let label = marker.strip_suffix(')').map(|label| label.strip_prefix('(').unwrap_or(label));
    let digits = |label: &str, most: usize| label.len() <= most && label.bytes().all(|byte| byte.is_ascii_digit());
    let roman = |label: &str| label.bytes().all(|byte| b"ivxIVX".contains(&byte));
    let counted = match label {
        Some(label) => {
            !label.is_empty()
                && (digits(label, 3)
                    || (label.len() <= 4 && roman(label))
                    || (label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_alphabetic())))
        }
        None => marker.strip_suffix('.').is_some_and(|label| !label.is_empty() && digits(label, 3)),
    };
    counted.then_some(true)
}

/// Whether a trimmed line is a table's row. Cheap where there is neither a tab, a bar nor a double space.
fn is_row(line: &str) -> bool {
    // Nearly all lines have neither.
    let bytes = line.as_bytes();
    if memchr::memchr2(b'\t', b'|', bytes).is_none() && GAP.find(bytes).is_none() {
        return false;
    }
    separators(line).is_some() && !is_ruler(line)
}

/// How a row's cells are set apart.
#[derive(Debug, Clone, Copy)]
enum Separator {
    Tab,
    Bar,
    Spaces,
}

fn separators(line: &str) -> Option<Separator> {
    let tabs = memchr::memchr_iter(b'\t', line.as_bytes()).take(2).count();
    // A single tab in a long line is a slip in running text.
    if tabs > 1 || (tabs == 1 && line.len() < 200) {
        return Some(Separator::Tab);
    }
    let bars = memchr::memchr_iter(b'|', line.as_bytes()).take(2).count();
    if bars == 2 && (line.starts_with('|') || line.matches(" | ").take(2).count() == 2) {
        return Some(Separator::Bar);
    }
    if line.len() > LONGEST_ROW {
        return None;
    }
    let gaps = gaps(line);
    if gaps.len() < 2 {
        return None;
    }
    // Justified text has wide gaps too, but goes on with small letters.
    let small = gaps.iter().filter(|gap| line[gap.end..].starts_with(|c: char| c.is_lowercase())).count();
    (small * 2 <= gaps.len()).then_some(Separator::Spaces)
}

/// Runs of spaces in a line that set columns apart: at least two, three after what may be a sentence's end.
fn gaps(line: &str) -> Vec<Range<usize>> {
    let bytes = line.as_bytes();
    let mut gaps = Vec::new();
    let mut at = 0;
    while let Some(found) = GAP.find(&bytes[at..]) {
        let start = at + found;
        at = start + bytes[start..].iter().take_while(|&&byte| byte == b' ').count();
        let sentence = line[..start].ends_with(['.', '!', '?', ':', ';', ',', '"', '”', '’', ')']);
        if at - start > 2 || !sentence {
            gaps.push(start..at);
        }
    }
    gaps
}

/// The cells of a row that is a [`Shape::Row`], as ranges of the line. Bars belong to the cell that they begin, so
/// that no character is outside all cells.
pub(super) fn cells(line: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut start = 0;
    let mut cut = |cells: &mut Vec<Range<usize>>, end: usize, next: usize| {
        let piece = &line[start..end];
        let inner = piece.trim();
        if inner.chars().all(|c| c == '|' || c.is_whitespace()) && next < line.len() {
            return;
        }
        let first = start + (piece.len() - piece.trim_start().len());
        match cells.last_mut() {
            // What follows the last cell is its end: "| 3 |".
            Some(last) if !inner.chars().any(char::is_alphanumeric) && inner.starts_with('|') => {
                last.end = first + inner.len();
            }
            _ if inner.is_empty() => {}
            _ => cells.push(first..first + inner.len()),
        }
        start = next;
    };
    match separators(line) {
        Some(Separator::Tab) => {
            for at in memchr::memchr_iter(b'\t', line.as_bytes()) {
                cut(&mut cells, at, at + 1);
            }
        }
        Some(Separator::Bar) => {
            for at in memchr::memchr_iter(b'|', line.as_bytes()) {
                cut(&mut cells, at, at);
            }
        }
        Some(Separator::Spaces) => {
            for gap in gaps(line) {
                cut(&mut cells, gap.start, gap.end);
            }
        }
        None => {}
    }
    cut(&mut cells, line.len(), line.len());
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let item = |counted| Shape::Item { counted };
        let cases = [
            ("Ana has 3 boats", Shape::Line),
            ("- 3 boats", item(false)),
            ("•\t3 boats", item(false)),
            ("-3 degrees", Shape::Line),
            ("1. Boats", item(true)),
            ("(iv) Boats", item(true)),
            ("b) Boats", item(true)),
            ("A. Pereira has boats", Shape::Line),
            ("1998. It was cold", Shape::Line),
            ("* * *", Shape::Ruler),
            ("~ \u{a0} ~ \u{a0} ~", Shape::Ruler),
            ("Boats:\t3", Shape::Row),
            ("Home | About | Contact", Shape::Row),
            ("Boats  3  Crew", Shape::Row),
            ("the  quick  brown  fox", Shape::Line),
        ];
        for (line, shape) in cases {
            assert_eq!(of(line), shape, "{line}");
        }
    }

    #[test]
    fn cells_hold_every_character() {
        let cases: [(&str, &[&str]); 5] = [
            ("a\t\tb\t c", &["a", "b", "c"]),
            ("| a | b |", &["| a", "| b |"]),
            ("| | a | |", &["| | a | |"]),
            ("Home | About | Contact", &["Home", "| About", "| Contact"]),
            ("Ana P.   3   12", &["Ana P.", "3", "12"]),
        ];
        for (line, expected) in cases {
            let found: Vec<_> = cells(line).into_iter().map(|cell| &line[cell]).collect();
            assert_eq!(found, expected, "{line}");
        }
    }
}
