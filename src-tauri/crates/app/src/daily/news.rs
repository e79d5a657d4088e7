//! What is new since the last Daily Scrum, in groups and in words.
//!
//! 1. News of an item of the Sprint is one line, in the group of what weighs most of it.
//! 2. What happened to the Product Backlog beside the Sprint is counted, not listed.
//! 3. A group names at most a few; how many more there are is said.

use super::board::weekday;
use crate::backlog::origin_words;
use crate::capacity::calendar::days_said;
use crate::delivery::deployments;
use crate::error::AppError;
use crate::incident::lasted;
use crate::interrupt::change::time_words;
use crate::on_call::board::change_said;
use crate::on_call::{local_said, span_said};
use crate::sprint::SprintRecord;
use crate::team::{counted, together};
use domain::backlog::Item;
use domain::calendar::{Day, Instant, Zone};
use domain::daily::{ItemNews, item_news};
use domain::delivery::{DeploymentResult, Repair};
use domain::identity::{DeploymentId, IncidentId, InterruptId, ItemId, MemberId, ServiceId};
use domain::incident::Milestone;
use domain::interrupt::{IncidentSeverity, SeverityNames};
use domain::measures::{Minutes, Share};
use domain::on_call::ChangeKind;
use domain::reliability::{Class, KnownOutage};
use domain::team::Member;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{GraveThen, ItemFilter, Reader};
use ts_rs::TS;

/// The most lines of a group.
const MOST_LINES: usize = 8;

/// News of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DailyNewsGroup")]
pub struct NewsGroup {
    /// Its title: “Done”.
    pub title: String,
    /// The news.
    pub lines: Vec<NewsLine>,
    /// How many more there are.
    pub more: u32,
}

/// What is new of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DailyNewsLine")]
pub struct NewsLine {
    /// The item.
    pub item: Option<ItemId>,
    /// The interrupt.
    pub interrupt: Option<InterruptId>,
    /// The incident.
    pub incident: Option<IncidentId>,
    /// The deployment.
    pub deployment: Option<DeploymentId>,
    /// The service, of an outage; the first of several.
    pub service: Option<ServiceId>,
    /// The first day, from today on, on which somebody else is on call.
    pub on_call: Option<Day>,
    /// Its label; empty for what has none.
    pub label: String,
    /// Its title; empty for what has none.
    pub title: String,
    /// What is new; empty where the group says it.
    pub said: String,
}

/// The groups in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Done,
    InTheWay,
    Moved,
    Scope,
    Incidents,
    Outages,
    Deployments,
    Interrupts,
    OnCall,
    Team,
    Backlog,
}

impl Sort {
    const ALL: [Sort; 11] = [
        Sort::Done,
        Sort::InTheWay,
        Sort::Moved,
        Sort::Scope,
        Sort::Incidents,
        Sort::Outages,
        Sort::Deployments,
        Sort::Interrupts,
        Sort::OnCall,
        Sort::Team,
        Sort::Backlog,
    ];

    fn title(self) -> &'static str {
        match self {
            Sort::Done => "Done",
            Sort::InTheWay => "In the way",
            Sort::Moved => "Begun and moved",
            Sort::Scope => "Scope",
            Sort::Incidents => "Incidents",
            Sort::Outages => "Outages",
            Sort::Deployments => "Deployments",
            Sort::Interrupts => "Interrupts",
            Sort::OnCall => "On call",
            Sort::Team => "Team",
            Sort::Backlog => "Product Backlog",
        }
    }
}

/// The news of a Daily Scrum.
pub(super) struct SprintNews {
    lines: Vec<(Sort, NewsLine)>,
}

