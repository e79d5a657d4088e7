//! Deployments from the first one to the Sprint's measures, the links to incidents, what is live, and the release gate.

use crate::sprint::{Run, text};
use evenkeel_tests::Desk;
use serde_json::{Value, json};

/// A team with services, at a desk whose clock is set by hand.
struct Line {
    desk: Desk,
    checkout: String,
    search: String,
}

impl Line {
    fn new() -> Line {
        Line::with(Desk::new())
    }

    fn with(mut desk: Desk) -> Line {
        let mut add = |name: &str| {
            desk.run(json!({ "reliability": { "addService": { "name": name } } })).created[0].clone()
        };
        let (checkout, search) = (add("checkout"), add("search"));
        Line { desk, checkout, search }
    }

    /// Deploys checkout at a local time of 2026; answers the deployment.
    #[track_caller]
    fn deploy(&mut self, local: &str, version: &str, more: Value) -> String {
        self.desk.clock(&format!("2026-{local}"));
        let mut deployment = json!({ "service": self.checkout, "version": version });
        deployment.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        let outcome = self.run(json!({ "deploy": { "deployment": deployment } }));
        outcome.created.first().cloned().unwrap_or_default()
    }

    #[track_caller]
    fn run(&mut self, command: Value) -> app::Outcome {
        self.desk.run(json!({ "delivery": command }))
    }

    /// Refuses a command and leaves nothing; answers field, message and hint in a line.
    #[track_caller]
    fn refuse(&mut self, command: Value) -> String {
        let before = self.desk.team.dump().expect("the rows");
        let refused = self.desk.refused(json!({ "delivery": command }));
        assert_eq!(self.desk.team.dump().expect("the rows"), before, "a refused command leaves nothing");
        let (field, hint) = (refused.field.unwrap_or_default(), refused.hint.unwrap_or_default());
        format!("{field}: {} {hint}", refused.message)
    }

    fn ask(&self, question: Value) -> Value {
        self.desk.ask(json!({ "delivery": question }))
    }

    fn incident(&mut self, local: &str, line: &str) -> String {
        self.desk.clock(&format!("2026-{local}"));
        self.desk.run(json!({ "incident": { "report": { "line": line } } })).created[0].clone()
    }

    /// The list in a line each: `checkout 1.1 succeeded, rollback of checkout 1.0, failed, INC-1`.
    fn listed(&self) -> Vec<String> {
        self.ask(json!({ "list": {} }))["rows"].as_array().expect("rows").iter().map(listed).collect()
    }

    /// The measures of all services in a line each.
    fn measures(&self, question: Value) -> Vec<String> {
        let told = self.ask(json!({ "measures": question }));
        let measures = told["rows"][0]["measures"].as_array().expect("measures");
        let titles = told["definitions"].as_array().expect("definitions");
        let line = |(title, one): (&Value, &Value)| {
            let left = text(&one["leftOut"]);
            let left = if left.is_empty() { left } else { format!("; {left}") };
            format!("{}: {} ({}{left})", text(&title["title"]), text(&one["said"]), text(&one["of"]))
        };
        titles.iter().zip(measures).map(line).collect()
    }

    /// The gate's answer and each finding in a line.
    fn gate(&self, more: Value) -> Vec<String> {
        let mut question = json!({ "service": self.checkout });
        question.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        let view = self.ask(json!({ "gate": question }));
        let findings = view["findings"].as_array().expect("findings").iter();
        let line = |one: &Value| {
            let stops = if one["stops"] == true { ", stops" } else { "" };
            format!("{} {}{stops}: {}", text(&one["check"]), text(&one["standing"]), text(&one["reason"]))
        };
        std::iter::once(text(&view["said"])).chain(findings.map(line)).collect()
    }
}

fn listed(row: &Value) -> String {
    let mut line = format!("{} {}", text(&row["name"]), text(&row["result"]));
    if let Some(broken) = row["repairs"]["name"].as_str() {
        line.push_str(&format!(", {} of {broken}", text(&row["repair"])));
    }
    if row["isFailed"] == true {
        line.push_str(", failed");
    }
    if row["isCurrent"] == true {
        line.push_str(", live");
    }
    for incident in row["incidents"].as_array().expect("incidents") {
        line.push_str(&format!(", {}", text(&incident["label"])));
    }
    line
}

