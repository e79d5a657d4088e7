//! Start and memory of the desktop program with a team of 10,000 items, beside an empty window of the same Tauri.
//!
//! 1. Usable is when the picture on the screen has become what it stays: the rows of the Product Backlog stand there,
//!    and the empty page has written down its answer. It is seen from outside, in the pixels of a screen in memory;
//!    neither program knows that it is measured. What is smaller than a word, such as a bar that fades, is no change.
//! 2. Both are started in turns in one run; the figures are medians, and what counts is their ratio.
//! 3. Memory is the proportional share (PSS) of all processes of a program, when the picture has stayed for three seconds.
//! 4. A limit that is passed is reported, never an error; an error is only what makes a figure untrue, such as rows
//!    that are not there.
//!
//! ```text
//! cargo build --release -p evenkeel-desktop --bin evenkeel-desktop --example empty
//! cargo run --release -p evenkeel-tests --bin startup
//! ```
//!
//! `EVENKEEL_BENCH_ITEMS` and `EVENKEEL_BENCH_ROUNDS` change the sizes. Without `--release` in both lines it measures
//! the debug build. Where there is no graphics processor the program turns WebKit's compositing off and the empty window
//! does not; with `WEBKIT_DISABLE_COMPOSITING_MODE=1` before the second line both are measured without. A window that is
//! shown before its page has drawn, as the empty one is, may then wait half a second for WebKit in some of its starts:
//! the quartiles tell how often, and the quickest start of each says more than the median.

use app::{Access, Context, Team};
use domain::calendar::Instant;
use evenkeel_tests::desktop::{self, Device};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::BufRead as _;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant as Clock};

const MOST_START: f64 = 1.15;
const MOST_MEMORY: f64 = 1.2;
/// A picture that has not changed for so long is whole, and the program idle.
const IDLE: Duration = Duration::from_secs(3);
/// How long a start may take; a machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at the screen.
const LOOK: Duration = Duration::from_millis(3);
/// As many pixels, of those that are looked at, are smaller than a word.
const WORD: usize = 100;
/// The folder of the screen's pixels, told to the process that measures.
const PIXELS: &str = "EVENKEEL_PIXELS";

fn main() {
    match std::env::var_os(PIXELS) {
        None => on_a_screen(),
        Some(folder) => measure(&Screen::of(Path::new(&folder))),
    }
}

