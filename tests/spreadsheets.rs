//! Tables that went through spreadsheets: only what a person changed counts.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used, clippy::type_complexity)] // tables of cases

mod support;

use std::fs;
use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};
use factline::normalize::Kind;
use factline::review::codes::Codes;
use factline::review::collect::{Collected, Reviewed, Signature, collect};
use factline::review::decision::Decisions;
use factline::review::shown::{Memory, Shown};
use factline::state::Store;
use rust_xlsxwriter::{Format, Workbook};
use support::review::{Sheet, libreoffice, tables};
use support::{World, rows};

const TEXT: &str = "\
At least 30 escapees paid 30,000 yuan (about $4,500) in Yanji on Oct. 22, 2018, a Monday.

The river is 1.5 km wide, the lake 1.234 km. The odds were 14:1, and 12 boats came. A loan of 2,640,000 won was repaid on
26 November 2018 at 16:42. “München is 3.14159 km away,” said the 15-year-old. Some 0.145 km, or 1/2 of it, took 0.335 h.
";

/// What the reviewer in these tests decides.
const EDITS: [(&str, &str, &[(&str, &str)]); 5] = [
    ("money", "30,000 yuan", &[("review", "correct"), ("amount", "3000.5"), ("note", "“sic”; see page 4, line 2")]),
    ("money", "$4,500", &[("review", "accept")]),
    ("numbers", "12", &[("review", "reject")]),
    ("numbers", "14:1", &[("review", "correct"), ("value", "15:1")]),
    ("dates", "Oct. 22, 2018", &[("review", "correct"), ("start_date", "2018-10-23"), ("end_date", "2018-10-23")]),
];

/// What is to be collected from them, sorted.
const DECIDED: &str = "\
dates|Oct. 22, 2018|correct|end_date|2018-10-22|2018-10-23|
dates|Oct. 22, 2018|correct|start_date|2018-10-22|2018-10-23|
money|$4,500|accept||||
money|30,000 yuan|correct|amount|30000|3000.5|“sic”; see page 4, line 2
numbers|12|reject||||
numbers|14:1|correct|value|14:1|15:1|";

fn extracted() -> World {
    let world = World::new(&[("a.txt", TEXT)]);
    assert_eq!(world.run("extract in --out out -q"), (0, String::new()));
    world
}

/// Collects without leaving a trace.
fn collected(world: &World, reviewed: &Reviewed, shown: &Shown) -> Collected {
    let store = Store::open(&world.path("out")).unwrap();
    let signature = Signature { reviewer: "Ann".into(), date: "2026-01-02".into() };
    collect(&store, reviewed, shown, &Decisions::default(), &signature, &Codes::default()).unwrap()
}

/// What is collected, as a text; what cannot be taken is an error.
fn decided(collected: &Collected) -> String {
    assert!(collected.findings.is_empty(), "{:#?}", collected.findings);
    let line = |decision: &factline::review::decision::Decision| {
        let table = decision.kind.table();
        let text = &decision.about.text;
        [table, text, decision.step.code(), &decision.column, &decision.old, &decision.new, &decision.note].join("|")
    };
    let mut lines: Vec<_> = collected.decisions.iter().map(line).collect();
    lines.sort();
    lines.join("\n")
}

fn folder(world: &World, name: &str) -> Reviewed {
    Reviewed::Folder(world.path(name), Kind::ALL.to_vec())
}

/// Edited tables, each changed further by a spreadsheet, and written in a dialect.
fn variant(world: &World, name: &str, spoil: &dyn Fn(&mut Sheet), write: &dyn Fn(&Sheet) -> Vec<u8>) -> String {
    fs::create_dir_all(world.path(name)).unwrap();
    for table in ["numbers", "money", "places", "organizations", "dates"] {
        let mut sheet = Sheet::open(world, table);
        for (_, text, cells) in EDITS.iter().filter(|(of, _, _)| *of == table) {
            sheet.set(text, cells);
        }
        spoil(&mut sheet);
        fs::write(world.path(&format!("{name}/{table}.csv")), write(&sheet)).unwrap();
    }
    decided(&collected(world, &folder(world, name), &Shown::default()))
}

