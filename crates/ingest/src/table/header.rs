//! Which row is the header, and what its columns are called.

use std::collections::BTreeSet;

use super::TableNote;

/// How many rows above a header may be titles and explanations.
pub(super) const SEARCHED: usize = 30;

/// Index of the header among the first rows: the first one that is not a title, that is, whose
/// filled cells are at least half of what rows usually have here.
pub(super) fn position(filled: impl Iterator<Item = usize>, usual: usize) -> usize {
    filled
        .take(SEARCHED)
        .position(|count| count * 2 >= usual)
        .unwrap_or(0)
}

/// Gives every column a name that no other has.
pub(super) fn names<'a>(
    cells: impl IntoIterator<Item = &'a str>,
    notes: &mut Vec<TableNote>,
) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for (index, cell) in cells.into_iter().enumerate() {
        let header = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut name = header.clone();
        if header.is_empty() {
            name = format!("column {}", index + 1);
        }
        let wanted = name.clone();
        for count in 2.. {
            if taken.insert(name.to_lowercase()) {
                break;
            }
            name = format!("{wanted} ({count})");
        }
        if header.is_empty() {
            notes.push(TableNote::BlankHeader { name: name.clone() });
        } else if name != header {
            let name = name.clone();
            notes.push(TableNote::DuplicateHeader { header, name });
        }
        names.push(name);
    }
    names
}
