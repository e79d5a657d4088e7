//! What a team commits to by starting a Sprint.
//!
//! 1. The commitment is frozen by the start: item, lane, severity and size of every selected item, the working days,
//!    each member's hours, lanes and shares (3.2). Nothing that happens later changes it.
//! 2. The working days run from the later of the start day and the planned first day to the planned last (3.2).
//! 3. An item that is done or cancelled by then is left out and listed as such (3.2); so is one that has parts, which
//!    are the work in its place (1.1).
//! 4. Within the grace a team may commit again; the Sprint still counts from its start, and what was finished since
//!    then stays committed. Both commitments are kept (3.2).

use super::Sprint;
use crate::backlog::{Category, Item, Severity, WorkKind};
use crate::calendar::{Day, Instant, WorkCalendar, Zone};
use crate::capacity::TeamCapacity;
use crate::identity::{ItemId, LaneId};
use crate::measures::{Share, Size};
use crate::team::{Lane, Lanes, LanesRefused, Workflow};
use crate::words;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use ts_rs::TS;

/// What was committed, frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Commitment {
    /// When the Sprint was started.
    pub started_at: Instant,
    /// When this was committed: the start, or later within the grace.
    pub committed_at: Instant,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// The days over which the ideal line falls, in order; empty where none is left.
    pub working_days: Vec<Day>,
    /// The committed items, in the order of the Product Backlog.
    pub items: Vec<CommittedItem>,
    /// What was selected and is no work of this Sprint: it had ended already, or its parts are.
    pub left_out: Vec<LeftOutItem>,
    /// What each member could give on each day, as it was known.
    pub capacity: TeamCapacity,
    /// The lanes with their shares.
    pub lanes: Vec<CommittedLane>,
}

/// An item as it was committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommittedItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title as it was.
    pub title: String,
    /// The lane of its selection; none is unsorted.
    pub lane: Option<LaneId>,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its severity.
    pub severity: Option<Severity>,
    /// Its size; none is unsized.
    pub size: Option<Size>,
}

/// A selected item that the commitment leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LeftOutItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title as it was.
    pub title: String,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// Why.
    pub why: LeftOut,
}

/// Why a commitment leaves out what is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LeftOut {
    /// It was done already.
    Done,
    /// It was cancelled.
    Cancelled,
    /// It is divided into parts, which count in its place.
    HasParts,
}
words!(LeftOut { Done = "done", Cancelled = "cancelled", HasParts = "hasParts" });

impl LeftOut {
    /// How the item had ended, if that is why.
    pub fn ended(self) -> Option<Category> {
        match self {
            LeftOut::Done => Some(Category::Done),
            LeftOut::Cancelled => Some(Category::Cancelled),
            LeftOut::HasParts => None,
        }
    }
}

/// A lane as it was committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommittedLane {
    /// The lane.
    pub lane: LaneId,
    /// Its name as it was.
    pub name: String,
    /// Whether it was kept for unplanned work.
    pub is_buffer: bool,
    /// Its share of this Sprint's capacity.
    pub share: Share,
    /// The kinds of work that went there.
    pub kinds: Vec<WorkKind>,
}

/// How long after the start a team may commit again, in working days: 0, 1 or 2 (3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Grace(u8);

/// A grace above two working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a grace of {days} working days is too long: at most 2")]
pub struct TooLongAGrace {
    /// The days that were asked for.
    pub days: u8,
}

impl Grace {
    /// No grace, as usual.
    pub const NONE: Grace = Grace(0);

    /// A grace of working days, at most 2.
    pub fn of_days(days: u8) -> Result<Grace, TooLongAGrace> {
        if days <= 2 { Ok(Grace(days)) } else { Err(TooLongAGrace { days }) }
    }

    /// Its working days.
    pub const fn days(self) -> u8 {
        self.0
    }
}

/// What a start or a new commitment is decided from.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The items that are selected into the Sprint, in the order of the Product Backlog.
    pub selected: &'a [Item],
    /// Those of them that are divided into parts.
    pub with_parts: &'a HashSet<ItemId>,
    /// The team's states.
    pub workflow: &'a Workflow,
    /// The team's working days.
    pub calendar: &'a WorkCalendar,
    /// The lanes with this Sprint's shares.
    pub lanes: &'a Lanes,
    /// What the members can give in this Sprint.
    pub capacity: &'a TeamCapacity,
}

