//! Times of incidents: to acknowledge, to mitigate, to resolve, one below the other, a mark an incident.
//!
//! 1. The incidents stand side by side in order of date, the same in each band; the height of a mark is a time.
//! 2. Heights are linear; where the longest time of a band is far above its median they are logarithmic, and the
//!    sub-title says so.
//! 3. The strong line is the median, the dashed one the 90th percentile, both labelled in the margin with the number of
//!    incidents beside; a thin line through the marks is the median of the last five.
//! 4. What is open is a ring with a line upwards: so long until now, and going on.
//! 5. A time that nothing is known of has no plot. A small picture shows one time alone: to mitigate, where that is
//!    known of any incident.

mod words;

use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{Frame, MarginLabel, Numbers};
use crate::place::{Area, Point};
use crate::theme::Theme;
use crate::{Chart, ChartError, Size, flow_words};
use domain::flow::{IncidentTime, IncidentTimes, Taken, TimeBand};

/// The times of incidents as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no incident.
pub fn incident_times(
    times: &IncidentTimes,
    theme: &Theme,
    size: Size,
    id_prefix: &str,
) -> Result<Chart, ChartError> {
    if times.marks.is_empty() {
        return Err(ChartError::NoDays);
    }
    let figure = Figure::new(theme, size)?;
    let (title, description) = (words::title(times), words::description(times));
    let drawing = Drawing::lay_out(times, &figure)?;
    drawing.draw()?;
    let points = words::points(times, &drawing.points());
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(times), points })
}

/// The bands with everything measured.
struct Drawing<'a> {
    times: &'a IncidentTimes,
    figure: &'a Figure<'a>,
    frame: Frame<'a>,
    bands: Vec<Band<'a>>,
    radius: f64,
}

/// One of the times with its place.
struct Band<'a> {
    band: &'a TimeBand,
    heights: Heights,
    numbers: Numbers,
    scale: Scale,
    labels: Vec<MarginLabel>,
    /// The middle of its name above the plot.
    name_y: f64,
}

impl<'a> Drawing<'a> {
    fn lay_out(times: &'a IncidentTimes, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let (top, bottom) = (frame.top(), frame.bottom(1.0));
        let (name, between) = match frame.is_thumbnail() {
            true => (0.0, 0.0),
            false => (frame.sizes.label * 1.7, frame.sizes.axis * 0.9),
        };
        // A time that nothing is known of has no plot.
        let known: Vec<&TimeBand> = times.bands.iter().filter(|band| band.longest().is_some()).collect();
        let height_of = |count: f64| (bottom - top - between * (count - 1.0)) / count;
        // Each plot needs room for two labels in its margin; else the time of the headline stands alone.
        let fits = !known.is_empty() && height_of(known.len() as f64) - name >= frame.sizes.label * 3.0;
        let shown: Vec<&TimeBand> = match fits && !frame.is_thumbnail() {
            true => known,
            false => times.band(words::headline_of(times)).into_iter().collect(),
        };
        let height = height_of(shown.len().max(1) as f64).max(name + 1.0);
        let plot_height = height - name;
        let heights: Vec<Heights> = shown.iter().map(|band| Heights::of(band)).collect();
        let mut left = frame.pad;
        let mut margin = frame.pad;
        let mut steps = Vec::new();
        for (band, heights) in shown.iter().zip(&heights) {
            let numbers = heights.numbers(&frame, plot_height)?;
            left = left.max(numbers.left);
            margin = margin.max(frame.margin(&labels(&frame, band, |_| 0.0))?);
            steps.push(numbers);
        }
        let right = figure.width - margin;
        let columns = times.marks.len() as f64;
        let mut bands = Vec::new();
        for (turn, ((band, heights), numbers)) in shown.into_iter().zip(heights).zip(steps).enumerate() {
            let from = top + turn as f64 * (height + between);
            let plot = Area { left, top: from + name, right, bottom: from + height };
            let scale = Scale::new(plot, (0.0, columns), (0.0, heights.top()))?;
            let labels = labels(&frame, band, |time| scale.at(0.0, heights.at(time)).1);
            bands.push(Band { band, heights, numbers, scale, labels, name_y: from + name * 0.45 });
        }
        let column = (right - left) / columns;
        let radius = figure.stroke_px(if frame.is_thumbnail() { 2.5 } else { 4.0 }).min(column * 0.45);
        Ok(Drawing { times, figure, frame, bands, radius: radius.max(figure.stroke_px(1.0)) })
    }

