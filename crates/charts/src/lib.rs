//! Charts drawn once on the server as SVG, so that page, email, PDF and card show the same picture.
//!
//! Each chart comes with its table and its alternative text. Words and formatted numbers are handed in, so there is
//! no language in here. The SVG has presentation attributes only (no `style`, which a strict content security
//! policy forbids) and classes such as `chart-series-1` that a page's own sheet may restyle.
//! Numbers that are not finite count as missing; no `NaN` reaches the picture.

mod bar;
mod card;
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
pub use card::{CARD_HEIGHT, CARD_LOGO, CARD_WIDTH, Card, card};
pub use line::{LineChart, LineWords, Reference, Series, line};
pub use png::{Place, PngError, png, png_with};
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

/// The width of a drawing for a phone, in CSS pixels: a window of 360 less what surrounds a picture there.
pub const PHONE: u32 = 296;

/// A picture for a page from two drawings of the same: `desk`, and `phone` with a width of [`PHONE`], because the wide one
/// would shrink there until its words cannot be read. The page's sheet shows the one that fits (`chart-wide`,
/// `chart-narrow`). `id` is the frame's; the second drawing gets ids of its own.
pub fn on_page(id: &str, desk: Chart, phone: Chart) -> Chart {
    let narrow = ["title", "desc"].iter().fold(phone.svg, |svg, part| {
        svg.replace(&format!("{id}-{part}"), &format!("{id}-narrow-{part}"))
    });
    Chart {
        svg: format!(
            r#"<div class="chart-wide">{}</div><div class="chart-narrow">{narrow}</div>"#,
            desk.svg
        ),
        ..desk
    }
}

/// A number that can be drawn: finite, and small enough that differences are finite too.
fn drawable(value: f64) -> Option<f64> {
    value.is_finite().then(|| value.clamp(-1e100, 1e100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_for_a_page_is_drawn_for_desk_and_phone_under_different_ids() {
        let draw = |width| {
            let words = SparklineWords {
                period: "Period",
                value: "Value",
                target: "Target",
                no_data: "–",
            };
            sparkline(&Sparkline {
                frame: Frame {
                    id: "hours",
                    title: "Hours",
                    description: "Hours by month",
                    width,
                    theme: Theme::Light,
                    background: false,
                },
                height: 40,
                values: &[("May", Some(1.0)), ("June", Some(2.0))],
                target: None,
                format: &|value| value.to_string(),
                words,
            })
        };
        let both = on_page("hours", draw(700), draw(PHONE)).svg;
        assert!(both.contains(r#"width="700""#) && both.contains(r#"width="296""#));
        for id in [
            "hours-title",
            "hours-desc",
            "hours-narrow-title",
            "hours-narrow-desc",
        ] {
            assert_eq!(
                both.matches(&format!(r#" id="{id}""#)).count(),
                1,
                "{id}: {both}"
            );
        }
        assert!(both.contains(r#"aria-labelledby="hours-narrow-title hours-narrow-desc""#));
    }
}
