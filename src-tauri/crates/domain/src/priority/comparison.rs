//! Why one item stands above another, and what would swap them (7.2).
//!
//! 1. Who stands above is said by the order of the Product Backlog, never by the scores; where the two disagree the
//!    sentence says so.
//! 2. A swap changes one input of one of the two so far that their scores stand the other way round. It is the smallest
//!    such change that the input's scale has: the next number beyond the exact border.
//! 3. The swaps come smallest first, by how much the input changes for its own size: 5 → 8 before 1 → 3.
//! 4. Hours of interrupts are what they are: no swap changes them.

use super::input::{Input, Rating, Scale, TermName};
use super::score::{Fraction, Method, NoScore, Scorable, Score, Scoring, amount};
use crate::backlog::Severity;
use crate::measures::Size;
use serde::Serialize;
use std::cmp::Ordering;
use ts_rs::TS;

/// One of two items that are compared.
#[derive(Debug, Clone)]
pub struct Contender {
    /// Its label.
    pub label: String,
    /// What its score is made of.
    pub scorable: Scorable,
}

/// Two items side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The one that stands above.
    pub above: Compared,
    /// The other one.
    pub below: Compared,
    /// The terms of both, in the order of the formula.
    pub terms: Vec<ComparedTerm>,
    /// How the order and the scores agree.
    pub verdict: Verdict,
    /// Why the one stands above, as a sentence.
    pub why: String,
    /// What would swap the scores, smallest first; none where one has no score.
    pub swaps: Vec<Swap>,
    /// The smallest of them, as a sentence; none where no single input does it.
    pub sentence: Option<String>,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Compared {
    /// Its label.
    pub label: String,
    /// Its score.
    pub score: Option<Score>,
    /// Why it has none.
    pub missing: Option<String>,
}

/// A term of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparedTerm {
    /// What it is, in words.
    pub title: String,
    /// Of the one that stands above, in hundredths; none where it is not set or no term of its score.
    #[ts(type = "number | null")]
    pub above: Option<i64>,
    /// Of the other one.
    #[ts(type = "number | null")]
    pub below: Option<i64>,
}

/// How the order and the scores agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// The better score stands above.
    Agrees,
    /// The better score stands below: the Product Owner ordered so.
    Disagrees,
    /// Both have the same score.
    Equal,
    /// One of them, or both, have none.
    Unscored,
}

/// A change of one input that swaps the scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Swap {
    /// Whose input it is: whether it is the item that stands above.
    pub of_above: bool,
    /// Which input.
    pub term: TermName,
    /// What it is now, in hundredths.
    #[ts(type = "number")]
    pub from: i64,
    /// What it would be.
    #[ts(type = "number")]
    pub to: i64,
    /// The same in words: “the value of PAY-3 were 8 instead of 5”.
    pub text: String,
}

