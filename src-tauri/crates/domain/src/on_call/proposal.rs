//! A fair rota: who takes which of the coming turns.
//!
//! 1. Turns are given out in order of time. Of those who could take one, these questions are asked one after the other
//!    until a single person is left, and the one that decided is the reason:
//!    who is not away; who is not on call at another level then; who does not have the turn before; who carried least on weekends and holidays, where the turn has
//!    such; who carried least in all; whose last turn is longest ago; who comes first in the rotation.
//! 2. Carried is what was carried in the time looked back at and what is given out here. Who has not belonged to the team
//!    as long as the others is measured by the time they have; who is new, with less than two weeks, counts as having
//!    carried what the others did on average.
//! 3. Less than twelve hours more or less is the same.
//! 4. What people agreed stays as it is, and counts.
//! 5. Where all are away the one who is away least takes the turn, and it is said.

use crate::calendar::Instant;
use crate::identity::MemberId;

/// Less than this apart is the same (rule 3): twelve hours.
const SAME: i64 = 12 * 3_600_000;
/// Less than this in the team is new (rule 2): two weeks.
const NEW: i64 = 14 * 86_400_000;

/// A turn to give out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// When it begins.
    pub from: Instant,
    /// When it ends.
    pub to: Instant,
    /// Milliseconds of it on call.
    pub time: i64,
    /// Milliseconds of these on weekends and holidays.
    pub free: i64,
    /// Whose turn it is by the rotation.
    pub turn_of: MemberId,
    /// Who takes it because people agreed so; none where it is to be given out.
    pub agreed: Option<MemberId>,
}

/// Somebody who can take turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub member: MemberId,
    /// Milliseconds on call in the time looked back at.
    pub carried: i64,
    /// Milliseconds of these on weekends and holidays.
    pub carried_free: i64,
    /// Milliseconds of the time looked back at in which they belonged to the team.
    pub present: i64,
    /// When their last turn ended; none where no turn is known.
    pub last: Option<Instant>,
    /// When they are away.
    pub away: Vec<(Instant, Instant)>,
    /// When they are on call at other levels.
    pub busy: Vec<(Instant, Instant)>,
}

/// What decided (rule 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChosenBy {
    /// People agreed so before.
    Agreed,
    /// The others are away.
    OthersAway,
    /// The others are away, or longer on call at other levels.
    OthersBusy,
    /// The others are away, on call at other levels, or have the turn before.
    OthersJustHad,
    /// Least on weekends and holidays.
    LeastFree,
    /// Least in all.
    LeastTime,
    /// Their last turn is longest ago.
    LongestAgo,
    /// The order of the rotation.
    Order,
    /// All are away; this one least.
    AllAway,
}

/// A turn that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The turn.
    pub slot: Slot,
    /// Who takes it.
    pub member: MemberId,
    /// What decided.
    pub by: ChosenBy,
    /// Who could not, being away.
    pub away: Vec<MemberId>,
    /// Who is on call at another level in it.
    pub busy: Vec<MemberId>,
    /// What each had carried before this turn, as over the longest time that anybody is in the team: in all, on weekends and holidays;
    /// in the order of the candidates.
    pub carried: Vec<(MemberId, i64, i64)>,
}

