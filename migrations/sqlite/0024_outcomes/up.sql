-- What a vote came to, as it was counted at the close. A matter that is taken up again gets a further one.
CREATE TABLE outcomes (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    counts BOOLEAN NOT NULL,
    passed BOOLEAN NOT NULL,
    content TEXT NOT NULL,
    statement TEXT NOT NULL,
    no_action TEXT NOT NULL,
    counted_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP
);
CREATE INDEX outcomes_of ON outcomes (partnership_id, proposal_id);

-- Sealed, numbered, each holding the hash of the one before. Nothing here is ever changed.
CREATE TABLE decision_records (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    number BIGINT NOT NULL,
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    content TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    sealed_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, number)
);
CREATE INDEX decision_records_of ON decision_records (partnership_id, proposal_id);

-- What somebody promised to do, and by when.
CREATE TABLE commitments (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    proposal_id TEXT REFERENCES proposals (id),
    title TEXT NOT NULL,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    person_id TEXT REFERENCES people (id),
    due_on DATE NOT NULL,
    effort_hours INTEGER,
    benefit TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'done', 'dropped')),
    progress INTEGER NOT NULL CHECK (progress >= 0 AND progress <= 100),
    reminded_on DATE,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX commitments_by_due ON commitments (partnership_id, status, due_on);
CREATE INDEX commitments_of_proposal ON commitments (partnership_id, proposal_id);

CREATE TABLE commitment_notes (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    commitment_id TEXT NOT NULL REFERENCES commitments (id),
    text TEXT NOT NULL,
    progress INTEGER NOT NULL,
    status TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_at TIMESTAMP NOT NULL
);
CREATE INDEX commitment_notes_of ON commitment_notes (partnership_id, commitment_id, written_at);

-- Looking back: what was expected against what happened.
CREATE TABLE decision_reviews (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('keep', 'adapt', 'retire')),
    text TEXT NOT NULL,
    compared TEXT NOT NULL,
    reviewed_by TEXT NOT NULL,
    reviewed_at TIMESTAMP NOT NULL
);
CREATE INDEX decision_reviews_of ON decision_reviews (partnership_id, proposal_id);
