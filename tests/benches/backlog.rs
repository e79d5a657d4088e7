//! The ordered list with 10,000 and with 100,000 items: windows, search as one types, reordering.
//!
//! 1. Everything goes through the border, JSON in and JSON out, as the window does it.
//! 2. Each figure stands beside its floor, measured in the same run on the same disk: the bare statements of SQLite
//!    that no program could do without.
//! 3. The medians have limits, at 10,000 items and at 100,000; growing from one to the other may cost 1.5 times as much.
//!    A view that is sorted for the eye has its limit at both sizes only: its rows lie all over the file.
//! 4. The first search of a letter reads the letter's words; what that takes is shown besides.
//! 5. The limits are of the core: where there is a disk in memory (`/dev/shm`), the files are there. What a disk takes
//!    to keep a reorder for ever is shown besides, with its floor, and has no limit: it is the disk's.
//!
//! `EVENKEEL_BENCH_ITEMS` changes the smaller size; the larger is ten times that.

use app::{Access, Context, Team};
use domain::calendar::Instant;
use evenkeel_tests::timing::{median, ms};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant as Clock};

const MOST_GROWTH: f64 = 1.5;
const ROUNDS: usize = 400;

fn main() {
    let items =
        std::env::var("EVENKEEL_BENCH_ITEMS").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let folder = evenkeel_tests::folder();
    let few = Figures::measure(folder.path(), items);
    let many = Figures::measure(folder.path(), items * 10);
    let disk = tempfile::tempdir().expect("a folder");
    let (on_disk, disk_floor) = Figures::reorder_on_disk(disk.path(), items);
    let lines = [
        ("window", few.window, many.window, 1.0, true),
        ("window of bugs", few.filtered, many.filtered, 1.0, true),
        ("window by size", few.sorted, many.sorted, 1.0, false),
        ("search as one types", few.search, many.search, 5.0, true),
        ("reorder", few.reorder, many.reorder, 3.0, true),
        ("reorder, then a window", few.again, many.again, 4.0, true),
        ("window of planning", few.planning, many.planning, 1.0, true),
        ("window of what waits", few.waiting, many.waiting, 2.0, true),
    ];
    let mut failed = false;
    println!(
        "{:24} {:>9} {:>9} {:>9} {:>9} {:>8}",
        "median, ms",
        items,
        "floor",
        items * 10,
        "floor",
        "growth"
    );
    for (name, (few, few_floor), (many, many_floor), most, grows) in lines {
        let growth = many.as_secs_f64() / few.as_secs_f64();
        let too_slow = ms(few.max(many)) > most;
        let too_much = grows && growth > MOST_GROWTH;
        failed |= too_slow || too_much;
        println!(
            "{name:24} {:>9.3} {:>9.3} {:>9.3} {:>9.3} {growth:>8.2}{}{}",
            ms(few),
            ms(few_floor),
            ms(many),
            ms(many_floor),
            if too_slow { format!("  over {most} ms") } else { String::new() },
            if too_much { format!("  over {MOST_GROWTH}") } else { String::new() },
        );
    }
    println!(
        "the first search of a letter takes {:.1} ms, with {} items {:.1} ms",
        ms(few.first_search),
        items * 10,
        ms(many.first_search)
    );
    println!(
        "all titles held against all for duplicates take {:.0} ms, with {} items {:.0} ms",
        ms(few.duplicates),
        items * 10,
        ms(many.duplicates)
    );
    failed |= ms(few.duplicates) > 1_000.0;
    println!("on this disk a reorder takes {:.1} ms, its floor {:.1} ms", ms(on_disk), ms(disk_floor));
    if failed {
        println!("FAILED: over a limit");
        std::process::exit(1);
    }
}

/// Each figure with its floor.
struct Figures {
    window: (Duration, Duration),
    filtered: (Duration, Duration),
    sorted: (Duration, Duration),
    search: (Duration, Duration),
    first_search: Duration,
    reorder: (Duration, Duration),
    again: (Duration, Duration),
    planning: (Duration, Duration),
    /// A window in which each item needs the next.
    waiting: (Duration, Duration),
    duplicates: Duration,
}

