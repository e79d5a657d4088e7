//! Samples, simulation, groups in order, the cone.

use super::*;
use expect_test::expect;
use proptest::prelude::*;

/// Samples such as `2 0 0.5`.
fn samples(text: &str) -> Samples {
    Samples::new(text.split_whitespace().map(|size| Size::parse(size).unwrap())).unwrap()
}

fn marks(distribution: &When) -> [Option<u32>; 4] {
    MARKS.map(|percent| distribution.when_at(percent))
}

#[test]
fn rule_6_1_fewer_than_ten_days_are_refused_in_words() {
    let refused = |text: &str| {
        let days = text.split_whitespace().map(|size| Size::parse(size).unwrap());
        Samples::new(days).map(|_| ()).unwrap_err().to_string()
    };
    expect!["a forecast needs 10 days of history, and there are 9"].assert_eq(&refused(&"1 ".repeat(9)));
    expect!["a forecast needs 10 days of history, and there are 0"].assert_eq(&refused(""));
    expect!["nothing was done in the planned lanes in the last 84 days"]
        .assert_eq(&refused(&"0 ".repeat(84)));
    assert_eq!(samples(&"1 ".repeat(10)).days().len(), 10);
}

#[test]
fn rule_6_1_the_same_seed_gives_the_same_answer_with_any_number_of_trials_at_once() {
    let daily = samples("2 0 0 5 1 3 2 4 0 0 1 1");
    assert_eq!(how_many(&daily, 30, 5_000, Seed::new(4)), how_many(&daily, 30, 5_000, Seed::new(4)));
    assert_ne!(how_many(&daily, 30, 5_000, Seed::new(4)), how_many(&daily, 30, 5_000, Seed::new(5)));
    // Above this many trials several threads simulate.
    let many = how_many(&daily, 30, 200_000, Seed::new(4));
    assert_eq!(many, how_many(&daily, 30, 200_000, Seed::new(4)));
    assert_eq!(many.trials, 200_000);
    let at = MARKS.map(|percent| many.how_many_at(percent).unwrap().to_string()).join(" ");
    expect!["47 43 38 34"].assert_eq(&at);
}

#[test]
fn rule_6_1_what_is_done_half_counts_by_its_points() {
    let halves = samples(&"0.5 ".repeat(10));
    assert_eq!(how_many(&halves, 5, 100, Seed::new(1)).how_many_at(95), Some(Size::hundredths(250)));
    assert_eq!(marks(&when(&halves, Size::points(3), 100, Seed::new(1))), [Some(6); 4]);
    assert_eq!(marks(&when(&halves, Size::hundredths(301), 100, Seed::new(1))), [Some(7); 4]);
}

#[test]
fn nothing_left_is_done_today_and_an_endless_amount_never() {
    let daily = samples(&"1 ".repeat(10));
    assert_eq!(marks(&when(&daily, Size::ZERO, 100, Seed::new(1))), [Some(0); 4]);
    let endless = when(&daily, Size::points(i64::from(LONGEST) + 1), 100, Seed::new(1));
    assert_eq!((marks(&endless), endless.beyond, endless.trials), ([None; 4], 100, 100));
    let huge = when_in_order(&daily, &[Size::points(3), Size::LARGEST, Size::points(1)], 10, Seed::new(1));
    assert_eq!(huge.iter().map(|one| one.beyond).collect::<Vec<_>>(), [0, 10, 10]);
}

#[test]
fn rule_6_2_groups_are_worked_off_in_order_and_a_day_is_not_wasted_between_them() {
    let three = samples(&"3 ".repeat(10));
    let days: Vec<_> =
        when_in_order(&three, &[Size::points(4), Size::points(2), Size::points(1)], 100, Seed::new(1))
            .iter()
            .map(|group| group.when_at(85).unwrap())
            .collect();
    assert_eq!(days, [2, 2, 3]);
    // The last of several groups is done when all of them together are.
    let daily = samples("2 0 0 5 1 3 2 4 0 0 1 1");
    let last =
        when_in_order(&daily, &[Size::points(9), Size::points(11)], 3_000, Seed::new(2)).pop().unwrap();
    assert_eq!(last, when(&daily, Size::points(20), 3_000, Seed::new(2)));
}

#[test]
fn what_if_a_fifth_more_were_done_each_day() {
    let daily = samples(&"5 ".repeat(10)).scaled(Share::percent(120)).unwrap();
    assert_eq!(marks(&when(&daily, Size::points(18), 100, Seed::new(1))), [Some(3); 4]);
    assert!(samples(&"5 ".repeat(10)).scaled(Share::ZERO).is_err());
}

#[test]
fn the_cone_starts_at_what_remains_and_narrows_to_nothing() {
    let daily = samples("2 0 0 5 1 3 2 4 0 0 1 1");
    let cone = cone(&daily, Size::points(20), 40, 4_000, Seed::new(1));
    let first = cone[0];
    assert_eq!((first.day, first.p10, first.p90), (0, Size::points(20), Size::points(20)));
    assert_eq!((cone.len(), cone[40].p90), (41, Size::ZERO));
    let sizes = |day: &ConeDay| [day.p10, day.p25, day.p50, day.p75, day.p90];
    assert!(cone.iter().all(|day| sizes(day).is_sorted()));
    assert!(cone.windows(2).all(|pair| sizes(&pair[0]).iter().zip(sizes(&pair[1])).all(|(a, b)| *a >= b)));
    expect!["3 9 14"].assert_eq(&format!("{} {} {}", cone[7].p10, cone[7].p50, cone[7].p90));
}

#[test]
fn the_cone_reaches_nothing_on_the_day_that_the_forecast_names() {
    let daily = samples("2 0 0 5 1 3 2 4 0 0 1 1");
    let cone = cone(&daily, Size::points(20), 40, 4_000, Seed::new(1));
    let done =
        |left: fn(&ConeDay) -> Size| cone.iter().find(|day| left(day) == Size::ZERO).map(|day| day.day);
    let when = when(&daily, Size::points(20), 4_000, Seed::new(9));
    let near = |a: Option<u32>, b: Option<u32>| a.unwrap().abs_diff(b.unwrap()) <= 1;
    assert!(near(done(|day| day.p50), when.when_at(50)));
    assert!(near(done(|day| day.p90), when.when_at(90)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_past_gives_marks_in_order(
        days in prop::collection::vec(-500_i64..100_000_000, 10..90),
        ahead in 0_u32..60,
        amount in -100_i64..1_000_000_000_000,
        seed: u32,
    ) {
        let Ok(samples) = Samples::new(days.iter().copied().map(Size::hundredths)) else { return Ok(()) };
        let many = how_many(&samples, ahead, 100, Seed::new(seed));
        prop_assert!(MARKS.map(|percent| many.how_many_at(percent)).is_sorted_by(|a, b| a >= b));
        prop_assert_eq!(many.trials, 100);
        let when = when(&samples, Size::hundredths(amount), 100, Seed::new(seed));
        let day = |percent| when.when_at(percent).unwrap_or(u32::MAX);
        prop_assert!(MARKS.map(day).is_sorted());
        prop_assert_eq!(when.trials, 100);
        let cone = cone(&samples, Size::hundredths(amount), ahead, 100, Seed::new(seed));
        prop_assert_eq!(cone.len(), ahead as usize + 1);
        prop_assert!(cone.iter().all(|day| Size::ZERO <= day.p10 && day.p10 <= day.p90));
    }
}
