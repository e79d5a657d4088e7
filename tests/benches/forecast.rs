//! Forecasts: the simulation beside a bare loop, many trials on all cores, the chance of a draft plan.
//!
//! 1. 10,000 trials of *how many in 30 days* over 84 days of samples. The floor is a bare loop: the same generator, the
//!    same draws, the sums counted in place. At most 1.5 times.
//! 2. A million trials. The floor is the bare loop on every core at once, each with its part: whoever simulated on one
//!    core only would take as many times as long as there are cores. At most 1.5 times.
//! 3. The chance of a draft plan: 10,000 items in the file, six weeks of history, 20 members with absences and days on
//!    call, 60 items selected into a Sprint of a month; JSON in and JSON out as the window asks while items are selected.
//!    At most 20 ms. Its floor is the bare statements of SQLite that read what it is drawn from.
//! 4. Floors and figures are measured in one run.
//!
//! `EVENKEEL_BENCH_ITEMS` changes the number of items.

use app::{Access, Context, Team};
use domain::calendar::Instant;
use domain::forecast::{Samples, Seed, how_many};
use domain::measures::Size;
use evenkeel_tests::timing::{beside, ms};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

const MOST_TIMES: f64 = 1.5;
const MOST_MS: f64 = 20.0;
const HOUR: i64 = 3_600_000;
/// Monday, 14 September 2026, nine in Zurich.
const MONDAY: i64 = 1_789_369_200_000;

