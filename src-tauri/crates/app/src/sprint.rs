//! Sprints.
