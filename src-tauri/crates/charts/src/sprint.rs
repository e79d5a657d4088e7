//! What the charts of one Sprint share: steps, upright lines with a flag, the label at a line's end.
//!
//! 1. A line that steps is level until each point and upright at it; it ends where the Sprint stands.
//! 2. Today, an early close and the planned end of an overdue Sprint are upright lines with a flag above the plot.
//! 3. The value at a line's end stands beside its dot, where it crosses least.

use crate::ChartError;
use crate::fig::{Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{AxisDay, Frame};
use crate::place::{Area, Placer, Point, Proposal, spread};
use domain::flow::{BurnDown, BurnForecast, IdealPoint};
use domain::forecast::ConeDay;
use domain::measures::Size;
use plotters::style::RGBColor;

/// What the ideal line in force is called.
pub(crate) const IDEAL: &str = "ideal pace";

/// The days of a Sprint's plot.
pub(crate) fn axis_days(burn: &BurnDown) -> Vec<AxisDay> {
    burn.days.iter().map(|day| AxisDay { day: day.day, off: day.shaded }).collect()
}

/// Refuses what has no place on paper.
pub(crate) fn check(burn: &BurnDown) -> Result<(), ChartError> {
    if burn.days.is_empty() {
        return Err(ChartError::NoDays);
    }
    let corners = burn.rebased.iter().flat_map(|line| &line.line).chain(&burn.ideal);
    finite("the ideal line", corners.flat_map(|point| [point.x, point.remaining]))?;
    finite("the actual line", burn.actual.iter().chain([&burn.end]).map(|point| point.x))?;
    finite("the forecast", burn.forecast.iter().flat_map(|forecast| &forecast.days).map(|day| day.x))?;
    finite("a mark", burn.marks.iter().map(|mark| mark.x))
}

/// Refuses numbers that are infinite or none at all.
pub(crate) fn finite(what: &'static str, mut numbers: impl Iterator<Item = f64>) -> Result<(), ChartError> {
    if numbers.all(f64::is_finite) { Ok(()) } else { Err(ChartError::NotFinite { what }) }
}

/// The corners of a line that steps through points and is level to an end (rule 1); none without points.
pub(crate) fn steps(points: impl IntoIterator<Item = (f64, f64)>, end: f64, scale: &Scale) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::new();
    let mut last = None;
    for (x, y) in points {
        let at = scale.at(x, y);
        if let Some(before) = corners.last().copied() {
            corners.push((at.0, before.1));
        }
        corners.push(at);
        last = Some(y);
    }
    if let Some(y) = last {
        corners.push(scale.at(end, y));
    }
    thinned(corners)
}

/// The points of an ideal line.
pub(crate) fn ideal(line: &[IdealPoint], scale: &Scale) -> Vec<Point> {
    line.iter().map(|point| scale.at(point.x, point.remaining)).collect()
}

