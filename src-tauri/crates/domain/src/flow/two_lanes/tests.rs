//! Each rule of the two lanes as a story.

use super::*;
use crate::interrupt::{SprintHours, SprintInterrupt, buffer, draws};
use crate::sprint::story::Story;
use expect_test::{Expect, expect};
use std::fmt::Write;

/// The two lanes of a story in which interrupts are told as `mon 10:00 p P2 2`: moment, name, severity, hours of that day.
fn lanes(text: &str, interrupts: &str, kept: Option<i64>) -> (Story, TwoLanes) {
    let story = Story::tell(text);
    let ledger = story.ledger(story.commitment());
    let mut all: Vec<(SprintInterrupt, IncidentSeverity)> = Vec::new();
    for (n, line) in interrupts.split('|').filter(|line| !line.trim().is_empty()).enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = story.moment_of(words[0], words[1]);
        let mut one = SprintInterrupt {
            id: crate::identity::Identities::new(Instant::from_millis(0), n as i64 + 1, 1).fresh(),
            label: words[2].into(),
            title: words[2].into(),
            in_buffer: true,
            since: story.calendar.zone.day_of(at),
            at,
            estimate: None,
            before: Minutes::ZERO,
            hours: Vec::new(),
        };
        for word in &words[4..] {
            if let Some(estimate) = word.strip_prefix("est") {
                one.estimate = Some(Minutes::hours(estimate.parse().unwrap()));
            } else if *word == "lane" {
                one.in_buffer = false;
            } else if let Some((day, hours)) = word.split_once(':') {
                // Written down today, for that day.
                let day = story.calendar.zone.day_of(story.moment_of(day, "12:00"));
                let minutes = Minutes::hours(hours.parse().unwrap());
                one.hours.push(SprintHours { day, minutes, member: None, recorded_at: story.now });
            } else {
                let minutes = Minutes::hours(word.parse().unwrap());
                one.hours.push(SprintHours { day: one.since, minutes, member: None, recorded_at: at });
            }
        }
        all.push((one, words[3].parse().unwrap()));
    }
    let (draws, undrawn) = draws(&all.iter().map(|(one, _)| one.clone()).collect::<Vec<_>>(), &[]);
    let today = story.calendar.zone.day_of(story.now);
    let buffer = buffer(kept.map(Minutes::hours), &draws, undrawn, &story.commitment().working_days, today);
    let arrivals: Vec<Arrival> = all
        .iter()
        .map(|(one, severity)| Arrival {
            what: Drawer::Interrupt(one.id),
            severity: Some(*severity),
            label: one.label.clone(),
            title: one.title.clone(),
            at: one.at,
            in_buffer: one.in_buffer,
            takes: one.counts(),
        })
        .collect();
    let facts = BufferFacts {
        name: "Buffer",
        buffer: &buffer,
        draws: &draws,
        arrivals: &arrivals,
        decisions: story.decisions(),
        severities: &SeverityNames::default(),
    };
    let lanes = TwoLanes::new(&story.flow(&ledger, Stage::Running), None, &facts);
    (story, lanes)
}

fn check_plan(text: &str, expected: Expect) {
    let (story, lanes) = lanes(text, "", Some(8));
    let line = |line: Vec<UpPoint>| {
        let points = line.iter().map(|point| format!("{} {}", story.moment_text(point.at), point.amount));
        points.collect::<Vec<_>>().join(" | ")
    };
    let mut told = format!("plan {}\nfloor {}\n", line(lanes.plan()), line(lanes.floor()));
    for ideal in lanes.ideals() {
        let corners = ideal.iter().map(|point| format!("{} {}", point.x, point.remaining));
        let _ = writeln!(told, "ideal {}", corners.collect::<Vec<_>>().join(" | "));
    }
    for decision in &lanes.buffer.decisions {
        let _ = writeln!(told, "{} floor rises by {}", decision.choice, lanes.moved_by(decision));
    }
    expected.assert_eq(&told);
}

fn check_buffer(interrupts: &str, expected: Expect) {
    let (_, lanes) = lanes("mon 00:00 select a8 | start | thu 18:00 now", interrupts, Some(8));
    let buffer = &lanes.buffer;
    let steps = buffer.used.iter().map(|point| {
        let expected = point.used - point.known;
        let and = if expected > Minutes::ZERO { format!(" and {expected} expected") } else { String::new() };
        format!("{:.2} {}{and}", point.x, point.known)
    });
    let mut told = format!("{}\n", steps.collect::<Vec<_>>().join(" | "));
    for mark in &buffer.arrivals {
        let severity = mark.arrival.severity.map_or("none".to_owned(), |severity| severity.to_string());
        let _ = writeln!(told, "{severity} {} at {:.2} on {}", mark.arrival.title, mark.x, mark.used);
    }
    let days = buffer.days.iter().filter_map(|day| day.used.map(|used| format!("{} {used}", day.drawn)));
    let _ = write!(told, "{}", days.collect::<Vec<_>>().join(", "));
    if buffer.over > Minutes::ZERO {
        let _ = write!(told, "; {} over", buffer.over);
    }
    if buffer.unknown > 0 {
        let _ = write!(told, "; {} not known", buffer.unknown);
    }
    expected.assert_eq(&told);
}

