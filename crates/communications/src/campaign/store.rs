use backbone_db::{Conn, DbError, Instant, Json};
use diesel::prelude::*;
use serde::Serialize;

use super::{CampaignId, CampaignState, Content, Kind};
use crate::schema::campaigns::{self, dsl};

/// One sending of one thing to chosen recipients.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, utoipa::ToSchema)]
#[diesel(table_name = campaigns)]
pub struct Campaign {
    /// Its identifier.
    pub id: CampaignId,
    /// The tenant.
    #[serde(skip)]
    pub partnership_id: String,
    /// What it sends.
    pub kind: Kind,
    /// Where it stands.
    pub state: CampaignState,
    /// The story it is about.
    pub story_id: String,
    /// The edition it sends or corrects.
    pub edition_id: String,
    /// The subject line.
    pub subject: String,
    /// A note on top, from a named person.
    pub note: String,
    /// Who wrote the note.
    pub note_author: String,
    /// The name that readers see as the sender.
    pub sender_name: String,
    /// Where answers go; empty for the sender's own address.
    pub reply_to: String,
    #[serde(skip)]
    pub(crate) content: Json,
    /// Messages a minute at most; 0 is without limit.
    pub rate_per_minute: i32,
    #[serde(skip)]
    pub(crate) runner: Option<String>,
    #[serde(skip)]
    pub(crate) runner_seen_at: Option<Instant>,
    #[serde(skip)]
    pub(crate) stumbles: i32,
    /// What keeps it from leaving just now, in the words of the mail server.
    pub waiting_reason: Option<String>,
    /// When the mail server is tried next.
    pub waiting_until: Option<Instant>,
    /// Counts its edits; the ETag.
    pub version: i64,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Instant,
    /// When a person sent it.
    pub queued_at: Option<Instant>,
    /// When the last recipient got an end state.
    pub finished_at: Option<Instant>,
}

impl Campaign {
    /// What it tells.
    ///
    /// # Errors
    /// When a later version of the server wrote it in a form that this one cannot read.
    pub fn content(&self) -> Result<Content, DbError> {
        self.content
            .get()
            .map_err(|e| DbError::Setup(format!("campaign {} cannot be read: {e}", self.id)))
    }
}

pub(crate) fn insert(conn: &mut Conn, campaign: &Campaign) -> Result<(), DbError> {
    diesel::insert_into(campaigns::table)
        .values(campaign)
        .execute(conn)?;
    Ok(())
}

pub(crate) fn find(
    conn: &mut Conn,
    tenant: &str,
    id: &CampaignId,
) -> Result<Option<Campaign>, DbError> {
    Ok(campaigns::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::id.eq(id))
        .select(Campaign::as_select())
        .first(conn)
        .optional()?)
}

/// Newest first, those before `before`.
pub(crate) fn list(
    conn: &mut Conn,
    tenant: &str,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Campaign>, DbError> {
    let mut query = campaigns::table
        .filter(dsl::partnership_id.eq(tenant.to_string()))
        .order(dsl::id.desc())
        .limit(limit)
        .select(Campaign::as_select())
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(dsl::id.lt(before.to_string()));
    }
    Ok(query.load(conn)?)
}

/// Changes text of a draft; says whether it still had the version.
pub(crate) fn update_text(
    conn: &mut Conn,
    c: &Campaign,
    content: &Content,
) -> Result<bool, DbError> {
    let same = campaigns::table
        .filter(dsl::partnership_id.eq(&c.partnership_id))
        .filter(dsl::id.eq(&c.id))
        .filter(dsl::version.eq(c.version));
    let changed = diesel::update(same)
        .set((
            dsl::subject.eq(&c.subject),
            dsl::note.eq(&c.note),
            dsl::note_author.eq(&c.note_author),
            dsl::sender_name.eq(&c.sender_name),
            dsl::reply_to.eq(&c.reply_to),
            dsl::rate_per_minute.eq(c.rate_per_minute),
            dsl::content.eq(Json::new(content)),
            dsl::version.eq(dsl::version + 1),
        ))
        .execute(conn)?;
    Ok(changed > 0)
}

/// Moves a campaign from one state to another; false when somebody else moved it meanwhile.
pub(crate) fn move_to(
    conn: &mut Conn,
    c: &Campaign,
    to: CampaignState,
    now: Instant,
) -> Result<bool, DbError> {
    let ended = matches!(to, CampaignState::Done | CampaignState::Cancelled).then_some(now);
    let queued = (to == CampaignState::Queued && c.queued_at.is_none()).then_some(now);
    let same = campaigns::table
        .filter(dsl::partnership_id.eq(&c.partnership_id))
        .filter(dsl::id.eq(&c.id))
        .filter(dsl::state.eq(c.state));
    let changed = diesel::update(same)
        .set((
            dsl::state.eq(to),
            dsl::finished_at.eq(ended),
            queued.map(|at| dsl::queued_at.eq(at)),
            dsl::stumbles.eq(0),
            dsl::waiting_reason.eq(None::<String>),
            dsl::waiting_until.eq(None::<Instant>),
            dsl::version.eq(dsl::version + 1),
        ))
        .execute(conn)?;
    Ok(changed > 0)
}

