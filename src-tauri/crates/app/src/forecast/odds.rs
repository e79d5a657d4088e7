//! The chance that a Sprint's plan holds, for the planning and for what if (6.3).
//!
//! 1. Of a planned Sprint everything that is selected counts, on its own working days; of the running one what is still
//!    open in the planned lanes, from tomorrow on, and the rest of its buffer.
//! 2. The plan is worked off in the order of the Product Backlog.

use super::ask::{seed_of, unit_of};
use super::past::{Past, hours_of, net_of, working_past, worth};
use super::prepared::chance_said;
use crate::capacity::learned::history;
use crate::capacity::plan::selected_items;
use crate::capacity::{selection_lane, sprint_capacity, sprint_lanes};
use crate::contract::Context;
use crate::error::{AppError, ErrorKind};
use crate::interrupt::BufferGauge;
use crate::sprint::{SprintName, SprintRecord, planned_sprints, sprint_of};
use crate::team::counted;
use domain::backlog::Item;
use domain::calendar::Day;
use domain::capacity::TeamCapacity;
use domain::flow::Unit;
use domain::forecast::{PastDay, PlanChance, Seed, TRIALS, WorkingDay, WorkingPast, plan_chance};
use domain::identity::{ItemId, SprintId};
use domain::measures::{Minutes, Share, Size};
use domain::sprint::{Part, Standing};
use domain::team::Lanes;
use serde::{Deserialize, Serialize};
use store::{OpenWork, Reader, Sprint};
use ts_rs::TS;

/// Asks for the chance of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanOddsQuestion {
    /// The Sprint; where none is given, or it is over, the next planned one, else the running one.
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
    /// What is counted; none is what fits.
    #[ts(optional = nullable)]
    pub unit: Option<Unit>,
}

/// The chance of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanOdds {
    /// The Sprint.
    pub sprint: SprintName,
    /// The share of the trials in which all of it is done; none where that cannot be said, and while nothing is selected.
    pub chance: Option<Share>,
    /// In words: “It is likely (72 %) that all 14 items are done.” Or why that cannot be said.
    pub said: String,
    /// What else is to be said: how far the plan is very likely done, whether the buffer is enough; or what to do.
    pub more: Vec<String>,
    /// For each item of the plan, the share of the trials in which it is done with all before it.
    pub items: Vec<PlannedOdds>,
}

/// The chance of an item of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlannedOdds {
    /// The item.
    pub item: ItemId,
    /// The chance.
    pub chance: Share,
}

pub(super) fn plan_odds(
    reader: &Reader<'_>,
    question: PlanOddsQuestion,
    context: &Context<'_>,
) -> Result<Option<PlanOdds>, AppError> {
    let named = question.sprint.map(|id| reader.sprint(id)).transpose()?.flatten();
    let named = named.filter(|sprint| sprint.closed_at.is_none()).map(|sprint| sprint.id);
    if named.is_none() && planned_sprints(reader)?.is_empty() && reader.active_sprint()?.is_none() {
        return Ok(None);
    }
    let plan = Planned::read(reader, named, context)?;
    let sprint = SprintName::from(&plan.sprint);
    let read = Chances::read(reader, question.unit, &plan.open_work(), context)
        .and_then(|chances| ahead_of(reader, &plan, chances.today).map(|ahead| (chances, ahead)));
    match read {
        Ok((chances, ahead)) => {
            let known = unknown_interrupts(chances.past.days()).is_none();
            let chance = chances.of(&ahead, plan.buffer.filter(|_| known));
            let (said, more) = chances.said(&plan, &chance);
            let items = plan.items.iter().zip(&chance.each);
            Ok(Some(PlanOdds {
                sprint,
                chance: (!plan.items.is_empty()).then_some(chance.all),
                said,
                more,
                items: items.map(|(item, chance)| PlannedOdds { item: item.id, chance: *chance }).collect(),
            }))
        }
        Err(refused) if refused.kind == ErrorKind::Refused => Ok(Some(PlanOdds {
            sprint,
            chance: None,
            said: format!("No chance can be said yet. {}", refused.message),
            more: refused.hint.into_iter().collect(),
            items: Vec::new(),
        })),
        Err(error) => Err(error),
    }
}

/// The plan of a Sprint.
pub(super) struct Planned {
    /// The Sprint.
    pub sprint: Sprint,
    /// Its open items in the planned lanes, in the order of the Product Backlog.
    pub items: Vec<PlanItem>,
    /// What the buffer has, or has left; none where nobody's hours are known.
    pub buffer: Option<Minutes>,
    /// The share of the buffer.
    pub buffer_share: Share,
    /// The net minutes of which that is a share.
    pub net: Minutes,
}

