//! A year of real production issues, replayed in Sprints of two weeks through commands.
//!
//! 1. `delivery-laukkanen`: the production issues of 2013 stand for interrupts. Only their resolutions are known: each
//!    is said to have arrived an hour before, and how long it took is not known. In the first Sprints nothing is said of
//!    it; from then on an expectation of three hours stands in, and the views say that it is one.
//! 2. `cycle-times-rueedlinger`: only how many arrived on each day of 2014 is taken.

use evenkeel_tests::{Desk, shared, zurich};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The first Sprints, in which nothing is said of how long an interrupt takes.
const SILENT: usize = 4;

struct Year {
    desk: Desk,
    done: String,
    /// The Sprints that were closed, with what their views showed right after.
    closed: Vec<(String, Vec<Value>)>,
}

impl Year {
    fn begin(local: &str) -> Year {
        let mut desk = Desk::at(local);
        for name in ["Ana", "Bo", "Chidi", "Dana", "Emil"] {
            desk.run(json!({ "team": { "addMember": { "name": name, "hours": "6" } } }));
        }
        let settings = desk.ask(json!({ "team": { "settings": {} } }));
        let states = settings["states"].as_array().unwrap();
        let done = states.iter().find(|state| state["category"] == "done").unwrap()["id"].as_str().unwrap();
        let done = done.to_owned();
        Year { desk, done, closed: Vec::new() }
    }

    /// Starts a Sprint of two weeks from a Monday, with five items; takes what waits.
    fn start(&mut self, monday: domain::calendar::Day) -> (String, Vec<String>) {
        self.desk.clock(&format!("{monday} 08:00"));
        let plan = json!({ "firstDay": monday.to_string(), "lastDay": monday.plus(11).to_string() });
        let sprint = self.desk.run(json!({ "sprint": { "plan": plan } })).created[0].clone();
        let items: Vec<String> = [("feature", 8), ("feature", 5), ("bug", 5), ("debt", 3), ("feature", 3)]
            .iter()
            .map(|(kind, size)| {
                let item =
                    json!({ "title": format!("Work {kind} {size}"), "kind": kind, "size": size * 100 });
                self.desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone()
            })
            .collect();
        self.desk.run(json!({ "sprint": { "selectItems": { "items": items, "sprint": sprint } } }));
        self.desk.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
        let waiting = self.ask("list")["waiting"].clone();
        let waiting: Vec<Value> = waiting.as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
        if !waiting.is_empty() {
            self.desk.run(json!({ "interrupt": { "take": { "interrupts": waiting } } }));
        }
        (sprint, items)
    }

    fn close(&mut self, sprint: &str, friday: domain::calendar::Day) {
        self.desk.clock(&format!("{friday} 18:00"));
        let open = self.desk.ask(json!({ "sprint": { "closeSummary": { "sprint": sprint } } }))["unfinished"]
            .clone();
        let decisions: Vec<Value> = open
            .as_array()
            .unwrap()
            .iter()
            .map(|item| json!({ "item": item["id"], "decision": "productBacklog" }))
            .collect();
        self.desk.run(json!({ "sprint": { "close": { "sprint": sprint, "decisions": decisions } } }));
        let shown = shown(&self.desk, sprint);
        self.closed.push((sprint.to_owned(), shown));
    }

    fn ask(&self, view: &str) -> Value {
        self.desk.ask(json!({ "interrupt": { view: {} } }))
    }
}

