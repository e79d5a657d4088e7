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

/// The identity of the lane with a name.
fn lane(desk: &Desk, name: &str) -> Value {
    let lanes = settings(desk)["lanes"].as_array().expect("lanes").clone();
    lanes.into_iter().find(|lane| lane["name"] == name).expect("the lane")["id"].clone()
}

/// The lanes in a line each: `Production 30 % bug debt`.
fn lanes(desk: &Desk) -> Vec<String> {
    let one = |lane: &Value| {
        let kinds = lane["kinds"].as_array().expect("kinds").iter().filter_map(Value::as_str);
        let words: Vec<String> = std::iter::once(format!(
            "{}{} {} %",
            lane["name"].as_str().unwrap_or_default(),
            if lane["isBuffer"] == true { "!" } else { "" },
            lane["share"].as_i64().unwrap_or_default() / 100
        ))
        .chain(kinds.map(str::to_owned))
        .collect();
        words.join(" ")
    };
    settings(desk)["lanes"].as_array().expect("lanes").iter().map(one).collect()
}

/// Usual shares in basis points, in the order of the lanes.
fn shares(desk: &Desk, shares: &[i64]) -> Value {
    let lanes = settings(desk)["lanes"].as_array().expect("lanes").clone();
    let one = |(lane, share): (&Value, &i64)| json!({ "lane": lane["id"], "share": share });
    json!({ "setShares": { "shares": lanes.iter().zip(shares).map(one).collect::<Vec<_>>() } })
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
    let over = shares(&desk, &[6000, 3500, 1000]);
    assert_eq!(refusal(&mut desk, over), "shares: The shares add up to 105 %, not to 100 %. Take 5 % away.");
    let under = shares(&desk, &[6000, 2766, 1000]);
    assert_eq!(
        refusal(&mut desk, under),
        "shares: The shares add up to 97.66 %, not to 100 %. 2.34 % are still to be given."
    );
    let negative = shares(&desk, &[10_500, -1500, 1000]);
    assert_eq!(
        refusal(&mut desk, negative),
        "shares: The share of Production is below 0 %. A share lies between 0 % and 100 %."
    );
}

#[test]
fn rule_1_2_a_lane_is_refused_that_would_not_divide_the_work() {
    let mut desk = Desk::new();
    let (production, buffer) = (lane(&desk, "Production"), lane(&desk, "Buffer"));
    let said: Vec<String> = [
        json!({ "setBuffer": { "lane": production } }),
        json!({ "setLaneOfKind": { "kind": "debt", "lane": buffer } }),
        json!({ "removeLane": { "lane": production } }),
        json!({ "renameLane": { "lane": production, "name": "  " } }),
        json!({ "addLane": { "name": "" } }),
    ]
    .into_iter()
    .map(|command| refusal(&mut desk, command))
    .collect();
    assert_eq!(
        said,
        [
            "lanes: Production takes bug, and the buffer takes no kind of work. Give its kinds to other lanes first; unplanned work is all that the buffer takes.",
            "lanes: Buffer takes debt, and the buffer takes no kind of work. Give its kinds to other lanes first; unplanned work is all that the buffer takes.",
            "shares: The shares add up to 70 %, not to 100 %. 30 % are still to be given.",
            "lanes: A lane has no name. Write how the team calls it.",
            "lanes: A lane has no name. Write how the team calls it.",
        ]
    );
    let free = shares(&desk, &[9000, 0, 1000]);
    desk.run(json!({ "team": free }));
    let remove = json!({ "removeLane": { "lane": production } });
    assert_eq!(
        refusal(&mut desk, remove),
        "lanes: No lane takes bug. Give each kind of work exactly one lane."
    );
    let all = shares(&desk, &[10_000, 0, 0]);
    desk.run(json!({ "team": all }));
    let remove = json!({ "removeLane": { "lane": buffer } });
    assert_eq!(
        refusal(&mut desk, remove),
        "lanes: 0 lanes are the buffer. Choose exactly one lane for unplanned work."
    );
}

