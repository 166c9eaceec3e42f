//! Placeholder documentation is replaced by the crate's first slice.
