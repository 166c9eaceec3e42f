use backbone_db::{Conn, DbError};
use backbone_identity::attention::{Click, Line, Need, Urgency, Words};
use backbone_identity::{Actor, directory};

use super::told::amount;
use crate::contribution::{Contribution, Status, store};
use crate::view::name_of;

/// Entries that get a line and a button of their own; more are counted.
const ONE_BY_ONE: i64 = 2;

/// What partners logged and nobody has looked at, and what they answered.
pub(super) fn needs(conn: &mut Conn, actor: &Actor) -> Result<Vec<Need>, DbError> {
    let mut needs = Vec::new();
    let organizations = directory::organizations(conn, actor.tenant())?;
    for (status, what, icon) in [
        (Status::Answered, "contributions-needs-answered", "undo"),
        (
            Status::Logged,
            "contributions-needs-verify",
            "contributions",
        ),
    ] {
        let n = store::count_in(conn, actor.tenant(), None, status)?;
        let newest = store::newest_in(conn, actor.tenant(), status, ONE_BY_ONE)?;
        if n > newest.len() as i64 || status == Status::Answered {
            needs.extend((n > 0).then(|| together(what, icon, status, n)));
            continue;
        }
        needs.extend(newest.iter().map(|c| {
            let name = name_of(&organizations, &c.content.organization_id);
            one(actor, c, name)
        }));
    }
    Ok(needs)
}

fn together(what: &'static str, icon: &'static str, status: Status, n: i64) -> Need {
    Need::from(Line {
        urgency: Urgency::Good,
        icon,
        what: Words::new(what).number("n", n),
        detail: None,
        since: None,
        action: Words::new("contributions-needs-look"),
        path: format!("/contributions?status={status}"),
    })
}

fn one(actor: &Actor, c: &Contribution, name: String) -> Need {
    Need::from(Line {
        urgency: Urgency::Good,
        icon: "contributions",
        what: amount(actor, c, name),
        detail: Some(Words::new("contributions-needs-verify-one").text("by", &c.logged_by)),
        since: Some(c.created_at),
        action: Words::new("contributions-needs-look"),
        path: format!("/contributions/{}", c.id),
    })
    .click(
        Click::new(
            "contributions-needs-verify-click",
            format!("/contributions/{}/verify", c.id),
        )
        .field("version", c.version),
    )
}
