use super::{
    Mark, NumberNote, NumberStyle, is_missing,
    read::{Shape, bare, shape, shown},
};

impl NumberStyle {
    /// Finds out from a column's values whether the comma or the point divides off fractions.
    ///
    /// Values that allow only one reading decide. Where none does, `habit` (the decimal mark of
    /// the language of the person who imports) decides about values such as `1,234`, and a note
    /// says so. Texts that are no numbers are passed over; reading them reports them.
    pub fn for_column<'a>(
        values: impl IntoIterator<Item = &'a str>,
        habit: Mark,
    ) -> (Self, Vec<NumberNote>) {
        let mut point = None;
        let mut comma = None;
        let mut either = None;
        for value in values {
            if is_missing(value) {
                continue;
            }
            let Ok(bare) = bare(value) else { continue };
            let slot = match shape(&bare.body) {
                Shape::Only(Mark::Point) => &mut point,
                Shape::Only(Mark::Comma) => &mut comma,
                Shape::Either(_) => &mut either,
                Shape::Plain | Shape::Wrong => continue,
            };
            slot.get_or_insert_with(|| shown(value));
        }
        match (point, comma, either) {
            (Some(point), Some(comma), _) => (
                Self { decimal: None },
                vec![NumberNote::Mixed { point, comma }],
            ),
            (Some(_), None, _) => (Self::of(Mark::Point), vec![]),
            (None, Some(example), _) => (
                Self::of(Mark::Comma),
                vec![NumberNote::DecimalComma { example }],
            ),
            (None, None, Some(example)) => {
                let style = Self::of(habit);
                // It has this shape because it could be read, in either way.
                let read = style.read(&example).ok().flatten();
                let read_as = read.map_or_else(String::new, |number| number.value.to_string());
                (style, vec![NumberNote::Assumed { example, read_as }])
            }
            (None, None, None) => (Self::of(habit), vec![]),
        }
    }

    fn of(mark: Mark) -> Self {
        Self {
            decimal: Some(mark),
        }
    }
}
