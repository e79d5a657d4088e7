//! The report of a closed Sprint: sealed, and the same for ever.
//!
//! 1. It holds titles and names as they were at the close; nothing that happens later changes it (3.5).
//! 2. Each item that was in the scope of the planned lanes stands in one of *completed*, *not completed*, *removed*;
//!    what had ended before it came into the Sprint is *completed outside*; what was added after the start is also
//!    listed as added, so that an item added and taken out again stands in both lists (3.4).
//! 3. *Initial* is an item's size when it was committed or added, *final* its last size in the Sprint; the sums are
//!    those of Jira's own Sprint report (3.6). Unsized items count 0 and are counted as unsized (1.4).
//! 4. What came into the buffer lane has a list of its own and is in no sum of the planned lanes (4.1).
//!    What was planned and went into the buffer was removed from the planned scope: it stands in both lists.
//! 5. A correction is the report of the same Sprint from the facts that are known later; goal, zone and the decisions
//!    about what is still unfinished are those of the report that it corrects (3.5).

use super::close::{Closing, Decision, Goal};
use super::{LedgerItem, Part, ScopeEntry, ScopeLedger, Sprint, Standing, Terms};
use crate::backlog::{Category, Origin, Severity, WorkKind};
use crate::calendar::{Day, Instant, Zone};
use crate::capacity::Experience;
use crate::flow::Unit;
use crate::identity::{ItemId, LaneId};
use crate::measures::{Minutes, Share, Size};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use ts_rs::TS;

/// What a Sprint came to, as it was at its close.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SprintReport {
    /// The Sprint's name.
    pub name: String,
    /// The Sprint Goal.
    pub goal: String,
    /// Whether it was met; none where there was no goal.
    pub goal_outcome: Option<Goal>,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// When it was started.
    pub started_at: Instant,
    /// When it was closed.
    pub closed_at: Instant,
    /// The day on which it was started, in the team's zone as it was.
    pub started_on: Day,
    /// The day on which it was closed.
    pub closed_on: Day,
    /// The team's zone as it was.
    pub zone: Zone,
    /// How many working days it had.
    pub working_days: u32,
    /// Done at the close.
    pub completed: Vec<ReportItem>,
    /// In the scope and not done.
    pub not_completed: Vec<ReportItem>,
    /// Taken out of the scope, or cancelled.
    pub removed: Vec<ReportItem>,
    /// Finished before it came into the Sprint.
    pub completed_outside: Vec<ReportItem>,
    /// Added after the start, whatever became of it.
    pub added: Vec<ReportItem>,
    /// What was in the buffer lane.
    pub buffer: Vec<ReportItem>,
    /// The sums of the lists of the planned lanes.
    pub sums: Sums,
    /// The terms of the planned lanes at the close, in points.
    pub points: Terms,
    /// The terms of the planned lanes at the close, in items.
    pub items: Terms,
    /// Each lane's part, in the team's order; what was unsorted comes last, where there was any.
    pub lanes: Vec<LaneResult>,
    /// Every change of the scope and of what was done, in order.
    pub entries: Vec<ScopeEntry>,
    /// What later Sprints learn from this one (2.4).
    pub experience: Experience,
}

/// An item in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title as it was.
    pub title: String,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its severity.
    pub severity: Option<Severity>,
    /// The lane of its selection; none is unsorted.
    pub lane: Option<LaneId>,
    /// Its size when it was committed or added.
    pub initial: Option<Size>,
    /// Its last size in the Sprint.
    #[serde(rename = "final")]
    pub last: Option<Size>,
    /// Why it was added after the start; none where it was committed and stayed.
    pub origin: Option<Origin>,
    /// Where it stood at the close.
    pub standing: Standing,
    /// When it was done.
    pub done_at: Option<Instant>,
    /// What was decided about it at the close.
    pub decision: Option<Decision>,
}

/// The two sums of a list, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Pair {
    /// How many items.
    pub count: u32,
    /// How many of them had no size at the end.
    pub unsized_items: u32,
    /// Their sizes when they were committed or added.
    pub initial: Size,
    /// Their last sizes in the Sprint.
    #[serde(rename = "final")]
    pub last: Size,
}

