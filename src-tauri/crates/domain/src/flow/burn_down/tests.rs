//! Each rule of the burn-down as a story.

use super::*;
use crate::backlog::Origin;
use crate::interrupt::SeverityNames;
use crate::sprint::story::{Story, day_text};
use expect_test::{Expect, expect};
use std::fmt::Write;

fn burn(story: &Story, stage: Stage, unit: Option<Unit>) -> BurnDown {
    let ledger = story.ledger(story.commitment());
    BurnDown::new(&story.flow(&ledger, stage), unit)
}

/// The line and its marks.
fn check_burn(text: &str, expected: Expect) {
    let story = Story::tell(text);
    expected.assert_eq(&line_text(&story, &burn(&story, Stage::Running, None)));
}

fn line_text(story: &Story, burn: &BurnDown) -> String {
    let mut text = String::new();
    if let Some(SizedCount { sized, items }) = burn.too_few_sized {
        let _ = writeln!(text, "counts items: {sized} of {items} are sized");
    }
    let points: Vec<String> =
        burn.actual.iter().map(|p| format!("{} {}", story.moment_text(p.at), p.remaining)).collect();
    let _ = writeln!(text, "{}", points.join(" | "));
    for mark in &burn.marks {
        let kind = match mark.kind {
            BurnMarkKind::Added(origin) => format!("added {origin}"),
            kind => format!("{kind:?}").to_lowercase(),
        };
        let (at, change) = (story.moment_text(mark.at), mark.change);
        let _ = writeln!(text, "{at} {kind} {} {change}, {} left", mark.title, mark.remaining);
    }
    let (at, left) = (story.moment_text(burn.end.at), burn.end.remaining);
    let unsized_items =
        if burn.unsized_items > 0 { format!(", {} unsized", burn.unsized_items) } else { String::new() };
    let _ = writeln!(
        text,
        "{at} {left} of {} left, {} done, {} working days left{unsized_items}",
        burn.committed, burn.done, burn.working_days_left
    );
    text
}

/// The ideal line at its corners.
fn check_ideal(text: &str, expected: Expect) {
    let burn = burn(&Story::tell(text), Stage::Running, None);
    expected.assert_eq(&corners(&burn.ideal));
}

/// The ideal lines that begin with accepted scope changes.
fn check_rebased(text: &str, expected: Expect) {
    let burn = burn(&Story::tell(text), Stage::Running, None);
    let lines: Vec<String> = burn.rebased.iter().map(|line| corners(&line.line)).collect();
    expected.assert_eq(&lines.join("\n"));
}

/// The ideal line by hours.
fn check_weighted(text: &str, expected: Expect) {
    let burn = burn(&Story::tell(text), Stage::Running, None).falling(Ideal::Weighted);
    let unset = if burn.hours_unset { ", hours not set" } else { "" };
    expected.assert_eq(&format!("{:?}{unset}: {}", burn.pace, corners(&burn.ideal)));
}

fn corners(line: &[IdealPoint]) -> String {
    let corner = |point: &IdealPoint| {
        let round = |value: f64| ((value * 1000.0).round() / 1000.0).to_string();
        format!("{} {}", round(point.x), round(point.remaining))
    };
    line.iter().map(corner).collect::<Vec<String>>().join(" | ")
}

/// The day table.
fn check_days(text: &str, expected: Expect) {
    let story = Story::tell(text);
    let mut table = String::new();
    for day in burn(&story, Stage::Running, None).days {
        let _ = write!(table, "{}", day_text(day.day));
        let _ = match day.remaining {
            Some(remaining) => write!(table, " {remaining}"),
            None => write!(table, " –"),
        };
        for (is, word) in [(day.working, " working"), (day.shaded, " shaded")] {
            table.push_str(if is { word } else { "" });
        }
        if day.done != Size::ZERO {
            let _ = write!(table, ", done {}", day.done);
        }
        if day.scope_change != Size::ZERO {
            let _ = write!(table, ", scope {}", day.scope_change);
        }
        table.push('\n');
    }
    expected.assert_eq(&table);
}