fn main() {
    let items =
        std::env::var("EVENKEEL_BENCH_ITEMS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    println!("{:34} {:>9} {:>9} {:>8}", "median, ms", "figure", "floor", "ratio");
    let mut failed = false;
    let mut show = |name: &str, figure: Duration, floor: Duration, too_slow: bool, limit: &str| {
        failed |= too_slow;
        let ratio = figure.as_secs_f64() / floor.as_secs_f64();
        let over = if too_slow { format!("  over {limit}") } else { String::new() };
        println!("{name:34} {:>9.3} {:>9.3} {ratio:>8.2}{over}", ms(figure), ms(floor));
    };
    let daily: Vec<i64> =
        (0..84).map(|n: i64| [2, 0, 0, 5, 1, 3, 2, 4, 0, 0, 1, 1][(n % 12) as usize]).collect();
    let samples = Samples::new(daily.iter().copied().map(Size::points)).expect("samples");

    let (figure, floor) = beside(
        60,
        || drop(black_box(how_many(&samples, 30, 10_000, Seed::new(1)))),
        || {
            black_box(bare(&daily, 30, 10_000));
        },
    );
    let slow = figure.as_secs_f64() > MOST_TIMES * floor.as_secs_f64();
    show("10,000 trials", figure, floor, slow, "1.5 times");

    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (figure, floor) = beside(
        15,
        || drop(black_box(how_many(&samples, 30, 1_000_000, Seed::new(1)))),
        || {
            std::thread::scope(|scope| {
                for _ in 0..cores {
                    scope.spawn(|| drop(black_box(bare(&daily, 30, 1_000_000 / cores as u32))));
                }
            });
        },
    );
    let slow = figure.as_secs_f64() > MOST_TIMES * floor.as_secs_f64();
    show(&format!("a million on {cores} cores"), figure, floor, slow, "1.5 times");

    let (figure, floor) = draft_plan(items);
    show("chance of a draft plan", figure, floor, ms(figure) > MOST_MS, "20 ms");
    if failed {
        println!("FAILED: over a limit");
        std::process::exit(1);
    }
}

/// How many items in each of so many trials, counted in place: the least that a simulation does.
fn bare(daily: &[i64], days: u32, trials: u32) -> Vec<u32> {
    let mut chance = ChaCha8Rng::from_seed([1; 32]);
    let mut counts = vec![0_u32; 30 * 6];
    for _ in 0..trials {
        let mut done = 0_i64;
        for _ in 0..days {
            done += daily[((u64::from(chance.next_u32()) * daily.len() as u64) >> 32) as usize];
        }
        counts[done as usize] += 1;
    }
    counts
}

/// The view that the window asks for whenever an item is selected, and reading what it needs by bare statements.
fn draft_plan(items: usize) -> (Duration, Duration) {
    let folder = evenkeel_tests::folder();
    let path = folder.path().join("bench.evenkeel");
    let (team, sprint) = team_of(&path, items);
    let connection = Connection::open(&path).expect("a connection");
    let mut statements = [
        format!("SELECT id, kind, size, lane, state FROM item WHERE sprint = '{sprint}'"),
        "SELECT item.id, item.size, item.state_since FROM state JOIN item ON item.state = state.id
          WHERE state.category = 'done' AND item.state_since > 0"
            .to_owned(),
        "SELECT day, sum(minutes) FROM interrupt_hours GROUP BY day".to_owned(),
        "SELECT member.id, valid_from, minutes_a_day FROM member JOIN member_hours ON member = member.id"
            .to_owned(),
        "SELECT member, first_day, last_day, away FROM absence WHERE last_day >= '2026-09-01'".to_owned(),
        "SELECT member, from_at, to_at, 1 FROM on_call_shift WHERE to_at >= 1788220800000".to_owned(),
    ]
    .map(|sql| Some(connection.prepare(&sql).expect("a statement")));
    beside(
        60,
        || {
            let query = json!({ "forecast": { "planOdds": { "sprint": sprint } } });
            let query = app::parse_query(&query.to_string()).expect("a query");
            let answer = app::ask(&team, query, &context(at(42, 9), 9)).expect("a view");
            assert!(answer.0.contains("items are done"), "{}", answer.0);
        },
        || {
            let mut read = 0;
            for statement in statements.iter_mut().flatten() {
                let mut rows = statement.query([]).expect("rows");
                while let Some(row) = rows.next().expect("a row") {
                    black_box(row.get_ref(0).expect("a value"));
                    read += 1;
                }
            }
            assert!(read > 250, "{read}");
        },
    )
}

/// A team with many items, three closed Sprints in which six items were done each day, interrupts in each, and 60 items
/// selected into a Sprint of a month.
fn team_of(path: &Path, items: usize) -> (Team, String) {
    let first = context(at(-3, 9), 1);
    let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
    let mut team =
        Team::create(path, &Access::Script, &first.stamp(), app::team::set_up(&new, &first)).expect("a team");
    let mut file = String::from("Issue key,Issue Type,Summary,Story Points,Created\n");
    for n in 1..=items {
        let kind = ["Story", "Bug"][n % 2];
        let (points, month) = (1 + n % 8, 1 + n % 8);
        writeln!(file, "PAY-{n},{kind},Card retries of merchant {n},{points},2026-0{month}-11 10:00")
            .expect("a text");
    }
    let import = Context { attachment: Some(file.as_bytes()), ..context(at(-3, 10), 2) };
    let look = app::parse_query(&json!({ "exchange": { "look": {} } }).to_string()).expect("a query");
    let look: Value = serde_json::from_str(&app::ask(&team, look, &import).expect("a look").0).expect("JSON");
    let command = json!({ "exchange": { "import": { "mapping": look["mapping"] } } });
    app::run(&mut team, app::parse_command(&command.to_string()).expect("a command"), &import)
        .expect("an import");

    let mut chance = 10;
    let mut run = |team: &mut Team, now: Instant, command: Value| -> Vec<String> {
        chance += 1;
        let command = app::parse_command(&command.to_string()).expect("a command");
        app::run(team, command, &context(now, chance)).expect("it is carried out").created
    };
    let ask = |team: &Team, query: Value| -> Value {
        let query = app::parse_query(&query.to_string()).expect("a query");
        serde_json::from_str(&app::ask(team, query, &context(at(60, 9), 3)).expect("a view").0).expect("JSON")
    };
    for n in 0..20_i64 {
        let member = json!({ "name": format!("Member {n}"), "hours": "6", "from": "2026-01-01" });
        let member = run(&mut team, at(-3, 11), json!({ "team": { "addMember": member } })).remove(0);
        for month in ["09", "10", "11"] {
            let day = |day: i64| format!("2026-{month}-{:02}", 1 + (day + n) % 28);
            let away = json!({ "member": member, "firstDay": day(3), "away": "half" });
            run(&mut team, at(-3, 12), json!({ "capacity": { "addAbsence": away } }));
            let call = json!([{ "member": member, "firstDay": day(12), "lastDay": day(12) }]);
            let call = json!({ "capacity": { "markOnCall": { "days": call, "onCall": true } } });
            run(&mut team, at(-3, 12), call);
        }
    }
    let done = ask(&team, json!({ "team": { "settings": {} } }))["states"][2]["id"].clone();
    let top = |team: &Team, count: usize| -> Vec<Value> {
        let window = ask(team, json!({ "backlog": { "window": { "from": 0, "limit": count } } }));
        window["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect()
    };
    for n in 0..3 {
        let begin = n * 14;
        let sprint = run(&mut team, at(begin, 8), json!({ "sprint": { "plan": {} } })).remove(0);
        let ids = top(&team, 60);
        let select = json!({ "items": ids, "sprint": sprint });
        run(&mut team, at(begin, 8), json!({ "sprint": { "selectItems": select } }));
        run(&mut team, at(begin, 9), json!({ "sprint": { "start": { "sprint": sprint } } }));
        let days = (0..12).filter(|day| day % 7 < 5);
        for (day, some) in days.zip(ids.chunks(6)) {
            let moved = json!({ "items": some, "state": done });
            run(&mut team, at(begin + day, 15), json!({ "sprint": { "moveToState": moved } }));
            let down = json!({ "title": "Down", "severity": "P3", "hours": "2" });
            run(&mut team, at(begin + day, 16), json!({ "interrupt": { "report": down } }));
        }
        let close = json!({ "sprint": sprint, "decisions": [] });
        run(&mut team, at(begin + 11, 17), json!({ "sprint": { "close": close } }));
    }
    let plan = json!({ "firstDay": "2026-11-02", "lastDay": "2026-12-01" });
    let sprint = run(&mut team, at(42, 8), json!({ "sprint": { "plan": plan } })).remove(0);
    let select = json!({ "items": top(&team, 60), "sprint": sprint });
    run(&mut team, at(42, 8), json!({ "sprint": { "selectItems": select } }));
    (team, sprint)
}

/// An hour of a day, counted from the Monday on which the first Sprint starts.
fn at(day: i64, hour: i64) -> Instant {
    Instant::from_millis(MONDAY + (day * 24 + hour - 9) * HOUR)
}

fn context(now: Instant, chance: u64) -> Context<'static> {
    Context::new(now, chance, "bench", "")
}
