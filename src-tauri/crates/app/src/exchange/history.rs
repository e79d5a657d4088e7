//! What a tracker says of the past: what an item was from when on, and which Sprints there were.
//!
//! 1. A timeline begins with what was so at the creation; each later value has its moment.
//! 2. A Sprint that the tracker closed becomes a past Sprint: started and closed at its moments, committed as its items
//!    were at the start, and sealed like any other (3.2, 3.5). A Sprint that is not closed stays a label (13.3).
//! 3. An item belongs to one Sprint at a time: to the one that it was put into last, until that closes or lets it go.
//!    What is not done then is carried; put into the next within ten minutes, it went on there by the close.
//! 4. What came in after the start was pulled in where it was there before, else discovered (3.4).
//! 5. A planned end before noon belongs to the day before: trackers write the hour of the start for it.

use super::mapping::Mapping;
use crate::capacity::{sprint_capacity, sprint_lanes};
use crate::error::AppError;
use crate::sprint::close::seal_areas;
use crate::sprint::plan::number_for;
use crate::sprint::{SprintRecord, seal};
use domain::backlog::{Category, Item, ItemFact, ItemPresent, Origin, WorkKind};
use domain::calendar::{Day, Instant, Zone};
use domain::identity::{LaneId, SprintId, StateId};
use domain::sprint::{Candidate, Closing, Commitment, Decision, LeftOut, Part, SprintReport, Standing};
use domain::team::Lanes;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use store::{ItemFilter, Reader, SprintFact, Writer};
use ts_rs::TS;

/// What is dated in the files of a tracker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The Sprints that are named.
    pub sprints: Vec<OutsideSprint>,
    /// What each item was, by its key.
    pub items: BTreeMap<String, ItemHistory>,
    /// What statuses mean to the tracker, where it says so apart from the items.
    pub categories: BTreeMap<String, String>,
}

/// A Sprint of a tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideSprint {
    /// The key by which the tracker knows it.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its goal; may be empty.
    pub goal: String,
    /// When it was started.
    pub started: Option<Instant>,
    /// When it was planned to end.
    pub ends: Option<Instant>,
    /// When it was closed.
    pub closed: Option<Instant>,
}

impl OutsideSprint {
    /// Whether it is over, with its moments.
    pub fn is_closed(&self) -> bool {
        matches!((self.started, self.closed), (Some(started), Some(closed)) if started < closed)
    }
}

/// What an item was from when on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemHistory {
    /// Its statuses.
    pub statuses: Timeline<String>,
    /// The keys of its Sprints.
    pub sprints: Timeline<Vec<String>>,
    /// Its numbers as texts, by the name of their field.
    pub numbers: BTreeMap<String, Timeline<String>>,
}

impl ItemHistory {
    /// The latest moment of which it says something.
    pub fn until(&self) -> Option<Instant> {
        let numbers = self.numbers.values().filter_map(Timeline::last_moment);
        numbers.chain(self.statuses.last_moment()).chain(self.sprints.last_moment()).max()
    }
}

/// A value from the creation on, and what it became at which moments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline<T>(Vec<(Option<Instant>, T)>);

impl<T> Default for Timeline<T> {
    fn default() -> Timeline<T> {
        Timeline(Vec::new())
    }
}

/// Stands for a moment that nobody knows: it is over by now.
const UNKNOWN: Instant = Instant::from_millis(i64::MAX);

impl<T: PartialEq> Timeline<T> {
    /// It became something else; the first change says what it was before. Changes come in order.
    pub fn change(&mut self, at: Instant, from: T, to: T) {
        if self.0.is_empty() {
            self.0.push((None, from));
        }
        self.0.push((Some(at), to));
    }

    /// What it is now; where no change says so, it became so at a moment that is not known.
    pub fn end_with(&mut self, now: T) {
        match self.0.last() {
            None => self.0.push((None, now)),
            Some((_, last)) if *last == now => {}
            Some(_) => self.0.push((Some(UNKNOWN), now)),
        }
    }

