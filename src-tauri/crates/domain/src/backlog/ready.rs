//! Ready or not, by the team's Definition of Ready.
//!
//! 1. Readiness is said by people, as a fact: ready, or not ready because of something. Nobody having said it is neither.
//! 2. Beside it stands what can be seen: no size, blocked, or waiting for something that does not come in time. It is
//!    named and never decides.

use crate::backlog::ItemPresent;

/// What people said of an item (rule 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// It meets the Definition of Ready.
    Ready,
    /// It does not, for a reason in words.
    NotReady(String),
}

/// Why an item is not ready to be selected, in words; empty where nothing is known against it.
///
/// `asked` says whether the team has a Definition of Ready, so that an item of which nobody said anything lacks it.
pub fn unready(present: &ItemPresent, asked: bool, waits: &[String]) -> Vec<String> {
    let mut said = Vec::new();
    match &present.readiness {
        Some(Readiness::NotReady(reason)) => said.push(format!("not ready: {reason}")),
        None if asked => said.push("nobody said that it is ready".to_owned()),
        Some(Readiness::Ready) | None => {}
    }
    if present.size.is_none() {
        said.push("unsized".to_owned());
    }
    if let Some(reason) = &present.blocked {
        said.push(format!("blocked: {reason}"));
    }
    said.extend(waits.iter().cloned());
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::Size;

    #[test]
    fn rule_1_readiness_is_said_and_only_missed_where_the_team_asks_for_it() {
        let sized = ItemPresent { size: Some(Size::points(3)), ..ItemPresent::default() };
        assert!(unready(&sized, false, &[]).is_empty());
        assert_eq!(unready(&sized, true, &[]), ["nobody said that it is ready"]);
        let ready = ItemPresent { readiness: Some(Readiness::Ready), ..sized.clone() };
        assert!(unready(&ready, true, &[]).is_empty());
        let not = ItemPresent { readiness: Some(Readiness::NotReady("no text".into())), ..sized };
        assert_eq!(unready(&not, false, &[]), ["not ready: no text"]);
    }

    #[test]
    fn rule_2_what_can_be_seen_is_named_beside_it() {
        let present = ItemPresent {
            readiness: Some(Readiness::Ready),
            blocked: Some("the bank".into()),
            ..ItemPresent::default()
        };
        let waits = ["stands above T-9, which it needs".to_owned()];
        assert_eq!(
            unready(&present, true, &waits),
            ["unsized", "blocked: the bank", "stands above T-9, which it needs"]
        );
    }
}
