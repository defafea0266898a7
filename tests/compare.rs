//! `diff`, `check` and `score`: what they tell, and their exit codes.

#![allow(clippy::unwrap_used)] // a test may panic

mod support;

use support::World;

const LETTER: &str = "They paid 30,000 yuan in Yanji.\nA boat cost $450.\nIt lay off Nampo.\n";

fn world() -> World {
    let world = World::new(&[("letter.txt", LETTER)]);
    extract(&world, "old");
    world
}

fn extract(world: &World, out: &str) {
    world.factline(&format!("extract in --out {out} --quiet --force")).assert().success();
}

fn edit(world: &World, name: &str, from: &str, to: &str) {
    let text = world.read(name);
    assert!(text.contains(from), "{name} has no `{from}`\n{text}");
    world.write(name, text.replacen(from, to, 1));
}

/// The lines of a table that hold a text are taken out.
fn drop_rows(world: &World, name: &str, with: &str) {
    let text = world.read(name);
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains(with)).collect();
    world.write(name, kept.join("\n") + "\n");
}

#[test]
fn equal_tables_are_the_same() {
    let world = world();
    extract(&world, "new");
    let (code, text) = world.output("diff old new");
    assert_eq!((code, text.starts_with("0 added, 0 removed, 0 changed, ")), (0, true), "{text}");
}

