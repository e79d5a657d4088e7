//! Search finds what it says, whatever was done before.

use evenkeel_tests::Desk;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The titles of the items that a text finds, in the order of the Product Backlog.
fn found(desk: &Desk, text: &str) -> Vec<String> {
    let question = json!({ "from": 0, "limit": 500, "filter": { "text": text, "whereabouts": "all" } });
    let window = desk.ask(json!({ "backlog": { "window": question } }));
    let titles: Vec<String> = window["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(window["total"], titles.len() as u64);
    titles
}

/// Brings in items by their keys and titles.
fn import(desk: &mut Desk, rows: impl Iterator<Item = (usize, String)>) {
    let rows: String = rows.map(|(key, title)| format!("\nPAY-{key},{title},Task,To Do")).collect();
    let file = format!("Issue key,Summary,Issue Type,Status{rows}");
    let look = desk.ask_with(json!({ "exchange": { "look": {} } }), Some(file.as_bytes()));
    let command = json!({ "exchange": { "import": { "mapping": look["mapping"] } } });
    desk.try_run_with(command, Some(file.as_bytes())).unwrap();
}

#[test]
fn what_many_items_are_called_now_is_found_and_what_they_were_called_is_not() {
    let mut desk = Desk::new();
    import(&mut desk, (1..=400).map(|n| (n, format!("card {n}"))));
    assert_eq!(found(&desk, "card").len(), 400);
    assert_eq!(
        found(&desk, "card 7"),
        "7 70 71 72 73 74 75 76 77 78 79".split(' ').map(|n| format!("card {n}")).collect::<Vec<_>>()
    );
    import(&mut desk, (1..=400).map(|n| (n, format!("refund {n}"))));
    assert_eq!(found(&desk, "card"), Vec::<String>::new());
    assert_eq!(found(&desk, "refund").len(), 400);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(found(&desk, "refund"), Vec::<String>::new());
    assert_eq!(found(&desk, "card").len(), 400);
}

#[test]
fn a_file_that_another_tool_has_rewritten_is_searched_as_before_and_is_whole() {
    let mut desk = Desk::new();
    for n in 0..30 {
        desk.run(json!({ "backlog": { "addItem": { "title": format!("number{n} of many") } } }));
    }
    let ids: Vec<Value> = (0..10).map(|n| id_of(&desk, &format!("number{n} of many"))).collect();
    desk.run(json!({ "backlog": { "removeItems": { "items": ids } } }));
    // The team is closed while the tool has the file.
    let elsewhere = Desk::new();
    let path = desk.path();
    desk.team = elsewhere.team;
    let tool = rusqlite::Connection::open(&path).unwrap();
    tool.execute_batch("VACUUM").unwrap();
    drop(tool);
    desk.team = app::Team::open(&path, &app::Access::Script).unwrap();
    for n in 0..30 {
        let title = format!("number{n} of many");
        let expected = if n < 10 { vec![] } else { vec![title] };
        assert_eq!(found(&desk, &format!("number{n} many")), expected);
    }
    let check = desk.team.check().unwrap();
    assert_eq!((check.problems, check.search_made_again), (vec![], false));
}

fn id_of(desk: &Desk, title: &str) -> Value {
    let question = json!({ "from": 0, "limit": 500, "filter": { "whereabouts": "all" } });
    let window = desk.ask(json!({ "backlog": { "window": question } }));
    let row = window["rows"].as_array().unwrap().iter().find(|row| row["title"] == title).cloned();
    row.unwrap()["id"].clone()
}

#[test]
fn a_search_index_that_does_not_agree_is_made_again_by_the_check() {
    for harm in [
        "DELETE FROM item_search WHERE rowid = 1",
        "INSERT INTO item_search (rowid, title, description) VALUES (99, 'nobody', '')",
        "INSERT INTO item_search (rowid, title, description) VALUES (2, 'card payments more', '')",
        "INSERT INTO item_search (item_search) VALUES ('delete-all')",
        "UPDATE item SET row = row + 100",
        "UPDATE item_search_data SET block = x'00'",
    ] {
        let mut desk = Desk::new();
        for title in ["card retries", "card payments", "rotate keys"] {
            desk.run(json!({ "backlog": { "addItem": { "title": title } } }));
        }
        let tool = rusqlite::Connection::open(desk.path()).unwrap();
        tool.execute_batch(harm).unwrap();
        drop(tool);
        let check = desk.team.check().unwrap();
        assert_eq!((check.problems, check.search_made_again), (vec![], true), "{harm}");
        assert_eq!(found(&desk, "card"), ["card retries", "card payments"], "{harm}");
        assert_eq!(found(&desk, "more"), Vec::<String>::new(), "{harm}");
        desk.run(json!({ "backlog": { "addItem": { "title": "card limits" } } }));
        assert_eq!(found(&desk, "card").len(), 3, "{harm}");
        let check = desk.team.check().unwrap();
        assert_eq!((check.problems, check.search_made_again), (vec![], false), "{harm}");
    }
}

/// Words of several scripts, some of which begin alike or are spelled with marks.
const WORDS: [&str; 14] = [
    "card",
    "Cards",
    "cardiac",
    "größer",
    "Grosse",
    "Ünïcödé",
    "unit",
    "картой",
    "карта",
    "日本語",
    "日本",
    "T-12",
    "<b>bold</b>",
    "7",
];

#[derive(Debug, Clone)]
enum Step {
    Add(Vec<usize>),
    Rename(usize, Vec<usize>),
    Describe(usize, Vec<usize>),
    Refused(usize, Vec<usize>),
    Remove(usize),
    Top(usize),
    Undo,
    Redo,
    Outside(usize, Vec<usize>),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<(Step, Vec<usize>, usize)>> {
    let words = || prop::collection::vec(0..WORDS.len(), 1..4);
    let step = prop_oneof![
        4 => words().prop_map(Step::Add),
        4 => (0..20_usize, words()).prop_map(|(item, words)| Step::Rename(item, words)),
        3 => (0..20_usize, words()).prop_map(|(item, words)| Step::Describe(item, words)),
        2 => (0..20_usize, words()).prop_map(|(item, words)| Step::Refused(item, words)),
        2 => (0..20_usize).prop_map(Step::Remove),
        1 => (0..20_usize).prop_map(Step::Top),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        1 => (0..20_usize, words()).prop_map(|(item, words)| Step::Outside(item, words)),
        1 => Just(Step::Reopen),
    ];
    // Each step is followed by a search for some words, of which the last is typed so far.
    prop::collection::vec((step, prop::collection::vec(0..WORDS.len(), 1..3), 1..12_usize), 1..30)
}

fn text(words: &[usize]) -> String {
    words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ")
}

fn carry_out(mut desk: Desk, ids: &mut Vec<String>, step: &Step) -> Desk {
    let item = |n: &usize| ids.get(n % ids.len().max(1)).cloned().unwrap_or_default();
    let command = match step {
        Step::Reopen => return desk.reopen(),
        Step::Add(words) => json!({ "backlog": { "addItem": { "title": text(words) } } }),
        _ if ids.is_empty() => return desk,
        Step::Rename(n, words) => {
            json!({ "backlog": { "rename": { "item": item(n), "title": text(words) } } })
        }
        Step::Describe(n, words) => {
            json!({ "backlog": { "describe": { "item": item(n), "description": text(words) } } })
        }
        Step::Refused(n, words) => {
            // Words are written, looked for, and fall with their operation.
            let (id, now) = (item(n).parse().unwrap(), desk.now());
            let stamp = store::Stamp { now, chance: 5, device: "test", person: "" };
            let fell = desk.team.transact(&stamp, |writer| {
                writer.put_words(id, &text(words), "")?;
                let filter = domain::backlog::BacklogFilter { text: text(words), ..Default::default() };
                let lanes = writer.lanes(domain::calendar::Zone::UTC.day_of(now))?;
                writer.backlog(&lanes, &filter, domain::backlog::SortView::Order, 0, 10)?;
                Err::<(String, ()), _>(store::StoreError::Cancelled)
            });
            assert!(fell.is_err());
            return desk;
        }
        Step::Remove(n) => json!({ "backlog": { "removeItems": { "items": [item(n)] } } }),
        Step::Top(n) => json!({ "backlog": { "move": { "items": [item(n)], "to": "top" } } }),
        Step::Undo => json!({ "journal": { "undo": {} } }),
        Step::Redo => json!({ "journal": { "redo": {} } }),
        Step::Outside(n, words) => {
            let command = json!({ "backlog": { "rename": { "item": item(n), "title": text(words) } } });
            let context = app::Context::new(desk.now(), 99, "other", "");
            let mut other = app::Team::open(&desk.path(), &app::Access::Script).unwrap();
            let _ = app::run(&mut other, app::parse_command(&command.to_string()).unwrap(), &context);
            return desk;
        }
    };
    if let Ok(outcome) = desk.try_run(command) {
        ids.extend(outcome.created);
    }
    desk
}

/// What search promises, by looking at every item of the file.
fn by_reading_all(desk: &Desk, typed: &str) -> Vec<String> {
    let fold = |text: &str| -> Vec<String> {
        let plain = |c: char| match c {
            'ö' => 'o',
            'ü' => 'u',
            'ï' => 'i',
            'é' => 'e',
            other => other,
        };
        let text: String = text.to_lowercase().chars().map(plain).collect();
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let asked = fold(typed);
    let goes_on = typed.ends_with(char::is_alphanumeric);
    let file = rusqlite::Connection::open(desk.path()).unwrap();
    let mut select = file.prepare("SELECT title, description, label FROM item ORDER BY rank, id").unwrap();
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let items: Vec<(String, String, String)> =
        select.query_map([], read).unwrap().collect::<Result<_, _>>().unwrap();
    let finds = |(title, description, label): &(String, String, String)| {
        let words = fold(&format!("{title}\n{description}"));
        let last = asked.len().saturating_sub(1);
        let all = asked.iter().enumerate().all(|(n, asked)| {
            words.iter().any(|word| word == asked || (n == last && goes_on && word.starts_with(asked)))
        });
        let is_key = !typed.contains(' ') && typed.contains(|c: char| c.is_ascii_digit());
        (all && !asked.is_empty()) || (is_key && label.starts_with(&typed.to_uppercase()))
    };
    items.iter().filter(|item| finds(item)).map(|(title, ..)| title.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn search_finds_what_reading_all_items_finds_after_any_steps(steps in steps()) {
        let mut desk = Desk::new();
        let mut ids = Vec::new();
        for (step, words, length) in &steps {
            desk = carry_out(desk, &mut ids, step);
            let text = text(words);
            let start = text.rfind(' ').map_or(0, |at| at + 1);
            let last: String = text[start..].chars().take(*length).collect();
            let typed = format!("{}{last}", &text[..start]);
            prop_assert_eq!(found(&desk, &typed), by_reading_all(&desk, &typed), "{:?} after {:?}", typed, step);
        }
        let check = desk.team.check().unwrap();
        prop_assert_eq!((check.problems, check.search_made_again), (vec![], false));
    }
}
