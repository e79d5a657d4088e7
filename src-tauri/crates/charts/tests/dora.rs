//! Pictures of delivery: the five measures over Sprints and over months.
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
use domain::delivery::{DeliveryPeriod, DeliveryTrend, Dora, Fraction, Middle};
use domain::flow::Behind;
use expect_test::expect;
use hostile::{cases, title};
use proptest::prelude::*;
use sound::{are_golden, is_sound, looks_sound, smallest_text};
use std::path::PathBuf;

const HOUR: f64 = 3_600_000.0;

/// Periods, one a line: `Sprint 31: 9 deployments, lead 2 3.5 40 (1 left), failed 1, recovery 2 (1 left), rework 2`; times
/// in hours; the last may be `running`.
fn trend(told: &str, of_sprints: bool, days: i64) -> DeliveryTrend {
    let first = Day::parse("2026-01-05").unwrap();
    let middle = |text: &str| {
        let (times, left) = text.split_once('(').unwrap_or((text, "0"));
        let mut all: Vec<i64> =
            times.split_whitespace().map(|word| (word.parse::<f64>().unwrap() * HOUR) as i64).collect();
        all.sort_unstable();
        Middle { all, left_out: left.trim_end_matches(" left)").parse().unwrap() }
    };
    let lines = told.lines().map(str::trim).filter(|line| !line.is_empty());
    let period = |(place, line): (usize, &str)| {
        let (name, parts) = line.rsplit_once(": ").unwrap();
        let mut dora = Dora::default();
        let mut is_over = true;
        for part in parts.split(", ") {
            let (word, rest) = part.split_once(' ').unwrap_or((part, ""));
            match word {
                "lead" => dora.lead_time = middle(rest),
                "recovery" => dora.recovery = middle(rest),
                "failed" => dora.failed.part = rest.parse().unwrap(),
                "rework" => dora.rework.part = rest.parse().unwrap(),
                "running" => is_over = false,
                count => dora.deployments = count.parse().unwrap(),
            }
        }
        (dora.failed.of, dora.rework.of) = (dora.deployments, dora.deployments);
        dora.a_day = f64::from(dora.deployments) / days as f64;
        let first_day = first.plus(days * place as i64);
        DeliveryPeriod {
            sprint: of_sprints.then(|| format!("00000000-0000-7000-8000-{place:012}").parse().unwrap()),
            name: name.to_owned(),
            first_day,
            last_day: first_day.plus(days - 1),
            is_over,
            dora,
        }
    };
    DeliveryTrend { service: None, of_sprints, as_of: None, periods: lines.enumerate().map(period).collect() }
}

const SIX: &str = "
    Sprint 31: 7 deployments, lead 4 9 20 26 31 70 90, failed 2, recovery 1.5 9, rework 2
    Sprint 32: 9 deployments, lead 3 6 8 20 22 30 44 50 (1 left), failed 1, recovery 0.7, rework 1
    Sprint 33: 3 deployments, lead 20 40, failed 1, recovery 30, rework 1
    Sprint 34: 0 deployments
    Sprint 35: 12 deployments, lead 1 2 2.5 4 5 6 8 9 12 20 26 300, failed 2, recovery 0.5 2, rework 3
    Sprint 36: 14 deployments, lead 0.2 1 1 2 2 3 3 4 5 6 7 12 20 48, failed 1, recovery 0.75, rework 2
    Sprint 37: 5 deployments, lead 1 2 4 5 9, failed 1, recovery (1 left), rework 1, running";

/// Nine years of months, as a busy team has them.
fn years() -> String {
    let month = |at: usize| {
        let count = 8 + (at * 37) % 50;
        let lead: Vec<String> = (0..count)
            .map(|one| format!("{}", 0.1 * 1.6_f64.powi(((one * 7 + at * 3) % 18) as i32)))
            .collect();
        let year = 2018 + at / 12;
        let name =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][at % 12];
        let failed = at % 6;
        let recovery: Vec<String> = (0..failed).map(|one| format!("{}", 0.5 + one as f64)).collect();
        format!(
            "{name} {year}: {count} deployments, lead {}, failed {failed}, recovery {}, rework {}",
            lead.join(" "),
            recovery.join(" "),
            at % 7
        )
    };
    (0..108).map(month).collect::<Vec<_>>().join("\n")
}

fn stories() -> Vec<(&'static str, DeliveryTrend)> {
    let service =
        |name: &str, trend: DeliveryTrend| DeliveryTrend { service: Some(name.to_owned()), ..trend };
    vec![
        ("six", trend(SIX, true, 14)),
        ("years", trend(&years(), false, 30)),
        ("one", service("checkout", trend("Nov 2026: 2 deployments, lead 3, rework 1, running", false, 30))),
        ("none", trend("Sep 2026: 0 deployments\nOct 2026: 0 deployments", false, 30)),
        (
            "long",
            service(
                "Zahlungsverkehr und Abrechnung der Niederlassungen im Ausland",
                trend(
                    "Sprint of the very long name that nobody reads to its end: 1200 deployments, failed 600, rework 1200
                     Sprint of the very long name that nobody reads to its very end: 4 deployments, lead 9000 0.001",
                    true,
                    14,
                ),
            ),
        ),
    ]
}

