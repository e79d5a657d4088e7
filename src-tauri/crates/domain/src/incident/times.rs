//! How long incidents took (8.2), and until when a postmortem is due (8.3).
//!
//! 1. Time to detect = detected − began; to acknowledge = acknowledged − detected; to mitigate = mitigated − began, the
//!    headline; to resolve = resolved − began.
//! 2. Shown as median, 90th percentile, count and dots, never as a mean alone; under 5 incidents there is no trend.

use super::IncidentNow;
use super::milestones::{Cycle, Milestone};
use crate::calendar::{Day, Instant, WorkCalendar};
use crate::interrupt::IncidentSeverity;

/// The times of one cycle, in milliseconds; none where a milestone is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Times {
    /// From the beginning until somebody noticed.
    pub to_detect: Option<i64>,
    /// From there until somebody took it.
    pub to_acknowledge: Option<i64>,
    /// From the beginning until users were no longer affected: the headline.
    pub to_mitigate: Option<i64>,
    /// From the beginning until the cause was gone.
    pub to_resolve: Option<i64>,
}

impl Times {
    /// The times of a cycle.
    pub fn of(cycle: &Cycle) -> Times {
        Times::by(|from, to| Some(cycle.at(to)?.millis() - cycle.at(from)?.millis()))
    }

    fn by(between: impl Fn(Milestone, Milestone) -> Option<i64>) -> Times {
        Times {
            to_detect: between(Milestone::Began, Milestone::Detected),
            to_acknowledge: between(Milestone::Detected, Milestone::Acknowledged),
            to_mitigate: between(Milestone::Began, Milestone::Mitigated),
            to_resolve: between(Milestone::Began, Milestone::Resolved),
        }
    }

    /// The times of the present cycle, by what lists know of an incident.
    pub fn between(now: &IncidentNow) -> Times {
        let between = |from, to| Some(now.at(to)?.millis() - now.at(from)?.millis());
        Times::by(between)
    }

    /// How long an incident that is open lasts already: since its present cycle began, until it is mitigated.
    pub fn so_far(now: &IncidentNow, at: Instant) -> Option<i64> {
        let waits = now.is_open() && now.at(Milestone::Mitigated).is_none();
        let began = now.at(Milestone::Began).filter(|_| waits)?;
        Some((at.millis() - began.millis()).max(0))
    }

    /// How long it lasts already, where it is not mitigated; none where it is, or where its beginning is not known.
    pub fn counting(cycle: &Cycle, now: Instant) -> Option<i64> {
        let began = cycle.at(Milestone::Began)?;
        cycle.at(Milestone::Mitigated).is_none().then(|| (now.millis() - began.millis()).max(0))
    }
}

/// Times of several incidents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spread {
    /// Every one, in order of length: the dots.
    pub all: Vec<i64>,
}

impl Spread {
    /// The fewest incidents of which a trend is told.
    pub const TREND: usize = 5;

    /// The spread of times in any order.
    pub fn new(times: impl IntoIterator<Item = i64>) -> Spread {
        let mut all: Vec<i64> = times.into_iter().collect();
        all.sort_unstable();
        Spread { all }
    }

    /// The time that a share of them, in percent, does not exceed: of n in order, number ⌈n × percent ÷ 100⌉.
    pub fn percentile(&self, percent: u32) -> Option<i64> {
        let place = (self.all.len() * percent.min(100) as usize).div_ceil(100).max(1);
        self.all.get(place - 1).copied()
    }

    /// The middle one; of an even number the mean of the middle two.
    pub fn median(&self) -> Option<f64> {
        let n = self.all.len();
        match (n, n % 2) {
            (0, _) => None,
            (_, 1) => Some(self.all[n / 2] as f64),
            _ => Some((self.all[n / 2 - 1] as f64 + self.all[n / 2] as f64) / 2.0),
        }
    }

    /// Whether there are enough for a trend.
    pub fn has_trend(&self) -> bool {
        self.all.len() >= Spread::TREND
    }
}

