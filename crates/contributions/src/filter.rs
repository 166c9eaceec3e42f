//! What a list, a total or an export is asked for.

use backbone_identity::OrganizationId;
use backbone_ingest::{Period, Reading};
use backbone_web::Problem;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::contribution::{Kind, Status};

/// Query of a list of contributions; without any, all but the withdrawn ones.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FilterQuery {
    /// Only of this organization.
    pub organization: Option<String>,
    /// Only of this kind.
    pub kind: Option<String>,
    /// Only with this status.
    pub status: Option<String>,
    /// Only with a day in this period: `2026`, `2026-Q3`, `2026-10`, `2025-01/2026-06`.
    pub period: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many, 1 to 200; 50 when not given.
    pub limit: Option<i64>,
}

/// The same, understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Only of this organization.
    pub organization_id: Option<OrganizationId>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only with this status.
    pub status: Option<Status>,
    /// Only with a day in this period.
    pub period: Option<Period>,
}

impl FilterQuery {
    /// # Errors
    /// 400 for a value that is not understood, naming it. An empty value is none, as an empty field of a form gives it.
    pub fn filter(&self) -> Result<Filter, Problem> {
        Ok(Filter {
            organization_id: read("organization", self.organization.as_deref())?,
            kind: read("kind", self.kind.as_deref())?,
            status: read("status", self.status.as_deref())?,
            period: self.period()?,
        })
    }
}

impl FilterQuery {
    /// The period as it is stored or as people write it.
    fn period(&self) -> Result<Option<Period>, Problem> {
        let typed = self.period.as_deref().unwrap_or_default();
        match Reading::default().read(typed) {
            Ok(period) if typed.parse::<Period>().is_err() => Ok(Some(period)),
            _ => read("period", Some(typed)),
        }
    }
}

fn read<T: std::str::FromStr>(name: &str, value: Option<&str>) -> Result<Option<T>, Problem>
where
    T::Err: std::fmt::Display,
{
    let value = value.map(str::trim).filter(|v| !v.is_empty());
    value.map(str::parse).transpose().map_err(|e: T::Err| {
        Problem::bad_request("invalid-query").arg("why", format!("{name}: {e}"))
    })
}

impl Filter {
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        self.kind.map_or_else(|| Kind::ALL.to_vec(), |k| vec![k])
    }

    pub(crate) fn statuses(&self) -> Vec<Status> {
        let counted = || {
            Status::ALL
                .iter()
                .copied()
                .filter(|s| *s != Status::Withdrawn)
        };
        self.status.map_or_else(|| counted().collect(), |s| vec![s])
    }

    /// First and last day, far away when there is no period.
    pub(crate) fn days(&self) -> (NaiveDate, NaiveDate) {
        let period = self.period.as_ref();
        (
            period.map_or_else(|| bound(999), |p| crate::days::chrono(p.start())),
            period.map_or_else(|| bound(9000), |p| crate::days::chrono(p.last_day())),
        )
    }
}

/// Days outside of every period (periods touch the years 1000 to 8999), which both engines can write.
fn bound(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}
