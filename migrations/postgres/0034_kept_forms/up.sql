-- What somebody had typed when their session ended or somebody else was faster: sealed, for a short while, for that person only.
CREATE TABLE kept_forms (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    sealed TEXT NOT NULL,
    kept_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP
);
CREATE INDEX kept_forms_of ON kept_forms (person_id, kept_at);
