//! The command line of Evenkeel: the same commands and views as the window, for scripts and build servers.
//!
//! 1. It goes through `run` and `ask` like the window, and works where there is no display.
//! 2. It reads beside an open window; a write waits up to 5 seconds for the file.
//! 3. Tables go to standard output, everything else to standard error; `--json` prints the view itself.
//! 4. Exit codes: 0 done, 1 refused or problems found, 2 used wrongly, 3 the file cannot be used.

mod arguments;
mod capacity;
mod daily;
mod delivery;
mod export;
mod forecast;
mod import;
mod import_deployments;
mod import_reliability;
mod incident;
mod interrupt;
mod on_call;
mod reliability;
mod table;
mod views;

use app::team::NewTeam;
use app::{Access, AppError, Context, ErrorKind, Instant, Progress, Team};
use arguments::{Action, Arguments, IncidentAction, InterruptAction};
use clap::Parser;
use serde::Serialize;
use serde_json::Value;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let device = device();
    let done = match &arguments.action {
        None => open_the_desktop(),
        Some(action) => act(action, &device),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", error.message);
            if let Some(hint) = &error.hint {
                eprintln!("{hint}");
            }
            ExitCode::from(exit_code(error.kind))
        }
    }
}

fn exit_code(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::Refused | ErrorKind::Cancelled | ErrorKind::Internal => 1,
        ErrorKind::NotFound
        | ErrorKind::File
        | ErrorKind::Damaged
        | ErrorKind::InUse
        | ErrorKind::ReadOnly
        | ErrorKind::DiskFull => 3,
    }
}

fn act(action: &Action, device: &str) -> Result<ExitCode, AppError> {
    let context = context(device);
    match action {
        Action::New { file, name, zone } => {
            let zone =
                zone.clone().or_else(|| iana_time_zone::get_timezone().ok()).unwrap_or_else(|| "UTC".into());
            let new = NewTeam { name: name.clone(), zone };
            Team::create(file, &Access::Script, &context.stamp(), app::team::set_up(&new, &context))?;
            say(&format!("Created {}.", file.display()))
        }
        Action::Sample { file } => {
            app::sample::create(file, &Access::Script, &context)?;
            say(&format!("Created {}, a sample team.", file.display()))
        }
        Action::Check { team, json } => views::check(&open(&team.team)?, *json),
        Action::Backlog(question) => views::backlog(&open(&question.team.team)?, question, &context),
        Action::Sprint(question) => views::sprint(&open(&question.team.team)?, question, &context),
        Action::Interrupt { action: InterruptAction::Add(add) } => {
            interrupt::add(&mut open(&add.team.team)?, add, &context)
        }
        Action::Incident { action: IncidentAction::Report(report) } => {
            incident::report(&mut open(&report.team.team)?, report, &context)
        }
        Action::Incidents(question) => incident::list(&open(&question.team.team)?, question, &context),
        Action::Interrupts(question) => interrupt::list(&open(&question.team.team)?, question, &context),
        Action::Reliability(question) => {
            reliability::reliability(&open(&question.team.team)?, question, &context)
        }
        Action::Split(question) => interrupt::split(&open(&question.team.team)?, question, &context),
        Action::Capacity(question) => capacity::capacity(&open(&question.team.team)?, question, &context),
        Action::OnCall(question) => on_call::on_call(&mut open(&question.team.team)?, question, &context),
        Action::Daily(question) => daily::daily(&open(&question.team.team)?, question, &context),
        Action::Chart(chart) => views::chart(&open(&chart.team.team)?, chart, &context),
        Action::Forecast { action } => forecast::forecast(action, &context),
        Action::Gate(question) => delivery::gate(&mut open(&question.team.team)?, question, &context),
        Action::Deployed(said) => delivery::deployed(&mut open(&said.team.team)?, said, &context),
        Action::Dora(question) => delivery::measures(&open(&question.team.team)?, question, &context),
        Action::Export(question) => export::export(&open(&question.team.team)?, question, &context),
        Action::Import(rows) => import::import(rows, open, &context),
        Action::Ask { team, query, file } => {
            let query = match written(query, app::parse_query(query)) {
                Ok(query) => query,
                Err(said) => return misused(query, &said),
            };
            let attachment = file.as_deref().map(read).transpose()?;
            let context = Context { attachment: attachment.as_deref(), ..context };
            let answer = app::ask(&open(&team.team)?, query, &context)?;
            say(&answer.0)
        }
        Action::Run { team, command, file } => {
            let command = match written(command, app::parse_command(command)) {
                Ok(command) => command,
                Err(said) => return misused(command, &said),
            };
            let attachment = file.as_deref().map(read).transpose()?;
            let context = Context { attachment: attachment.as_deref(), ..context };
            let outcome = app::run(&mut open(&team.team)?, command, &context)?;
            say(&views::json(&outcome)?)
        }
    }
}

