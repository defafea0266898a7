use super::*;
use crate::lexicon::{Binding, Builder, Case, ClassSource, Classes, Table, TermColumn};

fn lexicon() -> (Lexicon, Builtins) {
    let mut classes = Classes::default();
    let builtins = Builtins::intern(&mut classes).unwrap();
    let mut builder = Builder::new(classes).evidence(builtins.strong).counting(NUMBER_WORDS);
    let term = |column: &str| TermColumn { column: column.to_owned(), case: Case::Fold, weak: false, class: None };
    let mut add = |file: &str, csv: &str, class: ClassSource| {
        let binding = Binding { class, weak_class: None, terms: vec![term("term")] };
        builder.add(Table::parse(file, csv.as_bytes()).unwrap(), &binding).unwrap();
    };
    let fixed = |name: &str| ClassSource::Fixed(name.to_owned());
    add("money/symbols.csv", "term\n$\n", fixed("currency-symbol"));
    add("money/names.csv", "term\nyen\nNew Zealand dollars\n", fixed("currency-name"));
    add(
        "number/words.csv",
        include_str!("../../rules/number/words.csv"),
        ClassSource::Column { column: "role".to_owned(), prefix: "number-".to_owned() },
    );
    add("number/millions.csv", "term\npeople\n", fixed("counted-by-millions"));
    add("text/abbreviations.csv", "term\nMr\nOct\nSt\n", fixed("abbreviation"));
    add("text/starters.csv", "term\nThe\n", fixed("sentence-starter"));
    // A term that ends where a longer one goes on without its full stop.
    add("titles.csv", "term\nSt.\n", fixed("title"));
    add("city.csv", "term\nNew York\nYork\nCity Hall\nSt. Louis\n", fixed("city"));
    (builder.build(), builtins)
}

fn scan(text: &str) -> Scanned {
    scan_with(text, DecimalSign::Point)
}

fn scan_with(text: &str, decimal_sign: DecimalSign) -> Scanned {
    let (lexicon, builtins) = lexicon();
    let scanner = Scanner::new(&lexicon, builtins).unwrap();
    let mut out = Scanned::default();
    let piece = ViewSpan::new(0, text.len() as u32);
    let mut scratch = Scratch { decimal_sign, ..Scratch::default() };
    assert_eq!(scanner.scan(&lexicon, text, piece, &[], &mut scratch, &mut out), piece.end);
    out
}

/// The numbers of a text, as `written=value`, with marks for what is special about them.
fn numbers(text: &str) -> String {
    shown(&scan(text), text)
}

fn shown(scanned: &Scanned, text: &str) -> String {
    let shown: Vec<String> = scanned
        .tokens
        .iter()
        .filter_map(|token| {
            let number = &scanned.numbers[token.number()?];
            let value = number.value.to_decimal().map_or("too-long".to_owned(), |value| value.to_string());
            let marks = [(number.form.ordinal, "th"), (number.form.vague, "~")];
            let marks: String = marks.iter().filter(|(holds, _)| *holds).map(|(_, mark)| *mark).collect();
            Some(format!("{}={value}{marks}", token.span.of(text)))
        })
        .collect();
    shown.join(" | ")
}

