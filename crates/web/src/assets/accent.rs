//! A partnership's own colour: accepted when readable, and varied for dark pages.
//!
//! Contrast follows WCAG 2.2, "relative luminance" and "contrast ratio".

/// The colour of partnerships that chose none.
pub const DEFAULT_ACCENT: &str = "#0b5fcc";
/// The dark theme's panel, the lightest surface on which the dark accent stands.
const DARK_PANEL: &str = "#1d2126";
/// The light theme's darkest surface below text.
const LIGHT_SUNKEN: &str = "#f0f2f5";
/// The dark theme's text on the accent.
const DARK_INK: &str = "#101418";
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

/// A partnership's accent as pages show it: the colour itself, as far as it can be read on every surface of a theme.
struct Shades {
    accent: Rgb,
    /// Behind the current entry of the rail and behind icons; text in the accent stands on it.
    weak: Rgb,
}

/// The least change towards `pole` (black or white) at which the accent can be read on all `grounds` and on its own weak shade.
fn readable(accent: Rgb, pole: Rgb, grounds: &[Rgb], weak: impl Fn(Rgb) -> Rgb) -> Option<Shades> {
    (0..=50u16)
        .map(|step| mix(accent, pole, step * 2))
        .map(|accent| Shades {
            accent,
            weak: weak(accent),
        })
        .find(|shades| {
            let on = |ground: &Rgb| ratio(shades.accent, *ground) >= READABLE;
            grounds.iter().all(on) && on(&shades.weak)
        })
}

/// On light pages: on panels, the page and sunken surfaces, and below white text.
fn light_shades(accent: Rgb) -> Option<Shades> {
    let grounds = [[255; 3], parse(LIGHT_SUNKEN)?];
    readable(accent, [0; 3], &grounds, |shade| mix(shade, [255; 3], 91))
}

/// On dark pages: on panels and the page, and below near-black text.
fn dark_shades(accent: Rgb) -> Option<Shades> {
    let panel = parse(DARK_PANEL)?;
    let grounds = [panel, parse(DARK_INK)?];
    readable(accent, [255; 3], &grounds, |shade| mix(shade, panel, 84))
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

/// The sheet that sets an accent in both themes; `None` for a colour that is not readable. A colour that reads on white
/// but not on the page's grey is darkened as little as needed, and lightened likewise for dark pages.
pub fn accent_sheet(hex: &str) -> Option<String> {
    let chosen = parse(hex).filter(|_| accent_ok(hex))?;
    let (light, dark) = (light_shades(chosen)?, dark_shades(chosen)?);
    let [accent, weak, accent_dark, weak_dark] =
        [light.accent, light.weak, dark.accent, dark.weak].map(print);
    Some(format!(
        ":root{{--accent:light-dark({accent},{accent_dark});--accent-weak:light-dark({weak},{weak_dark});\
         --accent-ink:light-dark(#ffffff,{DARK_INK})}}\n"
    ))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

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
    fn every_accepted_accent_is_readable_on_every_surface_of_both_themes() {
        let [light, dark] = themes();
        let surfaces = |theme: &BTreeMap<String, String>| {
            ["bg", "panel", "sunken"].map(|name| parse(&theme[name]).unwrap())
        };
        let (light, dark) = (surfaces(&light), surfaces(&dark));
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let rgb = [red, green, blue];
                    let hex = print(rgb);
                    if !accent_ok(&hex) {
                        assert_eq!(accent_sheet(&hex), None, "{hex}");
                        continue;
                    }
                    for (shades, grounds, ink) in [
                        (light_shades(rgb).unwrap(), light, [255; 3]),
                        (dark_shades(rgb).unwrap(), dark, parse(DARK_INK).unwrap()),
                    ] {
                        for ground in grounds.into_iter().chain([ink, shades.weak]) {
                            let found = ratio(shades.accent, ground);
                            assert!(found >= READABLE, "{hex} on {}: {found:.2}", print(ground));
                        }
                    }
                    let in_mail = dark_accent(&hex).unwrap();
                    assert!(contrast(&in_mail, DARK_PANEL).unwrap() >= READABLE, "{hex}");
                }
            }
        }
        assert!(!accent_ok("#ffcc00"));
        assert!(accent_ok(DEFAULT_ACCENT));
        assert_eq!(
            print(light_shades(parse(DEFAULT_ACCENT).unwrap()).unwrap().accent),
            DEFAULT_ACCENT
        );
    }

    /// The colours of the light and of the dark theme, by name.
    fn themes() -> [BTreeMap<String, String>; 2] {
        let sheet = include_str!("../../assets/css/tokens.css");
        let mut themes = [BTreeMap::new(), BTreeMap::new()];
        for declaration in sheet.split("--").skip(1) {
            let Some((name, rest)) = declaration.split_once(": light-dark(#") else {
                continue;
            };
            for (theme, colour) in themes.iter_mut().zip([&rest[..6], &rest[9..15]]) {
                theme.insert(name.to_owned(), format!("#{colour}"));
            }
        }
        themes
    }

    /// Text needs 4.5 : 1 (WCAG 1.4.3), control borders and the focus ring 3 : 1 (1.4.11).
    #[test]
    fn the_tokens_of_both_themes_are_readable() {
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
            ("accent", "sunken", 4.5),
            ("control", "panel", 3.0),
            ("control", "bg", 3.0),
            ("focus", "panel", 3.0),
            ("focus", "bg", 3.0),
        ]);
        pairs.extend(
            [
                "series-1", "series-2", "series-3", "series-4", "series-5", "series-6",
            ]
            .map(|series| (series, "panel", 3.0)),
        );
        for theme in themes() {
            for (front, ground, least) in &pairs {
                let found = contrast(&theme[*front], &theme[*ground]).unwrap();
                assert!(found >= *least, "{front} on {ground}: {found:.2}");
            }
        }
    }
}
