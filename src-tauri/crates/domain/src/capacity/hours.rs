//! Net hours of the members in a Sprint (2.1).
//!
//! 1. A day counts where the team works, the member works and the member belongs to the team.
//! 2. Net minutes of a day = minutes a day × presence × (1 − on-call factor if on call) − Scrum events, never below 0.
//! 3. Scrum events: the Daily Scrum each day; Sprint Planning on the first working day, Review and Retrospective on
//!    the last. They take the time of those who are there, and grow with the Sprint: a week begun is a week.
//! 4. Hours that nobody has set are a question: the member is named, and counts in no sum (1.4).

use super::points::PersonDays;
use crate::calendar::{Day, WorkCalendar};
use crate::identity::MemberId;
use crate::measures::{Minutes, Share};
use crate::team::Member;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// What the members can give in a Sprint from its first to its last day, both included.
///
/// Members who belong to the team on none of its working days are left out. Source: semantics 2.1, 2.4.
pub fn team_capacity(
    members: &[Member],
    calendar: &WorkCalendar,
    (first, last): (Day, Day),
    events: &ScrumEvents,
    attendance: &Attendance,
) -> TeamCapacity {
    let days = calendar.working_days(first, last);
    let weeks = (first.days_until(last) + 7) / 7;
    let of_member = |member: &Member| {
        let day_of = |(place, day): (usize, &Day)| {
            let at_start = place == 0;
            let at_end = place + 1 == days.len();
            member_day(member, *day, events.on_a_day(weeks, at_start, at_end), attendance)
        };
        let all: Vec<(MemberDay, Option<Part>)> = days.iter().enumerate().map(day_of).collect();
        let is_open = all.iter().any(|(day, _)| day.kind == DayKind::Works && day.net.is_none());
        let person_days: f64 = all.iter().filter_map(|(_, part)| part.map(|part| part.of_a_day)).sum();
        MemberCapacity {
            member: member.id,
            name: member.name.clone(),
            gross: (!is_open).then(|| all.iter().filter_map(|(day, _)| day.gross).sum()),
            net: (!is_open).then(|| all.iter().filter_map(|(day, _)| day.net).sum()),
            events: (!is_open).then(|| all.iter().filter_map(|(_, part)| part.map(|part| part.events)).sum()),
            person_days: if is_open { None } else { PersonDays::nearest(person_days) },
            days: all.into_iter().map(|(day, _)| day).collect(),
        }
    };
    let belongs = |member: &&Member| days.iter().any(|day| member.belongs_on(*day));
    let members = members.iter().filter(belongs).map(of_member).collect();
    TeamCapacity { days, members }
}

/// What the members of a team can give in a Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TeamCapacity {
    /// The working days of the team, in order.
    pub days: Vec<Day>,
    /// The members, in the team's order.
    pub members: Vec<MemberCapacity>,
}

impl TeamCapacity {
    /// The sum over the members whose hours are set; none where that is nobody.
    pub fn total(&self) -> Option<TeamTotal> {
        let known = || self.members.iter().filter(|member| member.net.is_some());
        known().next()?;
        Some(TeamTotal {
            gross: known().filter_map(|member| member.gross).sum(),
            net: known().filter_map(|member| member.net).sum(),
            person_days: known().filter_map(|member| member.person_days).sum(),
        })
    }

    /// The names of those whose hours a day nobody has set, in order.
    pub fn unanswered(&self) -> Vec<String> {
        self.members.iter().filter(|member| member.net.is_none()).map(|member| member.name.clone()).collect()
    }
}

/// The sum over members whose hours are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TeamTotal {
    /// Minutes before absences, on-call time and Scrum events.
    pub gross: Minutes,
    /// Minutes after them.
    pub net: Minutes,
    /// The net person-days (2.4).
    pub person_days: PersonDays,
}

/// What one member can give in a Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberCapacity {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Minutes before absences, on-call time and Scrum events; none where their hours are not set.
    pub gross: Option<Minutes>,
    /// Minutes after them; none where their hours are not set.
    pub net: Option<Minutes>,
    /// Minutes that Scrum events take of them; the rest of the difference is absence and on-call time. None where
    /// their hours are not set.
    pub events: Option<Minutes>,
    /// Net minutes of each day ÷ their minutes that day, summed (2.4); none where their hours are not set.
    pub person_days: Option<PersonDays>,
    /// One for each working day of the team, in order.
    pub days: Vec<MemberDay>,
}

