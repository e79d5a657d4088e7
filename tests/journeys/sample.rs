//! The sample team: it is made through commands, and every screen has something to show.

use app::{Access, Context, Instant};
use evenkeel_tests::{Desk, zurich};
use serde_json::{Value, json};

fn ask(team: &app::Team, now: Instant, query: Value) -> Value {
    let query = app::parse_query(&query.to_string()).expect("a query");
    let answer = app::ask(team, query, &Context::new(now, 1, "test", "")).expect("an answer");
    serde_json::from_str(&answer.0).expect("JSON")
}

#[test]
fn the_sample_has_three_closed_sprints_one_running_and_one_planned() {
    let desk = Desk::new();
    let now = zurich("2026-11-24 12:00");
    let path = desk.folder().join("sample.evenkeel");
    let team =
        app::sample::create(&path, &Access::Script, &Context::new(now, 7, "test", "")).expect("a sample");
    assert_eq!(team.check().unwrap().problems, vec![]);
    let list = ask(&team, now, json!({ "sprint": { "list": {} } }));
    assert_eq!(list["sprints"].as_array().map(Vec::len), Some(5), "{list}");
    let board = ask(&team, now, json!({ "capacity": { "planBoard": {} } }));
    assert_eq!(board["running"]["name"], "Sprint 43");
    assert_eq!(board["plan"]["sprint"]["name"], "Sprint 44");
    assert_eq!(board["plan"]["sprint"]["workingDays"], 9, "a holiday lies in it");
    assert!(board["plan"]["planned"]["computed"]["points"].as_i64() > Some(2000), "{board}");
    assert!(board["plan"]["totalSaid"].as_str().unwrap().starts_with("With the buffer "), "{board}");
    let again = desk.folder().join("again.evenkeel");
    let second =
        app::sample::create(&again, &Access::Script, &Context::new(now, 7, "test", "")).expect("a sample");
    assert_eq!(team.dump().unwrap(), second.dump().unwrap(), "the same moment and chance give the same file");
    let refused = app::sample::create(&path, &Access::Script, &Context::new(now, 7, "test", "")).err();
    assert!(refused.is_some(), "a file that is there stays as it is");
}

#[test]
fn the_sample_holds_together_on_every_day_of_the_week() {
    let desk = Desk::new();
    for day in 0..14 {
        let now = zurich("2027-03-22 08:15").plus_millis(day * 86_400_000);
        let path = desk.folder().join(format!("{day}.evenkeel"));
        let team = app::sample::create(&path, &Access::Script, &Context::new(now, 7, "test", ""))
            .unwrap_or_else(|error| panic!("{day}: {error:?}"));
        let running = ask(&team, now, json!({ "capacity": { "planBoard": {} } }));
        assert_eq!(running["running"]["overdue"], false);
        assert_eq!(running["plan"]["sprint"]["name"], "Sprint 44");
    }
}

#[test]
fn no_item_of_the_sample_is_there_twice() {
    let desk = Desk::new();
    let now = zurich("2026-11-27 18:00");
    let path = desk.folder().join("sample.evenkeel");
    let team =
        app::sample::create(&path, &Access::Script, &Context::new(now, 7, "test", "")).expect("a sample");
    let mut titles: Vec<String> =
        team.read().items(store::ItemFilter::All).unwrap().into_iter().map(|item| item.title).collect();
    let count = titles.len();
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), count);
    assert!(count > 45, "{count} items");
}

#[test]
fn the_sample_s_three_closed_sprints_suggest_a_split_and_know_what_drew_on_their_buffers() {
    let desk = Desk::new();
    let now = zurich("2026-11-24 12:00");
    let path = desk.folder().join("sample.evenkeel");
    let team =
        app::sample::create(&path, &Access::Script, &Context::new(now, 7, "test", "")).expect("a sample");
    let board = ask(&team, now, json!({ "capacity": { "planBoard": {} } }));
    let of = json!({ "sprint": board["plan"]["sprint"]["id"] });
    let suggestion = ask(&team, now, json!({ "capacity": { "splitSuggestion": of } }));
    assert_eq!(
        suggestion["said"],
        "A buffer of 12 %: as 3 closed Sprints went, in all of them it would have been enough."
    );
}
