//! Work in progress and its age, a mark an item, against the times that finished items took.
//!
//! 1. Each state has a column with its name and the number of its items below; a mark stands at its item's age.
//! 2. The ground grows warmer from one percentile of the finished items' times to the next; the lines are labelled in
//!    the margin, that of 85 % is the strong one.
//! 3. The oldest items are named, in a small picture the oldest one only by the title.

mod words;

use crate::fig::{Figure, Scale};
use crate::frame::{Detail, Frame, MarginLabel, Numbers};
use crate::place::{Area, Placer, Point};
use crate::theme::Theme;
use crate::times::{self, Heights};
use crate::{Chart, ChartError, Size, flow_words};
use domain::flow::{Ageing, AgeingItem};
use plotters::style::RGBColor;
use std::collections::HashMap;

/// The work in progress with its age as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on.
pub fn ageing(ageing: &Ageing, theme: &Theme, size: Size, id_prefix: &str) -> Result<Chart, ChartError> {
    let figure = Figure::new(theme, size)?;
    let (title, description) = (words::title(ageing), words::description(ageing));
    let drawing = Drawing::lay_out(ageing, &figure)?;
    drawing.draw()?;
    let points = words::points(ageing, &drawing.marks);
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(ageing), points })
}

/// An ageing chart with everything measured.
struct Drawing<'a> {
    ageing: &'a Ageing,
    figure: &'a Figure<'a>,
    frame: Frame<'a>,
    heights: Heights,
    scale: Scale,
    numbers: Numbers,
    labels: Vec<MarginLabel>,
    /// Each item with the place of its mark, column by column.
    marks: Vec<(&'a AgeingItem, Point)>,
    radius: f64,
}

impl<'a> Drawing<'a> {
    fn lay_out(ageing: &'a Ageing, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let items = || ageing.columns.iter().flat_map(|column| &column.items);
        let oldest = items().map(|item| item.days).max().unwrap_or(0);
        let longest = oldest.max(ageing.percentile(95).unwrap_or(0));
        let heights = Heights::of(longest, ageing.percentile(85));
        let top = frame.top();
        let bottom = frame.bottom(1.0);
        let numbers = heights.numbers(&frame, bottom - top)?;
        let margin = frame.margin(&times::percentile_labels(&frame, &ageing.percentiles, |_| 0.0))?;
        let plot = Area { left: numbers.left, top, right: figure.width - margin, bottom };
        let columns = ageing.columns.len().max(1) as f64;
        let scale = Scale::new(plot, (0.0, columns), (0.0, heights.top()))?;
        let labels =
            times::percentile_labels(&frame, &ageing.percentiles, |days| scale.at(0.0, heights.at(days)).1);
        let radius = figure.stroke_px(match (frame.detail, items().count()) {
            (Detail::Thumbnail, _) => 2.25,
            (_, ..=120) => 4.5,
            _ => 3.0,
        });
        let marks = marks(ageing, &scale, heights, radius);
        Ok(Drawing { ageing, figure, frame, heights, scale, numbers, labels, marks, radius })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (figure, plot, ageing) = (self.figure, self.scale.plot, self.ageing);
        figure.group("zones", |_| self.draw_zones())?;
        figure.group("axes", |_| {
            self.frame.draw_numbers_as(&self.numbers, &self.scale, |height| self.heights.written(height))?;
            let names: Vec<String> = ageing.columns.iter().map(words::column).collect();
            self.frame.draw_names(&names, &self.scale)?;
            let edges = 1..ageing.columns.len();
            for edge in edges {
                let x = self.scale.at(edge as f64, 0.0).0;
                figure.line(&[(x, plot.top), (x, plot.bottom)], self.frame.hair(figure.theme.grid))?;
            }
            Ok(())
        })?;
        figure.group("percentiles", |_| {
            times::percentile_lines(&self.frame, &ageing.percentiles, plot, |days| self.y(days))
        })?;
        figure.group("items", |figure| {
            for (item, at) in &self.marks {
                times::mark(figure, item.item.kind, *at, self.radius, true)?;
            }
            Ok(())
        })?;
        figure.group("labels", |_| {
            self.frame.draw_margin(&self.labels, plot)?;
            self.name_oldest()
        })?;
        figure.group("words", |_| {
            let subtitles = words::subtitles(ageing, self.heights.is_logarithmic());
            flow_words::headline(&self.frame, &words::findings(ageing), &subtitles)
        })
    }