/// Changes every cell but those of reviewers and ids.
fn each_cell(sheet: &mut Sheet, change: impl Fn(&str) -> String) {
    let header = sheet.rows[0].clone();
    for row in &mut sheet.rows[1..] {
        for (cell, name) in row.iter_mut().zip(&header) {
            if !["id", "review", "note"].contains(&name.as_str()) {
                *cell = change(cell);
            }
        }
    }
}

fn is_number(cell: &str) -> bool {
    !cell.is_empty()
        && cell.parse::<f64>().is_ok()
        && cell.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte))
}

/// `2018-10-26` written otherwise; the rest as it is.
fn redated(cell: &str, write: impl Fn(&str, &str, &str) -> String) -> String {
    let parts: Vec<&str> = cell.split('-').collect();
    match parts[..] {
        [year, month, day] if cell.len() == 10 && is_number(year) => write(year, month, day),
        _ => cell.to_owned(),
    }
}

#[test]
fn every_dialect_of_separated_values_is_read() {
    let world = extracted();
    let nothing = |_: &mut Sheet| {};
    let utf8 = |separator: u8, quoted: bool| move |sheet: &Sheet| sheet.written(separator, quoted);
    let crlf =
        |sheet: &Sheet| String::from_utf8(sheet.written(b',', false)).unwrap().replace('\n', "\r\n").into_bytes();
    let utf16 = |sheet: &Sheet| {
        let text = String::from_utf8(sheet.written(b'\t', false)).unwrap();
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let marked = |sheet: &Sheet| [b"\xef\xbb\xbf".to_vec(), sheet.written(b';', true)].concat();
    let declared = |sheet: &Sheet| [b"sep=|\r\n".to_vec(), sheet.written(b'|', false)].concat();
    let windows = |sheet: &Sheet| {
        let text = String::from_utf8(sheet.written(b';', false)).unwrap();
        encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
    };
    let dialects: [(&str, &dyn Fn(&Sheet) -> Vec<u8>); 8] = [
        ("comma", &utf8(b',', false)),
        ("quoted", &utf8(b',', true)),
        ("tab", &utf8(b'\t', false)),
        ("crlf", &crlf),
        ("utf-16", &utf16),
        ("mark", &marked),
        ("sep", &declared),
        ("windows-1252", &windows),
    ];
    for (name, write) in dialects {
        assert_eq!(variant(&world, name, &nothing, write), DECIDED, "{name}");
    }
}

#[test]
fn rows_and_columns_may_be_moved_added_and_deleted() {
    let world = extracted();
    let write = |sheet: &Sheet| sheet.written(b',', false);
    let sorted = |sheet: &mut Sheet| sheet.rows[1..].reverse();
    let reordered = |sheet: &mut Sheet| sheet.rows.iter_mut().for_each(|row| row.reverse());
    let padded = |sheet: &mut Sheet| {
        sheet.rows.iter_mut().for_each(|row| row.extend(["", "", ""].map(str::to_owned)));
        let width = sheet.rows[0].len();
        sheet.rows.insert(1, vec![String::new(); width]);
        sheet.rows.push(vec![String::new(); width]);
    };
    let deleted = |sheet: &mut Sheet| {
        let (text, header) = (sheet.column("text"), sheet.rows[0].clone());
        sheet.rows.retain(|row| *row == header || EDITS.iter().any(|(_, edited, _)| row[text] == *edited));
    };
    let narrowed = |sheet: &mut Sheet| {
        let kept = ["id", "review", "note", "amount", "value", "start_date", "end_date"];
        let header = sheet.rows[0].clone();
        for row in &mut sheet.rows {
            let mut names = header.iter();
            row.retain(|_| kept.contains(&names.next().unwrap().as_str()));
        }
    };
    let spoiled: [(&str, &dyn Fn(&mut Sheet)); 5] = [
        ("sorted", &sorted),
        ("reordered", &reordered),
        ("padded", &padded),
        ("deleted", &deleted),
        ("narrowed", &narrowed),
    ];
    for (name, spoil) in spoiled {
        assert_eq!(variant(&world, name, spoil, &write), DECIDED, "{name}");
    }
}

#[test]
fn numbers_and_dates_of_other_countries_are_no_edits() {
    let world = extracted();
    let comma = |sheet: &Sheet| sheet.written(b',', false);
    let semicolon = |sheet: &Sheet| sheet.written(b';', false);
    let german = |sheet: &mut Sheet| {
        each_cell(sheet, |cell| match is_number(cell) {
            true => cell.replace('.', ","),
            false => redated(cell, |year, month, day| format!("{day}.{month}.{year}")),
        });
    };
    let american = |sheet: &mut Sheet| {
        each_cell(sheet, |cell| {
            redated(cell, |year, month, day| format!("{}/{}/{}", month.trim_start_matches('0'), day, &year[2..]))
        });
    };
    let scientific = |sheet: &mut Sheet| {
        each_cell(sheet, |cell| match cell.parse::<f64>() {
            Ok(number) if is_number(cell) && number.abs() >= 1e6 => {
                let text = format!("{number:.2e}");
                let (mantissa, exponent) = text.split_once('e').unwrap();
                format!("{mantissa}E+{exponent:0>2}")
            }
            _ => cell.to_owned(),
        });
    };
    let two_decimals = |sheet: &mut Sheet| {
        let columns = ["value", "si_value", "rate", "converted", "latitude", "longitude"];
        let header = sheet.rows[0].clone();
        for row in &mut sheet.rows[1..] {
            for (cell, name) in row.iter_mut().zip(&header) {
                if columns.contains(&name.as_str()) && is_number(cell) {
                    *cell = format!("{:.2}", cell.parse::<f64>().unwrap());
                }
            }
        }
    };
    let times = |sheet: &mut Sheet| {
        each_cell(sheet, |cell| match cell {
            "15:1" => "15:01:00".to_owned(),
            "14:1" => "14:01:00".to_owned(),
            "1/2" => "02. Jan".to_owned(),
            other => other.to_owned(),
        })
    };
    let misread =
        |sheet: &mut Sheet| each_cell(sheet, |cell| encoding_rs::WINDOWS_1252.decode(cell.as_bytes()).0.into_owned());
    let spoiled: [(&str, &dyn Fn(&mut Sheet), &dyn Fn(&Sheet) -> Vec<u8>); 6] = [
        ("german", &german, &semicolon),
        ("american", &american, &comma),
        ("scientific", &scientific, &comma),
        ("two decimals", &two_decimals, &comma),
        ("times", &times, &comma),
        ("misread", &misread, &comma),
    ];
    for (name, spoil, write) in spoiled {
        assert_eq!(variant(&world, name, spoil, write), DECIDED, "{name}");
    }
}

#[test]
fn a_file_without_ids_is_an_error_and_other_columns_are_told() {
    let world = extracted();
    let header = world.read("out/money.csv").lines().next().unwrap().to_owned();
    world.write("none/money.csv", header.replace("id,", "name,"));
    let (code, told) = world.run("review collect out --from none");
    assert!(
        code == 2 && told.contains("money.csv: expected a header row with a column `id`, found `name`, "),
        "{told}"
    );
    world.write("none/money.csv", format!("{header},mine\n"));
    let (code, told) = world.run("review collect out --from none");
    assert_eq!(
        (code, told.as_str()),
        (
            0,
            "warning: money.csv: the column `mine` is not one of the table: it is not read [unknown-column]\nnothing new to collect\n"
        )
    );
    world.write("none/money.csv", format!("{header},amount\n"));
    let (code, told) = world.run("review collect out --from none");
    assert!(code == 2 && told.contains("money.csv: column `amount` is there twice; remove one"), "{told}");
}

/// LibreOffice's own ways to write separated values: as in the United States, as in Germany.
const CSV_EN: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033";
const CSV_DE: &str = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1031";

#[test]
fn libreoffice_alone_changes_nothing() {
    let world = World::new(&[]);
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let said = format!("extract {} --out out -q", input.display());
    assert_eq!(world.run(&said), (0, String::new()));
    // It takes UTF-8 for the code page of the machine, and guesses numbers, dates and times.
    for (format, between, back) in [("xlsx", "xlsx", CSV_EN), ("ods", "ods", CSV_DE)] {
        if !libreoffice(&world, &tables(&world, "out", "csv"), format, between) {
            return;
        }
        let saved = format!("{between}-csv");
        assert!(libreoffice(&world, &tables(&world, between, format), back, &saved));
        assert!(
            fs::read(world.path(&format!("{saved}/numbers.csv"))).unwrap()
                != fs::read(world.path("out/numbers.csv")).unwrap()
        );
        let found = collected(&world, &folder(&world, &saved), &Shown::default());
        assert!(found.decisions.is_empty() && found.findings.is_empty(), "{format}: {:#?}", found.findings);
    }
    for (table, workbook) in [("numbers", "xlsx/numbers.xlsx"), ("dates", "ods/dates.ods")] {
        let found = collected(&world, &Reviewed::Workbook(world.path(workbook)), &Shown::default());
        assert!(found.decisions.is_empty() && found.findings.is_empty(), "{table}: {:#?}", found.findings);
    }
}

/// Edits cells of a workbook as a person does who types: what looks like a number is one.
fn edit_workbook(from: &Path, to: &Path, edits: &[(&str, &str, &[(&str, &str)])]) {
    let mut book = open_workbook_auto(from).unwrap();
    let mut edited = Workbook::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let sheet = edited.add_worksheet();
        sheet.set_name(&name).unwrap();
        let header: Vec<String> =
            range.rows().next().map(|row| row.iter().map(ToString::to_string).collect()).unwrap_or_default();
        let column = |title: &str| header.iter().position(|name| name == title);
        let day = Format::new().set_num_format("dd.mm.yyyy");
        let instant = Format::new().set_num_format("dd.mm.yyyy hh:mm");
        for (number, row) in range.rows().enumerate() {
            for (at, cell) in row.iter().enumerate() {
                let (number, at) = (number as u32, at as u16);
                match cell {
                    Data::Empty => {}
                    Data::Float(value) => {
                        sheet.write_number(number, at, *value).unwrap();
                    }
                    Data::DateTime(value) => {
                        let format = if value.as_f64().fract() == 0.0 { &day } else { &instant };
                        sheet.write_number_with_format(number, at, value.as_f64(), format).unwrap();
                    }
                    other => {
                        sheet.write_string(number, at, other.to_string()).unwrap();
                    }
                }
            }
            let texts: Vec<String> = row.iter().map(ToString::to_string).collect();
            let is_row = |table: &str, text: &str| {
                name.starts_with(table)
                    && column("text")
                        .is_some_and(|at| texts[at] == text || texts[at].replace(',', "") == text.replace(',', ""))
            };
            for (_, _, cells) in edits.iter().filter(|(table, text, _)| is_row(table, text)) {
                for (title, cell) in *cells {
                    let (number, at) = (number as u32, column(title).unwrap() as u16);
                    if cell.is_empty() {
                        sheet.clear_cell(number, at);
                        continue;
                    }
                    match cell.parse::<f64>() {
                        Ok(value) => {
                            sheet.write_number(number, at, value).unwrap();
                        }
                        Err(_) => {
                            sheet.write_string(number, at, *cell).unwrap();
                        }
                    }
                }
            }
        }
    }
    edited.save(to).unwrap();
}

