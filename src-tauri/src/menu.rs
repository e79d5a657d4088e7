//! The native menu of a window.
//!
//! 1. What belongs to the page is sent to the page of that window as the event `menu`; the rest is done here.
//! 2. Undo and redo bear the titles of what they would undo and redo, as the team file says.
//! 3. Keys of text editing (undo, cut, copy, paste, select all) are shown and never taken: the page and WebKit
//!    handle them, so that Ctrl+Z in a text field undoes typing.
//! 4. Screens are listed as the page named them when it was ready; a screen that does not exist is not offered.
//! 5. Without a team nothing is offered that needs one: no screen, no import, no undo.
//! 6. The menu is changed on the thread of the windows only, which waits for no disk.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use tauri::menu::{
    AboutMetadata, CheckMenuItem, IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu,
};
use tauri::{AppHandle, Emitter as _, Manager as _, Runtime, WebviewWindow};
use ts_rs::TS;

use crate::device::{RecentFile, Remembered, Theme};
use crate::shell::{Shell, lock};
use crate::team::UndoState;

/// A title in the menu is no longer than this.
const LONGEST_TITLE: usize = 64;

/// What the page is told when something of its own was chosen.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MenuChoice {
    /// What was chosen.
    pub id: Choice,
    /// Which one: the screen's name, the theme, the handle of a recent file; empty for the others.
    pub value: String,
}

/// Entries of the menu that belong to the page.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "MenuChoiceId")]
pub enum Choice {
    /// File: New team…
    NewTeam,
    /// File: Open…
    OpenTeam,
    /// File: Open recent.
    OpenRecent,
    /// File: Import…
    Import,
    /// File: Export…
    Export,
    /// File: Save burn-down…
    SaveBurnDown,
    /// File: Report an interrupt…
    ReportInterrupt,
    /// Edit: Undo.
    Undo,
    /// Edit: Redo.
    Redo,
    /// View: one of the screens.
    Screen,
    /// View: one of the themes.
    Theme,
    /// Help: Keys.
    Keys,
}

/// A screen that the page has.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "MenuScreen")]
pub struct Screen {
    /// Its name in the page's address.
    pub name: String,
    /// Its name to people.
    pub title: String,
}

/// The menu of one window, with those entries that change.
pub struct WindowMenu<R: Runtime> {
    label: String,
    menu: Menu<R>,
    undo: MenuItem<R>,
    redo: MenuItem<R>,
    has_team: AtomicBool,
    needs_team: Vec<MenuItem<R>>,
    recent: Submenu<R>,
    view: Submenu<R>,
    /// The entries at the top of *View*, above a line of their own.
    screens: Mutex<Vec<MenuItem<R>>>,
    themes: Vec<(Theme, CheckMenuItem<R>)>,
}

