//! Review in the tables: what a person changed is collected, what a spreadsheet changed is not, and the next run has it.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

mod support;

use support::review::{Sheet, decisions};
use support::{World, rows};

const TEXT: &str = "\
At least 30 escapees paid 30,000 yuan (about $4,500) in Yanji on Oct. 22, 2018.

The river is 1.5 km wide. The odds were 14:1, and 12 boats came. A loan of 2,640,000 won was repaid.
";

/// A world in which a document was extracted.
fn extracted() -> World {
    let world = World::new(&[("a.txt", TEXT)]);
    assert_eq!(world.run("extract in --out out -q"), (0, String::new()));
    world
}

/// Collects with a fixed name and date.
fn collect(world: &World) -> (i32, String) {
    world.run("review collect out --reviewer Ann --date 2026-01-02T03:04:05Z")
}

/// `decision column old new note` of all decisions, sorted by table and text.
fn decided(world: &World) -> String {
    decisions(&world.path("out/review/decisions.csv"))
}

#[test]
fn a_round_of_review() {
    let world = extracted();
    let before = rows(&world.path("out/documents.csv"));
    let mut money = Sheet::open(&world, "money");
    money.set("30,000 yuan", &[("review", "correct"), ("amount", "3000"), ("note", "a typo in the text")]);
    money.set("$4,500", &[("review", "accept")]);
    money.save();
    let mut numbers = Sheet::open(&world, "numbers");
    numbers.set("12", &[("review", "reject"), ("note", "=not boats")]);
    numbers.set("14:1", &[("note", "who said so?")]);
    numbers.save();

    let (code, told) = world.run("extract in --out out -q");
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("work of a reviewer that is not collected: 4 decisions. Run `factline review collect out`"),
        "{told}"
    );

    let (code, told) = collect(&world);
    assert_eq!(
        (code, told.as_str()),
        (0, "decisions about 4 rows (1 accept, 1 reject, 1 correct, 1 note) added to out/review/decisions.csv\n")
    );
    insta::assert_snapshot!(decided(&world), @r"
    money|$4,500|accept||||
    money|30,000 yuan|correct|amount|30000|3000|a typo in the text
    numbers|12|reject||||'=not boats
    numbers|14:1|note||||who said so?
    ");
    assert_eq!(collect(&world), (0, "nothing new to collect\n".to_owned()), "collected once");

    assert_eq!(world.run("extract in --out out -q"), (0, String::new()));
    let corrected = Sheet::open(&world, "money").row("30,000 yuan");
    assert_eq!(
        ["amount", "converted", "review", "note"].map(|column| corrected[column].as_str()),
        ["3000", "", "correct", "a typo in the text"],
        "what was computed from the old amount is gone"
    );
    assert!(corrected["flags"].split(' ').any(|flag| flag == "corrected"));
    assert_eq!(Sheet::open(&world, "money").row("$4,500")["review"], "accept");
    assert!(!Sheet::open(&world, "numbers").has("12"));
    let unclaimed = rows(&world.path("out/unclaimed.csv"));
    assert!(unclaimed.iter().any(|row| row["text"] == "12" && row["reason"] == "rejected"), "{unclaimed:?}");
    let after = rows(&world.path("out/documents.csv"));
    let count = |rows: &[std::collections::BTreeMap<String, String>]| rows[0]["numbers"].parse::<u32>().unwrap();
    assert_eq!(count(&after), count(&before) - 1);
    assert_eq!(count(&after) as usize, rows(&world.path("out/numbers.csv")).len());

    assert_eq!(collect(&world), (0, "nothing new to collect\n".to_owned()), "tables as written");
    assert_eq!(world.run("extract in --out out -q --show-rejected"), (0, String::new()));
    let rejected = Sheet::open(&world, "numbers").row("12");
    assert_eq!((rejected["review"].as_str(), rejected["note"].as_str()), ("reject", "'=not boats"));
    assert_eq!(collect(&world), (0, "nothing new to collect\n".to_owned()), "tables with rejected rows");
}

