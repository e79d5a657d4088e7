//! An item's way through the team's states, and what it says of its time (5.5).
//!
//! 1. Work on an item begins when it is in progress for the first time.
//! 2. It is finished when it was done last, and only while it is done: opened again, it is not. From one state that
//!    means *done* to another it is not finished a second time.
//! 3. Cycle time = from the beginning to the finish, as the difference of local dates: on the same day 0.
//! 4. Weekday-based lead time = working days from the creation to the finish; both ends count, holidays do not.
//! 5. An item that was never in progress has no cycle time. It is counted and named, never 0 days.

use super::FlowWindow;
use crate::backlog::{Category, WorkKind};
use crate::calendar::{Day, Instant, WorkCalendar};
use crate::identity::{ItemId, StateId};
use crate::team::Workflow;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The states through which an item went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The item.
    pub item: ItemId,
    /// The states that it entered, in order; the first is the one in which it was created.
    pub entered: Vec<Entered>,
}

/// An item entered a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// When.
    pub at: Instant,
    /// The state.
    pub state: StateId,
}

impl Passage {
    /// What it entered up to a moment, that included.
    pub fn until(&self, at: Instant) -> &[Entered] {
        &self.entered[..self.entered.partition_point(|entered| entered.at <= at)]
    }

    /// The state in which it was at a moment; none before it was created.
    pub fn state_at(&self, at: Instant) -> Option<StateId> {
        self.until(at).last().map(|entered| entered.state)
    }

    /// Since when it has been in the state in which it was at a moment.
    pub fn in_state_since(&self, at: Instant) -> Option<Instant> {
        let entered = self.until(at);
        let state = entered.last()?.state;
        entered.iter().rev().take_while(|entered| entered.state == state).last().map(|entered| entered.at)
    }

    /// When it was created.
    pub fn created(&self) -> Option<Instant> {
        self.entered.first().map(|entered| entered.at)
    }

    /// When work on it began, up to a moment (rule 1).
    pub fn begun(&self, workflow: &Workflow, until: Instant) -> Option<Instant> {
        let in_progress = |entered: &&Entered| workflow.category(Some(entered.state)) == Category::InProgress;
        self.until(until).iter().find(in_progress).map(|entered| entered.at)
    }

    /// When it was finished, as it was at a moment (rule 2).
    pub fn finished(&self, workflow: &Workflow, until: Instant) -> Option<Instant> {
        let is_done = |entered: &&Entered| workflow.category(Some(entered.state)) == Category::Done;
        self.until(until).iter().rev().take_while(is_done).last().map(|entered| entered.at)
    }
}

/// What people call an item, and what sort of work it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowItem {
    /// The item.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
}

/// An item that was finished within a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    /// The item.
    pub item: ItemId,
    /// When it was created.
    pub created: Instant,
    /// When work on it began; none where it was never in progress.
    pub begun: Option<Instant>,
    /// When it was finished.
    pub done: Instant,
}

impl Finished {
    /// The items of the passages that were finished within a window, in the order of their finish.
    pub fn within(window: &FlowWindow, passages: &[Passage], workflow: &Workflow) -> Vec<Finished> {
        let (start, until) = (window.start(), window.until());
        let finished = |passage: &Passage| {
            let done = passage.finished(workflow, until).filter(|done| *done >= start)?;
            let begun = passage.begun(workflow, done);
            Some(Finished { item: passage.item, created: passage.created()?, begun, done })
        };
        let mut all: Vec<Finished> = passages.iter().filter_map(finished).collect();
        all.sort_by_key(|finished| (finished.done, finished.item));
        all
    }

    /// Its cycle time in days (rule 3); none where it was never in progress.
    pub fn cycle_days(&self, window: &FlowWindow) -> Option<u32> {
        let day = |at| window.zone().day_of(at);
        self.begun.map(|begun| days_between(day(begun), day(self.done)))
    }

