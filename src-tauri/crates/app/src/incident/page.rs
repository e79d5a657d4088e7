//! One incident: its milestones, its timeline, who does what, and what belongs to it.
//!
//! 1. A milestone shows what holds and, where it was corrected, what was said first, with who and why (8.1).
//! 2. The timeline holds what became so and what people noted, by the moments of which it tells; what duplicates know
//!    stands in it, too, with their labels.

use super::change::ROLES;
use super::list::{IncidentRow, Names, members_on, named_all};
use super::milestone::was;
use super::report::IncidentName;
use super::{incident_of, lasted, you};
use crate::backlog::MemberName;
use crate::contract::Context;
use crate::delivery::named;
use crate::error::AppError;
use crate::interrupt::change::time_words;
use crate::moment::said;
use crate::on_call::{OnCallNow, on_call_at};
use crate::reliability::view::class_said;
use crate::reliability::{ServiceName, budget_used_by, service_of};
use crate::team::severities::SeverityName;
use crate::team::short;
use domain::backlog::{Category, Dated};
use domain::calendar::{Day, Instant, Zone};
use domain::identity::{DeploymentId, IncidentId, InterruptId, ItemId, MemberId, OutageId, RowId};
use domain::incident::{
    Cycle, Incident, IncidentFact, IncidentPresent, LinkHow, LinkStanding, LinkTarget, Milestone, Times, due,
};
use domain::measures::{Minutes, Size};
use domain::reliability::KnownOutage;
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

/// Asks for one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentQuestion {
    /// The incident.
    pub incident: IncidentId,
}

/// One incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentPage {
    /// Today.
    pub today: Day,
    /// What a list shows of it.
    pub row: IncidentRow,
    /// Its cycles, the present one first.
    pub cycles: Vec<CycleView>,
    /// What comes next: the milestone that is waited for; none where it is resolved or merged.
    pub next: Option<Milestone>,
    /// Who has which role.
    pub roles: Vec<RoleRow>,
    /// The roles that can be taken, those of the team's own last.
    pub role_names: Vec<String>,
    /// What happened and what was noted, in order.
    pub timeline: Vec<TimelineLine>,
    /// The interrupt that counts its hours.
    pub interrupt: Option<IncidentInterrupt>,
    /// The deployment that caused it, as somebody said.
    pub deployment: Option<CausingDeployment>,
    /// The outages that belong to it, and those of its duplicates.
    pub outages: Vec<IncidentOutage>,
    /// Which part of which error budget they used, in words, the most first.
    pub budgets_said: Vec<String>,
    /// The items that caused it or go on with it.
    pub items: Vec<IncidentItem>,
    /// The incidents that were merged into this one.
    pub duplicates: Vec<IncidentName>,
    /// The one into which this one was merged.
    pub merged_into: Option<IncidentName>,
    /// The file that brought it.
    pub source: Option<String>,
    /// Until when a postmortem is due, in words (8.3); none where none is.
    pub postmortem_said: Option<String>,
    /// Who is on call now.
    pub on_call: Vec<OnCallNow>,
    /// The member who sits at this device.
    pub you: Option<MemberId>,
    /// The members who are in the team now.
    pub members: Vec<MemberName>,
    /// The services, in the team's order.
    pub services: Vec<ServiceName>,
    /// The severities, the gravest first.
    pub severities: Vec<SeverityName>,
}

/// The milestones and times of an incident from its beginning, or its reopening, to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CycleView {
    /// Which of its cycles it is, from 1.
    pub number: u32,
    /// The five milestones, in order.
    pub milestones: Vec<MilestoneView>,
    /// The times that are known, in words.
    pub times: Vec<TimeView>,
}

/// A milestone of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MilestoneView {
    /// Which one.
    pub milestone: Milestone,
    /// When it was reached; none where it was not.
    pub at: Option<Instant>,
    /// The same in the team's local time, as a field for a date and a time has it: `2026-11-24T09:40`.
    pub local: String,
    /// What was said first, where that was another moment.
    pub raw_said: Option<String>,
    /// Why it was corrected, and by whom.
    pub why: Option<String>,
}

/// A time of an incident (8.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimeView {
    /// What is measured: “to mitigate”.
    pub name: String,
    /// How long: “3 h 5 min”.
    pub said: String,
    /// Whether it still counts up.
    pub counts_up: bool,
}

/// Who has a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleRow {
    /// The role.
    pub role: String,
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
}

/// A line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineLine {
    /// The moment of which it tells.
    pub at: Instant,
    /// The same in the team's local time, as a field for a date and a time has it.
    pub local: String,
    /// When it was written down, where that was at least a minute later.
    pub recorded_at: Option<Instant>,
    /// What happened.
    pub text: String,
    /// The note, where it is one.
    pub note: Option<RowId>,
    /// The role of who noted it.
    pub role: String,
    /// Who noted it.
    pub member: Option<MemberId>,
    /// Their name.
    pub member_name: Option<String>,
    /// A link to the evidence; may be empty.
    pub url: String,
    /// The label of the duplicate that it comes from.
    pub from: Option<String>,
}