#[test]
fn numbers_in_digits() {
    for (text, expected) in [
        ("2m yen", "2m=2000000"),
        ("2m yew", "2=2"),
        ("2,640,000 people", "2,640,000=2640000"),
        ("10 000 women", "10 000=10000"),
        ("10\u{a0}000\u{2009}000", "10\u{a0}000\u{2009}000=10000000"),
        ("1'000 and 1’500", "1'000=1000 | 1’500=1500"),
        ("1.234.567,89", "1.234.567,89=1234567.89"),
        ("12,34,567 votes", "12,34,567=1234567"),
        ("3.14 and .5 or -.25", "3.14=3.14 | .5=0.5 | -.25=-0.25"),
        ("1,5 litres", "1,5=1.5"),
        ("1, 5", "1=1 | 5=5"),
        ("-5 degrees, −7", "-5=-5 | −7=-7"),
        ("pages 3-5", "3=3 | 5=5"),
        ("1.3e6", "1.3e6=1300000"),
        ("6.02×10^23", "6.02×10^23=602000000000000000000000"),
        ("5 x 10⁻³", "5 x 10⁻³=0.005"),
        ("5 × 10−6 mbar, 5 × 10-6 mm", "5 × 10−6=0.000005 | 5=5 | 10=10 | 6=6"),
        ("½ cup, 1½ cups, 1 1/2 cups", "½=0.5 | 1½=1.5 | 1 1/2=1.5"),
        ("3/4 of them", "3/4=0.75"),
        ("on 3/4/2012", "3=3 | 4=4 | 2012=2012"),
        ("24/7", "24=24 | 7=7"),
        ("50 million", "50 million=50000000"),
        ("2bn, 30k, 1.5 bn", "2bn=2000000000 | 30k=30000 | 1.5 bn=1500000000"),
        ("$5m but 5m", "5m=5000000 | 5=5"),
        ("$3-5m, $2.5m to 3.5m, 3-5m", "3=3 | 5m=5000000 | 2.5m=2500000 | 3.5m=3500000 | 3=3 | 5=5"),
        ("5m New Zealand dollars, 5m New Zealand shores", "5m=5000000 | 5=5"),
        ("5m people in a 5m pool, 2b people", "5m=5000000 | 5=5 | 2b=2000000000"),
        ("2 million 300 thousand", "2 million 300 thousand=2300000"),
        ("3 dozen", "3 dozen=36"),
        ("1st, 22nd", "1st=1th | 22nd=22th"),
        ("5 hundred and 64 men, 4 hundred and 20 thousand", "5 hundred and 64=564 | 4 hundred=400 | 20 thousand=20000"),
        ("1.2M users", "1.2M=1200000"),
        ("1.2.3", "1=1 | 2=2 | 3=3"),
        ("in 2003 100 people", "2003=2003 | 100=100"),
        ("1 2 3", "1=1 | 2=2 | 3=3"),
        ("2^10 bytes, 1.5^2, 4^-1", "2^10=1024 | 1.5^2=2.25 | 4^-1=0.25"),
        ("3 point 25", "3 point 25=3.25"),
        ("555 123 4567", "555=555 | 123=123 | 4567=4567"),
    ] {
        assert_eq!(numbers(text), expected, "{text}");
    }
}

#[test]
fn numbers_with_a_decimal_comma() {
    for (text, expected) in [
        ("1.234 Euro", "1.234=1234"),
        ("1,234 Liter", "1,234=1.234"),
        ("1.234,5 and 12,50", "1.234,5=1234.5 | 12,50=12.5"),
        ("am 26.10.2018", "26=26 | 10=10 | 2018=2018"),
        ("1,234,567 here", "1,234,567=1234567"),
        ("10 000,5", "10 000,5=10000.5"),
    ] {
        assert_eq!(shown(&scan_with(text, DecimalSign::Comma), text), expected, "{text}");
    }
}

#[test]
fn numbers_in_words() {
    for (text, expected) in [
        ("twenty-two", "twenty-two=22"),
        ("one hundred and five thousand three hundred", "one hundred and five thousand three hundred=105300"),
        ("a hundred", "a hundred=100"),
        ("half a million", "half a million=500000"),
        ("two and a half million", "two and a half million=2500000"),
        ("2 and a half million", "2 and a half million=2500000"),
        ("four-and-a-half hours", "four-and-a-half=4.5"),
        ("4-and-a-half hours", "4-and-a-half=4.5"),
        ("in 2008 and a half of it", "2008=2008 | a half=0.5"),
        ("three-quarters", "three-quarters=0.75"),
        ("a third of them", "a third=0.333333333333333"),
        ("two thirds", "two thirds=0.666666666666667"),
        ("a couple of dozen", "a couple of dozen=24"),
        ("nineteen hundred", "nineteen hundred=1900"),
        ("minus five", "minus five=-5"),
        ("dozens of", "dozens=24~"),
        ("hundreds of thousands", "hundreds of thousands=200000~"),
        ("twenty-first", "twenty-first=21th"),
        ("sixty - four, sixty—fourth", "sixty - four=64 | sixty—fourth=64th"),
        ("eleven fifths, five quarters", "eleven fifths=2.2 | five=5"),
        ("two twenty-fifths", "two twenty-fifths=0.08"),
        ("one one hundred and fifth", "one one hundred and fifth=0.00952380952380952"),
        ("nine and seventy-five hundredths", "nine and seventy-five hundredths=9.75"),
        ("four million, three hundred thousand", "four million, three hundred thousand=4300000"),
        ("four million, three dogs", "four million=4000000 | three=3"),
        ("a hundred and two dozen", "a hundred and two dozen=124"),
        ("quarter million", "quarter million=250000"),
        ("by a half.", "a half=0.5"),
        ("an hour and a half.", ""),
        ("the sixth day", "sixth=6th"),
        ("three point one four", "three point one four=3.14"),
        ("between two hundred and three hundred", "two hundred=200 | three hundred=300"),
        ("two or three", "two=2 | three=3"),
        ("five million and three people", "five million and three=5000003"),
        ("two dozen", "two dozen=24"),
        ("a dog", ""),
        ("one", "one=1"),
        ("seven dozens of them", "seven dozens=84"),
        ("four hundred dozens", "four hundred dozens=4800"),
        ("a billion and a half eggs", "a billion and a half=1500000000"),
        ("six billion and a half million", "six billion and a half million=6000500000"),
        ("six thousand and four hundred men", "six thousand and four hundred=6400"),
        ("a quarter billion", "a quarter billion=250000000"),
        ("three quarters trillion", "three quarters trillion=750000000000"),
        ("the six hundredth visitor", "six hundredth=600th"),
        ("one hundredth of it", "one hundredth=0.01"),
    ] {
        assert_eq!(numbers(text), expected, "{text}");
    }
}

