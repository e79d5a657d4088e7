//! The marks of a Sprint's charts, and their labels.
//!
//! 1. A mark that moves a line is an arrow along its step; one that does not is a hollow diamond on the line.
//! 2. Marks at the same place share an arrow where they go the same way.
//! 3. A label that finds no place is tried shorter; then its mark shares a label with its nearest neighbour.
//! 4. Where marks are many, the sub-title speaks for them.

use super::words;
use crate::ChartError;
use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::place::{Area, Placer, Point, Proposal};
use domain::flow::{BurnDown, BurnMark, BurnMarkKind, Unit};
use plotters::style::RGBColor;
use std::ops::Range;

/// A label may cross this much before another is tried: less than the actual line, more than the ideal.
const ACCEPTED: f64 = 9.0;
/// A label that can neither be shortened nor shared may cross this much.
const TOLERATED: f64 = 14.0;

/// All marks of a chart, in order of x.
pub(crate) struct Marks<'a> {
    unit: Unit,
    marks: Vec<Mark<'a>>,
    plot: Area,
}

/// A mark and where it lies.
struct Mark<'a> {
    mark: &'a BurnMark,
    /// Its place: the arrow's foot and tip, which are one where the line does not move.
    foot: Point,
    tip: Point,
}

impl<'a> Marks<'a> {
    /// The marks of a burn-down, along its line.
    pub(super) fn read(burn: &'a BurnDown, scale: &Scale) -> Marks<'a> {
        let along = |mark: &BurnMark| {
            let (moves, after) = (mark.moves, mark.remaining.in_points());
            let after = if moves { after } else { words::actual_at(burn, mark.x).unwrap_or(after) };
            (if moves { after - mark.change.in_points() } else { after }, after)
        };
        Marks::along(burn.marks.iter(), burn.unit, scale, along)
    }

    /// Marks that lie along any lines: a function tells where each one's line stands before it and after it.
    pub(crate) fn along(
        marks: impl Iterator<Item = &'a BurnMark>,
        unit: Unit,
        scale: &Scale,
        along: impl Fn(&BurnMark) -> (f64, f64),
    ) -> Marks<'a> {
        let mut marks: Vec<Mark> = marks
            .map(|mark| {
                let (before, after) = along(mark);
                Mark { mark, foot: scale.at(mark.x, before), tip: scale.at(mark.x, after) }
            })
            .collect();
        marks.sort_by(|a, b| a.tip.0.total_cmp(&b.tip.0));
        Marks { unit, marks, plot: scale.plot }
    }

    /// Draws arrows and diamonds.
    pub(crate) fn draw(&self, figure: &Figure) -> Result<(), ChartError> {
        // Where marks crowd, each takes less ink.
        let crowd = self.marks.len() as f64 * figure.px(14.0) / (self.plot.right - self.plot.left);
        let ink = if crowd > 2.0 { 0.6 } else { 1.0 };
        for same in self.marks.chunk_by(|a, b| joined(a, b, figure)) {
            let (Some(first), Some(last)) = (same.first(), same.last()) else { continue };
            let color = color(first.mark.kind, figure);
            let hollow = first.mark.kind == BurnMarkKind::Reopened;
            if first.mark.moves {
                arrow(figure, first.foot, last.tip, color, hollow, ink)?;
            } else {
                diamond(figure, first.tip, color, ink)?;
            }
        }
        Ok(())
    }

    /// Tells a placer where the marks are.
    pub(crate) fn avoid(&self, placer: &mut Placer, figure: &Figure) {
        let mut last: Option<Area> = None;
        for mark in &self.marks {
            let area = body(mark, figure);
            // Marks upon each other need be named once.
            if last.is_some_and(|last| last.holds(&area)) {
                continue;
            }
            let x = area.middle().0;
            placer.avoid(&[(x, area.top), (x, area.bottom)], 12.0);
            last = Some(area);
        }
    }