/// The interrupt that counts the hours of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentInterrupt {
    /// The link.
    pub link: RowId,
    /// The interrupt.
    pub id: InterruptId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its time: “2 h 15 min”, “4 h expected”, “hours not known”.
    pub said: String,
    /// Whether it is over.
    pub ended: bool,
}

/// A deployment that caused an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CausingDeployment {
    /// The link.
    pub link: RowId,
    /// The deployment.
    pub id: DeploymentId,
    /// Its name: “checkout 2.4.0”.
    pub name: String,
}

/// An outage that belongs to an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentOutage {
    /// The outage.
    pub id: OutageId,
    /// What it was: “Partial outage of checkout”.
    pub said: String,
    /// How long it was: “45 min”; of one that lasts, so far.
    pub lasted: String,
    /// Whether it lasts.
    pub lasts: bool,
}

/// An item that belongs to an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentItem {
    /// The link.
    pub link: RowId,
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// How it belongs to the incident.
    pub how: LinkHow,
    /// Whether it is done.
    pub done: bool,
}

pub(super) fn incident_page(
    reader: &Reader<'_>,
    question: IncidentQuestion,
    context: &Context<'_>,
) -> Result<IncidentPage, AppError> {
    let known = incident_of(reader, question.incident)?;
    let zone = reader.team()?.zone;
    let today = zone.day_of(context.now);
    let names = Names::read(reader)?;
    let present = reader.incident_present(known.id)?;
    let duplicates = reader.duplicates_of(known.id)?;
    let mut timeline = lines_of(reader, &known, None, &names, zone)?;
    for duplicate in &duplicates {
        timeline.extend(lines_of(reader, duplicate, Some(&duplicate.label), &names, zone)?);
    }
    timeline.sort_by_key(|line| line.at);
    let Linked { interrupt, deployment, items } = linked(reader, &known)?;
    let mut outages = reader.outages_of_incident(known.id)?;
    for duplicate in &duplicates {
        outages.extend(reader.outages_of_incident(duplicate.id)?);
    }
    let ids: Vec<OutageId> = outages.iter().map(|outage| outage.id).collect();
    let budgets = budget_used_by(reader, &ids, context.now)?;
    let services = reader.services()?;
    let outage = |one: KnownOutage| {
        let service = services.iter().find(|service| service.id == one.service);
        let until = one.to.unwrap_or(context.now);
        IncidentOutage {
            id: one.id,
            said: format!(
                "{} of {}",
                class_said(one.class),
                service.map_or("a service", |service| service.name.as_str())
            ),
            lasted: lasted(until.millis() - one.from.millis()),
            lasts: one.to.is_none(),
        }
    };
    let named = |one: Incident| IncidentName { id: one.id, label: one.label, title: one.title };
    let merged_into = known.now.merged_into.map(|id| reader.incident(id)).transpose()?.flatten();
    let roles: Vec<RoleRow> = present
        .roles
        .iter()
        .map(|(role, member)| RoleRow {
            role: role.clone(),
            member: *member,
            name: names.members.get(member).cloned().unwrap_or_default(),
        })
        .collect();
    let mut role_names: Vec<String> = ROLES.map(str::to_owned).to_vec();
    role_names
        .extend(roles.iter().map(|one| one.role.clone()).filter(|role| !ROLES.contains(&role.as_str())));
    let cycles = present.cycles.iter().enumerate().rev();
    let last = present.cycles.len();
    let counts = |number: usize| (number + 1 == last && known.now.is_open()).then_some(context.now);
    let waits = |milestone: &&Milestone| {
        **milestone > known.now.stage().unwrap_or(Milestone::Began) && known.now.at(**milestone).is_none()
    };
    Ok(IncidentPage {
        today,
        row: names.row(&known, context.now),
        cycles: cycles.map(|(number, cycle)| CycleView::of(number, cycle, zone, counts(number))).collect(),
        next: Milestone::ALL.iter().find(waits).copied().filter(|_| known.now.is_open()),
        roles,
        role_names,
        timeline,
        interrupt,
        deployment,
        outages: outages.into_iter().map(outage).collect(),
        budgets_said: budgets
            .iter()
            .map(|one| {
                // Rounded down, as every figure of uptime is (10.6).
                let percent = Size::hundredths((one.part * 1_000.0).floor() as i64 * 10);
                format!("{percent} % of the error budget of {}, {}", one.service_name, one.objective_name)
            })
            .collect(),
        items,
        duplicates: duplicates.into_iter().map(named).collect(),
        merged_into: merged_into.map(named),
        source: reader.incident_source(known.id)?,
        postmortem_said: postmortem(
            reader,
            &present,
            budgets.iter().any(|one| one.part > MUCH_BUDGET),
            zone,
            today,
        )?,
        on_call: on_call_at(reader, context.now)?,
        you: you(reader, context)?,
        members: members_on(reader, today)?,
        services: named_all(reader)?,
        severities: SeverityName::all(reader)?,
    })
}