/// Compares two items by a method; the first one stands above.
pub fn compare(method: Method, scoring: &Scoring, above: &Contender, below: &Contender) -> Comparison {
    let scores = [above, below].map(|one| method.score(&one.scorable, scoring));
    let [upper, lower] = [above.label.as_str(), below.label.as_str()];
    let (verdict, why, swaps) = match &scores {
        [Ok(high), Ok(low)] => {
            let (high_text, low_text) = (Size::hundredths(high.value), Size::hundredths(low.value));
            // Scores that look alike when they are rounded are told apart by their terms.
            let against = format!("{high_text} against {low_text}");
            let (verdict, why) = match high.exact.cmp(&low.exact) {
                Ordering::Greater => {
                    (Verdict::Agrees, format!("{upper} stands above {lower} by its score: {against}."))
                }
                Ordering::Less => (
                    Verdict::Disagrees,
                    format!(
                        "{upper} stands above {lower} by the Product Owner’s order. By score {lower} would stand above: {low_text} against {high_text}."
                    ),
                ),
                Ordering::Equal => (
                    Verdict::Equal,
                    format!(
                        "Both have the score {high_text}: {upper} stands above {lower} by the Product Owner’s order."
                    ),
                ),
            };
            (verdict, why, swaps(method, scoring, [above, below], [high.exact, low.exact]))
        }
        [Ok(_), Err(missing)] => (
            Verdict::Unscored,
            format!(
                "{upper} stands above {lower}, which has no score: {missing}. What has none goes after what has one."
            ),
            Vec::new(),
        ),
        [Err(missing), Ok(low)] => (
            Verdict::Unscored,
            format!(
                "{upper} stands above {lower} by the Product Owner’s order. By score {lower} would stand above with {}: {upper} has no score, {missing}.",
                Size::hundredths(low.value)
            ),
            Vec::new(),
        ),
        [Err(one), Err(other)] => (
            Verdict::Unscored,
            if one == other {
                format!(
                    "{upper} stands above {lower} by the Product Owner’s order. Neither has a score: {one}."
                )
            } else {
                format!(
                    "{upper} stands above {lower} by the Product Owner’s order. Neither has a score: of {upper} {one}; of {lower} {other}."
                )
            },
            Vec::new(),
        ),
    };
    let begin = match verdict {
        Verdict::Disagrees => "The scores would agree with the order",
        _ => "By score they would swap",
    };
    let sentence = swaps.first().map(|swap: &Swap| format!("{begin} if {}.", swap.text));
    let [high, low] = scores;
    let terms = terms_of(method, scoring, above, below);
    Comparison {
        above: compared(above, high),
        below: compared(below, low),
        terms,
        verdict,
        why,
        swaps,
        sentence,
    }
}

fn compared(one: &Contender, score: Result<Score, NoScore>) -> Compared {
    let missing = score.as_ref().err().map(ToString::to_string);
    Compared { label: one.label.clone(), score: score.ok(), missing }
}

fn terms_of(method: Method, scoring: &Scoring, above: &Contender, below: &Contender) -> Vec<ComparedTerm> {
    let [upper, lower] = [above, below].map(|one| method.terms(&one.scorable, scoring));
    let mut names = upper.clone();
    // Effort of the one, size of the other: both stand there.
    names.extend(lower.iter().filter(|name| !upper.contains(name)).copied());
    let of = |one: &Contender, own: &[TermName], name: TermName| {
        own.contains(&name).then(|| amount(&one.scorable, name, scoring)).flatten()
    };
    let term = |name: TermName| ComparedTerm {
        title: name.title(&scoring.criteria),
        above: of(above, &upper, name),
        below: of(below, &lower, name),
    };
    names.into_iter().map(term).collect()
}

/// All swaps, each the smallest of its input (rules 2 and 3).
fn swaps(method: Method, scoring: &Scoring, both: [&Contender; 2], exact: [Fraction; 2]) -> Vec<Swap> {
    // The one that leads is the better score; among equals the one above.
    let leader = usize::from(exact[1] > exact[0]);
    let mut found: Vec<(i64, Swap)> = Vec::new();
    // The one that is behind first: of two changes of one size people rather hear how it would rise.
    for side in [1 - leader, leader] {
        let (one, other) = (both[side], exact[1 - side]);
        let swapped = |item: &Scorable| {
            let wanted = if side == leader { Ordering::Less } else { Ordering::Greater };
            method.score(item, scoring).is_ok_and(|score| score.exact.cmp(&other) == wanted)
        };
        for term in method.terms(&one.scorable, scoring) {
            let Some(from) = amount(&one.scorable, term, scoring) else { continue };
            let Some((to, words)) = smallest(scoring, &one.scorable, term, from, &swapped) else { continue };
            let text = format!("the {} of {} were {words}", term.title(&scoring.criteria), one.label);
            let change = (to - from).abs().saturating_mul(1_000) / from.max(100);
            found.push((change, Swap { of_above: side == 0, term, from, to, text }));
        }
    }
    found.sort_by_key(|(change, _)| *change);
    found.into_iter().map(|(_, swap)| swap).collect()
}

