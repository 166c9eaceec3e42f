//! What the file has said so far, to notice when it says something twice.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::figure::Figure;
use super::told::Told;

/// Figures seen, by what names them: line and a hash of the value.
#[derive(Default)]
pub(crate) struct Seen(HashMap<u128, (u32, u32)>);

/// What a figure is within its own file.
pub(crate) enum First {
    /// The first of its name.
    Yes,
    /// An earlier row says the same.
    Same(Told),
    /// An earlier row says something else.
    Other(Told),
}

impl Seen {
    /// Notes a figure.
    pub fn look_at(&mut self, figure: &Figure) -> First {
        let line = u32::try_from(figure.line).unwrap_or(u32::MAX);
        let value = (figure.value, figure.parts);
        match self.0.entry(figure.key()) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert((line, digest(&value)));
                First::Yes
            }
            std::collections::hash_map::Entry::Occupied(taken) => {
                let (earlier, its_value) = *taken.get();
                let told = |code| Told::new(code).arg("row", earlier);
                if its_value == digest(&value) {
                    First::Same(told("duplicate"))
                } else {
                    First::Other(told("contradiction"))
                }
            }
        }
    }
}

fn digest(value: &(Decimal, Option<(Decimal, Decimal)>)) -> u32 {
    use std::hash::{Hash, Hasher};
    let mut hasher = std::hash::DefaultHasher::new();
    value.hash(&mut hasher);
    // The lower half: enough to tell an honest repetition from another value.
    (hasher.finish() & u64::from(u32::MAX)) as u32
}
