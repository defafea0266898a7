//! The sheets of a table.

use csv::StringRecord;
use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, Format, FormatAlign, FormatBorder, Formula, Url, Worksheet,
    XlsxError,
};

use super::super::decision::is_correctable;
use super::bold::Finder;
use super::{Export, LineAddress};
use crate::document::LineNumber;
use crate::table::schema::{CellType, Field, Table};
use crate::table::{Verdict, unguard};

/// Rows of a sheet, the header among them.
const ROWS: u32 = 1_048_576;

/// Links of a sheet: a spreadsheet refuses more.
const LINKS: u32 = 65_000;

/// Digits that a spreadsheet keeps of a number.
const DIGITS: usize = 15;

/// Colours: of headers, of headers of cells that may be corrected, of rows with a flag, and of verdicts.
const HEADER: Color = Color::RGB(0xE7E6E6);
const CORRECTABLE: Color = Color::RGB(0xBDD0E9);
const FLAGGED: Color = Color::RGB(0xFFF4CE);
const VERDICTS: [(Verdict, Color); 3] = [
    (Verdict::Accept, Color::RGB(0xDFF0D8)),
    (Verdict::Reject, Color::RGB(0xE3DEDE)),
    (Verdict::Correct, Color::RGB(0xD9E7F7)),
];

/// The columns of the tables that come first, in this order, and those that come last: first what a reviewer reads.
const FIRST: [&str; 2] = ["review", "note"];
const LAST: [&str; 8] = ["rule", "confidence", "id", "end_line", "end_column", "start", "end", "sha256"];
/// Columns that only a program needs.
const HIDDEN: [&str; 4] = ["end_line", "end_column", "start", "end"];

/// The order of the columns of a sheet.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// The table's columns, each with its place in the table.
    columns: Vec<(usize, &'static Field)>,
}

impl Layout {
    pub(super) fn new(table: Table) -> Self {
        let mut columns: Vec<(usize, &'static Field)> = table.fields().enumerate().collect();
        let rank = |name: &str| {
            let first = FIRST.iter().position(|column| *column == name).map(|at| (0, at));
            let last = LAST.iter().position(|column| *column == name).map(|at| (2, at));
            first.or(last).unwrap_or((1, 0))
        };
        // Stable: the rest stays in the order of the table.
        columns.sort_by_key(|(_, field)| rank(field.name));
        Self { columns }
    }

    fn column(&self, name: &str) -> Option<u16> {
        self.columns.iter().position(|(_, field)| field.name == name).map(|at| at as u16)
    }
}

/// The formats of cells.
struct Formats {
    header: Format,
    correctable: Format,
    text: Format,
    wrapped: Format,
    number: Format,
    bold: Format,
    plain: Format,
}

impl Formats {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        let header = |color| top().set_bold().set_background_color(color).set_border_bottom(FormatBorder::Thin);
        Self {
            header: header(HEADER),
            correctable: header(CORRECTABLE),
            // Text, so that nothing that is typed later is taken for a date.
            text: top().set_num_format("@"),
            wrapped: top().set_num_format("@").set_text_wrap(),
            number: top(),
            bold: Format::new().set_bold(),
            plain: Format::new(),
        }
    }
}

/// The sheets of a table, which are filled one after the other.
pub(super) struct TableSheets {
    pub(super) table: Table,
    /// Rows in all sheets, without headers.
    pub(super) rows: u64,
    layout: Layout,
    formats: Formats,
    finder: Finder,
    full: Vec<Worksheet>,
    sheet: Worksheet,
    /// The next row of the sheet.
    row: u32,
    links: u32,
}

impl TableSheets {
    pub(super) fn new(table: Table) -> Self {
        Self {
            table,
            rows: 0,
            layout: super::layout(table),
            formats: Formats::new(),
            finder: Finder::default(),
            full: Vec::new(),
            sheet: Worksheet::new(),
            row: 1,
            links: 0,
        }
    }

