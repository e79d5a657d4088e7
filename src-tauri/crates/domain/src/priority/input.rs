//! Inputs of scores: what people rate, on which scale, and the team's own criteria.
//!
//! 1. Not set is not zero: an input that nobody rated is none (1.4).
//! 2. A rating is kept with the moment at which it was given; what is older than the team's limit is marked, never
//!    left out.
//! 3. A scale says which numbers one keystroke gives; any other number may be typed.
//! 4. Debt interest is no rating: it is what the interrupts took that an item caused (7.1).

use crate::UnknownWord;
use crate::calendar::{Instant, Zone};
use crate::identity::CriterionId;
use crate::measures::{Minutes, Size};
use crate::words;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use ts_rs::TS;

/// What people rated of an item; what is not in it is not set (rule 1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PriorityInputs(Vec<(TermName, Input)>);

/// A rating and when it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Input {
    /// The rating.
    pub rating: Rating,
    /// When it was given; none in a comparison that asks “what if”.
    pub set_at: Option<Instant>,
}

impl PriorityInputs {
    /// The rating of a term, where it is set.
    pub fn rating(&self, name: TermName) -> Option<Rating> {
        self.input(name).map(|input| input.rating)
    }

    /// The rating of a term with its moment, where it is set.
    pub fn input(&self, name: TermName) -> Option<Input> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, input)| *input)
    }

    /// Sets a term.
    pub fn set(&mut self, name: TermName, input: Input) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, held)) => *held = input,
            None => self.0.push((name, input)),
        }
    }

    /// All that is set.
    pub fn iter(&self) -> impl Iterator<Item = (TermName, Input)> + '_ {
        self.0.iter().copied()
    }
}

/// What a term of a score is. Its word on the border and in the file is `value`, `reach` …, or a criterion's identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub enum TermName {
    /// What it is worth to users or the business, relative to other items.
    Value,
    /// How fast that worth decays while it waits.
    TimeCriticality,
    /// What risk it takes away, or what it makes possible.
    RiskReduction,
    /// How many users or cases it touches, in the team's own unit.
    Reach,
    /// How much it does for each of them.
    Impact,
    /// How sure the others are, in per cent.
    Confidence,
    /// What it takes, as the Product Owner reckons; where it is not set, the size stands for it.
    Effort,
    /// The item's size.
    Size,
    /// The weight of the bug's severity.
    Severity,
    /// The hours of the interrupts that it caused (rule 4).
    Interest,
    /// A criterion of the team's own.
    Own(CriterionId),
}

impl TermName {
    /// Every term but the team's own.
    pub const KNOWN: [TermName; 10] = [
        TermName::Value,
        TermName::TimeCriticality,
        TermName::RiskReduction,
        TermName::Reach,
        TermName::Impact,
        TermName::Confidence,
        TermName::Effort,
        TermName::Size,
        TermName::Severity,
        TermName::Interest,
    ];

    /// The term in words; the team's own ones are named by the team.
    pub fn title(self, criteria: &[Criterion]) -> String {
        match self {
            TermName::Value => "value".into(),
            TermName::TimeCriticality => "time criticality".into(),
            TermName::RiskReduction => "risk reduction".into(),
            TermName::Reach => "reach".into(),
            TermName::Impact => "impact".into(),
            TermName::Confidence => "confidence".into(),
            TermName::Effort => "effort".into(),
            TermName::Size => "size".into(),
            TermName::Severity => "severity".into(),
            TermName::Interest => "debt interest".into(),
            TermName::Own(id) => criteria
                .iter()
                .find(|criterion| criterion.id == id)
                .map_or_else(|| "a criterion that was removed".into(), |criterion| criterion.name.clone()),
        }
    }

    /// The scale on which people rate it; none where it is no rating: a size, a severity, hours.
    pub fn scale(self, criteria: &[Criterion]) -> Option<Scale> {
        match self {
            TermName::Value | TermName::TimeCriticality | TermName::RiskReduction | TermName::Effort => {
                Some(Scale::Fibonacci)
            }
            TermName::Reach => Some(Scale::Open),
            TermName::Impact => Some(Scale::Impact),
            TermName::Confidence => Some(Scale::Percent),
            TermName::Size | TermName::Severity | TermName::Interest => None,
            TermName::Own(id) => criteria
                .iter()
                .find(|criterion| criterion.id == id && !criterion.is_interest)
                .map(|criterion| criterion.scale),
        }
    }

