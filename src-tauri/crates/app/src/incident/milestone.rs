//! The milestones of an incident: reached, corrected, begun anew (8.1).
//!
//! 1. What was said first is kept; another moment is a correction, with who and why.
//! 2. A moment that would put milestones out of their order is refused, and the one that stands in the way is named.
//! 3. Reopening begins another cycle; the times of those before stay as they are.

use super::own_incident;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::moment::{WrittenMoment, said};
use domain::calendar::{Instant, Zone};
use domain::identity::IncidentId;
use domain::incident::{IncidentFact, Milestone, MilestoneRefused};
use serde::{Deserialize, Serialize};
use store::Writer;
use ts_rs::TS;

/// Says that an incident came to a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReachMilestone {
    /// The incident.
    pub incident: IncidentId,
    /// The milestone.
    pub milestone: Milestone,
    /// When, if not now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<WrittenMoment>,
}

pub(super) fn reach(
    writer: &mut Writer<'_>,
    command: ReachMilestone,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let zone = writer.team()?.zone;
    let at = WrittenMoment::past(command.at.as_ref(), "at", zone, context.now)?.unwrap_or(context.now);
    let milestone = command.milestone;
    let present = writer.incident_present(known.id)?;
    let cycle = present.cycles.len().saturating_sub(1);
    if let Some(then) = present.cycle().at(milestone) {
        let message = format!("{} was {} on {}.", known.label, was(milestone), said(then, zone));
        return Err(AppError::refused(message, "Correct that moment: say when it was, and why."));
    }
    present.check(cycle, milestone, at).map_err(|why| refused(why, &known.label, zone))?;
    let corrected = |why: &str| IncidentFact::Corrected {
        cycle: cycle as u32,
        milestone,
        at: Some(at),
        why: why.to_owned(),
        by: context.person.to_owned(),
    };
    let reopened = (cycle > 0).then(|| present.cycle().raw(Milestone::Began)).flatten();
    match (present.cycle().raw(milestone), reopened) {
        // What was taken back holds the place of what was said first.
        (Some(_), _) => writer.record_incident(known.id, context.now, &corrected("reached after all"))?,
        // Its fact would be sorted into the cycle before.
        (None, Some(reopened)) if at < reopened => {
            writer.record_incident(known.id, context.now, &corrected("before it was said to be reopened"))?
        }
        _ => writer.record_incident(known.id, at, &IncidentFact::Reached(milestone))?,
    };
    let outcome = Outcome::titled(format!("{} is {}", known.label, was(milestone)));
    Ok(match super::link::open_interrupt(writer, known.id)? {
        Some(interrupt) if milestone == Milestone::Resolved => outcome
            .noting(format!("{interrupt} is still open: write its hours down and end it in Interrupts.")),
        _ => outcome,
    })
}

/// Corrects when an incident came to a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CorrectMilestone {
    /// The incident.
    pub incident: IncidentId,
    /// Which of its cycles, from 1; the present one if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub cycle: Option<u32>,
    /// The milestone.
    pub milestone: Milestone,
    /// When it was; none or an empty text takes the milestone back.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<WrittenMoment>,
    /// Why this is so.
    pub why: String,
}

pub(super) fn correct(
    writer: &mut Writer<'_>,
    command: CorrectMilestone,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let zone = writer.team()?.zone;
    let at = WrittenMoment::past(command.at.as_ref(), "at", zone, context.now)?;
    let why = command.why.trim();
    if why.is_empty() {
        let hint = "Say in a few words how it is known, such as “the first failed request in the log”.";
        return Err(AppError::refused("Nothing says why.", hint).at("why"));
    }
    let present = writer.incident_present(known.id)?;
    let last = present.cycles.len();
    let cycle = command.cycle.map_or(last, |cycle| cycle as usize).checked_sub(1);
    let cycle = cycle.filter(|cycle| *cycle < last).ok_or_else(|| AppError::not_found("cycle"))?;
    let milestone = command.milestone;
    match at {
        Some(at) => {
            present.check(cycle, milestone, at).map_err(|why| refused(why, &known.label, zone))?;
        }
        None if cycle + 1 < last && milestone == Milestone::Resolved => {
            let hint = "It was reopened after it: correct the moment instead.";
            return Err(AppError::refused("An earlier cycle ended.", hint).at("at"));
        }
        None => {}
    }
    let fact = IncidentFact::Corrected {
        cycle: cycle as u32,
        milestone,
        at,
        why: why.to_owned(),
        by: context.person.to_owned(),
    };
    writer.record_incident(known.id, context.now, &fact)?;
    Ok(Outcome::titled(match at {
        Some(_) if milestone == Milestone::Began => format!("Correct when {} began", known.label),
        Some(_) => format!("Correct when {} was {milestone}", known.label),
        None => format!("{} was not {}", known.label, was(milestone)),
    }))
}

/// Opens an incident again: it was resolved and is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReopenIncident {
    /// The incident.
    pub incident: IncidentId,
    /// When it began again, if not now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<WrittenMoment>,
}

pub(super) fn reopen(
    writer: &mut Writer<'_>,
    command: ReopenIncident,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let zone = writer.team()?.zone;
    let Some(resolved) = known.now.at(Milestone::Resolved) else {
        let hint = "It is open as it is.";
        return Err(AppError::refused(format!("{} is not resolved.", known.label), hint));
    };
    let at = WrittenMoment::past(command.at.as_ref(), "at", zone, context.now)?.unwrap_or(context.now);
    // Facts are sorted by their moments: all that was said of the cycle has to lie before.
    let present = writer.incident_present(known.id)?;
    let spoken = Milestone::ALL.iter().filter_map(|one| present.cycle().raw(*one));
    let last = spoken.fold(resolved, Instant::max);
    if at <= last {
        let hint = "Say a later moment, or correct when it was resolved.";
        let message = format!("{} was resolved on {}.", known.label, said(last, zone));
        return Err(AppError::refused(message, hint).at("at"));
    }
    writer.record_incident(known.id, at, &IncidentFact::Reopened)?;
    Ok(Outcome::titled(format!("Reopen {}", known.label)))
}

/// Why a milestone cannot be at a moment, as a sentence that names what stands in the way.
pub(crate) fn refused(why: MilestoneRefused, label: &str, zone: Zone) -> AppError {
    let on = |at: Instant| said(at, zone);
    let (message, hint) = match why {
        MilestoneRefused::Before { other, at, .. } => (
            format!("{label} was {}, on {}.", was(other), on(at)),
            "Say a later moment, or correct that one first.",
        ),
        MilestoneRefused::After { other, at, .. } => (
            format!("{label} was {} already, on {}.", was(other), on(at)),
            "Say an earlier moment, or correct that one first.",
        ),
        MilestoneRefused::CycleBefore { other, at, .. } => (
            format!("{label} was {} the time before, on {}.", was(other), on(at)),
            "Say a later moment: it belongs to the time after it was reopened.",
        ),
        MilestoneRefused::Reopened { at, .. } => (
            format!("{label} was reopened on {}.", on(at)),
            "Say an earlier moment: it belongs to the time before it was reopened.",
        ),
    };
    AppError::refused(message, hint).at("at")
}

/// What became of an incident that came to a milestone.
pub(crate) fn was(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Began => "under way",
        Milestone::Detected => "detected",
        Milestone::Acknowledged => "acknowledged",
        Milestone::Mitigated => "mitigated",
        Milestone::Resolved => "resolved",
    }
}
