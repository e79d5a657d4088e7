//! Reliability: what is written down of services, what it comes to by every method, what was promised and is left.

use crate::sprint::{Run, text};
use evenkeel_tests::Desk;
use serde_json::{Value, json};

fn command(desk: &mut Desk, command: Value) -> String {
    desk.run(json!({ "reliability": command })).title
}

fn made(desk: &mut Desk, command: Value) -> String {
    desk.run(json!({ "reliability": command })).created[0].clone()
}

/// Refuses a command and leaves nothing; answers field and message in a line.
#[track_caller]
fn refuse(desk: &mut Desk, command: Value) -> String {
    let before = desk.team.dump().expect("the rows");
    let refused = desk.refused(json!({ "reliability": command }));
    assert_eq!(desk.team.dump().expect("the rows"), before, "a refused command leaves nothing");
    assert!(refused.hint.is_some(), "{}", refused.message);
    format!("{}: {}", refused.field.unwrap_or_default(), refused.message)
}

fn service(desk: &mut Desk, name: &str) -> String {
    made(desk, json!({ "addService": { "name": name } }))
}

fn outage(desk: &mut Desk, service: &str, class: &str, from: &str, to: &str) -> String {
    let outage = json!({ "services": [service], "class": class, "from": from, "to": to, "title": "cause" });
    made(desk, json!({ "addOutage": outage }))
}

fn overview(desk: &Desk, question: Value) -> Value {
    desk.ask(json!({ "reliability": { "overview": question } }))
}

/// The methods of a service or a group in a line each: `Headline 99.444 %, 1 h 51 min of 333 h`.
fn methods(figures: &Value) -> Vec<String> {
    let line = |method: &Value| {
        let [name, percent, bad, of] = ["name", "percent", "bad", "of"].map(|key| text(&method[key]));
        format!("{name} {percent}, {bad} of {of}")
    };
    figures["methods"].as_array().expect("methods").iter().map(line).collect()
}

/// The objectives in a line each: `kept checkout is up, target 99.9 %: 50 % left: …`.
fn objectives(view: &Value) -> Vec<String> {
    let line = |one: &Value| {
        let [state, name, target, said] =
            ["state", "name", "target", "remainingSaid"].map(|key| one[key].as_str().unwrap_or("none"));
        format!("{state} {name}, target {target}: {said}")
    };
    view["figures"]["objectives"].as_array().expect("objectives").iter().map(line).collect()
}

/// A team that planned a Sprint of 337 hours, over the end of summer time, and the one after it; it is the day after.
fn two_weeks() -> (Desk, String) {
    let mut desk = Desk::at("2026-10-05 09:00");
    let plan =
        |first: &str, last: &str| json!({ "sprint": { "plan": { "firstDay": first, "lastDay": last } } });
    let sprint = desk.run(plan("2026-10-12", "2026-10-23")).created[0].clone();
    desk.run(plan("2026-10-26", "2026-11-06"));
    desk.clock("2026-10-26 09:00");
    (desk, sprint)
}

/// The golden vector of 10.7, as people write it down.
fn golden(desk: &mut Desk) -> String {
    let checkout = service(desk, "checkout");
    let work = json!({
        "services": [checkout], "title": "Database", "from": "2026-10-13 02:00", "to": "2026-10-13 04:00",
        "announced": "2026-10-10 10:00",
    });
    made(desk, json!({ "setMaintenance": work }));
    outage(desk, &checkout, "full", "2026-10-13 02:30", "2026-10-13 03:00");
    outage(desk, &checkout, "full", "2026-10-14 10:00", "2026-10-14 10:45");
    outage(desk, &checkout, "full", "2026-10-14T10:30", "2026-10-14T11:15");
    outage(desk, &checkout, "partial", "2026-10-15 12:00", "2026-10-15 14:00");
    let unknown = json!({ "service": checkout, "from": "2026-10-16 12:00", "to": "2026-10-16 14:00", "note": "no probe" });
    made(desk, json!({ "addUnknown": unknown }));
    checkout
}

