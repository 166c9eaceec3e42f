//! Light, dark, or as the device: a choice that the browser remembers, also before signing in and without script.

use actix_web::http::header::{LOCATION, REFERER};
use actix_web::{HttpRequest, HttpResponse, cookie, web};
use serde::{Deserialize, Serialize};

const COOKIE: &str = "theme";

/// The look a person chose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the device is set.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// Its name in the cookie, in forms and in the page.
    pub const fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name)
    }

    /// What the browser that sent the request remembers.
    pub fn of(request: &HttpRequest) -> Self {
        request
            .cookie(COOKIE)
            .and_then(|cookie| Self::named(cookie.value()))
            .unwrap_or_default()
    }
}

#[derive(Debug, Deserialize)]
struct Choice {
    theme: Theme,
}

/// Routes `POST /theme`, to which the choice in the footer of every page goes.
pub fn configure(config: &mut web::ServiceConfig) {
    config.route("/theme", web::post().to(choose));
}

/// Remembers the choice for a year and leads back to the page it was made on.
async fn choose(request: HttpRequest, choice: web::Form<Choice>) -> HttpResponse {
    let kept = cookie::Cookie::build(COOKIE, choice.theme.as_str())
        .path("/")
        .http_only(true)
        .same_site(cookie::SameSite::Lax)
        .max_age(cookie::time::Duration::days(365))
        .finish();
    HttpResponse::SeeOther()
        .insert_header((LOCATION, way_back(&request)))
        .cookie(kept)
        .finish()
}

/// Path and query of the page the request came from; the start page when it came from elsewhere.
fn way_back(request: &HttpRequest) -> String {
    let from = request.headers().get(REFERER);
    let address = from.and_then(|value| value.to_str().ok()?.parse::<actix_web::http::Uri>().ok());
    let host = request.connection_info().host().to_owned();
    address
        .filter(|uri| uri.authority().is_some_and(|a| a.as_str() == host))
        .and_then(|uri| Some(uri.path_and_query()?.as_str().to_owned()))
        .filter(|path| path.starts_with('/') && !path.starts_with("//"))
        .unwrap_or_else(|| "/".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::App;
    use actix_web::test::{TestRequest, call_service, init_service};

    #[actix_web::test]
    async fn a_choice_is_kept_and_leads_back_to_its_page() {
        let app = init_service(App::new().configure(configure)).await;
        for (theme, from, expected) in [
            (
                "dark",
                "http://localhost:8080/p/harbour?kind=time",
                "/p/harbour?kind=time",
            ),
            ("light", "https://elsewhere.example/p/harbour", "/"),
            ("system", "http://localhost:8080//elsewhere.example", "/"),
            ("dark", "not an address at all", "/"),
        ] {
            let request = TestRequest::post()
                .uri("/theme")
                .insert_header(("host", "localhost:8080"))
                .insert_header(("referer", from))
                .set_form([("theme", theme)])
                .to_request();
            let answer = call_service(&app, request).await;
            let header = |name: &str| {
                answer
                    .headers()
                    .get(name)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned()
            };
            assert_eq!(header("location"), expected, "{from}");
            assert!(
                header("set-cookie").starts_with(&format!("theme={theme};")),
                "{theme}"
            );
        }
        let unknown = TestRequest::post()
            .uri("/theme")
            .set_form([("theme", "pink")])
            .to_request();
        assert_eq!(call_service(&app, unknown).await.status(), 400);
    }

    #[test]
    fn what_the_browser_sends_is_only_believed_when_it_is_a_theme() {
        for (sent, expected) in [
            (Some("dark"), Theme::Dark),
            (Some("light"), Theme::Light),
            (Some("\"><script>"), Theme::System),
            (None, Theme::System),
        ] {
            let mut request = TestRequest::get();
            if let Some(value) = sent {
                request = request.cookie(cookie::Cookie::new(COOKIE, value));
            }
            assert_eq!(Theme::of(&request.to_http_request()), expected, "{sent:?}");
        }
    }
}
