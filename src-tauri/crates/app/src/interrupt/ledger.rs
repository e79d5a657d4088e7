//! What interrupts pushed out of a Sprint, and how its hours were split among the lanes; as views with their words.

use super::Book;
use super::change::time_words;
use super::gauge::sealed_of;
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use crate::sprint::SprintName;
use crate::team::{counted, together};
use domain::calendar::Day;
use domain::capacity::HoursPerPoint;
use domain::flow::Unit;
use domain::identity::RowId;
use domain::interrupt::{
    DecidedItem, Decision, DisplacementLedger, NotInHours, OverflowChoice, SplitReport, SplitUnit, Switching,
    WhatWasPossible,
};
use domain::measures::{Minutes, Share, Size};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

/// What interrupts pushed out of a Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Displacement {
    /// The Sprint.
    pub sprint: SprintName,
    /// The ledger.
    pub ledger: DisplacementLedger,
    /// The decisions, in order of time.
    pub decisions: Vec<DecisionSaid>,
    /// What the team completed of what was left possible.
    pub possible: WhatWasPossible,
    /// The same as a sentence for the review: “Completed 92 % of what the interrupts left possible.”
    pub sentence: String,
    /// How the sentence is computed.
    pub method: String,
    /// The whole in a line: “26 h used: 20.5 h from the buffer, 5.5 h beyond it.”
    pub said: String,
}

/// A decision about an overflow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecisionSaid {
    /// Its identity.
    pub id: RowId,
    /// The day.
    pub on: Day,
    /// What was decided.
    pub choice: OverflowChoice,
    /// The same in words: “swapped out PAY-12 and PAY-7 at an overflow of 4 h”.
    pub said: String,
    /// Why.
    pub reason: String,
    /// The overflow at that moment.
    pub overflow: Minutes,
    /// The items.
    pub items: Vec<DecidedItem>,
}

impl Displacement {
    /// The displacement at the end of a book: at the close, or so far.
    pub(super) fn of(book: &Book<'_>, closed: bool) -> Displacement {
        let (ledger, possible) = book.displacement();
        let zone = book.record.calendar.zone;
        let decision = |one: &Decision| {
            let what = decision_said(one);
            DecisionSaid {
                id: one.id,
                on: zone.day_of(one.at),
                choice: one.choice,
                said: format!("{what}, at an overflow of {}", one.overflow),
                reason: one.reason.clone(),
                overflow: one.overflow,
                items: one.items.clone(),
            }
        };
        Displacement {
            sprint: SprintName::from(&book.record.sprint),
            decisions: book.decisions.iter().map(decision).collect(),
            sentence: sentence(&possible, &ledger, !book.undrawn.is_empty(), closed),
            method: method(&possible),
            said: beyond_said(&ledger, !book.undrawn.is_empty()),
            ledger,
            possible,
        }
    }
}

/// “swapped out PAY-12 and PAY-7”.
pub(super) fn decision_said(decision: &Decision) -> String {
    let labels: Vec<&str> = decision.items.iter().map(|item| item.label.as_str()).collect();
    let items = together(&labels);
    match decision.choice {
        OverflowChoice::SwapOut => format!("swapped out {items}"),
        OverflowChoice::AcceptSlip => format!("accepted that {items} will slip"),
        OverflowChoice::ReduceScope => format!("took {items} out of the scope"),
        OverflowChoice::CancelSprint => "the Product Owner cancelled the Sprint".to_owned(),
    }
}

/// The sentence that the review reads (4.3).
fn sentence(
    possible: &WhatWasPossible,
    ledger: &DisplacementLedger,
    some_unknown: bool,
    closed: bool,
) -> String {
    match possible.share {
        Some(share) => {
            let percent = (share.in_basis_points() + 50).div_euclid(100);
            let completed = if closed { "Completed" } else { "So far completed" };
            if !ledger.displaced.is_empty() {
                return format!("{completed} {percent} % of what the interrupts left possible.");
            }
            let pushed = if ledger.beyond > Minutes::ZERO {
                "what interrupts pushed out is not named"
            } else if some_unknown || ledger.kept.is_none() {
                "interrupts pushed nothing out as far as is known"
            } else {
                "interrupts pushed nothing out"
            };
            format!("{completed} {percent} % of the commitment; {pushed}.")
        }
        None if possible.committed == Size::ZERO => "Nothing was committed in the planned lanes.".to_owned(),
        None => "The interrupts left nothing of the commitment possible.".to_owned(),
    }
}

