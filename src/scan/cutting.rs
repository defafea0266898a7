//! The first pass: tokens as they are cut, each with the classes that it has by itself.

use super::classify::Writing;
use super::mark::LookAt;
use super::recent::Met;
use super::reduce::Reducer;
use super::{Scanned, Scanner, Scratch, SortId, Token, TokenKind};
use crate::document::ViewSpan;
use crate::lexicon::{
    CutKind, Cutter, Known, Lexicon, LookUp, Pair, PlainWord, Shape, Start, WordId, WordKey, fold_into, is_optional,
};

/// Tokens after which a piece of a block ends at the next sentence border.
const PIECE: usize = 1 << 15;
/// Tokens after which a sentence ends at the next white space, and at four times as many anywhere. What goes on for longer
/// without a full stop (a list, a table run together, noise) is no sentence, and what looks around inside one would take
/// time with its square.
const LONGEST_SENTENCE: usize = 400;
/// Plain words that are looked up together.
const RUN: usize = 16;

impl Scanner {
    /// Cuts a piece of a block behind those before, looks words up, sets sentence borders and classes, and notes what must be
    /// looked at again; gives where the next piece starts.
    pub fn cut(&self, lexicon: &Lexicon, text: &str, piece: ViewSpan, scratch: &mut Scratch, out: &mut Scanned) -> u32 {
        let first = out.tokens.len();
        let mut pass = Pass {
            scanner: self,
            lexicon,
            text,
            look_up: lexicon.look_up(),
            scratch,
            out,
            before: Default::default(),
            carried: 0,
            pair: Pair::default(),
            left_out: WordId::UNKNOWN,
            is_first: false,
            first,
            limit: first + LONGEST_SENTENCE,
            alarm: first + LONGEST_SENTENCE,
        };
        pass.border(TokenKind::BlockBreak, piece.start);
        let mut cutter = Cutter::new(text, piece.start as usize, piece.end as usize);
        let mut words = [Word::default(); RUN];
        loop {
            let mut count = 0;
            while let Some(place) = words.get_mut(count)
                && let Some(piece) = cutter.plain_word()
            {
                place.piece = piece;
                count += 1;
            }
            let run = &mut words[..count];
            pass.meet_all(run);
            let start = if let Some(ended_by) = run.iter().find(|word| !pass.plain_word(word)) {
                ended_by.piece.start
            } else if count == RUN {
                continue;
            } else if let Some(start) = cutter.seek() {
                let goes_on = match start.kind {
                    CutKind::Word => pass.other_word(&mut cutter, start),
                    CutKind::Digits => pass.digits(&mut cutter, start),
                    CutKind::Sign => pass.sign(&mut cutter, start),
                };
                if goes_on {
                    continue;
                }
                start.at
            } else {
                break;
            };
            pass.out.end_piece();
            return start as u32;
        }
        let end = pass.out.tokens.last().map_or(piece.start, |token| token.span.end);
        pass.border(TokenKind::BlockBreak, end);
        pass.out.end_piece();
        piece.end
    }
}

/// A piece of a block while it is cut. The methods that take a token say whether the piece goes on; if not, it ended before
/// the token.
struct Pass<'a> {
    scanner: &'a Scanner,
    lexicon: &'a Lexicon,
    text: &'a str,
    look_up: LookUp<'a>,
    scratch: &'a mut Scratch,
    out: &'a mut Scanned,
    /// The word before.
    before: WordId,
    /// Whether longer terms may go on with the next token, as bits: from the word before ([`Known::GOES_ON`]), from `pair`,
    /// from `left_out`.
    carried: u8,
    /// The two words before.
    pair: Pair,
    /// The word before the last sign, which longer terms may leave out.
    left_out: WordId,
    /// Whether the token before is a border.
    is_first: bool,
    /// Number of tokens before the piece.
    first: usize,
    /// Number of tokens at which the sentence at hand is too long.
    limit: usize,
    /// Number of tokens at which a border may be due: `limit`, or 0 behind what may end a sentence.
    alarm: usize,
}

const PAIR: u8 = 1;
const LEFT_OUT: u8 = 2;

/// A plain word of a run, with what was looked up.
#[derive(Clone, Copy, Default)]
struct Word {
    piece: PlainWord,
    met: Met,
    /// With the word before, if terms may have both one after the other.
    pair: Pair,
}

