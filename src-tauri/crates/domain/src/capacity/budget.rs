//! Lane budgets (2.5), and what selected items make of them.
//!
//! 1. The buffer's budget is in hours: its share of the net hours. A planned lane's is in points: planned points ×
//!    share ÷ (1 − buffer share), and its hours stand beside. The parts add up to the whole.
//! 2. A lane over its budget says by how much it is to be lowered. Where a budget is not known there is no verdict.
//! 3. Unsorted items belong to no lane: they are a row of their own, and in the total (1.1).
//! 4. An unsized item counts 0 points and is counted as unsized (1.4).
//! 5. Items in the buffer lane draw on hours, not on the planned points; without hours per point (1.3) their hours
//!    are not known, and neither is the verdict.

use super::points::{HoursPerPoint, PersonDays};
use super::split::divide;
use crate::identity::{ItemId, LaneId, MemberId};
use crate::measures::{Minutes, Share, Size};
use crate::team::Lanes;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The budgets of a Sprint's lanes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Budget {
    /// Points of all planned lanes; none where they are not known.
    pub points: Option<Size>,
    /// Net minutes of the Sprint; none where nobody's hours are set.
    pub net: Option<Minutes>,
    /// One for each lane, in the team's order.
    pub lanes: Vec<LaneBudget>,
}

/// What a lane may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaneBudget {
    /// The lane.
    pub lane: LaneId,
    /// Its name.
    pub name: String,
    /// Whether it is the buffer.
    pub is_buffer: bool,
    /// Its share of the capacity.
    pub share: Share,
    /// Its points; none for the buffer, and where planned points are not known.
    pub points: Option<Size>,
    /// Its minutes; none where the net hours are not known.
    pub minutes: Option<Minutes>,
}

/// The budgets of lanes (rule 1). Source: semantics 2.5.
pub fn budget(lanes: &Lanes, planned_points: Option<Size>, net: Option<Minutes>) -> Budget {
    let weights = |planned_only: bool| -> Vec<i64> {
        let weight = |lane: &crate::team::Lane| {
            if planned_only && lane.is_buffer { 0 } else { lane.share.in_basis_points() }
        };
        lanes.all().iter().map(weight).collect()
    };
    let points = planned_points.map(|points| divide(points.in_hundredths(), &weights(true)));
    let minutes = net.map(|net| divide(net.in_minutes(), &weights(false)));
    let of_lane = |(place, lane): (usize, &crate::team::Lane)| LaneBudget {
        lane: lane.id,
        name: lane.name.clone(),
        is_buffer: lane.is_buffer,
        share: lane.share,
        points: points.as_ref().filter(|_| !lane.is_buffer).map(|all| Size::hundredths(all[place])),
        minutes: minutes.as_ref().map(|all| Minutes::new(all[place])),
    };
    Budget { points: planned_points, net, lanes: lanes.all().iter().enumerate().map(of_lane).collect() }
}

/// An item that is selected, or could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The item.
    pub item: ItemId,
    /// The lane of the selection; none for unsorted work.
    pub lane: Option<LaneId>,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// Who owns it.
    pub owner: Option<MemberId>,
}

/// How a plan stands against its budgets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanLoad {
    /// One for each lane, in the team's order.
    pub lanes: Vec<LaneLoad>,
    /// The row of items that are in no lane; none where there is no such item.
    pub unsorted: Option<Unsorted>,
    /// All selected items.
    pub items: u32,
    /// Those without a size.
    pub unsized_items: u32,
    /// Points selected outside the buffer, unsorted items included.
    pub points: Size,
    /// By how much those points lie over the planned points.
    pub over: Option<Size>,
    /// Points of items with an owner, in the order of the members given.
    pub owners: Vec<OwnerLoad>,
}

/// A lane's budget and what is selected into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaneLoad {
    /// The budget.
    pub budget: LaneBudget,
    /// Selected items.
    pub items: u32,
    /// Those without a size.
    pub unsized_items: u32,
    /// Their points.
    pub points: Size,
    /// Their working time by hours per point, for the buffer where it is known.
    pub minutes: Option<Minutes>,
    /// How full the lane is: 100 % is its budget; none where that is not known or nothing.
    pub fill: Option<Share>,
    /// By how many points a planned lane is to be lowered.
    pub lower_by: Option<Size>,
    /// By how many minutes the buffer is to be lowered.
    pub lower_by_minutes: Option<Minutes>,
}

/// Selected items that belong to no lane (1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Unsorted {
    /// How many.
    pub items: u32,
    /// Those without a size.
    pub unsized_items: u32,
    /// Their points.
    pub points: Size,
}