fn method(possible: &WhatWasPossible) -> String {
    let unit = match possible.unit {
        Unit::Points => "points",
        Unit::Items => "items, as fewer than half of them are sized",
    };
    let more = possible.share.is_some_and(|share| share > Share::WHOLE);
    let more = if more { " What came in later and was completed counts too." } else { "" };
    format!(
        "{} completed ÷ ({} committed − {} displaced), in {unit}, planned lanes.{more}",
        possible.completed, possible.committed, possible.displaced
    )
}

fn beyond_said(ledger: &DisplacementLedger, some_unknown: bool) -> String {
    if ledger.lines.is_empty() && !some_unknown {
        return "Nothing drew on the buffer.".to_owned();
    }
    if some_unknown && ledger.used == Minutes::ZERO {
        return "How much was used is not known.".to_owned();
    }
    if ledger.kept.is_none() {
        return format!(
            "{} used; how much was kept is not known, so nothing counts as beyond it.",
            ledger.used
        );
    }
    match (ledger.beyond, ledger.unpaired) {
        (Minutes::ZERO, _) if some_unknown => {
            format!("{} used as far as is known, all of it from the buffer.", ledger.used)
        }
        (Minutes::ZERO, _) => format!("{} used, all of it from the buffer.", ledger.used),
        (beyond, Minutes::ZERO) => {
            format!("{} used: {} from the buffer, {beyond} beyond it.", ledger.used, ledger.from_buffer)
        }
        (beyond, _) if ledger.displaced.is_empty() => format!(
            "{} used: {} from the buffer, {beyond} beyond it; nothing that gave way is named.",
            ledger.used, ledger.from_buffer
        ),
        (beyond, unpaired) => format!(
            "{} used: {} from the buffer, {beyond} beyond it, of which {unpaired} pushed out nothing that was named.",
            ledger.used, ledger.from_buffer
        ),
    }
}

/// The planned, committed and actual split of a Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SprintSplit {
    /// The Sprint.
    pub sprint: SprintName,
    /// The lanes.
    pub report: SplitReport,
    /// What is counted and how, in words.
    pub method: String,
    /// What is not in it, in words: unsized and unsorted work, interrupts of which nothing is known.
    pub unknown: Vec<String>,
    /// How much interrupts made people change from one thing to another.
    pub switching: Switching,
    /// The same in words, a line each.
    pub switching_said: Vec<String>,
}

impl SprintSplit {
    /// The split at the end of a book.
    pub(super) fn of(reader: &Reader<'_>, book: &Book<'_>) -> Result<SprintSplit, AppError> {
        let (report, switching) = (book.split(), book.switching(reader)?);
        Ok(SprintSplit {
            sprint: SprintName::from(&book.record.sprint),
            method: split_method(&report, book),
            unknown: split_unknown(&report),
            switching_said: switching_said(&switching),
            report,
            switching,
        })
    }
}

fn split_method(report: &SplitReport, book: &Book<'_>) -> String {
    let unit = match report.unit {
        SplitUnit::Hours => {
            let rate =
                report.per_point.map(|rate| format!(", {rate} for a completed point")).unwrap_or_default();
            let of_days = match book.days() {
                (come, all) if come < all => format!(" of {come} of {all} working days"),
                _ => String::new(),
            };
            return format!("In hours: net hours{of_days} less {}{rate}.", unplanned_said(report, book));
        }
        SplitUnit::Points => "In points, which interrupts do not have",
        SplitUnit::Items => "In items, and an interrupt counts as one",
    };
    let why = match report.why {
        Some(NotInHours::NoHours) => "nobody’s hours were set, so that hours are not known",
        Some(NotInHours::NothingCompleted) => "no sized item of the planned lanes is completed yet",
        Some(NotInHours::FewSized) => "fewer than half of the items are sized",
        Some(NotInHours::AllInterrupted) => "interrupts took more than all the hours that there were",
        None => return format!("{unit}."),
    };
    format!("{unit}: {why}.")
}

