//! Delivery: DORA's five measures as five rows, period by period.
//!
//! 1. Counts and rates are bars from 0; times are dots, one a commit or a failed deployment, on a logarithmic height.
//! 2. A median is a strong line from five times on; of fewer there are only their dots. A rate of fewer than five
//!    deployments is a pale bar.
//! 3. How many it stands on is written above: “n 34”, “2 of 11”; where there is no room the places to hover say it.
//! 4. Each row is named in the margin with its figure of the latest period that had deployments; a period without any is
//!    empty, which is not 0.
//! 5. In a small picture only as many rows are drawn as can be read, the first ones.

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::Frame;
use crate::lanes::{self, Named};
use crate::place::{Area, Point};
use crate::theme::Theme;
use crate::{Chart, ChartError, Size};
use domain::delivery::{DeliveryPeriod, DeliveryTrend, Dora, ENOUGH, Fraction, Middle};
use std::collections::HashSet;

mod words;

/// The five measures over periods as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no period.
pub fn delivery(
    trend: &DeliveryTrend,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if trend.periods.is_empty() {
        return Err(ChartError::NoDays);
    }
    let figure = Figure::new(theme, size)?;
    let drawing = Drawing::lay_out(trend, &figure)?;
    drawing.draw()?;
    let (title, description) = (words::title(trend), words::description(trend));
    let points = words::points(trend, |row, index| drawing.place(row, index));
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(trend), points })
}

/// A row: one of the five measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Frequency,
    LeadTime,
    FailRate,
    Recovery,
    Rework,
}

impl Measure {
    const ALL: [Measure; 5] =
        [Measure::Frequency, Measure::LeadTime, Measure::FailRate, Measure::Recovery, Measure::Rework];

    fn times(self, dora: &Dora) -> Option<&Middle> {
        match self {
            Measure::LeadTime => Some(&dora.lead_time),
            Measure::Recovery => Some(&dora.recovery),
            _ => None,
        }
    }

    fn rate(self, dora: &Dora) -> Option<Fraction> {
        match self {
            Measure::FailRate => Some(dora.failed),
            Measure::Rework => Some(dora.rework),
            _ => None,
        }
    }
}

/// The middle of times, where there are enough of them (rule 2).
fn median(times: &Middle) -> Option<f64> {
    times.median().filter(|_| times.n() >= ENOUGH)
}

/// Minutes as a logarithmic height.
fn height(ms: f64) -> f64 {
    (ms.max(0.0) / 60_000.0).ln_1p()
}

/// Times at which the grid of a row of times may have a line, with their names.
const MARKS: [(f64, &str); 8] = [
    (60_000.0, "1 min"),
    (600_000.0, "10 min"),
    (3_600_000.0, "1 h"),
    (21_600_000.0, "6 h"),
    (86_400_000.0, "1 day"),
    (604_800_000.0, "1 week"),
    (2_592_000_000.0, "30 days"),
    (31_536_000_000.0, "1 year"),
];

/// Per cent at which the grid of a row of rates may have a line.
const STEPS: [f64; 8] = [1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0];

struct Drawing<'a> {
    trend: &'a DeliveryTrend,
    frame: Frame<'a>,
    rows: Vec<Row>,
    named: Vec<Named>,
}

struct Row {
    measure: Measure,
    /// Columns across; a number, per cent, or the height of a time upwards.
    scale: Scale,
    /// The lines of the grid and what stands beside them.
    lines: Vec<(f64, String)>,
}

