//! A score for people.

use std::fmt::{self, Write};

use super::{Measure, Score, Tally};
use crate::compare::format::style::{HEADING, styled};

/// Rules that are listed: those that cost most facts first.
const RULES: usize = 40;

/// The score in words, as tables with aligned columns.
pub fn text(score: &Score) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_text(score, &mut text);
    text
}

fn head(score: &Score) -> String {
    let sort = if score.reviewed { "reviewed rows" } else { "all facts" };
    let unjudged = match score.unjudged {
        0 => String::new(),
        facts => format!("; {facts} made facts that nobody has judged"),
    };
    format!("{} documents, {sort}{unjudged}", score.documents)
}

fn write_text(score: &Score, out: &mut String) -> fmt::Result {
    writeln!(out, "{}\n", head(score))?;
    let line = format!(
        "{:<28} {:>7} {:>7} | {:^20} | {:^20} | {:^20}",
        "", "gold", "made", "strict  P    R    F1", "relaxed P    R    F1", "value   P    R    F1"
    );
    writeln!(out, "{}", styled(HEADING, &line))?;
    for (name, tally) in score.tables.iter().chain(&score.types) {
        let measures: Vec<String> = measures(tally).map(|measure| format!("{:>20}", shown(measure, " "))).into();
        writeln!(out, "{name:<28} {:>7} {:>7} | {}", tally.gold, tally.made, measures.join(" | "))?;
    }
    writeln!(
        out,
        "\n{}",
        styled(HEADING, "rules that are wrong most often: wrong, made, precision of the value, confidence")
    )?;
    for (rule, wrong, made, precision, confidence) in wrong(score) {
        writeln!(out, "{wrong:>7} {made:>7}  {precision:.2}  {:>4}  {rule}", said(confidence))?;
    }
    if score.reliability.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", styled(HEADING, "confidence: facts, said, right (95 % of chance)"))?;
    for bin in &score.reliability {
        writeln!(
            out,
            "{:.2}–{:.2} {:>7}  {:.2}  {:.2} ({:.2}–{:.2})",
            bin.from, bin.to, bin.facts, bin.confidence, bin.right, bin.low, bin.high
        )?;
    }
    writeln!(out, "mean distance {:.3}", score.calibration_error)
}

fn measures(tally: &Tally) -> [&Measure; 3] {
    [&tally.strict, &tally.relaxed, &tally.value]
}

/// Precision, recall and F1 in percent.
fn shown(measure: &Measure, separator: &str) -> String {
    [measure.precision, measure.recall, measure.f1].map(|share| format!("{:.1}", share * 100.0)).join(separator)
}

/// Rules with wrong facts: rule, wrong, made, precision, confidence.
fn wrong(score: &Score) -> Vec<(&str, u64, u64, f64, Option<f64>)> {
    let mut rules: Vec<_> = score
        .rules
        .iter()
        .map(|(rule, tally)| {
            let precision = super::tally::share(tally.value, tally.made);
            (rule.as_str(), tally.made - tally.value, tally.made, precision, tally.confidence)
        })
        .filter(|(_, wrong, ..)| *wrong > 0)
        .collect();
    rules.sort_by_key(|(rule, wrong, ..)| (std::cmp::Reverse(*wrong), *rule));
    rules.truncate(RULES);
    rules
}

/// A confidence, where facts tell one.
fn said(confidence: Option<f64>) -> String {
    confidence.map_or_else(|| "-".to_owned(), |confidence| format!("{confidence:.2}"))
}

/// The score as Markdown.
pub fn markdown(score: &Score) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_markdown(score, &mut text);
    text
}

fn write_markdown(score: &Score, out: &mut String) -> fmt::Result {
    writeln!(out, "{}. Precision / recall / F1 in percent.\n", head(score))?;
    writeln!(out, "| | gold | made | strict | relaxed | value |\n| --- | --: | --: | --: | --: | --: |")?;
    for (name, tally) in score.tables.iter().chain(&score.types) {
        let measures = measures(tally).map(|measure| shown(measure, " / "));
        writeln!(out, "| {name} | {} | {} | {} |", tally.gold, tally.made, measures.join(" | "))?;
    }
    writeln!(out, "\n| rule | wrong | made | precision | confidence |\n| --- | --: | --: | --: | --: |")?;
    for (rule, wrong, made, precision, confidence) in wrong(score) {
        writeln!(out, "| `{rule}` | {wrong} | {made} | {precision:.2} | {} |", said(confidence))?;
    }
    reliability(score, out)
}

/// The table of confidences alone.
fn reliability(score: &Score, out: &mut String) -> fmt::Result {
    if score.reliability.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| confidence | facts | said | right | 95 % of chance |\n| --- | --: | --: | --: | --- |")?;
    for bin in &score.reliability {
        writeln!(
            out,
            "| {:.2}–{:.2} | {} | {:.2} | {:.2} | {:.2}–{:.2} |",
            bin.from, bin.to, bin.facts, bin.confidence, bin.right, bin.low, bin.high
        )?;
    }
    writeln!(out, "\nMean distance {:.3}.", score.calibration_error)
}
