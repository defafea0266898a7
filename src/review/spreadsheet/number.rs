//! Numbers as spreadsheets show them: `2.64E+06`, `1.234,5`, `€ 4,500.00`, `(12)`, `5%`.

/// The sign before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum DecimalMark {
    /// `1.5`
    Point,
    /// `1,5`
    Comma,
}

/// An exact decimal: 0.DIGITS times ten to the power of `exponent`. Zero has no digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    is_negative: bool,
    /// Without zeros at either end; the values 0 to 9.
    digits: Vec<u8>,
    exponent: i64,
}

/// One way to read a cell as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Its value.
    pub(crate) figure: Figure,
    /// The sign that was taken to stand before decimals; none where the cell can be read with either.
    pub(crate) mark: Option<DecimalMark>,
    /// Decimals as written.
    pub(crate) decimals: usize,
    /// Whether it has an exponent.
    pub(crate) is_scientific: bool,
    /// Whether it has a percent sign.
    pub(crate) is_percent: bool,
    /// Characters of the number without sign and exponent.
    length: usize,
    /// The power of ten that its last digit stands for.
    last_place: i64,
}

/// Digits that spreadsheets keep of a number.
const KEPT: usize = 15;
/// Characters from which on a spreadsheet may show fewer digits than it has.
const CROWDED: usize = 9;
/// The largest exponent that is worth reading.
const EXPONENT: i64 = 10_000;

impl Figure {
    fn new(is_negative: bool, mut digits: Vec<u8>, mut exponent: i64) -> Self {
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..zeros);
        exponent -= zeros as i64;
        while digits.last() == Some(&0) {
            digits.pop();
        }
        match digits.is_empty() {
            true => Self { is_negative: false, digits, exponent: 0 },
            false => Self { is_negative, digits, exponent },
        }
    }

    /// A plain decimal, `-0.15`.
    pub(crate) fn plain(text: &str) -> Option<Self> {
        let reading = read(text, DecimalMark::Point)?;
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
        is_plain.then_some(reading.figure)
    }

    /// The same number times a power of ten.
    pub(crate) fn shifted(&self, power: i64) -> Self {
        Self::new(self.is_negative, self.digits.clone(), self.exponent + power)
    }

    /// The number without the digits behind a power of ten, and the first of these.
    fn cut(&self, place: i64) -> (Self, u8) {
        let kept = usize::try_from(self.exponent - place).unwrap_or(0).min(self.digits.len());
        let first = if self.exponent - place >= 0 { self.digits.get(kept).copied().unwrap_or(0) } else { 0 };
        (Self::new(self.is_negative, self.digits[..kept].to_vec(), self.exponent), first)
    }

    /// The number rounded half away from zero, so that its last digit stands for ten to the power of `place`.
    fn rounded(&self, place: i64) -> Self {
        let (cut, next) = self.cut(place);
        if next < 5 {
            return cut;
        }
        let mut digits = cut.digits.clone();
        let length = usize::try_from(self.exponent - place).unwrap_or(0);
        digits.resize(length, 0);
        // One more at the last place, carried on.
        digits.insert(0, 0);
        for digit in digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                break;
            }
            *digit = 0;
        }
        Self::new(self.is_negative, digits, self.exponent + 1)
    }

    /// Whether another number is this one cut or rounded at a power of ten.
    fn is_near(&self, other: &Self, place: i64) -> bool {
        self.rounded(place) == *other || self.cut(place).0 == *other
    }

    /// A rough value, for what is not exact anyway.
    pub(crate) fn to_f64(&self) -> f64 {
        let digits: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let text = format!("{}0.{digits}0e{}", if self.is_negative { "-" } else { "" }, self.exponent);
        text.parse().unwrap_or(f64::NAN)
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        if self.is_negative {
            text.push('-');
        }
        let whole = usize::try_from(self.exponent).unwrap_or(0);
        let digit = |at: usize| char::from(b'0' + self.digits.get(at).copied().unwrap_or(0));
        if whole == 0 {
            text.push('0');
        }
        text.extend((0..whole).map(digit));
        if self.digits.len() > whole {
            text.push('.');
            text.extend((self.exponent..0).map(|_| '0'));
            text.extend((whole..self.digits.len()).map(digit));
        }
        f.write_str(&text)
    }
}

