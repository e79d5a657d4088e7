//! Interrupts: unplanned work that arrives during a Sprint, and what it does to the buffer.
//!
//! 1. An interrupt is a thing of its own; its present is the fold of its facts (4.1).
//! 2. It draws with its hours, or with its estimate until hours are known; where neither is known that is said, and
//!    never counted as nothing (1.4, 4.1).
//! 3. Hours are dated and belong to the Sprint whose buffer they drew on.
//! 4. The buffer is free, in use or overflowing; an overflow asks for a decision until it is covered (4.2).
//! 5. The displacement ledger pairs what went beyond the buffer with what it pushed out, and its hours add up (4.3).
//! 6. The split report compares the planned, committed and actual part of each lane in one unit (4.4).
//! 7. How many come in a week is known without any hours; what that may come to is an expectation, and told as one.

use crate::backlog::Dated;
use crate::calendar::{Day, Instant};
use crate::identity::{InterruptId, ItemId, LaneId, MemberId, RowId, SprintId};
use crate::measures::Minutes;
use crate::words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod buffer;
mod displacement;
mod names;
mod rate;
mod split;

pub use buffer::{
    Buffer, BufferItem, BufferState, DecidedItem, Decision, Draw, Drawer, Pace, SprintHours, SprintInterrupt,
    Undrawn, buffer, coverage, draws, undecided,
};
pub use displacement::{Displaced, DisplacementLedger, LedgerLine, Pushed, WhatWasPossible, displacement};
pub use names::{SeverityNameRefused, SeverityNames};
pub use rate::{ExpectedLoad, Rate, Week, WeeklyRate, rate};
pub use split::{
    NotInHours, Portion, SplitLane, SplitReport, SplitUnit, SplitWork, Switching, SwitchingFacts, split,
    split_so_far, switching,
};

/// How grave something in production is, from P1, the gravest (8.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS)]
pub enum IncidentSeverity {
    /// Everything else waits.
    P1,
    /// Today.
    P2,
    /// Soon; what nobody has said anything about.
    #[default]
    P3,
    /// When there is time.
    P4,
    /// A wish.
    P5,
}
words!(IncidentSeverity { P1 = "P1", P2 = "P2", P3 = "P3", P4 = "P4", P5 = "P5" });

/// What became so for an interrupt at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterruptFact {
    /// It arrived.
    Reported,
    /// It is as grave as that.
    SeveritySet(IncidentSeverity),
    /// It draws on a lane; none is the buffer.
    LaneSet(Option<LaneId>),
    /// It belongs to a member, or to nobody.
    Assigned(Option<MemberId>),
    /// It is expected to take that long, or nobody says.
    Estimated(Option<Minutes>),
    /// Somebody works on it from now on.
    TimerStarted(Option<MemberId>),
    /// The work that was timed ended.
    TimerStopped,
    /// It is over.
    Ended,
    /// It was over and is not.
    Reopened,
    /// It belongs to a Sprint from now on.
    Taken(SprintId),
}

/// What is so for an interrupt now, or was at some moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InterruptPresent {
    /// When it arrived; none only where no fact says so.
    pub reported_at: Option<Instant>,
    /// How grave it is.
    pub severity: IncidentSeverity,
    /// The lane on which it draws; none is the buffer.
    pub lane: Option<LaneId>,
    /// Who owns it.
    pub owner: Option<MemberId>,
    /// How long it is expected to take.
    pub estimate: Option<Minutes>,
    /// Since when it is over.
    pub ended_at: Option<Instant>,
    /// Since when somebody times work on it.
    pub timer_since: Option<Instant>,
    /// Who.
    pub timer_member: Option<MemberId>,
    /// The Sprint to which it belongs now; none until one takes it.
    pub sprint: Option<SprintId>,
}

