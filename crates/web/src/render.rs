//! Pages, fragments and mail sources from Handlebars templates.
//!
//! Each crate registers its templates folder and its messages; names are `<crate>/<path without .hbs>`. Templates in a
//! folder `components/` become helpers with checked parameters (see [`component`]). Strict mode is on: a misspelt
//! field is an error, not an empty spot. All output is HTML-escaped except for [`SafeHtml`] and the few helpers that
//! make markup themselves.

mod component;
mod helpers;
mod icons;
mod safe;
mod shell;

use std::sync::Arc;

use handlebars::{Context, Handlebars};
use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::{Map, Value};

pub use icons::icon_names;
pub use safe::SafeHtml;
pub use shell::{Bell, Brand, Flash, FlashKind, MailShell, NavItem, Shell, Viewer};

use crate::catalogue::{Args, Catalogue, CatalogueBuilder, CatalogueError, Lang};

/// Why templates could not be set up or a page not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The message sources are wrong.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// A template does not parse, or its component comment is wrong.
    #[error("template {name}: {detail}")]
    Template {
        /// The template's name.
        name: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The data does not fit: it is not an object, or has a field named `page`.
    #[error("data for {name}: {detail}")]
    Data {
        /// The template's name.
        name: String,
        /// What is wrong with the data.
        detail: String,
    },
    /// Rendering stopped: a missing field, an unknown message in strict tests, a wrong helper argument.
    #[error("rendering {name}: {detail}")]
    Render {
        /// The template's name.
        name: String,
        /// What happened, with line and column.
        detail: String,
    },
}

/// What all helpers share.
pub(crate) struct Shared {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) strict_text: bool,
}

#[derive(RustEmbed)]
#[folder = "templates"]
struct WebTemplates;

struct Source {
    name: String,
    text: String,
}

/// Collects templates and messages of all crates.
pub struct RendererBuilder {
    catalogue: CatalogueBuilder,
    sources: Vec<Source>,
    strict_text: bool,
    broken: Option<RenderError>,
}

impl RendererBuilder {
    /// Adds all `.hbs` files of an embedded folder under `prefix` (the crate's short name), so that
    /// `templates/scorecard.hbs` of `metrics` is `metrics/scorecard`, and `emails/ask.mjml.hbs` is `metrics/emails/ask`.
    pub fn templates<E: RustEmbed>(&mut self, prefix: &str) -> &mut Self {
        for path in E::iter() {
            let Some(stem) = path.strip_suffix(".hbs") else {
                continue;
            };
            let name = format!("{prefix}/{}", stem.strip_suffix(".mjml").unwrap_or(stem));
            match E::get(&path).map(|file| String::from_utf8(file.data.into_owned())) {
                Some(Ok(text)) => self.sources.push(Source { name, text }),
                _ => self.fail(name, "is not readable UTF-8"),
            }
        }
        self
    }

    /// Adds the messages of a crate in one language.
    pub fn messages(&mut self, prefix: &str, lang: Lang, source: &str) -> &mut Self {
        self.catalogue.add(prefix, lang, source);
        self
    }

    /// In tests: an unknown message or icon is an error instead of a visible mark with a logged warning.
    pub fn strict_text(&mut self, strict: bool) -> &mut Self {
        self.strict_text = strict;
        self
    }

    fn fail(&mut self, name: String, detail: &str) {
        self.broken.get_or_insert(RenderError::Template {
            name,
            detail: detail.to_owned(),
        });
    }

    /// Parses everything.
    ///
    /// # Errors
    /// The first template or message source that is wrong, by name; a template name or component used twice.
    pub fn build(self) -> Result<Renderer, RenderError> {
        if let Some(error) = self.broken {
            return Err(error);
        }
        let catalogue = Arc::new(self.catalogue.build()?);
        let shared = Arc::new(Shared {
            catalogue: catalogue.clone(),
            strict_text: self.strict_text,
        });
        let mut handlebars = Handlebars::new();
        handlebars.set_strict_mode(true);
        handlebars.set_prevent_indent(true);
        handlebars.register_escape_fn(safe::escape);
        let mut helpers = helpers::register(&mut handlebars, &shared);
        for Source { name, text } in self.sources {
            let wrong = |detail: String| RenderError::Template {
                name: name.clone(),
                detail,
            };
            if handlebars.has_template(&name) {
                return Err(wrong("is registered twice".into()));
            }
            handlebars
                .register_template_string(&name, &text)
                .map_err(|error| wrong(error.to_string()))?;
            if let Some((_, helper)) = name.split_once("/components/") {
                if !helpers.insert(helper.to_owned()) {
                    return Err(wrong(format!(
                        "a helper or component named {helper} exists already"
                    )));
                }
                component::register(&mut handlebars, helper, &name, &text).map_err(wrong)?;
            }
        }
        Ok(Renderer {
            handlebars,
            catalogue,
            watcher: None,
        })
    }
}

