//! What the demo's people do so that every mail is written and every page has something to show.

use std::cell::RefCell;
use std::collections::BTreeMap;

use backbone_identity::Core;
use serde_json::{Value, json};

use super::tour::{newest, text};
use super::visit::{Reader, Server, hidden};
/// Where the demo's partnership is.
pub(super) const HOME: &str = "/p/first-job-harbour";
const API: &str = "/api/v1/partnerships/first-job-harbour";

/// Who does it.
pub(super) struct Cast {
    pub staff: Reader,
    pub colleague: Reader,
    pub partner: Reader,
    pub funder: Reader,
}

impl Cast {
    /// From everybody who is signed in.
    pub fn of(readers: &BTreeMap<&'static str, Reader>) -> Result<Self, String> {
        let one = |email: &str| {
            let reader = readers.get(email).cloned();
            reader.ok_or_else(|| format!("the demo has no {email}"))
        };
        Ok(Self {
            staff: one("noor@first-job.example")?,
            colleague: one("elif@first-job.example")?,
            partner: one("ilse@mentorcircle.example")?,
            funder: one("mireille@quayside.example")?,
        })
    }
}

/// The acts, in one language.
pub(super) struct Acts<'a> {
    pub server: &'a Server,
    pub cast: Cast,
    pub nobody: Reader,
    pub lang: &'static str,
    /// The month before this one.
    pub month: String,
    /// Addresses of pages that the acts made worth a look.
    pub made: RefCell<Vec<String>>,
}