impl InterruptPresent {
    /// Folds facts, in any order, to what is so after them.
    pub fn fold<'f>(facts: impl IntoIterator<Item = &'f Dated<InterruptFact>>) -> InterruptPresent {
        let mut sorted: Vec<&Dated<InterruptFact>> = facts.into_iter().collect();
        sorted.sort_by_key(|dated| dated.order());
        let mut present = InterruptPresent::default();
        for dated in sorted {
            present.apply(&dated.fact, dated.happened_at);
        }
        present
    }

    /// What is so after one more fact; facts come in order.
    pub fn apply(&mut self, fact: &InterruptFact, at: Instant) {
        match fact {
            InterruptFact::Reported => self.reported_at = Some(at),
            InterruptFact::SeveritySet(severity) => self.severity = *severity,
            InterruptFact::LaneSet(lane) => self.lane = *lane,
            InterruptFact::Assigned(owner) => self.owner = *owner,
            InterruptFact::Estimated(estimate) => self.estimate = *estimate,
            InterruptFact::TimerStarted(member) => {
                (self.timer_since, self.timer_member) = (Some(at), *member);
            }
            InterruptFact::TimerStopped => (self.timer_since, self.timer_member) = (None, None),
            InterruptFact::Ended => {
                self.ended_at = Some(at);
                (self.timer_since, self.timer_member) = (None, None);
            }
            InterruptFact::Reopened => self.ended_at = None,
            InterruptFact::Taken(sprint) => self.sprint = Some(*sprint),
        }
    }
}

/// An interrupt: its identity, its words, and what is so for it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interrupt {
    /// Its identity.
    pub id: InterruptId,
    /// The label for people: I-12.
    pub label: String,
    /// Its title, plain text.
    pub title: String,
    /// What is so now.
    pub present: InterruptPresent,
}

/// Hours of work on an interrupt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterruptHours {
    /// Their identity.
    pub id: RowId,
    /// The interrupt.
    pub interrupt: InterruptId,
    /// Who worked, where it is known.
    pub member: Option<MemberId>,
    /// The day.
    pub day: Day,
    /// How long.
    pub minutes: Minutes,
    /// The Sprint on which they drew; none where the interrupt was in no Sprint then.
    pub sprint: Option<SprintId>,
    /// When they were written down.
    pub recorded_at: Instant,
}

/// How an item belongs to an interrupt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Relation {
    /// The interrupt became this item: the work is planned there (4.1).
    Became,
    /// This item, a debt, caused it (7.1).
    CausedBy,
}
words!(Relation { Became = "became", CausedBy = "causedBy" });

/// A link between an interrupt and an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InterruptLink {
    /// Its identity.
    pub id: RowId,
    /// The interrupt.
    pub interrupt: InterruptId,
    /// The item.
    pub item: ItemId,
    /// How they belong together.
    pub relation: Relation,
}

/// What a team decides about an overflow (4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OverflowChoice {
    /// Named items leave the Sprint for the interrupts.
    SwapOut,
    /// Named items will not be done by its end.
    AcceptSlip,
    /// Named items are left out: the Sprint promises less.
    ReduceScope,
    /// The Sprint ends now; only the Product Owner decides so.
    CancelSprint,
}
words!(OverflowChoice {
    SwapOut = "swapOut",
    AcceptSlip = "acceptSlip",
    ReduceScope = "reduceScope",
    CancelSprint = "cancelSprint",
});

impl OverflowChoice {
    /// Whether it names items.
    pub fn names_items(self) -> bool {
        self != OverflowChoice::CancelSprint
    }
}

/// The longest time that can be written down for one day.
pub const A_DAY: Minutes = Minutes::hours(24);

/// Reads how long something took on a day, as people write it: `1.5`, `1,5`, `1:30`, `1.5 h`, `90 min`, `1 h 30`.
pub fn parse_hours(text: &str) -> Result<Minutes, HoursRefused> {
    let read = parse_time(text)?;
    if read > A_DAY { Err(HoursRefused::MoreThanADay { minutes: read }) } else { Ok(read) }
}

