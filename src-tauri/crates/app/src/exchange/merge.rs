//! What becomes of the drafts of a file beside what the team has already.
//!
//! 1. A row whose key its source never had here becomes a new item; any other is merged field by field (13.2).
//! 2. What was seen last is kept for each field that the file said something of; a field left undecided keeps the old.
//! 3. Kind, severity and size of a new item hold from its creation on; a state holds from the date that the file gives
//!    for it, else from now; an owner holds from now.
//!    A file without a column of statuses says by its dates what is done and what is begun.
//! 4. A severity is for bugs and for what is not sorted yet; elsewhere it is counted and not taken.
//! 5. An owner who is no member is kept as a label of that name, and so is the name of a Sprint (13.3).
//! 6. An open item of the running Sprint that gets parts is named, so that it leaves the Sprint (1.1, 3.4).
//! 7. Nothing here writes: a preview and an import go the same way up to the writing.

use super::history::{History, ItemHistory, PastSprints};
use super::mapping::{self, Mapping, OWN, Target};
use super::names;
use super::rows::{Cell, Draft, Drafts, Problem, shortened_line};
use super::table::Table;
use crate::contract::{Cancel, Progress};
use crate::error::AppError;
use crate::team::counted;
use domain::backlog::{Category, Item, ItemFact, Severity, WorkKind};
use domain::calendar::{Instant, Zone};
use domain::exchange::{LabelKind, Merged, Side, merge, merge_labels};
use domain::identity::{ItemId, MemberId, RowId, SprintId, StateId};
use domain::measures::Size;
use domain::priority::is_critical;
use domain::team::Workflow;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::mpsc::{SyncSender, sync_channel};
use store::{ItemFilter, OutsideItem, Reader};
use ts_rs::TS;

/// A field of an item or an interrupt that is merged by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportField")]
pub enum Field {
    /// The title.
    Title,
    /// The description.
    Description,
    /// The kind of work.
    Kind,
    /// The severity.
    Severity,
    /// The size.
    Size,
    /// The state.
    State,
    /// The owner.
    Owner,
    /// The item of which it is a part.
    Parent,
    /// When an interrupt came.
    Reported,
    /// When an interrupt ended.
    Ended,
    /// How long an interrupt took.
    Time,
    /// When an incident began.
    Began,
    /// When an incident was detected.
    Detected,
    /// When an incident was acknowledged.
    Acknowledged,
    /// When an incident was mitigated.
    Mitigated,
    /// When an incident was resolved.
    Resolved,
    /// Which services an incident affected.
    Services,
}

/// A field that differs: here, and there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportDifference")]
pub struct Difference {
    /// The item's key in its source.
    pub key: String,
    /// The item's label here.
    pub label: String,
    /// The item's title here.
    pub title: String,
    /// The field.
    pub field: Field,
    /// What the team has, in words.
    pub here: String,
    /// What the file has, in words.
    pub there: String,
}

/// How one difference is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportSettled")]
pub struct Settled {
    /// The item's key in its source.
    pub key: String,
    /// The field.
    pub field: Field,
    /// Whose value holds.
    pub side: Side,
}

/// How the fields that changed on both sides are settled.
#[derive(Debug, Default)]
pub struct Sides {
    /// Those that were settled one by one.
    pub each: HashMap<(String, Field), Side>,
    /// All others.
    pub others: Option<Side>,
    /// Whether what is left undecided counts as kept here, so that what later files say is seen as after a decision.
    pub undecided_stay: bool,
}

impl Sides {
    fn of(&self, key: &str, field: Field) -> Option<Side> {
        self.each.get(&(key.to_owned(), field)).copied().or(self.others)
    }
}

/// An open item of the running Sprint that gets parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportDivided")]
pub struct Divided {
    /// The item.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The Sprint that it leaves.
    pub sprint: SprintId,
    /// The name of that Sprint.
    pub sprint_name: String,
}

/// What becomes of one row.
#[derive(Debug)]
pub enum Step {
    /// A new item.
    New(Box<NewStep>),
    /// Changes of an item that is here already; may be none.
    Known(Box<KnownStep>),
}

/// A new item, but for its label and its place.
#[derive(Debug)]
pub struct NewStep {
    /// Its identity.
    pub item: ItemId,
    /// The row.
    pub draft: Draft,
    /// The item of which it is a part.
    pub parent: Option<ItemId>,
    /// Its facts, dated.
    pub facts: Vec<(Instant, ItemFact)>,
    /// Its labels.
    pub labels: Vec<(LabelKind, String)>,
    /// What was seen, as JSON.
    pub last_seen: String,
    /// Whether it is a critical bug that is still open.
    pub is_critical: bool,
}

/// Changes of an item that is here already.
#[derive(Debug)]
pub struct KnownStep {
    /// The outside item; none where the item is known by its own identity.
    pub outside: Option<RowId>,
    /// The item.
    pub item: ItemId,
    /// New words: title and description.
    pub words: Option<(String, String)>,
    /// New facts, dated.
    pub facts: Vec<(Instant, ItemFact)>,
    /// Another item of which it is a part, or none.
    pub parent: Option<Option<ItemId>>,
    /// Labels that come.
    pub added: Vec<(LabelKind, String)>,
    /// Labels that go.
    pub taken: Vec<(LabelKind, String)>,
    /// What was seen, as JSON, where it is something new.
    pub last_seen: Option<String>,
    /// Whether it becomes a critical bug by this, while it is open.
    pub becomes_critical: bool,
}

