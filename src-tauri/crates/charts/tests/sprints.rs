//! Pictures across Sprints: velocity, the split of one Sprint and over several, interrupt load, the burn-up of a goal.
//!
//! 1. The goldens in `golden/` are byte-equal; EVENKEEL_BLESS=1 writes them anew. To review them is to look at them.
//! 2. Whatever the data, the picture is well-formed, stays on its canvas and has no two labels upon each other.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "shared/picture.rs"]
mod picture;

use charts::{Chart, Size, Theme, ThemeName};
use domain::calendar::Day;
use domain::flow::{
    BufferUse, ClosedSprint, CommittedAndDone, Known, LaneFigures, LaneSplit, SizedCount, SprintFigures,
    Unit, interrupt_load, lane_trend, velocity,
};
use domain::identity::{LaneId, SprintId};
use domain::interrupt::{SplitWork, split};
use domain::measures::{Minutes, Share, Size as Amount};
use domain::sprint::PastTotals;
use picture::{cases, check_goldens, looks_sound, title};
use proptest::prelude::*;
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
}
