//! What the trace tells of contributions and their totals: all to members, only what may be public to others.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use backbone_db::{Conn, DbError};
use backbone_events::{Audience, Describe, Direction, Fact, Node, Object};
use backbone_identity::OrganizationId;
use backbone_identity::directory::{self, OrganizationCard};
use backbone_web::{Lang, Renderer};

use crate::contribution::{Contribution, Kind, store};
use crate::rollup::{TotalsQuery, shares, totals};
use crate::view::Say;

/// Contributions shown behind one share at most.
const MOST: i64 = 300;

/// Words for nodes: this room's and the frame's, for a describer is given no renderer.
static WORDS: LazyLock<Option<Renderer>> = LazyLock::new(|| {
    let mut b = Renderer::builder();
    b.messages("contributions", Lang::En, include_str!("../locales/en.ftl"))
        .messages("contributions", Lang::Nl, include_str!("../locales/nl.ftl"));
    b.build()
        .inspect_err(|error| tracing::error!(%error, "the words of contributions do not parse"))
        .ok()
});

/// Describes `contribution`, `contribution_total` (a query, such as `time:2025-01/2026-06`) and `contribution_share` (the same
/// of one organization).
pub(crate) struct Contributions;

impl Describe for Contributions {
    fn kinds(&self) -> &'static [&'static str] {
        &["contribution", "contribution_total", "contribution_share"]
    }

    fn describe(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        ids: &[String],
        audience: Audience,
        lang: &str,
    ) -> Result<Vec<Node>, DbError> {
        let Some(words) = WORDS.as_ref() else {
            return Err(DbError::Setup(
                "the words of contributions do not parse".into(),
            ));
        };
        let say = Say {
            catalogue: words.catalogue(),
            lang: lang.parse().unwrap_or_default(),
        };
        let Some(card) = directory::partnership(conn, partnership_id)? else {
            return Ok(Vec::new());
        };
        let room = Room {
            say,
            slug: card.slug,
            currency: card.currency.code().to_string(),
            small_cell: card.small_cell.into(),
            organizations: directory::organizations(conn, partnership_id)?,
            audience,
        };
        match kind {
            "contribution" => room.contributions(conn, partnership_id, ids),
            _ => room.totals(conn, partnership_id, kind, ids),
        }
    }

    fn implied(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
        direction: Direction,
    ) -> Result<Vec<(String, Object)>, DbError> {
        let Ok(q) = object.id.parse::<TotalsQuery>() else {
            return Ok(Vec::new());
        };
        if direction == Direction::Ahead {
            return Ok(Vec::new());
        }
        let of = |object| ("sum_of".to_string(), object);
        match (object.kind.as_str(), &q.organization_id) {
            ("contribution_total", None) => Ok(shares(conn, partnership_id, &q)?
                .into_iter()
                .map(|s| q.clone().organization(Some(s.organization_id)))
                .map(|q| of(Object::new("contribution_share", q)))
                .collect()),
            ("contribution_total" | "contribution_share", Some(organization)) => {
                let of_kinds = |conn: &mut Conn, kinds: &[Kind], most: i64| {
                    store::of_share(
                        conn,
                        partnership_id,
                        organization,
                        kinds,
                        q.from,
                        q.until,
                        most,
                    )
                };
                let mut given = Vec::new();
                for kind in q.kinds_or_all() {
                    if !of_kinds(conn, &[kind], 1)?.is_empty() {
                        given.push(kind);
                    }
                }
                // What was given in several kinds is told kind by kind, each with its sum.
                if given.len() > 1 {
                    return Ok(given
                        .into_iter()
                        .map(|kind| Object::new("contribution_share", q.clone().kinds(&[kind])))
                        .map(of)
                        .collect());
                }
                let found = of_kinds(conn, &given, MOST)?;
                Ok(found
                    .into_iter()
                    .map(|id| of(Object::new("contribution", id)))
                    .collect())
            }
            _ => Ok(Vec::new()),
        }
    }
}

struct Room<'a> {
    say: Say<'a>,
    slug: String,
    currency: String,
    small_cell: i64,
    organizations: Vec<OrganizationCard>,
    audience: Audience,
}

