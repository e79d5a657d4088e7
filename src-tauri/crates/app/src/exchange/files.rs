//! Several files as one attachment, and which of them belong together.
//!
//! 1. Files are packed one after the other with their names; a single file is itself.
//! 2. JSON files of one tracker are one export, whatever they hold of it, and so are postmortems in Markdown; any other
//!    file is an export by itself.
//! 3. Every file is listed with what became of it; one that cannot be read does not keep the others from being read.

use super::incidents;
use super::json;
use super::table::{Reading, Table};
use crate::contract::Context;
use crate::error::{AppError, sentence};
use serde::Serialize;
use std::borrow::Cow;
use ts_rs::TS;

/// How the files end that may be exports, in small letters: those of a folder are taken.
pub const ENDINGS: [&str; 9] = ["csv", "tsv", "txt", "json", "md", "mdx", "mdxx", "yaml", "yml"];

/// The first bytes of packed files; no file that people export begins so.
const MARK: &[u8] = b"\0Evenkeel files\0";

/// Packs files, each with its name.
pub fn pack<N: AsRef<str>, B: AsRef<[u8]>>(files: &[(N, B)]) -> Vec<u8> {
    let mut packed = MARK.to_vec();
    for (name, bytes) in files {
        for part in [name.as_ref().as_bytes(), bytes.as_ref()] {
            packed.extend((part.len() as u64).to_le_bytes());
            packed.extend(part);
        }
    }
    packed
}

/// The files that were packed, with their names; none where it is a single file.
pub fn unpack(bytes: &[u8]) -> Option<Vec<(&str, &[u8])>> {
    let mut rest = bytes.strip_prefix(MARK)?;
    let mut files = Vec::new();
    while !rest.is_empty() {
        let name = std::str::from_utf8(part(&mut rest)?).ok()?;
        files.push((name, part(&mut rest)?));
    }
    Some(files)
}

fn part<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let (length, behind) = rest.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let part = behind.get(..length)?;
    *rest = behind.get(length..)?;
    Some(part)
}

/// What belongs together among the attached files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportFiles")]
pub struct Files {
    /// The exports, in the order of their first files.
    pub exports: Vec<FilesOf>,
}

/// The files of one export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportFilesOf")]
pub struct FilesOf {
    /// The names of its files.
    pub names: Vec<String>,
    /// The tracker that wrote them, where it is known.
    pub tracker: Option<String>,
    /// Why it cannot be read, and what to do; none where it can.
    pub refused: Option<String>,
}

/// One export among the attached files.
pub(super) struct Export<'c> {
    /// The names of its files; empty for a single file, whose name only the caller knows.
    pub names: Vec<&'c str>,
    /// Its bytes: of one file, or packed.
    pub bytes: Cow<'c, [u8]>,
}

impl Export<'_> {
    /// The names of its files, as a sentence begins with them.
    pub fn named(&self) -> String {
        if self.names.is_empty() { "The file".to_owned() } else { self.names.join(", ") }
    }
}

/// The exports among the attached files.
pub(super) fn exports<'c>(context: &Context<'c>) -> Result<Vec<Export<'c>>, AppError> {
    let bytes = context.attached()?;
    let Some(files) = unpack(bytes) else {
        return Ok(vec![Export { names: Vec::new(), bytes: Cow::Borrowed(bytes) }]);
    };
    type Of<'c> = (Option<json::Format>, Vec<(&'c str, &'c [u8])>);
    let mut groups: Vec<Of<'c>> = Vec::new();
    for (name, bytes) in files {
        let format = std::str::from_utf8(bytes).ok().and_then(|text| match incidents::is_postmortem(text) {
            true => Some(json::Format::Postmortems),
            false => json::format(text),
        });
        match groups.iter_mut().find(|(known, _)| format.is_some() && *known == format) {
            Some((_, files)) => files.push((name, bytes)),
            None => groups.push((format, vec![(name, bytes)])),
        }
    }
    let export = |(_, files): Of<'c>| Export {
        names: files.iter().map(|(name, _)| *name).collect(),
        bytes: match files[..] {
            [(_, bytes)] => Cow::Borrowed(bytes),
            _ => Cow::Owned(pack(&files)),
        },
    };
    Ok(groups.into_iter().map(export).collect())
}

/// One of the exports among the attached files.
pub(super) fn export<'c>(context: &Context<'c>, at: u32) -> Result<Export<'c>, AppError> {
    let mut exports = exports(context)?;
    let at = at as usize;
    if at >= exports.len() {
        return Err(too_few());
    }
    Ok(exports.swap_remove(at))
}

pub(super) fn too_few() -> AppError {
    AppError::refused("There are fewer files than that.", "Choose the files again.")
}

/// Says of each export what wrote it.
pub(super) fn files(context: &Context<'_>) -> Result<Files, AppError> {
    let said = |export: Export<'_>| {
        let table = Table::read(&export.bytes, Reading::default());
        let names = export.names.iter().map(|name| (*name).to_owned()).collect();
        match table {
            Ok(table) => {
                let tracker = super::mapping::tracker(&table).map(str::to_owned);
                FilesOf { names, tracker, refused: None }
            }
            Err(why) => {
                let refused =
                    format!("{}. {}", sentence(&why.to_string()).trim_end_matches('.'), why.way_out());
                FilesOf { names, tracker: None, refused: Some(refused) }
            }
        }
    };
    Ok(Files { exports: exports(context)?.into_iter().map(said).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let files = [("a.csv", &b"Key,Title\n"[..]), ("empty", b""), ("ä.json", b"[]")];
        let packed = pack(&files);
        assert_eq!(unpack(&packed).unwrap(), files);
        assert_eq!(unpack(b"Key,Title\nA-1,x\n"), None);
        assert_eq!(unpack(packed.get(..packed.len() - 1).unwrap()), None, "what is cut off is no pack");
    }
}
