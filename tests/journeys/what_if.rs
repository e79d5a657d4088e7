//! Capacity that is learned and tried out: the focus factor with its Sprints, what if, policies, the suggested split.

use evenkeel_tests::{Desk, shared};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A team of two with six hours a day that completed 31 points in 42 person-days, and a planned Sprint of two weeks.
struct Run {
    desk: Desk,
    members: Vec<String>,
    lanes: Vec<String>,
    sprint: String,
    items: Vec<String>,
}

impl Run {
    fn new() -> Run {
        let mut desk = Desk::new();
        let mut add = |name: &str| {
            let member = json!({ "name": name, "hours": "6", "from": "2026-01-01" });
            desk.run(json!({ "team": { "addMember": member } })).created[0].clone()
        };
        let members = vec![add("Ana"), add("Bo")];
        desk.run(json!({ "sprint": { "recordPast": {
            "name": "Sprint 41", "firstDay": "2026-10-19", "lastDay": "2026-10-30", "completed": "31", "personDays": "42"
        } } }));
        let sprint = desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
        let settings = desk.ask(json!({ "team": { "settings": {} } }));
        let lanes = settings["lanes"].as_array().unwrap().iter().map(|lane| text(&lane["id"])).collect();
        Run { desk, members, lanes, sprint, items: Vec::new() }
    }

    /// Adds items such as `f5 b3` (features and bugs with their points) and selects them.
    fn select(&mut self, items: &str) {
        for item in items.split(' ') {
            let (kind, points) = item.split_at(1);
            let kind = if kind == "f" { "feature" } else { "bug" };
            let item = json!({ "title": item, "kind": kind, "size": points.parse::<i64>().unwrap() * 100 });
            self.items.push(self.desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone());
        }
        // Such as were added later stand above; select them in their order.
        let select = json!({ "sprint": self.sprint, "items": self.items });
        self.desk.run(json!({ "sprint": { "selectItems": select } }));
    }

    fn ask(&self, query: Value) -> Value {
        self.desk.ask(json!({ "capacity": query }))
    }

    fn run(&mut self, command: Value) -> String {
        self.desk.run(json!({ "capacity": command })).title
    }

    fn what_if(&self, changes: Value) -> Value {
        self.ask(json!({ "whatIf": { "sprint": self.sprint, "changes": changes } }))
    }

    fn plan(&self) -> Value {
        self.ask(json!({ "planBoard": { "sprint": self.sprint } }))["plan"].clone()
    }

    fn away(&self, member: usize, day: &str, away: i64) -> Value {
        json!({ "away": { "member": self.members[member], "firstDay": day, "lastDay": day, "away": away } })
    }

    fn shares(&self, shares: [i64; 3]) -> Value {
        let share = |(lane, share): (&String, i64)| json!({ "lane": lane, "share": share * 100 });
        self.lanes.iter().zip(shares).map(share).collect()
    }

    fn choices(&self) -> Vec<String> {
        let choices = self.ask(json!({ "splitChoices": { "sprint": self.sprint } }));
        let line = |one: &Value| {
            format!(
                "{}: {}{}",
                text(&one["name"]),
                text(&one["said"]),
                if one["now"] == true { ", now" } else { "" }
            )
        };
        choices["choices"].as_array().unwrap().iter().map(line).collect()
    }

    fn policy(&self, name: &str) -> Value {
        let choices = self.ask(json!({ "splitChoices": { "sprint": self.sprint } }));
        let mut choices = choices["choices"].as_array().unwrap().iter();
        choices.find(|one| one["name"] == name).map(|one| one["from"]["policy"].clone()).unwrap()
    }

