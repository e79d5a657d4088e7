//! Which incident needs somebody first.
//!
//! 1. Those that nobody owns come first, the gravest before the others, the oldest before the younger.

use super::IncidentNow;
use crate::calendar::Instant;
use crate::interrupt::IncidentSeverity;

/// The key by which the triage queue is sorted: the smaller needs somebody first.
pub type MoreUrgent = (bool, IncidentSeverity, Option<Instant>);

/// How soon an incident needs somebody, by rule 1.
pub fn urgency(now: &IncidentNow) -> MoreUrgent {
    (now.owner.is_some(), now.severity, now.since())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::MemberId;

    #[test]
    fn unowned_first_then_the_gravest_then_the_oldest() {
        let incident = |owned: bool, severity, minute: i64| IncidentNow {
            owner: owned.then(|| MemberId::from(uuid::Uuid::from_u128(1))),
            severity,
            reported_at: Some(Instant::from_millis(minute * 60_000)),
            ..IncidentNow::default()
        };
        let mut queue = [
            ("owned P1", incident(true, IncidentSeverity::P1, 0)),
            ("P3", incident(false, IncidentSeverity::P3, 0)),
            ("young P2", incident(false, IncidentSeverity::P2, 9)),
            ("old P2", incident(false, IncidentSeverity::P2, 3)),
            ("owned P4", incident(true, IncidentSeverity::P4, 0)),
        ];
        queue.sort_by_key(|(_, now)| urgency(now));
        assert_eq!(queue.map(|(name, _)| name), ["old P2", "young P2", "P3", "owned P1", "owned P4"]);
    }
}
