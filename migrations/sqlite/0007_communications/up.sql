-- People outside of the partnership whom it writes to, and why it may.
CREATE TABLE contacts (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    email TEXT NOT NULL,
    -- The address in lower case, by which it is compared.
    address_key TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    organization TEXT NOT NULL,
    consent_basis TEXT NOT NULL CHECK (consent_basis IN ('consent', 'contract', 'legitimate_interest')),
    consent_note TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, address_key)
);
CREATE INDEX contacts_of_partnership ON contacts (partnership_id, id);

-- Addresses that are not written to.
CREATE TABLE suppressions (
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    address_key TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('unsubscribed', 'bounced', 'complained', 'manual')),
    note TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (partnership_id, address_key)
);

CREATE TABLE campaigns (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    kind TEXT NOT NULL CHECK (kind IN ('story', 'correction')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'queued', 'sending', 'paused', 'done', 'cancelled')),
    story_id TEXT NOT NULL,
    edition_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    note TEXT NOT NULL,
    note_author TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    -- What is told, as it was when the campaign was made.
    content TEXT NOT NULL,
    -- Messages a minute at most; 0 is without limit.
    rate_per_minute INTEGER NOT NULL CHECK (rate_per_minute >= 0),
    -- Which run is sending, and when it last said so: a newer run takes over from one that fell silent.
    runner TEXT,
    runner_seen_at TIMESTAMP,
    -- When the mail server could not be reached: since how many tries, what it said, and when it is tried next.
    stumbles INTEGER NOT NULL,
    waiting_reason TEXT,
    waiting_until TIMESTAMP,
    version BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    queued_at TIMESTAMP,
    finished_at TIMESTAMP
);
CREATE INDEX campaigns_of_partnership ON campaigns (partnership_id, id);
CREATE INDEX campaigns_of_edition ON campaigns (partnership_id, edition_id, kind);

-- Campaign × recipient.
CREATE TABLE deliveries (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    -- The edition whose figures this recipient got; a correction finds its readers by it.
    edition_id TEXT NOT NULL,
    email TEXT NOT NULL,
    address_key TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    person_id TEXT,
    contact_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'claimed', 'accepted', 'retry', 'failed', 'suppressed', 'cancelled')),
    attempts INTEGER NOT NULL,
    due_at TIMESTAMP NOT NULL,
    claimed_by TEXT,
    claimed_at TIMESTAMP,
    reply TEXT,
    settled_at TIMESTAMP,
    UNIQUE (campaign_id, address_key)
);
CREATE INDEX deliveries_due ON deliveries (campaign_id, state, due_at);
CREATE INDEX deliveries_of_partnership ON deliveries (partnership_id, campaign_id, id);
CREATE INDEX deliveries_of_edition ON deliveries (partnership_id, edition_id, state);
