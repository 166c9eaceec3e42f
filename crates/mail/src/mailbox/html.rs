//! The HTML of a message, safe to show in an iframe: nothing that runs, its own pictures inside.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use ammonia::{Builder, UrlRelative};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use mail_parser::{Message, MimeHeaders as _};

/// Kinds of pictures that are put inside. SVG can carry scripts and stays out.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// Attributes that old-fashioned layout by tables needs.
const LAYOUT: [&str; 14] = [
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "dir",
    "height",
    "lang",
    "role",
    "style",
    "title",
    "valign",
    "width",
];

pub(super) fn safe(html: &str, message: &Message<'_>) -> String {
    let pictures = pictures(message);
    let mut builder = Builder::default();
    builder
        .add_generic_attributes(LAYOUT)
        .add_tags(["center", "font", "main", "section"])
        .add_tag_attributes("font", ["color", "face", "size"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "cid", "data"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(
            move |element, attribute, value| match (element, attribute) {
                ("img", "src") => picture(value, &pictures),
                (_, "href" | "src" | "cite" | "background")
                    if has_scheme(value, "data:") || has_scheme(value, "cid:") =>
                {
                    None
                }
                (_, "style") if value.to_ascii_lowercase().contains("url(") => None,
                _ => Some(Cow::Borrowed(value)),
            },
        );
    builder.clean(html).to_string()
}

fn has_scheme(value: &str, scheme: &str) -> bool {
    value
        .trim_start()
        .get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// The message's own pictures as `data:` addresses, by content id.
fn pictures(message: &Message<'_>) -> HashMap<String, String> {
    let picture = |part: &mail_parser::MessagePart<'_>| {
        let id = part.content_id()?.to_owned();
        let kind = part.content_type()?;
        let kind = format!("{}/{}", kind.ctype(), kind.subtype()?);
        let kind = PICTURES
            .into_iter()
            .find(|picture| kind.eq_ignore_ascii_case(picture))?;
        Some((
            id,
            format!("data:{kind};base64,{}", STANDARD.encode(part.contents())),
        ))
    };
    message.parts.iter().filter_map(picture).collect()
}

fn picture<'v>(value: &'v str, pictures: &HashMap<String, String>) -> Option<Cow<'v, str>> {
    if has_scheme(value, "cid:") {
        return pictures
            .get(&value.trim_start()[4..])
            .map(|data| Cow::Owned(data.clone()));
    }
    if has_scheme(value, "data:") {
        let allowed = PICTURES
            .into_iter()
            .any(|kind| has_scheme(value, &format!("data:{kind};base64,")));
        return allowed.then_some(Cow::Borrowed(value));
    }
    Some(Cow::Borrowed(value))
}
