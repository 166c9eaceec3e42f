-- A meeting of a body. Each body counts its meetings from one.
CREATE TABLE meetings (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    body_id TEXT NOT NULL REFERENCES bodies (id),
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    place TEXT NOT NULL,
    online_url TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    facilitator_id TEXT REFERENCES people (id),
    facilitator_name TEXT NOT NULL,
    note_taker_id TEXT REFERENCES people (id),
    note_taker_name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('planned', 'invited', 'open', 'closed', 'sent', 'cancelled')),
    reason TEXT NOT NULL,
    -- How often those invited were told of another time, place or title: SEQUENCE of the calendar entry.
    sequence INTEGER NOT NULL,
    opened_at TIMESTAMP,
    closed_at TIMESTAMP,
    reminded_at TIMESTAMP,
    minutes_version BIGINT NOT NULL,
    minutes_approved BIGINT NOT NULL,
    approved_by TEXT NOT NULL,
    sent_at TIMESTAMP,
    -- Counts everything that happens in it; live pages watch it.
    pulse BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, body_id, number)
);
CREATE INDEX meetings_by_start ON meetings (partnership_id, starts_at);

CREATE TABLE meeting_items (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('topic', 'commitments', 'decision', 'review', 'vacancies')),
    object_id TEXT,
    title TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes >= 0 AND minutes <= 1440),
    started_at TIMESTAMP,
    ended_at TIMESTAMP,
    spent_seconds BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX meeting_items_of ON meeting_items (partnership_id, meeting_id, position);

-- Who is invited or came, for which seat, and when they were there.
CREATE TABLE meeting_people (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    person_id TEXT REFERENCES people (id),
    seat_id TEXT REFERENCES seats (id),
    organization_id TEXT REFERENCES organizations (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('holder', 'alternate', 'seat_guest', 'guest')),
    answer TEXT NOT NULL CHECK (answer IN ('none', 'yes', 'no', 'alternate')),
    answered_at TIMESTAMP,
    invited_at TIMESTAMP,
    here_since TIMESTAMP,
    first_came TIMESTAMP,
    last_left TIMESTAMP,
    seconds BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX meeting_people_of ON meeting_people (partnership_id, meeting_id);
CREATE INDEX meeting_people_by_person ON meeting_people (partnership_id, person_id);

-- What was noted, in the order it was said. Corrections go into the minutes.
CREATE TABLE meeting_notes (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    item_id TEXT REFERENCES meeting_items (id),
    text TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_at TIMESTAMP NOT NULL
);
CREATE INDEX meeting_notes_of ON meeting_notes (partnership_id, meeting_id);

-- Votes that were opened or closed in the room, with who was there at the close.
CREATE TABLE meeting_votes (
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    opened_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    present TEXT NOT NULL,
    PRIMARY KEY (meeting_id, proposal_id)
);
CREATE INDEX meeting_votes_of ON meeting_votes (partnership_id, proposal_id);

CREATE TABLE meeting_commitments (
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    commitment_id TEXT NOT NULL REFERENCES commitments (id),
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    item_id TEXT REFERENCES meeting_items (id),
    PRIMARY KEY (meeting_id, commitment_id)
);
CREATE INDEX meeting_commitments_of ON meeting_commitments (partnership_id, meeting_id);

CREATE TABLE meeting_minutes (
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    version BIGINT NOT NULL,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    text TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_at TIMESTAMP NOT NULL,
    PRIMARY KEY (meeting_id, version)
);
CREATE INDEX meeting_minutes_of ON meeting_minutes (partnership_id, meeting_id);
