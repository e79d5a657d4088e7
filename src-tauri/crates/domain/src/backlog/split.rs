//! Splitting an item.
//!
//! 1. The item keeps its history, its links, its labels and its keys elsewhere; the new items get titles and sizes of
//!    their own, and its kind, severity and labels.
//! 2. Parts below it are its parts: it is not selected any more, and its own size counts nowhere (1.1). There are two at
//!    least; one part would be the item itself.
//! 3. Items beside it take some of its work; it goes on with what is left, and may get another size.
//! 4. In a running Sprint each change of scope is a fact: parts that come in have an origin, and an item that gets parts
//!    leaves (3.4).

use crate::measures::Size;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the new items of a split belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SplitPlace {
    /// Below the item: they are its parts.
    Below,
    /// Beside the item: they take some of its work.
    Beside,
}

/// A new item of a split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPart {
    /// Its title.
    pub title: String,
    /// Its size; none is unsized.
    pub size: Option<Size>,
}

/// Why an item is not split.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SplitRefused {
    /// It is done or cancelled.
    #[error("{label} has ended")]
    Ended {
        /// The item.
        label: String,
    },
    /// There are too few new items (rule 2).
    #[error("it takes at least {least} to split {label}")]
    TooFew {
        /// The item.
        label: String,
        /// How many are needed, in words.
        least: &'static str,
    },
    /// A new item has no title, or one of several lines.
    #[error("part {number} needs a title of one line")]
    NoTitle {
        /// Which, from 1.
        number: usize,
    },
}

/// Checks what an item is split into.
pub fn check_split(
    label: &str,
    ended: bool,
    place: SplitPlace,
    parts: &[NewPart],
) -> Result<(), SplitRefused> {
    if ended {
        return Err(SplitRefused::Ended { label: label.to_owned() });
    }
    let (few, least) = match place {
        SplitPlace::Below => (parts.len() < 2, "two parts"),
        SplitPlace::Beside => (parts.is_empty(), "one new item"),
    };
    if few {
        return Err(SplitRefused::TooFew { label: label.to_owned(), least });
    }
    let untitled = |part: &NewPart| part.title.trim().is_empty() || part.title.trim().contains(['\n', '\r']);
    match parts.iter().position(untitled) {
        Some(at) => Err(SplitRefused::NoTitle { number: at + 1 }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(place: SplitPlace, titles: &[&str]) -> String {
        let parts: Vec<NewPart> =
            titles.iter().map(|title| NewPart { title: (*title).to_owned(), size: None }).collect();
        check_split("T-3", false, place, &parts)
            .map_or_else(|refused| refused.to_string(), |()| "fine".into())
    }

    #[test]
    fn rule_2_parts_below_are_two_at_least_and_have_titles() {
        assert_eq!(check(SplitPlace::Below, &["a", "b"]), "fine");
        assert_eq!(check(SplitPlace::Below, &["a"]), "it takes at least two parts to split T-3");
        assert_eq!(check(SplitPlace::Below, &["a", "  "]), "part 2 needs a title of one line");
        assert_eq!(check(SplitPlace::Below, &["a\nb", "c"]), "part 1 needs a title of one line");
    }

    #[test]
    fn rule_3_one_item_beside_is_enough_and_what_has_ended_stays_whole() {
        assert_eq!(check(SplitPlace::Beside, &["a"]), "fine");
        assert_eq!(check(SplitPlace::Beside, &[]), "it takes at least one new item to split T-3");
        let ended = check_split("T-3", true, SplitPlace::Beside, &[]);
        assert_eq!(ended, Err(SplitRefused::Ended { label: "T-3".into() }));
    }
}
