//! Journeys: what people do, as lists of commands and asked views, without a window.

mod backlog;
mod border;
mod capacity;
mod charts;
mod commitment;
mod correction;
mod exchange;
mod exchange_more;
mod interrupt;
mod interrupt_import;
mod interrupt_year;
mod jira_rest;
mod jira_sprints;
mod journal;
mod on_call;
mod peers;
mod planning;
mod priority;
mod quirks;
mod refinement;
mod sample;
mod search;
mod settings;
mod sprint;
mod team;
mod what_if;
