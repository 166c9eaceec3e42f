-- What an hour of each role of work is worth from a day on. A new rate is a new row; contributions keep the one they used.
CREATE TABLE rates (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    work_role TEXT NOT NULL,
    hourly_minor BIGINT NOT NULL CHECK (hourly_minor >= 0),
    currency TEXT NOT NULL,
    valid_from DATE NOT NULL,
    source TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, work_role, valid_from)
);

-- The present state of each contribution; contribution_versions keeps every state it had.
CREATE TABLE contributions (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL CHECK (kind IN ('time', 'talent', 'treasure', 'in_kind')),
    status TEXT NOT NULL CHECK (status IN ('logged', 'verified', 'queried', 'answered', 'withdrawn')),
    version BIGINT NOT NULL,
    activity TEXT NOT NULL,
    period TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    -- Hundredths of hours; 0 for treasure and in-kind.
    hours BIGINT NOT NULL CHECK (hours >= 0),
    people INTEGER NOT NULL CHECK (people >= 1),
    work_role TEXT,
    skill TEXT,
    rate_id TEXT REFERENCES rates (id),
    rate_minor BIGINT,
    rate_reason TEXT,
    amount_minor BIGINT,
    amount_currency TEXT,
    exchange_rate TEXT,
    description TEXT,
    basis TEXT,
    -- Worth in minor units of the partnership's currency.
    value_minor BIGINT NOT NULL CHECK (value_minor >= 0),
    currency TEXT NOT NULL,
    evidence TEXT NOT NULL,
    note TEXT NOT NULL,
    metrics TEXT NOT NULL,
    logged_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX contributions_by_time ON contributions (partnership_id, starts_on, id);
CREATE INDEX contributions_by_organization ON contributions (partnership_id, organization_id, starts_on, id);
CREATE INDEX contributions_by_status ON contributions (partnership_id, status, starts_on);

CREATE TABLE contribution_versions (
    contribution_id TEXT NOT NULL REFERENCES contributions (id),
    version BIGINT NOT NULL,
    partnership_id TEXT NOT NULL,
    status TEXT NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (contribution_id, version)
);

-- Questions of staff, answers and remarks.
CREATE TABLE contribution_comments (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL,
    contribution_id TEXT NOT NULL REFERENCES contributions (id),
    kind TEXT NOT NULL CHECK (kind IN ('question', 'answer', 'remark')),
    text TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_at TIMESTAMP NOT NULL
);
CREATE INDEX contribution_comments_of ON contribution_comments (partnership_id, contribution_id, id);

-- Totals by organization, month and kind, kept in the transaction of the fact.
CREATE TABLE contribution_rollups (
    partnership_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    month DATE NOT NULL,
    kind TEXT NOT NULL,
    hours BIGINT NOT NULL,
    value_minor BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    -- Grows with every change that touches the row, so that a reader notices that its figure may have changed.
    changes BIGINT NOT NULL,
    PRIMARY KEY (partnership_id, organization_id, month, kind)
);
CREATE INDEX contribution_rollups_by_month ON contribution_rollups (partnership_id, month);

CREATE TABLE contribution_requests (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    period TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    kind TEXT,
    message TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX contribution_requests_of ON contribution_requests (partnership_id, id);

-- One person of one organization who was asked.
CREATE TABLE contribution_asks (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL,
    request_id TEXT NOT NULL REFERENCES contribution_requests (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    asked_at TIMESTAMP NOT NULL,
    reminded_at TIMESTAMP,
    answered_at TIMESTAMP,
    UNIQUE (request_id, person_id)
);
CREATE INDEX contribution_asks_of ON contribution_asks (partnership_id, request_id);
