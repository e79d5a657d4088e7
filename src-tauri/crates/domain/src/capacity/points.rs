//! Planned points from what the team completed before (2.4), and hours per point (1.3).
//!
//! 1. Focus factor = Σ completed planned points ÷ Σ (net person-days × (1 − that Sprint's buffer share)) over the last
//!    six closed Sprints whose person-days are known.
//! 2. Planned points = focus × net person-days × (1 − buffer share); the team's own number takes its place.
//! 3. Hours per point of a closed Sprint = (net hours − interrupt hours) ÷ completed planned points; the team's figure
//!    is the median of the last six with its range, three needed.
//! 4. Where history is too short, the reason is the answer.

use crate::measures::{Minutes, Share, Size};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use ts_rs::TS;

/// How many closed Sprints the figures look back.
const LOOK_BACK: usize = 6;
/// How many closed Sprints hours per point need (1.3).
const NEEDED_FOR_HOURS: usize = 3;

/// Net working time in thousandths of a person-day: net minutes ÷ the member's minutes a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct PersonDays(i64);

impl PersonDays {
    /// No time.
    pub const ZERO: PersonDays = PersonDays(0);

    /// A number of whole days.
    pub const fn days(days: i64) -> PersonDays {
        PersonDays(days * 1000)
    }

    /// A number of thousandths.
    pub const fn thousandths(thousandths: i64) -> PersonDays {
        PersonDays(thousandths)
    }

    /// The thousandths in it.
    pub const fn in_thousandths(self) -> i64 {
        self.0
    }

    /// The nearest to a number of days; none for what is not finite.
    pub fn nearest(days: f64) -> Option<PersonDays> {
        days.is_finite().then(|| PersonDays((days * 1000.0).round() as i64))
    }

    /// The number of days, for ratios and drawing.
    pub fn in_days(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl Sum for PersonDays {
    fn sum<I: Iterator<Item = PersonDays>>(all: I) -> PersonDays {
        PersonDays(all.map(|days| days.0).sum())
    }
}

/// `42`, `7.38`: at most two decimals.
impl fmt::Display for PersonDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Size::hundredths((self.0 + 5 * self.0.signum()) / 10).fmt(f)
    }
}

/// What one closed Sprint teaches about capacity; as it was at its close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Experience {
    /// Net minutes of the team; none where only totals are known (3.1), or nobody's hours were set.
    pub net: Option<Minutes>,
    /// Net person-days; none where they are not known.
    pub person_days: Option<PersonDays>,
    /// The share that the buffer had.
    pub buffer_share: Share,
    /// Minutes that unplanned work took: interrupts, and items of the buffer lane by hours per point.
    pub interrupts: Minutes,
    /// Completed points of the planned lanes.
    pub completed: Size,
}

/// The focus factor of a team, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Focus {
    /// It is known.
    Known {
        /// Points a net person-day outside the buffer.
        factor: f64,
        /// From how many closed Sprints, at most six.
        sprints: u32,
        /// The points completed in them.
        completed: Size,
        /// Their net person-days.
        person_days: PersonDays,
    },
    /// It is not known.
    Unknown {
        /// Why.
        reason: NoFocus,
    },
}

/// Why there is no focus factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NoFocus {
    /// No Sprint is closed.
    NoClosedSprint,
    /// Nobody's hours are known in the closed ones.
    NoPersonDays,
    /// No sized item was completed in them.
    NoPointsCompleted,
}

impl fmt::Display for NoFocus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoFocus::NoClosedSprint => "no Sprint is closed yet",
            NoFocus::NoPersonDays => "nobody’s hours are known in the closed Sprints",
            NoFocus::NoPointsCompleted => "no sized item was completed in the closed Sprints",
        })
    }
}

