//! The listed stories as an Atom feed (RFC 4287), for news readers and other sites.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use actix_web::{HttpRequest, HttpResponse, get, web};
use backbone_identity::{Core, Visitor, page};
use backbone_web::{Problem, etag};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::public::found;
use super::{ListedStory, address};

/// Stories in the feed.
const ENTRIES: usize = 50;

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    summary: String,
    language: String,
    url: String,
    published: String,
    updated: String,
}

#[derive(Serialize)]
struct Feed {
    id: String,
    title: String,
    subtitle: String,
    language: String,
    url: String,
    own: String,
    logo: Option<String>,
    updated: String,
    entries: Vec<Entry>,
}

/// XML 1.0 has no way to write most control characters (section 2.2), not even escaped.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn entry(base: &str, story: ListedStory) -> Entry {
    Entry {
        id: format!("urn:uuid:{}", story.story_id),
        title: clean(&story.headline),
        summary: clean(&story.dek),
        language: story.language,
        url: format!("{base}{}", story.href),
        published: story.listed_at.min(story.published_at).to_string(),
        updated: story.published_at.max(story.listed_at).to_string(),
    }
}

/// The feed.
#[get("/public/{slug}/feed.atom")]
pub(super) async fn feed(
    core: web::Data<Core>,
    req: HttpRequest,
    visitor: Visitor,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let of = found(&core, &slug, 1, ENTRIES).await?;
    let (p, base) = (of.partnership, core.settings.base_url.clone());
    let entries: Vec<Entry> = of.stories.into_iter().map(|s| entry(&base, s)).collect();
    let updated = entries.iter().map(|e| e.updated.clone()).max();
    let data = Feed {
        id: format!("urn:uuid:{}", p.id),
        title: clean(&p.name),
        subtitle: clean(&p.purpose),
        language: p.language.clone(),
        url: format!("{base}{}", address(&p.slug)),
        own: format!("{base}{}/feed.atom", address(&p.slug)),
        logo: p
            .logo_file_id
            .is_some()
            .then(|| format!("{base}/p/{}/logo", p.slug)),
        updated: updated.unwrap_or_else(|| p.created_at.to_string()),
        entries,
    };
    let shell = page::public_shell(&core, &req, &visitor, Some(&p), String::new());
    let body = core
        .renderer
        .fragment("storytelling/listing/feed", &shell, &data)
        .map_err(Problem::internal)?;
    let tag = hex::encode(&Sha256::digest(body.as_bytes())[..16]);
    let mut answer = if etag::not_modified(&req, &tag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    answer.insert_header((ETAG, format!("\"{tag}\"")));
    answer.insert_header((CACHE_CONTROL, "public, max-age=300"));
    if etag::not_modified(&req, &tag) {
        return Ok(answer.finish());
    }
    Ok(answer
        .insert_header((CONTENT_TYPE, "application/atom+xml; charset=utf-8"))
        .body(body))
}
