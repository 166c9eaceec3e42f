//! What all pages and doors share: the message catalogue, number and date formats, templates, assets.

pub mod assets;
pub mod catalogue;
pub mod format;
pub mod markdown;
pub mod render;
