//! The steps of a count as data: a kind and its arguments. Words are put to them where they are read, in the language of the reader.

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::election::OptionName;
use crate::method::{Base, Completion, Quota, Strength, Threshold, Utility};

/// An option with a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The option.
    pub option: OptionName,
    /// Its number.
    pub amount: Amount,
}

/// A majority between two options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Preferred by more.
    pub winner: OptionName,
    /// Preferred by fewer.
    pub loser: OptionName,
    /// How many prefer the winner.
    pub votes: Amount,
    /// How many prefer the loser.
    pub against: Amount,
}

/// A strongest path from one option to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// The options on the way, both ends included.
    pub through: Vec<OptionName>,
    /// The strength of its weakest majority.
    pub strength: Amount,
}

/// How a kind of ballot is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Only the first choice counts; a ballot with several equal first choices counts as blank.
    FirstChoice,
    /// Of rankings, every ranked option counts as checked.
    RankedMeansChecked,
    /// Of marks, every mark above zero counts as a check.
    MarkedMeansChecked,
    /// Of marks, the higher mark is the better rank, and equal marks are equal ranks.
    MarksAsRanks,
    /// Options that a ballot does not rank are equal, after all that it does.
    UnrankedAreLast,
    /// Options that a ballot ranks equally share its vote equally.
    EqualsShare,
    /// A ballot counts up to its first equal ranks; from there on it has no choice.
    EqualsEndBallot,
    /// Options without a mark count as zero.
    NoMarkIsZero,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// First choices.
    FirstChoices,
    /// Checks.
    Checks,
    /// Sums of marks.
    Marks,
    /// Dots.
    Dots,
    /// Borda's points.
    Points,
    /// Ballots that could come.
    CanCome,
    /// Ballots to which the time suits well.
    SuitsWell,
}

/// Why a tie was decided as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum TieRule {
    /// They had different numbers in an earlier round.
    EarlierRound {
        /// That round, from 1.
        round: usize,
    },
    /// More ballots prefer it to the others that are tied.
    MorePreferIt,
    /// It has more of the highest mark.
    MoreTopMarks,
    /// It has the higher sum of marks.
    HigherScore,
    /// It costs less.
    LowerCost,
    /// More ballots support it.
    MoreSupporters,
    /// It suits more people well.
    SuitsMoreWell,
    /// It comes first in the list of options.
    EarlierInList,
    /// A lot, drawn from a seed: names are ordered by the SHA-256 of `seed:name`.
    Lot {
        /// The seed.
        seed: String,
    },
}

/// Why an option is elected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Elected {
    /// It has reached the quota.
    Quota,
    /// As many options are left as seats.
    SeatsLeft,
    /// It is the only one left.
    LastOne,
}

