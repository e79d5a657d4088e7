//! The two lanes: the plan burns down to its floor, the buffer fills up to its limit, on one plot.
//!
//! 1. Above lies the plan: what is left is the area between the falling line of what is done and the floor that moves
//!    with the scope; its numbers stand at the left.
//! 2. Below lies the buffer: its hours fill it from the bottom; its lid is the limit; its numbers stand at the right.
//!    What overflows breaks through the lid into the plan.
//! 3. What arrived unplanned is a disc with the number of its severity, the graver the heavier; an item without one is
//!    a hollow diamond. A decision about an overflow is a dashed line from the buffer to the floor that it moved.
//! 4. A change of scope is an arrow along the floor's step; work that was opened again is an arrow with a hollow head
//!    along the step of the plan.
//! 5. Lines are labelled directly. In a small picture the secondary labels go first; everything stays in the table.

mod words;

use crate::burn_down::marks::{Lead, Marks, diamond};
use crate::burn_down::words as burn_words;
use crate::fig::{Figure, Letters, Scale, Side, Stroke};
use crate::fonts::{self, Weight};
use crate::frame::{DayAxis, Frame, Numbers};
use crate::lanes;
use crate::place::{Area, Placer, Point, Proposal, spread};
use crate::sprint::{self, Flag};
use crate::theme::Theme;
use crate::ticks;
use crate::{Chart, ChartError, Size};
use domain::flow::{ArrivalMark, BurnMark, BurnMarkKind, DecisionMark, TwoLanes, Unit, UpPoint};
use domain::interrupt::IncidentSeverity;
use domain::measures::Minutes;
use plotters::style::RGBColor;

/// The two lanes as SVG, in words, as a table and as places to hover.
///
/// `id_prefix` keeps the ids of two charts on one page apart. Errors: a size that cannot be drawn on, no day, a number
/// that is not finite.
pub fn two_lanes(lanes: &TwoLanes, theme: &Theme, size: Size, id_prefix: &str) -> Result<Chart, ChartError> {
    check(lanes)?;
    let figure = Figure::new(theme, size)?;
    let title = words::title(lanes);
    let description = words::description(lanes);
    let drawing = Drawing::lay_out(lanes, &figure)?;
    drawing.draw()?;
    let points = words::points(lanes, &drawing.plan, &drawing.hours);
    let svg = figure.finish(id_prefix, &title, &description);
    Ok(Chart { svg, title, description, table: words::table(lanes), points })
}

/// Refuses what has no place on paper.
fn check(lanes: &TwoLanes) -> Result<(), ChartError> {
    crate::burn_up::check(&lanes.up)?;
    sprint::finite("the buffer", lanes.buffer.used.iter().map(|point| point.x))?;
    sprint::finite("an interrupt", lanes.buffer.arrivals.iter().map(|mark| mark.x))?;
    sprint::finite("a decision", lanes.buffer.decisions.iter().map(|mark| mark.x))
}

/// How much of the plot's height the buffer takes up to its limit, where nothing overflows far.
const BUFFER: f64 = 0.32;
/// The radius of a disc with a number.
const DISC: f64 = 7.5;
/// How high an overflow may reach.
const HIGHEST: f64 = 0.94;

/// Two lanes with everything measured.
struct Drawing<'a> {
    lanes: &'a TwoLanes,
    figure: &'a Figure<'a>,
    frame: Frame<'a>,
    /// The plot of the plan.
    plan: Scale,
    /// The hours of the buffer, over the whole plot.
    hours: Scale,
    plot: Area,
    numbers: Numbers,
    hour_steps: Vec<f64>,
    days: DayAxis,
    flag_y: f64,
    flags: Vec<Flag>,
    done: Vec<Point>,
    floor: Vec<Point>,
    ideals: Vec<Vec<Point>>,
    used: Vec<Point>,
    known: Vec<Point>,
    discs: Vec<Disc<'a>>,
    /// Whether the ends of both lanes are labelled right of the plot.
    ends_in_margin: bool,
}

/// Something unplanned in its place.
struct Disc<'a> {
    mark: &'a ArrivalMark,
    middle: Point,
    radius: f64,
}