    fn y(&self, days: u32) -> f64 {
        self.scale.at(0.0, self.heights.at(days)).1
    }

    /// The ground between one percentile and the next, the warmer the older.
    fn draw_zones(&self) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, self.scale.plot);
        for (step, known) in self.ageing.percentiles.iter().enumerate() {
            let next = self.ageing.percentiles.get(step + 1);
            let (top, bottom) = (next.map_or(plot.top, |next| self.y(next.days)), self.y(known.days));
            if top < bottom {
                let color = mixed(theme.ground, theme.working[0], 0.08 + 0.09 * step as f64);
                figure.rect(Area { left: plot.left, right: plot.right, top, bottom }, color)?;
            }
        }
        Ok(())
    }

    /// The names of the oldest items: those above 85 %, or the oldest one.
    fn name_oldest(&self) -> Result<(), ChartError> {
        let most = match self.frame.detail {
            Detail::Thumbnail => return Ok(()),
            Detail::Compact => 3,
            Detail::Full => 6,
        };
        let mut oldest: Vec<&(&AgeingItem, Point)> = self.marks.iter().collect();
        oldest.sort_by_key(|(item, _)| (item.begun, item.item.id));
        let line = self.ageing.percentile(85);
        let above = oldest.iter().filter(|(item, _)| line.is_some_and(|line| item.days > line)).count();
        let named: Vec<(Point, String)> = oldest
            .into_iter()
            .take(above.clamp(1, most))
            .map(|(item, at)| (*at, words::oldest(item)))
            .collect();
        let (figure, plot) = (self.figure, self.scale.plot);
        let mut placer = Placer::new(plot.grown(-figure.px(1.0)), figure.px(1.0));
        for known in &self.ageing.percentiles {
            let y = self.y(known.days);
            placer.avoid(&[(plot.left, y), (plot.right, y)], 4.0);
        }
        for (_, at) in self.marks.iter().take(1_000) {
            placer.avoid(&[(at.0 - self.radius, at.1), (at.0 + self.radius, at.1)], 8.0);
        }
        times::name_marks(&self.frame, &mut placer, &named, self.radius)
    }
}

/// Where each mark stands: in its column, beside those of the same age.
fn marks<'a>(
    ageing: &'a Ageing,
    scale: &Scale,
    heights: Heights,
    radius: f64,
) -> Vec<(&'a AgeingItem, Point)> {
    let width = (scale.plot.right - scale.plot.left) / ageing.columns.len().max(1) as f64;
    let mut marks = Vec::new();
    for (column, of) in ageing.columns.iter().enumerate() {
        let mut together: HashMap<u32, usize> = HashMap::new();
        for item in &of.items {
            *together.entry(item.days).or_default() += 1;
        }
        let mut turns: HashMap<u32, usize> = HashMap::new();
        for item in &of.items {
            let turn = turns.entry(item.days).or_default();
            let count = together.get(&item.days).copied().unwrap_or(1);
            let (x, y) = scale.at(column as f64 + 0.5, heights.at(item.days));
            marks.push((item, (x + times::beside(*turn, count, radius, width), y)));
            *turn += 1;
        }
    }
    marks
}

/// A colour with so much of another.
fn mixed(color: RGBColor, other: RGBColor, part: f64) -> RGBColor {
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    RGBColor(mix(color.0, other.0), mix(color.1, other.1), mix(color.2, other.2))
}