    /// Adds a row, with the cells of the table, guarded.
    pub(super) fn add(&mut self, row: &StringRecord, wanted: &Export<'_>) -> Result<(), XlsxError> {
        let names: Vec<&str> = self.table.fields().map(|field| field.name).collect();
        let cell = |name: &str| {
            let at = names.iter().position(|column| *column == name);
            at.and_then(|at| row.get(at)).map(unguard).unwrap_or_default()
        };
        if wanted.only_flagged && matches!(self.table, Table::Facts(_)) && cell("flags").is_empty() {
            return Ok(());
        }
        if self.row == ROWS {
            self.turn()?;
        }
        let link = wanted.lines.and_then(|lines| link(lines, cell("document"), cell("line")));
        let fact = self.finder.find(cell("context"), cell("text"));
        for (column, (at, field)) in self.layout.columns.iter().enumerate() {
            let (column, cell) = (column as u16, row.get(*at).map(unguard).unwrap_or_default());
            match (field.name, &link, &fact) {
                // So that it is text for whatever will be typed.
                (_, _, _) if cell.is_empty() => {
                    if !field.cell_type.is_numeric() || field.cell_type == CellType::Ratio {
                        self.sheet.write_blank(self.row, column, &self.formats.text)?;
                    }
                }
                ("line", Some(link), _) if self.links < LINKS => {
                    self.links += 1;
                    self.sheet.write_url_with_text(self.row, column, Url::new(link.as_str()), cell)?;
                }
                ("context", _, Some(fact)) => {
                    let parts = [
                        (&self.formats.plain, &cell[..fact.start]),
                        (&self.formats.bold, &cell[fact.clone()]),
                        (&self.formats.plain, &cell[fact.end..]),
                    ];
                    let parts: Vec<(&Format, &str)> = parts.into_iter().filter(|(_, part)| !part.is_empty()).collect();
                    let (sheet, format) = (&mut self.sheet, &self.formats.wrapped);
                    sheet.write_rich_string_with_format(self.row, column, &parts, format)?;
                }
                _ => match lossless(field, cell) {
                    Some(number) => {
                        self.sheet.write_number_with_format(self.row, column, number, &self.formats.number)?;
                    }
                    None => {
                        let is_long = matches!(field.name, "context" | "note" | "text");
                        let format = if is_long { &self.formats.wrapped } else { &self.formats.text };
                        self.sheet.write_string_with_format(self.row, column, cell, format)?;
                    }
                },
            }
        }
        self.row += 1;
        self.rows += 1;
        Ok(())
    }

    /// Goes on with a new sheet.
    fn turn(&mut self) -> Result<(), XlsxError> {
        self.dress()?;
        self.full.push(std::mem::take(&mut self.sheet));
        (self.row, self.links) = (1, 0);
        Ok(())
    }

    /// All sheets, once there are no more rows.
    pub(super) fn finish(mut self) -> Result<Vec<Worksheet>, XlsxError> {
        self.dress()?;
        self.full.push(self.sheet);
        Ok(self.full)
    }

    /// Gives a sheet all but its rows.
    fn dress(&mut self) -> Result<(), XlsxError> {
        let name = match self.full.len() {
            0 => self.table.name().to_owned(),
            before => format!("{} {}", self.table.name(), before + 1),
        };
        let (sheet, last) = (&mut self.sheet, self.row.max(2) - 1);
        sheet.set_name(name)?;
        for (column, (_, field)) in self.layout.columns.iter().enumerate() {
            let column = column as u16;
            let is_correctable = is_correctable(self.table, field) || FIRST.contains(&field.name);
            let format = if is_correctable { &self.formats.correctable } else { &self.formats.header };
            sheet.write_string_with_format(0, column, field.name, format)?;
            sheet.set_column_width(column, width(field))?;
            if HIDDEN.contains(&field.name) {
                sheet.set_column_hidden(column)?;
            }
        }
        let is_reviewed = self.layout.column("review").is_some();
        sheet.set_freeze_panes(1, u16::from(is_reviewed))?;
        sheet.autofilter(0, 0, last, self.layout.columns.len() as u16 - 1)?;
        let (Some(review), Some(flags)) = (self.layout.column("review"), self.layout.column("flags")) else {
            return Ok(());
        };
        let choice = DataValidation::new()
            .allow_list_strings(&Verdict::ALL.map(|(_, code)| code))?
            .set_error_title("No such verdict")?
            .set_error_message("Choose accept, reject or correct, or leave the cell empty.")?;
        sheet.add_data_validation(1, review, last, review, &choice)?;
        for (verdict, color) in VERDICTS {
            let rule = format!("=${}2=\"{}\"", letters(review), verdict.code());
            let mut format = Format::new().set_background_color(color);
            if verdict == Verdict::Reject {
                format = format.set_font_strikethrough();
            }
            let condition = ConditionalFormatFormula::new().set_rule(Formula::new(rule)).set_format(format);
            sheet.add_conditional_format(1, review, last, review, &condition)?;
        }
        let rule = format!("=${}2<>\"\"", letters(flags));
        let format = Format::new().set_background_color(FLAGGED);
        let condition = ConditionalFormatFormula::new().set_rule(Formula::new(rule)).set_format(format);
        sheet.add_conditional_format(1, 0, last, self.layout.columns.len() as u16 - 1, &condition)?;
        Ok(())
    }
}

