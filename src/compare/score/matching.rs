//! Which made fact is which gold fact.

use std::cmp::Reverse;

use crate::compare::rows::RowRef;

/// Where a fact stands: a first place and an end, in bytes or in lines and columns.
type Span = (u64, u64);

/// Bits for the column in a place made of line and column.
const COLUMN: u32 = 24;

fn in_bytes(row: RowRef<'_>) -> Option<Span> {
    row.bytes()
}

fn in_columns(row: RowRef<'_>) -> Option<Span> {
    let start = row.number_in("line")? << COLUMN | row.number_in("column")?;
    Some((start, start + row.cell("text").chars().count() as u64))
}

/// The spans of two facts in what both tell of.
fn spans(gold: RowRef<'_>, made: RowRef<'_>) -> Option<(Span, Span)> {
    let both = |span: fn(RowRef<'_>) -> Option<Span>| Some((span(gold)?, span(made)?));
    both(in_bytes).or_else(|| both(in_columns))
}

/// Whether two matched facts have the same span; a gold that tells no place has at least the text.
pub(super) fn is_strict(gold: RowRef<'_>, made: RowRef<'_>) -> bool {
    match spans(gold, made) {
        Some((gold, made)) => gold == made,
        None => gold.cell("text") == made.cell("text"),
    }
}

/// Pairs of numbers of gold and made facts of a document, one to one, the best overlap first.
pub(super) fn matched(gold: &[RowRef<'_>], made: &[RowRef<'_>]) -> Vec<(usize, usize)> {
    // By overlap, the greatest first; then the smallest that stands out; then by place.
    let mut candidates: Vec<(Reverse<u64>, u64, usize, usize)> = Vec::new();
    if gold.iter().chain(made).all(|row| in_bytes(*row).is_some()) {
        sweep(gold, made, |overlap, apart, of_gold, of_made| {
            candidates.push((Reverse(overlap), apart, of_gold, of_made));
        });
    } else {
        for (of_gold, row) in gold.iter().enumerate() {
            for (of_made, other) in made.iter().enumerate() {
                let (overlap, apart) = match spans(*row, *other) {
                    Some((gold, made)) => compared(gold, made),
                    None => (u64::from(row.cell("text") == other.cell("text")), of_gold.abs_diff(of_made) as u64),
                };
                if overlap > 0 {
                    candidates.push((Reverse(overlap), apart, of_gold, of_made));
                }
            }
        }
    }
    candidates.sort_unstable();
    let (mut taken_gold, mut taken_made) = (vec![false; gold.len()], vec![false; made.len()]);
    let mut pairs = Vec::new();
    for (_, _, of_gold, of_made) in candidates {
        if !taken_gold[of_gold] && !taken_made[of_made] {
            (taken_gold[of_gold], taken_made[of_made]) = (true, true);
            pairs.push((of_gold, of_made));
        }
    }
    pairs
}

/// How much two spans share, and how far their ends are apart.
fn compared(gold: Span, made: Span) -> (u64, u64) {
    let overlap = gold.1.min(made.1).saturating_sub(gold.0.max(made.0));
    (overlap, gold.0.abs_diff(made.0) + gold.1.abs_diff(made.1))
}

/// Gives all pairs of spans that share a byte, in time that grows with their number.
fn sweep(gold: &[RowRef<'_>], made: &[RowRef<'_>], mut each: impl FnMut(u64, u64, usize, usize)) {
    let sorted = |rows: &[RowRef<'_>]| {
        let mut spans: Vec<(Span, usize)> =
            rows.iter().enumerate().filter_map(|(at, row)| Some((in_bytes(*row)?, at))).collect();
        spans.sort_unstable();
        spans
    };
    let (gold, made) = (sorted(gold), sorted(made));
    let mut first = 0;
    for (span, of_gold) in &gold {
        // What ends before this one begins ends before all that come.
        while made.get(first).is_some_and(|(made, _)| made.1 <= span.0) {
            first += 1;
        }
        for (other, of_made) in made[first..].iter().take_while(|(made, _)| made.0 < span.1) {
            let (overlap, apart) = compared(*span, *other);
            if overlap > 0 {
                each(overlap, apart, *of_gold, *of_made);
            }
        }
    }
}
