//! Text as one line with single spaces.

use super::cell::{OTHER, classes};

/// The slice with every run of white space and control characters as one space, and none at its ends. `line` is where
/// it is made, should the slice itself be otherwise.
pub(super) fn collapsed<'a>(slice: &'a str, line: &'a mut String) -> &'a str {
    // Most sentences are plain already: nothing is copied for them.
    if classes(slice) & OTHER == 0 && !has_gaps(slice.as_bytes()) {
        return slice;
    }
    line.clear();
    collapse(slice, line);
    line
}

/// Whether there is a space at an end, or two side by side. Without early exits the loop takes many bytes at a time.
fn has_gaps(bytes: &[u8]) -> bool {
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.fold(false, |found, (&byte, &next)| found | ((byte == b' ') & (next == b' ')))
        || bytes.first() == Some(&b' ')
        || bytes.last() == Some(&b' ')
}

fn collapse(slice: &str, line: &mut String) {
    let bytes = slice.as_bytes();
    let (mut start, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        // A single space between printable characters is copied with them.
        let is_kept = byte == b' ' && at > start && bytes.get(at + 1).is_some_and(u8::is_ascii_graphic);
        let space = if is_kept { 0 } else { space_at(slice, at) };
        if space == 0 {
            at += 1;
            continue;
        }
        push_word(line, &slice[start..at]);
        at += space;
        start = at;
    }
    push_word(line, &slice[start..]);
}

/// Length of the white space or control character at an offset; 0 for anything else, within characters too.
fn space_at(slice: &str, at: usize) -> usize {
    match slice.as_bytes()[at] {
        b'!'..=b'~' => 0,
        0..=b' ' | 0x7f => 1,
        // The first bytes of all other white space and control characters.
        0xc2 | 0xe1..=0xe3 => match slice[at..].chars().next() {
            Some(character) if character.is_whitespace() || character.is_control() => character.len_utf8(),
            _ => 0,
        },
        _ => 0,
    }
}

fn push_word(line: &mut String, word: &str) {
    if !line.is_empty() && !word.is_empty() {
        line.push(' ');
    }
    line.push_str(word);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_has_single_spaces() {
        for (slice, shown) in
            [(" a \n b ", "a b"), ("a\u{a0}\u{2009}b", "a b"), ("a b", "a b"), ("", ""), (" ", ""), ("\0a", "a")]
        {
            assert_eq!(collapsed(slice, &mut String::new()), shown, "{slice:?}");
        }
    }

    #[test]
    fn all_white_space_and_control_characters_are_known() {
        for character in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let is_space = character.is_whitespace() || character.is_control();
            let length = space_at(character.encode_utf8(&mut [0; 4]), 0);
            assert_eq!(length, if is_space { character.len_utf8() } else { 0 }, "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn words_are_what_lies_between_spaces(slice in "([a-c,\"’ é\n\u{a0}\u{2003}\u{85}]{0,3}|.){0,12}") {
            let is_space = |c: char| c.is_whitespace() || c.is_control();
            let words: Vec<&str> = slice.split(is_space).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(collapsed(&slice, &mut String::new()), words.join(" "));
        }
    }
}
