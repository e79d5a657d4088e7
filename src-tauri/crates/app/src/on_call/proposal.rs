//! A fair rota: who takes which of a rotation's coming turns, with the reason for each.
//!
//! 1. The preview and the command make the same rota; a person may give turns to others than proposed.
//! 2. Turns for which people agreed on something stay as they are, and count.
//! 3. Who is on call at another level during a turn gets it only where nobody else can take it.
//! 4. A rota changes what an earlier rota said of the same turns, and nothing of the past. It is one step.

use super::past::{at_level, record};
use super::rotation::rotation_of;
use super::{hours_said, name_of, span_said};
use crate::backlog::MemberName;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::on_call::board::BACK;
use crate::team::counted;
use domain::calendar::{Instant, WorkCalendar};
use domain::identity::{MemberId, RotationId};
use domain::measures::Share;
use domain::on_call::{
    Assignment, Candidate, ChangeKind, ChosenBy, OnCallChange, Rotation, Slot, TeamRotation, fairness,
    propose, stretches,
};
use domain::team::Member;
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Asks for a fair rota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RotaQuestion {
    /// The rotation whose turns are given out.
    pub rotation: RotationId,
    /// How many turns, from 1 to 60; twelve if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub turns: Option<u32>,
}

/// A fair rota.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rota {
    /// The rotation.
    pub rotation: RotationId,
    /// Its name.
    pub name: String,
    /// The turns, in order of time.
    pub turns: Vec<RotaTurn>,
    /// Who can take turns.
    pub people: Vec<MemberName>,
    /// How fair it is, in words: “fairness 0.62 as it is, 0.91 with this rota (last 12 weeks and these turns)”.
    pub said: String,
    /// How many turns change hands.
    pub changed: u32,
}

/// A turn of a rota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RotaTurn {
    /// When it begins.
    pub from: Instant,
    /// In words.
    pub said: String,
    /// Who has it as it is.
    pub now: String,
    /// Who would take it.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Whether it changes hands.
    pub changed: bool,
    /// Whether people agreed on it, so that it stays.
    pub agreed: bool,
}

/// Gives out the coming turns of a rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyRota {
    /// The rotation.
    pub rotation: RotationId,
    /// How many turns; twelve if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub turns: Option<u32>,
    /// Turns that go to others than proposed.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<RotaPick>>")]
    pub picks: Vec<RotaPick>,
}

/// A turn that goes to somebody else than proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RotaPick {
    /// When the turn begins.
    pub from: Instant,
    /// Who takes it.
    pub member: MemberId,
}

pub(super) fn rota(
    reader: &Reader<'_>,
    question: RotaQuestion,
    context: &Context<'_>,
) -> Result<Rota, AppError> {
    let made = make(reader, question.rotation, question.turns, context.now)?;
    let (zone, members) = (reader.team()?.zone, reader.members()?);
    let turns: Vec<RotaTurn> = made
        .given
        .iter()
        .map(|one| RotaTurn {
            from: one.slot.from,
            said: span_said(one.slot.from, one.slot.to, zone),
            now: made
                .now(one)
                .map_or_else(|| "nobody".to_owned(), |(_, _, member)| name_of(&members, *member)),
            member: one.member,
            name: name_of(&members, one.member),
            reason: reason(one, &members),
            changed: made.now(one).map(|(_, _, member)| *member) != Some(one.member),
            agreed: one.by == ChosenBy::Agreed,
        })
        .collect();
    let shown = |value: Option<f64>| {
        value
            .map_or_else(|| "not known".to_owned(), |value| format!("{:.2}", (value * 100.0).floor() / 100.0))
    };
    let said = format!(
        "Fairness {} as it is, {} with this rota: the last 12 weeks and these turns together.",
        shown(made.fairness(|one| made.now(one).map(|(_, _, member)| *member))),
        shown(made.fairness(|one| Some(one.member))),
    );
    Ok(Rota {
        rotation: made.rotation.id,
        name: made.rotation.name.clone(),
        changed: turns.iter().filter(|turn| turn.changed).count() as u32,
        turns,
        people: made
            .candidates
            .iter()
            .map(|one| MemberName { id: one.member, name: name_of(&members, one.member) })
            .collect(),
        said,
    })
}

