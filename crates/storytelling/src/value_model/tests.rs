//! Models on a real database: versions, readings, frozen calculations.

use backbone_db::{Conn, Currency, Db, DbUrl, Instant, Options, run_migrations};
use backbone_events::{Direction, Object};
use backbone_finance::Decimal;
use backbone_identity::{Actor, Partnership, PartnershipId, PersonId, Role, Via};
use backbone_web::Lang;
use backbone_web::etag::IfMatch;
use diesel::prelude::*;

use super::example::example;
use super::*;

/// Contributions of 10,000 and 5,000 in two years, and a metric whose value can be moved.
#[derive(Clone)]
struct Fake {
    metric: Option<&'static str>,
    token: &'static str,
}

impl Readings for Fake {
    fn contributions(
        &self,
        _: &mut Conn,
        _: &str,
        _: &ContributionBinding,
    ) -> Result<Vec<ContributionPart>, Error> {
        let year = |year, minor| YearAmount { year, minor };
        Ok(vec![
            ContributionPart {
                object: Object::new("contribution_total", "time:2025/2026@a"),
                token: self.token.into(),
                years: vec![year(2025, 700_000), year(2026, 500_000)],
            },
            ContributionPart {
                object: Object::new("contribution_total", "time:2025/2026@b"),
                token: self.token.into(),
                years: vec![year(2025, 300_000)],
            },
        ])
    }

    fn metric(
        &self,
        _: &mut Conn,
        _: &str,
        _: &MetricBinding,
    ) -> Result<Option<MetricValue>, Error> {
        Ok(self.metric.map(|value| MetricValue {
            name: "In work".into(),
            value: value.parse().unwrap(),
            period: "2026-Q2".into(),
            token: self.token.into(),
        }))
    }
}

const NOW: &str = "2026-11-12T09:30:00Z";

fn euro() -> Currency {
    "EUR".parse().unwrap()
}

fn database() -> (Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = DbUrl::Sqlite(folder.path().join("test.db"));
    let db = Db::open(&url, &Options::default()).unwrap();
    run_migrations(&db).unwrap();
    (db, folder)
}

/// Runs `f` with a fresh database and an actor of a partnership in it.
fn with_actor(f: impl FnOnce(&mut Conn, &Actor) + Send + 'static) {
    let (db, _folder) = database();
    let partnership = Partnership {
        id: PartnershipId::new(),
        slug: "example".into(),
        name: "Example".into(),
        purpose: String::new(),
        language: "en".into(),
        currency: euro(),
        time_zone: "Europe/Amsterdam".into(),
        fiscal_year_start: 1,
        accent: "#0b5fcc".into(),
        logo_file_id: None,
        small_cell: 5,
        version: 1,
        created_at: NOW.parse().unwrap(),
    };
    db.write_blocking(move |conn| {
        insert(conn, &partnership);
        f(conn, &actor(partnership));
        Ok::<_, Error>(())
    })
    .unwrap();
}

fn insert(conn: &mut Conn, p: &Partnership) {
    diesel::sql_query(format!(
        "INSERT INTO partnerships (id, slug, name, purpose, language, currency, time_zone, fiscal_year_start, accent, \
         small_cell, version, created_at) VALUES ('{}', '{}', 'Example', '', 'en', 'EUR', 'Europe/Amsterdam', 1, \
         '#0b5fcc', 5, 1, '2026-11-12 09:30:00')",
        p.id, p.slug
    ))
    .execute(conn)
    .unwrap();
}

fn actor(partnership: Partnership) -> Actor {
    Actor {
        person_id: Some(PersonId::new()),
        name: "Mira".into(),
        organization_id: None,
        partnership,
        roles: vec![Role::Staff],
        lang: Lang::En,
        now: NOW.parse::<Instant>().unwrap(),
        via: Via::Session,
        request_id: String::new(),
    }
}