/// A member on a working day of the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberDay {
    /// The day.
    pub day: Day,
    /// Whether they work on it.
    pub kind: DayKind,
    /// How much of the day they are there: 50 % is half a day off.
    pub presence: Share,
    /// Whether they are on call.
    pub on_call: bool,
    /// Minutes before absences, on-call time and Scrum events; none where they are not set.
    pub gross: Option<Minutes>,
    /// Minutes after them; none where they are not set.
    pub net: Option<Minutes>,
}

/// Whether a member works on a working day of the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DayKind {
    /// They do.
    Works,
    /// It is not one of their days of the week.
    NotTheirDay,
    /// They do not belong to the team yet, or no longer.
    NotAMember,
}

/// How long the Scrum events of a Sprint of two weeks take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScrumEvents {
    /// The Daily Scrum, on each day whatever the length.
    pub daily: Minutes,
    /// Sprint Planning, on the first day.
    pub planning: Minutes,
    /// The Sprint Review, on the last day.
    pub review: Minutes,
    /// The Sprint Retrospective, on the last day.
    pub retrospective: Minutes,
}

impl Default for ScrumEvents {
    fn default() -> ScrumEvents {
        ScrumEvents {
            daily: Minutes::new(15),
            planning: Minutes::hours(4),
            review: Minutes::hours(2),
            retrospective: Minutes::new(90),
        }
    }
}

impl ScrumEvents {
    /// What they take on a day of a Sprint of some weeks.
    fn on_a_day(&self, weeks: i64, at_start: bool, at_end: bool) -> Minutes {
        let proportional = |minutes: Minutes| Minutes::new(minutes.in_minutes() * weeks / 2);
        let mut sum = self.daily;
        if at_start {
            sum += proportional(self.planning);
        }
        if at_end {
            sum += proportional(self.review) + proportional(self.retrospective);
        }
        sum
    }
}

/// Who is away and who is on call; by default nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// How much of a day a member is there, where it is not the whole.
    pub presence: BTreeMap<(MemberId, Day), Share>,
    /// The days on which a member is on call.
    pub on_call: BTreeSet<(MemberId, Day)>,
    /// The part of a day that being on call takes (2.3).
    pub on_call_factor: Share,
}

impl Default for Attendance {
    fn default() -> Attendance {
        Attendance { presence: BTreeMap::new(), on_call: BTreeSet::new(), on_call_factor: Share::percent(50) }
    }
}

/// What a day adds to a member's sums.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// The part of a person-day that it is.
    of_a_day: f64,
    /// What Scrum events take of it.
    events: Minutes,
}