/// Why a Sprint cannot be started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StartRefused {
    /// It was started before.
    #[error("{name} has already been started")]
    AlreadyStarted {
        /// Its name.
        name: String,
    },
    /// Another one runs (3.1).
    #[error("{active} is still running")]
    AnotherIsActive {
        /// The name of the running one.
        active: String,
    },
    /// Nothing is selected on which work is still to be done.
    #[error("nothing that is still to be done is selected into {name}")]
    NothingSelected {
        /// Its name.
        name: String,
    },
}

/// Why a team cannot commit again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GraceRefused {
    /// The team has agreed on no grace.
    #[error("the team commits once, at the start")]
    NoGrace,
    /// The grace is over.
    #[error("the grace ended with {last}")]
    Over {
        /// Its last day.
        last: Day,
    },
    /// Nothing is selected any more that could be committed.
    #[error("nothing is selected that could be committed")]
    NothingSelected,
}

impl Commitment {
    /// The commitment of a start at an instant, beside the Sprint that runs, if one does.
    pub fn start(
        sprint: &Sprint,
        running: Option<&Sprint>,
        candidate: &Candidate<'_>,
        now: Instant,
    ) -> Result<Commitment, StartRefused> {
        if sprint.started_at.is_some() || sprint.closed_at.is_some() {
            return Err(StartRefused::AlreadyStarted { name: sprint.name.clone() });
        }
        if let Some(active) = running {
            return Err(StartRefused::AnotherIsActive { active: active.name.clone() });
        }
        let commitment = Commitment::draft(sprint, candidate, now);
        if commitment.items.is_empty() {
            return Err(StartRefused::NothingSelected { name: sprint.name.clone() });
        }
        Ok(commitment)
    }

    /// What a start at an instant would commit; refuses nothing, so that it can be shown beforehand.
    pub fn draft(sprint: &Sprint, candidate: &Candidate<'_>, start: Instant) -> Commitment {
        Commitment::frozen(sprint.first_day, sprint.last_day, candidate, start, start)
    }

    /// The commitment that replaces this one within the grace.
    pub fn again(
        &self,
        grace: Grace,
        candidate: &Candidate<'_>,
        now: Instant,
    ) -> Result<Commitment, GraceRefused> {
        let zone = candidate.calendar.zone;
        let last = self.grace_ends(grace, zone).ok_or(GraceRefused::NoGrace)?;
        if zone.day_of(now) > last {
            return Err(GraceRefused::Over { last });
        }
        let again = Commitment::frozen(self.first_day, self.last_day, candidate, self.started_at, now);
        if again.items.is_empty() {
            return Err(GraceRefused::NothingSelected);
        }
        Ok(again)
    }

    /// The last day on which the team may commit again; none where it has agreed on no grace.
    pub fn grace_ends(&self, grace: Grace, zone: Zone) -> Option<Day> {
        let last = self.working_days.iter().take(grace.0.into()).next_back().copied();
        (grace != Grace::NONE).then(|| last.unwrap_or_else(|| zone.day_of(self.started_at)))
    }

    /// The sum of the planned lanes' sizes; unsized items count 0 (1.4), the buffer is not planned (4.1).
    pub fn points(&self) -> Size {
        self.planned().filter_map(|item| item.size).sum()
    }

    /// The committed items of the planned lanes.
    pub fn planned(&self) -> impl Iterator<Item = &CommittedItem> {
        self.items.iter().filter(|item| !self.is_buffer(item.lane))
    }

    /// Whether a lane was the buffer.
    pub fn is_buffer(&self, lane: Option<LaneId>) -> bool {
        self.lane(lane).is_some_and(|lane| lane.is_buffer)
    }

    /// A lane as it was committed.
    pub fn lane(&self, lane: Option<LaneId>) -> Option<&CommittedLane> {
        self.lanes.iter().find(|committed| Some(committed.lane) == lane)
    }

