//! The rules and computations of Evenkeel.
//!
//! 1. Everything here is pure: time, chance, files and SQL come in as arguments or stay outside.
//! 2. A measure is a type, a refusal is a value with a way out, a history is a fold.
//! 3. Each area has one module with the same name as in the layers above it.

pub mod backlog;
pub mod calendar;
pub mod flow;
pub mod measures;