impl SprintNews {
    /// What was written down from one moment to another.
    pub(super) fn read(
        reader: &Reader<'_>,
        record: Option<&SprintRecord>,
        (since, now): (Instant, Instant),
        (everybody, members): (&[Member], &HashMap<MemberId, String>),
    ) -> Result<SprintNews, AppError> {
        let mut news = SprintNews { lines: Vec::new() };
        news.of_outages(reader, (since, now))?;
        news.of_deployments(reader, (since, now))?;
        news.of_on_call(reader, (since, now), everybody)?;
        let Some(from) = reader.changes_after(since)? else { return Ok(news) };
        news.of_items(reader, record, from, members)?;
        news.of_incidents(reader, from, (now, members))?;
        news.of_interrupts(reader, from, members)?;
        news.of_team(reader, record, from, (now, members))?;
        Ok(news)
    }

    /// The groups that have something, in their order (rule 3).
    pub(super) fn groups(self) -> Vec<NewsGroup> {
        let group = |sort: Sort| {
            let mut lines: Vec<NewsLine> =
                self.lines.iter().filter(|(of, _)| *of == sort).map(|(_, line)| line.clone()).collect();
            let more = lines.len().saturating_sub(MOST_LINES) as u32;
            lines.truncate(MOST_LINES);
            (!lines.is_empty()).then(|| NewsGroup { title: sort.title().to_owned(), lines, more })
        };
        Sort::ALL.into_iter().filter_map(group).collect()
    }

    /// Whether an item was finished.
    pub(super) fn is_finished(&self, item: ItemId) -> bool {
        self.lines.iter().any(|(sort, line)| *sort == Sort::Done && line.item == Some(item))
    }

    /// What is new of an item, in words.
    pub(super) fn of(&self, item: ItemId) -> String {
        let line = self.lines.iter().find(|(_, line)| line.item == Some(item));
        match line {
            Some((Sort::Done, line)) if line.said.is_empty() => "done".to_owned(),
            Some((_, line)) => line.said.clone(),
            None => String::new(),
        }
    }

    fn of_items(
        &mut self,
        reader: &Reader<'_>,
        record: Option<&SprintRecord>,
        from: i64,
        members: &HashMap<MemberId, String>,
    ) -> Result<(), AppError> {
        let changed = reader.items_then(from)?;
        let here: HashMap<ItemId, Item> = match record {
            Some(record) => {
                let items = reader.items(ItemFilter::InSprint(record.sprint.id))?;
                items.into_iter().map(|item| (item.id, item)).collect()
            }
            None => HashMap::new(),
        };
        let came = reader.flow_items(changed.iter().filter(|one| one.then.is_none()).map(|one| one.id))?;
        let mut beside = 0;
        for one in &changed {
            let item = here.get(&one.id);
            let told = record.map_or(Vec::new(), |record| {
                let present = item.map(|item| &item.present);
                item_news(one.then.as_ref(), present, record.sprint.id, &record.workflow)
            });
            let (Some(first), Some(record)) = (told.first(), record) else {
                beside += u32::from(item.is_none() && came.contains_key(&one.id));
                continue;
            };
            let sort = sort_of(first);
            let words: Vec<String> = told
                .iter()
                // The group says it.
                .filter(|news| !matches!((sort, news), (Sort::Done, ItemNews::Done)))
                .map(|news| words(news, item, record, members))
                .collect();
            self.lines.push((
                sort,
                NewsLine {
                    item: item.map(|item| item.id),
                    label: item.map_or(&one.label, |item| &item.label).clone(),
                    title: item.map_or(&one.title, |item| &item.title).clone(),
                    said: words.join(", "),
                    ..NewsLine::default()
                },
            ));
        }
        if beside > 0 {
            let said = format!("{} came in", counted(beside, "item"));
            self.lines.push((Sort::Backlog, NewsLine { said, ..NewsLine::default() }));
        }
        Ok(())
    }

