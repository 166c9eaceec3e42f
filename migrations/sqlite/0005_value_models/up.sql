CREATE TABLE value_models (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    -- The name of the newest version, kept here for lists.
    name TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    retired BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX value_models_by_partnership ON value_models (partnership_id, id);

-- Every version whole; nothing here is ever updated.
CREATE TABLE value_model_versions (
    model_id TEXT NOT NULL REFERENCES value_models (id),
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    version BIGINT NOT NULL CHECK (version >= 1),
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (model_id, version)
);
CREATE INDEX value_model_versions_by_partnership ON value_model_versions (partnership_id, model_id, version);

-- Calculations that were frozen: model, readings and results, as a story pinned them.
CREATE TABLE value_calculations (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    model_id TEXT NOT NULL REFERENCES value_models (id),
    model_version BIGINT NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX value_calculations_by_model ON value_calculations (partnership_id, model_id, id);

CREATE TABLE value_proxies (
    id TEXT NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    -- Exact decimals, in major units of the currency, for one unit.
    low TEXT NOT NULL,
    base TEXT NOT NULL,
    high TEXT NOT NULL,
    currency TEXT NOT NULL,
    price_year INTEGER NOT NULL,
    source TEXT NOT NULL,
    link TEXT NOT NULL,
    review_on DATE,
    version BIGINT NOT NULL CHECK (version >= 1),
    retired BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX value_proxies_by_partnership ON value_proxies (partnership_id, id);
