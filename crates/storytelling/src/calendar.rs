//! When financial proxies are to be looked at again.

use backbone_db::{Conn, DbError};
use backbone_identity::Actor;
use backbone_identity::attention::Words;
use backbone_identity::calendar::{Dated, Due, Entry};
use jiff::civil::Date;

use crate::policy::EditProxies;
use crate::value_model;

/// Reviews of the library, for those who keep it.
pub struct Reviews;

impl Dated for Reviews {
    fn entries(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        from: Date,
        until: Date,
    ) -> Result<Vec<Entry>, DbError> {
        if !actor.may::<EditProxies>() {
            return Ok(Vec::new());
        }
        let reviews = value_model::reviews(conn, actor.tenant())?;
        Ok(reviews
            .into_iter()
            .filter_map(|(id, name, review_on)| {
                let day: Date = review_on.to_string().parse().ok()?;
                (from..=until).contains(&day).then(|| Entry {
                    key: format!("value_proxy-{id}"),
                    due: Due::Day(day),
                    what: Words::new("value-proxy-date-review").text("name", name),
                    detail: None,
                    changed: actor.partnership.created_at,
                    path: format!("/value-proxies/{id}"),
                })
            })
            .collect())
    }
}