type Pixels = (u32, u32);
const PRINT: Pixels = (660, 380);
const WINDOW: Pixels = (960, 540);
const ROOM: Pixels = (1920, 1080);
const THUMBNAIL: Pixels = (320, 180);

fn draw(trend: &DeliveryTrend, theme: ThemeName, (width, height): Pixels) -> Chart {
    charts::delivery(trend, &Theme::named(theme), Size::new(width, height), "d").unwrap()
}

/// Writes every story in every look to the folder that EVENKEEL_LOOK names, for eyes.
#[test]
#[ignore = "for looking at the pictures"]
fn look() {
    let Some(folder) = std::env::var_os("EVENKEEL_LOOK").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for (story, trend) in stories() {
        for (look, theme, size) in [
            ("light-960", ThemeName::Light, WINDOW),
            ("dark-660", ThemeName::Dark, PRINT),
            ("projector-1920", ThemeName::Projector, ROOM),
            ("light-320", ThemeName::Light, THUMBNAIL),
        ] {
            let png = charts::png(&draw(&trend, theme, size).svg, if size.0 > 1000 { 1.0 } else { 2.0 });
            std::fs::write(folder.join(format!("delivery-{story}-{look}.png")), png.unwrap()).unwrap();
        }
    }
}

#[test]
fn every_picture_is_byte_equal_to_its_golden() {
    let stories = stories();
    let mut pictures = Vec::new();
    for (look, theme, size) in [
        ("print", ThemeName::Light, PRINT),
        ("dark", ThemeName::Dark, WINDOW),
        ("projector", ThemeName::Projector, ROOM),
        ("thumbnail", ThemeName::Light, THUMBNAIL),
    ] {
        pictures.push((format!("delivery-six-{look}.svg"), draw(&stories[0].1, theme, size).svg));
    }
    for (story, trend) in &stories[1..3] {
        pictures.push((format!("delivery-{story}-print.svg"), draw(trend, ThemeName::Light, PRINT).svg));
    }
    are_golden(&pictures);
}

#[test]
fn no_two_texts_lie_upon_each_other_and_a_projector_shows_no_small_letters() {
    for (story, trend) in stories() {
        for theme in [ThemeName::Light, ThemeName::Projector] {
            for size in [WINDOW, PRINT, THUMBNAIL, (480, 300)] {
                if let Err(found) = looks_sound(&draw(&trend, theme, size).svg) {
                    panic!("{story}, {theme:?} {size:?}: {found}");
                }
            }
        }
        assert!(smallest_text(&draw(&trend, ThemeName::Projector, ROOM).svg) >= 24.0, "{story}");
    }
}

