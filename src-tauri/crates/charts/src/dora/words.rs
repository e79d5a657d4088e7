//! What the chart of delivery says in words.

use super::{Measure, median};
use crate::place::Point;
use crate::ticks::{self, plain};
use crate::words::{as_of, clean, counted, name_or};
use crate::{ChartPoint, ChartTable};
use domain::delivery::{DeliveryPeriod, DeliveryTrend, Dora, ENOUGH, Fraction, Middle};
use domain::flow::Behind;

/// “Delivery: 9 deployments in Sprint 42, lead time 5 h, 1 of 9 failed”.
pub(super) fn title(trend: &DeliveryTrend) -> String {
    format!("Delivery: {}", finding(trend))
}

/// The title without its name.
pub(super) fn finding(trend: &DeliveryTrend) -> String {
    let Some(last) = last(trend) else {
        let all = counted(trend.periods.len() as u32, if trend.of_sprints { "Sprint" } else { "month" });
        return format!("no deployment reached production in {all}");
    };
    let so_far = if last.is_over { "" } else { " so far" };
    let mut told = format!("{} in {}{so_far}", counted(last.dora.deployments, "deployment"), period(last));
    if let Some(median) = median(&last.dora.lead_time) {
        told.push_str(&format!(", median lead time {}", time(median)));
    }
    told.push_str(&match last.dora.failed {
        Fraction { part: 0, .. } => ", none failed".to_owned(),
        Fraction { part, of } => format!(", {part} of {of} failed"),
    });
    told
}

/// The latest period that had deployments; none where no period had.
pub(super) fn last(trend: &DeliveryTrend) -> Option<&DeliveryPeriod> {
    trend.periods.iter().rev().find(|period| period.dora.deployments > 0)
}

/// What is drawn, the longest text first.
pub(super) fn subtitles(trend: &DeliveryTrend) -> Vec<String> {
    let service = trend.service.as_deref().map(clean).filter(|name| !name.is_empty());
    let of = service.map_or_else(|| "All services".to_owned(), |name| clean(&name));
    let day = as_of(trend.as_of).map_or_else(String::new, |day| format!(", {day}"));
    let per = if trend.of_sprints { "per Sprint" } else { "per month" };
    let running = if trend.periods.iter().any(|period| !period.is_over) { " Shaded: not over." } else { "" };
    vec![
        format!(
            "{of}, {per}{day}. Line: median, from {ENOUGH} times on; dots: each one; pale: of fewer than {ENOUGH}.{running}"
        ),
        format!("{of}, {per}{day}. Line: median; dots: each one.{running}"),
        format!("{of}, {per}{day}.{running}"),
        format!("{of}, {per}{day}."),
        format!("{per}{day}"),
    ]
}

/// The name of a row.
pub(super) fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::Frequency => "Deployments",
        Measure::LeadTime => "Lead time",
        Measure::FailRate => "Failed",
        Measure::Recovery => "Recovery",
        Measure::Rework => "Rework",
    }
}

/// The figure of a period as its row’s name has it; none where there is nothing to tell.
pub(super) fn figure(measure: Measure, period: &DeliveryPeriod) -> Option<String> {
    let dora = &period.dora;
    match (measure.times(dora), measure.rate(dora)) {
        (Some(times), _) if times.n() == 0 => None,
        (Some(times), _) => Some(match median(times) {
            Some(median) => time(median),
            None => format!("n {}", times.n()),
        }),
        (None, Some(rate)) if rate.of == 0 => None,
        (None, Some(rate)) => Some(rated(rate)),
        _ => Some(dora.deployments.to_string()),
    }
}

/// How many a figure stands on; empty where there is nothing.
pub(super) fn count(measure: Measure, dora: &Dora) -> String {
    match (measure.times(dora), measure.rate(dora)) {
        (Some(times), _) if times.n() == 0 => String::new(),
        (Some(times), _) => format!("n {}", times.n()),
        (None, Some(rate)) if rate.of == 0 => String::new(),
        (None, Some(rate)) => format!("{} of {}", rate.part, rate.of),
        _ if dora.deployments == 0 => String::new(),
        _ => dora.deployments.to_string(),
    }
}

/// “18 %”, or “1 of 3” of fewer than five.
fn rated(rate: Fraction) -> String {
    match rate.rate() {
        Some(share) if rate.of as usize >= ENOUGH => format!("{} %", plain((share * 1_000.0).round() / 10.0)),
        _ => format!("{} of {}", rate.part, rate.of),
    }
}

/// A duration as people say it: “40 min”, “5.5 h”, “3.2 days”.
pub(super) fn time(ms: f64) -> String {
    let tenth = |value: f64| plain((value * 10.0).round() / 10.0);
    let minutes = ms / 60_000.0;
    if minutes < 0.95 {
        format!("{} s", plain((ms / 1_000.0).round()))
    } else if minutes < 99.5 {
        format!("{} min", plain(minutes.round()))
    } else if minutes < 48.0 * 60.0 {
        format!("{} h", tenth(minutes / 60.0))
    } else {
        format!("{} days", tenth(minutes / 1_440.0))
    }
}

/// A period’s name.
pub(super) fn period(period: &DeliveryPeriod) -> String {
    name_or(&period.name, if period.sprint.is_some() { "Sprint" } else { "month" })
}

