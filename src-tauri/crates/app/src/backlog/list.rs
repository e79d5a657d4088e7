//! The ordered list, a window at a time.
//!
//! 1. A row holds what a list shows, ready to be drawn: names instead of identities where people read them.
//! 2. The lane of an item is that of its selection, or else the one for its kind (1.2).

use super::ItemName;
use super::link::{WaitsFor, complete};
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use crate::priority::{Scores, ScoringRules};
use crate::sprint::SprintName;
use domain::backlog::{BacklogFilter, Category, Dated, ItemFact, Readiness, Severity, SortView, WorkKind};
use domain::calendar::Instant;
use domain::identity::{ItemId, LaneId, MemberId, SprintId, StateId};
use domain::measures::Size;
use domain::priority::Method;
use domain::team::{Lanes, Member, Workflow};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use store::{ListedItem, Reader};
use ts_rs::TS;

/// Asks for a part of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WindowQuestion {
    /// Which items.
    #[serde(default)]
    #[ts(as = "Option<BacklogFilter>", optional)]
    pub filter: BacklogFilter,
    /// How they are sorted for the eye.
    #[serde(default)]
    #[ts(as = "Option<SortView>", optional)]
    pub sort: SortView,
    /// How many rows to leave out at the top.
    pub from: u32,
    /// How many rows at most.
    pub limit: u32,
}

/// A part of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BacklogWindow {
    /// Its rows.
    pub rows: Vec<BacklogRow>,
    /// How many items pass the filter in all.
    pub total: u32,
}

/// One item of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BacklogRow {
    /// Its identity.
    pub id: ItemId,
    /// Its place among the open items, from 1; none once it has ended.
    pub place: Option<u32>,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its severity, for a bug.
    pub severity: Option<Severity>,
    /// Its lane (rule 2).
    pub lane: Option<LaneName>,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// Its keys elsewhere.
    pub keys: Vec<OutsideName>,
    /// For how many days it has been there, in the team's zone; 0 on the day of its creation.
    #[ts(type = "number")]
    pub age_days: i64,
    /// Its state's name.
    pub state: String,
    /// What its state means.
    pub category: Category,
    /// The Sprint in which it is selected.
    pub sprint: Option<SprintName>,
    /// What stands in its way.
    pub blocked: Option<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// In how many Sprints it was not done.
    pub carried: u32,
    /// Whether it has parts.
    pub has_parts: bool,
    /// The item of which it is a part.
    pub parent: Option<ItemName>,
    /// For what it waits, what is wrong first.
    pub waits: Vec<WaitsFor>,
    /// Whether it is ready to be selected; none where nobody said so.
    pub ready: Option<bool>,
    /// Why it is not ready.
    pub not_ready: Option<String>,
    /// Its score by the team's method in hundredths, where it has one.
    #[ts(type = "number | null")]
    pub score: Option<i64>,
    /// The formula of that score with its numbers, or what it lacks.
    pub score_text: String,
    /// Whether an input of it is older than the team's limit.
    pub aged: bool,
    /// Its severity × reach in hundredths, where it has one.
    #[ts(type = "number | null")]
    pub severity_reach: Option<i64>,
}

/// A key elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutsideName {
    /// The tracker.
    pub source: String,
    /// The key.
    pub key: String,
}

/// A lane by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaneName {
    /// Its identity.
    pub id: LaneId,
    /// Its name.
    pub name: String,
    /// Whether it is kept for unplanned work.
    pub is_buffer: bool,
}

/// A member by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberName {
    /// Their identity.
    pub id: MemberId,
    /// Their name.
    pub name: String,
}

/// What the list needs besides its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BacklogOverview {
    /// How many items are where.
    pub counts: BacklogCounts,
    /// The lanes, in the team's order.
    pub lanes: Vec<LaneName>,
    /// The members, by name.
    pub members: Vec<MemberName>,
    /// Whether critical bugs are placed first (7.2).
    pub critical_first: bool,
    /// How the team scores.
    pub scoring: ScoringRules,
    /// Whether any item has a label: then they can be asked for.
    pub has_labels: bool,
}

/// How many items are where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BacklogCounts {
    /// Open: neither done nor cancelled.
    pub open: u32,
    /// Open and in no Sprint.
    pub backlog: u32,
    /// Open and selected.
    pub selected: u32,
    /// Done or cancelled.
    pub ended: u32,
    /// Open and unsized.
    pub without_size: u32,
    /// Open and unsorted.
    pub unsorted: u32,
}

/// The most rows of one answer.
const MOST_ROWS: u32 = 500;

pub(super) fn window(
    reader: &Reader<'_>,
    question: WindowQuestion,
    context: &Context<'_>,
) -> Result<BacklogWindow, AppError> {
    let limit = question.limit.min(MOST_ROWS) as usize;
    let names = Names::read(reader, context.now)?;
    let (items, total) =
        reader.backlog(&names.lanes, &question.filter, question.sort, question.from as usize, limit)?;
    let mut rows: Vec<BacklogRow> = items.into_iter().map(|item| names.row(item)).collect();
    complete(reader, &mut rows)?;
    Ok(BacklogWindow { rows, total: number(total) })
}

