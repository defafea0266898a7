//! What the run before left, and whether it is of use.

use std::path::Path;

use crate::rules::Fingerprints;
use crate::state::{Change, Cursor, RunFacts, StateError, Store};

/// What a run does with state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StateUse {
    /// Documents whose files look as they did are not read; the state is written for the next run.
    #[default]
    Keep,
    /// The same, but every document is read, and kept only if its content is what it was.
    Verify,
    /// No state is read or written, and one that is there is removed: it would not belong to the tables.
    None,
}

/// The state of the run before.
#[derive(Default)]
pub(super) struct Earlier {
    /// The state, if its rows still hold.
    pub(super) store: Option<Store>,
    /// What has changed, if they do not.
    pub(super) changed: Option<Change>,
    /// What is wrong with it, if something is.
    pub(super) damage: Option<String>,
}

impl Earlier {
    /// Looks at the state in an output folder, for a run that depends on `facts`. Completes these with the digests of rules
    /// and files: those of the run before, if its rules were the same, for they take time.
    pub(super) fn look(out: &Path, facts: &mut RunFacts, fingerprints: &dyn Fn() -> Fingerprints) -> Self {
        let found = Store::open_locked(out);
        match found.as_ref().map(Store::run) {
            Ok(run) if run.rules_hash == facts.rules_hash => {
                facts.rules.clone_from(&run.rules);
                facts.files.clone_from(&run.files);
            }
            _ => {
                let Fingerprints { rules, files } = fingerprints();
                (facts.rules, facts.files) = (rules, files);
            }
        }
        match found {
            Ok(store) => match facts.change_since(store.run()) {
                None => Self { store: Some(store), ..Self::default() },
                changed => Self { changed, ..Self::default() },
            },
            Err(StateError::Missing(_)) => Self::default(),
            Err(error) => Self { damage: Some(error.to_string()), ..Self::default() },
        }
    }

    /// A way through its documents.
    pub(super) fn cursor(&mut self) -> Option<Cursor> {
        match self.store.as_ref()?.cursor() {
            Ok(cursor) => Some(cursor),
            Err(error) => {
                self.damage = Some(error.to_string());
                None
            }
        }
    }
}
