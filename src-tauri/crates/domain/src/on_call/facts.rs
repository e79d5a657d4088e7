//! What a team keeps of on call, and the book that is made from it.
//!
//! 1. A level (primary, secondary) has rotations, changes and stored shifts of its own.
//! 2. Up to the instant until which a level is recorded, its stored shifts are the past and nothing else is (11.2).
//!    A stored shift after it was brought in or marked by hand: it speaks for its own time, as an override of all does.
//! 3. A substitution holds only where the calendar says that the person is away for whole days; without it nothing changes
//!    when leave is entered.
//! 4. Being on call on a working day means: at least half of the hours from 08:00 to 18:00 of it, at a level that takes
//!    hours. A night on call alone takes nothing of the working day.
//! 5. A rotation of a team begins at its first handover.

use super::rotation::{Restriction, Rotation, RotationRefused, Turn};
use super::schedule::{Leave, Override, Replacement, Roster, Shift, Warning};
use crate::calendar::{Day, Instant, Zone};
use crate::capacity::Absence;
use crate::identity::{MemberId, RotationId, RowId};
use crate::measures::Share;
use crate::words;
use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// A level of answering: who is called first, who is called next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnCallLevel {
    /// Its identity.
    pub id: RowId,
    /// Its name: “Primary”.
    pub name: String,
    /// Whether being on call here takes a part of a working day (2.3).
    pub takes_hours: bool,
    /// Whether somebody should answer at all hours; else while its rotations do.
    pub all_hours: bool,
    /// Until when its past is recorded; none while nothing but stored shifts is known.
    pub recorded_until: Option<Instant>,
}

/// How the length of a turn is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TurnUnit {
    /// Hours of the clock.
    Hours,
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
}
words!(TurnUnit { Hours = "hours", Days = "days", Weeks = "weeks", Months = "months" });

impl TurnUnit {
    /// A turn of so many of these.
    pub fn turn(self, length: u32) -> Turn {
        match self {
            TurnUnit::Hours => Turn::Hours(length),
            TurnUnit::Days => Turn::Days(length),
            TurnUnit::Weeks => Turn::Weeks(length),
            TurnUnit::Months => Turn::Months(length),
        }
    }
}

/// A rotation of a team, as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRotation {
    /// Its identity.
    pub id: RotationId,
    /// The level for which it answers.
    pub level: RowId,
    /// Its name: “Week”, “Nights”.
    pub name: String,
    /// The zone of its local times.
    pub zone: Zone,
    /// The local time of its first handover.
    pub first: NaiveDateTime,
    /// How the length of a turn is counted.
    pub unit: TurnUnit,
    /// How many of these a turn lasts.
    pub length: u32,
    /// When it ends; none while it goes on.
    pub ends: Option<Instant>,
    /// Who takes turns, in order.
    pub people: Vec<MemberId>,
    /// The times of the week to which it is kept; none is always.
    pub restrictions: Vec<Restriction>,
}

impl TeamRotation {
    /// The rotation of the rules. Refused: a turn without length, nobody who takes one.
    pub fn rotation(&self) -> Result<Rotation, RotationRefused> {
        let turn = self.unit.turn(self.length);
        let rotation =
            Rotation::new(self.zone, self.first, turn, self.people.clone(), self.restrictions.clone())?;
        let begins = rotation.handover(0);
        Ok(rotation.lasting(begins, self.ends.unwrap_or(Instant::from_millis(i64::MAX))))
    }
}

/// Why somebody takes another's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ChangeKind {
    /// A rota gave the turn to somebody else than the rotation.
    Planned,
    /// Somebody else answers.
    Override,
    /// Two people swapped turns.
    Swap,
    /// Somebody stands in for one on leave.
    Substitution,
}
words!(ChangeKind { Planned = "planned", Override = "override", Swap = "swap", Substitution = "substitution" });

/// Somebody takes or leaves a place for a time, as it was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnCallChange {
    /// Its identity.
    pub id: RowId,
    /// The level.
    pub level: RowId,
    /// Why.
    pub kind: ChangeKind,
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// Whose place it is; none adds somebody beside the others.
    pub leaves: Option<MemberId>,
    /// Who takes it; none leaves it empty.
    pub takes: Option<MemberId>,
    /// Why, in words; may be empty.
    pub note: String,
    /// When it was agreed.
    pub recorded_at: Instant,
}

