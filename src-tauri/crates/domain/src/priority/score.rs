//! Scores: the methods, their formulas with numbers, and why there is none.
//!
//! 1. A score is shown with its terms; nothing of it is stored (7.1).
//! 2. WSJF = (value + time criticality + risk reduction) ÷ size.
//! 3. RICE = reach × impact × confidence ÷ effort; value ÷ effort. Effort that nobody set is the size: the size is the
//!    Developers', so an effort changes a score and never a size.
//! 4. Severity × reach is for bugs; the team may change the weights 8, 3, 1 of critical, high, low.
//! 5. The team's own criteria make the mean of their ratings, each counted with its weight.
//! 6. Debt interest ÷ effort is for technical debt and infrastructure: hours of interrupts that a point would end.
//! 7. Without a size or an input there is no score; what is missing is named (7.1, 1.4).
//! 8. Scores are compared exactly, as fractions.

use super::input::{Criterion, PriorityInputs, Rating, TermName};
use crate::backlog::{Severity, WorkKind};
use crate::calendar::Instant;
use crate::measures::{Minutes, Size};
use crate::words;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use ts_rs::TS;

/// What is read to score an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scorable {
    /// What people rated.
    pub inputs: PriorityInputs,
    /// Its size.
    pub size: Option<Size>,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its severity.
    pub severity: Option<Severity>,
    /// What the interrupts took that it caused; none is not known.
    pub interest: Option<Minutes>,
}

/// What the team says of scores.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scoring {
    /// How much each severity counts.
    pub weights: SeverityWeights,
    /// The team's own criteria, in its order.
    pub criteria: Vec<Criterion>,
}

/// A way of scoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Method {
    /// Weighted shortest job first (rule 2).
    Wsjf,
    /// Reach, impact, confidence, effort (rule 3).
    Rice,
    /// Value ÷ effort (rule 3).
    ValueEffort,
    /// Severity × reach (rule 4).
    Severity,
    /// The team's own criteria (rule 5).
    Criteria,
    /// Debt interest ÷ effort (rule 6).
    Interest,
}
words!(Method {
    Wsjf = "wsjf",
    Rice = "rice",
    ValueEffort = "valueEffort",
    Severity = "severity",
    Criteria = "criteria",
    Interest = "interest",
});

impl Method {
    /// Scores an item; a refusal names all that is missing.
    pub fn score(self, item: &Scorable, scoring: &Scoring) -> Result<Score, NoScore> {
        match self {
            Method::Severity if item.kind != Some(WorkKind::Bug) => return Err(NoScore::NotABug),
            Method::Interest if !carries_interest(item.kind) => return Err(NoScore::NotDebt),
            Method::Criteria if scoring.criteria.is_empty() => return Err(NoScore::NoCriteria),
            _ => {}
        }
        let names = self.terms(item, scoring);
        let term = |name: &TermName| {
            let title = name.title(&scoring.criteria);
            match amount(item, *name, scoring) {
                Some(amount) => Ok(Term { name: *name, title, amount }),
                None => Err(TermTitle { name: *name, title }),
            }
        };
        let found: Vec<Result<Term, TermTitle>> = names.iter().map(term).collect();
        let missing: Vec<TermTitle> = found.iter().filter_map(|term| term.as_ref().err()).cloned().collect();
        if !missing.is_empty() {
            return Err(NoScore::Missing { missing });
        }
        let terms: Vec<Term> = found.into_iter().flatten().collect();
        if let Some(nothing) = terms.iter().find(|term| divides(term.name) && term.amount <= 0) {
            return Err(NoScore::Zero { title: nothing.title.clone() });
        }
        let (exact, words) = self.computed(&terms, scoring);
        let value = exact.in_hundredths();
        let formula = format!("{words} = {}", Size::hundredths(value));
        Ok(Score { method: self, value, terms, formula, exact })
    }

    /// The terms of an item's score, in the order of the formula.
    pub fn terms(self, item: &Scorable, scoring: &Scoring) -> Vec<TermName> {
        let effort = match (item.inputs.rating(TermName::Effort), item.size) {
            (None, Some(_)) => TermName::Size,
            _ => TermName::Effort,
        };
        match self {
            Method::Wsjf => {
                vec![TermName::Value, TermName::TimeCriticality, TermName::RiskReduction, TermName::Size]
            }
            Method::Rice => vec![TermName::Reach, TermName::Impact, TermName::Confidence, effort],
            Method::ValueEffort => vec![TermName::Value, effort],
            Method::Severity => vec![TermName::Severity, TermName::Reach],
            Method::Criteria => scoring.criteria.iter().map(|one| TermName::Own(one.id)).collect(),
            Method::Interest => vec![TermName::Interest, effort],
        }
    }

