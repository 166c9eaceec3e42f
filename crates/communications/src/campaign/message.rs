//! A campaign as a message: composed once for each language, with slots for what differs by recipient.

use backbone_charts::{Frame, Mark, RangeChart, RangeWords, Theme};
use backbone_identity::{Partnership, page};
use backbone_mail::compile::{CompileError, Compiled, slot};
use backbone_mail::compose::{self, ComposeError};
use backbone_mail::{Address, AddressError, Content as MailContent, InlineImage, Mailbox};
use backbone_web::render::{MailShell, RenderError};
use backbone_web::{Args, Lang, Renderer};
use serde::Serialize;

use super::{Campaign, Content, Figure, Kind, Ratio};

/// Slots of every campaign.
pub const GREETING: &str = "greeting";
/// The recipient's own address for leaving.
pub const UNSUBSCRIBE: &str = "unsubscribe";
/// The recipient's own token: who asks about a figure needs not say who they are.
pub const READER: &str = "reader";
/// The content id of the chart.
const CHART: &str = "chart@backbone";
/// Width of the chart's drawing, so that with its margins it fills the column of 536 pixels.
const CHART_WIDTH: u32 = 504;

/// Why a campaign cannot be made into a message.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// The template and its data do not fit.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The MJML cannot be turned into HTML.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// The chart cannot be drawn.
    #[error("the chart cannot be drawn: {0}")]
    Chart(#[from] backbone_charts::PngError),
    /// A part of the message is refused.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// The sender's address is not one.
    #[error("the sender's address cannot be used: {0}")]
    Sender(#[from] AddressError),
}

/// What composing needs beside the campaign.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// Templates and messages.
    pub renderer: &'a Renderer,
    /// The server's address, without a final slash.
    pub base_url: &'a str,
    /// The configured sender, `Name <address>`.
    pub mail_from: &'a str,
    /// In whose name it is sent.
    pub partnership: &'a Partnership,
}

/// A campaign in one language, ready to be filled for each recipient.
pub struct Composed {
    /// The compiled message.
    pub compiled: Compiled,
    /// Rough size of a whole message, for deciding how many are kept in memory.
    pub size: usize,
    /// Bytes of its HTML.
    pub html_size: usize,
    /// What a reader may not see.
    pub warnings: Vec<compose::Warning>,
}

#[derive(Serialize)]
struct Data {
    greeting: String,
    correction: bool,
    other_language: Option<String>,
    note: Vec<String>,
    note_author: String,
    headline: String,
    summary: Vec<String>,
    hero: Option<FigureRow>,
    figures: Vec<FigureRow>,
    changes: Vec<ChangeRow>,
    reason: Vec<String>,
    vignette: Option<VignetteRow>,
    chart: bool,
    chart_alt: String,
    ratio: Option<RatioRow>,
    story_url: String,
    received_url: String,
}

#[derive(Serialize)]
struct FigureRow {
    label: String,
    value: String,
    period: String,
    url: String,
}

#[derive(Serialize)]
struct ChangeRow {
    label: String,
    old: String,
    new: String,
    url: String,
}

#[derive(Serialize)]
struct VignetteRow {
    title: String,
    text: Vec<String>,
}

#[derive(Serialize)]
struct RatioRow {
    low: String,
    base: String,
    high: String,
    assumptions: Vec<String>,
    url: String,
}

