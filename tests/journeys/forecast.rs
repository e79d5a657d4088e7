//! Forecasts: what a peer answers beside what we answer; asked, tried, kept and scored.

use crate::sprint::Run;
use domain::forecast::{Distribution, HowMany, MARKS, Samples, Seed, When, how_many, when, when_in_order};
use domain::measures::{Share, Size};
use evenkeel_tests::{Desk, shared};
use expect_test::expect;
use serde_json::{Value, json};

// ── What a peer answers ───────────────────────────────────────────────────────────────────────────────────────────

fn oracle() -> Option<Value> {
    let text =
        std::fs::read_to_string(shared("oracles/forecast_monte_carlo.json")?).expect("the oracle is read");
    Some(serde_json::from_str::<Value>(&text).expect("the oracle is JSON")["lighthouse"].clone())
}

fn number(value: &Value) -> i64 {
    value.as_i64().expect("a number")
}

/// Pairs of numbers.
fn pairs(value: &Value) -> Vec<(i64, i64)> {
    let pair = |pair: &Value| (number(&pair[0]), number(&pair[1]));
    value.as_array().expect("cases").iter().map(pair).collect()
}

/// `{"3": 1, "4": 2}`.
fn counts(value: &Value) -> Vec<(i64, u32)> {
    let one = |(value, trials): (&String, &Value)| (value.parse().unwrap(), number(trials) as u32);
    value.as_object().expect("a histogram").iter().map(one).collect()
}

fn amounts(value: &Value) -> HowMany {
    Distribution::of(counts(value).into_iter().map(|(items, trials)| (Size::points(items), trials)))
}

fn days(value: &Value) -> When {
    Distribution::of(counts(value).into_iter().map(|(day, trials)| (day as u32, trials)))
}

fn daily(items: impl IntoIterator<Item = i64>) -> Samples {
    Samples::new(items.into_iter().map(Size::points)).unwrap()
}

#[test]
fn rule_6_5_percentiles_and_likelihoods_are_those_of_the_peer() {
    let Some(oracle) = oracle() else { return };
    let case = &oracle["how_many_percentile"];
    for (percent, expected) in pairs(&case["cases"]) {
        let at = amounts(&case["histogram"]).how_many_at(percent as u32);
        assert_eq!(at, Some(Size::points(expected)), "how many at {percent} %");
    }
    let case = &oracle["how_many_likelihood"];
    for (items, percent) in pairs(&case["cases"]) {
        let share = amounts(&case["histogram"]).likelihood_of(Size::points(items));
        assert_eq!(share, Share::percent(percent), "at least {items}");
    }
    let case = &oracle["when_percentile"];
    for (percent, expected) in pairs(&case["cases"]) {
        assert_eq!(
            days(&case["histogram"]).when_at(percent as u32),
            Some(expected as u32),
            "when at {percent} %"
        );
    }
    let case = &oracle["when_likelihood"];
    for (day, percent) in pairs(&case["cases"]) {
        assert_eq!(
            days(&case["histogram"]).likelihood_by(day as u32),
            Share::percent(percent),
            "by day {day}"
        );
    }
    for day in [0, 1, 100] {
        assert_eq!(When::default().likelihood_by(day), Share::ZERO, "no trials");
    }
}

#[test]
fn rule_6_5_the_spread_of_a_forecast_is_that_of_the_peer() {
    let Some(oracle) = oracle() else { return };
    for case in oracle["spread_score"]["cases"].as_array().expect("cases") {
        let many = amounts(&case[0]);
        let at = |percent| many.how_many_at(percent).unwrap_or_default().in_points();
        for (percent, name) in [(50, "p50"), (70, "p70"), (85, "p85"), (95, "p95")] {
            if let Some(expected) = case[1][name].as_f64() {
                assert_eq!(at(percent), expected, "{name} of {case}");
            }
        }
        let expected = case[1]["score"].as_f64().expect("a score");
        assert!((at(95) / at(50) - expected).abs() < 1e-9, "{case}");
    }
}

#[test]
fn rule_6_1_constant_throughput_has_one_answer_as_with_the_peer() {
    let Some(oracle) = oracle() else { return };
    let case = &oracle["constant_throughput_1"];
    let one = daily([1; 12]);
    for (length, expected) in case["how_many_in_days"].as_object().expect("cases") {
        let many = how_many(&one, length.parse().unwrap(), 500, Seed::new(1));
        let expected = Some(Size::points(number(expected)));
        assert_eq!(MARKS.map(|percent| many.how_many_at(percent)), [expected; 4], "{length} days");
    }
    for (items, expected) in case["when_for_items"].as_object().expect("cases") {
        let done = when(&one, Size::points(items.parse().unwrap()), 500, Seed::new(1));
        let expected = Some(number(expected) as u32);
        assert_eq!(MARKS.map(|percent| done.when_at(percent)), [expected; 4], "{items} items");
    }
    // Rule 6.2: together, in order.
    let two = when_in_order(&one, &[Size::points(35), Size::points(20)], 500, Seed::new(1));
    let expected = &case["two_features_in_order_35_then_20"];
    assert_eq!(two[0].when_at(85), Some(number(&expected["first"]) as u32));
    assert_eq!(two[1].when_at(85), Some(number(&expected["second"]) as u32));
}

