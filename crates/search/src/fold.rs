//! Words as they are compared: without case, diacritics and ligatures, the same for what is stored and what is sought.

use unicode_normalization::UnicodeNormalization;

/// Longest word that is kept; what is longer is no word.
const LONGEST: usize = 64;

/// Folds a text: lower case, compatibility forms decomposed, diacritics of Latin, Greek and Cyrillic taken away, and letters
/// that do not decompose written as people type them (`ø` as `o`, `ß` as `ss`).
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        match c {
            '\u{0300}'..='\u{036f}' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ŋ' => folded.push('n'),
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
    folded
}

/// The words of a text, folded, in their order. Scripts that write without spaces give each character as a word.
pub fn words(text: &str) -> Vec<String> {
    spans(text).into_iter().map(|span| span.word).collect()
}

/// A folded word and where it stands in the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub word: String,
    pub start: usize,
    pub end: usize,
}

/// The words of a text with their places.
pub(crate) fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || is_mark(c);
        if stands_alone(c) {
            push(&mut spans, text, start.take(), i);
            push(&mut spans, text, Some(i), i + c.len_utf8());
        } else if inside {
            start.get_or_insert(i);
        } else {
            push(&mut spans, text, start.take(), i);
        }
    }
    push(&mut spans, text, start, text.len());
    spans
}

fn push(spans: &mut Vec<Span>, text: &str, start: Option<usize>, end: usize) {
    let Some(start) = start else { return };
    // Decomposing may bring out signs that are no letters, such as the dots of an ellipsis.
    let folded = fold(&text[start..end]);
    let word: String = folded
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(LONGEST)
        .collect();
    if !word.is_empty() {
        spans.push(Span { word, start, end });
    }
}

/// A combining sign, which belongs to the letter before it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Han, kana and Thai are written without spaces.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{0e01}'..='\u{0e2e}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_diacritics_and_ligatures() {
        for (text, expected) in [
            ("Coöperatie Financiën", "cooperatie financien"),
            ("IJsselmeer én ĳsvrij", "ijsselmeer en ijsvrij"),
            ("Crème brûlée, 2026!", "creme brulee 2026"),
            ("Straße Łódź Ærø", "strasse lodz aero"),
            ("İstanbul", "istanbul"),
            ("foto's van de wijk", "foto s van de wijk"),
            ("Σίσυφος", "σισυφοσ"),
            ("２０２６ ﬁets", "2026 fiets"),
            ("e\u{301}cole", "ecole"),
            ("東京 report", "東 京 report"),
            ("", ""),
            ("… — !", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text_as_it_was() {
        let text = "Née Coöp";
        let spans = spans(text);
        assert_eq!(&text[spans[0].start..spans[0].end], "Née");
        assert_eq!(&text[spans[1].start..spans[1].end], "Coöp");
        assert_eq!(words(&"x".repeat(300))[0].len(), LONGEST);
    }
}
