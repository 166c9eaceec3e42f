//! Configuration, wiring, routes, operations: what makes the rooms one server.

pub mod backup;
pub mod cli;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod home;
pub mod http;
pub mod languages;
pub mod live;
pub mod openapi;
pub mod ops;
mod partner;
mod preview;
pub mod search;
pub mod start;
pub mod verify;
pub mod wiring;

pub use config::Config;
