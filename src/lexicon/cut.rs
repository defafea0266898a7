//! How a text is cut into words, digit runs and signs: the same way for a document and for a dictionary term.
//!
//! A cut never looks at meaning. Hyphens, slashes and full stops are signs of their own, so that rules can see them;
//! letters and digits are never in one piece (`5km` is `5`, `km`), so that no rule needs a regex to split them again.
//! Two things are kept whole because no rule could put them together: initials (`U.S.`, `a.m.`) and words with an
//! apostrophe inside (`O’Brien`). A possessive `’s` is cut off.

use super::WordKey;
use super::fold::{is_apostrophe, is_invisible};
use super::letters::{Letters, PlainRun};

/// What a piece of text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutKind {
    /// Letters.
    Word,
    /// ASCII or full-width digits.
    Digits,
    /// Any other visible character.
    Sign,
}

/// The case of a word's letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// No letter with case.
    #[default]
    None,
    /// `walk`
    Lower,
    /// `Walk`
    Title,
    /// `WALK`, at least two letters
    Upper,
    /// `W`
    Initial,
    /// `iPhone`, `McDonald`
    Mixed,
}

/// A piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is made of.
    pub kind: CutKind,
    /// Case of its letters.
    pub shape: Shape,
    /// Whether nothing visible or blank stands between it and the piece before.
    pub glued: bool,
    /// Key of its folded form, if that is short and easily told; else it must be folded.
    pub key: WordKey,
}

/// Cuts a text, from left to right.
#[derive(Debug)]
pub struct Cutter<'t> {
    text: &'t str,
    first: usize,
    at: usize,
    end: usize,
}

/// What a character is to the cutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Sign,
    Invisible,
}

/// Where a piece of text starts.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    /// What the piece is made of; a sign may turn out to be a word, a possessive `’s`.
    pub kind: CutKind,
    /// Its first byte.
    pub at: usize,
    /// Whether nothing visible or blank stands between it and the piece before.
    pub glued: bool,
    /// Length of its first character.
    length: usize,
}

const fn ascii_class(byte: u8) -> Class {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        0..=b' ' | 0x7f => Class::Space,
        _ => Class::Sign,
    }
}

static ASCII: [Class; 128] = {
    let mut table = [Class::Space; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = ascii_class(byte as u8);
        byte += 1;
    }
    table
};

/// The characters behind which a run of ASCII letters surely ends.
static ENDS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = !matches!(byte as u8, b'.' | b'\'' | b'`');
        byte += 1;
    }
    table
};

fn class_of(character: char) -> Class {
    match character {
        '\0'..='\x7f' => ASCII[character as usize],
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' => Class::Sign,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' => Class::Letter,
        _ => class_by_properties(character),
    }
}

/// What the tables of Unicode say; slow.
fn class_by_properties(character: char) -> Class {
    if is_invisible(character) {
        Class::Invisible
    } else if character.is_whitespace() {
        Class::Space
    } else if matches!(character, '０'..='９') {
        Class::Digit
    } else if character.is_alphabetic() && !matches!(character, 'ª' | 'º' | 'ʼ')
        || unicode_normalization::char::is_combining_mark(character)
    {
        Class::Letter
    } else {
        Class::Sign
    }
}

impl<'t> Cutter<'t> {
    /// Cuts the bytes `start..end` of a text; both must be character boundaries.
    pub fn new(text: &'t str, start: usize, end: usize) -> Self {
        Self { text, first: start, at: start, end }
    }

    #[inline(never)]
    fn peek(&self, at: usize) -> Option<(char, Class)> {
        if at >= self.end {
            return None;
        }
        let byte = self.text.as_bytes()[at];
        if byte < 128 {
            return Some((byte as char, ASCII[byte as usize]));
        }
        let character = self.text[at..self.end].chars().next()?;
        Some((character, class_of(character)))
    }

    /// A word with letters that are not ASCII, with apostrophes, or of initials; `letters` is how it starts.
    #[inline(never)]
    fn long_word(&self, start: usize, letters: &Letters) -> (usize, Shape, WordKey) {
        let (mut at, mut upper, mut lower, mut first_upper) = (start, 0, 0, false);
        while let Some((character, class)) = self.peek(at) {
            match class {
                Class::Letter => {
                    let is_upper =
                        if character.is_ascii() { character.is_ascii_uppercase() } else { character.is_uppercase() };
                    if is_upper {
                        first_upper |= at == start;
                        upper += 1;
                    } else if character.is_ascii() || character.is_lowercase() {
                        lower += 1;
                    }
                    at += character.len_utf8();
                }
                Class::Invisible if self.letter_after(at + character.len_utf8()) => at += character.len_utf8(),
                _ if is_apostrophe(character) && self.joins(at + character.len_utf8()) => at += character.len_utf8(),
                _ => break,
            }
        }
        if at == start + 1 && self.text.as_bytes()[..self.end].get(at) == Some(&b'.') {
            let end = self.initials(start);
            if end > at {
                let shape = if first_upper { Shape::Upper } else { Shape::Lower };
                return (end, shape, WordKey::NONE);
            }
        }
        let key = if at == start + letters.length { letters.key } else { WordKey::NONE };
        (at, shape_of(upper, lower, first_upper), key)
    }

