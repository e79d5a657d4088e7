//! What on call asks of people: coverage, gaps, load and fairness (11.3).
//!
//! 1. A gap is time in which nobody is on call although somebody should be.
//! 2. Load is time on call, the part of it on weekends and holidays, and the pages that fell into hours of sleep,
//!    22:00 to 08:00 local.
//! 3. Fairness is the mean of min ÷ max over all pairs of people: 1 where all carry the same.
//! 4. A shift is one stretch of time, whatever the reasons for its parts.

use super::schedule::Shift;
use crate::calendar::{Day, Instant, WorkCalendar};
use crate::identity::MemberId;
use chrono::{Datelike, Timelike, Weekday};

/// How much of a window somebody is on call.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// Milliseconds of the window in which somebody should be on call.
    pub wanted: i64,
    /// Milliseconds of these in which somebody is.
    pub covered: i64,
    /// The times without anybody, in order.
    pub gaps: Vec<(Instant, Instant)>,
}

impl Reach {
    /// How far the shifts reach in intervals that should be covered; the intervals are in order and apart.
    pub fn new(shifts: &[Shift], wanted: &[(Instant, Instant)]) -> Reach {
        let mut reach = Reach { wanted: 0, covered: 0, gaps: Vec::new() };
        let mut held: Vec<(Instant, Instant)> = shifts.iter().map(|shift| (shift.from, shift.to)).collect();
        held.sort();
        for (from, to) in wanted.iter().filter(|(from, to)| from < to) {
            reach.wanted += to.millis() - from.millis();
            let mut free = *from;
            for (start, end) in &held {
                if *end <= free || *start >= *to {
                    continue;
                }
                if *start > free {
                    reach.gaps.push((free, *start));
                }
                free = free.max(*end);
                if free >= *to {
                    break;
                }
            }
            if free < *to {
                reach.gaps.push((free, *to));
            }
        }
        let missing: i64 = reach.gaps.iter().map(|(from, to)| to.millis() - from.millis()).sum();
        reach.covered = reach.wanted - missing;
        reach
    }
}

/// Shifts as people live them: parts of one person that touch or overlap are one (rule 4), with the strongest reason.
pub fn stretches(shifts: &[Shift]) -> Vec<Shift> {
    let mut by_person = shifts.to_vec();
    by_person.sort_by_key(|shift| (shift.member, shift.from, shift.to));
    let mut stretches: Vec<Shift> = Vec::with_capacity(by_person.len());
    for shift in by_person {
        match stretches.last_mut() {
            Some(last) if last.member == shift.member && shift.from <= last.to => {
                last.to = last.to.max(shift.to);
                last.by = last.by.max(shift.by);
            }
            _ => stretches.push(shift),
        }
    }
    stretches.sort_by_key(|shift| (shift.from, shift.to, shift.member));
    stretches
}

/// Somebody was paged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Who.
    pub member: MemberId,
    /// When.
    pub at: Instant,
}

/// What one person carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub member: MemberId,
    /// Milliseconds on call.
    pub time: i64,
    /// Milliseconds of these on Saturdays and Sundays.
    pub weekend: i64,
    /// Milliseconds of these on the team's holidays.
    pub holidays: i64,
    /// Pages.
    pub pages: u32,
    /// Pages in hours of sleep.
    pub asleep: u32,
    /// Shifts that began.
    pub shifts: u32,
}

/// What a rotation's people carried in a window.
#[derive(Debug, Clone, PartialEq)]
pub struct Duties {
    /// Each of them, in the order given, then whoever else was on call.
    pub loads: Vec<Load>,
    /// Fairness of the time on call; none with fewer than two people.
    pub fairness: Option<f64>,
    /// Fairness of the weekends.
    pub weekend_fairness: Option<f64>,
}

impl Duties {
    /// Sums what shifts and pages asked of people.
    pub fn new(people: &[MemberId], shifts: &[Shift], pages: &[Page], calendar: &WorkCalendar) -> Duties {
        let mut loads: Vec<Load> = people.iter().copied().map(empty).collect();
        for shift in &stretches(shifts) {
            let load = of(&mut loads, shift.member);
            load.time += shift.millis();
            load.shifts += 1;
            let zone = calendar.zone;
            let last = zone.day_of(shift.to.plus_millis(-1));
            for day in zone.day_of(shift.from).through(last) {
                let (from, to) =
                    (zone.start_of(day).max(shift.from), zone.start_of(day.plus(1)).min(shift.to));
                let part = (to.millis() - from.millis()).max(0);
                if is_weekend(day) {
                    load.weekend += part;
                }
                if calendar.holidays.contains(&day) {
                    load.holidays += part;
                }
            }
        }
        for page in pages {
            let load = of(&mut loads, page.member);
            load.pages += 1;
            let hour = calendar.zone.local(page.at).hour();
            if !(8..22).contains(&hour) {
                load.asleep += 1;
            }
        }
        let times: Vec<i64> = loads.iter().map(|load| load.time).collect();
        let weekends: Vec<i64> = loads.iter().map(|load| load.weekend).collect();
        Duties { fairness: fairness(&times), weekend_fairness: fairness(&weekends), loads }
    }
}

