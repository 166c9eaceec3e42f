//! What the pages of imports show.

use std::collections::BTreeMap;

use backbone_db::Instant;
use backbone_identity::directory::OrganizationCard;
use backbone_identity::{Actor, Core};
use backbone_web::{Form, Problem};
use serde::Serialize;

use super::form::NEW;
use super::{address, text};
use crate::import::store::ImportRow;
use crate::import::{Counts, Import, Role, RowState, State, Told};
use crate::metric::Metric;

/// A choice of a list.
#[derive(Serialize)]
pub(super) struct Choice {
    value: String,
    label: String,
}

fn choices(core: &Core, actor: &Actor, family: &str, words: &[&str]) -> Vec<Choice> {
    let choice = |word: &&str| Choice {
        value: (*word).to_owned(),
        label: text(core, actor, &format!("{family}-{}", word.replace('_', "-"))),
    };
    words.iter().map(choice).collect()
}

/// An error as the form shows it.
#[derive(Serialize)]
pub(super) struct FieldMessage {
    field: String,
    message: String,
}

fn messages(
    core: &Core,
    actor: &Actor,
    problem: Option<&Problem>,
) -> (Vec<FieldMessage>, BTreeMap<String, String>) {
    let told = problem.map(|p| p.field_messages(core.renderer.catalogue(), actor.lang));
    let told = told.unwrap_or_default();
    let by_field = told.iter().cloned().collect();
    let list = told
        .into_iter()
        .map(|(field, message)| FieldMessage { field, message });
    (list.collect(), by_field)
}

/// One import in the list.
#[derive(Serialize)]
struct Line {
    file: String,
    url: String,
    rows: u64,
    state: String,
    tone: &'static str,
    by: String,
    at: Instant,
}

fn tone(state: State) -> &'static str {
    match state {
        State::Done => "good",
        State::Failed => "bad",
        State::Checking | State::Importing | State::Undoing => "watch",
        State::Uploaded | State::Mapped | State::Checked => "neutral",
        State::Cancelled | State::Undone => "stale",
    }
}

fn state(core: &Core, actor: &Actor, it: &Import) -> String {
    text(core, actor, &format!("imports-state-{}", it.state.as_str()))
}

/// All imports.
#[derive(Serialize)]
pub(super) struct ListPage {
    lines: Vec<Line>,
    new_url: String,
}

impl ListPage {
    pub fn new(core: &Core, actor: &Actor, found: &[Import]) -> Self {
        Self {
            lines: found.iter().map(|it| Line::of(core, actor, it)).collect(),
            new_url: format!("/p/{}/imports/new", actor.partnership.slug),
        }
    }
}

impl Line {
    fn of(core: &Core, actor: &Actor, it: &Import) -> Self {
        let mapped = !matches!(it.state, State::Uploaded | State::Mapped);
        let url = address(actor, &it.id);
        Self {
            file: it.file_name.clone(),
            url: if mapped {
                url
            } else {
                format!("{url}/mapping")
            },
            rows: it.findings.rows,
            state: state(core, actor, it),
            tone: tone(it.state),
            by: it.created_by.clone(),
            at: it.created_at,
        }
    }
}

/// Where a file is chosen.
#[derive(Serialize)]
pub(super) struct UploadPage {
    index_url: String,
    /// Megabytes that a file may have.
    limit: u64,
    refused: Option<Refused>,
    errors: Vec<FieldMessage>,
    wrong: BTreeMap<String, String>,
}

/// Why a file was not read.
#[derive(Serialize)]
struct Refused {
    title: String,
    detail: String,
}

impl UploadPage {
    pub fn new(actor: &Actor, problem: Option<&Problem>, core: &Core) -> Self {
        let (errors, wrong) = messages(core, actor, problem);
        let whole = problem.filter(|p| p.fields.is_empty()).map(|p| Refused {
            title: p.title(core.renderer.catalogue(), actor.lang),
            detail: p.detail(core.renderer.catalogue(), actor.lang),
        });
        Self {
            index_url: format!("/p/{}/imports", actor.partnership.slug),
            limit: core.settings.max_import >> 20,
            refused: whole,
            errors,
            wrong,
        }
    }
}