#[test]
fn rule_5_1_forty_points_over_ten_working_days_fall_by_four() {
    check_ideal(
        "mon 00:00 select a40 | now",
        expect!["0 40 | 1 36 | 2 32 | 3 28 | 4 24 | 5 20 | 7 20 | 8 16 | 9 12 | 10 8 | 11 4 | 12 0"],
    );
}

#[test]
fn rule_5_1_with_one_holiday_they_fall_by_4_44_over_nine() {
    check_ideal(
        "holiday tue2 | mon 00:00 select a40 | start | now",
        expect![
            "0 40 | 1 35.556 | 2 31.111 | 3 26.667 | 4 22.222 | 5 17.778 | 7 17.778 | 8 13.333 | 9 13.333 | 10 8.889 | 11 4.444 | 12 0"
        ],
    );
}

#[test]
fn rule_5_1_a_holiday_entered_later_is_shaded_only() {
    check_ideal(
        "plan mon thu | mon 00:00 select a40 | start | holiday wed | now",
        expect!["0 40 | 1 30 | 2 20 | 3 10 | 4 0"],
    );
    check_days(
        "plan mon thu | mon 09:00 select a40 | start | holiday wed | tue now",
        expect![[r#"
        mon 40 working
        tue 40 working
        wed – working shaded
        thu – working
    "#]],
    );
}

#[test]
fn rule_5_1_a_late_start_falls_over_the_days_that_are_left() {
    check_ideal("plan mon fri | wed 06:00 select a9 | start | now", expect!["2.25 9 | 3 6 | 4 3 | 5 0"]);
}

#[test]
fn rule_5_1_an_early_start_is_flat_until_the_planned_first_day() {
    check_ideal("plan wed fri | mon 12:00 select a9 | start | now", expect!["0.5 9 | 2 9 | 3 6 | 4 3 | 5 0"]);
}

#[test]
fn rule_5_1_no_working_day_left_is_flat_at_the_start_value() {
    check_ideal("plan mon fri | sat 00:00 select a10 | start | now", expect!["5 10 | 6 10"]);
    check_ideal("plan sat sun | sat 00:00 select a10 | start | now", expect!["0 10 | 2 10"]);
}

#[test]
fn rule_5_1_one_working_day_falls_from_all_to_nothing() {
    check_ideal("plan mon mon | mon 00:00 select a10 | start | now", expect!["0 10 | 1 0"]);
}

#[test]
fn rule_5_1_scope_added_later_does_not_move_the_ideal() {
    check_ideal(
        "plan mon tue | mon 00:00 select a10 | start | tue add b90 scopeCreep | now",
        expect!["0 10 | 1 5 | 2 0"],
    );
}

#[test]
fn rule_5_2_the_actual_line_steps_at_each_fact_and_ends_now() {
    check_burn(
        "mon select a8 b5 | wed done a | fri reopen a | mon2 10:00 now",
        expect![[r#"
        mon 09:00 13 | wed 12:00 5 | fri 12:00 13
        fri 12:00 reopened a 8, 13 left
        mon2 10:00 13 of 13 left, 0 done, 5 working days left
    "#]],
    );
}

#[test]
fn rule_5_2_work_finished_on_a_sunday_counts_on_sunday() {
    check_burn(
        "mon select a8 b5 | sun 23:30 done a | tue2 now",
        expect![[r#"
        mon 09:00 13 | sun 23:30 5
        tue2 12:00 5 of 13 left, 8 done, 4 working days left
    "#]],
    );
    check_days(
        "plan fri mon2 | fri select a8 b5 | sun 23:30 done a | mon2 now",
        expect![[r#"
        fri 13 working
        sat 13 shaded
        sun 5 shaded, done 8
        mon2 5 working
    "#]],
    );
}

#[test]
fn rule_5_2_scope_changes_are_marked_with_size_and_origin() {
    check_burn(
        "mon select a8 b5 c2 | tue add d3 scopeCreep | wed remove b | thu cancel c | fri size a13 | mon2 add e1 discovered | now",
        expect![[r#"
            mon 09:00 15 | tue 12:00 18 | wed 12:00 13 | thu 12:00 11 | fri 12:00 16 | mon2 12:00 17
            tue 12:00 added scopeCreep d 3, 18 left
            wed 12:00 removed b −5, 13 left
            thu 12:00 cancelled c −2, 11 left
            fri 12:00 resized a 5, 16 left
            mon2 12:00 added discovered e 1, 17 left
            mon2 12:00 17 of 15 left, 0 done, 5 working days left
        "#]],
    );
}

#[test]
fn rule_4_1_interrupts_are_marked_beside_the_line() {
    check_burn(
        "mon select a8 | tue add p5 interrupt | wed done p | thu done a | fri now",
        expect![[r#"
        mon 09:00 8 | thu 12:00 0
        tue 12:00 added interrupt p 5, 8 left
        fri 12:00 0 of 8 left, 8 done, 6 working days left
    "#]],
    );
}

#[test]
fn rule_3_1_an_overdue_sprint_keeps_counting_until_it_is_closed() {
    check_burn(
        "plan mon fri | mon select a8 b5 | start | wed done a | tue2 done b | thu2 now",
        expect![[r#"
            mon 12:00 13 | wed 12:00 5 | tue2 12:00 0
            thu2 12:00 0 of 13 left, 13 done, 0 working days left
        "#]],
    );
    check_days(
        "plan mon wed | mon select a8 b5 | start | wed done a | sat done b | sun now",
        expect![[r#"
        mon 13 working
        tue 13 working
        wed 5 working, done 8
        thu 5
        fri 5
        sat 0 shaded, done 5
        sun 0 shaded
    "#]],
    );
}

#[test]
fn rule_5_2_a_sprint_closed_early_keeps_its_planned_days() {
    let story = Story::tell("plan mon fri | mon select a8 b5 | start | tue done a | wed 17:00 now");
    let closed = burn(&story, Stage::Closed, None);
    assert!(closed.closed);
    assert_eq!(closed.days.len(), 5);
    assert_eq!(closed.days[3].remaining, None);
    assert_eq!(closed.end.at, story.now);
}

#[test]
fn rule_3_2_changes_at_the_instant_of_the_start_are_a_step_after_the_committed_sum() {
    check_burn(
        "mon 07:00 select a8 b5 | mon 09:00 start | mon 08:00 done b | mon 09:00 done a | tue now",
        expect![[r#"
            mon 09:00 13 | mon 09:00 0
            tue 12:00 0 of 13 left, 13 done, 9 working days left
        "#]],
    );
}

#[test]
fn rule_1_3_fewer_than_half_sized_counts_items_and_says_so() {
    check_burn(
        "mon select a8 b? c? | tue done b | wed now",
        expect![[r#"
        counts items: 1 of 3 are sized
        mon 09:00 3 | tue 12:00 2
        wed 12:00 2 of 3 left, 1 done, 8 working days left
    "#]],
    );
    check_burn(
        "mon select a8 b? | tue done b | wed now",
        expect![[r#"
        mon 09:00 8
        wed 12:00 8 of 8 left, 0 done, 8 working days left, 1 unsized
    "#]],
    );
    let story = Story::tell("mon select a8 b? c? | tue done a | wed now");
    let asked = burn(&story, Stage::Running, Some(Unit::Points));
    assert_eq!((asked.unit, asked.too_few_sized, asked.unsized_items), (Unit::Points, None, 2));
    let items = burn(&story, Stage::Running, Some(Unit::Items));
    assert_eq!((items.committed, items.end.remaining), (Size::points(3), Size::points(2)));
}

#[test]
fn rule_1_3_resizing_does_not_show_where_items_are_counted() {
    check_burn(
        "mon select a? b? c2 | tue size c3 | wed add d? pulledIn | now",
        expect![[r#"
        counts items: 1 of 4 are sized
        mon 09:00 3 | wed 12:00 4
        wed 12:00 added pulledIn d 1, 4 left
        wed 12:00 4 of 3 left, 0 done, 8 working days left
    "#]],
    );
}

#[test]
fn rule_3_2_a_planned_sprint_shows_its_ideal_line_only() {
    let story = Story::tell("mon select a8 b5 | start");
    let planned = burn(&story, Stage::Planned, None);
    assert_eq!((planned.actual.len(), planned.marks.len(), planned.committed), (0, 0, Size::points(13)));
    assert!(planned.days.iter().all(|day| day.remaining.is_none()));
    assert_eq!(planned.ideal.last().map(|point| point.remaining), Some(0.0));
}

#[test]
fn days_with_a_clock_change_have_their_own_length() {
    let story = Story::tell(
        "plan 2026-10-23 2026-10-27 | 2026-10-23 00:00 select a8 | start | 2026-10-25 13:00 done a | 2026-10-26 now",
    );
    let burn = burn(&story, Stage::Running, None);
    // 14 of 25 hours have passed at one in the afternoon.
    assert!((burn.actual[1].x - (2.0 + 14.0 / 25.0)).abs() < 1e-9, "{}", burn.actual[1].x);
}

#[test]
fn rule_5_1_after_an_accepted_scope_change_a_second_ideal_starts_that_day() {
    let text = "plan mon fri | mon 00:00 select a10 b5 | start | tue done a | tue 18:00 size b10 | wed 06:00 reopen a | wed 12:00 reduceScope b | thu now";
    check_ideal(text, expect!["0 15 | 1 12 | 2 9 | 3 6 | 4 3 | 5 0"]);
    check_rebased(text, expect!["2.5 10 | 3 6.667 | 4 3.333 | 5 0"]);
}

#[test]
fn rule_5_1_accepting_a_slip_and_any_other_change_of_scope_start_no_ideal() {
    check_rebased(
        "plan mon fri | mon 00:00 select a10 b5 | start | tue remove b | tue 15:00 add c8 scopeCreep | wed acceptSlip a | thu now",
        expect![""],
    );
}

#[test]
fn rule_5_1_of_several_accepted_changes_each_day_has_one_ideal() {
    check_rebased(
        "plan mon fri | mon 00:00 select a10 b5 c4 | start | wed 08:00 swapOut b | wed 12:00 swapOut c | fri 00:00 swapOut a | fri now",
        expect![[r#"
            2.5 10 | 3 6.667 | 4 3.333 | 5 0
            4 0 | 5 0"#]],
    );
}

#[test]
fn rule_5_1_a_second_ideal_without_a_working_day_left_is_flat() {
    check_rebased(
        "plan mon fri | mon 00:00 select a10 b5 | start | sat swapOut b | sun now",
        expect!["5.5 10 | 7 10"],
    );
}

#[test]
fn rule_5_1_the_ideal_in_force_is_the_one_that_was_the_last_to_begin() {
    let text = "plan mon fri | mon 00:00 select a10 b5 | start | wed 12:00 reduceScope b | thu now";
    let burn = burn(&Story::tell(text), Stage::Running, None);
    let at = |x: f64| burn.ideal_at(x).map(|value| (value * 100.0).round() / 100.0);
    assert_eq!([2.0, 2.49, 2.5, 5.0].map(at), [Some(9.0), Some(7.53), Some(10.0), Some(0.0)]);
}

#[test]
fn rule_5_1_weighted_it_falls_by_the_hours_that_the_start_froze() {
    check_weighted(
        "plan mon fri | hours mon=2 tue=6 wed=0 thu=8 fri=4 | mon 00:00 select a40 | start | fri now",
        expect!["Weighted: 0 40 | 1 36 | 2 24 | 3 24 | 4 8 | 5 0"],
    );
    check_weighted(
        "plan mon fri | mon 00:00 select a40 | start | now",
        expect!["Even, hours not set: 0 40 | 1 32 | 2 24 | 3 16 | 4 8 | 5 0"],
    );
}

#[test]
fn rule_5_1_hours_entered_later_do_not_move_a_weighted_ideal() {
    check_weighted(
        "plan mon tue | hours mon=2 tue=6 | mon 00:00 select a40 | start | hours mon=6 | tue now",
        expect!["Weighted: 0 40 | 1 30 | 2 0"],
    );
}

#[test]
fn rule_6_1_a_forecast_reaches_from_now_to_the_planned_end() {
    let samples = Samples::new([0, 1, 2, 3, 4, 0, 0, 5, 2, 1, 3, 2].map(Size::points)).unwrap();
    let of =
        |text: &str, stage| burn(&Story::tell(text), stage, None).forecast(&samples, Seed::new(7)).forecast;
    let running = "plan mon fri | mon 00:00 select a8 b5 | start | tue done b | tue 18:00 now";
    let forecast = of(running, Stage::Running).unwrap();
    assert_eq!(forecast.days.iter().map(|day| day.x).collect::<Vec<_>>(), [1.75, 3.0, 4.0, 5.0]);
    assert_eq!((forecast.of, forecast.days[0].left.p50), (Size::points(8), Size::points(8)));
    assert!(forecast.days.windows(2).all(|pair| pair[1].left.p90 <= pair[0].left.p90));
    // Three days of these samples reach 8 points in about one trial of three.
    let chance = forecast.chance.in_basis_points();
    assert!((2_500..5_000).contains(&chance), "{chance}");
    let none = [
        of(running, Stage::Closed),
        of("plan mon fri | mon 00:00 select a8 | start | fri 10:00 now", Stage::Running),
        of("plan mon fri | mon 00:00 select a8 | start | mon2 now", Stage::Running),
        of("plan mon fri | mon 00:00 select a8 | start | tue done a | wed now", Stage::Running),
    ];
    assert_eq!(none, [None, None, None, None], "closed, last day, overdue, nothing left");
}

#[test]
fn rule_3_5_what_is_sealed_answers_in_both_units_and_with_both_ideals() {
    let story = Story::tell("mon select a8 b? c? | tue done a | fri2 now");
    let ledger = story.ledger(story.commitment());
    let buffer = crate::interrupt::buffer(None, &[], Vec::new(), &[], story.sprint.last_day);
    let facts = BufferFacts {
        name: "Buffer",
        buffer: &buffer,
        draws: &[],
        arrivals: &[],
        decisions: &[],
        severities: &SeverityNames::default(),
    };
    let sealed = SealedFlow::seal(&story.flow(&ledger, Stage::Running), &facts);
    let shown = |unit, pace| sealed.clone().in_unit(unit, pace).up.burn;
    for unit in [None, Some(Unit::Points), Some(Unit::Items)] {
        assert_eq!(shown(unit, Ideal::Even), burn(&story, Stage::Closed, unit));
        assert_eq!(shown(unit, Ideal::Weighted), burn(&story, Stage::Closed, unit).falling(Ideal::Weighted));
    }
}

#[test]
fn interrupts_stay_beside_the_line_whatever_their_origin_says() {
    let story = Story::tell("mon select a8 | tue add p5:buffer pulledIn | wed now");
    let burn = burn(&story, Stage::Running, None);
    assert_eq!(burn.marks[0].kind, BurnMarkKind::Added(Origin::Interrupt));
    assert_eq!(burn.end.remaining, Size::points(8));
}