/// What an owner has taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnerLoad {
    /// Who.
    pub member: MemberId,
    /// Items they own.
    pub items: u32,
    /// Their points, outside the buffer.
    pub points: Size,
    /// Their part of the planned points by their person-days; none where either is not known.
    pub budget: Option<Size>,
    /// By how many points it is to be lowered.
    pub lower_by: Option<Size>,
}

/// The load that selected items put on budgets (rules 2 to 5). Source: semantics 2.5.
pub fn load(
    budget: &Budget,
    selected: &[Selection],
    per_point: &HoursPerPoint,
    members: &[(MemberId, Option<PersonDays>)],
) -> PlanLoad {
    let is_buffer = |lane: LaneId| budget.lanes.iter().any(|one| one.lane == lane && one.is_buffer);
    let known = |lane: LaneId| budget.lanes.iter().any(|one| one.lane == lane);
    let count = |items: &[&Selection]| {
        let unsized_items = items.iter().filter(|item| item.size.is_none()).count() as u32;
        (items.len() as u32, unsized_items, items.iter().filter_map(|item| item.size).sum::<Size>())
    };
    let over = |points: Size, budget: Option<Size>| {
        budget.filter(|budget| points > *budget).map(|budget| points - budget)
    };
    let of_lane = |lane: &LaneBudget| {
        let here: Vec<&Selection> = selected.iter().filter(|item| item.lane == Some(lane.lane)).collect();
        let (items, unsized_items, points) = count(&here);
        let minutes = if lane.is_buffer { per_point.for_size(points) } else { None };
        let fill = if lane.is_buffer {
            minutes.zip(lane.minutes).and_then(|(used, all)| fill(used.in_minutes(), all.in_minutes()))
        } else {
            lane.points.and_then(|all| fill(points.in_hundredths(), all.in_hundredths()))
        };
        let overrun = minutes.zip(lane.minutes).filter(|(used, all)| used > all);
        LaneLoad {
            items,
            unsized_items,
            points,
            minutes,
            fill,
            lower_by: over(points, lane.points),
            lower_by_minutes: overrun.map(|(used, all)| used - all),
            budget: lane.clone(),
        }
    };
    let outside: Vec<&Selection> = selected.iter().filter(|item| !item.lane.is_some_and(known)).collect();
    let planned: Vec<&Selection> = selected.iter().filter(|item| !item.lane.is_some_and(is_buffer)).collect();
    let all: Vec<&Selection> = selected.iter().collect();
    let (items, unsized_items, _) = count(&all);
    let points = count(&planned).2;
    PlanLoad {
        lanes: budget.lanes.iter().map(of_lane).collect(),
        unsorted: (!outside.is_empty()).then(|| {
            let (items, unsized_items, points) = count(&outside);
            Unsorted { items, unsized_items, points }
        }),
        items,
        unsized_items,
        points,
        over: over(points, budget.points),
        owners: owners(budget, &planned, members),
    }
}

/// The first candidate that no longer fits its lane when those before it are selected too, in order.
///
/// Candidates without a size, in the buffer, in no lane or in a lane without a budget in points are passed over.
pub fn first_that_does_not_fit(load: &PlanLoad, candidates: &[Selection]) -> Option<ItemId> {
    let mut left: Vec<(LaneId, Size)> = load
        .lanes
        .iter()
        .filter_map(|lane| Some((lane.budget.lane, lane.budget.points? - lane.points)))
        .collect();
    for candidate in candidates {
        let (Some(lane), Some(size)) = (candidate.lane, candidate.size) else { continue };
        if let Some((_, rest)) = left.iter_mut().find(|(one, _)| *one == lane) {
            if size > *rest {
                return Some(candidate.item);
            }
            *rest -= size;
        }
    }
    None
}

/// The points of each member who owns a selected item.
fn owners(
    budget: &Budget,
    planned: &[&Selection],
    members: &[(MemberId, Option<PersonDays>)],
) -> Vec<OwnerLoad> {
    let weights: Vec<i64> =
        members.iter().map(|(_, days)| days.map_or(0, PersonDays::in_thousandths)).collect();
    let parts = budget.points.map(|points| divide(points.in_hundredths(), &weights));
    let of_member = |(place, (member, days)): (usize, &(MemberId, Option<PersonDays>))| {
        let owned: Vec<_> = planned.iter().filter(|item| item.owner == Some(*member)).collect();
        let points: Size = owned.iter().filter_map(|item| item.size).sum();
        let budget = parts.as_ref().filter(|_| days.is_some()).map(|all| Size::hundredths(all[place]));
        let lower_by = budget.filter(|budget| points > *budget).map(|budget| points - budget);
        OwnerLoad { member: *member, items: owned.len() as u32, points, budget, lower_by }
    };
    members.iter().enumerate().map(of_member).filter(|owner| owner.items > 0).collect()
}

