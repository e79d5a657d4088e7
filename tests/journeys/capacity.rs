//! The team's calendar: absences, the on-call roster, shared members, public holidays, and what Sprints read of it.

use app::Outcome;
use evenkeel_tests::Desk;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A team of people with six hours a day.
struct Run {
    desk: Desk,
    members: Vec<String>,
}

impl Run {
    /// In Zurich, at nine on Monday 2 November 2026, when its first Sprint begins.
    fn new(names: &[&str]) -> Run {
        Run::at("2026-11-02 09:00", names)
    }

    fn at(local: &str, names: &[&str]) -> Run {
        let mut desk = Desk::at(local);
        let mut add = |name: &&str| {
            desk.run(json!({ "team": { "addMember": { "name": name, "hours": "6" } } })).created[0].clone()
        };
        let members = names.iter().map(&mut add).collect();
        Run { desk, members }
    }

    fn plan(&mut self) -> String {
        self.desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone()
    }

    /// Selects an item into a Sprint and starts it.
    fn start(&mut self, sprint: &str) {
        let item = json!({ "title": "Instant transfer", "kind": "feature", "size": 500 });
        let item = self.desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone();
        self.desk.run(json!({ "sprint": { "selectItems": { "sprint": sprint, "items": [item] } } }));
        self.desk.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    }

    fn close(&mut self, sprint: &str) {
        let summary = self.desk.ask(json!({ "sprint": { "closeSummary": { "sprint": sprint } } }));
        let decide = |item: &Value| json!({ "item": item["id"], "decision": "productBacklog" });
        let decisions: Vec<Value> = summary["unfinished"].as_array().unwrap().iter().map(decide).collect();
        self.desk.run(json!({ "sprint": { "close": { "sprint": sprint, "decisions": decisions } } }));
    }

    fn run(&mut self, command: Value) -> Outcome {
        self.desk.run(json!({ "capacity": command }))
    }

    fn away(&mut self, member: usize, first: &str, last: &str, away: &str) -> Outcome {
        let member = &self.members[member];
        let absence = json!({ "member": member, "firstDay": first, "lastDay": last, "away": away });
        self.run(json!({ "addAbsence": absence }))
    }

    fn days(&self, member: usize, first: &str, last: &str) -> Value {
        json!({ "member": self.members[member], "firstDay": first, "lastDay": last })
    }

    fn on_call(&mut self, member: usize, first: &str, last: &str) -> Outcome {
        let days = self.days(member, first, last);
        self.run(json!({ "markOnCall": { "days": [days], "onCall": true } }))
    }

    #[track_caller]
    fn refused(&mut self, command: Value) -> String {
        let before = self.desk.team.dump().unwrap();
        let refused = self.desk.refused(json!({ "capacity": command }));
        assert_eq!(self.desk.team.dump().unwrap(), before, "a refused command leaves nothing");
        format!(
            "{}: {} {}",
            refused.field.unwrap_or_default(),
            refused.message,
            refused.hint.unwrap_or_default()
        )
    }

    fn ask(&self, query: Value) -> Value {
        self.desk.ask(json!({ "capacity": query }))
    }

    fn sheet(&self, sprint: &str) -> Value {
        self.ask(json!({ "capacitySheet": { "sprint": sprint } }))
    }

    /// What each member's hours in a Sprint are made of.
    fn said(&self, sprint: &str) -> Vec<String> {
        let plan = self.ask(json!({ "planBoard": { "sprint": sprint } }))["plan"].clone();
        texts(&plan["members"], "said")
    }

    fn net(&self, sprint: &str) -> i64 {
        self.sheet(sprint)["total"]["net"].as_i64().unwrap()
    }

    /// How the running Sprint moved: in all, then each member.
    fn moved(&self, sprint: &str) -> Vec<String> {
        let moved = self.sheet(sprint)["moved"].clone();
        let mut said = vec![moved["said"].as_str().unwrap_or("not started").to_owned()];
        said.extend(texts(&moved["members"], "said"));
        said
    }

    /// Rows of the tables that a calendar does not consist of.
    fn elsewhere(&self) -> Vec<String> {
        let calendar = ["absence ", "on_call_shift ", "on_call_level ", "on_call_factor "];
        let mut rows = self.desk.team.dump().unwrap();
        rows.retain(|row| !calendar.iter().any(|table| row.starts_with(table)));
        rows
    }

    fn rows(&self, table: &str) -> usize {
        let table = format!("{table} ");
        self.desk.team.dump().unwrap().iter().filter(|row| row.starts_with(&table)).count()
    }
}