/// Starts a screen in memory whose pixels are a file, and this program again on it.
fn on_a_screen() {
    let folder = tempfile::tempdir().expect("a folder for the pixels");
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset", "-fbdir"])
        .arg(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is installed (package xvfb)");
    let mut number = String::new();
    let told = server.stdout.take().expect("the screen tells its number");
    std::io::BufReader::new(told).read_line(&mut number).expect("a number");
    let this = std::env::current_exe().expect("this program has a path");
    let measured = Command::new(this)
        .env("DISPLAY", format!(":{}", number.trim()))
        .env(PIXELS, folder.path())
        .status()
        .expect("this program starts");
    let _ = server.kill();
    let _ = server.wait();
    if !measured.success() {
        std::process::exit(1);
    }
}

fn measure(screen: &Screen) {
    let number = |name: &str, usual: usize| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    let (items, rounds) = (number("EVENKEEL_BENCH_ITEMS", 10_000), number("EVENKEEL_BENCH_ROUNDS", 15));
    let program = desktop::program();
    let empty = program.with_file_name("examples").join("empty");
    assert!(empty.is_file(), "the empty window is built: cargo build -p evenkeel-desktop --example empty");

    let device = Device::with_session().on_screen(&std::env::var("DISPLAY").expect("a screen"));
    let (kept, team) = (device.document("kept.evenkeel"), device.document("team.evenkeel"));
    make_team(&kept, items);
    let rows = rows_in_page(&kept);
    let mut bare = Vec::new();
    let mut ours = Vec::new();
    // The first start of each may find nothing in the caches of the disk, and is left out.
    for round in 0..=rounds {
        let of_empty = Figures::of(screen, device.command(&empty));
        std::fs::copy(&kept, &team).expect("a fresh copy of the team");
        let mut command = device.command(&program);
        command.arg(&team);
        let of_ours = Figures::of(screen, command);
        if round > 0 {
            bare.push(of_empty);
            ours.push(of_ours);
        }
    }
    let build =
        if program.ancestors().any(|folder| folder.ends_with("release")) { "release" } else { "debug" };
    println!(
        "{build}, {rows} rows in the page of {items} items, {rounds} starts each in turns; medians (quickest, quartiles)"
    );
    println!("{:20} {:>22} {:>22} {:>7} {:>7}", "", "empty window", "Evenkeel", "ratio", "at most");
    line("first picture, ms", &bare, &ours, |run| ms(run.shown), None);
    line("usable, ms", &bare, &ours, |run| ms(run.usable), Some(MOST_START));
    line("processor time, ms", &bare, &ours, |run| ms(run.processor), None);
    line("memory, MB", &bare, &ours, |run| run.memory / 1e6, Some(MOST_MEMORY));
}

fn line(name: &str, bare: &[Figures], ours: &[Figures], figure: impl Fn(&Figures) -> f64, most: Option<f64>) {
    let quartiles = |runs: &[Figures]| {
        let mut all: Vec<f64> = runs.iter().map(&figure).collect();
        all.sort_by(f64::total_cmp);
        [all[0], all[all.len() / 4], all[all.len() / 2], all[all.len() * 3 / 4]]
    };
    let told =
        |[least, low, middle, high]: [f64; 4]| format!("{middle:.0} ({least:.0}, {low:.0} – {high:.0})");
    let (bare, ours) = (quartiles(bare), quartiles(ours));
    let ratio = ours[2] / bare[2];
    let limit = match most {
        Some(most) if ratio > most => format!("{most:>7.2}  over"),
        Some(most) => format!("{most:>7.2}"),
        None => String::new(),
    };
    println!("{name:20} {:>22} {:>22} {ratio:>7.2} {limit}", told(bare), told(ours));
}

/// What one start showed.
struct Figures {
    /// From the start of the process to the first picture.
    shown: Duration,
    /// From the start of the process to the picture that stays.
    usable: Duration,
    /// Of all processes, until they were idle.
    processor: Duration,
    /// Bytes of all processes, when they were idle.
    memory: f64,
}

impl Figures {
    fn of(screen: &Screen, mut command: Command) -> Figures {
        let mut picture = screen.settled();
        let start = Clock::now();
        let program = command.stdin(Stdio::null()).spawn().expect("the program starts");
        let (mut shown, mut usable) = (None, Duration::ZERO);
        while shown.is_none() || start.elapsed() < usable + IDLE {
            std::thread::sleep(LOOK);
            let now = screen.look();
            if pixels_between(&picture, &now) > WORD {
                picture = now;
                usable = start.elapsed();
                shown.get_or_insert(usable);
            }
            assert!(start.elapsed() < PATIENCE, "the picture does not come to rest");
        }
        let all = family(program.id());
        let memory = all.iter().map(|&process| proportional_share(process)).sum();
        let processor = all.iter().map(|&process| processor_time(process)).sum();
        end(program, &all);
        Figures { shown: shown.unwrap_or(usable), usable, processor, memory }
    }
}

/// The pixels of a screen in memory: a window dump that the server keeps up to date.
struct Screen {
    file: File,
    pixels: u64,
    line: u64,
    lines: u64,
}

impl Screen {
    fn of(folder: &Path) -> Screen {
        let file = File::open(folder.join("Xvfb_screen0")).expect("the pixels of the screen");
        let mut head = [0; 100];
        file.read_exact_at(&mut head, 0).expect("the head of a window dump");
        let field = |at: usize| {
            u64::from(u32::from_be_bytes([
                head[at * 4],
                head[at * 4 + 1],
                head[at * 4 + 2],
                head[at * 4 + 3],
            ]))
        };
        let (head, height, line, colours) = (field(0), field(5), field(12), field(19));
        Screen { file, pixels: head + colours * 12, line, lines: height }
    }

    /// Every fourth line, so that looking takes no time; no letter is lower than that.
    fn look(&self) -> Vec<u8> {
        let line = self.line as usize;
        let mut seen = vec![0; line * self.lines.div_ceil(4) as usize];
        for (into, at) in seen.chunks_mut(line).zip((0..).step_by(4)) {
            self.file.read_exact_at(into, self.pixels + at * self.line).expect("the pixels of a line");
        }
        seen
    }

    /// What is seen when nothing has changed for a moment: the last window is gone.
    fn settled(&self) -> Vec<u8> {
        let mut before = self.look();
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let now = self.look();
            if now == before {
                return now;
            }
            before = now;
        }
    }
}

/// How many pixels are not the same.
fn pixels_between(one: &[u8], other: &[u8]) -> usize {
    // Mostly they are all the same, and that is found at once.
    if one == other {
        0
    } else {
        one.chunks(4).zip(other.chunks(4)).filter(|(one, other)| one != other).count()
    }
}

/// A process and all that it has started.
fn family(first: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    let processes = std::fs::read_dir("/proc").expect("the list of processes").flatten();
    for process in processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok()) {
        if let Some(parent) = stat(process).and_then(|fields| fields.get(1)?.parse().ok()) {
            children.entry(parent).or_default().push(process);
        }
    }
    let mut all = vec![first];
    let mut at = 0;
    while let Some(process) = all.get(at) {
        all.extend(children.remove(process).unwrap_or_default());
        at += 1;
    }
    all
}

