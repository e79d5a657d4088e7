//! The split report: the planned, committed and actual part of each lane, in one unit; and what interrupts broke into
//! (4.4).
//!
//! 1. Planned is the share that was frozen. Each column adds up to 100 %, where there is anything in it.
//! 2. In hours, where net hours are known and points were completed: hours per point of this Sprint = (net − hours of
//!    unplanned work) ÷ completed planned points; a lane's actual is its completed points × that, and the hours of
//!    unplanned work that drew on it. The buffer's actual is what drew on it, to the minute as its gauge says: hours of
//!    interrupts, and those of its items by hours per point. The committed points of the planned lanes stand for the net
//!    hours outside the buffer. What was planned and committed counts the net hours of the whole Sprint; what is actual
//!    those of its days until then.
//! 3. Otherwise the unit is points, or items where fewer than half of them are sized, and the reason is said (1.3).
//!    Interrupts have no points; they count as one item each.
//! 4. Unsorted work is a row of its own; unsized work is counted (1.1, 1.4).
//! 5. An item is broken into on a day on which its owner worked on an interrupt while it was in progress. What
//!    nobody owns, and hours of nobody, are not known and counted apart.

use crate::backlog::{Category, ItemPresent, Origin};
use crate::calendar::{Day, Zone};
use crate::capacity::divide;
use crate::identity::{ItemId, LaneId, MemberId, SprintId};
use crate::measures::{Minutes, Share, Size};
use crate::sprint::SprintItem;
use crate::team::Workflow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// What the columns of a split report count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SplitUnit {
    /// Hours.
    Hours,
    /// Story points.
    Points,
    /// Number of items and interrupts.
    Items,
}

/// Why a split is not told in hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NotInHours {
    /// Nobody's hours were set.
    NoHours,
    /// No sized item of the planned lanes is completed.
    NothingCompleted,
    /// Fewer than half of the items are sized.
    FewSized,
    /// Interrupts took more than all hours that there were.
    AllInterrupted,
}

/// The split of a Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SplitReport {
    /// What is counted.
    pub unit: SplitUnit,
    /// Why it is not hours.
    pub why: Option<NotInHours>,
    /// Minutes of work for a completed point of this Sprint, where hours are counted.
    pub per_point: Option<Minutes>,
    /// Minutes that unplanned work took, as far as is known: interrupts, and items of the buffer lane by hours per point.
    pub interrupts: Minutes,
    /// What came in of which nothing is known: interrupts, and items of the buffer lane (1.4).
    pub unknown: u32,
    /// The lanes in their order; work that is unsorted comes last, where there is any.
    pub lanes: Vec<SplitLane>,
    /// Items of the commitment and of what was completed that have no size.
    pub unsized_items: u32,
}

/// A lane in a split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SplitLane {
    /// The lane; none is what is unsorted.
    pub lane: Option<LaneId>,
    /// Its name; empty for what is unsorted.
    pub name: String,
    /// Whether it is the buffer.
    pub is_buffer: bool,
    /// Its share as it was planned.
    pub planned: Share,
    /// What was committed in it.
    pub committed: Portion,
    /// What it came to.
    pub actual: Portion,
}

/// A part of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Portion {
    /// Its part of the whole column; none where the column is empty.
    pub share: Option<Share>,
    /// How much it is, in hundredths of the unit.
    pub amount: Size,
}

/// What a split is computed from: a lane, or what is unsorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitWork {
    /// The lane; none is what is unsorted.
    pub lane: Option<LaneId>,
    /// Its name.
    pub name: String,
    /// Whether it is the buffer.
    pub is_buffer: bool,
    /// Its share.
    pub share: Share,
    /// Points committed.
    pub committed_points: Size,
    /// Items committed; one is [`Size::points`]`(1)`.
    pub committed_items: Size,
    /// Points completed.
    pub done_points: Size,
    /// Items completed, and interrupts.
    pub done_items: Size,
    /// Minutes of unplanned work that drew on it: of interrupts; for the buffer of its items too.
    pub interrupts: Minutes,
}

/// The split of a Sprint that lasted all its days, from its lanes and its net hours. Source: semantics 4.4.
///
/// `sized` says how many items of commitment and completed work have a size, and how many there are.
pub fn split(work: &[SplitWork], net: Option<Minutes>, unknown: u32, sized: (u32, u32)) -> SplitReport {
    split_so_far(work, net.map(|net| (net, net)), unknown, sized)
}