    /// Its weekday-based lead time in working days (rule 4).
    pub fn lead_days(&self, days: &WorkingDays<'_>) -> u32 {
        let day = |at| days.calendar.zone.day_of(at);
        days.count(day(self.created), day(self.done))
    }
}

/// The working days of a span, summed up once: items may have waited for years.
pub struct WorkingDays<'c> {
    calendar: &'c WorkCalendar,
    first: Day,
    /// How many working days come before each day, and before the day after the last.
    before: Vec<u32>,
}

impl<'c> WorkingDays<'c> {
    /// The working days that the lead times of finished items need.
    pub fn of(calendar: &'c WorkCalendar, finished: &[Finished]) -> WorkingDays<'c> {
        let day = |at| calendar.zone.day_of(at);
        let first = day(finished.iter().map(|finished| finished.created).min().unwrap_or_default());
        let last = day(finished.iter().map(|finished| finished.done).max().unwrap_or_default());
        let mut before = vec![0];
        let mut sum = 0_u32;
        for day in first.through(last) {
            sum += u32::from(calendar.works_on(day));
            before.push(sum);
        }
        WorkingDays { calendar, first, before }
    }

    /// How many working days there are from one day to another, both included, within the span.
    fn count(&self, first: Day, last: Day) -> u32 {
        let at = |day: Day| {
            let place = usize::try_from(self.first.days_until(day)).unwrap_or_default();
            self.before.get(place).or(self.before.last()).copied().unwrap_or_default()
        };
        at(last.plus(1)).saturating_sub(at(first))
    }
}

/// The difference of two dates, never below 0.
pub(super) fn days_between(first: Day, last: Day) -> u32 {
    u32::try_from(first.days_until(last).max(0)).unwrap_or(u32::MAX)
}

/// A percentile of times, by nearest rank: so many per cent took that long or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimePercentile {
    /// How many per cent.
    pub percent: u32,
    /// Days.
    pub days: u32,
}

impl TimePercentile {
    /// The percentiles that charts show.
    pub const SHOWN: [u32; 4] = [50, 70, 85, 95];
    /// Fewer times than these have no percentiles.
    pub const FEWEST: usize = 5;

    /// The percentiles of times, in any order; none of too few.
    pub fn of(days: impl IntoIterator<Item = u32>) -> Vec<TimePercentile> {
        let mut days: Vec<u32> = days.into_iter().collect();
        if days.len() < TimePercentile::FEWEST {
            return Vec::new();
        }
        days.sort_unstable();
        let at = |percent| nearest_rank(&days, percent).map(|days| TimePercentile { percent, days });
        TimePercentile::SHOWN.into_iter().filter_map(at).collect()
    }
}

