//! Outages, maintenance, times of which nothing is known, and requests, as a person writes them down.
//!
//! 1. An outage that is not over has no end; it ends by being given one.
//! 2. A person's word stands beside what logs of checks say: at each second the worse of them counts (10.2).
//! 3. What is written down for a closed Sprint leaves what it came to as it was sealed (3.5), and says so.

use super::figures::sprint_at;
use super::service_of;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::moment::WrittenMoment;
use crate::sprint::window_of;
use crate::team::{counted, short, together};
use domain::calendar::{Day, Instant};
use domain::identity::{IncidentId, OutageId, RowId, ServiceId};
use domain::reliability::{
    Class, HourCount, KnownMaintenance, KnownOutage, Service, SpanRefused, UnknownTime, check_span,
};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Under which name the requests stand that a person counted.
pub(crate) const BY_HAND: &str = "by hand";

/// Adds an outage of one or more services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddOutage {
    /// The services.
    pub services: Vec<ServiceId>,
    /// How bad it is.
    pub class: Class,
    /// When it began.
    pub from: WrittenMoment,
    /// When it ended; nothing while it lasts.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub to: Option<WrittenMoment>,
    /// What it is, in a line.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub title: String,
    /// The incident to which it belongs.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub incident: Option<IncidentId>,
}

pub(crate) fn add_outage(
    writer: &mut Writer<'_>,
    command: AddOutage,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let services = services_of(writer, &command.services)?;
    let (from, to) = span(writer, Some(&command.from), command.to.as_ref(), context)?;
    check(from, to, Some(context.now))?;
    let title = line(&command.title)?;
    let names: Vec<&str> = services.iter().map(|service| service.name.as_str()).collect();
    let mut outcome = Outcome::titled(format!("Add outage of {}", together(&names)));
    for service in &services {
        let outage = KnownOutage {
            id: writer.identity(),
            service: service.id,
            class: command.class,
            from,
            to,
            title: title.clone(),
            incident: command.incident,
            source: String::new(),
            key: String::new(),
        };
        writer.put_outage(&outage)?;
        outcome = outcome.created(outage.id);
    }
    noting_closed(writer, outcome, from, context)
}

/// Changes an outage; what is not given stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeOutage {
    /// The outage.
    pub outage: OutageId,
    /// How bad it was.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub class: Option<Class>,
    /// When it began.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub from: Option<WrittenMoment>,
    /// When it ended; an empty text says that it lasts still.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub to: Option<WrittenMoment>,
    /// What it was, in a line.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub title: Option<String>,
}

pub(crate) fn change_outage(
    writer: &mut Writer<'_>,
    command: ChangeOutage,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = outage_of(writer, command.outage)?;
    let service = service_of(writer, known.service)?;
    let mut changed = known.clone();
    let zone = writer.team()?.zone;
    if let Some(from) = WrittenMoment::meant(command.from.as_ref(), "from", zone, context.now)? {
        changed.from = from;
    }
    if command.to.is_some() {
        changed.to = WrittenMoment::meant(command.to.as_ref(), "to", zone, context.now)?;
    }
    check(changed.from, changed.to, Some(context.now))?;
    changed.class = command.class.unwrap_or(known.class);
    if let Some(title) = &command.title {
        changed.title = line(title)?;
    }
    if changed != known {
        writer.put_outage(&changed)?;
    }
    let ended = known.to.is_none() && changed.to.is_some();
    let outcome = Outcome::titled(if ended {
        format!("End outage of {}", service.name)
    } else {
        format!("Change outage of {}", service.name)
    });
    noting_closed(writer, outcome, changed.from.min(known.from), context)
}

/// Says that an outage is over, now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndOutage {
    /// The outage.
    pub outage: OutageId,
}

pub(crate) fn end_outage(
    writer: &mut Writer<'_>,
    command: EndOutage,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = outage_of(writer, command.outage)?;
    let service = service_of(writer, known.service)?;
    if let Some(to) = known.to {
        let zone = writer.team()?.zone;
        return Err(AppError::refused(
            format!("This outage of {} ended on {}.", service.name, short(zone.day_of(to))),
            "Change its end, if it lasted longer.",
        ));
    }
    let ended = KnownOutage { to: Some(context.now), ..known };
    check(ended.from, ended.to, Some(context.now))?;
    writer.put_outage(&ended)?;
    Ok(Outcome::titled(format!("End outage of {}", service.name)))
}

/// Takes an outage away that was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveOutage {
    /// The outage.
    pub outage: OutageId,
}

pub(crate) fn remove_outage(
    writer: &mut Writer<'_>,
    command: RemoveOutage,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = outage_of(writer, command.outage)?;
    let service = service_of(writer, known.service)?;
    writer.remove_outage(known.id)?;
    noting_closed(writer, Outcome::titled(format!("Remove outage of {}", service.name)), known.from, context)
}

/// Adds maintenance, or says anew what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetMaintenance {
    /// The maintenance; none is a new one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub maintenance: Option<RowId>,
    /// What is done, in a line.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub title: String,
    /// The services.
    pub services: Vec<ServiceId>,
    /// When it begins.
    pub from: WrittenMoment,
    /// When it ends.
    pub to: WrittenMoment,
    /// When it was announced; nothing where it was not.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub announced: Option<WrittenMoment>,
}

