//! An open team file, and all that the shell asks of `app`.
//!
//! 1. Time and chance enter the program here: each call has the moment, and a number of its own.
//! 2. A window holds its file; who holds it is told to the next who wants it.
//! 3. A copy of an open file is kept each day, soon after it is opened and while it stays open.
//! 4. A file is to be looked through soon after it is opened, and again after another program wrote it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use app::flow::PictureFormat;
use app::team::NewTeam;
use app::{Access, AppError, Cancel, Context, ErrorKind, Progress, StoreError, Team, Whose};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::device::{Device, Remembered, chance};
use crate::host::{ChartFormat, display_name};

/// When a file that was just opened is copied: not while its window starts.
const FIRST_COPY: Duration = Duration::from_secs(20);
/// When a file that was just opened is looked through: before it is copied, and not while its window starts.
const FIRST_LOOK: Duration = Duration::from_secs(3);
/// How often it is seen whether a day has passed.
const NEXT_COPY: Duration = Duration::from_secs(60 * 60);

/// What undo and redo would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoState {
    /// The title of what would be undone.
    pub undo: Option<String>,
    /// The title of what would be redone.
    pub redo: Option<String>,
}

/// What comes with a command or a question.
pub struct Call<'c> {
    /// This device and who sits at it.
    pub device: &'c Remembered,
    /// The bytes of a picked file.
    pub attachment: Option<&'c [u8]>,
    /// Hears how far the work is.
    pub progress: &'c dyn Fn(Progress),
    /// Stops the work.
    pub cancel: &'c Cancel,
}

impl Call<'_> {
    fn context(&self) -> Context<'_> {
        Context {
            attachment: self.attachment,
            progress: self.progress,
            cancel: self.cancel,
            ..context(self.device)
        }
    }
}

/// A team file that a window holds.
pub struct OpenTeam {
    team: Team,
    path: PathBuf,
    copy_due: Instant,
    /// Nothing while the file is whole as far as is known.
    look_due: Option<Instant>,
}

impl OpenTeam {
    /// Opens a file and holds it.
    pub fn open(path: &Path, device: &Remembered) -> Result<Self, AppError> {
        Ok(Self::of(Team::open(path, &held_by(device))?))
    }

    /// Makes the file of a new team, opens and holds it. `zone` is an IANA name.
    pub fn create(path: &Path, name: &str, zone: &str, device: &Remembered) -> Result<Self, AppError> {
        let context = context(device);
        let new = NewTeam { name: name.to_owned(), zone: zone.to_owned() };
        let set_up = app::team::set_up(&new, &context);
        Ok(Self::of(Team::create(path, &held_by(device), &context.stamp(), set_up)?))
    }

    /// Makes a copy of the sample team, opens and holds it.
    pub fn sample(path: &Path, device: &Remembered) -> Result<Self, AppError> {
        Ok(Self::of(app::sample::create(path, &held_by(device), &context(device))?))
    }

    fn of(team: Team) -> Self {
        let path = team.path().canonicalize().unwrap_or_else(|_| team.path().to_owned());
        let now = Instant::now();
        Self { team, path, copy_due: now + FIRST_COPY, look_due: Some(now + FIRST_LOOK) }
    }

    /// Where the file is, without links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file may only be read.
    pub fn is_read_only(&self) -> bool {
        self.team.is_read_only()
    }

    /// Writes nothing to the file any more.
    pub fn stop_writing(&mut self) {
        self.team.stop_writing();
        self.look_due = None;
    }

    /// Whether it is time to look through the file.
    pub fn is_look_due(&self) -> bool {
        self.look_due.is_some_and(|due| due <= Instant::now())
    }

    /// The file was looked through and is whole.
    pub fn found_whole(&mut self) {
        self.look_due = None;
    }

    /// The time has come to look through the file.
    #[cfg(test)]
    pub fn look_now(&mut self) {
        self.look_due = Some(Instant::now());
    }

    /// The team's name; the file's, where the team's cannot be read.
    pub fn name(&self) -> String {
        let stem = || self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        self.team.read().team().map_or_else(|_| stem(), |team| team.name)
    }

    /// What undo and redo would do; nothing, where it cannot be read.
    pub fn undo_state(&self) -> UndoState {
        let state = self.team.read().undo_state();
        state.map_or_else(|_| UndoState::default(), |state| UndoState { undo: state.undo, redo: state.redo })
    }

