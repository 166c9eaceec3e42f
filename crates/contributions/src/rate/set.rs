use backbone_db::{Conn, Money};
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::Fields;
use rust_decimal::Decimal;
use serde_json::json;

use super::{NewRate, Rate, RateId, store};
use crate::error::Error;

/// Sets what an hour of a role of work is worth from a day on. Contributions logged before keep their rate.
///
/// # Errors
/// Fields that are wrong; a rate of this role from this very day that is there already.
pub fn set(conn: &mut Conn, actor: &Actor, input: &NewRate) -> Result<Rate, Error> {
    let mut f = Fields::new();
    let work_role = f.text("work_role", &input.work_role, 80);
    let source = f.text("source", &input.source, 500);
    let currency = &actor.partnership.currency;
    let typed = input.hourly.to_string();
    let hourly = f.money("hourly", &typed, currency);
    if input.hourly.get() > Decimal::from(100_000) {
        f.fail("hourly", "contribution-too-large");
    }
    f.finish().map_err(|p| Error::Invalid(p.fields))?;
    let all = store::all(conn, actor.tenant())?;
    let known = all
        .iter()
        .find(|r| r.work_role.eq_ignore_ascii_case(&work_role));
    let work_role = known.map_or(work_role, |r| r.work_role.clone());
    if all
        .iter()
        .any(|r| r.work_role == work_role && r.valid_from == input.valid_from)
    {
        return Err(Error::RateTaken);
    }
    let rate = Rate {
        id: RateId::new(),
        work_role,
        hourly: Money {
            minor: hourly.minor,
            currency: currency.clone(),
        },
        valid_from: input.valid_from,
        source,
        created_by: actor.name.clone(),
        created_at: actor.now,
    };
    store::insert(conn, actor.tenant(), &rate)?;
    let event = NewEvent::new("rate.set", Object::new("rate", &rate.id)).data(&json!({
        "work_role": rate.work_role, "hourly_minor": rate.hourly.minor, "valid_from": rate.valid_from,
    }));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(rate)
}
