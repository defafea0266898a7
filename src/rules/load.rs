//! From files to a ruleset.

mod tables;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_spanned::Spanned;

use super::cells::Checker;
use super::compile::{Compiler, Fragments, Mistake, Names, folder};
use super::confidence::Confidences;
use super::file::{RuleDecl, RuleFile};
use super::pattern::{self, Pattern, words_of};
use super::program::Program;
use super::{
    ConstantSite, Contexts, Diagnostic, Dictionary, Files, GazetteerDecls, Prepared, Rule, RuleKind, RuleSite, Ruleset,
    dictionaries, lint, nearest, prebuilt, require,
};
use crate::lexicon::{Classes, Lexicon, fold};
use crate::scan::{Builtins, TopicWords};
use tables::declared;

/// A parsed file with its text.
struct Parsed {
    path: Arc<str>,
    text: Arc<str>,
    file: RuleFile,
    layer: usize,
}

/// Patterns of one rule, parsed.
struct Patterns {
    main: Pattern,
    contexts: [Option<Pattern>; 4],
}

pub(super) struct Loader {
    files: Files,
    diagnostics: Vec<Diagnostic>,
    measured: Confidences,
}

impl Loader {
    pub fn new(files: Files) -> Self {
        Self { files, diagnostics: Vec::new(), measured: Confidences::default() }
    }

