//! From a Sprint's ledger to its burn-down.
//!
//! 1. Each ideal line falls from what was left where it begins, over the working days that are frozen and not over:
//!    by equal amounts, or by each day's hours as the start froze them; the rule fixes the value at the end of a day
//!    (5.1). The last is exactly zero.
//! 2. The first begins with the start. Each accepted scope change begins another on its day; of several on one day
//!    the last counts. The lines before it stay as they were (4.2, 5.1).
//! 3. Where nobody's hours were set a line that was to follow them falls evenly, and says so.

use super::{
    BufferFacts, BurnDay, BurnDown, BurnForecast, BurnMark, BurnMarkKind, BurnPoint, ForecastDay, Ideal,
    IdealLine, IdealPoint, SizedCount, TwoLanes, Unit,
};
use crate::backlog::Origin;
use crate::calendar::{Day, Instant, WorkCalendar};
use crate::forecast::{ConeDay, Samples, Seed, TRIALS, cone, how_many};
use crate::interrupt::{Decision, OverflowChoice};
use crate::measures::{Minutes, Size};
use crate::sprint::{Commitment, LedgerItem, Part, ScopeChange, ScopeLedger};
use serde::{Deserialize, Serialize};

/// Where the Sprint of a chart stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is planned: only the ideal line of a draft commitment is there.
    Planned,
    /// It runs, and the line ends now.
    Running,
    /// It was closed where the ledger ends.
    Closed,
}

/// What the charts of one Sprint are computed from.
#[derive(Debug, Clone, Copy)]
pub struct SprintFlow<'a> {
    /// The Sprint's name.
    pub sprint: &'a str,
    /// What happened to its scope.
    pub ledger: &'a ScopeLedger<'a>,
    /// Today's calendar: it shades holidays that were entered after the start, and days outside the plan.
    pub calendar: &'a WorkCalendar,
    /// Where it stands.
    pub stage: Stage,
    /// What was decided about overflows of its buffer, in order: some of it are accepted scope changes (4.2).
    pub decisions: &'a [Decision],
    /// Whether the ledger ends at a past moment that was asked for, and not now.
    pub is_past: bool,
}

impl SprintFlow<'_> {
    /// Where an instant lies on the plot, in days since the start of its first day.
    pub(super) fn x(&self, at: Instant) -> f64 {
        self.start_of(self.calendar.zone.day_of(at)) + self.calendar.zone.fraction_of_day(at)
    }

    /// Where a day begins on the plot.
    pub(super) fn start_of(&self, day: Day) -> f64 {
        self.first_day().days_until(day) as f64
    }

    fn first_day(&self) -> Day {
        let commitment = self.ledger.commitment;
        commitment.first_day.min(self.calendar.zone.day_of(commitment.started_at))
    }

    fn last_day(&self) -> Day {
        let planned = self.ledger.commitment.last_day;
        let last = match self.stage {
            Stage::Planned => planned,
            Stage::Running | Stage::Closed => planned.max(self.calendar.zone.day_of(self.ledger.until)),
        };
        last.max(self.first_day())
    }

    /// The moments at which scope changes were accepted, one a day (rule 2).
    fn accepted(&self) -> Vec<Instant> {
        let is_accepted =
            |one: &&Decision| matches!(one.choice, OverflowChoice::SwapOut | OverflowChoice::ReduceScope);
        let since = self.ledger.commitment.started_at;
        let known = self.decisions.iter().filter(is_accepted).map(|one| one.at);
        let mut moments: Vec<Instant> = known.filter(|at| *at > since && *at <= self.ledger.until).collect();
        moments.sort_unstable();
        let zone = self.calendar.zone;
        let mut days: Vec<Instant> = Vec::new();
        for at in moments {
            match days.last_mut() {
                Some(last) if zone.day_of(*last) == zone.day_of(at) => *last = at,
                _ => days.push(at),
            }
        }
        days
    }
}

