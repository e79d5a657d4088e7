//! On call in files: the rota as iCalendar, calendars and tables of shifts brought in.

use app::Outcome;
use evenkeel_tests::{Desk, shared};
use serde_json::{Value, json};

/// Events of a calendar that a peer's program would write.
fn calendar(events: &str) -> String {
    let lines: Vec<&str> = events.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nX-WR-CALNAME:Primary\r\n{}\r\nEND:VCALENDAR\r\n",
        lines.join("\r\n")
    )
}

struct Run {
    desk: Desk,
    members: Vec<String>,
}

impl Run {
    fn new(names: &[&str]) -> Run {
        let mut desk = Desk::new();
        let mut add = |name: &&str| {
            desk.run(json!({ "team": { "addMember": { "name": name, "hours": "6" } } })).created[0].clone()
        };
        let members = names.iter().map(&mut add).collect();
        Run { desk, members }
    }

    fn look(&self, file: &str, asked: Value) -> Value {
        self.desk.ask_with(json!({ "onCall": { "shiftFile": asked } }), Some(file.as_bytes()))
    }

    fn import(&mut self, file: &str, asked: Value) -> Outcome {
        let command = json!({ "onCall": { "importShifts": asked } });
        self.desk
            .try_run_with(command.clone(), Some(file.as_bytes()))
            .unwrap_or_else(|error| panic!("{command}: {error:?}"))
    }

    fn told(&self, day: &str) -> Vec<String> {
        let board = self.desk.ask(json!({ "onCall": { "board": { "day": day, "weeks": 4 } } }));
        let one =
            |bar: &Value| format!("{} {}", bar["name"].as_str().unwrap(), bar["said"].as_str().unwrap());
        board["levels"][0]["shifts"].as_array().into_iter().flatten().map(one).collect()
    }
}

fn texts(all: &Value, name: &str) -> Vec<String> {
    all.as_array().into_iter().flatten().map(|one| one[name].as_str().unwrap_or("?").to_owned()).collect()
}

#[test]
fn recurring_all_day_and_edited_events_become_shifts() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let file = calendar(
        "BEGIN:VEVENT
         UID:1@example
         SUMMARY:Ana on call (Primary)
         DTSTART;TZID=Europe/Zurich:20261102T090000
         DTEND;TZID=Europe/Zurich:20261109T090000
         RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3
         EXDATE;TZID=Europe/Zurich:20261130T090000
         END:VEVENT
         BEGIN:VEVENT
         UID:1@example
         RECURRENCE-ID;TZID=Europe/Zurich:20261116T090000
         SUMMARY:Bo on call (Primary)
         DTSTART;TZID=Europe/Zurich:20261116T120000
         DTEND;TZID=Europe/Zurich:20261120T120000
         END:VEVENT
         BEGIN:VEVENT
         UID:2@example
         SUMMARY:On call
         ATTENDEE;CN=Bo:mailto:bo@example.org
         DTSTART;VALUE=DATE:20261124
         DTEND;VALUE=DATE:20261126
         END:VEVENT
         BEGIN:VEVENT
         UID:3@example
         SUMMARY:Ana on call
         DTSTART:20261127T080000Z
         DURATION:PT12H
         END:VEVENT
         BEGIN:VEVENT
         UID:4@example
         SUMMARY:Ana on call
         DTSTART;TZID=W. Europe Standard Time:20261128T080000
         DTEND;TZID=W. Europe Standard Time:20261128T090000
         END:VEVENT
         BEGIN:VEVENT
         UID:5@example
         SUMMARY:Ana on call
         DTSTART:20261128T080000Z
         DTEND:20261128T070000Z
         END:VEVENT
         BEGIN:VEVENT
         UID:6@example
         STATUS:CANCELLED
         SUMMARY:Ana on call
         DTSTART:20261128T080000Z
         DTEND:20261128T090000Z
         END:VEVENT",
    );
    let look = run.look(&file, json!({}));
    assert_eq!(
        (&look["name"], &look["fresh"], &look["withoutPerson"]),
        (&json!("Primary"), &json!(4), &json!(0))
    );
    assert_eq!(
        texts(&look["leftOut"], "why"),
        [
            "its time zone “W. Europe Standard Time” is not one that can be read for certain",
            "it ends before it begins",
            "it is cancelled"
        ]
    );
    let before = run.desk.team.dump().unwrap();
    assert_eq!(run.import(&file, json!({ "source": "primary.ics" })).title, "Import 4 shifts");
    assert_eq!(
        run.told("2026-11-02"),
        [
            "Ana Mon 2 Nov 09:00 – Mon 9 Nov 09:00",
            "Bo Mon 16 Nov 12:00 – Fri 20 Nov 12:00",
            "Bo Tue 24 Nov 00:00 – Thu 26 Nov 00:00",
            "Ana Fri 27 Nov 09:00–21:00"
        ]
    );
    let again = run.import(&file, json!({}));
    assert_eq!((again.operation, again.note.as_deref()), (None, Some("All of them are known already.")));
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.desk.team.dump().unwrap(), before);
}

