//! What a seat may be, who may fill it, and whose turn comes next.

use backbone_identity::directory::OrganizationCard;
use backbone_identity::{OrganizationId, PersonId};
use backbone_web::{Fields, Problem};
use chrono::{Months, NaiveDate};

use super::{NewSeat, Seat, SeatKind};
use crate::people::Member;

/// What a seat is checked against.
pub(crate) struct Books<'a> {
    pub organizations: &'a [OrganizationCard],
    pub members: &'a [Member],
    /// The other seats of the body.
    pub others: &'a [Seat],
    /// Member seats that one organization may hold.
    pub seats_each: i32,
    pub today: NaiveDate,
}

/// What was said of a seat, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// What it may do.
    pub kind: SeatKind,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub organization_id: Option<OrganizationId>,
    /// Who fills it.
    pub person_id: Option<PersonId>,
    /// Who stands in.
    pub alternate_id: Option<PersonId>,
    /// A guest's name and address.
    pub guest: Option<(String, String)>,
    /// How much its vote weighs.
    pub weight: i32,
    /// First day.
    pub term_starts: NaiveDate,
    /// Last day.
    pub term_ends: Option<NaiveDate>,
    /// Who takes turns.
    pub rotation: Vec<OrganizationId>,
    /// Months of a turn.
    pub rotation_months: Option<i32>,
}

/// Checks a seat.
///
/// # Errors
/// 422 with all wrong fields.
pub(crate) fn content(input: &NewSeat, books: &Books<'_>) -> Result<Content, Problem> {
    let mut fields = Fields::new();
    let kind = fields
        .parse::<SeatKind>("kind", &input.kind)
        .unwrap_or(SeatKind::Observer);
    let title = fields.optional("title", &input.title, 120);
    let organization_id = organization(&mut fields, books, input.organization_id.as_deref());
    if kind == SeatKind::Member && organization_id.is_none() && !fields.has("organization_id") {
        fields.fail("organization_id", "required");
    }
    if let (SeatKind::Member, Some(own)) = (kind, &organization_id)
        && full(books, own)
    {
        fields.fail("organization_id", "seat-taken");
    }
    let person_id = person(
        &mut fields,
        books,
        "person_id",
        input.person_id.as_deref(),
        organization_id.as_ref(),
    );
    let alternate_id = person(
        &mut fields,
        books,
        "alternate_id",
        input.alternate_id.as_deref(),
        organization_id.as_ref(),
    );
    if alternate_id.is_some() && alternate_id == person_id {
        fields.fail("alternate_id", "seat-same-person");
    }
    let guest = guest(&mut fields, kind, input, person_id.is_some());
    let weight = input.weight.unwrap_or(1);
    in_range(&mut fields, "weight", weight, 1000);
    let (term_starts, term_ends) = term(&mut fields, input, books.today);
    let mut rotation = Vec::new();
    for id in input.rotation.iter().filter(|id| !id.trim().is_empty()) {
        rotation
            .extend(organization(&mut fields, books, Some(id)).filter(|o| !rotation.contains(o)));
    }
    if !rotation.is_empty() && input.rotation_months.is_none() {
        fields.fail("rotation_months", "required");
    }
    if let Some(months) = input.rotation_months {
        in_range(&mut fields, "rotation_months", months, 120);
    }
    fields.finish()?;
    Ok(Content {
        kind,
        title,
        organization_id,
        person_id,
        alternate_id,
        guest,
        weight,
        term_starts,
        term_ends,
        rotation,
        rotation_months: input.rotation_months,
    })
}

fn in_range(fields: &mut Fields, field: &str, value: i32, max: i32) {
    if !(1..=max).contains(&value) {
        let args = [("min", "1".to_string()), ("max", max.to_string())];
        fields.fail_with(field, "out-of-range", &args);
    }
}

/// Whether an organization has all the member seats it may hold.
fn full(books: &Books<'_>, own: &OrganizationId) -> bool {
    let held = books.others.iter().filter(|s| {
        s.active && s.kind == SeatKind::Member && s.organization_id.as_ref() == Some(own)
    });
    held.count() >= usize::try_from(books.seats_each).unwrap_or(1)
}