/// A time on call that stands in the file: the recorded past, what was brought in, what was marked by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredShift {
    /// Its identity.
    pub id: RowId,
    /// The level.
    pub level: RowId,
    /// Who.
    pub member: MemberId,
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// Where it comes from: the name of a file; empty for the team's own.
    pub source: String,
}

/// Why something about on call cannot be as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OnCallRefused {
    /// Time that does not go forward.
    #[error("the end does not lie after the beginning")]
    EndsBeforeItBegins,
    /// Longer than anything that is agreed about on call.
    #[error("{days} days are more than two years")]
    TooLong {
        /// How many were asked for.
        days: i64,
    },
    /// Nobody leaves and nobody takes the place.
    #[error("nobody leaves the place and nobody takes it")]
    NobodyMoves,
    /// The same person leaves and takes the place.
    #[error("the same person leaves the place and takes it")]
    SamePerson,
}

/// Whether a time can be one on call: forwards, and not longer than two years.
pub(crate) fn check_time(from: Instant, to: Instant) -> Result<(), OnCallRefused> {
    let days = (to.millis() - from.millis()) / 86_400_000;
    if to <= from {
        return Err(OnCallRefused::EndsBeforeItBegins);
    }
    if days > 2 * 366 {
        return Err(OnCallRefused::TooLong { days });
    }
    Ok(())
}

impl OnCallChange {
    /// Whether it can be agreed.
    pub fn check(&self) -> Result<(), OnCallRefused> {
        check_time(self.from, self.to)?;
        match (self.leaves, self.takes) {
            (None, None) => Err(OnCallRefused::NobodyMoves),
            (Some(leaves), Some(takes)) if leaves == takes => Err(OnCallRefused::SamePerson),
            _ => Ok(()),
        }
    }
}

impl StoredShift {
    /// Whether it can be stored.
    pub fn check(&self) -> Result<(), OnCallRefused> {
        check_time(self.from, self.to)
    }
}

/// Everything known of on call around a window, a roster for each level.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OnCallBook {
    /// The levels, in the order in which they are called, each with its roster.
    pub levels: Vec<(OnCallLevel, Roster)>,
}

impl OnCallBook {
    /// Makes the book of what is stored; absences of whole days are leave (rule 3), in the team's zone.
    pub fn new(
        levels: Vec<OnCallLevel>,
        rotations: &[TeamRotation],
        changes: &[OnCallChange],
        shifts: &[StoredShift],
        absences: &[Absence],
        zone: Zone,
    ) -> OnCallBook {
        let away: Vec<Leave> = absences
            .iter()
            .filter(|absence| absence.away >= Share::WHOLE)
            .map(|absence| Leave {
                member: absence.member,
                from: zone.start_of(absence.first),
                to: zone.start_of(absence.last.plus(1)),
                substitute: None,
            })
            .collect();
        let book = |level: OnCallLevel| {
            let mut roster = Roster { leave: away.clone(), ..Roster::default() };
            // A rotation without people says nothing; the screen names it.
            let own = rotations.iter().filter(|rotation| rotation.level == level.id);
            roster.rotations = own.filter_map(|rotation| rotation.rotation().ok()).collect();
            for change in changes.iter().filter(|change| change.level == level.id) {
                let (remove, add) = (change.leaves, change.takes);
                let place = Override { from: change.from, to: change.to, remove, add };
                match change.kind {
                    ChangeKind::Planned => roster.planned.push(place),
                    ChangeKind::Override => roster.overrides.push(place),
                    ChangeKind::Swap => roster.swaps.push(place),
                    ChangeKind::Substitution => roster.leave.extend(substituted(&place, &away)),
                }
            }
            let until = level.recorded_until.unwrap_or(Instant::from_millis(i64::MIN));
            let mut own: Vec<&StoredShift> = shifts.iter().filter(|shift| shift.level == level.id).collect();
            own.sort_by_key(|shift| (shift.from, shift.to));
            let part = |shift: &&StoredShift, from: Instant, to: Instant| {
                let cut = (shift.member, shift.from.max(from), shift.to.min(to));
                (cut.1 < cut.2).then_some(cut)
            };
            if level.recorded_until.is_some() {
                let begin = Instant::from_millis(i64::MIN);
                let past = own.iter().filter_map(|shift| part(shift, begin, until)).collect();
                roster.recorded.push(Replacement { from: begin, to: until, shifts: past });
            }
            let end = Instant::from_millis(i64::MAX);
            for (member, from, to) in own.iter().filter_map(|shift| part(shift, until, end)) {
                match roster.replacements.last_mut().filter(|block| from <= block.to) {
                    Some(block) => {
                        block.to = block.to.max(to);
                        block.shifts.push((member, from, to));
                    }
                    None => {
                        roster.replacements.push(Replacement { from, to, shifts: vec![(member, from, to)] });
                    }
                }
            }
            (level, roster)
        };
        OnCallBook { levels: levels.into_iter().map(book).collect() }
    }

