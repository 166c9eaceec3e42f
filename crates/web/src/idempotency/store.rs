use actix_web::http::StatusCode;
use backbone_db::{Conn, DbError, Instant};
use diesel::prelude::*;

use super::Answer;

diesel::table! {
    idempotency_keys (scope, key) {
        scope -> Text,
        key -> Text,
        fingerprint -> Text,
        status -> Integer,
        location -> Nullable<Text>,
        body -> Text,
        created_at -> Timestamp,
    }
}

pub(super) fn find(
    conn: &mut Conn,
    scope: &str,
    key: &str,
) -> Result<Option<(String, Answer)>, DbError> {
    use idempotency_keys as k;
    let row = k::table
        .find((scope, key))
        .select((k::fingerprint, k::status, k::location, k::body))
        .first::<(String, i32, Option<String>, String)>(conn)
        .optional()?;
    Ok(row.map(|(fingerprint, status, location, body)| {
        let status = u16::try_from(status)
            .ok()
            .and_then(|s| StatusCode::from_u16(s).ok())
            .unwrap_or(StatusCode::OK);
        (
            fingerprint,
            Answer {
                status,
                location,
                body,
            },
        )
    }))
}

pub(super) fn insert(
    conn: &mut Conn,
    scope: &str,
    key: &str,
    fingerprint: &str,
    answer: &Answer,
    now: Instant,
) -> Result<(), DbError> {
    use idempotency_keys as k;
    diesel::insert_into(k::table)
        .values((
            k::scope.eq(scope),
            k::key.eq(key),
            k::fingerprint.eq(fingerprint),
            k::status.eq(i32::from(answer.status.as_u16())),
            k::location.eq(&answer.location),
            k::body.eq(&answer.body),
            k::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets keys older than `before` (a day is promised).
pub fn forget(conn: &mut Conn, before: Instant) -> Result<usize, DbError> {
    use idempotency_keys as k;
    Ok(diesel::delete(k::table.filter(k::created_at.lt(before))).execute(conn)?)
}
