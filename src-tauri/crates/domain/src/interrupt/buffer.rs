//! The buffer of a Sprint: what draws on it, how it stands, at what pace, and what a decision covers (4.1, 4.2).
//!
//! 1. The budget is the share that was frozen of the net hours that were frozen (2.5, 3.2). Where nobody's hours were
//!    set there is no budget, and so no verdict.
//! 2. Interrupts of the buffer lane draw with the hours that they took in this Sprint; until there are any, with what
//!    is left of their estimate. An item that an interrupt became draws nothing itself; other items of the buffer lane
//!    draw by hours per point. What is not known is counted apart and never as nothing (1.4).
//! 3. The pace is what was used, over the working days so far, today included; it is said from the second on, and
//!    names the day on which the buffer is empty.
//! 4. A decision covers the overflow of its moment, or, beyond what was covered, the hours of its named items, if
//!    these are more. Beyond that the overflow asks again.

use super::OverflowChoice;
use crate::calendar::{Day, Instant};
use crate::identity::{InterruptId, ItemId, MemberId, RowId};
use crate::measures::{Minutes, Size};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An interrupt as it stands to one Sprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SprintInterrupt {
    /// The interrupt.
    pub id: InterruptId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Whether it draws on the buffer.
    pub in_buffer: bool,
    /// The day from which its estimate draws: its arrival, or the first day of the Sprint for an earlier one.
    pub since: Day,
    /// When it arrived, or was taken: orders what draws on one day.
    pub at: Instant,
    /// How long it was expected to take in all.
    pub estimate: Option<Minutes>,
    /// What it took in earlier Sprints, or in none.
    pub before: Minutes,
    /// What it took in this Sprint, in any order.
    pub hours: Vec<SprintHours>,
}

/// Hours of an interrupt in one Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SprintHours {
    /// The day.
    pub day: Day,
    /// How long.
    pub minutes: Minutes,
    /// Who, where it is known.
    pub member: Option<MemberId>,
    /// When they were written down.
    pub recorded_at: Instant,
}

impl SprintInterrupt {
    /// The hours that are known in this Sprint; none where there are none.
    pub fn took(&self) -> Option<Minutes> {
        (!self.hours.is_empty()).then(|| self.hours.iter().map(|hours| hours.minutes).sum())
    }

    /// What it counts: its hours, else what is left of its estimate; none where neither is known.
    pub fn counts(&self) -> Option<Minutes> {
        self.took().or_else(|| self.estimate.map(|estimate| (estimate - self.before).max(Minutes::ZERO)))
    }
}

/// An item of the buffer lane that no interrupt became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BufferItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The day on which it came in.
    pub since: Day,
    /// When.
    pub at: Instant,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// Its hours by hours per point, where they are known.
    pub minutes: Option<Minutes>,
}

/// What draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Drawer {
    /// An interrupt.
    Interrupt(InterruptId),
    /// An item of the buffer lane that no interrupt became.
    Item(ItemId),
}

/// Time that is drawn from the buffer on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// What draws.
    pub drawer: Drawer,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The day.
    pub day: Day,
    /// How long.
    pub minutes: Minutes,
    /// Whether it is known: an estimate, and hours by hours per point, are not.
    pub is_known: bool,
    at: Instant,
}

impl Draw {
    /// When its hours were written down, or when what is estimated arrived.
    pub fn at(&self) -> Instant {
        self.at
    }
}

/// What came into the buffer and cannot be counted yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Undrawn {
    /// What it is.
    pub drawer: Drawer,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
}

