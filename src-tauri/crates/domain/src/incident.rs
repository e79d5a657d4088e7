//! Incidents: something in production that people had to answer.
//!
//! 1. An incident's present is the fold of its facts; severity changes are dated (8.1).
//! 2. Milestones are reached in their order: began ≤ detected ≤ acknowledged ≤ mitigated ≤ resolved. The raw value and a
//!    corrected one are both kept, with who corrected it and why (8.1).
//! 3. A reopened incident begins another cycle and keeps those before (8.1).
//! 4. Times are differences of the milestones that hold; where one is missing there is no time, and an incident that is
//!    open counts up and says so (8.2).
//! 5. A postmortem is due for P1 after 3 calendar days, for P2 after 5 working days, counted from the first *mitigated*,
//!    else from the first *resolved* (8.3).
//! 6. What was reported twice is merged: the duplicate needs nobody any more, and keeps all that was said of it.

mod line;
mod links;
mod milestones;
mod times;
mod triage;

pub use line::{ReportLine, Since};
pub use links::{IncidentLink, IncidentNote, LinkHow, LinkStanding, LinkTarget};
pub use milestones::{Cycle, Milestone, MilestoneRefused, Reached};
pub use times::{Spread, Times, due};
pub use triage::{MoreUrgent, urgency};

use crate::backlog::Dated;
use crate::calendar::Instant;
use crate::identity::{IncidentId, MemberId};
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
        /// In which cycle, from 0.
        cycle: u32,
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
    /// Somebody has a role in it, such as commander, or nobody has any more.
    RoleTaken {
        /// The role, as the team says it.
        role: String,
        /// Who.
        member: Option<MemberId>,
    },
    /// It is another one's duplicate, or it is not.
    MergedInto(Option<IncidentId>),
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
    /// Who has which role, in the order in which the roles were taken.
    pub roles: Vec<(String, MemberId)>,
    /// The one of which it is a duplicate.
    pub merged_into: Option<IncidentId>,
}

/// What lists know of an incident: the fold of its facts without its past.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IncidentNow {
    /// When it was reported; none only where no fact says so.
    pub reported_at: Option<Instant>,
    /// How grave it is.
    pub severity: IncidentSeverity,
    /// Who owns it.
    pub owner: Option<MemberId>,
    /// When its present cycle came to each milestone, in the order of [`Milestone::ALL`].
    pub reached: [Option<Instant>; 5],
    /// How many cycles it has.
    pub cycles: u32,
    /// The one of which it is a duplicate.
    pub merged_into: Option<IncidentId>,
}

impl IncidentNow {
    /// When its present cycle came to a milestone.
    pub fn at(&self, milestone: Milestone) -> Option<Instant> {
        self.reached.get(milestone as usize).copied().flatten()
    }

    /// Whether it still needs somebody.
    pub fn is_open(&self) -> bool {
        self.at(Milestone::Resolved).is_none() && self.merged_into.is_none()
    }

    /// Since when it lasts: the beginning of its present cycle, else when it was reported.
    pub fn since(&self) -> Option<Instant> {
        self.at(Milestone::Began).or(self.reported_at)
    }

    /// The last milestone that its present cycle came to.
    pub fn stage(&self) -> Option<Milestone> {
        Milestone::ALL.iter().rev().copied().find(|milestone| self.at(*milestone).is_some())
    }
}

/// An incident: its identity, its words, and what lists know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its identity.
    pub id: IncidentId,
    /// The label for people: INC-7.
    pub label: String,
    /// Its title, plain text.
    pub title: String,
    /// What is so now.
    pub now: IncidentNow,
}

impl Default for IncidentPresent {
    fn default() -> IncidentPresent {
        IncidentPresent {
            reported_at: None,
            severity: IncidentSeverity::default(),
            severities: Vec::new(),
            owner: None,
            cycles: vec![Cycle::default()],
            roles: Vec::new(),
            merged_into: None,
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
            IncidentFact::Corrected { cycle, milestone, at, why, by } => {
                if let Some(cycle) = self.cycles.get_mut(*cycle as usize) {
                    cycle.correct(*milestone, *at, why, by);
                }
            }
            IncidentFact::Reopened => self.cycles.push(Cycle::begun(at)),
            IncidentFact::RoleTaken { role, member } => {
                self.roles.retain(|(other, _)| other != role);
                self.roles.extend(member.map(|member| (role.clone(), member)));
            }
            IncidentFact::MergedInto(other) => self.merged_into = *other,
        }
    }

