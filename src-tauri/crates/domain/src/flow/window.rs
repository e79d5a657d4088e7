//! The days that a flow chart shows.
//!
//! 1. Without other days it is the last twelve weeks, today included.
//! 2. It ends now, or where its last day ended; nothing is shown of days to come.
//! 3. `x` counts local days from the start of its first day: noon of the second day is 1.5.

use crate::calendar::{Day, Instant, Zone};

/// The days that a flow chart shows, and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowWindow {
    first: Day,
    last: Day,
    until: Instant,
    zone: Zone,
}

/// Why there is no such window.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WindowRefused {
    /// Its first day lies behind its last.
    #[error("the first day, {first}, lies behind the last, {last}")]
    Backwards {
        /// The first.
        first: Day,
        /// The last.
        last: Day,
    },
    /// It begins after today.
    #[error("{first} is still to come")]
    NotYet {
        /// The first day.
        first: Day,
    },
    /// It is longer than [`FlowWindow::MOST_DAYS`].
    #[error("{days} days are more than a chart shows; {} are the most", FlowWindow::MOST_DAYS)]
    TooLong {
        /// How many days it would have.
        days: i64,
    },
}

impl FlowWindow {
    /// Twelve weeks.
    pub const USUAL_DAYS: i64 = 84;
    /// Twenty years.
    pub const MOST_DAYS: i64 = 7_305;

    /// The window from a first to a last day as it is at a moment; without a first day it is twelve weeks long.
    pub fn new(
        first: Option<Day>,
        last: Option<Day>,
        now: Instant,
        zone: Zone,
    ) -> Result<FlowWindow, WindowRefused> {
        let today = zone.day_of(now);
        if let (Some(first), Some(last)) = (first, last)
            && last < first
        {
            return Err(WindowRefused::Backwards { first, last });
        }
        if let Some(first) = first.filter(|first| *first > today) {
            return Err(WindowRefused::NotYet { first });
        }
        let last = last.map_or(today, |last| last.min(today));
        let first = first.unwrap_or_else(|| last.plus(1 - FlowWindow::USUAL_DAYS));
        let days = first.days_until(last) + 1;
        if days > FlowWindow::MOST_DAYS {
            return Err(WindowRefused::TooLong { days });
        }
        let until = if last == today { now } else { zone.start_of(last.plus(1)).plus_millis(-1) };
        Ok(FlowWindow { first, last, until, zone })
    }

    /// The same with whole weeks: it begins on the Monday of its first day's week.
    pub fn in_weeks(self) -> FlowWindow {
        FlowWindow { first: self.first.monday(), ..self }
    }

    /// The first day.
    pub fn first(&self) -> Day {
        self.first
    }

    /// The last day.
    pub fn last(&self) -> Day {
        self.last
    }

    /// Its first instant.
    pub fn start(&self) -> Instant {
        self.zone.start_of(self.first)
    }

    /// Its last instant: now, or the end of its last day.
    pub fn until(&self) -> Instant {
        self.until
    }

    /// The zone of its days.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// Its days, in order.
    pub fn days(&self) -> Vec<Day> {
        self.first.through(self.last).collect()
    }

    /// How many days it has.
    pub fn len(&self) -> usize {
        usize::try_from(self.first.days_until(self.last) + 1).unwrap_or_default()
    }

    /// Whether it has no days; it always has one.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the last day still goes on, so that its figures may grow.
    pub fn ends_within_a_day(&self) -> bool {
        self.until.plus_millis(1) < self.zone.start_of(self.last.plus(1))
    }

    /// How many days come before the day of an instant, within the window; none before the window and none after its
    /// end.
    pub fn place(&self, at: Instant) -> Option<usize> {
        if at > self.until {
            return None;
        }
        usize::try_from(self.first.days_until(self.zone.day_of(at))).ok()
    }

    /// Where an instant lies.
    pub fn x(&self, at: Instant) -> f64 {
        self.first.days_until(self.zone.day_of(at)) as f64 + self.zone.fraction_of_day(at)
    }

    /// Where the lines end.
    pub fn end(&self) -> f64 {
        if self.ends_within_a_day() { self.x(self.until) } else { self.len() as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZURICH: &str = "Europe/Zurich";

    fn window(first: Option<&str>, last: Option<&str>) -> Result<FlowWindow, WindowRefused> {
        let zone = Zone::parse(ZURICH).unwrap();
        let noon = zone.start_of(day("2026-11-24")).plus_millis(12 * 3_600_000);
        FlowWindow::new(first.map(day), last.map(day), noon, zone)
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn without_other_days_it_is_twelve_weeks_and_ends_now() {
        let usual = window(None, None).unwrap();
        assert_eq!((usual.first(), usual.last(), usual.len()), (day("2026-09-02"), day("2026-11-24"), 84));
        assert_eq!(usual.end(), 83.5);
        assert!(usual.ends_within_a_day());
        let past = window(None, Some("2026-10-31")).unwrap();
        assert_eq!((past.first(), past.end()), (day("2026-08-09"), 84.0));
        assert!(!past.ends_within_a_day());
        assert_eq!(window(Some("2026-11-20"), Some("2027-11-20")).unwrap().last(), day("2026-11-24"));
        assert_eq!(usual.in_weeks().first(), day("2026-08-31"));
    }

    #[test]
    fn an_instant_has_a_place_within_the_window_only() {
        let window = window(Some("2026-10-24"), Some("2026-10-26")).unwrap();
        let zone = window.zone();
        let at = |text: &str| zone.start_of(day(text));
        assert_eq!(window.place(at("2026-10-24").plus_millis(-1)), None);
        assert_eq!(window.place(at("2026-10-24")), Some(0));
        // The day on which the clocks go back has 25 hours.
        assert_eq!(window.place(at("2026-10-25").plus_millis(25 * 3_600_000 - 1)), Some(1));
        assert_eq!(window.place(at("2026-10-27").plus_millis(-1)), Some(2));
        assert_eq!(window.place(at("2026-10-27")), None);
    }

    #[test]
    fn a_window_that_cannot_be_is_refused_with_its_days() {
        let refused = |first, last| window(first, last).unwrap_err().to_string();
        assert_eq!(
            refused(Some("2026-11-02"), Some("2026-11-01")),
            "the first day, 2026-11-02, lies behind the last, 2026-11-01"
        );
        assert_eq!(refused(Some("2026-11-25"), None), "2026-11-25 is still to come");
        assert_eq!(
            refused(Some("1996-11-24"), None),
            "10958 days are more than a chart shows; 7305 are the most"
        );
    }
}
