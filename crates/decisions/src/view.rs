//! What pages share: the words of one reader, options of forms, and the frame around a page of this room.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use backbone_db::Instant;
use backbone_identity::directory::OrganizationCard;
use backbone_identity::{Actor, Core, OrganizationId, page};
use backbone_web::format::{DateStyle, Locale};
use backbone_web::{Args, Catalogue, Form, Lang, Problem};
use serde_json::{Value, json};

/// The words of one reader.
#[derive(Clone, Copy)]
pub(crate) struct Say<'a> {
    pub catalogue: &'a Catalogue,
    pub lang: Lang,
}

impl<'a> Say<'a> {
    pub(crate) fn new(core: &'a Core, lang: Lang) -> Self {
        let catalogue = core.renderer.catalogue();
        Self { catalogue, lang }
    }

    pub(crate) fn word(&self, key: &str) -> String {
        self.catalogue.text(self.lang, key, &Args::new())
    }

    pub(crate) fn text(&self, key: &str, args: &[(&'static str, &str)]) -> String {
        let mut all = Args::new();
        for (name, value) in args {
            all.set(*name, (*value).to_string());
        }
        self.catalogue.text(self.lang, key, &all)
    }

    pub(crate) fn count(&self, key: &str, n: i64) -> String {
        let mut all = Args::new();
        all.set("n", n);
        self.catalogue.text(self.lang, key, &all)
    }

    /// A word of a vocabulary: `<of>-<word>`.
    pub(crate) fn of(&self, of: &str, word: &str) -> String {
        self.word(&format!("{of}-{}", word.replace('_', "-")))
    }

    /// A moment in a zone, with its weekday: `Friday 27 November, 17:00`.
    pub(crate) fn moment(&self, at: Instant, zone: jiff::tz::TimeZone, now: Instant) -> String {
        let locale = Locale {
            catalogue: self.catalogue,
            lang: self.lang,
            zone,
            now: now.jiff(),
        };
        locale.date_time(at.jiff(), DateStyle::Weekday)
    }

    /// A day: `27 November 2026`.
    pub(crate) fn day(&self, day: chrono::NaiveDate) -> String {
        let locale = Locale {
            catalogue: self.catalogue,
            lang: self.lang,
            zone: jiff::tz::TimeZone::UTC,
            now: jiff::Timestamp::UNIX_EPOCH,
        };
        let known: Result<jiff::civil::Date, _> = day.to_string().parse();
        known.map_or_else(|_| day.to_string(), |d| locale.date(d, DateStyle::Long))
    }

    /// Options of a form from a vocabulary.
    pub(crate) fn options(&self, of: &str, words: impl IntoIterator<Item = &'static str>) -> Value {
        let all = words
            .into_iter()
            .map(|w| json!({"value": w, "label": self.of(of, w)}));
        Value::Array(all.collect())
    }
}

/// Renders a page of this room.
///
/// # Errors
/// 500 when template and data do not fit.
pub(crate) fn show(
    core: &Core,
    req: &HttpRequest,
    actor: &Actor,
    status: StatusCode,
    template: &str,
    title: String,
    mut data: Value,
) -> Result<HttpResponse, Problem> {
    data["home"] = json!(format!("/p/{}", actor.partnership.slug));
    data["staff"] = json!(actor.is_staff());
    let say = Say::new(core, actor.lang);
    let tab = |word: &str, path: &str| {
        let href = format!("/p/{}{path}", actor.partnership.slug);
        json!({"label": say.word(word), "active": req.path() == href, "href": href})
    };
    data["room_tabs"] = json!([
        tab("decisions-tab", "/decisions"),
        tab("meetings-title", "/meetings"),
        tab("commitments-title", "/commitments"),
        tab("bodies-title", "/bodies"),
        tab("frameworks-title", "/frameworks"),
        tab("report-tab", "/decisions/report"),
    ]);
    let shell = page::shell(core, req, actor, "decisions", title);
    page::html(core, status, template, &shell, &data)
}

/// What was typed, by field; a field that was not sent is empty.
pub(crate) fn typed(form: &Form, names: &[&str]) -> BTreeMap<String, String> {
    let given = names
        .iter()
        .map(|n| (n.to_string(), form.text(n).to_string()));
    given.collect()
}

/// What a form needs besides its values: nothing wrong yet.
pub(crate) fn fresh(form: Value) -> Value {
    json!({"form": form, "wrong": {}, "errors": []})
}

pub(crate) fn organization_options(all: &[OrganizationCard]) -> Value {
    let active = all.iter().filter(|o| o.active);
    Value::Array(
        active
            .map(|o| json!({"value": o.id, "label": o.name}))
            .collect(),
    )
}

pub(crate) fn organization_name(all: &[OrganizationCard], id: Option<&OrganizationId>) -> String {
    let found = all.iter().find(|o| Some(&o.id) == id);
    found.map(|o| o.name.clone()).unwrap_or_default()
}

/// A text that may be left out.
pub(crate) fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_string())
}

/// The day it is in the partnership.
pub(crate) fn today(actor: &Actor) -> chrono::NaiveDate {
    let day = actor.now.date_in(&actor.partnership.zone());
    chrono::NaiveDate::from_ymd_opt(day.year().into(), day.month() as u32, day.day() as u32)
        .unwrap_or_default()
}
