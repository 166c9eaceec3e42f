mod form;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::DbError;
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::format::{MoneyStyle, money};
use backbone_web::{Form, IfMatch, Problem};
use serde_json::{Value, json};

use super::api::{parse_id, taken, travelling};
use super::{Framework, FrameworkVersion, NewFramework, Norms, edit, library, store};
use crate::body::store as bodies;
use crate::error::Error;
use crate::policy::{ManageFrameworks, SeeDecisions};
use crate::view::{Say, fresh, show};

/// The frameworks, and those that are ready to be taken over.
#[get("/p/{partnership}/frameworks")]
async fn index(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let (all, bodies) = core
        .db
        .read(move |c| Ok::<_, DbError>((store::all(c, &tenant)?, bodies::all(c, &tenant)?)))
        .await?;
    let say = Say::new(&core, actor.lang);
    let body = |f: &Framework| {
        bodies
            .iter()
            .find(|b| Some(&b.id) == f.body_id.as_ref())
            .map(|b| b.name.clone())
    };
    let rows: Vec<Value> = all
        .iter()
        .map(|f| {
            json!({"id": f.id, "name": f.name, "class": f.class, "active": f.active, "body": body(f),
                   "method": say.of("method", f.norms.method.as_str()), "rule": rule(&say, &f.norms)})
        })
        .collect();
    let ready: Vec<Value> = library::all()
        .into_iter()
        .map(|r| {
            let key = r.key;
            let new = taken(&say, r);
            json!({"key": key, "name": new.name, "about": new.norms.about})
        })
        .collect();
    let data = json!({"frameworks": rows, "ready": ready});
    let title = say.word("frameworks-title");
    show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/frameworks",
        title,
        data,
    )
}

/// What it takes to pass, in a few words.
pub(crate) fn rule(say: &Say, n: &Norms) -> String {
    use super::Method;
    match n.method {
        Method::Majority | Method::Supermajority | Method::Gradients => {
            let key = if n.pass.reaching {
                "pass-at-least"
            } else {
                "pass-more-than"
            };
            let part = format!("{}/{}", n.pass.numerator, n.pass.denominator);
            let of = say.of("whole", n.pass.of.as_str());
            say.text(key, &[("part", &part), ("of", &of)])
        }
        other => say.of("method-rule", other.as_str()),
    }
}

/// The quorum in words; empty without one.
pub(crate) fn quorum_words(say: &Say, n: &Norms) -> Vec<String> {
    let mut words = Vec::new();
    if n.quorum.percent > 0 {
        words.push(say.text(
            "quorum-percent",
            &[("percent", &n.quorum.percent.to_string())],
        ));
    }
    if n.quorum.organizations > 0 {
        words.push(say.count("quorum-organizations", n.quorum.organizations.into()));
    }
    for group in &n.quorum.groups {
        let name = say.of("group", group.group.as_str());
        words.push(say.text(
            "quorum-group",
            &[("n", &group.seats.to_string()), ("group", &name)],
        ));
    }
    words
}

/// When a vote closes before its time.
fn closes(n: &Norms) -> &'static str {
    match (n.close_early, n.close_decided) {
        (false, false) => "framework-closes-never",
        (true, false) => "framework-closes-all",
        (false, true) => "framework-closes-decided",
        (true, true) => "framework-closes-both",
    }
}

/// The norms as lines of label and value, as pages and the decision record tell them.
pub(crate) fn lines(say: &Say, actor: &Actor, n: &Norms) -> Vec<Value> {
    let yes = |on: bool| say.word(if on { "decisions-yes" } else { "decisions-no" });
    let currency = actor.partnership.currency.code();
    let amount = |minor: i64| money(say.lang, minor, currency, MoneyStyle::Auto);
    let mut lines = vec![
        ("framework-method", say.of("method", n.method.as_str())),
        ("framework-pass", rule(say, n)),
        (
            "framework-quorum",
            Some(quorum_words(say, n))
                .filter(|q| !q.is_empty())
                .map_or_else(|| say.word("quorum-none"), |q| q.join("; ")),
        ),
        (
            "framework-time",
            say.text(
                "framework-time-box",
                &[
                    ("discuss", &n.discussion_days.to_string()),
                    ("open", &n.open_days.to_string()),
                ],
            ),
        ),
        ("framework-reasons", say.of("reasons", n.reasons.as_str())),
        ("framework-results", say.of("results", n.results.as_str())),
        ("framework-secret", yes(n.secret)),
        ("framework-closes-early", say.word(closes(n))),
        (
            "framework-conflict",
            say.of("conflict", n.conflict.as_str()),
        ),
    ];
    if !n.grounds.is_empty() {
        lines.push(("framework-grounds", n.grounds.clone()));
    }
    if !n.may_block.is_empty() {
        let groups: Vec<String> = n
            .may_block
            .iter()
            .map(|g| say.of("group", g.as_str()))
            .collect();
        lines.push(("framework-may-block", groups.join(", ")));
    }
    if n.review_months > 0 {
        lines.push((
            "framework-review",
            say.count("framework-months", n.review_months.into()),
        ));
    }
    if let Some(d) = &n.delegated {
        let limit = d
            .up_to_minor
            .map_or_else(|| say.word("framework-any-amount"), amount);
        lines.push(("framework-delegated", limit));
    }
    let lines = lines.into_iter();
    lines
        .map(|(label, value)| json!({"label": say.word(label), "value": value}))
        .collect()
}

