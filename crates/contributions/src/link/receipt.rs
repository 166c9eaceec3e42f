use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_events::Node;
use backbone_identity::{Core, Visitor, directory, page};
use backbone_ingest::Period;
use backbone_web::Problem;
use serde::Serialize;

use super::pages::{Upgrade, open};
use crate::contribution::api::parse_id;
use crate::contribution::correct::own;
use crate::contribution::judge;
use crate::contribution::pages::{moved, question};
use crate::rollup::{Totals, TotalsQuery, totals};
use crate::view::{Say, name_of};

#[derive(Serialize)]
struct ReceiptPage {
    here: String,
    id: String,
    organization: String,
    amount: String,
    period: String,
    activity: String,
    how: String,
    value: i64,
    year: i16,
    own: Totals,
    all: Totals,
    moved: Vec<Node>,
    question: Option<String>,
    upgrade: Option<Upgrade>,
}

/// What was logged, what it is worth, and what it moved.
#[get("/log/{secret}/done/{contribution}")]
pub(super) async fn receipt(
    core: web::Data<Core>,
    req: HttpRequest,
    mut visitor: Visitor,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (who, secret, id) = (visitor.clone(), path.0.clone(), parse_id(&path.1)?);
    let tracer = core.tracer.clone();
    let read = core
        .db
        .read(move |conn| {
            let actor = open(conn, &secret, &who)?.0.actor;
            let tenant = actor.tenant();
            let found = own(conn, &actor, &id)?;
            let year = found.content.period.start().year();
            let whole = Period::year(year).map_err(Problem::internal)?;
            let all = TotalsQuery::of(&whole);
            let mine = all
                .clone()
                .organization(Some(found.content.organization_id.clone()));
            let sums = (totals(conn, tenant, &mine)?, totals(conn, tenant, &all)?);
            let moved = moved(conn, &tracer, &actor, &id)?;
            let asked = question(&found, &judge::history(conn, tenant, &id)?);
            let names = directory::organizations(conn, tenant)?;
            Ok::<_, Problem>((actor, found, sums, moved, asked, names))
        })
        .await;
    let (actor, found, (own, all), moved, question, names) = read?;
    visitor.lang = actor.lang;
    let say = Say::new(&core, visitor.lang);
    let content = &found.content;
    let data = ReceiptPage {
        here: format!("/log/{}", path.0),
        id: found.id.to_string(),
        organization: name_of(&names, &content.organization_id),
        amount: say.amount(content),
        period: say.period(&content.period),
        activity: content.activity.clone(),
        how: say.how(content),
        value: content.value.minor,
        year: content.period.start().year(),
        own,
        all,
        moved,
        question,
        upgrade: Upgrade::of(&actor, &path.0),
    };
    let title = say.text("contribution-receipt-title", &[]);
    let shell = page::public_shell(&core, &req, &visitor, Some(&actor.partnership), title);
    page::html(
        &core,
        StatusCode::OK,
        "contributions/receipt",
        &shell,
        &data,
    )
}
