use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::notify::{self, Often};
use backbone_identity::{Actor, Allowed, Core, calendar, page};
use backbone_web::{Args, Form, Problem};
use serde_json::{Value, json};

use crate::calendar::address;
use crate::choose::{self, NotificationChange};
use crate::policy::{ChooseNotifications, SeeNotifications, ShareCalendar};

/// What the page is shown with besides what was chosen: a form that came back, or an address that was just made.
#[derive(Default)]
struct Extra {
    status: Option<StatusCode>,
    again: Option<Value>,
    url: Option<String>,
}

async fn render(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    extra: Extra,
) -> Result<HttpResponse, Problem> {
    let (rules, who) = (core.notify.clone(), actor.clone());
    let (chosen, link) = core
        .db
        .read(move |c| {
            let chosen = choose::chosen(c, &rules, &who)?;
            Ok::<_, Problem>((chosen, calendar::link_of(c, &who)?))
        })
        .await?;
    let text = |key: &str| core.renderer.text(actor.lang, key, &Args::new());
    let options: Vec<Value> = Often::ALL
        .iter()
        .map(|o| json!({"value": o.as_str(), "label": text(&format!("notifications-often-{o}"))}))
        .collect();
    let days: Vec<Value> = (1..=7)
        .map(|d| json!({"value": d.to_string(), "label": text(&format!("notifications-day-{d}"))}))
        .collect();
    let kinds: Vec<Value> = chosen
        .kinds
        .iter()
        .filter_map(|choice| {
            let kind = notify::kind(&core.notify, &choice.kind)?;
            Some(json!({
                "name": format!("often-{}", kind.name),
                "label": text(&kind.label()),
                "often": choice.often.as_str(),
            }))
        })
        .collect();
    let form = json!({
        "time_zone": chosen.time_zone,
        "quiet_from": chosen.quiet_from.unwrap_or_default(),
        "quiet_until": chosen.quiet_until.unwrap_or_default(),
        "summary_at": chosen.summary_at,
        "summary_day": chosen.summary_day.to_string(),
    });
    let title = text("notifications-settings-title");
    let shell = page::shell(core, req, actor, "notifications", title);
    let mut data = extra
        .again
        .unwrap_or_else(|| json!({"form": form, "wrong": {}, "errors": []}));
    data["slug"] = json!(actor.partnership.slug);
    data["kinds"] = json!(kinds);
    data["options"] = json!(options);
    data["days"] = json!(days);
    data["url"] = json!(extra.url);
    data["since"] = json!(link.map(|(made, _)| made));
    data["used"] = json!(link.and_then(|(_, used)| used));
    let status = extra.status.unwrap_or(StatusCode::OK);
    page::html(core, status, "notifications/settings", &shell, &data)
}

/// What to hear of by mail, and when; and the calendar's address.
#[get("/p/{partnership}/notifications/settings")]
pub async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeNotifications>,
) -> Result<HttpResponse, Problem> {
    render(&core, &req, &actor.into_actor(), Extra::default()).await
}

/// Keeps what was chosen.
#[post("/p/{partnership}/notifications/settings")]
pub async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ChooseNotifications>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let text = |name: &str| Some(form.text(name).to_owned());
    let often: BTreeMap<String, String> = form
        .values()
        .into_iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("often-")?.into(), value.into())))
        .collect();
    let change = NotificationChange {
        often,
        time_zone: text("time_zone"),
        quiet_from: text("quiet_from"),
        quiet_until: text("quiet_until"),
        summary_at: text("summary_at"),
        summary_day: form.text("summary_day").parse().ok(),
    };
    let (rules, who) = (core.notify.clone(), actor.clone());
    let done = core
        .db
        .write(move |c| choose::choose(c, &rules, &who, &change))
        .await;
    match done {
        Ok(_) => Ok(page::see_other(
            &notify::settings_path(&actor.partnership.slug),
            "notifications-saved",
        )),
        Err(problem) if page::is_shown_again(&problem) => {
            let extra = Extra {
                status: Some(problem.status),
                again: Some(page::again(&core, actor.lang, &form.values(), &problem)),
                url: None,
            };
            render(&core, &req, &actor, extra).await
        }
        Err(problem) => Err(problem),
    }
}

/// Makes the address of the person's calendar and shows it, this once.
#[post("/p/{partnership}/calendar/link")]
pub async fn make_link(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<ShareCalendar>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let who = actor.clone();
    let secret = core.db.write(move |c| calendar::make_link(c, &who)).await?;
    let extra = Extra {
        url: Some(address(&core.settings.base_url, &secret)),
        ..Extra::default()
    };
    render(&core, &req, &actor, extra).await
}

/// Ends it.
#[post("/p/{partnership}/calendar/end")]
pub async fn end_link(
    core: web::Data<Core>,
    actor: Allowed<ShareCalendar>,
) -> Result<HttpResponse, Problem> {
    let actor = actor.into_actor();
    let back = notify::settings_path(&actor.partnership.slug);
    core.db
        .write(move |c| calendar::end_link(c, &actor))
        .await?;
    Ok(page::see_other(&back, "calendar-ended"))
}
