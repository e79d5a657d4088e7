//! Rotations: people who take turns (11.1).
//!
//! 1. Handover n lies n turns after the first one on the local clock. Hours are counted on the clock, too: where an hour
//!    is skipped two handovers can fall together, and then are one; where an hour comes twice a shift is longer.
//! 2. Months are counted from the first handover: the 31st is the last day of a shorter month, and the 31st again after.
//! 3. The pattern runs back before its first handover.
//! 4. A restriction keeps a rotation to times of the week. From a time to the same time is a whole day; from a later to
//!    an earlier time runs past midnight and counts for the day of the week on which it began.
//! 5. A team's rotation may be told when it begins and ends; outside that it says nothing.

use super::schedule::{Authority, Shift, apart};
use crate::calendar::{Day, Instant, WorkingWeek, Zone};
use crate::identity::MemberId;
use chrono::{Months, NaiveDateTime, NaiveTime, TimeDelta};

/// How long a turn is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// So many hours of the clock.
    Hours(u32),
    /// So many days.
    Days(u32),
    /// So many weeks.
    Weeks(u32),
    /// So many months.
    Months(u32),
}

impl Turn {
    const fn count(self) -> u32 {
        match self {
            Turn::Hours(count) | Turn::Days(count) | Turn::Weeks(count) | Turn::Months(count) => count,
        }
    }

    /// The local time `n` turns later, or earlier; held at the ends of the calendar.
    fn after(self, first: NaiveDateTime, n: i64) -> NaiveDateTime {
        let times = n.saturating_mul(i64::from(self.count()));
        let moved = match self {
            Turn::Hours(_) => TimeDelta::try_hours(times).and_then(|by| first.checked_add_signed(by)),
            Turn::Days(_) => TimeDelta::try_days(times).and_then(|by| first.checked_add_signed(by)),
            Turn::Weeks(_) => TimeDelta::try_weeks(times).and_then(|by| first.checked_add_signed(by)),
            Turn::Months(_) => {
                let by = Months::new(u32::try_from(times.unsigned_abs()).unwrap_or(u32::MAX));
                if times < 0 { first.checked_sub_months(by) } else { first.checked_add_months(by) }
            }
        };
        moved.unwrap_or(if n < 0 { NaiveDateTime::MIN } else { NaiveDateTime::MAX })
    }

    /// About how many turns lie between two local times; the true number is at most two away.
    fn between(self, first: NaiveDateTime, at: NaiveDateTime) -> i64 {
        let seconds = (at - first).num_seconds();
        let length = match self {
            Turn::Hours(count) => 3_600.0 * f64::from(count),
            Turn::Days(count) => 86_400.0 * f64::from(count),
            Turn::Weeks(count) => 604_800.0 * f64::from(count),
            // The mean month of the Gregorian calendar.
            Turn::Months(count) => 2_629_746.0 * f64::from(count),
        };
        (seconds as f64 / length).floor() as i64
    }
}

/// Times of the week at which a rotation answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restriction {
    /// The days of the week on which it begins.
    pub days: WorkingWeek,
    /// The local time at which it begins.
    pub from: NaiveTime,
    /// The local time at which it ends, by rule 4.
    pub to: NaiveTime,
}

impl Restriction {
    /// Its interval that begins on a day, if it begins on that day of the week.
    fn on(&self, day: Day, zone: Zone) -> Option<(Instant, Instant)> {
        if !self.days.has(day.weekday()) {
            return None;
        }
        let last = if self.to <= self.from { day.plus(1) } else { day };
        let (from, to) =
            (zone.instant(day.date().and_time(self.from)), zone.instant(last.date().and_time(self.to)));
        (from < to).then_some((from, to))
    }
}

/// People who take turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    zone: Zone,
    first: NaiveDateTime,
    turn: Turn,
    people: Vec<MemberId>,
    restrictions: Vec<Restriction>,
    begins: Instant,
    ends: Instant,
}

/// Why a rotation cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RotationRefused {
    /// A turn has no length, or more than ten years.
    #[error("a turn lasts from an hour to ten years")]
    Length,
    /// Nobody takes a turn.
    #[error("nobody takes a turn")]
    Nobody,
}

impl Rotation {
    /// People who take turns from a first handover on. Without restrictions somebody is always on call.
    pub fn new(
        zone: Zone,
        first: NaiveDateTime,
        turn: Turn,
        people: Vec<MemberId>,
        restrictions: Vec<Restriction>,
    ) -> Result<Rotation, RotationRefused> {
        let most = match turn {
            Turn::Hours(_) => 87_600,
            Turn::Days(_) => 3_650,
            Turn::Weeks(_) => 520,
            Turn::Months(_) => 120,
        };
        if turn.count() == 0 || turn.count() > most {
            return Err(RotationRefused::Length);
        }
        if people.is_empty() {
            return Err(RotationRefused::Nobody);
        }
        let (begins, ends) = (Instant::from_millis(i64::MIN), Instant::from_millis(i64::MAX));
        Ok(Rotation { zone, first, turn, people, restrictions, begins, ends })
    }

