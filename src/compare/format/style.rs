//! The styles of differences.

use anstyle::{AnsiColor, Style};

use super::ChangeKind;

/// What is gone, or was expected.
pub const GONE: Style = AnsiColor::Red.on_default();
/// What is new, or was found.
pub const NEW: Style = AnsiColor::Green.on_default();
/// What changed.
pub const CHANGED: Style = AnsiColor::Yellow.on_default();
/// A heading.
pub const HEADING: Style = Style::new().bold();

/// A text in a style.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

pub(super) fn of(change: ChangeKind) -> Style {
    match change {
        ChangeKind::Removed => GONE,
        ChangeKind::Added => NEW,
        ChangeKind::Changed => CHANGED,
    }
}
