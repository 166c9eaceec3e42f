//! One recipient's message: what is filled in, its identity, its way out of the list, its signature.

use std::collections::HashMap;
use std::sync::Arc;

use backbone_db::Instant;
use backbone_identity::secret::MasterSecret;
use backbone_mail::compile::Recipient;
use backbone_mail::dkim::DkimKey;
use backbone_mail::{Address, Mailbox, MessageId, Raw, Unsubscribe};
use backbone_web::{Lang, Renderer};

use super::{Delivery, DeliveryId};
use crate::campaign::message::{Composed, GREETING, READER, UNSUBSCRIBE, greeting};
use crate::{reader, unsubscribe};

/// Makes messages of a campaign.
pub(crate) struct Writer {
    pub renderer: Arc<Renderer>,
    pub composed: HashMap<Lang, Composed>,
    pub secret: MasterSecret,
    pub base_url: String,
    /// The domain of the sender's address, for Message-IDs.
    pub domain: String,
    pub dkim: Option<Arc<DkimKey>>,
    /// The date of every message: when the campaign was sent, whatever the attempt.
    pub date: Instant,
    /// Used for recipients whose language is not known.
    pub fallback: Lang,
}

impl Writer {
    /// The message for one recipient. Signing takes processor time, so call it off the async threads.
    ///
    /// # Errors
    /// A sentence for the delivery's record.
    pub fn write(&self, delivery: &Delivery, now: Instant) -> Result<Raw, String> {
        let lang = delivery.language.parse().unwrap_or(self.fallback);
        let composed = self
            .composed
            .get(&lang)
            .ok_or("the campaign was not composed in the recipient's language")?;
        let address = Address::parse(&delivery.email).map_err(|e| e.to_string())?;
        // A name that cannot stand in a header is left out; the address is what counts.
        let to =
            Mailbox::new(Some(&delivery.name), address.clone()).unwrap_or_else(|_| address.into());
        let url = unsubscribe_url(
            &self.secret,
            &self.base_url,
            &delivery.partnership_id,
            &delivery.address_key,
        );
        let reader = reader::token(&self.secret, &delivery.id);
        let greeting = greeting(&self.renderer, lang, &delivery.name);
        let values: Vec<&str> = composed
            .compiled
            .slots()
            .iter()
            .map(|slot| match slot.as_str() {
                GREETING => greeting.as_str(),
                UNSUBSCRIBE => url.as_str(),
                READER => reader.as_str(),
                _ => "",
            })
            .collect();
        let mut raw = composed
            .compiled
            .fill(&Recipient {
                to: &to,
                return_path: None,
                message_id: &message_id(&self.secret, &delivery.id, &self.domain)?,
                date: self.date.jiff(),
                unsubscribe: Some(&Unsubscribe {
                    url: url.clone(),
                    one_click: true,
                }),
                values: &values,
            })
            .map_err(|e| e.to_string())?;
        if let Some(key) = &self.dkim {
            key.sign(&mut raw, now.jiff()).map_err(|e| e.to_string())?;
        }
        Ok(raw)
    }

    /// Bytes of the largest language's message.
    pub fn size(&self) -> usize {
        self.composed.values().map(|c| c.size).max().unwrap_or(1)
    }
}

/// The identity of a delivery's message: the same at every attempt, and nobody else can make it.
pub(crate) fn message_id(
    secret: &MasterSecret,
    id: &DeliveryId,
    domain: &str,
) -> Result<MessageId, String> {
    let key = secret.derive(&format!("message-id:{id}"));
    let left: String = key[..16].iter().map(|b| format!("{b:02x}")).collect();
    MessageId::parse(&format!("{left}@{domain}")).map_err(|e| e.to_string())
}

/// Where a recipient leaves: by POST at once, by GET with a button.
pub(crate) fn unsubscribe_url(
    secret: &MasterSecret,
    base_url: &str,
    partnership: &str,
    address_key: &str,
) -> String {
    format!(
        "{base_url}/u/{}",
        unsubscribe::token(secret, partnership, address_key)
    )
}
