//! Settings: a TOML file, overridden by `BACKBONE_*` variables; a variable ending in `_FILE` names a file that holds the value.

mod sample;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use backbone_db::DbUrl;
use backbone_mail::{Mailbox, SmtpUrl};

pub use sample::sample;

/// Everything an operator can set, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where files (and, by default, the embedded database) are.
    pub data_dir: PathBuf,
    /// Which database.
    pub database_url: DbUrl,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Address under which people reach the server, without a final slash.
    pub base_url: String,
    /// The mail server; without one, mail goes into `<data_dir>/mail` and can be read in the browser by staff.
    pub smtp_url: Option<SmtpUrl>,
    /// Sender of mail.
    pub mail_from: Mailbox,
    /// DKIM: domain, selector and key file.
    pub dkim: Option<DkimConfig>,
    /// The master secret's text; made and kept in `<data_dir>/secret` when not given.
    pub secret: Option<String>,
    /// Filter of the log, such as `info` or `backbone=debug,info`.
    pub log: String,
    /// Lines or JSON.
    pub log_json: bool,
    /// Jobs at once in this process; 0 means that `serve` runs none.
    pub workers: usize,
    /// Database connections.
    pub connections: u32,
    /// Bearer token that `/metrics` asks for; without one it answers only to loopback.
    pub metrics_token: Option<String>,
    /// Bytes that a file to be imported may have.
    pub max_import: u64,
}

/// Where the DKIM key is.
#[derive(Clone, Debug)]
pub struct DkimConfig {
    /// The `d=` domain.
    pub domain: String,
    /// The `s=` selector.
    pub selector: String,
    /// Private key, PEM.
    pub key_file: PathBuf,
}

/// Known keys, as in the TOML file; the variable is `BACKBONE_` + the key in capitals.
pub const KEYS: &[&str] = &[
    "data_dir",
    "database_url",
    "listen",
    "base_url",
    "smtp_url",
    "mail_from",
    "dkim_domain",
    "dkim_selector",
    "dkim_key_file",
    "secret",
    "log",
    "log_format",
    "workers",
    "connections",
    "metrics_token",
    "max_import_mb",
];

impl Config {
    /// Reads the settings from an optional file and the environment.
    ///
    /// # Errors
    /// One sentence for every setting that is wrong, each naming it and saying what is expected.
    pub fn load(
        file: Option<&Path>,
        env: &dyn Fn(&str) -> Option<String>,
        names: &[String],
    ) -> Result<Self, Vec<String>> {
        let mut errors = Vec::new();
        let mut values = BTreeMap::new();
        if let Some(path) = file {
            read_file(path, &mut values, &mut errors);
        }
        read_env(env, names, &mut values, &mut errors);
        let config = check(&values, &mut errors);
        match config {
            Some(config) if errors.is_empty() => Ok(config),
            _ => Err(errors),
        }
    }

    /// The effective settings, secrets left out, as lines `key = value`.
    pub fn describe(&self) -> String {
        let smtp = self
            .smtp_url
            .as_ref()
            .map_or("none (mail goes into the data folder)".into(), |u| {
                u.to_string()
            });
        let dkim = self.dkim.as_ref().map_or("none".into(), |d| {
            format!("{} with selector {}", d.domain, d.selector)
        });
        format!(
            "data_dir = {}\ndatabase_url = {}\nlisten = {}\nbase_url = {}\nsmtp_url = {smtp}\nmail_from = {}\ndkim = {dkim}\n\
             secret = {}\nlog = {}\nworkers = {}\nconnections = {}\nmax_import_mb = {}\n",
            self.data_dir.display(),
            self.database_url,
            self.listen,
            self.base_url,
            self.mail_from,
            if self.secret.is_some() {
                "given"
            } else {
                "kept in the data folder"
            },
            self.log,
            self.workers,
            self.connections,
            self.max_import >> 20,
        )
    }
}

type Values = BTreeMap<String, String>;

