//! Repeated rows of the form: which were taken out, and which moved. All by buttons and boxes that work without script.

use backbone_web::Form;

/// Which way a row moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// What the pressed button says: `figure:up:2`.
fn pressed(then: &str, kind: &str) -> Option<(Way, usize)> {
    let (way, n) = then
        .strip_prefix(kind)?
        .strip_prefix(':')?
        .split_once(':')?;
    let way = match way {
        "up" => Way::Up,
        "down" => Way::Down,
        _ => return None,
    };
    Some((way, n.parse().ok()?))
}

/// Leaves out the rows whose box `<kind>_gone` is ticked, and moves the row whose button was pressed past its neighbour. Each item
/// carries the number of its row.
pub(super) fn arrange<T>(form: &Form, kind: &str, items: Vec<(usize, T)>) -> Vec<T> {
    let gone: Vec<usize> = form
        .all(&format!("{kind}_gone"))
        .iter()
        .filter_map(|n| n.parse().ok())
        .collect();
    let mut kept: Vec<(usize, T)> = items
        .into_iter()
        .filter(|(n, _)| !gone.contains(n))
        .collect();
    if let Some((way, n)) = pressed(form.text("then"), kind)
        && let Some(at) = kept.iter().position(|(row, _)| *row == n)
    {
        let other = match way {
            Way::Up => at.checked_sub(1),
            Way::Down => Some(at + 1).filter(|o| *o < kept.len()),
        };
        if let Some(other) = other {
            kept.swap(at, other);
        }
    }
    kept.into_iter().map(|(_, item)| item).collect()
}

/// Where the page goes on after a row moved: the panel of its kind.
pub(super) fn anchor(then: &str) -> &'static str {
    if pressed(then, "figure").is_some() {
        "#figures"
    } else if pressed(then, "vignette").is_some() {
        "#vignettes"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(pairs: &[(&str, &str)], kind: &str) -> Vec<char> {
        let form = Form::from_pairs(pairs.iter().map(|(k, v)| (*k, (*v).to_string())));
        arrange(&form, kind, vec![(0, 'a'), (1, 'b'), (3, 'd')])
    }

    #[test]
    fn rows_are_taken_out_and_moved() {
        for (pairs, expected) in [
            (vec![], "abd"),
            (vec![("figure_gone", "1")], "ad"),
            (vec![("figure_gone", "0"), ("figure_gone", "3")], "b"),
            (vec![("vignette_gone", "1")], "abd"),
            (vec![("figure_gone", "x"), ("figure_gone", "7")], "abd"),
            (vec![("then", "figure:up:1")], "bad"),
            (vec![("then", "figure:up:0")], "abd"),
            (vec![("then", "figure:down:1")], "adb"),
            (vec![("then", "figure:down:3")], "abd"),
            (vec![("then", "figure:down:2")], "abd"),
            (vec![("then", "figure:left:1")], "abd"),
            (vec![("then", "vignette:up:1")], "abd"),
            (vec![("figure_gone", "1"), ("then", "figure:up:3")], "da"),
        ] {
            let found: String = rows(&pairs, "figure").into_iter().collect();
            assert_eq!(found, expected, "{pairs:?}");
        }
        assert_eq!(anchor("figure:up:1"), "#figures");
        assert_eq!(anchor("vignette:down:0"), "#vignettes");
        assert_eq!(anchor("view"), "");
    }
}
