//! The way of one document through the rooms: scan, match, normalize, resolve.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::document::{Document, DocumentRules, ViewSpan};
use crate::lexicon::fold;
use crate::matcher::{Match, Matcher, Refusal, Workspace};
use crate::normalize::date::DateOrder;
use crate::normalize::{self, ClassTable, Draft, DraftValue, Input, Kind, NamedPlace, Normalizer};
use crate::resolve::{self, Extraction, Gazetteer, Person, Rates, Setting, Unclaimed, Weighed};
use crate::rules::{Diagnostic, RuleKind, Ruleset};
use crate::scan::{DecimalSign, Scanned, Scanner, Scratch, Topics};

/// What a user may set about the meaning of texts (not about files or threads).
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Date against which relative dates are resolved where a document has none of its own.
    pub reference_date: Option<jiff::civil::Date>,
    /// Whether 3/4/2019 is 3 April or March 4, in documents that do not tell.
    pub date_order: Option<DateOrder>,
    /// ISO 4217 code that money is converted to.
    pub currency: String,
    /// Exchange rates instead of those of the rules.
    pub rates: Option<Arc<Rates>>,
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
    documents: DocumentRules,
    gazetteer: Gazetteer,
}

/// What one thread keeps between documents.
#[derive(Debug, Default)]
struct Thread {
    scratch: Scratch,
    /// Memory for drafts.
    drafts: Vec<Vec<Draft>>,
    scanned: Scanned,
    workspace: Workspace,
    /// The tokens of each match that stands, from left to right, with what it makes of them.
    claims: Vec<(Range<usize>, Claim)>,
}

/// Drafts that a thread keeps room for; a document with more gives its memory back.
const KEPT_DRAFTS: usize = 1 << 16;

/// Tokens from which on those of several blocks are worked on together; more would not stay in the cache.
const TOGETHER: usize = 2048;

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
    /// What the names of places were weighed to mean, once the whole document was seen.
    Weighed(&'a [Weighed]),
}

/// What a match that stands makes of its tokens.
#[derive(Debug)]
enum Claim {
    /// The draft of this number has them.
    Draft(usize),
    /// They are no fact, for this reason, by the rule of this number.
    NoFact(Arc<str>, usize),
}

/// A document whose pieces were all looked at.
#[derive(Debug)]
struct Gathered<'d> {
    document: &'d Document,
    decimal_sign: Option<DecimalSign>,
    topics: Topics<'d>,
    drafts: Drafts,
}

/// What the pieces of a document have given so far.
#[derive(Debug, Default)]
struct Drafts {
    drafts: Vec<Draft>,
    persons: Vec<Person>,
    unclaimed: Vec<Unclaimed>,
    /// Numbers inside drafts that resolution may drop.
    pending: Vec<Unclaimed>,
}