/// The focus factor from closed Sprints, the latest last (rule 1). Source: semantics 2.4.
pub fn focus(closed: &[Experience]) -> Focus {
    if closed.is_empty() {
        return Focus::Unknown { reason: NoFocus::NoClosedSprint };
    }
    let last: Vec<_> =
        learned_from(closed).into_iter().filter_map(|place| outside_buffer(&closed[place])).collect();
    let time: f64 = last.iter().map(|(_, outside)| outside).sum();
    let completed: Size = learned_from(closed).into_iter().map(|place| closed[place].completed).sum();
    if last.is_empty() {
        Focus::Unknown { reason: NoFocus::NoPersonDays }
    } else if completed <= Size::ZERO {
        Focus::Unknown { reason: NoFocus::NoPointsCompleted }
    } else {
        Focus::Known {
            factor: completed.in_points() / time,
            sprints: last.len() as u32,
            completed,
            person_days: last.iter().map(|(days, _)| *days).sum(),
        }
    }
}

/// The places of the closed Sprints that the focus factor is learned from, the latest last (rule 1).
pub fn learned_from(closed: &[Experience]) -> Vec<usize> {
    let usable: Vec<usize> =
        (0..closed.len()).filter(|place| outside_buffer(&closed[*place]).is_some()).collect();
    usable[usable.len().saturating_sub(LOOK_BACK)..].to_vec()
}

/// What one closed Sprint alone would give as focus factor; none where its person-days are not known.
pub fn factor_of(one: &Experience) -> Option<f64> {
    outside_buffer(one).map(|(_, outside)| one.completed.in_points() / outside)
}

/// Whether as many closed Sprints are known as any figure looks back at.
pub fn is_enough(closed: &[Experience]) -> bool {
    let count = |usable: &dyn Fn(&Experience) -> bool| closed.iter().filter(|one| usable(one)).count();
    count(&|one| outside_buffer(one).is_some()) >= LOOK_BACK
        && count(&|one| hours_of_a_point(one).is_some()) >= LOOK_BACK
}

/// Net person-days, and those outside the buffer; none where there are none.
fn outside_buffer(one: &Experience) -> Option<(PersonDays, f64)> {
    let days = one.person_days?;
    let outside = days.in_days() * (Share::WHOLE - one.buffer_share).as_fraction();
    (outside > 0.0).then_some((days, outside))
}

/// How many points the planned lanes of a Sprint take, and where the number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PlannedPoints {
    /// From the focus factor.
    Computed {
        /// The points.
        points: Size,
    },
    /// The team's own number.
    Own {
        /// The points.
        points: Size,
        /// What the focus factor would give, where there is one.
        computed: Option<Size>,
    },
    /// Not known: plan by hours, or give a number of your own.
    Unknown {
        /// Why.
        reason: NoPoints,
    },
}

/// Why there are no planned points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NoPoints {
    /// There is no focus factor.
    NoFocus(NoFocus),
    /// Nobody's hours in this Sprint are set.
    NoHours,
}

impl fmt::Display for NoPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoPoints::NoFocus(reason) => reason.fmt(f),
            NoPoints::NoHours => f.write_str("nobody’s hours in this Sprint are set"),
        }
    }
}

impl PlannedPoints {
    /// The number, where there is one.
    pub fn points(&self) -> Option<Size> {
        match self {
            PlannedPoints::Computed { points } | PlannedPoints::Own { points, .. } => Some(*points),
            PlannedPoints::Unknown { .. } => None,
        }
    }
}

/// The planned points of a Sprint (rule 2). Source: semantics 2.4.
pub fn planned_points(
    focus: &Focus,
    person_days: Option<PersonDays>,
    buffer: Share,
    own: Option<Size>,
) -> PlannedPoints {
    let outside_buffer = (Share::WHOLE - buffer).as_fraction();
    let computed = match (focus, person_days) {
        (Focus::Unknown { reason }, _) => Err(NoPoints::NoFocus(*reason)),
        (Focus::Known { .. }, None) => Err(NoPoints::NoHours),
        (Focus::Known { factor, .. }, Some(days)) => {
            Size::nearest(factor * days.in_days() * outside_buffer).ok_or(NoPoints::NoHours)
        }
    };
    match (own, computed) {
        (Some(points), computed) => PlannedPoints::Own { points, computed: computed.ok() },
        (None, Ok(points)) => PlannedPoints::Computed { points },
        (None, Err(reason)) => PlannedPoints::Unknown { reason },
    }
}

