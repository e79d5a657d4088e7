//! Prioritisation.
