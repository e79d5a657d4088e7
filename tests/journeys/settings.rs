//! The working agreement: what a team sets, and what it is refused.

use evenkeel_tests::Desk;
use serde_json::{Value, json};

fn settings(desk: &Desk) -> Value {
    desk.ask(json!({ "team": { "settings": {} } }))
}

/// Refuses a command of the team and answers field, message and hint in a line.
#[track_caller]
fn refusal(desk: &mut Desk, command: Value) -> String {
    let before = desk.team.dump().expect("the rows");
    let refused = desk.refused(json!({ "team": command }));
    assert_eq!(desk.team.dump().expect("the rows"), before, "a refused command leaves nothing");
    format!("{}: {} {}", refused.field.unwrap_or_default(), refused.message, refused.hint.unwrap_or_default())
}

/// The team's lanes as a command wants them, changed by a function.
fn lanes(desk: &Desk, change: impl Fn(&mut Vec<Value>)) -> Value {
    let mut lanes = settings(desk)["lanes"].as_array().expect("lanes").clone();
    change(&mut lanes);
    json!({ "setLanes": { "lanes": lanes } })
}

#[test]
fn a_team_writes_down_its_working_agreement() {
    let mut desk = Desk::new();
    let said: Vec<String> = [
        json!({ "rename": { "name": "Payments & Payouts" } }),
        json!({ "setZone": { "zone": "America/Sao_Paulo" } }),
        json!({ "setWorkingWeek": { "days": 63 } }),
        json!({ "addHoliday": { "day": "2026-12-25", "name": "Christmas" } }),
        json!({ "setSprintLength": { "weeks": 3 } }),
        json!({ "setDefinitionOfDone": { "lines": ["Reviewed by somebody else", "", " Runs in production "] } }),
        json!({ "addMember": { "name": "Ana", "hours": "6", "from": "2026-11-02" } }),
        json!({ "addMember": { "name": "Bo", "hours": "7:30", "days": 15 } }),
        json!({ "addMember": { "name": "Chidi" } }),
        json!({ "setCriticalFirst": { "on": false } }),
        json!({ "setLabelPrefix": { "prefix": "pp2" } }),
    ]
    .into_iter()
    .map(|command| desk.run(json!({ "team": command })).title)
    .collect();
    assert_eq!(
        said,
        [
            "Rename team to Payments & Payouts",
            "Set time zone to America/Sao_Paulo",
            "Set working week",
            "Add Christmas, 25 December",
            "Set Sprint length to 3 weeks",
            "Change Definition of Done",
            "Add Ana",
            "Add Bo",
            "Add Chidi",
            "Leave critical bugs where they are",
            "Label new items PP2-1, PP2-2 …",
        ]
    );
    let mut desk = desk.reopen();
    let page = settings(&desk);
    assert_eq!(page["zone"], "America/Sao_Paulo");
    assert_eq!((page["week"].as_i64(), page["sprintWeeks"].as_i64()), (Some(63), Some(3)));
    assert_eq!(page["definitionOfDone"], json!(["Reviewed by somebody else", "Runs in production"]));
    assert_eq!(page["holidays"][0]["name"], "Christmas");
    let hours: Vec<&Value> =
        page["members"].as_array().unwrap().iter().map(|member| &member["aDay"]).collect();
    assert_eq!(hours, [&json!(360), &json!(450), &Value::Null], "hours that nobody set are not set");
    assert_eq!(page["members"][1]["week"], 15);
    assert_eq!(page["criticalFirst"], false);
    desk.run(json!({ "team": { "removeHoliday": { "holiday": page["holidays"][0]["id"] } } }));
    assert_eq!(settings(&desk)["holidays"], json!([]));
    let title = desk.run(json!({ "backlog": { "addItem": { "title": "Work" } } })).title;
    assert_eq!(title, "Add PP2-1");
}