#[test]
fn decisions_can_be_changed_and_taken_back() {
    let world = extracted();
    let mut money = Sheet::open(&world, "money");
    money.set("30,000 yuan", &[("review", "correct"), ("amount", "3000"), ("converted", "450")]);
    money.save();
    collect(&world);
    world.factline("extract in --out out -q").assert().code(0);
    let mut money = Sheet::open(&world, "money");
    assert_eq!(money.row("30,000 yuan")["converted"], "450");
    // Corrected further, by hand, and another cell put right.
    money.set("30,000 yuan", &[("amount", "3500"), ("currency", "HKD")]);
    money.save();
    assert_eq!(collect(&world).0, 0);
    world.factline("extract in --out out -q").assert().code(0);
    let row = Sheet::open(&world, "money").row("30,000 yuan");
    assert_eq!(
        ["amount", "currency", "converted", "rate"].map(|column| row[column].as_str()),
        ["3500", "HKD", "450", ""]
    );
    // Accepted as corrected: the corrected cells stay.
    let mut money = Sheet::open(&world, "money");
    money.set("30,000 yuan", &[("review", "accept")]);
    money.save();
    assert_eq!(collect(&world).0, 0);
    world.factline("extract in --out out -q").assert().code(0);
    let row = Sheet::open(&world, "money").row("30,000 yuan");
    assert_eq!(["amount", "review"].map(|column| row[column].as_str()), ["3500", "accept"]);
    // Taken back: as made.
    let mut money = Sheet::open(&world, "money");
    money.set("30,000 yuan", &[("review", "")]);
    money.save();
    assert_eq!(collect(&world).1, "decisions about 1 row (1 withdraw) added to out/review/decisions.csv\n");
    world.factline("extract in --out out -q").assert().code(0);
    let row = Sheet::open(&world, "money").row("30,000 yuan");
    assert_eq!(["amount", "currency", "review"].map(|column| row[column].as_str()), ["30000", "CNY", ""]);
    // A verdict that is collected, and taken back before the next run.
    let mut money = Sheet::open(&world, "money");
    money.set("$4,500", &[("review", "reject")]);
    money.save();
    assert_eq!(collect(&world).0, 0);
    money.set("$4,500", &[("review", "")]);
    money.save();
    assert_eq!(collect(&world).1, "decisions about 1 row (1 withdraw) added to out/review/decisions.csv\n");
}

#[test]
fn a_corrected_code_is_one_that_the_rules_know() {
    let world = World::new(&[("a.txt", &format!("{TEXT}\nThe United Nations sent help.\n"))]);
    assert_eq!(world.run("extract in --out out -q"), (0, String::new()));
    let typed = |codes: [&str; 3]| {
        let [currency, unit, kind] = codes;
        let mut money = Sheet::open(&world, "money");
        money.set("$4,500", &[("review", "correct"), ("currency", currency)]);
        money.save();
        let mut numbers = Sheet::open(&world, "numbers");
        numbers.set("1.5 km", &[("review", "correct"), ("unit", unit)]);
        numbers.save();
        let mut organizations = Sheet::open(&world, "organizations");
        organizations.set("United Nations", &[("review", "correct"), ("organization_type", kind)]);
        organizations.save();
        collect(&world)
    };
    let (code, told) = typed(["EUU", "KM", "guild"]);
    assert_eq!(code, 1, "{told}");
    for problem in [
        "money.csv, line 3, currency: expected a code of money/currencies.csv, found `EUU`; did you mean `EUR`? [bad-value]",
        "numbers.csv, line 3, unit: expected a code of unit/units.csv, found `KM`",
        "organization_type: expected a code of organization/types.csv, found `guild`",
    ] {
        assert!(told.contains(problem), "{problem}: {told}");
    }
    assert!(!told.contains("other rules"), "{told}");
    assert_eq!(typed(["eur", "km/h", "NGO"]).0, 0);
    world.factline("extract in --out out -q").assert().code(0);
    assert_eq!(Sheet::open(&world, "money").row("$4,500")["currency"], "EUR");
    // A code of the user's own rules.
    world.write("rules/organization/types.csv", "type,meaning\nguild,people of one craft\n");
    let (code, told) = typed(["EUR", "km/h", "guild"]);
    assert!(code == 1 && told.contains("found `guild`"), "{told}");
    let (code, told) = world.run("review collect out --reviewer Ann --rules rules");
    assert_eq!(code, 0, "{told}");
    let (code, told) = typed(["EUU", "km/h", "guild"]);
    assert!(code == 1 && !told.contains("other rules"), "{told}");
    let (_, told) = world.run("review collect out --rules rules");
    assert!(told.contains("; the tables were made by other rules: name them with --rules"), "{told}");
}

