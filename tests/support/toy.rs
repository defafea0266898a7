//! A toy engine: finds facts that are easy to predict, of every kind, without rules.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use factline::document::{Document, DocumentRules, ViewSpan};
use factline::normalize::{
    Amount, Converted, Date, DateType, Decimal, Kind, Money, Number, NumberType, Organization, Place, Qualifier, Value,
};
use factline::pipeline::{Job, MetadataTable, Output, RunError, RunRecord, Sources, StateUse, Summary, run};
use factline::resolve::{Confidence, Extraction, Fact, Flags, Unclaimed};
use factline::review::Review;
use factline::rules::Fingerprints;

/// Words of digits are numbers, `$5` is money (equal to the next one), `2018-10-26` a date, `Urumqi` a place, `UN` an
/// organization, `7` is in no fact, and `PANIC!` is a bug.
pub fn extract(document: &Document) -> Extraction {
    let text = document.view.text(&document.text);
    let mut extraction = Extraction { title: document.metadata.title.clone(), ..Extraction::default() };
    extraction.published.clone_from(&document.metadata.published);
    let mut start = 0;
    for word in text.split_inclusive(|character: char| character.is_whitespace()) {
        let span = ViewSpan::new(start as u32, (start + word.trim_end().len()) as u32);
        let sentence = sentence(text, start);
        start += word.len();
        let word = word.trim_end();
        assert!(word != "PANIC!", "a bug in the toy");
        if word == "7" {
            extraction.unclaimed.push(Unclaimed {
                span,
                sentence,
                reason: Cow::Borrowed("lucky"),
                rule: Some("toy".into()),
            });
        } else if let Some(value) = value(word) {
            let mut flags = Flags::new();
            flags.extend(word.starts_with('-').then_some("negative".into()));
            let (rule, confidence) = ("toy.rule".into(), Confidence(90));
            extraction.facts.push(Fact { span, sentence, value, rule, confidence, flags });
        }
    }
    extraction.facts.sort_by_key(|fact| (fact.value.kind(), fact.span));
    let last = extraction.facts.iter().rposition(|fact| fact.value.kind() == Kind::Money);
    for (index, fact) in extraction.facts.iter_mut().enumerate() {
        if let Value::Money(money) = &mut fact.value {
            money.equivalent = last.filter(|last| *last > index).map(|_| index + 1);
        }
    }
    extraction
}

/// The line around an offset.
fn sentence(text: &str, at: usize) -> ViewSpan {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    ViewSpan::new(start as u32, end as u32)
}

fn value(word: &str) -> Option<Value> {
    let exact = |text: &str| text.parse::<Decimal>().ok();
    if word == "Urumqi" {
        return Some(Value::Place(Place {
            name: word.into(),
            place_type: "city".into(),
            country: Some("CN".into()),
            admin1: Some("Xinjiang".into()),
            point: Some(("43.80096".into(), "87.60046".into())),
            geonames_id: Some("1529102".into()),
            population: Some("3029372".into()),
        }));
    }
    if word == "UN" {
        let (name, acronym) = ("United Nations".into(), Some("UN".into()));
        let organization_type = Some("intergovernmental".into());
        return Some(Value::Organization(Organization { name, acronym, organization_type, country: None }));
    }
    if let Ok(day) = word.parse::<jiff::civil::Date>() {
        return Some(Value::Date(Date {
            date_type: DateType::Date,
            timex: day.to_string().into(),
            edtf: Some(day.to_string().into()),
            start_date: Some(day.to_string().into()),
            end_date: Some(day.to_string().into()),
            modifier: None,
            reference_date: Some(day),
        }));
    }
    if let Some(amount) = word.strip_prefix('$').and_then(exact) {
        let converted = Converted {
            amount: Amount::Exact(&amount * &Decimal::from_integer(2)),
            currency: "EUR".into(),
            rate: Decimal::from_integer(2),
            rate_date: jiff::civil::date(2018, 10, 26),
        };
        return Some(Value::Money(Money {
            amount: Amount::Exact(amount),
            qualifier: Some(Qualifier::Approximately),
            currency: Some("USD".into()),
            per: None,
            converted: Some(converted),
            equivalent: None,
        }));
    }
    let (number_type, amount) = match word.split_once(':') {
        Some((one, other)) => (NumberType::Ratio, Amount::Ratio(vec![exact(one)?, exact(other)?])),
        None => (NumberType::Cardinal, Amount::Exact(exact(word)?)),
    };
    let counted = Some("=cmd|things".into());
    Some(Value::Number(Number { number_type, amount, qualifier: None, unit: None, si: None, counted }))
}

/// Runs the toy over a folder.
pub fn run_toy(input: &Path, out: &Path, threads: usize) -> Result<Summary, RunError> {
    run_with(input, out, threads, &extract, &AtomicBool::new(false))
}

/// Runs an engine over a folder.
pub fn run_with(
    input: &Path,
    out: &Path,
    threads: usize,
    extract: &(dyn Fn(&Document) -> Extraction + Sync),
    cancelled: &AtomicBool,
) -> Result<Summary, RunError> {
    run_as(input, out, Settings { threads, ..Settings::default() }, extract, cancelled)
}

/// What a run of the toy may vary in.
pub struct Settings {
    pub threads: usize,
    pub state: StateUse,
    pub version: &'static str,
    pub rules_hash: &'static str,
    pub currency: &'static str,
    pub metadata: Option<PathBuf>,
    pub review: Review,
    /// Whether tables that show other decisions are overwritten.
    pub force: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            threads: 1,
            state: StateUse::Keep,
            version: "0.0.0",
            rules_hash: "toy",
            currency: "USD",
            metadata: None,
            review: Review::default(),
            force: false,
        }
    }
}

/// Runs an engine over a folder, with settings.
pub fn run_as(
    input: &Path,
    out: &Path,
    settings: Settings,
    extract: &(dyn Fn(&Document) -> Extraction + Sync),
    cancelled: &AtomicBool,
) -> Result<Summary, RunError> {
    let metadata = settings.metadata.map_or_else(MetadataTable::default, |path| MetadataTable::read(&path).unwrap());
    let record = RunRecord {
        version: settings.version.into(),
        rules_hash: settings.rules_hash.into(),
        kinds: Kind::ALL.into(),
        reference_date: None,
        date_order: None,
        currency: settings.currency.into(),
        metadata_sha256: metadata.sha256.clone(),
        rates_sha256: None,
        decisions_sha256: None,
        show_rejected: false,
    };
    let sources = Sources::find(&[input.to_owned()], &[]).unwrap();
    let job = Job {
        sources: &sources.documents,
        input: &[input.to_owned()],
        metadata: &metadata,
        documents: &DocumentRules::default(),
        extract: &|documents, give| documents.iter().map(extract).for_each(give),
        record: &record,
        fingerprints: &Fingerprints::default,
        state: settings.state,
        threads: NonZeroUsize::new(settings.threads).unwrap(),
        cancelled,
    };
    let output = Output::prepare(out, &record.tables(), settings.review, settings.force)?;
    run(&job, output, &mut |_| {})
}
