//! The burn-down: what remains of a Sprint, against an even pace.
//!
//! 1. The ideal line and the actual steps are drawn as `domain::flow` computed them; the title states the finding.
//! 2. A change of scope is an arrow along its step with size, title and origin; work that was opened again is an arrow
//!    with a hollow head; an interrupt in the buffer is a hollow diamond, for it does not move the line.
//! 3. Marks too close for labels of their own share one: “+ 8, 3 items”. No two labels overlap.
//! 4. Days off are shaded; today, an early close and the planned end of an overdue Sprint are upright lines with a flag.
//! 5. Lines are labelled directly. In a small picture the secondary labels go first; everything stays in the table.

mod marks;
mod words;

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{AxisDay, DayAxis, Detail, Frame, Numbers, Sizes};
use crate::place::{Area, Placer, Point, Proposal, spread};
use crate::theme::Theme;
use crate::{Chart, ChartError, Size};
use domain::flow::{BurnDown, Unit};
use marks::Marks;

/// The burn-down as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no day, a number
/// that is not finite.
pub fn burn_down(burn: &BurnDown, theme: &Theme, size: Size, id_prefix: &str) -> Result<Chart, ChartError> {
    check(burn)?;
    let figure = Figure::new(theme, size)?;
    let title = words::title(burn);
    let description = words::description(burn);
    let drawing = Drawing::lay_out(burn, &figure)?;
    drawing.draw()?;
    let points = words::points(burn, &drawing.scale);
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(burn), points })
}

/// Refuses what has no place on paper.
fn check(burn: &BurnDown) -> Result<(), ChartError> {
    if burn.days.is_empty() {
        return Err(ChartError::NoDays);
    }
    let finite = |what, mut numbers: Box<dyn Iterator<Item = f64> + '_>| {
        if numbers.all(f64::is_finite) { Ok(()) } else { Err(ChartError::NotFinite { what }) }
    };
    finite("the ideal line", Box::new(burn.ideal.iter().flat_map(|point| [point.x, point.remaining])))?;
    finite("the actual line", Box::new(burn.actual.iter().chain([&burn.end]).map(|point| point.x)))?;
    finite("a mark", Box::new(burn.marks.iter().map(|mark| mark.x)))
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
    flags: Vec<Flag>,
    actual: Vec<Point>,
    ideal: Vec<Point>,
}

const IDEAL: &str = "ideal pace";

