//! Who may do what with metrics and measurements.

use backbone_identity::permissions;

permissions! {
    /// See the scorecard and its metrics. Funders see those that are marked for them, as totals.
    SeeScorecard = "scorecard.see", Read, [Staff, Admin, Contributor, Leader, Funder, Community, ReadOnly];
    /// See single measurements, by organization and with their evidence.
    SeeMeasurements = "measurement.see", Read, [Staff, Admin, Contributor, Leader, Community, ReadOnly];
    /// Define metrics and choose those of the scorecard.
    ManageMetrics = "metric.manage", Write, [Staff, Admin];
    /// Report measurements; a metric says for whom.
    Measure = "measurement.record", Write, [Staff, Admin, Contributor, Leader, Community];
    /// Verify, query or withdraw what others reported.
    ReviewMeasurements = "measurement.review", Write, [Staff, Admin];
    /// See files of measurements on their way in, and what came of them.
    SeeImports = "import.see", Read, [Staff, Admin];
    /// Import measurements from files, and take imports back.
    ImportMeasurements = "import.run", Write, [Staff, Admin];
}
