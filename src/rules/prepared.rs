//! Tables that other rooms make of the dictionaries once, when they are first needed.
//!
//! A ruleset does not know what a unit or a rate is; the room that does asks for its own type here and gets the same one
//! each time, without a lock. Nothing is made that no document needs.

use std::any::{Any, TypeId};
use std::hash::BuildHasher;
use std::sync::OnceLock;

use rustc_hash::FxBuildHasher;

type Made = Box<dyn Any + Send + Sync>;

/// Types that can be kept; each is a table of some room.
const ROOM: usize = 32;

/// What was made so far, by type.
#[derive(Debug, Default)]
pub struct Prepared {
    slots: [OnceLock<(TypeId, Made)>; ROOM],
}

impl Prepared {
    /// The one value of a type, made by `make` if there is none. Two threads may both make it; one is kept.
    pub fn get<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> T) -> &T {
        let own = TypeId::of::<T>();
        let (mut make, mut new) = (Some(make), None);
        // From the slot that the type's hash names: mostly the first one is it.
        let first = FxBuildHasher.hash_one(own) as usize;
        for at in 0..ROOM {
            let slot = &self.slots[(first + at) % ROOM];
            if slot.get().is_none() {
                if let Some(make) = make.take() {
                    new = Some((own, Box::new(make()) as Made));
                }
                // If another thread was faster with another type, ours goes to the next slot.
                new = new.take().and_then(|made| slot.set(made).err());
            }
            if let Some((id, made)) = slot.get()
                && *id == own
                && let Some(found) = made.downcast_ref()
            {
                return found;
            }
        }
        unreachable!("there are fewer than {ROOM} types of tables")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_made_once() {
        let prepared = Prepared::default();
        let first = prepared.get(|| 1_u32);
        assert_eq!((*first, *prepared.get(|| 2_u32), *prepared.get(|| 3_u64)), (1, 1, 3));
    }
}