#[test]
fn a_weekly_event_keeps_the_local_clock_and_ends_with_the_day_that_was_asked_for() {
    let run = Run::new(&["Ana"]);
    let file = calendar(
        "BEGIN:VEVENT
         UID:1@example
         SUMMARY:Ana
         DTSTART;TZID=Europe/Zurich:20270315T090000
         DTEND;TZID=Europe/Zurich:20270322T090000
         RRULE:FREQ=WEEKLY
         END:VEVENT",
    );
    let look = run.look(&file, json!({ "until": "2027-04-05" }));
    assert_eq!(look["fresh"], 4);
    assert_eq!(
        look["first"],
        json!([
            "Ana: Mon 15 Mar 09:00 – Mon 22 Mar 09:00",
            "Ana: Mon 22 Mar 09:00 – Mon 29 Mar 09:00",
            "Ana: Mon 29 Mar 09:00 – Mon 5 Apr 09:00",
            "Ana: Mon 5 Apr 09:00 – Mon 12 Apr 09:00"
        ])
    );
}

#[test]
fn names_are_matched_chosen_or_added_and_what_is_left_out_is_said() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let file = "start,end,engineer\n2026-10-05,2026-10-11,ana\n2026-10-12,2026-10-18,Robert\n2026-10-19,2026-10-25,Zoe\n2026-10-26,2026-10-20,Ana\nsoon,2026-11-01,Ana\n2026-11-01,2026-11-02,\n";
    let look = run.look(file, json!({}));
    assert_eq!((&look["fresh"], &look["withoutPerson"]), (&json!(1), &json!(2)));
    let left: Vec<String> = look["leftOut"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["line"], one["why"].as_str().unwrap()))
        .collect();
    assert_eq!(
        left,
        [
            "5 it ends before it begins",
            "6 its beginning: this is not a date that can be read",
            "7 nobody is named"
        ]
    );
    assert_eq!(look["chosen"], json!({ "from": "start", "to": "end", "person": "engineer" }));
    let people =
        json!([{ "written": "Robert", "member": run.members[1] }, { "written": "Zoe", "add": true }]);
    let asked = json!({ "people": people, "source": "oncall.csv" });
    assert_eq!(run.look(file, asked.clone())["fresh"], 3);
    assert_eq!(run.import(file, asked).title, "Import 3 shifts and 1 person");
    assert_eq!(
        run.told("2026-10-05"),
        [
            "Ana Mon 5 Oct 00:00 – Mon 12 Oct 00:00",
            "Bo Mon 12 Oct 00:00 – Mon 19 Oct 00:00",
            "Zoe Mon 19 Oct 00:00 – Mon 26 Oct 00:00"
        ]
    );
    let members = run.desk.ask(json!({ "team": { "settings": {} } })).to_string();
    assert!(members.contains("Zoe"), "{members}");
    let refused =
        run.desk.try_ask_with(json!({ "onCall": { "shiftFile": {} } }), Some(b"not a calendar")).unwrap_err();
    assert!(!refused.message.is_empty() && refused.hint.is_some());
}