    /// Finds places for labels and writes them.
    pub(crate) fn label(&self, figure: &Figure, placer: &mut Placer, size: f64) -> Result<(), ChartError> {
        if self.marks.len() > words::MANY as usize {
            return Ok(());
        }
        let mut groups = self.groups(figure);
        // Each round shares at least one label more; what has no place after so many stays without.
        let mut rounds = groups.len().min(24);
        let placed = loop {
            let (placed, homeless) = self.place(&groups, figure, placer, size, rounds == 0)?;
            match homeless.and_then(|group| neighbour(&groups, &self.marks, group, figure.text_px(40.0))) {
                Some(left) if rounds > 0 => {
                    let joined = groups[left].start..groups[left + 1].end;
                    groups.splice(left..left + 2, [joined]);
                    rounds -= 1;
                }
                // Without a neighbour to share with, a worse place is better than none.
                _ if rounds > 0 && homeless.is_some() => rounds = 0,
                _ => break placed,
            }
        };
        for label in placed {
            let letters = Letters { size, weight: Weight::Regular, color: label.color, rim: true };
            if let Some((from, to)) = label.leader {
                let stroke = Stroke { color: label.color, width: figure.stroke_px(0.75), dash: None };
                figure.line(&[from, to], stroke)?;
                placer.avoid(&[from, to], 12.0);
            }
            figure.text(&label.text, (label.area.left, label.area.middle().1), Side::Start, letters)?;
            placer.take(label.area.grown(figure.px(2.0)));
        }
        Ok(())
    }

    /// Marks that cannot have labels of their own, in any case: at one place, or more of them than there is room for.
    fn groups(&self, figure: &Figure) -> Vec<Range<usize>> {
        let room = self.plot.right - self.plot.left;
        let near = figure.text_px(14.0);
        let mut groups: Vec<Range<usize>> = Vec::new();
        for (index, mark) in self.marks.iter().enumerate() {
            match groups.last_mut() {
                Some(group) if mark.tip.0 - self.marks[group.start].tip.0 <= near => group.end = index + 1,
                _ => groups.push(index..index + 1),
            }
        }
        let most = (room / figure.text_px(56.0)).max(1.0) as usize;
        while groups.len() > most {
            let gap = |left: usize| {
                self.marks[groups[left + 1].start].tip.0 - self.marks[groups[left].end - 1].tip.0
            };
            let Some(left) = (0..groups.len() - 1).min_by(|a, b| gap(*a).total_cmp(&gap(*b))) else { break };
            let joined = groups[left].start..groups[left + 1].end;
            groups.splice(left..left + 2, [joined]);
        }
        groups
    }

    /// Places a label for each group, larger changes first. Says which group found no place, if one did not.
    fn place(
        &self,
        groups: &[Range<usize>],
        figure: &Figure,
        placer: &Placer,
        size: f64,
        last_round: bool,
    ) -> Result<(Vec<Label>, Option<usize>), ChartError> {
        let mut placer = placer.clone();
        let mut order: Vec<usize> = (0..groups.len()).collect();
        let weight = |group: &Range<usize>| words::net(self.members(group)).abs();
        order.sort_by(|a, b| weight(&groups[*b]).total_cmp(&weight(&groups[*a])).then(a.cmp(b)));
        let mut placed = Vec::new();
        for index in order {
            let group = &groups[index];
            match self.label_of(group, figure, &placer, size, last_round)? {
                Some(label) => {
                    placer.take(label.area.grown(figure.px(2.0)));
                    if let Some((from, to)) = label.leader {
                        placer.avoid(&[from, to], 12.0);
                    }
                    placed.push(label);
                }
                None if last_round => {}
                None => return Ok((placed, Some(index))),
            }
        }
        Ok((placed, None))
    }