/// One step of a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// What is counted: always the first step.
    Ballots {
        /// Weight of all ballots.
        cast: Amount,
        /// Weight of blank ones.
        blank: Amount,
        /// The options that stand.
        options: Vec<OptionName>,
        /// Options taken out; ballots are read as if they had never stood.
        withdrawn: Vec<OptionName>,
    },
    /// How ballots are read.
    Reading {
        /// The rule.
        rule: Reading,
    },
    /// Numbers of the options, highest first.
    Counts {
        /// What was counted.
        what: Counted,
        /// The numbers.
        counts: Vec<Count>,
    },
    /// How many abstained.
    Abstained {
        /// Their weight, blank ballots included.
        amount: Amount,
        /// Whether they count among those of whom a part is needed.
        counted: bool,
    },
    /// What passes.
    Needed {
        /// The part.
        threshold: Threshold,
        /// Of whom.
        of: Base,
        /// How many they are.
        base: Amount,
    },
    /// An option against the part that is needed.
    Measured {
        /// The option.
        option: OptionName,
        /// What it has.
        amount: Amount,
        /// Of how many.
        base: Amount,
        /// Whether that is enough.
        passes: bool,
    },
    /// Nothing passes.
    NothingPasses,
    /// Who stands where, when consent is sought.
    Stances {
        /// Agree.
        agree: Amount,
        /// Stand aside.
        stand_aside: Amount,
        /// Abstain, blank ballots included.
        abstain: Amount,
        /// Object.
        object: Amount,
    },
    /// Whether there is consent.
    Consent {
        /// Whether there is.
        given: bool,
        /// Who objects.
        object: Amount,
        /// How many may object.
        allowed: Amount,
        /// Whether nobody agreed, so that there is nothing to consent to.
        nobody_agrees: bool,
    },
    /// Support and blocks on a scale of agreement.
    Gradient {
        /// The level in the middle: half of the ballots are at it or more supportive.
        median: Option<OptionName>,
        /// Ballots on the supporting levels.
        support: Amount,
        /// Ballots on the blocking levels.
        blocks: Amount,
        /// Ballots on the scale.
        base: Amount,
        /// The part that has to be support.
        threshold: Threshold,
        /// Whether the proposal passes.
        passes: bool,
    },
    /// How many prefer the row to the column.
    Pairwise {
        /// Rows and columns.
        options: Vec<OptionName>,
        /// The numbers; the diagonal is zero.
        table: Vec<Vec<Amount>>,
    },
    /// Whether an option beats every other one by itself.
    Condorcet {
        /// That option.
        winner: Option<OptionName>,
    },
    /// The strongest paths between all pairs.
    Paths {
        /// What makes a majority strong.
        strength: Strength,
        /// Rows and columns.
        options: Vec<OptionName>,
        /// How strong the path from row to column is; zero where there is none.
        table: Vec<Vec<Amount>>,
        /// The paths themselves.
        paths: Vec<Path>,
    },
    /// One option has the stronger path.
    StrongerPath {
        /// The one with the stronger path.
        winner: OptionName,
        /// The other.
        loser: OptionName,
        /// How strong.
        forth: Amount,
        /// How strong the way back is.
        back: Amount,
    },
    /// Two options have equally strong paths.
    EqualPaths {
        /// One.
        one: OptionName,
        /// The other.
        other: OptionName,
        /// How strong.
        strength: Amount,
    },
    /// The majorities from strongest to weakest.
    Majorities {
        /// What makes a majority strong.
        strength: Strength,
        /// The majorities.
        pairs: Vec<Pair>,
    },
    /// A majority is kept.
    Locked {
        /// The majority.
        pair: Pair,
    },
    /// A majority is left out, because stronger ones already say the opposite.
    LeftOut {
        /// The majority.
        pair: Pair,
        /// The stronger ones: from the loser back to the winner.
        chain: Vec<OptionName>,
    },
    /// Where the votes are in a round.
    Round {
        /// Its number, from 1.
        number: usize,
        /// Votes of the options still in it, highest first.
        counts: Vec<Count>,
        /// Votes with no choice left.
        exhausted: Amount,
    },
    /// An option has more than half of the votes of a round.
    RoundMajority {
        /// The option.
        option: OptionName,
        /// Its votes.
        amount: Amount,
        /// Of how many.
        base: Amount,
    },
    /// An option drops out.
    Eliminated {
        /// The option.
        option: OptionName,
        /// Its votes.
        amount: Amount,
    },
    /// How many votes are sure to win a seat.
    Quota {
        /// Which quota.
        quota: Quota,
        /// Of how many votes.
        votes: Amount,
        /// For how many seats.
        seats: usize,
        /// The quota.
        amount: Amount,
    },
    /// An option wins a seat.
    Elected {
        /// The option.
        option: OptionName,
        /// Its votes.
        amount: Amount,
        /// Why.
        why: Elected,
    },
    /// Votes move on.
    Transfer {
        /// From which option.
        from: OptionName,
        /// The surplus, where only that moves: each vote moves on at its value × surplus ÷ votes. Nothing where all of it moves.
        surplus: Option<Amount>,
        /// The votes that the option had.
        votes: Amount,
        /// To which options, highest first.
        to: Vec<Count>,
        /// Votes with no choice left.
        exhausted: Amount,
        /// What is lost by cutting off decimals.
        rounding: Amount,
    },
    /// The part of each vote that elected options keep has been computed.
    Keep {
        /// How many times the votes were shared out.
        iterations: usize,
        /// The quota after it.
        quota: Amount,
        /// What elected options have above the quota, together.
        surplus: Amount,
        /// The part that each elected option keeps.
        keep: Vec<Count>,
    },
    /// The two with the highest scores.
    Finalists {
        /// Both.
        finalists: Vec<OptionName>,
    },
    /// Between two finalists.
    Runoff {
        /// One and how many prefer it.
        first: Count,
        /// The other and how many prefer it.
        second: Count,
        /// How many prefer neither.
        neither: Amount,
    },
    /// What can be spent.
    Budget {
        /// The budget.
        budget: Amount,
        /// How many voters share it.
        voters: Amount,
        /// Each one's share.
        share: Amount,
        /// What a project is worth to its supporters.
        utility: Utility,
    },
    /// A project is paid by its supporters.
    Bought {
        /// The project.
        option: OptionName,
        /// What it costs.
        cost: Amount,
        /// Who supports it.
        supporters: Amount,
        /// The most that a supporter pays.
        most: Amount,
        /// What a supporter pays for each unit of worth.
        price: Amount,
    },
    /// No further project can be paid by its supporters.
    SharesEnd {
        /// What is spent.
        spent: Amount,
        /// What is left.
        left: Amount,
    },
    /// Shares are raised, and all starts again.
    Raised {
        /// How much more each voter has now, in all.
        by: Amount,
        /// How many times shares were raised.
        times: usize,
    },
    /// A project is added from what is left, by support.
    Added {
        /// The project.
        option: OptionName,
        /// What it costs.
        cost: Amount,
        /// Its support.
        support: Amount,
    },
    /// How the rest of the budget is dealt with.
    Completion {
        /// The rule.
        rule: Completion,
    },
    /// A tie is decided.
    TieBroken {
        /// Who was tied.
        between: Vec<OptionName>,
        /// Who goes before the others, or stays in while the others do not.
        ahead: Vec<OptionName>,
        /// By which rule.
        by: TieRule,
    },
    /// A tie stays a tie.
    TieStands {
        /// Who is tied.
        between: Vec<OptionName>,
        /// How many seats there are for them.
        seats: usize,
    },
    /// The result: always the last step.
    Result {
        /// Who has won.
        winners: Vec<OptionName>,
    },
}