    /// What people rate of an item for this method, in the order of the formula; nothing where it is not scored so.
    pub fn asks(self, item: &Scorable, scoring: &Scoring) -> Vec<TermName> {
        let applies = match self {
            Method::Severity => item.kind == Some(WorkKind::Bug),
            Method::Interest => carries_interest(item.kind),
            _ => true,
        };
        let terms = if applies { self.terms(item, scoring) } else { Vec::new() };
        terms.into_iter().filter(|name| name.scale(&scoring.criteria).is_some()).collect()
    }

    /// Whether an input that people rate for this method was set before a moment.
    pub fn has_aged(self, item: &Scorable, scoring: &Scoring, before: Instant) -> bool {
        let set_at = |name| item.inputs.input(name).and_then(|input| input.set_at);
        self.asks(item, scoring).into_iter().filter_map(set_at).any(|at| at < before)
    }

    /// The way of scoring in words.
    pub fn title(self) -> &'static str {
        match self {
            Method::Wsjf => "WSJF",
            Method::Rice => "RICE",
            Method::ValueEffort => "value ÷ effort",
            Method::Severity => "severity × reach",
            Method::Criteria => "the team’s criteria",
            Method::Interest => "debt interest ÷ effort",
        }
    }

    /// The formula in words.
    pub fn formula(self, scoring: &Scoring) -> String {
        match self {
            Method::Wsjf => "(value + time criticality + risk reduction) ÷ size".into(),
            Method::Rice => "reach × impact × confidence ÷ effort".into(),
            Method::ValueEffort => "value ÷ effort".into(),
            Method::Severity => "severity × reach, for bugs".into(),
            Method::Interest => {
                "hours of interrupts that it caused ÷ effort, for technical debt and infrastructure".into()
            }
            Method::Criteria if scoring.criteria.is_empty() => "the team has no criteria yet".into(),
            Method::Criteria => {
                let (sum, weights) = weighted(|one| one.name.clone(), scoring);
                format!("({sum}) ÷ {weights}")
            }
        }
    }

    /// The exact score of terms that are all set, and the formula with their numbers.
    fn computed(self, terms: &[Term], scoring: &Scoring) -> (Fraction, String) {
        let amount = |n: usize| terms.get(n).map_or(0, |term| term.amount);
        let big = |n: usize| i128::from(amount(n));
        let said = |n: usize| Size::hundredths(amount(n));
        match self {
            Method::Wsjf => (
                Fraction { over: big(0) + big(1) + big(2), under: big(3) },
                format!("({} + {} + {}) ÷ {}", said(0), said(1), said(2), said(3)),
            ),
            Method::Rice => (
                Fraction { over: big(0) * big(1) * big(2), under: big(3) * 1_000_000 },
                format!("{} × {} × {} % ÷ {}", said(0), said(1), said(2), said(3)),
            ),
            Method::ValueEffort => {
                (Fraction { over: big(0), under: big(1) }, format!("{} ÷ {}", said(0), said(1)))
            }
            Method::Severity => {
                (Fraction { over: big(0) * big(1), under: 10_000 }, format!("{} × {}", said(0), said(1)))
            }
            Method::Interest => {
                (Fraction { over: big(0), under: big(1) }, format!("{} h ÷ {}", said(0), said(1)))
            }
            Method::Criteria => {
                let weight = |n: usize| {
                    scoring
                        .criteria
                        .get(n)
                        .map_or(0, |criterion| i128::from(criterion.weight.in_hundredths()))
                };
                let over = (0..terms.len()).map(|n| weight(n) * big(n)).sum();
                let under = (0..terms.len()).map(|n| weight(n) * 100).sum::<i128>().max(1);
                let amount_of = |one: &Criterion| {
                    let term = terms.iter().find(|term| term.name == TermName::Own(one.id));
                    Size::hundredths(term.map_or(0, |term| term.amount)).to_string()
                };
                let (sum, weights) = weighted(amount_of, scoring);
                (Fraction { over, under }, format!("({sum}) ÷ {weights}"))
            }
        }
    }
}

