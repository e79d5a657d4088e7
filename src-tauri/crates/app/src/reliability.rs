//! Reliability: the services that the team runs, and whether they answered.

use crate::contract::{Context, Nothing, Outcome, commands, queries};
use crate::error::{AppError, sentence};
use domain::identity::ServiceId;
use domain::reliability::{Service, ServiceRefused};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

commands! {
    /// Changes of services and of what is known of them.
    ReliabilityCommand {
        /// Adds a service.
        AddService(AddService) => add_service,
    }
}

queries! {
    /// Questions about services.
    ReliabilityQuery / ReliabilityAnswers {
        /// The services, in the team's order.
        Services(Nothing) -> Vec<ServiceName> => services,
    }
}

/// A service, as lists name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServiceName {
    /// Who it is.
    pub id: ServiceId,
    /// Its name.
    pub name: String,
}

fn services(reader: &Reader<'_>, _: Nothing, _: &Context<'_>) -> Result<Vec<ServiceName>, AppError> {
    let services = reader.services()?.into_iter();
    Ok(services.map(|service| ServiceName { id: service.id, name: service.name }).collect())
}

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

fn add_service(writer: &mut Writer<'_>, command: AddService, _: &Context<'_>) -> Result<Outcome, AppError> {
    let service = Service { id: writer.identity(), name: command.name, note: command.note };
    let service = service.checked(&writer.services()?).map_err(refused)?;
    writer.put_service(&service)?;
    Ok(Outcome::titled(format!("Add service {}", service.name)).created(service.id))
}

/// A service that must be there.
pub(crate) fn service_of(reader: &Reader<'_>, id: ServiceId) -> Result<Service, AppError> {
    reader.service(id)?.ok_or_else(|| AppError::not_found("service"))
}

fn refused(why: ServiceRefused) -> AppError {
    let hint = match why {
        ServiceRefused::NoName => "Write what people call it, such as checkout.",
        ServiceRefused::LongName => "Keep the name short; the rest is a note.",
        ServiceRefused::NameTaken { .. } => "Choose another name.",
    };
    AppError::refused(sentence(&why.to_string()), hint).at("name")
}
