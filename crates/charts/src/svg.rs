//! Writes the picture: shapes and texts with presentation attributes and classes.

use crate::Frame;
use crate::text::escape;
use crate::theme::{Ink, Palette};
use std::fmt::Write;

/// Text sizes in CSS pixels.
pub const SMALL: f64 = 12.0;
pub const BODY: f64 = 13.0;
/// Distance from one line of text to the next.
pub const LEADING: f64 = 16.0;

/// Around a picture with a background.
const MARGIN: f64 = 16.0;

#[derive(Clone, Copy, PartialEq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Clone, Copy)]
pub struct Type {
    pub size: f64,
    pub bold: bool,
    pub muted: bool,
    pub anchor: Anchor,
}

impl Type {
    pub const LABEL: Self = Self {
        size: BODY,
        bold: false,
        muted: false,
        anchor: Anchor::Start,
    };
    pub const VALUE: Self = Self {
        size: BODY,
        bold: true,
        muted: false,
        anchor: Anchor::Start,
    };
    pub const NOTE: Self = Self {
        size: SMALL,
        bold: false,
        muted: true,
        anchor: Anchor::Start,
    };

    pub fn to(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }
}

/// How a line is stroked.
#[derive(Clone, Copy, PartialEq)]
pub enum Stroke {
    Solid,
    Dashed,
    Dotted,
}

pub struct Canvas<'a> {
    frame: &'a Frame<'a>,
    pub palette: &'static Palette,
    body: String,
}

impl<'a> Canvas<'a> {
    pub fn new(frame: &'a Frame<'a>) -> Self {
        Self {
            frame,
            palette: Palette::of(frame.theme),
            body: String::new(),
        }
    }

    /// Markup made of numbers and of what [`escape`] has passed. Writing to a string cannot fail.
    fn put(&mut self, markup: std::fmt::Arguments<'_>) {
        if self.body.write_fmt(markup).is_err() {
            self.body.clear();
        }
    }

