//! What the remaining error budget says in words.

use crate::fig::Scale;
use crate::ticks;
use crate::words::{clean, counted};
use crate::{ChartPoint, ChartTable};
use domain::calendar::Day;
use domain::flow::Behind;
use domain::reliability::{BudgetLine, BudgetOutage, Class};

/// “62 % left”, “overspent by 12 %”; never told better than it is.
pub(super) fn left(remaining: f64) -> String {
    if remaining < 0.0 {
        format!("overspent by {} %", ((-remaining) * 100.0 - 1e-9).ceil())
    } else {
        format!("{} % left", (remaining * 100.0 + 1e-9).floor())
    }
}

/// “40 %”, “−20 %”.
pub(super) fn percent(value: f64) -> String {
    if value < 0.0 {
        format!("−{} %", ticks::number(-value))
    } else {
        format!("{} %", ticks::number(value))
    }
}

/// “−23 %, payment provider”.
pub(super) fn fell(outage: &BudgetOutage) -> String {
    let title = clean(&outage.title);
    let title = if title.is_empty() { class(outage.class) } else { &title };
    format!("−{:.0} % {title}", outage.spent * 100.0)
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Full => "full outage",
        Class::Partial => "partial outage",
        Class::Degraded => "degraded",
    }
}

fn day_at(line: &BudgetLine, x: f64) -> Option<Day> {
    line.days.get(x.max(0.0).floor() as usize).map(|day| day.day)
}

fn weekday_and_day(day: Day) -> String {
    format!("{} {}", ticks::weekday(day), ticks::day_and_month(day))
}

/// Where it goes: “spent on Thu 26 Nov at this pace”; nothing where nothing was spent.
fn goes(line: &BudgetLine) -> Option<String> {
    let (projection, end) = (line.projection?, line.end()?);
    match projection.spent.and_then(|x| day_at(line, x)) {
        Some(day) => Some(format!("spent on {}", weekday_and_day(day))),
        None if projection.remaining >= 0.0 && projection.remaining < end.remaining => {
            Some(format!("{} at the end", left(projection.remaining)))
        }
        None => None,
    }
}

/// The finding, longest first.
pub(super) fn findings(line: &BudgetLine) -> Vec<String> {
    let name = clean(&line.objective);
    let Some(end) = line.end() else { return vec![format!("{name}: nothing is known yet")] };
    let now = match left(end.remaining) {
        said if end.remaining < 0.0 => format!("error budget {said}"),
        said => format!("{} of the error budget left", said.trim_end_matches(" left")),
    };
    let short = format!("{name}: {now}");
    match goes(line) {
        Some(goes) => vec![format!("{short}, {goes} at this pace"), short, now],
        None => vec![short, now],
    }
}

pub(super) fn subtitles(line: &BudgetLine) -> Vec<String> {
    let mut of = format!("{} · target {}", clean(&line.service), line.target);
    if line.window != line.sprint {
        of += &format!(" over {}", clean(&line.window));
    }
    let outages = counted(line.outages.len() as u32, "outage");
    vec![format!("{} · {of} · {outages}", clean(&line.sprint)), of]
}

pub(super) fn title(line: &BudgetLine) -> String {
    findings(line).into_iter().next().unwrap_or_default()
}

pub(super) fn description(line: &BudgetLine) -> String {
    let window = match line.window == line.sprint {
        true => String::new(),
        false => format!(" over {}", clean(&line.window)),
    };
    let mut said = format!(
        "What is left of the error budget of {} through {}: target {}{window}.",
        clean(&line.objective),
        clean(&line.sprint),
        line.target,
    );
    if let Some(end) = line.end() {
        said += &format!(" Now {}.", left(end.remaining));
    }
    if let Some(goes) = goes(line) {
        said += &format!(" At this pace {goes}.");
    }
    let largest = line.outages.iter().max_by(|one, other| one.spent.total_cmp(&other.spent));
    if let Some(largest) = largest.filter(|largest| largest.spent > 0.0) {
        said += &format!(
            " {}; the largest spent {:.0} %.",
            capital(&counted(line.outages.len() as u32, "outage")),
            largest.spent * 100.0
        );
    }
    said
}

fn capital(text: &str) -> String {
    crate::frame::capital(text)
}

/// A row a day: what was left at its end, and its outages.
pub(super) fn table(line: &BudgetLine) -> ChartTable {
    let end = line.end().map_or(-1.0, |end| end.x);
    let mut rows = Vec::new();
    for (index, day) in line.days.iter().enumerate() {
        let (from, to) = (index as f64, index as f64 + 1.0);
        let at_end = value_at(line, to.min(end)).filter(|_| from < end);
        let outages: Vec<String> =
            line.outages.iter().filter(|one| one.from < to && one.to > from).map(fell).collect();
        rows.push(vec![
            ticks::in_full(day.day),
            at_end.map(|value| percent((value * 100.0 + 1e-9).floor())).unwrap_or_default(),
            outages.join("; "),
        ]);
    }
    let columns = ["Day", "Error budget left at its end", "Outages"].map(str::to_owned).to_vec();
    ChartTable { columns, rows }
}

/// What is left at an x, between the points before and after.
fn value_at(line: &BudgetLine, x: f64) -> Option<f64> {
    let after = line.points.partition_point(|point| point.x <= x);
    match (after.checked_sub(1).and_then(|place| line.points.get(place)), line.points.get(after)) {
        (Some(a), Some(b)) if b.x > a.x => {
            Some(a.remaining + (b.remaining - a.remaining) * (x - a.x) / (b.x - a.x))
        }
        (Some(only), _) | (None, Some(only)) => Some(only.remaining),
        (None, None) => None,
    }
}

/// Where the days end, and the outages; in order of x.
pub(super) fn points(line: &BudgetLine, scale: &Scale) -> Vec<ChartPoint> {
    let mut points = Vec::new();
    let end = line.end().map_or(-1.0, |end| end.x);
    for (index, day) in line.days.iter().enumerate() {
        let to = (index as f64 + 1.0).min(end);
        let Some(value) = value_at(line, to).filter(|_| (index as f64) < end) else { continue };
        let (x, y) = scale.at(to, value * 100.0);
        points.push(ChartPoint {
            x,
            y: y.clamp(scale.plot.top, scale.plot.bottom),
            label: format!("{}: {}", weekday_and_day(day.day), left(value)),
            behind: Some(Behind::Day(day.day)),
        });
    }
    for outage in &line.outages {
        let value = value_at(line, outage.to).unwrap_or(0.0);
        let (x, y) = scale.at(outage.to.min(end.max(0.0)), value * 100.0);
        points.push(ChartPoint {
            x,
            y: y.clamp(scale.plot.top, scale.plot.bottom),
            label: fell(outage),
            behind: day_at(line, outage.from).map(Behind::Day),
        });
    }
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    points
}