    /// The same rotation, which speaks from an instant on and up to another only (rule 5).
    pub fn lasting(self, begins: Instant, ends: Instant) -> Rotation {
        Rotation { begins, ends, ..self }
    }

    /// Who takes turns, in order.
    pub fn people(&self) -> &[MemberId] {
        &self.people
    }

    /// The handover of a number; 0 is the first.
    pub fn handover(&self, n: i64) -> Instant {
        self.zone.instant(self.turn.after(self.first, n))
    }

    /// The number of the turn that holds at an instant: of handovers that fall together, the last.
    pub fn turn_at(&self, at: Instant) -> i64 {
        let mut n = self.turn.between(self.first, self.zone.local(at));
        while self.handover(n) > at {
            n -= 1;
        }
        while self.handover(n + 1) <= at {
            n += 1;
        }
        n
    }

    /// The handovers of a window: from the last at its start or before to the first after its end.
    pub fn handovers(&self, from: Instant, to: Instant) -> Vec<Instant> {
        let mut n = self.turn_at(from);
        let mut handovers = vec![self.handover(n)];
        while handovers.last().is_some_and(|last| *last <= to) {
            n += 1;
            let next = self.handover(n);
            if handovers.last() != Some(&next) {
                handovers.push(next);
            }
        }
        handovers
    }

    /// Who takes the turn of a number.
    pub fn person(&self, n: i64) -> MemberId {
        self.people[n.rem_euclid(self.people.len() as i64) as usize]
    }

    /// The times of a window in which somebody takes a turn, in order and apart from each other.
    pub fn answers(&self, from: Instant, to: Instant) -> Vec<(Instant, Instant)> {
        let (from, to) = (from.max(self.begins), to.min(self.ends));
        if from < to { self.open(from, to) } else { Vec::new() }
    }

    /// The shifts of a window, cut at its ends.
    pub(super) fn shifts(&self, from: Instant, to: Instant) -> Vec<Shift> {
        let (from, to) = (from.max(self.begins), to.min(self.ends));
        let mut shifts = Vec::new();
        if from >= to {
            return shifts;
        }
        let open = self.open(from, to);
        let mut n = self.turn_at(from);
        while self.handover(n) < to {
            let (start, end) = (self.handover(n), self.handover(n + 1));
            for (opens, closes) in &open {
                let (from, to) = (start.max(*opens), end.min(*closes));
                if from < to {
                    let member = self.person(n);
                    shifts.push(Shift { member, turn_of: member, from, to, by: Authority::Rotation });
                }
            }
            n += 1;
        }
        shifts
    }

