//! From a match's captures to a typed value, or a reason why not; never half a value.

mod decimal;
mod value;

pub use decimal::Decimal;
pub use value::*;
