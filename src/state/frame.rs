//! Compressed pieces of a file, each with its lengths and a digest in front.
//!
//! The digest also covers which file the piece belongs to and its number there, so that pieces cannot take each other's
//! places. Nothing is decompressed, and no memory taken on its word, before the digest is right.

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};
use zstd::bulk::{Compressor, Decompressor};

/// Bytes in front of a piece: its length, its length when decompressed, its digest.
pub(super) const HEADER: usize = 32;

/// Bytes of a digest: as good as no two pieces share one.
const DIGEST: usize = 16;

/// Compression: the second best of the fast ones. Level 3 takes twice the time for a fiftieth less.
const LEVEL: i32 = 1;

/// Bytes above which a piece is compressed in a stream, without a copy of its own.
const LARGE: usize = 1 << 20;

/// Which piece of which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    /// The number of a segment; the index is [`INDEX_FILE`].
    pub(super) file: u64,
    /// Counted from 0; the last of the index is [`FOOTER`].
    pub(super) number: u64,
}

pub(super) const INDEX_FILE: u64 = u64::MAX;
pub(super) const FOOTER: u64 = u64::MAX;

/// What stands in front of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes that follow.
    pub(super) packed: u64,
    /// Bytes that these become.
    pub(super) raw: u64,
    digest: [u8; DIGEST],
}

impl Header {
    fn of(name: Name, packed: &[u8], raw: u64) -> Self {
        let length = packed.len() as u64;
        Self { packed: length, raw, digest: digest(name, length, raw, packed) }
    }

    pub(super) fn parse(bytes: &[u8; HEADER]) -> Self {
        let (numbers, digest) = bytes.split_at(HEADER - DIGEST);
        let number = |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| numbers[at + byte]));
        Self { packed: number(0), raw: number(8), digest: std::array::from_fn(|byte| digest[byte]) }
    }

    fn bytes(&self) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[..8].copy_from_slice(&self.packed.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.raw.to_le_bytes());
        bytes[16..].copy_from_slice(&self.digest);
        bytes
    }
}

fn digest(name: Name, packed_length: u64, raw_length: u64, packed: &[u8]) -> [u8; DIGEST] {
    let mut hasher = Sha256::new();
    for number in [name.file, name.number, packed_length, raw_length] {
        hasher.update(number.to_le_bytes());
    }
    hasher.update(packed);
    let digest = hasher.finalize();
    std::array::from_fn(|byte| digest[byte])
}

/// Packs pieces; keeps its memory between them.
pub(super) struct Packer {
    compressor: Compressor<'static>,
    raw: Vec<u8>,
    packed: Vec<u8>,
}

impl Packer {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { compressor: Compressor::new(LEVEL)?, raw: Vec::new(), packed: Vec::new() })
    }

    /// Writes a piece that is made of parts; gives the bytes written.
    pub(super) fn write(&mut self, name: Name, parts: &[&[u8]], out: &mut impl Write) -> io::Result<u64> {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        self.packed.clear();
        if length > LARGE {
            let mut stream = zstd::stream::write::Encoder::new(&mut self.packed, LEVEL)?;
            stream.set_pledged_src_size(Some(length as u64))?;
            parts.iter().try_for_each(|part| stream.write_all(part))?;
            stream.finish()?;
        } else {
            self.raw.clear();
            parts.iter().for_each(|part| self.raw.extend_from_slice(part));
            self.packed.reserve(zstd::zstd_safe::compress_bound(length));
            self.compressor.compress_to_buffer(self.raw.as_slice(), &mut self.packed)?;
        }
        let header = Header::of(name, &self.packed, length as u64);
        out.write_all(&header.bytes())?;
        out.write_all(&self.packed)?;
        self.packed.shrink_to(LARGE);
        Ok(HEADER as u64 + header.packed)
    }
}

/// Unpacks a piece, or tells what is wrong with it.
pub(super) fn unpack(name: Name, header: &Header, packed: &[u8]) -> Result<Vec<u8>, String> {
    if digest(name, header.packed, header.raw, packed) != header.digest {
        return Err(format!("piece {} is not what was written: its digest is another one", name.number));
    }
    let cannot = |error: io::Error| format!("piece {} cannot be decompressed: {error}", name.number);
    let length = usize::try_from(header.raw).map_err(|_| format!("piece {} is too large here", name.number))?;
    let mut raw = Vec::new();
    raw.try_reserve_exact(length).map_err(|_| format!("not enough memory for the {length} bytes of a piece"))?;
    Decompressor::new().and_then(|mut each| each.decompress_to_buffer(packed, &mut raw)).map_err(cannot)?;
    if raw.len() == length { Ok(raw) } else { Err(format!("piece {} has another length than it says", name.number)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAME: Name = Name { file: 3, number: 5 };

    fn packed(parts: &[&[u8]]) -> Vec<u8> {
        let mut out = Vec::new();
        let written = Packer::new().unwrap().write(NAME, parts, &mut out).unwrap();
        assert_eq!(written, out.len() as u64);
        out
    }

    fn unpacked(name: Name, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let (header, packed) = bytes.split_first_chunk().ok_or("short")?;
        unpack(name, &Header::parse(header), packed)
    }

    #[test]
    fn large_pieces_are_as_small_ones() {
        let part: Vec<u8> = (0..LARGE as u32).flat_map(|number| (number % 1000).to_le_bytes()).collect();
        assert_eq!(unpacked(NAME, &packed(&[&part, b"end"])).unwrap(), [&part[..], b"end"].concat());
    }

    proptest! {
        #[test]
        fn a_piece_is_what_was_written_or_an_error(
            parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..50), 0..4),
            place: proptest::sample::Index,
            bit in 0..8_u8,
            end: proptest::sample::Index,
        ) {
            let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
            let good = packed(&parts);
            prop_assert_eq!(unpacked(NAME, &good).unwrap(), parts.concat());
            for other in [Name { number: 6, ..NAME }, Name { file: 4, ..NAME }] {
                prop_assert!(unpacked(other, &good).is_err());
            }
            prop_assert!(unpacked(NAME, &good[..end.index(good.len())]).is_err());
            let mut flipped = good;
            let at = place.index(flipped.len());
            flipped[at] ^= 1_u8 << bit;
            prop_assert!(unpacked(NAME, &flipped).is_err());
        }
    }
}
