//! Windows: making them, filling them, their titles and sizes.
//!
//! 1. A window is made hidden and shown when its page says that it has drawn itself; so nobody sees it white.
//! 2. A page that is not ready after ten seconds is shown as it is, with a message that names a way out.
//! 3. A page can go nowhere but to itself, and opens no window.
//! 4. A file that is open already is brought to the front, not opened twice.
//! 5. The size is remembered, never the position.
//! 6. No lock that the thread of the windows takes is held while that thread is waited for; it waits for no command and,
//!    between start and end, writes no file.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use app::{AppError, ErrorKind};
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Emitter as _, Manager as _, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogKind};

use crate::damage;
use crate::device::Theme;
use crate::host::Opened;
use crate::menu::{Screen, WindowMenu};
use crate::shell::{Shell, lock};
use crate::team::OpenTeam;

const PROGRAM: &str = "Evenkeel";
const FIRST_SIZE: (f64, f64) = (1280.0, 820.0);
const LEAST_SIZE: (f64, f64) = (760.0, 520.0);
const PATIENCE: Duration = Duration::from_secs(10);

/// Makes the first window. The file that the program was started with is opened while the processes of the window start;
/// its page is answered when that is done.
pub fn make_first<R: Runtime>(app: &AppHandle<R>, file: Option<PathBuf>) -> tauri::Result<()> {
    let shell = app.state::<Shell<R>>();
    let label = shell.next_label();
    if let Some(file) = file {
        let (app, here) = (app.clone(), label.clone());
        shell.desk(&label).expect(std::thread::spawn(move || open_from_outside(&app, Some(&here), &file)));
    }
    make_for(app, &label)
}

/// Makes the window of a desk, which may hold a team already.
fn make_for<R: Runtime>(app: &AppHandle<R>, label: &str) -> tauri::Result<()> {
    let shell = app.state::<Shell<R>>();
    let remembered = shell.device.get();
    let (width, height) = fitting(app, remembered.window.unwrap_or(FIRST_SIZE));
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::App("index.html".into()))
        .title(PROGRAM)
        .inner_size(width, height)
        .min_inner_size(LEAST_SIZE.0, LEAST_SIZE.1)
        .visible(false)
        .theme(window_theme(remembered.settings.theme))
        // Our own dragging uses pointer events; the native one takes them away on Windows.
        .disable_drag_drop_handler()
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    shell.desk(label).set_menu(WindowMenu::new(&window, &remembered)?);
    if (remembered.zoom - 1.0).abs() > f64::EPSILON {
        window.set_zoom(remembered.zoom)?;
    }
    let handle = app.clone();
    // The first window is made on the thread of the windows, and a recent file may lie on a disk that sleeps.
    tauri::async_runtime::spawn_blocking(move || refresh_recent(&handle));
    tauri::async_runtime::spawn(show_in_the_end(window));
    Ok(())
}

/// Opens a team file for a window: in it, when it has no team, else in a window of its own.
pub fn open<R: Runtime>(app: &AppHandle<R>, from: Option<&str>, path: &Path) -> Result<Opened, AppError> {
    let device = app.state::<Shell<R>>().device.get();
    open_by(app, from, path, |path| OpenTeam::open(path, &device))
}

/// As [`open`], with a file that `bring_about` makes.
pub fn open_by<R: Runtime>(
    app: &AppHandle<R>,
    from: Option<&str>,
    path: &Path,
    bring_about: impl FnOnce(&Path) -> Result<OpenTeam, AppError>,
) -> Result<Opened, AppError> {
    let shell = app.state::<Shell<R>>();
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let opening = lock(&shell.opening);
    if let Some(label) = shell.window_with(&path) {
        drop(opening);
        return Ok(bring_forward(app, &label, from));
    }
    let team = bring_about(&path).map_err(|error| {
        if let (ErrorKind::Damaged, Some(label)) = (error.kind, from) {
            shell.desk(label).refuse_damaged(&path);
            let _ = app.emit_to(label, "changed", ());
        }
        damage::with_copies(error, &path, &shell.device)
    })?;
    let name = team.name();
    shell.device.opened(team.path(), &name);
    let free = |label: &String| !shell.desk(label).has_team();
    let here = from.map(str::to_owned).filter(free);
    let waiting = here.clone().or_else(|| from.is_none().then(|| free_window(app)).flatten());
    let label = waiting.clone().unwrap_or_else(|| shell.next_label());
    shell.desk(&label).place(team);
    drop(opening);
    if waiting.is_none() {
        make_for(app, &label).map_err(|error| {
            shell.clear(&label);
            AppError::internal(error.to_string())
        })?;
    }
    describe(app, &label);
    if waiting.is_some() {
        // A page that asked for the file hears of it all the same, so that one path leads to the team.
        let _ = app.emit_to(label.as_str(), "opened", ());
    }
    refresh_recent(app);
    Ok(Opened { name, here: here.is_some() })
}