#[test]
fn a_team_cuts_its_lanes_anew() {
    let mut desk = Desk::new();
    let first = ["New features 60 % feature", "Production 30 % bug debt infrastructure", "Buffer! 10 %"];
    assert_eq!(lanes(&desk), first);
    let added = desk.run(json!({ "team": { "addLane": { "name": "Foundations" } } }));
    let foundations = added.created[0].clone();
    let mut titles = vec![added.title];
    for kind in ["debt", "infrastructure"] {
        let command = json!({ "team": { "setLaneOfKind": { "kind": kind, "lane": foundations } } });
        titles.push(desk.run(command).title);
    }
    let cut = shares(&desk, &[6000, 2000, 1000, 1000]);
    titles.push(desk.run(json!({ "team": cut })).title);
    let rename = json!({ "renameLane": { "lane": lane(&desk, "Production"), "name": "Run" } });
    titles.push(desk.run(json!({ "team": rename })).title);
    assert_eq!(
        titles,
        [
            "Add lane Foundations",
            "Put technical debt into Foundations",
            "Put infrastructure into Foundations",
            "Set lane shares",
            "Rename lane Production to Run",
        ]
    );
    let anew =
        ["New features 60 % feature", "Run 20 % bug", "Foundations 10 % debt infrastructure", "Buffer! 10 %"];
    assert_eq!(lanes(&desk), anew);
    let undo = desk.ask(json!({ "journal": { "undoState": {} } }));
    desk.run(json!({ "team": { "setLaneOfKind": { "kind": "debt", "lane": foundations } } }));
    assert_eq!(desk.ask(json!({ "journal": { "undoState": {} } })), undo, "what is so already is no step");
    for _ in 0..5 {
        desk.run(json!({ "journal": { "undo": {} } }));
    }
    assert_eq!(lanes(&desk), first);
    for _ in 0..5 {
        desk.run(json!({ "journal": { "redo": {} } }));
    }
    assert_eq!(lanes(&desk), anew);
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn two_changes_made_from_the_same_picture_both_hold() {
    let mut desk = Desk::new();
    let ana =
        desk.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } })).created[0].clone();
    let seen = settings(&desk);
    let (first, second) = (&seen["lanes"][0]["id"], &seen["lanes"][1]["id"]);
    let state = |at: usize| seen["states"][at]["id"].clone();
    for command in [
        json!({ "renameLane": { "lane": second, "name": "Run" } }),
        json!({ "setShares": { "shares": [{ "lane": first, "share": 5000 }, { "lane": second, "share": 4000 }] } }),
        json!({ "setLaneOfKind": { "kind": "debt", "lane": first } }),
        json!({ "addState": { "name": "In review", "category": "inProgress" } }),
        json!({ "renameState": { "state": state(0), "name": "Ready" } }),
        json!({ "moveState": { "state": state(3), "places": -1 } }),
        json!({ "moveState": { "state": state(3), "places": -1 } }),
        json!({ "changeMember": { "id": ana, "name": "Anna" } }),
        json!({ "changeMember": { "id": ana, "hours": "7" } }),
        json!({ "changeMember": { "id": ana, "day": { "day": 4, "works": false } } }),
        json!({ "changeMember": { "id": ana, "day": { "day": 0, "works": false } } }),
        json!({ "changeMember": { "id": ana, "to": "2026-12-31" } }),
        json!({ "setWorkingDay": { "day": 5, "works": true } }),
        json!({ "setScrumEvents": { "daily": "10" } }),
        json!({ "setScrumEvents": { "planning": "3" } }),
    ] {
        desk.run(json!({ "team": command }));
    }
    assert_eq!(
        lanes(&desk),
        ["New features 50 % feature debt", "Run 40 % bug infrastructure", "Buffer! 10 %"]
    );
    let page = settings(&desk);
    let names: Vec<&str> =
        page["states"].as_array().unwrap().iter().map(|state| state["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ready", "In progress", "Cancelled", "In review", "Done"]);
    let member = &page["members"][0];
    assert_eq!(
        (&member["name"], &member["aDay"], &member["week"], &member["to"], &page["week"]),
        (&json!("Anna"), &json!(420), &json!(14), &json!("2026-12-31"), &json!(63))
    );
    assert_eq!((&page["events"]["daily"], &page["events"]["planning"]), (&json!(10), &json!(180)));
    // The team's whole week is no week of its own: it follows the team's.
    desk.run(json!({ "team": { "changeMember": { "id": ana, "days": 63 } } }));
    assert_eq!(settings(&desk)["members"][0]["week"], Value::Null);
    let none = json!({ "changeMember": { "id": ana, "days": 0 } });
    assert_eq!(
        refusal(&mut desk, none),
        "days: A working week needs a day. Choose at least one day on which they work."
    );
    let eighth = json!({ "setWorkingDay": { "day": 7, "works": true } });
    assert_eq!(refusal(&mut desk, eighth), "days: A week has seven days. Name one from 0, Monday, to 6.");
}

