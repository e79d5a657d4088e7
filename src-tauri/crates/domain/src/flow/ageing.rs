//! Work in progress and its age, against the times that finished items took (5.5).
//!
//! 1. In progress is what is in a state that means so at the moment; its age = from the beginning of work on it to that
//!    day, as the difference of local dates, as cycle times are measured.
//! 2. The percentiles are those of the cycle times of the window before.
//! 3. Items stand in the column of their state, the oldest first.

use super::passage::{FlowItem, Passage, TimePercentile, days_between};
use super::{Finished, FlowWindow};
use crate::backlog::Category;
use crate::calendar::Day;
use crate::identity::{ItemId, StateId};
use crate::team::Workflow;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// The work in progress with its age, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ageing {
    /// The day of the ages.
    pub day: Day,
    /// The states that mean *in progress*, in the team's order.
    pub columns: Vec<AgeingColumn>,
    /// The percentiles of the cycle times before; none where too few items were finished.
    pub percentiles: Vec<TimePercentile>,
    /// How many cycle times these are of.
    pub measured: u32,
    /// The first day of the window of these.
    pub since: Day,
}

/// A state with the items in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgeingColumn {
    /// The state.
    pub state: StateId,
    /// Its name.
    pub name: String,
    /// Its items, the oldest first.
    pub items: Vec<AgeingItem>,
}

/// An item in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgeingItem {
    /// The item.
    pub item: FlowItem,
    /// The day on which work on it began.
    pub begun: Day,
    /// Its age in days.
    pub days: u32,
    /// For how many days it has been in its state.
    pub days_in_state: u32,
}

impl Ageing {
    /// The work in progress at the end of a window, held against what was finished within it.
    ///
    /// The passages are of all items that may be in progress then.
    pub fn new(
        window: &FlowWindow,
        workflow: &Workflow,
        in_work: &[Passage],
        items: &HashMap<ItemId, FlowItem>,
        finished: &[Finished],
    ) -> Ageing {
        let (until, day) = (window.until(), window.last());
        let day_of = |at| window.zone().day_of(at);
        let states = workflow.all().iter().filter(|state| state.category == Category::InProgress);
        let column = |state: &crate::team::State| {
            let aged = |passage: &Passage| {
                passage.state_at(until).filter(|now| *now == state.id)?;
                let begun = day_of(passage.begun(workflow, until)?);
                Some(AgeingItem {
                    item: items.get(&passage.item)?.clone(),
                    begun,
                    days: days_between(begun, day),
                    days_in_state: days_between(day_of(passage.in_state_since(until)?), day),
                })
            };
            let mut aged: Vec<AgeingItem> = in_work.iter().filter_map(aged).collect();
            aged.sort_by_key(|one| (one.begun, one.item.id));
            AgeingColumn { state: state.id, name: state.name.clone(), items: aged }
        };
        let times: Vec<u32> = finished.iter().filter_map(|finished| finished.cycle_days(window)).collect();
        Ageing {
            day,
            columns: states.map(column).collect(),
            measured: u32::try_from(times.len()).unwrap_or(u32::MAX),
            percentiles: TimePercentile::of(times),
            since: window.first(),
        }
    }

    /// All items in progress, the oldest first.
    pub fn items(&self) -> Vec<&AgeingItem> {
        let mut all: Vec<&AgeingItem> = self.columns.iter().flat_map(|column| &column.items).collect();
        all.sort_by_key(|one| (one.begun, one.item.id));
        all
    }

    /// A percentile, where there are any.
    pub fn percentile(&self, percent: u32) -> Option<u32> {
        self.percentiles.iter().find(|known| known.percent == percent).map(|known| known.days)
    }
}

#[cfg(test)]
mod tests {
    use super::super::passage::story::Ways;
    use super::*;

    fn told(text: &str, now: &str) -> String {
        let ways = Ways::tell(text);
        let window = ways.window("mon0", now);
        let finished = Finished::within(&window, &ways.passages, &ways.workflow);
        let ageing = Ageing::new(&window, &ways.workflow, &ways.passages, &ways.items, &finished);
        let column = |column: &AgeingColumn| {
            let item = |one: &AgeingItem| format!(" {} {}/{}", one.item.label, one.days, one.days_in_state);
            format!("{}:{}", column.name, column.items.iter().map(item).collect::<String>())
        };
        let columns: Vec<String> = ageing.columns.iter().map(column).collect();
        let percentiles: String = ageing.percentiles.iter().map(|known| format!(" {}", known.days)).collect();
        format!("{} of {}{percentiles}", columns.join(", "), ageing.measured)
    }

    #[test]
    fn rule_5_5_the_age_of_an_item_counts_from_its_first_in_progress() {
        assert_eq!(
            told(
                "a mon doing
                 b tue doing | wed review
                 c mon todo | fri 09:00 doing
                 d mon doing | tue todo | thu doing
                 e mon doing | tue todo
                 f mon doing | tue done
                 g mon doing | tue off",
                "fri",
            ),
            "doing: a 4/4 d 4/1 c 0/0, review: b 3/2 of 1"
        );
    }

    #[test]
    fn ages_are_held_against_the_cycle_times_of_the_window() {
        let done = "f1 mon doing | tue done
                    f2 mon doing | wed done
                    f3 mon doing | thu done
                    f4 mon doing | thu done
                    f5 mon doing | fri done";
        assert_eq!(told(done, "fri 18:00"), "doing:, review: of 5 3 3 4 4");
    }

    #[test]
    fn what_was_in_progress_at_a_moment_of_the_past() {
        let text = "a mon doing | wed done\nb wed doing";
        assert_eq!(told(text, "tue"), "doing: a 1/1, review: of 0");
    }
}