    /// End of initials such as `U.S.` or `a.m` that start at `start`, or `start`.
    fn initials(&self, start: usize) -> usize {
        let letter = |at: usize| at < self.end && self.text.as_bytes()[at].is_ascii_alphabetic();
        let dot = |at: usize| at < self.end && self.text.as_bytes()[at] == b'.';
        let (mut at, mut letters) = (start + 1, 1);
        while dot(at) && letter(at + 1) && !self.letter_after(at + 2) {
            at += 2;
            letters += 1;
        }
        match letters {
            1 => start,
            _ if dot(at) => at + 1,
            _ => at,
        }
    }

    fn letter_after(&self, at: usize) -> bool {
        matches!(self.peek(at), Some((_, Class::Letter)))
    }

    /// Whether an apostrophe before `at` joins two parts of one word; a possessive `s` is cut off.
    fn joins(&self, at: usize) -> bool {
        match self.peek(at) {
            Some(('s' | 'S', _)) => self.letter_after(at + 1),
            Some((_, Class::Letter)) => true,
            _ => false,
        }
    }

    /// Whether a possessive `’s` starts at the apostrophe `at`.
    fn possessive(&self, at: usize, length: usize) -> bool {
        matches!(self.peek(at + length), Some(('s' | 'S', _))) && !self.letter_after(at + length + 1)
    }
}

fn shape_of(upper: usize, lower: usize, first_upper: bool) -> Shape {
    match (upper, lower) {
        (0, 0) => Shape::None,
        (0, _) => Shape::Lower,
        (1, 0) => Shape::Initial,
        (_, 0) => Shape::Upper,
        (1, _) if first_upper => Shape::Title,
        _ => Shape::Mixed,
    }
}

impl Iterator for Cutter<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        let start = self.seek()?;
        let ((end, key), kind, shape) = match start.kind {
            CutKind::Word => {
                let (end, shape, key) = self.word(start.at);
                ((end, key), CutKind::Word, shape)
            }
            CutKind::Digits => (self.digits(start.at), CutKind::Digits, Shape::None),
            CutKind::Sign => {
                let (end, kind, key) = self.sign(&start);
                ((end, key), kind, Shape::None)
            }
        };
        Some(Cut { start: start.at, end, kind, shape, glued: start.glued, key })
    }
}

/// A word of at most [`WordKey::LONGEST`] ASCII letters, which are not mixed.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainWord {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Case of its letters: lower, title, upper or initial.
    pub shape: Shape,
    /// Whether nothing blank stands before it.
    pub glued: bool,
    /// Key of its folded form.
    pub key: WordKey,
}

