//! Which column of a file is what, as a person says it and as it is kept for the next file.

use backbone_db::text_enum;
use backbone_identity::OrganizationId;
use backbone_ingest::period::{self, Period, Reading};
use backbone_ingest::value::{Mark, NumberStyle};
use backbone_web::Fields;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::metric::MetricId;

text_enum!(
    /// What a column is.
    #[schema(as = ImportColumnRole)]
    Role {
        /// When.
        Period = "period",
        /// How much.
        Value = "value",
        /// The name of the metric.
        Metric = "metric",
        /// The name of the organization; blank for the partnership as a whole.
        Organization = "organization",
        /// Numerator of a ratio.
        Numerator = "numerator",
        /// Denominator of a ratio.
        Denominator = "denominator",
        /// Where the number comes from.
        Source = "source",
        /// A remark.
        Note = "note",
        /// A part of the whole that the row is about, such as a district; blank for all of it.
        Dimension = "dimension",
        /// Its header is a period and its cells are values.
        PeriodColumn = "period_column",
        /// Its cells are values of one metric, which `metric_id` names.
        MetricColumn = "metric_column",
        /// Not read.
        Ignore = "ignore",
    }
);

text_enum!(
    /// What a year such as `2018` means.
    #[schema(as = ImportYears)]
    Years {
        /// January to December.
        Calendar = "calendar",
        /// The fiscal year that begins in it.
        Fiscal = "fiscal",
        /// The school year that begins in it.
        School = "school",
    }
);

text_enum!(
    /// What `2010-12` means.
    #[schema(as = ImportPairs)]
    Pairs {
        /// What the rest of the column shows.
        Auto = "auto",
        /// December 2010.
        Month = "month",
        /// 2010 to 2012.
        Years = "years",
    }
);

text_enum!(
    /// What `03/04/2020` means.
    DayOrder {
        /// What the rest of the column shows.
        Auto = "auto",
        /// 3 April.
        Day = "day",
        /// 4 March.
        Month = "month",
    }
);

text_enum!(
    /// What `1,234` means.
    DecimalMark {
        /// What the rest of the column shows.
        Auto = "auto",
        /// Numbers have a decimal point.
        Point = "point",
        /// Numbers have a decimal comma.
        Comma = "comma",
    }
);

/// A column and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ColumnUse {
    /// Its header.
    pub header: String,
    /// What it is.
    #[serde(rename = "use")]
    pub role: Role,
    /// For a metric column: which metric.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric_id: Option<MetricId>,
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ImportMapping {
    /// Every column.
    pub columns: Vec<ColumnUse>,
    /// The metric, when the whole file is about one.
    pub metric_id: Option<MetricId>,
    /// The organization, when the whole file is about one; without it and without a column, the partnership as a whole.
    pub organization_id: Option<OrganizationId>,
    /// The period, when the whole file is about one.
    pub period: String,
    /// What a year means.
    pub years: Years,
    /// What `2010-12` means.
    pub pairs: Pairs,
    /// What `03/04/2020` means.
    pub day_order: DayOrder,
    /// Month in which the fiscal year begins, 2 to 12.
    pub fiscal_year_start: i8,
    /// Month in which the school year begins, 2 to 12.
    pub school_year_start: i8,
    /// What `1,234` means.
    pub decimal_mark: DecimalMark,
    /// Where the numbers come from; a column of sources goes before it.
    pub source: String,
}

impl Default for ImportMapping {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            metric_id: None,
            organization_id: None,
            period: String::new(),
            years: Years::Calendar,
            pairs: Pairs::Auto,
            day_order: DayOrder::Auto,
            fiscal_year_start: 4,
            school_year_start: 9,
            decimal_mark: DecimalMark::Auto,
            source: String::new(),
        }
    }
}

