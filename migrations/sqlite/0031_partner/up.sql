-- What somebody gives again and again, kept by them under a name: a form that is filled in already. One that is removed keeps its row.
CREATE TABLE contribution_templates (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    -- A contribution as it is logged, without period, evidence and note.
    content TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    removed_at TIMESTAMP
);
CREATE INDEX contribution_templates_of ON contribution_templates (partnership_id, person_id, removed_at);
