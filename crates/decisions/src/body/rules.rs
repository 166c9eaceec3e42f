//! What a body may be.

use std::collections::HashMap;

use backbone_web::{Fields, Problem};

use super::{BodyId, BodyKind, NewBody};

/// Most bodies one below another.
const DEEPEST: usize = 8;

/// What was said, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// What kind.
    pub kind: BodyKind,
    /// Its name.
    pub name: String,
    /// Its charter.
    pub charter: String,
    /// What it may decide.
    pub remit: String,
    /// The body above.
    pub parent_id: Option<BodyId>,
    /// IANA time zone.
    pub time_zone: String,
    /// Member seats of one organization.
    pub seats_each: i32,
    /// Whether it meets.
    pub active: bool,
}

/// Checks a body. `parents` maps every body to the one above it, `own` is the body that is changed.
///
/// # Errors
/// 422 with all wrong fields.
pub fn content(
    input: &NewBody,
    zone: &str,
    parents: &HashMap<BodyId, Option<BodyId>>,
    own: Option<&BodyId>,
) -> Result<Content, Problem> {
    let mut fields = Fields::new();
    let kind = fields.parse::<BodyKind>("kind", &input.kind);
    let name = fields.text("name", &input.name, 120);
    let charter = fields.optional("charter", &input.charter, 20_000);
    let remit = fields.optional("remit", &input.remit, 2_000);
    let parent = input.parent_id.as_deref().unwrap_or_default();
    let parent_id = fields.parse_optional::<BodyId>("parent_id", parent);
    if let Some(parent) = &parent_id {
        if !parents.contains_key(parent) {
            fields.fail("parent_id", "body-unknown");
        } else if runs_round(parent, own, parents) {
            fields.fail("parent_id", "body-circle");
        }
    }
    let time_zone = input
        .time_zone
        .as_deref()
        .map(str::trim)
        .filter(|z| !z.is_empty())
        .unwrap_or(zone)
        .to_string();
    if jiff::tz::TimeZone::get(&time_zone).is_err() {
        fields.fail("time_zone", "body-zone");
    }
    let seats_each = input.seats_each.unwrap_or(1);
    if !(1..=20).contains(&seats_each) {
        let args = [("min", "1".to_string()), ("max", "20".to_string())];
        fields.fail_with("seats_each", "out-of-range", &args);
    }
    fields.finish()?;
    Ok(Content {
        // A kind that does not parse was refused above.
        kind: kind.unwrap_or(BodyKind::Custom),
        name,
        charter,
        remit,
        parent_id,
        time_zone,
        seats_each,
        active: input.active.unwrap_or(true),
    })
}

/// Whether the way up from `parent` comes past `own`, or is too long.
fn runs_round(
    parent: &BodyId,
    own: Option<&BodyId>,
    parents: &HashMap<BodyId, Option<BodyId>>,
) -> bool {
    let mut at = Some(parent.clone());
    for _ in 0..DEEPEST {
        match at {
            None => return false,
            Some(id) if Some(&id) == own => return true,
            Some(id) => at = parents.get(&id).cloned().flatten(),
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> NewBody {
        NewBody {
            kind: "board".into(),
            name: name.into(),
            ..NewBody::default()
        }
    }

    #[test]
    fn a_body_cannot_stand_below_itself() {
        let (a, b, c) = (BodyId::new(), BodyId::new(), BodyId::new());
        let parents = HashMap::from([
            (a.clone(), None),
            (b.clone(), Some(a.clone())),
            (c.clone(), Some(b.clone())),
        ]);
        let below = |parent: &BodyId| NewBody {
            parent_id: Some(parent.to_string()),
            ..named("Board")
        };
        for (own, parent, fine) in [
            (&a, &c, false),
            (&a, &a, false),
            (&c, &a, true),
            (&b, &a, true),
        ] {
            let checked = content(&below(parent), "UTC", &parents, Some(own));
            assert_eq!(checked.is_ok(), fine);
        }
        assert!(content(&below(&BodyId::new()), "UTC", &parents, None).is_err());
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let input = NewBody {
            kind: "senate".into(),
            time_zone: Some("Mars/Olympus".into()),
            seats_each: Some(0),
            ..NewBody::default()
        };
        let problem = content(&input, "UTC", &HashMap::new(), None).unwrap_err();
        let fields: Vec<_> = problem.fields.iter().map(|f| f.field.as_str()).collect();
        assert_eq!(fields, ["kind", "name", "time_zone", "seats_each"]);
    }
}