impl KnownStep {
    /// Whether the item changes, beyond what is remembered of its source.
    pub fn changes(&self) -> bool {
        self.words.is_some()
            || !self.facts.is_empty()
            || self.parent.is_some()
            || !self.added.is_empty()
            || !self.taken.is_empty()
    }
}

/// What a whole file comes to, beside its steps.
#[derive(Debug, Default)]
pub struct Findings {
    /// Rows that were not taken.
    pub rows: Vec<Problem>,
    /// Rows that were left out on purpose.
    pub left_out: Vec<Problem>,
    /// Cells that were not taken.
    pub cells: Vec<Problem>,
    /// Fields that changed on both sides and were not settled, the first of them.
    pub conflicts: Vec<Difference>,
    /// How many such fields there are.
    pub conflicts_in_all: u32,
    /// How many items have such fields.
    pub conflicting: u32,
    /// Fields that are taken from the file, the first of them.
    pub taken: Vec<Difference>,
    /// How many such fields there are.
    pub taken_in_all: u32,
    /// Names of owners who are no members, with the number of their items.
    pub unknown_owners: BTreeMap<String, u32>,
    /// Severities of items that are no bugs.
    pub severities_of_others: u32,
    /// Dates that lie ahead, and were taken as now.
    pub dates_ahead: u32,
    /// Items finished in a closed Sprint that are open again; they are in the Product Backlog.
    pub reopened: u32,
    /// The titles of new items, the first of them: some may be here already under another key.
    pub new_titles: Vec<String>,
}

impl Findings {
    /// Whatever is not taken, by line.
    pub fn problems(self) -> Vec<Problem> {
        let mut problems = self.rows;
        problems.extend(self.left_out);
        problems.extend(self.cells);
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}

/// How many differences are listed; the others are only counted.
const LISTED: usize = 500;
/// How many new titles are held against those that the team has; a first import has nothing to be held against.
const NEW_TITLES: usize = 5_000;
/// How often work looks whether it is to stop: in rows.
pub(super) const BREATH: usize = 256;

/// Reads a file's rows and says what becomes of each.
pub struct Merge<'m> {
    reader: Reader<'m>,
    mapping: &'m Mapping,
    workflow: Workflow,
    members: HashMap<String, MemberId>,
    names: HashMap<MemberId, String>,
    closed_sprints: HashSet<SprintId>,
    running: Vec<(Divided, bool)>,
    wholes: HashSet<ItemId>,
    zone: Zone,
    now: Instant,
    sides: &'m Sides,
    known_source: bool,
    family: Family,
    history: &'m History,
    /// The Sprints of the past that come along.
    pub past: PastSprints,
    /// What was found on the way.
    pub findings: Findings,
}

/// Identities for what is new.
pub struct Fresh<'f> {
    /// Makes that of an item.
    pub items: &'f mut dyn FnMut() -> ItemId,
    /// Those of Sprints, as many as the file names.
    pub sprints: Vec<SprintId>,
}

/// Who is who in the file, and who is a part of whom.
#[derive(Default)]
struct Family {
    keys: HashMap<String, ItemId>,
    ids: HashMap<String, ItemId>,
    parents: HashMap<ItemId, ItemId>,
}

