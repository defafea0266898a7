//! The room as a whole: bytes in, document out.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;

fn rules() -> &'static DocumentRules {
    static RULES: std::sync::LazyLock<DocumentRules> = std::sync::LazyLock::new(|| {
        let furniture = include_str!("../../rules/document/furniture.toml");
        DocumentRules::parse(furniture, include_str!("../../rules/document/metadata.toml")).expect("own rules")
    });
    &RULES
}

fn read(key: &str, text: &str) -> Document {
    Document::read(text.as_bytes().to_vec(), key, rules()).expect("text")
}

/// One line per block, then one per piece of furniture.
fn shown(document: &Document) -> String {
    let view = document.view_text();
    let clean = |span: ViewSpan| span.of(view).replace('\n', "⏎").replace('\u{a0}', "␣");
    let blocks = document.blocks.iter().map(|block| format!("{:?}: {}\n", block.kind, clean(block.span)));
    let furniture = document.furniture.iter().map(|found| {
        format!(
            "{}{}: {}\n",
            rules().furniture.reason(found.rule),
            if found.keep { " (keep)" } else { "" },
            clean(found.span)
        )
    });
    blocks.chain(furniture).collect()
}

/// The source that the first occurrence of a text in the view comes from.
fn source_of<'a>(document: &'a Document, text: &str) -> &'a str {
    let at = document.view_text().find(text).expect("in the view");
    let span = ViewSpan::new(u32::try_from(at).expect("short"), u32::try_from(at + text.len()).expect("short"));
    document.view.to_source(span).of(&document.text)
}

fn check(document: &Document) {
    let view = document.view_text();
    let mut end = 0;
    for block in &document.blocks {
        let (start, stop) = (block.span.start as usize, block.span.end as usize);
        assert!(end <= start && start < stop && stop <= view.len());
        assert!(view[end..start].trim_matches('\u{feff}').trim().is_empty(), "{:?}", &view[end..start]);
        end = stop;
    }
    assert!(view[end..].trim_matches('\u{feff}').trim().is_empty());
    let mut end = 0;
    for found in &document.furniture {
        assert!(end <= found.span.start && !found.span.of(view).is_empty());
        end = found.span.end;
    }
    let mut reached = SourceSpan::default();
    for (at, c) in view.char_indices() {
        let offset = |at: usize| u32::try_from(at).expect("short");
        let span = document.view.to_source(ViewSpan::new(offset(at), offset(at + c.len_utf8())));
        assert!(reached.start <= span.start && reached.end <= span.end && span.end <= document.text.len());
        assert!(span.of(&document.text).len() == span.end - span.start);
        reached = span;
    }
}

