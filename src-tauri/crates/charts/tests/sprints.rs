//! Pictures across Sprints: velocity, the split of one Sprint and over several, interrupt load, the burn-up of a goal.
//!
//! 1. The goldens in `golden/` are byte-equal; EVENKEEL_BLESS=1 writes them anew. To review them is to look at them.
//! 2. Whatever the data, the picture is well-formed, stays on its canvas and has no two labels upon each other.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "parts/hostile.rs"]
mod hostile;
#[path = "parts/sound.rs"]
mod sound;

use charts::{Chart, ChartError, Size, Theme, ThemeName};
use domain::calendar::Day;
use domain::flow::{
    Ahead, Behind, BufferUse, ClosedSprint, CommittedAndDone, GoalBurnUp, GoalForecast, GoalName, GoalPoint,
    Known, LaneFigures, LaneSplit, SizedCount, SprintFigures, Unit, interrupt_load, lane_trend, velocity,
};
use domain::forecast::{ConeDay, Samples, Seed, TooLittleHistory};
use domain::identity::{LaneId, SprintId};
use domain::interrupt::{SplitWork, split};
use domain::measures::{Minutes, Share, Size as Amount};
use domain::sprint::PastTotals;
use expect_test::expect;
use hostile::{cases, title};
use proptest::prelude::*;
use sound::{are_golden, is_sound, looks_sound, smallest_text};
use std::path::PathBuf;

// ── Stories: Sprints as text ───────────────────────────────────────────────────────────────────────────────────────

/// Closed Sprints, one a line: `Sprint 31: Features 30/24 i6/5, Production 10/8, Buffer 0/2, hours 300/24, came 3/0`, or
/// `Sprint 31: totals 28/8`; `-` is not known.
fn sprints(text: &str) -> Vec<ClosedSprint> {
    let first = Day::parse("2026-01-05").unwrap();
    let sprint = |(place, line): (usize, &str)| {
        let (name, parts) = line.trim().rsplit_once(": ").unwrap();
        let (first_day, last_day) = (first.plus(14 * place as i64), first.plus(14 * place as i64 + 11));
        let known = match parts.strip_prefix("totals ") {
            Some(totals) => {
                let (committed, completed) = pair(totals);
                Known::Totals(PastTotals {
                    committed,
                    completed: completed.unwrap(),
                    person_days: None,
                    buffer_share: Share::percent(10),
                    working_days: 10,
                })
            }
            None => Known::Figures(Box::new(figures(name, parts, first_day, last_day))),
        };
        ClosedSprint { id: sprint_id(place), name: name.into(), first_day, last_day, known }
    };
    text.lines().filter(|line| !line.trim().is_empty()).enumerate().map(sprint).collect()
}

fn pair(text: &str) -> (Option<Amount>, Option<Amount>) {
    let (one, other) = text.split_once('/').unwrap();
    (Amount::parse(one).ok(), Amount::parse(other).ok())
}

fn sprint_id(place: usize) -> SprintId {
    format!("00000000-0000-7000-8000-{place:012}").parse().unwrap()
}

fn lane_id(name: &str) -> LaneId {
    let number = name.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    format!("00000000-0000-7000-9000-{:012}", number % 1_000_000_000_000).parse().unwrap()
}

fn figures(name: &str, parts: &str, first_day: Day, last_day: Day) -> SprintFigures {
    let mut lanes: Vec<LaneFigures> = Vec::new();
    let (mut sized, mut net, mut buffer) = (None, None, BufferUse::default());
    let count = |size: Option<Amount>| size.map_or(0, |size| (size.in_hundredths() / 100) as u32);
    let hours = |size: Option<Amount>| size.map(|size| Minutes::new(size.in_hundredths() * 60 / 100));
    for part in parts.split(", ") {
        let (what, amounts) = part.rsplit_once(if part.contains(" i") { " i" } else { " " }).unwrap();
        let (what, points, items) = match what.rsplit_once(' ') {
            Some((what, points)) if part.contains(" i") => (what, points, amounts),
            _ => (what, amounts, "1/1"),
        };
        match what {
            "sized" => {
                sized = Some(SizedCount { sized: count(pair(points).0), items: count(pair(points).1) })
            }
            "hours" => {
                (net, buffer.used) = (hours(pair(points).0), hours(pair(points).1).unwrap_or_default())
            }
            "came" => (buffer.came, buffer.unknown) = (count(pair(points).0), count(pair(points).1)),
            lane => {
                let both = |word: &str| CommittedAndDone {
                    committed: pair(word).0.unwrap(),
                    done: pair(word).1.unwrap(),
                };
                lanes.push(LaneFigures {
                    lane: (lane != "?").then(|| lane_id(lane)),
                    name: if lane == "?" { String::new() } else { lane.into() },
                    is_buffer: lane == "Buffer",
                    share: match lane {
                        "?" => Share::ZERO,
                        "Features" | "Neue Funktionen" => Share::percent(60),
                        "Production" | "Betrieb und Stabilität des Zahlungsverkehrs" => Share::percent(30),
                        "Shop" | "Operations" => Share::percent(20),
                        "Payments" => Share::percent(15),
                        "Data" => Share::percent(5),
                        _ => Share::percent(10),
                    },
                    points: both(points),
                    items: both(items),
                });
            }
        }
    }
    let items = (lanes.iter().filter(|lane| !lane.is_buffer).map(|lane| lane.items.committed).sum::<Amount>())
        .in_hundredths() as u32
        / 100;
    let sized = sized.unwrap_or(SizedCount { sized: items, items });
    let work: Vec<SplitWork> = lanes
        .iter()
        .map(|lane| SplitWork {
            lane: lane.lane,
            name: lane.name.clone(),
            is_buffer: lane.is_buffer,
            share: lane.share,
            committed_points: lane.points.committed,
            committed_items: lane.items.committed,
            done_points: lane.points.done,
            done_items: lane.items.done,
            interrupts: if lane.is_buffer { buffer.used } else { Minutes::ZERO },
        })
        .collect();
    buffer.share = Share::percent(10);
    SprintFigures {
        name: name.into(),
        first_day,
        last_day,
        until: last_day,
        split: split(&work, net, buffer.unknown, (sized.sized, sized.items)),
        lanes,
        sized,
        net,
        person_days: None,
        buffer,
    }
}

