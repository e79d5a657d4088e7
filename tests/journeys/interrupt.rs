//! Interrupts from their arrival to the Sprint's report: what they draw, what they push out, what is decided.

use crate::sprint::{Run, points, text};
use evenkeel_tests::Desk;
use proptest::prelude::*;
use serde_json::{Value, json};

impl Run {
    /// Carries out a command of interrupts; answers the title of its operation.
    #[track_caller]
    fn interrupt(&mut self, command: Value) -> String {
        self.desk.run(json!({ "interrupt": command })).title
    }

    /// Reports an interrupt and answers it.
    #[track_caller]
    fn report(&mut self, title: &str, more: Value) -> String {
        let mut report = json!({ "title": title });
        report.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        self.desk.run(json!({ "interrupt": { "report": report } })).created[0].clone()
    }

    #[track_caller]
    fn spend(&mut self, interrupt: &str, time: &str) -> String {
        self.interrupt(json!({ "addHours": { "interrupt": interrupt, "time": time } }))
    }

    /// Refuses a command of interrupts and leaves nothing; answers field, message and hint in a line.
    #[track_caller]
    fn refuse(&mut self, command: Value) -> String {
        refuse(&mut self.desk, command)
    }

    fn asked(&self, question: Value) -> Value {
        self.desk.ask(json!({ "interrupt": question }))
    }

    fn gauge(&self) -> Value {
        self.asked(json!({ "gauge": {} }))
    }

    /// The interrupts of the running Sprint in a line each: `P2 I-1 Outage, 2 h`.
    fn listed(&self) -> Vec<String> {
        listed(&self.asked(json!({ "list": {} }))["rows"])
    }

    fn ledger(&self) -> Value {
        self.asked(json!({ "ofSprint": {} }))["ledger"].clone()
    }

    fn split(&self) -> Value {
        self.asked(json!({ "ofSprint": {} }))["split"].clone()
    }
}

#[track_caller]
fn refuse(desk: &mut Desk, command: Value) -> String {
    let before = desk.team.dump().expect("the rows");
    let refused = desk.refused(json!({ "interrupt": command }));
    assert_eq!(desk.team.dump().expect("the rows"), before, "a refused command leaves nothing");
    let (field, hint) = (refused.field.unwrap_or_default(), refused.hint.unwrap_or_default());
    format!("{field}: {} {hint}", refused.message)
}

fn listed(rows: &Value) -> Vec<String> {
    let line = |row: &Value| {
        let [severity, label, title, time] =
            ["severity", "label", "title", "timeSaid"].map(|one| text(&row[one]));
        let over = if row["endedAt"].is_null() { "" } else { ", over" };
        format!("{severity} {label} {title}, {time}{over}")
    };
    rows.as_array().expect("rows").iter().map(line).collect()
}

/// A Sprint that runs with items `a8 b5 c3`, one person of 50 net hours, and a buffer of 5 h; it is Tuesday.
fn running() -> Run {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    run
}

fn ana(run: &Run) -> String {
    text(&run.asked(json!({ "list": {} }))["members"][0]["id"])
}

#[test]
fn rule_4_1_an_interrupt_is_reported_worked_on_and_ended() {
    let mut run = running();
    assert_eq!(text(&run.gauge()["said"]), "5 h kept");
    let outage = run
        .report("Checkout answers slowly", json!({ "severity": "P2", "hours": "1.5", "owner": ana(&run) }));
    let mail = run.report("Mails are late", json!({ "estimate": "45 min" }));
    assert_eq!(
        run.listed(),
        ["P2 I-1 Checkout answers slowly, 1 h 30 min", "P3 I-2 Mails are late, 45 min expected"]
    );
    assert_eq!(text(&run.gauge()["said"]), "2.3 h of 5 h used, 0.8 h of it expected");
    assert_eq!(run.spend(&outage, "0:15"), "Add 15 min to I-1");
    assert_eq!(
        run.interrupt(json!({ "setSeverity": { "interrupt": mail, "severity": "P1" } })),
        "Set I-2 to P1"
    );
    assert_eq!(run.interrupt(json!({ "rename": { "interrupt": mail, "title": "No mails" } })), "Rename I-2");
    assert_eq!(
        run.interrupt(json!({ "assign": { "interrupt": mail, "owner": ana(&run) } })),
        "Assign I-2 to Ana"
    );
    assert_eq!(run.interrupt(json!({ "estimate": { "interrupt": mail, "estimate": "2" } })), "Estimate I-2");
    assert_eq!(run.listed(), ["P1 I-2 No mails, 2 h expected", "P2 I-1 Checkout answers slowly, 1 h 45 min"]);
    run.spend(&mail, "0.5");
    assert_eq!(text(&run.gauge()["said"]), "2.3 h of 5 h used", "hours take the place of the estimate");
    assert_eq!(run.interrupt(json!({ "end": { "interrupt": mail } })), "End I-2");
    assert_eq!(run.listed(), ["P2 I-1 Checkout answers slowly, 1 h 45 min", "P1 I-2 No mails, 30 min, over"]);
    assert_eq!(
        run.refuse(json!({ "end": { "interrupt": mail } })),
        ": I-2 is over already. Open it again first."
    );
    assert_eq!(run.interrupt(json!({ "reopen": { "interrupt": mail } })), "Reopen I-2");
    let page = run.asked(json!({ "interrupt": { "interrupt": mail } }));
    let history: Vec<String> =
        page["history"].as_array().unwrap().iter().map(|line| text(&line["text"])).collect();
    assert_eq!(history.last().unwrap(), "reported, expected to take 45 min, in Sprint 1");
    assert!(
        history.contains(&"severity P3 → P1".into()) && history.contains(&"assigned to Ana".into()),
        "{history:?}"
    );
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
    assert_eq!(run.board()["sprint"]["changes"], json!([]), "an interrupt is no change of the planned scope");
}

