//! The burn-down: what remains of a Sprint, against an ideal pace.
//!
//! 1. The ideal lines and the actual steps are drawn as `domain::flow` computed them; the title states the finding.
//! 2. A change of scope is an arrow along its step with size, title and origin; work that was opened again is an arrow
//!    with a hollow head; an interrupt in the buffer is a hollow diamond, for it does not move the line.
//! 3. Where a scope change was accepted another ideal line begins; those before it become pale.
//! 4. A forecast is two nested bands and a dashed middle; the sub-title says how likely the end is.
//! 5. Marks too close for labels of their own share one: “+ 8, 3 items”. No two labels overlap.
//! 6. Days off are shaded. Lines are labelled directly. In a small picture the secondary labels go first; everything
//!    stays in the table.

pub(crate) mod marks;
pub(crate) mod words;

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{DayAxis, Detail, Frame, MarginLabel, Numbers, Sizes};
use crate::place::{Area, Placer, Point, spread};
use crate::sprint::{self, Flag};
use crate::theme::Theme;
use crate::{Chart, ChartError, Size};
use domain::flow::{BurnDown, BurnForecast, Unit};
use domain::measures::Size as Amount;
use marks::Marks;

/// The burn-down as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no day, a number
/// that is not finite.
pub fn burn_down(burn: &BurnDown, theme: &Theme, size: Size, id_prefix: &str) -> Result<Chart, ChartError> {
    sprint::check(burn)?;
    let figure = Figure::new(theme, size)?;
    let title = words::title(burn);
    let description = words::description(burn);
    let drawing = Drawing::lay_out(burn, &figure)?;
    drawing.draw()?;
    let points = words::points(burn, &drawing.scale);
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(burn), points })
}

/// A burn-down with everything measured.
struct Drawing<'a> {
    burn: &'a BurnDown,
    figure: &'a Figure<'a>,
    frame: Frame<'a>,
    detail: Detail,
    sizes: Sizes,
    scale: Scale,
    numbers: Numbers,
    days: DayAxis,
    /// The middle of the flags' words.
    flag_y: f64,
    /// Whether the lines are labelled in the right margin, because they end there.
    in_margin: bool,
    /// Whether the ideal line that holds ends where the plot does.
    ideal_at_edge: bool,
    flags: Vec<Flag>,
    actual: Vec<Point>,
    /// The ideal lines; the last is the one in force.
    ideals: Vec<Vec<Point>>,
    /// What the right margin says of a forecast.
    forecast: Vec<MarginLabel>,
}

