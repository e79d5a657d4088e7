//! What if: the capacity of a Sprint under changes that nobody has made.
//!
//! 1. A draft holds everything that a Sprint's capacity is computed from. A change makes it another draft and touches
//!    nothing else, so that trying is free.
//! 2. A change says what is so then, as the command does that would make it so: whoever is away on days is away on
//!    exactly these days, whatever was said of them before.
//! 3. Changes hold one after the other.
//! 4. Where a lane no longer fits, the items at the end of the Product Backlog's order give way, until it does.

use super::hours::{Attendance, ScrumEvents, TeamCapacity, team_capacity};
use super::split::{BalanceRefused, balance};
use super::{PlanLoad, Selection};
use crate::calendar::{Day, WorkCalendar};
use crate::identity::{ItemId, LaneId, MemberId};
use crate::measures::{Minutes, Share, Size};
use crate::team::{Lanes, LanesRefused, Member};

/// What the capacity of a Sprint is computed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The members.
    pub members: Vec<Member>,
    /// When the team works.
    pub calendar: WorkCalendar,
    /// The planned days of the Sprint, first and last.
    pub days: (Day, Day),
    /// How long the Scrum events take.
    pub events: ScrumEvents,
    /// Who is away and who is on call, on these days and those that the Sprint could still get.
    pub attendance: Attendance,
    /// The lanes with the Sprint's shares.
    pub lanes: Lanes,
}

/// Something that could be otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Somebody is away on days.
    Away {
        /// Who.
        member: MemberId,
        /// The first day and the last.
        days: (Day, Day),
        /// How much of each day; nothing means that they are there.
        away: Share,
    },
    /// Somebody is on call on days, or is not.
    OnCall {
        /// Who.
        member: MemberId,
        /// The first day and the last.
        days: (Day, Day),
        /// Whether they are.
        on_call: bool,
    },
    /// The buffer has another share; the other lanes give and take in proportion.
    Buffer(Share),
    /// The lanes have other shares.
    Shares(Vec<(LaneId, Share)>),
    /// The Sprint has so many working days more at its end, or fewer.
    Length(i64),
    /// Somebody joins.
    Joins(Member),
}