#[test]
fn what_is_brought_in_speaks_for_its_own_time_and_a_rotation_for_the_rest() {
    let mut run = Run::new(&["Ana", "Bo"]);
    run.desk.run(json!({ "onCall": { "saveRotation": { "first": "2026-11-02 09:00", "unit": "weeks", "length": 1, "people": run.members } } }));
    let file = "from,to,who\n2026-11-05 00:00,2026-11-06 12:00,Bo\n";
    run.import(file, json!({}));
    assert_eq!(
        run.told("2026-11-02")[..3],
        [
            "Ana Mon 2 Nov 09:00 – Thu 5 Nov 00:00",
            "Bo Thu 5 Nov 00:00 – Fri 6 Nov 12:00",
            "Ana Fri 6 Nov 12:00 – Mon 9 Nov 09:00"
        ]
    );
}

#[test]
fn rule_11_4_a_shift_keeps_its_uid_and_the_export_can_be_brought_in_again() {
    let mut run = Run::new(&["Ana", "Bo"]);
    run.desk.run(json!({ "onCall": { "saveRotation": { "first": "2026-11-02 09:00", "unit": "weeks", "length": 1, "people": run.members } } }));
    let export = |run: &Run| run.desk.ask(json!({ "onCall": { "calendarFile": { "weeks": 4 } } }));
    let uids = |file: &Value| -> Vec<String> {
        let text = file["text"].as_str().unwrap();
        text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    let first = export(&run);
    assert_eq!((&first["shifts"], &first["fileName"]), (&json!(4), &json!("on-call-payments.ics")));
    assert!(first["text"].as_str().unwrap().contains("DTSTART:20261102T080000Z"), "in UTC");
    run.desk.clock("2026-11-05 12:00");
    let level = run.desk.ask(json!({ "onCall": { "board": {} } }))["levels"][0]["id"].clone();
    run.desk.run(json!({ "onCall": { "takeOver": { "level": level, "from": "2026-11-09 09:00", "to": "2026-11-16 09:00", "takes": run.members[0] } } }));
    let second = export(&run);
    assert_eq!(uids(&second)[..4], uids(&first)[..], "also once a part is recorded, or somebody takes over");
    let distinct: std::collections::BTreeSet<String> = uids(&second).into_iter().collect();
    assert_eq!(distinct.len() as u64, second["shifts"].as_u64().unwrap());
    // The same shifts as somebody else's calendar, read by another team with the same people.
    let text = second["text"].as_str().unwrap().replace("@evenkeel", "@example");
    let mut other = Run::new(&["Ana", "Bo"]);
    other.import(&text, json!({}));
    let who = |run: &Run, day: i64| {
        let at = run.desk.now().millis() + day * 86_400_000;
        run.desk.ask(json!({ "onCall": { "now": { "at": at } } }))[0]["name"].clone()
    };
    other.desk.clock("2026-11-05 12:00");
    for day in 0..24 {
        assert_eq!(who(&other, day), who(&run, day), "{day} days later");
    }
}

#[test]
fn rule_11_4_the_own_calendar_changes_nothing_and_goes_back_to_the_levels_it_came_from() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let turned: Vec<&String> = run.members.iter().rev().collect();
    for (level, people) in [("Primary", json!(run.members)), ("Secondary", json!(turned))] {
        run.desk.run(json!({ "onCall": { "saveRotation": {
            "levelName": level, "first": "2026-11-02 09:00", "unit": "weeks", "length": 1, "people": people,
        } } }));
    }
    run.desk.clock("2026-11-05 12:00");
    let own = run.desk.ask(json!({ "onCall": { "calendarFile": { "weeks": 3 } } }));
    let (text, shifts) = (own["text"].as_str().unwrap().to_owned(), own["shifts"].as_u64().unwrap());
    let look = run.look(&text, json!({}));
    assert_eq!(
        (&look["fresh"], look["known"].as_u64(), &look["leftOut"]),
        (&json!(0), Some(shifts), &json!([]))
    );
    let note = format!("Saved from the level Secondary, and back to it: {} shifts.", shifts / 2);
    assert_eq!(look["notes"], json!([note]));
    let before = run.desk.team.dump().unwrap();
    let again = run.import(&text, json!({}));
    assert_eq!((again.operation, again.note.as_deref()), (None, Some("All of them are known already.")));
    assert_eq!(run.desk.team.dump().unwrap(), before, "not even the past is recorded");
    // Only what differs is written, and at its own level.
    let secondary = |run: &Run| {
        let board = run.desk.ask(json!({ "onCall": { "board": { "day": "2026-11-02", "weeks": 4 } } }));
        (texts(&board["levels"][1]["shifts"], "name"), board["levels"][1]["id"].clone())
    };
    let (as_saved, level) = secondary(&run);
    let primary = run.told("2026-11-02");
    run.desk.run(json!({ "onCall": { "takeOver": { "level": level, "from": "2026-11-09 09:00", "to": "2026-11-16 09:00", "takes": run.members[1] } } }));
    assert_ne!(secondary(&run).0, as_saved);
    assert_eq!(run.look(&text, json!({}))["fresh"], 1);
    assert_eq!(run.import(&text, json!({})).title, "Import 1 shift");
    assert_eq!((secondary(&run).0, run.told("2026-11-02")), (as_saved, primary));
    // A level that is gone is no other level.
    run.desk.run(json!({ "onCall": { "removeLevel": { "id": level } } }));
    let look = run.look(&text, json!({}));
    assert_eq!((&look["fresh"], look["known"].as_u64()), (&json!(0), Some(shifts / 2)));
    assert_eq!(texts(&look["leftOut"], "why"), vec!["this team has no such level"; shifts as usize / 2]);
}

