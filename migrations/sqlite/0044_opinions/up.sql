-- What the people of an organization think of a proposal, before its seat votes: one each. Only that organization sees them, and they count nowhere.
CREATE TABLE opinions (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    person_name TEXT NOT NULL,
    choice TEXT NOT NULL,
    reason TEXT NOT NULL,
    given_at TIMESTAMP NOT NULL,
    UNIQUE (proposal_id, person_id)
);
CREATE INDEX opinions_of ON opinions (partnership_id, proposal_id, organization_id);
