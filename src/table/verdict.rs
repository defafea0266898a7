//! What a reviewer may say of a fact, in the column `review`.

/// A verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The row is right.
    Accept,
    /// It is no fact, or not this one.
    Reject,
    /// It is right with the cells that the reviewer changed.
    Correct,
}

impl Verdict {
    /// All verdicts with their codes.
    pub const ALL: [(Verdict, &'static str); 3] =
        [(Verdict::Accept, "accept"), (Verdict::Reject, "reject"), (Verdict::Correct, "correct")];

    /// The code that stands in the column.
    pub fn code(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The verdict of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, other)| *other == code).map(|(verdict, _)| verdict)
    }

    /// The verdict in a cell as a person wrote it: in capitals too, with spaces around.
    pub fn written(cell: &str) -> Option<Self> {
        Self::from_code(&cell.trim().to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for (verdict, code) in Verdict::ALL {
            assert_eq!((verdict.code(), Verdict::from_code(code)), (code, Some(verdict)));
            assert_eq!(Verdict::written(&format!(" {} ", code.to_uppercase())), Some(verdict));
        }
    }
}
