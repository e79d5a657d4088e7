//! What the program is built from: licences, number, known advisories.
//!
//! 1. Every package, for every system and for the tests too, has a licence that our own allows to ship.
//! 2. A new package is a decision: the number has a limit, and whoever raises it says so in the same commit.
//! 3. The database of advisories cannot be reached where this runs. Those that are known are listed in
//!    `known_advisories.tsv`, each with a reason and a date; an entry for what is no longer used must go.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Packages from elsewhere in Cargo.lock, for all systems together; most belong to Tauri and its web view, some to gix.
const LIMIT: usize = 640;

const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Name and version of every package in Cargo.lock that is not our own.
fn locked() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let value = |package: &str, name: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""));
        line.map(|line| line.trim_end_matches('"').to_owned())
    };
    let from_elsewhere = text.split("[[package]]").skip(1).filter(|package| package.contains("\nsource = "));
    from_elsewhere.filter_map(|package| Some((value(package, "name")?, value(package, "version")?))).collect()
}

/// Whether an SPDX expression can be met by licences that are allowed. Older manifests write `/` for OR.
fn is_allowed(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], " ( ").replace(" ( ", " ");
    // Without brackets OR binds weaker than AND; where a bracket stood, both readings must be allowed.
    let all_of = |text: &str| text.split(" AND ").all(|one| ALLOWED.contains(&one.trim()));
    let any_of = |text: &str| text.split(" OR ").any(|one| ALLOWED.contains(&one.trim()));
    let weak_or = plain.split(" OR ").any(all_of);
    let strong_or = plain.split(" AND ").all(any_of);
    if expression.contains('(') { weak_or && strong_or } else { weak_or }
}

#[test]
fn licences_are_read_as_they_are_meant() {
    for (expression, allowed) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("Apache-2.0 / MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT", true),
        ("MIT AND GPL-3.0-only", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(MIT OR GPL-3.0-only) AND LGPL-2.1-or-later", false),
        ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", true),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression), allowed, "{expression:?}");
    }
}

#[test]
fn every_package_may_be_shipped_under_our_licence() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo answers JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "all packages are looked at, not {}", packages.len());
    let text = |package: &Value, name: &str| package[name].as_str().unwrap_or_default().to_owned();
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !is_allowed(&text(package, "license")))
        .map(|package| {
            format!("{} {}: {:?}", text(package, "name"), text(package, "version"), text(package, "license"))
        })
        .collect();
    assert!(refused.is_empty(), "packages whose licence is not allowed:\n{}", refused.join("\n"));
}

#[test]
fn the_number_of_packages_has_a_limit() {
    let found = locked().len();
    println!("{found} packages, at most {LIMIT}");
    assert!(found > 100, "Cargo.lock was read, and names {found}");
    assert!(found <= LIMIT, "{found} packages; at most {LIMIT} were agreed on");
}

#[test]
fn a_known_advisory_has_a_reason_and_a_date_and_goes_with_its_package() {
    let locked = locked();
    let text = include_str!("known_advisories.tsv");
    let mut rows = text.lines().filter(|line| !line.starts_with('#'));
    assert_eq!(rows.next(), Some("advisory\tpackage\tversion\tsince\treason"));
    let mut seen = 0;
    for row in rows {
        let [advisory, package, version, since, reason] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five columns: {row}");
        };
        let used = locked.iter().any(|(name, has)| name == package && has.starts_with(version));
        assert!(used, "{advisory}: {package} {version} is no longer used; take the line out");
        assert!(advisory.starts_with("RUSTSEC-") || advisory.starts_with("GHSA-"), "{advisory}");
        assert!(domain::calendar::Day::parse(since).is_some(), "{advisory}: {since} is no day");
        assert!(reason.split_whitespace().count() >= 4, "{advisory}: a reason says why it does no harm here");
        seen += 1;
    }
    assert!(seen > 0, "no advisory was read");
}
