//! The health of the backlog: four small pictures, each with its finding.
//!
//! 1. What lacks a size or a kind, of all open items; how old the open items are; and what came in and went out of
//!    debt and of bugs, week by week.
//! 2. What came in stands above the line, what went out below it; both have the same scale.
//! 3. A picture too small for four has two, or one: the first ones.

mod words;

use crate::fig::{Figure, Letters, Scale, Side};
use crate::fonts::{self, Weight};
use crate::frame::{Detail, Frame};
use crate::place::{Area, Point};
use crate::theme::Theme;
use crate::ticks::{self, plain};
use crate::{Chart, ChartError, ChartPoint, Size, flow_words};
use domain::flow::{BacklogHealth, Behind, KindFlow};
use std::cell::RefCell;

/// The health of a backlog as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on.
pub fn backlog_health(
    health: &BacklogHealth,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    let figure = Figure::new(theme, size)?;
    let (title, description) = (words::title(health), words::description(health));
    let drawing = Drawing { health, figure: &figure, frame: Frame::new(&figure), points: RefCell::default() };
    drawing.draw()?;
    let mut points = drawing.points.take();
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(health), points })
}

struct Drawing<'a> {
    health: &'a BacklogHealth,
    figure: &'a Figure<'a>,
    frame: Frame<'a>,
    /// What is said at which place, as it is drawn.
    points: RefCell<Vec<ChartPoint>>,
}

