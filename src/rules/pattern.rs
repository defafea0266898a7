//! The pattern language of rules: regular expressions whose letters are tokens.
//!
//! | written | means |
//! | --- | --- |
//! | `"word"` | a token with this folded text |
//! | `<class>` | a token, or a term of several tokens, that a dictionary or the scanner puts into the class |
//! | `<class…>` | a token inside a term of the class, not its first |
//! | `<a b !c>` | one that is in `a` and `b` and not in `c`; quoted words may stand here too |
//! | `.` | any token that is no border |
//! | `@name`, `@folder/name` | a fragment of this folder or of the only other that has it; of a certain folder |
//! | `x y`, `x\|y`, `(x)`, `x?`, `x*`, `x+`, `x{2}`, `x{2,4}` | as in any regular expression |
//! | `(?<name> x)` | a capture |

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// One token (or term).
    Atom(Atom),
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of several; the first that fits is preferred for captures.
    Choice(Vec<Pattern>),
    /// From `min` to `max` times, as often as possible.
    Repeat {
        /// What is repeated.
        inner: Box<Pattern>,
        /// Least count.
        min: u32,
        /// Greatest count; none for any.
        max: Option<u32>,
    },
    /// Named part.
    Capture {
        /// Its name.
        name: String,
        /// Its pattern.
        inner: Box<Pattern>,
    },
    /// A fragment by name, with its place for messages.
    Fragment {
        /// Its name.
        name: String,
        /// Byte in the pattern's text.
        at: usize,
    },
}

/// Conditions on one token; all must hold. None at all: any token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Atom {
    /// The conditions.
    pub terms: Vec<Term>,
}

/// A condition on a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether it must not hold.
    pub negated: bool,
    /// Class or word.
    pub what: What,
    /// Byte in the pattern's text.
    pub at: usize,
}

/// A class or a quoted word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// `<class>`
    Class(String),
    /// `"word"`
    Word(String),
}

/// A pattern that cannot be read: where, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PatternError {
    /// Byte in the pattern's text.
    pub at: usize,
    /// What was expected and found.
    pub message: String,
}

const MAX_DEPTH: usize = 64;
const MAX_REPEAT: u32 = 64;