    /// Who is on call on which days, by rule 4, in a zone; both days included.
    pub fn days(&self, first: Day, last: Day, zone: Zone) -> BTreeSet<(MemberId, Day)> {
        let mut days = BTreeSet::new();
        let hours = [WorkingPart::on(first, zone), WorkingPart::on(last, zone)];
        for (level, roster) in self.levels.iter().filter(|(level, _)| level.takes_hours) {
            let until = level.recorded_until.unwrap_or(Instant::from_millis(i64::MIN));
            // A roster that says nothing is not asked about each day.
            if roster.rotations.is_empty() && roster.replacements.is_empty() && until <= hours[0].from {
                continue;
            }
            let shifts = roster.shifts(hours[0].from, hours[1].to);
            for day in first.through(last) {
                let part = WorkingPart::on(day, zone);
                let mut held: Vec<(MemberId, i64)> = Vec::new();
                for shift in &shifts {
                    let millis = shift.to.min(part.to).millis() - shift.from.max(part.from).millis();
                    if millis > 0 {
                        match held.iter_mut().find(|(member, _)| *member == shift.member) {
                            Some(known) => known.1 += millis,
                            None => held.push((shift.member, millis)),
                        }
                    }
                }
                let half = (part.to.millis() - part.from.millis()) / 2;
                days.extend(
                    held.into_iter().filter(|(_, millis)| *millis >= half).map(|(member, _)| (member, day)),
                );
            }
        }
        days
    }

    /// Who is on call at an instant, level by level.
    pub fn at(&self, at: Instant) -> Vec<(&OnCallLevel, Shift)> {
        let all = self.levels.iter();
        all.flat_map(|(level, roster)| roster.at(at).into_iter().map(move |shift| (level, shift))).collect()
    }

    /// When somebody should be on call at a level within a window: while its rotations answer, or at all hours since anything
    /// is known of it.
    pub fn wanted(&self, level: RowId, from: Instant, to: Instant) -> Vec<(Instant, Instant)> {
        let Some((level, roster)) = self.levels.iter().find(|(one, _)| one.id == level) else {
            return Vec::new();
        };
        let answers = roster.answers(from, to);
        if !level.all_hours {
            return answers;
        }
        let known = roster.shifts(from, to).first().map(|shift| shift.from);
        let begin = answers.first().map(|(begin, _)| *begin).into_iter().chain(known).min();
        begin.filter(|begin| *begin < to).map(|begin| (begin.max(from), to)).into_iter().collect()
    }

    /// Who is on call although they are away, each time once (11.3).
    pub fn warnings(&self, from: Instant, to: Instant) -> Vec<(&OnCallLevel, Warning)> {
        let mut all = Vec::new();
        for (level, roster) in &self.levels {
            let mut warnings = roster.warnings(from, to);
            warnings.dedup();
            all.extend(warnings.into_iter().map(|warning| (level, warning)));
        }
        all.sort_by_key(|(_, warning)| warning.shift.from);
        all
    }
}

/// The hours of a day that count as worked, 08:00 to 18:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingPart {
    /// 08:00.
    pub from: Instant,
    /// 18:00.
    pub to: Instant,
}

impl WorkingPart {
    /// Those of a day in a zone.
    pub fn on(day: Day, zone: Zone) -> WorkingPart {
        let at = |hour: u32| {
            zone.instant(day.date().and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)))
        };
        WorkingPart { from: at(8), to: at(18) }
    }
}

