//! Marks the terms of the dictionaries on the tokens.
//!
//! Per class, terms never overlap: from left to right, the longest. So `<place>` in a rule, which stands for a first
//! token and all inner tokens after it, takes exactly one name.

use smallvec::SmallVec;

use super::builtin::Builtins;
use super::reduce::Reduction;
use super::token::{Scanned, Token, TokenKind};
use crate::lexicon::{Case, ClassId, ClassSet, Entry, Lexicon, NodeId, Shape, is_optional};

/// A token whose dictionary meanings depend on neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct LookAt {
    pub at: u32,
    /// Its nature does not tell all that it can be.
    pub gated: bool,
    /// The list of what it can be behind some token; 0 for none.
    pub after: u32,
    /// A longer term may start with it.
    pub longer: bool,
}

/// Counts tokens as they are after numbers were reduced; those inside a number are forgotten.
pub(super) fn shift(reductions: &[Reduction], look_at: &mut Vec<LookAt>) {
    let (mut passed, mut shift) = (0, 0);
    look_at.retain_mut(|each| {
        while let Some(next) = reductions.get(passed).filter(|next| next.at + next.length <= each.at) {
            shift += next.length - 1;
            passed += 1;
        }
        let inside = reductions.get(passed).is_some_and(|next| next.at <= each.at && next.length > 1);
        each.at -= shift;
        !inside
    });
}

/// Memory of [`Marks::mark`] between pieces.
#[derive(Debug, Default)]
pub(super) struct Marking {
    /// Terms of several tokens that are still open: class and end.
    open: Vec<(ClassId, usize)>,
    /// Terms that start at one token: class, end, and whether they are weak.
    found: Vec<(ClassId, usize, bool)>,
}

/// Dictionary look-up.
#[derive(Debug)]
pub(super) struct Marks {
    strong: ClassId,
}

impl Marks {
    pub fn new(builtins: &Builtins) -> Self {
        Self { strong: builtins.strong }
    }

    /// Marks what depends on neighbours.
    pub fn mark(
        &self,
        lexicon: &Lexicon,
        text: &str,
        look_at: &[LookAt],
        marking: &mut Marking,
        scanned: &mut Scanned,
    ) {
        marking.open.clear();
        for each in look_at {
            let at = each.at as usize;
            if !marking.open.is_empty() {
                marking.open.retain(|(_, end)| *end > at);
            }
            let Some(root) = scanned.tokens[at].known.root() else { continue };
            let mut own = ClassSet::EMPTY;
            if each.gated {
                self.gated(lexicon, text, scanned, at, root, &mut own);
            } else {
                for (class, then) in lexicon.after(each.after) {
                    if follows(*class, text, scanned, at) {
                        own.extend(then);
                    }
                }
            }
            if own != ClassSet::EMPTY {
                for (class, _) in &marking.open {
                    own.remove(*class);
                }
                scanned.change(at, |set| set.extend(&own));
            }
            if each.longer {
                self.longer(lexicon, text, scanned, at, root, marking);
            }
        }
    }

