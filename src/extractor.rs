//! The way of one document through the rooms: scan, match, normalize, resolve.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::document::{Block, Document, FurnitureRules, ViewSpan};
use crate::matcher::{self, Match, Matcher, Refusal, Workspace};
use crate::normalize::date::DateOrder;
use crate::normalize::{self, ClassTable, Draft, Input, Kind, Normalizer};
use crate::resolve::{self, Extraction, Gazetteer, Person, Setting, Unclaimed};
use crate::rules::{Diagnostic, RuleKind, Ruleset};
use crate::scan::{Scanned, Scanner, Scratch};

/// What a user may set about the meaning of texts (not about files or threads).
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Date against which relative dates are resolved where a document has none of its own.
    pub reference_date: Option<jiff::civil::Date>,
    /// Whether 3/4/2019 is 3 April or March 4, in documents that do not tell.
    pub date_order: Option<DateOrder>,
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
    classes: ClassTable,
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

thread_local! {
    static THREAD: RefCell<Thread> = RefCell::default();
}

/// Who wants to know how facts come about.
pub type Observer<'o> = dyn FnMut(Event<'_>) + 'o;

/// What happens to a match, told to an observer (`explain`).
#[derive(Debug)]
pub enum Event<'a> {
    /// A piece of a block was scanned.
    Scanned(&'a Scanned),
    /// A match came to nothing.
    Refused(&'a Scanned, &'a Match, Refusal),
    /// A match stands, and was normalized or not.
    Stands(&'a Scanned, &'a Match, Result<&'a Draft, &'a normalize::Reason>),
}

/// Whose a token is, once matches have settled.
#[derive(Debug, Clone)]
enum Claim {
    /// No match has it.
    Nobody,
    /// The draft of this number has it.
    Draft(usize),
    /// A match has it that is no fact, for this reason.
    NoFact(Arc<str>),
}

/// What the pieces of a document have given so far.
#[derive(Debug, Default)]
struct Gathered {
    drafts: Vec<Draft>,
    persons: Vec<Person>,
    unclaimed: Vec<Unclaimed>,
    /// Numbers inside drafts that resolution may drop.
    pending: Vec<Unclaimed>,
}

