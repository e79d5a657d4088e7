//! Groups in order, each as a range of days: pale from 50 to 95 %, a dot at 85 %.

use super::words::{self, BEYOND, likelihood};
use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{AxisDay, Frame, capital};
use crate::place::Area;
use crate::theme::Theme;
use crate::words::{counted, name_or};
use crate::{Chart, ChartError, ChartPoint, ChartTable, Size};
use domain::forecast::{DayForecast, MARKS, OrderForecast};

/// On which days groups are done that are worked off in order, as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no group.
pub fn forecast_order(
    forecast: &OrderForecast,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    let (Some(first), Some(last)) = (forecast.groups.first(), forecast.groups.last()) else {
        return Err(ChartError::NoDays);
    };
    let figure = Figure::new(theme, size)?;
    let frame = Frame::new(&figure);
    let text = frame.sizes.label;
    let mut widest = 0.0_f64;
    for group in &forecast.groups {
        widest = widest.max(fonts::width(&name_of(group), Weight::Regular, text)?);
    }
    let names = widest.min(figure.width * 0.3);
    let left = frame.pad + names + figure.px(10.0);
    let label = fonts::width("85 % 30 Sep", Weight::Strong, text)? + figure.px(14.0);
    let right = (figure.width - frame.pad * 0.5 - label).max(left + figure.px(20.0));
    // What lies beyond the farthest that is seen ends at the edge, and its words say so.
    let seen = forecast.groups.iter().flat_map(|group| MARKS.map(|percent| group.when.when_at(percent)));
    let without = forecast.groups.iter().filter_map(|group| group.instead_of.as_ref()?.when_at(85));
    let farthest = seen.flatten().chain(without).max().unwrap_or(30).max(1);
    let days: Vec<AxisDay> =
        (0..=farthest).map(|day| AxisDay { day: first.from.plus(day.into()), off: false }).collect();
    let axis = frame.days(days, right - left)?;
    let plot = Area { left, top: frame.top(), right, bottom: frame.bottom(axis.rows()) };
    let count = forecast.groups.len() as f64;
    let scale = Scale::new(plot, (0.0, f64::from(farthest) + 1.0), (0.0, count))?;
    let row = |place: usize| scale.at(0.0, count - place as f64 - 0.5).1;
    let at = |day: u32| scale.at(f64::from(day) + 0.5, 0.0).0;
    let height = ((plot.bottom - plot.top) / count * 0.5).min(figure.text_px(22.0));
    figure.group("axes", |figure| {
        figure.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], frame.hair(theme.base))?;
        frame.draw_days(&axis, &scale, figure.width - figure.px(2.0))
    })?;
    // Where rows are lower than letters, every second name is written.
    let every = ((text * 1.25) / ((plot.bottom - plot.top) / count)).ceil().max(1.0) as usize;
    figure.group("ranges", |figure| {
        for (place, group) in forecast.groups.iter().enumerate() {
            let y = row(place);
            let from = group.when.when_at(50).map_or(plot.right, at);
            figure.line(&[(plot.left, y), (from, y)], frame.hair(theme.grid))?;
            let to = group.when.when_at(95).map_or(plot.right, at);
            let half = figure.stroke_px(2.0);
            let area = Area { left: from - half, right: to + half, ..Area::around((from, y), 0.0, height) };
            figure.rect(area, theme.bands[1])?;
            if let Some(day) = group.instead_of.as_ref().and_then(|when| when.when_at(85)) {
                let dash = Some((figure.px(4.0), figure.px(3.0)));
                let stroke = Stroke { color: theme.muted, width: figure.stroke_px(1.5), dash };
                let x = at(day);
                figure.line(&[(x, y - height * 0.7), (x, y + height * 0.7)], stroke)?;
            }
            if let Some(day) = group.when.when_at(85) {
                frame.dot((at(day), y), theme.actual)?;
            }
        }
        Ok(())
    })?;
    figure.group("labels", |figure| {
        for (place, group) in forecast.groups.iter().enumerate() {
            if place % every != 0 {
                continue;
            }
            let y = row(place);
            let name = fonts::shorten(&name_of(group), Weight::Regular, text, names)?;
            figure.text(&name, (left - figure.px(10.0), y), Side::End, frame.letters(text, theme.ink))?;
            let end = group.when.when_at(95).map_or(plot.right, at);
            let said = match group.when.when_at(85) {
                Some(day) => format!("85 % {}", words::short_day(group.from, day)),
                None => BEYOND.to_owned(),
            };
            let x = end + frame.dot_radius() + figure.px(8.0);
            let said = fonts::shorten(&said, Weight::Strong, text, figure.width - figure.px(4.0) - x)?;
            let letters = Letters { size: text, weight: Weight::Strong, color: theme.actual, rim: true };
            figure.text(&said, (x, y), Side::Start, letters)?;
        }
        Ok(())
    })?;
    let (name, finding) = (name(forecast), finding(last));
    figure.group("words", |_| frame.headline(&name, &finding, &subtitles(forecast)))?;
    let title = format!("{name}: {finding}");
    let description = description(forecast);
    let mut points: Vec<ChartPoint> = Vec::new();
    for (place, group) in forecast.groups.iter().enumerate() {
        points.extend(MARKS.iter().filter_map(|percent| {
            let day = group.when.when_at(*percent)?;
            let label =
                format!("{}: {} {}", name_of(group), likelihood(*percent), words::by_day(group, *percent));
            Some(ChartPoint { x: at(day), y: row(place), label, behind: None })
        }));
    }
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: table(forecast), points })
}

fn name_of(group: &DayForecast) -> String {
    name_or(&group.what, "This")
}

fn name(forecast: &OrderForecast) -> String {
    format!("{} in order", capital(&counted(forecast.groups.len() as u32, "group")))
}

/// “the last very likely (85 %) by 2 April 2027”.
fn finding(last: &DayForecast) -> String {
    format!("the last {} {}", likelihood(85), words::by_day(last, 85))
}

fn subtitles(forecast: &OrderForecast) -> Vec<String> {
    let trials = words::trials(forecast.groups.first().map_or(0, |group| group.when.trials));
    vec![
        format!(
            "When each is done, of {trials}: pale from 50 to 95 %, dot at 85 %. Worked off in this order."
        ),
        format!("When each is done, of {trials}: pale from 50 to 95 %, dot at 85 %."),
        "Pale: from 50 to 95 %. Dot: 85 %.".to_owned(),
    ]
}

fn description(forecast: &OrderForecast) -> String {
    let one = |group: &DayForecast| format!("{} {}", name_of(group), words::by_day(group, 85));
    let all: Vec<String> = forecast.groups.iter().map(one).collect();
    format!(
        "When groups of items are done that are worked off in order; {}: {}.",
        likelihood(85),
        all.join("; ")
    )
}

fn table(forecast: &OrderForecast) -> ChartTable {
    let columns = std::iter::once("Group".to_owned()).chain(MARKS.map(|percent| format!("{percent} %")));
    let row = |group: &DayForecast| {
        let marks = MARKS.map(|percent| words::by_day(group, percent));
        std::iter::once(name_of(group)).chain(marks).collect()
    };
    ChartTable { columns: columns.collect(), rows: forecast.groups.iter().map(row).collect() }
}