    /// The last value is called otherwise now.
    pub fn rename_last(&mut self, now: &T)
    where
        T: Clone,
    {
        if let Some((_, last)) = self.0.last_mut() {
            last.clone_from(now);
        }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its values, in order.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Each value with the moment from which it was so, between the creation and now.
    pub fn between(&self, created: Instant, now: Instant) -> impl Iterator<Item = (Instant, &T)> {
        self.0.iter().map(move |(at, value)| (at.map_or(created, |at| at.max(created).min(now)), value))
    }

    fn last_moment(&self) -> Option<Instant> {
        self.0.last().and_then(|(at, _)| *at).filter(|at| *at != UNKNOWN)
    }
}

/// A Sprint of the past that comes with an import, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportSprint")]
pub struct SprintSaid {
    /// Its name.
    pub name: String,
    /// Its planned first day.
    pub first_day: Day,
    /// Its planned last day.
    pub last_day: Day,
    /// How many items were ever in it.
    pub items: u32,
}

/// The past Sprints of a tracker, while its items are read.
pub struct PastSprints {
    zone: Zone,
    sprints: BTreeMap<String, PastSprint>,
    /// Sprints that are not closed there.
    pub open: Vec<String>,
    /// Sprints whose names closed Sprints of the team bear already.
    pub here_already: Vec<String>,
}

/// A Sprint that was closed there.
#[derive(Debug, Clone)]
struct PastSprint {
    id: SprintId,
    is_new: bool,
    outside: OutsideSprint,
    started: Instant,
    closed: Instant,
    lanes: Lanes,
    items: u32,
}

impl PastSprints {
    /// Reads which Sprints of a tracker are known here; `fresh` are identities for the others, one for each.
    pub fn prepare(
        reader: &Reader<'_>,
        history: &History,
        mapping: &Mapping,
        fresh: Vec<SprintId>,
        now: Instant,
    ) -> Result<PastSprints, AppError> {
        let zone = reader.team()?.zone;
        let here: HashSet<String> = reader.sprints()?.into_iter().map(|sprint| sprint.name).collect();
        let mut past =
            PastSprints { zone, sprints: BTreeMap::new(), open: Vec::new(), here_already: Vec::new() };
        for (outside, fresh) in history.sprints.iter().zip(fresh) {
            let (Some(started), Some(closed)) = (outside.started, outside.closed) else {
                past.open.push(outside.name.clone());
                continue;
            };
            if !outside.is_closed() || closed > now {
                past.open.push(outside.name.clone());
                continue;
            }
            let known = reader.outside_sprint(&mapping.source, &outside.key)?;
            if known.is_none() && here.contains(&outside.name) {
                past.here_already.push(outside.name.clone());
                continue;
            }
            let sprint = PastSprint {
                id: known.unwrap_or(fresh),
                is_new: known.is_none(),
                outside: outside.clone(),
                started,
                closed,
                lanes: reader.lanes(zone.day_of(started))?,
                items: 0,
            };
            past.sprints.insert(outside.key.clone(), sprint);
        }
        Ok(past)
    }

