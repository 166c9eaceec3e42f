//! Words of the domains in the reader's language.

use backbone_identity::attention::{Reader, Words};
use backbone_identity::{Actor, Core};

/// A message with its arguments, for this reader.
pub(super) fn say(core: &Core, actor: &Actor, words: &Words) -> String {
    say_counted(core, actor, words, None)
}

/// The same with a count that chooses its plural.
pub(crate) fn say_counted(core: &Core, actor: &Actor, words: &Words, n: Option<i64>) -> String {
    let reader = Reader {
        renderer: &core.renderer,
        lang: actor.lang,
        zone: actor.partnership.zone(),
        now: actor.now,
    };
    reader.say(words.key, words.args.iter().map(|(k, w)| (*k, w)), n)
}