#[test]
fn a_deployment_is_written_down_runs_ends_and_is_corrected() {
    let mut line = Line::new();
    let running = line.deploy("11-02 10:00", "1.0", json!({ "result": "running" }));
    assert_eq!(line.listed(), ["checkout 1.0 running"]);
    line.desk.clock("2026-11-02 10:12");
    let at_ten = json!({ "finish": { "deployment": running, "result": "succeeded", "at": "9:59" } });
    assert_eq!(line.refuse(at_ten), "at: It ended before it began. Correct one of the two times.");
    let ended = line.run(json!({ "finish": { "deployment": running, "result": "succeeded" } }));
    assert_eq!(ended.title, "Finish deployment checkout 1.0");
    assert_eq!(
        line.refuse(json!({ "finish": { "deployment": running, "result": "aborted" } })),
        ": checkout 1.0 does not run any more. Correct it instead."
    );
    let page = line.ask(json!({ "deployment": { "deployment": running } }));
    let took = page["row"]["finishedAt"].as_i64().unwrap() - page["row"]["startedAt"].as_i64().unwrap();
    assert_eq!((took, page["row"]["isProduction"].as_bool()), (12 * 60_000, Some(true)));

    let staging = json!({ "environment": "staging", "started": "10:20", "finished": "10:15" });
    let mut form = json!({ "service": line.checkout });
    form.as_object_mut().unwrap().extend(staging.as_object().unwrap().clone());
    line.desk.clock("2026-11-02 11:00");
    assert_eq!(
        line.refuse(json!({ "deploy": { "deployment": form.clone() } })),
        "finished: It ended before it began. Correct one of the two times."
    );
    form["finished"] = json!("12:00 tomorrow");
    assert!(line.refuse(json!({ "deploy": { "deployment": form.clone() } })).starts_with("finished: "));
    form["finished"] = json!("10:30");
    let staged = line.run(json!({ "deploy": { "deployment": form.clone() } })).created[0].clone();
    assert_eq!(line.ask(json!({ "deployment": { "deployment": staged } }))["row"]["isProduction"], false);
    assert_eq!(line.ask(json!({ "list": {} }))["environments"], json!(["production", "staging"]));

    form["version"] = json!("1.0-rc1");
    let changed = line.run(json!({ "change": { "id": staged, "deployment": form } }));
    assert_eq!(changed.title, "Change deployment checkout 1.0-rc1");
    assert_eq!(line.listed(), ["checkout 1.0-rc1 succeeded", "checkout 1.0 succeeded, live"]);
    line.run(json!({ "remove": { "deployment": staged } }));
    assert_eq!(line.listed(), ["checkout 1.0 succeeded, live"]);
    line.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(line.listed().len(), 2, "undo brings it back");
}

#[test]
fn a_pipeline_that_reports_twice_reports_one_deployment() {
    let mut line = Line::new();
    let outside = json!({ "outside": ["pipeline", "1234"], "result": "running" });
    let id = line.deploy("11-02 10:00", "2.0", outside);
    assert!(!id.is_empty());
    let again = json!({ "outside": ["pipeline", "1234"], "finished": "10:09" });
    assert_eq!(line.deploy("11-02 10:10", "2.0", again), "", "nothing new is made");
    let page = line.ask(json!({ "deployment": { "deployment": id } }));
    assert_eq!(page["row"]["result"], "succeeded");
    assert_eq!(
        page["row"]["finishedAt"].as_i64().unwrap() - page["row"]["startedAt"].as_i64().unwrap(),
        540_000
    );
    assert_eq!(page["source"], "pipeline");
    assert_eq!(line.listed().len(), 1);
}

