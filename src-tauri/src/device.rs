//! What this device remembers: recent team files, the size of a window, the person at the keyboard, the looks.
//! One small JSON file in the program's configuration folder. Nothing of it is in a team file.
//!
//! 1. The file is read once when the program starts. Every change reads it again first, so that two running programs do
//!    not undo each other's changes.
//! 2. The file is replaced in one step: what stands on the disk is always a whole file. What changes nothing writes nothing.
//! 3. A file that cannot be read as what it should be is set aside under another name, not overwritten.
//! 4. The thread of the windows writes nothing: it notes a size, which is written with the next change, or at the end.
//! 5. Nothing here stops the program: what cannot be written is forgotten at the end, and the team is safe.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::shell::lock;

/// How many team files *Open recent* lists.
const RECENT_FILES: usize = 10;

/// The looks of all windows of this device.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DeviceTheme")]
pub enum Theme {
    /// As the desktop says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Large and high in contrast, for a projector.
    Projector,
}

/// The settings of this device that a person can change.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(rename = "DeviceSettings")]
pub struct Settings {
    /// Who sits at this device: written beside each operation; may be empty.
    pub person: String,
    /// The looks.
    pub theme: Theme,
}

/// A team file that was open on this device.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecentFile {
    /// Where it is.
    pub path: PathBuf,
    /// The team's name when it was last open.
    pub name: String,
}

impl RecentFile {
    /// Names the file to the page, which never sees a whole path; the same after a restart.
    pub fn handle(&self) -> String {
        handle(&self.path)
    }
}

/// A short name for a path that does not tell it: FNV-1a of 64 bits, because folders of copies bear it, and the hash of
/// the standard library may differ with each of its releases.
pub fn handle(path: &Path) -> String {
    let hash = path.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Everything in the file.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Remembered {
    /// Names this device in the journal of a team file.
    pub id: String,
    /// What a person can change.
    pub settings: Settings,
    /// Width and height of the window that was closed last, in logical pixels. Never a position: Wayland has none.
    pub window: Option<(f64, f64)>,
    /// The magnification of the page.
    pub zoom: f64,
    /// The newest first.
    pub recent: Vec<RecentFile>,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            id: format!("{:016x}{:016x}", chance(), chance()),
            settings: Settings::default(),
            window: None,
            zoom: 1.0,
            recent: Vec::new(),
        }
    }
}

impl Remembered {
    /// Puts a file first in the list.
    fn opened(&mut self, now: RecentFile) {
        self.recent.retain(|file| file.path != now.path);
        self.recent.insert(0, now);
        self.recent.truncate(RECENT_FILES);
    }

    /// Takes a file out of the list.
    pub fn forget(&mut self, handle: &str) {
        self.recent.retain(|file| file.handle() != handle);
    }

    /// The recent files, each with whether it is there. Asks the disk, which may be slow.
    pub fn recent_on_disk(&self) -> Vec<(RecentFile, bool)> {
        self.recent.iter().map(|file| (file.clone(), file.path.exists())).collect()
    }

    /// The file that a page means by its handle.
    pub fn find(&self, handle: &str) -> Option<&RecentFile> {
        self.recent.iter().find(|file| file.handle() == handle)
    }
}

/// This device.
pub struct Device {
    /// Where the daily copies of team files are kept.
    copies: PathBuf,
    file: PathBuf,
    /// Held while the file is written.
    last: Mutex<Remembered>,
    /// A size of a window that is not written yet.
    noted: Mutex<Option<(f64, f64)>>,
}

impl Device {
    /// Reads what was remembered in the folder `settings`, nothing of which is a new device; team files are copied to a
    /// folder in `data`.
    pub fn new(settings: &Path, data: &Path) -> Self {
        let device = Self {
            copies: data.join("backups"),
            file: settings.join("device.json"),
            last: Mutex::default(),
            noted: Mutex::default(),
        };
        match device.read() {
            Some(on_disk) => *lock(&device.last) = on_disk,
            // The name of a new device is the same from its first operation on.
            None => device.write(&lock(&device.last)),
        }
        device
    }