const SIX: &str = "
    Sprint 37: Features 24/24, Production 12/10, Buffer 0/3, hours 310/42, came 4/0
    Sprint 38: Features 26/21, Production 11/12, Buffer 0/0, hours 296/31, came 3/0
    Sprint 39: Features 25/17, Production 14/14, Buffer 0/5, hours 240/58, came 7/1
    Sprint 40: Features 22/22, Production 12/9, Buffer 0/0, hours 304/18, came 2/0
    Sprint 41: Features 24/19, Production 12/13, Buffer 0/2, hours 288/0, came 2/2
    Sprint 42: Features 27/25, Production 11/8, Buffer 0/1, hours 312/47, came 5/0";

/// So many Sprints, each other.
fn many(count: usize) -> String {
    let mut text = String::new();
    for place in 0..count {
        let wave = |step: usize, from: usize, to: usize| from + (place * step + place / 3) % (to - from);
        text.push_str(&format!(
            "Team Nordlicht Sprint {}: Features {}/{}, Production {}/{}, Buffer 0/{}, hours {}/{}, came {}/0\n",
            place + 101,
            wave(7, 20, 34),
            wave(11, 14, 33),
            wave(5, 8, 17),
            wave(13, 4, 18),
            wave(3, 0, 6),
            wave(17, 230, 330),
            wave(19, 6, 70),
            wave(3, 1, 8),
        ));
    }
    text
}

/// Each story by its name.
fn stories() -> Vec<(&'static str, Vec<ClosedSprint>)> {
    let totals = "
        1: totals 28/0\n 2: totals 28/8\n 3: totals 39/39\n 4: totals 31/26\n 5: totals 28/16
        6: totals 56/15\n 7: totals 41/0\n 8: totals 74/61\n 9: totals 51/18";
    let mixed = "
        Sprint 1: totals -/18
        Sprint 2: totals 30/22
        Sprint 3: Features 20/18, Production 10/4, Buffer 0/0, hours -/0, came 0/0
        Sprint 4: Features 24/0, Production 8/0, Buffer 0/0, hours 200/12, came 2/0
        Sprint 5: Features 20/12.5, Production 10/8, Buffer 0/1, ? 5/3, hours 210/30, came 3/1";
    let names = "
        Спринт «Мгновенные переводы»: Neue Funktionen 20/18, Betrieb und Stabilität des Zahlungsverkehrs 10/8, Buffer 0/2, hours 200/18, came 1/0
        支払いの再試行: Neue Funktionen 22/12, Betrieb und Stabilität des Zahlungsverkehrs 12/14, Buffer 0/0, hours 220/64, came 1/0
        Sprint zur Vorbereitung der Sofortüberweisung für Geschäftskunden: Neue Funktionen 18/18, Betrieb und Stabilität des Zahlungsverkehrs 9/9, Buffer 0/0, hours 180/20, came 1/0";
    let lanes = "
        A: Shop 8/8, Search 5/3, Payments 13/8, Accounts 8/8, Operations 5/5, Security 3/1, Data 2/2, Buffer 0/3, ? 2/1, hours 300/40, came 4/0
        B: Shop 5/5, Search 8/8, Payments 13/13, Accounts 3/0, Operations 8/5, Security 5/3, Data 3/3, Buffer 0/0, hours 280/25, came 2/0
        C: Shop 8/3, Search 5/5, Payments 8/8, Accounts 5/5, Operations 8/13, Security 2/2, Data 1/1, Buffer 0/2, ? 3/3, hours 310/60, came 6/0";
    vec![
        ("six", sprints(SIX)),
        ("one", sprints("Sprint 1: Features 20/14, Production 10/9, Buffer 0/0, hours 200/12, came 1/0")),
        (
            "two",
            sprints(
                "Sprint 1: Features 20/14, Production 10/9, Buffer 0/0, hours 200/12, came 1/0\nSprint 2: Features 18/18, Production 8/5, Buffer 0/4, hours 190/31, came 3/0",
            ),
        ),
        ("totals", sprints(totals)),
        ("mixed", sprints(mixed)),
        ("names", sprints(names)),
        ("lanes", sprints(lanes)),
        ("twelve", sprints(&many(12))),
        ("sixty", sprints(&many(60))),
        (
            "unsized",
            sprints(
                "Sprint 1: Features 0/0 i9/7, Production 3/0 i6/4, Buffer 0/0 i0/2, sized 1/15, came 2/2\nSprint 2: Features 0/0 i8/8, Production 0/0 i5/5, Buffer 0/0 i0/0, sized 0/13, came 0/0",
            ),
        ),
        ("nothing", sprints("Sprint 1: Features 0/0 i0/0, Production 0/0 i0/0, Buffer 0/0 i0/0, came 0/0")),
    ]
}