#[test]
fn facts_that_came_went_and_changed_are_told_with_place_and_rule() {
    let world = world();
    extract(&world, "new");
    edit(&world, "new/money.csv", ",30000,", ",3000,");
    drop_rows(&world, "new/places.csv", "Yanji");
    drop_rows(&world, "old/money.csv", ",$450,");
    let (code, text) = world.output("diff old new");
    assert_eq!(code, 1);
    for line in [
        "~ letter.txt:1:11 money `30,000 yuan`\n    amount: 30000 → 3000\n    by money.after\n",
        "+ letter.txt:2:13 money `$450`\n    amount=450 currency=USD",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(text.contains("- letter.txt:1:26 places `Yanji`"), "{text}");
    assert!(text.contains("1 added, 1 removed, 1 changed"), "{text}");
}

#[test]
fn columns_and_tables_can_be_left_out() {
    let world = world();
    extract(&world, "new");
    edit(&world, "new/money.csv", ",0.9", ",0.1");
    assert_eq!(world.output("diff old new").0, 1);
    assert_eq!(world.output("diff old new --ignore confidence,context").0, 0);
    assert_eq!(world.output("diff old new --tables places,dates").0, 0);
    let (_, said) = world.run("diff old new --ignore foo");
    assert!(said.ends_with("which no table has: see docs/tables.md\n"), "{said}");
    for (typed, meant) in [("numbr.", "number."), ("numbr", "number"), ("mony.after", "money.after")] {
        let (code, said) = world.run(&format!("rules list {typed}"));
        assert_eq!((code, said.contains(&format!("did you mean `{meant}`?"))), (2, true), "{said}");
    }
    let (code, said) = world.run("diff old new --ignore confidense");
    assert_eq!(
        (code, said.trim_end()),
        (
            2,
            "error: --ignore: expected the name of a column, found `confidense`, which no table has: did you mean `confidence`?"
        )
    );
}

#[test]
fn a_fact_that_only_moved_is_no_difference_and_its_document_is_the_cause_of_others() {
    let world = world();
    world.write("in/letter.txt", format!("A line before.\n\n{}", LETTER.replace("$450", "$460")));
    extract(&world, "new");
    let (code, text) = world.output("diff old new");
    assert_eq!(code, 1);
    assert!(text.contains("the document changed: "), "{text}");
    assert!(text.contains("of them moved"), "{text}");
    assert!(!text.contains("Yanji") && !text.contains("30,000"), "{text}");
    assert!(text.contains("~ letter.txt:4:13 money `$460`\n    text: $450 → $460; amount: 450 → 460"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&world.output("diff old new --format json").1).unwrap();
    assert_eq!(json["changed_documents"], serde_json::json!(["letter.txt"]));
    assert_eq!(json["changes"][0]["cause"], "document-changed");
}

#[test]
fn documents_that_came_and_went_are_told_as_such() {
    let world = world();
    std::fs::remove_file(world.path("in/letter.txt")).unwrap();
    world.write("in/note.txt", "Nampo.\n");
    extract(&world, "new");
    let (code, text) = world.output("diff old new");
    assert_eq!(code, 1);
    assert!(text.contains("the document is new: "), "{text}");
    assert!(text.contains("- letter.txt: 2 money, 2 places"), "{text}");
}

#[test]
fn other_rules_and_options_are_the_cause_where_the_folders_tell() {
    let world = world();
    world.write("rules/off.toml", "disable = [\"money.before\"]\n");
    world.factline("extract in --out new --quiet --rules rules").assert().success();
    let (code, text) = world.output("diff old new --format csv");
    assert_eq!(code, 1);
    let row = text.lines().find(|line| line.contains("$450") && line.contains("removed")).unwrap();
    assert!(row.starts_with("removed,rule-changed,"), "{row}");
    world.write("words/money/names.csv", "term,code,off\nyuan,CNY,yes\n");
    world.factline("extract in --out words-off --quiet --rules words").assert().success();
    let (code, text) = world.output("diff old words-off");
    assert_eq!((code, text.contains("a dictionary changed (money/names.csv): ")), (1, true), "{text}");
    world.factline("extract in --out dated --quiet --reference-date 2018-10-26").assert().success();
    let (code, text) = world.output("diff old dated --format csv");
    assert_eq!((code, text.contains("changed,options-changed,money,letter.txt,")), (1, true), "{text}");
}

#[test]
fn a_copy_without_the_state_is_of_the_same_program() {
    let world = world();
    extract(&world, "copy");
    std::fs::remove_dir_all(world.path("copy/.factline")).unwrap();
    edit(&world, "copy/money.csv", ",30000,", ",3000,");
    let (code, text) = world.output("diff old copy --format csv");
    assert_eq!((code, text.contains("changed,unknown,money,letter.txt,")), (1, true), "{text}");
}

#[test]
fn folders_that_cannot_be_compared_say_why() {
    let world = world();
    std::fs::create_dir(world.path("empty")).unwrap();
    extract(&world, "cut");
    let text = world.read("cut/money.csv");
    world.write("cut/money.csv", &text[..text.len() - 5]);
    extract(&world, "short");
    drop_rows(&world, "short/money.csv", "letter.txt");
    extract(&world, "ragged");
    edit(&world, "ragged/places.csv", ",Yanji,Yanji,", ",Yanji,");
    world.refused(&[
        ("diff old nowhere", "`nowhere`: expected a folder with tables, found nothing"),
        ("diff old in/letter.txt", "expected a folder with tables, found a file"),
        ("diff old empty", "`empty`: expected some of numbers.csv, "),
        ("diff old cut", "the file was cut short"),
        ("diff old short", "`short/money.csv`: expected rows of `letter.txt` (2, as documents.csv says), found none"),
        ("diff old ragged", "`ragged/places.csv`, line 2: expected "),
    ]);
}

#[test]
fn what_is_expected_passes_and_what_is_not_fails_with_all_that_a_person_needs() {
    let world = world();
    let (code, text) = world.output("check in --expected old");
    assert_eq!((code, text.contains("0 added, 0 removed, 0 changed")), (0, true), "{text}");
    edit(&world, "old/money.csv", ",30000,", ",3000,");
    let (code, text) = world.output("check in --expected old");
    assert_eq!(code, 1);
    assert!(text.contains("~ letter.txt:1:11 money `30,000 yuan`\n    amount: 3000 → 30000"), "{text}");
}

#[test]
fn expected_tables_may_have_few_columns_and_few_rows() {
    let world = world();
    world.write(
        "expected/money.csv",
        "document,line,text,amount\nletter.txt,1,\"30,000 yuan\",30000\nletter.txt,2,$450,450\n",
    );
    assert_eq!(world.output("check in --expected expected").0, 0);
    world.write("expected/money.csv", "document,line,text,amount\nletter.txt,2,$450,451\n");
    let (code, text) = world.output("check in --expected expected");
    assert_eq!(
        (code, text.contains("+ letter.txt:1:11"), text.contains("amount: 451 → 450")),
        (1, true, true),
        "{text}"
    );
    let (code, text) = world.output("check in --expected expected --expected-only");
    assert_eq!((code, text.contains("30,000"), text.contains("amount: 451 → 450")), (1, false, true), "{text}");
}

#[test]
fn a_lost_fact_tells_what_stands_in_its_place() {
    let world = world();
    world.write("rules/off.toml", "disable = [\"money.before\"]\n");
    let (code, text) = world.output("check in --expected old --rules rules");
    assert_eq!(code, 1);
    assert!(text.contains("- letter.txt:2:13 money `$450`"), "{text}");
    assert!(text.contains("by money.before; now numbers `450` (number.cardinal)"), "{text}");
}

#[test]
fn update_accepts_in_the_columns_that_are_there() {
    let world = world();
    let table = "document,line,text,amount\nletter.txt,1,\"30,000 yuan\",3\n";
    world.write("expected/money.csv", table);
    let (code, said) = world.run("check in --expected expected --update");
    assert_eq!((code, said.contains("accepted: 1 added, 0 removed, 1 changed")), (0, true), "{said}");
    let full = "document,line,text,amount\nletter.txt,1,\"30,000 yuan\",30000\nletter.txt,2,$450,450\n";
    assert_eq!(world.read("expected/money.csv"), full);
    world.write("expected/money.csv", table);
    world.factline("check in --expected expected --update --expected-only").assert().success();
    assert_eq!(world.read("expected/money.csv"), "document,line,text,amount\nletter.txt,1,\"30,000 yuan\",30000\n");
    world.factline("check in --expected fresh --update").assert().success();
    assert_eq!(world.read("fresh/money.csv"), world.read("old/money.csv"));
    assert_eq!(world.output("check in --expected fresh").0, 0);
}

#[test]
fn update_erases_no_work_of_a_reviewer() {
    let world = world();
    for (column, cell) in [("review", "accept"), ("note", "sic")] {
        let table = format!("document,line,text,{column}\nletter.txt,1,\"30,000 yuan\",\nletter.txt,2,$450,{cell}\n");
        world.write("expected/money.csv", &table);
        let (code, said) = world.run("check in --expected expected --update");
        let place = format!("`expected/money.csv`, line 3: expected an empty cell in `{column}`, found `{cell}`");
        assert_eq!((code, said.contains(&place)), (2, true), "{said}");
        assert_eq!(world.read("expected/money.csv"), table);
        assert_eq!(world.run("check in --expected expected").0, 0, "only an update is in the way of it");
    }
}

#[test]
fn a_check_that_cannot_be_made_says_why() {
    let world = world();
    std::fs::create_dir(world.path("empty")).unwrap();
    world.write("typo/money.csv", "document,amuont\n");
    world.write("bare/money.csv", "amount\n1\n");
    world.write(
        "rules/bad.toml",
        "[[rule]]\nid = \"money.x\"\nkind = \"money\"\nmake = \"money\"\npattern = '<mnoth>'\n",
    );
    world.refused(&[
        ("check in --expected empty", "found none of them: write them by hand, or accept what is found with --update"),
        ("check in --expected nowhere", "`nowhere`: expected a folder with tables, found nothing"),
        (
            "check in --expected typo",
            "`typo/money.csv`, line 1: the table money has no column `amuont`; did you mean `amount`?",
        ),
        ("check in --expected bare", "expected a column `document`, found none of that name"),
        ("check in --expected old --rules rules", "error[unknown-class]"),
        ("check nowhere --expected old", "`nowhere` does not exist"),
        (
            "check in --expected fresh --update --expected-only",
            "`fresh`: expected tables with the facts to keep, found none: write them by hand",
        ),
        ("check in", "--expected <DIR>"),
    ]);
    assert!(!world.path("fresh").exists());
}

#[test]
fn reports_for_build_servers_name_file_line_and_column() {
    let world = world();
    edit(&world, "old/money.csv", ",30000,", ",3000,");
    let (code, text) = world.output("check in --expected old --format github");
    assert_eq!(code, 1);
    assert_eq!(
        text,
        "::error file=in/letter.txt,line=1,col=11,title=fact changed::money `30,000 yuan` changed: amount: 3000 → 30000 (by money.after)\n"
    );
    let (code, text) = world.output("check in --expected old --format sarif");
    let sarif: serde_json::Value = serde_json::from_str(&text).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!((code, &sarif["version"]), (1, &"2.1.0".into()));
    assert_eq!(
        (&place["artifactLocation"]["uri"], &place["region"]["startLine"]),
        (&"in/letter.txt".into(), &1.into())
    );
    let (code, text) = world.output("check in --expected old --format junit");
    assert_eq!(code, 1);
    assert!(text.contains("<testsuites name=\"factline check\" tests=\"1\" failures=\"1\">"), "{text}");
    assert!(text.contains("letter.txt:1:11: money `30,000 yuan` changed"), "{text}");
    let (_, text) = world.output("check in --expected old --format markdown");
    assert!(
        text.contains("| changed | letter.txt:1:11 | money | 30,000 yuan | amount: 3000 → 30000 | by money.after |"),
        "{text}"
    );
}

#[test]
fn what_a_stranger_writes_ends_no_command_and_no_cell() {
    let world = World::new(&[("a,b%.txt", "They paid $5\n[x](http://x)|<b>. It is \u{1b}[31m$6.\n")]);
    world.write("expected/money.csv", "document,line,text\n");
    let (_, github) = world.output("check in --expected expected --format github");
    assert!(github.starts_with("::error file=in/a%2Cb%25.txt,line=1,"), "{github}");
    assert_eq!(github.lines().count(), 2, "{github}");
    let (_, text) = world.output("check in --expected expected");
    assert!(!text.contains('\u{1b}'), "{text:?}");
}

#[test]
fn tables_are_scored_against_a_gold_made_by_hand() {
    let world = world();
    world.write(
        "gold/money.csv",
        "document,line,column,text,amount,currency\nletter.txt,1,11,\"30,000 yuan\",30000,CNY\nletter.txt,2,13,$450,451,USD\n\
         letter.txt,2,1,A boat,1,USD\n",
    );
    let (code, text) = world.output("score in --gold gold --format json");
    let score: serde_json::Value = serde_json::from_str(&text).unwrap();
    let money = &score["tables"]["money"];
    assert_eq!((code, &money["gold"], &money["made"]), (0, &3.into(), &2.into()));
    assert_eq!((&money["strict"]["precision"], &money["value"]["precision"]), (&1.0.into(), &0.5.into()));
    assert_eq!(money["relaxed"]["recall"], 0.6667);
    assert_eq!(
        (&score["rules"]["money.before"]["made"], &score["rules"]["money.before"]["value"]),
        (&1.into(), &0.into())
    );
    world.write("score.json", &text);
    for (words, code) in [
        ("score in --gold gold --min money.strict.precision=1", 0),
        ("score in --gold gold --min money.f1=0.9", 1),
        ("score in --gold gold --baseline score.json", 0),
        ("score --made old --gold gold --format markdown", 0),
        ("score in --gold gold --min plaecs.f1=0.9", 2),
        ("score in --gold gold --min money.f1", 2),
    ] {
        assert_eq!(world.run(words).0, code, "{words}");
    }
    world.write("rules/off.toml", "disable = [\"money.after\"]\n");
    let (code, said) = world.run("score in --gold gold --baseline score.json --rules rules");
    assert_eq!((code, said.contains("money.value.f1: the baseline has 0.4, found 0")), (1, true), "{said}");
}

#[test]
fn tables_that_tell_no_rule_and_no_confidence_are_of_none() {
    let world = world();
    world.write("hand/money.csv", "document,line,column,text\nletter.txt,2,13,$450\n");
    let (code, text) = world.output("score --made hand --gold old --format json");
    let score: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, &score["tables"]["money"]["made"]), (0, &1.into()), "{text}");
    assert_eq!((&score["rules"], &score["reliability"]), (&serde_json::json!({}), &serde_json::json!([])), "{text}");
    assert!(!world.output("score --made hand --gold old").1.contains("mean distance"));
}

