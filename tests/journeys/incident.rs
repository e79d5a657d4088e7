//! Incidents from the line that reports them to their times: who takes them, what is corrected, what belongs to them.

use crate::sprint::{Run, text};
use evenkeel_tests::{Desk, zurich};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A team with two people and two services; it is Tuesday 24 November 2026, ten o'clock.
struct Watch {
    desk: Desk,
    ana: String,
    ben: String,
    checkout: String,
    search: String,
}

impl Watch {
    fn new() -> Watch {
        let mut desk = Desk::at("2026-11-02 09:00");
        let mut made = |command: Value| desk.run(command).created[0].clone();
        let ana = made(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));
        let ben = made(json!({ "team": { "addMember": { "name": "Ben", "hours": "6" } } }));
        let checkout = made(json!({ "reliability": { "addService": { "name": "checkout" } } }));
        let search = made(json!({ "reliability": { "addService": { "name": "search" } } }));
        desk.clock("2026-11-24 10:00");
        Watch { desk, ana, ben, checkout, search }
    }

    /// Carries out a command of incidents; answers the title of its operation, with its note.
    #[track_caller]
    fn run(&mut self, command: Value) -> String {
        let outcome = self.desk.run(json!({ "incident": command }));
        outcome.note.map_or(outcome.title.clone(), |note| format!("{}: {note}", outcome.title))
    }

    #[track_caller]
    fn report(&mut self, line: &str) -> String {
        self.desk.run(json!({ "incident": { "report": { "line": line } } })).created[0].clone()
    }

    /// Refuses a command of incidents and leaves nothing; answers field, message and hint in a line.
    #[track_caller]
    fn refuse(&mut self, command: Value) -> String {
        let before = self.desk.team.dump().expect("the rows");
        let refused = self.desk.refused(json!({ "incident": command }));
        assert_eq!(self.desk.team.dump().expect("the rows"), before, "a refused command leaves nothing");
        let (field, hint) = (refused.field.unwrap_or_default(), refused.hint.unwrap_or_default());
        format!("{field}: {} {hint}", refused.message)
    }

    fn asked(&self, question: Value) -> Value {
        self.desk.ask(json!({ "incident": question }))
    }

    fn page(&self, incident: &str) -> Value {
        self.asked(json!({ "incident": { "incident": incident } }))
    }

    /// The queue in a line each: `P1 INC-1 payments fail, checkout, nobody, detected, 20 min`.
    fn queue(&self) -> Vec<String> {
        rows(&self.asked(json!({ "triage": {} }))["rows"])
    }

    fn timeline(&self, incident: &str) -> Vec<String> {
        let page = self.page(incident);
        let line = |line: &Value| {
            let from = line["from"].as_str().map(|from| format!(" [{from}]")).unwrap_or_default();
            format!("{} {}{from}", text(&line["local"]).replace("2026-11-", ""), text(&line["text"]))
        };
        page["timeline"].as_array().expect("lines").iter().map(line).collect()
    }

    /// The times of the present cycle: `to mitigate 40 min`.
    fn times(&self, incident: &str, cycle: usize) -> Vec<String> {
        let times = self.page(incident)["cycles"][cycle]["times"].clone();
        let said = |time: &Value| format!("{} {}", text(&time["name"]), text(&time["said"]));
        times.as_array().expect("times").iter().map(said).collect()
    }
}

fn rows(rows: &Value) -> Vec<String> {
    let line = |row: &Value| {
        let [severity, label, title, stage] =
            ["severityName", "label", "title", "stageSaid"].map(|one| text(&row[one]));
        let services: Vec<String> =
            row["services"].as_array().expect("services").iter().map(|one| text(&one["name"])).collect();
        let owner = row["ownerName"].as_str().unwrap_or("nobody");
        let lasted = row["lasted"].as_str().unwrap_or("not known");
        format!("{severity} {label} {title}, {}, {owner}, {stage}, {lasted}", services.join(" + "))
    };
    rows.as_array().expect("rows").iter().map(line).collect()
}