fn texts(all: &Value, name: &str) -> Vec<String> {
    let text = |one: &Value| one[name].as_str().unwrap_or("?").to_owned();
    all.as_array().into_iter().flatten().map(text).collect()
}

#[test]
fn rule_2_1_absences_and_on_call_days_take_their_part_and_are_told_apart() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let sprint = run.plan();
    assert_eq!(run.said(&sprint), ["60 h less 10 h of Scrum events", "60 h less 10 h of Scrum events"]);
    assert_eq!(run.away(0, "2026-11-04", "", "").title, "Ana away on 4 November");
    assert_eq!(run.said(&sprint)[0], "60 h less 9.75 h of Scrum events, 6 h away");
    assert_eq!(run.away(0, "2026-11-05", "2026-11-06", "half").title, "Ana half a day away 5–6 November");
    assert_eq!(run.said(&sprint)[0], "60 h less 9.75 h of Scrum events, 12 h away");
    assert_eq!(run.on_call(0, "2026-11-06", "2026-11-08").title, "Ana on call 6–8 November");
    // On Friday the half day that is left is halved; on Saturday and Sunday there is no hour to take.
    assert_eq!(run.said(&sprint)[0], "60 h less 9.75 h of Scrum events, 12 h away, 1.5 h on call");
    let sheet = run.sheet(&sprint);
    let minutes = |name: &str| sheet["members"][0][name].as_i64().unwrap();
    assert_eq!(
        minutes("gross") - minutes("away") - minutes("call") - minutes("events"),
        minutes("net"),
        "what takes what adds up"
    );
    assert_eq!(minutes("net"), 2205);
    assert_eq!(run.said(&sprint)[1], "60 h less 10 h of Scrum events", "the others are as they were");
    assert_eq!(sheet["said"], "86.8 h: 120 h less 19.75 h of Scrum events, 12 h away, 1.5 h on call");
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_2_1_an_absence_takes_a_part_of_a_day_as_people_write_it() {
    let mut run = Run::new(&["Ana"]);
    let sprint = run.plan();
    run.away(0, "2026-11-04", "", "2 h");
    run.away(0, "2026-11-05", "", "25 %");
    run.away(0, "2026-11-06", "", "1:30");
    assert_eq!(run.said(&sprint), ["60 h less 10 h of Scrum events, 5 h away"]);
    let form = |first: &str, last: &str, away: &str| json!({ "addAbsence": { "member": run.members[0], "firstDay": first, "lastDay": last, "away": away } });
    let commands = [
        form("2026-11-09", "2026-11-08", ""),
        form("soon", "", ""),
        form("2026-11-09", "", "a while"),
        form("2026-11-09", "", "7 h"),
        form("2026-11-09", "", "some h"),
        form("2026-11-09", "", "0 %"),
        form("2026-11-09", "2029-11-09", ""),
        form("2026-11-01", "2026-11-30", "whole"),
    ];
    let said: Vec<String> = commands.into_iter().map(|command| run.refused(command)).collect();
    assert_eq!(
        said,
        [
            "lastDay: The last day, 8 November, lies before the first, 9 November. Choose a later last day, or an earlier first one.",
            "firstDay: “soon” is not a day. Write it such as 2026-12-24.",
            "away: “a while” is no part of a day. Write half, a part such as 25 %, or hours such as 2 h.",
            "away: 116.67 % of a day is no absence. An absence takes more than 0 % and at most 100 % of each day.",
            "away: “some” is no number of hours. Write it such as 6, 7.5 or 7:30.",
            "away: 0 % of a day is no absence. An absence takes more than 0 % and at most 100 % of each day.",
            "lastDay: 1097 days are more than two years. Give them their last day in Settings instead.",
            "firstDay: Ana 33.33 % of a day away on 4 November already. Change that absence, or choose other days.",
        ]
    );
}

