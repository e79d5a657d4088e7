//! The architecture as tests.
//!
//! 1. Dependencies point one way: shell and command line → app → store, charts → domain; the core knows no window.
//! 2. SQL stands in `store`, the bridge to the shell in `ui/host.js`, and nowhere else.
//! 3. A file is named after an area or one of a few words shared by all areas, says what it is, and is never `mod.rs`.
//! 4. Every command has a journey; every dependency has a reason.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const AREAS: &[&str] = &[
    "action_item",
    "backlog",
    "capacity",
    "daily",
    "delivery",
    "exchange",
    "flow",
    "forecast",
    "incident",
    "interrupt",
    "on_call",
    "postmortem",
    "priority",
    "reliability",
    "retrospective",
    "review",
    "sprint",
    "team",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// All files below a folder with an ending, with their text; what is fetched or built is left out.
fn files(below: &str, ending: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "node_modules", "vendor", "gen", ".git"].contains(&name.as_str()) {
                    walk(&path, ending, found);
                }
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    let root = root();
    let mut found = Vec::new();
    walk(&root.join(below), ending, &mut found);
    found.sort();
    let relative = |path: &Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}

/// The part of a Rust file that is not its tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[track_caller]
fn none(rule: &str, offenders: Vec<String>) {
    assert!(offenders.is_empty(), "{rule}:\n{}", offenders.join("\n"));
}

/// The names under `[dependencies]` of a manifest.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(manifest)).unwrap();
    let section =
        text.split("[dependencies]").nth(1).unwrap_or_default().split("\n[").next().unwrap_or_default();
    let name = |line: &str| line.split(['.', '=', ' ']).next().unwrap_or_default().to_owned();
    section.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(name).collect()
}

#[test]
fn dependencies_point_one_way() {
    let check = |manifest: &str, known: &[&str], never: &[&str]| {
        let found = dependencies(manifest);
        for layer in ["domain", "store", "charts", "report", "connect", "app"] {
            let allowed = known.contains(&layer);
            assert!(allowed || !found.contains(layer), "{manifest} must not depend on {layer}");
        }
        for name in never {
            assert!(!found.contains(*name), "{manifest} must not depend on {name}");
        }
    };
    let window = ["tauri", "tauri-plugin-dialog", "tokio"];
    let never = |more: &[&'static str]| [&window[..], more].concat();
    check("src-tauri/crates/domain/Cargo.toml", &[], &never(&["rusqlite", "serde_json", "plotters"]));
    check("src-tauri/crates/store/Cargo.toml", &["domain"], &never(&["plotters"]));
    check("src-tauri/crates/charts/Cargo.toml", &["domain"], &never(&["rusqlite"]));
    check(
        "src-tauri/crates/app/Cargo.toml",
        &["domain", "store", "charts", "report", "connect"],
        &never(&["rusqlite"]),
    );
    check("src-tauri/crates/cli/Cargo.toml", &["app"], &never(&["rusqlite"]));
    check("src-tauri/Cargo.toml", &["app"], &["rusqlite"]);
}

#[test]
fn a_file_is_named_after_an_area() {
    let shared: &[(&str, &[&str])] = &[
        ("domain", &["lib", "calendar", "identity", "measures"]),
        ("store", &["lib", "check", "error", "journal", "row", "schema", "team_file"]),
        ("app", &["lib", "contract", "error", "journal", "moment", "sample"]),
    ];
    let mut offenders = Vec::new();
    for (layer, words) in shared {
        for entry in fs::read_dir(root().join(format!("src-tauri/crates/{layer}/src"))).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            if !AREAS.contains(&name.as_str()) && !words.contains(&name.as_str()) {
                offenders.push(format!("{layer}: {name}"));
            }
        }
    }
    none("a module of domain, store and app is an area", offenders);
    let all = files("src-tauri", ".rs");
    none(
        "a module is `area.rs` beside its folder",
        all.iter().filter(|(path, _)| path.ends_with("mod.rs")).map(|(path, _)| path.clone()).collect(),
    );
}

#[test]
fn every_module_says_what_it_is() {
    let rust = files("src-tauri", ".rs").into_iter().chain(files("tests", ".rs"));
    none(
        "a Rust file starts with //!",
        rust.filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect(),
    );
}

