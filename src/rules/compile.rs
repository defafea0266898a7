//! From parsed patterns to programs: fragments put in, names looked up, terms of several tokens spelled out.

use rustc_hash::FxHashMap;

use super::diagnostic::{meant, nearest};
use super::pattern::{Atom, Pattern, Term, What};
use super::program::{Condition, Pc, Program, Step};
use crate::lexicon::{ClassId, ClassSet, Classes, Cutter, Lexicon, WordId, WordKey, fold};

/// Named parts of patterns, by folder and name. A name means first what the asking file's own folder calls so, then what
/// the only other folder does that has it: subjects can share parts and yet call their own what they like.
pub(super) type Fragments = std::collections::BTreeMap<String, FxHashMap<String, Pattern>>;

/// The folder of a rule file.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What a pattern may refer to.
pub(super) struct Names<'a> {
    pub lexicon: &'a Lexicon,
    pub fragments: &'a Fragments,
    /// Folder whose fragments count.
    pub folder: &'a str,
}

impl<'a> Names<'a> {
    /// The fragment that a name means here, with its folder; else code, message and advice.
    fn fragment(&self, name: &str) -> Result<(&'a str, &'a Pattern), (&'static str, String, Option<String>)> {
        let fragments: &'a Fragments = self.fragments;
        if let Some((folder, name)) = name.split_once('/')
            && let Some((folder, own)) = fragments.get_key_value(folder)
            && let Some(pattern) = own.get(name)
        {
            return Ok((folder, pattern));
        }
        let has = |(folder, own): (&'a String, &'a FxHashMap<String, Pattern>)| Some((folder.as_str(), own.get(name)?));
        let mut found: Vec<_> = fragments.iter().filter_map(has).collect();
        if let Some(own) = found.iter().position(|(folder, _)| *folder == self.folder) {
            return Ok(found.swap_remove(own));
        }
        match found.as_slice() {
            [only] => Ok(*only),
            [] => {
                let known = fragments.values().flat_map(|own| own.keys());
                let help = nearest(name, known.map(String::as_str)).map(|near| meant(&format!("@{near}")));
                Err(("unknown-fragment", format!("no fragment is called `{name}`"), help))
            }
            several => {
                let folders: Vec<&str> = several.iter().map(|(folder, _)| *folder).collect();
                let message = format!(
                    "`@{name}` is a fragment of {}: write `@{}/{name}`, or declare one in this folder",
                    folders.join(" and of "),
                    folders[0]
                );
                Err(("ambiguous-fragment", message, None))
            }
        }
    }
}

/// A name that is not known, or a use that makes no sense: byte in the pattern, message, advice.
#[derive(Debug)]
pub(super) struct Mistake {
    pub at: usize,
    pub code: &'static str,
    pub message: String,
    pub help: Option<String>,
}

/// Compiles one pattern; captures get slots in the order of `captures`, which is filled.
pub(super) struct Compiler<'a> {
    pub names: Names<'a>,
    pub program: &'a mut Program,
    pub captures: Vec<String>,
    depth: usize,
    /// The classes of borders.
    borders: [Option<ClassId>; 2],
    /// From right to left, for what stands before a match.
    reversed: bool,
}

const MAX_FRAGMENT_DEPTH: usize = 16;
const MAX_CAPTURES: usize = 100;

impl<'a> Compiler<'a> {
    pub fn new(names: Names<'a>, program: &'a mut Program) -> Self {
        let borders = ["sentence-break", "block-break"].map(|name| names.lexicon.classes().get(name));
        Self { names, program, captures: Vec::new(), depth: 0, borders, reversed: false }
    }

    /// The same for a program that reads a text from right to left.
    pub fn reversed(self) -> Self {
        Self { reversed: true, ..self }
    }

    /// Adds the pattern to the program, with an accept behind; gives its start.
    pub fn compile(&mut self, pattern: &Pattern, accept: u32) -> Result<Pc, Mistake> {
        let start = self.program.next();
        self.pattern(pattern)?;
        self.program.push(Step::Accept(accept));
        Ok(start)
    }

    fn pattern(&mut self, pattern: &Pattern) -> Result<(), Mistake> {
        match pattern {
            Pattern::Atom(atom) => self.atom(atom),
            Pattern::Sequence(parts) if self.reversed => parts.iter().rev().try_for_each(|part| self.pattern(part)),
            Pattern::Sequence(parts) => parts.iter().try_for_each(|part| self.pattern(part)),
            Pattern::Choice(choices) => self.choice(choices),
            Pattern::Repeat { inner, min, max } => self.repeat(inner, *min, *max),
            Pattern::Capture { name, inner } => {
                let slot = self.slot(name)?;
                self.program.push(Step::Save(slot * 2));
                self.pattern(inner)?;
                self.program.push(Step::Save(slot * 2 + 1));
                Ok(())
            }
            Pattern::Fragment { name, at } => self.fragment(name, *at),
        }
    }

    fn slot(&mut self, name: &str) -> Result<u8, Mistake> {
        if let Some(slot) = self.captures.iter().position(|each| each == name) {
            return Ok(slot as u8);
        }
        if self.captures.len() == MAX_CAPTURES {
            let message = format!("expected at most {MAX_CAPTURES} captures");
            return Err(Mistake { at: 0, code: "too-many-captures", message, help: None });
        }
        self.captures.push(name.to_owned());
        Ok(self.captures.len() as u8 - 1)
    }

