//! Outside items: what an import saw last.
