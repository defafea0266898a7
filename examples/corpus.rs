//! Writes a corpus for whole runs: `cargo run --release --example corpus -- FOLDER MEGABYTES`.

use std::path::Path;

use factline::extractor::{Extractor, Options};
use factline::rules::Ruleset;

#[path = "../benches/corpus/mod.rs"]
mod corpus;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(megabytes)) =
        (arguments.next(), arguments.next().and_then(|text| text.parse::<usize>().ok()))
    else {
        eprintln!("usage: corpus FOLDER MEGABYTES");
        std::process::exit(2);
    };
    let extractor =
        Extractor::new(Ruleset::shipped().expect("the shipped rules"), Options::default()).expect("an extractor");
    let mut corpus = corpus::Corpus::new(&extractor, Path::new("input"), 1);
    let (mut written, mut number) = (0, 0);
    while written < megabytes * 1_000_000 {
        let text = corpus.document();
        let folder = Path::new(&folder).join(format!("{:03}", number / 500));
        std::fs::create_dir_all(&folder).expect("a writable folder");
        std::fs::write(folder.join(format!("{number:06}.txt")), &text).expect("a writable file");
        written += text.len();
        number += 1;
    }
    println!("{number} documents, {written} bytes");
}