impl<'a> Drawing<'a> {
    fn lay_out(burn: &'a BurnDown, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let (detail, sizes, pad) = (frame.detail, frame.sizes, frame.pad);
        let flags = sprint::flags(burn);
        let (flag_y, below_flags) = frame.flags();
        let top = if flags.is_empty() { frame.top() } else { below_flags };

        let (low, high) = values(burn);
        let whole = burn.unit == Unit::Items || high >= 3.0 || high == 1.0;
        let smallest_step = if whole { 1.0 } else { 0.1 };
        let numbers = frame.numbers((low, high), frame.bottom(2.0) - top, smallest_step)?;
        let left = numbers.left;

        let days = burn.days.len() as f64;
        let mut margin = pad;
        let mut in_margin = false;
        // The ideal that holds: the last of those begun anew, else the first.
        let holds = burn.rebased.last().map_or(&burn.ideal, |line| &line.line);
        let ideal_at_edge = holds.last().is_some_and(|end| end.x >= days);
        let said = match &burn.forecast {
            Some(forecast) if detail != Detail::Thumbnail => words::forecast_labels(forecast),
            _ => Vec::new(),
        };
        let label = |(text, strong): &(String, bool)| MarginLabel {
            y: 0.0,
            text: text.clone(),
            color: if *strong { figure.theme.actual } else { figure.theme.muted },
            strong: *strong,
            swatch: None,
        };
        let mut forecast: Vec<MarginLabel> = said.iter().map(|(label_, _)| label(label_)).collect();
        if !forecast.is_empty() {
            margin = frame.margin(&forecast)?;
        } else if !burn.actual.is_empty() {
            let label = fonts::width(&words::left(burn), Weight::Strong, sizes.end)? + figure.px(12.0);
            let room = (days - burn.end.x.clamp(0.0, days)) * (figure.width - left - pad) / days;
            if room < label && label < figure.width / 4.0 {
                in_margin = true;
                margin = if ideal_at_edge && detail != Detail::Thumbnail {
                    pad * 0.7
                        + figure.px(10.0)
                        + label.max(fonts::width(sprint::IDEAL, Weight::Regular, sizes.label)?)
                } else {
                    pad + label - room * 0.9
                };
            }
        }
        let right = figure.width - margin;

        let axis = frame.days(sprint::axis_days(burn), right - left)?;
        let bottom = frame.bottom(axis.rows());

        let plot = Area { left, top, right, bottom };
        let scale = Scale::new(plot, (0.0, days), (low, high * 1.04))?;
        let lines = std::iter::once(&burn.ideal).chain(burn.rebased.iter().map(|line| &line.line));
        let ideals = lines.map(|line| sprint::ideal(line, &scale)).collect();
        let actual = actual(burn, &scale);
        for (label, (_, value)) in forecast.iter_mut().zip(&said) {
            label.y = scale.at(days, value.in_points()).1;
        }
        Ok(Drawing {
            burn,
            figure,
            frame,
            detail,
            sizes,
            scale,
            numbers,
            days: axis,
            flag_y,
            in_margin,
            ideal_at_edge,
            flags,
            actual,
            ideals,
            forecast,
        })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let marks = Marks::read(self.burn, &self.scale);
        self.figure.group("days-off", |_| self.frame.shade_days(&self.days, &self.scale))?;
        self.figure.group("axes", |_| self.axes())?;
        if let Some(forecast) = &self.burn.forecast {
            self.figure.group("forecast", |_| self.draw_forecast(forecast))?;
        }
        self.figure.group("ideal", |_| sprint::draw_ideals(&self.frame, &self.ideals))?;
        self.figure
            .group("flags", |_| sprint::draw_flags(&self.frame, &self.flags, self.flag_y, &self.scale))?;
        self.figure.group("actual", |_| self.draw_actual())?;
        self.figure.group("marks", |figure| marks.draw(figure))?;
        self.figure.group("labels", |_| self.labels(&marks))?;
        self.figure.group("words", |_| self.headline())
    }

    /// Two nested bands and a dashed middle.
    fn draw_forecast(&self, forecast: &BurnForecast) -> Result<(), ChartError> {
        let place = |x: f64, left: Amount| self.scale.at(x, left.in_points());
        sprint::draw_cone(&self.frame, forecast, place)
    }

    fn letters(&self, size: f64, color: plotters::style::RGBColor) -> Letters {
        self.frame.letters(size, color)
    }

    /// Title and sub-title.
    fn headline(&self) -> Result<(), ChartError> {
        self.frame.headline(&words::name(self.burn), &words::finding(self.burn), &words::subtitles(self.burn))
    }

    /// The grid with its numbers, the base line with its days.
    fn axes(&self) -> Result<(), ChartError> {
        let (figure, plot) = (self.figure, self.scale.plot);
        self.frame.draw_numbers(&self.numbers, &self.scale)?;
        // The margin belongs to the labels of the lines.
        let room = if self.in_margin { plot.right + figure.px(8.0) } else { figure.width - figure.px(2.0) };
        self.frame.draw_days(&self.days, &self.scale, room)
    }

    fn draw_actual(&self) -> Result<(), ChartError> {
        let (figure, theme) = (self.figure, self.figure.theme);
        let width = if self.detail == Detail::Thumbnail { 2.0 } else { 2.75 };
        if self.actual.len() > 1 {
            figure.line(
                &self.actual,
                Stroke { color: theme.actual, width: figure.stroke_px(width), dash: None },
            )?;
        }
        if let Some(end) = self.actual.last() {
            self.frame.dot(*end, theme.actual)?;
        }
        Ok(())
    }

    fn dot(&self) -> f64 {
        self.frame.dot_radius()
    }

