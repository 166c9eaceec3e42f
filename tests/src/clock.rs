//! A clock for each server: the system's, moved by as much as the test says.
//!
//! The server takes its clock as a plain function, which can carry no state; so there is a row of functions, each with an
//! offset of its own, and every server borrows one.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use backbone_db::Instant;

const SLOTS: usize = 32;
static OFFSETS: [AtomicI64; SLOTS] = [const { AtomicI64::new(0) }; SLOTS];
static TAKEN: [AtomicBool; SLOTS] = [const { AtomicBool::new(false) }; SLOTS];

fn read<const N: usize>() -> Instant {
    Instant::now().plus_seconds(OFFSETS[N].load(Ordering::SeqCst))
}

macro_rules! row {
    ($($n:literal)*) => { [$(read::<$n> as fn() -> Instant),*] };
}

static CLOCKS: [fn() -> Instant; SLOTS] =
    row!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31);

/// A borrowed clock; back in the row when it is dropped.
pub struct Clock(usize);

impl Clock {
    /// Borrows a clock that tells the system's time.
    ///
    /// # Panics
    /// When more servers run at once than there are clocks.
    pub fn borrow() -> Self {
        let free = (0..SLOTS).find(|n| !TAKEN[*n].swap(true, Ordering::SeqCst));
        let n = free.expect("more than 32 servers at once in one process");
        OFFSETS[n].store(0, Ordering::SeqCst);
        Self(n)
    }

    /// As the server takes it.
    pub fn function(&self) -> fn() -> Instant {
        CLOCKS[self.0]
    }

    /// What it tells.
    pub fn now(&self) -> Instant {
        self.function()()
    }

    /// Sets it forward, or back when negative.
    pub fn forward(&self, seconds: i64) {
        OFFSETS[self.0].fetch_add(seconds, Ordering::SeqCst);
    }

    /// Sets it to tell `moment` now; it goes on from there.
    pub fn set(&self, moment: Instant) {
        OFFSETS[self.0].store(moment.seconds_since(Instant::now()), Ordering::SeqCst);
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        TAKEN[self.0].store(false, Ordering::SeqCst);
    }
}
