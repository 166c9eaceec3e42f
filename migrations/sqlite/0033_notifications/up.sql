-- What people are told: one row a person and matter, made from the event log and by the clock.
CREATE TABLE notifications (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    -- What it is about; nobody is told of the same matter twice.
    matter TEXT NOT NULL,
    -- A message and its arguments: read in the language of the day.
    words TEXT NOT NULL,
    path TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    read_at TIMESTAMP,
    -- When it is to go out by mail; none when it is not to, or did.
    mail_at TIMESTAMP,
    mailed_at TIMESTAMP,
    UNIQUE (partnership_id, person_id, matter)
);
CREATE INDEX notifications_unread ON notifications (partnership_id, person_id, read_at);
CREATE INDEX notifications_to_mail ON notifications (mail_at);

-- How often somebody wants to hear of a kind by mail, where they chose other than the usual.
CREATE TABLE notification_choices (
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    often TEXT NOT NULL CHECK (often IN ('now', 'daily', 'weekly', 'off')),
    PRIMARY KEY (partnership_id, person_id, kind)
);

-- When somebody wants mail: their zone, hours without mail, and when summaries come. Minutes count from midnight.
CREATE TABLE notification_hours (
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    time_zone TEXT NOT NULL,
    quiet_from INTEGER,
    quiet_until INTEGER,
    summary_at INTEGER NOT NULL,
    -- 1 is Monday.
    summary_day INTEGER NOT NULL,
    PRIMARY KEY (partnership_id, person_id)
);

-- How far the event log was read.
CREATE TABLE notification_cursors (
    partnership_id TEXT NOT NULL PRIMARY KEY REFERENCES partnerships (id),
    seq BIGINT NOT NULL
);

-- The secret address of a person's calendar; only its hash is kept.
CREATE TABLE calendar_links (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    revoked_at TIMESTAMP
);
CREATE INDEX calendar_links_of ON calendar_links (partnership_id, person_id, revoked_at);
