//! Prioritisation: inputs, scores, and the orders that they propose.
//!
//! 1. Raw inputs are stored, scores derived; a score is shown with its terms (7.1).
//! 2. WSJF = (value + time criticality + risk reduction) ÷ size.
//! 3. Severity × reach is for bugs; the team may change the weights 8, 3, 1 of critical, high, low.
//! 4. Without a size or an input there is no score: what is missing is named, and the item keeps its order after the
//!    scored ones. Not set is not zero (1.4).
//! 5. Scores are compared exactly, as fractions; items of one score keep their order.
//! 6. A score advises, the order is the Product Owner's: ordering by score permutes only the places of the items that
//!    were chosen, and says beforehand which item moves from where to where (7.2).
//! 7. A bug that becomes critical is placed above the first item that is not critical; where it stands above already
//!    it stays, and later moves are respected, because the rule acts only when it becomes so.

use crate::backlog::{Severity, WorkKind};
use crate::identity::ItemId;
use crate::measures::Size;
use crate::words;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use ts_rs::TS;

/// What an item's scores are made of, besides its size and severity; none is not set (rule 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriorityInputs {
    /// What it is worth to users or the business, relative to other items.
    pub value: Option<Rating>,
    /// How fast that worth decays while it waits.
    pub time_criticality: Option<Rating>,
    /// What risk it takes away, or what it makes possible.
    pub risk_reduction: Option<Rating>,
    /// How many users or cases a bug touches, in the team's own unit.
    pub reach: Option<Rating>,
}

impl PriorityInputs {
    /// The input that is a term of scores; none for a term that is no input: the size, the severity.
    pub fn input_mut(&mut self, name: TermName) -> Option<&mut Option<Rating>> {
        match name {
            TermName::Value => Some(&mut self.value),
            TermName::TimeCriticality => Some(&mut self.time_criticality),
            TermName::RiskReduction => Some(&mut self.risk_reduction),
            TermName::Reach => Some(&mut self.reach),
            TermName::Size | TermName::Severity => None,
        }
    }

    /// Every input with the term that it is.
    pub fn all(&self) -> [(TermName, Option<Rating>); 4] {
        [
            (TermName::Value, self.value),
            (TermName::TimeCriticality, self.time_criticality),
            (TermName::RiskReduction, self.risk_reduction),
            (TermName::Reach, self.reach),
        ]
    }
}

/// What is read to score an item.
#[derive(Debug, Clone, Copy)]
pub struct Scorable {
    /// Its inputs.
    pub inputs: PriorityInputs,
    /// Its size.
    pub size: Option<Size>,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its severity.
    pub severity: Option<Severity>,
}

/// A way of scoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Method {
    /// Weighted shortest job first (rule 2).
    Wsjf,
    /// Severity × reach (rule 3).
    Severity,
}
words!(Method { Wsjf = "wsjf", Severity = "severity" });

impl Method {
    /// Scores an item; a refusal names all that is missing.
    pub fn score(self, item: &Scorable, weights: SeverityWeights) -> Result<Score, NoScore> {
        match self {
            Method::Wsjf => wsjf(item),
            Method::Severity => severity_times_reach(item, weights),
        }
    }

    /// The way of scoring in words.
    pub fn title(self) -> &'static str {
        match self {
            Method::Wsjf => "WSJF",
            Method::Severity => "severity × reach",
        }
    }
}

/// An item's score with the terms that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// How it was made.
    pub method: Method,
    /// The score in hundredths, rounded to the nearest.
    #[ts(type = "number")]
    pub value: i64,
    /// The terms, in the order in which they stand in the formula.
    pub terms: Vec<Term>,
    /// The formula with its numbers: `(8 + 5 + 3) ÷ 5 = 3.2`.
    pub formula: String,
    /// The exact value, for comparing.
    #[serde(skip)]
    #[ts(skip)]
    pub exact: Fraction,
}

/// One term of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Term {
    /// What it is.
    pub name: TermName,
    /// How much, in hundredths.
    #[ts(type = "number")]
    pub amount: i64,
}

