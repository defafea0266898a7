//! `factline report`: tables as pages.

use factline::report::{Input, Job, ReportError, make};

use super::args::Report;
use super::extract::stop_on_signal;
use super::summary::count;
use super::{Exit, fail, say};

pub(super) fn report(said: Report) -> Exit {
    let cancelled = stop_on_signal();
    let Report { tables, out, input, no_input, quiet, force } = said;
    let input = match (no_input, input.is_empty()) {
        (true, _) => Input::None,
        (false, true) => Input::Remembered,
        (false, false) => Input::Paths(input),
    };
    let job = Job { tables: &tables, input: &input, out: &out, force, cancelled: &cancelled };
    match make(&job, &mut |warning| say(&format!("warning: {warning}"))) {
        Ok(made) => {
            if !quiet {
                let (documents, pages) = (count(made.documents, "document"), count(made.pages, "page"));
                say(&format!("{documents} on {pages}: open {}", out.join("index.html").display()));
            }
            Exit::Done
        }
        Err(error @ ReportError::Stopped) => {
            say(&error.to_string());
            Exit::Stopped
        }
        Err(error) => fail(&error),
    }
}
