//! The days of a Sprint as rows of people: what each of them can give on each day, and what takes the rest.
//!
//! 1. It shows the calendar as it is now. What a running Sprint committed stays as it was; how far the calendar has moved
//!    since the start stands beside it, with the reasons (2.2).
//! 2. Without a planned Sprint the days of the next one are shown, as they would be proposed.

use super::DayHoliday;
use crate::capacity::moved::{CapacityMovedSaid, moved_since_start};
use crate::capacity::plan::{member_made_of, team_hours_said};
use crate::contract::Context;
use crate::error::AppError;
use crate::sprint::plan::propose;
use crate::team::{SprintLine, short};
use domain::calendar::Day;
use domain::capacity::{Absence, DayKind, MemberCapacity, MemberDay, TeamTotal, sprint_weeks, team_capacity};
use domain::identity::{MemberId, RowId, SprintId};
use domain::measures::{Minutes, Share};
use serde::{Deserialize, Serialize};
use store::{Reader, Sprint};
use ts_rs::TS;

/// Asks for the days of a Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CalendarRowsQuestion {
    /// The Sprint; the running one if it is not given, else the next planned one.
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
}

/// The days of a Sprint, people by days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarRows {
    /// The Sprint; none while none is planned or runs.
    pub sprint: Option<SprintLine>,
    /// Its name, or that of the one that would be proposed.
    pub name: String,
    /// The first day.
    pub first_day: Day,
    /// The last day.
    pub last_day: Day,
    /// Today.
    pub today: Day,
    /// All its days, those included on which nobody works.
    pub days: Vec<RowDay>,
    /// Those who belong to the team on any of them, by name.
    pub members: Vec<CalendarRow>,
    /// The sum over the members whose hours are set.
    pub total: Option<TeamTotal>,
    /// The same in words: “209.5 h: 264 h less 44.5 h of Scrum events, 10 h away”.
    pub said: Option<String>,
    /// Those whose hours nobody has set.
    pub unanswered: Vec<String>,
    /// The running Sprint and the planned ones, by their days.
    pub sprints: Vec<SprintLine>,
    /// How the capacity of the running Sprint moved since its start.
    pub moved: Option<CapacityMovedSaid>,
    /// The part of a day that being on call takes on the first of its days that is not past (2.3).
    pub on_call_factor: Share,
    /// When other parts hold, in words: “30 % from 4 January”.
    pub on_call_later: Vec<String>,
}

/// A day, above its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RowDay {
    /// The day.
    pub day: Day,
    /// Whether the team works, after the start if there was one.
    pub works: bool,
    /// The holiday that it is.
    pub holiday: Option<DayHoliday>,
    /// The Scrum events on it, with what they take of each who is there.
    pub events: Vec<RowEvent>,
    /// Net minutes of all members whose hours are set.
    pub net: Minutes,
}

/// A Scrum event on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RowEvent {
    /// Its name: “Sprint Planning”.
    pub name: String,
    /// What it takes.
    pub minutes: Minutes,
}

/// A member's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarRow {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// How much of their day this team has, on the first day that is shown.
    pub share: Share,
    /// One for each day.
    pub cells: Vec<CalendarCell>,
    /// Their absences that have a day of these, with all their days.
    pub absences: Vec<RowAbsence>,
    /// Minutes before all that takes from them; none where their hours are not set, as below.
    pub gross: Option<Minutes>,
    /// Minutes of absences.
    pub away: Option<Minutes>,
    /// Minutes that being on call takes.
    pub call: Option<Minutes>,
    /// Minutes of Scrum events.
    pub events: Option<Minutes>,
    /// Minutes after all of them.
    pub net: Option<Minutes>,
    /// What they are made of: “54 h less 9.75 h of Scrum events, 6 h away”.
    pub said: Option<String>,
}

/// An absence with all its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RowAbsence {
    /// The absence.
    pub id: RowId,
    /// Its first day.
    pub first_day: Day,
    /// Its last day.
    pub last_day: Day,
}

/// A member on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarCell {
    /// The day.
    pub day: Day,
    /// Whether they work on it.
    pub kind: CellKind,
    /// How much of the day they are there.
    pub presence: Share,
    /// Whether they are on call.
    pub on_call: bool,
    /// The absence, where there is one; also on a day on which they would not work.
    pub absence: Option<RowId>,
    /// Its note; may be empty.
    pub note: String,
    /// Minutes before all that takes from them; none where they are not set, as below.
    pub gross: Option<Minutes>,
    /// Minutes of absence.
    pub away: Option<Minutes>,
    /// Minutes after all that takes from them.
    pub net: Option<Minutes>,
}

/// Whether a member works on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CellKind {
    /// They do.
    Works,
    /// The team does not.
    DayOff,
    /// The Sprint was started later.
    BeforeStart,
    /// It is not one of their days of the week.
    NotTheirDay,
    /// They do not belong to the team then.
    NotAMember,
}

