//! Colours, on a terminal only: what is written elsewhere has none (and `NO_COLOR` is heeded).

use std::io::{self, Write};

use super::{Exit, fail};

pub(super) use factline::compare::format::style::{GONE, NEW, styled};

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