impl Reading {
    /// Whether a spreadsheet that was given a number may show this.
    pub(crate) fn shows(&self, number: &Figure) -> bool {
        if self.is_percent {
            return self.figure == *number || self.figure == number.shifted(2);
        }
        if self.figure == *number {
            return true;
        }
        let is_short = self.is_scientific || self.length > CROWDED;
        let is_cut = number.digits.len() > KEPT && number.is_near(&self.figure, number.exponent - KEPT as i64);
        is_cut || is_short && !self.figure.digits.is_empty() && number.is_near(&self.figure, self.last_place)
    }

    /// Whether this is a number rounded to the decimals that are shown.
    pub(crate) fn rounds(&self, number: &Figure) -> bool {
        !self.is_scientific && !self.is_percent && number.is_near(&self.figure, self.last_place)
    }

    /// Whether this is a number of three decimals whose point was taken for a sign between thousands.
    pub(crate) fn lost_point(&self, number: &Figure) -> bool {
        let decimals = number.digits.len() as i64 - number.exponent;
        self.decimals == 0 && decimals == 3 && self.figure == number.shifted(3)
    }
}

/// The ways to read a cell as a number: none, one, or two where `1.234` may be a thousand.
pub(crate) fn readings(cell: &str) -> Vec<Reading> {
    let mut all: Vec<Reading> =
        [DecimalMark::Point, DecimalMark::Comma].iter().filter_map(|mark| read(cell, *mark)).collect();
    if all.len() == 2 && all[0].figure == all[1].figure {
        all.pop();
        all[0].mark = None;
    }
    all
}

fn read(cell: &str, mark: DecimalMark) -> Option<Reading> {
    let is_symbol = |character: char| {
        character.is_whitespace() || !character.is_alphanumeric() && !"-−+()%.,'’".contains(character)
    };
    let mut rest = cell.trim_matches(is_symbol);
    let mut is_negative = false;
    if let Some(inside) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (rest, is_negative) = (inside, true);
    }
    let is_percent = rest.ends_with('%');
    rest = rest.strip_suffix('%').unwrap_or(rest).trim_matches(is_symbol);
    if let Some(number) = rest.strip_prefix(['-', '−']) {
        (rest, is_negative) = (number.trim_matches(is_symbol), !is_negative);
    }
    rest = rest.strip_prefix('+').unwrap_or(rest);
    let (body, exponent) = match rest.split_once(['e', 'E']) {
        Some((body, exponent)) => (body, Some(exponent.parse::<i64>().ok().filter(|power| power.abs() <= EXPONENT)?)),
        None => (rest, None),
    };
    let (decimal, between) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, fraction) = body.split_once(decimal).unwrap_or((body, ""));
    let mut digits = ungrouped(whole, between)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) || digits.is_empty() && fraction.is_empty() {
        return None;
    }
    let length = digits.len() as i64 + exponent.unwrap_or(0);
    digits.extend(fraction.bytes().map(|byte| byte - b'0'));
    Some(Reading {
        figure: Figure::new(is_negative, digits, length),
        mark: body.contains(['.', ',']).then_some(mark),
        decimals: fraction.len(),
        is_scientific: exponent.is_some(),
        is_percent,
        length: body.chars().count(),
        last_place: exponent.unwrap_or(0) - fraction.len() as i64,
    })
}