/// What a term of a score is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TermName {
    /// [`PriorityInputs::value`].
    Value,
    /// [`PriorityInputs::time_criticality`].
    TimeCriticality,
    /// [`PriorityInputs::risk_reduction`].
    RiskReduction,
    /// The item's size.
    Size,
    /// The weight of the bug's severity.
    Severity,
    /// [`PriorityInputs::reach`].
    Reach,
}
words!(TermName {
    Value = "value",
    TimeCriticality = "timeCriticality",
    RiskReduction = "riskReduction",
    Size = "size",
    Severity = "severity",
    Reach = "reach",
});

impl TermName {
    /// The term in words.
    pub fn title(self) -> &'static str {
        match self {
            TermName::Value => "value",
            TermName::TimeCriticality => "time criticality",
            TermName::RiskReduction => "risk reduction",
            TermName::Size => "size",
            TermName::Severity => "severity",
            TermName::Reach => "reach",
        }
    }
}

/// Why an item has no score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error, TS)]
#[serde(rename_all = "camelCase")]
pub enum NoScore {
    /// Something is not set.
    #[error("{} {} not set", titles(missing), if missing.len() == 1 { "is" } else { "are" })]
    Missing {
        /// All that is not set, in the order of the formula.
        missing: Vec<TermName>,
    },
    /// Nothing can be divided by a size of 0.
    #[error("the size is 0")]
    SizeIsZero,
    /// Only a bug has a severity.
    #[error("it is not a bug")]
    NotABug,
}

fn titles(missing: &[TermName]) -> String {
    let mut text = String::new();
    for (n, name) in missing.iter().enumerate() {
        text += match n {
            0 => "",
            n if n + 1 == missing.len() => " and ",
            _ => ", ",
        };
        text += name.title();
    }
    text
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

/// How much a bug's severity counts (rule 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SeverityWeights {
    critical: u32,
    high: u32,
    low: u32,
}

impl Default for SeverityWeights {
    fn default() -> SeverityWeights {
        SeverityWeights { critical: 8, high: 3, low: 1 }
    }
}

impl SeverityWeights {
    /// The largest weight.
    pub const LARGEST: u32 = 1_000;

    /// Weights of the three severities; a worse one never counts less.
    pub fn new(critical: u32, high: u32, low: u32) -> Result<SeverityWeights, WeightsRefused> {
        if critical > SeverityWeights::LARGEST {
            Err(WeightsRefused::TooLarge { weight: critical })
        } else if low == 0 {
            Err(WeightsRefused::Zero)
        } else if critical < high || high < low {
            Err(WeightsRefused::NotInOrder { critical, high, low })
        } else {
            Ok(SeverityWeights { critical, high, low })
        }
    }

    /// The weight of a severity.
    pub fn of(self, severity: Severity) -> u32 {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Low => self.low,
        }
    }
}

/// Why three numbers are no weights.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsRefused {
    /// A worse severity would count less.
    #[error("a worse severity must not count less: critical {critical}, high {high}, low {low}")]
    NotInOrder {
        /// Weight of critical.
        critical: u32,
        /// Weight of high.
        high: u32,
        /// Weight of low.
        low: u32,
    },
    /// A weight of 0 would make every such bug worth nothing.
    #[error("a severity cannot count 0")]
    Zero,
    /// More than [`SeverityWeights::LARGEST`].
    #[error("a severity counts at most 1000, not {weight}")]
    TooLarge {
        /// The weight.
        weight: u32,
    },
}

/// An exact score: never negative, compared by value (rule 5).
#[derive(Debug, Clone, Copy)]
pub struct Fraction {
    over: i128,
    under: i128,
}

impl Fraction {
    fn in_hundredths(self) -> i64 {
        ((self.over * 200 + self.under) / (self.under * 2)) as i64
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        (self.over * other.under).cmp(&(other.over * self.under))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Fraction) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Fraction {}

/// An item that is to be ordered by its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// The item.
    pub item: ItemId,
    /// Its place in the Product Backlog, from 1.
    pub place: u32,
    /// Its score; none goes after the scored (rule 4).
    pub score: Option<Fraction>,
}

/// An item that gets another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlaceChange {
    /// The item.
    pub item: ItemId,
    /// Its place before, from 1.
    pub from: u32,
    /// Its place after.
    pub to: u32,
}

