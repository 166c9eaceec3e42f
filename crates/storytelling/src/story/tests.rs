//! Stories on a real database, with readings that a test can move.

mod pages;
mod questions;

use backbone_db::{Conn, Db, DbError, DbUrl, Options, run_migrations};
use backbone_events::{Audience, Direction, Object, Tracer};
use backbone_identity::{Actor, Partnership, PartnershipId, PersonId, Role, Via};
use backbone_web::{IfMatch, Lang};
use diesel::prelude::*;
use std::sync::Arc;

use super::edit::{EditedStory, NewStory, create, save, save_template};
use super::*;
use crate::error::StoryError;
use crate::figure::readings::{Choices, Explained, SeriesOf};
use crate::figure::{Asked, Concern, Format, Reading, Readings, Unit};

/// One number for all sources.
#[derive(Clone)]
pub(crate) struct Fake {
    value: Option<&'static str>,
    concerns: Vec<Concern>,
}

pub(crate) fn reads(value: &'static str) -> Fake {
    Fake {
        value: Some(value),
        concerns: Vec::new(),
    }
}

impl Readings for Fake {
    fn read(&self, _: &mut Conn, _: &Asked, source: &Source) -> Result<Reading, DbError> {
        let ratio = matches!(source, Source::ValueModel { .. });
        Ok(Reading {
            value: self.value.map(|v| v.parse().unwrap()),
            unit: if ratio { Unit::Ratio } else { Unit::Percent },
            period: "2026-Q3".into(),
            token: format!("{:?}", self.value),
            sources: vec![Object::new("metric_period", "m@2026-Q3")],
            concerns: self.concerns.clone(),
        })
    }

    fn choices(&self, _: &mut Conn, _: &Asked) -> Result<Choices, DbError> {
        Ok(Choices::default())
    }

    fn explain(&self, _: &mut Conn, _: &Asked, _: &str) -> Result<Explained, DbError> {
        Ok(Explained {
            name: "Reading".into(),
            lines: vec!["Would have happened anyway: 20 %".into()],
        })
    }

    fn series(&self, _: &mut Conn, _: &Asked, _: &str) -> Result<Option<SeriesOf>, DbError> {
        Ok(None)
    }

    fn pin(&self, _: &mut Conn, _: &Actor, source: &Source) -> Result<Option<Object>, DbError> {
        let model = matches!(source, Source::ValueModel { .. });
        Ok(model.then(|| Object::new("value_calculation", "c1")))
    }
}

const NOW: &str = "2026-11-12T09:30:00Z";

pub(super) fn partnership() -> Partnership {
    Partnership {
        id: PartnershipId::new(),
        slug: "midden".into(),
        name: "Every Child Reads Midden".into(),
        purpose: String::new(),
        language: "en".into(),
        currency: "EUR".parse().unwrap(),
        time_zone: "Europe/Amsterdam".into(),
        fiscal_year_start: 1,
        accent: "#0b5fcc".into(),
        logo_file_id: None,
        small_cell: 5,
        version: 1,
        created_at: NOW.parse().unwrap(),
    }
}

pub(super) fn actor(partnership: Partnership, name: &str) -> Actor {
    Actor {
        person_id: Some(PersonId::new()),
        name: name.into(),
        organization_id: None,
        partnership,
        roles: vec![Role::Staff],
        lang: Lang::En,
        now: NOW.parse().unwrap(),
        via: Via::Session,
        request_id: String::new(),
    }
}

fn insert_partnership(conn: &mut Conn, p: &Partnership) {
    diesel::sql_query(format!(
        "INSERT INTO partnerships (id, slug, name, purpose, language, currency, time_zone, fiscal_year_start, accent, \
         small_cell, version, created_at) VALUES ('{}', '{}', 'Every Child', '', 'en', 'EUR', 'Europe/Amsterdam', 1, \
         '#0b5fcc', 5, 1, '2026-11-12 09:30:00')",
        p.id, p.slug
    ))
    .execute(conn)
    .unwrap();
}

/// Makes the actor a member who is staff.
fn enrol(conn: &mut Conn, a: &Actor) {
    let person = a.person_id.as_ref().unwrap();
    for sql in [
        format!(
            "INSERT INTO people (id, email, name, language, active, operator, created_at) VALUES \
             ('{person}', '{person}@example.org', '{}', 'en', TRUE, FALSE, '2026-11-12 09:30:00')",
            a.name
        ),
        format!(
            "INSERT INTO memberships (id, partnership_id, person_id, roles, active, version, created_at) VALUES \
             ('{}', '{}', '{person}', 'staff', TRUE, 1, '2026-11-12 09:30:00')",
            PersonId::new(),
            a.tenant()
        ),
    ] {
        diesel::sql_query(sql).execute(conn).unwrap();
    }
}

