//! What a user may change about reading documents: two files below the rules' root.

use super::furniture::FurnitureRules;
use super::metadata::MetadataNames;
use super::rules_error::RulesError;

/// The rules for reading documents.
#[derive(Debug, Default)]
pub struct DocumentRules {
    /// What tells page furniture from content.
    pub furniture: FurnitureRules,
    /// Under which names documents give their title, date and address.
    pub names: MetadataNames,
}

impl DocumentRules {
    /// Path of the rules of page furniture below the rules' root.
    pub const FURNITURE: &str = "document/furniture.toml";
    /// Path of the names of metadata below the rules' root.
    pub const METADATA: &str = "document/metadata.toml";

    /// Reads the texts of the two files.
    pub fn parse(furniture: &str, metadata: &str) -> Result<Self, RulesError> {
        let furniture = FurnitureRules::parse(Self::FURNITURE, furniture)?;
        Ok(Self { furniture, names: MetadataNames::parse(Self::METADATA, metadata)? })
    }
}