#[test]
fn what_repeats_too_often_or_changes_all_later_ones_is_named() {
    let run = Run::new(&["Ana", "Bo"]);
    let file = calendar(
        "BEGIN:VEVENT
         UID:1@example
         SUMMARY:Ana on call
         DTSTART:20190101T080000Z
         DTEND:20190101T090000Z
         RRULE:FREQ=DAILY
         END:VEVENT
         BEGIN:VEVENT
         UID:2@example
         SUMMARY:Ana on call
         DTSTART;TZID=Europe/Zurich:20261102T090000
         DTEND;TZID=Europe/Zurich:20261109T090000
         RRULE:FREQ=WEEKLY;COUNT=6
         END:VEVENT
         BEGIN:VEVENT
         UID:2@example
         RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Zurich:20261116T090000
         SUMMARY:Bo on call
         DTSTART;TZID=Europe/Zurich:20261116T120000
         DTEND;TZID=Europe/Zurich:20261123T120000
         END:VEVENT",
    );
    let look = run.look(&file, json!({}));
    assert_eq!(
        texts(&look["leftOut"], "why"),
        [
            "it repeats more than 2000 times",
            "it changes all later ones too, which cannot be read: from it on they are left out"
        ]
    );
    assert_eq!(
        texts(&look["leftOut"], "what"),
        ["Ana on call (20190101T080000Z)", "Bo on call (20261116T120000)"]
    );
    assert_eq!(
        look["first"],
        json!(["Ana: Mon 2 Nov 09:00 – Mon 9 Nov 09:00", "Ana: Mon 9 Nov 09:00 – Mon 16 Nov 09:00"])
    );
}

#[test]
fn rule_11_2_a_real_history_is_brought_in_and_told() {
    let Some(path) = shared("data/oncall-k8s-federation/schedule.csv") else { return };
    let file = std::fs::read_to_string(path).expect("the schedule is read");
    let rows = file.lines().skip(1).filter(|line| !line.trim().is_empty()).count() as u64;
    let mut run = Run::new(&["Ana"]);
    let look = run.look(&file, json!({}));
    assert_eq!((look["withoutPerson"].as_u64(), &look["leftOut"]), (Some(rows), &json!([])));
    let people: Vec<Value> = look["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!({ "written": one["written"], "add": true }))
        .collect();
    let most = look["people"][0]["shifts"].as_u64().unwrap();
    let shifts: u64 =
        look["people"].as_array().unwrap().iter().map(|one| one["shifts"].as_u64().unwrap()).sum();
    assert!(shifts == rows && most >= rows / people.len() as u64);
    let asked = json!({ "people": people, "source": "schedule.csv" });
    let before = run.desk.team.dump().unwrap();
    run.import(&file, asked.clone());
    let told = run.told("2017-06-05");
    assert_eq!(told.len(), 4, "a week each: {told:?}");
    assert_eq!(told[0], "p3 Mon 5 Jun 00:00 – Mon 12 Jun 00:00");
    // A real rotation shares the load well, though not evenly.
    run.desk.clock("2026-11-02 10:00");
    assert_eq!(run.import(&file, asked).operation, None, "brought in again it changes nothing");
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.desk.team.dump().unwrap(), before);
}
