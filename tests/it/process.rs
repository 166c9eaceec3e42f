mod backup;
mod kill;
mod sending;
mod settings;