#[test]
fn rule_2_2_an_absence_crosses_sprints_and_each_reads_its_days() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let sprints = [run.plan(), run.plan(), run.plan()];
    let before: Vec<i64> = sprints.iter().map(|sprint| run.net(sprint)).collect();
    let absence = json!({ "member": run.members[0], "firstDay": "2026-11-12", "lastDay": "2026-11-17", "note": "Moving house" });
    let id = run.run(json!({ "addAbsence": absence })).created[0].clone();
    // Thursday 5.75 h and Friday, which holds Review and Retrospective, 2.25 h; Monday with Planning 1.75 h, Tuesday 5.75 h.
    assert_eq!(run.net(&sprints[0]), before[0] - 8 * 60);
    assert_eq!(run.net(&sprints[1]), before[1] - 450);
    assert_eq!(run.net(&sprints[2]), before[2]);
    let days =
        json!({ "firstDay": "2026-11-12", "lastDay": "2026-11-13", "away": "half", "note": "Moving house" });
    let change = json!({ "changeAbsence": with(&days, "id", &id) });
    assert_eq!(run.run(change).title, "Change absence: Ana half a day away 12–13 November");
    assert_eq!(run.net(&sprints[1]), before[1]);
    let over = json!({ "addAbsence": { "member": run.members[0], "firstDay": "2026-11-13" } });
    assert_eq!(
        run.refused(over),
        "firstDay: Ana half a day away 12–13 November (Moving house) already. Change that absence, or choose other days."
    );
    run.away(1, "2026-11-13", "", "");
    let gone = run.run(json!({ "removeAbsence": { "id": id } }));
    assert_eq!(gone.title, "Ana is there 12–13 November");
    assert_eq!(run.rows("absence"), 1);
    for _ in 0..4 {
        run.desk.run(json!({ "journal": { "undo": {} } }));
    }
    assert_eq!(run.rows("absence"), 0);
    assert_eq!(sprints.iter().map(|sprint| run.net(sprint)).collect::<Vec<_>>(), before);
}

fn with(object: &Value, name: &str, value: &str) -> Value {
    let mut object = object.clone();
    object[name] = json!(value);
    object
}

#[test]
fn rule_2_2_a_running_sprint_keeps_what_it_committed_and_says_how_it_moved() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let sprint = run.plan();
    run.away(1, "2026-11-10", "", "");
    run.start(&sprint);
    assert_eq!(run.moved(&sprint), ["94.25 h, as at the start"]);
    let on_board =
        |run: &Run| run.desk.ask(json!({ "sprint": { "board": {} } }))["sprint"]["capacityMoved"].clone();
    assert_eq!(on_board(&run), Value::Null, "the board says nothing of what did not move");
    let elsewhere = run.elsewhere();
    run.away(0, "2026-11-04", "2026-11-05", "");
    assert_eq!(
        run.moved(&sprint),
        [
            "82.75 h, 11.5 h less than the 94.25 h at the start",
            "Ana −11.5 h: away Wednesday 4 November – Thursday 5 November"
        ]
    );
    assert_eq!(on_board(&run)["said"], "82.75 h, 11.5 h less than the 94.25 h at the start");
    run.on_call(0, "2026-11-06", "2026-11-09");
    let days = run.days(1, "2026-11-10", "2026-11-10");
    assert_eq!(
        run.run(json!({ "markAway": { "days": [days], "away": 0 } })).title,
        "Bo there on 10 November"
    );
    assert_eq!(
        run.moved(&sprint),
        [
            "82.5 h, 11.75 h less than the 94.25 h at the start",
            "Ana −17.5 h: away Wednesday 4 November – Thursday 5 November; on call Friday 6 November – Monday 9 November",
            "Bo +5.75 h: there Tuesday 10 November"
        ]
    );
    assert_eq!(run.elsewhere(), elsewhere, "entering an absence changes nothing else");
    assert_eq!(run.net(&sprint), 5655, "the sheet of a started Sprint is the committed one");
    let sealed = run.moved(&sprint);
    run.close(&sprint);
    assert_eq!(run.moved(&sprint), sealed);
    run.away(0, "2026-11-11", "", "");
    run.desk.run(json!({ "team": { "addHoliday": { "day": "2026-11-12" } } }));
    assert_eq!(run.moved(&sprint), sealed, "a closed Sprint's report never changes");
    let report = run.desk.ask(json!({ "sprint": { "report": { "sprint": sprint } } }));
    assert_eq!(report["capacity"]["said"], sealed[0]);
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_2_3_being_on_call_takes_half_a_day_unless_the_team_says_otherwise() {
    let mut run = Run::new(&["Ana"]);
    let sprint = run.plan();
    run.on_call(0, "2026-11-04", "2026-11-05");
    assert_eq!(run.said(&sprint), ["60 h less 10 h of Scrum events, 6 h on call"]);
    let set = json!({ "setOnCallFactor": { "share": "30 %", "validFrom": "2026-11-05" } });
    assert_eq!(run.run(set).title, "Being on call takes 30 % of a day from 5 November");
    assert_eq!(run.said(&sprint), ["60 h less 10 h of Scrum events, 4.8 h on call"], "the day before stays");
    let refused = run.refused(json!({ "setOnCallFactor": { "share": "most" } }));
    assert_eq!(refused, "share: “most” is no part of a day. Write it such as 50 %, from 0 % to 100 %.");
    let rows = run.ask(json!({ "calendarRows": {} }));
    assert_eq!(
        (&rows["onCallFactor"], &rows["onCallLater"]),
        (&json!(5000), &json!(["30 % from 5 November"]))
    );
    let days = run.days(0, "2026-11-05", "2026-11-05");
    let off = run.run(json!({ "markOnCall": { "days": [days], "onCall": false } }));
    assert_eq!(off.title, "Ana not on call on 5 November");
    assert_eq!(run.said(&sprint), ["60 h less 10 h of Scrum events, 3 h on call"]);
    let again =
        json!({ "markOnCall": { "days": [run.days(0, "2026-11-05", "2026-11-05")], "onCall": false } });
    assert_eq!(run.run(again).operation, None, "what nothing changes writes nothing");
}