/// An item of a plan.
pub(super) struct PlanItem {
    /// The item.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its size.
    pub size: Option<Size>,
}

impl Planned {
    /// The plan that is meant. Refused: a Sprint that is closed, and where none is planned or runs.
    pub fn read(
        reader: &Reader<'_>,
        sprint: Option<SprintId>,
        context: &Context<'_>,
    ) -> Result<Planned, AppError> {
        let sprint = match sprint {
            Some(id) => Some(sprint_of(reader, id)?),
            None => match planned_sprints(reader)?.into_iter().next() {
                Some(next) => Some(next),
                None => reader.active_sprint()?,
            },
        };
        let Some(sprint) = sprint else {
            return Err(AppError::refused(
                "No Sprint is planned.",
                "Plan one, and select what it should bring.",
            ));
        };
        if sprint.closed_at.is_some() {
            let message = format!("{} is closed: what it came to is known.", sprint.name);
            return Err(AppError::refused(message, "Choose a running or a planned Sprint.").at("sprint"));
        }
        if sprint.started_at.is_some() {
            return Planned::running(reader, sprint, context);
        }
        let lanes = sprint_lanes(reader, &sprint)?;
        let selected = selected_items(reader, &sprint)?;
        let items = planned_of(&lanes, &selected).map(|item| PlanItem {
            id: item.id,
            label: item.label.clone(),
            title: item.title.clone(),
            size: item.present.size,
        });
        let net = sprint_capacity(reader, &sprint, sprint.first_day)?.total().map(|total| total.net);
        let buffer_share = lanes.buffer().map_or(Share::ZERO, |lane| lane.share);
        Ok(Planned {
            items: items.collect(),
            buffer: net.map(|net| buffer_share.of_minutes(net)),
            buffer_share,
            net: net.unwrap_or_default(),
            sprint,
        })
    }

    fn running(reader: &Reader<'_>, sprint: Sprint, context: &Context<'_>) -> Result<Planned, AppError> {
        let record = SprintRecord::read(reader, &sprint.plan())?
            .ok_or_else(|| AppError::internal("a running Sprint without a commitment"))?;
        let ledger = record.ledger(context.now);
        let mut items: Vec<PlanItem> = ledger
            .standing(Part::Planned, Standing::Open)
            .map(|item| PlanItem {
                id: item.id,
                label: item.label.clone(),
                title: item.title.clone(),
                size: item.size,
            })
            .collect();
        let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
        let places = reader.positions(&ids)?;
        let mut placed: Vec<(Option<usize>, PlanItem)> = places.into_iter().zip(items).collect();
        placed.sort_by_key(|(place, _)| place.unwrap_or(usize::MAX));
        items = placed.into_iter().map(|(_, item)| item).collect();
        let gauge = BufferGauge::running(reader, &history(reader, None)?, context)?;
        let kept = gauge.as_ref().and_then(|gauge| gauge.kept);
        let used = gauge.as_ref().map_or(Minutes::ZERO, |gauge| gauge.used);
        let buffer_share = record.commitment.buffer_share();
        let net = sprint_capacity(reader, &sprint, sprint.first_day)?.total().map(|total| total.net);
        Ok(Planned {
            items,
            buffer: kept.map(|kept| (kept - used).max(Minutes::ZERO)),
            buffer_share,
            net: net.unwrap_or_default(),
            sprint,
        })
    }

    /// The day before the first one that counts: of the running Sprint today (rule 1).
    pub fn from(&self, today: Day) -> Day {
        let planned = self.sprint.started_at.is_none();
        if planned { self.sprint.first_day.max(today).plus(-1) } else { today }
    }

    /// The items as work.
    pub fn open_work(&self) -> Vec<OpenWork> {
        let work = |item: &PlanItem| OpenWork { item: item.id, size: item.size, lane: None, parent: None };
        self.items.iter().map(work).collect()
    }
}

/// What of a selection is worked off in the planned lanes.
fn planned_of<'s>(lanes: &'s Lanes, selected: &'s [(Item, bool)]) -> impl Iterator<Item = &'s Item> {
    let in_buffer = |item: &Item| {
        selection_lane(lanes, &item.present)
            .and_then(|lane| lanes.get(lane))
            .is_some_and(|lane| lane.is_buffer)
    };
    selected.iter().filter(move |(item, has_parts)| !has_parts && !in_buffer(item)).map(|(item, _)| item)
}

/// The working days of a plan that are still to come. Refused: none is.
pub(super) fn ahead_of(reader: &Reader<'_>, plan: &Planned, today: Day) -> Result<Vec<WorkingDay>, AppError> {
    let days = (plan.from(today).plus(1), plan.sprint.last_day);
    let ahead = working_days(&hours_of(reader, &reader.calendar()?, days)?);
    if ahead.is_empty() {
        let message = format!("No working day of {} is left after today.", plan.sprint.name);
        return Err(AppError::refused(message, "Choose a later Sprint.").at("sprint"));
    }
    Ok(ahead)
}