    /// Carries out a command; answers its outcome as JSON.
    pub fn run(&mut self, command: &Value, call: &Call<'_>) -> Result<String, AppError> {
        let command = app::parse_command(&command.to_string())?;
        json(&app::run(&mut self.team, command, &call.context())?)
    }

    /// Answers a question as JSON.
    pub fn ask(&self, query: &Value, call: &Call<'_>) -> Result<String, AppError> {
        let query = app::parse_query(&query.to_string())?;
        Ok(app::ask(&self.team, query, &call.context())?.0)
    }

    /// Draws the chart that answers a question; answers the bytes of what is kept of it.
    pub fn draw(&self, query: &Value, format: ChartFormat, device: &Remembered) -> Result<Vec<u8>, AppError> {
        let query = app::parse_query(&query.to_string())?;
        let format = match format {
            ChartFormat::Svg => PictureFormat::Svg,
            ChartFormat::Png => PictureFormat::Png,
            ChartFormat::Csv => PictureFormat::Csv,
        };
        app::flow::picture(&self.team, query, format, &context(device))
    }

    /// Whether another program has written the file since this was last asked.
    pub fn changed_outside(&mut self) -> bool {
        // A file that cannot be read now is no news; the next question says what is the matter.
        let changed = self.team.changed_outside().unwrap_or(false);
        if changed {
            self.look_due = Some(Instant::now() + FIRST_LOOK);
        }
        changed
    }

    /// Keeps today's copy of the file, when there is none yet; answers whether the file was found damaged.
    pub fn back_up_when_due(&mut self, device: &Device) -> bool {
        if Instant::now() < self.copy_due {
            return false;
        }
        self.copy_due = Instant::now() + NEXT_COPY;
        let folder = device.copies_of(&self.path);
        let Err(error) = self.team.back_up_daily(&folder, now()) else { return false };
        eprintln!("{} could not be copied to {}: {error}", self.path.display(), folder.display());
        matches!(error, StoreError::Damaged { .. })
    }
}

/// Reads what the page sent.
pub fn read<T: DeserializeOwned>(what: &str, sent: Value) -> Result<T, AppError> {
    serde_json::from_value(sent)
        .map_err(|error| AppError::internal(format!("the {what} was not understood: {error}")))
}

/// No team is open in the window.
pub fn no_team() -> AppError {
    AppError::refused("No team is open in this window.", "Open a team, or make a new one.")
}

/// A file that a page wants to attach is not kept any more, or never was.
pub fn picked_file_gone() -> AppError {
    AppError::refused("The file that was picked is not at hand any more.", "Pick it again.")
}

/// A recent file that is not in the list.
pub fn no_longer_listed() -> AppError {
    AppError::refused("This team is not in the list of recent files any more.", "Open its file.")
}

/// A picked file that cannot be read.
pub fn cannot_read(path: &Path, error: &std::io::Error) -> AppError {
    let message = format!("{} cannot be read: {error}.", display_name(path));
    of_kind(ErrorKind::File, message, "Choose a file that you may read.")
}

/// A file that cannot be saved.
pub fn cannot_write(path: &Path, error: &std::io::Error) -> AppError {
    let message = format!("{} cannot be written: {error}.", display_name(path));
    match error.kind() {
        std::io::ErrorKind::StorageFull => {
            of_kind(ErrorKind::DiskFull, message, "Make room and save it again.")
        }
        _ => of_kind(ErrorKind::File, message, "Choose another place."),
    }
}

fn of_kind(kind: ErrorKind, message: String, hint: &str) -> AppError {
    AppError { kind, message, hint: Some(hint.to_owned()), field: None }
}

fn json(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(|error| AppError::internal(error.to_string()))
}

fn context(device: &Remembered) -> Context<'_> {
    Context::new(now(), chance(), &device.id, &device.settings.person)
}

/// The moment; a clock that stands before 1970 says 1970.
fn now() -> app::Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    app::Instant::from_millis(since.as_millis().try_into().unwrap_or(i64::MAX))
}

fn held_by(device: &Remembered) -> Access {
    Access::Window(Whose { person: device.settings.person.clone(), device: name_of_this_machine() })
}

/// The machine's name among people. It is told to who else opens the file, and is not written into it.
fn name_of_this_machine() -> String {
    let from_system = || std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let from_variable = || std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).ok();
    let name = from_system().or_else(from_variable).unwrap_or_default();
    let name = name.trim();
    if name.is_empty() { "another machine".into() } else { name.to_owned() }
}
