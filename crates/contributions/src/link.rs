//! Logging by a signed link from a mail: one screen, three fields, no password; then a receipt. GET changes nothing.

pub(crate) mod api;
mod pages;
mod receipt;

pub(crate) use pages::mount;
