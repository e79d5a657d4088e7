//! Journeys: what people do, as lists of commands and asked views, without a window.

mod backlog;
mod border;
mod capacity;
mod commitment;
mod correction;
mod exchange;
mod interrupt;
mod interrupt_year;
mod jira_rest;
mod jira_sprints;
mod journal;
mod peers;
mod planning;
mod quirks;
mod refinement;
mod sample;
mod search;
mod settings;
mod sprint;
mod team;
