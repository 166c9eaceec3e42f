//! The integration tests, one program. Folders mirror what is asked of the server: its API, ways in, pages, database, jobs, process.

mod api;
mod auth;
mod chain;
mod database;
mod decisions;
mod faults;
mod jobs;
mod live;
mod notifications;
mod pages;
mod process;
mod search;
mod stories;