pub(super) fn apply_rota(
    writer: &mut Writer<'_>,
    command: ApplyRota,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let made = make(writer, command.rotation, command.turns, context.now)?;
    let known = |member: MemberId| made.candidates.iter().any(|one| one.member == member);
    for pick in &command.picks {
        if !made.given.iter().any(|one| one.slot.from == pick.from && one.by != ChosenBy::Agreed) {
            let hint = "Look at the rota again: the turns have changed since.";
            return Err(AppError::refused("A picked turn is none of this rota.", hint));
        }
        if !known(pick.member) {
            let hint = "Add them to the rotation first.";
            return Err(AppError::refused("Somebody picked takes no turns.", hint));
        }
    }
    record(writer, context.now)?;
    let level = made.rotation.level;
    let mut moved = 0;
    for one in made.given.iter().filter(|one| one.by != ChosenBy::Agreed) {
        let (from, to) = (one.slot.from, one.slot.to);
        for known in writer.on_call_changes(from, to)? {
            if known.level == level
                && known.kind == ChangeKind::Planned
                && known.from >= from
                && known.to <= to
            {
                writer.remove_on_call_change(known.id)?;
            }
        }
        let pick = command.picks.iter().find(|pick| pick.from == from);
        let takes = pick.map_or(one.member, |pick| pick.member);
        if made.now(one).map(|(_, _, member)| *member) != Some(takes) {
            moved += 1;
        }
        if takes != one.slot.turn_of {
            let change = OnCallChange {
                id: writer.identity(),
                level,
                kind: ChangeKind::Planned,
                from,
                to,
                leaves: Some(one.slot.turn_of),
                takes: Some(takes),
                note: String::new(),
                recorded_at: context.now,
            };
            writer.add_on_call_change(&change)?;
        }
    }
    let turns = counted(made.given.len() as u32, "turn");
    Ok(Outcome::titled(format!("Give out {turns} of {}", made.rotation.name)).noting(match moved {
        0 => "Everybody keeps the turns that they have.".to_owned(),
        moved => format!("{} changed hands.", counted(moved, "turn")),
    }))
}

/// A rota with what it was made of.
struct Made {
    rotation: TeamRotation,
    candidates: Vec<Candidate>,
    given: Vec<Assignment>,
    /// Who has the turns as it is: from, to, who.
    held: Vec<(Instant, Instant, MemberId)>,
}

impl Made {
    /// Who holds most of a turn as it is.
    fn now(&self, one: &Assignment) -> Option<&(Instant, Instant, MemberId)> {
        let part = |held: &&(Instant, Instant, MemberId)| {
            held.1.min(one.slot.to).millis() - held.0.max(one.slot.from).millis()
        };
        self.held.iter().filter(|held| part(held) > 0).max_by_key(part)
    }

    /// Fairness of what was carried and of the turns, if they go to somebody.
    fn fairness(&self, takes: impl Fn(&Assignment) -> Option<MemberId>) -> Option<f64> {
        let sum = |one: &Candidate| {
            let turns = self.given.iter().filter(|turn| takes(turn) == Some(one.member));
            one.carried + turns.map(|turn| turn.slot.time).sum::<i64>()
        };
        fairness(&self.candidates.iter().map(sum).collect::<Vec<_>>())
    }
}

