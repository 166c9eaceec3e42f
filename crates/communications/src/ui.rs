//! Small things that several pages of this room share.

use std::collections::BTreeMap;

use backbone_identity::Core;
use backbone_web::{Lang, Problem};
use serde::Serialize;

/// One option of a choice.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Choice {
    pub value: String,
    pub label: String,
}

/// One error of a form.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Wrong {
    pub field: String,
    pub message: String,
}

/// Options from words and their labels.
pub(crate) fn choices<'a>(
    words: impl Iterator<Item = &'a str>,
    label: impl Fn(&str) -> String,
) -> Vec<Choice> {
    words
        .map(|w| Choice {
            value: w.to_string(),
            label: label(w),
        })
        .collect()
}

/// The languages, each named in itself.
pub(crate) fn languages() -> Vec<Choice> {
    Lang::all()
        .into_iter()
        .map(|l| Choice {
            value: l.code().to_string(),
            label: l.name().to_string(),
        })
        .collect()
}

/// A problem's field errors, as a list for the summary and by field.
pub(crate) fn errors(
    core: &Core,
    lang: Lang,
    problem: Option<&Problem>,
) -> (Vec<Wrong>, BTreeMap<String, String>) {
    let told: Vec<(String, String)> = problem
        .map(|p| p.field_messages(core.renderer.catalogue(), lang))
        .unwrap_or_default();
    let by_field = told.iter().cloned().collect();
    let list = told
        .into_iter()
        .map(|(field, message)| Wrong { field, message })
        .collect();
    (list, by_field)
}