#[test]
fn rule_12_2_a_rollback_marks_what_it_repairs_and_circles_are_named() {
    let mut line = Line::new();
    let first = line.deploy("11-02 10:00", "1.0", json!({}));
    let second = line.deploy("11-02 12:00", "1.1", json!({}));
    let back = line.deploy("11-02 12:30", "1.0", json!({ "repairs": second }));
    assert_eq!(
        line.listed(),
        [
            "checkout 1.0 succeeded, rollback of checkout 1.1, live",
            "checkout 1.1 succeeded, failed",
            "checkout 1.0 succeeded"
        ]
    );
    let change = |id: &str, repairs: &str, line: &Line| json!({ "change": { "id": id, "deployment": { "service": line.checkout, "repairs": repairs } } });
    let circle = "repairs: What a deployment repairs goes in a circle. Say which deployment was there first.";
    assert_eq!(line.refuse(change(&second, &back, &line)), circle);
    assert_eq!(line.refuse(change(&second, &second, &line)), circle);
    assert_eq!(
        line.refuse(change(&first, &second, &line)),
        "repairs: A deployment repairs one that was there before. Choose an earlier one, or correct the times."
    );
    let other = json!({ "deploy": { "deployment": { "service": line.search, "repairs": first } } });
    assert!(line.refuse(other).starts_with("repairs: A deployment repairs one of its own service."));
    assert_eq!(
        line.refuse(json!({ "remove": { "deployment": second } })),
        ": checkout 1.0 repaired checkout 1.1. Say of that one first that it repairs nothing, or another one."
    );
}

#[test]
fn rule_12_2_a_link_is_proposed_and_a_person_confirms_or_rejects_it() {
    let mut line = Line::new();
    let first = line.deploy("11-02 10:00", "1.0", json!({}));
    let second = line.deploy("11-02 14:00", "1.1", json!({}));
    let fails = line.incident("11-02 14:40", "P1 checkout: payments fail");
    let other = line.incident("11-02 15:00", "P2 search: slow");
    let told = |line: &Line| {
        let view = line.ask(json!({ "proposals": {} }));
        let proposals = view["proposals"].as_array().expect("proposals").iter();
        let proposals = proposals.map(|one| {
            format!(
                "{} ← {} {}",
                text(&one["incident"]["label"]),
                text(&one["deployment"]["name"]),
                text(&one["said"])
            )
        });
        let unlinked = view["unlinked"].as_array().expect("unlinked").iter();
        let unlinked = unlinked.map(|one| format!("{}: {}", text(&one["label"]), text(&one["whyNot"])));
        proposals.chain(unlinked).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&line),
        ["INC-1 ← checkout 1.1 40 min before it began", "INC-2: nothing was deployed in the 24 hours before"]
    );
    let titled = line.run(json!({ "rejectLink": { "incident": fails, "deployment": second } })).title;
    assert_eq!(titled, "Say that checkout 1.1 did not cause INC-1");
    assert_eq!(told(&line)[1], "INC-1: what was proposed was not it");
    let titled = line.run(json!({ "linkIncident": { "incident": fails, "deployment": first } })).title;
    assert_eq!(titled, "Say that checkout 1.0 caused INC-1");
    assert_eq!(line.listed(), ["checkout 1.1 succeeded, live", "checkout 1.0 succeeded, failed, INC-1"]);
    // Corrected: another deployment takes its place.
    line.run(json!({ "linkIncident": { "incident": fails, "deployment": second } }));
    assert_eq!(line.listed(), ["checkout 1.1 succeeded, failed, live, INC-1", "checkout 1.0 succeeded"]);
    let later = line.deploy("11-02 16:00", "1.2", json!({}));
    let search = line.search.clone();
    // What a person can choose from: all that was in production before it began, its services first.
    let mut past = |service: &str, version: &str, began: &str, environment: &str| {
        line.run(json!({ "deploy": { "deployment": {
            "service": service, "version": version, "started": began, "finished": began, "environment": environment,
        } } }));
    };
    past(&search, "7", "09:00", "production");
    past(&search, "8", "14:50", "staging");
    let choices = line.ask(json!({ "list": { "before": other } }));
    let named: Vec<String> =
        choices["rows"].as_array().expect("rows").iter().map(|row| text(&row["name"])).collect();
    assert_eq!(named, ["search 7", "checkout 1.1", "checkout 1.0"]);
    assert_eq!(
        line.refuse(json!({ "linkIncident": { "incident": other, "deployment": later } })),
        "deployment: INC-2 began before checkout 1.2 was deployed. Choose a deployment from before, or correct when the incident began."
    );
    assert_eq!(
        line.refuse(json!({ "remove": { "deployment": second } })),
        ": checkout 1.1 caused INC-1. Say first that another one caused it, or none."
    );
}

