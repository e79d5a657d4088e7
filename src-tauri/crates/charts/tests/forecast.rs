//! Pictures of forecasts: days, amounts, groups in order, the past.
//!
//! 1. The goldens in `golden/` are byte-equal; EVENKEEL_BLESS=1 writes them anew. To review them is to look at them.
//! 2. Whatever the data, the picture is well-formed, stays on its canvas and has no two labels upon each other.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "parts/hostile.rs"]
mod hostile;
#[path = "parts/sound.rs"]
mod sound;

use charts::{
    Chart, ChartError, Size, Theme, ThemeName, forecast_amount, forecast_days, forecast_order, forecast_past,
    png,
};
use domain::calendar::Day;
use domain::flow::Unit;
use domain::forecast::{
    AmountForecast, DayForecast, HowMany, OrderForecast, PastWork, Samples, Seed, Wanted, When, how_many,
    when, when_in_order,
};
use domain::measures::Size as Amount;
use expect_test::expect;
use hostile::{cases, title};
use proptest::prelude::*;
use sound::{are_golden, is_sound, smallest_text};
use std::path::PathBuf;

/// What a picture is made from.
#[derive(Debug, Clone)]
enum Story {
    Days(DayForecast),
    Amount(AmountForecast),
    Order(OrderForecast),
    Past(PastWork),
}

