//! The Daily Scrum: what it looks at, what is new since the last one, what is said and kept.

use crate::sprint::{Run, text};
use serde_json::{Value, json};

impl Run {
    /// Carries out a command of the Daily Scrum; answers the title of its operation.
    #[track_caller]
    fn daily(&mut self, command: Value) -> String {
        self.desk.run(json!({ "daily": command })).title
    }

    fn daily_board(&self) -> Value {
        self.desk.ask(json!({ "daily": { "board": {} } }))
    }

    /// What is new, a line each: `Done: T-1 a`, `Interrupts: I-1 Outage, new, P2, nobody has it`.
    fn news(&self) -> Vec<String> {
        let board = self.daily_board();
        let groups = board["news"].as_array().expect("groups");
        let lines = groups.iter().flat_map(|group| {
            let title = text(&group["title"]);
            let line = move |line: &Value| {
                let thing = [&line["label"], &line["title"]].map(text).join(" ");
                let parts = [thing.trim().to_owned(), text(&line["said"])];
                let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                format!("{title}: {}", parts.join(", "))
            };
            let more = group["more"].as_u64().filter(|more| *more > 0);
            let more = more.map(|more| format!("{}: and {more} more", text(&group["title"])));
            group["lines"].as_array().expect("lines").iter().map(line).chain(more).collect::<Vec<_>>()
        });
        lines.collect()
    }

    /// Refuses a command of the Daily Scrum and leaves nothing; answers field, message and hint in a line.
    #[track_caller]
    fn refuse_daily(&mut self, command: Value) -> String {
        let before = self.desk.team.dump().expect("the rows");
        let refused = self.desk.refused(json!({ "daily": command }));
        assert_eq!(self.desk.team.dump().expect("the rows"), before, "a refused command leaves nothing");
        let (field, hint) = (refused.field.unwrap_or_default(), refused.hint.unwrap_or_default());
        format!("{field}: {} {hint}", refused.message)
    }

    #[track_caller]
    fn backlog_command(&mut self, command: Value) {
        self.desk.run(json!({ "backlog": command }));
    }

    fn member(&self, name: &str) -> String {
        let board = self.daily_board();
        let people = board["people"].as_array().expect("people").iter();
        let mut found = people.filter(|person| text(&person["name"]) == name);
        text(&found.next().expect("somebody of that name")["member"])
    }

    fn add_member(&mut self, name: &str) {
        let member = json!({ "name": name, "hours": "6", "from": "2026-11-02" });
        self.desk.run(json!({ "team": { "addMember": member } }));
    }
}

/// A field of each of some things.
fn each(things: &Value, field: &str) -> Vec<String> {
    things.as_array().expect("a list").iter().map(|thing| text(&thing[field])).collect()
}

/// A Sprint that runs with items `a8 b5 c3 d2`, since Monday at nine; it is Tuesday at ten.
fn running() -> Run {
    let mut run = Run::new();
    run.select("a8 b5 c3 d2");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    run
}

#[test]
fn what_is_new_since_the_last_daily_is_told_in_groups() {
    let mut run = running();
    assert_eq!(text(&run.daily_board()["sinceSaid"]), "since the Sprint began on Monday, 2 November");
    run.to("In progress", "a b");
    run.daily(json!({ "begin": {} }));
    run.desk.clock("2026-11-03 10:15");
    run.daily(json!({ "end": {} }));
    assert_eq!(
        run.news(),
        ["Begun and moved: PAY-1 a, In progress", "Begun and moved: PAY-2 b, In progress"]
    );

    // After the Daily Scrum of Tuesday: told on Wednesday.
    run.desk.clock("2026-11-03 15:00");
    run.to("Done", "a");
    let b = run.ids("b");
    run.backlog_command(json!({ "block": { "items": b, "reason": "The bank has no keys" } }));
    run.backlog_command(json!({ "addItem": { "title": "later" } }));
    run.desk.run(json!({ "sprint": { "addItem": { "title": "hole", "origin": "discovered" } } }));
    let c = run.ids("c");
    run.backlog_command(json!({ "size": { "items": c, "size": "5" } }));
    let goal = "Customers can pay";
    run.sprint_command(json!({ "change": { "sprint": run.sprint, "goal": goal } }));
    let report = json!({ "title": "Outage", "severity": "P2", "hours": "1.5" });
    run.desk.run(json!({ "interrupt": { "report": report } }));
    let ana = run.member("Ana");
    let away = json!({ "member": ana, "firstDay": "2026-11-05", "lastDay": "2026-11-06" });
    run.desk.run(json!({ "capacity": { "addAbsence": away } }));
    run.desk.clock("2026-11-04 10:00");
    assert_eq!(text(&run.daily_board()["sinceSaid"]), "since the Daily Scrum of Tuesday, 3 November");
    assert_eq!(
        run.news(),
        [
            "Done: PAY-1 a",
            "In the way: PAY-2 b, blocked: The bank has no keys",
            "Scope: PAY-6 hole, came in: discovered",
            "Scope: PAY-3 c, size 5",
            "Interrupts: I-1 Outage, new, P2, nobody has it, 1 h 30 min of work",
            "Team: The Sprint Goal is now: Customers can pay",
            "Team: Ana is away 5–6 November",
            "Product Backlog: 1 item came in",
        ]
    );
}