/// Hours per point of a team, or how many Sprints are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum HoursPerPoint {
    /// It is known.
    Known {
        /// Minutes of work for a point: the median.
        median: Minutes,
        /// The least of the Sprints looked at.
        least: Minutes,
        /// The most.
        most: Minutes,
        /// From how many closed Sprints, at most six.
        sprints: u32,
    },
    /// Too few closed Sprints tell it: so many do, of those that are needed.
    TooFew {
        /// How many do.
        sprints: u32,
        /// How many are needed.
        needed: u32,
    },
}

impl HoursPerPoint {
    /// The working time for a size, where it is known.
    pub fn for_size(&self, size: Size) -> Option<Minutes> {
        match self {
            HoursPerPoint::Known { median, .. } => {
                Some(Minutes::new((median.in_minutes() * size.in_hundredths() + 50).div_euclid(100)))
            }
            HoursPerPoint::TooFew { .. } => None,
        }
    }
}

/// Hours per point from closed Sprints, the latest last (rule 3). Source: semantics 1.3.
pub fn hours_per_point(closed: &[Experience]) -> HoursPerPoint {
    let known: Vec<f64> = closed.iter().filter_map(hours_of_a_point).collect();
    let mut last = known[known.len().saturating_sub(LOOK_BACK)..].to_vec();
    last.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (last.first(), last.last()) else {
        return HoursPerPoint::TooFew { sprints: 0, needed: NEEDED_FOR_HOURS as u32 };
    };
    if last.len() < NEEDED_FOR_HOURS {
        return HoursPerPoint::TooFew { sprints: last.len() as u32, needed: NEEDED_FOR_HOURS as u32 };
    }
    let middle = (last[(last.len() - 1) / 2] + last[last.len() / 2]) / 2.0;
    let minutes = |value: f64| Minutes::new(value.round() as i64);
    HoursPerPoint::Known {
        median: minutes(middle),
        least: minutes(*least),
        most: minutes(*most),
        sprints: last.len() as u32,
    }
}

