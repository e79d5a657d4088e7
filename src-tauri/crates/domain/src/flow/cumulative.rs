//! The cumulative flow by the team's states (5.5).
//!
//! 1. Each band counts the items in a state at the end of each day; the states stand upon each other from *done* at the
//!    bottom to the first *to do* at the top. What is cancelled leaves the picture.
//! 2. *Done* counts what was finished within the window and still is: the bottom begins at nothing.
//! 3. The pace is the level line from where work had begun on as many items as are done now to now: about so long an
//!    item takes from its beginning to its finish. It is said as it is seen in the picture, for items that leave in
//!    the order in which they came.
//! 4. An item that has parts counts nowhere, its parts do (1.1).

use super::FlowWindow;
use super::passage::Passage;
use crate::backlog::Category;
use crate::calendar::Day;
use crate::identity::StateId;
use crate::team::{State, Workflow};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// A cumulative flow, ready to be drawn.
///
/// `x` counts local days from the start of the first day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CumulativeFlow {
    /// The days, in order.
    pub days: Vec<Day>,
    /// Where the picture ends: now, or the end of the last day.
    pub end: f64,
    /// The bands, from the bottom.
    pub bands: Vec<FlowBand>,
    /// About how long an item takes; none where nothing is in work, or nothing was finished.
    pub pace: Option<FlowPace>,
}

/// The items of a state, day by day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowBand {
    /// The state.
    pub state: StateId,
    /// Its name.
    pub name: String,
    /// What it means.
    pub category: Category,
    /// How many items were in it when the first day began, and at the end of each day: one more than there are days.
    pub counts: Vec<u32>,
}

impl FlowBand {
    /// How many items were in it in the end.
    pub fn last(&self) -> u32 {
        self.counts.last().copied().unwrap_or_default()
    }

    /// How many items were in it in the beginning.
    pub fn first(&self) -> u32 {
        self.counts.first().copied().unwrap_or_default()
    }
}

/// About how long an item takes from its beginning to its finish (rule 3).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowPace {
    /// Where the level line begins.
    pub from: f64,
    /// How many items are done at its end, counted from the bottom.
    pub level: u32,
    /// How long it is, in days.
    pub days: f64,
    /// Whether it began before the window, so that it is longer than it can be shown.
    pub is_longer: bool,
}

impl CumulativeFlow {
    /// The flow within a window.
    ///
    /// The passages are of all items that entered a state since the window began. `resting` says how many other items
    /// are in each state: they have been there all the time.
    pub fn new(
        window: &FlowWindow,
        workflow: &Workflow,
        passages: &[Passage],
        resting: &[(StateId, u32)],
    ) -> CumulativeFlow {
        let shown = shown(workflow);
        let places: HashMap<StateId, usize> =
            shown.iter().enumerate().map(|(place, state)| (state.id, place)).collect();
        // What the team has no name for any more means *to do* (1.5).
        let unknown = shown.iter().rposition(|state| state.category == Category::ToDo);
        let band_of = |state: StateId| match places.get(&state) {
            Some(place) => Some(*place),
            None if workflow.get(state).is_some() => None,
            None => unknown,
        };
        let ends = window.len() + 1;
        // Differences from one end of a day to the next; their running sum is the count.
        let mut changes = vec![vec![0_i64; ends + 1]; shown.len()];
        for (state, count) in resting {
            if let Some(band) = band_of(*state).filter(|band| shown[*band].category != Category::Done) {
                changes[band][0] += i64::from(*count);
            }
        }
        for passage in passages {
            stays(window, workflow, passage, |state, from, to| {
                if let Some(band) = band_of(state) {
                    changes[band][from] += 1;
                    changes[band][to] -= 1;
                }
            });
        }
        let bands: Vec<FlowBand> = shown
            .iter()
            .zip(changes)
            .map(|(state, changes)| {
                let mut sum = 0;
                let mut counts: Vec<u32> = Vec::with_capacity(ends);
                for change in changes.into_iter().take(ends) {
                    sum += change;
                    counts.push(u32::try_from(sum.max(0)).unwrap_or(u32::MAX));
                }
                FlowBand { state: state.id, name: state.name.clone(), category: state.category, counts }
            })
            .collect();
        let pace = pace(&bands, window.end());
        CumulativeFlow { days: window.days(), end: window.end(), bands, pace }
    }

