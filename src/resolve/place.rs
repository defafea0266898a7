//! Tells places of one name apart.

use super::{Fact, Setting};
use crate::normalize::Draft;

/// The facts of place drafts (all of kind place, in order of position).
pub fn resolve(setting: &Setting<'_>, drafts: &[&Draft]) -> Vec<Fact> {
    let _ = (setting, drafts);
    Vec::new()
}