#[test]
fn what_was_taken_back_is_no_news_and_a_late_fact_is() {
    let mut run = running();
    run.daily(json!({ "begin": {} }));
    run.daily(json!({ "end": {} }));
    run.desk.clock("2026-11-04 10:00");
    run.to("Done", "a");
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.news(), Vec::<String>::new());
    // It happened before the last Daily Scrum, and nobody knew.
    let (items, done) = (run.ids("a"), run.states["Done"].clone());
    run.sprint_command(json!({ "moveToState": { "items": items, "state": done, "on": "2026-11-02" } }));
    assert_eq!(run.news(), ["Done: PAY-1 a"]);
}

#[test]
fn a_blocker_grows_older_by_working_days_and_asks_for_more_at_the_limit() {
    let mut run = running();
    run.desk.clock("2026-11-05 10:00");
    let (a, b) = (run.ids("a"), run.ids("b"));
    run.backlog_command(json!({ "block": { "items": a, "reason": "keys" } }));
    run.desk.clock("2026-11-06 10:00");
    run.backlog_command(json!({ "block": { "items": b, "reason": "a certificate" } }));
    let said = |run: &Run| {
        let board = run.daily_board();
        let line = |one: &Value| {
            let grave = if one["escalated"] == json!(true) { "!" } else { "" };
            format!("{grave}{} {}, {}", text(&one["label"]), text(&one["reason"]), text(&one["said"]))
        };
        board["blockers"].as_array().expect("blockers").iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        said(&run),
        ["PAY-1 keys, since Thursday, 5 November: 1 working day", "PAY-2 a certificate, since today"]
    );
    run.desk.clock("2026-11-09 10:00");
    assert_eq!(
        said(&run),
        [
            "!PAY-1 keys, since Thursday, 5 November: 2 working days",
            "PAY-2 a certificate, since Friday, 6 November: 1 working day"
        ]
    );
    let title = run.daily(json!({ "setBlockerLimit": { "days": 3 } }));
    assert_eq!(title, "Let blockers stand for 3 working days");
    assert!(said(&run).iter().all(|line| !line.starts_with('!')));
    assert_eq!(
        run.refuse_daily(json!({ "setBlockerLimit": { "days": 0 } })),
        "days: A limit is 1 to 30 working days. Two means that it was there in two Daily Scrums."
    );
    run.to("Done", "a");
    assert_eq!(said(&run).len(), 1, "what is done has nothing in its way");
}

