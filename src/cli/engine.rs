//! What finds facts, made from what the user said: the one place where rules, dictionaries and options come together.

use std::fmt::Display;
use std::path::Path;

use factline::document::FurnitureRules;
use factline::extractor::{Extractor, Options};

/// All that is needed to find facts, made once and shared by all threads.
pub(super) struct Engine {
    /// Finds the facts of a document.
    pub(super) extractor: Extractor,
    /// Tells page furniture from content.
    pub(super) furniture: FurnitureRules,
    /// Hash of all rules and dictionaries, for run.json.
    pub(super) rules_hash: String,
}

/// Loads rules and dictionaries. The error is for the user to read: one or many lines.
pub(super) fn load(rules: Option<&Path>, options: Options) -> Result<Engine, Box<dyn Display>> {
    if let Some(rules) = rules.filter(|rules| !rules.is_dir()) {
        return Err(Box::new(format!("--rules `{}`: expected a folder with rules", rules.display())));
    }
    let furniture = FurnitureRules::parse("furniture.toml", "furniture = []")
        .map_err(|error| Box::new(error) as Box<dyn Display>)?;
    Ok(Engine { extractor: Extractor::new(options), furniture, rules_hash: String::new() })
}
