//! A report in a real browser, opened from the disk: keys, pointer, search, and that nothing goes wrong on the console.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

#[path = "support/browser.rs"]
mod browser;
mod support;

use browser::Browser;
use factline::document::LineNumber;
use factline::report::{line_address, page_path};
use serde_json::json;
use support::{World, toy};

const TEXT: &str = "The UN paid $30 in Urumqi\non 2018-10-26 for -5 tents,\n\nand 7 were left of 12";

/// A world with a report of these documents, and a browser; none where there is no browser.
fn opened(files: &[(&str, &str)]) -> Option<(World, Browser)> {
    let world = World::new(files);
    let browser = Browser::start(&world.path("profile"))?;
    toy::run_toy(&world.path("in"), &world.path("out"), 2).unwrap();
    let (code, told) = world.run("report out --input in --out report");
    assert_eq!(code, 0, "{told}");
    Some((world, browser))
}

fn address(world: &World, page: &str) -> String {
    format!("file://{}", world.path(&format!("report/{page}")).display())
}

/// The text of the mark that has the focus, and of the card.
fn state(browser: &mut Browser) -> String {
    browser.text(
        "(() => { const mark = document.activeElement.closest('a.mark'); const card = document.getElementById('card');
           return (mark ? mark.textContent : '-') + ' | ' + (card.hidden ? '-' : card.textContent); })()",
    )
}

#[test]
fn keys_move_between_facts_and_cards_tell_of_them() {
    let Some((world, mut browser)) = opened(&[("a.txt", TEXT)]) else { return };
    browser.open(&address(&world, &page_path("a.txt")));
    let mut states = vec![state(&mut browser)];
    for key in ["n", "n", "n", "p", "f", "u", "n", "n", "Escape"] {
        browser.press(key);
        states.push(format!("{key}: {}", state(&mut browser)));
    }
    insta::assert_snapshot!(states.join("\n"), @r#"
    - | -
    n: UN | Organization: United Nations (UN)Moreorganization type intergovernmental Ruletoy.ruleConfidence0.90
    n: $30 | Money: 30 USDMorequalifier approximately converted 60 converted currency EUR rate 2 rate date 2018-10-26 Ruletoy.ruleConfidence0.90
    n: Urumqi | Place: Urumqi, Xinjiang, CNMoreplace type city latitude 43.80096 longitude 87.60046 geonames id 1529102 population 3029372 Ruletoy.ruleConfidence0.90
    p: $30 | Money: 30 USDMorequalifier approximately converted 60 converted currency EUR rate 2 rate date 2018-10-26 Ruletoy.ruleConfidence0.90
    f: -5 | Number: -5 =cmd|thingsMoretype cardinal Ruletoy.ruleConfidence0.90Flagsnegative
    u: 7 | In no fact: luckyRuletoy
    n: 12 | Number: 12 =cmd|thingsMoretype cardinal Ruletoy.ruleConfidence0.90
    n: UN | Organization: United Nations (UN)Moreorganization type intergovernmental Ruletoy.ruleConfidence0.90
    Escape: UN | -
    "#);
    assert_eq!(browser.console, Vec::<String>::new());
}

#[test]
fn the_pointer_and_the_focus_show_the_card() {
    let Some((world, mut browser)) = opened(&[("a.txt", TEXT)]) else { return };
    browser.open(&address(&world, &page_path("a.txt")));
    let card = "document.getElementById('card').textContent";
    browser.point("a.mark.money");
    browser.until("!document.getElementById('card').hidden");
    let told = browser.text(card);
    assert!(told.starts_with("Money: 30 USD") && told.contains("toy.rule"), "{told}");
    let inside = browser.value(
        "(() => { const box = document.getElementById('card').getBoundingClientRect();
           return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight; })()",
    );
    assert_eq!(inside, json!(true), "the card is on the screen");
    browser.point("#card .head");
    assert!(browser.text(card).starts_with("Money"), "the pointer may go over to the card");
    browser.point("h1");
    browser.until("document.getElementById('card').hidden");
    browser.value("document.querySelector('a.mark.number').focus()");
    browser.until("!document.getElementById('card').hidden");
    assert!(browser.text(card).contains("negative"), "flags are told");
    assert_eq!(browser.console, Vec::<String>::new());
}

#[test]
fn what_a_screen_reader_is_told_of_a_mark() {
    let Some((world, mut browser)) = opened(&[("a.txt", TEXT)]) else { return };
    browser.open(&address(&world, &page_path("a.txt")));
    let tree = browser.call("Accessibility.getFullAXTree", json!({}));
    let nodes: Vec<_> = tree["nodes"].as_array().unwrap().iter().filter(|node| node["ignored"] != true).collect();
    let of_role = |role: &str| nodes.iter().filter(|node| node["role"]["value"] == role).count();
    assert!(of_role("main") == 1 && of_role("banner") == 1 && of_role("contentinfo") == 1, "landmarks");
    let mark = nodes.iter().find(|node| {
        node["role"]["value"] == "link" && node["name"]["value"].as_str().is_some_and(|name| name.ends_with("$30"))
    });
    let mark = mark.expect("a link for the mark");
    let told = mark["description"]["value"].as_str().unwrap();
    assert!(told.contains("Money") && told.contains("30 USD") && told.contains("toy.rule"), "{told}");
}

