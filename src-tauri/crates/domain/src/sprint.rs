//! sprint