impl<'a> Drawing<'a> {
    fn lay_out(trend: &'a DeliveryTrend, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let (top, bottom) = (frame.top() + figure.px(4.0), frame.bottom(1.0));
        // A line for the numbers above the bars, and room for them to differ.
        let least = frame.sizes.axis * if frame.is_thumbnail() { 1.6 } else { 3.2 };
        let gap = if frame.is_thumbnail() { figure.px(5.0) } else { figure.px(10.0) };
        let room = bottom - top;
        let fit = ((room + gap) / (least + gap)).floor().clamp(1.0, 5.0) as usize;
        let high = ((room - gap * (fit - 1) as f64) / fit as f64).max(figure.px(4.0));
        let measures = &Measure::ALL[..fit];
        let above = if frame.is_thumbnail() { 0.0 } else { frame.sizes.axis * 1.25 };
        let mut tops = Vec::new();
        let mut widest = 0.0_f64;
        for measure in measures {
            let largest = largest(trend, *measure);
            let plot_height = (high - above).max(figure.px(3.0));
            let lines = lines(*measure, largest, plot_height, frame.sizes.axis * 1.5);
            for (_, text) in &lines {
                widest = widest.max(fonts::width(text, Weight::Regular, frame.sizes.axis)?);
            }
            tops.push((*measure, largest * high / plot_height, lines));
        }
        let left = if frame.is_thumbnail() { frame.pad } else { frame.pad + widest + figure.px(8.0) };
        let made = |right: f64| -> Result<Vec<Row>, ChartError> {
            let mut from = top;
            let mut rows = Vec::new();
            for (measure, highest, lines) in &tops {
                let plot = Area { left, top: from, right, bottom: from + high };
                let scale = Scale::new(plot, (0.0, trend.periods.len() as f64), (0.0, *highest))?;
                rows.push(Row { measure: *measure, scale, lines: lines.clone() });
                from += high + gap;
            }
            Ok(rows)
        };
        let named = named(trend, &frame, &made(figure.width - frame.pad)?);
        let most = if frame.is_thumbnail() { 0.42 } else { 0.34 };
        let rows = made(figure.width - lanes::margin(&frame, &named, most)?)?;
        Ok(Drawing { trend, frame, rows, named })
    }

    /// The middle of what a period has in a row; none where the row is not drawn.
    fn place(&self, measure: Measure, index: usize) -> Option<Point> {
        let row = self.rows.iter().find(|row| row.measure == measure)?;
        let dora = &self.trend.periods.get(index)?.dora;
        let value = match (measure.times(dora), measure.rate(dora)) {
            (Some(times), _) => times.median().map_or(0.0, height),
            (None, Some(rate)) => rate.rate().unwrap_or_default() * 100.0,
            _ => f64::from(dora.deployments),
        };
        Some(row.scale.at(index as f64 + 0.5, value))
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        figure.group("running", |_| self.running())?;
        figure.group("axes", |_| self.axes())?;
        figure.group("bars", |_| self.rows.iter().try_for_each(|row| self.bars(row)))?;
        figure.group("times", |_| self.rows.iter().try_for_each(|row| self.times(row)))?;
        figure.group("counts", |_| self.rows.iter().try_for_each(|row| self.counts(row)))?;
        figure.group("labels", |_| {
            let Some((first, last)) = self.rows.first().zip(self.rows.last()) else { return Ok(()) };
            let plot = Area { top: first.scale.plot.top, ..last.scale.plot };
            lanes::draw_margin(frame, &self.named, plot)
        })?;
        figure.group("words", |_| {
            frame.headline("Delivery", &words::finding(self.trend), &words::subtitles(self.trend))
        })
    }

    /// A shaded column for the period that is not over.
    fn running(&self) -> Result<(), ChartError> {
        let figure = self.frame.figure;
        for (index, _) in self.trend.periods.iter().enumerate().filter(|(_, period)| !period.is_over) {
            for row in &self.rows {
                let (left, top) = (row.scale.at(index as f64, 0.0).0, row.scale.plot.top);
                let right = row.scale.at(index as f64 + 1.0, 0.0).0;
                let bottom = row.scale.plot.bottom;
                figure.rect(Area { left, top, right, bottom }, figure.theme.shade)?;
            }
        }
        Ok(())
    }

