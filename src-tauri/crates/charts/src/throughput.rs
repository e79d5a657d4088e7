//! Throughput: how many items were finished, a bar a day or a week.
//!
//! 1. A bar is as wide as its days and as high as the items finished in them, with the count above it.
//! 2. A bar whose days are not all over, or not all in the window, is pale.
//! 3. A dashed line is the mean, days without a finish included.

mod words;

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{AxisDay, DayAxis, Frame, MarginLabel, Numbers};
use crate::place::{Area, Point};
use crate::theme::Theme;
use crate::{Chart, ChartError, Size, flow_words, ticks};
use domain::calendar::Day;
use domain::flow::{Throughput, ThroughputBar};

/// The throughput as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no day, a number
/// that is not finite.
pub fn throughput(
    throughput: &Throughput,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if throughput.mean_a_day.is_some_and(|mean| !mean.is_finite()) {
        return Err(ChartError::NotFinite { what: "the mean" });
    }
    let figure = Figure::new(theme, size)?;
    let (title, description) = (words::title(throughput), words::description(throughput));
    let drawing = Drawing::lay_out(throughput, &figure)?;
    drawing.draw()?;
    let points = words::points(throughput, &drawing);
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(throughput), points })
}

/// A throughput with everything measured.
struct Drawing<'a> {
    throughput: &'a Throughput,
    figure: &'a Figure<'a>,
    frame: Frame<'a>,
    first: Day,
    scale: Scale,
    numbers: Numbers,
    days: DayAxis,
    label: Option<MarginLabel>,
}

impl<'a> Drawing<'a> {
    fn lay_out(throughput: &'a Throughput, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let (Some(first), Some(last)) = (throughput.bars.first(), throughput.bars.last()) else {
            return Err(ChartError::NoDays);
        };
        let (first, days) = (first.first, first.first.through(last.last).collect::<Vec<Day>>());
        if days.is_empty() {
            return Err(ChartError::NoDays);
        }
        let most = throughput.bars.iter().map(|bar| bar.finished).max().unwrap_or(0);
        let highest = f64::from(most).max(throughput.mean().unwrap_or(0.0)).max(1.0);
        let top = frame.top();
        let numbers = frame.numbers((0.0, highest), frame.bottom(1.0) - top, 1.0)?;
        let mut label = throughput.mean().map(|mean| MarginLabel {
            y: 0.0,
            text: words::mean(mean),
            color: figure.theme.ink,
            strong: true,
            swatch: None,
        });
        let margin = frame.margin(label.as_slice())?;
        let (left, right) = (numbers.left, figure.width - margin);
        let count = days.len() as f64;
        let columns = days.into_iter().map(|day| AxisDay { day, off: false }).collect();
        let days = frame.days(columns, right - left)?;
        let plot = Area { left, top, right, bottom: frame.bottom(days.rows()) };
        // The count of the highest bar stands above it.
        let room = 1.0 + frame.sizes.label * 1.9 / (plot.bottom - plot.top).max(1.0);
        let scale = Scale::new(plot, (0.0, count), (0.0, highest * room))?;
        if let (Some(label), Some(mean)) = (&mut label, throughput.mean()) {
            label.y = scale.at(0.0, mean).1;
        }
        Ok(Drawing { throughput, figure, frame, first, scale, numbers, days, label })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (figure, plot, theme) = (self.figure, self.scale.plot, self.figure.theme);
        figure.group("axes", |_| {
            self.frame.draw_numbers(&self.numbers, &self.scale)?;
            self.frame.draw_days(&self.days, &self.scale, plot.right + figure.px(8.0))
        })?;
        figure.group("bars", |_| self.draw_bars())?;
        figure.group("mean", |figure| match &self.label {
            Some(label) => {
                let dash = Some((figure.px(6.0), figure.px(4.0)));
                let stroke = Stroke { color: theme.ink, width: figure.stroke_px(1.5), dash };
                figure.line(&[(plot.left, label.y), (plot.right, label.y)], stroke)?;
                self.frame.draw_margin(std::slice::from_ref(label), plot)
            }
            None => Ok(()),
        })?;
        figure.group("counts", |_| self.draw_counts())?;
        figure.group("words", |_| {
            let (findings, subtitles) = (words::findings(self.throughput), words::subtitles(self.throughput));
            flow_words::headline(&self.frame, &findings, &subtitles)
        })
    }

    /// The area of a bar, with a gap to its neighbours as far as there is room for one.
    fn area(&self, bar: &ThroughputBar) -> Area {
        let place = |day: Day| self.first.days_until(day) as f64;
        let top = f64::from(bar.finished);
        let (left, y) = self.scale.at(place(bar.first), top);
        let (right, base) = self.scale.at(place(bar.last) + 1.0, 0.0);
        let gap = ((right - left) * 0.12).min(self.figure.px(4.0));
        Area { left: left + gap, top: y, right: right - gap, bottom: base }
    }

    fn draw_bars(&self) -> Result<(), ChartError> {
        let theme = self.figure.theme;
        let shown = self.throughput.bars.iter().filter(|bar| bar.finished > 0);
        for (bar, area) in self.stacked(shown) {
            self.figure.rect(area, if bar.is_whole { theme.actual } else { theme.bands[1] })?;
        }
        Ok(())
    }

    /// Bars as they are drawn: of those that would cover the same half pixel only the highest.
    fn stacked<'b>(&self, bars: impl Iterator<Item = &'b ThroughputBar>) -> Vec<(&'b ThroughputBar, Area)> {
        let mut drawn: Vec<(&ThroughputBar, Area)> = Vec::new();
        for bar in bars {
            let area = self.area(bar);
            match drawn.last_mut() {
                Some((last, before)) if area.right - area.left < 0.5 && area.left - before.left < 0.5 => {
                    if bar.finished > last.finished {
                        (*last, *before) = (bar, area);
                    }
                }
                _ => drawn.push((bar, area)),
            }
        }
        drawn
    }

    /// The count above each bar, where all have room; a day without a finish needs none.
    fn draw_counts(&self) -> Result<(), ChartError> {
        let (figure, theme, size) = (self.figure, self.figure.theme, self.frame.sizes.label);
        if self.frame.is_thumbnail() {
            return Ok(());
        }
        let mut texts: Vec<(String, Point)> = Vec::new();
        for bar in &self.throughput.bars {
            let area = self.area(bar);
            let text = ticks::plain(f64::from(bar.finished));
            let days = (bar.first.days_until(bar.last) + 1) as f64;
            if bar.finished == 0 && days == 1.0 {
                continue;
            }
            let room = self.scale.at(days, 0.0).0 - self.scale.plot.left - figure.px(3.0);
            if fonts::width(&text, Weight::Regular, size)? <= room {
                texts.push((text, ((area.left + area.right) / 2.0, area.top - size * 0.75)));
            } else if bar.is_whole {
                return Ok(());
            }
        }
        for (text, at) in texts {
            let letters = Letters { rim: true, ..self.frame.letters(size, theme.ink) };
            figure.text(&text, at, Side::Middle, letters)?;
        }
        Ok(())
    }
}