impl<'m> Merge<'m> {
    /// Reads the team, and once through the file to know who is who.
    ///
    /// `breath` hears how far the first reading is, and stops it.
    pub fn prepare(
        reader: Reader<'m>,
        table: &'m Table<'_>,
        mapping: &'m Mapping,
        sides: &'m Sides,
        now: Instant,
        fresh: Fresh<'_>,
        breath: &Breath<'_>,
    ) -> Result<Merge<'m>, AppError> {
        let team = reader.team()?;
        let workflow = reader.workflow()?;
        if mapping.states.iter().any(|value| value.to.is_some_and(|id| workflow.get(id).is_none())) {
            return Err(AppError::refused(
                "The mapping names a state that the team no longer has.",
                "Look at the file again and choose the states anew.",
            ));
        }
        let mut members = HashMap::new();
        let mut names_of = HashMap::new();
        for member in reader.members()? {
            members.entry(names::plain(&member.name)).or_insert(member.id);
            names_of.insert(member.id, member.name);
        }
        let mut running = Vec::new();
        if let Some(sprint) = reader.active_sprint()? {
            for item in reader.items(ItemFilter::InSprint(sprint.id))? {
                // What was divided before the start is in no scope.
                if reader.has_parts(item.id)? {
                    continue;
                }
                let is_open = !workflow.category(item.present.state).is_end();
                let (sprint, sprint_name) = (sprint.id, sprint.name.clone());
                let divided =
                    Divided { id: item.id, label: item.label, title: item.title, sprint, sprint_name };
                running.push((divided, is_open));
            }
        }
        let closed = reader.sprints()?.into_iter().filter(|sprint| sprint.closed_at.is_some());
        let closed_sprints = closed.map(|sprint| sprint.id).collect();
        let known_source = reader.knows_source(&mapping.source)?;
        let mut family = Family::default();
        let mut parents: Vec<(ItemId, String)> = Vec::new();
        let mut drafts = drafts(table, mapping, team.zone)?;
        let mut count = 0;
        while let Some(row) = drafts.next_named() {
            count += 1;
            if count % BREATH == 0 {
                breath.take(drafts.read_bytes(), table.length() * 2)?;
            }
            let Some(named) = row else { continue };
            let outside = if known_source { reader.item_of_key(&mapping.source, &named.key)? } else { None };
            let known = match (outside, own_item(&mapping.source, &named.key)) {
                (None, Some(own)) => reader.item(own)?.map(|item| item.id),
                (outside, _) => outside,
            };
            let item = known.unwrap_or_else(&mut *fresh.items);
            parents.extend(named.parent.map(|parent| (item, parent)));
            family.ids.extend(named.id.map(|id| (id, item)));
            family.keys.insert(named.key, item);
        }
        for (item, parent) in parents {
            if let Some(parent) = family.find(reader, &mapping.source, &parent)? {
                family.parents.insert(item, parent);
            }
        }
        let past = PastSprints::prepare(&reader, &table.history, mapping, fresh.sprints, now)?;
        let mut findings = Findings { cells: table.cells.clone(), ..Findings::default() };
        for problem in &table.refused {
            let list = if problem.on_purpose { &mut findings.left_out } else { &mut findings.rows };
            list.push(problem.clone());
        }
        Ok(Merge {
            reader,
            mapping,
            workflow,
            members,
            names: names_of,
            closed_sprints,
            running,
            wholes: HashSet::new(),
            zone: team.zone,
            now,
            sides,
            known_source,
            family,
            history: &table.history,
            past,
            findings,
        })
    }

    /// Says row by row what becomes of it; `work` does it, or only counts it.
    pub fn each(
        &mut self,
        table: &Table<'_>,
        breath: &Breath<'_>,
        mut work: impl FnMut(Step) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let drafts = drafts(table, self.mapping, self.zone)?;
        // The file is read ahead on another processor while the rows before are written.
        std::thread::scope(|scope| {
            let (to, parts) = sync_channel(4);
            scope.spawn(move || read_ahead(drafts, &to));
            for (rows, read_bytes) in parts {
                breath.take(table.length() + read_bytes, table.length() * 2)?;
                for row in rows {
                    match row {
                        Ok(mut draft) => {
                            self.findings.cells.append(&mut draft.problems);
                            work(self.step(draft)?)?;
                        }
                        Err(problem) if problem.on_purpose => self.findings.left_out.push(problem),
                        Err(problem) => self.findings.rows.push(problem),
                    }
                }
            }
            Ok(())
        })
    }

    /// The open items of the running Sprint that got parts; what is done stays done.
    pub fn divided(&self) -> Vec<Divided> {
        let leaving =
            self.running.iter().filter(|(item, is_open)| *is_open && self.wholes.contains(&item.id));
        leaving.map(|(item, _)| item.clone()).collect()
    }

    fn step(&mut self, mut draft: Draft) -> Result<Step, AppError> {
        for date in [&mut draft.created, &mut draft.started, &mut draft.resolved] {
            if let Cell::Holds(at) = date
                && *at > self.now
            {
                self.findings.dates_ahead += 1;
                *at = self.now;
            }
        }
        let outside = match self.known_source {
            true => self.reader.outside_item(&self.mapping.source, &draft.key)?,
            false => None,
        };
        if let Some(OutsideItem { id, item, last_seen }) = outside {
            return self.known_item(draft, Some(id), item, &last_seen);
        }
        let own = match own_item(&self.mapping.source, &draft.key) {
            Some(item) => self.reader.item(item)?,
            None => None,
        };
        match own {
            None => self.new_item(draft),
            Some(item) => {
                let exported = draft.base.clone().unwrap_or_default();
                self.known_item(draft, None, item, &exported)
            }
        }
    }

    fn new_item(&mut self, draft: Draft) -> Result<Step, AppError> {
        let item =
            *self.family.keys.get(&draft.key).ok_or_else(|| AppError::internal("a row came from nowhere"))?;
        let mut seen = LastSeen { title: Some(draft.title.clone()), ..LastSeen::default() };
        if self.findings.new_titles.len() < NEW_TITLES {
            self.findings.new_titles.push(draft.title.clone());
        }
        let kind = draft.kind.said();
        let severity = self.severity(&draft, kind.flatten());
        let size = draft.size.said();
        let state = self.state(&draft);
        let (owner, owner_labels) = self.owner(&draft);
        let parent = self.parent(&draft, item)?;

        let created = draft.created.value().or(draft.started.value()).or(draft.resolved.value());
        let created = created.copied().unwrap_or(self.now);
        let history = self.history.items.get(&draft.key);
        let mut facts = match history.filter(|history| !history.statuses.is_empty()) {
            Some(history) => self.dated_states(history, &draft, created, state.flatten())?,
            None => self.states(&draft, created, state.flatten())?,
        };
        let begun = facts.len();
        facts.extend(kind.flatten().map(|kind| (created, ItemFact::KindSet(Some(kind)))));
        facts.extend(severity.flatten().map(|severity| (created, ItemFact::SeveritySet(Some(severity)))));
        let sizes = history.and_then(|history| self.dated_sizes(history, created, size.flatten()));
        match sizes {
            Some(sizes) => facts.extend(sizes),
            None => facts.extend(size.flatten().map(|size| (created, ItemFact::Sized(Some(size))))),
        }
        facts.extend(owner.flatten().map(|owner| (self.now, ItemFact::Assigned(Some(owner)))));
        let is_open = !self.workflow.category(state.flatten()).is_end();
        let is_critical = is_open && is_critical(kind.flatten(), severity.flatten());
        // Creation first, then what holds from then on, then the later states.
        facts.get_mut(1..).unwrap_or_default().rotate_left(begun.saturating_sub(1));
        if let Some(history) = history {
            let of_sprints = self.sprint_facts(history, &facts, kind.flatten());
            // What comes at one moment: first where the item is, then what it is.
            facts.splice(1..1, of_sprints);
            seen.history = history.until();
        }

        let mut labels: Vec<(LabelKind, String)> = Vec::new();
        for (kind, names, place) in [
            (LabelKind::Label, draft.labels.value().cloned(), &mut seen.labels),
            (LabelKind::Sprint, draft.sprints.value().cloned(), &mut seen.sprints),
            (LabelKind::Owner, owner_labels, &mut seen.owners),
        ] {
            if let Some(names) = names {
                labels.extend(names.iter().map(|name| (kind, name.clone())));
                *place = names;
            }
        }
        seen.description = said_text(&draft.description).map(fingerprint);
        (seen.kind, seen.severity, seen.size) = (kind, severity, size);
        (seen.state, seen.owner, seen.parent) = (state, owner, parent);
        self.wholes.extend(parent.flatten());
        Ok(Step::New(Box::new(NewStep {
            item,
            parent: parent.flatten(),
            facts,
            labels,
            last_seen: seen_json(&seen)?,
            is_critical,
            draft,
        })))
    }

    /// Its creation and its states, in order, each at the time that the file gives for it.
    fn states(
        &self,
        draft: &Draft,
        created: Instant,
        state: Option<StateId>,
    ) -> Result<Vec<(Instant, ItemFact)>, AppError> {
        let first = |category| {
            let state = self.workflow.first(category).map(|state| state.id);
            state.ok_or_else(|| AppError::internal(format!("no state means {category}")))
        };
        let to_do = first(Category::ToDo)?;
        let state = state.unwrap_or(to_do);
        let category = self.workflow.category(Some(state));
        let dated = |date: &Cell<Instant>| date.value().copied().unwrap_or(self.now).max(created);
        Ok(match category {
            Category::ToDo => vec![(created, ItemFact::Created { state })],
            Category::InProgress => vec![
                (created, ItemFact::Created { state: to_do }),
                (dated(&draft.started), ItemFact::Moved { state }),
            ],
            Category::Done | Category::Cancelled => {
                let end = dated(&draft.resolved);
                let mut facts = vec![(created, ItemFact::Created { state: to_do })];
                if let Some(started) = draft.started.value() {
                    let state = first(Category::InProgress)?;
                    facts.push(((*started).max(created).min(end), ItemFact::Moved { state }));
                }
                facts.push((end, ItemFact::Moved { state }));
                facts
            }
        })
    }

    /// Its creation and its states, as its history has them.
    fn dated_states(
        &self,
        history: &ItemHistory,
        draft: &Draft,
        created: Instant,
        state: Option<StateId>,
    ) -> Result<Vec<(Instant, ItemFact)>, AppError> {
        let to_do = self.workflow.first(Category::ToDo).map(|state| state.id);
        let to_do = to_do.ok_or_else(|| AppError::internal("no state means to do"))?;
        let state_of = |status: &str| {
            let named = self.mapping.states.iter().find(|value| value.value == status);
            named.and_then(|value| value.to).unwrap_or(to_do)
        };
        let mut facts: Vec<(Instant, ItemFact)> = Vec::new();
        let mut last = None;
        for (at, status) in history.statuses.between(created, self.now) {
            let state = state_of(status);
            if last.replace(state) == Some(state) {
                continue;
            }
            facts.push((
                at,
                if facts.is_empty() { ItemFact::Created { state } } else { ItemFact::Moved { state } },
            ));
        }
        // The row itself is the last word.
        let state = state.unwrap_or(to_do);
        if last != Some(state) {
            let latest = facts.last().map_or(created, |(at, _)| *at);
            let at = draft.resolved.value().copied().unwrap_or(self.now).max(latest);
            facts.push((at, ItemFact::Moved { state }));
        }
        Ok(facts)
    }

    /// Its sizes, where its history has those of the column that becomes the size.
    fn dated_sizes(
        &self,
        history: &ItemHistory,
        created: Instant,
        size: Option<Size>,
    ) -> Option<Vec<(Instant, ItemFact)>> {
        let timeline = self.mapping.names_of(Target::Size).find_map(|name| history.numbers.get(name))?;
        let mut facts: Vec<(Instant, ItemFact)> = Vec::new();
        let mut last = None;
        for (at, text) in timeline.between(created, self.now) {
            let size = mapping::size(text, self.mapping.decimal).ok();
            if size != last {
                facts.push((at, ItemFact::Sized(size)));
                last = size;
            }
        }
        if last != size {
            facts.push((self.now, ItemFact::Sized(size)));
        }
        Some(facts)
    }

    /// What its history says of Sprints that are over there.
    fn sprint_facts(
        &mut self,
        history: &ItemHistory,
        facts: &[(Instant, ItemFact)],
        kind: Option<WorkKind>,
    ) -> Vec<(Instant, ItemFact)> {
        let states: Vec<(Instant, StateId)> = facts
            .iter()
            .filter_map(|(at, fact)| match fact {
                ItemFact::Created { state } | ItemFact::Moved { state } => Some((*at, *state)),
                _ => None,
            })
            .collect();
        let workflow = &self.workflow;
        self.past.facts(history, &states, kind, |state| workflow.category(Some(state)), self.now)
    }

    /// What a newer history adds to an item that is here: its states where the last one is taken, what was before the
    /// present in any case, and its Sprints that come with this import.
    fn later_facts(
        &mut self,
        draft: &Draft,
        item: &Item,
        seen: &mut LastSeen,
        taken: Option<StateId>,
        kind: Option<WorkKind>,
    ) -> Result<Vec<(Instant, ItemFact)>, AppError> {
        let Some(history) = self.history.items.get(&draft.key) else { return Ok(Vec::new()) };
        let (Some(created), Some(since)) = (item.present.created_at, item.present.state_since) else {
            return Ok(Vec::new());
        };
        let state = taken.or(item.present.state);
        let states = self.dated_states(history, draft, created, state)?;
        let before = seen.history;
        let mut facts: Vec<(Instant, ItemFact)> = self.sprint_facts(history, &states, kind);
        let selected_here = self.reader.item_facts(item.id)?.into_iter().find_map(|dated| match dated.fact {
            ItemFact::Selected { sprint, .. } if !self.past.is_known(sprint) => Some(dated.happened_at),
            _ => None,
        });
        facts.retain(|(at, fact)| {
            let sprint = match fact {
                ItemFact::Selected { sprint, .. }
                | ItemFact::Returned { sprint }
                | ItemFact::Carried { sprint } => *sprint,
                _ => return false,
            };
            let is_new = self.past.is_new(sprint) || before.is_none_or(|before| *at > before);
            is_new && selected_here.is_none_or(|here| *at < here)
        });
        let is_new = |at: Instant| before.is_none_or(|before| at > before);
        // The creation is here already; what came before the present changes nothing of it.
        facts.extend(
            states
                .into_iter()
                .skip(1)
                .filter(|(at, _)| is_new(*at) && (*at < since || (taken.is_some() && *at > since))),
        );
        seen.history = history.until().max(before);
        Ok(facts)
    }

    fn known_item(
        &mut self,
        draft: Draft,
        outside: Option<RowId>,
        item: Item,
        last_seen: &str,
    ) -> Result<Step, AppError> {
        let before = read_seen::<LastSeen>(last_seen);
        let mut seen = before.clone();
        let conflicts = self.findings.conflicts_in_all;
        let present = &item.present;
        let (owner, owner_labels) = self.owner(&draft);
        let parent = self.parent(&draft, item.id)?;
        let state = self.state(&draft);

        let text = |text: &String| shortened_line(text, 200);
        let title = self.settle(
            &draft,
            &item,
            Field::Title,
            &mut seen.title,
            &item.title,
            Some(draft.title.clone()),
            text,
        );
        let (here, there) = (fingerprint(&item.description), said_text(&draft.description));
        // Blanks around a description are lost in a file, which is no change.
        let is_same = there.is_some_and(|there| there == item.description.trim());
        let there = if is_same { Some(item.description.as_str()) } else { there };
        let description = self.settle(
            &draft,
            &item,
            Field::Description,
            &mut seen.description,
            &here,
            there.map(fingerprint),
            |print| {
                shortened_line(
                    if *print == here { &item.description } else { there.unwrap_or_default() },
                    200,
                )
            },
        );
        let description = description.and(there).map(str::to_owned);
        let there = draft.kind.said();
        let kind = self.settle(
            &draft,
            &item,
            Field::Kind,
            &mut seen.kind,
            &present.kind,
            there,
            |kind: &Option<WorkKind>| kind.map_or("unsorted", kind_words).to_owned(),
        );
        let kind_after = kind.unwrap_or(present.kind);
        let there = self.severity(&draft, kind_after);
        let severity = self.settle(
            &draft,
            &item,
            Field::Severity,
            &mut seen.severity,
            &present.severity,
            there,
            |s: &Option<Severity>| s.map_or("none".to_owned(), |severity| severity.to_string()),
        );
        let there = draft.size.said();
        let size = self.settle(
            &draft,
            &item,
            Field::Size,
            &mut seen.size,
            &present.size,
            there,
            |size: &Option<Size>| size.map_or("unsized".to_owned(), |size| size.to_string()),
        );
        let states: HashMap<StateId, String> =
            self.workflow.all().iter().map(|s| (s.id, s.name.clone())).collect();
        let state = self.settle(
            &draft,
            &item,
            Field::State,
            &mut seen.state,
            &present.state,
            state,
            |state: &Option<StateId>| state.and_then(|id| states.get(&id).cloned()).unwrap_or_default(),
        );
        let members = std::mem::take(&mut self.names);
        let owner = self.settle(
            &draft,
            &item,
            Field::Owner,
            &mut seen.owner,
            &present.owner,
            owner,
            |owner: &Option<MemberId>| {
                owner.and_then(|id| members.get(&id).cloned()).unwrap_or_else(|| "nobody".to_owned())
            },
        );
        self.names = members;
        let reader = self.reader;
        let parent = self.settle(
            &draft,
            &item,
            Field::Parent,
            &mut seen.parent,
            &item.parent,
            parent,
            |parent: &Option<ItemId>| {
                let parent = parent.and_then(|id| reader.item(id).ok().flatten());
                parent.map_or("none".to_owned(), |parent| format!("{} {}", parent.label, parent.title))
            },
        );

        let mut facts = Vec::new();
        facts.extend(kind.map(|kind| (self.now, ItemFact::KindSet(kind))));
        facts.extend(severity.map(|severity| (self.now, ItemFact::SeveritySet(severity))));
        facts.extend(size.map(|size| (self.now, ItemFact::Sized(size))));
        if let Some(Some(state)) = state {
            let date = match self.workflow.category(Some(state)) {
                Category::ToDo => None,
                Category::InProgress => draft.started.value(),
                Category::Done | Category::Cancelled => draft.resolved.value(),
            };
            // Never before the state that it leaves: else that one would still hold.
            let since = present.state_since.unwrap_or(self.now);
            let at = date.copied().unwrap_or(self.now).max(since);
            // Work that a closed Sprint finished does not go on there: open again, it is in the Product Backlog (3.4).
            let is_open_again = self.workflow.category(present.state).is_end()
                && !self.workflow.category(Some(state)).is_end();
            if let Some(sprint) =
                present.sprint.filter(|sprint| is_open_again && self.closed_sprints.contains(sprint))
            {
                facts.push((at, ItemFact::Returned { sprint }));
                self.findings.reopened += 1;
            }
            facts.push((at, ItemFact::Moved { state }));
        }
        let of_history = self.later_facts(&draft, &item, &mut seen, state.flatten(), kind_after)?;
        if let Some(Some(state)) = state
            && of_history.iter().any(|(_, fact)| *fact == ItemFact::Moved { state })
        {
            // The history says when it came so, which is better than now.
            facts.retain(|(_, fact)| *fact != ItemFact::Moved { state });
        }
        facts.extend(of_history);
        facts.extend(owner.map(|owner| (self.now, ItemFact::Assigned(owner))));
        self.wholes.extend(parent.flatten());
        if let Some((_, is_open)) = self.running.iter_mut().find(|(running, _)| running.id == item.id) {
            *is_open = !self.workflow.category(state.unwrap_or(present.state)).is_end();
        }
        let severity_after = severity.unwrap_or(present.severity);
        let is_open = !self.workflow.category(state.unwrap_or(present.state)).is_end();
        let becomes_critical = is_open
            && is_critical(kind_after, severity_after)
            && !is_critical(present.kind, present.severity);

        let here = self.reader.labels(item.id)?;
        let (mut added, mut taken) = (Vec::new(), Vec::new());
        for (kind, there, seen) in [
            (LabelKind::Label, draft.labels.clone().said().map(Option::unwrap_or_default), &mut seen.labels),
            (
                LabelKind::Sprint,
                draft.sprints.clone().said().map(Option::unwrap_or_default),
                &mut seen.sprints,
            ),
            (LabelKind::Owner, owner_labels, &mut seen.owners),
        ] {
            let Some(there) = there else { continue };
            let here: Vec<String> =
                here.iter().filter(|(k, _)| *k == kind).map(|(_, name)| name.clone()).collect();
            let (more, less) = merge_labels(seen, &here, &there);
            added.extend(more.into_iter().map(|name| (kind, name)));
            taken.extend(less.into_iter().map(|name| (kind, name)));
            *seen = there;
        }
        let words = (title.is_some() || description.is_some())
            .then(|| (title.unwrap_or(item.title), description.unwrap_or(item.description)));
        self.findings.conflicting += u32::from(self.findings.conflicts_in_all > conflicts);
        let last_seen = if seen == before { None } else { Some(seen_json(&seen)?) };
        Ok(Step::Known(Box::new(KnownStep {
            outside,
            item: item.id,
            words,
            facts,
            parent,
            added,
            taken,
            last_seen,
            becomes_critical,
        })))
    }

    /// Merges one field: the value to take, if any.
    #[allow(clippy::too_many_arguments, reason = "the three sides of a merge, and how to say them")]
    fn settle<T: PartialEq + Default + Clone>(
        &mut self,
        draft: &Draft,
        item: &Item,
        field: Field,
        seen: &mut Option<T>,
        here: &T,
        there: Option<T>,
        show: impl Fn(&T) -> String,
    ) -> Option<T> {
        let named = [draft.key.as_str(), item.label.as_str(), item.title.as_str()];
        settle(&mut self.findings, self.sides, named, field, seen, here, there, show)
    }

    /// The state that the row says: empty is the team's first. A file without statuses says it by its dates.
    fn state(&self, draft: &Draft) -> Option<Option<StateId>> {
        let first = |category| self.workflow.first(category).map(|state| state.id);
        if let Some(said) = draft.state.said() {
            return Some(said.or_else(|| first(Category::ToDo)));
        }
        if self.mapping.names_of(Target::State).next().is_some() {
            return None;
        }
        match (&draft.started, &draft.resolved) {
            (_, Cell::Holds(_)) => Some(first(Category::Done)),
            (Cell::Holds(_), _) => Some(first(Category::InProgress)),
            (Cell::Empty, _) | (_, Cell::Empty) => Some(first(Category::ToDo)),
            _ => None,
        }
    }

    /// The severity that the row says, where the item is a bug or may be one.
    fn severity(&mut self, draft: &Draft, kind: Option<WorkKind>) -> Option<Option<Severity>> {
        if kind.is_none_or(|kind| kind == WorkKind::Bug) {
            return draft.severity.said();
        }
        self.findings.severities_of_others += u32::from(draft.severity.value().is_some());
        None
    }

    /// The member that the row names, and the label that keeps the name of one who is none.
    fn owner(&mut self, draft: &Draft) -> (Option<Option<MemberId>>, Option<Vec<String>>) {
        match &draft.owner {
            Cell::Unsaid => (None, None),
            Cell::Empty => (Some(None), Some(Vec::new())),
            Cell::Holds(name) => match self.members.get(&names::plain(name)) {
                Some(member) => (Some(Some(*member)), Some(Vec::new())),
                None => {
                    *self.findings.unknown_owners.entry(name.clone()).or_default() += 1;
                    (None, Some(vec![name.clone()]))
                }
            },
        }
    }

    /// The item that the row names as its parent; one that is not known, or a part of this item, is reported.
    fn parent(&mut self, draft: &Draft, item: ItemId) -> Result<Option<Option<ItemId>>, AppError> {
        let name = match &draft.parent {
            Cell::Unsaid => return Ok(None),
            Cell::Empty => return Ok(Some(None)),
            Cell::Holds(name) => name,
        };
        let reason = match self.family.find(self.reader, &self.mapping.source, name)? {
            None => "no item with this key is in the file or in the team",
            Some(parent) if self.family.is_within(self.reader, parent, item)? => {
                "the item would be a part of itself"
            }
            Some(parent) => return Ok(Some(Some(parent))),
        };
        self.findings.cells.push(Problem {
            line: draft.line,
            column: self.mapping.names_of(Target::Parent).next().unwrap_or_default().to_owned(),
            value: shortened_line(name, 200),
            reason: reason.to_owned(),
            on_purpose: false,
        });
        Ok(None)
    }
}

