mod backup;
mod kill;
mod settings;
