//! Creating and naming a team.

use evenkeel_tests::Desk;
use serde_json::json;

#[test]
fn a_new_team_has_a_name_and_nothing_to_undo() {
    let mut desk = Desk::new();
    assert_eq!(desk.ask(json!({ "team": { "overview": {} } }))["name"], "Payments");
    assert_eq!(desk.ask(json!({ "journal": { "undoState": {} } })), json!({ "undo": null, "redo": null }));
    let refused = desk.refused(json!({ "journal": { "undo": {} } }));
    assert_eq!(refused.message, "There is nothing to undo.");
}

#[test]
fn a_team_without_a_name_is_refused_at_the_field() {
    let mut desk = Desk::new();
    let refused = desk.refused(json!({ "team": { "rename": { "name": "  " } } }));
    assert_eq!(refused.field.as_deref(), Some("name"));
}
