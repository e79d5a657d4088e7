//! What only a desktop has: the requests of the page and their answers.
//!
//! 1. A file reaches the page as a handle and a name to show, where names may be alike with the two folders around it;
//!    its bytes and the rest of its path stay here. Where a file is damaged people are told where its copies are.
//! 2. An answer has the type of its request's field in `HostReplies`; the compiler checks it.

use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use app::AppError;
use app::exchange::files::ENDINGS;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tauri::{AppHandle, Emitter as _, Manager as _, Runtime, WebviewWindow};
use ts_rs::TS;

use crate::damage::{self, DamagedFile};
use crate::device::{Settings, Theme, write_whole};
use crate::dialogs::{self, Filter};
use crate::links;
use crate::menu::Screen;
use crate::shell::{Shell, lock};
use crate::team::{self, OpenTeam};
use crate::windows;

/// What a page can ask of the desktop: one variant, one request.
#[derive(Clone, Debug, Deserialize, PartialEq, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[ts(rename = "HostRequest")]
pub enum Request {
    /// The page has drawn itself: shows the window and lists the page's screens in the menu.
    Ready {
        /// All screens of the page, in order.
        #[serde(default)]
        screens: Vec<Screen>,
    },
    /// What this window holds.
    WindowInfo {},
    /// Asks where to keep a new team, makes its file and opens it.
    NewTeam {
        /// The team's name.
        name: String,
        /// The team's time zone, an IANA name.
        zone: String,
    },
    /// Asks for a team file and opens it.
    OpenTeam {},
    /// Opens one of the recent team files.
    OpenRecent {
        /// As in the list of recent files.
        handle: String,
    },
    /// Lists the recent team files, the newest first.
    Recent {},
    /// Takes a file out of the list; the file itself stays.
    ForgetRecent {
        /// As in the list of recent files.
        handle: String,
    },
    /// Makes a copy of the sample team and opens it; asked for again meanwhile, it is still one copy.
    ExploreSample {},
    /// Makes a new file of a copy of the damaged one, beside it, and opens it in its place.
    OpenCopy {
        /// As in what the window holds.
        handle: String,
    },
    /// Closes the team of this window.
    CloseTeam {},
    /// Asks for a file to attach to later calls.
    PickFile {
        /// The dialog's title.
        title: String,
        /// The kinds that the dialog offers.
        filters: Vec<Filter>,
    },
    /// Asks for files to attach to later calls together.
    PickFiles {
        /// The dialog's title.
        title: String,
        /// The kinds that the dialog offers.
        filters: Vec<Filter>,
    },
    /// Asks for a folder, to attach all exports that lie in it to later calls together.
    PickFolder {
        /// The dialog's title.
        title: String,
    },
    /// Asks for the folder of a git repository, reads its tags and its main line, and keeps them like a file.
    PickRepository {
        /// The dialog's title.
        title: String,
    },
    /// Opens a web page, or mail to somebody, in the program that the system has for it.
    OpenLink {
        /// The address.
        address: String,
    },
    /// Asks where to save a text, and saves it.
    SaveText {
        /// The proposed name; ends in `.csv`, `.json`, `.ics` or `.txt`, or else is given the latter.
        name: String,
        /// What to save, as UTF-8.
        text: String,
    },
    /// Asks where to save a chart, and saves it.
    SaveChart {
        /// The proposed name.
        name: String,
        /// The question whose answer is the chart.
        #[ts(type = "Query")]
        query: Value,
        /// As a picture, or as its table.
        format: ChartFormat,
    },
    /// Asks a running command to stop.
    Cancel {
        /// The token that was given with the command.
        token: String,
    },
    /// The settings of this device.
    Settings {},
    /// Changes the settings of this device.
    SetSettings {
        /// All of them.
        settings: Settings,
    },
    /// Changes the looks of all windows.
    SetTheme {
        /// The new looks.
        theme: Theme,
    },
    /// Fills the screen with this window, or no longer.
    FullScreen {
        /// Whether to fill it.
        on: bool,
    },
    /// Ends the program.
    Quit {},
}

/// What can be saved of a chart.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ChartFormat {
    /// Vectors.
    Svg,
    /// Pixels, twice the chart's size.
    Png,
    /// Its table, as comma-separated values.
    Csv,
}