/// Runs `f` with a fresh database, an author and a colleague.
pub(crate) fn with_two(f: impl FnOnce(&mut Conn, &Actor, &Actor) + Send + 'static) {
    let folder = tempfile::tempdir().unwrap();
    let url = DbUrl::Sqlite(folder.path().join("stories.db"));
    let db = Db::open(&url, &Options::default()).unwrap();
    run_migrations(&db).unwrap();
    let partnership = partnership();
    db.write_blocking(move |conn| {
        insert_partnership(conn, &partnership);
        let author = actor(partnership.clone(), "Mira");
        let colleague = actor(partnership, "A. Yıldız");
        enrol(conn, &author);
        enrol(conn, &colleague);
        f(conn, &author, &colleague);
        Ok::<_, StoryError>(())
    })
    .unwrap();
}

pub(super) fn content() -> Content {
    Content {
        audience: "for Fonds Midden".into(),
        headline: "[[share]] of children are read to".into(),
        dek: "Up again.".into(),
        body: "It is **[[share]]** now.".into(),
        ratio: Some(RatioBlock {
            model: "0199a0c4-7c1e-7b4a-9d2e-3f6a5b8c1d20".into(),
            text: "Every euro came back.".into(),
        }),
        figures: vec![Figure {
            key: "share".into(),
            label: "Children read to".into(),
            source: Some(Source::Metric {
                metric: "m".into(),
                period: None,
            }),
            format: Format::default(),
        }],
        ..Content::default()
    }
}

pub(crate) fn begin(conn: &mut Conn, author: &Actor) -> Story {
    let new = NewStory {
        title: "Autumn".into(),
        content: Some(content()),
        ..NewStory::default()
    };
    create(conn, author, new).unwrap()
}

const ANY: IfMatch = IfMatch(None);

/// Brings a draft out.
pub(crate) fn bring_out(
    conn: &mut Conn,
    author: &Actor,
    colleague: &Actor,
    id: &StoryId,
    fake: &Fake,
) -> published::PublishedEdition {
    life::submit(conn, author, id, ANY).unwrap();
    life::approve(conn, colleague, fake, id, ANY).unwrap();
    publish::publish(conn, author, fake, id, ANY, None, "").unwrap()
}

#[test]
fn publishing_freezes_what_figures_read() {
    with_two(|conn, author, colleague| {
        let story = begin(conn, author);
        let first = bring_out(conn, author, colleague, &story.id, &reads("61"));
        assert_eq!(first.number, 1);
        assert_eq!(
            first.view.plain(&first.view.headline),
            "61\u{a0}% of children are read to"
        );
        let ratio = first.view.ratio.clone().unwrap();
        assert_eq!(ratio.low, "1\u{a0}:\u{a0}61.0");
        assert_eq!(first.view.assumptions.len(), 1);

        let again = published::published(conn, author.tenant(), &story.id)
            .unwrap()
            .unwrap();
        assert_eq!(again, first);
        // The figure hangs on what it was read from; those of a model on the calculation that was kept.
        let mut tracer = Tracer::default();
        tracer.register(Arc::new(describe::Describer));
        let of = |key: &str| Object::new("figure", &first.view.figure(key).unwrap().id);
        let behind = |conn: &mut Conn, key: &str| -> Vec<String> {
            tracer
                .step(conn, author.tenant(), &of(key), Direction::Behind)
                .unwrap()
                .into_iter()
                .map(|(_, o)| o.kind)
                .collect()
        };
        assert_eq!(behind(conn, "share"), ["metric", "metric_period"]);
        assert!(behind(conn, "ratio").contains(&"value_calculation".to_string()));
        let node = tracer
            .node(conn, author.tenant(), &of("share"), Audience::Public, "nl")
            .unwrap()
            .unwrap();
        assert_eq!(
            node.summary,
            "Children read to, zoals het in uitgave 1 stond"
        );
    });
}

#[test]
fn what_stops_a_story_stops_approval_and_publishing() {
    with_two(|conn, author, colleague| {
        let story = begin(conn, author);
        life::submit(conn, author, &story.id, ANY).unwrap();
        assert!(matches!(
            life::approve(conn, author, &reads("61"), &story.id, ANY),
            Err(StoryError::OwnStory)
        ));
        let stale = Fake {
            concerns: vec![Concern::Stale],
            ..reads("61")
        };
        let refused = life::approve(conn, colleague, &stale, &story.id, ANY).unwrap_err();
        let problem = backbone_web::Problem::from(refused);
        assert_eq!(problem.code, "story-checks");
        assert_eq!(problem.fields.len(), 4, "{problem}");
        life::approve(conn, colleague, &reads("61"), &story.id, ANY).unwrap();
        let gone = Fake {
            value: None,
            ..reads("")
        };
        assert!(matches!(
            publish::publish(conn, author, &gone, &story.id, ANY, None, ""),
            Err(StoryError::Checks(_))
        ));
        assert!(
            published::published(conn, author.tenant(), &story.id)
                .unwrap()
                .is_none()
        );
    });
}

