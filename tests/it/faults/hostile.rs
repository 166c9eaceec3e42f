//! Files and layouts made to harm, through the running program: each is refused with its reason, the program's memory stays
//! where it was, and others are served meanwhile.

use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use backbone_identity::Role;
use backbone_tests::process::Setup;
use backbone_tests::{Client, Response, TestApp, World};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What the program may need in addition while it refuses; each file is well below it, what they unpack to far above.
const ROOM: u64 = 64 << 20;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const ROWS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Year</t></is></c><c r="B1" t="inlineStr"><is><t>Value</t></is></c></row><row r="2"><c r="A2"><v>2020</v></c><c r="B2"><v>2.5</v></c></row>"#;

/// A workbook whose sheet is `start`, `piece` so many times, and the end.
fn workbook(start: &str, piece: &str, times: usize, end: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, texts: &[(&str, usize)]| {
        let fast = SimpleFileOptions::default()
            .compression_level(Some(1))
            .large_file(true);
        zip.start_file(name, fast).unwrap();
        for (text, times) in texts {
            (0..*times).for_each(|_| zip.write_all(text.as_bytes()).unwrap());
        }
    };
    part("[Content_Types].xml", &[(TYPES, 1)]);
    part("_rels/.rels", &[(ROOT, 1)]);
    part("xl/workbook.xml", &[(BOOK, 1)]);
    part("xl/_rels/workbook.xml.rels", &[(RELATIONS, 1)]);
    let open = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#;
    part(
        "xl/worksheets/sheet1.xml",
        &[
            (open, 1),
            (start, 1),
            (piece, times),
            (end, 1),
            ("</worksheet>", 1),
        ],
    );
    zip.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    workbook("<sheetData>", rows, 1, "</sheetData>")
}

/// Says in both of the archive's places that the sheet unpacks to `size`.
fn claim(mut bytes: Vec<u8>, size: u32) -> Vec<u8> {
    let name = b"xl/worksheets/sheet1.xml";
    for (signature, size_at, name_at) in [(b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)] {
        let found = (0..bytes.len()).find(|at| {
            bytes[*at..].starts_with(signature)
                && bytes[(at + name_at).min(bytes.len())..].starts_with(name)
        });
        if let Some(at) = found {
            bytes[at + size_at..at + size_at + 4].copy_from_slice(&size.to_le_bytes());
        }
    }
    bytes
}

