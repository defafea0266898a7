//! Files of separated values in whatever dialect: separator, encoding, line ends, quotes.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, StringRecord};

use super::SheetError;

/// Bytes by which the dialect is told.
const SNIFFED: usize = 1 << 16;

/// What may stand between cells.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A file of separated values, at its first row behind the header.
pub(crate) struct Delimited {
    path: PathBuf,
    reader: csv::Reader<Box<dyn Read>>,
    record: ByteRecord,
    /// Lines before the header: `sep=;`.
    skipped: u64,
    /// What stands between cells.
    pub(crate) separator: u8,
}

/// Opens a file and reads its header row, which is told by the names of columns that it should have.
pub(crate) fn open(path: &Path, known: &[&str]) -> Result<(StringRecord, Delimited), SheetError> {
    let unreadable = |source| SheetError::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    read(path, file, known).map_err(unreadable)
}

fn read(path: &Path, mut stream: impl Read + 'static, known: &[&str]) -> io::Result<(StringRecord, Delimited)> {
    let mut start = Vec::with_capacity(SNIFFED);
    (&mut stream).take(SNIFFED as u64).read_to_end(&mut start)?;
    let rest: Box<dyn Read> = match encoding_rs::Encoding::for_bom(&start) {
        Some((encoding, bom)) if encoding != encoding_rs::UTF_8 => {
            // `Unicode text` of a spreadsheet: small enough for a person, so read at once.
            start.drain(..bom);
            stream.read_to_end(&mut start)?;
            start = encoding.decode_without_bom_handling(&start).0.into_owned().into_bytes();
            Box::new(io::empty())
        }
        Some((_, bom)) => {
            start.drain(..bom);
            Box::new(stream)
        }
        None => Box::new(stream),
    };
    let (declared, skip) = declared_separator(&start);
    start.drain(..skip);
    let separator = declared.unwrap_or_else(|| likely_separator(&start, known));
    let reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(Box::new(Lines::new(Cursor::new(start).chain(rest))) as Box<dyn Read>);
    let skipped = u64::from(skip > 0);
    let mut file = Delimited { path: path.to_owned(), reader, record: ByteRecord::new(), skipped, separator };
    let header = file.next().map_err(io::Error::other)?.map(|(_, header)| header).unwrap_or_default();
    Ok((header, file))
}

/// `sep=;`, which some programs put first, and its length with the line break.
fn declared_separator(start: &[u8]) -> (Option<u8>, usize) {
    let Some([separator, rest @ ..]) = start.strip_prefix(b"sep=") else { return (None, 0) };
    let end = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    (Some(*separator), b"sep=".len() + 1 + end.min(if rest.starts_with(b"\r\n") { 2 } else { 1 }))
}

/// The separator by which most of the names in the first line are known ones.
fn likely_separator(start: &[u8], known: &[&str]) -> u8 {
    let line = start.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let found = |separator: &u8| {
        let names = line.split(char::from(*separator)).map(|name| name.trim().trim_matches('"').to_lowercase());
        names.filter(|name| known.contains(&name.as_str())).count()
    };
    // Of equals the first: a comma.
    SEPARATORS.into_iter().rev().max_by_key(found).unwrap_or(b',')
}

impl Delimited {
    /// The next row that is not empty, with the line it starts on.
    pub(crate) fn next_record(&mut self) -> Result<Option<(u64, StringRecord)>, SheetError> {
        let path = self.path.clone();
        self.next().map_err(|error| {
            let source = match error.into_kind() {
                csv::ErrorKind::Io(source) => source,
                other => io::Error::new(io::ErrorKind::InvalidData, format!("{other:?}")),
            };
            SheetError::Unreadable { path, source }
        })
    }

    fn next(&mut self) -> Result<Option<(u64, StringRecord)>, csv::Error> {
        while self.reader.read_byte_record(&mut self.record)? {
            if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            // The library's own position is that before any empty lines.
            let breaks = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
            let line = self.reader.position().line() - 1 - breaks + self.skipped;
            let record = std::mem::take(&mut self.record);
            return Ok(Some((line, decoded(record))));
        }
        Ok(None)
    }
}

