//! Opening, creating and closing a team file.
//!
//! 1. A file is looked at before it is opened: what is foreign, newer, cut short or a folder is refused untouched.
//! 2. Creating makes a whole file beside the place and moves it there; migrating happens in one transaction, after a
//!    copy was set aside.
//! 3. A window holds its file by a note beside it, which names the holder to a second window. Scripts read and write
//!    without the hold and wait up to 5 seconds for a lock.
//! 4. A file that may not be written is opened for reading.
//! 5. A closed team is one file: the rollback journal is gone after each transaction, the note after the window.

use crate::backlog::Order;
use crate::journal::{Reader, Stamp};
use crate::{Result, StoreError, schema};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

mod copies;

pub use copies::{DailyCopy, daily_copies, look_through};

/// How a team file is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// By a window, which holds the file.
    Window(Whose),
    /// By a script, beside a window.
    Script,
}

/// Who holds a file, in words for the next who wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// Who sits at the device; may be empty.
    pub person: String,
    /// The device.
    pub device: String,
}

/// An open team file.
pub struct Team {
    pub(crate) connection: Connection,
    pub(crate) order: Order,
    path: PathBuf,
    read_only: bool,
    seen_version: i64,
    // Given back when the team is closed.
    _hold: Option<Hold>,
}

impl Team {
    /// Creates a team file with its first operation, and opens it.
    ///
    /// The setting up writes the first rows. Errors: `Exists`, `Files`, `DiskFull`, and those of the setting up.
    pub fn create<E: From<StoreError>>(
        path: &Path,
        access: &Access,
        stamp: &Stamp<'_>,
        set_up: impl FnOnce(&mut crate::Writer<'_>) -> Result<(String, ()), E>,
    ) -> Result<Team, E> {
        Team::create_with(path, access, stamp, set_up, |_| Ok(()))
    }

    /// Creates a team file with its first operation and more that follow, and opens it: all of them, or no file.
    ///
    /// Errors: those of [`Team::create`], and those of the work that follows.
    pub fn create_with<E: From<StoreError>>(
        path: &Path,
        access: &Access,
        stamp: &Stamp<'_>,
        set_up: impl FnOnce(&mut crate::Writer<'_>) -> Result<(String, ()), E>,
        then: impl FnOnce(&mut Team) -> Result<(), E>,
    ) -> Result<Team, E> {
        if path.try_exists().map_err(|error| files(path, &error))? {
            return Err(StoreError::Exists(path.to_owned()).into());
        }
        let making = beside(path, ".making");
        let made = make(&making, stamp, set_up, then).and_then(|()| {
            fs::rename(&making, path).map_err(|error| files(path, &error))?;
            Ok(())
        });
        if let Err(error) = made {
            let _ = fs::remove_file(&making);
            return Err(error);
        }
        Ok(Team::open(path, access)?)
    }

    /// Opens a team file. Errors: every kind of [`StoreError`] that speaks of a file; the file is then unchanged.
    pub fn open(path: &Path, access: &Access) -> Result<Team> {
        Team::open_whole(path, access).map_err(|error| error.in_file(path))
    }

    fn open_whole(path: &Path, access: &Access) -> Result<Team> {
        let format = look(path)?;
        let hold = match access {
            Access::Window(whose) => Hold::take(path, whose)?,
            Access::Script => None,
        };
        let read_only = !may_write(path);
        let flags =
            if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
        let mut connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        prepare(&connection, read_only)?;
        if format < schema::NEWEST {
            if read_only {
                return Err(StoreError::ReadOnly);
            }
            let aside = path.with_extension(format!("format-{format}.evenkeel"));
            fs::copy(path, &aside).map_err(|error| files(&aside, &error))?;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
            schema::migrate(&transaction, format)?;
            transaction.commit()?;
        }
        connection.execute_batch(&schema::triggers(&connection)?)?;
        let order = Order::listen(&mut connection)?;
        let mut team =
            Team { connection, order, path: path.to_owned(), read_only, seen_version: 0, _hold: hold };
        team.seen_version = team.data_version()?;
        Ok(team)
    }

    /// Reads the file.
    pub fn read(&self) -> Reader<'_> {
        Reader { connection: &self.connection, order: &self.order }
    }

    /// Whether the file may only be read.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Writes nothing to the file any more, as if it may only be read.
    pub fn stop_writing(&mut self) {
        self.read_only = true;
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether somebody else has changed the file since this was last asked.
    pub fn changed_outside(&mut self) -> Result<bool> {
        let version = self.data_version()?;
        Ok(std::mem::replace(&mut self.seen_version, version) != version)
    }

    fn data_version(&self) -> Result<i64> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }
}

fn make<E: From<StoreError>>(
    path: &Path,
    stamp: &Stamp<'_>,
    set_up: impl FnOnce(&mut crate::Writer<'_>) -> Result<(String, ()), E>,
    then: impl FnOnce(&mut Team) -> Result<(), E>,
) -> Result<(), E> {
    // Left over from a creation that was cut short.
    let _ = fs::remove_file(path);
    let create = || -> Result<Team> {
        let mut connection = Connection::open(path)?;
        prepare(&connection, false)?;
        // Nothing of the file counts before it is whole: it is brought to the disk once, at the end.
        connection.pragma_update(None, "synchronous", "OFF")?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        schema::migrate(&transaction, 0)?;
        transaction.commit()?;
        connection.execute_batch(&schema::triggers(&connection)?)?;
        let order = Order::listen(&mut connection)?;
        Ok(Team { connection, order, path: path.to_owned(), read_only: false, seen_version: 0, _hold: None })
    };
    let mut team = create()?;
    team.transact(stamp, set_up)?;
    then(&mut team)?;
    drop(team);
    let written = OpenOptions::new().write(true).open(path).and_then(|file| file.sync_all());
    Ok(written.map_err(|error| files(path, &error))?)
}

fn prepare(connection: &Connection, read_only: bool) -> Result<()> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // The rows of 100,000 items fit: what a search finds lies all over the file. Small files take what they are.
    connection.pragma_update(None, "cache_size", -64_000)?;
    if !read_only {
        // EXTRA also makes the removal of the rollback journal durable: a command that was answered is kept.
        connection.pragma_update(None, "synchronous", "EXTRA")?;
    }
    Ok(())
}

/// Looks at the first bytes of a file and answers its format.
fn look(path: &Path) -> Result<i64> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::NotFound(path.to_owned()));
        }
        Err(error) => return Err(files(path, &error)),
    };
    if !metadata.is_file() {
        return Err(StoreError::NotATeamFile(path.to_owned()));
    }
    let mut header = [0_u8; 100];
    let mut file = File::open(path).map_err(|error| files(path, &error))?;
    if file.read_exact(&mut header).is_err() || &header[..16] != b"SQLite format 3\0" {
        return Err(StoreError::NotATeamFile(path.to_owned()));
    }
    let number = |at: usize| {
        i64::from(u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]))
    };
    if number(68) != i64::from(schema::APPLICATION_ID) {
        return Err(StoreError::NotATeamFile(path.to_owned()));
    }
    let format = number(60);
    if format > schema::NEWEST {
        return Err(StoreError::NewerFile { found: format, known: schema::NEWEST });
    }
    // A rollback journal beside the file means that the pages are about to be put right.
    let pages = number(28) * i64::from(u16::from_be_bytes([header[16], header[17]]).max(512));
    if (metadata.len() as i64) < pages && !beside(path, "-journal").exists() {
        return Err(StoreError::damaged(format!(
            "{} bytes are missing at its end",
            pages - metadata.len() as i64
        )));
    }
    Ok(format)
}

