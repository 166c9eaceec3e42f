//! What may be a partnership's name in addresses, colour, zone.

use backbone_db::Currency;
use backbone_web::assets::accent_ok;
use backbone_web::{Fields, Lang};

/// Names that would be mistaken for something else.
const RESERVED: &[&str] = &["new", "api", "admin", "assets", "settings"];

/// A name for addresses from a name for people: lower case letters, digits and single dashes.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match fold(c) {
            Some(plain) => slug.push_str(plain),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    let slug: String = slug.trim_end_matches('-').chars().take(40).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() || RESERVED.contains(&slug) {
        format!("partnership-{slug}")
            .trim_end_matches('-')
            .to_string()
    } else {
        slug.to_string()
    }
}

/// Letters of European languages without their marks.
fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ä' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        '\'' | '’' => "",
        _ => return None,
    })
}

/// Reads a colour: `#rrggbb`, dark enough to be read on white and to carry white text.
pub fn accent(fields: &mut Fields, value: &str) -> String {
    let value = value.trim().to_lowercase();
    let is_colour = value.len() == 7
        && value.starts_with('#')
        && value[1..].bytes().all(|b| b.is_ascii_hexdigit());
    if !is_colour {
        fields.fail("accent", "accent-format");
    } else if !accent_ok(&value) {
        let ratio = backbone_web::assets::contrast(&value, "#ffffff").unwrap_or(1.0);
        fields.fail_with(
            "accent",
            "accent-contrast",
            &[("ratio", format!("{ratio:.1}"))],
        );
    }
    value
}

/// Reads an IANA time zone.
pub fn time_zone(fields: &mut Fields, value: &str) -> String {
    if jiff::tz::TimeZone::get(value.trim()).is_err() {
        fields.fail("time_zone", "time-zone");
    }
    value.trim().to_string()
}

/// Reads an ISO 4217 currency.
pub fn currency(fields: &mut Fields, value: &str) -> Option<Currency> {
    fields.parse("currency", &value.trim().to_uppercase())
}

/// Reads a language.
pub fn language(fields: &mut Fields, value: &str) -> Lang {
    fields.parse("language", value).unwrap_or_default()
}

/// Reads the first month of the fiscal year.
pub fn month(fields: &mut Fields, value: &str) -> i32 {
    let month: Option<i32> = fields.parse("fiscal_year_start", value);
    if month.is_some_and(|m| !(1..=12).contains(&m)) {
        let bounds = [("min", "1".to_string()), ("max", "12".to_string())];
        fields.fail_with("fiscal_year_start", "out-of-range", &bounds);
    }
    month.unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_short_plain_and_never_reserved() {
        for (name, expected) in [
            ("Samen Oost", "samen-oost"),
            (
                "  Élan & Cœur – 's-Hertogenbosch ",
                "elan-coeur-s-hertogenbosch",
            ),
            ("New", "partnership-new"),
            ("日本", "partnership"),
            (
                &"a b ".repeat(30),
                "a-b-a-b-a-b-a-b-a-b-a-b-a-b-a-b-a-b-a-b",
            ),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    #[test]
    fn pale_colours_are_refused_with_their_contrast() {
        for (value, code) in [
            ("#0b5fcc", None),
            ("#0B5FCC", None),
            ("#ffcc00", Some("accent-contrast")),
            ("blue", Some("accent-format")),
            ("#0b5fc", Some("accent-format")),
            ("#é0b5f", Some("accent-format")),
        ] {
            let mut fields = Fields::new();
            accent(&mut fields, value);
            let found = fields.finish().err().map(|p| p.fields[0].code);
            assert_eq!(found, code, "{value}");
        }
    }
}
