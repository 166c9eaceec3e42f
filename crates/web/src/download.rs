//! Files that are made while they are sent, page by page, so that memory stays the same however much there is.

use std::future::Future;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::Bytes;
use futures_util::stream;

use crate::problem::Problem;

/// Rows of one page of a download.
pub const PAGE: i64 = 2_000;

/// One page of a file, and where the next begins; none after the last.
pub struct Part<C> {
    /// What is sent.
    pub bytes: Vec<u8>,
    /// Where to go on.
    pub next: Option<C>,
}

/// Sends a file that `make` makes part by part: first asked without a place, then with the one that the part before named. When a
/// later part fails, the connection ends before the file does, so that nobody takes it for whole.
///
/// # Errors
/// Those of the first part.
pub async fn download<C, F, Fut>(
    name: &str,
    media: &'static str,
    make: F,
) -> Result<HttpResponse, Problem>
where
    C: 'static,
    F: Fn(Option<C>) -> Fut + 'static,
    Fut: Future<Output = Result<Part<C>, Problem>> + 'static,
{
    enum Next<C> {
        Send(Part<C>),
        Ask(C),
        End,
    }
    let first = make(None).await?;
    let body = stream::try_unfold((make, Next::Send(first)), |(make, next)| async move {
        let part = match next {
            Next::End => return Ok(None),
            Next::Send(part) => part,
            Next::Ask(place) => make(Some(place)).await.map_err(broken)?,
        };
        let next = part.next.map_or(Next::End, Next::Ask);
        Ok::<_, std::io::Error>(Some((Bytes::from(part.bytes), (make, next))))
    });
    Ok(HttpResponse::Ok()
        .content_type(media)
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .streaming(body))
}

fn broken(problem: Problem) -> std::io::Error {
    let why = problem.internal.unwrap_or_else(|| problem.code.to_string());
    tracing::error!(%why, "a download broke off");
    std::io::Error::other(why)
}
