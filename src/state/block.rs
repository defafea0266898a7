//! Rows of consecutive documents, table by table: what is compressed together.
//!
//! Rows of one table resemble each other, so they stand together; and the rows of documents side by side, so that a run of
//! documents that did not change is one slice per table.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::codec::{Input, put};
use super::frame::{Header, Name};
use super::segment;
use crate::table::schema::Table;
use crate::table::{DocumentCounts, DocumentRows};

/// How many tables there are.
pub(crate) const TABLES: usize = Table::ALL.len();

/// A block that is being filled.
#[derive(Debug, Default)]
pub(super) struct Filling {
    /// Per document: the lengths of its rows.
    head: Vec<u8>,
    pub(super) documents: u32,
    tables: [Vec<u8>; TABLES],
}

impl Filling {
    pub(super) fn len(&self) -> usize {
        self.head.len() + self.tables.iter().map(Vec::len).sum::<usize>()
    }

    /// Adds a document; gives its number in the block.
    pub(super) fn add<'r>(&mut self, rows: impl Fn(Table) -> &'r [u8]) -> u32 {
        put_head(&mut self.head, &rows);
        for table in Table::ALL {
            self.tables[table.index()].extend_from_slice(rows(table));
        }
        self.documents += 1;
        self.documents - 1
    }

    /// What stands before the tables in a block of one document.
    pub(super) fn head_of_one<'r>(rows: impl Fn(Table) -> &'r [u8]) -> Vec<u8> {
        let mut head = Vec::new();
        put_head(&mut head, &rows);
        head
    }

    /// The parts that are packed, in order, behind the number of documents.
    pub(super) fn parts(&self) -> ([u8; 4], Vec<&[u8]>) {
        let parts = [self.head.as_slice()].into_iter().chain(self.tables.iter().map(Vec::as_slice));
        (self.documents.to_le_bytes(), parts.collect())
    }

    pub(super) fn clear(&mut self) {
        self.head.clear();
        self.documents = 0;
        self.tables.iter_mut().for_each(Vec::clear);
    }
}

fn put_head<'r>(out: &mut Vec<u8>, rows: &impl Fn(Table) -> &'r [u8]) {
    Table::ALL.into_iter().for_each(|table| put(out, rows(table).len() as u64));
}

/// A block, decompressed.
#[derive(Debug)]
pub(crate) struct Block {
    raw: Vec<u8>,
    /// Where the rows of each table begin in `raw`.
    starts: [usize; TABLES],
    /// Where the rows of each document end in `raw`, per table.
    ends: Vec<[usize; TABLES]>,
}

impl Block {
    /// The block in decompressed bytes; none where they are not one.
    fn parse(raw: Vec<u8>) -> Option<Self> {
        let mut input = Input::new(&raw);
        let documents = u32::from_le_bytes(input.array()?) as usize;
        // Each document takes bytes: what is not there makes no memory grow.
        let mut lengths: Vec<[usize; TABLES]> = Vec::with_capacity(documents.min(input.len()));
        for _ in 0..documents {
            let mut each = [0; TABLES];
            for length in &mut each {
                *length = usize::try_from(input.number()?).ok()?;
            }
            lengths.push(each);
        }
        let mut at = raw.len() - input.len();
        let mut starts = [0; TABLES];
        for table in 0..TABLES {
            starts[table] = at;
            for each in &mut lengths {
                at = at.checked_add(each[table])?;
                each[table] = at;
            }
        }
        (at == raw.len()).then_some(Self { raw, starts, ends: lengths })
    }

    /// Documents in it.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The rows of consecutive documents.
    pub(crate) fn rows(&self, table: Table, documents: Range<u32>) -> &[u8] {
        let before = |document: u32| match document {
            0 => self.starts[table.index()],
            _ => self.ends[document as usize - 1][table.index()],
        };
        &self.raw[before(documents.start)..before(documents.end)]
    }

    /// The rows of one document, by themselves.
    pub(crate) fn document(&self, document: u32, counts: DocumentCounts) -> DocumentRows {
        let rows = |table| self.rows(table, document..document + 1).to_vec();
        DocumentRows::restored(Table::ALL.map(rows), counts)
    }
}

/// A block where it lies on the disk, decompressed when someone asks first.
#[derive(Debug)]
pub(crate) struct StoredBlock {
    pub(super) name: Name,
    pub(super) header: Header,
    pub(super) path: PathBuf,
    /// Where its bytes begin in the file.
    pub(super) offset: u64,
    loaded: OnceLock<Result<Block, String>>,
}

impl StoredBlock {
    pub(super) fn new(name: Name, header: Header, path: PathBuf, offset: u64) -> Arc<Self> {
        Arc::new(Self { name, header, path, offset, loaded: OnceLock::new() })
    }

    /// Bytes of its rows.
    pub(crate) fn bytes(&self) -> u64 {
        self.header.raw
    }

    /// Its rows, or what is wrong with them.
    pub(crate) fn load(&self) -> Result<&Block, &str> {
        let load = || {
            let raw = segment::read(self)?;
            Block::parse(raw).ok_or_else(|| "a block of rows does not have the expected form".to_owned())
        };
        self.loaded.get_or_init(load).as_ref().map_err(String::as_str)
    }

    /// The same for documents that must be in it.
    pub(crate) fn with(&self, documents: &Range<u32>) -> Result<&Block, &str> {
        let block = self.load()?;
        let is_there = documents.start <= documents.end && documents.end as usize <= block.len();
        is_there.then_some(block).ok_or("a block has fewer documents than the index says")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raw(filling: &Filling) -> Vec<u8> {
        let (count, parts) = filling.parts();
        [&count[..], &parts.concat()].concat()
    }

    #[test]
    fn documents_come_back() {
        let mut filling = Filling::default();
        let rows: [&[&[u8]]; 3] = [&[b"a\n", b"bb\n", b"", b"c"], &[b"", b"", b""], &[b"x", b"yy"]];
        let row = |document: usize| move |table: Table| rows[document].get(table.index()).copied().unwrap_or_default();
        assert_eq!(filling.add(row(0)), 0);
        assert_eq!(filling.add(row(1)), 1);
        assert_eq!(filling.add(row(2)), 2);
        let block = Block::parse(raw(&filling)).unwrap();
        assert_eq!(block.len(), 3);
        for document in 0..3 {
            for table in Table::ALL {
                let all = block.rows(table, document..document + 1);
                assert_eq!(all, row(document as usize)(table));
                assert_eq!(block.document(document, DocumentCounts::default()).table(table), all);
            }
        }
        assert_eq!(block.rows(Table::ALL[1], 0..3), b"bb\nyy");
    }

    proptest! {
        #[test]
        fn no_bytes_are_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..100), documents in 0_u32..5) {
            let raw = [&documents.to_le_bytes()[..], &bytes].concat();
            if let Some(block) = Block::parse(raw) {
                let all = Table::ALL.map(|table| block.rows(table, 0..block.len() as u32).len());
                prop_assert!(all.iter().sum::<usize>() <= bytes.len());
            }
        }
    }
}