/// What part of a budget is used, in basis points; none where there is no budget.
fn fill(used: i64, all: i64) -> Option<Share> {
    (all > 0).then(|| Share::basis_points((used * 10_000 + all / 2) / all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backlog::WorkKind;
    use crate::calendar::Instant;
    use crate::identity::Identities;
    use crate::team::Lane;
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    fn lanes(shares: [i64; 3]) -> Lanes {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let mut lane = |name: &str, share: i64, kinds: Vec<WorkKind>| Lane {
            id: identities.fresh(),
            name: name.into(),
            is_buffer: kinds.is_empty(),
            share: Share::percent(share),
            kinds,
        };
        let production = vec![WorkKind::Bug, WorkKind::Debt, WorkKind::Infrastructure];
        Lanes::new(vec![
            lane("features", shares[0], vec![WorkKind::Feature]),
            lane("production", shares[1], production),
            lane("buffer", shares[2], vec![]),
        ])
        .unwrap()
    }

    fn check_budget(shares: [i64; 3], points: Option<&str>, hours: Option<i64>, expected: &str) {
        let points = points.map(|points| Size::parse(points).unwrap());
        let budget = budget(&lanes(shares), points, hours.map(Minutes::hours));
        let lane = |lane: &LaneBudget| {
            let points = lane.points.map_or("-".into(), |points| format!("{points} points"));
            let hours = lane.minutes.map_or("-".into(), |minutes| minutes.to_string());
            format!("{} {points} {hours}", lane.name)
        };
        assert_eq!(budget.lanes.iter().map(lane).collect::<Vec<_>>().join(", "), expected);
    }

    /// Selected items from `f5 p3 b2 u1 f?`: lane and size; `f5@ana` has an owner. Candidates come after `|`.
    fn check_load(points: Option<&str>, history: bool, text: &str, expected: Expect) {
        let mut identities = Identities::new(Instant::from_millis(1), 2, 1);
        let lanes = lanes([60, 30, 10]);
        let (ana, bo): (MemberId, MemberId) = (identities.fresh(), identities.fresh());
        let mut item = |word: &str| {
            let (work, owner) = word.split_once('@').unwrap_or((word, ""));
            let lane = match &work[..1] {
                "f" => Some(lanes.all()[0].id),
                "p" => Some(lanes.all()[1].id),
                "b" => Some(lanes.all()[2].id),
                _ => None,
            };
            let owner = if owner.is_empty() { None } else { Some(if owner == "ana" { ana } else { bo }) };
            Selection { item: identities.fresh(), lane, size: Size::parse(&work[1..]).ok(), owner }
        };
        let mut sides =
            text.split('|').map(|side| side.split_whitespace().map(&mut item).collect::<Vec<_>>());
        let (selected, candidates) = (sides.next().unwrap(), sides.next().unwrap_or_default());
        let points = points.map(|points| Size::parse(points).unwrap());
        let per_point = if history {
            let five = Minutes::hours(5);
            HoursPerPoint::Known { median: five, least: five, most: five, sprints: 3 }
        } else {
            HoursPerPoint::TooFew { sprints: 1, needed: 3 }
        };
        let budget = budget(&lanes, points, Some(Minutes::hours(120)));
        let members = [(ana, Some(PersonDays::days(8))), (bo, None)];
        let load = load(&budget, &selected, &per_point, &members);
        let mut out = String::new();
        for lane in &load.lanes {
            write!(out, "{}: {}", lane.budget.name, lane.points).unwrap();
            if let Some(minutes) = lane.minutes {
                write!(out, ", {minutes}").unwrap();
            }
            match lane.fill {
                Some(fill) => write!(out, ", {fill}").unwrap(),
                None => write!(out, ", no verdict").unwrap(),
            }
            if let Some(points) = lane.lower_by {
                write!(out, ", lower by {points}").unwrap();
            }
            if let Some(minutes) = lane.lower_by_minutes {
                write!(out, ", lower by {minutes}").unwrap();
            }
            if lane.unsized_items > 0 {
                write!(out, ", {} of {} unsized", lane.unsized_items, lane.items).unwrap();
            }
            out.push('\n');
        }
        if let Some(row) = load.unsorted {
            writeln!(
                out,
                "unsorted: {} items, {} points, {} unsized",
                row.items, row.points, row.unsized_items
            )
            .unwrap();
        }
        write!(out, "total: {} items, {} unsized, {} points", load.items, load.unsized_items, load.points)
            .unwrap();
        if let Some(over) = load.over {
            write!(out, ", over by {over}").unwrap();
        }
        out.push('\n');
        for owner in &load.owners {
            let name = if owner.member == ana { "ana" } else { "bo" };
            let budget = owner.budget.map_or("?".into(), |budget| budget.to_string());
            let lower = owner.lower_by.map_or(String::new(), |by| format!(", lower by {by}"));
            writeln!(out, "{name}: {} of {budget}{lower}", owner.points).unwrap();
        }
        if let Some(item) = first_that_does_not_fit(&load, &candidates) {
            let place = candidates.iter().position(|one| one.item == item).unwrap();
            writeln!(out, "candidate {place} does not fit").unwrap();
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn rule_2_5_the_buffer_is_in_hours_and_planned_lanes_in_points() {
        check_budget(
            [60, 30, 10],
            Some("22.14"),
            Some(150),
            "features 14.76 points 90 h, production 7.38 points 45 h, buffer - 15 h",
        );
        check_budget(
            [60, 20, 20],
            Some("19.68"),
            None,
            "features 14.76 points -, production 4.92 points -, buffer - -",
        );
        check_budget([60, 30, 10], None, Some(100), "features - 60 h, production - 30 h, buffer - 10 h");
        check_budget(
            [0, 0, 100],
            Some("0"),
            Some(9),
            "features 0 points 0 h, production 0 points 0 h, buffer - 9 h",
        );
    }

    #[test]
    fn rule_2_5_a_lane_over_its_budget_says_by_how_much() {
        check_load(
            Some("32.4"),
            false,
            "f8 f5 p5 p3 p3",
            expect![[r#"
                features: 13, 60.19 %
                production: 11, 101.85 %, lower by 0.2
                buffer: 0, no verdict
                total: 5 items, 0 unsized, 24 points
            "#]],
        );
        check_load(
            Some("10"),
            false,
            "f8 p3",
            expect![[r#"
                features: 8, 119.94 %, lower by 1.33
                production: 3, 90.09 %
                buffer: 0, no verdict
                total: 2 items, 0 unsized, 11 points, over by 1
            "#]],
        );
    }

    #[test]
    fn rule_1_1_unsorted_items_are_a_row_of_their_own_and_in_the_total() {
        check_load(
            Some("30"),
            false,
            "f8 u5 u?",
            expect![[r#"
                features: 8, 40 %
                production: 0, 0 %
                buffer: 0, no verdict
                unsorted: 2 items, 5 points, 1 unsized
                total: 3 items, 1 unsized, 13 points
            "#]],
        );
    }

    #[test]
    fn rule_1_4_unsized_items_count_nothing_and_are_counted() {
        check_load(
            Some("30"),
            false,
            "f8 f? p?",
            expect![[r#"
                features: 8, 40 %, 1 of 2 unsized
                production: 0, 0 %, 1 of 1 unsized
                buffer: 0, no verdict
                total: 3 items, 2 unsized, 8 points
            "#]],
        );
    }

    #[test]
    fn rule_1_3_without_points_there_is_no_verdict() {
        check_load(
            None,
            false,
            "f8 p3",
            expect![[r#"
                features: 8, no verdict
                production: 3, no verdict
                buffer: 0, no verdict
                total: 2 items, 0 unsized, 11 points
            "#]],
        );
    }

    #[test]
    fn rule_4_1_items_in_the_buffer_draw_on_hours_and_not_on_points() {
        check_load(
            Some("10"),
            true,
            "f5 b3",
            expect![[r#"
                features: 5, 74.96 %
                production: 0, 0 %
                buffer: 3, 15 h, 125 %, lower by 3 h
                total: 2 items, 0 unsized, 5 points
            "#]],
        );
    }

    #[test]
    fn rule_2_5_the_load_is_shown_per_person_where_items_have_an_owner() {
        check_load(
            Some("10"),
            false,
            "f5@ana f6@ana p1@bo p1",
            expect![[r#"
                features: 11, 164.92 %, lower by 4.33
                production: 2, 60.06 %
                buffer: 0, no verdict
                total: 4 items, 0 unsized, 13 points, over by 3
                ana: 11 of 10, lower by 1
                bo: 1 of ?
            "#]],
        );
    }

    #[test]
    fn what_would_still_fit_is_found_in_the_order_of_the_backlog() {
        check_load(
            Some("30"),
            false,
            "f8 | f3 u9 f? p9 f5 p5 f5",
            expect![[r#"
                features: 8, 40 %
                production: 0, 0 %
                buffer: 0, no verdict
                total: 1 items, 0 unsized, 8 points
                candidate 5 does not fit
            "#]],
        );
    }
}
