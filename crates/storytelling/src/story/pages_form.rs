//! The form in which a story is written: works without script, each save adds empty rows to fill.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use backbone_identity::{Actor, Allowed, Core, page};
use backbone_web::{Args, Form, Lang, Problem};
use serde::Serialize;

use super::api::{asked, id};
use super::edit::{self, EditedStory};
use super::form_fields::{chart_text, content_from, source_text};
use super::form_rows;
use super::pages::{Choice, FieldMessage, languages, messages, seen, word};
use super::{Consent, Content, Story, StoryId, store};
use crate::figure::readings::Choices;
use crate::figure::{Given, Live, ModelResult, Readings, Source};
use crate::policy::EditStories;

/// The control that a field's error or check is about.
pub(super) fn control(field: &str) -> String {
    let parts: Vec<&str> = field.split('.').collect();
    match parts.as_slice() {
        ["figures", n, part] => format!("figure_{part}_{n}"),
        ["figures"] => "figures".into(),
        ["vignettes", n] => format!("vignette_given_{n}"),
        ["vignettes", n, part] => format!("vignette_{part}_{n}"),
        ["testimonial"] => "quote_given".into(),
        ["testimonial", _] => "quote".into(),
        ["ratio"] => "ratio_model".into(),
        ["ratio", _] => "ratio_text".into(),
        other => other.join("_"),
    }
}

/// A control of a repeated row: its id, unique on the page, and what stands in it.
#[derive(Serialize)]
struct Cell {
    id: String,
    value: String,
}

type Row = BTreeMap<&'static str, Cell>;

