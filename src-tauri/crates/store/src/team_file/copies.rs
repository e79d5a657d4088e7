//! Copies of a team file, and whether the pages of a file hold together.
//!
//! 1. A copy stands under its name only when it is whole; it is made while others write.
//! 2. One copy a day is kept, and the newest ten. A copy of damage is none: it pushes out no copy from before it.
//! 3. A file is looked through on a connection of its own, which changes nothing and stops when it is asked to.
//! 4. What is tried out is tried out on a copy in memory: nothing of it comes to the file.

use super::{Team, beside, files, prepare};
use crate::backlog::Order;
use crate::{Reader, Result, StoreError, schema};
use domain::calendar::{Day, Instant, Zone};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// How many daily copies are kept.
const KEPT: usize = 10;
/// After how many steps of SQLite it is asked whether to stop: a fraction of a millisecond.
const STEPS: i32 = 100;

/// A copy of a team file that was made on some day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyCopy {
    /// Where it is.
    pub path: PathBuf,
    /// When it was made.
    pub made: Instant,
}

impl Team {
    /// Writes a copy of the file as it is now, also while others write.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        let mut copy = Connection::open(to)?;
        let backup = Backup::new(&self.connection, &mut copy)?;
        backup.run_to_completion(1_000, Duration::ZERO, None)?;
        Ok(())
    }

    /// Keeps a copy of today in a folder, at most one a day and the newest ten; answers whether it made one.
    ///
    /// Errors: [`StoreError::Damaged`] where the file's pages do not hold together; the copies before stay, all of them.
    pub fn back_up_daily(&self, folder: &Path, now: Instant) -> Result<bool> {
        fs::create_dir_all(folder).map_err(|error| files(folder, &error))?;
        let today = folder.join(format!("{} {}.evenkeel", stem(&self.path), Zone::UTC.day_of(now)));
        if today.exists() {
            return Ok(false);
        }
        let making = beside(&today, ".making");
        if let Err(error) = self.back_up(&making).and_then(|()| look_through(&making, || false)) {
            let _ = fs::remove_file(&making);
            return Err(error.in_file(&self.path));
        }
        fs::rename(&making, &today).map_err(|error| files(&today, &error))?;
        for old in daily_copies(folder, &self.path)?.into_iter().skip(KEPT) {
            let _ = fs::remove_file(old.path);
        }
        Ok(true)
    }
}

impl Reader<'_> {
    /// A copy in memory of what is read here, to try out what changes would come to; also of a file that may not be
    /// written.
    pub fn rehearsal(&self) -> Result<Team> {
        let mut connection = Connection::open_in_memory()?;
        Backup::new(self.connection, &mut connection)?.run_to_completion(10_000, Duration::ZERO, None)?;
        prepare(&connection, false)?;
        connection.execute_batch(&schema::triggers(&connection)?)?;
        let order = Order::listen(&mut connection)?;
        let path = self.connection.path().map(PathBuf::from).unwrap_or_default();
        Ok(Team { connection, order, path, read_only: false, seen_version: 0, _hold: None })
    }
}

/// The daily copies of a file that a folder holds, the newest first; none where there is no such folder.
pub fn daily_copies(folder: &Path, of: &Path) -> Result<Vec<DailyCopy>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(files(folder, &error)),
    };
    let mut copies: Vec<(Day, DailyCopy)> = entries
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let day = day_of_copy(&path, &stem(of))?;
            let since = entry.metadata().ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            let made = Instant::from_millis(since.as_millis().try_into().ok()?);
            Some((day, DailyCopy { path, made }))
        })
        .collect();
    copies.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    Ok(copies.into_iter().map(|(_, copy)| copy).collect())
}

/// Looks through all pages of a file: whether they hold together.
///
/// Who writes to the file waits meanwhile. Errors: [`StoreError::Damaged`], [`StoreError::Cancelled`] once `stop` says so,
/// [`StoreError::InUse`] while somebody writes.
pub fn look_through(path: &Path, stop: impl Fn() -> bool + Send + 'static) -> Result<()> {
    let look = || -> Result<String> {
        let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.progress_handler(STEPS, Some(stop))?;
        Ok(connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?)
    };
    let found = look().map_err(|error| error.in_file(path))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::damaged(found).in_file(path)) }
}

/// The day in the name of a copy: `STEM YYYY-MM-DD.evenkeel`.
fn day_of_copy(path: &Path, stem: &str) -> Option<Day> {
    let name = path.file_name()?.to_str()?;
    Day::parse(name.strip_prefix(stem)?.strip_prefix(' ')?.strip_suffix(".evenkeel")?)
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "team".into(), |stem| stem.to_string_lossy().into_owned())
}