/// The text alternative.
pub(super) fn description(trend: &DeliveryTrend) -> String {
    let count = counted(trend.periods.len() as u32, if trend.of_sprints { "Sprint" } else { "month" });
    let service = trend.service.as_deref().map(clean).filter(|name| !name.is_empty());
    let service = service.map_or_else(|| "all services".to_owned(), |name| format!("service {name}"));
    let mut text = format!("The five measures of delivery of {service} in {count}");
    if let Some(day) = as_of(trend.as_of) {
        text.push_str(&format!(", {day}"));
    }
    text.push('.');
    let sum: u32 = trend.periods.iter().map(|period| period.dora.deployments).sum();
    text.push_str(&format!(" {} reached production.", counted(sum, "deployment")));
    if let Some(last) = trend.periods.last() {
        let said: Vec<String> = Measure::ALL[1..].iter().map(|measure| told(*measure, &last.dora)).collect();
        text.push_str(&format!(
            " {}: {}; {}.",
            period(last),
            counted(last.dora.deployments, "deployment"),
            said.join("; ")
        ));
    }
    text
}

/// What a row says of a period, in words.
fn told(measure: Measure, dora: &Dora) -> String {
    match (measure, measure.times(dora), measure.rate(dora)) {
        (Measure::LeadTime, Some(times), _) => {
            let left = match times.left_out {
                0 => String::new(),
                count => format!(", {} dated after the deployment", counted(count, "commit")),
            };
            format!("lead time {}{left}", of_times(times, "commit"))
        }
        (_, Some(times), _) => {
            let left = match times.left_out {
                0 => String::new(),
                count => format!(", {count} not recovered yet"),
            };
            format!("recovery {}{left}", of_times(times, "failed deployment"))
        }
        (_, _, Some(Fraction { of: 0, .. })) => format!("{}: not known", name(measure).to_lowercase()),
        (Measure::FailRate, _, Some(rate)) => format!("{} failed{}", rated(rate), of_all(rate)),
        (_, _, Some(rate)) => format!("{} rework{}", rated(rate), of_all(rate)),
        _ => format!("{}, {} a day", counted(dora.deployments, "deployment"), plain(hundredth(dora.a_day))),
    }
}

/// “ (2 of 11)”, where a rate is told in per cent.
fn of_all(rate: Fraction) -> String {
    if rate.of as usize >= ENOUGH { format!(" ({} of {})", rate.part, rate.of) } else { String::new() }
}

fn of_times(times: &Middle, what: &str) -> String {
    match (times.n(), median(times)) {
        (0, _) => "not known".to_owned(),
        (n, Some(median)) => format!("{} in the median of {}", time(median), counted(n as u32, what)),
        (_, None) => {
            let each: Vec<String> = times.all.iter().map(|ms| time(*ms as f64)).collect();
            format!("{} ({})", each.join(", "), counted(times.n() as u32, what))
        }
    }
}

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A row for each period.
pub(super) fn table(trend: &DeliveryTrend) -> ChartTable {
    let columns = [
        if trend.of_sprints { "Sprint" } else { "Month" },
        "From",
        "To",
        "Deployments",
        "A day",
        "Median lead time (h)",
        "Commits (n)",
        "Commits left out",
        "Failed",
        "Failed (%)",
        "Median recovery (h)",
        "Recovered (n)",
        "Not recovered",
        "Rework",
        "Rework (%)",
    ];
    let hours =
        |times: &Middle| median(times).map_or_else(String::new, |ms| plain(hundredth(ms / 3_600_000.0)));
    let percent = |rate: Fraction| match rate.rate() {
        Some(share) if rate.of as usize >= ENOUGH => plain((share * 1_000.0).round() / 10.0),
        _ => String::new(),
    };
    let part = |rate: Fraction| if rate.of == 0 { String::new() } else { rate.part.to_string() };
    let row = |one: &DeliveryPeriod| {
        let dora = &one.dora;
        vec![
            period(one),
            ticks::in_full(one.first_day),
            ticks::in_full(one.last_day),
            dora.deployments.to_string(),
            plain(hundredth(dora.a_day)),
            hours(&dora.lead_time),
            dora.lead_time.n().to_string(),
            dora.lead_time.left_out.to_string(),
            part(dora.failed),
            percent(dora.failed),
            hours(&dora.recovery),
            dora.recovery.n().to_string(),
            dora.recovery.left_out.to_string(),
            part(dora.rework),
            percent(dora.rework),
        ]
    };
    ChartTable { rows: trend.periods.iter().map(row).collect(), columns: columns.map(str::to_owned).to_vec() }
}

/// What to say of each measure in each period.
pub(super) fn points(trend: &DeliveryTrend, at: impl Fn(Measure, usize) -> Option<Point>) -> Vec<ChartPoint> {
    let mut points = Vec::with_capacity(trend.periods.len() * Measure::ALL.len());
    for (index, one) in trend.periods.iter().enumerate() {
        let name = period(one);
        let so_far = if one.is_over { "" } else { ", so far" };
        for measure in Measure::ALL {
            let Some((x, y)) = at(measure, index) else { continue };
            let label = format!("{name}{so_far}: {}", told(measure, &one.dora));
            let behind = Behind::Days { first: one.first_day, last: one.last_day };
            points.push(ChartPoint { x, y, label, behind: Some(behind) });
        }
    }
    points
}
