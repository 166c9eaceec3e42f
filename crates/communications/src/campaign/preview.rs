//! A campaign as one reader will get it: for looking at, and for a test to oneself.

use std::collections::HashMap;
use std::sync::Arc;

use backbone_db::Instant;
use backbone_identity::{Actor, Core, Partnership};
use backbone_mail::compose::Warning;
use backbone_mail::mailbox::{MailId, Opened};
use backbone_mail::{Mailer, Raw};
use backbone_web::Lang;

use super::checks::Finding;
use super::message::{self, MessageError, Surroundings};
use super::{Campaign, Content};
use crate::delivery::{Delivery, DeliveryId, DeliveryState, Writer};
use crate::error::Error;
use crate::suppression::address_key;

/// Whom a preview is addressed to.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The language.
    pub lang: Lang,
}

/// Composes a campaign in every language, as sending will.
pub(crate) fn writer(
    core: &Core,
    partnership: &Partnership,
    campaign: &Campaign,
    content: &Content,
    date: Instant,
) -> Result<Writer, MessageError> {
    let around = Surroundings {
        renderer: &core.renderer,
        base_url: &core.settings.base_url,
        mail_from: &core.settings.mail_from,
        partnership,
    };
    let mut composed = HashMap::new();
    for lang in Lang::all() {
        composed.insert(lang, message::compose(around, campaign, content, lang)?);
    }
    let sender = message::sender(around, campaign)?;
    Ok(Writer {
        renderer: core.renderer.clone(),
        composed,
        secret: core.settings.secret.clone(),
        base_url: core.settings.base_url.clone(),
        domain: sender.address().domain().to_string(),
        dkim: core.dkim.clone(),
        date,
        fallback: partnership.lang(),
    })
}

/// The message that `reader` would get. Processor work: call it off the async threads.
pub(crate) fn for_reader(
    core: &Core,
    actor: &Actor,
    campaign: &Campaign,
    reader: &Reader,
) -> Result<Raw, Error> {
    let content = campaign.content()?;
    let writer = writer(core, &actor.partnership, campaign, &content, actor.now)
        .map_err(|e| Error::Message(e.to_string()))?;
    let delivery = Delivery {
        // A new identity each time: a test is no delivery, and a second test must not be taken for a repeat.
        id: DeliveryId::new(),
        partnership_id: campaign.partnership_id.clone(),
        campaign_id: campaign.id.clone(),
        edition_id: campaign.edition_id.clone(),
        email: reader.email.clone(),
        address_key: address_key(&reader.email),
        name: reader.name.clone(),
        language: reader.lang.code().to_string(),
        person_id: None,
        contact_id: None,
        state: DeliveryState::Pending,
        attempts: 0,
        due_at: actor.now,
        claimed_by: None,
        claimed_at: None,
        reply: None,
        settled_at: None,
    };
    writer.write(&delivery, actor.now).map_err(Error::Message)
}

/// What staff should know of the message as it will leave: its size, and what a reader may not see.
#[derive(Debug, Default)]
pub(crate) struct Sized {
    /// Bytes of HTML of the larger language.
    pub html: usize,
    /// What is worth a second look.
    pub findings: Vec<Finding>,
}

/// Composes the message in every language, only to look at it. Processor work: call it off the async threads.
pub(crate) fn sized(core: &Core, actor: &Actor, campaign: &Campaign) -> Result<Sized, Error> {
    let content = campaign.content()?;
    let writer = writer(core, &actor.partnership, campaign, &content, actor.now)
        .map_err(|e| Error::Message(e.to_string()))?;
    let mut sized = Sized::default();
    for composed in writer.composed.values() {
        sized.html = sized.html.max(composed.html_size);
        for warning in &composed.warnings {
            let finding = match warning {
                Warning::Clipped { size } => {
                    let kb = size.div_ceil(1024).to_string();
                    Finding::new(false, "campaign-too-long", "note", &kb)
                }
                Warning::PictureWithoutText { count } => {
                    Finding::new(false, "campaign-picture-mute", "note", &count.to_string())
                }
            };
            if !sized.findings.iter().any(|f| f.code == finding.code) {
                sized.findings.push(finding);
            }
        }
    }
    Ok(sized)
}

/// How a mail program shows a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rendering {
    /// As it was made.
    #[default]
    Best,
    /// Without its pictures, as programs do that wait for a tap.
    ImagesOff,
    /// With its colours for dark screens.
    Dark,
    /// Both: dark, and without its pictures.
    Bare,
}

/// The HTML as a mail program of that kind shows it.
pub(crate) fn rendered(html: &str, how: Rendering) -> String {
    const DARK: &str = "@media (prefers-color-scheme: dark)";
    match how {
        Rendering::Best => html.to_string(),
        Rendering::ImagesOff => without_pictures(html),
        Rendering::Dark => html.replace(DARK, "@media all"),
        Rendering::Bare => without_pictures(&html.replace(DARK, "@media all")),
    }
}

/// Pictures lose their source, so that a browser shows what stands in for them.
fn without_pictures(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("src=\"data:") {
        out.push_str(&rest[..at]);
        rest = &rest[at + "src=\"".len()..];
        rest = rest.find('"').map_or("", |end| &rest[end + 1..]);
    }
    out.push_str(rest);
    out
}

/// The message as a mail program shows it: safe HTML with its pictures inside, and the plain text.
pub(crate) fn opened(raw: Raw) -> Result<Opened, Error> {
    let id = MailId::parse("preview").ok_or_else(|| Error::Message("preview".into()))?;
    Opened::read(&id, raw.bytes).map_err(|e| Error::Message(e.to_string()))
}

/// Makes the message off the async threads.
pub(crate) async fn make(
    core: Arc<Core>,
    actor: Actor,
    campaign: Campaign,
    reader: Reader,
) -> Result<Raw, Error> {
    let made =
        tokio::task::spawn_blocking(move || for_reader(&core, &actor, &campaign, &reader)).await;
    made.unwrap_or_else(|e| Err(Error::Message(e.to_string())))
}

/// Sends a test.
pub(crate) async fn send_test(mailer: &Mailer, raw: Raw) -> Result<(), Error> {
    let outcome = mailer.send(raw).await;
    if outcome.is_delivered() {
        Ok(())
    } else {
        Err(Error::TestRefused(outcome.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rendering_takes_away_what_a_poor_program_does_not_show() {
        let html = "<style>@media (prefers-color-scheme: dark) {a{}}</style><img alt=\"61 %\" src=\"data:image/png;base64,AA==\" width=\"9\"><p>End</p>";
        assert_eq!(rendered(html, Rendering::Best), html);
        let off = rendered(html, Rendering::ImagesOff);
        assert!(
            off.contains("<img alt=\"61 %\"  width=\"9\"><p>End</p>"),
            "{off}"
        );
        assert!(rendered(html, Rendering::Dark).contains("@media all {a{}}"));
        let bare = rendered(html, Rendering::Bare);
        assert!(
            bare.contains("@media all") && !bare.contains("data:"),
            "{bare}"
        );
        assert_eq!(without_pictures("<img src=\"data:broken"), "<img ");
    }
}
