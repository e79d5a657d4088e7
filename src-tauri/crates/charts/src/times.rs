//! Times in days as heights, and items as marks: what the charts of cycle times and ages share.
//!
//! 1. The height of a time is linear; where a few times are far above the others it is logarithmic, and the sub-title
//!    says so. Nothing is cut off.
//! 2. A kind of work has a shape and a colour: dots are features, diamonds bugs, squares debt and infrastructure, rings
//!    what is unsorted.
//! 3. Items of one place stand side by side, as far as its width allows.

use crate::ChartError;
use crate::fig::{Figure, Letters, Side, Stroke};
use crate::flow_words::percentile_words;
use crate::fonts::{self, Weight};
use crate::frame::{Detail, Frame, MarginLabel, Numbers};
use crate::place::{Area, Placer, Point, Proposal};
use crate::theme::Theme;
use crate::ticks::{self, plain};
use crate::words::counted;
use domain::backlog::WorkKind;
use domain::flow::TimePercentile;
use plotters::style::RGBColor;

/// The heights of times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Heights {
    is_logarithmic: bool,
    longest: f64,
}

impl Heights {
    /// Heights for times of which most stay below a usual one.
    pub(crate) fn of(longest: u32, usual: Option<u32>) -> Heights {
        let usual = usual.unwrap_or(longest).max(1);
        Heights { is_logarithmic: longest > 30 && longest / 5 > usual, longest: f64::from(longest.max(1)) }
    }

    /// Whether heights are logarithmic.
    pub(crate) fn is_logarithmic(&self) -> bool {
        self.is_logarithmic
    }

    /// The height of a time.
    pub(crate) fn at(&self, days: u32) -> f64 {
        self.of_days(f64::from(days))
    }

    /// The height of the longest time, and a little room above.
    pub(crate) fn top(&self) -> f64 {
        self.of_days(self.longest) * 1.05
    }

    /// The steps of the axis on a plot so high; they are heights.
    pub(crate) fn numbers(&self, frame: &Frame<'_>, plot_height: f64) -> Result<Numbers, ChartError> {
        if !self.is_logarithmic {
            return frame.numbers((0.0, self.longest), plot_height, 1.0);
        }
        let room = frame.sizes.axis * 1.9;
        let mut steps = vec![0.0];
        let mut last = 0.0;
        let mut power = 1.0;
        while power <= self.longest {
            for times in [1.0, 2.0, 5.0] {
                let step = self.of_days(power * times);
                if power * times <= self.longest && (step - last) / self.top() * plot_height >= room {
                    steps.push(step);
                    last = step;
                }
            }
            power *= 10.0;
        }
        let mut widest = 0.0_f64;
        for step in &steps {
            widest = widest.max(fonts::width(&self.written(*step), Weight::Regular, frame.sizes.axis)?);
        }
        let shown = widest < frame.figure.width / 3.0;
        let left = if shown { frame.pad + widest + frame.figure.px(8.0) } else { frame.pad };
        Ok(Numbers { steps, shown, left })
    }

    /// The time of a height, as the axis writes it.
    pub(crate) fn written(&self, height: f64) -> String {
        ticks::number(if self.is_logarithmic { height.exp_m1().round() } else { height })
    }

    fn of_days(&self, days: f64) -> f64 {
        if self.is_logarithmic { days.ln_1p() } else { days }
    }
}

