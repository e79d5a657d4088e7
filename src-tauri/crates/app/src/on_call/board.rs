//! The screen: the weeks to come by level and by person, who answers now, what is missing, what it asks of people.
//!
//! 1. Places in the strip are hundredths of a percent of the window, so that the page only draws.
//! 2. Load is told for the twelve weeks before now, which are recorded, and for the window that is shown from now on.
//! 3. A page is an incident of P1 or P2, or an interrupt of P1 or P2 that came more than an hour apart from every such
//!    incident; it falls to those who were on call at the first level then.
//! 4. Everybody who can stand in for one on leave is named, who carries least first.

use super::rotation::{TimeOfWeek, turn_said};
use super::{OnCallNow, hours_said, local_said, name_of, on_call_at, span_said};
use crate::backlog::MemberName;
use crate::contract::Context;
use crate::error::AppError;
use domain::calendar::{Day, Instant, WorkCalendar, Zone};
use domain::identity::{MemberId, RotationId, RowId};
use domain::interrupt::IncidentSeverity;
use domain::on_call::{
    Authority, ChangeKind, Duties, Load, OnCallBook, OnCallChange, Page, Reach, Shift, TeamRotation,
    TurnUnit, stretches,
};
use domain::team::Member;
use serde::{Deserialize, Serialize};
use store::{IncidentFilter, InterruptFilter, Reader};
use ts_rs::TS;

/// How far back load is told: twelve weeks.
pub(super) const BACK: i64 = 84 * 86_400_000;

/// Asks for the weeks to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct OnCallBoardQuestion {
    /// A day of the first week; this week's if it is not given.
    #[ts(optional = nullable)]
    pub day: Option<Day>,
    /// How many weeks, from 1 to 26; four if it is not given.
    #[ts(optional = nullable)]
    pub weeks: Option<u32>,
}

/// The weeks to come, and what they ask of people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnCallBoard {
    /// The first day, a Monday.
    pub first_day: Day,
    /// The last day, a Sunday.
    pub last_day: Day,
    /// How many weeks it shows.
    pub weeks: u32,
    /// The first day of the window before.
    pub earlier: Day,
    /// The first day of the window after.
    pub later: Day,
    /// Today.
    pub today: Day,
    /// The team's zone, in which times are told.
    pub zone: Zone,
    /// Where now lies in the window; none outside.
    #[ts(type = "number | null")]
    pub now_at: Option<i64>,
    /// Its days.
    pub days: Vec<OnCallDay>,
    /// The levels, in the order in which they are called.
    pub levels: Vec<LevelBoard>,
    /// Who is on call now.
    pub now: Vec<OnCallNow>,
    /// Everybody who belongs to the team in the window, with their times.
    pub people: Vec<PersonRow>,
    /// What to look at, in order of time.
    pub warnings: Vec<OnCallWarning>,
    /// The measured part of a day that being on call takes, where six shifts are known.
    pub members: Vec<MemberName>,
}

/// A day of the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnCallDay {
    /// The day.
    pub day: Day,
    /// Where it begins in the window.
    #[ts(type = "number")]
    pub at: i64,
    /// Whether it is a Saturday or a Sunday.
    pub weekend: bool,
    /// The name of the holiday that it is.
    pub holiday: Option<String>,
}

/// A level, with what is so in the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LevelBoard {
    /// The level.
    pub id: RowId,
    /// Its name.
    pub name: String,
    /// Whether being on call here takes a part of a working day.
    pub takes_hours: bool,
    /// Whether somebody should answer at all hours.
    pub all_hours: bool,
    /// Who is on call when.
    pub shifts: Vec<ShiftBar>,
    /// The next handover: “Bo takes over from Ana on Mon 30 Nov 09:00”.
    pub next: Option<String>,
    /// The times without anybody, from now on.
    pub gaps: Vec<GapRow>,
    /// How much of what should be covered is, from now on, in words; none where nothing says when somebody should answer.
    pub coverage: Option<String>,
    /// What each person carried and will.
    pub loads: Vec<LoadRow>,
    /// Fairness of the last twelve weeks, in words.
    pub fairness_past: Option<String>,
    /// Fairness of the window from now on, in words.
    pub fairness_ahead: Option<String>,
    /// Its rotations.
    pub rotations: Vec<RotationCard>,
    /// What was agreed besides and is not over.
    pub changes: Vec<ChangeRow>,
}

