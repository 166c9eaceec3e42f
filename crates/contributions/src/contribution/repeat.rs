//! The same again: what was given before, given once more.

use backbone_db::Conn;
use backbone_identity::Actor;

use super::correct::own;
use super::{Content, Contribution, ContributionId, Evidence, NewContribution, log};
use crate::error::Error;

/// What is logged when the same is given in another period. Evidence and note belonged to that time and stay there; an unusual size
/// was confirmed then.
pub fn again(content: &Content, period: &str) -> NewContribution {
    NewContribution {
        period: period.into(),
        evidence: Evidence::default(),
        note: String::new(),
        confirm_large: true,
        ..content.to_input()
    }
}

/// Logs the same as an earlier contribution, for another period.
///
/// # Errors
/// 404; 403 for another organization's; what logging refuses, such as a period that lies ahead.
pub fn repeat(
    conn: &mut Conn,
    actor: &Actor,
    id: &ContributionId,
    period: &str,
) -> Result<Contribution, Error> {
    let before = own(conn, actor, id)?;
    log::log(conn, actor, &again(&before.content, period))
}
