//! The displacement ledger: what went beyond the buffer, and what it pushed out (4.3).
//!
//! 1. What draws takes from the buffer in order of time until it is used up; the rest went beyond it. For each drawer
//!    *from the buffer + beyond* is what it drew, and together they are all that was used.
//! 2. What went beyond is paired, in order of time, with the items that decisions name, in the order of their naming.
//!    An item that is done after all was not displaced; none is displaced twice.
//! 3. An item takes its hours of what went beyond; where its hours are not known, an equal part of what its decision
//!    covered. One for which nothing is left belongs to the last that went beyond.
//! 4. What interrupts left possible is the committed less the displaced, in the planned lanes; the team completed so
//!    much of it.

use super::OverflowChoice;
use super::buffer::{Decision, Draw, Drawer};
use crate::flow::Unit;
use crate::identity::ItemId;
use crate::measures::{Minutes, Share, Size};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use ts_rs::TS;

/// What went beyond the buffer of a Sprint and what it pushed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DisplacementLedger {
    /// The budget of the buffer; none where nobody's hours were set, and then nothing goes beyond it.
    pub kept: Option<Minutes>,
    /// All that was used.
    pub used: Minutes,
    /// The part that the buffer held.
    pub from_buffer: Minutes,
    /// The part beyond it.
    pub beyond: Minutes,
    /// Each drawer, in the order in which they first drew.
    pub lines: Vec<LedgerLine>,
    /// What was pushed out, in the order in which it was named.
    pub displaced: Vec<Displaced>,
    /// What went beyond and is paired with no item.
    pub unpaired: Minutes,
}

/// What one drawer took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LedgerLine {
    /// What drew.
    pub drawer: Drawer,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// All that it drew.
    pub minutes: Minutes,
    /// From the buffer.
    pub from_buffer: Minutes,
    /// Beyond it.
    pub beyond: Minutes,
    /// What it pushed out, in order.
    pub pushed: Vec<Pushed>,
}

/// An item that a drawer pushed out, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Pushed {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// How much of what went beyond is paired with it here.
    pub minutes: Minutes,
}

/// An item that was pushed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Displaced {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its size when it was named; none is unsized.
    pub size: Option<Size>,
    /// Its hours by hours per point, where they are known.
    pub minutes: Option<Minutes>,
    /// What was decided.
    pub choice: OverflowChoice,
    /// How much of what went beyond is paired with it.
    pub paired: Minutes,
    /// The labels of those that pushed it out, in order.
    pub by: Vec<String>,
}

/// Pairs what went beyond the buffer with what decisions name, less what is done after all. Source: semantics 4.3.
pub fn displacement(
    kept: Option<Minutes>,
    draws: &[Draw],
    decisions: &[Decision],
    done: &HashSet<ItemId>,
) -> DisplacementLedger {
    let mut lines: Vec<LedgerLine> = Vec::new();
    let mut chunks: Vec<(usize, Minutes)> = Vec::new();
    let mut left = kept;
    for draw in draws {
        let place = lines.iter().position(|line| line.drawer == draw.drawer).unwrap_or_else(|| {
            lines.push(LedgerLine {
                drawer: draw.drawer,
                label: draw.label.clone(),
                title: draw.title.clone(),
                minutes: Minutes::ZERO,
                from_buffer: Minutes::ZERO,
                beyond: Minutes::ZERO,
                pushed: Vec::new(),
            });
            lines.len() - 1
        });
        let from_buffer = left.map_or(draw.minutes, |left| draw.minutes.min(left));
        let beyond = draw.minutes - from_buffer;
        left = left.map(|left| left - from_buffer);
        if let Some(line) = lines.get_mut(place) {
            line.minutes += draw.minutes;
            line.from_buffer += from_buffer;
            line.beyond += beyond;
        }
        if beyond > Minutes::ZERO {
            chunks.push((place, beyond));
        }
    }
    let beyond: Minutes = chunks.iter().map(|(_, minutes)| *minutes).sum();
    let mut displaced = Vec::new();
    let mut ahead = chunks.iter().copied();
    let mut open: Option<(usize, Minutes)> = ahead.next();
    let last = chunks.last().map(|(place, _)| *place);
    for (named, wanted) in named(decisions, done) {
        let mut one = Displaced {
            item: named.item.item,
            label: named.item.label.clone(),
            title: named.item.title.clone(),
            size: named.item.size,
            minutes: named.item.minutes,
            choice: named.choice,
            paired: Minutes::ZERO,
            by: Vec::new(),
        };
        let mut wanted = wanted;
        while let Some((place, rest)) = open.filter(|_| wanted > Minutes::ZERO) {
            let taken = rest.min(wanted);
            pair(&mut lines, &mut one, place, taken);
            wanted -= taken;
            open = if taken == rest { ahead.next() } else { Some((place, rest - taken)) };
        }
        if let Some(place) = open.map(|(place, _)| place).or(last).filter(|_| one.by.is_empty()) {
            pair(&mut lines, &mut one, place, Minutes::ZERO);
        }
        displaced.push(one);
    }
    let paired: Minutes = displaced.iter().map(|one| one.paired).sum();
    let used: Minutes = draws.iter().map(|draw| draw.minutes).sum();
    DisplacementLedger {
        kept,
        used,
        from_buffer: used - beyond,
        beyond,
        lines,
        displaced,
        unpaired: beyond - paired,
    }
}