#[test]
fn empty_file() {
    let document = read("a.txt", "");
    assert_eq!((document.blocks.len(), document.lines.count(), document.bytes), (0, 0, 0));
    assert_eq!(document.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert!(read("a.html", "").blocks.is_empty());
    assert!(read("a.md", "\u{feff}").blocks.is_empty());
}

#[test]
fn plain_text_page() {
    let text = "\u{feff}Open Menu\n\nThe Ferry That Never Came\n\nPosted on by\n\nReading Time:5 minutes\n0\nThe harbour in May. Photo: Handout\n\n\
        Screen Shot 2016-03-02 at 9.14.07 AMThe Harbour Post tells the story of Ana Pereira.\n\nContinue reading »\n\n1 2 3\n";
    let document = read("posts/2016/03/02/ferry.txt", text);
    assert_snapshot!(shown(&document), @r"
    Heading: Open Menu
    Heading: The Ferry That Never Came
    Heading: Posted on by
    Paragraph: Reading Time:5 minutes
    Paragraph: 0
    Paragraph: The harbour in May. Photo: Handout
    Paragraph: Screen Shot 2016-03-02 at 9.14.07 AMThe Harbour Post tells the story of Ana Pereira.
    Paragraph: Continue reading »
    Paragraph: 1 2 3
    furniture-menu: Open Menu
    furniture-posted-by-nobody: Posted on by
    furniture-reading-time (keep): Reading Time:5 minutes
    furniture-lone-zero: 0
    furniture-image-file: Screen Shot 2016-03-02 at 9.14.07 AM
    furniture-read-more: Continue reading »
    furniture-pagination: 1 2 3
    ");
    assert_eq!(document.metadata.title.as_deref(), Some("The Ferry That Never Came"));
    let published = document.metadata.published.as_ref().expect("from the key");
    assert_eq!((published.date.to_string().as_str(), published.from), ("2016-03-02T00:00:00", "url-or-name"));
    assert_eq!(document.lines.position(&document.text, 3), (LineNumber(1), Column(1)));
    check(&document);
}

#[test]
fn a_row_is_furniture_as_a_whole() {
    assert_snapshot!(shown(&read("a.txt", "Home | About | Contact\n\nIt was cold.")), @r"
    Cell: Home
    Cell: | About
    Cell: | Contact
    Paragraph: It was cold.
    furniture-menu: Home | About | Contact
    ");
}

#[test]
fn a_text_of_one_block_is_no_furniture() {
    assert!(read("a.txt", "0").furniture.is_empty());
    assert!(read("a.txt", "3 comments\n").furniture.is_empty());
}

#[test]
fn the_address_of_a_page_tells_its_date_before_the_name_of_its_file() {
    let page = r#"<!DOCTYPE html><html><head><link rel=canonical href="https://example.org/2016/05/04/mill.html"></head>
<body><p>The mill was sold yesterday.</p></body></html>"#;
    for name in ["mill.html", "2018-10-26/mill.html"] {
        let document = read(name, page);
        let published = document.metadata.published.as_ref().expect("in the address");
        assert_eq!((published.date.to_string().as_str(), published.from), ("2016-05-04T00:00:00", "url-or-name"));
    }
}

#[test]
fn html_page() {
    let page = r#"<!DOCTYPE html><html><head><meta charset=utf-8><title>Ferry &amp; Harbour</title>
<meta property="article:published_time" content="2016-03-02T09:14:00+01:00"><link rel=canonical href="https://example.org/f">
<style>p { width: 30px }</style><script>var x = "<p>12</p>"; if (x < 3) {}</script></head>
<body><!-- 99 boats --><nav><ul><li>Home<li>12 Boats</ul></nav>
<h1>The Ferry   That
Never Came</h1>
<p>Ana had 12<b>,</b>500&nbsp;&euro; and 10<sup>6</sup> plans,
   which is a
   lot.<br>Ben had none.<br><br>Cara<wbr>bella slept&shy;walked.
<ul><li>3 boats<li><p>4 ropes</p></ul>
<table><tr><td>Year<td>1998<tr><th>Boats</th><td>3</table>
<pre>
one line
  another

a third
</pre>
<noscript>5 trackers</noscript><svg><text>7</text></svg>
<footer>&copy; 2016</footer></body></html>"#;
    let document = read("page.html", page);
    assert_snapshot!(shown(&document), @r"
    Heading: Ferry & Harbour
    Item: Home
    Item: 12 Boats
    Heading: The Ferry That Never Came
    Paragraph: Ana had 12,500␣€ and 10⁶ plans, which is a lot.⏎Ben had none.
    Paragraph: Carabella sleptwalked.
    Item: 3 boats
    Item: 4 ropes
    Cell: Year
    Cell: 1998
    Cell: Boats
    Cell: 3
    Paragraph: one line
    Paragraph: another
    Paragraph: a third
    Paragraph: © 2016
    furniture-html-navigation: Home⏎12 Boats
    furniture-html-footer: © 2016
    ");
    assert_eq!(source_of(&document, "12,500\u{a0}€"), "12<b>,</b>500&nbsp;&euro;");
    assert_eq!(source_of(&document, "plans, which is a lot"), "plans,\n   which is a\n   lot");
    assert_eq!(source_of(&document, "10⁶"), "10<sup>6");
    assert_eq!(document.metadata.title.as_deref(), Some("Ferry & Harbour"));
    assert_eq!(document.metadata.url.as_deref(), Some("https://example.org/f"));
    let published = document.metadata.published.as_ref().expect("in the head");
    assert_eq!((published.date.to_string().as_str(), published.from), ("2016-03-02T09:14:00", "html-meta"));
    check(&document);
}

#[test]
fn html_dates_come_from_data_then_from_time_elements() {
    let date = |page: &str| {
        let published = read("a.html", page).metadata.published.expect("a date");
        format!("{} {} {}", published.date, published.has_time, published.from)
    };
    assert_eq!(
        date(
            r#"<script type="application/ld+json">{"@graph":[{"@type":"Person"},{"related":{"datePublished":"2001-01-01"},"datePublished":"2016-03-02"}]}</script>"#
        ),
        "2016-03-02T00:00:00 false json-ld"
    );
    assert_eq!(
        date("<time datetime=2001-01-01>x</time><article><time datetime='2016-03-02T09:14'>y</time></article>"),
        "2016-03-02T09:14:00 true html-time"
    );
    assert_eq!(
        date("<article><time datetime=2001-01-01>x</time></article><time pubdate datetime=2016-03-02>y</time>"),
        "2016-03-02T00:00:00 false html-time"
    );
    assert_eq!(
        date("<meta name=date content=soon><meta name=DC.date content=2016-03-02>"),
        "2016-03-02T00:00:00 false html-meta"
    );
}

#[test]
fn broken_html() {
    let cases = [
        ("<p>5 < 6 & 7 > 3 &copy 8", "Paragraph: 5 < 6 & 7 > 3 © 8\n"),
        ("<nav>12 boats<p>Ana", "Paragraph: 12 boats\nParagraph: Ana\n"),
        ("<noscript>12 boats", ""),
        ("<template>12 boats<p>Ana", "Paragraph: 12 boats\nParagraph: Ana\n"),
        ("</li></ul></td></table></nav>12 boats", "Paragraph: 12 boats\n"),
        ("<td>12<td>13<li>14", "Cell: 12\nCell: 13\nItem: 14\n"),
        ("<ul><li>12<ul><li>13</ul>14</ul>15", "Item: 12\nItem: 13\nItem: 14\nParagraph: 15\n"),
        ("12 boats<script>13", "Paragraph: 12 boats\n"),
        ("<p title='12 boats", ""),
        ("12<!-- 13", "Paragraph: 12\n"),
    ];
    for (page, expected) in cases {
        let document = read("a.html", page);
        assert_eq!(shown(&document), expected, "{page}");
        check(&document);
    }
}

#[test]
fn a_form_around_the_page_is_no_furniture() {
    let page = format!("<form><p>{}</p><button>Search</button></form>", "Ana had 12 boats. ".repeat(100));
    let document = read("a.html", &page);
    let found: Vec<_> = document.furniture.iter().map(|found| found.span.of(document.view_text())).collect();
    assert_eq!(found, ["Search"]);
}

#[test]
fn html_is_linear_in_odd_cases() {
    for part in [
        "<ul>",
        "</table>",
        "<nav>",
        "<template>",
        "&a",
        "<b",
        "</li>",
        "<li>1",
        "<pre>\n",
        "<svg>",
        "<td></nav>",
        "<sup>1",
    ] {
        check_quick(&read("a.html", &part.repeat(100_000)));
    }
}

fn check_quick(document: &Document) {
    assert!(document.blocks.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
}

#[test]
fn markdown_page() {
    let page = "---\ntitle: \"Ferry\"\ndate: 2016-03-02\n---\n# The *Ferry*\n\nAna had 12<b>,</b>500 &euro; and\n[30 boats](https://example.org/2001), `5 x` and <b>7</b>.\n\n- 3 boats\n- 4 ropes\n\n| Year | Boats |\n|---|---|\n| 1998 | 3 |\n\n```rust 2021\nlet x = 12;\n```\n\n<div>\n<p>99 <i>lamps</i></p>\n</div>\n\n> It was cold.  \n> Very.\n";
    let document = read("page.md", page);
    assert_snapshot!(shown(&document), @r"
    Heading: The Ferry
    Paragraph: Ana had 12,500 € and 30 boats, 5 x and 7.
    Item: 3 boats
    Item: 4 ropes
    Cell: Year
    Cell: Boats
    Cell: 1998
    Cell: 3
    Paragraph: let x = 12;
    Paragraph: 99 lamps
    Paragraph: It was cold.⏎Very.
    ");
    assert_eq!(source_of(&document, "12,500 €"), "12<b>,</b>500 &euro;");
    assert_eq!(source_of(&document, "5 x and 7"), "5 x` and <b>7");
    assert_eq!(document.metadata.title.as_deref(), Some("Ferry"));
    let published = document.metadata.published.as_ref().expect("in the front matter");
    assert_eq!((published.date.to_string().as_str(), published.from), ("2016-03-02T00:00:00", "front-matter"));
    check(&document);
    assert_eq!(read("a.md", "Some words\n\n## Boats\n").metadata.title.as_deref(), Some("Boats"));
}

const MARKUP: &str = "(</?(p|b|div|li|ul|td|tr|table|pre|nav|sup|br|script|title|template|h1|form)( a='[^']{0,3})?>|&[a-z#0-9]{0,5};?|[a-z0-9 \n\r<>&é€\u{ad}]|<!--|-->|</|<!|\\]\\]|\n\n|[#*`|_\\[\\]()>-]|\t){0,60}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), key in "a(\\.html|\\.md|\\.txt|/2018-1[0-9]-[0-9]{1,2}é?)") {
        if let Ok(document) = Document::read(bytes, &key, rules()) {
            check(&document);
        }
    }

    #[test]
    fn arbitrary_markup_keeps_its_promises(text in MARKUP, key in "a\\.(html|md|txt)") {
        if let Ok(document) = Document::read(text.clone().into_bytes(), &key, rules()) {
            prop_assert_eq!(&document.text, &text);
            check(&document);
        }
    }

    #[test]
    fn html_of_only_text_is_its_own_source(words in prop::collection::vec("[a-z0-9é€,.]{1,8}", 1..10)) {
        let text = words.join(" ");
        let document = read("a.html", &text);
        prop_assert_eq!(document.view_text(), &text);
        for (index, word) in words.iter().enumerate() {
            let at = words[..index].iter().map(|word| word.len() + 1).sum::<usize>();
            let span = ViewSpan::new(u32::try_from(at)?, u32::try_from(at + word.len())?);
            prop_assert_eq!(document.view.to_source(span).of(&document.text), word);
        }
    }
}

#[test]
fn code_over_two_lines_leads_back_word_by_word() {
    let source = "` \n 12 and\n13 `";
    let document = read("a.md", source);
    let view = document.view_text();
    for number in ["12", "13"] {
        let at = view.find(number).expect("the number") as u32;
        let span = document.view.to_source(ViewSpan::new(at, at + 2));
        assert_eq!(span.of(source), number);
    }
}
