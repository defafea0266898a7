//! Rows that were made, taken apart and put together again.

use std::ops::Range;

use csv::StringRecord;

use super::cell::{write_number, write_text};
use super::schema::Table;

/// Appends a row of a table, with cells as they are before they are [guarded](super::guard), in the table's order.
pub fn write_row<'c>(table: Table, cells: impl IntoIterator<Item = &'c str>, out: &mut Vec<u8>) {
    for (at, (field, cell)) in table.fields().zip(cells).enumerate() {
        if at > 0 {
            out.push(b',');
        }
        match cell {
            "" => {}
            _ if field.cell_type.is_numeric() => write_number(out, cell),
            _ => write_text(out, cell),
        }
    }
    out.push(b'\n');
}

/// The rows in bytes that factline made, each with the bytes that it stands in; cells are still guarded.
pub fn parsed_rows(rows: &[u8]) -> impl Iterator<Item = (Range<usize>, StringRecord)> + '_ {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).buffer_capacity(rows.len().clamp(64, 1 << 16)).from_reader(rows);
    std::iter::from_fn(move || {
        let start = usize::try_from(reader.position().byte()).ok()?;
        let mut record = StringRecord::new();
        // What we made is UTF-8 and whole.
        reader.read_record(&mut record).ok()?.then_some(())?;
        let end = usize::try_from(reader.position().byte()).ok()?;
        Some((start..end, record))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Kind;
    use crate::table::unguard;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_taken_apart_and_put_together_are_the_same_bytes(
            rows in proptest::collection::vec(proptest::collection::vec("[a\",=' -]{0,5}|-?[0-9]{1,3}|.{0,4}", 19), 0..5),
        ) {
            let table = Table::Facts(Kind::Organization);
            prop_assert_eq!(table.fields().count(), 19);
            let mut made = Vec::new();
            for row in &rows {
                // Line breaks never get into a cell, and an id begins a row.
                let mut row: Vec<String> = row.iter().map(|cell| cell.replace(['\r', '\n'], " ")).collect();
                row[0].insert(0, 'o');
                write_row(table, row.iter().map(String::as_str), &mut made);
            }
            let (mut again, mut slices) = (Vec::new(), Vec::new());
            for (range, record) in parsed_rows(&made) {
                slices.extend_from_slice(&made[range]);
                write_row(table, record.iter().map(unguard), &mut again);
            }
            prop_assert_eq!(String::from_utf8_lossy(&again), String::from_utf8_lossy(&made));
            prop_assert_eq!(slices, made);
        }
    }
}
