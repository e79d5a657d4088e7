//! Burn charts.
