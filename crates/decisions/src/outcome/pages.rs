use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_db::DbError;
use backbone_identity::{Actor, Allowed, Core, directory, page};
use backbone_web::{Form, Problem};
use serde_json::{Value, json};

use super::recount::{self, FileFormat};
use super::review::{NewReview, review};
use super::{NewOutcome, Verdict, decide, explain, store};
use crate::commitment::NewCommitment;
use crate::error::Error;
use crate::policy::{Propose, SeeDecisions};
use crate::proposal::api::parse_id;
use crate::proposal::{Proposal, store as proposals};
use crate::view::{Say, fresh, organization_options, show, some, typed};

async fn found(
    core: &Core,
    actor: &Actor,
    id: &str,
) -> Result<(Proposal, Option<super::Outcome>), Problem> {
    let (tenant, id) = (actor.tenant().to_string(), parse_id(id)?);
    core.db
        .read(move |c| {
            let x = proposals::find(c, &tenant, &id)?.ok_or(Error::NotFound)?;
            let outcome = store::of(c, &tenant, &id)?;
            Ok::<_, Error>((x, outcome))
        })
        .await
        .map_err(Problem::from)
}

/// How it was counted, step by step.
#[get("/p/{partnership}/decisions/{decision}/tally")]
async fn tally(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (x, outcome) = found(&core, &actor, &path.1).await?;
    let outcome = outcome.ok_or_else(Problem::not_found)?;
    let say = Say::new(&core, actor.lang);
    let steps = outcome
        .result
        .tally
        .as_ref()
        .map(|t| explain::steps(&say, &x, t))
        .unwrap_or_default();
    let files = files(&core, &actor, &x).await?;
    let data = json!({
        "files": files.0, "command": files.1,
        "id": x.id, "title": x.title, "steps": steps, "trouble": outcome.result.trouble, "quorum": quorum(&say, &outcome.result),
        "voted": outcome.result.voted, "eligible": outcome.result.eligible, "passed": outcome.passed,
        "picture": picture(&say, &x, &outcome.result, "tally"), "method": say.of("method", x.norms.method.as_str()),
        "rule": crate::framework::pages::rule(&say, &x.norms), "secret": x.norms.secret,
    });
    let title = say.word("tally-title");
    show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/tally",
        title,
        data,
    )
}

/// The files that can be counted again, and how; none where the ballots may not leave.
async fn files(
    core: &Core,
    actor: &Actor,
    x: &Proposal,
) -> Result<(Vec<Value>, Option<String>), Problem> {
    let (by, id) = (actor.clone(), x.id.clone());
    let counted = core.db.read(move |c| recount::of(c, &by, &id)).await;
    let counted = match counted {
        Ok(counted) => counted,
        Err(Error::Db(e)) => return Err(e.into()),
        Err(_) => return Ok((Vec::new(), None)),
    };
    let say = Say::new(core, actor.lang);
    let held: Vec<FileFormat> = FileFormat::ALL
        .into_iter()
        .filter(|f| counted.file(&say, *f).is_some())
        .collect();
    let command = held.first().map(|f| counted.command(*f));
    let link = |f: &FileFormat| json!({"label": say.of("ballot-file", f.as_str()), "href": format!("ballot-file?format={}", f.as_str())});
    Ok((held.iter().map(link).collect(), command))
}

/// What the quorum asked for, line by line.
pub(crate) fn quorum(say: &Say, result: &super::Tallied) -> Vec<Value> {
    let line = |n: &super::Needed| {
        let what = say.of("quorum-what", &n.what);
        let (have, needed, of) = (n.have.to_string(), n.needed.to_string(), n.of.to_string());
        json!({"text": say.text("quorum-line", &[("what", &what), ("have", &have), ("needed", &needed), ("of", &of)]), "met": n.is_met()})
    };
    result.quorum.iter().map(line).collect()
}

