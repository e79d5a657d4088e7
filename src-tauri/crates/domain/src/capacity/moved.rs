//! How the capacity of a running Sprint moved since its start (2.2).
//!
//! 1. The commitment is frozen; the calendar goes on. Day by day the two are compared, and each difference in net time
//!    has one reason.
//! 2. Reasons add up to what the member moved by, and members to what the team moved by.
//! 3. Where hours were not set at the start, or are not now, no difference is made up (1.4).

use super::hours::{DayKind, MemberCapacity, MemberDay, TeamCapacity};
use crate::calendar::Day;
use crate::identity::MemberId;
use crate::measures::Minutes;
use crate::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// How the capacity moved from the start to now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CapacityMoved {
    /// Net minutes at the start, of the members whose hours were set.
    pub then: Minutes,
    /// Net minutes as the calendar is now.
    pub now: Minutes,
    /// The members whose net time is another one, in the team's order.
    pub members: Vec<MemberMoved>,
}

/// How a member's capacity moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberMoved {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Net minutes at the start; none where their hours were not set.
    pub then: Option<Minutes>,
    /// Net minutes now; none where their hours are not set.
    pub now: Option<Minutes>,
    /// Why, in order of the first day; empty where hours were or are not set.
    pub reasons: Vec<MovedBy>,
}

impl MemberMoved {
    /// By how much their net time moved; none where hours were or are not set.
    pub fn by(&self) -> Option<Minutes> {
        Some(self.now? - self.then?)
    }
}

/// A reason, with its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MovedBy {
    /// The reason.
    pub why: MovedWhy,
    /// The days, in order.
    pub days: Vec<Day>,
    /// Net minutes more, or less for a negative number.
    pub by: Minutes,
}

/// Why net time moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MovedWhy {
    /// They are away.
    Away,
    /// They are there after all, or for more of the day.
    Present,
    /// They are on call.
    OnCall,
    /// They are no longer on call.
    OffCall,
    /// Nobody works on the day.
    Holiday,
    /// It has become a working day.
    WorkingDay,
    /// They do not belong to the team then.
    Left,
    /// They belong to the team then.
    Joined,
    /// Their days of the week are others.
    Week,
    /// Their hours a day, or this team's share of them, are others.
    Hours,
    /// Scrum events take another part, or being on call does.
    Events,
}
words!(MovedWhy {
    Away = "away",
    Present = "present",
    OnCall = "onCall",
    OffCall = "offCall",
    Holiday = "holiday",
    WorkingDay = "workingDay",
    Left = "left",
    Joined = "joined",
    Week = "week",
    Hours = "hours",
    Events = "events",
});

/// Compares what was frozen at the start with what the calendar says now.
pub fn moved(then: &TeamCapacity, now: &TeamCapacity) -> CapacityMoved {
    let net = |capacity: &TeamCapacity| capacity.total().map_or(Minutes::ZERO, |total| total.net);
    let before = then.members.iter().map(|member| {
        let after = now.members.iter().find(|one| one.member == member.member);
        member_moved(Some(member), after, then, now)
    });
    let new = now.members.iter().filter(|one| then.members.iter().all(|known| known.member != one.member));
    let new = new.map(|member| member_moved(None, Some(member), then, now));
    CapacityMoved { then: net(then), now: net(now), members: before.chain(new).flatten().collect() }
}

