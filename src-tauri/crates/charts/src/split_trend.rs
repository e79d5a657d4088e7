//! The split over Sprints: a row for each lane, what was planned, committed and done in it, Sprint by Sprint.
//!
//! 1. All rows have one scale, and each is as high as its lane ever needs; so parts can be compared across rows.
//! 2. In a row a thin grey bar is what was committed, the coloured one what was done, the dark line what was planned.
//! 3. A Sprint of which the split is not known is a shaded column with a question mark, in all rows.
//!    Where none is known, the plot says why, and what tells it.
//! 4. Each row is named in the margin, with the last figure that is known.

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::Frame;
use crate::lanes::{self, Named};
use crate::load::runs;
use crate::place::{Area, Point};
use crate::theme::Theme;
use crate::ticks;
use crate::velocity::narrowed;
use crate::{Chart, ChartError, Size};
use domain::flow::{LaneShares, LaneTrend, LaneTrendSprint, NoSplit};
use domain::measures::Share;

mod words;

/// The split over Sprints as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no Sprint.
pub fn split_trend(
    trend: &LaneTrend,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if trend.sprints.is_empty() {
        return Err(ChartError::NoDays);
    }
    let figure = Figure::new(theme, size)?;
    let drawing = Drawing::lay_out(trend, &figure)?;
    drawing.draw()?;
    let (title, description) = (words::title(trend), words::description(trend));
    let points = words::points(trend, |row, index, value| drawing.at(row, index, value));
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(trend), points })
}

/// Where in its column the commitment and what was done stand, in parts of its width.
const COMMITTED: (f64, f64) = (0.14, 0.30);
const DONE: (f64, f64) = (0.33, 0.86);

struct Drawing<'a> {
    trend: &'a LaneTrend,
    frame: Frame<'a>,
    /// A scale for each lane that has a row: columns across, per cent upwards.
    rows: Vec<Row>,
    /// Per cent between two lines of the grid.
    step: f64,
    named: Vec<Named>,
}

struct Row {
    /// The place of its lane in the trend.
    lane: usize,
    scale: Scale,
    high: f64,
}

fn percent_of(share: Share) -> f64 {
    (share.in_basis_points() as f64 / 100.0).clamp(0.0, 1_000.0)
}

/// What a lane has of a Sprint; none where it is not known, or where the Sprint did not have the lane.
fn part(sprint: &LaneTrendSprint, lane: usize) -> Option<&LaneShares> {
    sprint.lanes.as_ref().ok()?.get(lane)?.as_ref()
}

impl<'a> Drawing<'a> {
    fn lay_out(trend: &'a LaneTrend, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let (top, bottom) = (frame.top() + figure.px(6.0), frame.bottom(1.0));
        let highest = |lane: usize| {
            let parts = trend.sprints.iter().filter_map(|sprint| part(sprint, lane));
            let shares = parts.flat_map(|part| [Some(part.planned), part.committed.share, part.actual.share]);
            shares.flatten().map(percent_of).fold(0.0_f64, f64::max)
        };
        let mut highs: Vec<(usize, f64)> = (0..trend.lanes.len()).map(|lane| (lane, highest(lane))).collect();
        highs.retain(|(_, high)| *high > 0.0);
        if highs.is_empty() {
            highs.push((0, 1.0));
        }
        // More rows than can be told apart are left to the table, the smallest first.
        let least = frame.sizes.label * 1.5;
        let most = (((bottom - top) / (2.2 * least)).floor() as usize).max(1);
        while highs.len() > most {
            let smallest = highs.iter().enumerate().min_by(|(_, a), (_, b)| a.1.total_cmp(&b.1));
            let Some((place, _)) = smallest else { break };
            highs.remove(place);
        }
        let gap = if frame.is_thumbnail() { figure.px(4.0) } else { figure.px(9.0) };
        let room = (bottom - top - gap * (highs.len() - 1) as f64).max(figure.px(4.0));
        // A row is high enough for its name, whatever its lane needs.
        let sum: f64 = highs.iter().map(|(_, high)| high).sum();
        let tallest = highs.iter().map(|(_, high)| *high).fold(0.0_f64, f64::max);
        let floor = (tallest * 0.22).max(sum * least / room.max(least)).min(sum / highs.len() as f64);
        for (_, high) in &mut highs {
            *high = high.max(floor) * 1.06;
        }
        let sum: f64 = highs.iter().map(|(_, high)| high).sum();
        let per_percent = room / sum;
        let step = [5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0]
            .into_iter()
            .find(|step| step * per_percent >= frame.sizes.axis * 2.4)
            .unwrap_or(1_000.0);
        let widest = fonts::width(
            &format!("{} %", ticks::plain(tallest.max(step))),
            Weight::Regular,
            frame.sizes.axis,
        )?;
        let left = if frame.is_thumbnail() { frame.pad } else { frame.pad + widest + figure.px(8.0) };
        let made = |right: f64| -> Result<Vec<Row>, ChartError> {
            let mut from = top;
            let mut rows = Vec::new();
            for (lane, high) in &highs {
                let to = from + high * per_percent;
                let plot = Area { left, top: from, right, bottom: to };
                let scale = Scale::new(plot, (0.0, trend.sprints.len() as f64), (0.0, *high))?;
                rows.push(Row { lane: *lane, scale, high: *high });
                from = to + gap;
            }
            Ok(rows)
        };
        let named = named(trend, &frame, &made(figure.width - frame.pad)?);
        let most = if frame.is_thumbnail() { 0.36 } else { 0.3 };
        let rows = made(figure.width - lanes::margin(&frame, &named, most)?)?;
        Ok(Drawing { trend, frame, rows, step, named })
    }

