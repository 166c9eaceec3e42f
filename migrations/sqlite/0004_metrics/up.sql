-- What is measured and how it stands. Numbers are exact decimals as text; a period is its canonical text beside its first day
-- and the day after its last. organization_id is empty for the partnership as a whole, so that uniqueness holds.

CREATE TABLE perspectives (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, name)
);

CREATE TABLE objectives (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    perspective_id TEXT NOT NULL REFERENCES perspectives (id),
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, perspective_id, name)
);

CREATE TABLE metrics (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    perspective_id TEXT NOT NULL REFERENCES perspectives (id),
    objective_id TEXT REFERENCES objectives (id),
    name TEXT NOT NULL,
    -- The definition: meaning, unit, direction, baseline, targets, thresholds and so on, read as a whole and never searched.
    definition TEXT NOT NULL,
    public BOOLEAN NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'retired')),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, name)
);

CREATE TABLE measurements (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    metric_id TEXT NOT NULL REFERENCES metrics (id),
    organization_id TEXT NOT NULL,
    period TEXT NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    -- Canonical JSON of the disaggregation, empty for the total.
    dimensions TEXT NOT NULL,
    value TEXT,
    numerator TEXT,
    denominator TEXT,
    marker TEXT NOT NULL CHECK (marker IN ('none', 'suppressed', 'missing')),
    source TEXT NOT NULL,
    evidence_url TEXT,
    evidence_file_id TEXT,
    note TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('reported', 'verified', 'queried', 'withdrawn')),
    version BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    reported_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, metric_id, organization_id, period, dimensions)
);
CREATE INDEX measurements_by_period ON measurements (partnership_id, metric_id, period_start, id);

-- What a measurement was before each change; what it is stands in measurements.
CREATE TABLE measurement_versions (
    measurement_id TEXT NOT NULL REFERENCES measurements (id),
    version BIGINT NOT NULL,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    value TEXT,
    numerator TEXT,
    denominator TEXT,
    marker TEXT NOT NULL,
    source TEXT NOT NULL,
    evidence_url TEXT,
    evidence_file_id TEXT,
    note TEXT NOT NULL,
    status TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (measurement_id, version)
);

-- All measurements of one metric and period in one row, kept in the transaction of each fact. An organization's own figure of a
-- period is one row of measurements already, found by its unique key, and has no copy here.
CREATE TABLE metric_rollups (
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    metric_id TEXT NOT NULL REFERENCES metrics (id),
    period TEXT NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    -- The kind of period, such as month: figures of different kinds are not compared.
    grain TEXT NOT NULL,
    -- The measurement of the partnership as a whole, if there is one.
    whole_value TEXT,
    whole_numerator TEXT,
    whole_denominator TEXT,
    whole_verified BOOLEAN NOT NULL,
    -- The organizations' measurements together.
    n BIGINT NOT NULL,
    sum TEXT NOT NULL,
    min TEXT,
    max TEXT,
    last_value TEXT,
    last_at TIMESTAMP,
    weighted BIGINT NOT NULL,
    numerator TEXT NOT NULL,
    denominator TEXT NOT NULL,
    verified BIGINT NOT NULL,
    version BIGINT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (partnership_id, metric_id, period)
);
CREATE INDEX metric_rollups_latest ON metric_rollups (partnership_id, metric_id, grain, period_start);

CREATE TABLE scorecards (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    budget INTEGER NOT NULL CHECK (budget BETWEEN 1 AND 40),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, name)
);

CREATE TABLE scorecard_metrics (
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    scorecard_id TEXT NOT NULL REFERENCES scorecards (id),
    metric_id TEXT NOT NULL REFERENCES metrics (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (scorecard_id, metric_id)
);
CREATE INDEX scorecard_metrics_of_metric ON scorecard_metrics (partnership_id, metric_id);

-- Counts every change that a scorecard of the partnership can show; its ETag.
CREATE TABLE metric_clocks (
    partnership_id TEXT NOT NULL PRIMARY KEY REFERENCES partnerships (id),
    version BIGINT NOT NULL
);