/// The smallest change of a term that swaps, on its scale, with the words for it.
fn smallest(
    scoring: &Scoring,
    item: &Scorable,
    term: TermName,
    from: i64,
    swapped: &impl Fn(&Scorable) -> bool,
) -> Option<(i64, String)> {
    if term == TermName::Severity {
        let now = item.severity?;
        let nearest = |severity: &Severity| (i64::from(scoring.weights.of(*severity)) * 100 - from).abs();
        let mut others: Vec<Severity> =
            Severity::ALL.iter().copied().filter(|severity| *severity != now).collect();
        others.sort_by_key(nearest);
        let would = |severity: &Severity| swapped(&Scorable { severity: Some(*severity), ..item.clone() });
        let other = others.into_iter().find(would)?;
        return Some((i64::from(scoring.weights.of(other)) * 100, format!("{other} instead of {now}")));
    }
    let border = border(scoring, item, term, from, swapped)?;
    let to = on_scale(scoring, term, from, border)?;
    Some((to, format!("{} instead of {}", Size::hundredths(to), Size::hundredths(from))))
}

/// The first amount of a term, in hundredths and away from `from`, that swaps; none where no amount does.
fn border(
    scoring: &Scoring,
    item: &Scorable,
    term: TermName,
    from: i64,
    swapped: &impl Fn(&Scorable) -> bool,
) -> Option<i64> {
    let holds = |amount: i64| with(item, term, amount).is_some_and(|item| swapped(&item));
    let (lowest, highest) = match term {
        // Nothing is divided by 0.
        TermName::Size => (1, Size::LARGEST.in_hundredths()),
        TermName::Effort => (1, Rating::LARGEST.in_hundredths()),
        term => (0, term.scale(&scoring.criteria)?.largest().in_hundredths()),
    };
    // A score rises with an amount or falls with it, so that one end says whether any amount swaps.
    let (mut not_yet, mut does) = if from < highest && holds(highest) {
        (from, highest)
    } else if from > lowest && holds(lowest) {
        (from, lowest)
    } else {
        return None;
    };
    while (does - not_yet).abs() > 1 {
        let middle = not_yet + (does - not_yet) / 2;
        if holds(middle) { does = middle } else { not_yet = middle }
    }
    Some(does)
}

/// The number of a term's scale at the border or right beyond it; of an open scale and of sizes a whole one.
fn on_scale(scoring: &Scoring, term: TermName, from: i64, border: i64) -> Option<i64> {
    let steps = term.scale(&scoring.criteria).map_or(&[][..], Scale::steps);
    let up = border > from;
    if steps.is_empty() {
        let whole = if up { (border + 99).div_euclid(100) * 100 } else { border.div_euclid(100) * 100 };
        // A size of 0 is none: what is small is cut to a half, or not at all.
        return Some(if whole > 0 || up {
            whole
        } else if border >= 50 {
            50
        } else {
            border
        });
    }
    let steps = steps.iter().map(|step| step.rating.in_hundredths());
    let zero = term == TermName::Effort;
    if up {
        steps.filter(|step| *step >= border).min()
    } else {
        steps.filter(|step| *step <= border && !(zero && *step == 0)).max()
    }
}

