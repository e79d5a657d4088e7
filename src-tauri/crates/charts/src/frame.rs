//! What all charts share: headline, number axis, day axis, axis of names, labels in the margin.
//!
//! 1. The headline states the finding; the name before it gives way first, then its last clauses, then its last words.
//!    The sub-title is the longest that fits.
//! 2. A small picture has fewer parts, not smaller ones: first the secondary labels go, then the sub-title.
//! 3. The number axis ends just above the data; its numbers go where they would take a third of the picture.
//! 4. Days are labelled in the middle of their columns while they fit, then weeks, months, years at their starts.
//! 5. Labels in the margin keep the order of what they name and never overlap.

use crate::ChartError;
use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::place::{Area, Point, spread};
use crate::ticks::{self, Pace};
use domain::calendar::Day;
use plotters::style::RGBColor;

/// How much a picture of its size can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Detail {
    /// The marks that matter, axis, title, one label.
    Thumbnail,
    /// Everything, in smaller letters.
    Compact,
    /// Everything.
    Full,
}

impl Detail {
    fn of(figure: &Figure) -> Detail {
        // Larger letters need a larger picture.
        let (width, height) = (figure.width / figure.theme.text, figure.height / figure.theme.text);
        if width < 400.0 || height < 200.0 {
            Detail::Thumbnail
        } else if width < 560.0 || height < 280.0 {
            Detail::Compact
        } else {
            Detail::Full
        }
    }
}

/// Font sizes in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub title: f64,
    pub subtitle: f64,
    pub axis: f64,
    pub label: f64,
    /// What is most important in the plot: the value at the end of the line.
    pub end: f64,
}

/// The frame of a chart: what stands where before there is data.
pub(crate) struct Frame<'a> {
    pub figure: &'a Figure<'a>,
    pub detail: Detail,
    pub sizes: Sizes,
    /// What stays free at the picture's edges.
    pub pad: f64,
    /// The middles of the lines of text above the plot.
    title_y: f64,
    subtitle_y: f64,
}

