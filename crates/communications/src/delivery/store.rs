use backbone_db::{Conn, DbError, Instant, each_backend};
use diesel::prelude::*;
use serde::Serialize;

use super::rules::Next;
use super::{Counts, DeliveryId, DeliveryState};
use crate::campaign::CampaignId;
use crate::schema::deliveries::{self, dsl};
use crate::schema::suppressions;

/// A campaign's way to one recipient.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, utoipa::ToSchema)]
#[diesel(table_name = deliveries)]
pub struct Delivery {
    /// Its identifier.
    pub id: DeliveryId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// The edition whose figures it carries.
    pub edition_id: String,
    /// The address.
    pub email: String,
    #[serde(skip)]
    pub(crate) address_key: String,
    /// The recipient's name, empty when it is not known.
    pub name: String,
    /// The recipient's language.
    pub language: String,
    /// The recipient's account, if there is one.
    pub person_id: Option<String>,
    /// The contact, if it is one.
    pub contact_id: Option<String>,
    /// Where it stands.
    pub state: DeliveryState,
    /// Tries that the mail server answered, or left unanswered.
    pub attempts: i32,
    /// When it is tried next.
    pub due_at: Instant,
    #[serde(skip)]
    pub(crate) claimed_by: Option<String>,
    /// Since when it is in flight.
    pub claimed_at: Option<Instant>,
    /// The mail server's last words about it.
    pub reply: Option<String>,
    /// When it got its end state.
    pub settled_at: Option<Instant>,
}

/// One delivery of a campaign.
pub(crate) fn find(
    conn: &mut Conn,
    tenant: &str,
    campaign: &CampaignId,
    id: &DeliveryId,
) -> Result<Option<Delivery>, DbError> {
    Ok(deliveries::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::campaign_id.eq(campaign))
        .filter(dsl::id.eq(id))
        .select(Delivery::as_select())
        .first(conn)
        .optional()?)
}

/// States in which a delivery waits to be sent.
const WAITING: [DeliveryState; 2] = [DeliveryState::Retry, DeliveryState::Pending];

/// Adds deliveries.
pub(crate) fn insert(conn: &mut Conn, rows: &[Delivery]) -> Result<(), DbError> {
    for part in rows.chunks(500) {
        each_backend!(conn, c => diesel::insert_into(deliveries::table).values(part).execute(c))?;
    }
    Ok(())
}

/// Which of these addresses the campaign has already.
pub(crate) fn known(
    conn: &mut Conn,
    campaign: &CampaignId,
    keys: &[String],
) -> Result<Vec<String>, DbError> {
    let mut found = Vec::new();
    for part in keys.chunks(500) {
        found.extend(
            deliveries::table
                .filter(dsl::campaign_id.eq(campaign))
                .filter(dsl::address_key.eq_any(part))
                .select(dsl::address_key)
                .load::<String>(conn)?,
        );
    }
    Ok(found)
}

/// Takes all recipients out of a draft.
pub(crate) fn clear(
    conn: &mut Conn,
    tenant: &str,
    campaign: &CampaignId,
) -> Result<usize, DbError> {
    let all = deliveries::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::campaign_id.eq(campaign));
    Ok(diesel::delete(all).execute(conn)?)
}

/// Takes one recipient out of a draft.
pub(crate) fn remove(
    conn: &mut Conn,
    tenant: &str,
    campaign: &CampaignId,
    id: &DeliveryId,
) -> Result<bool, DbError> {
    let one = deliveries::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::campaign_id.eq(campaign))
        .filter(dsl::id.eq(id));
    Ok(diesel::delete(one).execute(conn)? > 0)
}

/// How many stand where.
pub(crate) fn counts(conn: &mut Conn, campaign: &CampaignId) -> Result<Counts, DbError> {
    let rows: Vec<(DeliveryState, i64)> = deliveries::table
        .filter(dsl::campaign_id.eq(campaign))
        .group_by(dsl::state)
        .select((dsl::state, diesel::dsl::count_star()))
        .load(conn)?;
    let mut counts = Counts::default();
    for (state, n) in rows {
        counts.add(state, n);
    }
    Ok(counts)
}

/// Deliveries in the order in which they were added, those behind `after`, perhaps only those in one state.
pub(crate) fn list(
    conn: &mut Conn,
    tenant: &str,
    campaign: &CampaignId,
    state: Option<DeliveryState>,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Delivery>, DbError> {
    let mut query = deliveries::table
        .filter(dsl::partnership_id.eq(tenant.to_string()))
        .filter(dsl::campaign_id.eq(campaign.clone()))
        .order(dsl::id.asc())
        .limit(limit)
        .select(Delivery::as_select())
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(dsl::state.eq(state));
    }
    if let Some(after) = after {
        query = query.filter(dsl::id.gt(after.to_string()));
    }
    Ok(query.load(conn)?)
}

