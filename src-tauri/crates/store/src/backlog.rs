//! Product Backlog items and their facts.
//!
//! 1. A fact is appended and the item's columns become the fold of its facts, in one step ([`Writer::record`]).
//! 2. Titles and descriptions are not facts; the journal carries them.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text};
use crate::{Result, StoreError};
use domain::backlog::{Dated, Item, ItemFact, ItemPresent, Rank, Readiness, Relation};
use domain::calendar::Instant;
use domain::identity::{ItemId, RowId, SprintId};
use domain::measures::Size;
use rusqlite::{OptionalExtension, Row, named_params, params_from_iter};

mod batch;
mod goal;
mod link;
mod list;
mod order;
mod words;

pub use batch::Batch;
use batch::Cells;
pub use link::{Attachment, Placing, Titled};
pub use list::ListedItem;
pub(crate) use order::Order;
pub use order::{OpenWork, Placed, Tally};

/// An item that is about to be written for the first time.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// The label for people.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its description, Markdown.
    pub description: String,
    /// Its place in the Product Backlog.
    pub rank: Rank,
    /// The item of which it is a part.
    pub parent: Option<ItemId>,
    /// Its facts with the moments at which they happened; the first says that it was created.
    pub facts: Vec<(Instant, ItemFact)>,
}

/// Which items are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemFilter {
    /// All of them.
    All,
    /// Those selected in a Sprint now.
    InSprint(SprintId),
    /// Those that a fact ever put into a Sprint.
    EverInSprint(SprintId),
}

/// The columns of an item that are no facts, as they are selected and written.
const OWN_COLUMNS: &str = "id, label, title, description, rank, parent";

/// The columns of an item that hold the fold of its facts, in the order of [`batch::Cells::present`].
const PRESENT_COLUMNS: &str =
    "created_at, kind, severity, size, state, state_since, owner, blocked, sprint, lane,
    origin, carried, readiness";

impl Reader<'_> {
    /// An item.
    pub fn item(&self, id: ItemId) -> Result<Option<Item>> {
        let sql = format!("SELECT {OWN_COLUMNS}, {PRESENT_COLUMNS} FROM item WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_item).optional()?)
    }

    /// Items in the order of the Product Backlog.
    pub fn items(&self, filter: ItemFilter) -> Result<Vec<Item>> {
        let (wanted, sprint) = match filter {
            ItemFilter::All => ("true", None),
            ItemFilter::InSprint(sprint) => ("item.sprint = :sprint", Some(sprint)),
            ItemFilter::EverInSprint(sprint) => {
                ("item.id IN (SELECT subject FROM item_event WHERE sprint = :sprint)", Some(sprint))
            }
        };
        let sql =
            format!("SELECT {OWN_COLUMNS}, {PRESENT_COLUMNS} FROM item WHERE {wanted} ORDER BY rank, id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let items = match sprint {
            Some(sprint) => select.query_map(named_params! { ":sprint": Text(sprint) }, read_item)?,
            None => select.query_map([], read_item)?,
        };
        Ok(items.collect::<Result<_, _>>()?)
    }

    /// The facts of an item, in their order.
    pub fn item_facts(&self, id: ItemId) -> Result<Vec<Dated<ItemFact>>> {
        let mut select = self.connection.prepare_cached(
            "SELECT subject, id, operation, happened_at, recorded_at, kind, value, sprint, lane, origin
               FROM item_event
              WHERE subject = :subject
              ORDER BY happened_at, recorded_at, id",
        )?;
        let facts = select.query_map(named_params! { ":subject": Text(id) }, read_fact)?;
        Ok(facts.map(|fact| fact.map(|(_, fact)| fact)).collect::<Result<_, _>>()?)
    }

    /// The facts of every item that was ever in a Sprint, in their order.
    pub fn facts_of_sprint(&self, sprint: SprintId) -> Result<Vec<(ItemId, Dated<ItemFact>)>> {
        let mut select = self.connection.prepare_cached(
            "SELECT subject, id, operation, happened_at, recorded_at, kind, value, sprint, lane, origin
               FROM item_event
              WHERE subject IN (SELECT subject FROM item_event WHERE sprint = :sprint)
              ORDER BY happened_at, recorded_at, id",
        )?;
        let facts = select.query_map(named_params! { ":sprint": Text(sprint) }, read_fact)?;
        Ok(facts.collect::<Result<_, _>>()?)
    }

    /// The ranks right below and above a place next to an item; with no item, the lowest or the highest rank there is.
    pub fn rank_at_end(&self, top: bool) -> Result<Option<Rank>> {
        let sql = if top { "SELECT min(rank) FROM item" } else { "SELECT max(rank) FROM item" };
        let rank: Option<Text<Rank>> =
            self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(rank.map(|rank| rank.0))
    }

    /// How many numbers were given to labels.
    pub fn labels_given(&self) -> Result<i64> {
        let mut select =
            self.connection.prepare_cached("SELECT labels_given FROM team ORDER BY id LIMIT 1")?;
        Ok(select.query_row([], |row| row.get(0))?)
    }
}