#[test]
fn rule_10_7_the_golden_vector_from_what_people_write_down() {
    let (mut desk, sprint) = two_weeks();
    let checkout = golden(&mut desk);
    let view = overview(&desk, json!({ "sprint": sprint }));
    assert_eq!(text(&view["said"]), "Sprint 1: 12 October to 25 October, 337 h", "the clocks went back");
    assert_eq!(
        methods(&view["figures"]["services"][0]),
        [
            "Headline 99.444 %, 1 h 51 min of 333 h",
            "Unknown as up 99.447 %, 1 h 51 min of 335 h",
            "Unknown as down 98.850 %, 3 h 51 min of 335 h",
            "Partial as full 99.024 %, 3 h 15 min of 333 h",
            "Full outages only 99.624 %, 1 h 15 min of 333 h",
        ]
    );
    assert_eq!(text(&view["figures"]["services"][0]["coverage"]), "99.402 %");
    let ledger = desk.ask(json!({ "reliability": { "ledger": { "of": { "service": checkout }, "when": { "sprint": sprint } } } }));
    let facts: Vec<String> = ledger["facts"]
        .as_array()
        .expect("facts")
        .iter()
        .map(|fact| format!("{} {}", text(&fact["because"]["said"]), text(&fact["bad"])))
        .collect();
    assert_eq!(
        facts,
        ["Full outage: cause 37 min 30 s", "Full outage: cause 37 min 30 s", "Partial outage: cause 36 min"]
    );
    let pieces: Vec<String> = ledger["pieces"]
        .as_array()
        .expect("pieces")
        .iter()
        .map(|piece| format!("{} {}", text(&piece["state"]), text(&piece["lasted"])))
        .collect();
    assert_eq!(
        pieces,
        ["unknown 2 h", "partial 2 h", "full 30 min", "full 15 min", "full 30 min", "maintenance 2 h"],
        "the latest first; what two outages made bad stands by itself"
    );
    let both = ledger["pieces"][3]["because"].as_array().expect("reasons");
    assert_eq!(both.len(), 2);
    assert!(both.iter().all(|one| one["outage"].is_string()), "each leads to its outage");
    let seconds: i64 = ledger["states"]
        .as_array()
        .expect("states")
        .iter()
        .map(|one| one["seconds"].as_i64().expect("seconds"))
        .sum();
    assert_eq!(seconds, 337 * 3_600, "every second is told once");
}

#[test]
fn outages_are_added_changed_ended_and_taken_back() {
    let mut desk = Desk::at("2026-11-03 12:00");
    let (checkout, search) = (service(&mut desk, "checkout"), service(&mut desk, "search"));
    let both = json!({ "services": [checkout, search], "class": "full", "from": "11:00", "title": "DNS" });
    let added = desk.run(json!({ "reliability": { "addOutage": both } }));
    assert_eq!((added.title.as_str(), added.created.len()), ("Add outage of checkout and search", 2));
    let health = desk.ask(json!({ "reliability": { "health": {} } }));
    assert_eq!(health[0]["state"], "full");
    assert_eq!(health[0]["since"], 1_793_700_000_000_i64, "since eleven, local");
    desk.clock("2026-11-03 12:30");
    let end = json!({ "endOutage": { "outage": added.created[0] } });
    assert_eq!(command(&mut desk, end.clone()), "End outage of checkout");
    assert_eq!(refuse(&mut desk, end), ": This outage of checkout ended on 3 November.");
    let change = |more: Value| {
        let mut change = json!({ "outage": added.created[1] });
        change.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        json!({ "changeOutage": change })
    };
    assert_eq!(
        command(&mut desk, change(json!({ "to": "12:15", "class": "partial" }))),
        "End outage of search"
    );
    assert_eq!(command(&mut desk, change(json!({ "title": "Resolver" }))), "Change outage of search");
    let rows = overview(&desk, json!({ "firstDay": "2026-11-03" }));
    let lines: Vec<String> = rows["outages"]
        .as_array()
        .expect("outages")
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {}",
                text(&row["serviceName"]),
                text(&row["class"]),
                text(&row["lasted"]),
                text(&row["title"])
            )
        })
        .collect();
    assert_eq!(lines, ["search partial 1 h 15 min Resolver", "checkout full 1 h 30 min DNS"]);
    assert_eq!(command(&mut desk, change(json!({ "to": "" }))), "Change outage of search");
    assert!(
        overview(&desk, json!({ "firstDay": "2026-11-03" }))["outages"][0]["to"].is_null(),
        "it lasts still"
    );
    let remove = json!({ "removeOutage": { "outage": added.created[1] } });
    assert_eq!(command(&mut desk, remove), "Remove outage of search");
    assert_eq!(
        overview(&desk, json!({ "firstDay": "2026-11-03" }))["outages"].as_array().expect("outages").len(),
        1
    );
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(
        overview(&desk, json!({ "firstDay": "2026-11-03" }))["outages"].as_array().expect("outages").len(),
        2
    );
}

