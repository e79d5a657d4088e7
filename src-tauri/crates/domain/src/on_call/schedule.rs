//! From rotations, swaps and overrides to who is on call (11.2).
//!
//! 1. Each authority changes what the lower ones say, where and while it speaks, and nothing else.
//! 2. A substitute, a partner of a swap or an override takes somebody's place; the turn stays the one of whom it was.
//! 3. Of overrides the newest wins: it may take the place of whom an older one put there, or of whose turn it is.
//! 4. A replacement speaks for everything in its time, its own gaps included; so does the recorded past.
//! 5. Shifts of one person that touch and have the same reason are one.

use super::rotation::Rotation;
use crate::calendar::Instant;
use crate::identity::MemberId;

/// Why somebody is on call, from the weakest to the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Authority {
    /// It is their turn.
    Rotation,
    /// A rota gave it to them.
    Planned,
    /// They stand in for somebody on leave.
    Substitution,
    /// They swapped.
    Swap,
    /// An override says so, or a replacement of all.
    Override,
    /// They were on call: the recorded past.
    Recorded,
}

/// Somebody's time on call, from an instant up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// Who.
    pub member: MemberId,
    /// Whose turn it is by the rotation.
    pub turn_of: MemberId,
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// Why they are.
    pub by: Authority,
}

impl Shift {
    /// Its length in milliseconds.
    pub fn millis(&self) -> i64 {
        self.to.millis() - self.from.millis()
    }

    fn within(self, from: Instant, to: Instant) -> Option<Shift> {
        let cut = Shift { from: self.from.max(from), to: self.to.min(to), ..self };
        (cut.from < cut.to).then_some(cut)
    }
}

/// Somebody takes or leaves a place for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Override {
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// Whose place it is; none adds somebody beside the others.
    pub remove: Option<MemberId>,
    /// Who takes it; none leaves it empty.
    pub add: Option<MemberId>,
}

/// Somebody's leave, and who stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// Who is away.
    pub member: MemberId,
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// Who stands in; none leaves the shift with them, as a warning.
    pub substitute: Option<MemberId>,
}

/// Shifts that replace everything in a time: a holiday's plan, or the recorded past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// From when on.
    pub from: Instant,
    /// Up to when.
    pub to: Instant,
    /// Who is on call in it, from when, up to when.
    pub shifts: Vec<(MemberId, Instant, Instant)>,
}

/// Everything that says who is on call at one level: primary, or secondary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// The rotations; several may hold at different times of the week.
    pub rotations: Vec<Rotation>,
    /// Turns that a rota gave to others than the rotations, each as a place taken.
    pub planned: Vec<Override>,
    /// Leave with its substitutes.
    pub leave: Vec<Leave>,
    /// Swaps, each as two places taken, in the order in which they were agreed.
    pub swaps: Vec<Override>,
    /// Overrides, the newest last.
    pub overrides: Vec<Override>,
    /// Replacements, the newest last.
    pub replacements: Vec<Replacement>,
    /// What was so.
    pub recorded: Vec<Replacement>,
}

/// Somebody is on call and cannot answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// The part of the shift in which they are away.
    pub shift: Shift,
}

impl Roster {
    /// Who is on call in a window, cut at its ends, in order of time.
    pub fn shifts(&self, from: Instant, to: Instant) -> Vec<Shift> {
        let mut shifts: Vec<Shift> =
            self.rotations.iter().flat_map(|rotation| rotation.shifts(from, to)).collect();
        for one in &self.planned {
            take(&mut shifts, one, Authority::Planned);
        }
        for leave in &self.leave {
            // Without a substitute nothing changes: a warning says so.
            if let Some(substitute) = leave.substitute {
                let place = Override {
                    from: leave.from,
                    to: leave.to,
                    remove: Some(leave.member),
                    add: Some(substitute),
                };
                take(&mut shifts, &place, Authority::Substitution);
            }
        }
        for swap in &self.swaps {
            take(&mut shifts, swap, Authority::Swap);
        }
        for one in &self.overrides {
            take(&mut shifts, one, Authority::Override);
        }
        for one in &self.replacements {
            replace(&mut shifts, one, Authority::Override);
        }
        for one in &self.recorded {
            replace(&mut shifts, one, Authority::Recorded);
        }
        joined(shifts.into_iter().filter_map(|shift| shift.within(from, to)).collect())
    }

    /// The times of a window in which its rotations answer, in order and apart from each other.
    pub fn answers(&self, from: Instant, to: Instant) -> Vec<(Instant, Instant)> {
        apart(self.rotations.iter().flat_map(|rotation| rotation.answers(from, to)).collect())
    }