#[test]
fn marks_inside_each_other_are_all_on_the_card() {
    let Some((world, mut browser)) = opened(&[("a.txt", TEXT)]) else { return };
    // The place in the tables gets the span of the whole line: outside of all other marks, which stay inside.
    let places = world.read("out/places.csv");
    let start = format!(",{},{}\n", TEXT.find("Urumqi").unwrap(), TEXT.find("Urumqi").unwrap() + "Urumqi".len());
    assert!(places.contains(&start), "{places}");
    world.write("out/places.csv", places.replace(&start, &format!(",0,{}\n", TEXT.find('\n').unwrap())));
    assert_eq!(world.run("report out --input in --out report").0, 0);
    browser.open(&address(&world, &page_path("a.txt")));
    assert_eq!(browser.text("document.querySelector('#L1 .src').textContent"), TEXT.lines().next().unwrap());
    browser.point("a.mark.money");
    browser.until("!document.getElementById('card').hidden");
    let told = browser.text("document.getElementById('card').textContent");
    assert!(told.find("Money: 30 USD").unwrap() < told.find("Place: Urumqi").unwrap(), "{told}");
    let lit = browser.value("document.querySelectorAll('#L1 .lit').length");
    assert_eq!(lit, json!(5), "all segments of the place are shown together");
}

#[test]
fn hidden_kinds_are_passed_over() {
    let Some((world, mut browser)) = opened(&[("a.txt", TEXT)]) else { return };
    browser.open(&address(&world, &page_path("a.txt")));
    browser.value("document.querySelector('.legend input[value=money]').click()");
    browser.value("document.activeElement.blur()");
    browser.press("n");
    browser.press("n");
    assert!(state(&mut browser).starts_with("Urumqi"), "{}", state(&mut browser));
}

#[test]
fn a_link_to_a_line_finds_its_page() {
    let text: String = (1..=5000).map(|number| format!("line {number} has ${number}\n")).collect();
    let Some((world, mut browser)) = opened(&[("long.txt", &text)]) else { return };
    browser.open(&address(&world, &line_address("long.txt", LineNumber(4321))));
    browser.until("document.querySelector(':target') !== null");
    assert_eq!(browser.text("document.querySelector(':target .src').textContent"), "line 4321 has $4321");
}

/// What the search found.
fn search(browser: &mut Browser, query: &str) -> String {
    browser.value("(() => { const input = document.getElementById('query'); input.focus(); input.select(); })()");
    browser.type_text(query);
    browser.until("/document/.test(document.getElementById('found').textContent)");
    let told = browser.text(
        "document.getElementById('found').textContent + '\\n' +
         [...document.querySelectorAll('#results li')].map((item) => item.textContent.replace(/\\s+/g, ' ')).join('\\n')",
    );
    browser.value("(() => { const input = document.getElementById('query'); input.value = ''; input.dispatchEvent(new Event('input')); })()");
    browser.until("document.getElementById('found').textContent === ''");
    told
}

#[test]
fn the_search_finds_values_and_documents() {
    let hostile = "5 </script><script>alert(1)</script> tents";
    let files = [("a.txt", TEXT), ("letters/Ünïcode & <b>.txt", "-1,234 tents in Urumqi"), ("c.txt", hostile)];
    let Some((world, mut browser)) = opened(&files) else { return };
    browser.open(&address(&world, "index.html"));
    browser.until("!document.querySelector('.search').hidden");
    let mut found = Vec::new();
    for query in ["urumqi", "30 usd", "unicode", "united nat", "2018-10", "<b>", "nothing of that kind"] {
        found.push(format!("{query}: {}", search(&mut browser, query)));
    }
    insta::assert_snapshot!(found.join("\n"), @r#"
    urumqi: 1 value, 0 documents.
    Urumqi, Xinjiang, CN2 facts in 2 documents: a.txt:1letters/Ünïcode & <b>.txt:1
    30 usd: 1 value, 0 documents.
    30 USD1 fact in 1 document: a.txt:1
    unicode: 0 values, 1 document.
    letters/Ünïcode & <b>.txt1 fact, 0 flagged, 0 numbers in no fact
    united nat: 1 value, 0 documents.
    United Nations (UN)1 fact in 1 document: a.txt:1
    2018-10: 1 value, 0 documents.
    2018-10-261 fact in 1 document: a.txt:2
    <b>: 0 values, 1 document.
    letters/Ünïcode & <b>.txt1 fact, 0 flagged, 0 numbers in no fact
    nothing of that kind: 0 values, 0 documents.
    "#);
    assert_eq!(browser.console, Vec::<String>::new());
}

#[test]
fn words_are_cut_and_folded_as_in_the_browser() {
    let Some((world, mut browser)) = opened(&[("a.txt", TEXT)]) else { return };
    browser.open(&address(&world, "index.html"));
    for (text, words) in include_str!("report_words.tsv").lines().map(|line| line.split_once('\t').unwrap()) {
        let cut = browser.text(&format!("factline.wordsOf({}).join(' ')", json!(text)));
        assert_eq!(cut, words, "{text}");
    }
}

#[test]
fn documents_are_sorted_by_any_column() {
    let files = [("a.txt", "-5 tents"), ("b.txt", "5 6 7 8"), ("c.txt", "$5 and 6 tents")];
    let Some((world, mut browser)) = opened(&files) else { return };
    browser.open(&address(&world, "index.html"));
    let mut orders = Vec::new();
    for column in ["Numbers", "Numbers", "In no fact", "Document", "Document"] {
        let script = format!(
            "[...document.querySelectorAll('.documents th button')].find((one) => one.textContent === '{column}').click()"
        );
        browser.value(&script);
        orders.push(browser.text(&format!(
            "'{column} ' + document.querySelector('.documents [aria-sort]').ariaSort + ': ' +
             [...document.querySelectorAll('.documents tbody th a')].map((link) => link.textContent[0]).join('')"
        )));
    }
    insta::assert_snapshot!(orders.join("\n"), @r#"
    Numbers descending: bac
    Numbers ascending: acb
    In no fact descending: bac
    Document ascending: abc
    Document descending: cba
    "#);
}
