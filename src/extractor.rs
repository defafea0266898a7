//! The way of one document through the rooms: scan, match, normalize, resolve.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use crate::document::{Block, Document, FurnitureRules, ViewSpan};
use crate::matcher::{self, Match, Matcher, Refusal, Workspace};
use crate::normalize::{self, Draft, Input, Normalizer};
use crate::resolve::{self, Extraction, Gazetteer, Person, Setting, Unclaimed};
use crate::rules::{Diagnostic, RuleKind, Ruleset};
use crate::scan::{Scanned, Scanner, Scratch};

/// What a user may set about the meaning of texts (not about files or threads).
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Date against which relative dates are resolved where a document has none of its own.
    pub reference_date: Option<jiff::civil::Date>,
    /// ISO 4217 code that money is converted to.
    pub currency: String,
}

/// Finds the facts of documents. Made once, shared by all threads.
#[derive(Debug)]
pub struct Extractor {
    ruleset: Ruleset,
    options: Options,
    scanner: Scanner,
    matcher: Matcher,
    normalizers: Vec<Option<&'static Normalizer>>,
    furniture: FurnitureRules,
    gazetteer: Gazetteer,
}

/// Path of the furniture rules below the rules' root.
const FURNITURE: &str = "document/furniture.toml";

/// What one thread keeps between documents.
#[derive(Debug, Default)]
struct Thread {
    scratch: Scratch,
    scanned: Scanned,
    workspace: Workspace,
}

/// What the blocks of a document gave, before it is seen as a whole.
#[derive(Debug, Default)]
struct Found {
    drafts: Vec<Draft>,
    persons: Vec<Person>,
    unclaimed: Vec<Unclaimed>,
}

thread_local! {
    static THREAD: RefCell<Thread> = RefCell::default();
}

