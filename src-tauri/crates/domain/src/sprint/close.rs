//! Closing a Sprint: what becomes of the unfinished, and whether the goal was met.
//!
//! 1. Every unfinished item gets one decision: next Sprint, Product Backlog, split, or cancel (3.5).
//! 2. A split leaves the original in the closed Sprint, not completed, at full size; the work that is left goes on in
//!    its parts (3.5). The original becomes their parent, so that its own size counts nowhere any more (1.1).
//! 3. Where there is a Sprint Goal, the close says whether it was met, partly, or not, and why (3.5).
//! 4. What is missing is said all at once; what is wrong, such as a decision about a finished item, is said before.

use super::{LedgerItem, Part, ScopeLedger, Sprint, Standing};
use crate::calendar::Instant;
use crate::identity::{ItemId, SprintId};
use crate::measures::Size;
use crate::words;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use ts_rs::TS;

/// What a team decides when it closes a Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closing {
    /// One decision for each unfinished item.
    pub decisions: Vec<(ItemId, Decision)>,
    /// Whether the Sprint Goal was met; none only where there is no goal.
    pub goal: Option<Goal>,
}

/// What becomes of an unfinished item; `Z` is a size, or a size as people write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Decision<Z = Size> {
    /// It is selected into a planned Sprint.
    NextSprint {
        /// That Sprint.
        sprint: SprintId,
    },
    /// It goes back to the Product Backlog, at its place.
    ProductBacklog,
    /// It is split: its parts go on, it stays behind.
    Split {
        /// The parts, at least one.
        parts: Vec<SplitPart<Z>>,
    },
    /// It will not be done.
    Cancel,
}

/// A part of a split item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SplitPart<Z = Size> {
    /// Its title.
    pub title: String,
    /// Its size; none is unsized.
    #[ts(optional = nullable)]
    pub size: Option<Z>,
    /// Where it goes.
    pub to: Destination,
}

/// Where the part of a split item goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Destination {
    /// Into a planned Sprint.
    NextSprint {
        /// That Sprint.
        sprint: SprintId,
    },
    /// To the Product Backlog, just above the original.
    ProductBacklog,
}

/// Whether the Sprint Goal was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum GoalOutcome {
    /// Met.
    Met,
    /// Partly met.
    Partly,
    /// Not met.
    NotMet,
}
words!(GoalOutcome { Met = "met", Partly = "partly", NotMet = "notMet" });

impl GoalOutcome {
    /// Whether the close asks why.
    pub fn needs_reason(self) -> bool {
        self != GoalOutcome::Met
    }
}

/// The outcome of the Sprint Goal with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// Whether it was met.
    pub outcome: GoalOutcome,
    /// Why; may be empty where it was met.
    pub why: String,
}

/// Why a Sprint cannot be closed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseRefused {
    /// It is not the running Sprint.
    #[error("{name} is not running")]
    NotRunning {
        /// Its name.
        name: String,
    },
    /// The close would lie before the start.
    #[error("{name} cannot end before it was started")]
    BeforeStart {
        /// Its name.
        name: String,
    },
    /// A decision about an item that is not unfinished in this Sprint.
    #[error("{item} is not an unfinished item of this Sprint")]
    NotUnfinished {
        /// The item, by its label where it has one here.
        item: String,
    },
    /// Two decisions about one item.
    #[error("{label} has two decisions")]
    DecidedTwice {
        /// The item's label.
        label: String,
    },
    /// An item should go into a Sprint that is not planned.
    #[error("{label} cannot go into a Sprint that is not planned")]
    NotAPlannedSprint {
        /// The item's label.
        label: String,
    },
    /// Something is not said yet.
    #[error("{}", said(missing))]
    Incomplete {
        /// All that is missing, at least one thing.
        missing: Vec<Missing>,
    },
}

/// What a close does not say yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// Nothing is decided about unfinished items.
    #[error("{}", waiting(labels))]
    Decisions {
        /// The labels of the items.
        labels: Vec<String>,
    },
    /// A split without parts.
    #[error("{label} is split into nothing")]
    Parts {
        /// The item's label.
        label: String,
    },
    /// A part without a title.
    #[error("a part of {label} has no title")]
    Title {
        /// The item's label.
        label: String,
    },
    /// The goal's outcome is not said.
    #[error("nothing is said about the Sprint Goal")]
    Outcome,
    /// The goal was missed, and nothing says why.
    #[error("nothing says why the Sprint Goal was not met")]
    Reason,
}

