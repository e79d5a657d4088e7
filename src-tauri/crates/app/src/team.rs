//! The team and its working agreement.
//!
//! 1. What figures depend on is valid from a day on: a change never reaches back into what was so before.
//! 2. A command says one change: two that are made from the same picture both hold.
//! 3. Refusals name the field, and say what is missing to make it right.

pub(crate) use days::{TimeUnit, read_time};

use crate::contract::{Context, Nothing, Outcome, commands, queries};
use crate::error::{AppError, sentence};
use crate::sprint::planned_sprints;
use domain::backlog::{Category, WorkKind};
use domain::calendar::{Day, WorkingWeek, Zone};
use domain::identity::SprintId;
use domain::measures::Share;
use domain::sprint::Grace;
use domain::team::{Lane, Lanes, State, Workflow};
use serde::{Deserialize, Serialize};
use store::{Policy, Reader, TeamSettings, Writer};
use ts_rs::TS;

pub mod days;
pub mod lanes;
pub mod members;
pub mod settings;
pub mod severities;
pub mod states;

pub(crate) use lanes::lanes_refused;

commands! {
    /// Changes of the working agreement.
    TeamCommand {
        /// Gives the team another name.
        Rename(Rename) => rename,
        /// Sets what stands before the number in labels of new items.
        SetLabelPrefix(SetLabelPrefix) => set_label_prefix,
        /// Replaces the Definition of Done.
        SetDefinitionOfDone(SetDefinitionOfDone) => set_definition_of_done,
        /// Replaces the Definition of Ready.
        SetDefinitionOfReady(SetDefinitionOfReady) => set_definition_of_ready,
        /// Switches the policy that a critical bug comes first (7.2).
        SetCriticalFirst(SetCriticalFirst) => set_critical_first,
        /// Sets how long after the start the team may commit again.
        SetGrace(SetGrace) => set_grace,
        /// Sets the time zone in which the team's days begin and end.
        SetZone(days::SetZone) => days::set_zone,
        /// Sets the days of the week on which the team works, from a day on.
        SetWorkingWeek(days::SetWorkingWeek) => days::set_working_week,
        /// Says whether the team works on one day of the week, from today on.
        SetWorkingDay(days::SetWorkingDay) => days::set_working_day,
        /// Adds a day on which nobody works.
        AddHoliday(days::AddHoliday) => days::add_holiday,
        /// Takes a holiday away.
        RemoveHoliday(days::RemoveHoliday) => days::remove_holiday,
        /// Sets how long a Sprint lasts.
        SetSprintLength(days::SetSprintLength) => days::set_sprint_length,
        /// Sets how long Scrum events take, from a day on.
        SetScrumEvents(days::SetScrumEvents) => days::set_scrum_events,
        /// Adds a member.
        AddMember(members::AddMember) => members::add_member,
        /// Changes what is named of a member.
        ChangeMember(members::ChangeMember) => members::change_member,
        /// Takes away a member who was added by mistake.
        RemoveMember(members::RemoveMember) => members::remove_member,
        /// Adds a lane.
        AddLane(lanes::AddLane) => lanes::add_lane,
        /// Gives a lane another name.
        RenameLane(lanes::RenameLane) => lanes::rename_lane,
        /// Takes a lane away.
        RemoveLane(lanes::RemoveLane) => lanes::remove_lane,
        /// Sets the usual shares of the lanes, from a day on.
        SetShares(lanes::SetShares) => lanes::set_shares,
        /// Says into which lane a kind of work goes.
        SetLaneOfKind(lanes::SetLaneOfKind) => lanes::set_lane_of_kind,
        /// Says which lane is kept for unplanned work.
        SetBuffer(lanes::SetBuffer) => lanes::set_buffer,
        /// Adds a state.
        AddState(states::AddState) => states::add_state,
        /// Gives a state another name.
        RenameState(states::RenameState) => states::rename_state,
        /// Says what a state means.
        SetMeaning(states::SetMeaning) => states::set_meaning,
        /// Moves a state among the others.
        MoveState(states::MoveState) => states::move_state,
        /// Takes a state away.
        RemoveState(states::RemoveState) => states::remove_state,
        /// Gives a severity of interrupts another name.
        RenameSeverity(severities::RenameSeverity) => severities::rename_severity,
    }
}

queries! {
    /// Questions about the team.
    TeamQuery / TeamAnswers {
        /// What the frame of the window shows.
        Overview(Nothing) -> TeamOverview => overview,
        /// The whole working agreement.
        Settings(Nothing) -> settings::TeamSettingsPage => settings::settings,
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
            grace: Grace::NONE,
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
        let shares = lanes.all().iter().map(|lane| lane.id).zip([40, 50, 10].map(Share::percent)).collect();
        let policy = Policy { id: writer.identity(), name: "After a bad month".into(), shares };
        writer.put_policy(&policy)?;
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

/// Sets how long after the start the team may commit again (3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetGrace {
    /// Working days, 0 to 2.
    pub days: u8,
}

fn set_grace(writer: &mut Writer<'_>, command: SetGrace, _: &Context<'_>) -> Result<Outcome, AppError> {
    let grace = Grace::of_days(command.days).map_err(|refused| {
        AppError::refused(
            sentence(&refused.to_string()),
            "Choose none, 1 or 2: what changes later is a change of scope.",
        )
        .at("grace")
    })?;
    let team = writer.team()?;
    writer.put_team(&TeamSettings { grace, ..team })?;
    Ok(Outcome::titled(match command.days {
        0 => "Commit once, at the start".to_owned(),
        days => format!("Allow committing again within {}", counted(days.into(), "working day")),
    }))
}

/// Replaces the Definition of Done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetDefinitionOfDone {
    /// One line for each condition; blank lines are left out.
    pub lines: Vec<String>,
}

