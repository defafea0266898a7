//! How fast each room is, on text that resembles `input/`: `cargo bench --bench rooms`.

use std::path::Path;
use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::BytesCount;
use factline::document::{Document, ViewSpan};
use factline::extractor::{Extractor, Options};
use factline::matcher::{Matcher, Workspace};
use factline::normalize::Kind;
use factline::resolve::Extraction;
use factline::rules::Ruleset;
use factline::scan::{Scanned, Scanner, Scratch, Topics};
use factline::table::{DocumentRows, RowWriter};

mod corpus;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Bytes of text that each benchmark works through.
const SIZE: usize = 2_000_000;

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| {
        let ruleset = Ruleset::shipped().expect("the shipped rules");
        Extractor::new(ruleset, Options::default()).expect("an extractor")
    })
}

fn documents() -> &'static [Document] {
    static DOCUMENTS: OnceLock<Vec<Document>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let mut corpus = corpus::Corpus::new(extractor(), Path::new("input"), 1);
        let (mut documents, mut size) = (Vec::new(), 0);
        while size < SIZE {
            let text = corpus.document();
            size += text.len();
            documents.push(Document::read(text.into_bytes(), "a.txt", extractor().document_rules()).expect("a text"));
        }
        documents
    })
}

fn bytes() -> BytesCount {
    BytesCount::new(documents().iter().map(|document| document.text.len()).sum::<usize>())
}

#[divan::bench]
fn startup() -> Extractor {
    Extractor::new(Ruleset::shipped().expect("the shipped rules"), Options::default()).expect("an extractor")
}

#[divan::bench]
fn read(bencher: Bencher) {
    bencher.counter(bytes()).bench_local(|| {
        for document in documents() {
            let bytes = document.text.clone().into_bytes();
            divan::black_box(Document::read(bytes, "a.txt", extractor().document_rules()).expect("a text"));
        }
    });
}

#[divan::bench]
fn scan(bencher: Bencher) {
    let ruleset = extractor().ruleset();
    let scanner = Scanner::new(&ruleset.lexicon, ruleset.builtins).expect("a scanner");
    let (mut scratch, mut scanned) = (Scratch::default(), Scanned::default());
    bencher.counter(bytes()).bench_local(|| {
        for document in documents() {
            for block in &document.blocks {
                scanner.scan(&ruleset.lexicon, document.view_text(), block.span, &[], &mut scratch, &mut scanned);
                divan::black_box(&scanned);
            }
        }
    });
}

/// The texts, scanned block by block.
fn scanned() -> Vec<(&'static Document, Scanned)> {
    let ruleset = extractor().ruleset();
    let scanner = Scanner::new(&ruleset.lexicon, ruleset.builtins).expect("a scanner");
    let mut scratch = Scratch::default();
    let mut all = Vec::new();
    for document in documents() {
        for block in &document.blocks {
            let mut scanned = Scanned::default();
            let span: ViewSpan = block.span;
            scanner.scan(&ruleset.lexicon, document.view_text(), span, &[], &mut scratch, &mut scanned);
            all.push((document, scanned));
        }
    }
    all
}

#[divan::bench]
fn match_rules(bencher: Bencher) {
    let ruleset = extractor().ruleset();
    let matcher = Matcher::new(ruleset);
    let mut workspace = Workspace::default();
    let scanned = scanned();
    bencher.counter(bytes()).bench_local(|| {
        for (document, scanned) in &scanned {
            let text = document.view_text();
            matcher.find(ruleset, text, scanned, &Topics::new(&ruleset.topics, text), &mut workspace, None);
            matcher.settle(&mut workspace, |_| false, |_, _| {});
            divan::black_box(workspace.standing().count());
        }
    });
}

/// Scan, match, normalize and resolve.
#[divan::bench]
fn extract(bencher: Bencher) {
    bencher.counter(bytes()).bench_local(|| {
        for document in documents() {
            divan::black_box(extractor().extract(document));
        }
    });
}

#[divan::bench]
fn write(bencher: Bencher) {
    let extractions: Vec<Extraction> = documents().iter().map(|document| extractor().extract(document)).collect();
    let (mut writer, mut rows) = (RowWriter::default(), DocumentRows::default());
    bencher.counter(bytes()).bench_local(|| {
        for (document, extraction) in documents().iter().zip(&extractions) {
            writer.rows(document, extraction, &Kind::ALL, &mut rows);
            divan::black_box(&rows);
        }
    });
}