impl CycleView {
    fn of(number: usize, cycle: &Cycle, zone: Zone, now: Option<Instant>) -> CycleView {
        let milestones = Milestone::ALL.iter().map(|milestone| {
            let at = cycle.at(*milestone);
            let correction = cycle.correction(*milestone);
            let raw = cycle.raw(*milestone).filter(|raw| Some(*raw) != at);
            MilestoneView {
                milestone: *milestone,
                at,
                local: at.map(|at| local(at, zone)).unwrap_or_default(),
                raw_said: raw.map(|raw| said(raw, zone)),
                why: correction.map(|reached| match reached.by.as_str() {
                    "" => reached.why.clone(),
                    by => format!("{}, {by}", reached.why),
                }),
            }
        });
        let times = Times::of(cycle);
        let known = [
            ("to detect", times.to_detect),
            ("to acknowledge", times.to_acknowledge),
            ("to mitigate", times.to_mitigate),
            ("to resolve", times.to_resolve),
        ];
        let mut all: Vec<TimeView> = known
            .into_iter()
            .filter_map(|(name, time)| {
                Some(TimeView { name: name.into(), said: lasted(time?), counts_up: false })
            })
            .collect();
        // Nothing is guessed: what is open counts up, from its beginning.
        if let Some(so_far) = now.and_then(|now| Times::counting(cycle, now)) {
            all.push(TimeView { name: "open so far".into(), said: lasted(so_far), counts_up: true });
        }
        CycleView { number: number as u32 + 1, milestones: milestones.collect(), times: all }
    }
}

/// A moment as a field for a date and a time has it.
fn local(at: Instant, zone: Zone) -> String {
    zone.local(at).format("%Y-%m-%dT%H:%M").to_string()
}

/// The part of an error budget beyond which an incident needs a postmortem, whatever its severity (8.3).
const MUCH_BUDGET: f64 = 0.2;

/// Until when a postmortem is due, counted from the day on which users were first no longer affected (8.3): *mitigated*,
/// or *resolved* where nobody said so before. That it was reopened since takes nothing back.
fn postmortem(
    reader: &Reader<'_>,
    present: &IncidentPresent,
    took_much_budget: bool,
    zone: Zone,
    today: Day,
) -> Result<Option<String>, AppError> {
    if present.merged_into.is_some() {
        return Ok(None);
    }
    let over = |cycle: &Cycle| cycle.at(Milestone::Mitigated).or(cycle.at(Milestone::Resolved));
    let Some(mitigated) = present.cycles.iter().find_map(over) else { return Ok(None) };
    let due = due(present.gravest(), took_much_budget, zone.day_of(mitigated), &reader.calendar()?);
    Ok(due.map(|day| match today.days_until(day) {
        days if days < 0 => format!("A postmortem was due on {}.", short(day)),
        0 => "A postmortem is due today.".to_owned(),
        _ => format!("A postmortem is due by {}.", short(day)),
    }))
}

/// What an incident is linked to.
#[derive(Default)]
struct Linked {
    interrupt: Option<IncidentInterrupt>,
    deployment: Option<CausingDeployment>,
    items: Vec<IncidentItem>,
}

fn linked(reader: &Reader<'_>, known: &Incident) -> Result<Linked, AppError> {
    let workflow = reader.workflow()?;
    let mut linked = Linked::default();
    for link in reader.incident_links(Some(known.id))? {
        match link.to {
            LinkTarget::Interrupt(id) => {
                let Some(one) = reader.interrupt(id)? else { continue };
                let hours = reader.interrupt_hours(id)?;
                let took: Minutes = hours.iter().map(|hours| hours.minutes).sum();
                linked.interrupt = Some(IncidentInterrupt {
                    link: link.id,
                    id,
                    label: one.label,
                    title: one.title,
                    said: match one.present.estimate {
                        _ if !hours.is_empty() => time_words(took),
                        Some(estimate) => format!("{} expected", time_words(estimate)),
                        None => "hours not known".to_owned(),
                    },
                    ended: one.present.ended_at.is_some(),
                });
            }
            LinkTarget::Item(id) => {
                let Some(item) = reader.item(id)? else { continue };
                let state = item.present.state.and_then(|state| workflow.get(state));
                linked.items.push(IncidentItem {
                    link: link.id,
                    item: id,
                    label: item.label,
                    title: item.title,
                    how: link.how,
                    done: state.is_some_and(|state| state.category == Category::Done),
                });
            }
            LinkTarget::Deployment(id) if link.standing == LinkStanding::Confirmed => {
                let Some(one) = reader.deployment(id)? else { continue };
                let service = service_of(reader, one.service)?;
                let name = named(&service.name, &one);
                linked.deployment = Some(CausingDeployment { link: link.id, id, name });
            }
            LinkTarget::Deployment(_) => {}
        }
    }
    Ok(linked)
}