/// Writes down that a drawer pushed out a part of an item.
fn pair(lines: &mut [LedgerLine], one: &mut Displaced, place: usize, minutes: Minutes) {
    let Some(line) = lines.get_mut(place) else { return };
    one.paired += minutes;
    if !one.by.contains(&line.label) {
        one.by.push(line.label.clone());
    }
    match line.pushed.iter_mut().find(|pushed| pushed.item == one.item) {
        Some(pushed) => pushed.minutes += minutes,
        None => line.pushed.push(Pushed { item: one.item, label: one.label.clone(), minutes }),
    }
}

/// An item with the decision that named it first.
struct Named<'d> {
    item: &'d super::buffer::DecidedItem,
    choice: OverflowChoice,
}

/// The displaced items, each once, with the time that each stands for (rules 2 and 3).
fn named<'d>(decisions: &'d [Decision], done: &HashSet<ItemId>) -> Vec<(Named<'d>, Minutes)> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    let mut covered = Minutes::ZERO;
    for decision in decisions {
        let items: Vec<_> =
            decision.items.iter().filter(|one| !done.contains(&one.item) && seen.insert(one.item)).collect();
        let known: Minutes = items.iter().filter_map(|one| one.minutes).sum();
        let unknown = items.iter().filter(|one| one.minutes.is_none()).count();
        let rest = (decision.covered - covered - known).max(Minutes::ZERO);
        let mut parts = crate::capacity::divide(rest.in_minutes(), &vec![1; unknown]).into_iter();
        covered = covered.max(decision.covered);
        for item in items {
            let part = item.minutes.or_else(|| parts.next().map(Minutes::new)).unwrap_or_default();
            all.push((Named { item, choice: decision.choice }, part));
        }
    }
    all
}

/// How much the team completed of what the interrupts left possible (rule 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatWasPossible {
    /// What is counted.
    pub unit: Unit,
    /// Completed in the planned lanes.
    pub completed: Size,
    /// Committed in them.
    pub committed: Size,
    /// Of the committed, what was displaced.
    pub displaced: Size,
    /// Completed ÷ (committed − displaced); none where the interrupts left nothing possible.
    pub share: Option<Share>,
}

impl WhatWasPossible {
    /// The share of what was possible. Source: semantics 4.3.
    pub fn new(unit: Unit, completed: Size, committed: Size, displaced: Size) -> WhatWasPossible {
        let (done, possible) = (completed.in_hundredths(), (committed - displaced).in_hundredths());
        let share = (possible > 0).then(|| {
            Share::basis_points(
                ((i128::from(done) * 10_000 + i128::from(possible) / 2) / i128::from(possible)) as i64,
            )
        });
        WhatWasPossible { unit, completed, committed, displaced, share }
    }
}

#[cfg(test)]
mod tests {
    use super::super::buffer::tests::interrupts;
    use super::super::buffer::{DecidedItem, coverage, draws};
    use super::*;
    use crate::calendar::Instant;
    use crate::identity::Identities;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use std::fmt::Write;

