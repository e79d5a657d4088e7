//! Journeys: what people do, as lists of commands and asked views, without a window.

mod exchange;
mod backlog;
mod journal;
mod settings;
mod sprint;
mod team;
