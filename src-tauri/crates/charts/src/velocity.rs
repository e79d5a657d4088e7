//! Velocity: what was committed beside what was completed, Sprint by Sprint.
//!
//! 1. A thin grey bar is the commitment, the stacked one beside it what the planned lanes completed, with its number;
//!    a hollow diamond above is the total with what came through the buffer.
//! 2. Behind the bars lie the range and the median, dashed. Lanes are named in the margin.
//! 3. A Sprint known by totals has one pale bar. Where nothing is known, a question mark stands in its place: no bar is
//!    not a bar of nothing.
//! 4. Where the columns are narrow, numbers that do not fit are left to hover and table.

mod words;

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{Frame, Numbers};
use crate::lanes::{self, Named};
use crate::load::runs;
use crate::place::{Area, Point};
use crate::theme::Theme;
use crate::ticks::plain;
use crate::{Chart, ChartError, Size};
use domain::flow::{Unit, Velocity, VelocitySprint};
use plotters::style::RGBColor;

/// The velocity as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no Sprint.
pub fn velocity(
    velocity: &Velocity,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if velocity.sprints.is_empty() {
        return Err(ChartError::NoDays);
    }
    let figure = Figure::new(theme, size)?;
    let drawing = Drawing::lay_out(velocity, &figure)?;
    drawing.draw()?;
    let (title, description) = (words::title(velocity), words::description(velocity));
    let points = words::points(velocity, |index, value| drawing.scale.at(index as f64 + 0.5, value));
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(velocity), points })
}

/// A velocity with everything measured.
struct Drawing<'a> {
    velocity: &'a Velocity,
    frame: Frame<'a>,
    scale: Scale,
    numbers: Numbers,
    /// What stands in the margin.
    named: Vec<Named>,
}

/// Where in its column the commitment and what was completed stand, in parts of its width.
const COMMITTED: (f64, f64) = (0.14, 0.30);
const COMPLETED: (f64, f64) = (0.33, 0.86);

impl<'a> Drawing<'a> {
    fn lay_out(velocity: &'a Velocity, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let values = velocity.sprints.iter().flat_map(|one| [one.committed, one.completed, one.total]);
        let high = values.flatten().map(|size| size.in_points()).fold(0.0_f64, f64::max);
        let low = velocity.sprints.iter().filter_map(|one| one.completed).map(|size| size.in_points());
        let low = low.fold(0.0_f64, f64::min);
        let high = if high <= 0.0 { 1.0_f64.max(-0.2 * low) } else { high.max(-0.2 * low) };
        let (top, bottom) = (frame.top(), frame.bottom(1.0));
        let whole = velocity.unit == Unit::Items || high >= 3.0;
        let numbers = frame.numbers((low, high), bottom - top, if whole { 1.0 } else { 0.1 })?;
        // Above the highest bar its number has room.
        let room = frame.sizes.label * 1.3 / (bottom - top).max(1.0);
        let range = (low, high * (1.04 + room));
        let made = |right: f64| {
            let plot = Area { left: numbers.left, top, right, bottom };
            Scale::new(plot, (0.0, velocity.sprints.len() as f64), range)
        };
        // Heights do not depend on the margin: the names are placed first, then the margin is as wide as they need.
        let named = named(velocity, &frame, &made(figure.width - frame.pad)?);
        let most = if frame.is_thumbnail() { 0.3 } else { 0.25 };
        let scale = made(figure.width - lanes::margin(&frame, &named, most)?)?;
        Ok(Drawing { velocity, frame, scale, numbers, named })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        figure.group("range", |_| self.range())?;
        figure.group("axes", |_| {
            frame.draw_numbers(&self.numbers, &self.scale)?;
            let names: Vec<String> = self.velocity.sprints.iter().map(words::sprint).collect();
            frame.draw_names(&names, &self.scale)
        })?;
        figure.group("median", |_| self.median())?;
        figure.group("committed", |_| self.each(Drawing::committed))?;
        figure.group("completed", |_| self.each(Drawing::completed))?;
        figure.group("total", |_| self.each(Drawing::total))?;
        figure.group("labels", |_| {
            self.unknown()?;
            self.each(Drawing::number)?;
            lanes::draw_margin(frame, &self.named, self.scale.plot)
        })?;
        figure.group("words", |_| {
            frame.headline("Velocity", &words::finding(self.velocity), &words::subtitles(self.velocity))
        })
    }