pub(crate) fn set_maintenance(
    writer: &mut Writer<'_>,
    command: SetMaintenance,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let services = services_of(writer, &command.services)?;
    let known = match command.maintenance {
        Some(id) => Some(writer.maintenance_of(id)?.ok_or_else(|| AppError::not_found("maintenance"))?),
        None => None,
    };
    let (from, to) = span(writer, Some(&command.from), Some(&command.to), context)?;
    let to = to.ok_or_else(|| {
        AppError::refused("Maintenance has an end.", "Write when it is planned to be over.").at("to")
    })?;
    check(from, Some(to), None)?;
    let zone = writer.team()?.zone;
    let announced_at = WrittenMoment::meant(command.announced.as_ref(), "announced", zone, context.now)?;
    if announced_at.is_some_and(|at| at > context.now) {
        let message = "It cannot have been announced in the future.";
        return Err(AppError::refused(message, "Leave it empty until it is announced.").at("announced"));
    }
    let id = match &known {
        Some(known) => known.id,
        None => writer.identity(),
    };
    let work = KnownMaintenance {
        id,
        title: line(&command.title)?,
        services: services.iter().map(|service| service.id).collect(),
        from,
        to,
        announced_at,
        source: known.as_ref().map(|known| known.source.clone()).unwrap_or_default(),
        key: known.as_ref().map(|known| known.key.clone()).unwrap_or_default(),
    };
    writer.put_maintenance(&work)?;
    let names: Vec<&str> = services.iter().map(|service| service.name.as_str()).collect();
    let outcome = match &known {
        Some(_) => Outcome::titled(format!("Change maintenance of {}", together(&names))),
        None => Outcome::titled(format!("Add maintenance of {}", together(&names))).created(work.id),
    };
    let rules = super::figures::rules_on(writer, writer.team()?.zone.day_of(from))?;
    let outcome = if work.is_announced(rules.notice) {
        outcome
    } else {
        outcome
            .noting(format!("It was not announced {} before it begins: it counts as downtime.", rules.notice))
    };
    if outcome.note.is_some() { Ok(outcome) } else { noting_closed(writer, outcome, from, context) }
}

/// Takes maintenance away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveMaintenance {
    /// The maintenance.
    pub maintenance: RowId,
}

pub(crate) fn remove_maintenance(
    writer: &mut Writer<'_>,
    command: RemoveMaintenance,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known =
        writer.maintenance_of(command.maintenance)?.ok_or_else(|| AppError::not_found("maintenance"))?;
    let services = services_of(writer, &known.services)?;
    let names: Vec<&str> = services.iter().map(|service| service.name.as_str()).collect();
    writer.remove_maintenance(known.id)?;
    let outcome = Outcome::titled(format!("Remove maintenance of {}", together(&names)));
    noting_closed(writer, outcome, known.from, context)
}

/// Says that nothing is known of a service for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddUnknown {
    /// The service.
    pub service: ServiceId,
    /// From when on.
    pub from: WrittenMoment,
    /// Up to when.
    pub to: WrittenMoment,
    /// Why, in a line.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub note: String,
}

pub(crate) fn add_unknown(
    writer: &mut Writer<'_>,
    command: AddUnknown,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let service = service_of(writer, command.service)?;
    let (from, to) = span(writer, Some(&command.from), Some(&command.to), context)?;
    let to = to.unwrap_or(context.now);
    check(from, Some(to), Some(context.now))?;
    let time =
        UnknownTime { id: writer.identity(), service: service.id, from, to, note: line(&command.note)? };
    writer.put_unknown_time(&time)?;
    let outcome = Outcome::titled(format!("Say that nothing is known of {}", service.name)).created(time.id);
    noting_closed(writer, outcome, from, context)
}

/// Takes a time of which nothing was known away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveUnknown {
    /// The time.
    pub unknown: RowId,
}

pub(crate) fn remove_unknown(
    writer: &mut Writer<'_>,
    command: RemoveUnknown,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = writer.unknown_time(command.unknown)?.ok_or_else(|| AppError::not_found("time"))?;
    let service = service_of(writer, known.service)?;
    writer.remove_unknown_time(known.id)?;
    let outcome = Outcome::titled(format!("Take back that nothing is known of {}", service.name));
    noting_closed(writer, outcome, known.from, context)
}

/// Says how many requests of a day counted, and how many of them were answered well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CountRequests {
    /// The service.
    pub service: ServiceId,
    /// The local day.
    pub day: Day,
    /// Requests that count; 0 takes the day's count away.
    #[ts(type = "number")]
    pub valid: u64,
    /// Those of them that were answered well.
    #[ts(type = "number")]
    pub good: u64,
    /// Which count it is; nothing is the team's own.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub series: String,
}