fn working_days(capacity: &TeamCapacity) -> Vec<WorkingDay> {
    (0..capacity.days.len()).map(|place| WorkingDay { net: net_of(capacity, place) }).collect()
}

/// What the chance of a plan is drawn from.
pub(crate) struct Chances {
    past: WorkingPast,
    amounts: Vec<Size>,
    unit: Unit,
    unit_said: Option<String>,
    seed: Seed,
    today: Day,
}

impl Chances {
    /// Reads the past for a plan. Refused: too little of it.
    fn read(
        reader: &Reader<'_>,
        unit: Option<Unit>,
        plan: &[OpenWork],
        context: &Context<'_>,
    ) -> Result<Chances, AppError> {
        let past = Past::read(reader, context.now)?;
        let (unit, unit_said) = unit_of(unit, &past, &[plan.to_vec()]);
        Ok(Chances {
            past: working_past(reader, &past, unit)?,
            amounts: plan.iter().map(|work| worth(work.size, unit)).collect(),
            unit,
            unit_said,
            seed: seed_of(past.today),
            today: past.today,
        })
    }

    /// The same for what is selected into a Sprint; none where there is too little history, or nothing is selected.
    pub(crate) fn of_selected(
        reader: &Reader<'_>,
        lanes: &Lanes,
        selected: &[(Item, bool)],
        context: &Context<'_>,
    ) -> Result<Option<Chances>, AppError> {
        let plan: Vec<OpenWork> = planned_of(lanes, selected)
            .map(|item| OpenWork { item: item.id, size: item.present.size, lane: None, parent: None })
            .collect();
        if plan.is_empty() {
            return Ok(None);
        }
        match Chances::read(reader, None, &plan, context) {
            Ok(chances) => Ok(Some(chances)),
            Err(refused) if refused.kind == ErrorKind::Refused => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The chance on days ahead.
    fn of(&self, ahead: &[WorkingDay], buffer: Option<Minutes>) -> PlanChance {
        plan_chance(&self.past, ahead, &self.amounts, buffer, TRIALS, self.seed)
    }

    /// The share of the trials in which all is done with what the members give, Scrum events not taken off.
    pub(crate) fn with(&self, capacity: &TeamCapacity) -> Share {
        let mut ahead = working_days(capacity);
        ahead.drain(..capacity.days.iter().take_while(|day| **day < self.today).count());
        self.of(&ahead, None).all
    }

    fn said(&self, plan: &Planned, chance: &PlanChance) -> (String, Vec<String>) {
        let room = |percent| super::prepared::at_least(&chance.done, percent, self.unit);
        let said = match plan.items.len() as u32 {
            0 if plan.sprint.started_at.is_some() => "Nothing is left to do in the planned lanes.".to_owned(),
            0 => format!("Nothing is selected yet; very likely (85 %) there is room for {}.", room(85)),
            1 => format!("It is {} that the item is done.", chance_said(chance.all)),
            count => {
                format!("It is {} that all {} are done.", chance_said(chance.all), counted(count, "item"))
            }
        };
        let mut more = Vec::new();
        if !plan.items.is_empty() {
            more.push(format!("Very likely (85 %) {}, as likely as not (50 %) {}.", room(85), room(50)));
        }
        more.extend(chance.buffer.map(|holds| {
            let most = chance.interrupts.at_most(85).unwrap_or_default();
            format!(
                "That the buffer is enough is {}: very likely (85 %) interrupts take at most {most}.",
                chance_said(holds)
            )
        }));
        more.extend(unknown_interrupts(self.past.days()));
        more.extend(self.unit_said.clone());
        if !chance.by_hours {
            more.push(
                "Absences and on-call load do not count yet: the hours of too few past days are known."
                    .to_owned(),
            );
        }
        (said, more)
    }
}

/// That it is not known what interrupts take, where no hour of any is written down (1.4).
pub(super) fn unknown_interrupts(past: &[PastDay]) -> Option<String> {
    let none = past.iter().all(|day| day.interrupts == Minutes::ZERO);
    none.then(|| "No hours of interrupts are known: whether the buffer is enough cannot be said.".to_owned())
}

/// How the chance of a plan moves: “likely (72 %) → unlikely (31 %)”; one where it stays.
pub(crate) fn chance_moved(before: Share, after: Share) -> String {
    if before == after {
        format!("The plan holds: {}, as without the changes.", chance_said(after))
    } else {
        format!("The plan holds: {} → {}.", chance_said(before), chance_said(after))
    }
}
