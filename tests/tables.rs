//! The rows of the tables, with a toy engine: where facts stand, what they are called, what other programs make of them.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use support::{FILES, World, rows, skip, toy};

const TEXT: &str = "=1 In Urumqi \"so, so\" $30\r\n were 5 $60 and -12 things\n\non 2018-10-26 the  UN saw 14:1 and 7";

fn made(files: &[(&str, &str)]) -> World {
    let world = World::new(files);
    toy::run_toy(&world.path("in"), &world.path("out"), 2).unwrap();
    world
}

fn table(world: &World, name: &str) -> Vec<BTreeMap<String, String>> {
    rows(&world.path(&format!("out/{name}.csv")))
}

/// The cells of some columns, `|` between them, a line per row.
fn cells(rows: &[BTreeMap<String, String>], columns: &str) -> String {
    let row = |row: &BTreeMap<String, String>| {
        let cells: Vec<_> = columns.split(' ').map(|column| row[column].as_str()).collect();
        cells.join("|")
    };
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_row_says_where_the_fact_stands_and_what_it_means() {
    let world = made(&[("a.txt", TEXT)]);
    insta::assert_snapshot!(
        cells(
            &table(&world, "numbers"),
            "document line column text type value counted context rule confidence flags review note end_line end_column start end"
        ),
        @r"
    a.txt|2|7|5|cardinal|5|'=cmd|things|were 5 $60 and -12 things|toy.rule|0.90||||2|8|33|34
    a.txt|2|17|'-12|cardinal|-12|'=cmd|things|were 5 $60 and -12 things|toy.rule|0.90|negative|||2|20|43|46
    a.txt|4|27|14:1|ratio|14:1|'=cmd|things|on 2018-10-26 the UN saw 14:1 and 7|toy.rule|0.90||||4|31|81|85
    "
    );
    insta::assert_snapshot!(
        cells(&table(&world, "money"), "text amount low qualifier currency converted converted_currency rate rate_date line column"),
        @r"
    $30|30||approximately|USD|60|EUR|2|2018-10-26|1|23
    $60|60||approximately|USD|120|EUR|2|2018-10-26|2|9
    "
    );
    insta::assert_snapshot!(
        cells(&table(&world, "dates"), "text type timex edtf start_date end_date reference_date"),
        @r"2018-10-26|date|2018-10-26|2018-10-26|2018-10-26|2018-10-26|2018-10-26"
    );
    insta::assert_snapshot!(
        cells(&table(&world, "places"), "text name place_type country admin1 latitude longitude geonames_id population context"),
        @r#"Urumqi|Urumqi|city|CN|Xinjiang|43.80096|87.60046|1529102|3029372|'=1 In Urumqi "so, so" $30"#
    );
    insta::assert_snapshot!(cells(&table(&world, "organizations"), "text name acronym organization_type country"), @r"UN|United Nations|UN|intergovernmental|");
    insta::assert_snapshot!(cells(&table(&world, "unclaimed"), "document line column text reason rule context start end"), @r"a.txt|4|36|7|lucky|toy|on 2018-10-26 the UN saw 14:1 and 7|90|91");
    insta::assert_snapshot!(
        cells(&table(&world, "documents"), "document status lines numbers money places organizations dates"),
        @r"a.txt|ok|4|3|2|1|1|1"
    );
}

#[test]
fn an_amount_points_to_the_row_that_states_the_same() {
    let money = table(&made(&[("a.txt", TEXT)]), "money");
    assert_eq!(money[0]["equivalent"], money[1]["id"]);
    assert_eq!(money[1]["equivalent"], "");
}

#[test]
fn ids_stay_when_the_text_around_moves() {
    let ids = |text| cells(&table(&made(&[("a.txt", text)]), "numbers"), "text id");
    let before = ids("5 apples, 6 pears and 5 plums");
    let after = ids("A new first line.\r\n\r\n8 nuts, 5\napples, 6   pears and\n5 plums");
    let after: Vec<_> = after.lines().filter(|row| !row.starts_with('8')).collect();
    assert_eq!(before, after.join("\n"));
}

#[test]
fn a_bug_costs_one_document() {
    let world = made(&[("a.txt", "5 a"), ("b.txt", "5 PANIC!"), ("c.txt", "6 c")]);
    assert_eq!(world.documents(), "a.txt ok\nb.txt failed\nc.txt ok");
    assert_eq!(table(&world, "documents")[1]["error"], "internal error (please report it): a bug in the toy");
    assert_eq!(cells(&table(&world, "numbers"), "document text"), "a.txt|5\nc.txt|6");
}

#[test]
fn a_bug_costs_one_document_of_those_that_are_made_together() {
    let world = World::new(&[]);
    let has_bug = |number: usize| matches!(number, 10 | 37 | 38 | 99);
    for number in 10..100 {
        world.write(&format!("in/{number}.txt"), format!("{number} {}", if has_bug(number) { "PANIC!" } else { "a" }));
    }
    toy::run_toy(&world.path("in"), &world.path("out"), 1).unwrap();
    let told = |number| format!("{number}.txt {}", if has_bug(number) { "failed" } else { "ok" });
    assert_eq!(world.documents(), (10..100).map(told).collect::<Vec<_>>().join("\n"));
    let made = (10..100).filter(|number| !has_bug(*number)).map(|number| format!("{number}.txt|{number}"));
    assert_eq!(cells(&table(&world, "numbers"), "document text"), made.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_same_bytes_on_one_two_and_eight_threads() {
    let world = World::new(&[]);
    for number in 0..500 {
        // Very different lengths, so that threads overtake each other.
        let text = TEXT.repeat(if number % 50 == 0 { 400 } else { number % 3 });
        world.write(&format!("in/{number}.txt"), text);
    }
    let run = |threads| {
        toy::run_toy(&world.path("in"), &world.path("out"), threads).unwrap();
        FILES.map(|name| world.read(&format!("out/{name}")))
    };
    let one = run(1);
    assert!(one[4].len() > 100_000, "numbers.csv has rows");
    assert!(one == run(2) && one == run(8));
}

#[test]
fn the_data_package_is_valid() {
    let world = made(&[("a.txt", TEXT), ("=b.txt", &TEXT.repeat(3)), ("c.txt", "5 PANIC!")]);
    // `pip install frictionless`
    let validated =
        Command::new("frictionless").args(["validate", "datapackage.json"]).current_dir(world.path("out")).output();
    match validated {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(error) => skip("frictionless", &error.to_string()),
    }
}

/// Cells of the tables as LibreOffice has them after opening a table and saving it as a workbook: the XML of its sheet.
fn sheet(world: &World, name: &str) -> Option<String> {
    let profile = format!("-env:UserInstallation=file://{}", world.path("profile").display());
    let convert = |from: &Path, format: &str| {
        Command::new("soffice")
            .args([profile.as_str(), "--headless", "--convert-to", format, "--outdir"])
            .arg(world.path("office"))
            .arg(from)
            .output()
    };
    match convert(&world.path(&format!("out/{name}.csv")), "fods:OpenDocument Spreadsheet Flat XML") {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => {
            skip("soffice", &error.to_string());
            return None;
        }
    }
    Some(world.read(&format!("office/{name}.fods")))
}

#[test]
fn a_spreadsheet_finds_no_formula_and_keeps_ids_and_dates() {
    let world = made(&[("a.txt", TEXT), ("=HYPERLINK(1).txt", "5 =1+1\n@SUM(1) 6\n+2 things 8\n -3 and 9")]);
    let Some(numbers) = sheet(&world, "numbers") else { return };
    for name in ["money", "dates", "documents", "unclaimed"] {
        let sheet = sheet(&world, name).unwrap();
        assert!(!sheet.contains("table:formula"), "{name}: {sheet}");
        if name == "dates" {
            assert!(sheet.contains("office:value-type=\"date\" office:date-value=\"2018-10-26\""), "{sheet}");
        }
    }
    assert!(!numbers.contains("table:formula"), "{numbers}");
    assert!(numbers.contains("<text:p>&apos;=HYPERLINK(1).txt</text:p>"), "{numbers}");
    assert!(numbers.contains("office:value-type=\"float\" office:value=\"-12\""), "numbers stay numbers");
    for row in table(&world, "numbers") {
        let id = &row["id"];
        let cell = numbers.find(&format!("<text:p>{id}</text:p>")).unwrap_or_else(|| panic!("{id} changed"));
        let start = numbers[..cell].rfind("<table:table-cell").unwrap();
        assert!(numbers[start..cell].contains("office:value-type=\"string\""), "{}", &numbers[start..cell]);
    }
}
