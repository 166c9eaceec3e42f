//! The embedded icons: 24 px strokes from Lucide (ISC, see `assets/icons/LICENSE`), drawn in the text's colour.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::assets::Files;

static ICONS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Files::iter()
        .filter_map(|path| {
            let file = Files::get(&path).filter(|_| path.starts_with("icons/"))?;
            let text = String::from_utf8(file.data.into_owned()).ok()?;
            Some((
                path.strip_prefix("icons/")?
                    .strip_suffix(".svg")?
                    .to_owned(),
                paths(&text)?.to_owned(),
            ))
        })
        .collect()
});

fn paths(svg: &str) -> Option<&str> {
    let opened = svg
        .find("<svg")
        .and_then(|at| svg[at..].find('>').map(|end| at + end + 1))?;
    Some(svg[opened..svg.find("</svg>")?].trim())
}

/// All icon names, sorted.
pub fn icon_names() -> impl Iterator<Item = &'static str> {
    ICONS.keys().map(String::as_str)
}

/// The icon as inline SVG of `size` pixels, hidden from screen readers: the word beside it says the same.
pub(super) fn svg(name: &str, size: u32) -> Option<String> {
    ICONS.get(name).map(|paths| {
        format!(
            r#"<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{paths}</svg>"#
        )
    })
}