#[test]
fn what_is_said_is_kept_corrected_and_read_later() {
    let mut run = running();
    run.add_member("Ben");
    let ben = run.member("Ben");
    let a = run.items["a"].clone();
    let note =
        json!({ "note": { "text": "  Ben asks the bank ", "kind": "decision", "member": ben, "item": a } });
    assert_eq!(run.daily(note), "Keep a decision of Ben, PAY-1");
    let kept = run.desk.run(json!({ "daily": { "note": { "text": "Lok at the logs" } } })).created[0].clone();
    let board = run.daily_board();
    assert!(board["daily"]["endedAt"].is_null(), "what is said begins a Daily Scrum");
    assert_eq!(each(&board["notes"], "text"), ["Ben asks the bank", "Lok at the logs"]);
    assert_eq!(each(&board["notes"], "kind"), ["decision", "note"]);
    let first = &board["notes"][0];
    assert_eq!([&first["memberName"], &first["itemLabel"]].map(text), ["Ben", "PAY-1"]);

    let corrected = json!({ "correct": { "note": kept, "text": "Look at the logs", "kind": "note" } });
    assert_eq!(run.daily(corrected), "Correct a note");
    run.desk.clock("2026-11-03 10:12");
    let end = run.desk.run(json!({ "daily": { "end": {} } }));
    assert_eq!(end.note.as_deref(), Some("It took 12 minutes; 2 notes kept."));
    assert_eq!(run.daily(json!({ "removeNote": { "note": kept } })), "Take a note away");
    run.desk.run(json!({ "journal": { "undo": {} } }));

    run.desk.clock("2026-11-04 10:00");
    assert!(run.daily_board()["daily"].is_null(), "tomorrow is another one");
    let past = run.desk.ask(json!({ "daily": { "past": { "limit": 10 } } }));
    assert_eq!(each(&past["dailies"], "day"), ["2026-11-03"]);
    assert_eq!(each(&past["dailies"][0]["notes"], "text"), ["Ben asks the bank", "Look at the logs"]);
    assert_eq!(text(&past["dailies"][0]["sprint"]["name"]), "Sprint 1");
    // Somebody of whom something was said stays known.
    let refused = run.desk.refused(json!({ "team": { "removeMember": { "id": ben } } }));
    assert!(refused.message.contains("Ben"), "{refused:?}");
}

#[test]
fn a_daily_begins_once_a_day_and_goes_on_when_it_was_ended_too_early() {
    let mut run = running();
    assert_eq!(run.refuse_daily(json!({ "end": {} })), ": No Daily Scrum goes on. Begin one first.");
    assert_eq!(run.daily(json!({ "begin": {} })), "Begin the Daily Scrum");
    assert_eq!(
        run.refuse_daily(json!({ "begin": {} })),
        ": The Daily Scrum goes on already. Its notes are beside it; it ends when you end it, or with the day."
    );
    run.daily(json!({ "end": {} }));
    assert_eq!(run.daily(json!({ "begin": {} })), "Go on with the Daily Scrum");
    let past = run.desk.ask(json!({ "daily": { "past": { "limit": 10 } } }));
    assert_eq!(past["dailies"].as_array().map(Vec::len), Some(1));
    run.desk.clock("2026-11-04 10:00");
    assert_eq!(run.daily(json!({ "begin": {} })), "Begin the Daily Scrum", "that of yesterday is over");
    assert_eq!(
        run.refuse_daily(json!({ "note": { "text": " " } })),
        "text: Nothing is written. Write what is to be remembered."
    );
    assert!(
        run.refuse_daily(json!({ "note": { "text": "x".repeat(2001) } })).starts_with("text: A note has")
    );
}

#[test]
fn people_and_items_are_walked_through_in_an_order() {
    let mut run = running();
    for name in ["Ben", "Cora", "Dan"] {
        run.add_member(name);
    }
    let [ben, cora, dan] = ["Ben", "Cora", "Dan"].map(|name| run.member(name));
    let away = json!({ "member": ben, "firstDay": "2026-11-03", "lastDay": "2026-11-05" });
    run.desk.run(json!({ "capacity": { "addAbsence": away } }));
    let call = json!({ "days": [{ "member": cora, "firstDay": "2026-11-03", "lastDay": "2026-11-03" }], "onCall": true });
    run.desk.run(json!({ "capacity": { "markOnCall": call } }));
    let half = json!({ "member": dan, "firstDay": "2026-11-03", "away": "50 %" });
    run.desk.run(json!({ "capacity": { "addAbsence": half } }));
    run.to("In progress", "b c");
    run.to("Done", "d");
    let a = run.ids("a");
    run.backlog_command(json!({ "block": { "items": a, "reason": "keys" } }));
    let b = run.ids("b");
    run.backlog_command(json!({ "assign": { "items": b, "owner": cora } }));
    let board = run.daily_board();
    let people = board["people"].as_array().expect("people").iter();
    let people: Vec<String> = people
        .map(|one| [&one["name"], &one["said"]].map(text).join(": ").trim_end_matches(": ").to_owned())
        .collect();
    assert_eq!(people[0].split(':').next(), Some("Cora"), "who is on call stands first: {people:?}");
    assert!(people[0].contains("on call"), "{people:?}");
    assert_eq!(people[1..], ["Ana", "Dan: 50 % of the day away", "Ben: away until 5 November"]);
    assert_eq!(each(&board["items"], "title"), ["b", "c", "a", "d"]);
    assert_eq!(
        each(&board["items"], "news"),
        ["In progress, Cora has it", "In progress", "blocked: keys", "done"]
    );
    assert_eq!(board["toDo"], json!(1));
    assert_eq!(text(&board["sprint"]["said"]), "day 2 of 10");
}

