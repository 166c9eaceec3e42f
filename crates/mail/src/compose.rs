//! From MJML to the two readable forms of a message. Nothing is loaded from anywhere.
//!
//! The parsers behind this recurse: MJML that people wrote themselves belongs into the sandbox.

mod text;

use std::{collections::HashMap, sync::LazyLock};

use css_inline::{CSSInliner, InlineOptions};
use mrml::{
    mj_head::MjHeadChild,
    prelude::{parser::ParserOptions, render::RenderOptions},
};

pub use text::from_html as text_from_html;

/// Gmail hides what comes after so many bytes of HTML behind a link, the unsubscribe footer included.
pub const CLIP_LIMIT: usize = 102 * 1024;

/// Why MJML cannot be turned into a message.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The MJML is malformed, or asks for another file.
    #[error("this is not valid MJML: {0}")]
    Parse(String),
    /// It could not be turned into HTML.
    #[error("the MJML could not be turned into HTML: {0}")]
    Render(String),
    /// Its styles could not be put into its elements.
    #[error("the styles could not be put into the elements: {0}")]
    Styles(String),
    /// The plain text could not be made.
    #[error("the plain text could not be made: {0}")]
    Text(String),
}

/// Something that a sender should know before sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The HTML is so large that Gmail will hide its end.
    Clipped {
        /// Bytes of HTML.
        size: usize,
    },
    /// Pictures without a description, which says nothing to those who do not see them.
    PictureWithoutText {
        /// How many.
        count: usize,
    },
}

/// A message in its two readable forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// For mail programs that show HTML.
    pub html: String,
    /// For all others, and for people who prefer it.
    pub text: String,
    /// What to look at before sending.
    pub warnings: Vec<Warning>,
}

/// mrml writes attributes the way Rust prints strings for debugging, so that a character without a shape, such as the
/// no-break space of `61 %`, would come out as an escape. Written as entities they pass through unchanged.
fn as_entities(mjml: &str) -> String {
    let mut out = String::with_capacity(mjml.len());
    for c in mjml.chars() {
        if !c.is_ascii() && c.escape_debug().count() > 1 {
            out.push_str(&format!("&#{};", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Turns MJML into HTML with its styles in its elements, and into plain text.
///
/// # Errors
/// A [`ComposeError`] that says which step failed; `mj-include` is refused.
pub fn from_mjml(mjml: &str) -> Result<Rendered, ComposeError> {
    let mjml = &as_entities(mjml);
    let parsed = mrml::parse_with_options(mjml, &ParserOptions::default());
    let mut document = parsed
        .map_err(|error| ComposeError::Parse(error.to_string()))?
        .element;
    // Web fonts would be loaded from another host whenever somebody reads.
    let options = RenderOptions {
        fonts: HashMap::new(),
        ..RenderOptions::default()
    };
    let render = |document: &mrml::mjml::Mjml| {
        document
            .render(&options)
            .map_err(|error| ComposeError::Render(error.to_string()))
    };
    let html = render(&document)?;
    let html = INLINER
        .inline(&html)
        .map_err(|error| ComposeError::Styles(error.to_string()))?;
    // The preview is for the list of messages; as text it would stand twice.
    if let Some(head) = &mut document.children.head {
        head.children
            .retain(|child| !matches!(child, MjHeadChild::MjPreview(_)));
    }
    let text = text::from_html(&render(&document)?)?;
    let warnings = warnings(&html);
    Ok(Rendered {
        html,
        text,
        warnings,
    })
}

static INLINER: LazyLock<CSSInliner<'static>> = LazyLock::new(|| {
    CSSInliner::new(InlineOptions {
        keep_style_tags: true,
        // What went into the elements need not be sent twice; media queries stay.
        remove_inlined_selectors: true,
        load_remote_stylesheets: false,
        ..InlineOptions::default()
    })
});

fn warnings(html: &str) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if html.len() > CLIP_LIMIT {
        warnings.push(Warning::Clipped { size: html.len() });
    }
    let pictures = html.split("<img").skip(1);
    let count = pictures
        .filter(|rest| !rest.split('>').next().unwrap_or_default().contains("alt="))
        .count();
    if count > 0 {
        warnings.push(Warning::PictureWithoutText { count });
    }
    warnings
}

#[cfg(test)]
mod tests;