impl Family {
    fn find(&self, reader: Reader<'_>, source: &str, name: &str) -> Result<Option<ItemId>, AppError> {
        match self.keys.get(name).or_else(|| self.ids.get(name)) {
            Some(item) => Ok(Some(*item)),
            None => match (reader.item_of_key(source, name)?, own_item(source, name)) {
                (None, Some(own)) => Ok(reader.item(own)?.map(|item| item.id)),
                (known, _) => Ok(known),
            },
        }
    }

    /// Whether an item is another one or a part of it, as the file and the team have it.
    fn is_within(&self, reader: Reader<'_>, item: ItemId, whole: ItemId) -> Result<bool, AppError> {
        let mut at = item;
        // Deeper than any real backlog: a ring among others is found when its own rows come.
        for _ in 0..100 {
            if at == whole {
                return Ok(true);
            }
            let above = match self.parents.get(&at) {
                Some(parent) => Some(*parent),
                None => reader.item(at)?.and_then(|item| item.parent),
            };
            match above {
                Some(above) => at = above,
                None => return Ok(false),
            }
        }
        Ok(false)
    }
}

/// Merges one field of what has a key, a label and a title: the value to take, if any.
#[allow(clippy::too_many_arguments, reason = "the three sides of a merge, and how to say them")]
pub(super) fn settle<T: PartialEq + Default + Clone>(
    findings: &mut Findings,
    sides: &Sides,
    [key, label, title]: [&str; 3],
    field: Field,
    seen: &mut Option<T>,
    here: &T,
    there: Option<T>,
    show: impl Fn(&T) -> String,
) -> Option<T> {
    let there = there?;
    let merged = merge(seen.as_ref(), here, there.clone());
    let difference = |there: &T| Difference {
        key: key.to_owned(),
        label: label.to_owned(),
        title: title.to_owned(),
        field,
        here: show(here),
        there: show(there),
    };
    let taken = match merged {
        Merged::Keep => None,
        Merged::Take(value) => Some(value),
        Merged::Ask(value) => match sides.of(key, field) {
            Some(Side::There) => Some(value),
            Some(Side::Here) => None,
            None => {
                findings.conflicts_in_all += 1;
                if findings.conflicts.len() < LISTED {
                    findings.conflicts.push(difference(&value));
                }
                if sides.undecided_stay {
                    *seen = Some(there);
                }
                return None;
            }
        },
    };
    *seen = Some(there);
    if let Some(value) = &taken {
        findings.taken_in_all += 1;
        if findings.taken.len() < LISTED {
            findings.taken.push(difference(value));
        }
    }
    taken
}