/// Gives out turns, which are in order of time, among candidates in the order of the rotation. Nothing without candidates.
pub fn propose(slots: &[Slot], candidates: &[Candidate]) -> Vec<Assignment> {
    let mut state = scaled(candidates);
    let has_turn = |slot: &Slot| {
        let mut held = candidates.iter().filter(|one| one.last.is_some_and(|last| last >= slot.from));
        held.next().map(|one| one.member)
    };
    let mut before = slots.first().and_then(has_turn);
    let mut given = Vec::with_capacity(slots.len());
    for slot in slots {
        let chosen = match slot.agreed {
            Some(member) => {
                (member, ChosenBy::Agreed, candidates.iter().position(|one| one.member == member))
            }
            None => match choose(slot, candidates, &state, before) {
                Some((at, by)) => (candidates[at].member, by, Some(at)),
                None => return given,
            },
        };
        let those = |have: fn(&Candidate, &Slot) -> i64| {
            candidates.iter().filter(|one| have(one, slot) > 0).map(|one| one.member).collect()
        };
        let (away, busy) = (those(away_in), those(busy_in));
        let carried =
            candidates.iter().zip(&state).map(|(one, state)| (one.member, state.time, state.free)).collect();
        let (member, by, at) = chosen;
        given.push(Assignment { slot: *slot, member, by, away, busy, carried });
        if let Some(state) = at.and_then(|at| state.get_mut(at)) {
            state.time += slot.time;
            state.free += slot.free;
            state.last = Some(slot.to);
        }
        before = Some(member);
    }
    given
}

/// What a candidate carries while turns are given out.
#[derive(Debug, Clone, Copy)]
struct Carried {
    time: i64,
    free: i64,
    last: Option<Instant>,
}

/// Carried by rule 2.
fn scaled(candidates: &[Candidate]) -> Vec<Carried> {
    let longest = candidates.iter().map(|one| one.present).max().unwrap_or(0);
    let known = |one: &&Candidate| one.present >= longest.min(NEW);
    let of = |value: i64, present: i64| match present {
        // Before its first day a team has no past to measure by.
        0 => value,
        present => (i128::from(value) * i128::from(longest) / i128::from(present)) as i64,
    };
    let scaled: Vec<(i64, i64)> = candidates
        .iter()
        .filter(known)
        .map(|one| (of(one.carried, one.present), of(one.carried_free, one.present)))
        .collect();
    let mean = |pick: fn(&(i64, i64)) -> i64| {
        if scaled.is_empty() { 0 } else { scaled.iter().map(pick).sum::<i64>() / scaled.len() as i64 }
    };
    let mean = (mean(|one| one.0), mean(|one| one.1));
    candidates
        .iter()
        .map(|one| {
            let is_known = known(&one);
            Carried {
                time: if is_known { of(one.carried, one.present) } else { mean.0 },
                free: if is_known { of(one.carried_free, one.present) } else { mean.1 },
                last: one.last,
            }
        })
        .collect()
}

fn choose(
    slot: &Slot,
    candidates: &[Candidate],
    state: &[Carried],
    before: Option<MemberId>,
) -> Option<(usize, ChosenBy)> {
    let all: Vec<usize> = (0..candidates.len()).collect();
    let least_away = candidates.iter().map(|one| away_in(one, slot)).min()?;
    let mut left: Vec<usize> =
        all.into_iter().filter(|at| away_in(&candidates[*at], slot) == least_away).collect();
    let mut by = if least_away > 0 { ChosenBy::AllAway } else { ChosenBy::OthersAway };
    let mut narrow = |left: &mut Vec<usize>, to: Vec<usize>, reason: ChosenBy| {
        if left.len() > 1 && !to.is_empty() && to.len() < left.len() {
            *left = to;
            by = if least_away > 0 { ChosenBy::AllAway } else { reason };
        }
    };
    let least_busy = left.iter().map(|at| busy_in(&candidates[*at], slot)).min()?;
    let idle = left.iter().copied().filter(|at| busy_in(&candidates[*at], slot) == least_busy).collect();
    narrow(&mut left, idle, ChosenBy::OthersBusy);
    let rested = left.iter().copied().filter(|at| Some(candidates[*at].member) != before).collect();
    narrow(&mut left, rested, ChosenBy::OthersJustHad);
    if slot.free > 0 {
        let least = least_of(&left, |at| state[at].free);
        narrow(&mut left, least, ChosenBy::LeastFree);
    }
    let least = least_of(&left, |at| state[at].time);
    narrow(&mut left, least, ChosenBy::LeastTime);
    // Who never had a turn waits longest.
    let oldest = left.iter().map(|at| state[*at].last).min()?;
    let longest = left.iter().copied().filter(|at| state[*at].last == oldest).collect();
    narrow(&mut left, longest, ChosenBy::LongestAgo);
    let first = left.first().copied().into_iter().collect();
    narrow(&mut left, first, ChosenBy::Order);
    left.first().map(|at| (*at, by))
}

