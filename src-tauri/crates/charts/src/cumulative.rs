//! The cumulative flow: how many items are in each state, day by day.
//!
//! 1. Bands stand upon each other from *done* at the bottom; warm colours only where work goes on.
//! 2. A level line from where work had begun on as many items as are done now says about how long an item takes.
//! 3. Where what waits would crush all else, the plot ends below its top, and the sub-title says so.
//! 4. Bands are labelled in the margin, with their counts at the end. In a small picture the labels go.

mod words;

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{AxisDay, DayAxis, Frame, MarginLabel, Numbers};
use crate::place::{Area, Placer, Point, Proposal};
use crate::theme::Theme;
use crate::ticks::plain;
use crate::{Chart, ChartError, Size, flow_words, lanes};
use domain::backlog::Category;
use domain::flow::{CumulativeFlow, FlowBand};
use plotters::style::RGBColor;

/// The cumulative flow as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no day, a number
/// that is not finite.
pub fn cumulative_flow(
    flow: &CumulativeFlow,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if flow.days.is_empty() {
        return Err(ChartError::NoDays);
    }
    let pace = flow.pace.map_or(0.0, |pace| pace.from + pace.days);
    if !flow.end.is_finite() || !pace.is_finite() {
        return Err(ChartError::NotFinite { what: "the end of the flow" });
    }
    let figure = Figure::new(theme, size)?;
    let (title, description) = (words::title(flow), words::description(flow));
    let drawing = Drawing::lay_out(flow, &figure)?;
    drawing.draw()?;
    let points = words::points(flow, &drawing);
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(flow), points })
}

/// A cumulative flow with everything measured.
struct Drawing<'a> {
    flow: &'a CumulativeFlow,
    figure: &'a Figure<'a>,
    frame: Frame<'a>,
    scale: Scale,
    numbers: Numbers,
    days: DayAxis,
    /// The bands that have items at any time, from the bottom, each with its colour.
    bands: Vec<(&'a FlowBand, RGBColor)>,
    /// The ends of days that are drawn, as places in the counts.
    ends: Vec<usize>,
    /// Whether the plot ends below the top of what waits.
    is_cut: bool,
    /// The highest value of the plot.
    top_value: f64,
}

impl<'a> Drawing<'a> {
    fn lay_out(flow: &'a CumulativeFlow, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let bands = colored(flow, figure.theme);
        let highest = |wanted: &dyn Fn(Category) -> bool| {
            let sum = |end: usize| {
                let bands = flow.bands.iter().filter(|band| wanted(band.category));
                bands.map(|band| count(band, end)).sum::<f64>()
            };
            (0..=flow.days.len()).map(sum).fold(0.0, f64::max)
        };
        let all = highest(&|_| true);
        let moving = highest(&|category| category != Category::ToDo);
        let is_cut = moving > 0.0 && all > 4.0 * moving;
        let top_value = if is_cut { 2.0 * moving } else { all.max(1.0) };

        let top = frame.top();
        let numbers = frame.numbers((0.0, top_value), frame.bottom(1.0) - top, 1.0)?;
        let labels = labels(&frame, &bands, &|_| 0.0);
        let margin = if frame.is_thumbnail() { frame.pad } else { frame.margin(&labels)? };
        let (left, right) = (numbers.left, figure.width - margin);
        let columns = flow.days.iter().map(|day| AxisDay { day: *day, off: false }).collect();
        let days = frame.days(columns, right - left)?;
        let plot = Area { left, top, right, bottom: frame.bottom(days.rows()) };
        let room = if is_cut { 1.0 } else { 1.04 };
        let scale = Scale::new(plot, (0.0, flow.days.len() as f64), (0.0, top_value * room))?;
        // More corners than half pixels would only make the picture larger.
        let every = (flow.days.len() as f64 / (2.0 * (right - left)).max(1.0)).ceil().max(1.0) as usize;
        let mut ends: Vec<usize> = (0..=flow.days.len()).step_by(every).collect();
        if ends.last() != Some(&flow.days.len()) {
            ends.push(flow.days.len());
        }
        Ok(Drawing { flow, figure, frame, scale, numbers, days, bands, ends, is_cut, top_value })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (figure, plot) = (self.figure, self.scale.plot);
        figure.group("axes", |_| self.frame.draw_numbers(&self.numbers, &self.scale))?;
        figure.group("bands", |_| self.draw_bands())?;
        figure.group("days", |_| {
            self.frame.draw_days(&self.days, &self.scale, figure.width - figure.px(2.0))
        })?;
        figure.group("pace", |_| self.draw_pace())?;
        if !self.frame.is_thumbnail() {
            let middle = |at: usize| {
                let level = |place| self.level(place, self.flow.days.len()).min(self.top_value);
                self.scale.at(0.0, (level(at) + level(at + 1)) / 2.0).1
            };
            let labels = labels(&self.frame, &self.bands, &middle);
            figure.group("labels", |_| self.frame.draw_margin(&labels, plot))?;
        }
        figure.group("words", |_| {
            let (findings, subtitles) =
                (words::findings(self.flow), words::subtitles(self.flow, self.is_cut));
            flow_words::headline(&self.frame, &findings, &subtitles)
        })
    }