/// The split of a Sprint at any moment: of its net hours, all that it has and those until then, today included.
pub fn split_so_far(
    work: &[SplitWork],
    net: Option<(Minutes, Minutes)>,
    unknown: u32,
    (sized, items): (u32, u32),
) -> SplitReport {
    let interrupts: Minutes = work.iter().map(|one| one.interrupts).sum();
    let planned = || work.iter().filter(|one| !one.is_buffer);
    let done: Size = planned().map(|one| one.done_points).sum();
    let few_sized = sized * 2 < items;
    let why = match net {
        _ if few_sized => Some(NotInHours::FewSized),
        None => Some(NotInHours::NoHours),
        Some(_) if done <= Size::ZERO => Some(NotInHours::NothingCompleted),
        Some((_, so_far)) if so_far <= interrupts => Some(NotInHours::AllInterrupted),
        Some(_) => None,
    };
    let unit = match (why, few_sized) {
        (None, _) => SplitUnit::Hours,
        (Some(_), true) => SplitUnit::Items,
        (Some(_), false) => SplitUnit::Points,
    };
    let (committed_of, actual_of): (Vec<i64>, Vec<i64>) = match (unit, net) {
        (SplitUnit::Hours, Some((net, so_far))) => {
            let buffer: Share = work.iter().filter(|one| one.is_buffer).map(|one| one.share).sum();
            let hundredths = |minutes: Minutes| (minutes.in_minutes() * 100 + 30).div_euclid(60);
            let (whole, kept) = (hundredths(net), hundredths(buffer.of_minutes(net)));
            // The planned lanes share what is left by their points.
            let by_points = |outside: i64, points: fn(&SplitWork) -> Size| {
                let weight = |one: &SplitWork| if one.is_buffer { 0 } else { points(one).in_hundredths() };
                divide(outside, &work.iter().map(weight).collect::<Vec<i64>>())
            };
            let mut committed = by_points(whole - kept, |one| one.committed_points);
            let took = divide(hundredths(interrupts), &minutes_of_interrupts(work));
            let mut actual = by_points(hundredths(so_far) - took.iter().sum::<i64>(), |one| one.done_points);
            for (place, one) in work.iter().enumerate() {
                committed[place] += if one.is_buffer { kept } else { 0 };
                actual[place] += took[place];
            }
            (committed, actual)
        }
        (SplitUnit::Items, _) => (
            work.iter().map(|one| one.committed_items.in_hundredths()).collect(),
            work.iter().map(|one| one.done_items.in_hundredths()).collect(),
        ),
        _ => (
            work.iter().map(|one| one.committed_points.in_hundredths()).collect(),
            work.iter().map(|one| one.done_points.in_hundredths()).collect(),
        ),
    };
    let portions = |amounts: &[i64]| -> Vec<Portion> {
        let shares = divide(10_000, amounts);
        let is_empty = amounts.iter().all(|amount| *amount == 0);
        let portion = |(one, share): (&i64, i64)| Portion {
            share: (!is_empty).then(|| Share::basis_points(share)),
            amount: Size::hundredths(*one),
        };
        amounts.iter().zip(shares).map(portion).collect()
    };
    let columns = portions(&committed_of).into_iter().zip(portions(&actual_of));
    let lane = |(one, (committed, actual)): (&SplitWork, (Portion, Portion))| SplitLane {
        lane: one.lane,
        name: one.name.clone(),
        is_buffer: one.is_buffer,
        planned: one.share,
        committed,
        actual,
    };
    let per_point = net.filter(|_| unit == SplitUnit::Hours).map(|(_, so_far)| {
        let minutes = (so_far - interrupts).in_minutes() * 100;
        let points = done.in_hundredths().max(1);
        Minutes::new((minutes + points / 2) / points)
    });
    SplitReport {
        unit,
        why,
        per_point,
        interrupts,
        unknown,
        lanes: work.iter().zip(columns).map(lane).collect(),
        unsized_items: items.saturating_sub(sized),
    }
}

fn minutes_of_interrupts(work: &[SplitWork]) -> Vec<i64> {
    work.iter().map(|one| one.interrupts.in_minutes()).collect()
}

