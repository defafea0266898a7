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
pub mod read;
mod rewrite;
mod row;
mod rows;
pub mod schema;
mod spaces;
mod verdict;

pub use cell::{guard, unguard};
pub use own::cells;
pub use rewrite::{parsed_rows, write_row};

pub use rows::{DocumentCounts, DocumentRows, FailedDocument, RowWriter};
pub use verdict::Verdict;

/// Memory that a buffer may keep from one document for the next.
const KEPT: usize = 1 << 20;

/// Empties a buffer, and lets go of what one very long document made of it.
fn emptied(buffer: &mut Vec<u8>) {
    buffer.clear();
    buffer.shrink_to(KEPT);
}
