//! All facts of one document seen together: reference dates, acronyms, toponym choice, stated equivalents.

mod fact;

pub use fact::{Confidence, Extraction, Fact, Flags, Unclaimed};