#[test]
fn the_whole_round_with_libreoffice() {
    let world = extracted();
    world.write("in/b.txt", "He had 8 dogs, 9 cats and 10 cows.\n");
    world.factline("extract in --out out -q").assert().code(0);
    // Opened, edited, saved as CSV in the place of the tables.
    if !libreoffice(&world, &tables(&world, "out", "csv"), "xlsx", "opened") {
        return;
    }
    let animals: [(&str, &str, &[(&str, &str)]); 2] =
        [("numbers", "9", &[("review", "accept"), ("note", "counted")]), ("numbers", "10", &[("review", "accept")])];
    let edits: Vec<_> = EDITS.iter().chain(&animals).copied().collect();
    fs::create_dir(world.path("edited")).unwrap();
    for (opened, edited) in tables(&world, "opened", "xlsx").iter().zip(tables(&world, "edited", "xlsx")) {
        let table = edited.file_stem().unwrap().to_string_lossy().into_owned();
        let own: Vec<_> =
            edits.iter().filter(|(of, _, _)| *of == table).map(|(_, text, cells)| ("", *text, *cells)).collect();
        edit_workbook(opened, &edited, &own);
    }
    assert!(libreoffice(&world, &tables(&world, "edited", "xlsx"), CSV_DE, "out"));
    let (code, told) = world.run("review collect out --reviewer Ann --date 2026-01-02T03:04:05Z");
    assert_eq!(
        (code, told.as_str()),
        (0, "decisions about 7 rows (3 accept, 1 reject, 3 correct) added to out/review/decisions.csv\n")
    );
    // The documents change.
    world.write("in/a.txt", format!("A new first line, with 99 words.\r\n\r\n{}", TEXT.replace('\n', "\r\n")));
    world.write("in/b.txt", "He had 8 dogs and nine cats.\n");
    let (code, told) = world.run("extract in --out out -q");
    assert_eq!(code, 0, "{told}");
    assert!(
        told.starts_with("warning: 2 decisions are about facts that are gone (all in out/review/orphans.csv):"),
        "{told}"
    );
    assert!(told.contains("`9` b.txt:1\n    likely (same-value) `nine` b.txt:1: factline review carry out "), "{told}");
    assert!(told.contains("`10` b.txt:1\n    no successor found"), "{told}");
    let yuan = Sheet::open(&world, "money").row("30,000 yuan");
    let cells = ["amount", "review", "note", "line"].map(|column| yuan[column].as_str());
    assert_eq!(cells, ["3000.5", "correct", "“sic”; see page 4, line 2", "3"]);
    assert_eq!(Sheet::open(&world, "numbers").row("14:1")["value"], "15:1");
    assert_eq!(Sheet::open(&world, "dates").row("Oct. 22, 2018")["start_date"], "2018-10-23");
    assert!(!Sheet::open(&world, "numbers").has("12"));
    assert_eq!(world.run("review collect out"), (0, "nothing new to collect\n".to_owned()));
}