    /// Decisions from `swapOut over4 x:3 y:? | acceptSlip over6 z:2`: items with their hours.
    fn decisions(text: &str) -> Vec<Decision> {
        let mut identities = Identities::new(Instant::from_millis(9), 2, 1);
        let mut known: std::collections::HashMap<String, ItemId> = Default::default();
        let mut all: Vec<Decision> = Vec::new();
        for text in text.split('|').filter(|text| !text.trim().is_empty()) {
            let mut words = text.split_whitespace();
            let choice = words.next().unwrap().parse().unwrap();
            let overflow =
                Minutes::hours(words.next().unwrap().strip_prefix("over").unwrap().parse().unwrap());
            let item = |word: &str| {
                let (label, hours) = word.split_once(':').unwrap();
                let item = *known.entry(label.into()).or_insert_with(|| identities.fresh());
                DecidedItem {
                    item,
                    label: label.into(),
                    title: String::new(),
                    size: None,
                    minutes: hours.parse().ok().map(Minutes::hours),
                }
            };
            let items: Vec<DecidedItem> = words.map(item).collect();
            let covered = coverage(overflow, &all, items.iter().map(|item| item.minutes));
            let reason = "why".into();
            all.push(Decision {
                id: identities.fresh(),
                at: Instant::from_millis(0),
                choice,
                reason,
                overflow,
                covered,
                items,
            });
        }
        all
    }

    fn ledger(kept: Option<i64>, text: &str, decided: &str, done: &str) -> DisplacementLedger {
        let decisions = decisions(decided);
        let is_done = |item: &&DecidedItem| done.split(' ').any(|label| label == item.label);
        let done =
            decisions.iter().flat_map(|one| &one.items).filter(is_done).map(|item| item.item).collect();
        displacement(kept.map(Minutes::hours), &draws(&interrupts(text), &[]).0, &decisions, &done)
    }

    fn check(kept: Option<i64>, text: &str, decided: &str, done: &str, expected: Expect) {
        let ledger = ledger(kept, text, decided, done);
        let mut out = String::new();
        for line in &ledger.lines {
            write!(out, "{}: {} = {} + {}", line.label, line.minutes, line.from_buffer, line.beyond).unwrap();
            for pushed in &line.pushed {
                write!(out, ", {} {}", pushed.label, pushed.minutes).unwrap();
            }
            out.push('\n');
        }
        for one in &ledger.displaced {
            writeln!(out, "{} {} by {}, {}", one.choice, one.label, one.by.join(" "), one.paired).unwrap();
        }
        write!(
            out,
            "{} = {} + {}, {} unpaired",
            ledger.used, ledger.from_buffer, ledger.beyond, ledger.unpaired
        )
        .unwrap();
        expected.assert_eq(&out);
    }