#[test]
fn a_refusal_names_its_field_and_what_would_be_right() {
    let mut desk = Desk::new();
    desk.run(json!({ "team": { "addHoliday": { "day": "2026-12-25", "name": "Christmas" } } }));
    let said: Vec<String> = [
        json!({ "setZone": { "zone": "Mars/Olympus" } }),
        json!({ "setWorkingWeek": { "days": 0 } }),
        json!({ "setWorkingWeek": { "days": 128 } }),
        json!({ "addHoliday": { "day": "25.12.2026" } }),
        json!({ "addHoliday": { "day": "2026-12-25" } }),
        json!({ "setSprintLength": { "weeks": 0 } }),
        json!({ "setSprintLength": { "weeks": 5 } }),
        json!({ "addMember": { "name": " " } }),
        json!({ "addMember": { "name": "Ana", "hours": "six" } }),
        json!({ "addMember": { "name": "Ana", "hours": "0" } }),
        json!({ "addMember": { "name": "Ana", "hours": "25" } }),
        json!({ "addMember": { "name": "Ana", "days": 0 } }),
        json!({ "addMember": { "name": "Ana", "from": "soon" } }),
        json!({ "addMember": { "name": "Ana", "from": "2026-11-02", "to": "2026-11-01" } }),
        json!({ "setLabelPrefix": { "prefix": "2PAY" } }),
        json!({ "setLabelPrefix": { "prefix": "PAY-" } }),
    ]
    .into_iter()
    .map(|command| refusal(&mut desk, command))
    .collect();
    assert_eq!(
        said,
        [
            "zone: This time zone is not known. Choose one such as Europe/Zurich.",
            "days: A working week needs a day. Choose at least one day on which the team works.",
            "days: A working week needs a day. Choose at least one day on which the team works.",
            "day: “25.12.2026” is not a day. Write it such as 2026-12-24.",
            "day: 25 December already is Christmas. Take that one away first to give it another name.",
            "weeks: A Sprint cannot last 0 weeks. The Scrum Guide allows a month at most: choose 1 to 4 weeks.",
            "weeks: A Sprint cannot last 5 weeks. The Scrum Guide allows a month at most: choose 1 to 4 weeks.",
            "name: A member has no name. Write the name by which the team knows them.",
            "hours: “six” is no number of hours. Write it such as 6, 7.5 or 7:30.",
            "hours: A working day has more than 0 and at most 24 hours, not 0 h. Leave it empty while it is not known; a day on which they never work is none of their days.",
            "hours: A working day has more than 0 and at most 24 hours, not 25 h. Leave it empty while it is not known; a day on which they never work is none of their days.",
            "days: A working week needs a day. Choose at least one day on which they work.",
            "from: “soon” is not a day. Write it such as 2026-12-24.",
            "to: The last day, 2026-11-01, lies before the first, 2026-11-02. Leave it empty while it is not known.",
            "prefix: “2PAY” cannot stand before a number. Take one to ten letters and digits, a letter first, such as PAY.",
            "prefix: “PAY-” cannot stand before a number. Take one to ten letters and digits, a letter first, such as PAY.",
        ]
    );
}

#[test]
fn rule_1_2_shares_that_do_not_add_up_are_refused_at_the_field_with_the_difference() {
    let mut desk = Desk::new();
    let over = lanes(&desk, |lanes| lanes[1]["share"] = json!(3500));
    assert_eq!(refusal(&mut desk, over), "shares: The shares add up to 105 %, not to 100 %. Take 5 % away.");
    let under = lanes(&desk, |lanes| lanes[1]["share"] = json!(2766));
    assert_eq!(
        refusal(&mut desk, under),
        "shares: The shares add up to 97.66 %, not to 100 %. 2.34 % are still to be given."
    );
    let negative = lanes(&desk, |lanes| {
        lanes[0]["share"] = json!(10_500);
        lanes[1]["share"] = json!(-1500);
    });
    assert_eq!(
        refusal(&mut desk, negative),
        "shares: The share of Production is below 0 %. A share lies between 0 % and 100 %."
    );
    let no_buffer = lanes(&desk, |lanes| lanes[2]["isBuffer"] = json!(false));
    assert_eq!(
        refusal(&mut desk, no_buffer),
        "lanes: 0 lanes are the buffer. Choose exactly one lane for unplanned work."
    );
    let no_lane = lanes(&desk, |lanes| lanes[1]["kinds"] = json!(["bug", "debt"]));
    assert_eq!(
        refusal(&mut desk, no_lane),
        "lanes: No lane takes infrastructure. Give each kind of work exactly one lane."
    );
    let nameless = lanes(&desk, |lanes| lanes[0]["name"] = json!("  "));
    assert_eq!(refusal(&mut desk, nameless), "lanes: A lane has no name. Write how the team calls it.");
}