    pub fn load(mut self, lints: bool) -> Result<Ruleset, Vec<Diagnostic>> {
        match Confidences::read(&self.files) {
            Ok(measured) => self.measured = measured,
            Err(diagnostic) => self.diagnostics.push(diagnostic),
        }
        let parsed = self.parse();
        let unused = self.unused_confidences(&parsed, lints);
        let fragments = self.fragments(&parsed);
        let chosen = self.choose(&parsed);
        let patterns: Vec<Option<Patterns>> = chosen.iter().map(|(file, rule)| self.patterns(file, rule)).collect();
        let prebuilt = if self.files.are_shipped() { prebuilt::shipped() } else { None };
        let (built, hash) = match prebuilt {
            Some((lexicon, hash)) => {
                (Builtins::intern(&mut Classes::default()).ok().map(|b| (lexicon, b)), hash.to_owned())
            }
            None => {
                let quoted = dictionaries::quoted(all_patterns(&patterns, &fragments));
                (self.lexicon(&parsed, &quoted), self.hash())
            }
        };
        let Some((lexicon, builtins)) = built else { return Err(self.diagnostics) };
        self.unused_files(&parsed);
        // Rules that miss the classes of a broken dictionary are not wrong themselves.
        if !self.diagnostics.is_empty() {
            return Err(self.diagnostics);
        }
        let used = lint::used_classes(all_patterns(&patterns, &fragments));
        let mut checker = Checker::new(&self.files, &used);
        let first_layer = if lints { 0 } else { 1 };
        let wrong = declared(&parsed).flat_map(|each| checker.check(&each, first_layer)).collect::<Vec<_>>();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let gazetteers = GazetteerDecls::of(declared(&parsed), &lexicon)?;
        let dictionaries = declared(&parsed).map(|each| Dictionary::of(&each)).collect::<Result<_, _>>();
        let dictionaries = dictionaries.map_err(|error| vec![error])?;
        let topics = TopicWords::load(&lexicon);
        let mut program = Program::default();
        let mut rules = Vec::new();
        for ((file, decl), patterns) in chosen.iter().zip(&patterns) {
            let Some(patterns) = patterns else { continue };
            let number = rules.len() as u32;
            match self.rule(file, decl, patterns, (&lexicon, &topics), &fragments, &mut program, number) {
                Ok(rule) => rules.push(rule),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        if !self.diagnostics.is_empty() {
            return Err(self.diagnostics);
        }
        let mut warnings = unused;
        if lints {
            warnings.extend(
                declared(&parsed)
                    .filter_map(|each| lint::unused_dictionary(each.file, each.text, each.decl, &lexicon, &used)),
            );
            warnings.extend(lint::rules(&rules, &program, &lexicon));
        }
        let (errors, warnings): (Vec<_>, Vec<_>) =
            warnings.into_iter().partition(|each| each.severity == super::Severity::Error);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Ruleset {
            lexicon,
            dictionaries,
            gazetteers,
            builtins,
            topics,
            rules,
            program,
            warnings,
            files: self.files,
            hash,
            prepared: Prepared::default(),
        })
    }

    fn parse(&mut self) -> Vec<Parsed> {
        let mut parsed = Vec::new();
        for (layer, files) in self.files.layers.iter().enumerate() {
            for path in files.paths(".toml") {
                // The tables of the document room have a shape of their own.
                if path.starts_with("document/") {
                    continue;
                }
                let Some(bytes) = files.get(path) else { continue };
                let Ok(text) = std::str::from_utf8(bytes) else {
                    self.diagnostics.push(Diagnostic::error("not-utf-8", path, "expected a rule file in UTF-8"));
                    continue;
                };
                let text: Arc<str> = text.into();
                match toml::from_str::<RuleFile>(&text) {
                    Ok(file) => parsed.push(Parsed { path: path.into(), text, file, layer }),
                    Err(error) => {
                        let diagnostic = Diagnostic::error("not-a-rule-file", path, error.message());
                        self.diagnostics.push(match error.span() {
                            Some(span) => diagnostic.at(&text, span),
                            None => diagnostic,
                        });
                    }
                }
            }
        }
        parsed
    }

    fn fragments(&mut self, parsed: &[Parsed]) -> Fragments {
        let mut fragments = Fragments::default();
        for file in parsed {
            for decl in &file.file.fragment {
                if let Some(pattern) = self.pattern(file, &decl.pattern) {
                    let own = fragments.entry(folder(&file.path).to_owned()).or_default();
                    own.insert(decl.name.get_ref().clone(), pattern);
                }
            }
        }
        fragments
    }

    fn pattern(&mut self, file: &Parsed, text: &Spanned<String>) -> Option<Pattern> {
        match pattern::parse(text.get_ref()) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let span = span_in(&file.text, text, error.at);
                self.diagnostics
                    .push(Diagnostic::error("not-a-pattern", &file.path, error.message).at(&file.text, span));
                None
            }
        }
    }

    fn patterns(&mut self, file: &Parsed, rule: &RuleDecl) -> Option<Patterns> {
        let main = self.pattern(file, &rule.pattern);
        let before = self.diagnostics.len();
        let contexts =
            dictionaries::contexts(rule).map(|context| context.as_ref().and_then(|text| self.pattern(file, text)));
        (self.diagnostics.len() == before).then_some(Patterns { main: main?, contexts })
    }

    /// The rules that hold: a later layer's rule replaces one of the same id, or switches it off.
    fn choose<'p>(&mut self, parsed: &'p [Parsed]) -> Vec<(&'p Parsed, &'p RuleDecl)> {
        let mut by_id: FxHashMap<&str, (&Parsed, &RuleDecl)> = FxHashMap::default();
        let mut order: Vec<&str> = Vec::new();
        for file in parsed {
            for rule in &file.file.rule {
                let id = rule.id.get_ref().as_str();
                match by_id.insert(id, (file, rule)) {
                    None => order.push(id),
                    Some((other, _)) if other.layer == file.layer => {
                        let message = format!("the id `{id}` is also a rule of {}", other.path);
                        self.diagnostics
                            .push(Diagnostic::error("id-twice", &file.path, message).at(&file.text, rule.id.span()));
                    }
                    Some(_) => {}
                }
            }
        }
        for file in parsed {
            for off in &file.file.disable {
                if by_id.remove(off.get_ref().as_str()).is_none() {
                    let message = format!("no rule is called `{}`", off.get_ref());
                    let error = Diagnostic::error("unknown-rule", &file.path, message).at(&file.text, off.span());
                    self.diagnostics.push(error.near(nearest(off.get_ref(), by_id.keys().copied())));
                }
            }
        }
        order.into_iter().filter_map(|id| by_id.get(id).copied()).collect()
    }

    #[allow(clippy::too_many_arguments)]
    fn rule(
        &self,
        file: &Parsed,
        decl: &RuleDecl,
        patterns: &Patterns,
        (lexicon, topics): (&Lexicon, &TopicWords),
        fragments: &Fragments,
        program: &mut Program,
        number: u32,
    ) -> Result<Rule, Diagnostic> {
        let id = decl.id.get_ref().clone();
        let at = |code, message: String, span: Range<usize>| {
            Diagnostic::error(code, &file.path, format!("{id}: {message}")).at(&file.text, span)
        };
        let kind = kind(&decl.kind).map_err(|message| at("unknown-kind", message, decl.kind.span()))?;
        if kind.is_fact() == decl.reason.is_some() {
            let message = "a rule of kind `none` or `person`, and only such a rule, has a `reason`".to_owned();
            return Err(at("reason", message, decl.kind.span()));
        }
        let confidence = decl.confidence.as_ref().map_or(0.9, |confidence| *confidence.get_ref());
        if !(0.0..=1.0).contains(&confidence) {
            let span = decl.confidence.as_ref().map_or(decl.id.span(), Spanned::span);
            return Err(at("confidence", format!("expected a confidence from 0 to 1, found {confidence}"), span));
        }
        let mut compile = |pattern: &Pattern, text: &Spanned<String>, reversed: bool| {
            let names = Names { lexicon, fragments, folder: folder(&file.path) };
            let mut compiler = Compiler::new(names, program);
            if reversed {
                compiler = compiler.reversed();
            }
            let start = compiler.compile(pattern, number).map_err(|mistake: Mistake| {
                let found = at(mistake.code, mistake.message, span_in(&file.text, text, mistake.at));
                mistake.help.map_or(found.clone(), |help| found.help(help))
            })?;
            let captures = compiler.captures;
            Ok::<_, Diagnostic>((start..program.next(), captures))
        };
        let (steps, captures) = compile(&patterns.main, &decl.pattern, false)?;
        let mut contexts = [None; 4];
        let texts = [&decl.before, &decl.after, &decl.not_before, &decl.not_after];
        let reversed = [true, false, true, false];
        for (((context, pattern), text), reversed) in
            contexts.iter_mut().zip(&patterns.contexts).zip(texts).zip(reversed)
        {
            if let (Some(pattern), Some(text)) = (pattern, text) {
                *context = Some(compile(pattern, text, reversed)?.0.start);
            }
        }
        let [before, after, not_before, not_after] = contexts;
        let veto = match &decl.veto {
            None => None,
            Some(text) => Some(regex::Regex::new(text.get_ref()).map_err(|_| {
                at("veto", "expected a regular expression of the regex crate's syntax".to_owned(), text.span())
            })?),
        };
        let require = decl
            .require
            .iter()
            .map(|text| {
                require::parse(text.get_ref(), &captures).map_err(|message| at("require", message, text.span()))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let topic = match &decl.topic {
            None => None,
            Some(name) => Some(topics.number(name.get_ref()).ok_or_else(|| {
                let known = topics.names().collect::<Vec<_>>().join(", ");
                at("unknown-topic", format!("topic: expected one of {known}, found `{}`", name.get_ref()), name.span())
            })?),
        };
        let mut words = Vec::new();
        words_of(&patterns.main, &mut |word| words.push(lexicon.word(&fold(word))));
        Ok(Rule {
            id: id.as_str().into(),
            kind,
            make: decl.make.as_ref().map_or(String::new(), |make| make.get_ref().clone()),
            doc: decl.doc.clone(),
            pattern: decl.pattern.get_ref().clone(),
            start: steps.start,
            length: steps.end - steps.start,
            captures,
            contexts: Contexts { before, after, not_before, not_after },
            veto,
            require,
            topic,
            set: decl.set.iter().map(|(name, value)| (name.get_ref().clone(), value.get_ref().clone())).collect(),
            priority: decl.priority,
            confidence: self.measured.of(&id, file.layer).unwrap_or((confidence * 100.0).round() as u8),
            flags: decl.flags.iter().map(|flag| flag.as_str().into()).collect(),
            reason: decl.reason.as_deref().unwrap_or("").into(),
            weak: decl.weak,
            in_furniture: decl.in_furniture,
            words,
            examples: decl.example.clone(),
            counters: decl.counter.clone(),
            site: RuleSite {
                file: file.path.clone(),
                text: file.text.clone(),
                id: decl.id.span(),
                pattern: decl.pattern.span(),
                constants: decl
                    .set
                    .iter()
                    .map(|(name, value)| {
                        (name.get_ref().clone(), ConstantSite { name: name.span(), value: value.span() })
                    })
                    .collect(),
            },
        })
    }

    fn hash(&self) -> String {
        let layers = self.files.layers.iter().enumerate();
        dictionaries::hash(
            layers.flat_map(|(layer, files)| files.iter().map(move |(path, bytes)| (layer, path, bytes))),
        )
    }
}

/// The kind that is written, or what was expected.
pub(super) fn kind(written: &Spanned<String>) -> Result<RuleKind, String> {
    RuleKind::named(written.get_ref()).ok_or_else(|| {
        let known = RuleKind::ALL.map(|(name, _)| name).join(", ");
        format!("kind: expected one of {known}, found `{}`", written.get_ref())
    })
}

/// The patterns of all rules, contexts and fragments.
fn all_patterns<'p>(
    patterns: &'p [Option<Patterns>],
    fragments: &'p Fragments,
) -> impl Iterator<Item = &'p Pattern> + use<'p> {
    let of_rules = patterns.iter().flatten().flat_map(|each| each.contexts.iter().flatten().chain([&each.main]));
    of_rules.chain(fragments.values().flat_map(FxHashMap::values))
}

/// Bytes in the file of the character at `at` of a string's value; escapes before it may shift that, so the result is
/// kept inside the string.
fn span_in(text: &str, value: &Spanned<String>, at: usize) -> Range<usize> {
    let span = value.span();
    let written = &text[span.clone()];
    let quotes = if written.starts_with("'''") || written.starts_with("\"\"\"") { 3 } else { 1 };
    let start = (span.start + quotes + at).min(span.end.saturating_sub(1)).max(span.start);
    let start = (start..=span.end).find(|at| text.is_char_boundary(*at)).unwrap_or(span.end);
    let length = text[start..span.end]
        .find(|character: char| !(character.is_alphanumeric() || matches!(character, '-' | '_' | '<' | '@' | '"')))
        .unwrap_or(1)
        .max(1);
    start..(start + length).min(span.end)
}
