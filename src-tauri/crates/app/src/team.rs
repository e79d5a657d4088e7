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
        RemoveMember(RemoveMember) => remove_member,
        /// Sets the lanes, their kinds and their usual shares.
        SetLanes(SetLanes) => set_lanes,
        /// Sets the states of the workflow.
        SetStates(SetStates) => set_states,
        /// Switches the policy that a critical bug comes first (7.2).
        SetCriticalFirst(SetCriticalFirst) => set_critical_first,
        /// Sets what stands before the number in labels of new items.
        SetLabelPrefix(SetLabelPrefix) => set_label_prefix,
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

/// A member as people write them down.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberForm {
    /// Their name.
    pub name: String,
    /// Hours on a working day, such as `6` or `7.5`; empty is not set (1.4).
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub hours: String,
    /// The days on which they work, with Monday as bit 0; none is the team's whole week.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub days: Option<u8>,
    /// Their first day in the team, `YYYY-MM-DD`; empty is the first day of the team itself.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub from: String,
    /// Their last one; empty while it is not known.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub to: String,
}

/// Adds a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddMember {
    /// As they are written down.
    #[serde(flatten)]
    pub member: MemberForm,
}

fn add_member(writer: &mut Writer<'_>, command: AddMember, _: &Context<'_>) -> Result<Outcome, AppError> {
    let read = read_member(writer, &command.member)?;
    let hours = MemberHours { valid_from: read.from, a_day: read.a_day, week: read.week };
    let member =
        Member { id: writer.identity(), name: read.name, from: read.from, to: read.to, hours: vec![hours] };
    member.check().map_err(member_refused)?;
    writer.put_member(&member)?;
    Ok(Outcome::titled(format!("Add {}", member.name)).created(member.id))
}

/// Changes a member; hours and days hold from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeMember {
    /// The member.
    pub id: MemberId,
    /// As they are written down from now on.
    #[serde(flatten)]
    pub member: MemberForm,
    /// The first day for which changed hours and days hold; today if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

fn change_member(
    writer: &mut Writer<'_>,
    command: ChangeMember,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = find_member(writer, command.id)?;
    let read = read_member(writer, &command.member)?;
    let today = writer.team()?.zone.day_of(context.now);
    // Hours of somebody who is still to come hold from their first day.
    let valid_from = command.valid_from.unwrap_or(today).max(read.from);
    let mut hours = known.hours.clone();
    let now = known.hours_on(valid_from).copied();
    let differs = now.is_none_or(|now| (now.a_day, now.week) != (read.a_day, read.week));
    // What nobody had set is answered now for the past too: it was a question, not a figure.
    let was_open = now.is_some_and(|now| now.a_day.is_none()) && command.valid_from.is_none();
    if differs {
        let valid_from = if was_open { now.map_or(valid_from, |now| now.valid_from) } else { valid_from };
        hours.retain(|row| row.valid_from != valid_from);
        hours.push(MemberHours { valid_from, a_day: read.a_day, week: read.week });
        hours.sort_by_key(|row| row.valid_from);
    }
    let member = Member { id: known.id, name: read.name, from: read.from, to: read.to, hours };
    member.check().map_err(member_refused)?;
    if member != known {
        writer.put_member(&member)?;
    }
    Ok(Outcome::titled(format!("Change {}", member.name)))
}

/// Takes a member away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveMember {
    /// The member.
    pub id: MemberId,
}

fn remove_member(
    writer: &mut Writer<'_>,
    command: RemoveMember,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let member = find_member(writer, command.id)?;
    let owned = writer.items_of_owner(member.id)?;
    if owned > 0 {
        return Err(AppError::refused(
            format!("{} owns {}, or did.", member.name, counted(owned, "item")),
            "Give them their last day instead, so that what they did stays theirs.",
        )
        .at("to"));
    }
    writer.remove_member(member.id)?;
    Ok(Outcome::titled(format!("Remove {}", member.name)))
}

/// A lane as people write it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaneForm {
    /// The lane; none makes a new one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub id: Option<LaneId>,
    /// Its name.
    pub name: String,
    /// Its usual share in basis points.
    pub share: Share,
    /// The kinds of work that go there.
    pub kinds: Vec<WorkKind>,
    /// Whether it is kept for unplanned work.
    pub is_buffer: bool,
}

