//! The words of the items, held in memory beside the order: a search costs what it answers.
//!
//! 1. They are the search index's own, read by their first letter when somebody first asks for it. So every script is
//!    taken apart and folded by one tokenizer, and nobody waits for more than a letter.
//! 2. An item whose words change is read again before the next search, and what its letters said of it is void; when
//!    many change, all letters are forgotten.
//! 3. Every word that is asked for is a word of the item; the last one may go on, unless the text does.

use super::order::{Rows, Slots};
use crate::Result;
use rusqlite::{Connection, OptionalExtension, named_params};
use std::collections::HashMap;

/// The words that were asked for so far.
#[derive(Default)]
pub(super) struct Words {
    letters: HashMap<char, Letter>,
    /// The words of items that the letters do not know, or not any more, by row; none before they are read.
    apart: HashMap<i64, Option<Vec<String>>>,
}

/// A word that is asked for, as the search index knows it.
pub(super) struct Asked {
    word: String,
    goes_on: bool,
}

impl Words {
    const MOST_APART: usize = 256;

    /// Hears that the words of items changed, by their rows.
    pub fn changed(&mut self, rows: &[i64]) {
        if self.letters.is_empty() {
            return;
        }
        self.apart.extend(rows.iter().map(|row| (*row, None)));
        if self.apart.len() > Words::MOST_APART {
            *self = Words::default();
        }
    }

    /// Which part each slot has of some words, from 0 to 1: a rare word weighs more, by the logarithm of how rare it is.
    pub fn weigh(
        &mut self,
        connection: &Connection,
        asked: &[Asked],
        slots: &Rows,
        items: usize,
    ) -> Result<HashMap<u32, f64>> {
        let mut weights: HashMap<u32, f64> = HashMap::new();
        let mut all = 0.0;
        for word in asked {
            let found = self.find(connection, std::slice::from_ref(word), slots)?;
            let weight = (1.0 + items as f64 / found.iter().count().max(1) as f64).ln();
            all += weight;
            for slot in found.iter() {
                *weights.entry(slot).or_default() += weight;
            }
        }
        weights.values_mut().for_each(|weight| *weight /= all.max(f64::MIN_POSITIVE));
        Ok(weights)
    }

    /// The slots of the items that have all of some words.
    pub fn find(&mut self, connection: &Connection, asked: &[Asked], slots: &Rows) -> Result<Slots> {
        for letter in asked.iter().filter_map(Asked::letter) {
            if !self.letters.contains_key(&letter) {
                let read = Letter::read(connection, letter, &mut self.apart)?;
                self.letters.insert(letter, read);
            }
        }
        for (row, words) in &mut self.apart {
            if words.is_none() {
                *words = Some(words_of_item(connection, *row)?);
            }
        }
        let mut found: Option<Slots> = None;
        for asked in asked {
            let mut here = Slots::default();
            let letter = asked.letter().and_then(|letter| self.letters.get(&letter));
            for row in letter.map_or(&[][..], |letter| letter.rows(asked)) {
                if let Some(slot) = slots.get(i64::from(*row)) {
                    here.insert(slot);
                }
            }
            for (row, words) in &self.apart {
                if let Some(slot) = slots.get(*row) {
                    here.remove(slot);
                    if words.as_ref().is_some_and(|words| asked.is_in(words)) {
                        here.insert(slot);
                    }
                }
            }
            found = Some(match found {
                None => here,
                Some(found) => found.and(&here),
            });
        }
        Ok(found.unwrap_or_default())
    }
}

impl Asked {
    /// The words of a text; none where the search index takes one of them for several or for none, as it does in some
    /// scripts.
    pub fn read(connection: &Connection, text: &str) -> Result<Option<Vec<Asked>>> {
        let mut asked = Vec::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let word = if word.is_ascii() {
                word.to_ascii_lowercase()
            } else {
                let mut words = taken_apart(connection, word)?;
                match words.pop() {
                    Some((word, 1)) if words.is_empty() => word,
                    _ => return Ok(None),
                }
            };
            asked.push(Asked { word, goes_on: false });
        }
        if let Some(last) = asked.last_mut() {
            last.goes_on = text.ends_with(char::is_alphanumeric);
        }
        Ok(Some(asked))
    }

    /// The same words, each once and none going on.
    pub fn whole(mut asked: Vec<Asked>) -> Vec<Asked> {
        asked.iter_mut().for_each(|word| word.goes_on = false);
        asked.sort_by(|one, other| one.word.cmp(&other.word));
        asked.dedup_by(|one, other| one.word == other.word);
        asked
    }

    fn letter(&self) -> Option<char> {
        self.word.chars().next()
    }

    fn fits(&self, word: &str) -> bool {
        if self.goes_on { word.starts_with(&self.word) } else { word == self.word }
    }

    /// Whether it is among words in their order.
    fn is_in(&self, words: &[String]) -> bool {
        let at = words.partition_point(|word| *word < self.word);
        words.get(at).is_some_and(|word| self.fits(word))
    }
}

