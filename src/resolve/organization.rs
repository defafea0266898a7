//! One organization, one name: acronyms and short forms.

use super::{Fact, Setting};
use crate::normalize::Draft;

/// The facts of organization drafts (all of kind organization, in order of position).
pub fn resolve(setting: &Setting<'_>, drafts: &[&Draft]) -> Vec<Fact> {
    let _ = (setting, drafts);
    Vec::new()
}