fn bound() -> Content {
    let mut content = example(|key| key.to_owned(), &euro(), 2025);
    content.inputs[1].amount = None;
    content.inputs[1].year = None;
    content.inputs[1].contributions = Some(ContributionBinding {
        kinds: vec!["time".into()],
        from: "2025-01-01".parse().unwrap(),
        to: "2026-12-31".parse().unwrap(),
        organizations: Vec::new(),
    });
    content.outcomes[0].quantity.value = None;
    content.outcomes[0].quantity.metric = Some(MetricBinding {
        metric: "0199a0c4-7c1e-7b4a-9d2e-3f6a5b8c1d20".into(),
        reading: MetricReading::Latest,
        period: None,
        less: Some("10".parse().unwrap()),
        more: None,
    });
    content
}

const MEASURED: Fake = Fake {
    metric: Some("20"),
    token: "a",
};

#[test]
fn readings_become_inputs_by_year_and_quantities() {
    with_actor(|conn, actor| {
        let model = create(conn, actor, bound()).unwrap();
        let made = calculate(conn, &MEASURED, actor.tenant(), &model.id).unwrap();
        let base = &made.results.base;
        let inputs: Vec<(&str, u16, Decimal)> = base
            .inputs
            .iter()
            .map(|i| (i.id.as_str(), i.year, i.amount))
            .collect();
        let thousands = |n: i64| Decimal::from(n * 1000);
        assert_eq!(
            inputs,
            [
                ("i1", 0, thousands(40)),
                ("i2@2025", 0, thousands(10)),
                ("i2@2026", 1, thousands(5))
            ]
        );
        assert_eq!(base.outcomes[0].quantity, Decimal::from(20));
        assert_eq!(made.results.low.outcomes[0].quantity, Decimal::from(18));
        assert_eq!(
            made.readings[3].object,
            Object::new(
                "metric_period",
                "0199a0c4-7c1e-7b4a-9d2e-3f6a5b8c1d20@2026-Q2"
            )
        );
    });
}

