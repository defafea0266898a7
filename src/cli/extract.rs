//! `factline extract`: from paths to tables.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use factline::document::sha256;
use factline::normalize::Kind;
use factline::pipeline::{Job, Output, RunError, RunRecord, StateUse, run};
use factline::review::apply::Rejected;
use factline::review::{Review, decisions_path};

use super::args::Extract;
use super::engine::{Engine, load};
use super::found::{Found, found};
use super::progress::Progress;
use super::{Exit, Problem, boxed, fail, review, say, summary as told};

/// What the user's words mean: all is checked, read and loaded, nothing is written yet.
struct Plan {
    /// The paths that the user named.
    input: Vec<PathBuf>,
    found: Found,
    engine: Engine,
    record: RunRecord,
    threads: NonZeroUsize,
    out: PathBuf,
    review: Review,
    force: bool,
    quiet: bool,
    state: StateUse,
}

impl Plan {
    fn new(said: Extract) -> Result<Self, Problem> {
        if said.paths.is_empty() {
            return Err(boxed(
                "no input: name the files or folders to read, or `-` for standard input, for example\n  \
                 factline extract texts --out tables",
            ));
        }
        let kinds: Vec<_> =
            Kind::ALL.into_iter().filter(|kind| said.tables.is_empty() || said.tables.contains(kind)).collect();
        let threads = said.basis.threads.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build();
        let skipped = said.basis.paths().chain(said.decisions.clone()).chain([said.out.clone()]).collect::<Vec<_>>();
        // Both take time, and neither needs the other.
        let mut documents = None;
        let engine = pool.map_err(|error| boxed(RunError::Thread(error)))?.in_place_scope(|scope| {
            scope.spawn(|_| documents = Some(found(&said.paths, said.basis.metadata.as_deref(), skipped)));
            load(&said.basis)
        });
        let (engine, decisions) = (engine?, Decided::read(&said)?);
        let found = documents.unwrap_or_else(|| unreachable!("the scope has ended"))?;
        let record = RunRecord {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rules_hash: engine.rules_hash.clone(),
            kinds,
            reference_date: said.basis.dates.reference_date,
            date_order: said.basis.dates.date_order,
            currency: said.basis.currency,
            metadata_sha256: found.metadata.sha256.clone(),
            rates_sha256: engine.rates_sha256.clone(),
            decisions_sha256: decisions.sha256,
            show_rejected: said.show_rejected,
        };
        let state = match (said.no_state, said.verify) {
            (true, _) => StateUse::None,
            (false, true) => StateUse::Verify,
            (false, false) => StateUse::Keep,
        };
        let (out, force, quiet) = (said.out, said.force, said.quiet);
        let review = decisions.review;
        Ok(Self { input: said.paths, found, engine, record, threads, out, review, force, quiet, state })
    }

    fn warnings(&self) -> impl Iterator<Item = String> {
        let is_empty = self.found.sources.documents.is_empty();
        let nothing = is_empty.then(|| "no documents found: the tables have only their header".to_owned());
        nothing.into_iter().chain(self.found.warnings(&self.engine.extractor))
    }
}

/// What reviewers decided, as a run reads it.
struct Decided {
    review: Review,
    /// SHA-256 of the file, where there is one.
    sha256: Option<String>,
}

impl Decided {
    fn read(said: &Extract) -> Result<Self, Problem> {
        let path = said.decisions.clone().unwrap_or_else(|| decisions_path(&said.out));
        if let (Some(path), false) = (&said.decisions, path.is_file()) {
            return Err(boxed(format!("--decisions `{}`: expected a file, found none", path.display())));
        }
        let rejected = if said.show_rejected { Rejected::Shown } else { Rejected::Hidden };
        let review = Review::read(&path, rejected).map_err(boxed)?;
        let sha256 = std::fs::read(&path).ok().map(|bytes| sha256(&bytes));
        Ok(Self { review, sha256 })
    }
}

/// Extracts.
pub(super) fn extract(said: Extract) -> Exit {
    let plan = match Plan::new(said) {
        Ok(plan) => plan,
        Err(problem) => return fail(&problem),
    };
    let output = match Output::prepare(&plan.out, &plan.record.tables(), plan.review.clone(), plan.force) {
        Ok(output) => output,
        Err(error) => return fail(&error),
    };
    for warning in plan.warnings() {
        say(&format!("warning: {warning}"));
    }
    let cancelled = stop_on_signal();
    let job = Job {
        sources: &plan.found.sources.documents,
        input: &plan.input,
        metadata: &plan.found.metadata,
        documents: plan.engine.extractor.document_rules(),
        extract: &|documents, give| plan.engine.extractor.extract_all(documents, give),
        record: &plan.record,
        fingerprints: &|| plan.engine.extractor.ruleset().fingerprints(),
        state: plan.state,
        threads: plan.threads,
        cancelled: &cancelled,
    };
    let started = Instant::now();
    let progress = Progress::new(&plan.found.sources.documents, plan.quiet);
    let outcome = run(&job, output, &mut |summary| progress.show(summary));
    progress.clear();
    match outcome {
        Ok(summary) => {
            if !plan.quiet {
                say(&told::summary(&summary, &plan.record.kinds, &plan.out, started.elapsed()));
            }
            for line in told::damage(&summary).into_iter().chain(told::failures(&summary)) {
                say(&line);
            }
            review::tell_orphans(&plan.out, &plan.review.decisions, summary.orphans);
            if summary.failed > 0 { Exit::SomeFailed } else { Exit::Done }
        }
        Err(RunError::Stopped) => {
            say(&RunError::Stopped.to_string());
            Exit::Stopped
        }
        Err(error) => fail(&error),
    }
}

/// A flag that Ctrl-C (or the system's wish to end the program) sets. A second one ends at once; what is temporary then
/// is cleaned up by the next run.
pub(super) fn stop_on_signal() -> Arc<AtomicBool> {
    let cancelled = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&cancelled);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    if let Err(error) = ctrlc::set_handler(handler) {
        say(&format!("warning: Ctrl-C will not clean up: {error}"));
    }
    cancelled
}