/// The result as one stacked bar for answers, or a bar for each option.
pub(crate) fn picture(
    say: &Say,
    x: &Proposal,
    result: &super::Tallied,
    id: &str,
) -> Option<backbone_web::SafeHtml> {
    use backbone_charts::{
        Bar, BarChart, BarWords, Frame, Part, StackedChart, StackedWords, Theme, Tone, bar, stacked,
    };
    let rows: Vec<(String, f64, String, Tone)> = result
        .counted
        .iter()
        .map(|c| {
            let label = crate::ballot::form::name(say, x, &c.option);
            (
                label,
                f64::from(c.ballots),
                c.ballots.to_string(),
                tone(&c.option),
            )
        })
        .collect();
    if result.counted.iter().all(|c| c.ballots == 0) {
        return None;
    }
    let (title, label, value, none) = (
        say.word("tally-picture"),
        say.word("tally-option"),
        say.word("tally-votes"),
        say.word("tally-none"),
    );
    let frame = Frame {
        id,
        title: &title,
        description: &x.title,
        width: 640,
        theme: Theme::Light,
        background: false,
    };
    let svg = if x.norms.method.answers().is_empty() {
        let bars: Vec<Bar> = rows
            .iter()
            .map(|r| Bar {
                label: &r.0,
                value: Some(r.1),
                text: &r.2,
                tone: Tone::Series,
            })
            .collect();
        let words = BarWords {
            label: &label,
            value: &value,
            no_data: &none,
        };
        bar(&BarChart {
            frame,
            bars: &bars,
            words,
        })
        .svg
    } else {
        let parts: Vec<Part> = rows
            .iter()
            .map(|r| Part {
                label: &r.0,
                value: r.1,
                text: &r.2,
                tone: r.3,
            })
            .collect();
        let words = StackedWords {
            label: &label,
            value: &value,
            no_data: &none,
        };
        stacked(&StackedChart {
            frame,
            parts: &parts,
            words,
        })
        .svg
    };
    Some(backbone_web::SafeHtml::trusted(svg))
}

fn tone(key: &str) -> backbone_charts::Tone {
    use backbone_charts::Tone;
    match key {
        "agree" | "endorse" | "advise_for" | "looks_good" | "join" | "hot" => Tone::Good,
        "minor" | "warm" | "stand_aside" | "mixed" | "advise_change" | "unsure" | "perhaps" => {
            Tone::Watch
        }
        "disagree" | "object" | "block" | "oppose" | "disagree_support" | "advise_against"
        | "concerned" | "cold" => Tone::Bad,
        _ => Tone::Neutral,
    }
}

/// The form for the outcome: a statement drafted from the count, and what follows.
#[get("/p/{partnership}/decisions/{decision}/outcome")]
async fn outcome_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Propose>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (x, outcome) = found(&core, &actor, &path.1).await?;
    let outcome = outcome.ok_or_else(Problem::not_found)?;
    let say = Say::new(&core, actor.lang);
    let data =
        fresh(json!({"statement": decide::draft(&say, &x, &outcome), "no_action": "", "rows": []}));
    outcome_page(&core, &req, &actor, StatusCode::OK, &x, &outcome, data).await
}

async fn outcome_page(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    x: &Proposal,
    outcome: &super::Outcome,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let tenant = actor.tenant().to_string();
    let say_lang = actor.lang;
    let held = x.clone();
    let (organizations, dissent) = {
        let catalogue = core.renderer.clone();
        core.db
            .read(move |c| {
                let say = Say {
                    catalogue: catalogue.catalogue(),
                    lang: say_lang,
                };
                Ok::<_, DbError>((
                    directory::organizations(c, &tenant)?,
                    decide::dissent(c, &say, &tenant, &held)?,
                ))
            })
            .await?
    };
    let say = Say::new(core, actor.lang);
    data["organizations"] = organization_options(&organizations);
    data["id"] = json!(x.id);
    data["title"] = json!(x.title);
    data["passed"] = json!(outcome.passed);
    data["quorum"] = json!(quorum(&say, &outcome.result));
    data["dissent"] = dissent
        .iter()
        .map(|(who, says, why)| json!({"who": who, "says": says, "why": why}))
        .collect();
    data["blank"] = (0..2).collect();
    let title = say.word("outcome-write");
    show(
        core,
        req,
        actor,
        status,
        "decisions/outcome-form",
        title,
        data,
    )
}