#[test]
fn a_workbook_goes_out_and_comes_back() {
    let world = extracted();
    let (code, told) = world.run("review export out --xlsx review.xlsx --report out/report");
    assert_eq!(code, 0, "{told}");
    let bytes = fs::read(world.path("review.xlsx")).unwrap();
    assert_eq!(world.run("review export out --xlsx review.xlsx").0, 2, "not overwritten");
    world.factline("review export out --xlsx review.xlsx --report out/report --force").assert().code(0);
    assert!(bytes == fs::read(world.path("review.xlsx")).unwrap(), "the same rows are the same bytes");
    // As it is.
    let none = collected(&world, &Reviewed::Workbook(world.path("review.xlsx")), &Shown::default());
    assert_eq!(decided(&none), "");
    // Edited.
    edit_workbook(&world.path("review.xlsx"), &world.path("edited.xlsx"), &EDITS);
    let edited = collected(&world, &Reviewed::Workbook(world.path("edited.xlsx")), &Shown::default());
    assert_eq!(decided(&edited), DECIDED);
    // Saved by LibreOffice, before and after it is edited.
    if libreoffice(&world, &[world.path("review.xlsx")], "xlsx", "saved") {
        edit_workbook(&world.path("saved/review.xlsx"), &world.path("edited.xlsx"), &EDITS);
        assert!(libreoffice(&world, &[world.path("edited.xlsx")], "xlsx", "again"));
        for book in ["edited.xlsx", "again/edited.xlsx"] {
            let edited = collected(&world, &Reviewed::Workbook(world.path(book)), &Shown::default());
            assert_eq!(decided(&edited), DECIDED, "{book}");
        }
    }
    let (code, told) = world.run("review collect out --xlsx edited.xlsx --reviewer Ann");
    assert_eq!(code, 0, "{told}");
    assert!(told.starts_with("decisions about 5 rows"), "{told}");
    assert_eq!(world.run("review collect out --xlsx edited.xlsx").1, "nothing new to collect\n");
    world.factline("extract in --out out -q").assert().code(0);
    assert_eq!(Sheet::open(&world, "money").row("30,000 yuan")["amount"], "3000.5");
    // A workbook that shows decisions, and comes back much later.
    world.factline("review export out --xlsx later.xlsx").assert().code(0);
    assert_eq!(world.run("review collect out --xlsx later.xlsx").1, "nothing new to collect\n");
    let shown = Memory::in_workbook(&world.path("later.xlsx")).unwrap();
    assert!(shown.written.of("a.txt").is_some_and(|of| of.len() == 5));
    edit_workbook(&world.path("later.xlsx"), &world.path("later-2.xlsx"), &[("money", "$4,500", &[("review", "")])]);
    let (_, told) = world.run("review collect out --xlsx later-2.xlsx --reviewer Ann");
    assert_eq!(told, "decisions about 1 row (1 withdraw) added to out/review/decisions.csv\n");
}

