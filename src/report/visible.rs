//! Text of strangers as markup: escaped, and with what cannot be seen made visible.
//!
//! A document may hold characters that change how the text around them is read: overrides of direction (a page could show
//! `10,000` for `000,01`), marks of zero width, control characters. A page for reviewers must show what is there, so each
//! of them is written as its code point.

use std::fmt::Write;

/// A run of characters as they are, or one that is shown as its code point.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Plain(&'a str),
    Hidden(char),
}

/// Whether a character has no shape of its own and yet matters. Joiners are left alone: scripts and emoji need them.
fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
        || (character.is_control() && character != '\t')
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        if is_hidden(first) {
            rest = &rest[first.len_utf8()..];
            return Some(Piece::Hidden(first));
        }
        let (plain, after) = rest.split_at(rest.find(is_hidden).unwrap_or(rest.len()));
        rest = after;
        Some(Piece::Plain(plain))
    })
}

/// Adds a text to markup.
pub(super) fn push(markup: &mut String, text: &str) {
    for piece in pieces(text) {
        match piece {
            Piece::Plain(plain) => escape(markup, plain),
            // Writing to a string does not fail.
            Piece::Hidden(character) => {
                let _ = write!(markup, "<span class=\"hidden\">{}</span>", code_point(character));
            }
        }
    }
}

/// A text for places that hold no markup (titles, attributes, data): not escaped yet.
pub(super) fn spelled(text: &str) -> String {
    pieces(text).fold(String::with_capacity(text.len()), |mut spelled, piece| {
        match piece {
            Piece::Plain(plain) => spelled.push_str(plain),
            Piece::Hidden(character) => {
                let _ = write!(spelled, "[{}]", code_point(character));
            }
        }
        spelled
    })
}

fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

fn escape(markup: &mut String, plain: &str) {
    let mut rest = plain;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        markup.push_str(&rest[..at]);
        markup.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    markup.push_str(rest);
}

/// What templates call on text of strangers. Text of which a template forgets it is escaped all the same.
pub(super) mod filters {
    use askama::filters::Safe;

    /// As markup, with what cannot be seen made visible.
    #[askama::filter_fn]
    pub(in crate::report) fn shown(text: impl AsRef<str>, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
        let mut markup = String::new();
        super::push(&mut markup, text.as_ref());
        Ok(Safe(markup))
    }

    /// The same where there can be no markup.
    #[askama::filter_fn]
    pub(in crate::report) fn spelled(text: impl AsRef<str>, _: &dyn askama::Values) -> askama::Result<String> {
        Ok(super::spelled(text.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let mut markup = String::new();
        push(&mut markup, text);
        markup
    }

    #[test]
    fn markup_is_text() {
        for (text, markup) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onload='x' &amp;", "&quot; onload=&#39;x&#39; &amp;amp;"),
            ("a\u{202e}b", "a<span class=\"hidden\">U+202E</span>b"),
            ("\0\u{85}", "<span class=\"hidden\">U+0000</span><span class=\"hidden\">U+0085</span>"),
            ("tab\tis white, שלום is not hidden, 👩\u{200d}🔬", "tab\tis white, שלום is not hidden, 👩\u{200d}🔬"),
        ] {
            assert_eq!(shown(text), markup, "{text:?}");
        }
        assert_eq!(spelled("a\u{2066}<b>"), "a[U+2066]<b>");
    }

    proptest! {
        #[test]
        fn nothing_of_a_text_is_markup_or_hidden(text in "[<>&\"'a\u{0}\u{202a}-\u{202e}\u{2066}\u{feff}\u{e0041}]{0,20}|.*") {
            let markup = shown(&text).replace("<span class=\"hidden\">", "[").replace("</span>", "]");
            prop_assert!(!markup.contains(['<', '>', '"', '\'']), "{}", markup);
            prop_assert!(!markup.contains(is_hidden));
            let back = markup.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
            prop_assert_eq!(back, spelled(&text));
        }
    }
}
