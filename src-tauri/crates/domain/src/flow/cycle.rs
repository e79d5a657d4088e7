//! Cycle times as a cloud of dots, one for each finished item (5.5).
//!
//! 1. A dot stands at the moment of its item's finish and the height of its cycle time.
//! 2. Percentiles are of the items of the window, by nearest rank; five are needed.
//! 3. What was never in progress has no dot; it is counted beside.

use super::passage::{FlowItem, TimePercentile, WorkingDays};
use super::{Finished, FlowWindow};
use crate::calendar::{Day, WorkCalendar};
use crate::identity::ItemId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// The cycle times of the items that were finished within a window, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CycleTimes {
    /// The days, in order.
    pub days: Vec<Day>,
    /// Where the picture ends: now, or the end of the last day.
    pub end: f64,
    /// The items, in the order of their finish.
    pub dots: Vec<CycleDot>,
    /// The percentiles; none where too few items are finished.
    pub percentiles: Vec<TimePercentile>,
    /// How many items were finished without having been in progress.
    pub never_begun: u32,
}

/// A finished item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CycleDot {
    /// The item.
    pub item: FlowItem,
    /// Where it was finished: days since the start of the first day.
    pub x: f64,
    /// The day on which work on it began.
    pub begun: Day,
    /// The day on which it was finished.
    pub done: Day,
    /// Its cycle time in days.
    pub days: u32,
    /// Its weekday-based lead time in working days.
    pub lead_days: u32,
}

impl CycleTimes {
    /// The cycle times of items that were finished within a window, in the order of their finish.
    pub fn new(
        window: &FlowWindow,
        finished: &[Finished],
        items: &HashMap<ItemId, FlowItem>,
        calendar: &WorkCalendar,
    ) -> CycleTimes {
        let day = |at| window.zone().day_of(at);
        let working = WorkingDays::of(calendar, finished);
        let dot = |finished: &Finished| {
            Some(CycleDot {
                item: items.get(&finished.item)?.clone(),
                x: window.x(finished.done),
                begun: day(finished.begun?),
                done: day(finished.done),
                days: finished.cycle_days(window)?,
                lead_days: finished.lead_days(&working),
            })
        };
        let dots: Vec<CycleDot> = finished.iter().filter_map(dot).collect();
        let never_begun = finished.iter().filter(|finished| finished.begun.is_none()).count();
        CycleTimes {
            days: window.days(),
            end: window.end(),
            percentiles: TimePercentile::of(dots.iter().map(|dot| dot.days)),
            dots,
            never_begun: u32::try_from(never_begun).unwrap_or(u32::MAX),
        }
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

    #[test]
    fn rule_5_5_each_finished_item_is_a_dot_and_what_was_never_begun_is_counted_beside() {
        let ways = Ways::tell(
            "a mon doing | tue done
             b mon doing | wed done
             c mon doing | thu done
             d mon doing | fri done
             e mon doing | sat done
             f mon todo | tue done
             g mon doing",
        );
        let window = ways.window("mon", "sun 18:00");
        let finished = Finished::within(&window, &ways.passages, &ways.workflow);
        let cycle = CycleTimes::new(&window, &finished, &ways.items, &ways.calendar);
        let dots: Vec<String> =
            cycle.dots.iter().map(|dot| format!("{} {} at {}", dot.item.label, dot.days, dot.x)).collect();
        assert_eq!(dots.join(", "), "a 1 at 1.5, b 2 at 2.5, c 3 at 3.5, d 4 at 4.5, e 5 at 5.5");
        assert_eq!(cycle.never_begun, 1);
        assert_eq!(
            [50, 70, 85, 95].map(|percent| cycle.percentile(percent)),
            [Some(3), Some(4), Some(5), Some(5)]
        );
    }
}
