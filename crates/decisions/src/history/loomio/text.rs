//! Words as they come out of Loomio: Markdown or HTML.

/// Lines are not broken.
const WIDTH: usize = 4_000;

/// Markdown as it is, HTML as plain text.
pub(crate) fn plain(text: &str, format: &str) -> String {
    let markup = format == "html" || (format.is_empty() && text.trim_start().starts_with('<'));
    if !markup {
        return text.trim().to_string();
    }
    let told = html2text::config::plain_no_decorate()
        .raw_mode(true)
        .allow_width_overflow()
        .string_from_read(text.as_bytes(), WIDTH);
    // What defeats the converter is kept as it came; pages show it as text.
    told.map_or_else(|_| text.trim().to_string(), |told| told.trim().to_string())
}
