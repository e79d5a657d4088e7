//! On call: who answers when production calls.
//!
//! 1. A handover is a local time every so many hours, days, weeks or months in a zone, never a list of fixed instants:
//!    a weekly shift is 168 h, one more or less where the clock changes (11.1).
//! 2. Order of authority: the recorded past, an override (the newest wins), a swap, leave substitution, the rotation.
//!    Leave never shifts other people's turns (11.2).
//! 3. Intervals hold their start and not their end.

mod facts;
mod load;
mod measured;
mod proposal;
mod rotation;
mod schedule;

pub use facts::{
    ChangeKind, OnCallBook, OnCallChange, OnCallLevel, OnCallRefused, StoredShift, TeamRotation, TurnUnit,
    WorkingPart,
};
pub use load::{Duties, Load, Page, Reach, fairness, stretches};
pub use measured::{KNOWN_SHIFTS, MeasuredFactor, ShiftTime, measured_factor};
pub use proposal::{Assignment, Candidate, ChosenBy, Slot, propose};
pub use rotation::{Restriction, Rotation, RotationRefused, Turn};
pub use schedule::{Authority, Leave, Override, Replacement, Roster, Shift, Warning};
