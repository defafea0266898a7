//! `factline review collect|status|carry|export`.

mod show;

pub(super) mod args;

use std::path::{Path, PathBuf};

use factline::normalize::Kind;
use factline::report::line_address;
use factline::review::apply::Rejected;
use factline::review::carry::carry;
use factline::review::codes::Codes;
use factline::review::collect::{Collected, Reviewed, Signature, collect};
use factline::review::decision::Decisions;
use factline::review::file::append;
use factline::review::orphans::{self, Likeness, Orphan};
use factline::review::shown::Memory;
use factline::review::workbook::LineAddress;
use factline::review::{Finding, Review, decisions_path, orphans_path, status, workbook};
use factline::state::Store;

use super::{Exit, Problem, boxed, engine, fail, print, say};
use args::{Carry, Collect, Export, Of, Signed, Status};

/// Findings that are told one by one.
const TOLD: usize = 50;

pub(super) fn review(said: args::Review) -> Exit {
    let done = match said {
        args::Review::Collect(said) => collected(&said),
        args::Review::Status(said) => shown_status(&said),
        args::Review::Carry(said) => carried(&said),
        args::Review::Export(said) => exported(&said),
    };
    done.unwrap_or_else(|problem| fail(&problem))
}

/// The state, and what is decided.
struct At {
    store: Store,
    path: PathBuf,
    review: Review,
}

impl At {
    fn open(of: &Of) -> Result<Self, Problem> {
        if !of.out.is_dir() {
            return Err(boxed(format!("`{}`: expected the folder with the tables of a run", of.out.display())));
        }
        let store = Store::open(&of.out).map_err(boxed)?;
        let path = of.decisions.clone().unwrap_or_else(|| decisions_path(&of.out));
        let review = Review::read(&path, Rejected::default()).map_err(boxed)?;
        Ok(Self { store, path, review })
    }
}

