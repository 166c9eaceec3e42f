//! What surrounds a page or a mail: language, zone, partnership, person, navigation.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use crate::assets;
use crate::catalogue::Lang;
use crate::theme::Theme;

/// The partnership's identity, which leads every page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Brand {
    /// Its id.
    pub id: String,
    /// Its name in addresses.
    pub slug: String,
    /// Its name as people read it.
    pub name: String,
    /// Its colour as `#rrggbb`; ignored when [`assets::accent_ok`] refuses it.
    pub accent: Option<String>,
    /// Address of its logo on this server; without one, its initial in its colour.
    pub logo_url: Option<String>,
    /// ISO 4217 code of its currency, the default of the `money` helper.
    pub currency: String,
}

/// The person who looks at the page.
#[derive(Debug, Clone, Serialize)]
pub struct Viewer {
    /// Full name.
    pub name: String,
    /// Up to two letters for the avatar.
    pub initials: String,
    /// Their role in this partnership, in their language.
    pub role_label: String,
}

/// One entry of the rail and of the bar on phones. The first four are on the bar, the rest under "More".
#[derive(Debug, Clone, Default, Serialize)]
pub struct NavItem {
    /// Stable name, such as `scorecard`.
    pub key: String,
    /// The word on the rail, in the reader's language.
    pub label: String,
    /// A shorter word for the bar on phones (9 letters fit), or empty to use `label`.
    pub short: String,
    /// Where it leads.
    pub href: String,
    /// An icon name (see `icon_names`).
    pub icon: String,
    /// How many things wait there; 0 shows nothing.
    pub count: u32,
    /// Whether this page belongs to it.
    pub active: bool,
}

/// The bell: how much the person has not read.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Bell {
    /// Where it leads.
    pub href: String,
    /// How many are unread; 0 shows no number.
    pub count: u32,
    /// The live topic that changes with it.
    pub topic: String,
}

/// What a flash says about the thing just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FlashKind {
    /// It worked.
    Good,
    /// It worked, with something to know.
    Watch,
    /// It did not work.
    Bad,
}

/// A message about the thing just done, shown once on top of the next page.
#[derive(Debug, Clone, Serialize)]
pub struct Flash {
    /// Its tone.
    pub kind: FlashKind,
    /// Its text in the reader's language.
    pub text: String,
}

/// The frame of a page.
#[derive(Debug, Clone, Serialize)]
pub struct Shell {
    /// The reader's language.
    pub lang: Lang,
    /// IANA name of the zone in which times are told.
    pub time_zone: String,
    /// The moment of rendering.
    pub now: Timestamp,
    /// The page's own title; the partnership's name is added behind it.
    pub title: String,
    /// The path of the request.
    pub path: String,
    /// The id under which the request is logged.
    pub request_id: String,
    /// The partnership, if the page belongs to one.
    pub partnership: Option<Brand>,
    /// The person, if signed in.
    pub person: Option<Viewer>,
    /// What the person has not read, if signed in to a partnership.
    pub bell: Option<Bell>,
    /// The rail.
    pub nav: Vec<NavItem>,
    /// What to say about the last thing done.
    pub flash: Option<Flash>,
    /// The address of this server without a final slash.
    pub base_url: String,
    /// Whether search engines may list the page; off unless a page says otherwise.
    pub indexable: bool,
    /// Light, dark, or as the device.
    pub theme: Theme,
    /// One sentence about the page for search engines and previews of links; the title when empty.
    pub description: String,
}

impl Shell {
    /// A frame without partnership or person, for pages before sign-in and as a base for `..`.
    pub fn bare(lang: Lang, now: Timestamp, title: impl Into<String>) -> Self {
        Self {
            lang,
            time_zone: "UTC".into(),
            now,
            title: title.into(),
            path: String::new(),
            request_id: String::new(),
            partnership: None,
            person: None,
            bell: None,
            nav: Vec::new(),
            flash: None,
            base_url: String::new(),
            indexable: false,
            theme: Theme::System,
            description: String::new(),
        }
    }

    pub(super) fn context(&self) -> Value {
        let mut page = json!(self);
        let assets = assets::current();
        page["dir"] = json!(self.lang.dir());
        page["css_url"] = json!(assets.css_url());
        page["js_url"] = json!(assets.js_url());
        add_brand(&mut page, self.partnership.as_ref());
        page
    }
}

/// The frame of a mail.
#[derive(Debug, Clone, Serialize)]
pub struct MailShell {
    /// The reader's language.
    pub lang: Lang,
    /// IANA name of the zone in which times are told.
    pub time_zone: String,
    /// The moment of rendering.
    pub now: Timestamp,
    /// The address of this server without a final slash, for links.
    pub base_url: String,
    /// The partnership in whose name it is sent.
    pub partnership: Option<Brand>,
    /// The subject, also the document's title.
    pub subject: String,
    /// The line that mail programs show beside the subject.
    pub preheader: String,
    /// Why the reader gets this, as a sentence.
    pub why: String,
    /// Where to stop it; a slot for a personal link is allowed.
    pub unsubscribe_url: Option<String>,
    /// Where to choose what to receive.
    pub preferences_url: Option<String>,
    /// The same in a browser.
    pub view_url: Option<String>,
}

impl MailShell {
    pub(super) fn context(&self) -> Value {
        let mut page = json!(self);
        add_brand(&mut page, self.partnership.as_ref());
        page
    }
}

fn add_brand(page: &mut Value, brand: Option<&Brand>) {
    let accent = brand
        .and_then(|brand| brand.accent.as_deref())
        .filter(|hex| assets::accent_ok(hex));
    page["currency"] = json!(brand.map_or("", |brand| brand.currency.as_str()));
    page["accent"] = json!(accent.unwrap_or(assets::DEFAULT_ACCENT));
    page["accent_dark"] = json!(assets::dark_accent(
        accent.unwrap_or(assets::DEFAULT_ACCENT)
    ));
    page["accent_url"] = json!(accent.map(assets::accent_url));
    page["initial"] = json!(
        brand
            .and_then(|brand| brand.name.chars().next())
            .map(String::from)
    );
}
