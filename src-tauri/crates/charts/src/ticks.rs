//! Ticks of the axes.
//!
//! 1. Steps of a number axis are 1, 2 or 5 times a power of ten, and labels have no needless zeros.
//! 2. A label of a day stands in the middle of the day's column; a label of a week or month stands at its start.
//! 3. Ticks are thinned until their labels fit: days, then weeks, months, years.

use chrono::{Datelike, Weekday};
use domain::calendar::Day;

/// The ticks from 0 up to a largest value, so far apart that `count` steps are as long as the whole range or longer.
pub(crate) fn numbers(largest: f64, range: f64, count: usize, smallest_step: f64) -> Vec<f64> {
    let wanted = range / count.max(1) as f64;
    let mut power = 1e-2;
    let mut step = power;
    'found: while power < 1e290 {
        for times in [1.0, 2.0, 5.0] {
            step = power * times;
            if step >= wanted && step >= smallest_step {
                break 'found;
            }
        }
        power *= 10.0;
    }
    let steps = (largest / step + 1e-9).floor().clamp(0.0, 100.0) as u32;
    (0..=steps).map(|n| f64::from(n) * step).collect()
}

/// A number of an axis: `0.5`, `40`, `10 000`, `2.5 M`.
pub(crate) fn number(value: f64) -> String {
    for (one, word) in [(1e15, " bn M"), (1e9, " bn"), (1e6, " M")] {
        if value.abs() >= one {
            return format!("{}{word}", plain(value / one));
        }
    }
    plain(value)
}

/// At most two decimals, thousands set apart from 10 000 on.
pub(crate) fn plain(value: f64) -> String {
    let hundredths = (value * 100.0).round();
    // Most numbers are small and whole.
    if (0.0..1_000_000.0).contains(&hundredths) && hundredths % 100.0 == 0.0 {
        return (hundredths as u32 / 100).to_string();
    }
    let minus = if hundredths < 0.0 { "−" } else { "" };
    let hundredths = hundredths.abs() as u128;
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let mut text = whole.to_string();
    if text.len() > 4 {
        for at in (1..text.len()).rev().filter(|at| (text.len() - at).is_multiple_of(3)).collect::<Vec<_>>() {
            text.insert(at, '\u{a0}');
        }
    }
    match part {
        0 => format!("{minus}{text}"),
        part if part % 10 == 0 => format!("{minus}{text}.{}", part / 10),
        part => format!("{minus}{text}.{part:02}"),
    }
}

/// How far apart the labels of a time axis stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Each day, in the middle of its column.
    Days,
    /// Every so many weeks, at the start of a Monday.
    Weeks(u32),
    /// Every so many months, at the start of a month.
    Months(u32),
    /// Every so many years, at the start of a year.
    Years(u32),
}

impl Pace {
    /// The paces longer than a day, with the days that lie between their labels at least.
    pub(crate) const LONGER: [(Pace, f64); 12] = [
        (Pace::Weeks(1), 7.0),
        (Pace::Weeks(2), 14.0),
        (Pace::Months(1), 28.0),
        (Pace::Months(2), 59.0),
        (Pace::Months(3), 89.0),
        (Pace::Months(6), 181.0),
        (Pace::Years(1), 365.0),
        (Pace::Years(2), 730.0),
        (Pace::Years(5), 1_826.0),
        (Pace::Years(10), 3_652.0),
        (Pace::Years(50), 18_262.0),
        (Pace::Years(200), 73_048.0),
    ];

    /// The label at the start of a day, where this pace has one there; weeks count from the first day shown.
    pub(crate) fn label(self, day: Day, first: Day) -> Option<String> {
        let date = day.date();
        match self {
            Pace::Days => Some(day_of_month(day)),
            Pace::Weeks(n) => {
                let week = first.days_until(day) / 7;
                (date.weekday() == Weekday::Mon && week % i64::from(n.max(1)) == 0)
                    .then(|| day_and_month(day))
            }
            Pace::Months(n) => (date.day() == 1 && date.month0().is_multiple_of(n.max(1)))
                .then(|| if date.month() == 1 { format!("{}", date.year()) } else { month(day).to_owned() }),
            Pace::Years(n) => (date.ordinal() == 1 && date.year().rem_euclid(n.max(1) as i32) == 0)
                .then(|| date.year().to_string()),
        }
    }
}

/// `Mon`.
pub(crate) fn weekday(day: Day) -> &'static str {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday().num_days_from_monday() as usize]
}

/// `Monday`.
pub(crate) fn weekday_in_full(day: Day) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [day.weekday().num_days_from_monday() as usize]
}

/// `7`.
pub(crate) fn day_of_month(day: Day) -> String {
    day.date().day().to_string()
}

/// `7 Sep`.
pub(crate) fn day_and_month(day: Day) -> String {
    format!("{} {}", day.date().day(), month(day))
}

/// `7 September 2026`.
pub(crate) fn in_full(day: Day) -> String {
    let date = day.date();
    let name = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ][date.month0() as usize];
    format!("{} {name} {}", date.day(), date.year())
}

/// `2026`.
pub(crate) fn year(day: Day) -> i32 {
    day.date().year()
}

/// `Sep`.
pub(crate) fn month(day: Day) -> &'static str {
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        [day.date().month0() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(largest: f64, count: usize, smallest: f64) -> String {
        numbers(largest, largest, count, smallest).into_iter().map(number).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn steps_are_one_two_or_five_times_a_power_of_ten() {
        assert_eq!(check(57.2, 6, 0.01), "0 10 20 30 40 50");
        assert_eq!(check(13.0, 6, 0.01), "0 5 10");
        assert_eq!(check(3.1, 6, 1.0), "0 1 2 3");
        assert_eq!(check(1.04, 6, 0.01), "0 0.2 0.4 0.6 0.8 1");
        assert_eq!(check(110.0, 2, 1.0), "0 100");
        assert_eq!(check(0.0, 6, 1.0), "0");
        assert_eq!(check(24_000.0, 6, 1.0), "0 5000 10\u{a0}000 15\u{a0}000 20\u{a0}000");
        assert_eq!(check(9.3e16, 4, 1.0), "0 50 bn M");
    }

    #[test]
    fn ticks_are_few_and_finite_whatever_the_range() {
        for largest in [0.0, 1e-9, 1.0, 1e9, 1e18, 1e30] {
            for count in [0, 1, 6] {
                let ticks = numbers(largest, largest, count, 0.01);
                assert!(!ticks.is_empty() && ticks.len() <= 101, "{largest} {count}: {}", ticks.len());
                assert!(ticks.iter().all(|tick| tick.is_finite()));
            }
        }
    }

    #[test]
    fn weeks_months_and_years_are_labelled_at_their_start() {
        let labels = |pace: Pace, first: &str, days: i64| {
            let first = Day::parse(first).unwrap();
            (0..days).filter_map(|n| pace.label(first.plus(n), first)).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(labels(Pace::Weeks(1), "2026-11-24", 21), "30 Nov, 7 Dec, 14 Dec");
        assert_eq!(labels(Pace::Weeks(2), "2026-11-24", 43), "30 Nov, 14 Dec, 28 Dec");
        assert_eq!(labels(Pace::Months(1), "2026-11-24", 90), "Dec, 2027, Feb");
        assert_eq!(labels(Pace::Months(3), "2026-01-01", 365), "2026, Apr, Jul, Oct");
        assert_eq!(labels(Pace::Years(5), "2018-06-01", 4000), "2020, 2025");
    }
}
