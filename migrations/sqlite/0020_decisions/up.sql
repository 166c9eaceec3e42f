-- Bodies decide: a board, a leadership council, working groups. They may stand below one another.
CREATE TABLE bodies (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    parent_id TEXT REFERENCES bodies (id),
    kind TEXT NOT NULL CHECK (kind IN ('board', 'council', 'working_group', 'custom')),
    name TEXT NOT NULL,
    charter TEXT NOT NULL,
    remit TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    seats_each INTEGER NOT NULL CHECK (seats_each >= 1),
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX bodies_of_partnership ON bodies (partnership_id, name);

-- A seat belongs to an organization and is filled by a person for a term. seat_terms keeps everybody who ever filled it.
CREATE TABLE seats (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    body_id TEXT NOT NULL REFERENCES bodies (id),
    kind TEXT NOT NULL CHECK (kind IN ('member', 'guest', 'observer')),
    title TEXT NOT NULL,
    organization_id TEXT REFERENCES organizations (id),
    person_id TEXT REFERENCES people (id),
    alternate_id TEXT REFERENCES people (id),
    -- A guest has no account, only a name and an address.
    guest_name TEXT,
    guest_email TEXT,
    weight INTEGER NOT NULL CHECK (weight >= 1),
    term_starts DATE NOT NULL,
    term_ends DATE,
    -- The organizations that take turns, in order, and for how many months each.
    rotation TEXT NOT NULL,
    rotation_months INTEGER,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX seats_of_body ON seats (partnership_id, body_id);
CREATE INDEX seats_of_person ON seats (partnership_id, person_id);
CREATE INDEX seats_of_alternate ON seats (partnership_id, alternate_id);

CREATE TABLE seat_terms (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    seat_id TEXT NOT NULL REFERENCES seats (id),
    organization_id TEXT,
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('holder', 'alternate')),
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP,
    reason TEXT NOT NULL
);
CREATE INDEX seat_terms_of_seat ON seat_terms (partnership_id, seat_id, starts_at);

-- What a successor needs to know, put together when a seat changes hands.
CREATE TABLE hand_overs (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    seat_id TEXT NOT NULL REFERENCES seats (id),
    from_person TEXT,
    from_name TEXT NOT NULL,
    to_person TEXT,
    to_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    content TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE INDEX hand_overs_of_seat ON hand_overs (partnership_id, seat_id, made_at);