/// What each request is answered with.
#[derive(TS)]
#[ts(rename = "HostReplies", rename_all = "camelCase")]
pub struct Replies {
    ready: (),
    window_info: WindowInfo,
    /// Nothing where the dialog was closed.
    new_team: Option<Opened>,
    /// Nothing where the dialog was closed.
    open_team: Option<Opened>,
    open_recent: Opened,
    recent: Vec<Recent>,
    forget_recent: Vec<Recent>,
    explore_sample: Opened,
    open_copy: Opened,
    close_team: (),
    /// Nothing where the dialog was closed.
    pick_file: Option<Picked>,
    /// Nothing where the dialog was closed.
    pick_files: Option<Picked>,
    /// Nothing where the dialog was closed.
    pick_folder: Option<Picked>,
    /// Nothing where the dialog was closed.
    pick_repository: Option<Picked>,
    open_link: (),
    /// The name of the saved file; nothing where the dialog was closed.
    save_text: Option<String>,
    /// The name of the saved file; nothing where the dialog was closed.
    save_chart: Option<String>,
    cancel: (),
    settings: Settings,
    set_settings: Settings,
    set_theme: Settings,
    full_screen: (),
    quit: (),
}

/// What a window holds.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WindowInfo {
    /// The open team's name.
    pub team: Option<String>,
    /// The open team's file may only be read.
    pub read_only: bool,
    /// The file that is damaged: the open team's, or one that was refused.
    pub damaged: Option<DamagedFile>,
    /// The settings of this device.
    pub settings: Settings,
    /// Why a file was not opened that was named outside this window; told once.
    pub refused: Option<AppError>,
    /// The program's version.
    pub version: String,
    /// Whether the window fills the screen.
    pub full_screen: bool,
}

/// A team that is open now.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "OpenedTeam")]
pub struct Opened {
    /// Its name.
    pub name: String,
    /// Whether it is in the window that asked; otherwise it has a window of its own, which is in front now.
    pub here: bool,
}

/// A recent team file.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "RecentTeam")]
pub struct Recent {
    /// Names it in `openRecent`.
    pub handle: String,
    /// The team's name when it was last open.
    pub name: String,
    /// The file and the two folders around it, to tell teams of one name apart.
    pub place: String,
    /// The file is no longer there.
    pub missing: bool,
}

/// A file to attach.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "PickedFile")]
pub struct Picked {
    /// Names it in later calls of the same window.
    pub handle: String,
    /// Its name, to show.
    pub name: String,
    /// How many files they are.
    pub count: u32,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
}

