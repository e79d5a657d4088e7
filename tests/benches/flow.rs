//! The charts of flow and health beside files of other sizes, in which as much happened within the window.
//!
//! 1. Everything goes through the border, JSON in and JSON out, as the window asks.
//! 2. Two files, one with ten times as many items as the other, nearly all of them older than the window; in both the
//!    same 300 items went through the states within it. What a chart takes may grow by half.
//! 3. Health looks at every open item, as its rule says: it has its limit at both sizes only.
//! 4. The floor is the bare statements that read the facts of the window and the ways of their items, in the same run.
//!
//! `EVENKEEL_BENCH_ITEMS` changes the smaller size.

use app::{Access, Context, Team};
use domain::calendar::Instant;
use evenkeel_tests::timing::{median_time, ms};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

const MOST: f64 = 10.0;
const MOST_GROWTH: f64 = 1.5;
const ROUNDS: usize = 60;
const MOVED: usize = 300;
const HOUR: i64 = 3_600_000;
/// Tuesday, 24 November 2026, noon in Zurich.
const NOW: i64 = 1_795_518_000_000;

fn main() {
    let items =
        std::env::var("EVENKEEL_BENCH_ITEMS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let folder = evenkeel_tests::folder();
    let paths = [items, items * 10].map(|items| folder.path().join(format!("{items}.evenkeel")));
    let few = team_of(&paths[0], items);
    let many = team_of(&paths[1], items * 10);
    println!("{:18} {:>9} {:>9} {:>8}", "median, ms", items, items * 10, "growth");
    let mut failed = false;
    for kind in ["cumulativeFlow", "cycleTime", "throughput", "ageing", "health"] {
        let (few, many) = (median_time(ROUNDS, || ask(&few, kind)), median_time(ROUNDS, || ask(&many, kind)));
        let growth = many.as_secs_f64() / few.as_secs_f64();
        let too_slow = ms(few.max(many)) > MOST;
        let too_much = kind != "health" && growth > MOST_GROWTH;
        failed |= too_slow || too_much;
        println!(
            "{kind:18} {:>9.3} {:>9.3} {growth:>8.2}{}{}",
            ms(few),
            ms(many),
            if too_slow { format!("  over {MOST} ms") } else { String::new() },
            if too_much { format!("  over {MOST_GROWTH}") } else { String::new() },
        );
    }
    println!("{:18} {:>9.3} {:>9.3}", "floor", ms(floor(&paths[0])), ms(floor(&paths[1])));
    if failed {
        println!("FAILED: over a limit");
        std::process::exit(1);
    }
}

fn ask(team: &Team, kind: &str) {
    let question = json!({ "chart": kind, "theme": "light", "width": 960, "height": 540 });
    let query = app::parse_query(&json!({ "flow": { "chart": question } }).to_string()).expect("a query");
    let answer = app::ask(team, query, &context(NOW, 9)).expect("a view");
    assert!(answer.0.contains("<svg"));
    black_box(answer);
}

/// The facts of the window by the index, and the whole way of each item that moved.
fn floor(path: &Path) -> Duration {
    let file = Connection::open(path).expect("the file");
    let mut moved = file
        .prepare(
            "SELECT subject, happened_at, value
               FROM item_event
              WHERE kind IN ('created', 'moved')
                AND happened_at >= ?1
              ORDER BY happened_at, recorded_at, id",
        )
        .expect("a statement");
    let mut before = file
        .prepare(
            "SELECT subject, happened_at, value
               FROM item_event INDEXED BY item_event_by_subject
              WHERE kind IN ('created', 'moved')
                AND happened_at < ?1
                AND subject IN (SELECT subject
                                  FROM item_event
                                 WHERE kind IN ('created', 'moved')
                                   AND happened_at >= ?1)
              ORDER BY subject, happened_at, recorded_at, id",
        )
        .expect("a statement");
    let from = NOW - 84 * 24 * HOUR;
    median_time(ROUNDS, || {
        let mut rows = moved.query([from]).expect("rows");
        let mut subjects = std::collections::HashSet::new();
        while let Some(row) = rows.next().expect("a row") {
            subjects.insert(row.get::<_, String>(0).expect("an item"));
        }
        assert_eq!(subjects.len(), MOVED);
        let mut rows = before.query([from]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            black_box(row.get_ref(2).expect("a state"));
        }
    })
}

/// A team of many items of years ago, half of them done, of which some go through the states within twelve weeks.
fn team_of(path: &Path, items: usize) -> Team {
    let start = NOW - 90 * 24 * HOUR;
    let first = context(start, 1);
    let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
    let mut team =
        Team::create(path, &Access::Script, &first.stamp(), app::team::set_up(&new, &first)).expect("a team");
    let mut file = String::from("Issue key,Issue Type,Summary,Story Points,Status,Created,Resolved\n");
    for n in 1..=items {
        let kind = ["Story", "Bug", "Technical debt", "Story"][n % 4];
        let (year, month) = (2019 + n % 7, 1 + n % 8);
        // The first ones are those that move within the window.
        let ended = n > MOVED && n % 2 == 0;
        let (status, resolved) = if ended {
            ("Done", format!("{year}-{:02}-20 10:00", month + 1))
        } else {
            ("To Do", String::new())
        };
        writeln!(
            file,
            "PAY-{n},{kind},Card retries of merchant {n},{},{status},{year}-{month:02}-11 10:00,{resolved}",
            1 + n % 8
        )
        .expect("a text");
    }
    let import = Context { attachment: Some(file.as_bytes()), ..context(start + HOUR, 2) };
    let look: Value = asked(&team, json!({ "exchange": { "look": {} } }), &import);
    run(&mut team, json!({ "exchange": { "import": { "mapping": look["mapping"] } } }), &import);
    let mut ids: Vec<Value> = Vec::new();
    while ids.len() < MOVED {
        let window = json!({ "backlog": { "window": { "from": ids.len(), "limit": 100 } } });
        let window = asked(&team, window, &context(start + 2 * HOUR, 3));
        ids.extend(window["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()));
    }
    let settings = asked(&team, json!({ "team": { "settings": {} } }), &context(start + 2 * HOUR, 4));
    let states: Vec<Value> =
        settings["states"].as_array().expect("states").iter().map(|state| state["id"].clone()).collect();
    let mut moves: Vec<(i64, usize, usize)> = Vec::new();
    for place in 0..MOVED {
        let begun = NOW - 83 * 24 * HOUR + place as i64 * 6 * HOUR;
        moves.push((begun, place, 1));
        moves.push((begun + (1 + place as i64 % 9) * 24 * HOUR, place, 2));
    }
    moves.sort_unstable();
    for (number, (at, place, state)) in moves.into_iter().enumerate() {
        let command = json!({ "items": [ids[place]], "state": states[state] });
        run(&mut team, json!({ "sprint": { "moveToState": command } }), &context(at, 10 + number as u64));
    }
    team
}

fn run(team: &mut Team, command: Value, context: &Context<'_>) {
    let command = app::parse_command(&command.to_string()).expect("a command");
    app::run(team, command, context).expect("it is carried out");
}

fn asked(team: &Team, query: Value, context: &Context<'_>) -> Value {
    let query = app::parse_query(&query.to_string()).expect("a query");
    serde_json::from_str(&app::ask(team, query, context).expect("a view").0).expect("JSON")
}

fn context(at: i64, chance: u64) -> Context<'static> {
    Context::new(Instant::from_millis(at), chance, "bench", "")
}