/// Sets the lanes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetLanes {
    /// All lanes, in order.
    pub lanes: Vec<LaneForm>,
    /// The first day for which the shares hold; today if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

fn set_lanes(writer: &mut Writer<'_>, command: SetLanes, context: &Context<'_>) -> Result<Outcome, AppError> {
    let today = writer.team()?.zone.day_of(context.now);
    let before = writer.lanes(today)?;
    let mut lanes = Vec::with_capacity(command.lanes.len());
    for form in command.lanes {
        if form.id.is_some_and(|id| before.get(id).is_none()) {
            return Err(AppError::not_found("lane"));
        }
        lanes.push(Lane {
            id: form.id.unwrap_or_else(|| writer.identity()),
            name: form.name.trim().to_owned(),
            kinds: form.kinds,
            is_buffer: form.is_buffer,
            share: form.share,
        });
    }
    let lanes = Lanes::new(lanes).map_err(lanes_refused)?;
    if lanes == before && command.valid_from.is_none() {
        return Ok(Outcome::titled("Set lanes"));
    }
    writer.put_lanes(&lanes, command.valid_from.unwrap_or(today))?;
    let is_same_set = lanes.all().len() == before.all().len()
        && lanes.all().iter().all(|lane| before.get(lane.id).is_some_and(|known| known.kinds == lane.kinds));
    for sprint in planned_sprints(writer)? {
        // A Sprint's own shares go where they no longer fit the lanes.
        let shares = writer.sprint_shares(sprint.id)?;
        let fits =
            shares.len() == lanes.all().len() && shares.iter().all(|(lane, _)| lanes.get(*lane).is_some());
        if !shares.is_empty() && !fits {
            writer.put_sprint_shares(sprint.id, &[])?;
        }
    }
    Ok(Outcome::titled(if is_same_set { "Set lane shares" } else { "Set lanes" }))
}

/// A state as people write it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StateForm {
    /// The state; none makes a new one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub id: Option<StateId>,
    /// Its name.
    pub name: String,
    /// What it means.
    pub category: Category,
}

/// Sets the states of the workflow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetStates {
    /// All states, in order.
    pub states: Vec<StateForm>,
}

fn set_states(writer: &mut Writer<'_>, command: SetStates, _: &Context<'_>) -> Result<Outcome, AppError> {
    let before = writer.workflow()?;
    let mut states = Vec::with_capacity(command.states.len());
    for form in command.states {
        if form.id.is_some_and(|id| before.get(id).is_none()) {
            return Err(AppError::not_found("state"));
        }
        let id = form.id.unwrap_or_else(|| writer.identity());
        states.push(State { id, name: form.name.trim().to_owned(), category: form.category });
    }
    let workflow = Workflow::new(states).map_err(workflow_refused)?;
    let used = writer.states_in_facts()?;
    for state in before.all().iter().filter(|state| used.contains(&state.id)) {
        match workflow.get(state.id) {
            None => {
                return Err(AppError::refused(
                    format!("Items are or were in “{}”.", state.name),
                    "It cannot go, because their history names it. Give it another name instead.",
                )
                .at("states"));
            }
            Some(after) if after.category != state.category => {
                return Err(AppError::refused(
                    format!("Items are or were in “{}”: it cannot mean something else.", state.name),
                    "Add another state, and move the items there.",
                )
                .at("states"));
            }
            Some(_) => {}
        }
    }
    if workflow != before {
        writer.put_workflow(&workflow)?;
    }
    Ok(Outcome::titled("Set states"))
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

/// The whole working agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TeamSettingsPage {
    /// The team's name.
    pub name: String,
    /// What stands before the number in labels.
    pub label_prefix: String,
    /// Its time zone.
    pub zone: Zone,
    /// The names of all time zones.
    pub zones: Vec<String>,
    /// Today there.
    pub today: Day,
    /// How many weeks a Sprint lasts.
    pub sprint_weeks: u32,
    /// Working days after the start within which the team may commit again (3.2).
    pub grace: u8,
    /// The days of the week on which the team works today.
    pub week: WorkingWeek,
    /// Working weeks that hold from a later day on.
    pub later_weeks: Vec<LaterWeek>,
    /// The holidays, by day.
    pub holidays: Vec<HolidayRow>,
    /// The lines of the Definition of Done.
    pub definition_of_done: Vec<String>,
    /// The members, by name.
    pub members: Vec<MemberRow>,
    /// The lanes, in order.
    pub lanes: Vec<LaneRow>,
    /// The states, in order.
    pub states: Vec<StateRow>,
    /// Whether a critical bug comes first (7.2).
    pub critical_first: bool,
}

