//! The pages of a report: what they show, what they keep harmless, and where they are put.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use factline::report::page_path;
use html5gum::{Token, Tokenizer};
use support::{World, toy};

const TEXT: &str = "The UN paid $30 in Urumqi\non 2018-10-26 for 5 tents,\n\nand 7 were left of 12";

/// A world with tables of the toy engine and a report of them.
fn made(files: &[(&str, &str)]) -> World {
    let world = World::new(files);
    toy::run_toy(&world.path("in"), &world.path("out"), 2).unwrap();
    reported(&world, "report out --input in --out report");
    world
}

fn reported(world: &World, words: &str) -> String {
    let (code, told) = world.run(words);
    assert_eq!(code, 0, "{told}");
    told
}

/// All files below a folder, by their paths in it.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (path, fs::read_to_string(entry.path()).unwrap())
    };
    entries.map(file).collect()
}

fn page(world: &World, key: &str) -> String {
    world.read(&format!("report/{}", page_path(key)))
}

/// The markup of a line.
fn line(page: &str, number: u32) -> String {
    let start = page.find(&format!("id=\"L{number}\"")).unwrap_or_else(|| panic!("no line {number} in {page}"));
    let rest = &page[start..];
    let rest = &rest[rest.find("dir=\"auto\">").unwrap() + "dir=\"auto\">".len()..];
    rest[..rest.find("</span></div>").unwrap()].to_owned()
}

/// A tag: its name and attributes.
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

fn tags(page: &str) -> Vec<Tag> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let tag = |token: Result<Token, _>| match token {
        Ok(Token::StartTag(tag)) => {
            let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
            Some(Tag { name: text(&tag.name), attributes })
        }
        _ => None,
    };
    Tokenizer::new(page).filter_map(tag).collect()
}

/// Where a relative link of a page leads: a file of the report, and an anchor in it.
fn target(page: &str, link: &str) -> (String, String) {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    if path.is_empty() {
        return (page.to_owned(), anchor.to_owned());
    }
    let mut parts: Vec<_> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => parts.truncate(parts.len() - 1),
            _ => parts.push(part),
        }
    }
    (parts.join("/"), anchor.to_owned())
}

/// Checks what must hold for any report: every link leads to a page and an anchor that is there, no name is given twice, and
/// there are no tags and attributes but those of the templates, whatever the documents hold.
fn check(world: &World) {
    let files = files(&world.path("report"));
    let pages: BTreeMap<&str, Vec<Tag>> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, page)| (path.as_str(), tags(page)))
        .collect();
    let names = |tags: &[Tag]| tags.iter().filter_map(|tag| tag.attributes.get("id").cloned()).collect::<Vec<_>>();
    let anchors: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(path, tags)| {
            let names = names(tags);
            let unique: BTreeSet<_> = names.iter().cloned().collect();
            assert_eq!(unique.len(), names.len(), "{path}: a name is given twice");
            (*path, unique)
        })
        .collect();
    const TAGS: &str = "html head meta title link script body a header nav h1 h2 p bdi dl div dt dd main fieldset legend label input \
         span kbd ol li section table thead tbody tr th td footer search svg defs pattern path rect strong ul";
    const ATTRIBUTES: &str = "lang charset http-equiv content name rel href src defer class id data-parts data-m aria-label \
         aria-labelledby aria-describedby aria-hidden aria-current hidden tabindex type checked value dir scope role for \
         autocomplete spellcheck placeholder width height viewbox preserveaspectratio patternunits d fill";
    for (path, tags) in &pages {
        for tag in tags {
            assert!(TAGS.split_whitespace().any(|known| known == tag.name), "{path}: <{}>", tag.name);
            for (name, value) in &tag.attributes {
                assert!(ATTRIBUTES.split_whitespace().any(|known| known == name), "{path}: {name}=\"{value}\"");
                if name != "href" && name != "src" {
                    continue;
                }
                let (file, anchor) = target(path, value);
                assert!(files.contains_key(&file), "{path}: {value} leads to {file}, which is not there");
                if !anchor.is_empty() {
                    assert!(anchors[file.as_str()].contains(&anchor), "{path}: no {anchor} in {file}");
                }
            }
            for described in tag.attributes.get("aria-describedby").iter().flat_map(|names| names.split(' ')) {
                assert!(anchors[path].contains(described), "{path}: no {described}");
            }
        }
        let policy = tags.iter().filter(|tag| tag.attributes.contains_key("http-equiv")).count();
        assert_eq!(policy, 1, "{path}: the content security policy");
    }
    for (path, text) in &files {
        assert!(!text.contains("://"), "{path}: an address of somewhere else");
    }
}

