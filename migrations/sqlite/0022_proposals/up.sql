-- A proposal on its way to becoming a decision, and after. It keeps the norms it began with.
CREATE TABLE proposals (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    body_id TEXT NOT NULL REFERENCES bodies (id),
    framework_id TEXT REFERENCES frameworks (id),
    framework_version BIGINT NOT NULL,
    norms TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'discussion', 'voting', 'closed', 'in_effect', 'declined', 'superseded', 'retired', 'withdrawn')),
    content TEXT NOT NULL,
    opens_at TIMESTAMP,
    closes_at TIMESTAMP,
    opened_at TIMESTAMP,
    closed_at TIMESTAMP,
    -- When those who had not voted were reminded last.
    reminded_at TIMESTAMP,
    review_on DATE,
    supersedes_id TEXT REFERENCES proposals (id),
    author_id TEXT,
    author_name TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX proposals_by_status ON proposals (partnership_id, status, closes_at);
CREATE INDEX proposals_of_body ON proposals (partnership_id, body_id);

CREATE TABLE proposal_versions (
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    version BIGINT NOT NULL,
    partnership_id TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (proposal_id, version)
);

CREATE TABLE proposal_comments (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    parent_id TEXT REFERENCES proposal_comments (id),
    kind TEXT NOT NULL CHECK (kind IN ('remark', 'question', 'concern', 'amendment', 'advice')),
    text TEXT NOT NULL,
    person_id TEXT,
    person_name TEXT NOT NULL,
    written_at TIMESTAMP NOT NULL,
    -- How a concern was worked into the proposal, or an amendment answered.
    settled TEXT,
    settled_by TEXT,
    settled_at TIMESTAMP
);
CREATE INDEX proposal_comments_of ON proposal_comments (partnership_id, proposal_id, written_at);
