//! How wide a text is, how it wraps, and how it is escaped.

/// Advance of U+0020…U+007E in thousandths of the size: Inter 4, semibold (regular is a little narrower).
const ADVANCES: [u16; 95] = [
    252, 321, 523, 644, 650, 1004, 663, 326, 373, 373, 540, 673, 319, 465, 319, 379, 660, 423, 623,
    636, 666, 612, 640, 576, 640, 640, 319, 329, 673, 673, 673, 543, 999, 728, 659, 737, 722, 605,
    588, 749, 746, 277, 580, 703, 565, 922, 759, 769, 645, 773, 652, 650, 660, 736, 728, 1020, 720,
    713, 652, 373, 379, 373, 481, 469, 351, 574, 624, 583, 624, 591, 389, 625, 612, 262, 262, 569,
    262, 900, 612, 609, 624, 624, 397, 549, 353, 612, 587, 839, 569, 588, 566, 455, 359, 455, 673,
];

/// Other fonts stand in where Inter is missing; most of them are a little wider.
const MARGIN: f64 = 1.04;

/// About how wide `text` is at `size`, rather too wide than too narrow.
pub fn width(text: &str, size: f64) -> f64 {
    let thousandths: f64 = text.chars().map(advance).sum();
    thousandths / 1000.0 * size * MARGIN
}

fn advance(letter: char) -> f64 {
    let code = letter as u32;
    let index = code
        .checked_sub(0x20)
        .and_then(|index| usize::try_from(index).ok());
    match index.and_then(|index| ADVANCES.get(index)) {
        Some(known) => f64::from(*known),
        None if code == 0xA0 => 252.0,
        None if code < 0x20 || (0x300..0x370).contains(&code) => 0.0,
        None if code < 0x1100 => 660.0,
        // Dashes and the ellipsis are wide, other punctuation and spaces are not.
        None if matches!(letter, '—' | '…' | '―') => 1000.0,
        None if (0x2000..0x2070).contains(&code) => 480.0,
        None if code < 0x2E80 => 700.0,
        None => 1000.0,
    }
}

/// Lines of at most `room`, at most `most` of them; what does not fit ends in an ellipsis.
pub fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    // A no-break space, as before a percent sign, keeps its neighbours together.
    let words = text
        .split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty());
    for word in words {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if line.is_empty() || width(&longer, size) <= room {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| shorten(line, size, room)).collect()
}

/// The text, or as much of it as fits with an ellipsis.
pub fn shorten(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        if width(&kept, size) + width(&format!("{letter}…"), size) > room {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// `text` for an element or attribute; characters that XML cannot hold are dropped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            control if control < ' ' => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_and_shortens_to_the_room() {
        assert_eq!(wrap("one two three", 10.0, 1000.0, 2), ["one two three"]);
        assert!(wrap("", 10.0, 50.0, 2).is_empty());
        for room in [30.0, 60.0, 120.0] {
            let lines = wrap(
                "Donaudampfschifffahrtsgesellschaft and its many captains",
                12.0,
                room,
                2,
            );
            assert!(lines.len() <= 2);
            assert!(
                lines.iter().all(|line| width(line, 12.0) <= room),
                "{lines:?} in {room}"
            );
        }
        assert_eq!(shorten("abc", 10.0, 0.0), "…");
    }

    #[test]
    fn escapes_what_xml_gives_a_meaning() {
        assert_eq!(
            escape("<a b=\"c\">'&\u{0}\u{8}\n"),
            "&lt;a b=&quot;c&quot;&gt;&#39;&amp; "
        );
    }
}