impl Drafts {
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
            .map_err(|error| vec![ruleset.files.table_error(&error)])?;
        let normalizers = normalize::assign(&ruleset)?;
        let matcher = Matcher::new(&ruleset);
        let text = |path| ruleset.files.text(path).map_err(|error| vec![error]);
        let documents = DocumentRules::parse(text(DocumentRules::FURNITURE)?, text(DocumentRules::METADATA)?)
            .map_err(|error| vec![ruleset.files.error_at("document-rules", &error.file, error.message, error.span)])?;
        let gazetteer = Gazetteer::new(&ruleset);
        let classes = ClassTable::new(ruleset.lexicon.classes());
        Ok(Self { ruleset, options, scanner, matcher, normalizers, classes, documents, gazetteer })
    }

    /// The rules.
    pub fn ruleset(&self) -> &Ruleset {
        &self.ruleset
    }

    /// What finds matches, for whoever wants to know why one came to nothing.
    pub(crate) fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// The rules for [`Document::read`].
    pub fn document_rules(&self) -> &DocumentRules {
        &self.documents
    }

    /// The options.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// All facts of a document.
    pub fn extract(&self, document: &Document) -> Extraction {
        self.settle(self.gather(document, None), None)
    }

    /// All facts of some documents, one after the other. With several small ones, a step's code is still at hand for the next
    /// document.
    pub fn extract_all(&self, documents: &[Document], give: &mut dyn FnMut(Extraction)) {
        let gathered: Vec<_> = documents.iter().map(|document| self.gather(document, None)).collect();
        gathered.into_iter().for_each(|gathered| give(self.settle(gathered, None)));
    }

    /// All facts of a document, while an observer is told how they come about.
    pub fn observe(&self, document: &Document, observer: &mut Observer<'_>) -> Extraction {
        let gathered = self.gather(document, Some(observer));
        self.settle(gathered, Some(observer))
    }

    /// The places that a few words name, with all that they may mean: `Springfield, Ohio`.
    pub fn places_in(&self, words: &str) -> Vec<NamedPlace> {
        let Ok(document) = Document::read(words.as_bytes().to_vec(), "", &self.documents) else { return Vec::new() };
        let topics = Topics::new(&self.ruleset.topics, document.view_text());
        let mut gathered = Drafts::default();
        THREAD.with_borrow_mut(|thread| {
            thread.scratch.decimal_sign = DecimalSign::default();
            self.blocks(&document, &topics, thread, &mut gathered, None);
        });
        let named = gathered.drafts.into_iter().filter_map(|draft| match draft.value {
            DraftValue::Place(place) if !place.candidates.is_empty() => {
                Some(NamedPlace { name: fold(&place.surface).into(), candidates: place.candidates })
            }
            _ => None,
        });
        named.collect()
    }

    /// What the text of a document says, piece by piece.
    fn gather<'d>(&'d self, document: &'d Document, observer: Option<&mut Observer<'_>>) -> Gathered<'d> {
        let decimal_sign = DecimalSign::of(document.view_text());
        let topics = Topics::new(&self.ruleset.topics, document.view_text());
        let mut gathered = Gathered { document, decimal_sign, topics, drafts: Drafts::default() };
        THREAD.with_borrow_mut(|thread| {
            thread.scratch.decimal_sign = decimal_sign.unwrap_or_default();
            gathered.drafts.drafts = thread.drafts.pop().unwrap_or_default();
            self.blocks(document, &gathered.topics, thread, &mut gathered.drafts, observer);
        });
        gathered
    }

    /// What all of a document together makes of that.
    fn settle(&self, gathered: Gathered<'_>, observer: Option<&mut Observer<'_>>) -> Extraction {
        let Gathered { document, decimal_sign, topics, mut drafts } = gathered;
        let home = document.metadata.place.as_deref().map(|place| self.places_in(place)).unwrap_or_default();
        let setting = Setting {
            ruleset: &self.ruleset,
            options: &self.options,
            document,
            persons: &drafts.persons,
            gazetteer: &self.gazetteer,
            topics: &topics,
            home: &home,
        };
        let mut weighed = observer.is_some().then(Vec::new);
        let mut extraction = resolve::resolve(&setting, &drafts.drafts, weighed.as_mut());
        if let (Some(observer), Some(weighed)) = (observer, &weighed) {
            observer(Event::Weighed(weighed));
        }
        drafts.confirm(&extraction);
        if drafts.drafts.capacity() <= KEPT_DRAFTS {
            drafts.drafts.clear();
            THREAD.with_borrow_mut(|thread| thread.drafts.push(drafts.drafts));
        }
        extraction.unclaimed.append(&mut drafts.unclaimed);
        extraction.unclaimed.sort_by_key(|each| each.span);
        extraction.persons = drafts.persons;
        extraction.decimal_sign = decimal_sign;
        extraction
    }

    /// Scans the blocks of a document, and finds the facts of some of them at a time: the steps' code is long, and what has
    /// just run is at hand for the next block.
    fn blocks(
        &self,
        document: &Document,
        topics: &Topics<'_>,
        thread: &mut Thread,
        gathered: &mut Drafts,
        mut observer: Option<&mut Observer<'_>>,
    ) {
        let text = document.view_text();
        let lexicon = &self.ruleset.lexicon;
        // Who looks on is shown piece by piece.
        let enough = if observer.is_some() { 1 } else { TOGETHER };
        self.scanner.begin(lexicon, &mut thread.scratch, &mut thread.scanned);
        let mut first = 0;
        for (number, block) in document.blocks.iter().enumerate() {
            let mut start = block.span.start;
            while start < block.span.end {
                let piece = ViewSpan::new(start, block.span.end);
                start = self.scanner.cut(lexicon, text, piece, &mut thread.scratch, &mut thread.scanned);
                if thread.scanned.tokens.len() >= enough {
                    let span = ViewSpan::new(document.blocks[first].span.start, block.span.end);
                    self.facts(document, span, topics, thread, gathered, observer.as_deref_mut());
                    self.scanner.begin(lexicon, &mut thread.scratch, &mut thread.scanned);
                    first = number;
                }
            }
        }
        if let (Some(block), Some(last)) = (document.blocks.get(first), document.blocks.last())
            && !thread.scanned.tokens.is_empty()
        {
            let span = ViewSpan::new(block.span.start, last.span.end);
            self.facts(document, span, topics, thread, gathered, observer);
        }
    }

    /// Finds the facts of the pieces that were cut; `span` is that of their blocks.
    fn facts(
        &self,
        document: &Document,
        span: ViewSpan,
        topics: &Topics<'_>,
        thread: &mut Thread,
        gathered: &mut Drafts,
        mut observer: Option<&mut Observer<'_>>,
    ) {
        let text = document.view_text();
        let Thread { scratch, scanned, workspace, claims, .. } = thread;
        let first = document.furniture.partition_point(|each| each.span.end <= span.start);
        let furniture: Vec<ViewSpan> = document.furniture[first..]
            .iter()
            .take_while(|each| each.span.start < span.end)
            .filter(|each| !each.keep)
            .map(|each| each.span)
            .collect();
        self.scanner.finish(&self.ruleset.lexicon, text, &furniture, scratch, scanned);
        if let Some(observer) = observer.as_deref_mut() {
            observer(Event::Scanned(scanned));
        }
        let doubtful = |scanned: &Scanned, found: &Match| {
            let rule = &self.ruleset.rules[found.rule];
            rule.kind == RuleKind::Organization && {
                let sentence = scanned.sentence(found.fact.start);
                normalize::is_doubtful(&self.input(text, scanned, found, &sentence))
            }
        };
        match observer.as_deref_mut() {
            None => {
                self.matcher.find(&self.ruleset, text, scanned, topics, workspace, None);
                self.matcher.settle(workspace, |each| doubtful(scanned, each), |_, _| {});
            }
            Some(observer) => {
                let mut refused = |each: &Match, refusal| observer(Event::Refused(scanned, each, refusal));
                self.matcher.find(&self.ruleset, text, scanned, topics, workspace, Some(&mut refused));
                self.matcher.settle(workspace, |each| doubtful(scanned, each), refused);
            }
        }
        claims.clear();
        let mut sentences = Sentences::of(scanned);
        for each in workspace.standing() {
            let made = self.normalize(text, &mut sentences, each, gathered);
            let claim = made
                .as_ref()
                .map_or_else(|reason| Claim::NoFact(reason.0.clone(), each.rule), |draft| Claim::Draft(*draft));
            claims.push((each.fact.clone(), claim));
            if let Some(observer) = observer.as_deref_mut() {
                let made = made.as_ref().map(|draft| &gathered.drafts[*draft]);
                observer(Event::Stands(scanned, each, made));
            }
        }
        self.unclaimed(document, scanned, claims, gathered);
    }

    /// What a normalizer sees of a match in a sentence.
    fn input<'a>(
        &'a self,
        text: &'a str,
        scanned: &'a Scanned,
        found: &'a Match,
        sentence: &Range<usize>,
    ) -> Input<'a> {
        Input {
            ruleset: &self.ruleset,
            classes: &self.classes,
            text,
            scanned,
            rule: &self.ruleset.rules[found.rule],
            found,
            sentence: (sentence.start, sentence.end),
        }
    }

    /// Makes the value of a match; gives the number of the draft.
    fn normalize(
        &self,
        text: &str,
        sentences: &mut Sentences<'_>,
        found: &Match,
        gathered: &mut Drafts,
    ) -> Result<usize, normalize::Reason> {
        let scanned = sentences.scanned;
        let rule = &self.ruleset.rules[found.rule];
        let Some(normalizer) = self.normalizers[found.rule] else {
            if rule.kind == RuleKind::Person {
                gathered.persons.push(Person { span: scanned.span(found.fact.clone()), rule: rule.id.clone() });
            }
            return Err(normalize::Reason(rule.reason.clone()));
        };
        let input = self.input(text, scanned, found, &sentences.around(found.fact.start));
        match (normalizer.make)(&input) {
            Ok((value, mut flags)) => {
                flags.extend(rule.flags.iter().map(|flag| (**flag).into()));
                let sentence = sentences.span(&found.fact);
                let draft = Draft { span: input.span(), sentence, rule: found.rule, value, flags };
                gathered.drafts.push(draft);
                Ok(gathered.drafts.len() - 1)
            }
            Err(reason) => Err(reason),
        }
    }

    /// No digit left behind: numbers that no fact took.
    fn unclaimed(
        &self,
        document: &Document,
        scanned: &Scanned,
        claims: &[(Range<usize>, Claim)],
        gathered: &mut Drafts,
    ) {
        let builtins = &self.ruleset.builtins;
        let mut sentences = Sentences::of(scanned);
        let mut claims = claims.iter().peekable();
        for at in scanned.number_tokens().iter().copied() {
            let (span, set) = (scanned.tokens[at].span, scanned.set(at));
            while claims.next_if(|(fact, _)| fact.end <= at).is_some() {}
            let claim = claims.peek().filter(|(fact, _)| fact.start <= at).map(|(_, claim)| claim);
            let pending = match claim {
                // Numbers and money are facts as soon as they are drafts; others may be dropped.
                Some(Claim::Draft(draft)) => {
                    if matches!(gathered.drafts[*draft].value.kind(), Kind::Number | Kind::Money) {
                        continue;
                    }
                    true
                }
                _ => false,
            };
            let reason = match claim {
                Some(Claim::Draft(_)) => Cow::Borrowed("not-confirmed"),
                Some(Claim::NoFact(reason, _)) => Cow::Owned(reason.to_string()),
                None if set.contains(builtins.furniture) => self.furniture_reason(document, span),
                None if !set.contains(builtins.free) => Cow::Borrowed("part-of-code"),
                None => Cow::Borrowed("no-rule"),
            };
            let rule = match claim {
                Some(Claim::NoFact(_, rule)) => Some(self.ruleset.rules[*rule].id.clone()),
                _ => None,
            };
            let sentence = sentences.span(&(at..at + 1));
            let unclaimed = Unclaimed { span, sentence, reason, rule };
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
        let rule = document.furniture.get(index).map(|furniture| self.documents.furniture.reason(furniture.rule));
        Cow::Owned(rule.unwrap_or_default())
    }
}

/// Finds the sentences of facts that come from left to right.
struct Sentences<'a> {
    scanned: &'a Scanned,
    /// Borders before the token asked for last.
    borders: usize,
}

impl<'a> Sentences<'a> {
    fn of(scanned: &'a Scanned) -> Self {
        Self { scanned, borders: 0 }
    }

    /// The sentence around a token, as by [`Scanned::sentence`].
    fn around(&mut self, token: usize) -> Range<usize> {
        self.scanned.sentence_from(&mut self.borders, token)
    }

    /// From the start of the sentence in which a fact starts to the end of that in which it ends.
    fn span(&mut self, fact: &Range<usize>) -> ViewSpan {
        let start = self.around(fact.start).start;
        let end = self.around(fact.end - 1).end.max(fact.end);
        self.scanned.span(start..end)
    }
}
