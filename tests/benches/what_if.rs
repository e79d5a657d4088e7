//! What if: from changes that nobody made to the lanes before and after.
//!
//! 1. In a team: 10,000 items in the file, 200 of them selected into a Sprint of a month, 20 members with absences and
//!    days on call, three closed Sprints; JSON in and JSON out as the window asks. Its floor is the bare statements of
//!    SQLite that read the selected items, the members and their days.
//! 2. At once: 10,000 items selected, 20 members, 60 working days, all in memory. Its floor is one pass over the items
//!    and one over the days of the members, for before and after.
//! 3. Both have one limit; floor and figure are measured in one run.
//!
//! `EVENKEEL_BENCH_ITEMS` changes the number of items.

use app::{Access, Context, Team};
use domain::backlog::WorkKind;
use domain::calendar::{Day, Instant, WorkCalendar, WorkingWeek, Zone};
use domain::capacity::{
    Attendance, Change, Draft, Experience, PersonDays, ScrumEvents, Selection, budget, focus, giving_way,
    hours_per_point, load, planned_points,
};
use domain::identity::{Identities, MemberId};
use domain::measures::{Minutes, Share, Size};
use domain::team::{Lane, Lanes, Member, MemberHours};
use evenkeel_tests::timing::{median_time, ms};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

const MOST: f64 = 20.0;
const ROUNDS: usize = 60;
const HOUR: i64 = 3_600_000;
/// Monday, 14 September 2026, nine in Zurich.
const MONDAY: i64 = 1_789_369_200_000;

