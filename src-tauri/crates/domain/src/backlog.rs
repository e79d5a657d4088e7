//! Product Backlog items.
//!
//! 1. Every item has exactly one work kind, or is *unsorted* after an import (1.1).
//! 2. A state belongs to the team, its category to the rules (1.5).
//! 3. An item's present is the fold of its facts: each says what was so from then on, never a difference.
//! 4. Facts are folded by when they happened, then when they were recorded, then their identity; so a late one is
//!    sorted into the past.

use crate::calendar::Instant;
use crate::identity::{ItemId, LaneId, MemberId, RowId, SprintId, StateId};
use crate::measures::Size;
use crate::words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod dependency;
mod duplicates;
mod filter;
mod order;
mod rank;
mod ready;
mod split;

pub use dependency::{Arrows, Stand, Wait};
pub use duplicates::{Likeness, NEAR, Near, Titles, likeness};
pub use filter::{BacklogFilter, Fit, SortView, Whereabouts};
pub use order::{Gap, MoveRefused, OrderPlace};
pub use rank::Rank;
pub use ready::{Readiness, unready};
pub use split::{NewPart, SplitPlace, SplitRefused, check_split};

/// What sort of work an item is (1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum WorkKind {
    /// New or changed behaviour for users.
    Feature,
    /// A defect; it has a severity.
    Bug,
    /// Technical debt.
    Debt,
    /// Infrastructure, an SRE task.
    Infrastructure,
}
words!(WorkKind { Feature = "feature", Bug = "bug", Debt = "debt", Infrastructure = "infrastructure" });

/// How bad a bug is (1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Comes before everything that is not critical, while the policy is on.
    Critical,
    /// Hurts, with a way round.
    High,
    /// A blemish.
    Low,
}
words!(Severity { Critical = "critical", High = "high", Low = "low" });

/// What a state of the team means to the rules (1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Category {
    /// Not begun.
    ToDo,
    /// Begun.
    InProgress,
    /// Meets the Definition of Done.
    Done,
    /// Will not be done: an end of its own, never completed (3.3).
    Cancelled,
}
words!(Category { ToDo = "toDo", InProgress = "inProgress", Done = "done", Cancelled = "cancelled" });

impl Category {
    /// Whether work on an item in such a state has ended, well or not.
    pub fn is_end(self) -> bool {
        matches!(self, Category::Done | Category::Cancelled)
    }
}

/// Why an item came into a Sprint after its start (3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// Unplanned work that draws on the buffer.
    Interrupt,
    /// Taken from the Product Backlog because there was room.
    PulledIn,
    /// More than was agreed.
    ScopeCreep,
    /// Found to belong to work already selected.
    Discovered,
    /// Finished before this Sprint and opened again.
    Reopened,
}
words!(Origin {
    Interrupt = "interrupt",
    PulledIn = "pulledIn",
    ScopeCreep = "scopeCreep",
    Discovered = "discovered",
    Reopened = "reopened",
});

/// How an item belongs to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Relation {
    /// It was split from the other.
    SplitFrom,
    /// The other was split from it.
    SplitInto,
    /// It was a duplicate of the other, which goes on for both.
    MergedInto,
    /// The other was a duplicate of it.
    TookIn,
    /// It is a part of the other.
    PartOf,
    /// It needs the other.
    Needs,
    /// The other needs it.
    NeededBy,
    /// It is other work than the other, however alike their titles are.
    NotTheSame,
}
words!(Relation {
    SplitFrom = "splitFrom",
    SplitInto = "splitInto",
    MergedInto = "mergedInto",
    TookIn = "tookIn",
    PartOf = "partOf",
    Needs = "needs",
    NeededBy = "neededBy",
    NotTheSame = "notTheSame",
});

