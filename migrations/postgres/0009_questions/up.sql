-- Questions that readers ask about a figure, what was answered, until when the links in mail hold, and what of a partnership
-- anybody may find. Text identifiers are UUIDv7.

CREATE TABLE story_questions (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    story_id TEXT NOT NULL REFERENCES stories (id),
    edition_id TEXT NOT NULL REFERENCES story_editions (id),
    -- The figure as the asker saw it.
    figure_version_id TEXT NOT NULL REFERENCES figure_versions (id),
    figure_key TEXT NOT NULL,
    -- A reader is known by the link in their mail; a visitor confirms their address first.
    asker TEXT NOT NULL CHECK (asker IN ('reader', 'visitor')),
    asker_name TEXT NOT NULL,
    asker_email TEXT NOT NULL,
    address_key TEXT NOT NULL,
    language TEXT NOT NULL,
    question TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('unconfirmed', 'open', 'answered', 'set_aside')),
    -- Whether question and answer stand beside the figure, and the question as it stands there.
    shown BOOLEAN NOT NULL,
    shown_question TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    asked_at TIMESTAMP NOT NULL,
    received_at TIMESTAMP,
    answered_at TIMESTAMP
);
CREATE INDEX story_questions_by_status ON story_questions (partnership_id, status, id);
CREATE INDEX story_questions_by_story ON story_questions (partnership_id, story_id, id);
CREATE INDEX story_questions_by_address ON story_questions (partnership_id, address_key, id);

-- Every answer whole; a corrected one is a new version.
CREATE TABLE story_answers (
    question_id TEXT NOT NULL REFERENCES story_questions (id),
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    version BIGINT NOT NULL CHECK (version >= 1),
    answer TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (question_id, version)
);

-- Readers' links of mail that was sent before this moment do not hold any more.
CREATE TABLE reader_cutoffs (
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    address_key TEXT NOT NULL,
    ended_at TIMESTAMP NOT NULL,
    PRIMARY KEY (partnership_id, address_key)
);

-- Whether a partnership has a page for everybody, and which stories are in its archive.
CREATE TABLE public_pages (
    partnership_id TEXT NOT NULL PRIMARY KEY REFERENCES partnerships (id),
    shown BOOLEAN NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    updated_at TIMESTAMP NOT NULL
);
CREATE TABLE story_listings (
    story_id TEXT NOT NULL PRIMARY KEY REFERENCES stories (id),
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    listed_at TIMESTAMP NOT NULL
);
CREATE INDEX story_listings_by_partnership ON story_listings (partnership_id, listed_at);
