//! The Definition of Live, and the times in which nothing goes live.

use super::list::service_names;
use crate::contract::{Context, Nothing, Outcome};
use crate::error::AppError;
use crate::reliability::{ServiceName, service_of};
use crate::team::{read_day, short};
use domain::calendar::Day;
use domain::delivery::{CheckName, Freeze, LiveCheck};
use domain::identity::{RowId, ServiceId, StateId};
use domain::interrupt::IncidentSeverity;
use domain::measures::Share;
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// What is asked before something goes live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeliverySettings {
    /// The Definition of Live, each check once.
    pub checks: Vec<LiveCheckRow>,
    /// The freezes that are not over, by their beginnings.
    pub freezes: Vec<FreezeRow>,
    /// The services of the team.
    pub services: Vec<ServiceName>,
    /// The states in which items can be reviewed.
    pub states: Vec<ReviewState>,
    /// Today.
    pub today: Day,
}

/// A line of the Definition of Live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LiveCheckRow {
    /// Which check.
    pub name: CheckName,
    /// What it asks, in words.
    pub title: String,
    /// Whether it is asked.
    pub is_asked: bool,
    /// Whether an answer that is not known stops.
    pub stops_unknown: bool,
    /// The least grave severity that stops.
    pub severity: IncidentSeverity,
    /// More than this share of the budget has to be left.
    pub share: Share,
    /// The state in which items are reviewed.
    pub state: Option<StateId>,
}

/// A state in which items can be reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewState {
    /// The state.
    pub id: StateId,
    /// Its name.
    pub name: String,
}

/// A time in which nothing goes live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FreezeRow {
    /// Who it is.
    pub id: RowId,
    /// The service; none is all of them.
    pub service: Option<ServiceName>,
    /// The first day.
    pub first_day: Day,
    /// The last day.
    pub last_day: Day,
    /// Why.
    pub why: String,
    /// Whether it holds now.
    pub holds: bool,
}

/// What a check asks, in words.
pub(super) fn title(check: &LiveCheck, state: Option<&str>) -> String {
    match check.name {
        CheckName::NoGraveIncident if check.severity == IncidentSeverity::P1 => {
            "No incident P1 is open on the service".to_owned()
        }
        CheckName::NoGraveIncident => format!("No incident P1 to {} is open on the service", check.severity),
        CheckName::BudgetLeft if check.share == Share::basis_points(0) => "Error budget is left".to_owned(),
        CheckName::BudgetLeft => format!("More than {} of the error budget are left", check.share),
        CheckName::NoFreeze => "No freeze holds".to_owned(),
        CheckName::ItemsDone => "The items are done".to_owned(),
        CheckName::ItemsReviewed => match state {
            Some(state) => format!("The items have been in “{state}”"),
            None => "The items have been reviewed".to_owned(),
        },
        CheckName::OnCallCovered => "Somebody is on call".to_owned(),
    }
}

pub(super) fn settings(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<DeliverySettings, AppError> {
    let zone = reader.team()?.zone;
    let workflow = reader.workflow()?;
    let services = service_names(reader)?;
    let checks = reader.live_checks()?;
    let checks = checks.all().iter().map(|check| LiveCheckRow {
        name: check.name,
        title: title(check, check.state.and_then(|id| workflow.get(id)).map(|state| state.name.as_str())),
        is_asked: check.is_asked,
        stops_unknown: check.stops_unknown,
        severity: check.severity,
        share: check.share,
        state: check.state,
    });
    let freezes =
        reader.freezes()?.into_iter().filter(|freeze| freeze.to > context.now).map(|freeze| FreezeRow {
            id: freeze.id,
            service: freeze.service.and_then(|id| services.iter().find(|one| one.id == id).cloned()),
            first_day: zone.day_of(freeze.from),
            last_day: zone.day_of(freeze.to.plus_millis(-1)),
            why: freeze.why,
            holds: freeze.from <= context.now,
        });
    Ok(DeliverySettings {
        checks: checks.collect(),
        freezes: freezes.collect(),
        states: workflow
            .all()
            .iter()
            .map(|state| ReviewState { id: state.id, name: state.name.clone() })
            .collect(),
        today: zone.day_of(context.now),
        services,
    })
}

/// Changes a line of the Definition of Live; what is not given stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetLiveCheck {
    /// Which check.
    pub name: CheckName,
    /// Whether it is asked.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub is_asked: Option<bool>,
    /// Whether an answer that is not known stops.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub stops_unknown: Option<bool>,
    /// The least grave severity that stops.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub severity: Option<IncidentSeverity>,
    /// More than so many percent of the budget have to be left, as a person writes it: `20`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub percent: Option<String>,
    /// The state in which items are reviewed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub state: Option<StateId>,
}

