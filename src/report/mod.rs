//! A report: the tables as pages that a person reads, beside the documents that they come from.

mod address;

pub use address::{line_address, page_path};