    /// The intervals of a window in which the rotation answers, in order and apart from each other.
    fn open(&self, from: Instant, to: Instant) -> Vec<(Instant, Instant)> {
        if self.restrictions.is_empty() {
            return vec![(from, to)];
        }
        let (first, last) = (self.zone.day_of(from).plus(-1), self.zone.day_of(to));
        let all: Vec<(Instant, Instant)> = first
            .through(last)
            .flat_map(|day| self.restrictions.iter().filter_map(move |one| one.on(day, self.zone)))
            .map(|(opens, closes)| (opens.max(from), closes.min(to)))
            .filter(|(opens, closes)| opens < closes)
            .collect();
        apart(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn member(n: u128) -> MemberId {
        uuid::Uuid::from_u128(n).into()
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn weekly(zone: &str, first: &str) -> Rotation {
        let people = vec![member(1), member(2), member(3)];
        Rotation::new(Zone::parse(zone).unwrap(), local(first), Turn::Weeks(1), people, Vec::new()).unwrap()
    }

    fn hours(from: Instant, to: Instant) -> f64 {
        (to.millis() - from.millis()) as f64 / 3_600_000.0
    }

    #[test]
    fn rule_11_1_a_weekly_shift_is_168_h_one_more_or_less_where_the_clock_changes() {
        let rotation = weekly("Europe/Zurich", "2026-03-16 09:00");
        let lengths: Vec<f64> =
            (0..3).map(|n| hours(rotation.handover(n), rotation.handover(n + 1))).collect();
        assert_eq!(lengths, [168.0, 167.0, 168.0]);
        let autumn =
            rotation.turn_at(Zone::parse("Europe/Zurich").unwrap().instant(local("2026-10-24 12:00")));
        assert_eq!(hours(rotation.handover(autumn), rotation.handover(autumn + 1)), 169.0);
    }

    #[test]
    fn rule_11_1_a_local_time_that_does_not_exist_is_the_first_instant_that_does() {
        let zone = Zone::parse("Australia/Lord_Howe").unwrap();
        let rotation =
            Rotation::new(zone, local("2026-10-03 02:15"), Turn::Days(1), vec![member(1)], Vec::new())
                .unwrap();
        assert_eq!(zone.local(rotation.handover(1)), local("2026-10-04 02:30"));
        assert_eq!(zone.local(rotation.handover(2)), local("2026-10-05 02:15"));
    }

    #[test]
    fn the_31st_is_the_last_day_of_a_shorter_month_and_the_31st_again_after() {
        let rotation =
            Rotation::new(Zone::UTC, local("2026-01-31 09:00"), Turn::Months(1), vec![member(1)], Vec::new())
                .unwrap();
        let days: Vec<String> = (-1..4).map(|n| Zone::UTC.day_of(rotation.handover(n)).to_string()).collect();
        assert_eq!(days, ["2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
    }

    #[test]
    fn a_night_counts_for_the_day_of_the_week_on_which_it_began() {
        let nights = Restriction {
            days: WorkingWeek::from_bits(0b001_0000).unwrap(),
            from: NaiveTime::from_hms_opt(22, 0, 0).unwrap(),
            to: NaiveTime::from_hms_opt(6, 0, 0).unwrap(),
        };
        let rotation = Rotation::new(
            Zone::UTC,
            local("2026-11-23 09:00"),
            Turn::Weeks(1),
            vec![member(1), member(2)],
            vec![nights],
        )
        .unwrap();
        let at = |text| Zone::UTC.instant(local(text));
        let shifts = rotation.shifts(at("2026-11-23 00:00"), at("2026-12-07 00:00"));
        let told: Vec<String> = shifts
            .iter()
            .map(|shift| format!("{} {}", Zone::UTC.local(shift.from), Zone::UTC.local(shift.to)))
            .collect();
        assert_eq!(
            told,
            ["2026-11-27 22:00:00 2026-11-28 06:00:00", "2026-12-04 22:00:00 2026-12-05 06:00:00"]
        );
        assert_eq!([shifts[0].member, shifts[1].member], [member(1), member(2)]);
    }

    #[test]
    fn a_rotation_without_length_or_people_is_refused() {
        let made = |turn, people: Vec<MemberId>| {
            Rotation::new(Zone::UTC, local("2026-01-31 09:00"), turn, people, Vec::new()).map(|_| ())
        };
        assert_eq!(made(Turn::Hours(0), vec![member(1)]), Err(RotationRefused::Length));
        assert_eq!(made(Turn::Weeks(521), vec![member(1)]), Err(RotationRefused::Length));
        assert_eq!(made(Turn::Weeks(1), Vec::new()), Err(RotationRefused::Nobody));
    }

    #[test]
    fn a_rotation_says_nothing_before_it_begins_and_after_it_ends() {
        let at = |text| Zone::UTC.instant(local(text));
        let rotation =
            weekly("UTC", "2026-11-23 09:00").lasting(at("2026-11-23 09:00"), at("2026-12-02 12:00"));
        let shifts = rotation.shifts(at("2026-11-01 00:00"), at("2027-01-01 00:00"));
        let told: Vec<_> = shifts.iter().map(|shift| (shift.from, shift.to)).collect();
        assert_eq!(
            told,
            [
                (at("2026-11-23 09:00"), at("2026-11-30 09:00")),
                (at("2026-11-30 09:00"), at("2026-12-02 12:00"))
            ]
        );
        assert_eq!(rotation.shifts(at("2026-12-02 12:00"), at("2027-01-01 00:00")), []);
    }

    proptest! {
        #[test]
        fn every_instant_belongs_to_one_turn_and_turns_follow_each_other(
            zone in prop::sample::select(vec!["Europe/Zurich", "America/Chicago", "Australia/Lord_Howe", "Asia/Kolkata"]),
            turn in prop_oneof![
                (1u32..50).prop_map(Turn::Hours), (1u32..20).prop_map(Turn::Days),
                (1u32..6).prop_map(Turn::Weeks), (1u32..5).prop_map(Turn::Months)
            ],
            start in 0i64..4_000_000, at in 0i64..4_000_000,
        ) {
            let zone = Zone::parse(zone).unwrap();
            let first = local("2020-01-31 00:30") + TimeDelta::minutes(start);
            let rotation = Rotation::new(zone, first, turn, vec![member(1), member(2)], Vec::new()).unwrap();
            let at = Instant::from_millis(1_580_000_000_000 + at * 60_000);
            let n = rotation.turn_at(at);
            prop_assert!(rotation.handover(n) <= at && at < rotation.handover(n + 1));
            let end = at.plus_millis(40 * 86_400_000);
            let shifts = rotation.shifts(at, end);
            prop_assert!(shifts.windows(2).all(|pair| pair[0].to == pair[1].from));
            prop_assert!(shifts.iter().all(|shift| shift.from < shift.to));
            prop_assert_eq!(shifts.first().map(|shift| shift.from), Some(at.max(rotation.handover(n))));
            prop_assert_eq!(shifts.last().map(|shift| shift.to), Some(end));
        }
    }
}
