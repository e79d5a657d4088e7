//! The burn-up: the scope of a Sprint, what is done of it, and where both may end.
//!
//! 1. Scope and done are steps, drawn as `domain::flow` computed them; what lies between them is what is left.
//! 2. A change of scope is an arrow along the scope's step; work that was opened again is an arrow with a hollow head
//!    along the step of what is done; an interrupt in the buffer is a hollow diamond.
//! 3. The projected scope is dashed; the forecast of what is done is two nested bands and a dashed middle.
//! 4. Each line is labelled where it ends. In a small picture the secondary labels go first; everything stays in the
//!    table.

mod words;

pub(crate) use words::value_at;

use crate::burn_down::marks::Marks;
use crate::burn_down::words as burn_words;
use crate::fig::{Figure, Scale, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{DayAxis, Frame, MarginLabel, Numbers};
use crate::place::{Area, Placer, Point};
use crate::sprint::{self, Flag};
use crate::theme::Theme;
use crate::{Chart, ChartError, Size};
use domain::flow::{BurnMark, BurnMarkKind, BurnUp, Unit, UpPoint};
use domain::forecast::ConeDay;
use domain::measures::Size as Amount;
use plotters::style::RGBColor;

/// The burn-up as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no day, a number
/// that is not finite.
pub fn burn_up(up: &BurnUp, theme: &Theme, size: Size, id_prefix: &str) -> Result<Chart, ChartError> {
    check(up)?;
    let figure = Figure::new(theme, size)?;
    let title = words::title(up);
    let description = words::description(up);
    let drawing = Drawing::lay_out(up, &figure)?;
    drawing.draw()?;
    let points = words::points(up, &drawing.scale);
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(up), points })
}

/// Refuses what has no place on paper.
pub(crate) fn check(up: &BurnUp) -> Result<(), ChartError> {
    sprint::check(&up.burn)?;
    sprint::finite("the scope", up.scope.iter().map(|point| point.x))?;
    sprint::finite("what is done", up.done.iter().map(|point| point.x))?;
    let growth = up.growth.iter().flat_map(|growth| &growth.line);
    sprint::finite("the projected scope", growth.flat_map(|point| [point.x, point.scope]))
}

/// A burn-up with everything measured.
struct Drawing<'a> {
    up: &'a BurnUp,
    figure: &'a Figure<'a>,
    frame: Frame<'a>,
    scale: Scale,
    numbers: Numbers,
    days: DayAxis,
    flag_y: f64,
    flags: Vec<Flag>,
    scope: Vec<Point>,
    done: Vec<Point>,
    growth: Vec<Point>,
    ideals: Vec<Vec<Point>>,
    /// What the right margin says: what may come, or where the lines end.
    margin: Vec<MarginLabel>,
    /// Whether the ends of both lines are labelled there.
    ends_in_margin: bool,
}