/// A part of a file's rows, in order, and how many bytes of the file are read behind it.
type Part = (Vec<Result<Draft, Problem>>, usize);

/// Hands a file's rows on, part by part, until nobody wants more.
fn read_ahead(mut drafts: Drafts<'_>, to: &SyncSender<Part>) {
    loop {
        let rows: Vec<_> = drafts.by_ref().take(BREATH).collect();
        if rows.is_empty() || to.send((rows, drafts.read_bytes())).is_err() {
            return;
        }
    }
}

/// Says how far long work is, and stops it when it is asked to.
pub struct Breath<'b> {
    /// Hears how far it is.
    pub progress: &'b dyn Fn(Progress),
    /// Asks to stop.
    pub cancel: &'b Cancel,
}

impl Breath<'_> {
    pub(super) fn take(&self, done: usize, of: usize) -> Result<(), AppError> {
        self.cancel.check()?;
        (self.progress)(Progress { done: done as u64, of: of as u64 });
        Ok(())
    }
}

/// The drafts of a table, or why the mapping does not fit it.
pub fn drafts<'t>(table: &'t Table<'_>, mapping: &'t Mapping, zone: Zone) -> Result<Drafts<'t>, AppError> {
    Drafts::new(table, mapping, zone).map_err(|refused| {
        let message = crate::error::sentence(&refused.to_string());
        AppError::refused(message, "Choose other columns in the mapping.").at("columns")
    })
}