/// The timeline of an incident; that of a duplicate bears its label.
fn lines_of(
    reader: &Reader<'_>,
    known: &Incident,
    from: Option<&str>,
    names: &Names,
    zone: Zone,
) -> Result<Vec<TimelineLine>, AppError> {
    let mut facts = reader.incident_facts(known.id)?;
    facts.sort_by_key(|dated| dated.order());
    let mut before = IncidentPresent::default();
    let mut lines: Vec<TimelineLine> = Vec::new();
    let reported = facts.iter().find(|dated| dated.fact == IncidentFact::Reported);
    for dated in &facts {
        let text = fact_said(dated, &before, names, zone);
        before.apply(&dated.fact, dated.happened_at);
        let Some(text) = text else { continue };
        // What came with the report was written down with it.
        let with_report = reported.is_some_and(|reported| reported.operation == dated.operation);
        let recorded_at = later(dated.happened_at, dated.recorded_at).filter(|_| !with_report);
        if let Some(last) = lines.last_mut()
            && last.at == dated.happened_at
            && last.recorded_at == recorded_at
        {
            last.text = format!("{}, {text}", last.text);
            continue;
        }
        lines.push(TimelineLine {
            at: dated.happened_at,
            local: local(dated.happened_at, zone),
            recorded_at,
            text,
            note: None,
            role: String::new(),
            member: None,
            member_name: None,
            url: String::new(),
            from: from.map(str::to_owned),
        });
    }
    for note in reader.incident_notes(known.id)? {
        lines.push(TimelineLine {
            at: note.at,
            local: local(note.at, zone),
            recorded_at: later(note.at, note.recorded_at),
            text: note.text,
            note: Some(note.id),
            role: note.role,
            member_name: note.member.and_then(|member| names.members.get(&member).cloned()),
            member: note.member,
            url: note.url,
            from: from.map(str::to_owned),
        });
    }
    Ok(lines)
}

/// When something was written down, where that was at least a minute after it happened.
fn later(at: Instant, recorded_at: Instant) -> Option<Instant> {
    (recorded_at.millis() - at.millis() >= 60_000).then_some(recorded_at)
}

/// What a fact says, in a line; none for what another line of the same moment says already.
fn fact_said(
    dated: &Dated<IncidentFact>,
    before: &IncidentPresent,
    names: &Names,
    zone: Zone,
) -> Option<String> {
    let member = |id: &MemberId| names.members.get(id).cloned().unwrap_or_else(|| "somebody".to_owned());
    Some(match &dated.fact {
        IncidentFact::Reported => "reported".to_owned(),
        IncidentFact::SeveritySet(severity) if before.severities.is_empty() => {
            format!("severity {}", names.severities.of(*severity))
        }
        IncidentFact::SeveritySet(severity) => {
            let (old, new) = (names.severities.of(before.severity), names.severities.of(*severity));
            format!("severity {old} → {new}")
        }
        IncidentFact::Assigned(Some(owner)) => format!("taken by {}", member(owner)),
        IncidentFact::Assigned(None) => "belongs to nobody".to_owned(),
        // Who reports something has detected it.
        IncidentFact::Reached(Milestone::Detected) if before.reported_at == Some(dated.happened_at) => {
            return None;
        }
        IncidentFact::Reached(Milestone::Began) => "began".to_owned(),
        IncidentFact::Reached(milestone) => was(*milestone).to_owned(),
        IncidentFact::Corrected { milestone, at, why, by, .. } => {
            let by = if by.is_empty() { String::new() } else { format!(" ({by})") };
            match at {
                Some(at) => format!("{milestone} corrected to {}: {why}{by}", said(*at, zone)),
                None => format!("not {milestone} after all: {why}{by}"),
            }
        }
        IncidentFact::Reopened => "reopened".to_owned(),
        IncidentFact::RoleTaken { role, member: Some(who) } => format!("{role}: {}", member(who)),
        IncidentFact::RoleTaken { role, member: None } => format!("{role}: nobody any more"),
        IncidentFact::MergedInto(Some(other)) => format!("merged into {}", names.label(*other)),
        IncidentFact::MergedInto(None) => "no duplicate after all".to_owned(),
    })
}
