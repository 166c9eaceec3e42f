//! Without any credentials, from a figure to what it rests on: by page and by program.

use backbone_tests::mail::Mail;

use super::{Chain, plain};

/// The same as JSON: the figure, what it rests on, and nothing that no figure rests on.
fn walk_by_program(chain: &Chain, secret: &str) {
    let anybody = chain.app.client();
    let public = format!("/api/v1/public/stories/{secret}");
    let hours = anybody.get(&format!("{public}/figures/hours"));
    let hours = hours.expect(200).json();
    let told = plain(hours["text"].as_str().unwrap());
    assert_eq!(told, "50 hours", "{hours}");
    let trace = hours["trace"].to_string();
    assert!(
        trace.contains("\"kind\":\"contribution") && !trace.contains("roster.txt"),
        "{trace}"
    );
    assert!(
        !trace.contains("\"href\":\""),
        "members' addresses stay inside: {trace}"
    );
    let after = anybody.get(&format!("{public}/figures/after"));
    let after = after.expect(200).json();
    let levels = after["trace"]["levels"].as_array().unwrap();
    let first = levels
        .iter()
        .flat_map(|level| level.as_array().unwrap())
        .find(|node| node["aggregated"] == false)
        .unwrap_or_else(|| panic!("{after}"));
    let kind = first["object"]["kind"].as_str().unwrap();
    let object = first["object"]["id"].as_str().unwrap();
    let object = object.replace('/', "%2F").replace(':', "%3A");
    let source = anybody.get(&format!("{public}/trace/{kind}/{object}"));
    let source = source.expect(200).json();
    assert_eq!(source["node"]["title"], first["title"], "{source}");
    let sources = source["sources"].as_array().unwrap();
    assert!(
        sources.iter().all(|node| node["href"].is_null()),
        "{source}"
    );
    let nowhere = uuid::Uuid::now_v7();
    for other in [
        format!("figures/{nowhere}"),
        format!("trace/organization/{nowhere}"),
    ] {
        anybody.get(&format!("{public}/{other}")).expect(404);
    }
}

/// Without any credentials, from the figure in the story to who gave what.
pub(super) fn walk(chain: &Chain, mail: &Mail, contribution: &str) {
    let anybody = chain.app.client().with("Accept", "text/html");
    let secret = mail
        .path("/s/")
        .split('/')
        .nth(2)
        .map(|s| s.split('?').next().unwrap_or(s).to_string());
    let secret = secret.expect("the story's secret");
    let address = format!("/s/{secret}");
    walk_by_program(chain, &secret);
    let story = anybody.get(&address).expect(200);
    assert!(plain(&story.text()).contains("61 %"), "{}", story.text());
    let hours = plain(
        &anybody
            .get(&format!("{address}/figure/hours"))
            .expect(200)
            .text(),
    );
    for part in ["50 hours", "Contribution", "What one organization gave"] {
        assert!(hours.contains(part), "{part} in {hours}");
    }
    assert!(
        !hours.contains("roster.txt"),
        "evidence that is not public stays inside"
    );
    let after = plain(
        &anybody
            .get(&format!("{address}/figure/after"))
            .expect(200)
            .text(),
    );
    assert!(
        after.contains("61") && after.contains("Measurement"),
        "{after}"
    );
    assert_eq!(
        anybody
            .get(&chain.path(&format!("/contributions/{contribution}")))
            .status,
        401,
        "the API stays closed"
    );
}
