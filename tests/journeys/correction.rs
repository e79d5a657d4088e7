//! Correcting a closed Sprint: editions beside the first, what they say otherwise, and why (3.5).

use crate::sprint::{Run, left, points, text};
use serde_json::{Value, json};

/// A Sprint with a done on 4 November and b left over, closed on 13 November.
fn closed() -> Run {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    run.start();
    run.desk.clock("2026-11-04 10:00");
    run.to("Done", "a");
    run.desk.clock("2026-11-13 16:00");
    let decision = |item: &str| json!({ "item": run.items[item], "decision": "productBacklog" });
    let decisions = json!([decision("b"), decision("c")]);
    run.close(decisions);
    run.desk.clock("2026-11-16 09:00");
    run
}

fn report(run: &Run, edition: Option<u32>) -> Value {
    run.ask(json!({ "report": { "sprint": run.sprint, "edition": edition } }))
}

fn correction(run: &Run) -> Value {
    run.ask(json!({ "correction": { "sprint": run.sprint } }))
}

fn correct(run: &Run, reason: &str) -> Value {
    json!({ "correct": { "sprint": run.sprint, "reason": reason } })
}

/// Says that an item was done on an earlier day.
fn done_on(run: &mut Run, item: &str, day: &str) {
    let state = run.states["Done"].clone();
    let items = run.ids(item);
    run.sprint_command(json!({ "moveToState": { "items": items, "state": state, "on": day } }));
}

/// An edition's burn-down.
fn burn(run: &Run, edition: Option<u32>) -> Value {
    run.chart("burnDown", json!({ "edition": edition }))
}

#[test]
fn rule_3_5_time_of_an_interrupt_that_is_written_down_after_the_close_can_be_corrected() {
    let mut run = Run::new();
    run.select("a8 b5");
    run.start();
    let report_one = json!({ "interrupt": { "report": { "title": "Outage", "hours": "2" } } });
    let outage = run.desk.run(report_one).created[0].clone();
    run.desk.clock("2026-11-13 16:00");
    let decision = |item: &str| json!({ "item": run.items[item], "decision": "productBacklog" });
    let decisions = json!([decision("a"), decision("b")]);
    run.close(decisions);
    run.desk.clock("2026-11-16 09:00");
    assert_eq!(correction(&run), json!({ "late": [], "changes": null }));
    let late = json!({ "addHours": { "interrupt": outage, "time": "1.5", "on": "2026-11-12" } });
    run.desk.run(json!({ "interrupt": late }));
    let figure = json!([{ "name": "Time of unplanned work", "before": "2 h", "after": "3.5 h" }]);
    assert_eq!(correction(&run)["changes"]["figures"], figure);
    let gauge = |run: &Run, edition: Option<u32>| {
        let of = json!({ "sprint": run.sprint, "edition": edition });
        text(&run.desk.ask(json!({ "interrupt": { "gauge": of } }))["said"])
    };
    assert_eq!(gauge(&run, None), "2 h of 5 h used");
    run.sprint_command(correct(&run, "Ana was away on the last day."));
    assert_eq!(report(&run, None)["changes"]["figures"], figure);
    assert_eq!([gauge(&run, Some(1)), gauge(&run, None)], ["2 h of 5 h used", "3.5 h of 5 h used"]);
    assert_eq!(correction(&run), json!({ "late": [], "changes": null }));
}