#[test]
fn a_table_that_only_the_gold_has_is_missed() {
    let world = world();
    world.factline("extract in --out few --quiet --tables money").assert().success();
    let output = world.factline("score --made few --gold old --format json").output().unwrap();
    let score: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let [money, places, all] = ["money", "places", "all"].map(|table| &score["tables"][table]["value"]["recall"]);
    assert_eq!((money, places), (&1.0.into(), &0.0.into()), "{score}");
    assert!(all.as_f64().unwrap() < 1.0, "{score}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("warning: places.csv was not made, but the gold has it: all its facts count as missed"),
        "{said}"
    );
    assert_eq!(world.run("score --made few --gold old --min places.recall=0.9").0, 1);
}

#[test]
fn reviewed_tables_are_a_gold_of_what_was_judged() {
    let world = world();
    extract(&world, "reviewed");
    let table = world.read("reviewed/money.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let review = header.iter().position(|name| name == "review").unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for (number, record) in reader.records().enumerate() {
        let record = record.unwrap();
        let verdict = ["accept", "reject"][number % 2];
        writer
            .write_record(record.iter().enumerate().map(|(at, cell)| if at == review { verdict } else { cell }))
            .unwrap();
    }
    world.write("reviewed/money.csv", writer.into_inner().unwrap());
    let (code, text) = world.output("score in --gold reviewed --format json");
    let score: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (code, &score["reviewed"], &score["tables"]["money"]["value"]["precision"]),
        (0, &true.into(), &0.5.into())
    );
    assert!(score["unjudged"].as_u64().unwrap() >= 1, "places were not reviewed: {text}");
    edit(&world, "reviewed/money.csv", "accept", "Accept ");
    assert_eq!(world.output("score in --gold reviewed --format json"), (0, text), "as collect takes it");
    edit(&world, "reviewed/money.csv", "reject", "rejcet");
    let (code, said) = world.run("score in --gold reviewed");
    assert_eq!(
        (
            code,
            said.contains(
                "money.csv`, line 3: column `review`: expected accept, correct, reject or nothing, found `rejcet`"
            )
        ),
        (2, true),
        "{said}"
    );
}

