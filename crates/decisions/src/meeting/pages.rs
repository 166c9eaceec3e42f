mod acts;
mod form;
mod minutes;
mod now;
mod show;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_db::DbError;
use backbone_identity::{Allowed, Core};
use backbone_web::{ApiQuery, Page, PageQuery, Problem};
use serde_json::{Value, json};

use super::api::MeetingQuery;
use super::{AgendaItem, Meeting, MeetingStatus, store};
use crate::body::{BodyId, store as bodies};
use crate::policy::{HoldMeetings, SeeMeetings};
use crate::view::{self, Say};

/// What a point is called: its own title, or that of its kind.
pub(crate) fn item_title(say: &Say, item: &AgendaItem) -> String {
    if item.title.is_empty() {
        say.of("agenda-kind", item.kind.as_str())
    } else {
        item.title.clone()
    }
}

/// The tone of a status.
pub(crate) fn tone(status: MeetingStatus) -> &'static str {
    match status {
        MeetingStatus::Open => "good",
        MeetingStatus::Invited | MeetingStatus::Closed => "watch",
        MeetingStatus::Cancelled => "bad",
        MeetingStatus::Planned | MeetingStatus::Sent => "neutral",
    }
}

/// The meetings: what goes on, what comes, and what was.
#[get("/p/{partnership}/meetings")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeMeetings>,
    query: ApiQuery<MeetingQuery>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let page = PageQuery {
        cursor: query.0.cursor.clone().filter(|c| !c.is_empty()),
        limit: None,
    };
    let (before, tenant) = (page.after()?, actor.tenant().to_string());
    let only: Option<BodyId> = query.0.body.as_deref().and_then(|b| b.parse().ok());
    let coming = [
        MeetingStatus::Planned,
        MeetingStatus::Invited,
        MeetingStatus::Open,
    ];
    let (soon, found, bodies) = core
        .db
        .read(move |c| {
            let mut soon = store::in_states(c, &tenant, &coming, 100)?;
            soon.reverse();
            let found = store::list(c, &tenant, only.as_ref(), before.as_deref(), 51)?;
            Ok::<_, DbError>((soon, found, bodies::all(c, &tenant)?))
        })
        .await?;
    let say = Say::new(&core, actor.lang);
    let row = |x: &Meeting| -> Value {
        let body = bodies.iter().find(|b| b.id == x.body_id);
        let when = body.map(|b| super::mail::when(&say, x, b, &actor));
        json!({"id": x.id, "title": x.title, "number": x.number, "body": body.map(|b| b.name.clone()), "when": when, "place": x.place,
               "status": say.of("meeting-status", x.status.as_str()), "tone": tone(x.status), "on": x.status == MeetingStatus::Open})
    };
    let cut = Page::cut(found, 50, |m: &Meeting| m.id.to_string());
    let past = cut.items.iter().filter(|m| !coming.contains(&m.status));
    let data = json!({
        "soon": soon.iter().map(row).collect::<Vec<_>>(), "past": past.map(row).collect::<Vec<_>>(),
        "older": cut.next_cursor.map(|c| format!("?cursor={c}")), "has_bodies": bodies.iter().any(|b| b.active),
        "may_plan": actor.may::<HoldMeetings>(),
    });
    let title = say.word("meetings-title");
    view::show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/meetings",
        title,
        data,
    )
}

/// Mounts the pages; fixed words come before identifiers.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(index);
    form::mount(cfg);
    minutes::mount(cfg);
    acts::mount(cfg);
    cfg.service(show::one);
}
