//! The team and its working agreement.

use crate::contract::{Context, Nothing, Outcome, commands, queries};
use crate::error::AppError;
use domain::backlog::{Category, WorkKind};
use domain::calendar::{WorkingWeek, Zone};
use domain::measures::Share;
use domain::team::{Lane, Lanes, State, Workflow};
use serde::{Deserialize, Serialize};
use store::{Reader, TeamSettings, Writer};
use ts_rs::TS;

commands! {
    /// Changes of the working agreement.
    TeamCommand {
        /// Gives the team another name.
        Rename(Rename) => rename,
    }
}

queries! {
    /// Questions about the team.
    TeamQuery / TeamAnswers {
        /// What the frame of the window shows.
        Overview(Nothing) -> TeamOverview => overview,
    }
}

/// A team that is about to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewTeam {
    /// Its name.
    pub name: String,
    /// Its time zone, an IANA name.
    pub zone: String,
}

/// The first operation of a team file: the default working agreement (1.2, 1.5).
pub fn set_up(
    new: &NewTeam,
    context: &Context<'_>,
) -> impl FnOnce(&mut Writer<'_>) -> Result<(String, ()), AppError> {
    let (name, zone, now) = (new.name.trim().to_owned(), Zone::parse(&new.zone), context.now);
    move |writer| {
        if name.is_empty() {
            return Err(nameless());
        }
        let zone = zone.ok_or_else(|| {
            AppError::refused("This time zone is not known.", "Choose one such as Europe/Zurich.").at("zone")
        })?;
        let today = zone.day_of(now);
        writer.put_team(&TeamSettings {
            label_prefix: label_prefix(&name),
            name: name.clone(),
            zone,
            sprint_days: 14,
            critical_first: true,
            created_at: now,
        })?;
        writer.put_working_week(today, WorkingWeek::MONDAY_TO_FRIDAY)?;
        let lanes = [
            ("New features", 60, false, vec![WorkKind::Feature]),
            ("Production", 30, false, vec![WorkKind::Bug, WorkKind::Debt, WorkKind::Infrastructure]),
            ("Buffer", 10, true, vec![]),
        ];
        let lanes = lanes.map(|(name, share, is_buffer, kinds)| Lane {
            id: writer.identity(),
            name: name.into(),
            kinds,
            is_buffer,
            share: Share::percent(share),
        });
        let lanes = Lanes::new(lanes.into()).map_err(|refused| AppError::internal(refused.to_string()))?;
        writer.put_lanes(&lanes, today)?;
        let states = [
            ("To do", Category::ToDo),
            ("In progress", Category::InProgress),
            ("Done", Category::Done),
            ("Cancelled", Category::Cancelled),
        ];
        let states =
            states.map(|(name, category)| State { id: writer.identity(), name: name.into(), category });
        let workflow =
            Workflow::new(states.into()).map_err(|refused| AppError::internal(refused.to_string()))?;
        writer.put_workflow(&workflow)?;
        Ok((format!("Create team {name}"), ()))
    }
}

/// Gives the team another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rename {
    /// The new name.
    pub name: String,
}

fn rename(writer: &mut Writer<'_>, command: Rename, _: &Context<'_>) -> Result<Outcome, AppError> {
    let name = command.name.trim();
    if name.is_empty() {
        return Err(nameless());
    }
    let team = writer.team()?;
    writer.put_team(&TeamSettings { name: name.to_owned(), ..team })?;
    Ok(Outcome::titled(format!("Rename team to {name}")))
}

fn nameless() -> AppError {
    AppError::refused("A team needs a name.", "Write the name by which people know it.").at("name")
}

/// `PAY` for Payments: the first letters that a label may have, or `T`.
fn label_prefix(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).take(3).collect();
    if letters.len() < 2 { "T".to_owned() } else { letters.to_ascii_uppercase() }
}

/// What the frame of the window shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TeamOverview {
    /// The team's name.
    pub name: String,
    /// Its time zone.
    pub zone: Zone,
}

fn overview(reader: &Reader<'_>, _: Nothing, _: &Context<'_>) -> Result<TeamOverview, AppError> {
    let team = reader.team()?;
    Ok(TeamOverview { name: team.name, zone: team.zone })
}