#[test]
fn rule_2_4_planned_points_follow_absences_and_shares() {
    let mut run = Run::new(&["Ana", "Bo", "Chidi", "Dana", "Emil"]);
    // 31 points over 7 people × 6 days with a 10 % buffer: focus 0.82.
    run.desk.run(json!({ "sprint": { "recordPast": {
        "name": "Sprint 41", "firstDay": "2026-10-19", "lastDay": "2026-10-26", "completed": "31", "personDays": "42"
    } } }));
    let none = json!({ "daily": "0", "planning": "0", "review": "0", "retrospective": "0" });
    run.desk.run(json!({ "team": { "setScrumEvents": none } }));
    let days = json!({ "firstDay": "2026-11-02", "lastDay": "2026-11-09" });
    let sprint = run.desk.run(json!({ "sprint": { "plan": days } })).created[0].clone();
    let points = |run: &Run| run.sheet(&sprint)["pointsSaid"].clone();
    assert_eq!(points(&run), "22.14 points", "5 × 6 person-days");
    let lanes = run.sheet(&sprint)["lanes"].clone();
    assert_eq!((&lanes[0]["points"], &lanes[1]["points"]), (&json!(1476), &json!(738)));
    // A day and a half less: 28.5 of 30 person-days.
    run.away(0, "2026-11-04", "", "");
    run.away(1, "2026-11-04", "", "half");
    assert_eq!(run.sheet(&sprint)["total"]["personDays"], 28500);
    assert_eq!(points(&run), "21.04 points");
    // Half of Emil: three person-days less.
    let share = json!({ "shareMember": { "member": run.members[4], "share": "50 %" } });
    assert_eq!(run.run(share).title, "Emil works 50 % of a day for this team from 2 November");
    assert_eq!(run.sheet(&sprint)["total"]["personDays"], 25500);
    assert_eq!(points(&run), "18.82 points");
    assert_eq!(run.sheet(&sprint)["members"][4]["gross"], 18 * 60, "their hours for this team");
    let refused = run.refused(json!({ "shareMember": { "member": run.members[4], "share": "0" } }));
    assert_eq!(
        refused,
        "share: “0” is no part of a day. Write it such as 60 %; 100 % is a member of this team alone."
    );
    let all =
        json!({ "shareMember": { "member": run.members[4], "share": "100 %", "validFrom": "2026-11-05" } });
    assert_eq!(run.run(all).title, "Emil works for this team alone from 5 November");
    assert_eq!(run.sheet(&sprint)["total"]["personDays"], 27000, "three half days, then whole ones");
}

