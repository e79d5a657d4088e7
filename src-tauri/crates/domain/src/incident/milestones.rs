//! The milestones of an incident, as they were said and as they were corrected (8.1).
//!
//! 1. A milestone has the moment at which it was first said to be reached, and the last correction of it.
//! 2. What holds is the correction, else what was said.
//! 3. A moment is refused that would put milestones out of their order; those that are missing between do not matter.

use crate::calendar::Instant;
use crate::words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A step on the way of an incident, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Milestone {
    /// Users were first affected.
    Began,
    /// Somebody or something noticed.
    Detected,
    /// Somebody took it.
    Acknowledged,
    /// Users are no longer affected.
    Mitigated,
    /// The cause is gone.
    Resolved,
}
words!(Milestone {
    Began = "began",
    Detected = "detected",
    Acknowledged = "acknowledged",
    Mitigated = "mitigated",
    Resolved = "resolved",
});

/// A correction of a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// When it was reached; none where it was not.
    pub at: Option<Instant>,
    /// Why this is so.
    pub why: String,
    /// Who says so; may be empty.
    pub by: String,
}

/// The milestones from the beginning of an incident, or of its reopening, to its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cycle {
    raw: [Option<Instant>; 5],
    corrected: [Option<Reached>; 5],
}

/// Why a milestone cannot be at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MilestoneRefused {
    /// One that comes before it in order is later.
    #[error("{milestone} would lie before {other}")]
    Before {
        /// The milestone.
        milestone: Milestone,
        /// The one that would be later although it comes first.
        other: Milestone,
        /// When that one was.
        at: Instant,
    },
    /// One that comes after it in order is earlier.
    #[error("{milestone} would lie after {other}")]
    After {
        /// The milestone.
        milestone: Milestone,
        /// The one that would be earlier although it comes after.
        other: Milestone,
        /// When that one was.
        at: Instant,
    },
    /// It would lie within the time before the incident was reopened.
    #[error("{milestone} would lie before the incident was {other} the time before")]
    CycleBefore {
        /// The milestone.
        milestone: Milestone,
        /// The last milestone of the cycle before.
        other: Milestone,
        /// When that one was.
        at: Instant,
    },
    /// It would lie after the incident was reopened.
    #[error("{milestone} would lie after the incident was reopened")]
    Reopened {
        /// The milestone.
        milestone: Milestone,
        /// When it was reopened.
        at: Instant,
    },
}

impl Cycle {
    pub(super) const NONE: Cycle = Cycle { raw: [None; 5], corrected: [const { None }; 5] };

    /// A cycle that began at a moment.
    pub(super) fn begun(at: Instant) -> Cycle {
        let mut cycle = Cycle::default();
        cycle.reach(Milestone::Began, at);
        cycle
    }

    /// When a milestone was reached, by rule 2.
    pub fn at(&self, milestone: Milestone) -> Option<Instant> {
        match &self.corrected[milestone as usize] {
            Some(corrected) => corrected.at,
            None => self.raw(milestone),
        }
    }

    /// When it was first said to be reached.
    pub fn raw(&self, milestone: Milestone) -> Option<Instant> {
        self.raw[milestone as usize]
    }

    /// The last correction of it.
    pub fn correction(&self, milestone: Milestone) -> Option<&Reached> {
        self.corrected[milestone as usize].as_ref()
    }

    /// Refuses a moment that would put milestones out of their order (rule 3).
    pub fn check(&self, milestone: Milestone, at: Instant) -> Result<(), MilestoneRefused> {
        for other in Milestone::ALL.iter().copied() {
            match self.at(other) {
                Some(then) if other < milestone && then > at => {
                    return Err(MilestoneRefused::Before { milestone, other, at: then });
                }
                Some(then) if other > milestone && then < at => {
                    return Err(MilestoneRefused::After { milestone, other, at: then });
                }
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) fn reach(&mut self, milestone: Milestone, at: Instant) {
        let raw = &mut self.raw[milestone as usize];
        *raw = raw.or(Some(at));
    }

    pub(super) fn correct(&mut self, milestone: Milestone, at: Option<Instant>, why: &str, by: &str) {
        self.corrected[milestone as usize] = Some(Reached { at, why: why.to_owned(), by: by.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minutes: i64) -> Instant {
        Instant::from_millis(minutes * 60_000)
    }

    #[test]
    fn rule_8_1_raw_and_corrected_are_both_kept_with_who_and_why() {
        let mut cycle = Cycle::begun(at(10));
        cycle.correct(Milestone::Began, Some(at(4)), "the first failed request in the log", "Ada");
        assert_eq!((cycle.raw(Milestone::Began), cycle.at(Milestone::Began)), (Some(at(10)), Some(at(4))));
        let correction = cycle.correction(Milestone::Began).unwrap();
        assert_eq!(
            (correction.by.as_str(), correction.why.as_str()),
            ("Ada", "the first failed request in the log")
        );
        cycle.reach(Milestone::Mitigated, at(20));
        cycle.correct(Milestone::Mitigated, None, "it came back at once", "");
        assert_eq!((cycle.raw(Milestone::Mitigated), cycle.at(Milestone::Mitigated)), (Some(at(20)), None));
    }

    #[test]
    fn rule_8_1_milestones_keep_their_order() {
        let mut cycle = Cycle::begun(at(10));
        cycle.reach(Milestone::Mitigated, at(40));
        assert_eq!(cycle.check(Milestone::Detected, at(10)), Ok(()), "at the same moment is in order");
        assert_eq!(
            cycle.check(Milestone::Detected, at(9)),
            Err(MilestoneRefused::Before {
                milestone: Milestone::Detected,
                other: Milestone::Began,
                at: at(10)
            })
        );
        assert_eq!(
            cycle.check(Milestone::Acknowledged, at(41)),
            Err(MilestoneRefused::After {
                milestone: Milestone::Acknowledged,
                other: Milestone::Mitigated,
                at: at(40)
            })
        );
        assert_eq!(cycle.check(Milestone::Resolved, at(40)), Ok(()));
    }

    proptest! {
        #[test]
        fn milestones_that_were_each_allowed_are_in_order(moves in prop::collection::vec((0usize..5, 0i64..50), 0..20)) {
            let mut cycle = Cycle::default();
            for (which, minute) in moves {
                let milestone = Milestone::ALL[which];
                if cycle.check(milestone, at(minute)).is_ok() {
                    cycle.correct(milestone, Some(at(minute)), "", "");
                }
            }
            let held: Vec<Instant> = Milestone::ALL.iter().filter_map(|one| cycle.at(*one)).collect();
            prop_assert!(held.is_sorted());
        }
    }
}