/// What draws on the buffer, in order of time, and what cannot be counted yet (rule 2).
pub fn draws(interrupts: &[SprintInterrupt], items: &[BufferItem]) -> (Vec<Draw>, Vec<Undrawn>) {
    let (mut all, mut undrawn) = (Vec::new(), Vec::new());
    for one in interrupts.iter().filter(|one| one.in_buffer) {
        let drawer = Drawer::Interrupt(one.id);
        let draw = |day, minutes, at, is_known| Draw {
            drawer,
            label: one.label.clone(),
            title: one.title.clone(),
            day,
            minutes,
            is_known,
            at,
        };
        if !one.hours.is_empty() {
            all.extend(one.hours.iter().map(|hours| draw(hours.day, hours.minutes, hours.recorded_at, true)));
        } else if let Some(left) = one.counts() {
            all.push(draw(one.since, left, one.at, false));
        } else {
            undrawn.push(Undrawn { drawer, label: one.label.clone(), title: one.title.clone() });
        }
    }
    for one in items {
        let drawer = Drawer::Item(one.item);
        let (label, title) = (one.label.clone(), one.title.clone());
        match one.minutes {
            Some(minutes) => {
                all.push(Draw { drawer, label, title, day: one.since, minutes, is_known: false, at: one.at });
            }
            None => undrawn.push(Undrawn { drawer, label, title }),
        }
    }
    all.sort_by_key(|draw| (draw.day, draw.at, draw.drawer));
    (all, undrawn)
}

/// How the buffer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Buffer {
    /// Free, in use or overflowing.
    pub state: BufferState,
    /// The budget; none where nobody's hours were set.
    pub kept: Option<Minutes>,
    /// What is used of it, as far as is known.
    pub used: Minutes,
    /// The part of that which is expected and not known yet.
    pub expected: Minutes,
    /// By how much it overflows.
    pub over: Minutes,
    /// The day on which it was used up.
    pub over_since: Option<Day>,
    /// What cannot be counted yet.
    pub undrawn: Vec<Undrawn>,
    /// How fast it is used; none before the second working day, and where nothing is used.
    pub pace: Option<Pace>,
}

/// How the buffer stands (4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum BufferState {
    /// Nothing unplanned came in.
    Free,
    /// Something did, and as far as is known there is room.
    InUse,
    /// More is used than was kept.
    Overflowing,
}

/// How fast the buffer is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Pace {
    /// Minutes a working day so far.
    pub a_day: Minutes,
    /// The working day on which the buffer is empty at this rate; none where it lasts to the end of the Sprint.
    pub empty_on: Option<Day>,
}

/// How the buffer stands on a day, with the working days of the Sprint in order. Source: semantics 4.2.
pub fn buffer(
    kept: Option<Minutes>,
    draws: &[Draw],
    undrawn: Vec<Undrawn>,
    working_days: &[Day],
    today: Day,
) -> Buffer {
    let used: Minutes = draws.iter().map(|draw| draw.minutes).sum();
    let expected = draws.iter().filter(|draw| !draw.is_known).map(|draw| draw.minutes).sum();
    let over = kept.map_or(Minutes::ZERO, |kept| (used - kept).max(Minutes::ZERO));
    let mut so_far = Minutes::ZERO;
    let over_since = kept.and_then(|kept| {
        draws.iter().find_map(|draw| {
            so_far += draw.minutes;
            (so_far > kept).then_some(draw.day)
        })
    });
    let state = if over > Minutes::ZERO {
        BufferState::Overflowing
    } else if draws.is_empty() && undrawn.is_empty() {
        BufferState::Free
    } else {
        BufferState::InUse
    };
    let pace = kept.filter(|kept| used <= *kept).and_then(|kept| pace(kept, used, working_days, today));
    Buffer { state, kept, used, expected, over, over_since, undrawn, pace }
}

/// The pace on a day (rule 3); none where it would say nothing.
fn pace(kept: Minutes, used: Minutes, working_days: &[Day], today: Day) -> Option<Pace> {
    let so_far = working_days.iter().filter(|day| **day <= today).count() as i64;
    let is_over = working_days.last().is_none_or(|last| *last < today);
    if so_far < 2 || is_over || used <= Minutes::ZERO {
        return None;
    }
    let (left, used_so_far) = (i128::from((kept - used).in_minutes()), i128::from(used.in_minutes()));
    // Whole days after today until nothing is left: left ÷ (used ÷ days so far), rounded up.
    let days = (left * i128::from(so_far) + used_so_far - 1) / used_so_far;
    let ahead = working_days.iter().filter(|day| **day > today);
    let empty_on = match usize::try_from(days) {
        Ok(0) => Some(today),
        Ok(days) => ahead.copied().nth(days - 1),
        Err(_) => None,
    };
    Some(Pace { a_day: Minutes::new((used.in_minutes() + so_far / 2) / so_far), empty_on })
}