impl Writer<'_> {
    /// Takes numbers for labels, so many, and answers the first; a number is never given twice.
    pub fn take_label_numbers(&mut self, count: usize) -> Result<i64> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE team SET labels_given = labels_given + :count RETURNING labels_given")?;
        let given: i64 = update.query_row(named_params! { ":count": count as i64 }, |row| row.get(0))?;
        Ok(given - count as i64 + 1)
    }

    /// Writes a new item with its facts.
    pub fn add_item(&mut self, new: &NewItem) -> Result<ItemId> {
        let id: ItemId = self.identity();
        let mut batch = Batch::default();
        batch.add_item(self, id, new.clone())?;
        batch.finish(self)?;
        Ok(id)
    }

    /// Records what became so for an item, and stores the fold of all its facts.
    pub fn record(&mut self, item: ItemId, happened_at: Instant, fact: &ItemFact) -> Result<ItemPresent> {
        self.append(item, happened_at, fact)?;
        let present = ItemPresent::fold(&self.item_facts(item)?);
        self.store_present(item, &present)?;
        Ok(present)
    }

    /// Changes an item's words.
    pub fn put_words(&mut self, item: ItemId, title: &str, description: &str) -> Result<()> {
        let changed = self
            .connection
            .prepare_cached("UPDATE item SET title = :title, description = :description WHERE id = :id")?
            .execute(named_params! { ":id": Text(item), ":title": title, ":description": description })?;
        if changed == 0 { Err(StoreError::Unknown("item")) } else { Ok(()) }
    }

    /// Moves an item to another place in the order.
    pub fn put_rank(&mut self, item: ItemId, rank: &Rank) -> Result<()> {
        let changed = self
            .connection
            .prepare_cached("UPDATE item SET rank = :rank WHERE id = :id")?
            .execute(named_params! { ":id": Text(item), ":rank": Text(rank) })?;
        if changed == 0 { Err(StoreError::Unknown("item")) } else { Ok(()) }
    }

    pub(crate) fn store_present(&mut self, item: ItemId, present: &ItemPresent) -> Result<()> {
        let places = vec!["?"; PRESENT_COLUMNS.split(',').count()].join(", ");
        let sql = format!("UPDATE item SET ({PRESENT_COLUMNS}) = ({places}) WHERE id = ?");
        let mut cells = Cells::default();
        cells.present(present).word(item);
        let changed = self.connection.prepare_cached(&sql)?.execute(params_from_iter(cells.bound()))?;
        if changed == 0 { Err(StoreError::Unknown("item")) } else { Ok(()) }
    }

    fn append(&mut self, item: ItemId, happened_at: Instant, fact: &ItemFact) -> Result<()> {
        let id: RowId = self.identity();
        let columns = FactColumns::of(fact);
        self.connection
            .prepare_cached(
                "INSERT INTO item_event (id, operation, subject, happened_at, recorded_at, kind, value, sprint, lane, origin)
                 VALUES (:id, :operation, :subject, :happened_at, :recorded_at, :kind, :value, :sprint, :lane, :origin)",
            )?
            .execute(named_params! {
                ":id": Text(id),
                ":operation": self.operation,
                ":subject": Text(item),
                ":happened_at": Number(happened_at),
                ":recorded_at": Number(self.now),
                ":kind": columns.kind,
                ":value": columns.value,
                ":sprint": columns.sprint,
                ":lane": columns.lane,
                ":origin": columns.origin,
            })?;
        Ok(())
    }
}

/// A fact as the columns of `item_event`.
#[derive(Debug, Default, PartialEq, Eq)]
struct FactColumns {
    kind: String,
    value: Option<String>,
    sprint: Option<String>,
    lane: Option<String>,
    origin: Option<String>,
}

impl FactColumns {
    fn of(fact: &ItemFact) -> FactColumns {
        let mut columns = FactColumns::default();
        let (kind, value) = match fact {
            ItemFact::Created { state } => ("created", Some(state.to_string())),
            ItemFact::KindSet(kind) => ("kindSet", kind.map(|kind| kind.to_string())),
            ItemFact::SeveritySet(severity) => ("severitySet", severity.map(|severity| severity.to_string())),
            ItemFact::Sized(size) => ("sized", size.map(|size| size.in_hundredths().to_string())),
            ItemFact::Moved { state } => ("moved", Some(state.to_string())),
            ItemFact::Assigned(owner) => ("assigned", owner.map(|owner| owner.to_string())),
            ItemFact::Blocked { reason } => ("blocked", Some(reason.clone())),
            ItemFact::Unblocked => ("unblocked", None),
            ItemFact::Selected { sprint, lane, origin } => {
                columns.sprint = Some(sprint.to_string());
                columns.lane = lane.map(|lane| lane.to_string());
                columns.origin = origin.map(|origin| origin.to_string());
                ("selected", None)
            }
            ItemFact::Returned { sprint } => {
                columns.sprint = Some(sprint.to_string());
                ("returned", None)
            }
            ItemFact::Carried { sprint } => {
                columns.sprint = Some(sprint.to_string());
                ("carried", None)
            }
            ItemFact::Readied => ("readied", None),
            ItemFact::HeldBack { reason } => ("heldBack", Some(reason.clone())),
            ItemFact::Related { how, other, holds } => {
                (if *holds { "related" } else { "unrelated" }, Some(format!("{how} {other}")))
            }
            ItemFact::Labelled { name, holds } => {
                (if *holds { "labelled" } else { "unlabelled" }, Some(name.clone()))
            }
            ItemFact::Attached { title, holds } => {
                (if *holds { "attached" } else { "detached" }, Some(title.clone()))
            }
        };
        FactColumns { kind: kind.to_owned(), value, ..columns }
    }

