//! From a match's captures to a typed value, or a reason why not; never half a value.


mod value;

pub use crate::decimal::Decimal;
pub use value::*;
