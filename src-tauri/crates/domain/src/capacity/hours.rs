//! Net hours of the members in a Sprint (2.1).
//!
//! 1. A day counts where the team works, the member works and the member belongs to the team.
//! 2. Net minutes of a day = minutes a day × share of this team × presence × (1 − on-call factor if on call) − Scrum
//!    events, never below 0. What takes what adds up: gross − away − call − events = net, on each day and in sums.
//! 3. Scrum events: the Daily Scrum each day; Sprint Planning on the first working day, Review and Retrospective on
//!    the last. They take the time of those who are there, and grow with the Sprint: a week begun is a week.
//! 4. Hours that nobody has set are a question: the member is named, and counts in no sum (1.4).

use super::absence::{Absence, OnCallFactor};
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
    let weeks = sprint_weeks(first, last);
    let of_member = |member: &Member| {
        let day_of = |(place, day): (usize, &Day)| {
            let at_start = place == 0;
            let at_end = place + 1 == days.len();
            member_day(member, *day, events.on_a_day(weeks, at_start, at_end), attendance)
        };
        let all: Vec<(MemberDay, Option<f64>)> = days.iter().enumerate().map(day_of).collect();
        let is_open = all.iter().any(|(day, _)| day.kind == DayKind::Works && day.net.is_none());
        let person_days: f64 = all.iter().filter_map(|(_, of_a_day)| *of_a_day).sum();
        let sum = |of: fn(&MemberDay) -> Option<Minutes>| {
            (!is_open).then(|| all.iter().filter_map(|(day, _)| of(day)).sum())
        };
        MemberCapacity {
            member: member.id,
            name: member.name.clone(),
            gross: sum(|day| day.gross),
            away: sum(|day| day.away),
            call: sum(|day| day.call),
            events: sum(|day| day.events),
            net: sum(|day| day.net),
            person_days: if is_open { None } else { PersonDays::nearest(person_days) },
            days: all.into_iter().map(|(day, _)| day).collect(),
        }
    };
    let belongs = |member: &&Member| days.iter().any(|day| member.belongs_on(*day));
    let members = members.iter().filter(belongs).map(of_member).collect();
    TeamCapacity { days, members }
}

/// How many weeks a Sprint lasts, for the length of its Scrum events: a week begun is a week (2.1).
pub fn sprint_weeks(first: Day, last: Day) -> i64 {
    (first.days_until(last) + 7) / 7
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
            away: known().filter_map(|member| member.away).sum(),
            call: known().filter_map(|member| member.call).sum(),
            events: known().filter_map(|member| member.events).sum(),
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
    /// Minutes of absences.
    pub away: Minutes,
    /// Minutes that being on call takes.
    pub call: Minutes,
    /// Minutes of Scrum events.
    pub events: Minutes,
    /// Minutes after all of them.
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
    /// Minutes before absences, on-call time and Scrum events; none where their hours are not set, as below.
    pub gross: Option<Minutes>,
    /// Minutes of their absences.
    pub away: Option<Minutes>,
    /// Minutes that being on call takes of the rest.
    pub call: Option<Minutes>,
    /// Minutes that Scrum events take of the rest.
    pub events: Option<Minutes>,
    /// Minutes after all of them.
    pub net: Option<Minutes>,
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
    /// Minutes before absences, on-call time and Scrum events; none where they are not set, as below.
    pub gross: Option<Minutes>,
    /// Minutes of absence.
    pub away: Option<Minutes>,
    /// Minutes that being on call takes of the rest.
    pub call: Option<Minutes>,
    /// Minutes that Scrum events take of the rest.
    pub events: Option<Minutes>,
    /// Minutes after all of them.
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

/// A Scrum event that takes less than nothing, or more than a working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a Scrum event takes between 0 and 8 hours, not {minutes}")]
pub struct EventOutOfRange {
    /// The time asked for.
    pub minutes: Minutes,
}

impl ScrumEvents {
    /// Whether each of them can take so long.
    pub fn check(&self) -> Result<(), EventOutOfRange> {
        let out_of_range = |minutes: &Minutes| *minutes < Minutes::ZERO || *minutes > Minutes::hours(8);
        match [self.daily, self.planning, self.review, self.retrospective].into_iter().find(out_of_range) {
            Some(minutes) => Err(EventOutOfRange { minutes }),
            None => Ok(()),
        }
    }

    /// The same events as they are in a Sprint of some weeks; the Daily Scrum stays as it is.
    pub fn for_weeks(&self, weeks: i64) -> ScrumEvents {
        let proportional = |minutes: Minutes| Minutes::new(minutes.in_minutes() * weeks / 2);
        ScrumEvents {
            daily: self.daily,
            planning: proportional(self.planning),
            review: proportional(self.review),
            retrospective: proportional(self.retrospective),
        }
    }

    /// What they take on a day of a Sprint of some weeks.
    fn on_a_day(&self, weeks: i64, at_start: bool, at_end: bool) -> Minutes {
        let these = self.for_weeks(weeks);
        let mut sum = these.daily;
        if at_start {
            sum += these.planning;
        }
        if at_end {
            sum += these.review + these.retrospective;
        }
        sum
    }
}

/// Who is away and who is on call; by default nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attendance {
    /// How much of a day a member is there, where it is not the whole.
    pub presence: BTreeMap<(MemberId, Day), Share>,
    /// The days on which a member is on call.
    pub on_call: BTreeSet<(MemberId, Day)>,
    /// The part of a day that being on call takes (2.3).
    pub factor: OnCallFactor,
}

