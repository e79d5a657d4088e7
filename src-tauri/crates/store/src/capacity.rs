//! Queries of capacity.
