//! Foreign, newer, cut short, damaged, empty, a folder, read-only, locked, no room: each has a sentence with a way
//! out, and the file stays byte for byte as it was.

use app::{Access, AppError, ErrorKind, Team};
use evenkeel_tests::{Desk, window};
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Opens what must be refused: the kind and the message are as expected, there is a hint, the bytes are unchanged.
#[track_caller]
fn check(path: &Path, access: &Access, kind: ErrorKind, message: &str) {
    let before = fs::read(path).ok();
    let error = match Team::open(path, access) {
        Err(error) => AppError::from(error),
        Ok(_) => panic!("{} was opened", path.display()),
    };
    assert_eq!((error.kind, error.message.as_str()), (kind, message));
    assert!(error.hint.is_some_and(|hint| !hint.is_empty()), "a way out");
    assert!(fs::read(path).ok() == before, "the file is unchanged");
    let left: Vec<_> = fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("-journal") || name.contains("-wal") || name.contains("-shm"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

/// A whole team file with some items, closed.
fn team_file() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("payments.evenkeel");
    let mut desk = Desk::new();
    for number in 0..40 {
        desk.run(json!({ "backlog": { "addItem": { "title": format!("Item {number}") } } }));
    }
    fs::copy(desk.path(), &path).unwrap();
    (folder, path)
}

#[test]
fn a_file_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gone.evenkeel");
    check(&path, &Access::Script, ErrorKind::NotFound, "There is no file gone.evenkeel.");
    assert!(!path.exists(), "opening creates nothing");
}

#[test]
fn files_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.evenkeel");
    for bytes in [&b""[..], b"Summary,Issue key\n", &[0xFF; 5000], b"SQLite format 3\0 and then nothing"] {
        fs::write(&path, bytes).unwrap();
        check(&path, &Access::Script, ErrorKind::File, "notes.evenkeel is not a team file of Evenkeel.");
    }
    let database = folder.path().join("other.evenkeel");
    rusqlite::Connection::open(&database)
        .unwrap()
        .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        .unwrap();
    check(&database, &window("here"), ErrorKind::File, "other.evenkeel is not a team file of Evenkeel.");
    let inner = folder.path().join("folder.evenkeel");
    fs::create_dir(&inner).unwrap();
    check(&inner, &Access::Script, ErrorKind::File, "folder.evenkeel is not a team file of Evenkeel.");
}

#[test]
fn a_file_of_a_newer_version() {
    let (_folder, path) = team_file();
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 9_999).unwrap();
    check(&path, &window("here"), ErrorKind::File, "This file was written by a newer version of Evenkeel.");
}

#[test]
fn a_file_that_is_cut_short() {
    let (_folder, path) = team_file();
    let bytes = fs::read(&path).unwrap();
    for length in [bytes.len() - 1, bytes.len() / 2, 4096, 1000] {
        fs::write(&path, &bytes[..length]).unwrap();
        check(&path, &window("here"), ErrorKind::Damaged, "payments.evenkeel is damaged.");
    }
}

#[test]
fn a_file_whose_pages_were_overwritten() {
    let (_folder, path) = team_file();
    let mut bytes = fs::read(&path).unwrap();
    // The list of tables starts behind the header of the first page.
    bytes[100..400].fill(0xAA);
    fs::write(&path, &bytes).unwrap();
    check(&path, &Access::Script, ErrorKind::Damaged, "payments.evenkeel is damaged.");
}

#[test]
fn damage_inside_a_file_is_found_by_looking_through_it_and_nothing_is_written_then() {
    let (_folder, path) = team_file();
    app::look_through(&path, || false).expect("the file is whole");
    let stopped = app::look_through(&path, || true).unwrap_err();
    assert_eq!(AppError::from(stopped).kind, ErrorKind::Cancelled);
    let bytes = damage_inside(&path);
    let mut team = Team::open(&path, &Access::Script).expect("what opens a file reads other pages");
    let found = AppError::from(app::look_through(&path, || false).unwrap_err());
    assert_eq!((found.kind, found.message.as_str()), (ErrorKind::Damaged, "payments.evenkeel is damaged."));
    team.stop_writing();
    let context = app::Context::new(domain::calendar::Instant::from_millis(0), 1, "test", "");
    let rename =
        app::parse_command(&json!({ "team": { "rename": { "name": "Other" } } }).to_string()).unwrap();
    assert_eq!(app::run(&mut team, rename, &context).unwrap_err().kind, ErrorKind::ReadOnly);
    drop(team);
    assert!(fs::read(&path).unwrap() == bytes, "the file is unchanged");
}