    fn axes(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let letters = frame.letters(frame.sizes.axis, figure.theme.muted);
        for row in &self.rows {
            let plot = row.scale.plot;
            for (value, text) in &row.lines {
                let y = row.scale.at(0.0, *value).1;
                figure.line(&[(plot.left, y), (plot.right, y)], frame.hair(figure.theme.grid))?;
                if !frame.is_thumbnail() {
                    figure.text(text, (plot.left - figure.px(8.0), y), Side::End, letters)?;
                }
            }
            let base = [(plot.left, plot.bottom), (plot.right, plot.bottom)];
            figure.line(&base, frame.hair(figure.theme.base))?;
        }
        let Some(last) = self.rows.last() else { return Ok(()) };
        let names: Vec<String> = self.trend.periods.iter().map(words::period).collect();
        frame.draw_names(&names, &last.scale)
    }

    fn bars(&self, row: &Row) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.frame.figure, self.frame.figure.theme, row.scale.plot);
        for (index, period) in self.trend.periods.iter().enumerate() {
            let (value, is_told) = match row.measure.rate(&period.dora) {
                Some(rate) => (rate.rate().unwrap_or_default() * 100.0, rate.of as usize >= ENOUGH),
                None if row.measure == Measure::Frequency => (f64::from(period.dora.deployments), true),
                None => continue,
            };
            if value <= 0.0 {
                continue;
            }
            let (left, top) = row.scale.at(index as f64 + 0.2, value);
            let right = row.scale.at(index as f64 + 0.8, 0.0).0.max(left + 0.5);
            let color = match (is_told, row.measure) {
                (false, _) => theme.committed,
                (true, Measure::Frequency) => theme.actual,
                (true, _) => theme.scope,
            };
            figure.rect(Area { left, top, right, bottom: plot.bottom }, color)?;
        }
        Ok(())
    }

    /// Dots, and the median where it is told.
    fn times(&self, row: &Row) -> Result<(), ChartError> {
        let (frame, figure, theme) = (&self.frame, self.frame.figure, self.frame.figure.theme);
        let column = row.scale.at(1.0, 0.0).0 - row.scale.at(0.0, 0.0).0;
        let mut drawn = HashSet::new();
        for (index, period) in self.trend.periods.iter().enumerate() {
            let Some(times) = row.measure.times(&period.dora) else { continue };
            let is_told = median(times).is_some();
            let (radius, part) = match (is_told, frame.is_thumbnail()) {
                (true, true) => (1.0, 0.12),
                (true, false) => (1.75, 0.12),
                (false, true) => (2.0, 0.3),
                (false, false) => (3.0, 0.3),
            };
            // Dots of narrow columns are smaller, so that they stay in theirs.
            let radius = figure.stroke_px(radius).min(column * part).max(0.5);
            let color = if is_told { theme.bands[1] } else { theme.actual };
            for (turn, ms) in times.all.iter().enumerate() {
                let (x, y) = row.scale.at(index as f64 + 0.5, height(*ms as f64));
                // Neighbours in time stand beside each other, in a repeating order.
                let across = [0.0, -0.18, 0.18, -0.09, 0.09][turn % 5] * column.min(figure.px(60.0));
                let at = (x + if is_told { across } else { 0.0 }, y.min(row.scale.plot.bottom));
                if drawn.insert((at.0.round() as i64, at.1.round() as i64)) {
                    figure.circle(at, radius, color)?;
                }
            }
            if let Some(median) = median(times) {
                let (left, y) = row.scale.at(index as f64 + 0.2, height(median));
                let right = row.scale.at(index as f64 + 0.8, 0.0).0.max(left + 1.0);
                let stroke = Stroke { color: theme.actual, width: figure.stroke_px(2.75), dash: None };
                figure.line(&[(left, y), (right, y)], stroke)?;
            }
        }
        Ok(())
    }

    /// How many each figure stands on, above the row, where all of them fit; else above none.
    fn counts(&self, row: &Row) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        if frame.is_thumbnail() {
            return Ok(());
        }
        let size = frame.sizes.axis;
        let column = row.scale.at(1.0, 0.0).0 - row.scale.at(0.0, 0.0).0;
        let texts: Vec<String> =
            self.trend.periods.iter().map(|period| words::count(row.measure, &period.dora)).collect();
        for text in &texts {
            if fonts::width(text, Weight::Regular, size)? > column - figure.px(4.0) {
                return Ok(());
            }
        }
        let letters = Letters { rim: true, ..frame.letters(size, figure.theme.muted) };
        let y = row.scale.plot.top + size * 0.55;
        for (index, text) in texts.iter().enumerate() {
            figure.text(text, (row.scale.at(index as f64 + 0.5, 0.0).0, y), Side::Middle, letters)?;
        }
        Ok(())
    }
}

