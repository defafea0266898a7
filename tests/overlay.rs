//! A user's own rules, laid over the shipped ones by `--rules`.

#![allow(clippy::unwrap_used)] // a test may panic

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder with rule files, and a document beside it.
struct Trial {
    root: TempDir,
}

impl Trial {
    fn new(document: &str, files: &[(&str, &str)]) -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("letter.txt"), document).unwrap();
        for (path, text) in files {
            let path = root.path().join("rules").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { root }
    }

    fn factline(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("factline").unwrap();
        command.current_dir(self.root.path()).args(arguments);
        command
    }

    /// `text rule` of the rows of a table of a new run.
    fn rows(&self, table: &str) -> Vec<String> {
        self.factline(&["extract", "letter.txt", "--out", "out", "--rules", "rules", "--quiet", "--force"])
            .assert()
            .success();
        self.written(table)
    }

    /// The same of the run before.
    fn written(&self, table: &str) -> Vec<String> {
        let path: &Path = &self.root.path().join("out").join(format!("{table}.csv"));
        let mut reader = csv::Reader::from_path(path).unwrap();
        let header = reader.headers().unwrap().clone();
        let column = |name: &str| header.iter().position(|each| each == name).unwrap();
        let (text, rule) = (column("text"), column("rule"));
        reader.records().map(Result::unwrap).map(|row| format!("{} {}", &row[text], &row[rule])).collect()
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.factline(arguments).assert().code(2).get_output().stderr.clone();
        String::from_utf8(output).unwrap()
    }
}

const VESSELS: &str = r#"
[[dictionary]]
file  = "vessels.csv"
class = "vessel"
terms = ["term"]
key   = ["term"]

[[rule]]
id      = "number.vessel-crew"
kind    = "number"
make    = "cardinal"
pattern = '<vessel> "carried" (?<fact> (?<value> <number>))'
[[rule.example]]
text    = "The Aurora carried 31."
fact    = "31"
expect  = { value = 31 }
[[rule.example]]
text    = "In May the Aurora carried 9 goats."
fact    = "9"
expect  = { value = 9 }
[[rule.counter]]
text    = "She carried 31 letters."
why     = "no vessel"
"#;

#[test]
fn a_rule_and_a_dictionary_are_added() {
    let trial =
        Trial::new("The Aurora carried 31 men.", &[("vessels.toml", VESSELS), ("vessels.csv", "term\nAurora\n")]);
    assert_eq!(trial.rows("numbers"), ["31 number.vessel-crew"]);
    trial.factline(&["rules", "test", "number.vessel", "--rules", "rules"]).assert().success();
    trial.factline(&["rules", "check", "--rules", "rules"]).assert().success();
}

#[test]
fn a_rule_is_switched_off() {
    let trial = Trial::new("They saw 31 men.", &[("off.toml", "disable = ['number.cardinal']\n")]);
    assert!(trial.rows("numbers").is_empty());
    let unclaimed = fs::read_to_string(trial.root.path().join("out/unclaimed.csv")).unwrap();
    assert!(unclaimed.contains("letter.txt,1,10,31,no-rule,"), "{unclaimed}");
}

#[test]
fn a_dictionary_row_is_added_replaced_and_switched_off() {
    let rows = "code,name,plural,minor_digits,off\nXTS,test crown,test crowns,2,\n";
    let trial = Trial::new(
        "A bill of 30 XTS.",
        &[
            ("money/currencies.csv", rows),
            ("money/names.csv", "term,code,factor,class,case,off\nXTS,XTS,1,currency-code,exact,\n"),
        ],
    );
    assert_eq!(trial.rows("money").len(), 1);
    let trial = Trial::new("A bill of 30 euros.", &[("money/names.csv", "term,code,off\neuros,EUR,yes\n")]);
    assert!(trial.rows("money").is_empty());
}