/// A shift in the strip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShiftBar {
    /// The level.
    pub level: RowId,
    /// Its name.
    pub level_name: String,
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// When it begins, cut at the window.
    pub from: Instant,
    /// When it ends, cut at the window.
    pub to: Instant,
    /// Where it begins in the window.
    #[ts(type = "number")]
    pub at: i64,
    /// How much of the window it is.
    #[ts(type = "number")]
    pub width: i64,
    /// In words: “Mon 23 Nov 09:00 – Mon 30 Nov 09:00”.
    pub said: String,
    /// Why they are, where it is not the rotation: “in place of Ana (swap)”.
    pub why: Option<String>,
    /// Whether it is over.
    pub over: bool,
}

/// A time without anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GapRow {
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// Where it begins in the window.
    #[ts(type = "number")]
    pub at: i64,
    /// How much of the window it is.
    #[ts(type = "number")]
    pub width: i64,
    /// In words.
    pub said: String,
}

/// What one person carried and will carry at a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LoadRow {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// In the last twelve weeks.
    pub past: Carried,
    /// In the window from now on.
    pub ahead: Carried,
}

/// A load, in words beside its figures; times in minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Carried {
    /// Time on call.
    #[ts(type = "number")]
    pub minutes: i64,
    /// The same in words: “168 h”.
    pub said: String,
    /// Time on weekends.
    pub weekend: String,
    /// Time on holidays.
    pub holidays: String,
    /// Shifts that began.
    pub shifts: u32,
    /// Pages.
    pub pages: u32,
    /// Pages in hours of sleep.
    pub asleep: u32,
    /// Its part of the greatest load, in hundredths of a percent, for a bar.
    #[ts(type = "number")]
    pub part: i64,
}

/// A rotation as it was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RotationCard {
    /// The rotation.
    pub id: RotationId,
    /// Its name.
    pub name: String,
    /// In words: “weekly, handover Mon 09:00 Europe/Zurich”; without what its name says already.
    pub said: String,
    /// The zone of its local times.
    pub zone: Zone,
    /// The handover of the turn that holds, as a form writes it: `2026-11-30T09:00`.
    pub first: String,
    /// How the length of a turn is counted.
    pub unit: TurnUnit,
    /// How many of these a turn lasts.
    pub length: u32,
    /// Who takes turns, in order, from the one whose turn it is.
    pub people: Vec<MemberName>,
    /// The times of the week to which it is kept.
    pub only: Vec<TimeOfWeek>,
    /// When it ends, in words; none while it goes on.
    pub ends: Option<String>,
    /// What keeps it from saying anything: nobody takes turns any more.
    pub problem: Option<String>,
}

/// What was agreed besides a rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeRow {
    /// The agreement.
    pub id: RowId,
    /// In words: “Bo takes over from Ana”.
    pub said: String,
    /// When.
    pub when: String,
    /// Why; may be empty.
    pub note: String,
}

/// Somebody's row of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonRow {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Their times on call, all levels.
    pub shifts: Vec<ShiftBar>,
    /// Their absences.
    pub away: Vec<AwayBar>,
}

/// An absence in the strip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AwayBar {
    /// Where it begins in the window.
    #[ts(type = "number")]
    pub at: i64,
    /// How much of the window it is.
    #[ts(type = "number")]
    pub width: i64,
    /// In words: “away 2–4 December”.
    pub said: String,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnCallWarning {
    /// The level.
    pub level: RowId,
    /// In words: “Ana is on call (Primary) and away, Wed 2 Dec 00:00 – Fri 4 Dec 00:00”.
    pub said: String,
    /// Who is away; none for a gap.
    pub leaves: Option<MemberId>,
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// Who could stand in, who carries least first.
    pub stand_ins: Vec<MemberName>,
}

