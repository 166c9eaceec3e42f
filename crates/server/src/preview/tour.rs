//! Where the preview goes: an empty server first, then the demo, as staff, partner, funder and nobody, in one language.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use backbone_identity::{Core, setup, sign_in};
use backbone_mail::mailbox::MailFolder;
use backbone_web::Lang;
use serde_json::{Value, json};

use super::acts::{Acts, Cast};
use super::visit::{Asset, BASE, Reader, Server, Walk, hidden, ours};
use super::{AHEAD, acts};
use crate::{demo, ops, start};

/// Goes everywhere; gives the assets that pages named, and what could not be shown or done.
///
/// # Errors
/// What makes all the rest impossible.
pub(super) async fn tour(
    core: &Arc<Core>,
    lang: Lang,
    recorder: ops::Recorder,
) -> Result<(Vec<Asset>, Vec<String>), String> {
    let server = Server::new(core, recorder).await;
    let nobody = Reader {
        cookie: None,
        lang: lang.code(),
    };
    let first = format!("/setup?token={}", setup::token(&core.settings.secret));
    let mut empty = Walk::of(1);
    empty
        .follow(&server, &nobody, &[&first, "/setup", "/"])
        .await;
    let mut failed = empty.failed;
    demo::load(core)?;
    let mut readers = BTreeMap::new();
    for (name, email) in demo::everybody() {
        let reader = sign_in_as(core, &server, email, lang).await?;
        let profile = [("name", name), ("language", lang.code())];
        let profile = profile.map(|(k, v)| (k.to_string(), v.to_string()));
        server
            .ask(reader.form("/account", &profile))
            .await
            .worked()?;
        readers.insert(email, reader);
    }
    let month = core.now().plus_days(-31).jiff();
    let acts = Acts {
        server: &server,
        cast: Cast::of(&readers)?,
        nobody,
        lang: lang.code(),
        month: month.strftime("%Y-%m").to_string(),
        made: RefCell::default(),
    };
    failed.extend(acts.first().await);
    drain(core).await;
    // Some links hold for an hour only.
    let mut outside = Walk::of(2);
    follow_mails(core, &acts, &mut outside).await?;
    failed.extend(acts.second(core).await);
    drain(core).await;
    // Votes close, and what was promised comes due.
    AHEAD.fetch_add(12 * 86_400, Ordering::Relaxed);
    drain(core).await;
    failed.extend(acts.last().await);
    drain(core).await;
    failed.extend(look(core, &acts, outside).await?);
    let mut all = Vec::new();
    let paths = std::mem::take(&mut *server.assets.borrow_mut());
    for path in paths {
        let bytes = server.ask(Reader::default().get(&path)).await.bytes;
        all.push(Asset { path, bytes });
    }
    Ok((all, failed))
}

async fn drain(core: &Arc<Core>) {
    start::runner(core.clone(), 4).drain().await;
}

/// Everybody looks around; gives what could not be shown.
async fn look(core: &Arc<Core>, acts: &Acts<'_>, mut outside: Walk) -> Result<Vec<String>, String> {
    let (server, cast) = (acts.server, &acts.cast);
    follow_mails(core, acts, &mut outside).await?;
    let public = [
        "/sign-in",
        "/password/forgot",
        "/public/first-job-harbour",
        "/public/first-job-harbour/stories",
    ];
    outside.follow(server, &acts.nobody, &public).await;
    let mut failed = outside.failed;
    let made = acts.made.borrow().clone();
    for (reader, enough) in [(&cast.staff, 2), (&cast.partner, 1), (&cast.funder, 1)] {
        let set_up = format!("{}/setup", acts::HOME);
        let starts = [
            acts::HOME,
            &set_up,
            "/account",
            "/accounts",
            "/partnerships/new",
            "/dev/components",
            "/nothing-is-here",
        ];
        let made = made.iter().map(String::as_str);
        let starts: Vec<&str> = made.chain(starts).collect();
        let mut inside = Walk::of(enough);
        inside.follow(server, reader, &starts).await;
        failed.extend(inside.failed);
    }
    // With a second partnership, the first page asks which.
    let second = json!({
        "name": "A second one", "purpose": "To choose between two.", "language": acts.lang, "currency": "EUR",
        "time_zone": "Europe/Amsterdam", "fiscal_year_start": 1, "accent": "#0f6b5c",
    });
    let made = server.ask(cast.staff.json("/api/v1/partnerships", &second));
    made.await.worked()?;
    server.ask(cast.staff.get("/")).await.worked()?;
    Ok(failed)
}

/// Whoever gets a mail follows its links, without signing in.
async fn follow_mails(core: &Core, acts: &Acts<'_>, outside: &mut Walk) -> Result<(), String> {
    for link in mailed(core)? {
        outside.follow(acts.server, &acts.nobody, &[&link]).await;
    }
    Ok(())
}

/// Opens a sign-in link, and goes on from there.
async fn sign_in_as(
    core: &Arc<Core>,
    server: &Server,
    email: &'static str,
    lang: Lang,
) -> Result<Reader, String> {
    let (secret, now) = (core.settings.secret.clone(), core.now());
    let link = core
        .db
        .write(move |c| sign_in::make_link(c, &secret, email, acts::HOME, now))
        .await
        .map_err(|e| e.to_string())?;
    let mut reader = Reader {
        cookie: None,
        lang: lang.code(),
    };
    let page = server.ask(reader.get(&link)).await;
    let opened = server
        .ask(reader.form("/sign-in/open", &hidden(&page.text())))
        .await;
    reader.cookie = opened.cookies.first().cloned();
    match reader.cookie {
        Some(_) => Ok(reader),
        None => Err(format!("{email} cannot sign in: {}", opened.text())),
    }
}

/// The addresses on this server that stand in the mails sent so far, the newest mail first.
pub(super) fn mailed(core: &Core) -> Result<Vec<String>, String> {
    let Some(folder) = core.settings.mailbox.as_deref().map(MailFolder::new) else {
        return Ok(Vec::new());
    };
    let listing = folder.list(0, 1000).map_err(|e| e.to_string())?;
    let (mut links, mut seen) = (Vec::new(), BTreeSet::new());
    for message in listing.messages {
        let mail = folder.open(&message.id).map_err(|e| format!("{e:?}"))?;
        let text = mail.text.unwrap_or_default();
        let ends = |c: char| c.is_whitespace() || "()<>[]".contains(c);
        let ours = text
            .split(ends)
            .filter(|word| word.starts_with(BASE))
            .filter_map(ours);
        links.extend(ours.filter(|link| seen.insert(link.clone())));
    }
    Ok(links)
}

/// The newest link in a mail that leads below `path`.
///
/// # Errors
/// No mail has one.
pub(super) fn newest(core: &Core, path: &str) -> Result<String, String> {
    let links = mailed(core)?.into_iter();
    // A receipt's link lies below the one to log by.
    let mut ours = links.filter(|link| link.starts_with(path) && !link.contains("/done/"));
    ours.next()
        .ok_or_else(|| format!("no mail leads to {path}"))
}

/// The text of a field.
pub(super) fn text(of: &Value, field: &str) -> String {
    of[field].as_str().unwrap_or_default().to_string()
}