/// The sums of a report's lists, as Jira's own report has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sums {
    /// Of what was completed.
    pub completed: Pair,
    /// Of what was not.
    pub not_completed: Pair,
    /// Of what was removed.
    pub removed: Pair,
    /// Of what had been finished before.
    pub completed_outside: Pair,
    /// Of what was added.
    pub added: Pair,
    /// Of what was in the buffer lane.
    pub buffer: Pair,
}

/// What one lane came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaneResult {
    /// The lane; none is what was unsorted.
    pub lane: Option<LaneId>,
    /// Its name as it was; empty for what was unsorted.
    pub name: String,
    /// Whether it was the buffer.
    pub is_buffer: bool,
    /// Its share of the capacity; nothing for what was unsorted.
    pub share: Share,
    /// Its terms at the close, in points.
    pub points: Terms,
    /// Its terms at the close, in items.
    pub items: Terms,
}

impl SprintReport {
    /// Seals what a Sprint came to, from its ledger up to the close and what was decided; its days are those of a zone.
    pub fn seal(sprint: &Sprint, ledger: &ScopeLedger<'_>, closing: &Closing, zone: Zone) -> SprintReport {
        let commitment = ledger.commitment;
        let list = |keep: &dyn Fn(&LedgerItem) -> bool| -> Vec<ReportItem> {
            ledger.items.iter().filter(|item| keep(item)).map(|item| report_item(item, closing)).collect()
        };
        let planned = |item: &LedgerItem, standing| !item.in_buffer && item.standing == standing;
        let completed = list(&|item| planned(item, Standing::Done));
        let not_completed = list(&|item| planned(item, Standing::Open));
        let once_planned: HashSet<ItemId> =
            ledger.entries.iter().filter(|entry| !entry.in_buffer).map(|entry| entry.item).collect();
        let into_buffer = |item: &LedgerItem| item.in_buffer && once_planned.contains(&item.id);
        let removed = list(&|item| {
            planned(item, Standing::Removed) || planned(item, Standing::Cancelled) || into_buffer(item)
        });
        let completed_outside =
            list(&|item| planned(item, Standing::Outside) && item.category == Category::Done);
        let added = list(&|item| !item.in_buffer && item.added.is_some());
        let buffer = list(&|item| item.in_buffer && item.standing != Standing::Never);
        let sums = Sums {
            completed: pair(&completed),
            not_completed: pair(&not_completed),
            removed: pair(&removed),
            completed_outside: pair(&completed_outside),
            added: pair(&added),
            buffer: pair(&buffer),
        };
        let points = ledger.terms(Unit::Points, Part::Planned);
        // Where nobody was a member yet, what the team could give is not known; it was not nothing (1.4).
        let capacity = commitment.capacity.total().filter(|total| total.net > Minutes::ZERO);
        SprintReport {
            name: sprint.name.clone(),
            goal: sprint.goal.clone(),
            goal_outcome: closing.goal.clone(),
            first_day: commitment.first_day,
            last_day: commitment.last_day,
            started_at: commitment.started_at,
            closed_at: ledger.until,
            started_on: zone.day_of(commitment.started_at),
            closed_on: zone.day_of(ledger.until),
            zone,
            working_days: u32::try_from(commitment.working_days.len()).unwrap_or(u32::MAX),
            experience: Experience {
                net: capacity.map(|total| total.net),
                person_days: capacity.map(|total| total.person_days),
                buffer_share: commitment.buffer_share(),
                interrupts: Minutes::ZERO,
                completed: points.done,
            },
            completed,
            not_completed,
            removed,
            completed_outside,
            added,
            buffer,
            sums,
            points,
            items: ledger.terms(Unit::Items, Part::Planned),
            lanes: lanes(ledger),
            entries: ledger.entries.clone(),
        }
    }
}

/// What a later report of a Sprint says otherwise than an earlier one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReportDifference {
    /// The lists whose sums differ, in their order.
    pub figures: Vec<FigureDifference>,
    /// The items that stand otherwise, in the order of the later report; those that are gone come last.
    pub items: Vec<ItemDifference>,
    /// Whether changes of the scope happened at other moments, or there are others.
    pub entries: bool,
}