impl<'a> Drawing<'a> {
    fn lay_out(lanes: &'a TwoLanes, figure: &'a Figure<'a>) -> Result<Drawing<'a>, ChartError> {
        let frame = Frame::new(figure);
        let burn = &lanes.up.burn;
        let flags = sprint::flags(burn);
        let (flag_y, below_flags) = frame.flags();
        let top = if flags.is_empty() { frame.top() } else { below_flags };

        let (plan, floor) = (lanes.plan(), lanes.floor());
        let (low, high) = values(lanes, &plan, &floor);
        let days = burn.days.len() as f64;
        let hours = Hours::of(lanes);
        let highest = frame.bottom(2.0) - top;
        let whole = burn.unit == Unit::Items || high >= 3.0 || high == 1.0;
        let smallest_step = if whole { 1.0 } else { 0.1 };
        let numbers = frame.numbers((low, high), highest * (1.0 - hours.share), smallest_step)?;
        let hour_steps = hours.steps(highest, &frame);
        let mut widest = 0.0_f64;
        for step in &hour_steps {
            widest = widest.max(fonts::width(&words::hours_of(*step), Weight::Regular, frame.sizes.axis)?);
        }
        let mut margin = if frame.is_thumbnail() { 0.0 } else { widest + figure.px(8.0) };
        let mut ends_in_margin = false;
        if !lanes.up.done.is_empty() {
            let mut label = 0.0_f64;
            for text in [words::left(lanes), words::used(lanes)] {
                label = label.max(fonts::width(&text, Weight::Strong, frame.sizes.end)?);
            }
            let label = label + figure.px(12.0);
            let room =
                (days - burn.end.x.clamp(0.0, days)) * (figure.width - numbers.left - frame.pad) / days;
            if room < label && label < figure.width / 4.0 {
                ends_in_margin = true;
                margin = margin.max(label);
            }
        }
        let right = figure.width - frame.pad - margin;
        let axis = frame.days(sprint::axis_days(burn), right - numbers.left)?;
        let plot = Area { left: numbers.left, top, right, bottom: frame.bottom(axis.rows()) };
        let height = plot.bottom - plot.top;
        // A little air between the lid of the buffer and the floor of the plan.
        let lid = plot.bottom - height * hours.share;
        let air = (height * 0.02).min(figure.px(8.0));
        let plan_plot = Area { bottom: (lid - air).max(plot.top + 1.0), ..plot };
        let plan_scale = Scale::new(plan_plot, (0.0, days), (low, high * 1.04))?;
        let hour_scale = Scale::new(plot, (0.0, days), (0.0, hours.at_top()))?;

        let line = |points: &[UpPoint]| {
            let points = points.iter().map(|point| (point.x, point.amount.in_points()));
            sprint::steps(points, burn.end.x, &plan_scale)
        };
        let buffer = |of: fn(&domain::flow::BufferPoint) -> Minutes| {
            let points = lanes.buffer.used.iter().map(|point| (point.x, of(point).in_hours()));
            sprint::steps(points, burn.end.x, &hour_scale)
        };
        let mut drawing = Drawing {
            done: line(&plan),
            floor: line(&floor),
            ideals: lanes.ideals().iter().map(|line| sprint::ideal(line, &plan_scale)).collect(),
            used: buffer(|point| point.used),
            known: buffer(|point| point.known),
            lanes,
            figure,
            frame,
            plan: plan_scale,
            hours: hour_scale,
            plot,
            numbers,
            hour_steps,
            days: axis,
            flag_y,
            flags,
            discs: Vec::new(),
            ends_in_margin,
        };
        drawing.discs = drawing.discs();
        Ok(drawing)
    }

    fn draw(&self) -> Result<(), ChartError> {
        let (figure, frame) = (self.figure, &self.frame);
        let told = words::marks(self.lanes);
        let marks = self.marks(&told);
        figure.group("days-off", |_| frame.shade_days(&self.days, &self.hours))?;
        figure.group("plan", |_| self.fill_plan())?;
        figure.group("axes", |_| self.axes())?;
        figure.group("buffer", |_| self.draw_buffer())?;
        figure.group("ideal", |_| sprint::draw_ideals(frame, &self.ideals))?;
        figure.group("flags", |_| sprint::draw_flags(frame, &self.flags, self.flag_y, &self.hours))?;
        figure.group("lines", |_| self.draw_lines())?;
        figure.group("decisions", |_| self.draw_decisions())?;
        figure.group("marks", |figure| marks.iter().try_for_each(|marks| marks.draw(figure)))?;
        figure.group("interrupts", |_| self.draw_discs())?;
        figure.group("labels", |_| self.labels(&marks))?;
        figure.group("words", |_| {
            let name = burn_words::name(&self.lanes.up.burn);
            let finding = words::finding(self.lanes);
            let finding = if frame.is_thumbnail() { words::in_short(self.lanes) } else { finding };
            frame.headline(&name, &finding, &words::subtitles(self.lanes))
        })
    }

    /// What is left, as an area between the line of what is done and the floor.
    fn fill_plan(&self) -> Result<(), ChartError> {
        if self.done.len() < 2 || self.floor.is_empty() {
            return Ok(());
        }
        let corners: Vec<Point> = self.done.iter().copied().chain(self.floor.iter().rev().copied()).collect();
        self.figure.polygon(&corners, self.figure.theme.bands[0])
    }

    /// The numbers of the plan at the left, those of the buffer at the right, the days below.
    fn axes(&self) -> Result<(), ChartError> {
        let (figure, frame, theme, plot) = (self.figure, &self.frame, self.figure.theme, self.plot);
        frame.draw_numbers(&self.numbers, &self.plan)?;
        figure.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], frame.hair(theme.base))?;
        if !frame.is_thumbnail() {
            let letters = frame.letters(frame.sizes.axis, theme.buffer_ink);
            let ends = self.ends();
            for step in &self.hour_steps {
                let y = self.hours.at(0.0, *step).1;
                // What is most important there comes first.
                if ends.iter().any(|(_, _, end)| (end - y).abs() < frame.sizes.end * 1.15) {
                    continue;
                }
                let tick = [(plot.right, y), (plot.right + figure.px(4.0), y)];
                figure.line(&tick, frame.hair(theme.buffer_ink))?;
                figure.text(
                    &words::hours_of(*step),
                    (plot.right + figure.px(8.0), y),
                    Side::Start,
                    letters,
                )?;
            }
        }
        frame.draw_days(&self.days, &self.hours, plot.right + figure.px(2.0))
    }

    /// The hours: what is known filled, what is expected as an outline, what overflows in another colour, and the lid.
    fn draw_buffer(&self) -> Result<(), ChartError> {
        let (figure, theme, plot) = (self.figure, self.figure.theme, self.plot);
        let buffer = &self.lanes.buffer;
        let lid = buffer.kept.map(|kept| self.hours.at(0.0, kept.in_hours()).1);
        if self.known.len() > 1 {
            let below = |floor: f64, roof: Option<f64>| -> Vec<Point> {
                let held = |point: &Point| (point.0, point.1.max(roof.unwrap_or(plot.top)).min(floor));
                let mut corners: Vec<Point> = self.known.iter().map(held).collect();
                if let (Some(first), Some(last)) = (corners.first().copied(), corners.last().copied()) {
                    corners.push((last.0, floor));
                    corners.push((first.0, floor));
                }
                corners
            };
            figure.polygon(&below(plot.bottom, lid), theme.buffer)?;
            if let Some(lid) = lid.filter(|_| buffer.over > Minutes::ZERO) {
                figure.polygon(&below(lid, None), theme.working[1])?;
            }
        }
        if buffer.expected > Minutes::ZERO && self.used.len() > 1 {
            let dash = Some((figure.px(4.0), figure.px(3.0)));
            let stroke = Stroke { color: theme.buffer_ink, width: figure.stroke_px(1.5), dash };
            figure.line(&self.used, stroke)?;
        }
        if let Some(lid) = lid {
            let stroke = Stroke { color: theme.buffer_ink, width: figure.stroke_px(1.75), dash: None };
            figure.line(&[(plot.left, lid), (plot.right, lid)], stroke)?;
        }
        Ok(())
    }

    /// The line of what is done, the floor, the edge of the buffer.
    fn draw_lines(&self) -> Result<(), ChartError> {
        let (figure, theme) = (self.figure, self.figure.theme);
        let thumbnail = self.frame.is_thumbnail();
        let line = |points: &[Point], color, width| {
            if points.len() < 2 {
                return Ok(());
            }
            figure.line(points, Stroke { color, width: figure.stroke_px(width), dash: None })
        };
        line(&self.known, theme.buffer_ink, if thumbnail { 1.25 } else { 1.75 })?;
        line(&self.floor, theme.ink, if thumbnail { 1.25 } else { 1.75 })?;
        line(&self.done, theme.actual, if thumbnail { 2.0 } else { 2.75 })?;
        if let Some(end) = self.used.last() {
            self.frame.dot(*end, theme.buffer_ink)?;
        }
        if let Some(end) = self.done.last() {
            self.frame.dot(*end, theme.actual)?;
        }
        Ok(())
    }

    /// A decision leads from the buffer to the floor.
    fn draw_decisions(&self) -> Result<(), ChartError> {
        let (figure, theme) = (self.figure, self.figure.theme);
        let dash = Some((figure.px(3.0), figure.px(3.0)));
        for mark in &self.lanes.buffer.decisions {
            let (from, to) = self.ends_of(mark);
            figure.line(&[from, to], Stroke { color: theme.scope, width: figure.stroke_px(1.25), dash })?;
            let half = figure.stroke_px(3.5);
            figure.rect(Area::around(from, 2.0 * half, 2.0 * half), theme.scope)?;
        }
        Ok(())
    }

    /// Where a decision begins and ends: at the buffer's height, and at the floor after it.
    fn ends_of(&self, mark: &DecisionMark) -> (Point, Point) {
        let from = self.hours.at(mark.x, mark.used.in_hours());
        let up = &self.lanes.up;
        let floor = (up.burn.committed - up.scope_at(mark.at)).in_points();
        (from, self.plan.at(mark.x, floor))
    }

    /// Where each change lies: along the floor, or along the line of what is done. Those of one line do not mix with
    /// those of the other. What a decision moved is told by the decision and comes last, without labels.
    fn marks<'m>(&self, told: &'m [BurnMark]) -> [Marks<'m>; 3] {
        let burn = &self.lanes.up.burn;
        let committed = burn.committed.in_points();
        let along = |mark: &BurnMark| {
            let (scope, left) = (mark.scope.in_points(), mark.remaining.in_points());
            match mark.kind {
                BurnMarkKind::Reopened => {
                    let after = committed - (scope - left);
                    (after - mark.change.in_points(), after)
                }
                _ => (committed - (scope - mark.scope_change.in_points()), committed - scope),
            }
        };
        let decided = |mark: &BurnMark| {
            let named = |decision: &DecisionMark| decision.items.iter().any(|item| item.item == mark.item);
            self.lanes.buffer.decisions.iter().any(|decision| decision.at == mark.at && named(decision))
        };
        let (plan, floor): (Vec<_>, Vec<_>) =
            told.iter().partition(|mark| mark.kind == BurnMarkKind::Reopened);
        let (decided, floor): (Vec<_>, Vec<_>) = floor.into_iter().partition(|mark| decided(mark));
        [floor, plan, decided].map(|marks| Marks::along(marks.into_iter(), burn.unit, &self.plan, along))
    }

    /// Discs on the edge of the buffer, pushed apart where they crowd; where they are too many for that, dots.
    fn discs(&self) -> Vec<Disc<'a>> {
        let (figure, plot) = (self.figure, self.plot);
        let buffer = &self.lanes.buffer;
        let at = |x: f64| self.hours.at(x, 0.0).0;
        let begin = at(buffer.used.first().map_or(0.0, |point| point.x));
        let end = at(self.lanes.up.burn.end.x);
        let crowded = self.crowded();
        let radius = if self.frame.is_thumbnail() {
            figure.stroke_px(3.0)
        } else if crowded {
            figure.text_px(3.5)
        } else {
            figure.text_px(DISC)
        };
        let wanted: Vec<f64> = buffer.arrivals.iter().map(|mark| at(mark.x)).collect();
        let (low, high) = (plot.left + radius, plot.right - radius);
        let placed = if crowded {
            wanted.iter().map(|x| x.max(low).min(high.max(low))).collect()
        } else {
            spread(&wanted, 2.2 * radius, begin.max(low), end.max(begin).max(low).min(high))
        };
        let disc = |(mark, x): (&'a ArrivalMark, f64)| {
            let grave = mark.arrival.severity == Some(IncidentSeverity::P1);
            let y = self.hours.at(mark.x, mark.used.in_hours()).1;
            // Whole on the plot.
            let y = y.min(plot.bottom - radius * 1.1).max(plot.top + radius * 1.1);
            Disc { mark, middle: (x, y), radius: if grave { radius * 1.15 } else { radius } }
        };
        buffer.arrivals.iter().zip(placed).map(disc).collect()
    }

    fn draw_discs(&self) -> Result<(), ChartError> {
        let (figure, theme) = (self.figure, self.figure.theme);
        let numbered = !self.frame.is_thumbnail() && !self.crowded();
        for disc in &self.discs {
            let radius = disc.radius;
            let Some(severity) = disc.mark.arrival.severity else {
                diamond(figure, disc.middle, theme.scope, 1.2)?;
                continue;
            };
            let filled = severity <= IncidentSeverity::P2;
            let elsewhere = !disc.mark.arrival.in_buffer;
            let color = if elsewhere { theme.muted } else { theme.scope };
            figure.circle(disc.middle, radius + figure.stroke_px(1.5), theme.ground)?;
            figure.circle(disc.middle, radius, color)?;
            if !filled {
                figure.circle(disc.middle, radius - figure.stroke_px(1.25), theme.ground)?;
            }
            if numbered {
                let letters = Letters {
                    size: radius * 1.35,
                    weight: Weight::Strong,
                    color: if filled { theme.ground } else { color },
                    rim: false,
                };
                let number = severity.word().trim_start_matches('P');
                figure.text(number, disc.middle, Side::Middle, letters)?;
            }
        }
        Ok(())
    }

    /// Whether there are so many discs, in the time until now, that they are dots.
    fn crowded(&self) -> bool {
        let buffer = &self.lanes.buffer;
        let begin = buffer.used.first().map_or(0.0, |point| point.x);
        let room = self.hours.at(self.lanes.up.burn.end.x, 0.0).0 - self.hours.at(begin, 0.0).0;
        buffer.arrivals.len() as f64 * 2.2 * self.figure.text_px(DISC) > room
    }

    fn used_color(&self) -> RGBColor {
        let theme = self.figure.theme;
        if self.lanes.buffer.over > Minutes::ZERO { theme.scope } else { theme.buffer_ink }
    }

    /// The values at the ends of both lanes in the right margin, with their heights; none where they stand in the plot.
    fn ends(&self) -> Vec<(String, RGBColor, f64)> {
        let (Some(done), Some(used), true) = (self.done.last(), self.used.last(), self.ends_in_margin) else {
            return Vec::new();
        };
        let size = self.frame.sizes.end;
        let (low, high) = (self.plot.top + size * 0.5, self.plot.bottom - size * 0.5);
        let placed = spread(&[done.1, used.1], size * 1.4, low, high.max(low));
        let theme = self.figure.theme;
        let said = [(words::left(self.lanes), theme.actual), (words::used(self.lanes), self.used_color())];
        // Where the plot is too low for both, the plan comes first.
        let both = placed.first().zip(placed.last()).is_some_and(|(a, b)| (a - b).abs() >= size * 1.35);
        let shown = if both { 2 } else { 1 };
        said.into_iter().zip(placed).map(|((text, color), y)| (text, color, y)).take(shown).collect()
    }

    /// The ends of both lanes first, then the gravest, the decisions, the changes, the lines.
    fn labels(&self, marks: &[Marks<'_>; 3]) -> Result<(), ChartError> {
        let (figure, frame, plot, theme) = (self.figure, &self.frame, self.plot, self.figure.theme);
        let (lanes, buffer) = (self.lanes, &self.lanes.buffer);
        let mut placer = Placer::new(
            Area {
                left: plot.left + figure.px(2.0),
                top: plot.top - figure.px(2.0),
                right: plot.right - figure.px(2.0),
                bottom: plot.bottom - figure.px(3.0),
            },
            figure.px(1.5),
        );
        placer.avoid(&self.done, 10.0);
        placer.avoid(&self.floor, 10.0);
        placer.avoid(&self.used, 10.0);
        placer.avoid(&self.known, 10.0);
        self.avoid_sand(&mut placer);
        for line in &self.ideals {
            placer.avoid(line, 5.0);
        }
        let zero = self.plan.at(0.0, 0.0).1;
        placer.avoid(&[(plot.left, zero), (plot.right, zero)], 8.0);
        if let Some(kept) = buffer.kept {
            let y = self.hours.at(0.0, kept.in_hours()).1;
            placer.avoid(&[(plot.left, y), (plot.right, y)], 8.0);
        }
        sprint::avoid_flags(&self.flags, &mut placer, &self.hours);
        for marks in marks {
            marks.avoid(&mut placer, figure);
        }
        for disc in &self.discs {
            placer.take(Area::around(disc.middle, 2.2 * disc.radius, 2.2 * disc.radius));
        }
        for mark in &buffer.decisions {
            let (from, to) = self.ends_of(mark);
            placer.avoid(&[from, to], 10.0);
            placer.take(Area::around(from, figure.stroke_px(8.0), figure.stroke_px(8.0)));
        }
        let dot = 2.2 * frame.dot_radius();
        for end in [self.done.last(), self.used.last()].into_iter().flatten() {
            placer.take(Area::around(*end, dot, dot));
        }
        for (text, color, y) in self.ends() {
            let letters = Letters { size: frame.sizes.end, weight: Weight::Strong, color, rim: true };
            figure.text(&text, (plot.right + figure.px(8.0), y), Side::Start, letters)?;
        }
        if let Some(end) = self.done.last().filter(|_| !self.ends_in_margin) {
            sprint::label_end(frame, &mut placer, *end, &words::left(lanes), theme.actual)?;
        }
        if let Some(end) = self.used.last().filter(|_| !self.ends_in_margin) {
            sprint::label_end(frame, &mut placer, *end, &words::used(lanes), self.used_color())?;
        }
        if frame.is_thumbnail() {
            return Ok(());
        }
        self.label_lid(&mut placer)?;
        self.label_decisions(&mut placer)?;
        self.label_discs(&mut placer)?;
        let [floor, plan, _] = marks;
        floor.label(figure, &mut placer, frame.sizes.label)?;
        plan.label(figure, &mut placer, frame.sizes.label)?;
        if let Some(first) = lanes.up.scope.first() {
            let floor = lanes.floor();
            let value = |x: f64| words::value_at(&floor, x);
            let ends = (first.x, lanes.up.burn.end.x);
            sprint::label_along(frame, &mut placer, (words::FLOOR, theme.ink), ends, value, &self.plan)?;
        }
        sprint::label_ideals(frame, &mut placer, &lanes.ideals(), &self.plan)
    }

    /// The colour of the sand under a place; none where it is not all sand of one colour.
    fn upon(&self, place: Area) -> Option<RGBColor> {
        let theme = self.figure.theme;
        let buffer = &self.lanes.buffer;
        let lid = buffer.kept.map(|kept| self.hours.at(0.0, kept.in_hours()).1);
        let (first, last) = (self.known.first()?, self.known.last()?);
        let covered = first.0 <= place.left
            && place.right <= last.0
            && self.known.windows(2).all(|side| {
                let beside = side[1].0 < place.left || side[0].0 > place.right;
                beside || side[0].1.max(side[1].1) <= place.top
            });
        match lid {
            _ if !covered => None,
            Some(lid) if place.bottom <= lid => Some(theme.working[1]),
            Some(lid) if place.top < lid => None,
            _ => Some(theme.buffer),
        }
    }

    /// Words stand better on the ground than on the sand.
    fn avoid_sand(&self, placer: &mut Placer) {
        let row = self.frame.sizes.label * 1.3;
        let mut y = self.plot.bottom - row * 0.5;
        while y > self.plot.top {
            let under: Vec<&Point> = self.known.iter().filter(|corner| corner.1 < y).collect();
            let (Some(first), Some(last)) = (under.first(), under.last()) else { break };
            placer.avoid(&[(first.0, y), (last.0, y)], 2.0);
            y -= row;
        }
    }

    /// “Buffer: limit 20 h”, at the left end of the lid, else at the right.
    fn label_lid(&self, placer: &mut Placer) -> Result<(), ChartError> {
        let Some(kept) = self.lanes.buffer.kept else { return Ok(()) };
        let (figure, size, plot) = (self.figure, self.frame.sizes.label, self.plot);
        let text = words::lid(self.lanes, kept);
        let text = fonts::shorten(&text, Weight::Strong, size, (plot.right - plot.left) * 0.4)?;
        let (width, height) = (fonts::width(&text, Weight::Strong, size)?, size * 1.2);
        let lid = self.hours.at(0.0, kept.in_hours()).1;
        let below = lid + figure.px(4.0) + height / 2.0;
        let at = |part: f64, y: f64, cost| {
            let x = plot.left + figure.px(6.0) + (plot.right - plot.left - width - figure.px(12.0)) * part;
            Proposal { area: Area::around((x + width / 2.0, y), width, height), cost }
        };
        let mut places: Vec<Proposal> =
            (0..=10).map(|n| at(f64::from(n) / 10.0, below, f64::from(n) * 0.3)).collect();
        let above = lid - figure.px(4.0) - height / 2.0;
        places.extend((0..=10).map(|n| at(f64::from(n) / 10.0, above, 5.0 + f64::from(n) * 0.3)));
        if let Some(place) = placer.best(places) {
            let color = figure.theme.buffer_ink;
            let letters = Letters { size, weight: Weight::Strong, color, rim: true };
            figure.text(&text, (place.area.left, place.area.middle().1), Side::Start, letters)?;
            placer.take(place.area);
        }
        Ok(())
    }

    /// What was decided, beside its line.
    fn label_decisions(&self, placer: &mut Placer) -> Result<(), ChartError> {
        for mark in &self.lanes.buffer.decisions {
            let (from, to) = self.ends_of(mark);
            let texts = words::decision(self.lanes, mark);
            let anchor = Area::around(from, 0.0, 0.0).with(Area::around(to, 0.0, 0.0));
            self.label_beside(placer, anchor.grown(self.figure.stroke_px(4.0)), &texts)?;
        }
        Ok(())
    }

    /// The titles of the gravest, and of the others while there is room.
    fn label_discs(&self, placer: &mut Placer) -> Result<(), ChartError> {
        if self.crowded() {
            return Ok(());
        }
        let mut order: Vec<&Disc> = self.discs.iter().collect();
        order.sort_by_key(|disc| disc.mark.arrival.severity.unwrap_or(IncidentSeverity::P5));
        for disc in order {
            let grave = disc.mark.arrival.severity.is_some_and(|severity| severity <= IncidentSeverity::P2);
            let texts = words::arrival(&disc.mark.arrival, grave);
            let anchor = Area::around(disc.middle, 2.2 * disc.radius, 2.2 * disc.radius);
            self.label_beside(placer, anchor, &texts)?;
        }
        Ok(())
    }

    /// Writes the first of some texts that finds a place near something; none where none does.
    fn label_beside(&self, placer: &mut Placer, anchor: Area, texts: &[String]) -> Result<(), ChartError> {
        let (figure, size) = (self.figure, self.frame.sizes.label);
        let gap = figure.px(4.0);
        let widest = (self.plot.right - self.plot.left) * 0.36;
        let mut best: Option<(Proposal, String)> = None;
        // Half a title is better than none.
        let short = texts.last().map(|text| (text, widest * 0.5));
        let tried = texts.iter().map(|text| (text, widest)).chain(short);
        for (order, (text, room)) in tried.enumerate() {
            let text = fonts::shorten(text, Weight::Regular, size, room)?;
            let (width, height) = (fonts::width(&text, Weight::Regular, size)?, size * 1.2);
            let (x, y) = anchor.middle();
            let mut places = Vec::new();
            for (step, cost) in [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.2)] {
                let away = gap + height / 2.0 + step * height * 0.7;
                for (aside, more) in
                    [(anchor.right + gap + width / 2.0, 0.8), (anchor.left - gap - width / 2.0, 1.0)]
                {
                    places.push((aside, y - step * height * 0.7, cost + more));
                    places.push((aside, y + step * height * 0.7, cost + more + 0.2));
                }
                for (across, more) in
                    [(anchor.left + width / 2.0, 0.0), (x, 0.3), (anchor.right - width / 2.0, 0.5)]
                {
                    places.push((across, anchor.top - away, cost + more));
                    places.push((across, anchor.bottom + away, cost + more + 0.4));
                }
            }
            let proposals = places.into_iter().filter_map(|(x, y, cost)| {
                let area = Area::around((x, y), width, height);
                // A label that stands off needs a line that leads to it.
                let along = match self.lead(anchor, area) {
                    Lead::Needless => 0.0,
                    Lead::Line(from, to) => placer.cost_along(from, to)?,
                    Lead::Lost => return None,
                };
                Some(Proposal { area, cost: cost + along + order as f64 * 2.0 })
            });
            if let Some(place) = placer.best(proposals).filter(|place| place.cost < 9.0)
                && best.as_ref().is_none_or(|(known, _)| place.cost < known.cost)
            {
                best = Some((place, text));
            }
        }
        if let Some((place, text)) = best {
            let letters = match self.upon(place.area) {
                Some(area) => self.frame.letters(size, lanes::text_on(area)),
                None => Letters { rim: true, ..self.frame.letters(size, figure.theme.scope) },
            };
            if let Lead::Line(from, to) = self.lead(anchor, place.area) {
                let stroke = Stroke { color: figure.theme.scope, width: figure.stroke_px(0.75), dash: None };
                figure.line(&[from, to], stroke)?;
                placer.avoid(&[from, to], 12.0);
            }
            figure.text(&text, (place.area.left, place.area.middle().1), Side::Start, letters)?;
            placer.take(place.area.grown(figure.px(2.0)));
        }
        Ok(())
    }

    /// What leads from a thing to its label.
    fn lead(&self, anchor: Area, label: Area) -> Lead {
        let far = self.figure.px(10.0);
        if anchor.top - label.bottom <= far && label.top - anchor.bottom <= far {
            return Lead::Needless;
        }
        let x = anchor.middle().0;
        if x < label.left || x > label.right {
            Lead::Lost
        } else if anchor.top > label.bottom {
            Lead::Line((x, label.bottom), (x, anchor.top))
        } else {
            Lead::Line((x, anchor.bottom), (x, label.top))
        }
    }
}

