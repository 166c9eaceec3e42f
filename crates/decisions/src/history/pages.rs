use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{FormStream, Problem};
use serde_json::{Value, json};

use super::{Compared, Counts, HistoryRun, Origin, RunState, api, store};
use crate::policy::ImportDecisions;
use crate::view::{Say, fresh, show};

/// Files that were brought, and the form for another.
#[get("/p/{partnership}/decisions/import")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ImportDecisions>,
) -> Result<HttpResponse, Problem> {
    shown(&core, &req, &actor, StatusCode::OK, fresh(json!({}))).await
}

async fn shown(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let all = core.db.read(move |c| store::list(c, &tenant)).await?;
    let row = |r: &HistoryRun| {
        json!({"id": r.id, "name": r.file_name, "group": r.found.name, "done": r.state == RunState::Done,
               "by": r.created_by, "at": r.created_at})
    };
    data["rows"] = all.iter().map(row).collect();
    data["limit"] = json!(core.settings.max_import / 1_000_000);
    let title = Say::new(core, actor.lang).word("history-title");
    show(core, req, actor, status, "decisions/history", title, data)
}

/// A file comes in.
#[post("/p/{partnership}/decisions/import")]
async fn bring(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ImportDecisions>,
    form: FormStream,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    match api::receive(&core, actor.clone(), form).await {
        Ok(run) => {
            let to = format!("/p/{}/decisions/import/{}", actor.partnership.slug, run.id);
            Ok(page::see_other(&to, ""))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &json!({}), &p);
            shown(&core, &req, &actor, p.status, data).await
        }
        Err(p) => Err(p),
    }
}

/// What is in a file: what would come, what is here, what does not come; later what came.
#[get("/p/{partnership}/decisions/import/{run}")]
async fn one(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ImportDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let run = api::find(&core, &actor, &path.1).await?;
    let say = Say::new(&core, actor.lang);
    let note = |n: &super::Note| {
        let (what, n, code) = (n.what.as_str(), n.n.to_string(), n.code.as_str());
        say.text(
            &format!("history-note-{code}"),
            &[("what", what), ("n", &n)],
        )
    };
    let line = |l: &super::Line| json!({"line": l.line, "text": say.text(&format!("history-unread-{}", l.code), &[("what", &l.what)])});
    let done = run.state == RunState::Done;
    let data = json!({
        "id": run.id, "name": run.file_name, "group": run.found.name, "done": done, "done_at": run.done_at,
        "rows": rows(&say, if done { &run.made } else { &run.found.new }, &run.found.there),
        "nothing": run.found.new == Counts::default(),
        "notes": run.found.notes.iter().map(note).collect::<Vec<_>>(),
        "lines": run.found.lines.iter().map(line).collect::<Vec<_>>(),
    });
    let title = say.word("history-title");
    show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/history-run",
        title,
        data,
    )
}

fn rows(say: &Say, new: &Counts, there: &Counts) -> Vec<Value> {
    let both = new.rows().into_iter().zip(there.rows());
    both.map(
        |((word, new), (_, there))| json!({"label": say.word(word), "new": new, "there": there}),
    )
    .collect()
}

#[post("/p/{partnership}/decisions/import/{run}")]
async fn begin(
    core: web::Data<Core>,
    actor: Allowed<ImportDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let slug = actor.partnership.slug.clone();
    let run = api::start(&core, actor, &path.1).await?;
    Ok(page::see_other(
        &format!("/p/{slug}/decisions/import/{}", run.id),
        "history-brought",
    ))
}

/// Where a decision comes from, for its page.
pub(crate) fn origin(say: &Say, x: &Origin) -> Value {
    let told: Vec<Value> = x
        .told
        .iter()
        .map(|t| json!({"option": t.option, "score": t.score}))
        .collect();
    let tone = match x.compared {
        Compared::Same => "good",
        Compared::Differs => "watch",
        Compared::Unknown => "muted",
    };
    json!({"title": say.word(&format!("history-origin-{}", x.source)), "key": x.outer_key, "by": x.imported_by, "at": x.imported_at, "told": told, "tone": tone,
           "compared": say.of("history-compared", x.compared.as_str())})
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(index)
        .service(bring)
        .service(one)
        .service(begin);
}