pub(crate) fn count_requests(
    writer: &mut Writer<'_>,
    command: CountRequests,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let service = service_of(writer, command.service)?;
    let zone = writer.team()?.zone;
    if command.good > command.valid {
        let message = format!("{} of {} requests cannot be good.", command.good, command.valid);
        return Err(AppError::refused(message, "Good ones are among those that count.").at("good"));
    }
    if command.valid > 1_000_000_000_000 {
        let message = format!("{} requests are more than a day has.", command.valid);
        return Err(AppError::refused(message, "Count those of one day.").at("valid"));
    }
    if command.day > zone.day_of(context.now) {
        let message = format!("{} is still to come.", short(command.day));
        return Err(AppError::refused(message, "Choose today or an earlier day.").at("day"));
    }
    let series = match command.series.trim() {
        "" => BY_HAND,
        series => series,
    };
    // In the first hour that begins within the day, so that it belongs to the windows of that day.
    let hour = (zone.start_of(command.day).millis() + 3_599_999).div_euclid(3_600_000);
    let count = HourCount { hour, valid: command.valid, good: command.good, ..HourCount::default() };
    writer.set_hour_count(service.id, series, count)?;
    let title = format!("Count requests of {} on {}", service.name, short(command.day));
    noting_closed(writer, Outcome::titled(title), zone.start_of(command.day), context)
}

/// Takes away everything that a log of checks says of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveChecks {
    /// The service.
    pub service: ServiceId,
    /// The log, by its name.
    pub source: String,
}

pub(crate) fn remove_checks(
    writer: &mut Writer<'_>,
    command: RemoveChecks,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let service = service_of(writer, command.service)?;
    if writer.stretch_sources(service.id)?.iter().all(|source| source.name != command.source) {
        return Err(AppError::not_found("log"));
    }
    writer.remove_stretch_source(service.id, &command.source)?;
    Ok(Outcome::titled(format!("Remove what {} says of {}", command.source, service.name)))
}

/// An outage that must be there.
pub(crate) fn outage_of(reader: &Reader<'_>, id: OutageId) -> Result<KnownOutage, AppError> {
    reader.outage(id)?.ok_or_else(|| AppError::not_found("outage"))
}

fn services_of(reader: &Reader<'_>, ids: &[ServiceId]) -> Result<Vec<Service>, AppError> {
    let mut services: Vec<Service> = Vec::new();
    for id in ids {
        let service = service_of(reader, *id)?;
        if !services.contains(&service) {
            services.push(service);
        }
    }
    if services.is_empty() {
        return Err(
            AppError::refused("No service is named.", "Choose the services that it concerns.").at("services")
        );
    }
    Ok(services)
}

/// The instants that are meant by a beginning and an end; nothing written is now, and no end.
fn span(
    reader: &Reader<'_>,
    from: Option<&WrittenMoment>,
    to: Option<&WrittenMoment>,
    context: &Context<'_>,
) -> Result<(Instant, Option<Instant>), AppError> {
    let zone = reader.team()?.zone;
    let from = WrittenMoment::meant(from, "from", zone, context.now)?.unwrap_or(context.now);
    Ok((from, WrittenMoment::meant(to, "to", zone, context.now)?))
}

fn check(from: Instant, to: Option<Instant>, now: Option<Instant>) -> Result<(), AppError> {
    check_span(from, to, now).map_err(|why| match why {
        SpanRefused::EndsBefore => {
            AppError::refused("It ends before it begins.", "Write an end that is later than the beginning.")
                .at("to")
        }
        SpanRefused::Future => {
            AppError::refused("It begins in the future.", "Work that is planned is maintenance.").at("from")
        }
    })?;
    if to.zip(now).is_some_and(|(to, now)| to > now) {
        let hint = "Leave the end empty while it lasts.";
        return Err(AppError::refused("It ends in the future.", hint).at("to"));
    }
    Ok(())
}

/// A line that people wrote.
fn line(text: &str) -> Result<String, AppError> {
    let text = text.trim();
    if text.contains(['\n', '\r']) || text.chars().count() > 200 {
        let hint = "Keep what people see in lists to one line of at most 200 letters.";
        return Err(AppError::refused("A title is one line.", hint).at("title"));
    }
    Ok(text.to_owned())
}

/// What else people should know: whether the Sprint of that time is closed (rule 3).
fn noting_closed(
    reader: &Reader<'_>,
    outcome: Outcome,
    from: Instant,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let sprints = reader.sprints()?;
    let zone = reader.team()?.zone;
    let closed: Vec<String> = sprints
        .iter()
        .filter(|sprint| sprint.closed_at.is_some())
        .filter(|sprint| window_of(sprint, &sprints, zone).1 > from)
        .map(|sprint| sprint.name.clone())
        .collect();
    let earlier = sprint_at(&sprints, zone, from).is_some_and(|sprint| sprint.closed_at.is_some());
    Ok(match closed.as_slice() {
        [] => outcome,
        _ if !earlier || from > context.now => outcome,
        [one] => outcome.noting(format!("{one} is closed: what it came to stays as it was sealed.")),
        several => outcome.noting(format!(
            "{} are closed since: what they came to stays as it was sealed.",
            counted(several.len() as u32, "Sprint")
        )),
    })
}