/// The steps of [`Cutter::next`], for who treats each kind of piece in another way.
impl Cutter<'_> {
    /// Takes the next piece if it is a plain word with at most one blank before it, which most are.
    #[inline(always)]
    pub fn plain_word(&mut self) -> Option<PlainWord> {
        let window = self.text.as_bytes().get(self.at..)?.first_chunk()?;
        // Spaces, line breaks and what else has no shape.
        let is_blank = window[0] <= b' ';
        let run = PlainRun::at(window, usize::from(is_blank))?;
        let start = self.at + usize::from(is_blank);
        let end = start + run.length;
        if end > self.end || !ENDS[usize::from(run.next)] && (run.next != b'.' || run.length == 1) {
            return None;
        }
        let glued = !is_blank && self.at > self.first;
        self.at = end;
        Some(PlainWord { start, end, shape: run.shape, glued, key: run.key })
    }

    /// Goes to the next piece, which then must be taken by the method of its kind.
    #[inline(always)]
    pub fn seek(&mut self) -> Option<Start> {
        let bytes = &self.text.as_bytes()[..self.end];
        let (mut at, mut glued) = (self.at, self.at > self.first);
        loop {
            let (class, length) = match *bytes.get(at)? {
                byte @ ..128 => (ASCII[byte as usize], 1),
                _ => self.peek(at).map(|(character, class)| (class, character.len_utf8()))?,
            };
            let kind = match class {
                Class::Letter => CutKind::Word,
                Class::Digit => CutKind::Digits,
                Class::Sign => CutKind::Sign,
                Class::Space | Class::Invisible => {
                    glued &= class == Class::Invisible;
                    at += length;
                    continue;
                }
            };
            return Some(Start { kind, at, glued, length });
        }
    }

    /// Takes a word: its end, its shape, and the key of its folded form.
    #[inline(always)]
    pub fn word(&mut self, start: usize) -> (usize, Shape, WordKey) {
        let bytes = &self.text.as_bytes()[..self.end];
        // Most words are ASCII and end at a blank or sign that cannot be inside a word.
        let letters = Letters::at(bytes, start);
        let at = start + letters.length;
        let ends = bytes.get(at).is_none_or(|byte| ENDS[usize::from(*byte)] || *byte == b'.' && letters.length > 1);
        let word = if ends { (at, letters.shape, letters.key) } else { self.long_word(start, &letters) };
        self.at = word.0;
        word
    }

    /// Takes digits: their end, and the key of their folded form.
    #[inline]
    pub fn digits(&mut self, start: usize) -> (usize, WordKey) {
        let bytes = &self.text.as_bytes()[..self.end];
        let mut end = start;
        let mut low = 0;
        while let Some(digit) = bytes.get(end).filter(|byte| byte.is_ascii_digit()) {
            low = low >> 8 | u64::from(*digit) << 56;
            end += 1;
        }
        let length = end - start;
        let mut key = match length {
            1..=8 => WordKey::from_parts(low >> (64 - 8 * length), 0, length),
            _ => WordKey::of(&bytes[start..end]),
        };
        if bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
            while let Some((digit, Class::Digit)) = self.peek(end) {
                end += digit.len_utf8();
            }
            key = WordKey::NONE;
        }
        self.at = end;
        (end, key)
    }

    /// Takes a sign, or a possessive `’s`: its end, what it is, and the key of its folded form.
    #[inline(always)]
    pub fn sign(&mut self, start: &Start) -> (usize, CutKind, WordKey) {
        let byte = self.text.as_bytes()[start.at];
        if start.length > 1 || matches!(byte, b'\'' | b'`') {
            return self.long_sign(start);
        }
        self.at = start.at + 1;
        (self.at, CutKind::Sign, WordKey::from_parts(u64::from(byte), 0, 1))
    }

    /// An apostrophe, or a sign that is not ASCII.
    #[inline(never)]
    fn long_sign(&mut self, start: &Start) -> (usize, CutKind, WordKey) {
        let end = start.at + start.length;
        let sign = &self.text[start.at..end];
        self.at = end;
        if start.glued && sign.chars().all(is_apostrophe) && self.possessive(start.at, start.length) {
            let plain = matches!(sign, "'" | "’");
            self.at = end + 1;
            return (end + 1, CutKind::Word, if plain { WordKey::of(b"s") } else { WordKey::NONE });
        }
        let key = match sign {
            "’" | "‘" | "'" => WordKey::of(b"'"),
            "“" | "”" => WordKey::of(b"\""),
            "–" | "—" | "…" => WordKey::of(sign.as_bytes()),
            _ => WordKey::NONE,
        };
        (end, CutKind::Sign, key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> String {
        let mut shown = String::new();
        for cut in Cutter::new(text, 0, text.len()) {
            if !shown.is_empty() {
                shown.push(if cut.glued { '+' } else { ' ' });
            }
            shown.push_str(&text[cut.start..cut.end]);
        }
        shown
    }

    #[test]
    fn texts_and_their_pieces() {
        for (text, expected) in [
            ("At least 30 people.", "At least 30 people+."),
            ("USD34.6 million", "USD+34+.+6 million"),
            ("26-year-old", "26+-+year+-+old"),
            ("China’s border", "China+’s border"),
            ("the workers’ pay", "the workers+’ pay"),
            ("O'Brien don’t Namp’o", "O'Brien don’t Namp’o"),
            ("U.S. Embassy", "U.S. Embassy"),
            ("at 11 a.m.", "at 11 a.m."),
            ("Y. H. Kim", "Y+. H+. Kim"),
            ("S.Korea", "S+.+Korea"),
            ("10\u{a0}000", "10 000"),
            ("nam\u{200b}po", "nam\u{200b}po"),
            ("5°C", "5+°+C"),
            ("G20 A4", "G+20 A+4"),
            ("", ""),
            (" \n ", ""),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn a_key_is_that_of_the_folded_form() {
        let text = "Walk WALK a Administrations Internationalization's don’t Élan China’s Vienna's O’Brien U.S. 2024 \
                    20240101123456789 ２０ “Stop” – — … ' ` £5 (x) Peter`s";
        for cut in Cutter::new(text, 0, text.len()).filter(|cut| !cut.key.is_none()) {
            let written = &text[cut.start..cut.end];
            assert_eq!(cut.key, WordKey::of(super::super::fold(written).as_bytes()), "{written}");
        }
    }

    #[test]
    fn ranges_of_characters_are_as_the_tables_of_unicode_say() {
        for character in '\u{80}'..='\u{ffff}' {
            assert!(class_of(character) == class_by_properties(character), "{character:?}");
        }
    }

    #[test]
    fn shapes() {
        for (text, shape) in [
            ("walk", Shape::Lower),
            ("Walk", Shape::Title),
            ("WALK", Shape::Upper),
            ("W", Shape::Initial),
            ("McDonald", Shape::Mixed),
            ("iPhone", Shape::Mixed),
            ("U.S.", Shape::Upper),
            ("p.m.", Shape::Lower),
            ("Élan", Shape::Title),
            ("漢字", Shape::None),
        ] {
            assert_eq!(Cutter::new(text, 0, text.len()).next().unwrap().shape, shape, "{text}");
        }
    }
}
