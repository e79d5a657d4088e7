//! From a Sprint's ledger to its burn-down.

use super::{
    BurnDay, BurnDown, BurnMark, BurnMarkKind, BurnPoint, IdealPoint, SealedBurnDown, SizedCount, Unit,
};
use crate::backlog::Origin;
use crate::calendar::{Day, Instant, WorkCalendar, Zone};
use crate::measures::Size;
use crate::sprint::{Commitment, LedgerItem, Part, ScopeChange, ScopeLedger};

/// Where the Sprint of a burn-down stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is planned: only the ideal line of a draft commitment is there.
    Planned,
    /// It runs, and the line ends now.
    Running,
    /// It was closed where the ledger ends.
    Closed,
}

impl BurnDown {
    /// The burn-down of a Sprint up to the end of its ledger.
    ///
    /// Without a unit it counts points, or items where fewer than half of those in the scope are sized (1.3). The
    /// calendar is today's: it shades holidays that were entered after the start, and days outside the plan.
    pub fn new(
        sprint: &str,
        ledger: &ScopeLedger<'_>,
        calendar: &WorkCalendar,
        stage: Stage,
        unit: Option<Unit>,
    ) -> BurnDown {
        let commitment = ledger.commitment;
        let counted = sized(ledger);
        let too_few_sized = if unit.is_none() { counted.filter(is_too_few) } else { None };
        let unit = unit.unwrap_or(if too_few_sized.is_some() { Unit::Items } else { Unit::Points });
        let axis = Axis::new(commitment, ledger.until, stage, calendar.zone);
        let terms = ledger.terms(unit, Part::Planned);
        let (actual, marks) =
            if stage == Stage::Planned { (Vec::new(), Vec::new()) } else { line(ledger, unit, &axis) };
        let unsized_items = match unit {
            Unit::Points => ledger.scope(Part::Planned).filter(|item| item.size.is_none()).count(),
            Unit::Items => 0,
        };
        let today = calendar.zone.day_of(ledger.until);
        BurnDown {
            sprint: sprint.to_owned(),
            unit,
            too_few_sized,
            unsized_items: count(unsized_items),
            days: days(ledger, unit, &axis, calendar, stage),
            ideal: ideal(commitment, terms.committed, &axis),
            actual,
            end: BurnPoint { at: ledger.until, x: axis.x(ledger.until), remaining: terms.remaining() },
            marks,
            closed: stage == Stage::Closed,
            committed: terms.committed,
            done: terms.done,
            working_days_left: commitment.working_days_left(today, calendar),
            last_day: commitment.last_day,
        }
    }
}

impl SealedBurnDown {
    /// Both burn-downs of a Sprint that is being closed where the ledger ends.
    pub fn seal(sprint: &str, ledger: &ScopeLedger<'_>, calendar: &WorkCalendar) -> SealedBurnDown {
        let of = |unit| BurnDown::new(sprint, ledger, calendar, Stage::Closed, unit);
        SealedBurnDown {
            points: of(Some(Unit::Points)),
            items: of(Some(Unit::Items)),
            too_few_sized: of(None).too_few_sized,
        }
    }

    /// The burn-down in a unit, or in the one that fits the Sprint (1.3).
    pub fn in_unit(&self, unit: Option<Unit>) -> BurnDown {
        match (unit, self.too_few_sized) {
            (Some(Unit::Points), _) | (None, None) => self.points.clone(),
            (Some(Unit::Items), _) => self.items.clone(),
            (None, few) => BurnDown { too_few_sized: few, ..self.items.clone() },
        }
    }
}

/// The days of the plot and where an instant lies on them.
struct Axis {
    first: Day,
    last: Day,
    zone: Zone,
}

impl Axis {
    fn new(commitment: &Commitment, until: Instant, stage: Stage, zone: Zone) -> Axis {
        let first = commitment.first_day.min(zone.day_of(commitment.started_at));
        let last = match stage {
            Stage::Planned => commitment.last_day,
            Stage::Running | Stage::Closed => commitment.last_day.max(zone.day_of(until)),
        };
        Axis { first, last: last.max(first), zone }
    }

    fn x(&self, at: Instant) -> f64 {
        self.start_of(self.zone.day_of(at)) + self.zone.fraction_of_day(at)
    }