/// Opens a file that came from outside the page: an argument, for the window that is being made; a second start of the
/// program. What is refused is told by a window without a team.
pub fn open_from_outside<R: Runtime>(app: &AppHandle<R>, from: Option<&str>, path: &Path) {
    let Err(refused) = open(app, from, path) else { return };
    let label = from.map(str::to_owned).or_else(|| free_window(app));
    let waiting = label.is_some();
    let label = label.unwrap_or_else(|| app.state::<Shell<R>>().next_label());
    let desk = app.state::<Shell<R>>().desk(&label);
    if refused.kind == ErrorKind::Damaged {
        desk.refuse_damaged(path);
    }
    desk.refuse(refused);
    let told = if waiting { app.emit_to(label.as_str(), "opened", ()) } else { make_for(app, &label) };
    if let Err(error) = told {
        eprintln!("A window could not be opened for {}: {error}", path.display());
    }
}

/// Brings a window to the front for a second start of the program that names no file.
pub fn come_forward<R: Runtime>(app: &AppHandle<R>) {
    if let Some(label) = app.webview_windows().into_keys().next() {
        bring_forward(app, &label, None);
    }
}

fn free_window<R: Runtime>(app: &AppHandle<R>) -> Option<String> {
    app.webview_windows().into_keys().find(|label| !app.state::<Shell<R>>().desk(label).has_team())
}

fn bring_forward<R: Runtime>(app: &AppHandle<R>, label: &str, asked_from: Option<&str>) -> Opened {
    if let Some(window) = app.get_webview_window(label) {
        // A window manager may refuse; the window is there all the same.
        let _ = window.unminimize().and_then(|()| window.set_focus());
    }
    let name = app.state::<Shell<R>>().desk(label).with_team(|team| Ok(team.name())).unwrap_or_default();
    Opened { name, here: asked_from == Some(label) }
}

/// Shows the page that has drawn itself.
pub fn show<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.state::<Shell<R>>().desk(window.label()).ready.store(true, Ordering::Relaxed);
    window.show()?;
    window.set_focus()
}

async fn show_in_the_end<R: Runtime>(window: WebviewWindow<R>) {
    tokio::time::sleep(PATIENCE).await;
    let known = window.app_handle().get_webview_window(window.label()).is_some();
    if !known || window.state::<Shell<R>>().desk(window.label()).ready.load(Ordering::Relaxed) {
        return;
    }
    // Whatever can be shown helps more than nothing at all.
    let _ = window.show();
    let text = "The page of this window did not start within ten seconds. If it stays blank, the graphics driver may be \
                the cause: quit, and start the program with\n\n    evenkeel-desktop --safe-graphics\n\nYour team files \
                are safe.";
    window.dialog().message(text).title(PROGRAM).kind(MessageDialogKind::Warning).show(|_| ());
}

/// Brings title and menu up to date with what a window holds. Waits for a command that runs; for the window never.
pub fn describe<R: Runtime>(app: &AppHandle<R>, label: &str) {
    let desk = app.state::<Shell<R>>().desk(label);
    let held = desk.with_team(|team| {
        app.state::<Shell<R>>().device.renamed(team.path(), &team.name());
        Ok((team.name(), team.undo_state()))
    });
    let held = held.ok();
    let (app, label) = (app.clone(), label.to_owned());
    later(&app.clone(), move || {
        let Some(window) = app.get_webview_window(&label) else { return Ok(()) };
        match &held {
            Some((name, _)) => window.set_title(&format!("{name} — {PROGRAM}"))?,
            None => window.set_title(PROGRAM)?,
        }
        desk.menu().map_or(Ok(()), |menu| menu.show_team(held.as_ref().map(|(_, undo_state)| undo_state)))
    });
}