/// The smallest of sorted values that so many per cent of them reach or stay below; none of no values.
pub(super) fn nearest_rank(sorted: &[u32], percent: u32) -> Option<u32> {
    let rank = (sorted.len() * percent as usize).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
pub(super) mod story {
    //! Ways through states as text, for tests: `a mon todo | tue doing | fri done`, one item a line. Days are those of
    //! the week of Monday, 2 November 2026, `mon2` is a week later, `mon0` a week earlier; a moment is at noon unless a
    //! time follows: `mon 23:30 todo`.

    use super::*;
    use crate::calendar::{WorkingWeek, Zone};
    use crate::identity::Identities;
    use crate::team::State;
    use chrono::NaiveTime;
    use std::collections::HashMap;

    pub struct Ways {
        pub workflow: Workflow,
        pub passages: Vec<Passage>,
        pub items: HashMap<ItemId, FlowItem>,
        pub calendar: WorkCalendar,
    }

    impl Ways {
        pub fn tell(text: &str) -> Ways {
            let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
            let mut state =
                |name: &str, category| State { id: identities.fresh(), name: name.into(), category };
            let workflow = Workflow::new(vec![
                state("todo", Category::ToDo),
                state("ready", Category::ToDo),
                state("doing", Category::InProgress),
                state("review", Category::InProgress),
                state("done", Category::Done),
                state("live", Category::Done),
                state("off", Category::Cancelled),
            ])
            .unwrap();
            let zone = Zone::parse("Europe/Zurich").unwrap();
            let calendar = WorkCalendar {
                zone,
                weeks: vec![(Day::parse("2026-01-01").unwrap(), WorkingWeek::MONDAY_TO_FRIDAY)],
                holidays: Default::default(),
            };
            let mut ways = Ways { workflow, passages: Vec::new(), items: HashMap::new(), calendar };
            for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                let (name, way) = line.split_once(' ').unwrap();
                let id = identities.fresh();
                let entered = way.split('|').map(|moment| ways.entered(moment)).collect();
                ways.passages.push(Passage { item: id, entered });
                let kind = match name.chars().next() {
                    Some('b') => Some(WorkKind::Bug),
                    Some('d') => Some(WorkKind::Debt),
                    Some('u') => None,
                    _ => Some(WorkKind::Feature),
                };
                let item = FlowItem { id, label: name.into(), title: format!("item {name}"), kind };
                ways.items.insert(id, item);
            }
            ways
        }

        fn entered(&self, moment: &str) -> Entered {
            let words: Vec<&str> = moment.split_whitespace().collect();
            let name = words.last().unwrap();
            let state = self.workflow.all().iter().find(|state| state.name == **name).expect(name).id;
            Entered { at: self.at(&words[..words.len() - 1].join(" ")), state }
        }

        /// A moment from its words: `tue2 23:30`.
        pub fn at(&self, moment: &str) -> Instant {
            let (day, time) = moment.split_once(' ').unwrap_or((moment, "12:00"));
            let time = NaiveTime::parse_from_str(time, "%H:%M").unwrap();
            self.calendar.zone.instant(Ways::day(day).date().and_time(time))
        }

        pub fn day(word: &str) -> Day {
            let monday = Day::parse("2026-11-02").unwrap();
            let (name, week) = word.split_at(3);
            let week: i64 = if week.is_empty() { 1 } else { week.parse().unwrap() };
            let place = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|day| *day == name);
            monday.plus((week - 1) * 7 + place.expect(word) as i64)
        }

        /// The window between two days, as it is at a moment.
        pub fn window(&self, first: &str, now: &str) -> FlowWindow {
            FlowWindow::new(Some(Ways::day(first)), None, self.at(now), self.calendar.zone).unwrap()
        }

        pub fn name(&self, item: ItemId) -> &str {
            &self.items[&item].label
        }
    }
}

#[cfg(test)]
mod tests {
    use super::story::Ways;
    use super::*;

    /// `a 3 days, 4 working days`, one a line.
    fn check(text: &str, expected: &str) {
        let ways = Ways::tell(text);
        let window = ways.window("mon", "sun3");
        let finished = Finished::within(&window, &ways.passages, &ways.workflow);
        let working = WorkingDays::of(&ways.calendar, &finished);
        let told: Vec<String> = finished
            .iter()
            .map(|finished| {
                let days =
                    finished.cycle_days(&window).map_or("never begun".into(), |days| format!("{days} days"));
                let lead = finished.lead_days(&working);
                format!("{} {days}, {lead} working days", ways.name(finished.item))
            })
            .collect();
        assert_eq!(told.join("\n"), expected);
    }

    #[test]
    fn rule_5_5_cycle_time_is_the_difference_of_local_dates() {
        check("a mon todo | tue doing | fri done", "a 3 days, 5 working days");
        check("a mon todo | tue 08:00 doing | tue 17:00 done", "a 0 days, 2 working days");
        check("a mon todo | tue 23:59 doing | wed 00:01 done", "a 1 days, 3 working days");
        // The night on which the clocks went back is a day like any other.
        check("a sat-1 doing | mon done", "a 9 days, 6 working days");
    }

