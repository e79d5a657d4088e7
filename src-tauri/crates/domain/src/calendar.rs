//! Days, instants, working weeks and time zones.
//!
//! 1. A day is a local date of the team; an instant is a moment in UTC, in milliseconds.
//! 2. A local time that does not exist is the first instant that does; one that happens twice is its first pass.
//! 3. Whether people work on a day is decided by the week and the holidays, nowhere else.

use chrono::{
    DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc, Weekday,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use ts_rs::TS;

/// A local date of the team in the years 1 to 9999, `YYYY-MM-DD` on the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String")]
#[ts(type = "string")]
pub struct Day(NaiveDate);

impl Day {
    /// The day of a year, month and day of the month, where there is one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day)
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Day> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|d| (1..=9999).contains(&d.year())).map(Day)
    }

    /// The day some days later, or earlier for a negative number; stays within the years 1 to 9999.
    pub fn plus(self, days: i64) -> Day {
        let moved = if days < 0 {
            self.0.checked_sub_days(Days::new(days.unsigned_abs()))
        } else {
            self.0.checked_add_days(Days::new(days.unsigned_abs()))
        };
        Day(moved.filter(|day| (1..=9999).contains(&day.year())).unwrap_or(self.0))
    }

    /// The days from this one to another: 1 for tomorrow.
    pub fn days_until(self, other: Day) -> i64 {
        (other.0 - self.0).num_days()
    }

    /// Which day of the week it is.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The date as chrono has it, for reading and writing.
    pub fn date(self) -> NaiveDate {
        self.0
    }

    /// The Monday of its week.
    pub fn monday(self) -> Day {
        self.plus(-i64::from(self.weekday().num_days_from_monday()))
    }

    /// The first day of its month, or of a month some months later.
    pub fn month(self, later: i32) -> Day {
        let months = self.0.year() * 12 + self.0.month0() as i32 + later;
        Day::new(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, 1)
            .filter(|day| (1..=9999).contains(&day.0.year()))
            .unwrap_or(self)
    }

    /// The weeks of its month, each from Monday to Sunday; the first and the last hold days of the months beside it.
    pub fn weeks_of_month(self) -> Vec<[Day; 7]> {
        let first = self.month(0);
        let last = self.month(1).plus(-1);
        let mondays = first.monday().through(last).step_by(7);
        mondays.map(|monday| std::array::from_fn(|at| monday.plus(at as i64))).collect()
    }

    /// All days from this one to the last, both included; none when the last is earlier.
    pub fn through(self, last: Day) -> impl Iterator<Item = Day> {
        (0..=self.days_until(last).max(-1)).map(move |n| self.plus(n))
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// A text that is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not a day, such as 2026-11-24")]
pub struct DayRefused {
    /// The text.
    pub text: String,
}

impl TryFrom<String> for Day {
    type Error = DayRefused;
    fn try_from(text: String) -> Result<Day, DayRefused> {
        text.parse()
    }
}

impl std::str::FromStr for Day {
    type Err = DayRefused;
    fn from_str(text: &str) -> Result<Day, DayRefused> {
        Day::parse(text).ok_or_else(|| DayRefused { text: text.to_owned() })
    }
}

/// A moment, in milliseconds since 1970 in UTC; on the border within the years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS)]
#[serde(try_from = "i64")]
#[ts(type = "number")]
pub struct Instant(i64);

/// A number that is no moment of a year with four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{millis} ms since 1970 is not within the years 1 to 9999")]
pub struct InstantRefused {
    /// The number.
    pub millis: i64,
}

impl TryFrom<i64> for Instant {
    type Error = InstantRefused;
    fn try_from(millis: i64) -> Result<Instant, InstantRefused> {
        let within = (-62_135_596_800_000..=253_402_300_799_999).contains(&millis);
        if within { Ok(Instant(millis)) } else { Err(InstantRefused { millis }) }
    }
}

impl Instant {
    /// A moment of milliseconds since 1970 in UTC.
    pub const fn from_millis(millis: i64) -> Instant {
        Instant(millis)
    }

    /// The milliseconds since 1970 in UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The moment some milliseconds later.
    pub const fn plus_millis(self, millis: i64) -> Instant {
        Instant(self.0.saturating_add(millis))
    }
}

/// The time zone of a team, an IANA name on the border: `Europe/Zurich`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(type = "string")]
pub struct Zone(Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone(Tz::UTC);

    /// The zone of an IANA name.
    pub fn parse(name: &str) -> Option<Zone> {
        name.parse().ok().map(Zone)
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The names of all zones, in order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// The local day on which an instant falls.
    pub fn day_of(self, at: Instant) -> Day {
        Day(self.local(at).date())
    }

    /// The local wall time of an instant.
    pub fn local(self, at: Instant) -> NaiveDateTime {
        let utc = DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default();
        utc.with_timezone(&self.0).naive_local()
    }

    /// The first instant of a local day.
    pub fn start_of(self, day: Day) -> Instant {
        self.instant(day.0.and_time(NaiveTime::MIN))
    }

    /// The instant of a local wall time, by rule 2.
    pub fn instant(self, local: NaiveDateTime) -> Instant {
        match self.0.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Instant(at.timestamp_millis()),
            LocalResult::None => self.first_after_gap(local),
        }
    }

    /// How far an instant lies in its local day, 0 at the start and below 1 at the end, by the length of that day.
    pub fn fraction_of_day(self, at: Instant) -> f64 {
        let day = self.day_of(at);
        let (start, end) = (self.start_of(day).0, self.start_of(day.plus(1)).0);
        if end <= start { 0.0 } else { ((at.0 - start) as f64 / (end - start) as f64).clamp(0.0, 1.0) }
    }

    /// The first instant that exists after a local time inside a gap: halves the gap down to the millisecond.
    fn first_after_gap(self, local: NaiveDateTime) -> Instant {
        let around = local.and_utc().timestamp_millis();
        let (mut before, mut after) = (around - 36 * 3_600_000, around + 36 * 3_600_000);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.local(Instant(middle)) >= local { after = middle } else { before = middle }
        }
        Instant(after)
    }
}

