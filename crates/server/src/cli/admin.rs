use backbone_identity::{sign_in, token};
use backbone_web::Problem;

use super::AdminCommand;
use crate::config::Config;
use crate::start;

pub(super) fn run(config: &Config, command: AdminCommand) -> Result<(), String> {
    let core = start::core(config)?;
    backbone_db::run_migrations(&core.db).map_err(|e| e.to_string())?;
    let now = core.now();
    match command {
        AdminCommand::SignInLink { email } => {
            let (secret, address) = (core.settings.secret.clone(), email.clone());
            let made = core
                .db
                .write_blocking(move |c| sign_in::make_link(c, &secret, &address, "/", now));
            let path = made.map_err(|e: Problem| match e.code {
                "not-found" => format!("nobody here has the address {email}"),
                _ => e.to_string(),
            })?;
            println!("{}{path}", core.settings.base_url);
        }
        AdminCommand::RotateKeys => {
            let kid = core
                .db
                .write_blocking(move |c| token::rotate_keys(c, now))
                .map_err(|e| e.to_string())?;
            println!("Tokens are signed with key {kid} from now on.");
        }
    }
    Ok(())
}
