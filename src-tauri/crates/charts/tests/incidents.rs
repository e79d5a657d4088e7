//! Pictures of incidents: their times.
//!
//! 1. The goldens in `golden/` are byte-equal; EVENKEEL_BLESS=1 writes them anew. To review them is to look at them.
//! 2. Whatever the data, the picture is well-formed, stays on its canvas and has no two labels upon each other.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "parts/hostile.rs"]
mod hostile;
#[path = "parts/sound.rs"]
mod sound;

use charts::{Chart, ChartError, Size, Theme, ThemeName, incident_times, png};
use domain::backlog::Dated;
use domain::calendar::{Day, Instant, Zone};
use domain::flow::{Behind, IncidentTimes, TimedIncident};
use domain::identity::RowId;
use domain::incident::{IncidentFact, IncidentPresent, Milestone};
use expect_test::expect;
use proptest::prelude::*;
use sound::{are_golden, is_sound, looks_sound, smallest_text};
use std::path::PathBuf;

const MINUTE: i64 = 60_000;

/// A point in time, in minutes since noon of the first Monday.
fn at(minutes: i64) -> Instant {
    Zone::UTC.start_of(Day::parse("2026-08-31").unwrap()).plus_millis((720 + minutes) * MINUTE)
}

/// An identity that begins with a number.
fn identity<T: std::str::FromStr<Err: std::fmt::Debug>>(n: u32) -> T {
    format!("{n:08x}-0000-7000-8000-000000000000").parse().unwrap()
}

/// An incident that begins at a minute, and minutes from there to each of the later milestones; none where nobody said.
fn incident(number: usize, title: &str, began: i64, later: [Option<i64>; 4], again: bool) -> TimedIncident {
    let mut facts = vec![(began, IncidentFact::Reached(Milestone::Began))];
    for (milestone, minutes) in Milestone::ALL[1..].iter().zip(later) {
        facts.extend(minutes.map(|minutes| (began + minutes, IncidentFact::Reached(*milestone))));
    }
    if again {
        let end = facts.iter().map(|(at, _)| *at).max().unwrap_or(began);
        facts.push((end + 90, IncidentFact::Reopened));
        facts.push((end + 130, IncidentFact::Reached(Milestone::Mitigated)));
        facts.push((end + 140, IncidentFact::Reached(Milestone::Resolved)));
    }
    let dated = |(index, (minute, fact)): (usize, (i64, IncidentFact))| Dated {
        id: identity::<RowId>(index as u32),
        happened_at: at(minute),
        recorded_at: at(1_000_000 + index as i64),
        operation: 1,
        fact,
    };
    let facts: Vec<Dated<IncidentFact>> = facts.into_iter().enumerate().map(dated).collect();
    TimedIncident {
        incident: identity(number as u32),
        label: format!("INC-{}", number + 1),
        title: title.to_owned(),
        severity: ["P2", "P1", "P3"][number % 3].to_owned(),
        present: IncidentPresent::fold(&facts),
    }
}

const TITLES: &[&str] = &[
    "Payments are refused",
    "Search answers with old results",
    "The ledger is locked by a migration",
    "Certificates ran out",
];

/// So many incidents over twelve weeks, the last one open, one in seven reopened.
fn some(count: usize, titles: &[&str], spread: i64) -> IncidentTimes {
    let one = |n: usize| {
        let k = n as i64;
        let slow = if n % 6 == 5 { spread } else { 1 };
        let (detect, acknowledge) = (2 + k * 5 % 11, 3 + k * 7 % 13);
        let mitigate = acknowledge + 15 + (k * 37 % 50) * slow;
        let resolve = mitigate + 30 + (k * 53 % 200) * slow;
        let is_open = n + 1 == count && count > 1;
        let later = match n % 9 {
            _ if is_open => [Some(detect), Some(detect + acknowledge), None, None],
            4 => [None, None, Some(mitigate), Some(resolve)],
            _ => [Some(detect), Some(detect + acknowledge), Some(detect + mitigate), Some(detect + resolve)],
        };
        let began = k * 84 * 1440 / count.max(1) as i64;
        incident(n, titles[n % titles.len()], began, later, n % 7 == 6)
    };
    let all: Vec<TimedIncident> = (0..count).map(one).collect();
    IncidentTimes::new(&all, (None, None), Zone::UTC, at(84 * 1440))
}

