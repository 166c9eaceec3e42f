-- Files of measurements on their way in. The file itself is in files; what was found in it, how it is to be read and what came of
-- it are JSON, read as a whole and never searched.

CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    file_id TEXT NOT NULL REFERENCES files (id),
    file_name TEXT NOT NULL,
    sheet TEXT,
    state TEXT NOT NULL CHECK (state IN (
        'uploaded', 'mapped', 'checking', 'checked', 'importing', 'done', 'failed', 'cancelled', 'undoing', 'undone')),
    findings TEXT NOT NULL,
    mapping TEXT NOT NULL,
    counts TEXT NOT NULL,
    -- Lines of the file that are worked off in the present step; where it goes on after a stop.
    position BIGINT NOT NULL,
    corrections BOOLEAN NOT NULL,
    -- Why it failed: a code and its arguments.
    failure TEXT,
    -- Who asked for the present step, for the log.
    asked_by TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- When the present step began, and when it last moved on.
    step_at TIMESTAMP NOT NULL,
    moved_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX imports_of_partnership ON imports (partnership_id, id);

-- What the check has to say about single rows: errors, duplicates, corrections. The first so many; all are counted.
CREATE TABLE import_rows (
    import_id TEXT NOT NULL REFERENCES imports (id),
    seq BIGINT NOT NULL,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    line BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('error', 'duplicate', 'correction')),
    told TEXT NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (import_id, seq)
);

-- Measurements that were there before and that an import changed, with the version that it made, so that it can be taken back.
CREATE TABLE import_changes (
    import_id TEXT NOT NULL REFERENCES imports (id),
    measurement_id TEXT NOT NULL REFERENCES measurements (id),
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    version BIGINT NOT NULL,
    PRIMARY KEY (import_id, measurement_id)
);

-- Mappings kept under a name for the next file like it.
CREATE TABLE import_mappings (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    name TEXT NOT NULL,
    mapping TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, name)
);
