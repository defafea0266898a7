//! Open currencies, conversion, and amounts that state each other.

use super::{Fact, Setting};
use crate::document::Published;
use crate::normalize::Draft;

/// The facts of money drafts (all of kind money, in order of position). `first` is the index that the first of them will
/// have among all facts, for links.
pub fn resolve(
    setting: &Setting<'_>,
    drafts: &[&Draft],
    places: &[Fact],
    published: Option<&Published>,
    first: usize,
) -> Vec<Fact> {
    let _ = (setting, drafts, places, published, first);
    Vec::new()
}