/// Renders pages. One per process, shared behind an `Arc`.
pub struct Renderer {
    handlebars: Handlebars<'static>,
    catalogue: Arc<Catalogue>,
    watcher: Option<Box<Watcher>>,
}

/// Is told the name of a template, the language, and what it wrote.
type Watcher = dyn Fn(&str, Lang, &str) + Send + Sync;

impl Renderer {
    /// Tells `watcher` of everything that is rendered from now on: for a preview of all templates.
    pub fn watch(&mut self, watcher: impl Fn(&str, Lang, &str) + Send + Sync + 'static) {
        self.watcher = Some(Box::new(watcher));
    }

    /// A builder that already holds this crate's layouts, components and messages.
    pub fn builder() -> RendererBuilder {
        let mut builder = RendererBuilder {
            catalogue: Catalogue::builder(),
            sources: Vec::new(),
            strict_text: false,
            broken: None,
        };
        builder
            .templates::<WebTemplates>("web")
            .messages("web", Lang::En, include_str!("../locales/en.ftl"))
            .messages("web", Lang::Nl, include_str!("../locales/nl.ftl"));
        builder
    }

    /// A whole page. In the template, the fields of `data` stand at the root and the frame's in `page`.
    ///
    /// # Errors
    /// The template is unknown, or asks for something that the data does not have.
    pub fn page(
        &self,
        template: &str,
        page: &Shell,
        data: &impl Serialize,
    ) -> Result<String, RenderError> {
        self.render(template, page.lang, page.context(), data)
    }

    /// A part of a page, for an htmx answer: a template that names no layout.
    ///
    /// # Errors
    /// As [`Renderer::page`].
    pub fn fragment(
        &self,
        template: &str,
        page: &Shell,
        data: &impl Serialize,
    ) -> Result<String, RenderError> {
        self.render(template, page.lang, page.context(), data)
    }

    /// The MJML source of a mail, to be turned into HTML by the mail crate. In the template, `page` is the [`MailShell`].
    ///
    /// # Errors
    /// As [`Renderer::page`].
    pub fn mjml(
        &self,
        template: &str,
        mail: &MailShell,
        data: &impl Serialize,
    ) -> Result<String, RenderError> {
        self.render(template, mail.lang, mail.context(), data)
    }

    /// One message in one language.
    pub fn text(&self, lang: Lang, key: &str, args: &Args) -> String {
        self.catalogue.text(lang, key, args)
    }

    /// The catalogue, for words outside of templates (subjects, problem details, exports).
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// All template names, sorted: for tests that render each one.
    pub fn template_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .handlebars
            .get_templates()
            .keys()
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        names
    }

    fn render(
        &self,
        template: &str,
        lang: Lang,
        page: Value,
        data: &impl Serialize,
    ) -> Result<String, RenderError> {
        let wrong = |detail: String| RenderError::Data {
            name: template.to_owned(),
            detail,
        };
        let mut root = match serde_json::to_value(data).map_err(|error| wrong(error.to_string()))? {
            Value::Object(fields) => fields,
            Value::Null => Map::new(),
            _ => return Err(wrong("must be a struct or a map".into())),
        };
        if root.insert("page".into(), page).is_some() {
            return Err(wrong("has a field named page, which is the frame's".into()));
        }
        let context = Context::from(Value::Object(root));
        let written = self
            .handlebars
            .render_with_context(template, &context)
            .map_err(|error| RenderError::Render {
                name: template.to_owned(),
                detail: error.to_string(),
            })?;
        if let Some(watcher) = &self.watcher {
            watcher(template, lang, &written);
        }
        Ok(written)
    }
}

#[cfg(test)]
mod tests;