/// A kind of work in a person's words.
pub fn kind_words(kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Feature => "feature",
        WorkKind::Bug => "bug",
        WorkKind::Debt => "technical debt",
        WorkKind::Infrastructure => "infrastructure",
    }
}

/// The item that an export of our own names.
fn own_item(source: &str, key: &str) -> Option<ItemId> {
    if source == OWN.source { key.parse().ok() } else { None }
}

/// What is exported of an item, as an import compares it later.
pub(super) fn as_exported(item: &Item, labels: &[(LabelKind, String)]) -> Result<String, AppError> {
    let present = &item.present;
    let of = |kind: LabelKind| -> Vec<String> {
        labels.iter().filter(|(known, _)| *known == kind).map(|(_, name)| name.clone()).collect()
    };
    let is_bug = present.kind.is_none_or(|kind| kind == WorkKind::Bug);
    let seen = LastSeen {
        title: Some(item.title.clone()),
        description: Some(fingerprint(&item.description)),
        kind: Some(present.kind),
        severity: is_bug.then_some(present.severity),
        size: Some(present.size),
        state: Some(present.state),
        owner: Some(present.owner),
        parent: Some(item.parent),
        history: None,
        labels: of(LabelKind::Label),
        sprints: of(LabelKind::Sprint),
        owners: of(LabelKind::Owner),
    };
    seen_json(&seen)
}