#[test]
fn rule_6_5_real_throughput_falls_into_the_peers_bands_whatever_the_seed() {
    let Some(oracle) = oracle() else { return };
    let case = &oracle["real_throughput"];
    let samples = daily(case["daily"].as_array().expect("days").iter().map(number));
    let within = |band: &Value, value: i64, what: &str| {
        let (low, high) = (number(&band[0]), number(&band[1]));
        assert!((low..=high).contains(&value), "{what}: {value} is not within {low} to {high}");
    };
    for seed in (0..5).map(Seed::new) {
        for band in case["bands"].as_array().expect("bands") {
            let question = band["q"].as_str().expect("a question");
            let n: i64 = question.split(' ').find_map(|word| word.parse().ok()).unwrap_or_default();
            if question.starts_with("how many") {
                let many = how_many(&samples, n as u32, 10_000, seed);
                for (percent, name) in [(50, "p50"), (70, "p70"), (85, "p85"), (95, "p95")] {
                    let items = many.how_many_at(percent).unwrap().in_hundredths() / 100;
                    within(&band[name], items, &format!("{question}, {name}"));
                }
            } else if question.starts_with("when") {
                let done = when(&samples, Size::points(n), 10_000, seed);
                for (percent, name) in [(50, "p50"), (70, "p70"), (85, "p85"), (95, "p95")] {
                    within(
                        &band[name],
                        done.when_at(percent).unwrap().into(),
                        &format!("{question}, {name}"),
                    );
                }
                if band["likelihood_by_day_30"].is_array() {
                    let percent = done.likelihood_by(30).in_basis_points() / 100;
                    within(&band["likelihood_by_day_30"], percent, "the likelihood by day 30");
                }
            } else {
                // Today and in the past nothing that is left is done.
                let done = when(&samples, Size::points(35), 1_000, seed);
                assert_eq!(done.likelihood_by(0).in_basis_points(), number(&band["value"]));
            }
        }
    }
}

// ── A team and its forecasts ──────────────────────────────────────────────────────────────────────────────────────

/// A team that did one item of two points on each working day of three weeks, and has eleven left in its Sprint. It is
/// Monday, 23 November, in the morning; the Sprint ends on Friday.
fn steady() -> Run {
    let mut run = Run::planned("2026-11-02 09:00", "2026-11-02", "2026-11-27");
    run.select("a2 b2 c2 d2 e2 f2 g2 h2 i2 j2 k2 l2 m2 n2 o2 p2 q2 r2 s2 t2 u2 v2 w2 x2 y2 z2");
    run.start();
    let days = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20];
    for (item, day) in ('a'..).zip(days) {
        run.desk.clock(&format!("2026-11-{day:02} 16:00"));
        run.to("Done", &item.to_string());
    }
    run.desk.clock("2026-11-23 09:00");
    run
}

/// The same team, but for how it went: some days nothing, on others up to three items, and four hours of interrupts in
/// each week.
fn uneven() -> Run {
    let mut run = Run::planned("2026-11-02 09:00", "2026-11-02", "2026-11-27");
    run.select("a2 b2 c2 d2 e2 f2 g2 h2 i2 j2 k2 l2 m2 n2 o2 p2 q2 r2 s2 t2 u2 v2 w2 x2 y2 z2");
    run.start();
    let days = [2, 2, 4, 5, 5, 5, 10, 11, 11, 13, 13, 13, 17, 18, 18];
    for (item, day) in ('a'..).zip(days) {
        run.desk.clock(&format!("2026-11-{day:02} 16:00"));
        run.to("Done", &item.to_string());
    }
    run.desk.clock("2026-11-23 09:00");
    for day in [6, 12, 19] {
        let hours =
            json!({ "title": "Down", "severity": "P2", "hours": "4", "on": format!("2026-11-{day:02}") });
        run.desk.run(json!({ "interrupt": { "report": hours } }));
    }
    run
}

fn question(ask: Value) -> Value {
    json!({ "ask": ask, "theme": "light", "width": 960, "height": 540 })
}

fn asked(desk: &Desk, ask: Value) -> Value {
    desk.ask(json!({ "forecast": { "ask": question(ask) } }))
}

/// What is asked with what would be otherwise.
fn tried(desk: &Desk, ask: Value, what_if: Value) -> Value {
    let mut question = question(ask);
    question["whatIf"] = what_if;
    desk.ask(json!({ "forecast": { "ask": question } }))
}

#[track_caller]
fn refused(desk: &Desk, ask: Value, what_if: Value) -> String {
    let mut question = question(ask);
    question["whatIf"] = what_if;
    let refused = desk.try_ask(json!({ "forecast": { "ask": question } })).unwrap_err();
    format!("{}: {} {}", refused.field.unwrap_or_default(), refused.message, refused.hint.unwrap_or_default())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("?").to_owned()
}

/// Question and answer, then the marks of each group, the method, the notes.
fn said(view: &Value) -> String {
    let mut lines = vec![text(&view["question"]), text(&view["answer"])];
    for group in view["groups"].as_array().expect("groups") {
        let marks = group["marks"].as_array().expect("marks").iter();
        let mark = |mark: &Value| {
            let without =
                mark["without"].as_str().map(|said| format!(" (without: {said})")).unwrap_or_default();
            format!("{} % {}{without}", mark["percent"], text(&mark["said"]))
        };
        let name = text(&group["name"]);
        let marks: Vec<String> = marks.map(mark).collect();
        lines.push(format!("{name}{}{}", if name.is_empty() { "" } else { ": " }, marks.join(" | ")));
    }
    lines.push(text(&view["method"]));
    lines.extend(view["notes"].as_array().expect("notes").iter().map(text));
    lines.join("\n")
}

fn amount(amount: &str) -> Value {
    json!({ "when": { "work": { "amount": amount } } })
}