/// The day on which a postmortem is due, counted from the day of *mitigated* (8.3): P1 after 3 calendar days, P2 after 5
/// working days, and so whatever took more than a fifth of an error budget. None where none is due.
pub fn due(
    severity: IncidentSeverity,
    took_much_budget: bool,
    mitigated: Day,
    calendar: &WorkCalendar,
) -> Option<Day> {
    match severity {
        IncidentSeverity::P1 => Some(mitigated.plus(3)),
        IncidentSeverity::P2 => Some(working_days_after(mitigated, 5, calendar)),
        _ if took_much_budget => Some(working_days_after(mitigated, 5, calendar)),
        _ => None,
    }
}

/// The day so many working days after another. A team that never works gets calendar days.
fn working_days_after(day: Day, count: u32, calendar: &WorkCalendar) -> Day {
    // Far enough for any week and a month of holidays.
    let working =
        day.plus(1).through(day.plus(i64::from(count) * 7 + 60)).filter(|day| calendar.works_on(*day));
    working.take(count as usize).nth(count.saturating_sub(1) as usize).unwrap_or(day.plus(i64::from(count)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{WorkingWeek, Zone};

    fn cycle(milestones: &[(Milestone, i64)]) -> Cycle {
        let mut cycle = Cycle::default();
        for (milestone, minute) in milestones {
            cycle.reach(*milestone, Instant::from_millis(minute * 60_000));
        }
        cycle
    }

    #[test]
    fn rule_8_2_each_time_is_a_difference_of_milestones() {
        let whole = cycle(&[
            (Milestone::Began, 0),
            (Milestone::Detected, 5),
            (Milestone::Acknowledged, 7),
            (Milestone::Mitigated, 40),
            (Milestone::Resolved, 90),
        ]);
        let minutes = |time: Option<i64>| time.map(|ms| ms / 60_000);
        let times = Times::of(&whole);
        assert_eq!(
            [times.to_detect, times.to_acknowledge, times.to_mitigate, times.to_resolve].map(minutes),
            [Some(5), Some(2), Some(40), Some(90)]
        );
        let now = Instant::from_millis(50 * 60_000);
        assert_eq!(Times::counting(&whole, now), None);
        let open = cycle(&[(Milestone::Began, 0), (Milestone::Acknowledged, 7)]);
        assert_eq!(Times::of(&open), Times::default(), "nothing is guessed");
        assert_eq!(minutes(Times::counting(&open, now)), Some(50));
    }

    #[test]
    fn rule_8_2_median_ninetieth_percentile_and_no_trend_under_five() {
        let spread = Spread::new([90, 10, 20, 30]);
        assert_eq!(
            (spread.median(), spread.percentile(90), spread.has_trend()),
            (Some(25.0), Some(90), false)
        );
        let ten = Spread::new(1..=10);
        assert_eq!((ten.median(), ten.percentile(90), ten.percentile(50)), (Some(5.5), Some(9), Some(5)));
        assert!(ten.has_trend());
        assert_eq!((Spread::default().median(), Spread::default().percentile(90)), (None, None));
    }

    #[test]
    fn rule_8_3_a_postmortem_is_due_in_three_days_or_five_working_days() {
        let day = |text: &str| Day::parse(text).unwrap();
        let calendar = WorkCalendar {
            zone: Zone::UTC,
            weeks: vec![(day("2026-01-01"), WorkingWeek::MONDAY_TO_FRIDAY)],
            holidays: [day("2026-12-08")].into(),
        };
        let due = |severity, much| due(severity, much, day("2026-12-04"), &calendar);
        assert_eq!(due(IncidentSeverity::P1, false), Some(day("2026-12-07")));
        assert_eq!(due(IncidentSeverity::P2, false), Some(day("2026-12-14")), "over a weekend and a holiday");
        assert_eq!(due(IncidentSeverity::P3, false), None);
        assert_eq!(
            due(IncidentSeverity::P4, true),
            Some(day("2026-12-14")),
            "it took more than a fifth of a budget"
        );
    }
}