#[test]
fn a_metric_without_value_is_told_by_name() {
    with_actor(|conn, actor| {
        let model = create(conn, actor, bound()).unwrap();
        let fake = Fake {
            metric: None,
            token: "a",
        };
        match calculate(conn, &fake, actor.tenant(), &model.id) {
            Err(Error::Missing(gaps)) => assert_eq!(gaps[0].name, "value-example-outcome"),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn the_token_moves_with_the_version_and_with_readings() {
    with_actor(|conn, actor| {
        let model = create(conn, actor, bound()).unwrap();
        let token = |conn: &mut Conn, fake: &Fake| {
            version_token(conn, fake, actor.tenant(), &model.id).unwrap()
        };
        let first = token(conn, &MEASURED);
        assert_eq!(
            first,
            calculate(conn, &MEASURED, actor.tenant(), &model.id)
                .unwrap()
                .token
        );
        assert_eq!(first, token(conn, &MEASURED));
        let corrected = Fake {
            metric: Some("20"),
            token: "b",
        };
        assert_ne!(first, token(conn, &corrected));
        let mut content = bound();
        content.name = "Another name".into();
        edit(conn, actor, &model.id, IfMatch(Some(1)), content, "clearer").unwrap();
        assert_ne!(first, token(conn, &MEASURED));
    });
}

#[test]
fn every_edit_is_a_version_and_says_what_changed() {
    with_actor(|conn, actor| {
        let model = create(conn, actor, bound()).unwrap();
        let mut content = model.content.clone();
        content.outcomes[0].deadweight.base = "35".parse().unwrap();
        let stale = edit(
            conn,
            actor,
            &model.id,
            IfMatch(Some(7)),
            content.clone(),
            "",
        );
        assert!(matches!(stale, Err(Error::Problem(p)) if p.code == "changed-meanwhile"));
        let edited = edit(
            conn,
            actor,
            &model.id,
            IfMatch(Some(1)),
            content.clone(),
            "new study",
        )
        .unwrap();
        assert_eq!(edited.version, 2);
        // Saving the same again makes no version.
        let again = edit(conn, actor, &model.id, IfMatch(Some(2)), content, "").unwrap();
        assert_eq!(again.version, 2);
        let versions = store::versions(conn, actor.tenant(), &model.id, None, 10).unwrap();
        let told: Vec<_> = versions
            .iter()
            .map(|v| (v.version, v.reason.as_str(), v.author.as_str()))
            .collect();
        assert_eq!(told, [(2, "new study", "Mira"), (1, "", "Mira")]);
        let changes = diff(&versions[1].content, &versions[0].content);
        assert_eq!(
            changes,
            [Change {
                subject: Some("value-example-outcome".into()),
                field: "deadweight.base".into(),
                before: Some("30".into()),
                after: Some("35".into()),
            }]
        );
    });
}

#[test]
fn a_frozen_calculation_stays_and_leads_to_its_sources() {
    with_actor(|conn, actor| {
        let model = create(conn, actor, bound()).unwrap();
        let kept = freeze(conn, &MEASURED, actor, &model.id).unwrap();
        let mut content = model.content.clone();
        content.outcomes[0].proxy.amount.base = "4500".parse().unwrap();
        edit(conn, actor, &model.id, IfMatch(Some(1)), content, "").unwrap();
        let read = frozen(conn, actor.tenant(), &kept.id).unwrap();
        assert_eq!(read, kept);
        let ratio = |r| figure(r, FigureKind::Ratio).base;
        let now = calculate(conn, &MEASURED, actor.tenant(), &model.id).unwrap();
        assert_ne!(ratio(&now.results), ratio(&read.calculated.results));
        let mut tracer = backbone_events::Tracer::default();
        tracer.register(describer());
        let from = Object::new("value_calculation", &kept.id);
        let step = tracer
            .step(conn, actor.tenant(), &from, Direction::Behind)
            .unwrap();
        let mut kinds: Vec<_> = step
            .iter()
            .map(|(how, o)| (how.as_str(), o.kind.as_str()))
            .collect();
        kinds.sort_unstable();
        assert_eq!(
            kinds,
            [
                ("comes_from", "contribution_total"),
                ("comes_from", "contribution_total"),
                ("comes_from", "metric_period"),
                ("computed_by", "value_model")
            ]
        );
        let node = tracer
            .node(
                conn,
                actor.tenant(),
                &from,
                backbone_events::Audience::Public,
                "en",
            )
            .unwrap()
            .unwrap();
        assert!(node.title.starts_with("1 : "), "{}", node.title);
        assert!(
            backbone_events::verify(conn, actor.tenant())
                .unwrap()
                .is_ok()
        );
    });
}

#[test]
fn nothing_reaches_into_another_partnership() {
    with_actor(|conn, actor| {
        let model = create(conn, actor, bound()).unwrap();
        let kept = freeze(conn, &MEASURED, actor, &model.id).unwrap();
        let other = PartnershipId::new();
        assert!(find(conn, other.as_str(), &model.id).unwrap().is_none());
        assert!(
            list(conn, other.as_str(), None, 10, true)
                .unwrap()
                .is_empty()
        );
        assert!(matches!(
            frozen(conn, other.as_str(), &kept.id),
            Err(Error::NotFound)
        ));
        assert!(matches!(
            calculate(conn, &MEASURED, other.as_str(), &model.id),
            Err(Error::NotFound)
        ));
    });
}

#[test]
fn a_retired_model_is_left_out_and_not_changed() {
    with_actor(|conn, actor| {
        let model = create(conn, actor, bound()).unwrap();
        retire(conn, actor, &model.id, IfMatch(Some(1))).unwrap();
        assert!(
            list(conn, actor.tenant(), None, 10, false)
                .unwrap()
                .is_empty()
        );
        assert_eq!(list(conn, actor.tenant(), None, 10, true).unwrap().len(), 1);
        let refused = edit(conn, actor, &model.id, IfMatch(Some(1)), bound(), "");
        assert!(matches!(refused, Err(Error::Problem(p)) if p.code == "value-model-retired"));
    });
}

#[test]
fn a_proxy_is_changed_by_version_and_leaves_the_library() {
    with_actor(|conn, actor| {
        let new = NewProxy {
            name: "A year in work".into(),
            unit: "person".into(),
            low: Some("5500".parse().unwrap()),
            base: "5000".parse().unwrap(),
            high: Some("4000".parse().unwrap()),
            currency: euro(),
            price_year: 2025,
            source: "A study".into(),
            link: String::new(),
            review_on: "2027-01-01".parse().ok(),
        };
        let made = proxy::add(conn, actor, &new).unwrap();
        assert_eq!(
            (made.low.to_string(), made.high.to_string()),
            ("4000".into(), "5500".into())
        );
        assert_eq!(
            proxy::store::find(conn, actor.tenant(), &made.id).unwrap(),
            Some(made.clone())
        );
        let other = PartnershipId::new();
        assert_eq!(
            proxy::store::find(conn, other.as_str(), &made.id).unwrap(),
            None
        );
        let stale = proxy::change(conn, actor, &made.id, IfMatch(Some(9)), &new);
        assert!(matches!(stale, Err(Error::Problem(p)) if p.code == "changed-meanwhile"));
        let changed = NewProxy {
            base: "5200".parse().unwrap(),
            ..new
        };
        let second = proxy::change(conn, actor, &made.id, IfMatch(Some(1)), &changed).unwrap();
        assert_eq!(
            (second.version, second.base.to_string()),
            (2, "5200".into())
        );
        proxy::remove(conn, actor, &made.id, IfMatch(Some(2))).unwrap();
        assert!(
            proxy::store::list(conn, actor.tenant(), None, 10)
                .unwrap()
                .is_empty()
        );
    });
}

/// Every printed number of the worked example in `docs/value-models.md`.
#[test]
fn the_documented_example_gives_the_printed_numbers() {
    let content = example(|key| key.to_owned(), &euro(), 2025);
    let model = resolve::resolve(&content, &[]).unwrap();
    let results = model.results().unwrap();
    let doc = include_str!("../../../../docs/value-models.md");
    let mut lines = Vec::new();
    for year in &results.base.outcomes[0].years {
        lines.push(format!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            2025 + i32::from(year.year),
            cents(year.gross),
            cents(year.after_deadweight),
            cents(year.after_displacement),
            cents(year.after_attribution),
            cents(year.after_drop_off),
            cents(year.present_value),
        ));
    }
    let scenarios = [&results.low, &results.base, &results.high];
    let row = |name: &str, of: &dyn Fn(&backbone_finance::sroi::Calculation) -> String| {
        let cells: Vec<String> = scenarios.iter().map(|c| of(c)).collect();
        format!("| {name} | {} |", cells.join(" | "))
    };
    lines.push(row("Benefits in today's money", &|c| cents(c.benefits)));
    lines.push(row("Put in, in today's money", &|c| cents(c.investment)));
    lines.push(row("Net present value", &|c| cents(c.npv)));
    lines.push(row("Social return ratio", &|c| {
        format!("{:.4}", c.ratio.unwrap().round_dp(4))
    }));
    for kind in [FigureKind::Payback, FigureKind::Irr] {
        let f = figure(&results, kind);
        let text = |v: &Option<backbone_db::Dec>| {
            v.as_ref()
                .map_or("–".to_owned(), |v| format!("{:.2}", v.get().round_dp(2)))
        };
        let name = if kind == FigureKind::Irr {
            "Internal rate of return, %"
        } else {
            "Paid back after, years"
        };
        lines.push(format!(
            "| {name} | {} | {} | {} |",
            text(&f.low),
            text(&f.base),
            text(&f.high)
        ));
    }
    let missing: Vec<&String> = lines
        .iter()
        .filter(|line| !doc.contains(line.as_str()))
        .collect();
    assert!(missing.is_empty(), "not in the document:\n{missing:#?}");
}

fn cents(value: Decimal) -> String {
    let text = format!("{:.2}", value.round_dp(2));
    let (whole, rest) = text.split_once('.').unwrap();
    let sign = if whole.starts_with('-') { "−" } else { "" };
    let digits = whole.trim_start_matches('-');
    let mut grouped = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(c);
    }
    format!("{sign}{grouped}.{rest}")
}