fn read_file(path: &Path, values: &mut Values, errors: &mut Vec<String>) {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) => {
            return errors.push(format!(
                "the settings file {} cannot be read: {e}",
                path.display()
            ));
        }
    };
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(e) => {
            return errors.push(format!(
                "the settings file {} is not TOML: {e}",
                path.display()
            ));
        }
    };
    for (key, value) in table {
        if !KEYS.contains(&key.as_str()) && !KEYS.contains(&key.trim_end_matches("_file")) {
            errors.push(format!(
                "{}: unknown setting {key:?}; `backbone config` lists the known ones",
                path.display()
            ));
            continue;
        }
        let text = match value {
            toml::Value::String(s) => s,
            other => other.to_string(),
        };
        put(key, text, values, errors);
    }
}

fn read_env(
    env: &dyn Fn(&str) -> Option<String>,
    names: &[String],
    values: &mut Values,
    errors: &mut Vec<String>,
) {
    for name in names
        .iter()
        .filter(|n| n.starts_with("BACKBONE_") && !n.starts_with("BACKBONE_TEST_"))
    {
        let key = name["BACKBONE_".len()..].to_ascii_lowercase();
        if key == "config" {
            continue;
        }
        if !KEYS.contains(&key.as_str()) && !KEYS.contains(&key.trim_end_matches("_file")) {
            errors.push(format!(
                "unknown variable {name}; `backbone config` lists the known ones"
            ));
            continue;
        }
        if let Some(value) = env(name) {
            put(key, value, values, errors);
        }
    }
}

/// Puts a value in place; `secret_file` and the like are read, those that are files by nature are not.
fn put(key: String, value: String, values: &mut Values, errors: &mut Vec<String>) {
    if KEYS.contains(&key.as_str()) {
        values.insert(key, value);
        return;
    }
    let plain = key.trim_end_matches("_file").to_string();
    match std::fs::read_to_string(&value) {
        Ok(text) => {
            values.insert(plain, text.trim().to_string());
        }
        Err(e) => errors.push(format!("{key}: cannot read {value}: {e}")),
    }
}

fn check(values: &Values, errors: &mut Vec<String>) -> Option<Config> {
    let get = |key: &str| {
        values
            .get(key)
            .map(|s| s.trim().to_string())
            .filter(|s| !s.is_empty())
    };
    let data_dir = PathBuf::from(get("data_dir").unwrap_or_else(|| "data".into()));
    let database_url = parse(&get, "database_url", errors, |s| s.parse())
        .unwrap_or_else(|| DbUrl::Sqlite(data_dir.join("backbone.db")));
    let listen = parse(&get, "listen", errors, |s| {
        s.parse::<SocketAddr>()
            .map_err(|_| "must be an address and port, such as 127.0.0.1:8080".to_string())
    })
    .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
    let base_url =
        parse(&get, "base_url", errors, base_url).unwrap_or_else(|| format!("http://{listen}"));
    let smtp_url = parse(&get, "smtp_url", errors, |s| {
        s.parse::<SmtpUrl>().map_err(|e| e.to_string())
    });
    let from =
        get("mail_from").unwrap_or_else(|| "Backbone <backbone@localhost.localdomain>".into());
    let mail_from = match from.parse::<Mailbox>() {
        Ok(m) => Some(m),
        Err(e) => {
            errors.push(format!(
                "mail_from: {e}; write it as Name <address@example.org>"
            ));
            None
        }
    };
    let dkim = dkim(&get, errors);
    let log_json = match get("log_format").as_deref() {
        None | Some("text") => false,
        Some("json") => true,
        Some(other) => {
            errors.push(format!("log_format: {other:?} must be text or json"));
            false
        }
    };
    let number = |key: &str, default: u32, errors: &mut Vec<String>| {
        parse(&get, key, errors, |s| {
            s.parse::<u32>()
                .map_err(|_| "must be a whole number".to_string())
        })
        .unwrap_or(default)
    };
    let workers = number("workers", 4, errors) as usize;
    let connections = number("connections", 8, errors);
    if connections == 0 {
        errors.push("connections: must be at least 1".into());
    }
    let max_import = number("max_import_mb", 256, errors);
    if !(1..=4096).contains(&max_import) {
        errors.push("max_import_mb: must be 1 to 4096".into());
    }
    if let Some(Err(e)) =
        get("secret").map(|s| backbone_identity::secret::MasterSecret::from_text(&s))
    {
        errors.push(format!("secret: {e}"));
    }
    Some(Config {
        data_dir,
        database_url,
        listen,
        base_url,
        smtp_url,
        mail_from: mail_from?,
        dkim,
        secret: get("secret"),
        log: get("log").unwrap_or_else(|| "info".into()),
        log_json,
        workers,
        connections,
        metrics_token: get("metrics_token"),
        max_import: u64::from(max_import) << 20,
    })
}