/// Reads a pattern.
pub fn parse(text: &str) -> Result<Pattern, PatternError> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let pattern = parser.choice()?;
    parser.blank();
    match parser.peek() {
        None => Ok(pattern),
        Some(found) => Err(parser.error(format!("expected the end of the pattern, found `{found}`"))),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn error(&self, message: impl Into<String>) -> PatternError {
        PatternError { at: self.at, message: message.into() }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn blank(&mut self) {
        while let Some(character) = self.peek().filter(|character| character.is_whitespace()) {
            self.at += character.len_utf8();
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn expect(&mut self, wanted: char, what: &str) -> Result<(), PatternError> {
        if self.take(wanted) {
            return Ok(());
        }
        let found = self.peek().map_or("the end".to_owned(), |found| format!("`{found}`"));
        Err(self.error(format!("expected `{wanted}` {what}, found {found}")))
    }

    fn choice(&mut self) -> Result<Pattern, PatternError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(format!("expected at most {MAX_DEPTH} nested groups: use a fragment")));
        }
        let mut choices = vec![self.sequence()?];
        while self.take('|') {
            choices.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(if choices.len() == 1 { choices.remove(0) } else { Pattern::Choice(choices) })
    }

    fn sequence(&mut self) -> Result<Pattern, PatternError> {
        let mut parts = Vec::new();
        loop {
            self.blank();
            match self.peek() {
                None | Some('|' | ')') => break,
                Some(_) => parts.push(self.repeated()?),
            }
        }
        match parts.len() {
            0 => Err(self.error("expected a quoted word, `<class>`, `.`, `@fragment` or a group")),
            1 => Ok(parts.remove(0)),
            _ => Ok(Pattern::Sequence(parts)),
        }
    }

    fn repeated(&mut self) -> Result<Pattern, PatternError> {
        let mut inner = self.single()?;
        loop {
            let (min, max) = match self.peek() {
                Some('?') => (0, Some(1)),
                Some('*') => (0, None),
                Some('+') => (1, None),
                Some('{') => {
                    self.at += 1;
                    let (min, max) = self.counts()?;
                    self.at -= 1;
                    (min, Some(max))
                }
                _ => return Ok(inner),
            };
            self.at += 1;
            inner = Pattern::Repeat { inner: Box::new(inner), min, max };
        }
    }

    /// `2}` or `2,4}`; leaves `at` behind the brace.
    fn counts(&mut self) -> Result<(u32, u32), PatternError> {
        let min = self.count()?;
        let max = if self.take(',') { self.count()? } else { min };
        if min > max || max == 0 {
            return Err(self.error(format!("expected a count from low to high, found {{{min},{max}}}")));
        }
        self.expect('}', "after the count")?;
        Ok((min, max))
    }

    fn count(&mut self) -> Result<u32, PatternError> {
        let digits: String = self.text[self.at..].chars().take_while(char::is_ascii_digit).collect();
        let count = digits
            .parse::<u32>()
            .ok()
            .filter(|count| *count <= MAX_REPEAT)
            .ok_or_else(|| self.error(format!("expected a count from 0 to {MAX_REPEAT}")))?;
        self.at += digits.len();
        Ok(count)
    }

    fn single(&mut self) -> Result<Pattern, PatternError> {
        let at = self.at;
        match self.peek() {
            Some('"') => Ok(Pattern::Atom(Atom { terms: vec![Term { negated: false, what: self.word()?, at }] })),
            Some('<') => self.class(),
            Some('.') => {
                self.at += 1;
                Ok(Pattern::Atom(Atom::default()))
            }
            Some('@') => {
                self.at += 1;
                let mut name = self.name("a fragment's name")?;
                if self.take('/') {
                    name = format!("{name}/{}", self.name("a fragment's name after its folder")?);
                }
                Ok(Pattern::Fragment { name, at })
            }
            Some('(') => self.group(),
            Some(found) => Err(self.error(format!(
                "expected a quoted word, `<class>`, `.`, `@fragment` or a group, found `{found}`: words must be quoted"
            ))),
            None => Err(self.error("expected more, found the end")),
        }
    }

    fn word(&mut self) -> Result<What, PatternError> {
        let start = self.at;
        self.at += 1;
        let Some(length) = self.text[self.at..].find('"') else {
            self.at = start;
            return Err(self.error("this quote has no end"));
        };
        // A quoted quote: `"""`.
        let length = if length == 0 && self.text[self.at..].starts_with("\"\"") { 1 } else { length };
        let word = &self.text[self.at..self.at + length];
        if word.is_empty() || word.contains(char::is_whitespace) {
            return Err(PatternError {
                at: start,
                message: format!(
                    "expected one word between quotes, found `{word}`: a pattern's letters are tokens, write {}",
                    word.split_whitespace().map(|each| format!("\"{each}\"")).collect::<Vec<_>>().join(" ")
                ),
            });
        }
        self.at += length + 1;
        Ok(What::Word(word.to_owned()))
    }

    fn class(&mut self) -> Result<Pattern, PatternError> {
        self.expect('<', "")?;
        let mut terms = Vec::new();
        loop {
            self.blank();
            if self.take('>') {
                break;
            }
            let at = self.at;
            let negated = self.take('!');
            let what = if self.peek() == Some('"') { self.word()? } else { What::Class(self.name("a class")?) };
            terms.push(Term { negated, what, at });
        }
        if terms.is_empty() {
            return Err(self.error("expected a class between `<` and `>`, found none; any token is `.`"));
        }
        Ok(Pattern::Atom(Atom { terms }))
    }

    fn name(&mut self, what: &str) -> Result<String, PatternError> {
        let name: String = self.text[self.at..]
            .chars()
            .take_while(|each| each.is_ascii_alphanumeric() || matches!(each, '-' | '_' | '…'))
            .collect();
        if name.is_empty() {
            return Err(self.error(format!("expected {what} (letters, digits, `-`)")));
        }
        self.at += name.len();
        Ok(name)
    }

    fn group(&mut self) -> Result<Pattern, PatternError> {
        self.expect('(', "")?;
        let name = if self.take('?') {
            self.expect('<', "and a capture's name after `(?`")?;
            let name = self.name("a capture's name")?;
            self.expect('>', "after the capture's name")?;
            Some(name)
        } else {
            None
        };
        let inner = self.choice()?;
        self.expect(')', "to end the group")?;
        Ok(match name {
            Some(name) => Pattern::Capture { name, inner: Box::new(inner) },
            None => inner,
        })
    }
}

/// All quoted words of a pattern.
pub fn words_of<'p>(pattern: &'p Pattern, each: &mut impl FnMut(&'p str)) {
    terms_of(pattern, &mut |term| {
        if let What::Word(word) = &term.what {
            each(word);
        }
    });
}

/// All classes of a pattern.
pub(super) fn classes_of<'p>(pattern: &'p Pattern, each: &mut impl FnMut(&'p str)) {
    terms_of(pattern, &mut |term| {
        if let What::Class(name) = &term.what {
            each(name);
        }
    });
}

/// All terms of a pattern, but for those of its fragments.
fn terms_of<'p>(pattern: &'p Pattern, each: &mut impl FnMut(&'p Term)) {
    match pattern {
        Pattern::Atom(atom) => atom.terms.iter().for_each(each),
        Pattern::Sequence(parts) | Pattern::Choice(parts) => parts.iter().for_each(|part| terms_of(part, each)),
        Pattern::Repeat { inner, .. } | Pattern::Capture { inner, .. } => terms_of(inner, each),
        Pattern::Fragment { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_pattern_says_where_and_why() {
        for (text, at, part) in [
            ("", 0, "expected a quoted word"),
            ("between", 0, "words must be quoted"),
            ("\"a b\"", 0, "write \"a\" \"b\""),
            ("<number", 7, "expected a class"),
            ("<>", 2, "found none"),
            ("(<a>", 4, "expected `)`"),
            ("(?low <a>)", 2, "expected `<`"),
            ("<a>{3,1}", 7, "from low to high"),
            ("<a>{999}", 4, "from 0 to 64"),
            ("<a> )", 4, "expected the end"),
            ("\"open", 0, "no end"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.at == at && error.message.contains(part), "{text}: {} at {}", error.message, error.at);
        }
    }

    #[test]
    fn patterns_are_read() {
        for text in [
            r#""between" (?<low><number>) "and" (?<high><number>) (?<currency><currency-name>|<iso-code>)"#,
            r#"<capitalized !weekday !"the">{1,5} . @fragment? (<a>|<b> <c>)*"#,
            r#""""?"#,
        ] {
            assert!(parse(text).is_ok(), "{text}: {:?}", parse(text));
        }
    }
}
