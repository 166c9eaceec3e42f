use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_charts::{
    Bar, BarChart, BarWords, Chart, Frame, PHONE, Part, StackedChart, StackedWords, Theme, Tone,
    bar, on_page, stacked,
};
use backbone_identity::{Allowed, Core};
use backbone_web::{ApiQuery, Problem, SafeHtml};
use serde_json::{Value, json};

use super::{FollowThrough, Lengths, Report, ReportQuery, Share, api};
use crate::body::store as bodies;
use crate::policy::SeeDecisions;
use crate::view::{Say, show};

/// Width of a drawing over the whole page on a desk, in CSS pixels.
const DESK: u32 = 920;
/// Width of one of two beside one another.
const HALF: u32 = 440;

/// The report of a year, or of the days that are asked for.
#[get("/p/{partnership}/decisions/report")]
async fn page(
    core: web::Data<Core>,
    req: HttpRequest,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<ReportQuery>,
) -> Result<HttpResponse, Problem> {
    let told = api::made(&core, (*actor).clone(), &query.0).await?;
    let tenant = actor.tenant().to_string();
    let all = core.db.read(move |c| bodies::all(c, &tenant)).await?;
    let say = Say::new(&core, actor.lang);
    let options: Vec<Value> = all
        .iter()
        .map(|b| json!({"value": b.id, "label": b.name}))
        .collect();
    let body = query.0.body.clone().unwrap_or_default();
    let data = json!({
        "from": told.from, "until": told.until, "body": body, "bodies": options,
        "votes": told.votes, "secret": told.secret, "part": told.participation.part(),
        "have": told.participation.have, "of": told.participation.of,
        "steps": [
            length(&say, "report-talk", told.time.talk), length(&say, "report-vote", told.time.vote),
            length(&say, "report-written", told.time.outcome), length(&say, "report-whole", told.time.whole),
        ],
        "whole": told.time.whole.median_hours.map(days),
        "follow": told.follow_through, "done": told.follow_through.rate().have, "kept": told.follow_through.rate().part(),
        "kept_chart": kept(&say, told.follow_through), "sector_chart": sectors(&say, &told),
        "quiet": told.organizations.iter().filter(|o| is_quiet(o)).map(|o| o.name.clone()).collect::<Vec<_>>().join(", "),
        "organization_chart": organizations(&say, &told), "rows": rows(&say, &told),
        "csv": format!("report/organizations.csv?from={}&until={}&body={body}", told.from, told.until),
    });
    let title = say.word("report-title");
    show(
        &core,
        &req,
        &actor,
        StatusCode::OK,
        "decisions/report",
        title,
        data,
    )
}

#[get("/p/{partnership}/decisions/report/organizations.csv")]
async fn csv(
    core: web::Data<Core>,
    actor: Allowed<SeeDecisions>,
    query: ApiQuery<ReportQuery>,
) -> Result<HttpResponse, Problem> {
    api::csv(&core, actor.into_actor(), &query.0).await
}

/// Tenths of days from hours, for people.
fn days(hours: i64) -> f64 {
    // Exact up to far more hours than a partnership lasts.
    (hours as f64 / 2.4).round() / 10.0
}

fn length(say: &Say, word: &str, x: Lengths) -> Value {
    json!({"label": say.word(word), "n": x.count, "median": x.median_hours.map(days), "longest": x.longest_hours.map(days)})
}

/// Whether nothing was asked of an organization, and it did nothing.
fn is_quiet(o: &super::OrganizationReport) -> bool {
    o.participation.of + o.ballots + o.comments + o.commitments + o.follow_through.due == 0
}

fn rows(say: &Say, told: &Report) -> Vec<Value> {
    let row = |o: &super::OrganizationReport| {
        let f = o.follow_through;
        json!({"name": o.name, "sector": say.of("sector", o.sector.as_str()), "part": o.participation.part(),
               "have": o.participation.have, "of": o.participation.of, "ballots": o.ballots, "comments": o.comments,
               "commitments": o.commitments, "hours": o.hours, "due": f.due, "done": f.rate().have})
    };
    told.organizations
        .iter()
        .filter(|o| !is_quiet(o))
        .map(row)
        .collect()
}

