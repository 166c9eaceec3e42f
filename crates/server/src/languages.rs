//! Languages that come with the program besides English and Dutch: files in the project's `locales` folder, one for each.

use backbone_web::catalogue::added::{self, Added};

#[derive(rust_embed::RustEmbed)]
#[folder = "../../locales"]
struct Files;

/// The English messages of all rooms: what there is to translate.
pub const ENGLISH: &[(&str, &str)] = &[
    ("web", include_str!("../../web/locales/en.ftl")),
    ("identity", include_str!("../../identity/locales/en.ftl")),
    (
        "contributions",
        include_str!("../../contributions/locales/en.ftl"),
    ),
    ("metrics", include_str!("../../metrics/locales/en.ftl")),
    (
        "storytelling",
        include_str!("../../storytelling/locales/en.ftl"),
    ),
    (
        "communications",
        include_str!("../../communications/locales/en.ftl"),
    ),
    ("decisions", include_str!("../../decisions/locales/en.ftl")),
    (
        "notifications",
        include_str!("../../notifications/locales/en.ftl"),
    ),
    ("server", include_str!("../locales/en.ftl")),
];

/// The embedded languages.
///
/// # Errors
/// A file's name is no language code.
pub fn embedded() -> Result<Vec<Added>, String> {
    let mut all = Vec::new();
    for path in Files::iter().filter(|p| p.ends_with(".ftl")) {
        let Some(file) = Files::get(&path) else {
            continue;
        };
        let code = path.trim_end_matches(".ftl");
        let source = String::from_utf8(file.data.into_owned())
            .map_err(|_| format!("locales/{path} is not readable UTF-8"))?;
        all.push(added::add(code, source)?);
    }
    Ok(all)
}