/// The words that begin with one letter, in their order, and the rows of the items that have them.
#[derive(Default)]
struct Letter {
    text: String,
    rows: Vec<u32>,
    /// Where each word ends in the text, and where its rows end.
    ends: Vec<(usize, usize)>,
}

impl Letter {
    /// Reads a letter; what has a row that a letter cannot hold stands apart.
    fn read(
        connection: &Connection,
        letter: char,
        apart: &mut HashMap<i64, Option<Vec<String>>>,
    ) -> Result<Letter> {
        connection.execute_batch(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.item_word USING fts5vocab (main, item_search, instance)",
        )?;
        let mut select = connection.prepare_cached(
            "SELECT term, doc
               FROM temp.item_word
              WHERE term >= :from AND term < :to
              ORDER BY term",
        )?;
        let (from, to) = (letter.to_string(), format!("{letter}\u{10FFFF}"));
        let mut rows = select.query(named_params! { ":from": from, ":to": to })?;
        let mut read = Letter::default();
        while let Some(row) = rows.next()? {
            let word = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            if read.ends.is_empty() || read.word(read.ends.len() - 1) != word {
                read.text.push_str(word);
                read.ends.push((read.text.len(), read.rows.len()));
            }
            match u32::try_from(row.get::<_, i64>(1)?) {
                Ok(row) => read.rows.push(row),
                Err(_) => {
                    apart.entry(row.get(1)?).or_default();
                }
            }
            if let Some(end) = read.ends.last_mut() {
                end.1 = read.rows.len();
            }
        }
        read.text.shrink_to_fit();
        read.rows.shrink_to_fit();
        read.ends.shrink_to_fit();
        Ok(read)
    }

    /// The rows of the items that have a word; one may stand there twice.
    fn rows(&self, asked: &Asked) -> &[u32] {
        let from = self.first(|word| word < asked.word.as_str());
        let to = self.first(|word| word < asked.word.as_str() || asked.fits(word));
        let end = |words: usize| words.checked_sub(1).map_or(0, |last| self.ends[last].1);
        &self.rows[end(from)..end(to)]
    }

    /// How many words stand before the first for which something is not so.
    fn first(&self, is_so: impl Fn(&str) -> bool) -> usize {
        let (mut from, mut to) = (0, self.ends.len());
        while from < to {
            let middle = (from + to) / 2;
            if is_so(self.word(middle)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    fn word(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].0);
        &self.text[start..self.ends[at].0]
    }
}

/// The words of an item, in their order.
fn words_of_item(connection: &Connection, row: i64) -> Result<Vec<String>> {
    let mut select =
        connection.prepare_cached("SELECT title || char(10) || description FROM item WHERE row = :row")?;
    let text: Option<String> =
        select.query_row(named_params! { ":row": row }, |row| row.get(0)).optional()?;
    let words = text.map_or_else(|| Ok(Vec::new()), |text| taken_apart(connection, &text))?;
    Ok(words.into_iter().map(|(word, _)| word).collect())
}

/// The words of a text as the search index knows them, in their order, each with how often it stands there.
fn taken_apart(connection: &Connection, text: &str) -> Result<Vec<(String, i64)>> {
    connection.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.one_text USING fts5 (
             text, content = '', tokenize = 'unicode61 remove_diacritics 2'
         );
         CREATE VIRTUAL TABLE IF NOT EXISTS temp.one_text_word USING fts5vocab (temp, one_text, row);
         INSERT INTO temp.one_text (one_text) VALUES ('delete-all')",
    )?;
    connection
        .prepare_cached("INSERT INTO temp.one_text (rowid, text) VALUES (1, :text)")?
        .execute(named_params! { ":text": text })?;
    let mut select = connection.prepare_cached("SELECT term, cnt FROM temp.one_text_word ORDER BY term")?;
    let words = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(words.collect::<Result<_, _>>()?)
}