/// One column on the mapping page.
#[derive(Serialize)]
struct ColumnView {
    header: String,
    name: String,
    metric_name: String,
    role: String,
    metric: String,
    sample: Vec<String>,
}

/// Which column is what.
#[derive(Serialize)]
pub(super) struct MapPage {
    file: String,
    rows: u64,
    index_url: String,
    columns: Vec<ColumnView>,
    roles: Vec<Choice>,
    metric_options: Vec<Choice>,
    metrics: Vec<Choice>,
    organizations: Vec<Choice>,
    kinds: Vec<Choice>,
    directions: Vec<Choice>,
    frequencies: Vec<Choice>,
    years: Vec<Choice>,
    pairs: Vec<Choice>,
    days: Vec<Choice>,
    decimals: Vec<Choice>,
    notes: Vec<String>,
    form: BTreeMap<String, String>,
    errors: Vec<FieldMessage>,
    wrong: BTreeMap<String, String>,
}

impl MapPage {
    pub fn new(
        core: &Core,
        actor: &Actor,
        it: &Import,
        form: &Form,
        problem: Option<&Problem>,
        metrics: &[Metric],
        organizations: &[OrganizationCard],
    ) -> Self {
        let (errors, wrong) = messages(core, actor, problem);
        let known: Vec<(String, String)> = metrics
            .iter()
            .map(|m| (m.id.to_string(), m.name.clone()))
            .collect();
        let of = |pairs: &[(String, String)]| -> Vec<Choice> {
            let choice = |(value, label): &(String, String)| Choice {
                value: value.clone(),
                label: label.clone(),
            };
            pairs.iter().map(choice).collect()
        };
        let mut metric_options = vec![Choice {
            value: NEW.to_owned(),
            label: text(core, actor, "imports-map-metric-new"),
        }];
        metric_options.extend(of(&known));
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        let list = |family: &str, words: &[&str]| choices(core, actor, family, words);
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let names = [
            "metric",
            "organization",
            "period",
            "years",
            "pairs",
            "day_order",
            "decimal_mark",
            "fiscal_year_start",
            "source",
            "name",
            "unit",
            "kind",
            "direction",
            "frequency",
            "keep_as",
        ];
        Self {
            file: it.file_name.clone(),
            rows: it.findings.rows,
            index_url: format!("/p/{}/imports", actor.partnership.slug),
            columns: columns(it, form),
            roles: list("imports-role", &roles),
            metric_options,
            metrics: of(&known),
            organizations: organizations
                .iter()
                .map(|o| Choice {
                    value: o.id.to_string(),
                    label: o.name.clone(),
                })
                .collect(),
            kinds: list("imports-kind", &["number", "percent", "money", "ratio"]),
            directions: list("imports-direction", &["up", "down"]),
            frequencies: list(
                "imports-frequency",
                &["month", "quarter", "half_year", "year", "school_year"],
            ),
            years: list("imports-years", &["calendar", "fiscal", "school"]),
            pairs: list("imports-pairs", &["auto", "month", "years"]),
            days: list("imports-days", &["auto", "day", "month"]),
            decimals: list("imports-decimal", &["auto", "point", "comma"]),
            notes: notes(core, actor, &it.findings.notes),
            form: names.map(|name| owned((name, form.text(name)))).into(),
            errors,
            wrong,
        }
    }
}

fn columns(it: &Import, form: &Form) -> Vec<ColumnView> {
    let view = |(index, header): (usize, &String)| {
        let (name, metric_name) = (format!("use-{index}"), format!("metric-{index}"));
        let cells = it.findings.sample.iter().filter_map(|row| row.get(index));
        let sample = cells.map(|cell| cell.chars().take(40).collect::<String>());
        ColumnView {
            header: header.clone(),
            role: form.text(&name).to_owned(),
            metric: form.text(&metric_name).to_owned(),
            sample: sample
                .filter(|cell| !cell.trim().is_empty())
                .take(3)
                .collect(),
            name,
            metric_name,
        }
    };
    it.findings.headers.iter().enumerate().map(view).collect()
}