    /// The facts that an item's history has of Sprints; `states` are its states, dated, from the creation.
    pub fn facts(
        &mut self,
        history: &ItemHistory,
        states: &[(Instant, StateId)],
        kind: Option<WorkKind>,
        category: impl Fn(StateId) -> Category,
        now: Instant,
    ) -> Vec<(Instant, ItemFact)> {
        enum Event<'h> {
            State(StateId),
            Sprints(&'h [String]),
            Closed(&'h str),
        }
        let Some((created, _)) = states.first().copied() else { return Vec::new() };
        let named: Vec<(Instant, &[String])> =
            history.sprints.between(created, now).map(|(at, keys)| (at, keys.as_slice())).collect();
        let mut events: Vec<(Instant, u8, Event<'_>)> = Vec::new();
        events.extend(states.iter().map(|(at, state)| (*at, 0, Event::State(*state))));
        let ever: HashSet<&str> = named.iter().flat_map(|(_, keys)| *keys).map(String::as_str).collect();
        for key in &ever {
            if let Some(sprint) = self.sprints.get(*key) {
                events.push((sprint.closed, 1, Event::Closed(key)));
            }
        }
        events.extend(named.iter().map(|(at, keys)| (*at, 2, Event::Sprints(keys))));
        events.sort_by_key(|(at, order, _)| (*at, *order));

        let mut facts = Vec::new();
        let mut walk = Walk { sprints: &self.sprints, created, kind, holder: None, finished_in: None };
        let mut of: &[String] = &[];
        let mut is_ended = false;
        let mut ever_in: HashSet<String> = HashSet::new();
        for (at, _, event) in &events {
            match event {
                Event::State(state) => {
                    is_ended = category(*state).is_end();
                    // Work of a closed Sprint that is opened again is in the Product Backlog (3.4).
                    if !is_ended && let Some(sprint) = walk.finished_in.take() {
                        facts.push((*at, ItemFact::Returned { sprint }));
                    }
                }
                Event::Sprints(keys) => {
                    of = keys;
                    walk.put_into(of, *at, &mut facts);
                }
                Event::Closed(key) => {
                    let Some(sprint) = self.sprints.get(*key).filter(|one| walk.holder == Some(one.id))
                    else {
                        continue;
                    };
                    walk.holder = None;
                    if is_ended {
                        walk.finished_in = Some(sprint.id);
                        continue;
                    }
                    facts.push((*at, ItemFact::Carried { sprint: sprint.id }));
                    // Where it goes is often written down a moment later.
                    let soon = |(later, _): &&(Instant, &[String])| {
                        *later > *at && later.millis() - at.millis() <= 600_000
                    };
                    if let Some((_, keys)) = named.iter().find(soon) {
                        of = keys;
                    }
                    match walk.latest(of, *at) {
                        Some(_) => walk.put_into(of, *at, &mut facts),
                        None => facts.push((*at, ItemFact::Returned { sprint: sprint.id })),
                    }
                }
            }
        }
        for (_, fact) in &facts {
            if let ItemFact::Selected { sprint, .. } = fact {
                ever_in.extend(
                    self.sprints.iter().filter(|(_, one)| one.id == *sprint).map(|(key, _)| key.clone()),
                );
            }
        }
        for key in ever_in {
            if let Some(sprint) = self.sprints.get_mut(&key) {
                sprint.items += 1;
            }
        }
        facts
    }

    /// Whether a Sprint comes with this import.
    pub fn is_new(&self, sprint: SprintId) -> bool {
        self.sprints.values().any(|one| one.id == sprint && one.is_new)
    }

    /// Whether a Sprint came from this tracker, now or before.
    pub fn is_known(&self, sprint: SprintId) -> bool {
        self.sprints.values().any(|one| one.id == sprint)
    }

    /// The Sprints that come with this import, by their starts: those that hold any of its items.
    pub fn said(&self) -> Vec<SprintSaid> {
        let said = |sprint: &PastSprint| SprintSaid {
            name: sprint.outside.name.clone(),
            first_day: self.days(sprint).0,
            last_day: self.days(sprint).1,
            items: sprint.items,
        };
        self.coming().into_iter().map(said).collect()
    }

    /// How many closed Sprints hold none of the items.
    pub fn without_items(&self) -> usize {
        self.sprints.values().filter(|sprint| sprint.is_new && sprint.items == 0).count()
    }

    /// The names of two Sprints that ran at the same time, if any did.
    pub fn overlapping(&self) -> Option<(String, String)> {
        let coming = self.coming();
        let mut pairs = coming.iter().zip(coming.iter().skip(1));
        let (one, other) = pairs.find(|(one, other)| other.started < one.closed)?;
        Some((one.outside.name.clone(), other.outside.name.clone()))
    }

    fn coming(&self) -> Vec<&PastSprint> {
        let mut coming: Vec<&PastSprint> =
            self.sprints.values().filter(|sprint| sprint.is_new && sprint.items > 0).collect();
        coming.sort_by_key(|sprint| (sprint.started, sprint.id));
        coming
    }

    /// The planned days (rule 5).
    fn days(&self, sprint: &PastSprint) -> (Day, Day) {
        let first = self.zone.day_of(sprint.started);
        let end = sprint.outside.ends.unwrap_or(sprint.closed);
        (first, self.zone.day_of(end.plus_millis(-12 * 3_600_000)).max(first))
    }

    /// Makes the Sprints that come with this import, by their starts; their items and facts are written already.
    pub fn write(&self, writer: &mut Writer<'_>, source: &str) -> Result<(), AppError> {
        for sprint in self.coming() {
            let (first_day, last_day) = self.days(sprint);
            let row = store::Sprint {
                id: sprint.id,
                number: number_for(&writer.sprints()?, &sprint.outside.name),
                name: sprint.outside.name.clone(),
                goal: sprint.outside.goal.trim().to_owned(),
                first_day,
                last_day,
                own_size: None,
                started_at: None,
                closed_at: None,
                goal_outcome: None,
                goal_reason: None,
            };
            writer.put_sprint(&row)?;
            writer.add_outside_sprint(sprint.id, source, &sprint.outside.key)?;
            writer.record_sprint(sprint.id, sprint.started, SprintFact::Started)?;
            let commitment = commit(writer, &row, sprint.started)?;
            writer.keep_commitment(sprint.id, &seal(&commitment)?)?;
            writer.record_sprint(sprint.id, sprint.closed, SprintFact::Closed)?;
            close(writer, &row, commitment, sprint)?;
        }
        Ok(())
    }
}

/// An item on its way through Sprints.
struct Walk<'s> {
    sprints: &'s BTreeMap<String, PastSprint>,
    created: Instant,
    kind: Option<WorkKind>,
    /// The Sprint that it is in.
    holder: Option<SprintId>,
    /// The closed Sprint in which it was done.
    finished_in: Option<SprintId>,
}

impl Walk<'_> {
    /// The Sprint of a list that is not closed at a moment, the one that began last.
    fn latest(&self, keys: &[String], at: Instant) -> Option<&PastSprint> {
        let open = keys.iter().filter_map(|key| self.sprints.get(key)).filter(|sprint| sprint.closed > at);
        open.max_by_key(|sprint| (sprint.started, sprint.id))
    }

