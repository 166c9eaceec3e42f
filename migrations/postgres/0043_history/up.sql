-- A file of decisions from elsewhere: what was found in it, and what was made of it. The file itself is in files.
CREATE TABLE history_runs (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    file_id TEXT NOT NULL REFERENCES files (id),
    file_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('checked', 'done')),
    found TEXT NOT NULL,
    made TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    done_at TIMESTAMP
);
CREATE INDEX history_runs_of_partnership ON history_runs (partnership_id, id);

-- What of elsewhere is already here, under which name, so that the same file, or a later one, brings only what is new.
CREATE TABLE history_marks (
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    source TEXT NOT NULL,
    outer_key TEXT NOT NULL,
    inner_id TEXT NOT NULL,
    PRIMARY KEY (partnership_id, source, outer_key)
);

-- Where a decision was taken that was not taken here: its results there, and how a count of its ballots here stands to them.
CREATE TABLE decision_sources (
    proposal_id TEXT NOT NULL PRIMARY KEY REFERENCES proposals (id),
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    source TEXT NOT NULL,
    outer_key TEXT NOT NULL,
    told TEXT NOT NULL,
    compared TEXT NOT NULL CHECK (compared IN ('same', 'differs', 'unknown')),
    imported_by TEXT NOT NULL,
    imported_at TIMESTAMP NOT NULL
);
CREATE INDEX decision_sources_of ON decision_sources (partnership_id);