impl<'a> Drawing<'a> {
    fn lay_out(up: &'a BurnUp, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let burn = &up.burn;
        let flags = sprint::flags(burn);
        let (flag_y, below_flags) = frame.flags();
        let top = if flags.is_empty() { frame.top() } else { below_flags };

        let (low, high) = values(up);
        let whole = burn.unit == Unit::Items || high >= 3.0 || high == 1.0;
        let smallest_step = if whole { 1.0 } else { 0.1 };
        let numbers = frame.numbers((low, high), frame.bottom(2.0) - top, smallest_step)?;
        let days = burn.days.len() as f64;

        let mut said = if frame.is_thumbnail() { Vec::new() } else { ahead(up, &frame) };
        let mut ends_in_margin = false;
        if said.is_empty() && !up.done.is_empty() {
            let label = fonts::width(&words::scope(up), Weight::Strong, frame.sizes.label)? + figure.px(16.0);
            let room =
                (days - burn.end.x.clamp(0.0, days)) * (figure.width - numbers.left - frame.pad) / days;
            if room < label && label < figure.width / 4.0 {
                ends_in_margin = true;
                said = ends(up, &frame);
            }
        }
        let mut margin: Vec<MarginLabel> = said.iter().map(|(label, _)| label.clone()).collect();
        let right = figure.width - if margin.is_empty() { frame.pad } else { frame.margin(&margin)? };
        let axis = frame.days(sprint::axis_days(burn), right - numbers.left)?;
        let plot = Area { left: numbers.left, top, right, bottom: frame.bottom(axis.rows()) };
        let scale = Scale::new(plot, (0.0, days), (low, high * 1.04))?;
        for (label, (_, value)) in margin.iter_mut().zip(&said) {
            label.y = scale.at(days, *value).1;
        }
        let line = |points: &[UpPoint]| {
            let points = points.iter().map(|point| (point.x, point.amount.in_points()));
            sprint::steps(points, burn.end.x, &scale)
        };
        Ok(Drawing {
            up,
            figure,
            scope: line(&up.scope),
            done: line(&up.done),
            growth: up
                .growth
                .iter()
                .flat_map(|growth| &growth.line)
                .map(|point| scale.at(point.x, point.scope))
                .collect(),
            ideals: up.ideals().iter().map(|line| sprint::ideal(line, &scale)).collect(),
            frame,
            scale,
            numbers,
            days: axis,
            flag_y,
            flags,
            margin,
            ends_in_margin,
        })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (figure, frame) = (self.figure, &self.frame);
        let told = words::marks(self.up);
        let marks = self.marks(&told);
        figure.group("days-off", |_| frame.shade_days(&self.days, &self.scale))?;
        figure.group("axes", |_| self.axes())?;
        if let Some(forecast) = &self.up.burn.forecast {
            let whole = words::whole(self.up, forecast);
            let place = |x: f64, left: Amount| self.scale.at(x, whole - left.in_points());
            figure.group("forecast", |_| sprint::draw_cone(frame, forecast, place))?;
        }
        figure.group("ideal", |_| sprint::draw_ideals(frame, &self.ideals))?;
        figure.group("flags", |_| sprint::draw_flags(frame, &self.flags, self.flag_y, &self.scale))?;
        figure.group("scope", |_| self.draw_scope())?;
        figure.group("done", |_| self.draw_done())?;
        figure.group("marks", |figure| marks.iter().try_for_each(|marks| marks.draw(figure)))?;
        figure.group("labels", |_| self.labels(&marks))?;
        figure.group("words", |_| {
            let (name, finding) = (burn_words::name(&self.up.burn), words::finding(self.up));
            frame.headline(&name, &finding, &words::subtitles(self.up))
        })
    }

    fn axes(&self) -> Result<(), ChartError> {
        self.frame.draw_numbers(&self.numbers, &self.scale)?;
        let (figure, plot) = (self.figure, self.scale.plot);
        // The margin belongs to the labels of the lines.
        let room =
            if self.margin.is_empty() { figure.width - figure.px(2.0) } else { plot.right + figure.px(8.0) };
        self.frame.draw_days(&self.days, &self.scale, room)
    }