// ── Pictures ───────────────────────────────────────────────────────────────────────────────────────────────────────

type Pixels = (u32, u32);

const PRINT: Pixels = (660, 380);
const WINDOW: Pixels = (960, 540);
const ROOM: Pixels = (1920, 1080);
const THUMBNAIL: Pixels = (320, 180);

/// Every picture of a story: the name of the chart, and the chart.
fn draw(sprints: &[ClosedSprint], theme: ThemeName, (width, height): Pixels) -> Vec<(&'static str, Chart)> {
    let (theme, size) = (Theme::named(theme), Size::new(width, height));
    let split_of = |sprint: &ClosedSprint, closed| {
        let figures = sprint.figures()?;
        let report = figures.split_in(None);
        Some(LaneSplit { id: sprint.id, name: sprint.name.clone(), closed, as_of: None, report })
    };
    let mut pictures = vec![
        ("velocity", charts::velocity(&velocity(sprints, None, None), &theme, size, "v").unwrap()),
        ("split-trend", charts::split_trend(&lane_trend(sprints, None, None), &theme, size, "t").unwrap()),
        ("load", charts::interrupt_load(&interrupt_load(sprints, 60, None), &theme, size, "l").unwrap()),
    ];
    if let Some(split) = sprints.last().and_then(|sprint| split_of(sprint, sprint.id != sprint_id(2))) {
        pictures.push(("split", charts::split(&split, &theme, size, "s").unwrap()));
    }
    pictures
}

/// The burn-up of a goal: `sprint scope/done, …` every two weeks, then now a week later; with a forecast of so much done
/// every third day, or none.
fn goal(name: &str, told: &str, unit: Unit, every_third_day: Option<i64>) -> GoalBurnUp {
    let first = Day::parse("2026-01-05").unwrap();
    let pairs: Vec<(Amount, Amount)> =
        told.split(' ').map(|both| (pair(both).0.unwrap(), pair(both).1.unwrap())).collect();
    let count = pairs.len();
    let points = pairs.iter().enumerate().map(|(place, (scope, done))| {
        let days = match place {
            0 => 0,
            place if place + 1 == count => 14 * place as i64 - 9,
            place => 14 * place as i64 - 3,
        };
        let is_end = place > 0 && place + 1 < count;
        GoalPoint {
            day: first.plus(days),
            days,
            sprint: is_end.then(|| (sprint_id(place), format!("Sprint {}", 30 + place))),
            scope: *scope,
            done: *done,
        }
    });
    let (scope, done) = pairs[count - 1];
    let goal = GoalBurnUp {
        goal: GoalName::Label(name.into()),
        unit,
        too_few_sized: None,
        as_of: None,
        points: points.collect(),
        items: 20,
        open: if scope == done { 0 } else { 7 },
        unsized_open: 0,
        ahead: if scope == Amount::ZERO {
            Ahead::Empty
        } else if scope == done {
            Ahead::Done
        } else {
            Ahead::TooLittle(TooLittleHistory::Days { days: 0 })
        },
    };
    let past = |a_day: i64| {
        Samples::new(
            (0..84).map(move |day| Amount::points(if day % 3 == 0 { a_day + day % 5 - 2 } else { 0 })),
        )
    };
    match every_third_day {
        Some(a_day) => goal.foreseen(past(a_day), Seed::new(1)),
        None => goal.foreseen(Samples::new([]), Seed::new(1)),
    }
}

fn goals() -> Vec<(&'static str, GoalBurnUp)> {
    let steady = "34/0 40/8 46/17 46/24 55/33 60/41 62/45";
    let mut long = String::from("100/0");
    for place in 1..30 {
        long.push_str(&format!(" {}/{}", 100 + place * 9, place * 8));
    }
    vec![
        ("steady", goal("Checkout 2", steady, Unit::Points, Some(3))),
        ("slow", goal("Checkout 2", steady, Unit::Points, Some(2))),
        (
            "long",
            goal(
                "Mehrwährungskonten für Geschäftskunden, zweiter Teil mit Abrechnung",
                &long,
                Unit::Points,
                Some(4),
            ),
        ),
        ("too-little", goal("Checkout 2", "8/0 13/3 13/5", Unit::Points, None)),
        ("done", goal("支払い 2", "34/0 40/20 40/40", Unit::Points, None)),
        ("first-day", goal("v1", "12/0", Unit::Items, Some(3))),
        ("empty", goal("v0", "0/0", Unit::Points, None)),
        ("unsized", GoalBurnUp { unsized_open: 3, ..goal("v1", "5/0 20/5 20/8", Unit::Points, Some(3)) }),
        (
            "past",
            GoalBurnUp {
                as_of: Day::parse("2026-02-03"),
                ..goal("Checkout 2", "34/0 40/8 46/17", Unit::Points, Some(3))
            },
        ),
    ]
}

