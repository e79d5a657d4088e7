//! Forecasts: what the trials came to as a histogram, with its marks at 50, 70, 85 and 95 %; groups in order as ranges;
//! and the past that they are drawn from.
//!
//! 1. A mark is an upright line with its likelihood and its value beside its head; the one at 85 % is strong.
//! 2. What lies within 85 % is strong, the rest pale; over a strong bar a line has the colour of the ground. The farthest hundredth of the trials has no room.
//! 3. What would be without a change is a dashed line, and so is what is wanted.
//! 4. Heads of marks stand in steps, the leftmost highest, so that no line crosses another's words.

mod past;
mod ranges;
mod words;

pub use past::forecast_past;
pub use ranges::forecast_order;

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{AxisDay, Frame};
use crate::place::Area;
use crate::theme::Theme;
use crate::{Chart, ChartError, ChartPoint, Size, ticks};
use domain::forecast::{AmountForecast, DayForecast, MARKS};
use domain::measures::{Share, Size as Amount};
use plotters::style::RGBColor;

/// The mark that counts.
const STRONG: u32 = 85;
/// The farthest day or amount that is drawn, in per cent of the trials.
const FARTHEST: u32 = 99;

/// On which day something is done, as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no trials.
pub fn forecast_days(
    forecast: &DayForecast,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if forecast.when.trials == 0 {
        return Err(ChartError::NoDays);
    }
    let figure = Figure::new(theme, size)?;
    let frame = Frame::new(&figure);
    let when = &forecast.when;
    let mut marks: Vec<Mark> = MARKS
        .iter()
        .filter_map(|percent| {
            let day = when.when_at(*percent)?;
            Some(Mark::at(*percent, f64::from(day), words::short_day(forecast.from, day)))
        })
        .collect();
    if let Some(day) = forecast.instead_of.as_ref().and_then(|when| when.when_at(STRONG)) {
        marks.push(Mark::without(f64::from(day), words::short_day(forecast.from, day)));
    }
    // What is not within sight has no place; the words say so.
    let seen = when.when_at(FARTHEST).or_else(|| when.counts.last().map(|(day, _)| *day)).unwrap_or(1);
    let farthest = marks.iter().map(|mark| mark.x as u32).fold(seen, u32::max).max(1);
    let nearest = when.counts.first().map_or(0, |(day, _)| *day);
    let first = marks.iter().map(|mark| mark.x as u32).fold(nearest, u32::min).saturating_sub(1);
    let strong = when.when_at(STRONG);
    let bars: Vec<Bar> = when
        .counts
        .iter()
        .filter(|(day, _)| *day <= farthest)
        .map(|(day, trials)| Bar {
            from: f64::from(*day) - 0.5,
            to: f64::from(*day) + 0.5,
            trials: *trials,
            strong: strong.is_some_and(|strong| *day <= strong),
            label: words::bar_of_days(forecast, *day, *trials),
        })
        .collect();
    let days: Vec<AxisDay> =
        (first..=farthest).map(|day| AxisDay { day: forecast.from.plus(day.into()), off: false }).collect();
    let range = (f64::from(first) - 0.5, f64::from(farthest) + 0.5);
    let histogram = Histogram::lay_out(&frame, bars, marks, range)?;
    let axis = frame.days(days, histogram.width())?;
    let scale = histogram.scale(frame.bottom(axis.rows()))?;
    histogram.draw(&scale)?;
    figure.group("axes", |_| {
        // The axis counts columns from its first day, the histogram days from today.
        let columns = Scale::new(scale.plot, (0.0, range.1 - range.0), (0.0, 1.0))?;
        histogram.base(&scale)?;
        frame.draw_days(&axis, &columns, figure.width - figure.px(2.0))
    })?;
    figure.group("words", |_| {
        frame.headline(
            &words::name_of_days(forecast),
            &words::finding_of_days(forecast),
            &words::subtitles_of_days(forecast),
        )
    })?;
    let points = histogram.points(&scale);
    let (title, description) = (words::title_of_days(forecast), words::description_of_days(forecast));
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table_of_days(forecast), points })
}