    /// Where each mark lies: on the scope, or on what is done. Those of one line do not mix with those of the other.
    fn marks<'m>(&self, told: &'m [BurnMark]) -> [Marks<'m>; 2] {
        let along = |mark: &BurnMark| {
            let done = (mark.scope - mark.remaining).in_points();
            match mark.kind {
                BurnMarkKind::Reopened => (done - mark.change.in_points(), done),
                _ if mark.moves => ((mark.scope - mark.scope_change).in_points(), mark.scope.in_points()),
                _ => (done, done),
            }
        };
        let on_scope = |mark: &&BurnMark| mark.moves && mark.kind != BurnMarkKind::Reopened;
        let (scope, done): (Vec<_>, Vec<_>) = told.iter().partition(on_scope);
        [scope, done].map(|marks| Marks::along(marks.into_iter(), self.up.burn.unit, &self.scale, along))
    }

    /// The scope until now, and dashed as it is projected.
    fn draw_scope(&self) -> Result<(), ChartError> {
        let (figure, theme) = (self.figure, self.figure.theme);
        let width = figure.stroke_px(if self.frame.is_thumbnail() { 1.5 } else { 2.0 });
        let stroke = Stroke { color: theme.ink, width, dash: None };
        if self.scope.len() > 1 {
            figure.line(&self.scope, stroke)?;
        }
        if self.growth.len() > 1 {
            let dash = Some((figure.px(5.0), figure.px(4.0)));
            figure.line(&self.growth, Stroke { dash, width: figure.stroke_px(1.5), ..stroke })?;
        }
        Ok(())
    }

    fn draw_done(&self) -> Result<(), ChartError> {
        let (figure, theme) = (self.figure, self.figure.theme);
        let width = figure.stroke_px(if self.frame.is_thumbnail() { 2.0 } else { 2.75 });
        if self.done.len() > 1 {
            figure.line(&self.done, Stroke { color: theme.actual, width, dash: None })?;
        }
        match self.done.last() {
            Some(end) => self.frame.dot(*end, theme.actual),
            None => Ok(()),
        }
    }

    /// The value of what is done first, then the marks, the scope, the ideal pace.
    fn labels(&self, marks: &[Marks<'_>]) -> Result<(), ChartError> {
        let (figure, frame, plot) = (self.figure, &self.frame, self.scale.plot);
        let (theme, up) = (figure.theme, self.up);
        let mut placer = Placer::new(
            Area {
                left: plot.left + figure.px(2.0),
                top: plot.top - figure.px(2.0),
                right: if self.margin.is_empty() { figure.width - figure.px(6.0) } else { plot.right },
                bottom: plot.bottom - figure.px(3.0),
            },
            figure.px(1.5),
        );
        placer.avoid(&self.done, 10.0);
        placer.avoid(&self.scope, 10.0);
        placer.avoid(&self.growth, 8.0);
        for line in &self.ideals {
            placer.avoid(line, 5.0);
        }
        if let Some(forecast) = &up.burn.forecast {
            let whole = words::whole(up, forecast);
            for left in [|day: &ConeDay| day.p10, |day: &ConeDay| day.p50, |day: &ConeDay| day.p90] {
                let edge =
                    forecast.days.iter().map(|day| self.scale.at(day.x, whole - left(&day.left).in_points()));
                placer.avoid(&edge.collect::<Vec<Point>>(), 3.0);
            }
        }
        sprint::avoid_flags(&self.flags, &mut placer, &self.scale);
        for marks in marks {
            marks.avoid(&mut placer, figure);
        }
        if let Some(end) = self.done.last() {
            let dot = 2.2 * frame.dot_radius();
            placer.take(Area::around(*end, dot, dot));
            if !self.ends_in_margin {
                sprint::label_end(frame, &mut placer, *end, &words::done(up), theme.actual)?;
            }
        }
        if !frame.is_thumbnail() {
            let told =
                self.ends_in_margin || up.growth.as_ref().is_some_and(|growth| words::stays(up, growth));
            if let Some(end) = self.scope.last().filter(|_| !told) {
                sprint::label_end(frame, &mut placer, *end, &words::scope(up), theme.ink)?;
            }
            for marks in marks {
                marks.label(figure, &mut placer, frame.sizes.label)?;
            }
            sprint::label_ideals(frame, &mut placer, &up.ideals(), &self.scale)?;
        }
        frame.draw_margin(&self.margin, plot)
    }
}

/// A label of the margin and the value that it names.
type Said = (MarginLabel, f64);

/// What may come, by the projection and the forecast.
fn ahead(up: &BurnUp, frame: &Frame<'_>) -> Vec<Said> {
    let theme = frame.figure.theme;
    let mut said = Vec::new();
    if let Some(growth) = &up.growth {
        let stays = words::stays(up, growth);
        let text = if stays { words::scope(up) } else { words::projected(growth) };
        said.push((label(text, theme.ink, false), growth.at_end()));
    }
    if let Some(forecast) = &up.burn.forecast {
        for (text, strong, value) in words::likely_done(up, forecast) {
            let color = if strong { theme.actual } else { theme.muted };
            said.push((label(text, color, strong), value));
        }
    }
    said
}

/// Where the lines end.
fn ends(up: &BurnUp, frame: &Frame<'_>) -> Vec<Said> {
    let theme = frame.figure.theme;
    let done = (label(words::done(up), theme.actual, true), up.burn.done.in_points());
    if frame.is_thumbnail() {
        return vec![done];
    }
    vec![(label(words::scope(up), theme.ink, true), up.scope_now().in_points()), done]
}

fn label(text: String, color: RGBColor, strong: bool) -> MarginLabel {
    MarginLabel { y: 0.0, text, color, strong, swatch: None }
}

/// The lowest and the highest value that the plot must hold; the lowest is 0 or less, the highest above it.
fn values(up: &BurnUp) -> (f64, f64) {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    let mut hold = |value: f64| {
        low = low.min(value);
        high = high.max(value);
    };
    up.scope.iter().chain(&up.done).for_each(|point| hold(point.amount.in_points()));
    hold(up.burn.committed.in_points());
    up.ideals().iter().flatten().for_each(|point| hold(point.remaining));
    up.growth.iter().flat_map(|growth| &growth.line).for_each(|point| hold(point.scope));
    if let Some(forecast) = &up.burn.forecast {
        hold(words::whole(up, forecast));
    }
    if high <= 0.0 {
        high = 1.0;
    }
    // Less than nothing is a fault elsewhere; it is shown, and the base line keeps off the top.
    high = high.max(-0.15 * low);
    (low, high)
}