impl Closing {
    /// Whether a Sprint can be closed so, with its ledger up to the close and the Sprints that are planned.
    pub fn check(
        &self,
        sprint: &Sprint,
        ledger: &ScopeLedger<'_>,
        planned: &[SprintId],
        now: Instant,
    ) -> Result<(), CloseRefused> {
        let name = || sprint.name.clone();
        let Some(started_at) = sprint.started_at.filter(|_| sprint.is_running()) else {
            return Err(CloseRefused::NotRunning { name: name() });
        };
        if now < started_at {
            return Err(CloseRefused::BeforeStart { name: name() });
        }
        let mut decided = HashSet::new();
        for (item, decision) in &self.decisions {
            let known = ledger.items.iter().find(|known| known.id == *item);
            let label = || known.map_or_else(|| item.to_string(), |known| known.label.clone());
            if known.is_none_or(|known| known.standing != Standing::Open) {
                return Err(CloseRefused::NotUnfinished { item: label() });
            }
            if !decided.insert(*item) {
                return Err(CloseRefused::DecidedTwice { label: label() });
            }
            if !decision.places().all(|sprint| planned.contains(sprint)) {
                return Err(CloseRefused::NotAPlannedSprint { label: label() });
            }
        }
        let missing = self.missing(sprint, ledger);
        if missing.is_empty() { Ok(()) } else { Err(CloseRefused::Incomplete { missing }) }
    }

    /// All that is not said yet, in the order in which it is asked.
    fn missing(&self, sprint: &Sprint, ledger: &ScopeLedger<'_>) -> Vec<Missing> {
        let mut missing = Vec::new();
        match &self.goal {
            None if !sprint.goal.trim().is_empty() => missing.push(Missing::Outcome),
            Some(goal) if goal.outcome.needs_reason() && goal.why.trim().is_empty() => {
                missing.push(Missing::Reason);
            }
            _ => {}
        }
        let undecided = unfinished(ledger).filter(|item| self.about(item.id).is_none());
        let labels: Vec<String> = undecided.map(|item| item.label.clone()).collect();
        if !labels.is_empty() {
            missing.push(Missing::Decisions { labels });
        }
        for item in unfinished(ledger) {
            let Some(Decision::Split { parts }) = self.about(item.id) else { continue };
            let label = || item.label.clone();
            if parts.is_empty() {
                missing.push(Missing::Parts { label: label() });
            } else if parts.iter().any(|part| part.title.trim().is_empty()) {
                missing.push(Missing::Title { label: label() });
            }
        }
        missing
    }

    /// What was decided about an item.
    pub fn about(&self, item: ItemId) -> Option<&Decision> {
        self.decisions.iter().find(|(decided, _)| *decided == item).map(|(_, decision)| decision)
    }
}

impl<Z> Decision<Z> {
    /// The same decision with each size read. Refused where one cannot be read.
    pub fn read<E>(self, size: impl Fn(Option<Z>) -> Result<Option<Size>, E>) -> Result<Decision, E> {
        Ok(match self {
            Decision::NextSprint { sprint } => Decision::NextSprint { sprint },
            Decision::ProductBacklog => Decision::ProductBacklog,
            Decision::Cancel => Decision::Cancel,
            Decision::Split { parts } => {
                let part = |part: SplitPart<Z>| {
                    Ok(SplitPart { title: part.title, size: size(part.size)?, to: part.to })
                };
                Decision::Split { parts: parts.into_iter().map(part).collect::<Result<_, E>>()? }
            }
        })
    }
}

impl Decision {
    /// The Sprints into which it puts something.
    fn places(&self) -> impl Iterator<Item = &SprintId> {
        let (own, parts): (_, &[SplitPart]) = match self {
            Decision::NextSprint { sprint } => (Some(sprint), &[]),
            Decision::Split { parts } => (None, parts),
            Decision::ProductBacklog | Decision::Cancel => (None, &[]),
        };
        let of_parts = parts.iter().filter_map(|part| match &part.to {
            Destination::NextSprint { sprint } => Some(sprint),
            Destination::ProductBacklog => None,
        });
        own.into_iter().chain(of_parts)
    }
}

fn said(missing: &[Missing]) -> String {
    missing.iter().map(Missing::to_string).collect::<Vec<_>>().join("; ")
}

fn waiting(labels: &[String]) -> String {
    match labels {
        [label] => format!("{label} is not finished and waits for a decision"),
        labels => format!("{} unfinished items wait for a decision: {}", labels.len(), labels.join(", ")),
    }
}

