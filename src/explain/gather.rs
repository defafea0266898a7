//! Listens to the extractor, and puts down what happened.

use rustc_hash::FxHashMap;

use super::Question;
use super::reach::{self, first_wishes, gated, reach, shown};
use super::steps::{captures, one_line, steps};
use super::story::{Attempt, FactTold, Fate, MatchTold, Piece, Place, Story, TokenTold, UnclaimedTold};
use crate::document::{Document, ViewSpan};
use crate::extractor::{Event, Extractor};
use crate::matcher::{Advantage, Match, Outranked, Refusal, Why};
use crate::normalize::Value;
use crate::resolve::{Extraction, Fact};
use crate::rules::{Rule, Ruleset};
use crate::scan::Scanned;
use crate::table;
use crate::text::spaced;

/// A match of the piece at hand. Those that nobody asked about are kept too, for they may be what won.
struct Heard {
    found: Match,
    refusal: Option<Refusal>,
    told: Option<MatchTold>,
}

pub(super) struct Gatherer<'a> {
    extractor: &'a Extractor,
    document: &'a Document,
    question: &'a Question,
    story: Story,
    heard: Vec<Heard>,
    /// What names of places may mean, by where they stand.
    weighed: FxHashMap<u32, Vec<String>>,
}

impl<'a> Gatherer<'a> {
    pub fn new(extractor: &'a Extractor, document: &'a Document, question: &'a Question) -> Self {
        let story = Story {
            document: document.key.clone(),
            line: question.line.map(|line| line.0),
            rule: question.rule.map(|rule| extractor.ruleset().rules[rule].id.to_string()),
            ..Story::default()
        };
        Self { extractor, document, question, story, heard: Vec::new(), weighed: FxHashMap::default() }
    }

    pub fn gather(mut self) -> Story {
        let extraction = self.extractor.observe(self.document, &mut |event| self.hear(&event));
        self.flush();
        self.facts(&extraction);
        self.story
    }

