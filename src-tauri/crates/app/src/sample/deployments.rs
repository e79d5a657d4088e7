//! Deployments of the sample's story, and what its release gate was asked.

use super::{Play, misread, read, words};
use crate::Command;
use crate::delivery::DeliveryCommand;
use crate::delivery::gate::{AnswerGate, GateQuestion};
use crate::delivery::link::LinkIncident;
use crate::delivery::record::{CommitForm, Deploy, DeploymentForm};
use crate::delivery::settings::SetFreeze;
use crate::error::AppError;
use crate::moment::WrittenMoment;
use domain::delivery::Repair;
use domain::identity::{DeploymentId, ServiceId};

/// How long a deployment takes.
const TAKES: i64 = 9 * 60_000;

impl Play<'_> {
    /// `deploy KEY SERVICE VERSION HOURS,HOURS ITEMS`: the hours say how long before each of its commits was written; `fix
    /// KEY OF VERSION HOURS ITEMS` mends another one and `back KEY OF VERSION` takes it back; `broke KEY INCIDENT`; `gate
    /// SERVICE VERSION`; `freeze DAY DAY WHY`.
    pub(super) fn delivery(&mut self, verb: &str, rest: &'static str) -> Result<(), AppError> {
        match verb {
            "deploy" => {
                let [key, service, version, hours, items] = words::<5>(rest);
                let service = self.service(service)?;
                self.deploy(key, service, version, (hours, items), None)
            }
            "fix" | "back" => {
                let [key, broken, version, hours, items] = words::<5>(rest);
                let broken = *self.deployments.get(broken).ok_or_else(|| misread(broken))?;
                let known = self.team.read().deployment(broken)?.ok_or_else(|| misread(key))?;
                let how = if verb == "fix" { Repair::Hotfix } else { Repair::Rollback };
                self.deploy(key, known.service, version, (hours, items), Some((broken, how)))
            }
            "broke" => {
                let [key, incident] = words::<2>(rest);
                let deployment = *self.deployments.get(key).ok_or_else(|| misread(key))?;
                let incident = *self.incidents.get(incident).ok_or_else(|| misread(incident))?;
                let link = LinkIncident { incident, deployment };
                self.run(Command::Delivery(DeliveryCommand::LinkIncident(link))).map(drop)
            }
            "gate" => {
                let [service, version] = words::<2>(rest);
                let service = self.service(service)?;
                let question = GateQuestion { service, version: version.into(), items: Vec::new() };
                let answer = AnswerGate { question, why: None, by: None };
                self.run(Command::Delivery(DeliveryCommand::AnswerGate(answer))).map(drop)
            }
            _ => {
                let [first, last, why] = words::<3>(rest);
                let freeze = SetFreeze {
                    freeze: None,
                    service: None,
                    first: self.days.day(first)?.to_string(),
                    last: self.days.day(last)?.to_string(),
                    why: why.into(),
                };
                self.run(Command::Delivery(DeliveryCommand::SetFreeze(freeze))).map(drop)
            }
        }
    }

    fn deploy(
        &mut self,
        key: &'static str,
        service: ServiceId,
        version: &str,
        (hours, items): (&str, &str),
        repairs: Option<(DeploymentId, Repair)>,
    ) -> Result<(), AppError> {
        let mut commits = Vec::new();
        for (place, before) in hours.split(',').filter(|hours| !hours.is_empty()).enumerate() {
            let before: i64 = read(before)?;
            let authored = self.clock.plus_millis(-before * 3_600_000);
            // A hash that looks like one, and is the same each time.
            let mixed =
                (authored.millis() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(place as u32);
            commits.push(CommitForm {
                sha: format!("{mixed:016x}{:08x}", mixed >> 13 & 0xFFFF_FFFF),
                authored: Some(WrittenMoment::At(authored)),
                subject: String::new(),
            });
        }
        let form = DeploymentForm {
            service,
            environment: None,
            is_production: None,
            version: version.into(),
            started: Some(WrittenMoment::At(self.clock.plus_millis(-TAKES))),
            finished: Some(WrittenMoment::At(self.clock)),
            result: None,
            commits: Some(commits),
            items: Some(self.all(items)?),
            repairs: repairs.map(|(broken, _)| broken),
            repair: repairs.map(|(_, how)| how),
            is_unplanned: false,
            note: String::new(),
            url: String::new(),
            outside: None,
        };
        let deploy = Command::Delivery(DeliveryCommand::Deploy(Deploy { deployment: form }));
        let id = super::made(&self.run(deploy)?)?;
        self.deployments.insert(key, id);
        Ok(())
    }

    /// A service by the first word of its name.
    pub(super) fn service(&self, name: &str) -> Result<ServiceId, AppError> {
        let found = self.services.iter().find(|(known, _)| known.split(' ').next() == Some(name));
        found.map(|(_, id)| *id).ok_or_else(|| misread(name))
    }
}
