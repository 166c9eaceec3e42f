use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderValue, LOCATION};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;

/// What was done by one click on the home page leads back to it, whatever page does such things otherwise: a POST to
/// `/p/{slug}/…?home=1` that worked answers with the home page's address.
pub async fn back_home(
    req: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let home = (req.method() == Method::POST && req.query_string() == "home=1")
        .then(|| home_of(req.path()))
        .flatten();
    let mut res = next.call(req).await?;
    // A page that knows what to tell there leads home by itself.
    let leads_home = |home: &str| {
        let to = res.headers().get(LOCATION).and_then(|l| l.to_str().ok());
        to.is_some_and(|to| {
            to.strip_prefix(home)
                .is_some_and(|rest| rest.starts_with('?'))
        })
    };
    if let (StatusCode::SEE_OTHER, Some(home)) = (res.status(), home)
        && !leads_home(&home)
        && let Ok(home) = HeaderValue::from_str(&home)
    {
        res.headers_mut().insert(LOCATION, home);
    }
    Ok(res)
}

/// `/p/{slug}` of an address below it.
fn home_of(path: &str) -> Option<String> {
    let mut parts = path.strip_prefix("/p/")?.split('/');
    let slug = parts.next().filter(|s| !s.is_empty())?;
    Some(format!("/p/{slug}"))
}

#[cfg(test)]
mod tests {
    use super::home_of;

    #[test]
    fn only_pages_of_a_partnership_have_a_home() {
        assert_eq!(
            home_of("/p/harbour/invitations/1/resend").as_deref(),
            Some("/p/harbour")
        );
        assert_eq!(home_of("/p/harbour").as_deref(), Some("/p/harbour"));
        for other in ["/p/", "/", "/log/secret", "//elsewhere.example/p/x"] {
            assert_eq!(home_of(other), None, "{other}");
        }
    }
}
