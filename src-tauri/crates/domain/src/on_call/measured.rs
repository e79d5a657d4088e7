//! What being on call really took, by past shifts (2.3).
//!
//! 1. A shift tells: the interrupt time that the person wrote down on its working days, against their time on these days.
//! 2. What is taken besides by everybody, on call or not, is no cost of being on call: the part that interrupts take on
//!    the other days is subtracted.
//! 3. Six shifts are needed; of more the last six are taken, and their median.

use crate::calendar::{Day, Instant};
use crate::identity::MemberId;
use crate::measures::{Minutes, Share};

/// How many shifts are needed, and taken.
pub const KNOWN_SHIFTS: usize = 6;

/// The working time of a shift, and what interrupts took of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShiftTime {
    /// Who was on call.
    pub member: MemberId,
    /// When the shift began.
    pub from: Instant,
    /// Its first working day.
    pub first: Day,
    /// Its last working day.
    pub last: Day,
    /// Their time on its working days, absences taken off.
    pub time: Minutes,
    /// What they wrote down on interrupts on these days.
    pub interrupts: Minutes,
}

impl ShiftTime {
    /// The part of the time that interrupts took, at most all of it; none without time.
    pub fn part(&self) -> Option<Share> {
        part(self.interrupts, self.time)
    }
}

/// The part of a day that being on call took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasuredFactor {
    /// The shifts it is measured from, in order of time.
    pub shifts: Vec<ShiftTime>,
    /// The median of their parts.
    pub on_shift: Share,
    /// The least of their parts.
    pub least: Share,
    /// The greatest of their parts.
    pub most: Share,
    /// The part that interrupts took on days without being on call.
    pub otherwise: Share,
    /// The difference, in whole percent, not below 0.
    pub factor: Share,
}

/// Measures the factor; the shifts are in order of time, `others` is the time of the other days with the interrupts on
/// them. None with fewer than six shifts that have working time.
pub fn measured_factor(shifts: &[ShiftTime], others: (Minutes, Minutes)) -> Option<MeasuredFactor> {
    let known: Vec<&ShiftTime> = shifts.iter().filter(|shift| shift.part().is_some()).collect();
    let last = known.get(known.len().checked_sub(KNOWN_SHIFTS)?..)?;
    let mut parts: Vec<i64> =
        last.iter().filter_map(|shift| shift.part()).map(Share::in_basis_points).collect();
    parts.sort_unstable();
    let middle = KNOWN_SHIFTS / 2;
    let median = (parts.get(middle - 1)? + parts.get(middle)?) / 2;
    let otherwise = part(others.1, others.0).unwrap_or(Share::ZERO);
    let difference = (median - otherwise.in_basis_points()).max(0);
    Some(MeasuredFactor {
        shifts: last.iter().map(|shift| **shift).collect(),
        on_shift: Share::basis_points(median),
        least: Share::basis_points(*parts.first()?),
        most: Share::basis_points(*parts.last()?),
        otherwise,
        factor: Share::percent((difference + 50) / 100),
    })
}

fn part(of: Minutes, whole: Minutes) -> Option<Share> {
    let (of, whole) = (of.in_minutes(), whole.in_minutes());
    (whole > 0).then(|| Share::basis_points((of.min(whole).max(0) * 10_000 + whole / 2) / whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shifts(hours: &[(i64, i64)]) -> Vec<ShiftTime> {
        let day = Day::parse("2026-11-02").unwrap();
        let one = |(time, interrupts): &(i64, i64)| ShiftTime {
            member: uuid::Uuid::from_u128(1).into(),
            from: Instant::from_millis(0),
            first: day,
            last: day.plus(4),
            time: Minutes::hours(*time),
            interrupts: Minutes::hours(*interrupts),
        };
        hours.iter().map(one).collect()
    }

    #[test]
    fn rule_2_3_the_factor_is_the_median_of_six_shifts_less_what_interrupts_take_otherwise() {
        let others = (Minutes::hours(200), Minutes::hours(10));
        let six = [(30, 9), (30, 12), (24, 12), (30, 3), (0, 0), (30, 15), (30, 30), (30, 12)];
        let measured = measured_factor(&shifts(&six), others).unwrap();
        assert_eq!(measured.shifts.len(), 6);
        assert_eq!(
            measured.on_shift,
            Share::percent(45),
            "the one without working time tells nothing, the first is older"
        );
        assert_eq!((measured.least, measured.most), (Share::percent(10), Share::WHOLE));
        assert_eq!((measured.otherwise, measured.factor), (Share::percent(5), Share::percent(40)));
    }

    #[test]
    fn rule_2_3_five_shifts_are_too_few_and_quiet_ones_cost_nothing() {
        let none = (Minutes::ZERO, Minutes::ZERO);
        assert_eq!(measured_factor(&shifts(&[(30, 9); 5]), none), None);
        assert_eq!(measured_factor(&[], none), None);
        let quiet = measured_factor(&shifts(&[(30, 0); 6]), (Minutes::hours(10), Minutes::hours(1))).unwrap();
        assert_eq!((quiet.otherwise, quiet.factor), (Share::percent(10), Share::ZERO));
        let more_than_all = measured_factor(&shifts(&[(30, 40); 6]), none).unwrap();
        assert_eq!(more_than_all.factor, Share::WHOLE);
    }
}