#[test]
fn what_cannot_have_been_is_refused_and_named() {
    let mut desk = Desk::at("2026-11-03 12:00");
    let checkout = service(&mut desk, "checkout");
    let outage = |from: &str, to: &str| json!({ "addOutage": { "services": [checkout], "class": "full", "from": from, "to": to } });
    assert_eq!(refuse(&mut desk, outage("10:00", "09:59")), "to: It ends before it begins.");
    assert_eq!(refuse(&mut desk, outage("10:00", "10:00")), "to: It ends before it begins.");
    assert_eq!(refuse(&mut desk, outage("12:01", "")), "from: It begins in the future.");
    assert_eq!(refuse(&mut desk, outage("11:00", "12:01")), "to: It ends in the future.");
    assert_eq!(refuse(&mut desk, outage("eleven", "")), "from: “eleven” is no moment.");
    let none = json!({ "addOutage": { "services": [], "class": "full", "from": "11:00" } });
    assert_eq!(refuse(&mut desk, none), "services: No service is named.");
    let work = |to: &str, announced: &str| json!({ "setMaintenance": { "services": [checkout], "from": "2026-11-05 02:00", "to": to, "announced": announced } });
    assert_eq!(refuse(&mut desk, work("", "")), "to: Maintenance has an end.");
    assert_eq!(
        refuse(&mut desk, work("2026-11-05 04:00", "2026-11-04 09:00")),
        "announced: It cannot have been announced in the future."
    );
    let unknown = json!({ "addUnknown": { "service": checkout, "from": "11:00", "to": "10:00" } });
    assert_eq!(refuse(&mut desk, unknown), "to: It ends before it begins.");
    let count = |valid: u32, good: u32, day: &str| json!({ "countRequests": { "service": checkout, "day": day, "valid": valid, "good": good } });
    assert_eq!(refuse(&mut desk, count(5, 6, "2026-11-02")), "good: 6 of 5 requests cannot be good.");
    assert_eq!(refuse(&mut desk, count(6, 5, "2026-11-04")), "day: 4 November is still to come.");
    let objective = |target: &str, more: Value| {
        let mut one =
            json!({ "of": { "service": checkout }, "sli": "time", "window": "rolling", "target": target });
        one.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        json!({ "addObjective": one })
    };
    assert_eq!(
        refuse(&mut desk, objective("100", json!({}))),
        "target: A target of 100 % leaves no error budget."
    );
    assert_eq!(
        refuse(&mut desk, objective("99.9", json!({ "days": 0 }))),
        "days: A rolling window has 1 to 366 days."
    );
    let hours = |spans: Value| json!({ "hours": { "zone": "Europe/Nowhere", "spans": spans } });
    assert_eq!(
        refuse(&mut desk, objective("99", hours(json!([])))),
        "zone: “Europe/Nowhere” is no time zone."
    );
    let none = json!({ "hours": { "spans": [] } });
    assert_eq!(
        refuse(&mut desk, objective("99", none)),
        "hours: An agreement over business hours needs hours."
    );
    assert_eq!(
        refuse(&mut desk, json!({ "addService": { "name": "Checkout" } })),
        "name: There is a service checkout already."
    );
}

#[test]
fn rule_10_3_work_that_was_not_announced_in_time_is_downtime_and_says_so() {
    let mut desk = Desk::at("2026-11-03 12:00");
    let checkout = service(&mut desk, "checkout");
    let work = |maintenance: Option<&str>, announced: &str| {
        json!({ "setMaintenance": {
            "maintenance": maintenance, "services": [checkout], "title": "Index", "from": "2026-11-04 02:00",
            "to": "2026-11-04 04:00", "announced": announced,
        } })
    };
    let late = desk.run(json!({ "reliability": work(None, "2026-11-03 11:00") }));
    assert_eq!(
        late.note.as_deref(),
        Some("It was not announced 24 h before it begins: it counts as downtime.")
    );
    let id = late.created[0].clone();
    desk.clock("2026-11-04 12:00");
    let headline = |desk: &Desk| {
        methods(&overview(desk, json!({ "firstDay": "2026-11-04" }))["figures"]["services"][0])[0].clone()
    };
    assert_eq!(headline(&desk), "Headline 83.333 %, 2 h of 12 h");
    let rules = json!({ "setRules": { "noticeHours": 12 } });
    assert_eq!(command(&mut desk, rules), "Set how outages count");
    assert_eq!(headline(&desk), "Headline 100 %, 0 s of 10 h", "it leaves numerator and denominator");
    assert_eq!(command(&mut desk, work(Some(&id), "")), "Change maintenance of checkout");
    assert_eq!(headline(&desk), "Headline 83.333 %, 2 h of 12 h");
    assert_eq!(
        command(&mut desk, json!({ "removeMaintenance": { "maintenance": id } })),
        "Remove maintenance of checkout"
    );
    assert_eq!(headline(&desk), "Headline 100 %, 0 s of 12 h");
    let wrong = json!({ "setRules": { "partial": 2_000, "degraded": 3_000 } });
    assert_eq!(
        refuse(&mut desk, wrong),
        "partial: A worse outage cannot take less of a second, and none takes more than all of it."
    );
}

