//! The first pass: tokens as they are cut, each with the classes that it has by itself.

use super::classify::Writing;
use super::mark::LookAt;
use super::reduce::Reducer;
use super::{Scanned, Scanner, Scratch, Token, TokenKind};
use crate::document::ViewSpan;
use crate::lexicon::{CutKind, Cutter, Known, Lexicon, Pair, Shape, WordId, fold_into, is_optional};

/// Tokens after which a piece of a block ends at the next sentence border.
const PIECE: usize = 1 << 15;
/// Tokens after which a sentence ends at the next white space, and at four times as many anywhere. What goes on for longer
/// without a full stop (a list, a table run together, noise) is no sentence, and what looks around inside one would take
/// time with its square.
const LONGEST_SENTENCE: usize = 400;

impl Scanner {
    /// Cuts, looks words up, sets sentence borders and classes, and notes what must be looked at again; gives where the next
    /// piece starts.
    pub(super) fn cut(
        &self,
        lexicon: &Lexicon,
        text: &str,
        piece: ViewSpan,
        scratch: &mut Scratch,
        out: &mut Scanned,
    ) -> u32 {
        scratch.candidates.clear();
        scratch.look_at.clear();
        let mut pass = Pass {
            scanner: self,
            lexicon,
            text,
            scratch,
            out,
            before: Default::default(),
            pair: None,
            left_out: None,
            is_first: false,
            may_end: false,
            limit: LONGEST_SENTENCE,
        };
        pass.border(TokenKind::BlockBreak, piece.start);
        let look_up = lexicon.look_up();
        let mut cutter = Cutter::new(text, piece.start as usize, piece.end as usize);
        while let Some(start) = cutter.seek() {
            let is_glued = start.glued && pass.out.tokens.len() > 1;
            let goes_on = match start.kind {
                CutKind::Word => {
                    let (end, shape, key) = cutter.word(start.at);
                    let word = if key.is_none() { pass.folded(start.at, end) } else { look_up.find(key) };
                    pass.word(start.at, end, word, shape, is_glued, !key.is_none())
                }
                CutKind::Digits => {
                    let (end, key) = cutter.digits(start.at);
                    let word = if key.is_none() { pass.folded(start.at, end) } else { look_up.find(key) };
                    pass.digits(start.at, end, word, is_glued)
                }
                CutKind::Sign => {
                    let (end, kind, key) = cutter.sign(&start);
                    let word = if key.is_none() { pass.folded(start.at, end) } else { look_up.find(key) };
                    match kind {
                        CutKind::Word => pass.word(start.at, end, word, Shape::None, is_glued, !key.is_none()),
                        _ => pass.sign(start.at, end, word, is_glued),
                    }
                }
            };
            if !goes_on {
                return start.at as u32;
            }
        }
        let end = pass.out.tokens.last().map_or(piece.start, |token| token.span.end);
        pass.border(TokenKind::BlockBreak, end);
        piece.end
    }
}

/// A piece of a block while it is cut. The methods that take a token say whether the piece goes on; if not, it ended before
/// the token.
struct Pass<'a> {
    scanner: &'a Scanner,
    lexicon: &'a Lexicon,
    text: &'a str,
    scratch: &'a mut Scratch,
    out: &'a mut Scanned,
    /// The word before, and what is known of it.
    before: (WordId, Known),
    /// The two words before, if longer terms may begin with them.
    pair: Option<Pair>,
    /// The word before the last sign, if longer terms may leave that sign out.
    left_out: Option<WordId>,
    /// Whether the token before is a border.
    is_first: bool,
    /// Whether the token before looks as if a sentence might end with it.
    may_end: bool,
    /// Number of tokens at which the sentence at hand is too long.
    limit: usize,
}

