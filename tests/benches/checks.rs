//! A year of checks, one a minute for each of 20 services, beside its floor; and the uptime of a Sprint from it.
//!
//! 1. Everything goes through the border, as the command line imports: the look first, then the import by its mapping.
//! 2. The floor goes through the same bytes as often as look and import do together, four times, and takes them apart
//!    into rows and cells, without reading what they say and without writing; the figure is the ratio, at most 6.
//! 3. The memory is the highest that the process ever had, with the file in it; at most 500 MB.
//! 4. The uptime of a Sprint is asked of a tenth of the year, too: ten times as much that is known may make it three
//!    times as long at most (how many checks each log holds is counted over all of it).
//!
//! `EVENKEEL_BENCH_DAYS` changes the number of days.

use app::{Access, Context, Team};
use domain::calendar::{Day, Instant, Zone};
use evenkeel_tests::timing::{median_time, ms, timed};
use serde_json::{Value, json};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

const MOST_RATIO: f64 = 6.0;
const MOST_MEGABYTES: f64 = 500.0;
const MOST_GROWTH: f64 = 3.0;
const SERVICES: u64 = 20;
const ROUNDS: usize = 40;

fn main() {
    let days: u64 =
        std::env::var("EVENKEEL_BENCH_DAYS").ok().and_then(|text| text.parse().ok()).unwrap_or(365);
    let folder = evenkeel_tests::folder();
    let few = Log::of(days.div_ceil(10).max(15));
    let (tenth, _) = few.import(&folder.path().join("tenth.evenkeel"));
    drop(few);
    let log = Log::of(days);
    let rows = log.rows();
    println!(
        "checks: {rows} rows of {SERVICES} services over {days} days, {:.0} MB",
        log.text.len() as f64 / 1e6
    );
    let (year, import) = log.import(&folder.path().join("year.evenkeel"));
    let memory = highest_memory();
    let floor = log.floor();
    let ratio = import.as_secs_f64() / floor.as_secs_f64();
    println!(
        "import: {:.1} s (asked for: 60), {:.0} rows a second",
        import.as_secs_f64(),
        rows as f64 / import.as_secs_f64()
    );
    println!("floor:  {:.1} s for the same bytes, taken apart four times", floor.as_secs_f64());
    println!("ratio:  {ratio:.2} (at most {MOST_RATIO})");
    match memory {
        Some(megabytes) => println!("memory: {megabytes:.0} MB at most (limit {MOST_MEGABYTES})"),
        None => println!("memory: not known on this system"),
    }
    let [few, many] = [&tenth, &year].map(|(team, last)| median_time(ROUNDS, || uptime(team, *last)));
    let growth = many.as_secs_f64() / few.as_secs_f64();
    println!(
        "uptime of a Sprint: {:.2} ms (asked for: 20), {growth:.2} times that from a tenth of the year",
        ms(many)
    );
    let mut failed = false;
    for (is_over, what) in [
        (ratio > MOST_RATIO, "the ratio"),
        (memory.is_some_and(|megabytes| megabytes > MOST_MEGABYTES), "the memory"),
        (growth > MOST_GROWTH, "the growth"),
    ] {
        if is_over {
            println!("FAILED: {what} is over its limit");
            failed = true;
        }
    }
    if failed {
        std::process::exit(1);
    }
}

/// A log, and its last day.
struct Log {
    text: Vec<u8>,
    last: Day,
}

impl Log {
    /// Checks of so many days, the services in turn each minute, made by a fixed sequence: each is down for some minutes
    /// every few days, and a few times nothing was checked for an hour.
    fn of(days: u64) -> Log {
        let first = Day::new(2025, 1, 1).expect("a day");
        let mut state = 42_u64;
        let mut next = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        const HEAD: &[u8] = b"checked_at,service,status\n";
        let mut text = Vec::with_capacity(HEAD.len() + (days * 1_440 * SERVICES * 33) as usize);
        text.extend(HEAD);
        let (mut down, mut silent) = ([0_u64; SERVICES as usize], 0_u64);
        for day in 0..days {
            let date = first.plus(day as i64).date().to_string();
            for minute in 0..1_440 {
                silent = if silent == 0 && next(20_000) == 0 { 60 } else { silent.saturating_sub(1) };
                for service in 0..SERVICES {
                    let left = &mut down[service as usize];
                    *left =
                        if *left == 0 && next(4_000) == 0 { 3 + next(10) } else { left.saturating_sub(1) };
                    if silent > 0 {
                        continue;
                    }
                    text.extend(date.as_bytes());
                    text.push(b'T');
                    two(&mut text, minute / 60);
                    text.push(b':');
                    two(&mut text, minute % 60);
                    text.push(b':');
                    two(&mut text, service);
                    text.extend(b"Z,svc-");
                    two(&mut text, service);
                    text.extend(if *left > 0 { &b",down\n"[..] } else { b",up\n" });
                }
            }
        }
        Log { text, last: first.plus(days as i64 - 1) }
    }

    fn rows(&self) -> usize {
        self.text.iter().filter(|byte| **byte == b'\n').count() - 1
    }

    fn import(&self, path: &Path) -> ((Team, Day), Duration) {
        let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
        let now = Zone::UTC.start_of(self.last.plus(1));
        let context = Context::new(now, 1, "bench", "");
        let setup = app::team::set_up(&new, &context);
        let mut team = Team::create(path, &Access::Script, &context.stamp(), setup).expect("a team");
        let context = Context { attachment: Some(&self.text), ..context };
        let took = timed(|| {
            let asked = json!({ "exchange": { "reliability": {} } });
            let look = ask(&team, &asked, &context);
            assert_eq!(look["rowsInAll"], 0, "every row is taken");
            let command = json!({ "exchange": { "importReliability": { "mapping": look["mapping"] } } });
            let command = app::parse_command(&command.to_string()).expect("a command");
            let outcome = app::run(&mut team, command, &context).expect("an import");
            assert_eq!(outcome.title, look["title"]);
        });
        ((team, self.last), took)
    }

    /// The look and the import go through the bytes twice each.
    fn floor(&self) -> Duration {
        timed(|| {
            for _ in 0..4 {
                let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(self.text.as_slice());
                let mut record = csv::ByteRecord::new();
                let mut cells = 0_usize;
                while reader.read_byte_record(&mut record).expect("a row") {
                    cells += record.iter().map(<[u8]>::len).sum::<usize>();
                }
                black_box(cells);
            }
        })
    }
}

fn two(text: &mut Vec<u8>, number: u64) {
    text.extend([b'0' + (number / 10) as u8, b'0' + (number % 10) as u8]);
}

fn ask(team: &Team, query: &Value, context: &Context<'_>) -> Value {
    let query = app::parse_query(&query.to_string()).expect("a query");
    serde_json::from_str(&app::ask(team, query, context).expect("an answer").0).expect("JSON")
}

/// The uptime of the 14 days before the last.
fn uptime(team: &Team, last: Day) {
    let now: Instant = Zone::UTC.start_of(last.plus(1));
    let context = Context::new(now, 2, "bench", "");
    let (first, last) = (last.plus(-14).date().to_string(), last.plus(-1).date().to_string());
    let asked = json!({ "reliability": { "overview": { "firstDay": first, "lastDay": last } } });
    let answer = ask(team, &asked, &context);
    assert_eq!(answer["figures"]["services"].as_array().map(Vec::len), Some(SERVICES as usize));
    black_box(answer);
}

/// The highest memory of this process so far, in megabytes.
fn highest_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().ok().map(|kilobytes| kilobytes / 1000.0)
}