#[test]
fn a_typing_error_is_one_clear_error_and_nothing_is_done() {
    let rules = VESSELS.replace("<vessel>", "<vesel>");
    let trial = Trial::new("31", &[("vessels.toml", &rules), ("vessels.csv", "term\nAurora\n")]);
    let message = trial.refused(&["extract", "letter.txt", "--out", "out", "--rules", "rules"]);
    assert!(
        message.contains("unknown-class")
            && message.contains("vessels.toml:12")
            && message.contains("did you mean `<vessel>`?"),
        "{message}"
    );
    assert!(!trial.root.path().join("out/numbers.csv").exists());
}

#[test]
fn a_failing_example_says_what_was_found() {
    let rules = VESSELS.replace("value = 31", "value = 32");
    let trial = Trial::new("31", &[("vessels.toml", &rules), ("vessels.csv", "term\nAurora\n")]);
    let output = trial
        .factline(&["rules", "test", "number.vessel", "--rules", "rules"])
        .assert()
        .code(1)
        .get_output()
        .stderr
        .clone();
    let message = String::from_utf8(output).unwrap();
    assert!(
        message.contains("fact = 31") && message.contains("- value = 32") && message.contains("+ value = 31"),
        "{message}"
    );
}

#[test]
fn an_empty_folder_and_a_broken_table_are_told() {
    let trial = Trial::new("31", &[("notes.md", "")]);
    assert!(trial.refused(&["rules", "check", "--rules", "rules"]).contains("expected .toml or .csv files"));
    let trial = Trial::new("31", &[("money/names.csv", "trem,code\neuros,EUR\n")]);
    let message = trial.refused(&["rules", "check", "--rules", "rules"]);
    assert!(message.contains("unknown column `trem`"), "{message}");
}

#[test]
fn a_wrong_cell_is_named_with_its_place_and_the_nearest_right_one() {
    for (path, rows, expected) in [
        (
            "unit/units.csv",
            "ucum,name,dimension,si_unit,factor\n[smoot],smoot,length,m,1;7\n",
            ["unit/units.csv:2:24", "expected a decimal or a fraction such as 0.01 or 5/9, found `1;7`"],
        ),
        (
            "unit/names.csv",
            "term,ucum,class,case\n\"smoot, the\",kgg,unit-name,fold\n",
            ["unit/names.csv:2:14", "did you mean `kg`?"],
        ),
        (
            "money/names.csv",
            "term,code,factor,class\neuroes,EUR,1,currency-nmae\n",
            ["money/names.csv:2:14", "did you mean `currency-name`?"],
        ),
        (
            "money/names.csv",
            "term,code\nnew euroes,EUR\n",
            ["money/names.csv:2:1", "column `factor`: expected this column too: the row is new, and needs it"],
        ),
        (
            "place/supplement.csv",
            "name,country,latitude,longitude\nOrsk Fell,FRA,451,2\n",
            ["place/supplement.csv:2:15", "expected a decimal from -90 to 90, found `451`"],
        ),
        (
            "place/supplement.csv",
            "name,country\nOrsk Fell,GB,\n",
            ["place/supplement.csv:2:1", "expected 2 cells as in the header (name,country), found 3"],
        ),
    ] {
        let trial = Trial::new("31", &[(path, rows)]);
        let message = trial.refused(&["extract", "letter.txt", "--out", "out", "--rules", "rules"]);
        assert!(expected.iter().all(|part| message.contains(part)), "{path}: {message}");
    }
}

#[test]
fn a_row_that_is_there_may_be_given_in_part() {
    let trial = Trial::new("A bill of 30 euros.", &[("money/names.csv", "term,code,factor\neuros,EUR,2\n")]);
    assert_eq!(trial.rows("money").len(), 1);
}

#[test]
fn a_copy_of_the_shipped_rules_changes_nothing() {
    let trial = Trial::new("A bill of 30 euros in Oslo on 3 May 2019.", &[]);
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let counted = |arguments: &[&str]| {
        let output = trial.factline(arguments).assert().success().get_output().stderr.clone();
        String::from_utf8(output).unwrap()
    };
    assert_eq!(counted(&["rules", "check", "--rules", shipped]), counted(&["rules", "check"]));
}

