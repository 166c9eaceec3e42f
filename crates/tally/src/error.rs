//! What can be wrong with ballots and settings.

/// Why an election cannot be set up or counted. The text says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TallyError {
    /// An election needs something to choose from.
    #[error("there are no options to choose from; name at least one")]
    NoOptions,
    /// More options than a ballot can hold.
    #[error("{found} options are more than the {most} that one election can hold")]
    TooManyOptions {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// An option without a name.
    #[error("option {number} has no name; give each option a name")]
    NamelessOption {
        /// Its place, from 1.
        number: usize,
    },
    /// Two options of the same name.
    #[error("the option “{name}” is there twice; give each option its own name")]
    SameName {
        /// The name.
        name: String,
    },
    /// A ballot names an option that does not exist.
    #[error("there is no option number {number}; the options are 1 to {options}")]
    UnknownOption {
        /// The number on the ballot, from 1.
        number: usize,
        /// How many options there are.
        options: usize,
    },
    /// A ballot names an option twice.
    #[error("a ballot names “{option}” twice; one place for each option")]
    NamedTwice {
        /// The option.
        option: String,
    },
    /// All ballots of one election are of one kind.
    #[error("rankings and marks cannot be mixed in one election; use one kind of ballot")]
    MixedBallots,
    /// A ballot that counts for nothing.
    #[error("a ballot must count for more than nothing; leave out ballots of weight 0")]
    NoWeight,
    /// The sum of the weights is beyond what is counted exactly.
    #[error("the weights add up to more than {most}; use smaller weights")]
    TooHeavy {
        /// The largest sum.
        most: u64,
    },
    /// The method needs marks and got rankings.
    #[error(
        "{method} needs a mark for each option, but these ballots are rankings; use ballots with marks, or a method for rankings"
    )]
    NeedsMarks {
        /// Name of the method.
        method: &'static str,
    },
    /// A mark outside of the scale.
    #[error(
        "a ballot gives “{option}” {mark}, but marks go from {lowest} to {highest}; correct the ballot or the scale"
    )]
    OffScale {
        /// The option.
        option: String,
        /// What the ballot says.
        mark: i64,
        /// The lowest mark.
        lowest: i64,
        /// The highest mark.
        highest: i64,
    },
    /// A ballot spends more dots than it has.
    #[error("a ballot spends {spent} dots, but each has {dots}; correct the ballot")]
    OverSpent {
        /// What it spends.
        spent: u64,
        /// What it may spend.
        dots: u32,
    },
    /// The number of seats makes no sense for these options.
    #[error("{seats} seats cannot be filled from {options} options; ask for 1 to {options}")]
    Seats {
        /// How many were asked for.
        seats: usize,
        /// How many options stand.
        options: usize,
    },
    /// A setting of the method is wrong; the text says which and what to do.
    #[error("{0}")]
    Setting(String),
    /// More equally ranked options on one ballot than can be shared exactly.
    #[error(
        "a ballot ranks {found} options equally, at most {most} can share a vote exactly; rank fewer of them equally, or leave them out"
    )]
    TooManyEqual {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
}
