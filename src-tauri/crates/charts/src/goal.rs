//! The burn-up of a goal over Sprints: its scope, what is done of it, and when it may be done.
//!
//! 1. Scope and done are lines with a dot at each Sprint's end; the last dot is now, or the past moment that is told.
//! 2. The forecast is two nested bands and a dashed middle, from now to the scope; on the scope marks say by which day
//!    it is done at 50, 85 and 95 per cent. It is a range, never one day.
//! 3. Where nothing can be foreseen the title says so, and the picture ends now.
//! 4. In a small picture marks and flags go first; everything stays in the table.

mod words;

use crate::fig::{Figure, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{AxisDay, DayAxis, Frame, Numbers};
use crate::lanes::{self, Named};
use crate::place::{Area, Placer, Point, spread};
use crate::sprint::{label_along, label_end, value_of};
use crate::theme::Theme;
use crate::{Chart, ChartError, Size};
use domain::calendar::Day;
use domain::flow::{Ahead, GoalBurnUp, GoalForecast, GoalPoint, IdealPoint, Unit};
use domain::forecast::ConeDay;
use domain::measures::Size as Amount;
use plotters::style::RGBColor;

/// The burn-up of a goal as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no moment.
pub fn goal_burn_up(
    goal: &GoalBurnUp,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    let (Some(first), Some(now)) = (goal.points.first(), goal.points.last()) else {
        return Err(ChartError::NoDays);
    };
    let figure = Figure::new(theme, size)?;
    let drawing = Drawing::lay_out(goal, first, now, &figure)?;
    drawing.draw()?;
    let (title, description) = (words::title(goal), words::description(goal));
    let points = words::points(goal, |days, value| drawing.scale.at(x_of(days), value));
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(goal), points })
}

/// The likelihoods that have a mark on the scope.
const MARKED: [u32; 3] = [50, 85, 95];
/// The longest plot, in days.
const LONGEST: i64 = 20_000;

/// Where a day lies on the plot: its noon.
fn x_of(days: i64) -> f64 {
    days as f64 + 0.5
}

struct Drawing<'a> {
    goal: &'a GoalBurnUp,
    now: &'a GoalPoint,
    frame: Frame<'a>,
    scale: Scale,
    numbers: Numbers,
    axis: DayAxis,
    flag_y: f64,
    named: Vec<Named>,
}