impl<'a> Drawing<'a> {
    fn lay_out(burn: &'a BurnDown, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let (detail, sizes, pad) = (frame.detail, frame.sizes, frame.pad);
        let flags = flags(burn);
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
        if !burn.actual.is_empty() {
            let label = fonts::width(&words::left(burn), Weight::Strong, sizes.end)? + figure.px(12.0);
            let room = (days - burn.end.x.clamp(0.0, days)) * (figure.width - left - pad) / days;
            if room < label && label < figure.width / 4.0 {
                in_margin = true;
                let beside_ideal = burn.ideal.last().is_some_and(|end| end.x >= days);
                margin = if beside_ideal && detail != Detail::Thumbnail {
                    pad * 0.7
                        + figure.px(10.0)
                        + label.max(fonts::width(IDEAL, Weight::Regular, sizes.label)?)
                } else {
                    pad + label - room * 0.9
                };
            }
        }
        let right = figure.width - margin;

        let columns = burn.days.iter().map(|day| AxisDay { day: day.day, off: day.shaded }).collect();
        let axis = frame.days(columns, right - left)?;
        let bottom = frame.bottom(axis.rows());

        let plot = Area { left, top, right, bottom };
        let scale = Scale::new(plot, (0.0, days), (low, high * 1.04))?;
        let ideal = burn.ideal.iter().map(|point| scale.at(point.x, point.remaining)).collect();
        let actual = thinned(actual(burn, &scale));
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
            flags,
            actual,
            ideal,
        })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let marks = Marks::read(self.burn, &self.scale);
        self.figure.group("days-off", |_| self.frame.shade_days(&self.days, &self.scale))?;
        self.figure.group("axes", |_| self.axes())?;
        self.figure.group("ideal", |figure| figure.line(&self.ideal, self.ideal_stroke()))?;
        self.figure.group("flags", |_| self.draw_flags())?;
        self.figure.group("actual", |_| self.draw_actual())?;
        self.figure.group("marks", |figure| marks.draw(figure))?;
        self.figure.group("labels", |_| self.labels(&marks))?;
        self.figure.group("words", |_| self.headline())
    }

    fn ideal_stroke(&self) -> Stroke {
        Stroke { color: self.figure.theme.ideal, width: self.figure.stroke_px(1.25), dash: None }
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

    fn draw_flags(&self) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, self.scale.plot);
        let labelled = self.detail != Detail::Thumbnail;
        let color = |flag: &Flag| if flag.dashed { theme.muted } else { theme.ink };
        let xs: Vec<f64> = self.flags.iter().map(|flag| self.scale.at(flag.x, 0.0).0).collect();
        let mut widest = 0.0_f64;
        for (flag, x) in self.flags.iter().zip(&xs) {
            let dash = flag.dashed.then(|| (figure.px(4.0), figure.px(3.0)));
            let top = if labelled { self.flag_y + self.sizes.axis * 0.75 } else { plot.top };
            let stroke = Stroke { color: color(flag), width: figure.stroke_px(1.0), dash };
            figure.line(&[(*x, top), (*x, plot.bottom)], stroke)?;
            widest = widest.max(fonts::width(flag.text, Weight::Regular, self.sizes.axis)?);
        }
        if labelled {
            let edge = widest / 2.0 + figure.px(4.0);
            let middles = spread(&xs, widest + figure.px(8.0), edge, figure.width - edge);
            for (flag, middle) in self.flags.iter().zip(middles) {
                let letters = self.letters(self.sizes.axis, color(flag));
                figure.text(flag.text, (middle, self.flag_y), Side::Middle, letters)?;
            }
        }
        Ok(())
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
                right: if self.in_margin { plot.right } else { figure.width - figure.px(6.0) },
                bottom: plot.bottom - figure.px(3.0),
            },
            figure.px(1.5),
        );
        placer.avoid(&self.actual, 10.0);
        placer.avoid(&self.ideal, 5.0);
        for flag in &self.flags {
            let x = self.scale.at(flag.x, 0.0).0;
            placer.avoid(&[(x, plot.top), (x, plot.bottom)], 6.0);
        }
        marks.avoid(&mut placer, figure);
        if let Some(end) = self.actual.last() {
            placer.take(Area::around(*end, 2.2 * self.dot(), 2.2 * self.dot()));
        }
        self.label_ends(&mut placer)?;
        if self.detail != Detail::Thumbnail {
            marks.label(figure, &mut placer, self.sizes.label)?;
            if !self.in_margin || !self.ideal_ends_at_the_edge() {
                self.label_ideal(&placer)?;
            }
        }
        Ok(())
    }

    fn ideal_ends_at_the_edge(&self) -> bool {
        self.ideal.last().is_some_and(|end| end.0 >= self.scale.plot.right - self.figure.px(1.0))
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
                .ideal
                .last()
                .filter(|_| self.detail != Detail::Thumbnail && self.ideal_ends_at_the_edge());
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
                figure.text(IDEAL, (x, *y), Side::Start, letters)?;
            }
            return Ok(());
        }
        let width = fonts::width(&text, Weight::Strong, self.sizes.end)?;
        let height = self.sizes.end * 1.25;
        let gap = self.dot() + figure.px(8.0);
        let beside = |x: f64, y: f64, cost| Proposal {
            area: Area::around((end.0 + x, end.1 + y), width, height),
            cost,
        };
        let (across, up) = (gap + width / 2.0, gap + height / 4.0);
        let places = [
            beside(across, -up, 0.0),
            beside(across, 0.0, 0.5),
            beside(across, up, 1.0),
            beside(across, -2.0 * up, 2.0),
            beside(across, 2.0 * up, 2.5),
            beside(-across, -up, 3.0),
            beside(-across, up, 3.0),
            beside(0.0, -2.0 * up, 3.5),
            beside(0.0, 2.0 * up, 3.5),
            beside(-across, 2.0 * up, 4.5),
            beside(across, -3.0 * up, 5.0),
        ];
        if let Some(place) = placer.best(places) {
            figure.text(&text, (place.area.left, place.area.middle().1), Side::Start, letters)?;
            placer.take(place.area);
        }
        Ok(())
    }

    /// “ideal pace”, somewhere along the line where there is room; left out where there is none.
    fn label_ideal(&self, placer: &Placer) -> Result<(), ChartError> {
        let (figure, size) = (self.figure, self.sizes.label);
        let (Some(first), Some(last)) = (self.burn.ideal.first(), self.burn.ideal.last()) else {
            return Ok(());
        };
        let (width, height) = (fonts::width(IDEAL, Weight::Regular, size)?, size * 1.2);
        let mut places = Vec::new();
        for (order, part) in
            [0.35, 0.45, 0.55, 0.25, 0.65, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.15].iter().enumerate()
        {
            let x = first.x + (last.x - first.x) * part;
            let (x, y) = self.scale.at(x, words::ideal_at(self.burn, x).unwrap_or_default());
            let cost = order as f64 * 0.3;
            for (away, more) in [(6.0, 0.0), (12.0, 1.0), (20.0, 2.0)] {
                let away = figure.px(away);
                let right = (x + away + width / 2.0, y - away / 2.0);
                let left = (x - away - width / 2.0, y + away / 2.0);
                places.push(Proposal { area: Area::around(right, width, height), cost: cost + more });
                places.push(Proposal { area: Area::around(left, width, height), cost: cost + more + 0.2 });
            }
        }
        if let Some(place) = placer.best(places).filter(|place| place.cost < 9.0) {
            let letters = Letters { rim: true, ..self.letters(size, figure.theme.ideal) };
            figure.text(IDEAL, (place.area.left, place.area.middle().1), Side::Start, letters)?;
        }
        Ok(())
    }
}