/// How much is done by a day, or whether what is wanted is done by then; as SVG, in words, as a table and as places to
/// hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no trials.
pub fn forecast_amount(
    forecast: &AmountForecast,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    let done = &forecast.done;
    let (Some((least, _)), Some((most, _))) = (done.counts.first(), done.counts.last()) else {
        return Err(ChartError::NoDays);
    };
    let figure = Figure::new(theme, size)?;
    let frame = Frame::new(&figure);
    let mut marks: Vec<Mark> = MARKS
        .iter()
        .filter_map(|percent| {
            let amount = done.how_many_at(*percent)?;
            let said = words::short_amount(words::rounded_down(amount, forecast.unit), forecast.unit);
            Some(Mark::at(*percent, amount.in_points(), said))
        })
        .collect();
    if let Some(amount) = forecast.instead_of.as_ref().and_then(|done| done.how_many_at(STRONG)) {
        let said = words::short_amount(words::rounded_down(amount, forecast.unit), forecast.unit);
        marks.push(Mark::without(amount.in_points(), said));
    }
    if let Some(wanted) = &forecast.wanted {
        marks.push(Mark {
            x: wanted.amount.in_points(),
            text: words::wanted(wanted, forecast.unit),
            look: Look::Wanted,
        });
    }
    let seen = |value: Amount| value.in_points();
    // From the top a hundredth of the trials, from the bottom all: little done is what people ask about.
    let farthest = done.how_many_at(1).map_or(seen(*most), seen);
    let (low, high) = marks
        .iter()
        .map(|mark| mark.x)
        .fold((seen(*least), farthest), |(low, high), x| (low.min(x), high.max(x)));
    let whole = done.counts.iter().all(|(value, _)| value.in_hundredths() % 100 == 0);
    let bin = bin_of(high - low, whole);
    let strong = done.how_many_at(STRONG).map_or(f64::INFINITY, seen);
    let bars = binned(done.counts.iter().filter(|(value, _)| seen(*value) <= high), bin, strong, forecast);
    let range = ((low / bin).floor() * bin - bin, (high / bin).floor() * bin + 2.0 * bin);
    let range = (range.0 - bin / 2.0, range.1 - bin / 2.0);
    let range = (range.0.max(-bin / 2.0 - bin * 0.5), range.1);
    let histogram = Histogram::lay_out(&frame, bars, marks, range)?;
    let scale = histogram.scale(frame.bottom(1.0))?;
    histogram.draw(&scale)?;
    figure.group("axes", |_| {
        histogram.base(&scale)?;
        numbers_below(&frame, &scale, range)
    })?;
    figure.group("words", |_| {
        frame.headline(
            &words::name_of_amounts(forecast),
            &words::finding_of_amounts(forecast),
            &words::subtitles_of_amounts(forecast),
        )
    })?;
    let points = histogram.points(&scale);
    let (title, description) = (words::title_of_amounts(forecast), words::description_of_amounts(forecast));
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table_of_amounts(forecast), points })
}

/// How wide a bar is: 1, 2 or 5 times a power of ten, so that there are at most about 60; a half where not all amounts
/// are whole.
fn bin_of(range: f64, whole: bool) -> f64 {
    let least: f64 = if whole { 1.0 } else { 0.5 };
    let mut bin = least;
    let mut power = 1.0;
    while bin * 60.0 < range && power < 1e15 {
        for times in [1.0, 2.0, 5.0] {
            bin = f64::max(least, power * times);
            if bin * 60.0 >= range {
                break;
            }
        }
        power *= 10.0;
    }
    bin
}

/// Amounts gathered into bars, each around a multiple of their width.
fn binned<'a>(
    counts: impl Iterator<Item = &'a (Amount, u32)>,
    bin: f64,
    strong: f64,
    forecast: &AmountForecast,
) -> Vec<Bar> {
    let mut bars: Vec<(f64, u32)> = Vec::new();
    for (value, trials) in counts {
        let at = (value.in_points() / bin).floor() * bin;
        match bars.last_mut() {
            Some((last, sum)) if *last == at => *sum += trials,
            _ => bars.push((at, *trials)),
        }
    }
    let bar = |(at, trials): (f64, u32)| Bar {
        from: at - bin / 2.0,
        to: at + bin / 2.0,
        trials,
        strong: at >= (strong / bin).floor() * bin,
        label: words::bar_of_amounts(forecast, at, bin, trials),
    };
    bars.into_iter().map(bar).collect()
}

