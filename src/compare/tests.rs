//! Folders in memory against each other: what is paired with what.

use super::*;
use crate::normalize::Kind;
use crate::table::schema::Table;

const MONEY: Table = Table::Facts(Kind::Money);
const HEADER: &str = "id,document,line,column,text,amount,currency,context,rule,start,end\n";

/// A folder with money.csv, and documents.csv with a hash for `a.txt`.
fn folder(hash: &str, rows: &str) -> Folder {
    let (money, documents) = (format!("{HEADER}{rows}"), format!("document,sha256\na.txt,{hash}\n"));
    Folder::of_memory([(MONEY, money.as_bytes()), (Table::Documents, documents.as_bytes())]).unwrap()
}

fn changes(old: &Folder, new: &Folder) -> Vec<String> {
    let comparison = compare(old, new, &Options::default());
    comparison
        .changes
        .iter()
        .map(|change| format!("{}{} {}", change.change.sign(), change.line.unwrap(), change.text))
        .collect()
}

const FIRST: &str = "m1,a.txt,1,3,$5,5,USD,A $5 toll.,money.before,2,4\n";
const SECOND: &str = "m2,a.txt,2,3,$5,5,USD,A $5 toll.,money.before,13,15\n";

#[test]
fn of_equal_facts_in_an_unchanged_document_the_one_that_is_gone_is_told() {
    // The id counts occurrences: without the first fact, the second one bears its id.
    let left = SECOND.replace("m2", "m1");
    assert_eq!(changes(&folder("x", &format!("{FIRST}{SECOND}")), &folder("x", &left)), ["-1 $5"]);
}

#[test]
fn a_fact_of_a_changed_document_is_found_again_by_id_or_by_its_sentence() {
    let moved = FIRST.replace("m1,a.txt,1,", "m9,a.txt,7,").replace(",2,4\n", ",92,94\n");
    let comparison = compare(&folder("x", FIRST), &folder("y", &moved), &Options::default());
    assert!(comparison.is_same() && comparison.moved == 1, "{comparison:?}");
    let other = moved.replace("A $5 toll.", "Nobody knows what this was");
    assert_eq!(changes(&folder("x", FIRST), &folder("y", &other)), ["-1 $5", "+7 $5"]);
}

#[test]
fn an_overlapping_span_with_another_rule_is_a_change() {
    let wider = FIRST.replace("$5,5,", "$5 toll,5,").replace(",2,4\n", ",2,9\n").replace("money.before", "money.x");
    let comparison = compare(&folder("x", FIRST), &folder("x", &wider), &Options::default());
    let change = &comparison.changes[0];
    let columns: Vec<&str> = change.cells.iter().map(|cell| cell.column).collect();
    assert_eq!((change.change, columns), (ChangeKind::Changed, vec!["text", "rule", "end"]));
    assert_eq!((change.old_rule.as_deref(), change.new_rule.as_deref()), (Some("money.before"), Some("money.x")));
}

#[test]
fn a_reference_to_a_row_whose_id_changed_with_its_value_is_no_change() {
    let table = |id: &str, amount: &str| {
        format!(
            "id,document,text,amount,equivalent,start,end\n{id},a.txt,$5,{amount},,2,4\nm2,a.txt,5 euros,5,{id},9,16\n"
        )
    };
    let of = |text: String| Folder::of_memory([(MONEY, text.as_bytes())]).unwrap();
    let comparison = compare(&of(table("m1", "5")), &of(table("m7", "6")), &Options::default());
    assert_eq!((comparison.counts(), comparison.changes[0].cells.len()), ([0, 0, 1], 1));
}