    fn start_of(&self, day: Day) -> f64 {
        self.first.days_until(day) as f64
    }
}

/// The corners of the ideal line: one at the end of each working day, and where it starts to fall again.
///
/// ```text
/// ▔▔╲          committed sum until the first working day,
///    ╲__       flat over days off,
///       ╲      zero at the end of the last working day
/// ```
fn ideal(commitment: &Commitment, committed: Size, axis: &Axis) -> Vec<IdealPoint> {
    let whole = committed.in_points();
    let start = axis.x(commitment.started_at);
    let mut corners = vec![IdealPoint { x: start, remaining: whole }];
    let falls = commitment.working_days.len();
    if falls == 0 {
        corners.push(IdealPoint { x: axis.start_of(axis.last) + 1.0, remaining: whole });
        return corners;
    }
    let (mut x, mut remaining) = (start, whole);
    for (place, day) in commitment.working_days.iter().enumerate() {
        let begin = axis.start_of(*day);
        if begin > x {
            corners.push(IdealPoint { x: begin, remaining });
        }
        x = begin + 1.0;
        // From the whole each time, so that the last is exactly zero.
        remaining = whole * (falls - place - 1) as f64 / falls as f64;
        corners.push(IdealPoint { x, remaining });
    }
    corners
}

/// The steps of the actual line and the marks on it.
fn line(ledger: &ScopeLedger<'_>, unit: Unit, axis: &Axis) -> (Vec<BurnPoint>, Vec<BurnMark>) {
    let started_at = ledger.commitment.started_at;
    let committed = ledger.terms_at(started_at.plus_millis(-1), unit, Part::Planned).committed;
    let mut actual = vec![BurnPoint { at: started_at, x: axis.x(started_at), remaining: committed }];
    let mut marks: Vec<BurnMark> = Vec::new();
    for (entry, terms) in ledger.running(unit, Part::Planned) {
        let (at, x, remaining) = (entry.at, axis.x(entry.at), terms.remaining());
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
            marks.push(BurnMark { at, x, kind, change, remaining, moves: true, title: entry.title.clone() });
        }
    }
    actual.dedup_by(|later, earlier| later.remaining == earlier.remaining);
    // What the buffer took stands beside the line, at the height that the line has then (4.1).
    for (entry, _) in ledger.running(unit, Part::Buffer) {
        if matches!(entry.change, ScopeChange::Added { .. }) {
            marks.push(BurnMark {
                at: entry.at,
                x: axis.x(entry.at),
                kind: BurnMarkKind::Added(Origin::Interrupt),
                change: entry.amounts(unit).scope,
                remaining: ledger.terms_at(entry.at, unit, Part::Planned).remaining(),
                moves: false,
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

fn days(
    ledger: &ScopeLedger<'_>,
    unit: Unit,
    axis: &Axis,
    calendar: &WorkCalendar,
    stage: Stage,
) -> Vec<BurnDay> {
    let commitment = ledger.commitment;
    let started = axis.zone.day_of(commitment.started_at);
    let planned = commitment.first_day.max(started)..=commitment.last_day;
    let lived = started..=axis.zone.day_of(ledger.until);
    let entries: Vec<_> = ledger.running(unit, Part::Planned).collect();
    let (mut next, mut remaining) =
        (0, ledger.terms_at(Instant::from_millis(i64::MIN), unit, Part::Planned).remaining());
    let mut days = Vec::new();
    for day in axis.first.through(axis.last) {
        let working = commitment.working_days.contains(&day);
        let is_off = !calendar.works_on(day) || (planned.contains(&day) && !working);
        let (mut done, mut scope_change) = (Size::ZERO, Size::ZERO);
        while let Some((entry, terms)) =
            entries.get(next).filter(|(entry, _)| axis.zone.day_of(entry.at) <= day)
        {
            done += entry.amounts(unit).done;
            scope_change += entry.amounts(unit).scope;
            remaining = terms.remaining();
            next += 1;
        }
        let known = stage != Stage::Planned && lived.contains(&day);
        days.push(BurnDay {
            day,
            working,
            shaded: is_off,
            remaining: known.then_some(remaining),
            done,
            scope_change,
        });
    }
    days
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