#[test]
fn rule_12_1_five_measures_with_definition_and_n() {
    let mut line = Line::new();
    assert_eq!(
        line.measures(json!({})),
        [
            "Change lead time: – (no commit is measured)",
            "Deployment frequency: none (0 deployments in 30 days)",
            "Change fail rate: – (no deployments)",
            "Recovery time: – (no failure is measured)",
            "Rework rate: – (no deployments)",
        ],
        "no deployments is not 0 %"
    );
    let commits = |hours: &[&str]| {
        let commits =
            hours.iter().map(|at| json!({ "sha": "0a1b2c3d4e5f", "authored": format!("2026-11-02 {at}") }));
        json!({ "commits": commits.collect::<Vec<_>>() })
    };
    line.deploy("11-02 10:00", "1.0", commits(&["9:00", "8:00"]));
    let bad = line.deploy("11-02 12:00", "1.1", commits(&["10:00"]));
    line.deploy("11-02 12:45", "1.0", json!({ "repairs": bad, "repair": "rollback" }));
    assert_eq!(
        line.measures(json!({})),
        [
            "Change lead time: 1 h to 2 h (3 commits, too few for a median)",
            "Deployment frequency: 0.7 a week (3 deployments in 30 days)",
            "Change fail rate: 1 of 3 (too few for a rate)",
            "Recovery time: 45 min (1 failure, too few for a median)",
            "Rework rate: 1 of 3 (too few for a rate)",
        ]
    );
}

#[test]
fn rule_12_1_from_five_on_medians_and_rates_are_told() {
    let mut line = Line::new();
    for (hour, written) in [("10", "9:00"), ("11", "9:00"), ("12", "9:00"), ("13", "9:00"), ("14", "9:00")] {
        let commit = json!({ "sha": "abc", "authored": format!("2026-11-02 {written}") });
        line.deploy(&format!("11-02 {hour}:00"), &format!("1.{hour}"), json!({ "commits": [commit] }));
    }
    let last = text(&line.ask(json!({ "list": {} }))["rows"][0]["id"]);
    let incident = line.incident("11-02 14:30", "P2 checkout: slow");
    line.run(json!({ "linkIncident": { "incident": incident, "deployment": last } }));
    assert_eq!(
        line.measures(json!({})),
        [
            "Change lead time: 3 h (median of 5 commits)",
            "Deployment frequency: 1.2 a week (5 deployments in 30 days)",
            "Change fail rate: 20 % (1 of 5 deployments)",
            "Recovery time: – (no failure is measured; 1 left out: not over yet)",
            "Rework rate: 0 % (0 of 5 deployments)",
        ]
    );
    line.desk.clock("2026-11-02 15:30");
    line.desk.run(json!({ "incident": { "reach": { "incident": incident, "milestone": "mitigated" } } }));
    assert_eq!(line.measures(json!({}))[3], "Recovery time: 1 h 30 min (1 failure, too few for a median)");
}

#[test]
fn rule_3_5_a_closed_sprint_keeps_its_measures() {
    let mut run = Run::new();
    run.select("a8");
    run.start();
    let (sprint, next) = (run.sprint.clone(), run.next.clone());
    let mut line = Line::with(std::mem::replace(&mut run.desk, Desk::new()));
    line.deploy("11-03 10:00", "1.0", json!({}));
    line.deploy("11-04 10:00", "1.1", json!({}));
    let of_sprint = json!({ "sprint": sprint });
    assert_eq!(line.measures(of_sprint.clone())[2], "Change fail rate: 0 of 2 (too few for a rate)");
    line.desk.clock("2026-11-13 16:00");
    run.desk = line.desk;
    let item = run.items["a"].clone();
    run.close(json!([{ "item": item, "decision": { "nextSprint": { "sprint": next } } }]));
    let mut line = Line { desk: run.desk, checkout: line.checkout, search: line.search };
    assert_eq!(line.ask(json!({ "measures": of_sprint }))["isSealed"], true);
    let late = json!({ "started": "2026-11-05 10:00", "finished": "2026-11-05 10:10" });
    line.deploy("11-13 17:00", "1.2", late);
    assert_eq!(line.measures(of_sprint.clone())[2], "Change fail rate: 0 of 2 (too few for a rate)");
    assert_eq!(line.ask(json!({ "list": of_sprint }))["found"], 3, "the list knows the late one");
}

