//! A story in words, for a person at a terminal.

use std::fmt::{self, Write};

use super::story::{Attempt, CaptureTold, FactTold, Fate, GatedMeaning, MatchTold, Piece, Story, TokenTold};

/// Width of the column of tokens.
const TOKEN: usize = 24;

impl Story {
    /// The story in words.
    pub fn text(&self) -> String {
        let mut told = String::new();
        // Writing to a string does not fail.
        let _ = self.tell(&mut told);
        told
    }

    fn tell(&self, out: &mut String) -> fmt::Result {
        for piece in &self.pieces {
            piece.tell(self.rule.as_deref(), out)?;
        }
        writeln!(out, "facts")?;
        for fact in &self.facts {
            fact.tell(out)?;
        }
        if !self.unclaimed.is_empty() {
            writeln!(out, "unclaimed")?;
        }
        for each in &self.unclaimed {
            let rule = each.rule.as_ref().map_or(String::new(), |rule| format!(" ({rule})"));
            writeln!(out, "  `{}`: {}{rule}", each.text, each.reason)?;
        }
        Ok(())
    }
}

impl Piece {
    fn tell(&self, rule: Option<&str>, out: &mut String) -> fmt::Result {
        writeln!(out, "tokens")?;
        for token in &self.tokens {
            token.tell(out)?;
            let here = self.attempts.iter().filter(|attempt| attempt.place == token.place);
            for attempt in here {
                attempt.tell(rule.unwrap_or_default(), out)?;
            }
        }
        if let (Some(rule), false) = (rule, self.never_started.is_empty()) {
            writeln!(out, "  {rule} starts nowhere here; it wants {}", self.never_started.join(" or "))?;
        }
        if !self.matches.is_empty() {
            writeln!(out, "matches")?;
        }
        self.matches.iter().try_for_each(|each| each.tell(out))
    }
}

impl TokenTold {
    fn tell(&self, out: &mut String) -> fmt::Result {
        let value = self.value.as_ref().map_or(String::new(), |value| format!("= {value} "));
        let mut gated: Vec<String> = self.gated.iter().map(|each| format!("{} ({})", each.class, each.gate)).collect();
        gated.dedup();
        let gated = if gated.is_empty() { String::new() } else { format!("; not {}", gated.join(", ")) };
        let line = format!("  {:<TOKEN$} {value}{}{gated}", format!("`{}`", self.text), self.classes.join(" "));
        writeln!(out, "{}", line.trim_end())
    }
}

impl Attempt {
    fn tell(&self, rule: &str, out: &mut String) -> fmt::Result {
        let expected = self.expected.join(" or ");
        match &self.complete {
            Some(complete) if *complete == self.matched => writeln!(out, "      {rule}: matched all of `{complete}`")?,
            Some(complete) => writeln!(
                out,
                "      {rule}: matched all of `{complete}`; beyond it to `{}`: expected {expected}, found {}",
                self.matched, self.found
            )?,
            None if self.matched.is_empty() => {
                writeln!(out, "      {rule}: expected {expected}, found {}", self.found)?;
            }
            None => {
                writeln!(
                    out,
                    "      {rule}: matched to `{}`; expected {expected}, found {}",
                    self.matched, self.found
                )?;
            }
        }
        self.gated.iter().try_for_each(|each| gate(each, out))
    }
}

fn gate(gated: &GatedMeaning, out: &mut String) -> fmt::Result {
    let GatedMeaning { text, class, gate, dictionary } = gated;
    writeln!(out, "        `{text}` would be {class} by {dictionary}, but for {gate}")
}

impl MatchTold {
    fn tell(&self, out: &mut String) -> fmt::Result {
        let fate = match &self.fate {
            Fate::Stands { kind, flags } if flags.is_empty() => format!("stands as {kind}"),
            Fate::Stands { kind, flags } => format!("stands as {kind}, flags {}", flags.join(" ")),
            Fate::NoFact { reason } => format!("no fact: {reason}"),
            Fate::Refused { by, why } if why.is_empty() => format!("refused: {by}"),
            Fate::Refused { by, why } => format!("refused: {by}: {why}"),
        };
        writeln!(out, "  {} `{}`: {fate}", self.rule, self.text)?;
        self.captures.iter().try_for_each(|capture| capture.tell(out))?;
        self.steps.iter().try_for_each(|step| writeln!(out, "      → {step}"))
    }
}

impl CaptureTold {
    fn tell(&self, out: &mut String) -> fmt::Result {
        let value = self.value.as_ref().map_or(String::new(), |value| format!(" = {value}"));
        writeln!(out, "      {} = `{}`{value}", self.name, self.text)?;
        for row in &self.rows {
            let cells: Vec<String> =
                row.cells.iter().map(|(name, cell)| format!("{name}={}", shortened(cell))).collect();
            writeln!(out, "        {} {}: {}", row.class, row.dictionary, cells.join(" "))?;
        }
        Ok(())
    }
}

/// Characters of a cell that are told: lists of aliases fill pages.
const CELL: usize = 60;

fn shortened(cell: &str) -> String {
    match cell.char_indices().nth(CELL) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}

impl FactTold {
    fn tell(&self, out: &mut String) -> fmt::Result {
        let cells: Vec<String> = self.cells.iter().map(|(name, cell)| format!("{name}={cell}")).collect();
        let line =
            format!("  {} `{}`: {} {} {}", self.kind, self.text, cells.join(" "), self.rule, self.flags.join(" "));
        writeln!(out, "{}", line.trim_end())?;
        self.weighed.iter().try_for_each(|each| writeln!(out, "      {each}"))
    }
}
