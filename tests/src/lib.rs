//! Harness of the integration tests: a whole server on a database of its own, people to sign in as, and a client.
//!
//! The server is the real one: the same routes and layers on a real socket. Databases are SQLite files, or fresh PostgreSQL
//! databases when `BACKBONE_TEST_POSTGRES_URL` names a server on which databases may be made and dropped.

pub mod app;
pub mod client;
pub mod clock;
pub mod database;
pub mod fixture;
pub mod mail;
pub mod openapi;
pub mod postgres;
pub mod process;
pub mod retry;
pub mod routes;
pub mod seed;

pub use app::{Node, TestApp};
pub use client::{Client, EventStream, Response};
pub use database::TestDb;
pub use seed::{Account, World};

/// Runs `work` on `n` threads at once and gives what each returned, in order.
pub fn at_once<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = std::sync::Barrier::new(n);
    std::thread::scope(|scope| {
        let (start, work) = (&start, &work);
        let threads: Vec<_> = (0..n)
            .map(|i| {
                scope.spawn(move || {
                    start.wait();
                    work(i)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|t| t.join().expect("a thread of the test panicked"))
            .collect()
    })
}