/// A name that is no time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{name}” is not a time zone, such as Europe/Zurich")]
pub struct ZoneRefused {
    /// The name.
    pub name: String,
}

impl std::str::FromStr for Zone {
    type Err = ZoneRefused;
    fn from_str(name: &str) -> Result<Zone, ZoneRefused> {
        Zone::parse(name).ok_or_else(|| ZoneRefused { name: name.to_owned() })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The days of the week on which people work; on the border a number with Monday as bit 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct WorkingWeek(u8);

impl WorkingWeek {
    /// Monday to Friday.
    pub const MONDAY_TO_FRIDAY: WorkingWeek = WorkingWeek(0b001_1111);

    /// The week of a number with Monday as bit 0; none where no day or another bit is set.
    pub fn from_bits(bits: u8) -> Option<WorkingWeek> {
        (bits != 0 && bits < 0b1000_0000).then_some(WorkingWeek(bits))
    }

    /// The number with Monday as bit 0.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether people work on that day of the week.
    pub fn has(self, weekday: Weekday) -> bool {
        self.0 & (1 << weekday.num_days_from_monday()) != 0
    }
}

/// When a team works: its week, and the holidays on which it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkCalendar {
    /// The zone in which its days begin and end.
    pub zone: Zone,
    /// The working weeks, each valid from a day on, in order of that day.
    pub weeks: Vec<(Day, WorkingWeek)>,
    /// Days on which nobody works.
    pub holidays: BTreeSet<Day>,
}

impl WorkCalendar {
    /// The week that holds on a day: the last that is valid from then or earlier, else the first one known.
    pub fn week_on(&self, day: Day) -> WorkingWeek {
        let valid = self.weeks.iter().rev().find(|(from, _)| *from <= day).or(self.weeks.first());
        valid.map_or(WorkingWeek::MONDAY_TO_FRIDAY, |(_, week)| *week)
    }

    /// Whether the team works on a day.
    pub fn works_on(&self, day: Day) -> bool {
        self.week_on(day).has(day.weekday()) && !self.holidays.contains(&day)
    }

    /// The working days from the first to the last, both included.
    pub fn working_days(&self, first: Day, last: Day) -> Vec<Day> {
        first.through(last).filter(|day| self.works_on(*day)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_day_starts_at_the_first_instant_that_exists() {
        let check = |zone: &str, at: &str, hours: i64| {
            let zone = Zone::parse(zone).unwrap();
            let (start, next) = (zone.start_of(day(at)), zone.start_of(day(at).plus(1)));
            assert_eq!(zone.day_of(start), day(at));
            assert_eq!(zone.day_of(start.plus_millis(-1)), day(at).plus(-1));
            assert_eq!((next.millis() - start.millis()) / 3_600_000, hours, "{zone} {at}");
        };
        check("Europe/Zurich", "2026-03-29", 23);
        check("Europe/Zurich", "2026-10-25", 25);
        check("Europe/Zurich", "2026-11-24", 24);
        // Midnight itself is skipped there.
        check("America/Sao_Paulo", "2018-11-04", 23);
        check("Asia/Beirut", "2026-03-29", 23);
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        let calendar = WorkCalendar {
            zone: Zone::UTC,
            weeks: vec![(day("2026-01-01"), WorkingWeek::MONDAY_TO_FRIDAY)],
            holidays: [day("2026-12-08")].into(),
        };
        assert_eq!(calendar.working_days(day("2026-11-30"), day("2026-12-11")).len(), 9);
        assert_eq!(calendar.working_days(day("2026-12-11"), day("2026-11-30")).len(), 0);
        assert!(calendar.works_on(day("2025-12-31")), "a day before the first week known follows that week");
    }

    #[test]
    fn a_month_is_shown_in_whole_weeks() {
        let check = |at: &str, expected: &str| {
            let weeks = day(at).weeks_of_month();
            let ends = format!("{} {} {}", weeks.len(), weeks[0][0], weeks[weeks.len() - 1][6]);
            assert_eq!(ends, expected, "{at}");
            assert!(weeks.concat().windows(2).all(|pair| pair[0].plus(1) == pair[1]));
        };
        check("2026-11-24", "6 2026-10-26 2026-12-06");
        check("2026-02-01", "5 2026-01-26 2026-03-01");
        check("2027-02-28", "4 2027-02-01 2027-02-28");
        assert_eq!(day("2026-12-31").month(1), day("2027-01-01"));
        assert_eq!(day("2026-01-31").month(-1), day("2025-12-01"));
        assert_eq!(day("9999-12-31").month(1), day("9999-12-31"));
    }

    #[test]
    fn a_week_has_at_least_one_day() {
        assert_eq!(WorkingWeek::from_bits(0), None);
        assert_eq!(WorkingWeek::from_bits(128), None);
        assert!(WorkingWeek::from_bits(0b010_0000).unwrap().has(Weekday::Sat));
    }
}