/// The mean of min ÷ max over all pairs (11.3); two who carry nothing carry the same. None with fewer than two.
pub fn fairness(carried: &[i64]) -> Option<f64> {
    let (mut sum, mut pairs) = (0.0, 0_u32);
    for (index, one) in carried.iter().enumerate() {
        for other in &carried[index + 1..] {
            let (least, most) = (one.min(other), one.max(other));
            sum += if *most == 0 { 1.0 } else { *least as f64 / *most as f64 };
            pairs += 1;
        }
    }
    (pairs > 0).then(|| sum / f64::from(pairs))
}

fn is_weekend(day: Day) -> bool {
    matches!(day.date().weekday(), Weekday::Sat | Weekday::Sun)
}

fn empty(member: MemberId) -> Load {
    Load { member, time: 0, weekend: 0, holidays: 0, pages: 0, asleep: 0, shifts: 0 }
}

fn of(loads: &mut Vec<Load>, member: MemberId) -> &mut Load {
    let at = match loads.iter().position(|load| load.member == member) {
        Some(at) => at,
        None => {
            loads.push(empty(member));
            loads.len() - 1
        }
    };
    &mut loads[at]
}

#[cfg(test)]
mod tests {
    use super::super::schedule::Authority;
    use super::*;
    use crate::calendar::{WorkingWeek, Zone};
    use proptest::prelude::*;

    const HOUR: i64 = 3_600_000;

    fn member(n: u128) -> MemberId {
        uuid::Uuid::from_u128(n).into()
    }

    fn shift(who: u128, from: Instant, to: Instant) -> Shift {
        Shift { member: member(who), turn_of: member(who), from, to, by: Authority::Rotation }
    }

    fn calendar() -> WorkCalendar {
        WorkCalendar {
            zone: Zone::parse("Europe/Zurich").unwrap(),
            weeks: vec![(Day::parse("2026-01-01").unwrap(), WorkingWeek::MONDAY_TO_FRIDAY)],
            holidays: [Day::parse("2026-12-25").unwrap()].into(),
        }
    }

    fn zurich(text: &str) -> Instant {
        calendar().zone.instant(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    #[test]
    fn rule_11_3_fairness_is_the_mean_of_min_to_max_over_all_pairs() {
        assert_eq!(fairness(&[168, 168, 168]), Some(1.0));
        assert_eq!(fairness(&[100, 50]), Some(0.5));
        // 1/2, 0/2, 0/1.
        assert_eq!(fairness(&[2, 1, 0]), Some(0.5 / 3.0));
        assert_eq!(fairness(&[0, 0]), Some(1.0));
        assert_eq!(fairness(&[7]), None);
    }

    #[test]
    fn rule_11_3_weekends_holidays_and_pages_in_hours_of_sleep_are_counted() {
        // Friday to Monday at 09:00, over a holiday on the Friday.
        let shifts = [shift(1, zurich("2026-12-25 09:00"), zurich("2026-12-28 09:00"))];
        let pages = ["2026-12-26 03:00", "2026-12-26 08:00", "2026-12-26 21:59", "2026-12-26 22:00"]
            .map(|at| Page { member: member(1), at: zurich(at) });
        let duties = Duties::new(&[member(1), member(2)], &shifts, &pages, &calendar());
        assert_eq!(
            duties.loads[0],
            Load {
                member: member(1),
                time: 72 * HOUR,
                weekend: 48 * HOUR,
                holidays: 15 * HOUR,
                pages: 4,
                asleep: 2,
                shifts: 1
            }
        );
        assert_eq!((duties.loads[1], duties.fairness), (empty(member(2)), Some(0.0)));
    }

    #[test]
    fn rule_11_3_a_gap_is_time_without_anybody() {
        let at = Instant::from_millis;
        let shifts = [shift(1, at(0), at(10)), shift(2, at(5), at(12)), shift(1, at(20), at(30))];
        let reach = Reach::new(&shifts, &[(at(0), at(25)), (at(40), at(45))]);
        assert_eq!((reach.wanted, reach.covered), (30, 17));
        assert_eq!(reach.gaps, [(at(12), at(20)), (at(40), at(45))]);
        assert_eq!(Reach::new(&[], &[]).covered, 0);
    }

    #[test]
    fn a_shift_is_one_stretch_whatever_the_reasons_for_its_parts() {
        let at = Instant::from_millis;
        let recorded = Shift { by: Authority::Recorded, ..shift(1, at(0), at(4)) };
        let duties = Duties::new(
            &[],
            &[shift(1, at(4), at(9)), recorded, shift(2, at(9), at(12)), shift(1, at(20), at(30))],
            &[],
            &calendar(),
        );
        let told: Vec<_> = duties.loads.iter().map(|load| (load.time, load.shifts)).collect();
        assert_eq!(told, [(19, 2), (3, 1)]);
        let whole = stretches(&[shift(1, at(4), at(9)), recorded]);
        assert_eq!(whole, [Shift { by: Authority::Recorded, ..shift(1, at(0), at(9)) }]);
    }

    proptest! {
        #[test]
        fn coverage_is_what_a_count_of_every_moment_says(
            held in prop::collection::vec((0i64..60, 1i64..20), 0..8)
        ) {
            let at = Instant::from_millis;
            let shifts: Vec<Shift> =
                held.iter().map(|(from, length)| shift(1, at(*from), at(from + length))).collect();
            let covered =
                (10..70).filter(|t| shifts.iter().any(|shift| shift.from <= at(*t) && at(*t) < shift.to)).count();
            prop_assert_eq!(Reach::new(&shifts, &[(at(10), at(70))]).covered, covered as i64);
        }
    }
}
