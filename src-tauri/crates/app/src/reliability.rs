//! Reliability: the services that the team runs, whether they answered, and what was promised of them.
//!
//! 1. Facts are written down by a person or read from files; every figure is computed from them, and printed with its
//!    method (10).
//! 2. A moment is written as the team's clock shows it: `2026-11-20 14:30`, or `14:30` for today.
//! 3. What other areas show of reliability they ask for here: [`health`], [`budget_used_by`].

use crate::contract::{Nothing, commands, queries};
use crate::error::AppError;
use domain::identity::ServiceId;
use domain::reliability::Service;
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

pub(crate) mod chart;
pub(crate) mod figures;
pub mod objectives;
pub mod outages;
pub(crate) mod seal;
pub mod services;
pub mod view;

pub(crate) use figures::budgets_of;
pub use figures::{budget_used_by, health};
pub use services::AddService;

/// The area under which the figures of a Sprint are sealed.
pub(crate) const AREA: &str = "reliability";

commands! {
    /// Changes of services and of what is known of them.
    ReliabilityCommand {
        /// Adds a service.
        AddService(AddService) => services::add_service,
        /// Changes a service.
        ChangeService(services::ChangeService) => services::change_service,
        /// Takes a service away of which nothing is known.
        RemoveService(services::RemoveService) => services::remove_service,
        /// Adds a group of services, or says anew what one is.
        SetGroup(services::SetGroup) => services::set_group,
        /// Takes a group away.
        RemoveGroup(services::RemoveGroup) => services::remove_group,
        /// Adds an outage.
        AddOutage(outages::AddOutage) => outages::add_outage,
        /// Changes an outage.
        ChangeOutage(outages::ChangeOutage) => outages::change_outage,
        /// Says that an outage is over.
        EndOutage(outages::EndOutage) => outages::end_outage,
        /// Takes an outage away that was none.
        RemoveOutage(outages::RemoveOutage) => outages::remove_outage,
        /// Adds maintenance, or says anew what it is.
        SetMaintenance(outages::SetMaintenance) => outages::set_maintenance,
        /// Takes maintenance away.
        RemoveMaintenance(outages::RemoveMaintenance) => outages::remove_maintenance,
        /// Says that nothing is known of a service for a time.
        AddUnknown(outages::AddUnknown) => outages::add_unknown,
        /// Takes back that nothing is known.
        RemoveUnknown(outages::RemoveUnknown) => outages::remove_unknown,
        /// Counts the requests of a day.
        CountRequests(outages::CountRequests) => outages::count_requests,
        /// Takes away what a log of checks says of a service.
        RemoveChecks(outages::RemoveChecks) => outages::remove_checks,
        /// Adds an objective.
        AddObjective(objectives::AddObjective) => objectives::add_objective,
        /// Changes an objective, or its target from a day on.
        ChangeObjective(objectives::ChangeObjective) => objectives::change_objective,
        /// Takes an objective away.
        RemoveObjective(objectives::RemoveObjective) => objectives::remove_objective,
        /// Says how facts become figures.
        SetRules(objectives::SetRules) => objectives::set_rules,
        /// Says what follows from a spent error budget.
        SetPolicy(objectives::SetPolicy) => objectives::set_policy,
    }
}

queries! {
    /// Questions about services.
    ReliabilityQuery / ReliabilityAnswers {
        /// The services, in the team's order.
        Services(Nothing) -> Vec<ServiceName> => services::services,
        /// The services with their figures.
        Overview(view::ReliabilityQuestion) -> view::ReliabilityView => view::overview,
        /// The same facts by every method, each second traceable.
        Ledger(view::LedgerQuestion) -> view::ReliabilityLedgerView => view::ledger,
        /// How each service is now, the worst first.
        Health(Nothing) -> Vec<view::ServiceHealth> => view::health_now,
        /// What follows from spent error budgets for planning.
        Policy(Nothing) -> view::BudgetPolicyView => view::policy,
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

impl From<&Service> for ServiceName {
    fn from(service: &Service) -> ServiceName {
        ServiceName { id: service.id, name: service.name.clone() }
    }
}

/// A service that must be there.
pub(crate) fn service_of(reader: &Reader<'_>, id: ServiceId) -> Result<Service, AppError> {
    reader.service(id)?.ok_or_else(|| AppError::not_found("service"))
}
