use backbone_db::{Conn, DbError, Instant, Json};
use backbone_identity::{OrganizationId, PersonId};
use diesel::prelude::*;

use super::{Opinion, OpinionId};
use crate::proposal::DecisionId;
use crate::schema::opinions as o;

type Row = (
    OpinionId,
    DecisionId,
    OrganizationId,
    PersonId,
    String,
    Json,
    String,
    Instant,
);

/// What the people of one organization think of a proposal, the oldest first.
pub(crate) fn of(
    conn: &mut Conn,
    partnership: &str,
    proposal: &DecisionId,
    organization: &OrganizationId,
) -> Result<Vec<Opinion>, DbError> {
    let rows = o::table
        .filter(o::partnership_id.eq(partnership))
        .filter(o::proposal_id.eq(proposal))
        .filter(o::organization_id.eq(organization))
        .order(o::id.asc())
        .select((
            o::id,
            o::proposal_id,
            o::organization_id,
            o::person_id,
            o::person_name,
            o::choice,
            o::reason,
            o::given_at,
        ))
        .load::<Row>(conn)?;
    rows.into_iter()
        .map(
            |(
                id,
                proposal_id,
                organization_id,
                person_id,
                person_name,
                choice,
                reason,
                given_at,
            )| {
                Ok(Opinion {
                    id,
                    proposal_id,
                    organization_id,
                    person_id,
                    person_name,
                    says: choice.get().map_err(|e| {
                        DbError::Setup(format!("a stored opinion cannot be read: {e}"))
                    })?,
                    reason,
                    given_at,
                })
            },
        )
        .collect()
}

/// Keeps an opinion in the place of the one that the person had. The caller holds the lock of the proposal's opinions.
pub(crate) fn put(conn: &mut Conn, partnership: &str, x: &Opinion) -> Result<(), DbError> {
    let own = o::table
        .filter(o::partnership_id.eq(partnership))
        .filter(o::proposal_id.eq(&x.proposal_id))
        .filter(o::person_id.eq(&x.person_id));
    let changed = diesel::update(own)
        .set((
            o::organization_id.eq(&x.organization_id),
            o::person_name.eq(&x.person_name),
            o::choice.eq(Json::new(&x.says)),
            o::reason.eq(&x.reason),
            o::given_at.eq(x.given_at),
        ))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(o::table)
            .values((
                o::id.eq(&x.id),
                o::partnership_id.eq(partnership),
                o::proposal_id.eq(&x.proposal_id),
                o::organization_id.eq(&x.organization_id),
                o::person_id.eq(&x.person_id),
                o::person_name.eq(&x.person_name),
                o::choice.eq(Json::new(&x.says)),
                o::reason.eq(&x.reason),
                o::given_at.eq(x.given_at),
            ))
            .execute(conn)?;
    }
    Ok(())
}
