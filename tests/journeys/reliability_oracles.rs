//! What peers answer about uptime and burning budgets, beside what we answer.

use chrono::DateTime;
use domain::calendar::Instant;
use domain::identity::RowId;
use domain::measures::Share;
use domain::reliability::{
    Alert, AlertWindows, Check, CheckFold, Class, Fact, HourSum, Maintenance, Method, Outage, Ratio,
    ReliabilityLedger, Target, Weights, Window, group_uptime,
};
use evenkeel_tests::shared;
use serde_json::Value;

fn oracle(name: &str) -> Option<Value> {
    let text = std::fs::read_to_string(shared(&format!("oracles/{name}.json"))?).expect("the oracle is read");
    Some(serde_json::from_str(&text).expect("the oracle is JSON"))
}

fn cases<'v>(oracle: &'v Value, key: &str) -> &'v Vec<Value> {
    let cases = oracle[key].as_array().expect("cases");
    assert!(!cases.is_empty(), "{key}");
    cases
}

/// The case of a list whose rule contains some words.
fn ruled<'v>(cases: &'v [Value], words: &str) -> &'v Value {
    let rule = |case: &&Value| case["rule"].as_str().is_some_and(|rule| rule.contains(words));
    cases.iter().find(rule).unwrap_or_else(|| panic!("a rule about “{words}”"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("a number, not {value}"))
}

fn near(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() < 1e-9 * theirs.abs().max(1.0), "{ours} beside {theirs}");
}

fn minute(n: i64) -> Instant {
    Instant::from_millis(n * 60_000)
}

fn id(n: u8) -> RowId {
    format!("00000000-0000-0000-0000-0000000000{n:02x}").parse().expect("an identity")
}

fn outage(n: u8, class: Class, from: i64, to: Option<i64>) -> Fact {
    Fact::Outage(Outage { id: id(n), class, from: minute(from), to: to.map(minute) })
}

fn ledger(minutes: i64, facts: &[Fact], weights: Weights) -> ReliabilityLedger {
    ReliabilityLedger::new(&Window::new(minute(0), minute(minutes)), facts, weights)
}

fn partial_weighs(percent: i64) -> Weights {
    Weights { partial: Share::percent(percent), ..Weights::USUAL }
}

/// Minutes that count as down, by the weights.
fn bad_minutes(ratio: Ratio) -> f64 {
    ratio.bad as f64 / 600_000.0
}

#[test]
fn rule_10_2_vendors_shares_of_time_come_out_and_are_rounded_down_where_theirs_are_rounded() {
    let Some(oracle) = oracle("uptime") else { return };
    let vendors = cases(&oracle["vendor_rules"], "cases");

    let month = ruled(vendors, "calendar month");
    let of = month["total_minutes"].as_i64().expect("minutes");
    let down = month["down_minutes"].as_i64().expect("minutes");
    let uptime =
        ledger(of, &[outage(1, Class::Full, 0, Some(down))], Weights::USUAL).uptime(Method::Weighted);
    assert_eq!(uptime.percent(2), Some(number(&month["uptime_pct"])));
    assert_eq!(format!("{:.6}", 100.0 * bad_minutes(uptime) / of as f64), month["down_pct"].to_string());

    // Theirs says 66.67; ours is rounded down (10.6), and so is what they print.
    let hour = ruled(vendors, "degraded and maintenance are up");
    let (mut at, mut facts) = (0, Vec::new());
    for (n, part) in (1..).zip(cases(hour, "hour")) {
        let until = at + part[1].as_i64().expect("minutes");
        match part[0].as_str() {
            Some("operational") => {}
            Some("degraded") => facts.push(outage(n, Class::Degraded, at, Some(until))),
            Some("full outage") => facts.push(outage(n, Class::Full, at, Some(until))),
            other => panic!("{other:?}"),
        }
        at = until;
    }
    let uptime = ledger(at, &facts, Weights::USUAL).uptime(Method::PartialFull);
    assert_eq!(uptime.percent(2), Some(66.66));
    near((100.0 * uptime.good().expect("time") * 100.0).round() / 100.0, number(&hour["uptime_pct"]));
    assert_eq!(hour["printed"], format!("{}%", uptime.percent(0).expect("time")));

    // Theirs is 99.9306, rounded; ours 99.9305 (10.6).
    let weighted = ruled(vendors, "weighs 0.3");
    let (major, partial) = (number(&weighted["example"]["major"]), number(&weighted["example"]["partial"]));
    let facts = [
        outage(1, Class::Full, 0, Some(major as i64)),
        outage(2, Class::Partial, 1_000, Some(1_000 + partial as i64)),
        outage(3, Class::Degraded, 5_000, Some(6_000)),
    ];
    let uptime = ledger(129_600, &facts, Weights::USUAL).uptime(Method::Weighted);
    near(bad_minutes(uptime), number(&weighted["weighted_minutes"]));
    assert_eq!(uptime.percent(4), Some(99.9305));
    near((1e6 * uptime.good().expect("time")).round() / 1e4, number(&weighted["uptime_pct"]));

    // Minutes in which more than 5 % of the requests fail are no rule of ours: requests are good ÷ valid events (10.8),
    // so that the three minutes of the case are 37 % bad, not two thirds.
    let requests = ruled(vendors, "5% of its requests");
    let rates: Vec<f64> = cases(requests, "error_rates_pct").iter().map(number).collect();
    let bad = rates.iter().sum::<f64>() / (100.0 * rates.len() as f64);
    let ours = Target::millionths(990_000).expect("a target").spend(bad, 1.0).error_ratio();
    near(ours.expect("events"), 0.37);
    assert_eq!(cases(requests, "down").iter().filter(|down| **down == true).count(), 2);
}

