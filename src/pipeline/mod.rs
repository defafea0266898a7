//! The ordered, parallel run over documents: from paths to tables in place.
//!
//! Workers read and extract; one writer appends their rows in the order of the document keys. So the bytes of the
//! tables depend on the input alone, never on the number of threads or on which of them was faster. Nothing is put in
//! place before everything is written: a run that fails, is stopped or fills the disk leaves the tables as they were.
//!
//! [`Sources`] finds the documents, [`run`] works through them, [`Output`] keeps the promise about the tables. What is
//! found *in* a document is the business of the closure in [`Job::extract`]; documents that are what they were when the
//! run before read them are not asked about again, their rows come from the [state](crate::state). What people decided
//! about rows is applied on their way into the tables ([`revision`]).

mod earlier;
mod guard;
mod keys;
mod make;
mod metadata;
mod output;
mod plan;
mod read;
mod revision;
mod run;
mod sources;
mod summary;
mod tables;
mod walk;
mod window;
mod work;

pub use earlier::StateUse;
pub use guard::GuardError;
pub use metadata::{MetadataError, MetadataTable};
pub use output::{Output, OutputError};
pub use read::document;
pub use run::{Job, RunError, run};
pub use sources::{Origin, Source, SourceError, Sources};
pub use summary::{Failure, RunRecord, Summary};
