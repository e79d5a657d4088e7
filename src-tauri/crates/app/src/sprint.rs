//! Sprints: planned, started, worked through, closed.

use crate::contract::{Nothing, commands, queries};

pub mod plan;

commands! {
    /// Changes of Sprints.
    SprintCommand {
        /// Plans a Sprint.
        Plan(plan::PlanSprint) => plan::plan_sprint,
        /// Changes a Sprint's name, goal or days.
        Change(plan::ChangeSprint) => plan::change_sprint,
        /// Takes away a Sprint that was never started.
        Remove(plan::RemoveSprint) => plan::remove_sprint,
    }
}

queries! {
    /// Questions about Sprints.
    SprintQuery / SprintAnswers {
        /// The next Sprint, proposed.
        Proposal(Nothing) -> plan::SprintProposal => plan::proposal,
    }
}
