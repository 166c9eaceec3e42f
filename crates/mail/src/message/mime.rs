//! The MIME structure of a message: alternatives, inline images, attachments.

use lettre::message::{
    Attachment as Part, Body, MultiPart, SinglePart,
    header::{ContentTransferEncoding, ContentType},
};
use sha2::{Digest as _, Sha256};

use super::MessageError;

/// A picture inside the HTML, shown by `<img src="cid:…">`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineImage {
    /// What stands behind `cid:`.
    pub content_id: String,
    /// Such as `image/png`.
    pub content_type: String,
    /// The picture.
    pub data: Vec<u8>,
}

/// A file that the reader can save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The name offered to the reader.
    pub file_name: String,
    /// Such as `application/pdf`.
    pub content_type: String,
    /// The file.
    pub data: Vec<u8>,
}

/// The readable parts, already quoted-printable.
pub(crate) struct Bodies {
    pub(crate) text: Vec<u8>,
    pub(crate) html: Option<Vec<u8>>,
}

/// Writes `MIME-Version`, the content headers and the body, ending the header block of `out`.
///
/// `seed` makes the boundaries: the same seed, the same bytes.
pub(crate) fn write_body(
    out: &mut Vec<u8>,
    bodies: Bodies,
    images: &[InlineImage],
    attachments: &[Attachment],
    seed: &str,
) -> Result<(), MessageError> {
    out.extend_from_slice(b"MIME-Version: 1.0\r\n");
    let boundaries = Boundaries::new(seed);
    let text = readable(bodies.text, ContentType::TEXT_PLAIN);
    let Some(html) = bodies.html else {
        let formatted = if attachments.is_empty() {
            text.formatted()
        } else {
            with_attachments(boundaries.mixed().singlepart(text), attachments)?.formatted()
        };
        out.extend_from_slice(&formatted);
        return Ok(());
    };
    let html = readable(html, ContentType::TEXT_HTML);
    let alternative = MultiPart::alternative()
        .boundary(boundaries.name("alternative"))
        .singlepart(text);
    let alternative = if images.is_empty() {
        alternative.singlepart(html)
    } else {
        let related = MultiPart::related()
            .boundary(boundaries.name("related"))
            .singlepart(html);
        alternative.multipart(with_images(related, images)?)
    };
    let whole = if attachments.is_empty() {
        alternative
    } else {
        with_attachments(boundaries.mixed().multipart(alternative), attachments)?
    };
    out.extend_from_slice(&whole.formatted());
    Ok(())
}

fn readable(encoded: Vec<u8>, content_type: ContentType) -> SinglePart {
    let body = Body::dangerous_pre_encoded(encoded, ContentTransferEncoding::QuotedPrintable);
    SinglePart::builder().header(content_type).body(body)
}

fn with_images(mut related: MultiPart, images: &[InlineImage]) -> Result<MultiPart, MessageError> {
    for image in images {
        let legal = |b: u8| b.is_ascii_alphanumeric() || b".-_@".contains(&b);
        if image.content_id.is_empty() || !image.content_id.bytes().all(legal) {
            return Err(MessageError::ContentId(
                image.content_id.escape_debug().to_string(),
            ));
        }
        let content_type = parse_content_type(&image.content_type)?;
        let part =
            Part::new_inline(image.content_id.clone()).body(base64_body(&image.data), content_type);
        related = related.singlepart(part);
    }
    Ok(related)
}

fn with_attachments(
    mut mixed: MultiPart,
    attachments: &[Attachment],
) -> Result<MultiPart, MessageError> {
    for attachment in attachments {
        super::refuse_control("the name of an attachment", &attachment.file_name)?;
        let content_type = parse_content_type(&attachment.content_type)?;
        let part = Part::new(attachment.file_name.clone())
            .body(base64_body(&attachment.data), content_type);
        mixed = mixed.singlepart(part);
    }
    Ok(mixed)
}

fn parse_content_type(text: &str) -> Result<ContentType, MessageError> {
    let good = !text.chars().any(char::is_control);
    good.then(|| ContentType::parse(text).ok())
        .flatten()
        .ok_or_else(|| MessageError::ContentType(text.escape_debug().to_string()))
}

/// Base64 whatever the bytes are: an attached text keeps its line ends, and no line can look like a boundary.
fn base64_body(data: &[u8]) -> Body {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let encoded = STANDARD.encode(data).into_bytes();
    let mut lines = Vec::with_capacity(encoded.len() + encoded.len() / 38 + 2);
    for line in encoded.chunks(76) {
        lines.extend_from_slice(line);
        lines.extend_from_slice(b"\r\n");
    }
    Body::dangerous_pre_encoded(lines, ContentTransferEncoding::Base64)
}

/// Boundaries begin with `=_`, which neither quoted-printable nor base64 can contain.
struct Boundaries(String);

impl Boundaries {
    fn new(seed: &str) -> Self {
        let digest = Sha256::digest(seed.as_bytes());
        Self(
            digest
                .iter()
                .take(10)
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }

    fn name(&self, kind: &str) -> String {
        format!("=_{kind}_{}", self.0)
    }

    fn mixed(&self) -> lettre::message::MultiPartBuilder {
        MultiPart::mixed().boundary(self.name("mixed"))
    }
}