/// Composes and compiles a campaign in one language. Its words are in `lang`, the story's text in its own language.
///
/// # Errors
/// A [`MessageError`] that says what to change.
pub fn compose(
    around: Surroundings<'_>,
    campaign: &Campaign,
    content: &Content,
    lang: Lang,
) -> Result<Composed, MessageError> {
    let chart = draw_chart(around.renderer, content, lang)?;
    let alt = chart.as_ref().map(|c| c.1.clone()).unwrap_or_default();
    let data = data(around, campaign, content, lang, chart.is_some(), alt);
    let mjml = around.renderer.mjml(
        "communications/emails/story",
        &shell(around, campaign, content, lang),
        &data,
    )?;
    let rendered = compose::from_mjml(&mjml)?;
    let html_size = rendered.html.len();
    let mut mail = MailContent::new(sender(around, campaign)?, &campaign.subject, &rendered.text);
    if !campaign.reply_to.is_empty() {
        mail.reply_to = Some(Address::parse(&campaign.reply_to)?.into());
    }
    mail.html = Some(rendered.html);
    mail.language = Some(content.edition.language.code().to_string());
    mail.headers = vec![("List-Id".into(), list_id(around, campaign)?)];
    let mut size = html_size * 5 / 4 + rendered.text.len() + 2048;
    if let Some((png, _)) = chart {
        size += png.len() * 4 / 3;
        mail.images.push(InlineImage {
            content_id: CHART.into(),
            content_type: "image/png".into(),
            data: png,
        });
    }
    Ok(Composed {
        compiled: Compiled::new(&mail, campaign.id.as_str())?,
        size,
        html_size,
        warnings: rendered.warnings,
    })
}

/// The mailbox that readers see as the sender: the campaign's name before the configured address.
pub fn sender(around: Surroundings<'_>, campaign: &Campaign) -> Result<Mailbox, AddressError> {
    let configured = Mailbox::parse(around.mail_from)?;
    let name = if campaign.sender_name.is_empty() {
        &around.partnership.name
    } else {
        &campaign.sender_name
    };
    Mailbox::new(Some(name), configured.address().clone())
}

/// Groups a partnership's campaigns in mail programs (RFC 2919).
fn list_id(around: Surroundings<'_>, campaign: &Campaign) -> Result<String, AddressError> {
    let sender = sender(around, campaign)?;
    let domain = sender.address().domain().to_string();
    Ok(format!("<stories.{}.{domain}>", around.partnership.slug))
}

/// The public address of the story.
pub fn story_url(base_url: &str, content: &Content) -> String {
    format!("{base_url}/s/{}", content.edition.secret)
}

/// Where a figure comes from, for the recipient.
fn figure_url(base_url: &str, content: &Content, key: &str) -> String {
    let story = story_url(base_url, content);
    format!("{story}/figure/{key}?r={}", slot(READER))
}

fn shell(
    around: Surroundings<'_>,
    campaign: &Campaign,
    content: &Content,
    lang: Lang,
) -> MailShell {
    let mut args = Args::new();
    args.set("partnership", around.partnership.name.clone());
    args.set("headline", content.edition.headline.clone());
    let text = |key: &str| around.renderer.text(lang, key, &args);
    let preheader = match campaign.kind {
        Kind::Story if content.edition.summary.is_empty() => content.edition.headline.clone(),
        Kind::Story => paragraphs(&content.edition.summary).swap_remove(0),
        Kind::Correction => text("communications-mail-correction-preheader"),
    };
    MailShell {
        lang,
        time_zone: around.partnership.time_zone.clone(),
        now: campaign.queued_at.unwrap_or(campaign.created_at).jiff(),
        base_url: around.base_url.into(),
        partnership: Some(page::brand(around.partnership)),
        subject: campaign.subject.clone(),
        preheader,
        why: match campaign.kind {
            Kind::Story => text("communications-mail-why"),
            Kind::Correction => text("communications-mail-why-correction"),
        },
        unsubscribe_url: Some(slot(UNSUBSCRIBE)),
        preferences_url: None,
        view_url: Some(story_url(around.base_url, content)),
    }
}

