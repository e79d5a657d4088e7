//! Complete stories in the real window.
//!
//! 1. A story does what a person does and looks at what a person sees; what cannot be seen is asked at the end.
//! 2. Stories are few: a rule is tested where it stands, a story tests that all parts stand together.

mod backlog;
mod board;
mod calendar;
mod charts;
mod commands;
mod correction;
mod daily;
mod delivery;
mod deployment_import;
mod exchange;
mod forecast;
mod frame;
mod incident;
mod incident_import;
mod interrupt;
mod keys;
mod mended;
mod on_call;
mod plan;
mod priority;
mod refinement;
mod reliability;
mod reliability_import;
mod start;
mod story;
mod what_if;
