//! Lanes in charts: their colours, their names in the margin, and text upon them.
//!
//! 1. A lane has the colour of its place among the team's lanes, in every chart; what is unsorted is grey.
//! 2. A name in the margin stands beside a square of its colour: text itself is always dark enough to be read.
//! 3. Text upon an area is dark or light, whichever stands out more.

use crate::ChartError;
use crate::fig::{Letters, Side};
use crate::fonts::{self, Weight};
use crate::frame::Frame;
use crate::place::{Area, spread};
use crate::theme::Theme;
use crate::words::clean;
use plotters::style::RGBColor;

/// The colour of a lane's area (rule 1).
pub(crate) fn color(theme: &Theme, place: usize, is_unsorted: bool) -> RGBColor {
    if is_unsorted { theme.unsorted } else { theme.lanes[place % theme.lanes.len()] }
}

/// A lane's name, safe to draw.
pub(crate) fn name(name: &str, is_unsorted: bool) -> String {
    let name = clean(name);
    match (name.is_empty(), is_unsorted) {
        (true, true) => "unsorted".to_owned(),
        (true, false) => "lane".to_owned(),
        _ => name,
    }
}

/// The colour of text upon an area (rule 3): of black and white one always stands out by 4.5 to 1 or more. Source:
/// relative luminance of WCAG 2.
pub(crate) fn text_on(area: RGBColor) -> RGBColor {
    let (black, white) = (RGBColor(0, 0, 0), RGBColor(255, 255, 255));
    let area = luminance(area) + 0.05;
    if area / 0.05 >= 1.05 / area { black } else { white }
}

fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// A label in the margin, with a square of its colour where it names an area.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// The height of what it names.
    pub y: f64,
    pub text: String,
    /// What is said where that has no room: a name without its figure, which would be cut.
    pub short: String,
    pub square: Option<RGBColor>,
    pub color: RGBColor,
    pub strong: bool,
}

impl Named {
    fn weight(&self) -> Weight {
        if self.strong { Weight::Strong } else { Weight::Regular }
    }
}

/// The side of the square beside a name, and the room that it takes.
fn square(frame: &Frame<'_>) -> (f64, f64) {
    let side = frame.sizes.label * 0.8;
    (side, side + frame.figure.px(6.0))
}

/// How wide a margin must be for names, never more than a part of the picture.
pub(crate) fn margin(frame: &Frame<'_>, labels: &[Named], most: f64) -> Result<f64, ChartError> {
    let mut widest = 0.0_f64;
    for label in labels {
        let beside = if label.square.is_some() { square(frame).1 } else { 0.0 };
        widest = widest.max(beside + fonts::width(&label.text, label.weight(), frame.sizes.label)?);
    }
    let width = if labels.is_empty() { frame.pad } else { frame.figure.px(10.0) + widest + frame.pad };
    Ok(width.min(frame.figure.width * most))
}

/// Writes names in the margin right of the plot, each as near to its height as the others allow. Where the plot is too
/// low for all, the last ones are left out.
pub(crate) fn draw_margin(frame: &Frame<'_>, labels: &[Named], plot: Area) -> Result<(), ChartError> {
    let (figure, size) = (frame.figure, frame.sizes.label);
    let fit = (((plot.bottom - plot.top) / (size * 1.25)).floor() as usize).max(1);
    let labels = &labels[..labels.len().min(fit)];
    let wanted: Vec<f64> = labels.iter().map(|label| label.y).collect();
    let half = size * 0.5;
    let placed = spread(&wanted, size * 1.3, plot.top + half, (plot.bottom - half).max(plot.top + half));
    for (label, y) in labels.iter().zip(placed) {
        let mut x = plot.right + figure.px(10.0);
        if let Some(color) = label.square {
            let (side, room) = square(frame);
            figure.rect(Area::around((x + side / 2.0, y), side, side), color)?;
            x += room;
        }
        let room = figure.width - x - figure.px(4.0);
        let fits = fonts::width(&label.text, label.weight(), size)? <= room;
        let text = if fits { &label.text } else { &label.short };
        let text = fonts::shorten(text, label.weight(), size, room)?;
        let letters = Letters { size, weight: label.weight(), color: label.color, rim: false };
        figure.text(&text, (x, y), Side::Start, letters)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_upon_every_area_stands_out() {
        for theme in [Theme::light(), Theme::dark(), Theme::projector()] {
            let areas =
                [&theme.lanes[..], &[theme.unsorted, theme.committed, theme.buffer], &theme.bands[..]]
                    .concat();
            for area in areas {
                let [text, area] = [text_on(area), area].map(|color| luminance(color) + 0.05);
                let contrast = text.max(area) / text.min(area);
                assert!(contrast >= 4.5, "{contrast:.2}");
            }
        }
    }

    #[test]
    fn a_seventh_lane_begins_again_and_what_is_unsorted_is_grey() {
        let theme = Theme::light();
        assert_eq!(color(&theme, 6, false), color(&theme, 0, false));
        assert_eq!(color(&theme, 1, true), theme.unsorted);
        assert_eq!(
            (name(" ", true), name("\u{7}", false), name("Betrieb", false)),
            ("unsorted".into(), "lane".into(), "Betrieb".into())
        );
    }
}