impl Drawing<'_> {
    fn draw(&self) -> Result<(), ChartError> {
        let areas = self.areas();
        let kinds = self.health.kinds.iter();
        if let Some(area) = areas.first() {
            self.figure.group("lacking", |_| self.draw_lacking(*area))?;
        }
        if let Some(area) = areas.get(1) {
            self.figure.group("ages", |_| self.draw_ages(*area))?;
        }
        for (area, flow) in areas.iter().skip(2).zip(kinds) {
            self.figure.group("in-and-out", |_| self.draw_in_and_out(*area, flow))?;
        }
        self.figure.group("words", |_| {
            let (findings, subtitles) = (words::findings(self.health), words::subtitles(self.health));
            flow_words::headline(&self.frame, &findings, &subtitles)
        })
    }

    /// Where the small pictures stand: as many of them as there is room for.
    fn areas(&self) -> Vec<Area> {
        let (figure, pad) = (self.figure, self.frame.pad);
        let top = self.frame.top() + if self.frame.is_thumbnail() { 0.0 } else { figure.px(10.0) };
        let (width, height) = (figure.width - 2.0 * pad, figure.height - pad - top);
        let gap = match self.frame.detail {
            Detail::Thumbnail => figure.px(14.0),
            Detail::Compact => figure.px(24.0),
            Detail::Full => figure.px(36.0),
        };
        let columns = if width >= figure.text_px(250.0) { 2 } else { 1 };
        let rows = if height >= figure.text_px(230.0) { 2 } else { 1 };
        let (across, down) = (
            (width - gap * (columns - 1) as f64) / columns as f64,
            (height - gap * 0.6 * (rows - 1) as f64) / rows as f64,
        );
        let area = |at: usize| {
            let left = pad + (at % columns) as f64 * (across + gap);
            let top = top + (at / columns) as f64 * (down + gap * 0.6);
            Area { left, top, right: left + across, bottom: top + down }
        };
        (0..columns * rows).map(area).collect()
    }

    /// Writes the finding of a small picture above it; answers what is left below.
    fn headed(&self, area: Area, findings: &[String]) -> Result<Area, ChartError> {
        let size = self.frame.sizes.label * if self.frame.is_thumbnail() { 0.95 } else { 1.08 };
        let room = area.right - area.left;
        let chosen = fonts::fitting(findings, Weight::Strong, size, room)?;
        let chosen = fonts::shorten(chosen, Weight::Strong, size, room)?;
        let letters = Letters { weight: Weight::Strong, ..self.frame.letters(size, self.figure.theme.ink) };
        self.figure.text(&chosen, (area.left, area.top + size * 0.5), Side::Start, letters)?;
        Ok(Area { top: area.top + size * 1.6, ..area })
    }

    fn say(&self, (x, y): Point, label: String, behind: Behind) {
        let x = x.clamp(0.0, self.figure.width);
        let y = y.clamp(0.0, self.figure.height);
        self.points.borrow_mut().push(ChartPoint { x, y, label, behind: Some(behind) });
    }

    /// Two bars: what lacks a size and what lacks a kind, each of all open items.
    fn draw_lacking(&self, area: Area) -> Result<(), ChartError> {
        let (figure, theme, health) = (self.figure, self.figure.theme, self.health);
        let area = self.headed(area, &words::lacking_findings(health))?;
        let size = self.frame.sizes.axis;
        let each = ((area.bottom - area.top) / 2.0).min(size * 6.0);
        let bar = (each - size * 2.4).min(figure.px(24.0)).max(figure.px(4.0));
        let lacks = [
            ("without a size", health.without_size, Behind::Unsized),
            ("unsorted", health.unsorted, Behind::Unsorted),
        ];
        for (at, (what, count, behind)) in lacks.into_iter().enumerate() {
            let top = area.top + at as f64 * each;
            let text = words::of_all(count, health.open, what);
            let text = fonts::shorten(&text, Weight::Regular, size, area.right - area.left)?;
            figure.text(
                &text,
                (area.left, top + size * 0.6),
                Side::Start,
                self.frame.letters(size, theme.ink),
            )?;
            let track = Area { top: top + size * 1.5, bottom: top + size * 1.5 + bar, ..area };
            figure.rect(track, theme.grid)?;
            let part = if health.open == 0 { 0.0 } else { f64::from(count) / f64::from(health.open) };
            let end = area.left + (area.right - area.left) * part.clamp(0.0, 1.0);
            if count > 0 {
                // The smallest part is still to be seen.
                let end = end.max(area.left + figure.px(2.0));
                figure.rect(Area { right: end, ..track }, theme.working[1])?;
            }
            self.say((end, track.middle().1), words::of_all(count, health.open, what), behind);
        }
        Ok(())
    }

    /// A bar for each span of ages, with its count above.
    fn draw_ages(&self, area: Area) -> Result<(), ChartError> {
        let (figure, theme, health) = (self.figure, self.figure.theme, self.health);
        let area = self.headed(area, &words::age_findings(health))?;
        let size = self.frame.sizes.axis;
        let most = health.ages.iter().map(|span| span.items).max().unwrap_or(0).max(1);
        let plot = Area { top: area.top + size * 1.3, bottom: area.bottom - size * 1.7, ..area };
        if plot.bottom - plot.top < figure.px(8.0) || health.ages.is_empty() {
            return Ok(());
        }
        let scale = Scale::new(plot, (0.0, health.ages.len() as f64), (0.0, f64::from(most)))?;
        let column = (plot.right - plot.left) / health.ages.len() as f64;
        for (at, span) in health.ages.iter().enumerate() {
            let (middle, top) = scale.at(at as f64 + 0.5, f64::from(span.items));
            let half = column * 0.36;
            if span.items > 0 {
                let bar = Area { left: middle - half, right: middle + half, top, bottom: plot.bottom };
                figure.rect(bar, if span.from >= 182 { theme.working[1] } else { theme.actual })?;
            }
            let room = column - figure.px(2.0);
            let count = plain(f64::from(span.items));
            if fonts::width(&count, Weight::Regular, size)? <= room {
                let letters = self.frame.letters(size, if span.items > 0 { theme.ink } else { theme.muted });
                figure.text(&count, (middle, top - size * 0.7), Side::Middle, letters)?;
            }
            let name = words::span_name(span, fonts::width("6–12 months", Weight::Regular, size)? <= room);
            if fonts::width(&name, Weight::Regular, size)? <= room {
                let at = (middle, plot.bottom + size * 1.0);
                figure.text(&name, at, Side::Middle, self.frame.letters(size, theme.ink))?;
            }
            let behind = Behind::Aged { from: span.from, to: span.to };
            self.say((middle, top), words::aged(span), behind);
        }
        let base = [(plot.left, plot.bottom), (plot.right, plot.bottom)];
        figure.line(&base, self.frame.hair(theme.base))
    }

    /// What came in above the line and what went out below it, week by week.
    fn draw_in_and_out(&self, area: Area, flow: &KindFlow) -> Result<(), ChartError> {
        let (figure, theme, health) = (self.figure, self.figure.theme, self.health);
        let area = self.headed(area, &words::flow_findings(health, flow))?;
        let size = self.frame.sizes.axis;
        let most = |counts: &[u32]| f64::from(counts.iter().copied().max().unwrap_or(0));
        let (up, down) = (most(&flow.came).max(1.0), most(&flow.went).max(1.0));
        let words_width = fonts::width("out", Weight::Regular, size)?.max(fonts::width(
            &plain(up.max(down)),
            Weight::Regular,
            size,
        )?) + figure.px(8.0);
        let plot = Area { left: area.left + words_width, bottom: area.bottom - size * 1.7, ..area };
        if plot.bottom - plot.top < figure.px(12.0) || plot.left >= plot.right || health.weeks.is_empty() {
            return Ok(());
        }
        let scale = Scale::new(plot, (0.0, health.weeks.len() as f64), (-down, up))?;
        let column = (plot.right - plot.left) / health.weeks.len() as f64;
        let half = (column * 0.5 - (column * 0.12).min(figure.px(3.0))).max(0.0);
        for (at, week) in health.weeks.iter().enumerate() {
            let (came, went) = (flow.came.get(at).copied(), flow.went.get(at).copied());
            let (came, went) = (came.unwrap_or_default(), went.unwrap_or_default());
            let (middle, zero) = scale.at(at as f64 + 0.5, 0.0);
            let (top, bottom) = (scale.at(0.0, f64::from(came)).1, scale.at(0.0, -f64::from(went)).1);
            let bar = Area { left: middle - half, right: middle + half, top, bottom: zero };
            if came > 0 {
                figure.rect(bar, theme.working[1])?;
            }
            if went > 0 {
                figure.rect(Area { top: zero, bottom, ..bar }, theme.actual)?;
            }
            let behind = Behind::Days { first: *week, last: week.plus(6).min(health.day) };
            self.say((middle, top), words::week(flow, *week, came, went), behind);
        }
        let zero = scale.at(0.0, 0.0).1;
        figure.line(&[(plot.left, zero), (plot.right, zero)], self.frame.hair(theme.base))?;
        self.label_sides(plot, zero, (up, down))?;
        self.label_weeks(&scale)
    }

    /// “in” and “out” beside the line, and the highest counts at the ends.
    fn label_sides(&self, plot: Area, zero: f64, (up, down): (f64, f64)) -> Result<(), ChartError> {
        let (figure, theme, size) = (self.figure, self.figure.theme, self.frame.sizes.axis);
        let x = plot.left - figure.px(8.0);
        let letters = self.frame.letters(size, theme.ink);
        let (above, below) = (zero - plot.top, plot.bottom - zero);
        if above >= size * 1.3 {
            figure.text("in", (x, zero - size * 0.75), Side::End, letters)?;
        }
        if below >= size * 1.3 {
            figure.text("out", (x, zero + size * 0.75), Side::End, letters)?;
        }
        let letters = self.frame.letters(size, theme.muted);
        if above >= size * 2.8 {
            figure.text(&plain(up), (x, plot.top + size * 0.5), Side::End, letters)?;
        }
        if below >= size * 2.8 {
            figure.text(&plain(down), (x, plot.bottom - size * 0.5), Side::End, letters)?;
        }
        Ok(())
    }

    /// The Mondays of some weeks, as far apart as they need.
    fn label_weeks(&self, scale: &Scale) -> Result<(), ChartError> {
        let (figure, theme, size) = (self.figure, self.figure.theme, self.frame.sizes.axis);
        let plot = scale.plot;
        let many_years = self.health.weeks.len() > 60;
        let mut free_from = f64::NEG_INFINITY;
        for (at, week) in self.health.weeks.iter().enumerate() {
            let text = if many_years {
                format!("{} {}", ticks::month(*week), ticks::year(*week))
            } else {
                ticks::day_and_month(*week)
            };
            let x = scale.at(at as f64, 0.0).0;
            let width = fonts::width(&text, Weight::Regular, size)?;
            if x >= free_from && x + width <= plot.right {
                let letters = self.frame.letters(size, theme.ink);
                figure.text(&text, (x, plot.bottom + size * 1.0), Side::Start, letters)?;
                free_from = x + width + size * 2.0;
            }
        }
        Ok(())
    }
}
