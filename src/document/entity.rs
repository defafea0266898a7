//! Character references of HTML (`&amp;`, `&eacute`, `&#8364;`).
//!
//! The tokenizer knows the table of names but gives decoded text without saying which bytes made which character, so
//! each reference is decoded alone and remembered. Pages use few different ones.

use std::collections::HashMap;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// The longest name in the table has 31 letters.
const LONGEST: usize = 34;

/// Length of what may be a reference at the start of `bytes`, which is an ampersand.
pub(super) fn length(bytes: &[u8]) -> usize {
    let name = bytes.iter().skip(1).take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#');
    let length = 1 + name.count();
    length + usize::from(bytes.get(length) == Some(&b';'))
}

/// Decodes references and remembers them.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    known: HashMap<Box<str>, Option<(Box<str>, usize)>>,
}

impl Decoder {
    /// The text that a reference stands for and how many bytes of `source` make it; `None` if it is none.
    pub fn decode(&mut self, source: &str) -> Option<(&str, usize)> {
        if !self.known.contains_key(source) {
            // A page that is made of nothing but different references must not grow the memory without bound.
            if self.known.len() > 4096 {
                self.known.clear();
            }
            self.known.insert(source.into(), decode(source));
        }
        self.known.get(source)?.as_ref().map(|(text, length)| (&**text, *length))
    }
}

fn decode(source: &str) -> Option<(Box<str>, usize)> {
    let whole = tokenized(source);
    if whole == source {
        return None;
    }
    // The shortest beginning that already decodes to what the whole does: `&notit;` is `¬` and `it;`.
    (2..=source.len()).filter(|&length| source.is_char_boundary(length)).find_map(|length| {
        let (name, rest) = source.split_at(length);
        let text = tokenized(name);
        (text != name && whole.strip_suffix(rest) == Some(&text)).then(|| (text.into(), length))
    })
}

fn tokenized(source: &str) -> String {
    let mut text = String::new();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        if let CallbackEvent::String { value } = event {
            text.push_str(&String::from_utf8_lossy(value));
        }
        None
    });
    let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish().map(drop);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let cases = [
            ("&amp;", Some(("&", 5))),
            ("&semi;", Some((";", 6))),
            ("&nbsp;", Some(("\u{a0}", 6))),
            ("&eacute", Some(("é", 7))),
            ("&notit;", Some(("¬", 4))),
            ("&euro;", Some(("€", 6))),
            ("&#8364;", Some(("€", 7))),
            ("&#x20AC;", Some(("€", 8))),
            ("&#x80;", Some(("€", 6))),
            ("&thickapprox;", Some(("≈", 13))),
            ("&nosuchname;", None),
            ("&", None),
            ("&#;", None),
        ];
        let mut decoder = Decoder::default();
        for (source, expected) in cases {
            assert_eq!(length(source.as_bytes()), source.len());
            assert_eq!(decoder.decode(source), expected, "{source}");
        }
    }
}
