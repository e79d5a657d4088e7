//! The two lanes of a Sprint on one plot: the plan burns down, the buffer fills up (5.3).
//!
//! 1. The plan falls from the committed sum by what is done, and by nothing else; its floor is the moving baseline:
//!    it sinks by what is added to the scope and rises by what is taken out. What lies between them is left.
//! 2. The buffer fills with the hours that draw on it (4.1), against the hours that were kept: what is known, and on
//!    top of it what is expected. An hour counts when it was written down on its own day, else at noon of that day.
//! 3. Whatever arrived unplanned is a mark with its severity, at the height of the buffer then; each decision about an
//!    overflow is a mark with what it named (4.2).
//! 4. Where nobody's hours were set there is no limit, and what has neither hours nor an estimate is named and never
//!    counted as nothing (1.4).

use super::burn_up::value_at;
use super::{BurnUp, IdealPoint, SprintFlow, Stage, Unit, UpPoint};
use crate::calendar::{Day, Instant};
use crate::identity::ItemId;
use crate::interrupt::{Buffer, Decision, Draw, Drawer, IncidentSeverity, OverflowChoice, SeverityNames};
use crate::measures::{Minutes, Size};
use serde::{Deserialize, Serialize};

/// The two lanes of a Sprint, ready to be drawn; `x` counts as in its burn-down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TwoLanes {
    /// The plan: scope and what is done.
    pub up: BurnUp,
    /// The buffer.
    pub buffer: BufferLane,
}

/// The buffer of a Sprint over its days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BufferLane {
    /// The name of its lane.
    pub name: String,
    /// The hours that were kept; none where nobody's hours were set.
    pub kept: Option<Minutes>,
    /// What is used from each point on; the first is the start. Empty while the Sprint has not been started.
    pub used: Vec<BufferPoint>,
    /// What is used at the end, as far as is known.
    pub total: Minutes,
    /// The part of that which is expected.
    pub expected: Minutes,
    /// By how much it overflows.
    pub over: Minutes,
    /// The day on which it was used up.
    pub over_since: Option<Day>,
    /// The working day on which it is empty at its pace, where that is before the planned end.
    pub empty_on: Option<Day>,
    /// One for each day of the plot.
    pub days: Vec<BufferDay>,
    /// What draws on it, in order of time.
    pub drawn: Vec<Drawn>,
    /// What arrived unplanned, in order.
    pub arrivals: Vec<ArrivalMark>,
    /// What was decided about overflows, in order.
    pub decisions: Vec<DecisionMark>,
    /// What came in and cannot be counted yet.
    pub unknown: u32,
    /// What the team calls the severities (8.1).
    pub severities: SeverityNames,
}

/// A step of the buffer's use.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BufferPoint {
    /// Days since the start of the plot.
    pub x: f64,
    /// The hours that are known from then on.
    pub known: Minutes,
    /// Those and what is expected.
    pub used: Minutes,
}

/// Time that draws on the buffer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Drawn {
    /// What draws.
    pub what: Drawer,
    /// Its label.
    pub label: String,
    /// Its title as it was.
    pub title: String,
    /// The day.
    pub day: Day,
    /// How long.
    pub minutes: Minutes,
    /// Whether it is known, or expected.
    pub is_known: bool,
}

/// The buffer on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BufferDay {
    /// What draws on that day.
    pub drawn: Minutes,
    /// What is used at its end, or now if it is today; none for a day that is still to come, or was before the start.
    pub used: Option<Minutes>,
}

/// Something unplanned that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Arrival {
    /// What it is.
    pub what: Drawer,
    /// How grave; none for an item of the buffer lane.
    pub severity: Option<IncidentSeverity>,
    /// Its label.
    pub label: String,
    /// Its title as it was.
    pub title: String,
    /// When it arrived, or was taken into the Sprint.
    pub at: Instant,
    /// Whether it draws on the buffer; else on a planned lane.
    pub in_buffer: bool,
    /// What it takes in this Sprint, as far as is known.
    pub takes: Option<Minutes>,
}

/// An arrival in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArrivalMark {
    /// What arrived.
    pub arrival: Arrival,
    /// Days since the start of the plot.
    pub x: f64,
    /// What is used of the buffer just before it draws.
    pub used: Minutes,
}

/// A decision in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DecisionMark {
    /// When.
    pub at: Instant,
    /// Days since the start of the plot.
    pub x: f64,
    /// What was decided.
    pub choice: OverflowChoice,
    /// Why.
    pub reason: String,
    /// The items that it names.
    pub items: Vec<NamedItem>,
    /// What is used of the buffer then.
    pub used: Minutes,
}

/// An item that a decision names, as it was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamedItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
}

/// What a Sprint's buffer lane is computed from.
#[derive(Debug, Clone, Copy)]
pub struct BufferFacts<'a> {
    /// The name of the buffer lane.
    pub name: &'a str,
    /// How it stands at the end of the ledger.
    pub buffer: &'a Buffer,
    /// What draws on it.
    pub draws: &'a [Draw],
    /// What arrived.
    pub arrivals: &'a [Arrival],
    /// What was decided.
    pub decisions: &'a [Decision],
    /// What the team calls the severities.
    pub severities: &'a SeverityNames,
}

impl TwoLanes {
    /// The two lanes of a Sprint up to the end of its ledger.
    ///
    /// The unit of the plan is chosen as for the burn-down (1.3); the buffer is in hours (1.3).
    pub fn new(flow: &SprintFlow<'_>, unit: Option<Unit>, facts: &BufferFacts<'_>) -> TwoLanes {
        let up = BurnUp::new(flow, unit);
        let buffer = buffer_lane(flow, &up, facts);
        TwoLanes { up, buffer }
    }

