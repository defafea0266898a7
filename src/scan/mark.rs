//! Marks the terms of the dictionaries on the tokens.
//!
//! Per class, terms never overlap: from left to right, the longest. So `<place>` in a rule, which stands for a first
//! token and all inner tokens after it, takes exactly one name.

use smallvec::SmallVec;

use super::builtin::Builtins;
use super::token::{Scanned, Token, TokenKind};
use crate::lexicon::{Case, ClassId, ClassSet, Entry, Lexicon, NodeId, Shape, WordId, is_optional};

/// What is known of a word before its neighbours are seen.
#[derive(Debug, Clone, Copy, Default)]
struct WordMarks {
    /// Classes of the word by itself, without any gate.
    free: ClassSet,
    /// Whether it has meanings behind gates.
    gated: bool,
    /// Whether longer terms start with it.
    goes_on: bool,
}

/// Dictionary look-up.
#[derive(Debug)]
pub(super) struct Marks {
    strong: ClassId,
    words: Vec<WordMarks>,
}

impl Marks {
    pub fn new(lexicon: &Lexicon, builtins: Builtins) -> Self {
        let mut words = vec![WordMarks::default(); lexicon.word_count() + 1];
        for (number, marks) in words.iter_mut().enumerate() {
            let Some(node) = lexicon.root(WordId(number as u32)) else { continue };
            for entry in lexicon.entries_at(node) {
                if entry.gate.case == Case::Fold && entry.gate.only_after.is_none() {
                    marks.free.insert(entry.class);
                    if !entry.gate.weak {
                        marks.free.insert(builtins.strong);
                    }
                } else {
                    marks.gated = true;
                }
            }
            marks.goes_on = lexicon.goes_on(node);
        }
        Self { strong: builtins.strong, words }
    }

    /// Classes of a word by itself, without any gate; and whether [`mark`](Self::mark) must look at it too.
    pub fn free(&self, word: WordId) -> (&ClassSet, bool) {
        let marks = &self.words[word.0 as usize];
        (&marks.free, marks.gated || marks.goes_on)
    }

    /// Marks what depends on neighbours, at the tokens that `free` told to look at.
    pub fn mark(&self, lexicon: &Lexicon, text: &str, look_at: &[u32], scanned: &mut Scanned) {
        // Terms of several tokens that are still open: class and end.
        let mut open: Vec<(ClassId, usize)> = Vec::new();
        for at in look_at.iter().map(|at| *at as usize) {
            open.retain(|(_, end)| *end > at);
            let word = scanned.tokens[at].word;
            let marks = self.words[word.0 as usize];
            if marks.gated {
                let mut own = ClassSet::EMPTY;
                self.gated(lexicon, text, scanned, at, &mut own);
                for (class, _) in &open {
                    own.remove(*class);
                }
                scanned.sets[at].extend(&own);
            }
            if marks.goes_on
                && let Some(node) = lexicon.root(word)
            {
                self.longer(lexicon, text, scanned, at, node, &mut open);
            }
        }
    }

    fn gated(&self, lexicon: &Lexicon, text: &str, scanned: &Scanned, at: usize, own: &mut ClassSet) {
        let Some(node) = lexicon.root(scanned.tokens[at].word) else { return };
        for entry in lexicon.entries_at(node) {
            let ungated = entry.gate.case == Case::Fold && entry.gate.only_after.is_none();
            if !ungated && passes(entry, text, scanned, at, at + 1) {
                own.insert(entry.class);
                if !entry.gate.weak {
                    own.insert(self.strong);
                }
            }
        }
    }

    /// Terms of several tokens from `at`.
    fn longer(
        &self,
        lexicon: &Lexicon,
        text: &str,
        scanned: &mut Scanned,
        at: usize,
        root: NodeId,
        open: &mut Vec<(ClassId, usize)>,
    ) {
        let mut found: Vec<(ClassId, usize, bool)> = Vec::new();
        walk(lexicon, text, &scanned.tokens, at, root, |end, entries| {
            for entry in entries {
                if passes(entry, text, scanned, at, end) {
                    // Later ends are longer: they replace.
                    found.retain(|(class, before, _)| *class != entry.class || *before == end);
                    found.push((entry.class, end, entry.gate.weak));
                }
            }
        });
        for (class, end, weak) in found {
            if open.iter().any(|(each, _)| *each == class) && !scanned.sets[at].contains(class) {
                continue;
            }
            scanned.sets[at].insert(class);
            if let Some(inside) = lexicon.classes().inside(class) {
                for set in &mut scanned.sets[at + 1..end] {
                    set.insert(inside);
                    set.remove(class);
                }
            }
            if !weak {
                for set in &mut scanned.sets[at..end] {
                    set.insert(self.strong);
                }
            }
            open.push((class, end));
        }
    }
}