#[test]
fn days_are_marked_as_with_a_pen() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let sprint = run.plan();
    let absence = json!({ "member": run.members[0], "firstDay": "2026-11-02", "lastDay": "2026-11-13", "note": "Holiday" });
    run.run(json!({ "addAbsence": absence }));
    let days = [run.days(0, "2026-11-05", "2026-11-06"), run.days(1, "2026-11-05", "2026-11-06")];
    let marked = run.run(json!({ "markAway": { "days": days, "away": 5000 } }));
    assert_eq!(marked.title, "Ana, Bo half a day away 5–6 November");
    let cells = |run: &Run| -> Vec<String> {
        let rows = run.ask(json!({ "calendarRows": { "sprint": sprint } }));
        let member = |row: &Value| {
            let cell = |cell: &Value| match (cell["kind"].as_str(), cell["presence"].as_i64()) {
                (Some("works"), Some(0)) => 'A',
                (Some("works"), Some(5000)) => 'H',
                (Some("works"), _) => '.',
                _ => '-',
            };
            row["cells"].as_array().unwrap().iter().map(cell).collect()
        };
        rows["members"].as_array().unwrap().iter().map(member).collect()
    };
    assert_eq!(cells(&run), ["AAAHH--AAAAA", "...HH--....."]);
    let rows = run.ask(json!({ "calendarRows": { "sprint": sprint } }));
    assert_eq!(rows["members"][0]["cells"][8]["note"], "Holiday", "the days around keep their note");
    assert_eq!(rows["members"][0]["cells"][3]["note"], "");
    assert_eq!(rows["members"][0]["cells"][3]["away"], 180);
    let absences = rows["members"][0]["absences"].as_array().unwrap().iter();
    let absences: Vec<&Value> = absences.map(|absence| &absence["lastDay"]).collect();
    assert_eq!(absences, ["2026-11-04", "2026-11-06", "2026-11-13"]);
    assert_eq!(run.rows("absence"), 4);
    let there = json!({ "markAway": { "days": [run.days(0, "2026-11-01", "2026-11-30")], "away": 0 } });
    run.run(there);
    assert_eq!(cells(&run), [".....--.....", "...HH--....."]);
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(cells(&run), ["AAAHH--AAAAA", "...HH--....."]);
    assert_eq!(
        run.refused(json!({ "markAway": { "days": [], "away": 5000 } })),
        ": No days are marked. Mark days of a member first."
    );
    let wrong = json!({ "markAway": { "days": [run.days(0, "2026-11-05", "2026-11-05")], "away": 12000 } });
    assert!(run.refused(wrong).starts_with("away: 120 % of a day is no absence."));
}

#[test]
fn a_member_who_was_added_by_mistake_goes_with_their_absences() {
    let mut run = Run::new(&["Ana", "Bo"]);
    run.away(0, "2026-11-04", "", "");
    run.on_call(0, "2026-11-04", "2026-11-05");
    let before = run.desk.team.dump().unwrap();
    run.desk.run(json!({ "team": { "removeMember": { "id": run.members[0] } } }));
    assert_eq!((run.rows("absence"), run.rows("on_call_shift")), (0, 0));
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.desk.team.dump().unwrap(), before);
}

#[test]
fn the_month_shows_holidays_absences_who_is_on_call_and_where_sprints_begin_and_end() {
    let mut run = Run::new(&["Ana", "Bo"]);
    run.plan();
    run.desk.run(json!({ "team": { "addHoliday": { "day": "2026-11-11", "name": "St Martin" } } }));
    run.away(0, "2026-11-05", "2026-11-09", "half");
    run.on_call(1, "2026-11-07", "2026-11-08");
    let month = run.ask(json!({ "calendarMonth": {} }));
    assert_eq!(
        (&month["title"], &month["earlier"], &month["later"]),
        (&json!("November 2026"), &json!("2026-10-01"), &json!("2026-12-01"))
    );
    let weeks = month["weeks"].as_array().unwrap();
    assert_eq!(weeks.len(), 6);
    let day = |week: usize, at: usize| &weeks[week][at];
    assert_eq!((&day(0, 0)["day"], &day(0, 0)["inMonth"]), (&json!("2026-10-26"), &json!(false)));
    let begins = &day(1, 0)["sprint"];
    assert_eq!(
        (&begins["name"], &begins["begins"], &begins["ends"]),
        (&json!("Sprint 1"), &json!(true), &json!(false))
    );
    assert_eq!((&day(2, 4)["sprint"]["ends"], &day(2, 4)["sprint"]["closed"]), (&json!(true), &json!(false)));
    assert_eq!(day(2, 5)["sprint"], Value::Null);
    assert_eq!(day(1, 3)["away"][0]["said"], "half a day away");
    assert_eq!(day(1, 5)["away"], json!([]), "nobody is away on a day on which nobody works");
    assert_eq!(day(1, 5)["onCall"][0]["name"], "Bo", "who is on call is, also on Saturday");
    assert_eq!((&day(2, 2)["holiday"]["name"], &day(2, 2)["works"]), (&json!("St Martin"), &json!(false)));
    let next = run.ask(json!({ "calendarMonth": { "day": "2027-01-31" } }));
    assert_eq!((&next["title"], &next["earlier"]), (&json!("January 2027"), &json!("2026-12-01")));
}