fn member_moved(
    before: Option<&MemberCapacity>,
    after: Option<&MemberCapacity>,
    then: &TeamCapacity,
    now: &TeamCapacity,
) -> Option<MemberMoved> {
    // Who is not among the members has no time, which is known.
    let net = |member: Option<&MemberCapacity>| member.map_or(Some(Minutes::ZERO), |member| member.net);
    let named = after.or(before)?;
    let mut moved = MemberMoved {
        member: named.member,
        name: named.name.clone(),
        then: net(before),
        now: net(after),
        reasons: Vec::new(),
    };
    if moved.then == moved.now {
        return None;
    }
    if moved.by().is_some() {
        let days: BTreeSet<Day> = then.days.iter().chain(&now.days).copied().collect();
        for day in days {
            let of = |member: Option<&MemberCapacity>| {
                member.and_then(|member| member.days.iter().find(|one| one.day == day).copied())
            };
            let (was, is) = (of(before), of(after));
            let minutes = |day: Option<MemberDay>| day.and_then(|day| day.net).unwrap_or_default();
            let by = minutes(is) - minutes(was);
            if by == Minutes::ZERO {
                continue;
            }
            let why = reason(was, is, then.days.contains(&day), now.days.contains(&day));
            match moved.reasons.iter_mut().find(|reason| reason.why == why) {
                Some(reason) => {
                    reason.days.push(day);
                    reason.by += by;
                }
                None => moved.reasons.push(MovedBy { why, days: vec![day], by }),
            }
        }
    }
    Some(moved)
}