fn draw_goal(goal: &GoalBurnUp, theme: ThemeName, (width, height): Pixels) -> Chart {
    charts::goal_burn_up(goal, &Theme::named(theme), Size::new(width, height), "g").unwrap()
}

/// Writes every story in every look to the folder that EVENKEEL_LOOK names, for eyes.
#[test]
#[ignore = "for looking at the pictures"]
fn look() {
    let Some(folder) = std::env::var_os("EVENKEEL_LOOK").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for (story, sprints) in stories() {
        for (look, theme, size) in [
            ("light-660", ThemeName::Light, PRINT),
            ("light-960", ThemeName::Light, WINDOW),
            ("dark-960", ThemeName::Dark, WINDOW),
            ("projector-1920", ThemeName::Projector, ROOM),
            ("light-320", ThemeName::Light, THUMBNAIL),
            ("projector-320", ThemeName::Projector, THUMBNAIL),
        ] {
            for (chart, drawn) in draw(&sprints, theme, size) {
                let scale = if size.0 > 1000 { 1.0 } else { 2.0 };
                let png = charts::png(&drawn.svg, scale).unwrap();
                std::fs::write(folder.join(format!("{chart}-{story}-{look}.png")), png).unwrap();
            }
        }
    }
    for (story, goal) in goals() {
        for (look, theme, size) in [
            ("light-960", ThemeName::Light, WINDOW),
            ("dark-660", ThemeName::Dark, PRINT),
            ("projector-1920", ThemeName::Projector, ROOM),
            ("light-320", ThemeName::Light, THUMBNAIL),
        ] {
            let png = charts::png(&draw_goal(&goal, theme, size).svg, if size.0 > 1000 { 1.0 } else { 2.0 });
            std::fs::write(folder.join(format!("goal-{story}-{look}.png")), png.unwrap()).unwrap();
        }
    }
}

#[test]
fn no_two_texts_lie_upon_each_other() {
    for (story, sprints) in stories() {
        for theme in [ThemeName::Light, ThemeName::Projector] {
            for size in [WINDOW, THUMBNAIL, (480, 300)] {
                for (chart, drawn) in draw(&sprints, theme, size) {
                    if let Err(found) = looks_sound(&drawn.svg) {
                        panic!("{chart} of {story}, {theme:?} {size:?}: {found}");
                    }
                }
            }
        }
    }
    for (story, goal) in goals() {
        for theme in [ThemeName::Light, ThemeName::Projector] {
            for size in [WINDOW, THUMBNAIL, (480, 300)] {
                if let Err(found) = looks_sound(&draw_goal(&goal, theme, size).svg) {
                    panic!("goal of {story}, {theme:?} {size:?}: {found}");
                }
            }
        }
    }
}

#[test]
fn every_picture_is_byte_equal_to_its_golden() {
    let looks = [
        ("print", ThemeName::Light, PRINT),
        ("dark", ThemeName::Dark, WINDOW),
        ("projector", ThemeName::Projector, ROOM),
        ("thumbnail", ThemeName::Light, THUMBNAIL),
    ];
    let mut pictures = Vec::new();
    let (stories, goals) = (stories(), goals());
    for (look, theme, size) in looks {
        for (chart, drawn) in draw(&stories[0].1, theme, size) {
            pictures.push((format!("{chart}-six-{look}.svg"), drawn.svg));
        }
        pictures.push((format!("goal-steady-{look}.svg"), draw_goal(&goals[0].1, theme, size).svg));
    }
    for (story, sprints) in stories.iter().filter(|(story, _)| ["mixed", "lanes"].contains(story)) {
        for (chart, drawn) in draw(sprints, ThemeName::Light, PRINT) {
            pictures.push((format!("{chart}-{story}-print.svg"), drawn.svg));
        }
    }
    are_golden(&pictures);
}

