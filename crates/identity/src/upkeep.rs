//! What comes round: forgetting what has run out, and a new signing key every month.

use backbone_db::{Conn, DbError, Instant};
use backbone_jobs::{Registry, Schedule};

use crate::account::email::SendEmailChange;
use crate::core::Core;
use crate::mail::SendMail;
use crate::sign_in::{self, SendLink};
use crate::{kept, limit, notify, session, token};

/// Jobs and schedules of this crate.
pub(crate) fn register(registry: &mut Registry<Core>) {
    registry
        .job::<SendMail>()
        .job::<SendLink>()
        .job::<SendEmailChange>()
        .schedule(Schedule::new("identity.forget", "17 * * * *", forget))
        .schedule(Schedule::new("identity.keys", "41 3 1 * *", |c, now| {
            token::rotate_keys(c, now).map(drop)
        }));
}

fn forget(conn: &mut Conn, now: Instant) -> Result<(), DbError> {
    session::forget(conn, now)?;
    sign_in::store::forget_links(conn, now.plus_days(-7))?;
    limit::forget(conn, now.plus_days(-2))?;
    kept::forget_old(conn, now)?;
    notify::forget_old(conn, now.plus_days(-400))?;
    token::retire_keys(conn, now)
}
