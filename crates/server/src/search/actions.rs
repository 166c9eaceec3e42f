//! What one can do from the palette: pages of the rail and things to begin, those that the role may.

use backbone_identity::{Actor, Core};
use backbone_search::words;
use backbone_web::Args;
use serde_json::{Value, json};

/// Something to begin: the permission it takes, its words, its icon, its page behind `/p/{slug}`.
struct Action {
    permission: &'static str,
    label: &'static str,
    icon: &'static str,
    path: &'static str,
}

const ACTIONS: &[Action] = &[
    Action {
        permission: "contribution.log",
        label: "search-do-log",
        icon: "plus",
        path: "/contributions/new",
    },
    Action {
        permission: "contribution_request.ask",
        label: "search-do-ask",
        icon: "send",
        path: "/contributions/requests",
    },
    Action {
        permission: "metric.manage",
        label: "search-do-metric",
        icon: "plus",
        path: "/metrics/new",
    },
    Action {
        permission: "import.run",
        label: "search-do-import",
        icon: "import",
        path: "/imports/new",
    },
    Action {
        permission: "story.edit",
        label: "search-do-story",
        icon: "plus",
        path: "/stories/new",
    },
    Action {
        permission: "value_model.edit",
        label: "search-do-model",
        icon: "plus",
        path: "/value-models/new",
    },
    Action {
        permission: "campaign.edit",
        label: "search-do-campaign",
        icon: "newsletter",
        path: "/campaigns/new",
    },
    Action {
        permission: "person.invite",
        label: "search-do-invite",
        icon: "users",
        path: "/invitations",
    },
];

/// Those whose words fit what was typed, things to begin first; with nothing typed, all.
pub(super) fn fitting(core: &Core, actor: &Actor, typed: &str) -> Vec<Value> {
    let sought = words(typed);
    let held = actor.held(&core.permissions);
    let begin = ACTIONS
        .iter()
        .filter(|a| held.contains(&a.permission))
        .map(|a| (a.label, a.icon, a.path));
    let rail = core
        .nav
        .iter()
        .filter(|n| n.roles.iter().any(|r| actor.has(*r)))
        .map(|n| (n.label, n.icon, n.path));
    begin
        .chain(rail)
        .filter_map(|(label, icon, path)| {
            let text = core.renderer.text(actor.lang, label, &Args::new());
            let own = words(&text);
            let fits = |w: &String| own.iter().any(|o| o.starts_with(w.as_str()));
            sought.iter().all(fits).then(|| {
                json!({"text": text, "icon": icon, "href": format!("/p/{}{path}", actor.partnership.slug)})
            })
        })
        .collect()
}