impl Figures {
    fn measure(folder: &Path, items: usize) -> Figures {
        let path = folder.join(format!("{items}.evenkeel"));
        let mut bench = Bench { team: team_of(&path, items), chance: Chance(7), items, calls: 10 };
        let rows = median(ROUNDS, |_| {
            let from = bench.chance.below(items - 100);
            bench.timed_ask(json!({ "from": from, "limit": 100 }))
        });
        let filtered = median(ROUNDS, |_| {
            let from = bench.chance.below(items / 8);
            bench.timed_ask(json!({ "filter": { "kinds": ["bug"] }, "from": from, "limit": 100 }))
        });
        let sorted = median(ROUNDS, |_| {
            let from = bench.chance.below(items - 100);
            bench.timed_ask(json!({ "sort": "largest", "from": from, "limit": 100 }))
        });
        let typed: Vec<String> = (0..ROUNDS).map(|_| bench.chance.typed()).collect();
        let search = median(ROUNDS, |n| {
            bench.timed_ask(json!({ "filter": { "text": typed[n] }, "from": 0, "limit": 100 }))
        });
        let ids = bench.ids();
        let reorder = median(ROUNDS, |_| bench.timed_move(&ids));
        let again = median(ROUNDS, |_| {
            let from = bench.chance.below(items - 100);
            bench.timed_move(&ids) + bench.timed_ask(json!({ "from": from, "limit": 100 }))
        });
        let sprint = bench.planned(&ids);
        let planning = median(ROUNDS, |_| {
            let from = bench.chance.below(items / 2);
            let question = json!({ "sprint": sprint, "from": from, "limit": 100 });
            bench.timed(json!({ "capacity": { "planItems": question } }))
        });
        let duplicates = bench.duplicates();
        bench.needing(&ids);
        let waiting = median(ROUNDS, |_| bench.timed_ask(json!({ "from": items / 3, "limit": 100 })));
        drop(bench);
        let first_search = first_search(&path, items);
        let floors = Floors::measure(&path, items, &typed, &ids);
        Figures {
            window: (rows, floors.window),
            filtered: (filtered, floors.window),
            sorted: (sorted, floors.window),
            search: (search, floors.search),
            first_search,
            reorder: (reorder, floors.reorder),
            again: (again, floors.reorder + floors.window),
            planning: (planning, floors.window),
            waiting: (waiting, floors.window),
            duplicates,
        }
    }
}

impl Figures {
    fn reorder_on_disk(folder: &Path, items: usize) -> (Duration, Duration) {
        let path = folder.join("disk.evenkeel");
        let mut bench = Bench { team: team_of(&path, items), chance: Chance(7), items, calls: 10 };
        let ids = bench.ids();
        let mut all: Vec<Duration> = (0..60).map(|_| bench.timed_move(&ids)).collect();
        all.sort_unstable();
        drop(bench);
        let file = Connection::open(&path).expect("the file");
        file.pragma_update(None, "synchronous", "EXTRA").expect("as the program does");
        let mut update =
            file.prepare("UPDATE item SET rank = rank || 'V' WHERE id = ?1").expect("a statement");
        let mut floor: Vec<Duration> = ids
            .iter()
            .take(60)
            .map(|item| {
                let start = Clock::now();
                update.execute([item]).expect("an update");
                start.elapsed()
            })
            .collect();
        floor.sort_unstable();
        (all[all.len() / 2], floor[floor.len() / 2])
    }
}

struct Bench {
    team: Team,
    chance: Chance,
    items: usize,
    calls: i64,
}