fn notes(core: &Core, actor: &Actor, told: &[Told]) -> Vec<String> {
    let said = told
        .iter()
        .map(|note| note.text(core.renderer.catalogue(), actor.lang, "import-note"));
    said.collect()
}

/// A row that the check has something to say about.
#[derive(Serialize)]
struct RowView {
    line: i64,
    tone: &'static str,
    state: String,
    problem: String,
    advice: String,
    cells: String,
}

/// An import, wherever it stands.
#[derive(Serialize)]
pub(super) struct Shown {
    id: String,
    file: String,
    mapping_url: String,
    url: String,
    index_url: String,
    metrics_url: String,
    state: String,
    tone: &'static str,
    is: BTreeMap<&'static str, bool>,
    rows_total: u64,
    position: u64,
    rate: Option<u64>,
    eta: Option<u64>,
    working_label: String,
    counts: Counts,
    importable: u64,
    resumable: bool,
    undoable: bool,
    failure: Option<Refused>,
    notes: Vec<String>,
    rows: Vec<RowView>,
    by: String,
    at: Instant,
}

impl Shown {
    pub fn new(core: &Core, actor: &Actor, it: &Import, rows: Vec<ImportRow>) -> Self {
        let url = address(actor, &it.id);
        let home = format!("/p/{}", actor.partnership.slug);
        let is = |name: &'static str, yes: bool| (name, yes);
        let catalogue = core.renderer.catalogue();
        let failure = it.failure.as_ref().map(|told| Refused {
            title: told.text(catalogue, actor.lang, "problem-import"),
            detail: {
                let key = format!("{}-detail", told.code);
                let detail = Told {
                    code: key,
                    ..told.clone()
                };
                detail.text(catalogue, actor.lang, "problem-import")
            },
        });
        let working = match it.state {
            State::Importing => "imports-importing",
            State::Undoing => "imports-undoing",
            _ => "imports-checking",
        };
        let stopped = matches!(it.state, State::Failed | State::Cancelled);
        Self {
            id: it.id.to_string(),
            file: it.file_name.clone(),
            mapping_url: format!("{url}/mapping"),
            index_url: format!("{home}/imports"),
            metrics_url: format!("{home}/scorecard"),
            state: state(core, actor, it),
            tone: tone(it.state),
            is: BTreeMap::from([
                is("busy", it.is_busy()),
                is("undoing", it.state == State::Undoing),
                is("checked", it.state == State::Checked),
                is("done", it.state == State::Done),
                is("undone", it.state == State::Undone),
                is("failed", it.state == State::Failed),
                is("cancelled", it.state == State::Cancelled),
                is("remappable", !it.findings.started && !it.is_busy()),
                is(
                    "cancellable",
                    matches!(it.state, State::Checking | State::Importing),
                ),
                is("started", it.findings.started),
            ]),
            rows_total: it.findings.rows.max(1),
            position: it.position.min(it.findings.rows),
            rate: it.rate(),
            eta: it.eta(),
            working_label: text(core, actor, working),
            counts: it.counts.clone(),
            importable: it.counts.new,
            resumable: stopped && it.findings.started,
            undoable: (stopped || it.state == State::Done) && it.findings.started,
            failure,
            notes: notes(core, actor, &it.findings.notes),
            rows: rows.iter().map(|row| row_view(core, actor, row)).collect(),
            by: it.created_by.clone(),
            at: it.created_at,
            url,
        }
    }
}

fn row_view(core: &Core, actor: &Actor, row: &ImportRow) -> RowView {
    let catalogue = core.renderer.catalogue();
    RowView {
        line: row.line,
        tone: match row.state {
            RowState::Error => "bad",
            RowState::Duplicate => "neutral",
            RowState::Correction => "watch",
        },
        state: text(core, actor, &format!("imports-row-{}", row.state.as_str())),
        problem: row.told.text(catalogue, actor.lang, "import-problem"),
        advice: row.told.advice(catalogue, actor.lang),
        cells: row.cells.join(" · ").chars().take(160).collect(),
    }
}
