//! One cell: no formula, no line break, quoted where RFC 4180 asks for it.
//!
//! A spreadsheet runs a cell that starts with `=`, `+`, `-` or `@`, and some trim white space or fold full-width forms
//! first. Documents come from strangers, so every cell of words or codes is *guarded* (as OWASP advises): it gets a
//! leading apostrophe. Numbers are not: `-5` is data, and is written as such only where it is nothing but a number.
//! Nothing is lost: [`unguard`] gives back exactly what [`guard`] was given, because a cell that already looks guarded
//! is guarded once more.

use std::borrow::Cow;

/// Whether a spreadsheet might take a cell for a formula: its first character that is neither white space nor an
/// apostrophe starts one, or it starts with a tab or a line break.
#[inline]
fn is_risky(cell: &str) -> bool {
    cell.as_bytes().first().is_some_and(|first| !first.is_ascii_alphanumeric()) && may_be_formula(cell)
}

fn may_be_formula(cell: &str) -> bool {
    let core = cell.trim_start_matches(|character: char| character.is_whitespace() || INVISIBLE.contains(&character));
    core.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || is_tab_or_break(cell.trim_start_matches('\''))
}

/// What a spreadsheet may drop or not show, beside white space: apostrophes, marks of zero width.
const INVISIBLE: [char; 6] = ['\'', '\u{feff}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}'];

fn is_tab_or_break(cell: &str) -> bool {
    cell.starts_with(['\t', '\r', '\n'])
}

/// The cell as it is written: with an apostrophe before what a spreadsheet might take for a formula.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if is_risky(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// What was guarded, from the cell as it was written.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_risky(cell) => rest,
        _ => cell,
    }
}

/// Whether a cell is nothing but a number or a ratio: `-5`, `0.15`, `14:1`.
fn is_plain_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    digits.as_bytes().first().is_some_and(u8::is_ascii_digit) && classes(digits) & WORD == 0
}

/// Among the bytes of a cell is one that asks for quotes.
const QUOTED: u8 = 1;
/// Among them is one that is not printable ASCII.
const OTHER: u8 = 2;

/// Among them is one that no number has.
const WORD: u8 = 4;

/// From how many bytes on a cell is looked at many bytes at a time.
const LONG: usize = 64;

/// What each byte asks for.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < classes.len() {
        let quoted = matches!(byte as u8, b'"' | b',' | b'\n' | b'\r');
        let printable = matches!(byte as u8, b' '..=b'~');
        let number = matches!(byte as u8, b'0'..=b'9' | b'.' | b':');
        classes[byte] =
            if quoted { QUOTED } else { 0 } | if printable { 0 } else { OTHER } | if number { 0 } else { WORD };
        byte += 1;
    }
    classes
};

/// What the bytes of a cell ask for. Most cells are too short for a vectorized search to pay.
fn classes(cell: &str) -> u8 {
    if cell.len() >= LONG {
        let asks = |byte: u8| (byte == b'"') | (byte == b',') | (byte == b'\n') | (byte == b'\r');
        let in_number = |byte: u8| byte.is_ascii_digit() | (byte == b'.') | (byte == b':');
        let (mut quoted, mut other, mut word) = (false, false, false);
        for byte in cell.bytes() {
            quoted |= asks(byte);
            other |= !(b' '..=b'~').contains(&byte);
            word |= !in_number(byte);
        }
        return (u8::from(quoted) * QUOTED) | (u8::from(other) * OTHER) | (u8::from(word) * WORD);
    }
    cell.bytes().fold(0, |seen, byte| seen | CLASSES[usize::from(byte)])
}

/// Writes a cell of words.
pub(super) fn write_text(out: &mut Vec<u8>, cell: &str) {
    write_classed(out, cell, classes(cell));
}

/// Writes the slice of a source text as one line; tells whether all of it is printable ASCII.
pub(super) fn write_line(out: &mut Vec<u8>, slice: &str) -> bool {
    let seen = classes(slice);
    let is_plain = seen & OTHER == 0;
    if is_plain {
        write_classed(out, slice, seen)
    } else {
        write_text(out, &one_line(slice))
    }
    is_plain
}