#[test]
fn triage_puts_first_what_nobody_has() {
    let mut run = running();
    let ana = run.member("Ana");
    let mut report = |title: &str, severity: &str, owner: Option<&str>| {
        let report = json!({ "title": title, "severity": severity, "owner": owner });
        run.desk.run(json!({ "interrupt": { "report": report } })).created[0].clone()
    };
    report("Grave", "P1", Some(&ana));
    report("Mail", "P3", None);
    report("Slow", "P2", None);
    let over = report("Over", "P1", None);
    run.desk.run(json!({ "interrupt": { "end": { "interrupt": over } } }));
    run.desk.clock("2026-11-03 15:00");
    let board = run.daily_board();
    assert_eq!(each(&board["triage"], "title"), ["Slow", "Mail", "Grave"]);
    assert_eq!(each(&board["triage"], "said"), ["for 5 h", "for 5 h", "for 5 h"]);
    assert_eq!(text(&board["load"]["said"]), "4 interrupts this week");
}

#[test]
fn incidents_services_and_deployments_are_looked_at() {
    let mut run = running();
    run.daily(json!({ "begin": {} }));
    run.daily(json!({ "end": {} }));
    let mut service = |name: &str| {
        run.desk.run(json!({ "reliability": { "addService": { "name": name } } })).created[0].clone()
    };
    let (_search, checkout) = (service("search"), service("checkout"));
    run.desk.clock("2026-11-03 14:00");
    let incident =
        json!({ "report": { "line": "No payment goes through", "severity": "P1", "services": [checkout] } });
    let incident = run.desk.run(json!({ "incident": incident })).created[0].clone();
    let outage =
        json!({ "services": [checkout], "class": "full", "from": "2026-11-03 14:00", "incident": incident });
    run.desk.run(json!({ "reliability": { "addOutage": outage } }));
    run.desk.run(json!({ "incident": { "makeInterrupt": { "incident": incident } } }));
    let deploy = json!({ "service": checkout, "version": "2.4.0", "started": "2026-11-03 13:00", "finished": "2026-11-03 13:10" });
    run.desk.run(json!({ "delivery": { "deploy": { "deployment": deploy } } }));
    run.desk.clock("2026-11-04 10:00");
    let board = run.daily_board();
    assert_eq!(each(&board["services"], "name"), ["checkout", "search"], "what does not answer first");
    assert_eq!(each(&board["triage"], "label"), ["INC-1"], "its interrupt is no second row");
    assert!(text(&board["triage"][0]["said"]).ends_with("checkout"), "{board}");
    let news = run.news();
    assert!(
        news.iter().any(|line| line.starts_with("Incidents: INC-1 No payment goes through, new, P1")),
        "{news:?}"
    );
    assert!(news.iter().any(|line| line.starts_with("Deployments: checkout 2.4.0")), "{news:?}");
    let ana = run.member("Ana");
    run.desk.run(json!({ "incident": { "assign": { "incident": incident, "owner": ana } } }));
    assert_eq!(text(&run.daily_board()["triage"][0]["ownerName"]), "Ana");
    run.desk.clock("2026-11-04 18:00");
    run.daily(json!({ "begin": {} }));
    run.daily(json!({ "end": {} }));
    run.desk.clock("2026-11-05 09:00");
    run.desk.run(json!({ "incident": { "reach": { "incident": incident, "milestone": "resolved" } } }));
    let news = run.news();
    assert!(news[0].starts_with("Incidents: INC-1 No payment goes through, resolved after"), "{news:?}");
    assert_eq!(each(&run.daily_board()["triage"], "label"), ["I-1"], "its hours still count");
}