#[test]
fn a_lane_that_comes_or_goes_leaves_a_sprints_own_shares_where_they_still_fit() {
    let mut desk = Desk::new();
    desk.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));
    let sprint = desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
    let own = shares(&desk, &[5000, 3000, 2000])["setShares"]["shares"].clone();
    desk.run(json!({ "capacity": { "setSplit": { "sprint": sprint, "shares": own } } }));
    let split = |desk: &Desk| {
        let board = desk.ask(json!({ "capacity": { "planBoard": { "sprint": sprint } } }));
        let lanes = board["plan"]["lanes"].as_array().unwrap().iter();
        let shares: Vec<i64> =
            lanes.filter_map(|lane| lane.pointer("/load/budget/share")?.as_i64()).collect();
        (board["plan"]["ownSplit"] == true, shares)
    };
    assert_eq!(split(&desk), (true, vec![5000, 3000, 2000]));
    let tools = desk.run(json!({ "team": { "addLane": { "name": "Tools" } } })).created[0].clone();
    assert_eq!(split(&desk), (true, vec![5000, 3000, 0, 2000]));
    desk.run(json!({ "team": { "removeLane": { "lane": tools } } }));
    assert_eq!(split(&desk), (true, vec![5000, 3000, 2000]));
    // Its share in the Sprint would be nobody's: the Sprint follows the team again.
    for kind in ["bug", "debt", "infrastructure"] {
        let to = lane(&desk, "New features");
        desk.run(json!({ "team": { "setLaneOfKind": { "kind": kind, "lane": to } } }));
    }
    let none = shares(&desk, &[9000, 0, 1000]);
    desk.run(json!({ "team": none }));
    let production = lane(&desk, "Production");
    desk.run(json!({ "team": { "removeLane": { "lane": production } } }));
    assert_eq!(split(&desk), (false, vec![9000, 1000]));
}

#[test]
fn rule_1_5_a_state_that_facts_name_keeps_its_meaning() {
    let mut desk = Desk::new();
    desk.run(json!({ "backlog": { "addItem": { "title": "Work" } } }));
    let state = |desk: &Desk, at: usize| settings(desk)["states"][at]["id"].clone();
    let (todo, cancelled) = (state(&desk, 0), state(&desk, 3));
    let said: Vec<String> = [
        json!({ "removeState": { "state": todo } }),
        json!({ "setMeaning": { "state": todo, "category": "inProgress" } }),
        json!({ "removeState": { "state": cancelled } }),
        json!({ "setMeaning": { "state": cancelled, "category": "done" } }),
        json!({ "renameState": { "state": todo, "name": " " } }),
    ]
    .into_iter()
    .map(|command| refusal(&mut desk, command))
    .collect();
    assert_eq!(
        said,
        [
            "states: Items are or were in “To do”. It cannot go, because their history names it. Give it another name instead.",
            "states: Items are or were in “To do”: it cannot mean something else. Add another state, and move the items there.",
            "states: No state means cancelled. Each of the four meanings needs a state of its own.",
            "states: No state means cancelled. Each of the four meanings needs a state of its own.",
            "states: A state has no name. Write how the team calls it.",
        ]
    );
    let review = json!({ "addState": { "name": "In review", "category": "done" } });
    let added = desk.run(json!({ "team": review }));
    let review = added.created[0].clone();
    let titles = [
        added.title,
        desk.run(json!({ "team": { "setMeaning": { "state": review, "category": "inProgress" } } })).title,
        desk.run(json!({ "team": { "moveState": { "state": review, "places": -1 } } })).title,
        desk.run(json!({ "team": { "renameState": { "state": todo, "name": "Ready" } } })).title,
    ];
    assert_eq!(
        titles,
        [
            "Add state In review",
            "Let In review mean in progress",
            "Move state In review",
            "Rename state To do to Ready"
        ]
    );
    let page = settings(&desk);
    let names: Vec<&str> =
        page["states"].as_array().unwrap().iter().map(|state| state["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ready", "In progress", "In review", "Done", "Cancelled"]);
    assert_eq!((&page["states"][0]["used"], &page["states"][2]["used"]), (&json!(true), &json!(false)));
    let remove = desk.run(json!({ "team": { "removeState": { "state": review } } }));
    assert_eq!(remove.title, "Remove state In review");
    assert_eq!(settings(&desk)["states"].as_array().map(Vec::len), Some(4));
}

