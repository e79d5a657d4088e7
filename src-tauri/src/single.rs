//! One program for all windows of a person: a second start hands its file to the first, and ends.
//!
//! 1. The first is who holds the lock in the folder of the settings; it listens on a socket beside the lock. Both go with
//!    the process, however that ends.
//! 2. Nothing depends on it: where it does not work there are two programs, and the lock of each team file keeps them
//!    apart.
//! 3. What is handed over is the path of a file, or nothing: then a window comes to the front.
//! 4. The second ends when the first has answered, not before.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const HEARD: &[u8] = b"heard";
/// How long the other may take to say something.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a start of the program is.
pub enum Start {
    /// The first; later ones are heard through it.
    First(First),
    /// Another program runs and does what was wanted.
    Second,
}

/// The first program.
pub struct First {
    door: UnixListener,
    /// Held until the process ends.
    _lock: File,
}

/// Finds out which start this is, by the folder of the settings; a second one hands over its file.
pub fn start(folder: &Path, file: Option<&Path>) -> io::Result<Start> {
    fs::create_dir_all(folder)?;
    let door = folder.join("running.socket");
    let lock = File::options().write(true).create(true).truncate(false).open(folder.join("running.lock"))?;
    match lock.try_lock() {
        Ok(()) => {
            // One that is there was left by a program that was ended.
            let _ = fs::remove_file(&door);
            Ok(Start::First(First { door: UnixListener::bind(&door)?, _lock: lock }))
        }
        Err(TryLockError::WouldBlock) => {
            hand_over(connect(&door)?, file)?;
            Ok(Start::Second)
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl First {
    /// Listens to later starts on a thread of its own; `serve` is told the file of each.
    pub fn listen(self, serve: impl Fn(Option<PathBuf>) + Send + 'static) {
        std::thread::spawn(move || {
            // All of it: a closure takes only the parts that it names, and the lock would go at once.
            let first = self;
            while let Ok((second, _)) = first.door.accept() {
                // One that breaks off is not served.
                if let Ok(file) = hear(second) {
                    serve(file);
                }
            }
        });
    }
}

/// The first may have its lock and not yet its socket.
fn connect(door: &Path) -> io::Result<UnixStream> {
    let until = Instant::now() + PATIENCE;
    loop {
        match UnixStream::connect(door) {
            Err(_) if Instant::now() < until => std::thread::sleep(Duration::from_millis(10)),
            connected => return connected,
        }
    }
}

fn hand_over(mut first: UnixStream, file: Option<&Path>) -> io::Result<()> {
    first.set_read_timeout(Some(PATIENCE))?;
    if let Some(file) = file {
        first.write_all(std::path::absolute(file)?.as_os_str().as_bytes())?;
    }
    first.shutdown(Shutdown::Write)?;
    let mut answer = Vec::new();
    first.read_to_end(&mut answer)?;
    if answer == HEARD { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn hear(mut second: UnixStream) -> io::Result<Option<PathBuf>> {
    second.set_read_timeout(Some(PATIENCE))?;
    let mut file = Vec::new();
    second.read_to_end(&mut file)?;
    second.write_all(HEARD)?;
    Ok((!file.is_empty()).then(|| std::ffi::OsString::from_vec(file).into()))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn first(folder: &Path) -> First {
        match start(folder, None).unwrap() {
            Start::First(first) => first,
            Start::Second => panic!("nobody else runs"),
        }
    }

    #[test]
    fn a_second_start_hands_over_its_file_and_a_third_only_comes_forward() {
        let folder = tempfile::tempdir().unwrap();
        let (tell, told) = mpsc::channel();
        first(folder.path()).listen(move |file| tell.send(file).unwrap());
        let file = Path::new("/teams/Zürich \"1\"\n.evenkeel");
        assert!(matches!(start(folder.path(), Some(file)).unwrap(), Start::Second));
        assert!(matches!(start(folder.path(), None).unwrap(), Start::Second));
        assert_eq!([told.recv().unwrap(), told.recv().unwrap()], [Some(file.to_owned()), None]);
    }

    #[test]
    fn a_file_is_named_as_the_second_start_sees_it() {
        let folder = tempfile::tempdir().unwrap();
        let (tell, told) = mpsc::channel();
        first(folder.path()).listen(move |file| tell.send(file).unwrap());
        start(folder.path(), Some(Path::new("here.evenkeel"))).unwrap();
        let here = std::env::current_dir().unwrap().join("here.evenkeel");
        assert_eq!(told.recv().unwrap(), Some(here));
    }

    #[test]
    fn a_socket_that_was_left_behind_keeps_nobody_from_being_the_first() {
        let folder = tempfile::tempdir().unwrap();
        drop(first(folder.path()));
        assert!(folder.path().join("running.socket").exists());
        first(folder.path());
    }
}