/// A line of many corners, with no more of them than can be seen: in each half pixel of width the first, the highest,
/// the lowest and the last.
pub(crate) fn thinned(corners: Vec<Point>) -> Vec<Point> {
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

/// The value of an ideal line; level before its first corner and after its last.
pub(crate) fn value_of(line: &[IdealPoint], x: f64) -> f64 {
    let after = line.partition_point(|corner| corner.x <= x);
    match (after.checked_sub(1).and_then(|index| line.get(index)), line.get(after)) {
        (Some(a), Some(b)) => a.remaining + (b.remaining - a.remaining) * (x - a.x) / (b.x - a.x),
        (Some(only), None) | (None, Some(only)) => only.remaining,
        (None, None) => 0.0,
    }
}

/// Draws ideal lines: the last, which is in force, over those before it, which are pale.
pub(crate) fn draw_ideals(frame: &Frame<'_>, lines: &[Vec<Point>]) -> Result<(), ChartError> {
    let (figure, theme) = (frame.figure, frame.figure.theme);
    let in_force = lines.len().saturating_sub(1);
    for (index, line) in lines.iter().enumerate() {
        let color = if index == in_force { theme.ideal } else { theme.committed };
        figure.line(line, Stroke { color, width: figure.stroke_px(1.25), dash: None })?;
    }
    Ok(())
}

/// Writes what the ideal line in force is, and what the first is where that is another.
pub(crate) fn label_ideals(
    frame: &Frame<'_>,
    placer: &mut Placer,
    lines: &[Vec<IdealPoint>],
    scale: &Scale,
) -> Result<(), ChartError> {
    let theme = frame.figure.theme;
    let in_force = lines.len().saturating_sub(1);
    for (index, line) in lines.iter().enumerate().filter(|(index, _)| *index == in_force || *index == 0) {
        let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
        let said = if index == in_force { (IDEAL, theme.ideal) } else { ("ideal at the start", theme.muted) };
        label_along(frame, placer, said, (first.x, last.x), |x| value_of(line, x), scale)?;
    }
    Ok(())
}

/// Draws a forecast as two nested bands and a dashed middle; a function tells where what is left lies at an x.
pub(crate) fn draw_cone(
    frame: &Frame<'_>,
    forecast: &BurnForecast,
    place: impl Fn(f64, Size) -> Point,
) -> Result<(), ChartError> {
    let (figure, theme) = (frame.figure, frame.figure.theme);
    let edge = |of: fn(&ConeDay) -> Size| {
        forecast.days.iter().map(|day| place(day.x, of(&day.left))).collect::<Vec<Point>>()
    };
    let band = |low: fn(&ConeDay) -> Size, high: fn(&ConeDay) -> Size| {
        let mut corners = edge(low);
        corners.extend(edge(high).into_iter().rev());
        corners
    };
    figure.polygon(&band(|day| day.p10, |day| day.p90), theme.bands[0])?;
    figure.polygon(&band(|day| day.p25, |day| day.p75), theme.bands[1])?;
    let dash = Some((figure.px(5.0), figure.px(4.0)));
    figure.line(&edge(|day| day.p50), Stroke { color: theme.actual, width: figure.stroke_px(1.75), dash })
}

/// An upright line with a word above it.
pub(crate) struct Flag {
    /// Days since the start of the plot.
    x: f64,
    text: &'static str,
    dashed: bool,
}

/// The upright lines of a Sprint and what they stand for (rule 2).
pub(crate) fn flags(burn: &BurnDown) -> Vec<Flag> {
    let days = burn.days.len() as f64;
    let mut flags = Vec::new();
    if !burn.actual.is_empty() {
        if !burn.closed {
            flags.push(Flag {
                x: burn.end.x,
                text: if burn.is_past { "then" } else { "today" },
                dashed: false,
            });
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

/// Draws the flags, their words at a height.
pub(crate) fn draw_flags(
    frame: &Frame<'_>,
    flags: &[Flag],
    flag_y: f64,
    scale: &Scale,
) -> Result<(), ChartError> {
    let (figure, theme, plot) = (frame.figure, frame.figure.theme, scale.plot);
    let labelled = !frame.is_thumbnail();
    let color = |flag: &Flag| if flag.dashed { theme.muted } else { theme.ink };
    let xs: Vec<f64> = flags.iter().map(|flag| scale.at(flag.x, 0.0).0).collect();
    let mut widest = 0.0_f64;
    for (flag, x) in flags.iter().zip(&xs) {
        let dash = flag.dashed.then(|| (figure.px(4.0), figure.px(3.0)));
        let top = if labelled { flag_y + frame.sizes.axis * 0.75 } else { plot.top };
        let stroke = Stroke { color: color(flag), width: figure.stroke_px(1.0), dash };
        figure.line(&[(*x, top), (*x, plot.bottom)], stroke)?;
        widest = widest.max(fonts::width(flag.text, Weight::Regular, frame.sizes.axis)?);
    }
    if labelled {
        let edge = widest / 2.0 + figure.px(4.0);
        let middles = spread(&xs, widest + figure.px(8.0), edge, figure.width - edge);
        for (flag, middle) in flags.iter().zip(middles) {
            let letters = frame.letters(frame.sizes.axis, color(flag));
            figure.text(flag.text, (middle, flag_y), Side::Middle, letters)?;
        }
    }
    Ok(())
}

/// Tells a placer where the flags' lines are.
pub(crate) fn avoid_flags(flags: &[Flag], placer: &mut Placer, scale: &Scale) {
    for flag in flags {
        let x = scale.at(flag.x, 0.0).0;
        placer.avoid(&[(x, scale.plot.top), (x, scale.plot.bottom)], 6.0);
    }
}

/// Writes a value beside the dot at a line's end (rule 3); left out where there is no place.
pub(crate) fn label_end(
    frame: &Frame<'_>,
    placer: &mut Placer,
    end: Point,
    text: &str,
    color: RGBColor,
) -> Result<(), ChartError> {
    let (figure, size) = (frame.figure, frame.sizes.end);
    let letters = Letters { size, weight: Weight::Strong, color, rim: true };
    let (width, height) = (fonts::width(text, Weight::Strong, size)?, size * 1.25);
    let gap = frame.dot_radius() + figure.px(8.0);
    let beside =
        |x: f64, y: f64, cost| Proposal { area: Area::around((end.0 + x, end.1 + y), width, height), cost };
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
        figure.text(text, (place.area.left, place.area.middle().1), Side::Start, letters)?;
        placer.take(place.area);
    }
    Ok(())
}

/// Writes what a line is, somewhere along it where there is room: right above it or left below it where it falls, the
/// other way where it rises. Left out where there is none. The line's value is given by its x.
pub(crate) fn label_along(
    frame: &Frame<'_>,
    placer: &mut Placer,
    (text, color): (&str, RGBColor),
    (first, last): (f64, f64),
    value: impl Fn(f64) -> f64,
    scale: &Scale,
) -> Result<(), ChartError> {
    let (figure, size) = (frame.figure, frame.sizes.label);
    let (width, height) = (fonts::width(text, Weight::Regular, size)?, size * 1.2);
    let rises = if value(last) > value(first) { -1.0 } else { 1.0 };
    let mut places = Vec::new();
    for (order, part) in [0.35, 0.45, 0.55, 0.25, 0.65, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.15].iter().enumerate()
    {
        let x = first + (last - first) * part;
        let (x, y) = scale.at(x, value(x));
        let cost = order as f64 * 0.3;
        for (away, more) in [(6.0, 0.0), (12.0, 1.0), (20.0, 2.0)] {
            let away = figure.px(away);
            let right = (x + away + width / 2.0, y - rises * away / 2.0);
            let left = (x - away - width / 2.0, y + rises * away / 2.0);
            places.push(Proposal { area: Area::around(right, width, height), cost: cost + more });
            places.push(Proposal { area: Area::around(left, width, height), cost: cost + more + 0.2 });
        }
    }
    if let Some(place) = placer.best(places).filter(|place| place.cost < 9.0) {
        let letters = Letters { rim: true, ..frame.letters(size, color) };
        figure.text(text, (place.area.left, place.area.middle().1), Side::Start, letters)?;
        placer.take(place.area);
    }
    Ok(())
}