    /// The middle of a value in a row, held inside it; none where the lane has no row.
    fn at(&self, lane: usize, index: usize, value: f64) -> Option<Point> {
        let row = self.rows.iter().find(|row| row.lane == lane)?;
        Some(row.scale.at(index as f64 + 0.5, value))
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        figure.group("unknown", |_| self.unknown())?;
        figure.group("axes", |_| self.axes())?;
        figure.group("committed", |_| self.bars(COMMITTED, |part| part.committed.share))?;
        figure.group("done", |_| self.bars(DONE, |part| part.actual.share))?;
        figure.group("planned", |_| self.planned())?;
        figure.group("at-least", |_| self.at_least())?;
        figure.group("labels", |_| {
            let Some((first, last)) = self.rows.first().zip(self.rows.last()) else { return Ok(()) };
            let plot = Area { top: first.scale.plot.top, ..last.scale.plot };
            lanes::draw_margin(frame, &self.named, plot)
        })?;
        figure.group("words", |_| {
            frame.headline("Split", &words::finding(self.trend), &words::subtitles(self.trend))
        })
    }

    /// Shaded columns through all rows, neighbours as one, with a question mark in the first row.
    fn unknown(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let Some((first, last)) = self.rows.first().zip(self.rows.last()) else { return Ok(()) };
        let size = frame.sizes.label;
        for (from, to) in runs(self.trend.sprints.iter().map(|sprint| sprint.lanes.is_err())) {
            let (left, top) = (first.scale.at(from as f64 + 0.06, 0.0).0, first.scale.plot.top);
            let right = first.scale.at(to as f64 + 0.94, 0.0).0;
            let area = Area { left, top, right, bottom: last.scale.plot.bottom };
            figure.rect(area, figure.theme.shade)?;
            if to - from + 1 == self.trend.sprints.len() {
                return self.nothing(area);
            }
            if right - left > size {
                let (x, y) = ((left + right) / 2.0, first.scale.plot.bottom - size * 0.8);
                figure.text("?", (x, y), Side::Middle, frame.letters(size, figure.theme.muted))?;
            }
        }
        Ok(())
    }