/// A working week that holds from a later day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaterWeek {
    /// The first day for which it holds.
    pub valid_from: Day,
    /// Its days.
    pub week: WorkingWeek,
}

/// A holiday in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HolidayRow {
    /// Its identity.
    pub id: RowId,
    /// The day.
    pub day: Day,
    /// What is celebrated.
    pub name: String,
}

/// A member in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberRow {
    /// Their identity.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Minutes on a working day, today; none is not set.
    pub a_day: Option<Minutes>,
    /// Their days of the week today; none is the team's whole week.
    pub week: Option<WorkingWeek>,
    /// Their first day.
    pub from: Day,
    /// Their last one.
    pub to: Option<Day>,
    /// Whether they belong to the team today.
    pub here: bool,
    /// When other hours hold, in words: “8 h from 4 January”.
    pub later: Option<String>,
}

/// A lane in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaneRow {
    /// Its identity.
    pub id: LaneId,
    /// Its name.
    pub name: String,
    /// Its usual share.
    pub share: Share,
    /// The kinds of work that go there.
    pub kinds: Vec<WorkKind>,
    /// Whether it is the buffer.
    pub is_buffer: bool,
}

/// A state in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StateRow {
    /// Its identity.
    pub id: StateId,
    /// Its name.
    pub name: String,
    /// What it means.
    pub category: Category,
    /// Whether items are or were in it, so that it can neither go nor mean something else.
    pub used: bool,
}

fn settings(reader: &Reader<'_>, _: Nothing, context: &Context<'_>) -> Result<TeamSettingsPage, AppError> {
    let team = reader.team()?;
    let today = team.zone.day_of(context.now);
    let calendar = reader.calendar()?;
    let used = reader.states_in_facts()?;
    let later_weeks = calendar.weeks.iter().filter(|(from, _)| *from > today);
    let member = |member: Member| {
        let now = member.hours_on(today).copied();
        let later = member.hours.iter().find(|hours| hours.valid_from > today && Some(**hours) != now);
        MemberRow {
            id: member.id,
            a_day: now.and_then(|now| now.a_day),
            week: now.and_then(|now| now.week),
            from: member.from,
            to: member.to,
            here: member.belongs_on(today),
            later: later.map(|hours| {
                let a_day = hours.a_day.map_or("hours not set".to_owned(), |a_day| a_day.to_string());
                format!("{a_day} from {}", short(hours.valid_from))
            }),
            name: member.name,
        }
    };
    let lane = |lane: &Lane| LaneRow {
        id: lane.id,
        name: lane.name.clone(),
        share: lane.share,
        kinds: lane.kinds.clone(),
        is_buffer: lane.is_buffer,
    };
    let state = |state: &State| StateRow {
        id: state.id,
        name: state.name.clone(),
        category: state.category,
        used: used.contains(&state.id),
    };
    Ok(TeamSettingsPage {
        name: team.name,
        label_prefix: team.label_prefix,
        zone: team.zone,
        zones: Zone::names().map(str::to_owned).collect(),
        today,
        sprint_weeks: (team.sprint_days / 7).max(1) as u32,
        grace: team.grace.days(),
        week: calendar.week_on(today),
        later_weeks: later_weeks
            .map(|(valid_from, week)| LaterWeek { valid_from: *valid_from, week: *week })
            .collect(),
        holidays: reader
            .holidays()?
            .into_iter()
            .map(|holiday| HolidayRow { id: holiday.id, day: holiday.day, name: holiday.name })
            .collect(),
        definition_of_done: reader.definition_of_done()?,
        members: reader.members()?.into_iter().map(member).collect(),
        lanes: reader.lanes(today)?.all().iter().map(lane).collect(),
        states: reader.workflow()?.all().iter().map(state).collect(),
        critical_first: team.critical_first,
    })
}

