//! Delivery: deployments, what they say about the team, and whether the next one may go live.
//!
//! 1. A deployment is written down once: by hand, by a pipeline, from a file. The same key of the same source is the same
//!    deployment.
//! 2. Measures are told with their definition and how many they stand on (12.1); of a closed Sprint as they were sealed.
//! 3. Which deployment caused an incident is proposed, and a person says so (12.2).
//! 4. An item is live once a deployment contains it (12.3).
//! 5. The gate answers with each reason, and blocks nobody: who goes on against it says why, and that is kept.

use crate::contract::{Nothing, commands, queries};
use crate::error::AppError;
use domain::delivery::{Deployment, Failure};
use domain::identity::DeploymentId;
use domain::incident::{LinkHow, LinkStanding, LinkTarget, Milestone};
use std::collections::HashMap;
use store::{IncidentFilter, Reader};

pub mod gate;
pub mod link;
pub mod list;
pub mod live;
pub mod measures;
pub mod record;
pub mod settings;

pub use list::deployments;
pub use live::live_items;
pub(crate) use measures::seal_close;

commands! {
    /// Changes of deployments and of the release gate.
    DeliveryCommand {
        /// Writes a deployment down.
        Deploy(record::Deploy) => record::deploy,
        /// Says how a deployment that ran ended.
        Finish(record::FinishDeployment) => record::finish,
        /// Corrects a deployment.
        Change(record::ChangeDeployment) => record::change,
        /// Takes a deployment away that was written down by mistake.
        Remove(record::RemoveDeployment) => record::remove,
        /// Says which items a deployment contains.
        SetItems(record::SetDeploymentItems) => record::set_items,
        /// Says that a deployment caused an incident.
        LinkIncident(link::LinkIncident) => link::link_incident,
        /// Says that a deployment did not cause an incident.
        RejectLink(link::RejectLink) => link::reject_link,
        /// Changes a line of the Definition of Live.
        SetLiveCheck(settings::SetLiveCheck) => settings::set_live_check,
        /// Plans a time in which nothing goes live.
        SetFreeze(settings::SetFreeze) => settings::set_freeze,
        /// Takes a freeze away.
        RemoveFreeze(settings::RemoveFreeze) => settings::remove_freeze,
        /// Asks the release gate and keeps its answer.
        AnswerGate(gate::AnswerGate) => gate::answer_gate,
    }
}

queries! {
    /// Questions about deployments.
    DeliveryQuery / DeliveryAnswers {
        /// The deployments, the latest first.
        List(list::DeploymentsQuestion) -> list::DeploymentList => list::list,
        /// One deployment.
        Deployment(list::DeploymentQuestion) -> list::DeploymentPage => list::deployment_page,
        /// The five measures, of all services and of each.
        Measures(measures::MeasuresQuestion) -> measures::DeliveryMeasures => measures::measures,
        /// Which deployments may have caused which incidents.
        Proposals(Nothing) -> link::LinkProposals => link::proposals,
        /// What is asked before something goes live.
        Settings(Nothing) -> settings::DeliverySettings => settings::settings,
        /// Whether an increment may go live now.
        Gate(gate::GateQuestion) -> gate::GateView => gate::gate,
        /// What the gate answered, the latest first.
        GateAnswers(gate::GateAnswersQuestion) -> Vec<gate::GateAnswerRow> => gate::gate_answers,
    }
}

/// All deployments with what they need of each other.
pub(crate) struct Book {
    /// All of them, by when they ended.
    pub deployments: Vec<Deployment>,
    /// The incidents that they caused, as far as persons said so.
    pub failures: Vec<Failure>,
}

impl Book {
    pub fn read(reader: &Reader<'_>) -> Result<Book, AppError> {
        Ok(Book { deployments: reader.all_deployments()?, failures: failures(reader)? })
    }

    /// A deployment by its identity.
    pub fn get(&self, id: DeploymentId) -> Option<&Deployment> {
        self.deployments.iter().find(|one| one.id == id)
    }
}

/// The incidents that deployments caused, as far as persons said so.
pub(crate) fn failures(reader: &Reader<'_>) -> Result<Vec<Failure>, AppError> {
    let incidents: HashMap<_, _> =
        reader.incidents(IncidentFilter::All)?.into_iter().map(|one| (one.id, one.now)).collect();
    let mut failures = Vec::new();
    for link in reader.incident_links(None)? {
        let is_cause = link.how == LinkHow::CausedBy && link.standing == LinkStanding::Confirmed;
        if let (true, LinkTarget::Deployment(deployment)) = (is_cause, link.to) {
            let mitigated_at = incidents
                .get(&link.incident)
                .and_then(|now| now.at(Milestone::Mitigated).or(now.at(Milestone::Resolved)));
            failures.push(Failure { deployment, incident: link.incident, mitigated_at });
        }
    }
    Ok(failures)
}

/// A deployment that must be there.
pub(crate) fn deployment_of(reader: &Reader<'_>, id: DeploymentId) -> Result<Deployment, AppError> {
    reader.deployment(id)?.ok_or_else(|| AppError::not_found("deployment"))
}

/// “checkout 2.4.0”: how a deployment is named in titles.
pub(crate) fn named(service: &str, one: &Deployment) -> String {
    match one.name() {
        "" => service.to_owned(),
        name => format!("{service} {name}"),
    }
}