    /// The lanes as they divided the work then. Refused where they divide nothing, in a damaged file.
    pub fn lanes_then(&self) -> Result<Lanes, LanesRefused> {
        let lane = |lane: &CommittedLane| Lane {
            id: lane.lane,
            name: lane.name.clone(),
            kinds: lane.kinds.clone(),
            is_buffer: lane.is_buffer,
            share: lane.share,
        };
        Lanes::new(self.lanes.iter().map(lane).collect())
    }

    /// How many of the committed working days are left on a day, that day included; holidays entered later are none.
    pub fn working_days_left(&self, today: Day, calendar: &WorkCalendar) -> u32 {
        let left = self.working_days.iter().filter(|day| **day >= today && calendar.works_on(**day));
        u32::try_from(left.count()).unwrap_or(u32::MAX)
    }

    /// The last of the committed working days before a day, none on the first; holidays entered later are none.
    pub fn worked_before(&self, today: Day, calendar: &WorkCalendar) -> Option<Day> {
        self.working_days.iter().rfind(|day| **day < today && calendar.works_on(**day)).copied()
    }

    /// The share of the buffer.
    pub fn buffer_share(&self) -> Share {
        self.lanes.iter().filter(|lane| lane.is_buffer).map(|lane| lane.share).sum()
    }