/// Draws an item as the mark of its kind.
pub(crate) fn mark(
    figure: &Figure<'_>,
    kind: Option<WorkKind>,
    at: Point,
    radius: f64,
    has_rim: bool,
) -> Result<(), ChartError> {
    let (color, rim) = (kind_color(figure.theme, kind), figure.stroke_px(1.0));
    let diamond = |r: f64| [(at.0, at.1 - r), (at.0 + r, at.1), (at.0, at.1 + r), (at.0 - r, at.1)];
    let ground = figure.theme.ground;
    match kind {
        Some(WorkKind::Feature) | None => {
            if has_rim {
                figure.circle(at, radius + rim, ground)?;
            }
            figure.circle(at, radius, color)?;
            if kind.is_none() {
                figure.circle(at, radius * 0.5, ground)?;
            }
            Ok(())
        }
        Some(WorkKind::Bug) => {
            if has_rim {
                figure.polygon(&diamond(radius * 1.3 + rim * 1.4), ground)?;
            }
            figure.polygon(&diamond(radius * 1.3), color)
        }
        Some(WorkKind::Debt | WorkKind::Infrastructure) => {
            let side = radius * 1.7;
            if has_rim {
                figure.rect(Area::around(at, side + 2.0 * rim, side + 2.0 * rim), ground)?;
            }
            figure.rect(Area::around(at, side, side), color)
        }
    }
}

fn kind_color(theme: &Theme, kind: Option<WorkKind>) -> RGBColor {
    match kind {
        Some(WorkKind::Feature) => theme.actual,
        Some(WorkKind::Bug) => theme.scope,
        Some(WorkKind::Debt | WorkKind::Infrastructure) => theme.reopened,
        None => theme.muted,
    }
}

