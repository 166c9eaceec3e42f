use backbone_db::Instant;
use backbone_events::{ActorKind, By};
use backbone_web::{Lang, Problem};

use crate::ids::{OrganizationId, PersonId};
use crate::partnership::Partnership;
use crate::permission::{Permission, PermissionInfo};
use crate::role::Role;

/// How somebody got in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// A cookie session in a browser.
    Session,
    /// A bearer token.
    Token,
    /// An API key, by its id.
    ApiKey(String),
    /// A signed link, by its id.
    Link(String),
    /// Backbone itself.
    System,
}

/// Who asks, in which partnership, as what, and when. Every verb takes one.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person; none for a link sent to an organization, and for Backbone itself.
    pub person_id: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// The organization they act for, if any.
    pub organization_id: Option<OrganizationId>,
    /// The partnership.
    pub partnership: Partnership,
    /// Their roles there.
    pub roles: Vec<Role>,
    /// Their language.
    pub lang: Lang,
    /// The moment of the request: the only clock a verb knows.
    pub now: Instant,
    /// How they got in.
    pub via: Via,
    /// The request, for the log.
    pub request_id: String,
}

impl Actor {
    /// Whether they have a role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether they coordinate: staff or admin.
    pub fn is_staff(&self) -> bool {
        self.has(Role::Staff) || self.has(Role::Admin)
    }

    /// Whether they hold a permission. Handlers prove it by their extractor; verbs ask it about details.
    pub fn may<P: Permission>(&self) -> bool {
        P::ROLES.iter().any(|r| self.has(*r))
    }

    /// The names of those permissions among `all` that they hold.
    pub fn held(&self, all: &[PermissionInfo]) -> Vec<&'static str> {
        all.iter()
            .filter(|p| p.roles.iter().any(|r| self.has(*r)))
            .map(|p| p.name)
            .collect()
    }

    /// # Errors
    /// 403 unless they hold the permission.
    pub fn require<P: Permission>(&self) -> Result<(), Problem> {
        if self.may::<P>() {
            Ok(())
        } else {
            Err(Problem::forbidden())
        }
    }

    /// Whether they act for this organization.
    pub fn acts_for(&self, organization: &OrganizationId) -> bool {
        self.organization_id.as_ref() == Some(organization)
    }

    /// The tenant's identifier, for stores.
    pub fn tenant(&self) -> &str {
        self.partnership.id.as_str()
    }

    /// Who and when, for the event log.
    pub fn by(&self) -> By {
        let person = self.person_id.as_ref().map(|p| p.to_string());
        let (kind, id) = match &self.via {
            Via::Session | Via::Token => (ActorKind::Person, person),
            Via::ApiKey(key) => (ActorKind::ApiKey, Some(key.clone())),
            Via::Link(link) => (ActorKind::Link, person.or_else(|| Some(link.clone()))),
            Via::System => (ActorKind::System, None),
        };
        By {
            kind,
            id,
            name: self.name.clone(),
            at: self.now,
        }
    }

    /// The scope of this actor's idempotency keys.
    pub fn idempotency_scope(&self) -> String {
        let who = match (&self.via, &self.person_id) {
            (Via::ApiKey(key), _) => format!("key:{key}"),
            (Via::Link(link), _) => format!("link:{link}"),
            (_, Some(person)) => format!("person:{person}"),
            _ => "system".into(),
        };
        format!("{}:{who}", self.partnership.id)
    }

    /// Backbone itself, for jobs.
    pub fn system(partnership: Partnership, now: Instant) -> Self {
        Self {
            person_id: None,
            name: "Backbone".into(),
            organization_id: None,
            lang: partnership.lang(),
            partnership,
            roles: vec![Role::Staff, Role::Admin],
            now,
            via: Via::System,
            request_id: String::new(),
        }
    }
}

impl Actor {
    /// A person who has just set a partnership up.
    pub(crate) fn of(me: &crate::SignedIn, partnership: Partnership) -> Self {
        Self {
            person_id: Some(me.person_id.clone()),
            name: me.name.clone(),
            organization_id: None,
            partnership,
            roles: vec![Role::Staff, Role::Admin],
            lang: me.lang,
            now: me.now,
            via: Via::Session,
            request_id: me.request_id.clone(),
        }
    }
}
