//! Structured facts from raw text: numbers, money, places, organizations and dates, each with its line and its rule.
//!
//! The rooms follow the way of the data, and import only from the left:
//! [`document`] → [`lexicon`] → [`scan`] → [`rules`] → [`matcher`] → [`normalize`] → [`resolve`] → [`table`] →
//! [`staging`] → [`state`] → [`pipeline`] → [`report`]. ARCHITECTURE.md tells what each takes, gives, and knows nothing of.

pub mod compare;
pub mod coverage;
pub mod decimal;
pub mod document;
pub mod examples;
pub mod explain;
pub mod extractor;
pub mod lexicon;
pub mod matcher;
pub mod normalize;
pub mod pipeline;
pub mod report;
pub mod resolve;
pub mod review;
pub mod rules;
pub mod scan;
pub mod staging;
pub mod state;
pub mod table;
mod text;
