//! What is wrong with a value model, all of it at once, so that a form can show each problem at its field.

use super::model::{Input, Outcome, Range, ValueModel};
use crate::number::{FinanceError, Result};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// The longest horizon, in years.
const LONGEST: u16 = 100;

/// Which number of a model is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// An input's or outcome's identifier.
    Id,
    /// An input's amount.
    Amount,
    /// An input's year.
    Year,
    /// An outcome's quantity.
    Quantity,
    /// An outcome's financial proxy.
    Proxy,
    /// An outcome's deadweight.
    Deadweight,
    /// An outcome's displacement.
    Displacement,
    /// An outcome's attribution to others.
    Attribution,
    /// An outcome's drop-off.
    DropOff,
    /// An outcome's duration.
    Duration,
    /// An outcome's first year.
    StartYear,
    /// The model's discount rate.
    DiscountRate,
    /// The model's horizon.
    Horizon,
}

/// One thing that must be put right before the model can be calculated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The input or outcome; `None` for the model itself.
    pub subject: Option<String>,
    /// Its field.
    pub field: Field,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What is wrong with a field. A page words it from the name; the `Display` text is for logs and developers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProblemKind {
    /// Below zero.
    #[error("{value} is negative; give 0 or more")]
    Negative {
        /// The value given.
        value: Decimal,
    },
    /// Outside what a percentage can be here.
    #[error("{value} % lies outside {least} to {most} %")]
    PercentOutside {
        /// The value given.
        value: Decimal,
        /// The least allowed.
        least: Decimal,
        /// The most allowed.
        most: Decimal,
    },
    /// The best estimate is not between the ends of its range.
    #[error("the base {base} does not lie between {low} and {high}")]
    BaseOutsideRange {
        /// The smaller end.
        low: Decimal,
        /// The best estimate.
        base: Decimal,
        /// The larger end.
        high: Decimal,
    },
    /// A duration of no year.
    #[error("a duration of 0 years leaves nothing to value; give at least 1")]
    NoDuration,
    /// A horizon of 0 or beyond the longest.
    #[error("a horizon of {years} years cannot be calculated; give 1 to {most}")]
    HorizonOutside {
        /// The years given.
        years: u16,
        /// The most allowed.
        most: u16,
    },
    /// A year that the horizon leaves out.
    #[error("year {year} lies beyond the horizon of {horizon} years (years count from 0)")]
    BeyondHorizon {
        /// The year given.
        year: u16,
        /// The model's horizon.
        horizon: u16,
    },
    /// An identifier that is empty or used twice.
    #[error("the identifier {id:?} is empty or used twice; give each input and outcome its own")]
    IdNotUnique {
        /// The identifier.
        id: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.subject.as_deref().unwrap_or("the model");
        write!(f, "{subject}, {:?}: {}", self.field, self.kind)
    }
}

impl ValueModel {
    /// Everything that keeps the model from being calculated; empty when it is sound.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Found(Vec::new());
        if self.horizon == 0 || self.horizon > LONGEST {
            let kind = ProblemKind::HorizonOutside {
                years: self.horizon,
                most: LONGEST,
            };
            found.add(None, Field::Horizon, kind);
        }
        let (least, most) = (Decimal::from(-50), Decimal::ONE_HUNDRED);
        found.percent(None, Field::DiscountRate, self.discount_rate, least, most);
        let mut ids = BTreeSet::new();
        let inputs = self.inputs.iter().map(|input| &input.id);
        for id in inputs.chain(self.outcomes.iter().map(|outcome| &outcome.id)) {
            if id.is_empty() || !ids.insert(id) {
                found.add(
                    Some(id),
                    Field::Id,
                    ProblemKind::IdNotUnique { id: id.clone() },
                );
            }
        }
        self.inputs
            .iter()
            .for_each(|input| found.input(input, self.horizon));
        self.outcomes
            .iter()
            .for_each(|outcome| found.outcome(outcome, self.horizon));
        found.0
    }

    pub(super) fn check(&self) -> Result<()> {
        match self.problems() {
            none if none.is_empty() => Ok(()),
            problems => Err(FinanceError::Invalid(problems)),
        }
    }
}

struct Found(Vec<Problem>);

impl Found {
    fn add(&mut self, subject: Option<&str>, field: Field, kind: ProblemKind) {
        let subject = subject.map(str::to_owned);
        self.0.push(Problem {
            subject,
            field,
            kind,
        });
    }

    fn input(&mut self, input: &Input, horizon: u16) {
        self.not_negative(&input.id, Field::Amount, input.amount);
        self.within(&input.id, Field::Year, input.year, horizon);
    }

    fn outcome(&mut self, outcome: &Outcome, horizon: u16) {
        let id = &outcome.id;
        self.not_negative(id, Field::Quantity, outcome.quantity);
        self.not_negative(id, Field::Proxy, outcome.proxy);
        for (field, range) in [
            (Field::Deadweight, outcome.deadweight),
            (Field::Displacement, outcome.displacement),
            (Field::Attribution, outcome.attribution),
            (Field::DropOff, outcome.drop_off),
        ] {
            self.percent(Some(id), field, range, Decimal::ZERO, Decimal::ONE_HUNDRED);
        }
        let years = outcome.duration;
        if [years.low, years.base, years.high].contains(&0) {
            self.add(Some(id), Field::Duration, ProblemKind::NoDuration);
        }
        let years = Range::new(years.low.into(), years.base.into(), years.high.into());
        self.ordered(Some(id), Field::Duration, years);
        self.within(id, Field::StartYear, outcome.start_year, horizon);
    }

    fn not_negative(&mut self, subject: &str, field: Field, range: Range) {
        let value = range.smallest().min(range.base);
        if value < Decimal::ZERO {
            self.add(Some(subject), field, ProblemKind::Negative { value });
        }
        self.ordered(Some(subject), field, range);
    }

    fn percent(
        &mut self,
        subject: Option<&str>,
        field: Field,
        range: Range,
        least: Decimal,
        most: Decimal,
    ) {
        for value in [range.low, range.base, range.high] {
            if value < least || value > most {
                self.add(
                    subject,
                    field,
                    ProblemKind::PercentOutside { value, least, most },
                );
                return;
            }
        }
        self.ordered(subject, field, range);
    }

    fn ordered(&mut self, subject: Option<&str>, field: Field, range: Range) {
        let (low, base, high) = (range.smallest(), range.base, range.largest());
        if base < low || base > high {
            self.add(
                subject,
                field,
                ProblemKind::BaseOutsideRange { low, base, high },
            );
        }
    }

    fn within(&mut self, subject: &str, field: Field, year: u16, horizon: u16) {
        if year >= horizon && horizon > 0 {
            self.add(
                Some(subject),
                field,
                ProblemKind::BeyondHorizon { year, horizon },
            );
        }
    }
}
