//! How much deadweight a result survives before less comes out than was put in.

use super::calculate::calculate;
use super::model::ValueModel;
use super::resolve::{Scenario, resolve};
use crate::number::{Result, add, div, mul, sub};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The deadweight at which the ratio is exactly 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Threshold {
    /// Above this deadweight, in percent, less comes out than was put in.
    At {
        /// Percent, 0–100.
        percent: Decimal,
    },
    /// Even at 100 % the ratio is 1 or more.
    AlwaysAbove,
    /// Even at 0 % the ratio is below 1.
    NeverAbove,
}

/// One outcome's threshold, all else at its base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeBreakEven {
    /// The outcome's identifier.
    pub id: String,
    /// Its deadweight at break-even.
    pub threshold: Threshold,
}

/// How high deadweight may be before the ratio falls below 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakEven {
    /// If every outcome had the same deadweight.
    pub all: Threshold,
    /// If one outcome's alone were different.
    pub outcomes: Vec<OutcomeBreakEven>,
}

impl ValueModel {
    /// Break-even deadweight in the base scenario. Benefits are linear in deadweight, so it is exact:
    /// 1 − (investment − what comes from elsewhere) ÷ what the outcomes would be worth without deadweight.
    ///
    /// # Errors
    /// An invalid model; overflow.
    pub fn break_even(&self) -> Result<BreakEven> {
        self.check()?;
        let mut model = resolve(self, Scenario::Base, self.discount_rate.base);
        let base = calculate(&model, Scenario::Base)?;
        for outcome in &mut model.outcomes {
            outcome.deadweight = Decimal::ZERO;
        }
        let without = calculate(&model, Scenario::Base)?;
        let mut outcomes = Vec::new();
        for (with, without) in base.outcomes.iter().zip(&without.outcomes) {
            let others = sub(base.benefits, with.present_value)?;
            outcomes.push(OutcomeBreakEven {
                id: with.id.clone(),
                threshold: threshold(without.present_value, others, base.investment)?,
            });
        }
        let all = threshold(without.benefits, Decimal::ZERO, base.investment)?;
        Ok(BreakEven { all, outcomes })
    }
}

/// `full` is what the outcomes in question are worth without deadweight, `others` what does not depend on it.
fn threshold(full: Decimal, others: Decimal, investment: Decimal) -> Result<Threshold> {
    let missing = sub(investment, others)?;
    if missing <= Decimal::ZERO {
        return Ok(Threshold::AlwaysAbove);
    }
    if add(full, others)? < investment {
        return Ok(Threshold::NeverAbove);
    }
    // `full` is at least `missing`, which is above zero.
    let percent = mul(
        sub(Decimal::ONE, div(missing, full)?)?,
        Decimal::ONE_HUNDRED,
    )?;
    Ok(Threshold::At { percent })
}
