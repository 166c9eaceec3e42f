//! Words of the domains in the reader's language.

use backbone_identity::attention::{Word, Words};
use backbone_identity::{Actor, Core};
use backbone_web::Args;
use backbone_web::format::{self, DateStyle, Locale, PeriodStyle};

/// A message with its arguments, for this reader.
pub(super) fn say(core: &Core, actor: &Actor, words: &Words) -> String {
    say_counted(core, actor, words, None)
}

/// The same with a count that chooses its plural.
pub(super) fn say_counted(core: &Core, actor: &Actor, words: &Words, n: Option<i64>) -> String {
    let catalogue = core.renderer.catalogue();
    let mut args = Args::new();
    for (name, value) in &words.args {
        match value {
            Word::Text(text) => args.set(*name, text.clone()),
            Word::Number(n) => args.set(*name, *n),
            Word::Period(text) => args.set(
                *name,
                format::period(catalogue, actor.lang, text, PeriodStyle::Long),
            ),
            Word::Day(at) => {
                let locale = Locale {
                    catalogue,
                    lang: actor.lang,
                    zone: actor.partnership.zone(),
                    now: actor.now.jiff(),
                };
                args.set(
                    *name,
                    locale.date(locale.day_of(at.jiff()), DateStyle::Long),
                );
            }
        }
    }
    if let Some(n) = n {
        args.set("n", n);
    }
    core.renderer.text(actor.lang, words.key, &args)
}
