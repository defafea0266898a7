//! Which sign a document writes decimals with.
//!
//! `1.234` and `1,234` are a thousand in one document and a little more than one in another. Numbers that can be read in one
//! way only vote (`1.234,5`, `12,50`, `1,234,567`, `3.75`); a document that clearly votes for the comma is read so
//! throughout, any other with the point.

use memchr::memchr2_iter;

/// The sign before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DecimalSign {
    /// `1.5`; commas make groups.
    #[default]
    Point,
    /// `1,5`; full stops make groups.
    Comma,
}

/// Votes that a document must have for the comma; a number with groups and decimals is worth as many.
const ENOUGH: u32 = 2;

impl DecimalSign {
    /// The name in documents.csv.
    pub fn code(self) -> &'static str {
        match self {
            DecimalSign::Point => "point",
            DecimalSign::Comma => "comma",
        }
    }

    /// The sign that a text uses; none if no number of it tells.
    pub fn of(text: &str) -> Option<Self> {
        let (mut points, mut commas) = (0, 0);
        let bytes = text.as_bytes();
        let mut done = 0;
        for at in memchr2_iter(b'.', b',', bytes) {
            if at < done || at == 0 || !bytes[at - 1].is_ascii_digit() {
                continue;
            }
            if !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
                continue;
            }
            let is_part = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
            let start = at - bytes[..at].iter().rev().take_while(is_part).count();
            done = at + bytes[at..].iter().take_while(is_part).count();
            let stands_apart = start == 0 || !bytes[start - 1].is_ascii_alphanumeric() && bytes[start - 1] < 128;
            if stands_apart {
                match vote(text[start..done].trim_matches(['.', ','])) {
                    Some((DecimalSign::Point, votes)) => points += votes,
                    Some((DecimalSign::Comma, votes)) => commas += votes,
                    None => {}
                }
            }
        }
        match (points, commas) {
            (0, 0) => None,
            _ if commas >= ENOUGH && commas > 2 * points => Some(DecimalSign::Comma),
            _ if points > 0 => Some(DecimalSign::Point),
            _ => None,
        }
    }
}

/// What one number says, with how many votes.
fn vote(number: &str) -> Option<(DecimalSign, u32)> {
    let sign_of = |sign: char| if sign == ',' { DecimalSign::Comma } else { DecimalSign::Point };
    let other = |sign: char| if sign == ',' { '.' } else { ',' };
    let mut signs = number.chars().filter(|each| !each.is_ascii_digit());
    let (first, second) = (signs.next()?, signs.next());
    let pieces: Vec<&str> = number.split(['.', ',']).collect();
    let grouped = |pieces: &[&str]| {
        (1..=3).contains(&pieces[0].len()) && pieces[0] != "0" && pieces[1..].iter().all(|piece| piece.len() == 3)
    };
    match second {
        // `12,50`, `0,345`; of `1.234` nothing is known, and `1,234` is the usual way of a thousand.
        None if pieces[1].len() != 3 || pieces[0].starts_with('0') => Some((sign_of(first), 1)),
        None => (first == ',' && grouped(&pieces)).then_some((DecimalSign::Point, 1)),
        Some(_) => {
            let (last, groups) = pieces.split_last()?;
            let signs: Vec<char> = number.chars().filter(|each| !each.is_ascii_digit()).collect();
            let (last_sign, others) = signs.split_last()?;
            if signs.iter().all(|sign| *sign == first) {
                return grouped(&pieces).then_some((sign_of(other(first)), ENOUGH));
            }
            let is_plain = others.iter().all(|sign| *sign == first) && *last_sign != first;
            (is_plain && grouped(groups) && !last.is_empty()).then_some((sign_of(*last_sign), ENOUGH))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_vote() {
        for (text, expected) in [
            ("no numbers, 5 of them", None),
            ("1.234 or 5.678", None),
            ("it rose 3,5 % to 1.234", None),
            ("it rose 3,5 % to 12,25", Some(DecimalSign::Comma)),
            ("1.234.567,89 euros", Some(DecimalSign::Comma)),
            ("2.400.000 people", Some(DecimalSign::Comma)),
            ("1,234,567 people", Some(DecimalSign::Point)),
            ("rates of 3.5 and 4.25, notes 3,4 and 5,6", Some(DecimalSign::Point)),
            ("version 1.2.3 of 26.10.2018", None),
            ("grid A1,5 and B2,25", None),
            ("1,234", Some(DecimalSign::Point)),
        ] {
            assert_eq!(DecimalSign::of(text), expected, "{text}");
        }
    }
}
