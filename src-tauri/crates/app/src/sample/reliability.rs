//! Outages, maintenance and promises of the sample's story.

use super::{Play, misread, read, words};
use crate::Command;
use crate::error::AppError;
use crate::moment::WrittenMoment;
use crate::reliability::ReliabilityCommand;
use crate::reliability::objectives::{AddObjective, AgreedHours};
use crate::reliability::outages::{AddOutage, AddUnknown, SetMaintenance};
use crate::reliability::services::{GroupedService, SetGroup};
use domain::reliability::{Class, Horizon, HoursOfDay, Sli, Subject};

impl Play<'_> {
    /// `outage SERVICE CLASS FROM TO INCIDENT TITLE`, `upkeep SERVICE FROM TO TITLE`, `unwatched SERVICE FROM TO NOTE`,
    /// `promise SERVICE WINDOW TARGET NAME` with `rolling`, `sprint` or `hours`, `group SERVICE SERVICE NAME`. A moment is
    /// `42.5@08:40`; no incident is `-`.
    pub(super) fn reliability(&mut self, verb: &str, rest: &'static str) -> Result<(), AppError> {
        let command = match verb {
            "outage" => {
                let [service, class, from, to, incident, title] = words::<6>(rest);
                let class = read::<Class>(class)?;
                ReliabilityCommand::AddOutage(AddOutage {
                    services: vec![self.service(service)?],
                    class,
                    from: self.moment(from)?,
                    to: Some(self.moment(to)?),
                    title: title.into(),
                    incident: self.incidents.get(incident).copied(),
                })
            }
            "upkeep" => {
                let [service, from, to, title] = words::<4>(rest);
                ReliabilityCommand::SetMaintenance(SetMaintenance {
                    maintenance: None,
                    title: title.into(),
                    services: vec![self.service(service)?],
                    from: self.moment(from)?,
                    to: self.moment(to)?,
                    announced: Some(WrittenMoment::At(self.clock)),
                })
            }
            "unwatched" => {
                let [service, from, to, note] = words::<4>(rest);
                ReliabilityCommand::AddUnknown(AddUnknown {
                    service: self.service(service)?,
                    from: self.moment(from)?,
                    to: self.moment(to)?,
                    note: note.into(),
                })
            }
            "promise" => {
                let [service, window, target, name] = words::<4>(rest);
                let agreed = window == "hours";
                let workday = |weekday| HoursOfDay { weekday, from: 8 * 60, to: 18 * 60 };
                ReliabilityCommand::AddObjective(AddObjective {
                    of: Subject::Service(self.service(service)?),
                    name: name.into(),
                    sli: Sli::Time,
                    series: String::new(),
                    window: if agreed { Horizon::Month } else { read(window)? },
                    days: None,
                    target: target.into(),
                    valid_from: None,
                    is_agreement: agreed,
                    hours: agreed.then(|| AgreedHours {
                        zone: None,
                        without_holidays: true,
                        spans: (0..5).map(workday).collect(),
                    }),
                })
            }
            "group" => {
                let [one, other, name] = words::<3>(rest);
                let services = [self.service(one)?, self.service(other)?];
                let services =
                    services.into_iter().map(|service| GroupedService { service, weight: None }).collect();
                ReliabilityCommand::SetGroup(SetGroup {
                    group: None,
                    name: name.into(),
                    is_mean: false,
                    services,
                })
            }
            _ => return Err(misread(verb)),
        };
        self.run(Command::Reliability(command)).map(drop)
    }

    /// `42.5@08:40`: the fifth working day of Sprint 42, at a time.
    fn moment(&self, at: &str) -> Result<WrittenMoment, AppError> {
        let (day, time) = at.split_once('@').ok_or_else(|| misread(at))?;
        Ok(WrittenMoment::Text(format!("{} {time}", self.days.day(day)?)))
    }
}