    fn draw(&self) -> Result<(), ChartError> {
        let figure = self.figure;
        figure.group("axes", |_| {
            for band in &self.bands {
                self.frame
                    .draw_numbers_as(&band.numbers, &band.scale, |height| band.heights.written(height))?;
            }
            let names: Vec<String> = self.times.marks.iter().map(words::column).collect();
            self.bands.last().map_or(Ok(()), |band| self.frame.draw_names(&names, &band.scale))
        })?;
        figure.group("percentiles", |_| self.bands.iter().try_for_each(|band| self.draw_lines(band)))?;
        figure.group("incidents", |_| self.bands.iter().try_for_each(|band| self.draw_marks(band)))?;
        figure.group("labels", |_| {
            self.bands.iter().try_for_each(|band| {
                self.draw_name(band)?;
                self.frame.draw_margin(&band.labels, band.scale.plot)
            })
        })?;
        figure.group("words", |_| {
            let is_logarithmic = self.bands.iter().any(|band| band.heights.is_logarithmic);
            let subtitles = words::subtitles(self.times, is_logarithmic);
            flow_words::headline(&self.frame, &words::findings(self.times), &subtitles)
        })
    }

    /// Median, 90th percentile, and the median of the last five.
    fn draw_lines(&self, band: &Band<'_>) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, band.scale.plot);
        let level = |time: f64, stroke: Stroke| {
            let y = band.y(time);
            figure.line(&[(plot.left, y), (plot.right, y)], stroke)
        };
        if let Some(ninetieth) = band.band.ninetieth {
            let dash = Some((figure.px(4.0), figure.px(3.0)));
            level(ninetieth as f64, Stroke { color: theme.muted, width: figure.stroke_px(1.0), dash })?;
        }
        if let Some(median) = band.band.median {
            level(median, Stroke { color: theme.ink, width: figure.stroke_px(1.5), dash: None })?;
        }
        let trend: Vec<Point> =
            band.band.trend.iter().map(|(place, time)| band.point(*place, *time)).collect();
        if trend.len() > 1 {
            figure.line(&trend, Stroke { color: theme.ideal, width: figure.stroke_px(1.0), dash: None })?;
        }
        Ok(())
    }

    fn draw_marks(&self, band: &Band<'_>) -> Result<(), ChartError> {
        let (figure, theme) = (self.figure, self.figure.theme);
        for (place, taken) in band.band.taken.iter().enumerate() {
            match taken {
                Taken::Known(time) => {
                    let at = band.point(place, *time as f64);
                    figure.circle(at, self.radius + figure.stroke_px(1.0), theme.ground)?;
                    figure.circle(at, self.radius, theme.actual)?;
                }
                Taken::Counting(time) => {
                    let at = band.point(place, *time as f64);
                    let up = (at.1 - self.radius * 3.0).max(band.scale.plot.top - self.radius * 2.0);
                    let stroke = Stroke { color: theme.scope, width: figure.stroke_px(1.5), dash: None };
                    figure.line(&[at, (at.0, up)], stroke)?;
                    figure.circle(at, self.radius, theme.scope)?;
                    figure.circle(at, self.radius * 0.55, theme.ground)?;
                }
                Taken::Unknown => {}
            }
        }
        Ok(())
    }

    /// “To mitigate: 18 incidents”, at the left above its plot.
    fn draw_name(&self, band: &Band<'_>) -> Result<(), ChartError> {
        if self.frame.is_thumbnail() {
            return Ok(());
        }
        let (figure, size) = (self.figure, self.frame.sizes.label);
        let name = words::name(band.band.time);
        let strong = Letters { weight: Weight::Strong, ..self.frame.letters(size, figure.theme.ink) };
        let at = (self.frame.pad, band.name_y);
        figure.text(name, at, Side::Start, strong)?;
        let behind = self.frame.pad + fonts::width(name, Weight::Strong, size)? + figure.px(8.0);
        let room = figure.width - behind - self.frame.pad;
        let of = fonts::shorten(&words::known(self.times, band.band), Weight::Regular, size, room)?;
        figure.text(&of, (behind, band.name_y), Side::Start, self.frame.letters(size, figure.theme.muted))
    }

    /// Where each mark stands: the band's time, the place of its incident, the point.
    fn points(&self) -> Vec<(IncidentTime, usize, Point)> {
        let of = |band: &Band<'_>| -> Vec<(IncidentTime, usize, Point)> {
            let marks = band.band.taken.iter().enumerate().filter_map(|(place, taken)| match taken {
                Taken::Known(time) | Taken::Counting(time) => {
                    Some((band.band.time, place, band.point(place, *time as f64)))
                }
                Taken::Unknown => None,
            });
            marks.collect()
        };
        self.bands.iter().flat_map(of).collect()
    }
}

impl Band<'_> {
    fn y(&self, time: f64) -> f64 {
        self.scale.at(0.0, self.heights.at(time)).1
    }

    fn point(&self, place: usize, time: f64) -> Point {
        self.scale.at(place as f64 + 0.5, self.heights.at(time))
    }
}

