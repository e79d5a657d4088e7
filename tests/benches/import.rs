//! An import of 100,000 rows beside its floor: the same rows put into the same tables by prepared statements.
//!
//! 1. The import parses, merges, writes facts, search index and journal; the floor writes the rows and the search
//!    index, in one transaction, without parsing and without the journal.
//! 2. Both are measured in turns, in the same run on the same disk; the figure is the ratio of the medians by the
//!    clock, at most 2.5.
//! 3. The memory is the highest that the process ever had, read after the first import and before the floor
//!    holds its rows; at most 300 MB.
//!
//! `EVENKEEL_BENCH_ROWS` and `EVENKEEL_BENCH_ROUNDS` change the sizes.

use app::{Access, Context, Team};
use domain::calendar::Instant;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde_json::json;
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant as Clock};

const MOST_RATIO: f64 = 2.5;
const MOST_MEGABYTES: f64 = 300.0;
const TABLES: [&str; 4] = ["item", "item_event", "item_label", "outside_item"];

fn main() {
    let number = |name: &str, usual: usize| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    let (rows, rounds) = (number("EVENKEEL_BENCH_ROWS", 100_000), number("EVENKEEL_BENCH_ROUNDS", 3));
    let folder = tempfile::tempdir().expect("a folder");
    let file = export(rows);
    println!("import: {rows} rows, {:.1} MB, {rounds} rounds", file.len() as f64 / 1e6);

    let at = |name: &str, round: usize| folder.path().join(format!("{name}-{round}.evenkeel"));
    let mut imports = vec![import(&at("import", 0), &file)];
    let memory = highest_memory();
    let written = Rows::read(&at("import", 0));
    let mut floors = vec![written.insert(&at("floor", 0))];
    for round in 1..rounds {
        imports.push(import(&at("import", round), &file));
        floors.push(written.insert(&at("floor", round)));
    }

    let (import, floor) = (Took::median(imports), Took::median(floors));
    let ratio = import.clock.as_secs_f64() / floor.clock.as_secs_f64();
    println!("import: {} rows written, median {import}", written.count());
    println!("floor:  the same rows by prepared statements, median {floor}");
    println!("ratio:  {ratio:.2} (at most {MOST_RATIO})");
    match memory {
        Some(megabytes) => println!("memory: {megabytes:.0} MB at most (limit {MOST_MEGABYTES})"),
        None => println!("memory: not known on this system"),
    }
    let too_much = memory.is_some_and(|megabytes| megabytes > MOST_MEGABYTES);
    if ratio > MOST_RATIO || too_much {
        println!("FAILED: over the limit");
        std::process::exit(1);
    }
}

/// How long a piece of work took: by the clock, and by the processor where the system tells.
#[derive(Clone, Copy)]
struct Took {
    clock: Duration,
    processor: Duration,
}

impl Took {
    fn by(work: impl FnOnce()) -> Took {
        let (start, before) = (Clock::now(), processor());
        work();
        Took { clock: start.elapsed(), processor: processor().saturating_sub(before) }
    }

    /// The medians of both, each by itself.
    fn median(times: Vec<Took>) -> Took {
        let middle = |of: fn(&Took) -> Duration| {
            let mut times: Vec<Duration> = times.iter().map(of).collect();
            times.sort();
            times[times.len() / 2]
        };
        Took { clock: middle(|took| took.clock), processor: middle(|took| took.processor) }
    }
}

impl std::fmt::Display for Took {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2?} (processor {:.2?})", self.clock, self.processor)
    }
}

/// The time that this process had processors so far, in hundredths of a second.
fn processor() -> Duration {
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = told.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}

fn new_team(path: &Path) -> Team {
    let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
    let context = Context::new(Instant::from_millis(1_795_000_000_000), 1, "bench", "");
    Team::create(path, &Access::Script, &context.stamp(), app::team::set_up(&new, &context)).expect("a team")
}

fn import(path: &Path, file: &[u8]) -> Took {
    let mut team = new_team(path);
    let context = Context::new(Instant::from_millis(1_795_000_100_000), 2, "bench", "");
    let context = Context { attachment: Some(file), ..context };
    let look = app::parse_query(&json!({ "exchange": { "look": {} } }).to_string()).expect("a query");
    let look = app::ask(&team, look, &context).expect("a look");
    let look: serde_json::Value = serde_json::from_str(&look.0).expect("JSON");
    let command = json!({ "exchange": { "import": { "mapping": look["mapping"] } } });
    let command = app::parse_command(&command.to_string()).expect("a command");
    Took::by(|| {
        let outcome = app::run(&mut team, command, &context).expect("an import");
        assert_eq!(outcome.note, None, "every row is taken");
    })
}

