//! A disk that is full, or that refuses to write: told as such, nothing harmed, and all well as soon as there is room.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use backbone_identity::Role;
use backbone_tests::database::postgres;
use backbone_tests::process::{Program, Setup};
use backbone_tests::retry::until_acknowledged;
use backbone_tests::{Client, Response, TestApp, World, at_once};
use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

/// Mounts a disk of the size `$2` at `$1`, which only this process and its children see and which goes with them, puts what is in
/// `$3` on it, and becomes the rest of its arguments.
const SMALL_DISK: &str = r#"mount -t tmpfs -o size="$2" backbone-test "$1" && cp -a "$3"/. "$1"/ && shift 3 && exec "$@""#;

/// How to get a mount of one's own, as root or with a user namespace; `None` where neither is allowed.
fn own_mounts() -> Option<&'static [&'static str]> {
    const WAYS: [&[&str]; 2] = [&["unshare", "-m"], &["unshare", "-Urm"]];
    WAYS.into_iter().find(|way| {
        let tried = Command::new(way[0])
            .args(&way[1..])
            .args(["sh", "-c", "mount -t tmpfs -o size=1m backbone-test /mnt"])
            .output();
        tried.is_ok_and(|o| o.status.success())
    })
}

fn gift(name: &str) -> Value {
    json!({"kind": "treasure", "period": "2024-10", "activity": name, "amount": "10"})
}

/// A seeded database, as one file in a folder of its own.
fn seeded(app: &TestApp, folder: &Path) -> PathBuf {
    let seed = folder.join("seed");
    std::fs::create_dir_all(&seed).unwrap();
    let copy = format!("VACUUM INTO '{}'", seed.join("backbone.db").display());
    app.core
        .db
        .own_connection(|c| Ok(c.batch_execute(&copy)?))
        .unwrap();
    seed
}

#[track_caller]
fn refused(answer: &Response, code: &str) {
    assert_eq!(answer.status, 503, "{}: {}", answer.asked, answer.text());
    assert_eq!(answer.problem(), code);
    assert!(
        answer.header("retry-after").is_some(),
        "{:?}",
        answer.headers
    );
    let detail = answer.json()["detail"].as_str().unwrap_or_default().len();
    assert!(detail > 40, "it says what to do: {}", answer.text());
}

fn upload(client: &Client, path: &str, name: &str) -> Response {
    let content = name.repeat(300_000 / name.len());
    client
        .request("POST", path)
        .key(name)
        .multipart(&[("file", name, content.as_bytes())])
        .send()
}

/// Names of everything below a folder.
fn tree(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => found.push(path.display().to_string()),
            }
        }
    }
    found
}

struct Scene<'a> {
    world: &'a World,
    staff: Client,
    reader: Client,
    /// The data folder, as this process reaches it.
    data: PathBuf,
    code: &'static str,
}

impl Scene<'_> {
    fn gifts(&self) -> String {
        self.world.home.path("/contributions")
    }

    /// While nothing can be written: every write is refused with what to do, none is half there, and reading goes on.
    fn while_it_lasts(&self) {
        let (gifts, files) = (self.gifts(), self.world.home.path("/files"));
        for round in 0..3 {
            let answers = at_once(6, |n| {
                let name = format!("refused {round}-{n}");
                self.staff
                    .request("POST", &gifts)
                    .key(&name)
                    .json(&gift(&name))
                    .send()
            });
            answers.iter().for_each(|a| refused(a, self.code));
        }
        refused(&upload(&self.staff, &files, "refused.txt"), self.code);
        let left: Vec<String> = tree(&self.data.join("files"))
            .into_iter()
            .filter(|f| f.contains("/."))
            .collect();
        assert!(left.is_empty(), "left behind: {left:?}");
        self.staff.get(&gifts).expect(200);
        self.reader.get("/p/harbour/contributions").expect(200);
        self.staff.get("/healthz").expect(200);
        self.staff.get("/readyz").expect(200);
    }

    /// With room again: the same requests, sent again, have one effect each.
    fn afterwards(&self, program: &mut Program) {
        let (gifts, files) = (self.gifts(), self.world.home.path("/files"));
        for n in 0..6 {
            let name = format!("refused 0-{n}");
            let sent =
                || until_acknowledged(|| self.staff.clone(), &gifts, &name, &gift(&name), || false);
            let (first, _) = sent();
            let (again, _) = sent();
            assert_eq!(first.map(|a| a.body), again.map(|a| a.body));
        }
        upload(&self.staff, &files, "refused.txt").expect(201);
        let listed = self
            .staff
            .get(&format!("{gifts}?limit=200"))
            .expect(200)
            .json();
        let mut names: Vec<&str> = listed["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|c| c["activity"].as_str())
            .collect();
        names.sort_unstable();
        let expected = [
            "before",
            "refused 0-0",
            "refused 0-1",
            "refused 0-2",
            "refused 0-3",
            "refused 0-4",
            "refused 0-5",
        ];
        assert_eq!(
            names, expected,
            "what was refused is not there, what was sent again is there once"
        );
        let verdict = self
            .staff
            .get(&self.world.home.path("/events/verify"))
            .expect(200)
            .json();
        assert_eq!(verdict["intact"], true, "{verdict}");
        assert!(program.is_running(), "without a restart");
    }
}

