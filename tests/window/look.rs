//! Pictures of screens, for people to look at: every screen in three themes and two sizes.
//!
//! `cargo run -p evenkeel-tests --bin look -- TEAM.evenkeel '#/backlog' '#/charts'`. Without a
//! team it looks at the sample; without addresses at all screens. The pictures go to `target/screens`.

use evenkeel_tests::desktop::{Device, has_screen};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const THEMES: [&str; 3] = ["light", "dark", "projector"];
const SIZES: [(u32, u32); 2] = [(1280, 800), (1920, 1080)];

fn main() {
    if !has_screen() {
        return;
    }
    let (teams, mut addresses): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|argument| !argument.starts_with('#'));
    let device = Device::new();
    let copy = teams.first().map(|team| copied(&device, team));
    let file: Vec<&str> = copy.iter().filter_map(|path| path.to_str()).collect();
    let window = device.start(&file);
    if file.is_empty() {
        window.host(json!({ "exploreSample": {} }));
    }
    window.until("the team is open", || window.host(json!({ "windowInfo": {} }))["team"].is_string());
    if addresses.is_empty() {
        let links = "return [...document.querySelectorAll('nav a[href^=\"#\"]')].map((link) => link.getAttribute('href'))";
        window.until("screens are listed", || {
            window.script(links, &[]).as_array().is_some_and(|all| !all.is_empty())
        });
        let all = window.script(links, &[]);
        addresses =
            all.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    }
    for (width, height) in SIZES {
        window.resize(width, height);
        for theme in THEMES {
            window.host(json!({ "setTheme": { "theme": theme } }));
            for address in &addresses {
                window.go(address);
                // Nothing says that a screen is whole; the page is quiet when nothing has changed for a while.
                let mut before = String::new();
                while before != window.text() || before.is_empty() {
                    before = window.text();
                    std::thread::sleep(std::time::Duration::from_millis(400));
                }
                let name: String =
                    address.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
                let name = format!("{}-{theme}-{width}", name.trim_matches('-'));
                println!("{}", window.picture(&name).display());
            }
        }
    }
}

/// A copy, so that looking changes nothing and takes no hold of a file that is open elsewhere.
fn copied(device: &Device, team: &str) -> PathBuf {
    let name = Path::new(team).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let copy = device.document(&name);
    if let Err(error) = std::fs::copy(team, &copy) {
        eprintln!("{team} cannot be copied: {error}");
        std::process::exit(2);
    }
    copy
}