#[test]
fn an_incident_is_reported_in_a_line_and_what_the_line_says_is_shown_before() {
    let mut watch = Watch::new();
    let read = watch.asked(json!({ "line": { "line": "P1 checkout: payments fail since 9:40" } }));
    assert_eq!((text(&read["severityName"]), text(&read["title"])), ("P1".into(), "payments fail".into()));
    assert_eq!(read["services"][0]["id"], json!(watch.checkout));
    assert_eq!(read["began"], json!(zurich("2026-11-24 09:40").millis()));
    assert_eq!(read["known"], json!([]));
    let outcome = watch
        .desk
        .run(json!({ "incident": { "report": { "line": "P1 checkout: payments fail since 9:40" } } }));
    assert_eq!(outcome.title, "Report INC-1");
    assert_eq!(outcome.note.as_deref(), Some("Nobody has INC-1 yet."));
    assert_eq!(watch.queue(), ["P1 INC-1 payments fail, checkout, nobody, detected, 20 min"]);
    let again = watch.asked(json!({ "line": { "line": "checkout: cards are refused" } }));
    assert_eq!(text(&again["known"][0]["label"]), "INC-1", "perhaps it is reported already");
    assert_eq!((again["severityGiven"].clone(), text(&again["severityName"])), (json!(false), "P3".into()));
    let unknown = watch.asked(json!({ "line": { "line": "login: 500" } }));
    assert_eq!((text(&unknown["unknown"]), text(&unknown["title"])), ("login".into(), "login: 500".into()));

    let full = json!({ "report": {
        "line": "the index is stale", "severity": "P2", "services": [watch.search], "owner": watch.ana,
        "at": "2026-11-24 9:30", "began": "2026-11-24 9:00",
    } });
    assert_eq!(watch.run(full), "Report INC-2");
    assert_eq!(
        watch.queue(),
        [
            "P1 INC-1 payments fail, checkout, nobody, detected, 20 min",
            "P2 INC-2 the index is stale, search, Ana, acknowledged, 1 h"
        ]
    );
    for (command, refusal) in [
        (
            json!({ "line": "P1 checkout: " }),
            "line: An incident needs a title. Say in a few words what happens: “P1 checkout: payments fail”.",
        ),
        (
            json!({ "line": "x", "at": "soon" }),
            "at: “soon” is no moment. Write a time of day such as 9:40, or a day with it: 2026-11-24 9:40.",
        ),
        (
            json!({ "line": "x", "at": "2026-11-24 10:01" }),
            "at: 24 November, 10:01 is still to come. Say when it was: what happened lies in the past.",
        ),
        (
            json!({ "line": "x", "at": "9:30", "began": "9:45" }),
            "began: It began on 24 November, 9:45, after it was noticed. Say an earlier beginning, or a later moment of noticing it.",
        ),
        (
            json!({ "line": "x", "services": [watch.ana] }),
            ": This service is no longer there. Choose another one; undo brings back what was taken away.",
        ),
    ] {
        assert_eq!(watch.refuse(json!({ "report": command })), refusal);
    }
    watch.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(watch.queue().len(), 1);
    assert_eq!(watch.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn the_queue_has_the_unowned_first_and_giving_one_to_somebody_acknowledges_it() {
    let mut watch = Watch::new();
    let slow = watch.report("P3 search: slow");
    watch.desk.clock("2026-11-24 10:10");
    let fail = watch.report("P1 checkout: payments fail");
    watch.desk.clock("2026-11-24 10:12");
    let mail = watch.report("P3 mails are late");
    watch.desk.clock("2026-11-24 10:20");
    let (ana, ben) = (watch.ana.clone(), watch.ben.clone());
    let assign =
        |incident: &str, owner: Option<&str>| json!({ "assign": { "incident": incident, "owner": owner } });
    assert_eq!(watch.run(assign(&fail, Some(&ana))), "Assign INC-2 to Ana: INC-2 is acknowledged.");
    assert_eq!(
        watch.queue(),
        [
            "P3 INC-1 slow, search, nobody, detected, 20 min",
            "P3 INC-3 mails are late, , nobody, detected, 8 min",
            "P1 INC-2 payments fail, checkout, Ana, acknowledged, 10 min",
        ]
    );
    assert_eq!(watch.run(assign(&fail, Some(&ben))), "Assign INC-2 to Ben", "it is acknowledged once");
    assert_eq!(watch.run(assign(&fail, None)), "Assign INC-2 to nobody");
    assert!(watch.queue()[0].starts_with("P1 INC-2"), "{:?}", watch.queue());
    assert_eq!(
        watch.run(json!({ "setSeverity": { "incident": mail, "severity": "P1", "at": "10:15" } })),
        "Set INC-3 to P1"
    );
    assert!(watch.queue()[1].starts_with("P1 INC-3"), "{:?}", watch.queue());
    let services = json!([watch.search, watch.checkout]);
    assert_eq!(
        watch.run(json!({ "setServices": { "incident": mail, "services": services } })),
        "INC-3 affects search and checkout"
    );
    assert_eq!(
        watch.run(json!({ "rename": { "incident": slow, "title": "Search is slow" } })),
        "Rename INC-1"
    );
    let list = watch.asked(json!({ "list": { "service": watch.search } }));
    assert_eq!(list["open"].as_array().unwrap().len(), 2);
    assert_eq!(text(&list["said"]), "2 open, 2 without an owner.");
    let searched = watch.asked(json!({ "list": { "text": " SLOW " } }));
    assert_eq!(rows(&searched["open"]).len(), 1, "{searched}");
    assert_eq!(text(&searched["said"]), "1 open, and nobody has it.");
    let none = watch.asked(json!({ "list": { "text": "database" } }));
    assert_eq!((text(&none["said"]), none["allCount"].clone()), ("None is found.".into(), json!(3)));
    assert_eq!(list["onCall"], json!([]), "nobody is on call");
    let of_person = app::Context::new(watch.desk.now(), 7, "test", "ana");
    let asked = app::parse_query(&json!({ "incident": { "triage": {} } }).to_string()).unwrap();
    let triage: Value =
        serde_json::from_str(&app::ask(&watch.desk.team, asked, &of_person).unwrap().0).unwrap();
    assert_eq!(triage["you"], json!(ana), "who sits there can take one in a key");
    watch.desk.refused(json!({ "team": { "removeMember": { "id": ben } } }));
    let refused =
        watch.desk.refused(json!({ "reliability": { "removeService": { "service": watch.checkout } } }));
    assert_eq!(refused.message, "Something is known or promised of checkout.");
}

#[test]
fn rule_8_1_milestones_keep_their_order_and_corrections_stand_beside_what_was_said() {
    let mut watch = Watch::new();
    let one = watch.report("P1 checkout: payments fail");
    watch.desk.clock("2026-11-24 12:00");
    let reach =
        |milestone: &str, at: &str| json!({ "reach": { "incident": one, "milestone": milestone, "at": at } });
    assert_eq!(watch.run(reach("mitigated", "10:40")), "INC-1 is mitigated");
    assert_eq!(
        watch.refuse(reach("acknowledged", "10:41")),
        "at: INC-1 was mitigated already, on 24 November, 10:40. Say an earlier moment, or correct that one first."
    );
    assert_eq!(
        watch.refuse(reach("resolved", "10:39")),
        "at: INC-1 was mitigated, on 24 November, 10:40. Say a later moment, or correct that one first."
    );
    assert_eq!(
        watch.refuse(reach("mitigated", "10:50")),
        ": INC-1 was mitigated on 24 November, 10:40. Correct that moment: say when it was, and why."
    );
    assert_eq!(watch.run(reach("acknowledged", "10:05")), "INC-1 is acknowledged", "a late one is sorted in");
    assert_eq!(watch.times(&one, 0), ["to detect 0 s", "to acknowledge 5 min", "to mitigate 40 min"]);

    let correct = |milestone: &str, at: Value, why: &str| json!({ "correct": { "incident": one, "milestone": milestone, "at": at, "why": why } });
    assert_eq!(
        watch.refuse(correct("began", json!("9:50"), " ")),
        "why: Nothing says why. Say in a few words how it is known, such as “the first failed request in the log”."
    );
    assert_eq!(
        watch.run(correct("began", json!("2026-11-24T09:50"), "first failed request")),
        "Correct when INC-1 began"
    );
    assert_eq!(watch.times(&one, 0), ["to detect 10 min", "to acknowledge 5 min", "to mitigate 50 min"]);
    let began = watch.page(&one)["cycles"][0]["milestones"][0].clone();
    assert_eq!(
        (text(&began["local"]), text(&began["rawSaid"]), text(&began["why"])),
        ("2026-11-24T09:50".into(), "24 November, 10:00".into(), "first failed request".into())
    );
    assert_eq!(watch.run(correct("mitigated", json!(null), "it came back")), "INC-1 was not mitigated");
    assert_eq!(text(&watch.page(&one)["next"]), "mitigated");
    assert_eq!(watch.times(&one, 0), ["to detect 10 min", "to acknowledge 5 min", "open so far 2 h 10 min"]);
    assert_eq!(watch.run(reach("mitigated", "11:30")), "INC-1 is mitigated", "after all");
    assert_eq!(watch.times(&one, 0)[2], "to mitigate 1 h 40 min");
    assert_eq!(text(&watch.page(&one)["postmortemSaid"]), "A postmortem is due by 27 November.", "8.3");
    assert_eq!(watch.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_8_1_a_reopened_incident_keeps_its_cycles_and_each_has_its_times() {
    let mut watch = Watch::new();
    let one = watch.report("P2 search: stale");
    let reopen = |at: &str| json!({ "reopen": { "incident": one, "at": at } });
    assert_eq!(watch.refuse(reopen("")), ": INC-1 is not resolved. It is open as it is.");
    watch.desk.clock("2026-11-24 12:00");
    let reach =
        |milestone: &str, at: &str| json!({ "reach": { "incident": one, "milestone": milestone, "at": at } });
    watch.run(reach("mitigated", "10:30"));
    watch.run(reach("resolved", "11:00"));
    assert_eq!(watch.queue(), Vec::<String>::new());
    let over = watch.asked(json!({ "list": {} }));
    assert_eq!(rows(&over["over"]), ["P2 INC-1 stale, search, nobody, resolved, 30 min"]);
    assert_eq!(
        watch.refuse(reopen("11:00")),
        "at: INC-1 was resolved on 24 November, 11:00. Say a later moment, or correct when it was resolved."
    );
    let found = watch.asked(json!({ "list": { "text": "stale" } }));
    assert_eq!(text(&found["said"]), "None of these is open; 1 is over.", "others may be");
    assert_eq!(watch.run(reopen("11:20")), "Reopen INC-1");
    assert_eq!(watch.queue(), ["P2 INC-1 stale, search, nobody, under way, 40 min"]);
    watch.run(json!({ "correct": { "incident": one, "milestone": "began", "at": "11:10", "why": "seen in the log" } }));
    assert_eq!(
        watch.run(reach("detected", "11:15")),
        "INC-1 is detected",
        "before it was said to be reopened"
    );
    watch.run(reach("mitigated", "11:40"));
    assert_eq!(watch.times(&one, 0), ["to detect 5 min", "to mitigate 30 min"]);
    assert_eq!(watch.times(&one, 1), ["to detect 0 s", "to mitigate 30 min", "to resolve 1 h"]);
    assert_eq!(
        watch.refuse(json!({ "correct": { "incident": one, "cycle": 1, "milestone": "resolved", "at": "11:21", "why": "x" } })),
        "at: INC-1 was reopened on 24 November, 11:10. Say an earlier moment: it belongs to the time before it was reopened."
    );
    watch.run(json!({ "correct": { "incident": one, "cycle": 1, "milestone": "resolved", "at": "10:50", "why": "the queue was empty" } }));
    assert_eq!(watch.times(&one, 1)[2], "to resolve 50 min");
    assert_eq!(watch.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn the_timeline_holds_facts_and_notes_and_roles_are_taken_and_given_back() {
    let mut watch = Watch::new();
    let one = watch.report("P1 checkout: payments fail since 9:40");
    let (ana, ben) = (watch.ana.clone(), watch.ben.clone());
    let role = |role: &str, member: Option<&str>| json!({ "takeRole": { "incident": one, "role": role, "member": member } });
    assert_eq!(watch.run(role(" commander ", Some(&ana))), "Commander of INC-1: Ana");
    assert_eq!(watch.run(role("Liaison", Some(&ben))), "Liaison of INC-1: Ben");
    assert_eq!(watch.run(role("Commander", Some(&ben))), "Commander of INC-1: Ben");
    assert_eq!(watch.run(role("Liaison", None)), "Liaison of INC-1: nobody");
    assert_eq!(
        watch.refuse(role(" ", Some(&ana))),
        "role: A role needs a name. Commander, Communications, or what the team calls it."
    );
    let page = watch.page(&one);
    assert_eq!(page["roles"], json!([{ "role": "Commander", "member": ben, "name": "Ben" }]));

    let note = json!({ "addNote": {
        "incident": one, "text": "Rolled back to 2.4", "at": "9:55", "role": "Operations", "member": ana,
        "url": "https://example.org/runs/7",
    } });
    let outcome = watch.desk.run(json!({ "incident": note }));
    let id = outcome.created[0].clone();
    assert_eq!(outcome.title, "Add note to INC-1");
    assert_eq!(
        watch.timeline(&one),
        [
            "24T09:40 began",
            "24T09:55 Rolled back to 2.4",
            "24T10:00 reported, severity P1, Commander: Ana, Liaison: Ben, Commander: Ben, Liaison: nobody any more",
        ]
    );
    let line = watch.page(&one)["timeline"][1].clone();
    assert_eq!((text(&line["memberName"]), text(&line["role"])), ("Ana".into(), "Operations".into()));
    assert_eq!(
        watch.refuse(json!({ "addNote": { "incident": one, "text": "x", "url": "javascript:alert(1)" } })),
        "url: This is no link. Copy the whole address, beginning with https://."
    );
    assert_eq!(
        watch.run(json!({ "correctNote": { "id": id, "text": "Rolled back to 2.3" } })),
        "Correct note of INC-1"
    );
    assert_eq!(watch.timeline(&one)[1], "24T09:55 Rolled back to 2.3", "the moment stays");
    assert_eq!(watch.run(json!({ "removeNote": { "id": id } })), "Remove note of INC-1");
    assert_eq!(watch.timeline(&one).len(), 2);
    watch.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(watch.timeline(&one).len(), 3);
}

#[test]
fn rule_4_1_the_hours_of_an_incident_are_those_of_one_interrupt() {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    let mut watch = Watch {
        desk: run.desk,
        ana: String::new(),
        ben: String::new(),
        checkout: String::new(),
        search: String::new(),
    };
    let one = watch.report("P1 payments fail since 9:00");
    let made = watch.desk.run(
        json!({ "incident": { "makeInterrupt": { "incident": one, "hours": "1.5", "estimate": "3" } } }),
    );
    assert_eq!(made.title, "Make interrupt I-1 of INC-1");
    let gauge = watch.desk.ask(json!({ "interrupt": { "gauge": {} } }));
    assert_eq!(text(&gauge["said"]), "1.5 h of 5 h used", "it draws on the buffer");
    let interrupt = watch.page(&one)["interrupt"].clone();
    assert_eq!((text(&interrupt["label"]), text(&interrupt["said"])), ("I-1".into(), "1 h 30 min".into()));
    assert_eq!(
        watch.refuse(json!({ "makeInterrupt": { "incident": one } })),
        ": I-1 counts the hours of INC-1 already. Write them down there, or take the link away first."
    );
    assert_eq!(
        watch.run(json!({ "reach": { "incident": one, "milestone": "resolved" } })),
        "INC-1 is resolved: I-1 is still open: write its hours down and end it in Interrupts."
    );
    let two = watch.report("P2 search is slow");
    assert_eq!(
        watch.refuse(json!({ "linkInterrupt": { "incident": two, "interrupt": interrupt["id"] } })),
        "interrupt: I-1 counts the hours of INC-1. Each incident counts its own hours: choose another interrupt, or merge the incidents."
    );
    assert_eq!(
        watch.run(json!({ "unlink": { "incident": one, "link": interrupt["link"] } })),
        "Unlink INC-1 and I-1"
    );
    assert_eq!(
        watch.run(json!({ "linkInterrupt": { "incident": two, "interrupt": interrupt["id"] } })),
        "Count the hours of INC-2 with I-1"
    );

    // What goes on is an item; a bug that is made of a P1 is critical (1.1).
    let item = watch.desk.run(json!({ "incident": { "makeItem": { "incident": one, "kind": "bug" } } }));
    let id = item.created[0].clone();
    let page = watch.desk.ask(json!({ "backlog": { "item": { "item": id } } }));
    assert!(page.to_string().contains("\"critical\""), "{page}");
    let items = watch.page(&one)["items"].clone();
    assert_eq!((items[0]["how"].clone(), items[0]["done"].clone()), (json!("became"), json!(false)));
    assert!(
        watch
            .run(json!({ "linkItem": { "incident": two, "item": id, "how": "causedBy" } }))
            .contains("caused INC-2")
    );
    // Both ways: the item and the interrupt name their incidents.
    let of_item = watch.desk.ask(json!({ "backlog": { "item": { "item": id } } }))["incidents"].clone();
    let named: Vec<String> = of_item
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", text(&one["label"]), text(&one["how"])))
        .collect();
    assert_eq!(named, ["INC-1 became", "INC-2 causedBy"]);
    let of_interrupt =
        watch.desk.ask(json!({ "interrupt": { "interrupt": { "interrupt": interrupt["id"] } } }));
    assert_eq!(text(&of_interrupt["incidents"][0]["label"]), "INC-2");
    assert!(
        watch
            .refuse(json!({ "linkItem": { "incident": two, "item": id, "how": "hours" } }))
            .starts_with("how: An item counts no hours of an incident.")
    );
    assert_eq!(watch.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn what_was_reported_twice_is_merged_and_can_be_separated() {
    let mut watch = Watch::new();
    let one = watch.report("P2 checkout: payments fail");
    let two = watch.report("P1 search: nothing is found since 9:30");
    let three = watch.report("P3 cards are refused");
    let merge = |incident: &str, into: &str| json!({ "merge": { "incident": incident, "into": into } });
    assert_eq!(
        watch.refuse(merge(&one, &one)),
        "into: An incident is not its own duplicate. Choose another one that tells of the same."
    );
    assert_eq!(watch.run(merge(&three, &two)), "Merge INC-3 into INC-2");
    assert_eq!(
        watch.run(merge(&two, &one)),
        "Merge INC-2 into INC-1: INC-2 was P1 and INC-2 began earlier: look whether INC-1 should say so."
    );
    assert_eq!(
        watch.queue(),
        ["P2 INC-1 payments fail, checkout + search, nobody, detected, 0 s"],
        "a duplicate needs nobody, and its services are those of the one that stays"
    );
    let page = watch.page(&one);
    let duplicates: Vec<String> =
        page["duplicates"].as_array().unwrap().iter().map(|one| text(&one["label"])).collect();
    assert_eq!(duplicates, ["INC-2", "INC-3"], "what was merged into the duplicate comes along");
    assert!(
        watch.timeline(&one).contains(&"24T09:30 began [INC-2]".to_owned()),
        "{:?}",
        watch.timeline(&one)
    );
    assert_eq!(
        watch.refuse(json!({ "assign": { "incident": two, "owner": watch.ana } })),
        ": INC-2 was merged into INC-1. Work on INC-1, or separate them first."
    );
    let listed = rows(&watch.asked(json!({ "list": {} }))["over"]);
    assert!(listed[0].contains("merged into INC-1"), "{listed:?}");
    assert_eq!(watch.run(json!({ "separate": { "incident": three } })), "Separate INC-3 from INC-1");
    assert_eq!(watch.queue().len(), 2);
    assert_eq!(
        watch.refuse(json!({ "separate": { "incident": three } })),
        ": INC-3 is no duplicate. Only what was merged can be separated."
    );
    assert_eq!(watch.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_8_2_and_3_5_a_closed_sprint_keeps_its_incidents_with_median_percentile_and_count() {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    let before = run.desk.run(json!({ "incident": { "report": { "line": "P1 payments fail since 9:00" } } }));
    let two = run.desk.run(json!({ "incident": { "report": { "line": "P3 mails are late since 9:30" } } }));
    run.desk.clock("2026-11-03 12:00");
    let reach = |incident: &str, milestone: &str, at: &str| json!({ "incident": { "reach": { "incident": incident, "milestone": milestone, "at": at } } });
    run.desk.run(reach(&before.created[0], "mitigated", "10:40"));
    run.desk.run(reach(&two.created[0], "mitigated", "11:30"));
    run.desk.run(reach(&two.created[0], "resolved", "11:30"));
    let of = |run: &Run, question: Value| run.desk.ask(json!({ "incident": { "ofSprint": question } }));
    let told = of(&run, json!({}));
    assert_eq!(text(&told["said"]), "2 incidents began, 1 of them P1; 1 is still open.");
    let times: Vec<String> = told["times"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let said = |name: &str| one[name].as_str().unwrap_or("-").to_owned();
            format!(
                "{} {}: {}, {}",
                text(&one["name"]),
                one["count"],
                said("medianSaid"),
                said("ninetiethSaid")
            )
        })
        .collect();
    assert_eq!(
        times,
        [
            "to detect 2: 45 min, 1 h",
            "to acknowledge 0: -, -",
            "to mitigate 2: 1 h 50 min, 2 h",
            "to resolve 1: 2 h, 2 h"
        ]
    );
    let sprint = told["sprint"]["id"].clone();
    run.desk.clock("2026-11-13 16:00");
    let left = ["a", "b", "c"].map(|name| json!({ "item": run.items[name], "decision": "productBacklog" }));
    run.close(json!(left));
    let sealed = of(&run, json!({ "sprint": sprint }));
    assert_eq!(sealed["times"], told["times"]);
    run.desk.run(
        json!({ "incident": { "rename": { "incident": before.created[0], "title": "Cards were refused" } } }),
    );
    run.desk.run(reach(&before.created[0], "resolved", ""));
    assert_eq!(of(&run, json!({ "sprint": sprint })), sealed, "what is closed stays closed");
    assert_eq!(of(&run, json!({})), Value::Null, "no Sprint runs");
}

#[test]
fn rule_8_3_an_incident_that_took_more_than_a_fifth_of_an_error_budget_needs_a_postmortem() {
    let mut watch = Watch::new();
    let objective = json!({
        "of": { "service": watch.checkout }, "sli": "time", "window": "rolling", "days": 28, "target": "99.9",
        "validFrom": "2026-10-01",
    });
    watch.desk.run(json!({ "reliability": { "addObjective": objective } }));
    let one = watch.report("P4 checkout: slow since 9:30");
    watch.run(json!({ "reach": { "incident": one, "milestone": "mitigated" } }));
    assert_eq!(watch.page(&one)["postmortemSaid"], Value::Null, "a P4 needs none");
    // 99.9 % of 28 days leave 40 min 19 s: five minutes are an eighth of it, twenty about a half.
    let outage = |from: &str, to: &str| {
        json!({ "reliability": { "addOutage": {
            "services": [watch.checkout], "class": "full", "from": from, "to": to, "incident": one,
        } } })
    };
    let (short, long) = (outage("9:30", "9:35"), outage("9:35", "9:50"));
    watch.desk.run(short);
    assert_eq!(
        watch.page(&one)["budgetsSaid"],
        json!(["12.4 % of the error budget of checkout, checkout is up"])
    );
    assert_eq!(watch.page(&one)["postmortemSaid"], Value::Null);
    watch.desk.run(long);
    let page = watch.page(&one);
    assert_eq!(page["budgetsSaid"], json!(["49.6 % of the error budget of checkout, checkout is up"]));
    assert_eq!(text(&page["postmortemSaid"]), "A postmortem is due by 1 December.", "as for a P2");
    let said: Vec<String> = page["outages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{}, {}", text(&one["said"]), text(&one["lasted"])))
        .collect();
    assert_eq!(said, ["Full outage of checkout, 5 min", "Full outage of checkout, 15 min"]);
}

#[test]
fn rule_8_3_a_postmortem_stays_due_when_it_is_reopened_and_resolved_counts_where_nobody_said_mitigated() {
    let mut watch = Watch::new();
    let (one, two) = (watch.report("P2 search: stale"), watch.report("P1 checkout: payments fail"));
    let due = |watch: &Watch, one: &str| watch.page(one)["postmortemSaid"].clone();
    watch.desk.clock("2026-11-24 12:00");
    watch.run(json!({ "reach": { "incident": one, "milestone": "mitigated", "at": "10:30" } }));
    watch.run(json!({ "reach": { "incident": one, "milestone": "resolved", "at": "11:00" } }));
    assert_eq!(text(&due(&watch, &one)), "A postmortem is due by 1 December.");
    watch.desk.clock("2026-11-26 09:00");
    watch.run(json!({ "reopen": { "incident": one } }));
    assert_eq!(text(&due(&watch, &one)), "A postmortem is due by 1 December.", "it is not forgotten");
    watch.run(json!({ "reach": { "incident": one, "milestone": "mitigated" } }));
    assert_eq!(text(&due(&watch, &one)), "A postmortem is due by 1 December.", "nor put off");

    assert_eq!(due(&watch, &two), Value::Null, "users are still affected");
    watch.run(json!({ "reach": { "incident": two, "milestone": "resolved", "at": "2026-11-25 12:00" } }));
    assert_eq!(text(&due(&watch, &two)), "A postmortem is due by 28 November.");
}

#[test]
fn rule_8_1_a_severity_of_the_past_says_until_when_it_holds_and_none_is_before_the_beginning() {
    let mut watch = Watch::new();
    let one = watch.report("P1 checkout: payments fail since 9:40");
    watch.desk.clock("2026-11-24 12:00");
    let set = |severity: &str, at: Value| json!({ "setSeverity": { "incident": one, "severity": severity, "at": at } });
    assert_eq!(
        watch.refuse(set("P2", json!("9:39"))),
        "at: INC-1 began on 24 November, 9:40. Say a later moment, or correct when it began first."
    );
    assert_eq!(
        watch.run(set("P2", json!("9:45"))),
        "Set INC-1 to P2: It is P1 again from 24 November, 10:00."
    );
    assert!(watch.queue()[0].starts_with("P1 INC-1"), "what was said of later stands: {:?}", watch.queue());
    assert_eq!(watch.run(set("P3", json!("11:00"))), "Set INC-1 to P3", "nothing later stands against it");
    assert_eq!(
        watch.run(set("P2", json!("10:30"))),
        "Set INC-1 to P2: It is P3 from 24 November, 11:00.",
        "it was no P3 before"
    );
    assert_eq!(
        watch.run(set("P1", json!("9:50"))),
        "Set INC-1 to P1: It is P2 again from 24 November, 10:30.",
        "the P1 of ten o’clock says the same"
    );
    assert_eq!(watch.run(set("P4", json!(null))), "Set INC-1 to P4");

    // Who writes the minute of the beginning means the beginning.
    watch.desk.set(zurich("2026-11-24 12:10").millis() + 30_000);
    let two = watch.report("P3 search: slow");
    watch.desk.clock("2026-11-24 12:20");
    let grave = json!({ "setSeverity": { "incident": two, "severity": "P1", "at": "12:10" } });
    assert_eq!(watch.run(grave), "Set INC-2 to P1");
    assert!(watch.queue()[0].starts_with("P1 INC-2"), "{:?}", watch.queue());
    assert_eq!(watch.desk.team.check().unwrap().problems, vec![]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_happens_to_incidents_milestones_are_in_order_the_file_is_whole_and_undo_goes_back(
        steps in prop::collection::vec((0..14_u8, 0..4_usize, 0..300_i64), 1..30)
    ) {
        let mut watch = Watch::new();
        let begin = watch.desk.now();
        let mut known: Vec<String> = vec![watch.report("P2 checkout: slow")];
        for (place, (what, which, minutes)) in steps.into_iter().enumerate() {
            watch.desk.set(begin.millis() + (place as i64 + 1) * 600_000);
            let one = known[which % known.len()].clone();
            let at = begin.millis() + minutes * 60_000;
            let milestone = ["began", "detected", "acknowledged", "mitigated", "resolved"][(minutes % 5) as usize];
            let command = match what {
                0 => json!({ "report": { "line": format!("P{} search: x", which + 1), "at": at } }),
                1 => json!({ "assign": { "incident": one, "owner": watch.ben } }),
                2 => json!({ "merge": { "incident": one, "into": known[minutes as usize % known.len()] } }),
                3 => json!({ "separate": { "incident": one } }),
                4 => json!({ "setSeverity": { "incident": one, "severity": format!("P{}", which + 1), "at": at } }),
                5 | 6 => json!({ "reopen": { "incident": one, "at": if what == 5 { json!(at) } else { json!(null) } } }),
                7 | 8 => json!({ "correct": { "incident": one, "milestone": milestone, "cycle": which, "at": at, "why": "x" } }),
                9 => json!({ "correct": { "incident": one, "milestone": milestone, "why": "x" } }),
                10 => json!({ "reach": { "incident": one, "milestone": "resolved" } }),
                _ => json!({ "reach": { "incident": one, "milestone": milestone, "at": at } }),
            };
            let before = watch.desk.team.dump().unwrap();
            match watch.desk.try_run(json!({ "incident": command })) {
                Err(refused) => {
                    prop_assert_eq!(refused.kind != app::ErrorKind::Internal, true, "{:?}", refused);
                    prop_assert_eq!(watch.desk.team.dump().unwrap(), before);
                }
                Ok(outcome) => {
                    known.extend(outcome.created);
                    let after = watch.desk.team.dump().unwrap();
                    if outcome.operation.is_some() {
                        watch.desk.run(json!({ "journal": { "undo": {} } }));
                        prop_assert_eq!(watch.desk.team.dump().unwrap(), before);
                        watch.desk.run(json!({ "journal": { "redo": {} } }));
                        prop_assert_eq!(watch.desk.team.dump().unwrap(), after);
                    }
                }
            }
            for incident in &known {
                let page = watch.page(incident);
                let cycles = page["cycles"].as_array().unwrap().iter().rev();
                let moments: Vec<i64> = cycles
                    .flat_map(|cycle| cycle["milestones"].as_array().unwrap())
                    .filter_map(|milestone| milestone["at"].as_i64())
                    .collect();
                prop_assert!(moments.is_sorted(), "8.1, after {what} {milestone}: {moments:?}");
            }
        }
        prop_assert_eq!(watch.desk.team.check().unwrap().problems, vec![]);
    }
}
