//! What a throughput says in words.

use super::Drawing;
use crate::flow_words::{span, weekday_and_day};
use crate::frame::capital;
use crate::ticks::{self, plain};
use crate::words::counted;
use crate::{ChartPoint, ChartTable};
use domain::flow::{Behind, Step, Throughput, ThroughputBar};

/// “53 items finished, 4.4 a week on average”.
pub(super) fn title(throughput: &Throughput) -> String {
    findings(throughput).first().map_or_else(String::new, |finding| capital(finding))
}

/// The finding, from long to short.
pub(super) fn findings(throughput: &Throughput) -> Vec<String> {
    let finished = counted(throughput.finished, "item");
    match throughput.mean() {
        _ if throughput.finished == 0 => vec!["no item was finished".to_owned()],
        Some(mean) => {
            let mean = format!("{} {}", tenths(mean), a_step(throughput));
            vec![format!("{finished} finished, {mean} on average"), format!("{mean} on average"), mean]
        }
        None => vec![format!("{finished} finished so far today"), format!("{finished} finished")],
    }
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(throughput: &Throughput) -> Vec<String> {
    let step = match throughput.step {
        Step::Day => "day",
        Step::Week => "week",
    };
    let days = match (throughput.bars.first(), throughput.bars.last()) {
        (Some(first), Some(last)) => span(first.first, last.last),
        _ => String::new(),
    };
    let mean = match throughput.days_over {
        0 => String::new(),
        over => format!(
            " Mean of {}{}, {} of them without a finish.",
            counted(over, "day"),
            since(throughput),
            plain(f64::from(throughput.empty_days))
        ),
    };
    let pale = match (throughput.bars.iter().all(|bar| bar.is_whole), throughput.step) {
        (true, _) => "",
        (false, Step::Day) => " Pale: not over yet.",
        (false, Step::Week) => " Pale: not a whole week.",
    };
    vec![
        format!("Items finished per {step}, {days}.{mean}{pale}"),
        format!("Items finished per {step}.{mean}{pale}"),
        format!("Items finished per {step}.{mean}"),
        format!("Items finished per {step}."),
    ]
}

/// “mean 4.4”.
pub(super) fn mean(mean: f64) -> String {
    format!("mean {}", tenths(mean))
}

/// The text alternative.
pub(super) fn description(throughput: &Throughput) -> String {
    let (Some(first), Some(last)) = (throughput.bars.first(), throughput.bars.last()) else {
        return String::new();
    };
    let mut text = format!(
        "Throughput from {}: {} finished, counted {}.",
        span(first.first, last.last),
        counted(throughput.finished, "item"),
        a_step(throughput),
    );
    if let (Some(a_day), Some(mean)) = (throughput.mean_a_day, throughput.mean()) {
        let a_week = match throughput.step {
            Step::Day => String::new(),
            Step::Week => format!("{} a week, ", tenths(mean)),
        };
        text.push_str(&format!(
            " The mean is {a_week}{} a day over {}{}; on {} of them nothing was finished.",
            plain((a_day * 100.0).round() / 100.0),
            counted(throughput.days_over, "day"),
            since(throughput),
            plain(f64::from(throughput.empty_days)),
        ));
    }
    if let Some(best) = throughput.bars.iter().max_by_key(|bar| bar.finished).filter(|bar| bar.finished > 0) {
        text.push_str(&format!(
            " Most were finished {}: {}.",
            when(best, throughput.step),
            plain(f64::from(best.finished))
        ));
    }
    text
}

/// A row for each bar.
pub(super) fn table(throughput: &Throughput) -> ChartTable {
    let columns = ["From", "To", "Finished", "Whole"];
    let rows = throughput.bars.iter().map(|bar| {
        vec![
            bar.first.to_string(),
            bar.last.to_string(),
            bar.finished.to_string(),
            if bar.is_whole { "yes" } else { "no" }.to_owned(),
        ]
    });
    ChartTable { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// What to say at which place: each bar.
pub(super) fn points(throughput: &Throughput, drawing: &Drawing<'_>) -> Vec<ChartPoint> {
    let point = |bar: &ThroughputBar| {
        let area = drawing.area(bar);
        let yet = if bar.is_whole { "" } else { ", not whole" };
        ChartPoint {
            x: (area.left + area.right) / 2.0,
            y: area.top,
            label: capital(&format!(
                "{}: {} finished{yet}",
                when(bar, throughput.step),
                counted(bar.finished, "item")
            )),
            behind: Some(Behind::Days { first: bar.first, last: bar.last }),
        }
    };
    throughput.bars.iter().map(point).collect()
}

/// “on Mon 2 Nov”, “in the week of 2 Nov 2026”.
fn when(bar: &ThroughputBar, step: Step) -> String {
    match step {
        Step::Day => format!("on {}", weekday_and_day(bar.first)),
        Step::Week => {
            let monday = bar.first.monday();
            format!("in the week of {} {}", ticks::day_and_month(monday), ticks::year(monday))
        }
    }
}

/// “ since 5 Oct”, where the team's work is known only for a part of the window.
fn since(throughput: &Throughput) -> String {
    match throughput.bars.first() {
        Some(first) if first.first < throughput.known_since => {
            format!(" since {}", ticks::day_and_month(throughput.known_since))
        }
        _ => String::new(),
    }
}

fn a_step(throughput: &Throughput) -> &'static str {
    match throughput.step {
        Step::Day => "a day",
        Step::Week => "a week",
    }
}

/// A number in tenths.
fn tenths(value: f64) -> String {
    plain((value * 10.0).round() / 10.0)
}