/// A member's day, and what it adds to their sums.
fn member_day(
    member: &Member,
    day: Day,
    events: Minutes,
    attendance: &Attendance,
) -> (MemberDay, Option<Part>) {
    let presence = attendance.presence.get(&(member.id, day)).copied().unwrap_or(Share::WHOLE);
    let on_call = attendance.on_call.contains(&(member.id, day));
    let hours = member.hours_on(day);
    let kind = if !member.belongs_on(day) {
        DayKind::NotAMember
    } else if hours.and_then(|hours| hours.week).is_some_and(|week| !week.has(day.weekday())) {
        DayKind::NotTheirDay
    } else {
        DayKind::Works
    };
    if kind != DayKind::Works {
        let nothing = Some(Minutes::ZERO);
        return (MemberDay { day, kind, presence, on_call: false, gross: nothing, net: nothing }, None);
    }
    let a_day = hours.and_then(|hours| hours.a_day);
    let free_of = |gross: Minutes| {
        let there = presence.of_minutes(gross);
        if on_call { there - attendance.on_call_factor.of_minutes(there) } else { there }
    };
    let free = a_day.map(free_of);
    // Never below 0 on a day (2.1): events take at most what there is.
    let taken = |free: Minutes| if presence > Share::ZERO { events.min(free) } else { Minutes::ZERO };
    let net = free.map(|free| free - taken(free));
    let part = a_day.zip(free).filter(|(gross, _)| *gross > Minutes::ZERO).map(|(gross, free)| Part {
        of_a_day: (free - taken(free)).in_minutes() as f64 / gross.in_minutes() as f64,
        events: taken(free),
    });
    (MemberDay { day, kind, presence, on_call, gross: a_day, net }, part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Instant, WorkingWeek, Zone};
    use crate::identity::Identities;
    use crate::team::MemberHours;
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    fn week(days: &str) -> WorkingWeek {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let bit = |name: &str| 1 << names.iter().position(|n| *n == name).unwrap();
        WorkingWeek::from_bits(days.split(',').map(bit).sum()).unwrap()
    }

    /// A member from `ana 6 week mon,tue from 2026-12-07 to 2026-12-09 then 2026-12-08 4`; `?` hours are not set.
    fn member(words: &[&str], identities: &mut Identities) -> Member {
        let minutes = |word: &str| word.parse::<f64>().ok().map(|hours| Minutes::new((hours * 60.0) as i64));
        let early = Day::parse("2020-01-01").unwrap();
        let hours = MemberHours { valid_from: early, a_day: minutes(words[1]), week: None };
        let (name, from) = (words[0].to_owned(), early);
        let mut member = Member { id: identities.fresh(), name, from, to: None, hours: vec![hours] };
        let mut rest = words[2..].iter();
        while let Some(word) = rest.next() {
            let value = rest.next().unwrap();
            match *word {
                "week" => member.hours[0].week = Some(week(value)),
                "from" => member.from = Day::parse(value).unwrap(),
                "to" => member.to = Day::parse(value),
                "then" => member.hours.push(MemberHours {
                    valid_from: Day::parse(value).unwrap(),
                    a_day: minutes(rest.next().unwrap()),
                    week: None,
                }),
                other => panic!("{other}"),
            }
        }
        member
    }

    /// `2026-11-30 2026-12-11 | holiday 2026-12-08 | ana 6 | away ana 2026-12-01 50 | oncall ana 2026-12-02`.
    fn check(text: &str, expected: Expect) {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let mut calendar = WorkCalendar { zone: Zone::UTC, weeks: vec![], holidays: BTreeSet::new() };
        let (mut members, mut attendance, mut sprint) = (Vec::<Member>::new(), Attendance::default(), None);
        for part in text.split('|') {
            let words: Vec<&str> = part.split_whitespace().collect();
            let named = |members: &[Member]| members.iter().find(|m| m.name == words[1]).unwrap().id;
            let day = |word: usize| Day::parse(words[word]).unwrap();
            match words[0] {
                "holiday" => {
                    calendar.holidays.insert(day(1));
                }
                "teamweek" => calendar.weeks.push((Day::parse("2020-01-01").unwrap(), week(words[1]))),
                "away" => {
                    let away: i64 = words[3].parse().unwrap();
                    attendance.presence.insert((named(&members), day(2)), Share::percent(100 - away));
                }
                "oncall" => {
                    attendance.on_call.insert((named(&members), day(2)));
                }
                first if first.starts_with('2') => sprint = Some((day(0), day(1))),
                _ => members.push(member(&words, &mut identities)),
            }
        }
        let events = ScrumEvents::default();
        let capacity = team_capacity(&members, &calendar, sprint.unwrap(), &events, &attendance);
        let mut out = format!("{} working days\n", capacity.days.len());
        for member in &capacity.members {
            match (member.gross, member.net, member.person_days) {
                (Some(gross), Some(net), Some(days)) => {
                    writeln!(out, "{}: {} of {}, {days} days", member.name, net.in_hours(), gross.in_hours())
                }
                _ => writeln!(out, "{}: ?", member.name),
            }
            .unwrap();
        }
        match capacity.total() {
            Some(total) => writeln!(
                out,
                "total: {} of {}, {} days",
                total.net.in_hours(),
                total.gross.in_hours(),
                total.person_days
            ),
            None => writeln!(out, "total: ?"),
        }
        .unwrap();
        if !capacity.unanswered().is_empty() {
            writeln!(out, "asked: {}", capacity.unanswered().join(", ")).unwrap();
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn rule_2_1_scrum_events_are_taken_from_the_working_days() {
        // 10 × 6 h − 10 × 15 min − 4 h − 2 h − 1.5 h.
        check(
            "2026-11-30 2026-12-11 | ana 6",
            expect![[r#"
                10 working days
                ana: 50 of 60, 8.33 days
                total: 50 of 60, 8.33 days
            "#]],
        );
        // One week: half of each event but the Daily Scrum.
        check(
            "2026-11-30 2026-12-04 | ana 6",
            expect![[r#"
                5 working days
                ana: 25 of 30, 4.17 days
                total: 25 of 30, 4.17 days
            "#]],
        );
    }

    #[test]
    fn rule_2_1_holidays_and_the_weeks_of_team_and_member_decide_the_days() {
        check(
            "2026-11-30 2026-12-11 | holiday 2026-12-08 | ana 6 | bo 8 week mon,tue,wed,sun",
            expect![[r#"
                9 working days
                ana: 44.25 of 54, 7.38 days
                bo: 34.75 of 40, 4.34 days
                total: 79 of 94, 11.72 days
            "#]],
        );
        check(
            "2026-11-30 2026-12-06 | teamweek mon,tue,wed,thu,fri,sat | ana 6 week sat",
            expect![[r#"
                6 working days
                ana: 4 of 6, 0.67 days
                total: 4 of 6, 0.67 days
            "#]],
        );
    }

    #[test]
    fn rule_2_1_members_count_from_their_first_day_to_their_last() {
        check(
            "2026-11-30 2026-12-11 | ana 6 from 2026-12-10 | bo 6 to 2026-11-30 | chi 6 to 2026-11-29 | dana 6 from 2026-12-12",
            expect![[r#"
                10 working days
                ana: 8 of 12, 1.33 days
                bo: 1.75 of 6, 0.29 days
                total: 9.75 of 18, 1.63 days
            "#]],
        );
    }

    #[test]
    fn rule_2_1_a_first_day_that_is_a_holiday_moves_sprint_planning() {
        check(
            "2026-11-30 2026-12-11 | holiday 2026-11-30 | ana 6",
            expect![[r#"
                9 working days
                ana: 44.25 of 54, 7.38 days
                total: 44.25 of 54, 7.38 days
            "#]],
        );
    }

    #[test]
    fn rule_2_1_no_day_is_below_zero() {
        // Two hours a day: Sprint Planning takes all of the first, Review and Retrospective all of the last.
        check(
            "2026-11-30 2026-12-11 | ana 2",
            expect![[r#"
                10 working days
                ana: 14 of 20, 7 days
                total: 14 of 20, 7 days
            "#]],
        );
    }

    #[test]
    fn rule_2_1_presence_and_on_call_time_lower_the_day_before_the_events() {
        // Wholly away: no events either. Half a day: 3 h − 15 min. On call: 3 h − 15 min; both: 1.5 h − 15 min.
        check(
            "2026-11-30 2026-12-11 | ana 6 | away ana 2026-12-01 100",
            expect![[r#"
                10 working days
                ana: 44.25 of 60, 7.38 days
                total: 44.25 of 60, 7.38 days
            "#]],
        );
        check(
            "2026-11-30 2026-12-11 | ana 6 | away ana 2026-12-01 50",
            expect![[r#"
                10 working days
                ana: 47 of 60, 7.83 days
                total: 47 of 60, 7.83 days
            "#]],
        );
        check(
            "2026-11-30 2026-12-11 | ana 6 | oncall ana 2026-12-01",
            expect![[r#"
                10 working days
                ana: 47 of 60, 7.83 days
                total: 47 of 60, 7.83 days
            "#]],
        );
        check(
            "2026-11-30 2026-12-11 | ana 6 | oncall ana 2026-12-01 | away ana 2026-12-01 50",
            expect![[r#"
                10 working days
                ana: 45.5 of 60, 7.58 days
                total: 45.5 of 60, 7.58 days
            "#]],
        );
    }

    #[test]
    fn rule_1_4_unset_hours_are_a_question_that_names_the_member() {
        check(
            "2026-11-30 2026-12-11 | ana 6 | bo ?",
            expect![[r#"
                10 working days
                ana: 50 of 60, 8.33 days
                bo: ?
                total: 50 of 60, 8.33 days
                asked: bo
            "#]],
        );
        check(
            "2026-11-30 2026-12-11 | bo ?",
            expect![[r#"
                10 working days
                bo: ?
                total: ?
                asked: bo
            "#]],
        );
        check(
            "2026-11-30 2026-12-11 | ana 0",
            expect![[r#"
                10 working days
                ana: 0 of 0, 0 days
                total: 0 of 0, 0 days
            "#]],
        );
    }

    #[test]
    fn rule_2_4_hours_that_change_within_a_sprint_change_the_days_after() {
        // (30 − 1.25 − 4) ÷ 6 + (20 − 1.25 − 3.5) ÷ 4.
        check(
            "2026-11-30 2026-12-11 | ana 6 then 2026-12-07 4",
            expect![[r#"
                10 working days
                ana: 40 of 50, 7.94 days
                total: 40 of 50, 7.94 days
            "#]],
        );
    }

    #[test]
    fn a_sprint_without_working_days_has_no_capacity_to_ask_for() {
        check(
            "2026-12-05 2026-12-06 | ana 6 | bo ?",
            expect![[r#"
                0 working days
                total: ?
            "#]],
        );
    }
}
