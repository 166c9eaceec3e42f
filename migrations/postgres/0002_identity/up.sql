CREATE TABLE partnerships (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    language TEXT NOT NULL,
    currency TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    fiscal_year_start INTEGER NOT NULL CHECK (fiscal_year_start BETWEEN 1 AND 12),
    accent TEXT NOT NULL,
    logo_file_id TEXT,
    -- Counts below this are never shown outside the partnership.
    small_cell INTEGER NOT NULL CHECK (small_cell >= 1),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE organizations (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('backbone', 'partner', 'funder', 'community')),
    sector TEXT NOT NULL CHECK (sector IN ('public', 'private', 'civil')),
    website TEXT,
    -- Whether its name may be shown to funders and the public; otherwise it is counted, not named.
    public_name BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, name)
);

CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    password_hash TEXT,
    active BOOLEAN NOT NULL,
    operator BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE memberships (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    organization_id TEXT REFERENCES organizations (id),
    -- Space-separated words: staff admin contributor leader funder community read_only
    roles TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, person_id)
);
CREATE INDEX memberships_of_person ON memberships (person_id);

CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    organization_id TEXT REFERENCES organizations (id),
    invited_by TEXT REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    accepted_at TIMESTAMP,
    revoked_at TIMESTAMP
);
CREATE INDEX invitations_of_partnership ON invitations (partnership_id, created_at);

CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    user_agent TEXT NOT NULL
);
CREATE INDEX sessions_of_person ON sessions (person_id);

-- Links for signing in or choosing a new password. The token in the mail is signed and names the row.
CREATE TABLE magic_links (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'reset')),
    next TEXT,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX magic_links_of_person ON magic_links (person_id);

-- Links in mail that let somebody do one thing without signing in.
CREATE TABLE access_links (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    purpose TEXT NOT NULL,
    person_id TEXT REFERENCES people (id),
    organization_id TEXT REFERENCES organizations (id),
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    revoked_at TIMESTAMP
);
CREATE INDEX access_links_of_partnership ON access_links (partnership_id, purpose);

CREATE TABLE signing_keys (
    kid TEXT NOT NULL PRIMARY KEY,
    created_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP
);

CREATE TABLE token_families (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    created_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP,
    reason TEXT
);
CREATE INDEX token_families_of_person ON token_families (person_id);

CREATE TABLE refresh_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY,
    family_id TEXT NOT NULL REFERENCES token_families (id),
    issued_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX refresh_tokens_of_family ON refresh_tokens (family_id);

CREATE TABLE api_keys (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    key_hash TEXT NOT NULL UNIQUE,
    -- Space-separated: read write
    scopes TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP,
    used_at TIMESTAMP,
    revoked_at TIMESTAMP
);
CREATE INDEX api_keys_of_partnership ON api_keys (partnership_id, created_at);

CREATE TABLE files (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    purpose TEXT NOT NULL,
    uploaded_by TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX files_of_partnership ON files (partnership_id, created_at);