#[test]
fn rule_6_1_how_many_until_a_day_is_a_range_with_words() {
    let run = steady();
    let view = asked(&run.desk, json!({ "howMany": { "until": { "day": "2026-12-13" } } }));
    expect![[r#"
        How many points will be done by 13 December?
        Very likely (85 %) at least 24 points, as likely as not (50 %) at least 28 points, by 13 December.
        50 % at least 28 points | 70 % at least 26 points | 85 % at least 24 points | 95 % at least 22 points
        Drawn 10 000 times from the days since 2 November: 30 points in 21 days, 1.43 a day, planned lanes only."#]].assert_eq(&said(&view));
    let title = text(&view["chart"]["title"]);
    assert!(title.starts_with("By 13 December: very likely (85 %) at least "), "{title}");
    assert_eq!(view["past"]["title"], "30 points done in 21 days, 1.43 a day");
}

#[test]
fn rule_6_1_when_an_amount_is_done_is_a_range_of_days() {
    let run = steady();
    expect![[r#"
        When will 12 points be done?
        Very likely (85 %) by 3 December, as likely as not (50 %) by 1 December.
        12 points: 50 % by 1 December | 70 % by 2 December | 85 % by 3 December | 95 % by 5 December
        Drawn 10 000 times from the days since 2 November: 30 points in 21 days, 1.43 a day, planned lanes only."#]].assert_eq(&said(&asked(&run.desk, amount("12"))));
    let mut points = question(amount("12"));
    points["unit"] = json!("points");
    let view = run.desk.ask(json!({ "forecast": { "ask": points } }));
    expect![[r#"
        When will 12 points be done?
        Very likely (85 %) by 3 December, as likely as not (50 %) by 1 December.
        12 points: 50 % by 1 December | 70 % by 2 December | 85 % by 3 December | 95 % by 5 December
        Drawn 10 000 times from the days since 2 November: 30 points in 21 days, 1.43 a day, planned lanes only."#]].assert_eq(&said(&view));
}

#[test]
fn the_same_question_on_the_same_day_has_the_same_answer_to_the_byte() {
    let run = steady();
    let first = asked(&run.desk, amount("12"));
    run.desk.clock("2026-11-23 18:30");
    assert_eq!(asked(&run.desk, amount("12")), first);
    let mut other = question(amount("12"));
    other["seed"] = json!(first["seed"].as_u64().unwrap() + 1);
    let other = run.desk.ask(json!({ "forecast": { "ask": other } }));
    assert_ne!(other["chart"]["svg"], first["chart"]["svg"], "another seed draws otherwise");
}

#[test]
fn rule_6_1_too_little_history_is_refused_in_words() {
    let mut run = Run::new();
    run.select("a2 b2");
    run.start();
    let ask = || amount("12");
    expect![": A forecast needs 10 days of history, and there are 0 days. Work on for a few days, or import a backlog with its history: then the past speaks."].assert_eq(&refused(&run.desk, ask(), json!({})));
    run.desk.clock("2026-11-06 10:00");
    run.to("Done", "a");
    run.desk.clock("2026-11-11 10:00");
    expect![": A forecast needs 10 days of history, and there are 9 days. Work on for a few days, or import a backlog with its history: then the past speaks."].assert_eq(&refused(&run.desk, ask(), json!({})));
    run.desk.clock("2026-11-12 10:00");
    assert!(asked(&run.desk, ask())["answer"].is_string(), "ten days are enough");
    let mut idle = Run::new();
    idle.select("a2");
    idle.start();
    idle.desk.clock("2026-11-20 10:00");
    expect![": Nothing was done in the planned lanes in the last 18 days. Say on the Board what is done, or choose a longer past in the settings of the forecast."].assert_eq(&refused(&idle.desk, ask(), json!({})));
}

#[test]
fn what_is_meant_wrongly_is_refused_at_its_field() {
    let run = steady();
    let work = |work: Value| json!({ "when": { "work": work } });
    let cases = [
        (amount("0"), json!({})),
        (amount("-3"), json!({})),
        (amount("many"), json!({})),
        (work(json!({ "label": "nowhere" })), json!({})),
        (work(json!({ "items": [run.items["a"]] })), json!({})),
        (json!({ "inOrder": { "groups": [] } }), json!({})),
        (json!({ "howMany": { "until": { "day": "2026-11-23" } } }), json!({})),
        (json!({ "howMany": { "until": { "day": "soon" } } }), json!({})),
        (amount("12"), json!({ "throughput": 0 })),
        (amount("12"), json!({ "scope": "some" })),
        (amount("12"), json!({ "buffer": 10_000 })),
        (amount("12"), json!({ "start": "2026-11-23" })),
    ];
    let all: Vec<String> = cases.into_iter().map(|(ask, what_if)| refused(&run.desk, ask, what_if)).collect();
    expect![[r#"
        amount: “0” is not how much there is to do. Write a number of points, such as 34 or 7.5.
        amount: “-3” is not how much there is to do. Write a number of points, such as 34 or 7.5.
        amount: “many” is not how much there is to do. Write a number of points, such as 34 or 7.5.
        work: Nothing of “nowhere” is still to be done. Choose open items of the planned lanes, a label or an item with parts that has some.
        work: Nothing of “PAY-1 a” is still to be done. Choose open items of the planned lanes, a label or an item with parts that has some.
        groups: Nothing is asked for. Choose a label, an item with parts, or items.
        until: 23 November is no day to come. Choose a day after today.
        until: “soon” is not a day, such as 2026-11-24. Choose the last day that counts.
        throughput: 0 % of what was done is no throughput. From 1 % to 1000 %; 100 % is as it was.
        scope: “some” is not how much there is to do. Write a number of points, such as 34 or 7.5.
        buffer: A buffer of 100 % leaves nothing for the planned lanes. From 0 % to 99 %.
        start: Work cannot begin on 23 November. Choose 24 November or a later day, within ten years."#]].assert_eq(&all.join("\n"));
}

#[test]
fn rule_6_2_groups_are_worked_off_in_order_each_item_once() {
    let mut run = steady();
    let label = |run: &mut Run, names: &str, label: &str| {
        let items = run.ids(names);
        run.desk.run(json!({ "backlog": { "label": { "items": items, "add": [label] } } }));
    };
    label(&mut run, "a p q r", "checkout");
    label(&mut run, "r s t", "reports");
    let epic = run.add("epic", "feature", None);
    let parts = run.ids("u v");
    run.desk.run(json!({ "backlog": { "setParent": { "items": parts, "parent": epic } } }));
    let groups = json!([{ "label": "Checkout" }, { "label": "reports" }, { "parent": epic }]);
    let view = asked(&run.desk, json!({ "inOrder": { "groups": groups } }));
    expect![[r#"
        When will each of these be done, one after the other: Checkout, reports and epic?
        Very likely (85 %): Checkout by 28 November, reports by 2 December and epic by 5 December.
        Checkout: 50 % by 27 November | 70 % by 28 November | 85 % by 28 November | 95 % by 30 November
        reports: 50 % by 30 November | 70 % by 1 December | 85 % by 2 December | 95 % by 3 December
        epic: 50 % by 2 December | 70 % by 4 December | 85 % by 5 December | 95 % by 6 December
        Drawn 10 000 times from the days since 2 November: 30 points in 21 days, 1.43 a day, planned lanes only."#]].assert_eq(&said(&view));
    assert_eq!(view["chart"]["table"]["rows"].as_array().map(Vec::len), Some(3));
    // Alone, the second group would be done earlier.
    let alone = asked(&run.desk, json!({ "when": { "work": { "label": "reports" } } }));
    expect![[r#"
        When will reports (6 points) be done?
        Very likely (85 %) by 28 November, as likely as not (50 %) by 27 November.
        reports: 50 % by 27 November | 70 % by 28 November | 85 % by 28 November | 95 % by 30 November
        Drawn 10 000 times from the days since 2 November: 30 points in 21 days, 1.43 a day, planned lanes only."#]].assert_eq(&said(&alone));
    // With all that stands above it, later.
    let above = asked(&run.desk, json!({ "when": { "work": { "label": "reports" }, "above": true } }));
    expect![[r#"
        When will reports (10 points), with all that stands above, be done?
        Very likely (85 %) by 2 December, as likely as not (50 %) by 30 November.
        reports: 50 % by 30 November | 70 % by 1 December | 85 % by 2 December | 95 % by 3 December
        Drawn 10 000 times from the days since 2 November: 30 points in 21 days, 1.43 a day, planned lanes only.
        2 items that stand above it in the Product Backlog come first."#]].assert_eq(&said(&above));
    let first = asked(&run.desk, json!({ "when": { "work": { "top": 4 } } }));
    assert_eq!(first["question"], "When will the first 4 items (8 points) be done?");
}

#[test]
fn what_if_stands_beside_the_answer_without_it_and_saves_nothing() {
    let run = steady();
    let before = run.desk.team.dump().unwrap();
    let with = |what_if: Value| said(&tried(&run.desk, amount("12"), what_if));
    expect![[r#"
        When will 12 points be done, with 200 % of the throughput?
        Very likely (85 %) by 28 November, as likely as not (50 %) by 27 November.
        12 points: 50 % by 27 November (without: by 1 December) | 70 % by 28 November (without: by 2 December) | 85 % by 28 November (without: by 3 December) | 95 % by 30 November (without: by 5 December)
        Drawn 10 000 times from the days since 2 November: 30 points in 21 days, 1.43 a day, planned lanes only."#]].assert_eq(&with(json!({ "throughput": 20_000 })));
    expect![[r#"
        When will 12 points be done, with 6 points less?
        Very likely (85 %) by 28 November, as likely as not (50 %) by 27 November.
        12 points: 50 % by 27 November (without: by 1 December) | 70 % by 28 November (without: by 2 December) | 85 % by 28 November (without: by 3 December) | 95 % by 30 November (without: by 5 December)
        Drawn 10 000 times from the days since 2 November: 30 points in 21 days, 1.43 a day, planned lanes only."#]].assert_eq(&with(json!({ "scope": "-6" })));
    expect![[r#"
        When will 12 points be done, begun 41 days later?
        Very likely (85 %) by 13 January 2027, as likely as not (50 %) by 11 January 2027.
        12 points: 50 % by 11 January 2027 (without: by 1 December) | 70 % by 12 January 2027 (without: by 2 December) | 85 % by 13 January 2027 (without: by 3 December) | 95 % by 15 January 2027 (without: by 5 December)
        Drawn 10 000 times from the days since 2 November: 30 points in 21 days, 1.43 a day, planned lanes only."#]].assert_eq(&with(json!({ "start": "2027-01-04" })));
    // A buffer of 55 % in place of 10 % leaves half for the planned lanes.
    assert_eq!(with(json!({ "buffer": 5_500 })), with(json!({ "throughput": 5_000 })));
    assert_eq!(run.desk.team.dump().unwrap(), before, "trying changes nothing");
}

#[test]
fn what_interrupts_bring_into_the_buffer_is_no_throughput_of_the_planned_lanes() {
    let mut run = steady();
    let before = said(&asked(&run.desk, amount("12")));
    let interrupt = run.desk.run(json!({ "interrupt": { "report": { "title": "Down", "severity": "P1" } } }));
    let interrupt = interrupt.created[0].clone();
    let become_item =
        json!({ "becomeItem": { "interrupt": interrupt, "kind": "bug", "title": "Mend it", "size": 200 } });
    let item = run.desk.run(json!({ "interrupt": become_item })).created[0].clone();
    let planned = run.add("planned", "feature", Some(2));
    let sprint = run.sprint.clone();
    run.sprint_command(
        json!({ "selectItems": { "items": [planned], "sprint": sprint, "origin": "pulledIn" } }),
    );
    let done = run.states["Done"].clone();
    run.sprint_command(json!({ "moveToState": { "items": [item], "state": done } }));
    run.desk.clock("2026-11-24 09:00");
    let after = said(&asked(&run.desk, amount("12")));
    assert!(after.contains("30 points in 22 days"), "{before}\n{after}");
    run.to("Done", "planned");
    run.desk.clock("2026-11-25 09:00");
    let after = said(&asked(&run.desk, amount("12")));
    assert!(after.contains("32 points in 23 days"), "{after}");
}

// ── The plan of a Sprint ──────────────────────────────────────────────────────────────────────────────────────────

/// What is said of the plan of the next Sprint, and the chance of each item in per cent.
fn odds(run: &Run) -> String {
    let odds = run.desk.ask(json!({ "forecast": { "planOdds": { "sprint": run.next } } }));
    let chances = odds["items"].as_array().expect("items").iter();
    let chances: Vec<String> =
        chances.map(|item| (item["chance"].as_i64().expect("a chance") / 100).to_string()).collect();
    let more = odds["more"].as_array().expect("more").iter().map(text);
    let mut lines = vec![text(&odds["said"])];
    lines.extend(more);
    lines.push(chances.join(" "));
    lines.join("\n")
}

#[test]
fn rule_6_3_the_chance_of_a_plan_falls_with_each_item_and_with_each_absence() {
    let mut run = uneven();
    let next = run.next.clone();
    let select = |run: &mut Run, items: &[String]| {
        run.sprint_command(json!({ "selectItems": { "items": items, "sprint": next } }));
    };
    expect![[r#"
        Nothing is selected yet; very likely (85 %) there is room for at least 12 points.
        That the buffer is enough is unlikely (36 %): very likely (85 %) interrupts take at most 12 h.
    "#]]
    .assert_eq(&odds(&run));
    let items: Vec<String> = (0..10).map(|n| run.add(&format!("{n:02}"), "feature", Some(2))).collect();
    select(&mut run, &items[..8]);
    expect![[r#"
        It is likely (75 %) that all 8 items are done.
        Very likely (85 %) at least 12 points, as likely as not (50 %) at least 20 points.
        That the buffer is enough is unlikely (36 %): very likely (85 %) interrupts take at most 12 h.
        99 99 99 97 95 90 84 75"#]]
    .assert_eq(&odds(&run));
    select(&mut run, &items[8..10]);
    expect![[r#"
        It is as likely as not (54 %) that all 10 items are done.
        Very likely (85 %) at least 12 points, as likely as not (50 %) at least 20 points.
        That the buffer is enough is unlikely (36 %): very likely (85 %) interrupts take at most 12 h.
        99 99 99 97 95 90 84 75 65 54"#]]
    .assert_eq(&odds(&run));
    let view = asked(&run.desk, json!({ "plan": { "sprint": run.next } }));
    expect![[r#"
        Will the plan of Sprint 2 hold?
        It is as likely as not (54 %) that all 10 items are done by 11 December; very likely (85 %) at least 12 points.
        50 % at least 20 points | 70 % at least 16 points | 85 % at least 12 points | 95 % at least 10 points
        Drawn 10 000 times from the working days since 2 November: 30 points in 21 days, 1.43 a day, planned lanes only.
        That the buffer is enough for interrupts is unlikely (36 %); very likely (85 %) they take at most 12 h."#]].assert_eq(&said(&view));
    assert_eq!(view["items"].as_array().map(Vec::len), Some(10));
    let title = text(&view["chart"]["title"]);
    assert!(title.contains("that all 10 items are done"), "{title}");
    // Away for a week of the four: less is done.
    let member = text(&run.desk.ask(json!({ "team": { "settings": {} } }))["members"][0]["id"]);
    let days = json!({ "member": member, "firstDay": "2026-11-30", "lastDay": "2026-12-04" });
    let before =
        run.desk.ask(json!({ "forecast": { "planOdds": { "sprint": run.next } } }))["chance"].as_i64();
    let what_if = json!({ "sprint": run.next, "changes": [{ "away": { "member": member, "firstDay": "2026-11-30", "lastDay": "2026-12-04", "away": 10_000 } }] });
    let tried = run.desk.ask(json!({ "capacity": { "whatIf": what_if } }));
    expect!["The plan holds: as likely as not (54 %) → almost impossible (4 %)."]
        .assert_eq(&text(&tried["chanceSaid"]));
    run.desk.run(json!({ "capacity": { "markAway": { "days": [days], "away": 10_000 } } }));
    let after =
        run.desk.ask(json!({ "forecast": { "planOdds": { "sprint": run.next } } }))["chance"].as_i64();
    assert!(after < before, "{after:?} of {before:?}");
    let said = format!("({} %).", after.unwrap_or_default() / 100);
    assert!(text(&tried["chanceSaid"]).ends_with(&said), "trying says what comes: {said}");
}

#[test]
fn what_if_of_a_plan_counts_more_and_less_to_do_and_a_larger_buffer() {
    let mut run = uneven();
    let items: Vec<String> = (0..10).map(|n| run.add(&format!("{n:02}"), "feature", Some(2))).collect();
    let next = run.next.clone();
    run.sprint_command(json!({ "selectItems": { "items": items, "sprint": next } }));
    let chance = |what_if: Value| {
        let view = tried(&run.desk, json!({ "plan": { "sprint": next } }), what_if);
        (
            view["items"][9]["chance"].as_i64().unwrap(),
            text(&view["question"]),
            text(&view["answer"]),
            said(&view),
        )
    };
    let (usual, ..) = chance(json!({}));
    let (less, asked, ..) = chance(json!({ "scope": "-4" }));
    assert_eq!(asked, "Will the plan of Sprint 2 hold, with 4 points less?");
    let (more, _, answer, _) = chance(json!({ "scope": "4" }));
    assert!(less > usual, "{less} of {usual}");
    assert_eq!(more, usual, "what comes after it does not hinder the last item");
    assert!(!answer.contains(&format!("({} %) that all", usual / 100)), "{answer}");
    let late = chance(json!({ "start": "2026-12-07" }));
    assert!(late.0 < usual && late.1.contains("begun 5 working days later"), "{late:?}");
    let buffer = |share: i64| chance(json!({ "buffer": share })).3;
    assert_eq!(buffer(1_000), chance(json!({})).3, "as it is");
    assert!(buffer(4_000).contains("more in the buffer?"), "{}", buffer(4_000));
    assert!(
        buffer(4_000).contains("That the buffer is enough for interrupts is almost certain"),
        "{}",
        buffer(4_000)
    );
}

#[test]
fn a_forecast_begins_tomorrow_so_the_last_day_of_a_sprint_has_none() {
    let run = steady();
    run.desk.clock("2026-11-27 10:00");
    let until = json!({ "howMany": { "until": { "sprint": run.sprint } } });
    expect!["until: Sprint 1 ends today, or is overdue: a forecast begins tomorrow. Choose a later Sprint, or a day."].assert_eq(&refused(&run.desk, until, json!({})));
    let plan = json!({ "plan": { "sprint": run.sprint } });
    expect!["sprint: No working day of Sprint 1 is left after today. Choose a later Sprint."]
        .assert_eq(&refused(&run.desk, plan, json!({})));
    let odds = run.desk.ask(json!({ "forecast": { "planOdds": { "sprint": run.sprint } } }));
    assert_eq!(odds["chance"], Value::Null);
}

#[test]
fn rule_6_3_of_a_running_sprint_what_is_left_counts_from_tomorrow_on() {
    let run = steady();
    let odds = run.desk.ask(json!({ "forecast": { "planOdds": { "sprint": run.sprint } } }));
    // Eleven items for four days of one item each.
    assert_eq!(odds["chance"], 0);
    let chances: Vec<i64> =
        odds["items"].as_array().unwrap().iter().map(|item| item["chance"].as_i64().unwrap()).collect();
    assert_eq!((chances.len(), &chances[..5]), (11, &[10_000, 10_000, 10_000, 10_000, 0][..]));
}

#[test]
fn a_plan_without_enough_history_says_so_instead_of_a_chance() {
    let run = Run::new();
    let odds = run.desk.ask(json!({ "forecast": { "planOdds": {} } }));
    assert_eq!(odds["chance"], Value::Null);
    expect!["No chance can be said yet. A forecast needs 10 days of history, and there are 0 days."]
        .assert_eq(&text(&odds["said"]));
}

// ── Kept and scored ───────────────────────────────────────────────────────────────────────────────────────────────

fn keep(run: &mut Run, ask: Value) -> String {
    run.desk.run(json!({ "forecast": { "keep": question(ask) } })).created[0].clone()
}

fn kept(run: &Run) -> String {
    let kept = run.desk.ask(json!({ "forecast": { "kept": {} } }));
    let mut lines = vec![text(&kept["held"]["said"])];
    for row in kept["rows"].as_array().expect("rows") {
        let outcome = row["outcome"].as_str().unwrap_or("open");
        lines.push(format!("{} {} → {outcome}", text(&row["question"]), text(&row["answer"])));
    }
    lines.join("\n")
}

fn close(run: &mut Run) {
    let open = run.desk.ask(json!({ "sprint": { "closeSummary": { "sprint": run.sprint } } }));
    let decisions: Vec<Value> = open["unfinished"]
        .as_array()
        .expect("unfinished items")
        .iter()
        .map(|item| json!({ "item": item["id"], "decision": "productBacklog" }))
        .collect();
    let goal = json!({ "outcome": "met", "why": "" });
    run.sprint_command(json!({ "close": { "sprint": run.sprint, "decisions": decisions, "goal": goal } }));
}

#[test]
fn rule_6_4_kept_forecasts_are_scored_when_the_sprint_closes_and_undo_takes_that_back() {
    let mut run = steady();
    expect!["No forecast was kept yet: those that are kept are scored when a Sprint closes."]
        .assert_eq(&kept(&run));
    let sprint = run.sprint.clone();
    keep(&mut run, json!({ "howMany": { "until": { "sprint": sprint } } }));
    keep(&mut run, json!({ "plan": { "sprint": sprint } }));
    let items = run.ids("p q");
    keep(&mut run, json!({ "when": { "work": { "items": items } } }));
    keep(&mut run, amount("40"));
    keep(&mut run, json!({ "howMany": { "until": { "day": "2026-12-18" } } }));
    expect![[r#"
        5 forecasts are kept and none is scored yet: that comes when a Sprint closes.
        How many points will be done by 18 December? Very likely (85 %) at least 32 points, as likely as not (50 %) at least 36 points, by 18 December. → open
        When will 40 points be done? Very likely (85 %) by 24 December, as likely as not (50 %) by 21 December. → open
        When will 2 items (4 points) be done? Very likely (85 %) by 27 November, as likely as not (50 %) by 25 November. → open
        Will the plan of Sprint 1 hold? It is almost impossible (0 %) that all 11 items are done by 27 November; very likely (85 %) at least 8 points. → open
        How many points will be done by the end of Sprint 1? Very likely (85 %) at least 4 points, as likely as not (50 %) at least 6 points, by the end of Sprint 1. → open"#]].assert_eq(&kept(&run));
    for (item, day) in ["p", "q", "r"].iter().zip(24..) {
        run.desk.clock(&format!("2026-11-{day} 16:00"));
        run.to("Done", item);
    }
    run.desk.clock("2026-11-27 17:00");
    close(&mut run);
    expect![[r#"
        Our 85 % forecasts held 2 of 3 times.
        How many points will be done by 18 December? Very likely (85 %) at least 32 points, as likely as not (50 %) at least 36 points, by 18 December. → open
        When will 40 points be done? Very likely (85 %) by 24 December, as likely as not (50 %) by 21 December. → open
        When will 2 items (4 points) be done? Very likely (85 %) by 27 November, as likely as not (50 %) by 25 November. → Done on 25 November; it held at 50, 70, 85 and 95 %.
        Will the plan of Sprint 1 hold? It is almost impossible (0 %) that all 11 items are done by 27 November; very likely (85 %) at least 8 points. → 6 points done; it held at no mark.
        How many points will be done by the end of Sprint 1? Very likely (85 %) at least 4 points, as likely as not (50 %) at least 6 points, by the end of Sprint 1. → 6 points done; it held at 50, 70, 85 and 95 %."#]].assert_eq(&kept(&run));
    let held = run.desk.ask(json!({ "forecast": { "choices": {} } }))["held"].clone();
    assert_eq!(
        held,
        run.desk.ask(json!({ "forecast": { "kept": {} } }))["held"],
        "it stands beside the next one"
    );
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert!(kept(&run).starts_with("5 forecasts are kept and none is scored yet"), "{}", kept(&run));
    run.desk.run(json!({ "journal": { "redo": {} } }));
    assert!(kept(&run).starts_with("Our 85 % forecasts held "), "{}", kept(&run));
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn a_kept_forecast_is_drawn_again_to_the_byte_whatever_has_changed_since() {
    let mut run = steady();
    let sprint = run.next.clone();
    let epic = run.add("epic", "feature", Some(5));
    run.sprint_command(json!({ "selectItems": { "items": [epic], "sprint": sprint } }));
    let asks = [
        amount("12"),
        json!({ "plan": { "sprint": sprint } }),
        json!({ "howMany": { "until": { "day": "2026-12-18" } } }),
        json!({ "inOrder": { "groups": [{ "top": 2 }, { "amount": "3" }] } }),
    ];
    for ((ask, item), day) in asks.into_iter().zip(["p", "q", "r", "s"]).zip(23..) {
        run.desk.clock(&format!("2026-11-{day} 09:00"));
        let first = asked(&run.desk, ask.clone());
        let forecast = keep(&mut run, ask);
        run.desk.clock(&format!("2026-11-{day} 16:00"));
        run.to("Done", item);
        run.desk.run(json!({ "backlog": { "size": { "items": [epic], "size": 100 * day } } }));
        let again = json!({ "forecast": forecast, "theme": "light", "width": 960, "height": 540 });
        let mut second = run.desk.ask(json!({ "forecast": { "again": again } }));
        second["held"] = first["held"].clone();
        assert!(second == first, "{}", said(&second));
    }
}

#[test]
fn an_item_that_is_taken_away_is_waited_for_no_longer() {
    let mut run = steady();
    let items = vec![run.add("extra", "feature", Some(1)), run.items["p"].clone()];
    keep(&mut run, json!({ "when": { "work": { "items": items } } }));
    run.desk.run(json!({ "backlog": { "removeItems": { "items": [items[0]] } } }));
    run.desk.clock("2026-11-24 16:00");
    run.to("Done", "p");
    run.desk.clock("2026-11-27 17:00");
    close(&mut run);
    assert!(kept(&run).contains("Done on 24 November"), "{}", kept(&run));
}

#[test]
fn the_window_of_the_past_is_the_teams_to_choose_within_bounds() {
    let mut run = steady();
    run.desk.run(json!({ "forecast": { "setWindow": { "weeks": 2 } } }));
    let view = asked(&run.desk, amount("12"));
    assert_eq!(view["past"]["title"], "20 points done in 14 days, 1.43 a day");
    assert_eq!(run.desk.ask(json!({ "forecast": { "choices": {} } }))["weeks"], 2);
    for weeks in [0, 1, 105] {
        let refused = run.desk.refused(json!({ "forecast": { "setWindow": { "weeks": weeks } } }));
        assert_eq!(refused.field.as_deref(), Some("weeks"));
    }
}

// ── Back-test ─────────────────────────────────────────────────────────────────────────────────────────────────────

fn back_test(desk: &Desk, file: &str) -> String {
    let query = json!({ "forecast": { "backTest": { "attached": true } } });
    match desk.try_ask_with(query, Some(file.as_bytes())) {
        Ok(view) => {
            let said = view["said"].as_array().expect("said").iter().map(text).collect::<Vec<_>>();
            format!("{}\n{}", said.join("\n"), text(&view["method"]))
        }
        Err(refused) => format!("{} {}", refused.message, refused.hint.unwrap_or_default()),
    }
}

#[test]
fn rule_6_4_a_back_test_of_a_file_says_how_forecasts_would_have_held() {
    let desk = Desk::new();
    let sprints: String = (0..8)
        .map(|n| {
            let first = domain::calendar::Day::parse("2026-01-05").unwrap().plus(n * 14);
            format!("Sprint {n},{first},{},20,{}\n", first.plus(11), 14 + n % 3)
        })
        .collect();
    let file = format!("sprint,from,to,committed,completed\n{sprints}");
    expect![[r#"
        50 % forecasts held 3 of 5 times (60 %).
        70 % forecasts held 5 of 5 times (100 %).
        85 % forecasts held 5 of 5 times (100 %).
        95 % forecasts held 5 of 5 times (100 %).
        What was committed was completed 0 of 8 times (0 %).
        Whole Sprints are drawn from the last 12 that were over, by their length; at least 3."#]]
    .assert_eq(&back_test(&desk, &file));
    let days: String = (0..70)
        .map(|n| format!("{},{}\n", domain::calendar::Day::parse("2026-01-05").unwrap().plus(n), n % 3))
        .collect();
    expect![[r#"
        50 % forecasts held 3 of 4 times (75 %).
        70 % forecasts held 4 of 4 times (100 %).
        85 % forecasts held 4 of 4 times (100 %).
        95 % forecasts held 4 of 4 times (100 %).
        Stretches of 14 days are drawn from the days before each, at most 84; at least 10."#]]
    .assert_eq(&back_test(&desk, &format!("day,done\n{days}")));
    for wrong in [
        "",
        "a,b\n1,2\n",
        "day,done\nsoon,1\n",
        "day,done\n2026-01-05,many\n",
        "sprint,from,to,completed\nS,2026-01-05,2026-01-02,3\n",
    ] {
        assert!(back_test(&desk, wrong).len() > 20, "{wrong}");
    }
    expect!["Line 2: “x” is not a day. Write days as 2026-11-24."]
        .assert_eq(&back_test(&desk, "sprint,from,to,completed\nS,2026-01-05,x,3\n"));
}

#[test]
fn rule_6_4_a_back_test_of_the_teams_own_sprints_knows_only_what_was_before_each() {
    let mut run = steady();
    run.desk.clock("2026-11-27 17:00");
    close(&mut run);
    run.sprint = run.next.clone();
    let back = |run: &Run| {
        let view = run.desk.ask(json!({ "forecast": { "backTest": {} } }));
        let sprints = view["test"]["sprints"].as_array().expect("Sprints").iter();
        let line =
            |one: &Value| format!("{}: {} of {}", text(&one["name"]), one["completed"], one["forecast"]);
        sprints.map(line).collect::<Vec<_>>().join("\n")
    };
    // Nothing was known before the first Sprint.
    assert_eq!(back(&run), "Sprint 1: 1500 of null");
    let items = run.ids("p q r s");
    let sprint = run.sprint.clone();
    run.desk.clock("2026-11-30 09:00");
    run.sprint_command(json!({ "selectItems": { "items": items, "sprint": sprint } }));
    run.start();
    run.desk.clock("2026-12-04 16:00");
    run.to("Done", "p q r");
    run.desk.clock("2026-12-25 16:00");
    close(&mut run);
    let walked = back(&run);
    assert!(walked.contains("Sprint 1: 1500 of null\nSprint 2: 300 of ["), "{walked}");
    // What is done later changes nothing in it.
    run.desk.clock("2026-12-28 10:00");
    run.to("Done", "t");
    assert_eq!(back(&run), walked);
}

// ── Real data ─────────────────────────────────────────────────────────────────────────────────────────────────────

/// Walks through the Sprints of a file, and counts again what it says of them; how many were forecast.
fn walked(desk: &Desk, file: &str) -> usize {
    let query = json!({ "forecast": { "backTest": { "attached": true } } });
    let view = desk.ask_with(query, Some(file.as_bytes()));
    let sprints = view["test"]["sprints"].as_array().expect("Sprints");
    let forecast: Vec<(&Vec<Value>, i64)> = sprints
        .iter()
        .filter_map(|sprint| Some((sprint["forecast"].as_array()?, number(&sprint["completed"]))))
        .collect();
    for (place, said) in view["test"]["coverage"].as_array().expect("coverage").iter().enumerate() {
        // “At least nothing” says nothing and counts nowhere.
        let of: Vec<bool> = forecast
            .iter()
            .filter(|(marks, _)| number(&marks[place]) > 0)
            .map(|(marks, completed)| *completed >= number(&marks[place]))
            .collect();
        let held = of.iter().filter(|held| **held).count();
        assert_eq!(
            (number(&said["held"]) as usize, number(&said["of"]) as usize),
            (held, of.len()),
            "{said}"
        );
        println!("{} %: {held} of {}", said["percent"], of.len());
    }
    for (marks, _) in &forecast {
        // The surer, the less.
        assert!(marks.windows(2).all(|pair| number(&pair[0]) >= number(&pair[1])), "{marks:?}");
    }
    forecast.len()
}

#[test]
fn a_real_team_that_counts_its_sprints_is_walked_through_forward() {
    let Some(path) = shared("data/sprint-history-dzhw/sprints.csv") else { return };
    let text = std::fs::read_to_string(path).expect("the Sprints are read");
    let (head, rows) = text.split_once('\n').expect("a header");
    assert_eq!(head.trim(), "sprint,from,to,developer_days,domain_expert_days,estimated_points,done_points");
    // As the team wrote it; only its columns are named as ours.
    let file = format!("sprint,from,to,developer_days,domain_expert_days,committed,completed\n{rows}");
    let sprints = rows.lines().filter(|row| !row.trim().is_empty()).count();
    let of = walked(&Desk::new(), &file);
    assert!(of > 0 && of + 3 <= sprints, "{of} of {sprints}: three are needed first");
}

#[test]
fn real_sprints_of_jira_are_walked_through_forward() {
    let Some(path) = shared("oracles/jira_sprint_reports_dev.json") else { return };
    let text = std::fs::read_to_string(path).expect("the reports are read");
    let reports: Value = serde_json::from_str(&text).expect("the reports are JSON");
    for (project, all) in reports["projects"].as_object().expect("projects") {
        let mut lines = String::from("sprint,from,to,committed,completed\n");
        let mut sprints = 0;
        for sprint in all.as_array().expect("Sprints") {
            let (report, start) = (&sprint["jira_report"], text_of(&sprint["start"]));
            let Some(end) = sprint["closed_on"].as_str().or(sprint["planned_end"].as_str()) else { continue };
            let (Some(done), true) = (report["completed_count"].as_i64(), start.as_str() <= end) else {
                continue;
            };
            lines.push_str(&format!("{sprints},{start},{end},,{done}\n"));
            sprints += 1;
        }
        println!("{project}, {sprints} Sprints");
        let of = walked(&Desk::new(), &lines);
        assert!(of <= sprints, "{of} of {sprints}");
        assert!(of > 0 || sprints < 6, "{of} of {sprints}");
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