#[test]
fn a_number_of_a_thousand_digits_is_no_number() {
    assert!(numbers(&"7".repeat(1000)).ends_with("=too-long"));
}

fn sentences(text: &str) -> Vec<String> {
    let scanned = scan(text);
    let mut found = Vec::new();
    let mut at = 1;
    while at < scanned.tokens.len() {
        let range = scanned.sentence(at);
        found.push(scanned.span(range.clone()).of(text).to_owned());
        at = range.end + 1;
    }
    found
}

#[test]
fn sentence_borders() {
    for (text, count) in [
        ("He left. She stayed.", 2),
        ("Mr. Kim left on Oct. 22 last year.", 1),
        ("The U.S. Embassy said so.", 1),
        ("He left the U.S. The embassy stayed.", 2),
        ("“Stop!” She went.", 2),
        ("Y. H. Kim said 3.5 per cent.", 1),
        ("He left... and came back… today", 1),
    ] {
        assert_eq!(sentences(text).len(), count, "{text}: {:?}", sentences(text));
    }
}

#[test]
fn terms_are_the_longest_and_do_not_overlap() {
    let (lexicon, _) = lexicon();
    let city = lexicon.classes().get("city").unwrap();
    let inside = lexicon.classes().inside(city).unwrap();
    for (text, expected) in [
        ("New York City Hall", "bibi"),
        ("old York", ".b"),
        ("in St Louis", ".bi"),
        ("in St. Louis", ".bii"),
        ("NEW\nYORK", "bi"),
    ] {
        let scanned = scan(text);
        let shown: String = (1..scanned.tokens.len() - 1)
            .map(|at| {
                let set = scanned.set(at);
                if set.contains(city) {
                    'b'
                } else if set.contains(inside) {
                    'i'
                } else {
                    '.'
                }
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn pieces_together_are_what_each_is_alone() {
    let blocks = [
        "He paid twenty-two",
        "million. In New",
        "York 1,000 000 of",
        "them, or 2 hundred",
        "St. Louis 5",
        "-7 and",
        "100",
    ];
    let text = blocks.join("");
    let (lexicon, builtins) = lexicon();
    let scanner = Scanner::new(&lexicon, builtins).unwrap();
    let mut start = 0;
    let spans: Vec<ViewSpan> = blocks
        .iter()
        .map(|block| {
            let span = ViewSpan::new(start, start + block.len() as u32);
            start = span.end;
            span
        })
        .collect();
    let shown = |out: &Scanned, range: std::ops::Range<usize>| {
        let mut shown = String::new();
        for at in range.clone() {
            let token = &out.tokens[at];
            let sentence = out.sentence(at);
            let number = out.number(at).map(|number| number.value.to_decimal());
            let classes: Vec<_> = out.set(at).iter().map(|class| class.0).collect();
            let from = [sentence.start, sentence.end].map(|place| place as i64 - range.start as i64);
            shown += &format!("{:?} {number:?} {:?} {classes:?} {from:?}\n", token.span, token.word);
        }
        shown
    };
    let (mut scratch, mut together) = (Scratch::default(), Scanned::default());
    scanner.begin(&lexicon, &mut scratch, &mut together);
    for span in &spans {
        scanner.cut(&lexicon, &text, *span, &mut scratch, &mut together);
    }
    scanner.finish(&lexicon, &text, &[], &mut scratch, &mut together);
    let pieces: Vec<_> = together.pieces().collect();
    assert_eq!(pieces.len(), spans.len());
    for (span, piece) in spans.iter().zip(pieces) {
        let mut alone = Scanned::default();
        scanner.scan(&lexicon, &text, *span, &[], &mut Scratch::default(), &mut alone);
        assert_eq!(shown(&together, piece), shown(&alone, 0..alone.tokens.len()), "{}", span.of(&text));
    }
    let numbers: Vec<usize> = (0..together.tokens.len()).filter(|at| together.number(*at).is_some()).collect();
    assert_eq!(together.number_tokens(), numbers);
}