/// “3 × delight + 1 × safety”, and the sum of the weights.
fn weighted(of: impl Fn(&Criterion) -> String, scoring: &Scoring) -> (String, Size) {
    let parts: Vec<String> =
        scoring.criteria.iter().map(|one| format!("{} × {}", one.weight, of(one))).collect();
    let weights = scoring.criteria.iter().map(|one| one.weight.in_hundredths()).sum();
    (parts.join(" + "), Size::hundredths(weights))
}

/// How much a term is of an item, in hundredths: points, ratings, per cent, hours; none where it is not set.
pub fn amount(item: &Scorable, name: TermName, scoring: &Scoring) -> Option<i64> {
    let interest = || item.interest.map(|time| (time.in_minutes() * 100 + 30).div_euclid(60));
    match name {
        TermName::Size => item.size.map(Size::in_hundredths),
        TermName::Severity => item.severity.map(|severity| i64::from(scoring.weights.of(severity)) * 100),
        TermName::Interest => interest(),
        TermName::Own(id) if scoring.criteria.iter().any(|one| one.id == id && one.is_interest) => interest(),
        rated => item.inputs.rating(rated).map(Rating::in_hundredths),
    }
}

/// Whether items of a kind carry debt interest (7.1).
pub fn carries_interest(kind: Option<WorkKind>) -> bool {
    matches!(kind, Some(WorkKind::Debt | WorkKind::Infrastructure))
}

fn divides(name: TermName) -> bool {
    matches!(name, TermName::Size | TermName::Effort)
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Term {
    /// What it is.
    pub name: TermName,
    /// What it is, in words.
    pub title: String,
    /// How much, in hundredths.
    #[ts(type = "number")]
    pub amount: i64,
}

/// A term by its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TermTitle {
    /// What it is.
    pub name: TermName,
    /// What it is, in words.
    pub title: String,
}

/// Why an item has no score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error, TS)]
#[serde(rename_all = "camelCase")]
pub enum NoScore {
    /// Something is not set.
    #[error("{} {} not set", titles(missing), if missing.len() == 1 { "is" } else { "are" })]
    Missing {
        /// All that is not set, in the order of the formula.
        missing: Vec<TermTitle>,
    },
    /// Nothing can be divided by 0.
    #[error("the {title} is 0")]
    Zero {
        /// The size or the effort.
        title: String,
    },
    /// Only a bug has a severity.
    #[error("it is not a bug")]
    NotABug,
    /// Only these carry debt interest.
    #[error("it is neither technical debt nor infrastructure")]
    NotDebt,
    /// There is nothing to rate.
    #[error("the team has no criteria")]
    NoCriteria,
}

fn titles(missing: &[TermTitle]) -> String {
    let mut text = String::new();
    for (n, one) in missing.iter().enumerate() {
        text += match n {
            0 => "",
            n if n + 1 == missing.len() => " and ",
            _ => ", ",
        };
        text += &one.title;
    }
    text
}

/// How much a bug's severity counts (rule 4).
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

/// An exact score: never negative, compared by value (rule 8).
#[derive(Debug, Clone, Copy)]
pub struct Fraction {
    pub(super) over: i128,
    pub(super) under: i128,
}