/// A window in time, and places in it.
#[derive(Debug, Clone, Copy)]
struct Window {
    from: Instant,
    to: Instant,
}

impl Window {
    /// Where a time lies in it, cut at its ends: its place and its width.
    fn bar(self, from: Instant, to: Instant) -> (i64, i64) {
        let whole = (self.to.millis() - self.from.millis()).max(1);
        let place = |at: Instant| {
            let within = at.max(self.from).min(self.to);
            (within.millis() - self.from.millis()) * 10_000 / whole
        };
        (place(from), (place(to) - place(from)).max(0))
    }
}

pub(super) fn board(
    reader: &Reader<'_>,
    question: OnCallBoardQuestion,
    context: &Context<'_>,
) -> Result<OnCallBoard, AppError> {
    let calendar = reader.calendar()?;
    let zone = calendar.zone;
    let today = zone.day_of(context.now);
    let weeks = question.weeks.unwrap_or(4).clamp(1, 26);
    let first = question.day.unwrap_or(today).monday();
    let last = first.plus(7 * i64::from(weeks) - 1);
    let window = Window { from: zone.start_of(first), to: zone.start_of(last.plus(1)) };
    let members = reader.members()?;
    let (book, rotations) = (reader.on_call_book(window.from, window.to)?, reader.rotations()?);
    let holidays = reader.holidays()?;
    let pages = pages(reader, context.now.plus_millis(-BACK), context.now)?;
    let mut levels = Vec::new();
    for (at, (level, roster)) in book.levels.iter().enumerate() {
        let own: Vec<&TeamRotation> =
            rotations.iter().filter(|rotation| rotation.level == level.id).collect();
        let wanted = book.wanted(level.id, window.from.max(context.now), window.to);
        let shifts = roster.shifts(window.from, window.to);
        let reach = Reach::new(&shifts, &wanted);
        let paged: &[Instant] = if at == 0 { &pages } else { &[] };
        let loads = loads(reader, &calendar, level.id, (&own, &members), window, (paged, context.now))?;
        levels.push(LevelBoard {
            id: level.id,
            name: level.name.clone(),
            takes_hours: level.takes_hours,
            all_hours: level.all_hours,
            shifts: bars(&shifts, (level.id, &level.name), &members, window, zone, context.now),
            next: next_handover(reader, level.id, &members, zone, context.now)?,
            gaps: reach
                .gaps
                .iter()
                .map(|(from, to)| {
                    let (at, width) = window.bar(*from, *to);
                    GapRow { from: *from, to: *to, at, width, said: span_said(*from, *to, zone) }
                })
                .collect(),
            coverage: (reach.wanted > 0).then(|| coverage_said(&reach)),
            fairness_past: loads.past,
            fairness_ahead: loads.ahead,
            loads: loads.rows,
            rotations: own.iter().map(|rotation| card(rotation, &members, zone, context.now)).collect(),
            changes: changes(reader, level.id, &members, zone, context.now)?,
        });
    }
    let absences = reader.absences(first, last)?;
    let belongs = |member: &&Member| first.through(last).any(|day| member.belongs_on(day));
    let people = members
        .iter()
        .filter(belongs)
        .map(|member| PersonRow {
            member: member.id,
            name: member.name.clone(),
            shifts: levels
                .iter()
                .flat_map(|level| &level.shifts)
                .filter(|shift| shift.member == member.id)
                .cloned()
                .collect(),
            away: absences
                .iter()
                .filter(|absence| absence.member == member.id)
                .map(|absence| {
                    let (from, to) = (zone.start_of(absence.first), zone.start_of(absence.last.plus(1)));
                    let (at, width) = window.bar(from, to);
                    let days = crate::capacity::calendar::days_said(absence.first, absence.last);
                    AwayBar { at, width, said: format!("away {days}") }
                })
                .collect(),
        })
        .collect();
    let days = first.through(last).map(|day| OnCallDay {
        day,
        at: window.bar(zone.start_of(day), window.to).0,
        weekend: day.weekday().num_days_from_monday() > 4,
        holiday: holidays
            .iter()
            .find(|holiday| holiday.day == day)
            .map(|holiday| if holiday.name.is_empty() { "Holiday".to_owned() } else { holiday.name.clone() }),
    });
    let now_at =
        (window.from <= context.now && context.now < window.to).then(|| window.bar(context.now, window.to).0);
    Ok(OnCallBoard {
        first_day: first,
        last_day: last,
        weeks,
        earlier: first.plus(-7 * i64::from(weeks)),
        later: first.plus(7 * i64::from(weeks)),
        today,
        zone,
        now_at,
        days: days.collect(),
        now: on_call_at(reader, context.now)?,
        warnings: warnings(reader, &book, &levels, &members, window, zone, context.now)?,
        levels,
        people,
        members: members
            .iter()
            .filter(|member| member.to.is_none_or(|to| to >= today))
            .map(MemberName::of)
            .collect(),
    })
}