#[test]
fn rule_10_2_overlapping_incidents_are_merged_maintenance_leaves_and_an_open_one_runs_to_now() {
    let Some(oracle) = oracle("uptime") else { return };
    let vendors = cases(&oracle["vendor_rules"], "cases");
    assert!(
        ruled(vendors, "merged before adding")["rule"].as_str().is_some_and(|rule| rule.contains("half"))
    );
    let work = Maintenance { id: id(9), from: minute(100), to: minute(160), announced: true };
    let facts = [
        outage(1, Class::Full, 0, Some(30)),
        outage(2, Class::Full, 20, Some(40)),
        outage(3, Class::Partial, 200, Some(220)),
        Fact::Maintenance(work),
        outage(4, Class::Full, 950, None),
    ];
    let uptime = ledger(1_000, &facts, partial_weighs(50)).uptime(Method::Weighted);
    near(bad_minutes(uptime), 40.0 + 10.0 + 50.0);
    assert_eq!(uptime.of, (1_000 - 60) * 60);
}

#[test]
fn rule_10_2_and_10_5_where_vendors_differ_the_team_chooses_and_each_choice_is_theirs() {
    let Some(oracle) = oracle("uptime") else { return };
    let vendors = cases(&oracle["vendor_rules"], "cases");
    let conflicts = vendors.iter().filter(|case| !case["conflict"].is_null()).count();
    assert_eq!(conflicts, 2, "what a partial outage weighs, and what a group is");

    let facts = [outage(1, Class::Partial, 0, Some(100))];
    let weighs =
        |percent| bad_minutes(ledger(1_000, &facts, partial_weighs(percent)).uptime(Method::Weighted));
    assert_eq!([weighs(30), weighs(70), weighs(100)], [30.0, 70.0, 100.0]);
    assert_eq!(bad_minutes(ledger(1_000, &facts, Weights::USUAL).uptime(Method::PartialFull)), 100.0);

    let one = ledger(1_000, &[outage(1, Class::Full, 0, Some(100))], Weights::USUAL);
    let two = ledger(1_000, &[outage(2, Class::Full, 100, Some(200))], Weights::USUAL);
    let all = group_uptime(&[one.clone(), two.clone()], None, Method::Weighted);
    let mean = group_uptime(&[one, two], Some(&[Share::percent(50); 2]), Method::Weighted);
    assert_eq!((all.percent(2), mean.percent(2)), (Some(80.0), Some(90.0)));
}

/// Checks a minute apart from an instant on, as a monitor counts them: up, and all.
fn counted(from: Instant, beats: &[bool]) -> (u32, u32) {
    let mut fold = CheckFold::new(60);
    for (n, up) in (0..).zip(beats) {
        let down = (!up).then_some(Class::Full);
        assert!(fold.push(Check { at: from.plus_millis(n * 60_000), down }));
    }
    let until = from.plus_millis(beats.len() as i64 * 60_000);
    let (_, hours) = fold.finish(until);
    sums(&hours)
}

fn sums(hours: &[HourSum]) -> (u32, u32) {
    hours.iter().fold((0, 0), |(up, checks), hour| (up + hour.up, checks + hour.checks))
}

