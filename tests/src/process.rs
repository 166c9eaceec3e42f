//! The real program, as its own process.

use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crate::client::Client;

/// The program `backbone`: the one named by `BACKBONE_BIN`, else the one beside the test program, built when it is not there.
pub fn binary() -> PathBuf {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(find).clone()
}

fn find() -> PathBuf {
    if let Some(path) = std::env::var_os("BACKBONE_BIN")
        .map(PathBuf::from)
        .filter(|p| p.exists())
    {
        return path;
    }
    let test = std::env::current_exe().expect("the path of the test program");
    // target/debug/deps/it-… → target/debug/backbone
    let folder = test
        .parent()
        .and_then(Path::parent)
        .expect("the test program lies in target/<profile>/deps");
    let path = folder.join("backbone");
    if !path.exists() {
        let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--workspace", "--bins"])
            .current_dir(crate::routes::project())
            .status()
            .expect("cargo can be started");
        assert!(built.success(), "the program could not be built");
    }
    path
}

/// Settings for one program, in a folder of its own.
#[derive(Clone)]
pub struct Setup {
    /// Its data folder.
    pub folder: PathBuf,
    variables: Vec<(String, String)>,
    /// What stands in front of the program: a command that runs the rest of its arguments.
    before: Vec<String>,
}

impl Setup {
    /// With a database, and mail into the data folder.
    pub fn new(folder: &Path, database_url: &str) -> Self {
        let variables = vec![
            (
                "BACKBONE_DATA_DIR".to_string(),
                folder.display().to_string(),
            ),
            (
                "BACKBONE_DATABASE_URL".to_string(),
                database_url.to_string(),
            ),
            (
                "BACKBONE_SECRET".to_string(),
                crate::app::SECRET.to_string(),
            ),
            ("BACKBONE_LOG".to_string(), "warn".to_string()),
        ];
        Self {
            folder: folder.into(),
            variables,
            before: Vec::new(),
        }
    }

    /// With a setting.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|(k, _)| k != name);
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Runs the program by way of another one, which must end in becoming it (`exec`), so that its process is the program's.
    pub fn through(mut self, before: &[&str]) -> Self {
        self.before = before.iter().map(|word| (*word).to_string()).collect();
        self
    }

    /// A call of the program with these settings and no others.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = match self.before.split_first() {
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(binary());
                command
            }
            None => Command::new(binary()),
        };
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BACKBONE_") {
                command.env_remove(name);
            }
        }
        command
            .args(arguments)
            .envs(self.variables.iter().map(|(k, v)| (k, v)))
            .stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments)
            .output()
            .expect("the program can be started")
    }

    /// Starts `serve` and waits until it answers.
    pub fn serve(&self) -> Program {
        // A port that was free a moment ago; nobody else listens on loopback ports at random here.
        let address = TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .expect("a free port");
        let setup = self
            .clone()
            .with("BACKBONE_LISTEN", &address.to_string())
            .with("BACKBONE_BASE_URL", &format!("http://{address}"));
        let program = Program::start(setup.command(&["serve"]), address);
        program.wait_until_ready();
        program
    }

    /// Starts `work`.
    pub fn work(&self) -> Program {
        Program::start(
            self.command(&["work"]),
            SocketAddr::from(([127, 0, 0, 1], 0)),
        )
    }
}

/// A running program; killed when this is dropped.
pub struct Program {
    /// Where it listens, when it serves.
    pub address: SocketAddr,
    child: Child,
    lines: Arc<Mutex<String>>,
}

impl Program {
    fn start(mut command: Command, address: SocketAddr) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        let lines = Arc::new(Mutex::new(String::new()));
        let out = child.stdout.take().expect("its output is piped");
        let err = child.stderr.take().expect("its errors are piped");
        follow(out, lines.clone());
        follow(err, lines.clone());
        Self {
            address,
            child,
            lines,
        }
    }

    /// What it wrote so far.
    pub fn output(&self) -> String {
        self.lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// A client without credentials.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Has it ended?
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until it has written a line that holds `part`; gives that line.
    pub fn wait_for_line(&self, part: &str) -> String {
        wait(
            &format!("a line with {part:?}"),
            || self.output(),
            || {
                self.output()
                    .lines()
                    .find(|l| l.contains(part))
                    .map(str::to_string)
            },
        )
    }

    fn wait_until_ready(&self) {
        wait(
            "an answer of /readyz",
            || self.output(),
            || {
                let answer = self.client().request("GET", "/readyz").try_send().ok()?;
                (answer.status == 200).then_some(())
            },
        );
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("a running program can be killed");
        self.child.wait().expect("the end of a killed program");
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The most memory it had at once, in bytes.
    pub fn peak_memory(&self) -> u64 {
        let path = format!("/proc/{}/status", self.pid());
        let status = std::fs::read_to_string(path).expect("a running program has a status");
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kib = line.and_then(|l| l.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
        kib.expect("the status tells the peak") * 1024
    }

    /// Asks it to stop, as a service manager does.
    pub fn terminate(&self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .expect("kill can be started");
        assert!(sent.success(), "the signal was not sent");
    }

    /// Waits for its end; gives its exit code.
    pub fn wait(&mut self) -> Option<i32> {
        for _ in 0..600 {
            if let Some(status) = self.child.try_wait().expect("the state of a child") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the program does not end:\n{}", self.output());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself, or been killed by the test.
        if matches!(self.child.try_wait(), Ok(None)) {
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

fn follow(pipe: impl Read + Send + 'static, lines: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let mut all = lines.lock().unwrap_or_else(PoisonError::into_inner);
            all.push_str(&line);
            all.push('\n');
        }
    });
}

/// Looks again and again, for half a minute at most, until there is what the test waits for.
///
/// # Panics
/// When it does not come.
pub fn wait<T>(what: &str, shown: impl Fn() -> String, look: impl Fn() -> Option<T>) -> T {
    for _ in 0..1500 {
        if let Some(found) = look() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("waited in vain for {what}:\n{}", shown());
}
