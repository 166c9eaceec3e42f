//! What is chosen from, and the ballots, kept compactly: identical ballots are one entry with their weight.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::TallyError;
use crate::ballots::{Marks, Ranking, Store};

/// The most options that one election can hold.
pub const MOST_OPTIONS: usize = 5_000;
/// The largest sum of weights that is counted.
pub const MOST_WEIGHT: u64 = 1_000_000_000_000_000;
/// The most decimal places that weights can have.
pub const MOST_WEIGHT_PLACES: u8 = 6;

/// The name of an option, as people know it. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct OptionName(Arc<str>);

impl OptionName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for OptionName {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl From<String> for OptionName {
    fn from(name: String) -> Self {
        Self(name.into())
    }
}

impl From<OptionName> for String {
    fn from(name: OptionName) -> Self {
        name.0.as_ref().to_owned()
    }
}

impl fmt::Display for OptionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for OptionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0)
    }
}

/// Ballots of one kind.
#[derive(Clone, Debug, Default)]
pub(crate) enum Ballots {
    /// No ballot has said anything yet.
    #[default]
    None,
    /// Each ballot ranks some or all options.
    Ranked(Store<Ranking>),
    /// Each ballot gives marks to some or all options.
    Marked(Store<Marks>),
}

/// Options and ballots. Options are known by their place, from 0.
///
/// ```
/// # use backbone_tally::*;
/// let mut election = Election::new(["Red", "Green", "Blue"])?;
/// election.rank(&[&[0][..], &[1, 2]], 3)?; // three voters: Red before Green and Blue, which are equal
/// election.choose(2, 1)?; // one voter: Blue
/// election.blank(1)?; // one empty ballot
/// let tally = count(&Method::Schulze { strength: Strength::WinningVotes }, &election, &Rules::default())?;
/// assert_eq!(tally.winners, ["Red".into()]);
/// # Ok::<(), TallyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Election {
    /// What it is about, if a file says so.
    pub title: Option<String>,
    /// How many seats are to be filled, if a file says so.
    pub seats: Option<usize>,
    /// What can be spent, for participatory budgets, in whole units of currency.
    pub budget: Option<u64>,
    options: Vec<OptionName>,
    costs: Vec<Option<u64>>,
    withdrawn: Vec<bool>,
    ballots: Ballots,
    blank: u64,
    weight: u64,
    weight_places: u8,
}

impl Election {
    /// An election without ballots.
    ///
    /// # Errors
    /// When there are no options, too many, or two of the same name.
    pub fn new<N: Into<OptionName>>(
        options: impl IntoIterator<Item = N>,
    ) -> Result<Self, TallyError> {
        let options: Vec<OptionName> = options.into_iter().map(Into::into).collect();
        if options.is_empty() {
            return Err(TallyError::NoOptions);
        }
        if options.len() > MOST_OPTIONS {
            return Err(TallyError::TooManyOptions {
                found: options.len(),
                most: MOST_OPTIONS,
            });
        }
        let mut seen = HashMap::new();
        for (place, name) in options.iter().enumerate() {
            if name.as_str().trim().is_empty() {
                return Err(TallyError::NamelessOption { number: place + 1 });
            }
            if seen.insert(name.as_str(), place).is_some() {
                return Err(TallyError::SameName {
                    name: name.to_string(),
                });
            }
        }
        Ok(Self {
            title: None,
            seats: None,
            budget: None,
            costs: vec![None; options.len()],
            withdrawn: vec![false; options.len()],
            options,
            ballots: Ballots::None,
            blank: 0,
            weight: 0,
            weight_places: 0,
        })
    }

    /// Weights are from now on counted in parts of one vote: with 2 places, a weight of 150 is 1.5 votes. Set it before ballots are added.
    ///
    /// # Errors
    /// When there are more places than [`MOST_WEIGHT_PLACES`], or ballots already.
    pub fn with_weight_places(mut self, places: u8) -> Result<Self, TallyError> {
        if places > MOST_WEIGHT_PLACES {
            return Err(TallyError::Setting(format!(
                "weights have at most {MOST_WEIGHT_PLACES} decimal places"
            )));
        }
        if self.weight > 0 {
            return Err(TallyError::Setting(
                "say how exact weights are before adding ballots".to_owned(),
            ));
        }
        self.weight_places = places;
        Ok(self)
    }

