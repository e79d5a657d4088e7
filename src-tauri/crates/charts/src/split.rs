//! The split of one Sprint: planned, committed and done, lane by lane.
//!
//! 1. Three columns of 100 % stand side by side; ribbons between them show which lane gains and which gives.
//! 2. Each lane is named in the margin beside the last column that holds something, with its part there.
//! 3. The title names the lane that is farthest from its plan.
//! 4. A column with nothing in it is an empty frame that says so.

mod words;

pub(crate) use words::not_in_hours;

use crate::fig::{Figure, Letters, Side};
use crate::fonts::{self, Weight};
use crate::frame::{Detail, Frame};
use crate::lanes::{self, Named};
use crate::place::{Area, Point};
use crate::theme::Theme;
use crate::words::percent;
use crate::{Chart, ChartError, ChartPoint, Size};
use domain::flow::{Behind, LaneSplit};
use domain::interrupt::SplitLane;
use domain::measures::Share;
use plotters::style::RGBColor;

/// The split of a Sprint as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no lane.
pub fn split(split: &LaneSplit, theme: &Theme, size: Size, id_prefix: &str) -> Result<Chart, ChartError> {
    if split.report.lanes.is_empty() {
        return Err(ChartError::NoDays);
    }
    let figure = Figure::new(theme, size)?;
    let drawing = Drawing::lay_out(split, &figure)?;
    drawing.draw()?;
    let (title, description) = (words::title(split), words::description(split));
    let points = drawing.points();
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(split), points })
}

/// A column of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Planned,
    Committed,
    Done,
}

const COLUMNS: [Column; 3] = [Column::Planned, Column::Committed, Column::Done];
/// How wide a column is, in parts of a third of the plot.
const WIDE: f64 = 0.56;

impl Column {
    /// A lane's part of it; none where it is empty.
    fn share(self, lane: &SplitLane) -> Option<Share> {
        match self {
            Column::Planned => Some(lane.planned),
            Column::Committed => lane.committed.share,
            Column::Done => lane.actual.share,
        }
    }
}

struct Drawing<'a> {
    split: &'a LaneSplit,
    frame: Frame<'a>,
    plot: Area,
    /// The lanes as they stand in each column: from and to, in basis points from the bottom; none where it is empty.
    stacks: [Option<Vec<(i64, i64)>>; 3],
    named: Vec<Named>,
}

impl<'a> Drawing<'a> {
    fn lay_out(split: &'a LaneSplit, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let rows = if frame.detail == Detail::Thumbnail { 1.0 } else { 2.0 };
        let top = frame.top() + figure.px(4.0);
        let bottom = frame.bottom(rows).max(top + figure.px(8.0));
        let plot = Area { left: frame.pad, top, right: figure.width - frame.pad, bottom };
        let stacks = COLUMNS.map(|column| stack(&split.report.lanes, column));
        let mut drawing = Drawing { split, frame, plot, stacks, named: Vec::new() };
        drawing.named = drawing.names();
        let most = if drawing.frame.is_thumbnail() { 0.36 } else { 0.33 };
        drawing.plot.right = figure.width - lanes::margin(&drawing.frame, &drawing.named, most)?;
        Ok(drawing)
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        figure.group("ribbons", |_| self.ribbons())?;
        figure.group("lanes", |_| (0..COLUMNS.len()).try_for_each(|place| self.column(place)))?;
        figure.group("labels", |_| {
            (0..COLUMNS.len()).try_for_each(|place| self.heads(place))?;
            lanes::draw_margin(frame, &self.named, self.plot)
        })?;
        figure.group("words", |_| {
            frame.headline(
                &words::name(self.split),
                &words::finding(self.split),
                &words::subtitles(self.split),
            )
        })
    }

    /// The left and right edge of a column; the last one touches the margin, the first the picture's edge.
    fn edges(&self, place: usize) -> (f64, f64) {
        let room = self.plot.right - self.plot.left;
        let wide = room / 3.0 * WIDE;
        let left = self.plot.left + place as f64 * (room - wide) / 2.0;
        (left, left + wide)
    }

    fn y(&self, basis_points: i64) -> f64 {
        let part = basis_points as f64 / Share::WHOLE.in_basis_points() as f64;
        (self.plot.bottom - (self.plot.bottom - self.plot.top) * part).clamp(self.plot.top, self.plot.bottom)
    }

    fn color(&self, lane: usize) -> RGBColor {
        let unsorted = self.split.report.lanes.get(lane).is_some_and(|lane| lane.lane.is_none());
        lanes::color(self.frame.figure.theme, lane, unsorted)
    }

    /// Pale bands from a lane's part of one column to that of the next one that holds something.
    fn ribbons(&self) -> Result<(), ChartError> {
        let figure = self.frame.figure;
        for place in 0..COLUMNS.len() - 1 {
            let (Some(from), Some(to)) = (&self.stacks[place], &self.stacks[place + 1]) else { continue };
            let (left, right) = (self.edges(place).1, self.edges(place + 1).0);
            for (lane, (here, there)) in from.iter().zip(to).enumerate() {
                if here.0 == here.1 && there.0 == there.1 {
                    continue;
                }
                let corners: [Point; 4] = [
                    (left, self.y(here.1)),
                    (right, self.y(there.1)),
                    (right, self.y(there.0)),
                    (left, self.y(here.0)),
                ];
                figure.polygon(&corners, pale(self.color(lane), figure.theme.ground))?;
            }
        }
        Ok(())
    }