impl<R: Runtime> WindowMenu<R> {
    /// Builds the menu and gives it to the window.
    pub fn new(window: &WebviewWindow<R>, remembered: &Remembered) -> tauri::Result<Self> {
        let app = window.app_handle();
        let label = window.label();
        let entry = |id: &str, text: &str, key: Option<&str>| {
            MenuItem::with_id(app, format!("{label}/{id}"), text, true, key)
        };
        let line = || PredefinedMenuItem::separator(app);

        let recent = Submenu::new(app, "Open recent", true)?;
        let import = entry("import", "Import…", None)?;
        let export = entry("export", "Export…", None)?;
        let save_burn_down = entry("saveBurnDown", "Save burn-down…", None)?;
        let report_interrupt = entry("reportInterrupt", "Report an interrupt…", None)?;
        let file = Submenu::with_items(
            app,
            "&File",
            true,
            &[
                &entry("newTeam", "New team…", Some("CmdOrCtrl+N"))?,
                &entry("openTeam", "Open…", Some("CmdOrCtrl+O"))?,
                &recent,
                &line()?,
                &import,
                &export,
                &save_burn_down,
                &report_interrupt,
                &line()?,
                &entry("close", "Close", Some("CmdOrCtrl+W"))?,
                &entry("quit", "Quit", Some("CmdOrCtrl+Q"))?,
            ],
        )?;

        let undo = entry("undo", "Undo", None)?;
        let redo = entry("redo", "Redo", None)?;
        let edit = Submenu::with_items(app, "&Edit", true, &[&undo, &redo, &line()?])?;
        for item in editing(app, label)? {
            edit.append(item.as_ref())?;
        }

        let themes = [
            (Theme::System, "As the system", "system"),
            (Theme::Light, "Light", "light"),
            (Theme::Dark, "Dark", "dark"),
            (Theme::Projector, "Projector", "projector"),
        ];
        let themes = themes
            .map(|(theme, text, name)| {
                let chosen = theme == remembered.settings.theme;
                let id = format!("{label}/theme/{name}");
                CheckMenuItem::with_id(app, id, text, true, chosen, None::<&str>).map(|item| (theme, item))
            })
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?;
        let theme = Submenu::new(app, "Theme", true)?;
        for (_, item) in &themes {
            theme.append(item)?;
        }
        let view = Submenu::with_items(
            app,
            "&View",
            true,
            &[
                &theme,
                &line()?,
                &entry("zoomIn", "Zoom in", Some("CmdOrCtrl+="))?,
                &entry("zoomOut", "Zoom out", Some("CmdOrCtrl+-"))?,
                &entry("zoomReset", "Actual size", Some("CmdOrCtrl+0"))?,
                &line()?,
                &entry("fullScreen", "Full screen", Some("F11"))?,
            ],
        )?;

        let help = Submenu::with_items(app, "&Help", true, &[&entry("keys", "Keys", None)?, &about(app)?])?;

        let menu = Menu::with_items(app, &[&file, &edit, &view, &help])?;
        if cfg!(not(target_os = "macos")) {
            window.set_menu(menu.clone())?;
        }
        let built = Self {
            label: label.to_owned(),
            menu,
            undo,
            redo,
            has_team: AtomicBool::new(false),
            needs_team: vec![report_interrupt, import, export, save_burn_down],
            recent,
            view,
            screens: Mutex::default(),
            themes,
        };
        #[cfg(target_os = "linux")]
        linux::show_keys(window);
        built.come_forward(app)?;
        built.show_team(None)?;
        Ok(built)
    }

    /// Lists the screens of the page at the top of *View*.
    pub fn show_screens(&self, app: &AppHandle<R>, screens: &[Screen]) -> tauri::Result<()> {
        let mut listed = lock(&self.screens);
        if !listed.is_empty() {
            self.view.remove_at(listed.len())?;
        }
        for entry in listed.drain(..) {
            self.view.remove(&entry)?;
        }
        let offered = self.has_team.load(Ordering::Relaxed);
        for (at, screen) in screens.iter().enumerate() {
            let id = format!("{}/screen/{}", self.label, screen.name);
            let entry = MenuItem::with_id(app, id, literal(&screen.title), offered, None::<&str>)?;
            self.view.insert(&entry, at)?;
            listed.push(entry);
        }
        if !listed.is_empty() {
            self.view.insert(&PredefinedMenuItem::separator(app)?, listed.len())?;
        }
        Ok(())
    }

    /// Makes this the program's menu where a program has one for all its windows.
    pub fn come_forward(&self, app: &AppHandle<R>) -> tauri::Result<()> {
        if cfg!(target_os = "macos") {
            app.set_menu(self.menu.clone())?;
        }
        Ok(())
    }

    /// Lists the recent files, each with whether it is there.
    pub fn show_recent(&self, app: &AppHandle<R>, files: &[(RecentFile, bool)]) -> tauri::Result<()> {
        while self.recent.remove_at(0)?.is_some() {}
        for (file, there) in files {
            let id = format!("{}/openRecent/{}", self.label, file.handle());
            let note = if *there { "" } else { " (missing)" };
            let text = literal(&file.name) + note;
            self.recent.append(&MenuItem::with_id(app, id, text, *there, None::<&str>)?)?;
        }
        self.recent.set_enabled(!files.is_empty())
    }

    /// Marks the chosen theme.
    pub fn show_theme(&self, chosen: Theme) -> tauri::Result<()> {
        self.themes.iter().try_for_each(|(theme, item)| item.set_checked(*theme == chosen))
    }

    /// Says what undo and redo would do in the team, and offers what needs a team where there is one.
    pub fn show_team(&self, state: Option<&UndoState>) -> tauri::Result<()> {
        let (undo, redo) = state.map_or((None, None), |state| (state.undo.as_deref(), state.redo.as_deref()));
        for (item, verb, title) in [(&self.undo, "Undo", undo), (&self.redo, "Redo", redo)] {
            item.set_text(titled(verb, title))?;
            item.set_enabled(title.is_some())?;
        }
        self.has_team.store(state.is_some(), Ordering::Relaxed);
        let screens = lock(&self.screens);
        self.needs_team.iter().chain(screens.iter()).try_for_each(|item| item.set_enabled(state.is_some()))
    }
}