#[test]
fn a_question_that_meets_damage_names_the_file() {
    let (_folder, path) = team_file();
    let altered = rusqlite::Connection::open(&path).unwrap();
    altered.execute("UPDATE lane_share SET share = 1", []).unwrap();
    drop(altered);
    let team = Team::open(&path, &Access::Script).unwrap();
    let context = app::Context::new(domain::calendar::Instant::from_millis(0), 1, "test", "");
    let settings = app::parse_query(&json!({ "team": { "settings": {} } }).to_string()).unwrap();
    let refused = app::ask(&team, settings, &context).unwrap_err();
    assert_eq!(
        (refused.kind, refused.message.as_str()),
        (ErrorKind::Damaged, "payments.evenkeel is damaged.")
    );
}

#[test]
fn the_copies_of_a_file_are_listed_the_newest_first() {
    let (folder, path) = team_file();
    let copies = folder.path().join("copies");
    let listed = || {
        let listed = app::daily_copies(&copies, &path).unwrap();
        let name = |copy: &app::DailyCopy| copy.path.file_name().unwrap().to_str().unwrap().to_owned();
        listed.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(listed(), Vec::<String>::new(), "no folder, no copies");
    let team = Team::open(&path, &Access::Script).unwrap();
    for number in [0, 2, 1] {
        let day = domain::calendar::Instant::from_millis(1_795_000_000_000 + number * 86_400_000);
        team.back_up_daily(&copies, day).unwrap();
    }
    fs::write(copies.join("ledger 2026-11-20.evenkeel"), "of another file").unwrap();
    fs::write(copies.join("payments 2026-11-20 old.evenkeel"), "by hand").unwrap();
    assert_eq!(
        listed(),
        ["payments 2026-11-20.evenkeel", "payments 2026-11-19.evenkeel", "payments 2026-11-18.evenkeel"]
    );
}

/// Overwrites one page in the middle; what opens a file reads others.
fn damage_inside(path: &Path) -> Vec<u8> {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 4096 / 2 * 4096;
    bytes[middle..middle + 4096].fill(0xEE);
    fs::write(path, &bytes).unwrap();
    bytes
}

#[test]
fn damage_inside_a_file_does_not_take_the_place_of_a_good_copy() {
    let (folder, path) = team_file();
    let copies = folder.path().join("copies");
    let day = |number: i64| domain::calendar::Instant::from_millis(1_795_000_000_000 + number * 86_400_000);
    let kept = || {
        let names = fs::read_dir(&copies).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect::<Vec<_>>()
    };
    assert!(Team::open(&path, &Access::Script).unwrap().back_up_daily(&copies, day(0)).unwrap());
    assert_eq!(kept(), ["payments 2026-11-18.evenkeel"]);
    let bytes = damage_inside(&path);
    let refused = Team::open(&path, &Access::Script).unwrap().back_up_daily(&copies, day(1)).unwrap_err();
    assert_eq!(AppError::from(refused).message, "payments.evenkeel is damaged.");
    assert_eq!(kept(), ["payments 2026-11-18.evenkeel"]);
    assert!(fs::read(&path).unwrap() == bytes, "the file is unchanged");
}

#[test]
fn a_row_that_was_altered_behind_the_journal_is_found_by_the_check() {
    let (_folder, path) = team_file();
    let altered = rusqlite::Connection::open(&path).unwrap();
    altered.execute("UPDATE item SET size = 800 WHERE label = 'PAY-7'", []).unwrap();
    altered.execute("UPDATE team SET name = 'Somebody else'", []).unwrap();
    drop(altered);
    let found = Team::open(&path, &Access::Script).unwrap().check().unwrap().problems;
    let found: Vec<String> = found.iter().map(|problem| format!("{problem:?}")).collect();
    assert_eq!(found.len(), 3, "the item twice (journal and fold), the team once: {found:?}");
    assert!(found.iter().any(|problem| problem.contains("Fold") && problem.contains("PAY-7")));
}

#[test]
fn a_file_marked_read_only_is_opened_for_reading() {
    let (_folder, path) = team_file();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let before = fs::read(&path).unwrap();
    let mut team = Team::open(&path, &Access::Script).unwrap();
    assert!(team.is_read_only());
    assert_eq!(team.read().team().unwrap().name, "Payments");
    let context = app::Context::new(domain::calendar::Instant::from_millis(0), 1, "test", "");
    let rename =
        app::parse_command(&json!({ "team": { "rename": { "name": "Other" } } }).to_string()).unwrap();
    let refused = app::run(&mut team, rename, &context).unwrap_err();
    assert_eq!(
        (refused.kind, refused.message.as_str()),
        (ErrorKind::ReadOnly, "This file may only be read.")
    );
    assert!(team.check().unwrap().problems.is_empty());
    drop(team);
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn a_second_window_is_told_who_has_the_file() {
    let (_folder, path) = team_file();
    let mut holder = writer(&path, "hold");
    check(&path, &window("here"), ErrorKind::InUse, "This team is open elsewhere: another machine.");
    let beside = Team::open(&path, &Access::Script).unwrap();
    assert_eq!(beside.read().team().unwrap().name, "Payments", "a script reads beside a window");
    drop(beside);
    holder.kill().unwrap();
    holder.wait().unwrap();
    let team = Team::open(&path, &window("here")).expect("a hold falls with its process");
    drop(team);
    let left: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "a closed team is one file: {left:?}");
}

#[test]
fn a_write_waits_for_another_and_gives_up_in_words() {
    let (_folder, path) = team_file();
    let mut team = Team::open(&path, &Access::Script).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let context = app::Context::new(domain::calendar::Instant::from_millis(0), 1, "test", "");
    let rename =
        || app::parse_command(&json!({ "team": { "rename": { "name": "Other" } } }).to_string()).unwrap();
    let refused = app::run(&mut team, rename(), &context).unwrap_err();
    assert_eq!(
        (refused.kind, refused.message.as_str()),
        (ErrorKind::InUse, "Somebody else is writing to this team.")
    );
    other.execute_batch("COMMIT").unwrap();
    app::run(&mut team, rename(), &context).expect("then it is free");
}

#[test]
fn a_disk_that_is_full_in_the_middle_of_an_import_changes_nothing() {
    let Some(small) = SmallDisk::mount() else { return };
    let (_folder, whole) = team_file();
    let path = small.0.path().join("payments.evenkeel");
    fs::copy(&whole, &path).unwrap();
    let before = fs::read(&path).unwrap();
    let mut team = Team::open(&path, &Access::Script).unwrap();
    let context = app::Context::new(domain::calendar::Instant::from_millis(1_795_000_000_000), 1, "test", "");
    let rows: String = (0..20_000).map(|n| format!("ABC-{n},Work number {n} of many,Task,To Do\n")).collect();
    let file = format!("Issue key,Summary,Issue Type,Status\n{rows}");
    let context = app::Context { attachment: Some(file.as_bytes()), ..context };
    let look = app::parse_query(&json!({ "exchange": { "look": {} } }).to_string()).unwrap();
    let look: serde_json::Value = serde_json::from_str(&app::ask(&team, look, &context).unwrap().0).unwrap();
    let import = json!({ "exchange": { "import": { "mapping": look["mapping"] } } });
    let refused =
        app::run(&mut team, app::parse_command(&import.to_string()).unwrap(), &context).unwrap_err();
    assert_eq!(
        (refused.kind, refused.message.as_str()),
        (ErrorKind::DiskFull, "There is no room left on the disk.")
    );
    assert!(team.check().unwrap().problems.is_empty());
    drop(team);
    assert!(fs::read(&path).unwrap() == before, "the file is unchanged");
}

/// A disk of two megabytes in memory, where the system lets this process have one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<SmallDisk> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(SmallDisk(folder));
        }
        println!("skipped: a small disk can only be mounted by root");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

/// Starts the writer and waits until it has the file open.
pub(crate) fn writer(path: &Path, how: &str) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_writer"))
        .arg(path)
        .arg(how)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the writer starts");
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("its output"));
    out.read_line(&mut line).expect("a line");
    assert_eq!(line, "open\n");
    child
}
