//! The place of an item in the Product Backlog, as a fraction.
//!
//! 1. Between any two ranks there is another one, so that moving an item writes one row.
//! 2. A rank is text over `0-9A-Za-z` that compares by bytes and never ends in `0`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use ts_rs::TS;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A place in an order: the digits of a fraction between 0 and 1, in base 62.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(type = "string")]
pub struct Rank(String);

/// A text that is no rank.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not a rank")]
pub struct RankRefused {
    /// The text.
    pub text: String,
}

impl Rank {
    /// A rank between two others, as short as can be; an open end stands for the start or the end of the order.
    ///
    /// Where the two are equal or the wrong way round, the rank comes right after the lower one.
    pub fn between(below: Option<&Rank>, above: Option<&Rank>) -> Rank {
        Rank::spread(below, above, 1).pop().unwrap_or_else(|| Rank("U".into()))
    }

    /// A number of ranks between two others, in order: evenly spread, but close by where one end is open, so that
    /// adding at the top or at the bottom for years keeps ranks short.
    pub fn spread(below: Option<&Rank>, above: Option<&Rank>, count: usize) -> Vec<Rank> {
        let low = below.map_or(&[][..], |rank| rank.0.as_bytes());
        let high = above.map(|rank| rank.0.as_bytes()).filter(|high| *high > low);
        let open = if below.is_some() == high.is_some() {
            Open::Neither
        } else if high.is_some() {
            Open::Below
        } else {
            Open::Above
        };
        let least = if open == Open::Neither { 1 } else { OPEN_LENGTH };
        let mut length = low.len().max(high.map_or(0, <[u8]>::len)).max(least);
        loop {
            let (from, to) = (digits(low, length), high.map(|high| digits(high, length)));
            if let Some(ranks) = spread_between(&from, to.as_deref(), count, open) {
                return ranks;
            }
            length += 1;
        }
    }

    /// The text, as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Rank {
    type Err = RankRefused;
    fn from_str(text: &str) -> Result<Rank, RankRefused> {
        let fits =
            !text.is_empty() && !text.ends_with('0') && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if fits { Ok(Rank(text.to_owned())) } else { Err(RankRefused { text: text.to_owned() }) }
    }
}

fn value(digit: u8) -> u32 {
    DIGITS.iter().position(|d| *d == digit).unwrap_or(0) as u32
}

fn digits(text: &[u8], length: usize) -> Vec<u32> {
    (0..length).map(|n| text.get(n).map_or(0, |digit| value(*digit))).collect()
}

/// Which end of a gap is open: beyond it there is no other rank.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Neither,
    Below,
    Above,
}

/// At an open end ranks have this many digits and keep a distance of [`OPEN_STEP`]: room for 100,000 on either side of the middle.
const OPEN_LENGTH: usize = 6;
const OPEN_STEP: u128 = 62 * 62 * 62;

/// Ranks strictly between two digit strings of one length; none where the gap is too small.
fn spread_between(from: &[u32], to: Option<&[u32]>, count: usize, open: Open) -> Option<Vec<Rank>> {
    // The width of the gap, counted in the last digit and capped: a cap only shortens ranks, never their number.
    let cap: u128 = 1 << 100;
    let mut gap: u128 = u128::from(to.is_none());
    for n in 0..from.len() {
        let top = to.map_or(0, |to| u128::from(to[n]));
        gap = (gap * 62 + top).saturating_sub(u128::from(from[n])).min(cap);
    }
    let even = gap / (count as u128 + 1);
    if even == 0 {
        return None;
    }
    let step = if open == Open::Neither { even } else { even.min(OPEN_STEP) };
    let mut at = from.to_vec();
    if open == Open::Below && gap < cap {
        advance(&mut at, gap - step * (count as u128 + 1));
    }
    let mut ranks = Vec::with_capacity(count);
    for _ in 0..count {
        advance(&mut at, step);
        let text: String = at.iter().map(|digit| char::from(DIGITS[*digit as usize])).collect();
        ranks.push(Rank(text.trim_end_matches('0').to_owned()));
    }
    Some(ranks)
}

/// Adds to a number in base 62, most significant digit first.
fn advance(at: &mut [u32], step: u128) {
    let mut carry = step;
    for digit in at.iter_mut().rev() {
        carry += u128::from(*digit);
        *digit = (carry % 62) as u32;
        carry /= 62;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ten_thousand_items_at_either_end_keep_short_ranks() {
        let (mut top, mut bottom) = (Rank::between(None, None), Rank::between(None, None));
        for _ in 0..10_000 {
            let (higher, lower) = (Rank::between(None, Some(&top)), Rank::between(Some(&bottom), None));
            assert!(higher < top && bottom < lower);
            (top, bottom) = (higher, lower);
        }
        assert!(top.as_str().len() <= 6 && bottom.as_str().len() <= 6);
    }

    #[test]
    fn a_hundred_thousand_ranks_at_once_are_short_and_in_order() {
        let ranks = Rank::spread(None, None, 100_000);
        assert!(ranks.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(ranks.iter().all(|rank| rank.as_str().len() <= 4));
    }

    proptest! {
        #[test]
        fn between_two_ranks_there_is_always_another(places in prop::collection::vec(0..200_usize, 1..200)) {
            let mut order: Vec<Rank> = Vec::new();
            for place in places {
                let place = place % (order.len() + 1);
                let below = place.checked_sub(1).and_then(|n| order.get(n));
                let rank = Rank::between(below, order.get(place));
                prop_assert_eq!(rank.as_str().parse::<Rank>(), Ok(rank.clone()));
                order.insert(place, rank);
                prop_assert!(order.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }
}