    fn members(&self, group: &Range<usize>) -> impl Iterator<Item = &'a BurnMark> {
        self.marks[group.clone()].iter().map(|mark| mark.mark)
    }

    /// The best label for a group. A bare sum, and a place that crosses more, are for the last round only.
    fn label_of(
        &self,
        group: &Range<usize>,
        figure: &Figure,
        placer: &Placer,
        size: f64,
        last_round: bool,
    ) -> Result<Option<Label>, ChartError> {
        let marks = &self.marks[group.clone()];
        let Some(first) = marks.first() else { return Ok(None) };
        let anchor = marks.iter().map(|mark| body(mark, figure)).fold(body(first, figure), Area::with);
        let up = words::net(self.members(group)) >= 0.0;
        let kinds_agree = marks.iter().all(|mark| mark.mark.kind == BurnMarkKind::Reopened);
        let color = color(if kinds_agree { BurnMarkKind::Reopened } else { BurnMarkKind::Removed }, figure);
        let limit = if last_round { TOLERATED } else { ACCEPTED };
        let mut best: Option<(f64, Label)> = None;
        for (order, (text, bare)) in self.texts(group, size)?.into_iter().enumerate() {
            let text_cost = order as f64 * 1.5;
            if (bare && !last_round) || best.as_ref().is_some_and(|(cost, _)| *cost <= text_cost) {
                break;
            }
            let area = (fonts::width(&text, Weight::Regular, size)?, size * 1.2);
            let places = proposals(anchor, area, up, figure).into_iter().filter_map(|place| {
                let cost = match lead(anchor, place.area, figure) {
                    Lead::Needless => place.cost,
                    Lead::Line(from, to) => place.cost + placer.cost_along(from, to)?,
                    Lead::Lost => return None,
                };
                Some(Proposal { cost, ..place })
            });
            let Some(place) = placer.best(places) else { continue };
            let cost = place.cost + text_cost;
            if place.cost < limit && best.as_ref().is_none_or(|(least, _)| cost < *least) {
                let leader = match lead(anchor, place.area, figure) {
                    Lead::Line(from, to) => Some((from, to)),
                    Lead::Needless | Lead::Lost => None,
                };
                best = Some((cost, Label { text, area: place.area, color, leader }));
            }
        }
        Ok(best.map(|(_, label)| label))
    }

    /// What a label may say, the best first, and whether it is a bare sum: all of it, with a shorter title, only the
    /// size and the origin, the size.
    fn texts(&self, group: &Range<usize>, size: f64) -> Result<Vec<(String, bool)>, ChartError> {
        let widest = (self.plot.right - self.plot.left) * 0.3;
        let [only] = &self.marks[group.clone()] else {
            let shortened =
                |title: &str| fonts::shorten(title, Weight::Regular, size, widest * 0.6).unwrap_or_default();
            return Ok(words::several(self.members(group), self.unit, shortened));
        };
        let said = words::Said::of(only.mark);
        let whole = fonts::width(&said.title, Weight::Regular, size)?.min(widest);
        let mut texts: Vec<(String, bool)> = Vec::new();
        for part in [1.0, 0.75, 0.5] {
            let title = fonts::shorten(&said.title, Weight::Regular, size, whole * part + 0.01)?;
            // A title of a few letters tells nothing.
            if title == said.title || title.chars().count() >= 9 {
                texts.push((said.with_title(&title), false));
            }
        }
        texts.push((said.with_title(""), false));
        texts.push((said.amount.clone(), true));
        texts.retain(|(text, _)| !text.is_empty());
        texts.dedup_by(|a, b| a.0 == b.0);
        Ok(texts)
    }
}

/// A label in its place.
struct Label {
    text: String,
    area: Area,
    color: RGBColor,
    /// A hair line from a label that stands off to its mark.
    leader: Option<(Point, Point)>,
}

/// The left one of the two groups to join, so that a group shares with its nearest neighbour; none too far away.
fn neighbour(groups: &[Range<usize>], marks: &[Mark], group: usize, reach: f64) -> Option<usize> {
    let gap = |left: usize| marks[groups[left + 1].start].tip.0 - marks[groups[left].end - 1].tip.0;
    let span = |left: usize| marks[groups[left + 1].end - 1].tip.0 - marks[groups[left].start].tip.0;
    let before = group.checked_sub(1);
    let after = (group + 1 < groups.len()).then_some(group);
    let nearest = before.into_iter().chain(after).min_by(|a, b| gap(*a).total_cmp(&gap(*b)));
    nearest.filter(|left| gap(*left) <= reach && span(*left) <= 2.5 * reach)
}

/// Whether two marks next to each other are drawn as one.
fn joined(a: &Mark, b: &Mark, figure: &Figure) -> bool {
    let same_way = |a: &Mark, b: &Mark| (a.tip.1 - a.foot.1) * (b.tip.1 - b.foot.1) > 0.0;
    b.tip.0 - a.tip.0 <= figure.px(1.0)
        && a.mark.moves == b.mark.moves
        && (a.mark.kind == BurnMarkKind::Reopened) == (b.mark.kind == BurnMarkKind::Reopened)
        && (!a.mark.moves || (same_way(a, b) && (a.tip.1 - b.foot.1).abs() < 0.1))
}

fn color(kind: BurnMarkKind, figure: &Figure) -> RGBColor {
    if kind == BurnMarkKind::Reopened { figure.theme.reopened } else { figure.theme.scope }
}