/// What a team decided about an overflow (4.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Its identity.
    pub id: RowId,
    /// When it was decided.
    pub at: Instant,
    /// What.
    pub choice: OverflowChoice,
    /// Why.
    pub reason: String,
    /// The overflow at that moment.
    pub overflow: Minutes,
    /// The overflow that it covers.
    pub covered: Minutes,
    /// The items that it names, in the order of their naming.
    pub items: Vec<DecidedItem>,
}

/// An item that a decision names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecidedItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// Its hours by hours per point, where they are known.
    pub minutes: Option<Minutes>,
}

/// The overflow that a decision covers (rule 4): that of its moment, or the hours of its items beyond what was covered.
pub fn coverage(
    overflow: Minutes,
    before: &[Decision],
    items: impl Iterator<Item = Option<Minutes>>,
) -> Minutes {
    overflow.max(covered(before) + items.flatten().sum())
}

/// The part of an overflow that waits for a decision; none where all of it is decided. Source: semantics 4.2.
pub fn undecided(overflow: Minutes, decisions: &[Decision]) -> Option<Minutes> {
    Some(overflow - covered(decisions)).filter(|left| overflow > Minutes::ZERO && *left > Minutes::ZERO)
}

fn covered(decisions: &[Decision]) -> Minutes {
    decisions.iter().map(|decision| decision.covered).max().unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::identity::Identities;
    use expect_test::{Expect, expect};
    use std::collections::BTreeMap;
    use std::fmt::Write;

    pub(in crate::interrupt) fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// The days of two weeks from Monday, 30 November 2026, by number from 1; weekends have none.
    pub(in crate::interrupt) fn working(n: usize) -> Day {
        day("2026-11-30")
            .through(day("2026-12-11"))
            .filter(|day| day.weekday().num_days_from_monday() < 5)
            .nth(n - 1)
            .unwrap()
    }

    /// Interrupts from `a 1:2 3:1.5 | b est4 | c ? | d lane 2:8 | e before3 est4`: hours by working day.
    pub(in crate::interrupt) fn interrupts(text: &str) -> Vec<SprintInterrupt> {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let mut clock = 0;
        let one = |text: &str| {
            let mut words = text.split_whitespace();
            clock += 1;
            let mut one = SprintInterrupt {
                id: identities.fresh(),
                label: words.next().unwrap().into(),
                title: String::new(),
                in_buffer: true,
                since: working(1),
                at: Instant::from_millis(clock),
                estimate: None,
                before: Minutes::ZERO,
                hours: Vec::new(),
            };
            let hours = |text: &str| super::super::parse_hours(text).unwrap();
            for word in words {
                if let Some((day, took)) = word.split_once(':') {
                    clock += 1;
                    one.hours.push(SprintHours {
                        day: working(day.parse().unwrap()),
                        minutes: hours(took),
                        member: None,
                        recorded_at: Instant::from_millis(clock),
                    });
                } else if let Some(estimate) = word.strip_prefix("est") {
                    one.estimate = Some(hours(estimate));
                } else if let Some(before) = word.strip_prefix("before") {
                    one.before = hours(before);
                } else if word == "lane" {
                    one.in_buffer = false;
                }
            }
            one
        };
        text.split('|').filter(|text| !text.trim().is_empty()).map(one).collect()
    }

    fn check(kept: Option<i64>, text: &str, today: usize, expected: Expect) {
        let days: Vec<Day> = (1..=10).map(working).collect();
        let number: BTreeMap<Day, usize> = days.iter().copied().zip(1..).collect();
        let (draws, undrawn) = draws(&interrupts(text), &[]);
        let now = buffer(kept.map(Minutes::hours), &draws, undrawn, &days, working(today));
        let mut out = format!("{:?}, {} used", now.state, now.used);
        if now.expected > Minutes::ZERO {
            write!(out, ", {} of it expected", now.expected).unwrap();
        }
        if let Some(since) = now.over_since {
            write!(out, ", {} over since day {}", now.over, number[&since]).unwrap();
        }
        if let Some(pace) = now.pace {
            let until = pace.empty_on.map_or("the end".into(), |day| format!("day {}", number[&day]));
            write!(out, ", {} a day, until {until}", pace.a_day).unwrap();
        }
        for one in now.undrawn {
            write!(out, ", {} not known", one.label).unwrap();
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn rule_4_1_an_interrupt_draws_with_its_hours_or_with_its_estimate_until_hours_are_known() {
        check(Some(20), "", 3, expect!["Free, 0 h used"]);
        check(Some(20), "a est4", 1, expect!["InUse, 4 h used, 4 h of it expected"]);
        check(Some(20), "a est4 1:1", 1, expect!["InUse, 1 h used"]);
        check(Some(20), "a est4 before3", 1, expect!["InUse, 1 h used, 1 h of it expected"]);
        check(Some(20), "a est4 before6", 1, expect!["InUse, 0 h used"]);
        check(Some(20), "a lane 1:8 | b 1:2", 1, expect!["InUse, 2 h used"]);
    }

    #[test]
    fn rule_1_4_hours_that_nobody_knows_are_named_and_never_nothing() {
        check(Some(20), "a ? | b 1:2", 1, expect!["InUse, 2 h used, a not known"]);
        check(None, "a 1:6", 3, expect!["InUse, 6 h used"]);
    }

    #[test]
    fn rule_4_2_the_buffer_is_free_in_use_or_overflowing() {
        check(Some(4), "a 1:3 2:1", 1, expect!["InUse, 4 h used"]);
        check(Some(4), "a 1:3 2:1.25", 2, expect!["Overflowing, 4.3 h used, 0.3 h over since day 2"]);
        check(Some(4), "a 3:3 | b 1:2", 3, expect!["Overflowing, 5 h used, 1 h over since day 3"]);
        check(Some(0), "a 1:1", 3, expect!["Overflowing, 1 h used, 1 h over since day 1"]);
    }

    #[test]
    fn the_pace_is_said_from_the_second_working_day_on_and_names_the_day() {
        check(Some(20), "a 1:4", 1, expect!["InUse, 4 h used"]);
        check(Some(20), "a 1:4", 2, expect!["InUse, 4 h used, 2 h a day, until day 10"]);
        check(Some(20), "a 1:4 2:4", 2, expect!["InUse, 8 h used, 4 h a day, until day 5"]);
        check(Some(20), "a 1:1", 4, expect!["InUse, 1 h used, 0.3 h a day, until the end"]);
        check(Some(8), "a 1:4 2:4", 2, expect!["InUse, 8 h used, 4 h a day, until day 2"]);
        check(Some(8), "a 1:4", 10, expect!["InUse, 4 h used, 0.4 h a day, until the end"]);
    }

    #[test]
    fn rule_4_2_an_overflow_asks_until_it_is_covered_and_again_beyond() {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let mut decide = |overflow: i64, before: &[Decision], items: &[Option<i64>]| {
            let items = items.iter().map(|hours| hours.map(Minutes::hours));
            Decision {
                id: identities.fresh(),
                at: Instant::from_millis(0),
                choice: OverflowChoice::AcceptSlip,
                reason: "why".into(),
                overflow: Minutes::hours(overflow),
                covered: coverage(Minutes::hours(overflow), before, items),
                items: Vec::new(),
            }
        };
        let asks = |hours: i64, decisions: &[Decision]| {
            undecided(Minutes::hours(hours), decisions).map(|left| left.to_string())
        };
        assert_eq!(asks(0, &[]), None);
        assert_eq!(asks(3, &[]), Some("3 h".into()));
        let first = decide(3, &[], &[None]);
        assert_eq!(asks(3, std::slice::from_ref(&first)), None);
        assert_eq!(asks(4, std::slice::from_ref(&first)), Some("1 h".into()), "beyond it asks again");
        let second = decide(4, std::slice::from_ref(&first), &[Some(8), None]);
        assert_eq!(
            asks(11, &[first.clone(), second.clone()]),
            None,
            "its items are 8 h, beyond the 3 h covered"
        );
        assert_eq!(asks(12, &[first, second]), Some("1 h".into()));
    }
}
