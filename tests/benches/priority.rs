//! Prioritisation with 10,000 items of which nine in ten are rated: the screen, the picture, one keystroke of scoring.
//!
//! 1. Everything goes through the border, JSON in and JSON out, as the window does it.
//! 2. Each figure stands beside its floor, measured in the same run: the bare statements that read every open item and
//!    every input, which no score of all items could do without.
//! 3. A keystroke is what the window does for it: the rating, the item's card, and the screen behind asked again.
//!
//! `EVENKEEL_BENCH_ITEMS` changes the number of items.

use app::{Access, Context, Team};
use domain::calendar::Instant;
use evenkeel_tests::timing::{median, ms};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant as Clock};

const ROUNDS: usize = 60;

fn main() {
    let items: usize =
        std::env::var("EVENKEEL_BENCH_ITEMS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let folder = evenkeel_tests::folder();
    let path = folder.path().join("priority.evenkeel");
    let mut bench = Bench { team: team_of(&path, items), calls: 10 };
    let ids = bench.ids();
    let overview = json!({ "priority": { "overview": {} } });
    let list = json!({ "backlog": { "window": { "sort": "score", "from": 0, "limit": 100 } } });
    let lines = [
        ("overview", median(ROUNDS, |_| bench.ask(&overview).0), 40.0),
        ("list by score, again", median(ROUNDS, |_| bench.ask(&list).0), 2.0),
        (
            "what to score next",
            median(ROUNDS, |_| bench.ask(&json!({ "priority": { "queue": { "items": null } } })).0),
            40.0,
        ),
        (
            "value and effort",
            median(ROUNDS, |_| bench.ask(&json!({ "priority": { "picture": {} } })).0),
            40.0,
        ),
        (
            "two items compared",
            median(ROUNDS, |n| {
                let question = json!({ "one": ids[n % ids.len()], "other": ids[(n + 7) % ids.len()] });
                bench.ask(&json!({ "priority": { "comparison": question } })).0
            }),
            2.0,
        ),
        (
            "preview of an order",
            median(ROUNDS, |_| {
                bench.ask(&json!({ "priority": { "preview": { "items": null, "method": "wsjf" } } })).0
            }),
            60.0,
        ),
        (
            "keystroke",
            median(ROUNDS, |n| {
                let item = &ids[n % ids.len()];
                let rating = json!({ "items": [item], "input": "value", "rating": (n % 9) * 100 });
                let rated = bench.run(&json!({ "priority": { "setInput": rating } })).0;
                let card = bench.ask(&json!({ "priority": { "card": { "item": item } } })).0;
                rated + card + bench.ask(&overview).0 + bench.ask(&list).0
            }),
            100.0,
        ),
    ];
    drop(bench);
    let floor = floor(&path);
    println!("{:24} {:>9}   floor of all that scores every item: {:.2} ms", "median, ms", items, ms(floor));
    let mut failed = false;
    for (name, took, most) in lines {
        failed |= ms(took) > most;
        let over = if ms(took) > most { format!("  over {most} ms") } else { String::new() };
        println!("{name:24} {:>9.2}{over}", ms(took));
    }
    if failed {
        println!("FAILED: over a limit");
        std::process::exit(1);
    }
}

struct Bench {
    team: Team,
    calls: i64,
}

impl Bench {
    fn context(&mut self) -> Context<'static> {
        self.calls += 1;
        Context::new(Instant::from_millis(1_795_000_200_000 + self.calls), self.calls as u64, "bench", "")
    }

    fn ask(&mut self, query: &Value) -> (Duration, Value) {
        let context = self.context();
        let text = query.to_string();
        let start = Clock::now();
        let answer =
            app::ask(&self.team, app::parse_query(&text).expect("a query"), &context).expect("an answer");
        (start.elapsed(), serde_json::from_str(&answer.0).expect("JSON"))
    }

    fn run(&mut self, command: &Value) -> (Duration, app::Outcome) {
        let context = self.context();
        let text = command.to_string();
        let start = Clock::now();
        let command = app::parse_command(&text).expect("a command");
        let outcome = app::run(&mut self.team, command, &context).expect("an outcome");
        (start.elapsed(), outcome)
    }

    fn ids(&mut self) -> Vec<String> {
        let (_, window) = self.ask(&json!({ "backlog": { "window": { "from": 0, "limit": 500 } } }));
        let rows = window["rows"].as_array().expect("rows");
        rows.iter().filter_map(|row| row["id"].as_str().map(str::to_owned)).collect()
    }
}

/// A team with items, brought in by an import; nine in ten of them are rated.
fn team_of(path: &Path, items: usize) -> Team {
    let now = Instant::from_millis(1_795_000_000_000);
    let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
    let context = Context::new(now, 1, "bench", "");
    let team = Team::create(path, &Access::Script, &context.stamp(), app::team::set_up(&new, &context))
        .expect("a team");
    let mut file = String::from("Issue key,Issue Type,Summary,Story Points\n");
    for n in 1..=items {
        let kind = ["Story", "Bug", "Task"][n % 3];
        writeln!(file, "PAY-{n},{kind},Work on part {n},{}", [1, 2, 3, 5, 8, 13][n % 6]).expect("a text");
    }
    let mut bench = Bench { team, calls: 0 };
    let context = Context { attachment: Some(file.as_bytes()), ..Context::new(now, 2, "bench", "") };
    let look = app::parse_query(&json!({ "exchange": { "look": {} } }).to_string()).expect("a query");
    let look: Value =
        serde_json::from_str(&app::ask(&bench.team, look, &context).expect("a look").0).expect("JSON");
    let command = json!({ "exchange": { "import": { "mapping": look["mapping"] } } });
    let command = app::parse_command(&command.to_string()).expect("a command");
    app::run(&mut bench.team, command, &context).expect("an import");
    let mut all: Vec<Value> = Vec::new();
    while all.len() < items {
        let (_, window) = bench.ask(&json!({ "backlog": { "window": { "from": all.len(), "limit": 500 } } }));
        all.extend(window["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()));
    }
    for input in ["value", "timeCriticality", "riskReduction"] {
        for (n, rating) in [1, 2, 3, 5, 8, 13, 21, 1, 2].into_iter().enumerate() {
            let some: Vec<&Value> = all.iter().skip(n).step_by(10).collect();
            bench.run(&json!({ "priority": { "setInput": { "items": some, "input": input, "rating": rating * 100 } } }));
        }
    }
    bench.team
}

/// The bare statements that read every open item and every input.
fn floor(path: &Path) -> Duration {
    let file = Connection::open(path).expect("the file");
    let mut inputs = file
        .prepare("SELECT item, criterion, value, set_at FROM item_input ORDER BY id")
        .expect("a statement");
    let mut items = file
        .prepare("SELECT id, kind, severity, size, state FROM item ORDER BY rank, id")
        .expect("a statement");
    median(ROUNDS, |_| {
        let start = Clock::now();
        let mut rows = inputs.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            row.get_ref(0).expect("a column");
        }
        let mut rows = items.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            row.get_ref(0).expect("a column");
        }
        start.elapsed()
    })
}