/// A list whose sums differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureDifference {
    /// The list.
    pub list: ReportList,
    /// Its sums before.
    pub before: Pair,
    /// Its sums now.
    pub after: Pair,
}

/// An item that stands otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemDifference {
    /// Where it stood; none where it was in no list.
    pub before: Option<(ReportList, ReportItem)>,
    /// Where it stands now.
    pub after: Option<(ReportList, ReportItem)>,
}

/// The lists of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportList {
    /// Done at the close.
    Completed,
    /// In the scope and not done.
    NotCompleted,
    /// Taken out of the scope, or cancelled.
    Removed,
    /// Finished before it came into the Sprint.
    CompletedOutside,
    /// Added after the start.
    Added,
    /// What was in the buffer lane.
    Buffer,
}

impl ItemDifference {
    /// The item.
    pub fn item(&self) -> Option<ItemId> {
        self.after.as_ref().or(self.before.as_ref()).map(|(_, item)| item.item)
    }
}

impl ReportDifference {
    /// Whether both reports say the same.
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty() && self.items.is_empty() && !self.entries
    }
}

impl SprintReport {
    /// The report as later facts tell it, from a ledger up to the same close (rule 5).
    pub fn corrected(&self, sprint: &Sprint, ledger: &ScopeLedger<'_>) -> SprintReport {
        let open: HashSet<ItemId> = super::close::unfinished(ledger).map(|item| item.id).collect();
        let decided = self.items_named().filter_map(|item| Some((item.item, item.decision.clone()?)));
        let closing = Closing {
            decisions: decided.filter(|(item, _)| open.contains(item)).collect(),
            goal: self.goal_outcome.clone(),
        };
        SprintReport::seal(sprint, ledger, &closing, self.zone)
    }

    /// What a later report of the same Sprint says otherwise; names and titles are no difference.
    pub fn difference(&self, later: &SprintReport) -> ReportDifference {
        let (before, after) = (self.lists(), later.lists());
        let figures = before.iter().zip(&after).filter(|((.., before), (.., after))| before != after);
        let figures = figures.map(|((list, _, before), (_, _, after))| FigureDifference {
            list: *list,
            before: *before,
            after: *after,
        });
        let (places, places_after) = (self.places(), later.places());
        let find = |places: &[(ReportList, ReportItem)], id| {
            places.iter().find(|(_, item): &&(_, ReportItem)| item.item == id).cloned()
        };
        let stands = places_after
            .iter()
            .map(|place| ItemDifference { before: find(&places, place.1.item), after: Some(place.clone()) });
        let gone = places.iter().filter(|(_, item)| find(&places_after, item.item).is_none());
        let gone = gone.map(|place| ItemDifference { before: Some(place.clone()), after: None });
        let same = |place: &Option<(ReportList, ReportItem)>| {
            place.clone().map(|(list, item)| {
                (list, ReportItem { label: String::new(), title: String::new(), decision: None, ..item })
            })
        };
        ReportDifference {
            figures: figures.collect(),
            items: stands.chain(gone).filter(|one| same(&one.before) != same(&one.after)).collect(),
            entries: self.told() != later.told(),
        }
    }

    /// Every item of its lists; some stand in several.
    pub fn items_named(&self) -> impl Iterator<Item = &ReportItem> {
        self.lists().into_iter().flat_map(|(_, items, _)| items)
    }

    /// The lists in their order, with their sums.
    fn lists(&self) -> [(ReportList, &Vec<ReportItem>, Pair); 6] {
        [
            (ReportList::Completed, &self.completed, self.sums.completed),
            (ReportList::NotCompleted, &self.not_completed, self.sums.not_completed),
            (ReportList::Removed, &self.removed, self.sums.removed),
            (ReportList::CompletedOutside, &self.completed_outside, self.sums.completed_outside),
            (ReportList::Added, &self.added, self.sums.added),
            (ReportList::Buffer, &self.buffer, self.sums.buffer),
        ]
    }

