//! Text that went through the wrong encoding: UTF-8 opened as a code page (`MÃ¼nchen`), or saved in one that lacks its
//! characters (`M?nchen`).

use encoding_rs::Encoding;

/// Code pages that spreadsheets take a CSV file for where it does not say that it is UTF-8.
static CODE_PAGES: [&Encoding; 10] = [
    encoding_rs::WINDOWS_1252,
    encoding_rs::WINDOWS_1250,
    encoding_rs::WINDOWS_1251,
    encoding_rs::WINDOWS_1253,
    encoding_rs::WINDOWS_1254,
    encoding_rs::WINDOWS_1255,
    encoding_rs::WINDOWS_1256,
    encoding_rs::WINDOWS_1257,
    encoding_rs::MACINTOSH,
    encoding_rs::ISO_8859_15,
];

/// Whether a cell is what such a mistake makes of a text.
pub(crate) fn is_garbled(text: &str, found: &str) -> bool {
    !text.is_ascii() && (has_lost_characters(text, found) || is_misread(text, found))
}

/// Whether all that differs are characters that became question marks (one for each 16 bits).
fn has_lost_characters(text: &str, found: &str) -> bool {
    let mut found = found.chars().peekable();
    for character in text.chars() {
        match found.next() {
            Some(same) if same == character => {}
            Some('?') if !character.is_ascii() => {
                if character.len_utf16() == 2 {
                    found.next_if_eq(&'?');
                }
            }
            _ => return false,
        }
    }
    found.next().is_none()
}

/// Whether the bytes of the text, read in a code page, give the cell.
fn is_misread(text: &str, found: &str) -> bool {
    // Whatever the code page, ASCII stays.
    let ascii = |text: &str| text.bytes().filter(u8::is_ascii).map(char::from).collect::<String>();
    ascii(text) == ascii(found)
        && CODE_PAGES.iter().any(|page| {
            let (misread, _) = page.decode_without_bom_handling(text.as_bytes());
            let mut found = found.chars();
            misread.chars().all(|character| found.next().is_some_and(|shown| is_same(character, shown)))
                && found.next().is_none()
        })
}

/// Whether a program may show a character of a code page so: bytes without a character become many things.
fn is_same(character: char, shown: char) -> bool {
    let is_hole = ('\u{80}'..='\u{9f}').contains(&character) || character == char::REPLACEMENT_CHARACTER;
    // LibreOffice puts them into a private area.
    let is_filler = |shown: char| {
        ('\u{80}'..='\u{9f}').contains(&shown) || ('\u{f100}'..='\u{f1ff}').contains(&shown) || shown == '\u{fffd}'
    };
    character == shown || is_hole && is_filler(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_encodings_are_told_from_edits() {
        for (text, found, garbled) in [
            ("“nothing” said", "â€œnothingâ€\u{f19d} said", true),
            ("“nothing” said", "â€œnothingâ€\u{9d} said", true),
            ("“nothing” said", "?nothing? said", true),
            ("München", "MÃ¼nchen", true),
            ("München", "M?nchen", true),
            ("München", "Munchen", false),
            ("München", "Mönchen", false),
            ("Malmö", "Malmø", false),
            ("Malmo", "Malmö", false),
            ("朝鮮", "??", true),
            ("😀", "??", true),
            ("😀", "?", true),
            ("朝鮮", "?", false),
            ("5", "6", false),
        ] {
            assert_eq!(is_garbled(text, found), garbled, "{text} {found}");
        }
    }
}