#[test]
fn rows_show_the_hours_of_each_day_and_add_up() {
    let mut run = Run::new(&["Ana", "Bo"]);
    let proposed = run.ask(json!({ "calendarRows": {} }));
    assert_eq!(
        (&proposed["sprint"], &proposed["name"]),
        (&Value::Null, &json!("Sprint 1")),
        "the next one, proposed"
    );
    assert_eq!(proposed["members"][0]["net"], 50 * 60);
    let sprint = run.plan();
    run.away(0, "2026-11-03", "", "half");
    run.on_call(1, "2026-11-04", "2026-11-04");
    run.desk.run(json!({ "team": { "addHoliday": { "day": "2026-11-11" } } }));
    let rows = run.ask(json!({ "calendarRows": { "sprint": sprint } }));
    let hours = |row: usize| -> Vec<i64> {
        let cells = rows["members"][row]["cells"].as_array().unwrap().iter();
        cells.map(|cell| cell["net"].as_i64().unwrap_or(-1)).collect()
    };
    // Planning on the first day, half a day, whole ones, no hours at the weekend and on the holiday, Review at the end.
    assert_eq!(hours(0), [105, 165, 345, 345, 345, -1, -1, 345, 345, -1, 345, 135]);
    assert_eq!(hours(1), [105, 345, 165, 345, 345, -1, -1, 345, 345, -1, 345, 135]);
    let by_day: Vec<i64> =
        rows["days"].as_array().unwrap().iter().map(|day| day["net"].as_i64().unwrap()).collect();
    assert_eq!(by_day, [210, 510, 510, 690, 690, 0, 0, 690, 690, 0, 690, 270]);
    assert_eq!(rows["total"]["net"], by_day.iter().sum::<i64>());
    let events = |day: usize| texts(&rows["days"][day]["events"], "name");
    assert_eq!(events(0), ["Sprint Planning", "Daily Scrum"]);
    assert_eq!(events(1), ["Daily Scrum"]);
    assert_eq!(events(5), Vec::<String>::new());
    assert_eq!(events(11), ["Daily Scrum", "Sprint Review", "Sprint Retrospective"]);
    assert_eq!(rows["members"][0]["said"], "54 h less 9.75 h of Scrum events, 3 h away");
    run.desk.run(json!({ "team": { "addMember": { "name": "Chidi", "hours": "" } } }));
    let rows = run.ask(json!({ "calendarRows": { "sprint": sprint } }));
    assert_eq!((&rows["unanswered"], &rows["members"][2]["net"]), (&json!(["Chidi"]), &Value::Null));
    assert_eq!(rows["total"]["net"], by_day.iter().sum::<i64>(), "hours that nobody set count in no sum");
}

#[test]
fn rule_3_2_a_sprint_that_is_started_late_has_no_hours_before_its_start() {
    let mut run = Run::new(&["Ana"]);
    let sprint = run.plan();
    run.desk.clock("2026-11-04 10:00");
    run.start(&sprint);
    let rows = run.ask(json!({ "calendarRows": {} }));
    let kinds = texts(&rows["members"][0]["cells"], "kind");
    assert_eq!(kinds[..3], ["beforeStart", "beforeStart", "works"]);
    assert_eq!(texts(&rows["days"][2]["events"], "name"), ["Sprint Planning", "Daily Scrum"]);
    assert_eq!(rows["total"]["net"], run.net(&sprint), "the calendar is as it was committed");
    assert_eq!(rows["moved"]["said"], "38.5 h, as at the start");
}

const HOLIDAYS: &str = "BEGIN:VCALENDAR\r
VERSION:2.0\r
X-WR-CALNAME:Public holidays\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;VALUE=DATE:20201225\r
DTEND;VALUE=DATE:20201227\r
RRULE:FREQ=YEARLY\r
SUMMARY:Christmas\\, and the day\r
  after\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART;VALUE=DATE:20270101\r
SUMMARY:New Year\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
DTSTART;VALUE=DATE:20270101\r
SUMMARY:New Year again\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:4\r
DTSTART:20261111T090000Z\r
DTEND:20261111T100000Z\r
SUMMARY:Meeting\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:5\r
DTSTART;VALUE=DATE:20270501\r
STATUS:CANCELLED\r
SUMMARY:Labour Day\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:6\r
DTSTART;VALUE=DATE:20261111\r
DTEND;VALUE=DATE:20261111\r
SUMMARY:St Martin\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:7\r
DTSTART;VALUE=DATE:20240326\r
DURATION:P1D\r
RRULE:FREQ=YEARLY;UNTIL=20270326;BYMONTH=3;BYDAY=-1FR\r
EXDATE;VALUE=DATE:20260327\r
SUMMARY:Spring Friday\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:8\r
DTSTART;VALUE=DATE:20270701\r
DTEND;VALUE=DATE:20270815\r
SUMMARY:School holidays\r
END:VEVENT\r
END:VCALENDAR\r
";