/// The parts of a substitution in which the person is away.
fn substituted(place: &Override, away: &[Leave]) -> Vec<Leave> {
    let Some((leaves, takes)) = place.remove.zip(place.add) else { return Vec::new() };
    let of_person = away.iter().filter(|leave| leave.member == leaves);
    of_person
        .map(|leave| Leave {
            member: leaves,
            from: leave.from.max(place.from),
            to: leave.to.min(place.to),
            substitute: Some(takes),
        })
        .filter(|leave| leave.from < leave.to)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::schedule::Authority;
    use super::*;
    use crate::calendar::WorkingWeek;

    fn zone() -> Zone {
        Zone::parse("Europe/Zurich").unwrap()
    }

    fn at(text: &str) -> Instant {
        zone().instant(NaiveDateTime::parse_from_str(&format!("2026-{text}"), "%Y-%m-%d %H:%M").unwrap())
    }

    fn day(text: &str) -> Day {
        Day::parse(&format!("2026-{text}")).unwrap()
    }

    fn member(n: u128) -> MemberId {
        uuid::Uuid::from_u128(n).into()
    }

    fn row(n: u128) -> RowId {
        uuid::Uuid::from_u128(n).into()
    }

    fn level(recorded_until: Option<&str>) -> OnCallLevel {
        let recorded_until = recorded_until.map(at);
        OnCallLevel { id: row(1), name: "Primary".into(), takes_hours: true, all_hours: true, recorded_until }
    }

    /// Three people take weeks from Monday 23 November 09:00 on.
    fn weekly() -> TeamRotation {
        TeamRotation {
            id: uuid::Uuid::from_u128(7).into(),
            level: row(1),
            name: "Week".into(),
            zone: zone(),
            first: NaiveDateTime::parse_from_str("2026-11-23 09:00", "%Y-%m-%d %H:%M").unwrap(),
            unit: TurnUnit::Weeks,
            length: 1,
            ends: None,
            people: vec![member(1), member(2), member(3)],
            restrictions: Vec::new(),
        }
    }

    fn stored(who: u128, from: &str, to: &str) -> StoredShift {
        let (from, to) = (at(from), at(to));
        StoredShift { id: row(9), level: row(1), member: member(who), from, to, source: String::new() }
    }

    fn change(kind: ChangeKind, leaves: u128, takes: u128, from: &str, to: &str) -> OnCallChange {
        OnCallChange {
            id: row(8),
            level: row(1),
            kind,
            from: at(from),
            to: at(to),
            leaves: Some(member(leaves)),
            takes: Some(member(takes)),
            note: String::new(),
            recorded_at: at("11-20 12:00"),
        }
    }

    fn away(who: u128, first: &str, last: &str, away: Share) -> Absence {
        let (first, last) = (day(first), day(last));
        Absence { id: row(5), member: member(who), first, last, away, note: String::new() }
    }

    /// Who answers from 23 November to 15 December, in whole words.
    fn told(book: &OnCallBook) -> Vec<String> {
        let local = |at| zone().local(at).format("%m-%d %H").to_string();
        let one = |shift: &Shift| {
            let who = shift.member.to_string().chars().last().unwrap();
            format!("{who} {}–{} {:?}", local(shift.from), local(shift.to), shift.by)
        };
        book.levels[0].1.shifts(at("11-23 00:00"), at("12-15 00:00")).iter().map(one).collect()
    }

    #[test]
    fn rule_11_2_the_recorded_past_is_what_is_stored_and_nothing_else() {
        let book = OnCallBook::new(
            vec![level(Some("12-01 12:00"))],
            &[weekly()],
            &[change(ChangeKind::Override, 1, 3, "11-24 09:00", "11-25 09:00")],
            &[stored(2, "11-23 09:00", "11-30 09:00")],
            &[],
            zone(),
        );
        assert_eq!(
            told(&book),
            [
                "2 11-23 09–11-30 09 Recorded",
                "2 12-01 12–12-07 09 Rotation",
                "3 12-07 09–12-14 09 Rotation",
                "1 12-14 09–12-15 00 Rotation"
            ],
            "the time of which nothing is stored is a gap"
        );
    }

    #[test]
    fn what_was_brought_in_for_later_speaks_for_its_own_time() {
        let book = OnCallBook::new(
            vec![level(Some("11-23 09:00"))],
            &[weekly()],
            &[],
            &[stored(3, "12-01 00:00", "12-02 00:00"), stored(2, "12-01 12:00", "12-03 00:00")],
            &[],
            zone(),
        );
        assert_eq!(
            told(&book)[..5],
            [
                "1 11-23 09–11-30 09 Rotation",
                "2 11-30 09–12-01 00 Rotation",
                "3 12-01 00–12-02 00 Override",
                "2 12-01 12–12-03 00 Override",
                "2 12-03 00–12-07 09 Rotation"
            ]
        );
        let none = OnCallBook::new(
            vec![level(None)],
            &[],
            &[],
            &[stored(3, "12-01 00:00", "12-02 00:00")],
            &[],
            zone(),
        );
        assert_eq!(told(&none), ["3 12-01 00–12-02 00 Override"]);
    }

    #[test]
    fn rule_11_2_a_substitute_stands_in_only_while_the_calendar_says_that_the_person_is_away() {
        let substitution = [change(ChangeKind::Substitution, 2, 3, "11-30 00:00", "12-07 00:00")];
        let book = |absences: &[Absence]| {
            OnCallBook::new(
                vec![level(Some("11-23 09:00"))],
                &[weekly()],
                &substitution,
                &[],
                absences,
                zone(),
            )
        };
        let whole = book(&[away(2, "12-02", "12-03", Share::WHOLE)]);
        assert_eq!(told(&whole)[2], "3 12-02 00–12-04 00 Substitution");
        assert_eq!(whole.warnings(at("11-23 00:00"), at("12-20 00:00")), []);
        let back = book(&[]);
        assert_eq!(told(&back)[1], "2 11-30 09–12-07 09 Rotation", "leave that was called off moves nobody");
        let half = book(&[away(2, "12-02", "12-03", Share::percent(50))]);
        assert_eq!(told(&half), told(&back), "half a day off is no leave");
        let both = book(&[away(2, "12-02", "12-03", Share::WHOLE), away(3, "12-03", "12-03", Share::WHOLE)]);
        let warned = both.warnings(at("11-23 00:00"), at("12-20 00:00"));
        assert_eq!(warned.len(), 1, "the substitute is away on one of the days");
        assert_eq!((warned[0].1.shift.member, warned[0].1.shift.by), (member(3), Authority::Substitution));
    }

    #[test]
    fn rule_2_1_a_day_on_call_is_one_on_which_half_of_the_working_hours_are() {
        let book = OnCallBook::new(vec![level(None)], &[weekly()], &[], &[], &[], zone());
        let days = book.days(day("11-20"), day("12-01"), zone());
        let of = |who: u128| {
            days.iter()
                .filter(|(one, _)| *one == member(who))
                .map(|(_, day)| day.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(1).first().map(String::as_str), Some("2026-11-23"));
        assert_eq!(of(1).len(), 7, "who hands over at nine is not on call that day");
        assert_eq!(of(2), ["2026-11-30", "2026-12-01"]);
        let nights = Restriction {
            days: WorkingWeek::from_bits(0b111_1111).unwrap(),
            from: NaiveTime::from_hms_opt(20, 0, 0).unwrap(),
            to: NaiveTime::from_hms_opt(8, 0, 0).unwrap(),
        };
        let only_nights = TeamRotation { restrictions: vec![nights], ..weekly() };
        let book = OnCallBook::new(vec![level(None)], &[only_nights], &[], &[], &[], zone());
        assert!(book.days(day("11-20"), day("12-01"), zone()).is_empty());
        let second = OnCallLevel { takes_hours: false, ..level(None) };
        let book = OnCallBook::new(vec![second], &[weekly()], &[], &[], &[], zone());
        assert!(book.days(day("11-20"), day("12-01"), zone()).is_empty());
    }

    #[test]
    fn a_change_moves_somebody_forwards_in_time() {
        let good = change(ChangeKind::Override, 1, 2, "11-24 09:00", "11-25 09:00");
        assert_eq!(good.check(), Ok(()));
        let check = |change: OnCallChange| change.check().map_err(|refused| refused.to_string());
        let said = |text: &str| Err(text.to_owned());
        assert_eq!(
            check(OnCallChange { to: good.from, ..good.clone() }),
            said("the end does not lie after the beginning")
        );
        assert_eq!(
            check(OnCallChange { to: good.from.plus_millis(800 * 86_400_000), ..good.clone() }),
            said("800 days are more than two years")
        );
        assert_eq!(
            check(OnCallChange { takes: Some(member(1)), ..good.clone() }),
            said("the same person leaves the place and takes it")
        );
        assert_eq!(
            check(OnCallChange { takes: None, leaves: None, ..good }),
            said("nobody leaves the place and nobody takes it")
        );
    }
}