/// What the views of a closed Sprint show.
fn shown(desk: &Desk, sprint: &str) -> Vec<Value> {
    let of = json!({ "sprint": sprint });
    let told = desk.ask(json!({ "interrupt": { "ofSprint": of } }));
    [&told["list"]["gauge"], &told["ledger"], &told["split"], &told["list"]["rows"]]
        .map(Value::clone)
        .to_vec()
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// Hours add up, nothing is displaced twice, and each column of the split is whole.
fn check_closed(views: &[Value]) {
    let (gauge, ledger, split) = (&views[0], &views[1]["ledger"], &views[2]["report"]);
    assert_eq!(ledger["used"], gauge["used"]);
    assert_eq!(number(&ledger["fromBuffer"]) + number(&ledger["beyond"]), number(&ledger["used"]));
    assert_eq!(number(&ledger["fromBuffer"]), number(&ledger["used"]).min(number(&gauge["kept"])));
    let lines = ledger["lines"].as_array().unwrap();
    let sum = |field: &str| lines.iter().map(|line| number(&line[field])).sum::<i64>();
    assert_eq!(
        (sum("fromBuffer"), sum("beyond")),
        (number(&ledger["fromBuffer"]), number(&ledger["beyond"]))
    );
    let displaced = ledger["displaced"].as_array().unwrap();
    let items: BTreeSet<&str> = displaced.iter().map(|one| one["item"].as_str().unwrap()).collect();
    assert_eq!(items.len(), displaced.len(), "nothing is displaced twice");
    let paired: i64 = displaced.iter().map(|one| number(&one["paired"])).sum();
    assert_eq!(paired + number(&ledger["unpaired"]), number(&ledger["beyond"]));
    assert!(
        displaced.iter().all(|one| !one["by"].as_array().unwrap().is_empty()),
        "each was pushed out by somebody"
    );
    for column in ["committed", "actual"] {
        let shares = split["lanes"].as_array().unwrap().iter().map(|lane| number(&lane[column]["share"]));
        assert_eq!(shares.sum::<i64>(), 10_000, "{column}");
    }
    assert_eq!(split["unit"], "hours");
}

#[test]
fn a_year_of_production_issues_draws_overflows_is_decided_and_stays_as_it_was_closed() {
    let Some(path) = shared("data/delivery-laukkanen/issues.csv") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    // `"2013-01-08 09:12:33+00:00",PS`: the zone of the team is an hour or two later.
    let mut resolved: Vec<i64> = text
        .lines()
        .filter(|line| line.ends_with(",PS") && line.starts_with("\"2013"))
        .map(|line| {
            let (day, time) = line[1..20].split_once(' ').unwrap();
            let seconds: i64 = time[6..].parse().unwrap();
            let utc =
                domain::calendar::Day::parse(day).unwrap().date().and_time(Default::default()).and_utc();
            let (hours, minutes): (i64, i64) = (time[..2].parse().unwrap(), time[3..5].parse().unwrap());
            utc.timestamp_millis() + ((hours * 60 + minutes) * 60 + seconds) * 1_000
        })
        .collect();
    resolved.sort_unstable();
    assert_eq!(resolved.len(), 223, "the production issues of 2013");

    let first = domain::calendar::Day::parse("2013-01-07").unwrap();
    let mut year = Year::begin("2013-01-01 08:00");
    let mut next = resolved.into_iter().peekable();
    let (mut states, mut choices) = (BTreeMap::<String, u32>::new(), BTreeMap::<String, u32>::new());
    let mut unanswered = 0;
    for place in 0..26 {
        let monday = first.plus(14 * place as i64);
        let (sprint, items) = year.start(monday);
        let start = zurich(&format!("{monday} 08:00")).millis();
        let end = zurich(&format!("{} 18:00", monday.plus(11))).millis();
        let mut finished = 0;
        while let Some(at) = next.next_if(|at| *at < zurich(&format!("{} 08:00", monday.plus(14))).millis()) {
            // What came while no Sprint ran is written down by the next start.
            let now = if at < start {
                start
            } else if at >= end {
                end - 60_000
            } else {
                at
            };
            let now = year.desk.now().millis().max(now);
            year.desk.set(now);
            let estimate = if place < SILENT { Value::Null } else { json!("3") };
            let report =
                json!({ "title": "Production issue", "estimate": estimate, "at": at.min(now) - 3_600_000 });
            let id = year.desk.run(json!({ "interrupt": { "report": report } })).created[0].clone();
            year.desk.run(json!({ "interrupt": { "end": { "interrupt": id, "at": at.min(now) } } }));
            // Two of the five items are done by the middle.
            if finished < 2 && now > start + 5 * 86_400_000 {
                let done = json!({ "items": [items[finished]], "state": year.done });
                year.desk.run(json!({ "sprint": { "moveToState": done } }));
                finished += 1;
            }
            let asks = year.ask("gauge")["asks"].clone();
            if asks.is_null() {
                continue;
            }
            let candidates = year.ask("overflow")["candidates"].as_array().cloned().unwrap();
            let Some(item) = candidates.iter().find(|one| one["named"] == false) else {
                unanswered += 1;
                continue;
            };
            let choice = ["swapOut", "acceptSlip", "reduceScope"][place % 3];
            *choices.entry(choice.into()).or_default() += 1;
            let decide =
                json!({ "choice": choice, "items": [item["item"]], "reason": "Production comes first." });
            year.desk.run(json!({ "interrupt": { "decideOverflow": decide } }));
            assert_eq!(
                year.ask("gauge")["asks"],
                Value::Null,
                "a decision covers the overflow of its moment"
            );
        }
        let rest = json!({ "items": [items[finished]], "state": year.done });
        year.desk.run(json!({ "sprint": { "moveToState": rest } }));
        year.close(&sprint, monday.plus(11));
        let (_, views) = year.closed.last().unwrap();
        check_closed(views);
        let gauge = &views[0];
        *states.entry(gauge["state"].as_str().unwrap().to_owned()).or_default() += 1;
        let said = gauge["said"].as_str().unwrap();
        if gauge["interrupts"] == 0 {
            assert_eq!(said, "25 h kept");
        } else if place < SILENT {
            assert!(said.contains("what is used is not known yet"), "{said}");
            assert!(
                gauge["unknownSaid"].as_str().unwrap().contains("is not known"),
                "what nobody knows is said"
            );
        } else {
            assert!(said.contains("all of it expected"), "an expectation is no fact: {said}");
        }
    }
    assert_eq!(states.keys().map(String::as_str).collect::<Vec<_>>(), ["free", "inUse", "overflowing"]);
    assert!(states["overflowing"] >= 5, "{states:?}");
    assert_eq!(choices.len(), 3, "{choices:?}");
    println!("{states:?} {choices:?}, {unanswered} times nothing was left that could give way");

    // Long after: everything closed shows what it showed.
    year.desk.clock("2014-01-20 10:00");
    let member =
        year.desk.run(json!({ "team": { "addMember": { "name": "Fay", "hours": "8" } } })).created[0].clone();
    let any = year.closed[9].1[3][0]["id"].clone();
    year.desk.run(json!({ "interrupt": { "assign": { "interrupt": any, "owner": member } } }));
    year.desk.run(json!({ "interrupt": { "addHours": { "interrupt": any, "time": "7" } } }));
    year.desk.run(json!({ "interrupt": { "rename": { "interrupt": any, "title": "Another" } } }));
    for (sprint, views) in &year.closed {
        assert_eq!(&shown(&year.desk, sprint), views);
    }
    let trend = year.ask("splitTrend")["sprints"].clone();
    assert_eq!(trend.as_array().map(Vec::len), Some(26));
    assert_eq!(year.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn a_year_of_arrivals_gives_a_rate_and_nothing_else() {
    let Some(path) = shared("data/cycle-times-rueedlinger/jira.csv") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let mut arrivals: BTreeMap<domain::calendar::Day, u32> = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("\"P0-") && line.contains(",2014-")) {
        let created = line.split(',').nth(3).and_then(domain::calendar::Day::parse);
        *arrivals.entry(created.expect("a day")).or_default() += 1;
    }
    let first = domain::calendar::Day::parse("2014-01-06").unwrap();
    let mut year = Year::begin("2014-01-01 08:00");
    let mut all = 0;
    for place in 0..12 {
        let monday = first.plus(14 * place);
        let (sprint, _) = year.start(monday);
        let mut count = 0;
        for (day, arrived) in arrivals.range(monday..=monday.plus(11)) {
            year.desk.clock(&format!("{day} 12:00"));
            for _ in 0..*arrived {
                year.desk.run(json!({ "interrupt": { "report": { "title": "Arrival" } } }));
                count += 1;
            }
        }
        year.close(&sprint, monday.plus(11));
        let (_, views) = year.closed.last().unwrap();
        let switching = &views[2]["switching"];
        assert_eq!((number(&switching["interrupts"]), number(&switching["days"])), (count, 10));
        assert_eq!(number(&switching["arrivedADay"]), count * 10, "ten working days, in hundredths");
        assert_eq!(number(&views[0]["used"]), 0, "a rate says nothing of hours");
        assert_eq!(views[0]["unknownSaid"].is_string(), count > 0, "and the view says so");
        all += count;
    }
    assert!(all > 300, "{all} arrivals in half a year");
    assert_eq!(year.desk.team.check().unwrap().problems, vec![]);
}
