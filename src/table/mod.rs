//! Rows: the output contract as data, and the bytes that follow it.
//!
//! [`schema`] is the contract: every table, column, type and constraint, once. The header row, the writer and
//! datapackage.json are all made from it, so they cannot tell different stories. [`DocumentRows`] turns one document
//! and what was found in it into the bytes of its rows, ready to be appended to the tables; it opens no file, so that
//! any thread may make rows while one thread writes them in order.

mod cell;
mod context;
pub mod datapackage;
pub mod id;
mod own;
mod rows;
pub mod schema;

pub use cell::{guard, unguard};
pub use own::cells;
pub use rows::{DocumentCounts, DocumentRows, FailedDocument};