fn main() {
    let items =
        std::env::var("EVENKEEL_BENCH_ITEMS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    println!("{:34} {:>9} {:>9} {:>8}", "median, ms", items, "floor", "ratio");
    let mut failed = false;
    for (name, (figure, floor)) in
        [("what if in a team", in_a_team(items)), ("what if of all at once", at_once(items))]
    {
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

/// The view that the window asks for at every move of a slider, and reading what it needs by bare statements.
fn in_a_team(items: usize) -> (Duration, Duration) {
    let folder = evenkeel_tests::folder();
    let path = folder.path().join("bench.evenkeel");
    let (team, sprint, member) = team_of(&path, items);
    let mut percent = 0;
    let figure = median_time(ROUNDS, || {
        percent = (percent + 1) % 40;
        let changes = json!([
            { "away": { "member": member, "firstDay": "2026-11-04", "lastDay": "2026-11-06", "away": 10_000 } },
            { "onCall": { "member": member, "firstDay": "2026-11-09", "lastDay": "2026-11-09", "onCall": true } },
            { "buffer": { "share": 2000 + percent * 100 } },
        ]);
        let query = json!({ "capacity": { "whatIf": { "sprint": sprint, "changes": changes } } });
        let query = app::parse_query(&query.to_string()).expect("a query");
        let answer = app::ask(&team, query, &context(at(49, 9), 9)).expect("a view");
        assert!(answer.0.contains("\"waiting\":[{"), "{}", answer.0);
    });
    let connection = Connection::open(&path).expect("a connection");
    let mut statements = [
        format!("SELECT id, kind, size, lane, owner, state FROM item WHERE sprint = '{sprint}'"),
        "SELECT member.id, valid_from, minutes_a_day FROM member JOIN member_hours ON member = member.id"
            .to_owned(),
        "SELECT member, first_day, last_day, away FROM absence WHERE last_day >= '2026-11-02'".to_owned(),
        "SELECT member, from_at, to_at, 1 FROM on_call_shift WHERE to_at >= 1793577600000".to_owned(),
    ]
    .map(|sql| Some(connection.prepare(&sql).expect("a statement")));
    let floor = median_time(ROUNDS, || {
        let mut read = 0;
        for statement in statements.iter_mut().flatten() {
            let mut rows = statement.query([]).expect("rows");
            while let Some(row) = rows.next().expect("a row") {
                black_box(row.get_ref(0).expect("a value"));
                read += 1;
            }
        }
        assert!(read > 250, "{read}");
    });
    (figure, floor)
}

/// A team with many items, three closed Sprints of 60 items each, and 200 items selected into a Sprint of a month.
fn team_of(path: &Path, items: usize) -> (Team, String, String) {
    let first = context(at(-3, 9), 1);
    let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
    let mut team =
        Team::create(path, &Access::Script, &first.stamp(), app::team::set_up(&new, &first)).expect("a team");
    let mut file = String::from("Issue key,Issue Type,Summary,Story Points,Created\n");
    for n in 1..=items {
        let kind = ["Story", "Bug"][n % 2];
        writeln!(
            file,
            "PAY-{n},{kind},Card retries of merchant {n},{},2026-0{}-11 10:00",
            1 + n % 8,
            1 + n % 8
        )
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
    let mut members = Vec::new();
    for n in 0..20_i64 {
        let member = json!({ "name": format!("Member {n}"), "hours": "6" });
        let member = run(&mut team, at(-3, 11), json!({ "team": { "addMember": member } })).remove(0);
        for month in [10, 11] {
            let day = |day: i64| format!("2026-{month}-{:02}", 1 + (day + n) % 28);
            let away = json!({ "member": member, "firstDay": day(3), "away": "half" });
            run(&mut team, at(-3, 12), json!({ "capacity": { "addAbsence": away } }));
            let call = json!([{ "member": member, "firstDay": day(12), "lastDay": day(12) }]);
            run(
                &mut team,
                at(-3, 12),
                json!({ "capacity": { "markOnCall": { "days": call, "onCall": true } } }),
            );
        }
        members.push(member);
    }
    let done = ask(&team, json!({ "team": { "settings": {} } }))["states"][2]["id"].clone();
    let select = |team: &mut Team,
                  run: &mut dyn FnMut(&mut Team, Instant, Value) -> Vec<String>,
                  sprint: &str,
                  count: usize,
                  now| {
        let window = ask(team, json!({ "backlog": { "window": { "from": 0, "limit": count } } }));
        let ids: Vec<Value> =
            window["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
        run(team, now, json!({ "sprint": { "selectItems": { "items": ids, "sprint": sprint } } }));
        ids
    };
    for n in 0..3 {
        let begin = n * 14;
        let sprint = run(&mut team, at(begin, 8), json!({ "sprint": { "plan": {} } })).remove(0);
        let ids = select(&mut team, &mut run, &sprint, 60, at(begin, 8));
        run(&mut team, at(begin, 9), json!({ "sprint": { "start": { "sprint": sprint } } }));
        let moved = json!({ "items": ids, "state": done });
        run(&mut team, at(begin + 11, 15), json!({ "sprint": { "moveToState": moved } }));
        run(
            &mut team,
            at(begin + 11, 16),
            json!({ "sprint": { "close": { "sprint": sprint, "decisions": [] } } }),
        );
    }
    let plan = json!({ "firstDay": "2026-11-02", "lastDay": "2026-12-01" });
    let sprint = run(&mut team, at(42, 8), json!({ "sprint": { "plan": plan } })).remove(0);
    select(&mut team, &mut run, &sprint, 200, at(42, 8));
    (team, sprint, members.remove(0))
}

/// Everything in memory: two drafts, their figures and their loads; and passing once over items and days for each.
fn at_once(items: usize) -> (Duration, Duration) {
    let world = World::of(items);
    let closed = [Experience {
        net: None,
        person_days: Some(PersonDays::days(600)),
        buffer_share: Share::percent(10),
        interrupts: Minutes::ZERO,
        completed: Size::points(500),
    }; 6];
    let change = Change::Away {
        member: world.draft.members[0].id,
        days: (day(2026, 9, 16), day(2026, 9, 18)),
        away: Share::WHOLE,
    };
    let stand = |draft: &Draft| {
        let capacity = draft.capacity();
        let total = capacity.total();
        let buffer = draft.lanes.buffer().map_or(Share::ZERO, |lane| lane.share);
        let points = planned_points(&focus(&closed), total.map(|total| total.person_days), buffer, None);
        let budget = budget(&draft.lanes, points.points(), total.map(|total| total.net));
        let days: Vec<_> =
            capacity.members.iter().map(|member| (member.member, member.person_days)).collect();
        let load = load(&budget, &world.selected, &hours_per_point(&closed), &days);
        giving_way(&load, &world.selected).len()
    };
    assert_eq!(world.draft.capacity().days.len(), 60);
    let figure = median_time(ROUNDS, || {
        let after = world
            .draft
            .clone()
            .with(&change)
            .and_then(|draft| draft.with(&Change::Buffer(Share::percent(20))));
        let after = after.expect("a draft");
        assert!(stand(&world.draft) < stand(&after), "fewer items fit");
    });
    let floor = median_time(ROUNDS, || {
        for _ in 0..2 {
            let sum: Size = world.selected.iter().filter_map(|item| item.size).sum();
            black_box(sum);
            for member in &world.draft.members {
                for day in world.draft.days.0.through(world.draft.days.1) {
                    black_box(world.draft.attendance.presence.get(&(member.id, day)));
                }
            }
        }
    });
    (figure, floor)
}

struct World {
    draft: Draft,
    selected: Vec<Selection>,
}

impl World {
    fn of(count: usize) -> World {
        let mut ids = Identities::new(at(0, 9), 1, 1);
        let mut lane = |name: &str, kinds: &[WorkKind], share| Lane {
            id: ids.fresh(),
            name: name.into(),
            kinds: kinds.to_vec(),
            is_buffer: kinds.is_empty(),
            share: Share::percent(share),
        };
        let production = [WorkKind::Bug, WorkKind::Debt, WorkKind::Infrastructure];
        let lanes = vec![
            lane("New features", &[WorkKind::Feature], 60),
            lane("Production", &production, 30),
            lane("Buffer", &[], 10),
        ];
        let lanes = Lanes::new(lanes).expect("lanes");
        let hours = MemberHours {
            valid_from: day(2026, 1, 1),
            a_day: Some(Minutes::hours(6)),
            week: None,
            share: Share::WHOLE,
        };
        let members: Vec<Member> = (0..20)
            .map(|n| Member {
                id: ids.fresh(),
                name: format!("Member {n}"),
                from: day(2026, 1, 1),
                to: None,
                hours: vec![hours],
            })
            .collect();
        let days = (day(2026, 9, 14), day(2026, 12, 4));
        let mut attendance = Attendance::default();
        for (n, member) in members.iter().enumerate() {
            for (place, one) in days.0.through(days.1).enumerate() {
                if (place + n) % 9 == 0 {
                    attendance.presence.insert((member.id, one), Share::percent(50));
                }
                if (place + n) % 20 < 7 {
                    attendance.on_call.insert((member.id, one));
                }
            }
        }
        let owner = |n: usize| -> Option<MemberId> { members.get(n % 23).map(|member| member.id) };
        let selected = (0..count)
            .map(|n| Selection {
                item: ids.fresh(),
                lane: lanes.all().get(n % 2).map(|lane| lane.id),
                size: (n % 17 != 0).then(|| Size::points(1 + (n % 8) as i64)),
                owner: owner(n),
            })
            .collect();
        let calendar = WorkCalendar {
            zone: Zone::parse("Europe/Zurich").expect("a zone"),
            weeks: vec![(day(2026, 1, 1), WorkingWeek::MONDAY_TO_FRIDAY)],
            holidays: [].into(),
        };
        let events = ScrumEvents::default();
        World { draft: Draft { members, calendar, days, events, attendance, lanes }, selected }
    }
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::new(year, month, day).expect("a day")
}

/// An hour of a day, counted from the Monday on which the first Sprint starts.
fn at(day: i64, hour: i64) -> Instant {
    Instant::from_millis(MONDAY + (day * 24 + hour - 9) * HOUR)
}

fn context(now: Instant, chance: u64) -> Context<'static> {
    Context::new(now, chance, "bench", "")
}
