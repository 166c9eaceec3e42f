-- The norms a body decides by, for a class of decision. framework_versions keeps every text they had.
CREATE TABLE frameworks (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    body_id TEXT REFERENCES bodies (id),
    name TEXT NOT NULL,
    class TEXT NOT NULL,
    norms TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX frameworks_of_partnership ON frameworks (partnership_id, name);

CREATE TABLE framework_versions (
    framework_id TEXT NOT NULL REFERENCES frameworks (id),
    version BIGINT NOT NULL,
    partnership_id TEXT NOT NULL,
    name TEXT NOT NULL,
    class TEXT NOT NULL,
    norms TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (framework_id, version)
);
