//! The forms of a page as a browser would send them: what each control is called, and what it holds.

use std::cell::RefCell;
use std::collections::HashMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// What a control is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not seen: identifiers and versions.
    Hidden,
    /// One line or several.
    Text,
    /// Yes or no, or one of many.
    Check,
    /// One of several.
    Choice,
}

/// A control, or the radio buttons of one name together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Control {
    /// Under which name it is sent.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub label: String,
    /// What it holds now; nothing for a box that is not ticked.
    pub value: Option<String>,
    /// The words for each value that can be chosen.
    pub words: HashMap<String, String>,
    /// The rows that it belongs to, by their heading.
    pub rows: Option<String>,
}

/// A form of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PageForm {
    /// Where it is sent; empty for the page's own address.
    pub action: String,
    /// Its controls, in their order.
    pub controls: Vec<Control>,
}

/// The forms of a page that are sent by POST.
pub(super) fn forms(html: &str) -> Vec<PageForm> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let sink = Sink(RefCell::new(Reader::default()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // Nothing in a page asks the tokenizer to wait.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

struct Sink(RefCell<Reader>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => reader.tag(&tag),
            Token::CharacterTokens(text) => reader.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// A fieldset that is open: its legend, and whether it holds repeated rows.
#[derive(Default)]
struct Set {
    legend: String,
    rows: bool,
}

/// What text belongs to at the moment.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Into {
    #[default]
    Nothing,
    Legend,
    Label,
    Option,
    Textarea,
}

#[derive(Default)]
struct Reader {
    forms: Vec<PageForm>,
    in_form: bool,
    /// Depth of templates: their controls are patterns and not sent.
    templates: usize,
    sets: Vec<Set>,
    into: Into,
    /// The label that is open: for which control, its text, and the place of a control within it.
    label_for: String,
    label: String,
    within: Option<usize>,
    labels: HashMap<String, String>,
    ids: HashMap<(usize, usize), String>,
    /// The value of the option whose text is read.
    option: Option<String>,
    select: Option<usize>,
    /// Texts of small print within labels do not name the control.
    small: usize,
    /// The spans that are open: whether each is such a note.
    spans: Vec<bool>,
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let found = tag.attrs.iter().find(|a| &*a.name.local == name);
    found.map(|a| a.value.to_string())
}

impl Reader {
    fn tag(&mut self, tag: &Tag) {
        let start = tag.kind == TagKind::StartTag;
        match (&*tag.name, start) {
            ("template", true) => self.templates += 1,
            ("template", false) => self.templates = self.templates.saturating_sub(1),
            _ if self.templates > 0 => {}
            ("form", true) => {
                let post = attribute(tag, "method").is_some_and(|m| m.eq_ignore_ascii_case("post"));
                self.in_form = post;
                if post {
                    self.forms.push(PageForm {
                        action: attribute(tag, "action").unwrap_or_default(),
                        controls: Vec::new(),
                    });
                }
            }
            ("form", false) => self.in_form = false,
            ("fieldset", true) => self.sets.push(Set {
                legend: String::new(),
                rows: attribute(tag, "data-rows").is_some(),
            }),
            ("fieldset", false) => {
                self.sets.pop();
            }
            ("legend", true) => self.into = Into::Legend,
            ("legend", false) => self.into = Into::Nothing,
            // Notes such as "optional" are no part of what a control is called.
            ("span", true) => {
                let note = attribute(tag, "class").is_some_and(|c| c == "field-note");
                self.small += usize::from(note);
                self.spans.push(note);
            }
            ("span", false) => {
                let note = self.spans.pop().unwrap_or(false);
                self.small = self.small.saturating_sub(usize::from(note));
            }
            ("small", true) => self.small += 1,
            ("small", false) => self.small = self.small.saturating_sub(1),
            ("label", true) => {
                self.into = Into::Label;
                self.label.clear();
                self.within = None;
                self.label_for = attribute(tag, "for").unwrap_or_default();
            }
            ("label", false) => self.end_label(),
            _ if !self.in_form => {}
            ("input", true) => self.input(tag),
            ("textarea", true) => {
                self.add(tag, Kind::Text, Some(String::new()));
                self.into = Into::Textarea;
            }
            ("textarea", false) => self.into = Into::Nothing,
            ("select", true) => self.select = self.add(tag, Kind::Choice, Some(String::new())),
            ("select", false) => self.select = None,
            ("option", true) => self.begin_option(tag),
            ("option", false) => {
                self.option = None;
                self.into = Into::Nothing;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.templates > 0 {
            return;
        }
        match self.into {
            Into::Nothing => {}
            Into::Legend => {
                if let Some(set) = self.sets.last_mut() {
                    set.legend.push_str(text);
                }
            }
            Into::Label if self.small == 0 => self.label.push_str(text),
            Into::Label => {}
            Into::Option => {
                let value = self.option.clone();
                if let Some((control, value)) = self.selected().zip(value) {
                    control
                        .words
                        .entry(value)
                        .or_default()
                        .push_str(text.trim());
                }
            }
            Into::Textarea => {
                let control = self.forms.last_mut().and_then(|f| f.controls.last_mut());
                if let Some(value) = control.and_then(|c| c.value.as_mut()) {
                    value.push_str(text);
                }
            }
        }
    }

    fn input(&mut self, tag: &Tag) {
        let value = attribute(tag, "value");
        let checked = attribute(tag, "checked").is_some();
        match attribute(tag, "type").as_deref().unwrap_or("text") {
            "submit" | "button" | "reset" | "image" | "file" => {}
            "hidden" => {
                self.add(tag, Kind::Hidden, value.or(Some(String::new())));
            }
            "checkbox" => {
                let value = value.unwrap_or_else(|| "on".into());
                let at = self.add(tag, Kind::Check, checked.then(|| value.clone()));
                self.within = at;
                self.word(at, value);
            }
            "radio" => self.radio(tag, value.unwrap_or_else(|| "on".into()), checked),
            _ => {
                let at = self.add(tag, Kind::Text, value.or(Some(String::new())));
                self.within = self.within.or(at);
            }
        }
    }

    /// Radio buttons of one name are one control, called after their legend.
    fn radio(&mut self, tag: &Tag, value: String, checked: bool) {
        let name = attribute(tag, "name").unwrap_or_default();
        let controls = self.forms.last().map(|f| f.controls.as_slice());
        let there = controls
            .unwrap_or_default()
            .iter()
            .position(|c| c.name == name && c.kind == Kind::Choice);
        let at = there.or_else(|| self.add(tag, Kind::Choice, None));
        if checked && let Some(control) = at.and_then(|at| self.control(at)) {
            control.value = Some(value.clone());
        }
        self.within = at;
        self.word(at, value);
    }

    /// The label that is read names this value.
    fn word(&mut self, at: Option<usize>, value: String) {
        if let Some(control) = at.and_then(|at| self.control(at)) {
            control.words.insert(value.clone(), String::new());
        }
        self.option = Some(value);
    }

    fn begin_option(&mut self, tag: &Tag) {
        let value = attribute(tag, "value").unwrap_or_default();
        let chosen = attribute(tag, "selected").is_some();
        let Some(control) = self.selected() else {
            return;
        };
        if chosen || control.words.is_empty() {
            control.value = Some(value.clone());
        }
        control.words.insert(value.clone(), String::new());
        self.option = Some(value);
        self.into = Into::Option;
    }

    fn end_label(&mut self) {
        self.into = Into::Nothing;
        let words = self.label.split_whitespace().collect::<Vec<_>>().join(" ");
        let (within, option) = (self.within.take(), self.option.take());
        if !self.label_for.is_empty() {
            self.labels
                .insert(std::mem::take(&mut self.label_for), words);
            return;
        }
        let Some(control) = within.and_then(|at| self.control(at)) else {
            return;
        };
        match (control.kind, option) {
            (Kind::Choice, Some(value)) => {
                control.words.insert(value, words);
            }
            (_, _) => control.label = words,
        }
    }

    fn selected(&mut self) -> Option<&mut Control> {
        let at = self.select?;
        self.control(at)
    }

    fn control(&mut self, at: usize) -> Option<&mut Control> {
        self.forms.last_mut()?.controls.get_mut(at)
    }

    fn add(&mut self, tag: &Tag, kind: Kind, value: Option<String>) -> Option<usize> {
        let name = attribute(tag, "name").filter(|n| !n.is_empty())?;
        let legend = self.sets.last().map(|s| s.legend.trim().to_owned());
        let rows = self.sets.iter().find(|s| s.rows);
        let rows = rows.map(|s| s.legend.trim().to_owned());
        let form = self.forms.len().checked_sub(1)?;
        let controls = &mut self.forms.get_mut(form)?.controls;
        let at = controls.len();
        controls.push(Control {
            name,
            kind,
            // What is called by no label of its own is called after its legend.
            label: legend.unwrap_or_default(),
            value,
            words: HashMap::new(),
            rows,
        });
        if let Some(id) = attribute(tag, "id") {
            self.ids.insert((form, at), id);
        }
        Some(at)
    }

    fn finish(mut self) -> Vec<PageForm> {
        for (n, form) in self.forms.iter_mut().enumerate() {
            for (at, control) in form.controls.iter_mut().enumerate() {
                let label = self.ids.get(&(n, at)).and_then(|id| self.labels.get(id));
                if let Some(label) = label {
                    control.label.clone_from(label);
                }
            }
        }
        self.forms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r##"<form method="get" action="/search"><input name="q" value="x"></form>
<form method="post" action="/p/x/edit">
<input type="hidden" name="version" value="4">
<div><label for="name">Name <span class="field-note">optional</span></label><input id="name" name="name" value="A &amp; B"></div>
<label for="why">Why</label><textarea id="why" name="why">two
lines</textarea>
<fieldset><legend>Role</legend>
<label><input type="radio" name="role" value="a"><span>Partner</span></label>
<label><input type="radio" name="role" value="b" checked><span><b>Funder</b><small>gives</small></span></label></fieldset>
<label class="check"><input type="checkbox" id="pub" name="public" value="true"><span>Name us<small>hint</small></span></label>
<label for="unit">Unit</label><select id="unit" name="unit"><option value="">None</option><option value="h" selected>Hours</option></select>
<fieldset data-rows><legend>Targets</legend><div><input name="label" value="one"><input name="label" value="two"></div>
<template><input name="label" value="pattern"></template></fieldset>
<input type="file" name="logo"><button name="draft" value="1">Save</button>
</form>"##;

    #[test]
    fn controls_are_called_and_hold_what_the_page_shows() {
        let forms = forms(PAGE);
        assert_eq!(forms.len(), 1, "only what is sent by POST");
        let told: Vec<(&str, Kind, &str, Option<&str>)> = forms[0]
            .controls
            .iter()
            .map(|c| {
                (
                    c.name.as_str(),
                    c.kind,
                    c.label.as_str(),
                    c.value.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("version", Kind::Hidden, "", Some("4")),
                ("name", Kind::Text, "Name", Some("A & B")),
                ("why", Kind::Text, "Why", Some("two\nlines")),
                ("role", Kind::Choice, "Role", Some("b")),
                ("public", Kind::Check, "Name us", None),
                ("unit", Kind::Choice, "Unit", Some("h")),
                ("label", Kind::Text, "Targets", Some("one")),
                ("label", Kind::Text, "Targets", Some("two")),
            ]
        );
        assert_eq!(forms[0].action, "/p/x/edit");
        let role = &forms[0].controls[3];
        assert_eq!(
            (role.words["a"].as_str(), role.words["b"].as_str()),
            ("Partner", "Funder")
        );
        assert_eq!(forms[0].controls[5].words["h"], "Hours");
        assert_eq!(forms[0].controls[6].rows.as_deref(), Some("Targets"));
    }

    #[test]
    fn a_page_without_forms_has_none() {
        assert!(forms("<p>plain</p>").is_empty());
        assert!(forms("<form method=post><label for=").len() <= 1);
    }
}
