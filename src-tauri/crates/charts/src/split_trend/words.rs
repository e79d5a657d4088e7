//! What the split over Sprints says in words.

use super::part;
use crate::lanes;
use crate::place::Point;
use crate::split::not_in_hours;
use crate::ticks::{self, plain};
use crate::words::{as_of, counted, listed, name_or, percent};
use crate::{ChartPoint, ChartTable};
use domain::flow::{Behind, LaneShares, LaneTrend, LaneTrendSprint, NoSplit};
use domain::interrupt::SplitUnit;
use domain::measures::Share;

/// A lane that is on average less than so many points of a per cent from its plan is as planned.
const AS_PLANNED: f64 = 3.0;

/// How far a lane was from its plan, on average.
pub(super) struct Far {
    /// The place of the lane.
    pub lane: usize,
    /// What was done of it, on average, in per cent.
    done: f64,
    /// What was planned, on average over the same Sprints.
    planned: f64,
}

/// “Split: Production took 38 % on average, 30 % planned”.
pub(super) fn title(trend: &LaneTrend) -> String {
    format!("Split: {}", finding(trend))
}

/// The title without its name.
pub(super) fn finding(trend: &LaneTrend) -> String {
    let Some(far) = farthest(trend) else { return nothing(trend).to_owned() };
    if (far.done - far.planned).abs() < AS_PLANNED {
        return "the lanes came out as planned, on average".to_owned();
    }
    let lane = &trend.lanes[far.lane];
    format!(
        "{} took {} % on average, {} % planned",
        lanes::name(&lane.name, lane.lane.is_none()),
        plain(far.done.round()),
        plain(far.planned.round())
    )
}

fn nothing(trend: &LaneTrend) -> &'static str {
    let any_known = trend.sprints.iter().any(|sprint| sprint.lanes.is_ok());
    if any_known { "nothing was done in these Sprints" } else { "not known in these Sprints" }
}

/// The lane that was farthest from its plan, on average; none where nothing was done.
pub(super) fn farthest(trend: &LaneTrend) -> Option<Far> {
    let of_lane = |lane: usize| {
        let known: Vec<(f64, f64)> = trend
            .sprints
            .iter()
            .filter_map(|sprint| {
                let part = part(sprint, lane)?;
                let share = |share: Share| share.in_basis_points() as f64 / 100.0;
                Some((share(part.actual.share?), share(part.planned)))
            })
            .collect();
        let count = known.len() as f64;
        (!known.is_empty()).then(|| Far {
            lane,
            done: known.iter().map(|(done, _)| done).sum::<f64>() / count,
            planned: known.iter().map(|(_, planned)| planned).sum::<f64>() / count,
        })
    };
    let apart = |far: &Far| (far.done - far.planned).abs();
    (0..trend.lanes.len()).filter_map(of_lane).fold(None, |best: Option<Far>, one| match best {
        Some(best) if apart(&best) >= apart(&one) => Some(best),
        _ => Some(one),
    })
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(trend: &LaneTrend) -> Vec<String> {
    let unit = unit(trend.unit);
    let day = as_of(trend.as_of).map_or_else(String::new, |day| format!(", {day}"));
    let unknown = if trend.sprints.iter().any(|sprint| sprint.lanes.is_err()) {
        " “?”: not known."
    } else if trend.sprints.iter().any(|sprint| sprint.unknown > 0) {
        " “?”: not all is known."
    } else {
        ""
    };
    vec![
        format!(
            "Part of each Sprint, in {unit}{day}. Colour: done; grey: committed; line: planned.{unknown}"
        ),
        format!("In {unit}{day}. Colour: done; grey: committed; line: planned.{unknown}"),
        format!("In {unit}{day}. Line: planned.{unknown}"),
        format!("In {unit}{day}."),
    ]
}

fn unit(unit: SplitUnit) -> &'static str {
    match unit {
        SplitUnit::Hours => "hours",
        SplitUnit::Points => "points",
        SplitUnit::Items => "items",
    }
}