/// The text that a row says; none where it says nothing of it.
fn said_text(cell: &Cell<String>) -> Option<&str> {
    match cell {
        Cell::Unsaid => None,
        Cell::Empty => Some(""),
        Cell::Holds(text) => Some(text),
    }
}

/// A short stand-in for a text, the same on every machine and for ever; no text has none.
pub fn fingerprint(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let half = |seed: u64| {
        let mix = |mixed: u64, part: u64| {
            let mixed = (mixed ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            mixed ^ (mixed >> 29)
        };
        let parts = text.as_bytes().chunks(8).map(|part| {
            let mut bytes = [0; 8];
            bytes.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
            u64::from_le_bytes(bytes)
        });
        mix(parts.fold(seed, mix), text.len() as u64)
    };
    format!("{:016x}{:016x}", half(0x243F_6A88_85A3_08D3), half(0x1319_8A2E_0370_7344))
}

/// What a source said of an item when it was last looked at; what it never said is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct LastSeen {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Its fingerprint: a description is long, and all that is asked of it is whether it is still the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    kind: Option<Option<WorkKind>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    severity: Option<Option<Severity>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    size: Option<Option<Size>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    state: Option<Option<StateId>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    owner: Option<Option<MemberId>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    parent: Option<Option<ItemId>>,
    /// Until when its history was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Instant>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sprints: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    owners: Vec<String>,
}

