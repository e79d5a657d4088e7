//! The team and its working agreement.
//!
//! 1. What figures depend on is valid from a day on: a change never reaches back into what was so before.
//! 2. A state that facts name can get another name or place, but neither go nor mean something else: it would change
//!    what happened.
//! 3. A lane that facts name goes from the team's lanes but stays in the file; a planned Sprint's items that were in
//!    it are in the lane of their kind then, and a Sprint that was started keeps the lanes that it committed.
//! 4. Refusals name the field, and say what is missing to make it right.

use crate::contract::{Context, Nothing, Outcome, commands, queries};
use crate::error::{AppError, sentence};
use crate::sprint::planned_sprints;
use domain::backlog::{Category, WorkKind};
use domain::calendar::{Day, WorkingWeek, Zone};
use domain::identity::{LaneId, MemberId, RowId, SprintId, StateId};
use domain::measures::{Minutes, Share, Size};
use domain::sprint::Grace;
use domain::team::{
    Lane, Lanes, LanesRefused, Member, MemberHours, MemberRefused, State, Workflow, WorkflowRefused,
};
use serde::{Deserialize, Serialize};
use store::{Reader, TeamSettings, Writer};
use ts_rs::TS;

commands! {
    /// Changes of the working agreement.
    TeamCommand {
        /// Gives the team another name.
        Rename(Rename) => rename,
        /// Sets the time zone in which the team's days begin and end.
        SetZone(SetZone) => set_zone,
        /// Sets the days of the week on which the team works, from a day on.
        SetWorkingWeek(SetWorkingWeek) => set_working_week,
        /// Adds a day on which nobody works.
        AddHoliday(AddHoliday) => add_holiday,
        /// Takes a holiday away.
        RemoveHoliday(RemoveHoliday) => remove_holiday,
        /// Sets how long a Sprint lasts.
        SetSprintLength(SetSprintLength) => set_sprint_length,
        /// Sets how long after the start the team may commit again.
        SetGrace(SetGrace) => set_grace,
        /// Replaces the Definition of Done.
        SetDefinitionOfDone(SetDefinitionOfDone) => set_definition_of_done,
        /// Adds a member.
        AddMember(AddMember) => add_member,
        /// Changes a member.
        ChangeMember(ChangeMember) => change_member,
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
    }
}

queries! {
    /// Questions about the team.
    TeamQuery / TeamAnswers {
        /// What the frame of the window shows.
        Overview(Nothing) -> TeamOverview => overview,
        /// The whole working agreement.
        Settings(Nothing) -> TeamSettingsPage => settings,
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

/// Sets the time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetZone {
    /// An IANA name.
    pub zone: String,
}

fn set_zone(writer: &mut Writer<'_>, command: SetZone, _: &Context<'_>) -> Result<Outcome, AppError> {
    let zone = Zone::parse(command.zone.trim()).ok_or_else(|| {
        AppError::refused("This time zone is not known.", "Choose one such as Europe/Zurich.").at("zone")
    })?;
    let team = writer.team()?;
    writer.put_team(&TeamSettings { zone, ..team })?;
    Ok(Outcome::titled(format!("Set time zone to {zone}")))
}

/// Sets the working week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetWorkingWeek {
    /// The days, with Monday as bit 0.
    pub days: u8,
    /// The first day for which it holds; today if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

fn set_working_week(
    writer: &mut Writer<'_>,
    command: SetWorkingWeek,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let week = WorkingWeek::from_bits(command.days).ok_or_else(|| {
        AppError::refused("A working week needs a day.", "Choose at least one day on which the team works.")
            .at("days")
    })?;
    let today = writer.team()?.zone.day_of(context.now);
    writer.put_working_week(command.valid_from.unwrap_or(today), week)?;
    Ok(Outcome::titled("Set working week"))
}

/// Adds a day on which nobody works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddHoliday {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// What is celebrated; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub name: String,
}

fn add_holiday(writer: &mut Writer<'_>, command: AddHoliday, _: &Context<'_>) -> Result<Outcome, AppError> {
    let day = read_day(&command.day, "day")?;
    if let Some(known) = writer.holidays()?.into_iter().find(|holiday| holiday.day == day) {
        let known = if known.name.is_empty() { "a holiday".to_owned() } else { known.name };
        return Err(AppError::refused(
            format!("{} already is {known}.", short(day)),
            "Take that one away first to give it another name.",
        )
        .at("day"));
    }
    let name = command.name.trim();
    let id = writer.add_holiday(day, name)?;
    let what = if name.is_empty() { "holiday" } else { name };
    Ok(Outcome::titled(format!("Add {what}, {}", short(day))).created(id))
}

/// Takes a holiday away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveHoliday {
    /// The holiday.
    pub holiday: RowId,
}

fn remove_holiday(
    writer: &mut Writer<'_>,
    command: RemoveHoliday,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let holidays = writer.holidays()?;
    let holiday = holidays
        .iter()
        .find(|holiday| holiday.id == command.holiday)
        .ok_or_else(|| AppError::not_found("holiday"))?;
    writer.remove_holiday(holiday.id)?;
    let what = if holiday.name.is_empty() { "holiday" } else { &holiday.name };
    Ok(Outcome::titled(format!("Remove {what}, {}", short(holiday.day))))
}

/// Sets how long a Sprint lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetSprintLength {
    /// Weeks, 1 to 4.
    pub weeks: u8,
}

fn set_sprint_length(
    writer: &mut Writer<'_>,
    command: SetSprintLength,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    if !(1..=4).contains(&command.weeks) {
        return Err(AppError::refused(
            format!("A Sprint cannot last {} weeks.", command.weeks),
            "The Scrum Guide allows a month at most: choose 1 to 4 weeks.",
        )
        .at("weeks"));
    }
    let team = writer.team()?;
    writer.put_team(&TeamSettings { sprint_days: i64::from(command.weeks) * 7, ..team })?;
    let weeks = if command.weeks == 1 { "week".to_owned() } else { format!("{} weeks", command.weeks) };
    Ok(Outcome::titled(format!("Set Sprint length to {weeks}")))
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
    let lines = command.lines.iter().flat_map(|line| line.lines());
    let lines: Vec<String> =
        lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if lines != writer.definition_of_done()? {
        writer.put_definition_of_done(&lines)?;
    }
    Ok(Outcome::titled("Change Definition of Done"))
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

fn find_member(reader: &Reader<'_>, id: MemberId) -> Result<Member, AppError> {
    reader.members()?.into_iter().find(|member| member.id == id).ok_or_else(|| AppError::not_found("member"))
}

/// A day as people say it: “24 December”.
pub(crate) fn short(day: Day) -> String {
    day.date().format("%-d %B").to_string()
}

/// `1 item`, `3 items`.
pub(crate) fn counted(count: u32, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
