//! Something to be told to a person: a code and its arguments. The words are in the message catalogue.

use std::collections::BTreeMap;

use backbone_ingest::table::{ReadError, RowProblem};
use backbone_ingest::{NumberError, PeriodError};
use backbone_web::{Args, Catalogue, Lang, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A code with the arguments of its message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Told {
    /// Stable name in kebab case.
    pub code: String,
    /// The column it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Arguments of the message.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

impl Told {
    /// Without arguments.
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            ..Self::default()
        }
    }

    /// With one argument more.
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// About a column.
    pub fn column(mut self, header: &str) -> Self {
        self.column = Some(header.to_owned());
        self
    }

    /// From one of the reader's own notes or problems, whose JSON is a `code` beside its arguments.
    pub fn of(value: &impl Serialize) -> Self {
        let mut told = Self::default();
        let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(value) else {
            return told;
        };
        for (name, value) in fields {
            let text = match value {
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
            if name == "code" {
                told.code = text;
            } else {
                told.args.insert(name, text);
            }
        }
        told
    }

    /// What is wrong with a row that could not be divided into cells.
    pub fn row(problem: &RowProblem) -> Self {
        let mut told = Self::of(&problem.problem);
        told.column.clone_from(&problem.column);
        told
    }

    /// Why a text is not a period.
    pub fn period(error: &PeriodError) -> Self {
        Self::new(error.code()).arg("text", error.subject().unwrap_or_default())
    }

    /// Why a text is not a number.
    pub fn number(error: &NumberError) -> Self {
        Self::new(error.code()).arg("text", error.subject())
    }

    /// Why a file is not read.
    pub fn refusal(error: &ReadError) -> Self {
        match error {
            ReadError::Refused(refusal) => Self::of(refusal),
            ReadError::Sandbox(error) => Self::new(error.code()),
        }
    }

    /// What to do about it.
    pub fn advice(&self, catalogue: &Catalogue, lang: Lang) -> String {
        let told = Self {
            column: None,
            ..self.clone()
        };
        told.text(catalogue, lang, "import-advice")
    }

    /// In words: `kind` says which of the message families, such as `import-problem`.
    pub fn text(&self, catalogue: &Catalogue, lang: Lang, kind: &str) -> String {
        let mut args = Args::new();
        for (name, value) in &self.args {
            match value.parse::<u32>() {
                Ok(number) if name != "text" => args.set(name.clone(), number),
                _ => args.set(name.clone(), value.clone()),
            }
        }
        let text = catalogue.text(lang, &format!("{kind}-{}", self.code), &args);
        match &self.column {
            Some(column) => format!("{column}: {text}"),
            None => text,
        }
    }
}

/// The answer to an upload that is not read: its title names the kind of fault, and the detail says it.
pub(crate) fn refused(error: &ReadError) -> Problem {
    const CODES: &[(&str, &str)] = &[
        ("empty", "import-empty"),
        ("too-large", "import-too-large"),
        ("too-many-rows", "import-too-many-rows"),
        ("too-many-columns", "import-too-many-columns"),
        ("cell-too-long", "import-cell-too-long"),
        ("not-a-table", "import-not-a-table"),
        ("unpacks-too-large", "import-unpacks-too-large"),
        ("too-many-parts", "import-too-many-parts"),
        ("far-cell", "import-far-cell"),
        ("no-such-sheet", "import-no-such-sheet"),
        ("damaged", "import-damaged"),
        ("sandbox-too-much-memory", "import-sandbox-too-much-memory"),
        ("sandbox-killed", "import-sandbox-killed"),
        ("sandbox-too-slow", "import-sandbox-too-slow"),
        ("sandbox-too-much-output", "import-sandbox-too-much-output"),
        ("sandbox-too-much-input", "import-sandbox-too-much-input"),
        ("sandbox-refused", "import-sandbox-refused"),
        ("sandbox-crashed", "import-sandbox-crashed"),
        ("sandbox-busy", "import-sandbox-busy"),
        ("sandbox-unavailable", "import-sandbox-unavailable"),
    ];
    const NAMES: &[&str] = &[
        "size", "limit", "row", "at", "found", "count", "cell", "name", "sheets", "detail",
    ];
    let told = Told::refusal(error);
    let code = CODES
        .iter()
        .find(|(code, _)| *code == told.code)
        .map_or("import-damaged", |(_, problem)| problem);
    let mut problem = Problem::invalid(code);
    for name in NAMES {
        if let Some(value) = told.args.get(*name) {
            problem = problem.arg(name, value);
        }
    }
    problem
}
