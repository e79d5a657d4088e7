//! What is left of an error budget through a Sprint.
//!
//! 1. The line falls while something is down and is level else; below the base line more is spent than there was.
//! 2. A thin line is the even pace; a dashed one goes on at the pace so far.
//! 3. An outage is a bar under the line, as long as it lasted and at least to be seen; the largest ones are named with
//!    what they spent.

mod words;

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{AxisDay, DayAxis, Frame, Numbers};
use crate::place::{Area, Placer, Point, Proposal};
use crate::theme::Theme;
use crate::{Chart, ChartError, Size, flow_words, sprint};
use domain::reliability::{BudgetLine, BudgetOutage};

/// How many outages are named, the largest.
const NAMED: usize = 6;

/// The remaining error budget as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no day, a number
/// that is not finite.
pub fn error_budget(
    line: &BudgetLine,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if line.days.is_empty() {
        return Err(ChartError::NoDays);
    }
    sprint::finite("what is left", line.points.iter().flat_map(|point| [point.x, point.remaining]))?;
    sprint::finite("an outage", line.outages.iter().flat_map(|one| [one.from, one.to, one.spent]))?;
    let projected = line.projection.iter().flat_map(|one| [one.remaining, one.spent.unwrap_or(0.0)]);
    sprint::finite("the projection", projected)?;
    let figure = Figure::new(theme, size)?;
    let (title, description) = (words::title(line), words::description(line));
    let drawing = Drawing::lay_out(line, &figure)?;
    drawing.draw()?;
    let points = words::points(line, &drawing.scale);
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(line), points })
}

/// A budget with everything measured.
struct Drawing<'a> {
    line: &'a BudgetLine,
    figure: &'a Figure<'a>,
    frame: Frame<'a>,
    scale: Scale,
    numbers: Numbers,
    days: DayAxis,
    flag_y: f64,
    corners: Vec<Point>,
    projection: Option<[Point; 2]>,
}

