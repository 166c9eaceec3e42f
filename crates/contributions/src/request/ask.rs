use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::notify::letter;
use backbone_identity::{Actor, Core, OrganizationId, Role, directory};
use backbone_ingest::Period;
use backbone_jobs::enqueue_at;
use backbone_web::Fields;
use serde_json::json;

use super::mail::SendAsk;
use super::{Ask, AskId, NewRequest, Request, RequestId, store};
use crate::contribution::log::reading;
use crate::error::Error;
use crate::notify;

/// Days that the links of a request work.
const DAYS_OPEN: i64 = 60;

/// Asks the contributors of some or all organizations to log what they gave; each gets a mail with a link of their own.
///
/// # Errors
/// A period that is none or lies ahead; nobody to ask.
pub fn ask(conn: &mut Conn, actor: &Actor, input: &NewRequest) -> Result<Request, Error> {
    let mut f = Fields::new();
    let message = f.optional("message", &input.message, 1000);
    let typed = input.period.trim();
    let period = typed
        .parse::<Period>()
        .or_else(|_| reading(actor).read(typed))
        .ok();
    let today = actor.now.date_in(&actor.partnership.zone());
    match &period {
        None if typed.is_empty() => f.fail("period", "required"),
        None => f.fail_with(
            "period",
            "contribution-period",
            &[("text", typed.to_string())],
        ),
        Some(p) if p.last_day() > today.last_of_month() => f.fail("period", "contribution-future"),
        Some(_) => {}
    }
    f.finish().map_err(|p| Error::Invalid(p.fields))?;
    let Some(period) = period else {
        return Err(Error::NotFound);
    };
    let asked =
        |o: &OrganizationId| input.organizations.is_empty() || input.organizations.contains(o);
    let contacts = directory::contacts(conn, actor.tenant(), Role::Contributor)?;
    let asks: Vec<Ask> = contacts
        .into_iter()
        .filter(|c| asked(&c.organization_id))
        .map(|c| Ask {
            id: AskId::new(),
            organization_id: c.organization_id,
            person_id: c.person_id,
            asked_at: actor.now,
            reminded_at: None,
            answered_at: None,
        })
        .collect();
    if asks.is_empty() {
        return Err(Error::NobodyToAsk);
    }
    let request = Request {
        id: RequestId::new(),
        period,
        kind: input.kind,
        message,
        asked_by: actor.name.clone(),
        expires_at: actor.now.plus_days(DAYS_OPEN),
        created_at: actor.now,
        asks,
    };
    store::insert(conn, actor.tenant(), &request)?;
    for ask in &request.asks {
        send(conn, actor, &request, ask, false)?;
    }
    note(
        conn,
        actor,
        "contribution_request.sent",
        &request,
        request.asks.len(),
    )?;
    Ok(request)
}

/// Reminds those whose organization has not answered; gives how many.
///
/// # Errors
/// 404 for a request of another partnership.
pub fn remind(conn: &mut Conn, actor: &Actor, id: &RequestId) -> Result<usize, Error> {
    let request = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    let silent: Vec<&Ask> = request
        .asks
        .iter()
        .filter(|a| a.answered_at.is_none())
        .collect();
    for ask in &silent {
        store::reminded(conn, actor.tenant(), &ask.id, actor.now)?;
        send(conn, actor, &request, ask, true)?;
    }
    note(
        conn,
        actor,
        "contribution_request.reminded",
        &request,
        silent.len(),
    )?;
    Ok(silent.len())
}

fn send(
    conn: &mut Conn,
    actor: &Actor,
    request: &Request,
    ask: &Ask,
    reminder: bool,
) -> Result<(), Error> {
    let kind = &notify::ASKED;
    let Some(at) = letter(conn, &actor.partnership, &ask.person_id, kind, actor.now)? else {
        return Ok(());
    };
    let job = SendAsk {
        partnership_id: actor.partnership.id.clone(),
        request_id: request.id.clone(),
        ask_id: ask.id.clone(),
        reminder,
        written_at: at,
    };
    enqueue_at::<Core, SendAsk>(conn, Some(actor.tenant()), &job, at, actor.now)?;
    Ok(())
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    kind: &'static str,
    request: &Request,
    people: usize,
) -> Result<(), Error> {
    let event = NewEvent::new(kind, Object::new("contribution_request", &request.id))
        .data(&json!({ "period": request.period, "people": people }));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}
