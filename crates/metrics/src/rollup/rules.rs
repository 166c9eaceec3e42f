use backbone_db::{Dec, Instant};
use backbone_ingest::period::Period;
use rust_decimal::Decimal;

use crate::metric::{Aggregation, Kind};

/// One measurement as it counts in a rollup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contribution {
    /// Of the partnership as a whole, not of an organization.
    pub whole: bool,
    pub value: Decimal,
    pub parts: Option<(Decimal, Decimal)>,
    pub verified: bool,
    /// When it was reported; decides which one is the last.
    pub at: Instant,
}

/// A figure with the parts it was divided from, where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The value.
    pub value: Decimal,
    /// Numerator and denominator.
    pub parts: Option<(Decimal, Decimal)>,
}

/// The row of one metric and period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollup {
    /// The period.
    pub period: Period,
    /// The measurement of the partnership as a whole.
    pub whole: Option<Fact>,
    /// Whether that one is verified.
    pub whole_verified: bool,
    /// How many organizations reported.
    pub n: i64,
    /// Their sum.
    pub sum: Decimal,
    /// The smallest.
    pub min: Option<Decimal>,
    /// The largest.
    pub max: Option<Decimal>,
    /// The one reported last, and when.
    pub last: Option<(Decimal, Instant)>,
    /// How many came with numerator and denominator.
    pub weighted: i64,
    /// Sum of numerators.
    pub numerator: Decimal,
    /// Sum of denominators.
    pub denominator: Decimal,
    /// How many are verified.
    pub verified: i64,
    /// Counts the changes.
    pub version: i64,
    /// When it last changed.
    pub changed_at: Instant,
}

/// Whether arithmetic was enough.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Update {
    Exact,
    Recompute,
}

impl Rollup {
    pub(crate) fn empty(period: Period, now: Instant) -> Self {
        Self {
            period,
            whole: None,
            whole_verified: false,
            n: 0,
            sum: Decimal::ZERO,
            min: None,
            max: None,
            last: None,
            weighted: 0,
            numerator: Decimal::ZERO,
            denominator: Decimal::ZERO,
            verified: 0,
            version: 0,
            changed_at: now,
        }
    }

    pub(crate) fn add(&mut self, c: &Contribution) {
        if c.whole {
            self.whole = Some(Fact {
                value: c.value,
                parts: c.parts,
            });
            self.whole_verified = c.verified;
            return;
        }
        self.n += 1;
        self.sum = (self.sum + c.value).normalize();
        self.min = Some(self.min.map_or(c.value, |min| min.min(c.value)));
        self.max = Some(self.max.map_or(c.value, |max| max.max(c.value)));
        // Of two reported at the same moment the larger value counts as last, so that a recomputation finds the same.
        if self
            .last
            .is_none_or(|(value, at)| (c.at, c.value) >= (at, value))
        {
            self.last = Some((c.value, c.at));
        }
        if let Some((numerator, denominator)) = c.parts {
            self.weighted += 1;
            self.numerator = (self.numerator + numerator).normalize();
            self.denominator = (self.denominator + denominator).normalize();
        }
        self.verified += i64::from(c.verified);
    }

    pub(crate) fn remove(&mut self, c: &Contribution) -> Update {
        if c.whole {
            self.whole = None;
            self.whole_verified = false;
            return Update::Exact;
        }
        self.n -= 1;
        self.sum = (self.sum - c.value).normalize();
        if let Some((numerator, denominator)) = c.parts {
            self.weighted -= 1;
            self.numerator = (self.numerator - numerator).normalize();
            self.denominator = (self.denominator - denominator).normalize();
        }
        self.verified -= i64::from(c.verified);
        let extreme = self.min == Some(c.value)
            || self.max == Some(c.value)
            || self.last.is_some_and(|(_, at)| at <= c.at);
        if extreme {
            Update::Recompute
        } else {
            Update::Exact
        }
    }

    /// The period's figure: the whole's measurement if there is one, else the organizations' together.
    pub fn figure(&self, how: Aggregation, kind: Kind) -> Option<Fact> {
        if let Some(whole) = &self.whole {
            return Some(whole.clone());
        }
        if self.n == 0 {
            return None;
        }
        let plain = |value: Decimal| Fact { value, parts: None };
        let divided = |parts: (Decimal, Decimal)| {
            quotient(parts, kind).map(|value| Fact {
                value,
                parts: Some(parts),
            })
        };
        let parts = (self.weighted == self.n).then_some((self.numerator, self.denominator));
        let mean = || plain((self.sum / Decimal::from(self.n)).round_dp(10).normalize());
        Some(match how {
            // So many of so many adds up by its parts, not by its percentages.
            Aggregation::Sum if kind == Kind::Ratio => parts.and_then(divided).unwrap_or_else(mean),
            Aggregation::Sum => plain(self.sum),
            Aggregation::Mean => mean(),
            Aggregation::Last => plain(self.last?.0),
            Aggregation::Weighted => parts.and_then(divided).unwrap_or_else(mean),
            Aggregation::Min => plain(self.min?),
            Aggregation::Max => plain(self.max?),
            Aggregation::Count => plain(Decimal::from(self.n)),
        })
    }

    /// Whether everything that counts in the figure is verified.
    pub fn is_verified(&self) -> bool {
        match self.whole {
            Some(_) => self.whole_verified,
            None => self.n > 0 && self.verified == self.n,
        }
    }

    /// Names this state of the period's measurements; it changes with each of them.
    pub fn token(&self) -> String {
        format!("m{}", self.version)
    }
}

/// Numerator over denominator, in percent where the metric is one; ten digits after the point.
pub(crate) fn quotient(
    (numerator, denominator): (Decimal, Decimal),
    kind: Kind,
) -> Option<Decimal> {
    let scale = match kind {
        Kind::Percent | Kind::Ratio => Decimal::ONE_HUNDRED,
        Kind::Number | Kind::Money => Decimal::ONE,
    };
    numerator
        .checked_mul(scale)?
        .checked_div(denominator)
        .map(|q| q.round_dp(10).normalize())
}

/// The figure of a longer period from those of its parts, oldest first.
pub fn combine(facts: &[Fact], how: Aggregation, kind: Kind) -> Option<Fact> {
    let last = facts.last()?;
    let plain = |value: Decimal| Fact { value, parts: None };
    let values = || facts.iter().map(|fact| fact.value);
    let sum: Decimal = values().sum();
    let mean = || plain((sum / Decimal::from(facts.len())).round_dp(10).normalize());
    let parts = facts
        .iter()
        .map(|fact| fact.parts)
        .collect::<Option<Vec<_>>>()
        .map(|parts| {
            parts
                .into_iter()
                .fold((Decimal::ZERO, Decimal::ZERO), |a, b| {
                    (a.0 + b.0, a.1 + b.1)
                })
        });
    let divided = || {
        parts.and_then(|parts| {
            quotient(parts, kind).map(|value| Fact {
                value,
                parts: Some(parts),
            })
        })
    };
    Some(match how {
        Aggregation::Sum if kind == Kind::Ratio => divided().unwrap_or_else(mean),
        Aggregation::Sum => plain(sum),
        Aggregation::Mean => mean(),
        Aggregation::Last => last.clone(),
        Aggregation::Weighted => divided().unwrap_or_else(mean),
        Aggregation::Min => plain(values().min()?),
        Aggregation::Max => plain(values().max()?),
        Aggregation::Count => plain(Decimal::from(facts.len())),
    })
}

/// A stored decimal.
pub(crate) fn dec(value: Decimal) -> Dec {
    Dec::new(value)
}