/// The link of a line.
fn link(lines: LineAddress<'_>, document: &str, line: &str) -> Option<String> {
    let address = lines(document, LineNumber(line.parse().ok()?));
    // The library wants a scheme, and takes it off what is relative.
    Some(format!("file:///{address}"))
}

/// A cell as a number, where a spreadsheet keeps all of it.
fn lossless(field: &Field, cell: &str) -> Option<f64> {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let is_number = field.cell_type.is_numeric() && digits <= DIGITS && field.name != "geonames_id";
    let number: f64 = is_number.then(|| cell.parse().ok()).flatten()?;
    // Written again it must be what it was, but for zeros at its end.
    let trimmed = if cell.contains('.') { cell.trim_end_matches('0').trim_end_matches('.') } else { cell };
    (number.to_string() == trimmed).then_some(number)
}

/// A width that shows most cells of a column, in characters.
fn width(field: &Field) -> f64 {
    match field.name {
        "context" => 80.0,
        "note" | "text" | "name" | "title" | "document" | "counted" | "edtf" => 28.0,
        "rule" | "flags" | "timex" | "reason" | "start_date" | "end_date" | "id" | "equivalent" => 20.0,
        "line" | "column" | "per" | "unit" | "si_unit" | "country" | "currency" | "confidence" | "review" => 10.0,
        _ => 13.0,
    }
}

/// The name of a column: A, B … Z, AA.
fn letters(column: u16) -> String {
    let letter = |number: u16| char::from(b'A' + (number % 26) as u8);
    match column {
        0..26 => letter(column).to_string(),
        _ => format!("{}{}", letter(column / 26 - 1), letter(column)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Kind;

    #[test]
    fn columns_have_letters() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")] {
            assert_eq!(letters(column), name);
        }
    }

    #[test]
    fn only_what_a_spreadsheet_keeps_is_a_number() {
        let field = |name: &str| Table::Facts(Kind::Place).fields().find(|field| field.name == name).unwrap();
        let value = Table::Facts(Kind::Number).fields().find(|field| field.name == "value").unwrap();
        assert_eq!(lossless(field("latitude"), "43.80096"), Some(43.80096));
        assert_eq!(lossless(field("latitude"), "42.88820"), Some(42.8882));
        assert_eq!(lossless(field("geonames_id"), "1529102"), None, "an id");
        assert_eq!(lossless(field("country"), "12"), None, "text");
        for (cell, is_kept) in [
            ("14:1", false),
            ("-5", true),
            ("123456789012345", true),
            ("1234567890123456", false),
            ("0.1", true),
            ("0.00", true),
        ] {
            assert_eq!(lossless(value, cell).is_some(), is_kept, "{cell}");
        }
    }

    #[test]
    fn a_reviewer_finds_the_verdict_first() {
        let names: Vec<_> =
            Layout::new(Table::Facts(Kind::Organization)).columns.iter().map(|(_, field)| field.name).collect();
        insta::assert_snapshot!(names.join(" "), @"review note document line column text name acronym organization_type country context flags rule confidence id end_line end_column start end");
    }
}
