//! Whether an interest touches a matter, and whose seat it concerns. Pure.

use backbone_identity::{OrganizationId, PersonId};

use super::{About, Interest};
use crate::proposal::Proposal;

/// Whether an interest touches a proposal: the decision itself; a topic or an organization whose words stand, whole and in this order, in the
/// question, the background, an option or what an option means; or an organization on whose evidence it rests. Large and small letters are alike.
pub fn touches(interest: &Interest, x: &Proposal) -> bool {
    let about = interest.about_id.as_deref();
    match interest.about {
        About::Decision => about == Some(x.id.as_str()),
        About::Topic => named(&interest.topic, x),
        About::Organization => {
            let evidence = x.content.evidence.iter().map(|e| &e.object);
            let mut evidence = evidence.filter(|o| o.kind == "organization");
            evidence.any(|o| about == Some(o.id.as_str())) || named(&interest.topic, x)
        }
    }
}

/// Whether an interest concerns a seat of this organization, held by this person.
pub fn concerns(
    interest: &Interest,
    organization: Option<&OrganizationId>,
    holder: Option<&PersonId>,
) -> bool {
    let own = interest.organization_id.as_ref();
    let person = interest.person_id.as_ref();
    (own.is_some() && own == organization) || (person.is_some() && person == holder)
}

fn named(words: &str, x: &Proposal) -> bool {
    let c = &x.content;
    let options = c.options.iter().flat_map(|o| [&o.label, &o.meaning]);
    let mut texts = [&x.title, &c.background].into_iter().chain(options);
    texts.any(|text| says(text, words))
}

/// Whether whole words stand in a text in this order.
fn says(text: &str, words: &str) -> bool {
    let split = |text: &str| {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|w| !w.is_empty()).map(String::from);
        words.collect::<Vec<String>>()
    };
    let (text, words) = (split(text), split(words));
    !words.is_empty() && text.windows(words.len()).any(|part| part == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_and_in_order() {
        for (text, words, found) in [
            ("A loan for the Harbour Fund?", "harbour fund", true),
            ("A loan for the Harbour-Fund.", "Harbour Fund", true),
            ("The fund of the harbour", "harbour fund", false),
            ("Refunds for harbours", "fund", false),
            ("Één straat: autovrij", "één straat", true),
            ("Anything", " – ", false),
            ("", "fund", false),
        ] {
            assert_eq!(says(text, words), found, "{words:?} in {text:?}");
        }
    }
}