fn row(kind: &str, n: usize, cells: &[(&'static str, String)]) -> Row {
    cells
        .iter()
        .map(|(name, value)| {
            let cell = Cell {
                id: format!("{kind}_{name}_{n}"),
                value: value.clone(),
            };
            (*name, cell)
        })
        .collect()
}

#[derive(Serialize)]
struct FormPage {
    name: String,
    version: i64,
    language: String,
    languages: Vec<Choice>,
    content: Content,
    vignettes: Vec<Row>,
    figures: Vec<Row>,
    numbers: Vec<Row>,
    quote: BTreeMap<&'static str, String>,
    ratio_model: String,
    ratio_text: String,
    chart: String,
    sources: Vec<Choice>,
    organizations: Vec<Choice>,
    models: Vec<Choice>,
    charts: Vec<Choice>,
    consents: Vec<Choice>,
    decimals: Vec<Choice>,
    errors: Vec<FieldMessage>,
    back: String,
    published: bool,
}

/// The form.
#[get("/p/{partnership}/stories/{story}/edit")]
pub(super) async fn show(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditStories>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (tenant, id) = (actor.tenant().to_string(), id(&path.1)?);
    let story = core
        .db
        .read(move |c| store::find(c, &tenant, &id))
        .await?
        .ok_or_else(Problem::not_found)?;
    render(&core, &req, &actor, &story, None).await
}

/// Saves; with `then=view` leads to the checks, else back to the form.
#[post("/p/{partnership}/stories/{story}/edit")]
pub(super) async fn save(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<EditStories>,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (actor, id) = (actor.into_actor(), id(&path.1)?);
    let (content, unread) = content_from(&form);
    let edited = EditedStory {
        title: form.text("title").into(),
        language: form.text("language").into(),
        content: content.clone(),
    };
    let (writer, of, seen) = (actor.clone(), id.clone(), seen(&form));
    let saved = core
        .db
        .write(move |c| {
            // Dates and numbers of the form that cannot be read are told before anything is kept.
            unread?;
            edit::save(c, &writer, &of, seen, edited)
        })
        .await;
    match saved.map_err(Problem::from) {
        Ok(_) => Ok(after_save(&actor, &id, form.text("then"))),
        Err(p) if matches!(p.status.as_u16(), 412 | 422) => {
            let tenant = actor.tenant().to_string();
            let story = core
                .db
                .read(move |c| store::find(c, &tenant, &id))
                .await?
                .ok_or_else(Problem::not_found)?;
            let typed = Story {
                title: form.text("title").into(),
                language: form.text("language").into(),
                content,
                ..story
            };
            render(&core, &req, &actor, &typed, Some(p)).await
        }
        Err(p) => Err(p),
    }
}

fn after_save(actor: &Actor, id: &StoryId, then: &str) -> HttpResponse {
    let base = format!("/p/{}/stories/{id}", actor.partnership.slug);
    let path = match then {
        "view" => base,
        then => format!("{base}/edit{}", form_rows::anchor(then)),
    };
    page::see_other(&path, "story-flash-saved")
}

async fn render(
    core: &web::Data<Core>,
    req: &HttpRequest,
    actor: &Actor,
    story: &Story,
    problem: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let asked = asked(actor);
    let choices = core.db.read(move |c| Live.choices(c, &asked)).await?;
    let mut errors: Vec<FieldMessage> = messages(core, actor.lang, problem.as_ref())
        .into_iter()
        .map(|m| FieldMessage {
            field: control(&m.field),
            message: m.message,
        })
        .collect();
    if let Some(p) = problem.as_ref().filter(|p| p.fields.is_empty()) {
        errors.push(FieldMessage {
            field: "title".into(),
            message: p.title(core.renderer.catalogue(), actor.lang),
        });
    }
    let content = &story.content;
    let ratio = content.ratio.clone().unwrap_or_default();
    let word = |key: &str| word(core, actor.lang, key);
    let option = |value: &str, label: String| Choice {
        value: value.into(),
        label,
        group: String::new(),
    };
    let data = FormPage {
        name: story.title.clone(),
        version: story.version,
        language: story.language.clone(),
        languages: languages(),
        vignettes: vignette_rows(content),
        figures: figure_rows(content),
        numbers: number_rows(content),
        quote: quote(content),
        ratio_model: ratio.model,
        ratio_text: ratio.text,
        chart: chart_text(content.chart.as_ref()),
        sources: source_choices(core, actor.lang, &choices),
        organizations: choices
            .organizations
            .iter()
            .map(|o| option(&o.id, o.name.clone()))
            .collect(),
        models: choices
            .models
            .iter()
            .map(|m| option(&m.id, m.name.clone()))
            .collect(),
        charts: chart_choices(core, actor.lang, &choices),
        consents: vec![
            option("no", word("story-consent-no")),
            option("yes", word("story-consent-yes")),
        ],
        decimals: (0..=3)
            .map(|n| {
                let mut args = Args::new();
                args.set("n", n);
                let label = core.renderer.text(actor.lang, "story-decimals-n", &args);
                option(&n.to_string(), label)
            })
            .collect(),
        errors,
        back: format!("/p/{}/stories/{}", actor.partnership.slug, story.id),
        published: story.edition > 0,
        content: content.clone(),
    };
    let status = problem.map_or(StatusCode::OK, |p| p.status);
    let shell = page::shell(core, req, actor, "stories", story.title.clone());
    page::html(core, status, "storytelling/stories/edit", &shell, &data)
}

fn consent_cells(c: &Consent) -> [(&'static str, String); 3] {
    [
        ("given", if c.given { "yes" } else { "no" }.to_string()),
        ("by", c.by.clone()),
        ("until", c.until.map(|d| d.to_string()).unwrap_or_default()),
    ]
}

fn vignette_rows(content: &Content) -> Vec<Row> {
    let mut all = content.vignettes.clone();
    all.push(Default::default());
    all.iter()
        .enumerate()
        .map(|(n, v)| {
            let mut cells = vec![
                ("title", v.title.clone()),
                ("text", v.text.clone()),
                ("person", v.person.clone()),
            ];
            cells.extend(consent_cells(&v.consent));
            row("vignette", n, &cells)
        })
        .collect()
}

fn quote(content: &Content) -> BTreeMap<&'static str, String> {
    let t = content.testimonial.clone().unwrap_or_default();
    let mut cells = vec![("quote", t.quote), ("name", t.name), ("role", t.role)];
    cells.extend(consent_cells(&t.consent));
    cells.into_iter().collect()
}

fn figure_rows(content: &Content) -> Vec<Row> {
    let empty = crate::figure::Figure {
        key: String::new(),
        label: String::new(),
        source: None,
        format: Default::default(),
    };
    let mut all = content.figures.clone();
    all.extend([empty.clone(), empty]);
    all.iter()
        .enumerate()
        .map(|(n, f)| {
            let (source, from, to, organization) = source_text(f.source.as_ref());
            row(
                "figure",
                n,
                &[
                    ("key", f.key.clone()),
                    ("label", f.label.clone()),
                    ("source", source),
                    ("from", from),
                    ("to", to),
                    ("organization", organization),
                    (
                        "decimals",
                        f.format.decimals.map(|d| d.to_string()).unwrap_or_default(),
                    ),
                    ("unit", f.format.unit.clone()),
                ],
            )
        })
        .collect()
}

fn number_rows(content: &Content) -> Vec<Row> {
    let mut all: Vec<(String, String)> = content
        .allowed_numbers
        .iter()
        .map(|a| (a.text.clone(), a.reason.clone()))
        .collect();
    all.extend([
        (String::new(), String::new()),
        (String::new(), String::new()),
    ]);
    all.into_iter()
        .enumerate()
        .map(|(n, (text, reason))| row("number", n, &[("text", text), ("reason", reason)]))
        .collect()
}

fn source_choices(core: &Core, lang: Lang, choices: &Choices) -> Vec<Choice> {
    let word = |key: &str| word(core, lang, key);
    let mut all = Vec::new();
    for (key, kind) in [
        ("story-source-metric", "metric"),
        ("story-source-baseline", "baseline"),
        ("story-source-change", "change"),
    ] {
        let group = word(key);
        all.extend(choices.metrics.iter().map(|m| Choice {
            value: format!("{kind}:{}", m.id),
            label: m.name.clone(),
            group: group.clone(),
        }));
    }
    let group = word("story-source-contributions");
    all.extend(Given::ALL.iter().map(|given| Choice {
        value: format!("contributions:{given}"),
        label: word(&format!("story-given-{given}")),
        group: group.clone(),
    }));
    for model in &choices.models {
        all.extend(ModelResult::ALL.iter().map(|result| Choice {
            value: format!("value:{}:{result}", model.id),
            label: word(&format!(
                "story-result-{}",
                result.as_str().replace('_', "-")
            )),
            group: model.name.clone(),
        }));
    }
    all.push(Choice {
        value: source_text(Some(&Source::Organizations)).0,
        label: word("story-source-organizations"),
        group: word("story-source-partnership"),
    });
    first_of_group(all)
}

/// Leaves a group's heading with its first choice, where the list begins it.
fn first_of_group(mut all: Vec<Choice>) -> Vec<Choice> {
    let mut last = String::new();
    for choice in &mut all {
        if choice.group == last {
            choice.group.clear();
        } else {
            last.clone_from(&choice.group);
        }
    }
    all
}

fn chart_choices(core: &Core, lang: Lang, choices: &Choices) -> Vec<Choice> {
    let metric = word(core, lang, "story-chart-metric");
    let range = word(core, lang, "story-chart-range");
    let metrics = choices.metrics.iter().map(|m| Choice {
        value: format!("metric:{}", m.id),
        label: m.name.clone(),
        group: metric.clone(),
    });
    let models = choices.models.iter().map(|m| Choice {
        value: format!("range:{}", m.id),
        label: m.name.clone(),
        group: range.clone(),
    });
    first_of_group(metrics.chain(models).collect())
}

/// The form's data without a partnership, to see that its template fits.
#[cfg(test)]
pub(super) fn sample(content: &Content) -> impl Serialize {
    FormPage {
        name: "Autumn".into(),
        version: 1,
        language: "en".into(),
        languages: languages(),
        vignettes: vignette_rows(content),
        figures: figure_rows(content),
        numbers: number_rows(content),
        quote: quote(content),
        ratio_model: String::new(),
        ratio_text: String::new(),
        chart: chart_text(content.chart.as_ref()),
        sources: Vec::new(),
        organizations: Vec::new(),
        models: Vec::new(),
        charts: Vec::new(),
        consents: Vec::new(),
        decimals: Vec::new(),
        errors: Vec::new(),
        back: "/".into(),
        published: true,
        content: content.clone(),
    }
}
