mod backup;
mod exporting;
mod kill;
pub(crate) mod sending;
mod settings;
mod tally;