#[test]
fn a_page_shows_every_line_with_its_facts() {
    let world = made(&[("a.txt", TEXT)]);
    check(&world);
    let page = page(&world, "a.txt");
    insta::assert_snapshot!(line(&page, 1), @r##"The <a class="mark organization" id="m1" href="#f1" data-m="1" aria-describedby="f1">UN</a> paid <a class="mark money" id="m2" href="#f2" data-m="2" aria-describedby="f2">$30</a> in <a class="mark place" id="m3" href="#f3" data-m="3" aria-describedby="f3">Urumqi</a>"##);
    insta::assert_snapshot!(line(&page, 4), @r##"and <a class="mark unclaimed" id="m6" href="#f6" data-m="6" aria-describedby="f6">7</a> were left of <a class="mark number" id="m7" href="#f7" data-m="7" aria-describedby="f7">12</a>"##);
    assert_eq!(line(&page, 3), "");
    for shown in ["30 USD", "Urumqi, Xinjiang, CN", "United Nations (UN)", "2018-10-26", "lucky", "toy.rule", "0.90"] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let world =
        made(&[("a.txt", TEXT), ("b/c.md", "# 5 things\n\n6 $7"), ("d.html", "<p>5 &amp; <b>$60</b> in Urumqi")]);
    let before = files(&world.path("report"));
    reported(&world, "report out --input in --out report");
    assert!(files(&world.path("report")) == before);
    let output =
        world.factline("report out -q --input in --out deep/er").env("RAYON_NUM_THREADS", "1").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    assert!(files(&world.path("deep/er")) == before);
}

#[test]
fn a_table_that_a_reviewer_sorted_is_as_good() {
    let world = made(&[("a.txt", TEXT), ("b.txt", "5 tents"), ("c.txt", "6 tents and 8")]);
    let before = files(&world.path("report"));
    let numbers = world.read("out/numbers.csv");
    let (header, rows) = numbers.split_once('\n').unwrap();
    let mut rows: Vec<_> = rows.lines().collect();
    rows.sort_unstable();
    rows.reverse();
    assert!(rows.len() > 4);
    world.write("out/numbers.csv", format!("{header}\n{}\n", rows.join("\n")));
    reported(&world, "report out --input in --out report");
    let after = files(&world.path("report"));
    assert!(after == before);
}

#[test]
fn documents_that_are_not_what_they_were_are_shown_by_their_sentences() {
    let files = [("changed.txt", TEXT), ("gone.txt", TEXT), ("same.txt", TEXT)];
    let world = made(&files);
    world.write("in/changed.txt", TEXT.replace("$30", "$31"));
    fs::remove_file(world.path("in/gone.txt")).unwrap();
    reported(&world, "report out --input in --out report");
    check(&world);
    for (key, notice) in [
        ("changed.txt", "has changed since the tables were made"),
        ("gone.txt", "was not there when the report was made"),
    ] {
        let page = page(&world, key);
        assert!(page.contains(notice), "{page}");
        assert!(!page.contains("$31") && page.contains("30 USD"));
        insta::allow_duplicates! {
            insta::assert_snapshot!(line(&page, 2), @r##"on <a class="mark date" id="m4" href="#f4" data-m="4" aria-describedby="f4">2018-10-26</a> for <a class="mark number" id="m5" href="#f5" data-m="5" aria-describedby="f5">5</a> tents,"##);
        }
    }
    assert!(!page(&world, "same.txt").contains("class=\"notice\""));
    reported(&world, "report out --out report --no-input");
    check(&world);
    assert!(page(&world, "same.txt").contains("made without the documents (factline report --input PATH)"));
}

#[test]
fn the_state_remembers_where_the_documents_are() {
    let world = World::new(&[("a/a.txt", TEXT), ("b.txt", TEXT)]);
    reported(&world, "extract in/a in/b.txt --out out");
    reported(&world, "report out --out named --input in/a in/b.txt");
    // From another folder, and with tables that were moved.
    fs::rename(world.path("out"), world.path("in/tables")).unwrap();
    let mut command = world.factline("report tables --out ../report");
    command.current_dir(world.path("in")).assert().code(0);
    assert!(files(&world.path("report")) == files(&world.path("named")), "the same as with --input");
    assert!(page(&world, "b.txt").contains("id=\"L3\""), "the document is there");
    fs::rename(world.path("in/b.txt"), world.path("in/c.txt")).unwrap();
    let told = reported(&world, "report in/tables --out report");
    assert!(told.starts_with("warning: `") && told.contains("in/b.txt` does not exist"), "{told}");
    assert!(told.contains("; name the documents with --input, or none with --no-input"), "{told}");
    assert!(page(&world, "a/a.txt").contains("made without the documents"));
    world.factline("extract in/a --out out --no-state").assert().code(0);
    reported(&world, "report out --out report");
    assert!(page(&world, "a.txt").contains("made without the documents"), "nothing is remembered without a state");
}

#[test]
fn other_paths_than_those_of_extract_are_told() {
    let world = made(&[("a/a.txt", TEXT), ("b.txt", TEXT)]);
    let told = reported(&world, "report out --input in/a --out report");
    assert!(
        told.starts_with(
            "warning: none of the documents of the tables is in --input: expected documents such as `a/a.txt`, found \
             `a.txt`; name the same paths as for extract\n"
        ),
        "{told}"
    );
}

#[test]
fn a_document_that_could_not_be_read_says_why() {
    let world = World::new(&[("b.txt", "5 tents")]);
    world.write("in/a.png", b"\x89PNG\r\n\x1a\n5");
    toy::run_toy(&world.path("in"), &world.path("out"), 1).unwrap();
    reported(&world, "report out --input in --out report");
    check(&world);
    assert!(page(&world, "a.png").contains("found a PNG image"));
    assert!(world.read("report/index.html").contains("found a PNG image"));
}

#[test]
fn what_a_reviewer_decided_is_shown() {
    let world = made(&[("a.txt", TEXT)]);
    let table = world.path("out/numbers.csv");
    let mut reader = csv::Reader::from_path(&table).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut writer = csv::Writer::from_path(&table).unwrap();
    writer.write_record(&header).unwrap();
    for (row, decision) in rows.iter().zip(["reject", "accept"]) {
        let cell = |(index, cell): (usize, &str)| match index {
            _ if index == at("review") => decision.to_owned(),
            _ if index == at("note") && decision == "reject" => "not <tents>".to_owned(),
            _ => cell.to_owned(),
        };
        writer.write_record(row.iter().enumerate().map(cell)).unwrap();
    }
    drop(writer);
    reported(&world, "report out --input in --out report");
    check(&world);
    let page = page(&world, "a.txt");
    assert!(line(&page, 2).contains("class=\"mark number reject\""), "{}", line(&page, 2));
    assert!(line(&page, 4).contains("class=\"mark number accept\""), "{}", line(&page, 4));
    assert!(page.contains("<span class=\"decision reject\">reject</span> <bdi>not &lt;tents&gt;</bdi>"), "{page}");
    assert!(world.read("report/index.html").contains("<dt>Reviewed</dt><dd>2</dd>"));
}

const HOSTILE: &str = "<script>alert(5)</script> $5 </script><!-- 5 --> <a href='javascript:alert(5)'>5</a>\n\
    \" onmouseover=\"alert(5) ' 5 `5` ${5} {{ 5 }} {% 5 %} &lt;5&gt; &#60; 6 ]]> <![CDATA[ 6 \
    \u{202e}5 reversed\u{202c} \u{2066}6\u{2069} \u{200b}5\u{feff} \u{1}5\u{7f}6 \u{2028}5 \u{e0041} שלום 5 עולם";

#[test]
fn documents_and_names_of_strangers_do_no_harm() {
    let long = format!("{}.txt", "é".repeat(120));
    let names = [
        "<script>alert(1)<x>.txt",
        "\"><img src=x onerror=alert(1)>.txt",
        "a#b?c=d&e%20f.txt",
        "..",
        "javascript:alert(1)",
        "\u{202e}txt.exe",
        "CON",
        "a b\u{a0}c.txt",
        &long,
    ];
    let world = World::new(&[]);
    for name in names.iter().filter(|name| **name != "..") {
        world.write(&format!("in/{name}"), HOSTILE);
    }
    toy::run_toy(&world.path("in"), &world.path("out"), 2).unwrap();
    // Keys that no file system gives, but a table may: from an archive, or from somebody who edits it.
    for table in ["documents", "numbers", "money", "unclaimed"] {
        let path = format!("out/{table}.csv");
        world.write(&path, world.read(&path).replace("CON", "../../CON"));
    }
    reported(&world, "report out --input in --out report");
    check(&world);
    assert_eq!(world.names(""), ["in", "out", "report"]);
    for (path, text) in files(&world.path("report")) {
        if path.ends_with(".html") || path.starts_with("data/") {
            let hidden = ['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{1}', '\u{7f}', '\u{2028}', '\u{e0041}'];
            assert!(!text.contains(hidden), "{path}");
        }
        if path.starts_with("data/") {
            assert!(!text.contains(['<', '>', '&']), "{path}: {text}");
        }
    }
    let page = page(&world, names[0]);
    assert!(line(&page, 1).starts_with("&lt;script&gt;alert(5)&lt;/script&gt; "), "{}", line(&page, 1));
    assert!(line(&page, 2).contains("<span class=\"hidden\">U+202E</span>"), "{}", line(&page, 2));
}

#[test]
fn a_long_document_is_paged_and_all_its_lines_are_there() {
    let text: String = (1..=5000).map(|number| format!("line {number} has ${number}\n")).collect();
    let world = made(&[("long.txt", &text), ("one-line.txt", &"5 tents in Urumqi and ".repeat(8_000))]);
    check(&world);
    let parts: Vec<_> =
        files(&world.path("report")).into_iter().filter(|(path, _)| path.contains("long-txt")).collect();
    let first = page(&world, "long.txt");
    assert!(parts.len() > 2 && first.contains("data-parts=\""), "{}", parts.len());
    let number = |rest: &str| rest[..rest.find('"').unwrap()].parse::<u32>().unwrap();
    let lines =
        |(_, page): &(String, String)| page.split("<div class=\"line\" id=\"L").skip(1).map(number).collect::<Vec<_>>();
    let mut lines: Vec<_> = parts.iter().flat_map(lines).collect();
    lines.sort_unstable();
    assert!(lines.into_iter().eq(1..=5000));
    let one_line = files(&world.path("report")).into_iter().filter(|(path, _)| path.contains("one-line"));
    let places: Vec<_> = one_line.map(|(_, page)| page.matches("<a class=\"mark place\"").count()).collect();
    assert!(places.len() > 2 && places.iter().sum::<usize>() == 8_000, "{places:?}");
}

#[test]
fn many_documents_have_an_index_of_those_with_most_and_lists_of_all() {
    let world = World::new(&[]);
    for number in 0..1100 {
        world.write(&format!("in/{number:04}.txt"), "5 tents ".repeat(number % 17));
    }
    reported_many(&world);
    let index = world.read("report/index.html");
    assert!(index.contains("Documents with most of each") && index.matches("<th scope=\"row\"><a").count() < 200);
    let lists: Vec<_> = files(&world.path("report")).into_iter().filter(|(path, _)| path.contains("list-")).collect();
    assert_eq!(lists.iter().map(|(_, page)| page.matches("<th scope=\"row\"><a").count()).sum::<usize>(), 1100);
}

fn reported_many(world: &World) {
    toy::run_toy(&world.path("in"), &world.path("out"), 2).unwrap();
    reported(world, "report out --input in --out report");
    check(world);
}

#[test]
fn a_folder_of_something_else_is_not_touched() {
    let world = made(&[("a.txt", TEXT)]);
    world.write("mine/notes.txt", "mine");
    let (code, told) = world.run("report out --out mine");
    assert_eq!(code, 2);
    assert!(told.starts_with("error: --out `mine`: expected a new or empty folder, or one with a report"), "{told}");
    assert_eq!(world.names("mine"), ["notes.txt"]);
    reported(&world, "report out --out mine --force");
    assert_eq!(world.names("mine"), ["assets", "data", "documents", "index.html", "notes.txt", "report.json"]);
    world.write("other/documents/letter.txt", "mine");
    let (code, told) = world.run("report out --out other --force");
    assert_eq!(code, 2);
    assert!(told.starts_with("error: `other/documents` is in the way and no part of a report"), "{told}");
    assert_eq!(world.read("other/documents/letter.txt"), "mine");
}

#[test]
fn pages_of_documents_that_are_gone_go_too() {
    let world = made(&[("a.txt", TEXT), ("b.txt", TEXT)]);
    fs::remove_file(world.path("in/b.txt")).unwrap();
    toy::run_toy(&world.path("in"), &world.path("out"), 1).unwrap();
    reported(&world, "report out --input in --out report");
    check(&world);
    assert!(!world.path(&format!("report/{}", page_path("b.txt"))).exists());
    fs::remove_file(world.path("in/a.txt")).unwrap();
    toy::run_toy(&world.path("in"), &world.path("out"), 1).unwrap();
    reported(&world, "report out --input in --out report");
    check(&world);
    assert_eq!(files(&world.path("report")).keys().filter(|path| path.starts_with("documents/")).count(), 0);
}

#[test]
fn tables_that_are_not_there_or_not_whole_are_an_error() {
    let world = made(&[("a.txt", TEXT)]);
    let (code, told) = world.run("report in --out report");
    assert_eq!(
        (code, told.as_str()),
        (
            2,
            "error: `in` holds no documents.csv: expected a folder with the tables that `factline extract --out` wrote\n"
        )
    );
    let before = files(&world.path("report"));
    let money = world.read("out/money.csv");
    for (text, message) in [
        (
            money.replacen("a.txt,1,", "b.txt,1,", 1),
            "error: `out/money.csv`, line 2: expected a document of documents.csv, found `b.txt`",
        ),
        (
            money.replacen("a.txt,1,", "a.txt,one,", 1),
            "error: `out/money.csv`, line 2, column `line`: expected a whole number, found `one`",
        ),
        (
            money.replacen(",line,", ",lin,", 1),
            "error: `out/money.csv`, line 1: the table money has no column `lin`; did you mean `line`?",
        ),
        (
            money[..money.len() - 3].to_owned(),
            "error: `out/money.csv`: expected a line break at the end, found none: the file was cut short",
        ),
        (
            money.lines().next().unwrap_or_default().to_owned() + "\n",
            "error: `out/money.csv`: expected rows of `a.txt` (1, as documents.csv says), found none",
        ),
    ] {
        world.write("out/money.csv", text);
        let (code, told) = world.run("report out --input in --out report");
        assert!(code == 2 && told.starts_with(message), "{told}");
        assert!(files(&world.path("report")) == before, "the old report is as it was");
    }
    fs::remove_file(world.path("out/money.csv")).unwrap();
    let (code, told) = world.run("report out --input in --out report");
    assert!(code == 2 && told.starts_with("error: cannot read `out/money.csv`"), "{told}");
}

#[test]
fn a_table_that_was_not_asked_for_is_not_missed() {
    let world = World::new(&[("a.txt", "On 3 May 2018 they paid $30.")]);
    reported(&world, "extract in --out out --tables money");
    reported(&world, "report out --input in --out report");
    check(&world);
    assert!(page(&world, "a.txt").contains("30 USD"));
}
