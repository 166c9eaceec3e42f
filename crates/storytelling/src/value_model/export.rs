//! A calculation as a table, for spreadsheets.

use backbone_finance::Decimal;
use backbone_finance::sroi::Calculation;
use backbone_ingest::report::{self, WriteError};

use super::calculate::Calculated;
use super::words::Words;

/// One year of the base scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct YearRow {
    /// Calendar year.
    pub year: i32,
    /// What is put in.
    pub inputs: Decimal,
    /// What comes of it, after all deductions.
    pub benefits: Decimal,
    /// The inputs in today's money.
    pub pv_inputs: Decimal,
    /// The benefits in today's money.
    pub pv_benefits: Decimal,
    /// Present values so far, benefits minus inputs.
    pub running: Decimal,
}

/// The years that are counted, one row each.
pub(super) fn years(calculated: &Calculated, scenario: &Calculation) -> Vec<YearRow> {
    let content = &calculated.content;
    let mut running = Decimal::ZERO;
    (0..content.horizon)
        .map(|t| {
            let inputs = || scenario.inputs.iter().filter(|i| i.year == t);
            let benefits = || {
                let years = scenario.outcomes.iter().flat_map(|o| &o.years);
                years.filter(|y| y.year == t)
            };
            // Parts of sums that were already formed without overflow.
            let pv_inputs: Decimal = inputs().map(|i| i.present_value).sum();
            let pv_benefits: Decimal = benefits().map(|y| y.present_value).sum();
            running += pv_benefits - pv_inputs;
            YearRow {
                year: content.first_year + i32::from(t),
                inputs: inputs().map(|i| i.amount).sum(),
                benefits: benefits().map(|y| y.after_drop_off).sum(),
                pv_inputs,
                pv_benefits,
                running,
            }
        })
        .collect()
}

const HEADS: [&str; 6] = [
    "value-year",
    "value-inputs",
    "value-benefits",
    "value-pv-investment",
    "value-pv-benefits",
    "value-running",
];

/// The table of years with exact numbers: heads and rows.
fn table(words: &Words<'_>, calculated: &Calculated) -> (Vec<String>, Vec<Vec<String>>) {
    let heads = HEADS.iter().map(|key| words.text(key)).collect();
    let rows = years(calculated, &calculated.results.base)
        .into_iter()
        .map(|row| {
            let numbers = [
                row.inputs,
                row.benefits,
                row.pv_inputs,
                row.pv_benefits,
                row.running,
            ];
            let mut cells = vec![row.year.to_string()];
            cells.extend(numbers.map(|n| n.round_dp(6).normalize().to_string()));
            cells
        })
        .collect();
    (heads, rows)
}

/// As CSV.
pub(super) fn csv(words: &Words<'_>, calculated: &Calculated) -> Result<Vec<u8>, WriteError> {
    let (heads, rows) = table(words, calculated);
    let mut out = Vec::new();
    report::write_csv(&mut out, heads, rows)?;
    Ok(out)
}

/// As a workbook.
pub(super) fn xlsx(words: &Words<'_>, calculated: &Calculated) -> Result<Vec<u8>, WriteError> {
    let (heads, rows) = table(words, calculated);
    report::write_xlsx(heads, rows)
}