/// The items about which a close decides: in the scope, planned or of the buffer, and not done.
pub(super) fn unfinished<'l>(ledger: &'l ScopeLedger<'_>) -> impl Iterator<Item = &'l LedgerItem> {
    ledger.standing(Part::Planned, Standing::Open).chain(ledger.standing(Part::Buffer, Standing::Open))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sprint::story::Story;

    fn refusal(story: &Story, closing: &Closing) -> String {
        let commitment = story.commitment();
        let refused =
            closing.check(&story.sprint, &story.ledger(commitment), &[story.next_sprint], story.now);
        refused.map_or_else(|refusal| refusal.to_string(), |()| "closes".into())
    }

    fn closing(story: &Story, decisions: Vec<(&str, Decision)>, goal: Option<Goal>) -> Closing {
        let decisions = decisions.into_iter().map(|(item, decision)| (story.id(item), decision)).collect();
        Closing { decisions, goal }
    }

    fn met() -> Option<Goal> {
        Some(Goal { outcome: GoalOutcome::Met, why: String::new() })
    }

    #[test]
    fn rule_3_5_closing_asks_for_every_unfinished_item() {
        let story = Story::tell(
            "mon 09:00 select a8 b5 c3 d1 | start | wed done a | thu cancel c | fri add e2 interrupt | now",
        );
        let check = |decisions, expected: &str| {
            assert_eq!(refusal(&story, &closing(&story, decisions, met())), expected);
        };
        let next = Decision::NextSprint { sprint: story.next_sprint };
        let backlog = Decision::ProductBacklog;
        check(vec![], "3 unfinished items wait for a decision: b, d, e");
        check(vec![("b", next.clone())], "2 unfinished items wait for a decision: d, e");
        check(vec![("b", next.clone()), ("d", backlog.clone()), ("e", Decision::Cancel)], "closes");
        check(vec![("a", backlog.clone())], "a is not an unfinished item of this Sprint");
        check(vec![("c", backlog.clone())], "c is not an unfinished item of this Sprint");
        check(vec![("b", backlog.clone()), ("b", next)], "b has two decisions");
        let elsewhere = Decision::NextSprint { sprint: story.sprint.id };
        check(vec![("b", elsewhere)], "b cannot go into a Sprint that is not planned");
        let part = |title: &str, to| SplitPart { title: title.into(), size: Some(Size::points(2)), to };
        let split = |parts| Decision::Split { parts };
        check(
            vec![("b", split(vec![])), ("d", backlog.clone())],
            "e is not finished and waits for a decision; b is split into nothing",
        );
        check(
            vec![
                ("b", split(vec![part(" ", Destination::ProductBacklog)])),
                ("d", backlog.clone()),
                ("e", backlog.clone()),
            ],
            "a part of b has no title",
        );
        check(
            vec![("b", split(vec![part("rest", Destination::NextSprint { sprint: story.sprint.id })]))],
            "b cannot go into a Sprint that is not planned",
        );
        check(
            vec![
                ("b", split(vec![part("rest", Destination::NextSprint { sprint: story.next_sprint })])),
                ("d", backlog.clone()),
                ("e", backlog),
            ],
            "closes",
        );
    }

    #[test]
    fn rule_3_5_closing_asks_whether_the_goal_was_met_and_why_not() {
        let story = Story::tell("mon 09:00 select a8 | start | tue done a | now");
        let check = |goal, expected: &str| {
            assert_eq!(refusal(&story, &closing(&story, vec![], goal)), expected);
        };
        let goal = |outcome, why: &str| Some(Goal { outcome, why: why.into() });
        check(None, "nothing is said about the Sprint Goal");
        check(goal(GoalOutcome::Partly, " "), "nothing says why the Sprint Goal was not met");
        check(goal(GoalOutcome::NotMet, "the bank was late"), "closes");
        check(met(), "closes");
        let mut without = story.clone();
        without.sprint.goal = String::new();
        assert_eq!(refusal(&without, &Closing::default()), "closes");
    }

    #[test]
    fn rule_3_5_all_that_is_missing_is_said_at_once() {
        let story = Story::tell("mon 09:00 select a8 b5 | start | now");
        let check = |decisions, goal, expected: &str| {
            assert_eq!(refusal(&story, &closing(&story, decisions, goal)), expected);
        };
        let silent = Some(Goal { outcome: GoalOutcome::Partly, why: String::new() });
        check(
            vec![],
            None,
            "nothing is said about the Sprint Goal; 2 unfinished items wait for a decision: a, b",
        );
        check(
            vec![("a", Decision::Split { parts: vec![] })],
            silent,
            "nothing says why the Sprint Goal was not met; b is not finished and waits for a decision; \
             a is split into nothing",
        );
    }

    #[test]
    fn rule_3_1_only_the_running_sprint_is_closed_and_not_before_its_start() {
        let story = Story::tell("mon 09:00 select a8 | start | tue done a | now");
        let closing = closing(&story, vec![], met());
        let with = |change: fn(&mut Story)| {
            let mut story = story.clone();
            change(&mut story);
            refusal(&story, &closing)
        };
        assert_eq!(with(|story| story.sprint.started_at = None), "Sprint 42 is not running");
        assert_eq!(with(|story| story.sprint.closed_at = Some(story.now)), "Sprint 42 is not running");
        assert_eq!(
            with(|story| story.now = story.sprint.started_at.unwrap().plus_millis(-1)),
            "Sprint 42 cannot end before it was started"
        );
    }
}
