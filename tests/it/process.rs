mod backup;
mod exporting;
mod importing;
mod kill;
pub(crate) mod sending;
mod settings;
mod tally;