    #[track_caller]
    fn refused(&mut self, command: Value) -> String {
        let before = self.desk.team.dump().unwrap();
        let refused = self.desk.refused(json!({ "capacity": command }));
        assert_eq!(self.desk.team.dump().unwrap(), before, "a refused command leaves nothing");
        let (field, hint) = (refused.field.unwrap_or_default(), refused.hint.unwrap_or_default());
        format!("{field}: {} {hint}", refused.message)
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("?").to_owned()
}

fn said(lanes: &Value, side: &str) -> Vec<String> {
    let lane = |lane: &Value| {
        format!("{}: {}", text(&lane[side]["load"]["budget"]["name"]), text(&lane[side]["said"]))
    };
    lanes.as_array().unwrap().iter().map(lane).collect()
}

#[test]
fn what_if_shows_lanes_before_and_after_and_saves_nothing() {
    let mut run = Run::new();
    run.select("f5 f3 b3 f2");
    let before = run.desk.team.dump().unwrap();
    let answer = run.what_if(json!([run.away(0, "2026-11-04", 10_000), { "buffer": { "share": 2000 } }]));
    assert_eq!(answer["hoursSaid"], "100 h → 94.25 h, 5.75 h less");
    // 16.67 person-days × 0.82 × 0.9; then 15.71 × 0.82 × 0.8.
    assert_eq!(answer["pointsSaid"], "12.3 → 10.31 points, 1.99 less");
    assert_eq!(answer["forecast"], "10.31 points at focus 0.82; 13 are selected, 2.69 too many.");
    assert_eq!(
        said(&answer["lanes"], "before"),
        ["New features: 10 of 8.2 points · lower by 1.8", "Production: 3 of 4.1 points", "Buffer: 10 h kept"]
    );
    assert_eq!(
        said(&answer["lanes"], "after"),
        [
            "New features: 10 of 6.83 points · lower by 3.17",
            "Production: 3 of 3.48 points",
            "Buffer: 18.9 h kept"
        ]
    );
    let waiting: Vec<String> =
        answer["waiting"].as_array().unwrap().iter().map(|item| text(&item["title"])).collect();
    assert_eq!(waiting.len(), 1, "one more than as it is planned: {waiting:?}");
    let changes: Vec<String> =
        answer["changes"].as_array().unwrap().iter().map(|change| text(&change["said"])).collect();
    assert_eq!(changes, ["Ana away on 4 November", "A buffer of 20 %: 53 / 27 / 20 %"]);
    assert_eq!(answer["members"], json!([{ "name": "Ana", "said": "50 h → 44.25 h, 5.75 h less" }]));
    assert_eq!(run.desk.team.dump().unwrap(), before, "trying changes nothing");
    let same = run.what_if(json!([]));
    assert_eq!(same["hoursSaid"], "100 h");
    assert_eq!(same["pointsSaid"], "12.3 points");
    assert_eq!((&same["before"], &same["waiting"]), (&same["after"], &json!([])));
}

#[test]
fn what_if_is_what_its_commands_make_so() {
    let mut run = Run::new();
    run.select("f5 f3 b3 f2");
    let [ana, bo] = [run.members[0].clone(), run.members[1].clone()];
    // A longer absence, of which one day becomes another thing.
    run.run(json!({ "addAbsence": { "member": bo, "firstDay": "2026-11-09", "lastDay": "2026-11-11" } }));
    let changes = json!([
        run.away(0, "2026-11-04", 5000),
        run.away(1, "2026-11-10", 0),
        { "onCall": { "member": ana, "firstDay": "2026-11-05", "lastDay": "2026-11-06", "onCall": true } },
        { "onCall": { "member": ana, "firstDay": "2026-11-06", "lastDay": "2026-11-06", "onCall": false } },
        { "buffer": { "share": 1500 } },
        { "length": { "days": -1 } },
        { "joins": { "name": "Chidi", "hours": "4.5" } },
        { "shares": { "shares": run.shares([40, 50, 10]) } },
    ]);
    let said = run.what_if(changes.clone())["changes"].clone();
    let said: Vec<String> = said.as_array().unwrap().iter().map(|change| text(&change["said"])).collect();
    assert_eq!(
        said,
        [
            "Ana 50 % of a day away on 4 November",
            "Bo there on 10 November",
            "Ana on call 5–6 November",
            "Ana not on call on 6 November",
            "A buffer of 15 %: 57 / 28 / 15 %",
            "1 working day less: until 12 November",
            "Chidi joins on 2 November, 4.5 h a day",
            "Shares of 40 / 50 / 10 %",
        ]
    );
    for count in 1..=changes.as_array().unwrap().len() {
        let answer = run.what_if(json!([changes[count - 1]]));
        let command = answer["changes"][0]["command"].clone();
        run.desk.run(command);
        let plan = run.plan();
        let lanes: Vec<&Value> =
            answer["lanes"].as_array().unwrap().iter().map(|lane| &lane["after"]).collect();
        assert_eq!(json!(lanes), plan["lanes"], "{}", changes[count - 1]);
        assert_eq!(answer["after"]["net"], plan["total"]["net"]);
        assert_eq!(answer["after"]["lastDay"], plan["sprint"]["lastDay"]);
        assert_eq!(answer["after"]["workingDays"], plan["sprint"]["workingDays"]);
        assert_eq!(answer["after"]["over"], plan["load"]["over"]);
    }
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn what_cannot_be_is_refused_at_its_field() {
    let mut run = Run::new();
    let refused = |changes: Value| {
        let query = json!({ "capacity": { "whatIf": { "sprint": run.sprint, "changes": changes } } });
        let query = app::parse_query(&query.to_string()).unwrap();
        let context = app::Context::new(run.desk.now(), 7, "test", "");
        let error = app::ask(&run.desk.team, query, &context).unwrap_err();
        format!("{}: {} {}", error.field.unwrap_or_default(), error.message, error.hint.unwrap_or_default())
    };
    let ana = &run.members[0];
    let said = [
        refused(json!([{ "buffer": { "share": 11_000 } }])),
        refused(json!([{ "shares": { "shares": [{ "lane": run.lanes[0], "share": 7000 }] } }])),
        refused(json!([{ "length": { "days": -10 } }])),
        refused(json!([{ "length": { "days": 30 } }])),
        refused(json!([{ "joins": { "name": "", "hours": "6" } }])),
        refused(json!([{ "joins": { "name": "Eve", "hours": "25" } }])),
        refused(
            json!([{ "away": { "member": ana, "firstDay": "2026-11-05", "lastDay": "2026-11-04", "away": 10_000 } }]),
        ),
        refused(
            json!([{ "away": { "member": run.lanes[0], "firstDay": "2026-11-05", "lastDay": "2026-11-05", "away": 10_000 } }]),
        ),
    ];
    assert_eq!(
        said,
        [
            "share: A share lies between 0 % and 100 %, not at 110 %. Choose another share.",
            "shares: The shares add up to 110 %, not to 100 %. Take 10 % away.",
            "days: The Sprint has 10 working days, and one is the least. Take fewer days away.",
            "days: The Sprint would be longer than a month. The Scrum Guide allows a month at most: add fewer days.",
            "name: A member has no name. Write the name by which the team knows them.",
            "hours: A working day has more than 0 and at most 24 hours, not 25 h. Leave it empty while it is not known; a day on which they never work is none of their days.",
            "lastDay: 5 November to 4 November are no days of a Sprint. Choose days within the Sprint, the last one not before the first.",
            ": This member is no longer there. Choose another one; undo brings back what was taken away.",
        ]
    );
    run.select("f5");
    run.desk.run(json!({ "sprint": { "start": { "sprint": run.sprint } } }));
    let query = json!({ "capacity": { "whatIf": { "sprint": run.sprint, "changes": [] } } });
    let query = app::parse_query(&query.to_string()).unwrap();
    let context = app::Context::new(run.desk.now(), 7, "test", "");
    let error = app::ask(&run.desk.team, query, &context).unwrap_err();
    assert_eq!(error.message, "Sprint 42 has been started: what it committed stays.");
}

#[test]
fn rule_2_4_the_teams_own_number_stays_and_what_is_computed_moves() {
    let mut run = Run::new();
    run.select("f5 b3");
    run.run(json!({ "setOwnSize": { "sprint": run.sprint, "points": "15" } }));
    let answer = run.what_if(json!([{ "buffer": { "share": 2000 } }]));
    assert_eq!(
        answer["pointsSaid"],
        "The team’s own 15 points stay; computed 12.3 → 10.93 points, 1.37 less"
    );
    assert_eq!(answer["forecast"], "15 points by the team’s own number; 8 are selected, 7 free.");
}

#[test]
fn rule_2_5_the_slack_is_said_by_lane_and_in_total_and_the_load_by_person() {
    let mut run = Run::new();
    assert_eq!(run.plan()["roomSaid"], "Free points: 8.2 in New features, 4.1 in Production; 12.3 in all.");
    run.select("f5 b3");
    let own = json!({ "items": [run.items[0]], "owner": run.members[1] });
    run.desk.run(json!({ "backlog": { "assign": own } }));
    let plan = run.plan();
    assert_eq!(plan["roomSaid"], "Free points: 3.2 in New features, 1.1 in Production; 4.3 in all.");
    let owners: Vec<String> = plan["load"]["owners"]
        .as_array()
        .unwrap()
        .iter()
        .map(|owner| {
            format!("{} {} of {}", owner["member"] == run.members[1], owner["points"], owner["budget"])
        })
        .collect();
    assert_eq!(owners, ["true 500 of 615"], "half of the points are Bo's");
    run.select("f8");
    assert_eq!(run.plan()["roomSaid"], "Free points: 1.1 in Production; 3.7 too many in all.");
}

#[test]
fn policies_divide_a_sprint_and_are_the_teams_to_change() {
    let mut run = Run::new();
    assert_eq!(run.choices(), ["Normal: 60 / 30 / 10 %, now", "After a bad month: 40 / 50 / 10 %"]);
    let bad = run.policy("After a bad month");
    let used = json!({ "usePolicy": { "sprint": run.sprint, "policy": bad } });
    assert_eq!(run.run(used.clone()), "Use policy After a bad month for Sprint 42");
    assert_eq!(run.choices(), ["Normal: 60 / 30 / 10 %", "After a bad month: 40 / 50 / 10 %, now"]);
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.choices()[0], "Normal: 60 / 30 / 10 %, now");
    let save = json!({ "savePolicy": { "name": " Before Christmas ", "shares": run.shares([50, 20, 30]) } });
    assert_eq!(run.run(save), "Save policy Before Christmas");
    let save = json!({ "savePolicy": { "name": "before christmas", "shares": run.shares([45, 20, 35]) } });
    assert_eq!(run.run(save.clone()), "Change policy before christmas");
    assert_eq!(
        run.desk.run(json!({ "capacity": save })).operation,
        None,
        "what nothing changes writes nothing"
    );
    let christmas = run.policy("before christmas");
    let over = json!({ "savePolicy": { "name": "Wild", "shares": run.shares([50, 30, 30]) } });
    let nameless = json!({ "savePolicy": { "name": " ", "shares": run.shares([50, 20, 30]) } });
    let normal = json!({ "renamePolicy": { "policy": christmas, "name": "normal" } });
    let taken = json!({ "renamePolicy": { "policy": christmas, "name": "AFTER A BAD MONTH" } });
    let said = [run.refused(over), run.refused(nameless), run.refused(normal), run.refused(taken)];
    assert_eq!(
        said,
        [
            "shares: The shares add up to 110 %, not to 100 %. Take 10 % away.",
            "name: A policy needs a name. Write one such as After a bad month.",
            "name: Normal is what the team usually does. Change the usual shares in Settings, or choose another name.",
            "name: There is a policy “AFTER A BAD MONTH” already. Choose another name, or remove that one.",
        ]
    );
    let rename = json!({ "renamePolicy": { "policy": christmas, "name": "Quiet weeks" } });
    assert_eq!(run.run(rename), "Rename policy before christmas to Quiet weeks");
    run.run(used);
    assert_eq!(run.run(json!({ "removePolicy": { "policy": bad } })), "Remove policy After a bad month");
    assert_eq!(run.choices(), ["Normal: 60 / 30 / 10 %", "Quiet weeks: 45 / 20 / 35 %"]);
    let kept: Vec<i64> = run.plan()["lanes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lane| lane["load"]["budget"]["share"].as_i64().unwrap())
        .collect();
    assert_eq!(kept, [4000, 5000, 1000], "a Sprint keeps the shares that it has");
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_1_2_policies_are_made_to_fit_when_the_lanes_change() {
    let mut run = Run::new();
    let lane = run.desk.run(json!({ "team": { "addLane": { "name": "Research" } } })).created[0].clone();
    assert_eq!(run.choices(), ["Normal: 60 / 30 / 0 / 10 %, now", "After a bad month: 40 / 50 / 0 / 10 %"]);
    let [features, production, buffer] = [&run.lanes[0], &run.lanes[1], &run.lanes[2]];
    let shares = json!([
        { "lane": features, "share": 3000 }, { "lane": production, "share": 3000 },
        { "lane": lane, "share": 2500 }, { "lane": buffer, "share": 1500 },
    ]);
    run.run(json!({ "savePolicy": { "name": "Learning", "shares": shares } }));
    run.desk.run(json!({ "team": { "removeLane": { "lane": lane } } }));
    assert_eq!(
        run.choices(),
        ["Normal: 60 / 30 / 10 %, now", "After a bad month: 40 / 50 / 10 %", "Learning: 40 / 40 / 20 %"]
    );
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.choices()[2], "Learning: 30 / 30 / 25 / 15 %");
}

#[test]
fn the_shares_of_the_sprint_before_are_copied_with_its_own_number() {
    let mut run = Run::new();
    let copy = json!({ "copySplit": { "sprint": run.sprint } });
    assert_eq!(
        run.refused(copy),
        ": No Sprint before Sprint 42 has shares. Divide the capacity, or use a policy.",
        "of Sprint 41 only totals are known"
    );
    run.run(json!({ "setSplit": { "sprint": run.sprint, "shares": run.shares([50, 30, 20]) } }));
    run.run(json!({ "setOwnSize": { "sprint": run.sprint, "points": "14" } }));
    run.select("f5");
    run.desk.run(json!({ "sprint": { "start": { "sprint": run.sprint } } }));
    run.sprint = run.desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
    assert_eq!(run.choices()[1], "As in Sprint 42: 50 / 30 / 20 %, 14 points");
    let copy = json!({ "copySplit": { "sprint": run.sprint } });
    assert_eq!(run.run(copy), "Copy the shares of Sprint 42 to Sprint 43");
    let plan = run.plan();
    assert_eq!((&plan["planned"]["own"]["points"], &plan["ownSplit"]), (&json!(1400), &json!(true)));
    assert_eq!(run.choices()[1], "As in Sprint 42: 50 / 30 / 20 %, 14 points, now");
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.plan()["ownSplit"], false, "one step takes both back");
    assert_eq!(run.plan()["planned"]["own"], Value::Null);
}

/// Works through the planned Sprint: a feature and a bug are done, interrupts take some hours, `?` where nobody knows how
/// many; then plans the next.
fn work(run: &mut Run, first_day: &str, last_day: &str, interrupts: &str) {
    run.items.clear();
    run.select("f5 b3");
    run.desk.clock(&format!("{first_day} 09:00"));
    run.desk.run(json!({ "sprint": { "start": { "sprint": run.sprint } } }));
    if interrupts != "0" {
        let known = Some(interrupts).filter(|hours| *hours != "?");
        let outage = json!({ "title": "Outage", "hours": known });
        run.desk.run(json!({ "interrupt": { "report": outage } }));
    }
    run.desk.clock(&format!("{last_day} 16:00"));
    let settings = run.desk.ask(json!({ "team": { "settings": {} } }));
    let done = json!({ "items": run.items, "state": settings["states"][2]["id"] });
    run.desk.run(json!({ "sprint": { "moveToState": done } }));
    run.desk.run(json!({ "sprint": { "close": { "sprint": run.sprint, "decisions": [] } } }));
    run.sprint = run.desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
}

#[test]
fn the_next_split_is_suggested_from_past_interrupts_and_never_applied_by_itself() {
    let mut run = Run::new();
    let suggestion = |run: &Run| run.ask(json!({ "splitSuggestion": { "sprint": run.sprint } }));
    let none = suggestion(&run);
    assert_eq!(
        none["said"],
        "Nothing can be suggested yet: 3 closed Sprints with known hours are needed, and there is none."
    );
    assert_eq!(none["sprints"][0]["note"], "only totals are known");
    work(&mut run, "2026-11-02", "2026-11-13", "8");
    work(&mut run, "2026-11-16", "2026-11-27", "21.5");
    assert_eq!(
        suggestion(&run)["said"],
        "Nothing can be suggested yet: 3 closed Sprints with known hours are needed, 2 known."
    );
    work(&mut run, "2026-11-30", "2026-12-11", "12");
    let before = run.desk.team.dump().unwrap();
    let known = suggestion(&run);
    assert_eq!(run.desk.team.dump().unwrap(), before, "a suggestion applies nothing");
    // 21.5 of 100 net hours, rounded up; five of eight points were features.
    assert_eq!(
        known["said"],
        "A buffer of 22 %: as 3 closed Sprints went, in all of them it would have been enough."
    );
    let choices: Vec<String> = known["choices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|choice| format!("{}: {}", text(&choice["title"]), text(&choice["said"])))
        .collect();
    assert_eq!(
        choices,
        [
            "The planned lanes keep their proportion: 52 / 26 / 22 %",
            "The planned lanes follow what was done in them: 49 / 29 / 22 %"
        ]
    );
    let rows: Vec<String> = known["sprints"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {} {}",
                text(&row["sprint"]["name"]),
                row["net"],
                row["interrupts"],
                row["load"],
                row["counts"]
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "Sprint 44 6000 720 1200 true",
            "Sprint 43 6000 1290 2150 true",
            "Sprint 42 6000 480 800 true",
            "Sprint 41 null null null false"
        ]
    );
    let split = json!({ "setSplit": { "sprint": run.sprint, "shares": known["choices"][1]["shares"] } });
    run.run(split);
    let taken = suggestion(&run)["choices"].clone();
    assert_eq!(
        (taken.as_array().unwrap().len(), &taken[0]["now"]),
        (1, &json!(true)),
        "both are the same now"
    );
}

#[test]
fn rule_1_4_a_sprint_whose_buffer_use_is_not_known_is_left_out_of_the_suggestion_and_said() {
    let mut run = Run::new();
    let suggestion = |run: &Run| run.ask(json!({ "splitSuggestion": { "sprint": run.sprint } }));
    work(&mut run, "2026-11-02", "2026-11-13", "8");
    work(&mut run, "2026-11-16", "2026-11-27", "?");
    work(&mut run, "2026-11-30", "2026-12-11", "21.5");
    assert_eq!(
        suggestion(&run)["said"],
        "Nothing can be suggested yet: 3 closed Sprints with known hours are needed, 2 known. \
         1 more is left out: what drew on its buffer is not known."
    );
    work(&mut run, "2026-12-14", "2026-12-25", "12");
    let known = suggestion(&run);
    assert_eq!(
        known["said"],
        "A buffer of 22 %: as 3 closed Sprints went, in all of them it would have been enough. \
         1 more is left out: what drew on its buffer is not known."
    );
    let row = &known["sprints"][2];
    assert_eq!(
        (text(&row["sprint"]["name"]), text(&row["note"])),
        ("Sprint 43".into(), "what drew on its buffer is not known".into())
    );
    assert_eq!(
        (&row["counts"], &row["interrupts"], &row["load"]),
        (&json!(false), &Value::Null, &Value::Null)
    );
}

#[test]
fn without_any_interrupt_no_buffer_is_suggested() {
    let mut run = Run::new();
    for days in [("2026-11-02", "2026-11-13"), ("2026-11-16", "2026-11-27"), ("2026-11-30", "2026-12-11")] {
        work(&mut run, days.0, days.1, "0");
    }
    let none = run.ask(json!({ "splitSuggestion": { "sprint": run.sprint } }));
    assert_eq!(
        none["said"],
        "Nothing can be suggested: no hours of interrupts are known in 3 closed Sprints. That is no sign that a buffer is not needed."
    );
    assert_eq!(none["choices"], json!([]));
}

#[test]
fn rule_2_4_the_sprints_behind_the_focus_factor_are_listed() {
    let mut run = Run::new();
    work(&mut run, "2026-11-02", "2026-11-13", "8");
    let learned = run.plan()["learned"].clone();
    let rows: Vec<String> = learned
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let factor = row["factor"].as_f64().unwrap();
            format!(
                "{} {} {} {} {factor:.4}",
                text(&row["sprint"]["name"]),
                row["completed"],
                row["personDays"],
                row["bufferShare"]
            )
        })
        .collect();
    assert_eq!(rows, ["Sprint 41 3100 42000 1000 0.8201", "Sprint 42 800 16666 1000 0.5334"]);
    // (31 + 8) ÷ (42 + 16.666) ÷ 0.9
    assert_eq!(
        run.plan()["method"],
        "Focus 0.74: 39 points in 58.67 person-days less the buffer, from 2 closed Sprints."
    );
    let sheet = run.ask(json!({ "capacitySheet": { "sprint": run.sprint } }));
    assert_eq!(sheet["learned"], learned);
}

