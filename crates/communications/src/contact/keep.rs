//! Adding, changing and removing contacts.

use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_mail::Address;
use backbone_web::{Fields, IfMatch};

use super::{ConsentBasis, Contact, ContactId, NewContact, store};
use crate::error::{Error, fields};
use crate::suppression::address_key;

/// Contacts pasted at once.
pub(crate) const MOST_LINES: usize = 2000;

/// Adds a contact, or changes the one that has this address; `true` when it is new.
pub(crate) fn put(
    conn: &mut Conn,
    actor: &Actor,
    new: &NewContact,
) -> Result<(Contact, bool), Error> {
    let mut f = Fields::new();
    let read = read(&mut f, actor, new);
    fields(f)?;
    let Some(mut contact) = read else {
        return Err(Error::NotFound);
    };
    conn.lock(&format!("contacts:{}", actor.tenant()))
        .map_err(backbone_db::DbError::from)?;
    if let Some(known) = store::by_address(conn, actor.tenant(), &contact.address_key)? {
        contact.id = known.id;
        contact.version = known.version;
        contact.created_at = known.created_at;
        store::update(conn, &contact)?;
        contact.version += 1;
        note(conn, actor, &contact.id, "contact.changed")?;
        return Ok((contact, false));
    }
    store::insert(conn, &contact)?;
    note(conn, actor, &contact.id, "contact.added")?;
    Ok((contact, true))
}

/// Changes a contact.
pub(crate) fn edit(
    conn: &mut Conn,
    actor: &Actor,
    id: &ContactId,
    seen: IfMatch,
    new: &NewContact,
) -> Result<Contact, Error> {
    let known = store::find(conn, actor.tenant(), id)?.ok_or(Error::NotFound)?;
    seen.check(known.version).map_err(Error::Seen)?;
    let mut f = Fields::new();
    let read = read(&mut f, actor, new);
    if let Some(other) = &read
        && store::by_address(conn, actor.tenant(), &other.address_key)?
            .is_some_and(|c| c.id != known.id)
    {
        f.fail("email", "contact-known");
    }
    fields(f)?;
    let Some(mut contact) = read else {
        return Err(Error::NotFound);
    };
    contact.id = known.id;
    contact.version = known.version;
    contact.created_at = known.created_at;
    store::update(conn, &contact)?;
    contact.version += 1;
    note(conn, actor, &contact.id, "contact.changed")?;
    Ok(contact)
}

/// Removes a contact. What was sent to them stays on record.
pub(crate) fn remove(conn: &mut Conn, actor: &Actor, id: &ContactId) -> Result<(), Error> {
    if !store::delete(conn, actor.tenant(), id)? {
        return Err(Error::NotFound);
    }
    note(conn, actor, id, "contact.removed")
}

/// Adds contacts pasted as lines: `address; name; language; organization`, commas and tabs part too. Errors name the line.
pub(crate) fn paste(
    conn: &mut Conn,
    actor: &Actor,
    text: &str,
    basis: &str,
    consent_note: &str,
) -> Result<usize, Error> {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let mut f = Fields::new();
    if lines.is_empty() {
        f.fail("lines", "required");
    }
    if lines.len() > MOST_LINES {
        f.fail_with(
            "lines",
            "contact-too-many",
            &[("max", MOST_LINES.to_string())],
        );
    }
    let new: Vec<NewContact> = lines
        .iter()
        .map(|line| from_line(line, basis, consent_note))
        .collect();
    for (index, one) in new.iter().enumerate() {
        let mut own = Fields::new();
        read(&mut own, actor, one);
        if let Err(problem) = own.finish() {
            if problem.fields.iter().any(|e| e.field == "consent_basis") {
                f.fail("consent_basis", "required");
                break;
            }
            f.fail_with(
                "lines",
                "contact-line",
                &[("line", (index + 1).to_string())],
            );
        }
    }
    fields(f)?;
    for one in &new {
        put(conn, actor, one)?;
    }
    Ok(new.len())
}

fn from_line(line: &str, basis: &str, consent_note: &str) -> NewContact {
    let separator = [';', '\t', ','].into_iter().find(|c| line.contains(*c));
    let mut parts = match separator {
        Some(c) => line.split(c).map(str::trim).collect::<Vec<_>>(),
        None => vec![line.trim()],
    }
    .into_iter();
    let mut next = || parts.next().unwrap_or("").to_string();
    NewContact {
        email: next(),
        name: next(),
        language: next().to_lowercase(),
        organization: next(),
        consent_basis: basis.to_string(),
        consent_note: consent_note.to_string(),
    }
}

fn read(f: &mut Fields, actor: &Actor, new: &NewContact) -> Option<Contact> {
    let email = f.text("email", &new.email, 254);
    let address = Address::parse(&email).ok();
    if address.is_none() && !f.has("email") {
        f.fail("email", "contact-address");
    }
    let name = f.optional("name", &new.name, 120).replace('\n', " ");
    let organization = f.optional("organization", &new.organization, 120);
    let consent_note = f.optional("consent_note", &new.consent_note, 500);
    let basis: Option<ConsentBasis> = f.parse("consent_basis", &new.consent_basis);
    let language: Option<backbone_web::Lang> = f.parse_optional("language", &new.language);
    let address = address?;
    Some(Contact {
        id: ContactId::new(),
        partnership_id: actor.tenant().to_string(),
        address_key: address_key(address.as_str()),
        email: address.as_str().to_string(),
        name,
        language: language
            .unwrap_or(actor.partnership.lang())
            .code()
            .to_string(),
        organization,
        consent_basis: basis?,
        consent_note,
        version: 1,
        created_at: actor.now,
    })
}

fn note(conn: &mut Conn, actor: &Actor, id: &ContactId, kind: &'static str) -> Result<(), Error> {
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        NewEvent::new(kind, Object::new("contact", id)),
    )?;
    Ok(())
}
