//! What cycle times say in words.

use crate::flow_words::{kind_word, named, percentile_words, span, weekday_and_day};
use crate::frame::capital;
use crate::place::Point;
use crate::ticks;
use crate::times::{held_against, shapes};
use crate::words::{clean, counted};
use crate::{ChartPoint, ChartTable};
use domain::calendar::Day;
use domain::flow::{Behind, CycleDot, CycleTimes};
use std::collections::HashMap;

/// “Half of 53 items were done within 2 days, 85 % within 10 days”.
pub(super) fn title(cycle: &CycleTimes) -> String {
    findings(cycle).first().map_or_else(String::new, |finding| capital(finding))
}

/// The finding, from long to short.
pub(super) fn findings(cycle: &CycleTimes) -> Vec<String> {
    let count = cycle.dots.len() as u32;
    let items = counted(count, "item");
    if let (Some(half), Some(most)) = (cycle.percentile(50), cycle.percentile(85)) {
        let (half, most) = (within(half), within(most));
        let mut findings = vec![
            format!("half of {items} were done {half}, 85 % {most}"),
            format!("half done {half}, 85 % {most}"),
            format!("85 % done {most}"),
        ];
        if half == most {
            findings.splice(..2, [format!("85 % of {items} were done {most}")]);
        }
        return findings;
    }
    let longest = cycle.dots.iter().map(|dot| dot.days).max();
    match (longest, cycle.never_begun) {
        (Some(longest), _) => {
            let done = match count {
                1 => format!("1 item was done, {}", within(longest)),
                _ => format!("{items} were done, each {}", within(longest)),
            };
            vec![format!("{done}; too few for percentiles"), done, format!("{items} done")]
        }
        (None, 0) => vec!["no item was finished".to_owned()],
        (None, never) => vec![
            match never {
                1 => "no cycle time is known: the one item finished was never in progress".to_owned(),
                _ => {
                    let items = counted(never, "item");
                    format!("no cycle time is known: {items} were finished, none was in progress")
                }
            },
            "no cycle time is known".to_owned(),
        ],
    }
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(cycle: &CycleTimes, is_logarithmic: bool) -> Vec<String> {
    let days = match (cycle.days.first(), cycle.days.last()) {
        (Some(first), Some(last)) => span(*first, *last),
        _ => String::new(),
    };
    let shapes = shapes(cycle.dots.iter().map(|dot| dot.item.kind));
    let without = match cycle.never_begun {
        0 => String::new(),
        _ if cycle.dots.is_empty() => String::new(),
        1 => "1 more was never in progress.".to_owned(),
        count => format!("{} more were never in progress.", ticks::plain(f64::from(count))),
    };
    let scale = if is_logarithmic { ", on a logarithmic scale" } else { "" };
    let joined =
        |parts: [&str; 3]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let full = format!("Days from first in progress to last done{scale}, {days}.");
    let brief = format!("Days from in progress to done{scale}.");
    let briefest = if is_logarithmic { "Days to done, log scale." } else { "Days to done." };
    vec![
        joined([&full, &shapes, &without]),
        joined([&brief, &shapes, &without]),
        joined([&brief, &shapes, ""]),
        joined([briefest, &shapes, ""]),
        joined([&brief, "", ""]),
        briefest.to_owned(),
    ]
}

/// “T-12 Card retries, 41 days”, with the number first so that it stays when the title is cut.
pub(super) fn outlier(dot: &CycleDot) -> String {
    let days = counted(dot.days, "day");
    format!("{days}: {}", named(&dot.item))
}

/// The text alternative.
pub(super) fn description(cycle: &CycleTimes) -> String {
    let (Some(first), Some(last)) = (cycle.days.first(), cycle.days.last()) else { return String::new() };
    let count = cycle.dots.len() as u32;
    let mut text = format!(
        "Cycle times of {} finished from {}, in days from first in progress to last done.",
        counted(count, "item"),
        span(*first, *last)
    );
    let percentiles: Vec<String> = percentile_words(&cycle.percentiles)
        .into_iter()
        .map(|(percent, days, _)| format!("{percent} {}", within(days)))
        .collect();
    if !percentiles.is_empty() {
        text.push_str(&format!(" {}.", capital(&percentiles.join(", "))));
    }
    if let Some(longest) = cycle.dots.iter().max_by_key(|dot| dot.days) {
        text.push_str(&format!(
            " The longest took {}: {}.",
            counted(longest.days, "day"),
            named(&longest.item)
        ));
    }
    match cycle.never_begun {
        0 => {}
        1 => text.push_str(" 1 item was finished without having been in progress."),
        count => text
            .push_str(&format!(" {} were finished without having been in progress.", counted(count, "item"))),
    }
    text
}

/// The label and the title of each item, safe to draw.
pub(super) fn names(cycle: &CycleTimes) -> Vec<(String, String)> {
    cycle.dots.iter().map(|dot| (clean(&dot.item.label), clean(&dot.item.title))).collect()
}

/// A row for each finished item.
pub(super) fn table(cycle: &CycleTimes, names: &[(String, String)]) -> ChartTable {
    let columns = ["Item", "Title", "Kind", "In progress", "Done", "Days", "Lead time (working days)"];
    // Many items share a day.
    let mut days: HashMap<Day, String> = HashMap::new();
    let mut written = |day: Day| days.entry(day).or_insert_with(|| day.to_string()).clone();
    let rows = cycle.dots.iter().zip(names).map(|(dot, (label, title))| {
        vec![
            label.clone(),
            title.clone(),
            kind_word(dot.item.kind).to_owned(),
            written(dot.begun),
            written(dot.done),
            dot.days.to_string(),
            dot.lead_days.to_string(),
        ]
    });
    ChartTable { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// What to say at which place: each item.
pub(super) fn points(cycle: &CycleTimes, names: &[(String, String)], marks: &[Point]) -> Vec<ChartPoint> {
    // Many items share a time, and many a day.
    let mut times: HashMap<u32, [String; 2]> = HashMap::new();
    let mut day: Option<(Day, String)> = None;
    let mut points = Vec::with_capacity(cycle.dots.len());
    for ((dot, (label, title)), at) in cycle.dots.iter().zip(names).zip(marks) {
        let [took, held] = times
            .entry(dot.days)
            .or_insert_with(|| [counted(dot.days, "day"), held_against(dot.days, &cycle.percentiles)]);
        let done = match &day {
            Some((known, said)) if *known == dot.done => said,
            _ => &day.insert((dot.done, weekday_and_day(dot.done))).1,
        };
        let lead = counted(dot.lead_days, "working day");
        points.push(ChartPoint {
            x: at.0,
            y: at.1,
            label: format!("{label} {title}: {took}, done {done}{held}; lead time {lead}"),
            behind: Some(Behind::Item(dot.item.id)),
        });
    }
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}

/// “within 10 days”, “on the same day”.
fn within(days: u32) -> String {
    if days == 0 { "on the same day".to_owned() } else { format!("within {}", counted(days, "day")) }
}