    /// The fact that the columns hold; none where they hold none.
    fn fact(self) -> Option<ItemFact> {
        fn read<T: std::str::FromStr>(text: Option<String>) -> Option<Option<T>> {
            text.map_or(Some(None), |text| text.parse().ok().map(Some))
        }
        Some(match self.kind.as_str() {
            "created" => ItemFact::Created { state: read(self.value)?? },
            "kindSet" => ItemFact::KindSet(read(self.value)?),
            "severitySet" => ItemFact::SeveritySet(read(self.value)?),
            "sized" => ItemFact::Sized(read(self.value)?.map(Size::hundredths)),
            "moved" => ItemFact::Moved { state: read(self.value)?? },
            "assigned" => ItemFact::Assigned(read(self.value)?),
            "blocked" => ItemFact::Blocked { reason: self.value? },
            "unblocked" => ItemFact::Unblocked,
            "selected" => ItemFact::Selected {
                sprint: read(self.sprint)??,
                lane: read(self.lane)?,
                origin: read(self.origin)?,
            },
            "returned" => ItemFact::Returned { sprint: read(self.sprint)?? },
            "carried" => ItemFact::Carried { sprint: read(self.sprint)?? },
            "readied" => ItemFact::Readied,
            "heldBack" => ItemFact::HeldBack { reason: self.value? },
            kind @ ("related" | "unrelated") => {
                let value = self.value?;
                let (how, other) = value.split_once(' ')?;
                let (how, other): (Relation, ItemId) = (how.parse().ok()?, other.parse().ok()?);
                ItemFact::Related { how, other, holds: kind == "related" }
            }
            kind @ ("labelled" | "unlabelled") => {
                ItemFact::Labelled { name: self.value?, holds: kind == "labelled" }
            }
            kind @ ("attached" | "detached") => {
                ItemFact::Attached { title: self.value?, holds: kind == "attached" }
            }
            _ => return None,
        })
    }
}

/// Reads a fact from the columns `subject, id, operation, happened_at, recorded_at, kind, value, sprint, lane, origin`, in
/// this order.
pub(crate) fn read_fact(row: &Row<'_>) -> rusqlite::Result<(ItemId, Dated<ItemFact>)> {
    const KIND: usize = 5;
    let columns = FactColumns {
        kind: row.get(KIND)?,
        value: row.get(6)?,
        sprint: row.get(7)?,
        lane: row.get(8)?,
        origin: row.get(9)?,
    };
    let Some(fact) = columns.fact() else {
        let unreadable = domain::UnknownWord { word: row.get(KIND)? };
        return Err(rusqlite::Error::FromSqlConversionFailure(
            KIND,
            rusqlite::types::Type::Text,
            Box::new(unreadable),
        ));
    };
    let dated = Dated {
        id: row.word(1)?,
        operation: row.get(2)?,
        happened_at: row.number(3)?,
        recorded_at: row.number(4)?,
        fact,
    };
    Ok((row.word(0)?, dated))
}

fn read_item(row: &Row<'_>) -> rusqlite::Result<Item> {
    Ok(Item {
        id: row.word("id")?,
        label: row.get("label")?,
        title: row.get("title")?,
        description: row.get("description")?,
        rank: row.word("rank")?,
        parent: row.maybe_word("parent")?,
        present: read_present(row)?,
    })
}

fn read_present(row: &Row<'_>) -> rusqlite::Result<ItemPresent> {
    Ok(ItemPresent {
        created_at: row.maybe_number("created_at")?,
        kind: row.maybe_word("kind")?,
        severity: row.maybe_word("severity")?,
        size: row.maybe_number("size")?,
        state: row.maybe_word("state")?,
        state_since: row.maybe_number("state_since")?,
        owner: row.maybe_word("owner")?,
        blocked: row.get("blocked")?,
        sprint: row.maybe_word("sprint")?,
        lane: row.maybe_word("lane")?,
        origin: row.maybe_word("origin")?,
        carried: row.get("carried")?,
        readiness: read_readiness(row.get("readiness")?),
    })
}

/// What the column says: nothing, ready, or the reason why not.
fn read_readiness(column: Option<String>) -> Option<Readiness> {
    column.map(|reason| if reason.is_empty() { Readiness::Ready } else { Readiness::NotReady(reason) })
}