#[test]
fn a_team_cuts_its_lanes_anew() {
    let mut desk = Desk::new();
    let cut = lanes(&desk, |lanes| {
        lanes[1]["kinds"] = json!(["bug"]);
        lanes[1]["share"] = json!(2000);
        lanes.insert(
            2,
            json!({ "name": "Foundations", "share": 1000, "kinds": ["debt", "infrastructure"], "isBuffer": false }),
        );
    });
    assert_eq!(desk.run(json!({ "team": cut })).title, "Set lanes");
    let names = |desk: &Desk| -> Vec<String> {
        let page = settings(desk);
        let lanes = page["lanes"].as_array().unwrap().iter();
        lanes.map(|lane| format!("{} {}", lane["name"].as_str().unwrap(), lane["share"])).collect()
    };
    assert_eq!(names(&desk), ["New features 6000", "Production 2000", "Foundations 1000", "Buffer 1000"]);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(names(&desk), ["New features 6000", "Production 3000", "Buffer 1000"]);
    desk.run(json!({ "journal": { "redo": {} } }));
    assert_eq!(names(&desk).len(), 4);
    let same = lanes(&desk, |_| ());
    let undo = desk.ask(json!({ "journal": { "undoState": {} } }));
    desk.run(json!({ "team": same }));
    assert_eq!(desk.ask(json!({ "journal": { "undoState": {} } })), undo, "what is so already is no step");
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_1_5_a_state_that_facts_name_keeps_its_meaning() {
    let mut desk = Desk::new();
    desk.run(json!({ "backlog": { "addItem": { "title": "Work" } } }));
    let states = |desk: &Desk, change: &dyn Fn(&mut Vec<Value>)| {
        let mut states = settings(desk)["states"].as_array().unwrap().clone();
        change(&mut states);
        json!({ "setStates": { "states": states } })
    };
    let gone = states(&desk, &|states| {
        states[0] = json!({ "name": "Ready", "category": "toDo" });
    });
    assert_eq!(
        refusal(&mut desk, gone),
        "states: Items are or were in “To do”. It cannot go, because their history names it. Give it another name instead."
    );
    let other = states(&desk, &|states| {
        states[0]["category"] = json!("inProgress");
        states.push(json!({ "name": "Ready", "category": "toDo" }));
    });
    assert_eq!(
        refusal(&mut desk, other),
        "states: Items are or were in “To do”: it cannot mean something else. Add another state, and move the items there."
    );
    let none = states(&desk, &|states| {
        states.remove(3);
    });
    assert_eq!(
        refusal(&mut desk, none),
        "states: No state means cancelled. Each of the four meanings needs a state of its own."
    );
    let fine = states(&desk, &|states| {
        states[0]["name"] = json!("Ready");
        states.insert(2, json!({ "name": "In review", "category": "inProgress" }));
    });
    assert_eq!(desk.run(json!({ "team": fine })).title, "Set states");
    let page = settings(&desk);
    let names: Vec<&str> =
        page["states"].as_array().unwrap().iter().map(|state| state["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ready", "In progress", "In review", "Done", "Cancelled"]);
    assert_eq!(page["states"][0]["used"], true);
    assert_eq!(page["states"][2]["used"], false);
}

#[test]
fn hours_that_change_hold_from_a_day_on() {
    let mut desk = Desk::new();
    let ana =
        desk.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } })).created[0].clone();
    let bo = desk.run(json!({ "team": { "addMember": { "name": "Bo" } } })).created[0].clone();
    let sprint = desk.run(json!({ "sprint": { "plan": { "firstDay": "2026-11-16" } } })).created[0].clone();
    let hours = |desk: &Desk| -> Vec<Value> {
        let board = desk.ask(json!({ "capacity": { "planBoard": { "sprint": sprint } } }));
        let members = board["plan"]["capacity"]["members"].as_array().unwrap().iter();
        members.map(|member| member["gross"].clone()).collect()
    };
    assert_eq!(hours(&desk), [json!(3600), Value::Null]);
    desk.run(json!({ "team": { "changeMember": { "id": ana, "name": "Ana", "hours": "4", "validFrom": "2026-11-23" } } }));
    assert_eq!(hours(&desk)[0], 5 * 360 + 5 * 240);
    assert_eq!(settings(&desk)["members"][0]["later"], "4 h from 23 November");
    desk.clock("2026-11-24 09:00");
    desk.run(json!({ "team": { "changeMember": { "id": bo, "name": "Bo", "hours": "8" } } }));
    assert_eq!(hours(&desk)[1], 10 * 480, "an answer that was missing holds for the days before too");
    desk.run(json!({ "team": { "changeMember": { "id": bo, "name": "Bo", "hours": "7" } } }));
    assert_eq!(hours(&desk)[1], 6 * 480 + 4 * 420, "hours that were set hold until the day of the change");
}

#[test]
fn a_member_who_was_added_by_mistake_can_go() {
    let mut desk = Desk::new();
    let ana = desk.run(json!({ "team": { "addMember": { "name": "Ana" } } })).created[0].clone();
    assert_eq!(desk.run(json!({ "team": { "removeMember": { "id": ana } } })).title, "Remove Ana");
    assert_eq!(settings(&desk)["members"], json!([]));
    let gone = desk.refused(json!({ "team": { "removeMember": { "id": ana } } }));
    assert_eq!(gone.message, "This member is no longer there.");
}
