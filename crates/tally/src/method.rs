//! The methods and their settings. They can be stored as JSON with a framework or a decision.

use serde::{Deserialize, Serialize};

use crate::TallyError;

/// How ballots become a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum Method {
    /// Each ballot counts for its first choice; the most counts win (a plurality).
    Count,
    /// The first choice of more than half.
    Majority(PassRule),
    /// The first choice of a larger part, by default two thirds.
    Supermajority(PassRule),
    /// Passes when nobody objects.
    Consent(Consent),
    /// How strongly people stand behind one proposal, on a scale of levels.
    Gradients(Gradients),
    /// Any number of checks; the most checks win.
    Approval,
    /// A mark for each option; the highest sum wins.
    Score(Scale),
    /// Each ballot spreads a number of dots; the most dots win.
    Dots(Dots),
    /// A budget is spent so that each voter decides about an equal share.
    EqualShares(EqualShares),
    /// The strongest paths between options, by Markus Schulze.
    Schulze {
        /// What makes a majority strong.
        #[serde(default)]
        strength: Strength,
    },
    /// Majorities are locked in from the strongest to the weakest, by Nicolaus Tideman.
    RankedPairs {
        /// What makes a majority strong.
        #[serde(default)]
        strength: Strength,
    },
    /// The last option drops out, round by round.
    Irv,
    /// Points by place in the ranking.
    Borda,
    /// Several seats, by the rules of Scottish councils.
    ScottishStv {
        /// How many votes are sure to win a seat.
        #[serde(default)]
        quota: Quota,
    },
    /// Several seats, by Brian Meek's method: surpluses are shared by computing.
    MeekStv {
        /// How many votes are sure to win a seat.
        #[serde(default)]
        quota: Quota,
    },
    /// Scores choose two finalists, preferences choose between them.
    Star(Scale),
    /// A time that most people can make.
    #[serde(rename = "meeting")]
    MeetingPoll,
}

impl Method {
    /// The methods by their names, with usual settings.
    pub const NAMES: &'static [&'static str] = &[
        "count",
        "majority",
        "supermajority",
        "consent",
        "gradients",
        "approval",
        "score",
        "dots",
        "equal-shares",
        "schulze",
        "ranked-pairs",
        "irv",
        "borda",
        "scottish-stv",
        "meek-stv",
        "star",
        "meeting",
    ];

    /// The name that the command line and files use.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Majority(_) => "majority",
            Self::Supermajority(_) => "supermajority",
            Self::Consent(_) => "consent",
            Self::Gradients(_) => "gradients",
            Self::Approval => "approval",
            Self::Score(_) => "score",
            Self::Dots(_) => "dots",
            Self::EqualShares(_) => "equal-shares",
            Self::Schulze { .. } => "schulze",
            Self::RankedPairs { .. } => "ranked-pairs",
            Self::Irv => "irv",
            Self::Borda => "borda",
            Self::ScottishStv { .. } => "scottish-stv",
            Self::MeekStv { .. } => "meek-stv",
            Self::Star(_) => "star",
            Self::MeetingPoll => "meeting",
        }
    }

    /// Whether the method fills several seats in proportion, rather than from the top of one ranking.
    pub fn is_proportional(&self) -> bool {
        matches!(
            self,
            Self::ScottishStv { .. } | Self::MeekStv { .. } | Self::EqualShares(_)
        )
    }
}

/// A part of a whole, and whether reaching it is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    /// Above the line of the fraction.
    pub numerator: u32,
    /// Below the line of the fraction.
    pub denominator: u32,
    /// `true`: exactly this part passes; `false`: it takes more.
    pub reaching_is_enough: bool,
}

impl Threshold {
    /// More than half.
    pub const MORE_THAN_HALF: Self = Self {
        numerator: 1,
        denominator: 2,
        reaching_is_enough: false,
    };
    /// Two thirds or more.
    pub const TWO_THIRDS: Self = Self {
        numerator: 2,
        denominator: 3,
        reaching_is_enough: true,
    };

    /// Whether `part` of `whole` is enough. Nothing of nothing never is.
    pub fn is_met(&self, part: u64, whole: u64) -> bool {
        let part = u128::from(part) * u128::from(self.denominator);
        let needed = u128::from(whole) * u128::from(self.numerator);
        whole > 0 && (part > needed || (self.reaching_is_enough && part == needed))
    }

