//! What may stand in a page unescaped, and how the rest is escaped.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// The field under which trusted markup travels through the template context. It starts with a character that
/// Unicode reserves for internal use, so that it cannot be mistaken for a field of ordinary data.
const FIELD: &str = "\u{fdd0}html";

/// Opens, names and closes a slot inside a component's rendered body (see the component module).
pub(super) const SLOT_OPEN: char = '\u{fdd1}';
pub(super) const SLOT_BODY: char = '\u{fdd2}';
pub(super) const SLOT_CLOSE: char = '\u{fdd3}';

/// Markup made by our own code (charts, sanitized Markdown). Printed by `{{html x}}` and `{{chart x}}` only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Vouches for `html`: every piece of outside text in it has been escaped.
    pub fn trusted(html: impl Into<String>) -> Self {
        Self(html.into())
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Markup found in a template context, if the value is one of ours.
    pub(super) fn in_context(value: &Value) -> Option<&str> {
        value.as_object()?.get(FIELD)?.as_str()
    }
}

impl Serialize for SafeHtml {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(FIELD, &self.0)?;
        map.end()
    }
}

/// Escapes text for element content and quoted attributes, and drops the marks reserved for slots.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fdd0}'..='\u{fdd3}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}
