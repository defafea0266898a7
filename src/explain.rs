//! Why, and why not: what the rooms made of some lines of a document, told in words.

use std::fmt::Write;

use crate::document::{Document, LineNumber, ViewSpan};
use crate::extractor::{Event, Extractor};
use crate::matcher::{Match, progress};
use crate::resolve::{Extraction, Fact};
use crate::rules::{Rule, Step, Symbol};
use crate::scan::{Scanned, Token, TokenKind};
use crate::table;

/// Which part of a document, and which rule.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Only this line.
    pub line: Option<LineNumber>,
    /// Only the rule of this number, and how far it got.
    pub rule: Option<usize>,
}

/// Tells what happened in a document.
pub fn explain(extractor: &Extractor, document: &Document, question: &Question) -> String {
    let mut teller = Teller { extractor, document, question, told: String::new(), pieces: Vec::new() };
    let extraction = extractor.observe(document, &mut |event| teller.hear(&event));
    teller.flush();
    teller.facts(&extraction);
    teller.told
}

struct Teller<'a> {
    extractor: &'a Extractor,
    document: &'a Document,
    question: &'a Question,
    told: String,
    /// Matches of the piece at hand, as lines, by where they start.
    pieces: Vec<(u32, String)>,
}

impl Teller<'_> {
    fn text(&self) -> &str {
        self.document.view_text()
    }

    fn asked(&self, span: ViewSpan) -> bool {
        let source = self.document.view.to_source(span);
        let lines = self.document.lines.line(source.start)
            ..=self.document.lines.line(source.end.saturating_sub(1).max(source.start));
        self.question.line.is_none_or(|line| lines.contains(&line))
    }

    fn tell(&mut self, line: &str) {
        self.told.push_str(line);
        self.told.push('\n');
    }

    fn hear(&mut self, event: &Event<'_>) {
        match event {
            Event::Scanned(scanned) => {
                self.flush();
                self.tokens(scanned);
            }
            Event::Refused(scanned, found, refusal) => {
                self.note(scanned, found, &format!("refused: {}", refusal.code()))
            }
            Event::Stands(scanned, found, Ok(draft)) => {
                let flags: Vec<&str> = draft.flags.iter().collect();
                let flags = if flags.is_empty() { String::new() } else { format!(", flags {}", flags.join(" ")) };
                self.note(scanned, found, &format!("stands as {}{flags}", draft.value.kind().name()));
            }
            Event::Stands(scanned, found, Err(reason)) => self.note(scanned, found, &format!("no fact: {}", reason.0)),
        }
    }

    /// The matches of a piece, in the order of the text.
    fn flush(&mut self) {
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.sort();
        if !pieces.is_empty() {
            self.tell("matches");
        }
        for (_, line) in pieces {
            self.tell(&line);
        }
    }

    fn tokens(&mut self, scanned: &Scanned) {
        let asked: Vec<usize> = (0..scanned.tokens.len())
            .filter(|at| !scanned.tokens[*at].is_break() && self.asked(scanned.tokens[*at].span))
            .collect();
        if asked.is_empty() {
            return;
        }
        self.tell("tokens");
        for at in asked {
            let line = format!("  {:<24} {}", shown(&scanned.tokens[at], self.text()), self.classes(scanned, at));
            self.tell(&line);
            if let Some(rule) = self.question.rule {
                self.progress(scanned, at, rule);
            }
        }
    }

    fn classes(&self, scanned: &Scanned, at: usize) -> String {
        let classes = self.extractor.ruleset().lexicon.classes();
        let mut names: Vec<&str> = scanned.set(at).iter().map(|class| classes.name(class)).collect();
        let value = scanned.number(at).and_then(|number| number.value.to_decimal()).map(|value| format!("= {value} "));
        names.retain(|name| !matches!(*name, "word" | "sign"));
        format!("{}{}", value.unwrap_or_default(), names.join(" "))
    }

    /// How far a rule gets from a token, and what it wanted next.
    fn progress(&mut self, scanned: &Scanned, at: usize, rule: usize) {
        let ruleset = self.extractor.ruleset();
        let rule = &ruleset.rules[rule];
        let symbols: Vec<Symbol> = (at..scanned.tokens.len())
            .map(|at| Symbol { set: *scanned.set(at), word: scanned.tokens[at].word })
            .collect();
        let (taken, wanted) = progress(ruleset, rule, &symbols);
        let done = wanted.iter().any(|pc| matches!(ruleset.program.steps[*pc as usize], Step::Accept(_)));
        if taken == 0 || done {
            return;
        }
        let matched = scanned.span(at..at + taken).of(self.text()).to_owned();
        let mut wants: Vec<String> = wanted.iter().filter_map(|pc| self.wish(*pc)).collect();
        wants.dedup();
        let found = scanned.tokens.get(at + taken).map_or("the end".to_owned(), |token| shown(token, self.text()));
        self.tell(&format!(
            "      {}: matched to `{matched}`; expected {}, found {found}",
            rule.id,
            wants.join(" or ")
        ));
    }

    /// A condition in the pattern language.
    fn wish(&self, pc: u32) -> Option<String> {
        let ruleset = self.extractor.ruleset();
        let condition = ruleset.program.wanted(pc)?;
        let classes = ruleset.lexicon.classes();
        let mut parts: Vec<String> = condition.all.iter().map(|class| classes.name(class).to_owned()).collect();
        if let Some(word) = condition.word {
            parts.push(format!("\"{}\"", ruleset.lexicon.word_text(word)));
        }
        let borders = ["sentence-break", "block-break"];
        parts.extend(
            condition
                .none
                .iter()
                .map(|class| classes.name(class))
                .filter(|name| !borders.contains(name))
                .map(|name| format!("!{name}")),
        );
        parts.extend(condition.not_words.iter().map(|word| format!("!\"{}\"", ruleset.lexicon.word_text(*word))));
        Some(format!("<{}>", parts.join(" ")))
    }

    fn note(&mut self, scanned: &Scanned, found: &Match, fate: &str) {
        let rule: &Rule = &self.extractor.ruleset().rules[found.rule];
        let span = scanned.span(found.tokens.clone());
        if self.question.rule.is_some_and(|rule| rule != found.rule) || !self.asked(span) {
            return;
        }
        let mut line = format!("  {} `{}`: {fate}", rule.id, span.of(self.text()));
        for (slot, name) in rule.captures.iter().enumerate() {
            if let Some(tokens) = found.slot(slot) {
                // Writing to a string does not fail.
                let _ = write!(line, "\n      {name} = `{}`", scanned.span(tokens).of(self.text()));
            }
        }
        self.pieces.push((span.start, line));
    }

    fn fact(&self, fact: &Fact) -> String {
        let cells: Vec<_> =
            table::cells(&fact.value).into_iter().map(|(name, cell)| format!("{name}={cell}")).collect();
        let flags: Vec<&str> = fact.flags.iter().collect();
        let (kind, text) = (fact.value.kind().name(), fact.span.of(self.text()));
        let line = format!("  {kind} `{text}`: {} {} {}", cells.join(" "), fact.rule, flags.join(" "));
        line.trim_end().to_owned()
    }

    fn facts(&mut self, extraction: &Extraction) {
        self.tell("facts");
        let asked =
            |rule: &str| self.question.rule.is_none_or(|each| &*self.extractor.ruleset().rules[each].id == rule);
        let facts = extraction.facts.iter().filter(|fact| self.asked(fact.span) && asked(&fact.rule));
        let lines: Vec<String> = facts.map(|fact| self.fact(fact)).collect();
        for line in lines {
            self.tell(&line);
        }
        let unclaimed = extraction.unclaimed.iter().filter(|each| self.asked(each.span));
        let lines: Vec<String> =
            unclaimed.map(|each| format!("  `{}`: {}", each.span.of(self.text()), each.reason)).collect();
        if !lines.is_empty() {
            self.tell("unclaimed");
        }
        for line in lines {
            self.tell(&line);
        }
    }
}

fn shown(token: &Token, text: &str) -> String {
    match token.kind {
        TokenKind::SentenceBreak => "the end of the sentence".to_owned(),
        TokenKind::BlockBreak => "the end of the block".to_owned(),
        _ => format!("`{}`", token.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}
