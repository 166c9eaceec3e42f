//! What was typed beside what the page holds now, field by field.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use backbone_identity::kept::Kept;
use backbone_identity::{Core, Visitor, Who, directory, page, request_id, request_lang};
use backbone_web::{Args, Lang};
use serde_json::{Value, json};

use super::controls::{Control, Kind, PageForm, forms};

/// The page that shows both, in the words of the page on which the form stood. `None` when that page cannot be made.
pub(super) async fn page(
    core: &web::Data<Core>,
    req: &HttpRequest,
    who: &Who,
    kept: &Kept,
    html: &str,
) -> Option<HttpResponse> {
    let lang = language(html).unwrap_or_else(|| request_lang(req));
    let form = fitting(forms(html), kept, req.path());
    let compared = compare(form.as_ref(), kept);
    let slug = req.match_info().get("partnership").map(str::to_owned);
    let partnership = match slug {
        Some(slug) => core
            .db
            .read(move |c| directory::partnership_by_slug(c, &slug))
            .await
            .ok()
            .flatten(),
        None => None,
    };
    let key = if kept.lost {
        "kept-title"
    } else {
        "kept-conflict-title"
    };
    let title = core.renderer.text(lang, key, &Args::new());
    let visitor = Visitor {
        lang,
        now: core.now(),
        request_id: request_id(req),
        address: String::new(),
    };
    let shell = page::public_shell(core, req, &visitor, partnership.as_ref(), title);
    let yes_no = |on: bool| {
        let key = if on { "kept-yes" } else { "kept-no" };
        core.renderer.text(lang, key, &Args::new())
    };
    let data = json!({
        "lost": kept.lost,
        "action": kept.action,
        "multipart": kept.multipart,
        "had_files": kept.had_files,
        "page_path": kept.page,
        "found": form.is_some(),
        "differences": compared.differences.iter().map(|d| d.shown(&yes_no)).collect::<Vec<_>>(),
        "hidden": compared.hidden.iter().map(|(n, v)| json!({"name": n, "value": v})).collect::<Vec<_>>(),
    });
    tracing::debug!(person = %who.person_id, "a kept form is shown beside its page");
    let mut answer = page::html(core, StatusCode::OK, "server/kept", &shell, &data).ok()?;
    answer.headers_mut().insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    Some(answer)
}

/// The language that a page says it is in.
fn language(html: &str) -> Option<Lang> {
    let rest = html.split_once("<html lang=\"")?.1;
    rest.split('"').next()?.parse().ok()
}

/// The form of a page that was sent: to the same address, and the one with the most fields in common.
fn fitting(all: Vec<PageForm>, kept: &Kept, page: &str) -> Option<PageForm> {
    let path = |address: &str| address.split(['?', '#']).next().unwrap_or("").to_owned();
    let sent: BTreeSet<&str> = kept.fields.iter().map(|(n, _)| n.as_str()).collect();
    let common = |form: &PageForm| {
        let names: BTreeSet<&str> = form.controls.iter().map(|c| c.name.as_str()).collect();
        names.intersection(&sent).count()
    };
    all.into_iter()
        .filter(|form| {
            let action = if form.action.is_empty() {
                page
            } else {
                &form.action
            };
            path(action) == path(&kept.action)
        })
        .max_by_key(common)
        .filter(|form| common(form) > 0)
}

/// Fields that differ together: one, or those of repeated rows.
#[derive(Debug, PartialEq)]
struct Difference {
    group: String,
    label: String,
    names: Vec<String>,
    kind: Kind,
    mine: BTreeMap<String, Vec<String>>,
    theirs: BTreeMap<String, Vec<String>>,
    words: BTreeMap<String, std::collections::HashMap<String, String>>,
}

#[derive(Debug, Default)]
struct Compared {
    differences: Vec<Difference>,
    /// What is sent in any case: fields that are equal, versions as they are now, and what no control holds.
    hidden: Vec<(String, String)>,
}

fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn compare(form: Option<&PageForm>, kept: &Kept) -> Compared {
    let mut compared = Compared::default();
    let mine = |name: &str| -> Vec<String> {
        let all = kept.fields.iter().filter(|(n, _)| n == name);
        all.map(|(_, v)| v.clone()).collect()
    };
    let controls: &[Control] = form.map_or(&[], |f| f.controls.as_slice());
    let theirs = |name: &str| -> Vec<String> {
        let all = controls.iter().filter(|c| c.name == name);
        all.filter_map(|c| c.value.clone()).collect()
    };
    // Groups in the order of the page: rows together, every other name by itself.
    let mut groups: Vec<(String, String, Vec<&Control>)> = Vec::new();
    for control in controls {
        let (group, label) = match &control.rows {
            Some(rows) => (format!("rows {rows}"), rows.clone()),
            None => (control.name.clone(), control.label.clone()),
        };
        match groups.iter_mut().find(|(g, _, _)| *g == group) {
            Some((_, _, members)) => members.push(control),
            None => groups.push((group, label, vec![control])),
        }
    }
    for (group, label, members) in groups {
        let mut names: Vec<String> = Vec::new();
        for member in &members {
            if !names.contains(&member.name) {
                names.push(member.name.clone());
            }
        }
        let kind = members.first().map_or(Kind::Text, |c| c.kind);
        let both: Vec<(String, Vec<String>, Vec<String>)> = names
            .iter()
            .map(|n| (n.clone(), mine(n), theirs(n)))
            .collect();
        let equal = both.iter().all(|(_, mine, theirs)| {
            let plain = |all: &[String]| -> Vec<String> {
                // Empty rows at the end are there for typing.
                let mut all: Vec<String> = all.iter().map(|v| plain(v)).collect();
                while all.last().is_some_and(String::is_empty) {
                    all.pop();
                }
                all
            };
            plain(mine) == plain(theirs)
        });
        if kind == Kind::Hidden || equal {
            for (name, mine, theirs) in both {
                let values = if kind == Kind::Hidden { theirs } else { mine };
                compared
                    .hidden
                    .extend(values.into_iter().map(|v| (name.clone(), v)));
            }
            continue;
        }
        let words = members.iter().map(|c| (c.name.clone(), c.words.clone()));
        compared.differences.push(Difference {
            group,
            label,
            kind,
            mine: both
                .iter()
                .map(|(n, m, _)| (n.clone(), m.clone()))
                .collect(),
            theirs: both
                .iter()
                .map(|(n, _, t)| (n.clone(), t.clone()))
                .collect(),
            words: words.collect(),
            names,
        });
    }
    rest(&mut compared, controls, kept, form.is_some());
    compared
}

/// What no control of the page holds: the button that was pressed, or, without the form, everything.
fn rest(compared: &mut Compared, controls: &[Control], kept: &Kept, found: bool) {
    for (name, value) in &kept.fields {
        if controls.iter().any(|c| &c.name == name) {
            continue;
        }
        if found || plain(value).is_empty() || name == "version" {
            compared.hidden.push((name.clone(), value.clone()));
            continue;
        }
        match compared.differences.iter_mut().find(|d| &d.group == name) {
            Some(d) => d.mine.entry(name.clone()).or_default().push(value.clone()),
            None => compared.differences.push(Difference {
                group: name.clone(),
                label: name.clone(),
                names: vec![name.clone()],
                kind: Kind::Text,
                mine: BTreeMap::from([(name.clone(), vec![value.clone()])]),
                theirs: BTreeMap::new(),
                words: BTreeMap::new(),
            }),
        }
    }
}

impl Difference {
    fn shown(&self, yes_no: &impl Fn(bool) -> String) -> Value {
        let fields = |side: &str, all: &BTreeMap<String, Vec<String>>| -> Vec<Value> {
            let pairs = all
                .iter()
                .flat_map(|(n, values)| values.iter().map(move |v| (n, v)));
            pairs
                .map(|(n, v)| json!({"name": format!("{side}:{n}"), "value": v}))
                .collect()
        };
        let theirs = self.lines(&self.theirs, yes_no);
        let both = [fields("mine", &self.mine), fields("theirs", &self.theirs)].concat();
        json!({
            "group": self.group,
            "label": self.label,
            "names": self.names,
            "mine": self.lines(&self.mine, yes_no),
            "nothing_there": theirs.iter().all(String::is_empty),
            "theirs": theirs,
            "fields": both,
        })
    }