/// Answers a request.
pub fn answer<R: Runtime>(window: &WebviewWindow<R>, request: Request) -> Result<Value, AppError> {
    let app = window.app_handle();
    let shell = app.state::<Shell<R>>();
    let desk = shell.desk(window.label());
    let from = Some(window.label());
    match request {
        Request::Ready { screens } => {
            windows::list_screens(app, window.label(), screens);
            json(|r| r.ready, windows::show(window).map_err(failed)?)
        }
        Request::WindowInfo {} => {
            let info = WindowInfo {
                read_only: desk.with_team(|team| Ok(team.is_read_only())).unwrap_or(false),
                team: desk.with_team(|team| Ok(team.name())).ok(),
                damaged: desk.damaged().map(|file| damage::told(&file, &shell.device)),
                settings: shell.device.get().settings,
                refused: desk.take_refused(),
                version: app.package_info().version.to_string(),
                full_screen: window.is_fullscreen().unwrap_or(false),
            };
            json(|r| r.window_info, info)
        }
        Request::NewTeam { name, zone } => {
            let path = dialogs::save(window, "New team", &name, &Filter::teams());
            let device = shell.device.get();
            let make = |path: &Path| OpenTeam::create(path, &name, &zone, &device);
            json(|r| r.new_team, path.map(|path| windows::open_by(app, from, &path, make)).transpose()?)
        }
        Request::OpenTeam {} => {
            let path = dialogs::open(window, "Open a team", &[Filter::teams()]);
            json(|r| r.open_team, path.map(|path| windows::open(app, from, &path)).transpose()?)
        }
        Request::OpenRecent { handle } => {
            let remembered = shell.device.get();
            let file = remembered.find(&handle).ok_or_else(team::no_longer_listed)?;
            json(|r| r.open_recent, windows::open(app, from, &file.path)?)
        }
        Request::Recent {} => json(|r| r.recent, recent(&shell)),
        Request::ForgetRecent { handle } => {
            shell.device.change(|remembered| remembered.forget(&handle));
            windows::refresh_recent(app);
            json(|r| r.forget_recent, recent(&shell))
        }
        Request::ExploreSample {} => json(|r| r.explore_sample, explore_sample(app, from)?),
        Request::OpenCopy { handle } => {
            json(|r| r.open_copy, damage::open_copy(app, window.label(), &handle)?)
        }
        Request::CloseTeam {} => {
            desk.close();
            windows::describe(app, window.label());
            window.emit_to(window.label(), "opened", ()).map_err(failed)?;
            json(|r| r.close_team, ())
        }
        Request::PickFile { title, filters } => {
            let keep = |path: PathBuf| -> Result<Picked, AppError> {
                let bytes = std::fs::read(&path).map_err(|error| team::cannot_read(&path, &error))?;
                let size = bytes.len() as u64;
                Ok(Picked { name: display_name(&path), count: 1, size, handle: desk.keep(bytes) })
            };
            json(|r| r.pick_file, dialogs::open(window, &title, &filters).map(keep).transpose()?)
        }
        Request::PickFiles { title, filters } => {
            let paths = dialogs::open_several(window, &title, &filters);
            let named = format!("{} files", paths.len());
            let pick = || pick_all(&desk, &paths, named);
            json(|r| r.pick_files, (!paths.is_empty()).then(pick).transpose()?)
        }
        Request::PickFolder { title } => {
            let pick = |folder: PathBuf| pick_all(&desk, &exports_in(&folder)?, display_name(&folder));
            json(|r| r.pick_folder, dialogs::open_folder(window, &title).map(pick).transpose()?)
        }
        Request::PickRepository { title } => {
            let folder = dialogs::open_folder(window, &title);
            json(|r| r.pick_repository, folder.map(|folder| repository(&desk, &folder)).transpose()?)
        }
        Request::OpenLink { address } => json(|r| r.open_link, links::open(&address)?),
        Request::SaveText { name, text } => {
            json(|r| r.save_text, save(window, &name, &text_filter(&name), || Ok(text.into_bytes()))?)
        }
        Request::SaveChart { name, query, format } => {
            let (kind, ending) = match format {
                ChartFormat::Svg => ("SVG pictures", "svg"),
                ChartFormat::Png => ("PNG pictures", "png"),
                ChartFormat::Csv => ("CSV tables", "csv"),
            };
            let filter = Filter { name: kind.into(), extensions: vec![ending.into()] };
            let device = shell.device.get();
            let draw = || desk.with_team(|team| team.draw(&query, format, &device));
            json(|r| r.save_chart, save(window, &name, &filter, draw)?)
        }
        Request::Cancel { token } => {
            desk.cancel(&token);
            json(|r| r.cancel, ())
        }
        Request::Settings {} => json(|r| r.settings, shell.device.get().settings),
        Request::SetSettings { settings } => {
            shell.device.change(|remembered| remembered.settings = settings.clone());
            windows::apply_theme(app, settings.theme);
            json(|r| r.set_settings, settings)
        }
        Request::SetTheme { theme } => {
            let settings = shell.device.change(|remembered| {
                remembered.settings.theme = theme;
                remembered.settings.clone()
            });
            windows::apply_theme(app, theme);
            json(|r| r.set_theme, settings)
        }
        Request::FullScreen { on } => json(|r| r.full_screen, window.set_fullscreen(on).map_err(failed)?),
        Request::Quit {} => {
            app.exit(0);
            json(|r| r.quit, ())
        }
    }
}

/// An answer, which must have the type of the request's field in [`Replies`].
fn json<T: Serialize>(_field: fn(Replies) -> T, answer: T) -> Result<Value, AppError> {
    serde_json::to_value(answer).map_err(failed)
}