/// The nine Sprints of a real team: person-days of developers and domain experts, estimated and done points.
#[test]
fn rule_2_4_a_real_teams_history_gives_its_focus_factor_and_planned_points() {
    let Some(file) = shared("data/sprint-history-dzhw/sprints.csv") else { return };
    let file = std::fs::read_to_string(file).unwrap();
    let rows: Vec<Vec<&str>> = file.lines().skip(1).map(|line| line.trim().split(',').collect()).collect();
    let mut desk = Desk::at("2015-11-24 09:00");
    let none = json!({ "daily": "0", "planning": "0", "review": "0", "retrospective": "0" });
    desk.run(json!({ "team": { "setScrumEvents": none } }));
    for name in ["Ana", "Bo", "Chidi"] {
        let member = json!({ "name": name, "hours": "8", "from": "2015-01-01" });
        desk.run(json!({ "team": { "addMember": member } }));
    }
    let number = |text: &str| text.parse::<f64>().unwrap();
    let days = |row: &[&str]| number(row[3]) + number(row[4]);
    for row in &rows {
        let past = json!({
            "name": format!("Sprint {}", row[0]), "firstDay": row[1], "lastDay": row[2], "committed": row[5],
            "completed": row[6], "personDays": days(row).to_string(), "bufferShare": "0",
        });
        desk.run(json!({ "sprint": { "recordPast": past } }));
    }
    let sprint = desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
    let plan = desk.ask(json!({ "capacity": { "planBoard": { "sprint": sprint } } }))["plan"].clone();
    assert_eq!(plan["sprint"]["name"], "Sprint 10");
    // In whole hundredths, apart from the program: the last six Sprints, then 3 × 10 days at the usual buffer of 10 %.
    let last = &rows[rows.len() - 6..];
    let hundredths = |sum: f64| (sum * 100.0).round() as i128;
    let (done, time) = (
        hundredths(last.iter().map(|row| number(row[6])).sum()),
        hundredths(last.iter().map(|row| days(row)).sum()),
    );
    let rounded = |over: i128, under: i128| (2 * over + under) / (2 * under);
    let focus = plan["focus"]["known"]["factor"].as_f64().unwrap();
    assert_eq!(hundredths(focus), rounded(done * 100, time));
    assert_eq!(plan["total"]["personDays"], 30_000);
    let points = rounded(done * 3000 * 90, time * 100);
    assert_eq!(plan["planned"]["computed"]["points"], json!(points as i64), "focus × 30 person-days × 0.9");
    assert_eq!(plan["pointsSaid"], "23.69 points");
    let listed: Vec<String> =
        plan["learned"].as_array().unwrap().iter().map(|row| text(&row["sprint"]["name"])).collect();
    assert_eq!(listed, ["Sprint 4", "Sprint 5", "Sprint 6", "Sprint 7", "Sprint 8", "Sprint 9"]);
    assert_eq!(
        plan["method"],
        "Focus 0.88: 136 points in 155 person-days less the buffer, from 6 closed Sprints."
    );
    for (row, past) in plan["learned"].as_array().unwrap().iter().zip(last) {
        let factor = row["factor"].as_f64().unwrap();
        assert!((factor - number(past[6]) / days(past)).abs() < 1e-9, "{row}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn any_change_is_what_its_command_makes_so(
        kind in 0..5_u8, member in 0..2_usize, first in 2..12_i64, length in 0..3_i64, part in 0..=4_i64, more in -8..=0_i32
    ) {
        let mut run = Run::new();
        run.select("f5 b3 f2");
        let day = |n: i64| format!("2026-11-{n:02}");
        let (first, last) = (day(first), day(first + length));
        let away = json!({ "member": run.members[1], "firstDay": "2026-11-04", "lastDay": "2026-11-06", "away": "half" });
        run.run(json!({ "addAbsence": away }));
        let change = match kind {
            0 => json!({ "away": { "member": run.members[member], "firstDay": first, "lastDay": last, "away": part * 2500 } }),
            1 => json!({ "onCall": { "member": run.members[member], "firstDay": first, "lastDay": last, "onCall": part > 1 } }),
            2 => json!({ "buffer": { "share": part * 2300 } }),
            3 => json!({ "length": { "days": more } }),
            _ => json!({ "joins": { "name": "Eve", "hours": (part + 1).to_string(), "from": first } }),
        };
        let answer = run.what_if(json!([change]));
        run.desk.run(answer["changes"][0]["command"].clone());
        let plan = run.plan();
        let lanes: Vec<&Value> = answer["lanes"].as_array().unwrap().iter().map(|lane| &lane["after"]).collect();
        prop_assert_eq!(&json!(lanes), &plan["lanes"]);
        prop_assert_eq!(&answer["after"]["net"], &plan["total"]["net"]);
        let again = run.what_if(json!([]));
        prop_assert_eq!(&again["before"], &answer["after"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn policies_divide_the_whole_after_any_history_and_each_step_is_undone(
        steps in prop::collection::vec((0..7_u8, 0..6_usize, 0..=20_i64), 1..14)
    ) {
        let mut run = Run::new();
        let begin = run.desk.team.dump().unwrap();
        let mut done = 0;
        for (kind, which, part) in steps {
            let settings = run.desk.ask(json!({ "team": { "settings": {} } }));
            let lanes: Vec<Value> = settings["lanes"].as_array().unwrap().iter().map(|lane| lane["id"].clone()).collect();
            let lane = &lanes[which % lanes.len()];
            // All but a part in one lane, the part in the next one.
            let other = &lanes[(which + 1) % lanes.len()];
            let share = |one: &Value| if one == lane { 10_000 - part * 500 } else if one == other { part * 500 } else { 0 };
            let shares: Value = lanes.iter().map(|one| json!({ "lane": one, "share": share(one) })).collect();
            let choices = run.ask(json!({ "splitChoices": { "sprint": run.sprint } }))["choices"].clone();
            let policies: Vec<Value> = choices.as_array().unwrap().iter().map(|one| one["from"]["policy"].clone()).filter(|id| !id.is_null()).collect();
            let policy = policies.get(which % policies.len().max(1)).cloned().unwrap_or_default();
            let name = format!("Policy {}", which % 3);
            let command = match kind {
                0 => json!({ "team": { "addLane": { "name": format!("Lane {which}") } } }),
                1 => json!({ "team": { "removeLane": { "lane": lane } } }),
                2 => json!({ "capacity": { "savePolicy": { "name": name, "shares": shares } } }),
                3 if !policy.is_null() => json!({ "capacity": { "usePolicy": { "sprint": run.sprint, "policy": policy } } }),
                4 if !policy.is_null() => json!({ "capacity": { "removePolicy": { "policy": policy } } }),
                5 if !policy.is_null() => json!({ "capacity": { "renamePolicy": { "policy": policy, "name": name } } }),
                _ => json!({ "capacity": { "setSplit": { "sprint": run.sprint, "shares": shares } } }),
            };
            done += usize::from(run.desk.try_run(command).is_ok_and(|outcome| outcome.operation.is_some()));
            let settings = run.desk.ask(json!({ "team": { "settings": {} } }));
            let choices = run.ask(json!({ "splitChoices": { "sprint": run.sprint } }))["choices"].clone();
            let kept = run.desk.team.dump().unwrap().iter().filter(|row| row.starts_with("policy ")).count();
            let shown = choices.as_array().unwrap().iter().filter(|one| !one["from"]["policy"].is_null()).count();
            prop_assert_eq!(kept, shown, "every policy fits the lanes");
            for choice in choices.as_array().unwrap() {
                let shares = choice["shares"].as_array().unwrap();
                prop_assert_eq!(shares.len(), settings["lanes"].as_array().unwrap().len());
                prop_assert_eq!(shares.iter().filter_map(|one| one["share"].as_i64()).sum::<i64>(), 10_000, "{}", choice);
            }
        }
        prop_assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
        for _ in 0..done {
            run.desk.run(json!({ "journal": { "undo": {} } }));
        }
        prop_assert_eq!(run.desk.team.dump().unwrap(), begin);
    }
}
