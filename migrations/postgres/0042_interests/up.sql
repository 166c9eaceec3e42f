-- What somebody stands to win or lose by: a topic, an organization or one decision. Nothing is deleted; what no longer holds has an end.
CREATE TABLE interests (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    -- Of an organization and all its seats, or of one person and the seats that they hold.
    organization_id TEXT REFERENCES organizations (id),
    person_id TEXT REFERENCES people (id),
    who TEXT NOT NULL,
    about TEXT NOT NULL CHECK (about IN ('topic', 'organization', 'decision')),
    topic TEXT NOT NULL,
    about_id TEXT,
    reason TEXT NOT NULL,
    declared_by TEXT NOT NULL,
    declared_at TIMESTAMP NOT NULL,
    ended_by TEXT,
    ended_at TIMESTAMP
);
CREATE INDEX interests_of_partnership ON interests (partnership_id, ended_at);