fn doctor(setup: &Setup) {
    let ended = setup.run(&["doctor"]);
    let told = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert_eq!(ended.status.code(), Some(0), "{told}");
    assert!(told.contains("SQLite, intact"), "{told}");
}

#[test]
fn a_full_disk_is_told_and_harms_nothing() {
    if postgres().is_some() {
        return;
    }
    let Some(way) = own_mounts() else {
        eprintln!(
            "mounting is not allowed here; a disk that refuses to write is tried all the same"
        );
        return;
    };
    let app = TestApp::start();
    let world = World::seed(&app);
    let folder = tempfile::tempdir().unwrap();
    let (disk, seed) = (folder.path().join("disk"), seeded(&app, folder.path()));
    std::fs::create_dir(&disk).unwrap();
    let (disk_name, seed_name) = (disk.display().to_string(), seed.display().to_string());
    let mut before = way.to_vec();
    before.extend(["sh", "-c", SMALL_DISK, "sh", &disk_name, "16m", &seed_name]);
    let setup = Setup::new(&disk, &format!("sqlite:{disk_name}/backbone.db")).through(&before);
    let mut program = setup.serve();
    let inside = PathBuf::from(format!("/proc/{}/root{disk_name}", program.pid()));
    let scene = Scene {
        staff: world.home.api(&app, Role::Staff).at(program.address),
        reader: world.home.browser(&app, Role::Staff).at(program.address),
        world: &world,
        data: inside.clone(),
        code: "disk-full",
    };
    scene
        .staff
        .post(&scene.gifts(), &gift("before"))
        .expect(201);
    fill(&inside.join("filler"));
    scene.while_it_lasts();
    std::fs::remove_file(inside.join("filler")).unwrap();
    scene.afterwards(&mut program);
    let pid = program.pid().to_string();
    let mut enter = vec!["nsenter", "-t", &pid, "-m"];
    if way.contains(&"-Urm") {
        enter.extend(["-U", "--preserve-credentials"]);
    }
    enter.push("--");
    doctor(&setup.through(&enter));
    program.terminate();
    assert_eq!(program.wait(), Some(0), "{}", program.output());
}

/// Takes all the room there is.
fn fill(path: &Path) {
    let mut file = std::fs::File::create(path).unwrap();
    for size in [1 << 16, 1 << 12, 1] {
        let block = vec![b'x'; size];
        while file.write_all(&block).is_ok() {}
    }
}

/// Every write past 64 KiB of a file fails, as on a disk that is breaking; works without any privilege.
#[test]
fn a_disk_that_refuses_to_write_is_told_and_harms_nothing() {
    if postgres().is_some() {
        return;
    }
    let app = TestApp::start();
    let world = World::seed(&app);
    let folder = tempfile::tempdir().unwrap();
    let seed = seeded(&app, folder.path());
    let plain = Setup::new(&seed, &format!("sqlite:{}/backbone.db", seed.display()));
    // The signal that comes with a refused write would end the program; a full disk sends none.
    let setup = plain
        .clone()
        .through(&["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"]);
    let mut program = setup.serve();
    let scene = Scene {
        staff: world.home.api(&app, Role::Staff).at(program.address),
        reader: world.home.browser(&app, Role::Staff).at(program.address),
        world: &world,
        data: seed.clone(),
        code: "unavailable",
    };
    scene
        .staff
        .post(&scene.gifts(), &gift("before"))
        .expect(201);
    limit(&program, "0");
    scene.while_it_lasts();
    limit(&program, "unlimited");
    scene.afterwards(&mut program);
    doctor(&plain);
}

fn limit(program: &Program, size: &str) {
    let set = Command::new("prlimit")
        .args(["--pid", &program.pid().to_string()])
        .arg(format!("--fsize={size}:unlimited"))
        .status()
        .expect("prlimit can be started");
    assert!(set.success());
}
