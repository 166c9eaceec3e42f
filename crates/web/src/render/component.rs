//! Components: templates in a `components/` folder, called like helpers.
//!
//! `{{chip tone="good" label="On target"}}` or, with a body, `{{#panel title="Hours"}}…{{/panel}}`. A component sees
//! its parameters only (never the page's data), so that nothing leaks in by an equal name. Its leading comment is its
//! signature, which is enforced: an unknown or forgotten parameter is an error, an optional one is `null`.
//!
//! ```text
//! {{!--
//! panel: a bordered section.
//!   title    the heading
//!   hint?    a muted line under it
//!   #actions a slot for buttons beside the heading
//! --}}
//! ```
//!
//! The body is `{{{body}}}`; `{{#slot "actions"}}…{{/slot}}` inside a body fills `{{{slots.actions}}}`.

use std::collections::BTreeSet;

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, JsonRender, Output, RenderContext,
    RenderErrorReason, Renderable, StringOutput,
};
use serde_json::{Map, Value};

use super::safe::{SLOT_BODY, SLOT_CLOSE, SLOT_OPEN, escape};

/// The parts of `page` that components' own helpers need.
const FRAME: [&str; 4] = ["lang", "time_zone", "now", "currency"];

struct Component {
    template: String,
    required: Vec<String>,
    optional: BTreeSet<String>,
    slots: Vec<String>,
}

/// Makes the template `name` callable as `helper`.
pub(super) fn register(
    handlebars: &mut Handlebars<'static>,
    helper: &str,
    name: &str,
    source: &str,
) -> Result<(), String> {
    handlebars.register_helper(helper, Box::new(signature(name, source)?));
    Ok(())
}

fn signature(name: &str, source: &str) -> Result<Component, String> {
    let comment = source
        .trim_start()
        .strip_prefix("{{!--")
        .and_then(|rest| rest.split_once("--}}"))
        .map(|(comment, _)| comment)
        .ok_or("a component starts with a comment that lists its parameters")?;
    let mut component = Component {
        template: name.to_owned(),
        required: Vec::new(),
        optional: BTreeSet::new(),
        slots: Vec::new(),
    };
    for line in comment.lines() {
        // Two spaces begin a parameter; deeper lines continue its description.
        let Some(rest) = line
            .strip_prefix("  ")
            .filter(|rest| !rest.starts_with(' '))
        else {
            continue;
        };
        let word = rest.split_whitespace().next().unwrap_or_default();
        if let Some(slot) = word.strip_prefix('#') {
            component.slots.push(slot.to_owned());
        } else if let Some(optional) = word.strip_suffix('?') {
            component.optional.insert(optional.to_owned());
        } else if !word.is_empty() {
            component.required.push(word.to_owned());
        }
    }
    Ok(component)
}

impl Component {
    fn parameters(&self, helper: &Helper<'_>) -> Result<Map<String, Value>, String> {
        let mut fields = Map::new();
        for name in &self.optional {
            fields.insert(name.clone(), Value::Null);
        }
        for (name, value) in helper.hash() {
            if !self.optional.contains(*name) && !self.required.iter().any(|known| known == name) {
                return Err(format!("{} has no parameter {name}", helper.name()));
            }
            fields.insert((*name).to_owned(), value.value().clone());
        }
        match self
            .required
            .iter()
            .find(|name| fields.get(*name).is_none_or(Value::is_null))
        {
            Some(forgotten) => Err(format!("{} needs {forgotten}", helper.name())),
            None => Ok(fields),
        }
    }
}

impl HelperDef for Component {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        if let Some(field) = field_of_that_name(helper, context, rc) {
            out.write(&escape(&field))?;
            return Ok(());
        }
        let mut fields = self.parameters(helper).map_err(RenderErrorReason::Other)?;
        let mut slots: Map<String, Value> = self
            .slots
            .iter()
            .map(|slot| (slot.clone(), Value::String(String::new())))
            .collect();
        let mut body = String::new();
        if let Some(template) = helper.template() {
            let mut inner = StringOutput::new();
            template.render(registry, context, rc, &mut inner)?;
            body = take_slots(&inner.into_string()?, |name, content| {
                match slots.get_mut(name) {
                    Some(Value::String(slot)) => {
                        slot.push_str(content);
                        Ok(())
                    }
                    _ => Err(RenderErrorReason::Other(format!(
                        "{} has no slot {name}",
                        helper.name()
                    ))),
                }
            })?;
        }
        fields.insert("body".into(), Value::String(body));
        fields.insert("slots".into(), Value::Object(slots));
        fields.insert("page".into(), frame(context.data()));
        let rendered =
            registry.render_with_context(&self.template, &Context::from(Value::Object(fields)))?;
        out.write(rendered.trim_end())?;
        Ok(())
    }
}

/// A bare `{{date}}` or `{{item}}` would call the helper; where the data has a field of that name, it is the field that
/// was meant.
pub(super) fn field_of_that_name<'reg: 'rc, 'rc>(
    helper: &Helper<'rc>,
    context: &'rc Context,
    rc: &RenderContext<'reg, 'rc>,
) -> Option<String> {
    if helper.is_block() || !helper.params().is_empty() || !helper.hash().is_empty() {
        return None;
    }
    let value = rc
        .evaluate(context, &format!("this.{}", helper.name()))
        .ok()?;
    (!value.is_missing()).then(|| value.as_json().render())
}

fn frame(root: &Value) -> Value {
    let page = root.get("page");
    let field = |name: &str| {
        page.and_then(|page| page.get(name))
            .cloned()
            .unwrap_or(Value::Null)
    };
    Value::Object(
        FRAME
            .iter()
            .map(|name| ((*name).to_owned(), field(name)))
            .collect(),
    )
}

/// Cuts the marked slots out of a rendered body and hands each to `found`. Slots do not nest directly: a component
/// inside a slot has taken its own out already.
fn take_slots(
    rendered: &str,
    mut found: impl FnMut(&str, &str) -> Result<(), RenderErrorReason>,
) -> Result<String, RenderErrorReason> {
    let mut body = String::with_capacity(rendered.len());
    let mut rest = rendered;
    while let Some((before, marked)) = rest.split_once(SLOT_OPEN) {
        body.push_str(before);
        let parts = marked.split_once(SLOT_BODY).and_then(|(name, tail)| {
            let (content, after) = tail.split_once(SLOT_CLOSE)?;
            Some((name, content, after))
        });
        let (name, content, after) =
            parts.ok_or_else(|| RenderErrorReason::Other("a slot inside a slot".into()))?;
        found(name, content.trim())?;
        rest = after;
    }
    body.push_str(rest);
    Ok(body)
}

/// `{{#slot "name"}}…{{/slot}}`, inside a component's body.
pub(super) struct Slot;

impl HelperDef for Slot {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let name = helper.param(0).and_then(|name| name.value().as_str());
        let (Some(name), Some(template)) = (name, helper.template()) else {
            return Err(RenderErrorReason::Other("slot needs a name and a body".into()).into());
        };
        out.write(&format!("{SLOT_OPEN}{name}{SLOT_BODY}"))?;
        template.render(registry, context, rc, out)?;
        out.write(&SLOT_CLOSE.to_string())?;
        Ok(())
    }
}