impl Pass<'_> {
    /// Meets the words of a run, and then their pairs. One after the other, and with nothing between, they wait for memory
    /// together.
    #[inline(always)]
    fn meet_all(&mut self, run: &mut [Word]) {
        let mut is_first = self.is_first;
        for Word { piece, met, .. } in &mut *run {
            let writing = Writing::plain_word(piece.shape).at(piece.glued, std::mem::take(&mut is_first));
            *met = self.meet(piece.key, writing);
        }
        let mut before = (self.before, self.carried);
        for Word { met, pair, .. } in run {
            let (word, carried) = std::mem::replace(&mut before, (met.word, met.known.flags()));
            if carried & Known::GOES_ON != 0 && met.known.flags() & Known::INSIDE != 0 {
                *pair = self.lexicon.pair(word, met.word);
            }
        }
    }

    #[inline(always)]
    fn plain_word(&mut self, Word { piece, met, pair }: &Word) -> bool {
        let PlainWord { start, end, shape, glued, .. } = *piece;
        let Met { word, sort, known } = *met;
        let writing = Writing::plain_word(shape);
        let token = self.token((start, end), (word, known), TokenKind::Word, shape, glued);
        if !self.take(token, writing, Some(sort), false, Some(*pair)) {
            return false;
        }
        if known.flags() & (Known::AFTER | Known::COUNTS) != 0 {
            self.note(known, Some(shape));
            self.number_word(word, known);
        }
        true
    }

    #[inline(never)]
    fn other_word(&mut self, cutter: &mut Cutter<'_>, start: Start) -> bool {
        let (end, shape, key) = cutter.word(start.at);
        self.long_word(start, end, shape, key)
    }

    /// A word that is not plain.
    fn long_word(&mut self, start: Start, end: usize, shape: Shape, key: WordKey) -> bool {
        let (word, known) = self.find(start.at, end, key);
        let token = self.token((start.at, end), (word, known), TokenKind::Word, shape, start.glued);
        let is_plain = !key.is_none();
        let writing = Writing::word(token.span.of(self.text), shape, is_plain);
        if !self.take(token, writing, None, false, None) {
            return false;
        }
        if known.flags() & (Known::GATED | Known::COUNTS) != 0 {
            self.note(known, is_plain.then_some(shape));
            self.number_word(word, known);
        }
        self.watch(end);
        true
    }

    #[inline]
    fn digits(&mut self, cutter: &mut Cutter<'_>, start: Start) -> bool {
        let (end, key) = cutter.digits(start.at);
        // Short numbers are few; to remember longer ones would push out words.
        let (word, known, sort) = if end - start.at <= 2 && !key.is_none() {
            let Met { word, sort, known } = self.meet(key, Writing::DIGITS.at(start.glued, self.is_first));
            (word, known, Some(sort))
        } else {
            let (word, known) = self.find(start.at, end, key);
            (word, known, None)
        };
        let token = self.token((start.at, end), (word, known), TokenKind::Number(0), Shape::None, start.glued);
        if !self.take(token, Writing::DIGITS, sort, false, None) {
            return false;
        }
        if known.flags() & Known::GATED != 0 {
            self.note(known, None);
        }
        self.candidate();
        self.watch(end);
        true
    }

    #[inline]
    fn sign(&mut self, cutter: &mut Cutter<'_>, start: Start) -> bool {
        let (end, kind, key) = cutter.sign(&start);
        if kind == CutKind::Word {
            return self.long_word(start, end, Shape::None, key);
        }
        let (word, known, sort) = if key.is_none() {
            let (word, known) = self.folded(start.at, end);
            (word, known, None)
        } else {
            let Met { word, sort, known } = self.meet(key, Writing::SIGN.at(start.glued, self.is_first));
            (word, known, Some(sort))
        };
        let token = self.token((start.at, end), (word, known), TokenKind::Sign, Shape::None, start.glued);
        let is_optional = token.glued && is_optional(token.span.of(self.text));
        if !self.take(token, Writing::SIGN, sort, is_optional, None) {
            return false;
        }
        if known.flags() & Known::GATED != 0 {
            self.note(known, None);
        }
        if Reducer::may_open(self.text, token.span) {
            self.candidate();
        }
        self.watch(end);
        true
    }

    #[inline]
    fn find(&mut self, start: usize, end: usize, key: WordKey) -> (WordId, Known) {
        if key.is_none() { self.folded(start, end) } else { self.look_up.find(key) }
    }

    /// A word that must be folded before it is looked up.
    #[cold]
    #[inline(never)]
    fn folded(&mut self, start: usize, end: usize) -> (WordId, Known) {
        fold_into(&self.text[start..end], &mut self.scratch.folded);
        self.look_up.get(&self.scratch.folded)
    }

    #[inline(always)]
    fn token(
        &self,
        (start, end): (usize, usize),
        (word, known): (WordId, Known),
        kind: TokenKind,
        shape: Shape,
        glued: bool,
    ) -> Token {
        Token { span: ViewSpan::new(start as u32, end as u32), known, word, kind, shape, glued }
    }

    /// What is told of a word with a key, written in some way at some place.
    #[inline(always)]
    fn meet(&mut self, key: WordKey, writing: Writing) -> Met {
        match self.out.met.recent.get(key, writing) {
            Some(met) => met,
            None => self.look(key, writing),
        }
    }

    /// The same for a word that was not met lately.
    #[inline(never)]
    fn look(&mut self, key: WordKey, writing: Writing) -> Met {
        let (word, known) = self.look_up.find(key);
        let met = Met { word, sort: self.sort(known, writing), known };
        self.out.met.recent.put(key, writing, met);
        met
    }

    /// The sort of a token that is written in some way at some place.
    #[inline]
    fn sort(&mut self, known: Known, writing: Writing) -> SortId {
        match self.out.met.written(known.nature(), writing) {
            Some(sort) => sort,
            None => self.scanner.forms.new_sort(self.lexicon, known, writing, &mut self.out.met),
        }
    }

    /// Puts a token behind the others, and a border before it if a sentence ends there; `sort` is its sort where no border
    /// is put, if that is known, `is_optional` tells of a sign that longer terms may leave out, and `pair` is that with the
    /// word before, if it was looked up.
    #[inline(always)]
    fn take(
        &mut self,
        token: Token,
        writing: Writing,
        mut sort: Option<SortId>,
        is_optional: bool,
        pair: Option<Pair>,
    ) -> bool {
        if self.out.tokens.len() >= self.alarm {
            // A copy, so that the token itself need not lie in memory.
            let copy = token;
            if !self.border_before(&copy) {
                return false;
            }
            sort = None;
        }
        let carried = if self.carried == 0 { 0 } else { self.longer(token.word, token.known, is_optional, pair) };
        let sort = match sort {
            Some(sort) => sort,
            None => self.sort(token.known, writing.at(token.glued, self.is_first)),
        };
        self.out.push(token, sort);
        self.before = token.word;
        self.carried = token.known.flags() & Known::GOES_ON | carried;
        self.is_first = false;
        true
    }

    /// Asks for a border before the next token if a sentence may end with the token that ends at a byte, by its last
    /// character.
    #[inline]
    fn watch(&mut self, end: usize) {
        if let b'.' | b'!' | b'?' | b'"' | b'\'' | b')' | b']' | b'*' | b'_' | 0x80.. = self.text.as_bytes()[end - 1] {
            self.alarm = 0;
        }
    }

    /// Sets a border before a token if a sentence ends there.
    #[inline(never)]
    fn border_before(&mut self, next: &Token) -> bool {
        let count = self.out.tokens.len();
        let may_end = self.alarm == 0;
        self.alarm = self.limit;
        let length = LONGEST_SENTENCE + count - self.limit;
        let is_long = length >= LONGEST_SENTENCE && (!next.glued || length >= 4 * LONGEST_SENTENCE);
        let ends = || self.scanner.sentences.ends_before(self.lexicon, self.text, &self.out.tokens, next);
        if !(is_long || may_end && ends()) {
            return true;
        }
        if count - self.first >= PIECE {
            let end = self.out.tokens[count - 1].span.end;
            self.border(TokenKind::BlockBreak, end);
            return false;
        }
        self.limit = count + LONGEST_SENTENCE;
        self.alarm = self.limit;
        self.border(TokenKind::SentenceBreak, next.span.start);
        true
    }

    fn border(&mut self, kind: TokenKind, at: u32) {
        let token = Token {
            span: ViewSpan::new(at, at),
            known: Known::default(),
            word: WordId::UNKNOWN,
            kind,
            shape: Shape::None,
            glued: false,
        };
        let sort = self.scanner.forms.border(kind, self.is_first, &mut self.out.met);
        self.out.borders.push(self.out.tokens.len());
        self.out.push(token, sort);
        self.carried = 0;
        self.is_first = true;
    }

    #[inline]
    fn number_word(&mut self, word: WordId, known: Known) {
        if known.flags() & Known::COUNTS != 0 && self.scanner.words.opens(word) {
            self.candidate();
        }
    }

    /// Notes the last token: a number may start there.
    #[inline(always)]
    fn candidate(&mut self) {
        self.scratch.candidates.push(self.out.tokens.len() as u32 - 1);
    }

    /// Notes the tokens before a word or sign with which longer terms may start; gives what is carried to the next token.
    #[inline(always)]
    fn longer(&mut self, word: WordId, known: Known, is_optional: bool, pair: Option<Pair>) -> u8 {
        let is_inside = known.flags() & Known::INSIDE != 0;
        // What begins with a word, whether a sign behind it is left out or not.
        let begins = |pair: Pair| pair.ends || pair.goes_on;
        if self.carried & PAIR != 0 && (is_optional || is_inside && self.lexicon.may_go_on(self.pair, word))
            || self.carried & LEFT_OUT != 0
                && (is_optional || is_inside && begins(self.lexicon.pair(self.left_out, word)))
        {
            self.note_longer(2);
        }
        let mut carried = 0;
        if self.carried & Known::GOES_ON != 0 {
            if is_inside {
                let pair = pair.unwrap_or_else(|| self.lexicon.pair(self.before, word));
                if pair.goes_on {
                    self.pair = pair;
                    carried |= PAIR;
                }
                if pair.ends {
                    self.note_longer(1);
                }
            }
            if is_optional {
                self.left_out = self.before;
                carried |= LEFT_OUT;
            }
        }
        carried
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
        let gated = flags & Known::CASED != 0 && !is_told;
        let after = if flags & Known::AFTER != 0 { self.lexicon.nature(known).after(shape) } else { 0 };
        if gated || after != 0 {
            let at = self.out.tokens.len() as u32 - 1;
            self.scratch.look_at.push(LookAt { at, gated, after, longer: false });
        }
    }
}
