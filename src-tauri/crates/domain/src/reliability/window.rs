//! Windows over which reliability is told (10.1, 10.5).
//!
//! 1. The window of a Sprint goes from 00:00 local of its planned first day to 00:00 local of the next Sprint's first day
//!    if that follows within a week, else to 00:00 after its planned last day: Sprints tile, no weekend is lost.
//! 2. While the Sprint runs the window ends now.
//! 3. A window may be cut to business hours before anything is counted in it.

use crate::calendar::{Day, Instant, Zone};

/// Intervals of whole seconds since 1970, in order and apart from each other; each holds its start and not its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Window {
    parts: Vec<(i64, i64)>,
}

impl Window {
    /// From an instant up to another; nothing where the end is not later.
    pub fn new(from: Instant, to: Instant) -> Window {
        Window::of([(from, to)])
    }

    /// The union of intervals in any order.
    pub fn of(intervals: impl IntoIterator<Item = (Instant, Instant)>) -> Window {
        let seconds = |at: Instant| at.millis().div_euclid(1_000);
        Window::united(intervals.into_iter().map(|(from, to)| (seconds(from), seconds(to))).collect())
    }

    fn united(mut intervals: Vec<(i64, i64)>) -> Window {
        intervals.retain(|(from, to)| from < to);
        intervals.sort_unstable();
        let mut parts: Vec<(i64, i64)> = Vec::new();
        for (from, to) in intervals {
            match parts.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => parts.push((from, to)),
            }
        }
        Window { parts }
    }

    /// What lies in both: a window cut to business hours (10.5).
    pub fn within(&self, other: &Window) -> Window {
        let (mut here, mut there) = (0, 0);
        let mut parts = Vec::new();
        while let (Some(one), Some(two)) = (self.parts.get(here), other.parts.get(there)) {
            let (from, to) = (one.0.max(two.0), one.1.min(two.1));
            if from < to {
                parts.push((from, to));
            }
            if one.1 < two.1 { here += 1 } else { there += 1 }
        }
        Window { parts }
    }

    /// Its intervals in seconds since 1970.
    pub fn parts(&self) -> &[(i64, i64)] {
        &self.parts
    }

    /// Whether a second, since 1970, lies in it.
    pub fn holds(&self, second: i64) -> bool {
        let after = self.parts.partition_point(|(from, _)| *from <= second);
        after.checked_sub(1).and_then(|place| self.parts.get(place)).is_some_and(|(_, to)| second < *to)
    }

    /// Its length in seconds.
    pub fn seconds(&self) -> i64 {
        self.parts.iter().map(|(from, to)| to - from).sum()
    }
}

/// The window of a Sprint, by rules 1 and 2.
pub fn sprint_window(
    first: Day,
    last: Day,
    next_first: Option<Day>,
    zone: Zone,
    running_now: Option<Instant>,
) -> Window {
    let follows = next_first.filter(|next| *next > last && last.days_until(*next) <= 7);
    let end = zone.start_of(follows.unwrap_or_else(|| last.plus(1)));
    Window::new(zone.start_of(first), running_now.unwrap_or(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn rule_10_1_fourteen_days_are_336_335_or_337_hours() {
        let zone = Zone::parse("Europe/Zurich").unwrap();
        let hours = |first: &str, last: &str, next: Option<&str>| {
            sprint_window(day(first), day(last), next.map(day), zone, None).seconds() / 3_600
        };
        assert_eq!(hours("2026-11-02", "2026-11-13", Some("2026-11-16")), 336);
        assert_eq!(hours("2026-03-16", "2026-03-27", Some("2026-03-30")), 335);
        assert_eq!(hours("2026-10-12", "2026-10-23", Some("2026-10-26")), 337);
        assert_eq!(hours("2026-11-02", "2026-11-13", None), 12 * 24, "the weekend belongs to no Sprint");
        assert_eq!(hours("2026-11-02", "2026-11-13", Some("2026-11-30")), 12 * 24, "more than a week later");
    }

    #[test]
    fn rule_10_1_sprints_tile_and_a_running_one_ends_now() {
        let zone = Zone::parse("Europe/Zurich").unwrap();
        let one = sprint_window(day("2026-11-02"), day("2026-11-13"), Some(day("2026-11-16")), zone, None);
        let two = sprint_window(day("2026-11-16"), day("2026-11-27"), None, zone, None);
        assert_eq!(one.parts()[0].1, two.parts()[0].0);
        let now = zone.start_of(day("2026-11-18"));
        let running = sprint_window(day("2026-11-16"), day("2026-11-27"), None, zone, Some(now));
        assert_eq!(running.seconds(), 48 * 3_600);
        let before = zone.start_of(day("2026-11-10"));
        assert_eq!(
            sprint_window(day("2026-11-16"), day("2026-11-27"), None, zone, Some(before)).seconds(),
            0
        );
    }

    #[test]
    fn rule_10_5_a_window_is_cut_to_business_hours() {
        let at = |seconds: i64| Instant::from_millis(seconds * 1_000);
        let window = Window::new(at(0), at(100));
        let hours = Window::of([(at(90), at(120)), (at(10), at(20)), (at(15), at(30))]);
        assert_eq!(window.within(&hours).parts(), [(10, 30), (90, 100)]);
        assert_eq!(hours.within(&window), window.within(&hours));
        assert_eq!(Window::new(at(5), at(5)).seconds(), 0);
    }
}