#[test]
fn incidents_without_an_interrupt_are_load_too_this_week_and_in_the_weeks_before() {
    fn load(run: &Run) -> (u64, bool, String) {
        let load = &run.daily_board()["load"];
        (load["thisWeek"].as_u64().expect("a count"), load["spike"] == json!(true), text(&load["said"]))
    }
    fn incident(run: &mut Run) -> String {
        let report = json!({ "report": { "line": "Slow", "severity": "P2" } });
        run.desk.run(json!({ "incident": report })).created[0].clone()
    }
    let interrupt = json!({ "interrupt": { "report": { "title": "Mail", "severity": "P3" } } });
    let mut run = Run::planned("2026-09-07 09:00", "2026-09-07", "2026-09-18");
    assert_eq!(load(&run), (0, false, "No interrupt or incident this week".to_owned()));
    run.desk.run(interrupt.clone());
    for monday in ["09-14", "09-21", "09-28", "10-05", "10-12", "10-19", "10-26"] {
        run.desk.clock(&format!("2026-{monday} 09:00"));
        incident(&mut run);
    }
    assert_eq!(load(&run), (1, false, "1 incident without an interrupt this week".to_owned()));
    run.desk.clock("2026-11-03 09:00");
    run.desk.run(interrupt);
    // Of interrupts alone most weeks had none: one would be more than usual.
    assert_eq!(load(&run), (1, false, "1 interrupt this week; 85 % of weeks have ≤ 1".to_owned()));
    let incidents: Vec<String> = (0..6).map(|_| incident(&mut run)).collect();
    let more = "this week: more than usual, 85 % of weeks have ≤ 1";
    assert_eq!(load(&run), (7, true, format!("1 interrupt and 6 incidents without one {more}")));
    run.desk.run(json!({ "incident": { "makeInterrupt": { "incident": incidents[0] } } }));
    assert_eq!(load(&run), (7, true, format!("2 interrupts and 5 incidents without one {more}")));
}

#[test]
fn outages_and_changes_of_who_is_on_call_are_news() {
    let mut run = running();
    run.add_member("Ben");
    let [ana, ben] = ["Ana", "Ben"].map(|name| run.member(name));
    let rotation = json!({ "first": "2026-11-02 09:00", "unit": "weeks", "length": 1, "people": [ana, ben] });
    run.desk.run(json!({ "onCall": { "saveRotation": rotation } }));
    let board = run.desk.ask(json!({ "onCall": { "board": { "day": "2026-11-02" } } }));
    let level = text(&board["levels"][0]["id"]);
    let mut service = |name: &str| {
        run.desk.run(json!({ "reliability": { "addService": { "name": name } } })).created[0].clone()
    };
    let (search, checkout) = (service("search"), service("checkout"));
    let early = json!({ "services": [checkout], "class": "partial", "from": "2026-11-03 09:00", "to": "2026-11-03 09:30" });
    run.desk.run(json!({ "reliability": { "addOutage": early } }));
    run.daily(json!({ "begin": {} }));
    run.daily(json!({ "end": {} }));

    run.desk.clock("2026-11-03 14:00");
    let outage = json!({ "services": [search, checkout], "class": "full", "from": "2026-11-03 13:00", "title": "Disk full" });
    let outages = run.desk.run(json!({ "reliability": { "addOutage": outage } })).created;
    let mut take_over = |from: &str, to: &str| {
        let change =
            json!({ "level": level, "from": from, "to": to, "leaves": ben, "takes": ana, "note": "dentist" });
        run.desk.run(json!({ "onCall": { "takeOver": change } }));
    };
    take_over("2026-11-10 09:00", "2026-11-10 18:00");
    run.desk.clock("2026-11-04 10:00");
    // The outage before the Daily Scrum was looked at in it.
    assert_eq!(
        run.news(),
        [
            "Outages: search and checkout, full outage since Tue 3 Nov 13:00, Disk full",
            "On call: Primary Ana takes over from Ben, Tue 10 Nov 09:00–18:00, dentist",
        ]
    );
    let news = &run.daily_board()["news"];
    assert_eq!(text(&news[0]["lines"][0]["service"]), search, "it leads to its service");
    assert_eq!(text(&news[1]["lines"][0]["onCall"]), "2026-11-10", "it leads to its day");

    run.daily(json!({ "begin": {} }));
    run.daily(json!({ "end": {} }));
    run.desk.clock("2026-11-04 15:00");
    for outage in outages {
        run.desk.run(json!({ "reliability": { "endOutage": { "outage": outage } } }));
    }
    run.desk.clock("2026-11-05 10:00");
    assert_eq!(
        run.news(),
        ["Outages: search and checkout, full outage, over after 1 d 2 h, Disk full"],
        "what was agreed was told"
    );
}