    /// Each item once, where it stands first.
    fn places(&self) -> Vec<(ReportList, ReportItem)> {
        let mut seen = HashSet::new();
        let all =
            self.lists().into_iter().flat_map(|(list, items, _)| items.iter().map(move |item| (list, item)));
        all.filter(|(_, item)| seen.insert(item.item)).map(|(list, item)| (list, item.clone())).collect()
    }

    /// What happened, without the names that it had; of one moment in an order of its own.
    fn told(&self) -> Vec<ScopeEntry> {
        let unnamed =
            |entry: &ScopeEntry| ScopeEntry { label: String::new(), title: String::new(), ..entry.clone() };
        let mut told: Vec<ScopeEntry> = self.entries.iter().map(unnamed).collect();
        told.sort_by_key(|entry| (entry.at, entry.item));
        told
    }
}

fn report_item(item: &LedgerItem, closing: &Closing) -> ReportItem {
    ReportItem {
        item: item.id,
        label: item.label.clone(),
        title: item.title.clone(),
        kind: item.kind,
        severity: item.severity,
        lane: item.lane,
        initial: item.initial,
        last: item.size,
        origin: item.added,
        standing: item.standing,
        done_at: item.done_at,
        decision: closing.about(item.id).cloned(),
    }
}

fn pair(items: &[ReportItem]) -> Pair {
    let count = |keep: fn(&ReportItem) -> bool| items.iter().filter(|item| keep(item)).count();
    Pair {
        count: u32::try_from(items.len()).unwrap_or(u32::MAX),
        unsized_items: u32::try_from(count(|item| item.last.is_none())).unwrap_or(u32::MAX),
        initial: items.iter().filter_map(|item| item.initial).sum(),
        last: items.iter().filter_map(|item| item.last).sum(),
    }
}