/// The digits of a whole number with or without signs between its groups.
fn ungrouped(whole: &str, between: char) -> Option<Vec<u8>> {
    let is_separator =
        |character: char| character == between || matches!(character, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
    let groups: Vec<&str> = whole.split(is_separator).collect();
    let separators: Vec<char> = whole.chars().filter(|character| is_separator(*character)).collect();
    let is_grouped = match groups.as_slice() {
        [_] => true,
        // The last group has three digits; those before it three, or two as in India.
        [first, middle @ .., last] => {
            (1..=3).contains(&first.len())
                && middle.iter().all(|group| (2..=3).contains(&group.len()))
                && last.len() == 3
        }
        [] => false,
    };
    let is_uniform = separators.windows(2).all(|pair| pair[0] == pair[1]);
    let digits: Vec<u8> = groups.concat().bytes().map(|byte| byte.wrapping_sub(b'0')).collect();
    (is_grouped && is_uniform && digits.iter().all(|digit| *digit < 10)).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(cell: &str) -> String {
        let all: Vec<_> = readings(cell).iter().map(|reading| reading.figure.to_string()).collect();
        all.join(" or ")
    }

    #[test]
    fn cells_are_read_as_the_numbers_they_may_show() {
        for (cell, figures) in [
            ("2640000", "2640000"),
            ("2.64E+06", "2640000"),
            ("2,64E+06", "2640000"),
            ("1.09531590972222E-08", "0.0000000109531590972222"),
            ("1.23456789012346E+017", "123456789012346000"),
            ("1,234.50", "1234.5"),
            ("1.234,50", "1234.5"),
            ("1,234", "1234 or 1.234"),
            ("1.234", "1.234 or 1234"),
            ("1,5", "1.5"),
            ("12,34,567", "1234567"),
            ("1 234 567", "1234567"),
            ("1'234.5", "1234.5"),
            ("$4,500.00", "4500"),
            ("4.500,00 €", "4500"),
            ("(12)", "-12"),
            ("−5", "-5"),
            ("-0", "0"),
            ("0.90", "0.9"),
            (".5", "0.5"),
            ("78%", "78"),
            ("", ""),
            ("-", ""),
            ("1,2,3", ""),
            ("12a", ""),
            ("14:1", ""),
            ("10/26/2018", ""),
            ("1e999999", ""),
        ] {
            assert_eq!(shown(cell), figures, "{cell}");
        }
    }

    #[test]
    fn a_spreadsheet_may_show_fewer_digits() {
        for (number, cell, is_shown) in [
            ("2640123", "2.64E+06", true),
            ("2640123", "2.65E+06", false),
            ("0.020943951023931954923", "0.020943951023932", true),
            ("0.020943951023931954923", "0.020943951", true),
            ("55927.4903686702665", "55927.49037", true),
            ("55927.4903686702665", "55927.5", false),
            ("123456789012345678", "1.23456789012346E+017", true),
            ("123456789012345678", "123456789012345000", true),
            ("123456789012345678", "123456789012350000", false),
            ("99999.99999999", "100000.0000", true),
            ("0.78", "78%", true),
            ("78", "78%", true),
            ("30000", "3000", false),
            ("30000", "30000.00", true),
            ("0.9", "1", false),
            ("0", "0.00E+00", true),
            ("5", "0.00E+00", false),
        ] {
            let number = Figure::plain(number).unwrap();
            assert_eq!(readings(cell).iter().any(|reading| reading.shows(&number)), is_shown, "{number} {cell}");
        }
    }

    #[test]
    fn rounding_carries() {
        for (number, place, rounded) in [
            ("9.996", -2, "10"),
            ("0.004", -2, "0"),
            ("0.05", -1, "0.1"),
            ("0.5", 0, "1"),
            ("0.05", 0, "0"),
            ("-2.5", 0, "-3"),
        ] {
            assert_eq!(Figure::plain(number).unwrap().rounded(place).to_string(), rounded, "{number}");
        }
    }

    proptest! {
        #[test]
        fn any_plain_decimal_is_itself(number in "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{0,20}[1-9])?") {
            prop_assume!(number != "-0");
            let figure = Figure::plain(&number).unwrap();
            prop_assert_eq!(figure.to_string(), number.clone());
            prop_assert!(readings(&number).iter().any(|reading| reading.shows(&figure)));
            prop_assert!(readings(&number.replace('.', ",")).iter().any(|reading| reading.shows(&figure)));
        }

        #[test]
        fn no_cell_is_too_odd(cell in "[0-9.,eE+%() -]{0,12}|.*") {
            for reading in readings(&cell) {
                let _ = (reading.figure.to_string(), reading.figure.to_f64(), reading.rounds(&reading.figure));
            }
        }
    }
}
