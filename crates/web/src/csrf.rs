//! Cross-site request forgery: a browser says with every unsafe request where it comes from.
//!
//! Every current browser sends `Sec-Fetch-Site`, older ones `Origin`, with a POST. A request that carries our session cookie and
//! says that it comes from another site is refused, and so is one that says nothing. Cookies are `SameSite=Lax` besides.

use actix_web::http::header::{HOST, ORIGIN};
use actix_web::http::{Method, header::HeaderMap};

/// Whether an unsafe request that relies on a cookie may go on.
pub fn same_site(method: &Method, headers: &HeaderMap, base_url: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let get = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = get(ORIGIN.as_str()) else {
        return false;
    };
    let host = origin.split_once("://").map_or("", |(_, h)| h);
    let ours = base_url
        .split_once("://")
        .map_or("", |(_, h)| h.split('/').next().unwrap_or(""));
    !host.is_empty() && (host == ours || get(HOST.as_str()) == Some(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    #[test]
    fn only_our_own_pages_may_post() {
        for (header, value, allowed) in [
            ("sec-fetch-site", "same-origin", true),
            ("sec-fetch-site", "none", true),
            ("sec-fetch-site", "cross-site", false),
            ("sec-fetch-site", "same-site", false),
            ("origin", "https://backbone.example", true),
            ("origin", "https://evil.example", false),
            ("origin", "null", false),
            ("x-nothing", "at all", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(
                HeaderName::from_static(header),
                HeaderValue::from_static(value),
            );
            let got = same_site(&Method::POST, &headers, "https://backbone.example/");
            assert_eq!(got, allowed, "{header}: {value}");
        }
    }
}
