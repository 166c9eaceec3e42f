//! The numbers of a calculation that a story may tell.

use backbone_db::{Dec, text_enum};
use backbone_finance::Decimal;
use backbone_finance::cash_flow::Irr;
use backbone_finance::sroi::{Calculation, Results};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

text_enum!(
    /// Which number of a calculation.
    FigureKind {
        /// Benefits for each unit of money put in.
        Ratio = "ratio",
        /// Benefits minus investment, in today's money.
        Npv = "npv",
        /// What the outcomes are worth today.
        PvBenefits = "pv_benefits",
        /// What was put in, in today's money.
        PvInvestment = "pv_investment",
        /// Years until the benefits have made up for what was put in.
        Payback = "payback",
        /// Internal rate of return.
        Irr = "irr",
    }
);

text_enum!(
    /// How a figure is written.
    FigureUnit {
        /// 1 : 3.4
        Ratio = "ratio",
        /// An amount in major units.
        Money = "money",
        /// Years.
        Years = "years",
        /// Percent, 0–100.
        Percent = "percent",
    }
);

/// A figure with its range, not rounded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ValueFigure)]
pub struct FigureValue {
    /// Which number.
    pub kind: FigureKind,
    /// How it is written.
    pub unit: FigureUnit,
    /// With every assumption at its pessimistic end.
    pub low: Option<Dec>,
    /// The best estimate; none when there is no such number.
    pub base: Option<Dec>,
    /// With every assumption at its optimistic end.
    pub high: Option<Dec>,
    /// Message key of why there is no number, or of what must be said beside it.
    pub note: Option<String>,
}

/// One figure of a calculation.
pub fn figure(results: &Results, kind: FigureKind) -> FigureValue {
    let of = |c: &Calculation| value(c, kind).map(Dec::new);
    FigureValue {
        kind,
        unit: match kind {
            FigureKind::Ratio => FigureUnit::Ratio,
            FigureKind::Npv | FigureKind::PvBenefits | FigureKind::PvInvestment => {
                FigureUnit::Money
            }
            FigureKind::Payback => FigureUnit::Years,
            FigureKind::Irr => FigureUnit::Percent,
        },
        low: of(&results.low),
        base: of(&results.base),
        high: of(&results.high),
        note: note(&results.base, kind).map(String::from),
    }
}

fn value(c: &Calculation, kind: FigureKind) -> Option<Decimal> {
    match kind {
        FigureKind::Ratio => c.ratio,
        FigureKind::Npv => Some(c.npv),
        FigureKind::PvBenefits => Some(c.benefits),
        FigureKind::PvInvestment => Some(c.investment),
        FigureKind::Payback => c.payback,
        // Of several rates none is the return, so none is told.
        FigureKind::Irr => match &c.irr {
            Irr::Rate { rate } => rate.checked_mul(Decimal::ONE_HUNDRED),
            _ => None,
        },
    }
}

fn note(c: &Calculation, kind: FigureKind) -> Option<&'static str> {
    match (kind, value(c, kind)) {
        (_, Some(_)) => None,
        (FigureKind::Payback, None) => Some("value-note-no-payback"),
        (FigureKind::Irr, None) => Some(match c.irr {
            Irr::Multiple { .. } => "value-note-irr-several",
            _ => "value-note-irr-none",
        }),
        (_, None) => Some("value-note-no-investment"),
    }
}
