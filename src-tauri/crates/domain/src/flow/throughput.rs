//! Throughput: how many items were finished, per day or per week (5.5).
//!
//! 1. An item counts once, on the day of its finish: what was opened again and finished again counts where it was
//!    finished last; what is open again counts nowhere.
//! 2. A week is from Monday to Sunday. A day or week that is not over, or that the window cuts, is marked.
//! 3. The mean is over all days that are over, those without a finish included; while none is over, there is none. Days
//!    before the team's work is known are no days without a finish (1.4).

use super::{Finished, FlowWindow};
use crate::calendar::Day;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What one bar of a throughput chart stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// A day.
    Day,
    /// A week.
    Week,
}

/// The throughput within a window, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Throughput {
    /// How long each bar is.
    pub step: Step,
    /// The bars, in order, without a gap.
    pub bars: Vec<ThroughputBar>,
    /// How many items were finished.
    pub finished: u32,
    /// The first day on which the team's work is known, within the window.
    pub known_since: Day,
    /// How many days since then are over.
    pub days_over: u32,
    /// On how many of these nothing was finished.
    pub empty_days: u32,
    /// The mean of a day, over the days that are over; none while none is.
    pub mean_a_day: Option<f64>,
}

/// A day or week of a throughput chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ThroughputBar {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// How many items were finished.
    pub finished: u32,
    /// Whether all of it lies within the window and is over.
    pub is_whole: bool,
}

impl Throughput {
    /// The throughput within a window of a team whose work is known since a day. Without a step it is per week where the
    /// window is longer than six weeks.
    pub fn new(
        window: &FlowWindow,
        finished: &[Finished],
        step: Option<Step>,
        known_since: Day,
    ) -> Throughput {
        let step = step.unwrap_or(if window.len() > 42 { Step::Week } else { Step::Day });
        let mut a_day = vec![0_u32; window.len()];
        for place in finished.iter().filter_map(|finished| window.place(finished.done)) {
            if let Some(count) = a_day.get_mut(place) {
                *count += 1;
            }
        }
        let days_over = window.len() - usize::from(window.ends_within_a_day());
        let known_since = known_since.clamp(window.first(), window.last());
        let unknown = usize::try_from(window.first().days_until(known_since)).unwrap_or_default();
        let over = a_day.get(unknown..days_over).unwrap_or_default();
        let sum: u32 = over.iter().sum();
        let mean_a_day = (!over.is_empty()).then(|| f64::from(sum) / over.len() as f64);
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Throughput {
            step,
            bars: bars(window, step, &a_day, days_over),
            finished: a_day.iter().sum(),
            known_since,
            days_over: count(over.len()),
            empty_days: count(over.iter().filter(|count| **count == 0).count()),
            mean_a_day,
        }
    }

    /// The mean of a bar's length, over the days that are over.
    pub fn mean(&self) -> Option<f64> {
        let days = match self.step {
            Step::Day => 1.0,
            Step::Week => 7.0,
        };
        self.mean_a_day.map(|mean| mean * days)
    }
}

fn bars(window: &FlowWindow, step: Step, a_day: &[u32], days_over: usize) -> Vec<ThroughputBar> {
    let mut bars: Vec<ThroughputBar> = Vec::new();
    for (place, (day, finished)) in window.first().through(window.last()).zip(a_day).enumerate() {
        let is_over = place < days_over;
        match bars.last_mut().filter(|bar| step == Step::Week && bar.first.monday() == day.monday()) {
            Some(week) => {
                week.last = day;
                week.finished += finished;
                week.is_whole &= is_over;
            }
            None => {
                bars.push(ThroughputBar { first: day, last: day, finished: *finished, is_whole: is_over })
            }
        }
    }
    if step == Step::Week {
        for week in &mut bars {
            week.is_whole &= week.first.days_until(week.last) == 6;
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::super::passage::story::Ways;
    use super::*;

    fn told(text: &str, first: &str, now: &str, step: Step) -> String {
        let ways = Ways::tell(text);
        let window = ways.window(first, now);
        let finished = Finished::within(&window, &ways.passages, &ways.workflow);
        let throughput = Throughput::new(&window, &finished, Some(step), window.first());
        let bars: Vec<String> = throughput
            .bars
            .iter()
            .map(|bar| format!("{}{}", bar.finished, if bar.is_whole { "" } else { "…" }))
            .collect();
        let mean = throughput.mean().map_or("none".into(), |mean| format!("{mean:.2}"));
        format!(
            "{}, mean {mean}, {} of {} days empty",
            bars.join(" "),
            throughput.empty_days,
            throughput.days_over
        )
    }

    const WAYS: &str = "
        a mon doing | tue done
        b mon doing | tue 23:59 done
        c mon doing | wed 00:00 done
        d mon doing | tue done | wed doing | sun done
        e mon doing | tue done | wed doing
        f mon todo | mon2 done
        g mon todo | tue2 08:00 done";

    #[test]
    fn rule_5_5_throughput_counts_exactly_what_was_finished_on_a_day_empty_days_included() {
        assert_eq!(told(WAYS, "mon", "tue2", Step::Day), "0 2 1 0 0 0 1 1 1…, mean 0.62, 4 of 8 days empty");
    }

    #[test]
    fn rule_5_5_throughput_per_week_marks_the_weeks_that_are_cut() {
        assert_eq!(told(WAYS, "tue", "tue2", Step::Week), "4… 2…, mean 5.00, 3 of 7 days empty");
        assert_eq!(told(WAYS, "mon", "tue2", Step::Week), "4 2…, mean 4.38, 4 of 8 days empty");
        assert_eq!(told("", "mon", "mon 09:00", Step::Day), "0…, mean none, 0 of 0 days empty");
    }

    #[test]
    fn rule_1_4_days_before_the_work_is_known_are_no_days_without_a_finish() {
        let ways = Ways::tell("a thu doing | fri done");
        let window = ways.window("mon", "sun 12:00");
        let finished = Finished::within(&window, &ways.passages, &ways.workflow);
        let since = |day: &str| {
            let throughput = Throughput::new(&window, &finished, None, Ways::day(day));
            (throughput.days_over, throughput.empty_days, throughput.mean())
        };
        assert_eq!(since("thu"), (3, 2, Some(1.0 / 3.0)));
        assert_eq!(since("mon0"), (6, 5, Some(1.0 / 6.0)));
        assert_eq!(since("sun5"), (0, 0, None));
    }

    #[test]
    fn a_long_window_is_told_in_weeks() {
        let ways = Ways::tell("");
        let step = |window: FlowWindow| Throughput::new(&window, &[], None, window.first()).step;
        assert_eq!(step(ways.window("mon", "sun6")), Step::Day);
        assert_eq!(step(ways.window("mon", "mon7")), Step::Week);
    }
}