    /// How many items were in states of a category, when the first day began and at the end of each day.
    pub fn counts(&self, category: Category) -> Vec<u32> {
        let mut counts = vec![0_u32; self.days.len() + 1];
        for band in self.bands.iter().filter(|band| band.category == category) {
            for (sum, count) in counts.iter_mut().zip(&band.counts) {
                *sum = sum.saturating_add(*count);
            }
        }
        counts
    }
}

/// The states from the bottom to the top: the last that means *done* first, none that means *cancelled*.
fn shown(workflow: &Workflow) -> Vec<&State> {
    [Category::Done, Category::InProgress, Category::ToDo]
        .into_iter()
        .flat_map(|category| workflow.all().iter().rev().filter(move |state| state.category == category))
        .collect()
}

/// Tells each stay of an item in a state as the ends of days at which it was there: from the first one to before the
/// last. What was done before the window began is told of only once it is opened again.
fn stays(
    window: &FlowWindow,
    workflow: &Workflow,
    passage: &Passage,
    mut tell: impl FnMut(StateId, usize, usize),
) {
    let ends = window.len() + 1;
    let mut was_done_before = false;
    let mut was_done = false;
    let entered = passage.until(window.until());
    for (at, step) in entered.iter().enumerate() {
        let is_done = workflow.category(Some(step.state)) == Category::Done;
        // Place 0 is the beginning of the first day; a day's end is one place after its beginning.
        let place = |at| window.place(at).map_or(0, |day| day + 1);
        let from = place(step.at);
        let to = entered.get(at + 1).map_or(ends, |next| place(next.at));
        if is_done && !was_done {
            was_done_before = step.at < window.start();
        }
        was_done = is_done;
        if from < to && !(is_done && was_done_before) {
            tell(step.state, from, to);
        }
    }
}

/// The level line from where work had begun on as many items as are done in the end (rule 3).
///
/// ```text
///         ╱ begun          the line is where “begun” last lay at or below
///     ├──╱───────┤ done    what is done now
///       ╱     ╱
/// ```
fn pace(bands: &[FlowBand], end: f64) -> Option<FlowPace> {
    let sum = |at: usize, wanted: &dyn Fn(Category) -> bool| -> i64 {
        let shown = bands.iter().filter(|band| wanted(band.category));
        shown.filter_map(|band| band.counts.get(at)).map(|count| i64::from(*count)).sum()
    };
    let last = bands.first()?.counts.len().checked_sub(1)?;
    let level = sum(last, &|category| category == Category::Done);
    let begun = |at: usize| sum(at, &|category| category != Category::ToDo);
    if level == 0 || begun(last) == level {
        return None;
    }
    let x = |at: usize| (at as f64).min(end);
    let (from, is_longer) = match (0..last).rev().find(|at| begun(*at) <= level) {
        Some(before) => {
            let (low, high) = (begun(before), begun(before + 1));
            let part = (level - low) as f64 / (high - low).max(1) as f64;
            (x(before) + part * (x(before + 1) - x(before)), false)
        }
        None => (0.0, true),
    };
    Some(FlowPace { from, level: u32::try_from(level).unwrap_or(u32::MAX), days: end - from, is_longer })
}

#[cfg(test)]
mod tests {
    use super::super::passage::story::Ways;
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    /// The counts of each state that has any, from the top, and the pace.
    fn check(text: &str, first: &str, now: &str, resting: &[(&str, u32)], expected: Expect) {
        let ways = Ways::tell(text);
        let state = |name: &str| ways.workflow.all().iter().find(|state| state.name == name).unwrap().id;
        let resting: Vec<(StateId, u32)> =
            resting.iter().map(|(name, count)| (state(name), *count)).collect();
        let flow = CumulativeFlow::new(&ways.window(first, now), &ways.workflow, &ways.passages, &resting);
        let mut told = String::new();
        for band in flow.bands.iter().rev().filter(|band| band.counts.iter().any(|count| *count > 0)) {
            let counts: String = band.counts.iter().map(|count| format!(" {count}")).collect();
            told.push_str(&format!("{:7}{counts}\n", band.name));
        }
        if let Some(pace) = flow.pace {
            let longer = if pace.is_longer { "more than " } else { "" };
            told.push_str(&format!("{longer}{} days, from {} at {}\n", pace.days, pace.from, pace.level));
        }
        expected.assert_eq(&told);
    }

