//! `backbone doctor`: looks at everything that can be wrong from outside, and says how to mend it.

use backbone_db::{Conn, Engine};
use diesel::RunQueryDsl;

use crate::config::Config;
use crate::start;

struct Findings {
    bad: usize,
}

impl Findings {
    fn good(&self, what: &str) {
        println!("ok    {what}");
    }
    fn warn(&self, what: &str) {
        println!("note  {what}");
    }
    fn bad(&mut self, what: &str) {
        self.bad += 1;
        println!("BAD   {what}");
    }
    fn check(&mut self, what: &str, result: Result<String, String>) {
        match result {
            Ok(detail) if detail.is_empty() => self.good(what),
            Ok(detail) => self.good(&format!("{what}: {detail}")),
            Err(why) => self.bad(&format!("{what}: {why}")),
        }
    }
}

/// Runs every check and prints a line each.
///
/// # Errors
/// When any check found something bad.
pub fn run(config: &Config) -> Result<(), String> {
    let mut f = Findings { bad: 0 };
    print!("{}", config.describe());
    println!();
    f.check("data folder can be written", writable(config));
    match start::core(config) {
        Err(why) => f.bad(&format!("the server cannot be put together: {why}")),
        Ok(core) => {
            f.check("database", database(&core));
            f.check("schema", schema(&core));
            f.check("event log", event_logs(&core));
            f.check("mail", mail(&core));
            f.check("sandbox", sandbox(&core));
        }
    }
    settings(config, &f);
    if f.bad == 0 {
        println!("\nAll is well.");
        return Ok(());
    }
    Err(format!("{} of the checks found something to mend", f.bad))
}

fn writable(config: &Config) -> Result<String, String> {
    let probe = config.data_dir.join(".doctor");
    std::fs::create_dir_all(&config.data_dir)
        .and_then(|()| std::fs::write(&probe, b"probe"))
        .and_then(|()| std::fs::remove_file(&probe))
        .map(|()| config.data_dir.display().to_string())
        .map_err(|e| {
            format!(
                "{}: {e}; give the server's user the right to write there",
                config.data_dir.display()
            )
        })
}

fn database(core: &backbone_identity::Core) -> Result<String, String> {
    #[derive(diesel::QueryableByName)]
    struct Verdict {
        #[diesel(sql_type = diesel::sql_types::Text)]
        verdict: String,
    }
    let verdict = core
        .db
        .read_blocking(|conn| match conn {
            Conn::Sqlite(c) => {
                let row = diesel::sql_query(
                    "SELECT integrity_check AS verdict FROM pragma_integrity_check LIMIT 1",
                )
                .get_result::<Verdict>(c)?;
                Ok(row.verdict)
            }
            Conn::Pg(c) => {
                let row =
                    diesel::sql_query("SELECT version() AS verdict").get_result::<Verdict>(c)?;
                Ok::<_, backbone_db::DbError>(row.verdict)
            }
        })
        .map_err(|e| e.to_string())?;
    match (core.db.engine(), verdict.as_str()) {
        (Engine::Sqlite, "ok") => Ok("SQLite, intact".into()),
        (Engine::Sqlite, damage) => Err(format!(
            "the file is damaged ({damage}); stop the server and restore a backup"
        )),
        (Engine::Postgres, version) => Ok(version.to_string()),
    }
}

fn schema(core: &backbone_identity::Core) -> Result<String, String> {
    let missing = backbone_db::pending(&core.db).map_err(|e| e.to_string())?;
    if missing.is_empty() {
        return Ok("up to date".into());
    }
    Err(format!(
        "{} migrations are pending; run: backbone migrate",
        missing.len()
    ))
}

fn event_logs(core: &backbone_identity::Core) -> Result<String, String> {
    let missing = backbone_db::pending(&core.db).map_err(|e| e.to_string())?;
    if !missing.is_empty() {
        return Ok("not checked, the schema is not up to date".into());
    }
    let outcome = core.db.read_blocking(|c| {
        let mut checked = 0;
        for tenant in backbone_events::partnerships(c)? {
            match backbone_events::verify(c, &tenant)? {
                Ok(n) => checked += n,
                Err(broken) => {
                    return Ok(Err(format!(
                        "partnership {tenant}, event {}: {}",
                        broken.seq, broken.why
                    )));
                }
            }
        }
        Ok::<_, backbone_db::DbError>(Ok(checked))
    });
    let checked = outcome.map_err(|e| e.to_string())??;
    Ok(format!("{checked} events, every hash holds"))
}

fn mail(core: &backbone_identity::Core) -> Result<String, String> {
    let mailer = core.mailer.clone();
    let checked = block_on(async move { mailer.check().await })?;
    checked.map_err(|e| format!("{e}; check smtp_url"))?;
    Ok(if core.settings.mailbox.is_some() {
        "written into the data folder".into()
    } else {
        "the mail server answers".into()
    })
}

fn sandbox(core: &backbone_identity::Core) -> Result<String, String> {
    let answer = block_on(async { core.sandbox.run("echo", b"hello".to_vec()).await })?;
    match answer {
        Ok(bytes) if bytes == b"hello" => Ok(String::new()),
        Ok(_) => Err("the child answered something else".into()),
        Err(e) => Err(e.to_string()),
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| e.to_string())?;
    Ok(runtime.block_on(work))
}

fn settings(config: &Config, f: &Findings) {
    let local = config.listen.ip().is_loopback();
    if config.base_url.starts_with("http://") && !local {
        f.warn("base_url is http:// but the server listens beyond loopback: put a proxy with TLS in front and set an https:// address");
    }
    if config.smtp_url.is_none() {
        f.warn("no smtp_url: mail stays in the data folder and reaches nobody");
    }
    if config.smtp_url.is_some() && config.mail_from.to_string().contains("localhost") {
        f.warn("mail_from is still the default; set an address of your own domain");
    }
}
