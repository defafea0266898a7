//! The tables of `input/`, byte for byte. `UPDATE_EXPECTED=1 cargo test --test expected` accepts what is made today.

#![allow(clippy::unwrap_used)] // a test may panic

use std::path::Path;

use assert_cmd::Command;

const TABLES: [&str; 7] = ["numbers", "money", "places", "organizations", "dates", "documents", "unclaimed"];

fn extract(threads: &str) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    Command::cargo_bin("factline")
        .unwrap()
        .arg("extract")
        .arg(input)
        .arg("--out")
        .arg(out.path())
        .args(["--quiet", "--threads", threads])
        .assert()
        .success();
    out
}

#[test]
fn the_tables_of_the_samples_are_the_expected_ones() {
    let out = extract("2");
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected");
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    for table in TABLES {
        let made = std::fs::read_to_string(out.path().join(format!("{table}.csv"))).unwrap();
        let path = expected.join(format!("{table}.csv"));
        if update {
            std::fs::create_dir_all(&expected).unwrap();
            std::fs::write(&path, &made).unwrap();
        }
        let wanted = std::fs::read_to_string(&path).unwrap_or_default();
        let difference = made.lines().zip(wanted.lines()).enumerate().find(|(_, (made, wanted))| made != wanted);
        if let Some((line, (made, wanted))) = difference {
            panic!("{table}.csv:{}\n   made {made}\n wanted {wanted}", line + 1);
        }
        assert_eq!(made.lines().count(), wanted.lines().count(), "rows of {table}.csv");
        assert!(made == wanted, "{table}.csv differs in line ends");
    }
}

#[test]
fn one_two_and_eight_threads_give_the_same_bytes() {
    let one = extract("1");
    for threads in ["2", "8"] {
        let other = extract(threads);
        for table in TABLES {
            let read = |folder: &tempfile::TempDir| std::fs::read(folder.path().join(format!("{table}.csv"))).unwrap();
            assert!(read(&one) == read(&other), "{table}.csv differs on {threads} threads");
        }
    }
}
