//! What the split of a Sprint says in words.

use crate::ChartTable;
use crate::lanes;
use crate::ticks::plain;
use crate::words::{as_of, counted, listed, name_or, percent, whole_percent};
use domain::flow::LaneSplit;
use domain::interrupt::{NotInHours, Portion, SplitLane, SplitReport, SplitUnit};
use domain::measures::{Share, Size as Amount};

/// A lane that is less than so many points of a per cent from its plan is as planned.
const AS_PLANNED: f64 = 3.0;

/// “Sprint 42: Production took 42 %, 30 % were planned”.
pub(super) fn title(split: &LaneSplit) -> String {
    format!("{}: {}", name(split), finding(split))
}

/// The Sprint's name, safe to draw.
pub(super) fn name(split: &LaneSplit) -> String {
    name_or(&split.name, "Sprint")
}

/// The title without the Sprint's name.
pub(super) fn finding(split: &LaneSplit) -> String {
    let done = has_done(split);
    let Some((far, share)) = farthest(split) else { return "nothing in it yet".to_owned() };
    let lane = &split.report.lanes[far];
    let lane_name = lanes::name(&lane.name, lane.lane.is_none());
    let apart = (whole_percent(share) - whole_percent(lane.planned)).abs();
    match (done, split.closed) {
        (true, _) if apart < AS_PLANNED => "done as planned, lane by lane".to_owned(),
        (false, _) if apart < AS_PLANNED => "committed as planned; nothing is done yet".to_owned(),
        (true, closed) => {
            let (took, so_far) = if closed { ("took", "") } else { ("takes", " so far") };
            format!("{lane_name} {took} {}{so_far}, {} planned", percent(share), percent(lane.planned))
        }
        (false, _) => {
            format!("{lane_name} has {} of the commitment, {} planned", percent(share), percent(lane.planned))
        }
    }
}

/// The lane that is farthest from its plan, in what is done, or in the commitment while nothing is.
pub(super) fn farthest(split: &LaneSplit) -> Option<(usize, Share)> {
    let done = has_done(split);
    let share = |lane: &SplitLane| if done { lane.actual.share } else { lane.committed.share };
    let apart =
        |lane: &SplitLane, share: Share| (share.in_basis_points() - lane.planned.in_basis_points()).abs();
    let lanes = split.report.lanes.iter().enumerate();
    let known = lanes.filter_map(|(index, lane)| Some((index, share(lane)?, apart(lane, share(lane)?))));
    // Of two that are as far the first one of the team's order.
    let far = known.fold(None, |best: Option<(usize, Share, i64)>, one| match best {
        Some(best) if best.2 >= one.2 => Some(best),
        _ => Some(one),
    });
    far.map(|(index, share, _)| (index, share))
}

fn has_done(split: &LaneSplit) -> bool {
    split.report.lanes.iter().any(|lane| lane.actual.share.is_some())
}

/// “+ 12”, “− 3”: points of a per cent away from the plan; none where it is as planned.
pub(super) fn change(planned: Share, now: Share) -> Option<String> {
    let change = whole_percent(now) - whole_percent(planned);
    if change == 0.0 {
        None
    } else if change > 0.0 {
        Some(format!("+ {}", plain(change)))
    } else {
        Some(format!("− {}", plain(-change)))
    }
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(split: &LaneSplit) -> Vec<String> {
    let report = &split.report;
    let unit = unit(report);
    let why = why(report).map_or_else(String::new, |why| format!(": {why}"));
    let day = as_of(split.as_of).map_or_else(String::new, |day| format!(", {day}"));
    let mut missing = Vec::new();
    if report.unsized_items > 0 && report.unit != SplitUnit::Items {
        missing.push(format!("{} unsized", counted(report.unsized_items, "item")));
    }
    if report.unknown > 0 && report.unit == SplitUnit::Hours {
        missing.push(format!("{} of unknown length", counted(report.unknown, "interrupt")));
    }
    let missing = match missing.as_slice() {
        [] => String::new(),
        missing => format!(" Not in it: {}.", listed(missing, 3)),
    };
    vec![
        format!("Parts of the Sprint, in {unit}{why}{day}.{missing}"),
        format!("In {unit}{why}{day}.{missing}"),
        format!("In {unit}{day}.{missing}"),
        format!("In {unit}{day}."),
    ]
}

fn unit(report: &SplitReport) -> &'static str {
    match report.unit {
        SplitUnit::Hours => "hours",
        SplitUnit::Points => "points, which interrupts do not have",
        SplitUnit::Items => "items",
    }
}

fn why(report: &SplitReport) -> Option<&'static str> {
    report.why.map(not_in_hours)
}