    /// Who is on call at an instant.
    pub fn at(&self, at: Instant) -> Vec<Shift> {
        self.shifts(at, at.plus_millis(1))
    }

    /// Who is on call in a window although they are on leave (11.3).
    pub fn warnings(&self, from: Instant, to: Instant) -> Vec<Warning> {
        let shifts = self.shifts(from, to);
        let mut warnings = Vec::new();
        for leave in &self.leave {
            let away = shifts.iter().filter(|shift| shift.member == leave.member);
            warnings.extend(
                away.filter_map(|shift| shift.within(leave.from, leave.to)).map(|shift| Warning { shift }),
            );
        }
        warnings.sort_by_key(|warning| warning.shift.from);
        warnings
    }
}

/// Times in order, those that touch or overlap as one.
pub(super) fn apart(mut times: Vec<(Instant, Instant)>) -> Vec<(Instant, Instant)> {
    times.sort();
    let mut apart: Vec<(Instant, Instant)> = Vec::with_capacity(times.len());
    for (from, to) in times {
        match apart.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}

/// Takes places, by rules 2 and 3.
fn take(shifts: &mut Vec<Shift>, place: &Override, by: Authority) {
    let Some(removed) = place.remove else {
        if let Some(member) = place.add {
            shifts.push(Shift { member, turn_of: member, from: place.from, to: place.to, by });
        }
        return;
    };
    let mut after = Vec::with_capacity(shifts.len() + 2);
    for shift in shifts.drain(..) {
        let meant = shift.member == removed || shift.turn_of == removed;
        match shift.within(place.from, place.to).filter(|_| meant) {
            None => after.push(shift),
            Some(inside) => {
                after.extend(shift.within(shift.from, inside.from));
                after.extend(place.add.map(|member| Shift { member, by, ..inside }));
                after.extend(shift.within(inside.to, shift.to));
            }
        }
    }
    *shifts = after;
}

/// Replaces everything in a time, by rule 4.
fn replace(shifts: &mut Vec<Shift>, with: &Replacement, by: Authority) {
    let mut after: Vec<Shift> = Vec::with_capacity(shifts.len() + with.shifts.len());
    for shift in shifts.drain(..) {
        after.extend(shift.within(shift.from, with.from.min(shift.to)));
        after.extend(shift.within(with.to.max(shift.from), shift.to));
    }
    let own = with.shifts.iter().map(|(member, from, to)| Shift {
        member: *member,
        turn_of: *member,
        from: *from,
        to: *to,
        by,
    });
    after.extend(own.filter_map(|shift| shift.within(with.from, with.to)));
    *shifts = after;
}

/// Shifts in order of time, those of one person that touch or overlap as one (rule 5).
fn joined(mut shifts: Vec<Shift>) -> Vec<Shift> {
    shifts.sort_by_key(|shift| (shift.member, shift.by, shift.turn_of, shift.from, shift.to));
    let mut joined: Vec<Shift> = Vec::with_capacity(shifts.len());
    for shift in shifts {
        match joined.last_mut() {
            Some(last)
                if last.member == shift.member
                    && last.by == shift.by
                    && last.turn_of == shift.turn_of
                    && shift.from <= last.to =>
            {
                last.to = last.to.max(shift.to);
            }
            _ => joined.push(shift),
        }
    }
    joined.sort_by_key(|shift| (shift.from, shift.to, shift.member));
    joined
}

#[cfg(test)]
mod tests {
    use super::super::rotation::Turn;
    use super::*;
    use crate::calendar::Zone;
    use expect_test::{Expect, expect};

    fn member(name: &str) -> MemberId {
        uuid::Uuid::from_u128(u128::from(name.bytes().next().unwrap())).into()
    }

    /// `24 09:00` of November 2026, UTC.
    fn at(text: &str) -> Instant {
        let local =
            chrono::NaiveDateTime::parse_from_str(&format!("2026-11-{text}"), "%Y-%m-%d %H:%M").unwrap();
        Zone::UTC.instant(local)
    }

    /// Daily turns of a and b at 09:00, from the 23rd; then what is said, one a line:
    /// `leave|swap|override|replace|recorded FROM TO [WHO] [for WHOM]`.
    fn roster(told: &str) -> Roster {
        let first = chrono::NaiveDateTime::parse_from_str("2026-11-23 09:00", "%Y-%m-%d %H:%M").unwrap();
        let people = vec![member("a"), member("b")];
        let mut roster = Roster {
            rotations: vec![Rotation::new(Zone::UTC, first, Turn::Days(1), people, Vec::new()).unwrap()],
            ..Roster::default()
        };
        for line in told.lines().filter(|line| !line.trim().is_empty()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let (from, to) = (at(&words[1..3].join(" ")), at(&words[3..5].join(" ")));
            let add = words.get(5).filter(|word| **word != "-").map(|name| member(name));
            let remove = words.get(7).map(|name| member(name));
            let place = Override { from, to, remove, add };
            let all = Replacement { from, to, shifts: add.map(|who| (who, from, to)).into_iter().collect() };
            match words[0] {
                "leave" => {
                    roster.leave.push(Leave { member: remove.unwrap(), from, to, substitute: add });
                }
                "swap" => roster.swaps.push(place),
                "override" => roster.overrides.push(place),
                "replace" => roster.replacements.push(all),
                "recorded" => roster.recorded.push(all),
                other => panic!("{other}"),
            }
        }
        roster
    }

    fn told(shift: &Shift) -> String {
        let name = |who: MemberId| ["a", "b", "c", "d"].into_iter().find(|one| member(one) == who).unwrap();
        let clock = |at| Zone::UTC.local(at).format("%d %H:%M").to_string();
        format!("{} {}–{} {:?}\n", name(shift.member), clock(shift.from), clock(shift.to), shift.by)
    }

    fn check(said: &str, expected: Expect) {
        let shifts = roster(said).shifts(at("23 09:00"), at("26 09:00"));
        expected.assert_eq(&shifts.iter().map(told).collect::<String>());
    }

    #[test]
    fn rule_11_2_leave_never_shifts_other_people_s_turns() {
        check(
            "leave 24 00:00 24 18:00 c for b",
            expect![[r#"
                a 23 09:00–24 09:00 Rotation
                c 24 09:00–24 18:00 Substitution
                b 24 18:00–25 09:00 Rotation
                a 25 09:00–26 09:00 Rotation
            "#]],
        );
    }

    #[test]
    fn rule_11_2_leave_without_a_substitute_is_a_warning() {
        let roster = roster("leave 24 00:00 24 18:00 - for b");
        let warnings = roster.warnings(at("23 09:00"), at("26 09:00"));
        let text: String = warnings.iter().map(|warning| told(&warning.shift)).collect();
        assert_eq!(text, "b 24 09:00–24 18:00 Rotation\n");
        assert_eq!(roster.warnings(at("24 18:00"), at("26 09:00")), []);
    }

    #[test]
    fn rule_11_2_a_swap_yields_to_an_override_and_that_to_the_recorded_past() {
        check(
            "swap 23 09:00 24 09:00 b for a
             swap 24 09:00 25 09:00 a for b
             override 23 12:00 23 15:00 c for a
             recorded 23 09:00 23 10:00 d",
            expect![[r#"
                d 23 09:00–23 10:00 Recorded
                b 23 10:00–23 12:00 Swap
                c 23 12:00–23 15:00 Override
                b 23 15:00–24 09:00 Swap
                a 24 09:00–25 09:00 Swap
                a 25 09:00–26 09:00 Rotation
            "#]],
        );
    }

    #[test]
    fn rule_11_2_of_overrides_the_newest_wins() {
        check(
            "override 23 10:00 23 20:00 c for a
             override 23 12:00 23 14:00 d for a
             override 23 16:00 23 18:00 d for c",
            expect![[r#"
                a 23 09:00–23 10:00 Rotation
                c 23 10:00–23 12:00 Override
                d 23 12:00–23 14:00 Override
                c 23 14:00–23 16:00 Override
                d 23 16:00–23 18:00 Override
                c 23 18:00–23 20:00 Override
                a 23 20:00–24 09:00 Rotation
                b 24 09:00–25 09:00 Rotation
                a 25 09:00–26 09:00 Rotation
            "#]],
        );
    }

    #[test]
    fn a_replacement_speaks_for_its_gaps_too() {
        check(
            "replace 24 00:00 25 00:00 -",
            expect![[r#"
                a 23 09:00–24 00:00 Rotation
                b 25 00:00–25 09:00 Rotation
                a 25 09:00–26 09:00 Rotation
            "#]],
        );
    }

    #[test]
    fn an_instant_has_those_whose_shift_holds_it() {
        let roster = roster("override 23 10:00 23 11:00 c");
        let on_call = |when: &str| roster.at(at(when)).iter().map(|shift| shift.member).collect::<Vec<_>>();
        assert_eq!(on_call("24 08:59"), [member("a")]);
        assert_eq!(on_call("24 09:00"), [member("b")]);
        assert_eq!(on_call("23 10:30"), [member("a"), member("c")]);
    }
}