/// Reads how long something took in all, which may be more than a day has; written as for [`parse_hours`].
pub fn parse_time(text: &str) -> Result<Minutes, HoursRefused> {
    let unreadable = || HoursRefused::Unreadable { text: text.trim().to_owned() };
    let lower = text.trim().to_lowercase().replace(',', ".");
    let whole = |text: &str| text.trim().parse::<i64>().ok().filter(|number| *number >= 0);
    let hours = |text: &str| -> Option<Minutes> {
        let hours: f64 = text.trim().parse().ok()?;
        let shape = text.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        (shape && hours.is_finite()).then(|| Minutes::new((hours * 60.0).round() as i64))
    };
    let together = |hours: &str, minutes: &str| -> Option<Minutes> {
        let minutes = whole(minutes).filter(|minutes| *minutes < 60)?;
        Some(Minutes::new(whole(hours)?.checked_mul(60)?.checked_add(minutes)?))
    };
    let minutes_of = |text: &str| {
        text.trim_end_matches("inutes").trim_end_matches("in").strip_suffix('m').map(str::to_owned)
    };
    let read = if let Some((first, rest)) = lower.split_once(':') {
        together(first, rest)
    } else if let Some((first, rest)) = lower.split_once('h') {
        let rest = rest.trim_start_matches("ours").trim_start_matches("our").trim();
        match minutes_of(rest).unwrap_or_else(|| rest.to_owned()).trim() {
            "" => hours(first),
            rest => together(first, rest),
        }
    } else if let Some(minutes) = minutes_of(&lower) {
        whole(&minutes).map(Minutes::new)
    } else {
        hours(&lower)
    };
    let read = read.ok_or_else(unreadable)?;
    if read <= Minutes::ZERO { Err(HoursRefused::Nothing) } else { Ok(read) }
}

/// Why a text is no working time of a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursRefused {
    /// The text says no time.
    #[error("“{text}” is no time")]
    Unreadable {
        /// What was written.
        text: String,
    },
    /// No time at all.
    #[error("it took some time")]
    Nothing,
    /// More than a day has.
    #[error("{minutes} is more than a day has")]
    MoreThanADay {
        /// The time.
        minutes: Minutes,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Identities;
    use proptest::prelude::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        let read =
            |text: &str| parse_hours(text).map(Minutes::in_minutes).map_err(|refused| refused.to_string());
        for (text, minutes) in [
            ("1.5", 90),
            ("1,5", 90),
            (" 2 ", 120),
            ("1:30", 90),
            ("0:05", 5),
            ("1.5 h", 90),
            ("90 min", 90),
            ("90m", 90),
            ("15 minutes", 15),
            ("1 h 30", 90),
            ("1h30m", 90),
            ("2 hours", 120),
            (".25", 15),
            ("24", 1440),
        ] {
            assert_eq!(read(text), Ok(minutes), "{text}");
        }
        for text in ["", "x", "-1", "1:75", "1e3", "nan", "inf", "1 h x", "m"] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(read("0"), Err("it took some time".into()));
        assert_eq!(read("25"), Err("25 h is more than a day has".into()));
        assert_eq!(parse_time("30:30"), Ok(Minutes::new(1830)), "several people, or several days");
    }

    fn fact(n: u8, identities: &mut Identities) -> InterruptFact {
        match n % 10 {
            0 => InterruptFact::Reported,
            1 => InterruptFact::SeveritySet(IncidentSeverity::ALL[usize::from(n / 10) % 5]),
            2 => InterruptFact::LaneSet((n > 100).then(|| identities.fresh())),
            3 => InterruptFact::Assigned((n > 100).then(|| identities.fresh())),
            4 => InterruptFact::Estimated((n > 100).then(|| Minutes::new(n.into()))),
            5 => InterruptFact::TimerStarted(Some(identities.fresh())),
            6 => InterruptFact::TimerStopped,
            7 => InterruptFact::Ended,
            8 => InterruptFact::Reopened,
            _ => InterruptFact::Taken(identities.fresh()),
        }
    }

    proptest! {
        #[test]
        fn the_fold_does_not_depend_on_the_order_in_which_facts_arrive(
            told in prop::collection::vec((0..20_i64, any::<u8>()), 0..20), turn in 0..20_usize
        ) {
            let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
            let dated = |(n, (at, kind)): (usize, &(i64, u8))| Dated {
                id: identities.fresh(),
                happened_at: Instant::from_millis(*at),
                recorded_at: Instant::from_millis(n as i64),
                operation: 1,
                fact: fact(*kind, &mut identities),
            };
            let facts: Vec<Dated<InterruptFact>> = told.iter().enumerate().map(dated).collect();
            let mut turned = facts.clone();
            turned.rotate_left(if facts.is_empty() { 0 } else { turn % facts.len() });
            prop_assert_eq!(InterruptPresent::fold(&facts), InterruptPresent::fold(&turned));
        }
    }
}