impl Pass<'_> {
    /// A word that must be folded before it is looked up.
    #[cold]
    #[inline(never)]
    fn folded(&mut self, start: usize, end: usize) -> (WordId, Known) {
        fold_into(&self.text[start..end], &mut self.scratch.folded);
        self.lexicon.look_up().get(&self.scratch.folded)
    }

    #[inline(always)]
    fn word(
        &mut self,
        start: usize,
        end: usize,
        (word, known): (WordId, Known),
        shape: Shape,
        glued: bool,
        plain: bool,
    ) -> bool {
        let span = ViewSpan::new(start as u32, end as u32);
        let token = Token { span, word, kind: TokenKind::Word, shape, glued };
        let writing = Writing::word(self.text, span, shape, plain);
        if !self.take(token, known, writing, false) {
            return false;
        }
        let flags = known.flags();
        if flags & (Known::ODD | Known::AFTER | Known::COUNTS) != 0 {
            self.note(known, plain.then_some(shape));
            if flags & Known::COUNTS != 0 && self.scanner.words.opens(word) {
                self.candidate();
            }
        } else if flags & Known::CASED != 0 && (!plain || matches!(shape, Shape::None | Shape::Mixed)) {
            self.note(known, None);
        }
        self.may_end = !plain && may_end(self.text, end);
        true
    }

    #[inline(always)]
    fn digits(&mut self, start: usize, end: usize, (word, known): (WordId, Known), glued: bool) -> bool {
        let span = ViewSpan::new(start as u32, end as u32);
        let token = Token { span, word, kind: TokenKind::Number(0), shape: Shape::None, glued };
        if !self.take(token, known, Writing::DIGITS, false) {
            return false;
        }
        if known.flags() & Known::GATED != 0 {
            self.note(known, None);
        }
        self.candidate();
        self.may_end = may_end(self.text, end);
        true
    }

    #[inline(always)]
    fn sign(&mut self, start: usize, end: usize, (word, known): (WordId, Known), glued: bool) -> bool {
        let span = ViewSpan::new(start as u32, end as u32);
        let token = Token { span, word, kind: TokenKind::Sign, shape: Shape::None, glued };
        if !self.take(token, known, Writing::SIGN, glued && is_optional(span.of(self.text))) {
            return false;
        }
        if known.flags() & Known::GATED != 0 {
            self.note(known, None);
        }
        if Reducer::may_open(self.text, span) {
            self.candidate();
        }
        self.may_end = may_end(self.text, end);
        true
    }

    /// Puts a token behind the others, and a border before it if a sentence ends there; `is_optional` tells of a sign that
    /// longer terms may leave out.
    #[inline(always)]
    fn take(&mut self, token: Token, known: Known, writing: Writing, is_optional: bool) -> bool {
        let may_break = self.may_end && !token.glued || self.out.tokens.len() >= self.limit;
        if may_break && !self.border_before(&token) {
            return false;
        }
        if self.pair.is_some() || self.left_out.is_some() || self.before.1.flags() & Known::GOES_ON != 0 {
            self.longer(token.word, known, is_optional);
        }
        let writing = writing.at(token.glued, self.is_first);
        let sort = match self.out.met.written(known.nature(), writing) {
            Some(sort) => sort,
            None => self.scanner.forms.new_sort(self.lexicon, known, writing, &mut self.out.met),
        };
        self.out.push(token, sort);
        self.before = (token.word, known);
        self.is_first = false;
        true
    }

    /// Sets a border before a token if a sentence ends there.
    #[inline(never)]
    fn border_before(&mut self, next: &Token) -> bool {
        let count = self.out.tokens.len();
        let length = LONGEST_SENTENCE + count - self.limit;
        let is_long = length >= LONGEST_SENTENCE && (!next.glued || length >= 4 * LONGEST_SENTENCE);
        let ends = || self.scanner.sentences.ends_before(self.lexicon, self.text, &self.out.tokens, next);
        if !(is_long || self.may_end && ends()) {
            return true;
        }
        if count >= PIECE {
            let end = self.out.tokens[count - 1].span.end;
            self.border(TokenKind::BlockBreak, end);
            return false;
        }
        self.limit = count + LONGEST_SENTENCE;
        self.border(TokenKind::SentenceBreak, next.span.start);
        true
    }

    fn border(&mut self, kind: TokenKind, at: u32) {
        let token =
            Token { span: ViewSpan::new(at, at), word: WordId::UNKNOWN, kind, shape: Shape::None, glued: false };
        let sort = self.scanner.forms.border(kind, self.is_first, &mut self.out.met);
        self.out.push(token, sort);
        self.before = Default::default();
        self.pair = None;
        self.left_out = None;
        self.is_first = true;
        self.may_end = false;
    }

    /// Notes the last token: a number may start there.
    #[inline(always)]
    fn candidate(&mut self) {
        self.scratch.candidates.push(self.out.tokens.len() as u32 - 1);
    }

    /// Notes the tokens before a word or sign with which longer terms may start.
    #[inline(always)]
    fn longer(&mut self, word: WordId, known: Known, is_optional: bool) {
        let is_inside = known.flags() & Known::INSIDE != 0;
        let (pair, left_out) = (self.pair.take(), self.left_out.take());
        // What begins with a word, whether a sign behind it is left out or not.
        let begins = |pair: Pair| pair.ends || pair.goes_on;
        if pair.is_some_and(|pair| is_optional || is_inside && self.lexicon.may_go_on(pair, word))
            || left_out.is_some_and(|first| is_optional || is_inside && begins(self.lexicon.pair(first, word)))
        {
            self.note_longer(2);
        }
        if self.before.1.flags() & Known::GOES_ON != 0 {
            if is_inside {
                let pair = self.lexicon.pair(self.before.0, word);
                self.pair = pair.goes_on.then_some(pair);
                if pair.ends {
                    self.note_longer(1);
                }
            }
            self.left_out = is_optional.then_some(self.before.0);
        }
    }

    /// Notes the last token or the one before: a longer term may start with it.
    #[inline(never)]
    fn note_longer(&mut self, back: u32) {
        let look_at = &mut self.scratch.look_at;
        let at = self.out.tokens.len() as u32 - back;
        // They come in order, each once.
        let place = look_at.iter().rposition(|each| each.at <= at).map_or(0, |place| place + 1);
        match place.checked_sub(1).map(|place| &mut look_at[place]).filter(|each| each.at == at) {
            Some(each) => each.longer = true,
            None => look_at.insert(place, LookAt { at, gated: false, after: 0, longer: true }),
        }
    }

    /// Notes the last token if its meanings hang on its neighbours, or on more than can be told so far; `shape` is given for
    /// a word of ASCII letters.
    fn note(&mut self, known: Known, shape: Option<Shape>) {
        let flags = known.flags();
        let is_told = matches!(shape, Some(Shape::Lower | Shape::Title | Shape::Upper | Shape::Initial));
        let gated = flags & Known::ODD != 0 || flags & Known::CASED != 0 && !is_told;
        let after = if flags & Known::AFTER != 0 { self.lexicon.nature(known).after(shape) } else { 0 };
        if gated || after != 0 {
            let at = self.out.tokens.len() as u32 - 1;
            self.scratch.look_at.push(LookAt { at, gated, after, longer: false });
        }
    }
}

/// Whether a sentence may end with the token that ends at a byte, by its last character.
#[inline]
fn may_end(text: &str, end: usize) -> bool {
    matches!(text.as_bytes()[end - 1], b'.' | b'!' | b'?' | b'"' | b'\'' | b')' | b']' | b'*' | b'_' | 0x80..)
}
