//! Incidents: something in production that people had to answer.
//!
//! 1. An incident's present is the fold of its facts; severity changes are dated (8.1).
//! 2. Milestones are reached in their order: began ≤ detected ≤ acknowledged ≤ mitigated ≤ resolved. The raw value and a
//!    corrected one are both kept, with who corrected it and why (8.1).
//! 3. A reopened incident begins another cycle and keeps those before (8.1).
//! 4. Times are differences of the milestones that hold; where one is missing there is no time, and an incident that is
//!    open counts up and says so (8.2).
//! 5. A postmortem is due for P1 after 3 calendar days, for P2 after 5 working days, counted from *mitigated* (8.3).

mod milestones;
mod times;

pub use milestones::{Cycle, Milestone, MilestoneRefused, Reached};
pub use times::{Spread, Times, due};

use crate::backlog::Dated;
use crate::calendar::Instant;
use crate::identity::MemberId;
use crate::interrupt::IncidentSeverity;

/// What became so for an incident at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncidentFact {
    /// Somebody reported it.
    Reported,
    /// It is as grave as that.
    SeveritySet(IncidentSeverity),
    /// It belongs to a member, or to nobody.
    Assigned(Option<MemberId>),
    /// A milestone was reached, at the moment of the fact.
    Reached(Milestone),
    /// A milestone was reached at another moment than was said, or is taken back.
    Corrected {
        /// Which one.
        milestone: Milestone,
        /// When; none takes it back.
        at: Option<Instant>,
        /// Why.
        why: String,
        /// Who says so; may be empty.
        by: String,
    },
    /// It was resolved and is not: another cycle begins.
    Reopened,
}

/// What is so for an incident now, or was at some moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentPresent {
    /// When it was reported; none only where no fact says so.
    pub reported_at: Option<Instant>,
    /// How grave it is.
    pub severity: IncidentSeverity,
    /// Each change of the severity, in order.
    pub severities: Vec<(Instant, IncidentSeverity)>,
    /// Who owns it.
    pub owner: Option<MemberId>,
    /// Its cycles; the last is the present one.
    pub cycles: Vec<Cycle>,
}

impl Default for IncidentPresent {
    fn default() -> IncidentPresent {
        IncidentPresent {
            reported_at: None,
            severity: IncidentSeverity::default(),
            severities: Vec::new(),
            owner: None,
            cycles: vec![Cycle::default()],
        }
    }
}

impl IncidentPresent {
    /// Folds facts, in any order, to what is so after them.
    pub fn fold<'f>(facts: impl IntoIterator<Item = &'f Dated<IncidentFact>>) -> IncidentPresent {
        let mut sorted: Vec<&Dated<IncidentFact>> = facts.into_iter().collect();
        sorted.sort_by_key(|dated| dated.order());
        let mut present = IncidentPresent::default();
        for dated in sorted {
            present.apply(&dated.fact, dated.happened_at);
        }
        present
    }

    /// What is so after one more fact; facts come in order.
    pub fn apply(&mut self, fact: &IncidentFact, at: Instant) {
        match fact {
            IncidentFact::Reported => self.reported_at = Some(at),
            IncidentFact::SeveritySet(severity) => {
                self.severity = *severity;
                self.severities.push((at, *severity));
            }
            IncidentFact::Assigned(owner) => self.owner = *owner,
            IncidentFact::Reached(milestone) => self.cycle_mut().reach(*milestone, at),
            IncidentFact::Corrected { milestone, at, why, by } => {
                self.cycle_mut().correct(*milestone, *at, why, by);
            }
            IncidentFact::Reopened => self.cycles.push(Cycle::begun(at)),
        }
    }

    /// The present cycle.
    pub fn cycle(&self) -> &Cycle {
        // A fold begins with a cycle and never takes one away.
        self.cycles.last().unwrap_or(&Cycle::NONE)
    }

    fn cycle_mut(&mut self) -> &mut Cycle {
        if self.cycles.is_empty() {
            self.cycles.push(Cycle::default());
        }
        let last = self.cycles.len() - 1;
        &mut self.cycles[last]
    }

    /// Whether it still needs somebody.
    pub fn is_open(&self) -> bool {
        self.cycle().at(Milestone::Resolved).is_none()
    }

    /// The gravest that it ever was.
    pub fn gravest(&self) -> IncidentSeverity {
        self.severities.iter().map(|(_, severity)| *severity).min().unwrap_or(self.severity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::RowId;

    fn at(minutes: i64) -> Instant {
        Instant::from_millis(minutes * 60_000)
    }

    fn told(facts: &[(i64, IncidentFact)]) -> IncidentPresent {
        let dated: Vec<Dated<IncidentFact>> = facts
            .iter()
            .enumerate()
            .map(|(index, (minute, fact))| Dated {
                id: RowId::from(uuid::Uuid::from_u128(index as u128)),
                happened_at: at(*minute),
                recorded_at: at(10_000 + index as i64),
                operation: 1,
                fact: fact.clone(),
            })
            .collect();
        IncidentPresent::fold(&dated)
    }

    #[test]
    fn rule_8_1_severity_changes_are_dated_and_a_late_one_is_sorted_into_the_past() {
        let present = told(&[
            (0, IncidentFact::Reported),
            (0, IncidentFact::SeveritySet(IncidentSeverity::P3)),
            (30, IncidentFact::SeveritySet(IncidentSeverity::P2)),
            (10, IncidentFact::SeveritySet(IncidentSeverity::P1)),
        ]);
        assert_eq!(present.severity, IncidentSeverity::P2);
        assert_eq!(present.gravest(), IncidentSeverity::P1);
        assert_eq!(
            present.severities.iter().map(|(at, _)| at.millis() / 60_000).collect::<Vec<_>>(),
            [0, 10, 30]
        );
    }

    #[test]
    fn rule_8_1_a_reopened_incident_keeps_its_cycles() {
        let present = told(&[
            (0, IncidentFact::Reported),
            (0, IncidentFact::Reached(Milestone::Began)),
            (60, IncidentFact::Reached(Milestone::Resolved)),
            (90, IncidentFact::Reopened),
        ]);
        assert!(present.is_open());
        assert_eq!(present.cycles.len(), 2);
        assert_eq!(present.cycles[0].at(Milestone::Resolved), Some(at(60)));
        assert_eq!(present.cycle().at(Milestone::Began), Some(at(90)));
        let resolved = told(&[(0, IncidentFact::Reported), (5, IncidentFact::Reached(Milestone::Resolved))]);
        assert!(!resolved.is_open());
    }
}