#[test]
fn rules_and_targets_hold_from_a_day_on_and_leave_what_was_before() {
    let (mut desk, sprint) = two_weeks();
    let checkout = golden(&mut desk);
    let objective = json!({
        "of": { "service": checkout }, "sli": "time", "window": "sprint", "target": "99", "validFrom": "2026-10-01",
    });
    let objective = made(&mut desk, json!({ "addObjective": objective }));
    let before = overview(&desk, json!({ "sprint": sprint }));
    assert_eq!(
        objectives(&before),
        ["kept checkout is up, target 99 %: 44 % left: 1 h 28 min 48 s of 3 h 19 min 48 s"]
    );
    command(&mut desk, json!({ "setRules": { "partial": 10_000 } }));
    let stricter = json!({ "changeObjective": { "objective": objective, "target": "99.9" } });
    assert_eq!(command(&mut desk, stricter), "Set target of checkout is up to 99.9 %");
    assert_eq!(
        overview(&desk, json!({ "sprint": sprint }))["figures"],
        before["figures"],
        "both hold from today on"
    );
    let early =
        json!({ "changeObjective": { "objective": objective, "target": "99.9", "validFrom": "2026-10-12" } });
    assert_eq!(command(&mut desk, early), "Set target of checkout is up to 99.9 % from 12 October on");
    let spent = overview(&desk, json!({ "sprint": sprint }));
    assert_eq!(
        objectives(&spent),
        ["spent checkout is up, target 99.9 %: overspent by 456 %: 1 h 31 min 1 s more than 19 min 58 s"]
    );
    let rename = json!({ "changeObjective": { "objective": objective, "name": "Customers can pay" } });
    assert_eq!(command(&mut desk, rename), "Rename objective checkout is up to Customers can pay");
    assert_eq!(
        command(&mut desk, json!({ "removeObjective": { "objective": objective } })),
        "Remove objective Customers can pay"
    );
    assert!(objectives(&overview(&desk, json!({}))).is_empty());
}

#[test]
fn rule_10_8_requests_have_a_budget_of_those_that_may_be_expected() {
    let mut desk = Desk::at("2026-11-02 00:00");
    let plan = json!({ "sprint": { "plan": { "firstDay": "2026-11-02", "lastDay": "2026-11-11" } } });
    desk.run(plan);
    let checkout = service(&mut desk, "checkout");
    let objective =
        json!({ "of": { "service": checkout }, "sli": "requests", "window": "sprint", "target": "99" });
    made(&mut desk, json!({ "addObjective": objective }));
    assert_eq!(objectives(&overview(&desk, json!({}))), ["unknown checkout answers well, target 99 %: none"]);
    desk.clock("2026-11-04 00:00");
    for (day, valid, good) in [("2026-11-02", 1_000, 1_000), ("2026-11-03", 1_000, 980)] {
        let count =
            json!({ "countRequests": { "service": checkout, "day": day, "valid": valid, "good": good } });
        assert_eq!(
            command(&mut desk, count),
            format!("Count requests of checkout on {} November", &day[9..])
        );
    }
    let view = overview(&desk, json!({}));
    assert_eq!(
        objectives(&view),
        ["kept checkout answers well, target 99 %: 80 % left: 80 of 100 requests, at the pace so far"],
        "2,000 in two of ten days are 10,000 in all"
    );
    assert_eq!(methods(&view["figures"]["services"][0])[5], "By requests 99.000 %, 20 of 2,000");
    assert_eq!(text(&view["figures"]["objectives"][0]["burnSaid"]), "burns 2.0× the even pace");
    let nothing =
        json!({ "countRequests": { "service": checkout, "day": "2026-11-03", "valid": 0, "good": 0 } });
    command(&mut desk, nothing);
    assert_eq!(
        methods(&overview(&desk, json!({}))["figures"]["services"][0])[5],
        "By requests 100 %, 0 of 1,000"
    );
}

