//! The Daily Scrum: how the live product is, what is new since the last one, what stands in the way, who takes what.
//!
//! 1. It is one view of what other areas know: each figure is asked of its area, and none is computed a second time.
//! 2. Nothing needs a Daily Scrum to be begun: the view is there all day; what is said begins one by itself.
//! 3. What is said is kept with its Daily Scrum: a note or a decision, of somebody, of an item, or of all.
//! 4. The same view is told as Markdown, for those who were not there.

use crate::contract::{Nothing, commands, queries};

pub mod board;
pub mod change;
pub mod markdown;
pub mod news;
pub mod past;

commands! {
    /// Changes of Daily Scrums.
    DailyCommand {
        /// Begins the Daily Scrum of today.
        Begin(Nothing) => change::begin,
        /// Ends the one that goes on.
        End(Nothing) => change::end,
        /// Keeps a note or a decision.
        Note(change::KeepNote) => change::note,
        /// Corrects what was kept.
        Correct(change::CorrectNote) => change::correct,
        /// Takes away what was kept by mistake.
        RemoveNote(change::RemoveNote) => change::remove_note,
        /// Says after how many working days a blocker asks for more than the Daily Scrum.
        SetBlockerLimit(change::SetBlockerLimit) => change::set_blocker_limit,
    }
}

queries! {
    /// Questions about Daily Scrums.
    DailyQuery / DailyAnswers {
        /// All that a Daily Scrum looks at.
        Board(Nothing) -> board::DailyBoard => board::board,
        /// The same as Markdown.
        Markdown(Nothing) -> markdown::DailyMarkdown => markdown::markdown,
        /// What was said in the latest Daily Scrums.
        Past(past::PastQuestion) -> past::PastDailies => past::past,
    }
}
