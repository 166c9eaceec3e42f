//! Numbers in columns.

use crate::amount::Amount;
use crate::election::OptionName;
use crate::step::Count;

/// One line for each option, numbers to the right.
pub(super) fn counts(counts: &[Count]) -> String {
    let numbers: Vec<String> = counts.iter().map(|one| one.amount.plain()).collect();
    let name_width = counts
        .iter()
        .map(|one| width(one.option.as_str()))
        .max()
        .unwrap_or(0);
    let number_width = numbers.iter().map(|text| width(text)).max().unwrap_or(0);
    let line = |(one, number): (&Count, &String)| {
        let (name, number) = (
            left(one.option.as_str(), name_width),
            right(number, number_width),
        );
        format!("  {name}  {number}")
    };
    let lines: Vec<String> = counts.iter().zip(&numbers).map(line).collect();
    lines.join("\n")
}

/// A table with the options as rows and columns.
pub(super) fn square(options: &[OptionName], table: &[Vec<Amount>]) -> String {
    let name_width = options
        .iter()
        .map(|name| width(name.as_str()))
        .max()
        .unwrap_or(0);
    let cells: Vec<Vec<String>> = table
        .iter()
        .map(|row| row.iter().map(Amount::plain).collect())
        .collect();
    let widths: Vec<usize> = options
        .iter()
        .enumerate()
        .map(|(column, name)| {
            let cells = cells.iter().filter_map(|row| row.get(column));
            let widest = cells.map(|text| width(text)).max().unwrap_or(0);
            widest.max(width(name.as_str()))
        })
        .collect();
    let heads = options
        .iter()
        .zip(&widths)
        .map(|(name, w)| right(name.as_str(), *w));
    let mut lines = vec![format!(
        "  {}  {}",
        left("", name_width),
        heads.collect::<Vec<_>>().join("  ")
    )];
    for (at, (name, row)) in options.iter().zip(&cells).enumerate() {
        let cells = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (text, w))| right(if column == at { "–" } else { text }, *w));
        let cells: Vec<String> = cells.collect();
        lines.push(format!(
            "  {}  {}",
            left(name.as_str(), name_width),
            cells.join("  ")
        ));
    }
    lines.join("\n")
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn left(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

fn right(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}
