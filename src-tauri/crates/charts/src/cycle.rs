//! Cycle times: how long each finished item took, a mark an item.
//!
//! 1. A mark stands in the column of the day on which its item was finished, at the height of its cycle time; its shape
//!    is its kind of work.
//! 2. Level lines are the percentiles, labelled in the margin; that of 85 % is the strong one.
//! 3. The longest items above 95 % are named.
//! 4. Items that were never in progress have no cycle time and no mark; they are said in the sub-title.

mod words;

use crate::fig::{Figure, Scale};
use crate::frame::{AxisDay, DayAxis, Detail, Frame, MarginLabel, Numbers};
use crate::place::{Area, Placer, Point};
use crate::theme::Theme;
use crate::times::{self, Heights};
use crate::{Chart, ChartError, Size, flow_words};
use domain::flow::CycleTimes;
use std::collections::HashSet;

/// The cycle times as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no day.
pub fn cycle_times(
    cycle: &CycleTimes,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if cycle.days.is_empty() {
        return Err(ChartError::NoDays);
    }
    let figure = Figure::new(theme, size)?;
    let (title, description) = (words::title(cycle), words::description(cycle));
    let drawing = Drawing::lay_out(cycle, &figure)?;
    drawing.draw()?;
    let names = words::names(cycle);
    let points = words::points(cycle, &names, &drawing.marks);
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(cycle, &names), points })
}

/// Cycle times with everything measured.
struct Drawing<'a> {
    cycle: &'a CycleTimes,
    figure: &'a Figure<'a>,
    frame: Frame<'a>,
    heights: Heights,
    scale: Scale,
    numbers: Numbers,
    days: DayAxis,
    labels: Vec<MarginLabel>,
    /// Where each item's mark stands.
    marks: Vec<Point>,
    radius: f64,
}

impl<'a> Drawing<'a> {
    fn lay_out(cycle: &'a CycleTimes, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let longest = cycle.dots.iter().map(|dot| dot.days).max().unwrap_or(0);
        let longest = longest.max(cycle.percentile(95).unwrap_or(0));
        let heights = Heights::of(longest, cycle.percentile(85));
        let top = frame.top();
        let numbers = heights.numbers(&frame, frame.bottom(1.0) - top)?;
        let margin = frame.margin(&times::percentile_labels(&frame, &cycle.percentiles, |_| 0.0))?;
        let (left, right) = (numbers.left, figure.width - margin);
        let columns = cycle.days.iter().map(|day| AxisDay { day: *day, off: false }).collect();
        let days = frame.days(columns, right - left)?;
        let plot = Area { left, top, right, bottom: frame.bottom(days.rows()) };
        let scale = Scale::new(plot, (0.0, cycle.days.len() as f64), (0.0, heights.top()))?;
        let labels =
            times::percentile_labels(&frame, &cycle.percentiles, |days| scale.at(0.0, heights.at(days)).1);
        let radius = figure.stroke_px(match (frame.detail, cycle.dots.len()) {
            (Detail::Thumbnail, ..=150) => 2.0,
            (Detail::Thumbnail, _) => 1.25,
            (_, ..=300) => 3.75,
            (_, ..=1_500) => 2.5,
            _ => 1.75,
        });
        let marks = marks(cycle, &scale, heights, radius);
        Ok(Drawing { cycle, figure, frame, heights, scale, numbers, days, labels, marks, radius })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (figure, plot, cycle) = (self.figure, self.scale.plot, self.cycle);
        figure.group("axes", |_| {
            self.frame.draw_numbers_as(&self.numbers, &self.scale, |height| self.heights.written(height))?;
            let room = if self.labels.is_empty() { figure.width - figure.px(2.0) } else { plot.right };
            self.frame.draw_days(&self.days, &self.scale, room)
        })?;
        figure.group("percentiles", |_| {
            times::percentile_lines(&self.frame, &cycle.percentiles, plot, |days| self.y(days))
        })?;
        figure.group("items", |_| self.draw_marks())?;
        figure.group("labels", |_| {
            self.frame.draw_margin(&self.labels, plot)?;
            self.name_longest()
        })?;
        figure.group("words", |_| {
            let subtitles = words::subtitles(cycle, self.heights.is_logarithmic());
            flow_words::headline(&self.frame, &words::findings(cycle), &subtitles)
        })
    }

