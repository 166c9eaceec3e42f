use backbone_web::Lang;
use backbone_web::catalogue::check_sources;

#[test]
fn both_languages_say_the_same() {
    let found = check_sources(&[
        (Lang::En, include_str!("../locales/en.ftl")),
        (Lang::Nl, include_str!("../locales/nl.ftl")),
    ]);
    assert!(found.is_empty(), "{found:?}");
}