    pub(crate) fn check(&self) -> Result<(), TallyError> {
        let possible = self.denominator > 0
            && (self.numerator < self.denominator
                || (self.numerator == self.denominator && self.reaching_is_enough));
        if possible {
            return Ok(());
        }
        Err(TallyError::Setting(format!(
            "{}/{} cannot be reached; give a part between 0/1 and 1/1",
            self.numerator, self.denominator
        )))
    }
}

/// Whose votes a part is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// Votes for an option: who abstains counts on neither side.
    #[default]
    Cast,
    /// All ballots: who abstains makes it harder to pass.
    Present,
    /// All who may vote, in the units of weights: who stays away makes it harder to pass.
    Eligible(u64),
}

/// When an option passes. A quorum is for the caller to check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassRule {
    /// The part that is needed.
    pub threshold: Threshold,
    /// Of what.
    #[serde(default)]
    pub of: Base,
    /// The place of the option that stands for abstaining, if there is one. Blank ballots abstain too.
    #[serde(default)]
    pub abstain: Option<usize>,
}

impl PassRule {
    /// More than half of the votes cast.
    pub fn majority() -> Self {
        Self {
            threshold: Threshold::MORE_THAN_HALF,
            of: Base::Cast,
            abstain: None,
        }
    }

    /// Two thirds of the votes cast.
    pub fn two_thirds() -> Self {
        Self {
            threshold: Threshold::TWO_THIRDS,
            ..Self::majority()
        }
    }
}

/// What an answer to a proposal means where consent is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// For it.
    Agree,
    /// Not for it, but does not stand in its way.
    StandAside,
    /// No answer to the question.
    Abstain,
    /// It cannot go ahead like this.
    Object,
}

/// Consent: passes when no more object than are allowed, and somebody agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// What each option means, in the order of the options.
    pub stances: Vec<Stance>,
    /// How much weight may object and it still passes: 0 for consent, 1 for "consensus minus one".
    #[serde(default)]
    pub objections_allowed: u64,
}

/// Gradients of agreement: the options are the levels of a scale, from the strongest support to the strongest opposition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gradients {
    /// How many levels from the top count as support.
    pub support: usize,
    /// How many levels from the bottom stop the proposal, whatever the others say; 0 for none.
    #[serde(default)]
    pub block: usize,
    /// The part of the ballots on the scale that has to be support.
    pub threshold: Threshold,
}

/// The lowest and highest mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// The lowest mark that may be given.
    pub lowest: i32,
    /// The highest mark that may be given.
    pub highest: i32,
}

impl Scale {
    /// 0 to 5.
    pub const FIVE: Self = Self {
        lowest: 0,
        highest: 5,
    };
}

/// How many dots each ballot spreads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dots {
    /// The most that one ballot may spend.
    pub dots: u32,
}

/// What makes one majority stronger than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// How many prefer the winner; among equals, how few prefer the loser.
    #[default]
    WinningVotes,
    /// By how many the winner leads.
    Margins,
}

/// How many votes are sure to win one of several seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quota {
    /// Votes ÷ (seats + 1), and a bit more.
    #[default]
    Droop,
    /// Votes ÷ seats.
    Hare,
}

/// What a funded project is worth to a voter who supports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Utility {
    /// What it costs: people want much of the money to go where they asked.
    #[default]
    Cost,
    /// The voter's mark (1 for a check): people want many of their projects.
    Marks,
}

/// What happens with money that equal shares leave over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Completion {
    /// It stays unspent.
    None,
    /// The project with the most support that still fits, again and again.
    Greedy,
    /// Everybody's share is raised step by step as long as what is chosen stays within the budget.
    Raise,
    /// First raise the shares, then fill up by support.
    #[default]
    RaiseThenGreedy,
}

/// Settings of the method of equal shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EqualShares {
    /// What a project is worth.
    #[serde(default)]
    pub utility: Utility,
    /// What happens with the rest.
    #[serde(default)]
    pub completion: Completion,
}

/// What every method is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How many options can win.
    pub seats: usize,
    /// The seed of the lot. Without one, a tie for a seat stays a tie and all who are tied are winners; where a method cannot go on without
    /// a lot (an elimination), [`DEFAULT_SEED`] is used.
    #[serde(default)]
    pub seed: Option<String>,
}

/// The seed where none is given.
pub const DEFAULT_SEED: &str = "0";

impl Default for Rules {
    fn default() -> Self {
        Self {
            seats: 1,
            seed: None,
        }
    }
}
