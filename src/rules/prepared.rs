//! Tables that other rooms make of the dictionaries once, when they are first needed.
//!
//! A ruleset does not know what a unit or a rate is; the room that does asks for its own type here and gets the same one
//! each time. Nothing is made that no document needs.

use std::any::{Any, TypeId};
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

type Made = Arc<dyn Any + Send + Sync>;

/// What was made so far, by type.
#[derive(Debug, Default)]
pub struct Prepared {
    made: RwLock<FxHashMap<TypeId, Made>>,
}

impl Prepared {
    /// The one value of a type, made by `make` if there is none. Two threads may both make it; one is kept.
    pub fn get<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        let find = |made: &FxHashMap<TypeId, Made>| made.get(&TypeId::of::<T>()).cloned();
        let known = find(&self.made.read().unwrap_or_else(PoisonError::into_inner));
        let any = known.unwrap_or_else(|| {
            let own: Made = Arc::new(make());
            let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
            made.entry(TypeId::of::<T>()).or_insert(own).clone()
        });
        match any.downcast::<T>() {
            Ok(found) => found,
            Err(_) => unreachable!("a value is kept under its own type"),
        }
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