#[test]
fn rule_2_1_the_length_of_scrum_events_is_the_teams_and_grows_with_the_sprint() {
    let mut desk = Desk::new();
    desk.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "8" } } }));
    let said = |desk: &Desk, sprint: &str| {
        let board = desk.ask(json!({ "capacity": { "planBoard": { "sprint": sprint } } }));
        board["plan"]["members"][0]["said"].as_str().unwrap_or_default().to_owned()
    };
    let plan = |desk: &mut Desk, first: &str, last: &str| {
        let days = json!({ "firstDay": first, "lastDay": last });
        desk.run(json!({ "sprint": { "plan": days } })).created[0].clone()
    };
    let two = plan(&mut desk, "2026-11-02", "2026-11-13");
    let three = plan(&mut desk, "2026-11-16", "2026-12-04");
    let one = plan(&mut desk, "2026-12-07", "2026-12-11");
    // Daily Scrums of 15 minutes, and 7.5 h for two weeks, 11.25 h for three, 3.75 h for one.
    assert_eq!(said(&desk, &two), "80 h less 10 h of Scrum events");
    assert_eq!(said(&desk, &three), "120 h less 15 h of Scrum events");
    assert_eq!(said(&desk, &one), "40 h less 5 h of Scrum events");
    let set = json!({ "setScrumEvents": { "daily": "30 min", "planning": "2:30", "review": "1", "retrospective": "0" } });
    assert_eq!(desk.run(json!({ "team": set })).title, "Set length of Scrum events");
    // Half an hour a day, and 3.5 h for two weeks.
    assert_eq!(said(&desk, &two), "80 h less 8.5 h of Scrum events");
    assert_eq!(said(&desk, &one), "40 h less 4.25 h of Scrum events");
    // From a later day on, for Sprints that begin then.
    let later = json!({ "setScrumEvents": { "daily": "0", "validFrom": "2026-12-01" } });
    desk.run(json!({ "team": later }));
    assert_eq!(said(&desk, &two), "80 h less 8.5 h of Scrum events");
    assert_eq!(said(&desk, &one), "40 h less 1.75 h of Scrum events");
    let page = settings(&desk);
    assert_eq!(page["events"], json!({ "daily": 30, "planning": 150, "review": 60, "retrospective": 0 }));
    assert_eq!(page["laterEvents"][0]["validFrom"], "2026-12-01");
    assert_eq!((&page["laterEvents"][0]["events"]["daily"], &page["eventsSaid"]), (&json!(0), &Value::Null));
    desk.run(json!({ "team": { "setSprintLength": { "weeks": 3 } } }));
    assert_eq!(
        settings(&desk)["eventsSaid"],
        "In a Sprint of 3 weeks: Planning 3.75 h, Review 1.5 h, Retrospective 0 h."
    );
    let refused: Vec<String> = [
        json!({ "setScrumEvents": { "daily": "a while" } }),
        json!({ "setScrumEvents": { "planning": "9" } }),
        json!({ "setScrumEvents": { "review": "" } }),
    ]
    .into_iter()
    .map(|command| refusal(&mut desk, command))
    .collect();
    assert_eq!(
        refused,
        [
            "daily: “a while” is no number of minutes. Write it such as 15 or 0:15.",
            "planning: A Scrum event takes between 0 and 8 hours, not 9 h. The Scrum Guide allows half a working day or less for two weeks.",
            "review: Nothing is said about how long it takes. Write 0 if there is none.",
        ]
    );
    for _ in 0..3 {
        desk.run(json!({ "journal": { "undo": {} } }));
    }
    assert_eq!(said(&desk, &two), "80 h less 10 h of Scrum events");
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_3_2_a_start_freezes_what_scrum_events_take() {
    let mut desk = Desk::new();
    desk.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));
    let item = json!({ "title": "Work", "kind": "feature", "size": 300 });
    let item = desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone();
    let sprint = desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
    desk.run(json!({ "sprint": { "selectItems": { "sprint": sprint, "items": [item] } } }));
    desk.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    let kept = |desk: &Desk| {
        let id = sprint.parse().unwrap();
        desk.team.read().commitment(id).unwrap().expect("a commitment")
    };
    let before = kept(&desk);
    desk.run(json!({ "team": { "setScrumEvents": { "daily": "60", "validFrom": "2026-10-01" } } }));
    assert_eq!(kept(&desk), before);
    let buffer = desk.ask(json!({ "sprint": { "board": {} } }))["sprint"]["buffer"].clone();
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(desk.ask(json!({ "sprint": { "board": {} } }))["sprint"]["buffer"], buffer);
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
    desk.run(json!({ "team": { "changeMember": { "id": ana, "hours": "4", "validFrom": "2026-11-23" } } }));
    assert_eq!(hours(&desk)[0], 5 * 360 + 5 * 240);
    assert_eq!(settings(&desk)["members"][0]["later"], "4 h from 23 November");
    desk.clock("2026-11-24 09:00");
    desk.run(json!({ "team": { "changeMember": { "id": bo, "hours": "8" } } }));
    assert_eq!(hours(&desk)[1], 10 * 480, "an answer that was missing holds for the days before too");
    desk.run(json!({ "team": { "changeMember": { "id": bo, "hours": "7" } } }));
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