#[test]
fn markdown_has_no_word_for_a_budget_that_does_not_burn() {
    let mut run = running();
    let mut reliability = |command: Value| run.desk.run(json!({ "reliability": command })).created[0].clone();
    let checkout = reliability(json!({ "addService": { "name": "checkout" } }));
    let objective = json!({
        "of": { "service": checkout }, "sli": "time", "window": "rolling", "days": 28, "target": "99",
        "validFrom": "2026-10-01",
    });
    reliability(json!({ "addObjective": objective }));
    let told = |run: &Run| {
        let told = text(&run.desk.ask(json!({ "daily": { "markdown": {} } }))["text"]);
        told.lines().find(|line| line.starts_with("- checkout:")).map(str::to_owned)
    };
    assert_eq!(told(&run).as_deref(), Some("- checkout: 100 % left of the error budget"));
    let outage = json!({ "services": [checkout], "class": "full", "from": "2026-11-03 08:00", "to": "2026-11-03 09:00" });
    run.desk.run(json!({ "reliability": { "addOutage": outage } }));
    let burning = told(&run).expect("the service");
    assert!(burning.contains(" of the error budget, burns "), "{burning}");
}

#[test]
fn the_daily_is_told_as_markdown() {
    let mut run = running();
    run.daily(json!({ "begin": {} }));
    run.daily(json!({ "end": {} }));
    run.desk.clock("2026-11-04 10:00");
    run.to("Done", "a");
    let b = run.ids("b");
    run.backlog_command(json!({ "block": { "items": b, "reason": "The bank\nhas no keys" } }));
    run.desk.run(
        json!({ "interrupt": { "report": { "title": "Outage *now*", "severity": "P1", "hours": "1" } } }),
    );
    run.daily(json!({ "note": { "text": "Ana calls the bank", "kind": "decision", "item": b[0] } }));
    let told = text(&run.desk.ask(json!({ "daily": { "markdown": {} } }))["text"]);
    assert_eq!(
        told,
        "# Daily Scrum, Wednesday, 4 November 2026

Sprint 1, day 3 of 10  
Sprint Goal: Customers can pay by instant transfer

## Decided

- PAY-2: Ana calls the bank

## Production

- P1 I-1 Outage *now* (nobody has it; new, 1 h of work)
- 1 interrupt this week

## In the way

- PAY-2 b: The bank has no keys (nobody has it; since today)

## Buffer

- 1 h of 5 h used. At this rate, 0.3 h a working day, the buffer lasts to the end of the Sprint.

## New since the Daily Scrum of Tuesday, 3 November

- Done: PAY-1 a
- In the way: PAY-2 b, blocked: The bank has no keys
- Interrupts: I-1 Outage *now*, new, P1, nobody has it, 1 h of work
"
    );
}

#[test]
fn without_a_sprint_production_is_looked_at_all_the_same() {
    let mut run = Run::new();
    run.desk.run(json!({ "interrupt": { "report": { "title": "Outage", "severity": "P1" } } }));
    let board = run.daily_board();
    assert!(board["sprint"].is_null() && board["gauge"].is_null());
    assert_eq!(each(&board["triage"], "title"), ["Outage"]);
    run.daily(json!({ "note": { "text": "We plan at ten" } }));
    assert_eq!(each(&run.daily_board()["notes"], "text"), ["We plan at ten"]);
}
