//! Proof that all languages say the same things: equal keys, equal attributes, equal variables.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement,
};

use super::Lang;

/// One difference between two languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disagreement {
    /// The source does not parse.
    Unreadable(Lang),
    /// The key is missing in that language.
    Missing(Lang, String),
    /// The key uses these variables in the first language and those in the other.
    Variables(Lang, String, Vec<String>, Vec<String>),
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Disagreement::Unreadable(lang) => write!(f, "the {lang} messages do not parse"),
            Disagreement::Missing(lang, key) => write!(f, "{key} is missing in {lang}"),
            Disagreement::Variables(lang, key, theirs, others) => {
                write!(
                    f,
                    "{key} uses {theirs:?} in {lang} but {others:?} elsewhere"
                )
            }
        }
    }
}

type Keys = BTreeMap<String, BTreeSet<String>>;

/// Compares the sources of one crate, one per language, and returns all differences. For a crate's tests:
///
/// ```
/// # use backbone_web::catalogue::{check_sources, Lang};
/// let found = check_sources(&[(Lang::En, "greet = Hello { $name }"), (Lang::Nl, "greet = Dag { $name }")]);
/// assert!(found.is_empty(), "{found:?}");
/// ```
pub fn check_sources(sources: &[(Lang, &str)]) -> Vec<Disagreement> {
    let mut found = Vec::new();
    let mut tables: BTreeMap<Lang, Keys> = Lang::ALL.map(|lang| (lang, Keys::new())).into();
    for (lang, source) in sources {
        match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => tables
                .entry(*lang)
                .or_default()
                .extend(variables_by_key(&resource)),
            Err(_) => found.push(Disagreement::Unreadable(*lang)),
        }
    }
    let all: Keys = tables.values().flat_map(|table| table.clone()).collect();
    for (key, reference) in &all {
        for (lang, table) in &tables {
            match table.get(key) {
                None => found.push(Disagreement::Missing(*lang, key.clone())),
                Some(variables) if variables != reference => found.push(Disagreement::Variables(
                    *lang,
                    key.clone(),
                    variables.iter().cloned().collect(),
                    reference.iter().cloned().collect(),
                )),
                Some(_) => {}
            }
        }
    }
    found
}

pub(super) fn variables_by_key(resource: &FluentResource) -> Keys {
    let mut keys = Keys::new();
    for entry in resource.entries() {
        let Entry::Message(message) = entry else {
            continue;
        };
        if let Some(value) = &message.value {
            keys.insert(message.id.name.to_owned(), variables(value));
        }
        for attribute in &message.attributes {
            let key = format!("{}.{}", message.id.name, attribute.id.name);
            keys.insert(key, variables(&attribute.value));
        }
    }
    keys
}

fn variables(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    in_pattern(pattern, &mut found);
    found
}

fn in_pattern(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, found);
        }
    }
}

fn in_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, found),
        Expression::Select { selector, variants } => {
            in_inline(selector, found);
            for variant in variants {
                in_pattern(&variant.value, found);
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => in_expression(expression, found),
        InlineExpression::FunctionReference { arguments, .. } => in_arguments(arguments, found),
        InlineExpression::TermReference {
            arguments: Some(arguments),
            ..
        } => {
            in_arguments(arguments, found);
        }
        _ => {}
    }
}

fn in_arguments(arguments: &CallArguments<&str>, found: &mut BTreeSet<String>) {
    for argument in &arguments.positional {
        in_inline(argument, found);
    }
    for argument in &arguments.named {
        in_inline(&argument.value, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_keys_and_other_variables_are_reported() {
        let found = check_sources(&[
            (
                Lang::En,
                "a = A\nb = B { $x ->\n    [one] { $y }\n   *[other] y\n }\n",
            ),
            (Lang::Nl, "b = B { $x }\n"),
        ]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].to_string(), "a is missing in nl");
        assert!(found[1].to_string().starts_with("b uses"), "{}", found[1]);
    }
}
