//! Review: what people decide about facts, and how that survives a refresh.
//!
//! A person reviews in the tables themselves, in whatever spreadsheet is at hand. [`collect`] finds what they changed
//! against the rows as made (which the state beside the tables remembers), and adds it to the decisions file;
//! [`apply`] writes decisions into the tables of the next run. Decisions are about ids, which stay when a document
//! changes elsewhere; those whose fact is gone are [orphans](orphans), never dropped.

pub mod apply;
pub mod decision;
pub mod file;
mod spreadsheet;