/// Does what was chosen, or tells the page.
pub fn chosen<R: Runtime>(app: &AppHandle<R>, event: &MenuEvent) {
    let Some((label, id)) = event.id().as_ref().split_once('/') else { return };
    let Some(window) = app.get_webview_window(label) else { return };
    let (id, value) = id.split_once('/').unwrap_or((id, ""));
    let done = match id {
        "close" => window.close(),
        "quit" => {
            app.exit(0);
            Ok(())
        }
        "zoomIn" => zoom(window, Some(1.1)),
        "zoomOut" => zoom(window, Some(1.0 / 1.1)),
        "zoomReset" => zoom(window, None),
        "fullScreen" => window.is_fullscreen().and_then(|now| window.set_fullscreen(!now)),
        "edit" => edit_text(&window, value),
        _ => match serde_json::from_value::<Choice>(id.into()) {
            Ok(id) => window.emit_to(label, "menu", MenuChoice { id, value: value.to_owned() }),
            Err(_) => Ok(()),
        },
    };
    if let Err(error) = done {
        eprintln!("The menu could not do {id}: {error}");
    }
}

fn zoom<R: Runtime>(window: WebviewWindow<R>, factor: Option<f64>) -> tauri::Result<()> {
    tauri::async_runtime::spawn_blocking(move || {
        let zoomed = window.state::<Shell<R>>().device.change(|remembered| {
            remembered.zoom = factor.map_or(1.0, |factor| (remembered.zoom * factor).clamp(0.5, 3.0));
            // Before it is written, so that the page follows the key; this waits for no other thread.
            window.set_zoom(remembered.zoom)
        });
        if let Err(error) = zoomed {
            eprintln!("The page could not be magnified: {error}");
        }
    });
    Ok(())
}

fn titled(verb: &str, title: Option<&str>) -> String {
    let key = if verb == "Undo" { "\tCtrl+Z" } else { "\tCtrl+Shift+Z" };
    let text = title.map_or_else(|| verb.to_owned(), |title| literal(&format!("{verb} {title}")));
    // Windows shows what follows a tab as the key, without taking it; GTK is told in `linux::show_keys`.
    if cfg!(windows) { text + key } else { text }
}

/// Text as it is, without the meaning that a menu gives to `&`, and not too long.
fn literal(text: &str) -> String {
    let mut short: String =
        text.chars().take(LONGEST_TITLE).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST_TITLE).is_some() {
        short.push('…');
    }
    short.replace('&', "&&")
}

fn about<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<PredefinedMenuItem<R>> {
    let about = AboutMetadata {
        name: Some("Evenkeel".into()),
        version: Some(app.package_info().version.to_string()),
        comments: Some("New features and a stable live product, on an even keel.".into()),
        license: Some("Apache-2.0 OR MIT".into()),
        icon: app.default_window_icon().cloned(),
        ..AboutMetadata::default()
    };
    PredefinedMenuItem::about(app, Some("About Evenkeel"), Some(about))
}

type Items<R> = Vec<Box<dyn IsMenuItem<R>>>;

/// Cut, copy, paste and select all.
#[cfg(not(target_os = "linux"))]
fn editing<R: Runtime>(app: &AppHandle<R>, _label: &str) -> tauri::Result<Items<R>> {
    Ok(vec![
        Box::new(PredefinedMenuItem::cut(app, None)?),
        Box::new(PredefinedMenuItem::copy(app, None)?),
        Box::new(PredefinedMenuItem::paste(app, None)?),
        Box::new(PredefinedMenuItem::select_all(app, None)?),
    ])
}

/// Cut, copy, paste and select all: entries of our own, because the predefined ones type keys by X11 and do nothing
/// under Wayland.
#[cfg(target_os = "linux")]
fn editing<R: Runtime>(app: &AppHandle<R>, label: &str) -> tauri::Result<Items<R>> {
    [("Cut", "Cut"), ("Copy", "Copy"), ("Paste", "Paste"), ("Select all", "SelectAll")]
        .into_iter()
        .map(|(text, command)| {
            let item = MenuItem::with_id(app, format!("{label}/edit/{command}"), text, true, None::<&str>)?;
            Ok(Box::new(item) as Box<dyn IsMenuItem<R>>)
        })
        .collect()
}