impl Room<'_> {
    fn public(&self) -> bool {
        self.audience == Audience::Public
    }

    /// The name, if this audience may read it.
    fn name(&self, id: &OrganizationId) -> Option<String> {
        let may = |o: &&OrganizationCard| &o.id == id && (!self.public() || o.public_name);
        self.organizations.iter().find(may).map(|o| o.name.clone())
    }

    /// Whether the public may see an organization's contributions one by one: it is named, and gave often enough that no single
    /// person is shown.
    fn one_by_one(
        &self,
        conn: &mut Conn,
        partnership: &str,
        id: &OrganizationId,
    ) -> Result<bool, DbError> {
        Ok(self.name(id).is_some() && store::count_of(conn, partnership, id)? >= self.small_cell)
    }

    /// To the public: one by one those of organizations that are named and gave often enough that no single person is shown;
    /// all others as one count without name, date or amount.
    fn contributions(
        &self,
        conn: &mut Conn,
        partnership: &str,
        ids: &[String],
    ) -> Result<Vec<Node>, DbError> {
        let mut found = store::find_many(conn, partnership, ids)?;
        found.sort_by(|a, b| (a.content.period, &a.id).cmp(&(b.content.period, &b.id)));
        if !self.public() {
            return Ok(found.iter().map(|c| self.node(c)).collect());
        }
        found.retain(|c| c.status != crate::contribution::Status::Withdrawn);
        let mut often: BTreeMap<OrganizationId, bool> = BTreeMap::new();
        for c in &found {
            let organization = &c.content.organization_id;
            if !often.contains_key(organization) {
                let shown = self.one_by_one(conn, partnership, organization)?;
                often.insert(organization.clone(), shown);
            }
        }
        let (shown, hidden): (Vec<_>, Vec<_>) = found
            .iter()
            .partition(|c| often.get(&c.content.organization_id) == Some(&true));
        let mut nodes: Vec<Node> = shown.into_iter().map(|c| self.node(c)).collect();
        if let Some(first) = hidden.first() {
            nodes.push(Node {
                object: Object::new("contribution", &first.id),
                title: self
                    .say
                    .count("contribution-trace-count", hidden.len() as i64),
                summary: self.say.text("contribution-trace-together", &[]),
                facts: Vec::new(),
                href: None,
                at: None,
                aggregated: true,
            });
        }
        Ok(nodes)
    }

    fn node(&self, c: &Contribution) -> Node {
        let say = &self.say;
        let content = &c.content;
        let name = self.name(&content.organization_id).unwrap_or_default();
        let fact = |label: &str, value: String| Fact {
            label: label.into(),
            value,
        };
        let mut facts = vec![
            fact("contribution-value", say.how(content)),
            fact("contribution-status", say.status(c.status)),
        ];
        if content.evidence.url.is_some() && (!self.public() || content.evidence.public) {
            let url = content.evidence.url.clone().unwrap_or_default();
            facts.push(fact("contribution-evidence", url));
        }
        if !self.public() {
            facts.push(fact("contribution-logged-by", c.logged_by.clone()));
            if !content.note.is_empty() {
                facts.push(fact("contribution-field-note", content.note.clone()));
            }
        }
        let args = [
            ("name", name),
            ("activity", content.activity.clone()),
            ("period", say.period(&content.period)),
        ];
        // What the work was for is free text and may name people; outside, the kind of contribution says enough.
        let key = match self.public() {
            true => "contribution-trace-public",
            false => "contribution-trace-member",
        };
        let mut args = args.to_vec();
        args.push(("kind", say.kind(content.kind)));
        Node {
            object: Object::new("contribution", &c.id),
            title: say.amount(content),
            summary: say.text(key, &args),
            facts,
            href: (!self.public()).then(|| format!("/p/{}/contributions/{}", self.slug, c.id)),
            at: (!self.public()).then_some(c.created_at),
            aggregated: false,
        }
    }

    fn totals(
        &self,
        conn: &mut Conn,
        partnership: &str,
        kind: &str,
        ids: &[String],
    ) -> Result<Vec<Node>, DbError> {
        let mut nodes = Vec::new();
        for id in ids {
            let Ok(q) = id.parse::<TotalsQuery>() else {
                continue;
            };
            nodes.push(self.total(conn, partnership, kind, &q)?);
        }
        Ok(nodes)
    }

    fn total(
        &self,
        conn: &mut Conn,
        partnership: &str,
        kind: &str,
        q: &TotalsQuery,
    ) -> Result<Node, DbError> {
        let say = &self.say;
        let sum = totals(conn, partnership, q)?;
        let value = say.money(sum.value_minor, &self.currency);
        let hours = say.hours(sum.hours.get());
        let period = q.period().map(|p| say.period(&p)).unwrap_or_default();
        let of_one = q.organization_id.as_ref();
        // Few contributions stay a count: their amount would be one person's. One kind of an organization's whose contributions
        // are not shown one by one stays a count too: beside the sum of all kinds it would tell the other kinds' amount.
        let part = of_one.filter(|_| kind == "contribution_share" && q.kinds.len() == 1);
        let closed = match part.filter(|_| self.public()) {
            Some(id) => !self.one_by_one(conn, partnership, id)?,
            None => false,
        };
        let small = closed || (self.public() && sum.contributions < self.small_cell);
        let has_hours = sum.hours.get() > rust_decimal::Decimal::ZERO;
        let who = match of_one {
            Some(id) => self
                .name(id)
                .filter(|_| !small)
                .unwrap_or_else(|| say.text("contribution-trace-unnamed", &[])),
            None => say.count("contribution-trace-organizations", sum.organizations),
        };
        let title = match (small, has_hours) {
            (true, _) => say.count("contribution-trace-count", sum.contributions),
            (false, true) => hours,
            (false, false) => value.clone(),
        };
        let entries = say.count("contribution-trace-count", sum.contributions);
        let mut facts = Vec::new();
        if !small {
            facts.push(Fact {
                label: "contribution-value".into(),
                value,
            });
            facts.push(Fact {
                label: "contribution-period".into(),
                value: period,
            });
        }
        Ok(Node {
            object: Object::new(kind, q),
            title,
            summary: match part.and(q.kinds.first()) {
                Some(kind) => say.text(
                    "contribution-trace-kind",
                    &[
                        ("who", who),
                        ("entries", entries),
                        ("kind", say.kind(*kind)),
                    ],
                ),
                None => say.text(
                    "contribution-trace-total",
                    &[("who", who), ("entries", entries)],
                ),
            },
            facts,
            href: (!self.public())
                .then(|| format!("/p/{}/contributions?{}", self.slug, link_of(q))),
            at: None,
            aggregated: true,
        })
    }
}

fn link_of(q: &TotalsQuery) -> String {
    let period = q.period().map(|p| p.to_string()).unwrap_or_default();
    let organization = q.organization_id.as_ref().map(ToString::to_string);
    let kind = match q.kinds.as_slice() {
        [one] => one.as_str(),
        _ => "",
    };
    format!(
        "period={period}&kind={kind}&organization={}",
        organization.unwrap_or_default()
    )
}