pub(crate) fn organization(
    fields: &mut Fields,
    books: &Books<'_>,
    id: Option<&str>,
) -> Option<OrganizationId> {
    let id = fields.parse_optional::<OrganizationId>("organization_id", id.unwrap_or_default())?;
    let there = books.organizations.iter().any(|o| o.id == id && o.active);
    if !there {
        fields.fail("organization_id", "organization-unknown");
    }
    there.then_some(id)
}

/// A member, who acts for the seat's organization if it has one.
pub(crate) fn person(
    fields: &mut Fields,
    books: &Books<'_>,
    field: &str,
    id: Option<&str>,
    organization: Option<&OrganizationId>,
) -> Option<PersonId> {
    let id = fields.parse_optional::<PersonId>(field, id.unwrap_or_default())?;
    let found = books.members.iter().find(|m| m.person_id == id);
    match found {
        None => fields.fail(field, "seat-person-unknown"),
        Some(m) if organization.is_some() && m.organization_id.as_ref() != organization => {
            fields.fail(field, "seat-person-elsewhere");
        }
        Some(_) => return Some(id),
    }
    None
}

fn guest(
    fields: &mut Fields,
    kind: SeatKind,
    input: &NewSeat,
    has_person: bool,
) -> Option<(String, String)> {
    let name = fields.optional(
        "guest_name",
        input.guest_name.as_deref().unwrap_or_default(),
        120,
    );
    let email = fields.optional(
        "guest_email",
        input.guest_email.as_deref().unwrap_or_default(),
        254,
    );
    if email.is_empty() {
        return None;
    }
    if kind != SeatKind::Guest || has_person {
        fields.fail("guest_email", "seat-guest-only");
    }
    let (local, host) = email.split_once('@').unwrap_or_default();
    if local.is_empty() || !host.contains('.') || email.contains(char::is_whitespace) {
        fields.fail("guest_email", "seat-guest-address");
    }
    if name.is_empty() {
        fields.fail("guest_name", "required");
    }
    Some((name, email))
}

fn term(fields: &mut Fields, input: &NewSeat, today: NaiveDate) -> (NaiveDate, Option<NaiveDate>) {
    let starts = input.term_starts.as_deref().unwrap_or_default();
    let starts = fields
        .parse_optional::<NaiveDate>("term_starts", starts)
        .unwrap_or(today);
    let ends = input.term_ends.as_deref().unwrap_or_default();
    let ends = fields.parse_optional::<NaiveDate>("term_ends", ends);
    if ends.is_some_and(|e| e < starts) {
        fields.fail("term_ends", "seat-term-backwards");
    }
    (starts, ends)
}

/// Last day of a turn that begins on `from`.
pub fn turn_ends(from: NaiveDate, months: i32) -> Option<NaiveDate> {
    let months = u32::try_from(months).ok()?;
    from.checked_add_months(Months::new(months))?.pred_opt()
}

/// The organization whose turn follows that of `now`. Nothing when nobody else takes part.
pub fn next_turn(turns: &[OrganizationId], now: Option<&OrganizationId>) -> Option<OrganizationId> {
    let at = turns.iter().position(|o| Some(o) == now);
    let next = at.map_or(0, |at| (at + 1) % turns.len().max(1));
    turns.get(next).filter(|o| Some(*o) != now).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_turn_ends_the_day_before_the_next_begins() {
        for (from, months, last) in [
            ("2026-01-01", 12, "2026-12-31"),
            ("2026-01-31", 1, "2026-02-27"),
            ("2028-02-29", 12, "2029-02-27"),
        ] {
            assert_eq!(turn_ends(day(from), months), Some(day(last)), "{from}");
        }
        assert_eq!(turn_ends(day("2026-01-01"), -1), None);
    }

    #[test]
    fn turns_go_round() {
        let [a, b, c] = [
            OrganizationId::new(),
            OrganizationId::new(),
            OrganizationId::new(),
        ];
        let turns = [a.clone(), b.clone(), c.clone()];
        assert_eq!(next_turn(&turns, Some(&a)), Some(b.clone()));
        assert_eq!(next_turn(&turns, Some(&c)), Some(a.clone()));
        assert_eq!(
            next_turn(&turns, Some(&OrganizationId::new())),
            Some(a.clone())
        );
        assert_eq!(next_turn(&[], Some(&a)), None);
        assert_eq!(next_turn(std::slice::from_ref(&a), Some(&a)), None);
    }
}