fn failed(error: impl std::error::Error) -> AppError {
    AppError::internal(error.to_string())
}

fn recent<R: Runtime>(shell: &Shell<R>) -> Vec<Recent> {
    let files = shell.device.get().recent_on_disk();
    let shown = files.into_iter().map(|(file, there)| Recent {
        handle: file.handle(),
        place: place(&file.path),
        name: file.name,
        missing: !there,
    });
    shown.collect()
}

/// The file with the two folders around it.
fn place(path: &Path) -> String {
    let names: Vec<_> = path
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .map(Component::as_os_str)
        .collect();
    let shown = names.len().saturating_sub(3);
    let cut = (shown > 0).then_some("…".as_ref());
    let place: PathBuf = cut.iter().chain(names.iter().skip(shown)).collect();
    place.display().to_string()
}

fn explore_sample<R: Runtime>(app: &AppHandle<R>, from: Option<&str>) -> Result<Opened, AppError> {
    let shell = app.state::<Shell<R>>();
    let asked = Instant::now();
    let mut last = lock(&shell.sample);
    if let Some((path, ready)) = last.as_ref()
        && asked < *ready
    {
        return windows::open(app, from, path);
    }
    let folder = app.path().document_dir().or_else(|_| app.path().app_data_dir()).map_err(failed)?;
    let path = free_path(&folder, "Sample team", "evenkeel", |path| path.exists());
    let device = shell.device.get();
    let opened = windows::open_by(app, from, &path, |path| OpenTeam::sample(path, &device))?;
    *last = Some((path, Instant::now()));
    Ok(opened)
}

/// Texts are saved as tables or as plain text, never as something that a click could start.
fn text_filter(name: &str) -> Filter {
    let ends =
        |with: &str| Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case(with));
    let known = [("CSV tables", "csv"), ("JSON", "json"), ("Calendars", "ics")];
    let (kind, ending) = known.into_iter().find(|(_, with)| ends(with)).unwrap_or(("Texts", "txt"));
    Filter { name: kind.into(), extensions: vec![ending.into()] }
}

/// What lies in a folder and may be an export, by name. Refused where nothing does.
fn exports_in(folder: &Path) -> Result<Vec<PathBuf>, AppError> {
    let is_export = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) && path.is_file()
    };
    let entries = std::fs::read_dir(folder).map_err(|error| team::cannot_read(folder, &error))?;
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_export).collect();
    inside.sort();
    if inside.is_empty() {
        return Err(AppError::refused(
            format!("{} holds no file that could be an export.", display_name(folder)),
            format!("Exports end in .{}; they have to lie in the folder itself.", ENDINGS.join(", .")),
        ));
    }
    Ok(inside)
}

/// Keeps picked files: one as it is, several packed and under a name for all.
fn pick_all<R: Runtime>(
    desk: &crate::shell::Desk<R>,
    paths: &[PathBuf],
    named: String,
) -> Result<Picked, AppError> {
    let read = |path: &PathBuf| -> Result<(String, Vec<u8>), AppError> {
        let bytes = std::fs::read(path).map_err(|error| team::cannot_read(path, &error))?;
        Ok((display_name(path), bytes))
    };
    let files = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let size = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    let count = u32::try_from(files.len()).unwrap_or(u32::MAX);
    let (name, bytes) = match <[(String, Vec<u8>); 1]>::try_from(files) {
        Ok([single]) => single,
        Err(files) => (named, app::exchange::files::pack(&files)),
    };
    Ok(Picked { name, count, size, handle: desk.keep(bytes) })
}

/// Keeps what a git repository tells of its tags and its main line.
fn repository<R: Runtime>(desk: &crate::shell::Desk<R>, folder: &Path) -> Result<Picked, AppError> {
    let bytes = git::read(folder, &|| false).map_err(|refused| {
        AppError::refused(
            format!("Nothing was read: {refused}."),
            "Choose the folder that holds the repository, the one with .git in it.",
        )
    })?;
    Ok(Picked { name: display_name(folder), count: 1, size: bytes.len() as u64, handle: desk.keep(bytes) })
}

