use std::fmt;
use std::str::FromStr;

use backbone_identity::OrganizationId;
use backbone_ingest::Period;
use chrono::{Datelike, NaiveDate};

use crate::contribution::Kind;
use crate::days;
use crate::filter::Filter;

/// What a total is of. Its text form, such as `time:2025-01/2026-06` or `time+talent:2026@<organization>`, names the figure in
/// links and traces: kinds (or `all`), period, and perhaps one organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalsQuery {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Of these kinds; of all when empty.
    pub kinds: Vec<Kind>,
    /// Of this organization only.
    pub organization_id: Option<OrganizationId>,
}

impl TotalsQuery {
    /// Everything that was ever given.
    pub fn all() -> Self {
        // Periods lie within these years, and the days exist in the calendar.
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default();
        Self {
            from: day(1000, 1, 1),
            until: day(8999, 12, 31),
            kinds: Vec::new(),
            organization_id: None,
        }
    }

    /// Everything given in a period.
    pub fn of(period: &Period) -> Self {
        Self {
            from: days::chrono(period.start()),
            until: days::chrono(period.last_day()),
            ..Self::all()
        }
    }

    /// What a list's filter lets through, but for its status.
    pub(crate) fn from_filter(filter: &Filter) -> Self {
        let all = filter.period.as_ref().map_or_else(Self::all, Self::of);
        let kinds: Vec<Kind> = filter.kind.into_iter().collect();
        all.kinds(&kinds)
            .organization(filter.organization_id.clone())
    }

    /// Only of these kinds.
    pub fn kinds(mut self, kinds: &[Kind]) -> Self {
        self.kinds = kinds.to_vec();
        self
    }

    /// Only of this organization.
    pub fn organization(mut self, organization: Option<OrganizationId>) -> Self {
        self.organization_id = organization;
        self
    }

    /// Whether it begins with a month and ends with one.
    pub(crate) fn whole_months(&self) -> bool {
        let after = self.until.succ_opt();
        self.from.day() == 1 && after.is_none_or(|d| d.day() == 1)
    }

    pub(crate) fn includes(&self, kind: Kind, organization: &OrganizationId) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && self
                .organization_id
                .as_ref()
                .is_none_or(|o| o == organization)
    }

    pub(crate) fn kinds_or_all(&self) -> Vec<Kind> {
        if self.kinds.is_empty() {
            Kind::ALL.to_vec()
        } else {
            self.kinds.clone()
        }
    }

    pub(crate) fn period(&self) -> Option<Period> {
        Period::between(days::jiff(self.from), days::jiff(self.until.succ_opt()?)).ok()
    }
}

impl fmt::Display for TotalsQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds: Vec<&str> = self.kinds.iter().map(|k| k.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let kinds = if kinds.is_empty() {
            "all".to_string()
        } else {
            kinds.join("+")
        };
        match self.period() {
            Some(period) => write!(f, "{kinds}:{period}")?,
            None => write!(f, "{kinds}:{}/{}", self.from, self.until)?,
        }
        match &self.organization_id {
            Some(organization) => write!(f, "@{organization}"),
            None => Ok(()),
        }
    }
}

impl FromStr for TotalsQuery {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a total, such as time:2025-01/2026-06");
        let (what, organization) = match text.split_once('@') {
            Some((what, organization)) => (what, Some(organization.parse()?)),
            None => (text, None),
        };
        let (kinds, period) = what.split_once(':').ok_or_else(wrong)?;
        let kinds: Vec<Kind> = match kinds {
            "all" => Vec::new(),
            some => some.split('+').map(str::parse).collect::<Result<_, _>>()?,
        };
        let period: Period = period.parse().map_err(|_| wrong())?;
        Ok(Self::of(&period).kinds(&kinds).organization(organization))
    }
}
