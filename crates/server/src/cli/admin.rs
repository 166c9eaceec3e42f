use super::AdminCommand;
use crate::config::Config;

pub(super) fn run(_config: &Config, command: AdminCommand) -> Result<(), String> {
    match command {
        AdminCommand::SignInLink { email } => Err(format!("nobody here has the address {email}")),
        AdminCommand::RotateKeys => Err("no keys yet".into()),
    }
}