    fn choice(&mut self, choices: &[Pattern]) -> Result<(), Mistake> {
        let mut jumps = Vec::new();
        for (index, choice) in choices.iter().enumerate() {
            if index + 1 == choices.len() {
                self.pattern(choice)?;
                break;
            }
            let fork = self.program.push(Step::Fork(0, 0));
            self.pattern(choice)?;
            jumps.push(self.program.push(Step::Jump(0)));
            let next = self.program.next();
            self.program.steps[fork as usize] = Step::Fork(fork + 1, next);
        }
        let end = self.program.next();
        for jump in jumps {
            self.program.steps[jump as usize] = Step::Jump(end);
        }
        Ok(())
    }

    fn repeat(&mut self, inner: &Pattern, min: u32, max: Option<u32>) -> Result<(), Mistake> {
        for _ in 0..min {
            self.pattern(inner)?;
        }
        match max {
            None => {
                let fork = self.program.push(Step::Fork(0, 0));
                self.pattern(inner)?;
                self.program.push(Step::Jump(fork));
                let next = self.program.next();
                self.program.steps[fork as usize] = Step::Fork(fork + 1, next);
            }
            Some(max) => {
                let mut forks = Vec::new();
                for _ in min..max {
                    forks.push(self.program.push(Step::Fork(0, 0)));
                    self.pattern(inner)?;
                }
                let next = self.program.next();
                for fork in forks {
                    self.program.steps[fork as usize] = Step::Fork(fork + 1, next);
                }
            }
        }
        Ok(())
    }

    fn fragment(&mut self, name: &str, at: usize) -> Result<(), Mistake> {
        let (folder, pattern) =
            self.names.fragment(name).map_err(|(code, message, help)| Mistake { at, code, message, help })?;
        if self.depth == MAX_FRAGMENT_DEPTH {
            let message = format!("the fragment `{name}` leads back to itself");
            return Err(Mistake { at, code: "fragment-loop", message, help: None });
        }
        self.depth += 1;
        let asking = std::mem::replace(&mut self.names.folder, folder);
        let result = self.pattern(pattern).map_err(|mistake| Mistake {
            at,
            message: format!("in the fragment `{name}`: {}", mistake.message),
            ..mistake
        });
        self.names.folder = asking;
        self.depth -= 1;
        result
    }

    /// A token; a class with terms of several tokens takes the tokens after the first too.
    fn atom(&mut self, atom: &Atom) -> Result<(), Mistake> {
        let classes = self.names.lexicon.classes();
        let mut condition = Condition::default();
        let mut inside = None;
        for term in &atom.terms {
            match &term.what {
                What::Class(name) => {
                    let class = classes.get(name).ok_or_else(|| unknown_class(name, term, classes))?;
                    if term.negated {
                        condition.none.insert(class);
                    } else {
                        condition.all.insert(class);
                        inside = inside.or(classes.inside(class));
                    }
                }
                What::Word(text) => {
                    let word = self.word(text, term)?;
                    if term.negated {
                        condition.not_words.push(word);
                    } else {
                        condition.word = Some(word);
                    }
                }
            }
        }
        self.keep_within_borders(&mut condition);
        if condition.is_impossible() {
            let at = atom.terms.first().map_or(0, |term| term.at);
            let message = "no token can be and not be in the same class".to_owned();
            return Err(Mistake { at, code: "impossible-token", message, help: None });
        }
        if self.reversed {
            self.inner_tokens(inside);
            self.program.push_take(condition);
        } else {
            self.program.push_take(condition);
            self.inner_tokens(inside);
        }
        Ok(())
    }

    /// Any number of tokens inside a term.
    fn inner_tokens(&mut self, inside: Option<ClassId>) {
        let Some(inside) = inside else { return };
        let condition = Condition { all: ClassSet::of(inside), ..Condition::default() };
        let fork = self.program.push(Step::Fork(0, 0));
        self.program.push_take(condition);
        self.program.push(Step::Jump(fork));
        let next = self.program.next();
        self.program.steps[fork as usize] = Step::Fork(fork + 1, next);
    }

    /// Nothing crosses a border unasked.
    fn keep_within_borders(&self, condition: &mut Condition) {
        for border in self.borders.into_iter().flatten() {
            let asked = self.borders.into_iter().flatten().any(|each| condition.all.contains(each));
            if !asked && condition.word.is_none() {
                condition.none.insert(border);
            }
        }
    }

    fn word(&self, text: &str, term: &Term) -> Result<WordId, Mistake> {
        // Most are a word of small letters, which is its own folded form.
        let key = WordKey::of(text.as_bytes());
        if !key.is_none() && text.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Ok(self.names.lexicon.look_up().find(key).0);
        }
        let pieces = Cutter::new(text, 0, text.len()).count();
        if pieces != 1 {
            let message = format!("expected one token between quotes, `{text}` is {pieces}");
            let spelled: Vec<_> =
                Cutter::new(text, 0, text.len()).map(|cut| format!("\"{}\"", &text[cut.start..cut.end])).collect();
            let help = Some(format!("write {}", spelled.join(" ")));
            return Err(Mistake { at: term.at, code: "word-of-several-tokens", message, help });
        }
        Ok(self.names.lexicon.word(&fold(text)))
    }
}

fn unknown_class(name: &str, term: &Term, classes: &Classes) -> Mistake {
    let help = nearest(name, classes.names()).map(|near| meant(&format!("<{near}>")));
    let message = format!("no dictionary and no scanner class is called `{name}`");
    Mistake { at: term.at, code: "unknown-class", message, help }
}
