//! A corpus of any size whose text resembles `input/`: its paragraphs in another order, with other figures.
//!
//! Deterministic: the same size and seed give the same bytes, so that runs can be compared over time.

use std::path::Path;

use factline::document::Document;
use factline::extractor::Extractor;

/// A generator of documents.
pub struct Corpus {
    paragraphs: Vec<String>,
    /// Bytes of all paragraphs up to and including each: the longer one is drawn more often, as in `input/`.
    ends: Vec<u64>,
    state: u64,
}

/// Bytes of a document, about those of a web page's text.
const DOCUMENT: usize = 6_000;

impl Corpus {
    /// A corpus made of the documents in a folder.
    pub fn new(extractor: &Extractor, folder: &Path, seed: u64) -> Self {
        let mut paths: Vec<_> =
            std::fs::read_dir(folder).expect("the folder input/").flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let mut paragraphs = Vec::new();
        for path in paths {
            let bytes = std::fs::read(&path).expect("a document");
            let key = path.file_name().expect("a name").to_string_lossy().into_owned();
            let document = Document::read(bytes, &key, extractor.document_rules()).expect("a readable document");
            let text = document.view_text();
            paragraphs.extend(document.blocks.iter().map(|block| block.span.of(text).to_owned()));
        }
        let mut total = 0;
        let ends = paragraphs.iter().map(|paragraph| {
            total += paragraph.len() as u64;
            total
        });
        let ends = ends.collect();
        Self { paragraphs, ends, state: seed.wrapping_mul(2).wrapping_add(1) }
    }

    fn random(&mut self) -> u64 {
        // SplitMix64 (Steele, Lea, Flood 2014).
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One more document.
    pub fn document(&mut self) -> String {
        let mut text = String::with_capacity(DOCUMENT + 2_000);
        while text.len() < DOCUMENT {
            let place = self.random() % self.ends.last().copied().unwrap_or(1);
            let index = self.ends.partition_point(|end| *end <= place);
            let paragraph = self.paragraphs[index].clone();
            let mut in_number = false;
            for character in paragraph.chars() {
                // The first digit of a number stays, so that years stay years.
                let changes = character.is_ascii_digit() && in_number;
                in_number = character.is_ascii_digit();
                text.push(if changes { char::from(b'0' + (self.random() % 10) as u8) } else { character });
            }
            text.push_str("\n\n");
        }
        text
    }
}
