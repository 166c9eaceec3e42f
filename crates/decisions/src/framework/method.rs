use backbone_db::text_enum;

text_enum!(
    /// How ballots become a result.
    Method {
        /// Advice is asked; the proposer decides and says what they did with it.
        Advice = "advice",
        /// Passes when nobody objects on the agreed grounds.
        Consent = "consent",
        /// Degrees of agreement with one proposal.
        Gradients = "gradients",
        /// More than half.
        Majority = "majority",
        /// A larger part, such as two thirds.
        Supermajority = "supermajority",
        /// A first impression, which binds nobody.
        SenseCheck = "sense_check",
        /// How warm people are for an idea, which binds nobody.
        Temperature = "temperature",
        /// Who takes part.
        OptIn = "opt_in",
        /// The most first choices.
        Count = "count",
        /// Any number of checks.
        Approval = "approval",
        /// A mark for each option.
        Score = "score",
        /// Marks choose two finalists, preferences one of them.
        Star = "star",
        /// Dots to spread.
        Dots = "dots",
        /// A budget in equal shares.
        EqualShares = "equal_shares",
        /// Ranking, by strongest paths.
        Schulze = "schulze",
        /// Ranking, by majorities locked in from the strongest.
        RankedPairs = "ranked_pairs",
        /// Ranking, the last drops out.
        Irv = "irv",
        /// Ranking, points by place.
        Borda = "borda",
        /// Ranking for several seats, Scottish rules.
        ScottishStv = "scottish_stv",
        /// Ranking for several seats, Meek's rules.
        MeekStv = "meek_stv",
        /// A time that suits most.
        Meeting = "meeting",
    }
);

/// What a ballot says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Where somebody stands on the proposal: one of the method's own answers.
    Stance,
    /// One option.
    One,
    /// Any number of options.
    Checks,
    /// A mark for each option.
    Marks,
    /// Dots on options.
    Dots,
    /// Options in order.
    Ranking,
}

impl Method {
    /// What its ballots say.
    pub fn shape(self) -> Shape {
        match self {
            Method::Advice
            | Method::Consent
            | Method::Gradients
            | Method::Majority
            | Method::Supermajority
            | Method::SenseCheck
            | Method::Temperature
            | Method::OptIn => Shape::Stance,
            Method::Count => Shape::One,
            Method::Approval | Method::EqualShares => Shape::Checks,
            Method::Score | Method::Star | Method::Meeting => Shape::Marks,
            Method::Dots => Shape::Dots,
            Method::Schulze
            | Method::RankedPairs
            | Method::Irv
            | Method::Borda
            | Method::ScottishStv
            | Method::MeekStv => Shape::Ranking,
        }
    }

    /// The answers that belong to the method itself, from the most to the least supportive; none where options are put forward.
    pub fn answers(self) -> &'static [&'static str] {
        match self {
            Method::Advice => &["advise_for", "advise_change", "advise_against"],
            Method::Consent => &["agree", "stand_aside", "abstain", "object"],
            Method::Gradients => &[
                "endorse",
                "minor",
                "mixed",
                "disagree_support",
                "oppose",
                "block",
            ],
            Method::Majority | Method::Supermajority => &["agree", "disagree", "abstain"],
            Method::SenseCheck => &["looks_good", "unsure", "concerned"],
            Method::Temperature => &["hot", "warm", "cool", "cold"],
            Method::OptIn => &["join", "perhaps", "not_me"],
            _ => &[],
        }
    }

    /// Whether the outcome binds. A check only informs.
    pub fn binds(self) -> bool {
        !matches!(
            self,
            Method::SenseCheck | Method::Temperature | Method::OptIn | Method::Advice
        )
    }

    /// Whether an answer says no; those need a reason where disagreement needs one.
    pub fn is_no(answer: &str) -> bool {
        matches!(
            answer,
            "disagree"
                | "object"
                | "block"
                | "oppose"
                | "disagree_support"
                | "advise_against"
                | "concerned"
                | "cold"
        )
    }

    /// Whether an answer stops the proposal by itself.
    pub fn is_block(answer: &str) -> bool {
        matches!(answer, "object" | "block")
    }
}