    /// Where the shown bands below a place reach at the end of a day, in items.
    fn level(&self, place: usize, end: usize) -> f64 {
        self.bands.iter().take(place).map(|(band, _)| count(band, end)).sum()
    }

    /// Where the end of a day lies; the last one lies now.
    fn x(&self, end: usize) -> f64 {
        (end as f64).min(self.flow.end.max(0.0))
    }

    /// The upper edge of the bands below a place, from the left.
    fn edge(&self, place: usize) -> Vec<Point> {
        self.ends.iter().map(|end| self.scale.at(self.x(*end), self.level(place, *end))).collect()
    }

    fn draw_bands(&self) -> Result<(), ChartError> {
        let (figure, theme) = (self.figure, self.figure.theme);
        let edges: Vec<Vec<Point>> = (0..=self.bands.len()).map(|place| self.edge(place)).collect();
        for ((_, color), pair) in self.bands.iter().zip(edges.windows(2)) {
            let [lower, upper] = pair else { continue };
            let corners: Vec<Point> = upper.iter().chain(lower.iter().rev()).copied().collect();
            figure.polygon(&corners, *color)?;
        }
        // Seams keep neighbours apart, also for those who do not see their hues.
        for edge in edges.iter().skip(1).take(self.bands.len().saturating_sub(1)) {
            figure.line(edge, self.frame.hair(theme.ground))?;
        }
        if self.is_cut && !self.bands.is_empty() {
            let plot = self.scale.plot;
            let right = self.scale.at(self.x(self.flow.days.len()), 0.0).0;
            let dash = Some((figure.px(3.0), figure.px(3.0)));
            let stroke = Stroke { dash, ..self.frame.hair(theme.base) };
            figure.line(&[(plot.left, plot.top), (right, plot.top)], stroke)?;
        }
        Ok(())
    }

    /// The colour of the band that an area lies in as a whole.
    fn band_behind(&self, area: Area) -> Option<RGBColor> {
        let edges: Vec<Vec<Point>> = (0..=self.bands.len()).map(|place| self.edge(place)).collect();
        if edges.iter().flat_map(|edge| edge.windows(2)).any(|part| area.crossed_by(part[0], part[1])) {
            return None;
        }
        let (x, y) = area.middle();
        let height = |edge: &Vec<Point>| {
            let part = edge.windows(2).find(|part| part[0].0 <= x && x <= part[1].0)?;
            let along = (x - part[0].0) / (part[1].0 - part[0].0).max(f64::EPSILON);
            Some(part[0].1 + along * (part[1].1 - part[0].1))
        };
        let is_between = |pair: &[Vec<Point>]| Some(height(&pair[1])? <= y && y <= height(&pair[0])?);
        let place = edges.windows(2).position(|pair| is_between(pair) == Some(true))?;
        self.bands.get(place).map(|(_, color)| *color)
    }

