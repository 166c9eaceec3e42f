//! Social return on investment: what outcomes are worth, after what would have happened anyway, for what was put in.
//!
//! The order of steps is the one of "A guide to Social Return on Investment" (The SROI Network, now Social Value UK,
//! 2012), stages 4 and 5. For each outcome and year:
//!
//! ```text
//! gross               = quantity × proxy
//! after deadweight    = gross × (1 − deadweight)
//! after displacement  = after deadweight × (1 − displacement)
//! after attribution   = after displacement × (1 − attribution to others)
//! after drop-off      = after attribution × (1 − drop-off)^(years since the outcome's first)
//! present value       = after drop-off ÷ (1 + discount rate)^(as the convention says)
//! ratio               = sum of the outcomes' present values ÷ sum of the inputs' present values
//! ```
//!
//! **Timing.** Years are counted from 0, the first year of the investment. Under
//! [`Convention::FirstYearUndiscounted`](crate::cash_flow::Convention) inputs and benefits of year *y* are divided by
//! (1 + r)^y. Under `EndOfYear` benefits of year *y* come at its end and are divided by (1 + r)^(y+1), inputs are
//! paid at its start and divided by (1 + r)^y: an investment in year 0 is not discounted, the first year of
//! benefit is, as the guide does. Under `MidYear` both are divided by (1 + r)^(y+½).
//!
//! All percentages of a model, the discount rate included, are written 0–100 (3.5 for 3.5 %).

mod break_even;
mod calculate;
mod model;
mod problem;
mod resolve;
mod sensitivity;
mod steps;

pub use break_even::{BreakEven, OutcomeBreakEven, Threshold};
pub use calculate::{Calculation, InputValue, OutcomeValue, YearValue};
pub use model::{Input, Outcome, Range, ValueModel};
pub use problem::{Field, Problem, ProblemKind};
pub use resolve::Scenario;
pub use sensitivity::{Assumption, Influence};
pub use steps::{Piece, Step, Unit};

use crate::number::Result;
use serde::{Deserialize, Serialize};

/// The three scenarios of one model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// Every assumption at the end of its range that lowers the ratio.
    pub low: Calculation,
    /// Every assumption at its base.
    pub base: Calculation,
    /// Every assumption at the end that raises the ratio.
    pub high: Calculation,
}

impl ValueModel {
    /// Calculates the low, base and high scenario.
    ///
    /// # Errors
    /// [`FinanceError::Invalid`](crate::FinanceError::Invalid) with every problem of the model; overflow.
    pub fn results(&self) -> Result<Results> {
        Ok(Results {
            low: self.calculate(Scenario::Low)?,
            base: self.calculate(Scenario::Base)?,
            high: self.calculate(Scenario::High)?,
        })
    }

    /// Calculates one scenario.
    ///
    /// # Errors
    /// As [`ValueModel::results`].
    pub fn calculate(&self, scenario: Scenario) -> Result<Calculation> {
        self.check()?;
        calculate::scenario(self, scenario)
    }
}
