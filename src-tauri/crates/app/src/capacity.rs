//! Capacity of a Sprint.
