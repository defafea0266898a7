//! How far a run is, on a terminal.

use factline::pipeline::{Source, Summary};
use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar on standard error; nothing where that is no terminal, or the user wants quiet.
pub(super) struct Progress {
    bar: ProgressBar,
    documents: usize,
}

const TEMPLATE: &str = "{bar:30} {msg}, {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";

impl Progress {
    /// A bar for these documents.
    pub(super) fn new(documents: &[Source], is_quiet: bool) -> Self {
        let bytes = documents.iter().map(|source| source.bytes).sum();
        // Draws nothing by itself where standard error is no terminal.
        let bar = if is_quiet { ProgressBar::hidden() } else { ProgressBar::new(bytes) };
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style);
        }
        Self { bar, documents: documents.len() }
    }

    /// Shows how far the run is.
    pub(super) fn show(&self, summary: &Summary) {
        if self.bar.is_hidden() {
            return;
        }
        self.bar.set_message(format!("{} of {} documents", summary.documents, self.documents));
        self.bar.set_position(summary.bytes);
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_sound() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
