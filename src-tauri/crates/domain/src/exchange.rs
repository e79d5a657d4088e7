//! The three-way merge of an import.
