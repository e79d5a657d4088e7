//! Damage inside a team file: finding it, telling it, and the copies that there are instead.
//!
//! 1. A file is looked through soon after it was opened, and again after another program wrote it: behind everything else
//!    and never before the first picture. A command stops the look, which begins again when there is time.
//! 2. Nothing is written to a file that is damaged; what it still says can be read.
//! 3. A copy is opened as a new file beside the damaged one. The damaged file and the copy stay as they are.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::{AppError, DailyCopy, ErrorKind, StoreError};
use serde::Serialize;
use tauri::{AppHandle, Emitter as _, Manager as _, Runtime};
use ts_rs::TS;

use crate::device::{Device, handle};
use crate::host::{Opened, display_name, free_path};
use crate::shell::{Desk, Shell};
use crate::{team, windows};

/// A damaged file and what there is instead.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DamagedFile {
    /// What happened, and what to do.
    pub error: AppError,
    /// The copies of the last days, the newest first.
    pub copies: Vec<DatedCopy>,
}

/// A copy of a team file.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DatedCopy {
    /// Names it in `openCopy`.
    pub handle: String,
    /// The name of its file.
    pub name: String,
    /// When it was made, in UTC milliseconds.
    #[ts(type = "number")]
    pub made: i64,
}

/// What a page is told of a damaged file.
pub fn told(file: &Path, device: &Device) -> DamagedFile {
    let copies = copies(file, device).into_iter().map(|copy| DatedCopy {
        handle: handle(&copy.path),
        name: display_name(&copy.path),
        made: copy.made.millis(),
    });
    let error = AppError::from(StoreError::Damaged { path: file.to_owned(), found: String::new() });
    DamagedFile { error: with_copies(error, file, device), copies: copies.collect() }
}

/// A refusal that speaks of damage with the place of the copies; others as they are.
pub fn with_copies(error: AppError, file: &Path, device: &Device) -> AppError {
    if error.kind != ErrorKind::Damaged {
        return error;
    }
    let hint = match copies(file, device).first() {
        Some(newest) => format!(
            "Nothing is written to it. Open one of its copies: the newest is “{}”, in {}.",
            display_name(&newest.path),
            device.copies_of(file).display()
        ),
        None => {
            "Nothing is written to it, and this device has no copy of it. Look for one where you keep yours; \
                 evenkeel check, on the command line, says what is wrong."
                .to_owned()
        }
    };
    AppError { hint: Some(hint), ..error }.in_file(file)
}

fn copies(file: &Path, device: &Device) -> Vec<DailyCopy> {
    // A folder that cannot be read holds nothing to offer.
    app::daily_copies(&device.copies_of(file), file).unwrap_or_default()
}

/// Makes a new file of a copy, beside the damaged one, and opens it in its place.
pub fn open_copy<R: Runtime>(app: &AppHandle<R>, label: &str, wanted: &str) -> Result<Opened, AppError> {
    let shell = app.state::<Shell<R>>();
    let desk = shell.desk(label);
    let gone = || AppError::refused("This copy is not there any more.", "Take another one.");
    let file = desk.damaged().ok_or_else(gone)?;
    let all = copies(&file, &shell.device);
    let copy = all.into_iter().map(|copy| copy.path).find(|copy| handle(copy) == wanted).ok_or_else(gone)?;
    app::look_through(&copy, || false)?;
    let stem = copy.file_stem().unwrap_or_default().to_string_lossy();
    let folder = file.parent().unwrap_or(Path::new("."));
    let new = free_path(folder, &stem, "evenkeel", |path| path.exists());
    std::fs::copy(&copy, &new).map_err(|error| {
        // A part of it is of no use; where it cannot be removed either, the first error says more.
        let _ = std::fs::remove_file(&new);
        team::cannot_write(&new, &error)
    })?;
    desk.close();
    windows::open(app, Some(label), &new)
}

/// Looks through the file of a desk when it is time, without waiting for it; the window is told what is found.
pub fn look_when_due<R: Runtime>(app: &AppHandle<R>, label: &str, desk: &Arc<Desk<R>>) {
    let Some(look) = Look::begin(desk) else { return };
    let (app, label) = (app.clone(), label.to_owned());
    tauri::async_runtime::spawn_blocking(move || {
        if look.finds_damage() {
            tell(&app, &label);
        }
    });
}

/// Tells a window that its file is damaged: its page asks again.
pub fn tell<R: Runtime>(app: &AppHandle<R>, label: &str) {
    windows::describe(app, label);
    // A window that has gone meanwhile need not be told.
    let _ = app.emit_to(label, "changed", ());
}