fn make(
    reader: &Reader<'_>,
    rotation: RotationId,
    turns: Option<u32>,
    now: Instant,
) -> Result<Made, AppError> {
    let rotation = rotation_of(reader, rotation)?;
    let rules = rotation.rotation().map_err(|_| {
        let hint = "Change it and choose who takes turns.";
        AppError::refused(format!("Nobody takes a turn of {}.", rotation.name), hint)
    })?;
    let calendar = reader.calendar()?;
    let members = reader.members()?;
    let turns = i64::from(turns.unwrap_or(12).clamp(1, 60));
    let first = rules.turn_at(now).max(-1) + 1;
    let (begin, end) = (rules.handover(first), rules.handover(first + turns));
    let mut agreed = reader.on_call_changes(begin, end)?;
    agreed.retain(|change| change.level == rotation.level && change.kind != ChangeKind::Planned);
    let shifts = at_level(reader, rotation.level, begin, end)?;
    let held: Vec<(Instant, Instant, MemberId)> =
        shifts.iter().map(|shift| (shift.from, shift.to, shift.member)).collect();
    let mut slots = Vec::new();
    for n in first..first + turns {
        slots.extend(slot(&rules, n, &calendar).map(|slot| {
            Slot {
                agreed: agreed
                    .iter()
                    .any(|change| change.from < slot.to && slot.from < change.to)
                    .then(|| {
                        let of_slot = |one: &&(Instant, Instant, MemberId)| {
                            one.1.min(slot.to).millis() - one.0.max(slot.from).millis()
                        };
                        held.iter().filter(|one| of_slot(one) > 0).max_by_key(of_slot).map(|one| one.2)
                    })
                    .flatten(),
                ..slot
            }
        }));
    }
    let candidates = candidates(reader, &rotation, &members, &calendar, (now, end))?;
    let given = propose(&slots, &candidates);
    Ok(Made { rotation, candidates, given, held })
}

/// A turn of a rotation; none where its times of the week leave nothing of it.
fn slot(rules: &Rotation, n: i64, calendar: &WorkCalendar) -> Option<Slot> {
    let (from, to) = (rules.handover(n), rules.handover(n + 1));
    let open = rules.answers(from, to);
    let time = open.iter().map(|(from, to)| to.millis() - from.millis()).sum::<i64>();
    let free = open.iter().map(|(from, to)| free_time(*from, *to, calendar)).sum();
    (time > 0).then(|| Slot { from, to, time, free, turn_of: rules.person(n), agreed: None })
}

/// The part of a time that lies on weekends and holidays of the team.
fn free_time(from: Instant, to: Instant, calendar: &WorkCalendar) -> i64 {
    let zone = calendar.zone;
    let mut free = 0;
    for day in zone.day_of(from).through(zone.day_of(to.plus_millis(-1))) {
        let weekend = day.weekday().num_days_from_monday() > 4;
        if weekend || calendar.holidays.contains(&day) {
            let (start, end) = (zone.start_of(day).max(from), zone.start_of(day.plus(1)).min(to));
            free += (end.millis() - start.millis()).max(0);
        }
    }
    free
}

/// Those who take turns and still belong to the team, with what they carried; the running turn counts as carried.
fn candidates(
    reader: &Reader<'_>,
    rotation: &TeamRotation,
    members: &[Member],
    calendar: &WorkCalendar,
    (now, end): (Instant, Instant),
) -> Result<Vec<Candidate>, AppError> {
    let zone = calendar.zone;
    let begin = now.plus_millis(-BACK);
    let around = at_level(reader, rotation.level, begin, now.plus_millis(super::AROUND))?;
    let absences = reader.absences(zone.day_of(now), zone.day_of(end))?;
    let book = reader.on_call_book(now, end)?;
    let others = book.levels.iter().filter(|(level, _)| level.id != rotation.level);
    let elsewhere: Vec<_> = others.flat_map(|(_, roster)| stretches(&roster.shifts(now, end))).collect();
    let mut found = Vec::new();
    for id in &rotation.people {
        let Some(member) = members.iter().find(|member| member.id == *id) else { continue };
        // Whoever leaves the team cannot take a turn from then on.
        let leaves = member.to.map(|to| (zone.start_of(to.plus(1)), Instant::from_millis(i64::MAX / 2)));
        if leaves.is_some_and(|(from, _)| from <= now) {
            continue;
        }
        let came = zone.start_of(member.from);
        let own = around.iter().filter(|shift| shift.member == *id && shift.from <= now);
        let mut one = Candidate {
            member: *id,
            carried: 0,
            carried_free: 0,
            present: (now.millis() - came.max(begin).millis()).max(0),
            last: None,
            away: absences
                .iter()
                .filter(|absence| absence.member == *id && absence.away >= Share::WHOLE)
                .map(|absence| (zone.start_of(absence.first), zone.start_of(absence.last.plus(1))))
                .chain((came > now).then_some((now, came)))
                .chain(leaves)
                .collect(),
            busy: elsewhere
                .iter()
                .filter(|shift| shift.member == *id)
                .map(|shift| (shift.from, shift.to))
                .collect(),
        };
        for shift in own {
            one.carried += shift.millis();
            one.carried_free += free_time(shift.from, shift.to, calendar);
            one.last = one.last.max(Some(shift.to));
        }
        found.push(one);
    }
    Ok(found)
}

