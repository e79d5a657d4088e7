//! The split of the capacity among the lanes, of one Sprint and over several (4.4).
//!
//! 1. A trend is told in one unit: hours where a Sprint knows them, else points, or items where fewer than half are
//!    sized (1.3). A Sprint that cannot be told in that unit is a gap that says why.
//! 2. A lane that a Sprint did not have is missing there, and is not 0 %.

use super::Unit;
use super::figures::{ClosedSprint, TrendLane, common_unit, lanes_of};
use crate::calendar::Day;
use crate::identity::SprintId;
use crate::interrupt::{NotInHours, Portion, SplitReport, SplitUnit};
use crate::measures::Share;

/// The split of one Sprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneSplit {
    /// The Sprint.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// Whether it was closed; else it is told so far.
    pub closed: bool,
    /// The day as of which it is told; none is today, or the close.
    pub as_of: Option<Day>,
    /// The lanes.
    pub report: SplitReport,
}

/// The splits of closed Sprints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneTrend {
    /// What is counted.
    pub unit: SplitUnit,
    /// The day as of which it is told; none is today.
    pub as_of: Option<Day>,
    /// The lanes, the buffer among them.
    pub lanes: Vec<TrendLane>,
    /// The Sprints, the latest last.
    pub sprints: Vec<LaneTrendSprint>,
}

/// The split of one of several Sprints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneTrendSprint {
    /// The Sprint.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// Interrupts of which nobody knows how long they took: its buffer took more than is told. Of hours only.
    pub unknown: u32,
    /// Each lane's part, in the order of the lanes; none for a lane that it did not have.
    pub lanes: Result<Vec<Option<LaneShares>>, NoSplit>,
}

/// The part of a lane in a Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneShares {
    /// Its share as it was planned.
    pub planned: Share,
    /// What was committed in it.
    pub committed: Portion,
    /// What it came to.
    pub actual: Portion,
}

/// Why the split of a Sprint is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSplit {
    /// Only totals are known.
    OnlyTotals,
    /// It is not known in hours.
    NotInHours(NotInHours),
}

/// The splits of closed Sprints, the latest last (rules 1 and 2). Source: semantics 4.4.
pub fn lane_trend(closed: &[ClosedSprint], unit: Option<Unit>, as_of: Option<Day>) -> LaneTrend {
    let lanes = lanes_of(closed);
    let in_hours = unit.is_none()
        && closed.iter().filter_map(ClosedSprint::figures).any(|one| one.split.unit == SplitUnit::Hours);
    let unit = if in_hours { None } else { Some(common_unit(unit, closed).0) };
    let of_sprint = |sprint: &ClosedSprint| LaneTrendSprint {
        id: sprint.id,
        name: sprint.name.clone(),
        first_day: sprint.first_day,
        last_day: sprint.last_day,
        unknown: sprint.figures().filter(|_| in_hours).map_or(0, |figures| figures.split.unknown),
        lanes: match sprint.figures() {
            None => Err(NoSplit::OnlyTotals),
            Some(figures) => shares(&figures.split_in(unit), in_hours, &lanes),
        },
    };
    LaneTrend {
        unit: match unit {
            None => SplitUnit::Hours,
            Some(Unit::Points) => SplitUnit::Points,
            Some(Unit::Items) => SplitUnit::Items,
        },
        as_of,
        sprints: closed.iter().map(of_sprint).collect(),
        lanes,
    }
}

fn shares(
    report: &SplitReport,
    in_hours: bool,
    lanes: &[TrendLane],
) -> Result<Vec<Option<LaneShares>>, NoSplit> {
    if in_hours && let Some(why) = report.why {
        return Err(NoSplit::NotInHours(why));
    }
    let of_lane = |lane: &TrendLane| {
        let own = report.lanes.iter().find(|own| own.lane == lane.lane)?;
        Some(LaneShares { planned: own.planned, committed: own.committed, actual: own.actual })
    };
    Ok(lanes.iter().map(of_lane).collect())
}

#[cfg(test)]
mod tests {
    use super::super::figures::tests::sprints;
    use super::*;
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    fn check(text: &str, unit: Option<Unit>, expected: Expect) {
        let trend = lane_trend(&sprints(text), unit, None);
        let mut out = format!("{:?}", trend.unit);
        let share = |share: Option<Share>| share.map_or("-".into(), |share| share.to_string());
        for sprint in &trend.sprints {
            write!(out, "\n{}:", sprint.name).unwrap();
            if sprint.unknown > 0 {
                write!(out, " {} unknown,", sprint.unknown).unwrap();
            }
            match &sprint.lanes {
                Err(why) => write!(out, " {why:?}").unwrap(),
                Ok(parts) => {
                    for (lane, part) in trend.lanes.iter().zip(parts) {
                        let name = if lane.name.is_empty() { "unsorted" } else { &lane.name };
                        match part {
                            None => write!(out, " no {name};").unwrap(),
                            Some(part) => write!(
                                out,
                                " {name} {} → {} → {};",
                                part.planned,
                                share(part.committed.share),
                                share(part.actual.share)
                            )
                            .unwrap(),
                        }
                    }
                }
            }
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn rule_4_4_a_trend_is_told_in_one_unit_and_gaps_say_why() {
        let history = "A: totals 10/8
            B: features 12/6, production 4/2, buffer 0/0, hours 100/20
            C: features 12/0, production 4/0, buffer 0/0, hours 100/20
            D: features 10/5, production 5/5, buffer 0/0, ? 5/0, hours -/4
            E: features 12/9, buffer 0/0, hours 80/8, came 3/1";
        check(
            history,
            None,
            expect![[r#"
            Hours
            A: OnlyTotals
            B: features 60 % → 67.5 % → 60 %; buffer 10 % → 10 % → 20 %; production 30 % → 22.5 % → 20 %; no unsorted;
            C: NotInHours(NothingCompleted)
            D: NotInHours(NoHours)
            E: 1 unknown, features 60 % → 90 % → 90 %; buffer 10 % → 10 % → 10 %; no production; no unsorted;"#]],
        );
        check(
            history,
            Some(Unit::Points),
            expect![[r#"
            Points
            A: OnlyTotals
            B: features 60 % → 75 % → 75 %; buffer 10 % → 0 % → 0 %; production 30 % → 25 % → 25 %; no unsorted;
            C: features 60 % → 75 % → -; buffer 10 % → 0 % → -; production 30 % → 25 % → -; no unsorted;
            D: features 60 % → 50 % → 50 %; buffer 10 % → 0 % → 0 %; production 30 % → 25 % → 50 %; unsorted 0 % → 25 % → 0 %;
            E: features 60 % → 100 % → 100 %; buffer 10 % → 0 % → 0 %; no production; no unsorted;"#]],
        );
        check(
            "A: features 3/1, buffer 0/0\nB: features 2/1 i9/3, buffer 0/0, sized 1/9",
            None,
            expect![[r#"
            Items
            A: features 60 % → 50 % → 50 %; buffer 10 % → 50 % → 50 %;
            B: features 60 % → 90 % → 75 %; buffer 10 % → 10 % → 25 %;"#]],
        );
    }
}
