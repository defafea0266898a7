//! From what rule files declare to the lexicon.
//!
//! Also part of the build script, which joins the shipped dictionaries when the binary is built: so it knows neither files
//! nor diagnostics.

use sha2::{Digest, Sha256};

use super::file::{CaseDecl, DictionaryDecl, RuleDecl, TermDecl};
use super::pattern::{Pattern, words_of};
use crate::lexicon::fold;
use crate::lexicon::{
    Binding, BuildError, Builder, Case, ClassSource, Classes, Lexicon, Table, TableError, TermColumn, TooManyClasses,
};
use crate::scan::{Builtins, NUMBER_WORDS};

/// Why a dictionary cannot be taken.
pub enum Unfit {
    /// Its file is wrong.
    File(TableError),
    /// Its declaration is.
    Declaration {
        /// Kebab-case code.
        code: &'static str,
        /// What was expected, and what was found.
        message: String,
    },
}

impl Unfit {
    fn declaration(code: &'static str, message: String) -> Self {
        Self::Declaration { code, message }
    }
}

/// A lexicon without dictionaries, and the classes that the scanner sets.
pub fn builder() -> Result<(Builder, Builtins), TooManyClasses> {
    let mut classes = Classes::default();
    let builtins = Builtins::intern(&mut classes)?;
    Ok((Builder::new(classes).evidence(builtins.strong).counting(NUMBER_WORDS), builtins))
}

/// Adds a dictionary; `files` are its files in the layers of the rules, the later laid over the earlier.
pub fn add<'b>(
    decl: &DictionaryDecl,
    files: impl Iterator<Item = &'b [u8]>,
    builder: &mut Builder,
) -> Result<(), Unfit> {
    let path = decl.file.get_ref();
    let mut table: Option<Table> = None;
    for bytes in files {
        let next = Table::parse(path, bytes).map_err(Unfit::File)?;
        table = Some(match table {
            None => next,
            Some(shipped) => shipped.overlaid(&next, &decl.key).map_err(Unfit::File)?,
        });
    }
    let missing = || Unfit::declaration("file-missing", format!("the dictionary `{path}` is not there"));
    let table = table.ok_or_else(missing)?;
    builder.add(table, &binding(decl)?).map_err(|error| match error {
        BuildError::Table(error) => Unfit::File(error),
        BuildError::Classes(error) => Unfit::declaration("too-many-classes", error.to_string()),
    })
}

fn binding(decl: &DictionaryDecl) -> Result<Binding, Unfit> {
    let class = match (&decl.class, &decl.class_column) {
        (Some(class), None) => ClassSource::Fixed(class.clone()),
        (None, Some(column)) => ClassSource::Column { column: column.clone(), prefix: decl.class_prefix.clone() },
        (None, None) if decl.terms.is_empty() => ClassSource::Fixed(String::new()),
        _ => {
            let message = "expected either `class` or `class-column`".to_owned();
            return Err(Unfit::declaration("dictionary-class", message));
        }
    };
    let terms = decl.terms.iter().map(|term| match term {
        TermDecl::Name(column) => TermColumn { column: column.clone(), case: Case::Fold, weak: decl.weak, class: None },
        TermDecl::Full(full) => TermColumn {
            column: full.column.clone(),
            case: match full.case {
                CaseDecl::Fold => Case::Fold,
                CaseDecl::Title => Case::Title,
                CaseDecl::Exact => Case::Exact,
            },
            weak: decl.weak || full.weak,
            class: full.class.clone(),
        },
    });
    Ok(Binding { class, weak_class: decl.weak_class.clone(), terms: terms.collect() })
}

/// The words that patterns quote, in order.
pub fn quoted<'p>(patterns: impl Iterator<Item = &'p Pattern>) -> Vec<&'p str> {
    let mut words = Vec::new();
    for pattern in patterns {
        words_of(pattern, &mut |word| words.push(word));
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// The finished lexicon, which knows the quoted words too.
pub fn finish(mut builder: Builder, quoted: &[&str]) -> Lexicon {
    for word in quoted {
        builder.quote(&fold(word));
    }
    builder.build()
}

/// The patterns of a rule's contexts, as written.
pub fn contexts(rule: &RuleDecl) -> [&Option<serde_spanned::Spanned<String>>; 4] {
    [&rule.before, &rule.after, &rule.not_before, &rule.not_after]
}

/// SHA-256 of files in layers, by layer and path, lower-case hexadecimal.
pub fn hash<'f>(files: impl Iterator<Item = (usize, &'f str, &'f [u8])>) -> String {
    let mut files: Vec<_> = files.collect();
    files.sort_unstable();
    let mut hasher = Sha256::new();
    for (layer, path, bytes) in files {
        hasher.update((layer as u64).to_le_bytes());
        hasher.update((path.len() as u64).to_le_bytes());
        hasher.update(path);
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
