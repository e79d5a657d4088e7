//! What a cumulative flow says in words.

use super::Drawing;
use crate::flow_words::{is_are, length, span, weekday_and_day};
use crate::frame::capital;
use crate::ticks;
use crate::words::{clean, counted};
use crate::{ChartPoint, ChartTable};
use domain::backlog::Category;
use domain::calendar::Day;
use domain::flow::{Behind, CumulativeFlow, FlowBand, FlowPace};
use std::cmp::Ordering;

/// “12 items in work, 5 more than 12 weeks ago; about 17 days from start to done”.
pub(super) fn title(flow: &CumulativeFlow) -> String {
    findings(flow).first().map_or_else(String::new, |finding| capital(finding))
}

/// The finding, from long to short.
pub(super) fn findings(flow: &CumulativeFlow) -> Vec<String> {
    let (before, now) = in_work(flow);
    let (done, ago) = (done(flow), length(flow.days.len()));
    let number = |count: u32| ticks::plain(f64::from(count));
    if now == 0 {
        let done = match done {
            0 => "nothing finished".to_owned(),
            done => format!("{} finished", counted(done, "item")),
        };
        return vec![format!("nothing in work, {done} in {ago}"), format!("nothing in work, {done}")];
    }
    let change = match now.cmp(&before) {
        Ordering::Greater => format!("{} more than {ago} ago", number(now - before)),
        Ordering::Less => format!("{} fewer than {ago} ago", number(before - now)),
        Ordering::Equal => format!("as many as {ago} ago"),
    };
    let items = counted(now, "item");
    // Before there was an item there is nothing to compare with.
    let began_empty = flow.bands.iter().all(|band| band.first() == 0);
    let change = if began_empty { String::new() } else { format!(", {change}") };
    match (flow.pace, done) {
        (Some(pace), _) => {
            let about = about(&pace);
            vec![
                format!("{items} in work{change}; the last one done took {about}"),
                format!("{items} in work{change}; the last took {about}"),
                format!("{items} in work, the last one done took {about}"),
                format!("{} in work, {about}", number(now)),
            ]
        }
        (None, 0) => vec![
            format!("{items} in work{change}; none finished"),
            format!("{items} in work, none finished"),
            format!("{} in work", number(now)),
        ],
        (None, _) => vec![format!("{items} in work{change}"), format!("{} in work", number(now))],
    }
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(flow: &CumulativeFlow, is_cut: bool) -> Vec<String> {
    let days = match (flow.days.first(), flow.days.last()) {
        (Some(first), Some(last)) => span(*first, *last),
        _ => String::new(),
    };
    let line = if flow.pace.is_some() { " Level line: from start to done." } else { "" };
    let cut = if is_cut { " The plot ends below the top of what waits." } else { "" };
    let short_cut = if is_cut { " What waits is cut off." } else { "" };
    vec![
        format!("Items in each state, {days}; done counts from the first day.{line}{cut}"),
        format!("Items in each state; done counts from the first day.{line}{short_cut}"),
        format!("Items in each state; done counts from the first day.{short_cut}"),
        format!("Items in each state.{short_cut}"),
    ]
}

/// “17 days”.
pub(super) fn pace(pace: &FlowPace) -> String {
    let days = rounded(pace.days);
    match (pace.is_longer, days) {
        (true, days) => format!("more than {}", counted(days, "day")),
        (false, 0) => "less than a day".to_owned(),
        (false, days) => counted(days, "day"),
    }
}

/// A state's name, safe to draw.
pub(super) fn name(band: &FlowBand) -> String {
    let name = clean(&band.name);
    if name.is_empty() { "A state".to_owned() } else { name }
}

/// The text alternative.
pub(super) fn description(flow: &CumulativeFlow) -> String {
    let (Some(first), Some(last)) = (flow.days.first(), flow.days.last()) else { return String::new() };
    let (before, now) = in_work(flow);
    let states: Vec<String> = flow
        .bands
        .iter()
        .rev()
        .filter(|band| band.counts.iter().any(|count| *count > 0))
        .map(|band| format!("{} {}", name(band), ticks::plain(f64::from(band.last()))))
        .collect();
    let mut text = format!("Cumulative flow from {}, {}.", span(*first, *last), length(flow.days.len()));
    if states.is_empty() {
        text.push_str(" There is no item.");
        return text;
    }
    text.push_str(&format!(" In the end: {}.", states.join(", ")));
    text.push_str(&format!(
        " {} {} in work, {} in the beginning; {} finished.",
        capital(&counted(now, "item")),
        is_are(now),
        ticks::plain(f64::from(before)),
        match done(flow) {
            0 => "none was".to_owned(),
            1 => "1 was".to_owned(),
            done => format!("{} were", ticks::plain(f64::from(done))),
        },
    ));
    if let Some(pace) = flow.pace {
        text.push_str(&format!(" An item takes {} from its start to done.", about(&pace)));
    }
    text
}

/// A row for each day; for each week or month where there are many.
pub(super) fn table(flow: &CumulativeFlow) -> ChartTable {
    let bands: Vec<&FlowBand> = flow.bands.iter().rev().collect();
    let mut columns = vec!["At the end of".to_owned()];
    columns.extend(bands.iter().map(|band| name(band)));
    let every = match flow.days.len() {
        0..=126 => 1,
        127..=1_000 => 7,
        _ => 28,
    };
    let rows = shown_days(flow, every).map(|(end, day)| {
        let mut row = vec![format!("{} {}", weekday_and_day(day), ticks::year(day))];
        let count = |band: &&FlowBand| band.counts.get(end).copied().unwrap_or_default().to_string();
        row.extend(bands.iter().map(count));
        row
    });
    ChartTable { columns, rows: rows.collect() }
}

/// What to say at which place: each state at the ends of days, and the pace.
pub(super) fn points(flow: &CumulativeFlow, drawing: &Drawing<'_>) -> Vec<ChartPoint> {
    // Each day of a month, else weeks, as many of them as keep the points apart.
    let every = if flow.days.len() <= 31 { 1 } else { 7 * flow.days.len().div_ceil(7 * 26) };
    let mut points = Vec::new();
    for (end, day) in shown_days(flow, every) {
        for (place, (band, _)) in drawing.bands.iter().enumerate() {
            let count = band.counts.get(end).copied().unwrap_or_default();
            if count == 0 {
                continue;
            }
            let middle = (drawing.level(place, end) + drawing.level(place + 1, end)) / 2.0;
            let (x, y) = drawing.scale.at(drawing.x(end), middle);
            let label = format!(
                "{}: {} {} {}",
                weekday_and_day(day),
                counted(count, "item"),
                is_are(count),
                in_words(band)
            );
            let behind = Some(Behind::State { day, state: band.state });
            points.push(ChartPoint { x, y, label, behind });
        }
    }
    if let Some(pace) = flow.pace {
        let (x, y) = drawing.scale.at((pace.from + flow.end) / 2.0, f64::from(pace.level));
        let label = format!("An item takes {} from its start to done", about(&pace));
        points.push(ChartPoint { x, y, label, behind: None });
    }
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}

/// Every so many days from the last one back, in order, each with its place among the ends.
fn shown_days(flow: &CumulativeFlow, every: usize) -> impl Iterator<Item = (usize, Day)> {
    let last = flow.days.len();
    let days = flow.days.iter().enumerate().map(|(at, day)| (at + 1, *day));
    days.filter(move |(end, _)| (last - end).is_multiple_of(every.max(1)))
}

/// “in “Review””.
fn in_words(band: &FlowBand) -> String {
    format!("in “{}”", name(band))
}

/// How many items were in work in the beginning and in the end.
fn in_work(flow: &CumulativeFlow) -> (u32, u32) {
    let bands = flow.bands.iter().filter(|band| band.category == Category::InProgress);
    bands.fold((0_u32, 0_u32), |(first, last), band| {
        (first.saturating_add(band.first()), last.saturating_add(band.last()))
    })
}

fn done(flow: &CumulativeFlow) -> u32 {
    let bands = flow.bands.iter().filter(|band| band.category == Category::Done);
    bands.fold(0_u32, |sum, band| sum.saturating_add(band.last()))
}

fn about(known: &FlowPace) -> String {
    let text = pace(known);
    if known.is_longer || rounded(known.days) == 0 { text } else { format!("about {text}") }
}

fn rounded(days: f64) -> u32 {
    days.round().clamp(0.0, f64::from(u32::MAX)) as u32
}
