use actix_web::{HttpRequest, HttpResponse, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Form, Problem};
use serde_json::{Value, json};

use super::{NewOpinion, Opinions, give};
use crate::ballot::form;
use crate::error::Error;
use crate::policy::GiveOpinion;
use crate::proposal::api::parse_id;
use crate::proposal::pages::detail;
use crate::proposal::{Proposal, store as proposals};
use crate::view::Say;

#[post("/p/{partnership}/decisions/{decision}/opinion")]
async fn say_so(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<GiveOpinion>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), parse_id(&path.1)?);
    let (by, of) = (actor.clone(), id.clone());
    let done = core
        .db
        .write(move |c| {
            let x = proposals::find(c, by.tenant(), &of)?.ok_or(Error::NotFound)?;
            let ballot = form::read(&form, &x);
            let new = NewOpinion {
                says: ballot.says,
                reason: ballot.reason,
            };
            give::give(c, &by, &of, &new)
        })
        .await;
    match done.map_err(|e: Error| Problem::from(e)) {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}/decisions/{id}", actor.partnership.slug),
            "opinion-given",
        )),
        Err(p) if page::is_shown_again(&p) => {
            detail::show_again(&core, &req, &actor, id.as_str(), p).await
        }
        Err(p) => Err(p),
    }
}

/// What one's organization thinks, for the page of the proposal, with the form to say so; none where there is nothing to show or do.
pub(crate) fn view(say: &Say, actor: &Actor, x: &Proposal, all: &Opinions, own: bool) -> Value {
    let open = own && actor.may::<GiveOpinion>() && give::is_open(actor, x);
    if !own || (!open && all.items.is_empty()) {
        return Value::Null;
    }
    let mine = all.items.iter();
    let mut mine = mine.filter(|o| Some(&o.person_id) == actor.person_id.as_ref());
    let mine = mine.next();
    let sums = all.counted.iter().filter(|c| c.ballots > 0);
    let sums = sums.map(|c| json!({"label": form::name(say, x, &c.option), "n": c.ballots}));
    let said = all.items.iter();
    let said = said.map(
        |o| json!({"who": o.person_name, "says": form::words(say, x, &o.says), "reason": o.reason}),
    );
    json!({
        "sums": sums.collect::<Vec<_>>(), "said": said.collect::<Vec<_>>(), "open": open,
        "form": {
            "action": format!("/p/{}/decisions/{}/opinion", actor.partnership.slug, x.id), "seat_id": "", "opinion": true,
            "reason": mine.map(|o| o.reason.clone()).unwrap_or_default(),
            "ballot": form::view(say, x, mine.map(|o| &o.says), None),
        },
    })
}

/// Mounts the page's form.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(say_so);
}
