//! How healthy the backlog is: what lacks a size or a kind, how old it is, and whether debt and bugs grow.
//!
//! 1. It counts open items: neither done nor cancelled. An item that has parts counts nowhere, its parts do (1.1).
//! 2. Unsorted and unsized are counted and named, never taken as a kind or as 0 points (1.1, 1.4).
//! 3. An item's age = from its creation, as the difference of local dates.
//! 4. What comes in is created or opened again; what goes out is done or cancelled. So the open items of a kind in the
//!    end are those of the beginning, and what came in, less what went out.
//! 5. An item is of the kind that it has at the end of the window, in all its weeks: sorting it later moves no week.

use super::FlowWindow;
use super::passage::{Passage, days_between};
use crate::backlog::WorkKind;
use crate::calendar::{Day, Instant};
use crate::identity::ItemId;
use crate::team::Workflow;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// An open item, as the health of a backlog needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenItem {
    /// The item.
    pub item: ItemId,
    /// When it was created.
    pub created: Instant,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Whether it has a size.
    pub is_sized: bool,
}

/// The health of a backlog, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BacklogHealth {
    /// The day of the counts.
    pub day: Day,
    /// How many items are open.
    pub open: u32,
    /// How many of them have no size.
    pub without_size: u32,
    /// How many of them have no kind.
    pub unsorted: u32,
    /// How old they are, from the youngest to the oldest; each open item is in one.
    pub ages: Vec<AgeSpan>,
    /// The age in days that half of them do not exceed; none where none is open.
    pub median_age: Option<u32>,
    /// The weeks of the window, from Monday to Sunday; the last may still go on.
    pub weeks: Vec<Day>,
    /// Debt and bugs, week by week.
    pub kinds: Vec<KindFlow>,
}

/// Open items between two ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgeSpan {
    /// The lowest age in days.
    pub from: u32,
    /// The age that they have not reached; none for the oldest.
    pub to: Option<u32>,
    /// How many they are.
    pub items: u32,
}

impl AgeSpan {
    /// Where the spans begin: up to four weeks, three months, half a year, a year, longer.
    pub const FROM: [u32; 5] = [0, 28, 91, 182, 365];

    /// Whether an age lies in it.
    pub fn holds(&self, days: u32) -> bool {
        self.from <= days && self.to.is_none_or(|to| days < to)
    }
}

/// What came in and went out of one kind, week by week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KindFlow {
    /// The kind.
    pub kind: WorkKind,
    /// How many are open in the end.
    pub open: u32,
    /// What came in, week by week.
    pub came: Vec<u32>,
    /// What went out, week by week.
    pub went: Vec<u32>,
}

impl KindFlow {
    /// All that came in.
    pub fn all_came(&self) -> u32 {
        self.came.iter().sum()
    }

    /// All that went out.
    pub fn all_went(&self) -> u32 {
        self.went.iter().sum()
    }
}

/// An item came into the open ones, or went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossing {
    /// When.
    pub at: Instant,
    /// Whether it came in.
    pub came: bool,
}

impl Passage {
    /// When the item came into the open ones and when it went out, within a window. One that was created as done or
    /// cancelled never came in.
    pub fn crossings(&self, window: &FlowWindow, workflow: &Workflow) -> Vec<Crossing> {
        let mut crossings = Vec::new();
        let mut was_open = false;
        for entered in self.until(window.until()) {
            let is_open = !workflow.category(Some(entered.state)).is_end();
            if is_open != was_open && entered.at >= window.start() {
                crossings.push(Crossing { at: entered.at, came: is_open });
            }
            was_open = is_open;
        }
        crossings
    }
}

