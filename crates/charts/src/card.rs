//! The picture that other programs show beside a shared address: 1200 × 630, the proportion that they agree on (Open Graph).

use crate::png::Place;
use crate::text::{escape, shorten, wrap};

/// Width of a card in pixels.
pub const CARD_WIDTH: u32 = 1200;
/// Height of a card in pixels.
pub const CARD_HEIGHT: u32 = 630;

/// Space around what is written.
const EDGE: f64 = 80.0;

/// What stands on a card.
#[derive(Debug, Clone, Copy)]
pub struct Card<'a> {
    /// Who tells it.
    pub from: &'a str,
    /// The headline; wraps to three lines beside a figure, to four without.
    pub title: &'a str,
    /// The figure that it is about, as written; may be empty.
    pub figure: &'a str,
    /// What the figure is; may be empty.
    pub label: &'a str,
    /// The partnership's colour, `#` and six digits; the usual blue when it is none.
    pub accent: &'a str,
}

/// Draws a card as SVG, to be given to [`crate::png`].
pub fn card(card: &Card<'_>) -> String {
    let accent = if is_colour(card.accent) {
        card.accent
    } else {
        "#0b5fcc"
    };
    let room = f64::from(CARD_WIDTH) - 2.0 * EDGE;
    let mut body = String::new();
    let mut put = |y: f64, size: f64, weight: u32, colour: &str, words: &str| {
        let words = escape(words);
        body.push_str(&format!(
            r#"<text x="{EDGE}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">{words}</text>"#
        ));
    };
    // The logo stands to the right of the name.
    put(
        118.0,
        30.0,
        600,
        accent,
        &shorten(card.from, 30.0, room - 300.0),
    );
    let most = if card.figure.is_empty() { 4 } else { 3 };
    let size = if card.title.chars().count() > 70 {
        50.0
    } else {
        60.0
    };
    let lines = wrap(card.title, size, room, most);
    for (n, line) in lines.iter().enumerate() {
        let n = u32::try_from(n).map_or(0.0, f64::from);
        put(208.0 + n * size * 1.2, size, 600, "#1B1F24", line);
    }
    if !card.figure.is_empty() {
        put(520.0, 92.0, 600, accent, &shorten(card.figure, 92.0, room));
        put(
            572.0,
            28.0,
            400,
            "#59636E",
            &shorten(card.label, 28.0, room),
        );
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{CARD_WIDTH}" height="{CARD_HEIGHT}" viewBox="0 0 {CARD_WIDTH} {CARD_HEIGHT}" font-family="Inter, sans-serif"><rect width="{CARD_WIDTH}" height="{CARD_HEIGHT}" fill="#FFFFFF"/><rect width="24" height="{CARD_HEIGHT}" fill="{accent}"/>{body}</svg>"##
    )
}

/// Where a logo stands on a card: at the upper right.
pub const CARD_LOGO: Place = Place {
    right: 1140.0,
    top: 56.0,
    width: 260.0,
    height: 96.0,
};

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_a_picture_whatever_stands_on_it() {
        for (title, figure, accent) in [
            ("Every second newcomer found work", "61 %", "#8b3fa8"),
            ("", "", "red\" onload=\"x"),
            (
                "<script>&amp; a very long headline that goes on and on, over more lines than a card has, until it is cut",
                "€ 1,234,567,890,123,456,789",
                "#0B5FCC",
            ),
        ] {
            let svg = card(&Card {
                from: "Every Child Reads",
                title,
                figure,
                label: "Children read to",
                accent,
            });
            assert!(!svg.contains("<script") && !svg.contains("onload"), "{svg}");
            let png = crate::png(&svg, CARD_WIDTH).unwrap();
            // Width and height stand in the first chunk (PNG, section 11.2.2).
            assert_eq!(&png[16..24], &[0, 0, 4, 176, 0, 0, 2, 118]);
        }
    }

    #[test]
    fn a_logo_is_drawn_where_it_belongs_and_what_is_none_is_left_out() {
        let svg = card(&Card {
            from: "Every Child Reads",
            title: "Every child reads",
            figure: "",
            label: "",
            accent: "#0b5fcc",
        });
        let plain = crate::png(&svg, CARD_WIDTH).unwrap();
        let red = r##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#F00"/></svg>"##;
        let logo = crate::png(red, 40).unwrap();
        let with = |logo: &[u8]| crate::png_with(&svg, CARD_WIDTH, logo, CARD_LOGO).unwrap();
        assert_ne!(with(&logo), plain);
        for none in [&b""[..], b"GIF89a", &logo[..30]] {
            assert_eq!(with(none), plain);
        }
        // One that claims to be enormous takes no memory.
        let mut vast = logo.clone();
        vast[16..20].copy_from_slice(&[0, 1, 0, 0]);
        assert_eq!(with(&vast), plain);
    }
}
