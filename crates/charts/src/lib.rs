//! Charts drawn once on the server as SVG, so that page, email, PDF and card show the same picture.
//!
//! Each chart comes with its table and its alternative text. Words and formatted numbers are handed in, so there is
//! no language in here. The SVG has presentation attributes only (no `style`, which a strict content security
//! policy forbids) and classes such as `chart-series-1` that a page's own sheet may restyle.
//! Numbers that are not finite count as missing; no `NaN` reaches the picture.

mod bar;
mod line;
mod line_data;
mod line_ends;
mod png;
mod range;
mod rows;
mod scale;
mod sparkline;
mod stacked;
mod svg;
mod text;
mod theme;
mod trace;
mod waterfall;

pub use bar::{Bar, BarChart, BarWords, bar};
pub use line::{LineChart, LineWords, Reference, Series, line};
pub use png::{PngError, png};
pub use range::{Mark, RangeChart, RangeWords, range};
pub use sparkline::{Sparkline, SparklineWords, sparkline};
pub use stacked::{Part, StackedChart, StackedWords, stacked};
pub use theme::{Theme, Tone};
pub use trace::{TraceBox, TraceChart, TraceWords, trace};
pub use waterfall::{WaterfallChart, WaterfallStep, WaterfallWords, waterfall};

use serde::{Deserialize, Serialize};

/// What every chart needs besides its numbers.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Prefix of the picture's ids, unique on its page.
    pub id: &'a str,
    /// The picture's `<title>`; also the table's caption.
    pub title: &'a str,
    /// The picture's `<desc>`: what it shows, in a sentence.
    pub description: &'a str,
    /// Width of the drawing in CSS pixels, without the margin that a background brings.
    pub width: u32,
    /// The colours.
    pub theme: Theme,
    /// Whether the panel's colour is painted behind it, with a margin of 16 pixels all around, as a picture in an
    /// email needs.
    pub background: bool,
}

/// A picture, the same as a table, and the same in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// The SVG element, to be put into a page as it is or to be given to [`png`].
    pub svg: String,
    /// For "Show as table".
    pub table: Table,
    /// For an image's `alt`.
    pub alt: String,
}

/// A chart's numbers as a table of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// One a column.
    pub headers: Vec<String>,
    /// Each as long as the headers; the first cell heads its row.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    fn new(frame: &Frame<'_>, headers: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self {
            caption: frame.title.to_owned(),
            headers: headers.iter().map(|header| (*header).to_owned()).collect(),
            rows,
        }
    }
}

/// A number that can be drawn: finite, and small enough that differences are finite too.
fn drawable(value: f64) -> Option<f64> {
    value.is_finite().then(|| value.clamp(-1e100, 1e100))
}
