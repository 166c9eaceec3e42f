//! A result with everything that led to it.

use serde::{Deserialize, Serialize};

use crate::election::OptionName;
use crate::step::Step;

/// The result of a count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Name of the method.
    pub method: String,
    /// Who has won, best first. More than there are seats when a tie for the last seat stays open; none when nothing passed.
    pub winners: Vec<OptionName>,
    /// All options from best to worst; options of one group are tied.
    pub ranking: Vec<Vec<OptionName>>,
    /// How the result came about, in order.
    pub steps: Vec<Step>,
    /// What can be drawn.
    #[serde(default)]
    pub figures: Vec<Figure>,
}

/// Numbers for a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What kind of chart suits them.
    pub kind: FigureKind,
    /// Labels of the rows: options.
    pub rows: Vec<OptionName>,
    /// Labels of the columns, if there is more than one.
    pub columns: Vec<String>,
    /// One list for each row, with one number for each column; nothing where there is none.
    pub values: Vec<Vec<Option<f64>>>,
}

/// Kinds of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureKind {
    /// One bar for each row.
    Bars,
    /// One bar for each row, of parts: how many gave each mark.
    Parts,
    /// How many prefer the row to the column. Columns are the options.
    Matrix,
    /// Votes of each row, round by round.
    Rounds,
}

impl Figure {
    /// One bar for each option.
    pub(crate) fn bars(rows: &[OptionName], values: impl IntoIterator<Item = f64>) -> Self {
        Self {
            kind: FigureKind::Bars,
            rows: rows.to_vec(),
            columns: Vec::new(),
            values: values.into_iter().map(|value| vec![Some(value)]).collect(),
        }
    }
}
