//! Comparisons of captured numbers (`low < high`, `day <= 31`), and of the dictionary cells of captured terms
//! (`low_unit.dimension == unit.dimension`).

use std::fmt;

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// The number in a capture.
    Capture(String),
    /// A whole number.
    Constant(i64),
    /// A column of the dictionary row of a captured term.
    Cell {
        /// The capture.
        capture: String,
        /// The column.
        column: String,
    },
}

/// How two numbers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

/// A comparison that a match must meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Left side.
    pub left: Operand,
    /// How.
    pub comparison: Comparison,
    /// Right side.
    pub right: Operand,
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Capture(name) => f.write_str(name),
            Operand::Constant(value) => value.fmt(f),
            Operand::Cell { capture, column } => write!(f, "{capture}.{column}"),
        }
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = SIGNS.iter().find(|(_, each)| *each == self.comparison).map_or("", |(sign, _)| sign);
        write!(f, "{} {sign} {}", self.left, self.right)
    }
}

const SIGNS: [(&str, Comparison); 6] = [
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

impl Comparison {
    /// Whether it holds for the ordering of left to right.
    pub fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Comparison::Less => ordering.is_lt(),
            Comparison::LessOrEqual => ordering.is_le(),
            Comparison::Greater => ordering.is_gt(),
            Comparison::GreaterOrEqual => ordering.is_ge(),
            Comparison::Equal => ordering.is_eq(),
            Comparison::NotEqual => ordering.is_ne(),
        }
    }
}

/// Reads a comparison; the error says what was expected.
pub(super) fn parse(text: &str, captures: &[String]) -> Result<Requirement, String> {
    let (sign, comparison) = SIGNS
        .iter()
        .find(|(sign, _)| text.contains(sign))
        .ok_or_else(|| format!("expected a comparison such as `low < high` or `day <= 31`, found `{text}`"))?;
    let (left, right) = text.split_once(sign).unwrap_or((text, ""));
    let operand = |side: &str| -> Result<Operand, String> {
        let side = side.trim();
        if let Ok(constant) = side.parse() {
            return Ok(Operand::Constant(constant));
        }
        if captures.iter().any(|capture| capture == side) {
            return Ok(Operand::Capture(side.to_owned()));
        }
        if let Some((capture, column)) = side.split_once('.')
            && captures.iter().any(|each| each == capture)
        {
            return Ok(Operand::Cell { capture: capture.to_owned(), column: column.to_owned() });
        }
        Err(format!(
            "expected a whole number or one of the captures {} (with a column behind a full stop, if it is a term), found `{side}`",
            captures.join(", ")
        ))
    };
    Ok(Requirement { left: operand(left)?, comparison: *comparison, right: operand(right)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons() {
        let captures = ["low".to_owned(), "high".to_owned()];
        let found = parse("low<=high", &captures).unwrap();
        assert_eq!((found.left, found.comparison), (Operand::Capture("low".to_owned()), Comparison::LessOrEqual));
        let found = parse("low.ucum==high.ucum", &captures).unwrap();
        assert_eq!(found.to_string(), "low.ucum == high.ucum");
        assert_eq!(found.left, Operand::Cell { capture: "low".to_owned(), column: "ucum".to_owned() });
        assert!(parse("low ~ high", &captures).unwrap_err().contains("expected a comparison"));
        assert!(parse("low < hihg", &captures).unwrap_err().contains("found `hihg`"));
    }
}