    /// The level line with its length in days.
    fn draw_pace(&self) -> Result<(), ChartError> {
        let (figure, theme) = (self.figure, self.figure.theme);
        let Some(pace) = self.flow.pace else { return Ok(()) };
        let level = f64::from(pace.level);
        let (from, to) = (self.scale.at(pace.from, level), self.scale.at(self.flow.end, level));
        let stroke = Stroke { color: theme.ink, width: figure.stroke_px(2.0), dash: None };
        figure.line(&[from, to], stroke)?;
        let radius = figure.stroke_px(if self.frame.is_thumbnail() { 2.0 } else { 3.5 });
        if !pace.is_longer {
            figure.circle(from, radius, theme.ink)?;
        }
        figure.circle(to, radius, theme.ink)?;

        let text = words::pace(&pace);
        let size = self.frame.sizes.end;
        let (width, height) = (fonts::width(&text, Weight::Strong, size)?, size * 1.25);
        let plot = self.scale.plot;
        let placer = Placer::new(plot, 0.0);
        let away = figure.px(5.0) + radius + height / 2.0;
        let middle = ((from.0 + to.0) / 2.0).min(to.0 - width / 2.0).max(plot.left + width / 2.0);
        let at = |x: f64, y: f64, cost| Proposal { area: Area::around((x, y), width, height), cost };
        let places = [
            at(middle, from.1 + away, 0.0),
            at(middle, from.1 - away, 1.0),
            at(from.0 - width / 2.0 - 2.0 * radius, from.1, 2.0),
        ];
        if let Some(place) = placer.best(places) {
            // Upon one band alone it needs no rim.
            let band = self.band_behind(place.area);
            let color = band.map_or(theme.ink, lanes::text_on);
            let letters = Letters { size, weight: Weight::Strong, color, rim: band.is_none() };
            figure.text(&text, (place.area.left, place.area.middle().1), Side::Start, letters)?;
        }
        Ok(())
    }
}

/// How many items of a band are there at the end of a day.
fn count(band: &FlowBand, end: usize) -> f64 {
    band.counts.get(end).copied().map_or(0.0, f64::from)
}

/// The bands that have items at any time, from the bottom, each with its colour.
fn colored<'a>(flow: &'a CumulativeFlow, theme: &Theme) -> Vec<(&'a FlowBand, RGBColor)> {
    let mut colored = Vec::new();
    for category in [Category::Done, Category::InProgress, Category::ToDo] {
        let bands: Vec<&FlowBand> = flow
            .bands
            .iter()
            .filter(|band| band.category == category && band.counts.iter().any(|count| *count > 0))
            .collect();
        for (place, band) in bands.iter().enumerate() {
            // Places count from the bottom, hues from the first state; more states than hues share them.
            let from_first = bands.len() - 1 - place;
            let hue = if bands.len() <= 3 { from_first } else { from_first * 3 / bands.len() };
            let color = match category {
                Category::ToDo => theme.waiting[hue.min(2)],
                Category::InProgress => theme.working[hue.min(2)],
                Category::Done | Category::Cancelled => theme.finished,
            };
            colored.push((*band, color));
        }
    }
    colored
}

/// The labels of the bands, from the top; where there is no room for all, those of work that goes on come first.
fn labels(
    frame: &Frame<'_>,
    bands: &[(&FlowBand, RGBColor)],
    middle: &dyn Fn(usize) -> f64,
) -> Vec<MarginLabel> {
    let theme = frame.figure.theme;
    let room = ((frame.bottom(1.0) - frame.top()) / (frame.sizes.label * 1.35)).max(1.0) as usize;
    let mut order: Vec<usize> = (0..bands.len()).collect();
    order.sort_by_key(|place| match bands[*place].0.category {
        Category::InProgress => 0,
        Category::Done | Category::Cancelled => 1,
        Category::ToDo => 2,
    });
    let shown = &order[..order.len().min(room)];
    let label = |place: usize| {
        let (band, color) = bands[place];
        let strong = band.category == Category::InProgress;
        MarginLabel {
            y: middle(place),
            text: format!("{} {}", words::name(band), plain(f64::from(band.last()))),
            color: theme.ink,
            strong,
            swatch: Some(color),
        }
    };
    (0..bands.len()).rev().filter(|place| shown.contains(place)).map(label).collect()
}