/// Why a split is not told in hours.
pub(crate) fn not_in_hours(why: NotInHours) -> &'static str {
    match why {
        NotInHours::NoHours => "nobody’s hours were set",
        NotInHours::NothingCompleted => "no sized item is completed",
        NotInHours::FewSized => "fewer than half of the items are sized",
        NotInHours::AllInterrupted => "interrupts took more than all the hours",
    }
}

/// What a column is, in full and in short.
pub(super) fn heads(split: &LaneSplit, place: usize) -> [String; 2] {
    let [full, short] = match (place, split.closed) {
        (0, _) => ["planned", "plan"],
        (1, _) => ["committed", "start"],
        (_, true) => ["done", "done"],
        (_, false) => ["done so far", "done"],
    };
    [full.to_owned(), short.to_owned()]
}

/// How much a column is: “310 h”, “31 points”.
pub(super) fn whole(split: &LaneSplit, place: usize) -> String {
    let sum = |of: fn(&SplitLane) -> Amount| split.report.lanes.iter().map(of).sum::<Amount>();
    match place {
        0 => "of the capacity".to_owned(),
        1 => in_unit(&split.report, sum(|lane| lane.committed.amount)),
        _ => in_unit(&split.report, sum(|lane| lane.actual.amount)),
    }
}

fn in_unit(report: &SplitReport, amount: Amount) -> String {
    let number = match report.unit {
        // Hours are told in tenths, as everywhere.
        SplitUnit::Hours => plain((amount.in_points() * 10.0).round() / 10.0),
        _ => plain(amount.in_points()),
    };
    let many = if number == "1" { "" } else { "s" };
    match report.unit {
        SplitUnit::Hours => format!("{number} h"),
        SplitUnit::Points => format!("{number} point{many}"),
        SplitUnit::Items => format!("{number} item{many}"),
    }
}

/// The text alternative.
pub(super) fn description(split: &LaneSplit) -> String {
    let report = &split.report;
    let so_far = if split.closed { "" } else { " so far" };
    let mut text = format!("Split of {}{so_far}", name(split));
    if let Some(day) = as_of(split.as_of) {
        text.push_str(&format!(", {day}"));
    }
    text.push_str(&format!(", in {}", unit(report)));
    if let Some(why) = why(report) {
        text.push_str(&format!(", because {why}"));
    }
    text.push('.');
    let lane = |lane: &SplitLane| {
        let part = |portion: Portion| portion.share.map_or_else(|| "nothing yet".to_owned(), percent);
        format!(
            "{}: {} planned, {} committed, {} done",
            lanes::name(&lane.name, lane.lane.is_none()),
            percent(lane.planned),
            part(lane.committed),
            part(lane.actual)
        )
    };
    let lanes: Vec<String> = report.lanes.iter().take(12).map(lane).collect();
    text.push_str(&format!(" {}.", lanes.join("; ")));
    if report.unsized_items > 0 && report.unit != SplitUnit::Items {
        let count = if report.unsized_items == 1 { "counts" } else { "count" };
        text.push_str(&format!(" {} {count} nothing.", counted(report.unsized_items, "unsized item")));
    }
    if report.unknown > 0 && report.unit == SplitUnit::Hours {
        text.push_str(&format!(" How long {} took is not known.", counted(report.unknown, "interrupt")));
    }
    text
}

/// A row for each lane.
pub(super) fn table(split: &LaneSplit) -> ChartTable {
    let report = &split.report;
    let unit = match report.unit {
        SplitUnit::Hours => "hours",
        SplitUnit::Points => "points",
        SplitUnit::Items => "items",
    };
    let columns = [
        "Lane".to_owned(),
        "Planned (%)".to_owned(),
        "Committed (%)".to_owned(),
        "Done (%)".to_owned(),
        format!("Committed ({unit})"),
        format!("Done ({unit})"),
    ];
    let share = |share: Option<Share>| {
        share.map_or_else(String::new, |share| plain(share.in_basis_points() as f64 / 100.0))
    };
    let row = |lane: &SplitLane| {
        vec![
            lanes::name(&lane.name, lane.lane.is_none()),
            share(Some(lane.planned)),
            share(lane.committed.share),
            share(lane.actual.share),
            plain(lane.committed.amount.in_points()),
            plain(lane.actual.amount.in_points()),
        ]
    };
    ChartTable { columns: columns.to_vec(), rows: report.lanes.iter().map(row).collect() }
}

/// What to say of a lane in a column.
pub(super) fn point(split: &LaneSplit, lane: &SplitLane, place: usize, share: Share) -> String {
    let name = lanes::name(&lane.name, lane.lane.is_none());
    let amount = match place {
        0 => return format!("{name}: {} of the capacity planned", percent(share)),
        1 => lane.committed.amount,
        _ => lane.actual.amount,
    };
    format!(
        "{name}: {} {}, {}; {} planned",
        percent(share),
        heads(split, place)[0],
        in_unit(&split.report, amount),
        percent(lane.planned)
    )
}