pub(super) fn overview(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<BacklogOverview, AppError> {
    let tally = reader.tally()?;
    let team = reader.team()?;
    let lanes = reader.lanes(team.zone.day_of(context.now))?;
    Ok(BacklogOverview {
        counts: BacklogCounts {
            open: number(tally.backlog + tally.selected),
            backlog: number(tally.backlog),
            selected: number(tally.selected),
            ended: number(tally.ended),
            without_size: number(tally.without_size),
            unsorted: number(tally.unsorted),
        },
        lanes: lanes.all().iter().map(LaneName::of).collect(),
        members: reader.members()?.iter().map(MemberName::of).collect(),
        critical_first: team.critical_first,
        scoring: ScoringRules::read(reader, context.now)?,
        has_labels: reader.knows_labels()?,
    })
}

impl LaneName {
    /// The name of a lane.
    pub(crate) fn of(lane: &domain::team::Lane) -> LaneName {
        LaneName { id: lane.id, name: lane.name.clone(), is_buffer: lane.is_buffer }
    }
}

impl MemberName {
    /// The name of a member.
    pub(crate) fn of(member: &Member) -> MemberName {
        MemberName { id: member.id, name: member.name.clone() }
    }
}

/// What makes names of identities, read once for all rows.
pub(super) struct Names {
    lanes: Lanes,
    workflow: Workflow,
    members: Vec<Member>,
    sprints: HashMap<SprintId, String>,
    scores: Scores,
    zone: domain::calendar::Zone,
    now: Instant,
    /// The labels of items that facts name.
    items: HashMap<ItemId, String>,
}

impl Names {
    pub(super) fn read(reader: &Reader<'_>, now: Instant) -> Result<Names, AppError> {
        let zone = reader.team()?.zone;
        Ok(Names {
            lanes: reader.lanes(zone.day_of(now))?,
            workflow: reader.workflow()?,
            members: reader.members()?,
            sprints: reader.sprints()?.into_iter().map(|sprint| (sprint.id, sprint.name)).collect(),
            scores: Scores::read(reader, now)?,
            zone,
            now,
            items: HashMap::new(),
        })
    }

    /// Reads the labels of the items that facts name.
    pub(super) fn read_items(
        &mut self,
        reader: &Reader<'_>,
        facts: &[Dated<ItemFact>],
    ) -> Result<(), AppError> {
        for dated in facts {
            if let ItemFact::Related { other, .. } = dated.fact
                && let Entry::Vacant(unknown) = self.items.entry(other)
                && let Some(item) = reader.item(other)?
            {
                unknown.insert(item.label);
            }
        }
        Ok(())
    }

    /// The label of an item that a fact names.
    pub(super) fn item(&self, id: ItemId) -> String {
        self.items.get(&id).cloned().unwrap_or_else(|| "an item that was removed".to_owned())
    }

    /// Days of the team's zone from one instant to another.
    pub(super) fn days_between(&self, from: Instant, to: Instant) -> i64 {
        self.zone.day_of(from).days_until(self.zone.day_of(to)).max(0)
    }

    /// The row of an item; what it needs of other items is added by [`complete`].
    pub(super) fn row(&self, item: ListedItem) -> BacklogRow {
        let present = &item.present;
        let scorable = self.scores.scorable(&item);
        let team_score = self.scores.score(self.scores.policy.method, &scorable);
        let severity_reach = self.scores.score(Method::Severity, &scorable).ok().map(|score| score.value);
        BacklogRow {
            id: item.id,
            place: item.position.map(|position| number(position + 1)),
            kind: present.kind,
            severity: present.severity,
            lane: match present.lane {
                Some(lane) => self.lanes.get(lane),
                None => self.lanes.for_kind(present.kind),
            }
            .map(LaneName::of),
            size: present.size,
            age_days: self.age_days(present.created_at),
            state: self.state(present.state),
            category: self.workflow.category(present.state),
            sprint: present.sprint.map(|id| SprintName { id, name: self.sprint(id) }),
            blocked: present.blocked.clone(),
            owner: present.owner.map(|owner| self.member(owner)),
            carried: present.carried,
            has_parts: item.has_children,
            parent: item.parent.map(|id| ItemName { id, label: String::new() }),
            waits: Vec::new(),
            ready: present.readiness.as_ref().map(|readiness| *readiness == Readiness::Ready),
            not_ready: match &present.readiness {
                Some(Readiness::NotReady(reason)) => Some(reason.clone()),
                Some(Readiness::Ready) | None => None,
            },
            score: team_score.as_ref().ok().map(|score| score.value),
            score_text: team_score.map_or_else(|why| why.to_string(), |score| score.formula),
            aged: self.scores.is_aged(&scorable),
            severity_reach,
            keys: item.keys.into_iter().map(|(source, key)| OutsideName { source, key }).collect(),
            label: item.label,
            title: item.title,
        }
    }

    pub(super) fn category(&self, state: Option<StateId>) -> Category {
        self.workflow.category(state)
    }

    pub(super) fn scores(&self) -> &Scores {
        &self.scores
    }

    pub(super) fn age_days(&self, created: Option<Instant>) -> i64 {
        created.map_or(0, |at| self.zone.day_of(at).days_until(self.zone.day_of(self.now)).max(0))
    }

    pub(super) fn state(&self, id: Option<StateId>) -> String {
        id.and_then(|id| self.workflow.get(id)).map_or_else(String::new, |state| state.name.clone())
    }

    pub(super) fn member(&self, id: MemberId) -> String {
        let member = self.members.iter().find(|member| member.id == id);
        member.map_or_else(|| "somebody who left".to_owned(), |member| member.name.clone())
    }

    pub(super) fn sprint(&self, id: SprintId) -> String {
        self.sprints.get(&id).cloned().unwrap_or_else(|| "a Sprint that was removed".to_owned())
    }

    pub(super) fn lane(&self, id: LaneId) -> Option<&str> {
        self.lanes.get(id).map(|lane| lane.name.as_str())
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