/// Asks where to save, then makes what is saved: nothing is computed for a dialog that is closed.
fn save<R: Runtime>(
    window: &WebviewWindow<R>,
    name: &str,
    filter: &Filter,
    bytes: impl FnOnce() -> Result<Vec<u8>, AppError>,
) -> Result<Option<String>, AppError> {
    let Some(path) = dialogs::save(window, "Save", name, filter) else { return Ok(None) };
    write_whole(&path, &bytes()?).map_err(|error| team::cannot_write(&path, &error))?;
    Ok(Some(display_name(&path)))
}

/// The file's name, as it may be shown.
pub fn display_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The first of "Name", "Name 2", "Name 3" … that is free.
pub fn free_path(folder: &Path, name: &str, ending: &str, taken: impl Fn(&Path) -> bool) -> PathBuf {
    let mut path = folder.join(format!("{name}.{ending}"));
    let mut number = 2;
    while taken(&path) {
        path = folder.join(format!("{name} {number}.{ending}"));
        number += 1;
    }
    path
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;

    use super::*;
    use crate::damage::DatedCopy;
    use crate::menu::{Choice, MenuChoice};

    /// The declarations that the page is checked against. UPDATE_EXPECT=1 writes them anew.
    #[test]
    fn the_declarations_of_the_page_are_those_of_the_types() {
        fn declared<T: TS>() -> String {
            let types = ts_rs::Config::new();
            let docs = T::docs().unwrap_or_default();
            format!("{docs}{}\n", T::decl(&types))
        }
        let all = [
            "// Made from the Rust types of src-tauri/src by the test of that crate; not edited by hand.\n"
                .to_owned(),
            declared::<Request>(),
            declared::<Replies>(),
            declared::<WindowInfo>(),
            declared::<DamagedFile>(),
            declared::<DatedCopy>(),
            declared::<Settings>(),
            declared::<Theme>(),
            declared::<Opened>(),
            declared::<Recent>(),
            declared::<Picked>(),
            declared::<Filter>(),
            declared::<ChartFormat>(),
            declared::<Screen>(),
            declared::<MenuChoice>(),
            declared::<Choice>(),
        ];
        expect_file!["../../tests/ui-types/host.d.ts"].assert_eq(&all.join("\n"));
    }

    #[test]
    fn a_page_sees_no_more_of_a_path_than_the_file_and_two_folders() {
        assert_eq!(
            place(Path::new("/home/ana/Documents/teams/Pay.evenkeel")),
            "…/Documents/teams/Pay.evenkeel"
        );
        assert_eq!(place(Path::new("/teams/core/Pay.evenkeel")), "teams/core/Pay.evenkeel");
        assert_eq!(place(Path::new("/Pay.evenkeel")), "Pay.evenkeel");
    }

    #[test]
    fn a_text_is_saved_as_a_table_or_as_plain_text() {
        let ending = |name: &str| text_filter(name).extensions.concat();
        assert_eq!(ending("Export - not taken.csv"), "csv");
        assert_eq!(ending("on-call-payments.ics"), "ics");
        assert_eq!(ending("Export.CSV"), "csv");
        assert_eq!(ending("Payments - backlog.json"), "json");
        for other in ["notes.txt", "notes", "start.desktop", "run.sh"] {
            assert_eq!(ending(other), "txt", "{other}");
        }
    }

    #[test]
    fn of_a_folder_the_exports_are_taken_by_name_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let refused = exports_in(folder.path()).unwrap_err();
        assert!(refused.message.ends_with("holds no file that could be an export."), "{refused:?}");
        for name in ["b.CSV", "a.json", "d.md", "letter.pdf", "picture.png", "c.txt"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("deeper.csv")).unwrap();
        let names: Vec<String> =
            exports_in(folder.path()).unwrap().iter().map(|path| display_name(path)).collect();
        assert_eq!(names, ["a.json", "b.CSV", "c.txt", "d.md"]);
    }

    #[test]
    fn a_second_sample_does_not_replace_the_first() {
        let taken = ["/d/Sample team.evenkeel", "/d/Sample team 2.evenkeel"];
        let path = free_path(Path::new("/d"), "Sample team", "evenkeel", |path| {
            taken.iter().any(|t| Path::new(t) == path)
        });
        assert_eq!(path, Path::new("/d/Sample team 3.evenkeel"));
    }
}