#[test]
fn rule_10_5_an_agreement_over_business_hours_counts_only_these() {
    let (mut desk, sprint) = two_weeks();
    let checkout = golden(&mut desk);
    let spans: Vec<Value> =
        (0..5).map(|weekday| json!({ "weekday": weekday, "from": 540, "to": 1_020 })).collect();
    let agreement = json!({
        "of": { "service": checkout }, "name": "Contract", "sli": "time", "window": "sprint", "target": "98",
        "validFrom": "2026-10-01", "isAgreement": true, "hours": { "withoutHolidays": true, "spans": spans },
    });
    let added = desk.run(json!({ "reliability": { "addObjective": agreement } }));
    assert_eq!(added.title, "Add agreement Contract");
    let view = overview(&desk, json!({ "sprint": sprint }));
    let contract = &view["figures"]["objectives"][0];
    assert_eq!(text(&contract["hours"]), "Mon–Fri 9:00–17:00 (Europe/Zurich), without holidays");
    assert_eq!(text(&contract["percent"]), "97.628 %", "111 bad minutes of 78 hours that are known");
    assert_eq!(text(&contract["state"]), "spent");
    desk.run(json!({ "team": { "addHoliday": { "day": "2026-10-14", "name": "Feast" } } }));
    let holiday = overview(&desk, json!({ "sprint": sprint }));
    assert_eq!(text(&holiday["figures"]["objectives"][0]["percent"]), "99.142 %", "36 of 70 hours");
    let ledger =
        json!({ "of": { "service": checkout }, "when": { "sprint": sprint }, "objective": added.created[0] });
    let ledger = desk.ask(json!({ "reliability": { "ledger": ledger } }));
    assert_eq!(text(&ledger["figures"]["percent"]), "99.142 %");
    assert!(
        text(&ledger["said"])
            .starts_with("Contract, Sprint 1: 12 October to 25 October, 72 h within Mon–Fri")
    );
}

#[test]
fn rule_10_5_a_group_is_up_when_all_its_services_are_or_has_their_mean() {
    let (mut desk, sprint) = two_weeks();
    let (checkout, search) = (golden(&mut desk), service(&mut desk, "search"));
    outage(&mut desk, &search, "full", "2026-10-20 00:00", "2026-10-20 01:00");
    let group = |group: Option<&str>, is_mean: bool, weight: Option<i64>| {
        json!({ "setGroup": {
            "group": group, "name": "Shop", "isMean": is_mean,
            "services": [{ "service": checkout, "weight": weight }, { "service": search }],
        } })
    };
    let one = json!({ "setGroup": { "name": "Shop", "services": [{ "service": checkout }] } });
    assert_eq!(refuse(&mut desk, one), "services: A group has at least two services.");
    assert_eq!(refuse(&mut desk, group(None, true, Some(0))), "services: checkout has no weight.");
    let shop = made(&mut desk, group(None, false, None));
    let headline = |desk: &Desk| {
        methods(&overview(desk, json!({ "sprint": sprint }))["figures"]["groups"][0])[0].clone()
    };
    assert_eq!(headline(&desk), "Headline 99.154 %, 2 h 51 min of 337 h", "search is known and up meanwhile");
    assert_eq!(command(&mut desk, group(Some(&shop), true, None)), "Change group Shop");
    assert!(headline(&desk).starts_with("Headline 99.573 %"), "{}", headline(&desk));
    let objective = json!({ "of": { "group": shop }, "sli": "time", "window": "month", "target": "99.9" });
    let objective = made(&mut desk, json!({ "addObjective": objective }));
    assert_eq!(
        refuse(&mut desk, json!({ "removeGroup": { "group": shop } })),
        ": Something is promised of Shop."
    );
    command(&mut desk, json!({ "removeObjective": { "objective": objective } }));
    assert_eq!(command(&mut desk, json!({ "removeGroup": { "group": shop } })), "Remove group Shop");
    assert_eq!(
        refuse(&mut desk, json!({ "removeService": { "service": search } })),
        ": Something is known or promised of search."
    );
    let ledger = service(&mut desk, "ledgr");
    let rename = json!({ "changeService": { "service": ledger, "name": "ledger", "note": "Books" } });
    assert_eq!(command(&mut desk, rename), "Rename service ledgr to ledger");
    let names = desk.ask(json!({ "reliability": { "services": {} } }));
    let names: Vec<String> = names.as_array().expect("names").iter().map(|one| text(&one["name"])).collect();
    assert_eq!(names, ["checkout", "search", "ledger"]);
    assert_eq!(
        command(&mut desk, json!({ "removeService": { "service": ledger } })),
        "Remove service ledger"
    );
}