    #[test]
    fn rule_5_5_each_state_counts_its_items_at_the_end_of_each_day() {
        check(
            "a mon todo | tue doing | wed review | thu done
             b mon todo | wed doing
             c tue todo",
            "mon",
            "fri 18:00",
            &[],
            expect![[r#"
                todo    0 2 2 1 1 1
                doing   0 0 1 1 1 1
                review  0 0 0 1 0 0
                done    0 0 0 0 1 1
                2.75 days, from 2 at 1
            "#]],
        );
    }

    #[test]
    fn rule_5_5_done_begins_at_nothing_and_the_resting_items_are_there_all_the_time() {
        check(
            "a mon0 doing | fri0 done | tue live
             b mon0 doing | fri0 done | tue doing | wed done
             c mon0 doing | tue done",
            "mon",
            "wed 18:00",
            &[("todo", 40), ("review", 2), ("done", 900), ("off", 5)],
            expect![[r#"
                todo    40 40 40 40
                doing   1 1 1 0
                review  2 2 2 2
                done    0 0 1 2
                more than 2.75 days, from 0 at 2
            "#]],
        );
    }

    #[test]
    fn rule_5_5_what_is_cancelled_leaves() {
        check(
            "a mon todo | tue doing | wed off
             b mon todo | tue off | thu todo",
            "mon",
            "fri",
            &[],
            expect![[r#"
                todo    0 2 0 0 1 1
                doing   0 0 1 0 0 0
            "#]],
        );
    }

    #[test]
    fn a_window_of_the_past_knows_nothing_later() {
        let ways = Ways::tell("a mon todo | tue doing | fri done");
        let zone = ways.calendar.zone;
        let window =
            FlowWindow::new(Some(Ways::day("mon")), Some(Ways::day("wed")), ways.at("sun"), zone).unwrap();
        let flow = CumulativeFlow::new(&window, &ways.workflow, &ways.passages, &[]);
        assert_eq!(flow.counts(Category::InProgress), [0, 0, 1, 1]);
        assert_eq!(flow.counts(Category::Done), [0; 4]);
        assert_eq!((flow.end, flow.pace), (3.0, None));
    }

    #[test]
    fn a_state_that_the_team_no_longer_has_means_to_do() {
        let mut ways = Ways::tell("a mon todo | tue review | wed doing");
        let review = ways.workflow.all().iter().find(|state| state.name == "review").unwrap().id;
        ways.workflow = ways.workflow.without(review).unwrap();
        let flow = CumulativeFlow::new(&ways.window("mon", "wed 18:00"), &ways.workflow, &ways.passages, &[]);
        assert_eq!(flow.counts(Category::ToDo), [0, 1, 1, 0]);
        assert_eq!(flow.bands.last().unwrap().name, "todo");
        assert_eq!(flow.bands.last().unwrap().counts, [0, 1, 1, 0]);
    }

    proptest! {
        /// Whatever the ways, each end of a day counts an item at most once, and exactly once while it is neither
        /// cancelled nor done before the window.
        #[test]
        fn rule_5_5_every_item_is_in_one_band(
            ways in prop::collection::vec(prop::collection::vec((0..14_i64, 0..7_usize), 1..7), 1..12),
        ) {
            let mut told = Ways::tell("a mon todo");
            let states: Vec<StateId> = told.workflow.all().iter().map(|state| state.id).collect();
            let monday = told.at("mon 12:00");
            told.passages = ways
                .iter()
                .map(|way| {
                    let mut way = way.clone();
                    way.sort_by_key(|(day, _)| *day);
                    let entered = way.iter().map(|(day, state)| crate::flow::Entered {
                        at: monday.plus_millis((day - 5) * 86_400_000),
                        state: states[*state],
                    });
                    Passage { item: told.passages[0].item, entered: entered.collect() }
                })
                .collect();
            let window = told.window("mon", "sun 18:00");
            let flow = CumulativeFlow::new(&window, &told.workflow, &told.passages, &[]);
            for end in 0..=window.len() {
                let at = window.zone().start_of(window.first().plus(end as i64)).plus_millis(-1);
                let counted = told.passages.iter().filter(|passage| {
                    let category = passage.state_at(at).map(|state| told.workflow.category(Some(state)));
                    match category {
                        None | Some(Category::Cancelled) => false,
                        Some(Category::Done) => {
                            passage.finished(&told.workflow, at).is_some_and(|done| done >= window.start())
                        }
                        Some(_) => true,
                    }
                });
                let shown: u32 = flow.bands.iter().map(|band| band.counts[end]).sum();
                prop_assert_eq!(shown as usize, counted.count(), "at the end {}", end);
            }
        }
    }
}