    fn of_incidents(
        &mut self,
        reader: &Reader<'_>,
        from: i64,
        (now, members): (Instant, &HashMap<MemberId, String>),
    ) -> Result<(), AppError> {
        let names = reader.severity_names()?;
        let mut told = Vec::new();
        for one in reader.incidents_then(from)? {
            let Some(incident) = reader.incident(one.id)? else { continue };
            let present = &incident.now;
            let resolved = present.at(Milestone::Resolved);
            let over = match (present.merged_into, present.since().zip(resolved)) {
                (Some(_), _) => Some("the same as another one".to_owned()),
                (None, Some((since, end))) => {
                    Some(format!("resolved after {}", lasted(end.millis() - since.millis())))
                }
                (None, None) => resolved.map(|_| "resolved".to_owned()),
            };
            let is_over = over.is_some();
            let mut said = grave_words(one.then, (present.severity, present.owner, over), &names, members);
            if said.is_empty() && !is_over && present.at(Milestone::Mitigated).is_some_and(|at| at <= now) {
                said.push("mitigated".to_owned());
            }
            if !said.is_empty() {
                told.push((is_over, incident, said));
            }
        }
        told.sort_by_key(|(over, incident, _)| (*over, incident.now.severity, incident.id));
        self.lines.extend(told.into_iter().map(|(_, incident, said)| {
            let line = NewsLine {
                incident: Some(incident.id),
                label: incident.label,
                title: incident.title,
                said: said.join(", "),
                ..NewsLine::default()
            };
            (Sort::Incidents, line)
        }));
        Ok(())
    }

    /// What went live, or did not, the latest first: by when it did, for nobody reports a deployment to a Daily Scrum.
    fn of_deployments(
        &mut self,
        reader: &Reader<'_>,
        (since, now): (Instant, Instant),
    ) -> Result<(), AppError> {
        for one in deployments(reader, since, now.plus_millis(1))? {
            let mut said = Vec::new();
            if !one.is_production {
                said.push(format!("in {}", one.environment));
            }
            match one.result {
                DeploymentResult::Succeeded => {}
                DeploymentResult::Aborted => said.push("aborted".to_owned()),
                DeploymentResult::Running => said.push("still runs".to_owned()),
            }
            if let Some(repaired) = &one.repairs {
                let how = if one.repair == Some(Repair::Rollback) { "rolls back" } else { "repairs" };
                said.push(format!("{how} {}", repaired.name));
            } else if one.is_failed {
                said.push("failed: it was repaired, or caused an incident".to_owned());
            }
            if !one.items.is_empty() {
                said.push(format!("with {}", together(&one.items)));
            }
            let line = NewsLine {
                deployment: Some(one.id),
                title: one.name,
                said: said.join(", "),
                ..NewsLine::default()
            };
            self.lines.push((Sort::Deployments, line));
        }
        Ok(())
    }

    /// What did not answer, or answers again, the latest first: by when it did. What fell upon several services at once
    /// is one line.
    fn of_outages(&mut self, reader: &Reader<'_>, (since, now): (Instant, Instant)) -> Result<(), AppError> {
        let zone = reader.team()?.zone;
        let services: HashMap<ServiceId, String> =
            reader.services()?.into_iter().map(|service| (service.id, service.name)).collect();
        let mut told: Vec<(KnownOutage, Vec<String>)> = Vec::new();
        for outage in reader.outages(None, since, now.plus_millis(1))? {
            let ended = outage.to.filter(|to| *to <= now);
            if outage.from <= since && ended.is_none_or(|to| to <= since) {
                continue;
            }
            let name = services.get(&outage.service).cloned().unwrap_or_default();
            let is_one = |known: &KnownOutage| {
                (known.from, known.to, known.class, known.incident, &known.title)
                    == (outage.from, outage.to, outage.class, outage.incident, &outage.title)
            };
            match told.iter_mut().find(|(known, _)| is_one(known)) {
                Some((_, names)) if names.contains(&name) => {}
                Some((_, names)) => names.push(name),
                None => told.push((outage, vec![name])),
            }
        }
        for (outage, names) in told.into_iter().rev() {
            let what = match outage.class {
                Class::Full => "full outage",
                Class::Partial => "partial outage",
                Class::Degraded => "degraded",
            };
            let when = match outage.to.filter(|to| *to <= now) {
                Some(to) => format!("{what}, over after {}", lasted(to.millis() - outage.from.millis())),
                None => format!("{what} since {}", local_said(outage.from, zone)),
            };
            let said: Vec<String> =
                [when, outage.title].into_iter().filter(|said| !said.is_empty()).collect();
            let line = NewsLine {
                service: Some(outage.service),
                title: together(&names),
                said: said.join(", "),
                ..NewsLine::default()
            };
            self.lines.push((Sort::Outages, line));
        }
        Ok(())
    }