#[test]
fn rule_10_4_too_little_is_not_told_as_a_figure() {
    let mut desk = Desk::at("2026-11-04 00:00");
    let checkout = service(&mut desk, "checkout");
    let unknown = json!({ "addUnknown": { "service": checkout, "from": "2026-11-02 00:00", "to": "2026-11-02 12:00" } });
    let unknown = made(&mut desk, unknown);
    let figures = |desk: &Desk| {
        overview(desk, json!({ "firstDay": "2026-11-02", "lastDay": "2026-11-03" }))["figures"]["services"][0]
            .clone()
    };
    let known = figures(&desk);
    assert_eq!((known["isEnough"].clone(), text(&known["coverage"])), (json!(false), "75.000 %".into()));
    assert_eq!((text(&known["low"]), text(&known["high"])), ("75.000 %".into(), "100 %".into()));
    let back = json!({ "removeUnknown": { "unknown": unknown } });
    assert_eq!(command(&mut desk, back), "Take back that nothing is known of checkout");
    assert_eq!(figures(&desk)["isEnough"], json!(true));
}

#[test]
fn rule_10_4_a_budget_of_which_too_little_is_known_is_not_told_and_no_gate_passes_on_it() {
    let mut desk = Desk::at("2026-11-04 00:00");
    let checkout = service(&mut desk, "checkout");
    let objective = json!({
        "of": { "service": checkout }, "sli": "time", "window": "rolling", "days": 2, "target": "99",
        "validFrom": "2026-11-02",
    });
    made(&mut desk, json!({ "addObjective": objective }));
    let policy = json!({ "setPolicy": { "isOn": true, "spentAt": 9_000 } });
    command(&mut desk, policy);
    let gate = |desk: &Desk| {
        let asked = desk.ask(json!({ "delivery": { "gate": { "service": checkout } } }));
        let findings = asked["findings"].as_array().expect("findings");
        let budget = findings.iter().find(|one| one["check"] == "budgetLeft").expect("the budget's check");
        text(&budget["standing"])
    };
    let told = |desk: &Desk| {
        let view = overview(desk, json!({}));
        let health = &view["health"][0];
        let [name, left] =
            ["objectiveName", "remainingSaid"].map(|key| health[key].as_str().unwrap_or("none"));
        let policy = view["policy"]["said"].is_string();
        (objectives(&view).remove(0), format!("{name}, {left}"), policy, gate(desk))
    };
    outage(&mut desk, &checkout, "full", "2026-11-03 10:00", "2026-11-03 10:05");
    let kept = (
        "kept checkout is up, target 99 %: 82 % left: 23 min 48 s of 28 min 48 s".to_owned(),
        "checkout is up, 82 % left".to_owned(),
        true,
        "holds".to_owned(),
    );
    assert_eq!(told(&desk), kept);
    let unknown = json!({ "addUnknown": { "service": checkout, "from": "2026-11-02 00:00", "to": "2026-11-02 12:00" } });
    let unknown = made(&mut desk, unknown);
    let not_known = (
        "unknown checkout is up, target 99 %: none".to_owned(),
        "checkout is up, none".to_owned(),
        false,
        "unknown".to_owned(),
    );
    assert_eq!(told(&desk), not_known, "36 of 48 hours are known");
    outage(&mut desk, &checkout, "full", "2026-11-03 11:00", "2026-11-03 12:00");
    let (objective, left, policy, standing) = told(&desk);
    assert!(objective.starts_with("spent checkout is up, target 99 %: overspent by "), "{objective}");
    assert!(left.starts_with("checkout is up, overspent by "), "{left}");
    assert_eq!(
        (policy, standing.as_str()),
        (true, "fails"),
        "what is spent is spent, however little is known"
    );
    command(&mut desk, json!({ "removeUnknown": { "unknown": unknown } }));
    assert!(told(&desk).0.starts_with("spent "));
}