/// What the shapes stand for, where there is more than one: “Dots: features; diamonds: bugs.”
pub(crate) fn shapes(kinds: impl Iterator<Item = Option<WorkKind>> + Clone) -> String {
    let has = |wanted: Option<WorkKind>| kinds.clone().any(|kind| kind == wanted);
    let (debt, infrastructure) = (has(Some(WorkKind::Debt)), has(Some(WorkKind::Infrastructure)));
    let squares = match (debt, infrastructure) {
        (true, true) => Some("squares: debt and infrastructure"),
        (true, false) => Some("squares: debt"),
        (false, true) => Some("squares: infrastructure"),
        (false, false) => None,
    };
    let said: Vec<&str> = [
        has(Some(WorkKind::Feature)).then_some("dots: features"),
        has(Some(WorkKind::Bug)).then_some("diamonds: bugs"),
        squares,
        has(None).then_some("rings: unsorted"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if said.len() < 2 { String::new() } else { format!("{}.", crate::frame::capital(&said.join("; "))) }
}

/// How far from the middle of their place so many marks stand, each in its turn.
pub(crate) fn beside(turn: usize, count: usize, radius: f64, width: f64) -> f64 {
    let step = (radius * 2.6).min(width * 0.9 / count.max(1) as f64);
    (turn as f64 - (count as f64 - 1.0) / 2.0) * step
}

/// The lines of percentiles across a plot.
pub(crate) fn percentile_lines(
    frame: &Frame<'_>,
    percentiles: &[TimePercentile],
    plot: Area,
    y: impl Fn(u32) -> f64,
) -> Result<(), ChartError> {
    let (figure, theme) = (frame.figure, frame.figure.theme);
    for (_, days, is_strong) in percentile_words(percentiles) {
        let y = y(days);
        let stroke = if is_strong {
            Stroke { color: theme.ink, width: figure.stroke_px(1.5), dash: None }
        } else {
            let dash = Some((figure.px(4.0), figure.px(3.0)));
            Stroke { color: theme.muted, width: figure.stroke_px(1.0), dash }
        };
        figure.line(&[(plot.left, y), (plot.right, y)], stroke)?;
    }
    Ok(())
}

/// The labels of percentiles for the margin: “85 %: 10 days”. In a small picture only that of 85 %.
pub(crate) fn percentile_labels(
    frame: &Frame<'_>,
    percentiles: &[TimePercentile],
    y: impl Fn(u32) -> f64,
) -> Vec<MarginLabel> {
    let theme = frame.figure.theme;
    let shown = |strong: bool| strong || frame.detail != Detail::Thumbnail;
    percentile_words(percentiles)
        .into_iter()
        .rev()
        .filter(|(_, _, is_strong)| shown(*is_strong))
        .map(|(percent, days, strong)| MarginLabel {
            y: y(days),
            text: match frame.detail {
                // The title says of how many per cent.
                Detail::Thumbnail => counted(days, "day"),
                _ => format!("{percent}: {}", counted(days, "day")),
            },
            color: if strong { theme.ink } else { theme.muted },
            strong,
            swatch: None,
        })
        .collect()
}

/// Writes names beside marks, the first ones first, while there is room.
pub(crate) fn name_marks(
    frame: &Frame<'_>,
    placer: &mut Placer,
    marks: &[(Point, String)],
    radius: f64,
) -> Result<(), ChartError> {
    let (figure, size) = (frame.figure, frame.sizes.label);
    let letters = Letters { rim: true, ..frame.letters(size, figure.theme.ink) };
    for (at, _) in marks {
        placer.take(Area::around(*at, 2.4 * radius, 2.4 * radius));
    }
    for (at, name) in marks {
        let name = fonts::shorten(name, Weight::Regular, size, figure.width * 0.26)?;
        let (width, height) = (fonts::width(&name, Weight::Regular, size)?, size * 1.2);
        if width == 0.0 {
            continue;
        }
        let across = radius + figure.px(6.0) + width / 2.0;
        let up = radius + figure.px(2.0) + height / 2.0;
        let proposal = |x: f64, y: f64, cost: f64| Proposal {
            area: Area::around((at.0 + x, at.1 + y), width, height),
            cost,
        };
        let places = [
            proposal(across, 0.0, 0.0),
            proposal(-across, 0.0, 0.5),
            proposal(across, -up, 1.0),
            proposal(across, up, 1.0),
            proposal(-across, -up, 1.5),
            proposal(-across, up, 1.5),
            proposal(0.0, up, 2.0),
            proposal(0.0, -up, 2.0),
        ];
        if let Some(place) = placer.best(places).filter(|place| place.cost < 12.0) {
            figure.text(&name, (place.area.left, place.area.middle().1), Side::Start, letters)?;
            placer.take(place.area);
        }
    }
    Ok(())
}

/// “10 days (95 %)”: a time and the percentiles that it reaches, for the points of a chart.
pub(crate) fn held_against(days: u32, percentiles: &[TimePercentile]) -> String {
    match percentiles.iter().find(|known| days <= known.days) {
        _ if percentiles.is_empty() => String::new(),
        Some(known) => format!(", within the {} % of {}", known.percent, counted(known.days, "day")),
        None => {
            let last = percentiles.last().map_or(0, |known| known.percent);
            format!(", longer than {} %", plain(f64::from(last)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_far_above_the_others_make_the_heights_logarithmic() {
        assert!(!Heights::of(30, Some(1)).is_logarithmic());
        assert!(Heights::of(31, Some(5)).is_logarithmic());
        assert!(!Heights::of(100, Some(25)).is_logarithmic());
        let heights = Heights::of(1_000, Some(10));
        assert_eq!(heights.written(heights.at(200)), "200");
        assert_eq!(heights.at(0), 0.0);
        assert!(Heights::of(0, None).top() > 0.0);
    }

    #[test]
    fn the_shapes_are_said_where_there_is_more_than_one() {
        let said = |kinds: &[Option<WorkKind>]| shapes(kinds.iter().copied());
        let (feature, bug) = (Some(WorkKind::Feature), Some(WorkKind::Bug));
        assert_eq!(said(&[feature, feature]), "");
        assert_eq!(said(&[bug, feature]), "Dots: features; diamonds: bugs.");
        let all = [Some(WorkKind::Debt), None, Some(WorkKind::Infrastructure)];
        assert_eq!(said(&all), "Squares: debt and infrastructure; rings: unsorted.");
    }

    #[test]
    fn marks_of_one_place_stand_side_by_side_within_its_width() {
        let all = |count| (0..count).map(|turn| beside(turn, count, 4.0, 20.0)).collect::<Vec<_>>();
        assert_eq!(all(1), [0.0]);
        assert_eq!(all(2), [-4.5, 4.5]);
        assert!(all(40).iter().all(|x| x.abs() < 10.0));
    }
}