#[test]
fn rule_8_1_severities_are_called_as_the_team_calls_them() {
    let mut desk = Desk::new();
    let rename = |severity: &str, name: &str| json!({ "team": { "renameSeverity": { "severity": severity, "name": name } } });
    let names = |desk: &Desk| -> Vec<String> {
        let all = settings(desk)["severities"].clone();
        all.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&desk), ["P1", "P2", "P3", "P4", "P5"]);
    assert_eq!(desk.run(rename("P1", " Shop down ")).title, "Call P1 Shop down");
    assert_eq!(desk.run(rename("P2", "Urgent")).title, "Call P2 Urgent");
    assert_eq!(names(&desk), ["Shop down", "Urgent", "P3", "P4", "P5"]);
    assert_eq!(desk.run(rename("P2", "Urgent")).operation, None);

    // Lists, pages, titles and histories say it; the rank stays what it was.
    let report = json!({ "interrupt": { "report": { "title": "Cards are refused", "severity": "P2" } } });
    let interrupt = desk.run(report).created[0].clone();
    let graver = json!({ "interrupt": { "setSeverity": { "interrupt": interrupt, "severity": "P1" } } });
    assert_eq!(desk.run(graver).title, "Set I-1 to Shop down");
    let list = desk.ask(json!({ "interrupt": { "list": {} } }));
    assert_eq!(
        (&list["waiting"][0]["severity"], &list["waiting"][0]["severityName"]),
        (&json!("P1"), &json!("Shop down"))
    );
    assert_eq!(list["severities"][1], json!({ "severity": "P2", "name": "Urgent" }));
    let page = desk.ask(json!({ "interrupt": { "interrupt": { "interrupt": interrupt } } }));
    assert_eq!(page["history"][0]["text"], "severity Urgent → Shop down");

    // No two are called alike, and the word of another rank stays its own.
    let refused = desk.refused(rename("P3", "urgent"));
    assert_eq!(
        (refused.field.as_deref(), refused.message.as_str()),
        (Some("severities"), "“urgent” is what P2 is called.")
    );
    assert_eq!(desk.refused(rename("P3", "P1")).message, "“P1” is what P1 is called.");
    assert!(desk.refused(rename("P3", "Whenever somebody has the time")).message.contains("too long"));
    desk.run(json!({ "journal": { "undo": {} } }));
    desk.run(json!({ "journal": { "undo": {} } }));
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(names(&desk), ["Shop down", "P2", "P3", "P4", "P5"]);
    assert_eq!(desk.run(rename("P1", "")).title, "Call Shop down P1");
    assert_eq!(names(&desk), ["P1", "P2", "P3", "P4", "P5"]);
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}
