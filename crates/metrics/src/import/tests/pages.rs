use backbone_identity::page::brand;
use backbone_web::{Lang, Renderer, Shell};

use super::{Desk, national};
use crate::import::State;
use crate::import::pages::samples;

/// Every page in every state and language, with unknown messages and icons as errors.
#[tokio::test]
async fn every_page_shows_every_state() {
    let desk = Desk::new();
    desk.world.metric("Pupils");
    let mut it = desk.bring("indicator.csv", &national(300)).await.unwrap();
    let mapping = crate::import::ImportMapping {
        metric_id: Some(desk.world.metric("Reading").id),
        ..it.mapping.clone()
    };
    it = desk.map(&it.id, mapping).await.unwrap();
    it = desk.check(&it.id).await;
    let rows = desk
        .world
        .read(|conn| crate::import::store::rows(conn, desk.world.tenant(), &it.id, None, 0, 10));
    let mut builder = Renderer::builder();
    backbone_identity::texts(&mut builder);
    crate::texts(&mut builder);
    builder.strict_text(true);
    let renderer = builder.build().unwrap();
    for lang in Lang::ALL {
        let actor = backbone_identity::Actor {
            lang,
            ..desk.actor()
        };
        let shell = Shell {
            partnership: Some(brand(&actor.partnership)),
            ..Shell::bare(lang, actor.now.jiff(), "Imports".to_owned())
        };
        let page =
            |name: &str, data: &serde_json::Value| renderer.page(name, &shell, data).unwrap();
        page(
            "metrics/imports/index",
            &samples::index(&desk.core, &actor, &it),
        );
        page("metrics/imports/new", &samples::new(&desk.core, &actor));
        let metrics = desk.world.read(|conn| {
            crate::metric::store::list(conn, desk.world.tenant(), false, None, None, 10)
        });
        let map = page(
            "metrics/imports/map",
            &samples::map(&desk.core, &actor, &it, &metrics),
        );
        assert!(map.contains("GeoCode") && map.contains("Reading"));
        for state in State::ALL {
            it.state = *state;
            it.findings.started = matches!(state, State::Failed | State::Done | State::Importing);
            it.failure = (*state == State::Failed)
                .then(|| crate::import::Told::new("database").arg("text", "disk full"));
            page(
                "metrics/imports/show",
                &samples::show(&desk.core, &actor, &it, rows.clone()),
            );
        }
    }
}