/// Why something cannot be otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    /// The shares do not divide the capacity.
    #[error(transparent)]
    Shares(#[from] LanesRefused),
    /// The buffer cannot have that share.
    #[error(transparent)]
    Buffer(#[from] BalanceRefused),
    /// No working day would be left.
    #[error("the Sprint has {days} working days, and one is the least")]
    NoDayLeft {
        /// How many it has.
        days: usize,
    },
    /// Longer than a month.
    #[error("the Sprint would last until {last}, more than a month")]
    TooLong {
        /// The last day that was asked for.
        last: Day,
    },
}

/// A Sprint lasts at most so many days.
const MOST_DAYS: i64 = 31;

impl Draft {
    /// What the members can give.
    pub fn capacity(&self) -> TeamCapacity {
        team_capacity(&self.members, &self.calendar, self.days, &self.events, &self.attendance)
    }

    /// The draft without Scrum events, which come again in every Sprint.
    pub fn without_events(&self) -> Draft {
        let none = Minutes::ZERO;
        let events = ScrumEvents { daily: none, planning: none, review: none, retrospective: none };
        Draft { events, ..self.clone() }
    }

    /// The draft with a change made to it (rules 2 and 3).
    pub fn with(mut self, change: &Change) -> Result<Draft, ChangeRefused> {
        match change {
            Change::Away { member, days: (first, last), away } => {
                for day in first.through(*last) {
                    self.attendance.presence.insert((*member, day), Share::WHOLE - *away);
                }
            }
            Change::OnCall { member, days: (first, last), on_call } => {
                for day in first.through(*last) {
                    if *on_call {
                        self.attendance.on_call.insert((*member, day));
                    } else {
                        self.attendance.on_call.remove(&(*member, day));
                    }
                }
            }
            Change::Buffer(share) => {
                let shares: Vec<_> = self.lanes.all().iter().map(|lane| (lane.id, lane.share)).collect();
                if let Some(buffer) = self.lanes.buffer() {
                    self.lanes = self.lanes.with_shares(&balance(&shares, buffer.id, *share)?)?;
                }
            }
            Change::Shares(shares) => self.lanes = self.lanes.with_shares(shares)?,
            Change::Length(by) => self.days.1 = self.last_after(*by)?,
            Change::Joins(member) => self.members.push(member.clone()),
        }
        Ok(self)
    }

    /// The last day of the Sprint with so many working days more, or fewer.
    fn last_after(&self, by: i64) -> Result<Day, ChangeRefused> {
        let (first, last) = self.days;
        let days = self.calendar.working_days(first, last);
        if by <= 0 {
            let kept = usize::try_from(days.len() as i64 + by.max(-MOST_DAYS)).unwrap_or(0);
            return match kept.checked_sub(1).and_then(|place| days.get(place)) {
                _ if by == 0 => Ok(last),
                Some(day) => Ok(*day),
                None => Err(ChangeRefused::NoDayLeft { days: days.len() }),
            };
        }
        let end = first.plus(MOST_DAYS - 1);
        let more = self.calendar.working_days(last.plus(1), end);
        let place = usize::try_from(by - 1).unwrap_or(usize::MAX);
        more.get(place).copied().ok_or(ChangeRefused::TooLong { last: last.plus(by.min(MOST_DAYS)) })
    }
}

/// The selected items that would have to wait until each planned lane fits its budget, in the order of the Product
/// Backlog (rule 4). Items without a size make no room, so they stay.
pub fn giving_way(load: &PlanLoad, selected: &[Selection]) -> Vec<ItemId> {
    let mut over: Vec<(LaneId, Size)> =
        load.lanes.iter().filter_map(|lane| Some((lane.budget.lane, lane.lower_by?))).collect();
    let mut waiting = Vec::new();
    for item in selected.iter().rev() {
        let (Some(lane), Some(size)) = (item.lane, item.size) else { continue };
        let Some((_, by)) = over.iter_mut().find(|(one, _)| *one == lane) else { continue };
        if *by > Size::ZERO && size > Size::ZERO {
            *by -= size;
            waiting.push(item.item);
        }
    }
    waiting.reverse();
    waiting
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backlog::WorkKind;
    use crate::calendar::{Instant, WorkingWeek, Zone};
    use crate::capacity::{HoursPerPoint, budget, load};
    use crate::identity::Identities;
    use crate::measures::Minutes;
    use crate::team::{Lane, MemberHours};
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn member(name: &str, hours: i64, from: &str, identities: &mut Identities) -> Member {
        let hours = MemberHours {
            valid_from: day(from),
            a_day: Some(Minutes::hours(hours)),
            week: None,
            share: Share::WHOLE,
        };
        Member { id: identities.fresh(), name: name.into(), from: day(from), to: None, hours: vec![hours] }
    }

    /// Ana and Bo with six hours a day, Monday 30 November to Friday 11 December 2026, 60/30/10; 7 December is a holiday.
    fn draft() -> (Draft, Identities) {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let members = ["ana", "bo"].map(|name| member(name, 6, "2026-01-01", &mut identities)).into();
        let mut lane = |name: &str, share, kinds: Vec<WorkKind>| Lane {
            id: identities.fresh(),
            name: name.into(),
            is_buffer: kinds.is_empty(),
            share: Share::percent(share),
            kinds,
        };
        let production = vec![WorkKind::Bug, WorkKind::Debt, WorkKind::Infrastructure];
        let lanes = vec![
            lane("features", 60, vec![WorkKind::Feature]),
            lane("production", 30, production),
            lane("buffer", 10, vec![]),
        ];
        let calendar = WorkCalendar {
            zone: Zone::UTC,
            weeks: vec![(day("2020-01-01"), WorkingWeek::MONDAY_TO_FRIDAY)],
            holidays: [day("2026-12-07")].into(),
        };
        let draft = Draft {
            members,
            calendar,
            days: (day("2026-11-30"), day("2026-12-11")),
            events: ScrumEvents::default(),
            attendance: Attendance::default(),
            lanes: Lanes::new(lanes).unwrap(),
        };
        (draft, identities)
    }

    /// Changes such as `away ana 2026-12-02 100 | call bo 2026-12-02 | off bo 2026-12-02 | buffer 20 | days 1 | joins 8`.
    fn check(changes: &str, expected: Expect) {
        let (mut draft, mut identities) = draft();
        let mut out = String::new();
        for text in changes.split('|').map(str::trim).filter(|text| !text.is_empty()) {
            let words: Vec<&str> = text.split_whitespace().collect();
            let who = |name: &str| draft.members.iter().find(|member| member.name == name).unwrap().id;
            let change = match words[0] {
                "away" => {
                    let away = Share::percent(words[3].parse().unwrap());
                    Change::Away { member: who(words[1]), days: (day(words[2]), day(words[2])), away }
                }
                "call" | "off" => {
                    let days = (day(words[2]), day(words[2]));
                    Change::OnCall { member: who(words[1]), days, on_call: words[0] == "call" }
                }
                "buffer" => Change::Buffer(Share::percent(words[1].parse().unwrap())),
                "shares" => {
                    let shares = words[1..].iter().map(|share| Share::percent(share.parse().unwrap()));
                    Change::Shares(draft.lanes.all().iter().map(|lane| lane.id).zip(shares).collect())
                }
                "days" => Change::Length(words[1].parse().unwrap()),
                _ => Change::Joins(member(
                    "new",
                    words[1].parse().unwrap(),
                    words.get(2).copied().unwrap_or("2026-11-30"),
                    &mut identities,
                )),
            };
            draft = match draft.clone().with(&change) {
                Ok(changed) => changed,
                Err(refused) => {
                    writeln!(out, "{text}: {refused}").unwrap();
                    draft
                }
            };
        }
        let capacity = draft.capacity();
        let shares: Vec<String> = draft.lanes.all().iter().map(|lane| lane.share.to_string()).collect();
        let total = capacity.total().unwrap();
        let hours = Size::hundredths(total.net.in_minutes() * 100 / 60);
        writeln!(out, "{} days to {}, {hours} h, {}", capacity.days.len(), draft.days.1, shares.join(" / "))
            .unwrap();
        expected.assert_eq(&out);
    }

    #[test]
    fn without_changes_it_is_what_is_planned() {
        check("", expect!["9 days to 2026-12-11, 88.5 h, 60 % / 30 % / 10 %\n"]);
    }

    #[test]
    fn somebody_falls_ill_on_wednesday() {
        // Six hours less the Daily Scrum of that day.
        check("away ana 2026-12-02 100", expect!["9 days to 2026-12-11, 82.75 h, 60 % / 30 % / 10 %\n"]);
        check("away ana 2026-12-02 50", expect!["9 days to 2026-12-11, 85.5 h, 60 % / 30 % / 10 %\n"]);
        check(
            "away ana 2026-12-02 100 | away ana 2026-12-02 50",
            expect!["9 days to 2026-12-11, 85.5 h, 60 % / 30 % / 10 %\n"],
        );
        check(
            "away ana 2026-12-02 100 | away ana 2026-12-02 0",
            expect!["9 days to 2026-12-11, 88.5 h, 60 % / 30 % / 10 %\n"],
        );
    }

    #[test]
    fn one_more_day_on_call_takes_its_part() {
        check("call bo 2026-12-03", expect!["9 days to 2026-12-11, 85.5 h, 60 % / 30 % / 10 %\n"]);
        check(
            "call bo 2026-12-03 | off bo 2026-12-03",
            expect!["9 days to 2026-12-11, 88.5 h, 60 % / 30 % / 10 %\n"],
        );
    }

    #[test]
    fn a_buffer_of_20_percent_takes_from_the_others_in_proportion() {
        check("buffer 20", expect!["9 days to 2026-12-11, 88.5 h, 53 % / 27 % / 20 %\n"]);
        check("shares 40 50 10", expect!["9 days to 2026-12-11, 88.5 h, 40 % / 50 % / 10 %\n"]);
        check(
            "shares 40 50 20 | buffer 110",
            expect![[r#"
                shares 40 50 20: the shares add up to 110 %, not to 100 %
                buffer 110: a share lies between 0 % and 100 %, not at 110 %
                9 days to 2026-12-11, 88.5 h, 60 % / 30 % / 10 %
            "#]],
        );
    }

    #[test]
    fn a_sprint_gets_working_days_at_its_end_or_loses_them() {
        // It begins a third week, so that the Scrum events take half as long again.
        check("days 1", expect!["10 days to 2026-12-14, 93 h, 60 % / 30 % / 10 %\n"]);
        check("days -1", expect!["8 days to 2026-12-10, 77 h, 60 % / 30 % / 10 %\n"]);
        // The holiday goes with the days after it.
        check("days -4", expect!["5 days to 2026-12-04, 50 h, 60 % / 30 % / 10 %\n"]);
        check("days 0", expect!["9 days to 2026-12-11, 88.5 h, 60 % / 30 % / 10 %\n"]);
        check(
            "days -9 | days 99",
            expect![[r#"
                days -9: the Sprint has 9 working days, and one is the least
                days 99: the Sprint would last until 2027-01-11, more than a month
                9 days to 2026-12-11, 88.5 h, 60 % / 30 % / 10 %
            "#]],
        );
    }

    #[test]
    fn somebody_joins() {
        check("joins 8", expect!["9 days to 2026-12-11, 150.75 h, 60 % / 30 % / 10 %\n"]);
        check("joins 8 2026-12-10", expect!["9 days to 2026-12-11, 100.5 h, 60 % / 30 % / 10 %\n"]);
    }

    #[test]
    fn items_at_the_end_of_the_order_give_way_until_the_lane_fits() {
        let (draft, mut identities) = draft();
        let lane = |place: usize| Some(draft.lanes.all()[place].id);
        let mut item = |place: usize, size: Option<i64>| Selection {
            item: identities.fresh(),
            lane: lane(place),
            size: size.map(Size::points),
            owner: None,
        };
        let selected = [
            item(0, Some(5)),
            item(1, Some(3)),
            item(0, Some(8)),
            item(0, None),
            item(0, Some(2)),
            item(2, Some(99)),
        ];
        let waiting = |points: i64| {
            let budget = budget(&draft.lanes, Some(Size::points(points)), None);
            let load = load(&budget, &selected, &HoursPerPoint::TooFew { sprints: 0, needed: 3 }, &[]);
            let place = |id: &ItemId| selected.iter().position(|one| one.item == *id).unwrap();
            giving_way(&load, &selected).iter().map(place).collect::<Vec<_>>()
        };
        assert_eq!(waiting(30), Vec::<usize>::new());
        assert_eq!(waiting(21), [4], "14 points: the last of them makes enough room");
        assert_eq!(waiting(18), [2, 4]);
        assert_eq!(waiting(6), [0, 1, 2, 4], "the unsized one makes no room");
    }
}