    /// What is remembered, as of the last change made here.
    pub fn get(&self) -> Remembered {
        let mut remembered = lock(&self.last).clone();
        remembered.window = lock(&self.noted).or(remembered.window);
        remembered
    }

    /// Where the daily copies of a file are kept: two files of one name in two folders have theirs in two folders.
    pub fn copies_of(&self, file: &Path) -> PathBuf {
        self.copies.join(handle(file))
    }

    /// Notes the size of a window, without waiting for the disk.
    pub fn note_window(&self, size: (f64, f64)) {
        *lock(&self.noted) = Some(size);
    }

    /// Writes the size that was noted; returns when it is on the disk, whoever has written it.
    pub fn write_noted(&self) {
        let last = lock(&self.last);
        if lock(&self.noted).is_some() {
            self.write_changed(last, |_| ());
        }
    }

    /// Puts a file that is open now first among the recent ones.
    pub fn opened(&self, path: &Path, name: &str) {
        let now = RecentFile { path: path.to_owned(), name: name.to_owned() };
        // Mostly it is the one that was open last; then the disk is not asked.
        if self.get().recent.first() != Some(&now) {
            self.change(|remembered| remembered.opened(now));
        }
    }

    /// Keeps the name that a recent file's team has now.
    pub fn renamed(&self, path: &Path, name: &str) {
        let other = |file: &RecentFile| file.path == path && file.name != name;
        // Mostly nothing has changed; then nothing is written.
        if self.get().recent.iter().any(other) {
            self.change(|remembered| {
                for file in remembered.recent.iter_mut().filter(|file| other(file)) {
                    file.name = name.to_owned();
                }
            });
        }
    }

    /// Changes what is remembered and writes it. A failure to write is printed and otherwise without consequence.
    pub fn change<T>(&self, change: impl FnOnce(&mut Remembered) -> T) -> T {
        self.write_changed(lock(&self.last), change)
    }

    fn write_changed<T>(
        &self,
        mut last: MutexGuard<'_, Remembered>,
        change: impl FnOnce(&mut Remembered) -> T,
    ) -> T {
        let on_disk = self.read();
        if let Some(on_disk) = &on_disk {
            *last = on_disk.clone();
        }
        last.window = lock(&self.noted).take().or(last.window);
        let answer = change(&mut last);
        if on_disk.as_ref() != Some(&*last) {
            self.write(&last);
        }
        answer
    }

    fn read(&self) -> Option<Remembered> {
        let text = fs::read(&self.file).ok()?;
        let read = serde_json::from_slice(&text);
        if read.is_err() {
            let aside = self.file.with_extension("json.damaged");
            eprintln!("{} cannot be read; it is kept as {}", self.file.display(), aside.display());
            // Where even that fails, the next write replaces a file that nobody could read.
            let _ = fs::rename(&self.file, aside);
        }
        read.ok()
    }

    fn write(&self, remembered: &Remembered) {
        let text = serde_json::to_vec_pretty(remembered).map_err(std::io::Error::from);
        if let Err(error) = text.and_then(|text| write_whole(&self.file, &text)) {
            eprintln!("The settings of this device could not be written to {}: {error}", self.file.display());
        }
    }
}

/// A number that nobody can foresee, from the chance that the system gives to every hash map.
pub fn chance() -> u64 {
    use std::hash::{BuildHasher as _, RandomState};
    RandomState::new().hash_one(std::time::SystemTime::now())
}

