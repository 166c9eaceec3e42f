use backbone_db::Conn;
use backbone_events::{NewEvent, Object, append};
use backbone_identity::Actor;
use backbone_web::Fields;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::draft::{body, locked, seated};
use super::{Comment, CommentKind, DecisionId, ProposalCommentId, Status, mail, store};
use crate::error::{Error, wrong};
use crate::people::{Member, members};

/// A comment to write.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewComment {
    /// `remark`, `question`, `concern`, `amendment` or `advice`.
    pub kind: String,
    /// Its words; `@Noor de Vries` tells her.
    pub text: String,
    /// The comment it answers.
    pub parent_id: Option<String>,
}

/// Writes a comment. People whose name stands behind an `@` get a mail.
///
/// # Errors
/// 404; 403 without a seat in the body; 409 after the end; 422.
pub fn write(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    input: &NewComment,
) -> Result<Comment, Error> {
    let x = locked(conn, actor, id)?;
    let body = body(conn, actor, x.body_id.as_str())?;
    seated(conn, actor, &body)?;
    if matches!(
        x.status,
        Status::Withdrawn | Status::Superseded | Status::Retired
    ) {
        return Err(Error::RuleOf(
            "decision-step",
            "status",
            x.status.to_string(),
        ));
    }
    let mut fields = Fields::new();
    let text = fields.text("text", &input.text, 10_000);
    let kind = if input.kind.is_empty() {
        Some(CommentKind::Remark)
    } else {
        fields.parse("kind", &input.kind)
    };
    let parent_id = fields.parse_optional::<ProposalCommentId>(
        "parent_id",
        input.parent_id.as_deref().unwrap_or_default(),
    );
    fields.finish()?;
    let there = store::comments(conn, actor.tenant(), id)?;
    if parent_id
        .as_ref()
        .is_some_and(|p| !there.iter().any(|c| &c.id == p))
    {
        return Err(wrong("parent_id", "proposal-comment"));
    }
    let comment = Comment {
        id: ProposalCommentId::new(),
        partnership_id: actor.tenant().into(),
        proposal_id: id.clone(),
        parent_id,
        kind: kind.unwrap_or(CommentKind::Remark),
        text,
        person_id: actor.person_id.clone(),
        person_name: actor.name.clone(),
        written_at: actor.now,
        settled: None,
        settled_by: None,
        settled_at: None,
    };
    store::insert_comment(conn, &comment)?;
    let event =
        NewEvent::new("decision.commented", x.object()).about(Object::new("comment", &comment.id));
    append(
        conn,
        actor.tenant(),
        &actor.by(),
        event.data(&json!({"kind": comment.kind, "comment": comment.id})),
    )?;
    let people = members(conn, actor.tenant())?;
    for person in mentioned(&comment.text, &people) {
        if Some(&person.person_id) != actor.person_id.as_ref() {
            mail::mention(conn, actor, &x, &comment, person)?;
        }
    }
    Ok(comment)
}

/// Says how a concern was worked in, or what became of an amendment.
///
/// # Errors
/// 404; 403 unless staff or the author; 422 without words; 409 when it was settled already.
pub fn settle(
    conn: &mut Conn,
    actor: &Actor,
    id: &DecisionId,
    comment: &ProposalCommentId,
    how: &str,
) -> Result<(), Error> {
    let x = locked(conn, actor, id)?;
    if !actor.is_staff() && (actor.person_id.is_none() || actor.person_id != x.author_id) {
        return Err(Error::NoSeat);
    }
    let mut fields = Fields::new();
    let how = fields.text("text", how, 2_000);
    fields.finish()?;
    let there = store::comments(conn, actor.tenant(), id)?;
    if !there.iter().any(|c| &c.id == comment) {
        return Err(Error::NotFound);
    }
    if store::settle(conn, actor.tenant(), comment, &how, &actor.name, actor.now)? == 0 {
        return Err(Error::Rule("decision-settled"));
    }
    let event = NewEvent::new("decision.concern_settled", x.object())
        .about(Object::new("comment", comment));
    append(conn, actor.tenant(), &actor.by(), event)?;
    Ok(())
}

/// The members whose whole name stands behind an `@`. Of two who both fit (Jan, Jan de Boer), the longer name is meant.
pub(crate) fn mentioned<'a>(text: &str, people: &'a [Member]) -> Vec<&'a Member> {
    let mut found: Vec<&Member> = Vec::new();
    for part in text.split('@').skip(1) {
        let fits = people
            .iter()
            .filter(|m| !m.name.is_empty() && part.starts_with(m.name.as_str()));
        if let Some(person) = fits.max_by_key(|m| m.name.len())
            && !found.iter().any(|f| f.person_id == person.person_id)
        {
            found.push(person);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use backbone_identity::PersonId;

    use super::*;

    #[test]
    fn the_longer_name_is_meant_and_nobody_is_told_twice() {
        let person = |name: &str| Member {
            person_id: PersonId::new(),
            name: name.into(),
            email: String::new(),
            language: "en".into(),
            organization_id: None,
        };
        let people = [person("Jan"), person("Jan de Boer"), person("Noor")];
        let names = |text: &str| {
            mentioned(text, &people)
                .iter()
                .map(|m| m.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names("ask @Jan de Boer and @Noor, or @Noor"),
            ["Jan de Boer", "Noor"]
        );
        assert_eq!(names("@Jan, mail me at a@b.example"), ["Jan"]);
        assert!(names("nobody @ all").is_empty());
    }
}