impl<'a> Frame<'a> {
    /// The frame that fits the size of a figure.
    pub(crate) fn new(figure: &'a Figure<'a>) -> Frame<'a> {
        let detail = Detail::of(figure);
        let by = |full, compact, thumbnail| {
            figure.text_px(match detail {
                Detail::Full => full,
                Detail::Compact => compact,
                Detail::Thumbnail => thumbnail,
            })
        };
        let sizes = Sizes {
            title: by(19.0, 16.0, 13.0),
            subtitle: by(13.0, 12.0, 0.0),
            axis: by(12.0, 11.5, 10.5),
            label: by(12.5, 12.0, 11.0),
            end: by(14.0, 13.0, 12.0),
        };
        let pad = if detail == Detail::Thumbnail { figure.px(10.0) } else { figure.px(14.0) };
        let title_y = pad + sizes.title * 0.5;
        let subtitle_y = match detail {
            Detail::Thumbnail => title_y,
            _ => title_y + sizes.title * 0.68 + sizes.subtitle * 0.85,
        };
        Frame { figure, detail, sizes, pad, title_y, subtitle_y }
    }

    /// Whether only what matters has room.
    pub(crate) fn is_thumbnail(&self) -> bool {
        self.detail == Detail::Thumbnail
    }

    /// Where the plot begins below the headline, without flags.
    pub(crate) fn top(&self) -> f64 {
        match self.detail {
            Detail::Thumbnail => self.title_y + self.sizes.title * 0.5 + self.sizes.axis * 0.8,
            _ => self.subtitle_y + self.sizes.subtitle * 1.2,
        }
    }

    /// The middle of a line of small words between headline and plot, and where the plot begins below them.
    pub(crate) fn flags(&self) -> (f64, f64) {
        match self.detail {
            Detail::Thumbnail => (self.title_y, self.top()),
            _ => {
                let flag_y = self.subtitle_y + self.sizes.subtitle * 0.5 + self.sizes.axis;
                (flag_y, flag_y + self.sizes.axis * 1.2)
            }
        }
    }

    /// Where the plot ends above so many rows of axis labels.
    pub(crate) fn bottom(&self, rows: f64) -> f64 {
        self.figure.height - self.pad * 0.7 - self.sizes.axis * (0.2 + 1.25 * rows) - self.figure.px(5.0)
    }

    /// Regular letters without a rim.
    pub(crate) fn letters(&self, size: f64, color: RGBColor) -> Letters {
        Letters { size, weight: Weight::Regular, color, rim: false }
    }

    /// A hair line.
    pub(crate) fn hair(&self, color: RGBColor) -> Stroke {
        Stroke { color, width: self.figure.stroke_px(1.0), dash: None }
    }

    /// Title and sub-title (rule 1). The sub-titles say the same from long to short; the title reads “name: finding”,
    /// or the finding alone where there is no name.
    pub(crate) fn headline(&self, name: &str, finding: &str, subtitles: &[String]) -> Result<(), ChartError> {
        let (theme, size) = (self.figure.theme, self.sizes.title);
        let room = self.figure.width - 2.0 * self.pad;
        let taken = fonts::width(&format!(": {finding}"), Weight::Strong, size)?;
        let mut name = fonts::shorten(name, Weight::Strong, size, room - taken)?;
        // Two or three letters of a name say nothing.
        if name.ends_with('…') && name.chars().count() < 6 {
            name.clear();
        }
        let title = if name.is_empty() {
            fonts::shorten(&capital(whole_clauses(finding, size, room)?), Weight::Strong, size, room)?
        } else {
            format!("{name}: {finding}")
        };
        let letters = Letters { weight: Weight::Strong, ..self.letters(size, theme.ink) };
        self.figure.text(&title, (self.pad, self.title_y), Side::Start, letters)?;
        if self.is_thumbnail() {
            return Ok(());
        }
        let size = self.sizes.subtitle;
        let mut chosen = "";
        for subtitle in subtitles {
            chosen = subtitle;
            if fonts::width(subtitle, Weight::Regular, size)? <= room {
                break;
            }
        }
        let chosen = fonts::shorten(chosen, Weight::Regular, size, room)?;
        self.figure.text(&chosen, (self.pad, self.subtitle_y), Side::Start, self.letters(size, theme.muted))
    }

    /// The steps of a number axis for values between a lowest of 0 or less and a highest above it, on a plot so high.
    pub(crate) fn numbers(
        &self,
        (low, high): (f64, f64),
        plot_height: f64,
        smallest_step: f64,
    ) -> Result<Numbers, ChartError> {
        let count = (plot_height / (self.sizes.axis * 3.0)).clamp(1.0, 7.0) as usize;
        let steps = ticks::numbers(high, high - low, count, smallest_step);
        let mut widest = 0.0_f64;
        for step in &steps {
            widest = widest.max(fonts::width(&ticks::number(*step), Weight::Regular, self.sizes.axis)?);
        }
        let shown = widest < self.figure.width / 3.0;
        let left = if shown { self.pad + widest + self.figure.px(8.0) } else { self.pad };
        Ok(Numbers { steps, shown, left })
    }

    /// The grid with its numbers, and the base line at 0.
    pub(crate) fn draw_numbers(&self, numbers: &Numbers, scale: &Scale) -> Result<(), ChartError> {
        self.draw_numbers_as(numbers, scale, ticks::number)
    }

    /// The same with numbers written in another way: “40 %”.
    pub(crate) fn draw_numbers_as(
        &self,
        numbers: &Numbers,
        scale: &Scale,
        written: impl Fn(f64) -> String,
    ) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, scale.plot);
        let letters = self.letters(self.sizes.axis, theme.muted);
        for step in &numbers.steps {
            let y = scale.at(0.0, *step).1;
            if *step > 0.0 {
                figure.line(&[(plot.left, y), (plot.right, y)], self.hair(theme.grid))?;
            }
            if numbers.shown {
                figure.text(&written(*step), (plot.left - figure.px(8.0), y), Side::End, letters)?;
            }
        }
        let base = scale.at(0.0, 0.0).1;
        figure.line(&[(plot.left, base), (plot.right, base)], self.hair(theme.base))
    }

    /// The axis of days that lie side by side over a width; x counts days from the start of the first.
    pub(crate) fn days(&self, days: Vec<AxisDay>, width: f64) -> Result<DayAxis, ChartError> {
        let figure = self.figure;
        let column = width / days.len() as f64;
        let label_width = |text: &str| fonts::width(text, Weight::Regular, self.sizes.axis);
        let (pace, two_letters) =
            if !figure.theme.short_weekdays && column >= label_width("Wed")? + figure.px(6.0) {
                (Pace::Days, false)
            } else if column >= label_width("We")? + figure.px(4.0) {
                (Pace::Days, true)
            } else {
                let room = label_width("30 Sep")? + figure.px(14.0);
                let fits = Pace::LONGER.iter().find(|(_, days)| days * column >= room);
                (fits.map_or(Pace::Years(1_000), |(pace, _)| *pace), true)
            };
        Ok(DayAxis { days, pace, two_letters })
    }

    /// Shaded columns of days off, neighbours as one.
    pub(crate) fn shade_days(&self, axis: &DayAxis, scale: &Scale) -> Result<(), ChartError> {
        let plot = scale.plot;
        // Columns thinner than a pixel would only make the ground grey.
        if plot.right - plot.left < axis.days.len() as f64 {
            return Ok(());
        }
        let mut from = None;
        for (index, off) in axis.days.iter().map(|day| day.off).chain([false]).enumerate() {
            match (from, off) {
                (None, true) => from = Some(index),
                (Some(first), false) => {
                    let left = scale.at(first as f64, 0.0).0;
                    let right = scale.at(index as f64, 0.0).0;
                    self.figure.rect(Area { left, right, ..plot }, self.figure.theme.shade)?;
                    from = None;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The labels of days below the plot; those of weeks and longer end before `room` pixels from the left.
    pub(crate) fn draw_days(&self, axis: &DayAxis, scale: &Scale, room: f64) -> Result<(), ChartError> {
        if axis.pace == Pace::Days { self.each_day(axis, scale) } else { self.starts(axis, scale, room) }
    }

    /// Each day under its column: day of the week, day of the month.
    fn each_day(&self, axis: &DayAxis, scale: &Scale) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, scale.plot);
        let first_row = plot.bottom + figure.px(5.0) + self.sizes.axis * 0.75;
        let second_row = first_row + self.sizes.axis * 1.28;
        let column = (plot.right - plot.left) / axis.days.len() as f64;
        let mut month = None;
        for (index, AxisDay { day, off }) in axis.days.iter().enumerate() {
            let middle = scale.at(index as f64 + 0.5, 0.0).0;
            if index > 0 {
                let x = scale.at(index as f64, 0.0).0;
                figure.line(&[(x, plot.bottom), (x, plot.bottom + figure.px(4.0))], self.hair(theme.base))?;
            }
            let name = ticks::weekday(*day);
            let name = if axis.two_letters { &name[..2] } else { name };
            let color = if *off { theme.muted } else { theme.ink };
            figure.text(name, (middle, first_row), Side::Middle, self.letters(self.sizes.axis, color))?;
            let this_month = ticks::month(*day);
            let long = ticks::day_and_month(*day);
            let fits = fonts::width(&long, Weight::Regular, self.sizes.axis)? + figure.px(4.0) <= column;
            let date = if month != Some(this_month) && fits { long } else { ticks::day_of_month(*day) };
            month = Some(this_month);
            let letters = self.letters(self.sizes.axis, theme.muted);
            figure.text(&date, (middle, second_row), Side::Middle, letters)?;
        }
        Ok(())
    }

    /// The starts of weeks, months or years.
    fn starts(&self, axis: &DayAxis, scale: &Scale, room: f64) -> Result<(), ChartError> {
        let (figure, plot) = (self.figure, scale.plot);
        let row = plot.bottom + figure.px(5.0) + self.sizes.axis * 0.75;
        let letters = self.letters(self.sizes.axis, figure.theme.ink);
        let Some(first) = axis.days.first().map(|day| day.day) else { return Ok(()) };
        let mut labels: Vec<(usize, String)> = Vec::new();
        for (index, day) in axis.days.iter().enumerate() {
            labels.extend(axis.pace.label(day.day, first).map(|label| (index, label)));
        }
        if labels.is_empty() {
            labels.push((0, ticks::day_and_month(first)));
        }
        let mut free_from = f64::NEG_INFINITY;
        for (index, label) in labels {
            let x = scale.at(index as f64, 0.0).0;
            let tick = [(x, plot.bottom), (x, plot.bottom + figure.px(6.0))];
            figure.line(&tick, self.hair(figure.theme.base))?;
            let at = x + figure.px(4.0);
            let end = at + fonts::width(&label, Weight::Regular, self.sizes.axis)?;
            if at >= free_from && end <= room {
                figure.text(&label, (at, row), Side::Start, letters)?;
                free_from = end + figure.px(6.0);
            }
        }
        Ok(())
    }

    /// Names below their columns: in full, else without the words that all begin with, else every second, third, ….
    /// On the scale, column n reaches from n to n + 1.
    pub(crate) fn draw_names(&self, names: &[String], scale: &Scale) -> Result<(), ChartError> {
        let (figure, plot, size) = (self.figure, scale.plot, self.sizes.axis);
        if names.is_empty() {
            return Ok(());
        }
        let column = (plot.right - plot.left) / names.len() as f64;
        let room = column - figure.px(6.0);
        let fit = |names: &[String]| -> Result<bool, ChartError> {
            for name in names {
                if fonts::width(name, Weight::Regular, size)? > room {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        let mut shown: Vec<String> = names.to_vec();
        if !fit(&shown)? {
            let common = common_words(names);
            shown = names.iter().map(|name| name[common..].to_owned()).collect();
        }
        let mut every = 1;
        if !fit(&shown)? {
            let mut widest = 0.0_f64;
            for name in &shown {
                widest = widest.max(fonts::width(name, Weight::Regular, size)?);
            }
            // A name may be cut where it is long, before too few of them are left.
            let wanted = widest.min(figure.text_px(72.0)) + figure.px(8.0);
            every = (wanted / column).ceil().max(1.0) as usize;
        }
        let letters = self.letters(size, figure.theme.ink);
        // Clear of the number beside the base line, also where letters are large in a small picture.
        let row = plot.bottom + figure.px(5.0).max(size * 0.5) + size * 0.75;
        for (index, name) in shown.iter().enumerate() {
            // The last is the one that people look for.
            if !(shown.len() - 1 - index).is_multiple_of(every) {
                continue;
            }
            let middle = scale.at(index as f64 + 0.5, 0.0).0;
            let half = (column * every as f64 / 2.0 - figure.px(3.0)).max(0.0);
            let room = 2.0 * half.min(middle).min(figure.width - middle);
            let name = fonts::shorten(name, Weight::Regular, size, room)?;
            figure.text(&name, (middle, row), Side::Middle, letters)?;
        }
        Ok(())
    }

    /// How wide a margin must be for labels that stand at its left end, what keeps them off the plot and the edge
    /// included; never more than a third of the picture.
    pub(crate) fn margin(&self, labels: &[MarginLabel]) -> Result<f64, ChartError> {
        let mut widest = 0.0_f64;
        for label in labels {
            let square = if label.swatch.is_some() { self.sizes.label * SQUARE } else { 0.0 };
            widest = widest.max(square + fonts::width(&label.text, label.weight(), self.sizes.label)?);
        }
        let width = if labels.is_empty() { self.pad } else { self.figure.px(10.0) + widest + self.pad };
        Ok(width.min(self.figure.width / 3.0))
    }

    /// Writes labels in the margin right of the plot, each as near to its height as the others allow (rule 5).
    pub(crate) fn draw_margin(&self, labels: &[MarginLabel], plot: Area) -> Result<(), ChartError> {
        let (figure, size) = (self.figure, self.sizes.label);
        let wanted: Vec<f64> = labels.iter().map(|label| label.y).collect();
        let half = size * 0.5;
        let placed = spread(&wanted, size * 1.3, plot.top + half, (plot.bottom - half).max(plot.top + half));
        for (label, y) in labels.iter().zip(placed) {
            let mut x = plot.right + figure.px(10.0);
            if let Some(color) = label.swatch {
                let side = size * 0.75;
                figure.rect(Area::around((x + side / 2.0, y), side, side), color)?;
                x += size * SQUARE;
            }
            let room = figure.width - x - figure.px(4.0);
            let text = fonts::shorten(&label.text, label.weight(), size, room)?;
            let letters = Letters { size, weight: label.weight(), color: label.color, rim: false };
            figure.text(&text, (x, y), Side::Start, letters)?;
        }
        Ok(())
    }

    /// A dot with a rim in the colour of the ground.
    pub(crate) fn dot(&self, at: Point, color: RGBColor) -> Result<(), ChartError> {
        let radius = self.dot_radius();
        self.figure.circle(at, radius + self.figure.stroke_px(1.5), self.figure.theme.ground)?;
        self.figure.circle(at, radius, color)
    }

    /// The radius of such a dot.
    pub(crate) fn dot_radius(&self) -> f64 {
        self.figure.stroke_px(if self.is_thumbnail() { 3.0 } else { 4.0 })
    }
}

/// How much room a square before a label takes, in parts of the font size.
const SQUARE: f64 = 1.25;

/// A label in the margin right of the plot.
#[derive(Debug, Clone)]
pub(crate) struct MarginLabel {
    /// The height of what it names.
    pub y: f64,
    pub text: String,
    pub color: RGBColor,
    /// Whether it is one of the most important.
    pub strong: bool,
    /// The colour of the area that it names, as a small square before it: for areas too pale to write in.
    pub swatch: Option<RGBColor>,
}

impl MarginLabel {
    fn weight(&self) -> Weight {
        if self.strong { Weight::Strong } else { Weight::Regular }
    }
}

/// The length of the words that all names begin with; none of them becomes empty.
fn common_words(names: &[String]) -> usize {
    let Some((first, others)) = names.split_first() else { return 0 };
    let mut common = 0;
    for (at, _) in first.match_indices(' ') {
        let words = &first[..=at];
        if others.iter().all(|name| name.starts_with(words) && name.len() > words.len())
            && first.len() > words.len()
        {
            common = words.len();
        }
    }
    common
}

/// The steps of a number axis.
pub(crate) struct Numbers {
    /// The numbers, from 0 upwards.
    pub steps: Vec<f64>,
    /// Whether they stand beside the grid.
    pub shown: bool,
    /// Where the plot begins, right of them.
    pub left: f64,
}

/// A day of a day axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AxisDay {
    pub day: Day,
    /// Whether its column is shaded.
    pub off: bool,
}

/// The axis of days that lie side by side.
pub(crate) struct DayAxis {
    days: Vec<AxisDay>,
    pace: Pace,
    two_letters: bool,
}

impl DayAxis {
    /// How many rows its labels take.
    pub(crate) fn rows(&self) -> f64 {
        if self.pace == Pace::Days { 2.0 } else { 1.0 }
    }
}

/// As many clauses of a finding as fit, at least the first: “10 of 30 points done, 4 working days left” without its
/// days.
fn whole_clauses(finding: &str, size: f64, room: f64) -> Result<&str, ChartError> {
    let mut told = finding;
    while fonts::width(told, Weight::Strong, size)? > room {
        match told.rfind(", ").max(told.rfind("; ")) {
            Some(end) => told = &told[..end],
            None => break,
        }
    }
    Ok(told)
}

/// The first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_loses_whole_clauses_before_a_word_is_cut() {
        let told = |room| whole_clauses("10 of 30 points done, 4 days left; 9 h used", 13.0, room).unwrap();
        assert_eq!(told(400.0), "10 of 30 points done, 4 days left; 9 h used");
        assert_eq!(told(250.0), "10 of 30 points done, 4 days left");
        assert_eq!(told(200.0), "10 of 30 points done");
        assert_eq!(told(5.0), "10 of 30 points done");
    }

    #[test]
    fn names_lose_the_words_that_all_begin_with_and_never_become_empty() {
        let common =
            |names: &[&str]| common_words(&names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
        assert_eq!(common(&["Sprint 31", "Sprint 32"]), 7);
        assert_eq!(common(&["Team A Sprint 31", "Team A Sprint 32"]), 14);
        assert_eq!(common(&["Sprint 31", "Iteration 4"]), 0);
        assert_eq!(common(&["Sprint ", "Sprint 32"]), 0);
        assert_eq!(common(&["Спринт 1", "Спринт 2"]), 13);
        assert_eq!(common(&[]), 0);
    }
}