    fn ruleset(&self) -> &'a Ruleset {
        self.extractor.ruleset()
    }

    fn text(&self) -> &'a str {
        self.document.view_text()
    }

    fn place(&self, span: ViewSpan) -> Place {
        let source = self.document.view.to_source(span);
        let (line, column) = self.document.lines.position(&self.document.text, source.start);
        Place { line: line.0, column: column.0 }
    }

    fn asked(&self, span: ViewSpan) -> bool {
        let Some(line) = self.question.line else { return true };
        let source = self.document.view.to_source(span);
        let lines = &self.document.lines;
        (lines.line(source.start)..=lines.line(source.end.saturating_sub(1).max(source.start))).contains(&line)
    }

    fn asked_rule(&self, rule: usize) -> bool {
        self.question.rule.is_none_or(|asked| asked == rule)
    }

    fn hear(&mut self, event: &Event<'_>) {
        match event {
            Event::Scanned(scanned) => {
                self.flush();
                self.piece(scanned);
            }
            Event::Refused(scanned, found, refusal) => {
                let told = self.matched(scanned, found, |gatherer| Fate::Refused {
                    by: refusal.code(),
                    why: gatherer.why(scanned, found, *refusal),
                });
                self.heard.push(Heard { found: (*found).clone(), refusal: Some(*refusal), told });
            }
            Event::Stands(scanned, found, made) => {
                let mut told = self.matched(scanned, found, |_| match made {
                    Ok(draft) => Fate::Stands {
                        kind: draft.value.kind().name(),
                        flags: draft.flags.iter().map(str::to_owned).collect(),
                    },
                    Err(reason) => Fate::NoFact { reason: reason.0.to_string() },
                });
                if let (Some(told), Ok(draft)) = (&mut told, made) {
                    told.steps = steps(self.ruleset(), &self.ruleset().rules[found.rule], draft);
                }
                self.heard.push(Heard { found: (*found).clone(), refusal: None, told });
            }
            Event::Weighed(weighed) => {
                let told = weighed.iter().filter(|each| each.options.len() > 1 && self.asked(each.span));
                self.weighed = told.map(|each| (each.span.start, each.options.iter().map(option).collect())).collect();
            }
        }
    }

    /// A match that somebody asked about.
    fn matched(&self, scanned: &Scanned, found: &Match, fate: impl FnOnce(&Self) -> Fate) -> Option<MatchTold> {
        let span = scanned.span(found.tokens.clone());
        if !self.asked_rule(found.rule) || !self.asked(span) {
            return None;
        }
        Some(MatchTold {
            place: self.place(span),
            rule: self.ruleset().rules[found.rule].id.to_string(),
            text: one_line(span, self.text()),
            fact: one_line(scanned.span(found.fact.clone()), self.text()),
            captures: captures(self.ruleset(), self.text(), scanned, found),
            fate: fate(self),
            steps: Vec::new(),
        })
    }

    fn why(&self, scanned: &Scanned, found: &Match, refusal: Refusal) -> String {
        let (ruleset, text) = (self.ruleset(), self.text());
        match self.extractor.matcher().why(ruleset, text, scanned, found, refusal) {
            Some(Why::Context(refusing)) => reach::refusal(ruleset, text, scanned, &refusing),
            Some(Why::Require(number)) => format!("`{}` does not hold", ruleset.rules[found.rule].require[number]),
            Some(Why::Veto(text)) => {
                format!("the veto found `{}`", spaced(&text))
            }
            None => match refusal {
                Refusal::Weak => "none of its tokens is strong: each is also an ordinary word".to_owned(),
                Refusal::Furniture => "it stands in page furniture".to_owned(),
                _ => String::new(),
            },
        }
    }

    /// Ends a piece: now it is known who won.
    fn flush(&mut self) {
        let heard = std::mem::take(&mut self.heard);
        let mut told: Vec<MatchTold> = Vec::new();
        for each in &heard {
            let Some(mut one) = each.told.clone() else { continue };
            if let (Fate::Refused { why, .. }, Some(refusal)) = (&mut one.fate, each.refusal)
                && why.is_empty()
            {
                *why = self.winner(&heard, &each.found, refusal);
            }
            told.push(one);
        }
        told.sort_by_key(|each| each.place);
        if let Some(piece) = self.story.pieces.last_mut() {
            piece.matches.append(&mut told);
        }
    }

    /// Who won, and by what.
    fn winner(&self, heard: &[Heard], loser: &Match, refusal: Refusal) -> String {
        let (rules, matcher) = (&self.ruleset().rules, self.extractor.matcher());
        let id = |found: &Match| &rules[found.rule].id;
        match refusal {
            Refusal::Overlap => {
                let meets = |winner: &Match| winner.fact.start < loser.fact.end && loser.fact.start < winner.fact.end;
                let mut winners =
                    heard.iter().filter(|each| each.refusal.is_none() && meets(&each.found)).map(|each| &each.found);
                let sure = winners.clone().find(|winner| matcher.advantage(winner, loser).is_some());
                let Some(winner) = sure.or_else(|| winners.next()) else { return String::new() };
                let by = match matcher.advantage(winner, loser) {
                    Some(Advantage::Priority) => priorities(&rules[winner.rule], &rules[loser.rule]),
                    Some(Advantage::LongerFact) => "the longer fact".to_owned(),
                    Some(Advantage::Kind) => {
                        let [won, lost] = [winner, loser].map(|found| rules[found.rule].kind.name());
                        format!("equally long, and `{won}` goes before `{lost}`")
                    }
                    Some(Advantage::LongerMatch) => "equally long facts, the longer match".to_owned(),
                    Some(Advantage::Earlier) => "equally long, it starts first".to_owned(),
                    Some(Advantage::RuleOrder) => "equal, its rule is written first".to_owned(),
                    None => "this one is in doubt: the rest of the document decides whether it stands".to_owned(),
                };
                format!("{} has the place: {by}", id(winner))
            }
            Refusal::Outdone => {
                let is_winner = |each: &&Heard| {
                    matches!(each.refusal, None | Some(Refusal::Overlap))
                        && each.found.tokens.start == loser.tokens.start
                        && rules[each.found.rule].kind == rules[loser.rule].kind
                };
                let Some(winner) = heard.iter().find(is_winner).map(|each| &each.found) else { return String::new() };
                let by = match matcher.outranked(winner, loser) {
                    Some(Outranked::Priority) => priorities(&rules[winner.rule], &rules[loser.rule]),
                    Some(Outranked::Length) => "the longer match".to_owned(),
                    Some(Outranked::RuleOrder) | None => "equally long, its rule is written first".to_owned(),
                };
                format!("{} does better here: {by}", id(winner))
            }
            _ => String::new(),
        }
    }

    fn piece(&mut self, scanned: &Scanned) {
        let tokens = &scanned.tokens;
        let asked: Vec<usize> =
            (0..tokens.len()).filter(|at| !tokens[*at].is_break() && self.asked(tokens[*at].span)).collect();
        if asked.is_empty() {
            return;
        }
        let mut piece = Piece { tokens: asked.iter().map(|at| self.token(scanned, *at)).collect(), ..Piece::default() };
        if let Some(rule) = self.question.rule.map(|rule| &self.ruleset().rules[rule]) {
            piece.attempts = asked.iter().filter_map(|at| self.attempt(scanned, *at, rule)).collect();
            if piece.attempts.is_empty() {
                piece.never_started = first_wishes(self.ruleset(), rule);
            }
        }
        self.story.pieces.push(piece);
    }

    fn token(&self, scanned: &Scanned, at: usize) -> TokenTold {
        let classes = self.ruleset().lexicon.classes();
        let names = scanned.set(at).iter().map(|class| classes.name(class));
        // All tokens are one or the other, and their text shows which.
        let names = names.filter(|name| !matches!(*name, "word" | "sign"));
        let span = scanned.tokens[at].span;
        let mut gated: Vec<_> =
            gated(self.ruleset(), self.text(), scanned, at).into_iter().map(|(_, told)| told).collect();
        gated.sort();
        gated.dedup();
        TokenTold {
            place: self.place(span),
            text: one_line(span, self.text()),
            value: scanned.number(at).and_then(|number| number.value.to_decimal()).map(|value| value.to_string()),
            classes: names.map(str::to_owned).collect(),
            gated,
        }
    }

    /// How far a rule gets from a token, if it gets anywhere.
    fn attempt(&self, scanned: &Scanned, at: usize, rule: &Rule) -> Option<Attempt> {
        let reach = reach(self.ruleset(), self.text(), scanned, rule, at);
        if reach.taken == 0 && reach.gated.is_empty() {
            return None;
        }
        let taken = |tokens: usize| match tokens {
            0 => String::new(),
            _ => one_line(scanned.span(at..at + tokens), self.text()),
        };
        let next = scanned.tokens.get(at + reach.taken);
        Some(Attempt {
            place: self.place(scanned.tokens[at].span),
            matched: taken(reach.taken),
            complete: reach.matched.map(taken),
            expected: reach.expected,
            found: next.map_or("the end".to_owned(), |token| shown(token, self.text())),
            gated: reach.gated,
        })
    }

    fn fact(&self, fact: &Fact) -> FactTold {
        FactTold {
            place: self.place(fact.span),
            kind: fact.value.kind().name(),
            text: one_line(fact.span, self.text()),
            cells: table::cells(&fact.value),
            rule: fact.rule.to_string(),
            confidence: fact.confidence.to_string(),
            flags: fact.flags.iter().map(str::to_owned).collect(),
            weighed: match fact.value {
                Value::Place(_) => self.weighed.get(&fact.span.start).cloned().unwrap_or_default(),
                _ => Vec::new(),
            },
        }
    }

    fn facts(&mut self, extraction: &Extraction) {
        let rules = &self.ruleset().rules;
        let is_asked = |rule: Option<&str>| {
            let asked = self.question.rule.map(|asked| &*rules[asked].id);
            asked.is_none() || asked == rule
        };
        let facts = extraction.facts.iter().filter(|fact| self.asked(fact.span) && is_asked(Some(&fact.rule)));
        let facts = facts.map(|fact| self.fact(fact)).collect();
        let unclaimed = extraction.unclaimed.iter().filter(|each| self.asked(each.span));
        let unclaimed = unclaimed
            .map(|each| UnclaimedTold {
                place: self.place(each.span),
                text: one_line(each.span, self.text()),
                reason: each.reason.to_string(),
                rule: each.rule.as_deref().map(str::to_owned),
            })
            .collect();
        (self.story.facts, self.story.unclaimed) = (facts, unclaimed);
    }
}

/// A place that a name may mean: `Paris, Texas, US (city, 24782 people): 9.1`.
fn option((place, score): &(crate::normalize::Place, f64)) -> String {
    let division = place.admin1.as_deref().filter(|division| *division != place.name.as_str());
    let names = [Some(place.name.as_str()), division, place.country.as_deref()];
    let names: Vec<&str> = names.into_iter().flatten().collect();
    let people = place.population.as_ref().map_or(String::new(), |people| format!(", {people} people"));
    format!("{} ({}{people}): {score:.1}", names.join(", "), place.place_type)
}

fn priorities(winner: &Rule, loser: &Rule) -> String {
    format!("priority {} against {}", winner.priority, loser.priority)
}