/// One framework: what it says, and what it said before.
#[get("/p/{partnership}/frameworks/{framework}")]
async fn one(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (found, versions) = found(&core, &actor, &path.1).await?;
    let say = Say::new(&core, actor.lang);
    let past: Vec<Value> = versions
        .iter()
        .map(|v| json!({"version": v.version, "by": v.changed_by, "at": v.changed_at, "rule": rule(&say, &v.norms)}))
        .collect();
    let export =
        serde_json::to_string_pretty(&travelling(found.clone())).map_err(Problem::internal)?;
    let data = json!({
        "framework": {"id": found.id, "name": found.name, "class": found.class, "about": found.norms.about, "active": found.active},
        "lines": lines(&say, &actor, &found.norms), "past": past, "export": export,
    });
    show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/framework",
        found.name,
        data,
    )
}

async fn found(
    core: &Core,
    actor: &Actor,
    id: &str,
) -> Result<(Framework, Vec<FrameworkVersion>), Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(id)?);
    core.db
        .read(move |c| {
            let framework = store::find(c, &tenant, &id)?.ok_or(Error::NotFound)?;
            let versions = store::versions(c, &tenant, &id)?;
            Ok::<_, Error>((framework, versions))
        })
        .await
        .map_err(Problem::from)
}

/// The form for a new one; `?from=consent` fills in a ready one.
#[get("/p/{partnership}/frameworks/new")]
async fn blank(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageFrameworks>,
) -> Result<HttpResponse, Problem> {
    let say = Say::new(&core, actor.lang);
    let wanted = req.query_string().strip_prefix("from=").unwrap_or_default();
    let new = library::find(wanted)
        .map(|r| taken(&say, r))
        .unwrap_or_default();
    let data = fresh(form::values(&new));
    form::page(&core, &req, &actor, StatusCode::OK, None, data).await
}

#[post("/p/{partnership}/frameworks/new")]
async fn create(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageFrameworks>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let by = actor.clone();
    let done = match form::read(&form, &NewFramework::default(), &actor) {
        Ok(input) => core
            .db
            .write(move |c| edit::create(c, &by, &input))
            .await
            .map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    match done {
        Ok(made) => {
            let to = format!("/p/{}/frameworks/{}", actor.partnership.slug, made.id);
            Ok(page::see_other(&to, "framework-saved"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &form::typed_values(&form), &p);
            form::page(&core, &req, &actor, p.status, None, data).await
        }
        Err(p) => Err(p),
    }
}

#[get("/p/{partnership}/frameworks/{framework}/edit")]
async fn edit_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageFrameworks>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (own, _) = found(&core, &actor, &path.1).await?;
    let data = fresh(form::values(&form::of(&own)));
    form::page(&core, &req, &actor, StatusCode::OK, Some(&own), data).await
}

#[post("/p/{partnership}/frameworks/{framework}/edit")]
async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ManageFrameworks>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let (own, _) = found(&core, &actor, &path.1).await?;
    let (by, id) = (actor.clone(), own.id.clone());
    let seen = IfMatch(form.text("version").parse().ok());
    let done = match form::read(&form, &form::of(&own), &actor) {
        Ok(input) => {
            let input = NewFramework {
                active: Some(form.ticked("active")),
                ..input
            };
            core.db
                .write(move |c| edit::change(c, &by, &id, seen, &input))
                .await
                .map_err(Problem::from)
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(saved) => {
            let to = format!("/p/{}/frameworks/{}", actor.partnership.slug, saved.id);
            Ok(page::see_other(&to, "framework-saved"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(&core, actor.lang, &form::typed_values(&form), &p);
            form::page(&core, &req, &actor, p.status, Some(&own), data).await
        }
        Err(p) => Err(p),
    }
}

/// Takes over a framework that another partnership exported.
#[post("/p/{partnership}/frameworks/import")]
async fn import(
    core: web::Data<Core>,
    actor: Allowed<ManageFrameworks>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let slug = actor.partnership.slug.clone();
    let input: NewFramework = serde_json::from_str(form.text("json"))
        .map_err(|e| Problem::invalid("framework-unreadable").arg("why", e))?;
    let made = core
        .db
        .write(move |c| edit::create(c, &actor, &input))
        .await
        .map_err(Problem::from)?;
    Ok(page::see_other(
        &format!("/p/{slug}/frameworks/{}", made.id),
        "framework-saved",
    ))
}

/// Mounts the pages; fixed words come before identifiers.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(index)
        .service(blank)
        .service(create)
        .service(import)
        .service(one)
        .service(edit_form)
        .service(save);
}