/// What a refusal of lanes or shares says, at its field.
pub(crate) fn lanes_refused(refused: LanesRefused) -> AppError {
    let hint = match (&refused, refused.difference()) {
        (_, Some(over)) if over > Share::ZERO => format!("Take {over} away."),
        (_, Some(under)) => format!("{} are still to be given.", -under),
        (LanesRefused::NotOneBuffer { .. }, _) => "Choose exactly one lane for unplanned work.".into(),
        (LanesRefused::KindWithoutLane { .. } | LanesRefused::KindInTwoLanes { .. }, _) => {
            "Give each kind of work exactly one lane.".into()
        }
        (LanesRefused::Nameless, _) => "Write how the team calls it.".into(),
        _ => "A share lies between 0 % and 100 %.".into(),
    };
    let field = match refused {
        LanesRefused::SharesDoNotAddUp { .. } | LanesRefused::ShareBelowZero { .. } => "shares",
        _ => "lanes",
    };
    AppError::refused(sentence(&refused.to_string()), hint).at(field)
}

fn workflow_refused(refused: WorkflowRefused) -> AppError {
    let (message, hint) = match refused {
        WorkflowRefused::CategoryWithoutState { category } => {
            let meaning = match category {
                Category::ToDo => "to do",
                Category::InProgress => "in progress",
                Category::Done => "done",
                Category::Cancelled => "cancelled",
            };
            (format!("No state means {meaning}."), "Each of the four meanings needs a state of its own.")
        }
        WorkflowRefused::Nameless => ("A state has no name.".to_owned(), "Write how the team calls it."),
    };
    AppError::refused(message, hint).at("states")
}

fn member_refused(refused: MemberRefused) -> AppError {
    let (field, hint) = match refused {
        MemberRefused::Nameless => ("name", "Write the name by which the team knows them."),
        MemberRefused::HoursOutOfRange { .. } => (
            "hours",
            "Leave it empty while it is not known; a day on which they never work is none of their days.",
        ),
        MemberRefused::LeavesBeforeComing { .. } => ("to", "Leave it empty while it is not known."),
    };
    AppError::refused(sentence(&refused.to_string()), hint).at(field)
}

/// A member's form, read.
struct MemberRead {
    name: String,
    a_day: Option<Minutes>,
    week: Option<WorkingWeek>,
    from: Day,
    to: Option<Day>,
}

fn read_member(reader: &Reader<'_>, form: &MemberForm) -> Result<MemberRead, AppError> {
    let week = match form.days {
        None => None,
        Some(days) => Some(WorkingWeek::from_bits(days).ok_or_else(|| {
            AppError::refused("A working week needs a day.", "Choose at least one day on which they work.")
                .at("days")
        })?),
    };
    let team = reader.team()?;
    let from = match form.from.trim() {
        "" => team.zone.day_of(team.created_at),
        text => read_day(text, "from")?,
    };
    let to = match form.to.trim() {
        "" => None,
        text => Some(read_day(text, "to")?),
    };
    Ok(MemberRead { name: form.name.trim().to_owned(), a_day: read_hours(&form.hours)?, week, from, to })
}

/// Hours as people write them: `6`, `7.5`, `7:30`; nothing is not set.
fn read_hours(text: &str) -> Result<Option<Minutes>, AppError> {
    let text = text.trim().trim_end_matches('h').trim_end();
    if text.is_empty() {
        return Ok(None);
    }
    let unreadable = || {
        AppError::refused(format!("“{text}” is no number of hours."), "Write it such as 6, 7.5 or 7:30.")
            .at("hours")
    };
    if let Some((hours, minutes)) = text.split_once(':') {
        let (hours, minutes): (u8, u8) =
            (hours.parse().map_err(|_| unreadable())?, minutes.parse().map_err(|_| unreadable())?);
        if minutes > 59 {
            return Err(unreadable());
        }
        return Ok(Some(Minutes::new(i64::from(hours) * 60 + i64::from(minutes))));
    }
    let hundredths = Size::parse(text).map_err(|_| unreadable())?.in_hundredths();
    Ok(Some(Minutes::new((hundredths * 60 + 50) / 100)))
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
