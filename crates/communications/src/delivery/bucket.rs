//! A token bucket: so many messages a minute, and no more than a second's worth at once.

use backbone_db::Instant;

/// Counts what may leave.
#[derive(Debug)]
pub struct Bucket {
    per_minute: f64,
    tokens: f64,
    filled_at: Instant,
}

impl Bucket {
    /// `per_minute` messages a minute; 0 is without limit. It begins with one message's worth.
    pub fn new(per_minute: i32, now: Instant) -> Self {
        Self {
            per_minute: f64::from(per_minute.max(0)),
            tokens: 1.0,
            filled_at: now,
        }
    }

    /// How many of `wanted` may leave now; when none, the milliseconds until the next may.
    pub fn take(&mut self, wanted: i64, now: Instant) -> Result<i64, u64> {
        if self.per_minute == 0.0 {
            return Ok(wanted);
        }
        // A clock that was set back gives nothing rather than taking away.
        let passed = (now.micros() - self.filled_at.micros()).max(0) as f64 / 1e6;
        self.filled_at = now;
        let most = (self.per_minute / 60.0).max(1.0);
        self.tokens = (self.tokens + passed * self.per_minute / 60.0).min(most);
        let given = (self.tokens.floor() as i64).min(wanted);
        if given > 0 {
            self.tokens -= given as f64;
            return Ok(given);
        }
        let seconds = (1.0 - self.tokens) * 60.0 / self.per_minute;
        Err((seconds * 1000.0).ceil() as u64)
    }

    /// Gives back what was taken and not used.
    pub fn give_back(&mut self, unused: i64) {
        self.tokens += unused as f64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_leaves_than_the_rate_allows() {
        let start = Instant::from_unix(1000);
        let mut bucket = Bucket::new(120, start);
        let mut sent = 0;
        for second in 0..60 {
            if let Ok(n) = bucket.take(50, start.plus_seconds(second)) {
                sent += n;
            }
        }
        assert_eq!(sent, 1 + 59 * 2);
        assert_eq!(bucket.take(1, start.plus_seconds(59)), Err(500));
        bucket.give_back(1);
        assert_eq!(bucket.take(9, start.plus_seconds(59)), Ok(1));
    }

    #[test]
    fn without_limit_everything_leaves_and_a_clock_set_back_takes_nothing() {
        let start = Instant::from_unix(1000);
        assert_eq!(Bucket::new(0, start).take(500, start), Ok(500));
        let mut bucket = Bucket::new(60, start);
        assert_eq!(bucket.take(1, start), Ok(1));
        assert_eq!(bucket.take(1, start.plus_seconds(-50)), Err(1000));
        assert_eq!(bucket.take(5, start.plus_seconds(-49)), Ok(1));
    }
}