/// What became so for an item at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemFact {
    /// It came to be, in a state.
    Created {
        /// The state in which it began.
        state: StateId,
    },
    /// It is work of a kind from now on, or unsorted.
    KindSet(Option<WorkKind>),
    /// It is as bad as that, or no longer said to be bad.
    SeveritySet(Option<Severity>),
    /// It has that size, or none.
    Sized(Option<Size>),
    /// It moved to a state.
    Moved {
        /// The new state.
        state: StateId,
    },
    /// It belongs to a member, or to nobody.
    Assigned(Option<MemberId>),
    /// It cannot go on, for a reason in words.
    Blocked {
        /// What stands in its way.
        reason: String,
    },
    /// It can go on again.
    Unblocked,
    /// It was selected into a Sprint.
    Selected {
        /// The Sprint.
        sprint: SprintId,
        /// The lane whose capacity it draws on (1.2).
        lane: Option<LaneId>,
        /// Why, when the Sprint had already started.
        origin: Option<Origin>,
    },
    /// It was taken out of a Sprint, back to the Product Backlog.
    Returned {
        /// The Sprint that it left.
        sprint: SprintId,
    },
    /// A Sprint closed without it being done.
    Carried {
        /// The closed Sprint.
        sprint: SprintId,
    },
    /// It meets the Definition of Ready.
    Readied,
    /// It does not meet the Definition of Ready, for a reason in words.
    HeldBack {
        /// What it lacks.
        reason: String,
    },
    /// It belongs to another item, or no longer does.
    Related {
        /// How.
        how: Relation,
        /// The other item.
        other: ItemId,
        /// Whether it holds from now on.
        holds: bool,
    },
    /// It has a label, or no longer has it.
    Labelled {
        /// The label.
        name: String,
        /// Whether it holds from now on.
        holds: bool,
    },
    /// Something is attached to it, or no longer is.
    Attached {
        /// What, in words.
        title: String,
        /// Whether it holds from now on.
        holds: bool,
    },
}

/// A fact with the moment at which it was so and the moment at which it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<F> {
    /// Its identity.
    pub id: RowId,
    /// When it happened.
    pub happened_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The number of the operation that recorded it.
    pub operation: i64,
    /// What became so.
    pub fact: F,
}

impl<F> Dated<F> {
    /// The key by which facts are folded (rule 4).
    pub fn order(&self) -> (Instant, Instant, RowId) {
        (self.happened_at, self.recorded_at, self.id)
    }
}

/// What is so for an item now, or was at some moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemPresent {
    /// When it was created.
    pub created_at: Option<Instant>,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its severity, for a bug.
    pub severity: Option<Severity>,
    /// Its size; none is unsized, which is not zero (1.4).
    pub size: Option<Size>,
    /// Its state; none only where no fact says it was created.
    pub state: Option<StateId>,
    /// When it last moved to that state.
    pub state_since: Option<Instant>,
    /// Who owns it.
    pub owner: Option<MemberId>,
    /// What stands in its way.
    pub blocked: Option<String>,
    /// The Sprint in which it is selected.
    pub sprint: Option<SprintId>,
    /// The lane of that selection.
    pub lane: Option<LaneId>,
    /// Why it came into the Sprint after the start.
    pub origin: Option<Origin>,
    /// How many Sprints closed without it being done.
    pub carried: u32,
    /// Whether it is ready to be selected, where somebody said so.
    pub readiness: Option<Readiness>,
}

