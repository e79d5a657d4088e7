//! The chart of incidents: how long they took (8.2).
//!
//! 1. A duplicate has no times of its own: the incident that it was merged into has them.
//! 2. As of a past moment an incident is what its facts said until then.

use super::ChartQuestion;
use super::behind::{BehindRow, BehindView};
use super::work::day;
use crate::error::AppError;
use domain::calendar::Instant;
use domain::flow::{IncidentTimes, TimedIncident};
use domain::identity::{IncidentId, MemberId};
use domain::incident::{IncidentFact, IncidentPresent, Milestone};
use std::collections::HashMap;
use store::{IncidentFilter, Reader};

/// How long incidents took to be acknowledged, mitigated and resolved.
pub(crate) fn incident_times(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    (now, is_past): (Instant, bool),
) -> Result<IncidentTimes, AppError> {
    let days =
        (day(question.first_day.as_deref(), "firstDay")?, day(question.last_day.as_deref(), "lastDay")?);
    let (zone, called) = (reader.team()?.zone, reader.severity_names()?);
    let mut presents = if is_past { Default::default() } else { reader.incident_presents()? };
    let mut timed = Vec::new();
    for incident in reader.incidents(IncidentFilter::All)? {
        let present = match presents.remove(&incident.id) {
            Some(present) => present,
            None => present_at(reader, incident.id, now)?,
        };
        if present.merged_into.is_some() || present == IncidentPresent::default() {
            continue;
        }
        timed.push(TimedIncident {
            incident: incident.id,
            label: incident.label,
            title: incident.title,
            severity: called.of(present.severity).to_owned(),
            present,
        });
    }
    let mut times = IncidentTimes::new(&timed, days, zone, now);
    times.as_of = is_past.then(|| zone.day_of(now));
    if times.marks.is_empty() {
        return Err(match timed.is_empty() {
            true => AppError::refused(
                "There is no incident yet.",
                "Report one from anywhere with Ctrl+Shift+O, or import those of another tool.",
            ),
            false => AppError::refused(
                "No incident happened in these days.",
                "Choose an earlier first day, or none: then all of them are shown.",
            )
            .at("firstDay"),
        });
    }
    Ok(times)
}

fn present_at(reader: &Reader<'_>, id: IncidentId, now: Instant) -> Result<IncidentPresent, AppError> {
    let facts = reader.incident_facts(id)?;
    Ok(IncidentPresent::fold(facts.iter().filter(|dated| dated.happened_at <= now)))
}

/// What became of an incident until a moment.
pub(crate) fn behind_incident(
    reader: &Reader<'_>,
    id: IncidentId,
    now: Instant,
) -> Result<BehindView, AppError> {
    let incident = reader.incident(id)?.ok_or_else(|| AppError::not_found("incident"))?;
    let called = reader.severity_names()?;
    let members: HashMap<MemberId, String> =
        reader.members()?.into_iter().map(|member| (member.id, member.name)).collect();
    let name = |member: Option<MemberId>| {
        member.and_then(|id| members.get(&id).cloned()).unwrap_or_else(|| "nobody".to_owned())
    };
    let mut rows = Vec::new();
    for dated in reader.incident_facts(id)?.into_iter().filter(|dated| dated.happened_at <= now) {
        let what = match dated.fact {
            IncidentFact::Reported => "reported".to_owned(),
            IncidentFact::SeveritySet(severity) => called.of(severity).to_owned(),
            IncidentFact::Assigned(member) => format!("belongs to {}", name(member)),
            IncidentFact::Reached(milestone) => milestone.to_string(),
            IncidentFact::Corrected { milestone, at: Some(_), why, .. } => {
                format!("corrected, when it {}: {why}", reached(milestone))
            }
            IncidentFact::Corrected { milestone, at: None, why, .. } => {
                format!("taken back, that it {}: {why}", reached(milestone))
            }
            IncidentFact::Reopened => "reopened".to_owned(),
            IncidentFact::RoleTaken { role, member } => format!("{role}: {}", name(member)),
            IncidentFact::MergedInto(Some(_)) => "a duplicate".to_owned(),
            IncidentFact::MergedInto(None) => "no duplicate any more".to_owned(),
        };
        rows.push(BehindRow {
            at: Some(dated.happened_at),
            label: incident.label.clone(),
            title: incident.title.clone(),
            what,
            incident: Some(id),
            ..BehindRow::default()
        });
    }
    Ok(BehindView::new(format!("{} {}", incident.label, incident.title), rows))
}

/// “began”, “was mitigated”.
fn reached(milestone: Milestone) -> String {
    match milestone {
        Milestone::Began => milestone.to_string(),
        _ => format!("was {milestone}"),
    }
}
