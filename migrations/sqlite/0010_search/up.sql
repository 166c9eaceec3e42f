-- What can be found, one row an object: as its domain describes it, and folded for comparing. Derived: the command
-- `backbone search rebuild` makes it anew. What begins with search_index is the engine's own way to look words up.
CREATE TABLE search_documents (
    number INTEGER NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    -- The partnership and the permissions of which one is needed, as words of the index.
    scope TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    title_words TEXT NOT NULL,
    body_words TEXT NOT NULL,
    -- The page behind /p/{slug}.
    path TEXT NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, kind, object_id)
);

-- Up to which event of a partnership's log the documents are true.
CREATE TABLE search_cursors (
    partnership_id TEXT NOT NULL PRIMARY KEY REFERENCES partnerships (id),
    seq BIGINT NOT NULL
);

CREATE VIRTUAL TABLE search_index USING fts5 (
    scope, title, body,
    content = '', contentless_delete = 1, prefix = '2 3', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN
    INSERT INTO search_index (rowid, scope, title, body) VALUES (new.number, new.scope, new.title_words, new.body_words);
END;
CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents BEGIN
    DELETE FROM search_index WHERE rowid = old.number;
    INSERT INTO search_index (rowid, scope, title, body) VALUES (new.number, new.scope, new.title_words, new.body_words);
END;
CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN
    DELETE FROM search_index WHERE rowid = old.number;
END;
