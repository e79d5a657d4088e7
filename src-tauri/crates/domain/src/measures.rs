//! Measures as types.
//!
//! 1. A size is in hundredths of a point, so that half points are exact.
//! 2. A share is in basis points, so that thirds can be told from 33 %.
//! 3. Time at work is in whole minutes.
//! 4. Not set is not zero: an absent measure is `Option::None`, never 0.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use ts_rs::TS;

/// An amount of planned work in hundredths of a point, or of an item where items are counted.
///
/// On the border it is a plain number of hundredths: `350` is 3.5 points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct Size(i64);

impl Size {
    /// No work at all; not the same as an unsized item.
    pub const ZERO: Size = Size(0);
    /// The largest size an item may have: 100,000 points.
    pub const LARGEST: Size = Size(10_000_000);

    /// A size of whole points.
    pub const fn points(points: i64) -> Size {
        Size(points * 100)
    }

    /// A size of hundredths of a point.
    pub const fn hundredths(hundredths: i64) -> Size {
        Size(hundredths)
    }

    /// The hundredths of a point in this size.
    pub const fn in_hundredths(self) -> i64 {
        self.0
    }

    /// The size as a number of points, for drawing and ratios.
    pub fn in_points(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// The size nearest to a number of points; none for what is not finite.
    pub fn nearest(points: f64) -> Option<Size> {
        points.is_finite().then(|| Size((points * 100.0).round() as i64))
    }

    /// The largest multiple of a step that is no more than this.
    pub fn rounded_down(self, step: Size) -> Size {
        let step = step.0.max(1);
        Size(self.0.div_euclid(step).saturating_mul(step))
    }

    /// Reads what a person or an export writes: `5`, `0.5`, `8,0`. At most two decimals, never negative.
    pub fn parse(text: &str) -> Result<Size, SizeRefused> {
        let text = text.trim();
        let unreadable = || SizeRefused::Unreadable { text: text.to_owned() };
        let (whole, part) = match text.split_once(['.', ',']) {
            Some((whole, part)) => (whole, part.trim_end_matches('0')),
            None => (text, ""),
        };
        if let Some(positive) = whole.strip_prefix('-') {
            let is_number = !positive.is_empty() && positive.bytes().all(|b| b.is_ascii_digit());
            return Err(if is_number {
                SizeRefused::Negative { text: text.to_owned() }
            } else {
                unreadable()
            });
        }
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || (whole.is_empty() && part.is_empty()) || part.len() > 2 {
            return Err(unreadable());
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| unreadable())? };
        let hundredths: i64 = format!("{part:0<2}").parse().map_err(|_| unreadable())?;
        match whole.checked_mul(100).and_then(|w| w.checked_add(hundredths)) {
            Some(size) if size <= Size::LARGEST.0 => Ok(Size(size)),
            _ => Err(SizeRefused::TooLarge { text: text.to_owned() }),
        }
    }
}

/// Why a text is not a size.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SizeRefused {
    /// The text is no number with at most two decimals.
    #[error("“{text}” is not a size")]
    Unreadable {
        /// What was written.
        text: String,
    },
    /// Work cannot be less than nothing.
    #[error("a size cannot be negative: {text}")]
    Negative {
        /// What was written.
        text: String,
    },
    /// More than [`Size::LARGEST`].
    #[error("a size is at most 100000: {text}")]
    TooLarge {
        /// What was written.
        text: String,
    },
}

/// `5`, `0.5`, `3.25`, `−2`.
impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, n) = if self.0 < 0 { ("−", self.0.unsigned_abs()) } else { ("", self.0.unsigned_abs()) };
        match n % 100 {
            0 => write!(f, "{sign}{}", n / 100),
            part if part % 10 == 0 => write!(f, "{sign}{}.{}", n / 100, part / 10),
            part => write!(f, "{sign}{}.{part:02}", n / 100),
        }
    }
}

/// A share in basis points: `6000` is 60 %; on the border no more than a hundred times the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS)]
#[serde(try_from = "i64")]
#[ts(type = "number")]
pub struct Share(i64);

/// A number that is no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{basis_points} basis points are no share")]
pub struct ShareRefused {
    /// The number.
    pub basis_points: i64,
}

impl TryFrom<i64> for Share {
    type Error = ShareRefused;
    fn try_from(basis_points: i64) -> Result<Share, ShareRefused> {
        // A share below nothing or above the whole is refused by the rules, in words; this only keeps sums small.
        let within = (-1_000_000..=1_000_000).contains(&basis_points);
        if within { Ok(Share(basis_points)) } else { Err(ShareRefused { basis_points }) }
    }
}