    fn column(&self, place: usize) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let (left, right) = self.edges(place);
        let Some(stack) = &self.stacks[place] else {
            let Area { top, bottom, .. } = self.plot;
            let edge = frame.hair(figure.theme.base);
            let dashed = crate::fig::Stroke { dash: Some((figure.px(4.0), figure.px(3.0))), ..edge };
            let frame_line = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
            figure.line(&frame_line, dashed)?;
            let text = fonts::shorten("nothing yet", Weight::Regular, frame.sizes.label, right - left)?;
            let letters = frame.letters(frame.sizes.label, figure.theme.muted);
            return figure.text(&text, ((left + right) / 2.0, (top + bottom) / 2.0), Side::Middle, letters);
        };
        for (lane, (from, to)) in stack.iter().enumerate() {
            if from == to {
                continue;
            }
            let area = Area { left, top: self.y(*to), right, bottom: self.y(*from) };
            figure.rect(area, self.color(lane))?;
            if *from > 0 && area.bottom - area.top > figure.px(3.0) {
                let seam =
                    crate::fig::Stroke { color: figure.theme.ground, width: figure.px(1.5), dash: None };
                figure.line(&[(left, area.bottom), (right, area.bottom)], seam)?;
            }
            let text = percent(Share::basis_points(to - from));
            let size = frame.sizes.label;
            let fits = area.bottom - area.top >= size * 1.35
                && fonts::width(&text, Weight::Strong, size)? + figure.px(4.0) <= right - left;
            if fits {
                let color = lanes::text_on(self.color(lane));
                let letters = Letters { size, weight: Weight::Strong, color, rim: false };
                figure.text(&text, area.middle(), Side::Middle, letters)?;
            }
        }
        Ok(())
    }

    /// What a column is, and how much it is, below it.
    fn heads(&self, place: usize) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let (size, theme) = (frame.sizes.axis, figure.theme);
        let (left, right) = self.edges(place);
        let middle = (left + right) / 2.0;
        // A head may be wider than its column, as far as the picture's edge and the margin are away.
        let beside = (middle - figure.px(4.0)).min(self.plot.right + figure.px(8.0) - middle);
        let room = ((right - left) / WIDE * 0.84).min(2.0 * beside);
        let row = self.plot.bottom + figure.px(5.0) + size * 0.75;
        let heads = words::heads(self.split, place);
        let head = fonts::fitting(&heads, Weight::Regular, size, room)?;
        let head = fonts::shorten(head, Weight::Regular, size, room)?;
        figure.text(&head, (middle, row), Side::Middle, frame.letters(size, theme.ink))?;
        if frame.is_thumbnail() {
            return Ok(());
        }
        let amount = fonts::shorten(&words::whole(self.split, place), Weight::Regular, size, room)?;
        figure.text(&amount, (middle, row + size * 1.28), Side::Middle, frame.letters(size, theme.muted))
    }

    /// The lanes, from the top, beside the last column that holds something.
    fn names(&self) -> Vec<Named> {
        let theme = self.frame.figure.theme;
        let Some(last) = (0..COLUMNS.len()).rev().find(|place| self.stacks[*place].is_some()) else {
            return Vec::new();
        };
        let Some(stack) = &self.stacks[last] else { return Vec::new() };
        let mut named: Vec<Named> = Vec::new();
        for (index, (lane, (from, to))) in self.split.report.lanes.iter().zip(stack).enumerate() {
            let name = lanes::name(&lane.name, lane.lane.is_none());
            let now = COLUMNS[last].share(lane).unwrap_or_default();
            let text = if self.frame.is_thumbnail() || last == 0 {
                format!("{name} {}", percent(now))
            } else {
                match words::change(lane.planned, now) {
                    Some(change) => format!("{name} {}, {change}", percent(now)),
                    None => format!("{name} {}, as planned", percent(now)),
                }
            };
            named.push(Named {
                y: self.y((from + to) / 2),
                text,
                short: name,
                square: Some(self.color(index)),
                color: theme.ink,
                strong: words::farthest(self.split).is_some_and(|(far, _)| far == index),
            });
        }
        named
    }

    fn points(&self) -> Vec<ChartPoint> {
        let mut points = Vec::new();
        for (place, column) in COLUMNS.iter().enumerate() {
            let Some(stack) = &self.stacks[place] else { continue };
            let (left, right) = self.edges(place);
            for (lane, (from, to)) in self.split.report.lanes.iter().zip(stack) {
                if from == to {
                    continue;
                }
                // As exact as the picture is.
                let fine = |length: f64| (length * 20.0).round() / 20.0;
                points.push(ChartPoint {
                    x: fine((left + right) / 2.0),
                    y: fine(self.y((from + to) / 2)),
                    label: words::point(self.split, lane, place, column.share(lane).unwrap_or_default()),
                    behind: Some(Behind::Sprint(self.split.id)),
                });
            }
        }
        points
    }
}

/// Where each lane stands in a column, the first at the top; none where the column is empty.
fn stack(lanes: &[SplitLane], column: Column) -> Option<Vec<(i64, i64)>> {
    let shares: Vec<i64> = lanes
        .iter()
        .map(|lane| column.share(lane).map(|share| share.in_basis_points().clamp(0, 10_000)))
        .collect::<Option<_>>()?;
    let mut to = shares.iter().sum::<i64>();
    let place = |share: &i64| {
        let top = to;
        to -= share;
        (to.max(0), top)
    };
    Some(shares.iter().map(place).collect())
}

/// A colour on the way to the ground.
fn pale(color: RGBColor, ground: RGBColor) -> RGBColor {
    let mix = |a: u8, b: u8| ((u16::from(a) * 3 + u16::from(b) * 7) / 10) as u8;
    RGBColor(mix(color.0, ground.0), mix(color.1, ground.1), mix(color.2, ground.2))
}
