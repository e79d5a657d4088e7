//! Services and their groups.
//!
//! 1. A service of which something is known stays: figures of the past name it. One added by mistake can go.
//! 2. A group is up when all its services are, or has the weighted mean of them (10.5); a service may be in several.

use super::{ServiceName, service_of};
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use domain::identity::{RowId, ServiceId};
use domain::measures::Share;
use domain::reliability::{Service, ServiceGroup, ServiceRefused, Subject};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Adds a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddService {
    /// Its name.
    pub name: String,
    /// What people should know of it.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub note: String,
}

pub(crate) fn add_service(
    writer: &mut Writer<'_>,
    command: AddService,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let service = Service { id: writer.identity(), name: command.name, note: command.note };
    let service = service.checked(&writer.services()?).map_err(refused)?;
    writer.put_service(&service)?;
    Ok(Outcome::titled(format!("Add service {}", service.name)).created(service.id))
}

/// Changes a service; what is not given stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeService {
    /// The service.
    pub service: ServiceId,
    /// Another name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
    /// Another note.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
}

pub(crate) fn change_service(
    writer: &mut Writer<'_>,
    command: ChangeService,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = service_of(writer, command.service)?;
    let changed = Service {
        id: known.id,
        name: command.name.unwrap_or_else(|| known.name.clone()),
        note: command.note.unwrap_or_else(|| known.note.clone()),
    };
    let changed = changed.checked(&writer.services()?).map_err(refused)?;
    if changed != known {
        writer.put_service(&changed)?;
    }
    Ok(Outcome::titled(if changed.name == known.name {
        format!("Change service {}", known.name)
    } else {
        format!("Rename service {} to {}", known.name, changed.name)
    }))
}

/// Takes a service away of which nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveService {
    /// The service.
    pub service: ServiceId,
}

pub(crate) fn remove_service(
    writer: &mut Writer<'_>,
    command: RemoveService,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let service = service_of(writer, command.service)?;
    let told_of = writer.service_has_deployments(service.id)? || writer.service_has_incidents(service.id)?;
    if writer.knows_service(service.id)? || told_of {
        return Err(AppError::refused(
            format!("Something is known or promised of {}.", service.name),
            "It stays, so that figures of the past can name it. Take its objectives and outages away first, if they were a mistake.",
        ));
    }
    writer.remove_service(service.id)?;
    Ok(Outcome::titled(format!("Remove service {}", service.name)))
}

/// A service in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GroupedService {
    /// The service.
    pub service: ServiceId,
    /// Its weight in a mean; none is as much as each other one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub weight: Option<Share>,
}

/// Adds a group of services, or says anew what one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetGroup {
    /// The group; none is a new one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub group: Option<RowId>,
    /// Its name.
    pub name: String,
    /// Whether its uptime is the mean of its services; else it is up when all of them are.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub is_mean: bool,
    /// Its services.
    pub services: Vec<GroupedService>,
}

pub(crate) fn set_group(
    writer: &mut Writer<'_>,
    command: SetGroup,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let groups = writer.service_groups()?;
    let known = match command.group {
        Some(id) => Some(group_of(&groups, id)?),
        None => None,
    };
    let name = command.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 60 || name.contains(['\n', '\r']) {
        let message = "A group needs a name: one line of at most 60 letters.";
        return Err(AppError::refused(message, "Write one such as Shop.").at("name"));
    }
    let taken = |other: &&ServiceGroup| {
        Some(other.id) != command.group && other.name.to_lowercase() == name.to_lowercase()
    };
    if let Some(other) = groups.iter().find(taken) {
        return Err(AppError::refused(
            format!("There is a group {} already.", other.name),
            "Choose another name.",
        )
        .at("name"));
    }
    let mut services: Vec<(ServiceId, Share)> = Vec::new();
    for one in &command.services {
        let service = service_of(writer, one.service)?;
        let weight = one.weight.unwrap_or(Share::WHOLE);
        if command.is_mean && weight <= Share::ZERO {
            return Err(AppError::refused(
                format!("{} has no weight.", service.name),
                "Write a weight above 0, or leave it out of the group.",
            )
            .at("services"));
        }
        if services.iter().all(|(known, _)| *known != service.id) {
            services.push((service.id, weight));
        }
    }
    if services.len() < 2 {
        return Err(AppError::refused(
            "A group has at least two services.",
            "Choose the services that belong together.",
        )
        .at("services"));
    }
    let id = match known {
        Some(known) => known.id,
        None => writer.identity(),
    };
    let group = ServiceGroup { id, name, is_mean: command.is_mean, services };
    writer.put_service_group(&group)?;
    Ok(match known {
        Some(_) => Outcome::titled(format!("Change group {}", group.name)),
        None => Outcome::titled(format!("Add group {}", group.name)).created(group.id),
    })
}

/// Takes a group away; its services stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveGroup {
    /// The group.
    pub group: RowId,
}

pub(crate) fn remove_group(
    writer: &mut Writer<'_>,
    command: RemoveGroup,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let groups = writer.service_groups()?;
    let group = group_of(&groups, command.group)?;
    if writer.objectives()?.iter().any(|objective| objective.of == Subject::Group(group.id)) {
        return Err(AppError::refused(
            format!("Something is promised of {}.", group.name),
            "Take its objectives away first.",
        ));
    }
    writer.remove_service_group(group.id)?;
    Ok(Outcome::titled(format!("Remove group {}", group.name)))
}

pub(crate) fn services(
    reader: &Reader<'_>,
    _: crate::contract::Nothing,
    _: &Context<'_>,
) -> Result<Vec<ServiceName>, AppError> {
    Ok(reader.services()?.iter().map(ServiceName::from).collect())
}

/// A group that must be there.
pub(super) fn group_of(groups: &[ServiceGroup], id: RowId) -> Result<&ServiceGroup, AppError> {
    groups.iter().find(|group| group.id == id).ok_or_else(|| AppError::not_found("group"))
}

fn refused(why: ServiceRefused) -> AppError {
    let hint = match why {
        ServiceRefused::NoName => "Write what people call it, such as checkout.",
        ServiceRefused::LongName => "Keep the name short; the rest is a note.",
        ServiceRefused::NameTaken { .. } => "Choose another name.",
    };
    AppError::refused(sentence(&why.to_string()), hint).at("name")
}
