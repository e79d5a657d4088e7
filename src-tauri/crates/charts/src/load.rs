//! Interrupt load: which part of the net hours interrupts took, Sprint by Sprint.
//!
//! 1. A bar is the load; a dark mark across its column is what the buffer had kept for it.
//! 2. Dashed lines are the 50th and the 85th percentile, named in the margin.
//! 3. A bar with an arrow on its top is at least that: not all is known. Where nothing is known, the column is shaded
//!    and has a question mark; a known nothing is a bar of no height with its 0.

mod words;

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{Frame, Numbers};
use crate::lanes::{self, Named};
use crate::place::Area;
use crate::theme::Theme;
use crate::ticks::{self, plain};
use crate::velocity::narrowed;
use crate::{Chart, ChartError, Size};
use domain::flow::{InterruptLoad, Load, LoadSprint};

/// The interrupt load as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no Sprint.
pub fn interrupt_load(
    load: &InterruptLoad,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if load.sprints.is_empty() {
        return Err(ChartError::NoDays);
    }
    let figure = Figure::new(theme, size)?;
    let drawing = Drawing::lay_out(load, &figure)?;
    drawing.draw()?;
    let (title, description) = (words::title(load), words::description(load));
    let points = words::points(load, |index, value| drawing.scale.at(index as f64 + 0.5, value));
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(load), points })
}

/// Where in its column the bar stands, in parts of its width.
const BAR: (f64, f64) = (0.2, 0.8);

struct Drawing<'a> {
    load: &'a InterruptLoad,
    frame: Frame<'a>,
    scale: Scale,
    numbers: Numbers,
    named: Vec<Named>,
}

/// The hours, or the per cent, that the buffer of a Sprint had kept.
fn kept(load: &InterruptLoad, one: &LoadSprint) -> Option<f64> {
    if load.of_net_hours {
        one.load.amount().map(|_| one.buffer.in_basis_points() as f64 / 100.0)
    } else {
        None
    }
}

impl<'a> Drawing<'a> {
    fn lay_out(load: &'a InterruptLoad, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let values =
            load.sprints.iter().flat_map(|one| [one.load.amount().map(|it| it.value()), kept(load, one)]);
        let high = values.flatten().fold(0.0_f64, f64::max);
        let high = if high <= 0.0 { 10.0 } else { high };
        let (top, bottom) = (frame.top(), frame.bottom(1.0));
        let mut numbers = frame.numbers((0.0, high), bottom - top, if high >= 3.0 { 1.0 } else { 0.1 })?;
        if numbers.shown {
            // “40 %” is wider than 40.
            numbers.left += fonts::width(words::unit(load), Weight::Regular, frame.sizes.axis)?;
        }
        let room = frame.sizes.label * 1.3 / (bottom - top).max(1.0);
        let made = |right: f64| {
            let plot = Area { left: numbers.left, top, right, bottom };
            Scale::new(plot, (0.0, load.sprints.len() as f64), (0.0, high * (1.04 + room)))
        };
        let named = named(load, &frame, &made(figure.width - frame.pad)?);
        let most = if frame.is_thumbnail() { 0.36 } else { 0.3 };
        let scale = made(figure.width - lanes::margin(&frame, &named, most)?)?;
        Ok(Drawing { load, frame, scale, numbers, named })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        figure.group("unknown", |_| self.unknown())?;
        figure.group("axes", |_| {
            let unit = words::unit(self.load);
            // Numbers of nothing would be made up.
            if !self.says_nothing() {
                frame.draw_numbers_as(&self.numbers, &self.scale, |value| {
                    format!("{}{unit}", ticks::number(value))
                })?;
            }
            let names: Vec<String> = self.load.sprints.iter().map(words::sprint).collect();
            frame.draw_names(&names, &self.scale)
        })?;
        figure.group("load", |_| self.bars())?;
        figure.group("kept", |_| self.kept())?;
        figure.group("percentiles", |_| self.percentiles())?;
        figure.group("labels", |_| {
            self.values()?;
            lanes::draw_margin(frame, &self.named, self.scale.plot)
        })?;
        figure.group("words", |_| {
            // A shorter finding is better than half a name.
            let room = figure.width - 2.0 * frame.pad;
            let whole = fonts::width(&words::title(self.load), Weight::Strong, frame.sizes.title)?;
            let finding = words::finding(self.load, whole > room);
            frame.headline("Interrupt load", &finding, &words::subtitles(self.load))
        })
    }

