//! A bare window of the same Tauri under the same content security policy: the floor that the program's start and
//! memory are measured against by `tests/src/bin/startup.rs`.
//!
//! 1. The page is the smallest that can be of use: one module that makes one call and writes down the answer.
//! 2. There is no menu, no plugin, no team, and nothing of the program's own page.

use std::borrow::Cow;

use tauri::utils::assets::{AssetKey, AssetsIter, CspHash};
use tauri::{Assets, Builder, Runtime, WebviewUrl, WebviewWindowBuilder};

const FILES: [(&str, &str); 2] = [
    (
        "/index.html",
        "<!doctype html><meta charset=utf-8><title>Empty</title><script type=module src=main.js></script><h1></h1>",
    ),
    ("/main.js", "document.querySelector('h1').textContent = await __TAURI__.core.invoke('ask');"),
];

/// The two files of the page.
struct Page;

impl<R: Runtime> Assets<R> for Page {
    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        let file = FILES.iter().find(|(name, _)| *name == key.as_ref());
        file.map(|(_, text)| Cow::Borrowed(text.as_bytes()))
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(FILES.iter().map(|(name, text)| (Cow::Borrowed(*name), Cow::Borrowed(text.as_bytes()))))
    }

    fn csp_hashes(&self, _html_path: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}

/// Answers the page's one call; named as one of the program's, because a window may make no other.
#[tauri::command]
async fn ask() -> &'static str {
    "Answered"
}

fn main() -> tauri::Result<()> {
    let mut context = tauri::generate_context!();
    let _ = context.set_assets(Box::new(Page));
    Builder::default()
        .invoke_handler(tauri::generate_handler![ask])
        .setup(|app| {
            // The label is of those that may call, the size is that of the program's first window.
            WebviewWindowBuilder::new(app, "team-empty", WebviewUrl::App("index.html".into()))
                .inner_size(1280.0, 820.0)
                .build()?;
            Ok(())
        })
        .run(context)
}