impl<'a> Drawing<'a> {
    fn lay_out(
        goal: &'a GoalBurnUp,
        first: &'a GoalPoint,
        now: &'a GoalPoint,
        figure: &'a Figure<'a>,
    ) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let ahead = forecast(goal).map_or(0, |forecast| forecast.cone.len().saturating_sub(1) as i64);
        let past = now.days.clamp(0, LONGEST);
        let count = (past + ahead).clamp(0, LONGEST) + 1;
        let values = goal.points.iter().flat_map(|point| [point.scope, point.done]);
        let values: Vec<f64> = values.map(|size| size.in_points()).collect();
        let low = values.iter().copied().fold(0.0_f64, f64::min);
        let high = values.iter().copied().fold(0.0_f64, f64::max);
        let high = if high <= 0.0 { 1.0_f64.max(-0.2 * low) } else { high.max(-0.2 * low) };
        let (flag_y, top) = frame.flags();
        let whole = goal.unit == Unit::Items || high >= 3.0;
        let numbers = frame.numbers((low, high), frame.bottom(1.0) - top, if whole { 1.0 } else { 0.1 })?;
        let mut named = vec![named(words::scope(goal), frame.figure.theme.ink, true)];
        let in_margin = ahead == 0;
        if in_margin {
            named.push(self::named(words::done(goal), frame.figure.theme.actual, true));
        }
        let most = if frame.is_thumbnail() { 0.3 } else { 0.25 };
        let right = figure.width - lanes::margin(&frame, &named, most)?;
        let days: Vec<AxisDay> =
            (0..count).map(|day| AxisDay { day: first.day.plus(day), off: false }).collect();
        let axis = frame.days(days, right - numbers.left)?;
        let plot = Area { left: numbers.left, top, right, bottom: frame.bottom(axis.rows()) };
        let scale = Scale::new(plot, (0.0, count as f64), (low, high * 1.06))?;
        named[0].y = scale.at(0.0, now.scope.in_points()).1;
        if let Some(done) = named.get_mut(1) {
            done.y = scale.at(0.0, now.done.in_points()).1;
        }
        Ok(Drawing { goal, now, frame, scale, numbers, axis, flag_y, named })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        figure.group("forecast", |_| self.cone())?;
        figure.group("axes", |_| {
            frame.draw_numbers(&self.numbers, &self.scale)?;
            frame.draw_days(&self.axis, &self.scale, self.scale.plot.right + figure.px(8.0))
        })?;
        figure.group("flags", |_| self.flags())?;
        figure.group("scope", |_| self.scope())?;
        figure.group("done", |_| self.done())?;
        figure.group("labels", |_| self.labels())?;
        figure.group("words", |_| {
            // A shorter finding is better than one that ends before its day.
            let (name, whole) = (words::name(self.goal), words::finding(self.goal, false));
            let room = figure.width - 2.0 * frame.pad;
            let fits = fonts::width(&whole, Weight::Strong, frame.sizes.title)? <= room;
            let finding = if fits { whole } else { words::finding(self.goal, true) };
            frame.headline(&name, &finding, &words::subtitles(self.goal))
        })
    }

    fn cone(&self) -> Result<(), ChartError> {
        let Some(forecast) = forecast(self.goal) else { return Ok(()) };
        let (figure, theme) = (self.frame.figure, self.frame.figure.theme);
        let at = |day: &ConeDay, left: Amount| {
            let done = (self.now.scope - left).in_points();
            self.scale.at(x_of(self.now.days + i64::from(day.day)), done)
        };
        let edge = |of: fn(&ConeDay) -> Amount| {
            forecast.cone.iter().map(|day| at(day, of(day))).collect::<Vec<Point>>()
        };
        let band = |low: fn(&ConeDay) -> Amount, high: fn(&ConeDay) -> Amount| {
            let mut corners = edge(low);
            corners.extend(edge(high).into_iter().rev());
            corners
        };
        figure.polygon(&band(|day| day.p10, |day| day.p90), theme.bands[0])?;
        figure.polygon(&band(|day| day.p25, |day| day.p75), theme.bands[1])?;
        let dash = Some((figure.px(5.0), figure.px(4.0)));
        figure.line(&edge(|day| day.p50), Stroke { color: theme.actual, width: figure.stroke_px(1.75), dash })
    }

    /// The marks of the forecast that lie on the plot, each with its x and its words.
    fn marks(&self) -> Vec<(f64, String)> {
        let Some(forecast) = forecast(self.goal) else { return Vec::new() };
        let mark = |(percent, day): &(u32, Option<Day>)| {
            let day = day.filter(|_| MARKED.contains(percent))?;
            let x = x_of(self.now.days + self.now.day.days_until(day));
            let last = self.axis_days() as f64;
            (x < last).then(|| (x, format!("{percent} %: {}", words::short(day, self.now.day))))
        };
        forecast.by.iter().filter_map(mark).collect()
    }

    fn axis_days(&self) -> i64 {
        let ahead = forecast(self.goal).map_or(0, |forecast| forecast.cone.len().saturating_sub(1) as i64);
        (self.now.days.clamp(0, LONGEST) + ahead).clamp(0, LONGEST) + 1
    }

    /// Upright lines at now and at the marks of the forecast, with their words above.
    fn flags(&self) -> Result<(), ChartError> {
        let (frame, figure, plot) = (&self.frame, self.frame.figure, self.scale.plot);
        let theme = figure.theme;
        let mut flags = vec![(x_of(self.now.days), words::now(self.goal), theme.ink, false)];
        if !frame.is_thumbnail() {
            flags.extend(self.marks().into_iter().map(|(x, text)| (x, text, theme.actual, true)));
        }
        let size = frame.sizes.axis;
        let mut widest = 0.0_f64;
        for (_, text, ..) in &flags {
            widest = widest.max(fonts::width(text, Weight::Regular, size)?);
        }
        let (gap, edge) = (widest + figure.px(10.0), widest / 2.0 + figure.px(4.0));
        let placed = |flags: &[(f64, String, RGBColor, bool)]| -> (Vec<f64>, f64) {
            let xs: Vec<f64> = flags.iter().map(|(x, ..)| self.scale.at(*x, 0.0).0).collect();
            let middles = spread(&xs, gap, edge, (figure.width - edge).max(edge));
            let moved = xs.iter().zip(&middles).map(|(x, middle)| (x - middle).abs());
            (middles.clone(), moved.fold(0.0_f64, f64::max))
        };
        // Where words would stand far from what they name, or upon each other, first the last mark goes, then the first.
        let is_crowded = |flags: &[(f64, String, RGBColor, bool)]| {
            placed(flags).1 > widest * 0.7 || gap * flags.len() as f64 > figure.width - 2.0 * frame.pad
        };
        while flags.len() > 1 && is_crowded(&flags) {
            let goes = if flags.len() == 3 { 1 } else { flags.len() - 1 };
            flags.remove(goes);
        }
        let top = self.scale.at(0.0, self.now.scope.in_points()).1;
        for (x, _, color, is_mark) in &flags {
            let x = self.scale.at(*x, 0.0).0;
            let (width, dash) = (figure.stroke_px(1.0), Some((figure.px(3.0), figure.px(3.0))));
            let stroke = Stroke { color: *color, width, dash: dash.filter(|_| *is_mark) };
            let from = if frame.is_thumbnail() { plot.top } else { self.flag_y + size * 0.75 };
            let to = if *is_mark { top } else { plot.bottom };
            figure.line(&[(x, from), (x, to.max(from))], stroke)?;
            if *is_mark {
                frame.dot((x, top), *color)?;
            }
        }
        if frame.is_thumbnail() {
            return Ok(());
        }
        let (middles, _) = placed(&flags);
        for ((_, text, color, _), middle) in flags.iter().zip(middles) {
            figure.text(text, (middle, self.flag_y), Side::Middle, frame.letters(size, *color))?;
        }
        Ok(())
    }

    fn line(&self, value: fn(&GoalPoint) -> Amount) -> Vec<Point> {
        self.goal
            .points
            .iter()
            .map(|point| self.scale.at(x_of(point.days), value(point).in_points()))
            .collect()
    }

    /// The scope so far, and level from now on.
    fn scope(&self) -> Result<(), ChartError> {
        let (figure, theme) = (self.frame.figure, self.frame.figure.theme);
        let line = self.line(|point| point.scope);
        let width = figure.stroke_px(1.75);
        figure.line(&line, Stroke { color: theme.ink, width, dash: None })?;
        if let Some(now) = line.last() {
            let dash = Some((figure.px(2.0), figure.px(4.0)));
            figure.line(&[*now, (self.scale.plot.right, now.1)], Stroke { color: theme.ink, width, dash })?;
        }
        self.dots(&line, theme.ink)
    }

    fn done(&self) -> Result<(), ChartError> {
        let (frame, figure, theme) = (&self.frame, self.frame.figure, self.frame.figure.theme);
        let line = self.line(|point| point.done);
        let width = figure.stroke_px(if frame.is_thumbnail() { 2.0 } else { 2.75 });
        figure.line(&line, Stroke { color: theme.actual, width, dash: None })?;
        self.dots(&line, theme.actual)?;
        line.last().map_or(Ok(()), |now| frame.dot(*now, theme.actual))
    }

    /// A small dot at each Sprint's end, where they have room.
    fn dots(&self, line: &[Point], color: RGBColor) -> Result<(), ChartError> {
        let figure = self.frame.figure;
        let radius = figure.stroke_px(2.5);
        let ends = self.goal.points.iter().filter(|point| point.sprint.is_some()).count();
        let room = (self.scale.plot.right - self.scale.plot.left) / ends.max(1) as f64;
        if self.frame.is_thumbnail() || room < 4.0 * radius {
            return Ok(());
        }
        for (point, at) in self.goal.points.iter().zip(line) {
            if point.sprint.is_some() {
                figure.circle(*at, radius, color)?;
            }
        }
        Ok(())
    }

    fn labels(&self) -> Result<(), ChartError> {
        let (frame, figure, plot) = (&self.frame, self.frame.figure, self.scale.plot);
        let theme = figure.theme;
        let mut placer = Placer::new(
            Area {
                left: plot.left + figure.px(2.0),
                top: plot.top,
                right: plot.right,
                bottom: plot.bottom - figure.px(3.0),
            },
            figure.px(1.5),
        );
        let (scope, done) = (self.line(|point| point.scope), self.line(|point| point.done));
        placer.avoid(&scope, 10.0);
        placer.avoid(&done, 10.0);
        let now_x = self.scale.at(x_of(self.now.days), 0.0).0;
        placer.avoid(&[(now_x, plot.top), (now_x, plot.bottom)], 6.0);
        for (x, _) in self.marks().iter().filter(|_| !frame.is_thumbnail()) {
            let x = self.scale.at(*x, 0.0).0;
            placer.avoid(&[(x, plot.top), (x, plot.bottom)], 6.0);
        }
        if let Some(forecast) = forecast(self.goal) {
            let edge = |of: fn(&ConeDay) -> Amount| -> Vec<Point> {
                let at = |day: &ConeDay| {
                    let done = (self.now.scope - of(day)).in_points();
                    self.scale.at(x_of(self.now.days + i64::from(day.day)), done)
                };
                forecast.cone.iter().map(at).collect()
            };
            placer.avoid(&edge(|day| day.p50), 6.0);
            placer.avoid(&edge(|day| day.p10), 2.0);
            placer.avoid(&edge(|day| day.p90), 2.0);
        }
        if self.named.len() == 1
            && let Some(now) = done.last()
        {
            let dot = 2.2 * frame.dot_radius();
            placer.take(Area::around(*now, dot, dot));
            label_end(frame, &mut placer, *now, &words::done(self.goal), theme.actual)?;
        }
        if !frame.is_thumbnail() && self.goal.points.len() > 2 {
            let line: Vec<IdealPoint> = self
                .goal
                .points
                .iter()
                .map(|point| IdealPoint { x: x_of(point.days), remaining: point.scope.in_points() })
                .collect();
            let value = |x: f64| value_of(&line, x);
            let ends = (x_of(0), x_of(self.now.days));
            label_along(frame, &mut placer, ("scope", theme.ink), ends, value, &self.scale)?;
        }
        lanes::draw_margin(frame, &self.named, plot)
    }
}

fn named(text: String, color: RGBColor, strong: bool) -> Named {
    Named { y: 0.0, short: text.clone(), text, square: None, color, strong }
}

/// The forecast, where there is one.
fn forecast(goal: &GoalBurnUp) -> Option<&GoalForecast> {
    match &goal.ahead {
        Ahead::Forecast(forecast) => Some(forecast),
        _ => None,
    }
}