/// Calls `each` with the end and the entries of every term of two or more tokens that starts at `at`.
pub(super) fn walk<'l>(
    lexicon: &'l Lexicon,
    text: &str,
    tokens: &[Token],
    at: usize,
    root: NodeId,
    mut each: impl FnMut(usize, &'l [Entry]),
) {
    // Two ways at a sign that some terms have and others leave out: `St.` and `St. Louis`. Both go on side by side, so
    // that ends come in order.
    let mut nodes = [Some(root), None];
    let mut next = at + 1;
    while let Some(token) = tokens.get(next).filter(|token| !token.is_break()) {
        let skips = token.glued
            && token.kind == TokenKind::Sign
            && is_optional(token.span.of(text))
            && tokens.get(next + 1).is_some_and(|after| !after.is_break());
        next += 1;
        let mut reached = [None, None];
        for node in nodes.into_iter().flatten().filter(|node| lexicon.goes_on(*node)) {
            let child = lexicon.step(node, token.word);
            if let Some(child) = child {
                let entries = lexicon.entries_at(child);
                if !entries.is_empty() {
                    each(next, entries);
                }
            }
            for one in [child, skips.then_some(node)].into_iter().flatten() {
                if let Some(free) = reached.iter_mut().find(|each| each.is_none()) {
                    *free = Some(one);
                }
            }
        }
        if reached[0].is_none() {
            break;
        }
        nodes = reached;
    }
}

/// Whether the gates of an entry let the tokens `at..end` pass.
pub(super) fn passes(entry: &Entry, text: &str, scanned: &Scanned, at: usize, end: usize) -> bool {
    if !entry.gate.only_after.is_none_or(|class| follows(class, text, scanned, at)) {
        return false;
    }
    let first = &scanned.tokens[at];
    match entry.gate.case {
        Case::Fold => true,
        Case::Title => {
            !matches!(first.shape, Shape::Lower | Shape::Mixed) || first.span.of(text).starts_with(char::is_uppercase)
        }
        Case::Exact => {
            let written = &text[first.span.start as usize..scanned.tokens[end - 1].span.end as usize];
            entry.exact.as_deref().is_some_and(|exact| same_but_for_space(exact, written))
        }
    }
}

/// Whether the token before, or before the hyphen of a compound ("five-pound"), has the class that an entry asks for.
fn follows(class: ClassId, text: &str, scanned: &Scanned, at: usize) -> bool {
    let stands = |before: usize| at >= before && scanned.sets[at - before].contains(class);
    stands(1)
        || at >= 2
            && scanned.tokens[at].glued
            && scanned.tokens[at - 1].glued
            && is_hyphen_at(text, scanned, at - 1)
            && stands(2)
}

fn is_hyphen_at(text: &str, scanned: &Scanned, at: usize) -> bool {
    matches!(scanned.tokens[at].span.of(text), "-" | "‐" | "‑")
}

/// Equal letter for letter, with any run of white space for a space, any apostrophe for another, and invisible characters
/// left out.
fn same_but_for_space(term: &str, written: &str) -> bool {
    if term == written {
        return true;
    }
    if written.is_ascii() && written.len() == term.len() && !written.contains(['\n', '\r', '\t']) {
        return false;
    }
    let plain = |text: &str| {
        let mut blank = false;
        text.chars()
            .filter(|character| !crate::lexicon::is_invisible(*character))
            .filter_map(|character| {
                let follows = std::mem::replace(&mut blank, character.is_whitespace());
                match character {
                    _ if blank && follows => None,
                    _ if blank => Some(' '),
                    '’' => Some('\''),
                    _ => Some(character),
                }
            })
            .collect::<String>()
    };
    plain(term) == plain(written)
}

impl Scanned {
    /// The meanings in some classes of the term that the tokens `at..end` are, in order of the dictionaries.
    pub fn entries<'l>(
        &self,
        lexicon: &'l Lexicon,
        text: &str,
        range: std::ops::Range<usize>,
        classes: &ClassSet,
    ) -> SmallVec<[&'l Entry; 4]> {
        let mut found = SmallVec::new();
        let Some(first) = self.tokens.get(range.start) else { return found };
        let Some(root) = lexicon.root(first.word) else { return found };
        let mut take = |end: usize, entries: &'l [Entry]| {
            if end == range.end {
                found.extend(
                    entries
                        .iter()
                        .filter(|entry| classes.contains(entry.class) && passes(entry, text, self, range.start, end)),
                );
            }
        };
        if range.len() == 1 {
            take(range.end, lexicon.entries_at(root));
        } else {
            walk(lexicon, text, &self.tokens, range.start, root, &mut take);
        }
        found
    }
}
