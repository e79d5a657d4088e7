//! What a velocity says in words.

use crate::fonts::one_line;
use crate::lanes;
use crate::place::Point;
use crate::ticks::{self, plain};
use crate::words::{amount, as_of, counted, name_or, number_of};
use crate::{ChartPoint, ChartTable};
use domain::flow::{Behind, Figures, Unit, Velocity, VelocitySprint};
use domain::measures::Size as Amount;

/// “Velocity: 22 points a Sprint, 16 to 31 in the last 6”.
pub(super) fn title(velocity: &Velocity) -> String {
    format!("Velocity: {}", finding(velocity))
}

/// The title without its name.
pub(super) fn finding(velocity: &Velocity) -> String {
    let unit = velocity.unit;
    let Some(planned) = velocity.planned else {
        return "nothing is known of it in items, only totals in points".to_owned();
    };
    match planned.sprints {
        1 => format!("{} in the only Sprint that tells it", amount(planned.most, unit)),
        _ if planned.least == planned.most => {
            format!("{} in each of the last {} Sprints", amount(planned.most, unit), planned.sprints)
        }
        _ => format!(
            "{} a Sprint, {} to {} in the last {}",
            number_of(planned.median, unit),
            plain(planned.least.in_points()),
            plain(planned.most.in_points()),
            planned.sprints
        ),
    }
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(velocity: &Velocity) -> Vec<String> {
    let counted_in = match (velocity.unit, velocity.too_few_sized) {
        (Unit::Points, _) => "Points completed in the planned lanes".to_owned(),
        (Unit::Items, None) => "Items completed in the planned lanes".to_owned(),
        (Unit::Items, Some(count)) => {
            format!("Items completed, because only {} of {} are sized", count.sized, count.items)
        }
    };
    let counted_in = match as_of(velocity.as_of) {
        Some(day) => format!("{counted_in}, {day}."),
        None => format!("{counted_in}."),
    };
    let figures = velocity.planned.filter(|planned| planned.sprints > 1);
    let figures = figures.map_or_else(String::new, |planned| format!(" {}.", mean_and_volatility(&planned)));
    let band = if figures.is_empty() { "" } else { " Band: range; dashed: median." };
    let diamonds = if has_more(velocity) { " Diamonds: with the buffer." } else { "" };
    let unknown = match velocity.sprints.iter().filter(|one| one.completed.is_none()).count() {
        0 => "",
        _ => " “?”: not known.",
    };
    vec![
        format!("{counted_in}{band}{figures}{diamonds}{unknown}"),
        format!("{counted_in}{figures}{diamonds}{unknown}"),
        format!("{counted_in}{figures}{unknown}"),
        format!("{counted_in}{unknown}"),
        counted_in,
    ]
}

/// “Mean 22.3, volatility 24 %”.
fn mean_and_volatility(figures: &Figures) -> String {
    let mean = plain((figures.mean * 10.0).round() / 10.0);
    match volatility(figures) {
        Some(volatility) => format!("Mean {mean}, volatility {volatility}"),
        None => format!("Mean {mean}"),
    }
}

fn volatility(figures: &Figures) -> Option<String> {
    figures.volatility.map(|part| format!("{} %", plain((part * 100.0).round())))
}

/// Whether the buffer lane added something in a Sprint.
fn has_more(velocity: &Velocity) -> bool {
    velocity.sprints.iter().any(|one| one.total.is_some() && one.total != one.completed)
}

/// The text alternative.
pub(super) fn description(velocity: &Velocity) -> String {
    let unit = velocity.unit;
    let (Some(first), Some(last)) = (velocity.sprints.first(), velocity.sprints.last()) else {
        return String::new();
    };
    let count = counted(velocity.sprints.len() as u32, "closed Sprint");
    let span = match velocity.sprints.len() {
        1 => sprint(first),
        _ => format!("{} to {}", sprint(first), sprint(last)),
    };
    let mut text = format!("Velocity of {count}, {span}");
    if let Some(day) = as_of(velocity.as_of) {
        text.push_str(&format!(", {day}"));
    }
    text.push('.');
    if let Some(few) = velocity.too_few_sized {
        text.push_str(&format!(" Items are counted, because only {} of {} are sized.", few.sized, few.items));
    }
    for (what, figures) in [("In the planned lanes", velocity.planned), ("With the buffer", velocity.total)] {
        let Some(figures) = figures else { continue };
        if what == "With the buffer" && !has_more(velocity) {
            continue;
        }
        text.push_str(&match figures.sprints {
            1 => format!(" {what}: {} in one Sprint.", amount(figures.most, unit)),
            n => format!(
                " {what}: between {} and {}, median {}, mean {}{}, in {n} Sprints.",
                plain(figures.least.in_points()),
                amount(figures.most, unit),
                plain(figures.median),
                plain((figures.mean * 100.0).round() / 100.0),
                volatility(&figures).map_or_else(String::new, |part| format!(", volatility {part}")),
            ),
        });
    }
    let both: Vec<(Amount, Amount)> =
        velocity.sprints.iter().filter_map(|one| Some((one.committed?, one.completed?))).collect();
    let committed: Amount = both.iter().map(|(committed, _)| *committed).sum();
    if committed > Amount::ZERO {
        let completed: Amount = both.iter().map(|(_, completed)| *completed).sum();
        text.push_str(&format!(
            " {} % of what was committed was completed.",
            plain((completed.in_points() / committed.in_points() * 100.0).round())
        ));
    }
    text
}

/// A Sprint's name.
pub(super) fn sprint(one: &VelocitySprint) -> String {
    name_or(&one.name, "Sprint")
}

/// How a figure is told.
type Told<'f> = &'f dyn Fn(&Figures) -> String;

/// A row for each Sprint, then the figures.
pub(super) fn table(velocity: &Velocity) -> ChartTable {
    let unit = match velocity.unit {
        Unit::Points => "points",
        Unit::Items => "items",
    };
    let mut columns: Vec<String> =
        ["Sprint", "From", "To", &format!("Committed ({unit})"), "Completed"].map(str::to_owned).to_vec();
    columns.extend(velocity.lanes.iter().map(|lane| lanes::name(&lane.name, lane.lane.is_none())));
    columns.extend(["With the buffer", "Unsized items"].map(str::to_owned));
    let size = |size: Option<Amount>| size.map_or_else(String::new, |size| plain(size.in_points()));
    let mut rows: Vec<Vec<String>> = velocity
        .sprints
        .iter()
        .map(|one| {
            let mut row = vec![
                one_line(&sprint(one)),
                ticks::in_full(one.first_day),
                ticks::in_full(one.last_day),
                size(one.committed),
                size(one.completed),
            ];
            let done =
                |index| size(one.by_lane.as_ref().and_then(|done: &Vec<Amount>| done.get(index)).copied());
            row.extend((0..velocity.lanes.len()).map(done));
            row.extend([size(one.total), one.unsized_items.map_or_else(String::new, |n| n.to_string())]);
            row
        })
        .collect();
    let of = |value: Told<'_>, name: &str| {
        let mut row = vec![String::new(); columns.len()];
        row[0] = name.to_owned();
        row[4] = velocity.planned.as_ref().map(value).unwrap_or_default();
        let total = columns.len() - 2;
        row[total] = velocity.total.as_ref().map(value).unwrap_or_default();
        row
    };
    let figures: [(&str, Told<'_>); 5] = [
        ("Mean", &|one| plain(one.mean)),
        ("Median", &|one| plain(one.median)),
        ("Least", &|one| plain(one.least.in_points())),
        ("Most", &|one| plain(one.most.in_points())),
        ("Volatility", &|one| volatility(one).unwrap_or_default()),
    ];
    rows.extend(figures.iter().map(|(name, value)| of(value, name)));
    ChartTable { columns, rows }
}

/// What to say of each Sprint.
pub(super) fn points(velocity: &Velocity, at: impl Fn(usize, f64) -> Point) -> Vec<ChartPoint> {
    let unit = velocity.unit;
    let point = |(index, one): (usize, &VelocitySprint)| {
        let (x, y) = at(index, one.completed.map_or(0.0, |size| size.in_points()));
        let name = sprint(one);
        let label = match (one.completed, one.committed) {
            (None, _) => format!("{name}: not known in items; only its totals are known, in points"),
            (Some(done), None) => {
                format!("{name}: {} completed; what was committed is not known", amount(done, unit))
            }
            (Some(done), Some(committed)) => {
                format!("{name}: {} of {} completed", plain(done.in_points()), amount(committed, unit))
            }
        };
        let mut label = label;
        if let Some(done) = &one.by_lane {
            let parts: Vec<String> = velocity
                .lanes
                .iter()
                .zip(done)
                .filter(|(_, done)| **done != Amount::ZERO)
                .map(|(lane, done)| {
                    format!("{} {}", lanes::name(&lane.name, lane.lane.is_none()), plain(done.in_points()))
                })
                .collect();
            if parts.len() > 1 {
                label.push_str(&format!(" ({})", parts.join(", ")));
            }
        } else if one.completed.is_some() {
            label.push_str("; only totals are known");
        }
        if let Some(total) = one.total.filter(|total| Some(*total) != one.completed) {
            label.push_str(&format!(", {} with the buffer", plain(total.in_points())));
        }
        if let Some(n) = one.unsized_items.filter(|n| *n > 0) {
            label.push_str(&format!("; {} unsized", counted(n, "item")));
        }
        ChartPoint { x, y, label, behind: Some(Behind::Sprint(one.id)) }
    };
    velocity.sprints.iter().enumerate().map(point).collect()
}
