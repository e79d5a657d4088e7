//! The next Sprint, proposed: its days and its name.
//!
//! 1. Sprints tile: the next one begins on the first day of the team's week after the one before, and never in the
//!    past.
//! 2. It ends on the last day of the team's week within its length. Holidays do not move it: they would break the
//!    rhythm, and the capacity knows them.
//! 3. Its name counts on from the highest number that a Sprint's name ends in.

use crate::calendar::{Day, WorkCalendar};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The planned days of a Sprint, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProposedDays {
    /// The first.
    pub first: Day,
    /// The last.
    pub last: Day,
}

/// The days of the next Sprint after the last one planned, of a length in days (14 is two weeks).
pub fn propose_days(
    calendar: &WorkCalendar,
    last_planned: Option<Day>,
    today: Day,
    length: i64,
) -> ProposedDays {
    let in_week = |day: &Day| calendar.week_on(*day).has(day.weekday());
    let earliest = last_planned.map_or(today, |last| today.max(last.plus(1)));
    // A week has a working day, so seven days from any day hold one.
    let first = earliest.through(earliest.plus(6)).find(in_week).unwrap_or(earliest);
    let end = first.plus(length.max(1) - 1);
    let last = (0..length.max(1)).map(|back| end.plus(-back)).find(in_week).unwrap_or(first);
    ProposedDays { first, last }
}

/// The name of the next Sprint after those that exist, in any order: `Sprint 43` after `Sprint 42`.
pub fn propose_name<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let number = |name: &'n str| {
        let digits = name.len() - name.bytes().rev().take_while(u8::is_ascii_digit).count();
        name[digits..].parse::<u32>().ok().map(|number| (number, &name[..digits]))
    };
    match names.into_iter().filter_map(number).max_by_key(|(number, _)| *number) {
        Some((number, before)) => format!("{before}{}", number.saturating_add(1)),
        None => "Sprint 1".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{WorkingWeek, Zone};

    fn check(last_planned: &str, today: &str, length: i64, expected: &str) {
        let calendar = WorkCalendar {
            zone: Zone::UTC,
            weeks: vec![(Day::parse("2020-01-01").unwrap(), WorkingWeek::MONDAY_TO_FRIDAY)],
            holidays: ["2026-12-25", "2026-11-30"].iter().filter_map(|day| Day::parse(day)).collect(),
        };
        let days = propose_days(&calendar, Day::parse(last_planned), Day::parse(today).unwrap(), length);
        assert_eq!(format!("{} {}", days.first, days.last), expected);
    }

    #[test]
    fn the_next_sprint_follows_the_one_before() {
        check("2026-11-27", "2026-11-24", 14, "2026-11-30 2026-12-11");
        check("2026-12-11", "2026-11-24", 14, "2026-12-14 2026-12-25");
        check("2026-11-27", "2026-11-24", 7, "2026-11-30 2026-12-04");
    }

    #[test]
    fn the_first_sprint_begins_on_the_next_working_day() {
        check("", "2026-11-24", 14, "2026-11-24 2026-12-07");
        check("", "2026-11-28", 14, "2026-11-30 2026-12-11");
        check("", "2026-11-28", 1, "2026-11-30 2026-11-30");
    }

    #[test]
    fn a_sprint_is_never_proposed_in_the_past() {
        check("2026-10-30", "2026-11-24", 14, "2026-11-24 2026-12-07");
    }

    #[test]
    fn names_count_on() {
        assert_eq!(propose_name([]), "Sprint 1");
        assert_eq!(propose_name(["Sprint 9", "Sprint 42", "Hardening"]), "Sprint 43");
        assert_eq!(propose_name(["PAY 2026-7"]), "PAY 2026-8");
        assert_eq!(propose_name(["Frühling", "４２"]), "Sprint 1");
    }
}