fn write_classed(out: &mut Vec<u8>, cell: &str, seen: u8) {
    let risky = is_risky(cell);
    if seen & QUOTED == 0 {
        if risky {
            out.push(b'\'');
        }
        out.extend_from_slice(cell.as_bytes());
        return;
    }
    out.push(b'"');
    if risky {
        out.push(b'\'');
    }
    let mut rest = cell.as_bytes();
    while let Some(quote) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=quote]);
        out.push(b'"');
        rest = &rest[quote + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// Writes a cell of a numeric column. What is no number (a mistake in a dictionary) is written as words are.
pub(super) fn write_number(out: &mut Vec<u8>, cell: &str) {
    if is_plain_number(cell) { out.extend_from_slice(cell.as_bytes()) } else { write_text(out, cell) }
}

/// Writes a count or a position. Most have few digits.
pub(super) fn write_integer(out: &mut Vec<u8>, number: u64) {
    let Ok(small @ ..10_000) = u16::try_from(number) else {
        return out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    };
    let digit = |number: u16| b'0' + (number % 10) as u8;
    match small {
        0..10 => out.push(digit(small)),
        10..100 => out.extend_from_slice(&[digit(small / 10), digit(small)]),
        100..1000 => out.extend_from_slice(&[digit(small / 100), digit(small / 10), digit(small)]),
        _ => out.extend_from_slice(&[digit(small / 1000), digit(small / 100), digit(small / 10), digit(small)]),
    }
}

/// Writes a day, `2018-10-26`.
pub(super) fn write_day(out: &mut Vec<u8>, day: jiff::civil::Date) {
    let Ok(year @ 0..=9999) = u16::try_from(day.year()) else { return write_text(out, &day.to_string()) };
    let digit = |number: u16| b'0' + (number % 10) as u8;
    let (month, day) = (day.month() as u16, day.day() as u16);
    let (y, m, d) = (year, month, day);
    out.extend_from_slice(&[digit(y / 1000), digit(y / 100), digit(y / 10), digit(y)]);
    out.extend_from_slice(&[b'-', digit(m / 10), digit(m), b'-', digit(d / 10), digit(d)]);
}

/// The slice of a source text as it is written: every line break one space, control characters (which some readers of
/// CSV cannot bear) U+FFFD.
pub(super) fn one_line(slice: &str) -> Cow<'_, str> {
    if slice.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return Cow::Borrowed(slice);
    }
    let mut line = String::with_capacity(slice.len());
    let mut rest = slice.chars().peekable();
    while let Some(character) = rest.next() {
        line.push(match character {
            '\r' => {
                rest.next_if_eq(&'\n');
                ' '
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            '\t' => '\t',
            control if control.is_control() => char::REPLACEMENT_CHARACTER,
            other => other,
        });
    }
    Cow::Owned(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(cell: &str) -> String {
        let mut out = Vec::new();
        write_text(&mut out, cell);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_a_spreadsheet_might_run_gets_an_apostrophe() {
        for (cell, shown) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-5 degrees", "'-5 degrees"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""),
            ("  =1", "'  =1"),
            ("\u{a0}=1", "'\u{a0}=1"),
            ("＝1", "'＝1"),
            ("－1", "'－1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("'=1", "''=1"),
            ("=A1,\"b\"", "\"'=A1,\"\"b\"\"\""),
            ("'tis", "'tis"),
            ("a=b", "a=b"),
            ("", ""),
            ("$5", "$5"),
        ] {
            assert_eq!(written(cell), shown, "{cell:?}");
        }
    }

    #[test]
    fn numbers_stay_numbers_and_only_numbers() {
        for (cell, shown) in [("-5", "-5"), ("0.15", "0.15"), ("14:1", "14:1"), ("-1+cmd", "'-1+cmd"), ("-", "'-")] {
            let mut out = Vec::new();
            write_number(&mut out, cell);
            assert_eq!(String::from_utf8(out).unwrap(), shown, "{cell}");
        }
    }

    #[test]
    fn integers_have_all_their_digits() {
        for number in [0, 7, 10, 99, 100, 305, 999, 1000, 1999, 9999, 10_000, 65_536, u64::MAX] {
            let mut out = Vec::new();
            write_integer(&mut out, number);
            assert_eq!(String::from_utf8(out).unwrap(), number.to_string());
        }
    }

    #[test]
    fn days_are_iso_dates() {
        for (year, month, day) in [(2018, 10, 26), (1, 2, 3), (0, 12, 31), (9999, 1, 1), (-44, 3, 15)] {
            let date = jiff::civil::date(year, month, day);
            let mut out = Vec::new();
            write_day(&mut out, date);
            assert_eq!(String::from_utf8(out).unwrap(), guard(&date.to_string()));
        }
    }

    #[test]
    fn text_is_one_line() {
        for (slice, shown) in [
            ("ten\r\nthousand", "ten thousand"),
            ("ten\n\nthousand", "ten  thousand"),
            ("ten\rthousand", "ten thousand"),
            ("10 000", "10 000"),
            ("a\0b", "a\u{fffd}b"),
        ] {
            assert_eq!(one_line(slice), shown, "{slice:?}");
        }
    }

    proptest! {
        #[test]
        fn a_guarded_cell_gives_back_what_it_was(cell in "['=+@ \t\r\n＝ab-]{0,6}|.*") {
            let guarded = guard(&cell);
            prop_assert_eq!(unguard(&guarded), &cell);
            let core = guarded.trim_start();
            prop_assert!(!core.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{:?}", guarded);
        }

        #[test]
        fn a_reader_of_csv_gets_the_cells_back(cells in proptest::collection::vec("[a\",\r\n =']{0,5}|.*", 2..5)) {
            let mut out = b"a header\n".to_vec();
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_text(&mut out, cell);
            }
            out.push(b'\n');
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&out[..]);
            let record = reader.records().next().unwrap().unwrap();
            let back: Vec<_> = record.iter().map(|cell| unguard(cell).to_owned()).collect();
            prop_assert_eq!(back, cells);
        }
    }
}
