//! Velocity: what the last closed Sprints committed and completed (5.4).
//!
//! 1. Committed and completed are those of the planned lanes; the total adds what was completed in the buffer lane.
//!    They are two series, each with figures of its own.
//! 2. Figures are those of the Sprints shown: mean, median, least and most, volatility (σ of the sample, n − 1, ÷ mean).
//!    One Sprint has no volatility.
//! 3. A past Sprint that is known by totals counts in the planned lanes; what its lanes were is not known. Totals are in
//!    points: where items are counted, nothing is known of it.
//! 4. Velocity is the team's: nothing here knows a person.

use super::figures::{ClosedSprint, Known, TrendLane, common_unit, lanes_of};
use super::{SizedCount, Unit};
use crate::calendar::Day;
use crate::identity::SprintId;
use crate::measures::Size;

/// How many closed Sprints are shown where nobody says otherwise (5.4).
pub const VELOCITY_SPRINTS: usize = 6;

/// The velocity of a team.
#[derive(Debug, Clone, PartialEq)]
pub struct Velocity {
    /// What is counted.
    pub unit: Unit,
    /// Why items are counted although nobody asked for them.
    pub too_few_sized: Option<SizedCount>,
    /// The day as of which it is told; none is today.
    pub as_of: Option<Day>,
    /// The lanes of the amounts, the buffer left out.
    pub lanes: Vec<TrendLane>,
    /// The Sprints, the latest last.
    pub sprints: Vec<VelocitySprint>,
    /// The figures of what the planned lanes completed; none where no Sprint tells it.
    pub planned: Option<Figures>,
    /// The figures of the total; none where no Sprint tells it.
    pub total: Option<Figures>,
}

/// What one Sprint committed and completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VelocitySprint {
    /// The Sprint.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// Committed in the planned lanes; none where it is not known.
    pub committed: Option<Size>,
    /// Completed in the planned lanes; none where it is not known in this unit.
    pub completed: Option<Size>,
    /// Completed in each lane, in the order of the lanes; none where only totals are known.
    pub by_lane: Option<Vec<Size>>,
    /// Completed in the planned lanes and the buffer lane; none where only totals are known.
    pub total: Option<Size>,
    /// Items of its scope that have no size; none where only totals are known, 0 where items are counted.
    pub unsized_items: Option<u32>,
}

/// The figures of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// From how many Sprints.
    pub sprints: u32,
    /// The mean, in points or items.
    pub mean: f64,
    /// The median, in points or items.
    pub median: f64,
    /// The least.
    pub least: Size,
    /// The most.
    pub most: Size,
    /// σ of the sample ÷ mean; none for one Sprint, or where the mean is 0.
    pub volatility: Option<f64>,
}

impl Figures {
    /// The figures of some amounts; none where there are none.
    pub fn of(amounts: &[Size]) -> Option<Figures> {
        let mut sorted = amounts.to_vec();
        sorted.sort_unstable();
        let (least, most) = (*sorted.first()?, *sorted.last()?);
        let count = sorted.len();
        let mean = sorted.iter().map(|one| one.in_points()).sum::<f64>() / count as f64;
        let median = (sorted[(count - 1) / 2].in_points() + sorted[count / 2].in_points()) / 2.0;
        let squares: f64 = sorted.iter().map(|one| (one.in_points() - mean).powi(2)).sum();
        let volatility = (count > 1 && mean > 0.0).then(|| (squares / (count - 1) as f64).sqrt() / mean);
        Some(Figures { sprints: count as u32, mean, median, least, most, volatility })
    }
}

/// The velocity of closed Sprints, the latest last (rules 1 to 3). Source: semantics 5.4.
pub fn velocity(closed: &[ClosedSprint], unit: Option<Unit>, as_of: Option<Day>) -> Velocity {
    let (unit, too_few_sized) = common_unit(unit, closed);
    let mut lanes = lanes_of(closed);
    lanes.retain(|lane| !lane.is_buffer);
    let sprints: Vec<VelocitySprint> = closed.iter().map(|one| of_sprint(one, unit, &lanes)).collect();
    let completed: Vec<Size> = sprints.iter().filter_map(|one| one.completed).collect();
    let total: Vec<Size> = sprints.iter().filter_map(|one| one.total).collect();
    Velocity {
        unit,
        too_few_sized,
        as_of,
        planned: Figures::of(&completed),
        total: Figures::of(&total),
        lanes,
        sprints,
    }
}