    const fn word(self) -> Option<&'static str> {
        match self {
            TermName::Value => Some("value"),
            TermName::TimeCriticality => Some("timeCriticality"),
            TermName::RiskReduction => Some("riskReduction"),
            TermName::Reach => Some("reach"),
            TermName::Impact => Some("impact"),
            TermName::Confidence => Some("confidence"),
            TermName::Effort => Some("effort"),
            TermName::Size => Some("size"),
            TermName::Severity => Some("severity"),
            TermName::Interest => Some("interest"),
            TermName::Own(_) => None,
        }
    }
}

impl fmt::Display for TermName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.word()) {
            (TermName::Own(id), _) => id.fmt(f),
            (_, word) => f.write_str(word.unwrap_or_default()),
        }
    }
}

impl FromStr for TermName {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<TermName, UnknownWord> {
        let known = TermName::KNOWN.into_iter().find(|name| name.word() == Some(word));
        known
            .or_else(|| word.parse().ok().map(TermName::Own))
            .ok_or_else(|| UnknownWord { word: word.to_owned() })
    }
}

impl TryFrom<String> for TermName {
    type Error = UnknownWord;
    fn try_from(word: String) -> Result<TermName, UnknownWord> {
        word.parse()
    }
}

impl From<TermName> for String {
    fn from(name: TermName) -> String {
        name.to_string()
    }
}

/// Which numbers one keystroke gives (rule 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Scale {
    /// 0, 1, 2, 3, 5, 8, 13, 21.
    Fibonacci,
    /// 0 to 9.
    Digits,
    /// ¼, ½, 1, 2, 3: minimal to massive.
    Impact,
    /// 10 % to 100 %.
    Percent,
    /// Any number, typed.
    Open,
}
words!(Scale {
    Fibonacci = "fibonacci",
    Digits = "digits",
    Impact = "impact",
    Percent = "percent",
    Open = "open",
});

/// A key and the number that it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScaleStep {
    /// The key.
    pub key: char,
    /// The rating in hundredths.
    pub rating: Rating,
}

const fn step(key: char, hundredths: i64) -> ScaleStep {
    ScaleStep { key, rating: Rating(hundredths) }
}

const FIBONACCI: [ScaleStep; 8] = [
    step('0', 0),
    step('1', 100),
    step('2', 200),
    step('3', 300),
    step('5', 500),
    step('8', 800),
    step('9', 1_300),
    step('t', 2_100),
];
const DIGITS: [ScaleStep; 10] = [
    step('0', 0),
    step('1', 100),
    step('2', 200),
    step('3', 300),
    step('4', 400),
    step('5', 500),
    step('6', 600),
    step('7', 700),
    step('8', 800),
    step('9', 900),
];
const IMPACT: [ScaleStep; 5] = [step('4', 25), step('5', 50), step('1', 100), step('2', 200), step('3', 300)];
const PERCENT: [ScaleStep; 10] = [
    step('1', 1_000),
    step('2', 2_000),
    step('3', 3_000),
    step('4', 4_000),
    step('5', 5_000),
    step('6', 6_000),
    step('7', 7_000),
    step('8', 8_000),
    step('9', 9_000),
    step('0', 10_000),
];

impl Scale {
    /// The keys with their numbers, smallest first; none where the number is typed.
    pub const fn steps(self) -> &'static [ScaleStep] {
        match self {
            Scale::Fibonacci => &FIBONACCI,
            Scale::Digits => &DIGITS,
            Scale::Impact => &IMPACT,
            Scale::Percent => &PERCENT,
            Scale::Open => &[],
        }
    }

    /// The largest rating that makes sense on it.
    pub const fn largest(self) -> Rating {
        match self {
            Scale::Percent => Rating(10_000),
            _ => Rating::LARGEST,
        }
    }
}

/// One of the raw inputs, in hundredths: never negative, at most [`Rating::LARGEST`].
///
/// On the border it is a plain number of hundredths: `50` is 0.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "i64", into = "i64")]
#[ts(type = "number")]
pub struct Rating(i64);

impl Rating {
    /// The largest rating: 1,000,000.
    pub const LARGEST: Rating = Rating(100_000_000);

    /// A rating of hundredths.
    pub fn hundredths(hundredths: i64) -> Result<Rating, RatingRefused> {
        if (0..=Rating::LARGEST.0).contains(&hundredths) {
            Ok(Rating(hundredths))
        } else {
            Err(RatingRefused { hundredths })
        }
    }

