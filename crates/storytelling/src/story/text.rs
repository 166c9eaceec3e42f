//! The text of a story: where figures stand in it, and which numbers are typed instead of bound.

use super::AllowedNumber;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// A figure's key, from `[[key]]`.
    Figure(&'a str),
}

/// Parts a text at its figures. `[[` without a matching `]]` on the same line, or around anything but a key, stays words.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(open) = rest[from..].find("[[").map(|i| i + from) {
        let inside = &rest[open + 2..];
        let key = inside.find("]]").map(|end| &inside[..end]);
        match key {
            Some(key) if crate::figure::rules::key_ok(key.trim()) => {
                if open > 0 {
                    found.push(Piece::Words(&rest[..open]));
                }
                found.push(Piece::Figure(key.trim()));
                rest = &inside[key.len() + 2..];
                from = 0;
            }
            _ => from = open + 2,
        }
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest));
    }
    found
}

/// The keys used in a text, in order, each once.
pub fn keys(text: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for piece in pieces(text) {
        if let Piece::Figure(key) = piece
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    }
    keys
}

/// Writes a text with each figure replaced; unknown ones show their key.
pub fn fill(text: &str, mut figure: impl FnMut(&str) -> Option<String>) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.to_string(),
            Piece::Figure(key) => figure(key).unwrap_or_else(|| format!("[[{key}]]")),
        })
        .collect()
}

/// Numbers that stand in the text as digits and are not on the list of those meant so. Numerals of ordered lists and addresses
/// of links are no numbers of the text.
pub fn typed_numbers(text: &str, allowed: &[AllowedNumber]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in pieces(text) {
        let Piece::Words(words) = piece else { continue };
        for line in words.lines() {
            let line = without_addresses(without_numeral(line));
            for number in numbers(&line) {
                let meant = allowed
                    .iter()
                    .any(|a| !a.reason.trim().is_empty() && numbers(&a.text).any(|n| n == number));
                if !meant && !found.contains(&number) {
                    found.push(number);
                }
            }
        }
    }
    found
}

/// `1. First` begins a list in Markdown.
fn without_numeral(line: &str) -> &str {
    let trimmed = line.trim_start();
    let digits = trimmed.len()
        - trimmed
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let after = &trimmed[digits..];
    if digits > 0 && (after.starts_with(". ") || after.starts_with(") ")) {
        &after[2..]
    } else {
        line
    }
}

/// Drops the address of `[words](address)` and of bare links.
fn without_addresses(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        kept.push_str(&rest[..at + 1]);
        rest = match rest[at..].find(')') {
            Some(end) => &rest[at + end + 1..],
            None => "",
        };
    }
    kept.push_str(rest);
    kept.split(' ')
        .filter(|word| !word.starts_with("http://") && !word.starts_with("https://"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs of digits (of any script), with the points and commas within them.
fn numbers(text: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    let mut current = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_numeric() || (!current.is_empty() && matches!(c, '.' | ',')) {
            current.push(c);
        } else if !current.is_empty() {
            found.push(current.trim_end_matches(['.', ',']).to_string());
            current.clear();
        }
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_between_their_brackets() {
        use Piece::{Figure, Words};
        for (text, expected) in [
            (
                "one of [[people]] who",
                vec![Words("one of "), Figure("people"), Words(" who")],
            ),
            ("[[a]][[ b ]]", vec![Figure("a"), Figure("b")]),
            ("[[Not a key]] x", vec![Words("[[Not a key]] x")]),
            ("open [[a", vec![Words("open [[a")]),
            ("[[[a]]", vec![Words("[[[a]]")]),
            ("[[x [[a]]", vec![Words("[[x "), Figure("a")]),
            ("{{figure}} {{> x}}", vec![Words("{{figure}} {{> x}}")]),
            ("", vec![]),
        ] {
            assert_eq!(pieces(text), expected, "{text:?}");
        }
    }

    #[test]
    fn filling_runs_nothing_and_repeats_nothing() {
        let filled = fill("[[a]] and [[b]] {{a}}", |key| {
            (key == "a").then(|| "[[a]]".to_string())
        });
        assert_eq!(filled, "[[a]] and [[b]] {{a}}");
    }

    #[test]
    fn numbers_that_were_typed_are_found() {
        let ok = |text: &str| AllowedNumber {
            text: text.into(),
            reason: "a date".into(),
        };
        for (text, allowed, expected) in [
            ("We have 42 schools.", vec![], vec!["42"]),
            (
                "1,204 replies, 4.960 uur and 3.4.",
                vec![],
                vec!["1,204", "4.960", "3.4"],
            ),
            ("[[people]] people and [[h2]] hours", vec![], vec![]),
            ("1. First\n2. Second", vec![], vec![]),
            (
                "See [the report](https://example.org/2026) or https://x.org/7",
                vec![],
                vec![],
            ),
            ("On 14 October 2026", vec![ok("14 October 2026")], vec![]),
            ("On 14 October, 14 times", vec![ok("2026")], vec!["14"]),
            ("ratio 1:3", vec![], vec!["1", "3"]),
            ("half ½ and ٣", vec![], vec!["½", "٣"]),
        ] {
            assert_eq!(typed_numbers(text, &allowed), expected, "{text:?}");
        }
        let without_reason = [AllowedNumber {
            text: "42".into(),
            reason: " ".into(),
        }];
        assert_eq!(typed_numbers("42", &without_reason), ["42"]);
    }
}