/// Lists the screens that a page has in its window's menu.
pub fn list_screens<R: Runtime>(app: &AppHandle<R>, label: &str, screens: Vec<Screen>) {
    let desk = app.state::<Shell<R>>().desk(label);
    let handle = app.clone();
    later(app, move || desk.menu().map_or(Ok(()), |menu| menu.show_screens(&handle, &screens)));
}

/// Brings *Open recent* up to date in all windows.
pub fn refresh_recent<R: Runtime>(app: &AppHandle<R>) {
    let recent = app.state::<Shell<R>>().device.get().recent_on_disk();
    let handle = app.clone();
    later(app, move || {
        let mut menus = handle.state::<Shell<R>>().desks().into_iter().filter_map(|(_, desk)| desk.menu());
        menus.try_for_each(|menu| menu.show_recent(&handle, &recent))
    });
}

/// Gives all windows the looks that were chosen, and tells their pages.
pub fn apply_theme<R: Runtime>(app: &AppHandle<R>, theme: Theme) {
    let handle = app.clone();
    later(app, move || {
        for (label, window) in handle.webview_windows() {
            window.set_theme(window_theme(theme))?;
            if let Some(menu) = handle.state::<Shell<R>>().desk(&label).menu() {
                menu.show_theme(theme)?;
            }
            handle.emit_to(label.as_str(), "theme", theme)?;
        }
        Ok(())
    });
}

/// Does something on the thread of the windows without waiting for it. A window that looks wrong does not make a
/// command fail that has been carried out.
fn later<R: Runtime>(app: &AppHandle<R>, act: impl FnOnce() -> tauri::Result<()> + Send + 'static) {
    let act = move || {
        if let Err(error) = act() {
            eprintln!("A window could not be brought up to date: {error}");
        }
    };
    // Refused only while the program ends.
    let _ = app.run_on_main_thread(act);
}

fn window_theme(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light | Theme::Projector => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

/// Notes the size of the window in front, for all that close at once.
pub fn note_size_in_front<R: Runtime>(app: &AppHandle<R>) {
    let open = app.webview_windows();
    let in_front = open.values().find(|window| window.is_focused().unwrap_or(false));
    if let Some(window) = in_front.or_else(|| open.values().next()) {
        note_size(window);
    }
}

/// Notes the size of a window that closes.
pub fn note_size<R: Runtime>(window: &WebviewWindow<R>) {
    let usual = !window.is_maximized().unwrap_or(true) && !window.is_fullscreen().unwrap_or(true);
    if let (true, Ok(size), Ok(scale)) = (usual, window.inner_size(), window.scale_factor()) {
        let size = size.to_logical::<f64>(scale);
        window.state::<Shell<R>>().device.note_window((size.width, size.height));
    }
}

/// A size that the screen can hold.
fn fitting<R: Runtime>(app: &AppHandle<R>, wanted: (f64, f64)) -> (f64, f64) {
    let screen = app.primary_monitor().ok().flatten().map(|monitor| {
        let size = monitor.work_area().size.to_logical::<f64>(monitor.scale_factor());
        (size.width, size.height)
    });
    fit(wanted, screen)
}

fn fit(wanted: (f64, f64), screen: Option<(f64, f64)>) -> (f64, f64) {
    let (width, height) = screen.unwrap_or(wanted);
    (wanted.0.min(width).max(LEAST_SIZE.0), wanted.1.min(height).max(LEAST_SIZE.1))
}

/// Whether a page may go there: only to the files that are built in.
fn is_our_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // The same files under the only schemes that WebView2 gives them.
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_can_go_nowhere_but_to_itself() {
        let may = |url: &str| is_our_page(&url.parse().unwrap());
        assert!(may("tauri://localhost/"));
        assert!(may("tauri://localhost/index.html#/backlog?kind=bug"));
        for elsewhere in [
            "https://example.org/",
            "file:///etc/passwd",
            "tauri://elsewhere/",
            "data:text/html,x",
            "about:blank",
        ] {
            assert!(!may(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn a_window_is_no_larger_than_the_screen_and_no_smaller_than_the_least() {
        assert_eq!(fit((2000.0, 1500.0), Some((1366.0, 740.0))), (1366.0, 740.0));
        assert_eq!(fit((1000.0, 700.0), Some((1920.0, 1080.0))), (1000.0, 700.0));
        assert_eq!(fit((10.0, 10.0), None), LEAST_SIZE);
    }
}