    #[test]
    fn rule_4_3_each_interrupt_is_paired_with_what_it_pushed_out() {
        check(
            Some(4),
            "a 1:3 3:2 | b 2:4",
            "swapOut over5 x:3 y:2",
            "",
            expect![[r#"
            a: 5 h = 3 h + 2 h, y 2 h
            b: 4 h = 1 h + 3 h, x 3 h
            swapOut x by b, 3 h
            swapOut y by a, 2 h
            9 h = 4 h + 5 h, 0 h unpaired"#]],
        );
        // A large item is shared by both; what is left of it is paired with nothing.
        check(
            Some(4),
            "a 1:6 | b 2:4",
            "reduceScope over6 x:9",
            "",
            expect![[r#"
            a: 6 h = 4 h + 2 h, x 2 h
            b: 4 h = 0 h + 4 h, x 4 h
            reduceScope x by a b, 6 h
            10 h = 4 h + 6 h, 0 h unpaired"#]],
        );
    }

    #[test]
    fn rule_4_3_an_item_that_is_done_after_all_was_not_displaced_and_none_is_twice() {
        check(
            Some(4),
            "a 1:9",
            "acceptSlip over2 x:2 y:1 | swapOut over5 x:2 z:2",
            "y",
            expect![[r#"
            a: 9 h = 4 h + 5 h, x 2 h, z 2 h
            acceptSlip x by a, 2 h
            swapOut z by a, 2 h
            9 h = 4 h + 5 h, 1 h unpaired"#]],
        );
    }

    #[test]
    fn rule_4_3_items_without_hours_share_what_their_decision_covered() {
        check(
            Some(4),
            "a 1:7 | b 2:3",
            "swapOut over6 x:2 y:? z:?",
            "",
            expect![[r#"
            a: 7 h = 4 h + 3 h, x 2 h, y 1 h
            b: 3 h = 0 h + 3 h, y 1 h, z 2 h
            swapOut x by a, 2 h
            swapOut y by a b, 2 h
            swapOut z by b, 2 h
            10 h = 4 h + 6 h, 0 h unpaired"#]],
        );
        check(
            Some(4),
            "a 1:6",
            "swapOut over2 x:2 y:?",
            "",
            expect![[r#"
            a: 6 h = 4 h + 2 h, x 2 h, y 0 h
            swapOut x by a, 2 h
            swapOut y by a, 0 h
            6 h = 4 h + 2 h, 0 h unpaired"#]],
        );
    }

    #[test]
    fn without_a_budget_nothing_goes_beyond_it() {
        check(
            None,
            "a 1:6 | b est2",
            "",
            "",
            expect![[r#"
                a: 6 h = 6 h + 0 h
                b: 2 h = 2 h + 0 h
                8 h = 8 h + 0 h, 0 h unpaired"#]],
        );
    }

    #[test]
    fn rule_4_3_completed_of_what_the_interrupts_left_possible() {
        let possible = |completed: i64, committed: i64, displaced: i64| {
            let share = WhatWasPossible::new(
                Unit::Points,
                Size::points(completed),
                Size::points(committed),
                Size::points(displaced),
            )
            .share;
            share.map(|share| share.to_string())
        };
        assert_eq!(possible(23, 30, 5), Some("92 %".into()));
        assert_eq!(possible(30, 30, 0), Some("100 %".into()));
        assert_eq!(possible(3, 5, 5), None);
    }

    proptest! {
        #[test]
        fn hours_add_up_and_nothing_is_displaced_twice(
            kept in prop::option::of(0..40_i64),
            hours in prop::collection::vec((0..4_usize, 1..11_usize, 1..20_i64), 0..12),
            named in prop::collection::vec((0..3_usize, 0..6_usize, prop::option::of(0..8_i64)), 0..9),
            done in 0..6_usize,
        ) {
            let mut lines = [String::from("a"), "b".into(), "c".into(), "d".into()];
            for (who, day, quarters) in &hours {
                lines[*who].push_str(&format!(" {day}:{}", *quarters as f64 / 4.0));
            }
            let lines: Vec<String> = lines.into_iter().filter(|line| line.len() > 1).collect();
            let mut decided = [String::from("swapOut over3"), "acceptSlip over7".into(), "reduceScope over9".into()];
            for (which, item, hours) in &named {
                decided[*which].push_str(&format!(" {}:{}", ["u", "v", "w", "x", "y", "z"][*item], hours.map_or("?".into(), |hours| hours.to_string())));
            }
            let done = ["u", "v", "w", "x", "y", "z"][done];
            let ledger = ledger(kept, &lines.join(" | "), &decided.join(" | "), done);
            let sum = |of: fn(&LedgerLine) -> Minutes| ledger.lines.iter().map(of).sum::<Minutes>();
            for line in &ledger.lines {
                prop_assert_eq!(line.from_buffer + line.beyond, line.minutes);
                prop_assert!(line.pushed.iter().map(|one| one.minutes).sum::<Minutes>() <= line.beyond);
            }
            let all: Minutes = hours.iter().map(|(_, _, quarters)| Minutes::new(quarters * 15)).sum();
            prop_assert_eq!(ledger.used, all);
            prop_assert_eq!(sum(|line| line.minutes), ledger.used);
            prop_assert_eq!(sum(|line| line.from_buffer), ledger.from_buffer);
            prop_assert_eq!(sum(|line| line.beyond), ledger.beyond);
            prop_assert_eq!(ledger.from_buffer, kept.map_or(all, |kept| all.min(Minutes::hours(kept))));
            let mut items: Vec<ItemId> = ledger.displaced.iter().map(|one| one.item).collect();
            let distinct: HashSet<ItemId> = items.drain(..).collect();
            prop_assert_eq!(distinct.len(), ledger.displaced.len());
            prop_assert!(ledger.displaced.iter().all(|one| one.label != done));
            prop_assert!(ledger.displaced.iter().all(|one| ledger.beyond == Minutes::ZERO || !one.by.is_empty()));
            let paired: Minutes = ledger.displaced.iter().map(|one| one.paired).sum();
            prop_assert_eq!(paired + ledger.unpaired, ledger.beyond);
            let of_lines: Minutes = ledger.lines.iter().flat_map(|line| &line.pushed).map(|one| one.minutes).sum();
            prop_assert_eq!(of_lines, paired);
        }
    }
}
