//! Which framework suits a decision.

use super::Framework;
use crate::body::BodyId;

/// What is known of a decision before it is written.
#[derive(Clone, Debug, Default)]
pub struct Matter<'a> {
    /// Who decides.
    pub body: Option<&'a BodyId>,
    /// What it is about, in words.
    pub words: &'a str,
    /// About how much money, in minor units.
    pub amount_minor: Option<i64>,
}

/// The frameworks that may be used, the most fitting first. One of another body, or for other amounts, is left out.
pub fn fitting<'a>(all: &'a [Framework], matter: &Matter<'_>) -> Vec<&'a Framework> {
    let mut scored: Vec<(usize, &Framework)> = all
        .iter()
        .filter(|f| f.active && may_use(f, matter))
        .map(|f| (score(f, matter), f))
        .collect();
    // The sort is stable, so equals stay in the order of their names.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, f)| f).collect()
}

fn may_use(f: &Framework, matter: &Matter<'_>) -> bool {
    let body = f.body_id.is_none() || f.body_id.as_ref() == matter.body;
    let amount = matter.amount_minor.is_none_or(|amount| {
        f.norms.from_minor.is_none_or(|from| amount >= from)
            && f.norms.up_to_minor.is_none_or(|to| amount <= to)
    });
    body && amount
}

fn score(f: &Framework, matter: &Matter<'_>) -> usize {
    let own = usize::from(f.body_id.is_some() && f.body_id.as_ref() == matter.body);
    let bounds = f.norms.from_minor.is_some() || f.norms.up_to_minor.is_some();
    let amount = usize::from(matter.amount_minor.is_some() && bounds);
    let about = format!("{} {} {}", f.class, f.norms.words, f.name);
    let known = words(&about);
    let asked = words(matter.words);
    let hits = asked.iter().filter(|w| known.contains(w)).count();
    hits * 4 + amount * 3 + own
}

/// Words of four letters and more, without case.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 4)
        .map(str::to_lowercase)
        .collect();
    words.sort();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use backbone_db::Instant;

    use super::*;
    use crate::framework::{FrameworkId, Norms};

    fn framework(
        name: &str,
        body: Option<&BodyId>,
        amounts: (Option<i64>, Option<i64>),
    ) -> Framework {
        Framework {
            id: FrameworkId::new(),
            body_id: body.cloned(),
            name: name.into(),
            class: name.into(),
            norms: Norms {
                from_minor: amounts.0,
                up_to_minor: amounts.1,
                ..Norms::default()
            },
            active: true,
            version: 1,
            created_at: Instant::from_unix(0),
            updated_at: Instant::from_unix(0),
        }
    }

    #[test]
    fn the_class_and_the_amount_choose() {
        let (board, group) = (BodyId::new(), BodyId::new());
        let all = [
            framework("Admit a partner", Some(&board), (None, None)),
            framework("Budget above 10,000", Some(&board), (Some(1_000_000), None)),
            framework("Budget small", None, (None, Some(999_999))),
            framework("Operational", Some(&group), (None, None)),
        ];
        for (body, words, amount, first) in [
            (
                &board,
                "Budget for mentors",
                Some(2_000_000),
                "Budget above 10,000",
            ),
            (&board, "Budget for cake", Some(5_000), "Budget small"),
            (&board, "Admit Quayside as partner", None, "Admit a partner"),
            (&group, "Which room", None, "Operational"),
        ] {
            let matter = Matter {
                body: Some(body),
                words,
                amount_minor: amount,
            };
            assert_eq!(fitting(&all, &matter)[0].name, first, "{words}");
        }
        let of_group = Matter {
            body: Some(&group),
            ..Matter::default()
        };
        let names: Vec<_> = fitting(&all, &of_group)
            .iter()
            .map(|f| f.name.as_str())
            .collect();
        assert_eq!(names, ["Operational", "Budget small"]);
    }
}