/// What moves when the chosen items are ordered by score, in the order of the new places (rule 6).
///
/// The chosen items share out their own places; nothing else moves. None moves where they are in order already.
pub fn order_by_score(chosen: &[Chosen]) -> Vec<PlaceChange> {
    let mut before = chosen.to_vec();
    before.sort_by_key(|chosen| chosen.place);
    let mut after = before.clone();
    // A stable sort: items of one score, and those without any, keep their order. `None` is less than every score.
    after.sort_by_key(|chosen| std::cmp::Reverse(chosen.score));
    let place = |(place, item): (&Chosen, &Chosen)| PlaceChange {
        item: item.item,
        from: item.place,
        to: place.place,
    };
    before.iter().zip(&after).map(place).filter(|change| change.from != change.to).collect()
}

/// Where bugs go that have just become critical (rule 7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriticalMove {
    /// The items that move, in their order.
    pub items: Vec<ItemId>,
    /// The first item that is not critical: they go right above it.
    pub before: ItemId,
}

/// Where the bugs that became critical go; none where all of them stand above every other item already.
///
/// `order` is the Product Backlog from its top, each open item with whether it is critical *now*; it is read only as far as the
/// first that is not. `became` are the bugs that became critical, in their order.
pub fn critical_first(
    order: impl IntoIterator<Item = (ItemId, bool)>,
    became: &[ItemId],
) -> Option<CriticalMove> {
    let mut items = became.to_vec();
    let passed = order.into_iter().inspect(|(item, critical)| {
        if *critical {
            items.retain(|moving| moving != item);
        }
    });
    let before = first_below_critical(passed)?;
    (!items.is_empty()).then_some(CriticalMove { items, before })
}

/// The first of the open items that is no critical bug (rule 7): those that become critical stand right above it.
///
/// `order` is the open items from the top, each with whether it is critical.
pub fn first_below_critical(order: impl IntoIterator<Item = (ItemId, bool)>) -> Option<ItemId> {
    order.into_iter().find(|(_, critical)| !critical).map(|(item, _)| item)
}

/// Whether an item of that kind and severity comes first (rule 7): a critical bug.
pub fn is_critical(kind: Option<WorkKind>, severity: Option<Severity>) -> bool {
    kind == Some(WorkKind::Bug) && severity == Some(Severity::Critical)
}

fn wsjf(item: &Scorable) -> Result<Score, NoScore> {
    let inputs = &item.inputs;
    let amounts = [
        (TermName::Value, inputs.value.map(Rating::in_hundredths)),
        (TermName::TimeCriticality, inputs.time_criticality.map(Rating::in_hundredths)),
        (TermName::RiskReduction, inputs.risk_reduction.map(Rating::in_hundredths)),
        (TermName::Size, item.size.map(Size::in_hundredths)),
    ];
    let terms = all_set(&amounts)?;
    let [value, time, risk, size] = [0, 1, 2, 3].map(|n: usize| terms.get(n).map_or(0, |term| term.amount));
    if size <= 0 {
        return Err(NoScore::SizeIsZero);
    }
    let exact = Fraction { over: i128::from(value + time + risk), under: i128::from(size) };
    let [value, time, risk, size, score] =
        [value, time, risk, size, exact.in_hundredths()].map(Size::hundredths);
    let formula = format!("({value} + {time} + {risk}) ÷ {size} = {score}");
    Ok(Score { method: Method::Wsjf, value: score.in_hundredths(), terms, formula, exact })
}

fn severity_times_reach(item: &Scorable, weights: SeverityWeights) -> Result<Score, NoScore> {
    if item.kind != Some(WorkKind::Bug) {
        return Err(NoScore::NotABug);
    }
    let amounts = [
        (TermName::Severity, item.severity.map(|severity| i64::from(weights.of(severity)) * 100)),
        (TermName::Reach, item.inputs.reach.map(Rating::in_hundredths)),
    ];
    let terms = all_set(&amounts)?;
    let [weight, reach] = [0, 1].map(|n: usize| terms.get(n).map_or(0, |term| term.amount));
    let exact = Fraction { over: i128::from(weight) * i128::from(reach), under: 10_000 };
    let [weight, reach, score] = [weight, reach, exact.in_hundredths()].map(Size::hundredths);
    let formula = format!("{weight} × {reach} = {score}");
    Ok(Score { method: Method::Severity, value: score.in_hundredths(), terms, formula, exact })
}