impl Bench {
    fn context(&mut self) -> Context<'static> {
        self.calls += 1;
        Context::new(Instant::from_millis(1_795_000_200_000 + self.calls), self.calls as u64, "bench", "")
    }

    fn timed_ask(&mut self, question: Value) -> Duration {
        self.timed(json!({ "backlog": { "window": question } }))
    }

    /// A question that is answered by rows.
    fn timed(&mut self, question: Value) -> Duration {
        let context = self.context();
        let text = question.to_string();
        let start = Clock::now();
        let query = app::parse_query(&text).expect("a query");
        let answer = app::ask(&self.team, query, &context).expect("an answer");
        let took = start.elapsed();
        assert!(answer.0.starts_with("{\"rows\":["));
        took
    }

    /// Plans a Sprint with twenty items.
    fn planned(&mut self, ids: &[String]) -> String {
        let mut run = |command: Value| {
            let context = self.context();
            let command = app::parse_command(&command.to_string()).expect("a command");
            app::run(&mut self.team, command, &context).expect("an outcome").created
        };
        let sprint = run(json!({ "sprint": { "plan": {} } })).remove(0);
        run(json!({ "sprint": { "selectItems": { "sprint": sprint, "items": ids[..20.min(ids.len())] } } }));
        sprint
    }

    /// Says of each item that it needs the next.
    fn needing(&mut self, ids: &[String]) {
        for pair in ids.windows(2) {
            let context = self.context();
            let need = json!({ "backlog": { "need": { "items": [pair[0]], "needed": pair[1] } } });
            let command = app::parse_command(&need.to_string()).expect("a command");
            app::run(&mut self.team, command, &context).expect("an outcome");
        }
    }

    /// Looks for duplicates among all items.
    fn duplicates(&mut self) -> Duration {
        let context = self.context();
        let start = Clock::now();
        let query = json!({ "backlog": { "duplicates": {} } }).to_string();
        app::ask(&self.team, app::parse_query(&query).expect("a query"), &context).expect("an answer");
        start.elapsed()
    }

    fn timed_move(&mut self, ids: &[String]) -> Duration {
        let context = self.context();
        let item = &ids[self.chance.below(ids.len())];
        let place = self.chance.below(self.items) + 1;
        let text =
            json!({ "backlog": { "move": { "items": [item], "to": { "place": place } } } }).to_string();
        let start = Clock::now();
        let command = app::parse_command(&text).expect("a command");
        app::run(&mut self.team, command, &context).expect("a move");
        start.elapsed()
    }

    fn ids(&mut self) -> Vec<String> {
        let context = self.context();
        let query = json!({ "backlog": { "window": { "from": self.items / 3, "limit": 500 } } }).to_string();
        let answer =
            app::ask(&self.team, app::parse_query(&query).expect("a query"), &context).expect("an answer");
        let window: Value = serde_json::from_str(&answer.0).expect("JSON");
        let rows = window["rows"].as_array().expect("rows");
        rows.iter().filter_map(|row| row["id"].as_str().map(str::to_owned)).collect()
    }
}

/// The first search of each letter after the team was opened, at the median.
fn first_search(path: &Path, items: usize) -> Duration {
    let team = Team::open(path, &Access::Script).expect("the team");
    let mut bench = Bench { team, chance: Chance(7), items, calls: 10_000 };
    bench.timed_ask(json!({ "from": 0, "limit": 100 }));
    let mut all: Vec<Duration> = CONSONANTS
        .chars()
        .map(|letter| {
            bench.timed_ask(json!({ "filter": { "text": letter.to_string() }, "from": 0, "limit": 100 }))
        })
        .collect();
    all.sort_unstable();
    all[all.len() / 2]
}

struct Floors {
    window: Duration,
    search: Duration,
    reorder: Duration,
}

