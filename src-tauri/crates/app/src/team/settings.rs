//! The whole working agreement, as the Settings show it.

use super::severities::SeverityName;
use super::{counted, short};
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use domain::backlog::{Category, WorkKind};
use domain::calendar::{Day, WorkingWeek, Zone};
use domain::capacity::ScrumEvents;
use domain::identity::{LaneId, MemberId, RowId, StateId};
use domain::measures::{Minutes, Share, Size};
use domain::team::{Lane, Member, State};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

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
    /// How long Scrum events take in Sprints that begin today.
    pub events: ScrumEvents,
    /// What they take in a Sprint of the team's length, in words; none where that is two weeks.
    pub events_said: Option<String>,
    /// Lengths that hold from a later day on.
    pub later_events: Vec<LaterEvents>,
    /// The lines of the Definition of Done.
    pub definition_of_done: Vec<String>,
    /// The lines of the Definition of Ready.
    pub definition_of_ready: Vec<String>,
    /// The members, by name.
    pub members: Vec<MemberRow>,
    /// The lanes, in order.
    pub lanes: Vec<LaneRow>,
    /// The states, in order.
    pub states: Vec<StateRow>,
    /// The severities of interrupts, the gravest first.
    pub severities: Vec<SeverityName>,
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

/// Lengths of Scrum events that hold from a later day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaterEvents {
    /// The first day for which they hold.
    pub valid_from: Day,
    /// How long they take.
    pub events: ScrumEvents,
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

pub(super) fn settings(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<TeamSettingsPage, AppError> {
    let team = reader.team()?;
    let today = team.zone.day_of(context.now);
    let calendar = reader.calendar()?;
    let used = reader.states_in_facts()?;
    let weeks = (team.sprint_days / 7).max(1);
    let events = reader.scrum_events(today)?;
    let later_events = reader.scrum_events_change_after(today)?.into_iter();
    let later_events = later_events
        .map(|valid_from| Ok(LaterEvents { valid_from, events: reader.scrum_events(valid_from)? }))
        .collect::<Result<Vec<_>, AppError>>()?;
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
        sprint_weeks: weeks as u32,
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
        events,
        events_said: (weeks != 2).then(|| events_said(&events, weeks)),
        later_events,
        definition_of_done: reader.definition_of_done()?,
        definition_of_ready: reader.definition_of_ready()?,
        members: reader.members()?.into_iter().map(member).collect(),
        lanes: reader.lanes(today)?.all().iter().map(lane).collect(),
        states: reader.workflow()?.all().iter().map(state).collect(),
        severities: SeverityName::all(reader)?,
        critical_first: team.critical_first,
    })
}

/// “In a Sprint of 3 weeks: Planning 6 h, Review 3 h, Retrospective 2.25 h.”
fn events_said(events: &ScrumEvents, weeks: i64) -> String {
    let events = events.for_weeks(weeks);
    // To the hundredth, as a week of the Retrospective is three quarters of an hour.
    let hours = |minutes: Minutes| Size::hundredths(minutes.in_minutes() * 100 / 60);
    format!(
        "In a Sprint of {}: Planning {} h, Review {} h, Retrospective {} h.",
        counted(weeks as u32, "week"),
        hours(events.planning),
        hours(events.review),
        hours(events.retrospective)
    )
}