fn stories() -> Vec<(&'static str, IncidentTimes)> {
    let scripts =
        &["Проверка получателя перед отправкой", "支払いの再試行をログに記録する", "Πληρωμή με κάρτα"];
    let unknown = incident(0, "Nobody looked at the clock", 0, [None; 4], false);
    let unknown = TimedIncident {
        present: IncidentPresent { reported_at: Some(at(5)), ..IncidentPresent::default() },
        ..unknown
    };
    vec![
        ("quarter", some(18, TITLES, 40)),
        ("few", some(4, TITLES, 1)),
        ("one", some(1, TITLES, 1)),
        ("even", some(12, TITLES, 1)),
        ("scripts", some(9, scripts, 300)),
        ("many", some(170, TITLES, 900)),
        ("unknown", IncidentTimes::new(&[unknown], (None, None), Zone::UTC, at(90))),
    ]
}

const PRINT: (u32, u32) = (660, 380);
const WINDOW: (u32, u32) = (960, 540);
const ROOM: (u32, u32) = (1920, 1080);
const THUMBNAIL: (u32, u32) = (320, 180);

fn draw(times: &IncidentTimes, theme: ThemeName, (width, height): (u32, u32)) -> Chart {
    incident_times(times, &Theme::named(theme), Size::new(width, height), "i").unwrap()
}

#[test]
fn every_picture_is_byte_equal_to_its_golden() {
    let quarter = some(18, TITLES, 40);
    let mut pictures = Vec::new();
    for (look, theme, size) in [
        ("print", ThemeName::Light, PRINT),
        ("dark", ThemeName::Dark, WINDOW),
        ("projector", ThemeName::Projector, ROOM),
        ("thumbnail", ThemeName::Light, THUMBNAIL),
    ] {
        pictures.push((format!("incident-times-{look}.svg"), draw(&quarter, theme, size).svg));
    }
    let few = draw(&some(4, TITLES, 1), ThemeName::Light, WINDOW);
    pictures.push(("incident-times-few.svg".to_owned(), few.svg));
    are_golden(&pictures);
}

