//! A month of the team: holidays, absences, who is on call, and where Sprints begin and end.

use super::part_said;
use crate::backlog::MemberName;
use crate::contract::Context;
use crate::error::AppError;
use crate::on_call::on_call_days;
use domain::calendar::Day;
use domain::capacity::Absence;
use domain::identity::{MemberId, RowId, SprintId};
use domain::measures::Share;
use domain::team::Member;
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

/// Asks for a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CalendarMonthQuestion {
    /// A day of it; today's if it is not given.
    #[ts(optional = nullable)]
    pub day: Option<Day>,
}

/// A month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarMonth {
    /// Its name: “November 2026”.
    pub title: String,
    /// Its first day.
    pub first_day: Day,
    /// The first day of the month before.
    pub earlier: Day,
    /// The first day of the month after.
    pub later: Day,
    /// Today.
    pub today: Day,
    /// Its weeks from Monday to Sunday; the first and the last hold days of the months beside it.
    pub weeks: Vec<Vec<CalendarDay>>,
    /// Who belongs to the team on any of these days, by name.
    pub members: Vec<MemberName>,
    /// The part of a day that being on call takes on the first of its days that is not past (2.3).
    pub on_call_factor: Share,
}

/// A day of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarDay {
    /// The day.
    pub day: Day,
    /// Whether it lies in the month.
    pub in_month: bool,
    /// Whether the team works.
    pub works: bool,
    /// The holiday that it is.
    pub holiday: Option<DayHoliday>,
    /// The Sprint in which it lies.
    pub sprint: Option<CalendarSprintDay>,
    /// Who is away of those who would work, by name.
    pub away: Vec<DayAbsence>,
    /// Who is on call, by name.
    pub on_call: Vec<MemberName>,
}

/// A holiday on its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DayHoliday {
    /// Its identity.
    pub id: RowId,
    /// What is celebrated; may be empty.
    pub name: String,
}

/// A day of a Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarSprintDay {
    /// The Sprint.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// Whether it is its first day.
    pub begins: bool,
    /// Whether it is its last day.
    pub ends: bool,
    /// Whether it is closed, so that its report says what it came to.
    pub closed: bool,
}

/// An absence on one of its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DayAbsence {
    /// The absence.
    pub id: RowId,
    /// Who is away.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// How much of the day.
    pub away: Share,
    /// The same in words: “away”, “half a day away”.
    pub said: String,
    /// Why; may be empty.
    pub note: String,
    /// The first day of the absence.
    pub first_day: Day,
    /// Its last day.
    pub last_day: Day,
}

pub(crate) fn calendar_month(
    reader: &Reader<'_>,
    question: CalendarMonthQuestion,
    context: &Context<'_>,
) -> Result<CalendarMonth, AppError> {
    let calendar = reader.calendar()?;
    let today = calendar.zone.day_of(context.now);
    let month = question.day.unwrap_or(today);
    let weeks = month.weeks_of_month();
    let first = weeks.first().map_or(month, |week| week[0]);
    let last = weeks.last().map_or(month, |week| week[6]);
    let (holidays, sprints) = (reader.holidays()?, reader.sprints()?);
    let (absences, on_call) = (reader.absences(first, last)?, on_call_days(reader, first, last)?);
    let members: Vec<Member> = reader.members()?;
    let named = |member: &Member| MemberName::of(member);
    let of_day = |day: Day| CalendarDay {
        day,
        in_month: day.month(0) == month.month(0),
        works: calendar.works_on(day),
        holiday: holidays
            .iter()
            .find(|holiday| holiday.day == day)
            .map(|holiday| DayHoliday { id: holiday.id, name: holiday.name.clone() }),
        sprint: sprints.iter().find(|sprint| (sprint.first_day..=sprint.last_day).contains(&day)).map(
            |sprint| CalendarSprintDay {
                id: sprint.id,
                name: sprint.name.clone(),
                begins: sprint.first_day == day,
                ends: sprint.last_day == day,
                closed: sprint.closed_at.is_some(),
            },
        ),
        away: members
            .iter()
            .filter(|member| calendar.works_on(day) && member.works_on(day))
            .filter_map(|member| {
                let of_day = |absence: &&Absence| {
                    absence.member == member.id && (absence.first..=absence.last).contains(&day)
                };
                absences.iter().find(of_day).map(|absence| DayAbsence {
                    id: absence.id,
                    member: member.id,
                    name: member.name.clone(),
                    away: absence.away,
                    said: part_said(absence.away),
                    note: absence.note.clone(),
                    first_day: absence.first,
                    last_day: absence.last,
                })
            })
            .collect(),
        on_call: members
            .iter()
            .filter(|member| member.belongs_on(day))
            .filter(|member| on_call.contains(&(member.id, day)))
            .map(named)
            .collect(),
    };
    let belongs = |member: &&Member| first.through(last).any(|day| member.belongs_on(day));
    Ok(CalendarMonth {
        title: month.date().format("%B %Y").to_string(),
        first_day: month.month(0),
        earlier: month.month(-1),
        later: month.month(1),
        today,
        weeks: weeks.iter().map(|week| week.iter().map(|day| of_day(*day)).collect()).collect(),
        members: members.iter().filter(belongs).map(named).collect(),
        on_call_factor: reader.on_call_factor()?.on(today.max(first).min(last)),
    })
}