fn lanes(ledger: &ScopeLedger<'_>) -> Vec<LaneResult> {
    let result = |lane: Option<LaneId>, name: &str, is_buffer, share| LaneResult {
        lane,
        name: name.to_owned(),
        is_buffer,
        share,
        points: ledger.terms(Unit::Points, Part::Lane(lane)),
        items: ledger.terms(Unit::Items, Part::Lane(lane)),
    };
    let committed = ledger.commitment.lanes.iter();
    let mut lanes: Vec<LaneResult> =
        committed.map(|lane| result(Some(lane.lane), &lane.name, lane.is_buffer, lane.share)).collect();
    let unsorted = result(None, "", false, Share::ZERO);
    if unsorted.items != Terms::default() {
        lanes.push(unsorted);
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capacity::PersonDays;
    use crate::sprint::story::Story;
    use crate::sprint::{Goal, GoalOutcome};
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    fn seal(story: &Story) -> SprintReport {
        let commitment = story.commitment();
        let goal = Goal { outcome: GoalOutcome::Partly, why: "the bank was late".into() };
        let ledger = story.ledger(commitment);
        let open = super::super::close::unfinished(&ledger).map(|item| (item.id, Decision::ProductBacklog));
        let closing = Closing { decisions: open.collect(), goal: Some(goal) };
        SprintReport::seal(&story.sprint, &ledger, &closing, story.calendar.zone)
    }

    fn check(story: &str, expected: Expect) {
        let report = seal(&Story::tell(story));
        let mut text = String::new();
        let lists = [
            ("completed", &report.completed, report.sums.completed),
            ("not completed", &report.not_completed, report.sums.not_completed),
            ("removed", &report.removed, report.sums.removed),
            ("completed outside", &report.completed_outside, report.sums.completed_outside),
            ("added", &report.added, report.sums.added),
            ("buffer", &report.buffer, report.sums.buffer),
        ];
        for (name, items, sums) in lists.into_iter().filter(|(_, items, _)| !items.is_empty()) {
            let size = |size: Option<Size>| size.map_or("?".into(), |size| size.to_string());
            let words: Vec<String> = items
                .iter()
                .map(|item| match (size(item.initial), size(item.last)) {
                    (initial, last) if initial == last => format!("{}{last}", item.title),
                    (initial, last) => format!("{}{initial}→{last}", item.title),
                })
                .collect();
            let _ = writeln!(text, "{name}: {} = {} → {}", words.join(" "), sums.initial, sums.last);
        }
        let Terms { committed, added, removed, resized, done } = report.points;
        let _ = writeln!(text, "{committed} + {added} − {removed} ± {resized}, {done} done");
        expected.assert_eq(&text);
    }

    #[test]
    fn rule_3_3_completed_is_what_is_done_at_the_close_at_its_size_then() {
        check(
            "mon 09:00 select a8 b5 c3 | start | tue done a done b | wed size a13 | thu reopen b | fri2 17:00 now",
            expect![[r#"
                completed: a8→13 = 8 → 13
                not completed: b5 c3 = 8 → 8
                16 + 0 − 0 ± 5, 13 done
            "#]],
        );
    }

    #[test]
    fn rule_3_3_cancelled_leaves_the_scope_and_is_never_completed() {
        check(
            "mon 09:00 select a8 b5 | start | tue cancel a | wed done b | thu cancel b | now",
            expect![[r#"
                removed: a8 b5 = 13 → 13
                13 + 0 − 13 ± 0, 0 done
            "#]],
        );
    }

    #[test]
    fn rule_3_4_an_item_added_and_taken_out_again_stands_in_both_lists() {
        check(
            "mon 09:00 select a8 | start | tue add b5 pulledIn | wed remove b | thu add c2 scopeCreep | now",
            expect![[r#"
                not completed: a8 c2 = 10 → 10
                removed: b5 = 5 → 5
                added: b5 c2 = 7 → 7
                8 + 7 − 5 ± 0, 0 done
            "#]],
        );
    }

    #[test]
    fn rule_3_6_what_was_finished_before_is_completed_outside() {
        check(
            "mon 09:00 select a8 b5 | mon 09:10 done b | mon 09:20 start | tue new c3 | wed done c | thu add c3 pulledIn | now",
            expect![[r#"
                not completed: a8 = 8 → 8
                completed outside: b5 c3 = 8 → 8
                8 + 0 − 0 ± 0, 0 done
            "#]],
        );
    }

    #[test]
    fn rule_4_1_what_is_in_the_buffer_has_a_list_of_its_own() {
        check(
            "mon 09:00 select a8 | start | tue add p3 interrupt | wed done p | thu done a | now",
            expect![[r#"
                completed: a8 = 8 → 8
                buffer: p3 = 3 → 3
                8 + 0 − 0 ± 0, 8 done
            "#]],
        );
    }

    #[test]
    fn rule_3_4_what_was_planned_and_goes_into_the_buffer_is_removed_from_the_planned_scope() {
        check(
            "mon 09:00 select a8 b5 | start | tue add b interrupt | wed done b | now",
            expect![[r#"
                not completed: a8 = 8 → 8
                removed: b5 = 5 → 5
                buffer: b5 = 5 → 5
                13 + 0 − 5 ± 0, 0 done
            "#]],
        );
    }

    #[test]
    fn rule_1_4_unsized_items_count_nothing_and_are_counted() {
        let report = seal(&Story::tell("mon 09:00 select a8 b? | start | tue done b | now"));
        assert_eq!((report.sums.completed.count, report.sums.completed.unsized_items), (1, 1));
        assert_eq!(report.experience.completed, Size::ZERO);
    }

    #[test]
    fn rule_2_4_the_experience_is_that_of_the_commitment_and_the_planned_lanes() {
        let report = seal(&Story::tell("mon 09:00 select a8 b5:buffer | start | tue done a done b | now"));
        let experience = Experience {
            net: Some(Minutes::hours(120)),
            person_days: Some(PersonDays::days(15)),
            buffer_share: Share::percent(10),
            interrupts: Minutes::ZERO,
            completed: Size::points(8),
        };
        assert_eq!(report.experience, experience);
    }

    #[test]
    fn rule_3_5_a_carried_item_stays_in_the_report_at_full_size_with_its_decision() {
        let report = seal(&Story::tell("mon 09:00 select a8 | start | now"));
        assert_eq!(report.not_completed[0].decision, Some(Decision::ProductBacklog));
        assert_eq!(report.not_completed[0].last, Some(Size::points(8)));
        assert_eq!(report.goal_outcome.map(|goal| goal.outcome), Some(GoalOutcome::Partly));
    }
}
