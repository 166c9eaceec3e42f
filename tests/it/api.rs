mod authorization;
mod conditional;
mod document;
mod events;
mod idempotency;
mod lists;
mod problems;
