-- Who may vote on a proposal, fixed when the vote opens: a seat each.
CREATE TABLE voters (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    seat_id TEXT NOT NULL REFERENCES seats (id),
    organization_id TEXT,
    organization_role TEXT,
    sector TEXT,
    name TEXT NOT NULL,
    weight INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('eligible', 'recused', 'revoked')),
    interest TEXT NOT NULL,
    voted BOOLEAN NOT NULL,
    UNIQUE (proposal_id, seat_id)
);
CREATE INDEX voters_of ON voters (partnership_id, proposal_id);
CREATE INDEX voters_of_seat ON voters (partnership_id, seat_id);

-- One row a version of a ballot; the last one counts. A secret ballot has no voter, no person and no moment, and its
-- identifier is random, so that nothing here leads from a person to what they voted.
CREATE TABLE ballots (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    voter_id TEXT REFERENCES voters (id),
    version BIGINT NOT NULL,
    counts BOOLEAN NOT NULL,
    choice TEXT NOT NULL,
    reason TEXT NOT NULL,
    weight INTEGER NOT NULL,
    person_id TEXT,
    person_name TEXT NOT NULL,
    capacity TEXT NOT NULL,
    receipt TEXT,
    cast_at TIMESTAMP,
    UNIQUE (voter_id, version)
);
CREATE INDEX ballots_of ON ballots (partnership_id, proposal_id, counts);

-- Somebody else votes for a seat: for one proposal or one body, until a day, and visible to all.
CREATE TABLE proxies (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    seat_id TEXT NOT NULL REFERENCES seats (id),
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    proposal_id TEXT REFERENCES proposals (id),
    note TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP,
    given_by TEXT NOT NULL
);
CREATE INDEX proxies_of_person ON proxies (partnership_id, person_id, expires_at);
CREATE INDEX proxies_of_seat ON proxies (partnership_id, seat_id, expires_at);