fn draw(story: &Story, theme: ThemeName, (width, height): (u32, u32)) -> Result<Chart, ChartError> {
    let (theme, size) = (Theme::named(theme), Size::new(width, height));
    match story {
        Story::Days(days) => forecast_days(days, &theme, size, "f"),
        Story::Amount(amount) => forecast_amount(amount, &theme, size, "f"),
        Story::Order(order) => forecast_order(order, &theme, size, "f"),
        Story::Past(past) => forecast_past(past, &theme, size, "f"),
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The daily items of a real team.
fn daily() -> Vec<Amount> {
    let items = [2, 0, 0, 5, 1, 3, 2, 4, 0, 0, 1, 1, 2, 4, 0, 0, 0, 1, 0, 1, 2, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0];
    items.map(Amount::points).to_vec()
}

fn samples() -> Samples {
    Samples::new(daily()).unwrap()
}

fn days_of(what: &str, items: i64, instead_of: Option<i64>) -> DayForecast {
    let when = |items| when(&samples(), Amount::points(items), 10_000, Seed::new(1));
    DayForecast {
        what: what.into(),
        from: day("2026-11-24"),
        when: when(items),
        instead_of: instead_of.map(when),
    }
}

fn amounts(days: u32, wanted: Option<(i64, u32)>, unit: Unit) -> AmountForecast {
    let done = how_many(&samples(), days, 10_000, Seed::new(1));
    let wanted = wanted.map(|(amount, items)| {
        let amount = Amount::points(amount);
        Wanted { amount, items, chance: done.likelihood_of(amount) }
    });
    AmountForecast { until: "by the end of Sprint 44".into(), unit, done, wanted, instead_of: None }
}

fn in_order() -> OrderForecast {
    let groups =
        [("Checkout", 12), ("Instant transfers for business accounts", 9), ("Отчёты", 4), ("返金", 15)];
    let sizes: Vec<Amount> = groups.iter().map(|(_, items)| Amount::points(*items)).collect();
    let all = when_in_order(&samples(), &sizes, 10_000, Seed::new(1));
    let group = |((what, _), when): (&(&str, i64), When)| DayForecast {
        what: (*what).into(),
        from: day("2026-11-24"),
        when,
        instead_of: None,
    };
    OrderForecast { groups: groups.iter().zip(all).map(group).collect() }
}

fn stories() -> Vec<(&'static str, Story)> {
    vec![
        ("forecast-days", Story::Days(days_of("12 items", 12, None))),
        ("forecast-days-what-if", Story::Days(days_of("Checkout", 35, Some(20)))),
        ("forecast-amount", Story::Amount(amounts(30, None, Unit::Items))),
        ("forecast-plan", Story::Amount(amounts(14, Some((13, 9)), Unit::Points))),
        ("forecast-order", Story::Order(in_order())),
        (
            "forecast-past",
            Story::Past(PastWork { unit: Unit::Items, first: day("2026-10-24"), done: daily() }),
        ),
    ]
}

const LOOKS: [(&str, ThemeName, (u32, u32)); 4] = [
    ("print", ThemeName::Light, (660, 380)),
    ("dark", ThemeName::Dark, (960, 540)),
    ("projector", ThemeName::Projector, (1920, 1080)),
    ("thumbnail", ThemeName::Light, (320, 180)),
];

#[test]
fn every_picture_is_byte_equal_to_its_golden() {
    let mut pictures = Vec::new();
    for (name, story) in stories() {
        for (look, theme, size) in LOOKS {
            pictures.push((format!("{name}-{look}.svg"), draw(&story, theme, size).unwrap().svg));
        }
    }
    are_golden(&pictures);
}

#[test]
fn a_projector_shows_no_small_letters() {
    for (name, story) in stories() {
        let picture = draw(&story, ThemeName::Projector, (1920, 1080)).unwrap().svg;
        assert!(smallest_text(&picture) >= 24.0, "{name}");
    }
}

#[test]
fn a_title_states_a_likelihood_with_its_words_and_its_value() {
    let titles: Vec<String> =
        stories().iter().map(|(_, story)| draw(story, ThemeName::Light, (960, 540)).unwrap().title).collect();
    expect![[r#"
        12 items: very likely (85 %) by 11 December 2026
        Checkout: very likely (85 %) by 6 January 2027
        By the end of Sprint 44: very likely (85 %) at least 23 items
        By the end of Sprint 44: likely (63 %) that all 9 items are done
        4 groups in order: the last very likely (85 %) by 11 January 2027
        32 items done in 31 days, 1.03 a day"#]]
    .assert_eq(&titles.join("\n"));
}

#[test]
fn the_text_alternative_says_every_mark() {
    let said: Vec<String> = stories()
        .iter()
        .map(|(_, story)| draw(story, ThemeName::Light, (960, 540)).unwrap().description)
        .collect();
    expect![[r#"
        When 12 items is done, in 10 000 trials: as likely as not (50 %) by 6 December 2026; likely (70 %) by 8 December 2026; very likely (85 %) by 11 December 2026; almost certain (95 %) by 15 December 2026.
        When Checkout is done, in 10 000 trials: as likely as not (50 %) by 28 December 2026; likely (70 %) by 1 January 2027; very likely (85 %) by 6 January 2027; almost certain (95 %) by 12 January 2027. Without what would be otherwise: very likely (85 %) by 20 December 2026.
        How much is done by the end of Sprint 44, in 10 000 trials: as likely as not (50 %) at least 31 items; likely (70 %) at least 27 items; very likely (85 %) at least 23 items; almost certain (95 %) at least 19 items.
        How much is done by the end of Sprint 44, in 10 000 trials: as likely as not (50 %) at least 14 points; likely (70 %) at least 12 points; very likely (85 %) at least 9 points; almost certain (95 %) at least 7 points. That the 13 points of the plan are done is likely (63 %).
        When groups of items are done that are worked off in order; very likely (85 %): Checkout by 11 December 2026; Instant transfers for business accounts by 22 December 2026; Отчёты by 26 December 2026; 返金 by 11 January 2027.
        What the forecast is drawn from: 32 items done in the planned lanes from 24 October 2026 to 23 November 2026, 1.03 a day on average."#]].assert_eq(&said.join("\n"));
}

#[test]
fn the_table_has_each_mark_with_its_words() {
    let table = |story: &Story| {
        let table = draw(story, ThemeName::Light, (960, 540)).unwrap().table;
        let rows = std::iter::once(&table.columns).chain(&table.rows).map(|row| row.join(" | "));
        rows.collect::<Vec<_>>().join("\n")
    };
    expect![[r#"
        Likelihood | In words | Done | Without the change
        50 % | as likely as not | by 28 December 2026 | by 14 December 2026
        70 % | likely | by 1 January 2027 | by 17 December 2026
        85 % | very likely | by 6 January 2027 | by 20 December 2026
        95 % | almost certain | by 12 January 2027 | by 25 December 2026"#]]
    .assert_eq(&table(&Story::Days(days_of("Checkout", 35, Some(20)))));
    expect![[r#"
        Likelihood | In words | Done
        50 % | as likely as not | at least 14 points
        70 % | likely | at least 12 points
        85 % | very likely | at least 9 points
        95 % | almost certain | at least 7 points
        63 % | likely | the plan: 13 points"#]]
    .assert_eq(&table(&Story::Amount(amounts(14, Some((13, 9)), Unit::Points))));
    expect![[r#"
        Group | 50 % | 70 % | 85 % | 95 %
        Checkout | by 6 December 2026 | by 8 December 2026 | by 11 December 2026 | by 15 December 2026
        Instant transfers for business accounts | by 15 December 2026 | by 18 December 2026 | by 22 December 2026 | by 26 December 2026
        Отчёты | by 19 December 2026 | by 22 December 2026 | by 26 December 2026 | by 31 December 2026
        返金 | by 2 January 2027 | by 7 January 2027 | by 11 January 2027 | by 17 January 2027"#]].assert_eq(&table(&Story::Order(in_order())));
}

#[test]
fn without_trials_there_is_no_picture() {
    let none =
        DayForecast { what: "x".into(), from: day("2026-11-24"), when: When::default(), instead_of: None };
    assert_eq!(draw(&Story::Days(none), ThemeName::Light, (960, 540)).unwrap_err(), ChartError::NoDays);
    let none = AmountForecast { done: HowMany::default(), ..amounts(3, None, Unit::Items) };
    assert_eq!(draw(&Story::Amount(none), ThemeName::Light, (960, 540)).unwrap_err(), ChartError::NoDays);
    let none = OrderForecast { groups: Vec::new() };
    assert_eq!(draw(&Story::Order(none), ThemeName::Light, (960, 540)).unwrap_err(), ChartError::NoDays);
    let none = PastWork { unit: Unit::Items, first: day("2026-11-24"), done: Vec::new() };
    assert_eq!(draw(&Story::Past(none), ThemeName::Light, (960, 540)).unwrap_err(), ChartError::NoDays);
}

#[test]
fn in_a_room_no_text_is_smaller_than_twenty_four_pixels() {
    for (name, story) in stories() {
        let svg = draw(&story, ThemeName::Projector, (1920, 1080)).unwrap().svg;
        for part in svg.split("font-size=\"").skip(1) {
            let size: f64 = part.split('"').next().unwrap().parse().unwrap();
            assert!(size >= 24.0, "{name}: {size}");
        }
    }
}

fn size() -> impl Strategy<Value = (u32, u32)> {
    prop_oneof![(120_u32..2_000, 120_u32..1_200), Just((320, 180)), Just((960, 540)), Just((1920, 1080))]
}

fn theme() -> impl Strategy<Value = ThemeName> {
    prop_oneof![Just(ThemeName::Light), Just(ThemeName::Dark), Just(ThemeName::Projector)]
}

/// Pasts of any kind: idle for long, enormous, of parts of points.
fn any_samples() -> impl Strategy<Value = Samples> {
    let day =
        prop_oneof![3 => Just(0_i64), 3 => (0_i64..9).prop_map(|items| items * 100), 1 => 0_i64..100_000_000];
    prop::collection::vec(day, 10..40)
        .prop_filter_map("idle", |days| Samples::new(days.into_iter().map(Amount::hundredths)).ok())
}

fn any_story() -> impl Strategy<Value = Story> {
    let first = (0_i64..3_000_000).prop_map(|days| day("0001-01-01").plus(days));
    let amount = prop_oneof![0_i64..5_000, 0_i64..1_000_000_000];
    (
        any_samples(),
        title(),
        first,
        prop::collection::vec((title(), amount), 1..14),
        any::<bool>(),
        0_u32..400,
    )
        .prop_flat_map(|(samples, what, from, groups, other, days)| {
            let sizes: Vec<Amount> = groups.iter().map(|(_, amount)| Amount::hundredths(*amount)).collect();
            let all = when_in_order(&samples, &sizes, 40, Seed::new(1));
            let one = |(what, when): (String, When)| DayForecast {
                what,
                from,
                when,
                instead_of: other.then(|| all[0].clone()),
            };
            let names = groups.into_iter().map(|(name, _)| name);
            let order: Vec<DayForecast> = names.zip(all.iter().cloned()).map(one).collect();
            let done = how_many(&samples, days, 40, Seed::new(2));
            let wanted = other.then(|| Wanted {
                amount: sizes[0],
                items: sizes.len() as u32,
                chance: done.likelihood_of(sizes[0]),
            });
            let instead_of = other.then(|| how_many(&samples, days / 2, 40, Seed::new(2)));
            let unit = if other { Unit::Points } else { Unit::Items };
            let past = PastWork { unit, first: from, done: samples.days().to_vec() };
            prop_oneof![
                Just(Story::Days(order[0].clone())),
                Just(Story::Amount(AmountForecast { until: what, unit, done, wanted, instead_of })),
                Just(Story::Order(OrderForecast { groups: order })),
                Just(Story::Past(past)),
            ]
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]
    #[test]
    fn whatever_the_forecast_the_picture_is_sound(story in any_story(), theme in theme(), size in size()) {
        let chart = draw(&story, theme, size).unwrap();
        prop_assert_eq!(is_sound(&chart, size), Ok(()));
    }
}

/// Writes every story in every look to the folder that EVENKEEL_LOOK names, for eyes.
#[test]
#[ignore = "for looking at the pictures"]
fn look() {
    let Some(folder) = std::env::var_os("EVENKEEL_LOOK").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for (name, story) in stories() {
        for (look, theme, size) in LOOKS {
            let scale = if size.0 > 1000 { 1.0 } else { 2.0 };
            let picture = draw(&story, theme, size).unwrap().svg;
            std::fs::write(folder.join(format!("{name}-{look}.png")), png(&picture, scale).unwrap()).unwrap();
        }
    }
}
