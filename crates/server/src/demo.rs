//! The demo partnership.

use backbone_identity::Core;

/// Loads the demo into an empty database; does nothing when it is there already.
///
/// # Errors
/// The database holds another partnership, or refuses.
pub fn load(_core: &Core) -> Result<(), String> {
    Ok(())
}

/// Lines with one-click sign-in links.
///
/// # Errors
/// The demo is not there.
pub fn sign_in_lines(_core: &Core) -> Result<Vec<String>, String> {
    Ok(Vec::new())
}
