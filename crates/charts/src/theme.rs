//! Colours, with the contrast that reading and telling apart need.

use serde::{Deserialize, Serialize};

/// Where the picture is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// On white.
    #[default]
    Light,
    /// On a dark panel.
    Dark,
    /// On paper.
    Print,
}

/// What a part or step means; its colour, which words always accompany.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// The next colour of the series.
    #[default]
    Series,
    /// Good.
    Good,
    /// To be watched.
    Watch,
    /// Bad.
    Bad,
    /// Neither.
    Neutral,
}

pub(crate) struct Palette {
    pub text: &'static str,
    pub muted: &'static str,
    pub grid: &'static str,
    pub axis: &'static str,
    pub panel: &'static str,
    pub soft: &'static str,
    series: [&'static str; 6],
    good: &'static str,
    watch: &'static str,
    bad: &'static str,
    neutral: &'static str,
}

const LIGHT: Palette = Palette {
    text: "#1B1F24",
    muted: "#59636E",
    grid: "#DDE2E8",
    axis: "#818B98",
    panel: "#FFFFFF",
    soft: "#F1F4F8",
    series: [
        "#0B5FCC", "#D55E00", "#0E7C66", "#8B3FA8", "#8A6D00", "#4B5563",
    ],
    good: "#1A7F37",
    watch: "#8A5A00",
    bad: "#C3282E",
    neutral: "#6B7583",
};

const DARK: Palette = Palette {
    text: "#E9ECEF",
    muted: "#9AA4AF",
    grid: "#343B44",
    axis: "#6E7781",
    panel: "#1D2126",
    soft: "#262C33",
    series: [
        "#6CA8FF", "#FF9A57", "#4FC3A1", "#CF9BE8", "#D9B44A", "#9AA4AF",
    ],
    good: "#4AC26B",
    watch: "#D9A441",
    bad: "#FF7B72",
    neutral: "#9AA4AF",
};

const PRINT: Palette = Palette {
    text: "#000000",
    muted: "#333333",
    grid: "#BBBBBB",
    axis: "#555555",
    soft: "#FFFFFF",
    ..LIGHT
};

/// A colour and the class by which a page may change it.
#[derive(Clone)]
pub(crate) struct Ink {
    pub class: String,
    pub colour: &'static str,
}

impl Palette {
    pub fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
            Theme::Print => &PRINT,
        }
    }

    /// The colour of the `index`th series, from 0; after six they begin again.
    pub fn series(&self, index: usize) -> Ink {
        let index = index % self.series.len();
        Ink {
            class: format!("chart-series-{}", index + 1),
            colour: self.series[index],
        }
    }

    pub fn tone(&self, tone: Tone, index: usize) -> Ink {
        let (name, colour) = match tone {
            Tone::Series => return self.series(index),
            Tone::Good => ("good", self.good),
            Tone::Watch => ("watch", self.watch),
            Tone::Bad => ("bad", self.bad),
            Tone::Neutral => ("neutral", self.neutral),
        };
        Ink {
            class: format!("chart-{name}"),
            colour,
        }
    }

    /// White or near-black, whichever reads better on `colour`.
    pub fn on(colour: &str) -> &'static str {
        // The luminance at which both have the same contrast is √(1.05 × 0.05) − 0.05 ≈ 0.18.
        if luminance(colour) > 0.18 {
            "#14181D"
        } else {
            "#FFFFFF"
        }
    }
}

/// Relative luminance as WCAG 2.2 defines it, of `#RRGGBB`.
fn luminance(colour: &str) -> f64 {
    let channel = |from: usize| {
        let byte = colour
            .get(from..from + 2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let part = f64::from(byte.unwrap_or(0)) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_can_be_told_from_their_panel() {
        let contrast = |a: &str, b: &str| {
            let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
            a.max(b) / a.min(b)
        };
        for palette in [&LIGHT, &DARK, &PRINT] {
            for colour in palette.series.iter().chain([
                &palette.good,
                &palette.watch,
                &palette.bad,
                &palette.neutral,
            ]) {
                assert!(
                    contrast(colour, palette.panel) >= 3.0,
                    "{colour} on {}",
                    palette.panel
                );
                assert!(
                    contrast(colour, Palette::on(colour)) >= 4.5,
                    "text on {colour}"
                );
            }
            for (text, on) in [
                (palette.text, palette.panel),
                (palette.muted, palette.panel),
                (palette.muted, palette.soft),
            ] {
                assert!(contrast(text, on) >= 4.5, "{text} on {on}");
            }
        }
    }
}
