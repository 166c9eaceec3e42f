//! A layout of the partnership's own: Handlebars that writes Markdown, rendered in a child process with nothing but its context.
//!
//! Handlebars overflows its stack on templates that include themselves and on thousands of nested blocks, and nested loops can
//! write gigabytes. So partials and decorators are refused before anything is parsed, depth and output are bounded, and all of
//! it happens in a process whose end costs nobody anything.

use std::io::{self, Write};
use std::time::Duration;

use backbone_sandbox::{Limits, Sandbox};
use handlebars::{Handlebars, RenderErrorReason, no_escape};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::published::View;
use crate::error::StoryError;

/// Name of the job in the sandbox.
pub const JOB: &str = "story_template";
/// Characters of a layout at most.
pub const MAX_TEMPLATE: usize = 64 * 1024;
/// Bytes that a layout may write.
const MAX_OUTPUT: usize = 256 * 1024;
/// How deep blocks may nest.
const MAX_DEPTH: usize = 12;
/// Blocks in one layout.
const MAX_BLOCKS: usize = 500;
/// What may stand behind `{{#`, and what may be called within.
const HELPERS: &[&str] = &[
    "if", "unless", "each", "with", "eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not", "len",
];

#[derive(Serialize, Deserialize)]
struct Order {
    template: String,
    context: Value,
}

/// Renders a layout over what its story shows. Gives Markdown in which figures stand as `[[key]]`.
///
/// # Errors
/// [`StoryError::Layout`] with what was wrong and where; the server goes on whatever the layout does.
pub async fn render(sandbox: &Sandbox, template: &str, view: &View) -> Result<String, StoryError> {
    check(template).map_err(|why| StoryError::Layout("story-layout", why))?;
    let order = Order {
        template: template.to_string(),
        context: context(view),
    };
    let input = serde_json::to_vec(&order)
        .map_err(|e| StoryError::Layout("story-layout", e.to_string()))?;
    let limits = Limits {
        memory: 512 << 20,
        cpu: Duration::from_secs(2),
        wall: Duration::from_secs(5),
        input: 4 << 20,
        output: MAX_OUTPUT as u64,
    };
    let output = sandbox.run_within(JOB, input, limits).await.map_err(|e| {
        use backbone_sandbox::SandboxError as E;
        match e {
            E::Refused(why) => StoryError::Layout("story-layout", why),
            E::TooSlow => StoryError::Layout("story-layout-slow", String::new()),
            E::TooMuchOutput | E::TooMuchMemory => {
                StoryError::Layout("story-layout-large", String::new())
            }
            E::Crashed(_) | E::Killed => StoryError::Layout("story-layout-crashed", String::new()),
            other => StoryError::Layout("story-layout-unavailable", other.to_string()),
        }
    })?;
    String::from_utf8(output).map_err(|e| StoryError::Layout("story-layout", e.to_string()))
}

/// What a layout may show: the story's texts, and its figures by key.
fn context(view: &View) -> Value {
    let figures: serde_json::Map<String, Value> = view
        .figures
        .iter()
        .map(|f| {
            (
                f.key.clone(),
                json!({"text": format!("[[{}]]", f.key), "label": f.label, "period": f.period}),
            )
        })
        .collect();
    json!({
        "audience": view.audience,
        "headline": view.headline,
        "dek": view.dek,
        "body": view.body,
        "vignettes": view.vignettes,
        "ratio": view.ratio,
        "outcome": view.outcome,
        "method": view.method,
        "assumptions": view.assumptions,
        "testimonial": view.testimonial,
        "call": view.call,
        "figures": figures,
    })
}

/// The child's side: reads an order, writes what the layout writes.
///
/// # Errors
/// A sentence that says what is wrong with the layout.
pub fn job(input: &[u8]) -> Result<Vec<u8>, String> {
    let order: Order = serde_json::from_slice(input).map_err(|e| e.to_string())?;
    check(&order.template)?;
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_escape_fn(no_escape);
    for name in ["log", "lookup", "raw"] {
        registry.unregister_helper(name);
    }
    let mut output = Bounded(Vec::new());
    match registry.render_template_to_write(&order.template, &order.context, &mut output) {
        Ok(()) => Ok(output.0),
        Err(e) => Err(match e.reason() {
            RenderErrorReason::IOError(_) => {
                format!("It writes more than {MAX_OUTPUT} characters.")
            }
            _ => first_line(&e.to_string()),
        }),
    }
}

fn first_line(text: &str) -> String {
    let line = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    line.chars().take(300).collect()
}

/// Keeps what is written up to the bound, then stops the rendering.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_OUTPUT {
            return Err(io::Error::other("too much output"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Looks at the tags before any parser does: no partials, no decorators, known blocks, bounded depth and number.
///
/// # Errors
/// A sentence with the line of the first tag that is refused.
pub fn check(template: &str) -> Result<(), String> {
    if template.len() > MAX_TEMPLATE {
        return Err(format!("It has more than {MAX_TEMPLATE} characters."));
    }
    let (mut depth, mut blocks, mut at) = (0usize, 0usize, 0usize);
    while let Some(open) = template[at..].find("{{").map(|i| i + at) {
        let line = template[..open].matches('\n').count() + 1;
        let mut tag = template[open + 2..].trim_start_matches('{');
        tag = tag.trim_start_matches('~').trim_start();
        at = open + 2;
        if tag.starts_with('!') {
            continue;
        }
        if tag.starts_with('>') || tag.starts_with("#>") {
            return Err(format!(
                "Line {line}: a layout cannot include other templates ({{{{>)."
            ));
        }
        if tag.starts_with('*') || tag.starts_with("#*") {
            return Err(format!(
                "Line {line}: a layout cannot define templates within itself ({{{{*)."
            ));
        }
        if tag.matches('(').count() > 20 {
            return Err(format!("Line {line}: too many brackets in one tag."));
        }
        if let Some(block) = tag.strip_prefix('#') {
            let name: String = block
                .trim_start_matches('^')
                .trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if !HELPERS.contains(&name.as_str()) {
                return Err(format!(
                    "Line {line}: {{{{#{name}}}}} is not known; use if, unless, each or with."
                ));
            }
            depth += 1;
            blocks += 1;
        } else if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if tag.starts_with('^')
            && tag.len() > 1
            && !tag[1..].trim_start().starts_with(['}', '~'])
        {
            depth += 1;
            blocks += 1;
        }
        if depth > MAX_DEPTH {
            return Err(format!(
                "Line {line}: blocks are nested more than {MAX_DEPTH} deep."
            ));
        }
        if blocks > MAX_BLOCKS {
            return Err(format!("Line {line}: more than {MAX_BLOCKS} blocks."));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