/// Minutes of work for a point in one closed Sprint; none where it does not tell.
fn hours_of_a_point(one: &Experience) -> Option<f64> {
    let minutes = (one.net? - one.interrupts).in_minutes() as f64;
    (one.completed > Size::ZERO && minutes > 0.0).then(|| minutes / one.completed.in_points())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Closed Sprints from `points/days/buffer%` or `points/days/buffer%/hours/interrupt hours`; `-` is not known.
    fn closed(text: &str) -> Vec<Experience> {
        let one = |text: &str| {
            let words: Vec<&str> = text.split('/').collect();
            let hours = |word: Option<&&str>| word.and_then(|word| word.parse().ok()).map(Minutes::hours);
            Experience {
                completed: Size::parse(words[0]).unwrap(),
                person_days: words[1].parse().ok().map(PersonDays::days),
                buffer_share: Share::percent(words[2].parse().unwrap()),
                net: hours(words.get(3)),
                interrupts: hours(words.get(4)).unwrap_or_default(),
            }
        };
        text.split_whitespace().map(one).collect()
    }

    fn check_focus(history: &str, expected: &str) {
        let words = match focus(&closed(history)) {
            Focus::Known { factor, sprints, .. } => format!("{factor:.2} from {sprints}"),
            Focus::Unknown { reason } => reason.to_string(),
        };
        assert_eq!(words, expected, "{history}");
    }

    fn check_points(history: &str, days: Option<i64>, buffer: i64, own: Option<&str>, expected: &str) {
        let own = own.map(|own| Size::parse(own).unwrap());
        let (focus, days) = (focus(&closed(history)), days.map(PersonDays::days));
        let words = match planned_points(&focus, days, Share::percent(buffer), own) {
            PlannedPoints::Computed { points } => points.to_string(),
            PlannedPoints::Own { points, computed: Some(computed) } => {
                format!("own {points}, else {computed}")
            }
            PlannedPoints::Own { points, computed: None } => format!("own {points}"),
            PlannedPoints::Unknown { reason } => reason.to_string(),
        };
        assert_eq!(words, expected, "{history}");
    }

    fn check_hours(history: &str, expected: &str) {
        let words = match hours_per_point(&closed(history)) {
            HoursPerPoint::Known { median, least, most, sprints } => {
                format!("{median} ({least} to {most}) from {sprints}")
            }
            HoursPerPoint::TooFew { sprints, needed } => format!("{sprints} of {needed}"),
        };
        assert_eq!(words, expected, "{history}");
    }

    #[test]
    fn rule_2_4_the_focus_factor_leaves_out_the_buffer() {
        check_focus("31/42/10", "0.82 from 1");
        check_focus("31/42/10 0/42/10", "0.41 from 2");
        check_focus("10/10/0 20/10/50", "2.00 from 2");
    }

    #[test]
    fn rule_2_4_planned_points_follow_the_person_days_and_the_buffer() {
        check_points("31/42/10", Some(30), 10, None, "22.14");
        check_points("31/42/10", Some(30), 20, None, "19.68");
        check_points("31/42/10", Some(0), 10, None, "0");
    }

    #[test]
    fn rule_2_4_only_the_last_six_closed_sprints_count() {
        check_focus("99/1/0 10/10/0 10/10/0 10/10/0 10/10/0 10/10/0 10/10/0", "1.00 from 6");
        check_focus("99/1/0 10/10/0 10/-/0 10/10/0 10/10/0 10/10/0 10/10/0 10/10/0", "1.00 from 6");
    }

    #[test]
    fn rule_2_4_too_little_history_is_said_in_words() {
        check_focus("", "no Sprint is closed yet");
        check_focus("31/-/10", "nobody’s hours are known in the closed Sprints");
        check_focus("31/42/100", "nobody’s hours are known in the closed Sprints");
        check_focus("0/42/10", "no sized item was completed in the closed Sprints");
        check_points("", Some(30), 10, None, "no Sprint is closed yet");
        check_points("31/42/10", None, 10, None, "nobody’s hours in this Sprint are set");
    }

    #[test]
    fn rule_2_4_the_teams_own_number_takes_the_place_of_the_computed_one() {
        check_points("31/42/10", Some(30), 10, Some("25"), "own 25, else 22.14");
        check_points("", Some(30), 10, Some("25"), "own 25");
    }

    #[test]
    fn rule_1_3_hours_per_point_are_a_median_with_its_range() {
        check_hours("10/9/10/50/0 10/9/10/50/10 10/9/10/60/0", "5 h (4 h to 6 h) from 3");
        check_hours("10/9/10/50/0 10/9/10/50/10 10/9/10/60/0 10/9/10/80/10", "5.5 h (4 h to 7 h) from 4");
        check_hours(
            "1/9/10/90 10/9/10/50 10/9/10/50 10/9/10/50 10/9/10/50 10/9/10/50 10/9/10/50",
            "5 h (5 h to 5 h) from 6",
        );
    }

    #[test]
    fn rule_1_3_hours_per_point_need_three_closed_sprints() {
        check_hours("", "0 of 3");
        check_hours("10/9/10/50/0 10/9/10/50/10", "2 of 3");
        check_hours("10/9/10/50 10/9/10/50 0/9/10/50 10/9/10/- 10/9/10/20/20", "2 of 3");
        let known = hours_per_point(&closed("10/9/10/50 10/9/10/50 10/9/10/50"));
        assert_eq!(known.for_size(Size::hundredths(250)), Some(Minutes::new(750)));
        assert_eq!(hours_per_point(&[]).for_size(Size::points(1)), None);
    }
}