#[test]
fn rule_2_2_public_holidays_come_from_an_icalendar_file_in_one_undoable_step() {
    let mut run = Run::new(&["Ana"]);
    let sprint = run.plan();
    run.desk.run(json!({ "team": { "addHoliday": { "day": "2026-12-25", "name": "Closed" } } }));
    let before = run.desk.team.dump().unwrap();
    let look = |run: &Run, until: Value, file: &str| {
        let query = json!({ "capacity": { "holidayFile": { "until": until } } });
        run.desk.ask_with(query, Some(file.as_bytes()))
    };
    let file = look(&run, Value::Null, HOLIDAYS);
    let found = |list: &Value| -> Vec<String> {
        let one = |one: &Value| format!("{} {}", one["day"].as_str().unwrap(), one["name"].as_str().unwrap());
        list.as_array().unwrap().iter().map(one).collect()
    };
    assert_eq!(
        (&file["name"], &file["from"], &file["until"]),
        (&json!("Public holidays"), &json!(2026), &json!(2028))
    );
    assert_eq!(
        found(&file["fresh"]),
        [
            "2026-11-11 St Martin",
            "2026-12-26 Christmas, and the day after",
            "2027-01-01 New Year",
            "2027-03-26 Spring Friday",
            "2027-12-25 Christmas, and the day after",
            "2027-12-26 Christmas, and the day after",
            "2028-12-25 Christmas, and the day after",
            "2028-12-26 Christmas, and the day after",
        ]
    );
    assert_eq!(file["fresh"][1]["works"], false, "a Saturday");
    assert_eq!(found(&file["known"]), ["2026-12-25 Christmas, and the day after"]);
    let left_out = file["leftOut"].as_array().unwrap().iter();
    let left_out: Vec<String> = left_out
        .map(|one| format!("{}: {}", one["name"].as_str().unwrap(), one["why"].as_str().unwrap()))
        .collect();
    assert_eq!(
        left_out,
        [
            "Meeting: it is no event of whole days: it begins on 11 November at a time",
            "Labour Day: it is cancelled",
            "School holidays: it lasts 45 days, which is no public holiday",
        ]
    );
    assert_eq!(run.desk.team.dump().unwrap(), before, "looking changes nothing");
    assert_eq!(found(&look(&run, json!(2026), HOLIDAYS)["fresh"]).len(), 2);

    let import = json!({ "capacity": { "importHolidays": { "leaveOut": ["2026-12-26"], "until": 2027 } } });
    let net = run.net(&sprint);
    let outcome = run.desk.try_run_with(import.clone(), Some(HOLIDAYS.as_bytes())).unwrap();
    assert_eq!(outcome.title, "Import 5 holidays");
    assert_eq!(run.net(&sprint), net - 345, "11 November is a day of the planned Sprint");
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.desk.team.dump().unwrap(), before);
    run.desk.run(json!({ "journal": { "redo": {} } }));
    let again = run.desk.try_run_with(import, Some(HOLIDAYS.as_bytes())).unwrap();
    assert_eq!((again.operation, again.note.as_deref()), (None, Some("All of them are holidays already.")));
}

