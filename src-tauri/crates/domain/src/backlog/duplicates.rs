//! Titles that are nearly the same.
//!
//! 1. Two titles are as alike as their words: each word of one is held against the nearest of the other, by its letters
//!    in their order; a longer word weighs more. The order of words, capitals and signs between them do not matter.
//! 2. Titles that differ in a number are not alike: “Step 1” is not “Step 2”.
//! 3. Not all are held against all. Only titles are compared that share the beginnings of at least half of the words;
//!    these are found by the rarest of them, because whoever shares half shares one of those. A beginning that stands
//!    in more than one of twenty titles says little, and is passed over where a title has others.
//! 4. Likeness proposes; people decide.

use std::collections::HashMap;
use std::hash::Hash;

/// How alike two titles are, from 0 to 1.
pub type Likeness = f64;

/// From here on two titles are proposed as duplicates.
pub const NEAR: Likeness = 0.85;

/// Words that are less alike than this have nothing in common.
const SAME_WORD: f64 = 0.8;

/// How many letters of a word are its beginning.
const BEGINNING: usize = 4;

/// So many titles, and one of so many, make a beginning common.
const COMMON: (usize, usize) = (50, 20);

/// The most titles with which one is compared.
const MOST_COMPARED: usize = 64;

/// Titles, ready to be compared.
pub struct Titles<K> {
    titles: Vec<Title<K>>,
    /// For each beginning of a word the titles that have it.
    with: Vec<Vec<u32>>,
    beginnings: HashMap<String, u32>,
}

struct Title<K> {
    key: K,
    words: Vec<String>,
    /// The beginnings of its words that say something, each once, rarest first.
    beginnings: Vec<u32>,
}

/// Two titles that are nearly the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near<K> {
    /// The one that came first.
    pub one: K,
    /// The other.
    pub other: K,
    /// How alike they are.
    pub likeness: Likeness,
}