    fn each(
        &self,
        draw: impl Fn(&Drawing<'a>, usize, &VelocitySprint) -> Result<(), ChartError>,
    ) -> Result<(), ChartError> {
        self.velocity.sprints.iter().enumerate().try_for_each(|(index, one)| draw(self, index, one))
    }

    /// The band from the least to the most.
    fn range(&self) -> Result<(), ChartError> {
        let Some(planned) = self.velocity.planned.filter(|planned| planned.sprints > 1) else {
            return Ok(());
        };
        let plot = self.scale.plot;
        let (top, bottom) =
            (self.scale.at(0.0, planned.most.in_points()).1, self.scale.at(0.0, planned.least.in_points()).1);
        self.frame.figure.rect(Area { top, bottom, ..plot }, self.frame.figure.theme.bands[0])
    }

    fn median(&self) -> Result<(), ChartError> {
        let Some(planned) = self.velocity.planned.filter(|planned| planned.sprints > 1) else {
            return Ok(());
        };
        let (figure, plot) = (self.frame.figure, self.scale.plot);
        let y = self.scale.at(0.0, planned.median).1;
        let dash = Some((figure.stroke_px(5.0), figure.stroke_px(4.0)));
        let stroke = Stroke { color: figure.theme.ink, width: figure.stroke_px(1.25), dash };
        figure.line(&[(plot.left, y), (plot.right, y)], stroke)
    }

    /// How wide a column is.
    fn column(&self) -> f64 {
        (self.scale.plot.right - self.scale.plot.left) / self.velocity.sprints.len() as f64
    }

    /// A part of a column, from one value to another.
    fn part(&self, index: usize, (from, to): (f64, f64), low: f64, high: f64) -> Area {
        let narrow = narrowed(self.frame.figure, self.column());
        let (left, bottom) = self.scale.at(index as f64 + narrow(from), low);
        let (right, top) = self.scale.at(index as f64 + narrow(to), high);
        Area { left, top: top.min(bottom), right: right.max(left + 0.5), bottom: bottom.max(top) }
    }

    fn committed(&self, index: usize, one: &VelocitySprint) -> Result<(), ChartError> {
        let Some(committed) = one.committed else { return Ok(()) };
        let bar = self.part(index, COMMITTED, 0.0, committed.in_points());
        self.frame.figure.rect(bar, self.frame.figure.theme.committed)
    }

    fn completed(&self, index: usize, one: &VelocitySprint) -> Result<(), ChartError> {
        let theme = self.frame.figure.theme;
        let Some(lanes_done) = &one.by_lane else {
            let Some(completed) = one.completed else { return Ok(()) };
            let bar = self.part(index, COMPLETED, 0.0, completed.in_points());
            return self.frame.figure.rect(bar, only_totals(theme));
        };
        let mut from = 0.0;
        for (lane, done) in self.velocity.lanes.iter().zip(lanes_done) {
            let to = from + done.in_points();
            if *done != domain::measures::Size::ZERO {
                let area = self.part(index, COMPLETED, from, to);
                self.frame.figure.rect(area, lanes::color(theme, lane.place, lane.lane.is_none()))?;
                self.seam(area, from > 0.0)?;
            }
            from = to;
        }
        Ok(())
    }

    /// A line in the colour of the ground between two lanes, where there is room for one.
    fn seam(&self, area: Area, wanted: bool) -> Result<(), ChartError> {
        let figure = self.frame.figure;
        let width = figure.px(1.0);
        if !wanted || area.bottom - area.top < 3.0 * width {
            return Ok(());
        }
        let stroke = Stroke { color: figure.theme.ground, width, dash: None };
        figure.line(&[(area.left, area.bottom), (area.right, area.bottom)], stroke)
    }

    /// The hollow diamond of the total, where the buffer lane added something.
    fn total(&self, index: usize, one: &VelocitySprint) -> Result<(), ChartError> {
        let figure = self.frame.figure;
        let (Some(total), Some(completed)) = (one.total, one.completed) else { return Ok(()) };
        let diamonds_fit = self.column() >= figure.stroke_px(14.0);
        if total == completed || self.frame.is_thumbnail() || !diamonds_fit {
            return Ok(());
        }
        let middle = self.scale.at(index as f64 + self.middle(), total.in_points());
        let radius = self.diamond();
        let around = |radius: f64| -> [Point; 4] {
            let (x, y) = middle;
            [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
        };
        figure.polygon(&around(radius), figure.theme.buffer_ink)?;
        figure.polygon(&around(radius - figure.stroke_px(1.75)), figure.theme.ground)
    }

    /// The middle of what was completed, in parts of its column.
    fn middle(&self) -> f64 {
        narrowed(self.frame.figure, self.column())((COMPLETED.0 + COMPLETED.1) / 2.0)
    }

    /// The radius of a diamond: as its column allows.
    fn diamond(&self) -> f64 {
        let figure = self.frame.figure;
        figure.stroke_px(4.5).min(self.column() * 0.45)
    }

    /// A question mark in the middle of Sprints of which nothing is known in this unit.
    fn unknown(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let size = frame.sizes.label;
        for (first, last) in runs(self.velocity.sprints.iter().map(|one| one.completed.is_none())) {
            let (left, y) = self.scale.at(first as f64, 0.0);
            let right = self.scale.at(last as f64 + 1.0, 0.0).0;
            if right - left > size {
                let letters = Letters { rim: true, ..frame.letters(size, figure.theme.muted) };
                figure.text("?", ((left + right) / 2.0, y - size * 0.8), Side::Middle, letters)?;
            }
        }
        Ok(())
    }

    /// What was completed, above its bar and the diamond.
    fn number(&self, index: usize, one: &VelocitySprint) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let (theme, size) = (figure.theme, frame.sizes.label);
        let Some(completed) = one.completed else { return Ok(()) };
        if !self.numbers_fit(self.column())? {
            return Ok(());
        }
        let (x, mut y) = self.scale.at(index as f64 + self.middle(), completed.in_points().max(0.0));
        if let Some(total) = one.total.filter(|total| *total != completed) {
            let (_, above) = self.scale.at(0.0, total.in_points());
            // A number that would touch the diamond stands above it.
            let clear = size * 1.5 + self.diamond();
            y = if y - above < clear { y.min(above - self.diamond()) } else { y };
        }
        let letters = Letters { size, weight: Weight::Strong, color: theme.ink, rim: true };
        let y = (y - size * 0.75).max(self.scale.plot.top + size * 0.4);
        figure.text(&plain(completed.in_points()), (x, y), Side::Middle, letters)
    }

    /// Whether each column's number fits above its bar.
    fn numbers_fit(&self, column: f64) -> Result<bool, ChartError> {
        for one in self.velocity.sprints.iter().filter_map(|one| one.completed) {
            let width = fonts::width(&plain(one.in_points()), Weight::Strong, self.frame.sizes.label)?;
            if width > column * 0.94 {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Places in a column, in parts of its width: nearer to its middle where it is very wide, so that few Sprints have bars
/// and not walls.
pub(crate) fn narrowed(figure: &Figure<'_>, column: f64) -> impl Fn(f64) -> f64 {
    let part = (figure.px(170.0) / column.max(1.0)).min(1.0);
    move |place| 0.5 + (place - 0.5) * part
}

/// The bar of a Sprint of which only totals are known.
fn only_totals(theme: &Theme) -> RGBColor {
    theme.lanes[5]
}

/// The names in the margin: the median, and each lane at its height in the last Sprint that has it.
fn named(velocity: &Velocity, frame: &Frame<'_>, scale: &Scale) -> Vec<Named> {
    let theme = frame.figure.theme;
    let mut named = Vec::new();
    if let Some(planned) = velocity.planned.filter(|planned| planned.sprints > 1) {
        named.push(Named {
            y: scale.at(0.0, planned.median).1,
            text: format!("median {}", plain(planned.median)),
            short: format!("median {}", plain(planned.median)),
            square: None,
            color: theme.ink,
            strong: true,
        });
    }
    if frame.is_thumbnail() {
        return named;
    }
    let square = |y: f64, text: String, color| Named {
        y,
        short: text.clone(),
        text,
        square: Some(color),
        color: theme.ink,
        strong: false,
    };
    let latest = velocity.sprints.iter().rev().find_map(|one| one.by_lane.as_ref());
    let mut from = 0.0;
    for (index, lane) in velocity.lanes.iter().enumerate() {
        let ever = velocity
            .sprints
            .iter()
            .filter_map(|one| one.by_lane.as_ref()?.get(index))
            .any(|done| *done != domain::measures::Size::ZERO);
        let done = latest.and_then(|done| done.get(index)).map_or(0.0, |done| done.in_points());
        if ever {
            let y = scale.at(0.0, from + done / 2.0).1;
            let unsorted = lane.lane.is_none();
            named.push(square(
                y,
                lanes::name(&lane.name, unsorted),
                lanes::color(theme, lane.place, unsorted),
            ));
        }
        from += done;
    }
    if velocity.sprints.iter().any(|one| one.by_lane.is_none() && one.completed.is_some()) {
        let y = scale.at(0.0, 0.0).1;
        named.push(square(y, "only totals".to_owned(), only_totals(theme)));
    }
    if let Some(committed) = velocity.sprints.last().and_then(|one| one.committed) {
        let y = scale.at(0.0, committed.in_points()).1;
        named.push(square(y, "committed".to_owned(), theme.committed));
    }
    named
}