#[test]
fn what_cannot_be_taken_is_named_and_nothing_else_is_lost() {
    let world = extracted();
    let mut money = Sheet::open(&world, "money");
    money.set("30,000 yuan", &[("review", "correct"), ("amount", "thirty"), ("currency", "CHF")]);
    money.set("$4,500", &[("review", "acept")]);
    money.set("2,640,000 won", &[("amount", "2640001")]);
    money.save();
    let mut numbers = Sheet::open(&world, "numbers");
    numbers.set("30", &[("review", "correct")]);
    numbers.set("12", &[("review", "accept"), ("id", "n000000000000000")]);
    numbers.set("14:1", &[("review", "accept")]);
    numbers.set("1.5 km", &[("review", "reject"), ("value", "2"), ("context", "another sentence")]);
    numbers.save();
    let (code, told) = collect(&world);
    assert_eq!(code, 1, "{told}");
    insta::assert_snapshot!(told, @r"
    warning: numbers.csv, line 3, value: the row is rejected, so what was typed here is not taken [rejected-and-edited]
    warning: numbers.csv, line 3, context: `The river is 1.5 km wide.` became `another sentence`, which is not taken: only type, value, low, high, qualifier, unit, si_value, si_low, si_high, si_unit, counted can be corrected [not-correctable]
    error: numbers.csv, line 2, review: the row says `correct`, and no cell was corrected: edit one of type, value, low, high, qualifier, unit, si_value, si_low, si_high, si_unit, counted, or set `accept` [nothing-corrected]
    error: numbers.csv, line 5, id: no fact has the id `n000000000000000`, so `accept` cannot be taken: the document may have changed since, or the cell was edited; decide about the row that took its place [unknown-id]
    error: money.csv, line 2, amount: expected a number such as 30000 or 0.15, found `thirty` [bad-value]
    error: money.csv, line 3, review: expected accept, reject, correct or nothing, found `acept`; did you mean `accept`? [unknown-decision]
    error: money.csv, line 4, amount: `2640000` was edited to `2640001`, and `review` is empty: set `review` to `correct`, or put the cell back [edited-without-correct]
    decisions about 2 rows (1 accept, 1 reject) added to out/review/decisions.csv
    5 could not be taken: correct the cells named above, and collect again
    ");
    insta::assert_snapshot!(decided(&world), @r"
    numbers|1.5 km|reject||||
    numbers|14:1|accept||||
    ");
    let (code, told) = world.run("extract in --out out -q");
    assert_eq!(code, 2);
    assert!(told.contains("not collected: numbers.csv, line "), "{told}");
    // Put right, the rest is collected.
    let mut money = Sheet::open(&world, "money");
    money.set("30,000 yuan", &[("amount", "31000"), ("currency", "CNY")]);
    money.set("$4,500", &[("review", "accept")]);
    money.set("2,640,000 won", &[("amount", "2640000")]);
    money.save();
    let mut numbers = Sheet::open(&world, "numbers");
    numbers.set("30", &[("review", "")]);
    numbers.set("12", &[("review", "")]);
    numbers.save();
    let (code, told) = collect(&world);
    assert_eq!(code, 0, "{told}");
    assert_eq!(world.run("extract in --out out -q").0, 0);
}

#[test]
fn a_row_that_was_copied_counts_once() {
    let world = extracted();
    let mut money = Sheet::open(&world, "money");
    money.set("$4,500", &[("review", "accept")]);
    money.rows.push(money.rows[1].clone());
    let mut copy = money.rows[1].clone();
    let review = money.column("review");
    copy[review] = "reject".to_owned();
    money.rows.push(copy);
    money.save();
    let (code, told) = collect(&world);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("is there twice, and only the first row counts: remove one [repeated-id]"), "{told}");
}

#[test]
fn what_others_decided_meanwhile_is_not_taken_back() {
    let world = extracted();
    let mut money = Sheet::open(&world, "money");
    let id = money.row("$4,500")["id"].clone();
    // By way of git.
    let header = "id,table,document,decision,column,old,new,reviewer,date,note\n";
    world.write("out/review/decisions.csv", format!("{header}{id},money,a.txt,accept,,,,Bo,2025-12-24,fine"));
    assert_eq!(collect(&world), (0, "nothing new to collect\n".to_owned()));
    money.set("$4,500", &[("review", "reject")]);
    money.set("30,000 yuan", &[("review", "accept")]);
    money.save();
    let (code, told) = collect(&world);
    assert_eq!(code, 0);
    assert!(told.contains("review: `accept` by Bo (2025-12-24) becomes `reject` [decided-otherwise]"), "{told}");
    world.factline("extract in --out out -q").assert().code(0);
    assert!(!Sheet::open(&world, "money").has("$4,500"));
    assert_eq!(Sheet::open(&world, "money").row("30,000 yuan")["equivalent"], "", "no row points to a rejected one");
}

#[test]
fn a_decisions_file_may_be_kept_elsewhere() {
    let world = extracted();
    let mut money = Sheet::open(&world, "money");
    money.set("$4,500", &[("review", "reject")]);
    money.save();
    world.factline("review collect out --decisions git/ours.csv --reviewer Ann").assert().code(0);
    let (code, told) = world.run("extract in --out out -q");
    assert!(code == 2 && told.contains("show decisions about 1 row that are not in the decisions file"), "{told}");
    world.factline("extract in --out out -q --decisions git/ours.csv").assert().code(0);
    assert!(!Sheet::open(&world, "money").has("$4,500"));
    let (code, told) = world.run("extract in --out out -q --decisions git/their.csv");
    assert_eq!((code, told.as_str()), (2, "error: --decisions `git/their.csv`: expected a file, found none\n"));
    world.write("git/ours.csv", "id,table\n");
    let (code, told) = world.run("extract in --out out -q --decisions git/ours.csv");
    assert!(code == 2 && told.contains("`git/ours.csv`, line 1: expected a column `document`"), "{told}");
}

#[test]
fn the_tables_of_a_review_are_the_same_bytes_incremental_or_clean() {
    let world = extracted();
    let mut numbers = Sheet::open(&world, "numbers");
    numbers.set("12", &[("review", "reject")]);
    numbers.set("1.5 km", &[("review", "correct"), ("value", "1.6")]);
    numbers.save();
    collect(&world);
    world.factline("extract in --out out -q").assert().code(0);
    world.factline("extract in --out clean -q --no-state --decisions out/review/decisions.csv").assert().code(0);
    for name in support::FILES {
        assert_eq!(world.read(&format!("out/{name}")), world.read(&format!("clean/{name}")), "{name}");
    }
}

#[test]
fn decisions_stay_when_documents_change_and_orphans_find_their_successors() {
    let world = extracted();
    world.write("in/b/letter.txt", "There were 77 guards and 500 euros.\n");
    world.write("in/c.txt", "He had 8 dogs, 9 cats and 10 cows.\n");
    world.factline("extract in --out out -q").assert().code(0);
    let mut numbers = Sheet::open(&world, "numbers");
    numbers.set("12", &[("review", "accept"), ("note", "checked")]);
    numbers.set("77", &[("review", "correct"), ("value", "78")]);
    numbers.set("9", &[("review", "accept")]);
    numbers.set("10", &[("review", "accept")]);
    numbers.save();
    let mut money = Sheet::open(&world, "money");
    money.set("30,000 yuan", &[("review", "accept")]);
    money.set("500 euros", &[("review", "reject")]);
    money.save();
    assert_eq!(collect(&world).0, 0);
    // Lines above, a rewording, a renamed document, and facts that are gone.
    let moved = TEXT.replace("30,000 yuan", "30 000 yuan").replace("At least", "A new line\n\nAt least");
    world.write("in/a.txt", moved);
    std::fs::rename(world.path("in/b/letter.txt"), world.path("in/b/renamed.txt")).unwrap();
    world.write("in/c.txt", "He had 8 dogs and nine cats.\n");
    let (code, told) = world.run("extract in --out out -q");
    assert_eq!(code, 0, "{told}");
    let shown = told.replace(|character: char| character.is_ascii_digit(), "0");
    assert!(
        shown.starts_with("warning: 0 decisions are about facts that are gone (all in out/review/orphans.csv):"),
        "{told}"
    );
    let kept = Sheet::open(&world, "numbers").row("12");
    assert_eq!((kept["review"].as_str(), kept["note"].as_str()), ("accept", "checked"));
    let orphans = rows(&world.path("out/review/orphans.csv"));
    let shown: Vec<_> = orphans
        .iter()
        .map(|row| {
            ["document", "text", "decision", "successor_document", "successor_text", "why"]
                .map(|column| row[column].as_str())
                .join("|")
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    a.txt|30,000 yuan|accept|a.txt|30 000 yuan|same-value
    b/letter.txt|500 euros|reject|b/renamed.txt|500 euros|same-fact
    b/letter.txt|77|correct|b/renamed.txt|77|same-fact
    c.txt|9|accept|c.txt|nine|same-value
    c.txt|10|accept|||
    ");

    let (code, status) = world.output("review status out");
    assert_eq!(code, 0);
    assert!(status.contains("decisions are about facts that are gone"), "{status}");
    let find = |text: &str| orphans.iter().find(|row| row["text"] == text).unwrap();
    let (old, new) = (&find("30,000 yuan")["id"], &find("30,000 yuan")["successor"]);
    let carry = "--reviewer Ann --date 2026-01-03T00:00:00Z";
    assert_eq!(world.run(&format!("review carry out {old} {new} {carry}")).0, 0);
    let (code, told) = world.run(&format!("review carry out {old} {new} {carry}"));
    assert!(code == 2 && told.contains("no decision is about"), "{told}");
    let (code, told) = world.run(&format!("review carry out {} {new} {carry}", find("500 euros")["id"]));
    assert!(code == 2 && told.contains("has a decision of its own (`accept` by Ann, 2026-01-03T00:00:00Z)"), "{told}");
    let (code, told) = world.run(&format!("review carry out {} {new} {carry}", find("77")["id"]));
    assert!(code == 2 && told.contains("is in numbers, ") && told.contains("within a table only"), "{told}");
    let (code, told) = world.run(&format!("review carry out --certain {carry}"));
    assert!(code == 0 && told.starts_with("2 decisions carried over"), "{told}");
    let (_, told) = world.run("extract in --out out -q");
    assert_eq!(Sheet::open(&world, "money").row("30 000 yuan")["review"], "accept");
    assert_eq!(Sheet::open(&world, "numbers").row("77")["value"], "78");
    assert!(!Sheet::open(&world, "money").has("500 euros"), "rejected in its new place too");
    assert!(told.contains("`10`") && told.contains("no successor found") && !told.contains("500 euros"), "{told}");
}

#[test]
fn progress_is_shown_per_table_rule_and_document() {
    let world = extracted();
    let mut numbers = Sheet::open(&world, "numbers");
    numbers.set("12", &[("review", "reject")]);
    numbers.set("30", &[("review", "accept")]);
    numbers.save();
    collect(&world);
    world.factline("extract in --out out -q").assert().code(0);
    let (code, status) = world.output("review status out");
    assert_eq!(code, 0);
    let table: Vec<&str> =
        status.lines().find(|line| line.starts_with("numbers ")).unwrap().split_whitespace().collect();
    assert_eq!(table[2..], ["2", "(50", "%)", "1", "0", "1", "50", "%", "0"], "{status}");
    let document: Vec<&str> =
        status.lines().find(|line| line.starts_with("a.txt ")).unwrap().split_whitespace().collect();
    assert_eq!(document[2], "2");
    assert!(status.lines().any(|line| line.starts_with("number.") && line.contains("100 %")), "{status}");
}

#[test]
fn without_a_state_what_is_filled_is_kept_and_what_is_collected_is_not_in_the_way() {
    let world = extracted();
    let mut money = Sheet::open(&world, "money");
    money.set("$4,500", &[("review", "accept")]);
    money.save();
    collect(&world);
    std::fs::remove_dir_all(world.path("out/.factline")).unwrap();
    assert_eq!(world.run("extract in --out out -q"), (0, String::new()), "it is among the decisions");
    let mut money = Sheet::open(&world, "money");
    money.set("30,000 yuan", &[("note", "why?")]);
    money.save();
    std::fs::remove_dir_all(world.path("out/.factline")).unwrap();
    let (code, told) = world.run("extract in --out out -q");
    assert!(code == 2 && told.contains("`review` or `note` is filled in 1 row."), "{told}");
    let (code, told) = collect(&world);
    assert!(code == 2 && told.contains("holds no state of a run"), "{told}");
    // The way out: a run elsewhere, and a collection from here.
    world.factline("extract in --out fresh -q").assert().code(0);
    world.factline("review collect fresh --from out --reviewer Ann").assert().code(0);
    let note = rows(&world.path("fresh/review/decisions.csv"));
    assert!(note.iter().any(|row| row["note"] == "why?"));
}

/// `text document:line` of the successors in orphans.csv, sorted.
fn successors(world: &World) -> String {
    let orphans = rows(&world.path("out/review/orphans.csv"));
    let shown =
        orphans.iter().map(|row| format!("{} {}:{}", row["text"], row["successor_document"], row["successor_line"]));
    let mut shown: Vec<_> = shown.collect();
    shown.sort();
    shown.join("; ")
}

/// A world in which all numbers of `a.txt` are rejected.
fn rejected(text: &str) -> World {
    let world = World::new(&[("a.txt", text), ("m.txt", "Nothing.\n")]);
    world.factline("extract in --out out -q").assert().code(0);
    let mut numbers = Sheet::open(&world, "numbers");
    let review = numbers.column("review");
    numbers.rows.iter_mut().skip(1).for_each(|row| row[review] = "reject".to_owned());
    numbers.save();
    assert_eq!(collect(&world).0, 0);
    world
}

#[test]
fn a_renamed_document_is_found_though_another_says_its_words_more_often() {
    let world = rejected("Two men came.\n\nThey had 45,000 goats.\n\nIt took 9 boats.\n");
    std::fs::rename(world.path("in/a.txt"), world.path("in/b.txt")).unwrap();
    world.write("in/z.txt", "Two men came with 9 boats.\n\n".repeat(30));
    world.factline("extract in --out out -q").assert().code(0);
    assert_eq!(successors(&world), "45,000 b.txt:3; 9 b.txt:5; Two b.txt:1");
    let (code, told) = world.run("review carry out --certain");
    assert!(code == 0 && told.starts_with("3 decisions carried over"), "{told}");
}

#[test]
fn decisions_about_a_removed_document_stay_away_from_others_that_say_the_same() {
    let world = rejected("Two boats sank with 31 men, 17 goats and 260 letters.\n");
    std::fs::remove_file(world.path("in/a.txt")).unwrap();
    // One of the same things many times, then two of the four: too little to be where the document went.
    world.write("in/y.txt", "Two men came.\n".repeat(9));
    world.write("in/z.txt", "Two men came with 31 goats.\n");
    world.factline("extract in --out out -q").assert().code(0);
    assert_eq!(successors(&world), "17 :; 260 :; 31 :; Two :");
    let (code, told) = world.run("review carry out --certain");
    assert!(code == 0 && told.starts_with("0 decisions carried over"), "{told}");
    assert_eq!(Sheet::open(&world, "numbers").row("31")["review"], "");
}

#[test]
fn a_list_of_orphans_that_no_longer_holds_and_stays_is_told() {
    let world = extracted();
    // A folder is no file that can be removed, whoever runs the test.
    world.write("out/review/orphans.csv/file", "");
    let (code, told) = world.run("extract in --out out -q");
    assert_eq!(code, 0);
    assert!(told.starts_with("warning: `out/review/orphans.csv` no longer holds, and cannot be removed: "), "{told}");
}

#[test]
fn one_decision_alone_does_not_tell_where_its_document_went() {
    let world = rejected("Two boats sank.\n");
    std::fs::remove_file(world.path("in/a.txt")).unwrap();
    world.write("in/z.txt", "Two men came.\n");
    world.factline("extract in --out out -q").assert().code(0);
    assert_eq!(successors(&world), "Two :");
}

#[test]
fn of_two_documents_that_may_be_the_renamed_one_the_name_decides_or_nothing() {
    let text = "Two boats sank with 31 men.\n";
    let world = rejected(text);
    std::fs::remove_file(world.path("in/a.txt")).unwrap();
    world.write("in/b/x.txt", text);
    world.write("in/c/y.txt", text);
    world.factline("extract in --out out -q").assert().code(0);
    assert_eq!(successors(&world), "31 :; Two :");
    std::fs::rename(world.path("in/c/y.txt"), world.path("in/c/a.txt")).unwrap();
    world.factline("extract in --out out -q").assert().code(0);
    assert_eq!(successors(&world), "31 c/a.txt:1; Two c/a.txt:1");
}
