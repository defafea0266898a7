//! Where the page of a document stands in a report.
//!
//! A document's key is whatever a file system, a mail or an archive gave it: it may hold `..`, `#`, `?`, a colon, names
//! that a system reserves, or be longer than a file name may be. So a page is not called by its key, but by a hash of it,
//! with as much of the name behind it as is safe everywhere. The address depends on the key alone: who knows the key can
//! link to the page before there is a report.

use crate::document::{LineNumber, sha256};

/// Digits of the hash: 80 bits, so that two of a million documents share an address once in a trillion reports.
const HASH: usize = 20;
/// Digits of the hash that name the folder: a folder of ten thousand pages is slow to open in many file managers.
const FOLDER: usize = 2;
/// Bytes of a document's name that its address shows.
const NAME: usize = 40;

/// The folder that all pages of documents are in.
pub(super) const DOCUMENTS: &str = "documents";

/// The page of a document, relative to the folder of the report: `documents/3f/3f…-letter-txt.html`.
///
/// Lower-case ASCII letters, digits, `-`, `.` and `/` only, so that it is both a path on any file system and a relative
/// URL as it stands. Of a document that is too long for one page, it is the first one, which leads to the others.
pub fn page_path(key: &str) -> String {
    page_part(key, 1)
}

/// The address of a line of a document, relative to the folder of the report: `documents/3f/3f…-letter-txt.html#L12`.
pub fn line_address(key: &str, line: LineNumber) -> String {
    format!("{}#{}", page_path(key), line_anchor(line))
}

/// The anchor of a line in its page.
pub(super) fn line_anchor(line: LineNumber) -> String {
    format!("L{line}")
}

/// A page of a document, counted from 1.
pub(super) fn page_part(key: &str, part: usize) -> String {
    let hash = &sha256(key.as_bytes())[..HASH];
    let name = plain_name(key);
    let name = if name.is_empty() { String::new() } else { format!("-{name}") };
    let part = if part > 1 { format!(".{part}") } else { String::new() };
    format!("{DOCUMENTS}/{}/{hash}{name}{part}.html", &hash[..FOLDER])
}

/// The last name of a key in plain letters and digits: everything else is one hyphen.
fn plain_name(key: &str) -> String {
    let last = key.rsplit('/').find(|name| !name.is_empty()).unwrap_or_default();
    let mut plain = String::new();
    for character in last.chars() {
        if plain.len() == NAME {
            break;
        }
        if character.is_ascii_alphanumeric() {
            plain.push(character.to_ascii_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    plain.truncate(plain.trim_end_matches('-').len());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_shows_the_name() {
        for (key, name) in [
            ("2018/Letter to A.txt", "-letter-to-a-txt"),
            ("../../etc/passwd", "-passwd"),
            ("a.tar#b?c=d/e&f", "-e-f"),
            ("стол/документ", ""),
            ("..", ""),
            ("", ""),
            ("a/", "-a"),
        ] {
            let path = page_path(key);
            let start = "documents/00/".len() + HASH;
            assert_eq!(&path[start..], format!("{name}.html"), "{key}");
        }
        let address = line_address("a.txt", LineNumber(12));
        assert_eq!(address, "documents/18/18b7cb099a9ea3f50ba8-a-txt.html#L12");
        assert_eq!(page_part("a.txt", 3), "documents/18/18b7cb099a9ea3f50ba8-a-txt.3.html");
    }

    #[test]
    fn keys_that_differ_in_case_or_marks_have_addresses_of_their_own() {
        assert_ne!(page_path("A.txt").to_lowercase(), page_path("a.txt").to_lowercase());
        assert_ne!(page_path("é"), page_path("e\u{301}"));
    }

    proptest! {
        #[test]
        fn an_address_is_a_safe_path_and_url(key in "(\\.\\./|[a-c/#?%:. \u{202e}\0é-]|.){0,300}") {
            let path = page_path(&key);
            let parts: Vec<_> = path.split('/').collect();
            prop_assert_eq!(parts.len(), 3);
            prop_assert!(path.len() < 100 && !path.contains(".."), "{}", path);
            let is_safe = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-./".contains(&byte);
            prop_assert!(path.bytes().all(is_safe), "{}", path);
        }
    }
}