impl Acts<'_> {
    async fn post(&self, who: &Reader, path: &str, body: Value) -> Result<Value, String> {
        let path = format!("{API}{path}");
        self.server.ask(who.json(&path, &body)).await.json()
    }

    async fn look(&self, who: &Reader, path: &str) -> Result<Value, String> {
        let request = who.get(&format!("{API}{path}"));
        self.server.ask(request).await.json()
    }

    /// A change of what was read a moment ago.
    async fn change(&self, who: &Reader, path: &str, body: Value) -> Result<Value, String> {
        let path = format!("{API}{path}");
        let read = self.server.ask(who.get(&path)).await;
        let version = read.worked()?.version.clone().unwrap_or_default();
        let request = who.patch(&path, &version, &body);
        self.server.ask(request).await.json()
    }

    /// A step of a story, on the version that was read a moment ago.
    async fn story_step(&self, who: &Reader, id: &str, step: &str) -> Result<Value, String> {
        let path = format!("{API}/stories/{id}");
        let read = self.server.ask(who.get(&path)).await;
        let version = read.worked()?.version.clone().unwrap_or_default();
        let request = who
            .json(&format!("{path}/{step}"), &json!({}))
            .insert_header(("If-Match", version));
        self.server.ask(request).await.json()
    }

    async fn form(
        &self,
        who: &Reader,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<String, String> {
        let fields: Vec<_> = fields
            .iter()
            .map(|(k, v)| ((*k).to_string(), (*v).to_string()))
            .collect();
        let answer = self.server.ask(who.form(path, &fields)).await;
        Ok(answer.worked()?.location.clone().unwrap_or_default())
    }

    /// Links are asked for, people invited, contributions asked for and asked about, a story is sent, a vote opened. Gives what
    /// could not be done.
    pub async fn first(&self) -> Vec<String> {
        let language = json!({"language": self.lang});
        let done = [
            self.change(&self.cast.staff, "", language).await.map(drop),
            self.links().await,
            self.ask().await,
            self.tell().await,
            self.propose().await,
            self.seats().await,
            self.lists().await,
        ];
        done.into_iter().filter_map(Result::err).collect()
    }

    /// Mails with links: to sign in, for a new password, for another address, to take part.
    async fn links(&self) -> Result<(), String> {
        let email = ("email", "ilse@mentorcircle.example");
        self.form(&self.nobody, "/sign-in/link", &[email]).await?;
        self.form(&self.nobody, "/password/forgot", &[email])
            .await?;
        let moved = ("new_email", "ilse.hoekstra@mentorcircle.example");
        self.form(&self.cast.partner, "/account/email", &[moved])
            .await?;
        let people = json!({"people": "Robin Vos <robin@first-job.example>", "roles": ["staff"]});
        self.post(&self.cast.staff, "/invitations", people).await?;
        Ok(())
    }

    /// Contributions are asked for; one of them, and a measurement, is asked about.
    async fn ask(&self) -> Result<(), String> {
        let (staff, partner) = (&self.cast.staff, &self.cast.partner);
        let asked = json!({"period": self.month, "message": "Your best guess is fine."});
        self.post(staff, "/contribution-requests", asked).await?;
        let given =
            json!({"kind": "time", "period": self.month, "activity": "Mentoring", "hours": "6"});
        let given = self.post(partner, "/contributions", given).await?;
        let query = format!("/contributions/{}/query", text(&given, "id"));
        self.post(staff, &query, json!({"text": "All six in one week?"}))
            .await?;
        let measured = self.look(staff, "/measurements?limit=1").await?;
        let query = format!("/measurements/{}/query", text(&measured["items"][0], "id"));
        let why = json!({"reason": "Is that with the summer school?"});
        self.post(&self.cast.colleague, &query, why).await?;
        Ok(())
    }

    /// Addresses that get no mail, people outside who may, and two files: one to be mapped, one that was checked.
    async fn lists(&self) -> Result<(), String> {
        let staff = &self.cast.staff;
        let gone = json!({"address": "gone@first-job.example"});
        self.post(staff, "/suppressions", gone).await?;
        let contact = json!({
            "email": "anna@skills.example", "name": "Anna", "language": self.lang, "consent_basis": "consent",
        });
        self.post(staff, "/contacts", contact).await?;
        let metrics = self.look(staff, "/metrics?limit=1").await?;
        let metric = text(&metrics["items"][0]["definition"], "name");
        let metric = match metric.is_empty() {
            true => text(&metrics["items"][0], "name"),
            false => metric,
        };
        let known =
            format!("Period,Metric,Value\n2019-Q1,\"{metric}\",12\n2019-Q2,\"{metric}\",many\n");
        let unknown = "Year,Area,Value\n2024,North,12\n2025,North,14\n2025,South,\n";
        for (name, content) in [("figures.csv", unknown), ("known.csv", &known)] {
            let request = staff.file(&format!("{API}/imports"), name, content);
            let made = self.server.ask(request).await.json()?;
            let it = format!("/imports/{}", text(&made, "id"));
            if name == "known.csv" {
                let mapping = json!({"mapping": made["mapping"]});
                self.change(staff, &it, mapping).await?;
                self.post(staff, &format!("{it}/check"), json!({})).await?;
            }
        }
        Ok(())
    }

    /// The demo's story in this language, written by one, approved and published by another, listed, and sent to the funders.
    async fn tell(&self) -> Result<(), String> {
        let (staff, other) = (&self.cast.staff, &self.cast.colleague);
        let all = self.look(staff, "/stories").await?;
        let items = all["items"].as_array().map_or(&[][..], Vec::as_slice);
        let published = items.iter().find(|s| s["status"] == "published");
        let told = published.ok_or("the demo has no published story")?;
        let told = self
            .look(staff, &format!("/stories/{}", text(told, "id")))
            .await?;
        let new = json!({"title": text(&told, "title"), "language": self.lang, "content": told["content"]});
        let story = text(&self.post(staff, "/stories", new).await?, "id");
        for (who, step) in [(staff, "submit"), (other, "approve"), (other, "publish")] {
            self.story_step(who, &story, step).await?;
        }
        let shown = json!({"shown": true, "stories": [story]});
        self.change(staff, "/public-page", shown).await?;
        let draft = json!({"title": "A draft", "template": "roi", "language": self.lang});
        self.post(staff, "/stories", draft).await?;
        let campaign = json!({"story_id": story, "subject": "What your year moved"});
        let campaign = text(&self.post(staff, "/campaigns", campaign).await?, "id");
        let readers = format!("/campaigns/{campaign}/recipients");
        self.post(staff, &readers, json!({"roles": ["funder"]}))
            .await?;
        self.post(staff, &format!("/campaigns/{campaign}/send"), json!({}))
            .await?;
        let draft = json!({"story_id": story, "subject": "A second mailing"});
        let draft = text(&self.post(staff, "/campaigns", draft).await?, "id");
        let readers = format!("/campaigns/{draft}/recipients");
        self.post(staff, &readers, json!({"roles": ["funder"]}))
            .await?;
        let pages = ["", "/confirm", "/preview", "/worst"];
        let pages = pages.map(|page| format!("{HOME}/campaigns/{draft}{page}"));
        self.made.borrow_mut().extend(pages);
        let link = self
            .look(staff, &format!("/stories/{story}/editions"))
            .await?;
        let url = text(&link["items"][0], "public_url");
        let url = if url.is_empty() {
            text(&link[0], "public_url")
        } else {
            url
        };
        let secret = url.rsplit('/').next().unwrap_or_default().to_string();
        let figure = told["content"]["figures"][0]["key"]
            .as_str()
            .unwrap_or_default();
        let path = format!("/api/v1/public/stories/{secret}/figures/{figure}/questions");
        let question = json!({
            "question": "Does this count those who left?", "name": "Anna", "email": "anna@skills.example", "language": self.lang,
        });
        self.server
            .ask(self.nobody.json(&path, &question))
            .await
            .worked()?;
        Ok(())
    }

    /// A decision is put to the vote, and a colleague's name stands in a comment.
    async fn propose(&self) -> Result<(), String> {
        let staff = &self.cast.staff;
        let bodies = self.look(staff, "/bodies").await?;
        let frameworks = self.look(staff, "/frameworks").await?;
        let consent = frameworks["items"]
            .as_array()
            .and_then(|all| all.iter().find(|f| f["name"] == "Consent"));
        let board = bodies["items"]
            .as_array()
            .and_then(|all| all.iter().find(|b| b["kind"] == "board"));
        let (Some(board), Some(consent)) = (board, consent) else {
            return Err("the demo has no board, or no framework".into());
        };
        let new = json!({
            "body_id": board["id"], "framework_id": consent["id"], "title": "Meet on Tuesdays",
            "content": {"background": "Mondays are often holidays."},
        });
        let made = self.post(staff, "/decisions", new).await?;
        let it = format!("/decisions/{}", text(&made, "id"));
        for step in ["publish", "open"] {
            self.post(staff, &format!("{it}/steps/{step}"), json!({}))
                .await?;
        }
        let remark = json!({"text": "@Mireille Dubois, would that suit you?"});
        self.post(&self.cast.partner, &format!("{it}/comments"), remark)
            .await?;
        Ok(())
    }

    /// One seat passes to a colleague; the holder of another leaves, and nobody follows.
    async fn seats(&self) -> Result<(), String> {
        let staff = &self.cast.staff;
        let members = self.look(staff, "/members?limit=200").await?;
        let members = members["items"].as_array().cloned().unwrap_or_default();
        let named = |name: &str| members.iter().find(|m| m["name"] == name);
        let (Some(leaver), Some(next)) = (named("Oskar Lindqvist"), named("Farida El Amrani"))
        else {
            return Err("the demo lacks people who could leave and follow".into());
        };
        let bodies = self.look(staff, "/bodies").await?;
        for body in bodies["items"].as_array().into_iter().flatten() {
            let body = self
                .look(staff, &format!("/bodies/{}", text(body, "id")))
                .await?;
            let mut seats = body["seats"].as_array().into_iter().flatten();
            if let Some(chair) = seats.find(|s| s["title"] == "Chair") {
                let passing = json!({
                    "person_id": next["person_id"], "organization_id": next["organization_id"],
                    "note": "The minutes are in the shared folder.",
                });
                let path = format!("/seats/{}/pass", text(chair, "id"));
                self.post(staff, &path, passing).await?;
            }
        }
        let path = format!("/members/{}", text(leaver, "id"));
        self.change(staff, &path, json!({"active": false})).await?;
        Ok(())
    }

    /// The mails that the first acts caused are answered. Gives what could not be done.
    pub async fn second(&self, core: &Core) -> Vec<String> {
        let log = [
            ("kind", "time"),
            ("quantity", "6"),
            ("activity", "Mentoring"),
            ("period", self.month.as_str()),
        ];
        let answers: [(&str, &[(&str, &str)]); 3] = [
            ("/account/email/confirm", &[]),
            ("/questions/confirm", &[]),
            ("/log/", &log),
        ];
        let mut failed = Vec::new();
        for (path, fields) in answers {
            let done = match newest(core, path) {
                Ok(link) => {
                    let to = link.split('?').next().unwrap_or(&link).to_string();
                    self.submit(&link, &to, fields).await
                }
                Err(why) => Err(why),
            };
            failed.extend(done.err());
        }
        failed
    }

    /// Sends the form of a page with its hidden fields and these.
    async fn submit(&self, page: &str, to: &str, more: &[(&str, &str)]) -> Result<(), String> {
        let shown = self.server.ask(self.nobody.get(page)).await;
        let mut fields = hidden(&shown.worked()?.text());
        for (name, value) in more {
            fields.retain(|(known, _)| known != name);
            fields.push(((*name).into(), (*value).into()));
        }
        let sent = self.server.ask(self.nobody.form(to, &fields)).await;
        sent.worked()?;
        if let Some(next) = &sent.location {
            self.server.ask(self.nobody.get(next)).await.worked()?;
        }
        Ok(())
    }

    /// Staff answer the reader, and write down what the votes that closed decided. Gives what could not be done.
    pub async fn last(&self) -> Vec<String> {
        let done = [self.answer().await, self.decide().await];
        done.into_iter().filter_map(Result::err).collect()
    }

    async fn answer(&self) -> Result<(), String> {
        let staff = &self.cast.staff;
        let asked = self.look(staff, "/questions").await?;
        let mut all = asked["items"].as_array().into_iter().flatten();
        let open = all.find(|q| q["status"] == "open");
        let open = open.ok_or("no reader asked anything")?;
        // Looked at while one is open.
        let list = staff.get(&format!("{HOME}/questions"));
        self.server.ask(list).await.worked()?;
        let one = staff.get(&format!("{HOME}/questions/{}", text(open, "id")));
        self.server.ask(one).await.worked()?;
        let path = format!("/questions/{}/answer", text(open, "id"));
        let answer = json!({"answer": "Yes, all of them.", "show": true, "shown_question": "Does this count those who left?"});
        let read = self
            .server
            .ask(staff.get(&format!("{API}/questions/{}", text(open, "id"))))
            .await;
        let version = read.worked()?.version.clone().unwrap_or_default();
        let request = staff
            .json(&format!("{API}{path}"), &answer)
            .insert_header(("If-Match", version));
        self.server.ask(request).await.worked().map(drop)
    }

    async fn decide(&self) -> Result<(), String> {
        let staff = &self.cast.staff;
        let closed = self.look(staff, "/decisions?status=closed").await?;
        let mut all = closed["items"].as_array().into_iter().flatten();
        let closed = all.next().ok_or("no vote has closed")?;
        let path = format!("/decisions/{}/outcome", text(closed, "id"));
        // Looked at before it is sent: afterwards nothing is left to be written down.
        let form = staff.get(&format!("{HOME}{path}"));
        self.server.ask(form).await.worked()?;
        let outcome =
            json!({"statement": "We meet on Tuesdays.", "no_action": "Nothing more is needed."});
        self.post(staff, &path, outcome).await?;
        // What is left to be written down.
        let left = all.map(|x| format!("{HOME}/decisions/{}/outcome", text(x, "id")));
        self.made.borrow_mut().extend(left);
        let found = ["palette?q=mentor", "options?q=mentor"];
        let found = found.map(|page| format!("{HOME}/search/{page}"));
        self.made.borrow_mut().extend(found);
        Ok(())
    }
}