/// The one place where a clock is asked: a decision has a date, the tables have none of it.
fn signature(signed: &Signed) -> Signature {
    let login = || ["USER", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let now = || jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    Signature {
        reviewer: signed.reviewer.clone().or_else(login).unwrap_or_default(),
        date: signed.date.clone().unwrap_or_else(now),
    }
}

fn collected(said: &Collect) -> Result<Exit, Problem> {
    let At { store, path, review } = At::open(&said.of)?;
    let folder = said.from.as_ref().unwrap_or(&said.of.out);
    let reviewed = match &said.xlsx {
        Some(book) => Reviewed::Workbook(book.clone()),
        None => Reviewed::Folder(folder.clone(), Kind::ALL.to_vec()),
    };
    let memory = said.xlsx.is_none().then(|| Memory::of_tables(folder));
    let shown = match (&memory, &said.xlsx) {
        (None, Some(book)) => Memory::in_workbook(book).map_err(boxed)?,
        (memory, _) => memory.as_ref().map(Memory::read).transpose().map_err(boxed)?.unwrap_or_default(),
    };
    let codes = Codes::of(&engine::rules(said.rules.rules.as_deref()).map_err(boxed)?, &store);
    let signature = signature(&said.signed);
    let found = collect(&store, &reviewed, &shown, &review.decisions, &signature, &codes).map_err(boxed)?;
    if !said.dry_run {
        append(&path, &found.decisions).map_err(boxed)?;
        // Should this fail, the tables seem to show less than they do, and what they show is found to be decided already.
        if let Some(Err(error)) = memory.map(|memory| memory.add(&found.shown)) {
            say(&format!("warning: {error}"));
        }
    }
    Ok(tell(&found, &path, said.dry_run))
}

fn tell(found: &Collected, path: &Path, is_dry: bool) -> Exit {
    let (problems, notices): (Vec<&Finding>, Vec<&Finding>) =
        found.findings.iter().partition(|finding| finding.code.is_problem());
    for (what, findings) in [("warning", &notices), ("error", &problems)] {
        for finding in findings.iter().take(TOLD) {
            say(&format!("{what}: {finding}"));
        }
        if findings.len() > TOLD {
            say(&format!("{what}: and {} more of this sort", findings.len() - TOLD));
        }
    }
    say(&show::collected(&found.decisions, path, is_dry));
    if problems.is_empty() {
        return Exit::Done;
    }
    say(&format!("{} could not be taken: correct the cells named above, and collect again", problems.len()));
    Exit::SomeFailed
}

fn shown_status(said: &Status) -> Result<Exit, Problem> {
    let At { store, review, .. } = At::open(&said.of)?;
    let counts = status::status(&store, &review.decisions).map_err(boxed)?;
    let orphans = listed_orphans(&store, &review.decisions, &said.of.out)?;
    Ok(print(show::status(&counts, &orphans, &said.of.out, said.all).as_bytes()))
}

/// The decisions whose fact is gone, which are also written beside the decisions of the tables.
fn listed_orphans(store: &Store, decisions: &Decisions, out: &Path) -> Result<Vec<Orphan>, Problem> {
    let orphans = orphans::find(store, decisions).map_err(boxed)?;
    let path = orphans_path(out);
    orphans::write(&path, &orphans).map_err(|error| boxed(format!("cannot write `{}`: {error}", path.display())))?;
    Ok(orphans)
}

/// After a run that missed facts of decisions: lists them, and says so.
pub(super) fn tell_orphans(out: &Path, decisions: &Decisions, count: u64) {
    if count == 0 {
        // A list of a run before no longer holds.
        let path = orphans_path(out);
        if let Err(error) = orphans::write(&path, &[]) {
            say(&format!("warning: `{}` no longer holds, and cannot be removed: {error}", path.display()));
        }
        return;
    }
    let listed = Store::open(out).map_err(boxed).and_then(|store| listed_orphans(&store, decisions, out));
    match listed {
        Ok(orphans) => say(&show::orphans(&orphans, out)),
        Err(error) => say(&format!("warning: {count} decisions are about facts that are gone: {error}")),
    }
}

fn exported(said: &Export) -> Result<Exit, Problem> {
    let At { store, review, .. } = At::open(&said.of)?;
    let book = &said.xlsx;
    if book.exists() && !said.force {
        let problem =
            "is there already, perhaps with a reviewer's work: name another file, or overwrite it with --force";
        return Err(boxed(format!("`{}` {problem}", book.display())));
    }
    let report = match &said.report {
        Some(report) => Some(seen_from(book, report).map_err(boxed)?),
        None => None,
    };
    let lines = report.map(|report| move |key: &str, line| format!("{report}/{}", line_address(key, line)));
    let wanted = workbook::Export {
        lines: lines.as_ref().map(|lines| lines as LineAddress<'_>),
        only_flagged: said.only_flagged,
        rejected: if said.show_rejected { Rejected::Shown } else { Rejected::Hidden },
    };
    let counts = workbook::export(&store, &review, &wanted, book).map_err(boxed)?;
    let counts: Vec<String> = counts.iter().map(|(table, rows)| format!("{rows} {}", table.name())).collect();
    say(&format!("{} with {}", book.display(), counts.join(", ")));
    Ok(Exit::Done)
}

/// A folder as seen from a file, with `/`: a link must hold wherever both are moved together.
fn seen_from(file: &Path, folder: &Path) -> Result<String, String> {
    let absolute = |path: &Path| std::path::absolute(path).map_err(|error| format!("`{}`: {error}", path.display()));
    let (file, folder) = (absolute(file)?, absolute(folder)?);
    let from: Vec<_> = file.parent().unwrap_or(&file).components().collect();
    let to: Vec<_> = folder.components().collect();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from[shared..].iter().map(|_| "..".to_owned());
    let down = to[shared..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let path: Vec<String> = up.chain(down).collect();
    Ok(if path.is_empty() { ".".to_owned() } else { path.join("/") })
}

fn carried(said: &Carry) -> Result<Exit, Problem> {
    let At { store, path, review } = At::open(&said.of)?;
    let signature = signature(&said.signed);
    let pairs: Vec<(String, String)> = match (&said.old, &said.new) {
        (Some(old), Some(new)) => vec![(old.clone(), new.clone())],
        _ => {
            let orphans = orphans::find(&store, &review.decisions).map_err(boxed)?;
            let certain = orphans.into_iter().filter_map(|Orphan { id, successor, .. }| Some((id, successor?)));
            certain.filter(|(_, to)| to.likeness == Likeness::Same).map(|(id, to)| (id, to.id)).collect()
        }
    };
    let lines = carry(&store, &review.decisions, &pairs, &signature).map_err(boxed)?;
    append(&path, &lines).map_err(boxed)?;
    let count = if pairs.len() == 1 { "1 decision".to_owned() } else { format!("{} decisions", pairs.len()) };
    say(&format!("{count} carried over in {}; run `factline extract` to see the tables so", path.display()));
    Ok(Exit::Done)
}
