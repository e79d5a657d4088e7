//! A team's on call: rotations, what is agreed besides, the recorded past, load, a fair rota, handovers, and what
//! capacity makes of it.

use app::Outcome;
use evenkeel_tests::Desk;
use serde_json::{Value, json};

/// A team with a weekly rotation, in Zurich.
struct Run {
    desk: Desk,
    members: Vec<String>,
}

impl Run {
    /// At nine on Monday 2 November 2026.
    fn new(names: &[&str]) -> Run {
        let mut desk = Desk::new();
        let mut add = |name: &&str| {
            desk.run(json!({ "team": { "addMember": { "name": name, "hours": "6" } } })).created[0].clone()
        };
        let members = names.iter().map(&mut add).collect();
        Run { desk, members }
    }

    fn run(&mut self, command: Value) -> Outcome {
        self.desk.run(json!({ "onCall": command }))
    }

    fn ask(&self, query: Value) -> Value {
        self.desk.ask(json!({ "onCall": query }))
    }

    #[track_caller]
    fn refused(&mut self, command: Value) -> String {
        let before = self.desk.team.dump().unwrap();
        let refused = self.desk.refused(json!({ "onCall": command }));
        assert_eq!(self.desk.team.dump().unwrap(), before, "a refused command leaves nothing");
        format!("{}: {}", refused.field.unwrap_or_default(), refused.message)
    }

    /// Everybody takes a week, from Monday nine o'clock on.
    fn weekly(&mut self, first: &str) -> String {
        let rotation = json!({ "first": first, "unit": "weeks", "length": 1, "people": self.members });
        self.run(json!({ "saveRotation": rotation })).created[0].clone()
    }

    fn board(&self, day: &str) -> Value {
        self.ask(json!({ "board": { "day": day, "weeks": 4 } }))
    }