#[test]
fn rule_10_9_uptime_by_checks_is_uptime_kuma_s() {
    let Some(oracle) = oracle("uptime") else { return };
    let kuma = &oracle["uptime_kuma"];
    let (mut same, mut otherwise) = (0, 0);
    for case in cases(kuma, "cases") {
        if let Some(days) =
            case["alternating_up_down_daily"].as_i64().filter(|_| case.get("last_7").is_some())
        {
            let mut fold = CheckFold::new(86_400);
            for day in 0..days {
                let down = (day % 2 == 1).then_some(Class::Full);
                assert!(fold.push(Check { at: minute(day * 1_440), down }));
            }
            let (stretches, hours) = fold.finish(minute(days * 1_440));
            assert_eq!(stretches.len() as i64, days, "each day is a stretch of its own");
            for last in [7, 30, 365] {
                let expected = match &case[format!("last_{last}")] {
                    Value::Null => continue,
                    Value::Number(part) => part.as_f64().expect("a part"),
                    part => {
                        let (up, of) = part.as_str().and_then(|part| part.split_once('/')).expect("a part");
                        up.parse::<f64>().expect("up") / of.parse::<f64>().expect("checks")
                    }
                };
                let first = (days - last) * 24;
                let hours: Vec<HourSum> = hours.iter().copied().filter(|hour| hour.hour >= first).collect();
                let (up, checks) = sums(&hours);
                near(f64::from(up) / f64::from(checks), expected);
                same += 1;
            }
            continue;
        }
        let beats: Vec<&str> = cases_or_none(case, "beats");
        let theirs = number(&case["uptime"]);
        match beats.as_slice() {
            // Nothing seen is no uptime of 0 but none (10.4); while a service is worked on it counts for nothing (10.3);
            // a check that is not over yet knows nothing (10.4).
            [] | ["maintenance"] | ["pending"] => {
                assert_eq!((counted(minute(0), &[]), theirs), ((0, 0), 0.0));
                assert_eq!(Ratio { bad: 0, of: 0 }.percent(2), None);
                otherwise += 1;
            }
            beats => {
                let beats: Vec<bool> = beats.iter().map(|beat| beat.starts_with("up")).collect();
                let (up, checks) = counted(minute(0), &beats);
                near(f64::from(up) / f64::from(checks), theirs);
                same += 1;
                // What checks counted stays where nothing is seen for a day or two; by time that is unknown (10.4).
                if let Some(later) = case["after_24_or_48_h_without_data"]["uptime"].as_f64() {
                    near(f64::from(up) / f64::from(checks), later);
                    same += 1;
                }
            }
        }
    }
    // How long an answer took is not ours to average: no rule knows it.
    assert_eq!((same, otherwise), (10, 3));

    let early = DateTime::parse_from_rfc3339("2023-12-23T05:38:00+08:00").expect("a time");
    let mut fold = CheckFold::new(60);
    assert!(fold.push(Check { at: Instant::from_millis(early.timestamp_millis()), down: None }));
    let (_, hours) = fold.finish(Instant::from_millis(early.timestamp_millis()));
    let day = DateTime::from_timestamp(hours[0].hour * 3_600, 0).expect("an hour").date_naive();
    assert_eq!(day.to_string(), "2023-12-22", "sums are of UTC");
}