/// The labels of a band in its margin.
fn labels(frame: &Frame<'_>, band: &TimeBand, y: impl Fn(f64) -> f64) -> Vec<MarginLabel> {
    let theme = frame.figure.theme;
    let label = |time: f64, text: String, strong: bool| MarginLabel {
        y: y(time),
        text,
        color: if strong { theme.ink } else { theme.muted },
        strong,
        swatch: None,
    };
    let (Some(median), Some(ninetieth)) = (band.median, band.ninetieth) else { return Vec::new() };
    let is_one = (ninetieth as f64 - median).abs() < 1.0;
    // From the top downwards.
    let high = label(ninetieth as f64, format!("90 %: {}", words::took(ninetieth as f64)), false);
    let text = match (frame.is_thumbnail(), is_one) {
        (true, _) => words::took(median),
        (false, true) => format!("median, 90 %: {}", words::took(median)),
        (false, false) => format!("median: {}", words::took(median)),
    };
    let middle = label(median, text, true);
    if is_one || frame.is_thumbnail() { vec![middle] } else { vec![high, middle] }
}

/// The heights of times in milliseconds.
#[derive(Debug, Clone, Copy)]
struct Heights {
    is_logarithmic: bool,
    longest: f64,
}

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// The steps of an axis of times: minutes, hours, days, weeks, years.
const STEPS: &[f64] = &[
    MINUTE,
    2.0 * MINUTE,
    5.0 * MINUTE,
    10.0 * MINUTE,
    15.0 * MINUTE,
    30.0 * MINUTE,
    HOUR,
    2.0 * HOUR,
    4.0 * HOUR,
    8.0 * HOUR,
    12.0 * HOUR,
    DAY,
    2.0 * DAY,
    4.0 * DAY,
    7.0 * DAY,
    14.0 * DAY,
    28.0 * DAY,
    84.0 * DAY,
    182.0 * DAY,
    365.0 * DAY,
    1_826.0 * DAY,
    3_652.0 * DAY,
];

impl Heights {
    fn of(band: &TimeBand) -> Heights {
        let longest = band.longest().unwrap_or(0).max(0) as f64;
        let usual = band.median.unwrap_or(longest).max(MINUTE);
        // Below, a picture of nothing but zeros would have no height.
        Heights { is_logarithmic: longest > 8.0 * usual, longest: longest.max(5.0 * MINUTE) }
    }

    fn at(&self, time: f64) -> f64 {
        if self.is_logarithmic { (time.max(0.0) / MINUTE).ln_1p() } else { time.max(0.0) }
    }

    fn top(&self) -> f64 {
        self.at(self.longest) * 1.08
    }

    /// The steps of the axis on a plot so high; they are heights.
    fn numbers(&self, frame: &Frame<'_>, plot_height: f64) -> Result<Numbers, ChartError> {
        let room = frame.sizes.axis * 1.5;
        let pixels = |height: f64| height / self.top() * plot_height;
        let mut steps = vec![0.0];
        if self.is_logarithmic {
            let mut last = 0.0;
            for step in STEPS.iter().filter(|step| **step <= self.longest) {
                let height = self.at(*step);
                if pixels(height - last) >= room {
                    steps.push(height);
                    last = height;
                }
            }
        } else {
            let fits = STEPS.iter().copied().find(|step| pixels(*step) >= room * 1.4);
            let step = fits.unwrap_or(self.longest);
            let count = (self.longest / step + 1e-9).floor().clamp(0.0, 100.0) as u32;
            steps.extend((1..=count).map(|n| f64::from(n) * step));
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
    fn written(&self, height: f64) -> String {
        let time = if self.is_logarithmic { height.exp_m1() * MINUTE } else { height };
        // What comes back from a logarithm is a step of the axis, but for its last bits.
        let time = (time / 1_000.0).round() * 1_000.0;
        if time == 0.0 { "0".to_owned() } else { words::took(time) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::flow::IncidentTime;

    fn band(minutes: &[i64]) -> TimeBand {
        let mut sorted = minutes.to_vec();
        sorted.sort_unstable();
        TimeBand {
            time: IncidentTime::Mitigate,
            taken: minutes.iter().map(|minutes| Taken::Known(minutes * 60_000)).collect(),
            median: sorted.get(sorted.len() / 2).map(|minutes| *minutes as f64 * MINUTE),
            ninetieth: sorted.last().map(|minutes| minutes * 60_000),
            count: minutes.len(),
            trend: Vec::new(),
        }
    }

    #[test]
    fn a_time_far_above_the_median_makes_the_heights_logarithmic() {
        assert!(!Heights::of(&band(&[10, 20, 160])).is_logarithmic);
        let heights = Heights::of(&band(&[10, 20, 161]));
        assert!(heights.is_logarithmic);
        for step in STEPS {
            assert_eq!(heights.written(heights.at(*step)), words::took(*step));
        }
        assert_eq!(heights.at(0.0), 0.0);
        assert!(Heights::of(&band(&[])).top() > 0.0 && Heights::of(&band(&[0])).top() > 0.0);
    }
}