    fn gated(&self, lexicon: &Lexicon, text: &str, scanned: &Scanned, at: usize, root: NodeId, own: &mut ClassSet) {
        for entry in lexicon.entries_at(root) {
            if !entry.gate.is_open() && passes(lexicon, entry, text, scanned, at, at + 1) {
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
        marking: &mut Marking,
    ) {
        let Marking { open, found } = marking;
        found.clear();
        walk(lexicon, text, &scanned.tokens, at, root, |end, entries| {
            for entry in entries {
                if passes(lexicon, entry, text, scanned, at, end) {
                    // Later ends are longer: they replace.
                    found.retain(|(class, before, _)| *class != entry.class || *before == end);
                    found.push((entry.class, end, entry.gate.weak));
                }
            }
        });
        for (class, end, weak) in found.iter().copied() {
            if open.iter().any(|(each, _)| *each == class) && !scanned.set(at).contains(class) {
                continue;
            }
            let inside = lexicon.classes().inside(class);
            for each in at..end {
                scanned.change(each, |set| {
                    if each == at {
                        set.insert(class);
                    } else if let Some(inside) = inside {
                        set.insert(inside);
                        set.remove(class);
                    }
                    if !weak {
                        set.insert(self.strong);
                    }
                });
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
    let (mut node, mut next) = (root, at + 1);
    while lexicon.goes_on(node) {
        let Some(token) = tokens.get(next).filter(|token| !token.is_break()) else { return };
        if token.glued && token.kind == TokenKind::Sign && is_optional(token.span.of(text)) {
            return walk_both_ways(lexicon, text, tokens, next, node, each);
        }
        if !token.known.is_inside() {
            return;
        }
        let Some(child) = lexicon.step(node, token.word) else { return };
        (node, next) = (child, next + 1);
        let entries = lexicon.entries_at(node);
        if !entries.is_empty() {
            each(next, entries);
        }
    }
}

/// Goes on at the token `next` from a node. There are two ways at a sign that some terms have and others leave out: `St.` and
/// `St. Louis`. Both go on side by side, so that ends come in order.
fn walk_both_ways<'l>(
    lexicon: &'l Lexicon,
    text: &str,
    tokens: &[Token],
    mut next: usize,
    node: NodeId,
    mut each: impl FnMut(usize, &'l [Entry]),
) {
    let mut nodes = [Some(node), None];
    while let Some(token) = tokens.get(next).filter(|token| !token.is_break()) {
        let skips = token.glued
            && token.kind == TokenKind::Sign
            && is_optional(token.span.of(text))
            && tokens.get(next + 1).is_some_and(|after| !after.is_break());
        next += 1;
        let mut reached = [None, None];
        for node in nodes.into_iter().flatten().filter(|node| lexicon.goes_on(*node)) {
            let child = lexicon.step(node, token.word).filter(|_| token.known.is_inside());
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
pub(super) fn passes(lexicon: &Lexicon, entry: &Entry, text: &str, scanned: &Scanned, at: usize, end: usize) -> bool {
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
            lexicon.exact(entry).is_some_and(|exact| same_but_for_space(exact, written))
        }
    }
}

/// Whether the token before, or before the hyphen of a compound ("five-pound"), has the class that an entry asks for.
fn follows(class: ClassId, text: &str, scanned: &Scanned, at: usize) -> bool {
    let stands = |before: usize| at >= before && scanned.set(at - before).contains(class);
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
    /// All meanings of terms that start at a token: the end of the term, the meaning, and whether its gates let it pass.
    pub fn meanings<'l>(&self, lexicon: &'l Lexicon, text: &str, at: usize) -> Vec<(usize, &'l Entry, bool)> {
        let mut found = Vec::new();
        let Some(root) = self.tokens.get(at).and_then(|first| lexicon.root(first.word)) else { return found };
        let mut take = |end: usize, entries: &'l [Entry]| {
            found.extend(entries.iter().map(|entry| (end, entry, passes(lexicon, entry, text, self, at, end))));
        };
        take(at + 1, lexicon.entries_at(root));
        walk(lexicon, text, &self.tokens, at, root, &mut take);
        found
    }

    /// The meanings in some classes of the term that the tokens `at..end` are, in order of the dictionaries.
    pub fn entries<'l>(
        &self,
        lexicon: &'l Lexicon,
        text: &str,
        range: std::ops::Range<usize>,
        classes: &ClassSet,
    ) -> SmallVec<[&'l Entry; 4]> {
        let mut found = SmallVec::new();
        self.each_entry(lexicon, text, range, |entry| classes.contains(entry.class), |entry| found.push(entry));
        found
    }

    /// The first meaning in a class of the term that the tokens `at..end` are; one that is written so letter for letter
    /// goes before one of any case and accents.
    pub fn entry<'l>(
        &self,
        lexicon: &'l Lexicon,
        text: &str,
        range: std::ops::Range<usize>,
        class: ClassId,
    ) -> Option<&'l Entry> {
        let mut first: Option<&Entry> = None;
        let is_own = |entry: &Entry| entry.class == class;
        let is_exact = |entry: &Entry| entry.gate.case == Case::Exact;
        self.each_entry(lexicon, text, range, is_own, |entry| {
            if first.is_none_or(|first| is_exact(entry) && !is_exact(first)) {
                first = Some(entry);
            }
        });
        first
    }

    fn each_entry<'l>(
        &self,
        lexicon: &'l Lexicon,
        text: &str,
        range: std::ops::Range<usize>,
        is_asked: impl Fn(&Entry) -> bool,
        mut each: impl FnMut(&'l Entry),
    ) {
        let Some(root) = self.tokens.get(range.start).and_then(|first| first.known.root()) else { return };
        let mut take = |end: usize, entries: &'l [Entry]| {
            for entry in entries {
                if end == range.end && is_asked(entry) && passes(lexicon, entry, text, self, range.start, end) {
                    each(entry);
                }
            }
        };
        if range.len() == 1 {
            take(range.end, lexicon.entries_at(root));
        } else {
            walk(lexicon, text, &self.tokens, range.start, root, &mut take);
        }
    }
}