#[test]
fn rule_3_5_a_correction_adds_an_edition_beside_the_first_which_stays() {
    let mut run = closed();
    let (first, first_burn) = (report(&run, None), burn(&run, None));
    assert_eq!(correction(&run), json!({ "late": [], "changes": null }));
    done_on(&mut run, "b", "2026-11-12");
    run.desk.run(json!({ "backlog": { "rename": { "item": run.items["b"], "title": "renamed" } } }));
    assert_eq!(report(&run, None), first, "what arrives later changes nothing by itself");

    // The fact is named as the reason to correct, with what it would change.
    let would = correction(&run);
    assert_eq!(
        would["late"],
        json!([{
            "item": run.items["b"], "label": "PAY-2",
            "said": "moved To do → Done on 12 November, written down on 16 November"
        }])
    );
    let figures = json!([
        { "name": "Completed", "before": "8 points in 1 item", "after": "13 points in 2 items" },
        { "name": "Not completed", "before": "8 points in 2 items", "after": "3 points in 1 item" },
    ]);
    let items = json!([{
        "item": run.items["b"], "label": "PAY-2", "title": "b",
        "said": "completed on 12 November instead of not completed"
    }]);
    assert_eq!(would["changes"], json!({ "figures": figures, "items": items, "days": true }));

    let without = correct(&run, "  ");
    assert_eq!(
        run.refusal(without),
        "reason: A correction needs a reason. Say what was not known, or was wrong, when the Sprint was closed."
    );
    let command = correct(&run, " b was live on the 12th ");
    assert_eq!(run.sprint_command(command), "Correct Sprint 1");
    let second = report(&run, None);
    assert_eq!((&second["edition"], &second["changes"]), (&json!(2), &would["changes"]));
    assert_eq!(
        second["editions"],
        json!([
            { "number": 1, "recordedOn": "2026-11-13", "reason": null },
            { "number": 2, "recordedOn": "2026-11-16", "reason": "b was live on the 12th" },
        ])
    );
    assert_eq!(points(&second["report"]["points"]["done"]), "13");
    assert_eq!(second["report"]["completed"][1]["title"], "b", "titles are those of the close");
    assert_eq!(second["report"]["goalOutcome"], first["report"]["goalOutcome"]);
    assert_eq!(second["report"]["notCompleted"][0]["decision"], "productBacklog");
    assert_eq!(report(&run, Some(1))["report"], first["report"], "the first stays");
    assert_eq!(burn(&run, Some(1)), first_burn);
    assert_eq!(left(&burn(&run, None)), "3");
    assert_eq!(burn(&run, Some(2)), burn(&run, None));

    // From then on it is what the Sprint came to.
    let row = run.ask(json!({ "list": {} }))["sprints"][1].clone();
    assert_eq!((text(&row["name"]), points(&row["completed"])), ("Sprint 1".into(), "13".into()));
    assert_eq!(correction(&run)["changes"], Value::Null);
    let again = correct(&run, "again");
    assert_eq!(
        run.refusal(again),
        ": Nothing is known that changes what Sprint 1 came to. Say first what was so, with the day on which it was; then correct."
    );
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_3_5_the_day_of_the_close_is_before_it_for_what_was_left_over() {
    let mut run = closed();
    done_on(&mut run, "b", "2026-11-13");
    assert_eq!(
        correction(&run)["changes"]["items"][0]["said"],
        "completed on 13 November instead of not completed"
    );
    let command = correct(&run, "b went live in the morning");
    run.sprint_command(command);
    assert_eq!(points(&report(&run, None)["report"]["points"]["done"]), "13");
    // A Sprint that closed in the morning: what is said of the day lies before that, not at noon.
    let mut run = Run::new();
    run.select("a8 b5");
    run.start();
    run.desk.clock("2026-11-13 08:00");
    let decision =
        |item: &str| json!({ "item": run.items[item], "decision": { "nextSprint": { "sprint": run.next } } });
    let decisions = json!([decision("a"), decision("b")]);
    run.close(decisions);
    run.desk.clock("2026-11-16 09:00");
    done_on(&mut run, "a", "2026-11-13");
    assert_eq!(correction(&run)["late"].as_array().map(Vec::len), Some(1));
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_3_5_a_correction_is_undone_like_any_other_step() {
    let mut run = closed();
    done_on(&mut run, "b", "2026-11-12");
    let before = run.desk.team.dump().unwrap();
    let command = correct(&run, "it was live");
    run.sprint_command(command);
    let after = report(&run, None);
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.desk.team.dump().unwrap(), before);
    assert_eq!(report(&run, None)["edition"], 1);
    run.desk.run(json!({ "journal": { "redo": {} } }));
    let run = Run { desk: run.desk.reopen(), ..run };
    assert_eq!(report(&run, None), after);
}

#[test]
fn rule_3_5_a_second_correction_is_told_against_the_edition_before_it() {
    let mut run = closed();
    done_on(&mut run, "b", "2026-11-12");
    let command = correct(&run, "b was live");
    run.sprint_command(command);
    run.desk.clock("2026-11-17 09:00");
    let at = evenkeel_tests::zurich("2026-11-10 12:00").millis();
    let size = json!({ "items": [run.items["c"]], "size": 200, "at": at });
    run.desk.run(json!({ "backlog": { "size": size } }));
    let command = correct(&run, "c was cut down on Tuesday");
    run.sprint_command(command);
    let third = report(&run, None);
    assert_eq!(third["edition"], 3);
    assert_eq!(third["changes"]["items"][0]["said"], "size 2 instead of 3");
    assert_eq!(
        third["changes"]["figures"],
        json!([{ "name": "Not completed", "before": "3 points in 1 item", "after": "2 points in 1 item" }])
    );
    assert_eq!(report(&run, Some(2))["changes"]["items"][0]["label"], "PAY-2");
    assert_eq!(report(&run, Some(1))["changes"], Value::Null);
    let none = json!({ "sprint": { "report": { "sprint": run.sprint, "edition": 4 } } });
    let parsed = app::parse_query(&none.to_string()).unwrap();
    let context = app::Context::new(run.desk.now(), 7, "test", "");
    let refused = app::ask(&run.desk.team, parsed, &context).unwrap_err();
    assert_eq!(refused.message, "This edition is no longer there.");
}

#[test]
fn rule_3_5_what_happened_after_the_close_or_with_it_is_no_reason_to_correct() {
    let mut run = closed();
    // The decisions of the close, a later order, names, a zone, days off, lanes: nothing of it is a fact of the Sprint.
    run.to("Done", "c");
    let (a, b) = (run.items["a"].clone(), run.items["b"].clone());
    for command in [
        json!({ "backlog": { "rename": { "item": a, "title": "renamed" } } }),
        json!({ "backlog": { "move": { "items": [b], "to": { "place": 1 } } } }),
        json!({ "backlog": { "size": { "items": [b], "size": 800 } } }),
        json!({ "team": { "setZone": { "zone": "Pacific/Auckland" } } }),
        json!({ "team": { "addHoliday": { "day": "2026-11-05", "name": "Late" } } }),
        json!({ "team": { "addLane": { "name": "Tools" } } }),
    ] {
        run.desk.run(command);
        assert_eq!(correction(&run), json!({ "late": [], "changes": null }));
    }
    let command = correct(&run, "no reason");
    assert!(run.refusal(command).starts_with(": Nothing is known that changes what Sprint 1 came to."));
    let next = json!({ "correct": { "sprint": run.next, "reason": "too early" } });
    assert_eq!(run.refusal(next), ": Sprint 2 is not closed. Until then every fact counts by itself.");
    let past =
        json!({ "name": "Sprint 0", "firstDay": "2026-10-19", "lastDay": "2026-10-30", "completed": "31" });
    let past = run.desk.run(json!({ "sprint": { "recordPast": past } })).created[0].clone();
    let totals = json!({ "correct": { "sprint": past, "reason": "more was done" } });
    assert_eq!(
        run.refusal(totals),
        ": Only the totals of Sprint 0 are known. A correction is computed from the facts of its items."
    );
    assert_eq!(run.ask(json!({ "correction": { "sprint": past } })), json!({ "late": [], "changes": null }));
}

#[test]
fn rule_3_5_a_correction_says_what_the_close_would_have_said_had_it_been_known() {
    // The same story twice: once the work is dated in time, once only after the close.
    let told = |late: bool| {
        let mut run = Run::new();
        run.select("a8 b5 c3");
        run.start();
        run.desk.clock("2026-11-10 10:00");
        let done = run.states["Done"].clone();
        let moved = json!({ "moveToState": { "items": run.ids("b"), "state": done, "on": "2026-11-06" } });
        if !late {
            run.sprint_command(moved.clone());
        }
        run.desk.clock("2026-11-13 16:00");
        let left: &[&str] = if late { &["a", "b", "c"] } else { &["a", "c"] };
        let decisions: Vec<Value> = left
            .iter()
            .map(|item| json!({ "item": run.items[*item], "decision": "productBacklog" }))
            .collect();
        run.close(json!(decisions));
        if late {
            run.sprint_command(moved);
            let command = correct(&run, "b was done on Friday");
            run.sprint_command(command);
        }
        let view = report(&run, None);
        let titles = |list: &str| -> Vec<String> {
            view["report"][list].as_array().unwrap().iter().map(|item| text(&item["title"])).collect()
        };
        (
            titles("completed"),
            titles("notCompleted"),
            view["report"]["sums"].clone(),
            view["report"]["points"].clone(),
            burn(&run, None)["chart"]["table"].clone(),
        )
    };
    assert_eq!(told(true), told(false));
}

#[test]
fn rule_2_4_a_past_sprint_carries_its_own_buffer_share() {
    let mut run = Run::new();
    let past = |name: &str, first: &str, last: &str, share: Value| json!({ "recordPast": { "name": name, "firstDay": first, "lastDay": last, "completed": "31", "personDays": "42", "bufferShare": share } });
    run.sprint_command(past("Sprint 0", "2026-10-19", "2026-10-30", Value::Null));
    let planned = |run: &Run| {
        let board = run.desk.ask(json!({ "capacity": { "planBoard": { "sprint": run.sprint } } }));
        text(&board["plan"]["method"])
    };
    assert_eq!(
        planned(&run),
        "Focus 0.82: 31 points in 42 person-days less the buffer, from 1 closed Sprint."
    );
    // Later shares, also ones that hold for the days before, leave what was recorded.
    let lanes = run.desk.ask(json!({ "team": { "settings": {} } }))["lanes"].clone();
    let share = |lane: usize, share: i64| json!({ "lane": lanes[lane]["id"], "share": share });
    let shares = json!([share(0, 3000), share(2, 4000)]);
    run.desk.run(json!({ "team": { "setShares": { "shares": shares, "validFrom": "2026-10-01" } } }));
    assert_eq!(
        planned(&run),
        "Focus 0.82: 31 points in 42 person-days less the buffer, from 1 closed Sprint."
    );
    run.desk.run(json!({ "journal": { "undo": {} } }));
    run.desk.run(json!({ "journal": { "undo": {} } }));
    run.sprint_command(past("Sprint 0", "2026-10-19", "2026-10-30", json!("50")));
    assert_eq!(
        planned(&run),
        "Focus 1.48: 31 points in 42 person-days less the buffer, from 1 closed Sprint."
    );
    assert_eq!(
        run.refusal(past("Sprint 39", "2026-10-05", "2026-10-16", json!("101"))),
        "bufferShare: 101 % is more than the whole. Write the part of the capacity that was kept for unplanned work, such as 10."
    );
}

#[test]
fn rule_3_5_a_correction_values_the_buffer_by_the_sprints_before_and_not_by_later_ones() {
    let mut run = Run::new();
    run.select("a8 b5");
    run.start();
    let hotfix = run.add("h", "bug", Some(2));
    let select = json!({ "items": [hotfix], "sprint": run.sprint, "origin": "interrupt" });
    run.sprint_command(json!({ "selectItems": select }));
    run.desk.clock("2026-11-13 16:00");
    for item in ["a", "h"] {
        run.to("Done", item);
    }
    run.close(json!([{ "item": run.items["b"], "decision": "productBacklog" }]));
    let first = run.sprint.clone();
    let gauge = |run: &Run| run.desk.ask(json!({ "interrupt": { "gauge": { "sprint": first } } }));
    let said = "5 h kept; what is used is not known yet";
    assert_eq!(text(&gauge(&run)["said"]), said);
    for (last, item) in [("2026-11-27", "c8"), ("2026-12-11", "d8"), ("2026-12-24", "e8")] {
        run.sprint = run.next.clone();
        run.select(item);
        run.start();
        run.next = run.desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
        run.desk.clock(&format!("{last} 16:00"));
        run.to("Done", &item[..1]);
        run.close(json!([]));
    }
    let plan = run.desk.ask(json!({ "capacity": { "planBoard": {} } }))["plan"].clone();
    assert!(
        text(&plan["totalSaid"]).contains(" a point "),
        "later Sprints tell what a point takes: {}",
        plan["totalSaid"]
    );
    done_on(&mut run, "b", "2026-11-12");
    run.sprint = first.clone();
    run.sprint_command(correct(&run, "b was live"));
    assert_eq!(text(&gauge(&run)["said"]), said);
}