/// Why a day's net time is another one; the first reason that holds.
fn reason(was: Option<MemberDay>, is: Option<MemberDay>, worked: bool, works: bool) -> MovedWhy {
    match (worked, works) {
        (true, false) => return MovedWhy::Holiday,
        (false, true) => return MovedWhy::WorkingDay,
        _ => {}
    }
    let kind = |day: Option<MemberDay>| day.map_or(DayKind::NotAMember, |day| day.kind);
    match (kind(was), kind(is)) {
        (_, DayKind::NotAMember) => return MovedWhy::Left,
        (DayKind::NotAMember, _) => return MovedWhy::Joined,
        (before, after) if before != after => return MovedWhy::Week,
        _ => {}
    }
    let Some((was, is)) = was.zip(is) else { return MovedWhy::Hours };
    if is.presence != was.presence {
        return if is.presence < was.presence { MovedWhy::Away } else { MovedWhy::Present };
    }
    if is.on_call != was.on_call {
        return if is.on_call { MovedWhy::OnCall } else { MovedWhy::OffCall };
    }
    if is.gross == was.gross { MovedWhy::Events } else { MovedWhy::Hours }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Instant, WorkCalendar, WorkingWeek, Zone};
    use crate::capacity::{Attendance, ScrumEvents, team_capacity};
    use crate::identity::Identities;
    use crate::measures::Share;
    use crate::team::{Member, MemberHours};
    use proptest::prelude::*;

    const FIRST: &str = "2026-11-30";

    fn day(number: i64) -> Day {
        Day::parse(FIRST).unwrap().plus(number)
    }

    /// A team of two with six hours a day, and its Sprint of two weeks.
    struct Now {
        members: Vec<Member>,
        calendar: WorkCalendar,
        attendance: Attendance,
    }

    impl Now {
        fn new() -> Now {
            let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
            let hours = MemberHours {
                valid_from: day(-90),
                a_day: Some(Minutes::hours(6)),
                week: None,
                share: Share::WHOLE,
            };
            let mut member = |name: &str| Member {
                id: identities.fresh(),
                name: name.into(),
                from: day(-90),
                to: None,
                hours: vec![hours],
            };
            Now {
                members: vec![member("ana"), member("bo")],
                calendar: WorkCalendar { zone: Zone::UTC, weeks: vec![], holidays: BTreeSet::new() },
                attendance: Attendance::default(),
            }
        }

        fn capacity(&self) -> TeamCapacity {
            let sprint = (day(0), day(11));
            team_capacity(&self.members, &self.calendar, sprint, &ScrumEvents::default(), &self.attendance)
        }
    }

    /// `ana −11.5 h: away 2 3`, with the days counted from the first.
    fn said(moved: &CapacityMoved) -> Vec<String> {
        let member = |member: &MemberMoved| {
            let by = member.by().map_or("?".into(), |by| by.in_hours().to_string());
            let reasons: Vec<String> = member
                .reasons
                .iter()
                .map(|reason| {
                    let days = reason.days.iter().map(|at| day(0).days_until(*at).to_string());
                    format!("{} {}", reason.why, days.collect::<Vec<_>>().join(" "))
                })
                .collect();
            format!("{} {by}: {}", member.name, reasons.join(", "))
        };
        moved.members.iter().map(member).collect()
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut Now), expected: &[&str]) {
        let mut now = Now::new();
        let then = now.capacity();
        change(&mut now);
        assert_eq!(said(&moved(&then, &now.capacity())), expected);
    }

    #[test]
    fn rule_2_2_a_running_sprint_says_who_moved_by_how_much_and_why() {
        check(|_| {}, &[]);
        check(
            |now| {
                let ana = now.members[0].id;
                now.attendance
                    .presence
                    .extend([((ana, day(2)), Share::ZERO), ((ana, day(3)), Share::percent(50))]);
                now.attendance.on_call.insert((ana, day(4)));
            },
            &["ana -11.75: away 2 3, onCall 4"],
        );
        check(
            |now| {
                now.calendar.holidays.insert(day(8));
            },
            &["ana -5.75: holiday 8", "bo -5.75: holiday 8"],
        );
        check(
            |now| {
                now.members[1].to = Some(day(9));
                let known = now.members[0].hours[0];
                let more = MemberHours { valid_from: day(10), a_day: Some(Minutes::hours(8)), ..known };
                now.members[0].hours.push(more);
            },
            // The last days hold Review and Retrospective.
            &["ana 4: hours 10 11", "bo -8: left 10 11"],
        );
        check(
            |now| now.members[0].hours[0].week = WorkingWeek::from_bits(0b000_1111),
            &["ana -8: week 4 11"],
        );
    }

    #[test]
    fn rule_2_2_what_is_taken_back_moves_the_other_way() {
        let mut now = Now::new();
        let (ana, bo) = (now.members[0].id, now.members[1].id);
        now.attendance.presence.insert((ana, day(2)), Share::ZERO);
        now.attendance.on_call.insert((bo, day(3)));
        now.calendar.holidays.insert(day(4));
        let then = now.capacity();
        now.attendance = Attendance::default();
        now.calendar.holidays.clear();
        assert_eq!(
            said(&moved(&then, &now.capacity())),
            ["ana 11.5: present 2, workingDay 4", "bo 8.75: offCall 3, workingDay 4"]
        );
    }

    #[test]
    fn rule_1_4_hours_that_were_not_set_make_no_difference_up() {
        let mut now = Now::new();
        now.members[0].hours[0].a_day = None;
        let then = now.capacity();
        now.members[0].hours[0].a_day = Some(Minutes::hours(6));
        let moved = moved(&then, &now.capacity());
        assert_eq!(said(&moved), ["ana ?: "]);
        assert_eq!(moved.members[0].now, Some(Minutes::hours(50)));
    }

    proptest! {
        /// Reasons add up to what a member moved by, and members to what the team moved by.
        #[test]
        fn what_moved_adds_up(
            away in prop::collection::vec((0usize..2, 0i64..12, 0i64..=100), 0..8),
            calls in prop::collection::vec((0usize..2, 0i64..12), 0..5),
            holidays in prop::collection::btree_set(0i64..12, 0..4),
            last in prop::option::of(0i64..12),
        ) {
            let mut now = Now::new();
            let then = now.capacity();
            let ids = [now.members[0].id, now.members[1].id];
            now.attendance.presence.extend(away.into_iter().map(|(who, at, away)| ((ids[who], day(at)), Share::percent(100 - away))));
            now.attendance.on_call.extend(calls.into_iter().map(|(who, at)| (ids[who], day(at))));
            now.calendar.holidays.extend(holidays.into_iter().map(day));
            now.members[0].to = last.map(day);
            let moved = moved(&then, &now.capacity());
            let all: Minutes = moved.members.iter().map(|member| member.by().unwrap()).sum();
            prop_assert_eq!(all, moved.now - moved.then);
            for member in &moved.members {
                let reasons: Minutes = member.reasons.iter().map(|reason| reason.by).sum();
                prop_assert_eq!(reasons, member.by().unwrap());
                prop_assert!(member.reasons.iter().all(|reason| !reason.days.is_empty()));
            }
        }
    }
}
