//! What journeys and other tests of the whole share: a team on a disk, a clock that is set by hand, commands as JSON.
//!
//! 1. A journey goes through the same door as the window: JSON in, JSON out.
//! 2. Nothing depends on the real clock or on chance.

pub mod desktop;
pub mod timing;

use app::{Access, AppError, Context, Outcome, Team, Whose};
use domain::calendar::{Day, Instant, Zone};
use serde_json::Value;
use std::cell::Cell;
use std::path::{Path, PathBuf};

/// A team file in a folder of its own, and the clock beside it.
pub struct Desk {
    /// The open team.
    pub team: Team,
    clock: Cell<Instant>,
    calls: Cell<u64>,
    folder: tempfile::TempDir,
}

impl Desk {
    /// A new team called Payments, in Zurich, at nine on Monday 2 November 2026.
    pub fn new() -> Desk {
        Desk::at("2026-11-02 09:00")
    }

    /// A new team called Payments, in Zurich, at a local time: `2026-11-02 09:00`.
    pub fn at(local: &str) -> Desk {
        let folder = folder();
        let now = zurich(local);
        let new = app::team::NewTeam { name: "Payments".into(), zone: "Europe/Zurich".into() };
        let context = Context::new(now, 1, "test", "");
        let path = folder.path().join("payments.evenkeel");
        let team = Team::create(&path, &Access::Script, &context.stamp(), app::team::set_up(&new, &context));
        let team = team.expect("a new team");
        Desk { team, clock: Cell::new(now), calls: Cell::new(1), folder }
    }

    /// Sets the clock to a local time in Zurich: `2026-11-03 14:30`.
    pub fn clock(&self, local: &str) {
        self.clock.set(zurich(local));
    }

    /// Sets the clock to an instant, in milliseconds.
    pub fn set(&self, millis: i64) {
        self.clock.set(Instant::from_millis(millis));
    }

    /// What the clock shows.
    pub fn now(&self) -> Instant {
        self.clock.get()
    }

    /// Where the team file is.
    pub fn path(&self) -> PathBuf {
        self.team.path().to_owned()
    }

    /// The folder of the test.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Carries out a command, and may be refused.
    pub fn try_run(&mut self, command: Value) -> Result<Outcome, AppError> {
        self.try_run_with(command, None)
    }

    /// Carries out a command with the bytes of a file beside it.
    pub fn try_run_with(&mut self, command: Value, attachment: Option<&[u8]>) -> Result<Outcome, AppError> {
        let command = app::parse_command(&command.to_string())?;
        let context = Context { attachment, ..self.context() };
        app::run(&mut self.team, command, &context)
    }

    /// Carries out a command that must succeed.
    #[track_caller]
    pub fn run(&mut self, command: Value) -> Outcome {
        self.try_run(command.clone()).unwrap_or_else(|error| panic!("{command}: {error:?}"))
    }

    /// Carries out a command that must be refused, and answers how.
    #[track_caller]
    pub fn refused(&mut self, command: Value) -> AppError {
        match self.try_run(command.clone()) {
            Err(error) => error,
            Ok(outcome) => panic!("{command} was not refused: {outcome:?}"),
        }
    }

    /// Asks a query that must be answered.
    #[track_caller]
    pub fn ask(&self, query: Value) -> Value {
        self.ask_with(query, None)
    }

    /// Asks a query with the bytes of a file beside it.
    #[track_caller]
    pub fn ask_with(&self, query: Value, attachment: Option<&[u8]>) -> Value {
        let parsed =
            app::parse_query(&query.to_string()).unwrap_or_else(|error| panic!("{query}: {error:?}"));
        let context = Context { attachment, ..self.context() };
        let answer =
            app::ask(&self.team, parsed, &context).unwrap_or_else(|error| panic!("{query}: {error:?}"));
        serde_json::from_str(&answer.0).expect("an answer is JSON")
    }

    /// Asks a query, and may be refused.
    pub fn try_ask(&self, query: Value) -> Result<Value, AppError> {
        self.try_ask_with(query, None)
    }

    /// Asks a query with the bytes of a file beside it, and may be refused.
    pub fn try_ask_with(&self, query: Value, attachment: Option<&[u8]>) -> Result<Value, AppError> {
        let query = app::parse_query(&query.to_string())?;
        let context = Context { attachment, ..self.context() };
        let answer = app::ask(&self.team, query, &context)?;
        Ok(serde_json::from_str(&answer.0).expect("an answer is JSON"))
    }

    /// Closes the program and opens the team again.
    pub fn reopen(mut self) -> Desk {
        let path = self.path();
        self.team = Team::open(&path, &Access::Script).expect("the team opens again");
        self
    }

    fn context(&self) -> Context<'static> {
        self.calls.set(self.calls.get() + 1);
        Context::new(self.clock.get(), self.calls.get().wrapping_mul(0x9E37_79B9), "test", "")
    }
}

impl Default for Desk {
    fn default() -> Desk {
        Desk::new()
    }
}

/// A folder for a test; in memory where there is such a place, so that nothing waits for a disk.
pub fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    tempfile::tempdir_in(place).expect("a folder for the test")
}

/// The access of a window, for tests of the hold.
pub fn window(device: &str) -> Access {
    Access::Window(Whose { person: String::new(), device: device.into() })
}

/// The instant of a local time in Zurich: `2026-11-02 09:00`.
pub fn zurich(local: &str) -> Instant {
    let (day, time) = local.split_once(' ').unwrap_or((local, "00:00"));
    let (hour, minute) = time.split_once(':').expect("a time such as 09:00");
    let day = Day::parse(day).expect("a day such as 2026-11-02");
    let at = day.date().and_hms_opt(hour.parse().expect("hours"), minute.parse().expect("minutes"), 0);
    Zone::parse("Europe/Zurich").expect("a zone").instant(at.expect("a time"))
}

/// A folder or file of the shared data: in the folder that EVENKEEL_SHARED names, else beside the project.
/// Where there is none, says so in one line.
pub fn shared(path: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("EVENKEEL_SHARED").map_or_else(beside, PathBuf::from).join(path);
    if shared.exists() {
        return Some(shared);
    }
    println!("skipped: there is no {}", shared.display());
    None
}