    fn frozen(
        first_day: Day,
        last_day: Day,
        candidate: &Candidate<'_>,
        started_at: Instant,
        committed_at: Instant,
    ) -> Commitment {
        let Candidate { selected, with_parts, workflow, calendar, lanes, capacity } = *candidate;
        let (mut items, mut left_out) = (Vec::new(), Vec::new());
        for item in selected {
            let ended = workflow.category(item.present.state);
            // What was finished after the start is this Sprint's own work, also when the team commits again.
            let since_start = item.present.state_since.is_some_and(|since| since > started_at);
            let why = match ended {
                Category::Cancelled => Some(LeftOut::Cancelled),
                Category::Done if !since_start => Some(LeftOut::Done),
                _ => with_parts.contains(&item.id).then_some(LeftOut::HasParts),
            };
            if let Some(why) = why {
                left_out.push(LeftOutItem {
                    item: item.id,
                    label: item.label.clone(),
                    title: item.title.clone(),
                    size: item.present.size,
                    why,
                });
            } else {
                items.push(CommittedItem {
                    item: item.id,
                    label: item.label.clone(),
                    title: item.title.clone(),
                    lane: item.present.lane,
                    kind: item.present.kind,
                    severity: item.present.severity,
                    size: item.present.size,
                });
            }
        }
        let frozen_lane = |lane: &Lane| CommittedLane {
            lane: lane.id,
            name: lane.name.clone(),
            is_buffer: lane.is_buffer,
            share: lane.share,
            kinds: lane.kinds.clone(),
        };
        Commitment {
            started_at,
            committed_at,
            first_day,
            last_day,
            working_days: calendar.working_days(first_day.max(calendar.zone.day_of(started_at)), last_day),
            items,
            left_out,
            capacity: capacity.clone(),
            lanes: lanes.all().iter().map(frozen_lane).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sprint::story::Story;
    use expect_test::{Expect, expect};

    fn check(story: &str, expected: Expect) {
        let told = Story::tell(story);
        expected.assert_eq(&told.commitment_text());
    }

    #[test]
    fn rule_3_2_starting_freezes_item_lane_severity_and_size() {
        check(
            "mon 09:00 select a8 b5:bug c? d3:unsorted | start",
            expect![[r#"
                started mon 09:00, 10 working days mon–fri2
                a 8 features
                b 5 production
                c unsized features
                d 3 unsorted
                committed 16
            "#]],
        );
    }

    #[test]
    fn rule_3_2_working_days_run_from_the_later_of_start_day_and_first_day() {
        check(
            "wed 10:00 select a8 | start",
            expect![[r#"
                started wed 10:00, 8 working days wed–fri2
                a 8 features
                committed 8
            "#]],
        );
        check(
            "plan wed fri2 | mon 10:00 select a8 | start",
            expect![[r#"
                started mon 10:00, 8 working days wed–fri2
                a 8 features
                committed 8
            "#]],
        );
        check(
            "holiday tue2 | mon 10:00 select a8 | start",
            expect![[r#"
                started mon 10:00, 9 working days mon–fri2
                a 8 features
                committed 8
            "#]],
        );
        check(
            "plan mon fri | sat 10:00 select a8 | start",
            expect![[r#"
                started sat 10:00, no working days
                a 8 features
                committed 8
            "#]],
        );
    }

    #[test]
    fn rule_3_2_what_is_already_done_or_cancelled_is_left_out_and_listed() {
        check(
            "mon 09:00 select a8 b5 c3 | mon 09:30 done a cancel b | mon 10:00 start",
            expect![[r#"
                started mon 10:00, 10 working days mon–fri2
                c 3 features
                left out: a 8 done
                left out: b 5 cancelled
                committed 3
            "#]],
        );
    }

    #[test]
    fn rule_1_1_what_has_parts_is_left_out_by_name_and_its_parts_are_committed() {
        check(
            "mon 09:00 select a8 b5 c3 | mon 09:30 divide a | mon 10:00 start",
            expect![[r#"
                started mon 10:00, 10 working days mon–fri2
                b 5 features
                c 3 features
                left out: a 8 hasParts
                committed 8
            "#]],
        );
    }

    #[test]
    fn rule_3_2_resizing_later_never_changes_the_committed_figure() {
        check(
            "mon 09:00 select a8 | start | tue size a13 | wed size a2",
            expect![[r#"
                started mon 09:00, 10 working days mon–fri2
                a 8 features
                committed 8
            "#]],
        );
    }

    #[test]
    fn rule_4_1_items_of_the_buffer_lane_are_not_in_the_committed_sum() {
        check(
            "mon 09:00 select a8 b5:buffer | start",
            expect![[r#"
                started mon 09:00, 10 working days mon–fri2
                a 8 features
                b 5 buffer
                committed 8
            "#]],
        );
    }

    #[test]
    fn rule_3_2_within_the_grace_a_team_commits_again_and_keeps_what_it_finished_since() {
        check(
            "mon 09:00 select a8 b5 c2 | mon 09:01 done c | mon 09:02 start | mon 15:00 done a add d3 pulledIn size b8 | tue again 2",
            expect![[r#"
                started mon 09:02, 10 working days mon–fri2, committed again tue 12:00
                a 8 features
                b 8 features
                d 3 features
                left out: c 2 done
                committed 19
            "#]],
        );
    }

    #[test]
    fn rule_3_2_the_grace_is_none_unless_agreed_and_at_most_two_working_days() {
        let refused = |story: &str| Story::tell(story).refusal.unwrap_or_default();
        assert_eq!(
            refused("mon 09:00 select a8 | start | mon 10:00 again 0"),
            "the team commits once, at the start"
        );
        assert_eq!(refused("mon 09:00 select a8 | start | wed again 2"), "the grace ended with 2026-12-01");
        assert_eq!(refused("mon 09:00 select a8 | start | tue 23:59 again 2"), "");
        assert_eq!(Grace::of_days(3), Err(TooLongAGrace { days: 3 }));
    }

    #[test]
    fn rule_3_1_one_sprint_runs_and_it_starts_once_with_something_to_do() {
        let told = Story::tell("mon 09:00 select a8 | start");
        let selected = told.present_items();
        let candidate = told.candidate(&selected);
        let started = told.sprint.clone();
        let waiting = Sprint { started_at: None, ..started.clone() };
        let refusal = |sprint: &Sprint, running, candidate: &Candidate<'_>| {
            Commitment::start(sprint, running, candidate, told.now).map_err(|e| e.to_string()).err()
        };
        assert_eq!(
            refusal(&started, None, &candidate).as_deref(),
            Some("Sprint 42 has already been started")
        );
        let other = Sprint { name: "Sprint 41".into(), ..started.clone() };
        assert_eq!(
            refusal(&waiting, Some(&other), &candidate).as_deref(),
            Some("Sprint 41 is still running")
        );
        let nothing = Candidate { selected: &[], ..candidate };
        assert_eq!(
            refusal(&waiting, None, &nothing).as_deref(),
            Some("nothing that is still to be done is selected into Sprint 42")
        );
        assert_eq!(refusal(&waiting, None, &candidate), None);
    }
}