/// A stream in which every line ends in `\n`, the last one too.
struct Lines<R> {
    stream: R,
    buffer: Vec<u8>,
    /// The last byte that was given out.
    last: u8,
    /// Whether it stands for a carriage return, after which a line feed does not count.
    is_return: bool,
}

impl<R: Read> Lines<R> {
    fn new(stream: R) -> Self {
        Self { stream, buffer: Vec::new(), last: b'\n', is_return: false }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            self.buffer.resize(out.len(), 0);
            let length = self.stream.read(&mut self.buffer)?;
            if length == 0 {
                let is_open = self.last != b'\n' && !out.is_empty();
                if is_open {
                    (self.last, out[0]) = (b'\n', b'\n');
                }
                return Ok(usize::from(is_open));
            }
            let mut written = 0;
            for byte in &self.buffer[..length] {
                let is_second = *byte == b'\n' && self.is_return;
                self.is_return = *byte == b'\r';
                if !is_second {
                    self.last = if self.is_return { b'\n' } else { *byte };
                    out[written] = self.last;
                    written += 1;
                }
            }
            if written > 0 {
                return Ok(written);
            }
        }
    }
}

/// The cells as text: UTF-8, or else the code page of most of the western world.
fn decoded(record: ByteRecord) -> StringRecord {
    let decode = |cell: &[u8]| match std::str::from_utf8(cell) {
        Ok(cell) => cell.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0.into_owned(),
    };
    StringRecord::from_byte_record(record).unwrap_or_else(|error| error.into_byte_record().iter().map(decode).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 4] = ["id", "text", "review", "note"];

    fn rows(bytes: &[u8]) -> Vec<String> {
        let (header, mut file) = read(Path::new("a.csv"), Cursor::new(bytes.to_vec()), &KNOWN).unwrap();
        let shown =
            |line: u64, record: &StringRecord| format!("{line}: {}", record.iter().collect::<Vec<_>>().join("|"));
        let mut rows = vec![shown(1, &header)];
        while let Some((line, record)) = file.next_record().unwrap() {
            rows.push(shown(line, &record));
        }
        rows
    }

    #[test]
    fn every_dialect_gives_the_same_rows() {
        let expected = ["1: id|text|review|note", "2: n1|a, b|accept|ü", "3: n2|\"c\"; d||"];
        let utf16: Vec<u8> = "\u{feff}id\ttext\treview\tnote\r\nn1\ta, b\taccept\tü\r\nn2\t\"\"\"c\"\"; d\"\t\t\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [
            "id,text,review,note\nn1,\"a, b\",accept,ü\nn2,\"\"\"c\"\"; d\",,\n".as_bytes(),
            "\u{feff}id,text,review,note\r\nn1,\"a, b\",accept,ü\r\nn2,\"\"\"c\"\"; d\",,\r\n".as_bytes(),
            "id;text;review;note\nn1;a, b;accept;ü\nn2;\"\"\"c\"\"; d\";;\n".as_bytes(),
            "\"id\";\"text\";\"review\";\"note\"\n\"n1\";\"a, b\";\"accept\";\"ü\"\n\"n2\";\"\"\"c\"\"; d\";\"\";\"\"\n".as_bytes(),
            "id\ttext\treview\tnote\nn1\ta, b\taccept\tü\nn2\t\"\"\"c\"\"; d\"\t\t".as_bytes(),
            "id,text,review,note\rn1,\"a, b\",accept,ü\rn2,\"\"\"c\"\"; d\",,\r".as_bytes(),
            b"id;text;review;note\nn1;a, b;accept;\xfc\nn2;\"\"\"c\"\"; d\";;\n",
            &utf16,
        ] {
            assert_eq!(rows(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn lines_are_counted_with_what_is_skipped() {
        assert_eq!(rows(b"sep=;\r\nid;text\r\n\r\nn1;\"a\r\nb\"\r\n;;;\r\nn2;c\r\n")[1..], ["4: n1|a\nb", "7: n2|c"]);
    }
}