#[test]
fn a_workbook_is_made_for_reviewing() {
    let world = World::new(&[("a.txt", TEXT), ("odd #1?.txt", "It cost $5.\n")]);
    world.factline("extract in --out out -q").assert().code(0);
    world.factline("review export out --xlsx out/review.xlsx --report out/report").assert().code(0);
    // What is in it, in its own XML.
    let mut archive = zip::ZipArchive::new(fs::File::open(world.path("out/review.xlsx")).unwrap()).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let book = part("xl/workbook.xml");
    let names: Vec<&str> = book.split("<sheet name=\"").skip(1).map(|sheet| sheet.split('"').next().unwrap()).collect();
    assert_eq!(
        names,
        ["about", "numbers", "money", "places", "organizations", "dates", "documents", "unclaimed", "decisions"]
    );
    assert!(book.contains("state=\"hidden\""), "{book}");
    let money = part("xl/worksheets/sheet3.xml");
    for wanted in [
        "<pane xSplit=\"1\" ySplit=\"1\" topLeftCell=\"B2\" activePane=\"bottomRight\" state=\"frozen\"/>",
        "<autoFilter ref=\"A1:",
        "<dataValidation type=\"list\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\"",
        "<formula1>\"accept,reject,correct\"</formula1>",
        "<conditionalFormatting sqref=\"A2:",
        "location=\"L1\"",
    ] {
        assert!(money.contains(wanted), "{wanted} in {money}");
    }
    let links = part("xl/worksheets/_rels/sheet3.xml.rels");
    let address = factline::report::page_path("odd #1?.txt");
    assert!(links.contains(&format!("Target=\"report/{address}\"")), "{links}");
    assert!(part("xl/sharedStrings.xml").contains("<r><rPr><b/>"), "the fact is bold in its sentence");
    let mut book = open_workbook_auto(world.path("out/review.xlsx")).unwrap();
    let range = book.worksheet_range("money").unwrap();
    let header: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let cell =
        |column: &str| range.rows().nth(1).unwrap()[header.iter().position(|name| name == column).unwrap()].clone();
    assert_eq!((cell("amount"), cell("currency")), (Data::Float(30000.0), Data::String("CNY".into())));
    assert!(matches!(cell("id"), Data::String(id) if id.starts_with('m')));
    // Only what has a flag.
    world.factline("review export out --xlsx flagged.xlsx --only-flagged").assert().code(0);
    let mut book = open_workbook_auto(world.path("flagged.xlsx")).unwrap();
    let flagged = rows(&world.path("out/money.csv")).iter().filter(|row| !row["flags"].is_empty()).count();
    assert_eq!(book.worksheet_range("money").unwrap().rows().count(), 1 + flagged);
    let (code, told) = world.run("review collect out --xlsx in/a.txt");
    assert!(code == 2 && told.contains("cannot read `in/a.txt` as a workbook"), "{told}");
}