#[cfg(not(target_os = "linux"))]
fn edit_text<R: Runtime>(_window: &WebviewWindow<R>, _command: &str) -> tauri::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
fn edit_text<R: Runtime>(window: &WebviewWindow<R>, command: &str) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt as _;
    let command = command.to_owned();
    window.with_webview(move |view| view.inner().execute_editing_command(&command))
}

/// What only GTK needs.
#[cfg(target_os = "linux")]
mod linux {
    use gtk::gdk::ModifierType;
    use gtk::gdk::keys::constants as keys;
    use gtk::prelude::*;
    use tauri::{Runtime, WebviewWindow};

    /// Shows keys beside entries without making them accelerators: GTK would take the key before the page sees it.
    pub fn show_keys<R: Runtime>(window: &WebviewWindow<R>) {
        let shown = window.clone();
        let walk = move || {
            let Ok(frame) = shown.default_vbox() else { return };
            let bars = frame.children().into_iter().filter_map(|child| child.downcast::<gtk::MenuBar>().ok());
            let bars: Vec<_> = bars.collect();
            for bar in &bars {
                let page = frame.downgrade();
                // Without a compositor WebKit does not draw again what a menu has covered.
                bar.connect_deactivate(move |_| page.upgrade().iter().for_each(WidgetExt::queue_draw));
            }
            for entry in bars.iter().flat_map(|bar| bar.children()).flat_map(entries) {
                let text = entry.label().unwrap_or_default();
                let label = entry.child().and_then(|label| label.downcast::<gtk::AccelLabel>().ok());
                if let (Some((key, held)), Some(label)) = (key_of(&text), label) {
                    label.set_accel(key, held);
                }
            }
        };
        // Without the keys the menu is as useful.
        let _ = window.run_on_main_thread(walk);
    }

    fn entries(menu: gtk::Widget) -> Vec<gtk::MenuItem> {
        let menu = menu.downcast::<gtk::MenuItem>().ok().and_then(|item| item.submenu());
        let menu = menu.and_then(|menu| menu.downcast::<gtk::Menu>().ok());
        let entries = menu.map(|menu| menu.children()).unwrap_or_default();
        entries.into_iter().filter_map(|entry| entry.downcast::<gtk::MenuItem>().ok()).collect()
    }

    fn key_of(text: &str) -> Option<(u32, ModifierType)> {
        let control = ModifierType::CONTROL_MASK;
        Some(match text {
            "Undo" => (*keys::Z, control),
            "Redo" => (*keys::Z, control | ModifierType::SHIFT_MASK),
            "Cut" => (*keys::X, control),
            "Copy" => (*keys::C, control),
            "Paste" => (*keys::V, control),
            "Select all" => (*keys::A, control),
            "Report an interrupt…" => (*keys::I, control),
            "Keys" => (*keys::question, ModifierType::empty()),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_the_menu_are_text_and_short() {
        assert_eq!(literal("Rename “R&D”"), "Rename “R&&D”");
        assert_eq!(literal("two\nlines"), "two lines");
        let long = "x".repeat(200);
        assert_eq!(literal(&long).chars().count(), LONGEST_TITLE + 1);
        assert!(literal(&long).ends_with('…'));
    }

    #[test]
    fn undo_bears_the_title_of_what_it_undoes() {
        let key = if cfg!(windows) { "\tCtrl+Z" } else { "" };
        assert_eq!(
            titled("Undo", Some("Import 117 items from Azure DevOps")),
            format!("Undo Import 117 items from Azure DevOps{key}")
        );
        assert_eq!(titled("Undo", None), format!("Undo{key}"));
    }

    #[test]
    fn every_entry_of_the_page_has_the_name_that_the_menu_uses() {
        for (id, choice) in [
            ("newTeam", Choice::NewTeam),
            ("openTeam", Choice::OpenTeam),
            ("openRecent", Choice::OpenRecent),
            ("import", Choice::Import),
            ("export", Choice::Export),
            ("saveBurnDown", Choice::SaveBurnDown),
            ("reportInterrupt", Choice::ReportInterrupt),
            ("undo", Choice::Undo),
            ("redo", Choice::Redo),
            ("screen", Choice::Screen),
            ("theme", Choice::Theme),
            ("keys", Choice::Keys),
        ] {
            assert_eq!(serde_json::from_value::<Choice>(id.into()).unwrap(), choice);
        }
    }
}