/// A call as somebody wrote it; else why it is none, in words that name what is wrong and what could stand there.
fn written<T: Serialize>(json: &str, call: Result<T, AppError>) -> Result<T, String> {
    let call = call.map_err(|error| error.message)?;
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    match unknown(&read(json), &serde_json::to_value(&call).unwrap_or_default()) {
        None => Ok(call),
        Some((word, known)) => Err(format!("unknown word `{word}`, expected one of {}", known.join(", "))),
    }
}

/// The first word of a call that nothing was made of, with those that could stand in its place.
///
/// The call is written again from what was understood: a word that is not there any more was not.
fn unknown(said: &Value, understood: &Value) -> Option<(String, Vec<String>)> {
    match (said, understood) {
        (Value::Object(said), Value::Object(understood)) => {
            said.iter().find_map(|(word, value)| match understood.get(word) {
                Some(inner) => unknown(value, inner),
                None if value.is_null() => None,
                None => Some((word.clone(), understood.keys().map(|known| format!("`{known}`")).collect())),
            })
        }
        (Value::Array(said), Value::Array(understood)) => {
            said.iter().zip(understood).find_map(|(one, other)| unknown(one, other))
        }
        _ => None,
    }
}

/// JSON that is no call: used wrongly.
fn misused(json: &str, said: &str) -> Result<ExitCode, AppError> {
    // Words that JSON puts between backticks stand between quotation marks.
    let parts = said.split('`').enumerate();
    let said: String = parts
        .map(|(at, part)| match at {
            0 => part.to_owned(),
            at if at % 2 == 1 => format!("“{part}"),
            _ => format!("”{part}"),
        })
        .collect();
    eprintln!("“{json}” is no call of the window: {said}.");
    eprintln!(
        "Write JSON such as '{{\"team\":{{\"overview\":{{}}}}}}'; tests/ui-types/contract.d.ts lists all of them."
    );
    Ok(ExitCode::from(2))
}

fn open(path: &Path) -> Result<Team, AppError> {
    Ok(Team::open(path, &Access::Script)?)
}

fn read(path: &Path) -> Result<Vec<u8>, AppError> {
    std::fs::read(path).map_err(|error| file_error(path, &error))
}

/// Writes a file in one step: a half-written one never stands under the name.
fn write(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let mut making = path.as_os_str().to_owned();
    making.push(".making");
    let written = std::fs::write(&making, bytes).and_then(|()| std::fs::rename(&making, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&making);
        file_error(path, &error)
    })
}

fn file_error(path: &Path, error: &std::io::Error) -> AppError {
    let said =
        AppError::refused(format!("{}: {error}", path.display()), "Check the name and that you may use it.");
    AppError { kind: ErrorKind::File, ..said }
}

/// Prints a text to standard output; somebody who stops listening (`| head`) is no error.
fn say(text: &str) -> Result<ExitCode, AppError> {
    let _ = writeln!(std::io::stdout(), "{}", text.trim_end());
    Ok(ExitCode::SUCCESS)
}

/// Time and chance enter the program here.
fn context(device: &str) -> Context<'_> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let chance = RandomState::new().build_hasher().finish();
    Context::new(Instant::from_millis(since.as_millis() as i64), chance, device, "")
}

fn progress(so_far: Progress) {
    // Only for somebody who watches; a log would be full of it.
    if std::io::IsTerminal::is_terminal(&std::io::stderr()) && so_far.of > 0 {
        eprint!("\r{} % ", so_far.done.saturating_mul(100) / so_far.of);
        if so_far.done >= so_far.of {
            eprint!("\r      \r");
        }
    }
}

/// Names this device in the journal.
fn device() -> String {
    let named = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let of_system = || std::fs::read_to_string("/etc/hostname").ok().map(|text| text.trim().to_owned());
    named("HOSTNAME")
        .or_else(|| named("COMPUTERNAME"))
        .or_else(of_system)
        .unwrap_or_else(|| "command line".into())
}

/// Without arguments: starts the desktop program that lies beside this one.
fn open_the_desktop() -> Result<ExitCode, AppError> {
    let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !has("DISPLAY") && !has("WAYLAND_DISPLAY") {
        return Err(AppError::refused(
            "There is no display to open the window on.",
            "`evenkeel --help` says what works without one.",
        ));
    }
    let name = format!("evenkeel-desktop{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe().ok().and_then(|here| here.parent().map(|folder| folder.join(&name)));
    let started = beside.map(|program| std::process::Command::new(program).spawn());
    match started {
        Some(Ok(_)) => Ok(ExitCode::SUCCESS),
        _ => Err(AppError::refused(
            "The desktop program is not beside this one.",
            format!(
                "Install {name} in the same folder, or see `evenkeel --help` for what works without a window."
            ),
        )),
    }
}