fn set_definition_of_done(
    writer: &mut Writer<'_>,
    command: SetDefinitionOfDone,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let lines = lines_of(&command.lines);
    if lines != writer.definition_of_done()? {
        writer.put_definition_of_done(&lines)?;
    }
    Ok(Outcome::titled("Change Definition of Done"))
}

/// Replaces the Definition of Ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetDefinitionOfReady {
    /// One line for each condition; blank lines are left out.
    pub lines: Vec<String>,
}

fn set_definition_of_ready(
    writer: &mut Writer<'_>,
    command: SetDefinitionOfReady,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let lines = lines_of(&command.lines);
    if lines != writer.definition_of_ready()? {
        writer.put_definition_of_ready(&lines)?;
    }
    Ok(Outcome::titled("Change Definition of Ready"))
}

/// Lines without spaces around them and without blank ones.
fn lines_of(written: &[String]) -> Vec<String> {
    let lines = written.iter().flat_map(|line| line.lines());
    lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Switches the policy that a critical bug comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetCriticalFirst {
    /// Whether it is on.
    pub on: bool,
}

fn set_critical_first(
    writer: &mut Writer<'_>,
    command: SetCriticalFirst,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let team = writer.team()?;
    writer.put_team(&TeamSettings { critical_first: command.on, ..team })?;
    Ok(Outcome::titled(if command.on {
        "Put critical bugs first"
    } else {
        "Leave critical bugs where they are"
    }))
}

/// Sets what stands before the number in labels of new items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetLabelPrefix {
    /// One to ten letters and digits, a letter first.
    pub prefix: String,
}

fn set_label_prefix(
    writer: &mut Writer<'_>,
    command: SetLabelPrefix,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let prefix = command.prefix.trim().to_uppercase();
    let is_fine = (1..=10).contains(&prefix.chars().count())
        && prefix.chars().all(char::is_alphanumeric)
        && prefix.chars().next().is_some_and(char::is_alphabetic);
    if !is_fine {
        return Err(AppError::refused(
            format!("“{}” cannot stand before a number.", command.prefix.trim()),
            "Take one to ten letters and digits, a letter first, such as PAY.",
        )
        .at("prefix"));
    }
    let team = writer.team()?;
    writer.put_team(&TeamSettings { label_prefix: prefix.clone(), ..team })?;
    Ok(Outcome::titled(format!("Label new items {prefix}-1, {prefix}-2 …")))
}

/// What the frame of the window shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TeamOverview {
    /// The team's name.
    pub name: String,
    /// Its time zone.
    pub zone: Zone,
    /// Today there.
    pub today: Day,
    /// The running Sprint, else the next planned one.
    pub sprint: Option<SprintLine>,
}

/// A Sprint in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SprintLine {
    /// Its identity.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// The working days from the first to the last.
    pub working_days: u32,
    /// Whether it runs.
    pub running: bool,
    /// Whether it is past its last day and not closed (3.1).
    pub overdue: bool,
}

fn overview(reader: &Reader<'_>, _: Nothing, context: &Context<'_>) -> Result<TeamOverview, AppError> {
    let team = reader.team()?;
    let today = team.zone.day_of(context.now);
    let sprint = match reader.active_sprint()? {
        Some(active) => Some(active),
        None => planned_sprints(reader)?.into_iter().next(),
    };
    let calendar = reader.calendar()?;
    let sprint = sprint.map(|sprint| SprintLine::of(&sprint, &calendar, today));
    Ok(TeamOverview { name: team.name, zone: team.zone, today, sprint })
}

/// A day as the border writes it; refused at a field.
pub(crate) fn read_day(text: &str, field: &str) -> Result<Day, AppError> {
    Day::parse(text.trim()).ok_or_else(|| {
        AppError::refused(format!("“{}” is not a day.", text.trim()), "Write it such as 2026-12-24.")
            .at(field)
    })
}

/// A day as people say it: “24 December”.
pub(crate) fn short(day: Day) -> String {
    day.date().format("%-d %B").to_string()
}

/// `A`, `A and B`, `A, B and C`; nothing for none.
pub(crate) fn together<W: std::borrow::Borrow<str>>(words: &[W]) -> String {
    match words {
        [] => String::new(),
        [one] => one.borrow().to_owned(),
        [firsts @ .., last] => format!("{} and {}", firsts.join(", "), last.borrow()),
    }
}

/// `1 item`, `3 items`.
pub(crate) fn counted(count: u32, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
