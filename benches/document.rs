//! How fast documents are read, on prose made here: `cargo bench --bench document`.

use divan::Bencher;
use divan::counter::BytesCount;
use factline::document::{Document, DocumentRules, LineMap};

fn main() {
    divan::main();
}

const MEGABYTE: usize = 1024 * 1024;

/// Words of a made-up text; which comes next is drawn from a small generator, so that all runs see the same text.
const WORDS: &[&str] = &[
    "the", "ferry", "of", "Ana", "harbour", "and", "12", "boats", "in", "winter", "that", "council", "to", "Little",
    "Haven", "1998", "a", "paid", "euros", "300", "island", "was", "nobody", "which", "morning", "3.5", "million",
];

struct Prose {
    state: u64,
    sign: &'static str,
}

impl Prose {
    fn next(&mut self) -> usize {
        // Knuth's multiplier; the high bits are good enough for text.
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 40).unwrap_or(0)
    }

    fn paragraph(&mut self, text: &mut String) {
        for _ in 0..3 + self.next() % 4 {
            for index in 0..8 + self.next() % 14 {
                if index > 0 {
                    text.push(' ');
                }
                text.push_str(WORDS[self.next() % WORDS.len()]);
            }
            text.push_str(self.sign);
            text.push_str(". ");
        }
        text.pop();
    }
}

/// Paragraphs, each made of one by `form`.
fn prose(sign: &'static str, form: impl Fn(&str, &mut String)) -> Vec<u8> {
    let mut generator = Prose { state: 1, sign };
    let mut text = String::new();
    let mut paragraph = String::new();
    while text.len() < 4 * MEGABYTE {
        paragraph.clear();
        generator.paragraph(&mut paragraph);
        form(&paragraph, &mut text);
    }
    text.into_bytes()
}

fn per_line(paragraph: &str, text: &mut String) {
    text.push_str(paragraph);
    text.push_str("\n\n");
}

fn wrapped(paragraph: &str, text: &mut String) {
    let mut width = 0;
    for word in paragraph.split(' ') {
        if width + word.len() > 78 {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += word.len();
    }
    text.push_str("\n\n");
}

fn short_lines(paragraph: &str, text: &mut String) {
    for line in paragraph.split(". ") {
        text.push_str(&line[..line.len().min(40)]);
        text.push('\n');
    }
    text.push('\n');
}

fn html(paragraph: &str, text: &mut String) {
    text.push_str("<p class=\"text\">");
    wrapped(&paragraph.replace("ferry", "<b>ferry</b>").replace("euros", "&euro;"), text);
    text.push_str("</p>\n");
}

fn markdown(paragraph: &str, text: &mut String) {
    wrapped(&paragraph.replace("ferry", "*ferry*").replace("boats", "[boats](https://example.org)"), text);
}

fn rules() -> DocumentRules {
    let furniture = include_str!("../rules/document/furniture.toml");
    DocumentRules::parse(furniture, include_str!("../rules/document/metadata.toml")).expect("own rules")
}

fn read(bencher: Bencher<'_, '_>, key: &str, bytes: &[u8]) {
    let rules = rules();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .with_inputs(|| bytes.to_vec())
        .bench_values(|bytes| Document::read(bytes, key, &rules).expect("text"));
}

#[divan::bench]
fn read_ascii_paragraph_per_line(bencher: Bencher<'_, '_>) {
    read(bencher, "a.txt", &prose("", per_line));
}

#[divan::bench]
fn read_ascii_wrapped(bencher: Bencher<'_, '_>) {
    read(bencher, "a.txt", &prose("", wrapped));
}

#[divan::bench]
fn read_ascii_short_lines(bencher: Bencher<'_, '_>) {
    read(bencher, "a.txt", &prose("", short_lines));
}

#[divan::bench]
fn read_utf_8_wrapped(bencher: Bencher<'_, '_>) {
    read(bencher, "a.txt", &prose(" “né”", wrapped));
}

#[divan::bench]
fn read_one_giant_line(bencher: Bencher<'_, '_>) {
    read(bencher, "a.txt", &prose("", |paragraph, text| text.push_str(paragraph)));
}

#[divan::bench]
fn read_html(bencher: Bencher<'_, '_>) {
    read(bencher, "a.html", &prose("", html));
}

#[divan::bench]
fn read_markdown(bencher: Bencher<'_, '_>) {
    read(bencher, "a.md", &prose("", markdown));
}

#[divan::bench]
fn line_map_wrapped(bencher: Bencher<'_, '_>) {
    let text = String::from_utf8(prose("", wrapped)).expect("UTF-8");
    bencher.counter(BytesCount::of_str(&text)).bench(|| LineMap::new(divan::black_box(&text)));
}

#[divan::bench]
fn parse_rules() -> DocumentRules {
    rules()
}