pub(super) fn set_live_check(
    writer: &mut Writer<'_>,
    command: SetLiveCheck,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let workflow = writer.workflow()?;
    let mut check = writer.live_checks()?.get(command.name);
    check.is_asked = command.is_asked.unwrap_or(check.is_asked);
    check.stops_unknown = command.stops_unknown.unwrap_or(check.stops_unknown);
    check.severity = command.severity.unwrap_or(check.severity);
    if let Some(percent) = command.percent {
        let text = percent.trim().trim_end_matches('%').trim().replace(',', ".");
        let read: Option<f64> = text.parse().ok().filter(|number: &f64| (0.0..100.0).contains(number));
        let hint = "Write a number of percent below 100, such as 20.";
        let read = read.ok_or_else(|| {
            AppError::refused(format!("“{}” is no part of a budget.", percent.trim()), hint).at("percent")
        })?;
        check.share = Share::basis_points((read * 100.0).round() as i64);
    }
    if let Some(state) = command.state {
        check.state = Some(workflow.get(state).ok_or_else(|| AppError::not_found("state").at("state"))?.id);
        check.is_asked = command.is_asked.unwrap_or(true);
    }
    if check.name == CheckName::ItemsReviewed && check.is_asked && check.state.is_none() {
        let hint = "Choose the state in which items are reviewed.";
        return Err(AppError::refused("A review needs a state.", hint).at("state"));
    }
    writer.put_live_check(&check)?;
    let asks = title(&check, check.state.and_then(|id| workflow.get(id)).map(|state| state.name.as_str()));
    let verb = if check.is_asked { "Ask before going live" } else { "No longer ask before going live" };
    Ok(Outcome::titled(format!("{verb}: {}{}", asks[..1].to_lowercase(), &asks[1..])))
}

/// Plans a time in which nothing goes live, or changes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetFreeze {
    /// The freeze; a new one if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub freeze: Option<RowId>,
    /// The service; all of them if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub service: Option<ServiceId>,
    /// The first day.
    pub first: String,
    /// The last day; the first if it is empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub last: String,
    /// Why.
    pub why: String,
}

pub(super) fn set_freeze(
    writer: &mut Writer<'_>,
    command: SetFreeze,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let zone = writer.team()?.zone;
    let service =
        command.service.map(|id| service_of(writer, id).map_err(|error| error.at("service"))).transpose()?;
    let first = read_day(&command.first, "first")?;
    let last = if command.last.trim().is_empty() { first } else { read_day(&command.last, "last")? };
    if last < first {
        let hint = "Choose the same day or a later one.";
        return Err(AppError::refused("A freeze ends after it begins.", hint).at("last"));
    }
    let why = command.why.trim().trim_end_matches('.');
    if why.is_empty() || why.contains('\n') {
        let hint = "Say it in a few words, such as: end of the financial year.";
        return Err(AppError::refused("A freeze needs a reason.", hint).at("why"));
    }
    if let Some(id) = command.freeze.filter(|id| !known(writer, *id)) {
        return Err(AppError::not_found("freeze").at(&id.to_string()));
    }
    let id = command.freeze.unwrap_or_else(|| writer.identity());
    let freeze = Freeze {
        id,
        service: service.as_ref().map(|one| one.id),
        from: zone.start_of(first),
        to: zone.start_of(last.plus(1)),
        why: why.to_owned(),
    };
    writer.put_freeze(&freeze)?;
    let what = service.map_or_else(|| "everything".to_owned(), |one| one.name);
    let days = if first == last { short(first) } else { format!("{} to {}", short(first), short(last)) };
    let outcome = Outcome::titled(format!("Freeze {what}, {days}"));
    Ok(if command.freeze.is_none() { outcome.created(id) } else { outcome })
}

fn known(reader: &Reader<'_>, id: RowId) -> bool {
    reader.freezes().is_ok_and(|freezes| freezes.iter().any(|freeze| freeze.id == id))
}

/// Takes a freeze away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveFreeze {
    /// The freeze.
    pub freeze: RowId,
}

pub(super) fn remove_freeze(
    writer: &mut Writer<'_>,
    command: RemoveFreeze,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = writer.freezes()?.into_iter().find(|freeze| freeze.id == command.freeze);
    let known = known.ok_or_else(|| AppError::not_found("freeze"))?;
    writer.remove_freeze(known.id)?;
    Ok(Outcome::titled(format!("Take away the freeze: {}", known.why)))
}
