//! Measures a nightly run: `cargo run --release --example refresh -- FOLDER [DOCUMENTS [BYTES]]`.
//!
//! Writes documents (100,000 of about 1,000 bytes, if nothing else is said) into a folder that is not there yet, runs the
//! release binary over them, changes every hundredth, runs it again, and compares: times, and the bytes of the tables with
//! those of a clean run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use factline::extractor::{Extractor, Options};
use factline::rules::Ruleset;

#[path = "../benches/corpus/mod.rs"]
mod corpus;

/// Documents in one folder.
const FOLDER: usize = 1_000;

fn path(folder: &Path, number: usize) -> PathBuf {
    folder.join("in").join(format!("{:04}/{number:07}.txt", number / FOLDER))
}

/// Writes the documents: pieces of those of the corpus, at ends of paragraphs.
fn write(folder: &Path, documents: usize, bytes: usize) {
    let ruleset = Ruleset::shipped().expect("the shipped rules");
    let extractor = Extractor::new(ruleset, Options::default()).expect("an extractor");
    let mut corpus = corpus::Corpus::new(&extractor, Path::new("input"), 1);
    let (mut text, mut written) = (String::new(), 0);
    while written < documents {
        for paragraph in corpus.document().split_inclusive("\n\n") {
            text.push_str(paragraph);
            if text.len() >= bytes && written < documents {
                let path = path(folder, written);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
                std::fs::write(path, &text).expect("a writable file");
                text.clear();
                written += 1;
            }
        }
    }
}

/// Runs the command into a folder; gives the time it took.
fn run(folder: &Path, out: &str, options: &[&str]) -> Duration {
    let example = std::env::current_exe().expect("the example");
    let program = example.ancestors().nth(2).expect("target/release").join("factline");
    let began = Instant::now();
    let output = Command::new(program)
        .arg("extract")
        .arg(folder.join("in"))
        .arg("--out")
        .arg(folder.join(out))
        .args(options)
        .output()
        .expect("target/release/factline");
    let took = began.elapsed();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    println!(
        "{:>8.2} s  {out} {}: {}",
        took.as_secs_f64(),
        options.join(" "),
        told.lines().take(2).collect::<Vec<_>>().join("; ")
    );
    took
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from).filter(|folder| !folder.exists()) else {
        eprintln!("usage: refresh FOLDER [DOCUMENTS [BYTES]], where FOLDER is not there yet");
        std::process::exit(2);
    };
    let mut number = |or| arguments.next().map_or(or, |text| text.parse().expect("a number"));
    let (documents, bytes) = (number(100_000), number(1_000));
    write(&folder, documents, bytes);
    // A file of this moment could change again without another time.
    std::thread::sleep(Duration::from_secs(3));
    run(&folder, "clean", &["--no-state"]);
    run(&folder, "out", &[]);
    run(&folder, "out", &[]);
    for number in (0..documents).step_by(100) {
        let path = path(&folder, number);
        let text = std::fs::read_to_string(&path).expect("a document");
        std::fs::write(&path, format!("Changed: 4,711 km.\n\n{text}")).expect("a writable file");
    }
    let changed = run(&folder, "out", &[]);
    run(&folder, "out", &["--verify"]);
    let clean = run(&folder, "clean", &["--no-state"]);
    for entry in std::fs::read_dir(folder.join("clean")).expect("tables") {
        let name = entry.expect("a table").file_name();
        let read = |out: &str| std::fs::read(folder.join(out).join(&name)).expect("a table");
        assert!(read("clean") == read("out"), "{} differs", name.display());
    }
    println!("{:>8.1}  times faster than clean; all tables equal", clean.as_secs_f64() / changed.as_secs_f64());
}