/// “10 h of interrupts and 8 h of items in the buffer (at 4 h a point)”.
fn unplanned_said(report: &SplitReport, book: &Book<'_>) -> String {
    match (book.by_points(), book.per_point) {
        (by_points, HoursPerPoint::Known { median, .. }) if by_points > Minutes::ZERO => format!(
            "{} of interrupts and {by_points} of items in the buffer (at {median} a point)",
            report.interrupts - by_points
        ),
        _ => format!("{} of interrupts", report.interrupts),
    }
}

fn split_unknown(report: &SplitReport) -> Vec<String> {
    let mut unknown = Vec::new();
    if let Some(unsorted) = report.lanes.iter().find(|lane| lane.lane.is_none()) {
        unknown.push(format!(
            "Unsorted work belongs to no lane: {} of what was committed. Say of what kind it is.",
            unsorted.committed.share.map_or("nothing".to_owned(), |share| share.to_string())
        ));
    }
    if report.unsized_items > 0 && report.unit != SplitUnit::Items {
        let are = if report.unsized_items == 1 { "is unsized and counts" } else { "are unsized and count" };
        unknown.push(format!("{} {are} nothing here.", counted(report.unsized_items, "item")));
    }
    if report.unknown > 0 {
        unknown.push(format!(
            "How long {} of what came in took is not known: more was taken than is shown.",
            report.unknown
        ));
    }
    unknown
}

fn switching_said(switching: &Switching) -> Vec<String> {
    let arrived = match (switching.interrupts, switching.items) {
        (interrupts, 0) => counted(interrupts, "interrupt"),
        (0, items) => format!("{} in the buffer", counted(items, "item")),
        (interrupts, items) => {
            format!("{} and {} in the buffer", counted(interrupts, "interrupt"), counted(items, "item"))
        }
    };
    let mut lines = vec![format!(
        "{arrived} in {}: {} a day.",
        counted(switching.days, "working day"),
        switching.arrived_a_day
    )];
    lines.push(match switching.broken_into {
        0 => "As far as is known, no item in progress was broken into.".to_owned(),
        count => format!(
            "{} broken into, counted once a day: {} a day. Known where the item has an owner and the time says who worked.",
            if count == 1 { "1 item in progress was".to_owned() } else { format!("{count} items in progress were") },
            switching.broken_into_a_day
        ),
    });
    let people = switching.on_call + switching.others;
    if people > Minutes::ZERO && switching.has_on_call {
        lines.push(format!(
            "{} by whoever was on call, {} by the rest of the team.",
            time_words(switching.on_call),
            time_words(switching.others)
        ));
    } else if people > Minutes::ZERO {
        lines.push(format!("{} by the team; nobody was on call as far as is known.", time_words(people)));
    }
    if switching.of_nobody > Minutes::ZERO {
        lines.push(format!("Who worked for {} is not known.", time_words(switching.of_nobody)));
    }
    lines
}

/// The splits of the closed Sprints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SplitTrend {
    /// The splits, in the order of the Sprints, as they were sealed.
    pub sprints: Vec<SprintSplit>,
    /// The names of closed Sprints of which no split is known.
    pub without: Vec<String>,
}

pub(super) fn split_trend(reader: &Reader<'_>, _: Nothing, _: &Context<'_>) -> Result<SplitTrend, AppError> {
    let mut trend = SplitTrend { sprints: Vec::new(), without: Vec::new() };
    for sprint in reader.sprints()?.into_iter().filter(|sprint| sprint.closed_at.is_some()) {
        match sealed_of(reader, sprint.id, None)? {
            Some(sealed) => trend.sprints.push(sealed.split),
            None => trend.without.push(sprint.name),
        }
    }
    Ok(trend)
}
