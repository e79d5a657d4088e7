//! From facts to a burn-down's SVG, at 10,000 items of history.
//!
//! 1. In a team: 10,000 items in the file, 120 of them in the running Sprint, JSON in and JSON out as the window asks.
//!    Its floor is the bare statement of SQLite that reads the Sprint's facts.
//! 2. At once: 10,000 items in one Sprint, 60,000 facts in memory, one in fifty a change of the scope. Its floor is
//!    folding each item's facts once.
//! 3. The medians of both have one limit; floor and figure are measured in one run.
//!
//! `EVENKEEL_BENCH_ITEMS` changes the number of items.

use app::{Access, Context, Team};
use domain::backlog::{Category, Dated, Item, ItemFact, ItemPresent, Origin, Rank, WorkKind};
use domain::calendar::{Day, Instant, WorkCalendar, WorkingWeek, Zone};
use domain::capacity::TeamCapacity;
use domain::flow::{BurnDown, SprintFlow, Stage};
use domain::identity::{Identities, ItemId, SprintId};
use domain::measures::{Share, Size};
use domain::sprint::{Candidate, Commitment, ScopeLedger, Sprint, SprintItem};
use domain::team::{Lane, Lanes, State, Workflow};
use evenkeel_tests::timing::{median_time, ms};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

const MOST: f64 = 10.0;
const ROUNDS: usize = 60;
const HOUR: i64 = 3_600_000;
/// Monday, 16 November 2026, nine in Zurich.
const MONDAY: i64 = 1_794_816_000_000;