impl BacklogHealth {
    /// The health at the end of a window, which is taken in whole weeks.
    ///
    /// `open` are the open items at its end; the passages are of all items that entered a state since it began, each
    /// of a kind.
    pub fn new(
        window: &FlowWindow,
        workflow: &Workflow,
        open: &[OpenItem],
        passages: &[Passage],
        kinds: &HashMap<ItemId, Option<WorkKind>>,
    ) -> BacklogHealth {
        let day = window.last();
        // Days are as long as they are: an age is told by the first instant of the day on which it would begin.
        let older = |days: u32| {
            let begin = window.zone().start_of(day.plus(1 - i64::from(days)));
            number(open.iter().filter(|item| item.created < begin).count())
        };
        let count = |test: &dyn Fn(&OpenItem) -> bool| number(open.iter().filter(|item| test(item)).count());
        let spans = AgeSpan::FROM.iter().enumerate().map(|(at, from)| {
            let to = AgeSpan::FROM.get(at + 1).copied();
            let reached = if *from == 0 { number(open.len()) } else { older(*from) };
            AgeSpan { from: *from, to, items: reached - to.map_or(0, older) }
        });
        let mut created: Vec<Instant> = open.iter().map(|item| item.created).collect();
        let middle = created.len() / 2;
        let median_age = (!created.is_empty()).then(|| {
            // The later half is the younger one.
            let (_, median, _) = created.select_nth_unstable(middle);
            days_between(window.zone().day_of(*median), day)
        });
        let weeks: Vec<Day> = window.first().monday().through(day).step_by(7).collect();
        let flows = [WorkKind::Debt, WorkKind::Bug].map(|kind| {
            let mut flow = KindFlow {
                kind,
                open: count(&|item| item.kind == Some(kind)),
                came: vec![0; weeks.len()],
                went: vec![0; weeks.len()],
            };
            let is_of_kind = |passage: &&Passage| kinds.get(&passage.item) == Some(&Some(kind));
            for crossing in
                passages.iter().filter(is_of_kind).flat_map(|passage| passage.crossings(window, workflow))
            {
                let monday = window.zone().day_of(crossing.at).monday();
                let week = weeks.first().map_or(0, |first| first.days_until(monday) / 7);
                let of = if crossing.came { &mut flow.came } else { &mut flow.went };
                if let Some(sum) = usize::try_from(week).ok().and_then(|week| of.get_mut(week)) {
                    *sum += 1;
                }
            }
            flow
        });
        BacklogHealth {
            day,
            open: number(open.len()),
            without_size: count(&|item| !item.is_sized),
            unsorted: count(&|item| item.kind.is_none()),
            ages: spans.collect(),
            median_age,
            weeks,
            kinds: flows.to_vec(),
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::passage::story::Ways;
    use super::*;

    /// The items that are open at the end of a window, each sized if its name does not begin with `u`.
    fn open(ways: &Ways, window: &FlowWindow) -> Vec<OpenItem> {
        let is_open = |passage: &&Passage| {
            let state = passage.state_at(window.until());
            state.is_some_and(|state| !ways.workflow.category(Some(state)).is_end())
        };
        let open = ways.passages.iter().filter(is_open).map(|passage| {
            let kind = ways.items[&passage.item].kind;
            let created = passage.created().unwrap();
            OpenItem { item: passage.item, created, kind, is_sized: kind.is_some() }
        });
        open.collect()
    }

    fn health(ways: &Ways, first: &str, now: &str) -> BacklogHealth {
        let window = ways.window(first, now);
        let kinds = ways.items.iter().map(|(id, item)| (*id, item.kind)).collect();
        BacklogHealth::new(&window, &ways.workflow, &open(ways, &window), &ways.passages, &kinds)
    }

    #[test]
    fn what_comes_in_less_what_goes_out_is_what_the_open_items_grow_by() {
        let ways = Ways::tell(
            "d1 mon todo | mon2 done
             d2 tue todo
             d3 mon0 todo | mon3 off
             d4 mon0 todo | tue done | tue2 todo
             b1 mon done | tue2 todo
             b2 mon doing | tue done | wed doing | thu done
             f1 mon todo",
        );
        let health = health(&ways, "mon", "tue3");
        let said: Vec<String> = health
            .kinds
            .iter()
            .map(|flow| format!("{} {}: +{:?} -{:?}", flow.kind, flow.open, flow.came, flow.went))
            .collect();
        assert_eq!(said.join(", "), "debt 2: +[2, 1, 0] -[1, 1, 1], bug 1: +[2, 1, 0] -[2, 0, 0]");
        for flow in &health.kinds {
            let before = ways.passages.iter().filter(|passage| {
                let kind = ways.items[&passage.item].kind;
                let state = passage.state_at(ways.at("mon 00:00").plus_millis(-1));
                kind == Some(flow.kind)
                    && state.is_some_and(|state| !ways.workflow.category(Some(state)).is_end())
            });
            assert_eq!(before.count() as u32 + flow.all_came() - flow.all_went(), flow.open);
        }
    }

    #[test]
    fn rule_1_4_unsized_and_unsorted_are_counted_and_every_open_item_has_an_age() {
        let ways = Ways::tell("u1 mon todo\nf1 mon0 doing\nf2 mon todo | tue done\nu2 mon5 ready");
        let health = health(&ways, "mon", "mon9");
        assert_eq!((health.open, health.without_size, health.unsorted), (3, 2, 2));
        let ages: Vec<u32> = health.ages.iter().map(|span| span.items).collect();
        assert_eq!(ages, [0, 3, 0, 0, 0]);
        assert_eq!(health.median_age, Some(56));
        assert_eq!(health.weeks.len(), 9);
    }

    #[test]
    fn an_empty_backlog_has_no_age() {
        let health = health(&Ways::tell(""), "mon", "tue");
        assert_eq!((health.open, health.median_age, health.weeks.len()), (0, None, 1));
    }
}