    fn level(&self) -> String {
        self.board("2026-11-02")["levels"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Who answers in the four weeks from a day on: “Ana Mon 2 Nov 09:00 – Mon 9 Nov 09:00”, and why.
    fn told(&self, day: &str) -> Vec<String> {
        let board = self.board(day);
        let one = |bar: &Value| {
            let why = bar["why"].as_str().map(|why| format!(" {why}")).unwrap_or_default();
            format!("{} {}{why}", bar["name"].as_str().unwrap(), bar["said"].as_str().unwrap())
        };
        board["levels"][0]["shifts"].as_array().unwrap().iter().map(one).collect()
    }

    /// On which days of November and December a member is on call, as capacity has it.
    fn days(&self, member: usize) -> Vec<String> {
        let mut days = Vec::new();
        for month in ["2026-11-15", "2026-12-15"] {
            let month = self.desk.ask(json!({ "capacity": { "calendarMonth": { "day": month } } }));
            for day in month["weeks"].as_array().unwrap().iter().flat_map(|week| week.as_array().unwrap()) {
                let here = day["onCall"].as_array().unwrap().iter();
                if day["inMonth"] == true
                    && here.clone().any(|one| one["id"] == self.members[member].as_str())
                {
                    days.push(day["day"].as_str().unwrap().to_owned());
                }
            }
        }
        days
    }

    fn warnings(&self) -> Vec<String> {
        texts(&self.board("2026-11-02")["warnings"], "said")
    }

    fn take_over(&mut self, from: &str, to: &str, leaves: Option<usize>, takes: Option<usize>) -> Outcome {
        let who = |at: Option<usize>| at.map(|at| self.members[at].clone());
        let command = json!({ "takeOver": {
            "level": self.level(), "from": from, "to": to, "leaves": who(leaves), "takes": who(takes),
        } });
        self.run(command)
    }
}

fn texts(all: &Value, name: &str) -> Vec<String> {
    all.as_array().into_iter().flatten().map(|one| one[name].as_str().unwrap_or("?").to_owned()).collect()
}

#[test]
fn rule_11_1_a_weekly_rotation_says_who_answers_now_and_in_the_weeks_to_come() {
    let mut run = Run::new(&["Ana", "Bo", "Chidi"]);
    assert_eq!(run.board("2026-11-02")["levels"], json!([]));
    let set_up = run.weekly("2026-11-02 09:00");
    assert!(!set_up.is_empty());
    assert_eq!(
        run.told("2026-11-02"),
        [
            "Ana Mon 2 Nov 09:00 – Mon 9 Nov 09:00",
            "Bo Mon 9 Nov 09:00 – Mon 16 Nov 09:00",
            "Chidi Mon 16 Nov 09:00 – Mon 23 Nov 09:00",
            "Ana Mon 23 Nov 09:00 – Mon 30 Nov 00:00"
        ]
    );
    let now = run.ask(json!({ "now": {} }));
    assert_eq!((&now[0]["name"], &now[0]["levelName"]), (&json!("Ana"), &json!("Primary")));
    let later = run.ask(json!({ "now": { "at": run.desk.now().millis() + 8 * 86_400_000_i64 } }));
    assert_eq!(later[0]["name"], "Bo");
    let level = &run.board("2026-11-02")["levels"][0];
    assert_eq!(level["next"], "Bo takes over from Ana on Mon 9 Nov 09:00");
    assert_eq!(level["coverage"], "100 % covered, no gap");
    assert_eq!(level["rotations"][0]["said"], "handover Mon 09:00");
    let row = &level["loads"][0];
    assert_eq!(
        (&row["name"], &row["ahead"]["said"], &row["ahead"]["weekend"]),
        (&json!("Ana"), &json!("327 h"), &json!("96 h"))
    );
    // 168 ÷ 327 twice, and 168 ÷ 168.
    assert_eq!(level["fairnessAhead"], "fairness 0.67 (weekends 0.66)");
}

#[test]
fn rule_11_1_a_week_is_an_hour_longer_or_shorter_where_the_clock_changes() {
    let mut run = Run::new(&["Ana", "Bo"]);
    run.weekly("2026-11-02 09:00");
    let board = run.board("2027-03-22");
    let hours = |at: usize| {
        let bar = &board["levels"][0]["shifts"][at];
        (bar["to"].as_i64().unwrap() - bar["from"].as_i64().unwrap()) / 3_600_000
    };
    assert_eq!((hours(1), hours(2)), (167, 168));
}

#[test]
fn rule_2_1_capacity_reads_the_rotation_and_the_calendar_marks_the_same_truth() {
    let mut run = Run::new(&["Ana", "Bo"]);
    run.weekly("2026-11-02 09:00");
    assert_eq!(
        run.days(0)[..8],
        [
            "2026-11-02",
            "2026-11-03",
            "2026-11-04",
            "2026-11-05",
            "2026-11-06",
            "2026-11-07",
            "2026-11-08",
            "2026-11-16"
        ]
    );
    run.desk.run(json!({ "sprint": { "plan": {} } }));
    let rows = run.desk.ask(json!({ "capacity": { "calendarRows": {} } }));
    // Half of six hours on each of five working days; the Sprint of two weeks has Ana in its first.
    assert_eq!(
        (&rows["members"][0]["call"], &rows["members"][1]["call"]),
        (&json!(15 * 60), &json!(15 * 60))
    );
    let mark = |member: &str, day: &str, on: bool| {
        let days = json!([{ "member": member, "firstDay": day, "lastDay": day }]);
        json!({ "capacity": { "markOnCall": { "days": days, "onCall": on } } })
    };
    let (ana, bo) = (run.members[0].clone(), run.members[1].clone());
    run.desk.run(mark(&bo, "2026-11-04", true));
    assert!(
        run.days(1).contains(&"2026-11-04".to_owned()) && !run.days(0).contains(&"2026-11-04".to_owned()),
        "the day is Bo's now"
    );
    run.desk.run(mark(&ana, "2026-11-05", false));
    assert!(!run.days(0).contains(&"2026-11-05".to_owned()));
    assert_eq!(run.warnings(), ["Nobody is on call (Primary), Thu 5 Nov 00:00 – Fri 6 Nov 00:00"]);
    let again = run.desk.run(mark(&ana, "2026-11-05", false));
    assert_eq!(again.operation, None, "what nothing changes writes nothing");
    for _ in 0..2 {
        run.desk.run(json!({ "journal": { "undo": {} } }));
    }
    assert_eq!(run.warnings(), Vec::<String>::new());
    assert_eq!(
        run.days(0).len() + run.days(1).len(),
        60,
        "from the second of November to the end of December"
    );
}

#[test]
fn rule_11_2_overrides_swaps_and_stand_ins_keep_their_order_and_can_be_taken_back() {
    let mut run = Run::new(&["Ana", "Bo", "Chidi"]);
    run.weekly("2026-11-02 09:00");
    let level = run.level();
    let swap = run.run(json!({ "swapTurns": {
        "level": level, "one": run.desk.now().millis() + 7 * 86_400_000_i64 + 3_600_000, "other": run.desk.now().millis() + 15 * 86_400_000_i64,
    } }));
    assert_eq!(
        swap.title,
        "Bo and Chidi swap turns, Mon 9 Nov 09:00 – Mon 16 Nov 09:00 with Mon 16 Nov 09:00 – Mon 23 Nov 09:00"
    );
    let over = run.take_over("2026-11-11 08:00", "2026-11-11 20:00", None, Some(0));
    assert_eq!(over.title, "Ana is on call, Wed 11 Nov 08:00–20:00");
    assert_eq!(
        run.told("2026-11-02")[1..5],
        [
            "Chidi Mon 9 Nov 09:00 – Wed 11 Nov 08:00 in place of Bo (swap)",
            "Ana Wed 11 Nov 08:00–20:00 in place of Bo (takes over)",
            "Chidi Wed 11 Nov 20:00 – Mon 16 Nov 09:00 in place of Bo (swap)",
            "Bo Mon 16 Nov 09:00 – Mon 23 Nov 09:00 in place of Chidi (swap)"
        ]
    );
    let changes = run.board("2026-11-02")["levels"][0]["changes"].clone();
    assert_eq!(
        texts(&changes, "said"),
        ["Chidi swapped with Bo", "Ana takes over from Chidi", "Bo swapped with Chidi"]
    );
    let back = run.run(json!({ "removeChange": { "id": changes[0]["id"] } }));
    assert_eq!(back.title, "Take back swap, Mon 9 Nov 09:00 – Mon 16 Nov 09:00");
    let left = run.board("2026-11-02")["levels"][0]["changes"].clone();
    assert_eq!(texts(&left, "said"), ["Ana takes over from Chidi"], "a swap goes as a whole");
    assert_eq!(
        run.told("2026-11-02")[1],
        "Bo Mon 9 Nov 09:00 – Mon 16 Nov 09:00",
        "whose place was taken is no longer there"
    );
    let same = run
        .refused(json!({ "swapTurns": { "level": level, "one": run.desk.now(), "other": run.desk.now() } }));
    assert_eq!(same, "other: Both turns are the same person's.");
    let backwards = json!({ "takeOver": { "level": level, "from": "2026-11-12 10:00", "to": "2026-11-12 09:00", "takes": run.members[0] } });
    assert_eq!(run.refused(backwards), "to: The end does not lie after the beginning.");
}

#[test]
fn rule_11_3_leave_is_a_warning_until_somebody_stands_in_and_shifts_nobody_else() {
    let mut run = Run::new(&["Ana", "Bo", "Chidi"]);
    run.weekly("2026-11-02 09:00");
    let level = run.level();
    let absence = json!({ "member": run.members[1], "firstDay": "2026-11-10", "lastDay": "2026-11-12" });
    let id = run.desk.run(json!({ "capacity": { "addAbsence": absence } })).created[0].clone();
    let before = run.told("2026-11-02");
    assert_eq!(run.warnings(), ["Bo is on call (Primary) and away, Tue 10 Nov 00:00 – Fri 13 Nov 00:00"]);
    let warning = run.board("2026-11-02")["warnings"][0].clone();
    assert_eq!(texts(&warning["standIns"], "name"), ["Chidi", "Ana"], "who carries least comes first");
    let stand_in = json!({ "standIn": {
        "level": level, "leaves": run.members[1], "takes": run.members[2], "from": warning["from"], "to": warning["to"],
    } });
    assert_eq!(
        run.run(stand_in.clone()).title,
        "Chidi stands in for Bo, Tue 10 Nov 00:00 – Fri 13 Nov 00:00"
    );
    assert_eq!(run.warnings(), Vec::<String>::new());
    let told = run.told("2026-11-02");
    assert_eq!(told[2], "Chidi Tue 10 Nov 00:00 – Fri 13 Nov 00:00 in place of Bo (leave)");
    assert_eq!(told[4..], before[2..], "nobody else's turn moves");
    run.desk.run(json!({ "capacity": { "removeAbsence": { "id": id } } }));
    assert_eq!(run.told("2026-11-02"), before, "leave that is called off gives the turn back");
    assert_eq!(run.refused(stand_in), "leaves: Bo is not away then.");
}

#[test]
fn rule_11_2_the_past_is_recorded_and_stays_when_the_rotation_changes() {
    let mut run = Run::new(&["Ana", "Bo", "Chidi"]);
    let id = run.weekly("2026-11-02 09:00");
    run.desk.clock("2026-11-18 12:00");
    let people = [run.members[1].clone(), run.members[0].clone()];
    let change = json!({ "saveRotation": {
        "id": id, "level": run.level(), "first": "2026-11-16 09:00", "unit": "weeks", "length": 1, "people": people,
    } });
    assert_eq!(run.run(change).title, "Change rotation Weekly of Primary");
    assert_eq!(
        run.told("2026-11-02"),
        [
            "Ana Mon 2 Nov 09:00 – Mon 9 Nov 09:00",
            "Bo Mon 9 Nov 09:00 – Mon 16 Nov 09:00",
            "Chidi Mon 16 Nov 09:00 – Wed 18 Nov 12:00",
            "Bo Wed 18 Nov 12:00 – Mon 23 Nov 09:00",
            "Ana Mon 23 Nov 09:00 – Mon 30 Nov 00:00"
        ],
        "until now it was Chidi"
    );
    // Somebody else really was on call: the past is corrected, and stays corrected.
    let over = run.take_over("2026-11-10", "2026-11-10", Some(1), Some(2));
    assert_eq!(over.title, "Chidi takes over from Bo, Tue 10 Nov 00:00 – Wed 11 Nov 00:00");
    let told = run.told("2026-11-02");
    assert_eq!(
        told[1..4],
        [
            "Bo Mon 9 Nov 09:00 – Tue 10 Nov 00:00",
            "Chidi Tue 10 Nov 00:00 – Wed 11 Nov 00:00",
            "Bo Wed 11 Nov 00:00 – Mon 16 Nov 09:00"
        ]
    );
    run.desk.clock("2026-11-25 12:00");
    run.run(json!({ "endRotation": { "id": id } }));
    assert_eq!(run.told("2026-11-02")[..4], told[..4]);
    assert_eq!(run.told("2026-11-30"), Vec::<String>::new());
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_11_1_a_rotation_that_changes_later_goes_on_until_then() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let id = run.weekly("2026-11-02 09:00");
    let people = [run.members[1].clone()];
    run.run(json!({ "saveRotation": {
        "id": id, "level": run.level(), "name": "Bo alone", "first": "2026-11-18 12:00", "unit": "days", "length": 1, "people": people,
    } }));
    assert_eq!(
        run.told("2026-11-02"),
        [
            "Ana Mon 2 Nov 09:00 – Mon 9 Nov 09:00",
            "Bo Mon 9 Nov 09:00 – Mon 16 Nov 09:00",
            "Ana Mon 16 Nov 09:00 – Wed 18 Nov 12:00",
            "Bo Wed 18 Nov 12:00 – Mon 30 Nov 00:00"
        ]
    );
    let cards = run.board("2026-11-02")["levels"][0]["rotations"].clone();
    assert_eq!(texts(&cards, "said"), ["daily, handover 12:00", "handover Mon 09:00"]);
    assert_eq!(cards[1]["ends"], "Wed 18 Nov 12:00");
}

#[test]
fn rule_11_3_restrictions_leave_gaps_where_somebody_should_answer_at_all_hours() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let nights = json!({ "saveRotation": {
        "levelName": "Primary", "name": "Nights", "first": "2026-11-02 20:00", "unit": "weeks", "length": 1, "people": run.members,
        "only": [{ "days": 127, "from": "20:00", "to": "08:00" }],
    } });
    run.run(nights);
    let level = run.board("2026-11-02")["levels"][0].clone();
    assert_eq!(level["coverage"], "100 % covered, no gap", "while its rotations answer");
    assert_eq!(run.days(0), Vec::<String>::new(), "a night alone takes nothing of a working day");
    let change = json!({ "changeLevel": { "id": level["id"], "allHours": true, "name": "First line" } });
    assert_eq!(run.run(change).title, "Change on-call level First line");
    let level = run.board("2026-11-02")["levels"][0].clone();
    assert_eq!(level["coverage"], "50.30 % covered, 27 gaps of 324 h");
    assert_eq!(level["gaps"][0]["said"], "Tue 3 Nov 08:00–20:00");
    let refused = |only: Value| json!({ "saveRotation": { "first": "2026-11-02 20:00", "unit": "weeks", "length": 1, "people": run.members, "only": only } });
    let (no_day, no_time) = (
        refused(json!([{ "days": 0, "from": "20:00", "to": "08:00" }])),
        refused(json!([{ "days": 1, "from": "8", "to": "08:00" }])),
    );
    assert_eq!(run.refused(no_day), "only: A time of the week has no day.");
    assert_eq!(run.refused(no_time), "only: “8” is no time of day.");
    let nobody =
        json!({ "saveRotation": { "first": "2026-11-02", "unit": "weeks", "length": 1, "people": [] } });
    assert_eq!(run.refused(nobody), "people: Nobody takes a turn.");
    let zone = json!({ "saveRotation": { "first": "2026-11-02", "unit": "weeks", "length": 1, "people": run.members, "zone": "Mars/North" } });
    assert_eq!(run.refused(zone), "zone: “Mars/North” is not a time zone.");
}

#[test]
fn several_levels_warn_where_one_person_would_be_called_twice() {
    let mut run = Run::new(&["Ana", "Bo"]);
    run.weekly("2026-11-02 09:00");
    let people = [run.members[0].clone()];
    run.run(json!({ "saveRotation": { "levelName": "Secondary", "first": "2026-11-02 09:00", "unit": "weeks", "length": 1, "people": people } }));
    assert_eq!(
        run.warnings()[0],
        "Ana is on call at two levels (Primary and Secondary), Mon 2 Nov 09:00 – Mon 9 Nov 09:00"
    );
    assert_eq!(run.ask(json!({ "now": {} })).as_array().unwrap().len(), 2);
    assert_eq!(run.days(0).len(), 32, "the second level takes nothing of the day");
    let secondary = run.board("2026-11-02")["levels"][1]["id"].clone();
    assert_eq!(
        run.run(json!({ "removeLevel": { "id": secondary } })).title,
        "Remove on-call level Secondary"
    );
    assert_eq!(run.warnings(), Vec::<String>::new());
}

#[test]
fn a_fair_rota_gives_reasons_spares_who_is_away_and_is_one_step() {
    let mut run = Run::new(&["Ana", "Bo", "Chidi"]);
    let id = run.weekly("2026-11-02 09:00");
    let absence = json!({ "member": run.members[1], "firstDay": "2026-11-10", "lastDay": "2026-11-12" });
    run.desk.run(json!({ "capacity": { "addAbsence": absence } }));
    let before = run.desk.team.dump().unwrap();
    let question = json!({ "rota": { "rotation": id, "turns": 4 } });
    let rota = run.ask(question.clone());
    let told: Vec<String> = rota["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| {
            format!(
                "{} (was {}): {}",
                turn["name"].as_str().unwrap(),
                turn["now"].as_str().unwrap(),
                turn["reason"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "Chidi (was Bo): The others are away, or have the turn before. Bo is away.",
            "Bo (was Chidi): Least on weekends and holidays: 0 h; the others 48 h and more.",
            "Ana (was Ana): As much as others; the last turn is longest ago.",
            "Chidi (was Bo): As much as others; the last turn is longest ago."
        ]
    );
    assert_eq!(rota["changed"], 3);
    assert_eq!(run.desk.team.dump().unwrap(), before, "a preview changes nothing");
    let picks = json!([{ "from": rota["turns"][3]["from"], "member": run.members[1] }]);
    let applied = run.run(json!({ "applyRota": { "rotation": id, "turns": 4, "picks": picks } }));
    assert_eq!(
        (applied.title.as_str(), applied.note.as_deref()),
        ("Give out 4 turns of Weekly", Some("2 turns changed hands."))
    );
    assert_eq!(
        run.told("2026-11-02")[..4],
        [
            "Ana Mon 2 Nov 09:00 – Mon 9 Nov 09:00",
            "Chidi Mon 9 Nov 09:00 – Mon 16 Nov 09:00 in place of Bo (rota)",
            "Bo Mon 16 Nov 09:00 – Mon 23 Nov 09:00 in place of Chidi (rota)",
            "Ana Mon 23 Nov 09:00 – Mon 30 Nov 00:00"
        ]
    );
    assert_eq!(run.warnings(), Vec::<String>::new());
    run.take_over("2026-11-16 09:00", "2026-11-23 09:00", Some(1), Some(0));
    let again = run.ask(question);
    assert_eq!(
        (&again["turns"][1]["agreed"], &again["turns"][1]["name"]),
        (&json!(true), &json!("Ana")),
        "what people agreed stays"
    );
    let wrong = json!({ "applyRota": { "rotation": id, "turns": 4, "picks": [{ "from": 0, "member": run.members[0] }] } });
    assert_eq!(run.refused(wrong), ": A picked turn is none of this rota.");
    for _ in 0..2 {
        run.desk.run(json!({ "journal": { "undo": {} } }));
    }
    assert_eq!(run.desk.team.dump().unwrap(), before);
}

#[test]
fn a_rota_and_stand_ins_spare_who_is_on_call_at_another_level() {
    let mut run = Run::new(&["Ana", "Bo", "Chidi"]);
    let id = run.weekly("2026-11-02 09:00");
    let people = [run.members[1].clone()];
    run.run(json!({ "saveRotation": { "levelName": "Secondary", "first": "2026-11-02 09:00", "unit": "weeks", "length": 1, "people": people } }));
    for (member, first, last) in [(0, "2026-11-03", "2026-11-03"), (2, "2026-11-10", "2026-11-12")] {
        let absence = json!({ "member": run.members[member], "firstDay": first, "lastDay": last });
        run.desk.run(json!({ "capacity": { "addAbsence": absence } }));
    }
    let rota = run.ask(json!({ "rota": { "rotation": id, "turns": 2 } }));
    let told: Vec<String> = texts(&rota["turns"], "name")
        .into_iter()
        .zip(texts(&rota["turns"], "reason"))
        .map(|(name, reason)| format!("{name}: {reason}"))
        .collect();
    assert_eq!(
        told,
        [
            "Ana: The others are away, or on call at another level. Chidi is away. Bo is on call at another level.",
            "Chidi: The others are away, on call at another level, or have the turn before. Bo is on call at another level."
        ]
    );
    let board = run.board("2026-11-02");
    let away = |one: &&Value| one["said"].as_str().unwrap().starts_with("Ana is on call (Primary) and away");
    let warning = board["warnings"].as_array().unwrap().iter().find(away).unwrap();
    assert_eq!(texts(&warning["standIns"], "name"), ["Chidi"], "Bo answers at the second level then");
}

#[test]
fn the_handover_tells_what_is_open_what_happened_and_what_to_watch() {
    let mut run = Run::new(&["Ana", "Bo"]);
    assert_eq!(run.ask(json!({ "handover": {} })), Value::Null);
    run.weekly("2026-11-02 09:00");
    run.desk.clock("2026-11-04 23:30");
    let report = |title: &str, severity: &str| json!({ "interrupt": { "report": { "title": title, "severity": severity } } });
    let over = run.desk.run(report("Checkout is slow", "P1")).created[0].clone();
    run.desk.run(json!({ "interrupt": { "end": { "interrupt": over } } }));
    run.desk.run(report("Payouts stand still", "P2"));
    let level = run.level();
    let note =
        run.run(json!({ "writeHandoverNote": { "level": level, "text": "Watch the queue of payouts." } }));
    assert_eq!(note.title, "Write handover note for Mon 9 Nov 09:00");
    let page = run.ask(json!({ "handover": {} }));
    assert_eq!(page["said"], "Ana hands over to Bo on Mon 9 Nov 09:00");
    assert_eq!(
        (texts(&page["open"], "title"), texts(&page["happened"], "title")),
        (vec!["Payouts stand still".to_owned()], vec!["Checkout is slow".to_owned()])
    );
    assert_eq!(page["notes"][0]["text"], "Watch the queue of payouts.");
    let markdown = page["markdown"].as_str().unwrap();
    assert!(markdown.contains("**What to watch**\n\n- Watch the queue of payouts.\n"), "{markdown}");
    assert_eq!(
        run.refused(json!({ "writeHandoverNote": { "level": level, "text": " " } })),
        "text: The note is empty."
    );
    run.desk.clock("2026-11-05 08:30");
    let load = run.board("2026-11-02")["levels"][0]["loads"][0]["past"].clone();
    assert_eq!((&load["pages"], &load["asleep"]), (&json!(2), &json!(2)), "both came at night");
}

#[test]
fn rule_2_3_six_past_shifts_measure_what_being_on_call_takes() {
    let mut run = Run::new(&["Ana", "Bo"]);
    run.weekly("2026-11-02 09:00");
    let factor = run.ask(json!({ "factor": {} }));
    assert_eq!(
        (&factor["measured"], &factor["known"], &factor["holds"]),
        (&Value::Null, &json!(0), &json!(5000))
    );
    run.desk.clock("2026-11-03 10:00");
    let id = run.desk.run(json!({ "interrupt": { "report": { "title": "Alerts" } } })).created[0].clone();
    // Each shift of 30 h has 9 h of interrupts, the other person's week 1.5 h.
    for week in 0..6 {
        let day = 3 + 7 * week;
        let (month, day) = if day > 30 { (12, day - 30) } else { (11, day) };
        run.desk.clock(&format!("2026-{month}-{day:02} 18:00"));
        let (on, off) = if week % 2 == 0 { (0, 1) } else { (1, 0) };
        for (member, hours) in [(on, "9"), (off, "1.5")] {
            let add = json!({ "interrupt": id, "time": hours, "member": run.members[member] });
            run.desk.run(json!({ "interrupt": { "addHours": add } }));
        }
    }
    run.desk.clock("2026-12-14 10:00");
    let factor = run.ask(json!({ "factor": {} }));
    assert_eq!((&factor["known"], &factor["measured"]), (&json!(6), &json!(2500)));
    assert_eq!(
        factor["said"],
        "Interrupts took 30 % of the working time on the last 6 shifts (median; 30 % to 30 %, since 2 November), and 5 % of \
         it on other days: being on call took 25 % of a day."
    );
    assert_eq!(factor["shifts"][0]["said"], "9 h of 30 h, 30 %");
    run.desk.run(json!({ "capacity": { "setOnCallFactor": { "share": "25 %" } } }));
    assert_eq!(run.ask(json!({ "factor": {} }))["holds"], 2500);
}

#[test]
fn rule_4_4_context_switching_reads_who_really_was_on_call() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let sprint = run.desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
    let item = json!({ "title": "Instant transfer", "kind": "feature", "size": 500 });
    let item = run.desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone();
    run.desk.run(json!({ "sprint": { "selectItems": { "sprint": sprint, "items": [item] } } }));
    run.desk.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    run.weekly("2026-11-02 09:00");
    run.desk.clock("2026-11-03 10:00");
    let id = run.desk.run(json!({ "interrupt": { "report": { "title": "Alerts" } } })).created[0].clone();
    for (member, hours) in [(0, "2"), (1, "1")] {
        let add = json!({ "interrupt": id, "time": hours, "member": run.members[member] });
        run.desk.run(json!({ "interrupt": { "addHours": add } }));
    }
    let said = run.desk.ask(json!({ "interrupt": { "ofSprint": {} } })).to_string();
    assert!(said.contains("2 h by whoever was on call, 1 h by the rest of the team."), "{said}");
}

#[test]
fn who_leaves_the_team_leaves_the_rotation_and_undo_brings_all_back() {
    let mut run = Run::new(&["Ana", "Bo"]);
    run.weekly("2026-11-02 09:00");
    run.take_over("2026-11-10", "2026-11-11", None, Some(0));
    let before = run.desk.team.dump().unwrap();
    run.desk.run(json!({ "team": { "removeMember": { "id": run.members[0] } } }));
    assert_eq!(run.told("2026-11-02"), ["Bo Mon 2 Nov 09:00 – Mon 30 Nov 00:00"]);
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.desk.team.dump().unwrap(), before);
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_3_5_what_a_closed_sprint_asked_of_those_on_call_never_changes() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let days = json!({ "firstDay": "2026-11-02", "lastDay": "2026-11-13" });
    let sprint = run.desk.run(json!({ "sprint": { "plan": days } })).created[0].clone();
    let item = json!({ "title": "Instant transfer", "kind": "feature", "size": 500 });
    let item = run.desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone();
    run.desk.run(json!({ "sprint": { "selectItems": { "sprint": sprint, "items": [item] } } }));
    run.desk.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    run.weekly("2026-11-02 09:00");
    run.desk.clock("2026-11-03 03:00");
    run.desk.run(json!({ "interrupt": { "report": { "title": "Checkout is down", "severity": "P1" } } }));
    run.desk.clock("2026-11-13 17:00");
    let told = run.ask(json!({ "ofSprint": {} }));
    let level = &told["levels"][0];
    assert_eq!((&level["name"], &level["coverage"]), (&json!("Primary"), &json!("100 % covered, no gap")));
    let said =
        |at: usize| (level["loads"][at]["name"].clone(), level["loads"][at]["carried"]["said"].clone());
    // Until the close on Friday the thirteenth at five.
    assert_eq!((said(0), said(1)), ((json!("Ana"), json!("168 h")), (json!("Bo"), json!("104 h"))));
    let ana = &level["loads"][0]["carried"];
    assert_eq!((&ana["pages"], &ana["asleep"]), (&json!(1), &json!(1)));
    let decisions = json!([{ "item": item, "decision": "productBacklog" }]);
    run.desk.run(json!({ "sprint": { "close": { "sprint": sprint, "decisions": decisions } } }));
    run.take_over("2026-11-04", "2026-11-06", Some(0), Some(1));
    let rename = json!({ "changeMember": { "id": run.members[0], "name": "Anna" } });
    run.desk.run(json!({ "team": rename }));
    assert_eq!(run.ask(json!({ "ofSprint": { "sprint": sprint } })), told);
    assert_eq!(run.ask(json!({ "ofSprint": {} })), Value::Null, "no Sprint runs");
}