/// What the system says of a process, from its state on.
fn stat(process: u32) -> Option<Vec<String>> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, after_name) = text.rsplit_once(')')?;
    Some(after_name.split_whitespace().map(str::to_owned).collect())
}

/// Bytes: its own, and of what it shares with others its part.
fn proportional_share(process: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let share = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kilobytes = share.and_then(|share| share.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
    kilobytes.unwrap_or_default() * 1024.0
}

/// In the hundredths of a second that Linux counts.
fn processor_time(process: u32) -> Duration {
    let fields = stat(process).unwrap_or_default();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}

/// Ends a program, and waits until its processes are gone.
fn end(mut program: Child, all: &[u32]) {
    program.kill().expect("the program can be ended");
    program.wait().expect("the program has ended");
    let until = Clock::now() + Duration::from_secs(10);
    let runs =
        |process: &u32| stat(*process).is_some_and(|fields| fields.first().is_some_and(|state| state != "Z"));
    while all.iter().any(runs) && Clock::now() < until {
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// How many rows stand in the page after the same start, on a screen where windows have frames, read in the page itself;
/// a picture goes to `target/screens`.
fn rows_in_page(kept: &Path) -> u64 {
    let device = Device::new();
    let team = device.document("team.evenkeel");
    std::fs::copy(kept, &team).expect("a fresh copy of the team");
    let window = device.start(&[team.to_str().expect("a path that is text")]);
    let count = "return document.querySelectorAll('.list-row:not(.is-coming)').length";
    window.until("rows are drawn", || window.script(count, &[]).as_u64().is_some_and(|rows| rows > 10));
    window.picture("startup");
    window.script(count, &[]).as_u64().unwrap_or_default()
}

/// Makes a team whose first screen shows its Product Backlog: an import, members, and a Sprint that is being planned.
fn make_team(path: &Path, items: usize) {
    let now = Instant::from_millis(1_795_000_000_000);
    let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
    let context = Context::new(now, 1, "bench", "");
    let mut team = Team::create(path, &Access::Script, &context.stamp(), app::team::set_up(&new, &context))
        .expect("a team");
    let export = export(items);
    let with_file = Context { attachment: Some(export.as_bytes()), ..Context::new(now, 2, "bench", "") };
    let ask = |team: &Team, query: Value, context: &Context<'_>| -> Value {
        let query = app::parse_query(&query.to_string()).expect("a query");
        serde_json::from_str(&app::ask(team, query, context).expect("an answer").0).expect("JSON")
    };
    let run = |team: &mut Team, command: Value, context: &Context<'_>| {
        let command = app::parse_command(&command.to_string()).expect("a command");
        app::run(team, command, context).expect("an outcome").created
    };
    let look = ask(&team, json!({ "exchange": { "look": {} } }), &with_file);
    run(&mut team, json!({ "exchange": { "import": { "mapping": look["mapping"] } } }), &with_file);
    let plan = json!({ "sprint": { "plan": { "name": "Sprint 1", "firstDay": "2026-11-30", "lastDay": "2026-12-11" } } });
    let sprint = run(&mut team, plan, &Context::new(now, 3, "bench", ""));
    let context = Context::new(now, 4, "bench", "");
    let first = ask(&team, json!({ "backlog": { "window": { "from": 0, "limit": 12 } } }), &context);
    let selected: Vec<&Value> =
        first["rows"].as_array().expect("rows").iter().map(|row| &row["id"]).collect();
    run(
        &mut team,
        json!({ "sprint": { "selectItems": { "sprint": sprint[0], "items": selected } } }),
        &context,
    );
}

/// An export of Jira, the same on every machine.
fn export(items: usize) -> String {
    let words =
        ["Card", "refund", "ledger", "timeout", "retries", "invoice", "export", "slow", "receipt", "login"];
    let mut text = String::from("Issue key,Issue Type,Summary,Description,Story Points,Created\n");
    for n in 1..=items {
        let said = |count: usize, step: usize| {
            (0..count).map(|at| words[(n * step + at * at + n / 10) % 10]).collect::<Vec<_>>().join(" ")
        };
        let kind = ["Story", "Bug", "Task", "Story"][n % 4];
        let size = ["", "1", "2", "3", "5", "8", "13"][n % 7];
        let (title, description) = (said(6, 3), said(25, 7));
        writeln!(text, "PAY-{n},{kind},{title},{description},{size},2026-0{}-11 10:00", 1 + n % 9)
            .expect("a text");
    }
    text
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