fn may_write(path: &Path) -> bool {
    let marked = fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly());
    !marked && OpenOptions::new().write(true).open(path).is_ok()
}

fn files(path: &Path, error: &std::io::Error) -> StoreError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
        std::io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
        _ => StoreError::Files { path: path.to_owned(), reason: error.to_string() },
    }
}

/// The same place with something added to the name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A window's hold on a file: a locked note beside it, `NAME.evenkeel.open`, that says who has it.
///
/// The lock falls with the process, so a note that nobody locks is left over and is taken.
struct Hold {
    note: PathBuf,
    file: File,
}

impl Hold {
    /// Takes the hold. None where no note can be written: a folder that may only be read.
    fn take(path: &Path, whose: &Whose) -> Result<Option<Hold>> {
        let note = beside(path, ".open");
        let Ok(mut file) = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&note)
        else {
            return Ok(None);
        };
        if file.try_lock().is_err() {
            let mut text = String::new();
            let _ = file.read_to_string(&mut text);
            let whose = text.trim().to_owned();
            return Err(StoreError::InUse { whose: (!whose.is_empty()).then_some(whose) });
        }
        let person = if whose.person.is_empty() { String::new() } else { format!("{} on ", whose.person) };
        let _ = file.set_len(0);
        let _ = file.write_all(format!("{person}{}\n", whose.device).as_bytes());
        Ok(Some(Hold { note, file }))
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.note);
        let _ = self.file.unlock();
    }
}
