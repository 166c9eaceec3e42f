use backbone_db::{Instant, Json, id, text_enum};
use serde::{Deserialize, Serialize};

id!(
    /// Identifies one event.
    EventId
);

text_enum!(
    /// What kind of actor did something.
    ActorKind {
        /// A signed-in person.
        Person = "person",
        /// Somebody who followed a signed link from a mail.
        Link = "link",
        /// A program with an API key.
        ApiKey = "api_key",
        /// Backbone itself: a schedule, a retry.
        System = "system",
        /// Somebody unknown on a public page.
        Public = "public",
    }
);

/// Who did it and when, as the log keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// What kind of actor.
    pub kind: ActorKind,
    /// The person's, link's or key's identifier.
    pub id: Option<String>,
    /// The name as it was at that moment.
    pub name: String,
    /// When.
    pub at: Instant,
}

impl By {
    /// Backbone itself.
    pub fn system(at: Instant) -> Self {
        Self {
            kind: ActorKind::System,
            id: None,
            name: "Backbone".into(),
            at,
        }
    }
}

/// A reference to any object of any domain: its kind (`metric`, `story`, …) and identifier.
#[derive(
    Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
pub struct Object {
    /// The vocabulary's word for it, in snake case.
    pub kind: String,
    /// Its identifier.
    pub id: String,
}

impl Object {
    /// A reference.
    pub fn new(kind: &str, id: impl ToString) -> Self {
        Self {
            kind: kind.to_string(),
            id: id.to_string(),
        }
    }
}

/// An event to append: `NewEvent::new("contribution.logged", Object::new("contribution", id)).about(metric).data(…)`.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub(crate) kind: &'static str,
    pub(crate) object: Object,
    pub(crate) others: Vec<Object>,
    pub(crate) data: Json,
}

impl NewEvent {
    /// `kind` is `object.verb_in_the_past`.
    pub fn new(kind: &'static str, object: Object) -> Self {
        Self {
            kind,
            object,
            others: Vec::new(),
            data: Json::new(&serde_json::json!({})),
        }
    }
    /// A further object the event is about.
    pub fn about(mut self, other: Object) -> Self {
        self.others.push(other);
        self
    }
    /// Details; keep personal data out, the log is never rewritten.
    pub fn data(mut self, data: &impl Serialize) -> Self {
        self.data = Json::new(data);
        self
    }
}

/// One fact about what happened, as stored.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Event {
    /// Its identifier.
    pub id: EventId,
    /// Its number within the partnership, without gaps.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// What kind of actor.
    pub actor_kind: ActorKind,
    /// The person, link or key.
    pub actor_id: Option<String>,
    /// The actor's name at that moment.
    pub actor_name: String,
    /// `object.verb`.
    pub kind: String,
    /// The main object.
    pub object: Object,
    /// Details.
    #[schema(value_type = std::collections::HashMap<String, String>)]
    pub data: serde_json::Value,
    /// Hash over this event and the one before it.
    pub hash: String,
}