#[test]
fn rule_5_3_the_plan_falls_by_what_is_done_and_its_floor_moves_with_the_scope() {
    check_plan(
        "plan mon fri | mon 00:00 select a8 b5 c2 | start | tue done a | tue 15:00 add d3 scopeCreep | wed 10:00 remove b | wed reopen a | thu 09:00 now",
        expect![[r#"
            plan mon 00:00 15 | tue 12:00 7 | wed 12:00 15
            floor mon 00:00 0 | tue 15:00 −3 | wed 10:00 2
            ideal 0 15 | 1 12 | 2 9 | 3 6 | 4 3 | 5 0
        "#]],
    );
}

#[test]
fn rule_4_2_a_swap_lifts_the_floor_and_the_ideal_falls_to_it() {
    check_plan(
        "plan mon fri | mon 00:00 select a8 b5 c2 | start | tue done a | wed 00:00 swapOut b | wed 12:00 acceptSlip c | thu 09:00 now",
        expect![[r#"
            plan mon 00:00 15 | tue 12:00 7
            floor mon 00:00 0 | wed 00:00 5
            ideal 0 15 | 1 12 | 2 9 | 3 6 | 4 3 | 5 0
            ideal 2 7 | 3 6.333333333333333 | 4 5.666666666666667 | 5 5
            swapOut floor rises by 5
            acceptSlip floor rises by 0
        "#]],
    );
}

#[test]
fn rule_3_4_plan_less_floor_is_what_is_left() {
    let (_, lanes) = lanes(
        "mon select a8 b5 c2 | tue done a | tue 15:00 add d3 scopeCreep | wed remove b | thu size c5 | fri now",
        "",
        None,
    );
    let last = |line: Vec<UpPoint>| line.last().unwrap().amount;
    assert_eq!(last(lanes.plan()) - last(lanes.floor()), lanes.up.burn.end.remaining);
}

#[test]
fn rule_4_1_the_buffer_fills_with_hours_and_with_estimates_until_they_are_known() {
    check_buffer(
        "tue 12:00 p P2 2 | wed 06:00 q P4 est3 | wed 18:00 r P1 4",
        expect![[r#"
            0.00 0 h | 1.50 2 h | 2.25 2 h and 3 h expected | 2.75 6 h and 3 h expected
            P2 p at 1.50 on 0 h
            P4 q at 2.25 on 2 h
            P1 r at 2.75 on 5 h
            0 h 0 h, 2 h 2 h, 7 h 9 h, 0 h 9 h; 1 h over"#]],
    );
}

#[test]
fn time_that_was_written_down_later_counts_at_noon_of_its_day() {
    check_buffer(
        "tue 18:00 p P2 wed:2 thu:1",
        expect![[r#"
            0.00 0 h | 2.50 2 h | 3.75 3 h
            P2 p at 1.75 on 0 h
            0 h 0 h, 0 h 0 h, 2 h 2 h, 1 h 3 h"#]],
    );
}

#[test]
fn rule_1_4_what_nobody_knows_is_counted_apart_and_what_draws_elsewhere_is_a_mark_only() {
    check_buffer(
        "tue 12:00 p P3 | wed 12:00 q P1 5 lane",
        expect![[r#"
            0.00 0 h
            P3 p at 1.50 on 0 h
            P1 q at 2.50 on 0 h
            0 h 0 h, 0 h 0 h, 0 h 0 h, 0 h 0 h; 1 not known"#]],
    );
}

#[test]
fn a_planned_sprint_has_a_limit_and_nothing_in_it() {
    let story = Story::tell("mon select a8 | start");
    let ledger = story.ledger(story.commitment());
    let buffer = buffer(Some(Minutes::hours(8)), &[], Vec::new(), &[], story.calendar.zone.day_of(story.now));
    let facts = BufferFacts {
        name: "Buffer",
        buffer: &buffer,
        draws: &[],
        arrivals: &[],
        decisions: &[],
        severities: &SeverityNames::default(),
    };
    let lanes = TwoLanes::new(&story.flow(&ledger, Stage::Planned), None, &facts);
    assert_eq!((lanes.buffer.kept, lanes.buffer.used.len()), (Some(Minutes::hours(8)), 0));
    assert!(lanes.buffer.days.iter().all(|day| day.used.is_none()));
}