/// Shifts in the strip; one reason a bar.
fn bars(
    shifts: &[Shift],
    (level, level_name): (RowId, &str),
    members: &[Member],
    window: Window,
    zone: Zone,
    now: Instant,
) -> Vec<ShiftBar> {
    let mut joined: Vec<Shift> = Vec::new();
    for shift in shifts {
        // The part that is recorded and the part that is to come of one turn are one bar.
        let whose = |one: &Shift| one.member == shift.member && one.to == shift.from;
        match joined.iter_mut().find(|one| whose(one) && one.by == Authority::Recorded) {
            Some(before) => *before = Shift { from: before.from, ..*shift },
            None => joined.push(*shift),
        }
    }
    joined
        .iter()
        .map(|shift| {
            let (at, width) = window.bar(shift.from, shift.to);
            let in_place = || match shift.turn_of == shift.member {
                true => String::new(),
                false => format!("in place of {} ", name_of(members, shift.turn_of)),
            };
            ShiftBar {
                level,
                level_name: level_name.to_owned(),
                member: shift.member,
                name: name_of(members, shift.member),
                from: shift.from,
                to: shift.to,
                at,
                width,
                said: span_said(shift.from, shift.to, zone),
                why: match shift.by {
                    Authority::Rotation | Authority::Recorded => None,
                    Authority::Planned => Some(format!("{}(rota)", in_place())),
                    Authority::Substitution => Some(format!("{}(leave)", in_place())),
                    Authority::Swap => Some(format!("{}(swap)", in_place())),
                    Authority::Override if shift.turn_of == shift.member => Some("(entered by hand)".into()),
                    Authority::Override => Some(format!("{}(takes over)", in_place())),
                },
                over: shift.to <= now,
            }
        })
        .collect()
}

/// The next time at which somebody else is on call at a level.
fn next_handover(
    reader: &Reader<'_>,
    level: RowId,
    members: &[Member],
    zone: Zone,
    now: Instant,
) -> Result<Option<String>, AppError> {
    let Some(handover) = super::handover::next(reader, level, now)? else { return Ok(None) };
    let names = |all: &[MemberId]| {
        let names: Vec<String> = all.iter().map(|member| name_of(members, *member)).collect();
        crate::team::together(&names)
    };
    let when = local_said(handover.at, zone);
    Ok(Some(match (handover.from.is_empty(), handover.to.is_empty()) {
        (true, _) => format!("{} begins on {when}", names(&handover.to)),
        (false, true) => format!("{} ends on {when}, and nobody follows", names(&handover.from)),
        (false, false) => {
            format!("{} takes over from {} on {when}", names(&handover.to), names(&handover.from))
        }
    }))
}

