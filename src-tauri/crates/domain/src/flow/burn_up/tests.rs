//! Each rule of the burn-up as a story.

use super::*;
use crate::flow::Ideal;
use crate::sprint::story::Story;
use expect_test::{Expect, expect};
use std::fmt::Write;

fn up(story: &Story, stage: Stage, past: &[PastScope]) -> BurnUp {
    let ledger = story.ledger(story.commitment());
    let flow = story.flow(&ledger, stage);
    BurnUp::new(&flow, None).projected(&flow, past)
}

fn points(story: &Story, line: &[UpPoint]) -> String {
    let points: Vec<String> =
        line.iter().map(|point| format!("{} {}", story.moment_text(point.at), point.amount)).collect();
    points.join(" | ")
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn check(text: &str, expected: Expect) {
    let story = Story::tell(text);
    let up = up(&story, Stage::Running, &[]);
    let mut told = format!("scope {}\ndone {}\n", points(&story, &up.scope), points(&story, &up.done));
    for line in up.ideals() {
        let corners: Vec<String> =
            line.iter().map(|point| format!("{} {}", rounded(point.x), rounded(point.remaining))).collect();
        let _ = writeln!(told, "ideal {}", corners.join(" | "));
    }
    if let Some(growth) = &up.growth {
        let _ = writeln!(told, "{}", growth_text(growth));
    }
    expected.assert_eq(&told);
}

fn growth_text(growth: &Growth) -> String {
    let by = match growth.by {
        GrowthBy::ThisSprint { days } => format!("{days} days of this Sprint"),
        GrowthBy::PastSprints { sprints } => format!("{sprints} past Sprints"),
    };
    let line: Vec<String> =
        growth.line.iter().map(|point| format!("{} {}", rounded(point.x), rounded(point.scope))).collect();
    format!("growth {} a day by {by}: {}", rounded(growth.a_day), line.join(" | "))
}

#[test]
fn rule_5_3_scope_and_done_step_with_each_fact() {
    check(
        "plan mon fri | mon 00:00 select a8 b5 c2 | start | tue done a | tue 15:00 add d3 scopeCreep | wed 10:00 remove b | wed reopen a | thu 09:00 now",
        expect![[r#"
            scope mon 00:00 15 | tue 15:00 18 | wed 10:00 13
            done mon 00:00 0 | tue 12:00 8 | wed 12:00 0
            ideal 0 0 | 1 3 | 2 6 | 3 9 | 4 12 | 5 15
            growth -0.5 a day by 4 days of this Sprint: 3.375 13 | 4 13 | 5 12.5
        "#]],
    );
}

#[test]
fn rule_3_4_what_is_left_is_the_scope_less_what_is_done_at_every_point() {
    let story = Story::tell(
        "mon select a8 b5 c2 d? | tue done a | tue 15:00 add e3 scopeCreep | wed size b13 | thu done b | fri reopen a | fri 13:00 cancel c | mon2 now",
    );
    let up = up(&story, Stage::Running, &[]);
    for point in &up.burn.actual {
        assert_eq!(
            up.scope_at(point.at) - up.done_at(point.at),
            point.remaining,
            "{}",
            story.moment_text(point.at)
        );
    }
    assert_eq!(up.scope_now() - up.burn.done, up.burn.end.remaining);
    for day in up.burn.days.iter().filter(|day| day.remaining.is_some()) {
        let end = story.calendar.zone.start_of(day.day.plus(1)).plus_millis(-1);
        assert_eq!(day.scope, Some(up.scope_at(end)));
    }
}

#[test]
fn rule_5_1_after_an_accepted_scope_change_another_ideal_rises_to_the_new_scope() {
    check(
        "plan mon fri | mon 00:00 select a8 b5 c2 | start | tue done a | wed 00:00 swapOut b | wed 12:00 now",
        expect![[r#"
            scope mon 00:00 15 | wed 00:00 10
            done mon 00:00 0 | tue 12:00 8
            ideal 0 0 | 1 3 | 2 6 | 3 9 | 4 12 | 5 15
            ideal 2 8 | 3 8.667 | 4 9.333 | 5 10
            growth -1.667 a day by 3 days of this Sprint: 2.5 10 | 3 10 | 4 8.333 | 5 8
        "#]],
    );
}

#[test]
fn a_projection_goes_by_past_sprints_until_the_third_working_day() {
    let past = |committed, scope, working_days| PastScope {
        committed: Size::points(committed),
        scope: Size::points(scope),
        working_days,
    };
    let three = [past(20, 24, 10), past(40, 42, 10), past(10, 9, 10), past(0, 5, 10)];
    let grown = |text: &str, past: &[PastScope]| {
        up(&Story::tell(text), Stage::Running, past)
            .growth
            .map_or("none".into(), |growth| growth_text(&growth))
    };
    let second = "plan mon fri | mon 00:00 select a20 | start | tue add b4 scopeCreep | tue 18:00 now";
    assert_eq!(grown(second, &three[..2]), "none", "two past Sprints are too few");
    assert_eq!(
        grown(second, &three),
        "growth 0.1 a day by 3 past Sprints: 1.75 24 | 2 24 | 3 24.1 | 4 24.2 | 5 24.3"
    );
    let third = "plan mon fri | mon 00:00 select a20 | start | tue add b4 scopeCreep | wed 18:00 now";
    assert_eq!(
        grown(third, &three),
        "growth 1.333 a day by 3 days of this Sprint: 2.75 24 | 3 24 | 4 25.333 | 5 26.667"
    );
    assert_eq!(
        grown("plan mon fri | mon 00:00 select a20 | start | mon2 now", &three),
        "none",
        "it is overdue"
    );
}

#[test]
fn a_projected_scope_is_never_less_than_what_is_done() {
    let story = Story::tell(
        "plan mon fri | mon 00:00 select a8 b8 c8 | start | tue remove b | tue 13:00 remove c | wed done a | wed 18:00 now",
    );
    let growth = up(&story, Stage::Running, &[]).growth.unwrap();
    assert!(growth.line.iter().all(|point| point.scope >= 8.0), "{}", growth_text(&growth));
}

#[test]
fn a_sprint_that_does_not_run_has_no_projection() {
    let story = Story::tell("mon select a8 b5 | tue done a | fri now");
    assert_eq!(up(&story, Stage::Closed, &[]).growth, None);
    let planned = up(&Story::tell("mon select a8 b5 | start"), Stage::Planned, &[]);
    assert_eq!((planned.scope.len(), planned.done.len(), planned.growth.clone()), (0, 0, None));
    assert_eq!(planned.scope_now(), Size::points(13));
}

#[test]
fn rule_6_1_the_forecast_of_a_burn_up_is_of_the_projected_scope() {
    let story = Story::tell(
        "plan mon fri | mon 00:00 select a8 b8 | start | tue done a | tue 13:00 add c3 discovered | wed 18:00 now",
    );
    let samples = Samples::new([0, 1, 2, 3, 4, 0, 0, 5, 2, 1, 3, 2].map(Size::points)).unwrap();
    let up = up(&story, Stage::Running, &[]).forecast(&samples, Seed::new(1));
    let growth = up.growth.as_ref().unwrap().at_end();
    let forecast = up.burn.forecast.clone().unwrap();
    assert_eq!(forecast.of, Size::nearest(growth).unwrap() - Size::points(8));
    assert_eq!(forecast.days.iter().map(|day| day.x).collect::<Vec<_>>(), [2.75, 4.0, 5.0]);
    assert_eq!(up.clone().burn.falling(Ideal::Even).forecast, up.burn.forecast);
}