impl<K: Copy + Eq + Hash> Titles<K> {
    /// Takes titles in their order.
    pub fn new<'t>(titles: impl IntoIterator<Item = (K, &'t str)>) -> Titles<K> {
        let mut all = Titles { titles: Vec::new(), with: Vec::new(), beginnings: HashMap::new() };
        for (key, title) in titles {
            let at = all.titles.len() as u32;
            let words = words(title);
            let mut beginnings: Vec<u32> = Vec::with_capacity(words.len());
            for word in &words {
                let fresh = all.with.len() as u32;
                let beginning = *all.beginnings.entry(beginning(word)).or_insert(fresh);
                if beginning == fresh {
                    all.with.push(Vec::new());
                }
                if !beginnings.contains(&beginning) {
                    beginnings.push(beginning);
                    all.with[beginning as usize].push(at);
                }
            }
            all.titles.push(Title { key, words, beginnings });
        }
        let mut titles = std::mem::take(&mut all.titles);
        let count = titles.len();
        for title in &mut titles {
            all.rarest_first(&mut title.beginnings, count);
        }
        all.titles = titles;
        all
    }

    /// Puts beginnings in order, and leaves out the common ones where there are others.
    fn rarest_first(&self, beginnings: &mut Vec<u32>, titles: usize) {
        let uses = |beginning: &u32| self.with[*beginning as usize].len();
        beginnings.sort_by_key(|beginning| (uses(beginning), *beginning));
        let telling = beginnings.partition_point(|one| uses(one) <= COMMON.0.max(titles / COMMON.1));
        beginnings.truncate(telling.max(1));
    }

    /// The titles that are nearly the same as one that need not be among them, the nearest first.
    pub fn near(&self, title: &str) -> Vec<(K, Likeness)> {
        let words = words(title);
        let mut distinct: Vec<String> = words.iter().map(|word| beginning(word)).collect();
        distinct.sort();
        distinct.dedup();
        let mut known: Vec<u32> =
            distinct.iter().filter_map(|one| self.beginnings.get(one).copied()).collect();
        let unknown = distinct.len() - known.len();
        self.rarest_first(&mut known, self.titles.len());
        let of = known.len() + unknown;
        let mut near: Vec<(K, Likeness)> = self
            .sharing(&known, of, self.titles.len(), &mut HashMap::new())
            .into_iter()
            .map(|at| (self.titles[at as usize].key, of_words(&words, &self.titles[at as usize].words)))
            .filter(|(_, likeness)| *likeness >= NEAR)
            .collect();
        near.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        near
    }

    /// All pairs that are nearly the same, the nearest first; `step` hears how many titles were looked at, and may stop.
    pub fn pairs<E>(&self, mut step: impl FnMut(usize, usize) -> Result<(), E>) -> Result<Vec<Near<K>>, E> {
        let mut pairs = Vec::new();
        let mut shared = HashMap::new();
        for (at, title) in self.titles.iter().enumerate() {
            if at % 256 == 0 {
                step(at, self.titles.len())?;
            }
            for other in self.sharing(&title.beginnings, title.beginnings.len(), at, &mut shared) {
                let other = &self.titles[other as usize];
                let likeness = of_words(&title.words, &other.words);
                if likeness >= NEAR {
                    pairs.push(Near { one: other.key, other: title.key, likeness });
                }
            }
        }
        step(self.titles.len(), self.titles.len())?;
        pairs.sort_by(|one, other| other.likeness.total_cmp(&one.likeness));
        Ok(pairs)
    }

    /// Titles before a place that share at least half of some beginnings, which stand rarest first (rule 3).
    fn sharing(
        &self,
        beginnings: &[u32],
        of: usize,
        before: usize,
        shared: &mut HashMap<u32, u32>,
    ) -> Vec<u32> {
        let half = of.div_ceil(2);
        // Whoever shares half of them has one of these: no more than half less one are left over.
        let rare = beginnings.len().saturating_sub(half.saturating_sub(1)).max(1);
        shared.clear();
        for beginning in beginnings.iter().take(rare) {
            for at in &self.with[*beginning as usize] {
                if (*at as usize) < before {
                    *shared.entry(*at).or_default() += 1;
                }
            }
        }
        for (at, count) in shared.iter_mut() {
            let own = &self.titles[*at as usize].beginnings;
            *count += beginnings.iter().skip(rare).filter(|one| own.contains(one)).count() as u32;
        }
        let mut found: Vec<(u32, u32)> = shared
            .iter()
            .filter(|(_, count)| **count as usize >= half)
            .map(|(at, count)| (*at, *count))
            .collect();
        found.sort_unstable_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        found.truncate(MOST_COMPARED);
        found.into_iter().map(|(at, _)| at).collect()
    }
}

/// How alike two titles are.
pub fn likeness(one: &str, other: &str) -> Likeness {
    of_words(&words(one), &words(other))
}