#[test]
fn a_title_states_the_finding_and_the_words_say_what_is_drawn() {
    let titles: Vec<String> =
        stories().iter().map(|(_, trend)| draw(trend, ThemeName::Light, WINDOW).title).collect();
    expect![[r#"
        Delivery: 5 deployments in Sprint 37 so far, median lead time 4 h, 1 of 5 failed
        Delivery: 17 deployments in Dec 2026, median lead time 6.9 h, 5 of 17 failed
        Delivery: 2 deployments in Nov 2026 so far, none failed
        Delivery: no deployment reached production in 2 months
        Delivery: 4 deployments in Sprint of the very long name that nobody reads to its very end, none failed"#]].assert_eq(&titles.join("\n"));
    let six = draw(&stories()[0].1, ThemeName::Light, WINDOW);
    expect!["The five measures of delivery of all services in 7 Sprints. 50 deployments reached production. Sprint 37: 5 deployments; lead time 4 h in the median of 5 commits; 20 % failed (1 of 5); recovery not known, 1 not recovered yet; 20 % rework (1 of 5)."].assert_eq(&six.description);
    let rows: Vec<String> = six.table.rows.iter().map(|row| row.join(" | ")).collect();
    expect![[r#"
        Sprint | From | To | Deployments | A day | Median lead time (h) | Commits (n) | Commits left out | Failed | Failed (%) | Median recovery (h) | Recovered (n) | Not recovered | Rework | Rework (%)
        Sprint 31 | 5 January 2026 | 18 January 2026 | 7 | 0.5 | 26 | 7 | 0 | 2 | 28.6 |  | 2 | 0 | 2 | 28.6
        Sprint 32 | 19 January 2026 | 1 February 2026 | 9 | 0.64 | 21 | 8 | 1 | 1 | 11.1 |  | 1 | 0 | 1 | 11.1
        Sprint 33 | 2 February 2026 | 15 February 2026 | 3 | 0.21 |  | 2 | 0 | 1 |  |  | 1 | 0 | 1 | 
        Sprint 34 | 16 February 2026 | 1 March 2026 | 0 | 0 |  | 0 | 0 |  |  |  | 0 | 0 |  | 
        Sprint 35 | 2 March 2026 | 15 March 2026 | 12 | 0.86 | 7 | 12 | 0 | 2 | 16.7 |  | 2 | 0 | 3 | 25
        Sprint 36 | 16 March 2026 | 29 March 2026 | 14 | 1 | 3.5 | 14 | 0 | 1 | 7.1 |  | 1 | 0 | 2 | 14.3
        Sprint 37 | 30 March 2026 | 12 April 2026 | 5 | 0.36 | 4 | 5 | 0 | 1 | 20 |  | 0 | 1 | 1 | 20"#]].assert_eq(&format!("{}\n{}", six.table.columns.join(" | "), rows.join("\n")));
    let labels: Vec<&str> = six.points.iter().take(15).map(|point| point.label.as_str()).collect();
    expect![[r#"
        Sprint 31: 7 deployments, 0.5 a day
        Sprint 31: lead time 26 h in the median of 7 commits
        Sprint 31: 28.6 % failed (2 of 7)
        Sprint 31: recovery 90 min, 9 h (2 failed deployments)
        Sprint 31: 28.6 % rework (2 of 7)
        Sprint 32: 9 deployments, 0.64 a day
        Sprint 32: lead time 21 h in the median of 8 commits, 1 commit dated after the deployment
        Sprint 32: 11.1 % failed (1 of 9)
        Sprint 32: recovery 42 min (1 failed deployment)
        Sprint 32: 11.1 % rework (1 of 9)
        Sprint 33: 3 deployments, 0.21 a day
        Sprint 33: lead time 20 h, 40 h (2 commits)
        Sprint 33: 1 of 3 failed
        Sprint 33: recovery 30 h (1 failed deployment)
        Sprint 33: 1 of 3 rework"#]]
    .assert_eq(&labels.join("\n"));
}

#[test]
fn each_figure_leads_to_the_deployments_of_its_period() {
    let (_, six) = &stories()[0];
    let drawn = draw(six, ThemeName::Light, WINDOW);
    assert_eq!(drawn.points.len(), 5 * 7);
    let days = Behind::Days { first: six.periods[6].first_day, last: six.periods[6].last_day };
    assert_eq!(drawn.points.last().unwrap().behind, Some(days));
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let none = DeliveryTrend { periods: Vec::new(), ..stories().remove(0).1 };
    let size = Size::new(960, 540);
    assert_eq!(charts::delivery(&none, &Theme::light(), size, "d"), Err(ChartError::NoDays));
}

prop_compose! {
    fn period()(
        name in title(),
        deployments in prop_oneof![0_u32..8, 0_u32..100_000],
        parts in (0_u32..1_000, 0_u32..1_000),
        lead in proptest::collection::vec(0_i64..2_000_000_000_000, 0..40),
        recovery in proptest::collection::vec(0_i64..2_000_000_000, 0..8),
        left_out in (0_u32..100, 0_u32..100),
        is_over in any::<bool>(),
    ) -> DeliveryPeriod {
        let sorted = |mut all: Vec<i64>| { all.sort_unstable(); all };
        let dora = Dora {
            lead_time: Middle { all: sorted(lead), left_out: left_out.0 },
            deployments,
            a_day: f64::from(deployments) / 14.0,
            failed: Fraction { part: parts.0.min(deployments), of: deployments },
            recovery: Middle { all: sorted(recovery), left_out: left_out.1 },
            rework: Fraction { part: parts.1.min(deployments), of: deployments },
        };
        let first_day = Day::parse("2026-01-05").unwrap();
        DeliveryPeriod { sprint: None, name, first_day, last_day: first_day.plus(13), is_over, dora }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn whatever_the_deployments_the_picture_is_sound(
        periods in proptest::collection::vec(period(), 1..40),
        service in proptest::option::of(title()),
        of_sprints in any::<bool>(),
        theme in prop_oneof![Just(ThemeName::Light), Just(ThemeName::Dark), Just(ThemeName::Projector)],
        size in (120_u32..2_000, 120_u32..1_200),
    ) {
        let trend = DeliveryTrend { service, of_sprints, as_of: None, periods };
        let drawn = draw(&trend, theme, size);
        if let Err(found) = is_sound(&drawn, size) {
            prop_assert!(false, "{found}");
        }
        for row in &drawn.table.rows {
            prop_assert_eq!(row.len(), drawn.table.columns.len());
        }
    }
}