#[test]
fn a_measured_confidence_of_no_rule_is_an_error() {
    let trial = Trial::new("x", &[("confidence.csv", "rule,confidence\nnumber.cardnial,0.5\n")]);
    let error = trial.refused(&["extract", "letter.txt", "--out", "out", "--rules", "rules"]);
    assert!(error.contains("confidence-unused") && error.contains("confidence.csv:2:1"), "{error}");
    assert!(error.contains("did you mean `number.cardinal`?"), "{error}");
}

#[test]
fn a_mistake_in_the_rules_of_furniture_is_shown_in_its_line() {
    let furniture = "[[furniture]]\nid = \"menu\"\npattern = '(home'\n";
    let trial = Trial::new("x", &[("document/furniture.toml", furniture)]);
    let error = trial.refused(&["extract", "letter.txt", "--out", "out", "--rules", "rules"]);
    assert!(error.contains("document/furniture.toml:3:11") && error.contains("3 | pattern = '(home'"), "{error}");
    assert_eq!(error.matches("furniture.toml").count(), 1, "{error}");
}

#[test]
fn a_noun_of_streets_and_a_national_side_are_rows() {
    let document = "The van stood on Quillbrook Snicket at dawn.\n\nIn the league's last match Boston beat Chicago, and their \
                    striker scored twice.";
    let rows = [
        ("place/nouns.csv", "term,use\nSnicket,street\n"),
        ("organization/team_words.csv", "term,use\nboston,national\n"),
    ];
    let trial = Trial::new(document, &rows);
    assert!(trial.rows("places").contains(&"Quillbrook Snicket place.street.weak".to_owned()));
    assert_eq!(trial.written("organizations"), ["Chicago organization.team.beaten"]);
}

#[test]
fn a_topic_of_several_words_is_told_for_it_would_never_be_counted() {
    let trial = Trial::new("x", &[("text/topics.csv", "term,topic,weight\nhome run,sport,2\n")]);
    let error = trial.refused(&["rules", "check", "--rules", "rules"]);
    assert!(error.contains("expected one word of ASCII letters, found `home run`"), "{error}");
}

#[test]
fn what_is_no_folder_of_rules_is_told_alike_by_all_commands() {
    let trial = Trial::new("They paid $5.\n", &[]);
    for command in ["extract letter.txt --out out", "rules check", "rules list", "explain letter.txt"] {
        for (folder, found) in [("nowhere", "nothing"), ("letter.txt", "a file")] {
            let words: Vec<&str> = command.split(' ').chain(["--rules", folder]).collect();
            let output = trial.factline(&words).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            let told = format!("error[rules-not-readable]: expected a folder with rules, found {found}");
            assert_eq!((output.status.code(), said.contains(&told)), (Some(2), true), "{command}: {said}");
        }
    }
}

#[test]
fn a_gazetteer_of_ones_own_has_a_level() {
    let declared = |level: &str| {
        format!(
            "[[dictionary]]\nfile = \"lights.csv\"\nclass = \"city\"\nlevel = \"{level}\"\nplace-type = \"lighthouse\"\nterms = \
             [{{ column = \"name\", case = \"title\" }}]\nkey = [\"name\"]\n"
        )
    };
    let rows = ("lights.csv", "name,country,latitude,longitude\nQuoyness Light,NO,61.25,4.5\n");
    let trial = Trial::new("They rowed to Quoyness Light at dawn.", &[("lights.toml", &declared("feature")), rows]);
    assert_eq!(trial.rows("places").len(), 1);
    let places = fs::read_to_string(trial.root.path().join("out/places.csv")).unwrap();
    assert!(places.contains("Quoyness Light,lighthouse,NO,,61.25,4.5"), "{places}");
    let trial = Trial::new("x", &[("lights.toml", &declared("featur")), rows]);
    let error = trial.refused(&["rules", "check", "--rules", "rules"]);
    assert!(error.contains("unknown-level") && error.contains("did you mean `feature`?"), "{error}");
}