/// The words of a title, in lower case.
fn words(title: &str) -> Vec<String> {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn beginning(word: &str) -> String {
    word.chars().take(BEGINNING).collect()
}

fn of_words(one: &[String], other: &[String]) -> Likeness {
    let is_number = |word: &&String| word.chars().any(|c| c.is_ascii_digit());
    let numbers = |words: &[String]| {
        let mut numbers: Vec<String> = words.iter().filter(is_number).cloned().collect();
        numbers.sort();
        numbers
    };
    if numbers(one) != numbers(other) {
        return 0.0;
    }
    // Each side is summed by itself, so that it comes to the same whichever is first.
    let (mine, theirs) = (common(one, other), common(other, one));
    let letters = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    let all = letters(one) + letters(other);
    if all == 0 { 0.0 } else { (mine + theirs) / all as f64 }
}

/// How many letters of words have something like them among other words.
fn common(words: &[String], among: &[String]) -> f64 {
    let nearest = |word: &String| among.iter().map(|other| of_word(word, other)).fold(0.0, f64::max);
    words.iter().map(|word| word.chars().count() as f64 * nearest(word)).sum()
}

fn of_word(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    // What is next to never alike is not measured.
    if one.chars().next() != other.chars().next() {
        return 0.0;
    }
    let alike = strsim::jaro_winkler(one, other);
    if alike >= SAME_WORD { alike } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn percent(one: &str, other: &str) -> i64 {
        (likeness(one, other) * 100.0).round() as i64
    }

    #[test]
    fn rule_1_titles_are_as_alike_as_their_words() {
        assert_eq!(percent("Retry failed card payments", "retry: failed card payments!"), 100);
        assert_eq!(percent("Card payments, retry failed", "Retry failed card payments"), 100);
        assert!(percent("Retry failed card payments", "Retry failing card payment") >= 85);
        assert!(percent("The login fails", "Login fails") >= 85);
        assert!(percent("Pay by card", "Pay by bank card") < 85);
        assert!(percent("Add index to orders table", "Add index to users table") < 85);
        assert_eq!(percent("", "x"), 0);
    }

    #[test]
    fn rule_2_titles_that_differ_in_a_number_are_not_alike() {
        assert_eq!(percent("Migrate to Postgres 16", "Migrate to Postgres 17"), 0);
        assert_eq!(percent("Migrate to Postgres 16", "migrate to postgres 16"), 100);
    }

    #[test]
    fn pairs_come_nearest_first_and_the_work_can_be_stopped() {
        let titles =
            ["Retry failed card payments", "Export orders", "Retry failing card payments", "export ORDERS"];
        let all = Titles::new(titles.iter().enumerate().map(|(at, title)| (at, *title)));
        let pairs = all.pairs(|_, _| Ok::<(), ()>(())).unwrap();
        let found: Vec<(usize, usize)> = pairs.iter().map(|pair| (pair.one, pair.other)).collect();
        assert_eq!(found, [(1, 3), (0, 2)]);
        assert_eq!(all.near("orders export").first().map(|(key, _)| *key), Some(1));
        assert_eq!(all.pairs(|_, _| Err("stopped")), Err("stopped"));
    }

    #[test]
    fn likeness_is_the_same_whichever_title_is_first() {
        let (one, other) = ("orders cards cards export card", "export orders card payments export");
        assert_eq!(likeness(one, other).to_bits(), likeness(other, one).to_bits());
    }

    proptest! {
        #[test]
        fn rule_3_who_shares_half_of_the_beginnings_is_found_as_by_comparing_all(
            titles in prop::collection::vec(
                prop::collection::vec(prop::sample::select(vec![
                    "retry", "retries", "failed", "failing", "card", "cards", "payment", "payments", "export", "orders",
                ]), 1..6),
                0..30,
            )
        ) {
            let titles: Vec<String> = titles.into_iter().map(|words| words.join(" ")).collect();
            let all = Titles::new(titles.iter().enumerate().map(|(at, title)| (at, title.as_str())));
            let mut found: Vec<(usize, usize)> =
                all.pairs(|_, _| Ok::<(), ()>(())).unwrap().iter().map(|pair| (pair.one, pair.other)).collect();
            found.sort_unstable();
            let beginnings = |title: &str| {
                let mut all: Vec<String> = words(title).iter().map(|word| beginning(word)).collect();
                all.sort();
                all.dedup();
                all
            };
            let mut expected = Vec::new();
            for other in 0..titles.len() {
                for one in 0..other {
                    let (mine, theirs) = (beginnings(&titles[other]), beginnings(&titles[one]));
                    let shared = mine.iter().filter(|beginning| theirs.contains(beginning)).count();
                    if shared * 2 >= mine.len() && likeness(&titles[one], &titles[other]) >= NEAR {
                        expected.push((one, other));
                    }
                }
            }
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