impl BurnDown {
    /// The burn-down of a Sprint up to the end of its ledger, with ideal lines that fall evenly.
    ///
    /// Without a unit it counts points, or items where fewer than half of those in the scope are sized (1.3).
    pub fn new(flow: &SprintFlow<'_>, unit: Option<Unit>) -> BurnDown {
        let SprintFlow { sprint, ledger, calendar, stage, .. } = *flow;
        let commitment = ledger.commitment;
        let counted = sized(ledger);
        let too_few_sized = if unit.is_none() { counted.filter(is_too_few) } else { None };
        let unit = unit.unwrap_or(if too_few_sized.is_some() { Unit::Items } else { Unit::Points });
        let terms = ledger.terms(unit, Part::Planned);
        let (actual, marks) =
            if stage == Stage::Planned { (Vec::new(), Vec::new()) } else { line(flow, unit) };
        let unsized_items = match unit {
            Unit::Points => ledger.scope(Part::Planned).filter(|item| item.size.is_none()).count(),
            Unit::Items => 0,
        };
        let today = calendar.zone.day_of(ledger.until);
        let accepted = if stage == Stage::Planned { Vec::new() } else { flow.accepted() };
        let rebased = accepted.into_iter().map(|at| IdealLine {
            at,
            x: flow.x(at),
            from: ledger.terms_at(at, unit, Part::Planned).remaining(),
            line: Vec::new(),
        });
        let burn = BurnDown {
            sprint: sprint.to_owned(),
            unit,
            too_few_sized,
            unsized_items: count(unsized_items),
            days: days(flow, unit),
            started: flow.x(commitment.started_at),
            ideal: Vec::new(),
            rebased: rebased.collect(),
            pace: Ideal::Even,
            hours_unset: false,
            actual,
            end: BurnPoint { at: ledger.until, x: flow.x(ledger.until), remaining: terms.remaining() },
            marks,
            closed: stage == Stage::Closed,
            is_past: flow.is_past,
            committed: terms.committed,
            done: terms.done,
            working_days_left: commitment.working_days_left(today, calendar),
            last_day: commitment.last_day,
            forecast: None,
        };
        burn.falling(Ideal::Even)
    }

    /// The same with ideal lines that fall in another way (5.1).
    pub fn falling(mut self, pace: Ideal) -> BurnDown {
        let known = self.days.iter().any(|day| day.hours.is_some_and(|hours| hours > Minutes::ZERO));
        self.hours_unset = pace == Ideal::Weighted && !known;
        self.pace = if known { pace } else { Ideal::Even };
        self.ideal = ideal(&self.days, self.started, self.committed, self.pace);
        for line in &mut self.rebased {
            line.line = ideal(&self.days, line.x, line.from, self.pace);
        }
        self
    }

    /// The same with a forecast of what is left (6.1).
    pub fn forecast(self, samples: &Samples, seed: Seed) -> BurnDown {
        let left = self.end.remaining;
        self.forecast_of(left, samples, seed)
    }

    /// The same with a forecast of an amount that is to be done by the planned end. The first day that is simulated is
    /// tomorrow; none where that is past the planned end, where nothing is left, and where the Sprint does not run.
    pub(super) fn forecast_of(mut self, of: Size, samples: &Samples, seed: Seed) -> BurnDown {
        let (Some(first), today) = (self.days.first().map(|day| day.day), self.end.x.max(0.0).floor()) else {
            return self;
        };
        let ahead = first.days_until(self.last_day) - today as i64;
        if self.closed || self.actual.is_empty() || of <= Size::ZERO || ahead < 1 {
            return self;
        }
        let days = u32::try_from(ahead).unwrap_or(u32::MAX);
        let place = |left: ConeDay| ForecastDay {
            x: if left.day == 0 { self.end.x } else { today + 1.0 + f64::from(left.day) },
            left,
        };
        let cone = cone(samples, of, days, TRIALS, seed).into_iter().map(place).collect();
        self.forecast = Some(BurnForecast {
            of,
            days: cone,
            chance: how_many(samples, days, TRIALS, seed).likelihood_of(of),
            trials: TRIALS,
            history: samples.days().len() as u32,
        });
        self
    }

    /// The ideal line's value: of the line that was the last to begin; none where there is none. Before its first
    /// corner it is level, after its last too.
    pub fn ideal_at(&self, x: f64) -> Option<f64> {
        let later = self.rebased.iter().rev().find(|line| line.x <= x);
        let line = later.map_or(&self.ideal, |line| &line.line);
        let after = line.partition_point(|corner| corner.x <= x);
        match (after.checked_sub(1).and_then(|index| line.get(index)), line.get(after)) {
            (Some(a), Some(b)) => Some(a.remaining + (b.remaining - a.remaining) * (x - a.x) / (b.x - a.x)),
            (Some(only), None) | (None, Some(only)) => Some(only.remaining),
            (None, None) => None,
        }
    }
}