    fn y(&self, days: u32) -> f64 {
        self.scale.at(0.0, self.heights.at(days)).1
    }

    fn draw_marks(&self) -> Result<(), ChartError> {
        let has_rim = self.cycle.dots.len() <= 400;
        let mut drawn = HashSet::with_capacity(self.marks.len());
        for (dot, at) in self.cycle.dots.iter().zip(&self.marks) {
            // What would cover the same pixel with the same shape is drawn once.
            if drawn.insert((at.0.round() as i64, at.1.round() as i64, dot.item.kind)) {
                times::mark(self.figure, dot.item.kind, *at, self.radius, has_rim)?;
            }
        }
        Ok(())
    }

    /// The names of the longest items, those above 95 %.
    fn name_longest(&self) -> Result<(), ChartError> {
        let most = match self.frame.detail {
            Detail::Thumbnail => return Ok(()),
            Detail::Compact => 2,
            Detail::Full => 5,
        };
        let longest: Vec<(Point, String)> = longest(self.cycle)
            .into_iter()
            .take(most)
            .filter_map(|at| Some((*self.marks.get(at)?, words::outlier(self.cycle.dots.get(at)?))))
            .collect();
        let figure = self.figure;
        let mut placer = Placer::new(self.scale.plot.grown(-figure.px(1.0)), figure.px(1.0));
        for known in &self.cycle.percentiles {
            let y = self.y(known.days);
            placer.avoid(&[(self.scale.plot.left, y), (self.scale.plot.right, y)], 6.0);
        }
        // Marks near a name are small lines to keep clear of; only the higher ones can be near.
        if let Some(lowest) = longest.iter().map(|(at, _)| at.1).reduce(f64::max) {
            let near = lowest + 4.0 * self.frame.sizes.label;
            for at in self.marks.iter().filter(|at| at.1 <= near).take(1_000) {
                placer.avoid(&[(at.0 - self.radius, at.1), (at.0 + self.radius, at.1)], 4.0);
            }
        }
        times::name_marks(&self.frame, &mut placer, &longest, self.radius)
    }
}

/// The items above 95 %, the longest first, as places among the dots; the longest alone where there is no such line.
fn longest(cycle: &CycleTimes) -> Vec<usize> {
    let mut order: Vec<usize> = (0..cycle.dots.len()).collect();
    let days = |at: &usize| cycle.dots.get(*at).map_or(0, |dot| dot.days);
    order.sort_by_key(|at| std::cmp::Reverse(days(at)));
    match cycle.percentile(95) {
        Some(line) => order.retain(|at| days(at) > line),
        None => order.clear(),
    }
    order
}

/// Where each mark stands: in the column of its day, beside those of the same day and time.
fn marks(cycle: &CycleTimes, scale: &Scale, heights: Heights, radius: f64) -> Vec<Point> {
    let column = (scale.plot.right - scale.plot.left) / cycle.days.len().max(1) as f64;
    let Some(first) = cycle.days.first().copied() else { return Vec::new() };
    let place = |at: &usize| cycle.dots.get(*at).map(|dot| (dot.done, dot.days));
    let mut order: Vec<usize> = (0..cycle.dots.len()).collect();
    order.sort_by_key(place);
    let mut marks = vec![(0.0, 0.0); cycle.dots.len()];
    for together in order.chunk_by(|a, b| place(a) == place(b)) {
        let Some((done, days)) = together.first().and_then(place) else { continue };
        let (x, y) = scale.at(first.days_until(done) as f64 + 0.5, heights.at(days));
        for (turn, at) in together.iter().enumerate() {
            let across = times::beside(turn, together.len(), radius, column);
            if let Some(mark) = marks.get_mut(*at) {
                *mark = ((x + across).clamp(scale.plot.left, scale.plot.right), y);
            }
        }
    }
    marks
}
