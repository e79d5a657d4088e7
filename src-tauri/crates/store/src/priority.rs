//! Inputs of prioritisation.