/// How much interrupts made people change from one thing to another (4.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Switching {
    /// Working days so far.
    pub days: u32,
    /// Interrupts that arrived.
    pub interrupts: u32,
    /// Items that came into the buffer lane after the start and that no interrupt became.
    pub items: u32,
    /// Both together a working day.
    pub arrived_a_day: Size,
    /// Items that were broken into, each once for each day.
    pub broken_into: u32,
    /// The same a working day.
    pub broken_into_a_day: Size,
    /// Minutes of those who were on call that day.
    pub on_call: Minutes,
    /// Minutes of the rest of the team.
    pub others: Minutes,
    /// Minutes of which nobody said who worked.
    pub of_nobody: Minutes,
    /// Whether anybody was on call in this Sprint, as far as was known at its start.
    pub has_on_call: bool,
}

/// What context switching is computed from.
#[derive(Debug, Clone, Copy)]
pub struct SwitchingFacts<'f> {
    /// The Sprint.
    pub sprint: SprintId,
    /// The team's states.
    pub workflow: &'f Workflow,
    /// Its zone.
    pub zone: Zone,
    /// The items of the Sprint with their facts.
    pub items: &'f [SprintItem],
    /// Who worked on interrupts, on which day, how long.
    pub hours: &'f [(Option<MemberId>, Day, Minutes)],
    /// Who was on call on which day.
    pub on_call: &'f BTreeSet<(MemberId, Day)>,
    /// Interrupts that arrived.
    pub interrupts: u32,
    /// Items that came into the buffer lane after the start and that no interrupt became.
    pub came_as_items: u32,
    /// Working days so far.
    pub days: u32,
}

/// How much interrupts made people change from one thing to another (rule 5). Source: semantics 4.4.
pub fn switching(facts: &SwitchingFacts<'_>) -> Switching {
    let days_of_people: BTreeSet<(MemberId, Day)> =
        facts.hours.iter().filter_map(|(member, day, _)| Some(((*member)?, *day))).collect();
    let broken = |(member, day): &(MemberId, Day)| {
        facts
            .items
            .iter()
            .filter(|item| was_in_progress(facts, item, *member, *day))
            .map(|item| (item.id, *day))
            .collect::<Vec<_>>()
    };
    let broken_into: BTreeSet<(ItemId, Day)> = days_of_people.iter().flat_map(broken).collect();
    let (mut on_call, mut others, mut of_nobody) = (Minutes::ZERO, Minutes::ZERO, Minutes::ZERO);
    for (member, day, minutes) in facts.hours {
        match member {
            Some(member) if facts.on_call.contains(&(*member, *day)) => on_call += *minutes,
            Some(_) => others += *minutes,
            None => of_nobody += *minutes,
        }
    }
    let a_day = |count: usize| {
        let days = i64::from(facts.days.max(1));
        Size::hundredths((count as i64 * 100 + days / 2) / days)
    };
    Switching {
        days: facts.days,
        interrupts: facts.interrupts,
        items: facts.came_as_items,
        arrived_a_day: a_day((facts.interrupts + facts.came_as_items) as usize),
        broken_into: broken_into.len() as u32,
        broken_into_a_day: a_day(broken_into.len()),
        on_call,
        others,
        of_nobody,
        has_on_call: !facts.on_call.is_empty(),
    }
}