impl Share {
    /// Nothing.
    pub const ZERO: Share = Share(0);
    /// Everything: 100 %.
    pub const WHOLE: Share = Share(10_000);

    /// A share of whole per cent.
    pub const fn percent(percent: i64) -> Share {
        Share(percent * 100)
    }

    /// A share of basis points.
    pub const fn basis_points(points: i64) -> Share {
        Share(points)
    }

    /// The basis points in this share.
    pub const fn in_basis_points(self) -> i64 {
        self.0
    }

    /// The share as a fraction of one.
    pub fn as_fraction(self) -> f64 {
        self.0 as f64 / 10_000.0
    }

    /// This share of a size, rounded to the nearest hundredth.
    pub fn of_size(self, size: Size) -> Size {
        let whole = i128::from(size.0) * i128::from(self.0);
        Size(i64::try_from((whole + 5_000).div_euclid(10_000)).unwrap_or(i64::MAX))
    }

    /// This share of some minutes, rounded to the nearest minute.
    pub fn of_minutes(self, minutes: Minutes) -> Minutes {
        Minutes(minutes.0.saturating_mul(self.0).saturating_add(5_000).div_euclid(10_000))
    }
}

/// `60 %`, `33.33 %`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", Size(self.0))
    }
}

/// Working time in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct Minutes(i64);

impl Minutes {
    /// No time.
    pub const ZERO: Minutes = Minutes(0);

    /// A time of minutes.
    pub const fn new(minutes: i64) -> Minutes {
        Minutes(minutes)
    }

    /// A time of whole hours.
    pub const fn hours(hours: i64) -> Minutes {
        Minutes(hours * 60)
    }

    /// The minutes in this time.
    pub const fn in_minutes(self) -> i64 {
        self.0
    }

    /// The time as a number of hours, for ratios and drawing.
    pub fn in_hours(self) -> f64 {
        self.0 as f64 / 60.0
    }
}

/// `6 h`, `37.5 h`: hours with at most one decimal.
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.0.saturating_mul(10).saturating_add(30 * self.0.signum()) / 60;
        write!(f, "{} h", Size(tenths * 10))
    }
}

// Measures stop at the ends of their range: a hostile number can make a figure absurd, never wrong in sign.
macro_rules! sums {
    ($($measure:ident),*) => {$(
        impl Add for $measure {
            type Output = $measure;
            fn add(self, other: $measure) -> $measure {
                $measure(self.0.saturating_add(other.0))
            }
        }
        impl Sub for $measure {
            type Output = $measure;
            fn sub(self, other: $measure) -> $measure {
                $measure(self.0.saturating_sub(other.0))
            }
        }
        impl Neg for $measure {
            type Output = $measure;
            fn neg(self) -> $measure {
                $measure(self.0.saturating_neg())
            }
        }
        impl AddAssign for $measure {
            fn add_assign(&mut self, other: $measure) {
                *self = *self + other;
            }
        }
        impl SubAssign for $measure {
            fn sub_assign(&mut self, other: $measure) {
                *self = *self - other;
            }
        }
        impl Sum for $measure {
            fn sum<I: Iterator<Item = $measure>>(measures: I) -> $measure {
                measures.fold($measure(0), Add::add)
            }
        }
    )*};
}
sums!(Size, Share, Minutes);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_as_people_write_it() {
        let read = |text| Size::parse(text).map(|s| s.to_string()).map_err(|e| e.to_string());
        assert_eq!(read("5"), Ok("5".into()));
        assert_eq!(read(" 0.5 "), Ok("0.5".into()));
        assert_eq!(read("8,0"), Ok("8".into()));
        assert_eq!(read("3.25"), Ok("3.25".into()));
        assert_eq!(read(".5"), Ok("0.5".into()));
        assert_eq!(read("-1"), Err("a size cannot be negative: -1".into()));
        for text in ["", "x", "1.005", "1e3", "--1", "∞"] {
            assert!(Size::parse(text).is_err(), "{text}");
        }
        assert_eq!(read("9999999999999999999"), Err("“9999999999999999999” is not a size".into()));
    }

    #[test]
    fn hours_and_shares_read_well() {
        assert_eq!(Minutes::new(2250).to_string(), "37.5 h");
        assert_eq!(Minutes::hours(6).to_string(), "6 h");
        assert_eq!(Share::percent(60).to_string(), "60 %");
        assert_eq!(Share::basis_points(3333).to_string(), "33.33 %");
        assert_eq!(Share::percent(10).of_minutes(Minutes::hours(6)).to_string(), "0.6 h");
    }
}