/// The numbers below a histogram of amounts.
fn numbers_below(frame: &Frame<'_>, scale: &Scale, (low, high): (f64, f64)) -> Result<(), ChartError> {
    let (figure, plot, size) = (frame.figure, scale.plot, frame.sizes.axis);
    let widest = fonts::width(&ticks::number(high.max(low.abs())), Weight::Regular, size)?;
    let count = ((plot.right - plot.left) / (widest + figure.px(24.0))).clamp(1.0, 12.0) as usize;
    let row = plot.bottom + figure.px(5.0) + size * 0.75;
    for step in ticks::numbers(high, high - low, count, 1.0) {
        if step < low || step > high {
            continue;
        }
        let x = scale.at(step, 0.0).0;
        figure.line(&[(x, plot.bottom), (x, plot.bottom + figure.px(4.0))], frame.hair(figure.theme.base))?;
        let text = ticks::number(step);
        let half = fonts::width(&text, Weight::Regular, size)? / 2.0;
        let middle = x.clamp(half + figure.px(2.0), figure.width - half - figure.px(2.0));
        figure.text(&text, (middle, row), Side::Middle, frame.letters(size, figure.theme.ink))?;
    }
    Ok(())
}

/// A bar of a histogram.
struct Bar {
    from: f64,
    to: f64,
    trials: u32,
    strong: bool,
    label: String,
}

/// An upright line with words beside its head.
struct Mark {
    x: f64,
    text: String,
    look: Look,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// A likelihood, in per cent.
    Likelihood(u32),
    /// What would be without a change.
    Without,
    /// What is wanted.
    Wanted,
}

impl Mark {
    fn at(percent: u32, x: f64, value: String) -> Mark {
        Mark { x, text: format!("{percent} % {value}"), look: Look::Likelihood(percent) }
    }

    fn without(x: f64, value: String) -> Mark {
        Mark { x, text: format!("without: {value}"), look: Look::Without }
    }

    fn is_strong(&self) -> bool {
        self.look == Look::Likelihood(STRONG)
    }

    /// What matters most comes first.
    fn rank(&self) -> u8 {
        match self.look {
            Look::Likelihood(STRONG) => 0,
            Look::Wanted => 1,
            Look::Likelihood(50) => 2,
            Look::Likelihood(95) => 3,
            Look::Without => 4,
            Look::Likelihood(_) => 5,
        }
    }

    fn weight(&self) -> Weight {
        if self.is_strong() { Weight::Strong } else { Weight::Regular }
    }

    fn color(&self, theme: &Theme) -> RGBColor {
        match self.look {
            Look::Likelihood(STRONG) => theme.ink,
            Look::Likelihood(_) | Look::Without => theme.muted,
            Look::Wanted => theme.scope,
        }
    }
}

/// A histogram with its marks, measured.
struct Histogram<'a> {
    frame: &'a Frame<'a>,
    bars: Vec<Bar>,
    /// From the left.
    marks: Vec<Mark>,
    range: (f64, f64),
    top: f64,
    right: f64,
}

