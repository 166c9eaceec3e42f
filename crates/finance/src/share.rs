//! Shares of one outcome: what several organizations claim never exceeds the whole.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A share of one outcome in percent, from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Share(Decimal);

/// Why a share cannot be claimed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// Below 0 or above 100.
    #[error("{0} % is not a share; give 0 to 100")]
    OutOfRange(Decimal),
    /// With the others' claims it would exceed 100 %.
    #[error("{asked} % cannot be claimed: the others claim {claimed} %, which leaves {left} %")]
    Exceeds {
        /// What was asked for.
        asked: Decimal,
        /// What the others claim together.
        claimed: Decimal,
        /// What is left of 100 %.
        left: Decimal,
    },
}

impl Share {
    /// `percent` as a share.
    ///
    /// # Errors
    /// Below 0 or above 100.
    pub fn new(percent: Decimal) -> Result<Self, ShareError> {
        if percent < Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
            return Err(ShareError::OutOfRange(percent));
        }
        Ok(Self(percent))
    }

    /// The share in percent.
    pub fn percent(self) -> Decimal {
        self.0
    }
}

impl TryFrom<Decimal> for Share {
    type Error = ShareError;
    fn try_from(percent: Decimal) -> Result<Self, ShareError> {
        Self::new(percent)
    }
}

impl From<Share> for Decimal {
    fn from(share: Share) -> Self {
        share.0
    }
}

/// The claims on one outcome, one a claimant, together never above 100 %.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims<Claimant>(Vec<(Claimant, Share)>);

impl<Claimant> Default for Claims<Claimant> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Claimant: PartialEq> Claims<Claimant> {
    /// No claims yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the claimant's share, replacing an earlier claim of theirs. A refused claim changes nothing.
    ///
    /// # Errors
    /// The sum would exceed 100 %.
    pub fn claim(&mut self, claimant: Claimant, share: Share) -> Result<(), ShareError> {
        let others = self.0.iter().filter(|(who, _)| *who != claimant);
        let claimed: Decimal = others.map(|(_, share)| share.0).sum();
        let left = Decimal::ONE_HUNDRED - claimed;
        if share.0 > left {
            return Err(ShareError::Exceeds {
                asked: share.0,
                claimed,
                left,
            });
        }
        match self.0.iter_mut().find(|(who, _)| *who == claimant) {
            Some(entry) => entry.1 = share,
            None => self.0.push((claimant, share)),
        }
        Ok(())
    }

    /// Takes a claim back; `None` if there was none.
    pub fn withdraw(&mut self, claimant: &Claimant) -> Option<Share> {
        let index = self.0.iter().position(|(who, _)| who == claimant)?;
        Some(self.0.remove(index).1)
    }

    /// What all claim together, in percent; never above 100.
    pub fn claimed(&self) -> Decimal {
        self.0.iter().map(|(_, share)| share.0).sum()
    }

    /// What nobody claims, in percent.
    pub fn unclaimed(&self) -> Decimal {
        Decimal::ONE_HUNDRED - self.claimed()
    }

    /// The claims in the order in which they were first made.
    pub fn iter(&self) -> impl Iterator<Item = &(Claimant, Share)> {
        self.0.iter()
    }
}
