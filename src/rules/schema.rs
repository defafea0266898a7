//! The shape of rule files as a JSON Schema, for editors.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::RuleKind;
use super::file::RuleFile;

/// The schema of rule files, without what only the normalizers know: their names and constants.
pub fn schema() -> Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<RuleFile>();
    schema.insert("title".to_owned(), "A rule file of factline".into());
    let mut value = schema.to_value();
    // The kinds are a closed list, which the loader keeps so that it can say what is near.
    if let Some(kind) = value.pointer_mut("/definitions/RuleDecl/properties/kind") {
        kind["enum"] = RuleKind::ALL.map(|(name, _)| name).to_vec().into();
    }
    value
}
