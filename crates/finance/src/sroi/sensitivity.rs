//! Which single assumption moves the ratio most.

use super::calculate::calculate;
use super::model::{Range, ValueModel};
use super::problem::Field;
use super::resolve::{Resolved, Scenario, resolve};
use crate::number::{Result, sub};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// One assumption of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumption {
    /// The input or outcome; `None` for the discount rate.
    pub subject: Option<String>,
    /// Which of its numbers.
    pub field: Field,
}

/// What one assumption does to the ratio when it alone moves through its range, all others at their base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Influence {
    /// The assumption.
    pub assumption: Assumption,
    /// Its value at the end where the ratio is lowest.
    pub worst_value: Decimal,
    /// Its value at the other end.
    pub best_value: Decimal,
    /// The ratio there.
    pub lowest_ratio: Decimal,
    /// The ratio at the other end.
    pub highest_ratio: Decimal,
    /// `highest_ratio − lowest_ratio`.
    pub swing: Decimal,
}

/// How an assumption is set to a value in a resolved model.
type Setter = fn(&mut Resolved, usize, Decimal);

impl ValueModel {
    /// The uncertain assumptions by how far each alone moves the ratio, the largest swing first (a "tornado"); of
    /// equal swings, in the model's order. Empty when nothing is uncertain, or nothing was put in.
    ///
    /// # Errors
    /// An invalid model; overflow.
    pub fn sensitivity(&self) -> Result<Vec<Influence>> {
        self.check()?;
        let base = resolve(self, Scenario::Base, self.discount_rate.base);
        let mut influences = Vec::new();
        for (assumption, index, range, set) in self.assumptions() {
            if range.is_uncertain() {
                influences.extend(influence(&base, assumption, index, range, set)?);
            }
        }
        influences.sort_by_key(|influence| std::cmp::Reverse(influence.swing));
        Ok(influences)
    }

    fn assumptions(&self) -> Vec<(Assumption, usize, Range, Setter)> {
        let named = |subject: &str, field| Assumption {
            subject: Some(subject.to_owned()),
            field,
        };
        let mut list: Vec<(Assumption, usize, Range, Setter)> = Vec::new();
        for (i, input) in self.inputs.iter().enumerate() {
            list.push((
                named(&input.id, Field::Amount),
                i,
                input.amount,
                |m, i, v| m.inputs[i].amount = v,
            ));
        }
        for (i, outcome) in self.outcomes.iter().enumerate() {
            let years = outcome.duration;
            let years = Range::new(years.low.into(), years.base.into(), years.high.into());
            let fields: [(Field, Range, Setter); 7] = [
                (Field::Quantity, outcome.quantity, |m, i, v| {
                    m.outcomes[i].quantity = v
                }),
                (Field::Proxy, outcome.proxy, |m, i, v| {
                    m.outcomes[i].proxy = v
                }),
                (Field::Deadweight, outcome.deadweight, |m, i, v| {
                    m.outcomes[i].deadweight = v
                }),
                (Field::Displacement, outcome.displacement, |m, i, v| {
                    m.outcomes[i].displacement = v
                }),
                (Field::Attribution, outcome.attribution, |m, i, v| {
                    m.outcomes[i].attribution = v
                }),
                (Field::DropOff, outcome.drop_off, |m, i, v| {
                    m.outcomes[i].drop_off = v
                }),
                // The value came from whole years just above, so it always fits.
                (Field::Duration, years, |m, i, v| {
                    m.outcomes[i].duration = v.to_u16().unwrap_or(u16::MAX)
                }),
            ];
            for (field, range, set) in fields {
                list.push((named(&outcome.id, field), i, range, set));
            }
        }
        let rate = Assumption {
            subject: None,
            field: Field::DiscountRate,
        };
        list.push((rate, 0, self.discount_rate, |m, _, v| m.discount_rate = v));
        list
    }
}

fn influence(
    base: &Resolved,
    assumption: Assumption,
    index: usize,
    range: Range,
    set: Setter,
) -> Result<Option<Influence>> {
    let ratio_at = |value| {
        let mut moved = base.clone();
        set(&mut moved, index, value);
        calculate(&moved, Scenario::Base).map(|calculation| calculation.ratio)
    };
    let (small, large) = (range.smallest(), range.largest());
    let (Some(at_small), Some(at_large)) = (ratio_at(small)?, ratio_at(large)?) else {
        return Ok(None);
    };
    let (worst, best) = if at_small <= at_large {
        ((small, at_small), (large, at_large))
    } else {
        ((large, at_large), (small, at_small))
    };
    Ok(Some(Influence {
        assumption,
        worst_value: worst.0,
        best_value: best.0,
        lowest_ratio: worst.1,
        highest_ratio: best.1,
        swing: sub(best.1, worst.1)?,
    }))
}