fn parse<T>(
    get: &dyn Fn(&str) -> Option<String>,
    key: &str,
    errors: &mut Vec<String>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Option<T> {
    match read(&get(key)?) {
        Ok(value) => Some(value),
        Err(e) => {
            errors.push(format!("{key}: {e}"));
            None
        }
    }
}

fn base_url(s: &str) -> Result<String, String> {
    let ok = (s.starts_with("http://") || s.starts_with("https://"))
        && s.len() > 8
        && !s.contains([' ', '?', '#']);
    if !ok {
        return Err("must be the address people type, such as https://backbone.example.org".into());
    }
    Ok(s.trim_end_matches('/').to_string())
}

fn dkim(get: &dyn Fn(&str) -> Option<String>, errors: &mut Vec<String>) -> Option<DkimConfig> {
    match (
        get("dkim_domain"),
        get("dkim_selector"),
        get("dkim_key_file"),
    ) {
        (None, None, None) => None,
        (Some(domain), Some(selector), Some(key)) => Some(DkimConfig {
            domain,
            selector,
            key_file: key.into(),
        }),
        _ => {
            errors.push(
                "DKIM needs all three of dkim_domain, dkim_selector and dkim_key_file".into(),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(vars: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        let map: BTreeMap<String, String> = vars
            .iter()
            .map(|(k, v)| (k.to_string(), v.to_string()))
            .collect();
        let names: Vec<String> = map.keys().cloned().collect();
        Config::load(None, &|k| map.get(k).cloned(), &names)
    }

    #[test]
    fn an_empty_environment_serves_on_loopback_with_the_embedded_database() {
        let config = load(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.database_url.to_string(), "sqlite:data/backbone.db");
        assert_eq!(config.base_url, "http://127.0.0.1:8080");
    }

    #[test]
    fn every_wrong_setting_is_named() {
        for (key, value, says) in [
            ("BACKBONE_DATABASE_URL", "mysql://x", "database_url"),
            ("BACKBONE_LISTEN", "8080", "listen"),
            ("BACKBONE_BASE_URL", "backbone.example.org", "base_url"),
            ("BACKBONE_SMTP_URL", "mail.example.org", "smtp_url"),
            ("BACKBONE_MAIL_FROM", "nobody", "mail_from"),
            ("BACKBONE_DKIM_DOMAIN", "example.org", "DKIM"),
            ("BACKBONE_SECRET", "short", "secret"),
            ("BACKBONE_LOG_FORMAT", "xml", "log_format"),
            ("BACKBONE_WORKERS", "many", "workers"),
            ("BACKBONE_MAX_IMPORT_MB", "0", "max_import_mb"),
            ("BACKBONE_LISTN", "127.0.0.1:1", "BACKBONE_LISTN"),
            ("BACKBONE_SECRET_FILE", "/nonexistent/secret", "secret_file"),
        ] {
            let errors = load(&[(key, value)]).unwrap_err().join("\n");
            assert!(errors.contains(says), "{key}={value}: {errors}");
        }
    }
}