#[test]
fn a_spent_budget_puts_production_first_in_planning() {
    let mut desk = Desk::at("2026-11-03 12:00");
    let checkout = service(&mut desk, "checkout");
    let policy = |desk: &Desk| desk.ask(json!({ "reliability": { "policy": {} } }));
    assert!(policy(&desk)["said"].is_null(), "nothing is promised");
    let objective = json!({ "of": { "service": checkout }, "sli": "time", "window": "rolling", "days": 28, "target": "99.9" });
    made(&mut desk, json!({ "addObjective": objective }));
    assert!(policy(&desk)["said"].is_null());
    outage(&mut desk, &checkout, "full", "10:00", "10:30");
    assert!(policy(&desk)["said"].is_null(), "10 of 40 minutes are left");
    let early = json!({ "setPolicy": { "isOn": true, "spentAt": 3_000 } });
    assert_eq!(command(&mut desk, early), "Set what follows from a spent error budget");
    assert_eq!(
        text(&policy(&desk)["said"]),
        "No more than 30 % of an error budget is left (checkout is up: 25 % left): by the team's policy production comes first."
    );
    command(&mut desk, json!({ "setPolicy": { "isOn": true, "spentAt": 0 } }));
    assert!(policy(&desk)["said"].is_null());
    outage(&mut desk, &checkout, "full", "11:00", "11:30");
    assert_eq!(
        text(&policy(&desk)["said"]),
        "An error budget is spent (checkout is up: overspent by 49 %): by the team's policy production comes first."
    );
    command(&mut desk, json!({ "setPolicy": { "isOn": false } }));
    assert!(policy(&desk)["said"].is_null());
    let wrong = json!({ "setPolicy": { "isOn": true, "spentAt": 10_000 } });
    assert_eq!(refuse(&mut desk, wrong), "spentAt: 100 % of a budget is no limit.");
}

#[test]
fn rule_10_8_an_alert_fires_while_a_budget_burns_too_fast() {
    let mut desk = Desk::at("2026-11-03 12:00");
    let checkout = service(&mut desk, "checkout");
    let objective = json!({ "of": { "service": checkout }, "sli": "time", "window": "rolling", "days": 28, "target": "99.9" });
    made(&mut desk, json!({ "addObjective": objective }));
    let lasting = json!({ "addOutage": { "services": [checkout], "class": "full", "from": "11:55" } });
    let lasting = made(&mut desk, lasting);
    let alert = |desk: &Desk| overview(desk, json!({}))["figures"]["objectives"][0]["alert"].clone();
    assert_eq!(
        text(&alert(&desk)),
        "Over the last 1 h it burns more than 14 times as fast as the budget allows."
    );
    command(&mut desk, json!({ "endOutage": { "outage": lasting } }));
    desk.clock("2026-11-03 13:00");
    assert_eq!(
        text(&alert(&desk)),
        "Over the last 24 h it burns more than 2 times as fast as the budget allows.",
        "the last half an hour is quiet, the day is not"
    );
    desk.clock("2026-11-10 18:00");
    assert!(alert(&desk).is_null());
}

/// A closed Sprint 1 (2 to 13 November) with a full outage of half an hour, closed on its last day at four.
fn closed() -> (Run, String) {
    let mut run = Run::new();
    let checkout = service(&mut run.desk, "checkout");
    run.select("a8");
    run.start();
    run.desk.clock("2026-11-04 10:00");
    outage(&mut run.desk, &checkout, "full", "09:00", "09:30");
    run.desk.clock("2026-11-13 16:00");
    let decision = json!({ "item": run.items["a"], "decision": "productBacklog" });
    run.close(json!([decision]));
    (run, checkout)
}

#[test]
fn rule_3_5_a_closed_sprint_keeps_the_uptime_that_was_sealed_and_a_correction_adds_an_edition() {
    let (mut run, checkout) = closed();
    let sprint = run.sprint.clone();
    let view = |run: &Run| overview(&run.desk, json!({ "sprint": sprint }));
    let sealed = view(&run);
    assert_eq!(sealed["isClosed"], true);
    assert_eq!(text(&sealed["figures"]["services"][0]["percent"]), "99.821 %", "30 min of 280 h");
    assert_eq!(sealed["later"], json!([]));
    run.desk.clock("2026-11-16 09:00");
    assert_eq!(view(&run)["figures"], sealed["figures"]);
    let later = "Its window went on after the close; up to 15 November: checkout 99.851 %.";
    assert_eq!(view(&run)["later"], json!([later]), "the weekend belongs to the window (10.1)");
    let correction = |run: &Run| run.ask(json!({ "correction": { "sprint": run.sprint } }));
    assert!(correction(&run)["changes"].is_null(), "what came after the close is no correction");
    let late = json!({ "addOutage": { "services": [checkout], "class": "full", "from": "2026-11-10 10:00", "to": "2026-11-10 11:00" } });
    let added = run.desk.run(json!({ "reliability": late }));
    assert_eq!(added.note.as_deref(), Some("Sprint 1 is closed: what it came to stays as it was sealed."));
    assert_eq!(view(&run)["figures"], sealed["figures"]);
    assert_eq!(
        text(&view(&run)["later"][0]),
        "checkout: 99.464 % with what was written down since; sealed at 99.821 %."
    );
    assert_eq!(
        correction(&run)["changes"]["figures"],
        json!([{ "name": "Uptime of checkout", "before": "99.821 %", "after": "99.464 %" }])
    );
    run.sprint_command(
        json!({ "correct": { "sprint": sprint, "reason": "The night shift wrote it down late." } }),
    );
    assert_eq!(
        text(&view(&run)["figures"]["services"][0]["percent"]),
        "99.553 %",
        "an hour and a half of 336"
    );
    assert_eq!(view(&run)["later"], json!([]));
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(view(&run)["figures"], sealed["figures"], "undo brings the first edition back");
}