#[test]
fn a_file_that_holds_no_holidays_is_refused_in_words() {
    let mut run = Run::new(&["Ana"]);
    let mut refusal = |file: &[u8], until: Value| {
        let import = json!({ "capacity": { "importHolidays": { "until": until } } });
        let refused = run.desk.try_run_with(import, Some(file)).unwrap_err();
        format!("{}: {}", refused.field.unwrap_or_default(), refused.message)
    };
    let no_calendar = ": This file is no iCalendar file.";
    assert_eq!(refusal(b"Day;Name\n2026-12-25;Christmas\n", Value::Null), no_calendar);
    assert_eq!(refusal(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", Value::Null), no_calendar);
    assert_eq!(refusal(b"\x00\xff\xfe", Value::Null), no_calendar);
    assert_eq!(refusal(HOLIDAYS.as_bytes(), json!(2020)), "until: 2020 is no year to take holidays until.");
    let command = json!({ "capacity": { "importHolidays": {} } });
    assert_eq!(run.desk.refused(command).message, "No file came with the call.");
    // Rules that never come to a day, or come every second, are answered at once.
    let rules =
        ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=1XX"];
    let event =
        |rule: &&str| format!("BEGIN:VEVENT\nDTSTART:19000102\nRRULE:{rule}\nSUMMARY:{rule}\nEND:VEVENT\n");
    let events: String = rules.iter().map(event).collect();
    let file = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n");
    let file = run.desk.ask_with(json!({ "capacity": { "holidayFile": {} } }), Some(file.as_bytes()));
    assert_eq!(
        texts(&file["leftOut"], "why"),
        [
            "its repetition “FREQ=SECONDLY” is none of days",
            "its repetition “FREQ=MONTHLY;BYDAY=1XX” cannot be read"
        ]
    );
    // Windows-1252, as old programs write it.
    let cp1252 = b"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART:20261208\nSUMMARY:Mari\xe4 Empf\xe4ngnis\nEND:VEVENT\nEND:VCALENDAR\n";
    let file = run.desk.ask_with(json!({ "capacity": { "holidayFile": {} } }), Some(cp1252));
    assert_eq!(file["fresh"][0]["name"], "Mariä Empfängnis");
}

#[test]
fn rule_2_2_a_sprint_across_a_clock_change_comes_out_right() {
    // Zurich leaves summer time on 25 October 2026, São Paulo skips a midnight on 4 November 2018.
    for (now, zone, first, away) in [
        ("2026-10-19 00:05", "Europe/Zurich", "2026-10-19", "2026-10-26"),
        ("2018-10-29 04:30", "America/Sao_Paulo", "2018-10-29", "2018-11-05"),
    ] {
        let mut run = Run::at(now, &["Ana"]);
        run.desk.run(json!({ "team": { "setZone": { "zone": zone } } }));
        let sprint = run.plan();
        let overview = run.desk.ask(json!({ "team": { "overview": {} } }));
        assert_eq!(
            (&overview["today"], &overview["sprint"]["firstDay"]),
            (&json!(first), &json!(first)),
            "{zone}"
        );
        run.start(&sprint);
        assert_eq!(run.net(&sprint), 50 * 60, "{zone}");
        run.away(0, away, "", "");
        let moved = run.moved(&sprint);
        assert_eq!(moved[0], "44.25 h, 5.75 h less than the 50 h at the start", "{zone}");
        let sheet = run.sheet(&sprint);
        assert_eq!((&sheet["workingDays"], &sheet["committed"]), (&json!(10), &json!(true)), "{zone}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is entered in the calendar: only the calendar's rows change, the running Sprint keeps what it committed,
    /// planned ones read the days of their own, and undo brings everything back.
    #[test]
    fn rule_2_2_entering_an_absence_never_changes_anything_else(
        steps in prop::collection::vec((0usize..4, 0usize..2, 0i64..35, 0i64..12, 0i64..5), 1..8),
    ) {
        let mut run = Run::new(&["Ana", "Bo"]);
        let sprints = [run.plan(), run.plan()];
        run.start(&sprints[0]);
        let day = |after: i64| domain::calendar::Day::parse("2026-11-02").unwrap().plus(after).to_string();
        // All but the line that says how the calendar moved.
        let board = |run: &Run| {
            let mut board = run.desk.ask(json!({ "sprint": { "board": {} } }));
            board["sprint"]["capacityMoved"].take();
            board
        };
        let (elsewhere, committed, before) = (run.elsewhere(), run.net(&sprints[0]), run.desk.team.dump().unwrap());
        let shown = board(&run);
        let mut done = 0;
        for (what, member, first, more, part) in steps {
            let days = run.days(member, &day(first), &day(first + more));
            let command = match what {
                0 => json!({ "addAbsence": { "member": run.members[member], "firstDay": day(first), "lastDay": day(first + more), "away": "half" } }),
                1 => json!({ "markAway": { "days": [days], "away": part * 2500 } }),
                2 => json!({ "markOnCall": { "days": [days], "onCall": part > 0 } }),
                _ => json!({ "setOnCallFactor": { "share": format!("{} %", part * 25), "validFrom": day(first) } }),
            };
            let planned = run.net(&sprints[1]);
            let outcome = run.desk.try_run(json!({ "capacity": command }));
            done += usize::from(outcome.is_ok_and(|outcome| outcome.operation.is_some()));
            prop_assert_eq!(run.elsewhere(), elsewhere.clone());
            prop_assert_eq!(run.net(&sprints[0]), committed);
            prop_assert_eq!(board(&run), shown.clone());
            if what < 3 && first + more < 14 {
                prop_assert_eq!(run.net(&sprints[1]), planned, "days of another Sprint");
            }
        }
        prop_assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
        let after = run.desk.team.dump().unwrap();
        for _ in 0..done {
            run.desk.run(json!({ "journal": { "undo": {} } }));
        }
        prop_assert_eq!(run.desk.team.dump().unwrap(), before);
        for _ in 0..done {
            run.desk.run(json!({ "journal": { "redo": {} } }));
        }
        prop_assert_eq!(run.desk.team.dump().unwrap(), after);
    }
}
