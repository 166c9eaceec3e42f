//! A mapping to begin with, for a file that nobody here has seen before.

use backbone_ingest::mapping::{self as ingest, Field, Use, Wide, propose};
use backbone_ingest::period::Reading;

use super::mapping::{ColumnUse, ImportMapping, Role};
use super::scan::{Kinds, Scan};

/// What columns are called in the files that people have.
fn fields() -> Vec<Field> {
    vec![
        Field::required(
            "period",
            &[
                "year",
                "date",
                "time",
                "time period",
                "month",
                "quarter",
                "reporting period",
                "ref date",
                "periode",
                "jaar",
                "datum",
                "maand",
                "kwartaal",
                "perioden",
                "tijdvak",
            ],
        ),
        Field::required(
            "value",
            &[
                "obs value",
                "amount",
                "figure",
                "result",
                "waarde",
                "aantal",
                "bedrag",
                "cijfer",
                "uitkomst",
                "score",
            ],
        ),
        Field::optional(
            "metric",
            &[
                "indicator",
                "indicator name",
                "measure",
                "kpi",
                "meetwaarde",
                "maat",
                "series name",
            ],
        ),
        Field::optional(
            "organization",
            &[
                "organisation",
                "partner",
                "provider",
                "organisatie",
                "instelling",
                "aanbieder",
            ],
        ),
        Field::optional("numerator", &["teller"]),
        Field::optional("denominator", &["noemer"]),
        Field::optional("source", &["data source", "bron"]),
        Field::optional(
            "note",
            &[
                "notes",
                "comment",
                "comments",
                "remark",
                "remarks",
                "footnote",
                "observation status",
                "obs status",
                "opmerking",
                "toelichting",
            ],
        ),
    ]
}

/// A proposal, and the headers of columns that fill no field. `metrics` gives the metric with a name, `organizations` whether
/// there is an organization with one.
pub(crate) fn suggest(
    scan: &Scan,
    defaults: &ImportMapping,
    metric: impl Fn(&str) -> Option<crate::metric::MetricId>,
    organization: impl Fn(&str) -> bool,
) -> (ImportMapping, Vec<String>) {
    let wide = Wide {
        period: "period".to_owned(),
        value: "value".to_owned(),
    };
    let periods = |i: usize| scan.kinds[i].iter();
    let reading: Reading = defaults.reading();
    let proposal = propose(&scan.headers, &fields(), Some(&wide), &reading, periods);
    let mut mapping = defaults.clone();
    mapping.columns = scan
        .headers
        .iter()
        .zip(&proposal.mapping.columns)
        .zip(&scan.kinds)
        .map(|((header, column), kinds)| ColumnUse {
            header: header.clone(),
            role: role(column, kinds, scan.rows),
            metric_id: None,
        })
        .collect();
    let long = mapping.has(Role::Value) || mapping.has(Role::PeriodColumn);
    for column in &mut mapping.columns {
        let number = scan.headers.iter().position(|h| *h == column.header);
        let kinds = number.map(|i| &scan.kinds[i]);
        if !long
            && column.role == Role::Ignore
            && let Some(id) = metric(&column.header)
        {
            column.role = Role::MetricColumn;
            column.metric_id = Some(id);
        }
        // A column of organizations or metrics is one only if it names those of this partnership.
        let Some(kinds) = kinds else { continue };
        let foreign = match column.role {
            Role::Organization => !kinds.iter().any(&organization),
            Role::Metric => !kinds.iter().any(|text| metric(text).is_some()),
            _ => false,
        };
        if foreign {
            column.role = dimension(kinds, scan.rows);
        }
    }
    (mapping, proposal.unknown)
}

fn role(column: &ingest::Column, kinds: &Kinds, rows: u64) -> Role {
    match &column.used {
        Use::Field { field } => field.parse().unwrap_or(Role::Ignore),
        Use::PeriodColumn => Role::PeriodColumn,
        Use::Dimension | Use::Ignore => dimension(kinds, rows),
    }
}

/// A text that is the same in every row says nothing of a part; one that is different in every row is a label. The rest are parts
/// of the whole.
fn dimension(kinds: &Kinds, rows: u64) -> Role {
    let constant = kinds.len() <= 1 && kinds.filled == rows;
    let label = kinds.many || (rows > 20 && kinds.len() as u64 * 10 > rows * 9);
    if kinds.len() == 0 || constant || label || kinds.is_numeric() {
        Role::Ignore
    } else {
        Role::Dimension
    }
}

/// The unit that the file itself names, when all of it is in one.
pub(crate) fn unit(scan: &Scan) -> Option<String> {
    let at = scan.headers.iter().position(|header| {
        let name = header.to_lowercase();
        [
            "unit measure",
            "unit",
            "units",
            "eenheid",
            "unit of measure",
        ]
        .contains(&name.as_str())
    })?;
    let kinds = &scan.kinds[at];
    let only = kinds.iter().next()?;
    (kinds.len() == 1).then(|| only.chars().take(40).collect())
}