/// Name, file, status, and what stands in the refusal.
fn files() -> Vec<(&'static str, Vec<u8>, u16)> {
    let block = "x".repeat(1 << 20);
    let long_cell = r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>"#;
    let far = format!(
        r#"{ROWS}<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>"#
    );
    let beyond =
        format!(r#"{ROWS}<row r="3"><c r="BDWGN3" t="inlineStr"><is><t>x</t></is></c></row>"#);
    let empty = format!("<row r=\"1\">{}</row>", "<c s=\"1\"/>".repeat(100_000));
    let claims =
        r#"<dimension ref="A1:BDWGN1048576"/><cols><col min="1" max="1000000"/></cols><sheetData>"#;
    vec![
        ("far.xlsx", sheet(&far), 422),
        ("beyond.xlsx", sheet(&beyond), 422),
        ("empty-columns.xlsx", sheet(&empty), 422),
        (
            "claims.xlsx",
            workbook(claims, ROWS, 1, "</sheetData>"),
            201,
        ),
        (
            "bomb.xlsx",
            workbook(long_cell, &block, 60, "</t></is></c></row></sheetData>"),
            422,
        ),
        ("cell-of-400-mb.xlsx", claim(sheet(ROWS), 400 << 20), 422),
        (
            "hidden-size.xlsx",
            claim(
                workbook(long_cell, &block, 4, "</t></is></c></row></sheetData>"),
                1000,
            ),
            422,
        ),
        (
            "half.xlsx",
            {
                let mut b = sheet(ROWS);
                b.truncate(b.len() / 2);
                b
            },
            422,
        ),
    ]
}

struct Scene {
    app: TestApp,
    world: World,
    program: backbone_tests::process::Program,
}

impl Scene {
    fn new() -> Self {
        let app = TestApp::start();
        let world = World::seed(&app);
        let program = Setup::new(app.folder.path(), &app.database.setting()).serve();
        Self {
            app,
            world,
            program,
        }
    }

    fn staff(&self) -> Client {
        self.world
            .home
            .api(&self.app, Role::Staff)
            .at(self.program.address)
    }

    fn browser(&self) -> Client {
        self.world
            .home
            .browser(&self.app, Role::Staff)
            .at(self.program.address)
    }

    /// Asks for a list again and again while `work` runs; all answers must be good, and there must be some.
    fn while_others_read<T>(&self, work: impl FnOnce() -> T) -> T {
        let ended = AtomicBool::new(false);
        let reader = self
            .world
            .home
            .api(&self.app, Role::Leader)
            .at(self.program.address);
        let path = self.world.home.path("/metrics");
        std::thread::scope(|scope| {
            let others = scope.spawn(|| {
                let mut served = 0;
                while !ended.load(Ordering::SeqCst) {
                    reader.get(&path).expect(200);
                    served += 1;
                }
                served
            });
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            ended.store(true, Ordering::SeqCst);
            assert!(others.join().unwrap() > 10, "others are served meanwhile");
            done.unwrap_or_else(|e| std::panic::resume_unwind(e))
        })
    }
}

#[track_caller]
fn explained(name: &str, answer: &Response) {
    let code = answer.problem();
    assert!(code.starts_with("import-"), "{name}: {code}");
    let body = answer.json();
    let said = format!(
        "{} {}",
        body["title"].as_str().unwrap_or(""),
        body["detail"].as_str().unwrap_or("")
    );
    assert!(said.len() > 40, "{name}: {said}");
}

#[test]
fn hostile_workbooks_are_refused_and_harm_nobody() {
    let mut scene = Scene::new();
    let (staff, browser) = (scene.staff(), scene.browser());
    let path = scene.world.home.path("/imports");
    let send = |client: &Client, path: &str, name: &str, bytes: &[u8]| {
        client
            .request("POST", path)
            .multipart(&[("file", name, bytes)])
            .send()
    };
    // One that is read, so that what the first import costs is not counted as harm.
    send(&staff, &path, "good.xlsx", &sheet(ROWS)).expect(201);
    let (before, files) = (scene.program.peak_memory(), files());
    scene.while_others_read(|| {
        for (name, bytes, status) in &files {
            let answer = send(&staff, &path, name, bytes).expect(*status);
            if *status == 422 {
                explained(name, &answer);
                let page = send(&browser, "/p/harbour/imports/new", name, bytes).expect(422);
                assert!(
                    page.text().contains("<form"),
                    "{name}: the page is shown again"
                );
            }
        }
    });
    let grown = scene.program.peak_memory().saturating_sub(before);
    assert!(grown < ROOM, "{} MiB more", grown >> 20);
    let kept = scene.app.count("imports");
    assert_eq!(kept, 2, "only what was read is there");
    assert!(scene.program.is_running());
    send(&staff, &path, "again.xlsx", &sheet(ROWS)).expect(201);
}

fn nested(times: usize, block: &str) -> String {
    let name = block.split(' ').next().unwrap();
    format!(
        "{}x{}",
        format!("{{{{#{block}}}}}").repeat(times),
        format!("{{{{/{name}}}}}").repeat(times)
    )
}

#[test]
fn hostile_layouts_are_explained_and_harm_nobody() {
    let mut scene = Scene::new();
    let staff = scene.staff();
    let each = "{{#each figures}}{{#each @root.figures}}{{#each @root.figures}}{{#each @root.figures}}wwwwwwwwwwwwwwww\
                {{/each}}{{/each}}{{/each}}{{/each}}";
    let figures: Vec<Value> = (0..40)
        .map(|n| json!({"key": format!("f{n}"), "label": "Organizations", "source": {"kind": "organizations"}}))
        .collect();
    let before = scene.program.peak_memory();
    scene.while_others_read(|| {
        for (name, layout) in [
            ("includes itself", "{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}".to_string()),
            ("thousands of blocks", nested(4000, "if headline")),
            ("gigabytes", each.repeat(4)),
            ("reads beyond its context", "{{settings.secret}}".into()),
            ("unclosed", "{{#if headline}}".into()),
        ] {
            let story = json!({"title": name, "content": {"headline": "A headline", "layout": layout, "figures": figures}});
            let made = staff.post(&scene.world.home.path("/stories"), &story);
            if made.status == 422 {
                // Refused where it is saved: with the reason at its field.
                let body = made.json();
                assert!(body.to_string().contains("layout"), "{name}: {body}");
                continue;
            }
            let id = made.expect(201).json()["id"].as_str().unwrap().to_string();
            let tried = scene.browser().get(&format!("/p/harbour/stories/{id}/layout"));
            assert_eq!(tried.status, 422, "{name}: {}", tried.text());
            let text = tried.text();
            assert!(text.contains("<html") && !text.contains('⟦'), "{name}: {text}");
        }
    });
    let grown = scene.program.peak_memory().saturating_sub(before);
    assert!(grown < ROOM, "{} MiB more", grown >> 20);
    assert!(scene.program.is_running());
    staff.get(&scene.world.home.path("/stories")).expect(200);
}
