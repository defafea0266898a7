//! Colours, on a terminal only: what is written elsewhere has none (and `NO_COLOR` is heeded).

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{Exit, fail};

/// What is gone, or was expected.
pub(super) const GONE: Style = AnsiColor::Red.on_default();
/// What is new, or was found.
pub(super) const NEW: Style = AnsiColor::Green.on_default();
/// What changed.
pub(super) const CHANGED: Style = AnsiColor::Yellow.on_default();
/// A heading.
pub(super) const HEADING: Style = Style::new().bold();

/// A text in a style.
pub(super) fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Writes to standard output, with colours if that is a terminal. As for [`print`](super::print), a closed pipe is no error.
pub(super) fn print_styled(text: &str) -> Exit {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => fail(&format!("cannot write: {error}")),
        _ => Exit::Done,
    }
}

/// A line on standard error, with colours if that is a terminal.
pub(super) fn say_styled(line: &str) {
    // Where standard error is closed there is no one left to tell.
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}
