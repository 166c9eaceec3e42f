//! A partnership's own colour: accepted when readable, and varied for dark pages.
//!
//! Contrast follows WCAG 2.2, "relative luminance" and "contrast ratio".

/// The colour of partnerships that chose none.
pub const DEFAULT_ACCENT: &str = "#0b5fcc";
/// The dark theme's panel, the lightest surface on which the dark accent stands.
const DARK_PANEL: &str = "#1d2126";
const READABLE: f64 = 4.5;

type Rgb = [u8; 3];

fn parse(hex: &str) -> Option<Rgb> {
    let digits = hex.strip_prefix('#').unwrap_or(hex);
    if digits.len() != 6 || !digits.is_ascii() {
        return None;
    }
    let mut rgb = [0; 3];
    hex::decode_to_slice(digits, &mut rgb).ok()?;
    Some(rgb)
}

fn print(rgb: Rgb) -> String {
    format!("#{}", hex::encode(rgb))
}

fn luminance(rgb: Rgb) -> f64 {
    let [red, green, blue] = rgb.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn ratio(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The contrast ratio of two `#rrggbb` colours, from 1 to 21; `None` when one is not a colour.
pub fn contrast(hex: &str, background: &str) -> Option<f64> {
    Some(ratio(parse(hex)?, parse(background)?))
}

/// Whether a colour may be a partnership's accent: at least 4.5 : 1 against white, both as text and beneath white text.
pub fn accent_ok(hex: &str) -> bool {
    contrast(hex, "#ffffff").is_some_and(|ratio| ratio >= READABLE)
}

/// The accent for dark pages: the colour mixed with just enough white to reach 5 : 1 on a dark panel.
pub fn dark_accent(hex: &str) -> Option<String> {
    let (accent, panel) = (parse(hex)?, parse(DARK_PANEL)?);
    (0..=20u16)
        .map(|step| mix(accent, [255; 3], step * 5))
        .find(|lighter| ratio(*lighter, panel) >= 5.0)
        .map(print)
}

fn mix(from: Rgb, to: Rgb, percent: u16) -> Rgb {
    let mut mixed = [0; 3];
    for (index, channel) in mixed.iter_mut().enumerate() {
        let sum = u16::from(from[index]) * (100 - percent) + u16::from(to[index]) * percent;
        // A weighted mean of two bytes is a byte.
        *channel = (sum / 100) as u8;
    }
    mixed
}

/// Where the sheet of a readable accent is served.
pub fn accent_url(hex: &str) -> String {
    format!(
        "/assets/accent/{}.css",
        hex.trim_start_matches('#').to_ascii_lowercase()
    )
}

/// The sheet that sets an accent in both themes; `None` for a colour that is not readable.
pub fn accent_sheet(hex: &str) -> Option<String> {
    let accent = parse(hex).filter(|_| accent_ok(hex))?;
    let dark = dark_accent(hex)?;
    let weak = print(mix(accent, [255; 3], 91));
    let weak_dark = print(mix(accent, parse(DARK_PANEL)?, 78));
    let light = print(accent);
    Some(format!(
        ":root{{--accent:{light};--accent-weak:{weak};--accent-ink:#ffffff}}\n\
         @media (prefers-color-scheme:dark){{:root{{--accent:{dark};--accent-weak:{weak_dark};--accent-ink:#101418}}}}\n\
         @media print{{:root{{--accent:{light};--accent-weak:{weak};--accent-ink:#ffffff}}}}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_matches_known_pairs() {
        for (one, other, expected) in [
            ("#000000", "#ffffff", 21.0),
            ("#ffffff", "#ffffff", 1.0),
            ("#767676", "#ffffff", 4.54),
        ] {
            let found = contrast(one, other).unwrap();
            assert!((found - expected).abs() < 0.01, "{one} on {other}: {found}");
        }
        assert_eq!(contrast("#12345", "#ffffff"), None);
        assert_eq!(contrast("#12345é", "#ffffff"), None);
    }

    #[test]
    fn every_accepted_accent_is_readable_on_dark_pages_too() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let hex = print([red, green, blue]);
                    if accent_ok(&hex) {
                        let dark = dark_accent(&hex).unwrap();
                        assert!(
                            contrast(&dark, DARK_PANEL).unwrap() >= READABLE,
                            "{hex} → {dark}"
                        );
                        assert!(
                            contrast(&dark, "#101418").unwrap() >= READABLE,
                            "{hex} → {dark}"
                        );
                    }
                }
            }
        }
        assert!(!accent_ok("#ffcc00"));
        assert!(accent_ok(DEFAULT_ACCENT));
    }

    fn token(theme: &str, name: &str) -> String {
        let (_, rest) = theme
            .split_once(&format!("--{name}: "))
            .unwrap_or_else(|| panic!("{name}"));
        rest[..7].to_owned()
    }

    /// Text needs 4.5 : 1 (WCAG 1.4.3), control borders and the focus ring 3 : 1 (1.4.11).
    #[test]
    fn the_tokens_of_both_themes_are_readable() {
        let sheet = include_str!("../../assets/css/tokens.css");
        let (light, dark) = sheet
            .split_once("@media (prefers-color-scheme: dark)")
            .unwrap();
        let mut pairs = Vec::new();
        for tone in ["text", "muted", "accent", "good", "watch", "bad"] {
            pairs.extend(["bg", "panel"].map(|ground| (tone, ground, 4.5)));
        }
        pairs.extend([
            ("good", "good-weak", 4.5),
            ("watch", "watch-weak", 4.5),
            ("bad", "bad-weak", 4.5),
            ("accent", "accent-weak", 4.5),
            ("accent-ink", "accent", 4.5),
            ("muted", "sunken", 4.5),
            ("control", "panel", 3.0),
            ("control", "bg", 3.0),
            ("focus", "panel", 3.0),
            ("focus", "bg", 3.0),
        ]);
        for theme in [light, dark] {
            for (front, ground, least) in &pairs {
                let found = contrast(&token(theme, front), &token(theme, ground)).unwrap();
                assert!(found >= *least, "{front} on {ground}: {found:.2}");
            }
        }
    }
}