    /// How wide a column is.
    fn column(&self) -> f64 {
        (self.scale.plot.right - self.scale.plot.left) / self.load.sprints.len() as f64
    }

    /// Shaded columns where nothing is known, neighbours as one, each with a question mark.
    fn unknown(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let size = frame.sizes.label;
        for (first, last) in runs(self.load.sprints.iter().map(|one| one.load.amount().is_none())) {
            let (left, bottom) = self.scale.at(first as f64 + 0.06, 0.0);
            let right = self.scale.at(last as f64 + 0.94, 0.0).0;
            let area = Area { left, top: self.scale.plot.top, right, bottom };
            figure.rect(area, figure.theme.shade)?;
            if self.says_nothing() {
                return self.nothing(area);
            }
            if right - left > size {
                let letters = frame.letters(size, figure.theme.muted);
                figure.text("?", ((left + right) / 2.0, bottom - size * 0.8), Side::Middle, letters)?;
            }
        }
        Ok(())
    }

    /// Whether no Sprint tells its load.
    fn says_nothing(&self) -> bool {
        self.load.sprints.iter().all(|one| one.load.amount().is_none())
    }

    /// Why nothing is told, in the middle of the plot.
    fn nothing(&self, area: Area) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let size = frame.sizes.label;
        let (x, y) = area.middle();
        let room = area.right - area.left - figure.px(8.0);
        for (line, text) in words::nothing(self.load).iter().enumerate() {
            let text = fonts::shorten(text, Weight::Regular, size, room)?;
            let y = y + (line as f64 - 0.5) * size * 1.5;
            figure.text(&text, (x, y), Side::Middle, frame.letters(size, figure.theme.muted))?;
        }
        Ok(())
    }

    fn bars(&self) -> Result<(), ChartError> {
        let figure = self.frame.figure;
        for (index, one) in self.load.sprints.iter().enumerate() {
            let Some(amount) = one.load.amount() else { continue };
            let narrow = narrowed(figure, self.column());
            let (left, top) = self.scale.at(index as f64 + narrow(BAR.0), amount.value());
            let (right, bottom) = self.scale.at(index as f64 + narrow(BAR.1), 0.0);
            let right = right.max(left + 0.5);
            if bottom > top {
                figure.rect(Area { left, top, right, bottom }, figure.theme.buffer)?;
            }
            if matches!(one.load, Load::AtLeast(..)) {
                let (middle, half) = ((left + right) / 2.0, (right - left) / 2.0);
                let tip = half.min(figure.stroke_px(5.0));
                let arrow = [(middle - tip, top), (middle, top - tip * 1.3), (middle + tip, top)];
                figure.polygon(&arrow, figure.theme.buffer_ink)?;
            }
        }
        Ok(())
    }

    /// What each buffer had kept: a mark across its column.
    fn kept(&self) -> Result<(), ChartError> {
        let figure = self.frame.figure;
        let stroke = Stroke { color: figure.theme.ink, width: figure.stroke_px(1.75), dash: None };
        for (index, one) in self.load.sprints.iter().enumerate() {
            let Some(kept) = kept(self.load, one) else { continue };
            let narrow = narrowed(figure, self.column());
            let from = self.scale.at(index as f64 + narrow(0.08), kept);
            let to = self.scale.at(index as f64 + narrow(0.92), kept);
            figure.line(&[from, to], stroke)?;
        }
        Ok(())
    }

    fn percentiles(&self) -> Result<(), ChartError> {
        let Some(percentiles) = self.load.percentiles else { return Ok(()) };
        let (figure, plot) = (self.frame.figure, self.scale.plot);
        for (value, dash) in [(percentiles.p50, 3.0), (percentiles.p85, 6.0)] {
            let y = self.scale.at(0.0, value).1;
            let dash = Some((figure.stroke_px(dash), figure.stroke_px(3.5)));
            let stroke = Stroke { color: figure.theme.buffer_ink, width: figure.stroke_px(1.25), dash };
            figure.line(&[(plot.left, y), (plot.right, y)], stroke)?;
        }
        Ok(())
    }

    /// The number above each bar, where all of them fit.
    fn values(&self) -> Result<(), ChartError> {
        let (frame, figure) = (&self.frame, self.frame.figure);
        let size = frame.sizes.label;
        let column = self.column();
        let mut texts = Vec::new();
        for (index, one) in self.load.sprints.iter().enumerate() {
            let Some(amount) = one.load.amount() else { continue };
            let text = plain(words::rounded(amount.value()));
            if fonts::width(&text, Weight::Strong, size)? > column * 0.94 {
                return Ok(());
            }
            texts.push((
                index,
                amount.value(),
                text,
                matches!(one.load, Load::AtLeast(..)),
                kept(self.load, one),
            ));
        }
        for (index, value, text, is_more, kept) in texts {
            let (x, mut y) = self.scale.at(index as f64 + 0.5, value);
            if is_more {
                y -= figure.stroke_px(6.5);
            }
            // A number that would touch the mark of the buffer stands above it.
            if let Some(mark) = kept.map(|kept| self.scale.at(0.0, kept).1)
                && mark <= y + 1.0
                && y - mark < size * 1.45
            {
                y = mark - figure.stroke_px(1.0);
            }
            let letters = Letters { size, weight: Weight::Strong, color: figure.theme.ink, rim: true };
            let y = (y - size * 0.75).max(self.scale.plot.top + size * 0.4);
            figure.text(&text, (x, y), Side::Middle, letters)?;
        }
        Ok(())
    }
}