fn least_of(left: &[usize], of: impl Fn(usize) -> i64) -> Vec<usize> {
    let least = left.iter().map(|at| of(*at)).min().unwrap_or(0);
    left.iter().copied().filter(|at| of(*at) < least + SAME).collect()
}

/// Milliseconds of a turn in which somebody is away.
fn away_in(one: &Candidate, slot: &Slot) -> i64 {
    part_of(slot, &one.away)
}

/// Milliseconds of a turn in which somebody is on call at other levels.
fn busy_in(one: &Candidate, slot: &Slot) -> i64 {
    part_of(slot, &one.busy)
}

fn part_of(slot: &Slot, times: &[(Instant, Instant)]) -> i64 {
    let part = |(from, to): &(Instant, Instant)| {
        (to.millis().min(slot.to.millis()) - from.millis().max(slot.from.millis())).max(0)
    };
    times.iter().map(part).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use std::fmt::Write;

    const DAY: i64 = 86_400_000;

    fn member(n: u128) -> MemberId {
        uuid::Uuid::from_u128(n).into()
    }

    fn at(day: i64) -> Instant {
        Instant::from_millis(day * DAY)
    }

    /// Turns of a week from day 0 on, with the weekend in each.
    fn weeks(count: i64) -> Vec<Slot> {
        let slot = |n: i64| Slot {
            from: at(7 * n),
            to: at(7 * n + 7),
            time: 7 * DAY,
            free: 2 * DAY,
            turn_of: member(1 + n.rem_euclid(3) as u128),
            agreed: None,
        };
        (0..count).map(slot).collect()
    }

    /// `a 14/4 last -7 away 8-9`: days on call, of these at weekends, when the last turn ended, days away.
    fn candidates(text: &str) -> Vec<Candidate> {
        let one = |line: &str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let number = |text: &str| text.parse::<i64>().unwrap();
            let (time, free) = words[1].split_once('/').unwrap();
            let mut one = Candidate {
                member: member(u128::from(words[0].as_bytes()[0] - b'a') + 1),
                carried: number(time) * DAY,
                carried_free: number(free) * DAY,
                present: 84 * DAY,
                last: None,
                away: Vec::new(),
                busy: Vec::new(),
            };
            for pair in words[2..].chunks(2) {
                match pair[0] {
                    "last" => one.last = Some(at(number(pair[1]))),
                    "present" => one.present = number(pair[1]) * DAY,
                    kind => {
                        let (first, last) = pair[1].split_once('-').unwrap();
                        let times = if kind == "busy" { &mut one.busy } else { &mut one.away };
                        times.push((at(number(first)), at(number(last) + 1)));
                    }
                }
            }
            one
        };
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(one).collect()
    }

    fn check(turns: i64, people: &str, expected: Expect) {
        let name = |member: MemberId| (b'a' + member.to_string().as_bytes()[35] - b'1') as char;
        let mut told = String::new();
        for one in propose(&weeks(turns), &candidates(people)) {
            let away: String = one.away.iter().map(|member| name(*member)).collect();
            let away = if away.is_empty() { away } else { format!(" ({away} away)") };
            writeln!(told, "{} {:?}{away}", name(one.member), one.by).unwrap();
        }
        expected.assert_eq(&told);
    }

    #[test]
    fn turns_go_to_those_who_carried_least_and_the_reason_is_what_decided() {
        check(
            4,
            "a 28/8 last 0
             b 14/4 last -14
             c 28/8 last -7",
            expect![[r#"
                b LeastFree
                c LongestAgo
                b LeastFree
                a LeastFree
            "#]],
        );
    }

    #[test]
    fn who_is_away_gets_no_turn_and_others_none_twice_in_a_row_where_it_can_be_helped() {
        check(
            3,
            "a 0/0 away 3-4
             b 0/0 away 8-8
             c 70/20",
            expect![[r#"
                b LeastFree (a away)
                a LeastFree (b away)
                b LeastFree
            "#]],
        );
        check(
            2,
            "a 0/0
             b 0/0 away 0-20",
            expect![[r#"
                a OthersAway (b away)
                a OthersAway (b away)
            "#]],
        );
        check(
            1,
            "a 0/0 away 0-3
             b 0/0 away 2-3",
            expect![[r#"
                b AllAway (ab away)
            "#]],
        );
    }

    #[test]
    fn who_is_on_call_at_another_level_gets_no_turn_unless_all_others_are_away() {
        check(
            2,
            "a 0/0 busy 0-6
             b 70/20
             c 0/0 away 3-3",
            expect![[r#"
                b OthersBusy (c away)
                a Order
            "#]],
        );
        check(
            1,
            "a 0/0 busy 0-6
             b 0/0 away 2-3",
            expect![[r#"
                a OthersAway (b away)
            "#]],
        );
    }

    #[test]
    fn who_is_new_counts_as_the_others_do_and_is_not_given_everything() {
        check(
            5,
            "a 28/8 last 0
             b 28/8 last -7
             c 0/0 present 0",
            expect![[r#"
                c LongestAgo
                b LongestAgo
                a LeastFree
                c LongestAgo
                b LongestAgo
            "#]],
        );
    }

    #[test]
    fn what_people_agreed_stays_and_counts() {
        let people = candidates(
            "a 0/0
 b 0/0
 c 0/0",
        );
        let mut slots = weeks(4);
        slots[0].agreed = Some(member(3));
        slots[2].agreed = Some(member(9));
        let given: Vec<(MemberId, ChosenBy)> =
            propose(&slots, &people).iter().map(|one| (one.member, one.by)).collect();
        assert_eq!(
            given,
            [
                (member(3), ChosenBy::Agreed),
                (member(1), ChosenBy::Order),
                (member(9), ChosenBy::Agreed),
                (member(2), ChosenBy::LeastFree)
            ]
        );
    }

    #[test]
    fn a_team_that_begins_counts_the_running_turn() {
        check(
            2,
            "a 7/2 present 0 last 0
             b 0/0 present 0
             c 0/0 present 0",
            expect![[r#"
                b Order
                c LeastFree
            "#]],
        );
    }

    #[test]
    fn without_candidates_nothing_is_given_out() {
        assert_eq!(propose(&weeks(2), &[]), []);
    }

    proptest! {
        /// With nobody away the turns of any past end up spread as evenly as whole turns can be.
        #[test]
        fn a_long_rota_evens_out_what_was_carried(carried in prop::collection::vec(0i64..5, 3..6)) {
            let people: Vec<Candidate> = carried.iter().enumerate().map(|(at, weeks)| Candidate {
                member: member(at as u128 + 1), carried: weeks * 7 * DAY, carried_free: weeks * 2 * DAY,
                present: 84 * DAY, last: None, away: Vec::new(), busy: Vec::new(),
            }).collect();
            let given = propose(&weeks(40), &people);
            prop_assert!(given.windows(2).all(|pair| pair[0].member != pair[1].member));
            let mut sums: Vec<i64> = carried.clone();
            for one in &given {
                sums[(one.member.to_string().as_bytes()[35] - b'1') as usize] += 1;
            }
            let (least, most) = (sums.iter().min().unwrap(), sums.iter().max().unwrap());
            prop_assert!(most - least <= 1, "{:?}", sums);
        }
    }
}