/// The text alternative.
pub(super) fn description(trend: &LaneTrend) -> String {
    let count = counted(trend.sprints.len() as u32, "closed Sprint");
    let mut text = format!("Split of the capacity among the lanes in {count}, in {}", unit(trend.unit));
    if let Some(day) = as_of(trend.as_of) {
        text.push_str(&format!(", {day}"));
    }
    text.push('.');
    for (index, lane) in trend.lanes.iter().enumerate().take(12) {
        let shares = |of: fn(&LaneShares) -> Option<Share>| {
            trend.sprints.iter().filter_map(|sprint| part(sprint, index).and_then(of)).collect::<Vec<Share>>()
        };
        let done = shares(|part| part.actual.share);
        let (Some(least), Some(most)) = (done.iter().min(), done.iter().max()) else { continue };
        let planned = shares(|part| Some(part.planned));
        let planned =
            planned.last().map_or_else(String::new, |share| format!(", last planned {}", percent(*share)));
        let name = lanes::name(&lane.name, lane.lane.is_none());
        let (least, most) = (percent(*least), percent(*most));
        let done = if least == most { least } else { format!("{least} to {most}") };
        text.push_str(&format!(" {name}: {done} done{planned}."));
    }
    let unknown: Vec<String> =
        trend.sprints.iter().filter(|sprint| sprint.lanes.is_err()).map(sprint).collect();
    if !unknown.is_empty() {
        text.push_str(&format!(" Not known: {}.", listed(&unknown, 5)));
    }
    text
}

/// A Sprint's name.
pub(super) fn sprint(one: &LaneTrendSprint) -> String {
    name_or(&one.name, "Sprint")
}

/// Why the split of a Sprint is not told.
fn why(why: NoSplit) -> &'static str {
    match why {
        NoSplit::OnlyTotals => "only totals are known",
        NoSplit::NotInHours(why) => not_in_hours(why),
    }
}

/// What took nobody knows how long.
fn more_unknown(count: u32) -> String {
    format!("how long {} took", counted(count, "interrupt"))
}

/// A row for each Sprint.
pub(super) fn table(trend: &LaneTrend) -> ChartTable {
    let mut columns: Vec<String> = ["Sprint", "From", "To"].map(str::to_owned).to_vec();
    for lane in &trend.lanes {
        let name = lanes::name(&lane.name, lane.lane.is_none());
        columns.extend(["planned", "committed", "done"].map(|what| format!("{name}, {what} (%)")));
    }
    columns.push("Not known".to_owned());
    let share = |share: Option<Share>| {
        share.map_or_else(String::new, |share| plain(share.in_basis_points() as f64 / 100.0))
    };
    let row = |one: &LaneTrendSprint| {
        let mut row = vec![sprint(one), ticks::in_full(one.first_day), ticks::in_full(one.last_day)];
        for lane in 0..trend.lanes.len() {
            let part = part(one, lane);
            row.push(share(part.map(|part| part.planned)));
            row.push(share(part.and_then(|part| part.committed.share)));
            row.push(share(part.and_then(|part| part.actual.share)));
        }
        row.push(match (&one.lanes, one.unknown) {
            (Err(no), _) => why(*no).to_owned(),
            (Ok(_), 0) => String::new(),
            (Ok(_), more) => more_unknown(more),
        });
        row
    };
    ChartTable { rows: trend.sprints.iter().map(row).collect(), columns }
}

/// What to say of each lane in each Sprint.
pub(super) fn points(trend: &LaneTrend, at: impl Fn(usize, usize, f64) -> Option<Point>) -> Vec<ChartPoint> {
    let names: Vec<String> =
        trend.lanes.iter().map(|lane| lanes::name(&lane.name, lane.lane.is_none())).collect();
    let mut points = Vec::with_capacity(trend.sprints.len() * trend.lanes.len());
    for (index, one) in trend.sprints.iter().enumerate() {
        let name = sprint(one);
        let behind = Some(Behind::Sprint(one.id));
        if let Err(no) = &one.lanes {
            let place =
                (0..trend.lanes.len()).find_map(|lane| at(lane, index, 0.0)).or_else(|| at(0, index, 0.0));
            if let Some((x, y)) = place {
                points.push(ChartPoint { x, y, label: format!("{name}: not known, {}", why(*no)), behind });
            }
            continue;
        }
        for (place, (lane, lane_name)) in trend.lanes.iter().zip(&names).enumerate() {
            let Some(part) = part(one, place) else { continue };
            let value = part.actual.share.map_or(0.0, super::percent_of);
            let Some((x, y)) = at(place, index, value) else { continue };
            let said = |share: Option<Share>| share.map_or_else(|| "nothing".to_owned(), percent);
            let mut label = format!(
                "{name}, {lane_name}: {} done, {} committed, {} planned",
                said(part.actual.share),
                said(part.committed.share),
                percent(part.planned)
            );
            if lane.is_buffer && one.unknown > 0 {
                label.push_str(&format!("; {} is not known", more_unknown(one.unknown)));
            }
            points.push(ChartPoint { x, y, label, behind: behind.clone() });
        }
    }
    points
}