fn of_sprint(sprint: &ClosedSprint, unit: Unit, lanes: &[TrendLane]) -> VelocitySprint {
    let one = VelocitySprint {
        id: sprint.id,
        name: sprint.name.clone(),
        first_day: sprint.first_day,
        last_day: sprint.last_day,
        committed: None,
        completed: None,
        by_lane: None,
        total: None,
        unsized_items: None,
    };
    match &sprint.known {
        Known::Totals(totals) if unit == Unit::Points => {
            VelocitySprint { committed: totals.committed, completed: Some(totals.completed), ..one }
        }
        Known::Totals(_) => one,
        Known::Figures(figures) => {
            let planned = figures.planned(unit);
            let in_lane = |lane: &TrendLane| {
                let own = figures.lanes.iter().filter(|own| own.lane == lane.lane && !own.is_buffer);
                own.map(|own| own.amounts(unit).done).sum()
            };
            let buffer: Size =
                figures.lanes.iter().filter(|lane| lane.is_buffer).map(|lane| lane.amounts(unit).done).sum();
            VelocitySprint {
                committed: Some(planned.committed),
                completed: Some(planned.done),
                by_lane: Some(lanes.iter().map(in_lane).collect()),
                total: Some(planned.done + buffer),
                unsized_items: Some(match unit {
                    Unit::Points => figures.sized.items.saturating_sub(figures.sized.sized),
                    Unit::Items => 0,
                }),
                ..one
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::figures::tests::sprints;
    use super::*;
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    fn check(text: &str, unit: Option<Unit>, expected: Expect) {
        let velocity = velocity(&sprints(text), unit, None);
        let mut out = format!("{:?}", velocity.unit);
        if let Some(few) = velocity.too_few_sized {
            write!(out, ", {} of {} sized", few.sized, few.items).unwrap();
        }
        let size = |size: Option<Size>| size.map_or("-".into(), |size| size.to_string());
        for one in &velocity.sprints {
            let lanes: Vec<String> = match &one.by_lane {
                Some(lanes) => velocity
                    .lanes
                    .iter()
                    .zip(lanes)
                    .map(|(lane, done)| {
                        let name = if lane.name.is_empty() { "unsorted" } else { &lane.name };
                        format!("{name} {done}")
                    })
                    .collect(),
                None => vec!["lanes not known".into()],
            };
            write!(
                out,
                "\n{}: {} of {} ({}), total {}",
                one.name,
                size(one.completed),
                size(one.committed),
                lanes.join(", "),
                size(one.total)
            )
            .unwrap();
        }
        for (name, figures) in [("planned", velocity.planned), ("total", velocity.total)] {
            let Some(figures) = figures else {
                write!(out, "\n{name}: none").unwrap();
                continue;
            };
            let volatility = figures.volatility.map_or("-".into(), |part| format!("{:.1} %", part * 100.0));
            write!(
                out,
                "\n{name}: mean {:.2}, median {:.2}, {} to {}, volatility {volatility}, of {}",
                figures.mean, figures.median, figures.least, figures.most, figures.sprints
            )
            .unwrap();
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn rule_5_4_planned_lanes_and_total_are_two_series() {
        check(
            "A: features 10/8, production 6/5, buffer 0/3\nB: features 12/12, production 4/2, buffer 0/0",
            None,
            expect![[r#"
                Points
                A: 13 of 16 (features 8, production 5), total 16
                B: 14 of 16 (features 12, production 2), total 14
                planned: mean 13.50, median 13.50, 13 to 14, volatility 5.2 %, of 2
                total: mean 15.00, median 15.00, 14 to 16, volatility 9.4 %, of 2"#]],
        );
    }

    #[test]
    fn rule_5_4_volatility_is_sigma_of_the_sample_over_the_mean() {
        check(
            "A: totals 10/2\nB: totals 10/4\nC: totals -/4\nD: totals 9/4\nE: totals 9/5\nF: totals 9/5\nG: totals 9/7\nH: totals 9/9",
            None,
            expect![[r#"
                Points
                A: 2 of 10 (lanes not known), total -
                B: 4 of 10 (lanes not known), total -
                C: 4 of - (lanes not known), total -
                D: 4 of 9 (lanes not known), total -
                E: 5 of 9 (lanes not known), total -
                F: 5 of 9 (lanes not known), total -
                G: 7 of 9 (lanes not known), total -
                H: 9 of 9 (lanes not known), total -
                planned: mean 5.00, median 4.50, 2 to 9, volatility 42.8 %, of 8
                total: none"#]],
        );
        assert_eq!(Figures::of(&[Size::points(5)]).unwrap().volatility, None, "one Sprint does not vary");
        assert_eq!(Figures::of(&[Size::ZERO, Size::ZERO]).unwrap().volatility, None, "nothing by nothing");
        assert_eq!(Figures::of(&[]), None);
    }

    #[test]
    fn rule_1_3_fewer_than_half_sized_counts_items_and_totals_have_none() {
        let history = "A: totals 28/8\nB: features 10/8 i9/4, buffer 0/0, sized 3/9";
        check(
            history,
            None,
            expect![[r#"
                Items, 3 of 9 sized
                A: - of - (lanes not known), total -
                B: 4 of 9 (features 4), total 5
                planned: mean 4.00, median 4.00, 4 to 4, volatility -, of 1
                total: mean 5.00, median 5.00, 5 to 5, volatility -, of 1"#]],
        );
        check(
            history,
            Some(Unit::Points),
            expect![[r#"
                Points
                A: 8 of 28 (lanes not known), total -
                B: 8 of 10 (features 8), total 8
                planned: mean 8.00, median 8.00, 8 to 8, volatility 0.0 %, of 2
                total: mean 8.00, median 8.00, 8 to 8, volatility -, of 1"#]],
        );
    }

    #[test]
    fn rule_1_1_unsorted_work_is_in_the_planned_sum_and_is_a_row_of_its_own() {
        check(
            "A: features 10/8, buffer 0/0, ? 3/2\nB: production 5/5, features 10/9, buffer 0/0",
            None,
            expect![[r#"
                Points
                A: 10 of 13 (production 0, features 8, unsorted 2), total 10
                B: 14 of 15 (production 5, features 9, unsorted 0), total 14
                planned: mean 12.00, median 12.00, 10 to 14, volatility 23.6 %, of 2
                total: mean 12.00, median 12.00, 10 to 14, volatility 23.6 %, of 2"#]],
        );
    }
}
