//! Addresses of people, in the one form in which they are compared and stored.

use backbone_mail::Address;
use backbone_web::Fields;

/// The address in lower case; `None` when it is not one that can be mailed to.
pub fn normal(text: &str) -> Option<String> {
    Address::parse(text).ok().map(|a| a.as_str().to_lowercase())
}

/// Reads an address from a form or a body.
pub fn read(fields: &mut Fields, field: &str, text: &str) -> String {
    if text.trim().is_empty() {
        fields.fail(field, "required");
        return String::new();
    }
    let found = normal(text);
    if found.is_none() {
        fields.fail(field, "email");
    }
    found.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn addresses_are_compared_in_lower_case() {
        for (typed, stored) in [
            (" Noor@Oost.Example ", Some("noor@oost.example")),
            ("noor", None),
            ("noor@", None),
            ("", None),
        ] {
            assert_eq!(normal(typed).as_deref(), stored, "{typed:?}");
        }
    }
}
