//! What a peer answers about handovers, restrictions, overrides and temporary schedules, beside what we answer.

use chrono::{DateTime, NaiveDateTime, NaiveTime};
use domain::calendar::{Instant, WorkingWeek, Zone};
use domain::identity::MemberId;
use domain::on_call::{Override, Replacement, Restriction, Roster, Rotation, Turn};
use evenkeel_tests::shared;
use serde_json::Value;

fn oracle() -> Option<Value> {
    let text = std::fs::read_to_string(shared("oracles/oncall_goalert.json")?).expect("the oracle is read");
    Some(serde_json::from_str(&text).expect("the oracle is JSON"))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} in {value}"))
}

fn cases<'v>(oracle: &'v Value, key: &str) -> &'v Vec<Value> {
    let cases = oracle[key].as_array().expect("cases");
    assert!(!cases.is_empty(), "{key}");
    cases
}

fn zone(case: &Value) -> Zone {
    Zone::parse(text(case, "tz")).expect("a zone")
}

/// Down to the millisecond, before which a fraction of a nanosecond still is.
fn local(written: &str) -> NaiveDateTime {
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(written, form).ok()).expect("a local time")
}

/// A local time, or one with its offset from UTC.
fn instant(written: &str, zone: Zone) -> Instant {
    let with_offset = DateTime::parse_from_rfc3339(written)
        .or_else(|_| DateTime::parse_from_str(written, "%Y-%m-%dT%H:%M%:z"));
    with_offset
        .map_or_else(|_| zone.instant(local(written)), |at| Instant::from_millis(at.timestamp_millis()))
}

fn member(name: &str) -> MemberId {
    format!("00000000-0000-0000-0000-0000000000{:02x}", name.as_bytes()[0]).parse().expect("an identity")
}

fn rotation(case: &Value, first: &str) -> Rotation {
    let length = case["length"].as_u64().expect("a length") as u32;
    let turn = match text(case, "unit") {
        "hourly" => Turn::Hours(length),
        "daily" => Turn::Days(length),
        "weekly" => Turn::Weeks(length),
        "monthly" => Turn::Months(length),
        other => panic!("{other}"),
    };
    let people = vec![member("a"), member("b")];
    Rotation::new(zone(case), local(text(case, first)), turn, people, Vec::new()).expect("a rotation")
}

fn hours(from: Instant, to: Instant) -> f64 {
    (to.millis() - from.millis()) as f64 / 3_600_000.0
}

#[test]
fn rule_11_1_handovers_keep_the_local_clock_as_goalert_s_do() {
    let Some(oracle) = oracle() else { return };
    for case in cases(&oracle, "handoffs") {
        let zone = zone(case);
        let window: Vec<Instant> = cases(case, "window_local")
            .iter()
            .map(|at| instant(at.as_str().expect("a time"), zone))
            .collect();
        let theirs: Vec<Instant> =
            cases(case, "handoffs").iter().map(|at| instant(at.as_str().expect("a time"), zone)).collect();
        let ours = rotation(case, "rotation_start_local").handovers(window[0], window[1]);
        assert_eq!(ours, theirs, "{case}");
    }
}

#[test]
fn rule_11_1_shifts_are_as_long_as_goalert_s() {
    let Some(oracle) = oracle() else { return };
    for case in cases(&oracle, "shift_ends") {
        let (zone, rotation) = (zone(case), rotation(case, "shift_start_local"));
        let (start, end) = (rotation.handover(0), rotation.handover(1));
        assert_eq!(zone.local(end), local(text(case, "shift_end_local")), "{case}");
        assert_eq!(Some(hours(start, end)), case["elapsed_hours"].as_f64(), "{case}");
    }
}

#[test]
fn rule_11_1_the_turn_at_an_instant_is_goalert_s() {
    let Some(oracle) = oracle() else { return };
    for case in cases(&oracle, "single_points") {
        let (zone, rotation) = (zone(case), rotation(case, "rotation_start_local"));
        let at = instant(text(case, "at_local"), zone);
        let turn = rotation.turn_at(at);
        let (start, end) = (rotation.handover(turn), rotation.handover(turn + 1));
        if let Some(theirs) = case["start_local"].as_str() {
            assert_eq!(zone.local(start), local(theirs), "{case}");
        }
        if let Some(theirs) = case["end_local"].as_str() {
            assert_eq!(zone.local(end), local(theirs), "{case}");
        }
        if let Some(theirs) = case["elapsed_hours"].as_f64() {
            assert_eq!(hours(start, end), theirs, "{case}");
        }
    }
}

#[test]
fn rule_11_2_rules_overrides_and_temporary_schedules_give_goalert_s_shifts() {
    let Some(oracle) = oracle() else { return };
    for case in cases(&oracle, "final_shifts") {
        let zone = zone(case);
        let at = |value: &Value| instant(value.as_str().expect("a time"), zone);
        let time = |value: &Value| {
            NaiveTime::parse_from_str(value.as_str().expect("a time"), "%H:%M").expect("a time")
        };
        let mut roster = Roster::default();
        for rule in cases(case, "rules") {
            assert_eq!(rule["days"], "all", "{case}");
            let days = WorkingWeek::from_bits(0b111_1111).expect("a week");
            let open = Restriction { days, from: time(&rule["from"]), to: time(&rule["to"]) };
            let people = vec![member(text(rule, "who"))];
            let first = local("2018-01-01T00:00");
            roster
                .rotations
                .push(Rotation::new(zone, first, Turn::Days(1), people, vec![open]).expect("a rotation"));
        }
        for one in case["overrides"].as_array().into_iter().flatten() {
            let who = |key: &str| one[key].as_str().map(member);
            let (from, to) = (at(&one["from"]), at(&one["to"]));
            roster.overrides.push(Override { from, to, remove: who("remove"), add: who("add") });
        }
        for one in case["temporary"].as_array().into_iter().flatten() {
            let shifts = cases(one, "shifts");
            let shifts = shifts
                .iter()
                .map(|shift| (member(shift[0].as_str().expect("who")), at(&shift[1]), at(&shift[2])));
            let (from, to) = (at(&one["from"]), at(&one["to"]));
            roster.replacements.push(Replacement { from, to, shifts: shifts.collect() });
        }
        let window: Vec<Instant> = cases(case, "window").iter().map(at).collect();
        let ours: Vec<(MemberId, Instant, Instant)> = roster
            .shifts(window[0], window[1])
            .iter()
            .map(|shift| (shift.member, shift.from, shift.to))
            .collect();
        let theirs: Vec<(MemberId, Instant, Instant)> = cases(case, "shifts")
            .iter()
            .map(|shift| (member(shift[0].as_str().expect("who")), at(&shift[1]), at(&shift[2])))
            .collect();
        assert_eq!(ours, theirs, "{}", text(case, "name"));
    }
}