#[test]
fn facts_that_a_reviewer_rejected_are_false_though_their_rows_are_left_out() {
    let world = world();
    let mut money = support::review::Sheet::read(&world.path("old/money.csv"));
    money.set("30,000 yuan", &[("review", "accept")]);
    money.set("$450", &[("review", "reject")]);
    money.save();
    world.factline("review collect old").assert().success();
    world.factline("extract in --out old --quiet").assert().success();
    assert!(!world.read("old/money.csv").contains("$450"), "a rejected row stays out");
    let (code, text) = world.output("score in --gold old --format json");
    let score: serde_json::Value = serde_json::from_str(&text).unwrap();
    let money = &score["tables"]["money"];
    assert_eq!((code, &money["made"], &money["value"]["precision"]), (0, &2.into(), &0.5.into()), "{text}");
    assert_eq!(score["rules"]["money.before"]["value"], 0);
    let (_, said) = world.run("score --made old --gold old");
    assert!(said.contains("warning: `old` was made with decisions of reviewers"), "{said}");
    // Decisions that are kept elsewhere do not tell.
    std::fs::rename(world.path("old/review/decisions.csv"), world.path("decisions.csv")).unwrap();
    let (code, said) = world.run("score in --gold old");
    assert_eq!((code, said.contains("with `factline extract … --show-rejected`")), (2, true), "{said}");
    world.factline("extract in --out shown --quiet --decisions decisions.csv --show-rejected").assert().success();
    let (_, text) = world.output("score in --gold shown --format json");
    assert!(text.contains("\"precision\": 0.5"), "{text}");
}

#[test]
fn a_gold_that_cannot_be_used_says_why() {
    let world = world();
    std::fs::create_dir(world.path("empty")).unwrap();
    world.write("typo/money.csv", "document,text,amuont\nletter.txt,$450,450\n");
    world.write("nowhere/money.csv", "document,amount\nletter.txt,450\n");
    world.write("header/money.csv", "document,text\n");
    world.write("other/money.csv", "document,text\nnote.txt,$450\n");
    world.write("bad.json", "{}");
    world.refused(&[
        ("score in --gold empty", "`empty`: expected some of numbers.csv, "),
        ("score in --gold empty", "found none of them: write them by hand ("),
        ("score in --gold typo", "the table money has no column `amuont`; did you mean `amount`?"),
        ("score in --gold nowhere", "expected columns that say where facts stand"),
        ("score in --gold header", "`header`: expected facts or verdicts, found none in any table"),
        ("score in --gold other", "such as `note.txt`, found none of them (the first is called `letter.txt`)"),
        (
            "score in --gold old --baseline bad.json",
            "`bad.json`: expected a score, as `factline score --format json` writes it",
        ),
    ]);
}