impl<'a> Drawing<'a> {
    fn lay_out(line: &'a BudgetLine, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let (flag_y, top) = frame.flags();
        let top = if line.projection.is_some() { top } else { frame.top() };
        let days = line.days.len() as f64;
        // The pace of a day of outage would leave the line itself no room: the plot goes as low as what is known, and
        // a little beyond.
        let known = line.points.iter().map(|point| point.remaining).fold(0.0_f64, f64::min);
        let wanted = line.projection.map_or(known, |one| one.remaining.min(known));
        let low = wanted.max(known - 0.5).max(-20.0) * 100.0;
        let high = line.points.iter().map(|point| point.remaining).fold(1.0_f64, f64::max) * 100.0;
        let mut numbers = frame.numbers((low, high), frame.bottom(2.0) - top, 1.0)?;
        if let Some(step) = numbers.steps.get(1).copied().filter(|step| *step > 0.0) {
            let below = (1..=40).map(|place| -step * f64::from(place)).take_while(|value| *value >= low);
            numbers.steps.extend(below.collect::<Vec<f64>>());
        }
        numbers.left += fonts::width("− %", Weight::Regular, frame.sizes.axis)?;
        let right = figure.width - frame.pad;
        let columns = line.days.iter().map(|day| AxisDay { day: day.day, off: day.shaded }).collect();
        let axis = frame.days(columns, right - numbers.left)?;
        let plot = Area { left: numbers.left, top, right, bottom: frame.bottom(axis.rows()) };
        let scale = Scale::new(plot, (0.0, days), (low * 1.04, high * 1.04))?;
        let at = |x: f64, part: f64| scale.at(x, (part * 100.0).max(low * 1.04));
        let corners = sprint::thinned(line.points.iter().map(|point| at(point.x, point.remaining)).collect());
        let projection = line.projection.zip(line.end()).map(|(to, end)| {
            let floor = low * 1.04 / 100.0;
            // Where it leaves the plot it ends.
            let x = if to.remaining < floor && to.remaining < end.remaining {
                end.x + (days - end.x) * (end.remaining - floor) / (end.remaining - to.remaining)
            } else {
                days
            };
            [at(end.x, end.remaining), at(x, to.remaining)]
        });
        Ok(Drawing { line, figure, frame, scale, numbers, days: axis, flag_y, corners, projection })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, self.scale.plot);
        figure.group("days-off", |_| self.frame.shade_days(&self.days, &self.scale))?;
        figure.group("axes", |_| {
            self.frame.draw_numbers_as(&self.numbers, &self.scale, words::percent)?;
            self.frame.draw_days(&self.days, &self.scale, plot.right)
        })?;
        figure.group("even", |_| match self.even() {
            Some(even) => {
                let stroke = Stroke { color: theme.ideal, width: figure.stroke_px(1.25), dash: None };
                figure.line(&even, stroke)
            }
            None => Ok(()),
        })?;
        figure.group("outages", |_| self.draw_outages())?;
        figure.group("projection", |_| match &self.projection {
            Some(line) => {
                let dash = Some((figure.px(5.0), figure.px(4.0)));
                figure.line(line, Stroke { color: theme.actual, width: figure.stroke_px(1.75), dash })
            }
            None => Ok(()),
        })?;
        figure.group("line", |_| self.draw_line())?;
        figure.group("labels", |_| self.labels())?;
        figure.group("words", |_| {
            flow_words::headline(&self.frame, &words::findings(self.line), &words::subtitles(self.line))
        })
    }

    fn even(&self) -> Option<[Point; 2]> {
        let days = self.line.days.len() as f64;
        self.line.is_even.then(|| [self.scale.at(0.0, 100.0), self.scale.at(days, 0.0)])
    }

    fn draw_line(&self) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, self.scale.plot);
        let Some(end) = self.corners.last() else { return Ok(()) };
        if self.line.projection.is_some() {
            let labelled = !self.frame.is_thumbnail();
            let top = if labelled { self.flag_y + self.frame.sizes.axis * 0.75 } else { plot.top };
            let stroke = Stroke { color: theme.ink, width: figure.stroke_px(1.0), dash: None };
            figure.line(&[(end.0, top), (end.0, plot.bottom)], stroke)?;
            if labelled {
                let word = if self.line.is_past { "then" } else { "now" };
                let half = fonts::width(word, Weight::Regular, self.frame.sizes.axis)? / 2.0 + figure.px(4.0);
                let middle = end.0.clamp(half, figure.width - half);
                let letters = self.frame.letters(self.frame.sizes.axis, theme.ink);
                figure.text(word, (middle, self.flag_y), Side::Middle, letters)?;
            }
        }
        if self.corners.len() > 1 {
            let width = if self.frame.is_thumbnail() { 2.0 } else { 2.75 };
            let stroke = Stroke { color: theme.actual, width: figure.stroke_px(width), dash: None };
            figure.line(&self.corners, stroke)?;
        }
        self.frame.dot(*end, theme.actual)
    }

    /// A bar on the base of the plot for each outage.
    fn draw_outages(&self) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, self.scale.plot);
        let height = figure.px(6.0);
        for outage in &self.line.outages {
            let (left, right) = (self.scale.at(outage.from, 0.0).0, self.scale.at(outage.to, 0.0).0);
            let right = right.max(left + figure.px(2.0)).min(plot.right);
            let area = Area { left: left.min(right), right, top: plot.bottom - height, bottom: plot.bottom };
            figure.rect(area, theme.reopened)?;
        }
        Ok(())
    }

    fn labels(&self) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, self.scale.plot);
        let Some(end) = self.corners.last().copied() else { return Ok(()) };
        let room = Area {
            left: plot.left + figure.px(2.0),
            top: plot.top - figure.px(2.0),
            right: figure.width - figure.px(6.0),
            bottom: plot.bottom - figure.px(9.0),
        };
        let mut placer = Placer::new(room, figure.px(1.5));
        placer.avoid(&self.corners, 10.0);
        if let Some(line) = &self.projection {
            placer.avoid(line, 5.0);
        }
        if let Some(even) = self.even() {
            placer.avoid(&even, 5.0);
        }
        if self.line.projection.is_some() {
            placer.avoid(&[(end.0, plot.top), (end.0, plot.bottom)], 6.0);
        }
        let dot = self.frame.dot_radius();
        placer.take(Area::around(end, 2.2 * dot, 2.2 * dot));
        if let Some(last) = self.line.end() {
            sprint::label_end(&self.frame, &mut placer, end, &words::left(last.remaining), theme.actual)?;
        }
        if self.frame.is_thumbnail() {
            return Ok(());
        }
        let mut largest: Vec<&BudgetOutage> =
            self.line.outages.iter().filter(|outage| outage.spent >= 0.01).collect();
        largest.sort_by(|one, other| other.spent.total_cmp(&one.spent));
        for outage in largest.into_iter().take(NAMED) {
            self.name(outage, &mut placer)?;
        }
        if self.line.is_even {
            let days = self.line.days.len() as f64;
            let even = |x: f64| 100.0 * (1.0 - x / days);
            let said = ("even pace", theme.ideal);
            sprint::label_along(&self.frame, &mut placer, said, (0.0, days), even, &self.scale)?;
        }
        if let (Some([from, _]), Some(projection), Some(last)) =
            (self.projection, self.line.projection, self.line.end())
        {
            let days = self.line.days.len() as f64;
            let pace = (projection.remaining - last.remaining) / (days - last.x).max(1e-9);
            let value = |x: f64| 100.0 * (last.remaining + pace * (x - last.x));
            if plot.right - from.0 > figure.text_px(90.0) {
                let said = ("at this pace", theme.actual);
                sprint::label_along(&self.frame, &mut placer, said, (last.x, days), value, &self.scale)?;
            }
        }
        Ok(())
    }

    /// “− 23 %, payment provider”, beside where the line fell; left out where there is no place.
    fn name(&self, outage: &BudgetOutage, placer: &mut Placer) -> Result<(), ChartError> {
        let (figure, size) = (self.figure, self.frame.sizes.label);
        let after = self.line.points.iter().find(|point| point.x >= outage.to).or(self.line.end());
        let Some(after) = after else { return Ok(()) };
        let foot = self.scale.at(outage.to, after.remaining * 100.0);
        let text = words::fell(outage);
        let text = fonts::shorten(&text, Weight::Regular, size, figure.text_px(270.0))?;
        let (width, height) = (fonts::width(&text, Weight::Regular, size)?, size * 1.2);
        let mut places = Vec::new();
        for (order, (across, down)) in
            [(1.0, -0.9), (1.0, 0.9), (-1.0, 0.9), (1.0, -2.2), (1.0, 2.2), (-1.0, 2.2), (-1.0, -0.9)]
                .iter()
                .enumerate()
        {
            let x = foot.0 + across * (width / 2.0 + figure.px(5.0));
            let area = Area::around((x, foot.1 + down * height), width, height);
            places.push(Proposal { area, cost: order as f64 });
        }
        if let Some(place) = placer.best(places).filter(|place| place.cost < 12.0) {
            let letters = Letters { rim: true, ..self.frame.letters(size, figure.theme.ink) };
            figure.text(&text, (place.area.left, place.area.middle().1), Side::Start, letters)?;
            placer.take(place.area);
        }
        Ok(())
    }
}