/// The area that a mark's ink takes.
fn body(mark: &Mark, figure: &Figure) -> Area {
    let head = figure.stroke_px(5.0);
    let (x, foot, tip) = (mark.tip.0, mark.foot.1, mark.tip.1);
    Area { left: x - head, right: x + head, top: foot.min(tip) - head, bottom: foot.max(tip) + head }
}

fn arrow(
    figure: &Figure,
    foot: Point,
    tip: Point,
    color: RGBColor,
    hollow: bool,
    ink: f64,
) -> Result<(), ChartError> {
    let up = if tip.1 <= foot.1 { -1.0 } else { 1.0 };
    let half = figure.stroke_px(4.5) * ink;
    let long = figure.stroke_px(7.0) * ink;
    // The tip reaches past the corner of the line, so that the head is seen.
    let point = (tip.0, tip.1 + up * figure.stroke_px(3.5) * ink);
    let neck = (point.0, point.1 - up * long);
    if (neck.1 - foot.1) * up > 0.0 {
        figure.line(&[foot, neck], Stroke { color, width: figure.stroke_px(2.75) * ink, dash: None })?;
    }
    figure.polygon(&[point, (neck.0 + half, neck.1), (neck.0 - half, neck.1)], color)?;
    if hollow {
        let inner = (point.1 - neck.1) * 0.16;
        let half = half * 0.5;
        let (top, bottom) = (point.1 - (point.1 - neck.1) * 0.38, neck.1 + inner);
        figure.polygon(
            &[(point.0, top), (point.0 + half, bottom), (point.0 - half, bottom)],
            figure.theme.ground,
        )?;
    }
    Ok(())
}

/// A hollow diamond.
pub(crate) fn diamond(figure: &Figure, at: Point, color: RGBColor, ink: f64) -> Result<(), ChartError> {
    for (radius, color) in [(5.0, color), (2.6, figure.theme.ground)] {
        let radius = figure.stroke_px(radius) * ink;
        let (x, y) = at;
        figure.polygon(&[(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], color)?;
    }
    Ok(())
}

/// The places for a label of a width and height around a mark: above or below it, a little or further away, then beside.
fn proposals(anchor: Area, (width, height): (f64, f64), up: bool, figure: &Figure) -> Vec<Proposal> {
    let gap = figure.px(3.0);
    let (x, y) = anchor.middle();
    let mut places = Vec::with_capacity(48);
    let mut propose = |x: f64, y: f64, cost: f64| {
        places.push(Proposal { area: Area::around((x, y), width, height), cost });
    };
    let across = [
        (anchor.left + width / 2.0, 0.0),
        (anchor.right - width / 2.0, 0.3),
        (x, 0.5),
        (x + width / 4.0, 0.6),
        (x - width / 4.0, 0.7),
    ];
    for (steps, far) in [(0.0, 0.0), (1.0, 1.2), (2.0, 2.4), (3.5, 3.8), (5.0, 5.2), (7.0, 7.0)] {
        let away = gap + height / 2.0 + steps * height * 0.6;
        for (x, aside) in across {
            propose(x, anchor.top - away, far + aside + if up { 0.0 } else { 1.0 });
            propose(x, anchor.bottom + away, far + aside + if up { 1.0 } else { 0.0 });
        }
    }
    for (rise, cost) in [(0.0, 1.4), (-0.5, 1.6), (0.5, 1.6), (-1.0, 2.2), (1.0, 2.2)] {
        let y = y + rise * (anchor.bottom - anchor.top + height) / 2.0;
        propose(anchor.right + gap + width / 2.0, y, cost);
        propose(anchor.left - gap - width / 2.0, y, cost + 0.2);
    }
    places
}

/// What leads from a mark to its label.
pub(crate) enum Lead {
    /// Nothing: the label is near.
    Needless,
    /// A hair line.
    Line(Point, Point),
    /// Nothing could: the label is far, and the line would not meet both.
    Lost,
}

fn lead(anchor: Area, label: Area, figure: &Figure) -> Lead {
    let far = figure.px(10.0);
    if anchor.top - label.bottom <= far && label.top - anchor.bottom <= far {
        return Lead::Needless;
    }
    let x = anchor.middle().0;
    if anchor.right - anchor.left > figure.stroke_px(30.0) || x < label.left || x > label.right {
        Lead::Lost
    } else if anchor.top > label.bottom {
        Lead::Line((x, label.bottom), (x, anchor.top))
    } else {
        Lead::Line((x, anchor.bottom), (x, label.top))
    }
}