    /// What lists know of it.
    pub fn now(&self) -> IncidentNow {
        let mut reached = [None; 5];
        for (place, milestone) in reached.iter_mut().zip(Milestone::ALL) {
            *place = self.cycle().at(*milestone);
        }
        IncidentNow {
            reported_at: self.reported_at,
            severity: self.severity,
            owner: self.owner,
            reached,
            cycles: self.cycles.len() as u32,
            merged_into: self.merged_into,
        }
    }

    /// Refuses a moment of a milestone, in one of its cycles from 0, that would put milestones out of their order, also
    /// with the cycles before and after (rules 2 and 3).
    pub fn check(&self, cycle: usize, milestone: Milestone, at: Instant) -> Result<(), MilestoneRefused> {
        if let Some(own) = self.cycles.get(cycle) {
            own.check(milestone, at)?;
        }
        let ended =
            |cycle: &Cycle| Milestone::ALL.iter().rev().find_map(|other| Some((*other, cycle.at(*other)?)));
        let begun = |cycle: &Cycle| Milestone::ALL.iter().find_map(|other| Some((*other, cycle.at(*other)?)));
        if let Some((other, then)) = cycle.checked_sub(1).and_then(|before| ended(self.cycles.get(before)?))
            && then > at
        {
            return Err(MilestoneRefused::CycleBefore { milestone, other, at: then });
        }
        if let Some((_, then)) = self.cycles.get(cycle + 1).and_then(begun)
            && then < at
        {
            return Err(MilestoneRefused::Reopened { milestone, at: then });
        }
        Ok(())
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
        self.cycle().at(Milestone::Resolved).is_none() && self.merged_into.is_none()
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

    #[test]
    fn rule_8_1_the_cycles_are_in_order_too_and_an_earlier_one_can_be_corrected() {
        let mut present = told(&[
            (0, IncidentFact::Reported),
            (0, IncidentFact::Reached(Milestone::Began)),
            (60, IncidentFact::Reached(Milestone::Resolved)),
            (90, IncidentFact::Reopened),
        ]);
        assert_eq!(present.check(0, Milestone::Resolved, at(90)), Ok(()));
        assert_eq!(
            present.check(0, Milestone::Resolved, at(91)),
            Err(MilestoneRefused::Reopened { milestone: Milestone::Resolved, at: at(90) })
        );
        assert_eq!(
            present.check(1, Milestone::Began, at(59)),
            Err(MilestoneRefused::CycleBefore {
                milestone: Milestone::Began,
                other: Milestone::Resolved,
                at: at(60)
            })
        );
        let corrected = IncidentFact::Corrected {
            cycle: 0,
            milestone: Milestone::Resolved,
            at: Some(at(70)),
            why: "the queue was still full".into(),
            by: "Ada".into(),
        };
        present.apply(&corrected, at(100));
        assert_eq!(present.cycles[0].at(Milestone::Resolved), Some(at(70)));
        assert_eq!(present.cycles[0].raw(Milestone::Resolved), Some(at(60)));
        assert!(present.is_open(), "the present cycle is as it was");
    }

    #[test]
    fn a_duplicate_needs_nobody_and_lists_know_what_holds() {
        let other = IncidentId::from(uuid::Uuid::from_u128(9));
        let member = MemberId::from(uuid::Uuid::from_u128(5));
        let taken = |member| IncidentFact::RoleTaken { role: "commander".into(), member };
        let mut present = told(&[
            (3, IncidentFact::Reported),
            (1, IncidentFact::Reached(Milestone::Began)),
            (4, taken(Some(member))),
            (5, IncidentFact::MergedInto(Some(other))),
        ]);
        assert_eq!((present.is_open(), present.now().is_open()), (false, false));
        assert_eq!(present.roles, [("commander".to_owned(), member)]);
        assert_eq!((present.now().since(), present.now().stage()), (Some(at(1)), Some(Milestone::Began)));
        present.apply(&taken(None), at(6));
        present.apply(&IncidentFact::MergedInto(None), at(7));
        assert!(present.is_open() && present.roles.is_empty());
    }
}
