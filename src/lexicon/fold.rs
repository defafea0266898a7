//! The form under which a word is looked up: lower case, no diacritics, no apostrophes, no invisible characters.
//!
//! `Namp’o`, `NAMPO` and `nam\u{200b}po` fold to `nampo`; `Dep’t` and `Dept` to `dept`. Folding is for look-up only: the
//! text that a fact shows is always the document's own.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a character takes no room in a text and may stand inside a word without splitting it.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Whether a character is an apostrophe inside a word.
pub fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ' | '‘' | '`' | '´' | '′')
}

/// Writes the folded form of one token to `out`, which is cleared first.
pub fn fold_into(token: &str, out: &mut String) {
    out.clear();
    if token.is_ascii() {
        out.push_str(token);
        out.make_ascii_lowercase();
        if token.contains('\'') {
            out.retain(|character| character != '\'');
        }
    } else if let Some(sign) = single_sign(token) {
        out.push_str(sign);
    } else {
        for character in token.chars().filter(|character| !is_invisible(*character) && !is_apostrophe(*character)) {
            if character.is_ascii() {
                out.push(character.to_ascii_lowercase());
            } else {
                fold_character(character, out);
            }
        }
    }
    if out.is_empty() {
        // A token of nothing but apostrophes is looked up as one.
        out.push('\'');
    }
}

/// The plain form of the commonest signs that are not ASCII, each a token by itself.
fn single_sign(token: &str) -> Option<&'static str> {
    Some(match token {
        "“" | "”" => "\"",
        "’" | "‘" => "'",
        "–" => "–",
        "—" => "—",
        "…" => "…",
        "’s" => "s",
        _ => return None,
    })
}

fn fold_character(character: char, out: &mut String) {
    for lower in character.to_lowercase() {
        for part in lower.nfd().filter(|part| !is_combining_mark(*part)) {
            match plain(part) {
                Some(letters) => out.push_str(letters),
                None => out.push(part),
            }
        }
    }
}

/// Letters and signs that Unicode does not decompose, with the plain form that keyboards write for them.
fn plain(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'þ' => "th",
        '‐' | '‑' | '﹣' | '－' => "-",
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => "\"",
        '０'..='９' => {
            const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
            DIGITS[character as usize - '０' as usize]
        }
        '＄' => "$",
        '％' => "%",
        _ => return None,
    })
}

/// The folded form of one token.
pub fn fold(token: &str) -> String {
    let mut folded = String::new();
    fold_into(token, &mut folded);
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folded_forms() {
        for (token, folded) in [
            ("Nampo", "nampo"),
            ("Namp’o", "nampo"),
            ("Namp'o", "nampo"),
            ("SINŬIJU", "sinuiju"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("İzmir", "izmir"),
            ("nam\u{200b}po", "nampo"),
            ("co\u{ad}operate", "cooperate"),
            ("U.S.", "u.s."),
            ("‑", "-"),
            ("“", "\""),
            ("’", "'"),
            ("’s", "s"),
            ("'s", "s"),
            ("２０", "20"),
        ] {
            assert_eq!(fold(token), folded, "{token}");
        }
    }
}