/// The highest value that a row shows, never 0.
fn largest(trend: &DeliveryTrend, measure: Measure) -> f64 {
    let of = |period: &DeliveryPeriod| match (measure.times(&period.dora), measure.rate(&period.dora)) {
        (Some(times), _) => times.all.last().map_or(0.0, |ms| height(*ms as f64)),
        (None, Some(rate)) => rate.rate().unwrap_or_default() * 100.0,
        _ => f64::from(period.dora.deployments),
    };
    let largest = trend.periods.iter().map(of).fold(0.0_f64, f64::max);
    let usual = match measure {
        Measure::Frequency => 1.0,
        Measure::LeadTime | Measure::Recovery => height(3_600_000.0),
        Measure::FailRate | Measure::Rework => 10.0,
    };
    if largest > 0.0 { largest.max(usual * 0.2) } else { usual }
}

/// The lines of a row's grid: the highest that fits, and more where they stand apart.
fn lines(measure: Measure, largest: f64, high: f64, apart: f64) -> Vec<(f64, String)> {
    let per_unit = high / largest;
    match measure {
        Measure::LeadTime | Measure::Recovery => {
            let mut lines: Vec<(f64, String)> = Vec::new();
            let mut last = 0.0;
            for (ms, name) in MARKS {
                let value = height(ms);
                if value <= largest && (value - last) * per_unit >= apart {
                    lines.push((value, name.to_owned()));
                    last = value;
                }
            }
            lines
        }
        Measure::Frequency => {
            let count = ((high / apart).floor() as usize).max(1);
            let steps = crate::ticks::numbers(largest, largest, count, 1.0);
            steps
                .into_iter()
                .filter(|step| *step > 0.0)
                .map(|step| (step, crate::ticks::number(step)))
                .collect()
        }
        Measure::FailRate | Measure::Rework => {
            let step = STEPS.into_iter().find(|step| step * per_unit >= apart).unwrap_or(100.0);
            let count = (largest / step + 1e-9).floor().clamp(0.0, 20.0) as u32;
            (1..=count)
                .map(|n| (f64::from(n) * step, format!("{} %", crate::ticks::plain(f64::from(n) * step))))
                .collect()
        }
    }
}

/// The name of each row with its figure of the latest period that had deployments.
fn named(trend: &DeliveryTrend, frame: &Frame<'_>, rows: &[Row]) -> Vec<Named> {
    let theme = frame.figure.theme;
    let name = |row: &Row| {
        let plot = row.scale.plot;
        let last = words::last(trend).and_then(|period| words::figure(row.measure, period));
        let name = words::name(row.measure);
        Named {
            y: (plot.top + plot.bottom) / 2.0,
            text: last.map_or_else(|| name.to_owned(), |last| format!("{name}: {last}")),
            short: name.to_owned(),
            square: None,
            color: theme.ink,
            strong: row.measure == Measure::Frequency,
        }
    };
    rows.iter().map(name).collect()
}