/// The charts of a closed Sprint in both units, sealed: its two lanes hold its burn-up, and that its burn-down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SealedFlow {
    /// In points.
    pub points: TwoLanes,
    /// In items.
    pub items: TwoLanes,
    /// How many items were sized, where so few were that items are shown unless points are asked for.
    pub too_few_sized: Option<SizedCount>,
}

impl SealedFlow {
    /// The charts of a Sprint that is being closed where the ledger ends.
    pub fn seal(flow: &SprintFlow<'_>, buffer: &BufferFacts<'_>) -> SealedFlow {
        let flow = SprintFlow { stage: Stage::Closed, ..*flow };
        let of = |unit| TwoLanes::new(&flow, Some(unit), buffer);
        SealedFlow {
            points: of(Unit::Points),
            items: of(Unit::Items),
            too_few_sized: sized(flow.ledger).filter(is_too_few),
        }
    }

    /// The charts in a unit, or in the one that fits the Sprint (1.3), with ideal lines that fall as asked.
    pub fn in_unit(self, unit: Option<Unit>, pace: Ideal) -> TwoLanes {
        let (mut lanes, few) = match (unit, self.too_few_sized) {
            (Some(Unit::Points), _) | (None, None) => (self.points, None),
            (Some(Unit::Items), _) => (self.items, None),
            (None, few) => (self.items, few),
        };
        lanes.up.burn = BurnDown { too_few_sized: few, ..lanes.up.burn }.falling(pace);
        lanes
    }
}

/// The corners of an ideal line: one at the end of each working day on which it falls, and where it starts to fall again.
///
/// ```text
/// ▔▔╲          what was left until the first working day,
///    ╲__       flat over days off,
///       ╲      zero at the end of the last working day
/// ```
fn ideal(days: &[BurnDay], start: f64, from: Size, pace: Ideal) -> Vec<IdealPoint> {
    let whole = from.in_points();
    let mut corners = vec![IdealPoint { x: start, remaining: whole }];
    let weight = |day: &BurnDay| match pace {
        Ideal::Even => 1,
        Ideal::Weighted => day.hours.unwrap_or_default().in_minutes().max(0),
    };
    let ahead = |index: usize| index as f64 + 1.0 > start;
    let falls = days.iter().enumerate().filter(|(index, day)| day.working && ahead(*index));
    let falls: Vec<(usize, i64)> =
        falls.map(|(index, day)| (index, weight(day))).filter(|(_, weight)| *weight > 0).collect();
    let total: i64 = falls.iter().map(|(_, weight)| weight).sum();
    if total == 0 {
        corners.push(IdealPoint { x: days.len() as f64, remaining: whole });
        return corners;
    }
    let (mut x, mut remaining, mut left) = (start, whole, total);
    for (index, weight) in falls {
        let begin = index as f64;
        if begin > x {
            corners.push(IdealPoint { x: begin, remaining });
        }
        x = begin + 1.0;
        left -= weight;
        // From the whole each time, so that the last is exactly zero.
        remaining = whole * left as f64 / total as f64;
        corners.push(IdealPoint { x, remaining });
    }
    corners
}

/// The steps of the actual line and the marks on it.
fn line(flow: &SprintFlow<'_>, unit: Unit) -> (Vec<BurnPoint>, Vec<BurnMark>) {
    let ledger = flow.ledger;
    let started_at = ledger.commitment.started_at;
    let committed = ledger.terms_at(started_at.plus_millis(-1), unit, Part::Planned).committed;
    let mut actual = vec![BurnPoint { at: started_at, x: flow.x(started_at), remaining: committed }];
    let mut marks: Vec<BurnMark> = Vec::new();
    for (entry, terms) in ledger.running(unit, Part::Planned) {
        let (at, x, remaining) = (entry.at, flow.x(entry.at), terms.remaining());
        // Changes of one instant are one step; the start itself stays where the ideal line begins.
        let is_step = actual.len() > 1;
        match actual.last_mut() {
            Some(last) if is_step && last.at == at => last.remaining = remaining,
            Some(last) if last.remaining == remaining => {}
            _ => actual.push(BurnPoint { at, x, remaining }),
        }
        let amounts = entry.amounts(unit);
        if let Some(kind) = mark(entry.change) {
            let change = amounts.scope - amounts.done;
            let (item, title) = (entry.item, entry.title.clone());
            let (scope_change, scope) = (amounts.scope, terms.scope());
            marks.push(BurnMark {
                at,
                x,
                kind,
                change,
                remaining,
                scope_change,
                scope,
                moves: true,
                item,
                title,
            });
        }
    }
    actual.dedup_by(|later, earlier| later.remaining == earlier.remaining);
    // What the buffer took stands beside the line, at the height that the line has then (4.1).
    for (entry, _) in ledger.running(unit, Part::Buffer) {
        if matches!(entry.change, ScopeChange::Added { .. }) {
            let terms = ledger.terms_at(entry.at, unit, Part::Planned);
            marks.push(BurnMark {
                at: entry.at,
                x: flow.x(entry.at),
                kind: BurnMarkKind::Added(Origin::Interrupt),
                change: entry.amounts(unit).scope,
                remaining: terms.remaining(),
                scope_change: Size::ZERO,
                scope: terms.scope(),
                moves: false,
                item: entry.item,
                title: entry.title.clone(),
            });
        }
    }
    marks.sort_by_key(|mark| mark.at);
    // A change that weighs nothing in this unit is no mark: sizing the unsized shows in points only.
    marks.retain(|mark| mark.change != Size::ZERO || !matches!(mark.kind, BurnMarkKind::Resized));
    (actual, marks)
}