impl Floors {
    fn measure(path: &Path, items: usize, typed: &[String], ids: &[String]) -> Floors {
        let file = Connection::open(path).expect("the file");
        file.pragma_update(None, "synchronous", "EXTRA").expect("as the program does");
        file.pragma_update(None, "cache_size", -64_000).expect("as the program does");
        let mut chance = Chance(9);
        file.execute_batch("BEGIN").expect("one lock for all reads");
        let mut row = file
            .prepare(
                "SELECT id, label, title, kind, severity, size, state, owner, sprint, lane,
                        (SELECT group_concat(key) FROM outside_item WHERE outside_item.item = item.id)
                   FROM item
                  WHERE rowid = ?1",
            )
            .expect("a statement");
        let window = median(ROUNDS, |_| {
            let from = chance.below(items - 100) as i64;
            let start = Clock::now();
            for at in from + 1..=from + 100 {
                row.query_row([at], |row| row.get::<_, String>(2)).expect("a row");
            }
            start.elapsed()
        });
        let mut found =
            file.prepare("SELECT rowid FROM item_search WHERE item_search MATCH ?1").expect("a statement");
        let hits: Vec<Vec<i64>> = typed
            .iter()
            .map(|word| {
                let rows = found.query_map([format!("\"{word}\"*")], |row| row.get(0)).expect("rows");
                rows.take(100).map(|row| row.expect("a row")).collect()
            })
            .collect();
        let search = median(ROUNDS, |n| {
            let start = Clock::now();
            for at in &hits[n] {
                row.query_row([at], |row| row.get::<_, String>(2)).expect("a row");
            }
            start.elapsed()
        });
        file.execute_batch("COMMIT").expect("the reads are over");
        let mut update =
            file.prepare("UPDATE item SET rank = rank || 'V' WHERE id = ?1").expect("a statement");
        let reorder = median(ROUNDS, |_| {
            let item = &ids[chance.below(ids.len())];
            let start = Clock::now();
            update.execute([item]).expect("an update");
            start.elapsed()
        });
        Floors { window, search, reorder }
    }
}

/// A team with items, brought in by an import.
fn team_of(path: &Path, items: usize) -> Team {
    let now = Instant::from_millis(1_795_000_000_000);
    let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
    let context = Context::new(now, 1, "bench", "");
    let mut team = Team::create(path, &Access::Script, &context.stamp(), app::team::set_up(&new, &context))
        .expect("a team");
    let file = export(items);
    let context = Context { attachment: Some(file.as_bytes()), ..Context::new(now, 2, "bench", "") };
    let look = app::parse_query(&json!({ "exchange": { "look": {} } }).to_string()).expect("a query");
    let look: Value =
        serde_json::from_str(&app::ask(&team, look, &context).expect("a look").0).expect("JSON");
    let command = json!({ "exchange": { "import": { "mapping": look["mapping"] } } });
    let command = app::parse_command(&command.to_string()).expect("a command");
    app::run(&mut team, command, &context).expect("an import");
    team
}

fn export(items: usize) -> String {
    let mut chance = Chance(3);
    let mut text = String::from("Issue key,Issue Type,Summary,Description,Story Points,Created\n");
    for n in 1..=items {
        let words = |chance: &mut Chance, count: usize| {
            (0..count).map(|_| chance.word()).collect::<Vec<_>>().join(" ")
        };
        let kind = ["Story", "Bug", "Task", "Story", "Bug", "Story", "Story", "Task"][chance.below(8)];
        let size = ["", "1", "2", "3", "5", "8", "13"][chance.below(7)];
        let (title, description) = (words(&mut chance, 6), words(&mut chance, 25));
        writeln!(text, "PAY-{n},{kind},{title},{description},{size},2026-0{}-11 10:00", 1 + n % 9)
            .expect("a text");
    }
    text
}

/// Numbers that look like chance and are the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit.max(1) as u64) as usize
    }

    /// A word; a few are frequent and most are rare, as in a language.
    fn word(&mut self) -> String {
        let number = self.number();
        word(number)
    }

    /// The number of a word: the smaller, the more frequent.
    fn number(&mut self) -> usize {
        let uniform = (self.below(1_000_000) + 1) as f64 / 1_000_000.0;
        (20_000_f64.powf(uniform) - 1.0) as usize
    }

    /// What somebody has typed so far of a word that they remember: one that tells items apart, not one of the fifty
    /// that stand everywhere.
    fn typed(&mut self) -> String {
        let number = std::iter::repeat_with(|| self.number()).find(|number| *number >= 50).unwrap_or(50);
        let word = word(number);
        let length = self.below(word.len()) + 1;
        word[..length].to_owned()
    }
}

const CONSONANTS: &str = "bcdfghjklmnprstv";

fn word(number: usize) -> String {
    let vowels = "aeiou";
    // Spread over the alphabet: frequent words do not begin alike.
    let mut left = (number + 3) * 7_919 % 1_000_003;
    let mut word = String::new();
    while left > 0 {
        word.extend(CONSONANTS.chars().nth(left % 16));
        word.extend(vowels.chars().nth(left / 16 % 5));
        left /= 80;
    }
    word
}