fn cases_or_none<'v>(case: &'v Value, key: &str) -> Vec<&'v str> {
    case[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn rule_10_9_sums_of_an_hour_are_gatus_s() {
    let Some(oracle) = oracle("uptime") else { return };
    let gatus = &oracle["gatus"];
    let mut fold = CheckFold::new(3_600);
    for (result, after) in cases(gatus, "results").iter().zip(cases(gatus, "after_each")) {
        let ago = result[0].as_str().and_then(|ago| ago.strip_suffix('m')).expect("minutes ago");
        let at = minute(600 + ago.parse::<i64>().expect("minutes"));
        let down = (result[1] != "ok").then_some(Class::Full);
        assert!(fold.push(Check { at, down }));
        let (_, hours) = fold.clone().finish(minute(600));
        let told: Vec<(i64, u32, u32)> = hours.iter().map(|hour| (hour.hour, hour.checks, hour.up)).collect();
        let count = |key: &str| after[key].as_u64().expect("a count") as u32;
        assert_eq!(told, [(9, count("count"), count("ok"))]);
    }
}

fn hours(written: &str) -> f64 {
    let (number, unit) = written.split_at(written.len() - 1);
    let number: f64 = number.parse().expect("a length");
    match unit {
        "m" => number / 60.0,
        "h" => number,
        "d" => number * 24.0,
        other => panic!("{other}"),
    }
}

#[test]
fn rule_10_8_sloth_s_factors_follow_from_the_parts_of_the_budget() {
    let Some(oracle) = oracle("slo_burn_rates") else { return };
    let sloth = &oracle["sloth"];
    let parts = |days: f64| match cases_of_numbers(sloth, "windows", days) {
        Some(parts) => parts,
        // The book's table: 2, 5, 10 and 10 % of the budget.
        None => vec![2.0, 5.0, 10.0, 10.0],
    };
    for window in cases(sloth, "windows") {
        let days = number(&window["period_days"]);
        let alerts = cases(window, "page").iter().chain(cases(window, "ticket"));
        for (alert, part) in alerts.zip(parts(days)) {
            let long = hours(alert[1].as_str().expect("a window"));
            near(Alert::factor_for(part / 100.0, days * 24.0, long), number(&alert[2]));
        }
    }
    let custom = &sloth["custom_30d"];
    let lists = cases(custom, "budget_pct").iter().zip(cases(custom, "long")).zip(cases(custom, "factors"));
    for ((part, long), factor) in lists {
        let long = hours(long.as_str().expect("a window"));
        near(Alert::factor_for(number(part) / 100.0, 720.0, long), number(factor));
    }

    // It fires when both windows are above factor × budget.
    let target = Target::millionths((number(&sloth["objective"]) * 1e4).round() as u32).expect("a target");
    near(target.budget(), number(&sloth["error_budget_ratio"]));
    let alert = Alert { short: 300.0, long: 3_600.0, factor: 14.4, pages: true };
    assert!(alert.fires(target, Some(0.0145), Some(0.0145)));
    assert!(
        !alert.fires(target, Some(0.0145), Some(0.0143)) && !alert.fires(target, Some(0.0143), Some(0.0145))
    );

    // Its factors of 30 and 28 days are others than ours, which are 14, 7, 2 and 1 for any length (10.8); and a length
    // without a table of its own (42 days) is scaled, not refused.
    assert!(cases(sloth, "refused")[0].as_str().is_some_and(|refused| refused.contains("42 days")));
    let AlertWindows(alerts) = AlertWindows::scaled(42.0);
    assert_eq!(alerts.map(|alert| alert.factor), [14.0, 7.0, 2.0, 1.0]);
    assert_eq!(alerts[0].long, 1.5 * 3_600.0);
}

/// The parts of the budget that a table names for a period.
fn cases_of_numbers(sloth: &Value, key: &str, days: f64) -> Option<Vec<f64>> {
    let of_period = cases(sloth, key).iter().find(|window| window["period_days"] == days as i64)?;
    Some(of_period["budget_pct"].as_array()?.iter().map(number).collect())
}

#[test]
fn rule_10_8_alert_windows_are_pyrra_s() {
    let Some(oracle) = oracle("slo_burn_rates") else { return };
    let pyrra = &oracle["pyrra"];
    let AlertWindows(ours) = AlertWindows::scaled(number(&pyrra["period_days"]));
    let rows = cases(pyrra, "rows");
    assert_eq!(rows.len(), ours.len());
    for (row, alert) in rows.iter().zip(ours) {
        assert_eq!(row[0] == "critical", alert.pages);
        near(alert.short / 3_600.0, hours(row[1].as_str().expect("a window")));
        near(alert.long / 3_600.0, hours(row[2].as_str().expect("a window")));
        near(alert.factor, number(&row[3]));
    }
}

#[test]
fn rule_10_8_a_budget_in_minutes_is_what_the_target_leaves() {
    let Some(oracle) = oracle("slo_burn_rates") else { return };
    for row in cases(&oracle["budget_minutes"], "rows") {
        let target = Target::millionths((number(&row[0]) * 1e4).round() as u32).expect("a target");
        near(target.spend(0.0, number(&row[1]) * 1_440.0).allowed(), number(&row[2]));
    }
}

#[test]
fn rule_10_8_of_openslo_s_budgeting_methods_occurrences_are_ours() {
    let Some(oracle) = oracle("slo_burn_rates") else { return };
    let facts = cases(&oracle["openslo"], "facts");
    let says = |words: &str| facts.iter().any(|fact| fact.as_str().is_some_and(|fact| fact.contains(words)));
    assert!(says("Occurrences: good events / all events"));
    assert!(says("quiet minutes weigh as much as busy ones"));
    assert!(says("RatioTimeslices: average of the slices' ratios"));

    // A quiet minute with one bad event of one, a busy one with 1 of 1,000: good ÷ valid events is 999 of 1,001; by
    // slices it would be 0.5, by their mean ratio 0.4995. Rule 10.8 decides for the events.
    let events = [(0.0, 1.0), (999.0, 1_000.0)];
    let (good, valid) =
        events.iter().fold((0.0, 0.0), |(good, valid), event| (good + event.0, valid + event.1));
    let target = Target::millionths(990_000).expect("a target");
    let budget = target.spend(valid - good, valid);
    near(budget.error_ratio().expect("events"), 2.0 / 1_001.0);
    near(budget.burn_rate().expect("events"), 2.0 / 1_001.0 / 0.01);
    assert!(budget.remaining().is_some_and(|left| left > 0.0), "by slices it would be overspent");
}