#[test]
fn rule_12_3_an_item_is_live_once_a_deployment_contains_it() {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    run.to("Done", "a b");
    let (a, b, c) = (run.items["a"].clone(), run.items["b"].clone(), run.items["c"].clone());
    let board = |line: &Line| {
        let board = line.desk.ask(json!({ "sprint": { "board": {} } }));
        let columns = board["columns"].as_array().expect("columns").iter();
        let items = columns.flat_map(|column| column["items"].as_array().expect("items"));
        items.map(|item| format!("{} {}", text(&item["title"]), item["going"])).collect::<Vec<_>>().join(", ")
    };
    let label = text(&run.desk.ask(json!({ "backlog": { "item": { "item": b } } }))["row"]["label"]);
    let mut line = Line::with(std::mem::replace(&mut run.desk, Desk::new()));
    assert_eq!(board(&line), "c null, a null, b null");
    line.deploy("11-03 11:00", "1.0-rc", json!({ "environment": "staging", "items": [a] }));
    // A commit that names an item brings it along.
    let commit = json!({ "sha": "abc", "subject": format!("{}: pay by card", label.to_lowercase()) });
    let live = line.deploy("11-03 12:00", "1.0", json!({ "items": [a], "commits": [commit] }));
    assert_eq!(board(&line), r#"c null, a "live", b "live""#);
    let page = line.ask(json!({ "deployment": { "deployment": live } }));
    assert_eq!(page["items"][0]["live"]["going"], "live");
    let titled = line.run(json!({ "setItems": { "deployment": live, "items": [a, c] } })).title;
    assert_eq!(titled, "Say that checkout 1.0 contains 2 items");
    assert_eq!(board(&line), r#"c "live", a "live", b null"#);
    let item = line.desk.ask(json!({ "backlog": { "item": { "item": a } } }));
    assert_eq!(text(&item["live"]["deploymentName"]), "checkout 1.0");
    // What is rolled back is not live any more.
    line.deploy("11-03 13:00", "0.9", json!({ "repairs": live }));
    assert_eq!(board(&line), r#"c "takenBack", a "takenBack", b null"#);
    // The gate is about what is done and not live.
    let gate = line.ask(json!({ "gate": { "service": line.checkout } }));
    let labels: Vec<String> =
        gate["items"].as_array().unwrap().iter().map(|item| text(&item["title"])).collect();
    assert_eq!(labels, ["a", "b"]);
}

#[test]
fn the_gate_answers_with_each_reason_and_keeps_what_went_on_against_it() {
    let mut run = Run::new();
    run.select("a8 b5");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    run.to("Done", "a");
    let (a, b) = (run.items["a"].clone(), run.items["b"].clone());
    let review = run.states["In progress"].clone();
    let mut line = Line::with(std::mem::replace(&mut run.desk, Desk::new()));
    let told = line.gate(json!({ "version": "2.0", "items": [a] }));
    assert_eq!(
        told,
        [
            "checkout 2.0 may go live now, and 2 things are not known.",
            "noGraveIncident holds: No incident is open.",
            "budgetLeft unknown: No objective is set for the service: its budget is not known.",
            "noFreeze holds: No freeze holds.",
            "itemsDone holds: 1 item is done.",
            "onCallCovered unknown: No rotation says who is on call.",
        ]
    );
    line.incident("11-03 10:05", "P2 checkout: slow");
    line.incident("11-03 10:06", "P1 search: down");
    let freeze =
        json!({ "setFreeze": { "first": "2026-11-03", "last": "2026-11-05", "why": "Black week." } });
    assert_eq!(line.run(freeze).title, "Freeze everything, 3 November to 5 November");
    let told = line.gate(json!({ "items": [a, b] }));
    assert_eq!(told[0], "checkout may not go live now: 3 of 5 checks stop it.");
    assert_eq!(
        told[1], "noGraveIncident fails, stops: P2 INC-1 is open: slow.",
        "search's is another service's"
    );
    assert_eq!(
        told[3],
        "noFreeze fails, stops: A freeze holds until the end of Thursday, 5 November: Black week."
    );
    assert!(told[4].starts_with("itemsDone fails, stops: 1 item is not done: "), "{}", told[4]);

    // The Definition of Live is the team's.
    let p1 = json!({ "setLiveCheck": { "name": "noGraveIncident", "severity": "P1" } });
    assert_eq!(line.run(p1).title, "Ask before going live: no incident P1 is open on the service");
    line.run(json!({ "setLiveCheck": { "name": "budgetLeft", "stopsUnknown": true, "percent": "20" } }));
    let off = json!({ "setLiveCheck": { "name": "itemsDone", "isAsked": false } });
    assert_eq!(line.run(off).title, "No longer ask before going live: the items are done");
    assert_eq!(
        line.refuse(json!({ "setLiveCheck": { "name": "itemsReviewed", "isAsked": true } })),
        "state: A review needs a state. Choose the state in which items are reviewed."
    );
    assert_eq!(
        line.refuse(json!({ "setLiveCheck": { "name": "budgetLeft", "percent": "half" } })),
        "percent: “half” is no part of a budget. Write a number of percent below 100, such as 20."
    );
    line.run(json!({ "setLiveCheck": { "name": "itemsReviewed", "state": review } }));
    let told = line.gate(json!({ "items": [a] }));
    assert_eq!(
        told[2],
        "budgetLeft unknown, stops: No objective is set for the service: its budget is not known."
    );
    assert!(
        told[4].starts_with("itemsReviewed fails, stops: 1 item has never been in “In progress”: "),
        "{}",
        told[4]
    );

    // An answer is a fact; against a no it needs a reason and a name.
    let question = json!({ "service": line.checkout, "version": "2.0" });
    let held = line.run(json!({ "answerGate": { "question": question } }));
    assert_eq!(held.title, "Hold checkout 2.0 back");
    assert_eq!(
        line.refuse(json!({ "answerGate": { "question": question, "why": " ", "by": "Ana" } })),
        "why: Going live against the gate needs a reason. Say it in a sentence: who looks back reads it."
    );
    assert_eq!(
        line.refuse(json!({ "answerGate": { "question": question, "why": "It mends INC-1." } })),
        "by: Going live against the gate needs a name. Write the name of who decides."
    );
    let goes =
        line.run(json!({ "answerGate": { "question": question, "why": "It mends INC-1.", "by": "Ana" } }));
    assert_eq!(goes.title, "Let checkout 2.0 go live against the gate");
    let answers = line.ask(json!({ "gateAnswers": { "service": line.checkout } }));
    let answer = |at: usize| {
        let one = &answers[at];
        (one["may"].as_bool(), one["goes"].as_bool(), one["overriddenBy"].as_str().map(str::to_owned))
    };
    assert_eq!(answer(0), (Some(false), Some(true), Some("Ana".into())));
    assert_eq!(answer(1), (Some(false), Some(false), None));
    let kept = answers[0].clone();

    // What it answered stays, whatever is so later.
    let freezes = line.ask(json!({ "settings": {} }))["freezes"].clone();
    let freeze = json!({ "removeFreeze": { "freeze": freezes[0]["id"] } });
    assert_eq!(line.run(freeze).title, "Take away the freeze: Black week");
    assert_eq!(line.ask(json!({ "gateAnswers": { "answer": goes.created[0] } }))[0], kept);
    assert!(line.gate(json!({})).iter().any(|one| one == "noFreeze holds: No freeze holds."));
    let backwards =
        json!({ "setFreeze": { "first": "2026-12-24", "last": "2026-12-20", "why": "Holidays" } });
    assert_eq!(
        line.refuse(backwards),
        "last: A freeze ends after it begins. Choose the same day or a later one."
    );
}

#[test]
fn the_gate_reads_budgets_and_who_is_on_call() {
    let mut line = Line::new();
    line.desk.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6", "from": "2026-11-02" } } }));
    line.desk.clock("2026-11-10 10:00");
    let objective = json!({
        "of": { "service": line.checkout }, "name": "checkout answers", "sli": "time", "window": "rolling",
        "days": 28, "target": "99", "validFrom": "2026-11-02",
    });
    line.desk.run(json!({ "reliability": { "addObjective": objective } }));
    let whole = line.gate(json!({}));
    assert!(whole[2].starts_with("budgetLeft "), "{whole:?}");
    let outage = json!({
        "services": [line.checkout], "class": "full", "from": "2026-11-09 00:00", "to": "2026-11-10 00:00",
    });
    line.desk.run(json!({ "reliability": { "addOutage": outage } }));
    assert_eq!(
        line.gate(json!({}))[2],
        "budgetLeft fails, stops: The error budget is spent: checkout answers."
    );
    let settings = line.desk.ask(json!({ "interrupt": { "list": {} } }));
    let days = json!([{ "member": settings["members"][0]["id"], "firstDay": "2026-11-09", "lastDay": "2026-11-11" }]);
    line.desk.run(json!({ "capacity": { "markOnCall": { "days": days, "onCall": true } } }));
    assert_eq!(line.gate(json!({})).last().unwrap(), "onCallCovered holds: Ana is on call.");
    line.desk.clock("2026-11-14 10:00");
    assert_eq!(line.gate(json!({})).last().unwrap(), "onCallCovered fails, stops: Nobody is on call.");
}

#[test]
fn the_gate_reads_the_budgets_of_groups_that_contain_the_service() {
    let mut line = Line::new();
    line.desk.clock("2026-11-10 10:00");
    let made = |line: &mut Line, command: Value| {
        line.desk.run(json!({ "reliability": command })).created.first().cloned().unwrap_or_default()
    };
    let (checkout, search) = (line.checkout.clone(), line.search.clone());
    let ledger = made(&mut line, json!({ "addService": { "name": "ledger" } }));
    let group = |name: &str, other: &str| json!({ "setGroup": { "name": name, "services": [{ "service": other }, { "service": search }] } });
    let shop = made(&mut line, group("Shop", &checkout));
    let books = made(&mut line, group("Books", &ledger));
    let promise = |of: Value, target: &str| {
        json!({ "addObjective": {
            "of": of, "sli": "time", "window": "rolling", "days": 28, "target": target, "validFrom": "2026-10-01",
        } })
    };
    made(&mut line, promise(json!({ "service": checkout }), "99"));
    made(&mut line, promise(json!({ "group": books }), "99.9"));
    let (from, to) = ("2026-11-09 00:00", "2026-11-10 00:00");
    let outage = json!({ "services": [search], "class": "full", "from": from, "to": to });
    made(&mut line, json!({ "addOutage": outage }));
    assert_eq!(
        line.gate(json!({}))[2],
        "budgetLeft holds: 100 % of the error budget are left: checkout is up.",
        "a group without the service says nothing of it"
    );
    made(&mut line, promise(json!({ "group": shop }), "99.9"));
    assert_eq!(
        line.gate(json!({}))[2],
        "budgetLeft fails, stops: The error budget is spent: Shop is up (group Shop)."
    );
}

#[test]
fn the_gate_asks_for_somebody_at_the_level_that_is_called_first() {
    let mut line = Line::new();
    let mut add = |name: &str| {
        let member = json!({ "name": name, "hours": "6", "from": "2026-11-02" });
        line.desk.run(json!({ "team": { "addMember": member } })).created[0].clone()
    };
    let (ana, ben) = (add("Ana"), add("Ben"));
    line.desk.clock("2026-11-02 08:00");
    let mut rotation = |level: &str, first: &str, only: Value, member: &str| {
        line.desk.run(json!({ "onCall": { "saveRotation": {
            "levelName": level, "first": first, "unit": "weeks", "length": 1, "people": [member], "only": only,
        } } }));
    };
    let by_day = json!([{ "days": 31, "from": "09:00", "to": "17:00" }]);
    rotation("Primary", "2026-11-02 09:00", by_day, &ana);
    rotation("Secondary", "2026-11-02 09:00", json!([]), &ben);
    let told = |local: &str| {
        line.desk.clock(local);
        line.gate(json!({})).pop().unwrap()
    };
    assert_eq!(told("2026-11-02 08:30"), "onCallCovered fails, stops: Nobody is on call.");
    assert_eq!(told("2026-11-10 10:00"), "onCallCovered holds: Ana is on call.", "Ben is called next");
    assert_eq!(
        told("2026-11-10 20:00"),
        "onCallCovered fails, stops: Nobody is on call at Primary, which is called first: only Ben at Secondary."
    );
}