#[test]
fn rule_8_2_a_title_says_median_ninetieth_percentile_and_count() {
    let mut told = String::new();
    for (name, times) in stories() {
        told.push_str(&format!("{name}: {}\n", draw(&times, ThemeName::Light, WINDOW).title));
    }
    expect![[r#"
        quarter: Median 53 min to mitigate, 90 % within 5 h 12 min, of 19 cycles; 1 is open
        few: Median 55 min to mitigate, 90 % within 1 h 9 min, of 3 incidents; 1 is open
        one: 20 min to mitigate, known of 1 incident
        even: Median 54 min to mitigate, 90 % within 1 h 9 min, of 12 cycles; 1 is open
        scripts: Median 53 min to mitigate, 90 % within 7 days 7 h, of 9 cycles; 1 is open
        many: Median 55 min to mitigate, 90 % within 9 days 9 h, of 193 cycles; 1 is open
        unknown: No time is known yet of 1 incident; 1 is open
    "#]]
    .assert_eq(&told);
}

#[test]
fn the_text_alternative_says_what_the_picture_shows() {
    let mut told = String::new();
    for (name, times) in stories().into_iter().take(2) {
        let chart = draw(&times, ThemeName::Light, WINDOW);
        told.push_str(&format!("{name}\n{}\n{}\n", chart.description, chart.table.columns.join(" | ")));
        for row in chart.table.rows.iter().rev().take(3).rev() {
            assert_eq!(row.len(), chart.table.columns.len());
            told.push_str(row.join(" | ").trim_end());
            told.push('\n');
        }
        let last = chart.points.last().unwrap();
        told.push_str(&format!("at {} {}: {}\n\n", last.x, last.y, last.label));
    }
    expect![[r#"
        quarter
        Times of 18 incidents with 20 cycles from 31 Aug to 18 Nov 2026, in order of date. To acknowledge: median 9 min, 90 % within 14 min, of 16 cycles; to mitigate: median 53 min, 90 % within 5 h 12 min, of 19 cycles; to resolve: median 2 h 52 min, 90 % within 2 days 19 h, of 19 cycles. The first five took 55 min to mitigate in the median, the last five 49 min. 1 incident is open and counts up to now.
        Incident | Title | Severity | Day | To acknowledge (min) | To mitigate (min) | To resolve (min) | Open
        INC-16 | Certificates ran out | P2 | 2026-11-09 | 4 | 35 | 260 |
        INC-17 | Payments are refused | P1 | 2026-11-14 | 11 | 73 | 151 |
        INC-18 | Search answers with old results | P3 | 2026-11-18 | 5 |  |  | since 4 days 16 h
        at 802.75 398.55: INC-18 Search answers with old results: not resolved since 4 days 16 h; P3, Wed 18 Nov 2026

        few
        Times of 4 incidents from 31 Aug to 2 Nov 2026, in order of date. To acknowledge: median 7 min, 90 % within 11 min, of 4 incidents; to mitigate: median 55 min, 90 % within 1 h 9 min, of 3 incidents; to resolve: median 2 h 32 min, 90 % within 3 h 11 min, of 3 incidents. Under five incidents no trend is told. 1 incident is open and counts up to now.
        Incident | Title | Severity | Day | To acknowledge (min) | To mitigate (min) | To resolve (min) | Open
        INC-2 | Search answers with old results | P1 | 2026-09-21 | 10 | 69 | 152 |
        INC-3 | The ledger is locked by a migration | P3 | 2026-10-12 | 4 | 55 | 191 |
        INC-4 | Certificates ran out | P2 | 2026-11-02 | 11 |  |  | since 21 days
        at 726.95 396.9: INC-4 Certificates ran out: not resolved since 21 days; P2, Mon 2 Nov 2026

    "#]].assert_eq(&told);
}

#[test]
fn each_mark_leads_to_its_incident() {
    for (name, times) in stories() {
        let chart = draw(&times, ThemeName::Light, WINDOW);
        assert!(chart.points.windows(2).all(|pair| pair[0].x <= pair[1].x), "{name}");
        for point in &chart.points {
            let Some(Behind::Incident(id)) = point.behind else { panic!("{name}: {point:?}") };
            let mark = times.marks.iter().find(|mark| mark.incident == id).unwrap();
            assert!(point.label.starts_with(&mark.label), "{name}: {point:?}");
        }
    }
}

#[test]
fn no_two_texts_lie_upon_each_other() {
    for (name, times) in stories() {
        for theme in [ThemeName::Light, ThemeName::Projector] {
            for size in [WINDOW, THUMBNAIL, PRINT, (480, 300), (1440, 500)] {
                if let Err(found) = looks_sound(&draw(&times, theme, size).svg) {
                    panic!("{name} {theme:?} {size:?}: {found}");
                }
            }
        }
    }
}

#[test]
fn a_room_can_read_every_word() {
    for (name, times) in stories() {
        let smallest = smallest_text(&draw(&times, ThemeName::Projector, ROOM).svg);
        assert!(smallest >= 24.0, "{name}: {smallest}");
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_in_words() {
    let none = IncidentTimes::default();
    let drawn = |times: &IncidentTimes, size| incident_times(times, &Theme::light(), size, "i").unwrap_err();
    assert_eq!(drawn(&none, Size::new(720, 420)), ChartError::NoDays);
    let unfit = drawn(&some(3, TITLES, 1), Size::new(80, 9_000));
    assert_eq!(unfit, ChartError::Unfit { width: 80, height: 9_000 });
}

prop_compose! {
    fn hostile_incident()(
        label in hostile::title(),
        title in hostile::title(),
        severity in hostile::title(),
        number in any::<u32>(),
        began in prop_oneof![8 => -1_000_000i64..1_000_000, 1 => Just(-900_000_000), 1 => Just(900_000_000)],
        later in prop::collection::vec(prop::option::of(prop_oneof![8 => 0i64..5_000, 1 => Just(400_000_000)]), 4),
        again in any::<bool>(),
    ) -> TimedIncident {
        let later = [later[0], later[1], later[2], later[3]];
        TimedIncident {
            incident: identity(number),
            label,
            title,
            severity,
            ..incident(0, "", began, later, again)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: hostile::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_data_the_picture_is_sound(
        incidents in prop::collection::vec(hostile_incident(), 1..40),
        theme in prop_oneof![Just(ThemeName::Light), Just(ThemeName::Projector)],
        (width, height) in (120..1_400_u32, 120..900_u32),
        prefix in any::<String>(),
    ) {
        let times = IncidentTimes::new(&incidents, (None, None), Zone::UTC, at(0));
        let chart = incident_times(&times, &Theme::named(theme), Size::new(width, height), &prefix).unwrap();
        prop_assert_eq!(is_sound(&chart, (width, height)), Ok(()));
    }
}

/// Writes every story in every look to the folder that EVENKEEL_LOOK names, for eyes.
#[test]
#[ignore = "for looking at the pictures"]
fn look() {
    let Some(folder) = std::env::var_os("EVENKEEL_LOOK").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for (name, times) in stories() {
        for (look, theme, size) in [
            ("light-320", ThemeName::Light, THUMBNAIL),
            ("light-660", ThemeName::Light, PRINT),
            ("light-960", ThemeName::Light, WINDOW),
            ("dark-960", ThemeName::Dark, WINDOW),
            ("projector-1920", ThemeName::Projector, ROOM),
        ] {
            let chart = draw(&times, theme, size);
            std::fs::write(folder.join(format!("{name}-{look}.png")), png(&chart.svg, 1.0).unwrap()).unwrap();
        }
    }
}