/// Why somebody takes a turn, in words.
fn reason(one: &Assignment, members: &[Member]) -> String {
    let of = |pick: fn(&(MemberId, i64, i64)) -> i64| {
        one.carried.iter().find(|carried| carried.0 == one.member).map_or(0, pick)
    };
    let others = |pick: fn(&(MemberId, i64, i64)) -> i64| {
        let others = one.carried.iter().filter(|carried| carried.0 != one.member);
        let could = |member: &MemberId| !one.away.contains(member) && !one.busy.contains(member);
        others.filter(|carried| could(&carried.0)).map(pick).min()
    };
    let than = |least: Option<i64>| {
        least.map_or_else(String::new, |least| format!("; the others {} and more", hours_said(least)))
    };
    let those = |who: &[MemberId], what: &str| {
        let names: Vec<String> = who.iter().map(|member| name_of(members, *member)).collect();
        let is = if names.len() == 1 { "is" } else { "are" };
        match names.is_empty() {
            true => String::new(),
            false => format!(" {} {is} {what}.", crate::team::together(&names)),
        }
    };
    let away = those(&one.away, "away");
    let busy = those(&one.busy, "on call at another level");
    let is_busy = one.busy.contains(&one.member);
    let why = match one.by {
        ChosenBy::Agreed => return "Agreed; it stays.".to_owned(),
        ChosenBy::AllAway => return "All are away; this one least. Somebody should swap.".to_owned(),
        ChosenBy::OthersAway => "The others are away.".to_owned(),
        ChosenBy::OthersBusy if is_busy => "All are on call at another level; this one least.".to_owned(),
        ChosenBy::OthersBusy if one.away.is_empty() => "The others are on call at another level.".to_owned(),
        ChosenBy::OthersBusy => "The others are away, or on call at another level.".to_owned(),
        ChosenBy::OthersJustHad if !one.busy.is_empty() => {
            "The others are away, on call at another level, or have the turn before.".to_owned()
        }
        ChosenBy::OthersJustHad => "The others are away, or have the turn before.".to_owned(),
        ChosenBy::LeastFree => format!(
            "Least on weekends and holidays: {}{}.",
            hours_said(of(|carried| carried.2)),
            than(others(|carried| carried.2))
        ),
        ChosenBy::LeastTime => format!(
            "Least on call: {}{}.",
            hours_said(of(|carried| carried.1)),
            than(others(|carried| carried.1))
        ),
        ChosenBy::LongestAgo => "As much as others; the last turn is longest ago.".to_owned(),
        ChosenBy::Order => "As much as others; first in the rotation.".to_owned(),
    };
    match one.by {
        // Who has it although they are on call already is to be seen.
        ChosenBy::OthersAway if is_busy => why + &busy,
        ChosenBy::OthersAway => why,
        ChosenBy::OthersBusy if one.away.is_empty() => why,
        _ => why + &away + &busy,
    }
}