fn all_set(amounts: &[(TermName, Option<i64>)]) -> Result<Vec<Term>, NoScore> {
    let missing: Vec<TermName> =
        amounts.iter().filter(|(_, amount)| amount.is_none()).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        return Err(NoScore::Missing { missing });
    }
    let term = |(name, amount): &(TermName, Option<i64>)| amount.map(|amount| Term { name: *name, amount });
    Ok(amounts.iter().filter_map(term).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use uuid::Uuid;

    /// An item is a letter; its identity is that letter's number.
    fn item(name: char) -> ItemId {
        ItemId::from(Uuid::from_u128(u128::from(u32::from(name))))
    }

    fn name(item: ItemId) -> char {
        ('a'..='z').find(|letter| self::item(*letter) == item).unwrap()
    }

    fn rating(text: &str) -> Option<Rating> {
        (text != "-").then(|| Rating::hundredths(Size::parse(text).unwrap().in_hundredths()).unwrap())
    }

    /// `8+5+3/5`, with `-` for what is not set; or `bug critical x40`.
    fn scorable(text: &str) -> (Method, Scorable) {
        let nothing = Scorable { inputs: PriorityInputs::default(), size: None, kind: None, severity: None };
        if let Some((inputs, size)) = text.split_once('/') {
            let inputs: Vec<_> = inputs.split('+').map(rating).collect();
            let inputs = PriorityInputs {
                value: inputs[0],
                time_criticality: inputs[1],
                risk_reduction: inputs[2],
                reach: None,
            };
            let size = rating(size).map(|size| Size::hundredths(size.in_hundredths()));
            return (Method::Wsjf, Scorable { inputs, size, ..nothing });
        }
        let [kind, severity, reach] = text.split(' ').collect::<Vec<_>>()[..] else { panic!("{text}") };
        let inputs =
            PriorityInputs { reach: rating(reach.trim_start_matches('x')), ..PriorityInputs::default() };
        (
            Method::Severity,
            Scorable { inputs, kind: kind.parse().ok(), severity: severity.parse().ok(), ..nothing },
        )
    }

    fn scored(text: &str, weights: SeverityWeights) -> Result<Score, NoScore> {
        let (method, scorable) = scorable(text);
        method.score(&scorable, weights)
    }

    fn check_scores(text: &str, weights: SeverityWeights, expected: Expect) {
        let line = |text: &str| match scored(text, weights) {
            Ok(score) => {
                let term = |term: &Term| format!("{} {}", term.name.title(), Size::hundredths(term.amount));
                let terms: Vec<_> = score.terms.iter().map(term).collect();
                format!("{text}: {} | {}\n", score.formula, terms.join(", "))
            }
            Err(why) => format!("{text}: no score, {why}\n"),
        };
        expected.assert_eq(&text.split(" | ").map(line).collect::<String>());
    }

    #[test]
    fn rule_7_1_wsjf_is_value_and_time_criticality_and_risk_reduction_over_size() {
        check_scores(
            "8+5+3/5 | 13+0+1/0.5 | 1+1+1/3 | 2+0+0/3 | 0+0+0/8",
            SeverityWeights::default(),
            expect![[r#"
                8+5+3/5: (8 + 5 + 3) ÷ 5 = 3.2 | value 8, time criticality 5, risk reduction 3, size 5
                13+0+1/0.5: (13 + 0 + 1) ÷ 0.5 = 28 | value 13, time criticality 0, risk reduction 1, size 0.5
                1+1+1/3: (1 + 1 + 1) ÷ 3 = 1 | value 1, time criticality 1, risk reduction 1, size 3
                2+0+0/3: (2 + 0 + 0) ÷ 3 = 0.67 | value 2, time criticality 0, risk reduction 0, size 3
                0+0+0/8: (0 + 0 + 0) ÷ 8 = 0 | value 0, time criticality 0, risk reduction 0, size 8
            "#]],
        );
    }

    #[test]
    fn rule_7_1_without_a_size_or_an_input_there_is_no_score_and_what_is_missing_is_named() {
        check_scores(
            "8+5+3/- | 8+-+3/5 | -+-+-/- | 8+5+3/0 | bug critical x- | bug - x4 | feature high x4 | - high x4",
            SeverityWeights::default(),
            expect![[r#"
                8+5+3/-: no score, size is not set
                8+-+3/5: no score, time criticality is not set
                -+-+-/-: no score, value, time criticality, risk reduction and size are not set
                8+5+3/0: no score, the size is 0
                bug critical x-: no score, reach is not set
                bug - x4: no score, severity is not set
                feature high x4: no score, it is not a bug
                - high x4: no score, it is not a bug
            "#]],
        );
    }

    #[test]
    fn rule_7_1_a_bug_scores_its_severity_times_its_reach_by_editable_weights() {
        let bugs = "bug critical x40 | bug high x40 | bug low x2.5";
        check_scores(
            bugs,
            SeverityWeights::default(),
            expect![[r#"
                bug critical x40: 8 × 40 = 320 | severity 8, reach 40
                bug high x40: 3 × 40 = 120 | severity 3, reach 40
                bug low x2.5: 1 × 2.5 = 2.5 | severity 1, reach 2.5
            "#]],
        );
        check_scores(
            bugs,
            SeverityWeights::new(20, 5, 5).unwrap(),
            expect![[r#"
                bug critical x40: 20 × 40 = 800 | severity 20, reach 40
                bug high x40: 5 × 40 = 200 | severity 5, reach 40
                bug low x2.5: 5 × 2.5 = 12.5 | severity 5, reach 2.5
            "#]],
        );
    }

    #[test]
    fn weights_and_ratings_that_make_no_sense_are_refused() {
        let refused =
            |critical, high, low| SeverityWeights::new(critical, high, low).unwrap_err().to_string();
        assert_eq!(refused(1, 3, 1), "a worse severity must not count less: critical 1, high 3, low 1");
        assert_eq!(refused(8, 3, 0), "a severity cannot count 0");
        assert_eq!(refused(1_001, 3, 1), "a severity counts at most 1000, not 1001");
        assert_eq!(Rating::hundredths(-50).unwrap_err().to_string(), "−0.5 is not between 0 and 1000000");
        assert_eq!(
            Rating::try_from(100_000_001).unwrap_err().to_string(),
            "1000000.01 is not between 0 and 1000000"
        );
    }

    /// `a 8+5+3/5 | b …`: the items from the top; only those of `chosen` are ordered, or all. Shows the order after.
    fn check_order(order: &str, chosen: &str, expected: Expect) {
        let entry = |(n, text): (usize, &str)| {
            let (letter, inputs) = text.split_once(' ').unwrap();
            let score = scored(inputs, SeverityWeights::default()).ok().map(|score| score.exact);
            Chosen { item: item(letter.chars().next().unwrap()), place: n as u32 + 1, score }
        };
        let all: Vec<Chosen> = order.split(" | ").enumerate().map(entry).collect();
        let is_chosen = |one: &&Chosen| chosen == "all" || chosen.contains(name(one.item));
        let changes = order_by_score(&all.iter().filter(is_chosen).copied().collect::<Vec<_>>());
        let mut after: Vec<char> = all.iter().map(|one| name(one.item)).collect();
        for change in &changes {
            after[change.to as usize - 1] = name(change.item);
        }
        let mut text: String = after.into_iter().collect();
        for change in &changes {
            text += &format!(", {} {} → {}", name(change.item), change.from, change.to);
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn rule_7_2_the_best_score_comes_first_and_items_of_one_score_keep_their_order() {
        check_order(
            "a 1+1+1/3 | b 8+5+3/5 | c 2+2+2/6 | d 16+16+0/10",
            "all",
            expect![[r#"bdac, b 2 → 1, d 4 → 2, a 1 → 3, c 3 → 4"#]],
        );
    }

    #[test]
    fn rule_7_1_items_without_a_score_keep_their_order_after_the_scored() {
        check_order(
            "a 8+5+3/- | b 1+0+0/8 | c -+1+1/2 | d 5+5+5/1",
            "all",
            expect![[r#"dbac, d 4 → 1, a 1 → 3, c 3 → 4"#]],
        );
    }

    #[test]
    fn rule_7_2_only_the_places_of_the_chosen_items_are_permuted() {
        check_order(
            "a 1+0+0/1 | b 9+0+0/1 | c 3+0+0/1 | d 8+0+0/1 | e 2+0+0/1",
            "ace",
            expect![[r#"cbeda, c 3 → 1, e 5 → 3, a 1 → 5"#]],
        );
        check_order("a 1+0+0/1 | b 9+0+0/1", "a", expect!["ab"]);
        check_order("a 3+0+0/1 | b 2+0+0/1 | c -+0+0/1", "all", expect!["abc"]);
    }

    #[test]
    fn rule_7_1_scores_that_look_alike_when_rounded_are_told_apart() {
        check_order("a 10000+0+0/30000 | b 10000.01+0+0/30000", "all", expect!["ba, b 2 → 1, a 1 → 2"]);
    }

    /// `A b C d`: capitals are critical. Shows the order after `became` became critical, or that nothing moves.
    fn check_critical(order: &str, became: &str, expected: Expect) {
        let order: Vec<(ItemId, bool)> = order
            .split(' ')
            .filter_map(|word| word.chars().next())
            .map(|letter| (item(letter.to_ascii_lowercase()), letter.is_ascii_uppercase()))
            .collect();
        let became: Vec<ItemId> = became.chars().map(item).collect();
        let Some(placed) = critical_first(order.iter().copied(), &became) else {
            return expected.assert_eq("nothing moves");
        };
        let mut after = String::new();
        for (one, _) in order.iter().filter(|(one, _)| !placed.items.contains(one)) {
            if *one == placed.before {
                after.extend(placed.items.iter().map(|item| name(*item)));
            }
            after.push(name(*one));
        }
        expected.assert_eq(&after);
    }

    #[test]
    fn rule_7_2_a_bug_that_becomes_critical_goes_above_the_first_item_that_is_not_critical() {
        check_critical("a b C d", "c", expect!["cabd"]);
        check_critical("A b c D", "d", expect!["adbc"]);
        check_critical("A B c D e F", "df", expect!["abdfce"]);
    }

    #[test]
    fn rule_7_2_a_bug_that_stands_above_already_stays() {
        check_critical("A B c", "a", expect!["nothing moves"]);
        check_critical("A B C", "c", expect!["nothing moves"]);
        check_critical("A b C", "ac", expect!["acb"]);
    }

    #[test]
    fn rule_7_2_a_critical_item_that_was_moved_down_later_stays_when_another_becomes_critical() {
        check_critical("a B c D", "d", expect!["dabc"]);
    }

    #[test]
    fn only_bugs_are_critical() {
        assert!(is_critical(Some(WorkKind::Bug), Some(Severity::Critical)));
        assert!(!is_critical(Some(WorkKind::Debt), Some(Severity::Critical)));
        assert!(!is_critical(None, Some(Severity::Critical)));
        assert!(!is_critical(Some(WorkKind::Bug), Some(Severity::High)));
    }

    proptest! {
        #[test]
        fn ordering_permutes_the_chosen_places_and_ordering_again_moves_nothing(
            scores in prop::collection::vec((prop::option::of(0..6_i64), 1..4_i64, any::<bool>()), 0..26)
        ) {
            let mut chosen: Vec<Chosen> = ('a'..='z').zip(&scores).enumerate()
                .filter(|(_, (_, (_, _, is_chosen)))| *is_chosen)
                .map(|(n, (letter, (over, under, _)))| Chosen {
                    item: item(letter),
                    place: n as u32 + 1,
                    score: over.map(|over| Fraction { over: i128::from(over), under: i128::from(*under) }),
                })
                .collect();
            let mut places: Vec<u32> = chosen.iter().map(|one| one.place).collect();
            for change in order_by_score(&chosen) {
                let one = chosen.iter_mut().find(|one| one.item == change.item).unwrap();
                one.place = change.to;
            }
            chosen.sort_by_key(|one| one.place);
            let after: Vec<u32> = chosen.iter().map(|one| one.place).collect();
            places.sort_unstable();
            prop_assert_eq!(places, after);
            prop_assert!(chosen.windows(2).all(|pair| pair[0].score >= pair[1].score));
            prop_assert!(chosen.windows(2).all(|pair| pair[0].score != pair[1].score || pair[0].item < pair[1].item));
            prop_assert_eq!(order_by_score(&chosen), vec![]);
        }
    }
}
