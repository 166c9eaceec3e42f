//! How metrics, objectives and measurements are found.

mod store;

use backbone_db::{Conn, DbError};
use backbone_events::Object;
use backbone_identity::{Permission, organizations};
use backbone_search::{Document, Searchable};

use crate::measurement::{self, MeasurementId};
use crate::metric::{self, MetricId};
use crate::perspective;
use crate::policy::{SeeMeasurements, SeeScorecard};

/// Finds `metric`, `objective`, and each `measurement` that somebody wrote a note to.
pub struct Measured;

impl Searchable for Measured {
    fn kinds(&self) -> &'static [&'static str] {
        &["metric", "objective", "measurement"]
    }

    fn document(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        object: &Object,
    ) -> Result<Option<Document>, DbError> {
        match object.kind.as_str() {
            "metric" => a_metric(conn, partnership_id, object),
            "objective" => objective(conn, partnership_id, object),
            _ => a_measurement(conn, partnership_id, object),
        }
    }

    fn ids(
        &self,
        conn: &mut Conn,
        partnership_id: &str,
        kind: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<String>, DbError> {
        match kind {
            "metric" => store::metrics(conn, partnership_id, after, limit),
            "objective" => store::objectives(conn, partnership_id, after, limit),
            _ => store::noted_measurements(conn, partnership_id, after, limit),
        }
    }

    fn rereads(&self, event: &str) -> &'static [&'static str] {
        match event {
            "import.finished"
            | "import.undone"
            | "measurement.recorded_in_bulk"
            | "organization.changed" => &["measurement"],
            // The name of a metric and who may see it go for its measurements' notes too.
            "metric.changed" => &["measurement"],
            _ => &[],
        }
    }
}

fn a_metric(
    conn: &mut Conn,
    partnership: &str,
    object: &Object,
) -> Result<Option<Document>, DbError> {
    let Ok(id) = MetricId::parse(&object.id) else {
        return Ok(None);
    };
    let found = metric::store::find(conn, partnership, &id)?;
    Ok(found.map(|m| {
        // What is not marked as public is for those only who may see single measurements.
        let permission = if m.public {
            SeeScorecard::NAME
        } else {
            SeeMeasurements::NAME
        };
        let d = m.definition;
        Document {
            object: object.clone(),
            permissions: vec![permission],
            title: m.name,
            body: joined([d.meaning, d.unit, d.source, d.owner.name]),
            path: format!("/metrics/{}", m.id),
            at: m.created_at,
        }
    }))
}

fn objective(
    conn: &mut Conn,
    partnership: &str,
    object: &Object,
) -> Result<Option<Document>, DbError> {
    let all = perspective::store::objectives(conn, partnership)?;
    let found = all.into_iter().find(|o| o.id.as_str() == object.id);
    Ok(found.map(|o| Document {
        object: object.clone(),
        permissions: vec![SeeMeasurements::NAME],
        title: o.name,
        body: String::new(),
        path: "/scorecard".into(),
        at: o.created_at,
    }))
}

fn a_measurement(
    conn: &mut Conn,
    partnership: &str,
    object: &Object,
) -> Result<Option<Document>, DbError> {
    let Ok(id) = MeasurementId::parse(&object.id) else {
        return Ok(None);
    };
    let found = measurement::store::find(conn, partnership, &id)?;
    let Some(m) =
        found.filter(|m| !m.note.trim().is_empty() && m.status != measurement::Status::Withdrawn)
    else {
        return Ok(None);
    };
    let Some(metric) = metric::store::find(conn, partnership, &m.metric_id)? else {
        return Ok(None);
    };
    let by = match &m.organization_id {
        Some(id) => organizations::find(conn, partnership, id)?.map(|o| o.name),
        None => None,
    };
    Ok(Some(Document {
        object: object.clone(),
        permissions: vec![SeeMeasurements::NAME],
        title: format!("{} · {}", metric.name, m.period),
        body: joined([m.note, by.unwrap_or_default(), m.source]),
        path: format!("/metrics/{}", metric.id),
        at: m.reported_at,
    }))
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.trim().is_empty()).collect();
    parts.join(" · ")
}