fn mark(change: ScopeChange) -> Option<BurnMarkKind> {
    match change {
        ScopeChange::Added { origin } => Some(BurnMarkKind::Added(origin)),
        ScopeChange::Removed => Some(BurnMarkKind::Removed),
        ScopeChange::Cancelled => Some(BurnMarkKind::Cancelled),
        ScopeChange::Resized { .. } => Some(BurnMarkKind::Resized),
        ScopeChange::Reopened => Some(BurnMarkKind::Reopened),
        ScopeChange::Done => None,
    }
}

fn days(flow: &SprintFlow<'_>, unit: Unit) -> Vec<BurnDay> {
    let SprintFlow { ledger, calendar, stage, .. } = *flow;
    let (commitment, zone) = (ledger.commitment, calendar.zone);
    let started = zone.day_of(commitment.started_at);
    let planned = commitment.first_day.max(started)..=commitment.last_day;
    let lived = started..=zone.day_of(ledger.until);
    let entries: Vec<_> = ledger.running(unit, Part::Planned).collect();
    let mut next = 0;
    let mut now = ledger.terms_at(Instant::from_millis(i64::MIN), unit, Part::Planned);
    let mut days = Vec::new();
    for day in flow.first_day().through(flow.last_day()) {
        let working = commitment.working_days.contains(&day);
        let is_off = !calendar.works_on(day) || (planned.contains(&day) && !working);
        let (mut done, mut scope_change) = (Size::ZERO, Size::ZERO);
        while let Some((entry, terms)) = entries.get(next).filter(|(entry, _)| zone.day_of(entry.at) <= day) {
            done += entry.amounts(unit).done;
            scope_change += entry.amounts(unit).scope;
            now = *terms;
            next += 1;
        }
        let known = stage != Stage::Planned && lived.contains(&day);
        days.push(BurnDay {
            day,
            working,
            shaded: is_off,
            hours: hours_on(commitment, day),
            remaining: known.then(|| now.remaining()),
            scope: known.then(|| now.scope()),
            done,
            scope_change,
        });
    }
    days
}

/// The hours of those whose hours were set, as the start froze them; none where that is nobody.
fn hours_on(commitment: &Commitment, day: Day) -> Option<Minutes> {
    let known = || commitment.capacity.members.iter().filter(|member| member.net.is_some());
    known().next()?;
    let of_day = known().flat_map(|member| &member.days).filter(|one| one.day == day);
    Some(of_day.filter_map(|one| one.net).sum())
}

/// How many items of the scope are sized; where nothing is in it, of all that ever were; none where there are none.
fn sized(ledger: &ScopeLedger<'_>) -> Option<SizedCount> {
    let count_of = |items: Vec<&LedgerItem>| SizedCount {
        sized: count(items.iter().filter(|item| item.size.is_some()).count()),
        items: count(items.len()),
    };
    let scope = count_of(ledger.scope(Part::Planned).collect());
    if scope.items > 0 {
        return Some(scope);
    }
    let ever = ledger.items.iter().filter(|item| !item.in_buffer && (item.committed || item.added.is_some()));
    Some(count_of(ever.collect())).filter(|counted| counted.items > 0)
}

fn is_too_few(counted: &SizedCount) -> bool {
    counted.sized * 2 < counted.items
}

fn count(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
