//! The demo's story: written by one, approved by another, published, and on its way to the funders.

use backbone_communications::campaign::draft::{self, NewCampaign};
use backbone_communications::campaign::life;
use backbone_communications::campaign::recipients::{self, Audience};
use backbone_communications::stories;
use backbone_db::Conn;
use backbone_identity::{Actor, Role};
use backbone_storytelling::figure::{Figure, Format, Given, Live, Source};
use backbone_storytelling::listing::{self, PublicPageEdit};
use backbone_storytelling::story::publish::publish;
use backbone_storytelling::story::{
    ChartChoice, Consent, Content, NewStory, RatioBlock, Story, Testimonial, Vignette, approve,
    create, submit,
};
use backbone_storytelling::value_model::Model;
use backbone_web::{IfMatch, Problem};

use super::asking::at;
use super::calendar::Calendar;
use super::measuring::Metrics;
use super::stage::Stage;
use super::valuing::day;

/// Writes, approves and publishes the story, sends it to the funders, and lists it on the public page.
pub fn tell(
    conn: &mut Conn,
    stage: &Stage,
    calendar: &Calendar,
    metrics: &Metrics,
    model: &Model,
) -> Result<(), Problem> {
    let author = second_of_staff(stage)?;
    let story = publish_story(conn, stage, &author, content(calendar, metrics, model)?)?;
    let staff = at(&stage.staff, stage.now, 6);
    let campaign = draft::create(conn, &staff, &stories::Live, &NewCampaign {
        story_id: story.id.to_string(),
        subject: "What your year of mentors moved".into(),
        note: "You asked in spring whether the mentors make the difference. This is what we can say today, and what we cannot."
            .into(),
        ..NewCampaign::default()
    })?;
    let audience = Audience {
        roles: vec![Role::Funder],
        ..Audience::default()
    };
    recipients::add(conn, &staff, &campaign.id, &audience)?;
    life::send(conn, &staff, &stories::Live, &campaign.id)?;
    let page = PublicPageEdit {
        shown: Some(true),
        stories: Some(vec![story.id.to_string()]),
    };
    listing::change(conn, &staff, IfMatch(Some(0)), &page)?;
    Ok(())
}

fn second_of_staff(stage: &Stage) -> Result<Actor, Problem> {
    let second = stage.colleague();
    let author =
        second.ok_or_else(|| Problem::internal("the demo's office has one person only"))?;
    Ok(at(author, stage.now, 9))
}

fn publish_story(
    conn: &mut Conn,
    stage: &Stage,
    author: &Actor,
    content: Content,
) -> Result<Story, Problem> {
    let seen = |version: i64| IfMatch(Some(version));
    let staff = at(&stage.staff, stage.now, 7);
    let new = NewStory {
        title: "A first job, a year on".into(),
        content: Some(content),
        ..NewStory::default()
    };
    let story = create(conn, author, new)?;
    let story = submit(conn, author, &story.id, seen(story.version))?;
    let story = approve(conn, &staff, &Live, &story.id, seen(story.version))?;
    publish(
        conn,
        &staff,
        &Live,
        &story.id,
        seen(story.version),
        None,
        "",
    )?;
    Ok(story)
}

fn content(calendar: &Calendar, metrics: &Metrics, model: &Model) -> Result<Content, Problem> {
    let consent = Consent {
        given: true,
        by: "the person, in writing".into(),
        until: None,
    };
    Ok(Content {
        audience: "our funders".into(),
        headline: "One talk a week, [[placed]] into a first job".into(),
        dek: "Partners gave [[hours]] in a year. Of those who started work or a course, [[staying]] were still there after six months."
            .into(),
        body: "The mentor who sat with her is one of many: [[organizations]] organizations took part, and together they gave \
               [[hours]]. A first talk now comes after [[wait]], down from [[wait_before]]."
            .into(),
        vignettes: vec![Vignette {
            title: "Dunya fixes ships".into(),
            text: "Dunya left school without a diploma and slept through most mornings. In March her mentor drove her to the \
                   shipyard, and waited outside. She welds there now, four days a week, and goes to class on the fifth."
                .into(),
            person: "Dunya".into(),
            consent: consent.clone(),
        }],
        ratio: Some(RatioBlock {
            model: model.id.to_string(),
            text: "For each euro put in, in money and in hours, about this much came back: benefits not paid, tax paid, vacancies \
                   filled."
                .into(),
        }),
        outcome: "Six months on, [[staying]] were still in their job or course; when we began it was [[staying_before]].".into(),
        method: "We counted only what would not have happened anyway, and left out what others brought about.".into(),
        testimonial: Some(Testimonial {
            quote: "I only had to say what I could. Somebody else knew where that was needed.".into(),
            name: "Yusuf".into(),
            role: "apprentice in the harbour".into(),
            consent,
        }),
        call: "May we show you the workshop in spring? Reply to this message.".into(),
        chart: Some(ChartChoice::Metric { metric: metrics.id("staying")?.to_string() }),
        figures: figures(calendar, metrics)?,
        ..Content::default()
    })
}

fn figures(calendar: &Calendar, metrics: &Metrics) -> Result<Vec<Figure>, Problem> {
    let (from, to) = calendar.verified_year();
    let given = |what: Given| Source::Contributions {
        what,
        from: day(from),
        to: day(to),
        organization: None,
    };
    let latest = |key: &str| {
        Ok::<_, Problem>(Source::Metric {
            metric: metrics.id(key)?.to_string(),
            period: None,
        })
    };
    let start = |key: &str| {
        Ok::<_, Problem>(Source::MetricBaseline {
            metric: metrics.id(key)?.to_string(),
        })
    };
    Ok(vec![
        figure(
            "placed",
            "Young people who started in the quarter",
            latest("placed")?,
            "young people",
        ),
        figure(
            "hours",
            "Hours given in twelve months",
            given(Given::Hours),
            "hours",
        ),
        figure(
            "staying",
            "Still there after six months",
            latest("staying")?,
            "",
        ),
        figure(
            "staying_before",
            "Still there after six months, when we began",
            start("staying")?,
            "",
        ),
        figure(
            "wait",
            "Days from sign-up to first talk",
            latest("wait")?,
            "days",
        ),
        figure(
            "wait_before",
            "Days from sign-up to first talk, when we began",
            start("wait")?,
            "days",
        ),
        figure(
            "organizations",
            "Organizations that take part",
            Source::Organizations,
            "",
        ),
    ])
}

fn figure(key: &str, label: &str, source: Source, unit: &str) -> Figure {
    Figure {
        key: key.into(),
        label: label.into(),
        source: Some(source),
        format: Format {
            decimals: None,
            unit: unit.into(),
        },
    }
}