/// Whether an item of the planned lanes was a member's and in progress at some moment of a day.
fn was_in_progress(facts: &SwitchingFacts<'_>, item: &SprintItem, member: MemberId, day: Day) -> bool {
    let (begin, end) = (facts.zone.start_of(day), facts.zone.start_of(day.plus(1)));
    let mut sorted: Vec<_> = item.facts.iter().filter(|dated| dated.happened_at < end).collect();
    sorted.sort_by_key(|dated| dated.order());
    let holds = |present: &ItemPresent| {
        present.owner == Some(member)
            && present.sprint == Some(facts.sprint)
            && present.origin != Some(Origin::Interrupt)
            && facts.workflow.category(present.state) == Category::InProgress
    };
    let mut present = ItemPresent::default();
    let mut was = false;
    for dated in sorted {
        if dated.happened_at >= begin {
            was |= holds(&present);
        }
        present.apply(&dated.fact, dated.happened_at);
    }
    was || holds(&present)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sprint::story::Story;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use std::fmt::Write;

    /// Lanes from `features 60 c20 d10 | production 30 c10 d5 | buffer! 10 t20`: points committed and done, hours of
    /// interrupts.
    fn check(text: &str, net: Option<i64>, sized: (u32, u32), expected: Expect) {
        let work = |text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            let points = |letter: char| {
                words
                    .iter()
                    .find_map(|word| word.strip_prefix(letter))
                    .map_or(Size::ZERO, |n| Size::parse(n).unwrap())
            };
            SplitWork {
                lane: None,
                name: words[0].trim_end_matches('!').into(),
                is_buffer: words[0].ends_with('!'),
                share: Share::percent(words[1].parse().unwrap()),
                committed_points: points('c'),
                committed_items: points('i'),
                done_points: points('d'),
                done_items: points('e'),
                interrupts: Minutes::new(points('t').in_hundredths() * 60 / 100),
            }
        };
        let work: Vec<SplitWork> = text.split('|').map(work).collect();
        let report = split(&work, net.map(Minutes::hours), 0, sized);
        let mut out = format!("{:?}", report.unit);
        if let Some(why) = report.why {
            write!(out, " {why:?}").unwrap();
        }
        if let Some(per_point) = report.per_point {
            write!(out, ", {per_point} a point").unwrap();
        }
        if report.unsized_items > 0 {
            write!(out, ", {} unsized", report.unsized_items).unwrap();
        }
        let portion = |portion: Portion| {
            format!("{} {}", portion.amount, portion.share.map_or("-".into(), |share| share.to_string()))
        };
        for lane in &report.lanes {
            write!(
                out,
                "\n{}: {}, {}, {}",
                lane.name,
                lane.planned,
                portion(lane.committed),
                portion(lane.actual)
            )
            .unwrap();
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn rule_4_4_planned_committed_and_actual_in_hours() {
        check(
            "features 60 c20 d12 | production 30 c10 d8 | buffer! 10 t20",
            Some(100),
            (9, 9),
            expect![[r#"
            Hours, 4 h a point
            features: 60 %, 60 60 %, 48 48 %
            production: 30 %, 30 30 %, 32 32 %
            buffer: 10 %, 10 10 %, 20 20 %"#]],
        );
        check(
            "features 60 c20 d12 | unsorted 0 c10 d8 | buffer! 10",
            Some(100),
            (9, 12),
            expect![[r#"
            Hours, 5 h a point, 3 unsized
            features: 60 %, 60 60 %, 60 60 %
            unsorted: 0 %, 30 30 %, 40 40 %
            buffer: 10 %, 10 10 %, 0 0 %"#]],
        );
        // An interrupt that draws on a planned lane is that lane's time.
        check(
            "features 60 c20 d12 | production 30 c10 d8 t10 | buffer! 10 t10",
            Some(100),
            (9, 9),
            expect![[r#"
                Hours, 4 h a point
                features: 60 %, 60 60 %, 48 48 %
                production: 30 %, 30 30 %, 42 42 %
                buffer: 10 %, 10 10 %, 10 10 %"#]],
        );
    }

    #[test]
    fn rule_4_4_in_the_middle_of_a_sprint_the_actual_hours_are_those_of_the_days_until_then() {
        let lane = |share, committed, done, minutes, is_buffer| SplitWork {
            lane: None,
            name: String::new(),
            is_buffer,
            share: Share::percent(share),
            committed_points: Size::points(committed),
            committed_items: Size::ZERO,
            done_points: Size::points(done),
            done_items: Size::ZERO,
            interrupts: Minutes::hours(minutes),
        };
        let work = [lane(90, 20, 5, 0, false), lane(10, 0, 0, 10, true)];
        let (all, half) = (Minutes::hours(100), Minutes::hours(50));
        let report = split_so_far(&work, Some((all, half)), 0, (4, 4));
        let amounts = |of: fn(&SplitLane) -> Portion| {
            report.lanes.iter().map(of).map(|one| one.amount).collect::<Vec<_>>()
        };
        assert_eq!(amounts(|lane| lane.committed), [Size::points(90), Size::points(10)]);
        assert_eq!(
            amounts(|lane| lane.actual),
            [Size::points(40), Size::points(10)],
            "half of the days are over"
        );
        assert_eq!(report.per_point, Some(Minutes::hours(8)));
        let none_left = split_so_far(&work, Some((all, Minutes::hours(10))), 0, (4, 4));
        assert_eq!(none_left.why, Some(NotInHours::AllInterrupted));
    }

    #[test]
    fn rule_1_3_otherwise_the_unit_is_another_and_says_why() {
        let text = "features 60 c20 i4 d12 e2 | production 30 c5 i1 d4 e1 | buffer! 10 d3 e3 t20";
        check(
            text,
            None,
            (9, 9),
            expect![[r#"
            Points NoHours
            features: 60 %, 20 80 %, 12 63.16 %
            production: 30 %, 5 20 %, 4 21.05 %
            buffer: 10 %, 0 0 %, 3 15.79 %"#]],
        );
        check(
            text,
            Some(100),
            (2, 9),
            expect![[r#"
            Items FewSized, 7 unsized
            features: 60 %, 4 80 %, 2 33.33 %
            production: 30 %, 1 20 %, 1 16.67 %
            buffer: 10 %, 0 0 %, 3 50 %"#]],
        );
        check(
            "features 90 c20 i4 | buffer! 10 e3 t20",
            Some(100),
            (4, 4),
            expect![[r#"
            Points NothingCompleted
            features: 90 %, 20 100 %, 0 -
            buffer: 10 %, 0 0 %, 0 -"#]],
        );
        check(
            "features 90 c20 d4 | buffer! 10 t20",
            Some(10),
            (4, 4),
            expect![[r#"
            Points AllInterrupted
            features: 90 %, 20 100 %, 4 100 %
            buffer: 10 %, 0 0 %, 0 0 %"#]],
        );
    }

    proptest! {
        #[test]
        fn each_column_adds_up(
            lanes in prop::collection::vec((0..30_i64, 0..30_i64), 1..5), net in 0..200_i64, interrupts in 0..100_i64,
        ) {
            let work = |(place, (committed, done)): (usize, &(i64, i64))| SplitWork {
                lane: None,
                name: String::new(),
                is_buffer: place == 0,
                share: if place == 0 { Share::percent(20) } else { Share::ZERO },
                committed_points: Size::points(*committed),
                committed_items: Size::points(1),
                done_points: Size::points(*done),
                done_items: Size::points(1),
                interrupts: if place < 2 { Minutes::hours(interrupts) } else { Minutes::ZERO },
            };
            let work: Vec<SplitWork> = lanes.iter().enumerate().map(work).collect();
            let report = split(&work, Some(Minutes::hours(net)), 0, (1, 1));
            for column in [|lane: &SplitLane| lane.committed, |lane: &SplitLane| lane.actual] {
                let shares: Vec<Share> = report.lanes.iter().filter_map(|lane| column(lane).share).collect();
                prop_assert!(shares.is_empty() || shares.iter().copied().sum::<Share>() == Share::WHOLE);
            }
            if report.unit == SplitUnit::Hours {
                let actual: Size = report.lanes.iter().map(|lane| lane.actual.amount).sum();
                prop_assert_eq!(actual, Size::points(net), "in whole hours nothing is lost");
            }
        }
    }

    #[test]
    fn rule_4_4_an_item_is_broken_into_on_a_day_on_which_its_owner_worked_on_an_interrupt() {
        let story = Story::tell("mon 09:00 select a8 b5 | mon 10:00 start | tue begin a | thu done a");
        let (sprint, zone) = (story.sprint.id, story.calendar.zone);
        let mut items = story.items().to_vec();
        let ana: MemberId = crate::identity::Identities::new(story.now, 7, 7).fresh();
        let begun = story.calendar.zone.start_of(story.sprint.first_day);
        for item in &mut items {
            let id = crate::identity::Identities::new(begun, 8, 8).fresh();
            let fact = crate::backlog::ItemFact::Assigned(Some(ana));
            item.facts.push(crate::backlog::Dated {
                id,
                happened_at: begun,
                recorded_at: begun,
                operation: 1,
                fact,
            });
        }
        let day = |n: i64| story.sprint.first_day.plus(n);
        let hour = Minutes::hours(1);
        let hours = [
            (Some(ana), day(0), hour),
            (Some(ana), day(1), hour),
            (Some(ana), day(1), hour),
            (Some(ana), day(3), hour),
            (Some(ana), day(4), hour),
            (None, day(2), hour),
        ];
        let on_call = [(ana, day(1))].into();
        let facts = SwitchingFacts {
            sprint,
            zone,
            workflow: &story.workflow,
            items: &items,
            hours: &hours,
            on_call: &on_call,
            interrupts: 2,
            came_as_items: 1,
            days: 4,
        };
        let now = switching(&facts);
        assert_eq!(now.broken_into, 2, "on Tuesday and on Thursday, on which it was done");
        assert_eq!(
            (now.arrived_a_day.to_string(), now.broken_into_a_day.to_string()),
            ("0.75".into(), "0.5".into())
        );
        assert_eq!((now.on_call, now.others, now.of_nobody), (Minutes::hours(2), Minutes::hours(3), hour));
    }
}