/// The upright lines and what they stand for.
fn flags(burn: &BurnDown) -> Vec<Flag> {
    let days = burn.days.len() as f64;
    let mut flags = Vec::new();
    if !burn.actual.is_empty() {
        if !burn.closed {
            flags.push(Flag { x: burn.end.x, text: "today", dashed: false });
        } else if burn.end.x < days - 1.0 {
            flags.push(Flag { x: burn.end.x, text: "closed", dashed: false });
        }
    }
    let planned_end =
        burn.days.iter().position(|day| day.day == burn.last_day).map(|index| index as f64 + 1.0);
    if let Some(x) = planned_end.filter(|end| *end < days) {
        flags.push(Flag { x, text: "planned end", dashed: true });
    }
    flags
}

/// An upright line with a word above it.
struct Flag {
    /// Days since the start of the plot.
    x: f64,
    text: &'static str,
    dashed: bool,
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
    if high <= 0.0 {
        high = 1.0;
    }
    // Less than nothing is a fault elsewhere; it is shown, and the base line keeps off the top.
    high = high.max(-0.15 * low);
    (low, high)
}

/// The actual line's corners: level until each point, upright at it.
fn actual(burn: &BurnDown, scale: &Scale) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::with_capacity(2 * burn.actual.len() + 2);
    if burn.actual.is_empty() {
        return corners;
    }
    for point in burn.actual.iter().chain([&burn.end]) {
        let at = scale.at(point.x, point.remaining.in_points());
        if let Some(before) = corners.last().copied() {
            corners.push((at.0, before.1));
        }
        corners.push(at);
    }
    corners
}

/// A line of many corners, with no more of them than can be seen: in each half pixel of width the first, the highest,
/// the lowest and the last.
fn thinned(corners: Vec<Point>) -> Vec<Point> {
    if corners.len() < 2_000 {
        return corners;
    }
    let mut thin: Vec<Point> = Vec::new();
    for column in corners.chunk_by(|a, b| (a.0 * 2.0).floor() == (b.0 * 2.0).floor()) {
        let by_height = |a: &&Point, b: &&Point| a.1.total_cmp(&b.1);
        let kept =
            [column.first(), column.iter().min_by(by_height), column.iter().max_by(by_height), column.last()];
        thin.extend(kept.into_iter().flatten());
    }
    thin
}