#[test]
fn rule_8_3_outages_tell_what_they_took_of_a_budget() {
    let (mut run, checkout) = closed();
    let objective = json!({
        "of": { "service": checkout }, "sli": "time", "window": "sprint", "target": "99.5", "validFrom": "2026-11-01",
    });
    made(&mut run.desk, json!({ "addObjective": objective }));
    run.desk.clock("2026-11-16 09:00");
    let outages = overview(&run.desk, json!({ "sprint": run.sprint }))["outages"].clone();
    let id = text(&outages[0]["id"]).parse().expect("an identity");
    let used =
        app::reliability::budget_used_by(&run.desk.team.read(), &[id], run.desk.now()).expect("an answer");
    assert_eq!(used.len(), 1);
    assert!((used[0].part - 0.5 / (336.0 * 0.005)).abs() < 1e-9, "half an hour of 1.68");
    assert_eq!(used[0].service_name, "checkout");
}

#[test]
fn what_a_log_of_checks_says_can_be_taken_away() {
    use domain::calendar::Instant;
    use domain::reliability::{HourCount, Stretch};
    let mut desk = Desk::at("2026-11-03 12:00");
    let checkout = service(&mut desk, "checkout");
    let id: domain::identity::ServiceId = checkout.parse().expect("an identity");
    let hour = |hours: i64| Instant::from_millis(desk.now().millis() + hours * 3_600_000);
    let stretches = [
        Stretch { from: hour(-12), to: hour(-2), seen: Some(None), checks: 600 },
        Stretch {
            from: hour(-2),
            to: hour(-1),
            seen: Some(Some(domain::reliability::Class::Full)),
            checks: 60,
        },
        Stretch { from: hour(-1), to: hour(0), seen: Some(None), checks: 60 },
    ];
    let counts: Vec<HourCount> = (-12..0)
        .map(|back| HourCount {
            hour: hour(back).millis() / 3_600_000,
            checks: 60,
            up: if back == -2 { 0 } else { 60 },
            ..HourCount::default()
        })
        .collect();
    let stamp = app::Context::new(desk.now(), 7, "test", "").stamp();
    let write = |desk: &mut Desk| {
        desk.team
            .transact(&stamp, |writer| {
                let written = writer.put_stretches(id, "probe", &stretches)?;
                writer.put_hour_counts(id, "probe", &counts)?;
                Ok::<_, app::StoreError>(("Take checks".to_owned(), written))
            })
            .expect("the log is written")
    };
    assert_eq!(write(&mut desk).1, 3);
    assert_eq!(write(&mut desk), (None, 0), "the same log brought twice leaves nothing new");
    let today = overview(&desk, json!({ "firstDay": "2026-11-03" }));
    let figures = &today["figures"]["services"][0];
    assert_eq!(methods(figures)[0], "Headline 91.666 %, 1 h of 12 h");
    assert_eq!(methods(figures)[5], "By checks 91.666 %, 60 of 720");
    assert_eq!(text(&today["logs"][0]["said"]), "720 checks, 3 November to 3 November");
    let ledger = desk.ask(json!({ "reliability": { "ledger": { "of": { "service": checkout }, "when": { "firstDay": "2026-11-03" } } } }));
    assert_eq!(text(&ledger["facts"][0]["because"]["said"]), "60 checks of probe");
    let remove = json!({ "removeChecks": { "service": checkout, "source": "probe" } });
    assert_eq!(command(&mut desk, remove.clone()), "Remove what probe says of checkout");
    assert_eq!(refuse(&mut desk, remove), ": This log is no longer there.");
    assert_eq!(
        methods(&overview(&desk, json!({ "firstDay": "2026-11-03" }))["figures"]["services"][0]).len(),
        5
    );
}