/// Due deliveries in one state, the longest due first.
fn due(
    conn: &mut Conn,
    campaign: &CampaignId,
    state: DeliveryState,
    limit: i64,
    now: Instant,
) -> Result<Vec<Delivery>, DbError> {
    macro_rules! due {
        () => {
            deliveries::table
                .filter(dsl::campaign_id.eq(campaign))
                .filter(dsl::state.eq(state))
                .filter(dsl::due_at.le(now))
                .order(dsl::due_at.asc())
                .limit(limit)
                .select(Delivery::as_select())
        };
    }
    // Only one engine has several writers, so only one has the clause by which they pass over each other's rows.
    Ok(match conn {
        Conn::Sqlite(c) => due!().load(c)?,
        Conn::Pg(c) => due!().for_update().skip_locked().load(c)?,
    })
}

/// Claims up to `limit` due deliveries for a run. Suppressed recipients get their end state here, right before sending.
pub(crate) fn claim(
    conn: &mut Conn,
    tenant: &str,
    campaign: &CampaignId,
    run: &str,
    limit: i64,
    now: Instant,
) -> Result<Vec<Delivery>, DbError> {
    let mut rows = Vec::new();
    // One state after the other, so that the index gives each in order without sorting all that wait.
    for state in WAITING {
        let room = limit - rows.len() as i64;
        if room > 0 {
            rows.extend(due(conn, campaign, state, room, now)?);
        }
    }
    if rows.is_empty() {
        return Ok(rows);
    }
    let keys: Vec<&str> = rows.iter().map(|d| d.address_key.as_str()).collect();
    let unwanted: Vec<String> = suppressions::table
        .filter(suppressions::partnership_id.eq(tenant))
        .filter(suppressions::address_key.eq_any(&keys))
        .select(suppressions::address_key)
        .load(conn)?;
    let (out, mine): (Vec<Delivery>, Vec<Delivery>) = rows
        .into_iter()
        .partition(|d| unwanted.contains(&d.address_key));
    let out: Vec<&DeliveryId> = out.iter().map(|d| &d.id).collect();
    if !out.is_empty() {
        each_backend!(conn, c => diesel::update(deliveries::table.filter(dsl::id.eq_any(&out)))
            .set((dsl::state.eq(DeliveryState::Suppressed), dsl::settled_at.eq(now)))
            .execute(c))?;
    }
    let ids: Vec<&DeliveryId> = mine.iter().map(|d| &d.id).collect();
    each_backend!(conn, c => diesel::update(deliveries::table.filter(dsl::id.eq_any(&ids)))
        .set((
            dsl::state.eq(DeliveryState::Claimed),
            dsl::claimed_by.eq(run),
            dsl::claimed_at.eq(now),
        ))
        .execute(c))?;
    Ok(mine)
}

/// Writes down what became of a delivery; says whether it was new. What the mail server took stays taken, whoever
/// reports it; anything else counts only while the delivery is in flight for this run.
pub(crate) fn settle(
    conn: &mut Conn,
    run: &str,
    id: &DeliveryId,
    next: &Next,
    now: Instant,
) -> Result<bool, DbError> {
    let one = deliveries::table.filter(dsl::id.eq(id));
    let in_flight = one
        .filter(dsl::state.eq(DeliveryState::Claimed))
        .filter(dsl::claimed_by.eq(run));
    let changed = match next {
        Next::Accepted { reply } => {
            diesel::update(one.filter(dsl::state.ne(DeliveryState::Accepted)))
                .set((
                    dsl::state.eq(DeliveryState::Accepted),
                    dsl::attempts.eq(dsl::attempts + 1),
                    dsl::reply.eq(reply),
                    dsl::settled_at.eq(now),
                    dsl::claimed_by.eq(None::<String>),
                    dsl::claimed_at.eq(None::<Instant>),
                ))
                .execute(conn)?
        }
        Next::Retry { at, reply, counts } => diesel::update(in_flight)
            .set((
                dsl::state.eq(if *counts {
                    DeliveryState::Retry
                } else {
                    DeliveryState::Pending
                }),
                dsl::attempts.eq(dsl::attempts + i32::from(*counts)),
                dsl::due_at.eq(at),
                dsl::reply.eq(reply),
                dsl::claimed_by.eq(None::<String>),
                dsl::claimed_at.eq(None::<Instant>),
            ))
            .execute(conn)?,
        Next::Failed { reply, .. } => diesel::update(in_flight)
            .set((
                dsl::state.eq(DeliveryState::Failed),
                dsl::attempts.eq(dsl::attempts + 1),
                dsl::reply.eq(reply),
                dsl::settled_at.eq(now),
                dsl::claimed_by.eq(None::<String>),
                dsl::claimed_at.eq(None::<Instant>),
            ))
            .execute(conn)?,
    };
    Ok(changed > 0)
}

/// Frees what runs that fell silent held in flight. They are sent again, with the same Message-ID.
pub(crate) fn free_claims(
    conn: &mut Conn,
    campaign: &CampaignId,
    run: &str,
    to: DeliveryState,
    now: Instant,
) -> Result<usize, DbError> {
    let stale = deliveries::table
        .filter(dsl::campaign_id.eq(campaign))
        .filter(dsl::state.eq(DeliveryState::Claimed))
        .filter(dsl::claimed_by.ne(run));
    Ok(diesel::update(stale)
        .set((
            dsl::state.eq(to),
            dsl::due_at.eq(now),
            dsl::claimed_by.eq(None::<String>),
            dsl::claimed_at.eq(None::<Instant>),
        ))
        .execute(conn)?)
}

