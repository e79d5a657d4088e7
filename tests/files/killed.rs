//! A program that is killed loses no command that it had acknowledged, and leaves none half done.

use app::{Access, Team};
use evenkeel_tests::Desk;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::time::Duration;

#[test]
fn three_hundred_times_killed_no_acknowledged_command_is_lost() {
    let rounds =
        std::env::var("EVENKEEL_KILLS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(300_u64);
    let folder = evenkeel_tests::folder();
    let path = folder.path().join("payments.evenkeel");
    let desk = Desk::new();
    fs::copy(desk.path(), &path).unwrap();
    drop(desk);
    let mut written = 0;
    for round in 0..rounds {
        let before = Team::open(&path, &Access::Script).unwrap().check().unwrap().operations;
        let mut child = Command::new(env!("CARGO_BIN_EXE_writer"))
            .arg(&path)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the writer");
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        // Some rounds end while the file is being opened, others after one command or a few, each at another moment.
        for _ in 0..round % 5 {
            out.read_line(&mut said).unwrap();
        }
        std::thread::sleep(Duration::from_micros((round * 7_919) % 9_000));
        child.kill().unwrap();
        out.read_to_string(&mut said).unwrap();
        child.wait().unwrap();
        // A line without its end was cut off: the command before it was acknowledged.
        let whole = &said[..said.rfind('\n').map_or(0, |end| end + 1)];
        let acknowledged: i64 = whole.lines().filter_map(|line| line.parse().ok()).next_back().unwrap_or(0);
        let check = Team::open(&path, &Access::Script).unwrap().check().unwrap();
        assert_eq!(check.problems, vec![], "round {round}");
        let done = check.operations - before;
        assert!(
            done == acknowledged || done == acknowledged + 1,
            "round {round}: {acknowledged} said, {done} there"
        );
        written += done;
        if check.operations > 400 {
            // Keep the file small, so that every round spends its time in writing.
            let desk = Desk::new();
            fs::copy(desk.path(), &path).unwrap();
        }
    }
    assert!(
        written > rounds as i64,
        "the writer was killed while writing: {written} commands in {rounds} rounds"
    );
}
