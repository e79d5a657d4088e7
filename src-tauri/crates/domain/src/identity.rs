//! Who is who: identities of things, made by the client.
//!
//! 1. An identity is a UUIDv7, so that it can be made without asking anybody and sorts by the time of its making.
//! 2. Identities made in one team file rise, also within a millisecond: facts of one moment keep their order.
//! 3. A label such as T-123 is for people and is not an identity.

use crate::calendar::Instant;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use ts_rs::TS;
use uuid::Uuid;

macro_rules! identities {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[ts(type = "string")]
        pub struct $name(Uuid);

        impl $name {
            /// The same identity, among those of all rows.
            pub fn row(self) -> RowId { RowId(self.0) }
        }
        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> $name { $name(uuid) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<$name, uuid::Error> { Uuid::parse_str(text).map($name) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.hyphenated().fmt(f) }
        }
    )*};
}

identities! {
    /// A Product Backlog item.
    ItemId,
    /// A Sprint.
    SprintId,
    /// A lane of capacity.
    LaneId,
    /// A state of the team's workflow.
    StateId,
    /// A member of the team.
    MemberId,
    /// An interrupt.
    InterruptId,
    /// A service that the team runs.
    ServiceId,
    /// What is promised of a service: an SLO or an SLA.
    ObjectiveId,
    /// A time in which a service was not as it should be.
    OutageId,
    /// An incident.
    IncidentId,
    /// A rotation of people on call.
    RotationId,
    /// A deployment.
    DeploymentId,
    /// A Daily Scrum.
    DailyId,
    /// A criterion of the team's own, by which items are scored.
    CriterionId,
    /// Any other row that people can name: a holiday, a line of the Definition of Done.
    RowId,
}

/// Makes identities for one operation.
///
/// The 74 free bits of a UUIDv7 hold 18 bits of the operation's number, 24 bits that count within the operation, and 32 bits of chance.
#[derive(Debug, Clone)]
pub struct Identities {
    at: Instant,
    operation: u64,
    made: u64,
    chance: u64,
}

impl Identities {
    /// Identities for the operation with that number, made at an instant, with chance from outside.
    pub fn new(at: Instant, operation: i64, chance: u64) -> Identities {
        Identities { at, operation: operation as u64 & 0x3_FFFF, made: 0, chance }
    }

    /// A fresh identity; it is greater than every earlier one of the file.
    pub fn fresh<T: From<Uuid>>(&mut self) -> T {
        // SplitMix64: identities need spread, not secrecy.
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.chance;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let rising = u128::from((self.operation << 24) | (self.made & 0xFF_FFFF));
        let free = (rising << 32) | u128::from((mixed >> 32) as u32);
        self.made += 1;
        let high = ((self.at.millis().max(0) as u128) & 0xFFFF_FFFF_FFFF) << 80;
        let bits = high | (0x7 << 76) | ((free >> 62) << 64) | (0b10 << 62) | (free & ((1 << 62) - 1));
        T::from(Uuid::from_u128(bits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_of_one_file_rise_within_a_millisecond() {
        let at = Instant::from_millis(1_795_000_000_000);
        let mut all: Vec<ItemId> = Vec::new();
        for operation in 1..40 {
            let mut identities = Identities::new(at, operation, 7_u64.wrapping_mul(operation as u64));
            all.extend((0..50).map(|_| identities.fresh::<ItemId>()));
        }
        assert!(all.windows(2).all(|pair| pair[0] < pair[1] && pair[0].to_string() < pair[1].to_string()));
        let uuid = Uuid::parse_str(&all[0].to_string()).unwrap();
        assert_eq!((uuid.get_version_num(), uuid.get_variant()), (7, uuid::Variant::RFC4122));
    }
}