    #[test]
    fn rule_5_5_work_begins_with_the_first_in_progress_and_ends_with_the_last_done() {
        check("a mon todo | tue doing | wed done | thu doing | fri done", "a 3 days, 5 working days");
        check("a mon todo | tue doing | wed todo | thu doing | fri done", "a 3 days, 5 working days");
        check("a mon todo | tue doing | wed done | thu doing", "");
        check("a mon todo | tue doing | wed off", "");
        check("a mon todo | tue doing | wed done | thu off", "");
        check("a mon todo | tue done", "a never begun, 2 working days");
        check("a mon todo | tue done | wed doing | fri done", "a 2 days, 5 working days");
    }

    #[test]
    fn rule_5_5_another_state_that_means_done_finishes_nothing_again() {
        check("a mon todo | tue doing | wed done | fri live", "a 1 days, 3 working days");
        check("a mon0 doing | fri0 done | tue live", "");
    }

    #[test]
    fn rule_5_5_weekday_lead_time_counts_both_ends_and_leaves_out_holidays() {
        check("a fri doing | mon2 done", "a 3 days, 2 working days");
        check("a sat doing | sun done", "a 1 days, 0 working days");
        let mut ways = Ways::tell("a mon todo | tue doing | fri done");
        ways.calendar.holidays.insert(Ways::day("wed"));
        let finished = Finished::within(&ways.window("mon", "sun3"), &ways.passages, &ways.workflow);
        assert_eq!(finished[0].lead_days(&WorkingDays::of(&ways.calendar, &finished)), 4);
        assert_eq!(
            WorkingDays::of(&ways.calendar, &[]).count(Ways::day("mon"), Ways::day("fri")),
            0,
            "beyond the span"
        );
    }

    #[test]
    fn what_was_so_at_a_moment_knows_nothing_later() {
        let ways = Ways::tell("a mon todo | tue doing | wed done | thu doing | fri done");
        let a = &ways.passages[0];
        let finished =
            |at: &str| a.finished(&ways.workflow, ways.at(at)).map(|at| ways.calendar.zone.day_of(at));
        assert_eq!(finished("tue 18:00"), None);
        assert_eq!(finished("wed 18:00"), Some(Ways::day("wed")));
        assert_eq!(finished("thu 18:00"), None);
        assert_eq!(finished("fri"), Some(Ways::day("fri")));
        assert_eq!(a.state_at(ways.at("sun0")), None);
    }

    #[test]
    fn the_time_in_a_state_goes_on_when_the_state_is_said_again() {
        let ways = Ways::tell("a mon todo | tue doing | wed doing | thu review");
        let since = |at: &str| ways.passages[0].in_state_since(ways.at(at));
        assert_eq!(since("wed 18:00"), Some(ways.at("tue")));
        assert_eq!(since("fri"), Some(ways.at("thu")));
    }

    #[test]
    fn rule_6_5_a_percentile_is_a_time_that_so_many_really_stayed_within() {
        // Times in days, each with how many took so long: `oracles/forecast_monte_carlo.json`, when_percentile.
        let histogram = [(3, 1), (4, 2), (5, 3), (6, 2), (7, 1), (9, 1)];
        let sorted: Vec<u32> =
            histogram.iter().flat_map(|(days, count)| std::iter::repeat_n(*days, *count)).collect();
        for (percent, days) in [(8, 3), (30, 4), (50, 5), (70, 6), (85, 7), (95, 9)] {
            assert_eq!(nearest_rank(&sorted, percent), Some(days), "{percent} %");
        }
        assert_eq!(nearest_rank(&[], 50), None);
        assert_eq!(TimePercentile::of([1, 2, 3, 4]), vec![]);
        assert_eq!(TimePercentile::of([9, 1, 2, 3, 4]).last().unwrap().days, 9);
    }
}
