-- Lines of the home page that staff put aside, with the reason, until a day. A line that is taken up again keeps its row.
CREATE TABLE attention_snoozes (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    -- The rule that found it, and what it is about.
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- The line as it read when it was put aside.
    title TEXT NOT NULL,
    reason TEXT NOT NULL,
    until_day DATE NOT NULL,
    snoozed_by TEXT,
    snoozed_by_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX attention_snoozes_of ON attention_snoozes (partnership_id, ended_at, until_day);

-- When somebody was last there, and the visit before: what changed since.
CREATE TABLE visits (
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    organization_id TEXT REFERENCES organizations (id),
    began_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    before_at TIMESTAMP,
    PRIMARY KEY (partnership_id, person_id)
);
CREATE INDEX visits_of_organization ON visits (partnership_id, organization_id, seen_at);