    /// The hundredths in this rating.
    pub const fn in_hundredths(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Rating {
    type Error = RatingRefused;
    fn try_from(hundredths: i64) -> Result<Rating, RatingRefused> {
        Rating::hundredths(hundredths)
    }
}

impl From<Rating> for i64 {
    fn from(rating: Rating) -> i64 {
        rating.0
    }
}

/// `8`, `0.5`.
impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Size::hundredths(self.0).fmt(f)
    }
}

/// A number that is no rating.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} is not between 0 and 1000000", Size::hundredths(*hundredths))]
pub struct RatingRefused {
    /// The number, in hundredths.
    pub hundredths: i64,
}

/// A criterion of the team's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its identity.
    pub id: CriterionId,
    /// Its name.
    pub name: String,
    /// How much it counts, in hundredths: see [`Criterion::checked`].
    pub weight: Rating,
    /// On which scale it is rated.
    pub scale: Scale,
    /// Whether it is the debt interest in hours instead of a rating (rule 4).
    pub is_interest: bool,
}

impl Criterion {
    /// The largest weight: 1,000.
    pub const LARGEST_WEIGHT: i64 = 100_000;
    /// How many a team may have: more are not rated with care.
    pub const MOST: usize = 12;

    /// The criterion with its name trimmed. Refused without a name, with the name of another one, without a weight.
    pub fn checked(self, others: &[Criterion]) -> Result<Criterion, CriterionRefused> {
        let name = self.name.trim().to_owned();
        let same =
            |other: &&Criterion| other.id != self.id && other.name.to_lowercase() == name.to_lowercase();
        if name.is_empty() {
            return Err(CriterionRefused::NoName);
        }
        if name.chars().count() > 60 {
            return Err(CriterionRefused::LongName);
        }
        if let Some(other) = others.iter().find(same) {
            return Err(CriterionRefused::NameTaken { name: other.name.clone() });
        }
        if !(1..=Criterion::LARGEST_WEIGHT).contains(&self.weight.0) {
            return Err(CriterionRefused::Weight { weight: self.weight });
        }
        if others.iter().filter(|other| other.id != self.id).count() >= Criterion::MOST {
            return Err(CriterionRefused::TooMany);
        }
        Ok(Criterion { name, ..self })
    }
}

/// Why something is no criterion.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CriterionRefused {
    /// It has no name.
    #[error("a criterion needs a name")]
    NoName,
    /// Its name fits nowhere.
    #[error("the name of a criterion has at most 60 letters")]
    LongName,
    /// Another one has that name.
    #[error("there is a criterion “{name}” already")]
    NameTaken {
        /// The other one's name.
        name: String,
    },
    /// A weight of nothing, or one beside which nothing else counts.
    #[error("a weight is more than 0 and at most 1000, not {weight}")]
    Weight {
        /// The weight.
        weight: Rating,
    },
    /// The team has [`Criterion::MOST`] already.
    #[error("a team has at most 12 criteria")]
    TooMany,
}

/// What the interrupts took that an item caused (7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DebtInterest {
    /// All their time that is known.
    pub minutes: Minutes,
    /// How many there are.
    pub interrupts: u32,
    /// How many of them have no hours yet.
    pub without_hours: u32,
}

impl DebtInterest {
    /// The time; none where interrupts are linked and none of them has hours: not known is not zero.
    pub fn known(self) -> Option<Minutes> {
        (self.interrupts == 0 || self.without_hours < self.interrupts).then_some(self.minutes)
    }
}

/// How the team scores, and when an input is old (rule 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScorePolicy {
    /// The method by which all items are scored: only scores of one method can be compared.
    pub method: super::Method,
    /// After how many days an input is old.
    pub limit_days: u32,
}

impl Default for ScorePolicy {
    fn default() -> ScorePolicy {
        ScorePolicy { method: super::Method::Wsjf, limit_days: 90 }
    }
}

impl ScorePolicy {
    /// The longest limit: ten years.
    pub const LONGEST: u32 = 3_650;

    /// What was set before this moment is old: before the day that lies so many days back.
    pub fn aged_before(self, now: Instant, zone: Zone) -> Instant {
        zone.start_of(zone.day_of(now).plus(-i64::from(self.limit_days)))
    }
}