pub(super) fn coverage_said(reach: &Reach) -> String {
    // Rounded down: a gap of a minute is a gap.
    let hundredths = i128::from(reach.covered) * 10_000 / i128::from(reach.wanted.max(1));
    let percent = match (hundredths % 100, hundredths / 100) {
        (0, whole) => format!("{whole} %"),
        (part, whole) => format!("{whole}.{part:02} %"),
    };
    match reach.gaps.as_slice() {
        [] => format!("{percent} covered, no gap"),
        gaps => {
            let missing = hours_said(reach.wanted - reach.covered);
            format!("{percent} covered, {} of {missing}", crate::team::counted(gaps.len() as u32, "gap"))
        }
    }
}

/// What each carried and will, and how fair that is.
struct Loads {
    rows: Vec<LoadRow>,
    /// Behind now, in words.
    past: Option<String>,
    /// Ahead of it, in words.
    ahead: Option<String>,
}

fn loads(
    reader: &Reader<'_>,
    calendar: &WorkCalendar,
    level: RowId,
    (rotations, members): (&[&TeamRotation], &[Member]),
    window: Window,
    (pages, now): (&[Instant], Instant),
) -> Result<Loads, AppError> {
    let mut people: Vec<MemberId> = Vec::new();
    for member in rotations.iter().flat_map(|rotation| &rotation.people) {
        if !people.contains(member) {
            people.push(*member);
        }
    }
    let before = super::past::at_level(reader, level, now.plus_millis(-BACK), now)?;
    let begin = window.from.max(now);
    let ahead =
        if begin < window.to { super::past::at_level(reader, level, begin, window.to)? } else { Vec::new() };
    let paged: Vec<Page> = pages
        .iter()
        .flat_map(|at| {
            let held = before.iter().filter(|shift| shift.from <= *at && *at < shift.to);
            held.map(|shift| Page { member: shift.member, at: *at })
        })
        .collect();
    let past = Duties::new(&people, &before, &paged, calendar);
    let coming = Duties::new(&people, &ahead, &[], calendar);
    for load in past.loads.iter().chain(&coming.loads) {
        if !people.contains(&load.member) {
            people.push(load.member);
        }
    }
    let most = |duties: &Duties| duties.loads.iter().map(|load| load.time).max().unwrap_or(0).max(1);
    let carried = |duties: &Duties, member: MemberId| {
        let load = duties.loads.iter().find(|load| load.member == member);
        carried_of(load, most(duties))
    };
    let rows = people
        .iter()
        .map(|member| LoadRow {
            member: *member,
            name: name_of(members, *member),
            past: carried(&past, *member),
            ahead: carried(&coming, *member),
        })
        .collect();
    Ok(Loads { rows, past: fairness_said(&past), ahead: fairness_said(&coming) })
}

pub(super) fn carried_of(load: Option<&Load>, most: i64) -> Carried {
    let of = |pick: fn(&Load) -> i64| load.map_or(0, pick);
    Carried {
        minutes: of(|load| load.time) / 60_000,
        said: hours_said(of(|load| load.time)),
        weekend: hours_said(of(|load| load.weekend)),
        holidays: hours_said(of(|load| load.holidays)),
        shifts: load.map_or(0, |load| load.shifts),
        pages: load.map_or(0, |load| load.pages),
        asleep: load.map_or(0, |load| load.asleep),
        part: of(|load| load.time) * 10_000 / most,
    }
}

/// “fairness 0.83 (weekends 0.75)”; none with fewer than two people, or where nobody carried anything.
pub(super) fn fairness_said(duties: &Duties) -> Option<String> {
    if duties.loads.iter().all(|load| load.time == 0) {
        return None;
    }
    let shown = |value: f64| format!("{:.2}", (value * 100.0).floor() / 100.0);
    let weekends = duties.weekend_fairness.map(shown).map(|value| format!(" (weekends {value})"));
    Some(format!("fairness {}{}", shown(duties.fairness?), weekends.unwrap_or_default()))
}