/// The item with another amount of a term; none where it cannot have it.
fn with(item: &Scorable, term: TermName, hundredths: i64) -> Option<Scorable> {
    let mut item = item.clone();
    match term {
        TermName::Size => item.size = Some(Size::hundredths(hundredths)),
        TermName::Severity | TermName::Interest => return None,
        rated => item.inputs.set(rated, Input { rating: Rating::hundredths(hundredths).ok()?, set_at: None }),
    }
    Some(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::priority::score::tests::{scorable, scoring};
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn compared(method: Method, above: &str, below: &str) -> Comparison {
        let one = |label: &str, text: &str| Contender { label: label.into(), scorable: scorable(text) };
        compare(method, &scoring(), &one("A-1", above), &one("B-2", below))
    }

    fn check(method: Method, above: &str, below: &str, expected: Expect) {
        let found = compared(method, above, below);
        let mut text = format!("{}\n", found.why);
        if let Some(sentence) = &found.sentence {
            text += &format!("{sentence}\n");
        }
        for swap in found.swaps.iter().skip(1) {
            text += &format!("or if {}\n", swap.text);
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn rule_7_2_it_says_why_one_stands_above_and_what_would_swap_them() {
        check(
            Method::Wsjf,
            "value 8, time 5, risk 3, size 5",
            "value 5, time 3, risk 2, size 4",
            expect![[r#"
                A-1 stands above B-2 by its score: 3.2 against 2.5.
                By score they would swap if the size of B-2 were 3 instead of 4.
                or if the size of A-1 were 7 instead of 5
                or if the value of B-2 were 8 instead of 5
                or if the value of A-1 were 3 instead of 8
                or if the time criticality of A-1 were 1 instead of 5
                or if the risk reduction of B-2 were 5 instead of 2
                or if the time criticality of B-2 were 8 instead of 3
            "#]],
        );
    }

    #[test]
    fn rule_7_2_where_order_and_score_disagree_the_product_owners_order_is_named() {
        check(
            Method::ValueEffort,
            "value 5, effort 5",
            "value 8, effort 5",
            expect![[r#"
                A-1 stands above B-2 by the Product Owner’s order. By score B-2 would stand above: 1.6 against 1.
                The scores would agree with the order if the effort of A-1 were 3 instead of 5.
                or if the value of B-2 were 3 instead of 8
                or if the value of A-1 were 13 instead of 5
                or if the effort of B-2 were 13 instead of 5
            "#]],
        );
    }

    #[test]
    fn rule_7_2_equal_scores_stand_by_the_product_owners_order_and_the_next_number_swaps_them() {
        check(
            Method::ValueEffort,
            "value 5, size 5",
            "value 5, size 5",
            expect![[r#"
            Both have the score 1: A-1 stands above B-2 by the Product Owner’s order.
            By score they would swap if the size of B-2 were 4 instead of 5.
            or if the size of A-1 were 6 instead of 5
            or if the value of A-1 were 3 instead of 5
            or if the value of B-2 were 8 instead of 5
        "#]],
        );
    }

    #[test]
    fn rule_7_2_bugs_swap_by_their_reach_or_their_severity() {
        check(
            Method::Severity,
            "bug, critical, reach 10",
            "bug, high, reach 20",
            expect![[r#"
            A-1 stands above B-2 by its score: 80 against 60.
            By score they would swap if the reach of A-1 were 7 instead of 10.
            or if the reach of B-2 were 27 instead of 20
            or if the severity of A-1 were high instead of critical
            or if the severity of B-2 were critical instead of high
        "#]],
        );
    }

    #[test]
    fn rule_7_2_what_has_no_score_says_what_is_missing_and_nothing_swaps() {
        check(
            Method::Wsjf,
            "value 8, time 5, risk 3, size 5",
            "value 5, size 4",
            expect![[r#"
            A-1 stands above B-2, which has no score: time criticality and risk reduction are not set. What has none goes after what has one.
        "#]],
        );
        check(
            Method::Wsjf,
            "value 5, size 4",
            "value 8, time 5, risk 3, size 5",
            expect![[r#"
            A-1 stands above B-2 by the Product Owner’s order. By score B-2 would stand above with 3.2: A-1 has no score, time criticality and risk reduction are not set.
        "#]],
        );
        check(
            Method::Wsjf,
            "value 5",
            "value 5",
            expect![[r#"
            A-1 stands above B-2 by the Product Owner’s order. Neither has a score: time criticality, risk reduction and size are not set.
        "#]],
        );
        check(
            Method::Wsjf,
            "value 5",
            "size 5",
            expect![[r#"
            A-1 stands above B-2 by the Product Owner’s order. Neither has a score: of A-1 time criticality, risk reduction and size are not set; of B-2 value, time criticality and risk reduction are not set.
        "#]],
        );
    }

    #[test]
    fn rule_7_2_hours_of_interrupts_are_no_input_that_could_be_another() {
        check(
            Method::Interest,
            "debt, interest 600, size 5",
            "debt, interest 120, size 2",
            expect![[r#"
            A-1 stands above B-2 by its score: 2 against 1.
            By score they would swap if the size of B-2 were 0.5 instead of 2.
            or if the size of A-1 were 11 instead of 5
        "#]],
        );
        check(
            Method::Criteria,
            "delight 9, safety 9",
            "delight 0, safety 0",
            expect![[r#"
            A-1 stands above B-2 by its score: 8 against 0.
        "#]],
        );
    }

    #[test]
    fn the_terms_of_both_stand_side_by_side_also_where_size_stands_for_effort() {
        let found = compared(Method::ValueEffort, "value 8, size 5", "value 8, effort 3, size 8");
        let row = |term: &ComparedTerm| (term.title.clone(), term.above, term.below);
        let rows: Vec<_> = found.terms.iter().map(row).collect();
        assert_eq!(
            rows,
            [
                ("value".to_owned(), Some(800), Some(800)),
                ("size".to_owned(), Some(500), None),
                ("effort".to_owned(), None, Some(300)),
            ]
        );
    }

    fn amounts() -> impl Strategy<Value = (i64, i64, i64, i64)> {
        (0..22_i64, 0..22_i64, 0..22_i64, 1..40_i64)
    }

    proptest! {
        #[test]
        fn rule_7_2_a_swap_really_swaps_and_no_smaller_change_does(a in amounts(), b in amounts(), n in 0..4_usize) {
            let method = [Method::Wsjf, Method::ValueEffort, Method::Rice, Method::Criteria][n];
            let item = |(one, two, three, four): (i64, i64, i64, i64)| scorable(&match method {
                Method::Wsjf => format!("value {one}, time {two}, risk {three}, size {four}"),
                Method::ValueEffort => format!("value {one}, effort {four}"),
                Method::Rice => format!("reach {one}, impact {two}, confidence {}, size {four}", three * 4),
                _ => format!("delight {one}, safety {two}"),
            });
            let both = [item(a), item(b)];
            let scoring = scoring();
            let exact = |item: &Scorable| method.score(item, &scoring).unwrap().exact;
            let scores = [exact(&both[0]), exact(&both[1])];
            let leads = scores[0] >= scores[1];
            let [above, below] = both.clone().map(|scorable| Contender { label: String::new(), scorable });
            for swap in compare(method, &scoring, &above, &below).swaps {
                let side = usize::from(!swap.of_above);
                let turned = |to: i64| {
                    let changed = exact(&with(&both[side], swap.term, to).unwrap());
                    let [first, second] = if side == 0 { [changed, scores[1]] } else { [scores[0], changed] };
                    if leads { first < second } else { first > second }
                };
                prop_assert!(turned(swap.to), "{:?} does not swap", swap);
                let would = |item: &Scorable| {
                    let wanted = if (side == 0) == leads { Ordering::Less } else { Ordering::Greater };
                    exact(item).cmp(&scores[1 - side]) == wanted
                };
                let border = border(&scoring, &both[side], swap.term, swap.from, &would).unwrap();
                prop_assert!(turned(border));
                let nearer = border - (border - swap.from).signum();
                prop_assert!(!turned(nearer), "{:?}: {} swaps already", swap, nearer);
                let scale = swap.term.scale(&scoring.criteria).map_or(&[][..], Scale::steps);
                let between = |step: i64| (step - swap.from).signum() == (swap.to - swap.from).signum() && (step - swap.from).abs() < (swap.to - swap.from).abs();
                for step in scale.iter().map(|step| step.rating.in_hundredths()).filter(|step| between(*step)) {
                    prop_assert!(!turned(step), "{:?}: {} is on the scale and swaps", swap, step);
                }
            }
        }
    }
}
