//! `explain`, and `rules test`, `coverage` and `new`: what they tell, and their exit codes.

#![allow(clippy::unwrap_used)] // a test may panic

mod support;

use support::World;

#[test]
fn explain_reads_standard_input_and_writes_json() {
    let world = World::new(&[("letter.txt", "They paid 30,000 yuan in Yanji.\n")]);
    let explain = |words: &str| {
        let output = world.factline(words).write_stdin("They paid 30,000 people.").output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, text) = explain("explain - --rule money.after");
    assert_eq!((code, text.contains("money.after: matched to `30,000`; expected ")), (0, true), "{text}");
    let (code, text) = explain("explain - --json");
    let story: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, &story["facts"][0]["text"]), (0, &"30,000".into()), "{text}");
}

#[test]
fn explain_reads_a_document_as_extract_does() {
    let world = World::new(&[]);
    world.write("2017-03-04/letter.txt", "They left on Oct. 22.\n");
    world.write("about.csv", "document,published\nletter.txt,2012-12-24\nother.txt,2013-01-01\n");
    let explained = |more: &str| {
        let (code, text) = world.output(&format!("explain 2017-03-04/letter.txt:1 --json {more}"));
        assert_eq!(code, 0, "{text}");
        let story: serde_json::Value = serde_json::from_str(&text).unwrap();
        let cells = story["facts"][0]["cells"].as_array().unwrap();
        cells.iter().find(|cell| cell[0] == "timex").unwrap()[1].as_str().unwrap().to_owned()
    };
    for more in ["", "--metadata about.csv"] {
        world.factline(&format!("extract 2017-03-04 --out out --quiet --force {more}")).assert().success();
        assert_eq!(explained(more), support::rows(&world.path("out/dates.csv"))[0]["timex"], "{more}");
    }
    world.write("about.csv", "document,published\nother.txt,2013-01-01\n");
    let (code, said) = world.run("explain 2017-03-04/letter.txt --metadata about.csv");
    assert_eq!((code, &*said), (0, "warning: --metadata has no row about `letter.txt`\n"));
    world.refused(&[
        ("explain 2017-03-04", "error: 2017-03-04: expected a document, found a folder with 1"),
        ("explain nowhere.txt:3", "error: `nowhere.txt` does not exist"),
        ("explain 2017-03-04/letter.txt:3", "expected a line from 1 to 1, found 3"),
    ]);
}

#[test]
fn a_failing_example_is_a_difference_of_expected_and_found() {
    let world = World::new(&[("letter.txt", "They paid 30,000 yuan in Yanji.\n")]);
    let rule = "[[rule]]\nid = \"money.fined\"\nkind = \"money\"\nmake = \"money\"\n\
                pattern = '\"fined\" (?<fact> (?<currency> <currency-symbol>) (?<value> <number>))'\n\
                [[rule.example]]\ntext = \"Fined $40.\"\nfact = \"$40\"\nexpect = { amount = 4 }\n";
    world.write("rules/fines.toml", rule);
    let (code, said) = world.run("rules test money.fined --rules rules");
    assert_eq!((code, said.contains("    fact = $40\n  - amount = 4\n  + amount = 40\n")), (1, true), "{said}");
    assert!(said.contains("1 examples, 1 failed, "), "{said}");
}

#[test]
fn coverage_counts_rules_and_rows() {
    let world = World::new(&[("letter.txt", "They paid 30,000 yuan in Yanji.\n")]);
    let (code, text) = world.output("rules coverage in --format csv");
    assert_eq!(code, 0);
    assert!(
        text.lines().any(|line| line.starts_with("rule,money.after,money/amount.toml:") && line.ends_with(",1,0")),
        "{text}"
    );
    assert!(text.lines().any(|line| line.starts_with("row,yuan,money/names.csv:") && line.ends_with(",1,")));
    let (code, text) = world.output("rules coverage in");
    assert_eq!((code, text.contains("rules that never stand")), (0, true), "{text}");
}

#[test]
fn a_new_rule_is_printed_for_its_kind() {
    let world = World::new(&[("letter.txt", "They paid 30,000 yuan in Yanji.\n")]);
    let (code, text) = world.output("rules new money.fined");
    assert_eq!((code, text.contains("id      = \"money.fined\"")), (0, true));
    world.write("rules/fined.toml", text);
    assert_eq!(world.run("rules test money.fined --rules rules").0, 0);
    assert_eq!(world.run("rules new fined").0, 2);
    assert_eq!(world.run("rules new own.fined --kind money"), (0, String::new()));
    let (code, said) = world.run("rules new money.after");
    assert_eq!(
        (code, said.starts_with("warning: a rule of the id `money.after` is built in (money/amount.toml:")),
        (0, true),
        "{said}"
    );
}