    /// What was agreed of who is on call today or later, beside the rotations and rotas, in its order.
    fn of_on_call(
        &mut self,
        reader: &Reader<'_>,
        (since, now): (Instant, Instant),
        members: &[Member],
    ) -> Result<(), AppError> {
        let zone = reader.team()?.zone;
        let today = zone.day_of(now);
        let levels = reader.on_call_levels()?;
        let mut changes = reader.on_call_changes(zone.start_of(today), Instant::from_millis(i64::MAX))?;
        changes.retain(|change| change.recorded_at > since && change.kind != ChangeKind::Planned);
        changes.sort_by_key(|change| (change.from, change.recorded_at));
        for change in changes {
            let level = levels.iter().find(|level| level.id == change.level);
            let said: Vec<String> = [span_said(change.from, change.to, zone), change.note.clone()]
                .into_iter()
                .filter(|said| !said.is_empty())
                .collect();
            let line = NewsLine {
                on_call: Some(zone.day_of(change.from).max(today)),
                label: level.map(|level| level.name.clone()).unwrap_or_default(),
                title: change_said(&change, members),
                said: said.join(", "),
                ..NewsLine::default()
            };
            self.lines.push((Sort::OnCall, line));
        }
        Ok(())
    }

    fn of_interrupts(
        &mut self,
        reader: &Reader<'_>,
        from: i64,
        members: &HashMap<MemberId, String>,
    ) -> Result<(), AppError> {
        let names = reader.severity_names()?;
        let mut times: HashMap<InterruptId, Minutes> =
            reader.interrupt_time_since(from)?.into_iter().collect();
        let mut told = Vec::new();
        for one in reader.interrupts_then(from)? {
            let Some(interrupt) = reader.interrupt(one.id)? else { continue };
            let present = &interrupt.present;
            let over = present.ended_at.is_some();
            let is = (present.severity, present.owner, over.then(|| "over".to_owned()));
            let said = grave_words(one.then, is, &names, members);
            told.push((over, interrupt, said));
        }
        let changed: Vec<InterruptId> = told.iter().map(|(_, interrupt, _)| interrupt.id).collect();
        for id in times.keys().filter(|id| !changed.contains(id)) {
            if let Some(interrupt) = reader.interrupt(*id)? {
                told.push((interrupt.present.ended_at.is_some(), interrupt, Vec::new()));
            }
        }
        told.sort_by_key(|(over, interrupt, _)| (*over, interrupt.present.severity, interrupt.id));
        for (_, interrupt, mut said) in told {
            match times.remove(&interrupt.id) {
                Some(time) if time > Minutes::ZERO => said.push(format!("{} of work", time_words(time))),
                Some(_) => said.push("less work than was written down".to_owned()),
                None => {}
            }
            if said.is_empty() {
                continue;
            }
            let line = NewsLine {
                interrupt: Some(interrupt.id),
                label: interrupt.label,
                title: interrupt.title,
                said: said.join(", "),
                ..NewsLine::default()
            };
            self.lines.push((Sort::Interrupts, line));
        }
        Ok(())
    }

    fn of_team(
        &mut self,
        reader: &Reader<'_>,
        record: Option<&SprintRecord>,
        from: i64,
        (now, members): (Instant, &HashMap<MemberId, String>),
    ) -> Result<(), AppError> {
        let mut say = |said: String| self.lines.push((Sort::Team, NewsLine { said, ..NewsLine::default() }));
        if let Some(record) = record
            && let Some(before) = reader.goal_then(record.sprint.id, from)?
            && before != record.sprint.goal
        {
            say(format!("The Sprint Goal is now: {}", record.sprint.goal));
        }
        let today = reader.team()?.zone.day_of(now);
        for id in reader.absences_since(from)? {
            let Some(absence) = reader.absence(id)?.filter(|absence| absence.last >= today) else { continue };
            let name = members.get(&absence.member).cloned().unwrap_or_default();
            let part = if absence.away == Share::WHOLE {
                "away".to_owned()
            } else {
                format!("{} of the day away", absence.away)
            };
            say(format!("{name} is {part} {}", days_said(absence.first, absence.last)));
        }
        Ok(())
    }
}

