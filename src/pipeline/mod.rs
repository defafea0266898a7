//! The ordered, parallel run.
