//! The partnership's organizations as a file.

use super::Organization;

/// As CSV (RFC 4180), UTF-8 with a mark so that spreadsheets read it, formulas made harmless.
pub(super) fn csv(all: &[Organization]) -> String {
    let mut text =
        String::from("\u{feff}id,name,role,sector,website,public_name,active,created_at\r\n");
    for o in all {
        let cells = [
            o.id.to_string(),
            o.name.clone(),
            o.role.to_string(),
            o.sector.to_string(),
            o.website.clone().unwrap_or_default(),
            o.public_name.to_string(),
            o.active.to_string(),
            o.created_at.to_string(),
        ];
        let line: Vec<String> = cells.iter().map(|c| cell(c)).collect();
        text.push_str(&line.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell: quoted where needed, and with an apostrophe in front of what a spreadsheet would run.
fn cell(value: &str) -> String {
    let runs = value.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let value = if runs {
        format!("'{value}")
    } else {
        value.to_string()
    };
    if value.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_and_harmless() {
        for (value, written) in [
            ("Oost", "Oost"),
            ("Oost, \"de\" wijk", "\"Oost, \"\"de\"\" wijk\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2,5", "\"'-2,5\""),
        ] {
            assert_eq!(cell(value), written);
        }
    }
}
