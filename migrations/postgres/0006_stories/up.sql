-- Stories, their public links, published editions, and the figures frozen in them. Text identifiers are UUIDv7.

CREATE TABLE stories (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    -- The internal title, kept here for lists.
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'in_review', 'approved', 'published', 'withdrawn')),
    content TEXT NOT NULL,
    author_id TEXT,
    author_name TEXT NOT NULL,
    approver_name TEXT,
    approved_at TIMESTAMP,
    -- Number of the newest edition; 0 before the first.
    edition BIGINT NOT NULL CHECK (edition >= 0),
    version BIGINT NOT NULL CHECK (version >= 1),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX stories_by_partnership ON stories (partnership_id, id);

-- Every saved text whole; nothing here is ever updated.
CREATE TABLE story_versions (
    story_id TEXT NOT NULL REFERENCES stories (id),
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    version BIGINT NOT NULL CHECK (version >= 1),
    content TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (story_id, version)
);

CREATE TABLE story_templates (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX story_templates_by_partnership ON story_templates (partnership_id, id);

-- The secret is kept for staff to copy until the link is revoked; visitors are found by its hash.
CREATE TABLE story_links (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    story_id TEXT NOT NULL REFERENCES stories (id),
    secret TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
CREATE INDEX story_links_by_story ON story_links (partnership_id, story_id);

CREATE TABLE story_editions (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    story_id TEXT NOT NULL REFERENCES stories (id),
    number BIGINT NOT NULL CHECK (number >= 1),
    status TEXT NOT NULL CHECK (status IN ('published', 'superseded', 'withdrawn')),
    -- What readers see, with every figure as it was.
    view TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    publisher TEXT NOT NULL,
    note TEXT NOT NULL,
    published_at TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP,
    UNIQUE (story_id, number)
);
CREATE INDEX story_editions_by_partnership ON story_editions (partnership_id, status, id);

CREATE TABLE figure_versions (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    story_id TEXT NOT NULL REFERENCES stories (id),
    edition_id TEXT NOT NULL REFERENCES story_editions (id),
    figure_key TEXT NOT NULL,
    label TEXT NOT NULL,
    -- The exact decimal as text, and how readers saw it.
    value TEXT NOT NULL,
    formatted TEXT NOT NULL,
    source TEXT NOT NULL,
    format TEXT NOT NULL,
    period TEXT NOT NULL,
    version_token TEXT NOT NULL,
    -- The objects it was read from, and how it was calculated.
    sources TEXT NOT NULL,
    frozen_at TIMESTAMP NOT NULL,
    UNIQUE (edition_id, figure_key)
);
CREATE INDEX figure_versions_by_story ON figure_versions (partnership_id, story_id);

CREATE TABLE figure_changes (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    story_id TEXT NOT NULL REFERENCES stories (id),
    edition_id TEXT NOT NULL REFERENCES story_editions (id),
    figure_version_id TEXT NOT NULL REFERENCES figure_versions (id),
    -- Absent when the figure can no longer be read.
    new_value TEXT,
    new_formatted TEXT NOT NULL,
    new_token TEXT NOT NULL,
    cause TEXT NOT NULL,
    noticed_at TIMESTAMP NOT NULL,
    -- Set when the figure changed again, went back, or a corrected edition came out.
    resolved_at TIMESTAMP
);
CREATE INDEX figure_changes_by_edition ON figure_changes (partnership_id, edition_id, id);