/// All rows that an import wrote, as values.
struct Rows(Vec<(&'static str, Vec<Vec<Value>>)>);

impl Rows {
    fn read(path: &Path) -> Rows {
        let connection = Connection::open(path).expect("the team file");
        Rows(
            TABLES
                .map(|table| {
                    let mut select = connection
                        .prepare(&format!("SELECT * FROM {table} ORDER BY rowid"))
                        .expect("a table");
                    let width = select.column_count();
                    let read = |row: &rusqlite::Row<'_>| (0..width).map(|at| row.get(at)).collect();
                    (
                        table,
                        select.query_map([], read).expect("rows").collect::<Result<_, _>>().expect("values"),
                    )
                })
                .into(),
        )
    }

    fn count(&self) -> usize {
        self.0.iter().map(|(_, rows)| rows.len()).sum()
    }

    fn insert(&self, path: &Path) -> Took {
        drop(new_team(path));
        let mut connection = Connection::open(path).expect("the team file");
        for (name, value) in [
            ("foreign_keys", "ON"),
            ("synchronous", "EXTRA"),
            ("temp_store", "MEMORY"),
            ("cache_size", "-32000"),
        ] {
            connection.pragma_update(None, name, value).expect("a setting");
        }
        // Both files have the states to which the items refer.
        let states: Vec<Vec<Value>> = {
            let from = Connection::open(path.with_file_name("import-0.evenkeel")).expect("the team file");
            let mut select = from.prepare("SELECT * FROM state").expect("states");
            let read = |row: &rusqlite::Row<'_>| (0..4).map(|at| row.get(at)).collect();
            select.query_map([], read).expect("rows").collect::<Result<_, _>>().expect("values")
        };
        connection.execute("DELETE FROM state", []).expect("no states");
        for state in &states {
            connection
                .execute("INSERT INTO state VALUES (?1, ?2, ?3, ?4)", params_from_iter(state))
                .expect("a state");
        }

        Took::by(|| {
            let transaction = connection.transaction().expect("a transaction");
            for (table, rows) in &self.0 {
                let Some(width) = rows.first().map(Vec::len) else { continue };
                let places: Vec<String> = (1..=width).map(|at| format!("?{at}")).collect();
                let mut insert = transaction
                    .prepare(&format!("INSERT INTO {table} VALUES ({})", places.join(", ")))
                    .expect("a statement");
                let mut index = transaction
                    .prepare("INSERT INTO item_search (rowid, title, description) VALUES (?1, ?2, ?3)")
                    .expect("a statement");
                for row in rows {
                    insert.execute(params_from_iter(row)).expect("a row");
                    if *table == "item" {
                        let place = Value::Integer(transaction.last_insert_rowid());
                        let words = [place, row[2].clone(), row[3].clone()];
                        index.execute(params_from_iter(&words)).expect("words");
                    }
                }
            }
            transaction.commit().expect("the end");
        })
    }
}

/// The highest memory of this process so far, in megabytes.
fn highest_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().ok().map(|kilobytes| kilobytes / 1000.0)
}

/// A file as Jira exports it: 20 columns, a title of some words, a description of a few lines, made by a fixed sequence.
fn export(rows: usize) -> Vec<u8> {
    const WORDS: [&str; 24] = [
        "payment", "refund", "card", "total", "receipt", "customer", "timeout", "retry", "ledger", "invoice",
        "currency", "balance", "export", "page", "button", "slow", "wrong", "missing", "add", "show",
        "remove", "check", "report", "mail",
    ];
    let mut state = 42_u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut text = String::with_capacity(rows * 420);
    text += "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Resolution,Assignee,Reporter,Created,Updated,\
             Resolved,Votes,Labels,Labels,Description,Sprint,Custom field (Story Points),Parent key,Status Category\n";
    for n in 1..=rows {
        let mut words = |count: u64| -> String {
            let words: Vec<&str> = (0..count).map(|_| WORDS[next(24) as usize]).collect();
            words.join(" ")
        };
        let (title, first, second) = (words(6), words(14), words(16));
        let kind = ["Story", "Bug", "Task"][n % 3];
        let (status, category) =
            [("To Do", "To Do"), ("In Progress", "In Progress"), ("Done", "Done")][n % 7 % 3];
        let priority = if kind == "Bug" { "Medium" } else { "" };
        let (day, month) = (n % 28 + 1, ["Jan", "Feb", "Mar", "Apr"][n % 4]);
        let resolved = if status == "Done" { format!("{day:02}/May/26 4:30 PM") } else { String::new() };
        let points = ["", "1", "2", "3.0", "5", "8"][n % 6];
        let parent = if n % 5 == 0 { format!("PAY-{}", n / 5 + 1) } else { String::new() };
        let label = if n % 4 == 0 { "web" } else { "" };
        let _ = writeln!(
            text,
            "{title} {n},PAY-{n},{},{kind},{status},PAY,{priority},,,,{day:02}/{month}/26 9:15 AM,{day:02}/May/26 9:00 AM,\
             {resolved},0,{label},,\"{first}\n\"\"{second}\"\"\",Sprint {},{points},{parent},{category}",
            10_000 + n,
            n % 40
        );
    }
    text.into_bytes()
}