/// The first and the last place of each run of places that are so.
pub(crate) fn runs(places: impl Iterator<Item = bool>) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (place, _) in places.enumerate().filter(|(_, is_so)| *is_so) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == place => *last = place,
            _ => runs.push((place, place)),
        }
    }
    runs
}

/// The percentiles, and the buffer of the last Sprint that knows its load.
fn named(load: &InterruptLoad, frame: &Frame<'_>, scale: &Scale) -> Vec<Named> {
    let theme = frame.figure.theme;
    let mut named = Vec::new();
    let mut say = |value: f64, text: String, color, strong| {
        named.push(Named {
            y: scale.at(0.0, value).1,
            short: text.clone(),
            text,
            square: None,
            color,
            strong,
        });
    };
    if let Some(percentiles) = load.percentiles {
        let short = frame.is_thumbnail();
        let (p85, p50) = (words::told(load, percentiles.p85), words::told(load, percentiles.p50));
        say(
            percentiles.p85,
            if short { format!("85 %: {p85}") } else { format!("85th percentile {p85}") },
            theme.buffer_ink,
            true,
        );
        say(
            percentiles.p50,
            if short { format!("50 %: {p50}") } else { format!("50th percentile {p50}") },
            theme.buffer_ink,
            false,
        );
    }
    let last = load.sprints.iter().rev().find_map(|one| kept(load, one));
    if let Some(kept) = last.filter(|_| !frame.is_thumbnail()) {
        say(kept, format!("buffer {}", words::told(load, kept)), theme.ink, false);
    }
    named
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn runs_are_neighbours_that_are_so() {
        let of = |text: &str| runs(text.chars().map(|c| c == 'x'));
        assert_eq!(of("xx.x..xxx"), [(0, 1), (3, 3), (6, 8)]);
        assert_eq!(of("..."), []);
    }
}
