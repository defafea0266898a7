//! The tables of a ruleset: dictionaries joined into the lexicon, and files that nothing reads.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Loader, Parsed};
use crate::lexicon::{Builder, Lexicon};
use crate::rules::cells::Declared;
use crate::rules::confidence::Confidences;
use crate::rules::dictionaries::Unfit;
use crate::rules::{Diagnostic, dictionaries, nearest};
use crate::scan::Builtins;

impl Loader {
    /// Measured confidences of rules that no file has: those of a user are mistakes; of the shipped ones a user may have
    /// replaced the file, so they are warnings, where these are linted by themselves.
    pub(super) fn unused_confidences(&mut self, parsed: &[Parsed], lints: bool) -> Vec<Diagnostic> {
        let rules = parsed.iter().flat_map(|each| &each.file.rule).map(|rule| rule.id.get_ref().as_str());
        let unused = self.measured.unused(&self.files, &rules.collect());
        let (shipped, users): (Vec<_>, Vec<_>) = unused.into_iter().partition(|(layer, _)| *layer == 0);
        self.diagnostics.extend(users.into_iter().map(|(_, error)| error));
        let is_asked = lints && self.files.are_shipped();
        shipped.into_iter().filter(|_| is_asked).map(|(_, error)| error.warning()).collect()
    }

    /// A user's tables that no shipped table and no declaration has the path of: most likely typing errors.
    pub(super) fn unused_files(&mut self, parsed: &[Parsed]) {
        let Some((shipped, users)) = self.files.layers.split_first() else { return };
        let declared = parsed.iter().flat_map(|each| &each.file.dictionary).map(|decl| decl.file.get_ref().as_str());
        let known: FxHashSet<&str> = shipped.paths("").chain(declared).chain([Confidences::FILE]).collect();
        for path in users.iter().flat_map(|layer| layer.paths(".csv")).filter(|path| !known.contains(path)) {
            let message =
                "expected the path of a shipped table, or of one that a [[dictionary]] names; nothing reads this file";
            let near = nearest(path, known.iter().copied().filter(|each| each.ends_with(".csv")));
            self.diagnostics.push(Diagnostic::error("file-unused", path, message).near(near));
        }
    }

    /// The lexicon of all dictionaries and of the words that patterns quote.
    pub(super) fn lexicon(&mut self, parsed: &[Parsed], quoted: &[&str]) -> Option<(Lexicon, Builtins)> {
        let (mut builder, builtins) = match dictionaries::builder() {
            Ok(both) => both,
            Err(error) => {
                self.diagnostics.push(Diagnostic::error("too-many-classes", "", error.to_string()));
                return None;
            }
        };
        for each in declared(parsed) {
            if let Err(diagnostic) = self.dictionary(&each, &mut builder) {
                self.diagnostics.push(diagnostic);
            }
        }
        Some((dictionaries::finish(builder, quoted), builtins))
    }

    fn dictionary(&self, declared: &Declared<'_>, builder: &mut Builder) -> Result<(), Diagnostic> {
        let Declared { decl, file, text } = *declared;
        let path = decl.file.get_ref();
        let files = self.files.layers.iter().filter_map(|layer| layer.get(path));
        dictionaries::add(decl, files, builder).map_err(|unfit| match unfit {
            Unfit::Declaration { code, message } => Diagnostic::error(code, file, message).at(text, decl.file.span()),
            Unfit::File(error) => self.files.table_error(&error),
        })
    }
}

/// The dictionaries that hold: what a later layer declares of a file goes before what an earlier one does.
pub(super) fn declared(parsed: &[Parsed]) -> impl Iterator<Item = Declared<'_>> {
    let mut layers: FxHashMap<&str, usize> = FxHashMap::default();
    for file in parsed {
        for decl in &file.file.dictionary {
            let layer = layers.entry(decl.file.get_ref()).or_default();
            *layer = file.layer.max(*layer);
        }
    }
    let all = parsed.iter().flat_map(|file| file.file.dictionary.iter().map(move |decl| (file, decl)));
    all.filter(move |(file, decl)| layers[decl.file.get_ref().as_str()] == file.layer).map(|(file, decl)| Declared {
        decl,
        file: &file.path,
        text: &file.text,
    })
}