#[test]
fn sql_stands_in_the_store_only() {
    let sql = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "PRAGMA ", "CREATE TABLE "];
    let outside = files("src-tauri", ".rs").into_iter().filter(|(path, _)| !path.contains("crates/store/"));
    none(
        "no SQL outside store",
        outside
            .filter(|(_, text)| sql.iter().any(|word| without_tests(text).contains(word)))
            .map(|(path, _)| path)
            .collect(),
    );
}

#[test]
fn the_window_keeps_to_its_doors() {
    let scripts = files("ui", ".js");
    assert!(!scripts.is_empty());
    let mut offenders = Vec::new();
    for (path, text) in &scripts {
        let mut check = |word: &str, allowed: bool| {
            if text.contains(word) && !allowed {
                offenders.push(format!("{path}: {word}"));
            }
        };
        check("__TAURI__", path == "ui/host.js");
        for word in [
            "unsafeHTML",
            "unsafeSVG",
            "styleMap",
            " style=",
            "eval(",
            "new Function",
            "fetch(",
            "XMLHttpRequest",
        ] {
            check(word, false);
        }
        check("innerHTML", text.contains("createPolicy('svg'") || text.contains("createPolicy(\"svg\""));
        if !text.contains("// @ts-check") {
            offenders.push(format!("{path}: no // @ts-check"));
        }
    }
    for (path, text) in files("ui", ".html") {
        let inline = text.contains("<style") || text.contains(" style=") || text.contains(" onclick=");
        let script = text
            .split("<script")
            .skip(1)
            .any(|tag| !tag.split('>').next().unwrap_or_default().contains("src="));
        if inline || script {
            offenders.push(format!("{path}: inline style or script"));
        }
    }
    none("the window keeps to its doors", offenders);
}

#[test]
fn the_page_asks_for_all_its_modules_at_once() {
    let page = fs::read_to_string(root().join("ui/index.html")).unwrap();
    let listed = page.split("modulepreload\" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let listed: BTreeSet<String> = listed.map(|module| format!("ui/{module}")).collect();
    let modules = files("ui", ".js").into_iter().chain(files("ui/vendor", ".js")).map(|(path, _)| path);
    assert_eq!(listed, modules.filter(|path| path != "ui/main.js").collect());
}

#[test]
fn every_command_has_a_journey() {
    let contract = fs::read_to_string(root().join("tests/ui-types/contract.d.ts")).unwrap();
    let declared = |name: &str| {
        let start = contract.find(&format!("type {name} = ")).unwrap_or_else(|| panic!("{name} is declared"));
        contract[start..].split(';').next().unwrap_or_default().to_owned()
    };
    // `{ "area": AreaCommand } | …` and in it `{ "verb": Body } | …`
    let variants = |declaration: &str| -> Vec<(String, String)> {
        let pairs = declaration.split('{').skip(1).filter_map(|variant| {
            let name = variant.split('"').nth(1)?;
            let body = variant.split(':').nth(1)?.split('}').next()?;
            Some((name.to_owned(), body.trim().to_owned()))
        });
        pairs.collect()
    };
    // Files without white space, so that layout does not matter.
    let told: Vec<String> = ["tests/journeys", "tests/files", "tests/window"]
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .map(|(_, text)| text.split_whitespace().collect())
        .collect();
    let mut commands = 0;
    let mut offenders = Vec::new();
    for (area, command) in variants(&declared("Command")) {
        for (verb, _) in variants(&declared(&command)) {
            commands += 1;
            let (area_word, verb_word) = (format!("{{\"{area}\":"), format!("{{\"{verb}\":"));
            if !told.iter().any(|text| text.contains(&area_word) && text.contains(&verb_word)) {
                offenders.push(format!("{area}: {verb}"));
            }
        }
    }
    assert!(commands > 30, "the contract names its commands in a form that this test reads: {commands}");
    none("a command is carried out by some journey", offenders);
}

#[test]
fn every_dependency_has_a_reason() {
    let mut offenders = Vec::new();
    for (path, text) in files(".", "Cargo.toml") {
        let mut inside = false;
        let mut reason = false;
        for line in text.lines() {
            match line {
                _ if line.starts_with('[') => (inside, reason) = (line.contains("dependencies"), false),
                "" => reason = false,
                _ if line.starts_with('#') => reason = true,
                _ if inside && !reason && !line.contains("path = ") && !line.contains("workspace") => {
                    offenders.push(format!("{path}: {line}"));
                }
                _ => {}
            }
        }
    }
    none("a dependency has a sentence of reason", offenders);
}