/// A drawing for desk and phone, and the same as a table.
fn drawn(id: &str, desk: u32, draw: &dyn Fn(u32) -> Chart) -> Value {
    let chart = on_page(id, draw(desk), draw(PHONE));
    json!({"svg": SafeHtml::trusted(chart.svg), "head": chart.table.headers, "rows": chart.table.rows})
}

fn shares(
    say: &Say,
    (id, title, desk): (&str, &str, u32),
    all: &[(String, Share)],
) -> Option<Value> {
    if all.iter().all(|(_, share)| share.of == 0) {
        return None;
    }
    let (title, label, value, none) = (
        say.word(title),
        say.word("report-who"),
        say.word("report-part"),
        say.word("report-no-votes"),
    );
    let texts: Vec<(String, String)> = all
        .iter()
        .map(|(who, s)| {
            let (have, of) = (s.have.to_string(), s.of.to_string());
            let args = [("who", who.as_str()), ("have", &have), ("of", &of)];
            let percent = s.part().map(|p| format!("{} %", (p * 100.0).round()));
            (say.text("report-share", &args), percent.unwrap_or_default())
        })
        .collect();
    let bars: Vec<Bar> = all
        .iter()
        .zip(&texts)
        .map(|((_, share), (label, text))| Bar {
            label,
            value: share.part(),
            text,
            tone: Tone::Series,
        })
        .collect();
    let draw = |width: u32| {
        bar(&BarChart {
            frame: frame(id, &title, width),
            bars: &bars,
            words: BarWords {
                label: &label,
                value: &value,
                no_data: &none,
            },
        })
    };
    Some(drawn(id, desk, &draw))
}

fn frame<'a>(id: &'a str, title: &'a str, width: u32) -> Frame<'a> {
    Frame {
        id,
        title,
        description: title,
        width,
        theme: Theme::Light,
        background: false,
    }
}

fn sectors(say: &Say, told: &Report) -> Option<Value> {
    let named = told.sectors.iter();
    let named = named.map(|s| (say.of("sector", s.sector.as_str()), s.participation));
    let how = ("report-sectors", "report-by-sector", HALF);
    shares(say, how, &named.collect::<Vec<_>>())
}

fn organizations(say: &Say, told: &Report) -> Option<Value> {
    let asked = told.organizations.iter().filter(|o| o.participation.of > 0);
    let named = asked.take(20).map(|o| (o.name.clone(), o.participation));
    let how = ("report-organizations", "report-by-organization", DESK);
    shares(say, how, &named.collect::<Vec<_>>())
}

/// What became of promises, as one bar.
fn kept(say: &Say, x: FollowThrough) -> Option<Value> {
    if x.due == 0 {
        return None;
    }
    let all = [
        ("report-in-time", x.in_time, Tone::Good),
        ("report-late", x.late, Tone::Watch),
        ("report-open", x.open, Tone::Bad),
        ("report-dropped", x.dropped, Tone::Neutral),
    ];
    let texts = all.map(|(word, n, _)| (say.word(word), n.to_string()));
    let parts: Vec<Part> = all
        .iter()
        .zip(&texts)
        .map(|((_, n, tone), (label, text))| Part {
            label,
            value: f64::from(*n),
            text,
            tone: *tone,
        })
        .collect();
    let (title, label, value) = (
        say.word("report-kept"),
        say.word("report-what"),
        say.word("report-count"),
    );
    let draw = |width: u32| {
        stacked(&StackedChart {
            frame: frame("report-kept", &title, width),
            parts: &parts,
            words: StackedWords {
                label: &label,
                value: &value,
                no_data: "–",
            },
        })
    };
    Some(drawn("report-kept", HALF, &draw))
}

/// Mounts the pages.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(page).service(csv);
}