/// The moments of pages in a window (rule 3).
pub(super) fn pages(reader: &Reader<'_>, from: Instant, to: Instant) -> Result<Vec<Instant>, AppError> {
    let urgent = |severity| matches!(severity, IncidentSeverity::P1 | IncidentSeverity::P2);
    let within = |at: &Instant| from <= *at && *at < to;
    let mut pages: Vec<Instant> = reader
        .incidents(IncidentFilter::All)?
        .iter()
        .filter(|incident| urgent(incident.now.severity) && incident.now.merged_into.is_none())
        .filter_map(|incident| incident.now.reported_at)
        .filter(within)
        .collect();
    let known = pages.clone();
    let apart = |at: &Instant| known.iter().all(|page| (page.millis() - at.millis()).abs() > 3_600_000);
    let interrupts = reader.interrupts(InterruptFilter::All)?;
    let own = interrupts.iter().filter(|interrupt| urgent(interrupt.present.severity));
    pages.extend(own.filter_map(|interrupt| interrupt.present.reported_at).filter(within).filter(apart));
    pages.sort();
    Ok(pages)
}

fn card(rotation: &TeamRotation, members: &[Member], zone: Zone, now: Instant) -> RotationCard {
    let made = rotation.rotation();
    // The form begins with the turn that holds, so that an added person moves nobody who has one now.
    let turn = made.as_ref().map_or(0, |made| made.turn_at(now).max(0));
    let count = rotation.people.len().max(1);
    let first = made.as_ref().map_or(rotation.first, |made| rotation.zone.local(made.handover(turn)));
    let mut people = rotation.people.clone();
    let held = (turn as usize % count).min(people.len());
    people.rotate_left(held);
    let day = match rotation.unit {
        TurnUnit::Weeks => first.format("%a %H:%M").to_string(),
        TurnUnit::Months => first.format("day %-d, %H:%M").to_string(),
        TurnUnit::Hours | TurnUnit::Days => first.format("%H:%M").to_string(),
    };
    let own_zone = if rotation.zone == zone { String::new() } else { format!(" {}", rotation.zone) };
    RotationCard {
        id: rotation.id,
        name: rotation.name.clone(),
        said: match turn_said(rotation.unit, rotation.length) {
            turn if turn == rotation.name => format!("handover {day}{own_zone}"),
            turn => format!("{}, handover {day}{own_zone}", turn.to_lowercase()),
        },
        zone: rotation.zone,
        first: first.format("%Y-%m-%dT%H:%M").to_string(),
        unit: rotation.unit,
        length: rotation.length,
        people: people
            .iter()
            .map(|member| MemberName { id: *member, name: name_of(members, *member) })
            .collect(),
        only: rotation.restrictions.iter().map(TimeOfWeek::of).collect(),
        ends: rotation.ends.map(|at| local_said(at, zone)),
        problem: made.err().map(|refused| crate::error::sentence(&refused.to_string())),
    }
}

fn changes(
    reader: &Reader<'_>,
    level: RowId,
    members: &[Member],
    zone: Zone,
    now: Instant,
) -> Result<Vec<ChangeRow>, AppError> {
    let mut changes = reader.on_call_changes(now, Instant::from_millis(i64::MAX))?;
    changes.retain(|change| change.level == level);
    changes.sort_by_key(|change| (change.from, change.recorded_at));
    Ok(changes
        .iter()
        .map(|change| ChangeRow {
            id: change.id,
            said: change_said(change, members),
            when: span_said(change.from, change.to, zone),
            note: change.note.clone(),
        })
        .collect())
}

/// What was agreed, in words: “Bo takes over from Ana”.
pub(crate) fn change_said(change: &OnCallChange, members: &[Member]) -> String {
    let name = |member: Option<MemberId>| member.map(|member| name_of(members, member));
    match (change.kind, name(change.takes), name(change.leaves)) {
        (ChangeKind::Swap, Some(takes), Some(leaves)) => format!("{takes} swapped with {leaves}"),
        (ChangeKind::Substitution, Some(takes), Some(leaves)) => format!("{takes} stands in for {leaves}"),
        (ChangeKind::Planned, Some(takes), Some(leaves)) => format!("{takes} instead of {leaves} by rota"),
        (_, Some(takes), Some(leaves)) => format!("{takes} takes over from {leaves}"),
        (_, Some(takes), None) => format!("{takes} is on call besides"),
        (_, None, Some(leaves)) => format!("{leaves} is not on call"),
        (_, None, None) => "Nobody".to_owned(),
    }
}