impl Attendance {
    /// Who is away on the days from the first to the last, both included, and who is on call on them.
    pub fn of(
        absences: &[Absence],
        on_call: BTreeSet<(MemberId, Day)>,
        factor: OnCallFactor,
        (first, last): (Day, Day),
    ) -> Attendance {
        let within = |from: Day, to: Day| from.max(first).through(to.min(last));
        let mut attendance = Attendance { factor, on_call, ..Attendance::default() };
        for absence in absences {
            for day in within(absence.first, absence.last) {
                let there = attendance.presence.entry((absence.member, day)).or_insert(Share::WHOLE);
                *there = (*there - absence.away).max(Share::ZERO);
            }
        }
        attendance
    }
}

/// A member's day, and the part of a person-day that it is (2.4).
fn member_day(
    member: &Member,
    day: Day,
    events: Minutes,
    attendance: &Attendance,
) -> (MemberDay, Option<f64>) {
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
    let split = |gross: Minutes, away: Minutes, call: Minutes, events: Minutes| MemberDay {
        day,
        kind,
        presence,
        on_call,
        gross: Some(gross),
        away: Some(away),
        call: Some(call),
        events: Some(events),
        net: Some(gross - away - call - events),
    };
    let none = Minutes::ZERO;
    if kind != DayKind::Works {
        return (split(none, none, none, none), None);
    }
    let Some((whole, share)) = hours.and_then(|hours| Some((hours.a_day?, hours.share))) else {
        let open = split(none, none, none, none);
        return (MemberDay { gross: None, away: None, call: None, events: None, net: None, ..open }, None);
    };
    let gross = share.of_minutes(whole);
    let there = presence.of_minutes(gross);
    let call = if on_call { attendance.factor.on(day).of_minutes(there) } else { none };
    // Never below 0 on a day (2.1): events take at most what there is.
    let events = if presence > Share::ZERO { events.min(there - call) } else { none };
    let day = split(gross, gross - there, call, events);
    let of_a_day =
        (whole > none).then(|| (there - call - events).in_minutes() as f64 / whole.in_minutes() as f64);
    (day, of_a_day)
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
        let hours =
            MemberHours { valid_from: early, a_day: minutes(words[1]), week: None, share: Share::WHOLE };
        let (name, from) = (words[0].to_owned(), early);
        let mut member = Member { id: identities.fresh(), name, from, to: None, hours: vec![hours] };
        let mut rest = words[2..].iter();
        while let Some(word) = rest.next() {
            let value = rest.next().unwrap();
            match *word {
                "week" => member.hours[0].week = Some(week(value)),
                "share" => member.hours[0].share = Share::percent(value.parse().unwrap()),
                "from" => member.from = Day::parse(value).unwrap(),
                "to" => member.to = Day::parse(value),
                "then" => member.hours.push(MemberHours {
                    valid_from: Day::parse(value).unwrap(),
                    a_day: minutes(rest.next().unwrap()),
                    week: None,
                    share: member.hours[0].share,
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
                "factor" => {
                    let set = vec![(day(1), Share::percent(words[2].parse().unwrap()))];
                    attendance.factor = OnCallFactor::new(set);
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
                    let taken = [member.away, member.call, member.events].map(Option::unwrap);
                    assert_eq!(gross - taken.into_iter().sum(), net, "what takes what adds up");
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
    fn rule_2_1_a_member_who_is_shared_gives_this_team_their_share_of_each_day() {
        // Of days of 8 h, 4 h are this team's; events take their whole time, on the first day all 4 h. Half a day away: 2 h less.
        check(
            "2026-11-30 2026-12-11 | ana 8 share 50",
            expect![[r#"
                10 working days
                ana: 30.25 of 40, 3.78 days
                total: 30.25 of 40, 3.78 days
            "#]],
        );
        check(
            "2026-11-30 2026-12-11 | ana 8 share 50 | away ana 2026-12-01 50",
            expect![[r#"
                10 working days
                ana: 28.25 of 40, 3.53 days
                total: 28.25 of 40, 3.53 days
            "#]],
        );
    }

    #[test]
    fn rule_2_1_what_takes_what_is_told_apart() {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let ana = member(&["ana", "6"], &mut identities);
        let calendar = WorkCalendar { zone: Zone::UTC, weeks: vec![], holidays: BTreeSet::new() };
        let day = |text: &str| Day::parse(text).unwrap();
        let mut id = || identities.fresh();
        let away = |id, first, last, share| {
            let (first, last, away, note) = (day(first), day(last), Share::percent(share), String::new());
            Absence { id, member: ana.id, first, last, away, note }
        };
        // From before the Sprint to its second day, and for half a day of its fourth.
        let absences =
            [away(id(), "2026-11-20", "2026-12-01", 100), away(id(), "2026-12-03", "2026-12-03", 50)];
        let turns = day("2026-12-03").through(day("2026-12-07")).map(|day| (ana.id, day)).collect();
        let sprint = (day("2026-11-30"), day("2026-12-11"));
        let attendance = Attendance::of(&absences, turns, OnCallFactor::default(), sprint);
        assert_eq!(attendance.presence.len(), 3, "the days before the Sprint are none of it");
        let capacity = team_capacity(&[ana], &calendar, sprint, &ScrumEvents::default(), &attendance);
        let total = capacity.total().unwrap();
        let hours = [total.gross, total.away, total.call, total.events, total.net].map(Minutes::in_hours);
        // On call: 1.5 h of the half day, 3 h of two more. Events: 8 Daily Scrums and what closes the Sprint.
        assert_eq!(hours, [60.0, 15.0, 7.5, 5.5, 32.0]);
    }

    #[test]
    fn rule_2_3_the_on_call_factor_holds_from_a_day_on() {
        // Before it 50 %: 3 h of the first day on call; from it on 30 %: 1.8 h of the second.
        check(
            "2026-11-30 2026-12-11 | ana 6 | oncall ana 2026-12-01 | oncall ana 2026-12-02 | factor 2026-12-02 30",
            expect![[r#"
                10 working days
                ana: 45.2 of 60, 7.53 days
                total: 45.2 of 60, 7.53 days
            "#]],
        );
    }

    #[test]
    fn rule_2_2_a_sprint_across_a_clock_change_has_its_days_and_hours() {
        // Zurich: the last Sunday of March has 23 hours, that of October 25. São Paulo: no midnight on 4 November 2018.
        for (zone, first, change, hours) in [
            ("Europe/Zurich", "2026-03-23", "2026-03-29", 23),
            ("Europe/Zurich", "2026-10-19", "2026-10-25", 25),
            ("America/Sao_Paulo", "2018-10-29", "2018-11-04", 23),
            ("America/Sao_Paulo", "2018-02-12", "2018-02-17", 25),
        ] {
            let (zone, first) = (Zone::parse(zone).unwrap(), Day::parse(first).unwrap());
            let change = Day::parse(change).unwrap();
            let length = zone.start_of(change.plus(1)).millis() - zone.start_of(change).millis();
            assert_eq!(length, hours * 3_600_000, "{zone} {change}");
            let weekly = vec![(Day::parse("2018-01-01").unwrap(), week("mon,tue,wed,thu,fri,sat,sun"))];
            let calendar = WorkCalendar { zone, weeks: weekly, holidays: BTreeSet::new() };
            let mut ana = member(&["ana", "6"], &mut Identities::new(Instant::from_millis(0), 1, 1));
            ana.from = Day::parse("2018-01-01").unwrap();
            let mut attendance = Attendance::default();
            attendance.presence.insert((ana.id, change), Share::percent(50));
            let last = first.plus(13);
            let capacity =
                team_capacity(&[ana], &calendar, (first, last), &ScrumEvents::default(), &attendance);
            assert_eq!(capacity.days, first.through(last).collect::<Vec<_>>(), "{zone} {change}");
            let changed = capacity.members[0].days.iter().find(|day| day.day == change).unwrap();
            assert_eq!(changed.net, Some(Minutes::new(3 * 60 - 15)), "half of 6 h, whatever the clock does");
            // Each instant of the Sprint falls on one of its days, the first and the last included.
            for day in [first, change, last] {
                assert_eq!(zone.day_of(zone.start_of(day)), day);
                assert_eq!(zone.day_of(zone.start_of(day.plus(1)).plus_millis(-1)), day);
            }
        }
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
