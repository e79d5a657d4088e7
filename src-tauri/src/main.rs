//! The desktop program.

// A window program: no console beside it on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    shell::start(std::env::args_os().skip(1))
}
