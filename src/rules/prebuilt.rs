//! The shipped dictionaries as the build script joined them (`build.rs`).

use crate::lexicon::Lexicon;

/// Bytes that begin where a number can.
#[repr(C, align(8))]
struct Aligned<B: ?Sized>(B);

static NUMBERS: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin")));
static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon.txt"));
/// Hash of the shipped files; empty if the build script could not join them.
static HASH: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.sha256"));

/// The lexicon of the shipped rules and the hash of their files; `None` if they must be joined now, which also tells why.
pub(super) fn shipped() -> Option<(Lexicon, &'static str)> {
    let lexicon = Lexicon::from_flat(bytemuck::try_cast_slice(&NUMBERS.0).ok()?, TEXT)?;
    Some((lexicon, HASH))
}