    /// It is in the Sprints of a list from a moment on.
    fn put_into(&mut self, keys: &[String], at: Instant, facts: &mut Vec<(Instant, ItemFact)>) {
        let stays =
            keys.iter().filter_map(|key| self.sprints.get(key)).any(|one| self.holder == Some(one.id));
        if stays {
            return;
        }
        if let Some(sprint) = self.holder.take() {
            facts.push((at, ItemFact::Returned { sprint }));
        }
        let Some(next) = self.latest(keys, at) else { return };
        let origin = (at > next.started).then_some(match self.created > next.started {
            true => Origin::Discovered,
            false => Origin::PulledIn,
        });
        let lane: Option<LaneId> = next.lanes.for_kind(self.kind).map(|lane| lane.id);
        facts.push((at, ItemFact::Selected { sprint: next.id, lane, origin }));
        (self.holder, self.finished_in) = (Some(next.id), None);
    }
}

/// What a Sprint began with, by the facts of its items until its start.
fn commit(writer: &mut Writer<'_>, row: &store::Sprint, started: Instant) -> Result<Commitment, AppError> {
    let mut selected: Vec<Item> = Vec::new();
    let mut with_parts = HashSet::new();
    for mut item in writer.items(ItemFilter::EverInSprint(row.id))? {
        let mut facts = writer.item_facts(item.id)?;
        facts.retain(|dated| dated.happened_at <= started);
        item.present = ItemPresent::fold(&facts);
        if item.present.sprint == Some(row.id) {
            if writer.has_parts(item.id)? {
                with_parts.insert(item.id);
            }
            selected.push(item);
        }
    }
    let calendar = writer.calendar()?;
    let from = row.first_day.max(calendar.zone.day_of(started));
    let candidate = Candidate {
        selected: &selected,
        with_parts: &with_parts,
        workflow: &writer.workflow()?,
        calendar: &calendar,
        lanes: &sprint_lanes(writer, row)?,
        capacity: &sprint_capacity(writer, row, from)?,
    };
    let commitment = Commitment::draft(&row.plan(), &candidate, started);
    // An item with parts is no work of the Sprint (1.1); its facts say so from the start on.
    for left_out in commitment.left_out.iter().filter(|left_out| left_out.why == LeftOut::HasParts) {
        writer.record(left_out.item, started, &ItemFact::Returned { sprint: row.id })?;
    }
    Ok(commitment)
}

/// Seals what a Sprint came to by its close.
fn close(
    writer: &mut Writer<'_>,
    row: &store::Sprint,
    commitment: Commitment,
    sprint: &PastSprint,
) -> Result<(), AppError> {
    let plan = domain::sprint::Sprint {
        started_at: Some(sprint.started),
        closed_at: Some(sprint.closed),
        ..row.plan()
    };
    let mut record = SprintRecord::with(writer, &plan, commitment)?;
    // What the close itself decided comes after what it sealed.
    let mut decisions = Vec::new();
    for item in &mut record.items {
        let next = item.facts.iter().find_map(|dated| match dated.fact {
            ItemFact::Selected { sprint: next, .. } if dated.happened_at == sprint.closed => Some(next),
            _ => None,
        });
        decisions.push((item.id, next));
        item.facts.retain(|dated| dated.happened_at < sprint.closed);
    }
    let ledger = record.ledger(sprint.closed);
    let open: HashSet<_> = [Part::Planned, Part::Buffer]
        .into_iter()
        .flat_map(|part| ledger.standing(part, Standing::Open))
        .map(|item| item.id)
        .collect();
    let decided = |(item, next): (_, Option<SprintId>)| match next {
        Some(sprint) => (item, Decision::NextSprint { sprint }),
        None => (item, Decision::ProductBacklog),
    };
    let decisions = decisions.into_iter().filter(|(item, _)| open.contains(item)).map(decided).collect();
    let closing = Closing { decisions, goal: None };
    let report = SprintReport::seal(&plan, &ledger, &closing, record.calendar.zone);
    seal_areas(writer, &record, report, sprint.closed, None)
}