/// Writes a file in one step: a reader finds the old bytes or the new ones, never a part.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    let part = folder.join(name);
    let written = fs::File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&part, path)).inspect_err(|_| {
        // The part is of no use; where it cannot be removed either, the first error says more.
        let _ = fs::remove_file(&part);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_changed_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let device = Device::new(folder.path(), folder.path());
        device.change(|r| {
            r.settings.person = "Ana".into();
            r.window = Some((1000.0, 700.0));
        });
        device.opened(Path::new("/teams/payments.evenkeel"), "Payments");
        let again = Device::new(folder.path(), folder.path());
        assert_eq!(again.get(), device.get());
        assert_eq!(again.get().settings.person, "Ana");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "one file, no parts");
    }

    #[test]
    fn a_size_that_was_noted_counts_at_once_and_is_written_with_the_next_change_or_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let device = Device::new(folder.path(), folder.path());
        let on_disk = || Device::new(folder.path(), folder.path()).get().window;
        device.note_window((1000.0, 700.0));
        assert_eq!((device.get().window, on_disk()), (Some((1000.0, 700.0)), None));
        device.change(|r| r.settings.person = "Ana".into());
        assert_eq!(on_disk(), Some((1000.0, 700.0)));
        device.note_window((900.0, 600.0));
        device.write_noted();
        assert_eq!(on_disk(), Some((900.0, 600.0)));
    }

    #[test]
    fn a_path_has_the_same_handle_in_every_release() {
        // FNV-1a of 64 bits, from its published test vectors.
        assert_eq!(handle(Path::new("")), "cbf29ce484222325");
        assert_eq!(handle(Path::new("a")), "af63dc4c8601ec8c");
        assert_eq!(handle(Path::new("foobar")), "85944171f73967e8");
    }

    #[test]
    fn a_recent_file_has_the_name_that_its_team_has_now() {
        let folder = tempfile::tempdir().unwrap();
        let device = Device::new(folder.path(), folder.path());
        let (one, two) = (Path::new("/teams/1.evenkeel"), Path::new("/teams/2.evenkeel"));
        device.opened(one, "Payments");
        device.opened(two, "Payments");
        device.renamed(one, "Ledger");
        let names: Vec<_> = device.get().recent.into_iter().map(|file| file.name).collect();
        assert_eq!(names, ["Payments", "Ledger"], "renamed where it stands");
    }

    #[test]
    fn the_newest_file_comes_first_and_only_once() {
        let mut remembered = Remembered::default();
        let file =
            |n: u8, name: &str| RecentFile { path: format!("/teams/{n}.evenkeel").into(), name: name.into() };
        for n in 0..12 {
            remembered.opened(file(n, &format!("Team {n}")));
        }
        remembered.opened(file(5, "Five"));
        let names: Vec<_> = remembered.recent.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "Five", "Team 11", "Team 10", "Team 9", "Team 8", "Team 7", "Team 6", "Team 4", "Team 3",
                "Team 2"
            ]
        );
        let handle = remembered.recent[1].handle();
        assert_eq!(remembered.find(&handle).unwrap().name, "Team 11");
        remembered.forget(&handle);
        assert!(remembered.find(&handle).is_none());
    }

    #[test]
    fn two_programs_do_not_undo_each_others_changes() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) =
            (Device::new(folder.path(), folder.path()), Device::new(folder.path(), folder.path()));
        one.change(|r| r.settings.person = "Ana".into());
        two.change(|r| r.settings.theme = Theme::Dark);
        let now = Device::new(folder.path(), folder.path()).get().settings;
        assert_eq!((now.person.as_str(), now.theme), ("Ana", Theme::Dark));
    }

    #[test]
    fn a_start_that_changes_nothing_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("device.json");
        let team = Path::new("/teams/payments.evenkeel");
        Device::new(folder.path(), folder.path()).opened(team, "Payments");
        // A file that is replaced would be another one.
        let same = folder.path().join("the same file");
        fs::hard_link(&file, &same).unwrap();
        let again = Device::new(folder.path(), folder.path());
        again.opened(team, "Payments");
        again.renamed(team, "Payments");
        again.change(|_| ());
        fs::write(&same, "written into").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "written into");
    }

    #[test]
    fn a_damaged_file_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("device.json"), "{ \"id\": ").unwrap();
        let device = Device::new(folder.path(), folder.path());
        assert!(device.get().recent.is_empty());
        assert_eq!(fs::read_to_string(folder.path().join("device.json.damaged")).unwrap(), "{ \"id\": ");
        assert!(fs::read_to_string(folder.path().join("device.json")).unwrap().contains("\"settings\""));
    }

    #[test]
    fn a_file_that_cannot_be_replaced_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        assert!(write_whole(&taken, b"text").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no part is left");
    }
}