fn main() {
    let items =
        std::env::var("EVENKEEL_BENCH_ITEMS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    println!("{:34} {:>9} {:>9} {:>8}", "median, ms", items, "floor", "ratio");
    let mut failed = false;
    let figures =
        [("burn-down of a Sprint in a team", in_a_team(items)), ("burn-down of all at once", at_once(items))];
    for (name, (figure, floor)) in figures {
        let too_slow = ms(figure) > MOST;
        failed |= too_slow;
        println!(
            "{name:34} {:>9.3} {:>9.3} {:>8.1}{}",
            ms(figure),
            ms(floor),
            figure.as_secs_f64() / floor.as_secs_f64(),
            if too_slow { format!("  over {MOST} ms") } else { String::new() },
        );
    }
    if failed {
        println!("FAILED: over a limit");
        std::process::exit(1);
    }
}

/// The view of a Sprint's burn-down, and reading its facts by a bare statement.
fn in_a_team(items: usize) -> (Duration, Duration) {
    let folder = evenkeel_tests::folder();
    let path = folder.path().join("bench.evenkeel");
    let (team, sprint) = team_of(&path, items);
    let now = at(7, 15);
    let question = json!({ "flow": { "chart": { "chart": "burnDown", "theme": "light", "width": 960, "height": 540 } } });
    let query = app::parse_query(&question.to_string()).expect("a query");
    let figure = median_time(ROUNDS, || {
        let answer = app::ask(&team, query.clone(), &Context::new(now, 9, "bench", "")).expect("a view");
        assert!(answer.0.contains("<svg"));
    });
    let connection = Connection::open(&path).expect("a connection");
    let mut select = connection
        .prepare(
            "SELECT subject, id, operation, happened_at, recorded_at, kind, value, sprint, lane, origin
               FROM item_event
              WHERE subject IN (SELECT subject FROM item_event WHERE sprint = ?1)
              ORDER BY happened_at, recorded_at, id",
        )
        .expect("a statement");
    let floor = median_time(ROUNDS, || {
        let mut rows = select.query([&sprint]).expect("rows");
        let mut facts = 0;
        while let Some(row) = rows.next().expect("a row") {
            black_box(row.get_ref(5).expect("a kind"));
            facts += 1;
        }
        assert!(facts > 600);
    });
    (figure, floor)
}

/// A team with many items, of which 120 are worked through in a Sprint of two weeks.
fn team_of(path: &Path, items: usize) -> (Team, String) {
    let context = |now: Instant, chance: u64| Context::new(now, chance, "bench", "");
    let first = context(at(-1, 9), 1);
    let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
    let mut team =
        Team::create(path, &Access::Script, &first.stamp(), app::team::set_up(&new, &first)).expect("a team");
    let mut file = String::from("Issue key,Issue Type,Summary,Story Points,Created\n");
    for n in 1..=items {
        writeln!(
            file,
            "PAY-{n},Story,Card retries of merchant {n},{},2026-0{}-11 10:00",
            1 + n % 8,
            1 + n % 9
        )
        .expect("a text");
    }
    let import = Context { attachment: Some(file.as_bytes()), ..context(at(-1, 10), 2) };
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
    let plan = json!({ "firstDay": "2026-11-16", "lastDay": "2026-11-27" });
    let sprint = run(&mut team, at(-1, 11), json!({ "sprint": { "plan": plan } }))[0].clone();
    let window = json!({ "backlog": { "window": { "from": 0, "limit": 140 } } });
    let window = app::parse_query(&window.to_string()).expect("a query");
    let window = app::ask(&team, window, &context(at(-1, 11), 5)).expect("a window").0;
    let window: Value = serde_json::from_str(&window).expect("JSON");
    let ids: Vec<Value> =
        window["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
    run(
        &mut team,
        at(0, 8),
        json!({ "sprint": { "selectItems": { "items": ids[..120], "sprint": sprint } } }),
    );
    run(&mut team, at(0, 9), json!({ "sprint": { "start": { "sprint": sprint } } }));
    let settings = app::parse_query(&json!({ "team": { "settings": {} } }).to_string()).expect("a query");
    let settings = app::ask(&team, settings, &context(at(0, 9), 6)).expect("settings").0;
    let settings: Value = serde_json::from_str(&settings).expect("JSON");
    let states: Vec<Value> =
        settings["states"].as_array().expect("states").iter().map(|state| state["id"].clone()).collect();
    for (place, item) in ids.iter().enumerate() {
        let now = at(place as i64 / 20, 9 + place as i64 % 8);
        if place >= 120 {
            let add = json!({ "items": [item], "sprint": sprint, "origin": "discovered" });
            run(&mut team, now, json!({ "sprint": { "selectItems": add } }));
            continue;
        }
        for state in &states[1..3] {
            run(&mut team, now, json!({ "sprint": { "moveToState": { "items": [item], "state": state } } }));
        }
        if place % 12 == 0 {
            run(&mut team, now, json!({ "backlog": { "size": { "items": [item], "size": 1300 } } }));
        }
    }
    (team, sprint)
}

/// Ledger, burn-down and SVG of facts in memory, and folding each item's facts once.
fn at_once(items: usize) -> (Duration, Duration) {
    let world = World::of(items);
    let figure = median_time(ROUNDS, || {
        let ledger =
            ScopeLedger::new(world.sprint.id, &world.commitment, &world.workflow, &world.items, at(11, 17));
        let burn = BurnDown::new(
            &SprintFlow {
                sprint: "Sprint 43",
                ledger: &ledger,
                calendar: &world.calendar,
                stage: Stage::Running,
                decisions: &[],
                is_past: false,
            },
            None,
        );
        let theme = charts::Theme::named(charts::ThemeName::Light);
        let chart = charts::burn_down(&burn, &theme, charts::Size::new(960, 540), "bench").expect("a chart");
        black_box(chart.svg);
    });
    let floor = median_time(ROUNDS, || {
        for item in &world.items {
            black_box(ItemPresent::fold(&item.facts));
        }
    });
    (figure, floor)
}

struct World {
    sprint: Sprint,
    commitment: Commitment,
    workflow: Workflow,
    calendar: WorkCalendar,
    items: Vec<SprintItem>,
}

impl World {
    fn of(count: usize) -> World {
        let mut ids = Identities::new(at(-1, 9), 1, 1);
        let mut state = |name: &str, category| State { id: ids.fresh(), name: name.into(), category };
        let workflow = Workflow::new(vec![
            state("To do", Category::ToDo),
            state("In progress", Category::InProgress),
            state("Done", Category::Done),
            state("Cancelled", Category::Cancelled),
        ])
        .expect("a workflow");
        let mut lane = |name: &str, kinds: &[WorkKind], share| Lane {
            id: ids.fresh(),
            name: name.into(),
            kinds: kinds.to_vec(),
            is_buffer: kinds.is_empty(),
            share: Share::percent(share),
        };
        let lanes = Lanes::new(vec![lane("All", WorkKind::ALL, 90), lane("Buffer", &[], 10)]).expect("lanes");
        let sprint_id: SprintId = ids.fresh();
        let (to_do, doing, done) = (workflow.all()[0].id, workflow.all()[1].id, workflow.all()[2].id);
        let lane = lanes.all()[0].id;
        let mut items = Vec::with_capacity(count);
        for n in 0..count {
            let id: ItemId = ids.fresh();
            let added = n % 100 == 0;
            let day = (n % 12) as i64;
            let mut facts = Vec::with_capacity(6);
            let mut fact = |at: Instant, fact| {
                facts.push(Dated { id: ids.fresh(), happened_at: at, recorded_at: at, operation: 1, fact });
            };
            fact(at(-30, 9), ItemFact::Created { state: to_do });
            fact(at(-20, 9), ItemFact::Sized(Some(Size::points(1 + (n % 8) as i64))));
            let origin = added.then_some(Origin::Discovered);
            let selected = at(if added { day } else { -1 }, 10);
            fact(selected, ItemFact::Selected { sprint: sprint_id, lane: Some(lane), origin });
            fact(at(day, 11), ItemFact::Moved { state: doing });
            fact(
                at(day, 12),
                ItemFact::Sized(Some(Size::points(1 + ((n + usize::from(n % 100 == 1)) % 8) as i64))),
            );
            let minute = Instant::from_millis(at(day, 13).millis() + (n % 240) as i64 * 60_000);
            fact(minute, ItemFact::Moved { state: done });
            items.push(SprintItem {
                id,
                label: format!("PAY-{n}"),
                title: format!("Card retries {n}"),
                facts,
            });
        }
        let calendar = WorkCalendar {
            zone: Zone::parse("Europe/Zurich").expect("a zone"),
            weeks: vec![(Day::new(2026, 1, 1).expect("a day"), WorkingWeek::MONDAY_TO_FRIDAY)],
            holidays: [].into(),
        };
        let sprint = Sprint {
            id: sprint_id,
            name: "Sprint 43".into(),
            goal: String::new(),
            first_day: Day::new(2026, 11, 16).expect("a day"),
            last_day: Day::new(2026, 11, 27).expect("a day"),
            started_at: None,
            closed_at: None,
        };
        let present = |item: &SprintItem| Item {
            id: item.id,
            label: item.label.clone(),
            title: item.title.clone(),
            description: String::new(),
            rank: Rank::between(None, None),
            parent: None,
            present: ItemPresent::fold(item.facts.iter().filter(|dated| dated.happened_at <= at(0, 9))),
        };
        let selected: Vec<Item> =
            items.iter().map(present).filter(|item| item.present.sprint == Some(sprint_id)).collect();
        let capacity = TeamCapacity { days: Vec::new(), members: Vec::new() };
        let with_parts = HashSet::new();
        let candidate = Candidate {
            with_parts: &with_parts,
            selected: &selected,
            workflow: &workflow,
            calendar: &calendar,
            lanes: &lanes,
            capacity: &capacity,
        };
        let commitment = Commitment::draft(&sprint, &candidate, at(0, 9));
        World { sprint, commitment, workflow, calendar, items }
    }
}

/// An hour of a day, counted from the Monday on which the Sprint starts.
fn at(day: i64, hour: i64) -> Instant {
    Instant::from_millis(MONDAY + (day * 24 + hour - 9) * HOUR)
}
