//! Where figures are read from. Stories know this trait only, so that their rules are tested without a partnership's data.

use backbone_db::{Conn, DbError, Instant};
use backbone_events::Object;
use backbone_identity::Actor;
use backbone_web::Lang;
use serde::{Deserialize, Serialize};

use super::{Reading, Source};

pub use super::live::Live;

/// Who asks, in which language, and when.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The partnership's identifier.
    pub partnership: String,
    /// The language of names and periods.
    pub lang: Lang,
    /// The moment, for telling what is stale.
    pub now: Instant,
}

/// Something a figure can be bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = FigureChoice)]
pub struct Choice {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What the figure picker offers.
#[derive(Clone, Debug, Default, Serialize, utoipa::ToSchema)]
pub struct Choices {
    /// Metrics.
    pub metrics: Vec<Choice>,
    /// Value models.
    pub models: Vec<Choice>,
    /// Organizations, for totals of contributions.
    pub organizations: Vec<Choice>,
}

/// How a value model came to its result, in sentences: convention, assumptions, what was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// The model's name.
    pub name: String,
    /// One assumption or convention a line.
    pub lines: Vec<String>,
}

/// A metric over time, for a chart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SeriesOf {
    /// The metric's name.
    pub name: String,
    /// Its unit, as written behind a number.
    pub unit: String,
    /// The periods' names.
    pub periods: Vec<String>,
    /// A value a period.
    pub values: Vec<Option<f64>>,
    /// Where it should go, a value a period; empty without a target.
    pub target: Vec<Option<f64>>,
}

/// Reads figures from the domains that hold them.
pub trait Readings {
    /// What a source says now; [`Reading::missing`] when it is gone.
    fn read(&self, conn: &mut Conn, asked: &Asked, source: &Source) -> Result<Reading, DbError>;

    /// What figures can be bound to.
    fn choices(&self, conn: &mut Conn, asked: &Asked) -> Result<Choices, DbError>;

    /// How a value model is calculated.
    fn explain(&self, conn: &mut Conn, asked: &Asked, model: &str) -> Result<Explained, DbError>;

    /// A metric over time.
    fn series(
        &self,
        conn: &mut Conn,
        asked: &Asked,
        metric: &str,
    ) -> Result<Option<SeriesOf>, DbError>;

    /// Keeps what a source rests on exactly as it is now (a value model's calculation), for the trace of a published figure.
    /// Gives the object that was kept, if the source needs one.
    fn pin(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        source: &Source,
    ) -> Result<Option<Object>, DbError>;
}
