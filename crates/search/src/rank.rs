//! Which of the things found comes first, and what of it is shown. Pure: the moment is passed in.

use backbone_db::Instant;

use crate::fold::{Span, spans};
use crate::query::Piece;

/// Characters of an excerpt, about.
const EXCERPT: usize = 160;

/// How well a document fits, higher first; `None` when a word of the query begins none of its words.
///
/// A whole word of the title counts 20, a beginning 12; of the body 4 and 2. The whole title counts 60 more, a title that begins
/// with the query 25. What is new counts up to 8 more, half of it after 90 days.
pub(crate) fn score(
    query: &[String],
    title: &str,
    body: &str,
    at: Instant,
    now: Instant,
) -> Option<f64> {
    let in_title: Vec<&str> = title.split(' ').collect();
    let in_body: Vec<&str> = body.split(' ').collect();
    let mut points = 0.0;
    for word in query {
        let best = [(&in_title, 20.0, 12.0), (&in_body, 4.0, 2.0)]
            .into_iter()
            .find_map(|(words, whole, beginning)| {
                if words.contains(&word.as_str()) {
                    return Some(whole);
                }
                let begins = words.iter().any(|w| w.starts_with(word.as_str()));
                begins.then_some(beginning)
            })?;
        points += best;
    }
    let phrase = query.join(" ");
    if title == phrase {
        points += 60.0;
    } else if title.starts_with(&phrase) {
        points += 25.0;
    }
    let days = (now.seconds_since(at).max(0) as f64) / 86_400.0;
    Some(points + 8.0 * 0.5_f64.powf(days / 90.0))
}

/// The text in pieces, with the words that fit marked.
pub(crate) fn mark(query: &[String], text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut end = 0;
    for hit in spans(text).iter().filter(|s| fits(query, s)) {
        push(&mut pieces, &text[end..hit.start], false);
        push(&mut pieces, &text[hit.start..hit.end], true);
        end = hit.end;
    }
    push(&mut pieces, &text[end..], false);
    pieces
}

/// The part of the text around the first word that fits, marked; when none does, its beginning, by which things of the same
/// name are told apart.
pub(crate) fn excerpt(query: &[String], text: &str) -> Vec<Piece> {
    let all = spans(text);
    if all.is_empty() {
        return Vec::new();
    }
    let first = all.iter().position(|s| fits(query, s)).unwrap_or(0);
    let from = all
        .iter()
        .take(first + 1)
        .find(|s| text[s.start..all[first].start].chars().count() <= EXCERPT / 4)
        .map_or(0, |s| s.start);
    let until = text[from..]
        .char_indices()
        .nth(EXCERPT)
        .map_or(text.len(), |(i, _)| from + i);
    let until = all
        .iter()
        .rev()
        .map(|s| s.end)
        .find(|end| *end <= until)
        .filter(|end| *end > from && until < text.len())
        .unwrap_or(until);
    let mut pieces = mark(query, &text[from..until].replace(['\n', '\r'], " "));
    if from > 0 {
        pieces.insert(0, ellipsis());
    }
    if until < text.trim_end().len() {
        pieces.push(ellipsis());
    }
    pieces
}

fn ellipsis() -> Piece {
    Piece {
        text: "…".into(),
        hit: false,
    }
}

fn fits(query: &[String], span: &Span) -> bool {
    query
        .iter()
        .any(|word| span.word.starts_with(word.as_str()))
}

fn push(pieces: &mut Vec<Piece>, text: &str, hit: bool) {
    if !text.is_empty() {
        pieces.push(Piece {
            text: text.into(),
            hit,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::words;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn order(query: &str, documents: &[(&str, &str, &str)]) -> Vec<usize> {
        let query = words(query);
        let now = at("2026-11-01T00:00:00Z");
        let mut scored: Vec<(usize, f64)> = documents
            .iter()
            .enumerate()
            .filter_map(|(i, (title, body, day))| {
                let (title, body) = (words(title).join(" "), words(body).join(" "));
                score(&query, &title, &body, at(day), now).map(|points| (i, points))
            })
            .collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1));
        scored.into_iter().map(|(i, _)| i).collect()
    }

    #[test]
    fn a_title_comes_before_a_body_and_of_two_alike_the_later_one() {
        let documents = [
            ("Reading hours", "", "2024-01-01T00:00:00Z"),
            (
                "Story",
                "about reading in the library",
                "2026-10-31T00:00:00Z",
            ),
            ("Reading", "", "2024-01-01T00:00:00Z"),
            ("Reading hours", "", "2026-10-01T00:00:00Z"),
            ("Books", "", "2026-10-31T00:00:00Z"),
        ];
        assert_eq!(order("reading", &documents), [2, 3, 0, 1]);
        assert_eq!(order("reading hou", &documents), [3, 0]);
        assert_eq!(order("reading zebra", &documents), Vec::<usize>::new());
    }

    fn shown(pieces: &[Piece]) -> String {
        let mark = |p: &Piece| match p.hit {
            true => format!("[{}]", p.text),
            false => p.text.clone(),
        };
        pieces.iter().map(mark).collect()
    }

    #[test]
    fn what_was_sought_is_marked_in_the_text_as_it_was() {
        let query = words("coop <b>");
        assert_eq!(
            shown(&mark(&query, "De Coöperatie <b>vet</b>")),
            "De [Coöperatie] <[b]>vet</[b]>"
        );
        let long = format!("{} Coöp {}", "woord ".repeat(50), "rest ".repeat(80));
        let text = shown(&excerpt(&words("coop"), &long));
        assert!(
            text.starts_with("…woord") && text.contains("[Coöp] rest"),
            "{text}"
        );
        assert!(
            text.ends_with("rest…") && text.chars().count() < 190,
            "{text}"
        );
        let beginning = shown(&excerpt(&words("zebra"), &long));
        assert!(
            beginning.starts_with("woord woord") && beginning.ends_with('…'),
            "{beginning}"
        );
        assert_eq!(excerpt(&words("zebra"), " · "), []);
        assert_eq!(
            shown(&excerpt(&words("kort"), "Kort en\nklein")),
            "[Kort] en klein"
        );
    }
}