    /// What a side says, a line for each row.
    fn lines(
        &self,
        side: &BTreeMap<String, Vec<String>>,
        yes_no: &impl Fn(bool) -> String,
    ) -> Vec<String> {
        let column = |name: &String| side.get(name).map_or(&[][..], Vec::as_slice);
        if self.kind == Kind::Check && self.names.len() == 1 {
            let ticked = self.names.iter().any(|n| !column(n).is_empty());
            return vec![yes_no(ticked)];
        }
        let rows = self
            .names
            .iter()
            .map(|n| column(n).len())
            .max()
            .unwrap_or(0);
        let word = |name: &String, value: &String| {
            let words = self.words.get(name).and_then(|w| w.get(value));
            words.filter(|w| !w.is_empty()).unwrap_or(value).clone()
        };
        let line = |row: usize| {
            let cells = self
                .names
                .iter()
                .filter_map(|n| Some(word(n, column(n).get(row)?)));
            let cells: Vec<String> = cells.filter(|c| !c.trim().is_empty()).collect();
            cells.join(" · ")
        };
        (0..rows).map(line).filter(|l| !l.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(fields: &[(&str, &str)]) -> Kept {
        Kept {
            action: "/p/x/edit".into(),
            page: "/p/x/edit".into(),
            lost: false,
            multipart: false,
            had_files: false,
            fields: fields
                .iter()
                .map(|(n, v)| ((*n).into(), (*v).into()))
                .collect(),
        }
    }

    const PAGE: &str = r#"<html lang="nl"><form method="post" action="/other"><input name="name" value="no"></form>
<form method="post" action="/p/x/edit"><input type="hidden" name="version" value="5">
<label for="name">Name</label><input id="name" name="name" value="Theirs">
<label for="site">Site</label><input id="site" name="site" value="same">
<label><input type="checkbox" name="public" value="true" checked>Public</label>
<label for="role">Role</label><select id="role" name="role"><option value="a" selected>Partner</option><option value="b">Funder</option></select>
<fieldset data-rows><legend>Rows</legend><input name="k" value="1"><input name="v" value="one"><input name="k" value=""><input name="v" value=""></fieldset>
</form>"#;

    #[test]
    fn only_what_differs_is_asked_and_versions_are_those_of_now() {
        let kept = kept(&[
            ("version", "4"),
            ("name", "Mine"),
            ("site", "same"),
            ("role", "b"),
            ("k", "1"),
            ("v", "one"),
            ("k", "2"),
            ("v", "two"),
            ("save", "now"),
        ]);
        let form = fitting(forms(PAGE), &kept, "/p/x/edit").unwrap();
        let compared = compare(Some(&form), &kept);
        let yes_no = |on: bool| if on { "Yes".to_string() } else { "No".into() };
        let told: Vec<(String, Vec<String>, Vec<String>)> = compared
            .differences
            .iter()
            .map(|d| {
                (
                    d.label.clone(),
                    d.lines(&d.mine, &yes_no),
                    d.lines(&d.theirs, &yes_no),
                )
            })
            .collect();
        let line = |l: &str, m: &[&str], t: &[&str]| {
            let own = |all: &[&str]| all.iter().map(|s| (*s).to_string()).collect::<Vec<_>>();
            (l.to_string(), own(m), own(t))
        };
        assert_eq!(
            told,
            [
                line("Name", &["Mine"], &["Theirs"]),
                line("Public", &["No"], &["Yes"]),
                line("Role", &["Funder"], &["Partner"]),
                line("Rows", &["1 · one", "2 · two"], &["1 · one"]),
            ]
        );
        let hidden: Vec<(&str, &str)> = compared
            .hidden
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            hidden,
            [("version", "5"), ("site", "same"), ("save", "now")]
        );
        assert_eq!(language(PAGE), Some(Lang::Nl));
    }

    #[test]
    fn without_the_form_all_that_was_typed_is_shown() {
        let kept = kept(&[("version", "4"), ("text", "What I wrote"), ("empty", "")]);
        assert!(fitting(forms("<p>gone</p>"), &kept, "/p/x").is_none());
        let compared = compare(None, &kept);
        assert_eq!(compared.differences.len(), 1);
        assert_eq!(compared.differences[0].mine["text"], ["What I wrote"]);
    }
}