/// A look through a file that is under way.
struct Look<R: Runtime> {
    desk: Arc<Desk<R>>,
    file: PathBuf,
    stop: Arc<AtomicBool>,
}

impl<R: Runtime> Look<R> {
    fn begin(desk: &Arc<Desk<R>>) -> Option<Self> {
        let (file, stop) = desk.begin_look()?;
        Some(Self { desk: desk.clone(), file, stop })
    }

    /// Whether it finds damage of which nobody was told yet.
    fn finds_damage(&self) -> bool {
        let stop = self.stop.clone();
        match app::look_through(&self.file, move || stop.load(Ordering::Relaxed)) {
            Ok(()) => {
                self.desk.found_whole(&self.file);
                false
            }
            Err(StoreError::Damaged { .. }) => self.desk.found_damaged(&self.file),
            // Stopped, or somebody writes: it is looked through later.
            Err(_) => false,
        }
    }
}

impl<R: Runtime> Drop for Look<R> {
    fn drop(&mut self) {
        self.desk.end_look();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::{Value, json};
    use tauri::test::{MockRuntime, mock_builder};
    use tauri::{App, WebviewWindow};

    use super::*;
    use crate::host::{self, Request};
    use crate::team::OpenTeam;

    struct Program {
        app: App<MockRuntime>,
        window: WebviewWindow<MockRuntime>,
        desk: Arc<Desk<MockRuntime>>,
        folder: tempfile::TempDir,
        file: PathBuf,
    }

    impl Program {
        /// A window in which a team with a copy of yesterday is open and drawn.
        fn with_team() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let app = crate::prepared(mock_builder()).build(crate::context()).unwrap();
            app.manage(Shell::<MockRuntime>::new(folder.path(), folder.path()));
            let window =
                tauri::WebviewWindowBuilder::new(&app, "team-1", Default::default()).build().unwrap();
            let shell = app.state::<Shell<MockRuntime>>();
            let desk = shell.desk("team-1");
            desk.ready.store(true, Ordering::Relaxed);
            let file = folder.path().canonicalize().unwrap().join("Payments.evenkeel");
            desk.place(OpenTeam::sample(&file, &shell.device.get()).unwrap());
            let copies = shell.device.copies_of(&file);
            fs::create_dir_all(&copies).unwrap();
            fs::copy(&file, copies.join("Payments 2026-11-23.evenkeel")).unwrap();
            Self { app, window, desk, folder, file }
        }

        fn host(&self, request: Value) -> Result<Value, AppError> {
            host::answer(&self.window, serde_json::from_value::<Request>(request).unwrap())
        }

        fn run(&self, command: Value) -> Result<(), AppError> {
            let run = crate::shell::run(self.window.clone(), command, None, None, None);
            tauri::async_runtime::block_on(run).map(|_| ())
        }

        fn make_due(&self) {
            let made_due = self.desk.with_team(|team| {
                team.look_now();
                Ok(())
            });
            made_due.unwrap();
        }

        /// Looks through the file as if the time had come; answers whether damage was found for the first time.
        fn look(&self) -> bool {
            self.make_due();
            Look::begin(&self.desk).is_some_and(|look| look.finds_damage())
        }
    }

    /// Overwrites one page in the middle, which opening a file does not read.
    fn damage(file: &Path) -> Vec<u8> {
        let mut bytes = fs::read(file).unwrap();
        let middle = bytes.len() / 4096 / 2 * 4096;
        bytes[middle..middle + 4096].fill(0xEE);
        fs::write(file, &bytes).unwrap();
        bytes
    }

    #[test]
    fn a_damaged_file_is_told_with_its_copies_and_is_not_written_to() {
        let program = Program::with_team();
        assert!(!program.look(), "a whole file is no news");
        assert_eq!(program.host(json!({ "windowInfo": {} })).unwrap()["damaged"], Value::Null);
        let bytes = damage(&program.file);
        assert!(program.look());
        assert!(!program.look(), "it is told once");

        let info = program.host(json!({ "windowInfo": {} })).unwrap();
        assert_eq!(info["readOnly"], true);
        assert_eq!(info["damaged"]["error"]["message"], "Payments.evenkeel is damaged.");
        let hint = info["damaged"]["error"]["hint"].as_str().unwrap();
        assert!(hint.contains("“Payments 2026-11-23.evenkeel”, in ") && hint.contains("backups"), "{hint}");
        assert_eq!(info["damaged"]["copies"][0]["name"], "Payments 2026-11-23.evenkeel");
        let refused = program.run(json!({ "team": { "rename": { "name": "Ledger" } } })).unwrap_err();
        assert_eq!(
            (refused.kind, refused.message.as_str()),
            (ErrorKind::Damaged, "Payments.evenkeel is damaged.")
        );
        assert!(fs::read(&program.file).unwrap() == bytes, "the file is unchanged");
    }

