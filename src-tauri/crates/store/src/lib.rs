//! The team file: one SQLite file per team.
//!
//! 1. SQL is written here and nowhere else.
//! 2. Reading goes through [`Reader`], writing through [`Writer`], and a writer exists only inside [`Team::transact`].
//! 3. Every change belongs to one operation of the journal; the journal is written by triggers, never by an area.
//! 4. A file that cannot be used is refused with a reason and left byte for byte as it was.

mod backlog;
mod capacity;
mod check;
mod daily;
mod delivery;
mod error;
mod exchange;
mod flow;
mod forecast;
mod incident;
mod interrupt;
mod journal;
mod on_call;
mod priority;
mod reliability;
mod row;
mod schema;
mod sprint;
mod team;
mod team_file;

pub use backlog::{
    Attachment, Batch, ItemFilter, ListedItem, NewItem, OpenWork, Placed, Placing, Tally, Titled,
};
pub use capacity::Policy;
pub use check::{Check, Problem};
pub use daily::{Changed, GraveThen};
pub use delivery::KeptAnswer;
pub use error::StoreError;
pub use exchange::{Cell, KeptMapping, OutsideItem, OutsideKey, TableRows};
pub use forecast::DoneWork;
pub use incident::{IncidentFilter, IncidentsOf, OutsideIncident};
pub use interrupt::{InterruptFilter, LinksOf, OutsideInterrupt};
pub use journal::{Operation, Reader, Stamp, UndoState, Writer};
pub use on_call::HandoverNote;
pub use priority::OpenScorable;
pub use reliability::StretchSource;
pub use sprint::{Edition, Sprint, SprintFact};
pub use team::{Holiday, TeamSettings};
pub use team_file::{Access, DailyCopy, Team, Whose, daily_copies, look_through};

/// What every function of this crate answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