fn read(form: &Form) -> NewOutcome {
    let column = |name: &str, at: usize| form.all(name).get(at).cloned().unwrap_or_default();
    let rows = form.all("what").len();
    let commitments = (0..rows)
        .filter(|at| !column("what", *at).trim().is_empty())
        .map(|at| NewCommitment {
            title: column("what", at),
            organization_id: column("owner", at),
            person_id: None,
            due_on: column("due", at),
            effort_hours: column("effort", at).trim().parse().ok(),
            benefit: column("benefit", at),
        })
        .collect();
    NewOutcome {
        statement: form.text("statement").into(),
        commitments,
        no_action: form.text("no_action").into(),
    }
}

#[post("/p/{partnership}/decisions/{decision}/outcome")]
async fn write_down(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Propose>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, input) = (actor.into_actor(), read(&form));
    let (x, outcome) = found(&core, &actor, &path.1).await?;
    let (by, id, given) = (actor.clone(), x.id.clone(), input.clone());
    let done = core
        .db
        .write(move |c| decide::decide(c, &by, &id, &given))
        .await;
    match done.map_err(|e: Error| Problem::from(e)) {
        Ok(_) => {
            core.wake_jobs();
            let to = format!("/p/{}/decisions/{}", actor.partnership.slug, x.id);
            Ok(page::see_other(&to, "outcome-saved"))
        }
        Err(p) if page::is_shown_again(&p) => {
            let outcome = outcome.ok_or_else(Problem::not_found)?;
            let mut values = json!(typed(&form, &["statement", "no_action"]));
            values["rows"] = json!(input.commitments);
            let data = page::again(&core, actor.lang, &values, &p);
            outcome_page(&core, &req, &actor, p.status, &x, &outcome, data).await
        }
        Err(p) => Err(p),
    }
}

/// The form of a review: what was expected beside what the metrics show now.
#[get("/p/{partnership}/decisions/{decision}/review")]
async fn review_form(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Propose>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let data = fresh(json!({"verdict": "keep", "text": "", "next_on": ""}));
    review_page(&core, &req, &actor, &path.1, StatusCode::OK, data).await
}

async fn review_page(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    id: &str,
    status: StatusCode,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    let (x, _) = found(core, actor, id).await?;
    let (held, who, of) = (core.clone(), actor.clone(), x.clone());
    let compared = core
        .db
        .read(move |c| super::review::compare(c, &held, &who, &of))
        .await
        .map_err(|e: Error| Problem::from(e))?;
    let say = Say::new(core, actor.lang);
    let verdicts = Verdict::ALL.iter().map(|v| json!({"value": v, "label": say.of("verdict", v.as_str()), "hint": say.of("verdict-means", v.as_str())}));
    data["verdicts"] = verdicts.collect();
    data["compared"] = json!(compared);
    data["title"] = json!(x.title);
    data["id"] = json!(x.id);
    let title = say.word("review-title");
    show(core, req, actor, status, "decisions/review", title, data)
}

#[post("/p/{partnership}/decisions/{decision}/review")]
async fn look_back(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<Propose>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id, held) = (actor.into_actor(), parse_id(&path.1)?, core.clone());
    let input = NewReview {
        verdict: form.text("verdict").into(),
        text: form.text("text").into(),
        next_on: some(form.text("next_on")),
    };
    let (by, of) = (actor.clone(), id.clone());
    match core
        .db
        .write(move |c| review(c, &held, &by, &of, &input))
        .await
        .map_err(|e: Error| Problem::from(e))
    {
        Ok(_) => Ok(page::see_other(
            &format!("/p/{}/decisions/{id}", actor.partnership.slug),
            "review-saved",
        )),
        Err(p) if page::is_shown_again(&p) => {
            let data = page::again(
                &core,
                actor.lang,
                &typed(&form, &["verdict", "text", "next_on"]),
                &p,
            );
            review_page(&core, &req, &actor, id.as_str(), p.status, data).await
        }
        Err(p) => Err(p),
    }
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(tally)
        .service(outcome_form)
        .service(write_down)
        .service(review_form)
        .service(look_back);
}
