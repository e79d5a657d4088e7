//! What is promised of a service: objectives of the team's own (SLO) and agreements with others (SLA).
//!
//! 1. An objective has a target from a day on; a window is held to the target that holds on its last day.
//! 2. A rolling window is so many times 24 hours up to now. A month and a Sprint are windows of the calendar: they begin
//!    at 00:00 local, and their budget is that of the whole window, also while they last (10.1, 10.8).
//! 3. Hours cut the window before anything is counted in it (10.5); a holiday has none where the agreement says so.
//! 4. The budget of requests is that of the requests that may be expected: those of the window so far, at their pace.

use super::budget::{Budget, Target};
use super::uptime::Ratio;
use super::window::Window;
use crate::calendar::{Day, Instant, Zone};
use crate::identity::{ObjectiveId, RowId, ServiceId};
use crate::words;
use chrono::{Datelike, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// Of what something is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ObjectiveSubject")]
pub enum Subject {
    /// Of a service.
    Service(ServiceId),
    /// Of a group of services.
    Group(RowId),
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ObjectiveKind")]
pub enum Sli {
    /// The time in which it answers.
    Time,
    /// The requests that are answered well.
    Requests,
}
words!(Sli { Time = "time", Requests = "requests" });

/// Over which window it is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ObjectiveWindow")]
pub enum Horizon {
    /// So many days up to now.
    Rolling,
    /// A month of the calendar.
    Month,
    /// A Sprint.
    Sprint,
}
words!(Horizon { Rolling = "rolling", Month = "month", Sprint = "sprint" });

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Which.
    pub id: ObjectiveId,
    /// Of what.
    pub of: Subject,
    /// Its name.
    pub name: String,
    /// What is measured.
    pub sli: Sli,
    /// Which counts of requests are read; empty is all of the service.
    pub series: String,
    /// Over which window.
    pub horizon: Horizon,
    /// The days of a rolling window.
    pub days: u32,
    /// Whether it was agreed with others: an SLA.
    pub is_agreement: bool,
    /// The hours in which it holds; none is always.
    pub hours: Option<BusinessHours>,
    /// Its targets, each valid from a day on.
    pub targets: Vec<(Day, Target)>,
}

/// The hours of a week in which something is promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessHours {
    /// The zone of the hours.
    pub zone: Zone,
    /// Whether holidays have none.
    pub without_holidays: bool,
    /// From a minute of a day of the week (Monday is 0) up to another.
    pub spans: Vec<HoursOfDay>,
}

/// Hours of one day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HoursOfDay {
    /// The day of the week: Monday is 0.
    pub weekday: u8,
    /// The first minute of the day.
    pub from: u16,
    /// The minute after the last; 1440 is midnight.
    pub to: u16,
}

impl BusinessHours {
    /// The hours between two instants.
    pub fn window(&self, from: Instant, to: Instant, holidays: &BTreeSet<Day>) -> Window {
        let days = self.zone.day_of(from).through(self.zone.day_of(to));
        let mut parts = Vec::new();
        for day in days.filter(|day| !(self.without_holidays && holidays.contains(day))) {
            let weekday = day.date().weekday().num_days_from_monday() as u8;
            for span in self.spans.iter().filter(|span| span.weekday == weekday) {
                parts.push((self.moment(day, span.from), self.moment(day, span.to)));
            }
        }
        Window::of(parts).within(&Window::new(from, to))
    }

    fn moment(&self, day: Day, minute: u16) -> Instant {
        match NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute) * 60, 0) {
            Some(time) => self.zone.instant(day.date().and_time(time)),
            None => self.zone.start_of(day.plus(1)),
        }
    }

    /// Refuses hours that no week has.
    pub fn check(&self) -> Result<(), ObjectiveRefused> {
        let is_wrong = |span: &HoursOfDay| span.weekday > 6 || span.to > 1_440 || span.from >= span.to;
        match (self.spans.is_empty(), self.spans.iter().any(is_wrong)) {
            (true, _) => Err(ObjectiveRefused::NoHours),
            (_, true) => Err(ObjectiveRefused::WrongHours),
            _ => Ok(()),
        }
    }
}

impl Objective {
    /// The target that holds on a day; none before the first.
    pub fn target_on(&self, day: Day) -> Option<Target> {
        let valid = self.targets.iter().filter(|(from, _)| *from <= day);
        valid.max_by_key(|(from, _)| *from).map(|(_, target)| *target)
    }

    /// The objective with its name trimmed. Refused: no name, no days, hours that no week has.
    pub fn checked(self) -> Result<Objective, ObjectiveRefused> {
        let name = self.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 80 || name.contains(['\n', '\r']) {
            return Err(ObjectiveRefused::NoName);
        }
        if self.horizon == Horizon::Rolling && !(1..=366).contains(&self.days) {
            return Err(ObjectiveRefused::NoDays);
        }
        if let Some(hours) = &self.hours {
            hours.check()?;
        }
        Ok(Objective { name, ..self })
    }

    /// The window at a moment: from where to where it goes in all, and up to where it is past.
    ///
    /// `sprint` is the window of the Sprint that is asked about; none where none is meant.
    pub fn span(&self, at: Instant, zone: Zone, sprint: Option<(Instant, Instant)>) -> Option<Span> {
        let (from, to) = match self.horizon {
            Horizon::Rolling => (at.plus_millis(-i64::from(self.days) * 86_400_000), at),
            Horizon::Month => {
                let month = zone.day_of(at).month(0);
                (zone.start_of(month), zone.start_of(month.month(1)))
            }
            Horizon::Sprint => sprint?,
        };
        Some(Span { from, until: at.min(to).max(from), to })
    }
}