    /// Adds a ranking: groups from first to last, options of one group are equal. Options that are left out are unranked.
    ///
    /// # Errors
    /// When an option does not exist or is named twice, the weight is zero or too much, or ballots before gave marks.
    pub fn rank<G: AsRef<[usize]>>(&mut self, groups: &[G], weight: u64) -> Result<(), TallyError> {
        self.check_options(
            groups
                .iter()
                .flat_map(|group| group.as_ref().iter().copied()),
        )?;
        self.add_weight(weight)?;
        if groups.iter().all(|group| group.as_ref().is_empty()) {
            self.blank += weight;
            return Ok(());
        }
        if let Ballots::None = self.ballots {
            self.ballots = Ballots::Ranked(Store::default());
        }
        match &mut self.ballots {
            Ballots::Ranked(store) => store.add_ranking(groups, weight),
            _ => return self.refuse_mixed(weight),
        }
        Ok(())
    }

    /// Adds a ballot that chooses one option: a ranking of one.
    ///
    /// # Errors
    /// As [`Election::rank`].
    pub fn choose(&mut self, option: usize, weight: u64) -> Result<(), TallyError> {
        self.rank(&[[option]], weight)
    }

    /// Adds a ballot with marks (a score, dots, or 1 for a check), as pairs of option and mark.
    ///
    /// # Errors
    /// When an option does not exist or is named twice, the weight is zero or too much, or ballots before were rankings.
    pub fn mark(&mut self, marks: &[(usize, i32)], weight: u64) -> Result<(), TallyError> {
        self.check_options(marks.iter().map(|(option, _)| *option))?;
        self.add_weight(weight)?;
        if marks.is_empty() {
            self.blank += weight;
            return Ok(());
        }
        if let Ballots::None = self.ballots {
            self.ballots = Ballots::Marked(Store::default());
        }
        match &mut self.ballots {
            Ballots::Marked(store) => store.add_marks(marks, weight),
            _ => return self.refuse_mixed(weight),
        }
        Ok(())
    }

    /// Adds an empty ballot: it was cast, but says nothing.
    ///
    /// # Errors
    /// When the weight is zero or too much.
    pub fn blank(&mut self, weight: u64) -> Result<(), TallyError> {
        self.add_weight(weight)?;
        self.blank += weight;
        Ok(())
    }

    /// Takes an option out. Ballots are then read as if it had never stood.
    ///
    /// # Errors
    /// When the option does not exist.
    pub fn withdraw(&mut self, option: usize) -> Result<(), TallyError> {
        self.check_options([option])?;
        self.withdrawn[option] = true;
        Ok(())
    }

    /// Says what an option costs, for participatory budgets.
    ///
    /// # Errors
    /// When the option does not exist.
    pub fn set_cost(&mut self, option: usize, cost: u64) -> Result<(), TallyError> {
        self.check_options([option])?;
        self.costs[option] = Some(cost);
        Ok(())
    }

    /// All options, those withdrawn included.
    pub fn options(&self) -> &[OptionName] {
        &self.options
    }

