//! The native file dialogs.
//!
//! 1. Dialogs belong to Rust: the page never sees a path, only a name to show and a handle to attach.
//! 2. A dialog that was closed without a choice is no error; the answer is nothing.
//! 3. In a debug build a test may choose instead of a person: EVENKEEL_PICK names a file whose lines are the paths
//!    that the next dialogs choose, one of them or all; an empty line is a dialog that was closed. Without such a file a person is asked.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tauri::{Runtime, WebviewWindow};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder};
use ts_rs::TS;

/// Kinds of files that a dialog offers.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "FileFilter")]
pub struct Filter {
    /// What people call them.
    pub name: String,
    /// Their endings, without the dot.
    pub extensions: Vec<String>,
}

impl Filter {
    /// Team files.
    pub fn teams() -> Self {
        Self { name: "Evenkeel teams".into(), extensions: vec!["evenkeel".into()] }
    }
}

/// Asks for a file that exists.
pub fn open<R: Runtime>(window: &WebviewWindow<R>, title: &str, filters: &[Filter]) -> Option<PathBuf> {
    chosen_by_test().map(first).unwrap_or_else(|| {
        dialog(window, title, filters).blocking_pick_file().and_then(|file| file.into_path().ok())
    })
}

/// Asks for files that exist; none where the dialog was closed.
pub fn open_several<R: Runtime>(window: &WebviewWindow<R>, title: &str, filters: &[Filter]) -> Vec<PathBuf> {
    chosen_by_test().unwrap_or_else(|| {
        let files = dialog(window, title, filters).blocking_pick_files().unwrap_or_default();
        files.into_iter().filter_map(|file| file.into_path().ok()).collect()
    })
}

/// Asks for a folder that exists.
pub fn open_folder<R: Runtime>(window: &WebviewWindow<R>, title: &str) -> Option<PathBuf> {
    chosen_by_test().map(first).unwrap_or_else(|| {
        dialog(window, title, &[]).blocking_pick_folder().and_then(|folder| folder.into_path().ok())
    })
}

/// Asks where to save a file; the answer bears the first of the filter's endings.
pub fn save<R: Runtime>(
    window: &WebviewWindow<R>,
    title: &str,
    name: &str,
    filter: &Filter,
) -> Option<PathBuf> {
    let chosen = chosen_by_test().map(first).unwrap_or_else(|| {
        let dialog =
            dialog(window, title, std::slice::from_ref(filter)).set_file_name(file_name(name, filter));
        dialog.blocking_save_file().and_then(|file| file.into_path().ok())
    });
    chosen.map(|path| with_ending(&path, filter))
}

fn dialog<R: Runtime>(window: &WebviewWindow<R>, title: &str, filters: &[Filter]) -> FileDialogBuilder<R> {
    let dialog = window.dialog().file().set_title(title).set_parent(window);
    filters.iter().fold(dialog, |dialog, filter| {
        let extensions: Vec<_> = filter.extensions.iter().map(String::as_str).collect();
        dialog.add_filter(&filter.name, &extensions)
    })
}

/// The only file of a dialog that takes one.
fn first(chosen: Vec<PathBuf>) -> Option<PathBuf> {
    chosen.into_iter().next()
}

/// What a test chooses, in a debug build: nothing to decide, paths, or a closed dialog without any.
fn chosen_by_test() -> Option<Vec<PathBuf>> {
    if !cfg!(debug_assertions) {
        return None;
    }
    let file = std::env::var_os("EVENKEEL_PICK")?;
    let text = std::fs::read_to_string(file).ok()?;
    Some(text.lines().take_while(|line| !line.is_empty()).map(PathBuf::from).collect())
}

/// A name that every file system takes, with the filter's ending.
fn file_name(name: &str, filter: &Filter) -> String {
    let allowed: String =
        name.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { ' ' } else { c }).collect();
    let allowed = allowed.split_whitespace().collect::<Vec<_>>().join(" ");
    let allowed = allowed.trim_matches(['.', ' ']);
    let stem = if allowed.is_empty() { "Untitled" } else { allowed };
    with_ending(Path::new(stem), filter).to_string_lossy().into_owned()
}

fn with_ending(path: &Path, filter: &Filter) -> PathBuf {
    let has = |ending: &String| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending.as_str()));
    match filter.extensions.first() {
        Some(ending) if !filter.extensions.iter().any(has) => {
            let mut name = path.as_os_str().to_owned();
            name.push(".");
            name.push(ending);
            name.into()
        }
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_can_have_any_name_and_its_file_a_possible_one() {
        let check =
            |name: &str, expected: &str| assert_eq!(file_name(name, &Filter::teams()), expected, "{name:?}");
        check("Payments", "Payments.evenkeel");
        check("R&D / Platform: core", "R&D Platform core.evenkeel");
        check("../..", "Untitled.evenkeel");
        check("", "Untitled.evenkeel");
        check("Zahlungen (Köln) v2.1", "Zahlungen (Köln) v2.1.evenkeel");
        check("Payments.EVENKEEL", "Payments.EVENKEEL");
    }

    #[test]
    fn a_saved_file_bears_one_of_the_endings() {
        let pictures = Filter { name: "Pictures".into(), extensions: vec!["svg".into(), "png".into()] };
        assert_eq!(with_ending(Path::new("/x/burn"), &pictures), Path::new("/x/burn.svg"));
        assert_eq!(with_ending(Path::new("/x/burn.png"), &pictures), Path::new("/x/burn.png"));
        assert_eq!(with_ending(Path::new("/x/v1.2"), &pictures), Path::new("/x/v1.2.svg"));
    }
}