/// Makes `run` the one that sends, unless another was heard of after `silent_since`.
pub(crate) fn take_over(
    conn: &mut Conn,
    id: &CampaignId,
    run: &str,
    silent_since: Instant,
    now: Instant,
) -> Result<bool, DbError> {
    let free = campaigns::table.filter(dsl::id.eq(id)).filter(
        dsl::runner
            .is_null()
            .or(dsl::runner_seen_at.is_null())
            .or(dsl::runner_seen_at.assume_not_null().lt(silent_since)),
    );
    let changed = diesel::update(free)
        .set((dsl::runner.eq(run), dsl::runner_seen_at.eq(now)))
        .execute(conn)?;
    Ok(changed > 0)
}

/// Says that `run` is alive; gives the state when it still is the one that sends.
pub(crate) fn beat(
    conn: &mut Conn,
    id: &CampaignId,
    run: &str,
    now: Instant,
) -> Result<Option<CampaignState>, DbError> {
    let mine = campaigns::table
        .filter(dsl::id.eq(id))
        .filter(dsl::runner.eq(run));
    if diesel::update(mine)
        .set(dsl::runner_seen_at.eq(now))
        .execute(conn)?
        == 0
    {
        return Ok(None);
    }
    Ok(Some(
        campaigns::table.find(id).select(dsl::state).first(conn)?,
    ))
}

/// The state, if `run` still is the one that sends.
pub(crate) fn state_for(
    conn: &mut Conn,
    id: &CampaignId,
    run: &str,
) -> Result<Option<CampaignState>, DbError> {
    Ok(campaigns::table
        .filter(dsl::id.eq(id))
        .filter(dsl::runner.eq(run))
        .select(dsl::state)
        .first(conn)
        .optional()?)
}

/// Ends a run, noting what it waits for.
pub(crate) fn release(
    conn: &mut Conn,
    id: &CampaignId,
    run: &str,
    stumbles: i32,
    waiting: Option<(&str, Instant)>,
) -> Result<(), DbError> {
    let mine = campaigns::table
        .filter(dsl::id.eq(id))
        .filter(dsl::runner.eq(run));
    diesel::update(mine)
        .set((
            dsl::runner.eq(None::<String>),
            dsl::runner_seen_at.eq(None::<Instant>),
            dsl::stumbles.eq(stumbles),
            dsl::waiting_reason.eq(waiting.map(|w| w.0)),
            dsl::waiting_until.eq(waiting.map(|w| w.1)),
        ))
        .execute(conn)?;
    Ok(())
}

/// The tenant of a campaign, for a job that knows only its id.
pub(crate) fn tenant_of(conn: &mut Conn, id: &CampaignId) -> Result<Option<String>, DbError> {
    Ok(campaigns::table
        .find(id)
        .select(dsl::partnership_id)
        .first(conn)
        .optional()?)
}

/// The unsent correction of an edition, if there is one.
pub(crate) fn open_correction(
    conn: &mut Conn,
    tenant: &str,
    edition: &str,
) -> Result<Option<Campaign>, DbError> {
    Ok(campaigns::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::edition_id.eq(edition))
        .filter(dsl::kind.eq(Kind::Correction))
        .filter(dsl::state.eq(CampaignState::Draft))
        .select(Campaign::as_select())
        .first(conn)
        .optional()?)
}

/// Every correction of an edition, whatever its state.
pub(crate) fn corrections(
    conn: &mut Conn,
    tenant: &str,
    edition: &str,
) -> Result<Vec<Campaign>, DbError> {
    Ok(campaigns::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::edition_id.eq(edition))
        .filter(dsl::kind.eq(Kind::Correction))
        .order(dsl::id.desc())
        .select(Campaign::as_select())
        .load(conn)?)
}

/// Correction drafts that wait for somebody.
pub(crate) fn drafted_corrections(conn: &mut Conn, tenant: &str) -> Result<Vec<Campaign>, DbError> {
    Ok(campaigns::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::kind.eq(Kind::Correction))
        .filter(dsl::state.eq(CampaignState::Draft))
        .order(dsl::id.desc())
        .limit(20)
        .select(Campaign::as_select())
        .load(conn)?)
}

/// Campaigns under way that wait for the mail server.
pub(crate) fn waiting(conn: &mut Conn, tenant: &str) -> Result<Vec<Campaign>, DbError> {
    Ok(campaigns::table
        .filter(dsl::partnership_id.eq(tenant))
        .filter(dsl::state.eq_any([CampaignState::Queued, CampaignState::Sending]))
        .filter(dsl::waiting_reason.is_not_null())
        .limit(20)
        .select(Campaign::as_select())
        .load(conn)?)
}
