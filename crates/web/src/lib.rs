//! What all pages and doors share: the message catalogue, number and date formats, templates, assets, and the ways in
//! (forms, JSON, cursors, idempotency, versions) and out (problems).

pub mod assets;
pub mod catalogue;
pub mod csrf;
pub mod download;
pub mod etag;
pub mod fields;
pub mod format;
pub mod forms;
pub mod gallery;
pub mod gate;
pub mod idempotency;
pub mod json;
pub mod markdown;
pub mod pagination;
pub mod problem;
pub mod render;
pub mod theme;

pub use catalogue::{Args, Catalogue, Lang};
pub use etag::IfMatch;
pub use fields::Fields;
pub use forms::{Form, FormStream, Received, Upload};
pub use idempotency::{Answer, IdempotencyKey, once};
pub use json::{ApiJson, ApiQuery};
pub use pagination::{Page, PageQuery};
pub use problem::{FieldError, Problem, ProblemBody};
pub use render::{Renderer, SafeHtml, Shell};
pub use theme::Theme;