    /// The place of an option.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.options
            .iter()
            .position(|option| option.as_str() == name)
    }

    /// Whether an option has been taken out.
    pub fn is_withdrawn(&self, option: usize) -> bool {
        self.withdrawn.get(option).copied().unwrap_or(false)
    }

    /// What an option costs, if that was said.
    pub fn cost(&self, option: usize) -> Option<u64> {
        self.costs.get(option).copied().flatten()
    }

    /// The weight of all ballots, blank ones included, in units of [`Election::weight_places`].
    pub fn weight(&self) -> u64 {
        self.weight
    }

    /// The weight of blank ballots.
    pub fn blank_weight(&self) -> u64 {
        self.blank
    }

    /// How many digits of a weight stand behind the point.
    pub fn weight_places(&self) -> u8 {
        self.weight_places
    }

    /// How many different ballots there are, blank ones aside.
    pub fn distinct(&self) -> usize {
        match &self.ballots {
            Ballots::None => 0,
            Ballots::Ranked(store) => store.len(),
            Ballots::Marked(store) => store.len(),
        }
    }

    /// Whether the ballots give marks rather than ranks.
    pub fn has_marks(&self) -> bool {
        matches!(self.ballots, Ballots::Marked(_))
    }

    /// Every different ranking as groups from first to last, with its weight; nothing when the ballots give marks.
    pub fn rankings(&self) -> impl Iterator<Item = (Vec<Vec<usize>>, u64)> + '_ {
        let store = match &self.ballots {
            Ballots::Ranked(store) => Some(store),
            _ => None,
        };
        let each = store.into_iter().flat_map(Store::iter);
        each.map(|(codes, weight)| {
            let groups = crate::ballots::groups(codes).map(|group| {
                let places = group.iter().map(|code| crate::ballots::option_of(*code));
                places.collect()
            });
            (groups.collect(), weight)
        })
    }

    /// Every different ballot with marks as pairs of option and mark, with its weight; nothing when the ballots are rankings.
    pub fn markings(&self) -> impl Iterator<Item = (Vec<(usize, i32)>, u64)> + '_ {
        let store = match &self.ballots {
            Ballots::Marked(store) => Some(store),
            _ => None,
        };
        let each = store.into_iter().flat_map(Store::iter);
        each.map(|(marks, weight)| {
            let marks = marks.iter();
            (marks.map(|(o, m)| (usize::from(*o), *m)).collect(), weight)
        })
    }

    /// These ballots under the names and the title of another election with as many options.
    pub(crate) fn renamed(mut self, names: Self) -> Self {
        self.options = names.options;
        self.title = names.title;
        self
    }

    pub(crate) fn ballots(&self) -> &Ballots {
        &self.ballots
    }

    /// The election without its withdrawn options; ballots that named only those become blank.
    pub(crate) fn standing(&self) -> Result<Cow<'_, Self>, TallyError> {
        if !self.withdrawn.contains(&true) {
            return Ok(Cow::Borrowed(self));
        }
        let stays: Vec<usize> = (0..self.options.len())
            .filter(|place| !self.withdrawn[*place])
            .collect();
        let mut place = vec![None; self.options.len()];
        for (new, old) in stays.iter().enumerate() {
            place[*old] = Some(new);
        }
        let mut other = Self::new(stays.iter().map(|old| self.options[*old].clone()))?
            .with_weight_places(self.weight_places)?;
        other.title.clone_from(&self.title);
        (other.seats, other.budget) = (self.seats, self.budget);
        other.costs = stays.iter().map(|old| self.costs[*old]).collect();
        for (groups, weight) in self.rankings() {
            let groups = groups.iter().map(|group| {
                let stay = group.iter().filter_map(|old| place[*old]);
                stay.collect::<Vec<usize>>()
            });
            let groups: Vec<Vec<usize>> = groups.filter(|group| !group.is_empty()).collect();
            other.rank(&groups, weight)?;
        }
        for (marks, weight) in self.markings() {
            let marks = marks
                .iter()
                .filter_map(|(old, mark)| Some((place[*old]?, *mark)));
            other.mark(&marks.collect::<Vec<_>>(), weight)?;
        }
        if self.blank > 0 {
            other.blank(self.blank)?;
        }
        Ok(Cow::Owned(other))
    }

    fn check_options(&self, named: impl IntoIterator<Item = usize>) -> Result<(), TallyError> {
        let mut few = [usize::MAX; 16];
        let mut many = Vec::new();
        for (at, option) in named.into_iter().enumerate() {
            if option >= self.options.len() {
                return Err(TallyError::UnknownOption {
                    number: option + 1,
                    options: self.options.len(),
                });
            }
            // Short ballots are compared in place; long ones with a table of flags.
            let twice = if at < few.len() {
                let twice = few[..at].contains(&option);
                few[at] = option;
                twice
            } else {
                if many.is_empty() {
                    many.resize(self.options.len(), false);
                    few.iter().for_each(|seen| many[*seen] = true);
                }
                std::mem::replace(&mut many[option], true)
            };
            if twice {
                return Err(TallyError::NamedTwice {
                    option: self.options[option].to_string(),
                });
            }
        }
        Ok(())
    }

    fn add_weight(&mut self, weight: u64) -> Result<(), TallyError> {
        if weight == 0 {
            return Err(TallyError::NoWeight);
        }
        match self.weight.checked_add(weight) {
            Some(sum) if sum <= MOST_WEIGHT => {
                self.weight = sum;
                Ok(())
            }
            _ => Err(TallyError::TooHeavy { most: MOST_WEIGHT }),
        }
    }

    fn refuse_mixed(&mut self, weight: u64) -> Result<(), TallyError> {
        self.weight -= weight;
        Err(TallyError::MixedBallots)
    }
}