/// What happens to a match, told to an observer (`explain`).
#[derive(Debug)]
pub enum Event<'a> {
    /// A piece of a block was scanned.
    Scanned(&'a Scanned),
    /// A match came to nothing.
    Refused(&'a Match, Refusal),
    /// A match stands, and was normalized or not.
    Stands(&'a Match, Result<&'a Draft, &'a normalize::Reason>),
}

impl Extractor {
    /// An extractor for rules and options; fails where the rules do not fit the normalizers.
    pub fn new(ruleset: Ruleset, options: Options) -> Result<Self, Vec<Diagnostic>> {
        let scanner = Scanner::new(&ruleset.lexicon, ruleset.builtins)
            .map_err(|error| vec![Diagnostic::error("dictionary", &error.file, error.to_string())])?;
        let normalizers = normalize::assign(&ruleset)?;
        let matcher = Matcher::new(&ruleset);
        let text = ruleset.files.text(FURNITURE).map_err(|error| vec![error])?;
        let furniture = FurnitureRules::parse(FURNITURE, text)
            .map_err(|error| vec![Diagnostic::error("furniture", FURNITURE, error.to_string())])?;
        let gazetteer = Gazetteer::new(&ruleset);
        Ok(Self { ruleset, options, scanner, matcher, normalizers, furniture, gazetteer })
    }

    /// The rules.
    pub fn ruleset(&self) -> &Ruleset {
        &self.ruleset
    }

    /// What tells page furniture from content, for [`Document::read`].
    pub fn furniture(&self) -> &FurnitureRules {
        &self.furniture
    }

    /// The options.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// All facts of a document.
    pub fn extract(&self, document: &Document) -> Extraction {
        self.observe(document, &mut |_| {})
    }

    /// All facts of a document, while an observer is told how they come about.
    pub fn observe(&self, document: &Document, observer: &mut dyn FnMut(Event<'_>)) -> Extraction {
        let mut found = Found::default();
        THREAD.with_borrow_mut(|thread| {
            for block in &document.blocks {
                self.block(document, block, thread, &mut found, observer);
            }
        });
        let Found { drafts, persons, unclaimed } = found;
        let setting = Setting {
            ruleset: &self.ruleset,
            options: &self.options,
            document,
            persons: &persons,
            gazetteer: &self.gazetteer,
        };
        let mut extraction = resolve::resolve(&setting, &drafts);
        extraction.unclaimed.extend(unclaimed);
        extraction.unclaimed.sort_by_key(|each| each.span);
        extraction.persons = persons;
        extraction
    }

    fn block(
        &self,
        document: &Document,
        block: &Block,
        thread: &mut Thread,
        found: &mut Found,
        observer: &mut dyn FnMut(Event<'_>),
    ) {
        let text = document.view.text(&document.text);
        let Thread { scratch, scanned, workspace } = thread;
        let first = document.furniture.partition_point(|each| each.span.end <= block.span.start);
        let furniture: Vec<ViewSpan> = document.furniture[first..]
            .iter()
            .take_while(|each| each.span.start < block.span.end)
            .filter(|each| !each.keep)
            .map(|each| each.span)
            .collect();
        let mut start = block.span.start;
        while start < block.span.end {
            let piece = ViewSpan::new(start, block.span.end);
            start = self.scanner.scan(&self.ruleset.lexicon, text, piece, &furniture, scratch, scanned);
            observer(Event::Scanned(scanned));
            let matches = self.matcher.find(&self.ruleset, text, scanned, workspace, |each, refusal| {
                observer(Event::Refused(each, refusal));
            });
            let standing =
                matcher::settle(&self.ruleset, matches, |each, refusal| observer(Event::Refused(each, refusal)));
            let mut claimed: Vec<Option<Cow<'static, str>>> = vec![None; scanned.tokens.len()];
            for each in &standing {
                self.normalize(text, scanned, each, found, &mut claimed, observer);
            }
            self.unclaimed(document, scanned, &claimed, &mut found.unclaimed);
        }
    }

    /// Makes the value of a match. `claimed` gets, for the tokens of the fact, an empty code, or the reason why not.
    fn normalize(
        &self,
        text: &str,
        scanned: &Scanned,
        standing: &Match,
        found: &mut Found,
        claimed: &mut [Option<Cow<'static, str>>],
        observer: &mut dyn FnMut(Event<'_>),
    ) {
        let rule = &self.ruleset.rules[standing.rule];
        let Some(normalizer) = self.normalizers[standing.rule] else {
            if rule.kind == RuleKind::Person {
                found.persons.push(Person { span: scanned.span(standing.fact.clone()), rule: rule.id.clone() });
            }
            let reason = normalize::Reason(rule.reason.clone());
            claimed[standing.fact.clone()].fill(Some(Cow::Owned(rule.reason.to_string())));
            observer(Event::Stands(standing, Err(&reason)));
            return;
        };
        let input = Input { ruleset: &self.ruleset, text, scanned, rule, found: standing };
        match (normalizer.make)(&input) {
            Ok((value, mut flags)) => {
                flags.extend(rule.flags.iter().map(|flag| Cow::Owned(flag.to_string())));
                let sentence = sentence_span(scanned, standing.fact.clone());
                let draft = Draft { span: input.span(), sentence, rule: standing.rule, value, flags };
                claimed[standing.fact.clone()].fill(Some(Cow::Borrowed("")));
                observer(Event::Stands(standing, Ok(&draft)));
                found.drafts.push(draft);
            }
            Err(reason) => {
                claimed[standing.fact.clone()].fill(Some(Cow::Owned(reason.0.to_string())));
                observer(Event::Stands(standing, Err(&reason)));
            }
        }
    }

    /// No digit left behind: numbers that no fact took.
    fn unclaimed(
        &self,
        document: &Document,
        scanned: &Scanned,
        claimed: &[Option<Cow<'static, str>>],
        unclaimed: &mut Vec<Unclaimed>,
    ) {
        for (at, token) in scanned.tokens.iter().enumerate().filter(|(_, token)| token.number().is_some()) {
            let set = &scanned.sets[at];
            let builtins = &self.ruleset.builtins;
            let reason = match &claimed[at] {
                Some(reason) if reason.is_empty() => continue,
                Some(reason) => reason.clone(),
                None if set.contains(builtins.furniture) => self.furniture_reason(document, token.span),
                None if !set.contains(builtins.free) => Cow::Borrowed("part-of-code"),
                None => Cow::Borrowed("no-rule"),
            };
            let sentence = sentence_span(scanned, at..at + 1);
            unclaimed.push(Unclaimed { span: token.span, sentence, reason });
        }
    }

    /// The reason code of the furniture that a token stands in.
    fn furniture_reason(&self, document: &Document, span: ViewSpan) -> Cow<'static, str> {
        let index = document.furniture.partition_point(|each| each.span.end <= span.start);
        let rule = document.furniture.get(index).map(|furniture| self.furniture.reason(furniture.rule));
        Cow::Owned(rule.unwrap_or_default())
    }
}

fn sentence_span(scanned: &Scanned, fact: Range<usize>) -> ViewSpan {
    let first = scanned.sentence(fact.start);
    let last = scanned.sentence(fact.end - 1);
    scanned.span(first.start..last.end.max(fact.end))
}