/// What is new of an incident or an interrupt, in words; `over` says so, where it is.
fn grave_words(
    then: Option<GraveThen>,
    (severity, owner, over): (IncidentSeverity, Option<MemberId>, Option<String>),
    names: &SeverityNames,
    members: &HashMap<MemberId, String>,
) -> Vec<String> {
    let grave = names.of(severity);
    let mut said = Vec::new();
    match then {
        None => said.push(format!("new, {grave}")),
        Some(then) if then.severity != severity => {
            said.push(format!("{} → {grave}", names.of(then.severity)));
        }
        Some(_) => {}
    }
    let was_over = then.is_some_and(|then| then.over);
    match over {
        Some(over) if !was_over => said.push(over),
        Some(_) => {}
        None => {
            if was_over {
                said.push("open again".to_owned());
            }
            if then.is_none_or(|then| then.owner != owner) {
                said.push(match owner {
                    Some(owner) => {
                        format!("{} has it", members.get(&owner).map_or("somebody", String::as_str))
                    }
                    None => "nobody has it".to_owned(),
                });
            }
        }
    }
    said
}

fn sort_of(news: &ItemNews) -> Sort {
    match news {
        ItemNews::Done | ItemNews::Cancelled => Sort::Done,
        ItemNews::Blocked(_) | ItemNews::Unblocked => Sort::InTheWay,
        ItemNews::Reopened(_) | ItemNews::Begun(_) | ItemNews::Moved(_) | ItemNews::Owned(_) => Sort::Moved,
        ItemNews::CameIn | ItemNews::Left | ItemNews::Sized(_) => Sort::Scope,
    }
}

fn words(
    news: &ItemNews,
    item: Option<&Item>,
    record: &SprintRecord,
    members: &HashMap<MemberId, String>,
) -> String {
    let state = |id| record.workflow.get(id).map(|state| state.name.clone()).unwrap_or_default();
    match news {
        ItemNews::Done => "done".to_owned(),
        ItemNews::Cancelled => "cancelled".to_owned(),
        ItemNews::Reopened(id) => format!("open again, {}", state(*id)),
        // A full stop in the middle of a line would end it.
        ItemNews::Blocked(reason) => format!("blocked: {}", reason.trim_end_matches('.')),
        ItemNews::Unblocked => "free again".to_owned(),
        ItemNews::CameIn => match item.and_then(|item| item.present.origin) {
            Some(origin) => format!("came in: {}", origin_words(origin)),
            None => "came in".to_owned(),
        },
        ItemNews::Left => "left the Sprint".to_owned(),
        ItemNews::Begun(id) | ItemNews::Moved(id) => state(*id),
        ItemNews::Sized(Some(size)) => format!("size {size}"),
        ItemNews::Sized(None) => "no size any more".to_owned(),
        ItemNews::Owned(Some(owner)) => match members.get(owner) {
            Some(owner) => format!("{owner} has it"),
            None => "somebody else has it".to_owned(),
        },
        ItemNews::Owned(None) => "nobody has it any more".to_owned(),
    }
}

/// Since when there is news, in words that follow a title.
pub(super) fn since_said(since: Instant, of_daily: bool, started: Option<Instant>, zone: Zone) -> String {
    let day = weekday(zone.day_of(since));
    if of_daily {
        format!("since the Daily Scrum of {day}")
    } else if started == Some(since) {
        format!("since the Sprint began on {day}")
    } else {
        format!("since {day}; no Daily Scrum was kept before")
    }
}