impl Fraction {
    /// The nearest hundredths; the largest number where it is larger than any.
    pub fn in_hundredths(self) -> i64 {
        i64::try_from((self.over * 200 + self.under) / (self.under * 2)).unwrap_or(i64::MAX)
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::calendar::{Day, Zone};
    use crate::identity::CriterionId;
    use crate::priority::input::{DebtInterest, Input, Scale, ScorePolicy};
    use expect_test::{Expect, expect};
    use uuid::Uuid;

    pub fn own(n: u128) -> CriterionId {
        CriterionId::from(Uuid::from_u128(n))
    }

    /// Two criteria that are rated, and the debt interest.
    pub fn criteria() -> Vec<Criterion> {
        let one = |n, name: &str, weight, is_interest| Criterion {
            id: own(n),
            name: name.into(),
            weight: Rating::hundredths(weight).unwrap(),
            scale: Scale::Digits,
            is_interest,
        };
        vec![one(1, "delight", 300, false), one(2, "safety", 100, false), one(3, "interest", 50, true)]
    }

    pub fn scoring() -> Scoring {
        Scoring { weights: SeverityWeights::default(), criteria: criteria() }
    }

    /// `value 8, reach 40, size 5, bug, high, interest 750`: minutes of interest; `delight`, `safety` are the team's own.
    pub fn scorable(text: &str) -> Scorable {
        let mut item = Scorable { interest: Some(Minutes::ZERO), ..Scorable::default() };
        for part in text.split(", ").filter(|part| !part.is_empty()) {
            let (word, number) = part.split_once(' ').unwrap_or((part, ""));
            let amount = || Size::parse(number).unwrap_or_else(|_| panic!("{part}"));
            match word {
                "size" => item.size = Some(amount()),
                "interest" => item.interest = number.parse().ok().map(Minutes::new),
                _ if number.is_empty() => match (word.parse(), word.parse()) {
                    (Ok(kind), _) => item.kind = Some(kind),
                    (_, Ok(severity)) => item.severity = Some(severity),
                    _ => panic!("{part}"),
                },
                _ => {
                    let name = match word {
                        "delight" => TermName::Own(own(1)),
                        "safety" => TermName::Own(own(2)),
                        "time" => TermName::TimeCriticality,
                        "risk" => TermName::RiskReduction,
                        word => word.parse().unwrap(),
                    };
                    let rating = Rating::hundredths(amount().in_hundredths()).unwrap();
                    item.inputs.set(name, Input { rating, set_at: None });
                }
            }
        }
        item
    }

    fn check_with(method: Method, weights: SeverityWeights, items: &str, expected: Expect) {
        let scoring = Scoring { weights, ..scoring() };
        let line = |text: &str| match method.score(&scorable(text), &scoring) {
            Ok(score) => {
                let term = |term: &Term| format!("{} {}", term.title, Size::hundredths(term.amount));
                let terms: Vec<_> = score.terms.iter().map(term).collect();
                format!("{text}: {} | {}\n", score.formula, terms.join(", "))
            }
            Err(why) => format!("{text}: no score, {why}\n"),
        };
        expected.assert_eq(&items.split(" | ").map(line).collect::<String>());
    }

    fn check(method: Method, items: &str, expected: Expect) {
        check_with(method, SeverityWeights::default(), items, expected);
    }

    #[test]
    fn rule_7_1_wsjf_is_value_and_time_criticality_and_risk_reduction_over_size() {
        check(
            Method::Wsjf,
            "value 8, time 5, risk 3, size 5 | value 13, time 0, risk 1, size 0.5 | value 2, time 0, risk 0, size 3",
            expect![[r#"
                value 8, time 5, risk 3, size 5: (8 + 5 + 3) ÷ 5 = 3.2 | value 8, time criticality 5, risk reduction 3, size 5
                value 13, time 0, risk 1, size 0.5: (13 + 0 + 1) ÷ 0.5 = 28 | value 13, time criticality 0, risk reduction 1, size 0.5
                value 2, time 0, risk 0, size 3: (2 + 0 + 0) ÷ 3 = 0.67 | value 2, time criticality 0, risk reduction 0, size 3
            "#]],
        );
    }

    #[test]
    fn rule_7_1_without_a_size_or_an_input_there_is_no_score_and_what_is_missing_is_named() {
        check(
            Method::Wsjf,
            "value 8, time 5, risk 3 | value 8, risk 3, size 5 |  | value 8, time 5, risk 3, size 0",
            expect![[r#"
                value 8, time 5, risk 3: no score, size is not set
                value 8, risk 3, size 5: no score, time criticality is not set
                : no score, value, time criticality, risk reduction and size are not set
                value 8, time 5, risk 3, size 0: no score, the size is 0
            "#]],
        );
        check(
            Method::Severity,
            "bug, critical | bug, reach 4 | feature, high, reach 4 | high, reach 4",
            expect![[r#"
                bug, critical: no score, reach is not set
                bug, reach 4: no score, severity is not set
                feature, high, reach 4: no score, it is not a bug
                high, reach 4: no score, it is not a bug
            "#]],
        );
    }

    #[test]
    fn rule_7_1_rice_is_reach_and_impact_and_confidence_over_effort_for_which_the_size_may_stand() {
        check(
            Method::Rice,
            "reach 40, impact 2, confidence 80, effort 5 | reach 40, impact 0.5, confidence 50, size 8 | reach 40, impact 2, confidence 80, effort 4, size 8 | reach 40, impact 2 | reach 1, impact 1, confidence 100, effort 0",
            expect![[r#"
                reach 40, impact 2, confidence 80, effort 5: 40 × 2 × 80 % ÷ 5 = 12.8 | reach 40, impact 2, confidence 80, effort 5
                reach 40, impact 0.5, confidence 50, size 8: 40 × 0.5 × 50 % ÷ 8 = 1.25 | reach 40, impact 0.5, confidence 50, size 8
                reach 40, impact 2, confidence 80, effort 4, size 8: 40 × 2 × 80 % ÷ 4 = 16 | reach 40, impact 2, confidence 80, effort 4
                reach 40, impact 2: no score, confidence and effort are not set
                reach 1, impact 1, confidence 100, effort 0: no score, the effort is 0
            "#]],
        );
        check(
            Method::ValueEffort,
            "value 8, size 5 | value 8, effort 2, size 5 | value 8",
            expect![[r#"
                value 8, size 5: 8 ÷ 5 = 1.6 | value 8, size 5
                value 8, effort 2, size 5: 8 ÷ 2 = 4 | value 8, effort 2
                value 8: no score, effort is not set
            "#]],
        );
    }

    #[test]
    fn rule_7_1_a_bug_scores_its_severity_times_its_reach_by_editable_weights() {
        let bugs = "bug, critical, reach 40 | bug, high, reach 40 | bug, low, reach 2.5";
        check(
            Method::Severity,
            bugs,
            expect![[r#"
                bug, critical, reach 40: 8 × 40 = 320 | severity 8, reach 40
                bug, high, reach 40: 3 × 40 = 120 | severity 3, reach 40
                bug, low, reach 2.5: 1 × 2.5 = 2.5 | severity 1, reach 2.5
            "#]],
        );
        check_with(
            Method::Severity,
            SeverityWeights::new(20, 5, 5).unwrap(),
            bugs,
            expect![[r#"
                bug, critical, reach 40: 20 × 40 = 800 | severity 20, reach 40
                bug, high, reach 40: 5 × 40 = 200 | severity 5, reach 40
                bug, low, reach 2.5: 5 × 2.5 = 12.5 | severity 5, reach 2.5
            "#]],
        );
    }

    #[test]
    fn rule_7_1_the_teams_own_criteria_make_the_mean_by_their_weights_and_may_count_the_debt_interest() {
        check(
            Method::Criteria,
            "delight 8, safety 4 | delight 9, safety 2, interest 90 | delight 8 | delight 8, safety 4, interest unknown",
            expect![[r#"
                delight 8, safety 4: (3 × 8 + 1 × 4 + 0.5 × 0) ÷ 4.5 = 6.22 | delight 8, safety 4, interest 0
                delight 9, safety 2, interest 90: (3 × 9 + 1 × 2 + 0.5 × 1.5) ÷ 4.5 = 6.61 | delight 9, safety 2, interest 1.5
                delight 8: no score, safety is not set
                delight 8, safety 4, interest unknown: no score, interest is not set
            "#]],
        );
        assert_eq!(Method::Criteria.formula(&scoring()), "(3 × delight + 1 × safety + 0.5 × interest) ÷ 4.5");
        let none = Scoring::default();
        assert_eq!(Method::Criteria.score(&scorable("value 1"), &none), Err(NoScore::NoCriteria));
    }

    #[test]
    fn rule_7_1_debt_interest_over_effort_is_for_debt_and_infrastructure() {
        check(
            Method::Interest,
            "debt, interest 750, size 5 | infrastructure, interest 0, size 2 | feature, interest 750, size 5 | debt, interest unknown, size 5 | debt, interest 750",
            expect![[r#"
                debt, interest 750, size 5: 12.5 h ÷ 5 = 2.5 | debt interest 12.5, size 5
                infrastructure, interest 0, size 2: 0 h ÷ 2 = 0 | debt interest 0, size 2
                feature, interest 750, size 5: no score, it is neither technical debt nor infrastructure
                debt, interest unknown, size 5: no score, debt interest is not set
                debt, interest 750: no score, effort is not set
            "#]],
        );
    }

    #[test]
    fn rule_1_4_interest_is_unknown_while_no_interrupt_has_hours_and_nothing_while_none_is_linked() {
        let interest = |minutes, interrupts, without_hours| {
            DebtInterest { minutes: Minutes::new(minutes), interrupts, without_hours }.known()
        };
        assert_eq!(interest(0, 0, 0), Some(Minutes::ZERO));
        assert_eq!(interest(0, 2, 2), None);
        assert_eq!(interest(90, 2, 1), Some(Minutes::new(90)));
    }

    #[test]
    fn what_is_asked_of_people_is_what_they_can_rate() {
        let asks = |method: Method, item: &str| {
            let names = method.asks(&scorable(item), &scoring());
            names.iter().map(|name| name.title(&criteria())).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(asks(Method::Wsjf, ""), "value, time criticality, risk reduction");
        assert_eq!(asks(Method::Rice, "size 5"), "reach, impact, confidence");
        assert_eq!(asks(Method::Rice, ""), "reach, impact, confidence, effort");
        assert_eq!(asks(Method::Severity, "bug"), "reach");
        assert_eq!(asks(Method::Severity, "feature"), "");
        assert_eq!(asks(Method::Criteria, ""), "delight, safety");
        assert_eq!(asks(Method::Interest, "debt, size 3"), "");
    }

    #[test]
    fn weights_ratings_and_criteria_that_make_no_sense_are_refused() {
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
        let checked = |name: &str, weight: i64| {
            let one = Criterion {
                id: own(9),
                name: name.into(),
                weight: Rating::hundredths(weight).unwrap(),
                scale: Scale::Digits,
                is_interest: false,
            };
            one.checked(&criteria()).map(|one| one.name).map_err(|why| why.to_string())
        };
        assert_eq!(checked(" ease ", 100), Ok("ease".into()));
        assert_eq!(checked("  ", 100), Err("a criterion needs a name".into()));
        assert_eq!(checked("Delight", 100), Err("there is a criterion “delight” already".into()));
        assert_eq!(checked("ease", 0), Err("a weight is more than 0 and at most 1000, not 0".into()));
        assert_eq!(
            checked("ease", 100_001),
            Err("a weight is more than 0 and at most 1000, not 1000.01".into())
        );
    }

    #[test]
    fn an_input_ages_only_for_a_method_that_asks_for_it() {
        let mut item = scorable("feature, size 3");
        for (name, at) in [(TermName::Value, 50), (TermName::Impact, 10)] {
            let input =
                Input { rating: Rating::hundredths(500).unwrap(), set_at: Some(Instant::from_millis(at)) };
            item.inputs.set(name, input);
        }
        let aged = |method: Method, before| method.has_aged(&item, &scoring(), Instant::from_millis(before));
        assert!(!aged(Method::Wsjf, 50), "what was set at the limit is not older than it");
        assert!(aged(Method::Wsjf, 51));
        assert!(aged(Method::Rice, 20));
        assert!(!aged(Method::Severity, 99));
        let policy = ScorePolicy { limit_days: 2, ..ScorePolicy::default() };
        let zone = Zone::parse("Europe/Zurich").unwrap();
        let (now, third) = (Day::parse("2026-11-26").unwrap(), Day::parse("2026-11-24").unwrap());
        let noon = zone.start_of(now).plus_millis(43_200_000);
        assert_eq!(
            policy.aged_before(noon, zone),
            zone.start_of(third),
            "a day that is two days back is not old"
        );
    }

    #[test]
    fn a_term_keeps_its_word() {
        for name in TermName::KNOWN.into_iter().chain([TermName::Own(own(7))]) {
            assert_eq!(name.to_string().parse(), Ok(name));
        }
        assert!("worth".parse::<TermName>().is_err());
    }

    #[test]
    fn the_largest_numbers_are_compared_and_do_not_overflow() {
        let item = |effort| {
            let mut item = scorable("confidence 100");
            for (name, hundredths) in
                [(TermName::Reach, 100_000_000), (TermName::Impact, 100_000_000), (TermName::Effort, effort)]
            {
                let rating = Rating::hundredths(hundredths).unwrap();
                item.inputs.set(name, Input { rating, set_at: None });
            }
            item
        };
        let (item, other) = (item(1), item(100_000_000));
        let score = |item: &Scorable| Method::Rice.score(item, &scoring()).unwrap();
        assert!(score(&item).exact > score(&other).exact);
        assert_eq!(score(&item).value, 10_000_000_000_000_000);
    }
}
