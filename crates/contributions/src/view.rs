//! What pages show of contributions: words for vocabulary, lines for values, options for forms.

use backbone_identity::directory::OrganizationCard;
use backbone_identity::{Core, OrganizationId};
use backbone_ingest::{Period, Reading};
use backbone_web::format::{self, MoneyStyle, PeriodStyle};
use backbone_web::{Args, Catalogue, Lang};
use serde::Serialize;

use crate::contribution::{Basis, Content, Contribution, Kind, Status};

/// A choice of a form.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Choice {
    pub value: String,
    pub label: String,
}

/// The words of one reader.
#[derive(Clone, Copy)]
pub(crate) struct Say<'a> {
    pub catalogue: &'a Catalogue,
    pub lang: Lang,
}

impl<'a> Say<'a> {
    pub fn new(core: &'a Core, lang: Lang) -> Self {
        let catalogue = core.renderer.catalogue();
        Self { catalogue, lang }
    }

    pub fn text(&self, key: &str, args: &[(&'static str, String)]) -> String {
        let mut all = Args::new();
        for (name, value) in args {
            all.set(*name, value.clone());
        }
        self.catalogue.text(self.lang, key, &all)
    }

    pub fn count(&self, key: &str, n: i64) -> String {
        let mut all = Args::new();
        all.set("n", n);
        self.catalogue.text(self.lang, key, &all)
    }

    pub fn kind(&self, kind: Kind) -> String {
        self.text(&format!("contribution-kind-{}", dashed(kind.as_str())), &[])
    }

    pub fn status(&self, status: Status) -> String {
        self.text(&format!("contribution-status-{}", status.as_str()), &[])
    }

    pub fn basis(&self, basis: Basis) -> String {
        self.text(
            &format!("contribution-basis-{}", dashed(basis.as_str())),
            &[],
        )
    }

    pub fn period(&self, period: &Period) -> String {
        let text = period.to_string();
        format::period(self.catalogue, self.lang, &text, PeriodStyle::Long)
    }

    /// A period as a form shows it: in words when they are read back as the same period, as it is stored when not.
    pub fn typed_period(&self, text: &str) -> String {
        let Ok(period) = text.parse::<Period>() else {
            return text.to_string();
        };
        let told = self.period(&period);
        match Reading::default().read(&told) {
            Ok(read) if read == period => told,
            _ => text.to_string(),
        }
    }

    pub fn money(&self, minor: i64, currency: &str) -> String {
        format::money(self.lang, minor, currency, MoneyStyle::Auto)
    }

    /// How much was given: `46 hours`, or the amount in the currency it was given in.
    pub fn amount(&self, c: &Content) -> String {
        match &c.given {
            Some(given) => self.money(given.minor, given.currency.code()),
            None => self.hours(c.hours.get()),
        }
    }

    /// `46 hours`, `1 hour`.
    pub fn hours(&self, hours: rust_decimal::Decimal) -> String {
        let amount = format::decimal(self.lang, hours, None);
        let one = hours == rust_decimal::Decimal::ONE;
        let key = if one {
            "contribution-hour"
        } else {
            "contribution-hours"
        };
        self.text(key, &[("amount", amount)])
    }

    /// How the value came about: `46 h × € 24 = € 1,104 (Volunteer)`.
    pub fn how(&self, c: &Content) -> String {
        let value = self.money(c.value.minor, c.value.currency.code());
        let number = |d: rust_decimal::Decimal| format::decimal(self.lang, d, None);
        if let Some(rate) = &c.rate {
            let role = c.work_role.clone().unwrap_or_default();
            let args = [
                ("hours", number(c.hours.get())),
                (
                    "rate",
                    self.money(rate.hourly.minor, rate.hourly.currency.code()),
                ),
                ("value", value),
                ("why", rate.reason.clone().unwrap_or(role)),
            ];
            return self.text("contribution-how-rate", &args);
        }
        match (&c.given, &c.exchange_rate) {
            (Some(given), Some(exchange)) => {
                let args = [
                    ("given", self.money(given.minor, given.currency.code())),
                    ("exchange", number(exchange.get())),
                    ("value", value),
                ];
                self.text("contribution-how-exchange", &args)
            }
            (Some(_), None) => match c.basis {
                Some(basis) => {
                    let args = [("value", value), ("basis", self.basis(basis))];
                    self.text("contribution-how-basis", &args)
                }
                None => value,
            },
            (None, _) => self.text("contribution-how-none", &[]),
        }
    }

    pub fn kinds(&self) -> Vec<Choice> {
        Kind::ALL
            .iter()
            .map(|k| choice(k.as_str(), self.kind(*k)))
            .collect()
    }

    pub fn statuses(&self) -> Vec<Choice> {
        Status::ALL
            .iter()
            .map(|s| choice(s.as_str(), self.status(*s)))
            .collect()
    }

    pub fn bases(&self) -> Vec<Choice> {
        Basis::ALL
            .iter()
            .map(|b| choice(b.as_str(), self.basis(*b)))
            .collect()
    }
}

pub(crate) fn choice(value: impl Into<String>, label: impl Into<String>) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
    }
}

/// Organizations to choose from.
pub(crate) fn organization_choices(all: &[OrganizationCard]) -> Vec<Choice> {
    all.iter()
        .filter(|o| o.active)
        .map(|o| choice(o.id.as_str(), &o.name))
        .collect()
}

pub(crate) fn name_of(all: &[OrganizationCard], id: &OrganizationId) -> String {
    let found = all.iter().find(|o| &o.id == id);
    found.map(|o| o.name.clone()).unwrap_or_default()
}

/// The tone of a status.
pub(crate) fn tone(status: Status) -> &'static str {
    match status {
        Status::Verified => "good",
        Status::Queried => "watch",
        Status::Withdrawn => "bad",
        Status::Logged | Status::Answered => "neutral",
    }
}

/// One line of a list.
#[derive(Serialize)]
pub(crate) struct Line {
    pub href: String,
    pub organization: String,
    pub activity: String,
    pub kind: String,
    pub amount: String,
    pub value: i64,
    pub period: String,
    pub status: String,
    pub tone: &'static str,
}

pub(crate) fn line(
    say: &Say,
    base: &str,
    organizations: &[OrganizationCard],
    c: &Contribution,
) -> Line {
    Line {
        href: format!("{base}/{}", c.id),
        organization: name_of(organizations, &c.content.organization_id),
        activity: c.content.activity.clone(),
        kind: say.kind(c.content.kind),
        amount: say.amount(&c.content),
        value: c.content.value.minor,
        period: say.period(&c.content.period),
        status: say.status(c.status),
        tone: tone(c.status),
    }
}

fn dashed(word: &str) -> String {
    word.replace('_', "-")
}