/// What was seen last. What cannot be read was never seen: then every difference is asked instead of overwritten.
pub(super) fn read_seen<T: DeserializeOwned + Default>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_default()
}

/// What is seen now, as [`read_seen`] reads it.
pub(super) fn seen_json(seen: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(seen).map_err(|error| AppError::internal(error.to_string()))
}

/// The title of an import: “Import 223 interrupts from issues”, “Import 3 incidents and update 1 from PagerDuty”.
pub(super) fn title_of(thing: &str, new: u32, changed: u32, source: &str) -> String {
    let many = |count: u32| counted(count, thing);
    match (new, changed) {
        (0, 0) => format!("Import from {source}"),
        (new, 0) => format!("Import {} from {source}", many(new)),
        (0, changed) => format!("Update {} from {source}", many(changed)),
        (new, changed) => format!("Import {} and update {changed} from {source}", many(new)),
    }
}

/// Adds a sentence of what is counted, where it is not nothing; `#` in that for many is the count.
pub(super) fn say(notes: &mut Vec<String>, count: usize, one: &str, many: &str) {
    match count {
        0 => (),
        1 => notes.push(one.to_owned()),
        count => notes.push(many.replace('#', &count.to_string())),
    }
}

/// A field that is there says something, also when it says *none*.
pub(super) fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_tells_texts_apart_and_never_changes() {
        assert_eq!(fingerprint(""), "");
        let texts =
            ["a", "a\0", "b", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab", "baaaaaaaa", "two\nlines", "two lines"];
        let prints: HashSet<String> = texts.map(fingerprint).into();
        assert_eq!(prints.len(), texts.len());
        expect_test::expect!["897400544244272912b5f4d67eadb829"]
            .assert_eq(&fingerprint("Some customers see no receipt."));
    }

    #[test]
    fn what_was_seen_is_kept_field_by_field() {
        let seen = LastSeen { title: Some("x".into()), size: Some(None), ..LastSeen::default() };
        let json = seen_json(&seen).unwrap();
        assert_eq!(json, r#"{"title":"x","size":null}"#);
        assert_eq!(read_seen::<LastSeen>(&json), seen, "none is not the same as never seen");
        assert_eq!(read_seen::<LastSeen>("not JSON"), LastSeen::default());
    }
}
