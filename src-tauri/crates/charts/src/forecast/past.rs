//! The past that a forecast is drawn from: what was done on each day.

use crate::fig::{Figure, Scale, Stroke};
use crate::frame::{AxisDay, Frame, MarginLabel, capital};
use crate::place::Area;
use crate::theme::Theme;
use crate::ticks::{self, plain};
use crate::words::{amount, counted, singular};
use crate::{Chart, ChartError, ChartPoint, ChartTable, Size};
use domain::calendar::Day;
use domain::flow::Behind;
use domain::forecast::PastWork;
use domain::measures::Size as Amount;

/// What was done on each day, as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no day.
pub fn forecast_past(
    past: &PastWork,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if past.done.is_empty() {
        return Err(ChartError::NoDays);
    }
    let figure = Figure::new(theme, size)?;
    let frame = Frame::new(&figure);
    let most = past.done.iter().copied().max().unwrap_or_default().in_points();
    let highest = most.max(1.0);
    let numbers = frame.numbers((0.0, highest), frame.bottom(1.0) - frame.top(), 1.0)?;
    let mut label = MarginLabel {
        y: 0.0,
        text: format!("{} a day", mean_said(past)),
        color: theme.ink,
        strong: true,
        swatch: None,
    };
    let right = figure.width - frame.margin(std::slice::from_ref(&label))?;
    let columns = past.first.through(past.last()).map(|day| AxisDay { day, off: false }).collect();
    let axis = frame.days(columns, right - numbers.left)?;
    let plot = Area { left: numbers.left, top: frame.top(), right, bottom: frame.bottom(axis.rows()) };
    let scale = Scale::new(plot, (0.0, past.done.len() as f64), (0.0, highest * 1.08))?;
    label.y = scale.at(0.0, past.mean()).1;
    figure.group("axes", |figure| {
        frame.draw_numbers(&numbers, &scale)?;
        frame.draw_days(&axis, &scale, plot.right + figure.px(8.0))
    })?;
    figure.group("done", |figure| {
        for (place, done) in past.done.iter().enumerate().filter(|(_, done)| **done > Amount::ZERO) {
            let (left, top) = scale.at(place as f64, done.in_points());
            let (right, bottom) = scale.at(place as f64 + 1.0, 0.0);
            let gap = ((right - left) * 0.12).min(figure.px(4.0));
            figure.rect(Area { left: left + gap, top, right: right - gap, bottom }, theme.actual)?;
        }
        Ok(())
    })?;
    figure.group("mean", |figure| {
        let dash = Some((figure.px(6.0), figure.px(4.0)));
        let stroke = Stroke { color: theme.ink, width: figure.stroke_px(1.5), dash };
        figure.line(&[(plot.left, label.y), (plot.right, label.y)], stroke)?;
        frame.draw_margin(std::slice::from_ref(&label), plot)
    })?;
    let finding = finding(past);
    figure.group("words", |_| frame.headline("", &finding, &subtitles(past)))?;
    let point = |(place, done): (usize, &Amount)| {
        let day = past.first.plus(place as i64);
        let (x, y) = scale.at(place as f64 + 0.5, done.in_points());
        let label = format!("{}: {}", ticks::in_full(day), amount(*done, past.unit));
        ChartPoint { x, y, label, behind: Some(Behind::Day(day)) }
    };
    let points = past.done.iter().enumerate().map(point).collect();
    let (title, description) = (capital(&finding), description(past));
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: table(past), points })
}

fn total(past: &PastWork) -> Amount {
    past.done.iter().copied().sum()
}

fn mean_said(past: &PastWork) -> String {
    plain((past.mean() * 100.0).round() / 100.0)
}

/// “41 items done in 84 days, 0.49 a day”.
fn finding(past: &PastWork) -> String {
    let days = counted(past.done.len() as u32, "day");
    format!("{} done in {days}, {} a day", amount(total(past), past.unit), mean_said(past))
}

fn subtitles(past: &PastWork) -> Vec<String> {
    let what = format!("{}s done in the planned lanes on each day", capital(singular(past.unit)));
    let empty = past.done.iter().filter(|done| **done == Amount::ZERO).count() as u32;
    let empty = match empty {
        0 => String::new(),
        count => format!(" On {} nothing was.", counted(count, "day")),
    };
    vec![
        format!("{what}, {} to {}.{empty}", ticks::in_full(past.first), ticks::in_full(past.last())),
        format!("{what}.{empty}"),
        format!("{what}."),
    ]
}

fn description(past: &PastWork) -> String {
    format!(
        "What the forecast is drawn from: {} done in the planned lanes from {} to {}, {} a day on average.",
        amount(total(past), past.unit),
        ticks::in_full(past.first),
        ticks::in_full(past.last()),
        mean_said(past)
    )
}

fn table(past: &PastWork) -> ChartTable {
    let days: Vec<Day> = past.first.through(past.last()).collect();
    let rows = days.iter().zip(&past.done).map(|(day, done)| vec![day.to_string(), plain(done.in_points())]);
    ChartTable {
        columns: vec!["Day".to_owned(), format!("{}s done", capital(singular(past.unit)))],
        rows: rows.collect(),
    }
}