#[test]
fn a_title_states_the_finding() {
    let mut told = String::new();
    for (story, sprints) in stories() {
        for (_, drawn) in draw(&sprints, ThemeName::Light, WINDOW) {
            told.push_str(&format!("{story}: {}\n", drawn.title));
        }
    }
    for (story, goal) in goals() {
        told.push_str(&format!("{story}: {}\n", draw_goal(&goal, ThemeName::Light, WINDOW).title));
    }
    expect![[r#"
        six: Velocity: 32.5 points a Sprint, 31 to 34 in the last 6
        six: Split: the lanes came out as planned, on average
        six: Interrupt load: 14 % of the net hours in a usual Sprint, 24 % in a bad one
        six: Sprint 42: Production took 21 %, 30 % planned
        one: Velocity: 23 points in the only Sprint that tells it
        one: Split: Production took 37 % on average, 30 % planned
        one: Interrupt load: 6 % of the net hours in the only Sprint that tells it
        one: Sprint 1: Production took 37 %, 30 % planned
        two: Velocity: 23 points in each of the last 2 Sprints
        two: Split: the lanes came out as planned, on average
        two: Interrupt load: 6 % and 16 % of the net hours
        two: Sprint 2: Production took 18 %, 30 % planned
        totals: Velocity: 16 points a Sprint, 0 to 61 in the last 9
        totals: Split: not known in these Sprints
        totals: Interrupt load: not known in these Sprints
        mixed: Velocity: 22 points a Sprint, 0 to 23.5 in the last 5
        mixed: Split: Features took 46 % on average, 60 % planned
        mixed: Interrupt load: 6 % and 14 % of the net hours
        mixed: Sprint 5: Features took 46 %, 60 % planned
        names: Velocity: 26 points a Sprint, 26 to 27 in the last 3
        names: Split: Neue Funktionen took 52 % on average, 60 % planned
        names: Interrupt load: 11 % of the net hours in a usual Sprint, 29 % in a bad one
        names: Sprint zur Vorbereitung der Sofortüberweisung für Geschäftskunden: done as planned, lane by lane
        lanes: Velocity: 37 points a Sprint, 36 to 40 in the last 3
        lanes: Split: Payments took 22 % on average, 15 % planned
        lanes: Interrupt load: 13 % of the net hours in a usual Sprint, 19 % in a bad one
        lanes: C: Shop takes 6 % so far, 20 % planned
        twelve: Velocity: 37.5 points a Sprint, 18 to 46 in the last 12
        twelve: Split: the lanes came out as planned, on average
        twelve: Interrupt load: 10 % of the net hours in a usual Sprint, 23 % in a bad one
        twelve: Team Nordlicht Sprint 112: Features took 65 %, 60 % planned
        sixty: Velocity: 34 points a Sprint, 18 to 46 in the last 60
        sixty: Split: Buffer took 14 % on average, 10 % planned
        sixty: Interrupt load: 14 % of the net hours in a usual Sprint, 21 % in a bad one
        sixty: Team Nordlicht Sprint 160: Buffer took 23 %, 10 % planned
        unsized: Velocity: 12 items a Sprint, 11 to 13 in the last 2
        unsized: Split: Production took 35 % on average, 30 % planned
        unsized: Interrupt load: 0 h in the only Sprint that tells it
        unsized: Sprint 2: Buffer took 0 %, 10 % planned
        nothing: Velocity: 0 points in the only Sprint that tells it
        nothing: Split: nothing was done in these Sprints
        nothing: Interrupt load: not known in these Sprints
        nothing: Sprint 1: nothing in it yet
        steady: Checkout 2: 45 of 62 points done, very likely (85 %) by 16 April
        slow: Checkout 2: 45 of 62 points done, very likely (85 %) by 28 April
        long: Mehrwährungskonten für Geschäftskunden, zweiter Teil mit Abrechnung: 232 of 361 points done, very likely (85 %) by 1 June
        too-little: Checkout 2: 5 of 13 points done, too little history to say when
        done: 支払い 2: all of it is done, 40 points
        first-day: v1: 0 of 12 items done, very likely (85 %) by 25 January
        empty: v0: nothing is in it
        unsized: v1: 8 of 20 points done, very likely (85 %) by 13 February
        past: Checkout 2: 17 of 46 points done, very likely (85 %) by 5 March
    "#]].assert_eq(&told);
}

#[test]
fn what_is_drawn_stands_in_words_and_in_a_table() {
    let mut told = String::new();
    let mixed = stories().into_iter().find(|(story, _)| *story == "mixed").unwrap().1;
    let mut pictures = draw(&mixed, ThemeName::Light, WINDOW);
    pictures.push(("goal", draw_goal(&goals()[0].1, ThemeName::Light, WINDOW)));
    for (chart, drawn) in pictures {
        told.push_str(&format!("── {chart}\n{}\n{}\n", drawn.description, drawn.table.columns.join(" | ")));
        for row in &drawn.table.rows {
            assert_eq!(row.len(), drawn.table.columns.len());
            told.push_str(&format!("{}\n", row.join(" | ")));
        }
        for point in drawn.points.iter().rev().take(4) {
            told.push_str(&format!("{} {}: {}\n", point.x, point.y, point.label));
        }
    }
    expect![[r#"
        ── velocity
        Velocity of 5 closed Sprints, Sprint 1 to Sprint 5. In the planned lanes: between 0 and 23.5 points, median 22, mean 17.1, volatility 57 %, in 5 Sprints. With the buffer: between 0 and 24.5 points, median 22, mean 15.5, volatility 87 %, in 3 Sprints. 53 % of what was committed was completed.
        Sprint | From | To | Committed (points) | Completed | Features | Production | unsorted | With the buffer | Unsized items
        Sprint 1 | 5 January 2026 | 16 January 2026 |  | 18 |  |  |  |  | 
        Sprint 2 | 19 January 2026 | 30 January 2026 | 30 | 22 |  |  |  |  | 
        Sprint 3 | 2 February 2026 | 13 February 2026 | 30 | 22 | 18 | 4 | 0 | 22 | 0
        Sprint 4 | 16 February 2026 | 27 February 2026 | 32 | 0 | 0 | 0 | 0 | 0 | 0
        Sprint 5 | 2 March 2026 | 13 March 2026 | 35 | 23.5 | 12.5 | 8 | 3 | 24.5 | 0
        Mean |  |  |  | 17.1 |  |  |  | 15.5 | 
        Median |  |  |  | 22 |  |  |  | 22 | 
        Least |  |  |  | 0 |  |  |  | 0 | 
        Most |  |  |  | 23.5 |  |  |  | 24.5 | 
        Volatility |  |  |  | 57 % |  |  |  | 87 % | 
        773.75 230.45: Sprint 5: 23.5 of 35 points completed (Features 12.5, Production 8, unsorted 3), 24.5 with the buffer
        610.05 507.8: Sprint 4: 0 of 32 points completed
        446.3 248.15: Sprint 3: 22 of 30 points completed (Features 18, Production 4)
        282.55 248.15: Sprint 2: 22 of 30 points completed; only totals are known
        ── split-trend
        Split of the capacity among the lanes in 5 closed Sprints, in hours. Features: 46 % done, last planned 60 %. Production: 29 % done, last planned 30 %. Buffer: 14 % done, last planned 10 %. unsorted: 11 % done, last planned 0 %. Not known: Sprint 1, Sprint 2, Sprint 3 and Sprint 4.
        Sprint | From | To | Features, planned (%) | Features, committed (%) | Features, done (%) | Production, planned (%) | Production, committed (%) | Production, done (%) | Buffer, planned (%) | Buffer, committed (%) | Buffer, done (%) | unsorted, planned (%) | unsorted, committed (%) | unsorted, done (%) | Not known
        Sprint 1 | 5 January 2026 | 16 January 2026 |  |  |  |  |  |  |  |  |  |  |  |  | only totals are known
        Sprint 2 | 19 January 2026 | 30 January 2026 |  |  |  |  |  |  |  |  |  |  |  |  | only totals are known
        Sprint 3 | 2 February 2026 | 13 February 2026 |  |  |  |  |  |  |  |  |  |  |  |  | nobody’s hours were set
        Sprint 4 | 16 February 2026 | 27 February 2026 |  |  |  |  |  |  |  |  |  |  |  |  | no sized item is completed
        Sprint 5 | 2 March 2026 | 13 March 2026 | 60 | 51.43 | 45.59 | 30 | 25.71 | 29.18 | 10 | 10 | 14.29 | 0 | 12.86 | 10.94 | how long 1 interrupt took
        744.05 471.65: Sprint 5, unsorted: 11 % done, 13 % committed, 0 % planned
        744.05 405.3: Sprint 5, Buffer: 14 % done, 10 % committed, 10 % planned; how long 1 interrupt took is not known
        744.05 297.05: Sprint 5, Production: 29 % done, 26 % committed, 30 % planned
        744.05 128.65: Sprint 5, Features: 46 % done, 51 % committed, 60 % planned
        ── load
        Interrupt load of 5 closed Sprints: the part of the net hours that drew on the buffer. Three Sprints that tell it are needed for percentiles. More than the buffer kept: Sprint 5. Not known: Sprint 1 (only totals are known), Sprint 2 (only totals are known) and Sprint 3 (nothing unplanned had been written down by then).
        Sprint | From | To | Drew on the buffer (h) | Net hours | Load (%) | Buffer (%) | Came in | Not known
        Sprint 1 | 5 January 2026 | 16 January 2026 |  |  |  | 10 |  | only totals are known
        Sprint 2 | 19 January 2026 | 30 January 2026 |  |  |  | 10 |  | only totals are known
        Sprint 3 | 2 February 2026 | 13 February 2026 |  |  |  | 10 | 0 | nothing unplanned had been written down by then
        Sprint 4 | 16 February 2026 | 27 February 2026 | 12 | 200 | 6 | 10 | 2 | 
        Sprint 5 | 2 March 2026 | 13 March 2026 | 30 | 210 | 14.29 | 10 | 3 | how long 1 more interrupt took
        785.65 94.7: Sprint 5: 14 % of the net hours, 30 h of 210 h, and how long 1 more interrupt took is not known; the buffer kept 10 %
        622.05 334.35: Sprint 4: 6 % of the net hours, 12 h of 200 h; the buffer kept 10 %
        458.5 507.8: Sprint 3: not known, nothing unplanned had been written down by then
        294.95 507.8: Sprint 2: not known, only totals are known
        ── split
        Split of Sprint 5, in hours. Features: 60 % planned, 51 % committed, 46 % done; Production: 30 % planned, 26 % committed, 29 % done; Buffer: 10 % planned, 10 % committed, 14 % done; unsorted: 0 % planned, 13 % committed, 11 % done. How long 1 interrupt took is not known.
        Lane | Planned (%) | Committed (%) | Done (%) | Committed (hours) | Done (hours)
        Features | 60 | 51.43 | 45.59 | 108 | 95.74
        Production | 30 | 25.71 | 29.18 | 54 | 61.28
        Buffer | 10 | 10 | 14.29 | 21 | 30
        unsorted | 0 | 12.86 | 10.94 | 27 | 22.98
        723.9 469.5: unsorted: 11 % done, 23 h; 0 % planned
        723.9 415.85: Buffer: 14 % done, 30 h; 10 % planned
        723.9 323.25: Production: 29 % done, 61.3 h; 30 % planned
        723.9 164.15: Features: 46 % done, 95.7 h; 60 % planned
        ── goal
        Burn-up of Checkout 2 over 5 closed Sprints, 5 January to 21 March 2026. The scope went from 34 to 62 points; 45 of it are done. Simulated from the last 84 days, if nothing else comes first, it is done: 50 % by 8 April, 70 % by 12 April, 85 % by 16 April, 95 % by 22 April.
        At the end of | Day | Scope (points) | Done | Left
        Start | 5 January 2026 | 34 | 0 | 34
        Sprint 31 | 16 January 2026 | 40 | 8 | 32
        Sprint 32 | 30 January 2026 | 46 | 17 | 29
        Sprint 33 | 13 February 2026 | 46 | 24 | 22
        Sprint 34 | 27 February 2026 | 55 | 33 | 22
        Sprint 35 | 13 March 2026 | 60 | 41 | 19
        Now | 21 March 2026 | 62 | 45 | 17
        50 % likely | 8 April 2026 | 62 | 62 | 0
        70 % likely | 12 April 2026 | 62 | 62 | 0
        85 % likely | 16 April 2026 | 62 | 62 | 0
        95 % likely | 22 April 2026 | 62 | 62 | 0
        852.85 104.55: Almost certain (95 %) by 22 April
        807.35 104.55: Very likely (85 %) by 16 April
        777 104.55: Likely (70 %) by 12 April
        746.65 104.55: As likely as not (50 %) by 8 April
    "#]].assert_eq(&told);
}

#[test]
fn each_number_of_a_sprint_leads_to_what_stands_behind_it() {
    for (story, sprints) in stories() {
        for (chart, drawn) in draw(&sprints, ThemeName::Light, WINDOW) {
            let leads = |point: &charts::ChartPoint| matches!(point.behind, Some(Behind::Sprint(_)));
            assert!(!drawn.points.is_empty() && drawn.points.iter().all(leads), "{chart} of {story}");
        }
    }
}

#[test]
fn a_projector_shows_no_small_letters() {
    let mut pictures: Vec<Chart> = Vec::new();
    for (_, sprints) in stories() {
        pictures.extend(draw(&sprints, ThemeName::Projector, ROOM).into_iter().map(|(_, drawn)| drawn));
    }
    pictures.extend(goals().iter().map(|(_, goal)| draw_goal(goal, ThemeName::Projector, ROOM)));
    for drawn in pictures {
        assert!(smallest_text(&drawn.svg) >= 24.0, "{}", drawn.title);
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_in_words() {
    let none = charts::velocity(&velocity(&[], None, None), &Theme::light(), Size::new(960, 540), "v");
    assert_eq!(none, Err(ChartError::NoDays));
    let small =
        charts::velocity(&velocity(&sprints(SIX), None, None), &Theme::light(), Size::new(80, 540), "v");
    assert_eq!(small, Err(ChartError::Unfit { width: 80, height: 540 }));
}

// ── Hostile data ───────────────────────────────────────────────────────────────────────────────────────────────────

fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        8 => (0..10_000_i64).prop_map(Amount::hundredths),
        1 => any::<i64>().prop_map(Amount::hundredths),
        1 => Just(Amount::hundredths(i64::MIN)),
        2 => Just(Amount::ZERO),
    ]
}

prop_compose! {
    fn lane()(
        name in title(),
        place in 0..9_u64,
        is_buffer in prop::bool::weighted(0.2),
        is_unsorted in prop::bool::weighted(0.1),
        share in -2_000..20_000_i64,
        amounts in prop::collection::vec(amount(), 4),
    ) -> LaneFigures {
        LaneFigures {
            lane: (!is_unsorted).then(|| lane_id(&place.to_string())),
            name,
            is_buffer,
            share: Share::basis_points(share),
            points: CommittedAndDone { committed: amounts[0], done: amounts[1] },
            items: CommittedAndDone { committed: amounts[2], done: amounts[3] },
        }
    }
}

prop_compose! {
    fn closed()(
        name in title(),
        lanes in prop::collection::vec(lane(), 0..9),
        totals in prop::option::weighted(0.2, (prop::option::of(amount()), amount())),
        net in prop::option::of(any::<i64>().prop_map(Minutes::new)),
        (used, came, unknown) in (any::<i64>().prop_map(Minutes::new), 0..9_u32, 0..3_u32),
        (sized, items) in (0..9_u32, 0..9_u32),
    ) -> (String, Known) {
        let day = Day::parse("2026-01-05").unwrap();
        if let Some((committed, completed)) = totals {
            let (person_days, buffer_share, working_days) = (None, Share::percent(10), 10);
            return (name, Known::Totals(PastTotals { committed, completed, person_days, buffer_share, working_days }));
        }
        let work = |lane: &LaneFigures| SplitWork {
            lane: lane.lane,
            name: lane.name.clone(),
            is_buffer: lane.is_buffer,
            share: lane.share,
            committed_points: lane.points.committed.max(Amount::ZERO),
            committed_items: lane.items.committed.max(Amount::ZERO),
            done_points: lane.points.done.max(Amount::ZERO),
            done_items: lane.items.done.max(Amount::ZERO),
            interrupts: Minutes::ZERO,
        };
        let work: Vec<SplitWork> = lanes.iter().map(work).collect();
        let figures = SprintFigures {
            name: name.clone(),
            first_day: day,
            last_day: day.plus(11),
            until: day.plus(11),
            split: split(&work, net.map(|_| Minutes::hours(300)), unknown, (sized, items)),
            lanes,
            sized: SizedCount { sized, items },
            net,
            person_days: None,
            buffer: BufferUse { share: Share::percent(10), used, came, unknown },
        };
        (name, Known::Figures(Box::new(figures)))
    }
}

prop_compose! {
    fn any_goal()(
        name in title(),
        is_label in any::<bool>(),
        points in prop::collection::vec((amount(), amount(), prop::option::of(title()), 0..400_i64), 1..14),
        (open, unsized_open, items) in (any::<u32>(), any::<u32>(), any::<u32>()),
        cone in prop::collection::vec(prop::collection::vec(amount(), 5), 0..80),
        days in prop::collection::vec(prop::option::of(-500..9_000_i64), 4),
        which in 0..5_usize,
    ) -> GoalBurnUp {
        let first = Day::parse("2026-01-05").unwrap();
        let mut passed = 0;
        let points: Vec<GoalPoint> = points
            .into_iter()
            .enumerate()
            .map(|(place, (scope, done, sprint, days))| {
                passed += days;
                let sprint = sprint.map(|name| (sprint_id(place), name));
                GoalPoint { day: first.plus(passed), days: passed, sprint, scope, done }
            })
            .collect();
        let now = first.plus(passed);
        let day = |(day, left): (usize, &Vec<Amount>)| ConeDay {
            day: day as u32,
            p10: left[0],
            p25: left[1],
            p50: left[2],
            p75: left[3],
            p90: left[4],
        };
        let by = [50, 70, 85, 95].map(|mark| (mark, days[mark as usize % 4].map(|day| now.plus(day))));
        GoalBurnUp {
            goal: if is_label { GoalName::Label(name) } else { GoalName::Parent(name) },
            unit: if open % 2 == 0 { Unit::Points } else { Unit::Items },
            too_few_sized: (open % 3 == 0).then_some(SizedCount { sized: items, items: u32::MAX }),
            as_of: (open % 5 == 0).then_some(now),
            points,
            items,
            open,
            unsized_open,
            ahead: match which {
                0 => Ahead::Empty,
                1 => Ahead::Done,
                2 => Ahead::Unsized,
                3 => Ahead::TooLittle(TooLittleHistory::Days { days: open }),
                _ => Ahead::Forecast(GoalForecast {
                    by,
                    cone: cone.iter().enumerate().map(day).collect(),
                    days: open,
                }),
            },
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_sprints_the_pictures_are_sound(
        closed in prop::collection::vec(closed(), 1..14),
        unit in prop_oneof![Just(None), Just(Some(Unit::Points)), Just(Some(Unit::Items))],
        theme in prop_oneof![Just(ThemeName::Light), Just(ThemeName::Projector)],
        size in (120..1_400_u32, 120..900_u32),
    ) {
        let day = Day::parse("2026-01-05").unwrap();
        let all: Vec<ClosedSprint> = closed
            .into_iter()
            .enumerate()
            .map(|(place, (name, known))| ClosedSprint {
                id: sprint_id(place), name, first_day: day, last_day: day, known,
            })
            .collect();
        let (theme, pixels) = (Theme::named(theme), Size::new(size.0, size.1));
        prop_assert_eq!(is_sound(&charts::velocity(&velocity(&all, unit, Some(day)), &theme, pixels, "v").unwrap(), size), Ok(()));
        prop_assert_eq!(is_sound(&charts::split_trend(&lane_trend(&all, unit, None), &theme, pixels, "t").unwrap(), size), Ok(()));
        prop_assert_eq!(is_sound(&charts::interrupt_load(&interrupt_load(&all, 9, None), &theme, pixels, "l").unwrap(), size), Ok(()));
        for one in all.iter().take(2) {
            let Some(figures) = one.figures().filter(|figures| !figures.lanes.is_empty()) else { continue };
            let report = figures.split_in(unit);
            let split = LaneSplit { id: one.id, name: one.name.clone(), closed: true, as_of: None, report };
            prop_assert_eq!(is_sound(&charts::split(&split, &theme, pixels, "s").unwrap(), size), Ok(()));
        }
    }

    #[test]
    fn whatever_the_goal_the_picture_is_sound(
        goal in any_goal(),
        theme in prop_oneof![Just(ThemeName::Light), Just(ThemeName::Projector)],
        size in (120..1_400_u32, 120..900_u32),
    ) {
        let (theme, pixels) = (Theme::named(theme), Size::new(size.0, size.1));
        prop_assert_eq!(is_sound(&charts::goal_burn_up(&goal, &theme, pixels, "g").unwrap(), size), Ok(()));
    }
}
