//! What a person reads of a document, and the way back into its source.
//!
//! Why a second text, and not positions in the source with markup skipped on the fly: every later room works on one
//! plain string, and only the end of the way, where a fact gets its line and column, knows that there was markup. The
//! price is a binary search per fact, and a copy of the text for documents that have markup.

use super::{SourceSpan, ViewSpan};

/// What a person reads of a document. `None` inside means: the source itself.
#[derive(Debug, Default)]
pub struct View {
    rendered: Option<Rendered>,
}

/// A text made from the source, and the runs that lead back to it.
#[derive(Debug)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// Runs in order of `view`; they cover `text` without gaps.
    pub runs: Vec<Run>,
}

/// Bytes of the view that come from bytes of the source: one to one where the lengths are equal, as a whole (a decoded
/// entity, a line break made from a tag) where they are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// First byte in the view.
    pub view: u32,
    /// Length in the view.
    pub view_len: u32,
    /// First byte in the source.
    pub source: u32,
    /// Length in the source.
    pub source_len: u32,
}

impl Run {
    fn is_one_to_one(self) -> bool {
        self.view_len == self.source_len
    }
}

impl View {
    /// A view that differs from the source.
    pub fn rendered(text: String, runs: Vec<Run>) -> Self {
        Self { rendered: Some(Rendered { text, runs }) }
    }

    /// Whether the view is the source itself, as for plain text.
    pub fn is_source(&self) -> bool {
        self.rendered.is_none()
    }

    /// The text that is read.
    pub fn text<'a>(&'a self, source: &'a str) -> &'a str {
        self.rendered.as_ref().map_or(source, |rendered| &rendered.text)
    }

    /// The part of the source that a span of the view comes from.
    pub fn to_source(&self, span: ViewSpan) -> SourceSpan {
        let Some(rendered) = &self.rendered else {
            return SourceSpan { start: span.start as usize, end: span.end as usize };
        };
        let run_at = |offset: u32| {
            let index = rendered.runs.partition_point(|run| run.view <= offset).saturating_sub(1);
            rendered.runs.get(index).copied()
        };
        let Some(first) = run_at(span.start) else { return SourceSpan::default() };
        // Past the last run is its end.
        let into = (span.start - first.view).min(first.view_len);
        let start = match () {
            () if first.is_one_to_one() => first.source + into,
            () if into == first.view_len => first.source + first.source_len,
            () => first.source,
        };
        if span.is_empty() {
            return SourceSpan { start: start as usize, end: start as usize };
        }
        let Some(last) = run_at(span.end - 1) else { return SourceSpan::default() };
        let end = if last.is_one_to_one() {
            last.source + (span.end - last.view).min(last.view_len)
        } else {
            last.source + last.source_len
        };
        SourceSpan { start: start as usize, end: end.max(start) as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_lead_back_through_runs() {
        // source: 12<b>,</b>500 &amp; x
        let runs = vec![
            Run { view: 0, view_len: 2, source: 0, source_len: 2 },
            Run { view: 2, view_len: 1, source: 5, source_len: 1 },
            Run { view: 3, view_len: 4, source: 10, source_len: 4 },
            Run { view: 7, view_len: 1, source: 14, source_len: 5 },
            Run { view: 8, view_len: 2, source: 19, source_len: 2 },
        ];
        let source = "12<b>,</b>500 &amp; x";
        let view = View::rendered("12,500 & x".to_owned(), runs);
        let of = |start, end| view.to_source(ViewSpan::new(start, end)).of(source);
        assert_eq!(of(0, 6), "12<b>,</b>500");
        assert_eq!(of(0, 2), "12");
        assert_eq!(of(7, 8), "&amp;");
        assert_eq!(of(3, 10), "500 &amp; x");
        assert_eq!(view.to_source(ViewSpan::new(10, 10)), SourceSpan { start: 21, end: 21 });
    }

    #[test]
    fn an_empty_view_leads_to_the_start() {
        let view = View::rendered(String::new(), Vec::new());
        assert_eq!(view.to_source(ViewSpan::new(0, 0)), SourceSpan::default());
    }
}