impl<'a> Histogram<'a> {
    fn lay_out(
        frame: &'a Frame<'a>,
        bars: Vec<Bar>,
        mut marks: Vec<Mark>,
        range: (f64, f64),
    ) -> Result<Histogram<'a>, ChartError> {
        marks.retain(|mark| mark.x.is_finite());
        if frame.is_thumbnail() {
            marks.retain(|mark| mark.is_strong() || mark.look == Look::Wanted);
        }
        // Where a picture is low, what matters least has no head.
        let step = frame.sizes.label * STEP;
        let room = ((frame.figure.height * 0.6 - frame.top()) / step).floor().max(1.0) as usize;
        marks.sort_by_key(Mark::rank);
        marks.truncate(room);
        marks.sort_by(|a, b| a.x.total_cmp(&b.x));
        let mut right = frame.figure.width - frame.pad;
        // Every head has room right of its line.
        let (left, span) = (frame.pad, (range.1 - range.0).max(f64::MIN_POSITIVE));
        for mark in &marks {
            let width = fonts::width(&mark.text, mark.weight(), frame.sizes.label)? + frame.figure.px(12.0);
            let part = ((mark.x - range.0) / span).clamp(0.0, 1.0);
            if part > 0.0 {
                right = right.min(left + (frame.figure.width - frame.pad * 0.5 - width - left) / part);
            }
        }
        // Where words are long they are cut, before the plot becomes a strip.
        let right = right.max(frame.figure.width * 0.55);
        let top = frame.top() + step * marks.len() as f64;
        Ok(Histogram { frame, bars, marks, range, top, right })
    }

    fn width(&self) -> f64 {
        self.right - self.frame.pad
    }

    /// The scale of a plot that ends at a height.
    fn scale(&self, bottom: f64) -> Result<Scale, ChartError> {
        let most = self.bars.iter().map(|bar| bar.trials).max().unwrap_or(1).max(1);
        let plot = Area { left: self.frame.pad, top: self.top.min(bottom - 1.0), right: self.right, bottom };
        Scale::new(plot, self.range, (0.0, f64::from(most) * 1.04))
    }

    fn base(&self, scale: &Scale) -> Result<(), ChartError> {
        let plot = scale.plot;
        let line = [(plot.left, plot.bottom), (plot.right, plot.bottom)];
        self.frame.figure.line(&line, self.frame.hair(self.frame.figure.theme.base))
    }

    fn draw(&self, scale: &Scale) -> Result<(), ChartError> {
        let (figure, theme) = (self.frame.figure, self.frame.figure.theme);
        figure.group("trials", |_| {
            for bar in &self.bars {
                let (left, top) = scale.at(bar.from, f64::from(bar.trials));
                let (right, bottom) = scale.at(bar.to, 0.0);
                let gap = ((right - left) * 0.12).min(figure.px(3.0));
                let area = Area { left: left + gap / 2.0, top, right: right - gap / 2.0, bottom };
                figure.rect(area, if bar.strong { theme.actual } else { theme.bands[1] })?;
            }
            Ok(())
        })?;
        figure.group("marks", |_| {
            for (row, mark) in self.marks.iter().enumerate() {
                let (x, head) = (scale.at(mark.x, 0.0).0, self.head(row));
                let dash = matches!(mark.look, Look::Without | Look::Wanted)
                    .then(|| (figure.px(5.0), figure.px(4.0)));
                let width = figure.stroke_px(if mark.is_strong() { 2.0 } else { 1.0 });
                let stroke = Stroke { color: mark.color(theme), width, dash };
                let over = self.bars.iter().find(|bar| (bar.from..bar.to).contains(&mark.x) && bar.strong);
                let bottom = over.map_or(scale.plot.bottom, |bar| scale.at(mark.x, f64::from(bar.trials)).1);
                figure.line(&[(x, head - self.frame.sizes.label * 0.5), (x, bottom)], stroke)?;
                if over.is_some() {
                    figure.line(
                        &[(x, bottom), (x, scale.plot.bottom)],
                        Stroke { color: theme.ground, ..stroke },
                    )?;
                }
            }
            Ok(())
        })?;
        figure.group("labels", |_| {
            for (row, mark) in self.marks.iter().enumerate() {
                let x = scale.at(mark.x, 0.0).0 + figure.px(6.0);
                let (size, room) = (self.frame.sizes.label, figure.width - figure.px(4.0) - x);
                let text = fonts::shorten(&mark.text, mark.weight(), size, room)?;
                let letters = Letters { size, weight: mark.weight(), color: mark.color(theme), rim: true };
                figure.text(&text, (x, self.head(row)), Side::Start, letters)?;
            }
            Ok(())
        })
    }

    /// The middle of the words of a mark.
    fn head(&self, row: usize) -> f64 {
        let count = self.marks.len().max(1) as f64;
        let step = (self.top - self.frame.top()) / count;
        self.frame.top() + step * (row as f64 + 0.45)
    }

    /// What to say at which place, from the left: each bar and each mark.
    fn points(&self, scale: &Scale) -> Vec<ChartPoint> {
        let bar = |bar: &Bar| {
            let (x, y) = scale.at((bar.from + bar.to) / 2.0, f64::from(bar.trials));
            ChartPoint { x, y, label: bar.label.clone(), behind: None }
        };
        let mark = |(row, mark): (usize, &Mark)| ChartPoint {
            x: scale.at(mark.x, 0.0).0,
            y: self.head(row),
            label: mark.text.clone(),
            behind: None,
        };
        let mut points: Vec<ChartPoint> =
            self.bars.iter().map(bar).chain(self.marks.iter().enumerate().map(mark)).collect();
        points.sort_by(|a, b| a.x.total_cmp(&b.x));
        points
    }
}

/// How far the heads of marks stand apart, in parts of the font size.
const STEP: f64 = 1.4;

/// A part of the trials in per cent, as it is said.
fn percent_of(trials: u32, all: u32) -> String {
    let tenths = (f64::from(trials) * 1_000.0 / f64::from(all.max(1))).round() / 10.0;
    if tenths == 0.0 && trials > 0 {
        "less than 0.1 %".to_owned()
    } else {
        format!("{} %", ticks::plain(tenths))
    }
}

/// Whole per cent of a share, rounded down: 100 % is all trials.
fn whole(share: Share) -> i64 {
    share.in_basis_points() / 100
}
