//! What stops a campaign from leaving, and what is worth a second look.

use backbone_db::{Conn, DbError};
use backbone_web::FieldError;
use serde::Serialize;

use super::{Campaign, Kind};
use crate::delivery;
use crate::stories::Stories;

/// One finding. Its sentence is the message `field-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Finding {
    /// Whether the campaign cannot leave because of it.
    pub blocks: bool,
    /// Stable code.
    pub code: &'static str,
    /// What it is about.
    pub field: &'static str,
    /// The figure it is about, if it is about one.
    pub subject: String,
}

impl Finding {
    pub(crate) fn new(
        blocks: bool,
        code: &'static str,
        field: &'static str,
        subject: &str,
    ) -> Self {
        Self {
            blocks,
            code,
            field,
            subject: subject.to_string(),
        }
    }

    /// For a problem's list of fields, and for the words of a page.
    pub fn field_error(&self) -> FieldError {
        FieldError {
            field: self.field.to_string(),
            code: self.code,
            args: vec![("subject", self.subject.clone())],
        }
    }
}

/// Looks at everything that can be known before sending.
pub(crate) fn check(
    conn: &mut Conn,
    tenant: &str,
    stories: &dyn Stories,
    campaign: &Campaign,
) -> Result<Vec<Finding>, DbError> {
    let mut found = Vec::new();
    if delivery::store::counts(conn, &campaign.id)?.total == 0 {
        found.push(Finding::new(true, "campaign-nobody", "recipients", ""));
    }
    if campaign.note.is_empty() && campaign.kind == Kind::Story {
        found.push(Finding::new(false, "campaign-no-note", "note", ""));
    }
    let content = campaign.content()?;
    if campaign.kind == Kind::Correction {
        if content.reason.trim().is_empty() {
            found.push(Finding::new(true, "campaign-no-reason", "reason", ""));
        }
        return Ok(found);
    }
    let out = stories.out(conn, tenant)?;
    let newest = out.iter().find(|o| o.edition.story_id == campaign.story_id);
    match newest {
        None => found.push(Finding::new(true, "campaign-withdrawn", "story_id", "")),
        Some(o) if o.edition.edition_id != campaign.edition_id => {
            found.push(Finding::new(true, "campaign-older-edition", "story_id", ""));
        }
        Some(o) if o.edition.secret.is_empty() => {
            found.push(Finding::new(true, "campaign-no-link", "story_id", ""));
        }
        Some(_) => {}
    }
    for changed in stories.changed(conn, tenant)? {
        if changed.edition_id == campaign.edition_id {
            let label = &changed.change.label;
            found.push(Finding::new(
                true,
                "campaign-figure-changed",
                "story_id",
                label,
            ));
        }
    }
    Ok(found)
}