impl ItemPresent {
    /// Folds facts, in any order, to what is so after them.
    pub fn fold<'f>(facts: impl IntoIterator<Item = &'f Dated<ItemFact>>) -> ItemPresent {
        let mut sorted: Vec<&Dated<ItemFact>> = facts.into_iter().collect();
        sorted.sort_by_key(|dated| dated.order());
        let mut present = ItemPresent::default();
        for dated in sorted {
            present.apply(&dated.fact, dated.happened_at);
        }
        present
    }

    /// What is so after one more fact; facts come in order.
    pub fn apply(&mut self, fact: &ItemFact, at: Instant) {
        match fact {
            ItemFact::Created { state } => {
                self.created_at = Some(at);
                self.enter(*state, at);
            }
            ItemFact::KindSet(kind) => self.kind = *kind,
            ItemFact::SeveritySet(severity) => self.severity = *severity,
            ItemFact::Sized(size) => self.size = *size,
            ItemFact::Moved { state } => self.enter(*state, at),
            ItemFact::Assigned(owner) => self.owner = *owner,
            ItemFact::Blocked { reason } => self.blocked = Some(reason.clone()),
            ItemFact::Unblocked => self.blocked = None,
            ItemFact::Selected { sprint, lane, origin } => {
                (self.sprint, self.lane, self.origin) = (Some(*sprint), *lane, *origin);
            }
            ItemFact::Returned { sprint } if self.sprint == Some(*sprint) => {
                (self.sprint, self.lane, self.origin) = (None, None, None);
            }
            ItemFact::Returned { .. } => {}
            ItemFact::Carried { .. } => self.carried += 1,
            ItemFact::Readied => self.readiness = Some(Readiness::Ready),
            ItemFact::HeldBack { reason } => self.readiness = Some(Readiness::NotReady(reason.clone())),
            // Parents, links, labels and attachments are rows of their own; their facts tell when they came.
            ItemFact::Related { .. } | ItemFact::Labelled { .. } | ItemFact::Attached { .. } => {}
        }
    }

    fn enter(&mut self, state: StateId, at: Instant) {
        if self.state != Some(state) {
            (self.state, self.state_since) = (Some(state), Some(at));
        }
    }
}

/// An item as the rules see it: its identity, its words, and what is so for it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its identity.
    pub id: ItemId,
    /// The label for people: T-123.
    pub label: String,
    /// Its title, plain text.
    pub title: String,
    /// Its description, Markdown.
    pub description: String,
    /// Its place in the Product Backlog.
    pub rank: Rank,
    /// The item of which it is a part.
    pub parent: Option<ItemId>,
    /// What is so now.
    pub present: ItemPresent,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Identities;
    use proptest::prelude::*;

    fn facts(happened: &[i64]) -> Vec<Dated<ItemFact>> {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let fact = |n: usize| ItemFact::Sized(Some(Size::points(n as i64)));
        let dated = |(n, at): (usize, &i64)| Dated {
            id: identities.fresh(),
            happened_at: Instant::from_millis(*at),
            recorded_at: Instant::from_millis(n as i64),
            operation: 1,
            fact: fact(n),
        };
        happened.iter().enumerate().map(dated).collect()
    }

    #[test]
    fn a_late_fact_is_sorted_into_the_past() {
        let late = facts(&[10, 30, 20]);
        assert_eq!(ItemPresent::fold(&late).size, Some(Size::points(1)));
    }

    #[test]
    fn a_return_from_another_sprint_changes_nothing() {
        let mut identities = Identities::new(Instant::from_millis(0), 1, 1);
        let (here, there): (SprintId, SprintId) = (identities.fresh(), identities.fresh());
        let mut present = ItemPresent::default();
        let selected = ItemFact::Selected { sprint: here, lane: None, origin: Some(Origin::PulledIn) };
        present.apply(&selected, Instant::from_millis(1));
        present.apply(&ItemFact::Returned { sprint: there }, Instant::from_millis(2));
        assert_eq!(present.sprint, Some(here));
        present.apply(&ItemFact::Returned { sprint: here }, Instant::from_millis(3));
        assert_eq!((present.sprint, present.origin), (None, None));
    }

    proptest! {
        #[test]
        fn the_fold_does_not_depend_on_the_order_in_which_facts_arrive(
            happened in prop::collection::vec(0..20_i64, 0..20), turn in 0..20_usize
        ) {
            let facts = facts(&happened);
            let mut turned = facts.clone();
            turned.rotate_left(if facts.is_empty() { 0 } else { turn % facts.len() });
            prop_assert_eq!(ItemPresent::fold(&facts), ItemPresent::fold(&turned));
        }
    }
}