#[test]
fn time_is_written_down_for_any_day_corrected_and_taken_away() {
    let mut run = running();
    run.desk.clock("2026-11-05 15:00");
    let outage = run.report("Outage", json!({ "on": "2026-11-03", "hours": "2" }));
    let add = |time: Value, on: &str| json!({ "addHours": { "interrupt": outage, "time": time, "on": on } });
    assert_eq!(run.interrupt(add(json!(90), "2026-11-04")), "Add 1 h 30 min on 4 November to I-1");
    for (time, on, refusal) in [
        (
            json!("1"),
            "2026-11-02",
            "on: I-1 arrived on 3 November, which is later. Choose that day or a later one.",
        ),
        (json!("1"), "2026-11-06", "on: 6 November is still to come. Choose today or an earlier day."),
        (
            json!("a lot"),
            "2026-11-04",
            "time: “a lot” is no time. Write hours such as 1.5 or 1:30, or minutes such as 45 min; at most 24 h for a day.",
        ),
        (
            json!("25"),
            "2026-11-04",
            "time: 25 h is more than a day has. Write hours such as 1.5 or 1:30, or minutes such as 45 min; at most 24 h for a day.",
        ),
        (json!(""), "2026-11-04", "time: Nothing is said about how long it took. Write hours such as 1.5."),
        (
            json!(-30),
            "2026-11-04",
            "time: “-30 min” is no time. Write hours such as 1.5 or 1:30, or minutes such as 45 min; at most 24 h for a day.",
        ),
    ] {
        assert_eq!(run.refuse(add(time, on)), refusal);
    }
    let hours = run.asked(json!({ "interrupt": { "interrupt": outage } }))["hours"].clone();
    assert_eq!((text(&hours[0]["day"]), text(&hours[0]["said"])), ("2026-11-04".into(), "1 h 30 min".into()));
    let correct = |time: &str| json!({ "correctHours": { "hours": hours[0]["id"], "time": time, "member": ana(&run) } });
    let (three, nothing) = (correct("3"), correct("0"));
    assert_eq!(run.interrupt(three), "Correct time of I-1 to 3 h on 4 November");
    assert_eq!(text(&run.gauge()["said"]), "5 h of 5 h used: used up");
    assert_eq!(run.interrupt(nothing), "Take 3 h from I-1");
    assert_eq!(text(&run.gauge()["said"]), "2 h of 5 h used");
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(text(&run.gauge()["said"]), "5 h of 5 h used: used up");
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn a_timer_is_not_needed_and_writes_down_what_it_measured() {
    let mut run = running();
    let outage = run.report("Outage", json!({}));
    let start = json!({ "startTimer": { "interrupt": outage } });
    let stop = |time: Value| json!({ "stopTimer": { "interrupt": outage, "time": time } });
    assert_eq!(run.refuse(stop(Value::Null)), ": No timer runs for I-1. Add the time that it took instead.");
    assert_eq!(run.interrupt(start.clone()), "Start timer of I-1");
    assert_eq!(
        run.refuse(start.clone()),
        ": Work on I-1 is being timed already. Stop the timer to write the time down."
    );
    run.desk.clock("2026-11-03 11:25");
    assert_eq!(run.interrupt(stop(Value::Null)), "Stop timer of I-1 at 1 h 25 min");
    run.interrupt(start.clone());
    run.desk.clock("2026-11-05 09:00");
    assert_eq!(
        run.refuse(stop(Value::Null)),
        "time: The timer of I-1 has run for 45.6 h. Say how long the work really took."
    );
    assert_eq!(run.interrupt(stop(json!("0:20"))), "Stop timer of I-1 at 20 min");
    assert_eq!(run.listed(), ["P3 I-1 Outage, 1 h 45 min"]);
    run.interrupt(start);
    run.desk.clock("2026-11-05 09:10");
    let outcome = run.desk.run(json!({ "interrupt": { "end": { "interrupt": outage } } }));
    assert_eq!(outcome.note.unwrap(), "The timer was stopped: 0.2 h are written down.");
    assert_eq!(run.listed(), ["P3 I-1 Outage, 1 h 55 min, over"]);
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_4_1_what_arrives_while_no_sprint_runs_belongs_to_none_until_one_takes_it() {
    let mut run = Run::new();
    run.select("a8");
    let report = json!({ "interrupt": { "report": { "title": "Early", "hours": "1" } } });
    let outcome = run.desk.run(report);
    assert_eq!(outcome.note.unwrap(), "No Sprint is running: I-1 is kept until one takes it.");
    let early = outcome.created[0].clone();
    assert_eq!(run.gauge(), Value::Null);
    assert_eq!(listed(&run.asked(json!({ "list": {} }))["waiting"]), ["P3 I-1 Early, 1 h"]);
    let take = json!({ "take": { "interrupts": [early] } });
    assert_eq!(run.refuse(take.clone()), ": No Sprint is running. Start one: it can take what waits.");
    run.desk.clock("2026-11-02 10:00");
    run.start();
    run.spend(&early, "0.5");
    assert_eq!(text(&run.gauge()["said"]), "5 h kept");
    assert_eq!(run.interrupt(take.clone()), "Take I-1 into Sprint 1");
    assert_eq!(text(&run.gauge()["said"]), "1.5 h of 5 h used", "the hours of the first day count");
    assert_eq!(
        run.refuse(take),
        ": Nothing new is taken into Sprint 1. Choose interrupts that belong to no Sprint, or to an earlier one."
    );
    run.desk.clock("2026-11-03 10:00");
    let late = run
        .desk
        .run(json!({ "interrupt": { "report": { "title": "Before", "on": "2026-11-01", "hours": "4" } } }));
    assert!(
        late.note.unwrap().starts_with("I-2 arrived before Sprint 1 began and does not draw on its buffer.")
    );
    assert_eq!(
        run.interrupt(json!({ "take": { "interrupts": [late.created[0]] } })),
        "Take I-2 into Sprint 1"
    );
    assert_eq!(text(&run.gauge()["said"]), "1.5 h of 5 h used");
    assert!(
        text(&run.gauge()["unknownSaid"]).starts_with("How long I-2 took is not known"),
        "of this Sprint nothing is known"
    );
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_1_4_what_is_not_known_is_named_and_not_counted_as_nothing() {
    let mut run = running();
    run.report("Nobody says", json!({}));
    let gauge = run.gauge();
    assert_eq!(
        (text(&gauge["state"]), text(&gauge["said"])),
        ("inUse".into(), "5 h kept; what is used is not known yet".into())
    );
    assert_eq!(
        text(&gauge["unknownSaid"]),
        "How long I-1 took is not known: it has neither hours nor an estimate."
    );
    let unknown = |run: &Run| text(&run.split()["unknown"][0]);
    assert_eq!(unknown(&run), "How long 1 of what came in took is not known: more was taken than is shown.");
    assert_eq!(text(&run.ledger()["said"]), "How much was used is not known.");
    run.report("Nor here", json!({}));
    assert_eq!(text(&run.gauge()["unknownSaid"]), "How long 2 of what came in took is not known: I-1, I-2.");
    let item = json!({ "title": "Hotfix", "kind": "bug", "size": 100 });
    let item = run.desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone();
    let select = json!({ "items": [item], "sprint": run.sprint, "origin": "interrupt" });
    run.desk.run(json!({ "sprint": { "selectItems": select } }));
    assert_eq!(
        unknown(&run),
        "How long 3 of what came in took is not known: more was taken than is shown.",
        "an item of the buffer lane without hours is no nothing either"
    );
    run.report("Known", json!({ "hours": "2" }));
    assert_eq!(text(&run.ledger()["said"]), "2 h used as far as is known, all of it from the buffer.");
    // Nobody's hours are set: nothing was kept that could overflow.
    let mut desk = Desk::new();
    let sprint = desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
    let item = desk
        .run(json!({ "backlog": { "addItem": { "title": "a", "kind": "feature", "size": 300 } } }))
        .created[0]
        .clone();
    desk.run(json!({ "sprint": { "selectItems": { "items": [item], "sprint": sprint } } }));
    desk.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    desk.run(json!({ "interrupt": { "report": { "title": "Outage", "hours": "9" } } }));
    let gauge = desk.ask(json!({ "interrupt": { "gauge": {} } }));
    assert_eq!(
        (&gauge["kept"], text(&gauge["state"]), text(&gauge["said"])),
        (&Value::Null, "inUse".into(), "9 h used".into())
    );
    assert_eq!(
        text(&gauge["unknownSaid"]),
        "Nobody’s hours were set when the Sprint started: how much was kept for the buffer is not known."
    );
    let decide = json!({ "decideOverflow": { "choice": "acceptSlip", "items": [item], "reason": "x" } });
    assert!(
        refuse(&mut desk, decide)
            .starts_with(": How much was kept for the buffer is not known, so it cannot overflow.")
    );
}

#[test]
fn rule_4_1_an_item_made_from_an_interrupt_is_linked_and_nothing_counts_twice() {
    let mut run = running();
    let outage = run.report("Cards are charged twice", json!({ "severity": "P1", "hours": "2" }));
    let become_item = json!({ "becomeItem": { "interrupt": outage, "kind": "bug", "size": "5" } });
    let outcome = run.desk.run(json!({ "interrupt": become_item }));
    let label = outcome.title.replace("Make item ", "").replace(" of I-1", "");
    let item = outcome.created[0].clone();
    let page = run.desk.ask(json!({ "backlog": { "item": { "item": item } } }));
    assert_eq!(
        (&page["row"]["severity"], &page["row"]["kind"]),
        (&json!("critical"), &json!("bug")),
        "1.1: a P1 is proposed critical"
    );
    assert_eq!(page["interrupts"][0]["label"], "I-1");
    assert_eq!(page["interrupts"][0]["relation"], "became");
    let row = run.asked(json!({ "list": {} }))["rows"][0].clone();
    assert_eq!(
        (text(&row["items"][0]["label"]), text(&row["items"][0]["relation"])),
        (label.clone(), "became".into())
    );
    assert_eq!(
        run.sums(),
        "16 + 0 − 0 ± 0 = 16, 0 done, 16 left",
        "its points stay out of the planned scope"
    );
    let gauge = run.gauge();
    assert_eq!(
        (text(&gauge["said"]), &gauge["items"]),
        ("2 h of 5 h used".into(), &json!(1)),
        "the item draws nothing itself"
    );
    assert_eq!(
        run.refuse(become_item),
        format!(": I-1 became {label} already. Work on that item, or take the link away first.")
    );
    assert_eq!(
        run.interrupt(json!({ "unlink": { "interrupt": outage, "item": item } })),
        format!("Unlink I-1 and {label}")
    );
    let unknown = |run: &Run| text(&run.gauge()["unknownSaid"]);
    let said = format!("How many hours {label} takes is not known: ");
    let rate = "hours per point need 3 closed Sprints that tell them, and there are 0.";
    assert_eq!(unknown(&run), format!("{said}{rate}"));
    run.desk.run(json!({ "backlog": { "size": { "items": [item], "size": "" } } }));
    assert_eq!(unknown(&run), format!("{said}it has no size, and {rate}"));
    run.desk.run(json!({ "journal": { "undo": {} } }));

    let debt = run.add("Old driver", "debt", None);
    let cause = json!({ "linkCause": { "interrupt": outage, "item": debt } });
    assert!(run.interrupt(cause.clone()).ends_with("caused I-1"));
    assert!(run.refuse(cause).contains("is a cause of I-1 already."));
    let page = run.desk.ask(json!({ "backlog": { "item": { "item": debt } } }));
    assert_eq!(
        (&page["interrupts"][0]["relation"], &page["interrupts"][0]["took"]),
        (&json!("causedBy"), &json!(120))
    );
    run.desk.run(json!({ "backlog": { "removeItems": { "items": [debt] } } }));
    assert_eq!(run.desk.team.check().unwrap().problems, vec![], "the link goes with the item");
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn an_interrupt_may_draw_on_a_planned_lane() {
    let mut run = running();
    let lanes = run.asked(json!({ "list": {} }))["lanes"].clone();
    let production = text(&lanes[1]["id"]);
    let outage = run.report("Outage", json!({ "hours": "3", "lane": production }));
    assert_eq!(text(&run.gauge()["said"]), "5 h kept");
    assert_eq!(run.asked(json!({ "list": {} }))["rows"][0]["laneName"], "Production");
    run.to("Done", "a");
    let split = run.split()["report"].clone();
    assert_eq!(points(&split["lanes"][1]["actual"]["amount"]), "3", "its hours are that lane's");
    assert_eq!(run.interrupt(json!({ "setLane": { "interrupt": outage, "lane": null } })), "Set lane of I-1");
    assert_eq!(text(&run.gauge()["said"]), "3 h of 5 h used");
}

#[test]
fn the_pace_is_said_from_the_second_working_day_on() {
    let mut run = Run::new();
    run.select("a8");
    run.start();
    let outage = run.report("Outage", json!({ "hours": "1" }));
    assert_eq!(run.gauge()["paceSaid"], Value::Null, "of the first day nothing is told");
    run.desk.clock("2026-11-03 10:00");
    assert_eq!(
        text(&run.gauge()["paceSaid"]),
        "At this rate, 0.5 h a working day, the buffer is empty on Friday, 13 November."
    );
    run.spend(&outage, "1");
    assert_eq!(
        text(&run.gauge()["paceSaid"]),
        "At this rate, 1 h a working day, the buffer is empty on Friday."
    );
    run.desk.clock("2026-11-12 10:00");
    assert_eq!(
        text(&run.gauge()["paceSaid"]),
        "At this rate, 0.2 h a working day, the buffer lasts to the end of the Sprint."
    );
}

fn decide(choice: &str, items: Vec<String>, reason: &str) -> Value {
    json!({ "decideOverflow": { "choice": choice, "items": items, "reason": reason } })
}

#[test]
fn rule_4_2_an_overflow_asks_for_a_decision_until_one_covers_it_and_blocks_nothing() {
    let mut run = running();
    let early = decide("swapOut", run.ids("c"), "why");
    assert_eq!(
        run.refuse(early),
        ": The buffer does not overflow: 0 h of 5 h are used. Return items to the Product Backlog as a change of scope instead."
    );
    let outage = run.report("Outage", json!({ "hours": "8" }));
    let gauge = run.gauge();
    assert_eq!(
        (text(&gauge["state"]), text(&gauge["said"])),
        ("overflowing".into(), "8 h of 5 h used: 3 h too much".into())
    );
    assert_eq!(
        text(&gauge["asks"]["said"]),
        "The buffer overflows by 3 h. It was used up on Tuesday, 3 November. What gives way?"
    );
    assert_eq!(run.board()["sprint"]["buffer"]["asks"]["left"], 180, "it is seen on the board");
    let question = run.asked(json!({ "overflow": {} }));
    let candidates: Vec<String> =
        question["candidates"].as_array().unwrap().iter().map(|one| text(&one["title"])).collect();
    assert_eq!(candidates, ["c", "b", "a"], "the lowest in the order first");
    run.to("Done", "a");
    for (command, refusal) in [
        (
            decide("swapOut", vec![], "why"),
            "items: No item was named that gives way. Choose at least one item, or another way.",
        ),
        (
            decide("swapOut", run.ids("c"), " "),
            "reason: Nothing says why. Say why in a sentence; the Sprint Review reads it.",
        ),
        (
            decide("cancelSprint", vec![], "The goal is gone."),
            "productOwner: Only the Product Owner can cancel a Sprint. Confirm that the Product Owner decides so.",
        ),
    ] {
        assert_eq!(run.refuse(command), refusal);
    }
    assert!(
        run.refuse(decide("swapOut", run.ids("a"), "why"))
            .contains("is no unfinished item of the planned lanes.")
    );
    assert_eq!(
        run.interrupt(decide("acceptSlip", run.ids("b"), "Nobody else can mend it.")),
        format!("Accept that {} will slip", run.item("b").label)
    );
    assert_eq!(run.gauge()["asks"], Value::Null, "decided");
    let decided = text(&run.gauge()["decidedSaid"]);
    assert_eq!(
        decided.split_once(": ").map(|(_, what)| what),
        Some(format!("accepted that {} will slip.", run.item("b").label).as_str())
    );
    assert_eq!(run.sums(), "16 + 0 − 0 ± 0 = 16, 8 done, 8 left", "what slips stays in the scope");
    run.spend(&outage, "2");
    assert_eq!(
        text(&run.gauge()["asks"]["said"]),
        "The buffer overflows by 5 h, 2 h beyond what was decided. It was used up on Tuesday, 3 November. What gives way?"
    );
    assert_eq!(
        run.interrupt(decide("swapOut", run.ids("c"), "It is the smallest.")),
        format!("Swap out {} for interrupts", run.item("c").label)
    );
    assert_eq!(run.gauge()["asks"], Value::Null);
    assert_eq!(run.sums(), "16 + 0 − 3 ± 0 = 13, 8 done, 5 left", "an accepted change of scope");
    assert_eq!(run.item("c").present.sprint, None);
    let ledger = run.ledger();
    let said: Vec<String> = ledger["decisions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} because: {}", text(&one["said"]), text(&one["reason"])))
        .collect();
    assert_eq!(
        said,
        [
            format!(
                "accepted that {} will slip, at an overflow of 3 h because: Nobody else can mend it.",
                run.item("b").label
            ),
            format!(
                "swapped out {}, at an overflow of 5 h because: It is the smallest.",
                run.item("c").label
            ),
        ]
    );
    // Undo brings the item back and the question with it; they are one step.
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(
        (run.gauge()["asks"]["left"].clone(), run.item("c").present.sprint.is_some()),
        (json!(120), true)
    );
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_4_3_the_ledger_pairs_each_interrupt_with_what_it_pushed_out() {
    let mut run = running();
    run.report("Outage", json!({ "hours": "4" }));
    run.desk.clock("2026-11-04 10:00");
    run.report("Leak", json!({ "hours": "3" }));
    run.interrupt(decide("reduceScope", run.ids("c"), "why"));
    run.interrupt(decide("acceptSlip", run.ids("b"), "why"));
    let ledger = run.ledger();
    let line = |line: &Value| {
        let pushed: Vec<String> =
            line["pushed"].as_array().unwrap().iter().map(|one| text(&one["label"])).collect();
        format!(
            "{}: {} = {} + {} {}",
            text(&line["label"]),
            line["minutes"],
            line["fromBuffer"],
            line["beyond"],
            pushed.join(" ")
        )
    };
    let lines: Vec<String> = ledger["ledger"]["lines"].as_array().unwrap().iter().map(line).collect();
    let (b, c) = (run.item("b").label, run.item("c").label);
    assert_eq!(lines, ["I-1: 240 = 240 + 0 ".to_owned(), format!("I-2: 180 = 60 + 120 {c} {b}")]);
    assert_eq!(text(&ledger["said"]), "7 h used: 5 h from the buffer, 2 h beyond it.");
    run.to("Done", "a");
    let ledger = run.ledger();
    assert_eq!(text(&ledger["sentence"]), "So far completed 100 % of what the interrupts left possible.");
    assert_eq!(
        text(&ledger["method"]),
        "8 completed ÷ (16 committed − 8 displaced), in points, planned lanes."
    );
    run.to("Done", "b");
    let ledger = run.ledger();
    assert_eq!(
        text(&ledger["method"]),
        "13 completed ÷ (16 committed − 3 displaced), in points, planned lanes.",
        "what is done after all was not displaced"
    );
    assert_eq!(ledger["ledger"]["displaced"].as_array().unwrap().len(), 1);
}

#[test]
fn rule_4_2_the_product_owner_cancels_the_sprint() {
    let mut run = running();
    run.report("The bank is gone", json!({ "severity": "P1", "hours": "9" }));
    let mut cancel = decide("cancelSprint", vec![], "The goal is obsolete.");
    cancel["decideOverflow"]["productOwner"] = json!(true);
    assert_eq!(run.interrupt(cancel), "Cancel Sprint 1");
    assert_eq!(run.item("a").present.sprint, None);
    let report = run.ask(json!({ "report": { "sprint": run.sprint } }));
    assert_eq!(report["report"]["goalOutcome"]["outcome"], "notMet");
    assert_eq!(
        text(&report["report"]["goalOutcome"]["why"]),
        "The Product Owner cancelled the Sprint: The goal is obsolete."
    );
    let ledger = run.asked(json!({ "ofSprint": { "sprint": run.sprint } }))["ledger"].clone();
    assert_eq!(
        text(&ledger["decisions"][0]["said"]),
        "the Product Owner cancelled the Sprint, at an overflow of 4 h"
    );
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(
        (run.board()["sprint"]["name"].clone(), run.gauge()["asks"]["left"].clone()),
        (json!("Sprint 1"), json!(240))
    );
}

#[test]
fn rule_4_4_planned_committed_and_actual_in_one_unit_with_what_is_unsorted_and_unsized_named() {
    let mut run = Run::new();
    run.select("a8 b4");
    let bug = run.add("d", "bug", Some(4));
    run.sprint_command(json!({ "selectItems": { "items": [bug], "sprint": run.sprint } }));
    run.start();
    run.desk.clock("2026-11-03 10:00");
    let owner = ana(&run);
    run.desk.run(json!({ "backlog": { "assign": { "items": run.ids("a"), "owner": owner } } }));
    run.to("In progress", "a");
    run.desk.clock("2026-11-04 15:00");
    run.report("Outage", json!({ "hours": "10", "owner": owner }));
    run.desk.clock("2026-11-05 15:00");
    run.to("Done", "a d");
    let split = run.split();
    let lanes: Vec<String> = split["report"]["lanes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lane| {
            let percent =
                |value: &Value| domain::measures::Share::basis_points(value.as_i64().unwrap()).to_string();
            format!(
                "{} {} {} {} {}",
                text(&lane["name"]),
                percent(&lane["planned"]),
                percent(&lane["committed"]["share"]),
                percent(&lane["actual"]["share"]),
                points(&lane["actual"]["amount"])
            )
        })
        .collect();
    // 50 h net: 5 h of them kept. Of the 19 h until then 10 h of interrupts leave 9 h for 12 points.
    assert_eq!(
        lanes,
        [
            "New features 60 % 67.5 % 31.58 % 6",
            "Production 30 % 22.5 % 15.79 % 3",
            "Buffer 10 % 10 % 52.63 % 10"
        ]
    );
    assert_eq!(
        text(&split["method"]),
        "In hours: net hours of 4 of 10 working days less 10 h of interrupts, 0.8 h for a completed point."
    );
    assert_eq!(
        split["switchingSaid"],
        json!([
            "1 interrupt in 4 working days: 0.25 a day.",
            "1 item in progress was broken into, counted once a day: 0.25 a day. Known where the item has an owner and the time says who worked.",
            "10 h by the team; nobody was on call as far as is known.",
        ])
    );
    let unsorted = run.desk.run(json!({ "backlog": { "addItem": { "title": "e" } } })).created[0].clone();
    run.sprint_command(
        json!({ "selectItems": { "items": [unsorted], "sprint": run.sprint, "origin": "discovered" } }),
    );
    let state = run.states["Done"].clone();
    run.sprint_command(json!({ "moveToState": { "items": [unsorted], "state": state } }));
    let split = run.split();
    assert_eq!(
        split["unknown"],
        json!([
            "Unsorted work belongs to no lane: 0 % of what was committed. Say of what kind it is.",
            "1 item is unsized and counts nothing here.",
        ])
    );
}

#[test]
fn rule_3_5_a_closed_sprint_shows_what_was_sealed_and_teaches_hours_per_point() {
    let mut run = running();
    let outage = run.report("Outage", json!({ "hours": "10", "severity": "P2" }));
    run.interrupt(decide("swapOut", run.ids("c"), "why"));
    run.to("Done", "a");
    run.desk.clock("2026-11-13 16:00");
    run.close(json!([{ "item": run.items["b"], "decision": "productBacklog" }]));
    let sprint = run.sprint.clone();
    let shown = |run: &Run| {
        let of = json!({ "sprint": sprint });
        let mut told = run.asked(json!({ "ofSprint": of }));
        // What the team is today is no part of what was sealed.
        for of_today in ["members", "today", "severities"] {
            told["list"].as_object_mut().unwrap().remove(of_today);
        }
        (told, run.asked(json!({ "gauge": of })))
    };
    let before = shown(&run);
    assert_eq!(text(&before.0["ledger"]["sentence"]), "Completed 62 % of what the interrupts left possible.");
    assert_eq!(before.0["list"]["closed"], true);
    assert_eq!(before.0["list"]["gauge"], before.1, "the gauge is the same wherever it is asked for");
    // Later: renamed, corrected, opened and closed again, taken on into the next Sprint.
    run.desk.clock("2026-11-16 10:00");
    let add =
        |on: &str| json!({ "interrupt": { "addHours": { "interrupt": outage, "time": "2", "on": on } } });
    let late = run.desk.run(add("2026-11-12"));
    assert_eq!(late.note.unwrap(), "Sprint 1 is closed: what it came to stays as it was.");
    run.interrupt(json!({ "rename": { "interrupt": outage, "title": "Another" } }));
    run.interrupt(json!({ "setSeverity": { "interrupt": outage, "severity": "P5" } }));
    run.sprint = run.next.clone();
    run.select("f5");
    run.start();
    let after_start = run.desk.run(add("2026-11-16"));
    assert_eq!(after_start.note.unwrap(), "No Sprint had it on that day: the time draws on no buffer.");
    assert_eq!(run.interrupt(json!({ "take": { "interrupts": [outage] } })), "Take I-1 into Sprint 2");
    assert_eq!(text(&run.gauge()["said"]), "2 h of 5 h used");
    run.interrupt(json!({ "end": { "interrupt": outage } }));
    assert_eq!(shown(&run), before);
    let trend = run.asked(json!({ "splitTrend": {} }));
    assert_eq!(trend["sprints"].as_array().unwrap().len(), 1);
    let report = run.ask(json!({ "report": { "sprint": sprint } }));
    assert_eq!(report["report"]["experience"]["interrupts"], 600, "1.3: net hours less interrupt hours");
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

/// Closes the running Sprint with everything done, and goes on in the next one, which is planned.
fn go_on(run: &mut Run, closes: &str, starts: &str) {
    run.desk.clock(closes);
    run.close(json!([]));
    run.sprint = std::mem::take(&mut run.next);
    run.next = run.desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
    run.desk.clock(starts);
}

#[test]
fn rules_4_1_and_4_4_the_split_says_of_the_buffer_what_its_gauge_says_items_included() {
    let mut run = Run::new();
    // Three Sprints of 50 net hours and 10 points: 5 h a point.
    for (name, closes, starts) in [
        ("a", "2026-11-13 16:00", "2026-11-16 09:00"),
        ("b", "2026-11-27 16:00", "2026-11-30 09:00"),
        ("c", "2026-12-11 16:00", "2026-12-14 09:00"),
    ] {
        run.select(&format!("{name}10"));
        run.start();
        run.to("Done", name);
        go_on(&mut run, closes, starts);
    }
    run.select("d10");
    run.start();
    run.to("Done", "d");
    run.desk.clock("2026-12-15 09:00");
    run.report("Outage", json!({ "hours": "2" }));
    let hotfix = run.add("hotfix", "bug", Some(1));
    run.sprint_command(
        json!({ "selectItems": { "items": [hotfix], "sprint": run.sprint, "origin": "interrupt" } }),
    );
    let minutes = |amount: &Value| amount.as_i64().unwrap() * 60 / 100;
    let split = run.split();
    assert_eq!(run.gauge()["used"], 7 * 60, "2 h, and a point of 5 h");
    assert_eq!(minutes(&split["report"]["lanes"][2]["actual"]["amount"]), 7 * 60, "one truth");
    assert_eq!(minutes(&split["report"]["lanes"][0]["actual"]["amount"]), 30, "what is left of two days");
    let shares: i64 = split["report"]["lanes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lane| lane["actual"]["share"].as_i64().unwrap())
        .sum();
    assert_eq!(shares, 10_000);
    assert_eq!(
        text(&split["method"]),
        "In hours: net hours of 2 of 10 working days less 2 h of interrupts and 5 h of items in the buffer \
         (at 5 h a point), 0.1 h for a completed point."
    );
    assert_eq!(split["switchingSaid"][0], "1 interrupt and 1 item in the buffer in 2 working days: 1 a day.");
    // An item without a size draws nothing that is known: it is named, here and there.
    let unsized_one = run.add("unsized", "bug", None);
    run.sprint_command(
        json!({ "selectItems": { "items": [unsized_one], "sprint": run.sprint, "origin": "interrupt" } }),
    );
    assert_eq!(run.gauge()["used"], 7 * 60);
    assert_eq!(
        run.split()["unknown"],
        json!(["How long 1 of what came in took is not known: more was taken than is shown."])
    );
    run.sprint_command(json!({ "returnItems": { "items": [unsized_one] } }));
    run.to("Done", "hotfix");
    assert_eq!(run.board()["sprint"]["count"]["said"], "1 of 1 item done, 1 of 1 in the buffer");
    let closed = run.sprint.clone();
    go_on(&mut run, "2026-12-25 16:00", "2026-12-28 09:00");
    let told = run.asked(json!({ "ofSprint": { "sprint": closed } }));
    assert_eq!(told["list"]["gauge"]["used"], 7 * 60);
    assert_eq!(minutes(&told["split"]["report"]["lanes"][2]["actual"]["amount"]), 7 * 60);
    let report = run.ask(json!({ "report": { "sprint": closed } }));
    assert_eq!(
        report["report"]["experience"]["interrupts"],
        7 * 60,
        "1.3: what later Sprints learn is the same"
    );
    assert_eq!(
        text(&told["ledger"]["sentence"]),
        "Completed 100 % of the commitment; what interrupts pushed out is not named."
    );
}

#[test]
fn a_member_who_worked_on_interrupts_stays_known() {
    let mut run = running();
    let bo =
        run.desk.run(json!({ "team": { "addMember": { "name": "Bo", "hours": "6" } } })).created[0].clone();
    let outage = run.report("Outage", json!({}));
    run.interrupt(json!({ "addHours": { "interrupt": outage, "time": 30, "member": bo } }));
    let refused = run.desk.refused(json!({ "team": { "removeMember": { "id": bo } } }));
    assert_eq!(refused.message, "Bo worked on interrupts, or owns one.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_happens_the_file_is_whole_hours_add_up_and_undo_goes_back(
        steps in prop::collection::vec((0..12_u8, 0..6_usize, 1..40_i64), 1..24)
    ) {
        let mut run = running();
        let mut known: Vec<String> = Vec::new();
        let member = ana(&run);
        for (place, (what, which, amount)) in steps.into_iter().enumerate() {
            run.desk.clock(&format!("2026-11-{:02} {:02}:{:02}", 3 + place / 4, 9 + place % 4 * 2, place % 60));
            let one = known.get(which % known.len().max(1)).cloned().unwrap_or_default();
            let item = run.ids(["a", "b", "c"][which % 3]);
            let command = match what {
                0..=2 => json!({ "report": { "title": "x", "severity": format!("P{}", which % 5 + 1), "estimate": amount * 15 } }),
                3..=5 => json!({ "addHours": { "interrupt": one, "time": amount * 15, "member": member } }),
                6 => json!({ "end": { "interrupt": one } }),
                7 => json!({ "reopen": { "interrupt": one } }),
                8 => json!({ "startTimer": { "interrupt": one } }),
                9 => json!({ "becomeItem": { "interrupt": one, "kind": "debt", "size": amount * 10 } }),
                10 => json!({ "decideOverflow": { "choice": "acceptSlip", "items": item, "reason": "why" } }),
                _ => json!({ "decideOverflow": { "choice": "swapOut", "items": item, "reason": "why" } }),
            };
            if one.is_empty() && !matches!(what, 0..=2 | 10..) {
                continue;
            }
            let before = run.desk.team.dump().unwrap();
            match run.desk.try_run(json!({ "interrupt": command })) {
                Err(_) => prop_assert_eq!(run.desk.team.dump().unwrap(), before),
                Ok(outcome) => {
                    if what <= 2 {
                        known.push(outcome.created[0].clone());
                    }
                    let after = run.desk.team.dump().unwrap();
                    run.desk.run(json!({ "journal": { "undo": {} } }));
                    prop_assert_eq!(run.desk.team.dump().unwrap(), before);
                    run.desk.run(json!({ "journal": { "redo": {} } }));
                    prop_assert_eq!(run.desk.team.dump().unwrap(), after);
                }
            }
            let (ledger, gauge) = (run.ledger()["ledger"].clone(), run.gauge());
            prop_assert_eq!(&ledger["used"], &gauge["used"]);
            let number = |value: &Value| value.as_i64().unwrap();
            prop_assert_eq!(number(&ledger["fromBuffer"]) + number(&ledger["beyond"]), number(&ledger["used"]));
            prop_assert_eq!(number(&gauge["over"]), (number(&gauge["used"]) - 300).max(0));
        }
        prop_assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
    }
}