pub(crate) fn calendar_rows(
    reader: &Reader<'_>,
    question: CalendarRowsQuestion,
    context: &Context<'_>,
) -> Result<CalendarRows, AppError> {
    let calendar = reader.calendar()?;
    let today = calendar.zone.day_of(context.now);
    let mut open = reader.sprints()?;
    open.retain(|sprint| sprint.closed_at.is_none());
    let wanted = question.sprint.and_then(|id| open.iter().find(|sprint| sprint.id == id));
    let running = || open.iter().find(|sprint| sprint.started_at.is_some());
    let sprint = wanted.or_else(running).or(open.first());
    let (name, first, last) = match sprint {
        Some(sprint) => (sprint.name.clone(), sprint.first_day, sprint.last_day),
        None => {
            let proposal = propose(reader, context)?;
            (proposal.name, proposal.first_day, proposal.last_day)
        }
    };
    let scrum_events = reader.scrum_events(first)?;
    let absences = reader.absences(first, last)?;
    let attendance = reader.attendance(first, last)?;
    let team = reader.members()?;
    // A Sprint that was started late has no hours before its start, as in its commitment (3.2).
    let started = sprint.and_then(|sprint| sprint.started_at).map(|at| calendar.zone.day_of(at));
    let from = started.map_or(first, |started| started.max(first));
    let capacity = team_capacity(&team, &calendar, (from, last), &scrum_events, &attendance);
    let holidays = reader.holidays()?;
    let these = scrum_events.for_weeks(sprint_weeks(from, last));
    let named = |name: &str, minutes: Minutes| RowEvent { name: name.into(), minutes };
    let day = |day: Day| {
        let works = calendar.works_on(day) && day >= from;
        let mut events = Vec::new();
        if works {
            if capacity.days.first() == Some(&day) {
                events.push(named("Sprint Planning", these.planning));
            }
            events.push(named("Daily Scrum", these.daily));
            if capacity.days.last() == Some(&day) {
                events.push(named("Sprint Review", these.review));
                events.push(named("Sprint Retrospective", these.retrospective));
            }
            events.retain(|event| event.minutes > Minutes::ZERO);
        }
        let of_day = |member: &MemberCapacity| {
            let known = member.net.is_some();
            member.days.iter().find(|one| known && one.day == day).and_then(|one| one.net)
        };
        let holiday = holidays.iter().find(|holiday| holiday.day == day);
        RowDay {
            day,
            works,
            holiday: holiday.map(|holiday| DayHoliday { id: holiday.id, name: holiday.name.clone() }),
            events,
            net: capacity.members.iter().filter_map(of_day).sum(),
        }
    };
    let row = |member: &MemberCapacity| {
        let person = team.iter().find(|one| one.id == member.member);
        let cell = |day: Day| {
            let of_day = |absence: &&Absence| {
                absence.member == member.member && (absence.first..=absence.last).contains(&day)
            };
            let absence = absences.iter().find(of_day);
            let known = member.days.iter().find(|one| one.day == day);
            let belongs = person.is_some_and(|person| person.belongs_on(day));
            let presence = attendance.presence.get(&(member.member, day)).copied().unwrap_or(Share::WHOLE);
            CalendarCell {
                day,
                kind: match cell_kind(known, belongs) {
                    CellKind::DayOff if day < from && calendar.works_on(day) => CellKind::BeforeStart,
                    kind => kind,
                },
                presence,
                on_call: attendance.on_call.contains(&(member.member, day)),
                absence: absence.map(|absence| absence.id),
                note: absence.map(|absence| absence.note.clone()).unwrap_or_default(),
                gross: known.and_then(|day| day.gross),
                away: known.and_then(|day| day.away),
                net: known.and_then(|day| day.net),
            }
        };
        let hours = person.and_then(|person| person.hours_on(first));
        CalendarRow {
            member: member.member,
            name: member.name.clone(),
            share: hours.map_or(Share::WHOLE, |hours| hours.share),
            cells: first.through(last).map(cell).collect(),
            absences: absences
                .iter()
                .filter(|absence| absence.member == member.member)
                .map(|one| RowAbsence { id: one.id, first_day: one.first, last_day: one.last })
                .collect(),
            gross: member.gross,
            away: member.away,
            call: member.call,
            events: member.events,
            net: member.net,
            said: member_made_of(member),
        }
    };
    let line = |sprint: &Sprint| SprintLine::of(sprint, &calendar, today);
    let factor = reader.on_call_factor()?;
    let shown = today.max(first).min(last);
    let total = capacity.total();
    Ok(CalendarRows {
        sprint: sprint.map(line),
        name,
        first_day: first,
        last_day: last,
        today,
        days: first.through(last).map(day).collect(),
        members: capacity.members.iter().map(row).collect(),
        total,
        said: team_hours_said(total),
        unanswered: capacity.unanswered(),
        sprints: open.iter().map(line).collect(),
        moved: sprint.map(|sprint| moved_since_start(reader, sprint)).transpose()?.flatten(),
        on_call_factor: factor.on(shown),
        on_call_later: factor
            .after(shown)
            .map(|(from, share)| format!("{share} from {}", short(from)))
            .collect(),
    })
}

fn cell_kind(known: Option<&MemberDay>, belongs: bool) -> CellKind {
    match known.map(|day| day.kind) {
        Some(DayKind::Works) => CellKind::Works,
        Some(DayKind::NotTheirDay) => CellKind::NotTheirDay,
        Some(DayKind::NotAMember) => CellKind::NotAMember,
        None if !belongs => CellKind::NotAMember,
        None => CellKind::DayOff,
    }
}
