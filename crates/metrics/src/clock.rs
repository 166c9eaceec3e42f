//! The version of everything that a partnership's scorecards can show. It makes an ETag without any computation.

mod store;

pub(crate) use store::tick;
pub use store::version;