/// Who is on call and away, and the gaps, with who could take them (rule 4).
fn warnings(
    reader: &Reader<'_>,
    book: &OnCallBook,
    levels: &[LevelBoard],
    members: &[Member],
    window: Window,
    zone: Zone,
    now: Instant,
) -> Result<Vec<OnCallWarning>, AppError> {
    let from = window.from.max(now);
    if from >= window.to {
        return Ok(Vec::new());
    }
    let absences = reader.absences(zone.day_of(from), zone.day_of(window.to))?;
    let free = |level: &LevelBoard, from: Instant, to: Instant, not: Option<MemberId>| {
        let (first, last) = (zone.day_of(from), zone.day_of(to.plus_millis(-1)));
        let is_free = |row: &&LoadRow| {
            let away = absences.iter().any(|absence| {
                absence.member == row.member && absence.first <= last && first <= absence.last
            });
            // Also who is on call at another level then.
            let busy = levels
                .iter()
                .flat_map(|level| &level.shifts)
                .any(|shift| shift.member == row.member && shift.from < to && from < shift.to);
            let belongs = members.iter().any(|member| member.id == row.member && member.belongs_on(first));
            !away && !busy && belongs && Some(row.member) != not
        };
        let mut rows: Vec<&LoadRow> = level.loads.iter().filter(is_free).collect();
        rows.sort_by_key(|row| row.past.minutes + row.ahead.minutes);
        rows.iter().map(|row| MemberName { id: row.member, name: row.name.clone() }).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    for (level, warning) in book.warnings(from, window.to) {
        let Some(board) = levels.iter().find(|one| one.id == level.id) else { continue };
        let shift = warning.shift;
        all.push(OnCallWarning {
            level: level.id,
            said: format!(
                "{} is on call ({}) and away, {}",
                name_of(members, shift.member),
                level.name,
                span_said(shift.from, shift.to, zone)
            ),
            leaves: Some(shift.member),
            from: shift.from,
            to: shift.to,
            stand_ins: free(board, shift.from, shift.to, Some(shift.member)),
        });
    }
    for level in levels {
        all.extend(level.gaps.iter().map(|gap| OnCallWarning {
            level: level.id,
            said: format!("Nobody is on call ({}), {}", level.name, gap.said),
            leaves: None,
            from: gap.from,
            to: gap.to,
            stand_ins: free(level, gap.from, gap.to, None),
        }));
    }
    // Somebody who is called at two levels at once cannot be their own second.
    for (at, level) in levels.iter().enumerate() {
        for other in levels.iter().skip(at + 1) {
            for one in stretches_of(level).iter().filter(|one| one.1 > now) {
                let both = stretches_of(other)
                    .into_iter()
                    .find(|two| two.2 == one.2 && two.0 < one.1 && one.0 < two.1 && two.1 > now);
                if let Some((from, to, member)) = both {
                    let (from, to) = (from.max(one.0), to.min(one.1));
                    all.push(OnCallWarning {
                        level: other.id,
                        said: format!(
                            "{} is on call at two levels ({} and {}), {}",
                            name_of(members, member),
                            level.name,
                            other.name,
                            span_said(from, to, zone)
                        ),
                        leaves: Some(member),
                        from,
                        to,
                        stand_ins: free(other, from, to, Some(member)),
                    });
                }
            }
        }
    }
    all.sort_by_key(|warning| warning.from);
    Ok(all)
}

fn stretches_of(level: &LevelBoard) -> Vec<(Instant, Instant, MemberId)> {
    let shifts: Vec<Shift> = level
        .shifts
        .iter()
        .map(|bar| Shift {
            member: bar.member,
            turn_of: bar.member,
            from: bar.from,
            to: bar.to,
            by: Authority::Rotation,
        })
        .collect();
    stretches(&shifts).iter().map(|shift| (shift.from, shift.to, shift.member)).collect()
}