/// A window with its past part: from `from` up to `until`, and on up to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The beginning.
    pub from: Instant,
    /// Up to where it is past.
    pub until: Instant,
    /// The end.
    pub to: Instant,
}

impl Span {
    /// The budget of time, of what was bad and counted so far, and the seconds that are still to count (rule 2).
    pub fn budget_of_time(target: Target, so_far: Ratio, to_come: i64) -> Budget {
        target.spend(so_far.bad as f64 / 10_000.0, (so_far.of + to_come) as f64)
    }

    /// The budget of requests, of those that counted and were good so far (rule 4).
    pub fn budget_of_requests(&self, target: Target, valid: u64, good: u64) -> Budget {
        let past = (self.until.millis() - self.from.millis()).max(1) as f64;
        let whole = (self.to.millis() - self.from.millis()).max(1) as f64;
        target.spend(valid.saturating_sub(good) as f64, valid as f64 * (whole / past).max(1.0))
    }
}

/// Why something is no objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ObjectiveRefused {
    /// It has no name, or one that does not fit into a list.
    #[error("an objective needs a name: one line of at most 80 letters")]
    NoName,
    /// A rolling window has days.
    #[error("a rolling window has 1 to 366 days")]
    NoDays,
    /// There are no hours.
    #[error("an agreement over business hours needs hours")]
    NoHours,
    /// Hours that no day has.
    #[error("hours end after they begin, within a day")]
    WrongHours,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn objective(horizon: Horizon, targets: &[(&str, u32)]) -> Objective {
        Objective {
            id: uuid::Uuid::from_u128(1).into(),
            of: Subject::Service(uuid::Uuid::from_u128(2).into()),
            name: "checkout answers".into(),
            sli: Sli::Time,
            series: String::new(),
            horizon,
            days: 28,
            is_agreement: false,
            hours: None,
            targets: targets
                .iter()
                .map(|(from, target)| (day(from), Target::millionths(*target).unwrap()))
                .collect(),
        }
    }

    #[test]
    fn a_target_holds_from_a_day_on() {
        let one = objective(Horizon::Month, &[("2026-11-10", 999_000), ("2026-10-01", 990_000)]);
        let on = |text: &str| one.target_on(day(text)).map(Target::in_millionths);
        assert_eq!(
            (on("2026-09-30"), on("2026-11-09"), on("2026-11-10")),
            (None, Some(990_000), Some(999_000))
        );
    }

    #[test]
    fn rule_10_8_a_month_s_budget_is_that_of_the_whole_month_and_a_rolling_one_ends_now() {
        let zone = Zone::parse("Europe/Zurich").unwrap();
        let at = zone.start_of(day("2026-10-28"));
        let month = objective(Horizon::Month, &[]).span(at, zone, None).unwrap();
        assert_eq!((month.to.millis() - month.from.millis()) / 3_600_000, 31 * 24 + 1, "the clocks go back");
        assert_eq!(month.until, at);
        let rolling = objective(Horizon::Rolling, &[]).span(at, zone, None).unwrap();
        assert_eq!((rolling.until, rolling.to.millis() - rolling.from.millis()), (at, 28 * 86_400_000));
        assert_eq!(objective(Horizon::Sprint, &[]).span(at, zone, None), None, "no Sprint is meant");
        let target = Target::millionths(999_000).unwrap();
        let half = Span::budget_of_time(target, Ratio { bad: 432 * 10_000, of: 432_000 }, 432_000);
        assert!((half.remaining().unwrap() - 0.5).abs() < 1e-9);
    }

    #[test]
    fn rule_10_8_requests_are_held_to_those_that_may_be_expected() {
        let at = |hours: i64| Instant::from_millis(hours * 3_600_000);
        let target = Target::millionths(990_000).unwrap();
        let span = Span { from: at(0), until: at(10), to: at(40) };
        let budget = span.budget_of_requests(target, 1_000, 990);
        assert!((budget.remaining().unwrap() - 0.75).abs() < 1e-9, "10 of the 40 that 4,000 would allow");
    }

    #[test]
    fn rule_10_5_hours_are_local_and_holidays_may_have_none() {
        let zone = Zone::parse("Europe/Zurich").unwrap();
        let workday = |weekday| HoursOfDay { weekday, from: 9 * 60, to: 17 * 60 };
        let hours = BusinessHours { zone, without_holidays: true, spans: (0..5).map(workday).collect() };
        let (from, to) = (zone.start_of(day("2026-03-23")), zone.start_of(day("2026-04-06")));
        let window = |holidays: &[&str]| {
            hours.window(from, to, &holidays.iter().map(|text| day(text)).collect()).seconds() / 3_600
        };
        assert_eq!(window(&[]), 80, "the clock change falls outside the hours");
        assert_eq!(window(&["2026-04-03"]), 72);
        let night = HoursOfDay { weekday: 6, from: 0, to: 1_440 };
        let sunday = BusinessHours { zone, without_holidays: false, spans: vec![night] };
        assert_eq!(sunday.window(from, to, &BTreeSet::new()).seconds() / 3_600, 23 + 24);
        assert_eq!(
            BusinessHours { spans: vec![HoursOfDay { weekday: 0, from: 10, to: 10 }], ..sunday }.check(),
            Err(ObjectiveRefused::WrongHours)
        );
    }
}
