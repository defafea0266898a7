//! Arguments in, exit code out. One file per subcommand.
//!
//! Parsing and acting are separate: [`args`] holds what the user said, validated word by word; each subcommand turns
//! that into a plan of what it means, and then acts.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

mod args;
mod check;
mod colour;
mod completions;
mod coverage;
mod diff;
mod engine;
mod explain;
mod extract;
mod found;
mod made;
mod man;
mod progress;
mod report;
mod review;
mod rules;
mod score;
mod summary;

use args::{Arguments, Command};

/// How a run ended. The numbers are part of the command's interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All done.
    Done,
    /// Done, but some documents could not be read.
    SomeFailed,
    /// Done, and something differs from what it was compared with, or is below its limit.
    Different,
    /// Nothing done: wrong arguments, wrong rules, nowhere to write.
    Nothing,
    /// Stopped by the user; nothing done.
    Stopped,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::SomeFailed | Exit::Different => 1,
            Exit::Nothing => 2,
            // What a shell reports for a program that Ctrl-C ended: 128 and the number of the signal.
            Exit::Stopped => 130,
        })
    }
}

/// Parses, acts, and tells how it ended.
pub fn main() -> Exit {
    match Arguments::try_parse() {
        Ok(arguments) => act(arguments.command),
        Err(error) => {
            // Nobody reads it if it cannot be printed.
            let _ = error.print();
            if error.use_stderr() { Exit::Nothing } else { Exit::Done }
        }
    }
}

fn act(command: Command) -> Exit {
    match command {
        Command::Extract(said) => extract::extract(said),
        Command::Explain(said) => explain::explain(&said),
        Command::Diff(said) => diff::diff(&said),
        Command::Check(said) => check::check(&said),
        Command::Score(said) => score::score(&said),
        Command::Report(said) => report::report(said),
        Command::Review(said) => review::review(said),
        Command::Rules(said) => rules::rules(&said),
        Command::Completions(said) => print(&completions::script(said.shell)),
        Command::Man(said) => man::page(said.command.as_deref()).map_or_else(|error| fail(&error), |page| print(&page)),
    }
}

/// Writes to standard output. A reader that has seen enough (`| head`) closes the pipe: that is no error.
fn print(bytes: &[u8]) -> Exit {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => fail(&format!("cannot write: {error}")),
        _ => Exit::Done,
    }
}

/// Why something cannot be done, for the user to read: one or many lines.
type Problem = Box<dyn Display + Send>;

fn boxed(problem: impl Display + Send + 'static) -> Problem {
    Box::new(problem)
}

/// Says why nothing was done.
fn fail(why: &dyn Display) -> Exit {
    say(&format!("error: {why}"));
    Exit::Nothing
}

/// A line on standard error. Where that is closed there is no one left to tell.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
