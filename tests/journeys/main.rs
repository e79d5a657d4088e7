//! Journeys: what people do, as lists of commands and asked views, without a window.

mod exchange;
mod journal;
mod settings;
mod team;