fn data(
    around: Surroundings<'_>,
    campaign: &Campaign,
    content: &Content,
    lang: Lang,
    chart: bool,
    chart_alt: String,
) -> Data {
    let edition = &content.edition;
    let url = |key: &str| figure_url(around.base_url, content, key);
    let row = |f: &Figure| FigureRow {
        label: f.label.clone(),
        value: f.value.clone(),
        period: f.period.clone(),
        url: url(&f.key),
    };
    let correction = campaign.kind == Kind::Correction;
    let figures: Vec<FigureRow> = if correction {
        Vec::new()
    } else {
        edition.figures.iter().map(row).collect()
    };
    let mut figures = figures.into_iter();
    Data {
        greeting: slot(GREETING),
        correction,
        other_language: (edition.language != lang).then(|| edition.language.name().to_string()),
        note: paragraphs(&campaign.note),
        note_author: campaign.note_author.clone(),
        headline: edition.headline.clone(),
        summary: paragraphs(if correction { "" } else { &edition.summary }),
        hero: figures.next(),
        figures: figures.collect(),
        changes: content
            .changes
            .iter()
            .map(|c| ChangeRow {
                label: c.label.clone(),
                old: c.old.clone(),
                new: c.new.clone(),
                url: url(&c.key),
            })
            .collect(),
        reason: paragraphs(&content.reason),
        vignette: edition
            .vignette
            .as_ref()
            .filter(|_| !correction)
            .map(|v| VignetteRow {
                title: v.title.clone(),
                text: paragraphs(&v.text),
            }),
        chart: chart && !correction,
        chart_alt,
        ratio: edition
            .ratio
            .as_ref()
            .filter(|_| !correction)
            .map(|r| ratio(r, url(&r.key))),
        story_url: format!("{}?r={}", story_url(around.base_url, content), slot(READER)),
        received_url: format!("{}/r/{}", around.base_url, slot(READER)),
    }
}

fn ratio(r: &Ratio, url: String) -> RatioRow {
    let [low, base, high] = r.texts.clone();
    RatioRow {
        low,
        base,
        high,
        assumptions: r.assumptions.clone(),
        url,
    }
}

/// Text, cut at empty lines.
fn paragraphs(text: &str) -> Vec<String> {
    text.replace("\r\n", "\n")
        .split("\n\n")
        .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|p| !p.is_empty())
        .collect()
}

/// The chart as PNG at twice its size, and what it shows in words: the edition's own, or else its ratio with the range.
fn draw_chart(
    renderer: &Renderer,
    content: &Content,
    lang: Lang,
) -> Result<Option<(Vec<u8>, String)>, MessageError> {
    if !content.changes.is_empty() {
        return Ok(None);
    }
    // The background adds a margin of 16 pixels on either side.
    let width = 2 * (CHART_WIDTH + 32);
    if let Some(picture) = &content.edition.chart {
        let png = backbone_charts::png(&picture.svg, width)?;
        return Ok(Some((png, picture.alt.clone())));
    }
    let Some(ratio) = &content.edition.ratio else {
        return Ok(None);
    };
    let text = |key: &str| renderer.text(lang, key, &Args::new());
    let mut args = Args::new();
    for (name, value) in ["low", "base", "high"].into_iter().zip(&ratio.texts) {
        args.set(name, value.clone());
    }
    let description = renderer.text(lang, "communications-ratio-alt", &args);
    let (title, low, base, high, none) = (
        text("communications-ratio-title"),
        text("communications-ratio-low"),
        text("communications-ratio-base"),
        text("communications-ratio-high"),
        text("communications-ratio-none"),
    );
    let mark = |index: usize, label| Mark {
        value: ratio.values[index],
        text: &ratio.texts[index],
        label,
    };
    let chart = backbone_charts::range(&RangeChart {
        frame: Frame {
            id: "ratio",
            title: &title,
            description: &description,
            width: CHART_WIDTH,
            theme: Theme::Light,
            background: true,
        },
        low: mark(0, &low),
        base: mark(1, &base),
        high: mark(2, &high),
        break_even: None,
        words: RangeWords {
            label: &title,
            value: &title,
            no_data: &none,
        },
    });
    let png = backbone_charts::png(&chart.svg, width)?;
    Ok(Some((png, chart.alt)))
}

/// How a recipient is greeted.
pub fn greeting(renderer: &Renderer, lang: Lang, name: &str) -> String {
    if name.trim().is_empty() {
        return renderer.text(lang, "communications-mail-greeting-nameless", &Args::new());
    }
    let mut args = Args::new();
    args.set("name", name.trim().to_string());
    renderer.text(lang, "communications-mail-greeting", &args)
}