    #[test]
    fn a_copy_is_opened_beside_the_damaged_file_which_stays() {
        let program = Program::with_team();
        let bytes = damage(&program.file);
        assert!(program.look());
        let info = program.host(json!({ "windowInfo": {} })).unwrap();
        let copy = json!({ "openCopy": { "handle": info["damaged"]["copies"][0]["handle"] } });
        assert_eq!(program.host(copy.clone()).unwrap()["here"], true);
        let new = program.file.with_file_name("Payments 2026-11-23.evenkeel");
        assert_eq!(program.desk.with_team(|team| Ok(team.path().to_owned())).unwrap(), new);
        program.run(json!({ "team": { "rename": { "name": "Ledger" } } })).unwrap();
        assert_eq!(program.host(json!({ "windowInfo": {} })).unwrap()["damaged"], Value::Null);
        assert!(fs::read(&program.file).unwrap() == bytes, "the damaged file is unchanged");
        assert!(program.host(copy).is_err(), "a window without damage has no copy to open");
        let kept = program.app.state::<Shell<MockRuntime>>().device.copies_of(&program.file);
        assert_eq!(fs::read_dir(kept).unwrap().count(), 1, "the copy stays");
    }

    #[test]
    fn a_copy_that_is_damaged_too_is_not_opened() {
        let program = Program::with_team();
        damage(&program.file);
        let kept = program.app.state::<Shell<MockRuntime>>().device.copies_of(&program.file);
        damage(&kept.join("Payments 2026-11-23.evenkeel"));
        assert!(program.look());
        let info = program.host(json!({ "windowInfo": {} })).unwrap();
        let copy = json!({ "openCopy": { "handle": info["damaged"]["copies"][0]["handle"] } });
        let refused = program.host(copy).unwrap_err();
        assert_eq!(refused.message, "Payments 2026-11-23.evenkeel is damaged.");
        assert!(program.desk.has_team(), "the damaged file can still be read");
    }

    #[test]
    fn a_file_that_is_refused_as_damaged_is_told_with_its_copies() {
        let program = Program::with_team();
        program.desk.close();
        let bytes = fs::read(&program.file).unwrap();
        fs::write(&program.file, &bytes[..bytes.len() / 2]).unwrap();
        let app = program.app.handle();
        let refused = windows::open(app, Some("team-1"), &program.file).unwrap_err();
        assert!(refused.hint.is_some_and(|hint| hint.contains("Payments 2026-11-23.evenkeel")));
        let info = program.host(json!({ "windowInfo": {} })).unwrap();
        assert_eq!(
            (&info["team"], &info["damaged"]["copies"][0]["name"]),
            (&Value::Null, &json!("Payments 2026-11-23.evenkeel"))
        );
        let copy = json!({ "openCopy": { "handle": info["damaged"]["copies"][0]["handle"] } });
        assert_eq!(program.host(copy).unwrap()["here"], true);
    }

    #[test]
    fn a_file_is_looked_through_once_while_nobody_else_writes_it_and_not_before_the_first_picture() {
        let program = Program::with_team();
        let due = || Look::begin(&program.desk).is_some();
        assert!(!due(), "not at once");
        program.make_due();
        program.desk.ready.store(false, Ordering::Relaxed);
        assert!(!due(), "not before the page has drawn itself");
        program.desk.ready.store(true, Ordering::Relaxed);
        let look = Look::begin(&program.desk).unwrap();
        assert!(!due(), "one look at a time");
        look.stop.store(true, Ordering::Relaxed);
        assert!(!look.finds_damage());
        drop(look);
        let look = Look::begin(&program.desk).expect("what was stopped begins again");
        program.run(json!({ "team": { "rename": { "name": "Ledger" } } })).unwrap();
        assert!(look.stop.load(Ordering::Relaxed), "a command stops it");
        drop(look);
        assert!(!Look::begin(&program.desk).unwrap().finds_damage());
        assert!(!due(), "not again while the file is its own");
        assert!(program.folder.path().exists());
    }
}