/// The hours of the buffer on the plot.
struct Hours {
    /// The hours up to the lid.
    lid: f64,
    /// The part of the plot's height that they take; above 0.
    share: f64,
    /// The most hours that are shown.
    most: f64,
    /// Whether there is a limit.
    limited: bool,
}

impl Hours {
    fn of(lanes: &TwoLanes) -> Hours {
        let buffer = &lanes.buffer;
        let used = buffer.used.iter().map(|point| point.used.max(point.known).in_hours());
        let most = used.chain([buffer.total.in_hours(), 0.0]).fold(0.0_f64, f64::max);
        match buffer.kept.map(Minutes::in_hours).filter(|kept| *kept > 0.0) {
            Some(lid) => {
                let share = if most > lid { BUFFER.min(HIGHEST * lid / most) } else { BUFFER };
                Hours { lid, share: share.max(1e-6), most, limited: true }
            }
            // Without a limit the lane is as high as its use.
            None if buffer.kept.is_none() => {
                Hours { lid: most.max(1.0) * 1.1, share: BUFFER, most, limited: false }
            }
            // Nothing was kept: all of it overflows.
            None => Hours { lid: most.max(1.0) * 0.05, share: 0.05 * BUFFER, most, limited: true },
        }
    }

    /// The hours at the top of the plot.
    fn at_top(&self) -> f64 {
        (self.lid / self.share).max(1.0 / 60.0)
    }

    /// The steps of their axis, up to what is used.
    fn steps(&self, height: f64, frame: &Frame<'_>) -> Vec<f64> {
        // Without a limit and without use there is nothing to number.
        let up_to = if self.limited { self.lid.max(self.most) } else { self.most };
        let high = height * up_to / self.at_top();
        let count = (high / (frame.sizes.axis * 2.2)).clamp(1.0, 6.0) as usize;
        let mut steps = ticks::numbers(up_to, up_to, count, 0.5);
        steps.retain(|step| *step <= self.at_top());
        steps
    }
}

/// The lowest and the highest value that the plan's plot must hold; the lowest is 0 or less, the highest above it.
fn values(lanes: &TwoLanes, plan: &[UpPoint], floor: &[UpPoint]) -> (f64, f64) {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    let mut hold = |value: f64| {
        low = low.min(value);
        high = high.max(value);
    };
    plan.iter().chain(floor).for_each(|point| hold(point.amount.in_points()));
    hold(lanes.up.burn.committed.in_points());
    lanes.ideals().iter().flatten().for_each(|point| hold(point.remaining));
    if high <= 0.0 {
        high = 1.0;
    }
    (low, high.max(-0.15 * low))
}