impl ImportMapping {
    /// The first column with this role.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == role)
    }

    /// Whether any column has this role.
    pub fn has(&self, role: Role) -> bool {
        self.column(role).is_some()
    }

    /// How periods are read, before the file has been looked at.
    pub fn reading(&self) -> Reading {
        Reading {
            day_order: match self.day_order {
                DayOrder::Auto => None,
                DayOrder::Day => Some(period::DayOrder::DayFirst),
                DayOrder::Month => Some(period::DayOrder::MonthFirst),
            },
            pairs: match self.pairs {
                Pairs::Auto | Pairs::Month => period::PairMeaning::Month,
                Pairs::Years => period::PairMeaning::Years,
            },
            // `2018/19` is a school year for those who count in school years.
            fiscal_year_start: match self.years {
                Years::School => self.school_year_start,
                Years::Calendar | Years::Fiscal => self.fiscal_year_start,
            },
            school_year_start: self.school_year_start,
        }
    }

    /// How numbers are read, when it was said.
    pub fn style(&self) -> Option<NumberStyle> {
        let decimal = match self.decimal_mark {
            DecimalMark::Auto => return None,
            DecimalMark::Point => Mark::Point,
            DecimalMark::Comma => Mark::Comma,
        };
        Some(NumberStyle {
            decimal: Some(decimal),
        })
    }

    /// The period that a year in this file means.
    pub fn year(&self, read: Period) -> Period {
        let month = match self.years {
            Years::Calendar => return read,
            Years::Fiscal => self.fiscal_year_start,
            Years::School => self.school_year_start,
        };
        if read.frequency() == period::Frequency::Year {
            Period::fiscal_year(read.start().year(), month).unwrap_or(read)
        } else {
            read
        }
    }

    /// Notes everything that keeps it from being applied to a file with these headers.
    pub fn validate(&self, headers: &[String], fields: &mut Fields) {
        for column in &self.columns {
            if column.role != Role::Ignore && !headers.contains(&column.header) {
                fields.fail_with(
                    "columns",
                    "import-column-missing",
                    &[("column", column.header.clone())],
                );
            }
            if column.role == Role::MetricColumn && column.metric_id.is_none() {
                fields.fail_with(
                    "columns",
                    "import-column-metric",
                    &[("column", column.header.clone())],
                );
            }
        }
        let single = [
            Role::Period,
            Role::Value,
            Role::Metric,
            Role::Organization,
            Role::Numerator,
            Role::Denominator,
            Role::Source,
        ];
        for role in single {
            let mut columns = self.columns.iter().filter(|c| c.role == role);
            if let (Some(first), Some(second)) = (columns.next(), columns.next()) {
                let args = [
                    ("first", first.header.clone()),
                    ("second", second.header.clone()),
                ];
                fields.fail_with("columns", "import-role-twice", &args);
            }
        }
        self.validate_shape(fields);
        for (field, month) in [
            ("fiscal_year_start", self.fiscal_year_start),
            ("school_year_start", self.school_year_start),
        ] {
            if !(2..=12).contains(&month) {
                fields.fail_with(
                    field,
                    "out-of-range",
                    &[("min", "2".into()), ("max", "12".into())],
                );
            }
        }
        fields.optional("source", &self.source, 500);
    }

    /// When, how much and of what: each said once.
    fn validate_shape(&self, fields: &mut Fields) {
        let (wide, metrics) = (self.has(Role::PeriodColumn), self.has(Role::MetricColumn));
        if !self.period.is_empty() && self.reading().read(&self.period).is_err() {
            fields.fail("period", "not-understood");
        }
        if !wide && !self.has(Role::Period) && self.period.is_empty() {
            fields.fail("period", "import-no-period");
        }
        if wide && (self.has(Role::Period) || self.has(Role::Value) || metrics) {
            fields.fail("columns", "import-wide-and-long");
        }
        let parts = self.has(Role::Numerator) && self.has(Role::Denominator);
        if !wide && !metrics && !self.has(Role::Value) && !parts {
            fields.fail("columns", "import-no-value");
        }
        if !metrics && !self.has(Role::Metric) && self.metric_id.is_none() {
            fields.fail("metric", "import-no-metric");
        }
    }
}