impl Gathered {
    /// Numbers of drafts that did not become facts are unclaimed after all.
    fn confirm(&mut self, extraction: &Extraction) {
        let facts: FxHashSet<ViewSpan> = if self.pending.is_empty() {
            FxHashSet::default()
        } else {
            extraction.facts.iter().map(|fact| fact.span).collect()
        };
        let dropped: Vec<ViewSpan> =
            self.drafts.iter().map(|draft| draft.span).filter(|span| !facts.contains(span)).collect();
        let pending = std::mem::take(&mut self.pending);
        let is_dropped = |each: &Unclaimed| {
            let index = dropped.partition_point(|span| span.end <= each.span.start);
            dropped.get(index).is_some_and(|span| span.overlaps(each.span))
        };
        self.unclaimed.extend(pending.into_iter().filter(is_dropped));
    }
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
        let classes = ClassTable::new(ruleset.lexicon.classes());
        Ok(Self { ruleset, options, scanner, matcher, normalizers, classes, furniture, gazetteer })
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
        self.run(document, None)
    }

    /// All facts of a document, while an observer is told how they come about.
    pub fn observe(&self, document: &Document, observer: &mut Observer<'_>) -> Extraction {
        self.run(document, Some(observer))
    }

    fn run(&self, document: &Document, mut observer: Option<&mut Observer<'_>>) -> Extraction {
        let mut gathered = Gathered::default();
        THREAD.with_borrow_mut(|thread| {
            for block in &document.blocks {
                self.block(document, block, thread, &mut gathered, observer.as_deref_mut());
            }
        });
        let setting = Setting {
            ruleset: &self.ruleset,
            options: &self.options,
            document,
            persons: &gathered.persons,
            gazetteer: &self.gazetteer,
        };
        let mut extraction = resolve::resolve(&setting, &gathered.drafts);
        gathered.confirm(&extraction);
        extraction.unclaimed.append(&mut gathered.unclaimed);
        extraction.unclaimed.sort_by_key(|each| each.span);
        extraction.persons = gathered.persons;
        extraction
    }

    fn block(
        &self,
        document: &Document,
        block: &Block,
        thread: &mut Thread,
        gathered: &mut Gathered,
        mut observer: Option<&mut Observer<'_>>,
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
            if let Some(observer) = observer.as_deref_mut() {
                observer(Event::Scanned(scanned));
            }
            let standing = match observer.as_deref_mut() {
                None => {
                    let mut found = self.matcher.find(&self.ruleset, text, scanned, workspace, None);
                    self.doubt(text, scanned, &mut found);
                    matcher::settle(&self.ruleset, found, |_, _| {})
                }
                Some(observer) => {
                    let mut refused = |each: &Match, refusal| observer(Event::Refused(scanned, each, refusal));
                    let mut found = self.matcher.find(&self.ruleset, text, scanned, workspace, Some(&mut refused));
                    self.doubt(text, scanned, &mut found);
                    matcher::settle(&self.ruleset, found, refused)
                }
            };
            let mut claims = vec![Claim::Nobody; scanned.tokens.len()];
            for each in &standing {
                let made = self.normalize(text, scanned, each, gathered, &mut claims);
                if let Some(observer) = observer.as_deref_mut() {
                    let made = made.as_ref().map(|draft| &gathered.drafts[*draft]);
                    observer(Event::Stands(scanned, each, made));
                }
            }
            self.unclaimed(document, scanned, claims, gathered);
        }
    }

    /// Marks the matches that may come to nothing.
    fn doubt(&self, text: &str, scanned: &Scanned, found: &mut [Match]) {
        for each in found {
            let rule = &self.ruleset.rules[each.rule];
            let doubtful = normalize::is_doubtful(&Input {
                ruleset: &self.ruleset,
                classes: &self.classes,
                text,
                scanned,
                rule,
                found: each,
            });
            each.doubtful = doubtful;
        }
    }

    /// Makes the value of a match, and notes whose its tokens are; gives the number of the draft.
    fn normalize(
        &self,
        text: &str,
        scanned: &Scanned,
        found: &Match,
        gathered: &mut Gathered,
        claims: &mut [Claim],
    ) -> Result<usize, normalize::Reason> {
        let rule = &self.ruleset.rules[found.rule];
        let Some(normalizer) = self.normalizers[found.rule] else {
            if rule.kind == RuleKind::Person {
                gathered.persons.push(Person { span: scanned.span(found.fact.clone()), rule: rule.id.clone() });
            }
            claims[found.fact.clone()].fill(Claim::NoFact(rule.reason.clone()));
            return Err(normalize::Reason(rule.reason.clone()));
        };
        let input = Input { ruleset: &self.ruleset, classes: &self.classes, text, scanned, rule, found };
        match (normalizer.make)(&input) {
            Ok((value, mut flags)) => {
                flags.extend(rule.flags.iter().map(|flag| Cow::Owned(flag.to_string())));
                let sentence = sentence_span(scanned, found.fact.clone());
                let draft = Draft { span: input.span(), sentence, rule: found.rule, value, flags };
                claims[found.fact.clone()].fill(Claim::Draft(gathered.drafts.len()));
                gathered.drafts.push(draft);
                Ok(gathered.drafts.len() - 1)
            }
            Err(reason) => {
                claims[found.fact.clone()].fill(Claim::NoFact(reason.0.clone()));
                Err(reason)
            }
        }
    }

    /// No digit left behind: numbers that no fact took.
    fn unclaimed(&self, document: &Document, scanned: &Scanned, claims: Vec<Claim>, gathered: &mut Gathered) {
        let builtins = &self.ruleset.builtins;
        for (at, claim) in claims.into_iter().enumerate().filter(|(at, _)| scanned.tokens[*at].number().is_some()) {
            let (span, set) = (scanned.tokens[at].span, &scanned.sets[at]);
            let pending = match &claim {
                // Numbers and money are facts as soon as they are drafts; others may be dropped.
                Claim::Draft(draft) => !matches!(gathered.drafts[*draft].value.kind(), Kind::Number | Kind::Money),
                _ => false,
            };
            if matches!(claim, Claim::Draft(_)) && !pending {
                continue;
            }
            let reason = match claim {
                Claim::Draft(_) => Cow::Borrowed("not-confirmed"),
                Claim::NoFact(reason) => Cow::Owned(reason.to_string()),
                Claim::Nobody if set.contains(builtins.furniture) => self.furniture_reason(document, span),
                Claim::Nobody if !set.contains(builtins.free) => Cow::Borrowed("part-of-code"),
                Claim::Nobody => Cow::Borrowed("no-rule"),
            };
            let sentence = sentence_span(scanned, at..at + 1);
            let unclaimed = Unclaimed { span, sentence, reason };
            if pending {
                gathered.pending.push(unclaimed);
            } else {
                gathered.unclaimed.push(unclaimed);
            }
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
