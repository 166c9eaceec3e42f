mod backup;
mod kill;
pub(crate) mod sending;
mod settings;
mod tally;
