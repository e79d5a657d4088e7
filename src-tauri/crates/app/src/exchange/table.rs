//! A file as a table: bytes in, rows out. What is no delimited file may be JSON of a tracker ([`super::json`]).
//!
//! 1. The encoding, the delimiter and the header are found out and said; a person can say otherwise.
//! 2. Rows are read one after the other and never all held: only the text of the file is in memory.
//! 3. Columns are read by position; repeated ones are gathered by name, and none is dropped.
//! 4. A row knows the line on which it begins in the file, whatever line breaks its cells hold.
//! 5. What is no table is refused in words, with what it is and a way out.

use super::files;
use super::history::History;
use super::incidents::{self, Note};
use super::json::{self, Records};
use super::rows::Problem;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use ts_rs::TS;

/// How the bytes of a file stand for characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, which old Western European programs write.
    Cp1252,
}

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`, where the comma is the decimal sign.
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All delimiters, the most usual first.
    pub const ALL: [Delimiter; 4] = [Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab, Delimiter::Pipe];

    fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
            Delimiter::Pipe => b'|',
        }
    }
}

/// How to read a file where a person has decided; what is none is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// The encoding, if decided.
    pub encoding: Option<Encoding>,
    /// The delimiter, if decided.
    pub delimiter: Option<Delimiter>,
}

/// A delimited file, decoded, with its header read.
#[derive(Debug)]
pub struct Table<'f> {
    /// How the bytes were read.
    pub encoding: Encoding,
    /// Bytes that the encoding does not have; each was read as Windows-1252 or shown as �.
    pub stray_bytes: usize,
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// The columns by name, in the order in which each name comes first.
    pub columns: Vec<Column>,
    /// The number of fields in the header.
    pub width: usize,
    /// What wrote it, where it was JSON.
    pub format: Option<json::Format>,
    /// What is dated in it.
    pub history: History,
    /// Records of JSON that are no rows.
    pub refused: Vec<Problem>,
    /// Parts of records of JSON that are not read.
    pub cells: Vec<Problem>,
    /// What else is to be known, in sentences.
    pub notes: Vec<String>,
    /// The notes of each incident's timeline, by the line of its row.
    pub timelines: HashMap<u32, Vec<Note>>,
    /// For each row the number of its record in JSON; empty where rows have lines.
    records: Vec<u32>,
    text: Cow<'f, str>,
    /// Where the header begins, in bytes of the text, behind a line `sep=;`.
    start: usize,
}

/// All columns of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name as the header has it, trimmed; `Column 7` where the header has none.
    pub name: String,
    /// The positions of the columns of this name, from 0.
    pub positions: Vec<usize>,
}

/// Why a file is not a table that can be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotATable {
    /// No bytes, or only blanks.
    #[error("the file is empty")]
    Empty,
    /// A header and nothing under it.
    #[error("the file has a header and no rows under it")]
    OnlyAHeader,
    /// A file of another kind, known by its first bytes.
    #[error("this is {what}, not a delimited text file")]
    OtherKind {
        /// What it is, with its article: `an Excel workbook`.
        what: &'static str,
        /// What to do instead.
        way_out: &'static str,
    },
    /// JSON that is cut off or written wrongly.
    #[error("the JSON cannot be read on line {line}: {why}")]
    BrokenJson {
        /// The line on which it goes wrong.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// JSON that no known tracker writes.
    #[error("this is JSON, but of no tracker that is known")]
    UnknownJson,
    /// JSON of a known tracker in which there are no items.
    #[error("these are {what}")]
    NoItems {
        /// What they are instead.
        what: &'static str,
    },
    /// Text whose lines no delimiter divides into the same columns.
    #[error("no comma, semicolon, tab or bar divides the lines of this file into columns")]
    NoColumns,
}

impl NotATable {
    /// What to do instead.
    pub fn way_out(&self) -> &'static str {
        match self {
            NotATable::Empty => "Export again, and look at the file in a text editor before importing it.",
            NotATable::OnlyAHeader => "Export again with a filter that finds something.",
            NotATable::OtherKind { way_out, .. } => way_out,
            NotATable::BrokenJson { .. } => "Export or fetch it again; the file may have been cut off.",
            NotATable::UnknownJson => {
                "Known are answers of Jira’s REST interface, boards of Trello, issues of GitHub, and incidents of PagerDuty and Opsgenie. Export from the tracker as CSV."
            }
            NotATable::NoItems { .. } => "Import them together with the items that they belong to.",
            NotATable::NoColumns => {
                "Export as CSV, with one line of column names at the top, or choose the delimiter by hand."
            }
        }
    }
}

impl<'f> Table<'f> {
    /// Decodes a file, finds its delimiter and reads its header.
    pub fn read(bytes: &'f [u8], reading: Reading) -> Result<Table<'f>, NotATable> {
        if let Some(files) = files::unpack(bytes) {
            let texts: Vec<Cow<'_, str>> =
                files.iter().map(|(_, bytes)| decode(bytes, encoding_of(bytes)).0).collect();
            let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
            if texts.iter().all(|text| incidents::is_postmortem(text)) {
                let named = files.iter().map(|(name, _)| *name).zip(texts);
                return incidents::postmortems(named).map(Table::of);
            }
            return json::read(&texts).map(Table::of);
        }
        refuse_other_kinds(bytes)?;
        let encoding = reading.encoding.unwrap_or_else(|| encoding_of(bytes));
        let (text, stray_bytes) = decode(bytes, encoding);
        let text = with_line_feeds(text);
        if text.trim().is_empty() {
            return Err(NotATable::Empty);
        }
        if is_json(&text) {
            return json::read(&[&text]).map(Table::of);
        }
        if incidents::is_postmortem(&text) {
            return incidents::postmortems(std::iter::once(("", &*text))).map(Table::of);
        }
        refuse_markup(&text)?;
        let (said, start) = separator_line(&text);
        let body = text.get(start..).unwrap_or_default();
        let delimiter = match reading.delimiter.or(said) {
            Some(delimiter) => delimiter,
            None => sniff(body)?,
        };
        let mut table = Table { encoding, stray_bytes, delimiter, start, ..Table::with(text) };
        let mut rows = table.records();
        let header = rows.next().ok_or(NotATable::Empty)?;
        let names: Vec<String> = header.cells.iter().map(|name| name.trim().to_owned()).collect();
        if rows.next().is_none() {
            return Err(NotATable::OnlyAHeader);
        }
        table.width = names.len();
        table.columns = gathered(names);
        Ok(table)
    }

    /// The records of JSON as a table.
    pub fn of(records: Records) -> Table<'f> {
        let (text, numbers) = records.csv();
        let mut table = Table {
            format: Some(records.format),
            history: records.history,
            refused: records.refused,
            cells: records.cells,
            notes: records.notes,
            timelines: records.timelines,
            records: numbers,
            ..Table::with(text.into())
        };
        let names: Vec<String> = match table.records().next() {
            Some(header) => header.cells.iter().map(str::to_owned).collect(),
            None => Vec::new(),
        };
        table.width = names.len();
        table.columns = gathered(names);
        table
    }

    fn with(text: Cow<'f, str>) -> Table<'f> {
        Table {
            encoding: Encoding::Utf8,
            stray_bytes: 0,
            delimiter: Delimiter::Comma,
            columns: Vec::new(),
            width: 0,
            format: None,
            history: History::default(),
            refused: Vec::new(),
            cells: Vec::new(),
            notes: Vec::new(),
            timelines: HashMap::new(),
            records: Vec::new(),
            text,
            start: 0,
        }
    }

    /// The rows under the header, from the first.
    pub fn rows(&self) -> Rows<'_> {
        let mut rows = self.records();
        rows.next();
        rows.numbers = self.records.iter();
        rows
    }

    /// The columns of a name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// How it was read.
    pub fn reading(&self) -> Reading {
        Reading { encoding: Some(self.encoding), delimiter: Some(self.delimiter) }
    }

    /// Whether it was read as a person decided; what is not decided is as it is.
    pub fn is_read_as(&self, asked: Reading) -> bool {
        asked.encoding.is_none_or(|encoding| encoding == self.encoding)
            && asked.delimiter.is_none_or(|delimiter| delimiter == self.delimiter)
    }

    /// The length of the decoded text in bytes, for progress.
    pub fn length(&self) -> usize {
        self.text.len()
    }

    fn records(&self) -> Rows<'_> {
        Rows::new(&self.text, self.start, self.delimiter)
    }
}

/// The rows of a table, each read when it is asked for.
pub struct Rows<'t> {
    reader: csv::Reader<&'t [u8]>,
    text: &'t [u8],
    record: csv::StringRecord,
    counted: usize,
    line: u64,
    start: usize,
    /// The numbers of the records, where the rows have no lines.
    numbers: std::slice::Iter<'t, u32>,
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    /// The line of the file on which it begins, the header's being 1.
    pub line: u64,
    /// Whether a quotation mark opens in this row and is never closed, so that it swallowed the rest of the file.
    pub unclosed: bool,
    cells: &'r csv::StringRecord,
}

impl<'r> Row<'r> {
    /// The cell at a position, empty where the row is too short.
    pub fn cell(&self, position: usize) -> &'r str {
        self.cells.get(position).unwrap_or("")
    }

    /// The field at a position; none where the row is too short.
    pub fn field(&self, position: usize) -> Option<&'r str> {
        self.cells.get(position)
    }

    /// The number of fields, without empty ones behind the header's last.
    pub fn width(&self, header: usize) -> usize {
        let mut width = self.cells.len();
        while width > header && self.cell(width - 1).trim().is_empty() {
            width -= 1;
        }
        width
    }
}

impl<'t> Rows<'t> {
    fn new(text: &'t str, start: usize, delimiter: Delimiter) -> Rows<'t> {
        let text = text.as_bytes();
        let body = text.get(start..).unwrap_or_default();
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter.byte())
            .has_headers(false)
            .flexible(true)
            .from_reader(body);
        Rows {
            reader,
            text,
            record: csv::StringRecord::new(),
            counted: 0,
            line: 1,
            start,
            numbers: [].iter(),
        }
    }

    /// The next row that holds anything; blank lines and lines of empty cells are passed over.
    #[allow(clippy::should_implement_trait, reason = "a row borrows the reader, which Iterator cannot say")]
    pub fn next(&mut self) -> Option<Row<'_>> {
        loop {
            // The text is UTF-8 and rows may be of any length, so that reading from memory cannot fail.
            if !self.reader.read_record(&mut self.record).unwrap_or(false) {
                return None;
            }
            if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                break;
            }
        }
        let begins =
            self.start + self.record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
        let blank = self.text.iter().skip(begins).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let between = self.text.get(self.counted..begins + blank).unwrap_or_default();
        self.line += between.iter().filter(|b| **b == b'\n').count() as u64;
        self.counted = begins + blank;
        let unclosed = self.read_bytes() >= self.text.len() && self.is_unclosed();
        let line = self.numbers.next().map_or(self.line, |number| u64::from(*number));
        Some(Row { line, unclosed, cells: &self.record })
    }

    /// How many bytes of the text are read, for progress.
    pub fn read_bytes(&self) -> usize {
        self.start + usize::try_from(self.reader.position().byte()).unwrap_or(0)
    }

    /// Whether the last record, which reaches the end of the file, has a quotation mark too many and spans lines.
    fn is_unclosed(&self) -> bool {
        let raw = self.text.get(self.counted..).unwrap_or_default();
        let quotes = raw.iter().filter(|b| **b == b'"').count();
        quotes % 2 == 1 && self.record.iter().any(|cell| cell.trim_end().contains('\n'))
    }
}

fn gathered(names: Vec<String>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (position, name) in names.into_iter().enumerate() {
        let name = if name.is_empty() { format!("Column {}", position + 1) } else { name };
        match known.get(&name).and_then(|at| columns.get_mut(*at)) {
            Some(column) => column.positions.push(position),
            None => {
                known.insert(name.clone(), columns.len());
                columns.push(Column { name, positions: vec![position] });
            }
        }
    }
    columns
}

fn encoding_of(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return Encoding::Utf8,
        [0xFF, 0xFE, ..] => return Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    // Text in UTF-16 without a mark: in Western scripts every second byte is zero.
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 > pairs * 4 && even * 10 < pairs {
        return Encoding::Utf16Le;
    }
    if even * 10 > pairs * 4 && odd * 10 < pairs {
        return Encoding::Utf16Be;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Encoding::Utf8;
    }
    // A few stray bytes in a file that is otherwise UTF-8 do not make it cp1252.
    let (mut sequences, mut stray) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += chunk.invalid().len();
    }
    if sequences > stray { Encoding::Utf8 } else { Encoding::Cp1252 }
}

/// The text, and how many bytes the encoding does not have.
fn decode(bytes: &[u8], encoding: Encoding) -> (Cow<'_, str>, usize) {
    match encoding {
        Encoding::Utf8 => {
            let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
            if let Ok(text) = std::str::from_utf8(bytes) {
                return (text.into(), 0);
            }
            let (mut text, mut stray) = (String::with_capacity(bytes.len() + 64), 0);
            for chunk in bytes.utf8_chunks() {
                text.push_str(chunk.valid());
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
                stray += chunk.invalid().len();
            }
            (text.into(), stray)
        }
        Encoding::Utf16Le => replaced(UTF_16LE.decode_with_bom_removal(bytes).0),
        Encoding::Utf16Be => replaced(UTF_16BE.decode_with_bom_removal(bytes).0),
        Encoding::Cp1252 => (WINDOWS_1252.decode_without_bom_handling(bytes).0, 0),
    }
}

fn replaced(text: Cow<'_, str>) -> (Cow<'_, str>, usize) {
    let stray = text.matches('\u{FFFD}').count();
    (text, stray)
}

/// Lines that end as on an old Mac get line feeds, so that lines can be counted.
fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n").into() } else { text }
}

/// The delimiter that Excel's first line `sep=;` names, and where the header begins.
fn separator_line(text: &str) -> (Option<Delimiter>, usize) {
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    let line = text.get(..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
    let said = line.strip_prefix("sep=").and_then(|rest| {
        Delimiter::ALL.into_iter().find(|d| rest.len() == 1 && rest.as_bytes().first() == Some(&d.byte()))
    });
    (said, if said.is_some() { end } else { 0 })
}

/// The delimiter that divides the first lines into the most columns with the fewest exceptions.
fn sniff(body: &str) -> Result<Delimiter, NotATable> {
    const LINES: usize = 200;
    let mut best: Option<(f64, Delimiter)> = None;
    let mut divided = 0;
    for delimiter in Delimiter::ALL {
        let mut rows = Rows::new(body, 0, delimiter);
        let Some(header) = rows.next().map(|row| row.cells.len()) else { continue };
        let (mut count, mut fitting, mut several) = (0usize, 0usize, 0usize);
        while count < LINES
            && let Some(row) = rows.next()
        {
            let width = row.width(header);
            count += 1;
            fitting += usize::from(width == header || (header > 2 && width + 1 == header));
            several += usize::from(row.cells.len() > 1);
        }
        if header == 1 {
            divided = divided.max((several * 100).checked_div(count).unwrap_or(0));
            continue;
        }
        let share = if count == 0 { 1.0 } else { fitting as f64 / count as f64 };
        let score = share * (header as f64).ln();
        if share >= 0.4 && best.is_none_or(|(known, _)| score > known) {
            best = Some((score, delimiter));
        }
    }
    match best {
        Some((_, delimiter)) => Ok(delimiter),
        // One column of titles is a table; prose, whose lines have commas here and there, is not.
        None if divided < 20 && !looks_like_prose(body) => Ok(Delimiter::Comma),
        None => Err(NotATable::NoColumns),
    }
}

/// Whether the first line is a sentence and not the name of a column.
fn looks_like_prose(body: &str) -> bool {
    let first = body.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    first.split_whitespace().count() > 4 || first.ends_with(['.', ':', '!', '?'])
}

fn refuse_other_kinds(bytes: &[u8]) -> Result<(), NotATable> {
    const AS_CSV: &str = "Open it in a spreadsheet program and save the sheet as “CSV UTF-8”.";
    const EXPORT: &str = "Export from the tracker as CSV.";
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let holds = |text: &[u8]| head.windows(text.len()).any(|window| window == text);
    let other = |what, way_out| Err(NotATable::OtherKind { what, way_out });
    match head {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => {
            if holds(b"xl/") || holds(b"[Content_Types].xml") {
                other("an Excel workbook", AS_CSV)
            } else if holds(b"opendocument.spreadsheet") {
                other("an OpenDocument spreadsheet", AS_CSV)
            } else {
                other("a zip archive", "Unpack it first, then import the CSV file inside.")
            }
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => other("an old Excel or Office file", AS_CSV),
        [b'%', b'P', b'D', b'F', ..] => other("a PDF", EXPORT),
        [0x1F, 0x8B, ..] => other("a compressed file", "Unpack it first, then import the CSV file inside."),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            other("a picture", EXPORT)
        }
        _ if head.starts_with(b"SQLite format 3\0") => {
            other("a database", "If it is a team file, open it with Open; it is not imported.")
        }
        _ => {
            let control = |b: &&u8| **b < 32 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0);
            if head.iter().filter(control).count() * 20 > head.len() {
                return other("a program's own binary file", EXPORT);
            }
            Ok(())
        }
    }
}

fn refuse_markup(text: &str) -> Result<(), NotATable> {
    let head: String = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    let other = |what, way_out| Err(NotATable::OtherKind { what, way_out });
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<table") {
        return other(
            "a web page",
            "The tracker may have sent its sign-in page, or an “Excel” export that is HTML. Sign in, then export as CSV.",
        );
    }
    if head.starts_with("<?xml") {
        return other("an XML file", "Export from the tracker as CSV.");
    }
    Ok(())
}

/// Whether a text is JSON: an object or a list from its first sign on.
fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    let inside = text.get(1..).unwrap_or_default().trim_start();
    match text.chars().next() {
        Some('{') => inside.starts_with(['"', '}']),
        Some('[') => inside.starts_with(['{', '[', ']']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn table(bytes: &[u8]) -> Result<Table<'_>, NotATable> {
        Table::read(bytes, Reading::default())
    }

    /// `encoding delimiter | name×n … | line: cell, cell`, or the refusal.
    fn check(bytes: &[u8], expected: Expect) {
        let shown = match table(bytes) {
            Err(why) => format!("{why}. {}", why.way_out()),
            Ok(table) => {
                let mut shown = format!("{:?} {:?} |", table.encoding, table.delimiter);
                for column in &table.columns {
                    shown += &format!(" {}×{}", column.name, column.positions.len());
                }
                let mut rows = table.rows();
                while let Some(row) = rows.next() {
                    let cells: Vec<&str> = row.cells.iter().collect();
                    shown +=
                        &format!(" | {}{}: {cells:?}", row.line, if row.unclosed { " unclosed" } else { "" });
                }
                shown
            }
        };
        expected.assert_eq(&shown);
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn rule_13_1_the_encoding_is_found_out() {
        check(
            "\u{feff}Key,Título\nA-1,Añadir\n".as_bytes(),
            expect![[r#"Utf8 Comma | Key×1 Título×1 | 2: ["A-1", "Añadir"]"#]],
        );
        check(
            b"Key,Title\nA-1,Don\x92t\n",
            expect![[r#"Cp1252 Comma | Key×1 Title×1 | 2: ["A-1", "Don’t"]"#]],
        );
        let text = "Key\tTitle\nA-1,2\t日本\n";
        check(
            &utf16(&format!("\u{feff}{text}"), u16::to_le_bytes),
            expect![[r#"Utf16Le Tab | Key×1 Title×1 | 2: ["A-1,2", "日本"]"#]],
        );
        check(
            &utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
            expect![[r#"Utf16Be Tab | Key×1 Title×1 | 2: ["A-1,2", "日本"]"#]],
        );
        let text = "Key;Title\nA-1;without a mark\n";
        check(
            &utf16(text, u16::to_le_bytes),
            expect![[r#"Utf16Le Semicolon | Key×1 Title×1 | 2: ["A-1", "without a mark"]"#]],
        );
        check(
            &utf16(text, u16::to_be_bytes),
            expect![[r#"Utf16Be Semicolon | Key×1 Title×1 | 2: ["A-1", "without a mark"]"#]],
        );
    }

    #[test]
    fn rule_13_1_one_stray_byte_does_not_spoil_the_rest_of_a_file() {
        let mut bytes = "Key,Title\nA-1,Añadir señal\nA-2,Don".as_bytes().to_vec();
        bytes.extend(b"\x92t\n");
        check(
            &bytes,
            expect![[r#"Utf8 Comma | Key×1 Title×1 | 2: ["A-1", "Añadir señal"] | 3: ["A-2", "Don’t"]"#]],
        );
        assert_eq!(table(&bytes).unwrap().stray_bytes, 1);
    }

    #[test]
    fn a_person_can_say_otherwise() {
        let reading = Reading { encoding: Some(Encoding::Cp1252), delimiter: Some(Delimiter::Pipe) };
        let table = Table::read("Key|Títle\nA|B\n".as_bytes(), reading).unwrap();
        assert_eq!(table.columns.last().unwrap().name, "TÃ\u{ad}tle");
        assert_eq!((table.encoding, table.delimiter, table.width), (Encoding::Cp1252, Delimiter::Pipe, 2));
    }

    #[test]
    fn rule_13_1_the_delimiter_is_found_out() {
        check(
            b"a;b;c\n1,5;2;3\n\"x;y\";2,5;3\n",
            expect![[r#"Utf8 Semicolon | a×1 b×1 c×1 | 2: ["1,5", "2", "3"] | 3: ["x;y", "2,5", "3"]"#]],
        );
        check(b"a|b\n1|x, y, z\n", expect![[r#"Utf8 Pipe | a×1 b×1 | 2: ["1", "x, y, z"]"#]]);
        check(
            b"sep=;\r\nTitle;Key\r\nx;1\r\n",
            expect![[r#"Utf8 Semicolon | Title×1 Key×1 | 3: ["x", "1"]"#]],
        );
        check(b"Title\nFirst\nSecond\n", expect![[r#"Utf8 Comma | Title×1 | 2: ["First"] | 3: ["Second"]"#]]);
    }

    #[test]
    fn rows_know_their_line_in_the_file() {
        check(
            b"Key,Text\r\nA,\"two\r\nlines\"\r\n\r\nB,x\r\n,\r\nC,y",
            expect![[
                r#"Utf8 Comma | Key×1 Text×1 | 2: ["A", "two\r\nlines"] | 5: ["B", "x"] | 7: ["C", "y"]"#
            ]],
        );
        check(
            b"Key,Text\rA,x\rB,y\r",
            expect![[r#"Utf8 Comma | Key×1 Text×1 | 2: ["A", "x"] | 3: ["B", "y"]"#]],
        );
    }

    #[test]
    fn rule_13_1_repeated_columns_are_gathered_and_unnamed_ones_numbered() {
        check(
            b"Key,Sprint,,Sprint,Comment\nA,1,x,2,c\n",
            expect![[r#"Utf8 Comma | Key×1 Sprint×2 Column 3×1 Comment×1 | 2: ["A", "1", "x", "2", "c"]"#]],
        );
    }

    #[test]
    fn rule_13_1_two_thousand_columns_are_no_trouble() {
        let names: Vec<String> = (0..2261).map(|n| format!("Field {}", n % 1656)).collect();
        let cells: Vec<String> = (0..2261).map(|n| n.to_string()).collect();
        let text = format!("{}\n{}\n", names.join(","), cells.join(","));
        let table = table(text.as_bytes()).unwrap();
        assert_eq!((table.width, table.columns.len()), (2261, 1656));
        assert_eq!(table.column("Field 604").unwrap().positions, [604, 2260]);
        assert_eq!(table.rows().next().unwrap().cell(2260), "2260");
    }

    #[test]
    fn rule_13_1_a_row_may_be_shorter_or_longer() {
        let table = table(b"a,b,c\n1,2\n1,2,3,,\n1,2,3,4\n").unwrap();
        let mut rows = table.rows();
        let mut width = || rows.next().unwrap().width(3);
        assert_eq!((width(), width(), width()), (2, 3, 4));
    }

    #[test]
    fn a_quotation_mark_that_never_closes_is_seen() {
        check(
            b"Key,Title\nA,x\nB,\"oh\nC,y\n",
            expect![[r#"Utf8 Comma | Key×1 Title×1 | 2: ["A", "x"] | 3 unclosed: ["B", "oh\nC,y\n"]"#]],
        );
    }

    #[test]
    fn what_is_no_table_is_refused_with_a_way_out() {
        check(
            b"",
            expect![
                "the file is empty. Export again, and look at the file in a text editor before importing it."
            ],
        );
        check(
            b"\xEF\xBB\xBF \r\n",
            expect![
                "the file is empty. Export again, and look at the file in a text editor before importing it."
            ],
        );
        check(
            b"Key,Title\n",
            expect![
                "the file has a header and no rows under it. Export again with a filter that finds something."
            ],
        );
        check(
            b"PK\x03\x04\x14\0\x06\0[Content_Types].xml",
            expect![
                "this is an Excel workbook, not a delimited text file. Open it in a spreadsheet program and save the sheet as “CSV UTF-8”."
            ],
        );
        check(
            b"%PDF-1.7\n",
            expect!["this is a PDF, not a delimited text file. Export from the tracker as CSV."],
        );
        check(
            b"<!DOCTYPE html><html><body>Sign in</body></html>",
            expect![
                "this is a web page, not a delimited text file. The tracker may have sent its sign-in page, or an “Excel” export that is HTML. Sign in, then export as CSV."
            ],
        );
        check(
            b"[{\"key\": \"A-1\", \"title\": \"x\"}]\n",
            expect![
                "this is JSON, but of no tracker that is known. Known are answers of Jira’s REST interface, boards of Trello, issues of GitHub, and incidents of PagerDuty and Opsgenie. Export from the tracker as CSV."
            ],
        );
        check(
            b"SQLite format 3\0....",
            expect![
                "this is a database, not a delimited text file. If it is a team file, open it with Open; it is not imported."
            ],
        );
        check(
            b"This is a letter.\nIt has lines, and commas, here.\nAnd more, of it.\n",
            expect![
                "no comma, semicolon, tab or bar divides the lines of this file into columns. Export as CSV, with one line of column names at the top, or choose the delimiter by hand."
            ],
        );
        check(
            b"\x01\x02\x03\x04\x05\x06\x07\x08",
            expect![
                "this is a program's own binary file, not a delimited text file. Export from the tracker as CSV."
            ],
        );
    }
}
