//! Lexical classes, and sets of them as bits.

use rustc_hash::FxHashMap;

use super::flat::{Flat, Reader};

/// A lexical class: what a token can be (`month`, `currency-name`, `capitalized`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u16);

/// Machine words of a set.
pub(super) const WORDS: usize = 5;

/// There can be so many classes at most: what the shipped rules need, and some 60 for a user's.
pub const LIMIT: usize = 64 * WORDS;

/// A set of classes of one token.
#[derive(Debug, Clone, Copy, Eq, Default)]
pub struct ClassSet(pub(super) [u64; WORDS]);

/// Without a branch or a call: sets are compared for most tokens.
impl PartialEq for ClassSet {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).fold(0, |differs, (own, each)| differs | (own ^ each)) == 0
    }
}

impl std::hash::Hash for ClassSet {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl ClassSet {
    /// The set of nothing.
    pub const EMPTY: ClassSet = ClassSet([0; WORDS]);

    /// The set of all classes.
    pub const ALL: ClassSet = ClassSet([u64::MAX; WORDS]);

    /// The set of one class.
    #[inline]
    pub fn of(class: ClassId) -> Self {
        let mut set = Self::EMPTY;
        set.insert(class);
        set
    }

    /// Adds a class.
    #[inline]
    pub fn insert(&mut self, class: ClassId) {
        self.0[class.0 as usize >> 6] |= 1 << (class.0 & 63);
    }

    /// Takes a class out.
    #[inline]
    pub fn remove(&mut self, class: ClassId) {
        self.0[class.0 as usize >> 6] &= !(1 << (class.0 & 63));
    }

    /// Whether a class is in the set.
    #[inline]
    pub fn contains(&self, class: ClassId) -> bool {
        self.0[class.0 as usize >> 6] >> (class.0 & 63) & 1 == 1
    }

    /// Adds all classes of another set.
    #[inline]
    pub fn extend(&mut self, other: &ClassSet) {
        for (own, more) in self.0.iter_mut().zip(other.0) {
            *own |= more;
        }
    }

    /// Whether all classes of another set are in this one.
    #[inline]
    pub fn includes(&self, other: &ClassSet) -> bool {
        self.0.iter().zip(other.0).all(|(own, wanted)| own & wanted == wanted)
    }

    /// Whether the two sets share a class.
    #[inline]
    pub fn meets(&self, other: &ClassSet) -> bool {
        self.0.iter().zip(other.0).any(|(own, each)| own & each != 0)
    }

    /// Its bits, by machine word.
    #[inline]
    pub fn words(&self) -> [u64; WORDS] {
        self.0
    }

    /// The classes in the set, in order.
    pub fn iter(&self) -> impl Iterator<Item = ClassId> + '_ {
        (0..WORDS as u16).zip(self.0).flat_map(|(number, mut word)| {
            std::iter::from_fn(move || {
                let bit = (word != 0).then(|| word.trailing_zeros() as u16)?;
                word &= word - 1;
                Some(ClassId(number * 64 + bit))
            })
        })
    }
}

/// Names of the classes. A class whose terms have several tokens has a second one for the tokens after the first.
#[derive(Debug, Default, Clone)]
pub struct Classes {
    names: Vec<String>,
    by_name: FxHashMap<String, ClassId>,
    inside: FxHashMap<ClassId, ClassId>,
}

/// There can be at most [`LIMIT`] classes.
#[derive(Debug, thiserror::Error)]
#[error(
    "expected at most {LIMIT} lexical classes in all dictionaries, `{0}` is one more: merge classes that no rule tells apart"
)]
pub struct TooManyClasses(pub String);

impl Classes {
    /// The class of a name, made if there is none.
    pub fn intern(&mut self, name: &str) -> Result<ClassId, TooManyClasses> {
        if let Some(class) = self.by_name.get(name) {
            return Ok(*class);
        }
        let class = match u16::try_from(self.names.len()) {
            Ok(number) if usize::from(number) < LIMIT => ClassId(number),
            _ => return Err(TooManyClasses(name.to_owned())),
        };
        self.names.push(name.to_owned());
        self.by_name.insert(name.to_owned(), class);
        Ok(class)
    }

    /// The class of the tokens after the first in terms of a class, made if there is none.
    pub fn intern_inside(&mut self, class: ClassId) -> Result<ClassId, TooManyClasses> {
        if let Some(inside) = self.inside.get(&class) {
            return Ok(*inside);
        }
        let inside = self.intern(&format!("{}…", self.name(class)))?;
        self.inside.insert(class, inside);
        Ok(inside)
    }

    /// The class of a name.
    pub fn get(&self, name: &str) -> Option<ClassId> {
        self.by_name.get(name).copied()
    }

    /// The class of the tokens after the first in terms of a class, if any term has several.
    pub fn inside(&self, class: ClassId) -> Option<ClassId> {
        self.inside.get(&class).copied()
    }

    /// The name of a class.
    pub fn name(&self, class: ClassId) -> &str {
        &self.names[class.0 as usize]
    }

    pub(super) fn write(&self, flat: &mut Flat) {
        flat.number(self.names.len());
        for (number, name) in self.names.iter().enumerate() {
            flat.text(name);
            flat.number(self.inside(ClassId(number as u16)).map_or(0, |inside| usize::from(inside.0) + 1));
        }
    }

    pub(super) fn read(reader: &mut Reader) -> Option<Self> {
        let mut classes = Self::default();
        let mut insides = Vec::new();
        for _ in 0..reader.number()? {
            let class = classes.intern(reader.text()?).ok()?;
            insides.push((class, reader.number()?.checked_sub(1)));
        }
        let insides = insides.into_iter().filter_map(|(class, inside)| Some((class, ClassId(inside? as u16))));
        classes.inside = insides.collect();
        Some(classes)
    }

    /// All names that a rule may use.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str).filter(|name| !name.ends_with('…'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets() {
        let mut set = ClassSet::EMPTY;
        for class in [0, 63, 64, 255, 319] {
            set.insert(ClassId(class));
        }
        set.remove(ClassId(63));
        assert_eq!(set.iter().collect::<Vec<_>>(), [ClassId(0), ClassId(64), ClassId(255), ClassId(319)]);
    }

    #[test]
    fn one_class_too_many_is_refused() {
        let mut classes = Classes::default();
        for number in 0..LIMIT {
            classes.intern(&number.to_string()).unwrap();
        }
        assert!(classes.intern("0").is_ok());
        assert!(classes.intern("one more").is_err());
    }
}