#[test]
fn a_figure_that_changed_is_noticed_once_and_a_new_edition_puts_it_right() {
    with_two(|conn, author, colleague| {
        let story = begin(conn, author);
        let tenant = author.tenant();
        let first = bring_out(conn, author, colleague, &story.id, &reads("61"));
        let now = author.now.plus_seconds(60);
        let look = |conn: &mut Conn, fake: &Fake| {
            changes::detect_changes(conn, tenant, fake, now).unwrap()
        };
        assert_eq!(look(conn, &reads("61.0")), []);
        let found = look(conn, &reads("58"));
        let share = found.iter().find(|c| c.key == "share").unwrap();
        assert_eq!(
            (share.old_text.as_str(), share.new_text.as_str()),
            ("61\u{a0}%", "58\u{a0}%")
        );
        assert_eq!(share.edition_id, first.id);
        assert_eq!(look(conn, &reads("58")), [], "noticed once");
        assert_eq!(
            changes::changed_figures(conn, tenant, &first.id)
                .unwrap()
                .len(),
            4
        );
        assert_eq!(look(conn, &reads("61")), [], "it went back");
        assert_eq!(changes::changes_pending(conn, tenant).unwrap(), []);
        look(conn, &reads("58"));

        let edited = EditedStory {
            title: "Autumn".into(),
            content: content(),
            ..EditedStory::default()
        };
        let version = store::find(conn, tenant, &story.id)
            .unwrap()
            .unwrap()
            .version;
        save(conn, author, &story.id, IfMatch(Some(version)), edited).unwrap();
        let second = bring_out(conn, author, colleague, &story.id, &reads("58"));
        assert_eq!(second.number, 2);
        assert_eq!(second.public_url, first.public_url, "the address stays");
        let all = store::editions(conn, tenant, &story.id).unwrap();
        let stands: Vec<_> = all.iter().map(|e| (e.number, e.status)).collect();
        assert_eq!(
            stands,
            [
                (2, EditionStatus::Published),
                (1, EditionStatus::Superseded)
            ]
        );
        assert_eq!(all[1].view, first.view, "the first stays as it was");
        assert_eq!(look(conn, &reads("58")), []);
        // Who received the first edition still has to be told.
        assert_eq!(
            changes::changed_figures(conn, tenant, &first.id)
                .unwrap()
                .len(),
            4
        );
    });
}

#[test]
fn an_address_can_be_renewed_revoked_and_tells_nothing_to_other_partnerships() {
    with_two(|conn, author, colleague| {
        let story = begin(conn, author);
        assert!(matches!(
            link::revoke(conn, author, &story.id, true),
            Err(StoryError::NoLink)
        ));
        let first = bring_out(conn, author, colleague, &story.id, &reads("61"));
        let hash = |url: &Option<String>| {
            let secret = url
                .as_deref()
                .unwrap()
                .trim_start_matches("/s/")
                .to_string();
            backbone_identity::secret::hash_secret(&secret)
        };
        let old = hash(&first.public_url);
        assert!(store::by_secret(conn, &old).unwrap().is_some());
        link::revoke(conn, author, &story.id, true).unwrap();
        assert!(store::by_secret(conn, &old).unwrap().is_none());
        let renewed = published::published(conn, author.tenant(), &story.id)
            .unwrap()
            .unwrap();
        assert_eq!(
            store::by_secret(conn, &hash(&renewed.public_url))
                .unwrap()
                .unwrap()
                .1,
            story.id
        );
        link::revoke(conn, author, &story.id, false).unwrap();
        let revoked = published::published(conn, author.tenant(), &story.id)
            .unwrap()
            .unwrap();
        assert_eq!(revoked.public_url, None);
        let other = PartnershipId::new();
        assert!(
            store::find(conn, other.as_str(), &story.id)
                .unwrap()
                .is_none()
        );
        assert!(
            published::published(conn, other.as_str(), &story.id)
                .unwrap()
                .is_none()
        );
    });
}

#[test]
fn a_template_keeps_the_text_and_leaves_people_behind() {
    with_two(|conn, author, _| {
        let mut text = content();
        text.vignettes = vec![Vignette {
            text: "He read.".into(),
            person: "Sami".into(),
            consent: Consent {
                given: true,
                by: "his mother".into(),
                until: None,
            },
            ..Vignette::default()
        }];
        let new = NewStory {
            title: "A".into(),
            content: Some(text),
            ..NewStory::default()
        };
        let story = create(conn, author, new).unwrap();
        let id = save_template(conn, author, &story.id, "Ours").unwrap();
        let new = NewStory {
            title: "B".into(),
            template: id.to_string(),
            ..NewStory::default()
        };
        let made = create(conn, author, new).unwrap();
        assert_eq!(made.content.headline, content().headline);
        assert_eq!(made.content.vignettes[0].person, "");
        assert!(!made.content.vignettes[0].consent.given);
        for template in template::BUILT_IN {
            for lang in Lang::ALL {
                let text = template::content(conn, author.tenant(), template, lang)
                    .unwrap()
                    .unwrap();
                let known: Vec<&str> = text.figures.iter().map(|f| f.key.as_str()).collect();
                for (field, words) in text.texts() {
                    assert!(
                        text::typed_numbers(words, &[]).is_empty(),
                        "{template} {field}"
                    );
                    assert!(
                        text::keys(words).iter().all(|k| known.contains(k)),
                        "{template} {field}"
                    );
                    assert!(!words.starts_with("story-"), "{template} {field}: {words}");
                }
            }
        }
    });
}
