//! Undo, redo, and what holds after any history.

use evenkeel_tests::Desk;
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn undo_survives_closing_the_program_and_says_what_it_takes_back() {
    let mut desk = Desk::new();
    let item =
        desk.run(json!({ "backlog": { "addItem": { "title": "Retry card payments" } } })).created[0].clone();
    desk.run(json!({ "backlog": { "size": { "items": [item], "size": 500 } } }));
    let mut desk = desk.reopen();
    assert_eq!(desk.ask(json!({ "journal": { "undoState": {} } }))["undo"], "Size PAY-1");
    assert_eq!(desk.run(json!({ "journal": { "undo": {} } })).title, "Undo Size PAY-1");
    assert_eq!(
        desk.ask(json!({ "journal": { "undoState": {} } })),
        json!({ "undo": "Add PAY-1", "redo": "Size PAY-1" })
    );
    desk.run(json!({ "journal": { "undo": {} } }));
    desk.run(json!({ "journal": { "redo": {} } }));
    desk.run(json!({ "journal": { "redo": {} } }));
    assert_eq!(
        desk.ask(json!({ "journal": { "undoState": {} } })),
        json!({ "undo": "Size PAY-1", "redo": null })
    );
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn a_text_with_nul_is_refused_at_the_border() {
    let mut desk = Desk::new();
    let refused = desk.refused(json!({ "backlog": { "addItem": { "title": "a\u{0}b" } } }));
    assert_eq!(refused.message, "The text holds a character U+0000.");
    desk.run(json!({ "backlog": { "addItem": { "title": "a literal \\u0000 is text" } } }));
}

/// One step of a random history.
#[derive(Debug, Clone)]
enum Step {
    Add(bool),
    Size(usize, Option<i64>),
    Rename(u8),
    Undo,
    Redo,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => any::<bool>().prop_map(Step::Add),
        3 => (0..20_usize, prop::option::of(0..1300_i64)).prop_map(|(item, size)| Step::Size(item, size)),
        1 => any::<u8>().prop_map(Step::Rename),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
    ];
    prop::collection::vec(step, 1..14)
}

/// Plays a history. After each step the model of two stacks of states agrees with what undo and redo would do.
fn play(steps: &[Step]) -> Result<(), TestCaseError> {
    let mut desk = Desk::new();
    let mut items: Vec<String> = Vec::new();
    let mut now = rows(&desk);
    let (mut undo, mut redo): (Vec<Vec<String>>, Vec<Vec<String>>) = (Vec::new(), Vec::new());
    for step in steps {
        let command: Value = match step {
            Step::Add(first) => json!({ "backlog": { "addItem": { "title": "Work", "first": first } } }),
            Step::Size(item, size) => {
                let item: Vec<&String> = items.get(item % items.len().max(1)).into_iter().collect();
                json!({ "backlog": { "size": { "items": item, "size": size } } })
            }
            Step::Rename(name) => json!({ "team": { "rename": { "name": format!("Team {name}") } } }),
            Step::Undo => json!({ "journal": { "undo": {} } }),
            Step::Redo => json!({ "journal": { "redo": {} } }),
        };
        let outcome = desk.try_run(command);
        let then = rows(&desk);
        match step {
            Step::Undo | Step::Redo => {
                let (from, to) =
                    if matches!(step, Step::Undo) { (&mut undo, &mut redo) } else { (&mut redo, &mut undo) };
                match from.pop() {
                    Some(expected) => {
                        prop_assert!(outcome.is_ok(), "{step:?}: {outcome:?}");
                        prop_assert_eq!(&then, &expected, "{:?} restores every row", step);
                        to.push(now);
                    }
                    None => {
                        prop_assert!(outcome.is_err());
                        prop_assert_eq!(&then, &now, "a refused command leaves nothing");
                    }
                }
            }
            // A size may name an item that was undone: refused, and nothing has changed.
            _ if then != now => {
                items.extend(outcome.map_err(|error| TestCaseError::fail(format!("{error:?}")))?.created);
                undo.push(now);
                redo.clear();
            }
            _ => {}
        }
        now = then;
        let state = desk.ask(json!({ "journal": { "undoState": {} } }));
        prop_assert_eq!(state["undo"].is_null(), undo.is_empty(), "{:?}", state);
        prop_assert_eq!(state["redo"].is_null(), redo.is_empty(), "{:?}", state);
    }
    let check = desk.team.check().map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(check.problems, vec![]);
    Ok(())
}

/// Every row of every journalled table, as text.
fn rows(desk: &Desk) -> Vec<String> {
    desk.team.dump().expect("the rows")
}

#[test]
fn after_any_history_undo_restores_and_the_present_is_the_replay_and_the_fold() {
    let cases =
        std::env::var("EVENKEEL_HISTORIES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1_000);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(steps in steps())| play(&steps)?);
}