    /// Why nothing is told, and what tells it, in the middle of the plot.
    fn nothing(&self, area: Area) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let size = frame.sizes.label;
        let only_totals = |sprint: &LaneTrendSprint| sprint.lanes == Err(NoSplit::OnlyTotals);
        let lines = if self.trend.sprints.iter().any(only_totals) {
            ["Only totals are known.", "The next Sprints tell it."]
        } else {
            ["It is not known in hours.", "Count points or items instead."]
        };
        let (x, y) = area.middle();
        for (line, text) in lines.iter().enumerate() {
            let text = fonts::shorten(text, Weight::Regular, size, area.right - area.left - figure.px(8.0))?;
            let y = y + (line as f64 - 0.5) * size * 1.5;
            figure.text(&text, (x, y), Side::Middle, frame.letters(size, figure.theme.muted))?;
        }
        Ok(())
    }

    /// The grid and base line of each row, the names below the last.
    fn axes(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let letters = frame.letters(frame.sizes.axis, figure.theme.muted);
        let mut above: Option<f64> = None;
        for row in &self.rows {
            let plot = row.scale.plot;
            let mut value = 0.0;
            while value < row.high {
                let y = row.scale.at(0.0, value).1;
                if value > 0.0 {
                    figure.line(&[(plot.left, y), (plot.right, y)], frame.hair(figure.theme.grid))?;
                }
                // A number has no room right below the 0 of the row above.
                let is_free = above.is_none_or(|above| y - above >= frame.sizes.axis * 1.2);
                if !frame.is_thumbnail() && is_free {
                    let text = format!("{} %", ticks::plain(value));
                    figure.text(&text, (plot.left - figure.px(8.0), y), Side::End, letters)?;
                }
                value += self.step;
            }
            above = Some(plot.bottom);
            figure.line(
                &[(plot.left, plot.bottom), (plot.right, plot.bottom)],
                frame.hair(figure.theme.base),
            )?;
        }
        let Some(last) = self.rows.last() else { return Ok(()) };
        let names: Vec<String> = self.trend.sprints.iter().map(words::sprint).collect();
        frame.draw_names(&names, &last.scale)
    }

    fn bars(
        &self,
        (from, to): (f64, f64),
        share: impl Fn(&LaneShares) -> Option<Share>,
    ) -> Result<(), ChartError> {
        let figure = self.frame.figure;
        for row in &self.rows {
            let Some(lane) = self.trend.lanes.get(row.lane) else { continue };
            let done = lanes::color(figure.theme, lane.place, lane.lane.is_none());
            let color = if from == COMMITTED.0 { figure.theme.committed } else { done };
            for (index, sprint) in self.trend.sprints.iter().enumerate() {
                let Some(share) = part(sprint, row.lane).and_then(&share) else { continue };
                if share == Share::ZERO {
                    continue;
                }
                let plot = row.scale.plot;
                let column = (plot.right - plot.left) / self.trend.sprints.len() as f64;
                let narrow = narrowed(figure, column);
                let (left, top) = row.scale.at(index as f64 + narrow(from), percent_of(share));
                let right = row.scale.at(index as f64 + narrow(to), 0.0).0.max(left + 0.5);
                figure.rect(Area { left, top, right, bottom: row.scale.plot.bottom }, color)?;
            }
        }
        Ok(())
    }

    /// A question mark on the buffer's bar of a Sprint that took more than is known.
    fn at_least(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let size = frame.sizes.label;
        for row in &self.rows {
            if !self.trend.lanes.get(row.lane).is_some_and(|lane| lane.is_buffer) || frame.is_thumbnail() {
                continue;
            }
            let plot = row.scale.plot;
            let column = (plot.right - plot.left) / self.trend.sprints.len() as f64;
            if column < size || plot.bottom - plot.top < size * 1.4 {
                continue;
            }
            for (index, sprint) in self.trend.sprints.iter().enumerate() {
                let Some(part) = part(sprint, row.lane).filter(|_| sprint.unknown > 0) else { continue };
                let value = part.actual.share.map_or(0.0, percent_of);
                let place = narrowed(figure, column)((DONE.0 + DONE.1) / 2.0);
                let (x, y) = row.scale.at(index as f64 + place, value);
                let y = (y - size * 0.7).max(plot.top + size * 0.6);
                let letters = Letters { rim: true, ..frame.letters(size, figure.theme.muted) };
                figure.text("?", (x, y), Side::Middle, letters)?;
            }
        }
        Ok(())
    }

    /// The line of what was planned: level over each Sprint that knows it, with gaps.
    fn planned(&self) -> Result<(), ChartError> {
        let figure = self.frame.figure;
        let stroke = Stroke { color: figure.theme.ink, width: figure.stroke_px(1.25), dash: None };
        for row in &self.rows {
            let mut line: Vec<Point> = Vec::new();
            for (index, sprint) in self.trend.sprints.iter().enumerate() {
                match part(sprint, row.lane) {
                    Some(part) => {
                        let value = percent_of(part.planned);
                        line.push(row.scale.at(index as f64 + 0.04, value));
                        line.push(row.scale.at(index as f64 + 0.96, value));
                    }
                    None => {
                        figure.line(&line, stroke)?;
                        line.clear();
                    }
                }
            }
            if !line.is_empty() {
                figure.line(&line, stroke)?;
            }
        }
        Ok(())
    }
}

/// The name of each row, with what was done of it last.
fn named(trend: &LaneTrend, frame: &Frame<'_>, rows: &[Row]) -> Vec<Named> {
    let theme = frame.figure.theme;
    let farthest = words::farthest(trend).map(|far| far.lane);
    let name = |row: &Row| {
        let lane = trend.lanes.get(row.lane)?;
        let last = trend.sprints.iter().rev().find_map(|sprint| part(sprint, row.lane)?.actual.share);
        let name = lanes::name(&lane.name, lane.lane.is_none());
        let plot = row.scale.plot;
        Some(Named {
            y: (plot.top + plot.bottom) / 2.0,
            text: last.map_or_else(|| name.clone(), |last| format!("{name} {}", crate::words::percent(last))),
            short: name,
            square: Some(lanes::color(theme, lane.place, lane.lane.is_none())),
            color: theme.ink,
            strong: farthest == Some(row.lane),
        })
    };
    rows.iter().filter_map(name).collect()
}