/// Ends everything of a campaign that has not left.
pub(crate) fn cancel(
    conn: &mut Conn,
    campaign: &CampaignId,
    now: Instant,
) -> Result<usize, DbError> {
    let waiting = deliveries::table
        .filter(dsl::campaign_id.eq(campaign))
        .filter(dsl::state.eq_any(WAITING));
    Ok(diesel::update(waiting)
        .set((
            dsl::state.eq(DeliveryState::Cancelled),
            dsl::settled_at.eq(now),
        ))
        .execute(conn)?)
}

/// Makes failed deliveries due again: one, or all of the campaign.
pub(crate) fn retry_failed(
    conn: &mut Conn,
    tenant: &str,
    campaign: &CampaignId,
    one: Option<&DeliveryId>,
    now: Instant,
) -> Result<usize, DbError> {
    let mut failed = deliveries::table
        .filter(dsl::partnership_id.eq(tenant.to_string()))
        .filter(dsl::campaign_id.eq(campaign.clone()))
        .filter(dsl::state.eq_any([DeliveryState::Failed, DeliveryState::Retry]))
        .select(dsl::id)
        .into_boxed();
    if let Some(one) = one {
        failed = failed.filter(dsl::id.eq(one.clone()));
    }
    let ids: Vec<DeliveryId> = failed.load(conn)?;
    let mut changed = 0;
    for part in ids.chunks(500) {
        changed += each_backend!(conn, c => diesel::update(deliveries::table.filter(dsl::id.eq_any(part)))
            .set((
                dsl::state.eq(DeliveryState::Retry),
                dsl::due_at.eq(now),
                dsl::settled_at.eq(None::<Instant>),
            ))
            .execute(c))?;
    }
    Ok(changed)
}

/// When the next waiting delivery is due; `None` when none waits.
pub(crate) fn next_due(conn: &mut Conn, campaign: &CampaignId) -> Result<Option<Instant>, DbError> {
    let mut next: Option<Instant> = None;
    for state in WAITING {
        let first: Option<Instant> = deliveries::table
            .filter(dsl::campaign_id.eq(campaign))
            .filter(dsl::state.eq(state))
            .order(dsl::due_at.asc())
            .select(dsl::due_at)
            .first(conn)
            .optional()?;
        next = next.into_iter().chain(first).min();
    }
    Ok(next)
}

/// Accepted since `since`: for the rate that the progress page shows.
pub(crate) fn accepted_since(
    conn: &mut Conn,
    campaign: &CampaignId,
    since: Instant,
) -> Result<i64, DbError> {
    Ok(deliveries::table
        .filter(dsl::campaign_id.eq(campaign))
        .filter(dsl::state.eq(DeliveryState::Accepted))
        .filter(dsl::settled_at.assume_not_null().ge(since))
        .count()
        .get_result(conn)?)
}

/// Campaigns with letters that failed since `since`, and how many in each.
pub(crate) fn failed_since(
    conn: &mut Conn,
    tenant: &str,
    since: Instant,
) -> Result<Vec<(CampaignId, i64)>, DbError> {
    Ok(deliveries::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::state.eq(DeliveryState::Failed))
        .filter(dsl::settled_at.assume_not_null().ge(since))
        .group_by(dsl::campaign_id)
        .order(dsl::campaign_id.desc())
        .limit(20)
        .select((dsl::campaign_id, diesel::dsl::count_star()))
        .load(conn)?)
}

/// Those who have an edition: recipients of story campaigns whose mail was accepted, a page of them, by id.
pub(crate) fn readers_of_edition(
    conn: &mut Conn,
    tenant: &str,
    edition: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Delivery>, DbError> {
    use crate::campaign::Kind;
    use crate::schema::campaigns;
    let mut query = deliveries::table
        .filter(dsl::partnership_id.eq(tenant.to_string()))
        .filter(dsl::edition_id.eq(edition.to_string()))
        .filter(dsl::state.eq(DeliveryState::Accepted))
        .filter(
            dsl::campaign_id.eq_any(
                campaigns::table
                    .filter(campaigns::kind.eq(Kind::Story))
                    .select(campaigns::id),
            ),
        )
        .order(dsl::id.asc())
        .limit(limit)
        .select(Delivery::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(dsl::id.gt(after.to_string()));
    }
    Ok(query.load(conn)?)
}

/// Makes everything that waits due now, when a person does not want to wait for the next try.
pub(crate) fn hurry(
    conn: &mut Conn,
    campaign: &CampaignId,
    now: Instant,
) -> Result<usize, DbError> {
    let waiting = deliveries::table
        .filter(dsl::campaign_id.eq(campaign))
        .filter(dsl::state.eq_any(WAITING))
        .filter(dsl::due_at.gt(now));
    Ok(diesel::update(waiting)
        .set(dsl::due_at.eq(now))
        .execute(conn)?)
}
