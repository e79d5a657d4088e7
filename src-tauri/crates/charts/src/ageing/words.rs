//! What the work in progress and its age say in words.

use crate::flow_words::{is_are, kind_word, named, percentile_words, weekday_and_day};
use crate::frame::capital;
use crate::place::Point;
use crate::ticks::{self, plain};
use crate::times::{held_against, shapes};
use crate::words::{clean, counted};
use crate::{ChartPoint, ChartTable};
use domain::flow::{Ageing, AgeingColumn, AgeingItem, Behind};

/// “7 items in work, 2 of them older than 8 days, the 85 % line; oldest: T-12, 23 days”.
pub(super) fn title(ageing: &Ageing) -> String {
    findings(ageing).first().map_or_else(String::new, |finding| capital(finding))
}

/// The finding, from long to short.
pub(super) fn findings(ageing: &Ageing) -> Vec<String> {
    let items = ageing.items();
    let Some(oldest) = items.first() else { return vec!["nothing is in work".to_owned()] };
    let (label, days) = (clean(&oldest.item.label), counted(oldest.days, "day"));
    let count = items.len() as u32;
    let in_work = format!("{} in work", counted(count, "item"));
    let short = format!("{} in work, oldest {days}", plain(f64::from(count)));
    let Some(line) = ageing.percentile(85).filter(|_| count > 1) else {
        return match count {
            1 => vec![format!("1 item in work, {label}, for {days}"), format!("1 item in work, for {days}")],
            _ => vec![format!("{in_work}; oldest: {label}, {days}"), short],
        };
    };
    let above = items.iter().filter(|item| item.days > line).count() as u32;
    let of_them = if above == 0 { "none".to_owned() } else { plain(f64::from(above)) };
    let line = counted(line, "day");
    vec![
        format!("{in_work}, {of_them} of them older than {line}, the 85 % line; oldest: {label}, {days}"),
        format!("{in_work}, {of_them} older than {line} (85 %); oldest: {label}, {days}"),
        format!("{in_work}, {of_them} older than {line} (85 %)"),
        short,
    ]
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(ageing: &Ageing, is_logarithmic: bool) -> Vec<String> {
    let shapes = shapes(ageing.items().into_iter().map(|item| item.item.kind));
    let scale = if is_logarithmic { ", on a logarithmic scale" } else { "" };
    let day = format!("{} {}", ticks::day_and_month(ageing.day), ticks::year(ageing.day));
    let lines = match (ageing.percentiles.is_empty(), ageing.measured) {
        (false, measured) => format!(
            "Lines: times of {} finished since {}.",
            counted(measured, "item"),
            ticks::day_and_month(ageing.since)
        ),
        (true, 0) => "No finished item to hold them against.".to_owned(),
        (true, measured) => {
            format!("Only {} finished: too few to hold them against.", counted(measured, "item"))
        }
    };
    let joined =
        |parts: [&str; 3]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let full = format!("Days since first in progress{scale}, on {day}.");
    let brief = format!("Days since first in progress{scale}.");
    vec![
        joined([&full, &lines, &shapes]),
        joined([&brief, &lines, &shapes]),
        joined([&brief, &shapes, ""]),
        joined([&brief, &lines, ""]),
        joined([&brief, "", ""]),
    ]
}

/// “In progress: 5”.
pub(super) fn column(column: &AgeingColumn) -> String {
    let name = clean(&column.name);
    let name = if name.is_empty() { "A state".to_owned() } else { name };
    format!("{name}: {}", column.items.len())
}

/// “23 days: T-12 Card retries”.
pub(super) fn oldest(item: &AgeingItem) -> String {
    format!("{}: {}", counted(item.days, "day"), named(&item.item))
}

/// The text alternative.
pub(super) fn description(ageing: &Ageing) -> String {
    let items = ageing.items();
    let count = items.len() as u32;
    let mut text = format!(
        "Work in progress on {} {}: {} {} in work.",
        weekday_and_day(ageing.day),
        ticks::year(ageing.day),
        if count == 0 { "no item".to_owned() } else { counted(count, "item") },
        is_are(count.max(1))
    );
    if let Some(oldest) = items.first() {
        let states: Vec<String> = ageing.columns.iter().map(column).collect();
        text.push_str(&format!(" {}.", states.join(", ")));
        let of = named(&oldest.item);
        text.push_str(&format!(" The oldest is {of}, {}.", counted(oldest.days, "day")));
    }
    let percentiles: Vec<String> = percentile_words(&ageing.percentiles)
        .into_iter()
        .map(|(percent, days, _)| format!("{percent} within {}", counted(days, "day")))
        .collect();
    if !percentiles.is_empty() {
        let finished = counted(ageing.measured, "item");
        text.push_str(&format!(" Of {finished} finished before, {}.", percentiles.join(", ")));
    }
    text
}

/// A row for each item, the oldest first.
pub(super) fn table(ageing: &Ageing) -> ChartTable {
    let columns = ["Item", "Title", "Kind", "State", "In progress since", "Days", "Days in the state"];
    let mut rows: Vec<(&AgeingItem, &str)> = Vec::new();
    for column in &ageing.columns {
        rows.extend(column.items.iter().map(|item| (item, column.name.as_str())));
    }
    rows.sort_by_key(|(item, _)| (item.begun, item.item.id));
    let row = |(item, state): (&AgeingItem, &str)| {
        vec![
            clean(&item.item.label),
            clean(&item.item.title),
            kind_word(item.item.kind).to_owned(),
            clean(state),
            item.begun.to_string(),
            item.days.to_string(),
            item.days_in_state.to_string(),
        ]
    };
    ChartTable { columns: columns.map(str::to_owned).to_vec(), rows: rows.into_iter().map(row).collect() }
}

/// What to say at which place: each item.
pub(super) fn points(ageing: &Ageing, marks: &[(&AgeingItem, Point)]) -> Vec<ChartPoint> {
    let point = |(item, at): &(&AgeingItem, Point)| ChartPoint {
        x: at.0,
        y: at.1,
        label: format!(
            "{}: {} since first in progress{}; {} in its state",
            named(&item.item),
            counted(item.days, "day"),
            held_against(item.days, &ageing.percentiles),
            counted(item.days_in_state, "day"),
        ),
        behind: Some(Behind::Item(item.item.id)),
    };
    let mut points: Vec<ChartPoint> = marks.iter().map(point).collect();
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}
