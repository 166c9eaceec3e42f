//! Every operation × every role × nobody × a key that may only read × a member of another partnership.

use backbone_identity::{PermissionInfo, Role, Scope};
use backbone_tests::openapi::{Operation, operations};
use backbone_tests::{Client, Response, TestApp, World};
use serde_json::json;

/// What a caller should get.
#[derive(Debug, PartialEq)]
enum Expected {
    /// 401: nobody.
    SignIn,
    /// 404: of another partnership, which must not even learn that there is something.
    NotHere,
    /// 403: a member without the right.
    Forbidden,
    /// Anything but a refusal.
    LetIn,
}

struct Caller {
    name: String,
    client: Client,
    role: Option<Role>,
    writes: bool,
    foreign: bool,
}

fn callers(app: &TestApp, world: &World) -> Vec<Caller> {
    let caller = |name: &str, client, role, writes, foreign| Caller {
        name: name.into(),
        client,
        role,
        writes,
        foreign,
    };
    let mut all = vec![caller("nobody", app.client(), None, false, false)];
    for role in Role::ALL {
        let (home, foreign) = (world.home.account(*role), world.foreign.account(*role));
        let client = app.client();
        all.push(caller(
            &format!("foreign {role}"),
            client.bearer(&foreign.token),
            Some(*role),
            true,
            true,
        ));
        all.push(caller(
            &format!("foreign {role} by key"),
            client.bearer(&foreign.key),
            Some(*role),
            true,
            true,
        ));
        all.push(caller(
            &format!("{role} by reading key"),
            client.bearer(&home.read_key),
            Some(*role),
            false,
            false,
        ));
        all.push(caller(
            &format!("{role} by key"),
            client.bearer(&home.key),
            Some(*role),
            true,
            false,
        ));
        all.push(caller(
            &format!("{role} by token"),
            client.bearer(&home.token),
            Some(*role),
            true,
            false,
        ));
    }
    all
}

fn expected(caller: &Caller, permission: &PermissionInfo) -> Expected {
    let Some(role) = caller.role else {
        return Expected::SignIn;
    };
    if caller.foreign {
        return Expected::NotHere;
    }
    let reads_only = permission.scope == Scope::Write && !caller.writes;
    if reads_only || !permission.roles.contains(&role) {
        return Expected::Forbidden;
    }
    Expected::LetIn
}

fn as_expected(expected: &Expected, answer: &Response) -> bool {
    match expected {
        Expected::SignIn => answer.status == 401,
        Expected::NotHere => answer.status == 404,
        Expected::Forbidden => answer.status == 403,
        Expected::LetIn => !matches!(answer.status, 401 | 403) && answer.status < 500,
    }
}

/// The path with identifiers of things that are there, as far as the test knows them. Nothing that is there is written to.
fn address(operation: &Operation, world: &World, real: bool) -> String {
    let mut before = "";
    let mut parts = Vec::new();
    for part in operation.path.split('/') {
        let value = match part {
            "{partnership}" => world.home.id.to_string(),
            _ if part.starts_with('{') && real => known(world, before),
            _ if part.starts_with('{') => uuid::Uuid::now_v7().to_string(),
            _ => part.to_string(),
        };
        before = part;
        parts.push(value);
    }
    parts.join("/")
}

fn known(world: &World, collection: &str) -> String {
    match collection {
        "organizations" => world.home.organizations["partner"].to_string(),
        "people" | "members" | "memberships" => {
            world.home.people["contributor"].membership.to_string()
        }
        "files" => world.home.file.to_string(),
        _ => uuid::Uuid::now_v7().to_string(),
    }
}

fn ask(caller: &Caller, operation: &Operation, path: &str) -> Response {
    let request = caller.client.request(&operation.method, path);
    if operation.method == "GET" {
        return request.send();
    }
    let multipart = operation.spec["requestBody"]["content"]["multipart/form-data"].is_object();
    let request = if multipart {
        request.multipart(&[("nothing", "", b"")])
    } else {
        request.json(&json!({}))
    };
    request.send()
}

#[test]
fn every_operation_keeps_out_whom_it_must() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let permissions = backbone_server::wiring::permissions();
    let callers = callers(&app, &world);
    let (mut wrong, mut walked) = (Vec::new(), 0);
    for operation in operations() {
        let name = operation.name();
        let Some(needed) = operation.permission() else {
            wrong.push(format!(
                "{name} says nothing about who may: give it x-permission"
            ));
            continue;
        };
        let info = permissions.iter().find(|p| p.name == needed);
        // Of the account itself or of the whole server, outside of any partnership: only a session gets there.
        let own_account = ["signed-in", "operator"].contains(&needed);
        if info.is_none() && needed != "public" && !own_account {
            wrong.push(format!("{name} needs {needed:?}, which no room declares"));
            continue;
        }
        if info.is_some() && !operation.path.contains("{partnership}") {
            wrong.push(format!(
                "{name} needs {needed:?} but its address names no partnership"
            ));
        }
        let mut faults = Vec::new();
        for caller in &callers {
            let expected = if own_account {
                Some(Expected::SignIn)
            } else {
                info.map(|i| expected(caller, i))
            };
            // Those who should be let in change nothing that is there: they name things that are not.
            let real = operation.method == "GET" || expected != Some(Expected::LetIn);
            let answer = ask(caller, &operation, &address(&operation, &world, real));
            walked += 1;
            let fine = expected
                .as_ref()
                .map_or(answer.status < 500, |e| as_expected(e, &answer));
            if !fine {
                faults.push(format!(
                    "{name} ({needed}) by {}: {} instead of {expected:?}: {}",
                    caller.name,
                    answer.status,
                    answer.text()
                ));
            }
        }
        // The first few say enough about one operation.
        let more = faults.len().saturating_sub(3);
        wrong.extend(faults.into_iter().take(3));
        if more > 0 {
            wrong.push(format!("{name}: and {more} more"));
        }
        println!("{name} ({needed})");
    }
    println!("{walked} requests");
    assert!(walked > 100, "there is nothing to walk");
    assert!(
        wrong.is_empty(),
        "{} of {walked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn those_who_are_kept_out_leave_no_trace() {
    let app = TestApp::start();
    let world = World::seed(&app);
    let permissions = backbone_server::wiring::permissions();
    let before = app.count("events");
    for operation in operations().into_iter().filter(|o| o.method != "GET") {
        let Some(info) = permissions
            .iter()
            .find(|p| Some(p.name) == operation.permission())
        else {
            continue;
        };
        for caller in callers(&app, &world)
            .iter()
            .filter(|c| expected(c, info) != Expected::LetIn)
        {
            ask(caller, &operation, &address(&operation, &world, true));
        }
    }
    assert_eq!(app.count("events"), before);
}