    /// The plan: the committed sum less what is done, from each point on (rule 1).
    pub fn plan(&self) -> Vec<UpPoint> {
        self.less(&self.up.done)
    }

    /// The moving baseline: the committed sum less the scope; 0 at the start (rule 1).
    pub fn floor(&self) -> Vec<UpPoint> {
        self.less(&self.up.scope)
    }

    /// The ideal lines on the plan's scale: each falls to the floor of its beginning.
    pub fn ideals(&self) -> Vec<Vec<IdealPoint>> {
        let burn = &self.up.burn;
        let later = burn.rebased.iter().map(|line| {
            let floor = (burn.committed - self.up.scope_at(line.at)).in_points();
            let raised = |point: &IdealPoint| IdealPoint { x: point.x, remaining: floor + point.remaining };
            line.line.iter().map(raised).collect()
        });
        std::iter::once(burn.ideal.clone()).chain(later).collect()
    }

    /// By how much a decision moved the floor: what left the scope at its very moment.
    pub fn moved_by(&self, decision: &DecisionMark) -> Size {
        let before = value_at(&self.up.scope, decision.at.plus_millis(-1)).unwrap_or(self.up.burn.committed);
        before - self.up.scope_at(decision.at)
    }

    fn less(&self, line: &[UpPoint]) -> Vec<UpPoint> {
        let committed = self.up.burn.committed;
        line.iter().map(|point| UpPoint { amount: committed - point.amount, ..*point }).collect()
    }
}

/// Where each draw lies, in order, and what is used from there on (rule 2).
fn steps(flow: &SprintFlow<'_>, draws: &[Draw], (start, end): (f64, f64)) -> Vec<BufferPoint> {
    let zone = flow.calendar.zone;
    let place = |draw: &Draw| {
        let x = if zone.day_of(draw.at()) == draw.day {
            flow.x(draw.at())
        } else {
            flow.start_of(draw.day) + 0.5
        };
        x.max(start).min(end)
    };
    let mut placed: Vec<(f64, &Draw)> = draws.iter().map(|draw| (place(draw), draw)).collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut steps = vec![BufferPoint { x: start, known: Minutes::ZERO, used: Minutes::ZERO }];
    let (mut known, mut used) = (Minutes::ZERO, Minutes::ZERO);
    for (x, draw) in placed {
        used += draw.minutes;
        if draw.is_known {
            known += draw.minutes;
        }
        match steps.last_mut() {
            Some(last) if last.x == x => (last.known, last.used) = (known, used),
            _ => steps.push(BufferPoint { x, known, used }),
        }
    }
    steps
}

fn buffer_lane(flow: &SprintFlow<'_>, up: &BurnUp, facts: &BufferFacts<'_>) -> BufferLane {
    let burn = &up.burn;
    let started = flow.stage != Stage::Planned;
    let start = flow.x(flow.ledger.commitment.started_at);
    let end = burn.end.x.max(start);
    let used = if started { steps(flow, facts.draws, (start, end)) } else { Vec::new() };
    let level = |x: f64, with: bool| {
        let before = used.partition_point(|point| point.x < x || with && point.x == x);
        before.checked_sub(1).and_then(|index| used.get(index)).map_or(Minutes::ZERO, |point| point.used)
    };
    let drawn_on = |day: Day| {
        facts.draws.iter().filter(|draw| draw.day == day).map(|draw| draw.minutes).sum::<Minutes>()
    };
    let days = burn.days.iter().enumerate().map(|(index, day)| BufferDay {
        drawn: drawn_on(day.day),
        // The end of a day is the start of the next.
        used: day.remaining.map(|_| level(index as f64 + 1.0, index as f64 + 1.0 >= end)),
    });
    let arrivals = facts.arrivals.iter().map(|arrival| {
        let x = flow.x(arrival.at).max(start).min(end);
        ArrivalMark { arrival: arrival.clone(), x, used: level(x, false) }
    });
    let decisions = facts.decisions.iter().map(|decision| {
        let x = flow.x(decision.at).max(start).min(end);
        DecisionMark {
            at: decision.at,
            x,
            choice: decision.choice,
            reason: decision.reason.clone(),
            items: decision
                .items
                .iter()
                .map(|item| NamedItem {
                    item: item.item,
                    label: item.label.clone(),
                    title: item.title.clone(),
                })
                .collect(),
            used: level(x, true),
        }
    });
    let buffer = facts.buffer;
    let drawn = facts.draws.iter().map(|draw| Drawn {
        what: draw.drawer,
        label: draw.label.clone(),
        title: draw.title.clone(),
        day: draw.day,
        minutes: draw.minutes,
        is_known: draw.is_known,
    });
    BufferLane {
        name: facts.name.to_owned(),
        kept: buffer.kept,
        total: buffer.used,
        expected: buffer.expected,
        over: buffer.over,
        over_since: buffer.over_since,
        empty_on: if flow.stage == Stage::Running {
            buffer.pace.and_then(|pace| pace.empty_on)
        } else {
            None
        },
        days: days.collect(),
        drawn: if started { drawn.collect() } else { Vec::new() },
        arrivals: if started { arrivals.collect() } else { Vec::new() },
        decisions: if started { decisions.collect() } else { Vec::new() },
        unknown: buffer.undrawn.len() as u32,
        severities: facts.severities.clone(),
        used,
    }
}

#[cfg(test)]
mod tests;