    /// All labels: the end of the line first, then the marks, then the ideal pace.
    fn labels(&self, marks: &Marks) -> Result<(), ChartError> {
        let (figure, plot) = (self.figure, self.scale.plot);
        let mut placer = Placer::new(
            Area {
                left: plot.left + figure.px(2.0),
                top: plot.top - figure.px(2.0),
                right: if self.in_margin || !self.forecast.is_empty() {
                    plot.right
                } else {
                    figure.width - figure.px(6.0)
                },
                bottom: plot.bottom - figure.px(3.0),
            },
            figure.px(1.5),
        );
        placer.avoid(&self.actual, 10.0);
        for line in &self.ideals {
            placer.avoid(line, 5.0);
        }
        sprint::avoid_flags(&self.flags, &mut placer, &self.scale);
        marks.avoid(&mut placer, figure);
        if let Some(end) = self.actual.last() {
            placer.take(Area::around(*end, 2.2 * self.dot(), 2.2 * self.dot()));
        }
        self.label_ends(&mut placer)?;
        if self.detail != Detail::Thumbnail {
            marks.label(figure, &mut placer, self.sizes.label)?;
            if !self.in_margin || !self.ideal_at_edge {
                let later = self.burn.rebased.iter().map(|line| line.line.clone());
                let lines: Vec<_> = std::iter::once(self.burn.ideal.clone()).chain(later).collect();
                sprint::label_ideals(&self.frame, &mut placer, &lines, &self.scale)?;
            }
            self.frame.draw_margin(&self.forecast, plot)?;
        }
        Ok(())
    }

    /// “17 left”, beside the dot or in the margin, where the ideal line joins it.
    fn label_ends(&self, placer: &mut Placer) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, self.scale.plot);
        let Some(end) = self.actual.last().copied() else { return Ok(()) };
        let text = words::left(self.burn);
        let letters =
            Letters { size: self.sizes.end, weight: Weight::Strong, color: theme.actual, rim: true };
        if self.in_margin {
            let mut middles = vec![end.1];
            let ideal = self
                .ideals
                .last()
                .and_then(|line| line.last())
                .filter(|_| self.detail != Detail::Thumbnail && self.ideal_at_edge);
            middles.extend(ideal.map(|ideal| ideal.1));
            let x = if ideal.is_some() {
                plot.right + figure.px(10.0)
            } else {
                end.0 + self.dot() + figure.px(8.0)
            };
            // Clear of flags above; without the ideal line's label beside it the text lies over the plot, clear of days.
            let above = self.sizes.end * 0.5;
            let below = if ideal.is_some() { 0.0 } else { above };
            let placed = spread(&middles, self.sizes.end * 1.3, plot.top + above, plot.bottom - below);
            let width = fonts::width(&text, Weight::Strong, self.sizes.end)?;
            placer.take(Area::around((x + width / 2.0, placed[0]), width, self.sizes.end * 1.25));
            figure.text(&text, (x, placed[0]), Side::Start, letters)?;
            if let Some(y) = placed.get(1) {
                let letters = Letters { rim: true, ..self.letters(self.sizes.label, theme.ideal) };
                figure.text(sprint::IDEAL, (x, *y), Side::Start, letters)?;
            }
            return Ok(());
        }
        sprint::label_end(&self.frame, placer, end, &text, theme.actual)
    }
}

/// The lowest and the highest value that the plot must hold; the lowest is 0 or less, the highest above it.
fn values(burn: &BurnDown) -> (f64, f64) {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    let mut hold = |value: f64| {
        low = low.min(value);
        high = high.max(value);
    };
    burn.actual.iter().chain([&burn.end]).for_each(|point| hold(point.remaining.in_points()));
    burn.ideal.iter().for_each(|point| hold(point.remaining));
    burn.rebased.iter().flat_map(|line| &line.line).for_each(|point| hold(point.remaining));
    burn.forecast.iter().flat_map(|forecast| &forecast.days).for_each(|day| hold(day.left.p90.in_points()));
    if high <= 0.0 {
        high = 1.0;
    }
    // Less than nothing is a fault elsewhere; it is shown, and the base line keeps off the top.
    high = high.max(-0.15 * low);
    (low, high)
}

/// The actual line's corners.
fn actual(burn: &BurnDown, scale: &Scale) -> Vec<Point> {
    if burn.actual.is_empty() {
        return Vec::new();
    }
    let points = burn.actual.iter().chain([&burn.end]);
    sprint::steps(points.map(|point| (point.x, point.remaining.in_points())), burn.end.x, scale)
}
