//! From captures to a value: what each capture is, what the normalizer was told, and what it left open.

use super::story::{CaptureTold, DictionaryRow};
use crate::document::ViewSpan;
use crate::lexicon::{ClassSet, Lexicon};
use crate::matcher::Match;
use crate::normalize::{Amount, Draft, DraftValue, Money, MoneyDraft, OrganizationDraft, PlaceDraft, Text, Value};
use crate::rules::{Rule, Ruleset};
use crate::scan::Scanned;
use crate::table;
use crate::text::spaced;

/// The named parts of a match, with the numbers and dictionary rows in them.
pub(super) fn captures(ruleset: &Ruleset, text: &str, scanned: &Scanned, found: &Match) -> Vec<CaptureTold> {
    let rule = &ruleset.rules[found.rule];
    let told = |(slot, name): (usize, &String)| {
        let tokens = found.slot(slot)?;
        let value = tokens.clone().find_map(|at| scanned.number(at)).and_then(|number| number.value.to_decimal());
        let entries = scanned.entries(&ruleset.lexicon, text, tokens.clone(), &ClassSet::ALL);
        let mut rows: Vec<DictionaryRow> = Vec::new();
        for entry in entries {
            let row = row(&ruleset.lexicon, entry.table, entry.row, ruleset.lexicon.classes().name(entry.class));
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        Some(CaptureTold {
            name: name.clone(),
            text: one_line(scanned.span(tokens), text),
            value: value.map(|value| value.to_string()),
            rows,
        })
    };
    rule.captures.iter().enumerate().filter_map(told).collect()
}

fn row(lexicon: &Lexicon, table: u16, row: u32, class: &str) -> DictionaryRow {
    let (table, row) = (lexicon.table(table), row as usize);
    let cells = table.columns().iter().enumerate().map(|(at, name)| (name.clone(), table.cell(row, at).to_owned()));
    DictionaryRow {
        dictionary: format!("{}:{}", table.file(), table.line(row)),
        class: class.to_owned(),
        cells: cells.filter(|(_, cell)| !cell.is_empty()).collect(),
    }
}

/// How the normalizer of a rule made a draft of its captures.
pub(super) fn steps(ruleset: &Ruleset, rule: &Rule, draft: &Draft) -> Vec<String> {
    let set: Vec<String> = rule.set.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let told = if set.is_empty() { String::new() } else { format!(", told {}", set.join(", ")) };
    let mut steps = vec![format!("normalizer `{}`{told}", rule.make)];
    steps.push(match &draft.value {
        DraftValue::Number(number) => cells(&Value::Number(number.clone())),
        DraftValue::Money(money) => of_money(money),
        DraftValue::Place(place) => of_place(&ruleset.lexicon, place),
        DraftValue::Organization(organization) => of_organization(&ruleset.lexicon, organization),
        // A path from an anchor to a day: its own words are the clearest.
        DraftValue::Date(date) => format!("{:?}: {:?}", date.date_type, date.expression),
    });
    steps.retain(|step| !step.is_empty());
    steps
}

fn cells(value: &Value) -> String {
    let cells: Vec<String> = table::cells(value).into_iter().map(|(name, cell)| format!("{name}={cell}")).collect();
    cells.join(" ")
}

fn of_money(money: &MoneyDraft) -> String {
    let known = Money {
        amount: money.amount.clone(),
        qualifier: money.qualifier,
        currency: match money.currencies.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        per: money.per.clone(),
        converted: None,
        equivalent: None,
    };
    let open = match money.currencies.as_slice() {
        [] => "; the currency is open".to_owned(),
        [_] => String::new(),
        several => format!("; the document decides between {}", several.join(", ")),
    };
    let is_nothing = matches!(&known.amount, Amount::Range { low: None, high: None });
    if is_nothing { String::new() } else { format!("{}{open}", cells(&Value::Money(known))) }
}

/// Candidates that are named; of more, only how many there are.
const NAMED: usize = 5;

fn of_place(lexicon: &Lexicon, place: &PlaceDraft) -> String {
    let mut parts = vec![format!("name={}", place.surface)];
    parts.extend(place.place_type.iter().map(|text| format!("place_type={text}")));
    parts.extend(place.point.iter().map(|(latitude, longitude)| format!("point={latitude},{longitude}")));
    let names = |candidates: &[crate::normalize::PlaceCandidate]| {
        let named = candidates.iter().take(NAMED).map(|each| {
            let (table, row) = (lexicon.table(each.table), each.row as usize);
            format!("{}:{} ({})", table.file(), table.line(row), of_row(table, row))
        });
        let more = candidates.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| format!("{more} more"));
        named.chain(more).collect::<Vec<_>>().join(", ")
    };
    if !place.candidates.is_empty() {
        parts.push(format!("may be {}", names(&place.candidates)));
    }
    if !place.within.is_empty() {
        parts.push(format!("within {}", names(&place.within)));
    }
    parts.push(format!("evidence {:?}", place.evidence).to_lowercase());
    parts.join("; ")
}

/// Name and country of a gazetteer's row.
fn of_row(table: &crate::lexicon::Table, row: usize) -> String {
    let cells: Vec<&str> = ["name", "country"].map(|name| table.get(row, name)).into();
    cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ")
}

fn of_organization(lexicon: &Lexicon, organization: &OrganizationDraft) -> String {
    let mut parts = vec![format!("name={}", organization.name.as_ref().unwrap_or(&organization.surface))];
    let mut add = |name: &str, cell: &Option<Text>| parts.extend(cell.iter().map(|cell| format!("{name}={cell}")));
    add("acronym", &organization.acronym);
    add("organization_type", &organization.organization_type);
    add("country", &organization.country);
    if let Some((table, row)) = organization.entry {
        let (table, row) = (lexicon.table(table), row as usize);
        parts.push(format!("row {}:{}", table.file(), table.line(row)));
    }
    if organization.tentative {
        parts.push("stands only if the document names it elsewhere".to_owned());
    }
    parts.join("; ")
}

/// A slice of the view on one line.
pub(super) fn one_line(span: ViewSpan, text: &str) -> String {
    spaced(span.of(text)).into_string()
}