    pub fn rect(&mut self, (x, y): (f64, f64), (w, h): (f64, f64), radius: f64, ink: &Ink) {
        let (x, y, w, h, r) = (px(x), px(y), px(w.max(0.0)), px(h.max(0.0)), px(radius));
        let (class, colour) = (&ink.class, ink.colour);
        self.put(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{colour}"/>"#
        ));
    }

    /// A box with a border of one pixel.
    pub fn panel(&mut self, (x, y): (f64, f64), (w, h): (f64, f64), border: &Ink, strong: bool) {
        let (x, y, w, h) = (px(x), px(y), px(w), px(h));
        let (class, colour, fill) = (&border.class, border.colour, self.palette.soft);
        let wide = if strong { "2" } else { "1" };
        self.put(format_args!(
            r#"<rect class="chart-box {class}" x="{x}" y="{y}" width="{w}" height="{h}" rx="8" fill="{fill}" stroke="{colour}" stroke-width="{wide}"/>"#
        ));
    }

    pub fn circle(&mut self, (x, y): (f64, f64), radius: f64, ink: &Ink) {
        let (x, y, r) = (px(x), px(y), px(radius));
        let (class, colour, ring) = (&ink.class, ink.colour, self.palette.panel);
        self.put(format_args!(
            r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r}" fill="{colour}" stroke="{ring}" stroke-width="1.5"/>"#
        ));
    }

    /// A line through all points; fewer than two draw nothing.
    pub fn path(&mut self, points: &[(f64, f64)], ink: &Ink, width: f64, stroke: Stroke) {
        if points.len() < 2 {
            return;
        }
        let mut path = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            path.push_str(if i == 0 { "M" } else { "L" });
            path.push_str(&format!("{} {}", px(*x), px(*y)));
        }
        let dash = match stroke {
            Stroke::Solid => "",
            Stroke::Dashed => r#" stroke-dasharray="6 4""#,
            Stroke::Dotted => r#" stroke-dasharray="0.1 5""#,
        };
        let (class, colour, width) = (&ink.class, ink.colour, px(width));
        self.put(format_args!(
            r#"<path class="{class}" d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round" stroke-linecap="round"{dash}/>"#
        ));
    }

    /// A filled arrow head with its tip at a point, towards right or down.
    pub fn arrow_head(&mut self, (x, y): (f64, f64), down: bool) {
        let corners = if down {
            [(-4.5, -7.0), (4.5, -7.0)]
        } else {
            [(-7.0, -4.5), (-7.0, 4.5)]
        };
        let [a, b] = corners.map(|(dx, dy)| format!("{} {}", px(x + dx), px(y + dy)));
        let (x, y, colour) = (px(x), px(y), self.palette.axis);
        self.put(format_args!(
            r#"<path class="chart-axis" d="M{x} {y}L{a}L{b}Z" fill="{colour}"/>"#
        ));
    }

    pub fn text(&mut self, (x, y): (f64, f64), kind: Type, text: &str) {
        let (class, fill) = match kind.muted {
            true => ("chart-muted", self.palette.muted),
            false => ("chart-text", "currentColor"),
        };
        self.write((x, y), kind, class, fill, text);
    }

    /// Text on a filled shape.
    pub fn text_on(&mut self, (x, y): (f64, f64), kind: Type, ground: &Ink, text: &str) {
        let class = format!("chart-on-{}", ground.class.trim_start_matches("chart-"));
        self.write((x, y), kind, &class, Palette::on(ground.colour), text);
    }

    fn write(&mut self, (x, y): (f64, f64), kind: Type, class: &str, fill: &str, text: &str) {
        let anchor = match kind.anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = if kind.bold {
            r#" font-weight="600""#
        } else {
            ""
        };
        let (x, y, size, text) = (px(x), px(y), px(kind.size), escape(text));
        self.put(format_args!(
            r#"<text class="{class}" x="{x}" y="{y}" font-size="{size}" fill="{fill}"{weight}{anchor}>{text}</text>"#
        ));
    }

    pub fn muted(&self) -> Ink {
        Ink {
            class: "chart-muted".to_owned(),
            colour: self.palette.muted,
        }
    }

    pub fn grid(&self) -> Ink {
        Ink {
            class: "chart-grid".to_owned(),
            colour: self.palette.grid,
        }
    }

    pub fn axis(&self) -> Ink {
        Ink {
            class: "chart-axis".to_owned(),
            colour: self.palette.axis,
        }
    }

    /// The whole element, `height` pixels high, described by `description`.
    pub fn finish(self, height: f64, description: &str) -> String {
        let (id, title, description) = (
            escape(self.frame.id),
            escape(self.frame.title),
            escape(description),
        );
        let colour = self.palette.text;
        let margin = if self.frame.background { MARGIN } else { 0.0 };
        let (start, width) = (px(-margin), px(f64::from(self.frame.width) + 2.0 * margin));
        let height = px(height.ceil() + 2.0 * margin);
        let ground = match self.frame.background {
            true => format!(
                r#"<rect class="chart-panel" x="{start}" y="{start}" width="{width}" height="{height}" fill="{}"/>"#,
                self.palette.panel
            ),
            false => String::new(),
        };
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="{id}-title {id}-desc" viewBox="{start} {start} {width} {height}" width="{width}" height="{height}" color="{colour}" font-family="Inter, system-ui, sans-serif"><title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>{ground}{}</svg>"#,
            self.body
        )
    }
}

/// Says that there is nothing to draw; returns the height.
pub fn empty(canvas: &mut Canvas<'_>, frame: &Frame<'_>, words: &str) -> f64 {
    let kind = Type {
        muted: true,
        ..Type::LABEL
    };
    canvas.text(
        (f64::from(frame.width) / 2.0, 36.0),
        kind.to(Anchor::Middle),
        words,
    );
    64.0
}

/// A coordinate with at most one decimal; never `NaN`, infinite or −0.
fn px(value: f64) -> String {
    let rounded = (value.clamp(-1e6, 1e6) * 10.0).round() / 10.0;
    if rounded == 0.0 || !rounded.is_finite() {
        "0".to_owned()
    } else {
        rounded.to_string()
    }
}
